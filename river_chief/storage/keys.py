"""The key of a ledger and the slots that wrap it (``keys.json``).

A ledger is encrypted with one random 256-bit data key. Each slot holds that key wrapped by a
secret of its own: a user's password or the recovery code, both stretched by Argon2id with a salt
used once. The stretched 64 bytes are a one-time pad for the key and a key for the seal
(HMAC-SHA256) that tells a wrong password from a damaged slot. An ``open`` slot holds the key
itself: the pages are still authenticated, but nothing is secret.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from base64 import b32encode, b64decode, b64encode
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from uuid_utils.compat import uuid7

from river_chief.errors import EnvironmentFault, NotFound, Refusal, WrongPassword

FILE = "keys.json"
FORMAT = 1
MIN_PASSWORD = 10
KEY_BYTES = 32
# The library's default of RFC 9106: 64 MiB, three passes, four lanes.
STRETCH = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}

SlotKind = Literal["password", "recovery", "open"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the data key; byte strings are base64 text."""

    kind: SlotKind
    user: str = ""
    salt: str = ""
    wrapped: str = ""
    seal: str = ""
    stretch: dict[str, int] = field(default_factory=dict)


class KeyRing:
    """The slots of one ledger, read from and written to ``keys.json`` in its folder."""

    def __init__(self, folder: Path, site: UUID, slots: list[Slot]) -> None:
        self.folder = folder
        self.site = site
        self.slots = slots

    @classmethod
    def make(cls, folder: Path) -> tuple[KeyRing, bytes]:
        """Return a ring without slots for a new ledger, and its new data key (32 bytes)."""
        return cls(folder, UUID(int=uuid7().int), []), secrets.token_bytes(KEY_BYTES)

    @classmethod
    def load(cls, folder: Path) -> KeyRing:
        """Read the ring of *folder*; a folder that is no ledger is an environment fault."""
        path = folder / FILE
        try:
            content = json.loads(path.read_text("utf-8"))
            if content["format"] > FORMAT:
                raise EnvironmentFault("这个台账由更新版本的程序建立，请先升级程序再打开。")
            slots = [_checked(Slot(**item)) for item in content["slots"]]
            return cls(folder, UUID(content["site"]), slots)
        except (FileNotFoundError, NotADirectoryError):
            raise EnvironmentFault(f"“{folder}”不是台账文件夹：里面没有 {FILE}，请另选文件夹。") from None
        except PermissionError:
            raise EnvironmentFault(f"没有读取“{path}”的权限，请联系本机管理员。") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise EnvironmentFault(f"“{path}”已损坏，请从备份中恢复这个文件。") from None

    def save(self) -> None:
        """Write the ring whole or not at all."""
        content = {
            "format": FORMAT,
            "site": str(self.site),
            "slots": [{key: value for key, value in asdict(slot).items() if value} for slot in self.slots],
        }
        path = self.folder / FILE
        draft = path.with_suffix(".json.new")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)

    def add_open(self, key: bytes) -> None:
        """Let the ledger open without a password."""
        self.slots.append(Slot("open", wrapped=_text(key)))

    def add_password(self, key: bytes, user: str, password: str) -> None:
        """Give *user* a slot of their own, in place of an older one."""
        check_strength(password)
        self.slots = [slot for slot in self.slots if not (slot.kind == "password" and slot.user == user)]
        self.slots.append(_wrap("password", user, password, key))

    def add_recovery(self, key: bytes) -> str:
        """Make the recovery slot anew; return the code to be printed and kept in an envelope."""
        raw = b32encode(secrets.token_bytes(20)).decode("ascii")
        code = "-".join(raw[start : start + 4] for start in range(0, len(raw), 4))
        self.slots = [slot for slot in self.slots if slot.kind != "recovery"]
        self.slots.append(_wrap("recovery", "", _plain(code), key))
        return code

    def remove_user(self, user: str) -> None:
        """Take a user's slot away; the last way in can not be taken."""
        left = [slot for slot in self.slots if not (slot.kind == "password" and slot.user == user)]
        if len(left) == len(self.slots):
            raise NotFound(f"没有用户“{user}”的口令。")
        if not any(slot.kind in ("password", "open") for slot in left):
            raise Refusal("这是最后一个能打开台账的口令，不能删除；请先为其他用户设置口令。")
        self.slots = left

    @property
    def needs_password(self) -> bool:
        """Whether the ledger opens only with a password or the recovery code."""
        return not any(slot.kind == "open" for slot in self.slots)

    def unlock(self, secret: str | None) -> tuple[bytes, str]:
        """Return the data key and the name of the user whose slot *secret* opened.

        The name is empty for an open slot and for the recovery code. Raises ``WrongPassword``.
        """
        for slot in self.slots:
            if slot.kind == "open":
                return b64decode(slot.wrapped), ""
        if secret:
            for slot in self.slots:
                key = _unwrap(slot, _plain(secret) if slot.kind == "recovery" else secret)
                if key is not None:
                    return key, slot.user
        raise WrongPassword


def check_strength(password: str) -> None:
    """Refuse a password of fewer than ten characters or of one kind of characters only."""
    letters = any(char.isalpha() for char in password)
    digits = any(char.isdigit() for char in password)
    signs = any(not char.isalnum() for char in password)
    if len(password) < MIN_PASSWORD or letters + digits + signs < 2:
        raise Refusal(f"口令至少 {MIN_PASSWORD} 位，并含字母、数字、符号中的两种，请重新设置。")


def _checked(slot: Slot) -> Slot:
    """Return *slot*, or raise ValueError for one that no program of ours wrote."""
    if len(b64decode(slot.wrapped, validate=True)) != KEY_BYTES:
        raise ValueError("a slot holds a key of 32 bytes")
    if slot.kind != "open":
        b64decode(slot.salt, validate=True)
        b64decode(slot.seal, validate=True)
        if any(not 0 < slot.stretch[name] <= 16 * cost for name, cost in STRETCH.items()):
            raise ValueError("a slot that would take all memory or all day")
    return slot


def _wrap(kind: SlotKind, user: str, secret: str, key: bytes) -> Slot:
    salt = secrets.token_bytes(16)
    pad, seal_key = _stretch(secret, salt, STRETCH)
    wrapped = bytes(a ^ b for a, b in zip(key, pad, strict=True))
    seal = hmac.digest(seal_key, wrapped, sha256)
    return Slot(kind, user, _text(salt), _text(wrapped), _text(seal), dict(STRETCH))


def _unwrap(slot: Slot, secret: str) -> bytes | None:
    wrapped = b64decode(slot.wrapped)
    pad, seal_key = _stretch(secret, b64decode(slot.salt), slot.stretch)
    if not hmac.compare_digest(hmac.digest(seal_key, wrapped, sha256), b64decode(slot.seal)):
        return None
    return bytes(a ^ b for a, b in zip(wrapped, pad, strict=True))


def _stretch(secret: str, salt: bytes, cost: dict[str, Any]) -> tuple[bytes, bytes]:
    raw: bytes = hash_secret_raw(
        secret.encode("utf-8", "surrogatepass"), salt, hash_len=64, type=Type.ID, **cost
    )
    return raw[:32], raw[32:]


def _plain(code: str) -> str:
    return "".join(char for char in code.upper() if char.isalnum())


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")
