"""Warnings of the invented organisation: checkout burns on Monday 23 November 2026 from 13:52 Berlin on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.counts import NOTHING, Counts
from domain.episode import Episode, WarningKind
from domain.minutes import DAY, minute_of
from domain.objective import Objective
from domain.planned import Promises
from domain.sight import LENGTHS
from domain.spells import Spell
from domain.standing import BURN_WINDOWS, Figures, Standing, stand
from domain.team import Team
from domain.warned import Record, Warned, WarnedObjective
from messages.example import (
    AGREEMENTS,
    BERLIN,
    CHECKOUT,
    LEDGER,
    PAYMENTS,
    PAYOUT,
    RETAIL,
    events,
    slices,
)

BEGAN = datetime(2026, 11, 23, 12, 52, tzinfo=UTC)
"""13:52 in Berlin: from here on 84 of the usual 600 requests a minute fail."""

SEEN = datetime(2026, 11, 23, 12, 59, tzinfo=UTC)
ENDED = datetime(2026, 11, 23, 13, 28, tzinfo=UTC)
CLOSED = datetime(2026, 11, 23, 13, 43, tzinfo=UTC)
SECOND_OF_DECEMBER = datetime(2026, 12, 2, 9, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANA, PAT = "U0ANA1234", "U0PAT1234"

WATCHERS = replace(PAYMENTS, manager=PAT, usergroup="S0PAY1234")
EVA = Team("slm", display_name="Service levels", members=("U0EVA1234",), arbitrates=True, timezone=BERLIN)
DATA = Team("data platform", timezone=BERLIN)
PROMISES = Promises(AGREEMENTS, {one.name: one for one in (WATCHERS, EVA, DATA, RETAIL)}, {})


def stood(
    of: Objective,
    counts: Counts,
    spans: Mapping[int, Counts],
    *,
    at: datetime,
    last: datetime | None = None,
    until: datetime | None = None,
    warned: bool = True,
) -> Standing:
    """How `of` stands at `at`, while a warning of it is open; `spans` has the counts of each window in minutes."""
    terms = of.versions[0]
    burns = {name: spans.get(length, NOTHING) for name, length in BURN_WINDOWS.items()}
    figures = Figures(
        counts, burns, minute_of(datetime(2026, 1, 1, tzinfo=UTC)), minute_of(last or at) - 1, spans
    )
    found = stand(of, terms, terms.window.period(at=at), figures, at=at, warned=warned)
    return replace(found, until=until or found.until)


def checkout(at: datetime, *, until: datetime | None = None) -> Standing:
    """The standing of checkout-availability, with all that failed since it began, at the latest until it ended."""
    minutes = {length: _failing_minutes(at, length) for length in LENGTHS}
    spans = {length: events(600 * length, 84 * bad, length) for length, bad in minutes.items()}
    failed = 18_926 + 84 * _failing_minutes(at, 3 * DAY)
    return stood(CHECKOUT.objective, events(25_902_000, failed, 43_170), spans, at=at, until=until)


def _failing_minutes(at: datetime, length: int) -> int:
    end = at if at > CLOSED + MINUTE * 30 else min(at, ENDED)
    return max((end - max(BEGAN, at - length * MINUTE)) // MINUTE, 0)


def burning(at: datetime, *, until: datetime | None = None, ended: datetime | None = None) -> WarnedObjective:
    """checkout-availability at `at`, in its episode, which was seen seven minutes after it began."""
    spell = Spell(minute_of(BEGAN), minute_of(ended or at), 84 * ((ended or at) - BEGAN) // MINUTE)
    return WarnedObjective(
        Episode(CHECKOUT.name, WarningKind.BURN, Severity.PAGE, SEEN, SEEN),
        checkout(at, until=until),
        spells=(spell,),
        lost=spell.lost,
        left_before=1 - Fraction(18_926, 25_902),
    )


def warned_of(
    objectives: Sequence[WarnedObjective], *, at: datetime, opened: datetime = SEEN, number: int = 42
) -> Warned:
    """A warning about `objectives`, as it is at `at`; said when it was opened."""
    first = objectives[0]
    warning = BreachWarning(
        number,
        first.episode.kind,
        "payments",
        "#team-payments",
        first.standing.objective.service,
        opened,
        tuple(one.episode for one in objectives),
        said_at=opened,
    )
    return Warned(warning, tuple(objectives), PROMISES, WATCHERS, at)


def held_by(warned: Warned, person: str, at: datetime) -> Warned:
    """The same, acknowledged by a person."""
    return replace(warned, warning=replace(warned.warning, acknowledged_by=person, acknowledged_at=at))


def changed(warned: Warned, **fields: object) -> Warned:
    """The same with other fields in the episode of its only objective."""
    (one,) = warned.objectives
    other = replace(one, episode=replace(one.episode, **fields))  # type: ignore[arg-type]
    return replace(warned, objectives=(other,), warning=replace(warned.warning, episodes=(other.episode,)))


def _over() -> Warned:
    over = warned_of([burning(CLOSED, until=SECOND_OF_DECEMBER, ended=ENDED)], at=CLOSED)
    return changed(held_by(over, ANA, SEEN + 3 * MINUTE), resolved_at=CLOSED)


def _breached() -> Warned:
    at = datetime(2026, 11, 23, 14, 16, tzinfo=UTC)
    breached = warned_of([burning(at, until=SECOND_OF_DECEMBER)], at=at)
    return changed(held_by(breached, ANA, SEEN + 3 * MINUTE), breached_at=at)


def _payout() -> WarnedObjective:
    at = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
    spans = {length: events(14 * length, 0, length) for length in LENGTHS} | {
        3 * DAY: events(57_600, 911, 4_320)
    }
    standing = stood(PAYOUT.objective, events(449_000, 3_996, 33_605), spans, at=at)
    episode = Episode(
        PAYOUT.name,
        WarningKind.FORECAST,
        Severity.TICKET,
        datetime(2026, 11, 24, tzinfo=UTC),
        datetime(2026, 11, 24, tzinfo=UTC),
        probability=0.72,
        window_end=standing.period.end,
    )
    return WarnedObjective(episode, standing, record=Record(6, 9))


def _ledger() -> WarnedObjective:
    last = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
    at = last + timedelta(hours=2)
    spans = {length: slices(max(length - 120, 0), 0) for length in LENGTHS}
    standing = stood(LEDGER.objective, slices(700, 0), spans, at=at, last=last)
    return WarnedObjective(
        Episode(LEDGER.name, WarningKind.SILENT, Severity.TICKET, at, at),
        standing,
        last_minute=minute_of(last) - 1,
    )


BURNING = replace(warned_of([burning(SEEN)], at=SEEN), burning=(("payments-db", "data platform"),))
"""Mock-up 3a: as posted, Mon 23 Nov 13:59."""

ACKNOWLEDGED = held_by(
    replace(
        warned_of([burning(SEEN + 3 * MINUTE)], at=SEEN + 3 * MINUTE),
        burning=(("payments-db", "data platform"),),
    ),
    ANA,
    SEEN + 3 * MINUTE,
)
OVER = _over()
BREACHED = _breached()
FORECAST = warned_of([_payout()], at=_payout().standing.at, opened=_payout().standing.at, number=43)
SILENT = warned_of([_ledger()], at=_ledger().standing.at, opened=_ledger().standing.at, number=44)
