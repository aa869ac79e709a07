"""Seals text that may be kept but that nobody reads in passing: not in a dump, not in the admin, not in a log."""

import hmac
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """It was sealed with another SECRET_KEY, or damaged."""


@cache
def _key(secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"publishing.sealing" + secret.encode()).digest()))


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def seal(text: str) -> str:
    """Return `text` encrypted; twice the same text gives two different results."""
    return seal_file(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises Unreadable."""
    return unseal_file(sealed.encode()).decode()


def seal_file(content: bytes) -> bytes:
    """Return a file's content encrypted."""
    return _keys().encrypt(content)


def unseal_file(sealed: bytes) -> bytes:
    """Return the content that was sealed. Raises Unreadable."""
    try:
        return _keys().decrypt(sealed)
    except InvalidToken as error:
        raise Unreadable from error


def fingerprints(text: str, purpose: str) -> list[str]:
    """Return by what the same text is known again though nobody can read it: first by today's key, then by older ones.

    The purpose keeps a fingerprint from telling that the same text stands somewhere else too.
    """
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    content = f"{purpose}\0{text}".encode()
    return [hmac.digest(sha256(b"publishing.prints" + s.encode()).digest(), content, "sha256").hex() for s in secrets]
