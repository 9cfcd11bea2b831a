"""Chains of promises: what is on top, what stands under it, and where it is thin."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from domain.acknowledgement import Acknowledgement, Because, Ground, Stage
from domain.agreement import Agreement, AgreementKind
from domain.chain import FIRM, Chains, Link, Thin, tops
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Terms
from domain.planned import Promises
from domain.responsibility import Responsibility, Role
from domain.team import Team
from domain.window import RollingWindow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
EARLIER, LATER = NOON - timedelta(days=1), NOON + timedelta(days=1)
AGREEMENTS = {
    "sla": Agreement("sla", AgreementKind.SLA, "payments", "retail"),
    "ola": Agreement("ola", AgreementKind.OLA, "data", "payments"),
    "ended": Agreement("ended", AgreementKind.OLA, "data", "payments", effective_until=date(2026, 11, 23)),
}
PROMISES = Promises(AGREEMENTS, {"payments": Team("payments")}, {})


def made(
    name: str, *supports: str, target: str = "99", agreement: str = "ola", owner: str | None = "payments"
) -> Objective:
    terms = Terms(Fraction(target) / 100, RollingWindow(30), Occurrences(), Indicator(name), owner, agreement)
    return Objective(name, "s", (terms,), supports=supports)


def asked(name: str, stage: Stage = Stage.OPEN) -> Acknowledgement:
    one = Acknowledgement(name, "payments", 1, "", Because.NEW, EARLIER, due_at=LATER, missing_from=EARLIER)
    if stage is Stage.OPEN:
        return one
    ground = Ground.UNCLEAR if stage is Stage.DECLINED else None
    return replace(one, stage=stage, answered_by="U1", answered_at=EARLIER, ground=ground, expires_at=LATER)


def linked(
    objectives: list[Objective],
    asked: Mapping[str, list[Acknowledgement]] | None = None,
    *,
    at: datetime = NOON,
) -> dict[str, Link]:
    names = [one.name for one in objectives if one.retired_at is None]
    return Chains(objectives, PROMISES, at=at).links(names, asked or {})


def drawn(links: list[Link]) -> list[object]:
    """Names, each followed by those under it."""
    found: list[object] = []
    for link in links:
        found += [link.name, drawn(list(link.under))] if link.under else [link.name]
    return found


def test_promises_over_promises() -> None:
    objectives = [
        made("bank", "db", "checkout"),
        made("db", "checkout"),
        made("checkout", agreement="sla"),
        made("other"),
    ]
    links = linked(objectives)
    assert drawn(tops(links, links)) == ["checkout", ["bank", "db", ["bank"]], "other"]
    assert drawn(tops(["db", "bank"], links)) == ["db", ["bank"]]


def test_customers_first_then_the_most_urgent_then_by_name() -> None:
    objectives = [
        made("a"),
        made("unacknowledged"),
        made("unowned", owner=None),
        made("over-it"),
        made("declined", "over-it"),
        made("promised", agreement="sla"),
    ]
    links = linked(
        objectives,
        {"unacknowledged": [asked("unacknowledged")], "declined": [asked("declined", Stage.DECLINED)]},
    )
    assert [link.name for link in tops(links, links)] == [
        "promised",
        "unowned",
        "over-it",
        "unacknowledged",
        "a",
    ]


@pytest.mark.parametrize(
    ("objectives", "answers", "thin"),
    [
        pytest.param([made("it")], [], (), id="nothing under it is not thin"),
        pytest.param([made("it")], [asked("it", Stage.ACKNOWLEDGED)], (), id="acknowledged"),
        pytest.param([made("it", owner=None)], [], (Thin.UNOWNED,), id="nobody's"),
        pytest.param([made("it")], [asked("it", Stage.DECLINED)], (Thin.DECLINED,), id="declined"),
        pytest.param([made("it")], [asked("it")], (Thin.UNACKNOWLEDGED,), id="unacknowledged"),
        pytest.param(
            [made("it", agreement="ended")], [], (Thin.NOT_IN_EFFECT,), id="its agreement has ended"
        ),
        pytest.param([made("it"), made("a", "it", target="98")], [], (Thin.SHORT,), id="too little under it"),
        pytest.param([made("it"), made("a", "it")], [], (), id="enough under it"),
        pytest.param(
            [made("it"), replace(made("a", "it"), retired_at=EARLIER)],
            [],
            (Thin.NOTHING_LEFT,),
            id="nothing left under it",
        ),
        pytest.param(
            [made("it"), made("b", "it"), replace(made("a", "it"), retired_at=EARLIER)],
            [],
            (),
            id="something left under it",
        ),
        pytest.param(
            [made("it", owner=None, agreement="ended")],
            [asked("it")],
            (Thin.UNOWNED, Thin.NOT_IN_EFFECT, Thin.UNACKNOWLEDGED),
            id="all at once",
        ),
    ],
)
def test_where_it_is_thin(
    objectives: list[Objective], answers: list[Acknowledgement], thin: tuple[Thin, ...]
) -> None:
    link = linked(objectives, {"it": answers})["it"]
    assert link.thin == thin
    assert link.urgency == (thin[0] if thin else FIRM)


def test_what_is_retired_later_stood_under_it() -> None:
    objectives = [made("it"), replace(made("a", "it"), retired_at=NOON)]
    assert drawn([linked(objectives, at=EARLIER)["it"]]) == ["it", ["a"]]
    assert linked(objectives)["it"].gone == ("a",)


def test_a_circle_is_cut_open() -> None:
    others = [made(f"under-{name}", name) for name in "abc"]
    links = linked([made("a", "b"), made("b", "c"), made("c", "a"), made("self", "self"), *others])
    [top] = tops(["a", "b", "c"], links)
    assert len(links) == 7
    assert all(name in str(drawn([top])) for name in ("under-a", "under-b", "under-c"))
    assert drawn(tops(["self"], links)) == ["self"]


def test_a_thousand_over_one_another_and_ladders_of_two() -> None:
    high = [made(f"{n:04}", f"{n + 1:04}") for n in range(3000)]
    assert [link.name for link in tops([one.name for one in high], linked(high))] == ["2999"]
    ladder = [made(f"{side}{n:02}", f"a{n + 1:02}", f"b{n + 1:02}") for n in range(60) for side in "ab"]
    assert sorted(link.name for link in tops([one.name for one in ladder], linked(ladder))) == ["a59", "b59"]


def test_roles_of_that_time() -> None:
    roles = (
        Responsibility(Role.RESPONSIBLE, "shop", until=NOON),
        Responsibility(Role.RESPONSIBLE, "data", NOON),
        Responsibility(Role.INFORMED, "web"),
    )
    objectives = [replace(made("it"), roles=roles)]
    assert linked(objectives)["it"].roles(Role.RESPONSIBLE) == ["data"]
    assert linked(objectives, at=EARLIER)["it"].roles(Role.RESPONSIBLE) == ["shop"]
