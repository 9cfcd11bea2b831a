"""A form: what a button opens whose label ends in "…". What is filled in becomes the rest of a command's text."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from domain.typed import as_typed
from messages.blocks import Block, section
from messages.form_limits import view_problems

CALLBACK = "form"
FIRST = "field-0"
"""Where a form says why it was refused; only one with fields has it."""

MOST_RADIO = 10
MOST_NAME = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: what people read, each with the words that it stands for."""

    label: str
    options: Sequence[tuple[str, str]]
    prefix: str = ""
    optional: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A text of at most `most` characters, in one line where it is `short`; its line breaks become spaces.

    `prefix` comes before what was filled in, "because" say.
    """

    label: str
    prefix: str = ""
    optional: bool = False
    most: int = 500
    hint: str = ""
    short: bool = False


Field = Choice | Words


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened: its answer goes there."""

    channel_id: str = ""
    channel_name: str = ""
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form asks that was filled in, as if somebody had typed it; whether there was anything to fill in.

    `then` is what is asked next in the same place.
    """

    text: str
    origin: Origin = field(default_factory=Origin)
    has_fields: bool = False
    then: str = ""


@dataclass(frozen=True)
class Form:
    """Asks `ask` and what is filled in, in the order of the fields; `lines` are sections in Slack's formatting.

    Where it was not refused, the form of `then` takes its place, if there is one: so people go through several.
    Who chooses what is `then` itself goes on without asking anything.

    Raises ValueError where Slack would refuse it: that is a mistake in a renderer, never in somebody's input.
    """

    title: str
    ask: str
    fields: Sequence[Field] = ()
    submit: str = "Send"
    lines: Sequence[str] = ()
    then: str = ""

    def __post_init__(self) -> None:
        widest = Origin("C" * 20, "😀" * (MOST_NAME // 2), "1" * 20)
        if found := list(view_problems(form_view(self, widest))):
            raise ValueError("Slack would refuse this form: " + "; ".join(found[:5]))


def form_view(form: Form, origin: Origin) -> Block:
    """The modal that Slack opens; what it asks, and where it came from, goes with it."""
    kept = {
        "ask": form.ask,
        "prefixes": [one.prefix for one in form.fields],
        "channel": origin.channel_id,
        "name": origin.channel_name[:MOST_NAME],
        "thread": origin.thread_ts,
        **({"then": form.then} if form.then else {}),
    }
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": _plain(form.title),
        "submit": _plain(form.submit),
        "close": _plain("Cancel"),
        "private_metadata": json.dumps(kept, ensure_ascii=False, separators=(",", ":")),
        "blocks": [*map(section, form.lines), *_inputs(form)],
    }


def sent_form(view: Mapping[str, Any]) -> Sent:
    """What the form asks that Slack sent back; of a view that is none of ours nothing."""
    kept = _kept(view.get("private_metadata"))
    prefixes = kept.get("prefixes")
    prefixes = prefixes if isinstance(prefixes, list) else []
    values = _object(_object(view.get("state")).get("values"))
    words = (_with_prefix(str(prefix), _filled(values, n)) for n, prefix in enumerate(prefixes))
    thread = kept.get("thread")
    origin = Origin(str(kept.get("channel", "")), str(kept.get("name", "")), str(thread) if thread else None)
    text = " ".join(filter(None, [str(kept.get("ask", "")), *words]))
    return Sent(text, origin, bool(prefixes), str(kept.get("then", "")))


def _inputs(form: Form) -> list[Block]:
    # In a form that takes another's place Slack keeps what was filled in under the same two IDs.
    own = f"{crc32(repr((form.ask, form.then, *form.lines)).encode('utf-8', 'replace')):08x}"
    return [_input(one, f"field-{number}", own) for number, one in enumerate(form.fields)]


def _input(one: Field, block_id: str, action_id: str) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": _plain(one.label),
        "element": {"action_id": action_id, **(_choice(one) if isinstance(one, Choice) else _words(one))},
        "optional": one.optional,
        **({"hint": _plain(one.hint)} if one.hint else {}),
    }


def _choice(one: Choice) -> Block:
    options = [{"text": _plain(label), "value": words} for label, words in one.options]
    return {
        "type": "radio_buttons" if len(options) <= MOST_RADIO else "static_select",
        "options": options,
    }


def _words(one: Words) -> Block:
    return {"type": "plain_text_input", "multiline": not one.short, "max_length": one.most}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def _filled(values: Mapping[str, Any], number: int) -> str:
    """What was chosen or typed, on one line."""
    given = next(map(_object, _object(values.get(f"field-{number}")).values()), {})
    chosen = _object(given.get("selected_option")).get("value")
    return " ".join(str(chosen or as_typed(str(given.get("value") or ""))).split())


def _with_prefix(prefix: str, words: str) -> str:
    """With it once: who typed it as well said the same."""
    if not words or not prefix or words.lower().startswith(f"{prefix.lower()} "):
        return words
    return f"{prefix} {words}"


def _kept(metadata: object) -> Mapping[str, Any]:
    try:
        return _object(json.loads(str(metadata)))
    except ValueError:
        return {}


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
