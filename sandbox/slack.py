"""The state of the pretended workspace: its channels, its messages, and what may be done to them."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sandbox.changes import Changes
from sandbox.clock import MovedClock
from sandbox.errors import RateLimited, SlackError
from sandbox.journal import Journal, Stored
from sandbox.tiers import MethodPace
from sandbox.triggers import Triggers
from sandbox.views import Views
from sandbox.workspace import Channel, WorkspaceSeed

TS = re.compile(r"\d+\.\d{6}")


@dataclass(frozen=True)
class Draft:
    """What is about to be said; `user` says it, `seen_by` makes it ephemeral."""

    channel: str
    user: str
    content: Mapping[str, Any]
    thread_ts: str | None = None
    seen_by: str | None = None


class SandboxSlack:
    """One workspace. `clock` gives aware UTC datetimes; `path=None` keeps everything in memory.

    Time is read by calling `slack.clock`, which can be moved forward. `token_refusal` and `plan_refusal` are the
    errors of a revoked token and of a free plan, empty while all is well; in `restricted` channels apps may not post.
    """

    def __init__(self, seed: WorkspaceSeed, *, path: str | None, clock: Callable[[], datetime]) -> None:
        self.seed = seed
        self.journal = Journal(path)
        self.changes = Changes()
        self.clock = MovedClock(clock, self.journal, self.changes)
        self.tickets: set[str] = set()
        self.scopes: frozenset[str] | None = None
        self.enforces_scopes = False
        self.enforces_tiers = False
        self.has_home = False
        self.triggers = Triggers(self.clock)
        self.views = Views()
        self.pace_of_methods = MethodPace(self.clock)
        self.token_refusal = ""
        self.plan_refusal = ""
        self.restricted: frozenset[str] = frozenset()
        self._pace_lock = threading.Lock()
        self._last_post: dict[str, float] = {}
        self._seeded = {channel.id: channel for channel in seed.channels}
        for channel in seed.channels:
            self.journal.add_members(channel.id, sorted(channel.members))

    def close(self) -> None:
        self.changes.stop()
        self.journal.close()

    def advance(self, by: timedelta) -> datetime:
        """Move the clock forward; the new time. SlackError `invalid_clock`, see `MovedClock`."""
        return self.clock.advance(by)

    def advance_to(self, instant: datetime) -> datetime:
        """Move the clock forward to an aware instant; the new time. SlackError as `advance`."""
        return self.clock.advance_to(instant)

    # Channels

    def channels(self) -> tuple[Channel, ...]:
        """All of the workspace's, direct conversations included, with the members that they have now."""
        rows = self.journal.rows("select user, channel from direct order by user")
        members: dict[str, set[str]] = {}
        for channel, user in self.journal.rows("select channel, user from members where present"):
            members.setdefault(channel, set()).add(user)
        lasting = (replace(one, members=frozenset(members.get(one.id, ()))) for one in self.seed.channels)
        return (*lasting, *(self._direct(row[0], row[1]) for row in rows))

    def channel(self, channel_id: str) -> Channel | None:
        seeded = self._seeded.get(channel_id)
        if seeded is None:
            rows = self.journal.rows("select user from direct where channel = ?", channel_id)
            return self._direct(rows[0][0], channel_id) if rows else None
        rows = self.journal.rows("select user from members where channel = ? and present", channel_id)
        return replace(seeded, members=frozenset(row[0] for row in rows))

    def is_shared(self, channel: Channel) -> bool:
        """Whether people of another workspace are in it."""
        return any(self.is_stranger(member) for member in channel.members)

    def is_stranger(self, user_id: str) -> bool:
        """Whether it is somebody of another workspace, where the app is not installed."""
        person = self.seed.person(user_id)
        return person is not None and person.team_id not in {"", self.seed.team_id}

    def channel_named(self, name: str) -> Channel | None:
        found = next((one.id for one in self.seed.channels if one.name == name), None)
        return self.channel(found) if found else None

    def is_archived(self, channel_id: str) -> bool:
        return bool(self.journal.rows("select 1 from archived where channel = ?", channel_id))

    def archive(self, channel_id: str) -> None:
        self.journal.run("insert or ignore into archived (channel) values (?)", channel_id)
        self.changes.notify()

    def unarchive(self, channel_id: str) -> None:
        self.journal.run("delete from archived where channel = ?", channel_id)
        self.changes.notify()

    def join(self, channel_id: str, user_id: str) -> bool:
        """Whether that is new."""
        changed = self.journal.run(
            "insert into members (channel, user, present) values (?, ?, 1)"
            " on conflict (channel, user) do update set present = 1 where present = 0",
            channel_id,
            user_id,
        )
        self.changes.notify()
        return changed > 0

    def leave(self, channel_id: str, user_id: str) -> None:
        self.journal.run(
            "insert or replace into members (channel, user, present) values (?, ?, 0)", channel_id, user_id
        )
        self.changes.notify()

    def open_direct(self, user_id: str) -> Channel:
        """The conversation of the bot with that person."""
        if self.seed.person(user_id) is None:
            raise SlackError("user_not_found")
        channel_id = "D" + user_id[1:]
        self.journal.run("insert or ignore into direct (user, channel) values (?, ?)", user_id, channel_id)
        return self._direct(user_id, channel_id)

    def _direct(self, user_id: str, channel_id: str) -> Channel:
        members = frozenset({user_id, self.seed.bot_user_id})
        return Channel(channel_id, user_id, is_private=True, members=members)

    # Messages

    def pace(self, channel_id: str) -> None:
        """RateLimited when the bot posted there less than a second ago."""
        at = self.clock().timestamp()
        with self._pace_lock:
            # A clock that was set back must not silence a channel, hence abs.
            if abs(at - self._last_post.get(channel_id, float("-inf"))) < 1:
                raise RateLimited(retry_after=1)
            self._last_post[channel_id] = at

    def post(self, draft: Draft) -> Stored:
        ts = self.journal.next_ts(draft.channel, round(self.clock().timestamp() * 1_000_000))
        person = self.seed.person(draft.user)
        team_id = (person.team_id if person else "") or self.seed.team_id
        body = {"type": "message", "user": draft.user, "ts": ts, "team": team_id, **draft.content}
        if draft.user == self.seed.bot_user_id:
            body |= {"bot_id": self.seed.bot_id, "app_id": self.seed.app_id}
        if draft.thread_ts:
            body["thread_ts"] = draft.thread_ts
        message = Stored(draft.channel, ts, body, draft.thread_ts, draft.seen_by)
        self._save(message)
        return message

    def edit(self, message: Stored, content: Mapping[str, Any]) -> Stored:
        """With new text and blocks; metadata stays unless given anew."""
        at = f"{self.clock().timestamp():.6f}"
        kept = {name: value for name, value in message.body.items() if name not in {"text", "blocks"}}
        edited = {} if message.seen_by else {"edited": {"user": message.body["user"], "ts": at}}
        changed = replace(message, body={**kept, **content, **edited})
        self._save(changed)
        return changed

    def delete(self, message: Stored) -> None:
        self.journal.delete(message.channel, message.ts)
        self.changes.notify()

    def message(self, channel_id: str, ts: str) -> Stored | None:
        found = self.journal.messages("channel = ? and ts = ?", channel_id, ts)
        return found[0] if found else None

    def visible(self, channel_id: str, user_id: str, *, most: int = 1_000_000) -> list[Stored]:
        """The newest that this person sees there, oldest first, with thread replies and ephemeral messages."""
        newest = self.journal.messages(
            "channel = ? and (seen_by is null or seen_by = ?) order by ts desc limit ?",
            channel_id,
            user_id,
            most,
        )
        return newest[::-1]

    def latest(self, channel_id: str, user_id: str) -> str | None:
        """The ts of the newest message that this person sees in the channel itself."""
        rows = self.journal.rows(
            "select max(ts) from messages where channel = ? and thread_ts is null"
            " and (seen_by is null or seen_by = ?)",
            channel_id,
            user_id,
        )
        return str(rows[0][0]) if rows[0][0] else None

    def ephemeral(self, channel_id: str, user_id: str) -> list[Stored]:
        return self.journal.messages("channel = ? and seen_by = ? order by ts", channel_id, user_id)

    def history(self, channel_id: str) -> list[Stored]:
        """What everyone sees in the channel itself, newest first."""
        return self.journal.messages(
            "channel = ? and seen_by is null and (thread_ts is null or json_extract(body, '$.subtype') ="
            " 'thread_broadcast') order by ts desc",
            channel_id,
        )

    def thread(self, channel_id: str, ts: str) -> list[Stored]:
        """The parent and its replies, oldest first."""
        return self.journal.messages(
            "channel = ? and seen_by is null and (ts = ? or thread_ts = ?) order by ts", channel_id, ts, ts
        )

    def _save(self, message: Stored) -> None:
        self.journal.save(message)
        self.changes.notify()
