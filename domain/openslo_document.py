"""Documents of OpenSLO that are kept as they were written, for whoever reads them later and for the export."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpensloDocument:
    """`kind` is DataSource or AlertNotificationTarget; `body` is the whole document as canonical JSON."""

    kind: str
    name: str
    body: str
