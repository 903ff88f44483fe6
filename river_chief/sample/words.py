"""The words of the sample: what is found, what is ordered and what was done, by leaf and by group.

``{place}`` a landmark, ``{bank}`` 左岸 or 右岸, ``{A} {L} {V} {W} {N}`` the measured quantity.
"""

from __future__ import annotations

from typing import NamedTuple

from river_chief.terms import Action, Proof

LANDMARKS = tuple(
    "村口桥 老石桥 机耕路口 文化广场 水埠头 抽水机房 小闸 滚水坝 篮球场 便民渡口 晒谷场 茶叶加工点 公交站 垃圾中转点".split()
)

_FOUND = """
BJ01 {place}水面漂浮塑料瓶、泡沫等杂物约{A}平方米|{place}闸前聚集漂浮垃圾约{A}平方米|{bank}回水处漂浮秸秆、塑料袋约{A}平方米
BJ02 {place}水面水葫芦成片，约{A}平方米|{place}附近浮萍、水草漂浮成片约{A}平方米
BJ03 {place}水面发现死亡家禽{N}只|{bank}浅滩发现病死猪{N}头
BJ04 {place}{bank}散落生活垃圾约{V}立方米|{bank}护坡上有零星垃圾约{V}立方米|{place}台阶两侧有食品包装等垃圾约{V}立方米
BJ05 {place}{bank}杂草枯枝未清，约{A}平方米|{bank}步道两侧落叶杂草堆积约{A}平方米
LD01 {place}{bank}岸坡堆放生活垃圾约{V}立方米|{place}垃圾堆放点外溢至河岸，约{V}立方米|{bank}桥下倾倒生活垃圾约{V}立方米|{place}{bank}垃圾入河，约{V}立方米
LD02 {place}{bank}倾倒建筑垃圾约{V}立方米|{place}拆房渣土堆放于河岸约{V}立方米
LD05 {bank}堆放秸秆、废弃农膜约{V}立方米|{place}岸边丢弃农药包装、育秧盘约{V}立方米
LD06 {place}{bank}堆放畜禽粪污约{V}立方米
LD07 {place}{bank}弃土弃渣占压河滩约{V}立方米|{place}施工弃渣沿岸倾倒约{V}立方米
LD08 {place}{bank}堆放砂石料约{V}立方米，影响行洪
LD10 {place}{bank}堆放木料、旧家具等杂物约{V}立方米|{bank}护岸上堆放毛竹、预制板约{V}立方米
LJ02 {place}{bank}未办理涉河手续搭建钢棚，面积约{A}平方米
LJ04 {place}{bank}河道管理范围内建有砖混杂物房，面积约{A}平方米|{bank}滩地上建简易仓库约{A}平方米，阻碍行洪
LJ05 {place}{bank}滩地架设光伏板，面积约{A}平方米
LJ06 {bank}搭建鸭棚1处，面积约{A}平方米|{place}{bank}养殖棚占用河岸约{A}平方米
LJ08 {place}河道内填筑拦河土堰，长约{L}米
LJ10 {place}{bank}搭建窝棚、菜园围栏约{A}平方米|{bank}护坡上私搭雨棚约{A}平方米
LZ03 河滩种植玉米约{A}平方米，影响行洪|{place}{bank}滩地成片种植高秆作物约{A}平方米
LZ04 {place}河滩种植意杨成片，约{A}平方米|{bank}滩地栽植苗木约{A}平方米，阻碍行洪
LZ09 {place}水面围网养鱼约{A}平方米
LZ10 {place}{bank}滩地被平整用作堆场，面积约{A}平方米
LZ11 {place}{bank}滩地挖筑鱼塘约{A}平方米|{bank}河滩挖塘养殖，面积约{A}平方米
LZ12 {place}河中设置拦河网{N}道
LZ13 {place}{bank}护坡开垦种菜约{A}平方米|{bank}堤脚零星种菜约{A}平方米|{place}河滩开荒种菜约{A}平方米
LC01 {place}发现抽砂船作业，堆砂约{V}立方米
LC04 {place}{bank}取土约{V}立方米
AH01 {place}上下游河床淤积，长约{L}米|{place}段淤积严重，长约{L}米，过水不畅
AH02 {place}河中倒伏树木{N}棵|{place}河床有大块石、树桩等障碍物{N}处
PW01 {place}涵管出流浑浊有异味，污水直排入河{N}处|{place}雨水沟混入污水直排{N}处
PW03 {place}{bank}新增入河排污口{N}处，未登记
PW05 {place}排污口标识牌缺失{N}处
PW06 {place}{bank}养殖尾水未经处理直排{N}处
PW07 {place}农户洗涤污水散排入河{N}处|{place}{bank}化粪池溢流{N}处
SZ01 {place}上下游约{L}米水体发黑|{place}水体发黄，长约{L}米
SZ02 {place}水体有明显异味，长约{L}米
SZ04 {place}水面出现死鱼，约{N}条
SZ05 {place}水华聚集，面积约{A}平方米
SG01 {place}{bank}护岸坍塌开裂，长约{L}米
SG03 {place}闸室内外堆放杂物{N}处
SG05 {place}桥涵被杂物堵塞{N}处
BP02 {place}公示牌河长信息未更新，原河长已调离，{N}块|{place}公示牌联系电话未更新，{N}块
BP03 {place}公示牌褪色、倾斜，{N}块|{place}公示牌面板破损，{N}块
BP04 {place}界桩缺损{N}根
HD01 {place}夜间发现电鱼{N}起
HD02 {place}发现地笼网{N}只
QT01 {place}亲水平台防护栏松动{N}处
"""
FOUND: dict[str, tuple[str, ...]] = {
    line[:4]: tuple(line[5:].split("|")) for line in _FOUND.strip().splitlines()
}

GOALS = {
    "BJ": "水面、岸坡清理干净，落实日常保洁",
    "LD": "堆放物全部清运，岸坡恢复原状，不留死角",
    "LJ": "拆除到位，建筑垃圾清运出河道管理范围",
    "LZ": "清除种植（侵占）物，恢复滩地原貌",
    "LC": "停止违法行为，恢复河床、岸线原状",
    "AH": "恢复河道过流断面，行水通畅",
    "PW": "污水接管或截污到位，不再直排",
    "SZ": "查明原因，水体感官恢复正常",
    "SG": "设施修复完好、运行正常",
    "BP": "标牌信息准确、完好清晰",
    "HD": "违法行为制止到位，网具收缴销毁",
    "QT": "消除隐患",
}
MEASURES = {
    "AH02": "组织人工和机械打捞清障",
    "PW05": "按规范制作安装标识牌",
    "SG03": "清理杂物，落实闸站管护责任",
    "SG05": "人工配合机械疏通桥涵",
    "BJ": "组织保洁员打捞清理|增加保洁频次，安排专人看护|打捞船配合人工清理",
    "LD": "组织人工和机械清运至垃圾中转站|清运后平整岸坡、设置警示牌|约谈责任人限期自行清理，村里配合清运",
    "LJ": "下达限期拆除通知，当事人自行拆除|联合综合执法队依法拆除",
    "LZ": "与农户签订退种协议，组织清除|机械清除并平整滩地",
    "LC": "责令停止，平复取土坑",
    "AH": "水利机械进场清淤疏浚|人工配合机械清障",
    "PW": "排查管网，截污纳管|整治化粪池，接入污水管网|责令养殖户建设尾水处理设施",
    "SZ": "溯源排查，截断污染源，换水冲洗|投放生态浮岛，加强监测",
    "SG": "安排维修资金，组织抢修|清理杂物，落实管护责任",
    "BP": "重新制作更换|核对信息后更换面板",
    "HD": "收缴网具，批评教育",
    "QT": "组织维修加固",
}
FINISHED = {
    "AH02": "障碍物已清除，行水通畅",
    "PW05": "标识牌已补设，内容规范",
    "SG03": "杂物已清理，闸室整洁",
    "SG05": "桥涵已疏通，过流恢复",
    "BJ": "水面和岸坡已清理干净，垃圾已转运",
    "LD": "堆放物已全部清运，岸坡已平整",
    "LJ": "已全部拆除，建筑垃圾已清运",
    "LZ": "已清除完毕，滩地已恢复",
    "LC": "已停止取土并平复",
    "AH": "已完成清淤疏浚，过流恢复",
    "PW": "已截污接管，排口无污水外排",
    "SZ": "污染源已切断，水体恢复正常",
    "SG": "已修复，运行正常",
    "BP": "已更换，信息核对无误",
    "HD": "网具已收缴，当事人已教育",
    "QT": "已加固，隐患消除",
}
UNDERWAY = {
    "AH02": "已清除一部分，剩余待机械进场",
    "PW05": "标识牌已送制作",
    "SG03": "已清理闸室，正在清理周边",
    "SG05": "已疏通上游侧，正在疏通下游侧",
    "BJ": "已组织人员进场，正在打捞",
    "LD": "已清运约一半，正在继续清运",
    "LJ": "已与当事人谈妥，正在搬迁物品、准备拆除",
    "LZ": "已与农户签订协议，正在清除",
    "LC": "已停止作业，正在平复",
    "AH": "机械已进场，正在分段清淤",
    "PW": "已查明来水，正在铺设截污管",
    "SZ": "正在溯源，已封堵可疑排口",
    "SG": "已完成勘查设计，正在准备材料",
    "BP": "新面板已送制作",
    "HD": "已收缴部分网具",
    "QT": "材料已到场",
}
REJECTED = (
    "现场仍有残留，要求清理彻底后再报",
    "岸坡未恢复平整，继续整改",
    "清运不彻底，下游侧仍有堆放",
    "整改后照片与现场不符，重新整改并补拍",
)
DELAYS = ("连续降雨，机械无法进场", "涉及农户补偿未谈妥", "需等待管网施工队进场", "材料定制周期较长")
HOLDING = ("现场完好，未见反弹", "已落实保洁，未反弹", "现场无新增，管护到位")
ITEMS = {"BJ": 1, "LD": 1, "AH": 2, "LZ": 3, "LJ": 3, "LC": 3, "SZ": 4, "PW": 5, "HD": 6, "BP": 7, "SG": 3}
DISPOSALS = {
    "BJ": "清理",
    "LD": "清理",
    "LJ": "拆除",
    "LZ": "清理",
    "LC": "关停",
    "AH": "清理",
    "PW": "整改",
    "PW06": "关停",
    "SZ": "整改",
    "SG": "提升",
    "BP": "提升",
    "HD": "关停",
    "QT": "整改",
}
DEPARTMENTS = {
    "BJ": "砚溪镇村镇建设办",
    "LD": "砚溪镇村镇建设办",
    "LJ": "砚溪镇综合行政执法队",
    "PW": "砚溪镇生态环境办",
    "SZ": "砚溪镇生态环境办",
}
WATER_DEPARTMENT = "砚溪镇农业农村办"


def of_leaf(words: dict[str, str], leaf: str) -> str:
    """The words for *leaf*, or those of its group."""
    return words.get(leaf) or words[leaf[:2]]


class SmallFinding(NamedTuple):
    """A finding seen to on the spot: item of the log, what, and how."""

    item: int
    finding: str
    handling: str


SMALL_FINDINGS = (
    SmallFinding(1, "{place}附近有零星饮料瓶、塑料袋", "当场捡拾，已清理干净"),
    SmallFinding(1, "{place}岸边有少量枯枝落叶", "通知保洁员当日清理，已清理"),
    SmallFinding(1, "{place}水面有少量漂浮物", "保洁员当场打捞"),
    SmallFinding(2, "{place}附近有一根倒伏毛竹", "当场移除"),
    SmallFinding(3, "{place}附近有村民清洗农具", "当场劝阻，已离开"),
    SmallFinding(6, "{place}附近有人使用多杆垂钓", "当场劝离"),
    SmallFinding(7, "{place}公示牌沾有污渍", "当场擦拭"),
    SmallFinding(9, "{place}附近有儿童在水边玩耍", "当场劝离并提醒家长"),
)

# Why a proof is not there, and at which step that shows.
LACKING = {
    Proof.BEFORE_PHOTO: (Action.SUBMIT, "群众来电时异味已随水流散去，未拍到整改前照片，有接听记录"),
    Proof.AFTER_PHOTO: (Action.SUBMIT, "清淤在水下，照片看不出变化，以工程量签证单为准"),
    Proof.TWO_ACCEPTORS: (Action.ACCEPT, "节后值班仅一人在岗，由村级河长到场见证"),
    Proof.SIGNED_SCAN: (Action.CLOSE, "县里在系统内批复，未返回签字件"),
}
