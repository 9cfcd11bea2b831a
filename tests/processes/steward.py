"""Real processes of Steward: started, waited for with a deadline, stopped."""

import os
import re
import resource
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx

from bot.settings import Settings

COMMAND = (sys.executable, "-c", "from bot.cli import main; raise SystemExit(main())")
ROOT = Path(__file__).parents[2]
DEADLINE = 60.0
"""Seconds: generous, since only a test that fails waits for so long."""

T = TypeVar("T")


def soon(found: Callable[[], T], *, what: str, within: float = DEADLINE) -> T:
    """The first value that is something; looked for until the deadline."""
    until = time.monotonic() + within
    while not (value := found()):
        assert time.monotonic() < until, f"not within {within:.0f} s: {what}"
        time.sleep(0.05)
    return value


def environment(**variables: str) -> dict[str, str]:
    """This process's, without settings and proxies, and with these."""
    unwanted = {*Settings.model_fields, "http_proxy", "https_proxy", "all_proxy", "pythondontwritebytecode"}
    kept = {name: value for name, value in os.environ.items() if name.lower() not in unwanted}
    return {**kept, "PYTHONPATH": str(ROOT), **variables}


def steward(*words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A verb that ends by itself."""
    return subprocess.run(  # noqa: S603
        [*COMMAND, *words],
        cwd=folder,
        env=environment(**variables),
        timeout=DEADLINE,
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass
class Running:
    """A process that stays; `said` is what it has written to standard error so far."""

    process: subprocess.Popen[bytes]
    said: str = ""
    address: str = ""
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def __post_init__(self) -> None:
        assert self.process.stderr is not None
        os.set_blocking(self.process.stderr.fileno(), False)
        self._selector.register(self.process.stderr, selectors.EVENT_READ)

    def says(self, pattern: str, *, within: float = DEADLINE) -> re.Match[str]:
        """Wait for it on standard error."""
        until = time.monotonic() + within
        while not (match := re.search(pattern, self.said)):
            left = until - time.monotonic()
            assert left > 0, f"not said within {within:.0f} s: {pattern}\n{self.said}"
            if self._selector.select(left) and not self._read():
                assert re.search(pattern, self.said), f"ended without saying {pattern}\n{self.said}"
        return match

    def get(self, path: str, **params: str) -> httpx.Response:
        return self.request("GET", path, params=params)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        with httpx.Client(base_url=self.address, trust_env=False, timeout=DEADLINE) as client:
            return client.request(method, path, **options)

    def stop(self, signum: int = signal.SIGTERM, *, within: float = 10) -> int:
        """The exit status; nothing may be left running."""
        self.process.send_signal(signum)
        status = self.process.wait(within)
        self._read()
        return status

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._selector.close()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def _read(self) -> bool:
        """Take in what there is; False at the end."""
        assert self.process.stderr is not None
        while chunk := self.process.stderr.read(65536):
            self.said += chunk.decode()
        return chunk is None


@contextmanager
def running(
    *words: str,
    folder: Path,
    variables: Mapping[str, str],
    limits: Callable[[], None] | None = None,
    command: Sequence[str] = COMMAND,
) -> Iterator[Running]:
    """A process of Steward in `folder`; killed at the end where it was not stopped."""
    process = subprocess.Popen(  # noqa: S603
        [*command, *words],
        cwd=folder,
        env=environment(**variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=limits,
    )
    made = Running(process)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def running_sandbox(folder: Path, *, port: int = 0, **variables: str) -> Iterator[Running]:
    """`steward run` without Slack tokens, as soon as its page answers."""
    with running("run", folder=folder, variables={"PORT": str(port), **variables}) as made:
        made.address = made.says(r"http://127\.0\.0\.1:\d+").group()
        assert made.get("/").status_code == 200
        yield made


@dataclass(frozen=True)
class Slack:
    """What stands in the sandbox's channels, and who asks there."""

    at: Running

    def channels(self) -> dict[str, str]:
        """Name → ID of the public ones. Not from the Web API: that allows 20 a minute, and tests look more often."""
        listed = self.at.get("/sandbox/page/state").json()["channels"]
        return {one["name"]: one["id"] for one in listed if not (one["is_direct"] or one["is_private"])}

    def digests(self) -> dict[str, str]:
        """Key of each digest that stands in a channel → its text. Twice the same is an error."""
        found: dict[str, str] = {}
        for channel in self.channels().values():
            for message in self.seen(user="", channel=channel):
                key = (message["metadata"] or {}).get("event_payload", {}).get("key", "")
                if message["in_channel"] and key.startswith("digest:"):
                    assert key not in found, f"posted twice: {key}"
                    found[key] = message["text"]
        return found

    def type_in(self, text: str, *, user: str, channel: str) -> None:
        """Into the page's message box."""
        given = {"user": user, "channel": channel, "text": text}
        answer = self.at.request("POST", "/sandbox/page/send", json=given)
        assert answer.json() == {"ok": True}, answer.text

    def seen(self, *, user: str, channel: str) -> list[Mapping[str, Any]]:
        """What that person sees there, on the page."""
        seen: list[Mapping[str, Any]] = self.at.get(
            "/sandbox/page/messages", user=user, channel=channel
        ).json()["messages"]
        return seen


def full_at(size: int) -> Callable[[], None]:
    """No file of the process grows over so many bytes: to SQLite that is a disk that is full, or fails."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def assert_no_disk_space(folder: Path, *words: str, size: int) -> None:
    """The verb ends with one clear line."""
    with running(*words, folder=folder, variables={"PORT": "0"}, limits=full_at(size)) as process:
        assert process.process.wait(DEADLINE) == 1
        process.says("disk space left")
    said = [line for line in lines(process.said) if not line.startswith("A first start")]
    assert len(said) == 1, process.said
    assert said[0].startswith("steward: ")


def due_team() -> str:
    """The payments team; its digest was due a minute ago, whatever day it is."""
    at = datetime.now(UTC) - timedelta(minutes=1)
    return f"""\
apiVersion: steward/v1
kind: Team
metadata: {{name: payments}}
spec:
  channel: "#team-payments"
  timezone: UTC
  digest: {{at: "{at:%H:%M}", days: [mon, tue, wed, thu, fri, sat, sun]}}
"""


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def lines(text: str | Sequence[str]) -> list[str]:
    """The lines that say something."""
    return [line for line in (text.splitlines() if isinstance(text, str) else text) if line.strip()]
