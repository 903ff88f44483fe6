"""What can go wrong, by whose fault it is; every error carries the sentence the clerk reads.

``Refusal``: the clerk can act. ``EnvironmentFault``: disk, lock, file, newer ledger. Anything
else that is raised is a bug: the edge (window or command line) logs it and apologises.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping


class LedgerError(Exception):
    """Root of the errors a user may see; ``str(error)`` is a Chinese sentence."""

    exit_code = 1

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refusal(LedgerError):
    """The work asked for is refused; the sentence says what to do instead."""

    exit_code = 2


class InvalidInput(Refusal):
    """Fields of an input are missing or wrong: ``fields`` maps field key to its sentence."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("；".join(fields.values()))
        self.fields = dict(fields)


class NotFound(Refusal):
    """A named record is not in the ledger."""


class NotAllowed(Refusal):
    """The action does not fit the state of the record."""


class Conflict(Refusal):
    """The record was changed since the clerk saw it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}在您打开之后已被修改，请刷新后核对再改。")


class WrongPassword(Refusal):
    """No slot of the ledger opens with the password given."""

    def __init__(self) -> None:
        super().__init__("口令不正确，请重新输入；忘记口令可用封存的恢复码打开。")


class EnvironmentFault(LedgerError):
    """The environment is at fault: disk, lock, missing or foreign file, newer ledger."""

    exit_code = 3


class LedgerDamaged(EnvironmentFault):
    """A page, the journal chain or a replay does not hold."""


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘空间已满",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "文件正被占用",
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENAMETOOLONG: "名称太长",
    errno.EINVAL: "名称里有不能用的字符",
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in Chinese where its number is a common one."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
