"""What a failed command leaves: one Chinese sentence on stderr, an exit code, a bug in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler

import typer

from river_chief.cli.desk import notice
from river_chief.cli.speech import BadUsage, usage_sentence
from river_chief.errors import EnvironmentFault, InvalidInput, LedgerError, reason_of
from river_chief.progress import Cancelled
from river_chief.storage.paths import program_folder

BUG = 1
STOPPED = 130
LOG = "command-line.log"
log = logging.getLogger("river_chief")


def exit_code_of(work: Callable[[], object]) -> int:
    """Carry out *work*; return the exit code after saying what went wrong, if anything did.

    What the ledger logs meanwhile goes to a file: stderr is for sentences.
    """
    with _logging():
        return _exit_code_of(work)


def _exit_code_of(work: Callable[[], object]) -> int:
    try:
        code = work()
    except InvalidInput as error:
        notice("；".join(f"{words}（{key}）" if key else words for key, words in error.fields.items()))
        return error.exit_code
    except LedgerError as error:
        notice(error.sentence)
        return error.exit_code
    except (Cancelled, KeyboardInterrupt, typer.Abort):
        code = STOPPED
    except typer.TyperException as error:
        notice(usage_sentence(error))
        return BadUsage.exit_code
    except OSError as error:
        notice(f"读写文件时出错（{reason_of(error)}）：{error.filename or '请检查磁盘'}。")
        return EnvironmentFault.exit_code
    except Exception:
        log.exception("a command failed")
        notice(f"对不起，程序出了错，本次没有任何改动；请把运行日志 {program_folder() / LOG} 发给维护人员。")
        return BUG
    if code == STOPPED:
        notice("已停止，没有完成的改动都没有保存。")
    return code if isinstance(code, int) else 0


@contextmanager
def _logging() -> Iterator[None]:
    handler = RotatingFileHandler(
        program_folder() / LOG, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        handler.close()
