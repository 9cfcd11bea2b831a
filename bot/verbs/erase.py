"""`steward erase`: forget who somebody was."""

import json
from collections.abc import Sequence

from bot.verbs.arguments import parser
from bot.wiring import open_store, or_now
from domain.audit import OPERATOR
from domain.audit_action import Action
from messages.erased import ErasedFacts, Place, erased_json, erased_text
from storage.space import give_back


def run(words: Sequence[str]) -> int:
    """1 where nobody is known as that."""
    made = parser("erase", "Forget who somebody was. What they did stays, by a reference.")
    made.add_argument("person", metavar="PERSON", help="Slack's ID, such as U0ANA, or an e-mail address")
    made.add_argument("--json", action="store_true", help="as JSON")
    arguments = made.parse_args(words)
    person = arguments.person.strip()
    with open_store(arguments.workspace) as (store, workspace):
        with store.transaction(workspace) as tx:
            at = or_now(None)
            erased = tx.erasing.erase(person, at=at)
            tx.audit.note(Action.ERASED, f"person:{erased.reference}", by=OPERATOR, at=at)
        give_back(store.engine)
    left = tuple(Place(*one) for one in erased.left)
    facts = ErasedFacts(erased.reference, erased.changed, left)
    print(json.dumps(erased_json(facts), indent=2) if arguments.json else erased_text(facts))
    return 0
