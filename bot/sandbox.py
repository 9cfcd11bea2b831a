"""The sandbox beside Steward: its workspace, its page, its organisation."""

import json
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import make_url
from starlette.routing import Mount
from tqdm import tqdm

from bot.gallery import every_message
from bot.manifest import EVENTS_PATH, manifest
from bot.sample import SampleFeed, put_on_agenda
from bot.sample_answers import ask_lately, define
from bot.settings import Settings
from bot.wiring import (
    SANDBOX_APP_TOKEN,
    SANDBOX_SIGNING_SECRET,
    SANDBOX_TOKEN,
    SYSTEM_CLOCK,
    Opened,
    tick_context,
)
from domain.readers import Reader, calendar_of, readers
from domain.refusal import Refusal, Unreachable
from jobs import digest
from jobs.job import Clock, Context
from messages.example import BERLIN
from messages.mornings import Morning
from sandbox.app import create_app
from sandbox.courier import Road
from sandbox.gallery import Gallery
from sandbox.page import Extras
from sandbox.sample import WORKSPACE
from sandbox.sample.generator import HISTORY, Sample
from sandbox.slack import SandboxSlack
from sandbox.workspace import Channel, Person, WorkspaceSeed


def sandbox_slack(settings: Settings) -> SandboxSlack:
    """The pretended Slack, remembering its messages in a file beside the database."""
    path = _memory(settings)
    try:
        return SandboxSlack(seed(), path=path, clock=SYSTEM_CLOCK.now)
    except sqlite3.Error as error:
        raise Unreachable(
            f"The sandbox cannot keep its messages in {path} ({error}). "
            "Is the folder writable, with disk space left?"
        ) from None


def page(settings: Settings, slack: SandboxSlack, *, events_url: str | None = None) -> Mount:
    """The sandbox's routes: the page, and Slack's Web API. Deliveries go to `events_url`, or to the same port."""
    here = f"http://127.0.0.1:{settings.port}{EVENTS_PATH}"
    # Steward itself goes by the sandbox's clock; any other bot by the wall's.
    road = Road(events_url) if events_url else Road(here, signed_at=slack.clock)
    shown = manifest(settings.steward_command, public_url=road.events_url.removesuffix(EVENTS_PATH))
    extras = Extras(Gallery(every_message), timezone=BERLIN)
    app = create_app(slack, events_url=road.events_url, manifest=shown, road=road, tiers=True, extras=extras)
    return Mount("/", app)


def sample_feed(found: Opened, *, at: datetime) -> SampleFeed | None:
    """The sample organisation's figures; None where the workspace has definitions of its own.

    The first time it takes a few seconds: definitions and 90 days of history, all or nothing. Raises `Refusal`
    for the database of a real Slack, whose figures must not be mixed with invented ones.
    """
    workspace = next(one for one in found.store.workspaces() if one.name == found.workspace)
    if workspace.slack_team_id and not workspace.sandbox:
        raise Refusal(
            "This database serves a real Slack workspace. "
            "Set SLACK_BOT_TOKEN to go on with it, or DATABASE_URL to another one for the sandbox."
        )
    found.store.mark_sandbox(found.workspace)
    with found.store.read(found.workspace) as tx:
        is_empty = not tx.objectives.with_retired()
    origin = workspace.sample_origin
    if origin is None and not is_empty:
        return None
    if origin is None:
        # Before the sample itself: should that be interrupted, it is begun again.
        found.store.set_sample_origin(found.workspace, at)
    feed = SampleFeed(found.store, found.workspace, Sample(origin or at))
    if is_empty:
        _make_up(found, feed, at)
    return feed


def last_digests(settings: Settings, found: Opened, clock: Clock) -> None:
    """Decide each reader's newest digest, as if Steward had been there at its time, and for the one before."""
    with found.store.read(found.workspace) as tx:
        everybody = readers(tx.teams.all(), tx.subscriptions.all())
        calendars = {calendar.name: calendar for calendar in tx.calendars.all()}
    now = tick_context(settings, found, at=clock.now(), clock=clock)
    for reader in everybody:
        team, calendar = reader.team, calendar_of(reader, calendars)
        last = team.last_digest_date(calendar, at=now.at)
        if last is None:
            continue
        instant = team.digest_instant(last)
        before = team.last_digest_date(calendar, at=instant - timedelta(minutes=1))
        if before is not None:
            _digest_of(replace(now, at=team.digest_instant(before)), reader, digest.take_note)
        _digest_of(replace(now, at=instant), reader, digest.decide)


def _digest_of(context: Context, reader: Reader, do: Callable[[Context, Morning], None]) -> None:
    with context.store.read(context.workspace) as tx:
        mornings = digest.all_due(tx, at=context.at, only=reader.name)
    for morning in mornings:
        do(context, morning)


def catching_up(feed: SampleFeed | None, clock: Clock) -> Callable[[], None]:
    """What keeps the sample's figures moving."""
    return (lambda: feed.catch_up(at=clock.now())) if feed else (lambda: None)


def _make_up(found: Opened, feed: SampleFeed, at: datetime) -> None:
    """Definitions and history in one transaction: an interrupted start leaves nothing behind."""
    print("A first start: 90 days of a sample organisation are being made up …", file=sys.stderr)  # noqa: T201
    with (
        tqdm(total=feed.history_hours, unit="h", disable=None, leave=False) as bar,
        found.store.transaction(found.workspace) as tx,
    ):
        # As if agreed before the history: that also announces the files' planned work in time.
        define(tx, at=at, since=at - HISTORY)
        put_on_agenda(tx, at=at)
        for done in feed.history(tx, at=at):
            bar.update(done - bar.n)
        ask_lately(tx, at=at)


def _memory(settings: Settings) -> str | None:
    """The file of Slack's side; beside a database elsewhere, in the working directory."""
    url = make_url(settings.database)
    return f"{url.database}.slack.db" if url.drivername == "sqlite" and url.database else "sandbox.slack.db"


def seed() -> WorkspaceSeed:
    """Who and what is in the sample organisation's Slack."""
    stored = json.loads(WORKSPACE.read_text())
    return WorkspaceSeed(
        team_id=stored["team_id"],
        name=stored["name"],
        people=tuple(Person(**person) for person in stored["people"]),
        channels=tuple(
            Channel(**{**channel, "members": frozenset(channel["members"])}) for channel in stored["channels"]
        ),
        bot_user_id=stored["bot_user_id"],
        bot_token=SANDBOX_TOKEN,
        signing_secret=SANDBOX_SIGNING_SECRET,
        app_token=SANDBOX_APP_TOKEN,
    )
