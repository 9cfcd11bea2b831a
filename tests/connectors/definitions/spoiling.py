"""Documents spoiled in their structure: what no typing error makes, and a generator of files does."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import yaml
from hypothesis import strategies as st

from tests.connectors.definitions.samples import (
    ANNOTATED,
    BY_WALL,
    CALENDAR,
    COMPOSITE,
    CONDITION,
    DATA_SOURCE,
    POLICY,
    RAW,
    SERVICE,
    SLI,
    SLICES,
    TARGET,
    THE_AGREEMENT,
    THE_CALENDAR,
    THE_EXCLUSION,
    THE_TEAM,
    THRESHOLD,
    THRESHOLD_SLI,
    WATCHED,
)

SAMPLES = [
    ANNOTATED,
    BY_WALL,
    CALENDAR,
    COMPOSITE,
    CONDITION,
    DATA_SOURCE,
    POLICY,
    RAW,
    SERVICE,
    SLI,
    SLICES,
    TARGET,
    THE_AGREEMENT,
    THE_CALENDAR,
    THE_EXCLUSION,
    THE_TEAM,
    THRESHOLD,
    THRESHOLD_SLI,
    WATCHED,
]
TREES = [tree for text in SAMPLES for tree in yaml.load_all(text, yaml.SafeLoader)]
KINDS = [
    *("Service", "SLI", "SLO", "DataSource", "AlertPolicy", "AlertCondition", "AlertNotificationTarget"),
    *("Team", "Agreement", "Calendar", "Exclusion", "Slo"),
]
VERSIONS = ["openslo/v1", "steward/v1", "openslo/v1alpha", "openslo.com/v2alpha", "v1", 1, None]
ODD: list[Any] = [
    *(None, True, False, 0, -1, 1, 7, 0.5, 10**30, 1e300, float("inf"), float("nan")),
    *("", " ", "~", "no", "a" * 64, "x" * 2000, "a,b,,", "<!channel>", "a\0b", "\u202e", "🦀", "../../etc"),
    *("1m", "1M", "0d", "999999999w", "99:99", "5wd", "9999d", "2026-02-30", "9999-12-31", "0001-01-01"),
    *("99.9%", "1e-99", "1e99", "0x1F", "١", "²", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "UTC", "U0A1"),
    *([], {}, [[]], [None], [{}], {"": ""}, {"a": {"b": ["c"]}}, [1] * 300, ["mon", "mon"]),
]
LIKELY: dict[Any, list[Any]] = {
    "duration": ["1m", "1M", "0d", "10m", "4000d", "30"],
    "target": [1, 0, 0.9999999999999, "99.9%", 0.5],
    "timeSliceTarget": [1, 0, 2, "1e-20"],
    "timeSliceWindow": ["7m", 5, "1h", "2h", "0m"],
    "startTime": ["2026-01-31 00:00:00", "2026-02-30 00:00:00", "2026-01-01"],
    "budgetingMethod": ["Occurrences", "Timeslices", "RatioTimeslices"],
    "threshold": [0, -1, 1e9, "1e-13"],
    "lookbackWindow": ["1m", "90d", "0m"],
    "alertAfter": ["90d", "0m", "1M"],
    "op": ["lte", "lt", "gte", "eq"],
    "value": [-1, "1e15", "fast"],
    "from": ["2026-12-31", "2026-11-29T02:00:00+01:00"],
    "recurs": ["FREQ=SECONDLY", "FREQ=DAILY;COUNT=1", "FREQ=DAILY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
    "hours": [{"mon,mon": ["00:00-24:00"]}, {"mon-sun": ["22:00-23:00", "22:30-06:00"]}, {}],
    "provider": ["retail", "bank"],
    "steward/owner": ["bank", "retail", None],
    "steward/informed": ["payments", "databases, databases", "bank"],
    "steward/responsible": ["retail", "payments,,", "Data Bases"],
    "steward/supports": ["checkout-availability", "a/b/c"],
}
SCALARS = st.sampled_from(ODD) | st.text(max_size=3) | st.integers() | st.floats()
Spot = tuple[Any, Any]
"""A mapping or list, and a key or index of it."""


def _spots(root: Any) -> list[Spot]:
    """Every place where something else could stand; what stands in itself is looked at once."""
    spots: list[Spot] = []
    seen, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list) and id(node) not in seen:
            seen.add(id(node))
            keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node)))
            spots.extend((node, key) for key in keys)
            waiting.extend(node[key] for key in keys)
    return spots


def _replace(draw: st.DrawFn, spot: Spot, _: list[Spot]) -> None:
    likely = LIKELY.get(spot[1]) if isinstance(spot[0], dict) else None
    spot[0][spot[1]] = draw(st.sampled_from(likely) if likely and draw(st.booleans()) else SCALARS)


def _aim(draw: st.DrawFn, _: Spot, spots: list[Spot]) -> None:
    """Replace one of the fields whose values decide most."""
    likely = [spot for spot in spots if isinstance(spot[0], dict) and spot[1] in LIKELY]
    if likely:
        node, key = draw(st.sampled_from(likely))
        node[key] = draw(st.sampled_from(LIKELY[key]))


def _remove(_: st.DrawFn, spot: Spot, __: list[Spot]) -> None:
    del spot[0][spot[1]]


def _swap(draw: st.DrawFn, spot: Spot, spots: list[Spot]) -> None:
    """The same thing in two places: an alias, once it is written."""
    other, key = draw(st.sampled_from(spots))
    spot[0][spot[1]] = other[key]


def _rename(draw: st.DrawFn, spot: Spot, spots: list[Spot]) -> None:
    node, key = spot
    if isinstance(node, dict):
        node[draw(st.sampled_from([each for _, each in spots] + ["<<", "y", "", 7, None]))] = node.pop(key)


def _wrap(draw: st.DrawFn, spot: Spot, _: list[Spot]) -> None:
    node, key = spot
    node[key] = draw(st.sampled_from([[node[key]], {"a": node[key]}, [node[key]] * 3]))


SPOIL: tuple[Callable[[st.DrawFn, Spot, list[Spot]], None], ...] = (
    *(_aim, _aim, _aim, _replace, _remove),
    *(_swap, _rename, _wrap),
)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """Some sample documents, with a few spots of them spoiled, as YAML."""
    places = draw(st.lists(st.integers(0, len(TREES) - 1), min_size=1, max_size=4))
    written = [deepcopy(TREES[place]) for place in places]
    for _ in range(draw(st.integers(1, 4))):
        spots = _spots(written)
        if spots:
            draw(st.sampled_from(SPOIL))(draw, draw(st.sampled_from(spots)), spots)
    document = written[0] if written else None
    if isinstance(document, dict) and draw(st.integers(0, 7)) == 0:
        document["kind"] = draw(st.sampled_from(KINDS))
    if isinstance(document, dict) and draw(st.integers(0, 7)) == 0:
        document["apiVersion"] = draw(st.sampled_from(VERSIONS))
    return yaml.safe_dump_all(written, sort_keys=False, allow_unicode=True)
