"""`/slm digest now`: the digest as it would be this minute; nothing is decided by it."""

from dataclasses import replace

from commands.ask import Ask
from commands.meant import is_here, require_objectives, teams_here
from domain.news import news_since
from domain.readers import Reader, ReaderKind, readers
from domain.shown import shown_state
from domain.standing import State
from messages.digest import DigestFacts
from messages.digest import digest as team_digest
from messages.message import Message
from messages.promised import PromisedFacts, promised
from messages.rollup import RollUpFacts, rollup
from storage.store import Store
from storage.transaction import Transaction


def digest_now(ask: Ask, store: Store) -> Message:
    """That of this channel's subscription or team, else that of the asker's first team."""
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        reader = _reader(ask, tx)
        on = reader.team.local(ask.at).date()
        tomorrow = on.fromordinal(on.toordinal() + 1)
        news = news_since(tx.digests.last_told(reader.name, before=tomorrow))
        situation = tx.situations.of(ask.at)
        shown = situation.shown_to(reader.team)
        losses = {one.name: tx.spells.of(one) for one in shown if shown_state(one) is not State.MET}
    match reader.kind:
        case ReaderKind.OUTSIDER:
            return promised(replace(PromisedFacts.of(reader.team, on, situation, news), losses=losses))
        case ReaderKind.TEAM:
            facts = DigestFacts.of(reader.team, on, situation, news)
            return team_digest(replace(facts, threaded=False), command=ask.command)
    if reader.names:
        situation = situation.only(reader.chosen)
    told = RollUpFacts.of(on, reader.team.timezone, situation, news)
    return rollup(replace(told, names=reader.names, threaded=False), command=ask.command)


def _reader(ask: Ask, tx: Transaction) -> Reader:
    """A customer's channel comes first: nothing internal is ever shown there."""
    teams = tx.teams.all()
    place = ask.person if ask.in_direct_message else ask.channel_id
    outsiders = [team for team in teams if is_here(team, ask) and not team.internal]
    subscriptions = [one for one in tx.subscriptions.all() if one.channel == place]
    first = readers(outsiders, subscriptions) or readers(teams_here(ask, tx), [])
    return first[0]
