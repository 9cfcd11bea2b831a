"""`/slm status [NAME]` on a real database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from commands.registry import answer
from domain.acknowledgement import Acknowledgement, Because, Stage
from domain.team import Team
from storage.store import Store
from tests.commands.conftest import NOON, ask
from tests.commands.open_warnings import open_warnings, over, warned, warning

PAYMENTS = "payments team: 1 of 3 met, 1 at risk, 1 breached."
DAY = timedelta(days=1)
DISCOVERY = "discovery team: 1 of 1 met."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "status checkout-l",
            "checkout-latency: at risk. Attainment 99.00%, target 99%, 1 day.",
            id="an objective by its beginning",
        ),
        pytest.param("status checkout", "checkout service: 1 of 2 met, 1 at risk.", id="a service"),
        pytest.param("status payments", PAYMENTS, id="a team"),
        pytest.param("status team:pay", PAYMENTS, id="a team by its kind"),
        pytest.param(
            "Status retail", "retail: 1 of 2 met, 1 at risk.", id="a customer: what is promised to it"
        ),
        pytest.param("status invoice-a", "invoice-availability: no data. Target 99%, 1 day.", id="no data"),
        pytest.param(
            "status check",
            'Two fit "check": checkout-availability, checkout-latency. Which one?',
            id="more than one",
        ),
        pytest.param(
            "status chekout-latncy",
            'No objective, service or team begins with "chekout-latncy". '
            "Did you mean `checkout-latency` or `checkout-availability` or `search-latency`?",
            id="none, but one is close",
        ),
    ],
)
def test_a_name_is_an_objective_a_service_or_a_team(text: str, told: str, organisation: Store) -> None:
    assert answer(ask(text), organisation).text == told


@pytest.mark.parametrize(
    ("person", "channel", "told"),
    [
        pytest.param("U0BEN", "team-payments", PAYMENTS, id="this channel's team, by the channel's name"),
        pytest.param("U0NOBODY", "C0DISCOVER", DISCOVERY, id="this channel's team, by the channel's ID"),
        pytest.param("U0BEN", "general", DISCOVERY, id="elsewhere the asker's team"),
        pytest.param("U0PAT", "general", PAYMENTS, id="a manager's team is theirs"),
        pytest.param(
            "U0ANA",
            "general",
            "discovery team and payments team: 2 of 4 met, 1 at risk, 1 breached.",
            id="all of the asker's teams",
        ),
        pytest.param(
            "U0NOBODY",
            "general",
            "This channel belongs to no team yet. Name one: discovery, payments, retail. `/slm status discovery`",
            id="nobody's",
        ),
    ],
)
def test_without_a_name_the_place_or_the_person_says_which(
    person: str, channel: str, told: str, organisation: Store
) -> None:
    assert answer(ask("status", person=person, channel=channel), organisation).text == told


def test_without_definitions_every_status_says_how_to_load_some(sqlite_store: Store) -> None:
    told = "Steward knows no objectives yet. An operator can load some: `steward apply FILES`"
    assert answer(ask("status"), sqlite_store).text == told
    assert answer(ask("status checkout"), sqlite_store).text == told


def test_a_person_of_many_teams_reads_them_together(organisation: Store) -> None:
    with organisation.transaction() as tx:
        tx.teams.save([Team(f"team-{n}", members=("U0EVA",)) for n in range(20)])
    assert answer(ask("status", person="U0EVA"), organisation).text == "your 20 teams: no objectives yet."
    told = answer(ask("status"), organisation).text
    assert told.endswith("team-14, 13 more. `/slm status discovery`")


def test_an_owner_without_a_definition_is_named_all_the_same(organisation: Store) -> None:
    with organisation.transaction() as tx:
        tx.teams.remove(["discovery"])
    told = answer(ask("status search-l"), organisation).blocks[0]["text"]["text"]
    assert "Owner: discovery team" in told


def test_one_objective_names_its_owner_and_its_promise(organisation: Store) -> None:
    told = answer(ask("status checkout-l"), organisation).blocks[0]["text"]["text"]
    assert "Owner: payments team\nPromised to: retail (SLA checkout-sla)" in told
    assert "Owner: nobody" in answer(ask("status invoice-a"), organisation).blocks[0]["text"]["text"]


def test_without_teams_an_objective_or_service_is_to_be_named(organisation: Store) -> None:
    with organisation.transaction() as tx:
        tx.teams.remove(["payments", "discovery", "retail"])
    told = answer(ask("status"), organisation).text
    assert told.endswith("belongs to no team yet. Name an objective or service: `/slm status NAME`")


def test_service_level_managers_without_objectives_of_their_own_read_all(organisation: Store) -> None:
    with organisation.transaction() as tx:
        tx.teams.save([Team("slm", channel="#slm", arbitrates=True), Team("tools", channel="#tools")])
    told = answer(ask("status", channel="slm"), organisation).text
    assert told == "All objectives: 2 of 5 met, 1 at risk, 1 breached, 1 no data."
    assert answer(ask("status", channel="tools"), organisation).text == "tools team: no objectives yet."
    assert answer(ask("status slm"), organisation).text == "slm team: no objectives yet."


def test_an_agreement_that_ended_is_told_so(organisation: Store) -> None:
    with organisation.transaction() as tx:
        (sla,) = tx.agreements.all()
        tx.agreements.save([replace(sla, effective_until=date(2026, 11, 23))])
    told = answer(ask("status checkout-l"), organisation).blocks[0]["text"]["text"]
    assert "Promised to: retail (SLA checkout-sla, ended 23 Nov)" in told


def test_it_names_the_warnings_about_it(organisation: Store) -> None:
    open_warnings(
        warned(organisation),
        over(replace(warning(30, "search-latency"), opened_at=NOON - 15 * DAY), NOON - 15 * DAY),
    )
    answer(ask("ack W-42", person="U0BEN"), organisation)

    def told(name: str) -> str:
        return str(answer(ask(f"status {name}"), organisation).blocks[0]["text"]["text"]).split("\n")[-1]

    assert told("card-auth-a") == "Warnings: W-42 urgent, <@U0BEN> has it"
    assert told("checkout-l") == "Warnings: W-43 can wait, nobody has it yet"
    assert told("checkout-a").startswith("Warnings: none open; W-40 over <!date^")
    assert told("search-l") == "Warnings: none open"


def test_who_acknowledged_it_and_what_is_missing(organisation: Store) -> None:
    asked = Acknowledgement("search-latency", "discovery", 1, "", Because.NEW, NOON, NOON, NOON)
    with organisation.transaction() as tx:
        [saved] = tx.acknowledgements.add([asked])
    assert "search-latency · ✍️ unacknowledged" in str(answer(ask("status discovery"), organisation).blocks)
    told = str(answer(ask("status search-latency"), organisation).blocks)
    assert "✍️ unacknowledged, answer by Tue 24 Nov" in told
    with organisation.transaction() as tx:
        tx.acknowledgements.save([replace(saved, stage=Stage.ACKNOWLEDGED, answered_at=NOON)])
    told = str(answer(ask("status search-latency"), organisation).blocks)
    assert "Owner: discovery team, acknowledged 24 Nov" in told


def lapse(store: Store, until: date) -> None:
    with store.transaction() as tx:
        [agreement] = tx.agreements.all()
        tx.agreements.save([replace(agreement, effective_until=until)])


def blocks(text: str, store: Store) -> str:
    return str(answer(ask(text), store).blocks)


def test_what_no_agreement_promises_any_more_is_not_counted_and_still_answers(organisation: Store) -> None:
    lapse(organisation, date(2026, 11, 23))
    team = answer(ask("status payments"), organisation)
    assert team.text == "payments team: 0 of 1 met, 1 breached."
    assert (
        "*Not counted*\\n• checkout-availability · checkout-latency\\n    SLA checkout-sla, ended 23 Nov"
        in str(team.blocks)
    )
    assert (
        answer(ask("status service:checkout"), organisation).text == "checkout service: no objectives count."
    )
    assert answer(ask("", person="U0PAT"), organisation).text.endswith("payments team: 0 of 1 met.")
    alone = answer(ask("status checkout-l"), organisation)
    assert alone.text.startswith("checkout-latency: at risk.")
    assert "Not counted: SLA checkout-sla ended 23 Nov" in str(alone.blocks)


def test_on_its_last_day_it_counts(organisation: Store) -> None:
    lapse(organisation, date(2026, 11, 24))
    assert answer(ask("status payments"), organisation).text == PAYMENTS
    assert "Not counted" not in blocks("status payments", organisation)
    assert "Not counted" not in blocks("status checkout-l", organisation)
