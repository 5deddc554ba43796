// Reads a line of JSON (a form's rules and what stands in its inputs), follows the rules, writes a line of JSON.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

globalThis.CSS = { escape: (text) => text };
const { Rules } = await import(pathToFileURL(process.argv[2]));

/** As much of a form's page as the rules look at. */
function formOf({ inputs, hidden, sectionOf, closed }) {
  const named = (selector) => /data-field="([^"]+)"/.exec(selector)[1];
  return {
    querySelectorAll: (selector) => inputs[named(selector)] ?? [],
    querySelector: (selector) => {
      const name = named(selector);
      const section = sectionOf[name];
      return { hidden: hidden.includes(name), closest: () => ({ dataset: { section }, hidden: closed.includes(section) }) };
    },
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const rules = new Rules(asked.rules);
  const answer = { state: rules.state(formOf(asked)), asks: asked.changed.some((name) => rules.asks(name)) };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
