"""Planned work in words: announcements, lists, answers; and none of our names for customers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.announcement import Effect, Stage
from domain.time_limit import LimitUnit, TimeLimit
from domain.window import Period
from messages.announcement import (
    CHECKOUT_SLA,
    EFFECTS,
    EXAMPLE,
    EXAMPLE_FOR_CUSTOMER,
    NIGHT,
    UPGRADE,
    announcement_message,
)
from messages.dates import Dates
from messages.example import BERLIN, NINE
from messages.gallery.planned import HOUR, hostile, many, told, with_stage, withdrawn
from messages.message import Message
from messages.planned import ahead_words, for_outsiders, planned_words, span_lines, until_words
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]


def test_announced_to_a_team(golden: Golden, lines: Lines) -> None:
    message = announcement_message(EXAMPLE)
    golden("planned_announced", message)
    assert message.text == "Planned work on 3 objectives: Sat 28 Nov 22:00 – Sun 29 Nov 02:00 Berlin"
    assert lines(message) == [
        "🛠️ *Planned work* · 3 objectives",
        "Sat 28 Nov 22:00 – Sun 29 Nov 02:00 Berlin",
        "(Sat 28 Nov 21:00 – Sun 29 Nov 01:00 UTC)",
        "“Upgrade of the payments database”",
        "By <@U0ANA1234>",
        "*OLA shop*: counts, unless shop agrees",
        "announced 4 working days ahead (5 agreed)",
        "wallet-availability",
        "*SLA retail*: does not count",
        "announced 4 working days ahead (3 agreed)",
        "checkout-availability · invoice-availability",
        "`checkout-2026-11-28` · take it back: `/slm maintenance cancel checkout-2026-11-28`",
    ]


def test_announced_to_a_customer(golden: Golden, lines: Lines) -> None:
    message = announcement_message(EXAMPLE_FOR_CUSTOMER)
    golden("planned_announced_to_customer", message)
    assert lines(message) == [
        "🛠️ *Planned work* · 2 objectives",
        "Sat 28 Nov 22:00 – Sun 29 Nov 02:00 Berlin",
        "(Sat 28 Nov 21:00 – Sun 29 Nov 01:00 UTC)",
        "“Upgrade of the payments database”",
        "Not counted: announced 4 working days ahead (3 agreed)",
        "checkout-availability · invoice-availability",
    ]


def test_begun(golden: Golden, lines: Lines) -> None:
    message = announcement_message(with_stage(EXAMPLE, Stage.BEGUN))
    golden("planned_begun", message)
    assert message.text == "Planned work on 3 objectives has begun, until 02:00 Berlin (01:00 UTC)"
    assert lines(message)[:2] == [
        "🛠️ *Planned work has begun* · 3 objectives",
        "Until 02:00 Berlin (01:00 UTC)",
    ]


def test_withdrawn_before_it_began(golden: Golden, lines: Lines) -> None:
    facts = withdrawn()
    message = announcement_message(facts)
    golden("planned_withdrawn", message)
    assert (
        message.text == "Planned work on 3 objectives withdrawn: Sat 28 Nov 22:00 – Sun 29 Nov 02:00 Berlin"
    )
    assert lines(message)[-4:] == [
        "Withdrawn by <@U0PAT1234>",
        "checkout-availability · invoice-availability",
        "wallet-availability",
        "`checkout-2026-11-28`",
    ]


def test_ended_early(golden: Golden, lines: Lines) -> None:
    message = announcement_message(with_stage(EXAMPLE_FOR_CUSTOMER, Stage.WITHDRAWN, withdrawn_after=HOUR))
    golden("planned_ended_early", message)
    assert lines(message)[:2] == [
        "☑️ *Planned work ended early* · 2 objectives",
        "At 23:00 Berlin (22:00 UTC); from then on all counts",
    ]


def test_a_withdrawn_series_ends_as_a_whole(lines: Lines) -> None:
    facts = with_stage(EXAMPLE, Stage.WITHDRAWN, withdrawn_after=-HOUR)
    series = replace(facts.announcement.exclusion, recurs="FREQ=WEEKLY")
    message = announcement_message(replace(facts, announcement=replace(facts.announcement, exclusion=series)))
    assert "and all later dates" in lines(message)


def test_from_a_file_nobody_is_named(lines: Lines) -> None:
    from_file = replace(UPGRADE, author=None, recurs="FREQ=WEEKLY")
    said = lines(announcement_message(told(EFFECTS, EXAMPLE.announcement.team, from_file)))
    assert "From a definition file" in said
    assert said[-1] == "`checkout-2026-11-28` · recurring"


@pytest.mark.parametrize("agreements", [1, 500], ids=["one agreement", "an agreement each"])
def test_500_objectives_fit(agreements: int, golden: Golden) -> None:
    message = announcement_message(told(many(500, agreements=agreements), EXAMPLE.announcement.team))
    golden(f"planned_500_of_{agreements}", message)
    assert message.text.startswith("Planned work on 500 objectives")
    customer = replace(EXAMPLE_FOR_CUSTOMER.announcement.team, name="customer-1")
    assert announcement_message(told(many(500, agreements=agreements), customer))


def test_hostile_words_do_nothing(golden: Golden) -> None:
    message = announcement_message(hostile())
    golden("planned_hostile", message)
    assert "<" not in str(message)


def test_without_agreement_it_does_not_count(lines: Lines) -> None:
    effects = (Effect(None, ("search-latency",), True),)
    assert lines(announcement_message(told(effects, EXAMPLE.announcement.team)))[5:7] == [
        "*No agreement*: does not count",
        "search-latency",
    ]


def test_of_several_agreements_a_customer_hears_their_names(lines: Lines) -> None:
    late = replace(EFFECTS[0], agreement=replace(CHECKOUT_SLA, name="more-sla"), in_time=False)
    said = lines(announcement_message(told((EFFECTS[0], late), EXAMPLE_FOR_CUSTOMER.announcement.team)))
    assert said[4:6] == [
        "*SLA more-sla*",
        "Counts, unless you agree: announced 4 working days ahead (3 agreed)",
    ]
    assert said[7] == "*SLA checkout-sla*"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        pytest.param("UTC", ["Sat 28 Nov 21:00 – Sun 29 Nov 01:00 UTC"], id="UTC needs no second line"),
        pytest.param(
            "America/New_York",
            ["Sat 28 Nov 16:00–20:00 New York", "(Sat 28 Nov 21:00 – Sun 29 Nov 01:00 UTC)"],
            id="a date of its own",
        ),
    ],
)
def test_spans(zone: str, said: list[str]) -> None:
    assert span_lines(NIGHT, Dates(NINE, zone)) == said


def test_a_long_one_names_the_day_of_its_end() -> None:
    weekend = Period(NIGHT.start, NIGHT.start + timedelta(days=2))
    assert until_words(weekend, Dates(NINE, BERLIN)) == "Mon 30 Nov 22:00 Berlin (Mon 30 Nov 21:00 UTC)"


def test_the_night_of_the_change_is_clear_in_utc() -> None:
    night = Period(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert span_lines(night, Dates(NINE, BERLIN)) == [
        "Sun 25 Oct 02:30–02:30 Berlin",
        "(Sun 25 Oct 00:30–01:30 UTC)",
    ]


def test_words_for_a_digest() -> None:
    assert (
        planned_words(NIGHT, "upgrade", Dates(NINE, BERLIN))
        == "Sat 28 Nov `22:00` – Sun 29 Nov `02:00`, upgrade"
    )
    short = Period(NIGHT.start, NIGHT.start + HOUR)
    assert planned_words(short, "<!here>", Dates(NINE, BERLIN)) == "Sat 28 Nov `22:00–23:00`, &lt;!here&gt;"


@pytest.mark.parametrize(
    ("notice", "ahead", "said"),
    [
        pytest.param(
            TimeLimit(5, LimitUnit.WORKING_DAYS), 1, "announced 1 working day ahead (5 agreed)", id="wd"
        ),
        pytest.param(TimeLimit(5), 0, "announced 0 days ahead (5 agreed)", id="d"),
        pytest.param(TimeLimit(12, LimitUnit.HOURS), 3, "announced 3 h ahead (12 h agreed)", id="h"),
        pytest.param(None, 3, "", id="none agreed"),
    ],
)
def test_how_long_ahead(notice: TimeLimit | None, ahead: int, said: str) -> None:
    assert ahead_words(Effect(replace(CHECKOUT_SLA, maintenance_notice=notice), (), True, ahead)) == said


@pytest.mark.parametrize(
    ("reason", "told_outside"),
    [
        ("upgrade, ask @ana", "upgrade, ask"),
        ("<@U0ANA12345> upgrades", "upgrades"),
        ("<@U0ANA12345|ana>", "planned work"),
        ("move to <db-2>", "move to <db-2>"),
        ("ask in #oncall, ticket #4711", "ask in ticket #4711"),
    ],
)
def test_outsiders_hear_no_names(reason: str, told_outside: str) -> None:
    assert for_outsiders(reason) == told_outside
