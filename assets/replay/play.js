/* play.js: moving through the run, keys and buttons. The keys are the window's;
 * run.keys says what each is called and does. */
"use strict";

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096]; /* ticks a second */
const LOOK_AT = 1.4; /* a step is looked at for so many seconds, at a tick a second */

let frame, lastFrame, shownFor = 0;

/* ---- showing ---- */

function show() {
  view.moment = model.at(view.step);
  const root = document.documentElement;
  root.dataset.step = view.step;
  root.dataset.t = view.t;
  showDiagram(view.moment);
  showCpus(view.moment);
  showObjects(view.moment);
  showPrograms();
  showTable();
  showWhy();
  showPlayhead();
  showTransport();
}

function showWords() {
  const root = document.documentElement;
  root.lang = ["en", "zh"][view.lang];
  document.title = inLang(run.title) + " – Timeslice";
  for (const id of ["states", "cpu", "programs", "why", "timeline", "table"]) put(id + "-title", say(id));
  makeBar();
  makeTransport();
  makeHelp();
  makeNotes();
  makeGo();
  makeTimeline();
  show();
}

function keyOf(name) {
  return run.keys.find((k) => k[0] === name);
}

/* A button for a command; its tip carries its key. */
function button(name, face, does) {
  const key = keyOf(name), text = inLang(key[2]);
  return make("button", {type: "button", title: `${text} (${key[1]})`, "aria-label": text, onclick: does}, face);
}

function makeBar() {
  const m = view.moment ? view.moment.get("w0") : run.steps[0].d.w0, steps = m.confirmed + m.diverged;
  const cpus = run.machine.cpus;
  put("bar", make("h1", {}, inLang(run.title)),
    make("span", {class: "pill"}, m.quantum ? say("quantum", m.policy, m.quantum) : m.policy),
    make("span", {class: "pill"}, say(cpus === 1 ? "one_cpu" : "cpus", cpus)),
    make("span", {class: "space"}),
    make("span", {class: "pill", id: "badge"}, badge(steps, m)),
    inLang(run.notes) ? button("notes", "ⓘ", openNotes) : "",
    button("lang", inLang(keyOf("lang")[2]), changeLanguage), button("theme", "◐", changeTheme), button("help", "?", openHelp));
}

function badge(steps, m) {
  if (m.diverged) return say("diverged", m.diverged, steps);
  return run.machine.live ? say("live", m.confirmed, steps) : say("model");
}

function makeTransport() {
  const slider = make("input", {type: "range", id: "slider", min: 0, max: model.last, "aria-label": say("steps"),
                                oninput: (e) => { pause(); go(Number(e.target.value)); }});
  put("transport",
    button("first", "⇤", () => go(0)), button("back", "←", () => stepBy(-1)),
    make("button", {type: "button", id: "play", class: "primary", onclick: togglePlay}),
    button("step", "→", () => stepBy(1)), button("last", "⇥", () => go(model.last)),
    button("slower", "−", () => faster(-1)), make("span", {id: "speed", class: "muted"}), button("faster", "+", () => faster(1)),
    slider, make("span", {id: "count"}));
}

function showTransport() {
  const key = keyOf("play");
  find("slider").value = view.step;
  fill(put("play", say(view.playing ? "pause" : "play")), {title: `${inLang(key[2])} (${key[1]})`});
  put("speed", `${SPEEDS[view.speed]} t/s`);
  put("count", say("step_of", view.step, model.last));
  const m = view.moment.get("w0");
  put("badge", badge(m.confirmed + m.diverged, m));
}

/* ---- moving ---- */

function go(step) {
  const from = view.step;
  view.step = Math.max(0, Math.min(model.last, step));
  view.t = run.steps[view.step].t;
  shownFor = 0;
  show();
  if (view.step === from + 1) travel(true);
  else if (view.step === from - 1) travel(false);
}

/* To the moment when all events up to time t have happened. */
function goTime(t) {
  pause();
  view.t = Math.max(0, Math.min(model.end(), t));
  view.step = model.before(view.t);
  show();
}

/* Between two steps time may have passed: one back is then the step before. */
function stepBy(direction, own) {
  pause();
  if (direction < 0 && view.t > run.steps[view.step].t && !own) go(view.step);
  else go(model.next(view.step, direction, own ? view.selected : -1));
}

function stepOwn(direction) {
  if (view.selected < 0) put("note", say("nobody"));
  else stepBy(direction, true);
}

function pause() {
  if (!view.playing) return;
  view.playing = false;
  cancelAnimationFrame(frame);
  showTransport();
}

function togglePlay() {
  if (view.playing) {
    pause();
    return;
  }
  if (view.step === model.last) go(0);
  view.playing = true;
  lastFrame = undefined;
  showTransport();
  frame = requestAnimationFrame(playOn);
}

/* The clock runs, but no step is passed over before it was looked at. */
function playOn(now) {
  const seconds = lastFrame === undefined ? 0 : (now - lastFrame) / 1000, speed = SPEEDS[view.speed];
  lastFrame = now;
  shownFor += seconds;
  view.clock = Math.max(view.t, view.clock || 0) + seconds * speed;
  const next = run.steps[view.step + 1];
  if (next && shownFor >= Math.min(LOOK_AT, LOOK_AT / speed) && view.clock >= next.t) {
    view.clock = next.t;
    go(view.step + 1);
  } else if (next) {
    passTime(Math.floor(Math.min(view.clock, next.t)));
  }
  if (view.step < model.last) frame = requestAnimationFrame(playOn);
  else pause();
}

function passTime(t) {
  if (t <= view.t) return;
  view.t = t;
  show();
}

function faster(by) {
  view.speed = Math.max(0, Math.min(SPEEDS.length - 1, view.speed + by));
  showTransport();
}

/* ---- processes, language, themes ---- */

/* By focus: stays selected. */
function choose(proc) {
  if (view.selected === proc) return;
  view.selected = proc;
  show();
}

/* By click or number: the selected one again is nobody. */
function select(proc) {
  view.selected = view.selected === proc ? -1 : proc;
  show();
}

/* The next process in that direction; false behind the last one. */
function selectNext(direction) {
  const there = run.procs.map((_, i) => i).filter((i) => processAt(i));
  const at = there.indexOf(view.selected) + direction;
  const proc = view.selected < 0 && direction < 0 ? there[there.length - 1] : there[at];
  if (proc === undefined) return false;
  choose(proc);
  const row = document.querySelector(`[data-row="${proc}"]`);
  if (row) row.focus();
  return true;
}

function changeLanguage() {
  view.lang = 1 - view.lang;
  showWords();
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  makeTimeline();
  show();
}

function changeTheme() {
  const next = { light: "dark", dark: "contrast" };
  setTheme(next[document.documentElement.dataset.theme] || "light");
}

function projector() {
  const theme = document.documentElement.dataset.theme;
  if (theme !== "projector") view.themeBefore = theme;
  setTheme(theme === "projector" ? view.themeBefore || "light" : "projector");
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
}

/* ---- what lies over the page ---- */

function dialog(id, title, ...content) {
  return put(id, make("h2", {id: id + "-title"}, title), ...content,
             make("form", {method: "dialog"}, make("button", {class: "primary"}, say("close"))));
}

function makeHelp() {
  dialog("help", say("help"),
    make("dl", {class: "keys"}, run.keys.map((k) => [make("dt", {}, make("kbd", {}, k[1])), make("dd", {}, inLang(k[2]))])),
    make("p", {class: "muted"}, say("tab")),
    make("h3", {}, say("marks")), make("p", {class: "chips"}, run.states.map((_, s) => chip(s))),
    run.jobs.some((j) => j.length) ? make("p", {class: "chips"},
      `↑ ${say("released")}`, `↓ ${say("deadline")}`, `✕ ${say("missed")}`) : "");
}

function makeNotes() {
  dialog("notes", inLang(run.title), make("p", {}, inLang(run.notes)));
}

function makeGo() {
  const field = make("input", {type: "number", min: 0, max: model.end(), id: "go-field", "aria-describedby": "go-hint"});
  put("go", make("form", {method: "dialog", onsubmit: () => { if (field.value !== "") goTime(Math.floor(Number(field.value))); }},
    make("h2", {id: "go-title"}, say("go_to")), field, make("p", {id: "go-hint", class: "muted"}, say("go_to_hint"))));
}

function open(id) {
  pause();
  if (!find(id).open) find(id).showModal();
}

function openHelp() { open("help"); }
function openNotes() { if (inLang(run.notes)) open("notes"); }
function openGo() { open("go"); find("go-field").select(); }

/* ---- keys ---- */

const commands = {
  " ": togglePlay, ArrowRight: () => stepBy(1), ArrowLeft: () => stepBy(-1),
  "Shift+ArrowRight": () => stepOwn(1), "Shift+ArrowLeft": () => stepOwn(-1),
  Home: () => { pause(); go(0); }, End: () => { pause(); go(model.last); }, g: openGo,
  "-": () => faster(-1), "+": () => faster(1), "=": () => faster(1),
  ArrowDown: () => selectNext(1), ArrowUp: () => selectNext(-1),
  l: changeLanguage, t: changeTheme, F9: projector, n: openNotes, F11: fullScreen,
  F1: openHelp, "?": openHelp, Escape: pause
};

function commandOf(e) {
  if (e.ctrlKey || e.altKey || e.metaKey) return undefined;
  if (e.key >= "1" && e.key <= "9") return () => { if (processAt(e.key - 1)) select(e.key - 1); };
  const arrow = e.key.startsWith("Arrow") && e.shiftKey ? "Shift+" : "";
  return commands[arrow + (e.key.length === 1 ? e.key.toLowerCase() : e.key)];
}

/* Keys must not fire while someone types, nor steal what a button needs. */
function isTaken(e) {
  const at = e.target;
  if (document.querySelector("dialog[open]")) return true;
  if (at.tagName === "INPUT" && at.type !== "range") return true;
  return at.tagName === "BUTTON" && (e.key === " " || e.key === "Enter");
}

/* Tab goes through the processes first, then as ever. */
function isTab(e) {
  const at = document.activeElement;
  if (e.key !== "Tab" || e.ctrlKey || e.altKey || e.metaKey) return false;
  if (at && at !== document.body && at.dataset.row === undefined) return false;
  return selectNext(e.shiftKey ? -1 : 1);
}

function pressed(e) {
  if (isTaken(e)) return;
  const command = commandOf(e);
  if (!isTab(e) && !command) return;
  e.preventDefault();
  if (command) command();
}

/* ---- the beginning ---- */

/* "#step=12", "#t=9&lang=zh&theme=dark": where to begin. */
function goWhereAsked() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (asked.has("lang")) view.lang = asked.get("lang") === "zh" ? 1 : 0;
  if (["light", "dark", "contrast", "projector"].includes(asked.get("theme"))) document.documentElement.dataset.theme = asked.get("theme");
  showWords();
  if (asked.has("step")) go(Number(asked.get("step")) || 0);
  if (asked.has("t")) goTime(Number(asked.get("t")) || 0);
}

function begin() {
  run = JSON.parse(find("run").textContent);
  model = Model(run);
  view.lang = document.documentElement.lang === "zh" ? 1 : 0;
  document.body.prepend(patterns());
  view.moment = model.at(0);
  makeLanes();
  goWhereAsked();
  addEventListener("keydown", pressed);
  addEventListener("hashchange", goWhereAsked);
  addEventListener("resize", makeTimeline);
}

begin();
