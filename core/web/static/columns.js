// The widths of a list's columns: dragged at their edge, or with the arrow keys; kept in this browser for each view.

const narrowest = 60;
const widest = 800;

function key() {
  return `kehu.widths ${location.pathname} ${new URLSearchParams(location.search).get("view") ?? ""}`;
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(key())) ?? {};
  } catch {
    return {};
  }
}

function write(widths) {
  try {
    localStorage.setItem(key(), JSON.stringify(widths));
  } catch {
    // Then the widths last as long as the page.
  }
}

function set(heading, width) {
  const fit = `${Math.min(widest, Math.max(narrowest, Math.round(width)))}px`;
  Object.assign(heading.style, { width: fit, minWidth: fit, maxWidth: fit });
  const place = [...heading.parentElement.children].indexOf(heading) + 1;
  for (const cell of heading.closest("table").querySelectorAll(`tbody tr > :nth-child(${place})`)) cell.style.maxWidth = fit;
}

function keep(heading) {
  write({ ...read(), [heading.dataset.column]: Math.round(heading.getBoundingClientRect().width) });
}

/** An edge to pull: a separator that has the focus moves with the arrow keys. */
function edge(heading, label) {
  const handle = document.createElement("span");
  handle.className = "edge";
  handle.role = "separator";
  handle.tabIndex = 0;
  handle.ariaLabel = label;
  handle.setAttribute("aria-orientation", "vertical");
  const tell = () => handle.setAttribute("aria-valuenow", Math.round(heading.getBoundingClientRect().width));
  tell();
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const from = event.clientX;
    const was = heading.getBoundingClientRect().width;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (moved) => set(heading, was + moved.clientX - from);
    handle.onpointerup = () => {
      handle.onpointermove = null;
      keep(heading);
      tell();
    };
  });
  handle.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -20, ArrowRight: 20 }[event.key];
    if (!step) return;
    event.preventDefault();
    set(heading, heading.getBoundingClientRect().width + step);
    keep(heading);
    tell();
  });
  heading.append(handle);
}

const known = new WeakSet();

/** Give the columns in this part of the page their widths. */
export function prepare(root) {
  for (const table of root.querySelectorAll("[data-widths]")) {
    if (known.has(table)) continue;
    known.add(table);
    const widths = read();
    for (const heading of table.querySelectorAll("thead th[data-column]")) {
      const width = widths[heading.dataset.column];
      if (width) set(heading, width);
      edge(heading, heading.dataset.width);
    }
  }
}
