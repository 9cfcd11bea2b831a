"""What is said to those who ask; plain blocking code, run in the pool of `bot.answering`."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.asked import Asked
from bot.boundary import new_reference
from bot.contacts import Contacts
from commands.ask import Ask
from commands.greeting import greet
from commands.registry import answer, shared
from connectors.slack import SlackPoster, Whisper
from domain.channel import Channel, UnknownChannel
from domain.refusal import Refusal, Unreachable
from messages.message import Message
from messages.refusal import refusal_message, something_went_wrong
from storage.store import Store

MOST_TEXT = 2000
"""Characters of an ask; a button's value holds no more."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, for its asker alone or for the whole channel."""

    message: Message
    for_all: bool = False


class Replies:
    """Answers, shares, greets. Nothing is raised: what nobody foresaw is logged, and its asker told."""

    def __init__(self, store: Store, contacts: Contacts, slack: SlackPoster) -> None:
        self._store = store
        self._contacts = contacts
        self._slack = slack

    def answer(self, asked: Asked) -> Reply:
        """For the asker."""
        return _guarded(asked, lambda: Reply(self._answer(asked)))

    def share(self, asked: Asked) -> Reply:
        """For all in the channel, unless outsiders read along: that is looked up at this moment."""
        return _guarded(asked, lambda: Reply(self._shared(asked), for_all=True))

    def whisper(self, asked: Asked) -> None:
        """The answer to a mention, where only the asker sees it; none to other bots."""
        ask = asked.ask
        if not ask.person:
            return
        place = Whisper(ask.channel_id, ask.person, asked.thread_ts)
        if failed := self._slack.whisper(place, self.answer(asked).message):
            log.warning("an answer to a mention in %s was not shown: %s", ask.channel_id, failed)

    def greet(self, asked: Asked) -> None:
        """Say once what Steward does in a channel, when it comes there itself."""
        if asked.ask.person != asked.bot_user_id:
            return
        try:
            self._contacts.meet(asked.slack_team_id)
            greet(asked.ask, self._store, self._channel(self._slack.look_up, asked.ask.channel_id))
        except Refusal as refusal:
            log.error("no greeting in %s: %s", asked.ask.channel_id, refusal)

    def _answer(self, asked: Asked) -> Message:
        self._meet(asked)
        _refuse_long(asked.ask)
        return answer(self._named(asked.ask), self._store)

    def _shared(self, asked: Asked) -> Message:
        self._meet(asked)
        _refuse_long(asked.ask)
        return shared(asked.ask, self._store, self._slack.look_up(asked.ask.channel_id))

    def _meet(self, asked: Asked) -> None:
        """Raises `Refusal` for another workspace, and for people of one in a shared channel.

        What is pressed or said there names several; which of them is ours the token says, at the first contact.
        """
        if asked.person_team_id and not self._contacts.has_met:
            self._contacts.meet(self._slack.identity().team_id)
        for team_id in {asked.slack_team_id, asked.person_team_id} - {""}:
            self._contacts.meet(team_id)

    def _named(self, ask: Ask) -> Ask:
        """The ask with its channel's name, which Slack does not tell of private channels and in events."""
        if not (ask.channel_id and ask.in_nameless_channel):
            return ask
        channel = self._channel(self._slack.find, ask.channel_id)
        return replace(ask, channel_name=channel.name) if channel and channel.name else ask

    def _channel(self, look: Callable[[str], Channel], channel_id: str) -> Channel | None:
        try:
            return look(channel_id)
        except UnknownChannel as unknown:
            log.warning("channel %s could not be looked up: %s", channel_id, unknown.error)
            return None


def _refuse_long(ask: Ask) -> None:
    if len(ask.text) > MOST_TEXT:
        raise Refusal(
            f"That has {len(ask.text):,} characters, at most {MOST_TEXT:,} are read.\nSay it shorter."
        )


def _guarded(asked: Asked, make: Callable[[], Reply]) -> Reply:
    try:
        return make()
    except Exception as error:
        if isinstance(error, Refusal) and not isinstance(error, Unreachable):
            return Reply(refusal_message(error))
        reference, ask = new_reference(), asked.ask
        unforeseen = not isinstance(error, Refusal)
        log.error("%s: %s %s failed: %s", reference, ask.command, ask.word, error, exc_info=unforeseen)
        return Reply(something_went_wrong(reference))
