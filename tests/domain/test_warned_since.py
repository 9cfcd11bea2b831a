"""What a digest tells of warnings: as they were at its instant, and only what its reader was not told yet."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction

import pytest

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.spells import Spell
from domain.team import QuietHours, Team
from domain.warned import WarnedObjective
from domain.warned_since import Cost, WarnedSince, as_of, cost_of
from messages.example import CHECKOUT

NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)  # in Berlin
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
YESTERDAY = NINE - 24 * HOUR
NIGHT = NINE - 5 * HOUR
TEAM = Team("payments", timezone="Europe/Berlin", quiet_hours=QuietHours(time(20), time(8)))


def episode(
    objective: str = "checkout", *, opened: datetime = NIGHT, over: datetime | None = None
) -> Episode:
    return Episode(objective, WarningKind.BURN, Severity.TICKET, opened, opened, over)


def warning(number: int, *episodes: Episode, said: datetime | None = NIGHT) -> BreachWarning:
    opened = min(one.opened_at for one in episodes if one.opened_at)
    return BreachWarning(
        number, WarningKind.BURN, "payments", "#p", "checkout", opened, episodes, said_at=said
    )


def numbers(found: list[BreachWarning]) -> list[int]:
    return [one.number for one in found]


def test_what_came_later_is_not_told() -> None:
    later = NINE + MINUTE
    first = replace(episode(over=later), breached_at=later, below_since=later)
    made = replace(
        warning(1, first, episode("wallet", opened=later), said=later),
        acknowledged_by="U0ANA",
        acknowledged_at=later,
    )
    [told] = as_of([made, warning(2, episode(opened=later))], NINE)
    assert told == warning(1, episode(), said=None)


def test_what_came_just_then_is_told() -> None:
    first = replace(episode(opened=NINE, over=NINE), breached_at=NINE)
    made = replace(warning(1, first, said=NINE), acknowledged_by="U0ANA", acknowledged_at=NINE)
    assert as_of([made], NINE) == [made]


@pytest.mark.parametrize(
    ("since", "told"),
    [
        pytest.param(NIGHT, [1, 3], id="what was over by the last digest was told by it"),
        pytest.param(NIGHT - MINUTE, [1, 2, 3], id="what was over after the last digest"),
        pytest.param(None, [3], id="a first digest tells only what is open"),
    ],
)
def test_only_what_is_open_or_was_over_since(since: datetime | None, told: list[int]) -> None:
    over = warning(1, episode(opened=YESTERDAY, over=NIGHT + MINUTE))
    earlier = warning(2, episode(opened=YESTERDAY, over=NIGHT))
    still = warning(3, episode(opened=YESTERDAY))
    found = WarnedSince(NINE, [over, earlier, still]).after(since)
    assert numbers(list(found.warnings)) == told
    assert found.since == since


def test_of_a_warning_that_goes_on_the_parts_that_were_over_before_are_not_told_again() -> None:
    both = warning(1, episode(over=NIGHT), episode("wallet"))
    told = WarnedSince(NINE, [both]).after(NIGHT + MINUTE)
    assert told.parts("checkout") == []
    assert [part.warning for part in told.parts("wallet")] == [both]


def test_open_parts_come_first_then_urgent_ones_then_the_newest() -> None:
    old, new = (
        warning(1, episode(opened=NIGHT, over=NINE)),
        warning(2, episode(opened=NIGHT + HOUR, over=NINE)),
    )
    urgent = warning(3, replace(episode(opened=YESTERDAY), severity=Severity.PAGE))
    waits = warning(4, episode())
    cost = Cost(Fraction(1, 10), 7)
    told = WarnedSince(NINE, [old, new, waits, urgent], YESTERDAY, {(2, "checkout"): cost})
    assert [part.warning.number for part in told.parts("checkout")] == [3, 4, 2, 1]
    assert [part.cost for part in told.parts("checkout")] == [None, None, cost, None]


def test_what_somebody_has_or_snoozed_does_not_wait() -> None:
    free, had, over = warning(1, episode()), warning(2, episode()), warning(3, episode(over=NINE))
    had = replace(had, acknowledged_by="U0ANA", acknowledged_at=NIGHT)
    until_nine, longer = (replace(free, number=4, snoozed_until=NINE + later) for later in (0 * HOUR, HOUR))
    told = WarnedSince(NINE, [free, had, over, until_nine, replace(longer, number=5)])
    assert numbers(told.waiting) == [1, 4]


@pytest.mark.parametrize(
    ("changed", "held"),
    [
        pytest.param({"said_at": None}, True, id="nobody was told"),
        pytest.param({"said_at": NINE - HOUR}, True, id="said only just"),
        pytest.param({"said_at": NINE - HOUR - MINUTE}, False, id="seen before"),
        pytest.param({"said_at": None, "opened_at": NINE - HOUR}, False, id="opened after the quiet hours"),
        pytest.param({"said_at": None, "team": "shop"}, False, id="another team's"),
        pytest.param(
            {"said_at": None, "opened_at": YESTERDAY - 13 * HOUR}, False, id="told by the last digest"
        ),
    ],
)
def test_which_were_held_back(changed: dict[str, object], held: bool) -> None:
    made = replace(warning(1, episode()), **changed)  # type: ignore[arg-type]
    assert numbers(WarnedSince(NINE, [made], YESTERDAY).held_back(TEAM)) == [1] * held


def test_an_urgent_one_and_those_of_a_team_without_quiet_hours_were_never_held_back() -> None:
    urgent = warning(1, replace(episode(), severity=Severity.PAGE), said=None)
    assert WarnedSince(NINE, [urgent], YESTERDAY).held_back(TEAM) == []
    waits = warning(1, episode(), said=None)
    assert WarnedSince(NINE, [waits], YESTERDAY).held_back(replace(TEAM, quiet_hours=None)) == []


def test_whose_and_about_what() -> None:
    shops = replace(warning(2, episode("cart"), episode("wallet")), team="shop")
    told = WarnedSince(NINE, [warning(1, episode()), shops])
    assert numbers(list(told.of_team("shop").warnings)) == [2]
    assert numbers(list(told.about({"wallet"}).warnings)) == [2]
    assert numbers(list(told.without([shops]).warnings)) == [1]


def test_what_an_episode_took_lasts_from_its_first_to_its_last_minute() -> None:
    found = (Spell(100, 110, 2_000), Spell(130, 136, 1_024))
    told = WarnedObjective(episode(), CHECKOUT, spells=found, lost=3_024)
    assert cost_of(told) == Cost(Fraction(3_024, 25_902), 36)
    assert cost_of(replace(told, spells=())) is None
