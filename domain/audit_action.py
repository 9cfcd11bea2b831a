"""What the audit trail calls what people do."""

from enum import StrEnum


class Action(StrEnum):
    """The words are stored: one that was ever released is never changed."""

    CREATED = "created"
    CHANGED = "changed"
    RETIRED = "retired"
    RESTORED = "restored"
    REMOVED = "removed"

    WORK_PLANNED = "work planned"
    WORK_WITHDRAWN = "work withdrawn"

    ACKNOWLEDGED = "acknowledged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    QUESTIONED = "questioned"
    ASSIGNED = "assigned"
    CONFIRMED = "confirmed"

    HANDOVER_PROPOSED = "handover proposed"
    HANDOVER_AGREED = "handover agreed"
    HANDOVER_REFUSED = "handover refused"
    HANDED_OVER = "handed over"

    WARNING_TAKEN = "warning taken"
    WARNING_HANDED_BACK = "warning handed back"
    WARNING_SNOOZED = "warning snoozed"

    DIGEST_CHANGED = "digest changed"
    DIGEST_SUBSCRIBED = "digest subscribed"
    ERASED = "erased"

    DISPUTED = "disputed"
    DISPUTE_JOINED = "dispute joined"
    DISPUTE_AGREED = "dispute agreed"
    DISPUTE_CONTESTED = "dispute contested"
    DISPUTE_PART_PROPOSED = "dispute part proposed"
    DISPUTE_WITHDRAWN = "dispute withdrawn"
    ARBITER_NAMED = "arbiter named"
    DISPUTE_EVIDENCE = "dispute evidence"
    RULED = "ruled"
    RULING_FINAL = "ruling final"
    APPEALED = "appealed"

    PROPOSED = "proposed"
    PROPOSAL_ACCEPTED = "proposal accepted"
    PROPOSAL_DECLINED = "proposal declined"
    PROPOSAL_COUNTERED = "proposal countered"
    PROPOSAL_WITHDRAWN = "proposal withdrawn"
    PROPOSAL_LAPSED = "proposal lapsed"
    PROPOSAL_TAKES_EFFECT = "proposal takes effect"

    CLOSED = "closed"
    RESTATED = "restated"
    EXPLAINED = "explained"
