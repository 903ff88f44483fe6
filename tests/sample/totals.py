"""What the sample township adds up to over 2025 (the story's own table of totals)."""

from __future__ import annotations

NEW_BY_MONTH = (6, 4, 11, 14, 13, 15, 14, 12, 9, 9, 8, 5)
BY_GROUP = {
    "BJ": 24,
    "LD": 34,
    "LJ": 13,
    "LZ": 13,
    "LC": 2,
    "AH": 7,
    "PW": 9,
    "SZ": 5,
    "BP": 7,
    "SG": 3,
    "HD": 2,
    "QT": 1,
}
BY_SEVERITY = {"minor": 97, "serious": 19, "major": 4}
BY_SOURCE = {
    "Y01": 66,
    "Y02": 16,
    "Y03": 8,
    "Y04": 11,
    "Y05": 4,
    "Y06": 1,
    "Y08": 6,
    "Y09": 1,
    "Y11": 5,
    "Y12": 1,
    "Y13": 1,
}
OPENING, FOUND, RELAPSED, ENDING = 6, 120, 3, 12
EXITS = {"closed": 112, "unfounded": 3, "handed_over": 2}
STATES_AT_YEAR_END = {"to_assign": 1, "to_sign": 1, "rectifying": 6, "to_accept": 2, "to_close": 2}
OVERDUE, OVERDUE_OPEN, REJECTIONS, EXTENSIONS = 11, 2, 9, 9
WORK = {
    "rubbish": 2260,
    "floating": 16,
    "dredged_river": 1.7,
    "dredged_canal": 4.9,
    "demolished": 1340,
    "labour": 1160,
    "machine": 86,
    "money": 23.6,
}
# 114 problems were assigned: 108 by the township's own 交办单, 6 under papers of the county.
PAPERS = {
    "remind": 14,
    "supervise": 6,
    "circulate": 12,
    "summon": 1,
    "extend": 9,
    "publicise": 4,
    "assign": 114,
}
OWN_ASSIGNMENTS = 108
OWED = {"city": 4, "county": 20, "town": 360, "village": 1404}
VILLAGES = {
    "砚溪社区": ("990121103001", 5200),
    "上砚村": ("990121103200", 2600),
    "下砚村": ("990121103201", 2450),
    "石埠村": ("990121103202", 2100),
    "柳塘村": ("990121103203", 2300),
    "杨湾村": ("990121103204", 2050),
    "樟树下村": ("990121103205", 1950),
    "白鹭洲村": ("990121103206", 2700),
    "新渡村": ("990121103207", 2900),
    "古井村": ("990121103208", 1800),
    "桐坪村": ("990121103209", 2150),
    "南圩村": ("990121103210", 3400),
}
