// Inputs that a script makes easier: line items, signatures, colours, regions. All of them work without it.

const pause = 200;

/** Line items: a row more when the last is filled, Enter goes down, cells copied in a spreadsheet fill the rows from there. */
class Lines {
  constructor(box) {
    this.box = box;
    this.body = box.querySelector("tbody");
    this.blank = this.body.lastElementChild?.cloneNode(true);
    if (!this.blank) return;
    for (const control of this.blank.querySelectorAll("input, select")) control.value = "";
    for (const output of this.blank.querySelectorAll("output")) output.textContent = "";
    const add = box.querySelector("[data-add]");
    add.hidden = false;
    add.addEventListener("click", () => this.add().querySelector("input, select")?.focus());
    this.body.addEventListener("input", (event) => {
      if (event.target.closest("tr") === this.body.lastElementChild) this.add();
    });
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("paste", (event) => this.paste(event));
    this.trim();
    this.form = box.closest("[data-live]");
    box.addEventListener("input", () => {
      clearTimeout(this.pending);
      this.pending = setTimeout(() => this.ask(), pause);
    });
  }

  /** Computed cells and totals come from the server, as everything else that a form only shows. */
  async ask() {
    if (!this.form) return;
    const mine = (this.asked = (this.asked ?? 0) + 1);
    const headers = { Accept: "application/json", "X-Kehu-Token": document.body.dataset.token };
    const answer = await fetch(this.form.dataset.live, { method: "POST", body: new FormData(this.form), headers }).catch(() => null);
    if (!answer?.ok || mine !== this.asked) return;
    const table = (await answer.json()).fields?.[this.box.dataset.lines]?.table;
    if (table) this.show(table);
  }

  /** One empty row is enough where more can be had. */
  trim() {
    const filled = (row) => [...row.querySelectorAll("input, select")].some((control) => control.value);
    while (this.body.rows.length > 1 && !filled(this.body.lastElementChild) && !filled(this.body.rows[this.body.rows.length - 2])) {
      this.body.lastElementChild.remove();
    }
  }

  add() {
    const row = this.blank.cloneNode(true);
    const number = this.body.rows.length;
    for (const control of row.querySelectorAll("[name]")) {
      const [name, , column] = control.name.split(".");
      control.name = `${name}.${number}.${column}`;
    }
    this.body.append(row);
    return row;
  }

  key(event) {
    if (event.key !== "Enter" || event.target.matches("textarea")) return;
    event.preventDefault(); // among line items Enter goes on to the next row; it does not send the form
    const cell = event.target.closest("td");
    const row = cell.parentElement.nextElementSibling ?? this.add();
    row.cells[cell.cellIndex].querySelector("input, select")?.focus();
  }

  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const start = event.target.closest("td");
    let row = start.parentElement;
    for (const line of text.replace(/\r/g, "").replace(/\n+$/, "").split("\n")) {
      const free = [...row.cells].slice(start.cellIndex).map((cell) => cell.querySelector("input, select")).filter(Boolean);
      line.split("\t").forEach((value, index) => free[index] && fill(free[index], value.trim()));
      row = row.nextElementSibling ?? this.add();
    }
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** What the server worked out: the computed cells of the rows that hold something, and the totals. */
  show({ rows, totals }) {
    const filled = [...this.body.rows].filter((row) => [...row.querySelectorAll("[name]")].some((control) => control.value));
    filled.forEach((row, index) => {
      for (const output of row.querySelectorAll("output")) output.textContent = rows[index]?.[output.dataset.column] ?? "";
    });
    for (const cell of this.box.querySelectorAll("[data-total]")) cell.textContent = totals[cell.dataset.total] ?? "";
  }
}

function fill(control, value) {
  if (!control.matches("select")) {
    control.value = control.type === "date" ? value.replace(/[/.年月]/g, "-").replace(/日/, "").replace(/\b(\d)\b/g, "0$1") : value;
    return;
  }
  const wanted = value.toLowerCase();
  const found = [...control.options].find((option) => [option.text, option.value].some((text) => text.toLowerCase() === wanted));
  if (found) control.value = found.value;
}

/** A signature is drawn with pen, finger or mouse; the lines go into the hidden input as an SVG path. */
function sign(box) {
  const svg = box.querySelector("svg");
  const [kept, typed] = box.querySelectorAll("input");
  const path = svg.querySelector("path");
  const clear = box.querySelector("[data-clear]");
  if (typed.readOnly) return;
  svg.hidden = clear.hidden = false;
  svg.removeAttribute("hidden");
  let drawing = false;
  const point = (event) => {
    const area = svg.getBoundingClientRect();
    const at = (value, size, most) => Math.round(Math.min(Math.max(value / size, 0), 1) * most);
    return `${at(event.clientX - area.left, area.width, 600)},${at(event.clientY - area.top, area.height, 200)}`;
  };
  const set = (lines) => {
    kept.value = lines;
    path.setAttribute("d", lines);
  };
  svg.addEventListener("pointerdown", (event) => {
    drawing = true;
    svg.setPointerCapture(event.pointerId);
    typed.value = "";
    set(`${kept.value}${kept.value ? " " : ""}M${point(event)}`);
  });
  svg.addEventListener("pointermove", (event) => {
    if (drawing && kept.value.length < 39000) set(`${kept.value} ${point(event)}`);
  });
  const end = () => {
    if (drawing) kept.dispatchEvent(new Event("input", { bubbles: true }));
    drawing = false;
  };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
  clear.addEventListener("click", () => {
    typed.value = "";
    set("");
    kept.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** The colour picker and the text beside it say the same. */
function colour(picker) {
  const text = picker.nextElementSibling;
  picker.addEventListener("input", () => {
    text.value = picker.value;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  text.addEventListener("change", () => {
    if (/^#[0-9a-f]{6}$/i.test(text.value)) picker.value = text.value;
  });
}

/** Names of places, as they are typed. */
function regions(input) {
  let pending;
  input.addEventListener("input", () => {
    clearTimeout(pending);
    pending = setTimeout(async () => {
      const address = new URL(input.dataset.regions, location.href);
      address.searchParams.set("q", input.value);
      const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
      if (answer?.ok) input.list.replaceChildren(...(await answer.json()).map((name) => new Option(name, name)));
    }, pause);
  });
}

/** Bring the widgets in this part of the page to life; more than once does no harm. */
export function prepare(root) {
  const makers = { "[data-lines]": (box) => new Lines(box), "[data-signature]": sign, "[data-colour]": colour, "[data-regions]": regions };
  for (const [selector, make] of Object.entries(makers)) {
    for (const element of root.querySelectorAll(selector)) {
      if (element.dataset.alive) continue;
      element.dataset.alive = "yes";
      make(element);
    }
  }
}
