"""The nine items of the patrol log (巡查项目), in the order of the printed log.

Source: the log a county system exports; the answer 是 means that the item is in order.
"""

from __future__ import annotations

from typing import NamedTuple


class PatrolItem(NamedTuple):
    """One item: its number from 1, the words on a form, and what is looked at in full."""

    number: int
    name: str
    text: str


PATROL_ITEMS = tuple(
    PatrolItem(number, name, text)
    for number, (name, text) in enumerate(
        (
            (
                "保洁到位，无垃圾",
                "河道有无垃圾，是否存在倾倒垃圾、废土弃渣、工业固废等，河面、河岸保洁是否到位",
            ),
            ("河中无障碍、无淤塞", "河中有无障碍，河床是否存在明显淤塞，河底是否存在明显淤泥"),
            (
                "河岸无违章、无侵占",
                "河岸有无违章，是否存在涉水违法建筑物、违章搭盖、擅自围堰、填堵河道及其他侵占河道行为，是否破坏涉水工程",
            ),
            ("河水无异常", "河水是否异常，有发黑、发黄、发白、发臭等现象"),
            ("排污无违规", "污水排放有无违规，是否有违法新增入河排污口"),
            ("水生态无破坏", "水生态有无破坏，电、毒、炸鱼，砍伐林木，水电站是否落实生态下泄流量"),
            ("告示牌完好规范", "河长公示牌、水源地保护区公示牌是否倾斜、破损、变形、变色、老化"),
            ("上次问题已解决", "上次巡查发现的问题是否解决到位"),
            ("无其他问题", "是否存在其他影响水安全、水生态、水环境的问题"),
        ),
        1,
    )
)
