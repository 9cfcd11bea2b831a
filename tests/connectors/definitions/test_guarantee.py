"""Lint: whether what stands under an objective guarantees what it promises."""

from dataclasses import replace

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.calendars import Calendar
from domain.definition import Known
from tests.connectors.definitions.conftest import Read, short
from tests.connectors.definitions.samples import KNOWN, SLO

NIGHTS = Calendar("nights", hours=(((0, 360),),) * 7)
AGREED = replace(
    KNOWN,
    agreements=(
        *KNOWN.agreements,
        Agreement("data-ola", AgreementKind.OLA, "payments", "payments"),
        Agreement("night-ola", AgreementKind.OLA, "payments", "payments", service_hours="nights"),
    ),
    calendars=(NIGHTS,),
    objectives=(),
)


def under(
    name: str, target: str, *, agreement: str = "data-ola", supports: str = "checkout-availability"
) -> str:
    """An SLO that supports another."""
    return (
        SLO.replace("name: checkout-availability", f"name: {name}")
        .replace(
            "steward/agreement: checkout-sla",
            f"steward/agreement: {agreement}\n    steward/supports: {supports}",
        )
        .replace("target: 0.999", f"target: {target}")
    )


def test_less_is_guaranteed_than_promised(read: Read) -> None:
    (problem,) = read(
        "---\n".join([SLO, under("db", "0.999"), under("bank", "0.998", agreement="bank-uc")]), AGREED
    ).problems
    assert str(problem).endswith(
        "a.yaml:1: warning W606 checkout-availability promises 99.9%; what stands under it guarantees 99.70%: "
        "db 99.9% (OLA), bank 99.8% (UC); at best 99.8%. Promise less, or agree on more with those under it."
    )


def test_just_enough_is_enough(read: Read) -> None:
    assert read(f"{SLO}---\n{under('db', '0.999')}", AGREED).problems == ()


def test_other_service_hours_are_left_out(read: Read) -> None:
    loaded = read(f"{SLO}---\n{under('db', '0.99', agreement='night-ola')}", AGREED)
    assert short(loaded) == ["36 W607"]
    assert loaded.problems[0].text == (
        "`db` has other service hours than `checkout-availability`, which it supports: it is left out of what that is "
        "guaranteed. Give both agreements the same serviceHours."
    )


@pytest.mark.parametrize(
    ("target", "agreement", "problems"),
    [
        pytest.param("0.99", "data-ola", ["10 W606"], id="too little"),
        pytest.param("0.999", "data-ola", [], id="enough"),
        pytest.param("0.999", "night-ola", ["10 W607"], id="other hours"),
    ],
)
def test_what_is_stored_is_known(read: Read, target: str, agreement: str, problems: list[str]) -> None:
    stored = replace(AGREED, objectives=read(SLO).definitions.objectives)
    assert short(read(under("db", target, agreement=agreement), stored)) == problems


def test_a_stored_supporter_is_told_at_the_promise(read: Read) -> None:
    stored = replace(AGREED, objectives=read(under("db", "0.99")).definitions.objectives)
    assert short(read(SLO, stored)) == ["1 W606"]
    apart = replace(
        AGREED, objectives=read(under("db", "0.99", agreement="night-ola")).definitions.objectives
    )
    assert short(read(SLO, apart)) == ["1 W607"]


def test_what_the_files_do_not_touch_is_not_told(read: Read) -> None:
    stored = replace(AGREED, objectives=read(f"{SLO}---\n{under('db', '0.5')}").definitions.objectives)
    assert read(SLO.replace("name: checkout-availability", "name: other"), stored).problems == ()


def test_with_an_error_nothing_adds_up_yet(read: Read) -> None:
    broken = under("bank", "0.998").replace("target: 0.998", "target: 2")
    loaded = read("---\n".join([SLO, under("db", "0.99"), broken]), AGREED)
    assert {problem.code for problem in loaded.problems} & {"W606", "W607"} == set()
    assert loaded.errors


def test_without_what_is_stored_only_the_files_count(read: Read) -> None:
    codes = [problem.code for problem in read(f"{SLO}---\n{under('db', '0.99')}", None).problems]
    assert codes.count("W606") == 1
    assert "W606" not in [problem.code for problem in read(under("db", "0.99"), Known()).problems]
