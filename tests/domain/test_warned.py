"""What happened between two states of a warning, and what an episode cost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.counts import NOTHING, Counts
from domain.episode import Episode, WarningKind
from domain.method import Occurrences
from domain.minutes import minute_of
from domain.objective import Indicator, Objective, Terms
from domain.spells import Spell
from domain.standing import BURN_WINDOWS, Figures, stand
from domain.team import Rung
from domain.warned import Happening, Turn, WarnedObjective, news_between
from domain.window import RollingWindow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=20)
ONE = Episode("checkout", WarningKind.BURN, Severity.TICKET, NOON, opened_at=NOON)
TWO = replace(ONE, objective="wallet")
URGENT = replace(ONE, severity=Severity.PAGE)
FORECAST = replace(ONE, kind=WarningKind.FORECAST, probability=0.3, below_since=NOON)


def warning(*episodes: Episode) -> BreachWarning:
    return BreachWarning(42, episodes[0].kind, "payments", "#payments", "checkout", NOON, episodes)


@pytest.mark.parametrize(
    ("before", "after", "turns"),
    [
        pytest.param([ONE], [ONE], [], id="nothing"),
        pytest.param([ONE], [ONE, TWO], [(Turn.JOINED, "wallet")], id="joined"),
        pytest.param([ONE], [URGENT], [(Turn.URGENT, "checkout")], id="urgent"),
        pytest.param([URGENT], [URGENT, TWO], [(Turn.JOINED, "wallet")], id="joined while it was urgent"),
        pytest.param([ONE], [ONE.breached(LATER)], [(Turn.BREACHED, "checkout")], id="breached"),
        pytest.param([ONE], [ONE.resolved(LATER)], [(Turn.OVER, "checkout")], id="over"),
        pytest.param([ONE, TWO], [ONE.resolved(LATER), TWO], [], id="over in part"),
        pytest.param([FORECAST], [FORECAST.resolved(LATER)], [(Turn.WITHDRAWN, "checkout")], id="withdrawn"),
        pytest.param([ONE.resolved(NOON)], [ONE], [(Turn.REOPENED, "checkout")], id="reopened"),
    ],
)
def test_what_happened(before: list[Episode], after: list[Episode], turns: list[tuple[Turn, str]]) -> None:
    told = news_between(warning(*before), warning(*after), at=LATER)
    assert [(one.turn, *one.objectives) for one in told] == turns


def test_keys_differ_by_what_happened_to_whom() -> None:
    happened = [
        Happening(Turn.OVER, NOON, ("checkout",)),
        Happening(Turn.OVER, NOON, ("wallet",)),
        Happening(Turn.REOPENED, NOON, ("checkout",)),
        Happening(Turn.OVER, LATER, ("checkout",)),
        Happening(Turn.ASKED, NOON, rung=Rung("manager", timedelta(0))),
        Happening(Turn.ASKED, NOON, rung=Rung("slm", timedelta(0))),
        Happening(Turn.ACKNOWLEDGED, NOON, by="U0ANA"),
    ]
    keys = {one.key(warning(ONE)) for one in happened}
    assert len(keys) == len(happened)
    assert all(key.startswith("warning:42:") for key in keys)


def told(*, bad: int, lost: int) -> WarnedObjective:
    terms = Terms(Fraction(999, 1000), RollingWindow(days=30), Occurrences(), Indicator("checkout"))
    counts = Counts(1_000_000 - bad, 1_000_000, 0, 0, 43_200, 0)
    figures = Figures(counts, dict.fromkeys(BURN_WINDOWS, NOTHING), 0)
    period = terms.window.period(at=NOON)
    standing = stand(Objective("checkout", "checkout", (terms,)), terms, period, figures, at=NOON)
    start = minute_of(NOON) - 8
    return WarnedObjective(ONE, standing, spells=(Spell(start, start + 8, lost),), lost=lost)


def test_what_it_cost_of_the_budget() -> None:
    assert told(bad=600, lost=120).cost == Fraction(12, 100)
    assert told(bad=0, lost=0).cost is None


def test_it_began_with_its_first_spell() -> None:
    assert told(bad=1, lost=1).failing_since == NOON - timedelta(minutes=8)
    assert replace(told(bad=1, lost=1), spells=()).failing_since == NOON
