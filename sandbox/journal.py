"""What the sandbox remembers, in SQLite: a file, or memory only."""

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

SCHEMA = """
create table if not exists messages (
  channel text not null, ts text not null, thread_ts text, seen_by text, body text not null,
  primary key (channel, ts));
create index if not exists by_thread on messages (channel, thread_ts);
create table if not exists last_ts (channel text primary key, ts text not null);
create table if not exists members (
  channel text not null, user text not null, present integer not null, primary key (channel, user));
create table if not exists direct (user text primary key, channel text not null unique);
create table if not exists archived (channel text primary key);
create table if not exists response_urls (
  token text primary key, channel text not null, user text not null, message_ts text, thread_ts text,
  made_at real not null, used integer not null);
create table if not exists clock (one integer primary key, ahead integer not null);
"""


@dataclass(frozen=True)
class Stored:
    """A message as kept; `seen_by` is the one person who sees an ephemeral one."""

    channel: str
    ts: str
    body: dict[str, Any] = field(repr=False)
    thread_ts: str | None = None
    seen_by: str | None = None


class Journal:
    """One connection, one lock: servers and tests call from different threads."""

    def __init__(self, path: str | None) -> None:
        self._db = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        self._lock = threading.RLock()
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        self._db.close()

    def run(self, sql: str, *values: Any) -> int:
        """The number of rows that changed."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def messages(self, where: str, *values: Any) -> list[Stored]:
        """Oldest first. `where` is SQL of ours, never of a request."""
        found = self.rows(
            f"select channel, ts, body, thread_ts, seen_by from messages where {where}",  # noqa: S608
            *values,
        )
        return [Stored(row[0], row[1], json.loads(row[2]), row[3], row[4]) for row in found]

    def save(self, message: Stored) -> None:
        self.run(
            "insert or replace into messages (channel, ts, thread_ts, seen_by, body) values (?, ?, ?, ?, ?)",
            message.channel,
            message.ts,
            message.thread_ts,
            message.seen_by,
            json.dumps(message.body, ensure_ascii=False),
        )

    def delete(self, channel: str, ts: str) -> None:
        self.run("delete from messages where channel = ? and ts = ?", channel, ts)

    def next_ts(self, channel: str, micros: int) -> str:
        """A ts at that time, or just after the channel's last one, whatever the clock does."""
        with self._lock:
            last = self.rows("select ts from last_ts where channel = ?", channel)
            if last:
                micros = max(micros, int(last[0][0].replace(".", "")) + 1)
            ts = f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
            self.run("insert or replace into last_ts (channel, ts) values (?, ?)", channel, ts)
            return ts

    def add_members(self, channel: str, users: Sequence[str]) -> None:
        """Those who are not known there yet: somebody removed stays removed."""
        for user in users:
            self.run("insert or ignore into members (channel, user, present) values (?, ?, 1)", channel, user)
