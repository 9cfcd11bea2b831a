"""The week before: its ends in any zone, and whose budget moved."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from domain.standing import State
from domain.weekly import Week, monday_of, week_before
from messages.example import CARD_AUTH, CHECKOUT, FRAUD, INVOICE, LEDGER, events, slices

MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("on", "zone", "begins", "ends"),
    [
        pytest.param(date(2026, 11, 24), "UTC", "2026-11-16T00:00", "2026-11-23T00:00", id="from a Tuesday"),
        pytest.param(date(2026, 11, 29), "UTC", "2026-11-16T00:00", "2026-11-23T00:00", id="from a Sunday"),
        pytest.param(
            date(2026, 11, 23), "Asia/Kathmandu", "2026-11-15T18:15", "2026-11-22T18:15", id="Kathmandu"
        ),
        pytest.param(date(2026, 11, 23), "Pacific/Apia", "2026-11-15T11:00", "2026-11-22T11:00", id="Apia"),
        pytest.param(
            date(2026, 10, 26), "Europe/Berlin", "2026-10-18T22:00", "2026-10-25T23:00", id="169 hours"
        ),
    ],
)
def test_a_week_begins_and_ends_by_local_clocks(on: date, zone: str, begins: str, ends: str) -> None:
    _, week = week_before(on, zone)
    assert [f"{instant:%Y-%m-%dT%H:%M}" for instant in (week.start, week.end)] == [begins, ends]


def test_mondays() -> None:
    assert week_before(date(2027, 1, 1), "UTC")[0] == date(2026, 12, 21)
    assert monday_of(date(2026, 11, 29)) == date(2026, 11, 23)


def test_trends_are_the_worst_first_and_leave_out_what_cannot_be_compared() -> None:
    begun = [
        replace(FRAUD, figures=replace(FRAUD.figures, counts=events(8_640_000, 4_320, 43_200))),
        replace(INVOICE, figures=replace(INVOICE.figures, counts=slices(33_660, 60))),
        replace(CHECKOUT, terms=replace(CHECKOUT.terms, version=2)),
        replace(CARD_AUTH, period=replace(CARD_AUTH.period, start=CARD_AUTH.period.end)),
        LEDGER,
    ]
    ended = [CARD_AUTH, CHECKOUT, FRAUD, INVOICE, LEDGER]
    week = Week(MONDAY, begun, ended, ended)
    assert [trend.standing.name for trend in week.trends()] == [FRAUD.name, INVOICE.name]
    assert week.trends()[0].change == Fraction(4_320 - 16_400, 43_200)
    assert week.counted == 4
    assert [one.name for one in week.in_state(State.BREACHED)] == [CARD_AUTH.name]
    assert week.sunday == date(2026, 11, 22)
