// Reads a JSON list of Mermaid texts from standard input and prints what Mermaid understood of
// each. Run where `npm install mermaid jsdom` was done.
import fs from 'fs';
import { createRequire } from 'module';
import { pathToFileURL } from 'url';

const require = createRequire(process.cwd() + '/');
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { JSDOM } = await load('jsdom');
globalThis.window = new JSDOM('<!DOCTYPE html><body></body>').window;
globalThis.document = globalThis.window.document;
const mermaid = (await load('mermaid')).default;
mermaid.initialize({ maxEdges: 100000, maxTextSize: 10000000 });

const shown = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(+code));
const answers = [];
for (const text of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  try {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    answers.push({
      labels: [...db.getVertices().values()].map((vertex) => shown(vertex.text)),
      edges: db.getEdges().length,
      groups: db.getSubGraphs().map((group) => shown(group.title)),
    });
  } catch (error) {
    answers.push({ error: String(error.message ?? error) });
  }
}
console.log(JSON.stringify(answers));
