/* drive.mjs: drives pages that replay runs in a headless Chromium.
 *
 *     node drive.mjs PAGE.html RUN.json …      each page against its run
 *     node drive.mjs --hostile PAGE.html       a page made of hostile texts
 *
 * What is read is what the page shows (the table's rows, the sentence, the
 * clock), after real key presses; it is held against `run --format json` as
 * agree.mjs does with the model. */
import {readFileSync, writeFileSync} from "node:fs";
import {resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {expect, expectStates} from "./agree.mjs";
import {openBrowser} from "./browser.mjs";

/* What one sees. */
const SEEN = `({
  step: Number(document.documentElement.dataset.step), t: Number(document.getElementById("clock").textContent.replace(/[^0-9]/g, "")),
  states: Object.fromEntries([...document.querySelectorAll("tbody tr")].map((r) =>
    [r.querySelector(".named > span").textContent, r.dataset.state])),
  why: document.getElementById("why").textContent, tokens: document.querySelectorAll("#diagram .mark").length +
    [...document.querySelectorAll("#diagram .more")].reduce((n, m) => n + Number(m.textContent), 0),
  here: [...document.querySelectorAll(".listing .here code")].map((c) => c.textContent)
})`;

async function walk(b, key, from, to) {
  const seen = [await b.ask(SEEN)];
  while (seen[seen.length - 1].step !== to) {
    const before = seen[seen.length - 1].step;
    await b.press(key);
    seen.push(await b.ask(SEEN));
    expect(`after ${key} at step ${before}`, seen[seen.length - 1].step, before + Math.sign(to - from));
  }
  return seen;
}

/* Forwards with →, backwards with ←; the run is what is seen, both ways. */
async function bothWays(b, json) {
  const last = await b.ask("model.last");
  await b.press("Home");
  const forward = await walk(b, "ArrowRight", 0, last);
  const back = (await walk(b, "ArrowLeft", last, 0)).reverse();
  forward.forEach((m, i) => expect(`step ${i} on the way back`, back[i], m));
  expectStates(forward, json);
  forward.forEach((m, i) => {
    if (!m.why) throw new Error(`step ${i} has no sentence`);
    expect(`step ${i}, tokens`, m.tokens, Object.keys(m.states).length);
  });
  return forward;
}

async function keys(b, json, forward) {
  const last = forward.length - 1, at = async () => (await b.ask(SEEN)).step;
  const is = async (what, expression, wanted) => expect(what, await b.ask(expression), wanted);
  await b.press("End");
  expect("End", await at(), last);
  await b.press("Home");
  expect("Home", await at(), 0);
  await b.press("ArrowRight");
  await b.press("1");
  await is("1 selects", "view.selected", 0);
  await b.press("1");
  await is("1 again selects nobody", "view.selected", -1);
  await b.press("Tab");
  await is("Tab selects the first process", "view.selected", 0);
  await b.press("Shift+ArrowRight");
  await is("Shift+→ goes to a step of that process", "run.steps[view.step].w.includes(0)", true);
  const own = await at();
  await b.press("Shift+ArrowRight");
  await b.press("Shift+ArrowLeft");
  expect("Shift+← comes back", await at(), own);
  await b.press("g");
  for (const c of `${Math.floor(json.end / 2)}`) await b.press(c);
  await b.press("l");
  await is("typing fires no command", "document.documentElement.lang", "en");
  await b.press("Enter");
  await is("G goes to a time", "view.t", Math.floor(json.end / 2));
  await is("and shows its last step", "view.step", forward.filter((m) => m.t <= Math.floor(json.end / 2)).length - 1);
  const english = (await b.ask(SEEN)).why;
  await b.press("l");
  await is("L", "document.documentElement.lang", "zh");
  if (!/[\u4e00-\u9fff]/.test((await b.ask(SEEN)).why)) throw new Error("L leaves the sentence in English");
  await b.press("l");
  expect("L twice", (await b.ask(SEEN)).why, english);
  await b.press("t");
  await is("T", "document.documentElement.dataset.theme", "dark");
  await b.press("F9");
  await is("F9", "document.documentElement.dataset.theme", "projector");
  await b.press("F9");
  await b.press("t");
  await is("T again", "document.documentElement.dataset.theme", "contrast");
  await b.press("t");
  await is("T back", "document.documentElement.dataset.theme", "light");
  await b.press("?");
  await is("? opens the help", "document.getElementById('help').open", true);
  await b.press("ArrowRight");
  await b.press("Escape");
  await is("Esc closes it", "document.getElementById('help').open", false);
  await b.press("F1");
  await is("F1 opens the help", "document.getElementById('help').open", true);
  await b.press("Escape");
  await is("its keys", "run.keys.every((k) => document.getElementById('help').textContent.includes(k[1]))", true);
  await b.press("Home");
  const speed = await b.ask("view.speed");
  for (let i = 0; i < 12; i++) await b.press("+");
  await b.press("-");
  if ((await b.ask("view.speed")) <= speed) throw new Error("+ is not faster");
  await b.press(" ");
  for (let i = 0; i < 200 && (await at()) < last; i++) await new Promise((done) => setTimeout(done, 25));
  expect("Space plays to the end", await at(), last);
  await is("and stops there", "view.playing", false);
}

/* Nothing but the page itself was asked for, and nothing complained. */
function quiet(b, url) {
  const asked = b.heard.filter((m) => m.method === "Network.requestWillBeSent").map((m) => m.params.request.url);
  expect("what was loaded", asked.filter((u) => u.split("#")[0] !== url), []);
  const said = b.heard.filter((m) => m.method === "Runtime.exceptionThrown" || m.method === "Log.entryAdded");
  expect("what was complained of", said.map((m) => m.params), []);
}

/* What a browser must refuse, should a text ever become a script. */
async function walls(b) {
  const run = `(() => { const s = document.createElement("script"); s.textContent = "window.hacked = 2"; document.body.append(s); return window.hacked; })()`;
  expect("a script of somebody else", await b.ask(run), undefined);
  expect("the network", await b.ask(`fetch("http://127.0.0.1:9/").then(() => "open", () => "shut")`), "shut");
  const image = `new Promise((done) => { const i = new Image(); i.onload = () => done("open"); i.onerror = () => done("shut"); i.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw="; })`;
  expect("an image", await b.ask(image), "shut");
}

async function hostile(b, page) {
  const url = pathToFileURL(resolve(page)).href;
  await b.open(url);
  expect("hostile text is text", await b.ask("window.hacked"), undefined);
  const last = await b.ask("model.last");
  for (let i = 0; i < last; i++) await b.press("ArrowRight");
  expect("after all steps", await b.ask("window.hacked"), undefined);
  if (!(await b.ask("document.title")).includes("</script>")) throw new Error("the title is not what the file says");
  if (!(await b.ask("document.getElementById('notes').textContent")).includes("<img")) throw new Error("the notes are not what the file says");
  quiet(b, url);
  await walls(b);
  console.log(`${page}: text stays text`);
}

async function drive(b, page, run, full) {
  const url = pathToFileURL(resolve(page)).href, json = JSON.parse(readFileSync(run, "utf8"));
  await b.open(url);
  const forward = await bothWays(b, json);
  await b.press("Home");
  for (let i = 0; i < forward.length * 0.6; i++) await b.press("ArrowRight");
  writeFileSync(page.replace(/html$/, "png"), await b.picture());
  if (full) await keys(b, json, forward);
  quiet(b, url);
  console.log(`${page}: ${forward.length} steps seen both ways${full ? ", all keys" : ""}`);
}

const files = process.argv.slice(2), b = await openBrowser();
let failed = 0;
for (let i = 0; i < files.length; i += 2) {
  try {
    if (files[i] === "--hostile") await hostile(b, files[i + 1]);
    else await drive(b, files[i], files[i + 1], i === 0 || process.env.ALL_KEYS);
  } catch (e) {
    console.error(`${files[i]}: ${e.message}`);
    failed++;
  }
}
await b.close();
process.exit(failed ? 1 : 0);
