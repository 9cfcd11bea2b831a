"""`/slm digest …`: reads it now, subscribes a channel, says and changes when it comes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time

from commands.ask import Ask
from commands.digest_now import digest_now
from commands.meant import find_in, is_here, require_known_place, teams_of, zone_here
from domain.audit import Act
from domain.audit_action import Action
from domain.lookup import quoted
from domain.membership import is_member, knows_people, speaks_for
from domain.readers import Reader, calendar_of, readers, subscriber
from domain.refusal import Refusal, did_you_mean
from domain.subscription import Subscription
from domain.team import DigestSchedule, Team
from messages.digest_settings import Setting, digest_settings
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction

MOST_NAMES = 20
WORDS = ("now", "here", "off", "on", "at")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")

Change = Callable[[DigestSchedule], DigestSchedule]


def digest(ask: Ask, store: Store) -> Message:
    """What holds here; with a word after it, what that does."""
    word, _, rest = ask.rest.partition(" ")
    match word.lower(), rest.strip():
        case "", _:
            return _told(ask, store)
        case "now", "":
            return digest_now(ask, store)
        case "here", names:
            return _subscribed(ask, store, names)
        case "off", "":
            return _changed(ask, store, lambda schedule: replace(schedule, off=True))
        case "on", "":
            return _changed(ask, store, lambda schedule: replace(schedule, off=False))
        case "at", clock:
            at = _time(ask, clock)
            return _changed(ask, store, lambda schedule: replace(schedule, at=at, off=False))
    raise _unknown(ask, word)


def _told(ask: Ask, store: Store) -> Message:
    with store.read(ask.workspace) as tx:
        return _settings(ask, tx, _readers_here(ask, tx), changed=False)


def _subscribed(ask: Ask, store: Store, names: str) -> Message:
    require_known_place(ask)
    with store.transaction(ask.workspace) as tx:
        _refuse_outsiders(ask, tx)
        before = next((one for one in tx.subscriptions.all() if one.channel == _place(ask)), None)
        chosen = _names(ask, tx, names)
        wanted = Subscription(_place(ask), ask.person, ask.at, chosen, zone_here(ask, tx))
        if before:
            wanted = replace(wanted, timezone=before.timezone, digest=replace(before.digest, off=False))
        tx.subscriptions.save([wanted])
        facts = {"names": list(chosen)}
        tx.audit.note(Action.DIGEST_SUBSCRIBED, f"digest:{_place(ask)}", by=ask.person, at=ask.at, **facts)
        return _settings(ask, tx, [subscriber(wanted)], changed=True)


def _changed(ask: Ask, store: Store, change: Change) -> Message:
    """Changes all digests that come here, or none of them."""
    with store.transaction(ask.workspace) as tx:
        found = _readers_here(ask, tx)
        teams = tx.teams.all()
        own = [one.team for one in found if one.team in teams]
        for team in own:
            _require_say(ask, tx, team)
        for team in own:
            tx.teams.change_digest(team.name, change(team.digest), by=ask.person, at=ask.at)
        subscriptions = [one for one in tx.subscriptions.all() if one.channel == _place(ask)]
        tx.subscriptions.save(
            [replace(one, digest=change(one.digest), created_at=ask.at) for one in subscriptions]
        )
        _note(tx, own, subscriptions, ask)
        return _settings(ask, tx, _readers_here(ask, tx), changed=True)


def _note(tx: Transaction, own: Sequence[Team], others: Sequence[Subscription], ask: Ask) -> None:
    """The audit trail has it, in the words that were typed."""
    subjects = [f"team:{team.name}" for team in own] + [f"digest:{one.channel}" for one in others]
    facts = {"words": ask.rest}
    tx.audit.note_all(Act(Action.DIGEST_CHANGED, one, ask.person, ask.at, facts) for one in subjects)


def _settings(ask: Ask, tx: Transaction, found: Sequence[Reader], *, changed: bool) -> Message:
    calendars = {calendar.name: calendar for calendar in tx.calendars.all()}
    settings = [
        Setting(
            reader,
            ask.at,
            reader.next_digest(calendar_of(reader, calendars), tx.digests.decided, at=ask.at),
            changed,
            not ask.in_direct_message,
        )
        for reader in found
    ]
    return digest_settings(settings, command=ask.command)


def _readers_here(ask: Ask, tx: Transaction) -> list[Reader]:
    """Who reads digests in this channel. Raises `Refusal` where nobody does."""
    teams = [team for team in tx.teams.all() if is_here(team, ask)]
    subscriptions = [one for one in tx.subscriptions.all() if one.channel == _place(ask)]
    if not (teams or subscriptions):
        raise Refusal(
            f"No digest comes here yet.\n`{ask.command} digest here` brings a roll-up every morning."
        )
    return readers(teams, subscriptions)


def _place(ask: Ask) -> str:
    """Where a subscription is posted: the channel, or the person in a direct message."""
    return ask.person if ask.in_direct_message else ask.channel_id


def _names(ask: Ask, tx: Transaction, text: str) -> tuple[str, ...]:
    """What somebody named, with its kind, each once. Raises `Refusal` for a name that is not known."""
    words = [word for word in text.replace(",", " ").split() if word]
    if words[:1] == ["for"]:
        words = words[1:]
        if not words:
            raise Refusal(f"For what? For example: `{ask.command} digest here for team:payments`")
    if len(words) > MOST_NAMES:
        raise Refusal(f"A roll-up can be about {MOST_NAMES} names at most. Name a team or service instead.")
    found = [find_in(tx, word, at=ask.at) for word in words]
    return tuple(dict.fromkeys(f"{one.kind}:{one.name}" for one in found))


def _refuse_outsiders(ask: Ask, tx: Transaction) -> None:
    """A roll-up is internal: it comes neither to a customer's channel nor to its people."""
    teams, theirs = tx.teams.all(), teams_of(ask, tx)
    if any(is_here(team, ask) and not team.internal for team in teams):
        raise Refusal("People outside read here, so no roll-up comes\nhere. Ask in a channel of your own.")
    if theirs and not any(team.internal for team in theirs):
        raise Refusal("A roll-up tells internal things, so it is not for\ncustomers and third parties.")
    if any(is_here(team, ask) and team.arbitrates for team in teams):
        raise Refusal(f"The roll-up comes here already.\nAt another time: `{ask.command} digest at 08:30`")


def _require_say(ask: Ask, tx: Transaction, team: Team) -> None:
    """Its people, and the service level managers; anyone here where its file names nobody."""
    groups = tx.usergroups.all()
    arbiters = [one for one in tx.teams.all() if one.arbitrates]
    may = any(is_member(one, ask.person, groups) for one in arbiters)
    if not may and not speaks_for(team, ask.person, groups, here=True):
        whose = "" if knows_people(team, groups) else "manager of the "
        raise Refusal(
            f"Only the {whose}{quoted(team.name)} team and the service level\n"
            "managers can change this. Ask one of them."
        )


def _time(ask: Ask, text: str) -> time:
    found = CLOCK.fullmatch(text)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    raise Refusal(f'There is no time "{quoted(text)}".\nFor example: `{ask.command} digest at 08:30`')


def _unknown(ask: Ask, word: str) -> Refusal:
    meant = did_you_mean(word[:20], WORDS).strip()
    known = ", ".join(f"`{one}`" for one in WORDS)
    return Refusal(f'"{quoted(word)}" is nothing a digest can do.\n{meant or f"Try {known}."}')
