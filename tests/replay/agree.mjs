/* agree.mjs: holds a page that replays a run against `run --format json`.
 *
 *     node agree.mjs PAGE.html RUN.json
 *
 * The page's own model is evaluated, without a browser, and asked for every
 * step, forwards, backwards and in leaps. The run's events are another way to
 * say the same, written by other code; what they say of states, calls, CPUs,
 * times, messages and semaphores must be what the page shows. drive.mjs does
 * the same with what a browser shows. */
import {readFileSync} from "node:fs";
import {isDeepStrictEqual} from "node:util";
import vm from "node:vm";

/* The text of the script element of that id. */
function scriptOf(html, id) {
  const found = html.match(new RegExp(`<script[^>]* id="${id}">([^]*?)</script>`));
  if (!found) throw new Error(`the page has no script ${id}`);
  return found[1];
}

export function readPage(path) {
  const html = readFileSync(path, "utf8"), context = vm.createContext({});
  vm.runInContext(scriptOf(html, "code-model"), context);
  context.data = scriptOf(html, "run");
  return vm.runInContext("({model: Model(JSON.parse(data)), spent, readyLine})", context);
}

/* Whoever compares says what with what; the first difference is the end. */
export function expect(what, got, wanted) {
  const plain = (x) => (x === undefined ? undefined : JSON.parse(JSON.stringify(x)));
  if (isDeepStrictEqual(plain(got), plain(wanted))) return;
  throw new Error(`${what}: the page has ${JSON.stringify(got)}, the run ${JSON.stringify(wanted)}`);
}

/* Per process: [time, state] each time that it changes. */
export function statesOfRun(json) {
  const all = {};
  for (const p of json.processes) all[p.name] = [];
  for (const e of json.events) {
    if (e.event === "create") all[e.process].push([e.t, "new"]);
    if (e.event === "state") all[e.process].push([e.t, e.to]);
  }
  return all;
}

/* The same from what is shown at each step: a list of {t, states: {name: …}}.
 * Of a process that changes twice at one step only the second is seen. */
export function statesShown(shown) {
  const all = {};
  for (const {t, states} of shown)
    for (const name in states) {
      const list = (all[name] = all[name] || []);
      if (!list.length || list[list.length - 1][1] !== states[name]) list.push([t, states[name]]);
    }
  return all;
}

/* Every state the page shows is one the run had then, in the same order; and
 * of every instant the last one is shown. */
export function expectStates(shown, json) {
  const page = statesShown(shown), run = statesOfRun(json);
  expect("the processes", Object.keys(page).sort(), Object.keys(run).sort());
  for (const name in run) {
    let at = 0;
    for (const s of page[name]) {
      while (at < run[name].length && !isDeepStrictEqual(run[name][at], s)) at++;
      if (at++ >= run[name].length) throw new Error(`${name} is never ${s[1]} at t = ${s[0]}`);
    }
    const last = (list) => Object.fromEntries(list);
    expect(`${name}, the last state of each instant`, last(page[name]), last(run[name].filter(
      (s, i, all) => i === 0 || s[1] !== all[i - 1][1])));
  }
}

function momentOf(page, i) {
  const {model} = page, moment = model.at(i), states = {};
  model.run.procs.forEach((p, k) => {
    const value = moment.get("p" + k);
    if (value) states[p.name] = model.run.states[value.s][0];
  });
  return {t: model.run.steps[i].t, states, all: Object.fromEntries(moment)};
}

/* Forwards step by step, backwards the same way, and in leaps. */
function walk(page) {
  const {model} = page, forward = [];
  for (let i = 0; ; i = model.next(i, 1, -1)) {
    forward.push(momentOf(page, i));
    if (i === model.last) break;
  }
  expect("steps", forward.length, model.last + 1);
  for (let i = model.last; ; i = model.next(i, -1, -1)) {
    expect(`step ${i} on the way back`, momentOf(page, i), forward[i]);
    if (i === 0) break;
  }
  for (let i = 7 % forward.length, n = 0; n < 50; n++, i = (i * 31 + 17) % forward.length)
    expect(`step ${i} in a leap`, momentOf(page, i), forward[i]);
  return forward;
}

function expectCalls({model}, json) {
  const page = model.run.steps.flatMap((s) => (s.r || []).map((r) =>
    [s.t, model.run.procs[r[0]].name, r[2], r[3]]));
  expect("the calls", page, json.events.filter((e) => e.event === "op")
    .map((e) => [e.t, e.process, e.ret, e.errno || ""]));
}

/* Who is on which CPU at every tick. */
function expectCpus({model}, json) {
  const end = Math.min(json.end, 5000);
  const who = Array.from({length: json.cpus}, () => Array(end).fill("-"));
  for (const g of json.gantt) who[g.cpu].fill(g.process, g.start, Math.min(g.end, end));
  for (let t = 0; t < end; t++) {
    const moment = model.at(model.before(t));
    const seen = who.map((_, c) => moment.get("c" + c)).map((c) => (c.proc < 0 ? "-" : model.run.procs[c.proc].name));
    expect(`the CPUs at t = ${t}`, seen, who.map((list) => list[t]));
  }
}

function expectTimes({model, spent}, json) {
  const moment = model.at(model.last), t = json.end;
  json.processes.forEach((p, i) => {
    const v = moment.get("p" + i);
    expect(`${p.name} at the end`, [spent(v, 1, t), spent(v, 2, t), spent(v, 3, t), spent(v, 5, t) + spent(v, 6, t)],
           [p.waiting, p.cpu, p.blocked, p.suspended]);
    if (p.exit) expect(`${p.name}, how it ended`, v.end, String(p.exit.signal || p.exit.code));
  });
}

/* Who stands in the ready queues is who is ready, but for those to whom a CPU
 * switches: they are on their way. */
function expectQueues({model, readyLine}, forward) {
  forward.forEach((m, i) => {
    const of = (kind) => Object.keys(m.all).filter((k) => k[0] === kind).map((k) => m.all[k]);
    const line = [...of("q").flatMap(readyLine), ...of("c").filter((c) => c.next !== undefined).map((c) => c.next)];
    const ready = model.run.procs.map((p, k) => k).filter((k) => m.all["p" + k] && m.all["p" + k].s === 1);
    expect(`step ${i}, who is ready`, line.slice().sort((a, b) => a - b), ready);
  });
}

function bytesOf(data) {
  return data.startsWith("hex:") ? [...Buffer.from(data.slice(4), "hex")] : [...Buffer.from(data)];
}

/* What calls said of objects is what the page showed of them. */
function expectObjects({model}, json, forward) {
  const ops = json.events.filter((e) => e.event === "op");
  let n = 0, checked = 0;
  model.run.steps.forEach((step, i) => {
    for (let k = 0; k < (step.r || []).length; k++) {
      const e = ops[n++], now = forward[i].all, before = forward[Math.max(0, i - 1)].all;
      const mine = (kind, all) => Object.keys(all).filter((key) => key[0] === kind).map((key) => all[key])
        .filter((o) => o.n === (e.object || "").replace(/\[\d\]$/, "") && !o.gone);
      if (e.op === "msgctl" && e.out && e.out.qnum !== undefined && mine("m", now).length === 1) {
        expect(`t = ${e.t}, IPC_STAT`, [mine("m", now)[0].count, mine("m", now)[0].bytes], [e.out.qnum, e.out.cbytes]);
        checked++;
      }
      if (e.op === "shmctl" && e.out && e.out.nattch !== undefined && mine("s", now).length === 1) {
        expect(`t = ${e.t}, nattch`, mine("s", now)[0].nattch, e.out.nattch);
        checked++;
      }
      if (e.op === "semctl" && Array.isArray(e.out) && mine("e", now).length === 1) {
        expect(`t = ${e.t}, GETALL`, mine("e", now)[0].sems.map((s) => s.v), e.out);
        checked++;
      }
      const pipes = e.op === "read" && e.ret > 0 ? mine("f", before) : [];
      if (pipes.length === 1 && pipes[0].cells) {
        const data = bytesOf(e.data || "");
        if (pipes[0].cells.length >= data.length && step.r.length === 1) {
          expect(`t = ${e.t}, what was read`, pipes[0].cells.slice(0, data.length), data);
          checked++;
        }
      }
    }
  });
  return checked;
}

export function agree(pagePath, jsonPath) {
  const page = readPage(pagePath), json = JSON.parse(readFileSync(jsonPath, "utf8"));
  const forward = walk(page);
  expectStates(forward, json);
  expectCalls(page, json);
  expectCpus(page, json);
  expectTimes(page, json);
  expectQueues(page, forward);
  for (const step of page.model.run.steps)
    if (step.s.length !== 2 || step.s.some((text) => !text)) throw new Error(`t = ${step.t}: a sentence is missing`);
  return {steps: forward.length, objects: expectObjects(page, json, forward)};
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split("/").pop())) {
  try {
    const {steps, objects} = agree(process.argv[2], process.argv[3]);
    console.log(`${process.argv[2]}: ${steps} steps agree, ${objects} looks into objects`);
  } catch (e) {
    console.error(`${process.argv[2]}: ${e.message}`);
    process.exit(1);
  }
}
