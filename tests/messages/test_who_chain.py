"""Who answers for a service: the chain of its promises."""

from dataclasses import replace

from domain.responsibility import Responsibility, Role
from messages.example import TODAY
from messages.gallery.who import longest_answerable, longest_chain
from messages.message import Message
from messages.room import LINE
from messages.who import who_answers
from messages.who_chain import who_answers_in_chain
from messages.who_example import (
    EXAMPLE_CHAIN,
    EXAMPLE_DECLINED,
    EXAMPLE_THIN,
    EXAMPLE_WHOLE,
)
from tests.messages.conftest import Golden


def told(message: Message) -> list[str]:
    return [line for block in message.blocks for line in block["text"]["text"].split("\n")]


def test_of_a_service(golden: Golden) -> None:
    message = who_answers_in_chain(EXAMPLE_CHAIN, command="/levels")
    golden("who_chain", who_answers_in_chain(EXAMPLE_CHAIN))
    assert message.text == "checkout service: 5 objectives, thin in 1."
    assert message.hint == "one of them: `/levels who NAME`"
    assert told(message) == [
        "*checkout service*",
        "5 objectives, thin in 1",
        "*checkout-availability* 99.9% · SLA retail",
        "payments team · acknowledged",
        "responsible: shop team",
        "informed: Data platform team",
        "⚠️ what stands under it guarantees 99.70%",
        "   ↳ bank-gateway 99.8% · UC bank",
        "      bank",
        "      ↳ bank-line 99.95% · UC bank",
        "         bank",
        "   ↳ payments-db 99.9% · OLA",
        "      Data platform team · acknowledged",
        "",
        "*checkout-latency* 99.5% · SLA retail",
        "payments team · acknowledged",
        "   ↳ payments-db 99.9% · OLA: as above",
    ]
    assert max(map(len, told(message))) <= LINE


def test_the_thin_places_come_first(golden: Golden) -> None:
    message = who_answers_in_chain(EXAMPLE_THIN)
    golden("who_chain_thin", message)
    assert message.text == "checkout service: 6 objectives, thin in 5."
    assert told(message)[2:] == [
        "*checkout-errors* 99% · SLA retail",
        "⚠️ nobody answers for it",
        "",
        "*checkout-latency* 99.5% · SLA retail",
        "payments team",
        "✋ declined by <@U0ANA>: target unrealistic",
        "   ↳ payments-db 99.9% · OLA",
        "      Data platform team",
        "      ✍️ unacknowledged, by Mon 30 Nov",
        "",
        "*checkout-availability* 99.9% · SLA retail",
        "payments team · acknowledged",
        "responsible: shop team",
        "informed: Data platform team",
        "   ↳ bank-gateway 99.8% · UC bank",
        "      bank",
        "      ⚠️ UC bank-uc: ended 31 Oct",
        "      ↳ bank-line 99.95% · UC bank",
        "         bank",
        "         ⚠️ UC bank-uc: ended 31 Oct",
        "   ↳ payments-db 99.9% · OLA: as above",
    ]


def test_nothing_and_very_much(golden: Golden) -> None:
    empty = who_answers_in_chain(replace(EXAMPLE_CHAIN, links=()))
    golden("who_chain_empty", empty)
    assert empty.text == "checkout service: no objectives."
    longest = who_answers_in_chain(longest_chain())
    golden("who_chain_longest", longest)
    assert told(longest)[-1].startswith("and ")
    assert "<!" not in str(longest.blocks)


def test_nothing_is_left_under_it() -> None:
    link = replace(EXAMPLE_CHAIN.links[0], under=(), guarantee=None, gone=("old-db", "older-db"))
    assert "⚠️ nothing is left under it: old-db retired" in told(
        who_answers_in_chain(replace(EXAMPLE_CHAIN, links=[link]))
    )


def test_of_one_objective(golden: Golden) -> None:
    message = who_answers(EXAMPLE_WHOLE)
    golden("who_whole", message)
    assert told(message) == [
        "*checkout-availability*",
        "Owner: payments team, #team-payments",
        "Manager: <@U0PAT>",
        "Responsible: shop team",
        "Informed: Data platform team",
        "Promised to: retail (SLA checkout-sla)",
        "Service hours: round the clock",
        "Acknowledged by <@U0ANA>, 12 Jan 2026",
        "  version 3, holds until 12 Jan 2027",
        "*What stands under it*",
        "payments-db 99.9% (OLA), bank-gateway 99.8% (UC)",
        "guarantee 99.70%: less than promised",
        "at best 99.8%, if they fail at the same time",
    ]


def test_of_one_that_was_declined_on_a_day(golden: Golden) -> None:
    message = who_answers(replace(EXAMPLE_DECLINED, asked_on=TODAY))
    golden("who_declined", message)
    assert told(message)[0] == "*checkout-latency* · on Tue 24 Nov"
    assert "✋ Declined by <@U0ANA>: target unrealistic" in told(message)


def test_of_one_with_hostile_names(golden: Golden) -> None:
    message = who_answers(longest_answerable())
    golden("who_whole_longest", message)
    assert "<!" not in str(message.blocks)


def test_of_many_teams_the_first_are_named() -> None:
    assert EXAMPLE_WHOLE.link
    roles = tuple(Responsibility(Role.CONSULTED, f"t{n}") for n in range(1200))
    crowded = replace(EXAMPLE_WHOLE.link, objective=replace(EXAMPLE_WHOLE.link.objective, roles=roles))
    assert "Consulted: t0 team, t1 team, t2 team, 1,197 more" in told(
        who_answers(replace(EXAMPLE_WHOLE, link=crowded))
    )
