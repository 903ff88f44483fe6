"""Put a finished file in its place: whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from secrets import token_hex

from river_chief.errors import EnvironmentFault, reason_of


def save(path: Path, data: bytes) -> None:
    """Write *data* beside *path* and move it there; an older file stays until then.

    Raises ``EnvironmentFault`` naming the file when the place is locked, full or missing.
    """
    beside = path.with_name(f".{path.name[:40]}.{token_hex(4)}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as fault:
        raise EnvironmentFault(sentence_for(path, fault)) from fault
    finally:
        beside.unlink(missing_ok=True)


def sentence_for(path: Path, fault: OSError) -> str:
    """What to tell the clerk when *path* could not be written."""
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return f"文件夹“{path.parent}”不存在，请换一个位置保存。"
    if isinstance(fault, IsADirectoryError) or path.is_dir():
        return f"“{path}”是一个文件夹，请换一个文件名保存。"
    if isinstance(fault, PermissionError) and path.exists():
        return f"不能写入“{path.name}”：文件正被 WPS 打开或不允许改写，请关闭后再试，或换一个文件名。"
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        return f"文件夹“{path.parent}”不允许写入，请换一个位置保存“{path.name}”。"
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘已满，“{path.name}”没有写成，请腾出空间后再试。"
    return f"“{path.name}”没有写成（{reason_of(fault)}），请换一个位置再试。"
