"""How does a phone trust this node? By a certificate authority of its own, which can vouch for this node's name alone.

Service workers and passkeys need HTTPS, and a post may have no line to a public authority. Source: RFC 5280, whose name
constraints (4.2.1.10) keep whoever steals this authority from vouching for any other name.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from legation.platform.secrets import places
from legation.platform.secrets.sealing import PartSealer

AUTHORITY_LIFE = timedelta(days=3650)  # installed on phones by hand: a rotation of posts and more
LEAF_LIFE = timedelta(days=397)  # the longest that browsers take of any authority
RENEW_BEFORE = timedelta(days=30)
CLOCK_SLACK = timedelta(days=1)  # a phone whose clock is behind must not refuse a fresh certificate
_PLACE = b"certificates/authority"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the web process serves with, and the authority's certificate to be installed on phones."""

    chain: Path
    key: Path
    authority: Path
    fingerprint: str


def certificate(folder: Path, name: str, sealer: PartSealer, now: datetime) -> Certificate:
    """This name's certificate in the key folder; made at the first asking, renewed before it ends.

    The authority's private key is kept sealed under the node key. Raises ValueError where the name is none.
    """
    name = _checked(name)
    authority, key = _authority(folder, name, sealer, now)
    chain, leaf_key = folder / f"{name}.crt", folder / f"{name}.key"
    if not _serves(chain, authority, now) or not leaf_key.exists():
        private = ec.generate_private_key(ec.SECP256R1())
        leaf = _leaf(name, authority, key, private, now)
        places.write_durably(leaf_key, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        places.write_durably(chain, leaf.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM))
    digest = authority.fingerprint(hashes.SHA256()).hex(":").upper()
    return Certificate(chain, leaf_key, folder / f"{name}.authority.crt", digest)


def _checked(name: str) -> str:
    """A host name in lower case. An address is refused: a certificate that phones trust names a host."""
    name = name.strip().rstrip(".").lower()
    try:
        ipaddress.ip_address(name)
    except ValueError:
        parts = name.split(".")
        if len(name) <= 253 and all(p and len(p) <= 63 and p.replace("-", "").isalnum() and p.isascii() for p in parts):
            return name
    raise ValueError(f"{name!r} is not a host name; write one as post.example, by which phones reach this machine")


def _authority(
    folder: Path, name: str, sealer: PartSealer, now: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    path, sealed = folder / f"{name}.authority.crt", folder / f"{name}.authority.sealed"
    if path.exists() and sealed.exists():
        found = x509.load_pem_x509_certificate(path.read_bytes())
        key = load_der_private_key(sealer.open_field(_PLACE, sealed.read_bytes()), None)
        if found.not_valid_after_utc > now + LEAF_LIFE and isinstance(key, ec.EllipticCurvePrivateKey):
            return found, key
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Legation node {name}"[:64])])
    made = (
        _begun(subject, subject, key, now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints([x509.DNSName(name)], None), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    places.write_durably(sealed, sealer.seal_field(_PLACE, der))
    places.write_durably(path, made.public_bytes(Encoding.PEM))
    return made, key


def _leaf(
    name: str,
    authority: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    private: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    return (
        _begun(subject, authority.subject, private, now, LEAF_LIFE)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now - CLOCK_SLACK + life)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _serves(chain: Path, authority: x509.Certificate, now: datetime) -> bool:
    """Whether the kept certificate is of this authority and does not end soon."""
    if not chain.exists():
        return False
    kept = x509.load_pem_x509_certificates(chain.read_bytes())
    return kept[-1] == authority and kept[0].not_valid_after_utc > now + RENEW_BEFORE
