"""What promises under an objective add up to, held against months painted minute by minute."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agreement import Agreement, AgreementKind
from domain.calendars import Calendar
from domain.guarantee import Guarantee, Guarantees, Supporter
from domain.guarantee_change import guarantees_after, guarantees_before
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Terms
from domain.plan import Current, Plan
from domain.planned import Promises
from domain.team import Team
from domain.window import RollingWindow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MONTH = 500
"""Minutes of a short month, so that painting it is quick."""

NIGHTS = Calendar("nights", hours=(((0, 360),),) * 7)
ROUND = Calendar("round", hours=(((0, 1440),),) * 7)


def made(
    name: str, target: str, *, agreement: str | None = None, supports: tuple[str, ...] = ()
) -> Objective:
    terms = Terms(
        Fraction(target) / 100, RollingWindow(30), Occurrences(), Indicator(name), agreement=agreement
    )
    return Objective(name, "s", (terms,), supports=supports)


def agreed(name: str, kind: AgreementKind, hours: str | None = None, until: date | None = None) -> Agreement:
    return Agreement(name, kind, "payments", "retail", service_hours=hours, effective_until=until)


def promises(*agreements: Agreement, zone: str = "UTC") -> Promises:
    calendars = {one.name: one for one in (NIGHTS, ROUND, replace(NIGHTS, name="dark"))}
    return Promises(
        {one.name: one for one in agreements}, {"payments": Team("payments", timezone=zone)}, calendars
    )


def painted(failing: list[int], *, nested: bool) -> Fraction:
    """The good share of a month in which each promise fails so many minutes: all apart, or all at once."""
    bad: set[int] = set()
    for minutes in failing:
        first = 0 if nested else len(bad)
        bad |= {minute for minute in range(first, first + minutes) if minute < MONTH}
    return 1 - Fraction(len(bad), MONTH)


@given(st.lists(st.integers(1, MONTH - 1), min_size=1, max_size=12))
def test_in_series_is_the_worst_month_and_at_best_the_luckiest(failing: list[int]) -> None:
    supporters = tuple(Supporter(str(n), 1 - Fraction(bad, MONTH)) for n, bad in enumerate(failing))
    guarantee = Guarantee("it", Fraction(1, 2), supporters)
    assert guarantee.series == painted(failing, nested=False)
    assert guarantee.at_best == painted(failing, nested=True)


def test_the_agreements_of_the_issue() -> None:
    objectives = [
        made("checkout", "99.9"),
        made("payments-db", "99.9", agreement="ola", supports=("checkout",)),
        made("bank-gateway", "99.8", agreement="uc", supports=("other", "checkout")),
    ]
    guarantee = Guarantees(
        objectives, promises(agreed("ola", AgreementKind.OLA), agreed("uc", AgreementKind.UC))
    ).of("checkout")
    assert guarantee == Guarantee(
        "checkout",
        Fraction("0.999"),
        (
            Supporter("payments-db", Fraction("0.999"), AgreementKind.OLA),
            Supporter("bank-gateway", Fraction("0.998"), AgreementKind.UC),
        ),
    )
    assert (guarantee.series, guarantee.at_best) == (Fraction("0.997"), Fraction("0.998"))
    assert guarantee.falls_short


@pytest.mark.parametrize(
    ("target", "short", "nothing"),
    [
        pytest.param("99.7", False, True, id="exactly what is promised"),
        pytest.param("99.71", True, False, id="less"),
        pytest.param("99.69", False, False, id="more"),
    ],
)
def test_against_the_own_promise(target: str, short: bool, nothing: bool) -> None:
    supporters = (Supporter("a", Fraction("0.999")), Supporter("b", Fraction("0.998")))
    guarantee = Guarantee("it", Fraction(target) / 100, supporters)
    assert (guarantee.falls_short, guarantee.alone_leaves_nothing) == (short, nothing)


def test_nothing_under_it() -> None:
    guarantees = Guarantees([made("checkout", "99.9")], promises())
    assert guarantees.of("checkout") is None
    assert guarantees.of("unknown") is None


@pytest.mark.parametrize(
    ("own", "other", "apart"),
    [
        pytest.param("nights", "nights", False, id="one calendar"),
        pytest.param("nights", "dark", False, id="the same hours by another name"),
        pytest.param("round", None, False, id="round the clock, written out"),
        pytest.param(None, None, False, id="round the clock"),
        pytest.param("nights", None, True, id="round the clock under nights"),
        pytest.param(None, "nights", True, id="nights under round the clock"),
    ],
)
def test_other_service_hours_stand_apart(own: str | None, other: str | None, apart: bool) -> None:
    agreements = promises(agreed("sla", AgreementKind.SLA, own), agreed("ola", AgreementKind.OLA, other))
    objectives = [made("a", "99", agreement="sla"), made("b", "98", agreement="ola", supports=("a",))]
    guarantee = Guarantees(objectives, agreements).of("a")
    assert guarantee
    assert [one.name for one in guarantee.apart] == (["b"] if apart else [])
    assert guarantee.series == (1 if apart else Fraction("0.98"))


def test_other_holidays_are_other_hours() -> None:
    holiday = replace(NIGHTS, name="holidays", holidays=frozenset({date(2026, 12, 25)}))
    found = promises(agreed("sla", AgreementKind.SLA, "nights"), agreed("ola", AgreementKind.OLA, "holidays"))
    found = replace(found, calendars={**found.calendars, "holidays": holiday})
    objectives = [made("a", "99", agreement="sla"), made("b", "98", agreement="ola", supports=("a",))]
    guarantee = Guarantees(objectives, found).of("a")
    assert guarantee
    assert guarantee.supporters == ()


def test_the_retired_guarantee_nothing() -> None:
    retired = replace(made("b", "98", supports=("a",)), retired_at=NOON)
    guarantees = Guarantees([made("a", "99"), retired], promises())
    assert guarantees.of("a") is None
    assert guarantees.of("a", at=NOON) is None
    assert guarantees.of("a", at=NOON - timedelta(minutes=1))
    assert (
        Guarantees(
            [replace(made("a", "99"), retired_at=NOON), made("b", "98", supports=("a",))], promises()
        ).of("a")
        is None
    )


@pytest.mark.parametrize(
    ("zone", "counts"),
    [
        pytest.param("UTC", True, id="its last day"),
        pytest.param("Pacific/Auckland", False, id="over there it is over"),
    ],
)
def test_what_is_not_in_effect_guarantees_nothing(zone: str, counts: bool) -> None:
    ended = promises(agreed("ola", AgreementKind.OLA, until=NOON.date()), zone=zone)
    objectives = [made("a", "99"), made("b", "98", agreement="ola", supports=("a",))]
    assert bool(Guarantees(objectives, ended).of("a", at=NOON)) is counts
    assert Guarantees(objectives, ended).of("a")


def test_the_terms_in_force_then() -> None:
    first = made("b", "98", supports=("a",))
    raised = replace(first.versions[0], target=Fraction("0.995"), version=2, since=NOON)
    guarantees = Guarantees([made("a", "99"), replace(first, versions=(*first.versions, raised))], promises())
    found = [guarantees.of("a", at=at) for at in (NOON - timedelta(minutes=1), NOON, None)]
    assert [one and one.series for one in found] == [Fraction("0.98"), Fraction("0.995"), Fraction("0.995")]


def test_before_and_after_a_plan() -> None:
    ola, uc = agreed("ola", AgreementKind.OLA), agreed("uc", AgreementKind.UC)
    current = Current(
        teams=(Team("payments"),),
        agreements=(ola,),
        objectives=(made("a", "99"), made("b", "98", agreement="ola", supports=("a",))),
    )
    planned = Plan(
        agreements_to_save=(uc,),
        agreements_to_remove=("ola",),
        objectives_to_save=(made("b", "98", agreement="uc", supports=("a",)),),
    )
    for guarantees, kind in (
        (guarantees_before(current), AgreementKind.OLA),
        (guarantees_after(current, planned), AgreementKind.UC),
    ):
        guarantee = guarantees.of("a")
        assert guarantee
        assert [one.kind for one in guarantee.supporters] == [kind]
