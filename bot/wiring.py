"""Wiring: where settings, store and Slack are built, and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.clock import SystemClock
from bot.settings import Settings
from connectors.slack import TIMEOUT_SECONDS, SlackPoster
from domain.refusal import Refusal
from jobs.job import Clock, Context
from storage.engine import open_engine
from storage.migrate import check
from storage.store import DEFAULT_WORKSPACE, Store

SYSTEM_CLOCK = SystemClock()
SANDBOX_TOKEN = "xoxb-sandbox"  # noqa: S105 -- opens nothing: the sandbox is on loopback only
SANDBOX_APP_TOKEN = "xapp-sandbox"  # noqa: S105
SANDBOX_SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Tempo:
    """The time that a process goes by, and the seconds it gives Slack for an answer; tests let time run faster."""

    clock: Clock = SYSTEM_CLOCK
    slack_timeout: float = TIMEOUT_SECONDS


TEMPO = Tempo()


@dataclass(frozen=True, slots=True)
class Opened:
    """A migrated database, and the workspace that is meant."""

    store: Store
    workspace: str


@contextmanager
def opened(settings: Settings, workspace: str | None = None) -> Iterator[Opened]:
    """The store at work. Raises `Refusal` where the database is not up to date or the workspace is not clear."""
    engine = open_engine(settings.database)
    try:
        check(engine)
        store = Store(engine)
        yield Opened(store, _chosen(store, workspace))
    finally:
        engine.dispose()


@contextmanager
def open_store(workspace: str | None = None) -> Iterator[tuple[Store, str]]:
    """The store of the settings, and the name of the workspace that is meant."""
    with opened(Settings.read(), workspace) as found:
        yield found.store, found.workspace


def bot_token(settings: Settings) -> str:
    """The token that Steward posts with."""
    return settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else SANDBOX_TOKEN


def poster(settings: Settings, *, timeout: float = TIMEOUT_SECONDS) -> SlackPoster:
    """What brings messages to Slack, or to the sandbox."""
    return SlackPoster(bot_token(settings), settings.slack_api, timeout=timeout)


def tick_context(
    settings: Settings,
    found: Opened,
    slack: SlackPoster | None = None,
    *,
    at: datetime,
    clock: Clock = SYSTEM_CLOCK,
) -> Context:
    """What jobs work with in one tick of a running process."""
    return Context(
        found.store,
        found.workspace,
        clock,
        at,
        slack,
        settings.steward_command,
        keeping=settings.keeping,
        directory=slack,
    )


def or_now(at: datetime | None) -> datetime:
    """The instant of an `--at`, or now."""
    return at or SYSTEM_CLOCK.now()


def refuse_sandbox_database(settings: Settings, found: Opened) -> None:
    """Real tokens on a database of invented figures would post them to real people."""
    marked = {workspace.name for workspace in found.store.workspaces() if workspace.sandbox}
    if found.workspace in marked and not settings.sandbox:
        raise Refusal(
            "This database belongs to the sandbox: its figures are invented. "
            "Set DATABASE_URL to another one for use with real Slack tokens."
        )


def require_postgresql(settings: Settings) -> None:
    """Several processes share one database. Raises `Refusal` for SQLite."""
    if not settings.database.startswith("postgres"):
        raise Refusal(
            "Setting DATABASE_URL must be PostgreSQL here. `steward run` is one process, SQLite included."
        )


def _chosen(store: Store, name: str | None) -> str:
    names = [workspace.name for workspace in store.workspaces()]
    if name is None and len(names) > 1:
        raise Refusal(f"There are several workspaces: {', '.join(names)}. Say which with --workspace NAME.")
    chosen = name or (names[0] if names else DEFAULT_WORKSPACE)
    if not names:
        store.ensure_workspace(chosen)
    return chosen
