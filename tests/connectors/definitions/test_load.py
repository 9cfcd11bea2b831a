"""What good definition files come to."""

import json
from datetime import time, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from connectors.definitions.load import load
from domain.agreement import Agreement, AgreementKind
from domain.definition import Kind
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Service, Terms
from domain.team import WEEKLY, DigestSchedule, QuietHours, Rung, Team, TeamKind
from domain.window import RollingWindow
from tests.connectors.definitions.conftest import Read, only, terms
from tests.connectors.definitions.samples import AGREEMENT, REFERRING, SERVICE, SLI, SLO, THE_TEAM


def test_the_team_of_the_interfaces(read: Read) -> None:
    loaded = read(THE_TEAM)
    assert loaded.definitions.teams == (
        Team(
            name="payments",
            kind=TeamKind.INTERNAL,
            display_name="Payments",
            channel="#team-payments",
            members=("U0A1", "ana@example.com"),
            usergroup="S0123",
            manager="U0B2",
            timezone="Europe/Berlin",
            digest=DigestSchedule(time(9), frozenset(range(5))),
            quiet_hours=QuietHours(time(20), time(8)),
            escalation=(
                Rung("members", timedelta(0)),
                Rung("manager", timedelta(minutes=30)),
                Rung("slm", timedelta(hours=2)),
            ),
            arbitrates=True,
            slack_team="T0XYZ",
        ),
    )
    assert [problem.code for problem in loaded.problems] == ["W202"]


def test_a_team_that_says_little(read: Read) -> None:
    text = "apiVersion: steward/v1\nkind: Team\nmetadata: {name: retail}\nspec: {kind: customer}"
    loaded = read(text)
    assert loaded.definitions.teams == (Team("retail", TeamKind.CUSTOMER, digest=WEEKLY),)
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("kind", "digest", "schedule"),
    [
        ("internal", "{}", DigestSchedule()),
        ("internal", '{at: "10:00"}', DigestSchedule(time(10))),
        ("third-party", '{at: "10:00"}', DigestSchedule(time(10), frozenset({0}))),
        ("customer", "{days: [mon, wed]}", DigestSchedule(days=frozenset({0, 2}))),
        ("customer", "{days: []}", DigestSchedule(days=frozenset())),
    ],
)
def test_outsiders_get_a_digest_a_week(read: Read, kind: str, digest: str, schedule: DigestSchedule) -> None:
    text = THE_TEAM.replace("kind: internal", f"kind: {kind}")
    given = text.replace('{at: "09:00", days: [mon, tue, wed, thu, fri]}', digest)
    assert read(given).definitions.teams[0].digest == schedule


def test_a_digest_at_an_unquoted_time_is_not_sixty_times_nine(read: Read) -> None:
    loaded = read(THE_TEAM.replace('"09:00"', "9:05").replace("[mon, tue, wed, thu, fri]", "[sat]"))
    assert loaded.definitions.teams[0].digest == DigestSchedule(time(9, 5), frozenset({5}))


def test_an_agreement_and_a_service(read: Read) -> None:
    service = "checkout, displayName: Bezahlen 🛒, labels: {tier: one, tags: [a, b]}, annotations: {x/y: z}"
    loaded = read(
        AGREEMENT + "---\n" + SERVICE.replace("checkout", service).replace("{}", "{description: It pays}")
    )
    assert loaded.errors == ()
    assert loaded.definitions.agreements == (
        Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail"),
    )
    assert loaded.definitions.services == (
        Service("checkout", "Bezahlen 🛒", "It pays", (("tags", ("a", "b")), ("tier", ("one",)))),
    )


def test_an_slo_with_one_objective(read: Read) -> None:
    objective = only(read, SLO)
    assert objective == Objective(
        name="checkout-availability",
        service="checkout",
        versions=(
            Terms(
                target=Fraction(999, 1000),
                window=RollingWindow(days=30),
                method=Occurrences(),
                indicator=Indicator(
                    "checkout-ok",
                    sources='{"counter":true,"good":{"type":"steward/push"},"total":{"type":"steward/push"}}',
                ),
                owner="payments",
                agreement="checkout-sla",
            ),
        ),
        display_name="Checkout",
        description="Share of checkouts that succeed",
        labels=(("tier", ("one",)),),
        slo="checkout-availability",
    )


def test_an_slo_with_several_objectives(read: Read) -> None:
    text = SLO.replace(
        "- target: 0.999", "- {displayName: Fast!, target: 0.9}\n    - {displayName: Très, target: .5}"
    )
    found = read(text).definitions.objectives
    assert [(each.name, each.display_name, each.slo) for each in found] == [
        ("checkout-availability/fast", "Checkout: Fast!", "checkout-availability"),
        ("checkout-availability/tr-s", "Checkout: Très", "checkout-availability"),
    ]


def test_an_indicator_of_another_file_counting_what_is_bad(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "sli.yml").write_text(SLI.replace("good", "bad"))
    (tmp_path / "a.yaml").write_text(REFERRING)
    loaded = load([tmp_path])
    assert loaded.errors == ()
    assert loaded.definitions.objectives[0].versions[0].indicator.ratio == "bad/total"


def test_sources_keep_what_is_written(read: Read) -> None:
    spec = 'type: Prometheus, spec: {b: [yes, 1.50, 7, "7", ~, 010], a: "ü\\0"}'
    sources = terms(read, SLO.replace("type: steward/push", spec, 1)).indicator.sources
    assert json.loads(sources)["good"] == {
        "type": "Prometheus",
        "spec": {"a": "ü\0", "b": [True, "1.50", 7, "7", None, "010"]},
    }
    assert sources.isascii()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"---\n---\n{SERVICE}---\n---\n{AGREEMENT}---\n", id="several documents, some empty"),
        pytest.param(
            "\n".join(
                f"- {chunk[0]}\n" + "\n".join(f"  {line}" for line in chunk[1:])
                for chunk in (SERVICE.splitlines(), AGREEMENT.splitlines())
            ),
            id="a list",
        ),
        pytest.param(
            "- " + "\n  ".join(SERVICE.splitlines()) + f"\n- null\n---\n{AGREEMENT}",
            id="a list, then a document",
        ),
        pytest.param("\ufeff" + SERVICE.replace("\n", "\r\n") + f"...\n---\n{AGREEMENT}", id="from Windows"),
    ],
)
def test_documents_come_in_any_packing(read: Read, text: str) -> None:
    loaded = read(text)
    assert loaded.errors == ()
    assert len(loaded.definitions.services) == len(loaded.definitions.agreements) == 1


def test_aliases_and_merges(read: Read) -> None:
    text = SLO.replace("labels: {tier: one}", "labels: {<<: &l {tier: one, a: b}, a: c}").replace(
        "good: {metricSource: {type: steward/push}}\n        total: {metricSource: {type: steward/push}}",
        "good: &push {metricSource: {type: steward/push}}\n        total: *push",
    )
    assert only(read, text).labels == (("a", ("c",)), ("tier", ("one",)))


def test_an_alias_of_a_single_value(read: Read) -> None:
    text = SLO.replace("labels: {tier: one}", "labels: {tier: &one one, other: *one}")
    assert only(read, text).labels == (("other", ("one",)), ("tier", ("one",)))


def test_nothing_is_left_out_by_null(read: Read) -> None:
    text = SLO.replace("  objectives:", "  alertPolicies:\n  indicatorRef: ~\n  objectives:")
    assert read(text).errors == ()


def test_places(read: Read) -> None:
    loaded = read(f"{SERVICE}---\n{SLO}")
    places = {key: place.line for key, place in loaded.definitions.places.items()}
    assert places == {(Kind.SERVICE, "checkout"): 1, (Kind.OBJECTIVE, "checkout-availability"): 6}


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(SERVICE)
    (tmp_path / "..data").mkdir()
    (tmp_path / "..data" / "a.yaml").write_text(SERVICE)
    assert load([tmp_path, path]).problems == ()


@pytest.mark.parametrize("name", ["مرحبا", "שלום", "𝕊𝕃𝕆 🦀", "*bold* `code` <!channel> <@U0A1>", "x" * 200])
def test_display_names_in_all_the_worlds_letters(read: Read, name: str) -> None:
    assert only(read, SLO.replace("Checkout", json.dumps(name, ensure_ascii=False))).display_name == name
