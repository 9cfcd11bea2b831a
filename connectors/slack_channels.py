"""A directory of Slack's channels: which of them outsiders read."""

import asyncio
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from connectors.slack_outcomes import not_looked_up
from domain.channel import Channel
from domain.delivery import NotSent, Outcome, RateLimited, Refused

KEPT_SECONDS = 300
MISSED_SECONDS = 30
"""A name that is missing in a directory older than this is looked for in a new one: it may be new itself."""

REST_SECONDS = 5
"""After a failed look: a burst of messages must not wait for one failure after the other."""

PAGE = 1000
TYPES = "public_channel,private_channel"
CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{2,}")
NO_SUCH_METHOD = "unknown_method"


class LookUpFailed(Exception):
    """A channel could not be looked up: `outcome` is what that means for a message to it."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(str(outcome))


class ChannelDirectory:
    """All channels that Steward can see, listed at once (Slack takes 20 such calls a minute), kept five minutes.

    `elapsed` counts seconds. Where Slack is an emulator without these methods, no channel is shared.
    """

    def __init__(self, client: AsyncWebClient, elapsed: Callable[[], float]) -> None:
        self._client = client
        self._elapsed = elapsed
        self._one_at_a_time = asyncio.Lock()
        self._found: dict[str, Channel] = {}
        self._found_at = -math.inf
        self._absent = False
        self._begun = _Begun(-math.inf)
        self._rests_until = -math.inf
        self._failed_with: Outcome = NotSent("")

    async def find(self, channel: str) -> Channel:
        """The channel with that ID or name, as of five minutes ago at most. Raises `LookUpFailed`."""
        key = channel.removeprefix("#")
        is_id = CHANNEL_ID.fullmatch(key) is not None
        key = key if is_id else key.casefold()
        async with self._one_at_a_time:
            if not await self._listed(KEPT_SECONDS):
                return Channel(channel)
            if is_id and key not in self._found:
                self._found[key] = await self.look(key)
            if key not in self._found:
                await self._listed(MISSED_SECONDS)
        if key not in self._found:
            raise LookUpFailed(Refused("channel_not_found"))
        return self._found[key]

    async def look(self, channel_id: str) -> Channel:
        """The channel with that ID as it is now. Raises `LookUpFailed`."""
        try:
            answer = await self._client.conversations_info(channel=channel_id)
            return channel_of(answer["channel"])
        except Exception as error:
            if _is_no_method(error):
                return Channel(channel_id)
            raise LookUpFailed(not_looked_up(error)) from error

    async def all(self) -> list[Channel]:
        """All of them, as of five minutes ago at most; none from an emulator. Raises `LookUpFailed`."""
        async with self._one_at_a_time:
            await self._listed(KEPT_SECONDS)
        return list({channel.id: channel for channel in self._found.values()}.values())

    async def _listed(self, most_seconds: float) -> bool:
        """Whether there is a directory; one that is older is made anew."""
        at = self._elapsed()
        if at - self._found_at <= most_seconds:
            return not self._absent
        if at < self._rests_until:
            raise LookUpFailed(self._still_failed(at))
        if at - self._begun.at > KEPT_SECONDS:
            self._begun = _Begun(at)
        self._absent = not await self._read(self._begun)
        self._found = _by_key(self._begun.read)
        self._found_at, self._begun = self._begun.at, _Begun(-math.inf)
        return not self._absent

    async def _read(self, begun: "_Begun") -> bool:
        """Whether there is such a method. Goes on where it was interrupted: many channels take many calls."""
        while begun.cursor is not None:
            try:
                await self._read_page(begun)
            except Exception as error:
                if _is_no_method(error):
                    return False
                raise self._failed(error) from error
        return True

    async def _read_page(self, begun: "_Begun") -> None:
        answer = await self._client.conversations_list(types=TYPES, limit=PAGE, cursor=begun.cursor or None)
        begun.read += [channel_of(one) for one in answer["channels"]]
        begun.cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None

    def _failed(self, error: Exception) -> LookUpFailed:
        outcome = not_looked_up(error)
        broke_off = bool(self._begun.cursor)
        if not isinstance(outcome, RateLimited):
            self._begun = _Begun(-math.inf)
        if broke_off and isinstance(outcome, Refused):
            outcome = NotSent(f"Slack's list of channels broke off ({outcome.error})")
        rest = outcome.retry_after if isinstance(outcome, RateLimited) else REST_SECONDS
        self._rests_until, self._failed_with = self._elapsed() + rest, outcome
        return LookUpFailed(outcome)

    def _still_failed(self, at: float) -> Outcome:
        """What holds for the messages that waited for the same look."""
        if isinstance(self._failed_with, RateLimited):
            return RateLimited(math.ceil(self._rests_until - at))
        return self._failed_with


@dataclass
class _Begun:
    """A listing that was begun `at`; `cursor` is where it goes on, None at its end."""

    at: float
    cursor: str | None = ""
    read: list[Channel] = field(default_factory=list)


def _by_key(channels: Iterable[Channel]) -> dict[str, Channel]:
    """By ID and by name; of two with one name the shared one, so that nothing goes there by mistake."""
    ordered = sorted(channels, key=lambda channel: channel.shared)
    return {key: channel for channel in ordered for key in (channel.id, channel.name.casefold())}


def channel_of(described: Mapping[str, Any]) -> Channel:
    """A channel as Slack describes it. Workspaces of one organisation that share it are no outsiders."""
    shared_outside = described.get("is_shared") and not described.get("is_org_shared")
    flags = (described.get("is_ext_shared"), described.get("is_pending_ext_shared"), shared_outside)
    return Channel(
        str(described["id"]),
        str(described.get("name") or ""),
        shared=any(flags),
        member=bool(described.get("is_member")),
        archived=bool(described.get("is_archived")),
    )


def _is_no_method(error: Exception) -> bool:
    return isinstance(error, SlackApiError) and _word(error.response) == NO_SUCH_METHOD


def _word(response: Any) -> object:
    answer = getattr(response, "data", None)
    return answer.get("error") if isinstance(answer, dict) else None
