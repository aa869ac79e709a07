"""Examples of good practice on a deliverable's page: who, where, what, evidence."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from campaign.models import GoodPractice
from tests.campaign.asks_rows import make_good_practice
from tests.factories import add_text, make_deliverable, make_organisation, make_version
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db


def read(client: Client, language: str = "en") -> Element:
    response = client.get(f"/{language}/deliverables/code/")
    assert response.status_code == 200
    return parse(response.content.decode())


def facts(root: Element, slug: str) -> dict[str, str]:
    """Return what stands beside each name."""
    rows = root.one("li", id=f"practice-{slug}").one("dl", class_="facts").all("div")
    return {row.one("dt").text: " ".join(row.one("dd").text.split()) for row in rows}


def test_who_where_what_and_evidence(visitor: Client) -> None:
    deliverable = make_deliverable(slug="code", kind="code-of-conduct")
    make_version(deliverable)
    make_good_practice(
        deliverable,
        slug="ramp",
        country="ZM",
        organisation=make_organisation(slug="member"),
        evidence_url="https://example.org/report",
    )
    root = read(visitor)
    item = root.one("li", id="practice-ramp")
    assert item.one("h3").text == "Title of ramp"
    assert item.one("div", class_="prose").all("strong")
    assert facts(root, "ramp") == {
        "Who": "A team of nurses · Title of member",
        "Where": "A harbour town · Zambia",
        "Evidence": "A yearly report",
    }
    assert item.one("a", href="https://example.org/report").get("rel") == "noreferrer"


def test_in_the_readers_language(visitor: Client) -> None:
    deliverable = make_deliverable(slug="code")
    practice = make_good_practice(deliverable, slug="ramp", country="ZM")
    add_text(practice, "fr", title="Une rampe", who="Une équipe", place="Un port", evidence="Un rapport")
    root = read(visitor, "fr")
    assert root.one("li", id="practice-ramp").one("h3").get("lang") == "fr"
    assert list(facts(root, "ramp").values()) == ["Une équipe", "Un port · Zambie", "Un rapport"]


def test_little_is_known(visitor: Client) -> None:
    practice = make_good_practice(make_deliverable(slug="code"), slug="ramp")
    practice.texts.update(place="", evidence="", summary="")
    assert facts(read(visitor), "ramp") == {"Who": "A team of nurses"}
    GoodPractice.objects.update(evidence_url="https://example.org/")
    assert facts(read(visitor), "ramp")["Evidence"] == "Evidence"


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_an_organisation_at_risk_is_not_given_away(visitor: Client, state: str) -> None:
    """Neither by the country nor by the place, nor when its profile is taken back."""
    member = make_organisation(country="EG", listing="region", state=state)
    make_good_practice(make_deliverable(slug="code"), slug="ramp", country="EG", organisation=member)
    root = read(visitor)
    assert facts(root, "ramp")["Where"] == "Northern Africa"
    assert "Egypt" not in root.text


def test_examples_are_found(visitor: Client) -> None:
    practice = make_good_practice(make_deliverable(slug="code"), slug="ramp")
    practice.texts.update(title="Zygomorphic flowers")
    root = parse(visitor.get("/en/search/?q=zygomorphic").content.decode())
    assert root.one("ol", class_="results").one("a").get("href") == "/en/deliverables/code/#practice-ramp"


def test_nothing_acts_in_what_staff_typed(visitor: Client) -> None:
    practice = make_good_practice(make_deliverable(slug="code"), slug="ramp")
    text = practice.texts.get()
    text.who, text.body = "<script>alert(1)</script>", "<script>alert(2)</script>Done."
    text.save()
    page = visitor.get("/en/deliverables/code/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("field", "value"), [("country", "XX"), ("evidence_url", "javascript:alert(1)"), ("evidence_url", "no address")]
)
def test_what_is_refused(field: str, value: str) -> None:
    practice = make_good_practice()
    setattr(practice, field, value)
    with pytest.raises(ValidationError) as error:
        practice.full_clean()
    assert list(error.value.message_dict) == [field]
