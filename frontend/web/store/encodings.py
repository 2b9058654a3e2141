"""The encodings in which an answer is kept and sent, and which of them a browser takes."""

import gzip
from functools import lru_cache
from typing import Final

import brotli

GZIP: Final = "gzip"
BROTLI: Final = "br"
IDENTITY: Final = "identity"
# The better one first. Brotli's highest quality takes ten times as long for two per cent.
_PREFERRED: Final = (BROTLI, GZIP)
_GZIP_LEVEL: Final = 6
_BROTLI_QUALITY: Final = 5
# Less is not worth a header.
SMALLEST_COMPRESSED: Final = 500


def compress(body: bytes) -> dict[str, bytes]:
    """`body` in every encoding but its own; nothing where that would be no smaller."""
    if len(body) < SMALLEST_COMPRESSED:
        return {}
    compressed = {
        GZIP: gzip.compress(body, _GZIP_LEVEL, mtime=0),
        BROTLI: brotli.compress(body, quality=_BROTLI_QUALITY),
    }
    return {name: each for name, each in compressed.items() if len(each) < len(body)}


def decompress(gzipped: bytes) -> bytes:
    """The body that `compress` has gzipped."""
    return gzip.decompress(gzipped)


@lru_cache(maxsize=256)
def choose_encodings(accepted: str) -> tuple[str, ...]:
    """What a browser takes that says so in `Accept-Encoding`, the best first (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        weights[name.strip()] = _read_weight(parameters)
    star = weights.get("*", 0.0)
    taken = [name for name in _PREFERRED if weights.get(name, star) > 0]
    # A browser that prefers one says so; else the smaller goes first.
    return (*sorted(taken, key=lambda name: -weights.get(name, star)), IDENTITY)


def _read_weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
