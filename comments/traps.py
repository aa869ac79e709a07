"""What makes a moderator look twice at a comment. Nothing is dropped for it, and who sent it notices nothing."""

import re
from typing import Any
from unicodedata import name, normalize

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from comments.models import HoldReason, WatchedWord

# Nobody reads the form, writes and sends within so many seconds.
FASTEST = 3
MOST_LINKS = 5
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
# Scripts that set no space between words.
WITHOUT_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
signer = TimestampSigner(salt="comments.stamp")


def stamp() -> str:
    """Return the signed time at which a form is given out."""
    return signer.sign("form")


def reasons(fields: dict[str, Any]) -> list[HoldReason]:
    """Return what a filled-in form's fields are held for."""
    texts = [fields[each] for each in ("body", "name", "organisation", "consulted_how")]
    found = [
        HoldReason.TRAP if fields["homepage"] else None,
        _by_stamp(fields["stamp"]),
        HoldReason.WORDS if has_watched_word("\n".join(texts)) else None,
        HoldReason.LINKS if len(LINK.findall(fields["body"])) > MOST_LINKS else None,
    ]
    return [reason for reason in found if reason]


def _by_stamp(typed: str) -> HoldReason | None:
    try:
        signer.unsign(typed)
        signer.unsign(typed, max_age=FASTEST)
    except SignatureExpired:
        return None
    except BadSignature:
        return HoldReason.STAMP
    return HoldReason.FAST


def has_watched_word(text: str) -> bool:
    """Whether a text holds a watched word, as a whole word where its script tells words apart."""
    folded = normalize("NFKC", text).casefold()
    return any(_holds(folded, word) for word in WatchedWord.objects.values_list("word", flat=True))


def _holds(text: str, word: str) -> bool:
    if not word or word not in text:
        return False
    before = "" if _runs_on(word[0]) else r"(?<!\w)"
    after = "" if _runs_on(word[-1]) else r"(?!\w)"
    return re.search(f"{before}{re.escape(word)}{after}", text) is not None


def _runs_on(letter: str) -> bool:
    return name(letter, "").startswith(WITHOUT_SPACES)
