"""A small provider: teams, objectives and what was measured of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from fractions import Fraction

from domain.acknowledging import Acknowledging
from domain.asking import Known, to_ask
from domain.measurement import Measurement
from domain.method import Timeslices
from domain.minutes import minute_of
from domain.objective import Indicator, Objective, Service, Terms
from domain.team import DigestSchedule, Team
from domain.window import RollingWindow
from storage.store import Store

BERLIN = "Europe/Berlin"
MANAGERS = Team("slm", channel="#slm", arbitrates=True, digest=DigestSchedule(days=frozenset()))
LONG_AGO = datetime(2020, 1, 2, 12, tzinfo=UTC)
FOR_GOOD = datetime(2199, 1, 1, tzinfo=UTC)
EVERY_DAY = frozenset(range(7))


def team(name: str, *, zone: str = BERLIN, at: time = time(9), days: frozenset[int] | None = None) -> Team:
    """A team with a channel of its own name."""
    schedule = DigestSchedule(at) if days is None else DigestSchedule(at, days)
    return Team(name, channel=f"#{name}", timezone=zone, digest=schedule)


def objective(name: str, owner: str | None) -> Objective:
    """99.9 % of the minutes of 30 days, and half a per cent of them must be measured."""
    terms = Terms(
        Fraction(999, 1000),
        RollingWindow(days=30),
        Timeslices(Fraction(99, 100)),
        Indicator(name),
        owner=owner,
        min_coverage=Fraction(1, 200),
    )
    return Objective(name, name.partition("-")[0], (terms,))


def organise(
    store: Store, teams: Sequence[Team], objectives: Sequence[Objective] = (), *, acknowledged: bool = True
) -> None:
    """Save them, with the services of the objectives; their owners have acknowledged them, unless they have not."""
    with store.transaction() as tx:
        tx.teams.save(teams)
        tx.services.save([Service(name) for name in {one.service for one in objectives}])
        tx.objectives.save(objectives)
    if acknowledged:
        acknowledge_all(store)


def acknowledge_all(store: Store) -> None:
    """Every owner has acknowledged everything, long ago and for good."""
    with store.transaction() as tx:
        tx.objectives.lock()
        promises = tx.promises
        new = to_ask(Known(tx.objectives.all(), promises, tx.acknowledgements.newest()), at=LONG_AGO).new
        for one in new:
            owner = promises.working_calendar(one.team)
            yes = one.acknowledge(by="U0ANA", at=LONG_AGO, acknowledging=Acknowledging(), calendar=owner)
            tx.acknowledgements.add([replace(yes, expires_at=FOR_GOOD)])


def measure(store: Store, name: str, *, since: datetime, until: datetime, bad: int = 0) -> None:
    """Ten events in each minute of the half-open span; in the first `bad` minutes all of them failed."""
    first = minute_of(since)
    minutes = range(first, minute_of(until))
    counted = [(name, Measurement(minute, 0 if minute < first + bad else 10, 10)) for minute in minutes]
    with store.transaction() as tx:
        tx.measurements.record(counted, at=until)
