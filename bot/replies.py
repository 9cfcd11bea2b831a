"""What is said to those who ask; plain blocking code, run in the pool of `bot.answering`."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.asked import Asked
from bot.contacts import Contacts
from bot.reference import current_reference, new_reference
from commands.ask import Ask
from commands.greeting import greet
from commands.registry import answer, shared
from connectors.slack import SlackPoster, Whisper
from domain.channel import Channel, UnknownChannel
from domain.refusal import Refusal, Unreachable
from messages.message import Message
from messages.refusal import refusal_message, something_went_wrong
from storage.heard import AlreadyHeard
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
    """Answers, shares, greets. Nothing is raised: what nobody foresaw is logged, and its asker told.

    What another process, or this one before its last start, has acted on is not acted on again: None.
    """

    def __init__(self, store: Store, contacts: Contacts, slack: SlackPoster) -> None:
        self._store = store
        self._contacts = contacts
        self._slack = slack

    def answer(self, asked: Asked) -> Reply | None:
        """For the asker."""
        return _guarded(asked, lambda: Reply(self._answer(asked, self._bound(asked))))

    def share(self, asked: Asked) -> Reply | None:
        """For all in the channel, unless outsiders read along: that is looked up at this moment."""
        return _guarded(asked, lambda: self._once(asked, self._shared, for_all=True))

    def whisper(self, asked: Asked) -> None:
        """The answer to a mention, where only the asker sees it; none to other bots."""
        ask = asked.ask
        if not ask.person:
            return
        reply = _guarded(asked, lambda: self._once(asked, self._answer))
        if reply is None:
            return
        place = Whisper(ask.channel_id, ask.person, asked.thread_ts)
        if failed := self._slack.whisper(place, reply.message):
            where, reference = ask.channel_id, current_reference()
            log.warning("%s: an answer to a mention in %s was not shown: %s", reference, where, failed)

    def greet(self, asked: Asked) -> None:
        """Say once what Steward does in a channel, when it comes there itself."""
        if asked.ask.person != asked.bot_user_id:
            return
        try:
            self._contacts.meet(asked.slack_team_id)
            greet(asked.ask, self._bound(asked), self._channel(self._slack.look_up, asked.ask.channel_id))
        except AlreadyHeard:
            log.info("%s was acted on elsewhere", asked.delivery)
        except Refusal as refusal:
            log.error("%s: no greeting in %s: %s", current_reference(), asked.ask.channel_id, refusal)

    def _bound(self, asked: Asked) -> Store:
        """The store, in which this delivery changes something at most once."""
        return self._store.on_behalf_of(asked.delivery, at=asked.ask.at)

    def _once(self, asked: Asked, make: Callable[[Asked, Store], Message], *, for_all: bool = False) -> Reply:
        """What will be posted, where an answer to each of two deliveries would be seen. Raises `AlreadyHeard`."""
        store = self._bound(asked)
        message = make(asked, store)
        with store.transaction(asked.ask.workspace):  # notes the delivery, unless a change has done so
            return Reply(message, for_all)

    def _answer(self, asked: Asked, store: Store) -> Message:
        self._meet(asked)
        _refuse_long(asked.ask)
        return answer(self._named(asked.ask), store)

    def _shared(self, asked: Asked, store: Store) -> Message:
        self._meet(asked)
        _refuse_long(asked.ask)
        return shared(asked.ask, store, self._slack.look_up(asked.ask.channel_id))

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


def _guarded(asked: Asked, make: Callable[[], Reply]) -> Reply | None:
    try:
        return make()
    except AlreadyHeard:
        log.info("%s was acted on elsewhere", asked.delivery)
        return None
    except Exception as error:
        if isinstance(error, Refusal) and not isinstance(error, Unreachable):
            return Reply(refusal_message(error))
        reference, ask = current_reference() or new_reference(), asked.ask
        unforeseen = not isinstance(error, Refusal)
        log.error("%s: %s %s failed: %s", reference, ask.command, ask.word, error, exc_info=unforeseen)
        return Reply(something_went_wrong(reference))
