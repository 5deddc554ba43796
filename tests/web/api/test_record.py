"""One record over HTTP: made, read, changed, deleted, with versions that nobody overwrites by accident."""

from starlette.testclient import TestClient

NOWHERE = "/api/customer/01920000-0000-7000-8000-000000000000"


def test_a_record_is_made_read_changed_and_deleted(client: TestClient) -> None:
    made = client.post(
        "/api/customer", json={"name": "Ningbo Round Trip", "class": "Potential", "owner": "张敏"}
    )
    assert made.status_code == 201
    where = made.headers["location"]
    assert where == f"/api/customer/{made.json()['id']}"
    assert made.json()["class"] == "potential"
    read = client.get(where)
    assert read.headers["etag"] == made.headers["etag"]
    assert read.json() == {name: value for name, value in made.json().items() if name != "warnings"}
    changed = client.patch(
        where, json={"phone": "0571-8888 0000"}, headers={"if-match": read.headers["etag"]}
    )
    assert changed.status_code == 200
    assert (changed.json()["version"], changed.json()["phone"]) == (2, "0571-8888 0000")
    history = client.get(f"{where}/history").json()["items"]
    assert [event["kind"] for event in history] == ["changed", "created"]
    assert history[0]["changes"]["phone"] == {"before": None, "after": "0571-8888 0000"}
    assert history[0]["door"] == "api"
    assert client.delete(where).status_code == 204
    assert client.get(where).status_code == 404
    assert client.get(f"{where}/history").json()["items"][0]["kind"] == "deleted"


def test_what_was_read_can_be_sent_back(client: TestClient, customer: str) -> None:
    record = client.get("/api/customer", params={"limit": "1", "tags.empty": "false"}).json()["items"][0]
    writable = client.get("/api/openapi.json").json()["components"]["schemas"]["customer.change"][
        "properties"
    ]
    body = {name: value for name, value in record.items() if name in writable}
    answer = client.patch(
        f"/api/customer/{record['id']}", json=body, headers={"if-match": f'"{record["version"]}"'}
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["version"] == record["version"]


def test_a_change_must_say_which_version_it_has_seen(client: TestClient, customer: str) -> None:
    answer = client.patch(customer, json={"note": "x"})
    assert answer.status_code == 428
    assert '"1"' in answer.json()["problems"][0]["help"]
    assert client.patch(customer, json={"note": "x"}, headers={"if-match": "*"}).status_code == 200


def test_a_stale_change_is_refused_with_both_values(client: TestClient, customer: str) -> None:
    client.patch(customer, json={"note": "theirs"}, headers={"if-match": '"1"'})
    answer = client.patch(customer, json={"note": "mine", "phone": "123456"}, headers={"if-match": '"1"'})
    assert answer.status_code == 412
    problem = answer.json()["problems"][0]
    assert (problem["seen"], problem["version"]) == (1, 2)
    assert (problem["now"]["note"], problem["yours"]["note"]) == ("theirs", "mine")
    assert client.get(customer).json()["note"] == "theirs"


def test_changes_of_other_fields_go_together_where_that_is_preferred(
    client: TestClient, customer: str
) -> None:
    seen = {"if-match": '"1"', "prefer": "respond-async, merge"}
    client.patch(customer, json={"note": "theirs"}, headers={"if-match": '"1"'})
    assert client.patch(customer, json={"phone": "123456"}, headers={"if-match": '"1"'}).status_code == 412
    answer = client.patch(customer, json={"phone": "123456", "name": "Hangzhou Test Ltd"}, headers=seen)
    assert answer.status_code == 200, answer.text
    assert answer.headers["preference-applied"] == "merge"
    found = answer.json()
    assert (found["note"], found["phone"], found["version"]) == ("theirs", "123456", 3)


def test_what_was_sent_as_it_was_seen_takes_nothing_back(client: TestClient, customer: str) -> None:
    before = client.get(customer).json()
    client.patch(customer, json={"note": "theirs", "class": "high"}, headers={"if-match": "*"})
    whole = {"note": before.get("note"), "class": before["class"], "phone": "123456"}
    answer = client.patch(customer, json=whole, headers={"if-match": '"1"', "prefer": "merge"})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["note"], found["class"], found["phone"]) == ("theirs", "high", "123456")


def test_a_field_that_both_changed_is_told_with_both_values_and_what_it_was(
    client: TestClient, customer: str
) -> None:
    client.patch(customer, json={"note": "first"}, headers={"if-match": '"1"'})
    client.patch(customer, json={"note": "theirs"}, headers={"if-match": '"2"'})
    answer = client.patch(
        customer, json={"note": "mine", "phone": "123456"}, headers={"if-match": '"2"', "prefer": "merge"}
    )
    assert answer.status_code == 409, answer.text
    problem = answer.json()["problems"][0]
    assert problem["mergeable"] is False
    (clash,) = problem["clashes"]
    assert {name: clash[name] for name in ("field", "base", "yours", "theirs")} == {
        "field": "note", "base": "first", "yours": "mine", "theirs": "theirs",
    }  # fmt: skip
    assert client.get(customer).json()["version"] == 3


def test_a_rule_may_object_to_what_two_changes_make_together(client: TestClient, customer: str) -> None:
    client.patch(customer, json={"note": "theirs"}, headers={"if-match": '"1"'})
    answer = client.patch(customer, json={"name": ""}, headers={"if-match": '"1"', "prefer": "merge"})
    assert answer.status_code == 422
    assert client.get(customer).json()["version"] == 2


def test_a_version_that_never_was_is_not_merged_with(client: TestClient, customer: str) -> None:
    for tag in ('"7"', '"nonsense"'):
        answer = client.patch(
            customer, json={"phone": "123456"}, headers={"if-match": tag, "prefer": "merge"}
        )
        assert answer.status_code == 409


def test_one_of_several_versions_may_match(client: TestClient, customer: str) -> None:
    assert client.patch(customer, json={"note": "x"}, headers={"if-match": '"7", "1"'}).status_code == 200
    assert client.patch(customer, json={"note": "y"}, headers={"if-match": '"7", "1"'}).status_code == 412
    assert client.patch(customer, json={"note": "y"}, headers={"if-match": '"another"'}).status_code == 412
    assert client.patch(customer, json={"note": "y"}, headers={"if-match": "what"}).status_code == 400


def test_a_delete_honours_the_version_when_it_is_given(client: TestClient, customer: str) -> None:
    client.patch(customer, json={"note": "x"}, headers={"if-match": "*"})
    assert client.delete(customer, headers={"if-match": '"1"'}).status_code == 412
    assert client.get(customer).status_code == 200
    assert client.delete(customer, headers={"if-match": '"2"'}).status_code == 204


def test_an_unchanged_record_is_not_sent_again(client: TestClient, customer: str) -> None:
    etag = client.get(customer).headers["etag"]
    again = client.get(customer, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    client.patch(customer, json={"note": "x"}, headers={"if-match": "*"})
    assert client.get(customer, headers={"if-none-match": etag}).status_code == 200


def test_a_total_that_moved_without_a_new_version_is_sent_again(client: TestClient, customer: str) -> None:
    before = client.get(customer)
    deal = {"title": "Desks", "customer": before.json()["id"], "amount": 100, "expected_close": "2030-01-01"}
    made = client.post("/api/deal", json=deal)
    assert made.status_code == 201, made.text
    after = client.get(customer, headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["open_deals"] == 1
    assert after.json()["version"] == before.json()["version"]
    client.delete(made.headers["location"])


def test_the_tag_is_the_version_where_nothing_is_derived(client: TestClient) -> None:
    contact = client.get("/api/user?limit=1").json()["items"][0]
    assert client.get(f"/api/user/{contact['id']}").headers["etag"] == f'"{contact["version"]}"'


def test_a_retry_with_the_same_key_makes_one_record(client: TestClient) -> None:
    body, headers = {"name": "Wuxi Once Only"}, {"idempotency-key": "9d7e"}
    first, second = (client.post("/api/customer", json=body, headers=headers) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.headers["location"] == second.headers["location"]
    assert len(client.get("/api/customer", params={"name": "Wuxi Once Only"}).json()["items"]) == 1
    client.delete(first.headers["location"])


def test_every_fault_of_a_record_is_told_at_its_field(client: TestClient) -> None:
    answer = client.post("/api/customer", json={"class": "hgh", "email": "no", "owner": "nobody at all"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problems = {problem["field"]: problem for problem in answer.json()["problems"]}
    assert problems.keys() >= {"class", "email", "owner"}
    assert problems["class"]["code"] == "not_an_option"


def test_fields_that_are_not_there_or_not_to_be_given_are_refused_by_name(client: TestClient) -> None:
    answer = client.post(
        "/api/customer", json={"name": "x", "nme": 1, "spent": 5, "created_at": "2020-01-01"}
    )
    assert answer.status_code == 422
    assert [problem["field"] for problem in answer.json()["problems"]] == ["nme", "spent", "created_at"]
    assert answer.json()["problems"][0]["instead"] == "name"


def test_a_rule_that_only_warns_lets_the_record_through_with_the_warning(client: TestClient) -> None:
    made = client.post("/api/customer", json={"name": "Suzhou Warned"})
    assert made.status_code == 201
    assert {warning["level"] for warning in made.json().get("warnings", [])} <= {"warning"}
    client.delete(made.headers["location"])


def test_a_second_record_where_only_one_may_stand_is_a_conflict(client: TestClient) -> None:
    product = client.get("/api/product?limit=1&code.empty=false").json()["items"][0]
    answer = client.post("/api/product", json={"name": "Another", "code": product["code"]})
    assert answer.status_code == 409
    problem = answer.json()["problems"][0]
    assert (problem["field"], problem["record"]) == ("code", product["id"])


def test_a_record_that_others_need_is_not_deleted(client: TestClient) -> None:
    order = client.get("/api/order?limit=1").json()["items"][0]
    answer = client.delete(f"/api/customer/{order['customer']}")
    assert answer.status_code == 409
    assert client.get(f"/api/customer/{order['customer']}").status_code == 200


def test_a_gate_holds_at_this_door_too(client: TestClient) -> None:
    deal = client.get("/api/deal", params={"stage": "lead", "limit": "1"}).json()["items"]
    stages = client.get("/api/schemas/deal.json").json()["properties"]["stage"]["enum"]
    first = deal[0] if deal else client.get("/api/deal?limit=1").json()["items"][0]
    for stage in [stage for stage in stages if stage]:
        answer = client.patch(f"/api/deal/{first['id']}", json={"stage": stage}, headers={"if-match": "*"})
        assert answer.status_code in (200, 422)
        if answer.status_code == 422:
            assert all(problem["message"] for problem in answer.json()["problems"])


def test_links_show_the_titles_of_what_they_lead_to_when_asked(client: TestClient) -> None:
    order = client.get("/api/order?limit=1&titles=true").json()["items"][0]
    customer = client.get(f"/api/customer/{order['customer']}").json()
    assert order["customer_title"] == customer["name"]
    assert "customer_title" not in client.get(f"/api/order/{order['id']}").json()
    assert client.get(f"/api/order/{order['id']}?titles").json()["customer_title"] == customer["name"]


def test_a_record_that_is_not_there_is_missing_for_every_method(client: TestClient) -> None:
    assert client.get(NOWHERE).status_code == 404
    assert client.patch(NOWHERE, json={}, headers={"if-match": "*"}).status_code == 404
    assert client.delete(NOWHERE).status_code == 404
    assert client.get(f"{NOWHERE}/history").status_code == 404
    assert client.get("/api/customer/7").status_code == 404
