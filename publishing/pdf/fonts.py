"""The faces of PDFs: from wheels, the same on every machine; Chinese from where the machine keeps it."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import typst
from django.conf import settings

WHEELS = ("fontpkg_source_serif_4", "fontpkg_source_sans_3", "fontpkg_amiri")
# Not Noto's: that puts letters together from pieces, and what reads PDFs out then says them twice.
ARABIC = "Amiri"
# Best first.
CHINESE = ("Noto Serif CJK SC", "Noto Serif SC", "Noto Sans CJK SC", "Noto Sans SC")
CHINESE_FILES = ("Noto*CJK*.[ot]t[fc]", "Noto*SC[-.[]*[ot]t[fc]")
# What no face above has: signs and arrows, from the faces that typst itself brings.
SIGNS = ("Libertinus Serif", "DejaVu Sans Mono")

Families = list[str | dict[str, str]]


@cache
def _faces(folders: tuple[str, ...]) -> typst.Fonts:
    """Return the faces from the wheels, and Chinese ones from these folders and what is below them."""
    wheels = [str(files(name) / "files") for name in WHEELS]
    chinese = {str(file.parent) for f in folders for pattern in CHINESE_FILES for file in Path(f).rglob(pattern)}
    return typst.Fonts(include_system_fonts=False, font_paths=[*wheels, *sorted(chinese)])


def faces() -> typst.Fonts:
    """Return all faces there are; only those that `families` names are ever used."""
    return _faces(tuple(settings.FONT_PATHS))


def _chinese() -> list[str]:
    """Return the best Chinese face that there is, or nothing."""
    there = set(faces().families())
    return [name for name in CHINESE if name in there][:1]


def can_set(language: str) -> bool:
    """Whether there is a face for this language."""
    return bool(_chinese()) if language.startswith("zh") else True


def families(language: str) -> dict[str, Families]:
    """Return for running text and for labels which faces to take, each for what those before it lack."""
    latin, chinese = ["Source Serif 4", "Source Sans 3"], _chinese()
    faces: dict[str, Families] = {}
    for use, own in (("text", latin), ("label", latin[::-1])):
        faces[use] = [*own, ARABIC, *chinese, *SIGNS]
        if language == "ar":
            faces[use] = [ARABIC, *faces[use]]
        elif language.startswith("zh"):
            # Quotation marks and dashes are Chinese ones there, though their codes are the Latin ones'.
            faces[use] = [{"name": own[0], "covers": "latin-in-cjk"}, *chinese, *faces[use]]
    return faces
