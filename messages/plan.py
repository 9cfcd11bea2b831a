"""A plan as plain text: a diff that a manager can approve."""

from collections import Counter

from domain.definition import Kind
from domain.plan import Change, FieldChange, Kept, Plan, Verb

NOTHING = "Nothing to change."
MARKS = {Verb.CREATE: "+", Verb.UPDATE: "~", Verb.RESTORE: "~", Verb.RETIRE: "-", Verb.REMOVE: "-"}
LONGEST_VALUE = 60
UNSAID = frozenset(
    (
        "display name",
        "description",
        "labels",
        "coverage needed",
        "indicator",
        "indicator's description",
        "metric sources",
        "SLO",
    )
)
"""Fields of something new that a reader approves without."""
USUAL = {"method": "Occurrences", "time zone": "UTC"}


def render(planned: Plan) -> str:
    """A line a change, then how many of each."""
    kept = [
        f"= {each.kind} {each.name} stays: the history of {each.because} needs it" for each in planned.kept
    ]
    lines = [_line(change) for change in planned.changes]
    return "\n".join([*lines, *kept, _counts(planned)])


def _line(change: Change) -> str:
    version = f" (version {change.version})" if change.version else ""
    said = ", ".join(_said(change))
    return f"{MARKS[change.verb]} {change.kind} {change.name}{version}{': ' if said else ''}{said}"


def _said(change: Change) -> list[str]:
    if change.verb is Verb.CREATE:
        return _created(change)
    if change.verb is Verb.RETIRE:
        return ["retired; its history stays"]
    if change.verb is Verb.REMOVE:
        return ["removed"]
    again = ["no longer retired"] if change.verb is Verb.RESTORE else []
    return again + [_changed(field) for field in change.fields]


def _changed(change: FieldChange) -> str:
    return f"{change.field} {_value(change.before)} → {_value(change.after)}"


def _created(change: Change) -> list[str]:
    values = {field.field: field.after for field in change.fields}
    head = []
    if change.kind is Kind.OBJECTIVE:
        head = [f"{values.pop('target')} over {values.pop('window')}", f"owner {values.pop('owner', 'none')}"]
    shown = {
        field: value for field, value in values.items() if field not in UNSAID and USUAL.get(field) != value
    }
    return head + [f"{field} {_value(value)}" for field, value in shown.items()]


def _value(words: str) -> str:
    """Words on one line, cut; "none" where there are none."""
    line = " ".join(words.split())
    shown = line if len(line) <= LONGEST_VALUE else f"{line[:LONGEST_VALUE]}…"
    return shown or "none"


def _counts(planned: Plan) -> str:
    counts = Counter(change.verb for change in planned.changes)
    said = [f"{counts[verb]} to {verb}" for verb in Verb if counts[verb]]
    return f"{', '.join(said)}." if said else NOTHING


EXAMPLE = Plan(
    changes=(
        Change(Verb.UPDATE, Kind.TEAM, "payments", (FieldChange("channel", "#payments", "#team-payments"),)),
        Change(
            Verb.CREATE,
            Kind.OBJECTIVE,
            "checkout-availability",
            (
                FieldChange("target", "", "99.9%"),
                FieldChange("window", "", "30 days"),
                FieldChange("method", "", "Occurrences"),
                FieldChange("owner", "", "payments"),
                FieldChange("agreement", "", "checkout-sla"),
            ),
        ),
        Change(Verb.UPDATE, Kind.OBJECTIVE, "payout-latency", (FieldChange("target", "99.9%", "99.5%"),), 2),
        Change(Verb.RETIRE, Kind.OBJECTIVE, "fax-delivery"),
        Change(Verb.REMOVE, Kind.AGREEMENT, "fax-sla"),
    ),
    kept=(Kept(Kind.SERVICE, "fax", "objective `fax-delivery`"),),
)
