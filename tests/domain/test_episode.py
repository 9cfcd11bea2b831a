"""The steps of an episode's life."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from domain.burn import BurnCondition, Severity
from domain.episode import REOPENED_WITHIN, Episode, WarningKind, follow_burn, follow_silence
from domain.sight import Sight

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PAGE = BurnCondition(Severity.PAGE, Fraction(14), (60, 5))
TICKET = BurnCondition(Severity.TICKET, Fraction(1), (4320, 360))
QUIET = Sight(NOON)
BURNS = Sight(NOON, conditions=(PAGE,), failing=True, quiet=False)
LEAKS = Sight(NOON, conditions=(TICKET,), failing=True, quiet=False)
TRAILS = Sight(NOON, conditions=(TICKET,))
UNKNOWN = Sight(NOON, quiet=False, heard=False)
URGENT = Episode("checkout", WarningKind.BURN, Severity.PAGE, NOON - 30 * MINUTE, NOON - 30 * MINUTE)
SLOW = replace(URGENT, severity=Severity.TICKET)
OVER = URGENT.resolved(NOON - 10 * MINUTE)
LONG_AGO = NOON - REOPENED_WITHIN - 30 * MINUTE
LONG_OVER = replace(URGENT, began_at=LONG_AGO, opened_at=LONG_AGO).resolved(NOON - REOPENED_WITHIN)


@pytest.mark.parametrize(
    ("last", "sight", "after"),
    [
        pytest.param(None, QUIET, None, id="nothing"),
        pytest.param(None, TRAILS, None, id="what was over before anybody looked"),
        pytest.param(
            None, BURNS, Episode("checkout", WarningKind.BURN, Severity.PAGE, NOON, NOON), id="opens"
        ),
        pytest.param(URGENT, BURNS, URGENT, id="goes on"),
        pytest.param(
            URGENT, TRAILS, URGENT.resolved(NOON), id="an urgent one is over as soon as it is quiet"
        ),
        pytest.param(URGENT, UNKNOWN, URGENT, id="no data is no good sign"),
        pytest.param(SLOW, TRAILS, SLOW, id="one that can wait stays while its condition holds"),
        pytest.param(SLOW, QUIET, SLOW.resolved(NOON), id="and is over when that holds no more"),
        pytest.param(SLOW, BURNS, replace(SLOW, severity=Severity.PAGE), id="gets urgent"),
        pytest.param(URGENT, LEAKS, URGENT, id="and stays urgent"),
        pytest.param(OVER, TRAILS, OVER, id="what trails reopens nothing"),
        pytest.param(
            OVER, BURNS, replace(OVER, resolved_at=None, reopened=1), id="what burns again is the same"
        ),
        pytest.param(
            OVER,
            LEAKS,
            replace(OVER, severity=Severity.TICKET, resolved_at=None, reopened=1),
            id="more slowly",
        ),
        pytest.param(LONG_OVER, QUIET, LONG_OVER, id="long over"),
        pytest.param(
            LONG_OVER,
            BURNS,
            Episode("checkout", WarningKind.BURN, Severity.PAGE, NOON, NOON),
            id="another one",
        ),
    ],
)
def test_a_burn(last: Episode | None, sight: Sight, after: Episode | None) -> None:
    assert follow_burn("checkout", last, sight) == after


def test_a_breach_is_noted_once_and_not_where_it_was_there_before() -> None:
    breached = follow_burn("checkout", URGENT, replace(BURNS, breached=True))
    assert breached == replace(URGENT, breached_at=NOON)
    later = replace(BURNS, at=NOON + MINUTE, breached=True)
    assert follow_burn("checkout", breached, later) == breached
    begun = follow_burn("checkout", None, replace(BURNS, breached=True))
    assert begun
    assert begun.breached_at == begun.opened_at


def test_a_condition_that_must_last() -> None:
    lasting = replace(BURNS, conditions=(replace(PAGE, after=5),))
    pending = follow_burn("checkout", None, lasting)
    assert pending
    assert pending.pending
    assert not pending.is_open
    four = replace(lasting, at=NOON + 4 * MINUTE)
    assert follow_burn("checkout", pending, four) == pending
    five = replace(lasting, at=NOON + 5 * MINUTE)
    assert follow_burn("checkout", pending, five) == replace(pending, opened_at=NOON + 5 * MINUTE)
    assert follow_burn("checkout", pending, QUIET) is None


def test_silence() -> None:
    silent = Sight(NOON, quiet=False, silent=True, heard=False)
    opened = follow_silence("checkout", None, silent)
    assert opened == Episode("checkout", WarningKind.SILENT, Severity.TICKET, NOON, NOON)
    assert follow_silence("checkout", opened, replace(silent, at=NOON + MINUTE)) == opened
    over = follow_silence("checkout", opened, replace(QUIET, at=NOON + MINUTE))
    assert over == opened.resolved(NOON + MINUTE)
    again = follow_silence("checkout", over, replace(silent, at=NOON + 2 * MINUTE))
    assert again == replace(opened, reopened=1)
    assert follow_silence("checkout", None, QUIET) is None


def test_what_an_episode_is() -> None:
    assert (URGENT.is_open, OVER.is_open, OVER.is_past(NOON), LONG_OVER.is_past(NOON)) == (
        True,
        False,
        False,
        True,
    )
    withdrawn = replace(OVER, below_since=NOON)
    assert (withdrawn.withdrawn, OVER.withdrawn, withdrawn.breached(NOON).withdrawn) == (True, False, False)


LATER = replace(PAGE, after=30)


def test_one_that_must_last_hides_none_that_is_due() -> None:
    both = replace(BURNS, conditions=(LATER, TICKET))
    opened = follow_burn("checkout", None, both)
    assert opened
    assert (opened.severity, opened.is_open) == (Severity.TICKET, True)
    assert follow_burn("checkout", opened, replace(both, at=NOON + 29 * MINUTE)) == opened
    urgent = follow_burn("checkout", opened, replace(both, at=NOON + 30 * MINUTE))
    assert urgent == replace(opened, severity=Severity.PAGE)


def test_what_was_over_meanwhile_does_not_open() -> None:
    lasting = replace(BURNS, conditions=(LATER,))
    pending = follow_burn("checkout", None, lasting)
    trails = replace(lasting, failing=False, quiet=True, at=NOON + 20 * MINUTE)
    assert follow_burn("checkout", pending, trails) is None


def test_another_severity_has_to_last_by_itself() -> None:
    slow = replace(LEAKS, conditions=(replace(TICKET, after=60),))
    pending = follow_burn("checkout", None, slow)
    worse = replace(BURNS, conditions=(LATER, replace(TICKET, after=60)), at=NOON + 59 * MINUTE)
    anew = follow_burn("checkout", pending, worse)
    assert anew
    assert anew.pending
    assert anew.severity is Severity.PAGE


def test_nothing_is_over_before_it_was_opened() -> None:
    assert URGENT.resolved(NOON - timedelta(days=1)).resolved_at == URGENT.opened_at
