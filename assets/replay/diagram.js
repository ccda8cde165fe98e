/* diagram.js: the state diagram. Seven stations, and processes as tokens that
 * travel along the arrow they take, one step at a time. */
"use strict";

const STATION = {w: 140, h: 52}, TOKEN = 13, COLUMN = 242, ROW = 126, TOP = 26;
const MOVE_TIME = 220; /* milliseconds that a token travels */

let moving = [];

function station(s) {
  const [column, row] = run.places[s];
  return {x: 2 + column * COLUMN, y: TOP + row * ROW};
}

function corner(s, ax, ay) {
  const at = station(s);
  return [at.x + STATION.w * ax, at.y + STATION.h * ay];
}

/* The four points of an arrow's curve. */
function curve(arrow) {
  const a = corner(arrow[0], arrow[2], arrow[3]), b = corner(arrow[1], arrow[4], arrow[5]);
  return [a, [a[0] + arrow[6], a[1] + arrow[7]], [b[0] + arrow[8], b[1] + arrow[9]], b];
}

function onCurve(p, t) {
  const u = 1 - t, w = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return [0, 1].map((k) => w.reduce((sum, v, i) => sum + v * p[i][k], 0));
}

/* How many tokens a station has room for; they may overlap a little. */
const TOKEN_ROOM = STATION.w * 0.74 - 2 * TOKEN - 12;
const SLOTS = Math.floor(TOKEN_ROOM / (TOKEN * 1.1)) + 1;

/* Where the i-th of n tokens of a station stands. */
function slot(s, i, n) {
  const at = station(s), room = TOKEN_ROOM;
  const step = n > 1 ? Math.min(2.1 * TOKEN, room / (n - 1)) : 0;
  return [at.x + TOKEN + 2 + i * step, at.y - TOKEN * 0.35];
}

function drawStation(s, lit) {
  const at = station(s), title = stateTitle(s);
  const plated = s === BLOCKED || s >= TERMINATED;
  const lines = title.includes("-") ? [title.split("-")[0] + "-", title.split("-")[1]] : [title];
  const x = at.x + STATION.w / 2, y = at.y + STATION.h / 2, tall = 19 * lines.length + 2;
  const longest = Math.max(...lines.map((l) => l.length));
  const wide = Math.min(STATION.w - 8, longest * (view.lang ? 22 : 11) + 14);
  return draw("g", {class: lit ? "station lit" : "station"},
    statePlate(s, at.x, at.y, STATION.w, STATION.h, 12),
    plated ? draw("rect", {x: x - wide / 2, y: y - tall / 2, width: wide, height: tall, rx: 6,
                           look: {fill: s === TERMINATED ? "var(--surface)" : `var(--s${s}-plate)`}}) : "",
    lines.map((text, i) => draw("text", {x, y: y + 6 + 19 * (i - (lines.length - 1) / 2), "text-anchor": "middle",
                                         look: {fill: `var(--s${s}-text)`}}, text)));
}

function drawArrow(arrow, move) {
  const lit = move && move[1] === arrow[0] && move[2] === arrow[1];
  if (arrow[11] && !lit) return "";
  const p = curve(arrow), m = onCurve(p, 0.5), side = arrow[10];
  const text = run.transitions[lit ? move[3] : arrow[12]][view.lang];
  const place = [
    {x: m[0], y: m[1] - 6, "text-anchor": "middle"}, {x: m[0], y: m[1] + 17, "text-anchor": "middle"},
    {x: m[0] + 8, y: m[1] + 5}, {x: m[0], y: m[1] + 4, "text-anchor": "middle"}][side];
  return draw("g", {class: lit ? "arrow lit" : "arrow"},
    draw("path", {d: `M${p[0]}C${p[1]} ${p[2]} ${p[3]}`, "marker-end": `url(#${lit ? "head-lit" : "head"})`}),
    draw("text", {...place, class: side === 3 ? "on" : ""}, text));
}

function head(id, size) {
  return draw("marker", {id, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: size, markerHeight: size,
                         markerUnits: "userSpaceOnUse", orient: "auto"},
              draw("path", {d: "M0 1L10 5L0 9Z"}));
}

function tokenGroup(proc, at) {
  const chosen = view.selected === proc;
  return draw("g", {class: chosen ? "mark chosen" : "mark", "data-proc": proc, transform: `translate(${at})`,
                    onclick: () => select(proc)},
    draw("title", {}, `${nameOf(proc)} · ${stateTitle(processAt(proc).s)}`),
    draw("circle", {r: TOKEN, look: {fill: look(proc, "fill")}}),
    draw("text", {y: 5, "text-anchor": "middle", look: {fill: look(proc, "on")}}, initial(proc)));
}

/* Those for whom there is no room are counted. */
function stationTokens(list, s) {
  const fit = list.length > SLOTS ? SLOTS - 1 : list.length, n = Math.min(list.length, SLOTS);
  const tokens = list.slice(0, fit).map((proc, i) => tokenGroup(proc, slot(s, i, n)));
  if (fit === list.length) return tokens;
  const [x, y] = slot(s, fit, n);
  return [...tokens, draw("text", {class: "more", x: x - TOKEN + 6, y: y + 5}, `+${list.length - fit}`)];
}

function drawTokens(moment) {
  const there = run.states.map(() => []);
  run.procs.forEach((p, i) => {
    const value = moment.get("p" + i);
    if (value) there[value.s].push(i);
  });
  return there.map((list, s) => stationTokens(list, s));
}

function showDiagram(moment) {
  const move = (run.steps[view.step].m || [])[0];
  const lit = (s) => move && (move[1] === s || move[2] === s);
  put("diagram", draw("svg", {viewBox: `0 0 ${COLUMN * 2 + STATION.w + 4} ${TOP + 2 * ROW + STATION.h + 18}`, role: "img",
                              "aria-label": say("states")},
    draw("defs", {}, head("head", 9), head("head-lit", 13)),
    run.states.map((_, s) => drawStation(s, lit(s))),
    run.arrows.map((arrow) => drawArrow(arrow, move)),
    drawTokens(moment)));
}

/* Tokens of the step that was just made travel from where they were. */
function travel(forward) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const since = performance.now();
  moving = still ? [] : (run.steps[forward ? view.step : view.step + 1].m || []).map((m) => ({
    proc: m[0], from: m[forward ? 1 : 2], to: m[forward ? 2 : 1], since, forward
  }));
  if (moving.length) requestAnimationFrame(travelOn);
}

function travelOn(now) {
  moving = moving.filter((m) => {
    const group = document.querySelector(`#diagram [data-proc="${m.proc}"]`);
    if (!group) return false;
    m.goal = m.goal || group.getAttribute("transform").match(/[-\d.]+/g).map(Number);
    const t = Math.min(1, Math.max(0, (now - m.since) / MOVE_TIME));
    group.setAttribute("transform", `translate(${t < 1 ? onTheWay(m, t * t * (3 - 2 * t)) : m.goal})`);
    return t < 1;
  });
  if (moving.length) requestAnimationFrame(travelOn);
}

function between(a, b, t) {
  return [0, 1].map((k) => a[k] + (b[k] - a[k]) * t);
}

function onTheWay(m, e) {
  const arrow = run.arrows.find((k) => m.forward ? k[0] === m.from && k[1] === m.to : k[0] === m.to && k[1] === m.from);
  const start = slot(m.from, 0, 1);
  if (!arrow) return between(start, m.goal, e);
  const q = onCurve(curve(arrow), m.forward ? e : 1 - e);
  if (e < 0.2) return between(start, q, e / 0.2);
  return e > 0.8 ? between(q, m.goal, (e - 0.8) / 0.2) : q;
}
