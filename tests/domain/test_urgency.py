"""The most urgent first."""

from dataclasses import replace

from domain.method import Occurrences
from domain.standing import Standing, State
from domain.urgency import by_urgency
from tests.domain.test_standing import ROLLING, events, standing


def test_by_state_then_by_what_is_left_then_by_name() -> None:
    def one(name: str, state: State, left: int) -> Standing:
        found = standing(events(100 - left, 10_000), Occurrences(), ROLLING)
        return replace(found, objective=replace(found.objective, name=name), state=state)

    told = [
        one("a", State.MET, 10),
        one("b", State.NO_DATA, 50),
        one("c", State.AT_RISK, 20),
        one("d", State.AT_RISK, 5),
        one("f", State.BREACHED, -10),
        one("e", State.BREACHED, -10),
    ]
    assert "".join(found.name for found in by_urgency(told)) == "efdcba"
