"""Planned work: each occurrence is announced in time and at its start, and its withdrawal is told; once each."""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from domain.announcement import Announcement, Commitments, Stage, affected_by_withdrawal, matters
from domain.exclusion import Exclusion
from domain.minutes import minute_of
from jobs.items import each
from jobs.job import Context, Job
from messages.announcement import AnnouncementFacts, announcement_message
from storage.store import Store
from storage.transaction import Transaction

LOOKED: WeakKeyDictionary[Store, dict[str, tuple[int, int]]] = WeakKeyDictionary()
"""For each workspace of a store the version of its definitions, and the minute, that were looked at last."""


def run(context: Context) -> None:
    """Find out what should have been said by now, and write it down; one that fails is its own."""
    with context.store.read(context.workspace) as tx:
        if _looked_already(context, tx.workspace.definitions_version):
            return
        exclusions = [one for one in tx.exclusions.all() if matters(one, at=context.at)]
        commitments = Commitments.of(
            tx.objectives.with_retired(), tx.agreements.all(), tx.teams.all(), tx.calendars.all()
        )
        unsaid: list[Announcement] = []
        each(
            exclusions,
            lambda one: unsaid.extend(_unsaid(tx, one, commitments, context)),
            doing=lambda one: f"what is due of planned work {one.name}",
        )
    each(unsaid, lambda one: _say(context, one, commitments), doing=lambda one: f"announcement {one.key}")


def _looked_already(context: Context, version: int) -> bool:
    """Whether this process did so in the same minute, and nothing was defined or planned since.

    All that lies ahead is compared with what was said, which is too much for every second.
    """
    looked, minute = LOOKED.setdefault(context.store, {}), minute_of(context.at)
    if looked.get(context.workspace) == (version, minute):
        return True
    looked[context.workspace] = (version, minute)
    return False


def _unsaid(
    tx: Transaction, exclusion: Exclusion, commitments: Commitments, context: Context
) -> Iterator[Announcement]:
    """What is due and not in the outbox."""
    if exclusion.withdrawn_at is not None:
        yield from _withdrawal(tx, exclusion, commitments)
    due = [
        one
        for occurrence, stage in commitments.due(exclusion, at=context.at)
        for one in commitments.announcements(exclusion, occurrence, stage)
    ]
    said = tx.outbox.known([one.key for one in due])
    yield from (one for one in due if one.key not in said)


def _withdrawal(tx: Transaction, exclusion: Exclusion, commitments: Commitments) -> Iterator[Announcement]:
    """For those who had heard of the occurrence that it would have concerned first."""
    for occurrence in affected_by_withdrawal(exclusion, at=exclusion.withdrawn_at or exclusion.announced_at)[
        :1
    ]:
        for one in commitments.announcements(exclusion, occurrence, Stage.WITHDRAWN):
            heard = any(tx.outbox.by_key(key) for key in one.earlier_keys)
            if heard and not tx.outbox.by_key(one.key):
                yield one


def _say(context: Context, announcement: Announcement, commitments: Commitments) -> None:
    """Nothing where the work was changed or withdrawn meanwhile, or where another worker was first."""
    effects = commitments.effects(announcement.exclusion, announcement.occurrence, announcement.concerns)
    message = announcement_message(
        AnnouncementFacts(announcement, effects, context.at), command=context.command
    )
    with context.store.transaction(context.workspace) as tx:
        if tx.exclusions.by_name(announcement.exclusion.name) == announcement.exclusion:
            tx.outbox.add(announcement.notice(message.content, at=context.at))


JOB = Job("planned", run)
