"""The files that readers have of a picture: three widths, three formats, and nothing in them but pixels."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from publishing.models import Picture
from publishing.pictures import make_renditions, reencode
from tests.factories import make_news, make_picture
from tests.publishing.html import parse
from tests.publishing.test_pictures import MARK, encoded, halves, near, telling

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Keep pictures out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "pictures"


def picture_of(image: Image.Image, kind: str = "PNG", **options: Any) -> Picture:
    """Return the picture that a file becomes."""
    return make_picture(file=reencode(ContentFile(encoded(image, kind, **options))))


def endings(picture: Picture) -> list[str]:
    """Return the ends of its files' names."""
    stem = str(picture.file.name).removesuffix(".webp")
    return sorted(each.name.removeprefix(stem) for each in picture.renditions)


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((2000, 1000), [480, 960, 1600]),
        ((1600, 900), [480, 960, 1600]),
        ((1200, 3200), [480, 600]),
        ((700, 10), [480, 700]),
        ((480, 480), [480]),
        ((80, 60), [80]),
        ((1, 1), [1]),
        ((10, 3200), [5]),
        ((20_000, 3), [480, 960, 1600]),
    ],
)
def test_no_rendition_is_wider_than_the_picture_nor_made_twice(
    media: Path, size: tuple[int, int], widths: list[int]
) -> None:
    picture = picture_of(Image.new("RGB", size, "#b3122b"))
    ends = [f"-{width}{suffix}" for width in widths for suffix in (".avif", ".jpg", ".webp")]
    assert endings(picture) == sorted([".webp", *ends[:-1]])
    assert {f"pictures/{file.name}" for file in media.iterdir()} == {each.name for each in picture.renditions}
    for each in picture.renditions:
        with Image.open(media.parent / each.name) as image:
            assert (image.format, image.width) == (each.format.pillow, each.width)
            assert image.height == max(1, round(picture.height * each.width / picture.width))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_in_any_of_them_but_pixels(media: Path, kind: str) -> None:
    """Neither what was written beside the pixels, nor what hid behind them."""
    file = encoded(halves(size=(600, 400)), kind, exif=telling(), icc_profile=MARK)
    tail = b"<script>alert(1)</script>PK\x03\x04"
    make_picture(file=reencode(ContentFile(file + tail)))
    files = sorted(media.iterdir())
    assert len(files) == 6
    for path in files:
        content = path.read_bytes()
        assert MARK not in content
        assert b"script" not in content and b"PK\x03\x04" not in content
        with Image.open(path) as image:
            assert not image.getexif()
            assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)
            assert near(image, (20, 20), (200, 0, 0)) and near(image, (image.width - 20, 20), (0, 0, 200))


def test_what_is_seen_through_lies_on_paper_in_jpeg_alone(media: Path) -> None:
    picture = picture_of(Image.new("RGBA", (40, 20), (0, 0, 0, 0)))
    for each in picture.renditions:
        with Image.open(media.parent / each.name) as image:
            paper = image.convert("RGBA").getpixel((20, 10))
            assert isinstance(paper, tuple)
            if each.format.pillow == "JPEG":
                assert near(image, (20, 10), (0xFB, 0xF8, 0xF3))
            assert paper[3] == (255 if each.format.pillow == "JPEG" else 0)


def test_a_lost_rendition_is_made_again_and_no_other(media: Path) -> None:
    picture = picture_of(Image.new("RGB", (600, 400)))
    storage, lost = picture.file.storage, picture.renditions[0].name
    assert make_renditions(storage, str(picture.file.name)) == []
    storage.delete(lost)
    assert make_renditions(storage, str(picture.file.name)) == [lost]
    storage.delete(lost)
    picture.save()
    assert storage.exists(lost)


def test_a_picture_whose_file_is_lost_can_be_saved(media: Path) -> None:
    picture = make_picture()
    for path in media.iterdir():
        path.unlink()
    picture.credit = "Somebody else"
    picture.save()
    assert not list(media.iterdir())


def test_pages_offer_the_best_format_first_and_say_the_size(visitor: Any) -> None:
    picture = picture_of(Image.new("RGB", (1200, 800)))
    picture.texts.update(consent="The two agreed in 2024.")
    make_news(picture=picture, slug="hall")
    figure = parse(visitor.get("/en/news/hall/").content.decode()).one("figure", class_="picture")
    sources, image = figure.all("source"), figure.one("img")
    assert [source.get("type") for source in sources] == ["image/avif", "image/webp"]
    for row in (*sources, image):
        candidates = [candidate.split() for candidate in row.get("srcset").split(", ")]
        assert [width for _, width in candidates] == ["480w", "960w", "1200w"]
        for url, _ in candidates:
            response = visitor.get(url)
            assert response["Content-Type"] == (row.get("type") or "image/jpeg")
            assert b"".join(response.streaming_content)
    assert image.get("src").endswith("-960.jpg")
    assert (image.get("width"), image.get("height")) == ("1200", "800")
    assert (image.get("loading"), image.get("decoding")) == ("lazy", "async")
    assert figure.one("figcaption").text == "The wall Picture: A. Photographer The two agreed in 2024."
