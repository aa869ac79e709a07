"""How a thing finds its text, and what languages and places are called."""

from itertools import combinations
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from advocacy.models import News, NewsText
from publishing.languages import direction, language_name, locale, place_name, validate_language_code
from publishing.places import COUNTRIES, REGION_OF, country_choices, validate_country, validate_place
from tests.factories import add_text, make_news, published, slug

CODES = ("en", "fr", "ru", "ar")


@pytest.mark.django_db
@pytest.mark.parametrize("reader", ["en", "fr", "zh-hans"])
def test_best(reader: str) -> None:
    """The reader's language, else English, else whatever there is; only what is ready."""
    expected = {}
    for size in range(len(CODES) + 1):
        for ready in combinations(CODES, size):
            news = News.objects.create(**published(slug=slug("news")))
            for code in CODES:
                add_text(news, code, title=code, ready=code in ready)
            expected[news.pk] = next((code for code in (reader, "en", *sorted(ready)) if code in ready), None)
    with override(reader):
        found = {news.pk: news.text.title if news.text else None for news in News.objects.with_text()}
        public = {news.pk: news.text.title for news in News.objects.public().with_text()}
    assert found == expected
    assert public == {pk: code for pk, code in expected.items() if code}


@pytest.mark.django_db
def test_texts_come_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(5):
        add_text(make_news(), "fr")
    with override("fr"), django_assert_num_queries(2):
        assert [(n.text.language, n.text.body_html[:3], n.text.is_translated) for n in News.objects.with_text()] == [
            ("fr", "<h2", True)
        ] * 5


@pytest.mark.django_db
def test_lists_leave_the_body_out() -> None:
    make_news()
    text = News.objects.for_list().get().text
    assert text.get_deferred_fields() == {"body", "body_html", "plain", "search"}


@pytest.mark.django_db
def test_languages_to_choose_from() -> None:
    """Only those that are ready."""
    news = make_news()
    add_text(news, "ru")
    add_text(news, "fr", ready=False)
    found: Any = News.objects.with_languages().get()
    assert found.languages == ["en", "ru"]


@pytest.mark.django_db
def test_a_stand_in_says_so() -> None:
    add_text(make_news(), "ru")
    with override("fr"):
        text = News.objects.with_text().get().text
        assert (text.language, text.dir, text.is_translated, text.stand_in) == ("en", "ltr", False, text)
    with override("ru"):
        text = News.objects.with_text().get().text
        assert (text.language, text.is_translated, text.stand_in) == ("ru", True, None)


@pytest.mark.django_db
def test_one_text_per_language() -> None:
    news = make_news()
    with pytest.raises(IntegrityError), transaction.atomic():
        add_text(news, "en")
    with pytest.raises(ValidationError, match="a text in this language already"):
        NewsText(news=news, language="en", title="Again").validate_constraints()


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("UR", "rtl"), ("zh-hans", "ltr")]
)
def test_direction(language: str, expected: str) -> None:
    assert direction(language) == expected


@pytest.mark.parametrize(
    ("reader", "language", "place"),
    [("en", "Arabic", "Eastern Africa"), ("fr", "arabe", "Afrique orientale"), ("zh-hans", "阿拉伯语", "东非")],
)
def test_names_are_the_readers(reader: str, language: str, place: str) -> None:
    with override(reader):
        assert language_name("ar") == language
        assert place_name("014") == place


def test_names_of_what_has_none() -> None:
    """Better a code than a fault."""
    assert language_name("xx-none") == "xx-none"
    assert place_name("ZZZ") == "ZZZ"
    assert locale("tlh-nowhere").language == "en"


@pytest.mark.parametrize("code", ["en", "pt", "zh-hans", "sw", "bem"])
def test_language_codes(code: str) -> None:
    validate_language_code(code)


@pytest.mark.parametrize("code", ["", "english!", "x", "12", "en_"])
def test_no_language_codes(code: str) -> None:
    with pytest.raises(ValidationError):
        validate_language_code(code)


@pytest.mark.parametrize("code", ["ZM", "202", "001", "419"])
def test_places(code: str) -> None:
    validate_place(code)


@pytest.mark.parametrize("code", ["", "XX", "999", "zm", "Zambia"])
def test_no_places(code: str) -> None:
    for validate in (validate_place, validate_country):
        with pytest.raises(ValidationError):
            validate(code)


def test_a_region_is_no_country() -> None:
    with pytest.raises(ValidationError):
        validate_country("202")


def test_every_country_lies_in_one_region_and_has_a_name() -> None:
    assert len(COUNTRIES) == 250
    for code in ("en", "fr", "es", "ru", "ar", "zh-hans"):
        with override(code):
            assert all(place_name(region) != region for region in REGION_OF.values())
            assert all(name != country for country, name in country_choices())


def test_countries_stand_in_the_readers_order() -> None:
    with override("fr"):
        names = [name for _, name in country_choices()]
    assert names.index("Égypte") < names.index("France")
