"""Which state outsiders are shown: what was attained, never what is feared."""

from domain.standing import Standing, State


def shown_state(standing: Standing) -> State:
    """At risk only where the attainment is below the target so far: a small budget left is our own affair."""
    attainment = standing.attainment
    if standing.state is State.AT_RISK and attainment is not None and attainment >= standing.terms.target:
        return State.MET
    return standing.state
