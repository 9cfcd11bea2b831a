"""User groups: who is in those that teams name is looked up in Slack, and kept for ten minutes."""

import logging
from collections.abc import Mapping, Sequence

from domain.usergroup import Usergroup, after_look, due_groups
from jobs.job import Context, Directory, Job

log = logging.getLogger(__name__)


def run(context: Context) -> None:
    """Ask Slack about the groups that are due; without Slack, or without such teams, nothing."""
    directory = context.directory
    if directory is None or directory.stopping:
        return
    at = context.clock.now()
    with context.store.read(context.workspace) as tx:
        wanted = {team.usergroup for team in tx.teams.all() if team.usergroup}
        known = {one.id: one for one in tx.usergroups.looked_up()}
    due, unused = due_groups(wanted, known, at=at), known.keys() - wanted
    if not due and not unused:
        return
    looked = _looked_up(directory, due, known, context)
    with context.store.transaction(context.workspace) as tx:
        tx.usergroups.save(looked)
        tx.usergroups.remove(unused)


def _looked_up(
    directory: Directory, due: Sequence[str], known: Mapping[str, Usergroup], context: Context
) -> list[Usergroup]:
    """What is known of them now; not of those that were given up since Steward stops."""
    asked = {group: directory.members(group) for group in due}
    answers = {group: future.result() for group, future in asked.items()}
    if directory.stopping:
        return []
    at = context.clock.now()
    looked = [after_look(group, known.get(group), answer, at=at) for group, answer in answers.items()]
    for one in looked:
        _log_news(one, known.get(one.id))
    return looked


def _log_news(now: Usergroup, before: Usergroup | None) -> None:
    """Trouble is said when it begins, changes and ends, not at each look."""
    was = before.trouble if before else None
    if now.trouble and now.trouble != was:
        log.error("Slack does not say who is in the user group %s: %s", now.id, now.trouble)
    elif was and not now.trouble:
        log.warning("Slack says again who is in the user group %s", now.id)


JOB = Job("usergroups", run)
