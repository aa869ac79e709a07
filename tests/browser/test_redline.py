"""What changed can be read without colour, from right to left, on a small phone and on paper."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser")
LANGUAGES = {
    "fr": ("ltr", "le lundi", "chaque jour", "Venez à deux."),
    "ar": ("rtl", "الاثنين", "كل", "أحضر صديقا."),
}


def of(language: str) -> str:
    return f"/{language}/deliverables/welcome/changes/1/2/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_redline_is_read(page: Page, language: str, width: int) -> None:
    """Words by words, with moves, and nothing that only colour tells."""
    direction, gone, come, removed = LANGUAGES[language]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(of(language))
    text = page.locator(".redline")
    assert text.evaluate("e => getComputedStyle(e).direction") == direction
    edited = page.locator("#p3")
    expect(edited.locator("del")).to_contain_text(gone)
    expect(edited.locator("ins")).to_contain_text(come)
    style = "e => getComputedStyle(e).textDecorationLine"
    assert edited.locator("del").evaluate(style) == "line-through"
    assert edited.locator("ins").evaluate(style) == "underline"
    expect(page.locator("#was4")).to_contain_text(removed)
    expect(page.locator("#was4 .state, #was2 .state, #was3 .state").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_redline_is_heard(page: Page, language: str) -> None:
    """Where a screen reader says nothing of ins and del, hidden words do."""
    page.goto(of(language))
    hidden = page.locator("#p3 del .hidden")
    assert hidden.text_content() != "deleted: "
    box = hidden.bounding_box()
    assert box is not None
    assert box["width"] <= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_kept_unfolds(page: Page, language: str) -> None:
    page.goto(of(language))
    folded = page.locator("details.kept").first
    expect(folded.locator(".body").first).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.locator(".body").first).to_be_visible()


def test_numbers_stand_before_the_text_on_either_side(page: Page) -> None:
    """On a wide screen the margin is on the left, and in Arabic on the right."""
    page.set_viewport_size({"width": 1280, "height": 800})
    for language, (direction, *_words) in LANGUAGES.items():
        page.goto(of(language))
        number, body = (page.locator(f"#p3 {part}").bounding_box() for part in (".pilcrow", ".body"))
        assert number is not None and body is not None
        assert (number["x"] < body["x"]) == (direction == "ltr")


def test_on_paper_nothing_is_lost(page: Page) -> None:
    page.goto(of("fr"))
    page.emulate_media(media="print")
    style = "e => getComputedStyle(e).textDecorationLine"
    assert page.locator("#p3 del").evaluate(style) == "line-through"
    assert page.locator("#p3 ins").evaluate(style) == "underline"
    expect(page.locator("#p3 .pilcrow")).to_be_visible()
