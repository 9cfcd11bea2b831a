"""Whether a warning is said, edited or held back, and who is asked."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.team import QuietHours, Rung, Team
from domain.telling import Telling, held_until, not_after, telling
from domain.warned import Turn

NIGHT = datetime(2026, 11, 24, 23, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TEAM = Team("payments", manager="U0PAT", quiet_hours=QuietHours(time(20), time(8)))
SLM = Team("slm", members=("U0EVA",), arbitrates=True)
WAITS = BreachWarning(
    42,
    WarningKind.BURN,
    "payments",
    "#payments",
    "checkout",
    NIGHT,
    (Episode("checkout", WarningKind.BURN, Severity.TICKET, NIGHT, opened_at=NIGHT),),
)
URGENT = replace(WAITS, episodes=(replace(WAITS.episodes[0], severity=Severity.PAGE),))


def tell(
    before: BreachWarning | None, after: BreachWarning, *, at: datetime = NIGHT, team: Team = TEAM
) -> Telling:
    return telling(before, after, team, arbiter=SLM, at=at)


def said(warning: BreachWarning, at: datetime = NIGHT) -> BreachWarning:
    return replace(warning, said_at=at, drawn_at=at)


def test_urgent_ones_are_said_at_any_hour() -> None:
    told = tell(None, URGENT)
    assert told.opens
    assert (told.warning.said_at, told.warning.drawn_at) == (NIGHT, NIGHT)
    assert not_after(URGENT, at=NIGHT) == NIGHT + timedelta(hours=12)
    assert held_until(URGENT, TEAM, at=NIGHT) is None


def test_what_can_wait_does_so_until_the_morning() -> None:
    assert tell(None, WAITS) == Telling(WAITS)
    assert tell(WAITS, WAITS, at=MORNING - MINUTE) == Telling(WAITS)
    assert tell(WAITS, WAITS, at=MORNING).opens
    assert not_after(WAITS, at=MORNING) is None
    assert held_until(WAITS, TEAM, at=NIGHT) == held_until(None, TEAM, at=NIGHT) == MORNING


def test_it_turns_urgent_while_it_is_held_back() -> None:
    assert tell(WAITS, URGENT).opens


def test_without_quiet_hours_it_is_said_at_once() -> None:
    assert tell(None, WAITS, team=replace(TEAM, quiet_hours=None)).opens


def test_what_is_over_by_then_is_not_said() -> None:
    over = replace(WAITS, episodes=(WAITS.episodes[0].resolved(NIGHT + MINUTE),))
    assert tell(over, over, at=MORNING) == Telling(over)


def test_nowhere_to_say_it() -> None:
    nowhere = replace(URGENT, channel="")
    assert tell(None, nowhere) == Telling(nowhere)


@pytest.mark.parametrize(("minutes", "edits"), [(4, False), (5, True)])
def test_its_figures_are_made_anew_every_five_minutes(minutes: int, edits: bool) -> None:
    told = tell(said(URGENT), said(URGENT), at=NIGHT + minutes * MINUTE)
    assert told.edits is edits
    assert told.happenings == ()


def test_once_it_is_over_nothing_is_made_anew() -> None:
    over = said(replace(URGENT, episodes=(URGENT.episodes[0].resolved(NIGHT + MINUTE),)))
    assert not tell(over, over, at=MORNING).edits


def test_what_happened_is_told_at_once() -> None:
    told = tell(said(WAITS), said(URGENT), at=NIGHT + MINUTE)
    assert told.edits
    assert [one.turn for one in told.happenings] == [Turn.URGENT]


def test_each_rung_is_asked_once() -> None:
    first = tell(said(URGENT), said(URGENT), at=NIGHT + 30 * MINUTE)
    assert [one.rung.to for one in first.happenings if one.rung] == ["manager"]
    assert first.warning.reminded == 1
    assert tell(first.warning, first.warning, at=NIGHT + 31 * MINUTE).happenings == ()
    late = tell(said(URGENT), said(URGENT), at=MORNING)
    assert [one.rung.to for one in late.happenings if one.rung] == ["manager", "slm"]


def test_whom_slack_does_not_know_is_passed_over() -> None:
    rungs = (Rung("pager:primary", MINUTE), Rung("#war-room", MINUTE), Rung("manager", MINUTE))
    team = replace(TEAM, manager=None, escalation=rungs)
    told = tell(said(URGENT), said(URGENT), at=NIGHT + MINUTE, team=team)
    assert told.happenings == ()
    assert told.warning.reminded == 3
