"""`/metrics`: the figures, and who may read them."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.intake import Taken
from bot.latencies import BOUNDS, Latencies
from bot.metrics import Metrics
from bot.samples import METRICS
from bot.wiring import Opened
from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.notice import Content, Notice, NoticeState
from domain.ticking import Ticking
from storage.migrate import HEAD
from storage.store import DEFAULT_WORKSPACE, Store
from tests.fakes.clock import MovableClock
from tests.fakes.intake import BEARER, body, send
from tests.fakes.organisation import measure, objective, organise
from tests.fakes.slack_server import serving
from tests.fakes.steward_server import API_TOKEN, played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
GOOD = {"objective": "checkout", "start": "2026-11-24T11:59:00Z", "good": 6, "total": 6}
NEWEST = "steward_measurement_newest_age_seconds"
BOUNDS_TOLD = (*(f"{bound:g}" for bound in BOUNDS), "+Inf")


@pytest.fixture
def store(store: Store) -> Store:
    """Three objectives, on both databases in turn: met, breached, and without any measurement."""
    organise(store, [], [objective(name, None) for name in ("checkout", "search", "mail")])
    measure(store, "checkout", since=NOON - timedelta(hours=6), until=NOON)
    measure(store, "search", since=NOON - timedelta(hours=6), until=NOON, bad=200)
    return store


class From:
    """The application as it is asked from another address."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        self._app = app
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "client": (self._address, 1)}, receive, send)


@contextmanager
def metrics_from(
    store: Store,
    *,
    address: str = "127.0.0.1",
    token: str | None = API_TOKEN,
    at: datetime = NOON,
    latencies: Latencies | None = None,
) -> Iterator[httpx.Client]:
    """Who asks from `address`."""
    secret = SecretStr(token) if token else None
    metrics = Metrics(Opened(store, DEFAULT_WORKSPACE), MovableClock(at), secret, Taken(), latencies)
    app = From(Starlette(routes=metrics.routes()), address)
    with (
        closing(metrics),
        serving(app) as base_url,
        httpx.Client(base_url=base_url, trust_env=False, timeout=10) as client,
    ):
        yield client


def samples(text: str) -> dict[str, float]:
    """Each sample with its labels, and its value."""
    found = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in found}


def newest(store: Store, *, at: datetime) -> float | None:
    with metrics_from(store, at=at) as client:
        return samples(client.get("/metrics").text).get(NEWEST)


def said(key: str, state: NoticeState, *, minutes: int = 0, **more: Any) -> Notice:
    return Notice(key, "#a", Content("text"), NOON - timedelta(minutes=minutes), state=state, **more)


def outbox() -> list[Notice]:
    """A notice of each kind."""
    again = NOON + timedelta(minutes=1)
    return [
        said("new", NoticeState.PENDING, minutes=7),
        said("again", NoticeState.PENDING, minutes=9, attempts=3, not_before=again),
        said("under way", NoticeState.SENDING, minutes=8, attempts=1),
        said("posted", NoticeState.SENT, posted_version=1),
        said("edited twice", NoticeState.SENT, version=3, posted_version=3),
        said("to be edited", NoticeState.PENDING, version=2, posted_version=1),
        said("refused", NoticeState.FAILED),
        said("too late", NoticeState.STALE),
        said("looked for", NoticeState.AMBIGUOUS, not_before=again),
        said("nobody knows", NoticeState.AMBIGUOUS),
    ]


def test_the_figures(store: Store) -> None:
    with store.transaction() as tx:
        for notice in outbox():
            tx.outbox.add(notice)
        tx.processes.seen(Ticking("machine/17", NOON, NOON - timedelta(seconds=12), 0.25))
        for warning in warnings():
            tx.breach_warnings.save(warning)
    with played_steward(store, MovableClock(NOON)) as steward:
        send(steward.address, body(GOOD))
        send(steward.address, body(GOOD, {**GOOD, "good": -1}))
        send(steward.address, b"")
        answer = steward.request("GET", "/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = samples(answer.text)
    assert found.pop("steward_database_bytes") > 50_000
    assert 0 < found.pop("steward_database_probe_seconds") < 1
    assert found.pop('steward_database_connections{state="in_use"}') == 0
    assert found.pop('steward_database_connections{state="idle"}') > 0
    assert found == {
        'steward_objectives{state="breached"}': 1,
        'steward_objectives{state="at_risk"}': 0,
        'steward_objectives{state="no_data"}': 1,
        'steward_objectives{state="met"}': 1,
        'steward_warnings_open{severity="page",kind="burn"}': 1,
        'steward_warnings_open{severity="page",kind="forecast"}': 0,
        'steward_warnings_open{severity="page",kind="silent"}': 0,
        'steward_warnings_open{severity="ticket",kind="burn"}': 1,
        'steward_warnings_open{severity="ticket",kind="forecast"}': 0,
        'steward_warnings_open{severity="ticket",kind="silent"}': 2,
        "steward_warning_oldest_unacknowledged_seconds": 0,
        'steward_notices{state="pending"}': 3,
        'steward_notices{state="sending"}': 1,
        'steward_notices{state="sent"}': 2,
        'steward_notices{state="failed"}': 1,
        'steward_notices{state="ambiguous"}': 2,
        'steward_notices{state="stale"}': 1,
        "steward_notice_oldest_waiting_seconds": 540,
        'steward_deliveries{outcome="posted"}': 3,
        'steward_deliveries{outcome="edited"}': 2,
        'steward_deliveries{outcome="failed"}': 1,
        'steward_deliveries{outcome="stale"}': 1,
        'steward_deliveries{outcome="unknown"}': 1,
        "steward_notices_retried": 1,
        "steward_notices_sought": 1,
        NEWEST: 60,
        "steward_measurements_accepted_total": 1,
        "steward_measurements_refused_total": 2,
        'steward_intake_requests_total{status="200"}': 1,
        'steward_intake_requests_total{status="400"}': 1,
        'steward_intake_requests_total{status="422"}': 1,
        'steward_process_last_seen_seconds{process="machine/17"}': 12,
        'steward_tick_late_seconds{process="machine/17"}': 0.25,
        "steward_database_up": 1,
        "steward_database_migration": int(HEAD),
    }


def warned(number: int, kind: WarningKind, severity: Severity, *, minutes: int, **more: Any) -> BreachWarning:
    """A warning about search, which is breached anyway."""
    since = NOON - timedelta(minutes=minutes)
    episode = Episode("search", kind, severity, since, since, more.pop("over", None))
    return BreachWarning(number, kind, None, "#a", "search", since, (episode,), **more)


def warnings() -> list[BreachWarning]:
    """Open ones of some kinds; those that are over count no more."""
    page, ticket = Severity.PAGE, Severity.TICKET
    return [
        warned(1, WarningKind.BURN, page, minutes=90, acknowledged_by="U0ANA", acknowledged_at=NOON),
        warned(2, WarningKind.BURN, page, minutes=80, over=NOON),
        warned(3, WarningKind.BURN, ticket, minutes=70),
        warned(4, WarningKind.SILENT, ticket, minutes=60),
        warned(5, WarningKind.SILENT, ticket, minutes=50),
    ]


def test_for_how_long_nobody_has_an_urgent_warning(store: Store) -> None:
    page = Severity.PAGE
    later = warned(6, WarningKind.BURN, page, minutes=300, urgent_at=NOON - timedelta(minutes=40))
    with store.transaction() as tx:
        for warning in (*warnings(), warned(7, WarningKind.BURN, page, minutes=30), later):
            tx.breach_warnings.save(warning)
    with metrics_from(store) as client:
        found = samples(client.get("/metrics").text)
    assert found["steward_warning_oldest_unacknowledged_seconds"] == 2400
    assert found['steward_warnings_open{severity="page",kind="burn"}'] == 3


def test_how_long_commands_took(sqlite_store: Store) -> None:
    latencies = Latencies()
    for word, seconds in (("status", 0.004), ("status", 0.005), ("status", 0.3), ("nonsense", 9)):
        latencies.observe(word, seconds)
    with metrics_from(sqlite_store, latencies=latencies) as client:
        found = samples(client.get("/metrics").text)
    status = [found[f'steward_command_seconds_bucket{{word="status",le="{bound}"}}'] for bound in BOUNDS_TOLD]
    assert status == [2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3]
    assert found['steward_command_seconds_count{word="status"}'] == 3
    assert found['steward_command_seconds_sum{word="status"}'] == pytest.approx(0.309)
    assert found['steward_command_seconds_bucket{word="other",le="4"}'] == 0
    assert found['steward_command_seconds_bucket{word="other",le="+Inf"}'] == 1


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param(0.05, id="minutes that are not sealed"),
        pytest.param(5, id="sealed hours"),
        pytest.param(30, id="silent for over a day"),
        pytest.param(24 * 40, id="out of every window"),
    ],
)
def test_the_age_of_the_newest_measurement(store: Store, hours: float) -> None:
    at = NOON + timedelta(hours=hours)
    with store.transaction() as tx:
        tx.measurements.seal(at=at)
    assert newest(store, at=at) == hours * 3600 + 60


def test_the_age_of_minutes_that_nobody_sealed(store: Store) -> None:
    assert newest(store, at=NOON + timedelta(hours=5)) == 5 * 3600 + 60


def test_an_empty_database(sqlite_store: Store) -> None:
    with metrics_from(sqlite_store) as client:
        found = samples(client.get("/metrics").text)
    assert NEWEST not in found
    objectives_and_notices = {name: value for name, value in found.items() if "database" not in name}
    assert set(objectives_and_notices.values()) == {0}


def test_every_metric_has_its_help_and_its_row_in_the_documents(sqlite_store: Store) -> None:
    with metrics_from(sqlite_store) as client:
        text = client.get("/metrics").text
    told = re.findall(r"^# HELP (\w+) (.*)\n# TYPE \1 (\w+)$", text, re.MULTILINE)
    assert {name: (kind, said) for name, said, kind in told} == METRICS
    document = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (gauge|counter|histogram) \| (.*) \|$", document, re.MULTILINE)
    assert {name: (kind, said) for name, kind, said in rows} == METRICS


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        pytest.param("127.0.0.1", {}, 200, id="this machine"),
        pytest.param("127.8.8.8", {}, 200, id="this machine by another name"),
        pytest.param("::1", {}, 200, id="this machine by IPv6"),
        pytest.param("::ffff:127.0.0.1", {}, 200, id="this machine by both"),
        pytest.param("10.0.0.7", {}, 401, id="elsewhere"),
        pytest.param("2001:db8::1", {}, 401, id="elsewhere by IPv6"),
        pytest.param("nowhere", {}, 401, id="no address"),
        pytest.param("10.0.0.7", BEARER, 200, id="elsewhere, with the token"),
        pytest.param("10.0.0.7", {"Authorization": "Bearer wrong"}, 401, id="elsewhere, with another token"),
        pytest.param("127.0.0.1", {"X-Real-IP": "10.0.0.7"}, 401, id="through a proxy here"),
        pytest.param("127.0.0.1", {"Forwarded": "for=10.0.0.7", **BEARER}, 200, id="so, with the token"),
    ],
)
def test_who_may_read_them(sqlite_store: Store, address: str, headers: dict[str, str], status: int) -> None:
    with metrics_from(sqlite_store, address=address) as client:
        answer = client.get("/metrics", headers=headers)
    assert answer.status_code == status
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    assert API_TOKEN not in answer.text


def test_without_a_token_nobody_elsewhere_may(sqlite_store: Store) -> None:
    with metrics_from(sqlite_store, address="10.0.0.7", token=None) as client:
        assert client.get("/metrics", headers=BEARER).status_code == 403


@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
def test_they_are_only_read(sqlite_store: Store, method: str) -> None:
    with metrics_from(sqlite_store) as client:
        answer = client.request(method, "/metrics")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert client.head("/metrics").status_code == 200


def test_a_database_that_is_away(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.engine.dispose()
    (tmp_path / "steward.db").rename(tmp_path / "elsewhere.db")
    (tmp_path / "steward.db").mkdir()
    with metrics_from(sqlite_store) as client:
        answer = client.get("/metrics")
        found = samples(answer.text)
        assert (answer.status_code, found["steward_database_up"]) == (200, 0)
        assert "steward_measurements_accepted_total" in found
        assert not any(name.startswith("steward_notices") for name in found)
        (tmp_path / "steward.db").rmdir()
        (tmp_path / "elsewhere.db").rename(tmp_path / "steward.db")
        assert samples(client.get("/metrics").text)["steward_database_up"] == 1


def test_names_of_processes_are_escaped(sqlite_store: Store) -> None:
    with sqlite_store.transaction() as tx:
        tx.processes.seen(Ticking('a"b\\c', NOON, NOON, 0))
    with metrics_from(sqlite_store) as client:
        assert 'steward_tick_late_seconds{process="a\\"b\\\\c"} 0' in client.get("/metrics").text


async def watched(latencies: Latencies) -> None:
    loop = asyncio.get_running_loop()
    answered, failed, given_up = loop.create_future(), loop.create_future(), loop.create_future()
    for word, running in (("status", answered), ("who", failed), ("mine", given_up)):
        latencies.watch(word, running)
    answered.set_result("answer")
    failed.set_exception(ValueError("a trap"))
    given_up.cancel()
    await asyncio.wait([answered, failed, given_up])
    await asyncio.sleep(0)  # the callbacks
    assert failed.exception()


def test_commands_are_watched_until_they_are_done() -> None:
    latencies = Latencies()
    asyncio.run(watched(latencies))
    assert {word: sum(one.counts) for word, one in latencies.all()} == {"status": 1, "who": 1}
