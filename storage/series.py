"""In which ways an objective is counted, each once."""

from domain.layer import Layers
from storage.counted import Series
from storage.objectives import Kept


def series_of(kept: Kept, first_minute: int) -> list[Series]:
    """The ways in which the objective is counted, each once."""
    ways = zip(kept.counted_as, kept.objective.versions, kept.scopes, strict=True)
    return list(
        {
            counted_as: Series(counted_as, terms.method, first_minute, scope)
            for counted_as, terms, scope in ways
        }.values()
    )


def layers_of_series(kept: Kept, series: Series) -> Layers:
    """Which minutes count in each layer of figures where the objective is counted that way."""
    return kept.layers[kept.counted_as.index(series.terms_id)]
