"""What real files trip over, each once; and the whole example of what Steward reads."""

import pytest

from domain.window import RollingWindow
from tests.connectors.definitions.conftest import Read, only, short, terms
from tests.connectors.definitions.samples import (
    CALENDAR,
    CONDITION,
    DATA_SOURCE,
    INTERFACES,
    KNOWN,
    POLICY,
    SERVICE,
    SLO,
    TARGET,
    WATCHED,
)


@pytest.mark.parametrize("start", ["2026-01-01 00:00:00", '"2026-01-01 00:00:00"'])
def test_an_unquoted_start_is_a_datetime_to_yaml_and_no_trouble_here(read: Read, start: str) -> None:
    assert read(CALENDAR.replace("2026-01-01 00:00:00", start), KNOWN).problems == ()


def test_a_minute_meant_as_a_month_is_told_and_never_widened(read: Read) -> None:
    text = SLO.replace("30d", "1m")
    assert "21 W502" in short(read(text, KNOWN))
    assert terms(read, text).window == RollingWindow(minutes=1)


def test_an_operator_of_a_ratio_is_told_and_accepted(read: Read) -> None:
    loaded = read(SLO.replace("- target", "- op: lte\n      target"), KNOWN)
    assert short(loaded) == ["25 W503"]
    assert loaded.definitions.objectives[0].versions[0].limit is None


def test_exceeds_with_an_operator_the_wrong_way_round(read: Read) -> None:
    watched = "\n---\n".join((WATCHED, POLICY, CONDITION.replace("op: gte", "op: lte"), TARGET))
    loaded = read(watched, KNOWN)
    assert [problem.code for problem in loaded.problems] == ["W801", "W803"]
    (condition,) = loaded.definitions.objectives[0].watching.conditions or ()
    assert condition.inclusive


@pytest.mark.parametrize("given", ["alertPolicies:", "alertPolicies: ~", "alertPolicies: []"])
def test_empty_alert_policies_are_absent(read: Read, given: str) -> None:
    assert only(read, SLO.replace("  objectives:", f"  {given}\n  objectives:")).watching.conditions is None


def test_alert_policies_may_be_plain_texts(read: Read) -> None:
    text = "\n---\n".join((WATCHED.replace("{alertPolicyRef: burns}", "burns"), POLICY, CONDITION, TARGET))
    assert [problem.code for problem in read(text, KNOWN).problems] == ["W803"]


def as_list(*documents: str) -> str:
    return "".join("- " + document.rstrip().replace("\n", "\n  ") + "\n" for document in documents)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(DATA_SOURCE, id="one object"),
        pytest.param(as_list(DATA_SOURCE), id="a list"),
        pytest.param(f"{SERVICE}---\n{DATA_SOURCE}", id="several documents"),
        pytest.param(f"{as_list(SERVICE)}---\n{DATA_SOURCE}", id="a list, and then a document"),
        pytest.param(f"---\n---\n---\n{DATA_SOURCE}---\n---\n", id="several separators"),
    ],
)
def test_a_file_is_packed_in_any_way(read: Read, text: str) -> None:
    loaded = read(text)
    assert loaded.problems == ()
    assert [kept.name for kept in loaded.definitions.documents] == ["prom"]


def test_no_and_123_are_what_is_written(read: Read) -> None:
    loaded = read(SLO.replace("{tier: one}", "{country: no, tier: 123}"), KNOWN)
    assert short(loaded) == ["6 W201", "6 W201"]
    assert loaded.definitions.objectives[0].labels == (("country", ("no",)), ("tier", ("123",)))


def test_annotations_are_texts_and_those_of_others_are_left_alone(read: Read) -> None:
    theirs = "annotations:\n    example.com/dashboard: https://example.com\n"
    assert read(SLO.replace("annotations:\n", theirs), KNOWN).problems == ()
    number = theirs.replace("https://example.com", "7")
    assert short(read(SLO.replace("annotations:\n", number), KNOWN)) == ["8 W201"]
    key = theirs.replace("example.com/dashboard", "the dashboard")
    assert short(read(SLO.replace("annotations:\n", key), KNOWN)) == ["8 E212"]


def test_the_examples_of_the_interfaces_have_no_error(read: Read) -> None:
    loaded = read(INTERFACES)
    assert loaded.errors == ()
    assert [problem.text.split("`")[1] for problem in loaded.problems if problem.code == "W202"] == [
        "slackTeam",
        "disputes",
        "claimWithin",
    ]
    assert {problem.code for problem in loaded.problems} == {"W202", "W703"}
    found = loaded.definitions
    kinds = (found.teams, found.agreements, found.calendars, found.exclusions, found.objectives)
    assert [len(kind) for kind in kinds] == [3, 1, 1, 1, 1]
