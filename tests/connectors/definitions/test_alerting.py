"""Alert policies, conditions and targets of OpenSLO; what an SLO makes of them, and what is wrong with them."""

from fractions import Fraction

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.burn import BurnCondition, Severity
from domain.calendars import Calendar
from domain.definition import Known
from domain.watching import DEFAULT_WATCHING, Watching
from tests.connectors.definitions.conftest import Read, only, short
from tests.connectors.definitions.samples import CONDITION, KNOWN, POLICY, SLICES, SLO, TARGET, WATCHED

FAST = BurnCondition(Severity.PAGE, Fraction(10), (60,), inclusive=True, after=5)
INLINE = """\
  alertPolicies:
    - kind: AlertPolicy
      metadata: {name: burns}
      spec:
        alertWhenBreaching: true
        conditions:
          - kind: AlertCondition
            metadata: {name: fast}
            spec:
              severity: page
              condition: {kind: burnrate, op: gte, threshold: 10, lookbackWindow: 1h, alertAfter: 5m}
"""
ALL = f"{WATCHED}---\n{POLICY}---\n{CONDITION}---\n{TARGET}"


def with_policies(text: str, slo: str = SLO) -> str:
    return slo.replace("  budgetingMethod", f"{text}  budgetingMethod")


def policy(name: str, spec: str, condition: str = "fast") -> str:
    """A policy by itself."""
    given = f"{{{spec}conditions: [{{conditionRef: {condition}}}]}}"
    return f"---\napiVersion: openslo/v1\nkind: AlertPolicy\nmetadata: {{name: {name}}}\nspec: {given}\n"


def condition(name: str, severity: str, given: str) -> str:
    """A condition by itself."""
    spec = f"{{severity: {severity}, condition: {{{given}}}}}"
    return f"---\napiVersion: openslo/v1\nkind: AlertCondition\nmetadata: {{name: {name}}}\nspec: {spec}\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ALL, id="all by reference"),
        pytest.param(ALL.replace("{alertPolicyRef: burns}", "burns"), id="a plain name"),
        pytest.param(with_policies(INLINE), id="all inline"),
        pytest.param(
            f"{CONDITION}---\n{with_policies(INLINE[: INLINE.index('          - kind')])}".replace(
                "        conditions:\n", "        conditions: [{conditionRef: fast}]\n"
            ),
            id="an inline policy with a condition by reference",
        ),
    ],
)
def test_an_slo_is_watched_as_its_policy_says(read: Read, text: str) -> None:
    assert only(read, text).watching == Watching((FAST,))


@pytest.mark.parametrize("given", ["", "  alertPolicies:\n", "  alertPolicies: []\n", "  alertPolicies: ~\n"])
def test_without_policies_the_defaults_hold(read: Read, given: str) -> None:
    assert only(read, with_policies(given)).watching == DEFAULT_WATCHING


def test_the_most_severe_policy_comes_first_and_each_once(read: Read) -> None:
    text = with_policies("  alertPolicies: [slow, low, burns, again, high]\n") + "".join(
        [
            policy("slow", "", "slow"),
            policy("low", "", "low"),
            policy("burns", ""),
            policy("again", ""),
            policy("high", "", "high"),
            condition("slow", "ticket", "op: gt, threshold: 100, lookbackWindow: 1w"),
            condition("low", "page", "op: gt, threshold: 2.5, lookbackWindow: 1d"),
            condition("high", "page", "op: gt, threshold: 14.4, lookbackWindow: 30m"),
            f"---\n{CONDITION}",
        ]
    )
    assert only(read, text).watching.conditions == (
        BurnCondition(Severity.PAGE, Fraction("14.4"), (30,)),
        FAST,
        BurnCondition(Severity.PAGE, Fraction("2.5"), (1440,)),
        BurnCondition(Severity.TICKET, Fraction(100), (7 * 1440,)),
    )


@pytest.mark.parametrize(
    ("severity", "expected"),
    [(word, Severity.PAGE) for word in ("page", "Critical", "URGENT", "high", "SEV-1", "P1")]
    + [(word, Severity.TICKET) for word in ("ticket", "warning", "low", "sev2", "whatever")],
)
def test_severities(read: Read, severity: str, expected: Severity) -> None:
    watching = only(read, with_policies(INLINE.replace("severity: page", f"severity: {severity}"))).watching
    assert [one.severity for one in watching.conditions or ()] == [expected]


@pytest.mark.parametrize(
    ("operator", "inclusive", "warned"),
    [("gt", False, False), ("gte", True, False), ("lt", False, True), ("lte", True, True)],
)
def test_a_burn_rate_warns_when_it_is_exceeded(
    read: Read, operator: str, inclusive: bool, warned: bool
) -> None:
    loaded = read(with_policies(INLINE.replace("op: gte", f"op: {operator}")), KNOWN)
    (told,) = loaded.definitions.objectives[0].watching.conditions or ()
    assert told.inclusive == inclusive
    assert [problem.code for problem in loaded.problems] == (["W801"] if warned else [])


@pytest.mark.parametrize(
    ("flags", "watching"),
    [
        (("", ""), Watching((FAST,))),
        (("alertWhenNoData: true, ", ""), Watching((FAST,))),
        (("alertWhenNoData: false, ", ""), Watching((FAST,))),
        (("alertWhenNoData: false, ", "alertWhenNoData: true, "), Watching((FAST,))),
        (("alertWhenNoData: false, ", "alertWhenNoData: false, "), Watching((FAST,), silent=False)),
        (("alertWhenBreaching: false, ", ""), Watching((FAST,))),
        (("alertWhenBreaching: false, ", "alertWhenBreaching: false, "), Watching(())),
    ],
)
def test_what_a_policy_is_for(read: Read, flags: tuple[str, str], watching: Watching) -> None:
    policies = policy("one", flags[0]) + policy("two", flags[1])
    text = with_policies("  alertPolicies: [one, two]\n") + policies + f"---\n{CONDITION}"
    assert only(read, text).watching == watching


def test_all_objectives_of_an_slo_are_watched_alike(read: Read) -> None:
    several = ALL.replace(
        "- target: 0.999",
        "- {displayName: Fast, target: 0.99}\n    - {displayName: Slow, target: 0.95}",
    )
    found = read(several).definitions.objectives
    assert [each.watching for each in found] == [Watching((FAST,))] * 2


# (what is wrong, the text it is made from, what is replaced, by what, the problems)
REPLACED = [
    ("nothing but a target", ALL, "", "", ["50 W803"]),
    (
        "a missing policy",
        ALL,
        "alertPolicyRef: burns",
        "alertPolicyRef: burn",
        ["24 E602", "29 W804", "50 W803"],
    ),
    (
        "a missing condition",
        ALL,
        "conditionRef: fast",
        "conditionRef: quick",
        ["34 E602", "37 W804", "50 W803"],
    ),
    ("a missing target", ALL, "targetRef: mail", "targetRef: post", ["35 E602", "50 W803"]),
    ("a name that is none", ALL, "targetRef: mail", "targetRef: OnCallMail", ["35 E209", "50 W803"]),
    ("a policy twice", ALL, "---\napiVersion", f"---\n{POLICY}---\napiVersion", ["37 E601", "58 W803"]),
    ("an empty entry", ALL, "{alertPolicyRef: burns}", "", ["24 E801", "29 W804", "50 W803"]),
    ("a list as an entry", ALL, "{alertPolicyRef: burns}", "[burns]", ["24 E801", "29 W804", "50 W803"]),
    (
        "a reference that is written out too",
        ALL,
        "{conditionRef: fast}",
        "{conditionRef: fast, metadata: {name: a}, spec: {}}",
        ["34 E801", "37 W804", "50 W803"],
    ),
    (
        "a condition without a name",
        with_policies(INLINE),
        "metadata: {name: fast}",
        "metadata: {}",
        ["30 E206"],
    ),
    ("a policy without metadata", with_policies(INLINE), "      metadata: {name: burns}\n", "", ["24 E206"]),
    ("another kind inside", with_policies(INLINE), "kind: AlertCondition", "kind: SLO", ["29 E208"]),
    ("no condition", ALL, "[{conditionRef: fast}]", "[]", ["34 E802", "37 W804", "50 W803"]),
    (
        "two conditions",
        ALL,
        "[{conditionRef: fast}]",
        "[{conditionRef: fast}, {conditionRef: fast}]",
        ["34 E802", "37 W804", "50 W803"],
    ),
    ("no conditions", ALL, "  conditions: [{conditionRef: fast}]\n", "", ["33 E206", "36 W804", "49 W803"]),
    ("no severity", CONDITION, "  severity: page\n", "", ["1 W804", "5 E206"]),
    ("an unknown severity", CONDITION, "severity: page", "severity: pgae", ["1 W804", "6 W802"]),
    ("no window", CONDITION, "lookbackWindow: 1h", "", ["1 W804", "8 E206"]),
    (
        "a window in months",
        CONDITION,
        "    lookbackWindow: 1h",
        "    lookbackWindow: 1M",
        ["1 W804", "11 E215"],
    ),
    ("a window of nothing", CONDITION, "lookbackWindow: 1h", "lookbackWindow: 0m", ["1 W804", "11 E215"]),
    ("a wait of seconds", CONDITION, "alertAfter: 5m", "alertAfter: 90s", ["1 W804", "12 E215"]),
    ("a wait of ages", CONDITION, "alertAfter: 5m", "alertAfter: 999999999w", ["1 W804", "12 E215"]),
    ("no operator", CONDITION, "    op: gte\n", "", ["1 W804", "8 E206"]),
    ("an operator of another trade", CONDITION, "op: gte", "op: '>'", ["1 W804", "9 E208"]),
    ("another kind of condition", CONDITION, "kind: burnrate", "kind: threshold", ["1 W804", "8 E208"]),
    ("a threshold in words", CONDITION, "threshold: 10", "threshold: ten", ["1 W804", "10 E216"]),
    ("a threshold of nothing", CONDITION, "threshold: 10", "threshold: 0", ["1 W804", "10 E803"]),
    (
        "a threshold of 13 decimals",
        CONDITION,
        "threshold: 10",
        "threshold: 1.0000000000001",
        ["1 W804", "10 E803"],
    ),
    ("a display name", CONDITION, "{name: fast}", "{name: fast, displayName: Fast}", ["1 W804", "3 W202"]),
    ("a target without a target", TARGET, "target: email", "", ["1 W803", "4 E206"]),
    (
        "a window longer than the objective's",
        ALL,
        "lookbackWindow: 1h",
        "lookbackWindow: 31d",
        ["24 E804", "50 W803"],
    ),
    ("a wait longer than that", ALL, "alertAfter: 5m", "alertAfter: 31d", ["24 E804", "50 W803"]),
    ("a burn rate that cannot be", ALL, "threshold: 10", "threshold: 1001", ["24 E804", "50 W803"]),
    (
        "a window shorter than a slice",
        with_policies(INLINE, SLICES.replace("5m", "30m")),
        "lookbackWindow: 1h",
        "lookbackWindow: 10m",
        ["24 E804"],
    ),
    (
        "nothing that warns of burning",
        with_policies(INLINE),
        "alertWhenBreaching: true",
        "alertWhenBreaching: false",
        ["23 W805"],
    ),
    ("a chance in words", SLO, "steward/agreement: checkout-sla", "steward/warn-at: often", ["9 E516"]),
    ("a chance of nothing", SLO, "steward/agreement: checkout-sla", 'steward/warn-at: "0"', ["9 E516"]),
    ("certainty", SLO, "steward/agreement: checkout-sla", "steward/warn-at: 100%", ["9 E516"]),
    ("a chance above one", SLO, "steward/agreement: checkout-sla", 'steward/warn-at: "60"', ["9 E516"]),
    (
        "support of nothing known",
        SLO,
        "steward/agreement: checkout-sla",
        "steward/supports: shop",
        ["9 E602"],
    ),
    ("support of no name", SLO, "steward/agreement: checkout-sla", "steward/supports: The Shop", ["9 E209"]),
    (
        "support of oneself",
        SLO,
        "steward/agreement: checkout-sla",
        "steward/supports: checkout-availability",
        ["9 E605"],
    ),
]


@pytest.mark.parametrize(
    ("text", "old", "new", "problems"), [pytest.param(*row[1:], id=row[0]) for row in REPLACED]
)
def test_a_problem_is_told_at_its_line(
    read: Read, text: str, old: str, new: str, problems: list[str]
) -> None:
    assert old in text
    loaded = read(text.replace(old, new, 1), KNOWN)
    assert short(loaded) == problems


def test_what_happens_once_resolved_has_no_effect(read: Read) -> None:
    loaded = read(ALL.replace("alertWhenBreaching: true", "alertWhenResolved: true"), KNOWN)
    assert short(loaded) == ["33 W202", "50 W803"]


def test_an_equal_burn_rate_can_be_reached_and_not_exceeded(read: Read) -> None:
    largest = with_policies(INLINE.replace("threshold: 10", "threshold: 1000"))
    assert read(largest, KNOWN).problems == ()
    assert short(read(largest.replace("op: gte", "op: gt"), KNOWN)) == ["24 E804"]


def test_each_objective_is_fitted_by_itself(read: Read) -> None:
    text = with_policies(INLINE).replace(
        "- target: 0.999", "- {displayName: Fast, target: 0.8}\n    - {displayName: Slow, target: 0.999}"
    )
    (problem,) = read(text, KNOWN).problems
    assert str(problem).endswith(
        "The AlertPolicy `burns` does not fit `checkout-availability/fast`. It could never warn (burn rate ≥ 10 over "
        "1 h for 5 min): at 80% even a total outage is a burn rate of only 5. Take a lower threshold."
    )


@pytest.mark.parametrize(
    ("text", "value"), [("60%", "0.6"), ("0.75", "0.75"), ("99.5%", "0.995"), (".01", "0.01")]
)
def test_the_chance_from_which_forecasts_warn(read: Read, text: str, value: str) -> None:
    annotation = f'steward/warn-at: "{text}"'
    objective = only(read, SLO.replace("steward/agreement: checkout-sla", annotation))
    assert objective.watching == Watching(warn_at=Fraction(value))


def test_what_an_objective_stands_under(read: Read) -> None:
    annotation = 'steward/supports: " checkout/fast ,checkout-availability,, checkout/fast"'
    text = SLO.replace("name: checkout-availability", "name: payment-db").replace(
        "steward/agreement: checkout-sla", annotation
    )
    loaded = read(text, KNOWN)
    assert loaded.problems == ()
    assert loaded.definitions.objectives[0].supports == ("checkout-availability", "checkout/fast")


def supporting(name: str, *names: str) -> str:
    return SLO.replace("name: checkout-availability", f"name: {name}").replace(
        "steward/agreement: checkout-sla", f"steward/supports: {', '.join(names)}"
    )


def test_a_circle_is_told_once_and_each_circle(read: Read) -> None:
    text = "---\n".join(
        [
            supporting("a", "b", "e"),
            supporting("b", "c"),
            supporting("c", "a"),
            supporting("d", "d"),
            supporting("e", "checkout-availability"),
            supporting("f", "a"),
        ]
    )
    loaded = read(text, KNOWN)
    assert [problem.code for problem in loaded.problems] == ["E605", "E605"]
    circle, itself = (problem.text for problem in loaded.problems)
    assert any(
        found in circle
        for found in ("`a` → `b` → `c` → `a`", "`b` → `c` → `a` → `b`", "`c` → `a` → `b` → `c`")
    )
    assert itself == "`d` cannot support itself; name what it stands under."


def test_a_circle_by_way_of_what_is_stored(read: Read) -> None:
    stored = read(supporting("b", "a")).definitions.objectives
    known = Known(KNOWN.teams, KNOWN.services, objectives=stored)
    assert short(read(supporting("a", "b"), known)) == ["9 E605"]
    assert (
        short(
            read(
                f"{supporting('a', 'b')}---\n{supporting('b', 'a').replace('supports: a', 'unit: x')}", known
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("target", "window", "reasons"),
    [
        pytest.param("0.999", "30d", None, id="all of them make sense"),
        pytest.param(
            "0.9",
            "30d",
            "1 h/5 min, since at 90% even a total outage is a burn rate of only 10",
            id="one is too high",
        ),
        pytest.param("0.999", "2d", "3 days/6 h, longer than its window of 2 days", id="one is too long"),
        pytest.param(
            "0.2",
            "6h",
            "1 day/2 h and 3 days/6 h, longer than its window of 6 h",
            id="two are too long",
        ),
    ],
)
def test_defaults_that_make_no_sense_are_told(
    read: Read, target: str, window: str, reasons: str | None
) -> None:
    loaded = read(SLO.replace("0.999", target).replace("30d", window), KNOWN)
    prefix = "Of the default warnings some are left out for `checkout-availability`: "
    assert [(problem.line, problem.code, problem.text) for problem in loaded.problems] == (
        [(25, "W806", f"{prefix}{reasons}.")] if reasons else []
    )


def test_service_hours_scale_the_defaults(read: Read) -> None:
    """At 92% a burn of 12.5 is the largest: 14.4 is too high round the clock, and 40 hours a week need only 3.4."""
    agreement = Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail", service_hours="weekdays")
    text = SLO.replace("0.999", "0.92")
    assert short(read(text, KNOWN)) == ["25 W806"]
    known = Known(KNOWN.teams, KNOWN.services, (agreement,), (Calendar("weekdays"),))
    assert short(read(text, known)) == []


def test_who_writes_conditions_is_not_told_of_defaults(read: Read) -> None:
    assert short(read(with_policies(INLINE).replace("0.999", "0.9"), KNOWN)) == []
