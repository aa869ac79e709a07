"""`manage.py load_seeds`: what it makes of files, and what it refuses."""

from collections import Counter
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image
from pytest_django import Settings

from advocacy.models import Application, Issue, News, NewsText, Organisation
from campaign.models import (
    Action,
    AdvisoryMember,
    Campaign,
    Change,
    Deliverable,
    GoodPractice,
    PracticalStep,
    Version,
    VersionText,
)
from comments.models import (
    Answer,
    Comment,
    CommentState,
    Consultation,
    Disposition,
    ModerationEvent,
    Point,
    Report,
)
from factsheets.models import Factsheet, Figure, KeyPopulation, SectionText
from publishing.models import Picture
from publishing.publication import State

pytestmark = pytest.mark.django_db

SMALL = {
    "campaign/nobody.en.md": "---\ntitle: Nobody\nstarts: 2026-01-15\n---\n",
    "populations/migrants.en.md": "---\ntitle: Migrants\nposition: 2\n---\nPeople on the move.\n",
    "issues/data.en.md": "---\ntitle: Lack of data\n---\n",
    "organisations/zambia.en.md": (
        "---\ntitle: Sample organisation, Zambia\nsummary: Half-way houses.\ncountry: ZM\n"
        "cities: [Lusaka]\npopulations: [migrants]\nissues: [data]\n---\n\nWho we are.\n"
    ),
    "organisations/zambia.fr.md": "---\ntitle: Organisation fictive, Zambie\n---\nQui nous sommes.\n",
    "advisory-group/nurse.en.md": "---\ntitle: Sample member\nrole: Nurse\ncountry: GE\n---\n",
    "factsheets/migrants/factsheet.en.md": (
        "---\ntitle: Health on the move\npopulation: migrants\n---\n\nOverview.\n\n"
        "## The law {#policy}\n\nFirst.\n\n## Partners {#other}\n\nSecond.\n"
    ),
    "sources/who.md": (
        "---\ntitle: Prison settings\nauthor: WHO\naddress: https://who.example/\ndate: 2024-03-11\nfigures:\n"
        "  - code: prevalence\n    indicator: prevalence\n    value: 10.3\n    unit: percent\n    approximate: true\n"
        "    label:\n      en: People living with HIV\n      fr: Personnes vivant avec le VIH\n---\n"
    ),
    "deliverables/note/deliverable.en.md": "---\ntitle: Note\nkind: guidance-note\n---\n",
    "deliverables/note/version-1.en.md": (
        "---\ntitle: Note, version 1\nnumber: 1\nstate: consultation\n---\n\n## Heading\n\nOne.\n\nTwo.\n"
    ),
    "consultations/draft/consultation.en.md": (
        "---\ntitle: First draft\ndeliverable: note\nversion: 1\n"
        "opens_at: 2026-03-02T09:00:00+00:00\ncloses_at: 2026-05-31T09:00:00Z\n---\n"
    ),
    "consultations/draft/comments/001.md": (
        "---\nlanguage: pt\nname_kind: pseudonym\nname: Maré\nparagraph: 2\n"
        "received_at: 2026-03-03T09:00:00Z\npublished_at: 2026-03-04T09:00:00Z\n---\n\nMuito bem.\n\nObrigado.\n"
    ),
    "consultations/draft/comments/002.md": (
        "---\nlanguage: en\nname_kind: none\nreply_to: 1\nreceived_at: 2026-03-05T09:00:00Z\n---\nYes.\n"
    ),
}


@pytest.fixture(autouse=True)
def _media(settings: Settings, tmp_path: Path) -> None:
    """Keep pictures out of the working copy."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Return a folder with one thing of most kinds."""
    for path, text in SMALL.items():
        write(tmp_path / "seeds", path, text)
    return tmp_path / "seeds"


def write(seeds: Path, path: str, text: str | bytes) -> None:
    """Write one file."""
    file = seeds / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def change(seeds: Path, path: str, old: str, new: str) -> None:
    """Replace words of one file."""
    text = (seeds / path).read_text()
    assert old in text
    write(seeds, path, text.replace(old, new))


def load(seeds: Path, *options: str) -> list[str]:
    """Run the command and return the lines that it prints."""
    out = StringIO()
    call_command("load_seeds", str(seeds), *options, stdout=out)
    return out.getvalue().splitlines()


def refused(seeds: Path) -> list[str]:
    """Run the command on broken files, and return what it says is wrong with them."""
    with pytest.raises(CommandError) as error:
        load(seeds)
    first, *problems = str(error.value).splitlines()
    assert first.startswith("Nothing was changed.")
    return [problem.strip() for problem in problems]


def test_creates_what_the_files_say(seeds: Path) -> None:
    assert "organisations: created 1" in load(seeds)

    zambia = Organisation.objects.public().get()
    assert (zambia.slug, zambia.country, zambia.cities) == ("zambia", "ZM", ["Lusaka"])
    assert zambia.published_at == datetime(2026, 9, 1, tzinfo=UTC)
    assert [p.slug for p in zambia.populations.all()] == ["migrants"]
    assert [i.slug for i in zambia.issues.all()] == ["data"]
    texts = {text.language: text for text in zambia.texts.all()}
    assert texts["en"].summary == "Half-way houses."
    assert texts["fr"].body_html == "<p>Qui nous sommes.</p>"
    member = AdvisoryMember.objects.public().get()
    assert member.campaign == Campaign.objects.get()
    assert member.texts.get().summary == "Nurse"


def test_cuts_factsheets_into_sections(seeds: Path) -> None:
    load(seeds)

    sheet = Factsheet.objects.get()
    assert sheet.texts.get().body == "Overview."
    texts = SectionText.objects.select_related("section").order_by("section__position")
    sections = [(t.section.position, t.section.kind, t.heading, t.body) for t in texts]
    assert sections == [(1, "policy", "The law", "First."), (2, "other", "Partners", "Second.")]

    change(seeds, "factsheets/migrants/factsheet.en.md", "\n## Partners {#other}\n\nSecond.\n", "")
    assert "factsheets: changed 1 (migrants: sections removed)" in load(seeds)
    assert sheet.sections.count() == 1


def test_reads_figures_from_sources(seeds: Path) -> None:
    assert "figures: created 1" in load(seeds)

    figure = Figure.objects.public().get()
    assert (str(figure.value), figure.qualifier, figure.source.date) == ("10.300", "about", "2024-03-11")
    assert {text.language for text in figure.texts.all()} == {"en", "fr"}


def test_comments_are_published_at_their_paragraph(seeds: Path) -> None:
    load(seeds)

    first, second = Comment.objects.public().order_by("number")
    assert (first.body, first.language, first.name) == ("Muito bem.\n\nObrigado.", "pt", "Maré")
    paragraph = VersionText.objects.get().paragraphs.get(number=2)
    assert first.paragraph_key == paragraph.key
    assert second.reply_to == first
    assert first.decided_at == first.published_at == datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert first.decided_by == User.objects.get(username="seeds", is_active=False)
    assert first.decided_by is not None
    assert not first.decided_by.has_usable_password()
    event = first.events.get()
    assert (event.action, event.at, event.by) == ("publish", first.published_at, first.decided_by)
    assert len({first.receipt_hash, second.receipt_hash}) == 2


def test_a_second_run_changes_nothing(seeds: Path) -> None:
    load(seeds)
    before = list(VersionText.objects.values()), list(Comment.objects.values())

    assert {line.split(": ")[1] for line in load(seeds)} == {"left 1", "left 2"}
    assert (list(VersionText.objects.values()), list(Comment.objects.values())) == before


def test_says_what_it_changed(seeds: Path) -> None:
    load(seeds)
    change(seeds, "organisations/zambia.en.md", "Half-way houses.", "Houses.")
    change(seeds, "organisations/zambia.en.md", "issues: [data]\n", "")
    change(seeds, "organisations/zambia.fr.md", "Qui nous sommes.", "Nous.")
    write(seeds, "organisations/zambia.es.md", "---\ntitle: Zambia\n---\n")
    write(seeds, "organisations/kenya.en.md", "---\ntitle: Sample organisation, Kenya\ncountry: KE\n---\n")
    change(seeds, "consultations/draft/comments/001.md", "Muito bem.", "Muito bom.")
    change(seeds, "sources/who.md", "Personnes", "Des personnes")

    said = load(seeds)

    assert "organisations: created 1, changed 1 (zambia: issues, summary, fr body, es added)" in said
    assert "comments: changed 1 (draft 1: body), left 1" in said
    assert "figures: changed 1 (prevalence: fr label)" in said
    assert not Organisation.objects.get(slug="zambia").issues.exists()
    assert ModerationEvent.objects.count() == 2


def test_prints_nothing_when_told_to(seeds: Path) -> None:
    assert load(seeds, "--verbosity", "0") == []


def test_leaves_what_no_file_speaks_of(seeds: Path) -> None:
    load(seeds)
    (seeds / "organisations/zambia.en.md").unlink()
    (seeds / "organisations/zambia.fr.md").unlink()

    assert not any(line.startswith("organisations") for line in load(seeds))
    assert Organisation.objects.get().texts.count() == 2


def test_publishes_nothing_that_staff_withdrew(seeds: Path) -> None:
    load(seeds)
    Organisation.objects.update(state=State.WITHDRAWN)
    Comment.objects.filter(number=1).update(state=CommentState.WITHDRAWN, body="", name_kind="none", name="")

    assert {"organisations: left 1", "comments: left 2"} <= set(load(seeds))
    assert Organisation.objects.get().state == State.WITHDRAWN
    assert Comment.objects.get(number=1).body == ""


def test_keeps_paragraphs_and_the_consultation_that_staff_opened(seeds: Path) -> None:
    load(seeds)
    keys = [p.key_id for p in VersionText.objects.get().paragraphs.all()]
    for path in ("consultation.en.md", "comments/001.md", "comments/002.md"):
        (seeds / "consultations/draft" / path).unlink()
    assert "versions: left 1" in load(seeds)
    assert Version.objects.get().consultation == Consultation.objects.get()
    assert [p.key_id for p in VersionText.objects.get().paragraphs.all()][2] == keys[2]


def test_a_published_version_is_not_rewritten(seeds: Path) -> None:
    load(seeds)
    change(seeds, "deliverables/note/version-1.en.md", "One.", "One, reworked.")
    with pytest.raises(CommandError, match=r"version-1\.en\.md:2: the text of a published version is frozen"):
        load(seeds)


def picture(colour: str) -> bytes:
    """Return a small PNG file."""
    out = BytesIO()
    Image.new("RGB", (8, 6), colour).save(out, "PNG")
    return out.getvalue()


def test_pictures_are_reencoded_once(seeds: Path) -> None:
    write(seeds, "pictures/market.en.md", "---\nfile: market.png\nalt: A market\ncredit: Sample\nyear: 2020\n---\n")
    write(seeds, "pictures/market.png", picture("red"))
    write(seeds, "news/met.en.md", "---\ntitle: They met\npicture: market\n---\n")
    change(seeds, "factsheets/migrants/factsheet.en.md", "{#policy}", "{#policy picture=market}")

    assert "pictures: created 1" in load(seeds)
    market = Picture.objects.get()
    with market.file.open() as file:
        assert (market.width, market.height, file.read()[8:12]) == (8, 6, b"WEBP")
    assert market == News.objects.get().picture == Factsheet.objects.get().sections.all()[0].picture
    default_storage.delete(market.renditions[0].name)
    assert "pictures: left 1" in load(seeds)
    stored = {Path(each.name).name for each in market.renditions}
    assert set(default_storage.listdir("pictures")[1]) == stored

    write(seeds, "pictures/market.png", picture("blue"))
    assert "pictures: changed 1 (market: file)" in load(seeds)
    assert Picture.objects.get().file.name != market.file.name


def test_stores_no_picture_when_a_file_is_broken(seeds: Path) -> None:
    write(seeds, "pictures/market.en.md", "---\nfile: market.png\nalt: A market\ncredit: Sample\n---\n")
    write(seeds, "pictures/market.png", picture("red"))
    write(seeds, "news/met.en.md", "---\ntitle: They met\npicture: other\n---\n")

    assert refused(seeds) == ["news/met.en.md:3: picture: there is no picture “other”"]
    assert default_storage.listdir("pictures")[1] == []


ZAMBIA = "organisations/zambia.en.md"
VERSION = "deliverables/note/version-1.en.md"
CONSULTATION = "consultations/draft/consultation.en.md"

# What the head or the text of an organisation may not be, and what is said of it.
ORGANISATIONS: list[tuple[str | bytes, str]] = [
    ("Zambia\n", "1: a file begins with its head"),
    ("---\ntitle: a\n", "1: a file begins with its head"),
    ("---\n- title\n---\n", "1: the head is no list of keys and values"),
    ("---\ntitle: a\nsummary: b: c\n---\n", "3: this is not YAML: mapping values"),
    ("---\ntitle: a\x07\n---\n", "2: this is not YAML: special characters"),
    ("---\ntitle: a\n---\na\0b\n", "4: this is not text"),
    (b"---\ntitle: a\n---\n\n\xff\n", "5: this is not UTF-8"),
    ("---\ntitle: a\ncontry: ZM\n---\n", "3: contry: unknown key"),
    ("---\ntitle: a\ntext: b\n---\n", "3: text: unknown key"),
    ("---\ntitle: a\ntitle: b\n---\n", "3: title: given twice"),
    ("---\ntitle: a\n2: b\n---\n", "3: the key 2 is no text"),
    ("---\ntitle: a\ncountry:\n---\n", "3: country: has no value"),
    ("---\ntitle: a\njoined: 2026-02-30\n---\n", "3: this is not YAML: day is out of range"),
    ("---\ncountry: ZM\n---\n", "2: title: This field cannot be blank."),
    (f"---\ncountry: ZM\ntitle: {'a' * 201}\n---\n", "3: title: Ensure this value has at most"),
    ("---\ntitle: a\ncountry: ZZ\n---\n", "3: country: “ZZ” is no country."),
    ("---\ntitle: 1.5\ncountry: ZM\n---\n", "2: title: write a text"),
    ("---\ntitle: a\ncountry: ZM\nfounded: x\n---\n", "4: founded: write a whole number"),
    ("---\ntitle: a\ncountry: ZM\ncities: Lusaka\n---\n", "4: cities: write a list of texts"),
    ("---\ntitle: a\ncountry: ZM\ncities: [{a: b}]\n---\n", "4: cities: write a list of texts"),
    ("---\ntitle: a\nissues: [x]\ncountry: ZM\n---\n", "3: issues: there is no shared issue"),
]
COMMENT = "---\nlanguage: en\nname_kind: none\nreceived_at: 2026-03-05T09:00:00Z\n"
OTHERS: dict[str, tuple[str, str]] = {
    "organisations/zambia.es.md": ("---\ntitle: a\ncountry: ZM\n---\n", "3: country: unknown key"),
    "organisations/zambia.xx.md": ("", "1: “xx” is no language"),
    "organisations/kenya.fr.md": ("---\ntitle: a\n---\n", "2: there is no English file"),
    "organisations/kenya.md": ("", "1: seeds here are called organisations/<slug>.<language>.md"),
    "organizations/kenya.en.md": ("", "1: “organizations” is no folder of seeds"),
    "issues/a b.en.md": ("---\ntitle: a\n---\n", "2: slug: Enter a valid “slug”"),
    "populations/prison.en.md": ("---\ntitle: a\nposition: true\n---\n", "3: position: write a whole number"),
    "factsheets/prison/factsheet.en.md": ("---\ntitle: a\npopulation: migrant\n---\n", "3: population: there is no"),
    "factsheets/migrants/factsheet.en.md": (
        "---\ntitle: a\npopulation: migrants\n---\n\n## A {#policy}\n## B {#x}\n",
        "7: kind: Value 'x' is not",
    ),
    "factsheets/migrants/factsheet.fr.md": ("---\ntitle: a\n---\n\n## A\n", "5: end the heading with"),
    "sources/who.md": ("---\ntitle: a\n---\na\n", "4: nothing may stand below"),
    "sources/a.md": ("---\ntitle: a\nauthor: b\naddress: https://c.org/\nfigures: 3\n---\n", "5: figures: write a"),
    "sources/b.md": (
        "---\ntitle: a\nauthor: b\naddress: https://c.org/\nfigures:\n  - code: a\n    vaule: 3\n---\n",
        "7: vaule: unknown key",
    ),
    "sources/c.md": (
        "---\ntitle: a\nauthor: b\naddress: https://c.org/\n"
        "figures:\n- {code: d, indicator: people, unit: people, value: 3, label: {en: a}}\n"
        "- {code: d, indicator: people, unit: people, value: 4, label: {en: a}}\n---\n",
        "7: code: there is another figure “d”",
    ),
    "sources/d.md": (
        "---\ntitle: a\nauthor: b\naddress: https://c.org/\n"
        "figures:\n- {code: e, indicator: people, unit: people, value: 3, label: a}\n---\n",
        "6: label: write one text per language",
    ),
    "sources/e.md": (
        "---\ntitle: a\nauthor: b\naddress: https://c.org/\n"
        "figures:\n- {code: f, indicator: people, unit: people, value: 3, note: {fr: a}}\n---\n",
        "6: say in English what it measures",
    ),
    "events/meeting.en.md": ("---\ntitle: a\nstarts_at: 2026-03-05T09:00:00\n---\n", "3: starts_at: write a moment"),
    "deliverables/note/version-2.en.md": ("---\ntitle: a\nnumber: 3\n---\n", "3: number: the file name says 2"),
    "deliverables/note/version-3.en.md": ("---\ntitle: a\nnumber: 3\nstate: consultation\n---\n", "2: Name the cons"),
    "deliverables/other/version-1.en.md": ("---\ntitle: a\nnumber: 1\n---\n", "2: there is no deliverable “other”"),
    "consultations/e/consultation.en.md": ("---\ndeliverable: note\nversion: 9\n---\n", "3: version: there is no"),
    "consultations/f/consultation.en.md": ("---\ndeliverable: note\nversion: 1\n---\n", "3: version: another consul"),
    "consultations/draft/comments/2.md": ("", "1: there is another file"),
    "consultations/draft/comments/003.md": (
        f"{COMMENT}paragraph: 3\n---\na\n",
        "5: paragraph: the last paragraph is 2",
    ),
    "consultations/draft/comments/004.md": (f"{COMMENT}paragraph: two\n---\na\n", "5: paragraph: write a whole"),
    "consultations/draft/comments/005.md": (f"{COMMENT}reply_to: 2\n---\na\n", "5: reply_to: comment 2 is a reply"),
    "consultations/draft/comments/006.md": (f"{COMMENT}reply_to: 6\n---\na\n", "5: reply_to: a reply comes after"),
    "consultations/draft/comments/008.md": (f"{COMMENT}reply_to: 7\n---\na\n", "5: reply_to: there is no comment 7"),
    "consultations/draft/comments/009.md": (f"{COMMENT}---\n", "6: body: This field cannot be blank."),
    "consultations/draft/comments/010.md": ("---\nlanguage: en\nname_kind: none\n---\na", "2: say when it was"),
    "pictures/a.en.md": ("---\nalt: a\ncredit: b\nfile: a.png\n---\n", "4: file: there is no such file"),
    "pictures/b.en.md": ("---\nalt: a\ncredit: b\nfile: b.en.md\n---\n", "4: file: This is not a JPEG"),
}


def test_refuses_broken_files_with_name_and_line_and_changes_nothing(seeds: Path) -> None:
    broken = {f"organisations/broken-{number}.en.md": case for number, case in enumerate(ORGANISATIONS)} | OTHERS
    for path, (text, _) in broken.items():
        write(seeds, path, text)

    said = [line.split(":", 1) for line in refused(seeds)]

    assert [(path, text[: len(broken[path][1])]) for path, text in said] == [
        (path, broken[path][1]) for path in sorted(broken)
    ]
    for model in (Campaign, KeyPopulation, Organisation, Deliverable, Comment, User):
        assert not model._default_manager.exists()


def test_lists_everything_that_is_broken(seeds: Path) -> None:
    write(seeds, "organisations/zambia.FR.md", "---\ntitle: a\n---\n")
    write(seeds, ZAMBIA, "---\ncountry: ZZ\nfounded: 3000\n---\n")
    write(seeds, "populations/migrants.en.md", "no head")
    change(seeds, CONSULTATION, "version: 1", "version: 3")

    assert [line.split(": ")[0] for line in refused(seeds)] == [
        f"{CONSULTATION}:4",
        f"{VERSION}:2",
        "organisations/zambia.en.md:2",
        "organisations/zambia.en.md:3",
        "organisations/zambia.fr.md:1",
        "populations/migrants.en.md:1",
    ]


def test_names_the_file_that_only_the_database_refuses(seeds: Path) -> None:
    """A trigger holds this rule; nothing behind this file can be tried any more."""
    change(seeds, "consultations/draft/comments/002.md", "2026-03-05", "2027-03-05")

    assert refused(seeds) == ["consultations/draft/comments/002.md:2: the consultation is not open"]


def test_a_broken_file_leaves_the_old_content(seeds: Path) -> None:
    load(seeds)
    change(seeds, "issues/data.en.md", "Lack of data", "No data")
    change(seeds, ZAMBIA, "ZM", "ZZ")

    refused(seeds)

    assert Issue.objects.get().texts.get().title == "Lack of data"


def test_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is no folder"):
        load(tmp_path / "nothing")


def test_if_empty_loads_an_empty_database_alone(seeds: Path) -> None:
    assert "campaigns: created 1" in load(seeds, "--if-empty")

    write(seeds, "issues/apathy.en.md", "---\ntitle: Political apathy\n---\n")
    assert load(seeds, "--if-empty") == ["Nothing to load: there is a campaign already."]
    assert Issue.objects.count() == 1


def test_the_portals_own_seeds() -> None:
    seeds = Path(settings.BASE_DIR) / "seeds"

    load(seeds)

    paragraphs = {
        (text.version.deliverable.slug, text.version.number): text.paragraphs.filter(number__isnull=False).count()
        for text in VersionText.objects.filter(language="en").select_related("version__deliverable")
    }
    assert Deliverable.objects.public().count() == 3
    assert min(paragraphs.pop(("guidance-note", 1)), paragraphs.pop(("guidance-note", 2))) >= 40
    assert min(paragraphs.values()) >= 15
    assert Factsheet.objects.public().count() == 6
    assert Figure.objects.public().exclude(source__address="").count() == Figure.objects.count() > 30
    assert Comment.objects.public().count() >= 40
    assert min(d.endorsements.public().count() for d in Deliverable.objects.all()) >= 12
    assert {"en", "ru"} <= set(
        NewsText.objects.filter(news__in=News.objects.public()).values_list("language", flat=True)
    )
    assert Issue.objects.public().count() == 4
    assert Organisation.objects.public().count() == 26
    assert Application.objects.pending().count() == 2
    steps = PracticalStep.objects.public()
    assert min(Counter(steps.values_list("audience", flat=True)).values()) >= 2
    assert not steps.filter(grounds=None).exists()
    assert set(Action.objects.public().values_list("deliverable__kind", flat=True)) == {"white-paper"}
    assert set(GoodPractice.objects.public().values_list("deliverable__kind", flat=True)) == {"code-of-conduct"}
    assert not Deliverable.objects.filter(drafters=None).exists()
    check_answers()
    assert {line.split(": ")[1].split()[0] for line in load(seeds)} == {"left"}


def check_answers() -> None:
    """Every point of the closed consultation has its answer, which agrees with the changes of the next version."""
    points = Point.objects.counted().filter(comment__consultation__slug="guidance-note-2026")
    assert points.count() == 78  # as the report says
    assert not points.open().exists()
    answers = Answer.objects.public().prefetch_related("texts", "points__comment")
    assert {answer.disposition for answer in answers} == set(Disposition.values)
    for answer in answers:
        needed = {"en", "fr"} | {point.comment.language for point in answer.points.all()} & set(
            dict(settings.LANGUAGES)
        )
        assert {text.language for text in answer.texts.all()} >= needed
    for asked in Change.objects.exclude(comments=None):
        new = set(asked.ends.filter(side="new").values_list("key", flat=True))
        for comment in asked.comments.all():
            given = Answer.objects.filter(points__comment=comment, changed_version=2)
            assert given.exists(), (asked, comment)
            assert not new or given.filter(changed_paragraphs__in=new).exists(), (asked, comment)
    assert Report.objects.public().get().counted_at
    assert {"words", "alike"} <= {reason for comment in Comment.objects.pending() for reason in comment.held_for}
