"""Which warning is meant."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.warning_choice import NotOneWarning, about, about_any

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def warning(number: int, *names: str, severity: Severity = Severity.PAGE) -> BreachWarning:
    parts = tuple(Episode(name, WarningKind.BURN, severity, NOON, NOON) for name in names)
    return BreachWarning(number, WarningKind.BURN, "payments", "#payments", "checkout", NOON, parts)


def over(one: BreachWarning, name: str) -> BreachWarning:
    """The same, with that objective's part over."""
    ended = NOON + timedelta(hours=1)
    parts = [replace(part, resolved_at=ended) if part.objective == name else part for part in one.episodes]
    return replace(one, episodes=tuple(parts))


def test_what_it_is_about_is_what_is_open() -> None:
    two = warning(1, "checkout-a", "checkout-b")
    assert about(two) == "2 objectives of checkout"
    assert about(over(two, "checkout-a")) == "checkout-b"
    assert about(over(over(two, "checkout-a"), "checkout-b")) == "2 objectives of checkout"


def test_those_about_some_objectives() -> None:
    first, second = over(warning(1, "checkout-a", "checkout-b"), "checkout-a"), warning(2, "checkout-a")
    ended = over(warning(3, "checkout-a"), "checkout-a")
    assert about_any([first, second, ended], {"checkout-a"}) == [second, ended]
    assert about_any([first, second], {"checkout-b", "other"}) == [first]


def test_which_ones_are_open_is_told_urgent_ones_first() -> None:
    open_now = [warning(1, "a", severity=Severity.TICKET), warning(2, "b`"), warning(3, "c", "d")]
    refusal = NotOneWarning("There is no W-9.", "w9", open_now)
    assert str(refusal) == ("There is no W-9.\nOpen: W-2 b, W-3 2 objectives of checkout, W-1 a. Which one?")
    assert (refusal.name, refusal.candidates) == ("w9", ("W-2", "W-3", "W-1"))


def test_of_very_many_five_are_told() -> None:
    refusal = NotOneWarning("", "", [warning(number, f"a-{number}") for number in range(1, 8)])
    assert str(refusal) == ("Open: W-1 a-1, W-2 a-2, W-3 a-3, W-4 a-4, W-5 a-5 and 2 more. Which one?")
    assert len(refusal.candidates) == 7


def test_where_none_is_open_nothing_is_asked() -> None:
    assert str(NotOneWarning("There is no W-9.", "w9", [])) == "There is no W-9.\nNo warning is open."
