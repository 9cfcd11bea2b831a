"""Who answers for it."""

from dataclasses import replace

from domain.agreement import Agreement, AgreementKind
from domain.team import Team
from messages.gallery.status import answerable_for_500, longest_answerable
from messages.who import (
    EXAMPLE,
    EXAMPLE_MANY,
    Many,
    person_words,
    who_answers,
    who_answers_for_many,
)
from tests.messages.conftest import Golden


def test_of_one(golden: Golden) -> None:
    message = who_answers(EXAMPLE)
    golden("who", message)
    assert message.text == "checkout-availability: payments team."


def test_of_a_contract_the_third_party_promises() -> None:
    contract = Agreement("sms-uc", AgreementKind.UC, "sms-provider", "payments")
    told = who_answers(replace(EXAMPLE, agreement=contract)).blocks[0]["text"]["text"]
    assert "Promised by: sms-provider (UC sms-uc)" in told


def test_of_many(golden: Golden) -> None:
    message = who_answers_for_many(EXAMPLE_MANY, command="/levels")
    golden("who_many", message)
    assert message.text == "checkout service: payments team."
    assert message.hint == "one of them: `/levels who NAME`"


def test_of_none(golden: Golden) -> None:
    golden("who_none", who_answers_for_many(Many("checkout service", ())))


def test_hostile_and_many(golden: Golden) -> None:
    one, many = longest_answerable(), who_answers_for_many(answerable_for_500())
    who_answers(replace(one, objective="&" * 99, owner=Team("&" * 99, channel="&" * 99, manager="&" * 99)))
    golden("who_longest", who_answers(one))
    golden("who_many_longest", many)
    assert "<!" not in str(who_answers(one).blocks) + str(many.blocks)
    assert many.text == "all: 0 team and 499 others."


def test_only_ids_become_mentions() -> None:
    assert person_words("U0PAT") == "<@U0PAT>"
    assert person_words("<!here>") == "&lt;!here&gt;"
    assert person_words("pat@example.com") == "pat@example.com"
