"""Digests on days that are not like others: after holidays, far east, at a month's end, when an agreement ends."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from connectors.slack import SlackPoster
from domain.agreement import Agreement, AgreementKind
from domain.calendars import Calendar
from domain.exclusion import Exclusion
from domain.team import WEEKLY, Team, TeamKind
from domain.window import CalendarUnit, CalendarWindow
from jobs.job import Context
from jobs.listing import run_due
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import BERLIN, measure, objective, organise, team
from tests.fakes.slack_server import PlayedSlack, played_slack

HOUR = timedelta(hours=1)
CHECKOUT = objective("checkout-availability", "payments")


def local(text: str, zone: str = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def tick(store: Store, at: datetime) -> None:
    assert run_due(Context(store, "default", MovableClock(at), at)) == []


def tick_hourly(store: Store, since: datetime, until: datetime) -> None:
    at = since
    while at <= until:
        tick(store, at)
        at += HOUR


def posted(store: Store) -> dict[str, str]:
    """Key → what the digest says, without threads."""
    with store.read() as tx:
        digests = [one for one in tx.outbox.all() if one.key.startswith("digest:") and one.thread is None]
    return {one.key: _words(one.content.blocks) for one in digests}


def _words(blocks: list[dict[str, dict[str, str]]]) -> str:
    return "\n".join(block["text"]["text"] for block in blocks if "text" in block)


def test_a_monday_after_holidays_counts_from_the_last_digest(sqlite_store: Store) -> None:
    """Christmas 2026: Thursday to Friday are free; on Monday the last digest was Wednesday's."""
    store = sqlite_store
    christmas = frozenset({date(2026, 12, 24), date(2026, 12, 25)})
    organise(store, [replace(team("payments"), calendar="office")], [CHECKOUT])
    with store.transaction() as tx:
        tx.calendars.save([Calendar("office", BERLIN, holidays=christmas)])
    wednesday, monday = local("2026-12-23T09:00"), local("2026-12-28T09:00")
    measure(store, CHECKOUT.name, since=wednesday - 80 * HOUR, until=wednesday)
    tick(store, wednesday)
    measure(store, CHECKOUT.name, since=wednesday, until=monday, bad=90)
    tick_hourly(store, wednesday + HOUR, monday)
    told = posted(store)
    assert sorted(told) == ["digest:payments:2026-12-23", "digest:payments:2026-12-28"]
    last = told["digest:payments:2026-12-28"].split("\n")
    assert last[2] == "Since Wed: 1 worse, none better"
    assert "not posted" not in "\n".join(last)
    assert "*Last week, to Sun 27 Dec*" in last


def test_the_week_is_summed_up_on_tuesday_where_monday_is_free(sqlite_store: Store) -> None:
    store = sqlite_store
    easter = Calendar("office", BERLIN, holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
    organise(store, [replace(team("payments"), calendar="office")], [CHECKOUT])
    with store.transaction() as tx:
        tx.calendars.save([easter])
    measure(store, CHECKOUT.name, since=local("2026-03-28T09:00"), until=local("2026-04-08T09:00"))
    tick_hourly(store, local("2026-04-02T09:00"), local("2026-04-08T10:00"))
    summed = {key: "*Last week" in words for key, words in posted(store).items()}
    assert summed == {
        "digest:payments:2026-04-02": False,
        "digest:payments:2026-04-07": True,
        "digest:payments:2026-04-08": False,
    }


def test_a_team_in_kathmandu_reads_its_own_date_and_time(sqlite_store: Store) -> None:
    store, zone = sqlite_store, "Asia/Kathmandu"
    organise(store, [team("payments", zone=zone)], [CHECKOUT])
    nine = local("2026-11-24T09:00", zone)
    assert nine == datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
    measure(store, CHECKOUT.name, since=nine - 30 * HOUR, until=nine - 5 * HOUR, bad=5)
    tick(store, nine - timedelta(minutes=1))
    assert posted(store) == {}
    tick(store, nine)
    [words] = posted(store).values()
    assert words.startswith("*payments team · Tue 24 Nov*")


def test_a_months_end_in_apia(sqlite_store: Store) -> None:
    """13 hours ahead of UTC a new month begins while UTC has the last day of the old one: no merit of anybody's."""
    store, zone = sqlite_store, "Pacific/Apia"
    month = replace(CHECKOUT.versions[0], window=CalendarWindow(CalendarUnit.MONTH, zone))
    organise(store, [team("payments", zone=zone, at=time(7))], [replace(CHECKOUT, versions=(month,))])
    monday, tuesday = local("2026-11-30T07:00", zone), local("2026-12-01T07:00", zone)
    measure(store, CHECKOUT.name, since=monday - 60 * HOUR, until=monday, bad=120)
    tick(store, monday)
    measure(store, CHECKOUT.name, since=monday, until=tuesday)
    tick(store, tuesday)
    told = posted(store)
    assert tuesday == datetime(2026, 11, 30, 18, tzinfo=UTC)
    assert "breached\nAttainment" in told["digest:payments:2026-11-30"]
    assert told["digest:payments:2026-12-01"].split("\n") == [
        "✅ *payments team · Tue 1 Dec* · 1 of 1 met",
        "Tightest: checkout-availability, budget left 100%",
        "Nothing waits for this team.",
    ]


def test_an_agreement_that_ends_today(sqlite_store: Store) -> None:
    store = sqlite_store
    retail = Team("retail", TeamKind.CUSTOMER, channel="#retail", timezone=BERLIN)
    terms = replace(CHECKOUT.versions[0], agreement="checkout-sla")
    organise(store, [team("payments"), retail], [replace(CHECKOUT, versions=(terms,))])
    sla = Agreement(
        "checkout-sla", AgreementKind.SLA, "payments", "retail", effective_until=date(2026, 11, 24)
    )
    with store.transaction() as tx:
        tx.agreements.save([sla])
    nine = local("2026-11-24T09:00")
    measure(store, CHECKOUT.name, since=nine - 8 * HOUR, until=nine + 24 * HOUR)
    tick(store, nine)
    tick(store, nine + 24 * HOUR)
    told = posted(store)
    assert told["digest:payments:2026-11-24"].endswith("• checkout-sla (SLA retail) ends today")
    ran_out = "    ended on Tue 24 Nov, nothing in its place:\n    1 objective is not counted\n*Not counted*"
    assert ran_out in told["digest:payments:2026-11-25"]
    assert "checkout-availability" in told["digest:retail:2026-11-24"]
    assert "digest:retail:2026-11-25" not in told  # nothing is promised any more


def test_a_quiet_week_has_three_lines_a_day(sqlite_store: Store) -> None:
    store = sqlite_store
    organise(store, [team("payments")], [CHECKOUT])
    measure(store, CHECKOUT.name, since=local("2026-11-20T00:00"), until=local("2026-11-29T23:00"))
    tick_hourly(store, local("2026-11-23T09:00"), local("2026-11-29T23:00"))
    lines = [words.split("\n") for words in posted(store).values()]
    assert [len(one) for one in lines] == [5, 3, 3, 3, 3]
    assert lines[0][-2:] == ["*Last week, to Sun 22 Nov*", "1 of 1 met"]
    assert {one[-1] for one in lines[1:]} == {"Nothing waits for this team."}
    with store.read() as tx:
        assert len(tx.outbox.all()) == 5


def test_a_customers_channel_and_a_thread(store: Store) -> None:
    clock = MovableClock(local("2026-11-30T08:45"))
    retail = Team("retail", TeamKind.CUSTOMER, channel="#retail", timezone=BERLIN, digest=WEEKLY)
    terms = replace(CHECKOUT.versions[0], agreement="checkout-sla")
    organise(store, [team("payments"), retail], [replace(CHECKOUT, versions=(terms,))])
    sla = Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail", review=date(2026, 12, 8))
    work = Exclusion(
        "db", (local("2026-12-06T02:00"),), HOUR, "database upgrade", clock.now(), services=("checkout",)
    )
    with store.transaction() as tx:
        tx.agreements.save([sla])
        tx.exclusions.save([work])
    measure(store, CHECKOUT.name, since=clock.now() - 50 * HOUR, until=clock.now(), bad=200)
    with played_slack(clock, ["payments", "retail"]) as slack:
        tick_for_an_hour(store, slack, clock)
        # The work was announced before: jobs/planned.py.
        assert slack.said("retail")[1:] == ["Your service levels: 0 of 1 met, 1 breached."]
        message = slack.messages("retail")[-1]
        assert _words(message["blocks"]).split("\n")[-3:] == [
            "*Not counted this week:* nothing",
            "*Planned:* Sun 6 Dec `02:00–03:00`, database upgrade",
            "*Next review:* Tue 8 Dec",
        ]
        first = slack.messages("payments")[-1]
        thread = slack.slack.thread(
            next(one.id for one in slack.slack.channels() if one.name == "payments"), first["ts"]
        )
        assert [one.body["text"] for one in thread][1:] == ["All numbers of payments team, Mon 30 Nov"]


def tick_for_an_hour(store: Store, slack: PlayedSlack, clock: MovableClock) -> None:
    for _ in range(4):
        with closing(SlackPoster(slack.token, slack.base_url)) as poster:
            assert run_due(Context(store, "default", clock, clock.now(), poster, drain=True)) == []
        clock.advance(minutes=15)
