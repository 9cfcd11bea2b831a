"""Definition files: linted and planned, against bare parsing of the same YAML."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import yaml

from connectors.definitions.load import load
from domain.plan import Current
from domain.planning import plan
from tests.bench.measuring import least_seconds

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SERVICES = 40
SLOS_A_SERVICE = 48
ROUNDS = 4
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OF_A_SERVICE = """\
apiVersion: steward/v1
kind: Team
metadata: {{name: team-{0}, displayName: Team {0}}}
spec:
  channel: "#team-{0}"
  members: [U0A{0:03}, U0B{0:03}]
  timezone: Europe/Berlin
  digest: {{at: "09:00", days: [mon, tue, wed, thu, fri]}}
---
apiVersion: openslo/v1
kind: Service
metadata: {{name: service-{0}, displayName: Service {0}}}
spec: {{description: What people buy number {0}}}
---
"""
AGREEMENT = """\
apiVersion: steward/v1
kind: Agreement
metadata: {{name: sla-{0}}}
spec:
  type: SLA
  provider: team-{0}
  customer: customer
  effective: {{from: 2026-01-01, until: 2026-12-31}}
---
"""
CUSTOMER = "apiVersion: steward/v1\nkind: Team\nmetadata: {name: customer}\nspec: {kind: customer}\n---\n"
SLO = """\
apiVersion: openslo/v1
kind: SLO
metadata:
  name: service-{0}-objective-{1}
  displayName: Objective {1} of service {0}
  labels: {{tier: gold}}
  annotations:
    steward/owner: team-{0}
    steward/agreement: sla-{0}
    steward/unit: requests
    steward/responsible: team-{2}
    steward/supports: {3}
spec:
  description: Share of requests that are answered in time
  service: service-{0}
  indicator:
    metadata: {{name: service-{0}-indicator-{1}}}
    spec:
      ratioMetric:
        counter: true
        good:
          metricSource:
            type: steward/push
            spec: {{query: "sum(requests{{code=~'2..'}})"}}
        total:
          metricSource:
            type: steward/push
            spec: {{query: "sum(requests)"}}
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - displayName: Answered
      target: {4}
---
"""


def run(folder: Path) -> Iterator[str]:
    """A file a service: a team, an agreement, and its SLOs; planned where nothing is stored yet, and where all is."""
    documents = _write(folder)
    stored = _stored(folder)
    bare, linted, planned, again = least_seconds(
        [
            lambda: _parse(folder),
            lambda: _lint(folder),
            lambda: _lint_and_plan(folder, Current()),
            lambda: _lint_and_plan(folder, stored),
        ],
        rounds=ROUNDS,
    )
    for what, taken in (
        ("linted", linted),
        ("linted and planned", planned),
        ("linted and planned once more, all stored", again),
    ):
        yield (
            f"definitions, {documents:,} documents {what}: {documents / taken:,.0f} documents a second; bare YAML "
            f"parsing ({LOADER.__name__}): {documents / bare:,.0f}: {bare / taken:.2f} of it (wanted: 0.33)"
        )


def _write(folder: Path) -> int:
    for service in range(SERVICES):
        slos = "".join(_slo(service, number) for number in range(SLOS_A_SERVICE - 1))
        customer = CUSTOMER if not service else ""
        text = customer + OF_A_SERVICE.format(service) + AGREEMENT.format(service) + slos
        (folder / f"{service}.yaml").write_text(text, "utf-8")
    return sum(path.read_text("utf-8").count("apiVersion:") for path in folder.iterdir())


def _slo(service: int, number: int) -> str:
    """Of the first three dozen the first of each dozen stands on the others."""
    head = number - number % 12
    supports = f"service-{service}-objective-{head}" if number - head > 0 and head < 36 else "~"
    return SLO.format(service, number, (service + 1) % SERVICES, supports, 0.9999 if number % 12 else 0.99)


def _parse(folder: Path) -> None:
    for path in folder.iterdir():
        for _ in yaml.load_all(path.read_bytes(), Loader=LOADER):
            pass


def _lint(folder: Path) -> None:
    assert load([folder]).problems == ()


def _lint_and_plan(folder: Path, current: Current) -> None:
    loaded = load([folder], current.known)
    planned = plan(loaded.definitions, current, at=AT)
    objectives = 0 if current.objectives else SERVICES * (SLOS_A_SERVICE - 1)
    assert len(planned.objectives_to_save) == objectives


def _stored(folder: Path) -> Current:
    found = load([folder]).definitions
    return Current(found.teams, found.services, found.agreements, found.objectives)
