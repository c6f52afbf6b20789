"""Registers as people write them: every style of YAML, comments anywhere, any line end.

The strategy draws the text of a file and notes which lines each entry stands on, so that a test can
tell what an edit may touch without asking the code under test.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from hypothesis import strategies as st

from charte.register.reading import read

NAUGHTY = [
    *(
        "Nom : exact",
        "@a",
        "- b",
        "a #b",
        '"x"',
        "'",
        "l'été",
        "é",
        "e\u0301",
        "\\",
        "C:\\n",
        "null",
    ),
    *(
        "~",
        "NO",
        "true",
        "360",
        "01234567",
        "12:30",
        "2020-11-16",
        "",
        " ",
        " a ",
        "🩺 santé",
        "👩🏽",
    ),
    *("a, b", "[a]", "{a: b}", "*", "&", "!", "%", "`", "|", ">", "?", ":", "-", "---", "...", "#"),
    *(
        "=",
        "<<",
        "a:",
        ": a",
        "« A »",
        "Œuvre",
        "ﬁn",
        "한글",
        "الصحة",
        "a\tb",
        "1e3",
        ".inf",
        "0x1F",
    ),
]
_LETTERS = "aZéœ 1-:#'\"\\,[]{}&*!|>%@`?~=.🩺ﬁ한ة\u0301\u00a0\t"
SLUGS = ["a", "b-2", "c", "null", "no", "1e3", "0x1f", "on", "12"]
CRYPTIC = " : é'\" - #\t"
REASONS = ["retired", "merged", "listed-by-mistake"]


@dataclass(frozen=True)
class Handwritten:
    """A file, and the first and last line of each of its entries, counted from 0."""

    text: str
    entries: list[tuple[int, int]]
    comments: int

    @property
    def value(self) -> Any:
        """What the file says."""
        return value_of(self.text)


def value_of(text: str) -> Any:
    """Read a file that must have no problem."""
    document, problems = read(text.encode(), "file.yaml")
    assert problems == [], (problems, text)
    return document.value


def _reads_as(source: str, text: str) -> bool:
    document, problems = read(source.encode(), "")
    return not problems and document.value == [text]


@dataclass
class _Hand:
    """One person's habits, and what they have written so far."""

    random: Random
    slugs: list[str] = field(default_factory=lambda: ["a"])
    lines: list[str] = field(default_factory=list)
    entries: list[tuple[int, int]] = field(default_factory=list)
    comments: int = 0

    def chance(self, of: int) -> bool:
        return self.random.random() * of < 1

    def pick(self, items: Sequence[Any]) -> Any:
        return self.random.choice(items)

    def comment(self) -> str:
        self.comments += 1
        return f"#c{self.comments}.{self.pick(['', ' dit', CRYPTIC])}"

    def interlude(self, column: int) -> None:
        """Leave blank lines and comments above what comes next."""
        for _ in range(self.pick([0, 0, 0, 1, 2])):
            margin = " " * self.pick([column, column, 0, 1])
            self.lines.append(self.pick(["", "", "  ", None]) or margin)
            if self.chance(2):
                self.lines[-1] = margin + self.comment()

    def beside(self) -> str:
        return f" {self.comment()}" if self.chance(6) else ""

    def scalar(self, text: str, *, flow: bool = False) -> str:
        """Write a text on one line, in a style that fits it."""
        styles = [json.dumps(text, ensure_ascii=False)]
        if "\t" not in text:
            styles.append("'" + text.replace("'", "''") + "'")
        if _reads_as(f"- {text}", text) and (not flow or _reads_as(f"[{text}]", text)):
            styles += [text, text, text]
        return str(self.pick(styles))

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            inner = ", ".join(f"{key}: {self.flow(one)}" for key, one in value.items())
            return "{" + inner + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return self.scalar(value, flow=True)

    def inline(self, value: Any) -> str:
        return self.scalar(value) if isinstance(value, str) else self.flow(value)

    def block(self, fields: dict[str, Any], column: int) -> None:
        """Write fields at a column; the first line is to be given a dash where it needs one."""
        for at, (key, value) in enumerate(fields.items()):
            if at:
                self.interlude(column)
            self.one(" " * column + f"{key}:", value, column)

    def one(self, head: str, value: Any, column: int) -> None:
        deeper = column + self.random.randint(1, 4)
        if isinstance(value, dict) and self.chance(2):
            self.lines.append(head + self.beside())
            self.interlude(deeper)
            self.block(value, deeper)
        elif isinstance(value, list) and value and self.chance(2):
            dash = column + self.random.randint(0, 3)
            self.lines.append(head + self.beside())
            for item in value:
                self.interlude(dash)
                self.item(item, dash)
        elif isinstance(value, str) and self.chance(8):
            self.text(head, value, deeper)
        else:
            gap = self.pick([" ", " ", "  "])
            self.lines.append(head + gap + self.inline(value) + self.beside())

    def text(self, head: str, value: str, column: int) -> None:
        """Write a text over several lines; what it says may differ from the value."""
        sign = self.pick(["|", ">", "|-", ">-", "|+", ">+"])
        self.lines.append(f"{head} {sign}{self.beside()}")
        words = [
            value.strip() or "x",
            *self.random.choices(["b", "", "# d"], k=self.pick([0, 1, 3])),
        ]
        self.lines += [" " * column + word if word else "" for word in words]

    def item(self, value: Any, column: int) -> None:
        dash = " " * column + "-"
        gap = self.pick([1, 1, 1, 3])
        if isinstance(value, str):
            self.lines.append(dash + " " * gap + self.scalar(value) + self.beside())
        elif self.chance(5):
            self.braces(dash + " " * gap, value)
        elif self.chance(8):
            self.lines.append(dash + self.beside())
            self.interlude(column + 2)
            self.block(value, column + 2)
        else:
            first = len(self.lines)
            self.block(value, column + 1 + gap)
            self.lines[first] = dash + self.lines[first][column + 1 :]

    def braces(self, head: str, value: dict[str, Any]) -> None:
        """Write a block between braces, on one line or several."""
        parts = [f"{key}: {self.flow(one)}" for key, one in value.items()]
        if self.chance(2):
            self.lines.append(head + "{" + ", ".join(parts) + "}" + self.beside())
            return
        self.lines.append(head + "{" + self.beside())
        for part in parts:
            self.lines.append(" " * len(head) + part + "," + self.beside())
        self.lines.append(" " * len(head) + "}" + self.beside())

    def register(self) -> None:
        self.interlude(0)
        self.lines.append("edition: 2020-11-16" + self.beside())
        self.interlude(0)
        self.lines.append("signatories:" + self.beside())
        column = self.pick([2, 2, 2, 0, 4])
        for slug in self.slugs:
            self.interlude(column)
            first = len(self.lines)
            self.item(self.entry(slug), column)
            last = max(at for at in range(len(self.lines)) if self.lines[at].strip())
            self.entries.append((first, last))
        self.interlude(0)

    def entry(self, slug: str) -> dict[str, Any]:
        required = {"name": self.name(), "slug": slug, "listed": self.day()}
        optional: dict[str, Any] = {
            "note": self.name(),
            "description": self.name(),
            "see_also": self.some(self.slugs),
            "former_slugs": self.some(["x-1", "x-2", "x-3"]),
            "former_names": [self.former_name() for _ in range(self.pick([0, 1, 1, 2]))],
            "actions": [self.action() for _ in range(self.pick([0, 1, 1, 2]))],
            "withdrawn": self.withdrawal(self.pick(self.slugs)),
        }
        kept = self.some(list(optional))
        fields = [*required.items(), *((key, optional[key]) for key in kept)]
        if self.chance(2):
            self.random.shuffle(fields)
        return dict(fields)

    def some(self, items: list[str]) -> list[str]:
        return self.random.sample(items, self.random.randint(0, min(3, len(items))))

    def name(self) -> str:
        if self.chance(2):
            return str(self.pick(NAUGHTY))
        return "".join(self.random.choices(_LETTERS, k=self.random.randint(1, 9)))

    def day(self) -> str:
        return f"20{self.random.randint(10, 30)}-{self.random.randint(1, 12):02}-15"

    def action(self) -> dict[str, str]:
        address = "https://a.example/#b"
        return {"date": self.day(), "title": self.name(), "url": address, "commitment": "etat-1"}

    def former_name(self) -> dict[str, str]:
        note = {"note": self.name()} if self.chance(3) else {}
        return {"name": self.name(), **note, "until": self.day()}

    def withdrawal(self, successor: str) -> dict[str, str]:
        reason = self.pick(REASONS)
        last = {"successor": successor} if reason == "merged" else {}
        last |= {"unlisted": self.day()} if self.chance(3) else {}
        return {"on": self.day(), "reason": reason} | last


_HANDS = st.builds(_Hand, st.integers(0, 2**32).map(Random))
NAMES = _HANDS.map(_Hand.name)
DAYS = _HANDS.map(_Hand.day)
ACTIONS = _HANDS.map(_Hand.action)
WITHDRAWALS = _HANDS.map(lambda hand: hand.withdrawal("autre"))


def registers(most: int = 4) -> st.SearchStrategy[Handwritten]:
    """Draw a file that can be read, of at most some entries.

    The decisions are taken by a seeded generator and not drawn one by one, which would be twenty
    times as slow; a failing file is shown in full.
    """
    return st.builds(_written, st.integers(0, 2**32), st.integers(1, most))


def _written(seed: int, count: int) -> Handwritten:
    hand = _Hand(Random(seed))  # noqa: S311 - it is to be repeatable
    hand.slugs = hand.random.sample(SLUGS, count)
    hand.register()
    end = hand.pick(["\n", "\n", "\r\n"])
    text = end.join(hand.lines) + hand.pick([end, end, ""])
    return Handwritten(text, hand.entries, hand.comments)
