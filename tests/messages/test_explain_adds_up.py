"""Every figure of an explanation, recomputed from what it prints and from raw minutes."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import given, settings

from domain.method import Method, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import DAY, minute_of
from domain.ratio import ceil_decimal, floor_percent, percent_places
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from messages.columns import WIDTH
from messages.explain import explain
from tests.messages.printed import Printed, value
from tests.messages.raw_minutes import AT, LENGTH, NOW, Case, cases, explained, left_over
from tests.oracle import Ledger, recount


def ceil_percent(ratio: Fraction) -> int:
    return -(-ratio.numerator * 100 // ratio.denominator)


@settings(max_examples=80, deadline=None)
@given(cases())
def test_every_line_follows_from_what_is_printed_and_from_raw_minutes(case: Case) -> None:
    facts = explained(case)
    printed = Printed(explain(facts))
    assert sorted(printed.parts) == list("12345678")
    assert all(len(line) <= WIDTH for number in printed.parts for line in printed.table_lines(number))
    check_counts(printed, case)
    check_budget(printed, case)
    check_spells(printed)
    check_pace(printed, case)
    check_minutes(printed)
    check_raw_minutes(printed, case)


def check_raw_minutes(printed: Printed, case: Case) -> None:
    """What is printed as counted is what the minutes add up to."""
    ledger = left_over(case)
    start = case.window.period(at=AT).start_minute
    told = recount(ledger, case.method, start, NOW, at=NOW)
    if isinstance(case.method, Occurrences):
        assert printed.amount("1", "all events") == told.total
        assert printed.amount("1", "failed") == told.total - told.good
    else:
        assert printed.amount("1", "slices") == told.total
    if isinstance(case.method, RatioTimeslices):
        assert printed.amount("1", "sum of ratios") == told.good
    assert printed.amount("6", "measured") == told.measured
    for row in printed.tables["3"]:
        if span := re.fullmatch(r"(\d+) Nov (\d+):(\d+)–(?:(\d+) Nov )?(\d+):(\d+)", row[0]):
            check_spell(case, ledger, row[1], [int(part) if part else 0 for part in span.groups()])


def check_spell(case: Case, ledger: Ledger, cost: str, at: list[int]) -> None:
    """A spell costs what the raw minutes between its printed times lost."""
    first = minute_of(datetime(2026, 11, at[0], at[1], at[2], tzinfo=UTC))
    past = minute_of(datetime(2026, 11, at[3] or at[0], at[4], at[5], tzinfo=UTC))
    past += DAY if past <= first else 0
    told = recount(ledger, case.method, first, past, at=NOW)
    assert value(cost) == (told.total - told.good) * (case.method.slice_minutes or 1)


def check_counts(printed: Printed, case: Case) -> None:
    if isinstance(case.method, Occurrences):
        total = printed.amount("1", "all events")
        good = total - printed.amount("1", "failed")
    else:
        total = printed.amount("1", "slices")
        good = (
            total - printed.amount("1", "bad")
            if isinstance(case.method, Timeslices)
            else printed.amount("1", "sum of ratios")
        )
    target = value(printed.tables["1"][-1][1]) / 100
    assert target == case.target
    verdict, shown = printed.last("1", "target"), printed.last("1", "attainment")
    if not total:
        assert (shown, verdict) == ("–", "–")
        return
    assert verdict == ("met" if good / total >= target else "missed")
    assert shown == floor_percent(good / total, max(6, percent_places(target)))


def check_budget(printed: Printed, case: Case) -> None:
    length = case.method.slice_minutes
    [share] = re.findall(r"Budget\*: (.*?)% may fail", printed.parts["2"])
    if not length:
        total, lost = printed.amount("1", "all events"), printed.amount("1", "failed")
    else:
        to_come = printed.amount("2", "slices to come") if printed.has("2", "slices to come") else Fraction(0)
        assert printed.amount("2", "slices counted") == printed.amount("1", "slices")
        total = printed.amount("2", "minutes in all")
        assert total == (printed.amount("2", "slices counted") + to_come) * length
        lost = length * (
            printed.amount("1", "bad")
            if isinstance(case.method, Timeslices)
            else printed.amount("1", "slices") - printed.amount("1", "sum of ratios")
        )
    allowed, spent = printed.amount("2", "may fail"), printed.tables["2"][-2][1]
    assert allowed == total * Fraction(share) / 100
    assert value(spent) == lost
    left = printed.amount("2", "left")
    assert left == allowed - lost
    assert printed.last("2", "left") == (floor_percent(left / allowed, 0) if allowed else "–")
    if usual := re.search(
        r"At the usual ([\d.,]+) a minute: ≈(?:(\d+) d)? ?(?:(\d+) h)? ?(?:(\d+) min)?", printed.parts["2"]
    ):
        check_outage(printed, left, usual)


def check_outage(printed: Printed, left: Fraction, usual: re.Match[str]) -> None:
    rate = printed.amount("1", "all events") / printed.amount("6", "measured")
    assert value(usual[1]) <= rate < value(usual[1]) + 1
    days, hours, minutes = (int(part or 0) for part in usual.groups()[1:])
    exact, told = abs(left) / rate, (days * 24 + hours) * 60 + minutes
    step = 60 if exact >= 24 * 60 else 1
    assert (told - step < exact <= told) if left < 0 else (told <= exact < told + step)


def check_spells(printed: Printed) -> None:
    rows = printed.tables["3"]
    if not rows:
        assert printed.parts["3"].endswith(("Nothing failed.", "Nothing was counted."))
        return
    allowed = printed.amount("2", "may fail")
    costs = [value(row[1]) for row in rows]
    assert sum(costs) == allowed
    assert costs[-1] == printed.amount("2", "left")
    assert all(cost >= 0 for cost in costs[:-1])
    assert costs[:-2] == sorted(costs[:-2], reverse=True)
    if not allowed:
        return
    shares = [int(value(row[2])) for row in rows]
    assert list(accumulate(shares[:-1])) == [ceil_percent(cost / allowed) for cost in accumulate(costs[:-1])]
    assert sum(shares) == 100
    assert rows[-1][2] == printed.last("2", "left")
    if then := re.search(r"without the first: at least (−?[\d,]+)% left", printed.parts["3"]):
        assert then[1] + "%" == floor_percent((costs[0] + costs[-1]) / allowed, 0)


def check_pace(printed: Printed, case: Case) -> None:
    for row in printed.tables["4"][1:]:
        if len(row) < 4:
            continue  # too long for a phone: only the pace is told
        lost, total = value(row[1]), value(row[2])
        if not total:
            assert row[3] == "–"
        else:
            assert value(row[3]) == Fraction(ceil_decimal(lost / total / (1 - case.target), 1))


def check_minutes(printed: Printed) -> None:
    less = sum((value(row[1]) for row in printed.tables["6"] if row[0].startswith("less ")), Fraction(0))
    countable = printed.amount("6", "minutes that count")
    assert value(printed.tables["6"][0][1]) - less == countable
    if countable:
        assert printed.last("6", "measured") == floor_percent(printed.amount("6", "measured") / countable, 0)
    part = printed.parts["5"]
    listed = sum(map(value, re.findall(r"upgrade: ([\d,]+) min", part)), Fraction(0))
    listed -= sum(map(value, re.findall(r"two of them: ([\d,]+) min", part)), Fraction(0))
    assert listed == sum(value(row[1]) for row in printed.tables["6"] if row[0] == "less planned work")


@pytest.mark.parametrize("method", [Occurrences(), Timeslices(Fraction(1)), RatioTimeslices(1)])
@pytest.mark.parametrize("window", [RollingWindow(minutes=LENGTH), CalendarWindow(CalendarUnit.DAY)])
@pytest.mark.parametrize(
    "ledger",
    [
        pytest.param({}, id="no data"),
        pytest.param(dict.fromkeys(range(NOW - LENGTH, NOW), (0, 0)), id="no traffic"),
        pytest.param({NOW - 1: (0, 1)}, id="one event, and it failed"),
        pytest.param(dict.fromkeys(range(NOW - LENGTH, NOW), (10**12 - 1, 10**12)), id="huge"),
        pytest.param(dict.fromkeys(range(NOW - LENGTH, NOW), (0, 10)), id="all failed"),
    ],
)
def test_extremes_add_up_too(method: Method, window: Window, ledger: dict[int, tuple[int, int]]) -> None:
    case = Case(method, window, Fraction(999, 1000), ledger, [])
    printed = Printed(explain(replace(explained(case), zone="UTC")))
    check_counts(printed, case)
    check_budget(printed, case)
    check_spells(printed)
    check_pace(printed, case)
    check_minutes(printed)
