"""Changing definition files the way a careful person would: a few characters here and there, the rest untouched.

A :class:`Document` edits the *text* of a file. Comments, quotes, order, line ends, a byte-order mark, indentation,
brackets or lines: what was there stays. After every edit the new text is read again; unless it says exactly what the
old one said plus the edit, and still has every comment, the edit is refused and nothing has changed.

    document = Document.read(Path("entities/customer.yaml"))
    document.set(("fields", "phone", "required"), True)
    document.insert(("fields",), "wechat", {"type": "text"}, after="phone")
    write(Path("entities/customer.yaml"), document)
"""

from .document import Document
from .values import Step
from .writing import write, write_bytes

__all__ = ["Document", "Step", "write", "write_bytes"]
