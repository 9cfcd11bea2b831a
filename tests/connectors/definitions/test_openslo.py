"""OpenSLO v1 whole: indicators of all kinds, data sources, composites, and the documents that are kept."""

import json
from fractions import Fraction

import pytest

from domain.definition import Known
from domain.objective import Indicator, Limit
from domain.openslo_document import OpensloDocument
from tests.connectors.definitions.conftest import Read, short, terms
from tests.connectors.definitions.samples import (
    COMPOSITE,
    DATA_SOURCE,
    INDICATOR,
    KNOWN,
    RAW,
    SLI,
    SLO,
    TARGET,
    THRESHOLD,
    THRESHOLD_SLI,
)

REFERRING = SLI.replace(
    "good: {metricSource: {type: steward/push}", "good: {metricSource: {metricSourceRef: prom}"
)


def test_values_are_compared_with_a_limit(read: Read) -> None:
    found = terms(read, THRESHOLD)
    assert found.limit == Limit("lte", Fraction("0.25"))
    assert found.indicator == Indicator(
        "checkout-ok", "threshold", sources='{"thresholdMetric":{"type":"steward/push"}}'
    )


def test_a_threshold_may_be_below_nothing(read: Read) -> None:
    assert terms(read, THRESHOLD.replace("value: 0.25", "value: -40")).limit == Limit("lte", Fraction(-40))


def test_each_objective_has_a_limit_of_its_own(read: Read) -> None:
    second = "    - {displayName: Slow, op: lt, value: 2, target: 0.999}\n"
    loaded = read(THRESHOLD.replace("- op", "- displayName: Fast\n      op") + second, KNOWN)
    limits = [objective.versions[0].limit for objective in loaded.definitions.objectives]
    assert limits == [Limit("lte", Fraction(1, 4)), Limit("lt", Fraction(2))]
    assert short(loaded) == ["20 W506"]


@pytest.mark.parametrize("kind", ["success", "failure"])
def test_a_ratio_as_it_is(read: Read, kind: str) -> None:
    indicator = terms(read, RAW.replace("success", kind)).indicator
    assert (indicator.ratio, indicator.sources) == (f"raw/{kind}", '{"raw":{"type":"steward/push"}}')


# (what is wrong, the text it is made from, what is replaced, by what, the problems)
PROBLEMS = [
    ("an indicator without metadata", THRESHOLD, "    metadata: {name: checkout-ok}\n", "", ["14 E206"]),
    ("nothing to compare with", THRESHOLD, "      value: 0.25\n", "", ["21 E517"]),
    ("nothing to compare by", THRESHOLD, "op: lte\n      value", "value", ["21 E517"]),
    ("no number to compare with", THRESHOLD, "0.25", "fast", ["22 E216"]),
    ("a number of thirteen digits", THRESHOLD, "0.25", "0.1234567890123", ["22 E517"]),
    ("a number of sixteen digits", THRESHOLD, "0.25", "1e15", ["22 E517"]),
    ("no operator", THRESHOLD, "lte", "eq", ["21 E208"]),
    (
        "a limit for a ratio",
        SLO,
        "- target",
        "- op: gte\n      value: 1\n      target",
        ["25 W503", "26 W503"],
    ),
    ("both metrics", THRESHOLD_SLI, "spec: {", "spec: {ratioMetric: {}, ", ["4 E402"]),
    ("no metric", THRESHOLD_SLI, "thresholdMetric: {metricSource: {type: steward/push}}", "", ["4 E402"]),
    ("no source", THRESHOLD_SLI, "metricSource: {type: steward/push}", "", ["4 E206"]),
    (
        "a text as a source's query",
        SLI,
        "steward/push}}, total",
        "steward/push, spec: up}}, total",
        ["4 E207"],
    ),
    ("raw and good", RAW, "raw: ", "good: {}\n        raw: ", ["17 E403"]),
    ("raw and total", RAW, "raw: ", "total: {}\n        raw: ", ["17 E403"]),
    ("raw of no type", RAW, "        rawType: success\n", "", ["17 E206"]),
    ("a type without raw", RAW, "        raw: {metricSource: {type: steward/push}}\n", "", ["17 E403"]),
    ("raw of another type", RAW, "success", "good", ["18 E208"]),
    ("a data source without type", DATA_SOURCE, "  type: Prometheus\n", "", ["5 E206"]),
    (
        "a data source without connection",
        DATA_SOURCE,
        "connectionDetails",
        "conectionDetails",
        ["5 E206", "6 E205"],
    ),
    (
        "a data source's long story",
        DATA_SOURCE,
        "type: P",
        f"description: {'x' * 1051}\n  type: P",
        ["5 E210"],
    ),
    ("an unknown data source", REFERRING, "prom", "prim", ["4 E602", "4 W401"]),
    ("no name of a data source", REFERRING, "prom", "Prom!", ["4 E209", "4 W401"]),
]


@pytest.mark.parametrize(
    ("text", "old", "new", "problems"), [pytest.param(*row[1:], id=row[0]) for row in PROBLEMS]
)
def test_a_problem_is_told_at_its_line(
    read: Read, text: str, old: str, new: str, problems: list[str]
) -> None:
    assert old in text
    assert short(read(text.replace(old, new, 1), KNOWN)) == problems


@pytest.mark.parametrize("text", [THRESHOLD, THRESHOLD_SLI, RAW, DATA_SOURCE])
def test_what_the_bad_documents_are_made_from_is_good(read: Read, text: str) -> None:
    assert read(text, KNOWN).problems == ()


def test_a_data_source_is_kept_whole(read: Read) -> None:
    (kept,) = read(DATA_SOURCE).definitions.documents
    assert (kept.kind, kept.name) == ("DataSource", "prom")
    assert json.loads(kept.body) == {
        "apiVersion": "openslo/v1",
        "kind": "DataSource",
        "metadata": {"name": "prom", "displayName": "Prometheus", "labels": {"env": ["prod", "1"]}},
        "spec": {
            "type": "Prometheus",
            "connectionDetails": {
                "url": "https://prometheus.example.com",
                "timeouts": ["1.50", 7, None, True],
            },
        },
    }


def test_a_kept_document_is_the_same_however_it_is_written(read: Read) -> None:
    other = DATA_SOURCE.replace(
        "{name: prom, displayName: Prometheus", "{displayName: 'Prometheus', name: prom"
    )
    assert read(other).definitions.documents == read(DATA_SOURCE).definitions.documents
    empty = DATA_SOURCE.replace("  type:", "  description:\n  type:")
    assert read(empty).definitions.documents == read(DATA_SOURCE).definitions.documents


def test_a_numeric_name_is_kept_as_text(read: Read) -> None:
    (kept,) = read(TARGET.replace("name: mail", "name: 123")).definitions.documents
    assert json.loads(kept.body)["metadata"] == {"name": "123"}


def test_a_notification_target_is_kept_whole(read: Read) -> None:
    loaded = read(TARGET)
    (kept,) = loaded.definitions.documents
    assert (kept.kind, kept.name) == ("AlertNotificationTarget", "mail")
    assert json.loads(kept.body)["spec"] == {"target": "email"}
    places = {(kind.value, name): place.line for (kind, name), place in loaded.definitions.places.items()}
    assert places == {("notification target", "mail"): 1}


def test_a_source_is_of_the_type_of_its_data_source(read: Read) -> None:
    loaded = read(f"{REFERRING}---\n{DATA_SOURCE}")
    assert [(problem.code, problem.text.split(";")[0]) for problem in loaded.problems] == [
        ("W401", "Steward does not collect from `Prometheus` yet")
    ]


def test_a_data_source_may_be_stored_already(read: Read) -> None:
    (kept,) = read(DATA_SOURCE.replace("Prometheus\n", "steward/push\n")).definitions.documents
    known = Known(documents=(kept, OpensloDocument("AlertNotificationTarget", "mail", "{}")))
    assert short(read(REFERRING, known)) == []
    assert short(read(REFERRING)) == ["4 W401", "4 W602"]


def test_a_source_of_another_type_than_its_data_source(read: Read) -> None:
    text = REFERRING.replace("metricSourceRef: prom", "type: steward/push, metricSourceRef: prom")
    assert short(read(f"{text}---\n{DATA_SOURCE}")) == ["4 W402"]


def test_a_composite_is_a_warning_until_it_is_applied(read: Read) -> None:
    text = f"{COMPOSITE}---\n{SLI}"
    linted, applied = read(text), read(text, KNOWN)
    assert [problem for problem in short(linted) if "W602" not in problem] == ["21 W507"]
    assert short(applied) == ["21 E204"]
    (problem,) = applied.errors
    assert problem.text == (
        "`checkout-availability` is a composite: objectives with indicators of their own are not understood yet. "
        "Write an SLO for each indicator."
    )
    assert applied.definitions.objectives == ()


COMPOSITE_PROBLEMS = [
    (
        "an indicator in the spec as well",
        "  timeWindow",
        "  indicatorRef: checkout-ok\n  timeWindow",
        ["13 E501", "22 E204"],
    ),
    ("one without an indicator", "2.5\n      indicatorRef: checkout-ok", "2.5", ["21 E204", "22 E501"]),
    ("one with two", "2.5\n", "2.5\n      indicator: {}\n", ["21 E204", "25 E501"]),
    ("no weight at all", "      compositeWeight: 2.5\n", "", ["21 E204"]),
    ("a weight of nothing", "compositeWeight: 1", "compositeWeight: 0", ["20 E518", "21 E204"]),
    ("a weight in words", "compositeWeight: 1", "compositeWeight: heavy", ["20 E518", "21 E204"]),
    ("an unknown indicator", "indicatorRef: checkout-ok", "indicatorRef: other", ["21 E204", "21 E602"]),
    ("a target of one", "target: 0.98", "target: 1", ["19 E509", "21 E204"]),
]


@pytest.mark.parametrize(
    ("old", "new", "problems"), [pytest.param(*row[1:], id=row[0]) for row in COMPOSITE_PROBLEMS]
)
def test_composites_are_checked(read: Read, old: str, new: str, problems: list[str]) -> None:
    assert old in COMPOSITE
    assert short(read(f"{COMPOSITE.replace(old, new, 1)}---\n{SLI}", KNOWN)) == problems


def test_a_weight_without_an_indicator_of_its_own_has_no_effect(read: Read) -> None:
    loaded = read(SLO.replace("- target", "- compositeWeight: 2\n      target"), KNOWN)
    assert short(loaded) == ["25 W503"]
    assert len(loaded.definitions.objectives) == 1


def test_an_indicator_written_into_an_objective_is_read(read: Read) -> None:
    inline = "indicator: {metadata: {name: ok}, spec: {ratioMetric: {}}}"
    assert short(
        read(SLO.replace(INDICATOR, "").replace("- target", f"- {inline}\n      target"), KNOWN)
    ) == [
        "18 E204",
        "18 E401",
    ]
