"""Greetings, help, refusals, settings of digests, and what stands around an answer."""

from dataclasses import replace

from domain.readers import Reader, ReaderKind, subscriber
from domain.refusal import Refusal
from domain.subscription import Subscription
from domain.team import DigestSchedule, Team, TeamKind
from messages.blocks import section
from messages.digest_settings import EXAMPLE as SETTINGS
from messages.digest_settings import Setting, digest_settings
from messages.example import NINE, PAYMENTS
from messages.framing import for_all, for_asker
from messages.gallery.shown import HOSTILE, Shown
from messages.greeting import EXAMPLE as GREETING
from messages.greeting import Greeting, greeting
from messages.help import EXAMPLE as USAGES
from messages.help import Usage, command_help, every_command, help_message
from messages.message import Message
from messages.refusal import (
    EXAMPLE,
    EXAMPLE_OFFERS,
    answer,
    not_opened,
    refusal_message,
    something_went_wrong,
    working_on_it,
)

RETAIL = Team("retail", TeamKind.CUSTOMER, digest=DigestSchedule(days=frozenset({0})))
MANY_USAGES = tuple(Usage(f"word-{n} NAME", f"what it does {n}", f"word-{n} checkout") for n in range(40))
FRAMED = Message("told", (section("told"),), "figures to 09:00")
LONGEST_OFFERS = tuple((HOSTILE, f"status {n}{HOSTILE}"[:150]) for n in range(9))


def longest_greeting() -> Greeting:
    team = Team(HOSTILE, display_name=HOSTILE)
    return Greeting(HOSTILE, [replace(team, name=f"{n}") for n in range(40)])


def longest_settings() -> list[Setting]:
    subscribed = subscriber(Subscription("C1", "U1", NINE, (HOSTILE,) * 50))
    team = Reader(ReaderKind.TEAM, Team(HOSTILE, display_name=HOSTILE))
    return [replace(SETTINGS[0], reader=one) for one in (subscribed, team)]


SHOWN_GREETINGS = (
    Shown("greeting", "in a team's channel", lambda: greeting(GREETING)),
    Shown(
        "greeting_no_team", "in a channel of no team", lambda: greeting(Greeting("random"), command="/levels")
    ),
    Shown(
        "greeting_shared",
        "where outsiders read",
        lambda: greeting(Greeting("retail-levels", (RETAIL, PAYMENTS), shared=True)),
    ),
    Shown("greeting_shared_nobody", "where only outsiders read", lambda: greeting(Greeting(shared=True))),
    Shown("greeting_undefined", "empty: no definitions", lambda: greeting(Greeting("random", defined=False))),
    Shown("greeting_longest", "huge: 40 teams with hostile names", lambda: greeting(longest_greeting())),
)
SHOWN_SETTINGS = (
    Shown("digest_settings", "a team's digest", lambda: digest_settings(SETTINGS)),
    Shown("digest_settings_longest", "huge, with hostile names", lambda: digest_settings(longest_settings())),
)
SHOWN_HELP = (
    Shown("help", "what there is", lambda: help_message(USAGES, command="/levels")),
    Shown("help_of_status", "one command", lambda: command_help(USAGES[1], alias="/slm-status")),
    Shown("help_first", "huge: the first of 40", lambda: help_message(MANY_USAGES)),
    Shown("help_all", "huge: all of 40", lambda: every_command(MANY_USAGES)),
)
SHOWN_REFUSALS = (
    Shown("refusal", "a no, with its remedy", lambda: refusal_message(EXAMPLE, EXAMPLE_OFFERS)),
    Shown(
        "refusal_longest",
        "huge, with hostile names",
        lambda: refusal_message(Refusal(HOSTILE), LONGEST_OFFERS),
    ),
    Shown("something_went_wrong", "what nobody foresaw", lambda: something_went_wrong("R-7F3K")),
    Shown("working_on_it", "it takes longer than two seconds", working_on_it),
    Shown("form_not_opened", "Slack did not open a form", not_opened),
    Shown("plain_answer", "a plain answer", lambda: answer("Nothing waits for you.")),
    Shown("for_asker", "an answer for one person", lambda: for_asker(FRAMED, share="status checkout")),
    Shown("for_all", "an answer that somebody shared", lambda: for_all(FRAMED, by="U0ANA")),
)
