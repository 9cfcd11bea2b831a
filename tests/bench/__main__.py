"""`make bench`: how fast Steward is beside a stated baseline, both measured in this same run.

Times are of the processor, the least of several rounds in turn; names as arguments choose among the benches.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import (
    asking,
    backtesting,
    delivering,
    forecasting,
    importing,
    intake,
    linting,
    rulings,
    size,
    standings,
    startup,
    tick,
    watching,
)

BENCHES = (
    standings,
    size,
    tick,
    importing,
    intake,
    delivering,
    asking,
    startup,
    watching,
    forecasting,
    backtesting,
    linting,
    rulings,
)


def main(words: list[str]) -> None:
    """Run all benches, or those named."""
    for bench in BENCHES:
        name = bench.__name__.rpartition(".")[2]
        if not words or name in words:
            with TemporaryDirectory(prefix=f"steward-bench-{name}-") as folder:
                for line in bench.run(Path(folder)):
                    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
