"""The line of a status that tells which warnings there are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from messages.dates import Dates
from messages.example import BERLIN, NINE
from messages.status_warnings import EXAMPLE_OVER, EXAMPLE_WAITING, warnings_lines

NAME = "checkout-availability"
DATES = Dates(NINE, BERLIN)


def reopened(number: int = 42) -> BreachWarning:
    [part] = EXAMPLE_OVER.episodes
    return replace(EXAMPLE_OVER, number=number, episodes=(replace(part, resolved_at=None),))


HELD = replace(reopened(), acknowledged_by="U0ANA", acknowledged_at=NINE)
SNOOZED = replace(reopened(), snoozed_by="U0ANA", snoozed_until=NINE + timedelta(hours=1))


@pytest.mark.parametrize(
    ("warnings", "told"),
    [
        pytest.param([], "Warnings: none open", id="never any"),
        pytest.param([EXAMPLE_WAITING], "Warnings: none open", id="about another objective"),
        pytest.param([reopened()], "Warnings: W-42 urgent, nobody has it yet", id="open"),
        pytest.param([HELD], "Warnings: W-42 urgent, <@U0ANA> has it", id="somebody has it"),
        pytest.param(
            [replace(HELD, acknowledged_by="erased-P7")],
            "Warnings: W-42 urgent, a former member has it",
            id="somebody who was erased has it",
        ),
        pytest.param(
            [SNOOZED],
            f"Warnings: W-42 urgent, snoozed until <!date^{int(NINE.timestamp()) + 3600}^{{time}}|10:00>",
            id="snoozed",
        ),
        pytest.param(
            [replace(SNOOZED, snoozed_until=NINE)],
            "Warnings: W-42 urgent, nobody has it yet",
            id="not snoozed any more",
        ),
        pytest.param(
            [EXAMPLE_OVER, reopened(43)],
            "Warnings: W-43 urgent, nobody has it yet",
            id="over, and open again",
        ),
        pytest.param(
            [reopened(1), reopened(2)],
            "Warnings: W-1 urgent, nobody has it yet,\nW-2 urgent, nobody has it yet",
            id="two",
        ),
    ],
)
def test_what_is_open_and_who_has_it(warnings: list[BreachWarning], told: str) -> None:
    assert warnings_lines(NAME, warnings, DATES) == [told]


def test_of_those_that_are_over_the_last_one_is_told() -> None:
    [part] = EXAMPLE_OVER.episodes
    withdrawn = replace(part, below_since=NINE, resolved_at=NINE - timedelta(hours=1))
    newer = replace(EXAMPLE_OVER, number=41, episodes=(withdrawn,))
    [told] = warnings_lines(NAME, [newer, EXAMPLE_OVER], DATES)
    assert told.startswith("Warnings: none open; W-41 withdrawn <!date^")
    assert told.endswith("|08:00>")


def test_of_a_bundle_only_its_own_part_counts() -> None:
    [over], [waiting] = EXAMPLE_OVER.episodes, EXAMPLE_WAITING.episodes
    bundle = replace(EXAMPLE_OVER, episodes=(over, replace(waiting, severity=Severity.PAGE)))
    [told] = warnings_lines(NAME, [bundle], DATES)
    assert told.startswith("Warnings: none open; W-42 over Mon ")
    assert warnings_lines("payout-latency", [bundle], DATES) == ["Warnings: W-42 urgent, nobody has it yet"]
