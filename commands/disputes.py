"""`/slm disputes [mine|open|to-rule|all]` and `/slm show D-17 [minutes]`: what is in dispute, and one of them whole."""

from commands.ask import Ask
from commands.dispute_meant import dispute_meant
from commands.meant import teams_of, zone_here
from domain.dispute import Dispute, DisputeStage
from domain.refusal import Refusal, did_you_mean
from messages.dispute import dispute_message
from messages.dispute_minutes import minutes_message
from messages.disputes_list import Listed, disputes_list
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction

WHICH = ("open", "mine", "to-rule", "all")


def disputes(ask: Ask, store: Store) -> Message:
    """Those that are open, or some of them, those that wait longest first."""
    word = ask.rest.strip().lower() or WHICH[0]
    if word not in WHICH:
        listed = ", ".join(f"`{one}`" for one in WHICH)
        raise Refusal(f"Which: {listed}?{did_you_mean(word, WHICH)}")
    with store.read(ask.workspace) as tx:
        found = [one for one in tx.disputes.all() if word == "all" or one.ended_at is None]
        wanted = [one for one in found if _is_wanted(tx, one, word, ask)]
        teams = {team.name: team for team in tx.teams.all()}
        return disputes_list(Listed(word, wanted, teams, ask.at, zone_here(ask, tx)), command=ask.command)


def show(ask: Ask, store: Store) -> Message:
    """The dispute as it stands; with "minutes" what was measured in the minutes that it is about."""
    with store.read(ask.workspace) as tx:
        one, rest = dispute_meant(tx, ask)
        told = tx.dispute_facts.of(one, at=ask.at)
        if rest.strip().lower() == "minutes":
            return minutes_message(told)
        mine = next((team.name for team in teams_of(ask, tx) if team.name in one.teams), one.raiser)
        return dispute_message(told.read_by(mine))


def _is_wanted(tx: Transaction, one: Dispute, word: str, ask: Ask) -> bool:
    if word == "to-rule":
        return one.stage in (DisputeStage.RULING, DisputeStage.APPEALED) and one.arbiter == ask.person
    if word == "mine":
        return ask.person == one.arbiter or any(team.name in one.teams for team in teams_of(ask, tx))
    return True
