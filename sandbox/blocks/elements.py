"""What can be pressed, chosen or looked at inside a block."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blocks.shape import (
    Check,
    Shape,
    also,
    anything,
    array,
    boolean,
    choice,
    integer,
    kind,
    problem,
    shape,
    text,
    url,
)
from sandbox.blocks.texts import (
    ACTION_ID,
    CONFIRM,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SELECT_OPTION,
    plain,
)

BUTTON = shape(
    {"text": plain(75)},
    {
        "action_id": ACTION_ID,
        "value": text(2000),
        "url": url(),
        "style": choice("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": text(75),
    },
)
OVERFLOW = shape({"options": array(OVERFLOW_OPTION, 5)}, {"action_id": ACTION_ID, "confirm": CONFIRM})


def no_file(_value: Any, pointer: str) -> Iterator[str]:
    """The sandbox takes no files. On Slack too an image right after its upload is refused."""
    yield problem("invalid slack file", pointer)


def image_source(value: Any, pointer: str) -> Iterator[str]:
    if isinstance(value, dict) and ("image_url" in value) == ("slack_file" in value):
        yield problem("must have either image_url or slack_file", pointer)


IMAGE = also(shape({"alt_text": text(2000)}, {"image_url": url(), "slack_file": no_file}), image_source)


def _options_or_groups(value: Any, pointer: str) -> Iterator[str]:
    if isinstance(value, dict) and ("options" in value) == ("option_groups" in value):
        yield problem("must have either options or option_groups", pointer)


def _select(own: Mapping[str, Check]) -> Shape:
    return shape(
        {},
        {
            "action_id": ACTION_ID,
            "placeholder": plain(150),
            "confirm": CONFIRM,
            "focus_on_load": boolean,
            **own,
        },
    )


def _picked(own: Mapping[str, Check]) -> Shape:
    return shape({}, {"action_id": ACTION_ID, "confirm": CONFIRM, "focus_on_load": boolean, **own})


_OPTIONS: Mapping[str, Check] = {
    "options": array(SELECT_OPTION, 100),
    "option_groups": array(OPTION_GROUP, 100),
}
_SEVERAL = {"max_selected_items": integer(1, 10_000)}
_NAMES = array(text(255), 10_000)

SELECTS: Mapping[str, Check] = {
    "static_select": also(_select({**_OPTIONS, "initial_option": SELECT_OPTION}), _options_or_groups),
    "multi_static_select": also(
        _select({**_OPTIONS, **_SEVERAL, "initial_options": array(SELECT_OPTION, 100)}), _options_or_groups
    ),
    "users_select": _select({"initial_user": text(255)}),
    "multi_users_select": _select({**_SEVERAL, "initial_users": _NAMES}),
    "channels_select": _select({"initial_channel": text(255), "response_url_enabled": boolean}),
    "conversations_select": _select(
        {
            "initial_conversation": text(255),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": anything,
        }
    ),
}
PICKERS: Mapping[str, Check] = {
    "datepicker": _select({"initial_date": text(10)}),
    "timepicker": _select({"initial_time": text(5), "timezone": text(64)}),
    "datetimepicker": _picked({"initial_date_time": integer(0, 10**10)}),
    "checkboxes": _picked({"options": array(OPTION, 10), "initial_options": array(OPTION, 10)}),
    "radio_buttons": _picked({"options": array(OPTION, 10), "initial_option": OPTION}),
}
INPUTS: Mapping[str, Check] = {
    "plain_text_input": _select(
        {
            "initial_value": text(3000, 0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
            "dispatch_action_config": anything,
        }
    ),
}

IN_ACTIONS = kind({"button": BUTTON, "overflow": OVERFLOW, **SELECTS, **PICKERS})
IN_SECTION = kind({"button": BUTTON, "overflow": OVERFLOW, "image": IMAGE, **SELECTS, **PICKERS})
IN_INPUT = kind({**SELECTS, **PICKERS, **INPUTS})
