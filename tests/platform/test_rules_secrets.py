"""Shares, sealing and key files: what opens, and everything that must not."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.platform.secrets import keyfiles, node, places, shares
from legation.platform.secrets.sealing import PartSealer, SealBroken

QUICK = 2**4  # scrypt's cost is a figure of the product; here only the wrapping matters


@given(st.binary(min_size=1, max_size=48), st.integers(2, 5), st.data())
def test_any_t_of_n_shares_open_and_one_fewer_tell_nothing(secret: bytes, needed: int, data: st.DataObject) -> None:
    custodians = data.draw(st.integers(needed, 7))
    given_out = shares.split(secret, needed=needed, custodians=custodians)
    chosen = data.draw(st.permutations(given_out))[:needed]
    assert shares.combine(chosen) == secret
    with pytest.raises(shares.ShareRefused, match="are needed"):
        shares.combine(chosen[:-1])


def test_the_field_is_that_of_aes() -> None:
    """FIPS 197 §4.2: {57} · {83} = {c1}, {57} · {13} = {fe}."""
    assert shares.multiply(0x57, 0x83) == 0xC1
    assert shares.multiply(0x57, 0x13) == 0xFE
    assert all(shares.divide(shares.multiply(a, b), b) == a for a, b in itertools.product(range(256), (1, 2, 3, 255)))


def test_a_mistyped_share_is_named() -> None:
    one, two, _ = shares.split(b"key", needed=2, custodians=3)
    wrong = two[:-1] + ("0" if two[-1] != "0" else "1")
    with pytest.raises(shares.ShareRefused, match="share number 2 is mistyped"):
        shares.combine([one, wrong])
    with pytest.raises(shares.ShareRefused, match="given twice"):
        shares.combine([one, one])


@given(st.binary(max_size=300), st.integers(0, 10_000))
def test_a_part_opens_only_in_its_place_unaltered(text: bytes, where: int) -> None:
    sealer = PartSealer(PartSealer.fresh_key())
    (part,) = sealer.seal_all([(b"here", text)])
    _, opened = sealer.open(b"here", part.wrapped, part.ciphertext)
    assert opened == text
    assert text not in part.ciphertext or len(text) < 4
    for place, wrapped, sealed in (
        (b"there", part.wrapped, part.ciphertext),
        (b"here", _flip(part.wrapped, where), part.ciphertext),
        (b"here", part.wrapped, _flip(part.ciphertext, where)),
    ):
        with pytest.raises(SealBroken):
            sealer.open(place, wrapped, sealed)
    with pytest.raises(SealBroken):
        PartSealer(PartSealer.fresh_key()).open(b"here", part.wrapped, part.ciphertext)


def _flip(data: bytes, bit: int) -> bytes:
    at, mask = bit // 8 % len(data), 1 << bit % 8
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    for name in ("LEGATION_PASSPHRASE", "LEGATION_PASSPHRASE_FILE", "LEGATION_SHARES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(keyfiles, "SCRYPT_COST", QUICK)
    monkeypatch.setattr(keyfiles.create, "__kwdefaults__", {"passphrase": None, "cost": QUICK})
    home, keys = tmp_path / "home", tmp_path / "keys"
    places.make_private(home)
    return home, keys


def test_a_node_is_unlocked_by_its_passphrase_and_by_its_custodians(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home, folder = folders
    made = node.create(home, folder, kind="real", passphrase="correct horse")
    assert not (folder / "passphrase").exists()
    node.forget()
    with pytest.raises(keyfiles.KeysRefused, match="LEGATION_PASSPHRASE"):
        node.unlock(home, folder)
    monkeypatch.setenv("LEGATION_PASSPHRASE", "wrong horse")
    with pytest.raises(keyfiles.KeysRefused, match="does not open"):
        node.unlock(home, folder)
    monkeypatch.setenv("LEGATION_PASSPHRASE", "correct horse")
    assert node.unlock(home, folder).name == made.name
    monkeypatch.delenv("LEGATION_PASSPHRASE")
    files = []
    for i, share in enumerate(node.share_out(folder, "correct horse", needed=2, custodians=3)[:2]):
        files.append(tmp_path / f"share{i}")
        files[-1].write_text(share)
    monkeypatch.setenv("LEGATION_SHARES", ":".join(map(str, files)))
    opened = node.unlock(home, folder)
    assert (opened.name, opened.kind, opened.public_key) == (made.name, "real", made.public_key)
    node.forget()


def test_a_demonstration_keeps_its_passphrase_in_a_file_beside_its_keys(folders: tuple[Path, Path]) -> None:
    home, folder = folders
    made = node.create(home, folder, kind="demonstration")
    assert (folder / "passphrase").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert node.unlock(home, folder).name == made.name
    with pytest.raises(keyfiles.KeysRefused, match="needs a passphrase"):
        node.create(home, folder / "other", kind="real")
    node.forget()


@pytest.mark.parametrize("target", ["home", "folder", "node.key", "signing.key", "passphrase"])
def test_start_is_refused_where_others_may_read(folders: tuple[Path, Path], target: str) -> None:
    home, folder = folders
    node.create(home, folder, kind="demonstration")
    place = {"home": home, "folder": folder}.get(target, folder / target)
    place.chmod(place.stat().st_mode | 0o040)
    with pytest.raises(places.UnsafePlace, match=r"run: chmod [67]00"):
        node.unlock(home, folder)
    node.forget()


def test_keys_inside_the_data_are_refused(folders: tuple[Path, Path]) -> None:
    home, _ = folders
    node.create(home, home / "keys", kind="demonstration")
    with pytest.raises(places.UnsafePlace, match="set LEGATION_KEYS"):
        node.unlock(home, home / "keys")
    node.forget()


def test_data_without_its_keys_is_not_given_new_ones(folders: tuple[Path, Path]) -> None:
    home, folder = folders
    (home / "checkpoints.log").touch()
    with pytest.raises(keyfiles.KeysRefused, match="holds no keys"):
        node.create(home, folder, kind="demonstration")


@pytest.mark.parametrize("file", ["node.key", "signing.key"])
@pytest.mark.parametrize("field", ["kind", "node", "public_key", "sealed"])
def test_an_altered_key_file_does_not_open(folders: tuple[Path, Path], file: str, field: str) -> None:
    home, folder = folders
    node.create(home, folder, kind="demonstration")
    path = folder / file
    lines = path.read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if f'"{field}": "' in line)
    head, value, tail = lines[at].rsplit('"', 2)
    lines[at] = f'{head}"{("b" if value[0] != "b" else "c") + value[1:]}"{tail}'
    path.write_text("\n".join(lines))
    with pytest.raises(keyfiles.KeysRefused):
        node.unlock(home, folder)
    node.forget()


def test_one_act_wipes_the_keys_for_every_process(folders: tuple[Path, Path]) -> None:
    home, folder = folders
    made = node.create(home, folder, kind="demonstration")
    (folder / "web.key").write_text("cookie secret")
    node.wipe()
    assert list(folder.iterdir()) == []
    node.hold(made)  # another process, which still has them in memory
    with pytest.raises(node.NodeSealed, match="wiped"):
        node.held()
