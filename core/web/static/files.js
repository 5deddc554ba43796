// Files go up as they are chosen or dropped, with how far they are; without this they go with the form.

/** Send one file to `url`. Gives what the server tells of it; throws an Error with words for people. */
function send(url, file, failed, tell) {
  return new Promise((done, refused) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Kehu-Token", document.body.dataset.token);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => tell(event.lengthComputable ? event.loaded / event.total : 0));
    request.addEventListener("load", () => {
      if (request.status === 201) done(request.response);
      else refused(new Error(request.response?.message ?? failed));
    });
    request.addEventListener("error", () => refused(new Error(failed)));
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
}

/** A place that files are put: its input, how far they are, what went wrong. */
class Place {
  constructor(box, area, url) {
    this.box = box;
    this.url = url;
    this.input = box.querySelector("[type=file]");
    this.bar = box.querySelector("progress");
    this.alert = box.querySelector("[role=alert]");
    this.under = 0;
    box.querySelector(".drop-hint").hidden = false;
    this.input.addEventListener("change", (event) => {
      event.stopPropagation();
      const files = [...this.input.files];
      this.input.value = "";
      this.take(files);
    });
    const over = (on) => (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      area.classList.toggle("over", on);
    };
    area.addEventListener("dragover", over(true));
    area.addEventListener("dragleave", over(false));
    area.addEventListener("drop", (event) => {
      over(false)(event);
      if (!this.input.disabled) this.take([...event.dataTransfer.files]);
    });
  }

  async take(files) {
    this.alert.hidden = true;
    for (const file of this.input.multiple ? files : files.slice(0, 1)) {
      this.under += 1;
      this.bar.value = 0;
      this.bar.hidden = false;
      try {
        this.got(await send(this.url, file, this.box.dataset.failed, (share) => { this.bar.value = share; }));
      } catch (error) {
        this.alert.textContent = error.message;
        this.alert.hidden = false;
      }
      this.under -= 1;
      this.bar.hidden = this.under === 0;
    }
    this.done();
  }

  done() {}
}

/** A field of a form: what was sent stands there as a ticked box, and the form carries its id. */
class Field extends Place {
  constructor(box) {
    super(box, box.closest("[data-field]"), box.dataset.files);
    const form = box.closest("form");
    form.addEventListener("submit", (event) => {
      if (!this.under) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // it is sent again once the files are there
      this.waiting = event.submitter;
    }, { capture: true });
    this.form = form;
  }

  got(file) {
    if (!this.input.multiple) {
      for (const old of this.box.querySelectorAll("[type=checkbox]")) old.checked = false;
    }
    const row = document.createElement("label");
    const tick = Object.assign(document.createElement("input"), {
      type: "checkbox", name: this.input.name, value: file.id, checked: true,
    });
    const link = Object.assign(document.createElement("a"), { href: file.url, download: "", textContent: file.name });
    const size = Object.assign(document.createElement("span"), { className: "hush", textContent: file.size });
    row.append(tick, link, " ", size);
    this.box.querySelector(".choose").before(row);
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  done() {
    if (!this.waiting || this.under) return;
    const button = this.waiting;
    this.waiting = null;
    if (this.alert.hidden) this.form.requestSubmit(button);
  }
}

/** The timeline: what is dropped anywhere on it hangs there. */
class Timeline extends Place {
  constructor(form) {
    super(form, form.closest(".timeline"), form.action);
    form.querySelector("button").hidden = true;
  }

  got() {
    this.any = true;
  }

  done() {
    if (this.any && this.alert.hidden) location.reload();
  }
}

const known = new WeakSet();

/** Bring the places for files in this part of the page to life. */
export function prepare(root) {
  for (const element of root.querySelectorAll("[data-files], [data-attach]")) {
    if (known.has(element)) continue;
    known.add(element);
    if (element.matches("[data-files]")) new Field(element);
    else new Timeline(element);
  }
}
