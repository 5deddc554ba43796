"""What people write where the language has another word: Chinese, pinyin, other programs' English.

Only a word that can stand in the place where the other was written is ever suggested.
"""

__all__ = ["meant"]

_MEANT = """
label: 标签 名称 显示名 标题 biaoqian mingcheng caption name title text
type: 类型 字段类型 leixing kind datatype
fields: 字段 ziduan field columns properties attributes
field: 字段 ziduan column property
entity: 实体 对象 shiti duixiang object table model
options: 选项 xuanxiang choices values enum items
option: 选项 xuanxiang
required: 必填 bitian mandatory notnull
default: 默认 默认值 moren morenzhi initial
help: 帮助 说明 提示 bangzhu shuoming description hint tooltip
readonly: 只读 zhidu read_only
unique: 唯一 weiyi
rules: 规则 guize validations constraints
rule: 规则 guize
message: 提示 消息 xiaoxi tishi error
icon: 图标 tubiao
title: 标题 biaoti
plural: 复数 fushu
search: 搜索 sousuo searchable
max: 最大 最大值 最长 zuida maximum maxlength max_length length size
min: 最小 最小值 zuixiao minimum minlength min_length
decimals: 小数位 小数 precision scale digits
pattern: 格式 正则 regex regexp
formula: 公式 gongshi expression
form: 表单 biaodan
view: 视图 shitu
flow: 流程 liucheng workflow process pipeline
automation: 自动化 zidonghua
metric: 指标 zhibiao kpi measure
dashboard: 仪表盘 看板 yibiaopan
workspace: 工作区 gongzuoqu
plugins: 插件 chajian
language: 语言 yuyan lang locale
currency: 货币 币种 huobi
timezone: 时区 shiqu tz
store: 存储 cunchu database
stages: 阶段 jieduan steps states statuses
stage: 阶段 jieduan
moves: 推进 流转 tuijin transitions
gates: 关卡 guanka guards
gate: 关卡 guanka
start: 开始 起点 kaishi initial
probability: 概率 gailv
expect: 预计 yuji expected
outcome: 结果 jieguo result
colour: 颜色 yanse color
columns: 列 lie fields
sections: 分组 段落 fenzu groups
sort: 排序 paixu order order_by sort_by
where: 条件 筛选 tiaojian filter condition
when: 条件 什么时候 tiaojian if condition
check: 检查 条件 jiancha condition test
require: 必填 要求 bitian required
show: 显示 xianshi visible if
totals: 合计 heji sums
group: 分组 fenzu group_by groupby
to: 到 指向 target entity
of: 来自 entity object
from: 从 来源 cong source
after: 之后 zhihou behind
before: 之前 zhiqian
also: 别名 又名 bieming aliases synonyms
target: 目标 mubiao goal
unit: 单位 danwei
by: 按 维度 dimensions cuts
means: 含义 hanyi meaning description
do: 做 动作 actions steps then
kind: 类型 type style
on: 触发 chufa trigger event when
set: 设置 shezhi values
create: 新建 创建 xinjian new
edit: 编辑 修改 bianji update
notify: 通知 tongzhi
items: 内容 组件 widgets cards
version: 版本 banben
needs: 依赖 yilai requires dependencies
text: 文本 文字 文本框 单行文本 wenben string str varchar char
long_text: 多行文本 长文本 备注 textarea multiline memo
rich_text: 富文本 html markdown
number: 数字 数值 shuzi float double decimal numeric real
integer: 整数 zhengshu int bigint whole
money: 金额 货币 元 人民币 yuan jine amount price
days: 天 day
score: 分 分数 points
percent: % 百分比 百分数 baifenbi percentage rate
yes_no: 是否 布尔 复选框 shifou bool boolean checkbox switch
date: 日期 riqi day
datetime: 日期时间 时间 shijian timestamp date_time
time: 时间 时刻
duration: 时长 shichang timespan interval
choice: 单选 下拉 下拉框 danxuan xiala select dropdown enum radio picklist option
choices: 多选 duoxuan multiselect multi_select checkboxes
tags: 标签 biaoqian labels
email: 邮箱 邮件 电子邮件 youxiang mail e_mail
phone: 电话 手机 手机号 dianhua shouji tel telephone mobile
url: 网址 链接 wangzhi link website web
address: 地址 dizhi
region: 地区 省市区 diqu area
user: 用户 人员 负责人 成员 yonghu owner person member
users: 多个用户 成员 people persons members
link: 关联 引用 guanlian reference ref lookup relation foreign_key
children: 子表 下级 子记录 related has_many one_to_many
rollup: 汇总 huizong aggregate summary
number_series: 编号 流水号 自动编号 bianhao autonumber auto_number sequence serial
rating: 评分 星级 pingfen stars
signature: 签名 qianming
secret: 密码 机密 mima password
list: 列表 表格 liebiao table grid
board: 看板 kanban
won: 赢单 成交 成功 win success
lost: 输单 失败 丢单 lose loss failed
higher: 越高越好 高 more up bigger
lower: 越低越好 低 less down smaller
grey: 灰 灰色 gray
blue: 蓝 蓝色
green: 绿 绿色
red: 红 红色
yellow: 黄 黄色
orange: 橙 橙色
purple: 紫 紫色 violet
pink: 粉 粉色
amber: 琥珀 gold
cyan: 青 青色
zh: 中文 汉语 cn zh_cn zh-cn chinese
en: 英文 英语 us en_us en-us english
sum: 合计 求和 总和 heji total
average: 平均 平均值 pingjun avg mean
count: 计数 数量 个数 jishu number
"""

_WORDS: dict[str, tuple[str, ...]] = {}
for _line in _MEANT.split("\n"):
    _ours, _, _others = _line.partition(": ")
    for _other in _others.split():
        _WORDS[_other] = (*_WORDS.get(_other, ()), _ours)


def meant(word: str) -> tuple[str, ...]:
    """The words of the language that a word of somebody else's may stand for, none for most words."""
    return _WORDS.get(word.strip().casefold(), ())
