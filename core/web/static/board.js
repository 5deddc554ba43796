// Moves from stage to stage: cards dragged or moved with Alt+arrows, and the steps of a record's path.
// Everything here has a plain form beneath it; a refused move goes back and says why.

import { vendor } from "./fetching.js";

/** POST a move. Gives {ok, …answer}; when the server cannot be reached, `message` is empty. */
async function move(url, to, version) {
  const body = new URLSearchParams({ token: document.body.dataset.token, to, version });
  const headers = { Accept: "application/json", "X-Kehu-Token": document.body.dataset.token };
  try {
    const answer = await fetch(url, { method: "POST", body, headers });
    return { ok: answer.ok, ...(await answer.json()) };
  } catch {
    return { ok: false, message: "", faults: [], action: null };
  }
}

/** Whether the board shows only what a search or filters leave: the answer to a move counts all cards. */
function narrowed() {
  return [...new URLSearchParams(location.search)].some(([name, value]) => value && (name === "q" || name.startsWith("f.")));
}

/** Show why a move was refused, with the way to mend it. */
export function explain({ message, faults = [], action = null }) {
  const dialog = document.querySelector("[data-refusal]");
  dialog.querySelector("[data-message]").textContent = message || dialog.dataset.failed;
  const more = faults
    .map((fault) => (fault.text === message && !fault.url ? { ...fault, text: fault.advice } : fault))
    .filter((fault) => fault.text || fault.why_url);
  const rows = more.map((fault) => {
    const row = document.createElement("li");
    row.className = fault.level;
    const text = document.createElement(fault.url ? "a" : "span");
    text.textContent = fault.text;
    if (fault.url) text.href = fault.url;
    row.append(text);
    if (fault.why_url) {
      const why = document.createElement("a");
      why.className = "why";
      why.href = fault.why_url;
      why.textContent = dialog.dataset.why;
      row.append(why);
    }
    return row;
  });
  dialog.querySelector("[data-faults]").replaceChildren(...rows);
  const link = dialog.querySelector("[data-action]");
  link.hidden = !action;
  if (action) {
    link.href = action.url;
    link.textContent = action.label;
  }
  dialog.showModal();
}

class Board {
  constructor(root) {
    this.root = root;
    this.lanes = [...root.querySelectorAll("[data-lane]")];
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("submit", (event) => this.submit(event));
    vendor("sortable.min.js").then((there) => {
      if (there) for (const lane of this.lanes) this.draggable(lane);
    });
  }

  draggable(lane) {
    this.root.classList.add("live");
    window.Sortable.create(lane.querySelector("[data-cards]"), {
      group: "cards",
      draggable: ".card",
      filter: ".menu",
      preventOnFilter: false,
      animation: 140,
      delay: 160,
      delayOnTouchOnly: true,
      onEnd: ({ item, from, to, oldDraggableIndex }) => {
        if (from !== to) this.moved(item, from, oldDraggableIndex);
      },
    });
  }

  /** A card now stands in another lane: ask for it, or put it back where it was. */
  async moved(card, from, index) {
    const lane = card.closest("[data-lane]");
    card.classList.add("busy");
    const answer = await move(card.dataset.move, lane.dataset.lane, card.dataset.version);
    card.classList.remove("busy");
    if (answer.ok) {
      card.dataset.version = answer.version;
      for (const field of card.querySelectorAll("[name=version]")) field.value = answer.version;
      if (narrowed()) this.shift(from.closest("[data-lane]"), lane);
      else this.count(answer.columns ?? []);
      return;
    }
    from.insertBefore(card, from.children[index] ?? null);
    card.classList.add("refused");
    card.addEventListener("animationend", () => card.classList.remove("refused"), { once: true });
    explain(answer);
  }

  count(columns) {
    for (const column of columns) {
      const lane = this.lanes.find((candidate) => candidate.dataset.lane === column.name);
      if (!lane) continue;
      lane.querySelector("[data-count]").textContent = column.count;
      lane.querySelector("[data-sum]").textContent = column.sum;
    }
  }

  /** One card fewer here and one more there; what the two add up to is not known until the page is read again. */
  shift(from, to) {
    for (const [lane, step] of [[from, -1], [to, 1]]) {
      const count = lane.querySelector("[data-count]");
      if (/^\d+$/.test(count.textContent)) count.textContent = Number(count.textContent) + step;
      lane.querySelector("[data-sum]").textContent = "";
    }
  }

  send(card, lane) {
    const from = card.parentElement;
    const index = [...from.children].indexOf(card);
    lane.querySelector("[data-cards]").prepend(card);
    card.focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    return this.moved(card, from, index);
  }

  key(event) {
    const card = event.target.closest("[data-card]");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!card || !step || !event.altKey) return;
    event.preventDefault();
    const lane = this.lanes[this.lanes.indexOf(card.closest("[data-lane]")) + step];
    if (lane) this.send(card, lane);
  }

  submit(event) {
    const card = event.target.closest("[data-card]");
    const lane = this.lanes.find((candidate) => candidate.dataset.lane === event.submitter?.value);
    if (!card || !lane) return;
    event.preventDefault();
    event.target.closest("details").open = false;
    this.send(card, lane);
  }
}

/** The path on a record's page: a step is asked for, and the page shown anew when it was taken. */
function walk(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await move(form.action, event.submitter.value, form.dataset.version);
    if (answer.ok) location.reload();
    else explain(answer);
  });
}

const known = new WeakSet();

/** Bring the boards and paths in this part of the page to life. */
export function prepare(root) {
  for (const element of root.querySelectorAll("[data-board], [data-path]")) {
    if (known.has(element)) continue;
    known.add(element);
    if (element.matches("[data-board]")) new Board(element);
    else {
      const here = element.querySelector(".current, .won, .lost");
      if (here) element.scrollLeft += here.getBoundingClientRect().left - element.getBoundingClientRect().left - 24;
      walk(element);
    }
  }
}
