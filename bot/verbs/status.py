"""`steward status`: how objectives stand."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.verbs.arguments import parser
from bot.wiring import open_store, or_now
from domain.dispute import Dispute
from domain.lookup import find, objectives_of
from domain.planned import planned_within
from domain.refusal import Refusal
from domain.standing import Standing
from domain.window import Period
from messages.status_json import Decided, status_json
from messages.status_text import status_text
from storage.transaction import Transaction


def run(words: Sequence[str]) -> int:
    """All objectives, or those of NAME: an objective, a service or a team."""
    made = parser("status", "How objectives stand.", at="the instant of the figures; default now")
    made.add_argument(
        "name", metavar="NAME", nargs="?", help="an objective, service or team; a beginning is enough"
    )
    made.add_argument("--json", action="store_true", help="as JSON, with exact figures")
    arguments = made.parse_args(words)
    at = or_now(arguments.at)
    with open_store(arguments.workspace) as (store, workspace), store.read(workspace) as tx:
        standings = _standings(tx, arguments.name, at)
        asked = tx.acknowledgements.newest() if arguments.json else {}
        decided = _decided(tx, standings, at) if arguments.json else Decided()
    print(
        json.dumps(status_json(standings, asked, decided, at=at), indent=2)
        if arguments.json
        else status_text(standings, at=at)
    )
    return 0


def _decided(tx: Transaction, standings: Sequence[Standing], at: datetime) -> Decided:
    names = {standing.name for standing in standings}
    disputes: dict[str, list[Dispute]] = {}
    for dispute in tx.disputes.all():
        if dispute.objective in names:
            disputes.setdefault(dispute.objective, []).append(dispute)
    rulings = {name: tx.rulings.on(name) for name in disputes}
    exclusions, promises = tx.exclusions.all(), tx.promises
    planned = {
        one.name: planned_within(
            exclusions, [one], promises, period=Period(one.period.start, min(one.period.end, at))
        )
        for one in (standings if exclusions else ())
    }
    return Decided(tx.layered.differing(names, at=at), disputes, rulings, planned)


def _standings(tx: Transaction, name: str | None, at: datetime) -> list[Standing]:
    if name is None:
        return tx.standings.all(at=at)
    objectives, agreements = tx.objectives.in_force(at=at), tx.agreements.all()
    if not objectives:
        raise Refusal("Steward knows no objectives yet. Load some: `steward apply FILES`")
    found = find(
        name,
        objectives=[objective.name for objective in objectives],
        services=[service.name for service in tx.services.all()],
        teams=[team.name for team in tx.teams.all()],
    )
    return tx.standings.of(objectives_of(found, objectives, agreements, at=at), at=at)
