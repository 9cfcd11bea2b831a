"""The metrics: their names, what they mean, and their samples in Prometheus' text format."""

from collections.abc import Iterable, Iterator, Mapping

from bot.gauges import Gauges
from bot.intake import Taken
from bot.latencies import Latencies
from domain.notice import NoticeState

OBJECTIVES = "steward_objectives"
WARNINGS = "steward_warnings_open"
UNACKNOWLEDGED = "steward_warning_oldest_unacknowledged_seconds"
NOTICES = "steward_notices"
OLDEST_WAITING = "steward_notice_oldest_waiting_seconds"
DELIVERIES = "steward_deliveries"
RETRIED = "steward_notices_retried"
SOUGHT = "steward_notices_sought"
NEWEST_MEASUREMENT = "steward_measurement_newest_age_seconds"
ACCEPTED = "steward_measurements_accepted_total"
REFUSED = "steward_measurements_refused_total"
REQUESTS = "steward_intake_requests_total"
COMMANDS = "steward_command_seconds"
LAST_SEEN = "steward_process_last_seen_seconds"
LATE = "steward_tick_late_seconds"
DATABASE_UP = "steward_database_up"
DATABASE_PROBE = "steward_database_probe_seconds"
DATABASE_CONNECTIONS = "steward_database_connections"
DATABASE_BYTES = "steward_database_bytes"
MIGRATION = "steward_database_migration"

METRICS: Mapping[str, tuple[str, str]] = {
    OBJECTIVES: ("gauge", "Objectives by state."),
    WARNINGS: ("gauge", "Open warnings by severity (page: urgent, ticket: can wait) and kind."),
    UNACKNOWLEDGED: (
        "gauge",
        "For how long the oldest urgent warning that nobody has is urgent; 0 where there is none.",
    ),
    NOTICES: ("gauge", "Notices by state of the outbox: said, waiting, or given up."),
    OLDEST_WAITING: ("gauge", "Age of the oldest notice that is still to be said; 0 where there is none."),
    DELIVERIES: ("gauge", "Deliveries of the notices that are kept, by outcome, of all processes."),
    RETRIED: ("gauge", "Waiting notices of which a try has failed: Slack was away, or asked to wait."),
    SOUGHT: ("gauge", "Notices that are looked for in Slack, since nobody knows whether they arrived."),
    NEWEST_MEASUREMENT: ("gauge", "Seconds since the start of the newest measured minute."),
    ACCEPTED: ("counter", "Measurements that this process stored for the intake API."),
    REFUSED: ("counter", "Measurements of requests that this process refused because some were wrong."),
    REQUESTS: ("counter", "Requests to the intake API of this process, by HTTP status."),
    COMMANDS: ("histogram", "Seconds that commands took in this process, by word."),
    LAST_SEEN: (
        "gauge",
        "Seconds since each process that ticks was last seen; it is written down every 10 s.",
    ),
    LATE: ("gauge", "By how many seconds the latest of a process's newest ticks came after its time."),
    DATABASE_UP: ("gauge", "1 where the database answers, 0 where it does not."),
    DATABASE_PROBE: ("gauge", "Seconds until the database answered a first small question."),
    DATABASE_CONNECTIONS: ("gauge", "Connections of this process to the database: in use, or idle."),
    DATABASE_BYTES: ("gauge", "Size of the database on its disk, without SQLite's write-ahead log."),
    MIGRATION: ("gauge", "Number of the migration that the database is at."),
}
"""Name → type and help."""

Samples = Mapping[str, float]
"""What follows the name (a suffix, labels, "" for neither) → value."""


def exposition(
    gauges: Gauges | None, taken: Taken, latencies: Latencies, connections: Mapping[str, int]
) -> str:
    """All of them; without `gauges`, as the database is away, those of this process."""
    found = dict(_of_process(taken, latencies, connections))
    found[DATABASE_UP] = {"": 1 if gauges else 0}
    if gauges:
        found |= _of_database(gauges)
    return "\n".join(_lines((name, found[name]) for name in METRICS if name in found)) + "\n"


def _of_process(
    taken: Taken, latencies: Latencies, connections: Mapping[str, int]
) -> Iterator[tuple[str, Samples]]:
    yield ACCEPTED, {"": taken.accepted}
    yield REFUSED, {"": taken.refused}
    yield REQUESTS, {_label(status=status): count for status, count in sorted(taken.requests.items())}
    yield COMMANDS, dict(_of_commands(latencies))
    yield DATABASE_CONNECTIONS, {_label(state=state): count for state, count in connections.items()}


def _of_commands(latencies: Latencies) -> Iterator[tuple[str, float]]:
    for word, one in latencies.all():
        yield from ((f"_bucket{_label(word=word, le=bound)}", count) for bound, count in one.cumulative())
        yield f"_sum{_label(word=word)}", one.seconds
        yield f"_count{_label(word=word)}", sum(one.counts)


def _of_database(gauges: Gauges) -> dict[str, Samples]:
    notices, newest, at = gauges.notices, gauges.newest_measurement_seconds, gauges.at
    return {
        OBJECTIVES: {_label(state=state): count for state, count in gauges.objectives.items()},
        WARNINGS: {
            _label(severity=severity, kind=kind): count for (severity, kind), count in gauges.warnings.items()
        },
        UNACKNOWLEDGED: {"": gauges.oldest_unacknowledged_seconds or 0},
        NOTICES: {_label(state=state): count for state, count in notices.states.items()},
        OLDEST_WAITING: {"": gauges.oldest_waiting_seconds or 0},
        DELIVERIES: _outcomes(gauges),
        RETRIED: {"": notices.retried},
        SOUGHT: {"": notices.sought},
        NEWEST_MEASUREMENT: {} if newest is None else {"": newest},
        LAST_SEEN: {_label(process=one.name): one.unseen(at=at).total_seconds() for one in gauges.processes},
        LATE: {_label(process=one.name): one.late_seconds for one in gauges.processes},
        DATABASE_PROBE: {"": gauges.probe_seconds},
        DATABASE_BYTES: {"": gauges.database_bytes},
        MIGRATION: {"": gauges.migration},
    }


def _outcomes(gauges: Gauges) -> Samples:
    notices = gauges.notices
    return {
        _label(outcome="posted"): notices.posted,
        _label(outcome="edited"): notices.edited,
        _label(outcome="failed"): notices.states[NoticeState.FAILED],
        _label(outcome="stale"): notices.states[NoticeState.STALE],
        _label(outcome="unknown"): notices.states[NoticeState.AMBIGUOUS] - notices.sought,
    }


def _label(**labels: object) -> str:
    told = ",".join(f'{name}="{_escaped(str(value))}"' for name, value in labels.items())
    return f"{{{told}}}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _lines(found: Iterable[tuple[str, Samples]]) -> Iterator[str]:
    for name, samples in found:
        kind, told = METRICS[name]
        yield f"# HELP {name} {told}"
        yield f"# TYPE {name} {kind}"
        yield from (f"{name}{rest} {value:.15g}" for rest, value in samples.items())
