/* panels.js: CPUs and ready queue, programs, process table, and the sentence
 * that says why. */
"use strict";

function processAt(proc) {
  return view.moment.get("p" + proc);
}

/* ---- CPUs ---- */

/* How much of the slice is left, 0 … 1. */
function leftOf(cpu) {
  if (cpu.next !== undefined) return (cpu.switched - view.t) / Math.max(1, cpu.switched - cpu.since);
  if (cpu.proc < 0) return 0;
  return cpu.length ? Math.max(0, (cpu.end - view.t) / cpu.length) : 1;
}

function ring(cpu) {
  const who = cpu.next !== undefined ? cpu.next : cpu.proc, round = 2 * Math.PI * 32;
  return draw("svg", {class: "ring", viewBox: "0 0 80 80", "aria-hidden": "true"},
    draw("circle", {class: "track", cx: 40, cy: 40, r: 32}),
    draw("circle", {class: cpu.next === undefined ? "left" : "left switching", cx: 40, cy: 40, r: 32,
                    transform: "rotate(-90 40 40)", "stroke-dasharray": `${round * Math.min(1, leftOf(cpu))} ${round}`}),
    who < 0 ? "" : [draw("circle", {cx: 40, cy: 40, r: 19, look: {fill: look(who, "fill")}}),
      draw("text", {x: 40, y: 46, "text-anchor": "middle", look: {fill: look(who, "on")}}, initial(who))]);
}

function cpuWords(cpu, i) {
  if (cpu.next !== undefined)
    return [make("b", {}, say("cpu_switches", i, nameOf(cpu.next))), make("span", {class: "muted"}, say("cpu_switch_until", cpu.switched))];
  if (cpu.proc < 0) return [make("b", {}, say("cpu_idle", i))];
  const p = processAt(cpu.proc);
  return [make("b", {}, say("cpu_runs", i, nameOf(cpu.proc))), make("code", {}, statementOf(cpu.proc, p)),
    make("span", {class: "muted"}, cpu.length ? say("cpu_slice", cpu.end - view.t, cpu.length) : say("cpu_no_slice"))];
}

function showCpus(moment) {
  const cpus = ofKind(moment, "c"), queues = ofKind(moment, "q").map(readyLine);
  put("cpus", make("div", {class: "cpus"}, cpus.map((cpu, i) =>
      make("div", {class: "cpu"}, ring(cpu), make("div", {class: "words"}, cpuWords(cpu, i))))),
    queues.map((queue) => make("p", {class: "queue"},
      queue.length ? [make("span", {class: "muted"}, say("ready_queue")), queue.map((p) => named(p))]
                   : make("span", {class: "muted"}, say("queue_empty")))));
}

/* ---- programs ---- */

function programOf(proc) {
  return run.programs[run.procs[proc].def];
}

function statementOf(proc, p) {
  if (p.c) return p.c;
  const s = programOf(proc).find((op) => op[0] === p.at);
  return s ? s[2] : "";
}

function resultOf(op, p, returned) {
  const here = p.at === op[0], r = returned.get(op[0]), anew = here && !(r && r[2] === view.step);
  if (anew && p.asleep) return make("span", {class: "error"}, say("asleep"));
  if (anew && p.s === RUNNING) return make("span", {class: "muted"}, "…");
  if (!r || (!r[1] && !op[3])) return "";
  const value = op[3] === 2 && r[0] >= 0 ? "0x" + r[0].toString(16) : String(r[0]);
  return make("span", {class: r[1] ? "error" : "ok"}, `= ${value}`, r[1] ? "  " + r[1] : "");
}

function showProgram(proc) {
  const p = processAt(proc), returned = model.returned(proc, view.step);
  const lines = programOf(proc).map((op) => {
    const here = p.at === op[0];
    return make("li", {class: here ? (p.asleep ? "here asleep" : "here") : "", "aria-current": here ? "step" : undefined,
                       look: {"--depth": op[1]}},
                make("code", {}, here && p.c ? p.c : op[2]), resultOf(op, p, returned));
  });
  return make("article", {class: p.s === TERMINATED ? "program ended" : "program"},
    make("h3", {}, named(proc, p.pid ? `pid ${p.pid}` : ""), p.v ? make("code", {class: "vars"}, p.v) : "", chip(p.s)),
    make("ol", {class: "listing"}, lines));
}

/* Whom there may be no room for comes last: the selected one and whom the step
 * is about come first. */
function showPrograms() {
  const step = run.steps[view.step], about = (step.w || [])[0];
  const rank = (i) => (i === view.selected ? 0 : i === about ? 1 : processAt(i).s === TERMINATED ? 3 : 2);
  const there = run.procs.map((_, i) => i).filter((i) => processAt(i)).sort((a, b) => rank(a) - rank(b) || a - b);
  put("programs", there.length ? there.slice(0, 24).map(showProgram) : say("none"));
  for (const list of document.querySelectorAll("#programs .listing")) {
    const here = list.querySelector(".here");
    if (here) list.scrollTop = here.offsetTop - list.offsetTop - list.clientHeight / 2;
  }
}

/* ---- process table ---- */

function sliceOf(p) {
  const cpu = p.s === RUNNING && view.moment.get("c" + p.cpu);
  return cpu && cpu.length ? cpu.end - view.t : "–";
}

function endOf(p) {
  if (p.s !== TERMINATED) return stateTitle(p.s);
  return `${p.zombie ? say("zombie") : stateTitle(p.s)}: ${p.end}`;
}

const columns = [
  ["id", (p, i) => i + 1], ["name", (p, i) => named(i)], ["pid", (p) => p.pid || "–", () => run.machine.live],
  ["parent", (p) => nameOf(p.parent)], ["state", (p) => [swatch(p.s), endOf(p)]],
  ["letter", (p) => (p.letter === "." ? say("gate") : p.letter || "–"), () => run.machine.live],
  ["wait", (p) => inLang(p.wait)], ["slice", sliceOf],
  ["cpu", (p) => digits(spent(p, RUNNING, view.t))], ["ready", (p) => digits(spent(p, READY, view.t))],
  ["blocked", (p) => digits(spent(p, BLOCKED, view.t))], ["fds", (p) => (p.fds || ["–"]).join(" ")],
  ["priority", (p, i) => `${run.procs[i].priority} / ${p.nice}`]];

function showTable() {
  const shown = columns.filter((c) => !c[2] || c[2]());
  const focused = document.activeElement && document.activeElement.dataset.row;
  const rows = run.procs.map((_, i) => [processAt(i), i]).filter((r) => r[0]).map(([p, i]) =>
    make("tr", {tabindex: 0, "data-row": i, "data-state": run.states[p.s][0], "aria-selected": view.selected === i,
                onclick: () => select(i), onfocus: () => choose(i)},
      shown.map((c) => make("td", {class: "col-" + c[0]}, c[1](p, i)))));
  put("table", make("table", {}, make("thead", {}, make("tr", {}, shown.map((c) => make("th", {scope: "col"}, say("col_" + c[0]))))),
                    make("tbody", {}, rows)));
  const row = focused && document.querySelector(`[data-row="${focused}"]`);
  if (row) row.focus();
}

/* ---- why ---- */

function showWhy() {
  const step = run.steps[view.step];
  find("why-card").className = step.bad || view.moment.get("w0").stop === DEADLOCK ? "bad" : "";
  const said = find("why");
  if (said.dataset.step !== `${view.step}.${view.lang}`) {
    put(said, marked(inLang(step.s)));
    said.dataset.step = `${view.step}.${view.lang}`;
  }
  put("clock", `t = ${digits(view.t)}`);
  put("note", inLang(step.n));
}
