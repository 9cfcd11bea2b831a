"""Documents of all kinds that hypothesis makes up: most of them without an error."""

import json
from datetime import date
from typing import Any

from hypothesis import strategies as st

Doc = dict[str, Any]

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf"))
LINES = st.text(LETTERS, min_size=1, max_size=30) | st.sampled_from(
    ("yes", "No", "null", "~", "1e5", "0x10", "2026-01-01", "a: b", "# x", "- x", "a #b", " a ", "é: b", "<<")
)
PROSE = LINES | st.sampled_from(("two\nlines", "tab\there", "trailing \n", 'a "quoted" \\ text', "x" * 1050))
NAMES = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,12}[a-z0-9])?", fullmatch=True) | st.sampled_from(
    ("true", "no", "y", "123", "1e5", "2026-01-01", "x" * 63)
)
LABELS = st.dictionaries(
    st.sampled_from(("tier", "on", "example.com/a", "1")), LINES | st.lists(LINES, max_size=2), max_size=2
)
LIMITS = st.sampled_from(("5wd", "5d", "12h", "365d", "1wd"))
CLOCKS = st.sampled_from(("00:00", "07:30", "09:00", "20:00", "23:59"))
ZONES = st.sampled_from(("UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"))
PEOPLE = st.sampled_from(("U0A1", "W0B2", "ana@example.com", "ön@example.com"))
DATES = st.dates(date(1970, 1, 1), date(2199, 12, 31)).map(str)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 10**9 - 1) | LINES,
    lambda each: st.lists(each, max_size=2) | st.dictionaries(LINES, each, max_size=2),
    max_leaves=6,
)


def document(kind: str, name: str, spec: Any, **metadata: Any) -> Doc:
    version = "steward/v1" if kind in ("Team", "Agreement", "Calendar", "Exclusion") else "openslo/v1"
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name, **metadata}, "spec": spec}


def some(required: dict[str, st.SearchStrategy[Any]], **optional: st.SearchStrategy[Any]) -> Any:
    """A mapping that may have each of the optional fields."""
    return st.fixed_dictionaries(required, optional=optional)


def one(kind: str, names: st.SearchStrategy[str], spec: Any, **metadata: st.SearchStrategy[Any]) -> Any:
    return st.builds(
        lambda name, said, more: document(kind, name, said, **more), names, spec, some({}, **metadata)
    )


DIGESTS = some({}, at=CLOCKS, days=st.lists(st.sampled_from(DAYS), max_size=7, unique=True))
RUNGS = some(
    {
        "to": st.sampled_from(("members", "manager", "slm", "U0X")),
        "after": st.sampled_from(("0m", "90m", "2h", "1d")),
    }
)
TEAM_SPEC: dict[str, Any] = {
    "channel": st.sampled_from(("#team", "C0123", "#größe")),
    "members": st.lists(PEOPLE, max_size=3),
    "usergroup": st.just("S0123"),
    "manager": PEOPLE,
    "timezone": ZONES,
    "quietHours": st.just("20:00-08:00"),
    "digest": DIGESTS,
    "escalation": st.lists(RUNGS, max_size=2),
    "arbitrates": st.booleans(),
    "slackTeam": st.just("T0XYZ"),
    "calendar": st.sampled_from(("weekdays", "odd")),
}
HOURS = st.sampled_from(
    (
        {"mon-fri": ["08:00-18:00"]},
        {"sat-mon": ["00:00-24:00"], "wed": ["22:00-06:00"]},
        {
            "mon": ["13:00-17:00", "08:00-12:00"],
            "tue": ["08:00-12:00", "13:00-17:00"],
            "wed,fri": ["07:00-08:00"],
        },
        {"sun": ["22:00-00:00"]},
    )
)
HOLIDAYS = st.sampled_from(({}, {"country": "DE", "subdivision": "BE"}, {"country": "PT"})).flatmap(
    lambda origin: st.lists(DATES, max_size=3).map(lambda dates: {**origin, "dates": dates})
)
CALENDAR_SPEC = some({"timezone": ZONES, "hours": HOURS}, holidays=HOLIDAYS)
DISPUTES = some({}, answerWithin=LIMITS, ruleWithin=LIMITS, arbiter=PEOPLE)
AGREEMENT_RULES: dict[str, Any] = {
    "contact": PEOPLE,
    "effective": some({}, **{"from": st.just("2026-01-01"), "until": st.just("2026-12-31")}),
    "review": DATES,
    "serviceHours": st.sampled_from(("weekdays", "odd")),
    "disputes": DISPUTES,
    "maintenanceNotice": LIMITS,
    "claimWithin": LIMITS,
}
STARTS = st.sampled_from(
    (
        ("2026-11-28T22:00:00+01:00", "2026-11-29T02:00:00+01:00"),
        ("2026-11-28T00:30:00+05:45", "2026-11-28T00:31:00+05:45"),
        ("2026-11-28T21:00:00Z", "2026-11-30T00:00:00Z"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
    )
)
RULES = st.sampled_from(
    (
        "FREQ=WEEKLY;BYDAY=SA",
        "FREQ=MONTHLY;BYDAY=-1SA;COUNT=5",
        "freq=daily;interval=3;until=20271231",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20270301T120000Z",
        "FREQ=YEARLY;BYMONTH=3",
        "FREQ=DAILY;BYHOUR=5;COUNT=20",
    )
)
WORK_SPEC = st.builds(
    lambda ends, more: {"from": ends[0], "to": ends[1], **more},
    STARTS,
    some(
        {"reason": LINES, "services": st.just(["web"])},
        recurs=RULES,
        timezone=ZONES,
        ground=st.just("planned-work"),
    ),
)
SOURCES = some(
    {"type": st.sampled_from(("steward/push", "prometheus", "no"))},
    spec=st.dictionaries(LINES, JSON, max_size=2),
    metricSourceRef=st.just("prom"),
)
METRICS = some({"metricSource": SOURCES})
RATIOS = some({"good": METRICS, "total": METRICS}, counter=st.booleans()) | some(
    {"bad": METRICS, "total": METRICS}
)
RAWS = some({"raw": METRICS, "rawType": st.sampled_from(("success", "failure"))}, counter=st.booleans())
SLIS = some({"ratioMetric": RATIOS | RAWS}, description=PROSE)
THRESHOLDS = some({"thresholdMetric": METRICS}, description=PROSE)
WINDOWS = st.sampled_from(
    (
        {"duration": "30d", "isRolling": True},
        {"duration": "36h", "isRolling": True},
        {"duration": "1M", "isRolling": True},
        {"duration": "2w", "isRolling": True},
        {"duration": "1M", "calendar": {"startTime": "2026-01-15 06:30:00", "timeZone": "Europe/Berlin"}},
        {
            "duration": "1w",
            "isRolling": False,
            "calendar": {"startTime": "2026-01-05 00:00:00", "timeZone": "UTC"},
        },
    )
)
TARGETS = st.sampled_from(
    ({"target": 0.999}, {"targetPercent": 99.5}, {"target": 0.999999999999}, {"target": 0.9})
)
METHODS: st.SearchStrategy[tuple[str, Doc]] = st.sampled_from(
    (
        ("Occurrences", {}),
        ("Timeslices", {"timeSliceTarget": 0.95, "timeSliceWindow": "5m"}),
        ("Timeslices", {"timeSliceTarget": 1, "timeSliceWindow": "1h"}),
        ("RatioTimeslices", {"timeSliceWindow": "15m"}),
    )
)
ASKING: dict[str, Any] = {
    "steward/owner": st.sampled_from(("payments", "shop")),
    "steward/agreement": st.just("ola"),
    "steward/responsible": st.sampled_from(("ops", "ops, legal", "legal,ops")),
    "steward/consulted": st.just("data"),
    "steward/acknowledge-within": LIMITS,
    "steward/acknowledgement-expires": st.sampled_from(("365d", "90d")),
    "steward/min-coverage": st.sampled_from(("0", "50%", "0.123456789012", "1")),
    "steward/unit": LINES,
    "steward/warn-at": st.sampled_from(("60%", "0.75")),
    "steward/supports": st.sampled_from(("first", "first,first")),
    "example.com/other": LINES,
}
POLICIES = st.lists(st.sampled_from(("fast", "slow", "quiet", "only-silence")), max_size=3, unique=True).map(
    lambda names: [{"alertPolicyRef": name} for name in names]
)


@st.composite
def slos(draw: st.DrawFn) -> Doc:
    """With one objective, or some."""
    method, slices = draw(METHODS)
    threshold = draw(st.booleans())
    own = draw(st.lists(LINES, min_size=1, max_size=3))
    limit: Doc = {
        "op": draw(st.sampled_from(("lte", "gte", "lt", "gt"))),
        "value": draw(st.sampled_from((0, 250, -1.5, "0.1"))),
    }
    items = [{"displayName": text, **draw(TARGETS), **slices, **(limit if threshold else {})} for text in own]
    if len(items) == 1 and draw(st.booleans()):
        del items[0]["displayName"]
    spec = {
        "service": "web",
        "indicator": {"metadata": {"name": draw(NAMES)}, "spec": draw(THRESHOLDS if threshold else SLIS)},
        "timeWindow": [draw(WINDOWS)],
        "budgetingMethod": method,
        "objectives": items,
        "alertPolicies": draw(POLICIES),
        **draw(some({}, description=PROSE)),
    }
    missing = {} if method == "Occurrences" else {"steward/missing": st.sampled_from(("bad", "good"))}
    metadata = draw(some({}, displayName=LINES, labels=LABELS, annotations=some({}, **ASKING, **missing)))
    return document("SLO", draw(NAMES), spec, **metadata)


def condition(severity: str, op: str, threshold: float, window: str, after: str = "0m") -> Doc:
    said = {
        "kind": "burnrate",
        "op": op,
        "threshold": threshold,
        "lookbackWindow": window,
        "alertAfter": after,
    }
    return {
        "kind": "AlertCondition",
        "metadata": {"name": "c"},
        "spec": {"severity": severity, "condition": said},
    }


def policy(name: str, said: Doc, **more: bool) -> Doc:
    return document("AlertPolicy", name, {"conditions": [said], **more})


FIXED: list[Doc] = [
    document("Service", "web", {}),
    document(
        "DataSource", "prom", {"type": "prometheus", "connectionDetails": {"url": "http://localhost", "n": 1}}
    ),
    document(
        "SLO",
        "first",
        {
            "service": "web",
            "indicatorRef": "ok",
            "timeWindow": [{"duration": "30d", "isRolling": True}],
            "budgetingMethod": "Occurrences",
            "objectives": [{"target": 0.99}],
        },
    ),
    document(
        "SLI",
        "ok",
        {"ratioMetric": {part: {"metricSource": {"type": "steward/push"}} for part in ("good", "total")}},
    ),
    policy("fast", condition("page", "gte", 2.5, "1h", "5m"), alertWhenBreaching=True, alertWhenNoData=False),
    policy("slow", condition("ticket", "gt", 1.000000000001, "1d"), alertWhenNoData=False),
    policy("quiet", condition("ticket", "gt", 2, "2h")),
    policy("only-silence", condition("page", "gt", 2, "2h"), alertWhenBreaching=False, alertWhenNoData=True),
    document("Calendar", "weekdays", {"timezone": "UTC", "hours": {"mon-fri": ["08:00-18:00"]}}),
    document("Calendar", "odd", {"timezone": "UTC", "hours": {"sun": ["08:00-18:00"]}}),
    *(document("Team", name, {"channel": "#x"}) for name in ("payments", "shop", "ops", "legal", "data")),
    document("Team", "retail", {"kind": "customer"}),
    document("Agreement", "ola", {"type": "OLA", "provider": "payments", "customer": "shop"}),
]
TAKEN = {(each["kind"], each["metadata"]["name"]) for each in FIXED}
MADE_UP = st.one_of(
    one(
        "Team",
        NAMES,
        some({"kind": st.sampled_from(("internal", "third-party", "customer"))}, **TEAM_SPEC),
        displayName=LINES,
    ),
    one("Calendar", NAMES, CALENDAR_SPEC),
    one("Service", NAMES, some({}, description=PROSE), displayName=LINES, labels=LABELS),
    one(
        "Agreement",
        NAMES,
        some(
            {"type": st.just("SLA"), "provider": st.just("payments"), "customer": st.just("retail")},
            **AGREEMENT_RULES,
        ),
    ),
    one("Exclusion", NAMES, WORK_SPEC),
    one(
        "DataSource",
        NAMES,
        some(
            {"type": LINES, "connectionDetails": st.dictionaries(LINES, JSON, min_size=1, max_size=2)},
            description=PROSE,
        ),
        labels=LABELS,
    ),
    one("AlertNotificationTarget", NAMES, some({"target": LINES}, description=PROSE), displayName=LINES),
    slos(),
)
FILES = st.lists(
    MADE_UP,
    min_size=1,
    max_size=6,
    unique_by=lambda each: (each["kind"], each["metadata"]["name"]),
).map(
    lambda made: [*FIXED, *(each for each in made if (each["kind"], each["metadata"]["name"]) not in TAKEN)]
)


def text_of(documents: list[Doc]) -> str:
    """A file with them: JSON is YAML. In many lines, so that problems are not taken for the same one."""
    return json.dumps(documents, ensure_ascii=False, indent=1)
