"""Several people answer the same hand-over at the same moment, on both databases: it ends once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from commands.registry import answer
from domain.acknowledgement import Stage
from domain.handover import HandoverStage
from domain.team import Team
from storage.store import Store
from tests.commands.conftest import ask, founded

CHECKOUT = "checkout-availability"
PAYMENTS = Team("payments", channel="#team-payments", members=("U0ANA", "U0AMY"))
DISCOVERY = Team("discovery", channel="#discovery", members=("U0BEN", "U0BOB"))
SLM = Team("slm", channel="#slm", members=("U0EVA",), arbitrates=True)


@pytest.fixture
def proposed(store: Store) -> Store:
    """A service level manager proposed that discovery takes checkout over from payments."""
    founded(store)
    with store.transaction() as tx:
        tx.teams.save([PAYMENTS, DISCOVERY, SLM])
    assert "have to agree" in answer(ask(f"handover {CHECKOUT} to discovery", person="U0EVA"), store).text
    return store


def at_once(store: Store, asks: Sequence[tuple[str, str]]) -> list[str]:
    """What each of these people is answered, who all press at the same moment."""
    together = Barrier(len(asks))

    def press(one: tuple[str, str]) -> str:
        person, text = one
        together.wait(10)
        return answer(ask(text, person=person), Store(store.engine)).text

    with ThreadPoolExecutor(len(asks)) as pool:
        return list(pool.map(press, asks))


def versions(store: Store) -> list[str | None]:
    """Who owned it by each version of its terms."""
    with store.read() as tx:
        [kept] = [one for one in tx.objectives.with_retired() if one.name == CHECKOUT]
    return [terms.owner for terms in kept.versions]


def test_both_teams_agree_at_once(proposed: Store) -> None:
    people = ("U0ANA", "U0AMY", "U0BEN", "U0BOB")
    said = at_once(proposed, [(person, f"handover {CHECKOUT} agree@1") for person in people])
    assert sum("is the discovery team's now" in one for one in said) == 1
    assert sum(one.startswith("You have agreed") for one in said) == 1
    assert versions(proposed) == ["payments", "discovery"]
    with proposed.read() as tx:
        [done] = tx.handovers.of(CHECKOUT)
        rows = tx.acknowledgements.of(CHECKOUT)
        notices = [tx.outbox.by_key(done.key(team)) for team in done.teams]
    assert done.stage is HandoverStage.DONE
    assert [(one.team, one.stage) for one in rows] == [("discovery", Stage.ACKNOWLEDGED)]
    assert all(one is not None and "handed over" in str(one.content.blocks) for one in notices)


def test_one_agrees_while_another_refuses(proposed: Store) -> None:
    answer(ask(f"handover {CHECKOUT} agree@1", person="U0ANA"), proposed)
    said = at_once(
        proposed, [("U0BEN", f"handover {CHECKOUT} agree@1"), ("U0AMY", f"handover {CHECKOUT} refuse@1")]
    )
    with proposed.read() as tx:
        [ended] = tx.handovers.of(CHECKOUT)
    if ended.stage is HandoverStage.DONE:
        assert versions(proposed) == ["payments", "discovery"]
        assert "was handed over" in said[1]
    else:
        assert ended.stage is HandoverStage.REFUSED
        assert versions(proposed) == ["payments"]
        assert "refused this" in said[0]


def test_refused_after_it_is_done_changes_nothing(proposed: Store) -> None:
    for person in ("U0ANA", "U0BEN"):
        answer(ask(f"handover {CHECKOUT} agree@1", person=person), proposed)
    assert "was handed over" in answer(ask(f"handover {CHECKOUT} refuse@1", person="U0ANA"), proposed).text
    assert versions(proposed) == ["payments", "discovery"]


def test_two_propose_at_once(store: Store) -> None:
    founded(store)
    with store.transaction() as tx:
        tx.teams.save([PAYMENTS, DISCOVERY, replace(SLM, members=("U0EVA", "U0KIM"))])
    asks = [("U0ANA", f"handover {CHECKOUT} to discovery"), ("U0KIM", f"handover {CHECKOUT} to slm")]
    said = at_once(store, asks)
    assert sum("is open already" in one for one in said) == 1
    with store.read() as tx:
        assert len(tx.handovers.open()) == 1


def test_it_is_agreed_to_while_it_is_assigned_to_another_team(proposed: Store) -> None:
    answer(ask(f"handover {CHECKOUT} agree@1", person="U0ANA"), proposed)
    at_once(proposed, [("U0BEN", f"handover {CHECKOUT} agree@1"), ("U0EVA", f"assign {CHECKOUT} to slm")])
    with proposed.read() as tx:
        [ended] = tx.handovers.of(CHECKOUT)
        newest = tx.acknowledgements.newest_of(CHECKOUT)
    assert versions(proposed) in (["payments", "slm"], ["payments", "discovery", "slm"])
    assert ended.stage in (HandoverStage.DONE, HandoverStage.OVERTAKEN)
    assert newest is not None
    assert (newest.team, newest.stage) == ("slm", Stage.OPEN)


def test_assigned_to_another_team_it_has_ended_at_once(proposed: Store) -> None:
    answer(ask(f"assign {CHECKOUT} to slm", person="U0EVA"), proposed)
    with proposed.read() as tx:
        [ended] = tx.handovers.of(CHECKOUT)
        notices = [tx.outbox.by_key(ended.key(team)) for team in ended.teams]
    assert ended.stage is HandoverStage.OVERTAKEN
    assert all(one is not None and "hand-over ended" in str(one.content.blocks) for one in notices)
