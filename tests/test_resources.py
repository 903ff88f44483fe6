import csv
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtGui import QFontDatabase, QRawFont
from pytestqt.qtbot import QtBot

import dev

RESOURCES = dev.ROOT / "resources"
FONTS = RESOURCES / "fonts"
FACES = {"NotoSerifSC-Regular.otf": "characters.txt", "NotoSerifSC-Bold.ttf": "titles.txt"}


def gb2312_characters() -> set[str]:
    pairs = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return set("".join(pair.decode("gb2312", errors="ignore") for pair in pairs))


def missing(face: str, wanted: set[str]) -> list[str]:
    font = QRawFont(str(FONTS / face), 12)
    assert font.isValid()
    return sorted(character for character in wanted if not font.supportsCharacter(ord(character)))


@pytest.mark.parametrize("face", FACES)
def test_faces_hold_gb2312_and_the_signs_of_papers(qtbot: QtBot, face: str) -> None:
    characters = gb2312_characters()
    assert len(characters) == 6763
    assert missing(face, characters) == []
    assert missing(face, set("〔〕《》「」—…·①⑳ⅠⅤ㎡³²℃°′″№□√×✓→↑↓▲▼●○◆■ 0aZé％，。")) == []


@pytest.mark.parametrize(("face", "listed"), FACES.items())
def test_faces_hold_what_their_list_says(qtbot: QtBot, face: str, listed: str) -> None:
    text = (FONTS / listed).read_text(encoding="utf-8")
    assert missing(face, set(text) - {"\n"}) == []


def test_regular_face_holds_rare_names_and_no_radicals(qtbot: QtBot) -> None:
    assert missing("NotoSerifSC-Regular.otf", set("䶮㛃𬍛堃珺镕赟翀塆垸")) == []
    radicals = {chr(point) for point in range(0x2F00, 0x2FD6)}
    assert len(missing("NotoSerifSC-Regular.otf", radicals)) == len(radicals)


def test_both_faces_are_one_family(qtbot: QtBot) -> None:
    for face in FACES:
        number = QFontDatabase.addApplicationFont(str(FONTS / face))
        assert QFontDatabase.applicationFontFamilies(number) == ["Noto Serif SC"]
    assert {"Regular", "Bold"} <= set(QFontDatabase.styles("Noto Serif SC"))


def test_icons_take_the_colour_of_the_text() -> None:
    icons = sorted((RESOURCES / "icons").glob("*.svg"))
    assert len(icons) > 40
    for icon in icons:
        assert ET.parse(icon).getroot().get("stroke") == "currentColor", icon.name


def test_what_is_bundled_carries_its_licence() -> None:
    licences = {file.name: file.read_text(encoding="utf-8") for file in (RESOURCES / "LICENSES").iterdir()}
    assert "SIL OPEN FONT LICENSE Version 1.1" in licences["noto-serif-sc.txt"]
    assert "Paweł Kuna" in licences["tabler-icons.txt"]


def test_categories_have_unique_codes_and_known_parents() -> None:
    with (RESOURCES / "categories.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["code"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert {row["parent"] for row in rows} <= {"", *codes}
    assert all(row["name"] for row in rows)
