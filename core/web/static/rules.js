// The rules of a form, followed in the page: the server sends them once as trees (core/web/site/rules.py) and is asked
// again only about what hangs on something that the page cannot know exactly.

import { fromIso } from "./days.js";
import * as number from "./decimal.js";
import { evaluate, read, write } from "./formula.js";

const unknown = Symbol("unknown");
const odd = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|[^\P{Zs} ]/u;

/** Within its limits, else only the server can tell. */
function held(value, { min, max }, order) {
  return (min === null || order(value, min) >= 0) && (max === null || order(value, max) <= 0) ? value : unknown;
}

function figure(text, how) {
  if (!new RegExp(`^-?\\d{1,9}(\\.\\d{1,${how.places || 1}})?$`).test(text)) return unknown;
  if (!how.places && text.includes(".")) return unknown;
  const found = number.decimal(text);
  const value = how.read === "percent" ? { c: found.c, e: found.e - 2 } : found;
  return held(value, how, (one, limit) => number.compare(one, number.decimal(limit)));
}

function words(text, how) {
  const plain = how.lines ? text.replaceAll("\n", "") : text;
  return text.trim() !== text || odd.test(plain) || Array.from(text).length > how.max ? unknown : text;
}

const readers = {
  number: figure,
  integer: figure,
  money: figure,
  percent: figure,
  text: words,
  same: (text) => text,
  date: (text, how) => {
    const day = fromIso(text);
    return day === undefined ? unknown : held(day, how, (one, limit) => one - limit);
  },
};

/** The value that an input means now; `unknown` while only the server can tell. */
function typed(form, name, how) {
  const all = form.querySelectorAll(`[data-field="${CSS.escape(name)}"] :is(input, select, textarea)[name]`);
  const inputs = [...all].filter((it) => it.type !== "hidden");
  if (!inputs.length || inputs.some((it) => it.disabled)) return undefined;
  if (how.read === "yes_no") return inputs[0].checked;
  if (how.read === "several") {
    const ticked = inputs.filter((it) => it.checked).map((it) => it.value);
    return ticked.length ? ticked : null;
  }
  return inputs[0].value === "" ? null : readers[how.read](inputs[0].value, how);
}

/** Whether a field shows, its section with it: as the rules say, or as it stands. */
function visible(form, name, fields, sections) {
  const field = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const section = field?.closest("[data-section]");
  const open = sections[section?.dataset.section]?.shown ?? !section?.hidden;
  return open && (fields[name]?.shown ?? !field?.hidden);
}

const same = (kind, one, two) => JSON.stringify(write(kind, one)) === JSON.stringify(write(kind, two));

export class Rules {
  constructor(json) {
    Object.assign(this, json);
    this.kinds = Object.fromEntries(Object.entries(json.row).map(([name, [kind]]) => [name, kind]));
    this.asked = new Set(json.ask);
  }

  /** Whether the server has to be asked when this input changes. */
  asks(name) {
    return !name || this.asked.has(name.split(".")[0]);
  }

  /** What follows from the inputs as they stand, as the server would say it; `null` where it must be asked. */
  state(form) {
    const row = this.values(form);
    if (!row) return null;
    const holds = (tree, values = row) => Boolean(evaluate(tree, values, this.env));
    const fields = {};
    const set = (name, key, value) => {
      (fields[name] ??= {})[key] = value;
    };
    for (const [name, tree] of Object.entries(this.shown)) if (tree) set(name, "shown", holds(tree));
    for (const [name, tree] of Object.entries(this.readonly)) {
      const own = this.before ? read(...this.before[name]) : null;
      if (tree) set(name, "readonly", holds(tree, { ...row, [name]: own }));
    }
    const sections = Object.fromEntries(
      Object.entries(this.sections).filter(([, tree]) => tree).map(([name, tree]) => [name, { shown: holds(tree) }]),
    );
    for (const [name, needed] of this.needed(row, holds)) {
      set(name, "required", Boolean(needed) && visible(form, name, fields, sections));
    }
    for (const [name, how] of Object.entries(this.texts)) set(name, "text", this.text(row[name], how));
    return { fields, sections };
  }

  /** The record that the form would make. */
  values(form) {
    const row = Object.fromEntries(Object.entries(this.row).map(([name, value]) => [name, read(...value)]));
    for (const [name, how] of Object.entries(this.inputs)) {
      if (!(name in row)) continue;
      const value = typed(form, name, how);
      if (value === unknown) return null;
      if (value !== undefined) row[name] = value;
    }
    for (const [name, , tree, places] of this.computed) {
      const value = evaluate(tree, row, this.env);
      row[name] = places === null || value === null ? value : number.asKept(value, places);
    }
    return row;
  }

  /** [field, whether it is needed], of the fields that any requirement names, where all of them are known here. */
  needed(row, holds) {
    const found = new Map();
    for (const { when, always, fields } of this.required) {
      const asks = always || (when && holds(when));
      for (const [name, reads] of Object.entries(fields)) {
        if (!always && !when) found.set(name, unknown);
        else if (found.get(name) !== unknown) {
          found.set(name, found.get(name) || (asks && (!reads || reads.some((it) => this.changed(it, row)))));
        }
      }
    }
    return [...found].filter(([, needed]) => needed !== unknown);
  }

  changed(name, row) {
    return name in row && !same(this.kinds[name], row[name], read(...this.before[name]));
  }

  text(value, { places, percent, sign }) {
    if (value === null || value === undefined) return "";
    const shown = percent ? { c: value.c, e: value.e + 2 } : value;
    const text = number.grouped(number.rounded(shown, places, "even"), places);
    if (percent) return `${text.includes(".") ? text.replace(/\.?0+$/, "") : text}%`;
    return text.startsWith("-") ? `-${sign}${text.slice(1)}` : `${sign}${text}`;
  }
}
