"""Calendars, agreements and planned work: applied, stored, counted; and what was changed in Slack is not undone."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.wiring import open_store
from domain.exclusion import Exclusion
from domain.slack_change import SlackChange
from domain.team import DigestSchedule, Team
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.surroundings import Surroundings

APPLIED = "2026-11-20T12:00:00Z"
AT = "2026-11-24T12:00:00Z"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RETAIL = "apiVersion: steward/v1\nkind: Team\nmetadata: {name: retail}\nspec: {kind: customer}\n"
CALENDAR = """\
apiVersion: steward/v1
kind: Calendar
metadata: {name: weekdays}
spec:
  timezone: Europe/Berlin
  hours: {mon-fri: ["08:00-18:00"], sat: ["22:00-02:00"]}
  holidays: {country: DE, subdivision: BE, dates: [2026-12-24]}
"""
AGREEMENT = """\
apiVersion: steward/v1
kind: Agreement
metadata: {name: checkout-sla}
spec: {type: SLA, provider: payments, customer: retail, contact: U0C3, maintenanceNotice: 1wd, claimWithin: 30d,
  effective: {from: 2026-01-01, until: 2026-12-31}, review: 2026-10-01, serviceHours: weekdays,
  disputes: {answerWithin: 3wd, ruleWithin: 5wd, arbiter: U0D4}}
"""
EXCLUSION = """\
apiVersion: steward/v1
kind: Exclusion
metadata: {name: db-upgrade}
spec: {services: [checkout], from: "2026-11-24T10:00", to: "2026-11-24T11:00", timezone: Europe/Berlin,
  recurs: FREQ=WEEKLY;COUNT=3, reason: Upgrade of the payments database}
"""
SLO = slo("checkout-availability", "0.9").replace(
    "owner: payments", "owner: payments, steward/agreement: checkout-sla"
)
GOOD = file_of(TEAM, RETAIL, SERVICE, CALENDAR, AGREEMENT, SLO, EXCLUSION)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def slm(surroundings: Surroundings) -> Path:
    """A file with everything, applied."""
    path = surroundings.write("slm.yaml", GOOD)
    assert main(["apply", "slm.yaml", "--at", APPLIED]) == 0
    return path


def apply(*words: str) -> int:
    return main(["apply", "slm.yaml", "--at", AT, *words])


def payments() -> Team:
    with open_store() as (store, workspace), store.read(workspace) as tx:
        return next(team for team in tx.teams.all() if team.name == "payments")


def exclusion() -> Exclusion:
    with open_store() as (store, workspace), store.read(workspace) as tx:
        (found,) = tx.exclusions.all()
        return found


def change_digest(digest: DigestSchedule) -> None:
    with open_store() as (store, workspace), store.transaction(workspace) as tx:
        tx.teams.change_digest("payments", digest, by="U0B2", at=NOON)


def excluded_minutes(capsys: pytest.CaptureFixture[str]) -> int:
    capsys.readouterr()
    assert main(["status", "--json", "--at", AT]) == 0
    minutes = json.loads(capsys.readouterr().out)["objectives"][0]["excluded_minutes"]
    assert isinstance(minutes, int)
    return minutes


def test_applying_again_changes_nothing(slm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    for words in ([], ["--prune"], ["--check"], ["--overwrite"]):
        assert apply(*words) == 0
        assert capsys.readouterr().out == "Nothing to change.\n"


def test_planned_work_is_announced_when_it_is_applied_and_left_out(
    slm: Path, surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exclusion().announced_at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    surroundings.write(
        "counts.csv", "objective,start,good,total\ncheckout-availability,2026-11-23T09:00:00Z,1,1\n"
    )
    assert main(["import", "counts.csv"]) == 0
    assert excluded_minutes(capsys) == 60
    slm.write_text(file_of(TEAM, RETAIL, SERVICE, CALENDAR, AGREEMENT, SLO))
    assert apply() == 0
    assert excluded_minutes(capsys) == 60
    assert apply("--prune") == 0
    assert "- exclusion db-upgrade: removed; what it excluded counts again" in capsys.readouterr().out
    assert excluded_minutes(capsys) == 0


def test_work_at_another_time_is_announced_anew(slm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slm.write_text(GOOD.replace("T11:00", "T11:30"))
    assert apply() == 0
    assert "length 60 min → 90 min" in capsys.readouterr().out
    assert exclusion().announced_at == NOON
    slm.write_text(GOOD.replace("T11:00", "T11:30").replace("Upgrade of", "Repair of"))
    assert main(["apply", "slm.yaml", "--at", "2026-11-25T12:00:00Z"]) == 0
    assert exclusion().announced_at == NOON


def test_planned_work_of_slack_keeps_its_name(slm: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store() as (store, workspace), store.transaction(workspace) as tx, tx.measurements.recounted():
        tx.exclusions.save([replace(exclusion(), author="U0A1", length=timedelta(hours=2))])
    assert apply() == 1
    assert "error E604 U0A1 made `db-upgrade` in Slack" in capsys.readouterr().err
    slm.write_text(file_of(TEAM, RETAIL, SERVICE, CALENDAR, AGREEMENT, SLO))
    assert apply("--prune") == 0
    assert exclusion().author == "U0A1"


def test_what_was_changed_in_slack_is_shown_and_not_undone(
    slm: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change_digest(DigestSchedule(time(10)))
    capsys.readouterr()
    assert main(["plan", "slm.yaml", "--at", AT]) == 0
    told = "! undoes what U0B2 changed in Slack, 2026-11-24 12:00 UTC: digest of team payments"
    assert f"{told}, and needs --overwrite\n" in capsys.readouterr().out
    assert apply("--check") == 1
    assert apply() == 1
    assert "the digest of team `payments` (U0B2, 2026-11-24 12:00 UTC)" in capsys.readouterr().err
    assert payments().digest == DigestSchedule(time(10))
    assert apply("--overwrite") == 0
    assert f"{told}\n" in capsys.readouterr().out
    assert (payments().digest.at, payments().slack_changes) == (time(9), ())
    assert apply("--check") == 0


def test_a_refused_apply_changes_nothing_else(slm: Path) -> None:
    change_digest(DigestSchedule(time(10)))
    slm.write_text(GOOD.replace("Upgrade of", "Repair of"))
    assert apply() == 1
    assert exclusion().reason == "Upgrade of the payments database"


def test_a_file_that_says_what_slack_said_drops_the_mark(
    slm: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change_digest(DigestSchedule(time(10), frozenset(range(5))))
    assert payments().slack_changes == (SlackChange("digest", "U0B2", NOON),)
    slm.write_text(GOOD.replace('at: "09:00"', 'at: "10:00"'))
    capsys.readouterr()
    assert apply() == 0
    assert capsys.readouterr().out == "Nothing to change.\n"
    assert payments().slack_changes == ()


def test_a_stopped_digest_is_only_started_by_overwrite(slm: Path) -> None:
    stopped = replace(payments().digest, off=True)
    change_digest(stopped)
    assert apply() == 0
    assert payments().digest == stopped
    assert apply("--overwrite") == 0
    assert payments().digest == replace(stopped, off=False)
