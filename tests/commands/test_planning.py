"""Planning work from Slack: who may, what it means, what is announced."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.exclusion import Exclusion
from domain.refusal import Refusal
from domain.team import Team, TeamKind
from storage.store import Store
from tests.commands.conftest import NOON
from tests.commands.planned_work import (
    HOUR,
    SATURDAY_NIGHT,
    exclusions,
    notices,
    owing_notice,
    refused,
    said,
)


@pytest.fixture
def planned(organisation: Store) -> Store:
    return owing_notice(organisation)


def test_it_is_saved_and_said_what_it_means(planned: Store) -> None:
    answered = said(f"checkout {SATURDAY_NIGHT}", planned)
    assert answered == (
        "🛠️ *Planned work* · 2 objectives\n"
        "Sat 28 Nov 22:00 – Sun 29 Nov 02:00 Berlin\n"
        "(Sat 28 Nov 21:00 – Sun 29 Nov 01:00 UTC)\n"
        "“database upgrade”\n"
        "*SLA retail*: counts, unless retail agrees\n"
        "announced 3 working days ahead (5 agreed)\n"
        "checkout-availability · checkout-latency\n"
        "Told: payments team in #team-payments\n"
        "retail in #retail-levels\n"
        "Its name: `checkout-2026-11-28`"
    )
    [exclusion] = exclusions(planned)
    assert exclusion == Exclusion(
        name="checkout-2026-11-28",
        starts=(datetime(2026, 11, 28, 21, tzinfo=UTC),),
        length=4 * HOUR,
        reason="database upgrade",
        announced_at=NOON,
        services=("checkout",),
        author="U0ANA",
    )


def test_its_announcements_go_with_it(planned: Store) -> None:
    said(f"checkout {SATURDAY_NIGHT}", planned)
    ours, theirs = notices(planned)
    assert ours.key == "planned:checkout-2026-11-28:2026-11-28T21:00Z+240m:announced:payments"
    assert (ours.channel, ours.internal) == ("team-payments", True)
    assert (theirs.channel, theirs.internal) == ("retail-levels", False)
    assert "By <@U0ANA>" in str(ours.content.blocks)
    assert "U0ANA" not in str(theirs.content)
    assert "payments" not in str(theirs.content)
    assert "Sat 28 Nov 21:00 – Sun 29 Nov 01:00 London" in str(theirs.content.blocks)


def test_announced_in_time_it_does_not_count(planned: Store) -> None:
    answered = said("checkout-l from 7 dec 22:00 for 90m because upgrade", planned)
    assert (
        "*SLA retail*: does not count\nannounced 9 working days ahead (5 agreed)\ncheckout-latency"
        in answered
    )
    assert exclusions(planned)[0].objectives == ("checkout-latency",)


@pytest.mark.parametrize(
    ("end", "hours"),
    [
        pytest.param("to 02:00", 4, id="a time of day after the start"),
        pytest.param("until sun 02:00", 4, id="a weekday"),
        pytest.param("to 2026-11-29T01:00Z", 4, id="in UTC"),
        pytest.param("for 4h", 4, id="a length"),
        pytest.param("to 30 nov 22:00", 48, id="a date"),
    ],
)
def test_its_end(end: str, hours: int, planned: Store) -> None:
    said(f"checkout from sat 22:00 {end} because of a reason", planned)
    assert exclusions(planned)[0].length == hours * HOUR


def test_an_end_without_a_zone_is_by_the_clock_of_the_start(planned: Store) -> None:
    said("checkout from 2026-11-28T22:00Z to 23:00 because upgrade", planned)
    assert exclusions(planned)[0].length == HOUR


@pytest.mark.parametrize(
    ("text", "no"),
    [
        pytest.param(
            "checkout from today 10:00 to 14:00 because x", "must begin in the future", id="the past"
        ),
        pytest.param("checkout from sat 22:00 for 32d because x", "longer than 31 days", id="too long"),
        pytest.param(
            "checkout from 2027-12-01 22:00 for 1h because x", "more than 366 days ahead", id="too far"
        ),
        pytest.param(
            "checkout from 1 dec 22:00 to 30 nov 22:00 because x", "ends before it begins", id="backwards"
        ),
        pytest.param("checkout from sat 22:00 to 02:00", "Say why", id="no reason"),
        pytest.param("checkout from sat 22:00 to 02:00 because", "Say why", id="an empty reason"),
        pytest.param("checkout from sat 22:00 because x", "Say until when", id="no end"),
        pytest.param("checkout because x", "Say from when", id="no start"),
        pytest.param("from sat 22:00 to 02:00 because x", "Say on what", id="no name"),
        pytest.param(
            f"checkout from sat 22:00 to 02:00 because {'x' * 201}", "at most 200", id="a long reason"
        ),
        pytest.param("payments from sat 22:00 to 02:00 because x", "payments is a team", id="a team"),
        pytest.param("chekout from sat 22:00 to 02:00 because x", 'begins with "chekout"', id="unknown"),
        pytest.param("checkout- from sat 22:00 to 02:00 because x", "Which one?", id="ambiguous"),
        pytest.param("checkout from later to 02:00 because x", '"later" is no time', id="no time"),
    ],
)
def test_what_is_refused_has_a_remedy_and_leaves_nothing(text: str, no: str, planned: Store) -> None:
    answer = refused(text, planned)
    assert no in answer
    assert "\n" in answer or "?" in answer
    assert (exclusions(planned), notices(planned)) == ([], [])


@pytest.mark.parametrize(
    ("person", "name"),
    [
        pytest.param("U0ANA", "checkout", id="a member of the owner"),
        pytest.param("U0PAT", "checkout-latency", id="its manager"),
        pytest.param("U0EVA", "checkout", id="a service level manager"),
        pytest.param("U0EVA", "invoice", id="a service level manager, of what nobody owns"),
        pytest.param("U0BEN", "search", id="a member of another owner"),
    ],
)
def test_who_may(person: str, name: str, planned: Store) -> None:
    assert "Its name: " in said(f"{name} {SATURDAY_NIGHT}", planned, person=person)


@pytest.mark.parametrize(
    ("person", "name", "no"),
    [
        pytest.param(
            "U0BEN",
            "checkout",
            "checkout-availability belongs to payments.\nWork on it can be planned by the people of payments "
            "(#team-payments) or the people of slm (#slm).",
            id="of another team",
        ),
        pytest.param("U0ANA", "invoice", "invoice-availability has no owner.\n", id="of what nobody owns"),
    ],
)
def test_others_are_told_who_can(person: str, name: str, no: str, planned: Store) -> None:
    assert refused(f"{name} {SATURDAY_NIGHT}", planned, person=person).startswith(no)
    assert exclusions(planned) == []


def test_where_nobody_is_listed_anyone_in_the_channel_may(planned: Store) -> None:
    with planned.transaction() as tx:
        tx.teams.save([Team("payments", channel="team-payments")])
    no = refused(f"checkout {SATURDAY_NIGHT}", planned, person="U0NEW")
    assert "anyone in the channel of payments (#team-payments)" in no
    said(f"checkout {SATURDAY_NIGHT}", planned, person="U0NEW", channel="team-payments")


def test_a_service_of_several_owners_needs_all_of_them(planned: Store) -> None:
    with planned.transaction() as tx:
        [search] = [one for one in tx.objectives.all() if one.name == "search-latency"]
        tx.objectives.save([replace(search, service="checkout")])
    assert "search-latency belongs to discovery" in refused(
        f"checkout {SATURDAY_NIGHT}", planned, person="U0PAT"
    )
    said(f"checkout {SATURDAY_NIGHT}", planned)  # U0ANA is in both


def test_names_are_unique_and_overlaps_are_said(planned: Store) -> None:
    said(f"checkout {SATURDAY_NIGHT}", planned)
    answered = said("checkout-l from sat 23:00 for 30m because of more", planned)
    assert "*Overlaps with*\n`checkout-2026-11-28`: Sat 28 Nov 22:00 – Sun 29 Nov 02:00 Berlin" in answered
    assert "`checkout-latency-2026-11-28`" in answered
    assert "`checkout-2026-11-28-2`" in said("checkout from sat 03:00 for 30m because of more", planned)
    assert len(exclusions(planned)) == 3


def test_more_work_of_the_same_day_gets_a_number(planned: Store) -> None:
    for number in ("", "-2", "-3"):
        assert f"`checkout-2026-11-28{number}`" in said(f"checkout {SATURDAY_NIGHT}{number}", planned)
    assert len(notices(planned)) == 6


def test_the_same_work_is_not_planned_twice(planned: Store) -> None:
    said(f"checkout {SATURDAY_NIGHT}", planned)
    with pytest.raises(Refusal, match=r"planned already, as `checkout-2026-11-28`\.\nNothing to do"):
        said(f"checkout {SATURDAY_NIGHT}", planned)
    assert len(exclusions(planned)) == 1
    assert len(notices(planned)) == 2
    said("cancel checkout-2026-11-28", planned)
    assert "`checkout-2026-11-28-2`" in said(f"checkout {SATURDAY_NIGHT}", planned)


def test_a_reason_is_told_as_it_was_typed(planned: Store) -> None:
    said(f"checkout {SATURDAY_NIGHT} & @ben says a < b", planned)
    assert exclusions(planned)[0].reason == "database upgrade & @ben says a < b"
    ours, theirs = notices(planned)
    assert "“database upgrade &amp; @ben says a &lt; b”" in str(ours.content.blocks)
    assert "“database upgrade &amp; says a &lt; b”" in str(theirs.content.blocks)


def test_a_customer_without_a_channel_is_to_be_told(planned: Store) -> None:
    with planned.transaction() as tx:
        tx.teams.save([Team("retail", TeamKind.CUSTOMER)])
    answered = said(f"checkout {SATURDAY_NIGHT}", planned)
    assert "Told: payments team in #team-payments\nNo channel, so tell yourself: retail\n" in answered
