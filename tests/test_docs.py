"""The manual and the README against the program they speak of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

import dev
from river_chief import terms
from river_chief.cli import app
from river_chief.figures.rates import RATES, Rate
from river_chief.papers.kinds import KINDS
from river_chief.terms import Severity, Term
from river_chief.verbs.office import shipped
from tests.pictures import all_scenes
from ui.dialogs.manual import MANUAL
from ui.pages import PAGES

ROOT = Path(dev.__file__).resolve().parent
TEXT = MANUAL.read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`]+)`")

# The manual


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every command that does something, with the sentence of its help."""
    if isinstance(command, TyperGroup):
        for name, item in command.commands.items():
            yield from commands(item, (*path, name))
    else:
        yield " ".join(path), str(command.help).partition("\n\n")[0].replace("\n", " ").strip()


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("path", COMMANDS)
def test_the_manual_has_every_command_in_the_words_of_its_help(path: str) -> None:
    assert f"| `{path}` | {COMMANDS[path]} |" in TEXT


def test_the_manual_has_no_command_that_is_gone() -> None:
    chapter = TEXT.partition("\n## 命令行\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([^`]+)` \|", chapter, re.MULTILINE)) == set(COMMANDS)


def test_every_picture_of_the_manual_is_drawn() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(shots/([^)]+)\.png\)", TEXT)
    assert pictures
    assert TEXT.count("![") == len(pictures)
    assert set(pictures) <= set(all_scenes())


@pytest.mark.parametrize("rate", RATES, ids=lambda rate: rate.key)
def test_the_manual_defines_every_rate_as_the_report_does(rate: Rate) -> None:
    assert f"| {rate.name} | {rate.sentence.removeprefix(f'{rate.name}＝')} |" in TEXT


def test_the_manual_has_a_chapter_for_every_page() -> None:
    for page in PAGES:
        assert f"\n## {page.label}\n" in TEXT


@pytest.mark.parametrize("severity", Severity)
def test_the_manual_tells_the_shipped_deadlines(severity: Severity) -> None:
    rows = [row for row in shipped("rules/deadlines.csv") if row["severity"] == severity.value]
    assert [(row["clock"], row["kind"]) for row in rows] == [("rectify", "natural_days")]
    assert f"| {severity.label} | {rows[0]['amount']} 日 |" in TEXT


# The README


def glossary() -> dict[str, tuple[str, ...]]:
    """The words of the code for each cell of Chinese terms."""
    lines = README.partition("\n## Glossary\n")[2].partition("\n## ")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    cells = [pair for row in rows[2:] for pair in zip(row[::2], row[1::2], strict=True)]
    return {chinese: tuple(CODE.findall(code)) for chinese, code in cells if chinese}


GLOSSARY = glossary()


def pairs() -> list[tuple[str, str]]:
    """Each Chinese term with its own word, where a cell has as many of the one as of the other."""
    found: list[tuple[str, str]] = []
    for chinese, codes in GLOSSARY.items():
        terms = re.split(r" / |、", chinese)
        if len(terms) == len(codes):
            found += zip(terms, codes, strict=True)
    return found


def members() -> list[Term]:
    kinds = [kind for kind in vars(terms).values() if isinstance(kind, type) and issubclass(kind, Term)]
    return [member for kind in kinds for member in kind]


LABELS = {member.label for member in members()}
LABELLED = [(chinese, code) for chinese, code in pairs() if chinese in LABELS and code.islower()]


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Every name of the product: packages, modules, classes, functions, fields, members of code lists."""
    found = {member.value for member in members()} | set(KINDS)
    for path in (ROOT / "river_chief").rglob("*.py"):
        found |= {*path.relative_to(ROOT).with_suffix("").parts}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.add(node.target.id)
    return found


def test_the_glossary_is_there() -> None:
    assert len(GLOSSARY) > 20
    assert all(GLOSSARY.values())
    assert len(LABELLED) >= 10


@pytest.mark.parametrize("chinese", GLOSSARY)
def test_the_code_has_every_word_of_the_glossary(chinese: str, names: set[str]) -> None:
    assert set(GLOSSARY[chinese]) <= names


@pytest.mark.parametrize(("chinese", "code"), LABELLED)
def test_the_glossary_calls_a_term_as_the_code_does(chinese: str, code: str) -> None:
    called = [member for member in members() if member.label == chinese]
    assert code in {member.value for member in called}


def test_the_readme_has_the_commands_of_dev() -> None:
    assert set(re.findall(r"dev\.py (\w+)", README)) == set(dev.COMMANDS)


def test_what_the_readme_names_is_there() -> None:
    words = CODE.findall(re.sub(r"```.*?```", "", README, flags=re.DOTALL))
    named = [name for name in words if re.fullmatch(r"\.?\w[\w.]*(/[\w.]*)+", name)]
    assert len(named) > 10
    for name in named:
        assert (ROOT / name).exists() or (ROOT / "river_chief" / name).exists(), name
