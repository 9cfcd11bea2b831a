"""Questions: whose answer is missing, what was declined, which hand-overs wait for whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.acknowledgement import Acknowledgement, Because, Stage
from domain.handover import Handover
from domain.questions import Questions, is_answered, unowned_since
from messages.example import FRAUD

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def asked(objective: str, **more: Any) -> Acknowledgement:
    made = Acknowledgement(objective, "payments", 1, "", Because.NEW, NOON - DAY, NOON + DAY, NOON - DAY)
    return replace(made, **more)


GIVEN = Handover("payout", 1, "payments", "shop", "U0ANA", NOON - DAY, giver_by="U0ANA")


def test_each_question_is_in_one_place() -> None:
    late, soon = asked("late", due_at=NOON - DAY), asked("soon", due_at=NOON)
    declined = asked("declined", stage=Stage.DECLINED)
    questions = Questions([declined, soon, late])
    assert questions.open == [late, soon]
    assert questions.declined == [declined]
    assert questions.overdue(at=NOON) == [late]
    assert questions.on_time(at=NOON) == [soon]


def test_a_hand_over_waits_for_the_team_that_did_not_agree() -> None:
    questions = Questions((), [GIVEN])
    assert questions.handovers_to("shop") == questions.handovers_of("payments") == [GIVEN]
    assert questions.handovers_to("payments") == questions.handovers_of("shop") == []
    assert questions.handovers_of("logistics") == []


def test_those_of_a_team_about_names_and_asked_by_then() -> None:
    other = asked("other", team="shop", asked_at=NOON + DAY)
    questions = Questions([asked("one"), other], [GIVEN])
    assert questions.concerning("shop") == Questions([other], [GIVEN])
    assert questions.concerning("logistics") == Questions([], [])
    assert questions.about({"one"}) == Questions([asked("one")], [])
    assert questions.known(at=NOON) == Questions([asked("one")], [GIVEN])


@pytest.mark.parametrize(
    ("one", "answered"),
    [
        pytest.param(None, None, id="nobody was asked"),
        pytest.param(asked("a"), False, id="open"),
        pytest.param(asked("a", stage=Stage.DECLINED), False, id="declined"),
        pytest.param(asked("a", stage=Stage.ACKNOWLEDGED), True, id="acknowledged"),
        pytest.param(asked("a", missing_from=NOON + DAY), True, id="renewed while the last yes holds"),
        pytest.param(asked("a", stage=Stage.SUPERSEDED), None, id="nobody asks any more"),
        pytest.param(asked("a", asked_at=NOON + DAY), None, id="asked later"),
    ],
)
def test_whether_there_is_a_yes(one: Acknowledgement | None, answered: bool | None) -> None:
    assert is_answered(one, at=NOON) is answered


def test_since_when_nobody_owns_it() -> None:
    first = FRAUD.objective.versions[0]
    second = replace(first, version=2, owner=None, since=NOON - 2 * DAY)
    third = replace(second, version=3, since=NOON - DAY)
    stood = replace(FRAUD, objective=replace(FRAUD.objective, versions=(first, second, third)), terms=third)
    assert unowned_since(stood) == NOON - 2 * DAY
    assert unowned_since(replace(stood, terms=first)) is None
    never = replace(first, owner=None)
    assert unowned_since(replace(FRAUD, objective=replace(FRAUD.objective, versions=(never,)))) is None
