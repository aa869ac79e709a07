"""The house rules: which way imports run, how long modules are, what addresses exist, what no template holds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override

ROOT = Path(settings.BASE_DIR)
# Each may import those after it, none before it.
APPS = ["campaign", "advocacy", "factsheets", "comments", "publishing"]
MODULES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Whole modules that stand outside of the apps, but are ours.
OTHERS = [*sorted((ROOT / "deploy").rglob("*.py")), ROOT / "manage.py"]


def shown(path: Path) -> str:
    """Return a path as people write it."""
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and name of every module imported anywhere in a file, inside functions too."""
    package = list(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            yield node.lineno, ".".join([*base, *filter(None, [node.module])])
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (
                (node.lineno, a.value) for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
            )


@pytest.mark.parametrize("app", APPS)
def test_imports_run_one_way(app: str) -> None:
    """`campaign → advocacy → factsheets → comments → publishing`, and nothing imports the tests."""
    forbidden = {*APPS[: APPS.index(app)], "tests", "deploy"}
    wrong = [
        f"{shown(path)}:{line} imports {name}"
        for path in MODULES
        if path.relative_to(ROOT).parts[0] == app
        for line, name in imported(path)
        if name.split(".")[0] in forbidden
    ]
    assert wrong == []


def references(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and app of every model that a module names as text (`"campaign.Version"`)."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            named = re.fullmatch(r"([a-z]+)\.[A-Za-z]\w*", node.value)
            if named and named[1] in APPS:
                yield node.lineno, named[1]


@pytest.mark.parametrize("app", APPS)
def test_no_app_names_models_to_its_left(app: str) -> None:
    """A foreign key written as text is an import too."""
    left = APPS[: APPS.index(app)]
    paths = [path for path in MODULES if path.relative_to(ROOT).parts[0] == app]
    assert [f"{shown(p)}:{line} names {name}" for p in paths for line, name in references(p) if name in left] == []


@pytest.mark.parametrize("app", APPS)
def test_migrations_depend_one_way(app: str) -> None:
    """A migration waits for none of an app further left."""
    left = set(APPS[: APPS.index(app)])
    wrong = []
    for path in sorted((ROOT / app / "migrations").glob("0*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("dependencies", "run_before"):
                names = {str(c.value) for c in ast.walk(node.value) if isinstance(c, ast.Constant)}
                wrong += [f"{shown(path)}: {name}" for name in names & left]
    assert wrong == []


@pytest.mark.parametrize("app", [*APPS, "parts"])
def test_templates_include_one_way(app: str) -> None:
    """A template takes the frame, shared parts and templates of apps to its right; shared parts take only parts."""
    right = APPS[APPS.index(app) :] if app in APPS else []
    wrong = []
    for path in sorted((ROOT / "templates" / app).rglob("*.html")):
        for name in re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)""", path.read_text()):
            if name != "base.html" and name.split("/")[0] not in (*right, "parts"):
                wrong.append(f"{shown(path)} takes {name}")
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_templates_load_tags_one_way(app: str) -> None:
    """A template loads tags of Django and of apps to its right."""
    homes = {p.stem: p.relative_to(ROOT).parts[0] for p in MODULES if p.parent.name == "templatetags"}
    left = APPS[: APPS.index(app)]
    wrong = []
    for path in sorted((ROOT / "templates" / app).rglob("*.html")):
        for names in re.findall(r"{%\s*load\s+([^%]+)%}", path.read_text()):
            wrong += [f"{shown(path)} loads {name}" for name in names.split() if homes.get(name) in left]
    assert wrong == []


def test_modules_are_short() -> None:
    """No module passes 300 lines, but for migrations."""
    paths = [path for path in [*MODULES, *OTHERS] if "migrations" not in path.parts]
    assert [shown(path) for path in paths if len(path.read_text().splitlines()) >= 300] == []


EXEMPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?P<rest>.*)")
REASON = re.compile(r"(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w, -]+\])\s*(?:-|#)\s*\S+")


def test_exemptions_have_a_reason() -> None:
    """Whoever silences a checker names the rule and says why."""
    lines = [(path, line) for path in [*MODULES, *OTHERS] for line in path.read_text().splitlines()]
    exempted = [(path, line.strip(), EXEMPTION.search(line)) for path, line in lines]
    assert [
        f"{shown(path)}: {line}" for path, line, found in exempted if found and not REASON.match(found["rest"])
    ] == []


INLINE = [
    r"\sstyle\s*=",
    r"<style\b",
    r"<script(?![^>]*\ssrc=)",
    r"\son[a-z]+\s*=\s*[\"']",
    r"javascript:",
    r"<(?:iframe|base|object|embed)\b",
    r"http-equiv",
]
ELSEWHERE = r"<(?!a\b)[a-z]+[^>]*(?:src|href|srcset|action)=[\"'](?:https?:)?//[^>]*>"


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_templates_hold_nothing_inline_or_foreign(path: Path) -> None:
    """The policy forbids it: browsers would drop it."""
    text = path.read_text()
    assert [found[0] for rule in [*INLINE, ELSEWHERE] for found in re.finditer(rule, text, re.I)] == []


def test_static_files_fetch_from_nowhere_else() -> None:
    """Nor does the stylesheet, a script or a picture name another host."""
    wrong = []
    for path in sorted((ROOT / "static").rglob("*")):
        if path.suffix in (".css", ".js", ".svg"):
            text = path.read_text().replace("http://www.w3.org/2000/svg", "")
            wrong += [f"{shown(path)}: {m}" for m in re.findall(r"(?:https?:)?//[\w.]+\.\w+|@import|data:", text)]
    assert wrong == []


UNDER_A_LANGUAGE = [
    *("", "campaign/", "campaign/advisory-group/", "search/", "about/x/", "receipt/"),
    *("deliverables/", "deliverables/x/", "deliverables/x/versions/2/", "deliverables/x/download/2.pdf"),
    *("deliverables/x/endorsements/", "deliverables/x/endorsements/new/", "deliverables/x/endorsements.csv"),
    *("consultations/", "consultations/x/", "consultations/x/comments/new/", "consultations/x/comments/3/"),
    *("consultations/x/policy/", "consultations/x/comments.atom", "consultations/x/comments.csv"),
    *("consultations/x/comments.json", "consultations/x/comments.xlsx"),
    *("factsheets/", "factsheets/x/", "factsheets/x.pdf", "figures/"),
    *("join/", "network/", "network/x/", "issues/", "issues/x/", "practices/", "practices/x/"),
    *("practices/x/files/3/y.txt", "practices/x/revisions/", "practices/x/revisions/1/2/"),
    *("news/", "news/x/", "news.atom", "events/", "events/x/"),
    *("news/digest/", "news/digest/confirm/x/", "news/digest/stop/x/"),
    *("events.ics", "events/x.ics", "events/x/y.pdf"),
    *("accounts/", "accounts/login/", "accounts/2fa/", "accounts/password/reset/"),
]
BESIDE = ["", "admin/", "healthz", "readyz", "robots.txt", "sitemap.xml", ".well-known/security.txt"]


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_addresses_exist_in_every_language(language: str) -> None:
    """What the design names answers."""
    with override(language):
        for address in UNDER_A_LANGUAGE:
            resolve(f"/{language}/{address}")


@pytest.mark.parametrize("address", BESIDE)
def test_addresses_exist(address: str) -> None:
    """So does what has no language."""
    resolve(f"/{address}")


@pytest.mark.parametrize("address", ["/i18n/setlang/", "/static/", "/media/", "/media/pictures/x.webp", "/en/admin/"])
def test_nothing_else_is_public(address: str) -> None:
    """Nothing that Django could bring along lies open."""
    with pytest.raises(Resolver404):
        resolve(address)


@pytest.mark.django_db
def test_static_files_bear_their_content_in_their_name(client: Client) -> None:
    """The page names hashed files, which may be kept for ever."""
    links = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/en/receipt/").content.decode())
    assert links
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", link) for link in links), links
