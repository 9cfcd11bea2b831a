"""The watch: each minute all objectives are looked at, once; what changes is written down and said."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import WarningKind
from domain.measurement import Measurement
from domain.minutes import minute_of
from domain.notice import Notice
from domain.objective import Objective
from domain.team import QuietHours, Rung, Team, TeamKind
from jobs import watch
from jobs.job import Context
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import MANAGERS, measure, objective, organise, team

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)  # 12:00 in Berlin
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CHECKOUT = "checkout-availability"
PAYMENTS = replace(team("payments"), members=("U0ANA",), manager="U0PAT")
SLM = replace(MANAGERS, members=("U0EVA",))


def look(store: Store, at: datetime) -> None:
    watch.run(Context(store, "default", MovableClock(at), at))


def warnings(store: Store) -> list[BreachWarning]:
    with store.read() as tx:
        return tx.breach_warnings.since(NOON - 30 * DAY)


def notices(store: Store) -> list[Notice]:
    with store.read() as tx:
        return tx.outbox.all()


def keys(store: Store) -> list[str]:
    return [notice.key for notice in notices(store)]


def fail(store: Store, at: datetime, minutes: int, *names: str, bad: int = 10) -> None:
    """So many minutes before `at` lose so many of their ten events."""
    first = minute_of(at) - minutes
    with store.transaction() as tx:
        tx.measurements.record(
            [
                (name, Measurement(minute, 10 - bad, 10))
                for name in names or (CHECKOUT,)
                for minute in range(first, minute_of(at))
            ],
            at=at,
        )


def provider(store: Store, *names: str, of: Team = PAYMENTS) -> Store:
    """Ten days are measured, without a failure; the first look was a minute before noon."""
    organise(store, [of, SLM], [objective(name, "payments") for name in names or (CHECKOUT,)])
    for name in names or (CHECKOUT,):
        measure(store, name, since=NOON - 10 * DAY, until=NOON)
    look(store, NOON - MINUTE)
    return store


def test_nothing_fails_nothing_is_said(sqlite_store: Store) -> None:
    provider(sqlite_store)
    look(sqlite_store, NOON)
    assert warnings(sqlite_store) == []
    assert notices(sqlite_store) == []
    with sqlite_store.read() as tx:
        assert tx.breach_warnings.noted_minute() == minute_of(NOON)


def test_an_outage_is_said_at_once(store: Store) -> None:
    provider(store)
    fail(store, NOON, 2)
    look(store, NOON)
    [warning] = warnings(store)
    assert (warning.number, warning.channel, warning.team) == (1, "#payments", "payments")
    assert warning.is_urgent
    [notice] = notices(store)
    assert (notice.key, notice.channel, notice.team) == ("warning:1", "#payments", "payments")
    assert notice.internal
    assert notice.not_before is None
    assert notice.not_after == NOON + 12 * HOUR


def test_a_minute_is_looked_at_once(store: Store) -> None:
    provider(store)
    look(store, NOON)
    fail(store, NOON, 2)
    look(store, NOON + timedelta(seconds=59))
    assert warnings(store) == []
    look(store, NOON + MINUTE)
    assert len(warnings(store)) == 1


def test_a_clock_that_was_set_back_does_not_blind_it(sqlite_store: Store) -> None:
    provider(sqlite_store)
    look(sqlite_store, NOON)
    earlier = NOON - 40 * MINUTE
    fail(sqlite_store, earlier, 2)
    look(sqlite_store, earlier)
    assert len(warnings(sqlite_store)) == 1


def test_a_look_at_the_past_changes_nothing(sqlite_store: Store) -> None:
    provider(sqlite_store)
    look(sqlite_store, NOON)
    fail(sqlite_store, NOON - HOUR, 2)
    watch.run(Context(sqlite_store, "default", MovableClock(NOON), NOON - HOUR))
    assert warnings(sqlite_store) == []


def run_through(store: Store, minutes: int, bad: Callable[[int], bool], *names: str) -> None:
    for minute in range(minutes):
        at = NOON + minute * MINUTE
        fail(store, at + MINUTE, 1, *names, bad=10 if bad(minute) else 0)
        look(store, at + MINUTE)


def test_it_is_over_after_a_quarter_of_an_hour_and_begins_again_in_its_thread(sqlite_store: Store) -> None:
    provider(sqlite_store)
    run_through(sqlite_store, 60, lambda minute: minute < 3 or minute == 40)
    [warning] = warnings(sqlite_store)
    [episode] = warning.episodes
    assert episode.reopened == 1
    assert not warning.is_open
    assert [key.split(":")[2] for key in keys(sqlite_store) if key != "warning:1"] == [
        "over",
        "urgent",
        "reopened",
        "over",
    ]


def test_seven_objectives_of_a_service_are_one_message(store: Store) -> None:
    names = [f"checkout-{number}" for number in range(7)]
    provider(store, *names)
    fail(store, NOON, 2, *names[:5])
    look(store, NOON)
    fail(store, NOON + MINUTE, 2, *names[5:])
    look(store, NOON + MINUTE)
    [warning] = warnings(store)
    assert len(warning.episodes) == 7
    assert [key.partition(":")[2].split(":")[:2] for key in keys(store)] == [["1"], ["1", "joined"]]


def test_another_service_or_kind_is_another_message(sqlite_store: Store) -> None:
    provider(sqlite_store, CHECKOUT, "search-latency")
    fail(sqlite_store, NOON, 2, CHECKOUT, "search-latency")
    look(sqlite_store, NOON)
    assert [one.service for one in warnings(sqlite_store)] == ["checkout", "search"]
    assert keys(sqlite_store) == ["warning:1", "warning:2"]


QUIET = replace(PAYMENTS, quiet_hours=QuietHours(time(20), time(8)))
NIGHT = datetime(2026, 11, 24, 22, tzinfo=UTC)  # 23:00 in Berlin
MORNING = datetime(2026, 11, 25, 7, tzinfo=UTC)  # 08:00


def all_night(store: Store, *names: str) -> None:
    for name in names or (CHECKOUT,):
        measure(store, name, since=NOON, until=NIGHT)


def test_a_page_is_said_at_night(sqlite_store: Store) -> None:
    provider(sqlite_store, of=QUIET)
    all_night(sqlite_store)
    fail(sqlite_store, NIGHT, 2)
    look(sqlite_store, NIGHT)
    assert keys(sqlite_store) == ["warning:1"]


def test_what_can_wait_is_said_when_the_quiet_hours_end(sqlite_store: Store) -> None:
    provider(sqlite_store, of=QUIET)
    look(sqlite_store, NIGHT)  # nothing was received for eleven hours
    [warning] = warnings(sqlite_store)
    assert (warning.kind, warning.severity) == (WarningKind.SILENT, Severity.TICKET)
    look(sqlite_store, MORNING - MINUTE)
    assert keys(sqlite_store) == []
    look(sqlite_store, MORNING)
    assert keys(sqlite_store) == ["warning:1"]
    assert warnings(sqlite_store)[0].said_at == MORNING


def test_what_is_over_by_then_is_not_said(sqlite_store: Store) -> None:
    provider(sqlite_store, of=QUIET)
    look(sqlite_store, NIGHT)
    fail(sqlite_store, NIGHT + HOUR, 60, bad=0)
    look(sqlite_store, NIGHT + HOUR)
    fail(sqlite_store, MORNING, 60, bad=0)
    look(sqlite_store, MORNING)
    assert keys(sqlite_store) == []
    assert warnings(sqlite_store)[0].said_at is None


def test_without_a_channel_it_is_listed_and_not_said(sqlite_store: Store) -> None:
    organise(sqlite_store, [replace(PAYMENTS, channel=None)], [objective(CHECKOUT, "payments")])
    measure(sqlite_store, CHECKOUT, since=NOON - 10 * DAY, until=NOON)
    fail(sqlite_store, NOON, 2)
    look(sqlite_store, NOON)
    assert [one.channel for one in warnings(sqlite_store)] == [""]
    assert keys(sqlite_store) == []


@pytest.mark.parametrize(
    ("owner", "agreement", "channel"),
    [
        pytest.param("payments", None, "#payments", id="of the owner"),
        pytest.param(None, "sla", "#payments", id="without an owner of the agreement's provider"),
        pytest.param(None, None, "#slm", id="without both of the team that arbitrates"),
        pytest.param("gateway", None, "#slm", id="never of a third party"),
    ],
)
def test_the_channel(sqlite_store: Store, owner: str | None, agreement: str | None, channel: str) -> None:
    with sqlite_store.transaction() as tx:
        tx.agreements.save([Agreement("sla", AgreementKind.SLA, "payments", "retail")])
    gateway = Team("gateway", TeamKind.THIRD_PARTY, channel="#gateway")
    owned = objective(CHECKOUT, owner)
    promised = replace(owned, versions=(replace(owned.versions[0], agreement=agreement),))
    organise(sqlite_store, [PAYMENTS, SLM, gateway], [promised])
    measure(sqlite_store, CHECKOUT, since=NOON - 10 * DAY, until=NOON)
    fail(sqlite_store, NOON, 2)
    look(sqlite_store, NOON)
    assert [one.channel for one in warnings(sqlite_store)] == [channel]


def test_nobody_has_it_so_others_are_asked_once_each(sqlite_store: Store) -> None:
    provider(sqlite_store)
    run_through(sqlite_store, 125, lambda minute: True)
    asked = [notice for notice in notices(sqlite_store) if ":asked:" in notice.key]
    assert [(notice.key.split(":")[-1], notice.thread) for notice in asked] == [
        ("manager", "warning:1"),
        ("slm", "warning:1"),
    ]
    assert "<@U0PAT>" in asked[0].content.text
    assert asked[0].created_at == NOON + 31 * MINUTE


def test_rungs_that_are_not_in_slack_are_passed_over(sqlite_store: Store) -> None:
    rungs = (Rung("pager:primary", timedelta(0)), Rung("manager", 5 * MINUTE), Rung("S0ONCALL", 10 * MINUTE))
    provider(sqlite_store, of=replace(PAYMENTS, manager=None, escalation=rungs))
    run_through(sqlite_store, 15, lambda minute: True)
    assert [key.split(":")[-1] for key in keys(sqlite_store) if ":asked:" in key] == ["S0ONCALL"]
    assert warnings(sqlite_store)[0].reminded == 3


def test_whoever_has_it_is_left_in_peace(sqlite_store: Store) -> None:
    provider(sqlite_store)
    run_through(sqlite_store, 3, lambda minute: True)
    with sqlite_store.transaction() as tx:
        tx.breach_warnings.lock()
        [warning] = tx.breach_warnings.open()
        tx.breach_warnings.save(warning.acknowledge(by="U0ANA", at=NOON + 3 * MINUTE))
    run_through(sqlite_store, 125, lambda minute: True)
    assert not [key for key in keys(sqlite_store) if ":asked:" in key]


def test_a_breach_edits_the_message_and_says_one_new_line(store: Store) -> None:
    provider(store)
    run_through(store, 30, lambda minute: True)  # 99.9 % of ten days bear 14 bad minutes
    lines = [notice for notice in notices(store) if ":breached:" in notice.key]
    assert [(notice.key, notice.thread) for notice in lines] == [(f"warning:1:breached:{CHECKOUT}", None)]
    with store.read() as tx:
        assert list(tx.breaches.lasting()) == [CHECKOUT]


def test_figures_are_drawn_anew_every_five_minutes(sqlite_store: Store) -> None:
    provider(sqlite_store)
    versions = []
    for minute in range(12):
        fail(sqlite_store, NOON + minute * MINUTE, 1)
        look(sqlite_store, NOON + minute * MINUTE)
        versions.append(notices(sqlite_store)[0].version)
    assert versions == [1] * 5 + [2] * 5 + [3] * 2


def test_a_breach_without_a_warning_is_one_line(sqlite_store: Store) -> None:
    provider(sqlite_store)
    fail(sqlite_store, NOON - 9 * DAY, 60)  # corrected long after: nothing fails now
    look(sqlite_store, NOON)
    assert warnings(sqlite_store) == []
    assert keys(sqlite_store) == [f"breach:{CHECKOUT}:{minute_of(NOON)}"]
    fail(sqlite_store, NOON - 9 * DAY, 60, bad=0)
    look(sqlite_store, NOON + MINUTE)
    fail(sqlite_store, NOON - 9 * DAY, 60)
    look(sqlite_store, NOON + 2 * MINUTE)
    assert len(keys(sqlite_store)) == 1  # to and fro on one day is told once


@pytest.mark.parametrize("before", [None, NOON - 2 * HOUR], ids=["the first look", "a look after a long gap"])
def test_a_breach_that_began_unseen_is_left_to_the_digest(
    sqlite_store: Store, before: datetime | None
) -> None:
    organise(sqlite_store, [PAYMENTS, SLM], [objective(CHECKOUT, "payments")])
    measure(sqlite_store, CHECKOUT, since=NOON - 10 * DAY, until=NOON)
    if before:
        look(sqlite_store, before)
    fail(sqlite_store, NOON - 9 * DAY, 60)
    look(sqlite_store, NOON)
    assert keys(sqlite_store) == []
    with sqlite_store.read() as tx:
        assert list(tx.breaches.lasting()) == [CHECKOUT]


def test_what_is_retired_is_over(store: Store) -> None:
    provider(store)
    fail(store, NOON, 2)
    look(store, NOON)
    with store.transaction() as tx:
        [kept] = tx.objectives.all()
        retired: Objective = replace(kept, retired_at=NOON + MINUTE)
        tx.objectives.save([retired])
    look(store, NOON + MINUTE)
    assert [one.is_open for one in warnings(store)] == [False]
    assert [key.split(":")[2:3] for key in keys(store)] == [[], ["over"]]


def test_two_workers_at_once_say_it_once(store: Store) -> None:
    provider(store)
    fail(store, NOON, 2)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: look(store, NOON), range(4)))
    assert keys(store) == ["warning:1"]
    assert [one.number for one in warnings(store)] == [1]


def promised(store: Store, until: date) -> None:
    """The provider with its objective, promised in an agreement that ends on that day."""
    unpromised = objective(CHECKOUT, "payments")
    sla = Agreement("sla", AgreementKind.SLA, "payments", "retail", effective_until=until)
    with store.transaction() as tx:
        tx.agreements.save([sla])
    terms = replace(unpromised.versions[0], agreement="sla")
    organise(store, [PAYMENTS, SLM], [replace(unpromised, versions=(terms,))])
    measure(store, CHECKOUT, since=NOON - 10 * DAY, until=NOON)
    look(store, NOON - MINUTE)


def test_what_is_promised_in_no_agreement_that_holds_is_not_watched(store: Store) -> None:
    promised(store, (NOON - DAY).date())
    fail(store, NOON, 30)
    look(store, NOON)
    assert warnings(store) == []
    assert notices(store) == []
    with store.read() as tx:
        assert not tx.breaches.lasting()
    with store.transaction() as tx:
        tx.agreements.save([replace(tx.agreements.all()[0], effective_until=NOON.date())])
    look(store, NOON + MINUTE)
    assert keys(store) == ["warning:1"]


def test_an_open_warning_ends_with_the_agreement_and_calls_nobody(store: Store) -> None:
    promised(store, NOON.date())
    fail(store, NOON, 30)
    look(store, NOON)
    midnight = datetime(2026, 11, 24, 23, tzinfo=UTC)  # in Berlin
    said = keys(store)
    fail(store, midnight - MINUTE, 30)
    look(store, midnight - MINUTE)
    assert warnings(store)[0].is_open
    look(store, midnight)
    assert not any(one.is_open for one in warnings(store))
    with store.read() as tx:
        assert not tx.breaches.lasting()
    new = [one for one in notices(store) if one.key not in said and one.created_at == midnight]
    assert not any("<@" in str(one.content.blocks) + one.content.text for one in new)
    assert [one.key for one in new if one.thread is None] == []
