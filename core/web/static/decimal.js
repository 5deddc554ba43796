// Decimal numbers as the server counts: exact to 28 digits, halves to even beyond. { c, e } is c × 10^e, c a BigInt.

const digits = 28;
const largest = 60;
const ten = (power) => 10n ** BigInt(power);
const abs = (c) => (c < 0n ? -c : c);
const length = (c) => abs(c).toString().length;

export const zero = { c: 0n, e: 0 };

/** From its text: `-1234.50`. */
export function decimal(text) {
  const [whole, rest = ""] = String(text).split(".");
  return { c: BigInt(whole + rest), e: -rest.length };
}

export const ofInteger = (number) => ({ c: BigInt(number), e: 0 });

/** Rounded to 28 digits, halves to even. */
function kept({ c, e }) {
  const beyond = length(c) - digits;
  return beyond > 0 ? { c: halves(c, ten(beyond), "even"), e: e + beyond } : { c, e };
}

function halves(c, unit, how) {
  const whole = c / unit;
  const rest = abs(c % unit) * 2n;
  const away = c < 0n ? -1n : 1n;
  if (rest > unit || (rest === unit && (how === "up" || whole % 2n !== 0n))) return whole + away;
  return whole;
}

/** The number if it is one that may be; `null` for one that is too large, zero for one next to nothing. */
export function bounded(number) {
  if (number === null || number.c === 0n) return number === null ? null : zero;
  const size = number.e + length(number.c) - 1;
  if (size >= largest) return null;
  return size < -largest ? zero : number;
}

function aligned(one, two) {
  const e = Math.min(one.e, two.e);
  return [one.c * ten(one.e - e), two.c * ten(two.e - e), e];
}

export function plus(one, two) {
  const [left, right, e] = aligned(one, two);
  return kept({ c: left + right, e });
}

export const negative = ({ c, e }) => ({ c: -c, e });
export const minus = (one, two) => plus(one, negative(two));
export const times = (one, two) => kept({ c: one.c * two.c, e: one.e + two.e });

/** `null` by zero. */
export function over(one, two) {
  if (two.c === 0n) return null;
  const more = Math.max(0, digits + 2 + length(two.c) - length(one.c));
  const dividend = one.c * ten(more);
  const exact = dividend % two.c === 0n;
  const e = one.e - more - two.e;
  const quotient = dividend / two.c;
  if (exact) return kept({ c: quotient, e });
  const sign = dividend < 0n === two.c < 0n ? 1n : -1n;
  return kept({ c: quotient * 10n + sign, e: e - 1 }); // one more digit says that something is left over
}

/** What a division leaves over, with the sign of the dividend; `null` where the quotient is too long. */
export function rest(one, two) {
  if (two.c === 0n) return null;
  const [left, right, e] = aligned(one, two);
  return length(left / right) > digits ? null : kept({ c: left % right, e });
}

export function compare(one, two) {
  const [left, right] = aligned(one, two);
  return left < right ? -1 : Number(left > right);
}

const ways = {
  half: (c, unit) => halves(c, unit, "up"),
  even: (c, unit) => halves(c, unit, "even"),
  down: (c, unit) => c / unit,
  up: (c, unit) => c / unit + (c % unit === 0n ? 0n : c < 0n ? -1n : 1n),
  floor: (c, unit) => c / unit - (c % unit !== 0n && c < 0n ? 1n : 0n),
  ceiling: (c, unit) => c / unit + (c % unit !== 0n && c > 0n ? 1n : 0n),
};

/** To so many places after the point; `null` where that takes too many digits. */
export function rounded(number, places, how = "half") {
  const e = -places;
  const c = number.e >= e ? number.c * ten(number.e - e) : ways[how](number.c, ten(e - number.e));
  return length(c) > digits ? null : { c, e };
}

/** The whole part as a BigInt, cut towards zero; or rounded in another way. */
export function whole(number, how = "down") {
  return number.e >= 0 ? number.c * ten(number.e) : ways[how](number.c, ten(-number.e));
}

/** Without exponent and trailing zeros: `1200.5`. */
export function text({ c, e }) {
  if (c === 0n) return "0";
  if (e >= 0) return String(c * ten(e));
  const figures = fixed({ c, e }, -e);
  return figures.replace(/\.?0+$/, "");
}

/** With exactly so many places, which it must not have more of. */
export function fixed({ c, e }, places) {
  const all = String(abs(c) * ten(places + e)).padStart(places + 1, "0");
  const at = all.length - places;
  return `${c < 0n ? "-" : ""}${all.slice(0, at)}${places ? `.${all.slice(at)}` : ""}`;
}

/** With commas between thousands, and so many places. */
export function grouped(number, places) {
  const [before, after] = fixed(number, places).split(".");
  const shown = before.replace(/\B(?=(\d{3})+$)/g, ",");
  return after === undefined ? shown : `${shown}.${after}`;
}

/** As a column of so many places keeps it; `null` for what is too long for one. */
export function asKept(number, places) {
  const limit = { c: ten(15 - places), e: 0 };
  return compare({ c: abs(number.c), e: number.e }, limit) < 0 ? rounded(number, places) : null;
}
