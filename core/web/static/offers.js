// Links that offer only what fits the rest of the form: chosen anew when the rest changes.

async function ask(form) {
  const mine = form.asking = (form.asking ?? 0) + 1;
  const answer = await fetch(form.dataset.offers, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok || mine !== form.asking) return; // the page goes on as it is; sending it is checked in full
  for (const [name, offer] of Object.entries(await answer.json())) {
    const select = form.querySelector(`select[name="${CSS.escape(name)}"]`);
    if (select) fit(select, offer);
  }
}

function fit(select, { options, pick, keeps }) {
  const held = keeps ? select.value : "";
  const shown = held ? select.selectedOptions[0].text : "";
  const none = select.options[0];
  select.replaceChildren(none, ...options.map((it) => new Option(it.label, it.value)));
  if (held && ![...select.options].some((option) => option.value === held)) select.add(new Option(shown, held));
  select.value = held;
  if ("pick" in select.dataset && pick) select.dataset.pick = pick;
  select.dispatchEvent(new CustomEvent("kehu:follow"));
}

const known = new WeakSet();

/** Watch the forms in this part of the page. */
export function prepare(root) {
  for (const form of root.querySelectorAll("[data-offers]")) {
    if (known.has(form)) continue;
    known.add(form);
    form.addEventListener("input", (event) => {
      if (event.target.matches("select, [type=checkbox], [type=radio]")) ask(form);
    });
  }
}
