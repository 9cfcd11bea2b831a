"""Who answers for an objective with all its roles, and for a service: the chain of its promises."""

from dataclasses import replace
from fractions import Fraction

from domain.agreement import Agreement, AgreementKind
from domain.chain import Link
from domain.guarantee import Guarantee, Supporter
from domain.responsibility import Responsibility, Role
from domain.team import Team
from messages.dates import Dates
from messages.example import BERLIN, NINE, TODAY
from messages.gallery.explain import hostile_answers
from messages.gallery.shown import HOSTILE, Shown
from messages.who import Answerable, who_answers
from messages.who_chain import Chain, who_answers_in_chain
from messages.who_example import EXAMPLE_CHAIN, EXAMPLE_DECLINED, EXAMPLE_THIN, EXAMPLE_WHOLE, promise

NAMES = tuple(f"{n}{HOSTILE}" for n in range(30))
TEAMS = {name: Team(name, display_name=name) for name in NAMES}
SUPPORTERS = tuple(Supporter(name, Fraction("0.9"), AgreementKind.UC) for name in NAMES)


def hostile_link(name: str, *under: Link) -> Link:
    """Everything in it is as long as it gets."""
    roles = tuple(Responsibility(role, team) for role in Role for team in NAMES)
    made = replace(promise(name, "99.123456789", HOSTILE, HOSTILE), roles=roles, supports=NAMES)
    return Link(
        made,
        made.versions[0],
        NINE,
        agreement=Agreement(
            HOSTILE, AgreementKind.SLA, HOSTILE, HOSTILE, effective_until=TODAY.replace(day=1)
        ),
        in_effect=False,
        on=TODAY,
        answers=hostile_answers(),
        guarantee=Guarantee(HOSTILE, made.versions[0].target, SUPPORTERS, SUPPORTERS),
        under=under,
        gone=NAMES,
    )


def longest_chain() -> Chain:
    """Promises over promises, each on top of the last."""
    links = [hostile_link(f"0{HOSTILE}")]
    for n in range(1, 40):
        links.append(hostile_link(f"{n}{HOSTILE}", *links))
    return Chain("checkout service", links[::-1], Dates(NINE, BERLIN), TEAMS, TODAY)


def longest_answerable() -> Answerable:
    link = hostile_link(HOSTILE)
    return Answerable(HOSTILE, Team(HOSTILE), link.agreement, NINE, BERLIN, link, TEAMS, NAMES, TODAY)


SHOWN = (
    Shown("who_whole", "one objective, with all that is known", lambda: who_answers(EXAMPLE_WHOLE)),
    Shown(
        "who_declined",
        "one that was declined, on a date",
        lambda: who_answers(replace(EXAMPLE_DECLINED, asked_on=TODAY)),
    ),
    Shown("who_whole_longest", "huge, with hostile names", lambda: who_answers(longest_answerable())),
    Shown("who_chain", "a service: the chain of its promises", lambda: who_answers_in_chain(EXAMPLE_CHAIN)),
    Shown("who_chain_thin", "a service: a chain that is thin", lambda: who_answers_in_chain(EXAMPLE_THIN)),
    Shown(
        "who_chain_empty",
        "empty: a service without objectives",
        lambda: who_answers_in_chain(replace(EXAMPLE_CHAIN, links=())),
    ),
    Shown(
        "who_chain_longest",
        "huge: 40 promises over one another",
        lambda: who_answers_in_chain(longest_chain()),
    ),
)
