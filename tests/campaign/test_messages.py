"""The translation catalogues: up to date, complete, sound, and seen on the pages."""

import re
from gettext import GNUTranslations, c2py
from io import BytesIO
from pathlib import Path

import pytest
from babel import Locale
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from campaign.management.commands.collect_messages import catalogue_paths, collect, message_keys

PLURAL_FORMS = {"fr": 2, "es": 2, "ru": 3, "ar": 6, "zh_Hans": 1}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s")


def read(locale: str) -> Catalog:
    """Read a catalogue by its locale's name."""
    with catalogue_paths()[locale].open("rb") as file:
        return read_po(file)


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each translation of a message with the text that it translates: the plural, where there is one."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string or ""))]
    return [(message.id[-1], text) for text in message.string or ()]


def messages(locale: str) -> list[Message]:
    """All messages of a catalogue but its head."""
    return [message for message in read(locale) if message.id]


def plural_rule(catalogue: Catalog) -> list[int]:
    """Which form the numbers from 0 to 200 take."""
    choose = c2py(catalogue.plural_expr)
    return [choose(number) for number in range(201)]


def test_catalogues_hold_exactly_what_code_and_templates_ask_for() -> None:
    call_command("collect_messages", check=True)


def test_every_language_of_the_portal_has_a_catalogue() -> None:
    assert set(catalogue_paths()) == set(PLURAL_FORMS)


@pytest.fixture
def copies(tmp_path: Path, settings: Settings) -> dict[str, Path]:
    """Copies of the catalogues, brought up to date."""
    originals = catalogue_paths()
    settings.LOCALE_PATHS = [tmp_path]
    for locale, path in catalogue_paths().items():
        path.parent.mkdir(parents=True)
        path.write_bytes(originals[locale].read_bytes())
    call_command("collect_messages", verbosity=0)
    return catalogue_paths()


def test_check_names_what_is_missing_and_what_is_obsolete(copies: dict[str, Path]) -> None:
    edited = copies["ru"].read_text().replace('msgid "Exit"', 'msgid "Nobody asks for this"')
    copies["ru"].write_text(edited)
    with pytest.raises(CommandError) as failure:
        call_command("collect_messages", check=True)
    assert str(failure.value).splitlines()[1:] == ["  missing: Exit (ru)", "  obsolete: Nobody asks for this (ru)"]
    assert copies["ru"].read_text() == edited


def test_update_keeps_translations_drops_what_is_obsolete_and_adds_what_is_new(copies: dict[str, Path]) -> None:
    arabic, russian = copies["ar"].read_text(), copies["ru"].read_text()
    copies["ru"].write_text(russian.replace('msgid "Exit"', 'msgid "Nobody asks for this"'))
    call_command("collect_messages", verbosity=0)
    assert copies["ru"].read_text() == russian.replace('msgid "Exit"\nmsgstr "Уйти"', 'msgid "Exit"\nmsgstr ""')
    assert copies["ar"].read_text() == arabic


def test_a_new_language_starts_with_every_message(tmp_path: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en", "English"), ("uk", "Українська")]
    call_command("collect_messages", verbosity=0)
    assert message_keys(read("uk")) == message_keys(collect())
    call_command("collect_messages", check=True)


def test_every_way_of_marking_a_text_in_a_template_is_found(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        """{% load i18n %}
            {% translate "plain" %} it's {{ value|default:_("filter") }}
        {% translate 'verb' context "with context" as name %}
          {% blocktranslate with n=number trimmed %}
            block {{ n }},
            100%
          {% endblocktranslate %}
      {% blocktranslate count counter=n context "of people" trimmed %}{{ counter }} one{% plural %}{{ counter }} many
        {% endblocktranslate %}
        {# translate "no" #}""",
    )
    settings.BASE_DIR = tmp_path
    assert message_keys(collect()) == {
        ("", "plain"),
        ("", "filter"),
        ("with context", "verb"),
        ("", "block %(n)s, 100%%"),
        ("of people", "%(counter)s one", "%(counter)s many"),
    }


def test_every_way_of_marking_a_text_in_code_is_found() -> None:
    keys = message_keys(collect())
    # gettext, gettext_lazy, pgettext_lazy, and gettext imported as _
    assert {
        ("", "Anonymous"),
        ("", "Search"),
        ("station", "Open"),
        ("", "A receipt code has twelve letters and digits."),
    } < keys


@pytest.mark.parametrize("locale", PLURAL_FORMS)
def test_every_message_is_translated(locale: str) -> None:
    assert [m.id for m in messages(locale) if m.fuzzy or not all(text for _, text in pairs(m))] == []


@pytest.mark.parametrize("locale", PLURAL_FORMS)
def test_translations_begin_and_end_as_the_original(locale: str) -> None:
    def edges(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    # What parts a list stands in Chinese without a space, and in French between two.
    rows = [row for message in messages(locale) if message.id not in (", ", "; ") for row in pairs(message)]
    assert [text for original, text in rows if edges(text) != edges(original)] == []


@pytest.mark.parametrize("locale", PLURAL_FORMS)
def test_placeholders_and_markup_are_those_of_the_original(locale: str) -> None:
    rule = plural_rule(read(locale))
    wrong = []
    for message in messages(locale):
        for form, (original, text) in enumerate(pairs(message)):
            asked, given = set(PLACEHOLDER.findall(original)), set(PLACEHOLDER.findall(text))
            # A form that stands for one number alone may say it in words: "one comment".
            in_words = message.pluralizable and rule.count(form) == 1 and given <= asked
            if (given != asked and not in_words) or re.findall("<[^>]*>", text) != re.findall("<[^>]*>", original):
                wrong.append(text)
    assert wrong == []
    assert [str(error) for _, errors in read(locale).check() for error in errors] == []


@pytest.mark.parametrize(("locale", "number_of_forms"), PLURAL_FORMS.items())
def test_plural_forms_part_numbers_as_the_language_does(locale: str, number_of_forms: int) -> None:
    catalogue = read(locale)
    categories = [Locale.parse(locale).plural_form(number) for number in range(201)]
    forms = plural_rule(catalogue)
    assert catalogue.num_plurals == number_of_forms == len(set(forms))
    assert len(set(zip(categories, forms, strict=True))) == len(set(categories)) == len(set(forms))


@pytest.mark.parametrize("locale", PLURAL_FORMS)
def test_catalogue_compiles(locale: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, read(locale))
    compiled.seek(0)
    assert GNUTranslations(compiled).gettext("Factsheets") == read(locale)["Factsheets"].string


def test_arabic_has_arabic_punctuation() -> None:
    assert [text for m in messages("ar") for _, text in pairs(m) if re.search(r"[,;?]", text)] == []


def test_french_keeps_its_punctuation_with_the_word_before() -> None:
    loose = re.compile(r"(?<![\u00a0\u202f])[:;!?»](?!//)|«(?!\u00a0)|'")
    assert [text for m in messages("fr") for _, text in pairs(m) if loose.search(text)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "direction", "navigation"),
    [
        ("fr", "ltr", ["Documents", "Consultations", "Fiches", "Réseau", "Actualités", "Rechercher", "Quitter"]),
        ("es", "ltr", ["Documentos", "Consultas", "Fichas", "Red", "Noticias", "Buscar", "Salir"]),
        ("ru", "ltr", ["Документы", "Обсуждения", "Обзоры", "Сеть", "Новости", "Поиск", "Уйти"]),
        ("ar", "rtl", ["الوثائق", "المشاورات", "صحائف الوقائع", "الشبكة", "الأخبار", "بحث", "مغادرة"]),
        ("zh-hans", "ltr", ["文件", "意见征集", "情况简介", "协作网络", "新闻", "搜索", "离开"]),
    ],
)
def test_pages_speak_the_language(visitor: Client, language: str, direction: str, navigation: list[str]) -> None:
    page = visitor.get(f"/{language}/deliverables/").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert [word for word in navigation if f">{word}</a>" not in page] == []
