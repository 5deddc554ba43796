"""What ``kehu run`` says: where the pages are, and why they cannot be served."""

from . import Phrase, Phrases

__all__ = ["PHRASES"]

PHRASES: Phrases = {
    "cli_serving": {
        "zh": Phrase(
            "\n  {label}\n\n  打开  {address}\n  修改  {folder}   保存文件，刷新网页\n  停止  Ctrl-C\n"
        ),
        "en": Phrase(
            "\n  {label}\n\n  Open  {address}\n  Edit  {folder}   save a file, reload the page\n  Stop  Ctrl-C\n"
        ),
    },
    "cli_stopped": {"zh": Phrase("已停止，数据都已保存。"), "en": Phrase("Stopped; everything is saved.")},
    "cli_port_next": {
        "zh": Phrase("端口 {port} 有别的程序在用，改用 {next}。"),
        "en": Phrase("Port {port} is in use by another program; taking {next}."),
    },
    "cli_not_started": {
        "zh": Phrase("没有启动", "改好上面的定义再运行；已经在运行的服务会沿用上一次正确的定义"),
        "en": Phrase(
            "Nothing was started",
            "Mend the definitions above and run it again; a server that runs goes on with what worked last",
        ),
    },
    "cli_processes_embedded": {
        "zh": Phrase(
            "tinydb 的数据只能由一个进程使用，不能用 {count} 个进程",
            "在 kehu.yaml 里写 store: sqlite 或 PostgreSQL 的地址，或不写 --processes",
        ),
        "en": Phrase(
            "A tinydb store belongs to one process; {count} cannot share it",
            "Write store: sqlite or PostgreSQL's address in kehu.yaml, or leave --processes out",
        ),
    },
    "cli_processes_unknown": {
        "zh": Phrase("这个操作系统不能用 {count} 个进程服务", "不写 --processes"),
        "en": Phrase("This operating system cannot serve from {count} processes", "Leave --processes out"),
    },
    "cli_processes_in_vain": {
        "zh": Phrase("进程一启动就结束，已连续 {count} 次，服务已停止", "看上面的错误；修好后再运行"),
        "en": Phrase(
            "The processes ended as soon as they had started, {count} in a row, so serving has stopped",
            "See the errors above; mend them, then run again",
        ),
    },
    "cli_port_taken": {
        "zh": Phrase("端口 {port} 有别的程序在用", "换一个 --port，或不写 --port 让它自己找"),
        "en": Phrase(
            "Port {port} is in use by another program",
            "Choose another --port, or leave it out to have one found",
        ),
    },
    "cli_ports_taken": {
        "zh": Phrase("端口 {first} 到 {last} 都有别的程序在用", "用 --port 指定别的端口"),
        "en": Phrase(
            "The ports {first} to {last} are all in use by other programs", "Choose another with --port"
        ),
    },
    "cli_port_forbidden": {
        "zh": Phrase("不允许使用端口 {port}", "换一个 1024 以上的端口"),
        "en": Phrase("Port {port} may not be used", "Choose one above 1024"),
    },
    "cli_host_not_here": {
        "zh": Phrase("{host} 不是这台机器的地址", "所有网卡写 0.0.0.0，只在本机写 127.0.0.1"),
        "en": Phrase(
            "{host} is no address of this machine", "0.0.0.0 is all of them, 127.0.0.1 this machine alone"
        ),
    },
}
