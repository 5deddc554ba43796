"""An import takes what it can, keeps every refusal with its reason, and goes on whoever looks at it."""

import csv
import threading
from io import BytesIO, StringIO
from typing import Any

import pytest

from kehu.core.records.importing import CHUNK
from kehu.core.records.spreadsheets import read_sheet
from kehu.core.records.workbooks import write_workbook
from kehu.core.web.site.import_jobs import KEPT, ImportJobs

GOOD = "name,城市,Phone\nAcme,Hangzhou,0571-88886666\nBeta,Beijing,\n"


def upload(me: Any, content: bytes | str, name: str = "companies.csv", entity: str = "company") -> Any:
    form = me.open(f"/{entity}/import")
    data = content.encode() if isinstance(content, str) else content
    return me.client.post(f"/{entity}/import", data=form.values, files={"file": (name, data)})


def matched(me: Any, content: bytes | str, entity: str = "company") -> Any:
    answer = upload(me, content, entity=entity)
    assert answer.status_code == 303, answer.text
    return me.open(answer.headers["location"])


def jobs(me: Any) -> ImportJobs:
    found: ImportJobs = me.client.app.state.site.jobs["imports"]
    return found


def finished(me: Any, url: str) -> Any:
    job = jobs(me)._jobs[url.rpartition("/")[2]]
    assert job.thread is not None
    job.thread.join(60)
    answer = me.client.get(url)
    assert answer.status_code == 200
    return answer


def test_a_file_is_matched_written_and_counted(me: Any) -> None:
    form = matched(me, GOOD)
    assert [form.values[f"column.{index}"] for index in range(3)] == ["name", "city", "phone"]
    answer = me.send(form)
    assert (answer.status_code, answer.headers["location"]) == (303, form.action)
    page = finished(me, form.action).text
    assert "companies.csv" in page
    assert [(row["name"], row["city"]) for row in me.rows("company")] == [
        ("Acme", "Hangzhou"),
        ("Beta", "Beijing"),
    ]
    assert me.app.store.events("company", me.rows("company")[0]["id"])[0].door == "import"


def test_a_column_can_be_left_out_or_sent_elsewhere(me: Any) -> None:
    form = matched(me, GOOD)
    me.send(form, column__1="", column__2="")
    finished(me, form.action)
    assert [(row["name"], row["city"], row["phone"]) for row in me.rows("company")] == [
        ("Acme", None, None),
        ("Beta", None, None),
    ]


def test_refused_rows_are_listed_with_their_reason_and_can_be_downloaded(me: Any) -> None:
    rows = "".join(f"Company {number},{'none' if number % 2 else 5}\n" for number in range(140))
    form = matched(me, f"name,People\n{rows}")
    me.send(form)
    page = finished(me, form.action).text
    assert page.count("“none” is not a number") == 50
    assert "50 of 70 rows" in page
    assert len(me.rows("company")) == 70
    answer = me.client.get(f"{form.action}/refused.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    refused = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(refused) == 70
    assert refused[0] == {
        "Line in the file": "3", "Why it was not imported": "People: “none” is not a number", "name": "Company 1",
        "People": "none",
    }  # fmt: skip


def test_the_refused_rows_can_be_mended_and_imported_again(me: Any) -> None:
    form = matched(me, "name,People\nAcme,none\n")
    me.send(form)
    finished(me, form.action)
    mended = me.client.get(f"{form.action}/refused.csv").content.replace(b"Acme,none", b"Acme,7")
    again = matched(me, mended)
    assert [again.values[f"column.{index}"] for index in range(4)] == ["", "", "name", "size"]
    me.send(again)
    finished(me, again.action)
    assert [(row["name"], row["size"]) for row in me.rows("company")] == [("Acme", 7)]


def test_the_same_file_again_changes_the_records_it_knows(me: Any) -> None:
    for city in ("Hangzhou", "Beijing", "Beijing"):
        form = matched(me, f"id,name,city\n1,Acme,{city}\n")
        me.send(form)
        finished(me, form.action)
    assert [(row["city"], row["version"]) for row in me.rows("company")] == [("Beijing", 2)]


def test_the_page_shows_how_far_it_is_and_a_stop_ends_it(me: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    reached, go = threading.Event(), threading.Event()
    rows = "".join(f"Company {number}\n" for number in range(CHUNK + 200))
    form = matched(me, f"name\n{rows}")
    job = jobs(me)._jobs[form.action.rpartition("/")[2]]
    before = job.stopping.is_set

    def looked() -> bool:
        reached.set()
        go.wait(60)
        return before()

    monkeypatch.setattr(job.stopping, "is_set", looked)
    me.send(form)
    assert reached.wait(60)
    page = me.client.get(form.action).text
    assert f"{CHUNK} of {CHUNK + 200} rows done" in page
    assert f'value="{CHUNK}" max="{CHUNK + 200}"' in page
    assert me.client.post(f"{form.action}/stop", data={"token": form.values["token"]}).status_code == 303
    go.set()
    assert "200 rows were not looked at" in finished(me, form.action).text
    assert len(me.rows("company")) == CHUNK


def test_starting_twice_imports_once(me: Any) -> None:
    form = matched(me, GOOD)
    me.send(form)
    assert me.send(form).status_code == 303
    finished(me, form.action)
    assert len(me.rows("company")) == 2


def test_an_import_that_breaks_says_so(me: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("kehu.core.web.site.import_jobs.import_sheet", broken)
    form = matched(me, GOOD)
    me.send(form)
    assert "The import broke" in finished(me, form.action).text


def test_too_many_at_once_wait(me: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    monkeypatch.setattr("kehu.core.web.site.import_jobs.import_sheet", lambda *_, **__: go.wait(60) and 1 / 0)
    forms = [matched(me, GOOD) for _ in range(3)]
    answers = [me.send(form) for form in forms]
    assert [answer.status_code for answer in answers] == [303, 303, 503]
    go.set()
    for form in forms[:2]:
        finished(me, form.action)
    assert me.send(forms[2]).status_code == 303
    finished(me, forms[2].action)


def test_old_imports_are_forgotten_and_said_to_be_gone(me: Any) -> None:
    first = matched(me, GOOD)
    for _ in range(KEPT):
        matched(me, GOOD)
    answer = me.client.get(first.action)
    assert answer.status_code == 404
    assert "no longer known" in answer.text
    assert me.client.get(first.action.replace("/company/", "/deal/")).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"name,city\n", "no rows"),
        ("a.csv", b'name\n"open\n', "cannot be read at line"),
        ("a.csv", b"name\na,b,c\n", "3 cells"),
        ("a.csv", b"\xff\xff\xff\x00name\n", "encoding"),
        ("a.xlsx", b"PK\x03\x04rest", "cannot be read"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "Files of this kind are not known"),
        ("a.pdf", b"%PDF", "not known"),
        ("a.json", b"{", "cannot be read"),
        ("a.json", b"[1]", "does not hold rows"),
        ("a.jsonl", b"{}\n", "empty"),
        ("../../etc/passwd", b"root\n", "not known"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(me: Any, name: str, content: bytes, said: str) -> None:
    answer = upload(me, content, name)
    assert answer.status_code == 422
    assert said in answer.text
    assert me.rows("company") == []


def test_a_file_that_is_too_large_is_refused(me: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehu.core.web.site.imports.LARGEST", 100)
    assert upload(me, GOOD).status_code == 303
    answer = upload(me, GOOD * 3)
    assert answer.status_code == 422
    assert "too large" in answer.text


@pytest.mark.parametrize(
    ("content", "columns", "said"),
    [
        (GOOD, {"column__0": "", "column__1": "", "column__2": ""}, "No column was chosen"),
        (GOOD, {"column__0": ""}, "Name is required"),
        (GOOD, {"column__1": "name"}, "Name was chosen twice"),
        (GOOD, {"column__1": "version"}, "no field version"),
        (GOOD, {"column__1": "deals"}, "no field deals"),
    ],
)
def test_columns_that_cannot_be_taken_are_named_and_the_choice_stays(
    me: Any, content: str, columns: dict[str, str], said: str, as_form: Any
) -> None:
    form = matched(me, content)
    answer = me.send(form, **columns)
    assert answer.status_code == 422
    assert said in answer.text
    assert as_form(answer.text).values["column.2"] == (columns.get("column__2", "phone"))
    assert me.rows("company") == []


def test_no_file_is_said(me: Any) -> None:
    form = me.open("/company/import")
    assert me.send(form).status_code == 422
    assert me.send(form, file="a text").status_code == 422


def test_the_sample_file_has_the_headings_that_match(me: Any) -> None:
    heading = me.client.get("/company/import/sample.csv").content
    assert heading.decode("utf-8-sig") == "Name,City,Phone,People\r\n"
    form = matched(me, heading + b"Acme,Hangzhou,,5\r\n")
    assert [form.values[f"column.{index}"] for index in range(4)] == ["name", "city", "phone", "size"]


def test_gbk_and_empty_headings_and_json_are_taken(me: Any) -> None:
    form = matched(me, "公司名称,,城市\n甲公司,x,杭州\n".encode("gb18030"))
    assert form.values["column.1"] == "", "it is shown as #2, and goes nowhere by itself"
    me.send(form)
    finished(me, form.action)
    answer = upload(me, '[{"name": "乙公司", "size": 3}, {"name": ["odd"], "size": {"a": 1}}]', "a.json")
    form = me.open(answer.headers["location"])
    me.send(form)
    assert finished(me, form.action).status_code == 200
    assert [row["name"] for row in me.rows("company")] == ["甲公司", "乙公司"]


def test_closing_stops_what_runs(me: Any) -> None:
    form = matched(me, GOOD)
    me.send(form)
    jobs(me).close()
    assert me.client.get(form.action).status_code == 404


def test_rows_that_would_make_records_again_are_pointed_out(me: Any) -> None:
    me.make("company", name="Acme")
    page = me.client.get(upload(me, GOOD).headers["location"])
    assert page.status_code == 200
    assert "1 of the first 2 rows are called like Companies" in page.text
    assert "are called like" not in me.client.get(upload(me, "name\nGamma\n").headers["location"]).text
    assert "are called like" not in me.client.get(upload(me, "id,name\n7,Acme\n").headers["location"]).text


def test_an_import_is_tried_before_anything_is_written(me: Any) -> None:
    me.make("company", name="Acme", city="Hangzhou")
    form = matched(me, "name,People,城市\nAcme,7,Beijing\nBeta,none,\nGamma,3,\n")
    me.send(form, do="try", key="name")
    page = finished(me, form.action).text
    assert "writes nothing" not in page
    assert "<del>Hangzhou</del> → <ins>Beijing</ins>" in page
    assert "“none” is not a number" in page
    assert page.count("To be created") == 2, "the count and one row"
    assert [row["city"] for row in me.rows("company")] == ["Hangzhou"]
    again = me.open(form.action)
    me.client.post(form.action, data=again.values | {"do": "back"})
    assert me.open(form.action).values["key"] == "name", "what was chosen stays"
    me.send(form, do="try", key="name")
    finished(me, form.action)
    me.client.post(form.action, data=again.values | {"do": "start"})
    finished(me, form.action)
    assert [(row["name"], row["city"]) for row in me.rows("company")] == [
        ("Acme", "Beijing"),
        ("Gamma", None),
    ]


def test_an_import_is_undone_from_its_result_and_from_the_list_of_earlier_ones(me: Any) -> None:
    me.make("company", name="Old", city="Hangzhou")
    for button in ("result", "list"):
        form = matched(me, "name,城市\nOld,Beijing\nNew,\n")
        me.send(form, key="name")
        finished(me, form.action)
        assert [row["city"] for row in me.rows("company")] == ["Beijing", None]
        undo = me.open(form.action if button == "result" else "/company/import")
        assert undo.action == "/company/import/undo"
        answer = me.send(undo)
        page = finished(me, answer.headers["location"]).text
        assert "is undone" in page
        assert [(row["name"], row["city"]) for row in me.rows("company")] == [("Old", "Hangzhou")]
    assert me.client.post("/deal/import/undo", data=undo.values).status_code == 404


def test_a_workbook_is_read_and_its_refused_rows_come_back_as_one(me: Any) -> None:
    book = BytesIO()
    write_workbook(
        ["公司名称", "People"], [{"公司名称": "=甲", "People": 5}, {"公司名称": "乙", "People": "x"}], book
    )
    answer = upload(me, book.getvalue(), "firms.xlsx")
    form = me.open(answer.headers["location"])
    me.send(form)
    page = finished(me, form.action).text
    assert f"{form.action}/refused.xlsx" in page
    assert [(row["name"], row["size"]) for row in me.rows("company")] == [("=甲", 5)]
    refused = read_sheet("r.xlsx", me.client.get(f"{form.action}/refused.xlsx").content)
    assert [row["公司名称"] for _, row in refused.rows] == ["乙"]


def test_how_a_file_was_read_is_shown_and_can_be_chosen_otherwise(me: Any) -> None:
    form = matched(me, "name;城市\nAcme;杭州\n".encode("gb18030"))
    assert (form.values["encoding"], form.values["delimiter"]) == ("gb18030", ";")
    answer = me.send(form, do="read", encoding="gb18030", delimiter=",")
    assert answer.status_code == 303
    assert "column.1" not in me.open(form.action).values, "one column now"
    assert me.send(form, do="read", encoding="utf-8").status_code == 422
    assert me.open(form.action).values["delimiter"] == ",", "it stays as it was"


def test_where_the_columns_of_such_a_file_went_is_remembered(me: Any) -> None:
    form = matched(me, "name,extra\nAcme,Beijing\n")
    assert form.values["column.1"] == ""
    me.send(form, column__1="city")
    finished(me, form.action)
    again = matched(me, "extra,name\nBeijing,Beta\n")
    assert (again.values["column.0"], again.values["column.1"]) == ("city", "name")
