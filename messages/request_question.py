"""A question about a responsibility: a line in the request's thread, and one to the service level managers."""

from dataclasses import dataclass

from domain.request import Request
from messages.blocks import section
from messages.escaping import plain
from messages.message import Message
from messages.planned import objectives_words, person_words
from messages.reasons import capital
from messages.request_buttons import row
from messages.request_people import ARBITERS, called, the_team
from messages.room import pieces
from messages.undelivered import channel_words

MOST_WORDS = 1500


@dataclass(frozen=True, slots=True)
class Question:
    """What a person of the team wants to know before an answer."""

    by: str
    words: str


def question_line(request: Request, question: Question) -> Message:
    """In the thread. The service level managers are called here only where they have no channel to be told in."""
    arbiters = request.arbiters
    told = f"{ARBITERS} were told" if arbiters and arbiters.channel else ""
    mention = "" if told else called(arbiters)
    lines = [
        f"{mention}{person_words(question.by)} asks about {_subject(request)}:",
        _quoted(question),
        *([f"{capital(told)};", "please answer here."] if told else []),
    ]
    return _message(lines)


def question_to_arbiters(request: Request, question: Question, *, command: str = "/slm") -> Message:
    """In their channel: who asks what, and where to answer."""
    channel = request.team.channel
    lines = [
        f"{person_words(question.by)} of {the_team(request.team)} asks about",
        f"{_subject(request)}:",
        _quoted(question),
        f"{called(request.arbiters)}please answer in the thread",
        f"of the request{f' in {channel_words(channel)}' if channel else ''}.",
    ]
    name = request.asked[0].name if len(request.asked) == 1 else ""
    return _message(lines, see=name)


def _subject(request: Request) -> str:
    return objectives_words([one.name for one in request.asked])


def _quoted(question: Question) -> str:
    return f'"{plain(question.words, MOST_WORDS)}"'


def _message(lines: list[str], *, see: str = "") -> Message:
    buttons = row([("See the terms", f"who {see}")]) if see else []
    return Message(" ".join(lines), (*map(section, pieces(lines)), *buttons))
