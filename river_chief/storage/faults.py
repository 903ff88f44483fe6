"""Turns what the database driver raises into the sentence the clerk reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from river_chief.errors import EnvironmentFault, LedgerDamaged, Refusal

READ_ONLY = "台账或它所在的文件夹是只读的，不能打开；请把整个台账文件夹复制到可写的磁盘上再打开。"
_SENTENCES: tuple[tuple[str, str, type[EnvironmentFault]], ...] = (
    ("database or disk is full", "磁盘空间已满，本次操作没有保存；请清理磁盘后重试。", EnvironmentFault),
    (
        "database is locked",
        "台账正被另一个程序占用，本次操作没有保存；请关闭另一个窗口后重试。",
        EnvironmentFault,
    ),
    ("readonly", READ_ONLY, EnvironmentFault),
    ("unable to open", "打不开台账文件，请检查文件夹是否存在、是否有权限。", EnvironmentFault),
    ("disk i/o error", "读写磁盘时出错，请关闭程序重新打开，核对最后一步是否已保存。", EnvironmentFault),
    ("not a database", "台账文件无法解密：口令文件与台账不配套，或文件已损坏，请从备份恢复。", LedgerDamaged),
    ("malformed", "台账文件已损坏，请停止使用并从备份恢复。", LedgerDamaged),
)


def fault_of(error: DBAPIError) -> EnvironmentFault | None:
    """Return the environment fault *error* stands for, or None when it is a bug of ours."""
    return _fault_in(str(error.orig))


def _fault_in(message: str) -> EnvironmentFault | None:
    words = message.lower()
    for part, sentence, kind in _SENTENCES:
        if part in words:
            return kind(sentence)
    return None


@contextmanager
def explained() -> Iterator[None]:
    """Raise environment faults of the database in words; let bugs through."""
    try:
        yield
    except DBAPIError as error:
        if "foreign key constraint" in str(error.orig).lower():
            raise Refusal("有其他记录正在引用这条记录，不能这样修改；请先处理引用它的记录。") from error
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error
    except driver.Error as error:  # asked of the driver itself, past SQLAlchemy
        fault = _fault_in(str(error))
        if fault is None:
            raise
        raise fault from error
