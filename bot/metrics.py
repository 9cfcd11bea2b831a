"""`/metrics`: a few figures in Prometheus' text format, for loopback and for who bears the token."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
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
from bot.wiring import Opened
from domain.refusal import Refusal
from jobs.job import Clock

PATH = "/metrics"
KIND = "text/plain; version=0.0.4; charset=utf-8"
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")

OBJECTIVES = "steward_objectives"
NOTICES = "steward_notices"
OLDEST_WAITING = "steward_notice_oldest_waiting_seconds"
NEWEST_MEASUREMENT = "steward_measurement_newest_age_seconds"
ACCEPTED = "steward_measurements_accepted_total"
REFUSED = "steward_measurements_refused_total"
REQUESTS = "steward_intake_requests_total"
METRICS: Mapping[str, tuple[str, str]] = {
    OBJECTIVES: ("gauge", "Objectives by state."),
    NOTICES: ("gauge", "Notices by state of the outbox: said, waiting, or given up."),
    OLDEST_WAITING: ("gauge", "Age of the oldest notice that is still to be said; 0 where there is none."),
    NEWEST_MEASUREMENT: ("gauge", "Seconds since the start of the newest measured minute."),
    ACCEPTED: ("counter", "Measurements that this process stored for the intake API."),
    REFUSED: ("counter", "Measurements of requests that this process refused because some were wrong."),
    REQUESTS: ("counter", "Requests to the intake API of this process, by HTTP status."),
}
"""Name → type and help."""

Samples = Mapping[str, float]
"""Labels as they are written, "" for none → value."""

log = logging.getLogger(__name__)


class Metrics:
    """Tells the figures. They are read by one thread, once for all who ask meanwhile."""

    def __init__(self, found: Opened, clock: Clock, token: SecretStr | None, taken: Taken) -> None:
        self._found = found
        self._clock = clock
        self._token = token
        self._taken = taken
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="metrics")
        self._reading: asyncio.Future[Gauges] | None = None

    def routes(self) -> list[Route]:
        """Where it is."""
        return only("GET", PATH, self.open)

    def close(self) -> None:
        """Nothing more is read."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def open(self, request: Request) -> Response:
        """The figures; 401 and 403 for others, 503 where the database is away."""
        try:
            if not _is_local(request):
                check_token(request, self._token)
            gauges = await self._gauges()
        except Denial as denial:
            return PlainTextResponse(f"{denial}\n", denial.status, denial.headers)
        except Refusal as refusal:
            log.error("metrics cannot be read: %s", refusal)
            return PlainTextResponse("The database does not answer.\n", 503)
        return PlainTextResponse("\n".join(_lines(_samples(gauges, self._taken))) + "\n", media_type=KIND)

    async def _gauges(self) -> Gauges:
        if self._reading is None or self._reading.done():
            self._reading = asyncio.get_running_loop().run_in_executor(self._pool, self._read)
        return await asyncio.shield(self._reading)

    def _read(self) -> Gauges:
        with self._found.store.read(self._found.workspace) as tx:
            return read_gauges(tx, at=self._clock.now())


def _is_local(request: Request) -> bool:
    """Whether it comes from this machine itself, and was not passed on by a proxy here."""
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _samples(gauges: Gauges, taken: Taken) -> Iterator[tuple[str, Samples]]:
    yield OBJECTIVES, {f'{{state="{state}"}}': count for state, count in gauges.objectives.items()}
    yield NOTICES, {f'{{state="{state}"}}': count for state, count in gauges.notices.items()}
    yield OLDEST_WAITING, {"": gauges.oldest_waiting_seconds or 0}
    newest = gauges.newest_measurement_seconds
    yield NEWEST_MEASUREMENT, {} if newest is None else {"": newest}
    yield ACCEPTED, {"": taken.accepted}
    yield REFUSED, {"": taken.refused}
    yield REQUESTS, {f'{{status="{status}"}}': count for status, count in sorted(taken.requests.items())}


def _lines(found: Iterable[tuple[str, Samples]]) -> Iterator[str]:
    for name, samples in found:
        kind, told = METRICS[name]
        yield f"# HELP {name} {told}"
        yield f"# TYPE {name} {kind}"
        yield from (f"{name}{labels} {value:.15g}" for labels, value in samples.items())
