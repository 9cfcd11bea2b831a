"""Answers of `/slm maintenance`: lists, what was planned, what was withdrawn."""

from collections.abc import Callable
from dataclasses import replace

from messages.announcement import NIGHT, UPGRADE
from messages.example import NINE
from messages.gallery.planned import HOUR, list_of_500, longest_answer, longest_withdrawn
from messages.maintenance import EXAMPLE as ANSWER
from messages.maintenance import (
    EXAMPLE_LIST,
    planned_list,
    work_planned,
    work_withdrawn,
)
from messages.message import Message
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]


def test_lists_what_is_ahead(golden: Golden, lines: Lines) -> None:
    message = planned_list(EXAMPLE_LIST)
    golden("maintenance_list", message)
    assert lines(message) == [
        "*Planned work · payments team*",
        "🛠️ ledger-export-freshness · *now*",
        "  Tue 24 Nov 08:00–10:00 Berlin",
        "  “Clean-up of old exports”",
        "  `ledger-clean-up` · recurring",
        "🛠️ 3 objectives",
        "  Sat 28 Nov 22:00 – Sun 29 Nov 02:00 Berlin",
        "  “Upgrade of the payments database”",
        "  `checkout-2026-11-28`",
    ]


def test_lists_nothing(golden: Golden) -> None:
    golden("maintenance_list_empty", planned_list(replace(EXAMPLE_LIST, ahead=())))
    nothing = planned_list(replace(EXAMPLE_LIST, ahead=(), outsider=True))
    assert "from sat" not in str(nothing)


def test_lists_for_an_outsider_without_names_of_ours(lines: Lines) -> None:
    said = "\n".join(lines(planned_list(replace(EXAMPLE_LIST, outsider=True))))
    assert "checkout-2026" not in said
    assert "“Clean-up of old exports”" in said


def test_500_hostile_ones_fit_a_list(golden: Golden) -> None:
    message = planned_list(list_of_500())
    golden("maintenance_list_500", message)
    assert "later ones: `/slm maintenance NAME`" in str(message.blocks)
    assert "<" not in str(message)


def test_answers_what_was_planned(golden: Golden) -> None:
    message = work_planned(ANSWER)
    golden("maintenance_planned", message)
    assert message.text.endswith("02:00 Berlin. Announced too late for 1: there it counts.")
    assert message.hint == "take it back: `/slm maintenance cancel checkout-2026-11-28`"


def test_answers_with_everything_at_its_longest(golden: Golden) -> None:
    golden("maintenance_planned_longest", work_planned(longest_answer()))
    golden("maintenance_withdrawn_longest", work_withdrawn(longest_withdrawn()))


def test_answers_what_was_withdrawn(golden: Golden, lines: Lines) -> None:
    withdrawn = replace(ANSWER, exclusion=replace(UPGRADE, withdrawn_at=NINE))
    golden("maintenance_withdrawn", work_withdrawn(withdrawn))
    ended = replace(ANSWER, exclusion=replace(UPGRADE, withdrawn_at=NIGHT.start + HOUR), told=())
    said = lines(work_withdrawn(ended))
    assert said[0] == "☑️ `checkout-2026-11-28` is ended now: what was done until now stays as planned."
    assert said[-1] == "Nobody is told."
