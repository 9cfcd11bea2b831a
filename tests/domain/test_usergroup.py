"""When Slack is asked who is in a user group, and what is known after it did not say."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.usergroup import MOST_A_MINUTE, Members, NotSaid, Usergroup, after_look, due_groups

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("age", "trouble", "due"),
    [
        pytest.param(10 * MINUTE - timedelta(seconds=1), None, False, id="looked up within ten minutes"),
        pytest.param(10 * MINUTE, None, True, id="ten minutes ago"),
        pytest.param(MINUTE - timedelta(seconds=1), "missing_scope", False, id="trouble just now"),
        pytest.param(MINUTE, "missing_scope", True, id="trouble a minute ago"),
        pytest.param(-9 * MINUTE, None, False, id="another worker's clock is ahead"),
        pytest.param(-60 * MINUTE, None, True, id="the clock was set back"),
    ],
)
def test_when_it_is_asked_again(age: timedelta, trouble: str | None, due: bool) -> None:
    known = Usergroup("S0PAY", (), NOON - age, trouble)
    assert due_groups(["S0PAY"], {"S0PAY": known}, at=NOON) == (["S0PAY"] if due else [])


def test_new_ones_come_first_then_the_oldest_and_what_no_team_names_never() -> None:
    known = {
        name: Usergroup(name, (), NOON - age * MINUTE) for name, age in (("S1", 11), ("S2", 12), ("S3", 99))
    }
    assert due_groups(["S1", "S2", "S9", "S8"], known, at=NOON) == ["S8", "S9", "S2", "S1"]


def test_never_more_a_minute_than_slack_takes() -> None:
    wanted = [f"S{number:02}" for number in range(40)]
    assert due_groups(wanted, {}, at=NOON) == wanted[:MOST_A_MINUTE]
    known = {name: Usergroup(name, (), NOON) for name in wanted[:MOST_A_MINUTE]}
    assert due_groups(wanted, known, at=NOON + timedelta(seconds=59)) == []
    assert due_groups(wanted, known, at=NOON + MINUTE) == wanted[MOST_A_MINUTE : 2 * MOST_A_MINUTE]


def test_who_was_in_it_is_kept_when_slack_does_not_say() -> None:
    before = Usergroup("S0PAY", ("U0ANA",), NOON - 10 * MINUTE)
    kept = after_look("S0PAY", before, NotSaid("missing_scope"), at=NOON)
    assert kept == Usergroup("S0PAY", ("U0ANA",), NOON, "missing_scope")
    assert after_look("S0NEW", None, NotSaid("no_answer"), at=NOON) == Usergroup(
        "S0NEW", (), NOON, "no_answer"
    )
    assert after_look("S0PAY", kept, Members(("U0BEN",)), at=NOON) == Usergroup("S0PAY", ("U0BEN",), NOON)
