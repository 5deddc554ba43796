"""Which column of a file fills which field: by name, label or other heading, then by what people usually call it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from ..problems import Problem, Refused
from ..schema.fields.field import Field
from .coercing import SETTABLE_BY_DOOR
from .plans import EntityPlan

__all__ = ["REASON", "Columns", "How", "match_columns"]

REASON = "@reason"
"""What a column goes to that says why the row is as it is, for rules that ask for a reason."""

How = Literal["chosen", "name", "synonym", "pinyin", "near"]
"""How a column found its field; ``near``: the names are only alike, so nothing is filled before somebody agreed."""

ALIKE = 0.8
"""How alike two names must be to be offered for each other (1: the same)."""

_OUTSIDE = {
    "id": "external_id",
    "externalid": "external_id",
    "外部编号": "external_id",
    "createdat": "created_at",
    "创建时间": "created_at",
    "created": "created_at",
    "创建日期": "created_at",
    "reasonforimport": REASON,
    "导入理由": REASON,
}

_SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "name 名称 名字 姓名 title 标题 称呼 fullname 全称",
        "company 公司 公司名称 公司名 企业 企业名称 单位 单位名称 客户 客户名称 客户名 customer customername account"
        " accountname organization organisation firm companyname 名称 name",
        "phone 电话 手机 手机号 手机号码 电话号码 联系电话 联系方式 tel telephone mobile cell cellphone phonenumber"
        " mobilephone mobilenumber",
        "email 邮箱 邮件 电子邮箱 电子邮件 邮箱地址 mail e-mail emailaddress",
        "address 地址 联系地址 详细地址 公司地址 street addr location",
        "region 地区 区域 省市 省市区 所在地 所在地区 area province",
        "city 城市 所在城市 town",
        "owner 负责人 业务员 销售 销售员 跟进人 归属人 所有人 salesperson rep salesrep accountmanager assignee 经办人",
        "class 分类 等级 级别 客户等级 客户级别 客户分类 类别 类型 level tier grade category type kind",
        "industry 行业 所属行业 sector",
        "source 来源 客户来源 渠道 leadsource channel",
        "note 备注 说明 描述 notes remark remarks comment comments memo description",
        "amount 金额 合计 总额 总金额 订单金额 合同金额 total value sum price",
        "status 状态 订单状态 state",
        "stage 阶段 销售阶段 商机阶段 phase",
        "date 日期 时间 day",
        "website 网站 网址 官网 主页 site url web homepage",
        "size 规模 人数 员工数 公司规模 employees headcount staff people",
        "contact 联系人 联系人姓名 contactperson contactname",
        "number 编号 单号 订单号 订单编号 no code",
        "birthday 生日 出生日期 dateofbirth dob",
        "gender 性别 sex",
        "position 职位 职务 岗位 jobtitle role",
        "department 部门 dept",
        "tags 标签 labels keywords 关键词",
        "probability 概率 赢单率 成交概率 chance likelihood",
        "closing 预计成交 预计成交日期 预计签约 expectedclose expectedclosedate closedate",
        "priority 优先级 紧急程度 urgency",
        "subject 主题 标题 title topic",
        "quantity 数量 qty count",
        "price 单价 价格 unitprice",
    )
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column fills which field, and which columns fill none.

    ``how``: column → how its field was found; ``near``: columns left out → the field that they may mean.
    """

    fields: Mapping[str, str]
    left_out: tuple[str, ...]
    how: Mapping[str, How]
    near: Mapping[str, str]


def match_columns(
    plan: EntityPlan, columns: Sequence[str], chosen: Mapping[str, str] | None = None
) -> Columns:
    """Match headings with fields; ``chosen`` (column → field, or ``""`` for none) goes first.

    Then comes what is sure: a field's name, label or ``also``; then what people call such fields in English and
    Chinese; then the same in pinyin. Names that are only alike fill nothing: they are told in ``near``.
    ``id`` is the id that a record had where it comes from (``external_id``), unless it is a Kehu id.
    Raises :class:`Refused` for a chosen field that is not there.
    """
    chosen = chosen or {}
    known = {*_fillable(plan), *SETTABLE_BY_DOOR["import"], REASON}
    wrong = [
        Problem("no_such_import_field", {"name": to, "available": sorted(known)})
        for to in chosen.values()
        if to and to not in known
    ]
    if wrong:
        raise Refused(wrong)
    found: dict[str, str] = {column: chosen[column] for column in columns if chosen.get(column)}
    how: dict[str, How] = dict.fromkeys(found, "chosen")
    left = [column for column in columns if column not in chosen]
    for way, spellings in _ways(plan):  # one after the other: pinyin takes two seconds and 40 MB to be ready
        for column in left:
            spelt = _normal(column) if way != "pinyin" else _in_pinyin(column)
            target = spellings.get(spelt) or spellings.get(_bare(spelt))
            if target is not None and target not in found.values():
                found[column], how[column] = target, way
        left = [column for column in left if column not in found]
        if not left:
            break
    near = _near(plan, left, set(found.values()))
    found = {column: found[column] for column in columns if column in found}
    return Columns(found, tuple(column for column in columns if column not in found), how, near)


def _fillable(plan: EntityPlan) -> Mapping[str, Field]:
    """The fields that a file may fill: a cell can name an uploaded file, and cannot hold one."""
    return {name: kind for name, kind in plan.writable.items() if name not in plan.files}


def _ways(plan: EntityPlan) -> Iterable[tuple[How, Mapping[str, str]]]:
    """The spellings of fields, the surest first."""
    sure: dict[str, str] = {}
    for name, kind in _fillable(plan).items():
        for spelling in (*kind.also, kind.label.zh, kind.label.en, name):
            sure.setdefault(_normal(spelling), name)
    sure |= {_normal(name): name for name in _fillable(plan)}
    yield "name", sure | _OUTSIDE
    yield "synonym", _synonyms(plan)
    spoken: dict[str, str | None] = {}
    for name, kind in _fillable(plan).items():
        for spelling in {*kind.also, kind.label.zh, name} if _speaks_pinyin() else ():
            for text in (_in_pinyin(spelling), _initials(spelling)):
                if len(text) > 1:
                    spoken[text] = name if spoken.get(text, name) == name else None
    yield "pinyin", {text: name for text, name in spoken.items() if name is not None}


def _synonyms(plan: EntityPlan) -> dict[str, str]:
    """Usual headings → the one field that has a name or label of the same meaning; none where two have."""
    found: dict[str, str | None] = {}
    for group in _SYNONYMS:
        meant = [
            name
            for name, kind in _fillable(plan).items()
            if not group.isdisjoint(map(_normal, (name, kind.label.zh, kind.label.en, *kind.also)))
        ]
        if len(meant) > 1 and plan.entity.title_field in meant:
            meant = [plan.entity.title_field]
        if len(meant) == 1:
            for word in group:
                found[word] = meant[0] if found.get(word, meant[0]) == meant[0] else None
    return {word: name for word, name in found.items() if name is not None}


def _near(plan: EntityPlan, columns: Sequence[str], taken: set[str]) -> dict[str, str]:
    """Columns → the field with the name that is most like theirs, where one is."""
    found: dict[str, str] = {}
    for column in columns:
        best, likeness = "", ALIKE
        spelt = _normal(column)
        for name, kind in _fillable(plan).items():
            for spelling in (name, kind.label.zh, kind.label.en, *kind.also):
                ratio = SequenceMatcher(None, spelt, _normal(spelling)).ratio()
                if ratio >= likeness and name not in taken and name not in found.values():
                    best, likeness = name, ratio
        if best and len(spelt) > 1:
            found[column] = best
    return found


def _normal(spelling: str) -> str:
    return "".join(spelling.casefold().replace("_", " ").split())


def _bare(spelling: str) -> str:
    """A heading without what stands in brackets, and without the star of required columns: 金额（元）, Name*."""
    for opening in "（([【":
        spelling = spelling.partition(opening)[0]
    return spelling.strip("*:： ")


def _speaks_pinyin() -> bool:
    return _pinyin("中", False) == "zhong"


@lru_cache(maxsize=4096)
def _pinyin(text: str, initials: bool) -> str:
    """The text in pinyin; ``""`` where ``pypinyin`` (the extra ``zh``) is not installed."""
    try:
        from pypinyin import Style, lazy_pinyin
    except ImportError:
        return ""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER if initials else Style.NORMAL))


def _in_pinyin(text: str) -> str:
    return _normal(_pinyin(text, False)) if text.isascii() or _speaks_pinyin() else ""


def _initials(text: str) -> str:
    return "" if text.isascii() else _normal(_pinyin(text, True))
