"""Receipts: the code that a commenter keeps. Only its keyed hash is stored; nobody can read it back."""

from base64 import b32encode
from unicodedata import decimal, normalize
from uuid import UUID

from django.utils.crypto import salted_hmac

# Crockford's alphabet: no I, L, O or U, so that nothing is mistaken over a telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TO_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)
AS_HEARD = str.maketrans("OIL", "011")
LENGTH = 12


def receipt_for(submission_key: UUID) -> str:
    """Return the code of a submission, as `K7QF-2M9X-WD4T`.

    The same each time, so that a form sent twice shows it twice. It has 60 bits, and cannot be worked out
    without the SECRET_KEY.
    """
    digest = salted_hmac("comments.receipt", submission_key.bytes, algorithm="sha256").digest()
    code = b32encode(digest).decode().translate(TO_CROCKFORD)[:LENGTH]
    return "-".join(code[i : i + 4] for i in range(0, LENGTH, 4))


def normalise(typed: str) -> str:
    """Return the bare code from what a person typed.

    Case, spaces, dashes and look-alike letters do not matter, nor do the digits and wide letters of other keyboards.
    """
    kept = (c for c in normalize("NFKC", typed).upper() if c.isalnum())
    return "".join(str(decimal(c, c)) for c in kept).translate(AS_HEARD)


def receipt_hash(code: str) -> str:
    """Return what is stored of a code."""
    return salted_hmac("comments.receipt_hash", normalise(code), algorithm="sha256").hexdigest()
