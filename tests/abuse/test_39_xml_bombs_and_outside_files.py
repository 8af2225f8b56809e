"""Abuse case 39: entity bombs, external entities and inclusion are refused before anything expands or opens."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from legation.intelligence.links import cap, feed, gdacs, guarded_xml

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(
        b'<!ENTITY lol%d "%s">' % (n, b"&lol%d;" % (n - 1) * 10 if n > 1 else b"&lol;" * 10) for n in range(1, 10)
    )
    + b"]><alert><identifier>&lol9;</identifier></alert>"
)
EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    b"<alert><identifier>&file;</identifier></alert>"
)
PARAMETER = b'<!DOCTYPE alert [<!ENTITY % dtd SYSTEM "http://127.0.0.1:9/x.dtd"> %dtd;]><alert/>'
INCLUSION = (
    b'<alert xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></alert>'
)


@pytest.mark.parametrize("collector", [cap, feed, gdacs], ids=lambda c: c.__name__.rsplit(".", 1)[-1])
@pytest.mark.parametrize(
    ("attack", "reason"), [(BOMB, "doctype"), (EXTERNAL, "doctype"), (PARAMETER, "doctype"), (INCLUSION, "xinclude")]
)
def test_each_attack_is_put_aside_whole_with_its_reason(collector: object, attack: bytes, reason: str) -> None:
    found = collector.read(attack)  # type: ignore[attr-defined]
    assert (len(found.signals), [one.reason for one in found.quarantined]) == (0, [reason])
    assert found.quarantined[0].raw == attack


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_an_attack_in_another_encoding_is_found_too(encoding: str) -> None:
    attack = EXTERNAL.decode().removeprefix('<?xml version="1.0"?>').encode(encoding)
    assert [one.reason for one in cap.read(attack).quarantined] == ["doctype"]


def test_no_file_and_no_socket_is_opened(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not on this machine: what the kernel was asked cannot be shown")
    attacks = tmp_path / "attacks"
    attacks.mkdir()
    for number, attack in enumerate((BOMB, EXTERNAL, PARAMETER, INCLUSION)):
        (attacks / f"{number}.cap").write_bytes(attack)
    program = (
        "import sys; from pathlib import Path; from legation.intelligence.links import cap\n"
        "cap.read(b'<alert/>'); data = [p.read_bytes() for p in sorted(Path(sys.argv[1]).iterdir())]\n"
        "Path(sys.argv[1], 'begin').write_text('x')\n"
        "assert all(cap.read(one).quarantined for one in data)\n"
        "Path(sys.argv[1], 'end').write_text('x')\n"
    )
    log = tmp_path / "log"
    command = ["strace", "-f", "-e", "trace=openat,open,socket,connect", "-o", str(log), sys.executable, "-c", program]
    done = subprocess.run([*command, str(attacks)], capture_output=True, text=True, timeout=60, check=False)
    if "Operation not permitted" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    lines = log.read_text().splitlines()
    begin = next(i for i, line in enumerate(lines) if "/begin" in line)
    end = next(i for i, line in enumerate(lines) if "/end" in line)
    assert not [line for line in lines[begin + 1 : end] if "open" in line or "socket" in line or "connect" in line]


def test_without_the_guard_an_entity_would_be_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_xml._Reader, "_doctype", lambda *_: None)
    monkeypatch.setattr(guarded_xml._Reader, "_entity", lambda *_: 1)
    small = b'<!DOCTYPE a [<!ENTITY x "expanded">]><alert><identifier>&x;</identifier><sent>2018-02-05</sent></alert>'
    assert "expanded" in cap.read(small).signals.external_id[0]
