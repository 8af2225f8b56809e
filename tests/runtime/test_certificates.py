"""Can a phone trust the node by its own authority, and can that authority vouch for anything else?"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from legation.platform.secrets import node
from legation.runtime.certificates import RENEW_BEFORE, _authority, _leaf, certificate

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


def verified(chain: bytes, authority: Path, name: str, at: datetime = NOW) -> None:
    store = Store([x509.load_pem_x509_certificate(authority.read_bytes())])
    verifier = PolicyBuilder().store(store).time(at).build_server_verifier(x509.DNSName(name))
    verifier.verify(x509.load_pem_x509_certificates(chain)[0], [])


def test_the_nodes_name_is_vouched_for_and_no_other(folder: Path) -> None:
    sealer = node.in_memory().sealer
    made = certificate(folder, "Post.Example.", sealer, NOW)
    verified(made.chain.read_bytes(), made.authority, "post.example")
    with pytest.raises(VerificationError):
        verified(made.chain.read_bytes(), made.authority, "other.example")
    assert len(made.fingerprint) == 32 * 3 - 1


def test_whoever_steals_the_authority_vouches_for_no_other_name(folder: Path) -> None:
    sealer = node.in_memory().sealer
    made = certificate(folder, "post.example", sealer, NOW)
    authority, key = _authority(folder, "post.example", sealer, NOW)
    stolen = _leaf("bank.example", authority, key, ec.generate_private_key(ec.SECP256R1()), NOW)
    with pytest.raises(VerificationError):
        verified(stolen.public_bytes(Encoding.PEM), made.authority, "bank.example")


def test_a_second_start_keeps_it_and_the_last_month_renews_it(folder: Path) -> None:
    sealer = node.in_memory().sealer
    first = certificate(folder, "post.example", sealer, NOW).chain.read_bytes()
    assert certificate(folder, "post.example", sealer, NOW + timedelta(days=1)).chain.read_bytes() == first
    later = NOW + timedelta(days=397) - RENEW_BEFORE
    renewed = certificate(folder, "post.example", sealer, later)
    assert renewed.chain.read_bytes() != first
    verified(renewed.chain.read_bytes(), renewed.authority, "post.example", later + timedelta(days=60))


def test_the_authoritys_key_lies_sealed_and_nobody_else_reads_the_rest(folder: Path) -> None:
    certificate(folder, "post.example", node.in_memory().sealer, NOW)
    assert b"PRIVATE KEY" not in (folder / "post.example.authority.sealed").read_bytes()
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["", "127.0.0.1", "::1", "a b", "post..example", "../x", "ü.example", "x" * 64])
def test_what_is_no_host_name_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match="host name"):
        certificate(folder, name, node.in_memory().sealer, NOW)
