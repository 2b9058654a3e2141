"""The signature by which a receiver knows that a purge comes from this site, and is not an old one.

It is HMAC-SHA256 over the time stamp, a full stop and the body, in hexadecimal digits.
"""

import hashlib
import hmac
from typing import Final

TIMESTAMP_HEADER: Final = "X-Purge-Timestamp"
SIGNATURE_HEADER: Final = "X-Purge-Signature"


def build_signature_headers(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """The headers of a message that is sent at `timestamp`, in seconds since 1970."""
    signed = f"{timestamp}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return {TIMESTAMP_HEADER: str(timestamp), SIGNATURE_HEADER: f"sha256={digest}"}
