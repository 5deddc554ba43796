// Formulas in the page: the tree that core/formula/portable.py writes, worked out to the very value of the server.
// Values: numbers as decimals, days as numbers, lengths of time as BigInts of microseconds, null for nothing.

import * as number from "./decimal.js";
import { functions } from "./functions.js";

const dayLength = 86_400_000_000n;
const farthest = 999_999_999n;

const floorDays = (ticks) => ticks / dayLength - (ticks % dayLength < 0n ? 1n : 0n);

/** A length of time that may be; else `null`. */
export function span(ticks) {
  const days = floorDays(ticks);
  return days >= -farthest && days <= farthest ? ticks : null;
}

const ofLength = (ticks) => span(number.whole(ticks, "even"));
const asDecimal = (ticks) => ({ c: ticks, e: 0 });

function moved(day, ticks) {
  const to = BigInt(day) + ticks;
  return to >= 1n && to <= 3652059n ? Number(to) : null;
}

const nothing = (value) => value === null || value === "" || (Array.isArray(value) && value.length === 0);

const arithmetic = {
  "num+": (one, two) => number.bounded(number.plus(one, two)),
  "num-": (one, two) => number.bounded(number.minus(one, two)),
  "num*": (one, two) => number.bounded(number.times(one, two)),
  "num/": (one, two) => number.bounded(number.over(one, two)),
  "span+": (one, two) => span(one + two),
  "span-": (one, two) => span(one - two),
  "span*num": (one, two) => ofLength(number.times(asDecimal(one), two)),
  "num*span": (one, two) => ofLength(number.times(asDecimal(two), one)),
  "span/num": (one, two) => {
    const found = number.over(asDecimal(one), two);
    return found && ofLength(found);
  },
  "span/span": (one, two) => number.bounded(number.over(asDecimal(one), asDecimal(two))),
  "day+span": (one, two) => moved(one, floorDays(two)),
  "span+day": (one, two) => moved(two, floorDays(one)),
  "day-span": (one, two) => moved(one, -floorDays(two)),
  "day-day": (one, two) => BigInt(one - two) * dayLength,
};

function order(kind, one, two) {
  if (kind === "num") return number.compare(one, two);
  return one < two ? -1 : Number(one > two);
}

function equal(kind, one, two) {
  const [left, right] = kind === "text" ? [one || null, two || null] : [one, two];
  if (left === null || right === null) return left === right;
  return order(kind, left, right) === 0;
}

const signs = {
  "<": (found) => found < 0,
  "<=": (found) => found <= 0,
  ">": (found) => found > 0,
  ">=": (found) => found >= 0,
};

const nodes = {
  none: () => null,
  num: ([, text]) => number.decimal(text),
  span: ([, text]) => BigInt(text),
  value: ([, value]) => value,
  field: ([, name], row) => row[name] ?? null,
  math: ([, operation, left, right], row, env) => {
    const one = evaluate(left, row, env);
    const two = one === null ? null : evaluate(right, row, env);
    return two === null ? null : arithmetic[operation](one, two);
  },
  compare: ([, sign, kind, left, right], row, env) => {
    const one = evaluate(left, row, env);
    const two = evaluate(right, row, env);
    if (sign === "=") return equal(kind, one, two);
    if (sign === "<>") return !equal(kind, one, two);
    return one !== null && two !== null && signs[sign](order(kind, one, two));
  },
  and: ([, ...terms], row, env) => terms.every((term) => evaluate(term, row, env)),
  or: ([, ...terms], row, env) => terms.some((term) => evaluate(term, row, env)),
  not: ([, term], row, env) => !evaluate(term, row, env),
  empty: ([, term], row, env) => nothing(evaluate(term, row, env)),
  /** One of fixed values. */
  among: ([, kind, term, ...values], row, env) => {
    const one = evaluate(term, row, env);
    return !nothing(one) && values.some((value) => equal(kind, one, evaluate(value, row, env)));
  },
  /** One of values that are worked out. */
  in: ([, kind, term, ...values], row, env) => {
    const one = evaluate(term, row, env);
    return one !== null && values.some((value) => equal(kind, one, evaluate(value, row, env)));
  },
  /** One of the items of a list. */
  item: ([, term, list], row, env) => {
    const one = evaluate(term, row, env);
    return one !== null && (evaluate(list, row, env) ?? []).includes(one);
  },
  case: ([, branches, otherwise], row, env) => {
    const found = branches.find(([when]) => evaluate(when, row, env));
    return evaluate(found ? found[1] : otherwise, row, env);
  },
  call: ([, name, kinds, ...parts], row, env) => {
    const { work, takesEmpty = false, gives = null } = functions[name];
    const values = parts.map((part) => evaluate(part, row, env));
    if (!takesEmpty && values.includes(null)) return gives;
    return work(values, env, kinds) ?? gives;
  },
};

/** The value of a tree for a row; `env`: `today` (a day) and `user`. */
export function evaluate(tree, row, env) {
  return nodes[tree[0]](tree, row, env);
}

/** A value as JSON carries it: numbers as texts, days as numbers. */
export function read(kind, value) {
  if (value === null || value === undefined) return null;
  return kind === "num" ? number.decimal(value) : kind === "span" ? BigInt(value) : value;
}

/** The same backwards. */
export function write(kind, value) {
  if (value === null) return null;
  return kind === "num" ? number.text(value) : kind === "span" ? String(value) : value;
}
