"""Asking within Slack's three seconds: commands run in a bounded pool, and slow ones answer later."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from bot.asked import Asked
from bot.repeats import Repeats
from bot.replies import Replies, Reply
from connectors.response_url import respond
from messages.message import Message
from messages.refusal import working_on_it

AT_ONCE = 16
ACK_SECONDS = 2.0

T = TypeVar("T")
log = logging.getLogger(__name__)


class Answering:
    """Lets `replies` work, at most so many at once."""

    def __init__(self, replies: Replies, *, at_once: int = AT_ONCE, ack_seconds: float = ACK_SECONDS) -> None:
        self._replies = replies
        self._ack_seconds = ack_seconds
        self._repeats = Repeats()
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="command")
        self._later: set[asyncio.Task[None]] = set()

    async def within_ack(self, asked: Asked) -> Message:
        """The answer, or "working on it" when it takes too long: then it goes to the response_url."""
        running = self._running(self._replies.answer, asked)
        try:
            return (await asyncio.wait_for(asyncio.shield(running), self._ack_seconds)).message
        except TimeoutError:
            self._keep(_deliver(running, asked, replace=True))
            return working_on_it()

    def answer(self, asked: Asked) -> None:
        """Answer the asker through the response_url."""
        self._keep(_deliver(self._running(self._replies.answer, asked), asked))

    def share(self, asked: Asked) -> None:
        """Show the answer to the whole channel through the response_url."""
        self._keep(_deliver(self._running(self._replies.share, asked), asked))

    def whisper(self, asked: Asked) -> None:
        """Answer a mention, once, where only the asker sees it."""
        self._once(self._replies.whisper, asked)

    def greet(self, asked: Asked) -> None:
        """Greet a channel, once."""
        self._once(self._replies.greet, asked)

    async def close(self, *, within: float) -> None:
        """Finish what was promised, as far as so many seconds allow."""
        if self._later:
            await asyncio.wait(self._later, timeout=within)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _once(self, work: Callable[[Asked], None], asked: Asked) -> None:
        if self._repeats.is_new(asked.event_id):
            self._keep(_logged(self._running(work, asked)))

    def _running(self, work: Callable[[Asked], T], asked: Asked) -> "asyncio.Future[T]":
        return asyncio.get_running_loop().run_in_executor(self._pool, work, asked)

    def _keep(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run it, and keep it from being collected meanwhile."""
        task = asyncio.create_task(coroutine)
        self._later.add(task)
        task.add_done_callback(self._later.discard)


async def _deliver(running: "asyncio.Future[Reply]", asked: Asked, *, replace: bool = False) -> None:
    try:
        reply, url = await running, asked.response_url
        await respond(url, reply.message, for_all=reply.for_all, replace=replace, thread_ts=asked.thread_ts)
    except Exception:
        log.exception("an answer could not be delivered")


async def _logged(running: "asyncio.Future[None]") -> None:
    try:
        await running
    except Exception:
        log.exception("an event could not be acted on")
