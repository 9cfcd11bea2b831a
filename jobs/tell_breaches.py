"""Telling breaches that no warning tells: one line in the owner's channel, once its quiet hours are over."""

from collections.abc import Sequence

from domain.minutes import minute_of
from domain.notice import Notice
from domain.planned import Promises
from domain.standing import Standing
from domain.telling import held_until
from domain.watch import Place, place_of
from jobs.items import each
from messages.breached import breached_message
from storage.transaction import Transaction


def tell_breaches(tx: Transaction, breached: Sequence[Standing], promises: Promises) -> None:
    """Write it down, those of a channel and service together."""
    places: dict[Place, list[Standing]] = {}
    for standing in breached:
        places.setdefault(place_of(standing, promises), []).append(standing)
    each(
        [(place, found) for place, found in places.items() if place.channel],
        lambda one: _tell(tx, one[0], one[1], promises),
        doing=lambda one: f"telling the breach of {one[1][0].name}",
    )


def _tell(tx: Transaction, place: Place, breached: Sequence[Standing], promises: Promises) -> None:
    first, team = breached[0], promises.teams.get(place.team or "")
    message = breached_message(breached, zone=team.timezone if team else "UTC")
    tx.outbox.add(
        Notice(
            f"breach:{first.name}:{minute_of(first.at)}",
            place.channel,
            message.content,
            first.at,
            place.team,
            not_before=held_until(None, team, at=first.at),
        )
    )
