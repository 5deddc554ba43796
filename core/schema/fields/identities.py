"""Numbers that carry their own check: identity cards, company codes, bank cards, accounts. A slip of a digit shows."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal
from unicodedata import normalize

__all__ = ["IDENTITIES", "Identity", "identified"]

Identity = Literal["cn_resident", "cn_company", "bank_card", "iban"]

_RESIDENT = re.compile(r"[1-9]\d{5}(\d{4})(\d\d)(\d\d)\d{3}[\dX]", re.ASCII)
_COMPANY = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ACCOUNT = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}", re.ASCII)


def _resident(text: str) -> bool:
    """GB 11643: 18 characters, a day of birth, the last one worked out from the others."""
    found = _RESIDENT.fullmatch(text)
    if found is None:
        return False
    try:
        date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return False
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(text[:17]))
    return "10X98765432"[total % 11] == text[17]


def _company(text: str) -> bool:
    """GB 32100: the unified social credit code, 18 characters of an alphabet of 31."""
    if len(text) != 18 or not set(text) <= set(_COMPANY):
        return False
    total = sum(_COMPANY.index(character) * pow(3, place, 31) for place, character in enumerate(text[:17]))
    return _COMPANY[-total % 31] == text[17]


def _bank_card(text: str) -> bool:
    """ISO/IEC 7812: 12 to 19 digits that add up as Luhn has it."""
    if not (text.isascii() and text.isdigit() and 12 <= len(text) <= 19):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text)))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _iban(text: str) -> bool:
    """ISO 13616: country, two check digits, the account."""
    if _ACCOUNT.fullmatch(text) is None:
        return False
    return int("".join(str(int(character, 36)) for character in text[4:] + text[:4])) % 97 == 1


IDENTITIES: Mapping[str, Callable[[str], bool]] = {
    "cn_resident": _resident,
    "cn_company": _company,
    "bank_card": _bank_card,
    "iban": _iban,
}


def identified(text: str, identity: str) -> str | None:
    """The number without spaces and dashes, in capitals; ``None`` where it is none of this kind."""
    plain = re.sub(r"[\s-]", "", normalize("NFKC", text[:60])).upper()
    return plain if IDENTITIES[identity](plain) else None
