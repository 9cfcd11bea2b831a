"""The most urgent first."""

from dataclasses import replace
from fractions import Fraction

from domain.budget import ErrorBudget
from domain.method import Occurrences
from domain.standing import State
from domain.urgency import by_urgency
from tests.domain.test_standing import ROLLING, events, standing


def test_by_state_then_by_what_is_left_then_by_name() -> None:
    base = standing(events(0, 10), Occurrences(), ROLLING)

    def one(name: str, state: State, left: int) -> object:
        budget = ErrorBudget("events", Fraction(100), Fraction(100 - left))
        return replace(base, objective=replace(base.objective, name=name), state=state, budget=budget)

    told = [
        one("a", State.MET, 10),
        one("b", State.NO_DATA, 50),
        one("c", State.AT_RISK, 20),
        one("d", State.AT_RISK, 5),
        one("f", State.BREACHED, -10),
        one("e", State.BREACHED, -10),
    ]
    assert "".join(found.name for found in by_urgency(told)) == "efdcba"  # type: ignore[arg-type]
