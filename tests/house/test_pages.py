"""Do templates and scripts keep to themselves, escape what they show, and post with a token?"""

import re
from collections.abc import Callable

import pytest
from tests.house.building import PACKAGE, ROOT, say, tracked

NAMESPACES = ("http://www.w3.org/", "https://www.w3.org/")
HOST = re.compile(r"""https?://[^\s"'<>)]*""")
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)

type Page = tuple[str, str]


def pages(*suffixes: str) -> list[Page]:
    return [
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for path in tracked(*suffixes, below=("src",))
        if PACKAGE in path.parents
    ]


def other_hosts(page: Page) -> list[str]:
    """Addresses of other hosts. A link that a person follows out of a source's record is data, never a literal."""
    name, text = page
    return [
        f"{name}: {found} — no page asks another host for anything; ship it, or take the address from data"
        for found in HOST.findall(text)
        if not found.startswith(NAMESPACES) and "localhost" not in found and "127.0.0.1" not in found
    ]


def forms_without_token(page: Page) -> list[str]:
    name, text = page
    return [
        f"{name}: a form posts without {{% csrf_token %}}"
        for form in FORM.findall(text)
        if re.search(r"""method=["']?post""", form.split(">")[0], re.IGNORECASE)
        and "csrf_token" not in form
        and "{% include" not in form
    ]


def unescaped(page: Page) -> list[str]:
    name, text = page
    return [
        f"{name}: {found} shows text as markup; let the template escape it, or build it in pages with format_html"
        for found in re.findall(r"\|\s*safe\b|\{%\s*autoescape off|\|\s*safeseq\b", text)
    ]


def inline_code(page: Page) -> list[str]:
    """What the content security policy refuses: inline scripts and handlers, style elements."""
    name, text = page
    faults = []
    for tag in re.findall(r"<script\b[^>]*>", text):
        if "src=" not in tag and 'type="application/json"' not in tag:
            faults.append(f"{name}: {tag} runs inline; put it in a TypeScript module")
    faults += [
        f"{name}: {found.strip()} is an inline handler; bind it in a TypeScript module"
        for found in re.findall(r"\son(?:click|change|load|submit|input|error)\s*=", text)
    ]
    faults += [f"{name}: a style element; put it in the style sheet" for _ in re.findall(r"<style\b", text)]
    return faults


def positive_tabindex(page: Page) -> list[str]:
    name, text = page
    return [
        f"{name}: {found} breaks the order of the keyboard; put things in the order they are read"
        for found in re.findall(r'tabindex="[1-9]\d*"', text)
    ]


def images_without_words(page: Page) -> list[str]:
    name, text = page
    return [
        f'{name}: {tag} has no alt; say what it shows, or alt="" where it decorates'
        for tag in re.findall(r"<img\b[^>]*>", text)
        if "alt=" not in tag
    ]


def physical_sides(page: Page) -> list[str]:
    """Left and right in style sheets: Arabic is read from the other side."""
    name, text = page
    words = re.findall(r"(?:margin|padding|border)-(?:left|right)\s*:|text-align\s*:\s*(?:left|right)", text)
    return [
        f"{name}: {word} — use the logical property (inline-start, inline-end), pages are read from right to left too"
        for word in words
    ]


TEMPLATE_CHECKS = (other_hosts, forms_without_token, unescaped, inline_code, positive_tabindex, images_without_words)


@pytest.mark.parametrize("check", TEMPLATE_CHECKS, ids=lambda c: c.__name__)
def test_templates_keep_the_rules(check: Callable[[Page], list[str]]) -> None:
    faults = [fault for page in pages(".html") for fault in check(page)]
    assert not faults, say(faults)


def test_scripts_and_styles_ask_no_other_host() -> None:
    faults = [fault for page in pages(".ts", ".css", ".mjs") for fault in other_hosts(page)]
    assert not faults, say(faults)


def test_style_sheets_read_from_both_sides() -> None:
    faults = [fault for page in pages(".css") for fault in physical_sides(page)]
    assert not faults, say(faults)


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (other_hosts, '<img src="https://tiles.example.org/1.png" alt="">'),
        (forms_without_token, '<form method="post"><button>Go</button></form>'),
        (unescaped, "{{ title|safe }}"),
        (inline_code, "<script>alert(1)</script>"),
        (inline_code, '<a onclick="go()">Go</a>'),
        (inline_code, "<style>a{}</style>"),
        (positive_tabindex, '<a tabindex="3">'),
        (images_without_words, '<img src="/static/a.png">'),
        (physical_sides, "a{margin-left:4px}"),
    ],
)
def test_each_fault_of_a_page_is_found(check: Callable[[Page], list[str]], text: str) -> None:
    assert check(("page.html", text))
