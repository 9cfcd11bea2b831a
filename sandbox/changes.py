"""Who waits for news: the pages that are open."""

import asyncio
import threading


class Changes:
    """A counter that can be waited for, from any loop; counted up from any thread."""

    def __init__(self) -> None:
        self.version = 0
        self.stopped = False
        self._lock = threading.Lock()
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def notify(self) -> None:
        self.version += 1
        self._wake()

    def stop(self) -> None:
        """Let go of everyone, now and from now on: a server that ends must not wait for its pages."""
        self.stopped = True
        self._wake()

    def _wake(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for loop, event in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    async def after(self, version: int, *, at_most: float) -> int:
        """The version, as soon as it is another than that one, or after so many seconds."""
        entry = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._waiting.append(entry)
        try:
            if version == self.version and not self.stopped:
                await asyncio.wait_for(entry[1].wait(), at_most)
        except TimeoutError:
            pass
        finally:
            with self._lock:
                if entry in self._waiting:
                    self._waiting.remove(entry)
        return self.version
