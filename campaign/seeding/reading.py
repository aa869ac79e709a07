"""Reads one seed file, a YAML head between two lines `---` and what stands below, and keeps account of the lines."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong with a file, and where."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Broken(Exception):
    """A file can't be loaded. Without problems: it only depends on another file that is broken."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


class Problems(list[Problem]):
    """What is wrong with the files so far."""

    @contextmanager
    def collect(self) -> Iterator[None]:
        """Note what is wrong, and carry on behind the block."""
        try:
            yield
        except Broken as error:
            self.extend(error.problems)


class Head(dict[str, Any]):
    """A mapping that knows its file, its line and the line of each key."""

    def __init__(self, path: str, line: int) -> None:
        super().__init__()
        self.path = path
        self.line = line
        self.lines: dict[str, int] = {}

    def add(self, key: str, value: object, line: int) -> None:
        """Set a key that stands on this line."""
        self[key] = value
        self.lines[key] = line

    def problem(self, message: str, key: str = "") -> Problem:
        """Return a problem with a key, or with the whole."""
        return Problem(self.path, self.lines.get(key, self.line), f"{key}: {message}" if key else message)

    def whole(self, key: str) -> int:
        """Return the whole number under this key."""
        value = self.get(key)
        if type(value) is not int:
            raise Broken(self.problem("write a whole number", key))
        return value

    def check_keys(self, known: Collection[str]) -> None:
        """Refuse keys that nobody knows."""
        unknown = [key for key in self if key not in known]
        if unknown:
            raise Broken(*(self.problem("unknown key", key) for key in unknown))


class _Loader(yaml.SafeLoader):
    """YAML whose mappings are heads and whose decimal numbers are exact."""

    path = ""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, ArithmeticError) as error:
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from error

    def construct_head(self, node: yaml.MappingNode) -> Head:
        head = Head(self.path, node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if not isinstance(key, str):
                raise Broken(Problem(self.path, line, f"the key {key!r} is no text"))
            if key in head:
                raise Broken(Problem(self.path, line, f"{key}: given twice"))
            value = self.construct_object(value_node, deep=True)
            if value is None:
                raise Broken(Problem(self.path, line, f"{key}: has no value"))
            head.add(key, value, line)
        return head

    def construct_decimal(self, node: yaml.ScalarNode) -> Decimal:
        return Decimal(node.value)


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.construct_head)
_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_decimal)


def read(file: Path, path: str) -> Head:
    """Return the head of a file, with what stands below it as one more key, `text`; raise Broken."""
    lines = _decode(file.read_bytes(), path).split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise Broken(Problem(path, 1, "a file begins with its head, between two lines ---"))
    end = lines.index("---", 1)
    head = _parse("\n".join(lines[:end]), path)
    if "text" in head:
        raise Broken(head.problem("unknown key", "text"))
    body = lines[end + 1 :]
    blank = next((number for number, line in enumerate(body) if line.strip()), 0)
    head.add("text", "\n".join(body).strip(), end + 2 + blank)
    return head


def _decode(data: bytes, path: str) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Broken(Problem(path, data.count(b"\n", 0, error.start) + 1, "this is not UTF-8")) from error
    if "\0" in text:
        raise Broken(Problem(path, text.count("\n", 0, text.index("\0")) + 1, "this is not text"))
    return text.replace("\r\n", "\n")


def _parse(source: str, path: str) -> Head:
    try:
        loader = _Loader(source)
        loader.path = path
        head = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Broken(Problem(path, line, f"this is not YAML: {error.problem}")) from error
    except yaml.reader.ReaderError as error:
        line = source.count("\n", 0, error.position) + 1
        raise Broken(Problem(path, line, f"this is not YAML: {error.reason}")) from error
    if head is None:
        return Head(path, 1)
    if not isinstance(head, Head):
        raise Broken(Problem(path, 1, "the head is no list of keys and values"))
    return head
