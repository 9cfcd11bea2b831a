"""What a job is, and what it is given."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.delivery import Outcome, Outgoing, Search, Sought
from domain.retention import Keeping
from domain.usergroup import Looked
from storage.store import Store


class Clock(Protocol):
    """The time of the world."""

    def now(self) -> datetime:
        """This instant, aware."""
        ...

    def sleep(self, seconds: float) -> None:
        """Come back after so long."""
        ...


class Poster(Protocol):
    """Whoever brings messages to Slack. Nothing is raised: whatever happens has its outcome."""

    @property
    def stopping(self) -> bool:
        """Whether it takes on nothing more."""
        ...

    def post(self, message: Outgoing) -> Future[Outcome]:
        """Send it, or edit what stands there; returns at once."""
        ...

    def seek(self, search: Search) -> Future[Sought]:
        """Look for notices in a channel's history; returns at once."""
        ...


class Directory(Protocol):
    """Whoever knows who is in Slack's user groups. Nothing is raised."""

    @property
    def stopping(self) -> bool:
        """Whether it takes on nothing more."""
        ...

    def members(self, usergroup: str) -> Future[Looked]:
        """Look up who is in it; returns at once."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a job works with. Decisions are made as of `at`; delivery, which leases and paces, goes by `clock`.

    Without a `poster` notices stay in the outbox, without a `directory` user groups as they are known. `drain`:
    wait for Slack's pace until all is said, as `tick` does, instead of leaving the rest to the next run.
    """

    store: Store
    workspace: str
    clock: Clock
    at: datetime
    poster: Poster | None = None
    command: str = "/slm"
    drain: bool = False
    keeping: Keeping = field(default_factory=Keeping)
    directory: Directory | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Something that the clock asks for; `run` finds out by itself what is due."""

    name: str
    run: Callable[[Context], None]
