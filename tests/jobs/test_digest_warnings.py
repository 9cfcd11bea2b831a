"""What digests tell of warnings: those of their own instant, with what they took; outsiders are told of none."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from domain.agreement import Agreement, AgreementKind
from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.forecast import Forecast, MethodName
from domain.kept_forecast import KeptForecast
from domain.notice import Notice
from domain.team import DigestSchedule, QuietHours, Team, TeamKind
from jobs import digest
from jobs.job import Context
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import EVERY_DAY, MANAGERS, measure, objective, organise, team

NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)  # in Berlin
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MONDAY, MIDNIGHT = NINE - 24 * HOUR, NINE - 9 * HOUR
OWN, OTHER = objective("checkout-availability", "payments"), objective("wallet-availability", "payments")
QUIET = replace(team("payments"), quiet_hours=QuietHours(time(22), time(8)))


def run(store: Store, at: datetime) -> None:
    digest.run(Context(store, "default", MovableClock(at), at, command="/slo"))


def said(store: Store, key: str) -> str:
    return shown(next(notice for notice in notices(store) if notice.key == key))


def notices(store: Store) -> list[Notice]:
    with store.read() as tx:
        return tx.outbox.all()


def shown(notice: Notice) -> str:
    return "\n".join(
        (block.get("text") or block["elements"][0])["text"]
        for block in notice.content.blocks
        if block["type"] in ("section", "context")
    )


def warn(store: Store, number: int, *episodes: Episode, said_at: datetime | None = None) -> None:
    first = episodes[0]
    opened = first.opened_at or first.began_at
    made = BreachWarning(
        number, first.kind, "payments", "#payments", "checkout", opened, episodes, said_at=said_at or opened
    )
    with store.transaction() as tx:
        tx.breach_warnings.lock()
        tx.breach_warnings.save(made)


def burnt(
    name: str = OWN.name, *, at: datetime = MIDNIGHT, over: datetime | None = None, page: bool = False
) -> Episode:
    severity = Severity.PAGE if page else Severity.TICKET
    return Episode(name, WarningKind.BURN, severity, at, at, over)


@pytest.fixture
def payments(store: Store) -> Store:
    """Two objectives of the payments team, measured for ten days; one failed for two minutes at midnight."""
    organise(store, [QUIET, MANAGERS], [OWN, OTHER])
    for one in (OWN, OTHER):
        measure(store, one.name, since=NINE - 240 * HOUR, until=MIDNIGHT)
        measure(store, one.name, since=MIDNIGHT, until=NINE, bad=2 if one is OWN else 0)
    run(store, MONDAY)
    return store


def test_what_was_over_in_the_night_is_told_with_what_it_took(payments: Store) -> None:
    warn(payments, 7, burnt(over=MIDNIGHT + 17 * MINUTE, page=True))
    run(payments, NINE)
    told = said(payments, "digest:payments:2026-11-24")
    assert "all 2 met" in told
    assert "*Warned since Mon*\n☑️ W-7 checkout-availability\n    today took 15% in 2 min; over" in told


def test_figures_are_of_its_own_instant_warnings_too(payments: Store) -> None:
    warn(payments, 7, burnt(over=NINE + MINUTE))
    warn(payments, 8, burnt(OTHER.name, at=NINE + MINUTE))
    run(payments, NINE + 3 * HOUR)
    told = said(payments, "digest:payments:2026-11-24")
    assert "⚠️ W-7 checkout-availability: nobody has it yet" in told
    assert "W-8" not in told


def test_what_the_last_digest_told_is_not_told_again(payments: Store) -> None:
    warn(payments, 7, burnt(over=NINE))
    run(payments, NINE)
    run(payments, NINE + 24 * HOUR)
    assert "W-7" in said(payments, "digest:payments:2026-11-24")
    assert "W-7" not in said(payments, "digest:payments:2026-11-25")


def test_what_quiet_hours_held_back_comes_first(payments: Store) -> None:
    warn(payments, 7, burnt(over=MIDNIGHT + 17 * MINUTE), said_at=NINE - HOUR)
    run(payments, NINE)
    head, held, _ = said(payments, "digest:payments:2026-11-24").split("\n", 2)
    assert "all 2 met" in head
    assert held == "*Held back in your quiet hours*"


def test_managers_are_told_of_urgent_ones_that_nobody_has(payments: Store) -> None:
    with payments.transaction() as tx:
        tx.teams.save([replace(MANAGERS, digest=DigestSchedule(days=EVERY_DAY), timezone="Europe/Berlin")])
    warn(payments, 7, burnt(page=True))
    warn(payments, 8, burnt(OTHER.name))
    run(payments, NINE)
    told = said(payments, "rollup:slm:2026-11-24")
    assert (
        "*An answer waits*\n• W-7 checkout-availability:\n    payments, nobody has it since <!date^" in told
    )
    assert "W-8" not in told


def test_outsiders_are_told_of_no_warning(store: Store) -> None:
    retail = Team(
        "retail",
        TeamKind.CUSTOMER,
        channel="#retail",
        timezone="Europe/Berlin",
        digest=DigestSchedule(days=EVERY_DAY),
    )
    promised = replace(OWN, versions=(replace(OWN.versions[0], agreement="sla"),))
    organise(store, [QUIET, retail], [promised, OTHER])
    with store.transaction() as tx:
        tx.agreements.save([Agreement("sla", AgreementKind.SLA, "payments", "retail")])
    measure(store, OWN.name, since=NINE - 240 * HOUR, until=NINE)
    run(store, MONDAY)
    warn(
        store,
        7,
        burnt(page=True),
        Episode(OTHER.name, WarningKind.FORECAST, Severity.TICKET, MIDNIGHT, MIDNIGHT, probability=0.9),
    )
    run(store, NINE)
    told = said(store, "digest:retail:2026-11-24")
    assert "✅ *checkout-availability* · met" in told
    assert "W-7" not in told
    assert "breached" not in told


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_warnings_are_read_once_for_all_teams(sqlite_store: Store) -> None:
    teams = [team(f"team-{n}") for n in range(9)]
    organise(sqlite_store, teams, [objective(f"thing-{n}", f"team-{n}") for n in range(9)])
    for number in range(9):
        warn(sqlite_store, number + 1, burnt(f"thing-{number}", page=True))
    with counted(sqlite_store.engine) as statements, sqlite_store.read() as tx:
        assert len(digest.all_due(tx, at=NINE)) == 9
    assert sum("FROM breach_warning" in one for one in statements) == 1


def test_the_first_roll_up_of_a_month_scores_the_forecasts_of_the_one_before(store: Store) -> None:
    december = datetime(2026, 12, 1, 8, tzinfo=UTC)
    november_end = datetime(2026, 11, 30, 23, tzinfo=UTC)
    organise(
        store, [replace(MANAGERS, digest=DigestSchedule(days=EVERY_DAY), timezone="Europe/Berlin")], [OWN]
    )
    foretold = [
        KeptForecast(
            OWN.name,
            Forecast(
                november_end - day * 24 * HOUR, end, 0.8, MethodName.BLEND, {}, linear_pace=0, is_thin=False
            ),
            breached=True,
        )
        for day, end in ((2, november_end), (1, november_end), (3, november_end - 48 * HOUR))
    ]
    with store.transaction() as tx:
        tx.forecasts.save(foretold)
    for day in (-1, 0, 1):
        run(store, december + day * 24 * HOUR)
    told = said(store, "rollup:slm:2026-12-01")
    assert "*Forecasts of November*\n0 of 2 breaches warned of, no false alarm\nBrier score 0.040" in told
    assert "`/slo warnings score`" in told
    assert "Forecasts of" not in said(store, "rollup:slm:2026-12-02")
