"""Users: names given once, roles, and an administrator who is always there."""

from __future__ import annotations

import pytest

from river_chief.errors import Conflict, InvalidInput, NotFound, Refusal
from river_chief.records import User
from river_chief.terms import UserRole
from river_chief.verbs import users
from tests.builders import Office


@pytest.fixture
def admin(empty: Office) -> int:
    return empty.do(users.add_user, users.NewUser, name="何文秀", role="admin").id


@pytest.fixture
def clerk(empty: Office) -> int:
    return empty.do(users.add_user, users.NewUser, name="许建平").id


def user(office: Office, id: int) -> User:
    with office.database.read() as session:
        return session.get_one(User, id)


def test_a_user_is_added_with_a_role(empty: Office, clerk: int) -> None:
    assert user(empty, clerk).role is UserRole.CLERK
    done = empty.do(users.add_user, users.NewUser, name="周小林", role="reader")
    assert done.sentence == "新增用户周小林（查阅人）"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": " "}, "请填写用户名"),
        ({"name": "长" * 41}, "用户名太长，最多 40 个字"),
        ({"name": "周小林", "role": "boss"}, "用户角色“boss”不在可选范围内"),
    ],
)
def test_a_bad_user_is_refused(empty: Office, values: dict[str, str], sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        empty.do(users.add_user, users.NewUser, **values)


def test_a_name_is_given_once(empty: Office, clerk: int) -> None:
    with pytest.raises(Refusal, match="用户“许建平”已经有了，请换一个用户名"):
        empty.do(users.add_user, users.NewUser, name=" 许建平")
    empty.do(users.retire_user, users.UserRetirement, id=clerk)
    with pytest.raises(Refusal, match="用户“许建平”已经有了，现已停用"):
        empty.do(users.add_user, users.NewUser, name="许建平")


def test_the_last_administrator_stays(empty: Office, admin: int, clerk: int) -> None:
    with pytest.raises(Refusal, match="“何文秀”是唯一的管理员，不能停用；请先指定另一位管理员"):
        empty.do(users.retire_user, users.UserRetirement, id=admin)
    with pytest.raises(Refusal, match="“何文秀”是唯一的管理员，不能改为其他角色"):
        empty.do(users.change_role, users.RoleChange, id=admin, role="clerk")
    empty.do(users.change_role, users.RoleChange, id=admin, role="admin")
    assert (
        empty.do(users.change_role, users.RoleChange, id=clerk, role="admin").sentence
        == "用户许建平改为管理员"
    )
    assert empty.do(users.retire_user, users.UserRetirement, id=admin).sentence == "停用用户何文秀"
    assert user(empty, admin).retired_on == empty.today
    with pytest.raises(Refusal, match="“许建平”是唯一的管理员"):
        empty.do(users.retire_user, users.UserRetirement, id=clerk)


def test_a_retired_user_is_left_alone(empty: Office, clerk: int) -> None:
    empty.do(users.retire_user, users.UserRetirement, id=clerk, version=1)
    with pytest.raises(Refusal, match="用户“许建平”已于 2025-03-31 停用"):
        empty.do(users.retire_user, users.UserRetirement, id=clerk)
    with pytest.raises(Refusal, match="用户“许建平”已于 2025-03-31 停用"):
        empty.do(users.change_role, users.RoleChange, id=clerk, role="reader")
    with pytest.raises(NotFound, match="没有这个用户"):
        empty.do(users.retire_user, users.UserRetirement, id=99)


def test_a_role_is_changed_under_its_version(empty: Office, clerk: int) -> None:
    empty.do(users.change_role, users.RoleChange, id=clerk, role="reader", version=1)
    with pytest.raises(Conflict, match="用户许建平在您打开之后已被修改"):
        empty.do(users.change_role, users.RoleChange, id=clerk, role="clerk", version=1)
