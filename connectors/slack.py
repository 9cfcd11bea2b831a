"""The only place that calls Slack's Web API."""

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from slack_sdk.web.async_client import AsyncWebClient

from connectors.slack_channels import ChannelDirectory, LookUpFailed
from connectors.slack_history import EVENT_TYPE, History, not_read
from connectors.slack_loop import BackgroundLoop, cancel_others, mapped
from connectors.slack_outcomes import not_looked_up, not_posted, posted
from connectors.slack_personal import Whisper, opened, whispered
from connectors.slack_usergroups import members_of, not_said
from domain.channel import Channel, UnknownChannel
from domain.delivery import Ambiguous, Barred, NotSent, Outcome, Outgoing, Refused, Search, Sought
from domain.refusal import Refusal, Unreachable
from domain.usergroup import Looked
from messages.message import Message

AT_ONCE = 50
"""Messages on their way at the same time; more only wait for each other."""

TIMEOUT_SECONDS = 10
TOO_LONG = 2
"""A message that waited for its turn for so many timeouts is given back: its lease must not end before it goes out."""

KEEP_ALIVE_SECONDS = 3
"""Shorter than servers keep theirs: a message sent into a connection just closed would be ambiguous."""

STOPPED = NotSent("Steward was stopped before it went out", given_back=True)
SHARED = "shared_with_outsiders"
"""Our own word, beside Slack's, for why something is not posted."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


DIRECT = re.compile(r"[DUW][A-Z0-9]{2,}")
"""IDs of conversations with one person, and of people."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who Steward is in Slack, and with which scopes; `date` is Slack's own clock, as HTTP writes it."""

    team_id: str
    bot_user_id: str
    scopes: frozenset[str] = field(default=frozenset(), compare=False)
    date: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class _Line:
    """What is made anew after each `close`."""

    client: AsyncWebClient
    places: asyncio.Semaphore
    directory: ChannelDirectory
    history: History


class SlackPoster:
    """Posts as the bot of one workspace; nothing is connected before the first call, `close` ends it all."""

    def __init__(
        self,
        token: str,
        base_url: str,
        *,
        timeout: float = TIMEOUT_SECONDS,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        self._token = token
        self._base_url = base_url
        self._timeout = timeout
        self._elapsed = elapsed
        self._background = BackgroundLoop("slack-poster")
        self._line: _Line | None = None
        self._stopping = threading.Event()

    @property
    def stopping(self) -> bool:
        """Whether it was told to take on nothing more."""
        return self._stopping.is_set()

    def post(self, message: Outgoing) -> "Future[Outcome]":
        """Send it, or edit what stands there; nothing is raised."""
        return mapped(self._background.submit(self._post(message)), self._without_token, self._not_posted)

    def seek(self, search: Search) -> "Future[Sought]":
        """Look for notices in a channel's history; nothing is raised."""
        return mapped(self._background.submit(self._seek(search)), _itself, _not_found)

    def members(self, usergroup: str) -> "Future[Looked]":
        """Look up who is in a user group; nothing is raised."""
        return mapped(self._background.submit(self._members(usergroup)), _as_looked, not_said)

    def identity(self) -> Identity:
        """Who the token belongs to. Raises `Refusal` where Slack does not know it, `Unreachable` without Slack."""
        future = self._background.submit(self._auth_test())
        error = future.exception()
        if error is None:
            return future.result()
        outcome = not_posted(error)
        if isinstance(outcome, Refused | Barred):
            raise Refusal(f"Slack refuses the bot token ({outcome.error}): see SLACK_BOT_TOKEN.")
        raise Unreachable(
            "Slack does not answer. Check the network and SLACK_API_BASE_URL, then try again."
        ) from None

    def whisper(self, place: Whisper, message: Message) -> str | None:
        """Show it to one person of a channel; what went wrong, if anything did. Not tried again."""
        return self._tried(self._whisper(place, message))

    def open_view(self, trigger: str, view: Mapping[str, Any]) -> str | None:
        """Open a form for whoever the trigger is of; what went wrong, if anything did. Not tried again."""
        return self._tried(self._open_view(trigger, view))

    def look_up(self, channel_id: str) -> Channel:
        """The channel as it is at this moment. Raises `UnknownChannel` where Slack does not say."""
        return self._looked_up(self._look(channel_id))

    def find(self, channel_id: str) -> Channel:
        """The channel as of a few minutes ago. Raises `UnknownChannel` where Slack does not say."""
        return self._looked_up(self._find(channel_id))

    def channels(self) -> list[Channel]:
        """All that Steward sees, as of a few minutes ago. Raises `UnknownChannel` where Slack does not say."""
        return self._looked_up(self._all())

    def stop(self) -> None:
        """Take on nothing more: what waits for its turn is given back, what is on its way goes on."""
        self._stopping.set()

    def close(self) -> None:
        """Drop what is on its way, close the connections; a later call begins anew."""
        if self._background.started:
            self._background.run(self._disconnect())
            self._background.close()

    def _tried(self, calling: Coroutine[Any, Any, None]) -> str | None:
        """What went wrong, if anything did."""
        error = self._background.submit(calling).exception()
        if error is None:
            return None
        outcome = not_posted(error)
        return getattr(outcome, "reason", str(outcome))

    def _looked_up(self, looking: Coroutine[Any, Any, T]) -> T:
        try:
            return self._background.run(looking)
        except LookUpFailed as failed:
            outcome = failed.outcome
            error = outcome.error if isinstance(outcome, Refused | Barred) else "no_answer"
            raise UnknownChannel(error) from None

    async def _post(self, message: Outgoing) -> Outcome:
        went_out, began = False, self._elapsed()
        try:
            line = self._connected()
            async with line.places:
                if self.stopping:
                    return STOPPED
                channel = await _admitted(line.directory, message)
                if self._elapsed() - began > TOO_LONG * self._timeout:
                    return NotSent("it waited too long for its turn")
                went_out = True
                return posted(await _said(line.client, channel, message))
        except asyncio.CancelledError:
            return Ambiguous("Steward was stopped before Slack's answer") if went_out else STOPPED

    async def _seek(self, search: Search) -> Sought:
        try:
            line = self._connected()
            async with line.places:
                return await line.history.find(search)
        except asyncio.CancelledError:
            return STOPPED

    async def _members(self, usergroup: str) -> Looked:
        line = self._connected()
        async with line.places:
            return await members_of(line.client, usergroup)

    def _not_posted(self, error: BaseException) -> Outcome:
        if isinstance(error, CancelledError):  # before it began: what was begun says so itself
            return STOPPED
        outcome = error.outcome if isinstance(error, LookUpFailed) else not_posted(error)
        return self._without_token(outcome)

    def _without_token(self, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Refused):
            return Refused(outcome.error, outcome.detail.replace(self._token, "…"))
        return outcome

    async def _whisper(self, place: Whisper, message: Message) -> None:
        await whispered(self._connected().client, place, message)

    async def _open_view(self, trigger: str, view: Mapping[str, Any]) -> None:
        await opened(self._connected().client, trigger, view)

    async def _auth_test(self) -> Identity:
        answer = await self._connected().client.auth_test()
        headers = {name.lower(): value for name, value in answer.headers.items()}
        scopes = frozenset(filter(None, re.split(r"[,\s]+", headers.get("x-oauth-scopes", ""))))
        return Identity(str(answer["team_id"]), str(answer["user_id"]), scopes, headers.get("date", ""))

    async def _look(self, channel_id: str) -> Channel:
        return await self._connected().directory.look(channel_id)

    async def _find(self, channel_id: str) -> Channel:
        return await self._connected().directory.find(channel_id)

    async def _all(self) -> list[Channel]:
        return await self._connected().directory.all()

    def _connected(self) -> _Line:
        """The client, made in the loop's thread with the one session that all messages share."""
        if self._line is None:
            client = _client(self._token, self._base_url, self._timeout)
            directory = ChannelDirectory(client, self._elapsed)
            self._line = _Line(client, asyncio.Semaphore(AT_ONCE), directory, History(client, directory))
        return self._line

    async def _disconnect(self) -> None:
        # First, or slack_sdk would open a session of its own for what still waits for its turn.
        await cancel_others()
        line, self._line = self._line, None
        if line is not None and line.client.session is not None:
            await line.client.session.close()


async def _admitted(directory: ChannelDirectory, message: Outgoing) -> str:
    """Where it may go. Raises `LookUpFailed` for something internal where outsiders read along."""
    if not message.internal or DIRECT.fullmatch(message.channel):
        return message.channel
    channel = await directory.find(message.channel)
    if channel.shared:
        raise LookUpFailed(Refused(SHARED))
    return channel.id


async def _said(client: AsyncWebClient, channel: str, message: Outgoing) -> Mapping[str, Any]:
    content: dict[str, Any] = {
        "channel": channel,
        "text": message.text,
        "blocks": message.blocks or None,
        "metadata": {
            "event_type": EVENT_TYPE,
            "event_payload": {"key": message.key, "version": message.version},
        },
    }
    if message.ts:
        answer = await client.chat_update(ts=message.ts, **content)
    else:
        thread = message.thread_ts
        answer = await client.chat_postMessage(
            thread_ts=thread, unfurl_links=False, unfurl_media=False, **content
        )
    return answer.data if isinstance(answer.data, dict) else {}


def _not_found(error: BaseException) -> Sought:
    if isinstance(error, CancelledError):
        return STOPPED
    return not_read(error.outcome if isinstance(error, LookUpFailed) else not_looked_up(error))


def _itself(sought: Sought) -> Sought:
    return sought


def _as_looked(looked: Looked) -> Looked:
    return looked


def _client(token: str, base_url: str, timeout: float) -> AsyncWebClient:
    # Left to itself slack_sdk formats every request for its debug log, whether that is written or not.
    logger = logging.getLogger("steward.slack_sdk")
    logger.setLevel(logging.WARNING)
    session = ClientSession(
        connector=TCPConnector(limit=AT_ONCE, keepalive_timeout=KEEP_ALIVE_SECONDS),
        timeout=ClientTimeout(total=timeout, sock_connect=timeout / 2),
    )
    # Without retry_handlers=[] a reset connection makes slack_sdk post a second time.
    client = AsyncWebClient(token, base_url, session=session, retry_handlers=[], logger=logger)
    if urlsplit(base_url).hostname in LOOPBACK:
        client.proxy = None  # slack_sdk takes it from the environment, also for this machine
    return client
