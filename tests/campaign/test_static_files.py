"""What is served of the static files."""

from pathlib import Path

from django.core.files.base import ContentFile

from campaign.static_files import StaticFiles


def test_our_stylesheet_comes_without_its_comments(tmp_path: Path) -> None:
    """Whatever its name; others' stay as they are."""
    storage = StaticFiles(location=tmp_path)
    for name in ("style.css", "style.0123456789ab.css", "admin.css"):
        file = ContentFile(b"a { /* why\nso */ top: 0; }")
        file.read()  # as whoever names it by what it holds has done
        storage.save(name, file)
    assert (tmp_path / "style.css").read_text() == "a {  top: 0; }"
    assert (tmp_path / "style.0123456789ab.css").read_text() == "a {  top: 0; }"
    assert "why" in (tmp_path / "admin.css").read_text()
