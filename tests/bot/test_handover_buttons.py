"""A hand-over and a decision with the buttons and forms that people press, through the whole of Steward."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

from connectors.slack import SlackPoster
from domain.handover import HandoverStage
from domain.team import Team
from jobs import acknowledge, deliver
from jobs.job import Context
from sandbox.place import Place
from sandbox.workspace import Channel, Person
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import objective, organise
from tests.fakes.steward_server import ANA, SEED, PlayedSteward, played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CHECKOUT = "checkout-availability"
MIA = Person("U0MIA", "mia", "Mia Ode", "mia@example.com")
STEWARD = SEED.bot_user_id
EVERYBODY = frozenset({ANA, MIA.id, STEWARD})
GIVING = Channel("C0GIVING", "giving", members=EVERYBODY)
TAKING = Channel("C0TAKING", "taking", members=EVERYBODY)
WORLD = replace(SEED, people=(*SEED.people, MIA), channels=(*SEED.channels, GIVING, TAKING))
HERS, HIS = Place(ANA, GIVING.id), Place(MIA.id, TAKING.id)
TEAMS = (
    Team("payments", channel="#giving", members=(ANA,)),
    Team("shop", channel="#taking", members=(MIA.id,), arbitrates=True),
)


def tick(steward: PlayedSteward, store: Store, clock: MovableClock) -> None:
    """Asks, and says what is to be said."""
    with closing(SlackPoster(steward.slack.seed.bot_token, f"{steward.address}/sandbox/api/")) as poster:
        context = Context(store, "default", clock, clock.advance(minutes=1), poster, drain=True)
        for job in (acknowledge.JOB, deliver.JOB):
            job.run(context)


def owner(store: Store, at: datetime) -> str | None:
    with store.read() as tx:
        [found] = tx.objectives.all()
    return found.terms(at=at).owner


def test_pressed_by_a_person_of_each_team(sqlite_store: Store) -> None:
    clock = MovableClock(NOON)
    organise(sqlite_store, TEAMS, [objective(CHECKOUT, "payments")])
    with played_steward(sqlite_store, clock, seed=WORLD) as steward:
        steward.type_in(f"/slm handover {CHECKOUT} to shop because it is built there", HERS)
        tick(steward, sqlite_store, clock)
        taking = f"shop team: please take over {CHECKOUT} from the payments team"
        assert steward.seen(HIS) == [taking]
        said = steward.press("Agree", HIS, count=1)
        assert "shop team's now" in said[-1]
        tick(steward, sqlite_store, clock)
        for place in (HERS, HIS):
            assert any("handed over by the payments team" in one for one in steward.seen(place))
        assert taking not in steward.seen(HIS)
    assert owner(sqlite_store, clock.now()) == "shop"
    with sqlite_store.read() as tx:
        assert tx.handovers.of(CHECKOUT)[0].stage is HandoverStage.DONE


def test_declined_by_its_team_and_assigned_with_the_form(sqlite_store: Store) -> None:
    clock = MovableClock(NOON)
    organise(sqlite_store, TEAMS, [objective(CHECKOUT, "payments")], acknowledged=False)
    with played_steward(sqlite_store, clock, seed=WORLD) as steward:
        tick(steward, sqlite_store, clock)
        steward.type_in(f"/slm decline {CHECKOUT} not-ours", HERS)
        tick(steward, sqlite_store, clock)
        form = steward.open_form("Assign…", HIS)
        assert [block["type"] for block in form.body["blocks"]] == ["section", "input", "input"]
        assert steward.send_form({"field-0": "shop", "field-1": "it is built there"}, HIS) == {}
        tick(steward, sqlite_store, clock)
    assert owner(sqlite_store, clock.now()) == "shop"
    with sqlite_store.read() as tx:
        newest = tx.acknowledgements.newest_of(CHECKOUT)
    assert newest is not None
    assert (newest.team, newest.words) == ("shop", "it is built there")
