"""What a spreadsheet that staff send would change, or changed."""

from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Self

from publishing.history import Difference

# So many rows of a report are shown; the rest is counted.
SHOWN = 200


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, or with a row; the first row of a spreadsheet is number 1."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Change:
    """What becomes of one thing, which is known by its code or slug."""

    row: int
    name: str
    is_new: bool
    differences: list[Difference]


@dataclass
class Report:
    """What a table changes; with a problem it changes nothing. Of many the first are kept, and all are counted."""

    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    problem_count: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    # How many rows were read.
    rows: int = 0
    # What tells whether two reports say the same.
    digest: str = ""

    @property
    def more_problems(self) -> int:
        """How many problems are only counted."""
        return self.problem_count - len(self.problems)

    @property
    def more_changes(self) -> int:
        """How many changes are only counted."""
        return self.new + self.changed - len(self.changes)

    def add_problem(self, row: int, column: str, message: str) -> None:
        """Say that something is wrong."""
        self._say(Problem(row, column, message), self.problems)
        self.problem_count += 1

    def add_change(self, change: Change) -> None:
        """Say what becomes of a thing."""
        self._say(change, self.changes)
        self.new += change.is_new
        self.changed += not change.is_new

    def _say(self, what: Any, kept: list[Any]) -> None:
        self.digest = sha256(f"{self.digest}{what!r}".encode()).hexdigest()
        if len(kept) < SHOWN:
            kept.append(what)

    def as_json(self) -> dict[str, Any]:
        """Return it as it can be written down."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return what was written down."""
        problems = [Problem(**problem) for problem in kept["problems"]]
        changes = [
            Change(**{**change, "differences": [Difference(**difference) for difference in change["differences"]]})
            for change in kept["changes"]
        ]
        return cls(**{**kept, "problems": problems, "changes": changes})
