"""Currencies: the codes of ISO 4217, and what people write instead of them."""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from ...problems import closest

__all__ = ["CODES", "Currency"]

CODES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU
    UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905  (a list of 150 would be a page)
)
"""Currencies in use (ISO 4217, list one of 2025, without funds and metals); the retired ones of the euro are not."""

_MEANT = {
    "RMB": "CNY", "CNH": "CNY", "人民币": "CNY", "元": "CNY", "YUAN": "CNY", "¥": "CNY", "￥": "CNY",
    "美元": "USD", "$": "USD", "US$": "USD", "欧元": "EUR", "€": "EUR", "EURO": "EUR", "英镑": "GBP", "£": "GBP",
    "日元": "JPY", "YEN": "JPY", "港币": "HKD", "HK$": "HKD", "NTD": "TWD", "新台币": "TWD", "韩元": "KRW",
}  # fmt: skip


def _currency(text: str) -> str:
    code = text.strip().upper()
    if code not in CODES:
        instead = _MEANT.get(code) or closest(code, CODES)
        raise PydanticCustomError("bad_currency", "currency", {"given": text, "instead": instead})
    return code


Currency = Annotated[str, AfterValidator(_currency)]
"""A currency's three letters."""
