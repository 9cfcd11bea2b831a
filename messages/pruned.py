"""What pruning removed, or would remove, as text for a terminal."""

from domain.retention import Keeping, Pruned


def pruned_text(pruned: Pruned, keeping: Keeping, *, dry_run: bool, freed: int = 0) -> str:
    """A line for each kind of what went."""
    verb = "Would remove" if dry_run else "Removed"
    lines = [f"{verb} {line}." for line in _lines(pruned, keeping)] or ["Nothing is old enough to go."]
    return "\n".join([*lines, *([f"Gave back {_size(freed)}."] if freed else [])])


def _lines(pruned: Pruned, keeping: Keeping) -> list[str]:
    minutes = f"older than {keeping.minutes} days that no window needs; what they add up to stays"
    counted = [
        (pruned.hours, f"hours of measured minutes ({_size(pruned.size)}) {minutes}"),
        (pruned.notices, f"layouts of messages older than {keeping.notices} days; their text stays"),
        (pruned.heard, "deliveries of Slack heard over a day ago"),
        (pruned.processes, "processes not seen for 30 days"),
        (pruned.forecasts, f"forecasts for windows that were over {keeping.forecasts} days ago"),
    ]
    return [f"{count:,} {words}" for count, words in counted if count]


def _size(size: int) -> str:
    """ "12.3 MB"."""
    if size < 1_000_000:
        return f"{size / 1_000:,.1f} kB"
    return f"{size / 1_000_000:,.1f} MB"
