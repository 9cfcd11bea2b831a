"""A server that is asked, as a process of its own: Steward, or a bare Starlette app that checks the signature only."""

import sys
import threading
from datetime import datetime, timedelta
from time import monotonic, sleep

from pydantic import SecretStr
from sqlalchemy import delete
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.alone import listening_socket
from bot.clock import SystemClock
from bot.service import application, serve
from bot.settings import Settings
from bot.signature import signed_by_slack
from bot.wiring import Opened
from jobs import digest
from jobs.job import Clock, Context
from storage.engine import open_engine
from storage.schema import DigestRow, NoticeRow, table_of
from storage.store import DEFAULT_WORKSPACE, Store
from tests.bench.seeding import AT

SECRET = "the-signing-secret-of-the-benchmark"
PATH = "/slack/events"


class BenchClock(SystemClock):
    """Begins at AT with the process, so that the same figures are asked for each time."""

    def __init__(self) -> None:
        self._began = monotonic()

    def now(self) -> datetime:
        """So long after AT."""
        return AT + timedelta(seconds=monotonic() - self._began)


def bare(clock: Clock) -> Starlette:
    """Reads the body, checks the signature, says a word."""

    async def answer(request: Request) -> Response:
        signed = signed_by_slack(SECRET, request.headers, await request.body(), at=clock.now())
        return PlainTextResponse("signed\n" if signed else "not signed\n", 200 if signed else 401)

    return Starlette(routes=[Route(PATH, answer, methods=["POST"])])


def steward(store: Store, clock: Clock) -> Starlette:
    """The whole application, with a Slack that it never calls."""
    settings = Settings(
        slack_bot_token=SecretStr("xoxb-of-the-benchmark"),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_base_url="http://127.0.0.1:9/api/",
    )
    return application(settings, Opened(store, DEFAULT_WORKSPACE), clock)


def make_digests(store: Store) -> None:
    """The digest job as a tick runs it, and what it decided forgotten; again and again."""
    while True:
        digest.run(Context(store, DEFAULT_WORKSPACE, SystemClock(), AT))
        with store.transaction() as tx:
            for row in (DigestRow, NoticeRow):
                tx.connection.execute(delete(table_of(row)))
        sleep(0)


def main(kind: str, database: str) -> None:
    """`kind` is "bare", "steward", or "digesting": Steward that makes digests meanwhile."""
    listening = listening_socket("127.0.0.1", 0)
    clock, store = BenchClock(), Store(open_engine(f"sqlite:///{database}"))
    app = bare(clock) if kind == "bare" else steward(store, clock)
    if kind == "digesting":
        threading.Thread(target=make_digests, args=[store], daemon=True).start()
    print(listening.getsockname()[1], flush=True)
    serve(app, listening)


if __name__ == "__main__":
    main(*sys.argv[1:])
