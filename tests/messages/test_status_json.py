"""The JSON of `steward status --json`, as others rely on it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from domain.acknowledgement import Stage
from domain.counts import Counts
from domain.method import RatioTimeslices
from domain.minutes import minute_of
from domain.objective import Indicator, Objective, Terms
from domain.standing import BURN_WINDOWS, Figures, stand
from domain.window import RollingWindow
from messages.example import (
    CARD_AUTH,
    CHECKOUT,
    DAYS_30,
    EVENTS,
    LEDGER,
    NINE,
    NOVEMBER,
    WALLET,
    events,
    objective,
    standing,
)
from messages.status_json import instant_text, standing_json, status_json
from messages.waiting import question

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIGURE = """{"good": 25918000, "total": 25920000, "attainment": "0.999922839506",
    "left_ratio": "0.922839506172", "state": "met"}"""
EXPECTED = """{"at": "2026-11-23T09:00:00Z", "objectives": [{
  "objective": "checkout-availability", "service": "checkout", "agreement": "checkout-sla", "owner": "payments",
  "terms_version": 4, "target": "0.999", "method": "Occurrences",
  "window": {"kind": "rolling", "start": "2026-10-24T09:00:00Z", "end": "2026-11-23T09:00:00Z"},
  "good": 25918000, "total": 25920000, "attainment": "0.999922839506", "coverage": "1", "excluded_minutes": 0,
  "budget": {"unit": "events", "allowed": "25920", "spent": "2000", "left_ratio": "0.922839506172"},
  "burn_rates": {"5m": "0", "30m": "0", "1h": "0.25", "2h": "0.25", "6h": "0.25", "1d": "0.125", "3d": "0.125"},
  "state": "met", "state_reason": null, "state_until": null, "contested": false, "acknowledged": null,
  "silent": false,
  "figures": {"measured": FIGURE, "agreement": FIGURE, "owner": FIGURE, "if_upheld": FIGURE},
  "disputes": [], "exclusions": []}]}""".replace("FIGURE", FIGURE)


def burn(quarters_of_the_allowed: int) -> Counts:
    return Counts(4_000_000 - 1000 * quarters_of_the_allowed, 4_000_000, 0, 0, 1, 0)


def test_it_is_the_documented_one_key_by_key() -> None:
    terms = Terms(
        Fraction("0.999"), RollingWindow(30), EVENTS, Indicator("i"), "payments", "checkout-sla", version=4
    )
    eighth = Counts(7_999_000, 8_000_000, 0, 0, 1, 0)
    burns = dict(zip(BURN_WINDOWS, [*[burn(0)] * 2, *[burn(1)] * 3, *[eighth] * 2], strict=True))
    figures = Figures(Counts(25_918_000, 25_920_000, 0, 0, 43_200, 0), burns, minute_of(AT) - 99_999)
    made = Objective("checkout-availability", "checkout", (terms,))
    stood = stand(made, terms, terms.window.period(at=AT), figures, at=AT)
    assert json.dumps(status_json([stood], at=AT)) == json.dumps(json.loads(EXPECTED))


def test_the_slice_methods_add_their_slices_and_count_the_budget_in_minutes() -> None:
    told = standing_json(CARD_AUTH)
    assert told["slices"] == {"good": 33_604, "total": 33_660}
    assert list(told)[8:12] == ["good", "total", "slices", "attainment"]
    assert told["attainment"] == "0.998336304218"
    assert told["budget"] == {
        "unit": "minutes",
        "allowed": "43.2",
        "spent": "56",
        "left_ratio": "-0.296296296297",
    }
    assert told["window"] == {
        "kind": "calendar",
        "start": "2026-10-31T23:00:00Z",
        "end": "2026-11-30T23:00:00Z",
    }
    assert (told["state"], told["state_reason"]) == ("breached", "the budget is overspent")
    assert told["state_until"] == "2026-11-30T23:00:00Z"


def test_ratio_timeslices_spend_fractions_of_minutes() -> None:
    made = objective("x", "99", DAYS_30, RatioTimeslices())
    third = Counts(2, 3, 0, 1, 1, 66_666_666_666)
    told = standing_json(standing(made, third))
    assert told["attainment"] == "0.66666666666"
    assert told["budget"]["spent"] == "0.33333333334"


def test_no_data_is_null_and_never_zero() -> None:
    made = objective("x", "99", NOVEMBER, EVENTS, agreement="a")
    stood = standing(made, events(0, 0, 0), last=None)
    told = standing_json(replace(stood, coverage=None))
    assert (told["attainment"], told["coverage"], told["budget"]["left_ratio"]) == (None, None, None)
    assert set(told["burn_rates"].values()) == {None}
    assert told["silent"] is True


def test_objectives_come_by_name_and_instants_in_whole_seconds() -> None:
    told = status_json([LEDGER, CHECKOUT, CARD_AUTH], at=NINE.replace(microsecond=5))
    assert told["at"] == "2026-11-24T08:00:00Z"
    assert [one["objective"] for one in told["objectives"]] == [
        "card-auth-availability",
        "checkout-availability",
        "ledger-export-freshness",
    ]
    assert instant_text(NINE) == "2026-11-24T08:00:00Z"


@pytest.mark.parametrize(
    ("stage", "acknowledged"),
    [
        pytest.param(Stage.OPEN, False, id="open"),
        pytest.param(Stage.DECLINED, False, id="declined"),
        pytest.param(Stage.ACKNOWLEDGED, True, id="acknowledged"),
        pytest.param(Stage.SUPERSEDED, None, id="nobody asks any more"),
    ],
)
def test_whether_it_is_acknowledged(stage: Stage, acknowledged: bool | None) -> None:
    asked = {WALLET.name: question(WALLET.name, "payments", date(2026, 11, 30), stage=stage)}
    told = status_json([WALLET, LEDGER], asked, at=NINE)["objectives"]
    assert {one["objective"]: one["acknowledged"] for one in told} == {
        WALLET.name: acknowledged,
        LEDGER.name: None,
    }
