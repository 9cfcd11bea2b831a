"""All commands, in the order in which help shows them."""

from commands.ack import ack
from commands.ack_all import all_at_once
from commands.answer import answer as answer_dispute
from commands.answer import answer_form
from commands.appeal import appeal, appeal_form
from commands.ask import Ask
from commands.assign import assign, assign_form
from commands.breach_warnings import warnings
from commands.command import Command
from commands.confirm import confirm, confirm_form
from commands.decline import decline, declining
from commands.digest import digest
from commands.dispute import dispute, dispute_form
from commands.disputes import disputes, show
from commands.explain import explain
from commands.handover import handover, handover_form
from commands.help import show_help
from commands.history import history
from commands.maintenance import maintenance
from commands.mine import mine
from commands.question import question, questioning
from commands.rule import rule, rule_form
from commands.snooze import snooze, snooze_form
from commands.status import status
from commands.through import going, through
from commands.who import who
from commands.withdraw import withdraw
from messages.message import Message
from storage.store import Store


def _help(ask: Ask, store: Store) -> Message:
    return show_help(ask, COMMANDS, store)


COMMANDS: tuple[Command, ...] = (
    Command("mine", "mine", "what waits for you", "mine", mine, shareable=False),
    Command("status", "status [NAME]", "how it stands", "status checkout", status),
    Command("explain", "explain NAME", "how a figure came about", "explain checkout-a", explain),
    Command(
        "ack",
        "ack [NAME|all]",
        "ours, or: I have it",
        "ack checkout",
        ack,
        shareable=False,
        form=all_at_once,
    ),
    Command("warnings", "warnings [NAME]", "what is warned of, and was", "warnings checkout", warnings),
    Command("history", "history NAME", "how it stood before", "history checkout by week", history),
    Command("who", "who NAME", "who answers for it", "who checkout", who, shareable=False),
    Command(
        "decline",
        "decline NAME GROUND",
        "not ours, or not like this",
        "decline checkout target-unrealistic because it was never met",
        decline,
        shareable=False,
        form=declining,
    ),
    Command(
        "through",
        "through [TEAM]",
        "what a team is asked, one by one",
        "through payments",
        through,
        shareable=False,
        form=going,
    ),
    Command(
        "withdraw",
        "withdraw NAME",
        "take an acknowledgement back",
        "withdraw checkout",
        withdraw,
        shareable=False,
        for_outsiders=True,
        for_guests=True,
    ),
    Command(
        "ask",
        "ask NAME QUESTION",
        "a question before you acknowledge it",
        "ask checkout does planned work count?",
        question,
        shareable=False,
        form=questioning,
    ),
    Command(
        "handover",
        "handover NAME to TEAM",
        "give it to another team",
        "handover checkout to shop because they build it now",
        handover,
        shareable=False,
        form=handover_form,
    ),
    Command(
        "assign",
        "assign NAME to TEAM",
        "whose it is, by who arbitrates",
        "assign search-latency to discovery",
        assign,
        shareable=False,
        form=assign_form,
    ),
    Command(
        "confirm",
        "confirm NAME",
        "it stays with who declined it",
        "confirm wallet-availability because the target was agreed",
        confirm,
        shareable=False,
        form=confirm_form,
    ),
    Command(
        "dispute",
        "dispute NAME",
        "contest a figure, owner or target",
        "dispute checkout from fri 21:14 to 21:40 ground out-of-scope because load test",
        dispute,
        shareable=False,
        form=dispute_form,
        for_outsiders=True,
        for_guests=True,
    ),
    Command(
        "disputes",
        "disputes [WHICH]",
        "what is contested, whose turn it is",
        "disputes mine",
        disputes,
        shareable=False,
    ),
    Command(
        "show",
        "show D-17",
        "one dispute whole",
        "show D-17 minutes",
        show,
        shareable=False,
        for_outsiders=True,
        for_guests=True,
    ),
    Command(
        "answer",
        "answer D-17 WORD",
        "agree, contest, propose a part",
        "answer D-17 contest because the test ended at 21:32",
        answer_dispute,
        shareable=False,
        form=answer_form,
        for_outsiders=True,
        for_guests=True,
    ),
    Command(
        "rule",
        "rule D-17 OUTCOME",
        "the arbiter's word",
        "rule D-17 part from 21:14 to 21:32 because the log shows it",
        rule,
        shareable=False,
        form=rule_form,
        for_outsiders=True,
        for_guests=True,
    ),
    Command(
        "appeal",
        "appeal D-17",
        "to another arbiter, once",
        "appeal D-17 because the log is incomplete",
        appeal,
        shareable=False,
        form=appeal_form,
        for_outsiders=True,
        for_guests=True,
    ),
    Command(
        "snooze",
        "snooze NAME TIME",
        "no reminders of a warning for a while",
        "snooze W-42 until digest",
        snooze,
        shareable=False,
        form=snooze_form,
    ),
    Command(
        "digest",
        "digest [WORD]",
        "when digests come",
        "digest at 08:30",
        digest,
        shareable=False,
        for_outsiders=True,
    ),
    Command(
        "maintenance",
        "maintenance [NAME]",
        "planned work",
        "maintenance checkout from sat 22:00 to 02:00 because upgrade",
        maintenance,
        shareable=False,
        for_outsiders=True,
    ),
    Command(
        "help", "help [WORD]", "what you can ask", "help status", _help, shareable=False, for_outsiders=True
    ),
)
"""The first is asked by the slash command alone; help shows the first eight."""
