"""What is said of requests to other people's servers."""

from . import Phrase, Phrases

__all__ = ["PHRASES"]

PHRASES: Phrases = {
    "outgoing_address": {
        "zh": Phrase(
            "“{url}”不是可以访问的网址", "写完整的网址，以 https:// 或 http:// 开头，里面不要有用户名和空格"
        ),
        "en": Phrase(
            "“{url}” is no address that can be asked",
            "Write a whole address that begins with https:// or http://, without a user name or spaces",
        ),
    },
    "outgoing_inside": {
        "zh": Phrase(
            "{host} 在内部网络里（{address}），不访问",
            "要访问内网的服务器，请管理员把它写进 kehu.yaml 的 outgoing: {{allow: [{host}]}}",
        ),
        "en": Phrase(
            "{host} is inside the own network ({address}) and is not asked",
            "For a server of the own network an administrator names it in kehu.yaml: outgoing: {{allow: [{host}]}}",
        ),
    },
    "outgoing_unknown_host": {
        "zh": Phrase("找不到服务器 {host}", "检查网址有没有写错"),
        "en": Phrase("There is no server {host}", "Check the address for a slip"),
    },
    "outgoing_unreachable": {
        "zh": Phrase("连不上 {host}：{reason}", "稍后再试；一直这样的话，问一问对方的管理员"),
        "en": Phrase(
            "{host} cannot be reached: {reason}", "Try later; if it stays so, ask who runs that server"
        ),
    },
    "outgoing_slow": {
        "zh": Phrase("{host} 在 {seconds} 秒内没有答复", "稍后再试"),
        "en": Phrase("{host} did not answer within {seconds} seconds", "Try later"),
    },
    "outgoing_too_long": {
        "zh": Phrase("{host} 的答复超过 {max} 字节", "请对方只给需要的内容"),
        "en": Phrase("The answer of {host} has more than {max} bytes", "Ask for less of it"),
    },
    "outgoing_large": {
        "zh": Phrase("要发送的内容超过 {max} 字节", "少发一些，或者分几次发"),
        "en": Phrase("There are more than {max} bytes to send", "Send less, or in several goes"),
    },
    "outgoing_method": {
        "zh": Phrase("不能用方法“{method}”", "可以用：{available}"),
        "en": Phrase("The method “{method}” cannot be used", "These can: {available}"),
    },
    "outgoing_header": {
        "zh": Phrase("请求头“{name}”由系统填写", "去掉它"),
        "en": Phrase("The header “{name}” is set by Kehu", "Leave it out"),
    },
    "outgoing_allowed": {
        "zh": Phrase(
            "内网的服务器 {host} 可以访问：插件发出的请求能到那里",
            "确认它只提供给大家看的内容；不再需要就删掉这一行",
        ),
        "en": Phrase(
            "The server {host} may be asked though it is inside the own network: requests of plugins reach it",
            "Make sure that it only serves what everybody may see; take the line out when it is not needed any more",
        ),
    },
    "not_a_host": {
        "zh": Phrase("“{given}”不是主机名", "只写主机名或地址，例如 erp.intranet，不要 http://、端口和路径"),
        "en": Phrase(
            "“{given}” is no host",
            "Write the host's name or address alone, such as erp.intranet, without http://, port and path",
        ),
    },
}
