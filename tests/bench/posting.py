"""A client of the intake, as a process of its own: posts until its standard input ends, then says how much got in."""

import json
import select
import sys
from datetime import UTC, datetime, timedelta

import httpx

from bot.intake import PATH
from tests.bench.seeding import name_of

TOKEN = "the-token-of-the-benchmark"
BULK = 50_000
OLDEST = 14
MINUTES = 19
"""From a quarter of an hour ago to five minutes ahead: what is not sealed yet."""


def main(address: str, first: int, count: int) -> int:
    """A minute of `count` objectives each second; of BULK many minutes as fast as they are taken."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    accepted = turn = 0
    bulk = _bulk() if count == BULK else None
    print("ready", flush=True)
    with httpx.Client(base_url=address, trust_env=False, timeout=30, headers=headers) as client:
        while not select.select([sys.stdin], [], [], 0 if bulk else _to_next_second())[0]:
            answer = client.post(PATH, content=bulk or _tick(turn, first, count))
            accepted += answer.raise_for_status().json()["accepted"]
            turn += 1
    return accepted


def _to_next_second() -> float:
    return 1 - datetime.now(UTC).microsecond / 1e6


def _tick(turn: int, first: int, count: int) -> bytes:
    at = datetime.now(UTC) + timedelta(minutes=turn % MINUTES - OLDEST)
    return _body(at, range(first, first + count))


def _bulk() -> bytes:
    now = datetime.now(UTC)
    return _body(now - timedelta(hours=3), range(1_000), minutes=BULK // 1_000)


def _body(at: datetime, objectives: range, *, minutes: int = 1) -> bytes:
    starts = [f"{at + timedelta(minutes=minute):%Y-%m-%dT%H:%M:00Z}" for minute in range(minutes)]
    measured = [
        {"objective": name_of(i), "start": start, "good": 600 - i % 3, "total": 600}
        for start in starts
        for i in objectives
    ]
    return json.dumps({"measurements": measured}).encode()


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
