"""Names of files: kept for the download, without anything that harms or misleads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.core.files.names import LONGEST, clean_name, disposition


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("报价 2026.pdf", "报价 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\合同.docx", "合同.docx"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("a\r\nX-Evil: 1.pdf", "a X-Evil_ 1.pdf"),
        ("a%22%0D%0Ab.pdf", "a_ b.pdf"),
        ("a\x00b\x7f.txt", "ab.txt"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ('a"b<c>d|e?f*g:h.txt', "a_b_c_d_e_f_g_h.txt"),
        ("CON.txt", "_CON.txt"),
        ("x" * 500 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
        ("a." + "b" * 300, "a." + "b" * (LONGEST - 2)),
        ("e\u0301te\u0301.txt", "\u00e9t\u00e9.txt"),
        ("name. ", "name"),
    ],
)
def test_a_name_is_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@given(st.text(max_size=400))
def test_a_cleaned_name_bears_every_disk_and_stays_as_it_is(text: str) -> None:
    name = clean_name(text)
    assert 0 < len(name) <= LONGEST + 1
    assert not set(name) & set('/\\<>:"|?*\r\n\t\0')
    assert name not in (".", "..")
    assert clean_name(name) == name
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()


def test_a_header_has_the_name_in_codes() -> None:
    assert disposition("报.pdf") == "attachment; filename*=UTF-8''%E6%8A%A5.pdf"
    assert disposition("a;b'c.png", inline=True) == "inline; filename*=UTF-8''a%3Bb%27c.png"
