"""What was changed in Slack: files undo it only where somebody says so."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from domain.definition import Definitions
from domain.plan import Current, Plan, UndoesSlack
from domain.planning import plan
from domain.slack_change import SlackChange
from domain.team import DigestSchedule, Team
from tests.domain.applying import applied

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
TEN, NINE = DigestSchedule(time(10)), DigestSchedule(time(9))
MARK = SlackChange("digest", "U0B2", MONDAY)
CHANGED = Team("payments", digest=TEN, slack_changes=(MARK,))
STOPPED = replace(CHANGED, digest=replace(TEN, off=True))


def files(**fields: object) -> Definitions:
    return Definitions(teams=(Team("payments", **fields),))  # type: ignore[arg-type]


def stored(team: Team) -> Current:
    return Current(teams=(team,))


def test_files_that_differ_are_refused_with_who_and_when() -> None:
    planned = plan(files(digest=NINE), stored(CHANGED), at=TUESDAY)
    (change,) = planned.changes
    assert change.undoes == (MARK,)
    with pytest.raises(UndoesSlack) as refusal:
        planned.refuse_undoing()
    assert str(refusal.value) == (
        "The files would undo what was changed in Slack: the digest of team `payments` (U0B2, "
        "2026-11-23 09:00 UTC). Put it into the files, or let them win with --overwrite. Nothing was applied."
    )


def test_with_overwrite_files_win_and_the_mark_goes() -> None:
    planned = plan(files(digest=NINE), stored(CHANGED), at=TUESDAY, overwrite=True)
    planned.refuse_undoing()
    assert planned.teams_to_save == (Team("payments", digest=NINE),)
    assert [change.undoes for change in planned.changes] == [(MARK,)]
    assert plan(files(digest=NINE), applied(planned, stored(CHANGED)), at=TUESDAY) == Plan()


def test_files_that_agree_drop_the_mark_in_silence() -> None:
    planned = plan(files(digest=TEN), stored(CHANGED), at=TUESDAY)
    assert planned.empty
    assert planned.teams_to_save == (replace(CHANGED, slack_changes=()),)
    assert plan(files(digest=TEN), applied(planned, stored(CHANGED)), at=TUESDAY) == Plan()


def test_other_fields_may_change() -> None:
    planned = plan(files(digest=TEN, manager="U0A1"), stored(CHANGED), at=TUESDAY)
    planned.refuse_undoing()
    (change,) = planned.changes
    assert ([field.field for field in change.fields], change.undoes) == (["manager"], ())


def test_files_never_start_a_stopped_digest() -> None:
    assert plan(files(digest=TEN), stored(STOPPED), at=TUESDAY) == Plan()
    unmarked = replace(STOPPED, slack_changes=())
    planned = plan(files(digest=NINE), stored(unmarked), at=TUESDAY)
    planned.refuse_undoing()
    assert planned.teams_to_save == (replace(unmarked, digest=replace(NINE, off=True)),)


def test_with_overwrite_they_do() -> None:
    planned = plan(files(digest=TEN), stored(STOPPED), at=TUESDAY, overwrite=True)
    assert planned.teams_to_save == (Team("payments", digest=TEN),)
    assert [change.undoes for change in planned.changes] == [(MARK,)]
