"""Cuts text into words, in any script."""

import re
from unicodedata import category, normalize

MARK_CODES = [code for code in range(0x20000) if category(chr(code)).startswith("M")]
MARKS = "".join(re.escape(chr(code)) for code in MARK_CODES)
# Joiners stand inside words of Persian and of Indian scripts.
JOINERS = "\u200c\u200d"
# Scripts that set no space between words; each sign counts as a word: Thai, Lao, Burmese, Khmer, Kana, Han, Hangul.
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
LETTER = rf"[^\W\d{UNSPACED}]"
WORD = re.compile(
    r"([A-Za-z]+(?![\w\x80-\U0010ffff])"  # Most words of most texts, found without asking further.
    rf"|[{UNSPACED}][{MARKS}]*"
    r"|\d+(?:[.,\u00a0\u202f]\d+)*"
    rf"|{LETTER}+(?:[{MARKS}{JOINERS}]+{LETTER}*)*"
    r"|\S)(\s?)"
)
IS_WORD = re.compile(r"\w")
# Accents, vowel marks, and the stroke that stretches Arabic words.
UNHEARD = dict.fromkeys([*MARK_CODES, 0x640])


def split(text: str) -> list[tuple[str, str]]:
    """Return words and signs with the space that follows each, a single one or none."""
    return [(word, " " if space else "") for word, space in WORD.findall(text)]


def folded(text: str) -> list[str]:
    """Return the words of a text as they are compared: without case, accents, vowel marks and punctuation.

    A text that has no words is its own only word.
    """
    bare = normalize("NFKD", text).translate(UNHEARD).casefold()
    return [word for word, _space in WORD.findall(bare) if IS_WORD.search(word)] or [bare.strip()]
