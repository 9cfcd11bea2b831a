"""A "no" with its remedy, as people read it."""

from collections.abc import Sequence

from domain.refusal import Refusal
from messages.asking import ask_button, askable
from messages.blocks import actions, section
from messages.escaping import one_line, plain, sentence, shortened
from messages.message import Message

MOST_OFFERED = 3
LABEL = 36
"""Characters of a button's label: it may have 75, counted as Slack counts emoji."""


def refusal_message(refusal: Refusal, offers: Sequence[tuple[str, str]] = ()) -> Message:
    """What was not done, and what to do instead; `offers` are labels, each with what its button asks."""
    said = answer(sentence(str(refusal)))
    asked = {text: label for label, text in offers if askable(text) and one_line(label)}
    buttons = [ask_button(shortened(one_line(label), LABEL), text) for text, label in asked.items()]
    if not buttons:
        return said
    return Message(said.text, (*said.blocks, actions(*buttons[:MOST_OFFERED])))


def something_went_wrong(reference: str) -> Message:
    """For what nobody foresaw; `reference` finds it in the log."""
    told = plain(reference, 40)
    return answer(f'Something went wrong; nothing was saved. Try\nagain, or tell the operators "{told}".')


def not_opened() -> Message:
    """Where Slack did not open a form: it waits three seconds for one."""
    return answer("Slack did not open the form; it may have waited\ntoo long. Press the button again.")


def working_on_it() -> Message:
    """Said at once where an answer takes longer than Slack waits."""
    return answer("Working on it; the answer comes here.")


def answer(text: str) -> Message:
    """A small answer: Slack's formatting in `text` stays."""
    return Message(" ".join(text.split()), (section(text),))


EXAMPLE = Refusal('No objective begins with "chekout".\nDid you mean `checkout-availability`?')
EXAMPLE_OFFERS = (("checkout-availability", "status checkout-availability"),)
