"""`/slm warnings score`: from real records."""

from dataclasses import replace
from datetime import timedelta

import pytest

from commands.registry import answer
from domain.burn import Severity
from domain.episode import WarningKind
from domain.forecast import Forecast, MethodName
from domain.kept_forecast import KeptForecast
from messages.message import Message
from storage.store import Store
from tests.commands.conftest import NOON, ask
from tests.commands.open_warnings import asked, open_warnings, over, warned, warning

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def shown(message: Message) -> str:
    return "\n".join(block["text"]["text"] for block in message.blocks if block["type"] == "section")


def kept(name: str, days_ago: int, chance: float, *, breached: bool) -> KeptForecast:
    """For a week that was over some days before NOON."""
    end = NOON - days_ago * DAY
    forecast = Forecast(end - 7 * DAY, end, chance, MethodName.BLEND, {}, linear_pace=1, is_thin=False)
    return KeptForecast(name, forecast, breached)


@pytest.fixture
def store(organisation: Store) -> Store:
    """Card-auth was breached in the hour before NOON, out of a full budget, and had been warned of since two days."""
    with organisation.transaction() as tx:
        tx.forecasts.save(
            [
                kept("card-auth-availability", 0, 0.9, breached=True),
                kept("checkout-latency", 8, 0.7, breached=False),
                kept("checkout-latency", 1, 0.1, breached=False),
                replace(kept("search-latency", 1, 0.1, breached=True), replayed=True),
            ]
        )
        tx.breaches.begin(["card-auth-availability"], at=NOON - 30 * timedelta(minutes=1))
    true, false = (
        warning(number, name, kind=WarningKind.FORECAST, severity=Severity.TICKET)
        for number, name in ((1, "card-auth-availability"), (2, "checkout-latency"))
    )
    [part] = true.episodes
    breached_at = NOON - 0.5 * HOUR
    part = replace(
        part, opened_at=NOON - 2 * DAY - 0.5 * HOUR, breached_at=breached_at, resolved_at=breached_at
    )
    return open_warnings(
        warned(organisation),
        replace(true, episodes=(part,), opened_at=NOON - 14 * DAY),
        replace(over(false, NOON - HOUR), opened_at=NOON - 9 * DAY),
    )


def score(store: Store, text: str) -> str:
    """A minute after NOON, so that the window that ended then is over."""
    one = ask(f"warnings score {text}".strip(), person="U0ANA")
    return shown(answer(replace(one, at=NOON + timedelta(minutes=1)), store))


def test_all_that_was_forecast(store: Store) -> None:
    told = score(store, "")
    assert "3 forecast periods ended, 1 breached\n" in told
    assert "Warned of 1 of 1 breaches (100%), missed 0" in told
    assert "False alarms: 1 of 2 forecast warnings" in told
    assert "Median lead time: 2 d 0 h (n = 1)" in told
    assert "No forecast could have seen: 1 of 1" in told
    # (0.01 + 0.49 + 0.01) ÷ 3; linear pace said 1 each time.
    assert "*Brier score* 0.170, linear pace 0.667" in told
    assert "n = 3 forecasts" in told
    assert "n = 5 warnings, 2 teams, 2.1 weeks" in told


def test_of_a_name(store: Store) -> None:
    told = score(store, "checkout-l")
    assert told.startswith("*Warnings of checkout-latency*")
    assert "2 forecast periods ended, none breached" in told
    assert "n = 2 forecasts" in told


def test_where_nothing_is_over_it_says_so(organisation: Store) -> None:
    assert asked(organisation, "warnings score").text.startswith("Nothing to score yet")
    assert asked(organisation, "warnings score search").text.startswith("Nothing to score yet")


def test_an_unknown_name_is_put_right(store: Store) -> None:
    assert "Did you mean" in asked(store, "warnings score chekout-latency").text
