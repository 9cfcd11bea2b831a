"""What waits for a person."""

from collections.abc import Callable

from messages.example import FRAUD, INVOICE, PAYMENTS
from messages.gallery.status import longest_mine, much_waits
from messages.message import Message
from messages.mine import EXAMPLE, EXAMPLE_HELD, Mine, OwnTeam, mine
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]


def test_teams_worst_objectives_and_planned_work(golden: Golden, lines: Lines) -> None:
    message = mine(EXAMPLE)
    golden("mine", message)
    assert message.text == "2 things wait for you. payments team: 3 of 7 met."
    assert lines(message) == [
        "*2 things wait for you*",
        "✍️ wallet-availability: acknowledge new terms",
        "by Mon 30 Nov",
        "⚠️ W-43 payout-latency: nobody has it yet",
        "since today 08:05 · can wait",
        "*Your teams*",
        "payments team: 3 of 7 met",
        "❌ card-auth-availability · budget left −30%",
        "⚠️ payout-latency · budget left 11%",
        "⚠️ checkout-availability · budget left 15%",
        "❔ ledger-export-freshness · no data",
        "*Planned work ahead*",
        "• Sat 28 Nov `22:00` – Sun 29 Nov `02:00`, Upgrade of the payments database",
    ]


def asked(message: Message) -> list[tuple[str, str]]:
    """The buttons beside lines."""
    accessories = [block["accessory"] for block in message.blocks if "accessory" in block]
    return [(one["text"]["text"], one["value"]) for one in accessories]


def test_warnings_each_have_their_button(lines: Lines) -> None:
    message = mine(EXAMPLE_HELD)
    assert asked(message)[1:] == [("Acknowledge", "ack W-43"), ("Hand back", "ack W-42 back")]
    assert lines(message)[5:7] == [
        "⚠️ W-42 checkout-availability: you have it",
        "since Mon 14:02 · urgent",
    ]
    assert message.text.startswith("2 things wait for you")


def test_what_one_has_is_told_also_without_a_team(lines: Lines) -> None:
    message = mine(Mine((), EXAMPLE.at, held=EXAMPLE_HELD.held))
    assert lines(message)[:2] == ["*Nothing waits for you*", "⚠️ W-42 checkout-availability: you have it"]


def test_questions_hand_overs_and_decisions_each_have_their_button(golden: Golden, lines: Lines) -> None:
    message = mine(much_waits())
    golden("mine_much", message)
    assert asked(message) == [
        ("Look…", "through payments"),
        ("Look…", "through payments after invoice-availability"),
        ("Look", "handover invoice-availability"),
        ("Look…", "through shop"),
        ("Assign…", "assign search-latency"),
    ]
    assert lines(message)[:11] == [
        "*5 things wait for you*",
        "✍️ invoice-availability: acknowledge it again",
        "by Mon 30 Nov",
        "✍️ wallet-availability: acknowledge new terms",
        "by Mon 30 Nov",
        "🤝 invoice-availability: hand-over to shop",
        "proposed Mon 09:00",
        "✍️ 7 objectives of the shop team: acknowledge",
        "the first was due Fri 20 Nov",
        "✋ search-latency: declined by payments",
        "target unrealistic; you decide, since 17 Nov",
    ]


def test_what_one_waits_for(lines: Lines) -> None:
    told = lines(mine(much_waits()))
    start = told.index("*You wait for*")
    assert told[start + 1 : told.index("*Your teams*")] == [
        "✋ search-latency: the service level managers,",
        "since 17 Nov",
        "🤝 invoice-availability: hand-over to shop,",
        "    which has to agree",
        "🤝 basket: hand-over from shop, which has to agree",
    ]


def test_nothing_at_all_is_one_sentence(golden: Golden) -> None:
    message = mine(Mine((OwnTeam(PAYMENTS, (FRAUD, INVOICE)),), EXAMPLE.at))
    golden("mine_nothing", message)
    assert (
        message.text
        == message.blocks[0]["text"]["text"]
        == "Nothing waits for you. payments team: all 2 met."
    )


def test_somebody_without_a_team(golden: Golden) -> None:
    golden("mine_no_team", mine(Mine((), EXAMPLE.at), command="/levels"))


def test_any_number_of_anything_fits(golden: Golden) -> None:
    message = mine(longest_mine())
    golden("mine_longest", message)
    told = str(message.blocks)
    assert "<!" not in told.replace("<!date", "")
    assert message.text.startswith("39 things wait for you. ")
    assert "and 14 more: `/slm warnings open`" in told
    assert "30 more teams" in told
    assert "more" in told.rpartition("Planned work ahead")[2]
    assert " more breached, 400 more at risk, 200 more no data" in told
