// The parts of a long form as tabs. Without the script they stand one below the other, each under its heading.

/** Make tabs of the panels inside; arrow keys go from one to the next. */
class Tabs {
  constructor(box) {
    this.panels = [...box.querySelectorAll("[data-tab]")];
    this.list = document.createElement("div");
    this.list.className = "tabs";
    this.list.role = "tablist";
    this.buttons = this.panels.map((panel) => this.button(panel));
    this.list.append(...this.buttons);
    box.prepend(this.list);
    this.list.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("invalid", (event) => this.open(event.target.closest("[data-tab]")), true);
    const watch = new MutationObserver(() => this.fit());
    for (const panel of this.panels) {
      for (const section of panel.querySelectorAll("[data-section]")) {
        watch.observe(section, { attributes: true, attributeFilter: ["hidden"] });
      }
    }
    this.open(this.panels.find((panel) => panel.querySelector("[aria-invalid=true]")) ?? this.panels[0]);
    this.fit();
  }

  button(panel) {
    const heading = panel.querySelector("h2");
    const button = document.createElement("button");
    button.type = "button";
    button.role = "tab";
    button.id = `${panel.id}-tab`;
    button.textContent = heading.textContent;
    const wrong = panel.querySelectorAll("[aria-invalid=true]").length;
    if (wrong) {
      const count = document.createElement("span");
      count.className = "wrong-count";
      count.textContent = wrong;
      button.append(count);
    }
    button.setAttribute("aria-controls", panel.id);
    button.addEventListener("click", () => this.open(panel));
    heading.hidden = true;
    panel.role = "tabpanel";
    panel.setAttribute("aria-labelledby", button.id);
    return button;
  }

  open(panel) {
    for (const [index, each] of this.panels.entries()) {
      each.hidden = each !== panel;
      this.buttons[index].ariaSelected = String(each === panel);
      this.buttons[index].tabIndex = each === panel ? 0 : -1;
    }
  }

  /** A tab all of whose sections are hidden is hidden itself. */
  fit() {
    for (const [index, panel] of this.panels.entries()) {
      this.buttons[index].hidden = !panel.querySelector("[data-section]:not([hidden])");
      if (this.buttons[index].hidden && !panel.hidden) {
        this.open(this.panels.find((_, other) => !this.buttons[other].hidden) ?? this.panels[0]);
      }
    }
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const seen = this.buttons.filter((button) => !button.hidden);
    const next = seen[(seen.indexOf(document.activeElement) + step + seen.length) % seen.length];
    next.focus();
    next.click();
  }
}

const known = new WeakSet();

/** Bring the tabs in this part of the page to life. */
export function prepare(root) {
  for (const box of root.querySelectorAll("[data-tabs]")) {
    if (!known.has(box)) new Tabs(box);
    known.add(box);
  }
}
