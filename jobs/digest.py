"""Digests: each internal team's morning message, once a local date."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from domain.agreement import Agreement
from domain.notice import Notice
from domain.standing import Standing
from domain.team import Team, TeamKind
from jobs.items import each
from jobs.job import Context, Job
from messages.digest import DigestFacts, digest
from storage.store import Transaction

LOOK_BACK = timedelta(days=14)
"""How far back digests that were not posted are looked for, and told."""

Decided = Callable[[date], set[str]]
Owned = Mapping[str | None, Sequence[Standing]]

log = logging.getLogger(__name__)


def run(context: Context) -> None:
    """Decide and write down each digest that is due; a team's failure is its own."""
    with context.store.read(context.workspace) as tx:
        told = all_due(tx, at=context.at)
    each(
        told,
        lambda facts: decide(context, facts),
        doing=lambda facts: f"digest of {facts.on} for {facts.team.name}",
    )


def all_due(tx: Transaction, *, at: datetime) -> list[DigestFacts]:
    """What each due digest tells. All standings of an instant are read once, not once a team."""
    decided: Decided = cache(tx.digests.decided)
    due: dict[str, tuple[Team, date]] = {}

    def note(team: Team) -> None:
        if on := _due(team, decided, at=at):
            due[team.name] = (team, on)

    each(tx.teams.all(), note, doing=lambda team: f"schedule of {team.name}")
    instants = {team.digest_instant(on) for team, on in due.values()}
    owned = {instant: _by_owner(tx.standings.all(at=instant)) for instant in instants}
    agreements = {agreement.name: agreement for agreement in tx.agreements.all()} if due else {}
    return [
        _facts(team, on, owned[team.digest_instant(on)], agreements, missed=_missed(team, on, decided))
        for team, on in due.values()
    ]


def _due(team: Team, decided: Decided, *, at: datetime) -> date | None:
    """The local date of a digest that should have been said by now and was not decided."""
    on = team.digest_due(at=at)
    if team.kind is not TeamKind.INTERNAL or on is None or team.name in decided(on):
        return None
    if not team.channel:
        log.debug("no digest for %s: the team has no channel", team.name)
        return None
    return on


def _by_owner(standings: Iterable[Standing]) -> Owned:
    owned: dict[str | None, list[Standing]] = {}
    for standing in standings:
        owned.setdefault(standing.terms.owner, []).append(standing)
    return owned


def _facts(
    team: Team, on: date, owned: Owned, agreements: Mapping[str, Agreement], *, missed: Sequence[date]
) -> DigestFacts:
    """The figures are as of the digest's own time, however late it is noticed."""
    return DigestFacts(
        team=team,
        on=on,
        at=team.digest_instant(on),
        standings=owned.get(team.name, ()),
        agreements=agreements,
        unowned=owned.get(None, ()) if team.arbitrates else (),
        missed=missed,
    )


def _missed(team: Team, on: date, decided: Decided) -> list[date]:
    """The digest days since the team's last digest; none where it had none lately, as a new team."""
    missed: list[date] = []
    for back in range(1, LOOK_BACK.days + 1):
        day = on - timedelta(days=back)
        if team.name in decided(day):
            return missed[::-1]
        if day.weekday() in team.digest.days:
            missed.append(day)
    return []


def decide(context: Context, facts: DigestFacts) -> None:
    """Decision and notice together; where another worker was first nothing happens.

    The notice goes first: of two workers the slower waits at its key and is told that it is there.
    """
    team, on = facts.team, facts.on
    content = digest(facts, command=context.command).content
    notice = Notice(f"digest:{team.name}:{on}", team.channel or "", content, context.at, team.name)
    with context.store.transaction(context.workspace) as tx:
        if team.name not in tx.digests.decided(on) and tx.outbox.add(notice):
            tx.digests.decide(team.name, on, at=context.at)


JOB = Job("digest", run)
