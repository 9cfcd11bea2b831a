"""What good definition files come to."""

import json
from datetime import datetime, time, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from connectors.definitions.load import load
from domain.agreement import Agreement, AgreementKind
from domain.definition import Kind
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.objective import Indicator, Objective, Service, Terms
from domain.team import DigestSchedule, QuietHours, Rung, Team, TeamKind
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from tests.connectors.definitions.conftest import Read
from tests.connectors.definitions.test_problems import (
    AGREEMENT,
    CALENDAR,
    REFERRING,
    SERVICE,
    SLI,
    SLICES,
    SLO,
)

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


def only(read: Read, text: str) -> Objective:
    loaded = read(text)
    assert loaded.errors == ()
    (objective,) = loaded.definitions.objectives
    return objective


def terms(read: Read, text: str) -> Terms:
    (version,) = only(read, text).versions
    return version


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
    assert [problem.code for problem in loaded.problems] == ["W202"] * 4


def test_a_team_that_says_little(read: Read) -> None:
    text = "apiVersion: steward/v1\nkind: Team\nmetadata: {name: retail}\nspec: {kind: customer}"
    loaded = read(text)
    assert loaded.definitions.teams == (Team("retail", TeamKind.CUSTOMER),)
    assert loaded.problems == ()


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


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("target: 0.999", "0.999"),
        ("target: '0.1'", "0.1"),
        ("target: .99950", "0.9995"),
        ("target: 9.99e-1", "0.999"),
        ("targetPercent: 99.95", "0.9995"),
        ("targetPercent: 99.99999999", "0.9999999999"),
        ("target: 0.999999999999", "0.999999999999"),
    ],
)
def test_a_target_is_exact(read: Read, written: str, target: str) -> None:
    assert terms(read, SLO.replace("target: 0.999", written)).target == Fraction(target)


@pytest.mark.parametrize(
    ("written", "window"),
    [
        ("45m", RollingWindow(minutes=45)),
        ("36h", RollingWindow(days=1, minutes=720)),
        ("24h", RollingWindow(days=1)),
        ("4w", RollingWindow(days=28)),
        ("1M", RollingWindow(days=30)),
        ("2Q", RollingWindow(days=180)),
        ("1Y", RollingWindow(days=365)),
        ("1m", RollingWindow(minutes=1)),
    ],
)
def test_a_rolling_window(read: Read, written: str, window: Window) -> None:
    assert terms(read, SLO.replace("30d", written)).window == window


@pytest.mark.parametrize("unit", ["1d", "1w", "1M", "1Q", "1Y"])
@pytest.mark.parametrize("start", ["2026-01-28 12:30:00", '"2026-01-28 12:30:00"', "2026-01-28T12:30:00"])
def test_a_calendar_window_however_its_start_is_written(read: Read, unit: str, start: str) -> None:
    window = terms(read, CALENDAR.replace("1M", unit).replace("2026-01-01 00:00:00", start)).window
    units = dict(zip(["1d", "1w", "1M", "1Q", "1Y"], CalendarUnit, strict=True))
    naive = datetime(2026, 1, 28, 12, 30)  # noqa: DTZ001 -- wall-clock time
    assert window == CalendarWindow(units[unit], "Europe/Berlin", naive)


@pytest.mark.parametrize(
    ("old", "new", "method", "coverage"),
    [
        ("5m", "5m", Timeslices(Fraction(19, 20), 5), Fraction(1, 2)),
        ("5m", "1h", Timeslices(Fraction(19, 20), 60), Fraction(1, 2)),
        ("5m", "15", Timeslices(Fraction(19, 20), 15), Fraction(1, 2)),
        ("0.95", "1", Timeslices(Fraction(1), 5), Fraction(1, 2)),
        (
            "steward/agreement: checkout-sla",
            "{steward/missing: bad}",
            Timeslices(Fraction(19, 20), 5, Missing.BAD),
            Fraction(1, 2),
        ),
        (
            "steward/agreement: checkout-sla",
            '{steward/min-coverage: "80%"}',
            Timeslices(Fraction(19, 20), 5),
            Fraction(4, 5),
        ),
        (
            "steward/agreement: checkout-sla",
            "{steward/min-coverage: 0.25}",
            Timeslices(Fraction(19, 20), 5),
            Fraction(1, 4),
        ),
    ],
)
def test_slices(read: Read, old: str, new: str, method: Method, coverage: Fraction) -> None:
    found = terms(read, SLICES.replace(old, new.strip("{}")))
    assert (found.method, found.min_coverage) == (method, coverage)


def test_ratios_of_slices(read: Read) -> None:
    text = SLICES.replace("Timeslices", "RatioTimeslices").replace("      timeSliceTarget: 0.95\n", "")
    assert terms(read, text).method == RatioTimeslices(5)


def test_events_need_no_coverage_unless_asked(read: Read) -> None:
    assert terms(read, SLO).min_coverage == 0
    text = SLO.replace("steward/agreement: checkout-sla", "steward/min-coverage: '50%'")
    assert terms(read, text).min_coverage == Fraction(1, 2)


def test_a_unit(read: Read) -> None:
    assert (
        terms(read, SLO.replace("steward/agreement: checkout-sla", "steward/unit: payouts")).unit == "payouts"
    )


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
