"""How the objectives of an SLO are watched: its alert policies, and the chance from which forecasts warn."""

from dataclasses import dataclass
from fractions import Fraction

from connectors.definitions.alert_policy import Alerting, AlertPolicy, most_severe_first, read_policy
from connectors.definitions.document import Document, Links
from connectors.definitions.embedded import POLICY, read_entry
from connectors.definitions.fields import Fields
from connectors.definitions.findings import Findings, quoted
from connectors.definitions.metadata import Annotations
from connectors.definitions.nodes import Node
from connectors.definitions.scalars import share
from domain.burn import BurnCondition
from domain.condition_fit import misfits
from domain.objective import Objective
from domain.watching import DEFAULT_WATCHING, WARN_AT, Watching

WARN_AT_NAME = "warn-at"


@dataclass(frozen=True, slots=True)
class Written:
    """A condition of an SLO, by the name of its policy and the line that names it."""

    condition: BurnCondition
    policy: str
    line: int


@dataclass(frozen=True, slots=True)
class Watched:
    """How an SLO's objectives are watched, and where that is written."""

    watching: Watching = DEFAULT_WATCHING
    written: tuple[Written, ...] = ()

    def check(self, objective: Objective, findings: Findings) -> None:
        """Note conditions that cannot work for the objective."""
        for one in self.written:
            for sentence in misfits(one.condition, objective.versions[0]):
                text = f"The AlertPolicy `{one.policy}` does not fit `{objective.name}`. {sentence}"
                findings.add("E804", one.line, text)


def read_watched(spec: Fields, annotations: Annotations, alerting: Alerting, links: Links) -> Watched:
    """From the spec and the annotations of an SLO. Without policies, or with an empty list, the defaults hold."""
    warn_at = _warn_at(annotations)
    items = spec.items("alertPolicies")
    if not items:
        return Watched(Watching(warn_at=warn_at))
    named = [(item, *_policy(item, spec, alerting, links)) for item in items]
    policies = [policy for _, _, policy in named if policy]
    written = tuple(
        Written(policy.condition, name, item.line)
        for item, name, policy in named
        if policy and policy.condition
    )
    if policies and not written:
        text = "None of these policies warns when the budget burns (alertWhenBreaching): nothing does."
        spec.error("W805", "alertPolicies", text)
    silent = not policies or any(policy.no_data is not False for policy in policies)
    conditions = most_severe_first(one.condition for one in written)
    return Watched(Watching(conditions, silent, warn_at), written)


def _policy(item: Node, spec: Fields, alerting: Alerting, links: Links) -> tuple[str, AlertPolicy | None]:
    found = read_entry(POLICY, item, spec.findings, links)
    if isinstance(found, Document):
        return found.name, read_policy(found, alerting.conditions, links)
    return found or "", None if found is None else alerting.policies.get(found)


def _warn_at(annotations: Annotations) -> Fraction:
    text = annotations.get(WARN_AT_NAME)
    if text is None:
        return WARN_AT
    ratio = share(text)
    if ratio is not None and 0 < ratio < 1:
        return ratio
    sentence = (
        f'`steward/warn-at` is {quoted(text)}; it must be a chance above 0 and below 1, as "0.6" or "60%".'
    )
    annotations.error("E516", WARN_AT_NAME, sentence)
    return WARN_AT
