// What every page has: menus that close, keys, the rail, rows that open. The rest is loaded where a page needs it.

const editable = "input, textarea, select, [contenteditable]";

/** Close every open menu except the ones around `inside`. */
function closeMenus(inside) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(inside)) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  if (event.target.closest("[data-close]")) event.target.closest(".flash")?.remove();
  openRow(event);
});

/** A click anywhere on a table's row opens its record, unless it was on a link or text is being selected. */
function openRow(event) {
  const row = event.target.closest("tr[data-url]");
  if (!row || event.target.closest("a, button, input, label") || String(getSelection())) return;
  const link = row.querySelector("th a");
  if (event.metaKey || event.ctrlKey) window.open(link.href);
  else link.click();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    closeMenus(null);
    menu?.querySelector("summary").focus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(editable)) return;
  const menu = document.querySelector(`[data-menu="${CSS.escape(event.key)}"]`);
  const target = menu ?? document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (menu) {
    menu.open = true;
    menu.querySelector(".sheet a")?.focus();
  } else if (target.matches("a")) target.click();
  else target.select();
});

const fold = document.querySelector("[data-fold]");
if (fold) {
  fold.hidden = false;
  fold.addEventListener("click", () => {
    const slim = document.documentElement.classList.toggle("slim");
    try {
      localStorage.setItem("kehu.rail", slim ? "slim" : "wide");
    } catch {
      // Then it is forgotten with the page.
    }
  });
}

/** A second value is asked for only where the condition takes two. */
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-operator]")) fitOperator(event.target);
});

function fitOperator(select) {
  const form = select.form;
  const second = form.querySelector("[data-second]");
  if (second) {
    second.hidden = select.value !== "between";
    second.disabled = second.hidden;
  }
  const none = ["empty", "not_empty"].includes(select.value);
  for (const input of form.querySelectorAll("[name=value]:not([data-second]), .options")) {
    input.hidden = none;
    if ("disabled" in input) input.disabled = none;
  }
}

/** Load what this part of the page needs; called again when a part of the page was swapped. */
function prepare(root) {
  for (const select of root.querySelectorAll("[data-operator]")) fitOperator(select);
  const rooms = {
    "[data-find]": "./find.js",
    "[data-board], [data-path]": "./board.js",
    "[data-form], [data-drop]": "./form.js",
    "[data-files], [data-attach]": "./files.js",
    "[data-lines], [data-signature], [data-colour], [data-regions]": "./widgets.js",
    "[data-tabs]": "./tabs.js",
    "[data-offers]": "./offers.js",
    "[data-draft]": "./draft.js",
    "[data-calendar]": "./calendar.js",
    "[data-widths]": "./columns.js",
    "[data-chart]": "./charts.js",
  };
  for (const [selector, module] of Object.entries(rooms)) {
    if (root.querySelector(selector)) import(module).then((room) => room.prepare(root));
  }
}

/** A form that was saved needs its draft no more; most pages never had one. */
try {
  if (Object.keys(localStorage).some((name) => name.startsWith("kehu.draft "))) {
    import("./draft.js").then((room) => room.tidy());
  }
} catch {
  // A browser that keeps nothing has no drafts.
}

document.addEventListener("htmx:after:swap", () => prepare(document));
prepare(document);
