"""The intake API: measurements over HTTP, all of a request or nothing of it."""

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.denial import Denial, ProblemsDenial, check_token
from bot.doors import only, read_body
from bot.reference import current_reference, request_reference
from bot.wiring import Opened
from connectors.measurement_json import json_rows
from connectors.measurement_rows import Fault, Malformed, Row, TooMany, Unacceptable, checked, csv_rows
from domain.refusal import Refusal, Unreachable
from domain.retention import MinutesGone
from jobs.job import Clock

PATH = "/api/v1/measurements"
MOST_BYTES = 10 * 1024 * 1024
BODY_SECONDS = 30.0
CHARSET = re.compile(r"charset\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)

log = logging.getLogger(__name__)

Reader = Callable[[bytes], Iterable[Row | Fault]]
READERS: Mapping[str, Reader] = {"application/json": json_rows, "text/csv": csv_rows}


@dataclass(frozen=True, slots=True)
class Room:
    """How many requests are worked on at once, and how many more may wait: each holds its body in memory."""

    at_once: int = 2
    waiting: int = 14
    body_seconds: float = BODY_SECONDS


@dataclass(slots=True)
class Taken:
    """What this process has taken in since it started; written on the event loop only."""

    accepted: int = 0
    refused: int = 0
    requests: Counter[int] = field(default_factory=Counter)


class Intake:
    """Takes measurements in. Python's work on them is done in threads of its own: the event loop stays free."""

    def __init__(
        self, found: Opened, clock: Clock, token: SecretStr | None, room: Room | None = None
    ) -> None:
        self._found = found
        self._clock = clock
        self._token = token
        self._room = room or Room()
        self._pool = ThreadPoolExecutor(self._room.at_once, thread_name_prefix="intake")
        self._inside = 0
        self.taken = Taken()

    def routes(self) -> list[Route]:
        """Where it is."""
        return only("POST", PATH, self.open)

    def close(self) -> None:
        """What is being stored is finished; nothing more is begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def open(self, request: Request) -> Response:
        """200 with the number of measurements stored, or why none was."""
        with request_reference() as reference:
            try:
                answer = await self._answer(request)
            except Denial as denial:
                answer = denial.answer()
            except Exception:
                log.exception("%s: measurements could not be taken in", reference)
                answer = Denial(500, f"Something went wrong, and nothing was stored ({reference}).").answer()
        self.taken.requests[answer.status_code] += 1
        return answer

    async def _answer(self, request: Request) -> Response:
        check_token(request, self._token)
        reader = _reader(request.headers)
        with self._place():
            body = await self._body(request)
            loop, context = asyncio.get_running_loop(), copy_context()  # with the reference
            try:
                accepted = await loop.run_in_executor(self._pool, context.run, self._store, reader, body)
            except Unacceptable as refused:
                self.taken.refused += refused.rows
                raise ProblemsDenial(refused.problems, more=refused.more) from None
            self.taken.accepted += accepted
        return JSONResponse({"accepted": accepted})

    @contextmanager
    def _place(self) -> Iterator[None]:
        """A place among those who are inside; 429 where there is none."""
        if self._inside >= self._room.at_once + self._room.waiting:
            raise Denial(429, "Too many requests are waiting here. Send it again soon.", {"Retry-After": "2"})
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    async def _body(self, request: Request) -> bytes:
        try:
            async with asyncio.timeout(self._room.body_seconds):
                body = await read_body(request, most=MOST_BYTES)
        except TimeoutError:
            closing = {"Connection": "close"}
            raise Denial(408, "The body did not come to its end in time. Send it again.", closing) from None
        if body is None:
            raise Denial(413, "A body may have at most 10 MiB. Send several requests.")
        return body

    def _store(self, reader: Reader, body: bytes) -> int:
        """In a thread: how many were stored. Raises `Denial` and `Unacceptable`."""
        try:
            return self._stored(reader, body)
        except Malformed as refusal:
            raise Denial(400, str(refusal)) from None
        except TooMany as refusal:
            raise Denial(413, str(refusal)) from None
        except Unreachable as refusal:
            reference = current_reference()
            log.error("%s: measurements could not be stored: %s", reference, refusal)
            sentence = (
                f"The database does not answer, and nothing was stored ({reference}). Send it again soon."
            )
            raise Denial(503, sentence, {"Retry-After": "10"}) from None

    def _stored(self, reader: Reader, body: bytes) -> int:
        store, workspace = self._found.store, self._found.workspace
        at = self._clock.now()
        with store.read(workspace) as tx:
            known = tx.objectives.ids()
        measurements = checked(reader(body), known=known, at=at)
        if not measurements:
            return 0
        try:
            with store.transaction(workspace) as tx:
                return tx.measurements.record(measurements, at=at)
        except Unreachable:
            raise
        except MinutesGone as refusal:
            raise Denial(422, f"{refusal} Nothing was stored.") from None
        except Refusal as refusal:  # an objective was retired a moment ago
            raise Denial(409, f"{refusal} Nothing was stored.") from None


def _reader(headers: Mapping[str, str]) -> Reader:
    """What reads such a body. Raises `Denial`."""
    kind, _, parameters = headers.get("content-type", "").partition(";")
    reader = READERS.get(kind.strip().lower())
    if reader is None:
        raise Denial(415, f"Send Content-Type: {' or '.join(READERS)}.")
    charset = CHARSET.search(parameters)
    if charset and charset.group(1).lower() not in ("utf-8", "utf8", "us-ascii"):
        raise Denial(415, "Send the body in UTF-8.")
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise Denial(415, "Send the body as it is, without Content-Encoding.")
    return reader
