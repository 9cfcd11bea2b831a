"""Digests: each internal team's morning message, once a local date."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.agreement import Agreement
from domain.notice import Notice
from domain.standing import Standing
from domain.team import Team, TeamKind
from jobs.job import Context, Job
from messages.digest import DigestFacts, digest
from storage.store import Transaction

LOOK_BACK = timedelta(days=14)
"""How far back digests that were not posted are looked for, and told."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A digest whose time has come; its figures are as of that time, however late this is noticed."""

    team: Team
    on: date
    channel: str

    @property
    def instant(self) -> datetime:
        """When it should have been said."""
        return self.team.digest_instant(self.on)

    @property
    def key(self) -> str:
        """The same for the same team and date."""
        return f"digest:{self.team.name}:{self.on}"


def run(context: Context) -> None:
    """Decide and write down each digest that is due; a team's failure is its own."""
    with context.store.read(context.workspace) as tx:
        due = list(_due(tx, at=context.at))
        told = _facts(tx, due) if due else []
    for one, facts in told:
        try:
            _decide(context, one, facts)
        except Exception:
            log.exception("the digest of %s for %s failed", one.on, one.team.name)


def _due(tx: Transaction, *, at: datetime) -> Iterator[DueDigest]:
    for team in tx.teams.all():
        on = team.digest_due(at=at)
        if team.kind is not TeamKind.INTERNAL or on is None or team.name in tx.digests.decided(on):
            continue
        if team.channel:
            yield DueDigest(team, on, team.channel)
        else:
            log.debug("no digest for %s: the team has no channel", team.name)


def _facts(tx: Transaction, due: Sequence[DueDigest]) -> list[tuple[DueDigest, DigestFacts]]:
    """What each digest tells. All standings of an instant are read once, not once a team."""
    standings = {instant: tx.standings.all(at=instant) for instant in {one.instant for one in due}}
    agreements = {agreement.name: agreement for agreement in tx.agreements.all()}
    return [
        (one, _facts_of(one, standings[one.instant], agreements, missed=list(_missed(tx, one))))
        for one in due
    ]


def _facts_of(
    one: DueDigest,
    standings: Iterable[Standing],
    agreements: Mapping[str, Agreement],
    *,
    missed: Sequence[date],
) -> DigestFacts:
    by_owner: dict[str | None, list[Standing]] = {}
    for standing in standings:
        by_owner.setdefault(standing.terms.owner, []).append(standing)
    return DigestFacts(
        team=one.team,
        on=one.on,
        at=one.instant,
        standings=by_owner.get(one.team.name, []),
        agreements=agreements,
        unowned=by_owner.get(None, []) if one.team.arbitrates else [],
        missed=missed,
    )


def _missed(tx: Transaction, one: DueDigest) -> list[date]:
    """The digest days since the team's last digest; none where it had none lately, as a new team."""
    missed: list[date] = []
    for back in range(1, LOOK_BACK.days + 1):
        on = one.on - timedelta(days=back)
        if one.team.name in tx.digests.decided(on):
            return missed[::-1]
        if on.weekday() in one.team.digest.days:
            missed.append(on)
    return []


def _decide(context: Context, one: DueDigest, facts: DigestFacts) -> None:
    """Decision and notice together; where another worker was first nothing happens.

    The notice goes first: of two workers the slower waits at its key and is told that it is there.
    """
    content = digest(facts, command=context.command).content
    notice = Notice(one.key, one.channel, content, context.at, one.team.name)
    with context.store.transaction(context.workspace) as tx:
        if one.team.name not in tx.digests.decided(one.on) and tx.outbox.add(notice):
            tx.digests.decide(one.team.name, one.on, at=context.at)


JOB = Job("digest", run)
