"""Good documents, which the tests take or spoil."""

from domain.agreement import Agreement, AgreementKind
from domain.definition import Known
from domain.objective import Service
from domain.team import Team, TeamKind

KNOWN = Known(
    teams=(
        Team("payments"),
        Team("retail", TeamKind.CUSTOMER),
        Team("bank", TeamKind.THIRD_PARTY),
    ),
    services=(Service("checkout"),),
    agreements=(
        Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail"),
        Agreement("bank-uc", AgreementKind.UC, "bank", "payments"),
    ),
)

SLO = """\
apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout-availability
  displayName: Checkout
  labels: {tier: one}
  annotations:
    steward/owner: payments
    steward/agreement: checkout-sla
spec:
  description: Share of checkouts that succeed
  service: checkout
  indicator:
    metadata: {name: checkout-ok}
    spec:
      ratioMetric:
        counter: true
        good: {metricSource: {type: steward/push}}
        total: {metricSource: {type: steward/push}}
  timeWindow:
    - duration: 30d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - target: 0.999
"""
SLICES = SLO.replace("Occurrences", "Timeslices") + "      timeSliceTarget: 0.95\n      timeSliceWindow: 5m\n"
CALENDAR = SLO.replace("duration: 30d", "duration: 1M").replace(
    "isRolling: true", "calendar: {startTime: 2026-01-01 00:00:00, timeZone: Europe/Berlin}"
)
TEAM = """\
apiVersion: steward/v1
kind: Team
metadata: {name: payments}
spec:
  kind: internal
  channel: "#team-payments"
  digest: {at: "09:00", days: [mon]}
"""
AGREEMENT = """\
apiVersion: steward/v1
kind: Agreement
metadata: {name: checkout-sla}
spec:
  type: SLA
  provider: payments
  customer: retail
"""
SLI = """\
apiVersion: openslo/v1
kind: SLI
metadata: {name: checkout-ok}
spec: {ratioMetric: {good: {metricSource: {type: steward/push}}, total: {metricSource: {type: steward/push}}}}
"""
SERVICE = "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: checkout}\nspec: {}\n"
INDICATOR = SLO[SLO.index("  indicator:") : SLO.index("  timeWindow:")]
REFERRING = SLO.replace(INDICATOR, "  indicatorRef: checkout-ok\n")
THE_TEAM = """\
apiVersion: steward/v1
kind: Team
metadata: {name: payments, displayName: Payments}
spec:
  kind: internal            # internal | third-party | customer
  channel: "#team-payments" # name or ID; a customer or third party may have none
  members: [U0A1, ana@example.com]      # or usergroup: S0123
  usergroup: S0123
  manager: U0B2
  timezone: Europe/Berlin
  quietHours: "20:00-08:00"
  digest: {at: "09:00", days: [mon, tue, wed, thu, fri]}
  escalation: [{to: members, after: 0m}, {to: manager, after: 30m}, {to: slm, after: 2h}]
  arbitrates: true
  slackTeam: T0XYZ
"""
