"""The names that somebody may mean, ready to be looked for in."""

from datetime import datetime

from domain.lookup import Names
from storage.objectives import Objectives
from storage.services import Services
from storage.teams import Teams
from storage.versions import DefinitionsVersion


class KnownNames:
    """Those of one workspace; made once for each version of its definitions."""

    def __init__(
        self, objectives: Objectives, services: Services, teams: Teams, version: DefinitionsVersion
    ) -> None:
        self._objectives = objectives
        self._services = services
        self._teams = teams
        self._version = version

    def in_force(self, *, at: datetime) -> Names:
        """Those of services, teams, and the objectives that were not retired by `at`."""
        since_retired = ",".join(self._objectives.retired_after(at=at))
        return self._version.cached(f"names {since_retired}", lambda: self._names(at))

    def _names(self, at: datetime) -> Names:
        return Names(
            [objective.name for objective in self._objectives.in_force(at=at)],
            services=[service.name for service in self._services.all()],
            teams=[team.name for team in self._teams.all()],
        )
