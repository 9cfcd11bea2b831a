"""An event loop in a thread of its own: synchronous code waits for what runs in it."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class BackgroundLoop:
    """Starts with the first coroutine, ends with `close`; a daemon, so that it never keeps a process alive."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def started(self) -> bool:
        """Whether anything was run since the beginning or the last `close`."""
        return self._loop is not None

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Start it; its result is waited for through the future."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._running())

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run it and wait for its result."""
        return self.submit(coroutine).result()

    def close(self) -> None:
        """Stop, wait for the thread to end. What still runs is to be cancelled before, by `cancel_others`."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name=self._name, daemon=True)
                self._thread.start()
            return self._loop


def mapped(
    future: Future[T], with_result: Callable[[T], R], with_error: Callable[[BaseException], R]
) -> Future[R]:
    """A future of what is made of the other's result, or of its exception."""
    made: Future[R] = Future()

    def land(done: Future[T]) -> None:
        error = CancelledError() if done.cancelled() else done.exception()
        made.set_result(with_result(done.result()) if error is None else with_error(error))

    future.add_done_callback(land)
    return made


async def cancel_others() -> None:
    """Cancel all that runs in this loop but the caller, and wait for its end."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
