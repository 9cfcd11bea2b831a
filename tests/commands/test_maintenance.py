"""Planned work that is listed, and taken back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from commands.maintenance import maintenance
from domain.refusal import Refusal
from storage.store import Store
from tests.commands.conftest import NOON, ask
from tests.commands.planned_work import (
    HOUR,
    SATURDAY_NIGHT,
    exclusions,
    later,
    notices,
    owing_notice,
    refused,
    said,
    shown,
)

CHECKOUTS = ["database upgrade", "of later work"]


@pytest.fixture
def planned(organisation: Store) -> Store:
    return owing_notice(organisation)


def test_withdrawn_before_it_begins_it_was_never_there(planned: Store) -> None:
    said(f"checkout {SATURDAY_NIGHT}", planned)
    asked = later(ask("maintenance cancel checkout-20", person="U0PAT"), hours=1)
    answered = shown(maintenance(asked, planned))
    assert answered.startswith("☑️ `checkout-2026-11-28` is withdrawn: all counts as usual.")
    assert "Told: payments team in #team-payments" in answered
    [exclusion] = exclusions(planned)
    assert exclusion.withdrawn_at == NOON + HOUR
    assert list(exclusion.occurrences()) == []
    *_, ours, theirs = notices(planned)
    assert ours.key.endswith(":withdrawn:payments")
    assert ours.content.text.startswith("Planned work on 2 objectives withdrawn: Sat 28 Nov")
    assert "Withdrawn by <@U0PAT>" in str(ours.content.blocks)
    assert "U0PAT" not in str(theirs.content)


def test_what_runs_ends_now(planned: Store) -> None:
    said("checkout from 14:00 to 18:00 because upgrade", planned)  # 13:00 UTC
    asked = later(ask("maintenance cancel checkout-2026-11-24", person="U0ANA"), hours=2)
    assert "is ended now: what was done until now stays as planned" in shown(maintenance(asked, planned))
    [exclusion] = exclusions(planned)
    [done] = exclusion.occurrences()
    assert (done.start, done.end) == (NOON + HOUR, NOON + 2 * HOUR)
    assert "has ended early" in notices(planned)[-1].content.text


def test_only_the_same_people_take_it_back(planned: Store) -> None:
    said(f"checkout {SATURDAY_NIGHT}", planned)
    assert "belongs to payments" in refused("cancel checkout-2026-11-28", planned, person="U0BEN")
    assert exclusions(planned)[0].withdrawn_at is None


def test_what_cannot_be_taken_back_says_why(planned: Store) -> None:
    said(f"checkout {SATURDAY_NIGHT}", planned)
    said(f"search {SATURDAY_NIGHT}", planned)
    assert 'called "chekout-2026"' in refused("cancel chekout-2026", planned)
    assert "Did you mean `checkout-2026-11-28` or" in refused("cancel chekout-2026-11-28", planned)
    assert "`/slm maintenance` lists it" in refused("cancel", planned)
    said("cancel checkout-2026-11-28", planned)
    assert "is withdrawn already" in refused("cancel checkout-2026-11-28", planned)
    after = later(ask("maintenance cancel search-2026-11-28", person="U0ANA"), days=7)
    with pytest.raises(Refusal, match="is over already"):
        maintenance(after, planned)


def test_of_several_that_begin_so_it_asks_which(planned: Store) -> None:
    said(f"checkout {SATURDAY_NIGHT}", planned)
    said(f"checkout {SATURDAY_NIGHT} again", planned)
    assert "Which one?" in refused("cancel checkout", planned)
    assert "☑️ `checkout-2026-11-28` is" in said("cancel checkout-2026-11-28", planned)


@pytest.mark.parametrize("name", ["", "privategroup"])
def test_in_a_channel_that_may_be_anybodys_nothing_is_told(name: str, planned: Store) -> None:
    nameless = replace(ask("maintenance", person="U0ANA"), channel_name=name)
    with pytest.raises(Refusal, match="cannot find out which channel this is"):
        maintenance(nameless, planned)


@pytest.fixture
def some_work(planned: Store) -> Store:
    said("checkout-l from 7 dec 22:00 for 90m because of later work", planned)
    said(f"checkout {SATURDAY_NIGHT}", planned)
    said(f"search {SATURDAY_NIGHT}", planned)
    said("card-auth from tomorrow 22:00 to 23:00 because withdrawn", planned)
    said("cancel card-auth-2026-11-25", planned)
    return planned


@pytest.mark.parametrize(
    ("text", "where", "title", "reasons"),
    [
        pytest.param(
            "",
            {"channel": "team-payments"},
            "payments team",
            CHECKOUTS,
            id="here",
        ),
        pytest.param("", {"person": "U0BEN"}, "discovery team", ["database upgrade"], id="the asker's"),
        pytest.param(
            "",
            {"person": "U0NEW"},
            "all objectives",
            ["database upgrade", *CHECKOUTS],
            id="all",
        ),
        pytest.param("checkout-l", {}, "checkout-latency", CHECKOUTS, id="an objective"),
        pytest.param("search", {}, "search service", ["database upgrade"], id="a service"),
        pytest.param("team:payments", {}, "payments team", CHECKOUTS, id="a team"),
        pytest.param("retail", {}, "retail", CHECKOUTS, id="a customer"),
        pytest.param("card-auth", {}, "card-auth service", [], id="nothing"),
    ],
)
def test_lists(text: str, where: dict[str, str], title: str, reasons: list[str], some_work: Store) -> None:
    listed = said(text, some_work, **where)
    assert listed.startswith(f"*Planned work · {title}*")
    assert [line.partition("“")[2].partition("”")[0] for line in listed.split("\n") if "“" in line] == reasons
    assert ("Nothing is planned." in listed) is (not reasons)


def test_a_customer_sees_only_its_own_and_no_names_of_ours(some_work: Store) -> None:
    for text in ("", "team:payments", "search"):
        listed = said(text, some_work, channel="retail-levels")
        assert "U0ANA" not in listed
        assert "`checkout-2026-11-28`" not in listed
        assert "search-latency" not in listed


def test_what_runs_is_marked(some_work: Store) -> None:
    running = replace(ask("maintenance", person="U0BEN"), at=datetime(2026, 11, 28, 22, 30, tzinfo=UTC))
    assert "🛠️ search-latency · *now*" in shown(maintenance(running, some_work))
