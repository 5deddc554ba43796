// Records moved from day to day: dragged, or with Alt and the arrow keys. Beneath it is a plain form with a date.

import { explain } from "./board.js";

const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function days(date, by) {
  const day = new Date(`${date}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + by);
  return day.toISOString().slice(0, 10);
}

class Calendar {
  constructor(root) {
    this.root = root;
    for (const card of root.querySelectorAll("[data-place]")) card.draggable = true;
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("dragstart", (event) => this.start(event));
    root.addEventListener("dragover", (event) => this.over(event));
    root.addEventListener("dragend", () => this.mark(null));
    root.addEventListener("drop", (event) => this.drop(event));
  }

  key(event) {
    const card = event.target.closest("[data-place]");
    const step = steps[event.key];
    if (!card || !step || !event.altKey) return;
    event.preventDefault();
    this.place(card, days(card.dataset.date, step));
  }

  start(event) {
    this.held = event.target.closest?.("[data-place]");
    if (!this.held) return;
    event.dataTransfer.setData("text/plain", this.held.dataset.card);
    event.dataTransfer.effectAllowed = "move";
  }

  over(event) {
    const day = event.target.closest("[data-day]");
    if (!this.held || !day) return;
    event.preventDefault();
    this.mark(day);
  }

  mark(day) {
    for (const other of this.root.querySelectorAll(".over")) other.classList.remove("over");
    day?.classList.add("over");
  }

  drop(event) {
    const day = event.target.closest("[data-day]");
    this.mark(null);
    if (!this.held || !day) return;
    event.preventDefault();
    if (day.dataset.day !== this.held.dataset.date) this.place(this.held, day.dataset.day);
    this.held = null;
  }

  /** Ask for another day; then the calendar is drawn anew, as a day may now show other records. */
  async place(card, date) {
    if (card.classList.contains("busy")) return;
    card.classList.add("busy");
    const { token } = document.body.dataset;
    const body = new URLSearchParams({ token, date, field: card.dataset.fieldName, version: card.dataset.version });
    const headers = { Accept: "application/json", "X-Kehu-Token": token };
    const answer = await fetch(card.dataset.place, { method: "POST", body, headers })
      .then(async (response) => ({ ok: response.ok, ...(await response.json()) }))
      .catch(() => ({ ok: false, message: "" }));
    card.classList.remove("busy");
    if (!answer.ok) {
      card.classList.add("refused");
      setTimeout(() => card.classList.remove("refused"), 400);
      explain(answer);
      return;
    }
    await this.draw(card.dataset.card, date);
  }

  async draw(id, date) {
    const address = new URL(location.href);
    if (!this.root.querySelector(`[data-day="${date}"]`)) address.searchParams.set("on", date);
    const text = await fetch(address).then((response) => response.text()).catch(() => "");
    const page = new DOMParser().parseFromString(text, "text/html").querySelector("#page");
    if (!page) return;
    if (address.href !== location.href) history.pushState(null, "", address);
    document.querySelector("#page").replaceWith(page);
    document.dispatchEvent(new CustomEvent("htmx:after:swap"));
    page.querySelector(`[data-card="${CSS.escape(id)}"]`)?.focus();
  }
}

const known = new WeakSet();

/** Bring the calendars in this part of the page to life. */
export function prepare(root) {
  for (const calendar of root.querySelectorAll("[data-calendar]")) {
    if (!known.has(calendar)) new Calendar(calendar);
    known.add(calendar);
  }
}
