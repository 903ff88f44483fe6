"""Slots: each opens the ledger alone, a wrong or removed one does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from river_chief.errors import EnvironmentFault, Refusal, WrongPassword
from river_chief.storage.database import Database
from river_chief.storage.keys import KeyRing, check_strength

PASSWORD = "砚溪镇-2025-台账"


def test_password_and_recovery_code_each_open_alone(tmp_path: Path) -> None:
    database, recovery = Database.create(tmp_path / "ledger", password=PASSWORD, user="管理员")
    database.close()
    assert Database.open(tmp_path / "ledger", PASSWORD).user == "管理员"
    Database.open(tmp_path / "ledger", recovery.lower().replace("-", " ")).close()
    for wrong in (None, "", PASSWORD + "1", recovery[:-1]):
        with pytest.raises(WrongPassword):
            Database.open(tmp_path / "ledger", wrong)


def test_the_file_shows_nothing(tmp_path: Path) -> None:
    database, recovery = Database.create(tmp_path / "ledger", password=PASSWORD)
    database.close()
    assert not (tmp_path / "ledger/ledger.db").read_bytes().startswith(b"SQLite format 3")
    keys = (tmp_path / "ledger/keys.json").read_text("utf-8")
    assert PASSWORD not in keys
    assert recovery not in keys


def test_a_second_user_and_a_removed_one(tmp_path: Path) -> None:
    ring, key = KeyRing.make(tmp_path)
    ring.add_password(key, "甲", "first-password-1")
    ring.add_password(key, "乙", "other-password-2")
    ring.save()
    again = KeyRing.load(tmp_path)
    assert again.unlock("other-password-2") == (key, "乙")
    again.remove_user("乙")
    with pytest.raises(WrongPassword):
        again.unlock("other-password-2")
    assert again.unlock("first-password-1") == (key, "甲")
    with pytest.raises(Refusal, match="最后一个"):
        again.remove_user("甲")


def test_a_changed_password_replaces_the_old_one(tmp_path: Path) -> None:
    ring, key = KeyRing.make(tmp_path)
    ring.add_password(key, "甲", "first-password-1")
    ring.add_password(key, "甲", "second-password-2")
    assert ring.unlock("second-password-2") == (key, "甲")
    with pytest.raises(WrongPassword):
        ring.unlock("first-password-1")


@pytest.mark.parametrize("weak", ["", "short1!", "aaaaaaaaaaaa", "123456789012", "河长河长河长河长河长"])
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(Refusal, match="至少 10 位"):
        check_strength(weak)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 1, "site": "x", "slots": []}'])
def test_a_damaged_key_file_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.json").write_text(text, "utf-8")
    with pytest.raises(EnvironmentFault, match="已损坏"):
        KeyRing.load(tmp_path)


def test_a_key_file_of_a_newer_program(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text(json.dumps({"format": 99}), "utf-8")
    with pytest.raises(EnvironmentFault, match="更新版本"):
        KeyRing.load(tmp_path)


def test_a_folder_that_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="不是台账文件夹"):
        Database.open(tmp_path / "nowhere")


def test_keys_of_another_ledger_do_not_open_the_pages(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Database.create(tmp_path / name)[0].close()
    (tmp_path / "b/keys.json").write_bytes((tmp_path / "a/keys.json").read_bytes())
    with pytest.raises(EnvironmentFault, match="不配套"):
        Database.open(tmp_path / "b")
