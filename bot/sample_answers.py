"""What the sample organisation's teams were asked about their objectives, and answered."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

from bot.definitions import carry_out, stored
from connectors.definitions.load import load
from domain.acknowledgement import Acknowledgement, Because, Ground
from domain.acknowledgement_steps import steps_passed
from domain.asking import Known, request_of, to_ask
from domain.notice import Notice
from domain.objective import Objective
from domain.planning import plan
from messages.message import Message
from messages.request import request_message
from messages.request_declined import declined_message
from sandbox.sample import DEFINITIONS
from sandbox.sample.answers import (
    ANSWERED_BY,
    EARLIER_TARGETS,
    NOT_ASKED_BEFORE,
    Asked,
    asked_lately,
    next_month,
)
from storage.transaction import Transaction

THOUGHT_OVER = timedelta(hours=3)


def define(tx: Transaction, *, at: datetime, since: datetime) -> None:
    """The definitions from `since` on, acknowledged by their owners; then the terms of the month after `at`."""
    loaded = load([DEFINITIONS], stored(tx).known)
    if loaded.errors:
        raise AssertionError(f"the sample's definitions have errors: {loaded.problems}")
    wanted = loaded.definitions
    before = replace(wanted, objectives=tuple(map(_as_it_was, wanted.objectives)))
    carry_out(tx, plan(before, stored(tx), at=since), at=since)
    _acknowledge_all(tx, at=since)
    carry_out(tx, plan(wanted, stored(tx), at=next_month(at)), at=at)


def ask_lately(tx: Transaction, *, at: datetime) -> None:
    """What waits for answers, with the messages that ask; what they tell of the past is known by now."""
    for asked in asked_lately(at):
        saved = tx.acknowledgements.add([_question(tx, name, asked, at) for name in asked.objectives])
        _say(
            tx, saved[0].key, saved[0].team, request_message(tx.requests.of(saved[0].batch, at=at)), asked.at
        )
        if asked.declined:
            about = tx.requests.about(saved[0], at=at)
            _say(
                tx, f"declined:{saved[0].id}", _arbiters(tx), declined_message(about), asked.answered_at or at
            )


def _as_it_was(objective: Objective) -> Objective:
    earlier = EARLIER_TARGETS.get(objective.name)
    if earlier is None:
        return objective
    [terms] = objective.versions
    return replace(objective, versions=(replace(terms, target=Fraction(earlier)),))


def _acknowledge_all(tx: Transaction, *, at: datetime) -> None:
    tx.objectives.lock()
    objectives, promises = tx.objectives.all(), tx.promises
    known = [one for one in objectives if one.name not in NOT_ASKED_BEFORE]
    acknowledging = {one.name: one.acknowledging for one in objectives}
    for one in to_ask(Known(known, promises, {}), at=at).new:
        yes = one.acknowledge(
            by=ANSWERED_BY[one.team],
            at=at + THOUGHT_OVER,
            acknowledging=acknowledging[one.objective],
            calendar=promises.working_calendar(one.team),
        )
        tx.acknowledgements.add([yes])


def _question(tx: Transaction, name: str, asked: Asked, at: datetime) -> Acknowledgement:
    """As it stands at the making: those who are asked in steps were."""
    [kept] = tx.objectives.called([name], at=at)
    promises, owner = tx.promises, kept.objective.versions[-1].owner or ""
    because = Because.TERMS if len(kept.objective.versions) > 1 else Because.NEW
    one = request_of(kept.objective, promises.teams[owner], because, promises, at=asked.at)
    one = replace(one, reminded=steps_passed(one, promises.working_calendar(owner), at=at))
    if asked.declined is None:
        return one
    ground, words = asked.declined
    answered_at = asked.answered_at or at
    return one.decline(Ground(ground), by=ANSWERED_BY[owner], at=answered_at, words=words)


def _say(tx: Transaction, key: str, team: str, message: Message, at: datetime) -> None:
    channel = tx.promises.teams[team].channel
    if channel:
        tx.outbox.add(Notice(key, channel, message.content, at, team))


def _arbiters(tx: Transaction) -> str:
    return next(team.name for team in tx.promises.teams.values() if team.arbitrates)
