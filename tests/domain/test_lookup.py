"""What a NAME means."""

from collections.abc import Collection
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.lookup import AmbiguousName, Found, Kind, UnknownName, find, objectives_of, quoted
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Terms
from domain.window import RollingWindow

OBJECTIVES = ("checkout-availability", "checkout-latency", "payout-latency", "search")
SERVICES = ("checkout", "payouts", "search", "shop-front")
TEAMS = ("payments", "data-platform", "shop")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def look(name: str, objectives: Collection[str] = OBJECTIVES) -> Found:
    return find(name, objectives=objectives, services=SERVICES, teams=TEAMS)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("checkout-latency", Found(Kind.OBJECTIVE, "checkout-latency"), id="an exact name"),
        pytest.param("checkout", Found(Kind.SERVICE, "checkout"), id="an exact name before longer ones"),
        pytest.param(
            "checkout-a", Found(Kind.OBJECTIVE, "checkout-availability"), id="the only one that begins so"
        ),
        pytest.param(
            "pay", Found(Kind.OBJECTIVE, "payout-latency"), id="objectives before services and teams"
        ),
        pytest.param("payments", Found(Kind.TEAM, "payments"), id="a team"),
        pytest.param("shop-f", Found(Kind.SERVICE, "shop-front"), id="a service"),
        pytest.param(" CHECKOUT-Lat ", Found(Kind.OBJECTIVE, "checkout-latency"), id="whatever the case"),
        pytest.param("data platform", Found(Kind.TEAM, "data-platform"), id="spaces for hyphens"),
        pytest.param("service:search", Found(Kind.SERVICE, "search"), id="a service by its kind"),
        pytest.param("objective:search", Found(Kind.OBJECTIVE, "search"), id="an objective by its kind"),
        pytest.param("Team: pay", Found(Kind.TEAM, "payments"), id="the beginning of a team"),
    ],
)
def test_a_name_means_one_thing(name: str, found: Found) -> None:
    assert look(name) == found


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("check", 'Two fit "check": checkout-availability, checkout-latency. Which one?'),
        ("search", 'Two fit "search": `objective:search`, `service:search`. Which one?'),
        ("service:s", 'Two fit "s": search, shop-front. Which one?'),
    ],
)
def test_what_could_be_several_is_asked_back(name: str, sentence: str) -> None:
    with pytest.raises(AmbiguousName) as refused:
        look(name)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("count", "sentence"), [(8, "Eight fit"), (12, "12 fit")])
def test_of_many_that_fit_five_are_named(count: int, sentence: str) -> None:
    with pytest.raises(
        AmbiguousName, match=rf'^{sentence} "a": a0, .*, a\d and {count - 5} more\. Which one\?$'
    ):
        look("a", objectives=[f"a{n}" for n in range(count)])


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "chekout-availabilty",
            'No objective, service or team begins with "chekout-availabilty".\n'
            "Did you mean `checkout-availability` or `checkout-latency`?",
        ),
        ("team:paymnts", 'No team begins with "paymnts".\nDid you mean `payments`?'),
        ("zzz", 'No objective, service or team begins with "zzz".'),
        ("xyz:zzz", 'No objective, service or team begins with "xyz:zzz".'),
        ("", 'No objective, service or team begins with "".'),
        ("service:", 'No service begins with "".'),
    ],
)
def test_what_is_unknown_is_refused_with_what_comes_close(name: str, sentence: str) -> None:
    with pytest.raises(UnknownName) as refused:
        look(name)
    assert str(refused.value) == sentence


def test_what_somebody_typed_is_repeated_without_its_marks() -> None:
    assert quoted('<!here> `a` *b*\n~c~ _d_ e_f "g" \u202e') == "!here a b c d e_f g"
    assert quoted("x" * 3000) == "x" * 39 + "…"
    with pytest.raises(UnknownName) as refused:
        look("`*<!channel>" * 300)
    assert len(str(refused.value)) < 200


def terms(
    owner: str | None, agreement: str | None = None, version: int = 1, since: datetime | None = None
) -> Terms:
    indicator = Indicator("i")
    return Terms(
        Fraction(9, 10),
        RollingWindow(30),
        Occurrences(),
        indicator,
        owner,
        agreement,
        version=version,
        since=since,
    )


KNOWN = (
    Objective("pay-1", "pay", (terms("payments", "retail-sla"),)),
    Objective("pay-2", "pay", (terms("payments"), terms("shop", version=2, since=NOON))),
    Objective("sms", "messages", (terms("payments", "sms-uc"),)),
    Objective("db", "databases", (terms(None, "db-ola"),)),
)
AGREEMENTS = (
    Agreement("retail-sla", AgreementKind.SLA, "payments", "retail"),
    Agreement("sms-uc", AgreementKind.UC, "sms-provider", "payments"),
    Agreement("db-ola", AgreementKind.OLA, "data", "payments"),
)


@pytest.mark.parametrize(
    ("found", "names"),
    [
        (Found(Kind.OBJECTIVE, "db"), ["db"]),
        (Found(Kind.SERVICE, "pay"), ["pay-1", "pay-2"]),
        pytest.param(Found(Kind.TEAM, "payments"), ["pay-1", "sms"], id="a team: those it owns now"),
        (Found(Kind.TEAM, "shop"), ["pay-2"]),
        pytest.param(Found(Kind.TEAM, "retail"), ["pay-1"], id="a customer: what is promised to it"),
        pytest.param(Found(Kind.TEAM, "sms-provider"), ["sms"], id="a third party: what it promises"),
        pytest.param(Found(Kind.TEAM, "data"), [], id="an OLA belongs to its owner alone"),
    ],
)
def test_whose_objectives_they_are(found: Found, names: list[str]) -> None:
    assert objectives_of(found, KNOWN, AGREEMENTS, at=NOON) == names
