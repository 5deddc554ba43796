// The search box shows what it finds while one types: up and down choose, Enter opens. Without it the box leads to a page.

const pause = 120;

/** Make the search box of the frame look things up. */
export function prepare() {
  const input = document.querySelector("[data-find] input");
  if (!input || input.role === "combobox") return;
  const sheet = document.createElement("div");
  sheet.className = "sheet found";
  sheet.id = "found";
  sheet.role = "listbox";
  sheet.ariaLabel = input.ariaLabel;
  sheet.hidden = true;
  input.form.append(sheet);
  input.role = "combobox";
  input.ariaAutoComplete = "list";
  input.ariaExpanded = "false";
  input.setAttribute("aria-controls", sheet.id);

  let timer;
  let asked;
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(look, pause);
  });
  input.addEventListener("compositionend", look);
  input.addEventListener("focus", () => show(sheet.childElementCount > 0));
  input.form.addEventListener("focusout", (event) => {
    if (!input.form.contains(event.relatedTarget)) show(false);
  });
  input.addEventListener("keydown", choose);

  function show(open) {
    sheet.hidden = !open;
    input.ariaExpanded = String(open);
    if (!open) mark(null);
  }

  function mark(option) {
    sheet.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  async function look() {
    asked?.abort();
    const query = input.value.trim();
    if (!query) {
      sheet.replaceChildren();
      show(false);
      return;
    }
    asked = new AbortController();
    try {
      const answer = await fetch(`${input.form.action}?${new URLSearchParams({ q: query })}`, { signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      fill(page);
      show(document.activeElement === input);
    } catch {
      // Asked anew meanwhile, or out of reach: Enter still leads to the page.
    }
  }

  function fill(page) {
    const groups = [...page.querySelectorAll(".search-page .panel")].map((panel) => {
      const group = document.createElement("div");
      group.role = "group";
      group.ariaLabel = panel.querySelector("h2").textContent;
      const links = [...panel.querySelectorAll(".hits a")];
      for (const link of links) {
        link.role = "option";
        link.ariaSelected = "false";
        link.tabIndex = -1;
      }
      group.append(...links);
      return group;
    });
    const nothing = page.querySelector(".search-page .nothing-here");
    if (nothing) {
      nothing.role = "option";
      nothing.ariaDisabled = "true";
      groups.push(nothing);
    }
    sheet.replaceChildren(...groups);
    options().forEach((option, number) => (option.id = `found-${number}`));
  }

  function options() {
    return [...sheet.querySelectorAll("a[role=option]")];
  }

  function choose(event) {
    const all = options();
    if (sheet.hidden || event.isComposing) return;
    const now = all.findIndex((option) => option.ariaSelected === "true");
    if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && now >= 0) all[now].click();
    else if (event.key === "ArrowDown") mark(all[(now + 1) % all.length]);
    else if (event.key === "ArrowUp") mark(all[(now <= 0 ? all.length : now) - 1]);
    else return;
    event.preventDefault();
  }
}
