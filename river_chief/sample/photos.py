"""Photos and scans of the sample: drawn river banks with the trouble and without it, stamped like a field camera's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFont

from river_chief.resources import resource
from river_chief.sample.cases import Case, Move
from river_chief.sample.places import BY_KEY
from river_chief.storage.attachments import Kept, keep
from river_chief.storage.database import Writer
from river_chief.storage.paths import LedgerFolder
from river_chief.terms import Phase
from river_chief.verbs import documents
from river_chief.verbs.input import understood

WIDTH, HEIGHT = 480, 360
BANK, SHORE = 200, 265
SCAN_WIDTH, SCAN_HEIGHT = 420, 594
QUALITY = 60
DEMO = "演示图片"
_EXIF_IFD, _TAKEN = 0x8769, 0x9003

Colour = tuple[int, int, int]
Pen = ImageDraw.ImageDraw
_TRASH: tuple[Colour, ...] = ((240, 240, 235), (190, 60, 50), (60, 90, 170), (220, 200, 60), (70, 70, 70))


def draw(number: str, group: str, phase: Phase, taken_at: datetime) -> bytes:
    """A JPEG of the place of problem *number*; the same place before and after, the trouble only before."""
    place = Random(number)
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(picture)
    _landscape(pen, place)
    if phase in (Phase.BEFORE, Phase.LOOK_BACK, Phase.EVIDENCE):
        _TROUBLES.get(group, _rubbish)(pen, place)
    else:
        _grass(pen, place)
    _stamp(pen, f"{number}　{phase.label}", f"{taken_at:%Y-%m-%d %H:%M}　{DEMO}")
    exif = Image.Exif()
    exif.get_ifd(_EXIF_IFD)[_TAKEN] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, exif=exif)
    return buffer.getvalue()


def draw_scan(number: str, place: str, acceptors: str, closed_at: datetime) -> bytes:
    """A JPEG of the signed 销号确认单 of problem *number*, as a scanner leaves it."""
    picture = Image.new("L", (SCAN_WIDTH, SCAN_HEIGHT), 246)
    pen = ImageDraw.Draw(picture)
    pen.text((118, 44), "问题销号确认单", font=_font(26), fill=30)
    rows = (
        ("问题编号", number),
        ("位置", place),
        ("验收意见", "已整改到位，同意销号"),
        ("验收人", acceptors),
    )
    for line, (name, text) in enumerate((*rows, ("日期", f"{closed_at:%Y-%m-%d}"))):
        top = 110 + line * 62
        pen.rectangle((36, top, SCAN_WIDTH - 36, top + 62), outline=90)
        pen.line((130, top, 130, top + 62), fill=90)
        pen.text((46, top + 21), name, font=_font(16), fill=60)
        pen.text((142, top + 21), text[:15], font=_font(16), fill=40)
    pen.text((36, SCAN_HEIGHT - 60), DEMO, font=_font(16), fill=130)
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


class Album:
    """Puts the photos and scans of cases into a ledger's folder, each before the step it proves."""

    def __init__(self, folder: LedgerFolder) -> None:
        self._folder = folder

    def before(self, writer: Writer, case: Case) -> None:
        """The trouble as it was found."""
        taken = datetime.combine(case.found_on, case.moves[0].at.time()) - timedelta(minutes=25)
        self._put_photo(writer, case, Phase.BEFORE, taken)

    def after(self, writer: Writer, case: Case, report: Move) -> None:
        """The place when the work was reported done."""
        self._put_photo(writer, case, Phase.AFTER, report.at - timedelta(minutes=40))

    def again(self, writer: Writer, case: Case, relapse: Move) -> None:
        """The trouble as it was found again."""
        self._put_photo(writer, case, Phase.LOOK_BACK, relapse.at - timedelta(minutes=40))

    def scan(self, writer: Writer, case: Case, closing: Move, acceptors: str) -> None:
        """The form that was signed for striking the case off."""
        content = draw_scan(case.number, case.place, acceptors, closing.at)
        self._put(writer, case, Phase.SCAN, keep(self._folder, content), closing.at)

    def _put_photo(self, writer: Writer, case: Case, phase: Phase, taken: datetime) -> None:
        kept = keep(self._folder, draw(case.number, case.group, phase, taken))
        lon, lat = BY_KEY[case.reach].point(case.share)
        self._put(writer, case, phase, kept, taken, lon=lon, lat=lat)

    def _put(
        self, writer: Writer, case: Case, phase: Phase, kept: Kept, happened: datetime, **place: float
    ) -> None:
        values = {
            **kept.values,
            **place,
            "name": f"{case.number}-{phase.label}.jpg",
            "phase": phase,
            "problem_id": case.id,
            "happened_on": happened.date(),
            "note": DEMO,
        }
        writer.do(documents.attach, understood(documents.NewAttachment, values))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource("fonts/NotoSerifSC-Bold.ttf")), size)


def _landscape(pen: Pen, place: Random) -> None:
    for top in range(0, BANK, 20):
        pen.rectangle((0, top, WIDTH, top + 20), fill=(150 + top // 3, 190 + top // 5, 225))
    ridge = [(x, place.randrange(90, 150)) for x in range(0, WIDTH + 1, 60)]
    pen.polygon([(0, BANK), *ridge, (WIDTH, BANK)], fill=(96, 136, 104))
    pen.rectangle((0, BANK, WIDTH, SHORE), fill=(138, 160, 92))
    shore = [(x, SHORE + place.randrange(-8, 9)) for x in range(0, WIDTH + 1, 40)]
    pen.polygon([(0, BANK + 30), *shore, (WIDTH, BANK + 30)], fill=(168, 150, 110))
    pen.polygon([(0, HEIGHT), *shore, (WIDTH, HEIGHT)], fill=(92, 138, 158))
    for _ in range(14):
        x, y = place.randrange(WIDTH - 60), place.randrange(SHORE + 14, HEIGHT - 50)
        pen.line((x, y, x + place.randrange(20, 60), y), fill=(128, 172, 188), width=2)


def _grass(pen: Pen, place: Random) -> None:
    for _ in range(40):
        x, y = place.randrange(WIDTH), place.randrange(BANK + 6, SHORE - 12)
        pen.line((x, y, x + 3, y - 8), fill=(88, 128, 60), width=2)


def _rubbish(pen: Pen, place: Random) -> None:
    left = place.randrange(60, 220)
    for _ in range(70):
        x, y = left + place.randrange(190), place.randrange(BANK + 22, SHORE + 12)
        size = place.randrange(5, 16)
        pen.rectangle((x, y - size, x + size + 4, y), fill=place.choice(_TRASH))


def _floating(pen: Pen, place: Random) -> None:
    left = place.randrange(30, 200)
    for _ in range(60):
        x, y = left + place.randrange(230), place.randrange(SHORE + 18, HEIGHT - 50)
        pen.ellipse((x, y, x + place.randrange(8, 22), y + 6), fill=place.choice((*_TRASH, (90, 130, 60))))


def _shed(pen: Pen, place: Random) -> None:
    left, top = place.randrange(80, 260), BANK - 26
    pen.rectangle((left, top, left + 140, top + 74), fill=(196, 190, 180))
    pen.polygon(
        [(left - 12, top), (left + 152, top), (left + 130, top - 30), (left + 10, top - 30)],
        fill=(70, 110, 170),
    )
    pen.rectangle((left + 55, top + 24, left + 90, top + 74), fill=(90, 80, 70))


def _crops(pen: Pen, place: Random) -> None:
    left = place.randrange(20, 120)
    for x in range(left, left + 300, 13):
        for y in range(BANK + 20, SHORE + 4, 16):
            pen.line((x, y, x, y - 20), fill=(60, 120, 40), width=3)
            pen.line((x - 6, y - 12, x, y - 6, x + 6, y - 12), fill=(80, 150, 50), width=2)


def _pipe(pen: Pen, place: Random) -> None:
    left = place.randrange(100, 320)
    pen.ellipse((left, SHORE - 36, left + 44, SHORE + 8), fill=(60, 60, 60))
    flow = [(left + 6, SHORE), (left + 38, SHORE), (left + 110, HEIGHT - 50), (left - 60, HEIGHT - 50)]
    pen.polygon(flow, fill=(92, 84, 56))


def _silt(pen: Pen, place: Random) -> None:
    for _ in range(7):
        x, y = place.randrange(WIDTH - 140), place.randrange(SHORE + 10, HEIGHT - 64)
        pen.ellipse((x, y, x + place.randrange(70, 140), y + 16), fill=(140, 120, 84))


def _board(pen: Pen, place: Random) -> None:
    left = place.randrange(120, 260)
    for x in (left + 12, left + 112):
        pen.line((x, BANK + 50, x + 6, BANK - 60), fill=(110, 110, 110), width=5)
    corners = [(left, BANK - 84), (left + 136, BANK - 66), (left + 128, BANK - 2), (left - 6, BANK - 20)]
    pen.polygon(corners, fill=(150, 176, 200))
    for row in range(3):
        y = BANK - 66 + row * 14
        pen.line((left + 16, y, left + 104, y + 12), fill=(190, 204, 216), width=4)


def _bridge(pen: Pen, place: Random) -> None:
    left = place.randrange(20, 90)
    pen.rectangle((left, BANK - 30, left + 340, BANK - 12), fill=(168, 168, 164))
    for x in range(left + 10, left + 340, 24):
        pen.line((x, BANK - 46, x, BANK - 30), fill=(120, 120, 120), width=3)
    pen.line((left, BANK - 46, left + 340, BANK - 46), fill=(120, 120, 120), width=4)
    for x in (left + 60, left + 160, left + 260):
        pen.rectangle((x, BANK - 12, x + 22, SHORE + 40), fill=(150, 150, 146))


def _weir(pen: Pen, place: Random) -> None:
    top = SHORE + place.randrange(10, 30)
    pen.rectangle((0, top, WIDTH, top + 22), fill=(160, 156, 146))
    for x in range(0, WIDTH, 18):
        pen.line((x, top + 22, x + 8, HEIGHT - 50), fill=(190, 214, 224), width=3)


_TROUBLES: dict[str, Callable[[Pen, Random], None]] = {
    "BJ": _floating,
    "SZ": _floating,
    "LJ": _shed,
    "LZ": _crops,
    "PW": _pipe,
    "AH": _silt,
    "LC": _silt,
    "BP": _board,
    # What patches show.
    "桥梁": _bridge,
    "房屋": _shed,
    "拦河堰": _weir,
    "坑塘": _silt,
    "光伏": _shed,
}


def _stamp(pen: Pen, first: str, second: str) -> None:
    pen.rectangle((0, HEIGHT - 46, WIDTH, HEIGHT), fill=(30, 40, 48))
    pen.text((10, HEIGHT - 43), first, font=_font(18), fill=(255, 255, 255))
    pen.text((10, HEIGHT - 21), second, font=_font(14), fill=(230, 220, 150))
