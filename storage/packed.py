"""An hour of measured minutes in few bytes.

Layout, little-endian: one byte of header (bits 0–2 width of the totals, bit 3 whether a mask follows, bits 4–6
width of the bads, bit 7 whether the bads are sparse), five bytes with the smallest total, eight bytes of mask
unless all sixty minutes were measured, the totals above the smallest, the bads (sparse: a count, the places,
the values). Only measured minutes are written. Widths: 0 none, 1–4 for 1, 2, 4 and 8 bytes.
"""

from bisect import bisect_left
from collections.abc import Sequence
from struct import pack, unpack_from

from domain.measurement import FULL_HOUR, ZEROS, MeasuredHour
from domain.minutes import HOUR

CODES = ("", "B", "H", "I", "Q")
SIZES = (0, 1, 2, 4, 8)
LIMITS = (1, 1 << 8, 1 << 16, 1 << 32, 1 << 64)
BASE_END = 6


def pack_hour(hour: MeasuredHour) -> bytes:
    """The hour's minutes as bytes; at least one is measured."""
    mask, bads, totals = hour
    full = mask == FULL_HOUR
    if not full:
        places = [i for i in range(HOUR) if mask >> i & 1]
        bads, totals = tuple(bads[i] for i in places), tuple(totals[i] for i in places)
    smallest = min(totals)
    spread = _width(max(totals) - smallest)
    bad_width = _width(max(bads))
    sparse = (
        bad_width > 0 and (len(bads) - bads.count(0)) * (1 + SIZES[bad_width]) < len(bads) * SIZES[bad_width]
    )
    head = bytes((spread | (not full) << 3 | bad_width << 4 | sparse << 7,)) + smallest.to_bytes(5, "little")
    if not full:
        head += mask.to_bytes(8, "little")
    if spread:
        head += _written(spread, [total - smallest for total in totals] if smallest else totals)
    if sparse:
        return head + _sparse(bad_width, bads)
    return head + _written(bad_width, bads) if bad_width else head


def unpack_hour(packed: bytes) -> MeasuredHour:
    """The hour that `pack_hour` wrote."""
    header = packed[0]
    smallest = int.from_bytes(packed[1:BASE_END], "little")
    if header & 8:
        mask = int.from_bytes(packed[BASE_END : BASE_END + 8], "little")
        offset, length = BASE_END + 8, mask.bit_count()
    else:
        mask, offset, length = FULL_HOUR, BASE_END, HOUR
    spread = header & 7
    above = unpack_from(f"<{length}{CODES[spread]}", packed, offset) if spread else (0,) * length
    totals = tuple([smallest + value for value in above]) if smallest else above
    bads = _read_bads(packed, offset + length * SIZES[spread], length)
    if length == HOUR:
        return MeasuredHour(mask, bads, totals)
    return MeasuredHour(mask, _spread(mask, bads), _spread(mask, totals))


def sums_until(packed: bytes, until: int) -> tuple[int, int, int]:
    """Good, total and measured minutes of the first `until` minutes: what Occurrences needs, without unpacking."""
    header = packed[0]
    start, written, measured = BASE_END, HOUR, until
    if header & 8:
        mask = int.from_bytes(packed[BASE_END : BASE_END + 8], "little")
        start, written = BASE_END + 8, mask.bit_count()
        measured = (mask & ((1 << until) - 1)).bit_count()
    total = int.from_bytes(packed[1:BASE_END], "little") * measured
    spread, bad_width = header & 7, header >> 4 & 7
    if spread:
        total += _sum(packed, spread, start, measured)
    if not bad_width:
        return total, total, measured
    start += written * SIZES[spread]
    if not header & 128:
        return total - _sum(packed, bad_width, start, measured), total, measured
    values = start + 1 + packed[start]
    earlier = bisect_left(packed, measured, start + 1, values) - start - 1
    return total - _sum(packed, bad_width, values, earlier), total, measured


def _sum(packed: bytes, width: int, start: int, length: int) -> int:
    """The sum of `length` values from `start` on."""
    if width == 1:
        return sum(packed[start : start + length])
    return sum(unpack_from(f"<{length}{CODES[width]}", packed, start))


def _width(largest: int) -> int:
    width = 0
    while largest >= LIMITS[width]:
        width += 1
    return width


def _written(width: int, values: Sequence[int]) -> bytes:
    if width == 1:
        return bytes(values)
    return pack(f"<{len(values)}{CODES[width]}", *values)


def _sparse(width: int, bads: Sequence[int]) -> bytes:
    places = [i for i, bad in enumerate(bads) if bad]
    return bytes((len(places), *places)) + _written(width, [bads[i] for i in places])


def _read_bads(packed: bytes, offset: int, length: int) -> tuple[int, ...]:
    header = packed[0]
    width = header >> 4 & 7
    if not width:
        return ZEROS[:length]
    if not header & 128:
        return unpack_from(f"<{length}{CODES[width]}", packed, offset)
    count = packed[offset]
    bads = [0] * length
    values = unpack_from(f"<{count}{CODES[width]}", packed, offset + 1 + count)
    for place, value in zip(packed[offset + 1 : offset + 1 + count], values, strict=True):
        bads[place] = value
    return tuple(bads)


def _spread(mask: int, values: Sequence[int]) -> tuple[int, ...]:
    measured = iter(values)
    return tuple([next(measured) if mask >> i & 1 else 0 for i in range(HOUR)])
