"""Planned work: announced in time it leaves the figures whole; announced too late it counts, and is told as such."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from commands.ask import Ask
from commands.explain import explain
from commands.maintenance import maintenance
from connectors.slack import SlackPoster
from domain.agreement import Agreement, AgreementKind
from domain.exclusion import Exclusion
from domain.objective import Objective
from domain.planned import PlannedWork, Promises, planned_within
from domain.standing import Standing, State
from domain.team import Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from jobs.job import Context
from jobs.listing import run_due
from messages.message import Message
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import BERLIN, MANAGERS, measure, objective, organise
from tests.fakes.slack_server import PlayedSlack, played_slack

TUESDAY = datetime(2026, 11, 24, 11, tzinfo=UTC)  # 12:00 in Berlin
NIGHT = datetime(2026, 12, 5, 21, tzinfo=UTC)  # Saturday 22:00, nine working days later
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CHECKOUT = "checkout-availability"
PAYMENTS = Team("payments", channel="payments", members=("U0ANA",), timezone=BERLIN)
RETAIL = Team("retail", TeamKind.CUSTOMER, channel="retail", timezone=BERLIN)
SLA = Agreement(
    "checkout-sla",
    AgreementKind.SLA,
    "payments",
    "retail",
    maintenance_notice=TimeLimit(5, LimitUnit.WORKING_DAYS),
)


@pytest.fixture
def provider(store: Store) -> Store:
    """Payments promises checkout to retail, with five working days of notice."""
    with store.transaction() as tx:
        tx.agreements.save([SLA])
    organise(store, [PAYMENTS, RETAIL, MANAGERS], [promised(objective(CHECKOUT, "payments"))])
    return store


def promised(unpromised: Objective) -> Objective:
    return replace(unpromised, versions=(replace(unpromised.versions[0], agreement="checkout-sla"),))


def say(store: Store, text: str, at: datetime) -> str:
    asked = Ask("default", f"maintenance {text}", "U0ANA", "C0PAYMENTS", "payments", at)
    return words(maintenance(asked, store))


def words(message: Message) -> str:
    return "\n".join((block.get("text") or block["elements"][0])["text"] for block in message.blocks)


def standing(store: Store, at: datetime) -> Standing:
    with store.read() as tx:
        [found] = tx.standings.of([CHECKOUT], at=at)
    return found


def planned(store: Store, of: Standing) -> list[PlannedWork]:
    """What digests and explanations are told of its period."""
    with store.read() as tx:
        promises = Promises(
            {one.name: one for one in tx.agreements.all()},
            {one.name: one for one in tx.teams.all()},
            {one.name: one for one in tx.calendars.all()},
        )
        return planned_within(tx.exclusions.all(), [of], promises, period=of.period)


def a_night_of_work(store: Store) -> None:
    """Eight hours are measured, of which the four from NIGHT on all fail."""
    measure(store, CHECKOUT, since=NIGHT - 2 * HOUR, until=NIGHT)
    measure(store, CHECKOUT, since=NIGHT, until=NIGHT + 4 * HOUR, bad=240)
    measure(store, CHECKOUT, since=NIGHT + 4 * HOUR, until=NIGHT + 6 * HOUR)


def heard(slack: PlayedSlack, channel: str) -> list[str]:
    """What was said of planned work."""
    return [text for text in slack.said(channel) if text.startswith("Planned work")]


def tick(store: Store, slack: PlayedSlack, clock: MovableClock) -> None:
    with closing(SlackPoster(slack.token, slack.base_url)) as poster:
        assert run_due(Context(store, "default", clock, clock.now(), poster, drain=True)) == []


def test_planned_in_time_it_leaves_the_figures_whole(provider: Store) -> None:
    say(provider, "checkout from 5 dec 22:00 to 02:00 because database upgrade", TUESDAY)
    a_night_of_work(provider)
    after = standing(provider, NIGHT + 6 * HOUR)
    assert (after.figures.counts.good, after.figures.counts.total) == (2400, 2400)
    assert (after.figures.counts.slices_good, after.figures.counts.slices_total) == (240, 240)
    assert after.excluded_minutes == 240
    assert after.attainment == after.coverage == 1
    assert after.state is State.MET
    assert [work.too_late for work in planned(provider, after)] == [()]


def test_planned_too_late_it_counts_and_is_told_as_such(provider: Store) -> None:
    friday = NIGHT - DAY
    said = say(provider, "checkout from 5 dec 22:00 to 02:00 because database upgrade", friday)
    assert "counts, unless retail agrees\nannounced 0 working days ahead (5 agreed)" in said
    a_night_of_work(provider)
    after = standing(provider, NIGHT + 6 * HOUR)
    assert (after.figures.counts.slices_good, after.figures.counts.slices_total) == (240, 480)
    assert (after.excluded_minutes, after.state) == (0, State.BREACHED)
    [work] = planned(provider, after)
    assert (work.exclusion.name, work.too_late) == ("checkout-2026-12-05", (CHECKOUT,))
    explained = explain(Ask("default", f"explain {CHECKOUT}", "U0ANA", "C0", "payments", after.at), provider)
    assert "database upgrade" in str(explained.blocks)


def test_announced_afterwards_it_changes_nothing_and_withdrawn_all_counts(provider: Store) -> None:
    """What was measured before is counted anew with every change."""
    a_night_of_work(provider)
    in_time = Exclusion("upgrade", (NIGHT,), 4 * HOUR, "upgrade", TUESDAY, objectives=(CHECKOUT,))
    until = NIGHT + 6 * HOUR
    for exclusion, slices in (
        (in_time, (240, 240)),
        (replace(in_time, announced_at=NIGHT + 5 * HOUR), (240, 480)),
        (replace(in_time, withdrawn_at=NIGHT + HOUR), (240, 420)),
        (replace(in_time, withdrawn_at=NIGHT), (240, 480)),
    ):
        with provider.transaction() as tx, tx.measurements.recounted():
            tx.exclusions.save([exclusion])
        counts = standing(provider, until).figures.counts
        assert (counts.slices_good, counts.slices_total) == slices


def test_a_monthly_series_keeps_its_time_of_day_over_the_change_of_the_clocks(provider: Store) -> None:
    zone = ZoneInfo(BERLIN)
    nights = [datetime(2026, month, day, 22, tzinfo=zone) for month, day in ((9, 26), (10, 31), (11, 28))]
    series = Exclusion(
        "last-saturdays",
        tuple(night.astimezone(UTC) for night in nights),
        4 * HOUR,
        "patches",
        datetime(2026, 9, 1, tzinfo=UTC),
        services=("checkout",),
        recurs="FREQ=MONTHLY;BYDAY=-1SA",
        timezone=BERLIN,
    )
    with provider.transaction() as tx, tx.measurements.recounted():
        tx.exclusions.save([series])
    assert [start.hour for start in series.starts] == [20, 21, 21]
    clock = MovableClock(datetime(2026, 10, 24, 12, tzinfo=UTC))
    with played_slack(clock, ["payments", "retail", "slm"]) as slack:
        while clock.now() < datetime(2026, 11, 1, 12, tzinfo=UTC):
            tick(provider, slack, clock)
            clock.advance(hours=1)
        assert heard(slack, "retail") == [
            "Planned work on checkout-availability: Sat 31 Oct 22:00 – Sun 1 Nov 02:00 Berlin",
            "Planned work on checkout-availability has begun, until 02:00 Berlin (01:00 UTC)",
        ]
    for night, excluded in zip(nights, (240, 240, 480), strict=True):  # 30 days may hold two of them
        measure(provider, CHECKOUT, since=night - HOUR, until=night + 5 * HOUR, bad=60)
        after = standing(provider, (night + 5 * HOUR).astimezone(UTC))
        assert after.excluded_minutes == excluded


def test_a_customer_hears_of_it_in_time_and_at_its_start(provider: Store) -> None:
    clock = MovableClock(TUESDAY)
    with played_slack(clock, ["payments", "retail", "slm"]) as slack:
        say(provider, "checkout from 5 dec 22:00 to 02:00 because database upgrade", TUESDAY)
        tick(provider, slack, clock)
        tick(provider, slack, clock)
        announced = "Planned work on checkout-availability: Sat 5 Dec 22:00 – Sun 6 Dec 02:00 Berlin"
        assert heard(slack, "retail") == [announced]
        clock.at = NIGHT + HOUR
        tick(provider, slack, clock)
        tick(provider, slack, clock)
        begun = "Planned work on checkout-availability has begun, until 02:00 Berlin (01:00 UTC)"
        assert heard(slack, "retail") == [announced, begun]
        say(provider, "cancel checkout-2026-12-05", clock.now())
        tick(provider, slack, clock)
        over = "Planned work on checkout-availability has ended early; from now on all counts"
        assert heard(slack, "retail") == [announced, begun, over]
        clock.at = NIGHT + 3 * HOUR
        tick(provider, slack, clock)
        assert heard(slack, "retail") == [announced, begun, over]


def test_four_who_plan_at_the_same_moment_get_four_names(provider: Store) -> None:
    texts = [f"checkout from 5 dec 22:00 to 02:00 because upgrade {number}" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda text: say(provider, text, TUESDAY), texts))
    with provider.read() as tx:
        names = [one.name for one in tx.exclusions.all()]
        assert len(tx.outbox.all()) == 8
    assert names == ["checkout-2026-12-05", *(f"checkout-2026-12-05-{number}" for number in (2, 3, 4))]
    assert sorted(one.rpartition("`")[0].rpartition("`")[2] for one in said) == names
