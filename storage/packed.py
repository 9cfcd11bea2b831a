"""An hour of measured minutes in few bytes.

Layout, little-endian: one byte of header (bits 0–2 width of the totals, bit 3 whether a mask follows, bits 4–6
width of the bads, bit 7 whether the bads are sparse), five bytes with the smallest total, eight bytes of mask
unless all sixty minutes were measured, the totals above the smallest, the bads (sparse: a count, the places,
the values). Only measured minutes are written. Widths: 0 none, 1–4 for 1, 2, 4 and 8 bytes.
"""

from collections.abc import Sequence
from struct import Struct, pack, unpack_from

from domain.measurement import FULL_HOUR, ZEROS, MeasuredHour
from domain.minutes import HOUR

CODES = ("", "B", "H", "I", "Q")
SIZES = (0, 1, 2, 4, 8)
LIMITS = (1, 1 << 8, 1 << 16, 1 << 32, 1 << 64)
WHOLE = tuple(Struct(f"<{HOUR}{code}") if code else Struct("") for code in CODES)
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
    if header & 8 or header & 128:
        mask, bads, totals = unpack_hour(packed)
        total = sum(totals[:until])
        return total - sum(bads[:until]), total, (mask & ((1 << until) - 1)).bit_count()
    spread, bad_width = header & 7, header >> 4 & 7
    total = int.from_bytes(packed[1:BASE_END], "little") * until
    if spread == 1:
        total += sum(packed[BASE_END : BASE_END + until])
    elif spread:
        total += sum(WHOLE[spread].unpack_from(packed, BASE_END)[:until])
    if not bad_width:
        return total, total, until
    bads = WHOLE[bad_width].unpack_from(packed, BASE_END + HOUR * SIZES[spread])
    return total - sum(bads[:until]), total, until


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
