"""The buttons of requests: at most three and a menu, each always in its place."""

from collections.abc import Sequence

from domain.request import Asked, Request
from messages.asking import ask_button, ask_menu, askable, form_button
from messages.blocks import Block, actions


def one_buttons(one: Asked) -> list[Block]:
    """Acknowledge, decline, ask."""
    return row(
        [
            ("Acknowledge", f"ack {one.ref}"),
            ("Decline…", f"decline {one.ref}"),
            ("Ask…", f"ask {one.name}"),
        ]
    )


def several_buttons(request: Request) -> list[Block]:
    """Go through those that are open, acknowledge all of them, ask about one."""
    team, count = request.team.name, len(request.open)
    return row(
        [
            ("Go through them…", f"through {team}"),
            (f"Acknowledge all {count:,}…", f"ack all {team}"),
            ("Ask…", f"ask {team}"),
        ]
    )


def open_buttons(request: Request) -> list[Block]:
    """What can be answered to those that are open; nothing where none is."""
    if len(request.open) == 1:
        return one_buttons(request.open[0])
    return several_buttons(request) if request.open else []


def held_buttons(one: Asked) -> list[Block]:
    """What can be done about one that was acknowledged."""
    see, withdraw = f"who {one.name}", f"withdraw {one.ref}"
    menu = [ask_menu([("Withdraw", withdraw)], place=f"withdraw:{one.name}")] if askable(withdraw) else []
    shown = [ask_button("See the terms", see)] if askable(see) else []
    return [actions(*shown, *menu)] if shown or menu else []


def declined_buttons(one: Asked) -> list[Block]:
    """The team may still say yes."""
    return row([("Acknowledge", f"ack {one.ref}"), ("See the terms", f"who {one.name}")])


def terms_buttons(one: Asked) -> list[Block]:
    """A look at the terms."""
    return row([("See the terms", f"who {one.name}")])


def row(options: Sequence[tuple[str, str]]) -> list[Block]:
    """Buttons in a row; labels that end in "…" open a form. What is too long to be asked has none."""
    made = [
        (form_button if label.endswith("…") else ask_button)(label, text)
        for label, text in options
        if askable(text)
    ]
    return [actions(*made)] if made else []
