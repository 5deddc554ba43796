// Days as numbers: 1 is the first of January of the year 1, as the server counts. Outside the calendar: null.

const last = 3652059;

export const within = (day) => (day >= 1 && day <= last ? day : null);

const leap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function monthLength(year, month) {
  return month === 2 ? 28 + leap(year) : 30 + ((month + (month > 7)) % 2);
}

const before = (year) => (year - 1) * 365 + Math.floor((year - 1) / 4) - Math.floor((year - 1) / 100)
  + Math.floor((year - 1) / 400);

/** The day of these numbers; `null` where there is none. */
export function dayOf(year, month, day) {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12)) return null;
  if (!(day >= 1 && day <= monthLength(year, month))) return null;
  let found = before(year) + day;
  for (let index = 1; index < month; index += 1) found += monthLength(year, index);
  return found;
}

/** [year, month, day]. */
export function parts(day) {
  let year = Math.max(1, Math.floor((day - 1) / 365.2425) - 1);
  while (before(year + 1) < day) year += 1;
  let left = day - before(year);
  let month = 1;
  while (left > monthLength(year, month)) {
    left -= monthLength(year, month);
    month += 1;
  }
  return [year, month, left];
}

/** Monday is 1, Sunday 7. */
export const weekday = (day) => ((day + 6) % 7) + 1;

/** The number of its week, after ISO 8601. */
export function week(day) {
  const thursday = day - weekday(day) + 4;
  return Math.floor((thursday - before(parts(thursday)[0]) - 1) / 7) + 1;
}

/** The same day so many months on; the last day of a shorter month. */
export function later(day, months) {
  const [year, month, number] = parts(day);
  const index = year * 12 + month - 1 + months;
  const to = [Math.floor(index / 12), ((index % 12) + 12) % 12 + 1];
  return dayOf(...to, Math.min(number, monthLength(...to)));
}

/** Whole months from one day to another; negative backwards. */
export function months(start, end) {
  const sign = start <= end ? 1 : -1;
  const [one, two] = (start <= end ? [start, end] : [end, start]).map(parts);
  return sign * ((two[0] - one[0]) * 12 + two[1] - one[1] - Number(two[2] < one[2])) || 0;
}

/** `2026-03-01`. */
export function iso(day) {
  const [year, month, number] = parts(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(number).padStart(2, "0")}`;
}

/** From `2026-03-01`; `undefined` for anything else. */
export function fromIso(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return found ? dayOf(...found.slice(1).map(Number)) ?? undefined : undefined;
}
