"""Measure a running Kehu over HTTP against the targets, and print a table.

    python bench/measure.py --store tinydb --customers 10000
    python bench/measure.py --store sqlite --customers 100000
    python bench/measure.py --store postgresql://user@host/name --customers 100000

It makes a workspace from the template ``general`` in a temporary folder, fills it with generated customers, deals,
orders and tickets through the importer, starts a real server and asks it as one client, then as ten. Times are wall
times of one request each, warm, in milliseconds: median and 95th percentile.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

ROUNDS = 300
BIN = Path(sys.executable).parent


def run(*command: str, cwd: Path | None = None) -> tuple[float, str]:
    """Run a command to its end: (seconds, what it printed)."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return time.perf_counter() - start, done.stdout


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Client:
    """One client on one connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, bytes, dict[str, str]]:
        sent = json.dumps(body).encode() if body is not None else None
        given = {"Content-Type": "application/json"} if sent else {}
        self.connection.request(method, path, sent, {**given, **headers})
        answer = self.connection.getresponse()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}

    def json(self, path: str) -> dict[str, object]:
        status, content, _ = self.ask("GET", path)
        assert status == 200, (path, status, content[:300])
        found: dict[str, object] = json.loads(content)
        return found


def times(ask: Callable[[int], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """(median, 95th percentile) in milliseconds, after a warm-up."""
    for number in range(10):
        ask(-number - 1)
    taken = []
    for number in range(rounds):
        start = time.perf_counter()
        ask(number)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def resident(pid: int) -> float:
    """Resident memory in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def crowd(
    port: int,
    seconds: float,
    seed: int,
    ids: list[str],
    answers: "multiprocessing.Queue[list[tuple[int, float]]]",
) -> None:
    """One of many clients: 80 % reads, 20 % writes."""
    chance = random.Random(seed)
    client = Client(port)
    done: list[tuple[int, float]] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        kind = chance.random()
        if kind < 0.3:
            status = client.ask("GET", f"/api/customer/{chance.choice(ids)}")[0]
        elif kind < 0.6:
            status = client.ask("GET", "/api/customer?class=high&sort=-created_at&limit=50")[0]
        elif kind < 0.7:
            status = client.ask("GET", "/api/customer?q=" + quote("科技"))[0]
        elif kind < 0.8:
            status = client.ask("GET", "/api/metrics/sales_funnel?period=all&by=stage")[0]
        elif kind < 0.9:
            status = client.ask(
                "POST", "/api/customer", {"name": f"负载{seed}-{len(done)}", "phone": "13800138000"}
            )[0]
        else:
            status = client.ask(
                "PATCH", f"/api/customer/{chance.choice(ids)}", {"note": str(start)}, **{"If-Match": "*"}
            )[0]
        done.append((status, time.perf_counter() - start))
    answers.put(done)


def together(
    port: int, ids: list[str], clients: int = 10, seconds: float = 10
) -> tuple[float, float, float, int]:
    """(requests a second, median ms, 95th percentile ms, answers that were no success)."""
    answers: multiprocessing.Queue[list[tuple[int, float]]] = multiprocessing.Queue()
    crew = [
        multiprocessing.Process(target=crowd, args=(port, seconds, n, ids, answers)) for n in range(clients)
    ]
    for one in crew:
        one.start()
    done = [pair for _ in crew for pair in answers.get()]
    for one in crew:
        one.join()
    waits = [wait * 1000 for _, wait in done]
    failed = sum(status >= 400 for status, _ in done)
    return len(done) / seconds, statistics.median(waits), statistics.quantiles(waits, n=20)[-1], failed


def fill(folder: Path, store: str, customers: int) -> dict[str, float]:
    """Make the workspace and import the data; rows a second by entity."""
    here = Path(__file__).parent
    run(sys.executable, str(here / "make_data.py"), str(customers), str(folder / "csv"))
    run(str(BIN / "kehu"), "new", "bench", "--template", "general", cwd=folder)
    config = folder / "bench" / "kehu.yaml"
    config.write_text(config.read_text("utf-8").replace("store: tinydb", f"store: {store}"), "utf-8")
    rates = {}
    for file, entity in (
        ("customers", "customer"),
        ("deals", "deal"),
        ("orders", "order"),
        ("tickets", "ticket"),
    ):
        seconds, said = run(
            str(BIN / "kehu"), "import", str(folder / "csv" / f"{file}.csv"), entity, cwd=folder / "bench"
        )
        rows = sum(1 for _ in (folder / "csv" / f"{file}.csv").open(encoding="utf-8")) - 1
        rates[file] = rows / seconds
        print(f"  {said.splitlines()[0]}", file=sys.stderr)
    return rates


def serve(workspace: Path, port: int) -> tuple["subprocess.Popen[bytes]", float]:
    """A running server, and the seconds from its start to its first answer."""
    start = time.perf_counter()
    command = [str(BIN / "kehu"), "run", "--no-browser", "--port", str(port)]
    server = subprocess.Popen(command, cwd=workspace, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        try:
            Client(port).ask("GET", "/health")
            return server, time.perf_counter() - start
        except OSError:
            if server.poll() is not None or time.perf_counter() - start > 120:
                sys.exit("the server did not start")
            time.sleep(0.01)


def measure(port: int) -> list[tuple[str, tuple[float, float], float | None]]:
    """(what, (median, 95th percentile), target) of every question, one client."""
    client = Client(port)
    deals = client.json("/api/deal?stage=contact&limit=200")["items"]
    found = client.json("/api/customer?limit=200")["items"]
    assert isinstance(deals, list)
    assert isinstance(found, list)
    ids = [row["id"] for row in found]

    def get(path: str) -> Callable[[int], object]:
        return lambda _: client.ask("GET", path)

    def created(number: int) -> None:
        status, content, _ = client.ask(
            "POST", "/api/customer", {"name": f"新客户{number}", "phone": "13800138000"}
        )
        assert status == 201, content

    def moved(number: int) -> None:
        deal = deals[number % len(deals)]
        deal["to"] = "contact" if deal.get("to") == "needs" else "needs"
        body = {"stage": deal["to"]}
        status, content, _ = client.ask("PATCH", f"/api/deal/{deal['id']}", body, **{"If-Match": "*"})
        assert status == 200, content

    word = quote("科技")
    listed = "class=high&sort=-created_at&limit=50"
    return [
        (
            "get one by id, JSON",
            times(lambda n: client.ask("GET", f"/api/customer/{ids[n % len(ids)]}")),
            1.5,
        ),
        ("list of 50, filtered and sorted, JSON", times(get(f"/api/customer?{listed}")), 3),
        (
            "list of 50, filtered and sorted, page",
            times(get("/customer?f.class.is=high&sort=-created_at")),
            8,
        ),
        ("record, page", times(lambda n: client.ask("GET", f"/customer/{ids[n % len(ids)]}")), None),
        ("board, page", times(get("/deal/board"), 60), None),
        ("dashboard, page", times(get("/"), 60), None),
        ("two-character search, JSON", times(get(f"/api/customer?q={word}")), 3),
        ("funnel totals, JSON", times(get("/api/metrics/sales_funnel?period=all&by=stage")), 4),
        ("create, validated", times(created), 2.5),
        ("change stage", times(moved), 2.5),
        (
            "funnel totals right after a write",
            times(lambda n: (moved(n), get("/api/metrics/sales_funnel?period=all&by=stage")(n))),
            None,
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", default="tinydb")
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="a folder to use and keep; filled only when it is new")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="kehu-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    workspace = folder / "bench"
    rates = {} if workspace.exists() else fill(folder, given.store, given.customers)
    checking = statistics.median(run(str(BIN / "kehu"), "check", cwd=workspace)[0] for _ in range(3))
    port = free_port()
    server, first = serve(workspace, port)
    try:
        time.sleep(2)
        idle = resident(server.pid)
        rows = measure(port)
        found = Client(port).json("/api/customer?limit=200")["items"]
        assert isinstance(found, list)
        rate, middle, slow, failed = together(port, [row["id"] for row in found])
        busy = resident(server.pid)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)
    print(f"\n{given.store.partition(':')[0]}, {given.customers:,} customers, {os.cpu_count()} cores\n")
    print("| what | p50 ms | p95 ms | target |\n|---|---|---|---|")
    for what, (half, most), target in rows:
        print(f"| {what} | {half:.2f} | {most:.2f} | {target or ''} |")
    print(
        f"| 10 clients, 80 % reads: {rate:.0f} requests/s, {failed} failed | {middle:.1f} | {slow:.1f} | ≥ 600/s |"
    )
    for file, value in rates.items():
        print(f"| import {file}, whole command | {value:,.0f} rows/s | | ≥ 5,000 |")
    print(f"| start to first answer | {first:.2f} s | | 1.5 s |\n| check | {checking:.2f} s | | |")
    print(f"| memory idle | {idle:.0f} MB | | 110 MB |\n| memory after the load | {busy:.0f} MB | | |")


if __name__ == "__main__":
    main()
