"""`/metrics`: figures about Steward in Prometheus' text format, for loopback and for who bears the token."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.denial import Denial, check_token
from bot.doors import only
from bot.gauges import Gauges, read_gauges
from bot.intake import Taken
from bot.latencies import Latencies
from bot.samples import exposition
from bot.wiring import Opened
from jobs.job import Clock
from storage.tallies import connections

PATH = "/metrics"
KIND = "text/plain; version=0.0.4; charset=utf-8"
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


class Metrics:
    """Tells the figures. They are read by one thread, once for all who ask meanwhile."""

    def __init__(
        self,
        found: Opened,
        clock: Clock,
        token: SecretStr | None,
        taken: Taken,
        latencies: Latencies | None = None,
    ) -> None:
        self._found = found
        self._clock = clock
        self._token = token
        self._taken = taken
        self._latencies = latencies or Latencies()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="metrics")
        self._reading: asyncio.Future[Gauges | None] | None = None

    def routes(self) -> list[Route]:
        """Where it is."""
        return only("GET", PATH, self.open)

    def close(self) -> None:
        """Nothing more is read."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def open(self, request: Request) -> Response:
        """The figures; 401 and 403 for others. Where the database is away, those of this process."""
        try:
            if not _is_local(request):
                check_token(request, self._token)
        except Denial as denial:
            return PlainTextResponse(f"{denial}\n", denial.status, denial.headers)
        gauges = await self._gauges()
        own = connections(self._found.store.engine)
        return PlainTextResponse(exposition(gauges, self._taken, self._latencies, own), media_type=KIND)

    async def _gauges(self) -> Gauges | None:
        if self._reading is None or self._reading.done():
            self._reading = asyncio.get_running_loop().run_in_executor(self._pool, self._read)
        return await asyncio.shield(self._reading)

    def _read(self) -> Gauges | None:
        return read_gauges(self._found.store, self._found.workspace, at=self._clock.now())


def _is_local(request: Request) -> bool:
    """Whether it comes from this machine itself, and was not passed on by a proxy here."""
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
