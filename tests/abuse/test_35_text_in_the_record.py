"""Abuse 35: line feeds, terminal escapes, direction marks and quotes in what people type stay text in every record."""

import io
import json

import pytest
import verify_ledger
from tests import given
from tests.platform.given import draft, record

from legation.platform.ledger import export, log
from legation.platform.secrets import node
from legation.platform.terminal import _printable

pytestmark = pytest.mark.django_db

HOSTILE = 'north\n\rleaf/1 forged 0\x1b[2J\x1b]0;owned\x07\u202egpj.exe"}],"actor":"ambassador\x00'


def test_the_record_keeps_it_as_it_was_typed_and_no_line_is_forged() -> None:
    given.keys()
    record(draft(1, gate=HOSTILE))
    out = io.BytesIO()
    export.write(out, opened_for=given.local())
    lines = out.getvalue().split(b"\n")
    assert sum(line.startswith(b"leaf/1 ") for line in lines) == 2
    assert all(byte >= 32 for line in lines for byte in line), "an export has no control characters but its line feeds"
    found = verify_ledger.Verifier(verify_ledger.Key(node.held().public_key), [])
    found.run(iter(out.getvalue().splitlines(keepends=True)))
    assert found.faults == []
    entry = log.entries_after(0)[0]
    assert entry.body.said["gate"] == HOSTILE
    assert entry.body.actor == "operator-1"


def test_the_canonical_body_has_no_raw_control_character() -> None:
    given.keys()
    sealed = log.bodies.encode(draft(1, gate=HOSTILE))
    assert all(byte >= 32 for byte in sealed)
    assert json.loads(sealed)["said"]["gate"] == HOSTILE


def test_a_terminal_shows_escapes_and_never_acts_on_them() -> None:
    shown = _printable(HOSTILE)
    assert "\x1b" not in shown
    assert "\n" not in shown
    assert "\u202e" not in shown
    assert "\\x1b[2J" in shown


def test_the_control_an_unescaped_text_would_act() -> None:
    assert any(not character.isprintable() for character in HOSTILE)
