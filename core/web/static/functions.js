// The functions of formulas that the page knows: `work` gets the values, none of them null unless `takesEmpty`.
// `gives`: what comes out where a value is empty or there is no result.

import * as days from "./days.js";
import * as number from "./decimal.js";

const longest = 100_000;
const { ofInteger } = number;
const one = ofInteger(1);

const letters = (text) => Array.from(text);
const lower = (text) => text.replace(/[A-Z]+/g, (found) => found.toLowerCase());
const nothing = (value) => value === null || value === "";

/** A number as a count, cut towards zero and held within bounds. */
function count(value, least = 0, most = longest) {
  const found = number.whole(value);
  return found < BigInt(least) ? least : found > BigInt(most) ? most : Number(found);
}

/** A number as days or months may be counted; beyond that there is no date anyway. */
const steps = (value) => count(value, -9_999_999, 9_999_999);

function plain(value, kind) {
  if (value === null) return "";
  if (kind === "num") return number.text(value);
  if (kind === "day") return days.iso(value);
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function joined(values, _, kinds) {
  const texts = values.map((value, index) => plain(value, kinds[index]));
  return texts.reduce((sum, text) => sum + letters(text).length, 0) <= longest ? texts.join("") : null;
}

const rounding = (how) => ([value, places = number.zero]) => number.rounded(value, count(places, -30, 30), how);

/** The multiple of a step next to a number. */
const stepping = (how) => ([value, step = one]) => {
  if (step.c <= 0n) return null;
  const found = number.rounded(number.over(value, step), 0, how);
  return found && number.bounded(number.times(found, step));
};

function left([value, by]) {
  const rest = number.rest(value, by);
  return rest && rest.c !== 0n && rest.c < 0n !== by.c < 0n ? number.plus(rest, by) : rest;
}

const items = (values) => values.flatMap((value) => (Array.isArray(value) ? value : [value])).filter((it) => !nothing(it));

const extreme = (sign) => (values, _, kinds) => {
  const found = items(values);
  const better = (a, b) => (kinds.includes("num") ? number.compare(a, b) : a < b ? -1 : Number(a > b)) * sign < 0;
  return found.length ? found.reduce((best, it) => (better(it, best) ? it : best)) : null;
};

const ofText = (work) => ([text, ...rest]) => work(letters(text), ...rest);
const ofDay = (work) => ([day]) => ofInteger(work(day));
const ofMonth = (index) => ofDay((day) => days.parts(day)[index]);

function masked(text, first = ofInteger(3), last = ofInteger(4)) {
  const [start, end] = [count(first), count(last)];
  if (text.length <= start + end) return "*".repeat(text.length);
  return text.map((sign, at) => (at < start || at >= text.length - end ? sign : "*")).join("");
}

function replaced([text, old, by]) {
  if (!old) return text;
  const parts = text.split(old);
  const length = letters(text).length + (parts.length - 1) * (letters(by ?? "").length - letters(old).length);
  return length <= longest ? parts.join(by ?? "") : null;
}

function place([part, text, start = one]) {
  const [wanted, all] = [letters(part), letters(text)];
  for (let at = count(start, 1) - 1; at + wanted.length <= all.length; at += 1) {
    if (wanted.every((sign, index) => all[at + index] === sign)) return ofInteger(at + 1);
  }
  return null;
}

function written([day, pattern]) {
  const [year, month, date] = days.iso(day).split("-");
  const parts = { yyyy: year, yy: year.slice(2), mm: month, m: String(Number(month)), dd: date, d: String(Number(date)) };
  return letters(pattern).slice(0, 100).join("").replace(/yyyy|yy|mm|m|dd|d/g, (found) => parts[found]);
}

function fixed([value, places = ofInteger(2)]) {
  const digits = count(places, 0, 10);
  const found = number.rounded(value, digits);
  return found && number.grouped(found, digits);
}

const length = (unit) => ([ticks]) => number.over({ c: ticks, e: 0 }, { c: unit, e: 0 });
const start = (change) => ([day]) => days.dayOf(...change(...days.parts(day)));
const matches = (work) => ({
  takesEmpty: true, gives: false, work: ([all, part]) => all !== null && part !== null && work(all, part),
});

function years(from, to) {
  return Math.trunc(days.months(from, to) / 12) || 0;
}

export const functions = {
  COALESCE: { takesEmpty: true, work: (values) => values.find((value) => !nothing(value)) ?? null },
  XOR: { takesEmpty: true, gives: false, work: (values) => values.filter(Boolean).length % 2 === 1 },
  SUM: { takesEmpty: true, work: (values) => items(values).reduce(number.plus, number.zero) },
  COUNT: { takesEmpty: true, work: (values) => ofInteger(items(values).length) },
  MIN: { takesEmpty: true, work: extreme(1) },
  MAX: { takesEmpty: true, work: extreme(-1) },
  ITEM: { work: ([list, at]) => list[count(at) - 1] ?? null },
  HAS_ANY: { takesEmpty: true, gives: false, work: ([list, ...all]) => all.some((it) => it !== null && (list ?? []).includes(it)) },
  HAS_ALL: { takesEmpty: true, gives: false, work: ([list, ...all]) => all.every((it) => it !== null && (list ?? []).includes(it)) },
  ROUND: { work: rounding("half") },
  ROUND_UP: { work: rounding("up") },
  ROUND_DOWN: { work: rounding("down") },
  CEILING: { work: stepping("ceiling") },
  FLOOR: { work: stepping("floor") },
  INT: { work: ([value]) => number.rounded(value, 0, "floor") },
  QUOTIENT: { work: ([value, by]) => { const found = number.over(value, by); return found && number.rounded(found, 0, "down"); } },
  MOD: { work: left },
  ABS: { work: ([value]) => (value.c < 0n ? number.negative(value) : value) },
  SIGN: { work: ([value]) => ofInteger(value.c > 0n ? 1 : value.c < 0n ? -1 : 0) },
  CLAMP: { work: ([value, least, most]) => {
    const lower = number.compare(most, value) < 0 ? most : value;
    return number.compare(lower, least) > 0 ? lower : least;
  } },
  AS_NUMBER: { work: ([value]) => value },
  SHARE: { work: ([part, all]) => number.bounded(number.over(part, all)) },
  CONCAT: { takesEmpty: true, work: joined },
  TEXT: { work: joined },
  FIXED: { work: fixed },
  CONTAINS: matches((all, part) => (Array.isArray(all) ? all.includes(part) : lower(all).includes(lower(part)))),
  STARTS: matches((all, part) => lower(all).startsWith(lower(part))),
  ENDS: matches((all, part) => lower(all).endsWith(lower(part))),
  LEN: { work: ofText((text) => ofInteger(text.length)) },
  LEFT: { work: ofText((text, many = one) => text.slice(0, count(many)).join("")) },
  RIGHT: { work: ofText((text, many = one) => text.slice(Math.max(0, text.length - count(many))).join("")) },
  MID: { work: ofText((text, from, many = ofInteger(longest)) => {
    const at = count(from, 1) - 1;
    return text.slice(at, at + count(many)).join("");
  }) },
  FIND: { work: place },
  REPLACE: { work: replaced },
  REPT: { work: ([text, many]) => (letters(text).length * count(many) <= longest ? text.repeat(count(many)) : null) },
  PAD: { work: ofText((text, width, sign = "0") => letters(sign || "0")[0].repeat(Math.max(0, count(width) - text.length)) + text.join("")) },
  MASK: { work: ofText(masked) },
  DIGITS: { work: ([text]) => text.replace(/[^0-9]/g, "") },
  TODAY: { work: (_, env) => env.today },
  CURRENT_USER: { work: (_, env) => env.user },
  DATE: { work: (values) => days.dayOf(...values.map(steps)) },
  DATE_OF: { work: ([day]) => day },
  YEAR: { work: ofMonth(0) },
  QUARTER: { work: ofDay((day) => Math.ceil(days.parts(day)[1] / 3)) },
  MONTH: { work: ofMonth(1) },
  WEEK: { work: ofDay(days.week) },
  DAY: { work: ofMonth(2) },
  WEEKDAY: { work: ofDay(days.weekday) },
  DAYS: { work: ([from, to]) => ofInteger(to - from) },
  MONTHS: { work: ([from, to]) => ofInteger(days.months(from, to)) },
  YEARS: { work: ([from, to]) => ofInteger(years(from, to)) },
  ADD_DAYS: { work: ([day, many]) => days.within(day + steps(many)) },
  ADD_MONTHS: { work: ([day, many]) => days.later(day, steps(many)) },
  ADD_YEARS: { work: ([day, many]) => days.later(day, steps(many) * 12) },
  WEEK_START: { work: ([day]) => days.within(day - days.weekday(day) + 1) },
  MONTH_START: { work: start((year, month) => [year, month, 1]) },
  MONTH_END: { work: start((year, month) => [year, month, days.monthLength(year, month)]) },
  QUARTER_START: { work: start((year, month) => [year, Math.floor((month - 1) / 3) * 3 + 1, 1]) },
  YEAR_START: { work: start((year) => [year, 1, 1]) },
  DATE_TEXT: { work: written },
  IN_DAYS: { work: length(86_400_000_000n) },
  IN_HOURS: { work: length(3_600_000_000n) },
  IN_MINUTES: { work: length(60_000_000n) },
};
