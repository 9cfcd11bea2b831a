"""All four figures of an objective at an instant."""

from dataclasses import dataclass

from domain.layer import Layer
from domain.standing import Standing


@dataclass(frozen=True, slots=True)
class Layered:
    """How an objective stands in each layer; where no ruling or claim makes a difference they are equal."""

    measured: Standing
    agreement: Standing
    owner: Standing
    if_upheld: Standing

    def standing(self, layer: Layer) -> Standing:
        """That of one layer."""
        found: Standing = getattr(self, layer.value)
        return found

    def differs(self, layer: Layer) -> bool:
        """Whether other counts stand behind it than behind the agreement's figure."""
        return self.standing(layer).figures.counts != self.agreement.figures.counts
