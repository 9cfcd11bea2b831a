"""Who had acknowledged an objective, day by day of one history."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from domain.acknowledgement import Acknowledgement, Because, Ground, Stage
from domain.answered import NO_ANSWERS, answers_at
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Terms
from domain.window import RollingWindow


def day(number: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, number, hour, tzinfo=UTC)


FIRST = Terms(Fraction("0.99"), RollingWindow(30), Occurrences(), Indicator("it"), "payments")
HIGHER = replace(FIRST, target=Fraction("0.999"), version=2, since=day(20))
OBJECTIVE = Objective("it", "shop", (FIRST, HIGHER))


def asked(on: int, *, version: int = 1, **facts: Any) -> Acknowledgement:
    made = Acknowledgement(
        "it", "payments", version, "", Because.NEW, day(on), due_at=day(on + 5), missing_from=day(on)
    )
    return replace(made, **facts)


def yes(on: int, *, answered: int, until: int = 31, **facts: Any) -> Acknowledgement:
    facts = {"stage": Stage.ACKNOWLEDGED, **facts}
    return asked(on, answered_by="U0ANA", answered_at=day(answered), expires_at=day(until), **facts)


def told(history: list[Acknowledgement], on: int) -> tuple[int | None, Stage | None]:
    """The version of the yes that holds on that day, and how far what is pending is."""
    found = answers_at(history, OBJECTIVE, at=day(on))
    holding, pending = found.holding, found.pending
    return holding.version if holding else None, pending.stage if pending else None


NO: dict[str, Any] = {"stage": Stage.DECLINED, "ground": Ground.UNREALISTIC, "answered_by": "U0BEN"}
HISTORIES: dict[str, tuple[list[Acknowledgement], dict[int, tuple[int | None, Stage | None]]]] = {
    "asked on the 2nd, a yes on the 4th": (
        [yes(2, answered=4)],
        {1: (None, None), 2: (None, Stage.OPEN), 3: (None, Stage.OPEN), 4: (1, None), 19: (1, None)},
    ),
    "the yes was to other terms": ([yes(2, answered=4)], {19: (1, None), 20: (None, Stage.ACKNOWLEDGED)}),
    "it expires": (
        [yes(2, answered=4, until=10)],
        {9: (1, None), 10: (None, Stage.ACKNOWLEDGED)},
    ),
    "asked about terms of the future": (
        [yes(2, answered=4), asked(15, version=2)],
        {14: (1, None), 15: (1, Stage.OPEN), 20: (None, Stage.OPEN)},
    ),
    "a yes to them": (
        [yes(2, answered=4), yes(15, version=2, answered=16)],
        {16: (1, Stage.ACKNOWLEDGED), 20: (2, None)},
    ),
    "declined, then decided": (
        [
            asked(
                2, answered_at=day(3), **{**NO, "stage": Stage.SUPERSEDED}, ended_at=day(6), ended_by="U0EVA"
            )
        ],
        {2: (None, Stage.OPEN), 3: (None, Stage.DECLINED), 5: (None, Stage.DECLINED), 6: (None, None)},
    ),
    "withdrawn": (
        [yes(2, answered=4, stage=Stage.WITHDRAWN, ended_at=day(8), ended_by="U0ANA"), asked(9)],
        {7: (1, None), 8: (None, Stage.WITHDRAWN), 9: (None, Stage.OPEN)},
    ),
    "other hours since": (
        [yes(2, answered=4), asked(7, hours="nights")],
        {6: (1, None), 7: (None, Stage.OPEN)},
    ),
    "asked again before it expires": (
        [yes(2, answered=4, until=18), asked(7)],
        {7: (1, Stage.OPEN), 18: (None, Stage.OPEN)},
    ),
}


@pytest.mark.parametrize(
    ("history", "on", "expected"),
    [
        pytest.param(history, on, expected, id=f"{what}: {on} March")
        for what, (history, days) in HISTORIES.items()
        for on, expected in days.items()
    ],
)
def test_as_it_was_on_each_day(
    history: list[Acknowledgement], on: int, expected: tuple[int | None, Stage | None]
) -> None:
    assert told(history, on) == expected


def test_what_came_later_is_not_known() -> None:
    declined = asked(2, answered_at=day(3), **NO)
    before = answers_at([declined], OBJECTIVE, at=day(2)).pending
    assert before
    assert (before.answered_by, before.ground) == (None, None)
    assert answers_at([declined], OBJECTIVE, at=day(3)).declined


def test_a_yes_of_another_team_is_none_of_the_owner() -> None:
    found = answers_at([yes(2, answered=4, team="shop")], OBJECTIVE, at=day(5))
    assert found.holding is None


def test_nobody_was_asked() -> None:
    assert answers_at([], OBJECTIVE, at=day(2)) == NO_ANSWERS
    assert not NO_ANSWERS.asked
    assert not NO_ANSWERS.missing(at=day(2))
