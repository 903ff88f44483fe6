"""What every command works with: which ledger, who, which day, and where the answer goes."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from river_chief.changes import Changes
from river_chief.cli.speech import BadUsage
from river_chief.errors import EnvironmentFault, Refusal
from river_chief.progress import Progress
from river_chief.storage.database import Database, Verb, Writer
from river_chief.storage.keys import KeyRing
from river_chief.storage.paths import last_ledger, remember_ledger
from river_chief.verbs.input import LATEST, Input
from river_chief.verbs.office import RulesCompletion, complete_rules, lacks_rules

PASSWORD = "RIVER_CHIEF_PASSWORD"
NOBODY = "经办人"
LONGEST_NAME = 40
YEARS = range(1900, LATEST.year + 1)
"""Years a person may ask about; beside them lies a slip of the pen, and the end of the calendar."""

Json = Annotated[bool, typer.Option("--json", help="以一个 JSON 文档回答。")]


@dataclass(frozen=True, slots=True)
class Desk:
    """The global options of one command; opens the ledger when it is first needed.

    ``day`` stands in for the clock's day; ``user`` is whose name the acts carry ("" unless said).
    """

    ledger: Path | None = None
    password_file: Path | None = None
    user: str = ""
    day: date | None = None

    def today(self) -> date:
        """The local day; the only clock of the command line."""
        return self.day or date.today()

    def password(self) -> str | None:
        """The password of the file or the environment, None without one."""
        if self.password_file is None:
            return os.environ.get(PASSWORD) or None
        try:
            return self.password_file.read_text("utf-8-sig").strip("\r\n")
        except FileNotFoundError:
            raise EnvironmentFault(f"找不到口令文件“{self.password_file}”，请核对路径。") from None
        except (OSError, UnicodeDecodeError):
            raise EnvironmentFault(f"读不出口令文件“{self.password_file}”，请核对文件和权限。") from None

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The ledger, open; it is closed and left as one file at the end."""
        path = self.ledger or last_ledger()
        if path is None:
            raise BadUsage("还没有打开过台账：请用 --ledger 指明台账文件夹，或先用 new 建立一个。")
        database = Database.open(path, self._secret(path))
        try:
            if database.user and self.user not in ("", database.user) and database.user != ADMINISTRATOR:
                raise Refusal(f"口令是“{database.user}”的，不能以“{self.user}”的名义办理。")
            remember_ledger(path)
            self._complete(database)
            yield database
        finally:
            database.close()

    def _complete(self, database: Database) -> None:
        """Give a ledger of an older program the tables of rules it lacks."""
        with database.read() as session:
            if not lacks_rules(session):
                return
        entry = RulesCompletion()
        database.run(
            lambda writer: writer.do(complete_rules, entry), by=self.clerk(database), today=self.today()
        )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one snapshot of the ledger."""
        with self.opened() as database, database.read() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction, kept whole if the block ends well."""
        with (
            self.opened() as database,
            database.write(by=self.clerk(database), today=self.today()) as writer,
        ):
            yield writer

    def do(self, verb: Verb[Any], entry: Input) -> Changes:
        """Carry out one verb as one act."""
        with self.writing() as writer:
            return writer.do(verb, entry)

    def clerk(self, database: Database) -> str:
        """Whose name the acts carry."""
        return self.user or database.user or NOBODY

    def _secret(self, path: Path) -> str | None:
        if not KeyRing.load(path).needs_password:
            return None
        secret = self.password()
        if secret is None and sys.stdin.isatty():
            secret = getpass.getpass("台账口令：")
        if not secret:
            raise Refusal(f"这个台账要口令：请用 --password-file 或环境变量 {PASSWORD} 给出。")
        return secret


ADMINISTRATOR = "管理员"


def desk_of(ctx: typer.Context) -> Desk:
    """The desk the global options made."""
    found = ctx.find_object(Desk)
    if found is None:
        raise AssertionError("the program's callback makes the desk")
    return found


def answer(document: Mapping[str, Any], text: str, as_json: bool) -> None:
    """Write the command's answer to stdout: the JSON document, or the text for a person."""
    print(as_text(document) if as_json else text)


def as_text(document: Mapping[str, Any]) -> str:
    """*document* as JSON text; everything in it must be plain already."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)


def notice(sentence: str) -> None:
    """Tell the person at the keyboard something beside the answer, on stderr."""
    print(sentence, file=sys.stderr, flush=True)


def spoken_progress() -> Progress:
    """Progress told on stderr where a person watches, and nowhere else."""
    return Progress(report=_tell) if sys.stderr.isatty() else Progress()


def _tell(done: int, total: int, words: str) -> None:
    print(f"\r{words} {done}/{total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)


def parsed_day(text: str, option: str) -> date:
    """The day of *text*, 2025-03-05; BadUsage names the option."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise BadUsage(f"{option} 的“{text}”不是日期，请写成 2025-03-05 的样子。") from None
    if day.year not in YEARS:
        raise BadUsage(f"{option} 的“{text}”年份不对，请写 {YEARS[0]} 到 {YEARS[-1]} 年之间的日期。")
    return day


def checked_name(name: str) -> str:
    """A clerk's name that the journal can hold."""
    if len(name) > LONGEST_NAME:
        raise BadUsage(f"--as 的姓名太长，最多 {LONGEST_NAME} 个字。")
    return name.strip()
