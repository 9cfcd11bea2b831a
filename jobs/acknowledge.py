"""Teams are asked to acknowledge what is theirs, and again while they do not answer; each step once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from weakref import WeakKeyDictionary

from domain.acknowledgement import Acknowledgement, Stage
from domain.acknowledgement_steps import Step, steps_due, steps_passed
from domain.asking import Decided, Known, to_ask
from domain.minutes import minute_of
from domain.notice import Notice
from domain.person import is_slack_id
from domain.planned import Promises
from domain.quiet import quiet_until
from domain.team import Team
from jobs.items import each
from jobs.job import Context, Job
from messages.request import request_message
from messages.request_reminder import reminder_message
from storage.store import Store
from storage.transaction import Transaction

LOOKED: WeakKeyDictionary[Store, dict[str, tuple[int, int]]] = WeakKeyDictionary()
"""For each workspace of a store the version of its definitions, and the minute, that were looked at last."""


@dataclass(frozen=True, slots=True)
class Reminding:
    """Requests of one message for which the same step is due."""

    step: Step
    waiting: tuple[Acknowledgement, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """All that is to be done."""

    decided: Decided
    reminding: tuple[Reminding, ...]
    promises: Promises

    @property
    def nothing(self) -> bool:
        """Whether nobody is to be asked."""
        return self.decided.nothing and not self.reminding


def run(context: Context) -> None:
    """Find out whom to ask, and write it down with the messages of it."""
    with context.store.read(context.workspace) as tx:
        if _looked_already(context, tx.workspace.definitions_version) or _due(tx, context.at).nothing:
            return
    with context.store.transaction(context.workspace) as tx:
        tx.objectives.lock()
        due = _due(tx, context.at)
        asking = _Asking(tx, context, due.promises)
        asking.supersede(due.decided.superseded)
        each(_by_team(due.decided.new), asking.ask, doing=lambda new: f"asking {new[0].team}")
        each(due.reminding, asking.remind, doing=lambda one: f"asking {one.waiting[0].team} again")


def _looked_already(context: Context, version: int) -> bool:
    """Whether this process did so in the same minute, and nothing was defined since."""
    looked, minute = LOOKED.setdefault(context.store, {}), minute_of(context.at)
    if looked.get(context.workspace) == (version, minute):
        return True
    looked[context.workspace] = (version, minute)
    return False


def _due(tx: Transaction, at: datetime) -> Due:
    promises, newest = tx.promises, tx.acknowledgements.newest()
    decided = to_ask(Known(tx.objectives.with_retired(), promises, newest), at=at)
    gone = {one.id for one in decided.superseded}
    waiting = [one for one in newest.values() if one.stage is Stage.OPEN and one.id not in gone]
    return Due(decided, tuple(_reminding(waiting, promises, at)), promises)


def _reminding(waiting: Iterable[Acknowledgement], promises: Promises, at: datetime) -> list[Reminding]:
    due: dict[tuple[int, Step], list[Acknowledgement]] = {}
    for one in sorted(waiting, key=lambda one: one.id):
        for step in steps_due(one, promises.working_calendar(one.team), at=at):
            due.setdefault((one.batch, step), []).append(one)
    return [Reminding(step, tuple(found)) for (_, step), found in due.items()]


def _by_team(new: Sequence[Acknowledgement]) -> list[list[Acknowledgement]]:
    return [list(found) for _, found in groupby(new, key=lambda one: one.team)]


class _Asking:
    """What is written in one transaction, under the lock of the definitions."""

    def __init__(self, tx: Transaction, context: Context, promises: Promises) -> None:
        self._tx, self._at, self._command = tx, context.at, context.command
        self._promises = promises
        self._arbiters = next((team for team in promises.teams.values() if team.arbitrates), None)

    def supersede(self, gone: Sequence[Acknowledgement]) -> None:
        """Nobody has to answer these any more; their messages say so."""
        self._tx.acknowledgements.save(one.supersede(at=self._at) for one in gone)
        for batch in sorted({one.batch for one in gone}):
            self._redraw(batch)

    def ask(self, new: Sequence[Acknowledgement]) -> None:
        """One message to the team, however many there are; held in its quiet hours."""
        saved = self._tx.acknowledgements.add(new)
        team = self._promises.teams[saved[0].team]
        request = self._tx.requests.of(saved[0].batch, at=self._at)
        channel = self._channel(team)
        if channel:
            content = request_message(request, command=self._command).content
            held = quiet_until(team, at=self._at)
            self._tx.outbox.add(Notice(request.key, channel, content, self._at, team.name, not_before=held))

    def remind(self, reminding: Reminding) -> None:
        """Ask once more; where the step has nobody to be asked, the next one comes in its time."""
        first = reminding.waiting[0]
        team = self._promises.teams[first.team]
        passed = steps_passed(first, self._promises.working_calendar(team.name), at=self._at)
        self._tx.acknowledgements.save(replace(one, reminded=passed) for one in reminding.waiting)
        request = self._tx.requests.of(first.batch, at=self._at)
        key = f"{request.key}:{reminding.step}:{first.id}"
        thread = request.key if reminding.step in (Step.HALF, Step.END) else None
        channel = self._channel_of(reminding.step, team)
        if channel:
            names = [one.objective for one in reminding.waiting]
            some = request.of_names(names)
            content = reminder_message(some, reminding.step, command=self._command).content
            self._tx.outbox.add(Notice(key, channel, content, self._at, team.name, thread=thread))
        self._redraw(first.batch)

    def _redraw(self, batch: int) -> None:
        request = self._tx.requests.of(batch, at=self._at)
        self._tx.outbox.edit(request.key, request_message(request, command=self._command).content)

    def _channel_of(self, step: Step, team: Team) -> str | None:
        if step is Step.MANAGER:
            return team.manager if team.manager and is_slack_id(team.manager) else None
        if step is Step.ARBITERS:
            return self._arbiters.channel if self._arbiters else None
        return self._channel(team)

    def _channel(self, team: Team) -> str | None:
        """The team's; without one its manager is asked directly, else who arbitrates."""
        own = team.channel or self._channel_of(Step.MANAGER, team)
        return own or self._channel_of(Step.ARBITERS, team)


JOB = Job("acknowledge", run)
