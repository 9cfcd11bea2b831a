"""Notices as rows, and back."""

from typing import Any

from sqlalchemy import Row

from domain.notice import Claim, Content, Notice, NoticeState


def notice_to_row(notice: Notice) -> dict[str, Any]:
    """The columns that say the notice."""
    return {
        "key": notice.key,
        "channel": notice.channel,
        "team": notice.team,
        "text": notice.content.text,
        "blocks": notice.content.blocks,
        "created_at": notice.created_at,
        "state": notice.state.value,
        "not_before": notice.not_before,
        "attempts": notice.attempts,
        "reason": notice.reason,
        "ts": notice.ts,
        "posted_in": notice.posted_in,
        "thread": notice.thread,
        "internal": notice.internal,
        "version": notice.version,
        "posted_version": notice.posted_version,
        "not_after": notice.not_after,
        "first_try_at": notice.first_try_at,
        "looks": notice.looks,
    }


def claim_from_row(row: Row[Any], parent: Any = None, *, by: str | None = None) -> Claim:
    """A notice that `by`, else who claimed it, works on; `parent` is the row of the one that it stands under."""
    return Claim(row.id, by or row.claimed_by, notice_from_row(row), parent.ts if parent else None)


def notice_from_row(row: Row[Any]) -> Notice:
    """What `notice_to_row` wrote."""
    return Notice(
        key=row.key,
        channel=row.channel,
        content=Content(row.text, row.blocks),
        created_at=row.created_at,
        team=row.team,
        state=NoticeState(row.state),
        not_before=row.not_before,
        attempts=row.attempts,
        reason=row.reason,
        ts=row.ts,
        posted_in=row.posted_in,
        thread=row.thread,
        internal=row.internal,
        version=row.version,
        posted_version=row.posted_version,
        not_after=row.not_after,
        first_try_at=row.first_try_at,
        looks=row.looks,
    )
