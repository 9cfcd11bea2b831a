"""A file of alert policies alone, to try them on history before any SLO has them."""

from pathlib import Path

from connectors.definitions.alert_policy import Alerting, most_severe_first, read_alerting
from connectors.definitions.compose import documents
from connectors.definitions.document import Document, Links, documents_in
from connectors.definitions.files import shown, texts
from connectors.definitions.findings import Findings
from connectors.definitions.references import Defined, check_unused, first_of_each
from domain.burn import BurnCondition
from domain.definition import Problem, Severity

ALONE = ("AlertPolicy", "AlertCondition", "AlertNotificationTarget")


def read_policies(path: Path) -> tuple[tuple[BurnCondition, ...], tuple[Problem, ...]]:
    """The conditions of all policies in a file or folder, the most severe first; and what is wrong with it.

    Never raises for what is in it. With an error among the problems the conditions are incomplete.
    """
    problems: list[Problem] = []
    read = [
        document
        for findings, text in texts([path], problems)
        for root in documents(text, findings)
        for document in documents_in(root, findings)
    ]
    links = Links()
    alerting = read_alerting(_alone(first_of_each(read)), links)
    defined = Defined(read, (), None)
    for reference in links.references:
        defined.check(reference)
    check_unused([each for each in read if each.kind == "AlertCondition"], links)
    if not alerting.policies and not any(problem.severity is Severity.ERROR for problem in problems):
        Findings(shown(path), problems).add("E805", 0, "There is no AlertPolicy here, so nothing to try.")
    return _conditions(alerting), tuple(sorted(set(problems)))


def _alone(read: list[Document]) -> list[Document]:
    """The documents of these kinds; others are noted."""
    for each in read:
        if each.kind not in ALONE:
            text = f"A file of policies has no {each.kind}; keep the policies in a file of their own."
            each.findings.add("E805", each.line, text)
    return [each for each in read if each.kind in ALONE]


def _conditions(alerting: Alerting) -> tuple[BurnCondition, ...]:
    policies = (policy for policy in alerting.policies.values() if policy)
    return most_severe_first(policy.condition for policy in policies if policy.condition)
