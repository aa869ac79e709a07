"""Members' pages as their browsers read them, and forms as they send them."""

from typing import Any

from tests.publishing.html import Element, parse


def read(response: Any) -> Element:
    """Return what an answer's page holds."""
    return parse(response.content.decode())


def sent_by(form: Element) -> dict[str, Any]:
    """Return what a form sends, without its buttons and files; boxes of one name as a list."""
    values: dict[str, Any] = {}
    for field in form:
        name, kind = field.get("name"), field.get("type")
        if not name or kind in ("file", "submit"):
            continue
        if field.tag == "textarea":
            values[name] = "".join(child for child in field.children if isinstance(child, str)).removeprefix("\n")
        elif field.tag == "select":
            chosen = [option.get("value") for option in field.all("option") if "selected" in option.attributes]
            values[name] = (chosen or [""])[0]
        elif field.tag == "input" and (kind not in ("checkbox", "radio") or "checked" in field.attributes):
            value = field.attributes.get("value") or ""
            is_again = name in values or kind == "checkbox"
            values[name] = [*values.get(name, []), value] if is_again else value
    return values
