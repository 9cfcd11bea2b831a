"""Which warning stands beside a spell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.breach_warning import BreachWarning
from domain.episode import WarningKind
from domain.minutes import minute_of
from domain.spells import Spell
from messages.explain import EXAMPLE, explain
from messages.explain_warned import warned_of
from messages.status_warnings import example_over

NAME = "checkout-availability"
TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def warning(began: int, over: int | None, number: int = 7) -> BreachWarning:
    """Open from so many minutes after ten to so many."""
    made = example_over(number, TEN + began * MINUTE, TEN + (over or 0) * MINUTE)
    [part] = made.episodes
    return made if over is not None else replace(made, episodes=(replace(part, resolved_at=None),))


def beside(*warnings: BreachWarning, name: str = NAME) -> str:
    """A spell from ten to half past ten, read at noon."""
    spell = Spell(minute_of(TEN), minute_of(TEN) + 30, 5)
    return warned_of(spell, name, warnings, at=TEN + 120 * MINUTE)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        pytest.param(warning(4, 50), "W-7", id="seen while it failed"),
        pytest.param(warning(45, 80), "W-7", id="seen soon after"),
        pytest.param(warning(46, 80), "", id="seen much later"),
        pytest.param(warning(-60, 0), "W-7", id="open since before"),
        pytest.param(warning(-60, -1), "", id="over before"),
        pytest.param(warning(4, None), "W-7", id="still open"),
        pytest.param(warning(200, None), "", id="begun later"),
    ],
)
def test_what_was_open_while_it_failed(one: BreachWarning, told: str) -> None:
    assert beside(one) == told


def test_only_its_own_burn_is_meant() -> None:
    one = warning(4, 50)
    forecast = replace(one, episodes=(replace(one.episodes[0], kind=WarningKind.FORECAST),))
    assert beside(forecast, warning(4, 50, number=8)) == "W-8"
    assert beside(one, name="checkout-latency") == ""


def test_where_it_finds_no_room_the_figures_stay() -> None:
    [first, second] = EXAMPLE.warnings
    text = explain(replace(EXAMPLE, warnings=[first, replace(second, number=10**30)])).blocks[3]["text"][
        "text"
    ]
    assert "2 Nov 10:12–10:41   14,200  55%\n" in text
    assert "W-" not in text
