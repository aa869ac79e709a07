"""One who asked for the digest, and the secret of the link that confirms it."""

from typing import Any

from advocacy.digest.subscribing import MAILING, signer
from advocacy.models import Subscription
from publishing.sealing import fingerprints, seal

# No other row has this key.
KEY = 900_000
TOKEN = signer.sign(f"{KEY}:fr")


def make_subscription(
    address: str = "zebulon@society.example", *, language: str = "en", **fields: Any
) -> Subscription:
    """Return a subscription that waits to be confirmed."""
    known = fingerprints(address.casefold(), MAILING.name)[0]
    return Subscription.objects.create(sealed=seal(address), fingerprint=known, language=language, **fields)


def subscribe_world() -> None:
    """Make the one whose token the walk's example bears."""
    make_subscription(pk=KEY)
