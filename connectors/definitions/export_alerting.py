"""How objectives are watched, as AlertPolicy documents: named after what they say, so that SLOs share them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from connectors.definitions.export_words import Written, decimal, document, length
from domain.burn import BurnCondition, Severity
from domain.watching import Watching

LONGEST_NAME = 63
NEVER = BurnCondition(Severity.TICKET, Fraction(1), (60,))
"""Stands in policies that warn of missing data alone, or of nothing: a policy needs some condition."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A condition over one window; `breaching` is whether it warns of it, `no_data` of missing data."""

    condition: BurnCondition
    window: int
    no_data: bool
    breaching: bool = True

    @property
    def name(self) -> str:
        """What it says, as a name."""
        silent = () if self.no_data else ("silence", "is", "fine")
        name = "-".join((*(self._condition() if self.breaching else ["never"]), *silent))
        if len(name) <= LONGEST_NAME:
            return name
        return f"burn-{sha256(name.encode()).hexdigest()[:16]}"

    def _condition(self) -> Iterator[str]:
        one = self.condition
        yield one.severity.value
        yield "from" if one.inclusive else "above"
        yield decimal(one.threshold).text.replace(".", "-")
        yield from ("over", length(self.window))
        if one.after:
            yield from ("for", length(one.after))

    def document(self) -> Written:
        """With its condition written out."""
        one = self.condition
        condition = {
            "kind": "burnrate",
            "op": "gte" if one.inclusive else "gt",
            "threshold": decimal(one.threshold),
            "lookbackWindow": length(self.window),
            "alertAfter": length(one.after),
        }
        written = {"severity": one.severity.value, "condition": condition}
        entry = {"kind": "AlertCondition", "metadata": {"name": self.name}, "spec": written}
        spec = {
            "alertWhenBreaching": self.breaching,
            "alertWhenNoData": self.no_data,
            "conditions": [entry],
        }
        return document("AlertPolicy", self.name, spec)


def policies_of(watching: Watching) -> list[Policy]:
    """Those that an SLO names to be watched so, in order; none where it is watched as usual."""
    if watching.conditions is None:
        return []
    # OpenSLO v1 has no pair of a long and a short window: two policies.
    found = [Policy(one, window, watching.silent) for one in watching.conditions for window in one.windows]
    return found or [Policy(NEVER, NEVER.windows[0], watching.silent, breaching=False)]


def policy_documents(watchings: Iterable[Watching]) -> list[Written]:
    """Each policy once, by name."""
    named = {policy.name: policy for watching in watchings for policy in policies_of(watching)}
    return [named[name].document() for name in sorted(named)]
