"""Randomness which is the same whatever was asked before: tables, and places in them found by hashing."""

from random import Random
from zlib import crc32

ENTRIES = 4096
MASK = 2**64 - 1

SHARE_BITS = 20  # a failing share of 1 is 2**20
JITTER_BITS = 8  # a jitter of 1 is 2**8
BAD_BITS = SHARE_BITS + JITTER_BITS


def seeded(*key: object) -> Random:
    """A generator of its own for that key; the same in every process."""
    return Random("/".join(map(str, key)))  # noqa: S311 - sample data, not secrets


def salt(seed: int, name: str) -> int:
    return (seed << 32) ^ crc32(name.encode())


def mix(key: int, place: int) -> int:
    """64 well mixed bits (splitmix64's finisher)."""
    bits = (key * 0x9E3779B97F4A7C15 + place * 0xD1B54A32D192ED03) & MASK
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
    return bits ^ (bits >> 31)


class Noise:
    """Three tables, each long enough that an hour can begin at any of its entries."""

    def __init__(self, seed: int) -> None:
        rng = seeded("noise", seed)
        size = range(ENTRIES + 60)
        # Normal in 1/256 deviations; cut at −2 so that a swing never makes a minute's total negative.
        self.swing = [max(-512, min(900, round(rng.gauss(0, 256)))) for _ in size]
        self.jitter = [round(rng.gammavariate(4, 2**JITTER_BITS / 4)) for _ in size]
        self.dither = [rng.randrange(2**BAD_BITS) for _ in size]
