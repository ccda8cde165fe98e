/* tools.js: what the parts of the page share: elements, words, tokens.
 *
 * Text of a scenario only ever becomes text: elements are made one by one, and
 * no string is read as HTML. */
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const READY = 1, RUNNING = 2, BLOCKED = 3, TERMINATED = 4; /* as enum state */
const DEADLOCK = 2; /* as enum stop */

/* What is shown, and how. */
const view = {lang: 0, step: 0, t: 0, selected: -1, playing: false, speed: 3};

let model, run;

function fill(element, attributes, children) {
  for (const name in attributes || {}) {
    if (attributes[name] === undefined) continue;
    if (name.startsWith("on")) element[name] = attributes[name];
    else if (name === "look") Object.entries(attributes.look).forEach(([k, v]) => element.style.setProperty(k, v));
    else element.setAttribute(name, attributes[name]);
  }
  for (const child of [children].flat(3))
    if (child !== undefined && child !== null && child !== "") element.append(child);
  return element;
}

function make(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function draw(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function find(id) {
  return document.getElementById(id);
}

function put(id, ...children) {
  const element = typeof id === "string" ? find(id) : id;
  element.replaceChildren();
  return fill(element, {}, children);
}

/* A word in the language shown, its holes filled as printf does. */
function say(name, ...values) {
  let i = 0;
  return run.words[name][view.lang].replace(/%(lld|[dsg])/g, () => values[i++]);
}

function inLang(pair) {
  return pair ? pair[view.lang] : "";
}

/* "65 536". */
function digits(n) {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}

function nameOf(proc) {
  return proc < 0 ? "init" : run.procs[proc].name;
}

function stateTitle(s) {
  return run.states[s][1 + view.lang];
}

function look(proc, part) {
  return `var(--p${proc % run.looks}-${part})`;
}

function initial(proc) {
  return Array.from(nameOf(proc))[0].toUpperCase();
}

/* A process as a disc with its initial; click selects it. */
function token(proc, small) {
  return make("button", {
    class: small ? "token small" : "token", type: "button", tabindex: -1,
    look: {background: look(proc, "fill"), color: look(proc, "on")},
    title: nameOf(proc), "aria-label": nameOf(proc),
    "aria-pressed": view.selected === proc, onclick: () => select(proc)
  }, initial(proc));
}

function named(proc, more) {
  return make("span", {class: "named"}, token(proc, true),
              make("span", {look: {color: look(proc, "text")}}, nameOf(proc)),
              more ? make("span", {class: "muted"}, more) : "");
}

function chip(s) {
  return make("span", {class: "chip"}, swatch(s), stateTitle(s));
}

/* A state's hue and pattern, as a small picture. */
function swatch(s) {
  return draw("svg", {class: "swatch", viewBox: "0 0 18 12", "aria-hidden": "true"},
              statePlate(s, 0.5, 0.5, 17, 11, 3));
}

/* A rectangle that looks like a state: fill, pattern, outline. */
function statePlate(s, x, y, w, h, radius) {
  const at = {x, y, width: w, height: h, rx: radius};
  const patterned = s === BLOCKED || s >= TERMINATED;
  return [
    draw("rect", {...at, class: "plate", look: {fill: `var(--s${s}-fill)`}}),
    patterned ? draw("rect", {...at, fill: `url(#pattern${s})`}) : "",
    draw("rect", {...at, class: "outline", look: {stroke: `var(--s${s}-line)`},
                  "stroke-dasharray": s > TERMINATED ? "5 3" : undefined})
  ];
}

/* The patterns that statePlate refers to; once in the page. */
function patterns() {
  const strokes = {
    [BLOCKED]: "M0 2H8M0 6H8", [TERMINATED]: "M2 2L6 6M6 2L2 6",
    5: "M-2 2L2 -2M0 8L8 0M6 10L10 6", 6: "M-2 2L2 -2M0 8L8 0M6 10L10 6"
  };
  const list = Object.entries(strokes).map(([s, path]) =>
    draw("pattern", {id: `pattern${s}`, width: 8, height: 8, patternUnits: "userSpaceOnUse"},
         draw("path", {d: path, look: {stroke: `var(--s${s}-ink)`, "stroke-width": "2", fill: "none"}})));
  return draw("svg", {class: "unseen", width: 0, height: 0, "aria-hidden": "true"}, draw("defs", {}, list));
}

/* A sentence in which `names` stand out. What stands in double quotes are bytes
 * of the run and stays as it is. */
function marked(sentence) {
  const parts = [], mark = /"(?:\\.|[^"\\])*"|`([^`" ](?:[^`"]*[^`" ])?)`/g;
  let from = 0;
  for (const hit of sentence.matchAll(mark)) {
    if (hit[1] === undefined) continue;
    parts.push(sentence.slice(from, hit.index), name(hit[1]));
    from = hit.index + hit[0].length;
  }
  return [...parts, sentence.slice(from)];

  function name(text) {
    const proc = run.procs.findIndex((p) => p.name === text);
    if (proc < 0) return make("b", {class: "code"}, text);
    return make("b", {look: {color: look(proc, "text")}}, text);
  }
}
