"""`steward doctor`: what keeps an installation from its work, and what to do about it."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from bot.checkups import check_up
from bot.verbs.arguments import parser
from bot.wiring import or_now
from domain.finding import Finding, Level


def run(words: Sequence[str]) -> int:
    """A line each; 1 with an error."""
    made = parser("doctor", "Say what is wrong, with the remedy.", at="the instant to judge by; default now")
    made.add_argument("--json", action="store_true", help="as JSON")
    arguments = made.parse_args(words)
    found = []
    for finding in check_up(arguments.workspace, at=or_now(arguments.at)):
        found.append(finding)
        if not arguments.json:
            print(_line(finding), flush=True)
    if arguments.json:
        print(json.dumps({"findings": [asdict(finding) for finding in found]}, indent=2, ensure_ascii=False))
    return 1 if any(finding.level is Level.ERROR for finding in found) else 0


def _line(finding: Finding) -> str:
    remedy = f"  — {finding.remedy}" if finding.remedy else ""
    text = f"{finding.level:7}  {finding.what}{remedy}"
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split("\n")))
