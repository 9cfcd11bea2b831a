"""Definitions as the documents that say them: OpenSLO v1 and our own kinds, always in the same order."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.definitions.document import HEADER
from connectors.definitions.export_alerting import policy_documents
from connectors.definitions.export_exclusion import exclusion_document
from connectors.definitions.export_ours import agreement_document, calendar_document, team_document
from connectors.definitions.export_slo import slo_documents
from connectors.definitions.export_words import Written, document, given, labels_written
from domain.definition import Kind
from domain.objective import Service
from domain.openslo_document import OpensloDocument
from domain.plan import Current


@dataclass(frozen=True, slots=True)
class Exported:
    """The documents by the name of the file that they would be in; `unsaid` is what no document says."""

    files: Mapping[str, list[Written]]
    unsaid: list[tuple[Kind, str]] = field(default_factory=list)

    @property
    def documents(self) -> list[Written]:
        """All of them."""
        return [each for documents in self.files.values() for each in documents]


def exported(current: Current) -> Exported:
    """What is in force by the files and by what was changed in Slack: the newest terms, nothing retired.

    Planned work that was planned or withdrawn in Slack is left to Slack.
    """
    objectives = [each for each in current.objectives if each.retired_at is None]
    slos, unsaid = slo_documents(objectives)
    work = [each for each in current.exclusions if each.author is None and each.withdrawn_at is None]
    planned = {each.name: exclusion_document(each) for each in work}
    files = {
        "calendars": [calendar_document(each) for each in current.calendars],
        "teams": [team_document(each) for each in current.teams],
        "services": [_service(each) for each in current.services],
        "data-sources": [_kept(each) for each in current.documents if each.kind == "DataSource"],
        "notification-targets": [_kept(each) for each in current.documents if each.kind != "DataSource"],
        "agreements": [agreement_document(each) for each in current.agreements],
        "alert-policies": policy_documents(each.watching for each in objectives),
        "slos": slos,
        "planned-work": [each for each in planned.values() if each],
    }
    missing = [(Kind.OBJECTIVE, name) for name in unsaid]
    missing += [(Kind.EXCLUSION, name) for name, each in planned.items() if each is None]
    return Exported({name: sorted(found, key=_name) for name, found in files.items()}, missing)


def _name(written: Written) -> str:
    metadata = written["metadata"]
    assert isinstance(metadata, Mapping)  # noqa: S101 -- every document has it
    return str(metadata["name"])


def _service(service: Service) -> Written:
    spec = given({"description": service.description})
    labels = labels_written(service.labels)
    return document("Service", service.name, spec, displayName=service.display_name, labels=labels)


def _kept(kept: OpensloDocument) -> Written:
    """As it was written, in the usual order."""
    body = json.loads(kept.body)
    return {part: body[part] for part in HEADER if part in body}
