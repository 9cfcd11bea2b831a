"""The sample organisation: definitions, the Slack side and made-up counts; imports nothing of ours."""

from pathlib import Path

DEFINITIONS = Path(__file__).with_name("definitions")
WORKSPACE = Path(__file__).with_name("workspace.json")
