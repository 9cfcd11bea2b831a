"""Asking within Slack's three seconds: commands run in a bounded pool, and slow ones answer later."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from bot.boundary import new_reference
from bot.contacts import Contacts
from commands.ask import Ask
from commands.registry import answer
from domain.refusal import Refusal, Unreachable
from messages.message import Message
from messages.refusal import refusal_message, something_went_wrong, working_on_it
from storage.store import Store

AT_ONCE = 16
ACK_SECONDS = 2.0

log = logging.getLogger(__name__)

Deliver = Callable[[Message], Awaitable[None]]


class Answering:
    """Runs commands, at most so many at once."""

    def __init__(
        self, store: Store, contacts: Contacts, *, at_once: int = AT_ONCE, ack_seconds: float = ACK_SECONDS
    ) -> None:
        self._store = store
        self._contacts = contacts
        self._ack_seconds = ack_seconds
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="command")
        self._later: set[asyncio.Task[None]] = set()

    async def within_ack(self, ask: Ask, slack_team_id: str, deliver_later: Deliver) -> Message:
        """The answer, or "working on it" when it takes too long: then `deliver_later` gets the answer."""
        running = asyncio.get_running_loop().run_in_executor(self._pool, self._answer, ask, slack_team_id)
        try:
            return await asyncio.wait_for(asyncio.shield(running), self._ack_seconds)
        except TimeoutError:
            task = asyncio.create_task(_deliver(running, deliver_later))
            self._later.add(task)
            task.add_done_callback(self._later.discard)
            return working_on_it()

    async def close(self, *, within: float) -> None:
        """Finish what was promised, as far as so many seconds allow."""
        if self._later:
            await asyncio.wait(self._later, timeout=within)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _answer(self, ask: Ask, slack_team_id: str) -> Message:
        try:
            self._contacts.meet(slack_team_id)
            return answer(ask, self._store)
        except Exception as error:
            if isinstance(error, Refusal) and not isinstance(error, Unreachable):
                return refusal_message(error)
            reference = new_reference()
            unforeseen = not isinstance(error, Refusal)
            log.error("%s: %s %s failed: %s", reference, ask.command, ask.word, error, exc_info=unforeseen)
            return something_went_wrong(reference)


async def _deliver(running: "asyncio.Future[Message]", deliver_later: Deliver) -> None:
    try:
        await deliver_later(await running)
    except Exception:
        log.exception("an answer could not be delivered")
