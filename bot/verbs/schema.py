"""`steward schema`: the JSON Schema of Steward's own kinds."""

import argparse
import json
from collections.abc import Sequence

from connectors.definitions.schema import OUR_KINDS, schema_of, schema_of_all


def run(words: Sequence[str]) -> int:
    """Of one kind, or of files with all of them."""
    made = argparse.ArgumentParser(
        prog="steward schema",
        description="Print the JSON Schema of Steward's own kinds, for editors.",
        allow_abbrev=False,
    )
    made.add_argument(
        "kind", metavar="KIND", nargs="?", choices=OUR_KINDS, help=f"{', '.join(OUR_KINDS)}; default all"
    )
    kind = made.parse_args(words).kind
    print(json.dumps(schema_of(kind) if kind else schema_of_all(), indent=2, ensure_ascii=False))
    return 0
