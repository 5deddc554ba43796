// Forms: fields that show and become required as others change, links picked by searching, nothing lost or sent twice.

const wait = 250;

/** Fields follow the rules as one types: at once where the page knows them, else when the server has answered. */
function live(form) {
  let pending;
  let asked = 0;
  let rules = null;
  const follow = () => {
    const state = rules?.state(form);
    if (state) fit(form, state);
    return Boolean(state);
  };
  const ask = async () => {
    const mine = ++asked;
    const headers = { Accept: "application/json", "X-Kehu-Token": document.body.dataset.token };
    try {
      const answer = await fetch(form.dataset.live, { method: "POST", body: new FormData(form), headers });
      if (!answer.ok || mine !== asked) return;
      const found = await answer.json();
      fit(form, found);
      if (found.rules) {
        const { Rules } = await import("./rules.js"); // the form need not wait for it to come to life
        rules = new Rules(found.rules);
      }
      follow();
    } catch {
      // Without an answer the form stays as it is; sending it is checked in full.
    }
  };
  if (form.contains(document.activeElement)) ask();
  else form.addEventListener("focusin", ask, { once: true });
  form.addEventListener("input", ({ target }) => {
    const known = follow() && !rules.asks(target.name);
    if (known) return;
    clearTimeout(pending);
    pending = setTimeout(ask, wait);
  });
}

function fit(form, { fields = {}, sections = {} }) {
  for (const [name, state] of Object.entries(sections)) {
    const section = form.querySelector(`[data-section="${CSS.escape(name)}"]`);
    if (section) section.hidden = !state.shown;
  }
  for (const [name, state] of Object.entries(fields)) {
    const field = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
    if (field) fitField(field, state, form.elements[`offered.${name}`]);
  }
}

function fitField(field, { shown, required, readonly, text, value }, offered) {
  const several = field.querySelector(".options, [data-lines]"); // no single input of theirs could be required
  const input = several ? null : field.querySelector("input:not([type=hidden]), select, textarea");
  if (shown !== undefined) field.hidden = !shown;
  if (required !== undefined && input) {
    input.required = required && !field.hidden && input.type !== "checkbox";
    const star = field.querySelector(".star");
    if (star) star.hidden = !required;
  }
  if (readonly !== undefined) fitReadonly(field, readonly);
  if (value !== undefined && offered) follow(field, offered, value, text);
  const output = field.querySelector("[data-text]");
  if (text !== undefined && output) output.textContent = text || "—";
}

/** What may only be looked at: a select has no such state, so it rests (what it holds is known to the server). */
function fitReadonly(field, readonly) {
  for (const input of field.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (input.matches("select, [type=checkbox]")) input.disabled = readonly;
    else input.readOnly = readonly;
  }
}

/** A default that follows other fields, in an input that nobody has typed into. */
function follow(field, offered, value, text) {
  const input = field.querySelector("select") ?? field.querySelector("textarea, input:not([type=hidden])");
  const holds = input?.type === "checkbox" ? String(input.checked) : input?.value;
  if (offered.value === value || holds !== offered.value) return;
  offered.value = value;
  if (input.type === "checkbox") input.checked = value === "true";
  else if (input.matches("select")) {
    if (value && ![...input.options].some((option) => option.value === value)) input.add(new Option(text, value));
    input.value = value;
    input.dispatchEvent(new CustomEvent("kehu:follow"));
  } else input.value = value;
}

/** One press, one record: the button rests while the form is on its way. Leaving with changes is asked about. */
function keep(form) {
  let changed = false;
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      setTimeout(() => {
        button.disabled = true;
      });
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    for (const button of form.querySelectorAll("button[disabled]")) button.disabled = false;
  });
}

/** A select over many records becomes a box that searches; the select stays and carries the value. */
class Pick {
  constructor(select) {
    this.select = select;
    this.box = document.createElement("input");
    this.box.type = "text";
    this.box.autocomplete = "off";
    this.box.id = select.id;
    select.removeAttribute("id");
    const list = document.createElement("ul");
    list.id = `${this.box.id}-list`;
    list.role = "listbox";
    list.hidden = true;
    this.list = list;
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"],
      ["aria-controls", list.id]]) this.box.setAttribute(name, value);
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (select.hasAttribute(name)) this.box.setAttribute(name, select.getAttribute(name));
    }
    this.box.required = select.required;
    this.box.readOnly = select.hasAttribute("readonly");
    this.box.placeholder = select.options[0].text;
    this.show();
    const frame = document.createElement("div");
    frame.className = "pick";
    select.before(frame);
    frame.append(this.box, list, select);
    select.hidden = true;
    select.required = false;
    this.listen();
  }

  show() {
    this.box.value = this.select.value ? this.select.selectedOptions[0].text : "";
  }

  listen() {
    let pending;
    this.select.addEventListener("kehu:follow", () => this.show());
    this.box.addEventListener("input", (event) => {
      event.stopPropagation();
      clearTimeout(pending);
      pending = setTimeout(() => this.ask(), wait);
    });
    this.box.addEventListener("focus", () => this.ask());
    this.box.addEventListener("blur", () => {
      clearTimeout(pending);
      if (!this.box.value) this.choose("", "");
      this.show();
      this.close();
    });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const row = event.target.closest("[role=option]");
      if (row) this.take(row);
    });
  }

  async ask() {
    const mine = this.asked = (this.asked ?? 0) + 1;
    const typed = this.select.value && this.box.value === this.select.selectedOptions[0].text ? "" : this.box.value;
    const address = new URL(this.select.dataset.pick, location.href);
    address.searchParams.set("q", typed);
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || document.activeElement !== this.box || this.box.readOnly) return;
    const found = await answer.json();
    if (mine === this.asked) this.fill(found);
  }

  fill(found) {
    const marked = this.list.querySelector("[aria-selected=true]")?.dataset.value;
    const rows = found.map((it, index) => {
      const row = document.createElement("li");
      row.role = "option";
      row.id = `${this.list.id}-${index}`;
      row.dataset.value = it.value;
      row.dataset.label = it.label;
      const note = document.createElement("span");
      note.className = "hush";
      note.textContent = it.note;
      row.append(it.label, note);
      return row;
    });
    if (!rows.length) {
      const none = document.createElement("li");
      none.className = "hush";
      none.textContent = this.select.dataset.none;
      rows.push(none);
    }
    this.list.replaceChildren(...rows);
    this.list.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
    const again = rows.findIndex((row) => row.dataset.value === marked);
    if (marked && again >= 0) this.mark(rows, again);
  }

  key(event) {
    const rows = [...this.list.querySelectorAll("[role=option]")];
    const at = rows.findIndex((row) => row.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && rows.length) {
      event.preventDefault();
      this.mark(rows, (at + step + rows.length) % rows.length);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault(); // while one chooses, Enter does not send the form
      if (at >= 0) this.take(rows[at]);
    } else if (event.key === "Escape") this.close();
  }

  mark(rows, at) {
    for (const [index, row] of rows.entries()) row.ariaSelected = String(index === at);
    rows[at].scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", rows[at].id);
  }

  take(row) {
    this.choose(row.dataset.value, row.dataset.label);
    this.show();
    this.close();
  }

  choose(value, label) {
    if (value === this.select.value) return;
    if (![...this.select.options].some((option) => option.value === value)) {
      this.select.add(new Option(label, value));
    }
    this.select.value = value;
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }
}

/** A file dropped anywhere on the panel is the file chosen. */
function drop(panel) {
  const over = (on) => (event) => {
    event.preventDefault();
    panel.classList.toggle("over", on);
  };
  panel.addEventListener("dragover", over(true));
  panel.addEventListener("dragleave", over(false));
  panel.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) panel.querySelector("[type=file]").files = event.dataTransfer.files;
  });
}

const known = new WeakSet();

/** Bring the forms in this part of the page to life. */
export function prepare(root) {
  for (const element of root.querySelectorAll("[data-form], [data-pick], [data-drop]")) {
    if (known.has(element)) continue;
    known.add(element);
    if (element.matches("[data-pick]")) new Pick(element);
    else if (element.matches("[data-drop]")) drop(element);
    else {
      keep(element);
      element.querySelector("[aria-invalid=true]")?.focus();
      if (element.dataset.live) live(element);
    }
  }
}
