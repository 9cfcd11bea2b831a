"""What is said to those who ask; plain blocking code, run in the pool of `bot.answering`."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.asked import Asked
from bot.contacts import Contacts
from bot.reference import current_reference, new_reference
from commands.ask import Ask
from commands.greeting import greet
from commands.registry import answer, attempt, form_for, form_of, shared
from connectors.slack import SlackPoster
from connectors.slack_personal import Whisper
from domain.channel import Channel, UnknownChannel
from domain.refusal import Refusal, Unreachable
from messages.form import form_view
from messages.message import Message
from messages.refusal import not_opened, refusal_message, something_went_wrong
from storage.heard import AlreadyHeard
from storage.store import Store

MOST_TEXT = 2000
"""Characters of an ask; a button's value holds no more."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, for its asker alone or for the whole channel; `refused` says in words why nothing was done."""

    message: Message
    for_all: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a form that was sent: its answer, and the form that takes its place."""

    reply: Reply | None = None
    view: Mapping[str, Any] | None = None


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

    def open(self, asked: Asked) -> Reply | None:
        """Opens the form that is asked for; else the answer, or why there is no form."""
        return _guarded(asked, lambda: self._opened(asked))

    def sent(self, asked: Asked) -> Outcome:
        """The answer to a form that was filled in, and the form that follows it."""
        goes_on = bool(asked.then) and asked.ask.text == asked.then
        reply = None if goes_on else _guarded(asked, lambda: self._attempted(asked))
        refused = reply is not None and reply.refused
        return Outcome(reply, self._following(asked) if asked.then and not refused else None)

    def share(self, asked: Asked) -> Reply | None:
        """For all in the channel, unless outsiders read along: that is looked up at this moment."""
        return _guarded(asked, lambda: self._once(asked, self._shared, for_all=True))

    def whisper(self, asked: Asked) -> None:
        """The answer to a mention, where only the asker sees it; none to other bots."""
        ask = asked.ask
        if not ask.person:
            return
        if reply := _guarded(asked, lambda: self._once(asked, self._answer)):
            self.tell(asked, reply)

    def tell(self, asked: Asked, reply: Reply) -> None:
        """Where only the asker sees it: there, or in a direct message where Steward may not speak there."""
        ask = asked.ask
        for place in (Whisper(ask.channel_id, ask.person, asked.thread_ts), Whisper("", ask.person)):
            failed = self._slack.whisper(place, reply.message)
            if not failed:
                return
            where, reference = place.channel or "a direct message", current_reference()
            log.warning("%s: an answer in %s was not shown: %s", reference, where, failed)

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
        asked = self._met(asked)
        _refuse_long(asked.ask)
        return answer(self._named(asked.ask), store)

    def _opened(self, asked: Asked) -> Reply | None:
        asked = self._met(asked)
        _refuse_long(asked.ask)
        found = form_for(self._named(asked.ask), self._bound(asked))
        if isinstance(found, Message):
            return Reply(found)
        if failed := self._slack.open_view(asked.trigger, form_view(found, asked.origin)):
            log.warning("%s: a form was not opened: %s", current_reference(), failed)
            return Reply(not_opened())
        return None

    def _attempted(self, asked: Asked) -> Reply:
        """Raises `AlreadyHeard`."""
        asked = self._met(asked)
        _refuse_long(asked.ask)
        store = self._bound(asked)
        made = attempt(self._named(asked.ask), store)
        if not made.refused:
            with store.transaction(asked.ask.workspace):  # notes the form, unless a change has done so
                pass
        return Reply(made.message, refused=made.refused)

    def _following(self, asked: Asked) -> Mapping[str, Any] | None:
        """Whatever goes wrong, the form only closes: its own ask was answered."""
        try:
            asked = self._met(asked)
            form = form_of(self._named(replace(asked.ask, text=asked.then)), self._store)
        except Exception:
            log.exception("%s: no form follows", current_reference())
            return None
        return form_view(form, asked.origin) if form else None

    def _shared(self, asked: Asked, store: Store) -> Message:
        asked = self._met(asked)
        _refuse_long(asked.ask)
        return shared(asked.ask, store, self._slack.look_up(asked.ask.channel_id))

    def _met(self, asked: Asked) -> Asked:
        """With whose guest the person is. Raises `Refusal` for another workspace, and for strangers.

        What is pressed or said there names several; which of them is ours the token says, at the first contact.
        Guests press buttons and fill in forms; what they say in a mention is not answered.
        """
        theirs = asked.person_team_id
        if theirs and not self._contacts.has_met:
            self._contacts.meet(self._slack.identity().team_id)
        guest = not asked.bot_user_id and self._contacts.hosts(theirs)
        for team_id in {asked.slack_team_id, theirs} - {"", theirs if guest else ""}:
            self._contacts.meet(team_id)
        return replace(asked, ask=replace(asked.ask, guest_of=theirs)) if guest else asked

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


def _guarded(asked: Asked, make: Callable[[], Reply | None]) -> Reply | None:
    try:
        return make()
    except AlreadyHeard:
        log.info("%s was acted on elsewhere", asked.delivery)
        return None
    except Exception as error:
        if isinstance(error, Refusal) and not isinstance(error, Unreachable):
            return Reply(refusal_message(error), refused=str(error))
        reference, ask = current_reference() or new_reference(), asked.ask
        unforeseen = not isinstance(error, Refusal)
        log.error("%s: %s %s failed: %s", reference, ask.command, ask.word, error, exc_info=unforeseen)
        sorry = something_went_wrong(reference)
        return Reply(sorry, refused=sorry.text)
