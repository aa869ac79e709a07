"""Finds comments that are much alike: mail that a campaign asked people to send, or one text sent again.

Of each text a sketch is kept, the smallest 64 hashes of all its stretches of five characters. Two sketches tell how
much two texts have in common, in any script, and neither tells the text.
"""

from hashlib import blake2b
from unicodedata import normalize

from comments.models import Comment, CommentState, Consultation

SIZE = 64
STRETCH = 5
# Shorter texts are alike by chance: "I agree with all of this."
SHORTEST = 80
ENOUGH = 0.6
# Most that are compared; the newest, since such mail comes in waves.
MOST = 200


def shingles(text: str) -> list[int]:
    """Return a text's sketch; nothing of a short one. Case, punctuation and spaces make no difference."""
    letters = "".join(c if c.isalnum() else " " for c in normalize("NFKC", text).casefold())
    plain = " ".join(letters.split())
    if len(plain) < SHORTEST:
        return []
    stretches = {plain[i : i + STRETCH] for i in range(len(plain) - STRETCH + 1)}
    return sorted(_hash(stretch) for stretch in stretches)[:SIZE]


def _hash(stretch: str) -> int:
    return int.from_bytes(blake2b(stretch.encode(), digest_size=4).digest(), signed=True)


def likeness(one: list[int], other: list[int]) -> float:
    """Return how much of two texts is the same, from 0 to 1, as far as their sketches tell."""
    smallest = set(sorted({*one, *other})[:SIZE])
    return len(smallest & {*one} & {*other}) / len(smallest) if smallest else 0.0


def first_alike(consultation: Consultation, sketch: list[int]) -> int | None:
    """Return the key of the first comment of the group to which a new one belongs, or nothing."""
    if not sketch:
        return None
    known = Comment.objects.filter(consultation=consultation).exclude(state=CommentState.WITHDRAWN)
    # Of a text that is alike each eighth of the sketch has something; of another one that is rare. So the index finds
    # the few candidates, where any one common stretch would find half of all comments.
    for start in range(0, len(sketch), SIZE // 8):
        known = known.filter(shingles__overlap=sketch[start : start + SIZE // 8])
    rows = known.order_by("-pk").values_list("pk", "alike", "shingles")[:MOST]
    found = max(((likeness(sketch, theirs), first or pk) for pk, first, theirs in rows), default=(0.0, None))
    return found[1] if found[0] >= ENOUGH else None
