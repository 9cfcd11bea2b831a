"""Who is in the user groups that teams name is looked up, kept for ten minutes, and kept on when Slack does not say."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

import pytest

from domain.team import Team
from domain.usergroup import Looked, Members, NotSaid, Usergroup
from jobs import usergroups
from jobs.job import Context
from storage.store import Store
from tests.fakes.clock import MovableClock

PAYMENTS = Team("payments", usergroup="S0PAY")
SHOP = Team("shop", usergroup="S0SHOP")


class Book:
    """A directory that says what it is told to, and keeps what it was asked."""

    def __init__(self, **groups: Looked) -> None:
        self.groups = groups
        self.asked: list[str] = []
        self.stopping = False

    def members(self, usergroup: str) -> Future[Looked]:
        self.asked.append(usergroup)
        answer: Future[Looked] = Future()
        answer.set_result(self.groups.get(usergroup, NotSaid("no_such_subteam")))
        return answer


@pytest.fixture
def run(store: Store, clock: MovableClock) -> Callable[[Book | None], list[Usergroup]]:
    """Run the job at the clock's time; what is known then."""

    def run(book: Book | None) -> list[Usergroup]:
        usergroups.run(Context(store, "default", clock, clock.now(), directory=book))
        with store.read() as tx:
            return tx.usergroups.looked_up()

    return run


Run = Callable[[Book | None], list[Usergroup]]


def save(store: Store, *teams: Team) -> None:
    with store.transaction() as tx:
        tx.teams.save(teams)


def test_a_group_is_looked_up_at_the_next_tick_and_again_after_ten_minutes(
    store: Store, clock: MovableClock, run: Run
) -> None:
    book = Book(S0PAY=Members(("U0ANA",)), S0SHOP=Members(("U0BEN",)))
    save(store, PAYMENTS, Team("listed", members=("U0EVA",)))
    assert run(book) == [Usergroup("S0PAY", ("U0ANA",), clock.now())]
    first = clock.now()
    clock.advance(minutes=5)
    save(store, SHOP)
    assert run(book) == [Usergroup("S0PAY", ("U0ANA",), first), Usergroup("S0SHOP", ("U0BEN",), clock.now())]
    assert run(book)
    assert book.asked == ["S0PAY", "S0SHOP"]
    clock.advance(minutes=5)
    book.groups["S0PAY"] = Members(("U0ANA", "U0PAT"))
    assert run(book)[0] == Usergroup("S0PAY", ("U0ANA", "U0PAT"), clock.now())


def test_nothing_is_asked_without_such_teams_or_without_slack(store: Store, run: Run) -> None:
    book = Book()
    save(store, Team("listed", members=("U0EVA",)))
    assert run(book) == []
    save(store, PAYMENTS)
    assert run(None) == []
    book.stopping = True
    assert run(book) == []
    assert book.asked == []


def test_a_group_that_no_team_names_any_more_is_forgotten(store: Store, run: Run) -> None:
    save(store, PAYMENTS, SHOP)
    book = Book(S0PAY=Members(("U0ANA",)), S0SHOP=Members(("U0BEN",)))
    run(book)
    save(store, replace(SHOP, usergroup=None, members=("U0BEN",)))
    assert [one.id for one in run(book)] == ["S0PAY"]


def test_trouble_keeps_the_old_list_and_is_logged_when_it_begins_and_ends(
    store: Store, clock: MovableClock, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    save(store, PAYMENTS)
    book = Book(S0PAY=Members(("U0ANA",)))
    run(book)
    book.groups["S0PAY"] = NotSaid("missing_scope")
    clock.advance(minutes=10)
    assert run(book) == [Usergroup("S0PAY", ("U0ANA",), clock.now(), "missing_scope")]
    clock.advance(minutes=1)
    run(book)
    assert caplog.messages == ["Slack does not say who is in the user group S0PAY: missing_scope"]
    book.groups["S0PAY"] = Members(())
    clock.advance(minutes=1)
    assert run(book) == [Usergroup("S0PAY", (), clock.now())]
    assert caplog.messages[1:] == ["Slack says again who is in the user group S0PAY"]
    assert len(book.asked) == 4


def test_what_was_given_up_since_steward_stops_is_no_trouble(store: Store, run: Run) -> None:
    class Stopping(Book):
        def members(self, usergroup: str) -> Future[Looked]:
            self.stopping = True
            return super().members(usergroup)

    save(store, PAYMENTS)
    assert run(Stopping(S0PAY=NotSaid("no_answer"))) == []


def test_many_new_groups_keep_to_slacks_pace(store: Store, clock: MovableClock, run: Run) -> None:
    save(store, *(Team(f"team-{number}", usergroup=f"S{number:03}") for number in range(20)))
    book = Book(**{f"S{number:03}": Members(("U0ANA",)) for number in range(20)})
    assert len(run(book)) == len(run(book)) == 15
    clock.advance(minutes=1)
    assert len(run(book)) == len(book.asked) == 20
    assert clock.now() == run(book)[-1].at
