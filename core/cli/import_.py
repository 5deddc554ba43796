"""``kehu import``: rows of a file become records, and every row that is not taken goes to a file with its reasons."""

from collections import Counter
from pathlib import Path
from typing import Any

import click

from ..problems import Label, Refused, message
from ..records.encodings import ENCODINGS
from ..records.importing import BREATH, ImportReport, Manner, RefusedRow, import_sheet
from ..records.spreadsheets import DELIMITERS, Sheet, read_sheet, write_csv
from .batches import bar, list_batches, undo
from .spoken import command, option
from .terminal import Terminal, refused

__all__ = ["this"]

_GUESSED = ("synonym", "pinyin")


@command("import", "import")
@click.argument("file", type=click.Path(), required=False)
@click.argument("entity", required=False)
@option("--map", "pairs", multiple=True, metavar="COLUMN=FIELD", help="option_map")
@option("--key", metavar="FIELD[,FIELD]", default="", help="option_import_key")
@option("--several", type=click.Choice(["refuse", "oldest"]), default="refuse", help="option_several")
@option("--only", type=click.Choice(["create", "change"]), help="option_only")
@option("--dry-run", is_flag=True, help="option_import_dry_run")
@option("--encoding", type=click.Choice(ENCODINGS), help="option_encoding")
@option("--delimiter", metavar="SIGN", default="", help="option_delimiter")
@option("--sheet", metavar="NAME", default="", help="option_sheet")
@option("--refused", "refused_file", metavar="FILE", help="option_refused")
@option("--list", "listed", is_flag=True, help="option_import_list")
@option("--undo", metavar="BATCH", help="option_undo")
@option("--store", metavar="STORE", help="option_store")
@option("--folder", metavar="FOLDER", help="option_folder", expose_value=False)
@click.pass_context
def this(ctx: click.Context, /, file: str | None, entity: str | None, **options: Any) -> int:
    """Exit code 1 when no row was taken although there were some, or when something ended the import."""
    terminal: Terminal = ctx.obj
    store = options["store"]
    if options["listed"]:
        return list_batches(terminal, store)
    if options["undo"]:
        return undo(terminal, store, options["undo"])
    if file is None or entity is None:
        name = "FILE" if file is None else "ENTITY"
        raise click.MissingParameter(
            ctx=ctx, param=next(p for p in ctx.command.params if p.human_readable_name == name)
        )
    source = Path(file)
    sheet = read_sheet(
        source.name,
        _content(source),
        options["encoding"] or "",
        _sign(options["delimiter"]),
        options["sheet"],
    )
    chosen = _chosen(options["pairs"], sheet)
    key = tuple(name.strip() for name in options["key"].split(",") if name.strip())
    manner = Manner(key, options["several"], options["only"] or "", options["dry_run"])
    _tell_found(terminal, sheet)
    try:
        with terminal.open(store) as app, bar(terminal, source.name, sheet.total) as progress:
            alone = app.store.name == "tinydb"  # nobody else has its folder
            breath = 0 if alone else BREATH
            records, context = app.now.records, app.context("import")
            report = import_sheet(records, context, entity, sheet, chosen, progress, breath, manner)
    except Refused as refusal:
        if any(problem.code == "store_in_use" for problem in refusal.problems):
            terminal.say("import_on_page", aside=True, entity=entity)
        raise
    _tell(terminal, report)
    if manner.dry:
        return int(bool(report.refused) and len(report.refused) == report.read)
    if report.refused:
        suffix = ".xlsx" if sheet.sheets else ".csv"
        aside = source.with_name(f"{source.name}.refused{suffix}")
        _keep(terminal, report, sheet, Path(options["refused_file"] or aside))
    if report.created or report.changed:
        terminal.say("import_batch", batch=report.batch)
    if report.problems:
        raise Refused(report.problems)
    return int(bool(report.refused) and len(report.refused) == report.read)


def _sign(typed: str) -> str:
    """The delimiter that was typed; ``tab`` is easier to type than what it means."""
    sign = {"tab": "\t", "\\t": "\t"}.get(typed.lower(), typed)
    if sign and sign not in DELIMITERS:
        raise refused("bad_delimiter", given=typed)
    return sign


def _tell_found(terminal: Terminal, sheet: Sheet) -> None:
    """How the file was read, where it is not the plainest kind."""
    if sheet.encoding not in ("", "utf-8", "utf-8-sig"):
        terminal.say("import_encoding", aside=True, encoding=sheet.encoding)
    if len(sheet.sheets) > 1:
        terminal.say("import_sheet", aside=True, sheet=sheet.sheet, sheets=list(sheet.sheets))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise refused("file_unreadable", file=str(file), reason=error.strerror or str(error)) from error


def _chosen(pairs: tuple[str, ...], sheet: Sheet) -> dict[str, str]:
    chosen = {}
    for pair in pairs:
        column, equals, field = (part.strip() for part in pair.rpartition("="))
        if not equals:
            raise refused("bad_map", pair=pair)
        if column not in sheet.columns:
            raise refused("no_such_column", column=column, available=list(sheet.columns))
        chosen[column] = field
    return chosen


def _tell(terminal: Terminal, report: ImportReport) -> None:
    terminal.say(
        "import_tried" if report.dry else "imported",
        read=f"{report.read:,}",
        created=f"{report.created:,}",
        changed=f"{report.changed:,}",
        unchanged=f"{report.unchanged:,}",
        refused=f"{len(report.refused):,}",
        seconds=f"{report.seconds:.1f}",
        rate=f"{report.rate:,.0f}",
    )
    if report.stopped:
        terminal.say("import_stopped", left=f"{report.total - report.read:,}")
    guessed = [
        f"{c} → {report.columns.fields[c]}" for c, how in report.columns.how.items() if how in _GUESSED
    ]
    if guessed:
        terminal.say("import_guessed", columns=guessed)
    if report.columns.left_out:
        terminal.say("import_left_out", columns=list(report.columns.left_out))
    if report.columns.near:
        pairs = [f"--map {column}={name}" for column, name in report.columns.near.items()]
        terminal.say("import_near", pairs=pairs)
    if report.people:
        terminal.say("import_people", count=len(report.people), people=report.people)
    if report.alike:
        terminal.say("import_alike", count=f"{report.alike:,}")
    if report.dry:
        _tell_verdicts(terminal, report)


def _tell_verdicts(terminal: Terminal, report: ImportReport) -> None:
    """What would become of the first rows of each kind."""
    told: Counter[str] = Counter()
    for verdict in report.verdicts:
        told[verdict.kind] += 1
        if told[verdict.kind] > 5:
            continue
        what = terminal.word(f"verdict_{verdict.kind}")
        more = [f"{name}: {was} → {now}" for name, (was, now) in verdict.changes.items()]
        if verdict.like is not None:
            more.append(terminal.word("verdict_like", title=verdict.like[0]))
        more += [message(problem, terminal.language) for problem in verdict.problems]
        terminal.say("verdict", line=verdict.line, verdict=what, title=verdict.title, more=" · ".join(more))


def _keep(terminal: Terminal, report: ImportReport, sheet: Sheet, file: Path) -> None:
    """The refused rows, their own columns first, so that the file can be mended and imported again."""
    line, why = terminal.word("refused_line"), terminal.word("refused_why")
    rows = ({**row.row, line: row.line, why: " · ".join(_reasons(terminal, row))} for row in report.refused)
    columns = [*(column for column in sheet.columns if column not in (line, why)), line, why]
    try:
        if file.suffix.lower() == ".xlsx":
            from ..records.workbooks import write_workbook

            with file.open("wb") as out:
                write_workbook(columns, rows, out)
        else:
            with file.open("w", encoding="utf-8-sig", newline="") as to:
                write_csv(columns, rows, to)
    except OSError as error:
        raise refused("file_unwritable", file=str(file), reason=error.strerror or str(error)) from error
    terminal.say("refused_kept", count=f"{len(report.refused):,}", file=str(file))
    for row in report.refused[:3]:
        terminal.say("refused_row", line=row.line, reasons=_reasons(terminal, row))


def _reasons(terminal: Terminal, row: RefusedRow) -> list[str]:
    """Each problem in one sentence, with the field it is about, which its place on a page would have told."""
    reasons = []
    for problem in row.problems:
        said, label = message(problem, terminal.language), problem.values.get("label")
        name = label.in_(terminal.language) if isinstance(label, Label) else ""
        reasons.append(said if name in said else terminal.word("reason", label=name, message=said))
    return reasons
