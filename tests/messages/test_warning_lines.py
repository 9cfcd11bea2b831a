"""What stands below a warning: lines of its thread, the line of a breach, and under which keys they are said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.burn import Severity
from domain.episode import WarningKind
from domain.team import Rung, Team
from domain.warned import Happening, Turn, Warned
from messages.gallery.shown import HOSTILE
from messages.gallery.warnings import (
    bundle,
    bundle_over,
    happened,
    snoozed,
    with_warning,
    withdrawn,
)
from messages.message import Message
from messages.warning import warning_message
from messages.warning_breach import breach_line
from messages.warning_example import ACKNOWLEDGED, ANA, BREACHED, BURNING, EVA, OVER, PAT, SILENT, WATCHERS
from messages.warning_notices import said_of
from messages.warning_thread import thread_line

Lines = Callable[[Message], list[str]]
CHECKOUT = "checkout-availability"


def rung(to: str) -> Rung:
    return Rung(to, timedelta(minutes=30))


@pytest.mark.parametrize(
    ("message", "said"),
    [
        pytest.param(happened(Turn.JOINED), "checkout-availability burns as well.", id="joined"),
        pytest.param(happened(Turn.JOINED, bundle()), "7 objectives burn as well.", id="several joined"),
        pytest.param(
            happened(Turn.JOINED, SILENT),
            "ledger-export-freshness is silent as well.",
            id="a silent one joined",
        ),
        pytest.param(
            happened(Turn.ACKNOWLEDGED, by=ANA), f"<@{ANA}> has it: nobody else is asked.", id="had"
        ),
        pytest.param(
            happened(Turn.HANDED_BACK, by=ANA), "Handed back at 14:02: nobody has it now.", id="back"
        ),
        pytest.param(
            happened(Turn.SNOOZED, snoozed(), by=ANA),
            "Snoozed until 14:59: nobody is asked, unless it gets urgent.",
            id="snoozed",
        ),
        pytest.param(happened(Turn.REOPENED), "It began again at 14:02.", id="began again"),
        pytest.param(
            happened(Turn.REOPENED, bundle(), objectives=("checkout-003",)),
            "It began again at 13:59: checkout-003.",
            id="one of several began again",
        ),
        pytest.param(
            happened(Turn.OVER, OVER), "Over. It took 12% of the budget (3,024 requests).", id="over"
        ),
        pytest.param(happened(Turn.OVER, bundle_over()), "Over: 7 objectives.", id="several over"),
        pytest.param(happened(Turn.WITHDRAWN, withdrawn()), "Forecast withdrawn, 28%.", id="withdrawn"),
        pytest.param(
            happened(Turn.URGENT, ACKNOWLEDGED),
            "checkout-availability: urgent now; 14% of requests are failing.",
            id="urgent, and someone has it: nobody is called",
        ),
    ],
)
def test_lines(message: Message, said: str, lines: Lines) -> None:
    assert lines(message) == [said]
    assert "<!date" not in message.text


def test_who_acknowledged_is_called_and_who_gave_it_back_or_snoozed_it_is_not() -> None:
    assert ANA in happened(Turn.ACKNOWLEDGED, by=ANA).text
    assert ANA not in str(happened(Turn.HANDED_BACK, by=ANA))
    assert ANA not in str(happened(Turn.SNOOZED, snoozed(), by=ANA))


def test_what_gets_urgent_calls_the_team(lines: Lines) -> None:
    said = lines(happened(Turn.URGENT, BURNING))
    assert said[0].startswith("<!subteam^S0PAY1234> checkout-availability: urgent now;")
    assert said[1] == "[Acknowledge]"
    few = replace(BURNING, team=replace(WATCHERS, usergroup=None, members=(ANA, "ben@example.com", PAT)))
    assert lines(happened(Turn.URGENT, few))[0].startswith(f"<@{ANA}> <@{PAT}> checkout")


@pytest.mark.parametrize(
    ("to", "team", "called"),
    [
        pytest.param("manager", WATCHERS, f"<@{PAT}> ", id="the manager"),
        pytest.param("manager", replace(WATCHERS, manager="pat@example.com"), "The manager: ", id="no ID"),
        pytest.param("slm", WATCHERS, f"<@{EVA.members[0]}> ", id="the service level managers"),
        pytest.param("members", WATCHERS, "<!subteam^S0PAY1234> ", id="the team"),
        pytest.param("S0ONCALL1", WATCHERS, "<!subteam^S0ONCALL1> ", id="a user group"),
        pytest.param("U0BEN1234", WATCHERS, "<@U0BEN1234> ", id="a person"),
    ],
)
def test_who_is_asked_is_called(to: str, team: Team, called: str, lines: Lines) -> None:
    said = lines(happened(Turn.ASKED, replace(BURNING, team=team), rung=rung(to)))
    assert said == [
        f"{called}W-42, checkout-availability: nobody has it yet. Can you take it?",
        "[Acknowledge]",
    ]


def test_a_breach_is_one_line_in_the_channel(lines: Lines) -> None:
    message = breach_line(BREACHED, CHECKOUT)
    assert message.text == "checkout-availability breached at 15:16"
    assert lines(message) == ["❌ *checkout-availability* breached at 15:16 · W-42"]
    several = breach_line(bundle(), *(one.name for one in bundle().objectives))
    assert several.text == "7 objectives of checkout breached at 13:59"


def test_all_is_said_under_its_keys() -> None:
    at = BREACHED.at
    happenings = [Happening(Turn.BREACHED, at, (CHECKOUT,)), Happening(Turn.REOPENED, at, (CHECKOUT,))]
    said = said_of(BREACHED, happenings, command="/levels")
    assert said.content == warning_message(BREACHED, command="/levels").content
    breach, line = said.lines
    assert (breach.key, breach.thread) == ("warning:42:breached:checkout-availability", None)
    assert line.key == happenings[1].key(BREACHED.warning)
    assert line.thread == "warning:42"
    assert {(one.channel, one.team, one.internal, one.created_at) for one in said.lines} == {
        ("#team-payments", "payments", True, at)
    }


def test_who_handed_it_back_stands_in_the_message() -> None:
    given = with_warning(ACKNOWLEDGED, acknowledged_by=None, acknowledged_at=None)
    said = said_of(given, [Happening(Turn.HANDED_BACK, given.at, by=ANA)])
    assert f"Handed back by <@{ANA}>" in str(said.content.blocks)
    assert f"Handed back by <@{ANA}>" not in str(said_of(given, []).content.blocks)


def test_without_a_channel_there_are_no_lines() -> None:
    nowhere = with_warning(BREACHED, channel="")
    assert said_of(nowhere, [Happening(Turn.BREACHED, BREACHED.at, (CHECKOUT,))]).lines == ()


@pytest.mark.parametrize("turn", list(Turn))
@pytest.mark.parametrize(
    "warned", [bundle(9, name=HOSTILE), BURNING, withdrawn(), OVER], ids=["nine", "one", "forecast", "over"]
)
def test_every_turn_has_a_line_for_every_warning(turn: Turn, warned: Warned) -> None:
    names = tuple(one.objective for one in warned.warning.episodes)
    happening = Happening(turn, warned.at, names, HOSTILE, rung(HOSTILE))
    assert "<!channel>" not in str(thread_line(happening, warned).blocks)
    assert said_of(warned, [happening]).lines[0].content.text


def test_kinds_and_severities_are_all_told() -> None:
    for kind in WarningKind:
        for severity in Severity:
            objectives = bundle(1, kind).objectives
            episode = replace(objectives[0].episode, severity=severity)
            one = replace(bundle(1, kind), objectives=(replace(objectives[0], episode=episode),))
            assert warning_message(with_warning(one, episodes=(episode,))).blocks
