"""Said to the service level managers where a message could not be posted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from messages.blocks import section
from messages.escaping import plain
from messages.message import Message
from messages.room import fitting

OPERATOR = "An operator: "
ALL_ARRIVED = "What was not delivered today has arrived after all."
MOST_CHANNELS = 15
MOST_SUBJECTS = 3
ROOM = 9000
CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{6,}")


class Remedy(NamedTuple):
    """Slack's error in words, and what to do about it; `{channel}` is where it should have been posted."""

    problem: str
    remedy: str


NEW_TOKEN = OPERATOR + "set a new `SLACK_BOT_TOKEN` and restart."
REINSTALL = OPERATOR + "install the app again with the scopes of `steward manifest`."
OTHER_CHANNEL = "Or name another channel in the team's file, then `steward apply FILES`"
REMEDIES: Mapping[str, Remedy] = {
    "not_in_channel": Remedy("Steward is not in {channel}.", "In {channel}: `/invite @Steward`"),
    "channel_not_found": Remedy(
        "There is no {channel}, or it is private.",
        f"If it is private, there: `/invite @Steward`\n{OTHER_CHANNEL}",
    ),
    "is_archived": Remedy("{channel} is archived.", "Unarchive it.\n" + OTHER_CHANNEL),
    "restricted_action": Remedy(
        "Steward may not post in {channel}.", "An administrator of Slack can allow it."
    ),
    "invalid_blocks": Remedy(
        "Slack refused the message's form.", OPERATOR + "report this; it is a mistake of ours."
    ),
    "msg_too_long": Remedy("The message was too long.", OPERATOR + "report this; it is a mistake of ours."),
    "msg_blocks_too_long": Remedy(
        "The message was too long.", OPERATOR + "report this; it is a mistake of ours."
    ),
    "invalid_auth": Remedy("Slack does not accept Steward's token.", NEW_TOKEN),
    "not_authed": Remedy("Steward has no token for Slack.", NEW_TOKEN),
    "token_revoked": Remedy("Steward's token was revoked.", NEW_TOKEN),
    "token_expired": Remedy("Steward's token has expired.", NEW_TOKEN),
    "account_inactive": Remedy("Steward was removed from this Slack.", REINSTALL),
    "missing_scope": Remedy("Steward lacks a permission in Slack.", REINSTALL),
    "shared_with_outsiders": Remedy(
        "{channel} is shared with people outside.",
        "Name another channel in the team's file, then `steward apply FILES`",
    ),
    "ambiguous": Remedy(
        "Slack did not say whether it was posted.", "Look in {channel}. Steward does not post it again."
    ),
    "never_shown": Remedy(
        "Slack never said whether it was posted, and it is not in {channel}.",
        OPERATOR + "look up the notice in the log; the message itself may be what Slack stumbles over.",
    ),
}


@dataclass(frozen=True, slots=True)
class Undelivered:
    """`subject` ("digest of Tue 24 Nov") for `team` could not be posted in `channel`: Slack's `error`."""

    subject: str
    team: str | None
    channel: str
    error: str


def undelivered(lost: Sequence[Undelivered]) -> Message:
    """All that was not delivered on a day, channel by channel, why, and the remedy; nothing any more is good news."""
    if not lost:
        return Message(ALL_ARRIVED, (section(f"✅ {ALL_ARRIVED}"),))
    if len(lost) == 1:
        what, (problem, remedy) = _what(lost[0]), in_words(lost[0])
        blocks = (section(f"*Not delivered*: {what}", problem, remedy),)
        return Message(f"Not delivered: {what}. {problem}", blocks)
    alike: dict[tuple[str, str], list[Undelivered]] = {}
    for one in lost:
        alike.setdefault((one.channel, one.error), []).append(one)
    head = f"Not delivered today: {len(lost):,} messages"
    shown = fitting(list(alike.values()), _of_channel, most=MOST_CHANNELS, room=ROOM)
    more = len(alike) - len(shown)
    foot = [f"and {more:,} more channels: `steward doctor` has them all"] if more else []
    first_problem = in_words(lost[0]).problem
    return Message(f"{head}. {first_problem}", tuple(map(section, (f"*{head}*", *shown, *foot))))


def _of_channel(alike: Sequence[Undelivered]) -> str:
    """The messages that one remedy would have brought to one channel."""
    problem, remedy = in_words(alike[0])
    subjects = [_what(one) for one in alike[:MOST_SUBJECTS]]
    more = len(alike) - len(subjects)
    return "\n".join(
        [
            f"*{problem}*",
            remedy,
            *(f"• {one}" for one in subjects),
            *([f"• and {more:,} more"] if more else []),
        ]
    )


def _what(one: Undelivered) -> str:
    return plain(one.subject) + (f" for {plain(one.team)}" if one.team else "")


def in_words(facts: Undelivered) -> Remedy:
    """Why it could not be posted, and what to do about it."""
    known = REMEDIES.get(facts.error)
    if known is None:
        return Remedy(
            f"Slack said: {plain(facts.error)}.", f"{OPERATOR}look up this error; the log has more."
        )
    channel = channel_words(facts.channel)
    return Remedy(known.problem.format(channel=channel), known.remedy.format(channel=channel))


def channel_words(channel: str) -> str:
    """ "#team-payments"; an ID as Slack's own link."""
    if CHANNEL_ID.fullmatch(channel):
        return f"<#{channel}>"
    return f"#{plain(channel.removeprefix('#'))}"


EXAMPLE = (Undelivered("digest of Tue 24 Nov", "logistics", "#team-logistics", "not_in_channel"),)
EXAMPLE_OF_SEVERAL = (
    *EXAMPLE,
    Undelivered("the figures of Tue 24 Nov", "logistics", "#team-logistics", "not_in_channel"),
    Undelivered("digest of Tue 24 Nov", "shop", "#team-shop", "is_archived"),
    Undelivered("digest of Tue 24 Nov", "identity", "#team-identity", "ambiguous"),
)
