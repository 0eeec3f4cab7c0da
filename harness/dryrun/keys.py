"""Ed25519 keys that sign and verify a bundle, in PEM files."""

from __future__ import annotations

import contextlib
import os
import tempfile
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from schemas import outside
from schemas.errors import UsageError

_MOST_BYTES = 16 * 1024
_RAW = serialization.Encoding.Raw, serialization.PublicFormat.Raw


def public_path(path: Path) -> Path:
    """The path of the public key that belongs to a private key file."""
    return path.with_name(f"{path.name}.pub")


def make(path: Path) -> Ed25519PublicKey:
    """Generate a key pair: a private file for its owner only, and the public key beside it.

    Raises UsageError if a file exists already or cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    for place in (path, public_path(path)):
        if os.path.lexists(place):
            raise UsageError("USE-OVERWRITE", "exists already", str(place), "choose another name")
    _write(path, private, 0o600)
    _write(public_path(path), pem(key.public_key()), 0o644)
    return key.public_key()


def _write(path: Path, data: bytes, rights: int) -> None:
    """Write a new file atomically; its permissions are set before it gets its name."""
    try:
        handle, aside = tempfile.mkstemp(prefix=".ikeur-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(aside).chmod(rights)
            Path(path).hardlink_to(aside)
        finally:
            with contextlib.suppress(OSError):
                Path(aside).unlink()
    except OSError as error:
        what = f"cannot be written: {error.strerror}"
        raise UsageError("USE-FILE", what, str(path), "check the folder") from None


def pem(key: Ed25519PublicKey) -> bytes:
    """A public key in PEM."""
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def fingerprint(key: Ed25519PublicKey) -> str:
    """The fingerprint of a key: the SHA-256 of its 32 bytes, in hex."""
    return sha256(key.public_bytes(*_RAW)).hexdigest()


def private_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key; raises UsageError if the file has no private Ed25519 key."""
    try:
        key = serialization.load_pem_private_key(_bytes(path), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path, "no private Ed25519 key", "make one with ikeur dryrun --new-key FILE")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """Read a public key; raises UsageError if the file has no public Ed25519 key."""
    key = read_public(_bytes(path))
    if key is None:
        raise _no_key(path, "no public Ed25519 key", "name the file that ends in .pub")
    return key


def read_public(data: bytes) -> Ed25519PublicKey | None:
    """The public key in a PEM text, or None."""
    try:
        key = serialization.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def fits(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether a signature over `data` is valid for a key."""
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _bytes(path: Path) -> bytes:
    return outside.asked(path, _MOST_BYTES, "USE-KEY", "name the file of a key")


def _no_key(path: Path, what: str, do: str) -> UsageError:
    return UsageError("USE-KEY", what, str(path), do)
