"""Asking within Slack's three seconds: commands run in a bounded pool, and slow ones answer later."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any, TypeVar

from bot.asked import Asked
from bot.latencies import Latencies
from bot.reference import current_reference
from bot.repeats import Repeats
from bot.replies import Outcome, Replies, Reply
from bot.turns import Turns
from connectors.response_url import Shown, respond
from messages.message import Message
from messages.refusal import working_on_it

AT_ONCE = 16
ACK_SECONDS = 2.0

T = TypeVar("T")
log = logging.getLogger(__name__)

arrived_at: ContextVar[float | None] = ContextVar("arrived_at", default=None)
"""When the request came to the door, on the monotonic clock: Slack's three seconds run from then on."""


class Answering:
    """Lets `replies` work, at most so many at once, and on each delivery once."""

    def __init__(
        self,
        replies: Replies,
        *,
        at_once: int = AT_ONCE,
        ack_seconds: float = ACK_SECONDS,
        latencies: Latencies | None = None,
    ) -> None:
        self._replies = replies
        self._latencies = latencies or Latencies()
        self._ack_seconds = ack_seconds
        self._repeats = Repeats()
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="command")
        self._turns = Turns(self._pool)
        self._later: set[asyncio.Task[None]] = set()

    async def within_ack(self, asked: Asked) -> Message | None:
        """The answer, or "working on it" when it takes too long: then it goes to the response_url.

        None for what came before: whoever asked has got, or gets, that answer.
        """
        if not self._is_new(asked):
            return None
        running = self._running(self._replies.answer, asked)
        if await _done_within(running, self._ack_seconds - _passed()):
            reply = running.result()
            return reply.message if reply else None
        self._keep(_deliver(running, asked, replace=True))
        return working_on_it()

    def answer(self, asked: Asked) -> None:
        """Answer the asker through the response_url."""
        if self._is_new(asked):
            self._keep(_deliver(self._running(self._replies.answer, asked), asked))

    def open(self, asked: Asked) -> None:
        """Open a form for the asker, or answer through the response_url."""
        if self._is_new(asked):
            self._keep(_deliver(self._running(self._replies.open, asked), asked))

    async def sent(self, asked: Asked) -> Outcome:
        """What becomes of the form within the ack; where it does not stay, the answer follows.

        It stays where its ask was refused, so that nothing typed is lost.
        """
        if not self._is_new(asked):
            return Outcome()
        running = self._running(self._replies.sent, asked)
        in_time = await _done_within(running, self._ack_seconds - _passed())
        outcome = running.result() if in_time else Outcome()
        if outcome.reply and outcome.reply.refused:
            self._repeats.forget(asked.delivery)
            if asked.has_fields:
                return outcome
        self._keep(self._tell(running, asked))
        return replace(outcome, reply=None)

    def share(self, asked: Asked) -> None:
        """Show the answer to the whole channel through the response_url."""
        if self._is_new(asked):
            self._keep(_deliver(self._running(self._replies.share, asked), asked))

    def whisper(self, asked: Asked) -> None:
        """Answer a mention where only the asker sees it."""
        if self._is_new(asked):
            self._keep(_logged(self._running(self._replies.whisper, asked)))

    def greet(self, asked: Asked) -> None:
        """Greet a channel."""
        if self._is_new(asked):
            self._keep(_logged(self._running(self._replies.greet, asked)))

    async def close(self, *, within: float) -> None:
        """Finish what was promised, as far as so many seconds allow."""
        if self._later:
            _, undone = await asyncio.wait(self._later, timeout=within)
            if undone:
                log.error("%d answers were not given before the stop", len(undone))
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _tell(self, running: "asyncio.Future[Outcome]", asked: Asked) -> None:
        outcome = await running
        if outcome.reply:
            tell = partial(copy_context().run, self._replies.tell, asked, outcome.reply)
            await _logged(asyncio.ensure_future(self._turns.run(tell)))

    def _is_new(self, asked: Asked) -> bool:
        if self._repeats.is_new(asked.delivery):
            return True
        log.info("%s came again and is not acted on again", asked.delivery)
        return False

    def _running(self, work: Callable[[Asked], T], asked: Asked) -> "asyncio.Future[T]":
        context = copy_context()  # with the request's reference
        running = asyncio.ensure_future(self._turns.run(partial(context.run, work, asked)))
        self._latencies.watch(asked.ask.word, running)
        return running

    def _keep(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run it, and keep it from being collected meanwhile."""
        task = asyncio.create_task(coroutine)
        self._later.add(task)
        task.add_done_callback(self._later.discard)


def _passed() -> float:
    """The seconds since the request arrived: under load it waits for its turn before we see it."""
    arrived = arrived_at.get()
    return 0.0 if arrived is None else monotonic() - arrived


async def _done_within(running: "asyncio.Future[Any]", seconds: float) -> bool:
    done, _ = await asyncio.wait((running,), timeout=max(0.0, seconds))
    return bool(done)


async def _deliver(running: "asyncio.Future[Reply | None]", asked: Asked, *, replace: bool = False) -> None:
    try:
        if reply := await running:
            shown = Shown(reply.for_all, replace, asked.thread_ts)
            await respond(asked.response_url, reply.message, shown)
    except OSError as error:
        log.error("%s: an answer could not be delivered: %s", current_reference(), error)
    except Exception:
        log.exception("%s: an answer could not be delivered", current_reference())


async def _logged(running: "asyncio.Future[None]") -> None:
    try:
        await running
    except Exception:
        log.exception("%s: an event could not be acted on", current_reference())
