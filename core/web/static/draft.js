// What was typed into a form and not saved stays in this browser for a week: a lost connection loses nothing.

const prefix = "kehu.draft ";
const longest = 7 * 24 * 3600 * 1000;
const secret = "[type=password], [type=file], [data-secret], [name=token]";

/** What the browser keeps, or nothing where it keeps nothing (private windows, full storage). */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // Then nothing is kept, as without the script.
  }
}

function saved() {
  return document.cookie.match(/(?:^|; )kehu_saved=([\w-]+)/)?.[1];
}

/** Throw away what has been saved, and what nobody came back for. */
function tidy() {
  const now = Date.now();
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(prefix))) {
    const draft = read(key);
    if (!draft || draft.once === saved() || now - draft.at > longest) write(key, null);
  }
}

function inputs(form) {
  return [...form.elements].filter((it) => it.name && it.type !== "hidden" && !it.matches(secret) && !it.closest("[data-secret]"));
}

/** Name → the values that its inputs hold; a box that is not ticked holds none. */
function values(form) {
  const found = {};
  for (const input of inputs(form)) {
    found[input.name] ??= [];
    if (!["checkbox", "radio"].includes(input.type) || input.checked) found[input.name].push(input.value);
  }
  return found;
}

/** What tells two states of a form apart: inputs that hold nothing, such as the empty rows of a table, do not count. */
function told(found) {
  return JSON.stringify(Object.entries(found).filter(([, held]) => held.some((value) => value)).sort());
}

function labels(form) {
  return Object.fromEntries(
    inputs(form).filter((it) => it.matches("select") && it.value).map((it) => [it.name, it.selectedOptions[0].text]),
  );
}

/** As many rows in the tables as the draft has; cells are called `TABLE.NUMBER.COLUMN`. */
function addRows(form, draft) {
  for (const box of form.querySelectorAll("[data-lines]")) {
    const cell = new RegExp(`^${box.dataset.lines}\\.(\\d+)\\.`);
    const numbers = Object.keys(draft.values).map((name) => Number(name.match(cell)?.[1] ?? -1));
    const body = box.querySelector("tbody");
    while (body.rows.length && body.rows.length <= Math.max(...numbers)) {
      const row = body.lastElementChild.cloneNode(true);
      for (const control of row.querySelectorAll("[name]")) {
        control.name = control.name.replace(cell, `${box.dataset.lines}.${body.rows.length}.`);
        control.value = "";
      }
      body.append(row);
    }
  }
}

/** Put back what was typed; what cannot be put back any more is left out. */
function restore(form, draft) {
  addRows(form, draft);
  const left = structuredClone(draft.values);
  for (const input of inputs(form)) {
    const held = left[input.name];
    if (!held) continue;
    if (["checkbox", "radio"].includes(input.type)) input.checked = held.includes(input.value);
    else {
      const value = held.shift() ?? "";
      if (input.matches("select") && value && ![...input.options].some((option) => option.value === value)) {
        if (draft.labels[input.name]) input.add(new Option(draft.labels[input.name], value));
      }
      input.value = value;
      if (input.matches("select")) input.dispatchEvent(new CustomEvent("kehu:follow"));
    }
  }
  const version = form.elements.version;
  if (version && draft.version) version.value = draft.version; // who saved meanwhile is not written over unseen
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function keep(form) {
  const key = prefix + location.pathname + location.search;
  const before = told(values(form));
  const draft = read(key);
  const note = form.querySelector("[data-restored]");
  form.addEventListener("input", () => {
    const now = values(form);
    const version = form.elements.version?.value;
    const same = told(now) === before;
    write(key, same ? null : { at: Date.now(), once: form.elements.once.value, version, values: now, labels: labels(form) });
  });
  if (draft && "fresh" in form.dataset && told(draft.values) !== before) {
    restore(form, draft);
    note.hidden = false;
    note.querySelector("[data-drop-draft]").addEventListener("click", () => {
      write(key, null);
      location.reload();
    });
  }
  if (!("fresh" in form.dataset)) form.dispatchEvent(new Event("input"));
}

const known = new WeakSet();

/** Keep the forms in this part of the page. */
export function prepare(root) {
  for (const form of root.querySelectorAll("[data-draft]")) {
    if (!known.has(form)) keep(form);
    known.add(form);
  }
}

export { tidy };
