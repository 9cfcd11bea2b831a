"""Layers of figures: measured, the agreement's, the owner's, and the owner's were all open disputes to succeed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.correction import Corrections
from domain.measurement import Measurement
from domain.scope import Scope
from domain.spans import Span, Spans


class Layer(StrEnum):
    """Which figure of an objective; each is made of the one before, by rulings, the last by claims."""

    MEASURED = "measured"
    AGREEMENT = "agreement"
    OWNER = "owner"
    IF_UPHELD = "if_upheld"


@dataclass(frozen=True, slots=True)
class Change:
    """What a ruling, or a claim that waits for one, does to the figures of `layer` and of those after it.

    `spans` are minutes that leave whole, good and total; `corrections` are minutes that count otherwise.
    """

    layer: Layer
    spans: tuple[Span, ...] = ()
    corrections: tuple[Measurement, ...] = ()


@dataclass(frozen=True, slots=True)
class Layers:
    """For each layer which minutes count, and as what."""

    measured: Scope
    agreement: Scope
    owner: Scope
    if_upheld: Scope

    def scope(self, layer: Layer) -> Scope:
        """That of one layer."""
        found: Scope = getattr(self, layer.value)
        return found

    def others(self) -> dict[Layer, Scope]:
        """Those layers whose figures differ from the agreement's, or may."""
        named = {layer: self.scope(layer) for layer in Layer}
        return {layer: scope for layer, scope in named.items() if scope != self.agreement}


def layers_of(measured: Scope, changes: Iterable[Change]) -> Layers:
    """From what counts before any ruling; overlapping changes count each minute once."""
    changes = list(changes)
    scopes = [measured]
    for layer in (Layer.AGREEMENT, Layer.OWNER, Layer.IF_UPHELD):
        scopes.append(_changed(scopes[-1], [one for one in changes if one.layer is layer]))
    return Layers(*scopes)


def _changed(scope: Scope, changes: list[Change]) -> Scope:
    if not changes:
        return scope
    spans = [*scope.excluded, *(span for one in changes for span in one.spans)]
    corrections = [*scope.corrections, *(minute for one in changes for minute in one.corrections)]
    return replace(scope, excluded=Spans(spans), corrections=Corrections(corrections))
