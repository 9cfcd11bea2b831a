"""Finding notices in a channel's history, by the key in their metadata."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from connectors.slack_channels import ChannelDirectory
from domain.delivery import (
    Barred,
    NotSent,
    Outcome,
    RateLimited,
    Refused,
    Search,
    Sighting,
    Sightings,
    Sought,
    Unreadable,
)

EVENT_TYPE = "steward_notice"
PAGE = 200
MOST_PAGES = 20
"""Of a channel in which more was said since, nobody can tell."""


class History:
    """What was said in the channels that Steward may read."""

    def __init__(self, client: AsyncWebClient, directory: ChannelDirectory) -> None:
        self._client = client
        self._directory = directory
        self._me = ""

    async def find(self, search: Search) -> Sought:
        """Which of them stand there. Raises what the client and the directory raise."""
        channel = (await self._directory.find(search.channel)).id
        self._me = self._me or str((await self._client.auth_test())["bot_id"])
        found: dict[str, Sighting] = {}
        pages = 0
        async for page, more in _pages(self._client, channel, search):
            found |= _sightings(page, search, self._me)
            pages += 1
            if len(found) == len(search.keys):
                break
            if more and pages == MOST_PAGES:
                return Sightings(channel, found, whole=False)
        return Sightings(channel, found)


def _sightings(page: Sequence[Mapping[str, Any]], search: Search, me: str) -> dict[str, Sighting]:
    keyed = ((_key_of(message, me), message) for message in page)
    return {
        key: Sighting(str(message["ts"]), _version_of(message))
        for key, message in keyed
        if key in search.keys
    }


def not_read(outcome: Outcome) -> Sought:
    """What it means for a search that Slack gave no history."""
    match outcome:
        case Refused(error) | Barred("missing_scope" as error):
            return Unreadable(error)
        case RateLimited() | NotSent():
            return outcome
    return NotSent(getattr(outcome, "reason", "no answer"))


async def _pages(
    client: AsyncWebClient, channel: str, search: Search
) -> AsyncIterator[tuple[list[Mapping[str, Any]], bool]]:
    """The messages since then, newest first (a thread's oldest first), and whether there are more."""
    oldest, cursor = f"{search.since.timestamp():.6f}", None
    while True:
        options: dict[str, Any] = {
            "oldest": oldest,
            "limit": PAGE,
            "cursor": cursor,
            "include_all_metadata": True,
        }
        if search.thread_ts:
            answer = await client.conversations_replies(channel=channel, ts=search.thread_ts, **options)
        else:
            answer = await client.conversations_history(channel=channel, **options)
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        yield [message for message in answer["messages"] if isinstance(message, dict)], cursor is not None
        if cursor is None:
            return


def _key_of(message: Mapping[str, Any], me: str) -> str:
    """The key of a notice that we said; nothing else's: any app may write the same metadata."""
    metadata = message.get("metadata")
    if (
        message.get("bot_id") != me
        or not isinstance(metadata, dict)
        or metadata.get("event_type") != EVENT_TYPE
    ):
        return ""
    return str(_payload(message).get("key", ""))


def _version_of(message: Mapping[str, Any]) -> int:
    version = _payload(message).get("version")
    return version if isinstance(version, int) else 1


def _payload(message: Mapping[str, Any]) -> Mapping[str, Any]:
    payload = message["metadata"].get("event_payload")
    return payload if isinstance(payload, dict) else {}
