"""What Steward says once in a channel that it came into."""

from dataclasses import replace

from commands.ask import Ask
from commands.meant import is_here
from domain.channel import Channel
from domain.notice import Notice
from messages.greeting import Greeting, greeting
from storage.store import Store

NOT_HERE = frozenset({"not_in_channel", "channel_not_found", "is_archived"})
"""Slack's words for why nothing could be said in a channel that Steward has come into by now."""


def greet(ask: Ask, store: Store, channel: Channel | None) -> None:
    """Put the greeting into the outbox, whose key lets it out once a channel.

    A channel that could not be looked up (None) is taken for one that outsiders read.
    """
    here = replace(ask, channel_name=channel.name if channel else "")
    with store.transaction(ask.workspace) as tx:
        facts = Greeting(
            here.channel_name,
            [team for team in tx.teams.all() if is_here(team, here)],
            shared=channel is None or channel.shared,
            defined=bool(tx.objectives.all()),
        )
        # Decided as for our own people: it must not arrive where outsiders have come in meanwhile.
        internal = not facts.shared
        content = greeting(facts, command=ask.command).content
        key = f"greeting:{ask.channel_id}"
        tx.outbox.add(Notice(key, ask.channel_id, content, ask.at, internal=internal))
        # What was refused while Steward was not here, such as this morning's digest, comes after all.
        tx.outbox.revive([ask.channel_id, here.channel_name], NOT_HERE, at=ask.at)
