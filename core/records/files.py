"""Files as people meet them: uploaded, read, hung on a timeline, each time with the rights of the record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, BinaryIO, Literal

from ..context import Context
from ..files import shelf
from ..files.names import clean_name
from ..files.pictures import MOST_PIXELS, size_of
from ..files.storage import CHUNK, Storage
from ..problems import Problem, Refused
from ..schema.fields.attached import MEGABYTE, USUAL
from ..schema.fields.attached import File as FileField
from ..schema.fields.file_types import HEAD, is_allowed, type_of
from ..schema.fields.values import shortened
from ..store.ids import is_id, new_id
from ..store.protocol import Transaction
from ..store.query import Event, Row
from .records import Records
from .rights import authorize

__all__ = ["MOST_LOOSE", "Files"]

MOST_LOOSE = 200
"""Uploads of one person that may wait for a record at the same time: nobody fills the disk by uploading alone."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a workspace under one catalog."""

    records: Records
    storage: Storage

    def receive(
        self,
        context: Context,
        name: str,
        source: BinaryIO,
        entity: str | None = None,
        to: str | None = None,
        once: str | None = None,
    ) -> shelf.File:
        """Store an upload; it belongs to who uploaded it until a record names it, for a day at most.

        ``entity``, ``to``: the field that it is meant for, whose limits then hold at once. ``once``: the same file sent
        again with the same text (a form that was sent twice) is the file of the first time. Raises :class:`Refused`:
        too large, not what its name says, a type the field does not take, too many that wait; nothing is kept then.
        """
        self._may_upload(context, entity)
        field = self._field(context, entity, to)
        most = field.max if field is not None else USUAL
        name = clean_name(name)
        head = source.read(HEAD)
        if not head:
            raise _refused("file_empty", name, to)
        kind = type_of(name, head)
        if kind is None:
            raise _refused("file_not_what_it_says", name, to)
        if field is not None and not is_allowed(kind, field.accepted):
            raise _refused("file_type_not_taken", name, to, available=field.accepted)
        if kind.group == "image":
            _check_picture(kind.name, name, head, to)
        id, counted = new_id(), _Counted(head, source, name, to, most)
        self.storage.put(id, counted.chunks())
        try:
            digest = counted.sum.hexdigest()
            about = {
                "name": name,
                "size": counted.size,
                "type": kind.name,
                "sha256": digest,
                "once": once and f"{once} {digest}",
            }
            with self.records.store.transaction() as transaction:
                row = _first_time(transaction, about, context.actor)
                row = row or shelf.laid_down(transaction, id, about, context.actor, context.now)
        except BaseException:
            self.storage.delete(id)
            raise
        if row["id"] != id:
            self.storage.delete(id)
        return row

    def find(self, context: Context, id: str) -> shelf.File:
        """What is known of a file that this person may read.

        Raises :class:`Refused` (``missing``) in the same words for a file that is not there, somebody else's upload,
        and one of a record or a field that this person does not see.
        """
        row = self.records.store.get(shelf.TABLE, id) if is_id(id) else None
        if row is None or not self._sees(context, row):
            raise _missing(id)
        return row

    def attached(self, context: Context, entity: str, record: str) -> list[shelf.File]:
        """The files on a record's timeline, newest first. Raises :class:`Refused` where the record is not seen."""
        self.records.get(context, entity, record)
        rows = self.records.store.lookup(shelf.TABLE, "record", record)
        return [row for row in reversed(rows) if _is_on_timeline(row, entity)]

    def attach(self, context: Context, entity: str, record: str, id: str) -> shelf.File:
        """Hang an upload of one's own on a record's timeline."""
        self._may_change(context, entity, record)
        with self.records.store.transaction() as transaction:
            row = transaction.get(shelf.TABLE, id) if is_id(id) else None
            if row is None or row["state"] != "loose" or row["created_by"] != context.actor:
                raise _missing(id)
            shelf.tied(transaction, row, entity, record, None, context.actor, context.now)
            self._log(transaction, context, row, "created", entity, record)
        return self.find(context, id)

    def detach(self, context: Context, entity: str, record: str, id: str) -> None:
        """Take a file off a record's timeline. It stays stored, for the history's sake, and nobody sees it any more."""
        self._may_change(context, entity, record)
        with self.records.store.transaction() as transaction:
            row = transaction.get(shelf.TABLE, id) if is_id(id) else None
            if row is None or row["record"] != record or not _is_on_timeline(row, entity):
                raise _missing(id)
            marks = {"version": row["version"] + 1, "changed_at": context.now, "changed_by": context.actor}
            transaction.update(shelf.TABLE, id, {"state": "removed", **marks})
            self._log(transaction, context, row, "deleted", entity, record)

    # inside

    def _sees(self, context: Context, row: Row) -> bool:
        if context.person is None:  # whoever has the link of a public form has that form, and nothing else
            return False
        if row["state"] == "loose":
            return bool(row["created_by"] == context.actor)
        entity, name, records = row["entity"], row["field"], self.records.seen_by(context)
        if row["state"] != "tied" or entity not in records.catalog.entities:
            return False
        if name is not None and name not in records.plan(entity).files:
            return False
        try:
            records.get(context, entity, row["record"])
        except Refused:
            return False
        whole = records.store.get(entity, row["record"])  # rights are asked about the record as it is
        return whole is not None and records.rights.allows(
            context, "read", entity, whole, (name,) if name else ()
        )

    def _field(self, context: Context, entity: str | None, to: str | None) -> FileField | None:
        if entity is None or to is None:
            return None
        plan = self.records.seen_by(context).plan(entity)
        found = plan.files.get(to)
        if found is None:
            values = {"name": shortened(to), "entity": plan.entity.shown, "available": list(plan.files)}
            raise Refused([Problem("not_a_file_field", values)], "missing")
        return found

    def _may_upload(self, context: Context, entity: str | None) -> None:
        """Who may write no record at all has nothing to upload a file for."""
        rights, entities = self.records.rights, self.records.catalog.entities
        if context.person is None or not any(
            rights.allows(context, action, each, None, ())
            for each in ([entity] if entity is not None else entities)
            for action in _WRITING
        ):
            raise Refused([Problem("file_upload_not_allowed")], "forbidden")
        loose = self.records.store.lookup(shelf.TABLE, "state", "loose")
        if sum(row["created_by"] == context.actor for row in loose) >= MOST_LOOSE:
            raise Refused([Problem("files_too_many_loose", {"max": MOST_LOOSE})])

    def _may_change(self, context: Context, entity: str, record: str) -> None:
        authorize(self.records.rights, context, "change", entity, self.records.get(context, entity, record))

    def _log(
        self,
        transaction: Transaction,
        context: Context,
        row: Row,
        kind: Literal["created", "deleted"],
        entity: str,
        record: str,
    ) -> None:
        """Told in the log under the file's own id: which file, on which record."""
        facts = {
            "name": row["name"],
            "size": row["size"],
            "sha256": row["sha256"],
            "entity": entity,
            "record": record,
        }
        changes = {n: (None, fact) if kind == "created" else (fact, None) for n, fact in facts.items()}
        transaction.log(
            Event(
                id=new_id(),
                at=context.now,
                table=shelf.TABLE,
                record=row["id"],
                kind=kind,
                version=row["version"] + 1,
                actor=context.actor,
                door=context.door,
                changes=changes,
                definitions=self.records.catalog.version,
                batch=context.batch,
                reason=context.reason,
            )
        )


_WRITING: tuple[Literal["create", "change"], ...] = ("create", "change")


@dataclass(slots=True)
class _Counted:
    """The bytes of an upload on their way to the storage: counted and summed up, stopped where they are too many."""

    head: bytes
    source: BinaryIO
    name: str
    to: str | None
    most: int
    size: int = 0
    sum: Any = field(default_factory=sha256)

    def chunks(self) -> Iterator[bytes]:
        chunk = self.head
        while chunk:
            self.size += len(chunk)
            if self.size > self.most * MEGABYTE:
                raise _refused("file_too_large", self.name, self.to, max=self.most)
            self.sum.update(chunk)
            yield chunk
            chunk = self.source.read(CHUNK)


def _first_time(transaction: Transaction, about: Mapping[str, Any], actor: str) -> shelf.File | None:
    """The row of this very file, sent before with the same form by the same person."""
    same = transaction.lookup(shelf.TABLE, "once", about["once"]) if about["once"] else []
    return next((row for row in same if row["created_by"] == actor and row["name"] == about["name"]), None)


def _check_picture(kind: str, name: str, head: bytes, to: str | None) -> None:
    size = size_of(kind, head)
    if size is None:
        raise _refused("file_picture_broken", name, to)
    if size[0] * size[1] > MOST_PIXELS:
        raise _refused("file_picture_too_large", name, to, width=size[0], height=size[1])


def _is_on_timeline(row: Mapping[str, Any], entity: str) -> bool:
    return row["state"] == "tied" and row["entity"] == entity and row["field"] is None


def _refused(code: str, name: str, to: str | None, **values: Any) -> Refused:
    return Refused([Problem(code, {"name": shortened(name), **values}, field=to)])


def _missing(id: str) -> Refused:
    return Refused([Problem("no_such_file", {"id": shortened(id)})], "missing")
