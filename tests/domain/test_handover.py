"""A hand-over: a person of each team agrees, nobody for both."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.handover import Handover, HandoverStage, Hindrance
from domain.owning import given_to
from tests.fakes.organisation import objective

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
OPEN = Handover("checkout", 1, "payments", "shop", "U0EVA", NOON)
ANA_AGREED = OPEN.agree("payments", by="U0ANA", at=NOON)
CHECKOUT = objective("checkout", "payments")


def test_it_is_done_once_both_agreed() -> None:
    assert (ANA_AGREED.stage, ANA_AGREED.missing) == (HandoverStage.OPEN, ("shop",))
    done = ANA_AGREED.agree("shop", by="U0BEN", at=NOON)
    assert (done.stage, done.missing) == (HandoverStage.DONE, ())
    assert (done.giver_by, done.taker_by, done.ended_by, done.ended_at) == ("U0ANA", "U0BEN", "U0BEN", NOON)


@pytest.mark.parametrize(
    ("handover", "person", "theirs", "side"),
    [
        pytest.param(OPEN, "U0ANA", ["payments"], "payments", id="somebody of the giver"),
        pytest.param(OPEN, "U0BEN", ["shop", "search"], "shop", id="somebody of the taker"),
        pytest.param(OPEN, "U0BOTH", ["shop", "payments"], "payments", id="of both: for the giver"),
        pytest.param(ANA_AGREED, "U0BOTH", ["shop", "payments"], "shop", id="of both: for who is missing"),
        pytest.param(OPEN, "U0EVA", ["slm"], Hindrance.NOT_THEIRS, id="somebody of neither"),
        pytest.param(ANA_AGREED, "U0PAT", ["payments"], Hindrance.AGREED, id="the team has agreed"),
        pytest.param(ANA_AGREED, "U0ANA", ["payments"], Hindrance.AGREED, id="twice"),
        pytest.param(
            ANA_AGREED, "U0ANA", ["payments", "shop"], Hindrance.FOR_BOTH, id="the same person for the other"
        ),
    ],
)
def test_for_which_team_somebody_can_agree(
    handover: Handover, person: str, theirs: list[str], side: str | Hindrance
) -> None:
    assert handover.side(person, theirs) == side


def test_it_is_overtaken_by_other_terms_and_by_another_owner() -> None:
    assert not OPEN.is_overtaken(CHECKOUT)
    assert OPEN.is_overtaken(given_to(CHECKOUT, "search", by="U0EVA", at=NOON))
    assert OPEN.is_overtaken(given_to(CHECKOUT, "payments", by="U0EVA", at=NOON))
    assert OPEN.is_overtaken(replace(CHECKOUT, retired_at=NOON))
    assert OPEN.is_overtaken(None)
