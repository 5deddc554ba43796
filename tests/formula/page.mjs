// Reads a line of JSON, works its formula out with the page's script, writes a line of JSON.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { evaluate, read, write } = await import(pathToFileURL(process.argv[2]));
for await (const line of createInterface({ input: process.stdin })) {
  const { tree, row, kinds, kind, env } = JSON.parse(line);
  let answer;
  try {
    const values = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, read(kinds[name], value)]));
    answer = { value: write(kind, evaluate(tree, values, env)) };
  } catch (error) {
    answer = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
