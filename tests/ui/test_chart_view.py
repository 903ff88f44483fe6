"""A chart in the window: drawn like on paper, clicked, walked through by keys, told, copied and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from river_chief.errors import EnvironmentFault
from river_chief.papers.charts.chart import Chart, Datum, Ring, Sector
from river_chief.papers.charts.drawing import draw
from river_chief.papers.charts.palette import INKS
from river_chief.papers.charts.shapes import Spot
from tests.papers.charts.examples import CHARTS, bars, month_heat, ring, stacked, trend
from ui.charts.menu import chart_menu, give_menu, save_picture
from ui.charts.painter import POINT, picture
from ui.charts.view import ChartView, tip
from ui.messages import Notice

Shown = Callable[[Chart], ChartView]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    def show(chart: Chart) -> ChartView:
        view = ChartView("图")
        qtbot.addWidget(view)
        view.resize(620, 300)
        view.show()
        view.show_chart(chart)
        view.resize(620, view.minimumHeight())
        return view

    return show


def spots(view: ChartView) -> tuple[Spot, ...]:
    assert view.drawing is not None
    return view.drawing.spots


def spot_called(view: ChartView, name: str) -> Spot:
    return next(spot for spot in spots(view) if spot.name == name)


def heard_by(view: ChartView) -> list[tuple[object, str]]:
    heard: list[tuple[object, str]] = []
    view.asked.connect(lambda asks, words: heard.append((asks, words)))
    return heard


def click(view: ChartView, spot: Spot) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(spot).toPoint())


def dots(image: QImage, colour: str) -> int:
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_drawn(shown: Shown, name: str) -> None:
    view = shown(CHARTS[name])
    image = view.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert len(colours) > 20


def test_the_parts_lie_where_their_spots_are(shown: Shown) -> None:
    view = shown(bars())
    image = view.grab().toImage()
    assert view.drawing is not None
    first = view.drawing.spots[0]
    y = view.place_of(first).y()
    bar = [image.pixelColor(x, round(y)) for x in range(image.width())]
    assert sum(colour == QColor(INKS[0].colour) for colour in bar) > 100


def test_a_click_asks_for_the_rows_of_what_lies_under_it(shown: Shown) -> None:
    view = shown(stacked())
    heard = heard_by(view)
    spot = spot_called(view, "2024年4月乱占")
    click(view, spot)
    assert heard == [(spot.datum.asks, "2024年4月乱占")]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=view.place_of(spot).toPoint())
    assert len(heard) == 1


def test_every_spot_of_a_ring_is_hit(shown: Shown) -> None:
    view = shown(ring())
    heard = heard_by(view)
    for sector in ring().sectors:
        if sector.datum.size:
            click(view, spot_called(view, sector.name))
    click(view, spot_called(view, "逾期"))
    assert [words for _, words in heard] == ["待核实", "待交办", "整改中", "待验收", "待销号", "挂账", "逾期"]


def test_what_has_no_rows_is_not_asked_for(shown: Shown) -> None:
    one = Ring("状态", (Sector("整改中", Datum(1, "1"), "100.0%", 0),), ring().whole)
    view = shown(one)
    heard = heard_by(view)
    click(view, spot_called(view, "整改中"))
    assert heard == []
    assert view.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_the_hand_shows_where_a_click_leads(shown: Shown, qtbot: QtBot) -> None:
    view = shown(trend())
    QTest.mouseMove(view, view.place_of(spots(view)[3]).toPoint())
    qtbot.waitUntil(lambda: view.cursor().shape() is Qt.CursorShape.PointingHandCursor)
    QTest.mouseMove(view, QPoint(3, 3))
    qtbot.waitUntil(lambda: view.cursor().shape() is Qt.CursorShape.ArrowCursor)


def test_the_tip_tells_the_exact_number(shown: Shown, qtbot: QtBot) -> None:
    view = shown(trend())
    place = view.place_of(spots(view)[0]).toPoint()
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    qtbot.waitUntil(lambda: QToolTip.text() == "共 30 件")
    QToolTip.hideText()
    assert tip(Spot(((0, 0), (1, 0), (1, 1)), "柳塘村", Datum(3, "3"), (0.5, 0.5))) == "柳塘村 3"


def test_the_arrow_keys_walk_through_the_numbers(shown: Shown) -> None:
    view = shown(trend())
    heard = heard_by(view)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert heard == []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(view, key)
    assert view.current is spots(view)[2]
    assert view.accessibleDescription() == "共 41 件"
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert [words for _, words in heard] == ["2024年6月期末存量", "2024年5月期末存量"]
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current is spots(view)[-1]
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.current is spots(view)[-1]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current is spots(view)[0]
    QToolTip.hideText()


def test_a_screen_reader_hears_the_numbers(shown: Shown) -> None:
    view = shown(bars())
    assert view.accessibleName() == "整改销号率（按村）"
    assert "柳塘村 100.0%" in view.accessibleDescription()


def test_a_wider_window_lays_the_chart_out_anew(shown: Shown) -> None:
    view = shown(trend())
    assert view.drawing is not None
    before = view.drawing.width
    view.resize(900, 400)
    assert view.drawing.width == pytest.approx(before + 280 / POINT)
    view.resize(view.minimumWidth(), 400)
    assert view.drawing.width >= 240


def test_twice_as_fine_is_sharp_and_not_blown_up(shown: Shown) -> None:
    view = shown(month_heat())
    one, two = view.image(POINT), view.image(2 * POINT)
    assert two.width() == pytest.approx(2 * one.width(), abs=2)
    assert two.height() == pytest.approx(2 * one.height(), abs=2)
    blown = one.scaled(two.size())
    edges = [
        sum(image.pixel(x, y) != image.pixel(x + 1, y) for x in range(800) for y in range(60, 120))
        for image in (two, blown)
    ]
    assert edges[0] != edges[1]
    assert dots(two, "#08436e") == pytest.approx(4 * dots(one, "#08436e"), rel=0.06)


def test_screen_and_svg_are_one_drawing(shown: Shown, tmp_path: Path) -> None:
    view = shown(stacked())
    save_picture(view, tmp_path / "图.svg")
    save_picture(view, tmp_path / "图.png")
    root = ElementTree.parse(tmp_path / "图.svg").getroot()
    assert view.drawing is not None
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert stacked().title in texts
    image = QImage(str(tmp_path / "图.png"))
    assert image.width() == pytest.approx((view.drawing.width + 20) * 300 / 72, abs=1)
    assert image.dotsPerMeterX() == round(300 / 0.0254)


def test_the_chart_is_copied_and_the_clerk_told(shown: Shown) -> None:
    view = shown(ring())
    notices: list[Notice] = []
    menu = chart_menu(view, notices.append)
    copy, keep = menu.actions()
    assert (copy.text(), keep.text()) == ("复制图片", "另存为图片…")
    copy.trigger()
    image = QGuiApplication.clipboard().image()
    assert image.width() == view.image(2 * POINT).width()
    assert [notice.text for notice in notices] == ["图表已复制，可以粘贴到文档里。"]


def test_a_right_click_offers_it(shown: Shown, qtbot: QtBot) -> None:
    view = shown(ring())
    give_menu(view, lambda notice: None)
    place = QPoint(20, 20)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
    QApplication.sendEvent(view, event)
    (menu,) = [menu for menu in view.findChildren(QMenu) if menu.isVisible()]
    menu.close()


def test_it_is_kept_where_the_clerk_says(shown: Shown, tmp_path: Path) -> None:
    view = shown(ring())
    notices: list[Notice] = []
    chart_menu(view, notices.append).actions()[1].trigger()
    (dialog,) = view.findChildren(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("期末在册问题的状态.png")
    dialog.fileSelected.emit(str(tmp_path / "状态.svg"))
    assert (tmp_path / "状态.svg").read_bytes().startswith(b"<?xml")
    assert "状态.svg" in notices[0].text
    dialog.close()


def test_a_file_that_can_not_be_written_is_told(shown: Shown, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        save_picture(shown(ring()), tmp_path / "没有这个文件夹" / "图.png")


def test_an_empty_view_has_nothing_to_copy(qtbot: QtBot, tmp_path: Path) -> None:
    view = ChartView("图")
    qtbot.addWidget(view)
    assert not any(action.isEnabled() for action in chart_menu(view, lambda notice: None).actions())
    save_picture(view, tmp_path / "图.png")
    assert not (tmp_path / "图.png").exists()
    assert view.image(1).isNull()
    QTest.mouseMove(view, QPoint(5, 5))
    view.show()
    view.grab()


def test_the_hatch_shows_in_grey(qtbot: QtBot, qapp: QApplication) -> None:
    drawing = draw(ring(), 442)
    image = picture(drawing, qapp.font(), scale=4, margin=0).convertToFormat(QImage.Format.Format_Grayscale8)
    part = next(spot for spot in drawing.spots if spot.name == "整改中")
    x, y = (round(4 * edge) for edge in part.outline[len(part.outline) // 4])
    tones = {QColor(image.pixel(x - dx, y - dy)).value() for dx in range(4, 40) for dy in range(4, 40)}
    assert max(tones) - min(tones) > 60


def test_a_point_is_found_at_its_middle(shown: Shown) -> None:
    view = shown(trend())
    assert view.drawing is not None
    for spot in spots(view):
        place = view.place_of(spot)
        found = view.drawing.spot_at(place.x() / POINT - 10, place.y() / POINT - 10)
        assert found is not None
        assert QPointF(*found.middle) == QPointF(*spot.middle)
