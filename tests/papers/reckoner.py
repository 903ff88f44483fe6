"""A small reckoner of workbooks: just the functions the papers use, written by what Excel says of them."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

Value = int | float | str | bool | None
Area = list[list[Value]]
Operand = Value | Area
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)
    |(?P<area>(?:'(?:[^']|'')+'!|\w+!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)
    |(?P<function>[A-Z]+)\(|(?P<mark>[-+*/=><(),])""",
    re.VERBOSE,
)
_SUMS: dict[str, Callable[[float, float], float]] = {"+": operator.add, "-": operator.sub}
_PRODUCTS: dict[str, Callable[[float, float], float]] = {"*": operator.mul, "/": operator.truediv}


class Reckoner:
    """The cells of a workbook, each formula reckoned when it is asked for and then kept."""

    def __init__(self, workbook: bytes) -> None:
        self.book = load_workbook(BytesIO(workbook))
        self._kept: dict[tuple[str, int, int], Value] = {}
        self._areas: dict[tuple[str, str], Area] = {}

    def formulas(self) -> Iterator[tuple[str, str]]:
        """The sheet and address of every formula."""
        for sheet in self.book.worksheets:
            for row in sheet.iter_rows():
                yield from ((sheet.title, cell.coordinate) for cell in row if cell.data_type == "f")

    def at(self, sheet: str, address: str) -> Value:
        """What stands in a cell."""
        column, row, _, _ = range_boundaries(address)
        assert column is not None
        assert row is not None
        return self.value(sheet, row, column)

    def put(self, sheet: str, address: str, value: Value) -> None:
        """Change a cell; everything is reckoned anew."""
        self.book[sheet][address] = value
        self._kept.clear()
        self._areas.clear()

    def value(self, sheet: str, row: int, column: int) -> Value:
        """What stands in the cell of that row and column."""
        key = (sheet, row, column)
        if key not in self._kept:
            cell = self.book[sheet].cell(row, column)
            if cell.data_type == "f":
                self._kept[key] = single(_Reading(self, sheet, str(cell.value)[1:]).whole())
                assert self._kept[key] is not None
            else:
                self._kept[key] = _plain(cell.value)
        return self._kept[key]

    def area(self, sheet: str, reference: str) -> Area:
        """The values of a range such as 计数明细!$A$2:$A$9."""
        title, _, cells = reference.rpartition("!")
        key = title.strip("'") or sheet, cells.replace("$", "")
        if key not in self._areas:
            left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(key[1]))
            self._areas[key] = [
                [self.value(key[0], row, column) for column in range(left, right + 1)]
                for row in range(top, bottom + 1)
            ]
        return self._areas[key]


def _plain(value: object) -> Value:
    """A cell's value as it is reckoned with; days are of no account here."""
    return value if isinstance(value, int | float | str) else None if value is None else str(value)


class _Reading:
    """One formula, read from left to right."""

    def __init__(self, reckoner: Reckoner, sheet: str, text: str) -> None:
        self.reckoner = reckoner
        self.sheet = sheet
        self.tokens = list(_TOKEN.finditer(text))
        assert "".join(token.group() for token in self.tokens) == text, text
        self.at = 0

    def whole(self) -> Operand:
        found = self.comparison()
        assert self.at == len(self.tokens)
        return found

    def comparison(self) -> Operand:
        left = self.chain(_SUMS, lambda: self.chain(_PRODUCTS, self.operand))
        while (mark := self.mark("=", ">", "<")) is not None:
            right = self.chain(_SUMS, lambda: self.chain(_PRODUCTS, self.operand))
            left = _compared(mark, single(left), single(right))
        return left

    def chain(
        self, marks: dict[str, Callable[[float, float], float]], part: Callable[[], Operand]
    ) -> Operand:
        left = part()
        while (mark := self.mark(*marks)) is not None:
            left = _each(marks[mark], left, part())
        return left

    def operand(self) -> Operand:
        if self.mark("-") is not None:
            return -number(single(self.operand()))
        if self.mark("(") is not None:
            found = self.comparison()
            assert self.mark(")") is not None
            return found
        token = self.tokens[self.at]
        self.at += 1
        match token.lastgroup:
            case "text":
                return token.group()[1:-1].replace('""', '"')
            case "number":
                return float(token.group()) if "." in token.group() else int(token.group())
            case "area":
                return self.reckoner.area(self.sheet, token.group())
            case "function":
                return self.call(token["function"])
        raise AssertionError(token.group())

    def call(self, name: str) -> Operand:
        if name == "IF":
            return self.choice()
        arguments = [self.comparison()]
        while self.mark(",") is not None:
            arguments.append(self.comparison())
        assert self.mark(")") is not None
        return FUNCTIONS[name](arguments)

    def choice(self) -> Operand:
        """IF reckons only the branch it takes: the other may divide by zero."""
        condition = single(self.comparison())
        found: Operand = None
        for wanted in (bool(condition), not condition):
            assert self.mark(",") is not None
            if wanted:
                found = self.comparison()
            else:
                self.skip()
        assert self.mark(")") is not None
        return found

    def skip(self) -> None:
        depth = 0
        while depth or self.tokens[self.at].group() not in (",", ")"):
            token = self.tokens[self.at].group()
            depth += token.endswith("(") - (token == ")")
            self.at += 1

    def mark(self, *wanted: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at].group() in wanted:
            self.at += 1
            return self.tokens[self.at - 1].group()
        return None


def _compared(mark: str, left: Value, right: Value) -> bool:
    if mark == "=":
        return left == right
    return number(left) > number(right) if mark == ">" else number(left) < number(right)


def single(value: Operand) -> Value:
    """The one value of a range of one cell."""
    if isinstance(value, list):
        ((value,),) = value
    return value


def number(value: Value) -> float:
    """A value to reckon with: an empty cell is nothing, a text is a mistake."""
    assert not isinstance(value, str), value
    return 0 if value is None else value


def _flat(value: Operand) -> list[Value]:
    return [cell for row in value for cell in row] if isinstance(value, list) else [value]


def _numbers(values: Sequence[Operand]) -> list[float]:
    """The numbers among *values*: sums pass over texts and empty cells."""
    return [
        each
        for value in values
        for each in _flat(value)
        if isinstance(each, int | float) and each is not True
    ]


def _each(act: Callable[[float, float], float], left: Operand, right: Operand) -> Operand:
    """*act* on two values, or row by row on two columns."""
    if not isinstance(left, list) and not isinstance(right, list):
        return act(number(left), number(right))
    pairs = zip(_flat(left), _flat(right), strict=True)
    found = [[act(number(one), number(other))] for one, other in pairs]
    return found[0][0] if len(found) == 1 else [list(row) for row in found]


def _sum_ifs(arguments: Sequence[Operand]) -> Value:
    summed, *criteria = arguments
    pairs = list(zip(criteria[::2], criteria[1::2], strict=True))
    total: float = 0
    for at, value in enumerate(_flat(summed)):
        if all(_meets(_flat(cells)[at], single(wanted)) for cells, wanted in pairs):
            total += number(value)
    return total


def _meets(value: Value, wanted: Value) -> bool:
    """Whether a cell meets a criterion: texts without regard to case; patterns are not for this reckoner."""
    if isinstance(wanted, str):
        assert not re.search(r"^[=<>]|[*?~]|^[\d.]+$", wanted), wanted
        return isinstance(value, str) and value.casefold() == wanted.casefold()
    return value == wanted


def _rank(arguments: Sequence[Operand]) -> Value:
    value, among = number(single(arguments[0])), _numbers([arguments[1]])
    assert value in among
    ascending = len(arguments) > 2 and single(arguments[2])
    return 1 + sum(each < value if ascending else each > value for each in among)


def _exact(arguments: Sequence[Operand]) -> Operand:
    wanted = single(arguments[1])
    return [[cell == wanted] for cell in _flat(arguments[0])]


def _round(arguments: Sequence[Operand]) -> Value:
    value, digits = number(single(arguments[0])), int(number(single(arguments[1])))
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def _subtotal(arguments: Sequence[Operand]) -> Value:
    assert single(arguments[0]) == 109
    return sum(_numbers(arguments[1:]))


FUNCTIONS: dict[str, Callable[[Sequence[Operand]], Operand]] = {
    "ABS": lambda values: abs(number(single(values[0]))),
    "EXACT": _exact,
    "INT": lambda values: math.floor(number(single(values[0]))),
    "ISNUMBER": lambda values: isinstance(single(values[0]), int | float),
    "MIN": lambda values: min(_numbers(values)),
    "RANK": _rank,
    "ROUND": _round,
    "SIGN": lambda values: (number(single(values[0])) > 0) - (number(single(values[0])) < 0),
    "SUBTOTAL": _subtotal,
    "SUM": lambda values: sum(_numbers(values)),
    "SUMIFS": _sum_ifs,
    "SUMPRODUCT": lambda values: sum(_numbers(values)),
}
