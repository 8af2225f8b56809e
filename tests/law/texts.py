"""Which articles and paragraphs does a convention have? Read out of its text."""

import re

_ARTICLE = re.compile(r"^### Article\s+(\d+)\s*$", re.MULTILINE)
_PARAGRAPH = re.compile(r"^(\d+)\.")
_POINT = re.compile(r"^\(([a-z])\)")


def references(text: str) -> list[tuple[str, str]]:
    """(article, paragraph) of all there is: ("22", ""), ("22", "2"), ("3", "1(d)"), ("45", "(a)")."""
    found: list[tuple[str, str]] = []
    parts = _ARTICLE.split(text)
    for article, body in zip(parts[1::2], parts[2::2], strict=True):
        found.append((article, ""))
        paragraph = ""
        for line in body.splitlines():
            if numbered := _PARAGRAPH.match(line):
                paragraph = numbered[1]
                found.append((article, paragraph))
            elif point := _POINT.match(line):
                found.append((article, f"{paragraph}({point[1]})"))
    return found
