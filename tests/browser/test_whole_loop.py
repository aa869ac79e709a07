"""The whole loop on one submission: from the form to the desk, the answers, the next version, the report and back."""

import re
from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.sign_in import sign_in

pytestmark = pytest.mark.xdist_group("browser")
HERE = "/{}/consultations/welcome/"
REDLINE = "/{}/deliverables/welcome/changes/1/2/"


def choose(desk: Page, name: str, value: str) -> None:
    """Tick one of several choices."""
    desk.locator(f"input[name={name}][value={value}]").check()


def give_code(page: Page, language: str, code: str) -> None:
    """Open the receipt with the code."""
    page.goto(f"/{language}/receipt/")
    page.locator("#id_code").fill(code)
    page.locator("form.form button").click()


def submit(page: Page, first: str, second: str, named: str) -> str:
    """Write in French, look at the preview, send; return the receipt's code."""
    page.goto(HERE.format("fr") + "comments/new/?paragraph=2")
    page.locator("#id_body").fill(f"{first}.\n\n{second}, dit {named} au portail.")
    choose(page, "name_kind", "pseudonym")
    page.locator("#id_name").fill("Rivière")
    page.locator("button[name=preview]").click()
    expect(page.locator(".preview")).to_contain_text(f"{second}, dit {named}")
    page.locator("form.form button:not([name])").click()
    return page.locator(".receipt").inner_text()


def redact(desk: Page, first: str, named: str) -> str:
    """Publish it without the name of a third person; return its number."""
    desk.goto("/admin/")
    desk.get_by_role("link", name=re.compile("to moderate")).click()
    desk.get_by_role("link", name=first).click()
    desk.get_by_role("link", name="Take words out, then publish it").click()
    text = desk.locator("#id_text")
    text.fill(text.input_value().replace(named, f"[[{named}]]"))
    choose(desk, "reason", "endangers")
    choose(desk, "original", "seal")
    desk.get_by_role("button", name="Preview").click()
    expect(desk.locator(".shown")).to_contain_text("It could put someone in danger.")
    expect(desk.locator(".shown")).not_to_contain_text(named)
    desk.get_by_role("button", name="Take out and publish").click()
    return re.sub(r"\D", "", desk.get_by_text("Redacted; it stands as comment").inner_text())


def divide(desk: Page, number: str, first: str, second: str) -> None:
    """Make two points of it."""
    desk.goto(f"/admin/comments/comment/?state=published&q={number}")
    desk.get_by_role("link", name=first).click()
    desk.get_by_role("link", name="Divide it into points").click()
    for row, words in enumerate((first, second)):
        desk.locator(f"#id_points-{row}-text").fill(words)
        desk.locator(f"#id_points-{row}-paragraph").fill("2")
        desk.locator(f"#id_points-{row}-kind").select_option("proposal")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("The points were saved.")).to_be_visible()


def answer(desk: Page, point: str, disposition: str, reasons: dict[str, str], *, changed: str = "") -> None:
    """Answer one point in two languages, and publish that."""
    desk.goto("/admin/comments/answer/add/")
    desk.locator("#id_consultation").select_option(label="welcome")
    desk.locator("#id_points").fill(point)
    desk.locator("#id_disposition").select_option(disposition)
    if changed:
        desk.locator("#id_changed_version").fill("2")
        desk.locator("#id_changed_paragraphs").fill(changed)
    for row, (language, reason) in enumerate(reasons.items()):
        if row:
            desk.locator(".add-row a").click()
        desk.locator(f"#id_texts-{row}-language").select_option(language)
        desk.locator(f"#id_texts-{row}-reason").fill(reason)
    desk.get_by_role("button", name="Save and publish").click()
    expect(desk.get_by_text("Published. The authors of the comments find it")).to_be_visible()


def close_early(desk: Page) -> None:
    """Close the consultation, with a public note."""
    desk.goto("/admin/comments/consultation/")
    desk.get_by_role("link", name="welcome", exact=True).click()
    desk.get_by_role("link", name="Close early").click()
    desk.get_by_label("Public note").fill("Everything has been said.")
    desk.get_by_role("button", name="Close early").click()


def publish_report(desk: Page) -> None:
    """Count, draft the texts from the answers in two languages, publish them."""
    desk.goto("/admin/comments/report/add/")
    desk.locator(".field-consultation .select2-selection").click()
    desk.locator(".select2-search__field").fill("welcome")
    desk.locator(".select2-results__option", has_text="welcome").click()
    desk.locator("#id_texts-0-title").fill("What was said at the door")
    desk.get_by_role("button", name="Save and continue editing").first.click()
    for step in ("Count again", "Draft the text from the answers"):
        desk.get_by_role("link", name=step).click()
        if step.startswith("Draft"):
            choose(desk, "languages", "fr")
        desk.get_by_role("button", name=step).click()
    desk.locator("#id_texts-1-title").fill("Ce qui s'est dit à la porte")
    for row in (0, 1):
        desk.locator(f"#id_texts-{row}-ready").check()
    desk.locator("#id_state").select_option("published")
    desk.locator("#id_published_at_0").fill("2026-01-01")
    desk.locator("#id_published_at_1").fill("00:00:00")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()


@pytest.fixture
def words() -> dict[str, str]:
    """What the submission says, and the name that it should not have said."""
    mark = token_hex(4)
    return {"first": f"Plus d'heures {mark}", "second": f"Une autre porte {mark}", "named": f"Basalte{mark}"}


REASONS = [
    {"en": "Tests are offered every day now.", "fr": "Les tests ont lieu chaque jour désormais."},
    {"en": "The house has one door only.", "fr": "La maison n'a qu'une porte."},
]


def test_one_submission(new_context: Callable[..., BrowserContext], words: dict[str, str]) -> None:
    """Its author reads without JavaScript, in French and in English."""
    page = new_context(java_script_enabled=False).new_page()
    first, second, named = words.values()
    code = submit(page, first, second, named)

    # The desk publishes it without a name, and says so in its place, in each reader's language.
    number = redact(sign_in(new_context(), "moderator"), first, named)
    for language, said in (
        ("fr", "Il pourrait mettre quelqu’un en danger."),
        ("en", "It could put someone in danger."),
    ):
        page.goto(HERE.format(language))
        comment = page.locator(f"#c{number}")
        expect(comment).to_contain_text(first)
        expect(comment.locator(".redacted")).to_contain_text(said)
        assert named not in page.content()

    # Editors close, divide it into two points, and answer both.
    desk = sign_in(new_context(), "editor")
    close_early(desk)
    divide(desk, number, first, second)
    answer(desk, f"{number}.1", "accepted", REASONS[0], changed="3")
    answer(desk, f"{number}.2", "not-accepted", REASONS[1])
    page.goto(HERE.format("fr"))
    expect(page.locator("main")).to_contain_text("Everything has been said.")
    shown = page.locator(f"#c{number} .answer")
    expect(shown).to_have_count(2)
    for at, quoted in enumerate((first, second)):
        expect(shown.nth(at)).to_contain_text(quoted)
        expect(shown.nth(at)).to_contain_text(REASONS[at]["fr"])

    # From the answer to the changed paragraph in the redline.
    shown.first.locator(".answer-change a").last.click()
    expect(page).to_have_url(re.compile(REDLINE.format("fr")))
    expect(page.locator("ins", has_text="chaque jour")).to_be_visible()

    publish_report(desk)
    for language, title in (("fr", "Ce qui s'est dit à la porte"), ("en", "What was said at the door")):
        page.goto(HERE.format(language))
        page.locator(f"a[href='{HERE.format(language)}report/']").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.locator("main")).to_contain_text(REASONS[0][language])
        assert page.locator(f"main a[href^='{REDLINE.format(language)}']").count()
        assert named not in page.content()

    # Back to the receipt: its author sees both answers, and says something to each.
    for language in ("en", "fr"):
        give_code(page, language, code)
        for reasons in REASONS:
            expect(page.locator("main")).to_contain_text(reasons[language])
        expect(page.locator(".answer-change")).to_have_count(1)
    points = page.locator("section.point")
    points.nth(0).locator("button[value=answers]").click()
    points.nth(1).locator("input[name=why]").fill("Et la fenêtre ?")
    points.nth(1).locator("button[value=does-not]").click()
    expect(points.nth(1).locator("input[name=why]")).to_have_value("Et la fenêtre ?")
    desk.goto("/admin/comments/point/?verdict=does-not")
    expect(desk.locator("#result_list")).to_contain_text(f"{number}.2")
