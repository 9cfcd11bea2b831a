"""Asking: `/slm status NAME` over signed HTTP, by many at once and by one, also while digests are made."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from domain.objective import Service
from domain.team import Team
from storage.store import Store
from tests.bench.seeding import name_of, seeded_store
from tests.processes.steward import ROOT

OBJECTIVES = 1_000
TEAMS = 40
DAYS = 30
CONNECTIONS = 32
ROUNDS = 5
SECONDS = 3.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers a second, the seconds of half of them and of all but a hundredth, the server's work for each."""

    a_second: float
    p50: float
    p99: float
    processor: float


@dataclass(frozen=True, slots=True)
class Server:
    """A process of `tests.bench.answerer`."""

    process: "subprocess.Popen[bytes]"
    port: int

    def asked(self, connections: int) -> Asked:
        """By a process of its own."""
        asking = (
            "tests.bench.asker",
            str(self.port),
            f"status {name_of(500)}",
            str(connections),
            str(SECONDS),
        )
        before = self._processor_seconds()
        said = subprocess.run(  # noqa: S603
            [sys.executable, "-m", *asking], cwd=ROOT, stdout=subprocess.PIPE, check=True
        ).stdout
        answers, p50, p99 = json.loads(said)
        return Asked(answers / SECONDS, p50, p99, (self._processor_seconds() - before) / answers)

    def _processor_seconds(self) -> float:
        """Of all its threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def run(folder: Path) -> Iterator[str]:
    """Against a bare Starlette app, served in the same way, that checks the signature and says a word."""
    database = folder / "steward.db"
    with seeded_store(database, OBJECTIVES, DAYS) as store:
        _organise(store)
    with serving("bare", database) as bare, serving("steward", database) as steward:
        for server in (bare, steward):
            server.asked(1)
        rounds = [(steward.asked(CONNECTIONS), bare.asked(CONNECTIONS)) for _ in range(ROUNDS)]
        yield _many(*(max(asked, key=lambda one: one.a_second) for asked in zip(*rounds, strict=True)))
        yield _one("nothing else is done", [steward.asked(1) for _ in range(ROUNDS)])
    with serving("digesting", database) as digesting:
        digesting.asked(1)
        yield _one(
            f"digests of {OBJECTIVES:,} objectives are made", [digesting.asked(1) for _ in range(ROUNDS)]
        )


@contextmanager
def serving(kind: str, database: Path) -> Iterator[Server]:
    """While held, the process serves."""
    answerer = (sys.executable, "-m", "tests.bench.answerer", kind, str(database))
    with subprocess.Popen(answerer, cwd=ROOT, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        try:
            yield Server(process, int(process.stdout.readline()))
        finally:
            process.terminate()


def _organise(store: Store) -> None:
    """Teams that own as many objectives each, and managers who read of all of them."""
    with store.transaction() as tx:
        names = [f"team{number:02}" for number in range(TEAMS)]
        teams = [Team(name, channel=f"#{name}", members=(f"U0{name.upper()}",)) for name in names]
        tx.teams.save([*teams, Team("slm", channel="#slm", arbitrates=True)])
        tx.services.save([Service("shop")])
        for number, name in enumerate(names):
            owned = {"owner": name, "teams": TEAMS, "number": number}
            tx.connection.execute(
                text("UPDATE terms SET owner = :owner WHERE objective_id % :teams = :number"), owned
            )


def _many(ours: Asked, bare: Asked) -> str:
    return (
        f"/slm status NAME, {CONNECTIONS} connections: {ours.a_second:,.0f} answers a second "
        f"({ours.processor * 1e6:,.0f} µs of processor each); bare Starlette that checks the signature: "
        f"{bare.a_second:,.0f} ({bare.processor * 1e6:,.0f} µs): {ours.a_second / bare.a_second:.2f} of its speed, "
        f"{bare.processor / ours.processor:.2f} by processor (wanted: 0.2)"
    )


def _one(while_what: str, rounds: list[Asked]) -> str:
    p50, p99 = sorted(one.p50 * 1e3 for one in rounds), sorted(one.p99 * 1e3 for one in rounds)
    return (
        f"/slm status NAME, one connection while {while_what}: p50 {p50[0]:.1f} to {p50[-1]:.1f} ms, "
        f"p99 {p99[0]:.1f} to {p99[-1]:.1f} ms in {ROUNDS} rounds of {SECONDS:.0f} s (wanted: p99 under 5 ms)"
    )
