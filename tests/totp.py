"""What an app for one-time passwords does."""

import hmac
import struct
import time
from base64 import b32decode

# The key of all apps that tests set up beforehand.
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def shown_by_app(key: str) -> str:
    """Return the six digits that an app with this key shows now (RFC 6238)."""
    digest = hmac.digest(b32decode(key), struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"
