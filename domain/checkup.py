"""What is wrong with definitions, figures, notices and processes: pure rules over what was read."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.agreement import Agreement
from domain.finding import Finding, error, listed, ok, warning
from domain.notice import Notice, NoticeState
from domain.standing import Standing
from domain.team import Team
from domain.ticking import MISSED_AFTER, Ticking, newest

LOOK_BACK = timedelta(days=7)
"""Older losses are history."""

LONGEST_WAIT = timedelta(hours=1)
LATE_SECONDS = 10.0
FILES = "then `steward apply FILES`"


def check_teams(teams: Sequence[Team]) -> list[Finding]:
    """Teams of our own that nobody could reach."""
    alone = [team.name for team in teams if team.internal and not _reachable(team)]
    if alone:
        return [
            warning(
                f"nobody can reach {listed(alone)}", f"give channel, members or manager in the file, {FILES}"
            )
        ]
    return [ok(f"teams: {len(teams)}")]


def _reachable(team: Team) -> bool:
    return any((team.channel, team.members, team.usergroup, team.manager))


def check_objectives(standings: Sequence[Standing]) -> list[Finding]:
    """Objectives without an owner, and those of which nothing is received."""
    if not standings:
        return [warning("no objectives are defined", "`steward apply FILES`")]
    found = []
    if unowned := [one.name for one in standings if one.terms.owner is None]:
        found.append(warning(f"no owner: {listed(unowned)}", f"`steward/owner` in the file, {FILES}"))
    if never := [one.name for one in standings if one.figures.first_minute is None]:
        found.append(
            warning(f"never measured: {listed(never)}", "send measurements, or `steward import FILE`")
        )
    if silent := [one.name for one in standings if one.silent and one.figures.first_minute is not None]:
        found.append(warning(f"nothing received for 24 h: {listed(silent)}", "look at whatever sends them"))
    return found or [ok(f"objectives: {len(standings)}, all owned and measured")]


def check_agreements(
    agreements: Sequence[Agreement], teams: Iterable[Team], *, at: datetime
) -> list[Finding]:
    """Agreements that ended, or whose review is past, on the provider's calendar."""
    zones = {team.name: team.timezone for team in teams}
    today = {one.name: at.astimezone(ZoneInfo(zones.get(one.provider, "UTC"))).date() for one in agreements}
    ended = [one for one in agreements if one.effective_until and one.effective_until < today[one.name]]
    overdue = [one for one in agreements if one not in ended and one.review and one.review < today[one.name]]
    found = [
        warning(
            f"agreement {one.name} ended on {one.effective_until}", f"renew or remove it in its file, {FILES}"
        )
        for one in ended
    ]
    found += [
        warning(
            f"agreement {one.name} was to be reviewed on {one.review}", "review it, then set the next date"
        )
        for one in overdue
    ]
    return found or [ok(f"agreements: {len(agreements)}")]


def check_notices(notices: Sequence[Notice], *, at: datetime) -> list[Finding]:
    """What was lost within a week, and what waits for more than an hour."""
    found = [_lost(notice) for notice in notices if _was_lost(notice) and at - notice.created_at <= LOOK_BACK]
    late = [notice for notice in notices if _is_late(notice, at)]
    if late:
        reason = f" ({late[0].reason})" if late[0].reason else ""
        found.append(
            error(
                f"waiting for over an hour: {listed([one.key for one in late])}{reason}",
                "is `steward run` or `steward worker` running, and Slack reached?",
            )
        )
    return found or [ok("notices: none lost lately, none late")]


def check_processes(processes: Sequence[Ticking], *, at: datetime) -> Finding:
    """Whether something runs the jobs: else no digest is made and nothing is said."""
    last = newest(processes)
    start = "start `steward run` or `steward worker`; where cron calls `steward tick`, all is well"
    if last is None:
        return warning("no process runs the jobs", start)
    unseen = last.unseen(at=at)
    if unseen > MISSED_AFTER:
        minutes = int(unseen.total_seconds() // 60)
        return error(f"no process has run the jobs for {minutes:,} minutes ({last.name} was the last)", start)
    late = [
        one.name for one in processes if one.late_seconds > LATE_SECONDS and one.unseen(at=at) <= MISSED_AFTER
    ]
    if late:
        return warning(
            f"jobs come late in {listed(late)}",
            "is the machine overloaded, or the database slow? see /metrics",
        )
    return ok(f"processes that run the jobs: {sum(one.unseen(at=at) <= MISSED_AFTER for one in processes)}")


def _was_lost(notice: Notice) -> bool:
    given_up = (NoticeState.FAILED, NoticeState.AMBIGUOUS, NoticeState.STALE)
    return notice.state in given_up and not notice.is_sought


def _lost(notice: Notice) -> Finding:
    what = f"{notice.state}: {notice.key} for {notice.channel} ({notice.reason or 'no reason kept'})"
    match notice.state:
        case NoticeState.AMBIGUOUS:
            return warning(what, f"look in {notice.channel}: it is not posted again")
        case NoticeState.STALE:
            return warning(what, "it was too old to be said; the next one tells what it missed")
    return error(
        what, "mend what Slack says; where Steward is invited it comes after all, unless it is too late"
    )


def waiting_since(notice: Notice) -> datetime | None:
    """Since when it should have been said; None where it was, or where only its new state waits.

    Once tried, its `not_before` is the next try.
    """
    waits = notice.state in (NoticeState.PENDING, NoticeState.SENDING) or notice.is_sought
    if not waits or notice.stands:
        return None
    meant_for = notice.created_at if notice.attempts else notice.not_before
    return max(notice.created_at, meant_for or notice.created_at)


def _is_late(notice: Notice, at: datetime) -> bool:
    since = waiting_since(notice)
    return since is not None and at - since > LONGEST_WAIT
