"""Good documents, which the tests take or spoil."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from domain.agreement import Agreement, AgreementKind
from domain.calendars import Calendar
from domain.definition import Known
from domain.exclusion import Exclusion
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Service, Terms
from domain.team import Team, TeamKind
from domain.window import RollingWindow

TERMS = Terms(Fraction(9, 10), RollingWindow(7), Occurrences(), Indicator("checkout-ok"))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
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
    calendars=(Calendar("weekdays"),),
    objectives=(
        Objective("checkout-availability", "checkout", (TERMS,)),
        Objective("checkout/fast", "checkout", (TERMS,), slo="checkout"),
    ),
    exclusions=(
        Exclusion(
            "by-hand", (NOON,), timedelta(hours=1), "Repair", NOON, services=("checkout",), author="U0A1"
        ),
        Exclusion("by-file", (NOON,), timedelta(hours=1), "Repair", NOON, services=("checkout",)),
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
THE_AGREEMENT = """\
apiVersion: steward/v1
kind: Agreement
metadata: {name: checkout-sla}
spec:
  type: SLA                 # SLA | OLA | UC
  provider: payments
  customer: retail
  contact: U0C3             # of the customer, optional
  effective: {from: 2026-01-01, until: 2026-12-31}   # until inclusive, in the provider's zone
  review: 2026-10-01
  serviceHours: weekdays    # a Calendar; left out: round the clock
  disputes: {answerWithin: 3wd, ruleWithin: 5wd, arbiter: U0D4}
  maintenanceNotice: 5wd
  claimWithin: 30d          # UC: until when a claim must be made
"""
THE_CALENDAR = """\
apiVersion: steward/v1
kind: Calendar
metadata: {name: weekdays}
spec:
  timezone: Europe/Berlin
  hours: {mon-fri: ["08:00-18:00"]}
  holidays: {country: DE, subdivision: BE, dates: [2026-12-24]}
"""
THE_EXCLUSION = """\
apiVersion: steward/v1
kind: Exclusion             # planned work; announced, listed by name in every figure
metadata: {name: db-upgrade-november}
spec:
  objectives: [checkout-availability]   # or services: [checkout]
  from: 2026-11-28T22:00:00+01:00
  to: 2026-11-29T02:00:00+01:00
  recurs: "FREQ=MONTHLY;BYDAY=-1SA"     # optional RRULE
  ground: planned-work
  reason: Upgrade of the payments database
"""
ONCE = THE_EXCLUSION.replace('  recurs: "FREQ=MONTHLY;BYDAY=-1SA"     # optional RRULE\n', "")
BY_WALL = THE_EXCLUSION.replace("  ground: planned-work", "  timezone: Europe/Berlin")
WATCHED = SLO.replace(
    "  budgetingMethod", "  alertPolicies:\n    - {alertPolicyRef: burns}\n  budgetingMethod"
)
POLICY = """\
apiVersion: openslo/v1
kind: AlertPolicy
metadata: {name: burns}
spec:
  alertWhenBreaching: true
  conditions: [{conditionRef: fast}]
  notificationTargets: [{targetRef: mail}]
"""
CONDITION = """\
apiVersion: openslo/v1
kind: AlertCondition
metadata: {name: fast}
spec:
  description: The budget burns
  severity: page
  condition:
    kind: burnrate
    op: gte
    threshold: 10
    lookbackWindow: 1h
    alertAfter: 5m
"""
TARGET = """\
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata: {name: mail}
spec: {target: email}
"""
THRESHOLD_SLI = """\
apiVersion: openslo/v1
kind: SLI
metadata: {name: checkout-ok}
spec: {thresholdMetric: {metricSource: {type: steward/push}}}
"""
THRESHOLD = SLO.replace(
    INDICATOR,
    """\
  indicator:
    metadata: {name: checkout-ok}
    spec: {thresholdMetric: {metricSource: {type: steward/push}}}
""",
).replace("- target", "- op: lte\n      value: 0.25\n      target")
RAW = SLO.replace(
    INDICATOR[INDICATOR.index("        counter") :],
    "        raw: {metricSource: {type: steward/push}}\n        rawType: success\n",
)
DATA_SOURCE = """\
apiVersion: openslo/v1
kind: DataSource
metadata: {name: prom, displayName: Prometheus, labels: {env: [prod, "1"]}}
spec:
  type: Prometheus
  connectionDetails:
    url: https://prometheus.example.com
    timeouts: [1.50, 7, ~, yes]
"""
COMPOSITE = SLO.replace(INDICATOR, "").replace(
    "- target: 0.999",
    """\
- displayName: Paid
      target: 0.98
      compositeWeight: 1
      indicatorRef: checkout-ok
    - target: 0.99
      compositeWeight: 2.5
      indicatorRef: checkout-ok""",
)
ANNOTATED = SLO.replace(
    "    steward/agreement: checkout-sla\n",
    """\
    steward/agreement: checkout-sla
    steward/responsible: databases
    steward/informed: retail
    steward/acknowledge-within: 5wd
    steward/acknowledgement-expires: 365d
    steward/min-coverage: "50%"
    steward/unit: payouts
""",
)
OTHER_TEAMS = """\
apiVersion: steward/v1
kind: Team
metadata: {name: retail}
spec: {kind: customer}
---
apiVersion: steward/v1
kind: Team
metadata: {name: databases}
spec: {channel: C0DB, usergroup: S0123}
"""
INTERFACES = "---\n".join(
    (Path(__file__).with_name("interfaces.yaml").read_text("utf-8"), OTHER_TEAMS, SERVICE, ANNOTATED)
)
