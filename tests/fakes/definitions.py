"""Definition files of a small provider, as its people would write them."""

TEAM = """\
apiVersion: steward/v1
kind: Team
metadata: {name: payments, displayName: Payments}
spec:
  channel: "#payments"
  timezone: Europe/Berlin
  digest: {at: "09:00", days: [mon, tue, wed, thu, fri]}
"""
SERVICE = """\
apiVersion: openslo/v1
kind: Service
metadata: {name: checkout}
spec: {description: Where orders are paid}
"""
ROLLING = "{duration: 30d, isRolling: true}"
MONTH = '{duration: 1M, isRolling: false, calendar: {startTime: "2020-01-01 00:00:00", timeZone: UTC}}'


def slo(name: str, target: str, *, window: str = ROLLING, owner: str = "payments") -> str:
    """An objective of the checkout service, counted by events."""
    return f"""\
apiVersion: openslo/v1
kind: SLO
metadata:
  name: {name}
  annotations: {{steward/owner: {owner}}}
spec:
  description: Share of checkouts that succeed
  service: checkout
  indicator:
    metadata: {{name: {name}-ok}}
    spec:
      ratioMetric:
        counter: true
        good: {{metricSource: {{type: steward/push, spec: {{}}}}}}
        total: {{metricSource: {{type: steward/push, spec: {{}}}}}}
  timeWindow: [{window}]
  budgetingMethod: Occurrences
  objectives: [{{target: {target}}}]
"""


def file_of(*documents: str) -> str:
    """One file of several documents."""
    return "---\n".join(documents)
