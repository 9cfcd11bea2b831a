"""The record of a dispute: what each did or said, a line in the thread."""

from domain.dispute_told import DisputeTold, Entry
from messages.blocks import section
from messages.dispute_words import party_words, said
from messages.message import Message
from messages.planned import person_words

DID = {
    "raise": "raised it",
    "join": "joined it",
    "agree": "agreed",
    "contest": "contests it",
    "propose": "proposes a part",
    "accept": "accepted the proposal",
    "refuse": "refused the proposal",
    "withdraw": "withdrew it",
    "rule": "ruled",
    "appeal": "appeals",
    "reassign": "gave it to another arbiter",
    "add": "adds",
    "remind": "is reminded",
    "unanswered": "did not answer in time: it goes to an arbiter",
    "final": "Nobody appealed in time: the ruling is final",
    "late": "The ruling is overdue",
}


def entry_message(told: DisputeTold, entry: Entry) -> Message:
    """One line of it."""
    return Message(f"{told.dispute.called}: {plain_entry(told, entry)}", (section(entry_words(told, entry)),))


def plain_entry(told: DisputeTold, entry: Entry) -> str:
    """For the lock screen: without who it was."""
    return f"{party_words(told, entry.team)} {DID[entry.action]}" if entry.team else DID[entry.action]


def entry_words(told: DisputeTold, entry: Entry) -> str:
    """ "@kim for retail contests it: “The test ended at 21:32.”"."""
    who = person_words(entry.by) if entry.by else ""
    team = party_words(told, entry.team) if entry.team else ""
    subject = f"{who} for {team}" if who and team else who or team
    words = f": {said(entry.words)}" if entry.words else "."
    return f"{subject} {DID[entry.action]}{words}".strip()
