"""Gathers what `steward doctor` looks at. What is away becomes a finding; the rest is looked at all the same."""

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from bot.clock import SystemClock
from bot.manifest import scopes
from bot.settings import Settings
from bot.wiring import Opened, opened, poster, refuse_sandbox_database
from connectors.slack import SlackPoster
from domain.channel import UnknownChannel
from domain.checkup import (
    check_agreements,
    check_notices,
    check_objectives,
    check_processes,
    check_teams,
)
from domain.finding import Finding, error, ok
from domain.in_effect import apart
from domain.planned import Promises
from domain.refusal import Refusal
from domain.slack_checkup import check_channels, check_clock, check_scopes, check_usergroups
from domain.team import Team


def check_up(workspace: str | None, *, at: datetime) -> Iterator[Finding]:
    """All findings, as they are found."""
    try:
        settings = Settings.read()
        if not settings.sandbox:
            settings.require_slack()
    except Refusal as refusal:
        yield error("settings", str(refusal))
        return
    yield ok("settings")
    teams: list[Team] = []
    try:
        with opened(settings, workspace) as found:
            refuse_sandbox_database(settings, found)
            yield ok("database and its migrations")
            teams += _teams(found)
            yield from _of_database(found, teams, at)
    except Refusal as refusal:
        yield error("database", str(refusal))
    yield from _of_slack(settings, teams)


def _teams(found: Opened) -> list[Team]:
    with found.store.read(found.workspace) as tx:
        return tx.teams.all()


def _of_database(found: Opened, teams: list[Team], at: datetime) -> Iterator[Finding]:
    with found.store.read(found.workspace) as tx:
        standings, agreements, notices = tx.standings.all(at=at), tx.agreements.all(), tx.outbox.all()
        processes, groups = tx.processes.all(), {one.id: one for one in tx.usergroups.looked_up()}
    promises = Promises({one.name: one for one in agreements}, {one.name: one for one in teams}, {})
    counted, _ = apart(standings, promises, at=at)
    yield from check_teams(teams)
    yield from check_usergroups(teams, groups)
    yield from check_objectives(counted)
    yield from check_agreements(agreements, teams, at=at)
    yield from check_notices(notices, at=at)
    yield check_processes(processes, at=at)


def _of_slack(settings: Settings, teams: list[Team]) -> Iterator[Finding]:
    if settings.sandbox:
        yield ok("Slack: no tokens are set, so Steward plays on its sandbox")
        return
    slack = poster(settings)
    try:
        identity = slack.identity()
        yield ok(f"Slack: token of workspace {identity.team_id}")
        yield check_clock(SystemClock().now(), _instant(identity.date))
        yield check_scopes(identity.scopes, scopes())
        yield from _of_channels(slack, teams)
    except Refusal as refusal:
        yield error("Slack", str(refusal))
    finally:
        slack.close()


def _of_channels(slack: SlackPoster, teams: list[Team]) -> Iterator[Finding]:
    try:
        channels = slack.channels()
    except UnknownChannel as unknown:
        remedy = "see the scopes above" if unknown.error == "missing_scope" else "try again"
        yield error(f"channels: Slack does not list them ({unknown.error})", remedy)
        return
    if not channels:
        yield ok("channels: Slack lists none, as an emulator does")
        return
    yield from check_channels(teams, channels)


def _instant(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return None
