"""A plan as plain text: a diff that a manager can approve."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from domain.acknowledging import DEFAULT_ACKNOWLEDGING
from domain.definition import Kind
from domain.definition_words import DETAILS, EXPIRES, FREE_DAYS, OCCURRENCES, WITHIN, instant_words
from domain.person import called
from domain.plan import Asks, Change, Effect, FieldChange, Kept, Plan, Verb
from domain.slack_change import SlackChange
from domain.watching import DEFAULT_WATCHING
from domain.watching_words import watching_words

NOTHING = "Nothing to change."
MARKS = {Verb.CREATE: "+", Verb.UPDATE: "~", Verb.RESTORE: "~", Verb.RETIRE: "-", Verb.REMOVE: "-"}
LONGEST_VALUE = 60
MOST_NAMES = 12
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
        DETAILS,
        "recurs",
        "announced (UTC)",
    )
)
"""Fields of something new that a reader approves without."""
USUAL = {
    "method": "Occurrences",
    "time zone": "UTC",
    "ground": "planned-work",
    WITHIN: str(DEFAULT_ACKNOWLEDGING.within),
    EXPIRES: str(DEFAULT_ACKNOWLEDGING.expires),
    **watching_words(DEFAULT_WATCHING),
}


def render(planned: Plan, guarantees: Sequence[str] = ()) -> str:
    """A line a change, then what follows from them, and how many there are of each.

    `guarantees` tell which promises are carried otherwise than before by what stands under them.
    """
    kept = [
        f"= {each.kind} {each.name} stays: the history of {each.because} needs it" for each in planned.kept
    ]
    lines = [_line(change) for change in planned.changes]
    asked = [_asked(each) for each in planned.asks]
    carried = [f"≈ {each}" for each in guarantees]
    return "\n".join([*lines, *kept, *_undoing(planned), *carried, *asked, _counts(planned)])


def _line(change: Change) -> str:
    version = f" (version {change.version})" if change.version else ""
    said = change_words(change)
    return f"{MARKS[change.verb]} {change.kind} {change.name}{version}{': ' if said else ''}{said}"


def change_words(change: Change) -> str:
    """What changes of it, and what follows; "" where that it is new says all."""
    return "; ".join(part for part in (", ".join(_said(change)), *change.effects) if part)


def _undoing(planned: Plan) -> list[str]:
    """A line for each change in Slack that would be lost, and what it needs."""
    needs = "" if planned.overwrite else ", and needs --overwrite"
    return [
        f"! undoes what {called(mark.by)} changed in Slack, {instant_words(mark.at)} UTC: "
        f"{mark.field} of {change.kind} {change.name}{needs}"
        for change in planned.changes
        for mark in change.undoes
    ]


def _asked(asks: Asks) -> str:
    """ "✍ payments must acknowledge 2 again: checkout-availability, card-auth-availability"."""
    count, more = len(asks.objectives), len(asks.objectives) - MOST_NAMES
    names = [*asks.objectives[:MOST_NAMES], *([f"and {more} more"] if more > 0 else [])]
    return f"✍ {asks.team} must acknowledge {count} {'again' if asks.again else 'new'}: {', '.join(names)}"


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
    if change.field == DETAILS:
        return f"other {DETAILS}"
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
        Change(
            Verb.UPDATE,
            Kind.CALENDAR,
            "weekdays",
            (FieldChange(FREE_DAYS, "584 from 2000-01-03 to 2059-12-26", "585: + 2027-03-08"),),
            effects=(Effect.COUNTED_ANEW,),
        ),
        Change(
            Verb.UPDATE,
            Kind.TEAM,
            "payments",
            (FieldChange("digest", "10:00 on working days", "09:00 on working days"),),
            undoes=(SlackChange("digest", "U0B2", datetime(2026, 11, 20, 14, 3, tzinfo=UTC)),),
        ),
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
        Change(
            Verb.CREATE,
            Kind.EXCLUSION,
            "db-upgrade",
            (
                FieldChange("objectives", "", "checkout-availability"),
                FieldChange(OCCURRENCES, "", "2026-11-28 21:00"),
                FieldChange("length", "", "240 min"),
            ),
        ),
        Change(Verb.REMOVE, Kind.EXCLUSION, "fax-line", effects=(Effect.COUNTS_AGAIN,)),
        Change(Verb.REMOVE, Kind.AGREEMENT, "fax-sla"),
    ),
    kept=(Kept(Kind.SERVICE, "fax", "objective `fax-delivery`"),),
    asks=(
        Asks("payments", ("checkout-availability",)),
        Asks("payments", ("payout-latency",), again=True),
    ),
)
