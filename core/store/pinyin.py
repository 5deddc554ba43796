"""How Chinese names are typed on a Latin keyboard: in full (``zhangsan``) and by initials (``zs``).

Made by ``pypinyin``, which the extra ``zh`` brings. Without it nothing is found by pinyin, and all else works.
"""

from collections.abc import Collection
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import product

__all__ = ["LONGEST", "spelled", "version_of_pinyin"]

LONGEST = 40
"""Characters: a longer text is no name, and is not found by its pinyin."""
_FULL, _INITIALS = 24, 8
"""Letters that are kept of a spelling, from each character of the name on."""
_PERSON = 4
"""Characters: what is no longer may be a person, whose family name may have a reading of its own (曾, 单, 仇)."""
_MOST_READINGS = 4


@lru_cache(maxsize=1)
def version_of_pinyin() -> str | None:
    """The version of the library that is installed; other versions may read a character otherwise."""
    try:
        return version("pypinyin")
    except PackageNotFoundError:
        return None


@lru_cache(maxsize=2000)
def spelled(run: str) -> Collection[str]:
    """The words a run of Chinese characters is found by: its spelling, and its initials, from each character on."""
    if version_of_pinyin() is None:
        return ()
    from pypinyin import Style, pinyin

    readings = pinyin(run, style=Style.NORMAL, heteronym=True, errors="ignore")
    if not readings:
        return ()
    first = readings[0][:_MOST_READINGS] if len(run) <= _PERSON else readings[0][:1]
    rest = [some[0] for some in readings[1:]]
    found: set[str] = set()
    for start, at in product(first, range(len(readings))):
        syllables = [start, *rest][at:]
        found.add("".join(syllables)[:_FULL])
        if len(syllables) > 1:
            found.add("".join(one[0] for one in syllables[:_INITIALS]))
    return found
