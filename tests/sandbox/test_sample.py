"""The sample organisation: that its parts fit together, and that its counts are the same however asked."""

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from sandbox.sample import DEFINITIONS, WORKSPACE
from sandbox.sample.generator import UNMEASURED, Hour, Sample
from sandbox.sample.script import SILENT_FOR, minutes_since_epoch

ORIGIN = datetime(2026, 11, 24, 8, tzinfo=UTC)
NAME = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
ROLES = {"responsible", "consulted", "informed"}
OURS = {"owner", "agreement", "unit", "missing", "min-coverage", "supports", *ROLES}

Document = dict[str, Any]


def read_definitions() -> list[Document]:
    files = sorted(DEFINITIONS.glob("*.yaml"))
    return [found for file in files for found in yaml.safe_load_all(file.read_text("utf-8"))]


DOCUMENTS = read_definitions()


def documents(kind: str) -> list[Document]:
    return [document for document in DOCUMENTS if document["kind"] == kind]


def names(kind: str) -> list[str]:
    return [document["metadata"]["name"] for document in documents(kind)]


def annotations(slo: Document) -> dict[str, str]:
    found: dict[str, str] = slo["metadata"]["annotations"]
    return {name.removeprefix("steward/"): value for name, value in found.items()}


def listed(notes: dict[str, str], name: str) -> list[str]:
    return [one.strip() for one in notes.get(name, "").split(",") if one.strip()]


def workspace() -> Document:
    read: Document = json.loads(WORKSPACE.read_text(encoding="utf-8"))
    return read


def test_there_are_six_teams_two_third_parties_and_two_customers() -> None:
    kinds = Counter(team["spec"]["kind"] for team in documents("Team"))
    assert kinds == {"internal": 6, "third-party": 2, "customer": 2}
    assert [t["metadata"]["name"] for t in documents("Team") if t["spec"].get("arbitrates")] == [
        "service-levels"
    ]


def test_the_readme_counts_right() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    kinds = Counter(team["spec"]["kind"] for team in documents("Team"))
    counted = f"{kinds['internal']} teams, {kinds['customer']} customers, {len(names('SLO'))} objectives"
    assert counted in readme
    channels = {"#" + channel["name"] for channel in workspace()["channels"]}
    assert {*re.findall(r"`(#[a-z-]+)`", readme)} <= channels


def test_objectives_of_definitions_and_generator_are_the_same_24() -> None:
    assert len(names("SLO")) == 24
    assert sorted(Sample(ORIGIN).objectives) == sorted(names("SLO"))


@pytest.mark.parametrize(
    "kind", ["Team", "Agreement", "Service", "SLO", "SLI", "Calendar", "Exclusion", "AlertPolicy"]
)
def test_names_are_unique_and_rfc_1123(kind: str) -> None:
    found = names(kind)
    assert len(set(found)) == len(found)
    assert all(NAME.fullmatch(name) for name in found)


def test_every_objective_refers_to_what_is_there() -> None:
    teams, agreements = {*names("Team")}, {a["metadata"]["name"]: a["spec"] for a in documents("Agreement")}
    for slo in documents("SLO"):
        notes, spec = annotations(slo), slo["spec"]
        assert notes.keys() <= OURS
        assert spec["service"] in names("Service")
        assert ("indicator" in spec) != ("indicatorRef" in spec)
        assert spec.get("indicatorRef") in [None, *names("SLI")]
        assert notes.get("owner", "payments") in teams
        assert {*listed(notes, "supports")} <= {*names("SLO")}
        assert {team for role in ROLES for team in listed(notes, role)} <= teams - {notes.get("owner")}
        assert {policy["alertPolicyRef"] for policy in spec.get("alertPolicies", [])} <= {
            *names("AlertPolicy")
        }
        if "agreement" in notes:
            parties = agreements[notes["agreement"]]
            promised_by = parties["customer"] if parties["type"] == "UC" else parties["provider"]
            assert promised_by == notes["owner"], slo["metadata"]["name"]


def test_agreements_are_between_teams_of_the_right_kinds() -> None:
    kinds = {team["metadata"]["name"]: team["spec"]["kind"] for team in documents("Team")}
    expected = {"SLA": ("internal", "customer"), "OLA": ("internal",) * 2, "UC": ("third-party", "internal")}
    for agreement in documents("Agreement"):
        spec = agreement["spec"]
        assert (kinds[spec["provider"]], kinds[spec["customer"]]) == expected[spec["type"]]


def test_teams_work_by_calendars_and_two_agreements_have_service_hours() -> None:
    internal = [team["spec"] for team in documents("Team") if team["spec"]["kind"] == "internal"]
    assert all(spec["calendar"] in names("Calendar") for spec in internal)
    assert all(spec["timezone"] == calendar_of(spec)["timezone"] for spec in internal)
    hours = {a["metadata"]["name"]: a["spec"].get("serviceHours") for a in documents("Agreement")}
    assert {name: found for name, found in hours.items() if found} == {
        "invoicing-sla": "shop-hours",
        "labels-ola": "warehouse",
    }
    assert "shop-hours" in names("Calendar")


def calendar_of(spec: Document) -> Document:
    found: Document = next(
        one["spec"] for one in documents("Calendar") if one["metadata"]["name"] == spec["calendar"]
    )
    return found


def test_nothing_in_the_files_goes_stale() -> None:
    for agreement in documents("Agreement"):
        assert not {"review"} & agreement["spec"].keys()
        assert "until" not in agreement["spec"].get("effective", {})
    for work in documents("Exclusion"):
        assert work["spec"]["recurs"].startswith("FREQ=MONTHLY")
        assert work["spec"]["timezone"]


def test_what_is_promised_to_customers_has_notice_agreed() -> None:
    promised = [a["spec"] for a in documents("Agreement") if a["spec"]["type"] == "SLA"]
    assert all({"effective", "contact", "maintenanceNotice"} <= spec.keys() for spec in promised)


def test_outsiders_are_only_in_the_channel_of_their_own_team() -> None:
    outside = {person["id"] for person in workspace()["people"] if "team_id" in person}
    shared = {
        "#" + channel["name"]: outside & {*channel["members"]}
        for channel in workspace()["channels"]
        if outside & {*channel["members"]}
    }
    theirs = [team["spec"] for team in documents("Team") if team["spec"]["kind"] != "internal"]
    assert shared == {spec["channel"]: {*spec["members"]} for spec in theirs if "channel" in spec}
    assert len(shared) == 3


def test_nine_objectives_are_promised_to_customers_and_one_has_no_owner() -> None:
    types = {agreement["metadata"]["name"]: agreement["spec"]["type"] for agreement in documents("Agreement")}
    promised = Counter(types.get(annotations(slo).get("agreement", "")) for slo in documents("SLO"))
    assert (promised["SLA"], promised["UC"], promised[None]) == (9, 2, 2)
    unowned = [s["metadata"]["name"] for s in documents("SLO") if "owner" not in annotations(s)]
    assert unowned == ["search-latency"]


def test_all_methods_and_kinds_of_windows_occur() -> None:
    assert {slo["spec"]["budgetingMethod"] for slo in documents("SLO")} == {
        "Occurrences",
        "Timeslices",
        "RatioTimeslices",
    }
    windows = {(w["duration"], w["isRolling"]) for slo in documents("SLO") for w in slo["spec"]["timeWindow"]}
    rolling, calendar = (
        {("30d", True), ("28d", True), ("7d", True)},
        {("1M", False), ("1w", False), ("1Q", False)},
    )
    assert windows == rolling | calendar


def test_the_channels_and_people_of_teams_are_in_the_workspace() -> None:
    people = {person["id"] for person in workspace()["people"]}
    channels = {"#" + channel["name"]: {*channel["members"]} for channel in workspace()["channels"]}
    for team in documents("Team"):
        spec = team["spec"]
        assert {*spec.get("members", [])} | {spec.get("manager")} <= people | {None}
        if "channel" in spec:
            assert {*spec["members"], workspace()["bot_user_id"]} <= channels[spec["channel"]]


def test_everybody_in_a_channel_is_in_the_workspace() -> None:
    people = {person["id"] for person in workspace()["people"]}
    assert workspace()["bot_user_id"] in people
    assert all({*channel["members"]} <= people for channel in workspace()["channels"])


def test_counts_are_the_same_in_any_order_of_asking() -> None:
    one, other = Sample(ORIGIN), Sample(ORIGIN)
    asked = [(name, one.first_hour + hour) for name in one.objectives for hour in range(0, 2200, 211)]
    forwards = {key: one.hour(*key) for key in asked}
    assert {key: other.hour(*key) for key in reversed(asked)} == forwards


def test_counts_are_the_same_as_ever() -> None:
    """Backfill and live counts come from different runs, perhaps of different Pythons."""
    sample, hour = Sample(ORIGIN), minutes_since_epoch(ORIGIN) // 60
    assert sample.hour("checkout-availability", hour - 1).totals[:5] == PINNED_TOTALS
    assert sum(sample.hour("card-auth-availability", hour - 1).goods) == PINNED_GOODS


PINNED_TOTALS = (605, 601, 715, 624, 586)
PINNED_GOODS = 26294


def test_another_seed_gives_other_counts() -> None:
    hour = minutes_since_epoch(ORIGIN) // 60
    assert Sample(ORIGIN, seed=1).hour("search-latency", hour) != Sample(ORIGIN).hour("search-latency", hour)


def test_a_minute_is_that_of_its_hour() -> None:
    sample, first = Sample(ORIGIN), minutes_since_epoch(ORIGIN)
    goods, totals = sample.hour("token-latency", first // 60)
    asked = [sample.minute("token-latency", first + minute) for minute in range(60)]
    assert asked == list(zip(goods, totals, strict=True))


def test_history_goes_back_90_days() -> None:
    assert Sample(ORIGIN).first_hour == minutes_since_epoch(ORIGIN - timedelta(days=90)) // 60


def test_an_origin_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Sample(datetime(2026, 11, 24, 8))  # noqa: DTZ001 - what is refused


def is_valid(counts: Hour) -> bool:
    pairs = zip(*counts, strict=True)
    return len(counts.totals) == 60 and all(
        0 <= good <= total or good == total == UNMEASURED for good, total in pairs
    )


@pytest.mark.parametrize("name", Sample(ORIGIN).objectives)
def test_counts_are_valid(name: str) -> None:
    sample = Sample(ORIGIN)
    assert all(is_valid(sample.hour(name, sample.first_hour + hour)) for hour in range(0, 2400, 17))


def week_of(name: str) -> list[Hour]:
    sample = Sample(ORIGIN)
    return [sample.hour(name, sample.first_hour + hour) for hour in range(168)]


@pytest.mark.parametrize(
    ("name", "usual"), [("sign-up-availability", 5), ("checkout-availability", 600), ("token-latency", 6000)]
)
def test_traffic_has_its_level(name: str, usual: int) -> None:
    totals = [total for counts in week_of(name) for total in counts.totals if total != UNMEASURED]
    assert 0.8 * usual < sum(totals) / len(totals) < 1.2 * usual


def test_nights_of_low_traffic_are_zero() -> None:
    empty = [counts for counts in week_of("sign-up-availability") if not any(counts.totals)]
    assert len(empty) > 30


def test_minutes_are_missing_now_and_then() -> None:
    sample = Sample(ORIGIN)
    hours = [sample.hour("sms-delivery", sample.first_hour + hour) for hour in range(2160)]
    missing = sum(counts.totals.count(UNMEASURED) for counts in hours)
    assert 0 < missing < 2160 * 60 / 100


def test_an_objective_went_silent_and_stays_so() -> None:
    sample = Sample(ORIGIN)
    (name, ago), last = *SILENT_FOR.items(), minutes_since_epoch(ORIGIN)
    silent_from = last - ago // timedelta(minutes=1)
    assert sample.minute(name, silent_from - 1).total != UNMEASURED
    assert sample.minute(name, silent_from).total == UNMEASURED
    assert all(sample.minute(name, minute).total == UNMEASURED for minute in range(last, last + 30000, 97))
