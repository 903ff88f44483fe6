"""用户: who works with the ledger, and as what. Passwords are slots of storage/keys.py, not records."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from sqlmodel import Session, select

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.records import User
from river_chief.records.columns import col
from river_chief.terms import UserRole
from river_chief.verbs.input import Input
from river_chief.verbs.lookup import existing, unchanged


class NewUser(Input):
    """A user to be added; the name is the one acts of the journal are signed with."""

    name: str = Field(title="用户名", min_length=1, max_length=40)
    role: UserRole = Field(UserRole.CLERK, title="用户角色")


def add_user(session: Session, entry: NewUser, /, *, by: str, today: date) -> Changes:
    """Add a user; a name is given once, also when its user is retired: the journal knows it."""
    same = session.exec(select(User).where(User.name == entry.name)).first()
    if same is not None:
        gone = "，现已停用" if same.retired_on else ""
        raise Refusal(f"用户“{entry.name}”已经有了{gone}，请换一个用户名。")
    user = User(name=entry.name, role=entry.role)
    session.add(user)
    session.flush()
    return Changes(f"新增用户{user.name}（{user.role.label}）", user.key)


class RoleChange(Input):
    """The user and the new role."""

    id: int
    version: int | None = None
    role: UserRole = Field(title="用户角色")


def change_role(session: Session, entry: RoleChange, /, *, by: str, today: date) -> Changes:
    """Give a user another role; the last administrator stays one."""
    user = _in_use(session, entry.id, entry.version)
    if entry.role is not UserRole.ADMIN:
        _refuse_last_admin(session, user, "不能改为其他角色")
    user.role = entry.role
    return Changes(f"用户{user.name}改为{user.role.label}", user.key)


class UserRetirement(Input):
    """The user to be retired (停用)."""

    id: int
    version: int | None = None


def retire_user(session: Session, entry: UserRetirement, /, *, by: str, today: date) -> Changes:
    """Retire a user; the last administrator can not be."""
    user = _in_use(session, entry.id, entry.version)
    _refuse_last_admin(session, user, "不能停用")
    user.retired_on = today
    return Changes(f"停用用户{user.name}", user.key)


def _in_use(session: Session, id: int, version: int | None) -> User:
    user = existing(session, User, id, "个用户")
    unchanged(user, version, f"用户{user.name}")
    if user.retired_on is not None:
        raise Refusal(f"用户“{user.name}”已于 {user.retired_on.isoformat()} 停用。")
    return user


def _refuse_last_admin(session: Session, user: User, what: str) -> None:
    others = select(User.id).where(
        User.role == UserRole.ADMIN, User.id != user.id, col(User.retired_on).is_(None)
    )
    if user.role is UserRole.ADMIN and session.exec(others).first() is None:
        raise Refusal(f"“{user.name}”是唯一的管理员，{what}；请先指定另一位管理员。")
