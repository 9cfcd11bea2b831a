"""`steward tick`: every due job once, for cron, for serverless, for looking back."""

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from bot.heartbeat import Heartbeat
from bot.logs import set_up_logs
from bot.settings import Settings
from bot.verbs.arguments import parser
from bot.wiring import SYSTEM_CLOCK, Opened, opened, or_now, poster, refuse_sandbox_database, tick_context
from connectors.slack import SlackPoster
from domain.notice import Notice, NoticeState
from domain.refusal import Unreachable
from jobs.listing import DECIDING, SAYING, run_due


def run(words: Sequence[str]) -> int:
    """Decide as of --at, say it now; 1 where a job failed or something could not be said."""
    made = parser("tick", "Run every due job once.", at="the instant that jobs decide as of; default now")
    arguments = made.parse_args(words)
    settings = Settings.read()
    set_up_logs(settings)
    at = or_now(arguments.at)
    with opened(settings, arguments.workspace) as found, closing(poster(settings)) as slack:
        refuse_sandbox_database(settings, found)
        Heartbeat(found, SYSTEM_CLOCK).beat()
        before = _waiting(found)
        failed = run_due(tick_context(settings, found, at=at), DECIDING)
        if _needs_slack(found) and _answers(slack):
            context = tick_context(settings, found, slack, at=at)
            failed += run_due(replace(context, drain=True), SAYING)
        return _report(found, before, failed)


def _needs_slack(found: Opened) -> bool:
    """Whether there is something to say, or a user group to look up."""
    with found.store.read(found.workspace) as tx:
        return bool(tx.outbox.waiting()) or any(team.usergroup for team in tx.teams.all())


def _answers(slack: SlackPoster) -> bool:
    """Whether there is a Slack; where there is none, what is said waits in the outbox."""
    try:
        slack.identity()
    except Unreachable as error:
        print(f"steward: {error}", file=sys.stderr)
        return False
    return True


def _waiting(found: Opened) -> set[str]:
    with found.store.read(found.workspace) as tx:
        return {notice.key for notice in tx.outbox.all() if notice.state is not NoticeState.PENDING}


def _report(found: Opened, before: set[str], failed: Sequence[str]) -> int:
    with found.store.read(found.workspace) as tx:
        notices = [notice for notice in tx.outbox.all() if notice.key not in before]
    for notice in notices:
        print(_line(notice))
    if not notices:
        print("Nothing was due.")
    for job in failed:
        print(f"The job {job} failed; the log says why.")
    unsaid = [notice for notice in notices if notice.state is not NoticeState.SENT]
    return 1 if failed or unsaid else 0


def _line(notice: Notice) -> str:
    reason = f" ({notice.reason})" if notice.reason else ""
    return f"{notice.state}  {notice.key}  {notice.channel}{reason}: {notice.content.text}"
