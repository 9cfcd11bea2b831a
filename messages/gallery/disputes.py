"""Disputes: in the channels of their parties, in their threads, as answers, as forms."""

from dataclasses import replace

from domain.dispute import Action, Contested, DisputeGround, Effect, Joined, Outcome, Ruling
from domain.dispute_told import DisputeTold, Entry
from domain.team import Team, TeamKind
from messages.dispute import dispute_message
from messages.dispute_answers import answered, appealed, joined, raised, reassigned, ruled, withdrawn
from messages.dispute_example import (
    ANA,
    APPEALED,
    CONTESTED,
    CONTESTED_AT,
    EXAMPLE,
    FINAL,
    LINKS,
    PROPOSED,
    RAISE,
    RAISED,
    RULED,
    RULED_AT,
    SETTLED,
    WITHDRAWN,
)
from messages.dispute_forms import (
    add_form,
    appeal_form,
    contest_form,
    dispute_form,
    propose_form,
    refuse_form,
    rule_form,
)
from messages.dispute_minutes import minutes_message
from messages.dispute_thread import DID, entry_message
from messages.disputes_list import EMPTY, Listed, disputes_list
from messages.escaping import one_line
from messages.example import CARD_AUTH, NINE, PAYMENTS, RETAIL
from messages.explain import EXAMPLE as EXPLAINED
from messages.form import Form
from messages.gallery.shown import HOSTILE, Shown, ShownForm
from messages.message import Message

TEAMS = {team.name: team for team in (PAYMENTS, RETAIL)}
UNANSWERED = replace(
    CONTESTED, dispute=replace(CONTESTED.dispute, unanswered=True, arbiter=None), record=(RAISE,)
)
OWNER = replace(
    EXAMPLE,
    dispute=replace(RAISED, ground=DisputeGround.NOT_OURS, contested=Contested(), new_owner="retail"),
    layered=None,
)
TARGET = replace(OWNER, dispute=replace(OWNER.dispute, ground=DisputeGround.TARGET_WRONG))
OWNER_UPHELD = replace(
    OWNER,
    dispute=OWNER.dispute.rule(at=RULED_AT, appeal_by=RULED_AT),
    rulings=(Ruling(17, 1, Outcome.UPHELD, Effect.NEW_OWNER, None, Contested(), "It is.", ANA, RULED_AT),),
)
VENDOR = Team("bank-gateway", TeamKind.THIRD_PARTY)


def longest(told: DisputeTold) -> DisputeTold:
    """Hostile names everywhere, and a team that joined."""
    one = told.dispute
    hostile = replace(
        one,
        objective=HOSTILE,
        words=HOSTILE,
        raiser=HOSTILE,
        joined=(Joined(HOSTILE, HOSTILE, CONTESTED_AT, HOSTILE),) * 3,
        contested=replace(one.contested, spans=one.contested.spans * 40),
    )
    team = Team(HOSTILE, display_name=HOSTILE)
    rulings = tuple(replace(each, reasons=HOSTILE, by=HOSTILE) for each in told.rulings)
    record = tuple(entry._replace(words=HOSTILE, by=HOSTILE, team=HOSTILE) for entry in told.record)
    similar = tuple(replace(each, reasons=HOSTILE) for each in told.similar) * 3
    return replace(
        told, dispute=hostile, raiser=team, counterpart=team, rulings=rulings, record=record, similar=similar
    )


def _listed(word: str, *found: DisputeTold) -> Message:
    return disputes_list(Listed(word, [told.dispute for told in found], TEAMS, NINE, "Europe/Berlin"))


def _none(word: str) -> Shown:
    return Shown(f"disputes_none_{word.replace('-', '_')}", "empty", lambda: _listed(word))


def _raising(zone: str = "Europe/Berlin") -> Form:
    spells = EXPLAINED.spells
    return dispute_form(CARD_AUTH, spells, [RETAIL], "retail", zone)


STAGES = {
    "dispute": ("in the raiser's channel", EXAMPLE),
    "dispute_counterpart": ("in the counterpart's channel", EXAMPLE.read_by("retail")),
    "dispute_owner": ("about the owner", OWNER),
    "dispute_owner_upheld": ("about the owner, upheld", OWNER_UPHELD),
    "dispute_target": ("about the target", TARGET),
    "dispute_proposed": ("edited: a part is proposed", PROPOSED),
    "dispute_settled": ("edited: settled", SETTLED),
    "dispute_contested": ("edited: the arbiter's turn", CONTESTED),
    "dispute_unanswered": ("edited: no answer, and nobody is neutral", UNANSWERED),
    "dispute_ruled": ("edited: ruled", RULED),
    "dispute_appealed": ("edited: appealed", APPEALED),
    "dispute_final": ("edited: final", FINAL),
    "dispute_withdrawn": ("edited: withdrawn", WITHDRAWN),
    "dispute_longest": ("huge, with hostile names", longest(EXAMPLE)),
    "dispute_contested_longest": ("the same, contested", longest(CONTESTED)),
    "dispute_ruled_longest": ("the same, ruled", longest(RULED)),
}


def _shown(name: str, title: str, told: DisputeTold) -> Shown:
    return Shown(name, title, lambda: dispute_message(told))


def _line(action: str) -> Shown:
    who = ANA if action not in ("final", "late", "unanswered", "remind") else None
    entry = Entry(CONTESTED_AT, who, "payments" if who else None, action, LINKS.words if who else "")
    return Shown(f"dispute_line_{action}", action, lambda: entry_message(EXAMPLE, entry))


SHOWN = tuple(_shown(name, title, told) for name, (title, told) in STAGES.items())
SHOWN_LINES = (
    *map(_line, DID),
    Shown(
        "dispute_line_longest", "hostile", lambda: entry_message(longest(EXAMPLE), longest(EXAMPLE).record[0])
    ),
)
SHOWN_ANSWERS = (
    Shown("dispute_raised", "raised", lambda: raised(EXAMPLE, ["U0KIM1234"])),
    Shown(
        "dispute_raised_unheard",
        "the counterpart has no channel",
        lambda: raised(replace(EXAMPLE, counterpart=VENDOR), []),
    ),
    Shown("dispute_raised_longest", "with hostile names", lambda: raised(longest(EXAMPLE), [HOSTILE] * 50)),
    Shown("dispute_joined", "joined", lambda: joined(EXAMPLE)),
    Shown("dispute_answered_agree", "agreed", lambda: answered(SETTLED, Action.AGREE)),
    Shown("dispute_answered_contest", "contested", lambda: answered(CONTESTED, Action.CONTEST)),
    Shown("dispute_answered_propose", "a part proposed", lambda: answered(PROPOSED, Action.PROPOSE)),
    Shown("dispute_answered_add", "evidence added", lambda: answered(EXAMPLE, Action.ADD)),
    Shown("dispute_answer_withdrawn", "withdrawn", lambda: withdrawn(WITHDRAWN)),
    Shown("dispute_answer_ruled", "ruled", lambda: ruled(RULED)),
    Shown("dispute_answer_final", "ruled on appeal", lambda: ruled(FINAL)),
    Shown("dispute_answer_appealed", "appealed", lambda: appealed(APPEALED)),
    Shown("dispute_reassigned", "given to another arbiter", lambda: reassigned(CONTESTED)),
    Shown("dispute_nobody_neutral", "nobody can rule", lambda: reassigned(UNANSWERED)),
    Shown("dispute_minutes", "the minutes", lambda: minutes_message(EXAMPLE)),
    Shown("dispute_minutes_none", "nothing measured", lambda: minutes_message(replace(EXAMPLE, measured=()))),
    Shown(
        "dispute_minutes_many",
        "huge: 500 minutes",
        lambda: minutes_message(replace(EXAMPLE, measured=EXAMPLE.measured * 20)),
    ),
    Shown("disputes", "open ones", lambda: _listed("open", EXAMPLE, PROPOSED, CONTESTED, RULED)),
    Shown("disputes_over", "one that is over", lambda: _listed("all", SETTLED)),
    Shown("disputes_many", "huge, hostile", lambda: _listed("all", *[longest(EXAMPLE)] * 200)),
    *map(_none, EMPTY),
)
SHOWN_FORMS = (
    ShownForm("dispute", "raise", _raising),
    ShownForm("dispute_no_spells", "empty", lambda: dispute_form(CARD_AUTH, [], [], None, "UTC")),
    ShownForm(
        "dispute_many_teams",
        "huge: 150 teams",
        lambda: dispute_form(
            CARD_AUTH, [], [Team(f"t{n}", display_name=one_line(HOSTILE)) for n in range(150)], None, "UTC"
        ),
    ),
    ShownForm("dispute_contest", "contest", lambda: contest_form(EXAMPLE)),
    ShownForm("dispute_refuse", "refuse", lambda: refuse_form(PROPOSED)),
    ShownForm("dispute_add", "add evidence", lambda: add_form(EXAMPLE)),
    ShownForm("dispute_appeal", "appeal", lambda: appeal_form(RULED)),
    ShownForm("dispute_propose", "propose a part", lambda: propose_form(EXAMPLE)),
    ShownForm("dispute_rule", "rule", lambda: rule_form(CONTESTED)),
    ShownForm("dispute_rule_owner", "rule on an owner", lambda: rule_form(OWNER)),
    ShownForm("dispute_rule_longest", "rule, hostile", lambda: rule_form(longest(CONTESTED))),
)
