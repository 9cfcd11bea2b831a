"""What people do with warnings, who is asked while nobody does, and what makes one urgent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.breach_warning import BreachWarning, Over, Taken, by_need, number_in
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.refusal import Refusal
from domain.team import Rung, Team

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TEAM = Team("payments", manager="U0PAT")


def episode(name: str = "checkout", severity: Severity = Severity.PAGE) -> Episode:
    return Episode(name, WarningKind.BURN, severity, NOON, opened_at=NOON)


def warning(*episodes: Episode) -> BreachWarning:
    return BreachWarning(
        42,
        WarningKind.BURN,
        "payments",
        "#payments",
        "checkout",
        NOON,
        episodes or (episode(),),
        said_at=NOON,
    )


def over() -> BreachWarning:
    return warning(episode().resolved(NOON + MINUTE))


def test_who_has_it_is_asked_for_nothing_more() -> None:
    has = warning().acknowledge(by="U0ANA", at=NOON)
    assert (has.acknowledged_by, has.acknowledged_at) == ("U0ANA", NOON)
    assert has.rungs_due(TEAM, at=NOON + timedelta(days=1)) == 0


def test_only_one_can_have_it() -> None:
    has = warning().acknowledge(by="U0ANA", at=NOON)
    with pytest.raises(Taken, match="<@U0ANA> has W-42 already"):
        has.acknowledge(by="U0BEN", at=NOON + MINUTE)
    with pytest.raises(Taken, match="You have W-42 already"):
        has.acknowledge(by="U0ANA", at=NOON + MINUTE)


def test_handed_back_it_is_asked_about_again() -> None:
    back = warning().acknowledge(by="U0ANA", at=NOON).hand_back()
    assert (back.acknowledged_by, back.acknowledged_at) == (None, None)
    assert back.rungs_due(TEAM, at=NOON + 30 * MINUTE) == 1
    with pytest.raises(Refusal, match="Nobody has W-42"):
        back.hand_back()


def test_snoozed_nobody_is_asked_until_then() -> None:
    snoozed = warning().snooze(NOON + 60 * MINUTE, by="U0ANA", at=NOON)
    assert snoozed.rungs_due(TEAM, at=NOON + 59 * MINUTE) == 0
    assert snoozed.rungs_due(TEAM, at=NOON + 60 * MINUTE) == 1
    with pytest.raises(Refusal, match="in the past"):
        warning().snooze(NOON, by="U0ANA", at=NOON)


@pytest.mark.parametrize("act", ["acknowledge", "hand_back", "snooze"])
def test_what_is_over_needs_nothing(act: str) -> None:
    acts = {
        "acknowledge": lambda: over().acknowledge(by="U0ANA", at=NOON),
        "hand_back": lambda: over().hand_back(),
        "snooze": lambda: over().snooze(NOON + MINUTE, by="U0ANA", at=NOON),
    }
    with pytest.raises(Over, match="W-42 is over"):
        acts[act]()


@pytest.mark.parametrize(
    ("minutes", "due"), [(29, 0), (30, 1), (119, 1), (120, 2), (10_000, 2)], ids=lambda value: str(value)
)
def test_the_usual_ladder(minutes: int, due: int) -> None:
    assert warning().rungs_due(TEAM, at=NOON + minutes * MINUTE) == due


def test_the_teams_own_ladder() -> None:
    rungs = (Rung("members", timedelta(0)), Rung("slm", 90 * MINUTE), Rung("S0ONCALL", 5 * MINUTE))
    own = replace(TEAM, escalation=rungs)
    assert warning().rungs_due(own, at=NOON + 5 * MINUTE) == 1
    assert warning().next_rung(own) == (rungs[2], NOON + 5 * MINUTE)
    assert replace(warning(), reminded=2).next_rung(own) is None


def test_what_can_wait_or_is_held_back_asks_nobody() -> None:
    later = NOON + timedelta(days=1)
    assert warning(episode(severity=Severity.TICKET)).rungs_due(TEAM, at=later) == 0
    assert replace(warning(), said_at=None).rungs_due(TEAM, at=later) == 0


def test_it_turns_urgent_and_wakes_who_snoozed() -> None:
    waits = warning(episode(severity=Severity.TICKET)).snooze(NOON + 60 * MINUTE, by="U0ANA", at=NOON)
    urgent = waits.with_episode(episode("wallet"), at=NOON + 10 * MINUTE)
    assert urgent.is_urgent
    assert (urgent.snoozed_by, urgent.snoozed_until) == (None, None)
    assert urgent.urgent_since == NOON + 10 * MINUTE
    assert urgent.rungs_due(TEAM, at=NOON + 39 * MINUTE) == 0
    again = urgent.with_episode(episode("ledger"), at=NOON + 20 * MINUTE)
    assert again.urgent_since == NOON + 10 * MINUTE


def test_it_is_over_with_its_last_episode() -> None:
    two = warning(episode(), episode("wallet", Severity.TICKET))
    one = two.with_episode(episode().resolved(NOON + MINUTE), at=NOON + MINUTE)
    assert (one.is_open, one.severity, one.resolved_at) == (True, Severity.TICKET, None)
    none = one.with_episode(episode("wallet").resolved(NOON + 3 * MINUTE), at=NOON + 3 * MINUTE)
    assert (none.is_open, none.resolved_at) == (False, NOON + 3 * MINUTE)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("W-42", 42), ("w42", 42), (" w-42 ", 42), ("42", None), ("W-", None), ("W-42x", None)],
)
def test_numbers(typed: str, number: int | None) -> None:
    assert number_in(typed) == number


def test_the_most_needed_first() -> None:
    ticket = replace(warning(episode(severity=Severity.TICKET)), number=1)
    had = replace(warning(), number=2).acknowledge(by="U0ANA", at=NOON)
    late = replace(warning(), number=3, opened_at=NOON + MINUTE)
    first = replace(warning(), number=4)
    assert [one.number for one in by_need([ticket, had, late, first])] == [4, 3, 2, 1]
