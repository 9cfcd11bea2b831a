"""Where a person of the workspace acts, and whether they may."""

from dataclasses import dataclass

from sandbox.errors import SlackError
from sandbox.slack import Draft, SandboxSlack
from sandbox.workspace import Channel, Person

SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class Place:
    """Who acts, in which channel, in which thread."""

    user: str
    channel: str
    thread_ts: str | None = None


def acting(slack: SandboxSlack, place: Place) -> Person:
    person = slack.seed.person(place.user)
    if person is None or person.is_bot:
        raise SlackError("user_not_found")
    return person


def present(slack: SandboxSlack, place: Place) -> tuple[Person, Channel]:
    """The person and the channel; SlackError where the person may not write there."""
    person = acting(slack, place)
    channel = slack.channel(place.channel)
    if channel is None or (channel.is_private and person.id not in channel.members):
        raise SlackError("channel_not_found")
    if slack.is_archived(channel.id):
        raise SlackError("is_archived")
    if person.id not in channel.members:
        raise SlackError("not_in_channel")
    return person, channel


def whisper(slack: SandboxSlack, place: Place, text: str) -> None:
    """Slackbot's own words, for one person's eyes."""
    slack.post(Draft(place.channel, SLACKBOT, {"text": text}, place.thread_ts, seen_by=place.user))
