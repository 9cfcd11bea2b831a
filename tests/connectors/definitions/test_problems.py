"""Every problem that a definition file can have, at its line; and that docs/lint.md knows all of them."""

import re
from pathlib import Path

import pytest

from domain.definition import Known, Problem, Severity
from tests.connectors.definitions.conftest import Read, short
from tests.connectors.definitions.samples import (
    AGREEMENT,
    CALENDAR,
    INDICATOR,
    KNOWN,
    REFERRING,
    SERVICE,
    SLI,
    SLICES,
    SLO,
    TEAM,
)

DOCS = Path(__file__).parents[3] / "docs" / "lint.md"
SOURCES = Path(__file__).parents[3] / "connectors" / "definitions"

# (what is wrong, the text it is made from, what is replaced, by what, the problems)
REPLACED = [
    ("a tag", SLO, "kind: SLO", "kind: !!python/name:os.system SLO", ["2 E104"]),
    ("a tag on a mapping", SLO, "labels: {", "labels: !!set {", ["6 E104"]),
    ("a duplicate key", SLO, "  service: checkout", "  service: checkout\n  service: other", ["13 E106"]),
    ("an unknown alias", SLO, "checkout-ok}", "*nothing}", ["14 E107"]),
    ("an alias in itself", SLO, "labels: {tier: one}", "labels: &a {tier: *a}", ["6 E107"]),
    ("a mapping as a key", SLO, "labels: {tier: one}", "labels: {? {a: b} : c}", ["6 E108"]),
    ("a merge of text", SLO, "labels: {tier: one}", "labels: {<<: one}", ["6 E108"]),
    ("a text as a document", SLO, SLO, "- hello", ["1 E201"]),
    ("no apiVersion", SLO, "apiVersion: openslo/v1\n", "", ["1 E202"]),
    ("a misspelt apiVersion", SLO, "openslo/v1", "openslo/v2", ["1 E202"]),
    ("OpenSLO alpha", SLO, "openslo/v1", "openslo/v1alpha", ["1 E202"]),
    ("no kind", SLO, "kind: SLO\n", "", ["1 E203"]),
    ("a misspelt kind", SLO, "kind: SLO", "kind: SL0", ["2 E203"]),
    ("a kind of the other apiVersion", SLO, "kind: SLO", "kind: Team", ["2 E203"]),
    ("a list as kind", SLO, "kind: SLO", "kind: [SLO]", ["2 E203"]),
    ("OpenSLO beta", SLO, "openslo/v1", "openslo.com/v2beta1", ["1 E202"]),
    ("an unknown field", SLO, "  service: checkout", "  service: checkout\n  sevice: x", ["13 E205"]),
    ("an unknown field of the header", SLO, "kind: SLO", "kind: SLO\nstatus: {}", ["3 E205"]),
    ("labels of a team", TEAM, "{name: payments}", "{name: payments, labels: {a: b}}", ["3 E205"]),
    ("no service", SLO, "  service: checkout\n", "", ["11 E206"]),
    ("no name", SERVICE, "{name: checkout}", "{}", ["3 E206"]),
    ("no spec", TEAM, TEAM[TEAM.index("spec") :], "", ["1 E206"]),
    ("a list for a name", SERVICE, "{name: checkout}", "{name: [checkout]}", ["3 E207"]),
    ("a text for a mapping", SERVICE, "spec: {}", "spec: none", ["4 E207"]),
    ("a mapping for a list", SLO, "- duration: 30d\n      isRolling: true", "  duration: 30d", ["20 E207"]),
    ("neither true nor false", SLO, "isRolling: true", "isRolling: maybe", ["22 E207", "22 E503"]),
    ("an unknown method", SLO, "Occurrences", "occurences", ["23 E208"]),
    ("an unknown type", AGREEMENT, "type: SLA", "type: SLO", ["5 E208"]),
    ("a name in capitals", SERVICE, "{name: checkout}", "{name: CheckOut}", ["3 E209"]),
    ("a name of 64 letters", SERVICE, "{name: checkout}", f"{{name: {'a' * 64}}}", ["3 E209"]),
    ("a mention as a name", SERVICE, "{name: checkout}", '{name: "<!channel>"}', ["3 E209"]),
    ("a mention as an owner", SLO, "owner: payments", 'owner: "<!channel>"', ["8 E209"]),
    (
        "a display name of 3,000 letters",
        SLO,
        "displayName: Checkout",
        f"displayName: {'x' * 3000}",
        ["5 E210"],
    ),
    ("a line break", SLO, "displayName: Checkout", 'displayName: "a\\nb"', ["5 E210"]),
    ("a NUL", SLO, "displayName: Checkout", 'displayName: "a\\0b"', ["5 E210"]),
    ("an override of direction", SLO, "displayName: Checkout", "displayName: a\u202eb", ["5 E210"]),
    ("a long description", SLO, "Share", "x" * 1050, ["11 E210"]),
    ("a control character as a unit", SLO, "agreement: checkout-sla", 'unit: "\\e[2J"', ["9 E210"]),
    ("a label's key with blanks", SLO, "tier: one", "the tier: one", ["6 E211"]),
    ("a mapping as a label", SLO, "tier: one", "tier: {a: b}", ["6 E211"]),
    ("an annotation that is a list", SLO, "steward/owner: payments", "theirs: [a]", ["1 W505", "8 E212"]),
    ("a misspelt annotation", SLO, "steward/agreement:", "steward/agrement:", ["9 E213"]),
    (
        "an annotation of ours elsewhere",
        SERVICE,
        "checkout}",
        "checkout, annotations: {steward/unit: x}}",
        ["3 E213"],
    ),
    ("an unknown zone", TEAM, "kind: internal", "timezone: Europe/Berlln", ["5 E214"]),
    ("a zone that is a path", TEAM, "kind: internal", "timezone: ../../etc/passwd", ["5 E214"]),
    ("no duration", SLO, "30d", "30 days", ["21 E215"]),
    ("a target in words", SLO, "target: 0.999", "target: three nines", ["25 E216"]),
    ("a target that would fill the memory", SLO, "0.999", "1e-999999999", ["25 E216"]),
    ("a percent sign", SLO, "target: 0.999", "targetPercent: 99.9%", ["25 E216"]),
    ("a norwegian label", SLO, "tier: one", "country: no", ["6 W201"]),
    ("a number as a name", SERVICE, "{name: checkout}", "{name: 123}", ["3 W201"]),
    ("a date as a name", SERVICE, "{name: checkout}", "{name: 2026-01-01}", ["3 W201"]),
    ("a workspace of its own", TEAM, "kind: internal", "slackTeam: T0XYZ", ["5 W202"]),
    ("a rung to a pager", TEAM, "kind: internal", "escalation: [{to: 'pager:ops', after: 1h}]", ["5 W202"]),
    (
        "an indicator's display name",
        SLI,
        "{name: checkout-ok}",
        "{name: checkout-ok, displayName: OK}",
        ["3 W202"],
    ),
    ("no channel's name", TEAM, '"#team-payments"', "team payments", ["6 E301"]),
    ("no person", TEAM, "kind: internal", "members: [Ana]", ["5 E301"]),
    ("a list as a person", TEAM, "kind: internal", "members: [[U0A1]]", ["5 E301"]),
    ("no time of day", TEAM, '"09:00"', '"25:00"', ["7 E302"]),
    ("no day", TEAM, "[mon]", "[monday]", ["7 E302"]),
    ("quiet hours of no length", TEAM, "kind: internal", 'quietHours: "8:00-8:00"', ["5 E302"]),
    ("a rung to nobody", TEAM, "kind: internal", "escalation: [{to: boss, after: 1h}]", ["5 E303"]),
    ("a rung in months", TEAM, "kind: internal", "escalation: [{to: slm, after: 1M}]", ["5 E215"]),
    ("a rung of text", TEAM, "kind: internal", "escalation: [slm]", ["5 E207"]),
    ("one party twice", AGREEMENT, "customer: retail", "customer: payments", ["7 E304"]),
    ("a channel lost as a comment", TEAM, '"#team-payments"', "#team-payments", ["6 W301"]),
    ("good and bad", SLI, "good:", "bad: {}, good:", ["4 E401"]),
    ("no total", SLI, "total:", "bad:", ["4 E401"]),
    ("a foreign source", SLI, "steward/push}}, total", "Prometheus}}, total", ["4 W401"]),
    ("a source without type", SLI, "{type: steward/push}}, total", "{spec: {a: 1}}}, total", ["4 W401"]),
    ("both indicators", SLO, "  indicator:", "  indicatorRef: x\n  indicator:", ["13 E501"]),
    ("no indicator", SLO, INDICATOR, "", ["11 E501"]),
    (
        "two windows",
        SLO,
        "- duration: 30d",
        "- {duration: 7d, isRolling: true}\n    - duration: 30d",
        ["20 E502"],
    ),
    ("rolling on a calendar", CALENDAR, "calendar:", "isRolling: true\n      calendar:", ["22 E503"]),
    ("neither rolling nor on a calendar", SLO, "isRolling: true", "isRolling: false", ["22 E503"]),
    ("a window of nothing", SLO, "30d", "0d", ["21 E504"]),
    ("a window of ages", SLO, "30d", "999999999w", ["21 E504"]),
    ("two calendar months", CALENDAR, "1M", "2M", ["21 E504"]),
    ("a calendar minute", CALENDAR, "1M", "1m", ["21 E504"]),
    ("a date alone", CALENDAR, "2026-01-01 00:00:00", "2026-01-01", ["22 E505"]),
    ("a day that is none", CALENDAR, "2026-01-01", "2026-02-30", ["22 E505"]),
    ("a start with a zone", CALENDAR, "00:00:00", "00:00:00Z", ["22 E505"]),
    ("a start with seconds", CALENDAR, "00:00:00", "00:00:01", ["22 E505"]),
    ("no start", CALENDAR, "startTime: 2026-01-01 00:00:00, ", "", ["22 E206"]),
    ("day 29", CALENDAR, "2026-01-01", "2026-01-29", ["22 E506"]),
    ("no objective", SLO, "\n    - target: 0.999", " []", ["24 E507"]),
    ("an objective of text", SLO, "- target: 0.999", "- high", ["24 E507"]),
    (
        "two without display names",
        SLO,
        "- target: 0.999",
        "- target: 0.99\n    - target: 0.999",
        ["25 E507", "26 E507"],
    ),
    (
        "two of one name",
        SLO,
        "- target: 0.999",
        "- {displayName: Fast, target: 0.99}\n    - {displayName: fast!, target: 0.9}",
        ["25 E507", "26 E507"],
    ),
    ("both targets", SLO, "- target: 0.999", "- {target: 0.999, targetPercent: 99.9}", ["25 E508"]),
    ("no target", SLO, "- target: 0.999", "- displayName: x", ["25 E508"]),
    ("a hundred percent", SLO, "target: 0.999", "targetPercent: 100", ["25 E509"]),
    ("one", SLO, "target: 0.999", "target: 1.0", ["25 E509"]),
    ("zero", SLO, "target: 0.999", "target: 0", ["25 E510"]),
    ("below zero", SLO, "target: 0.999", "target: -0.5", ["25 E510"]),
    ("percent as a ratio", SLO, "target: 0.999", "target: 99.9", ["25 E510"]),
    ("thirteen digits", SLO, "0.999", "0.9999999999999", ["25 E510"]),
    ("a slice's target above one", SLICES, "0.95", "1.1", ["26 E510"]),
    ("a slice's target of none", SLICES, "      timeSliceTarget: 0.95\n", "", ["25 E511"]),
    ("no slice", SLICES, "      timeSliceWindow: 5m\n", "", ["25 E511"]),
    ("slices of events", SLICES, "Timeslices", "Occurrences", ["26 E511", "27 E511"]),
    ("a slice's target for ratios", SLICES, "Timeslices", "RatioTimeslices", ["26 E511"]),
    ("a slice of seven minutes", SLICES, "5m", "7m", ["27 E512"]),
    ("a slice of two hours", SLICES, "5m", "2h", ["27 E512"]),
    ("a slice of none", SLICES, "5m", "0", ["27 E512"]),
    ("a slice in octal", SLICES, "5m", "010", ["27 E512"]),
    (
        "a window shorter than a slice",
        SLICES.replace("5m", "30m"),
        "30d",
        "10m",
        ["21 W502", "25 W806", "27 E513"],
    ),
    ("missing events", SLO, "steward/agreement: checkout-sla", "steward/missing: bad", ["9 E514"]),
    ("missing, misspelt", SLICES, "steward/agreement: checkout-sla", "steward/missing: bda", ["9 E208"]),
    ("coverage above one", SLO, "steward/agreement: checkout-sla", 'steward/min-coverage: "50"', ["9 E515"]),
    ("a rolling month", SLO, "30d", "1M", ["21 W501"]),
    ("a minute for a month", SLO, "30d", "1m", ["21 W502", "25 W806"]),
    ("an operator", SLO, "- target", "- op: gte\n      target", ["25 W503"]),
    ("a ratio as percent", SLO, "target: 0.999", "targetPercent: 0.999", ["25 W504", "25 W806"]),
    ("no owner", SLO, "steward/owner", "their.org/owner", ["1 W505"]),
    ("twice", SERVICE, SERVICE, f"{SERVICE}---\n{SERVICE}", ["6 E601"]),
    ("an unknown service", SLO, "service: checkout", "service: chekout", ["12 E602"]),
    ("an unknown owner", SLO, "owner: payments", "owner: payment", ["8 E602"]),
    ("an unknown agreement", SLO, "agreement: checkout-sla", "agreement: chekout-sla", ["9 E602"]),
    ("an unknown customer", AGREEMENT, "customer: retail", "customer: retial", ["7 E602"]),
    ("an unknown SLI", REFERRING, "checkout-ok", "chekout-ok", ["13 E602"]),
    ("a customer as owner", SLO, "owner: payments", "owner: retail", ["8 E603"]),
    ("a third party as owner", SLO, "owner: payments", "owner: bank", ["8 E603"]),
]


@pytest.mark.parametrize(
    ("text", "old", "new", "problems"), [pytest.param(*row[1:], id=row[0]) for row in REPLACED]
)
def test_a_bad_document_is_told_at_its_line(
    read: Read, text: str, old: str, new: str, problems: list[str]
) -> None:
    assert old in text
    loaded = read(text.replace(old, new, 1), KNOWN)
    assert short(loaded) == problems
    for problem in loaded.problems:
        assert len(str(problem).splitlines()) == 1
        assert str(problem).isprintable()


@pytest.mark.parametrize("text", [SLO, SLICES, CALENDAR, TEAM, AGREEMENT, SLI, SERVICE])
def test_what_the_bad_documents_are_made_from_is_good(read: Read, text: str) -> None:
    assert read(text, KNOWN).problems == ()


def test_without_a_database_a_missing_name_is_a_warning(read: Read) -> None:
    loaded = read(SLO)
    assert short(loaded) == ["8 W602", "9 W602", "12 W602"]
    assert loaded.errors == ()


def test_a_name_of_a_broken_document_is_not_called_missing_too(read: Read) -> None:
    broken = TEAM.replace("kind: internal", "kind: internl")
    assert short(read(f"{SLO}---\n{broken}", Known(KNOWN.teams[1:], KNOWN.services, KNOWN.agreements))) == [
        "31 E208"
    ]


def test_a_third_party_owns_what_it_promises(read: Read) -> None:
    text = SLO.replace("owner: payments", "owner: bank").replace("checkout-sla", "bank-uc")
    assert read(text, KNOWN).problems == ()


SENTENCES = [
    ("the remedy of a typo", SLO, "service: checkout", "service: chekout", "Did you mean `checkout`?"),
    ("the place of the first", SERVICE, SERVICE, f"{SERVICE}---\n{SERVICE}", "a.yaml:1; keep one."),
    ("a better name", SERVICE, "{name: checkout}", "{name: Check Out}", "Did you mean `check-out`?"),
    ("a better field", SLO, "budgetingMethod", "budgettingMethod", "Did you mean `budgetingMethod`?"),
    ("a better day", TEAM, "[mon]", "[monday]", "Did you mean `mon`?"),
    ("why not 100%", SLO, "0.999", "1", "leaves no error budget"),
    ("what to do with an alpha version", SLO, "openslo/v1", "openslo/v1alpha", "convert it to openslo/v1"),
    ("where a kind belongs", SLO, "kind: SLO", "kind: Team", "It belongs to apiVersion steward/v1."),
    ("hostile text, harmless", SLO, "service: checkout", 'service: "\\e[2J\\n"', "U+001B (in `\\x1b[2J\\n`)"),
]


@pytest.mark.parametrize(
    ("text", "old", "new", "sentence"), [pytest.param(*row[1:], id=row[0]) for row in SENTENCES]
)
def test_a_problem_says_its_remedy(read: Read, text: str, old: str, new: str, sentence: str) -> None:
    assert sentence in " ".join(map(str, read(text.replace(old, new, 1), KNOWN).problems))


def test_a_problem_is_one_line_as_promised() -> None:
    problem = Problem("slos.yaml", 12, Severity.ERROR, "E205", "There is no field `x` in spec.")
    assert str(problem) == "slos.yaml:12: error E205 There is no field `x` in spec."


def test_every_code_is_documented_and_tested() -> None:
    used = set(re.findall(r'"([EW]\d{3})"', "".join(path.read_text() for path in SOURCES.glob("*.py"))))
    documented = re.findall(r"^\| ([EW]\d{3}) \|", DOCS.read_text(), re.MULTILINE)
    tested = set(
        re.findall(r"\b[EW]\d{3}\b", "".join(path.read_text() for path in Path(__file__).parent.glob("*.py")))
    )
    assert sorted(documented) == sorted(set(documented)) == sorted(used) == sorted(tested)
