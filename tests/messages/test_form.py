"""Forms: what Slack opens, what is asked when they are sent, and every limit of Slack's, at the limit and one over."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.views import View

import messages
from messages import gallery
from messages.form import Choice, Form, Origin, Words, form_view, sent_form
from messages.gallery.listing import FORMS
from messages.gallery.shown import ShownForm
from sandbox.blocks.view import read_view
from tests.messages.test_gallery import made_by

GOLDEN = Path(__file__).parent / "golden_forms"
HERE = Origin("C0PAYMENTS", "payments", "1795521600.000001")
GROUNDS = (("Not ours", "not-ours"), ("Target unrealistic", "target-unrealistic"))
DECLINE = Form(
    "Decline",
    "decline wallet-availability@2",
    [Choice("Ground", GROUNDS), Words("Why", "because", optional=True)],
    "Decline",
    ["*wallet-availability*"],
)


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.name)
def test_every_form_is_its_golden_file_and_slack_takes_it(one: ShownForm) -> None:
    view = form_view(one.draw(), HERE)
    read_view(view, "modal")
    drawn = json.dumps(view, ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"{one.name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.name)
def test_slack_sdks_models_take_it_too(one: ShownForm) -> None:
    view = form_view(one.draw(), HERE)
    modelled = View(**view).to_dict()  # it checks the lengths
    assert modelled["private_metadata"] == view["private_metadata"]
    assert len(modelled["blocks"]) == len(view["blocks"])


def test_every_golden_form_is_shown_once() -> None:
    assert sorted(one.name for one in FORMS) == sorted(path.stem for path in GOLDEN.glob("*.json"))


def test_every_function_that_makes_a_form_is_shown() -> None:
    made = made_by("messages", messages.__path__, {Form})
    shown = made_by("messages.gallery", gallery.__path__, None)
    assert {one.__qualname__ for one in made - shown} == set()
    assert made


def filled(**values: dict[str, Any]) -> dict[str, Any]:
    """The form as Slack sends it back."""
    state = {"values": {name.replace("_", "-"): {"filled": value} for name, value in values.items()}}
    return {**form_view(DECLINE, HERE), "id": "V1", "state": state}


def chosen(words: str | None) -> dict[str, Any]:
    option = words and {"value": words, "text": {"type": "plain_text", "text": "-"}}
    return {"type": "radio_buttons", "selected_option": option}


def typed(words: str | None) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": words}


@pytest.mark.parametrize(
    ("why", "rest"),
    [
        pytest.param("too high", " because too high", id="words after their prefix"),
        pytest.param(" two\n\nlines\t here ", " because two lines here", id="on one line"),
        pytest.param("Because I say so", " Because I say so", id="who typed the prefix as well"),
        pytest.param("becauses", " because becauses", id="a word that begins like the prefix"),
        pytest.param(
            'a &amp; b "quoted" <@U0ANA|ana>', ' because a & b "quoted" @ana', id="as Slack writes it"
        ),
        pytest.param("", "", id="nothing"),
        pytest.param(None, "", id="null"),
        pytest.param(" \n", "", id="only space"),
    ],
)
def test_what_is_filled_in_follows_what_is_asked(why: str | None, rest: str) -> None:
    sent = sent_form(filled(field_0=chosen("target-unrealistic"), field_1=typed(why)))
    assert sent.text == f"decline wallet-availability@2 target-unrealistic{rest}"
    assert sent.origin == HERE
    assert sent.has_fields


def test_a_form_without_fields_asks_as_it_stands() -> None:
    form = Form("Acknowledge all", "ack all", lines=["x"])
    sent = sent_form({**form_view(form, Origin("D0ANA")), "state": {"values": {}}})
    assert (sent.text, sent.origin, sent.has_fields) == ("ack all", Origin("D0ANA"), False)


def test_nothing_filled_in_is_taken_over_by_the_next_form() -> None:
    """Slack does so where both IDs are the same."""
    first, second = (form_view(form(ask=ask, fields=choice(2)), HERE)["blocks"][1] for ask in ("a", "b"))
    assert first["block_id"] == second["block_id"]
    assert first["element"]["action_id"] != second["element"]["action_id"]


def test_what_follows_goes_with_it() -> None:
    following = Form("One", "ack one", lines=["x"], then="through payments after one")
    assert sent_form(form_view(following, HERE)).then == "through payments after one"
    assert sent_form(form_view(DECLINE, HERE)).then == ""


@pytest.mark.parametrize("metadata", [None, 7, "", "{", "[]", '"x"', '{"prefixes": 1}'])
def test_a_view_that_is_none_of_ours_asks_nothing(metadata: object) -> None:
    sent = sent_form({"private_metadata": metadata, "state": {"values": {"field-0": 1}}})
    assert (sent.text, sent.origin, sent.has_fields) == ("", Origin(), False)


def form(**more: Any) -> Form:
    return Form(**{"title": "t", "ask": "a", "lines": ["l"], **more})


def choice(options: int, label: int = 1, words: int = 1) -> list[Choice]:
    return [Choice("c", [("l" * label, f"{n:03}".ljust(words, "w")) for n in range(options)])]


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"title": "t" * 24, "submit": "s" * 24}, id="24 characters of title and submit"),
        pytest.param({"lines": ["l" * 2300] * 99 + ["l" * 3000]}, id="100 sections"),
        pytest.param({"ask": "a" * 2500}, id="a long ask"),
        pytest.param({"fields": choice(100, 75, 150)}, id="100 options of 75 and 150"),
        pytest.param({"fields": [Words("w" * 2000, hint="h" * 2000, most=3000)]}, id="a long label and hint"),
    ],
)
def test_at_the_limit(more: dict[str, Any]) -> None:
    assert read_view(form_view(form(**more), Origin("C" * 12, "n" * 200, "1" * 17)), "modal")


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        pytest.param({"title": "t" * 25}, "title: a text of 25", id="a title of 25"),
        pytest.param({"title": "😀" * 13}, "title: a text of 26", id="4-byte characters count twice"),
        pytest.param({"submit": ""}, "submit: an empty text", id="no word on the button"),
        pytest.param({"lines": ["l"] * 101}, "101 blocks", id="101 blocks"),
        pytest.param({"lines": ["l" * 2500] * 100}, "bytes, at most 250000", id="more than 250 kB"),
        pytest.param({"lines": ["l" * 3001]}, "block 0: a text of 3001", id="a section of 3001"),
        pytest.param({"lines": []}, "0 blocks", id="nothing at all"),
        pytest.param({"ask": "a" * 3000}, "of private_metadata", id="too much to keep"),
        pytest.param({"fields": choice(0)}, "0 options", id="nothing to choose from"),
        pytest.param({"fields": choice(101)}, "101 options", id="101 options"),
        pytest.param({"fields": choice(2, label=76)}, "a text of 76", id="an option of 76"),
        pytest.param({"fields": choice(2, words=151)}, "a value of 151", id="an option's value of 151"),
        pytest.param(
            {"fields": [*choice(1), Choice("c", [("a", "x"), ("b", "x")])]}, "two options", id="one twice"
        ),
        pytest.param({"fields": [Words("")]}, "block 1: an empty text", id="a field without a label"),
        pytest.param({"fields": [Words("w", hint="h" * 2001)]}, "a text of 2001", id="a hint of 2001"),
        pytest.param(
            {"fields": [Words("w", most=3001)]}, "at most 3001 characters", id="3001 characters to type"
        ),
    ],
)
def test_over_the_limit(more: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match="Slack would refuse this form") as refused:
        form(**more)
    assert problem in str(refused.value)
