"""A "no" with its remedy, as people read it."""

from domain.refusal import Refusal
from messages.blocks import section
from messages.escaping import plain, sentence
from messages.message import Message


def refusal_message(refusal: Refusal) -> Message:
    """What was not done, and what to do instead."""
    return answer(sentence(str(refusal)))


def something_went_wrong(reference: str) -> Message:
    """For what nobody foresaw; `reference` finds it in the log."""
    told = plain(reference, 40)
    return answer(f'Something went wrong; nothing was saved. Try\nagain, or tell the operators "{told}".')


def working_on_it() -> Message:
    """Said at once where an answer takes longer than Slack waits."""
    return answer("Working on it; the answer comes here.")


def answer(text: str) -> Message:
    """A small answer: Slack's formatting in `text` stays."""
    return Message(" ".join(text.split()), (section(text),))


EXAMPLE = Refusal('No objective begins with "chekout".\nDid you mean `checkout-availability`?')
