"""The key that signs seals: its private half readable by the desk alone, its public half for anybody who checks.

Place: ``<home>/keys`` unless another folder is handed in; keep it on another disk, or mounted only while sealing, when
the database's administrator must not be able to sign. ``seal.key`` is the private key (PEM, mode 0600, made on first
use), ``<key id>.pub`` each public key the desk ever had: copy those to whoever audits.
"""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from memory.errors import SealKeyMissing, file_trouble

NAME = "seal.key"
COMING = "seal.key.next"


class SealKeys:
    """The folder of the signing keys."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self) -> Ed25519PrivateKey:
        """The key that signs now; raises SealKeyMissing."""
        return _load(self._folder / NAME)

    def make(self) -> Ed25519PrivateKey:
        """The first key, put in its place; one that is there already is kept."""
        if not (self._folder / NAME).exists():
            self._write(NAME)
        return self.current()

    def next(self) -> Ed25519PrivateKey:
        """A key to rotate to; it signs nothing before ``promote``."""
        (self._folder / COMING).unlink(missing_ok=True)
        self._write(COMING)
        return _load(self._folder / COMING)

    def promote(self, key_id: str) -> None:
        """Finish a rotation to this key, which a kill may have cut short; nothing to do when it is in place."""
        coming = self._folder / COMING
        if coming.exists() and id_of(_load(coming).public_key()) == key_id:
            coming.replace(self._folder / NAME)

    def publish(self, public: Ed25519PublicKey) -> None:
        """Lay a public key beside."""
        target = self._folder / f"{id_of(public)}.pub"
        target.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    def published(self, key_id: str) -> bool:
        return (self._folder / f"{key_id}.pub").exists()

    def _write(self, name: str) -> None:
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(pem)
                file.flush()
                os.fsync(handle)
        except OSError as fault:
            raise file_trouble(self._folder / name, fault) from fault


def raw(public: Ed25519PublicKey) -> str:
    """A public key as base64."""
    return base64.b64encode(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def id_of(public: Ed25519PublicKey) -> str:
    """A public key's name: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def public_of(text: str) -> Ed25519PublicKey | None:
    """The public key behind base64, None when it is not one."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except ValueError:
        return None


def signed_by(public: Ed25519PublicKey, signature: str, message: bytes) -> bool:
    """Whether the signature over the message was made by the key's private half."""
    try:
        public.verify(base64.b64decode(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _load(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as fault:
        raise SealKeyMissing(f"{(SealKeyMissing.__doc__ or '').strip()} (expected it at {path})") from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise SealKeyMissing(f"{path} holds another kind of key; put the desk's own Ed25519 key back")
    return key
