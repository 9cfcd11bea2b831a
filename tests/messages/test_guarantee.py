"""What promises add up to, in words."""

from fractions import Fraction

import pytest

from domain.agreement import AgreementKind
from domain.guarantee import Guarantee, Guarantees, Supporter
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Terms
from domain.planned import Promises
from domain.window import RollingWindow
from messages.guarantee import guarantee_lines, guarantee_sentence, under_lines

DB = Supporter("payments-db", Fraction("0.999"), AgreementKind.OLA)
BANK = Supporter("bank-gateway", Fraction("0.998"), AgreementKind.UC)
CHECKOUT = Guarantee("checkout", Fraction("0.999"), (DB, BANK))


def guarantees(**targets: str) -> Guarantees:
    """`a` promises what is given, and so does what stands under it."""
    objectives = [
        Objective(
            name,
            "s",
            (Terms(Fraction(target) / 100, RollingWindow(30), Occurrences(), Indicator(name)),),
            supports=() if name == "a" else ("a",),
        )
        for name, target in targets.items()
    ]
    return Guarantees(objectives, Promises({}, {}, {}))


def test_the_sentence_of_the_issue() -> None:
    assert guarantee_sentence(CHECKOUT) == (
        "checkout promises 99.9%; what stands under it guarantees 99.70%: payments-db 99.9% (OLA), "
        "bank-gateway 99.8% (UC); at best 99.8%"
    )


def test_a_thousand_are_counted_not_listed() -> None:
    many = Guarantee("a", Fraction("0.9"), (DB,) * 1000)
    assert len(guarantee_sentence(many)) < 500
    assert "994 more; at best" in guarantee_sentence(many)
    assert "994 more" in " ".join(under_lines(many))


@pytest.mark.parametrize(
    ("guarantee", "told"),
    [
        pytest.param(
            CHECKOUT,
            [
                "payments-db 99.9% (OLA), bank-gateway 99.8% (UC)",
                "guarantee 99.70%: less than promised",
                "at best 99.8%, if they fail at the same time",
            ],
            id="less than promised",
        ),
        pytest.param(
            Guarantee("wallet", Fraction("0.999"), (DB,)),
            ["payments-db 99.9% (OLA)", "guarantees 99.90%: no room for failures of our own"],
            id="exactly",
        ),
        pytest.param(
            Guarantee("wallet", Fraction("0.99"), (DB,)),
            ["payments-db 99.9% (OLA)", "guarantees 99.90%: 0.9% left for our own failures"],
            id="more than promised",
        ),
        pytest.param(
            Guarantee("wallet", Fraction("0.999"), (DB,), (BANK,)),
            [
                "payments-db 99.9% (OLA)",
                "guarantees 99.90%: no room for failures of our own",
                "Of other service hours, so left out:",
                "bank-gateway 99.8% (UC)",
            ],
            id="some of other hours",
        ),
        pytest.param(
            Guarantee("wallet", Fraction("0.999"), (), (BANK,)),
            ["Of other service hours, so left out:", "bank-gateway 99.8% (UC)"],
            id="all of other hours",
        ),
        pytest.param(None, ["Nothing that Steward knows of."], id="nothing"),
    ],
)
def test_lines(guarantee: Guarantee | None, told: list[str]) -> None:
    assert under_lines(guarantee) == told


def test_what_is_just_short_is_never_rounded_to_the_target() -> None:
    almost = Guarantee("a", Fraction("0.999"), (Supporter("b", Fraction("0.9989999999")),))
    assert "guarantees 99.89%: less than promised" in under_lines(almost)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param(
            {"a": "99.9", "b": "99.9"},
            {"a": "99.9", "b": "99.9", "c": "99.8"},
            ["a 99.9%: what stands under it now guarantees 99.70%, before 99.90%: less than promised"],
            id="one more under it",
        ),
        pytest.param(
            {"a": "99.9"},
            {"a": "99.9", "b": "99.95"},
            ["a 99.9%: what stands under it now guarantees 99.95%"],
            id="the first one",
        ),
        pytest.param(
            {"a": "99.9", "b": "99.95"},
            {"a": "99.9"},
            ["a: nothing stands under it any more, before 99.95%"],
            id="the last one goes",
        ),
        pytest.param({"a": "99.9", "b": "99"}, {}, [], id="it goes itself"),
        pytest.param(
            {"a": "99", "b": "99.9"},
            {"a": "99.95", "b": "99.9"},
            ["a 99.95%: what stands under it now guarantees 99.900%, before 99.90%: less than promised"],
            id="it promises more",
        ),
        pytest.param({"a": "99", "b": "99.9"}, {"a": "99", "b": "99.9"}, [], id="the same"),
        pytest.param({"a": "99"}, {"a": "98"}, [], id="nothing under it at all"),
    ],
)
def test_what_a_plan_changes(before: dict[str, str], after: dict[str, str], told: list[str]) -> None:
    assert guarantee_lines(guarantees(**before), guarantees(**after), ["a", "b", "c", "a"]) == told
