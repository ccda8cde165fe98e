/* timeline.js: a row per CPU and per process, time from left to right. What is
 * narrower than a pixel covers its share of it, so nothing is lost and nothing
 * grows. */
"use strict";

const ARROWS_MOST = 200;

let lanes, lens; /* lens: where time lies on the canvas */

function makeLanes() {
  lanes = [];
  for (let c = 0; c < run.machine.cpus; c++)
    lanes.push({cpu: c, bars: model.stretches("c" + c, (v) => v.proc)});
  run.procs.forEach((p, i) => lanes.push({
    proc: i, bars: model.stretches("p" + i, (v) => v.s), jobs: run.jobs[i],
    letters: run.machine.live ? model.stretches("p" + i, (v) => v.letter || "") : []
  }));
}

function colourOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/* The pattern of a state as a canvas fills with it. */
function patternOf(context, s) {
  const tile = make("canvas", {width: 8, height: 8}), c = tile.getContext("2d");
  c.strokeStyle = colourOf(`--s${s}-ink`);
  c.lineWidth = 2;
  const lines = s === BLOCKED ? [[0, 2, 8, 2], [0, 6, 8, 6]]
    : s === TERMINATED ? [[2, 2, 6, 6], [6, 2, 2, 6]]
    : [[-2, 2, 2, -2], [0, 8, 8, 0], [6, 10, 10, 6]];
  c.beginPath();
  lines.forEach((l) => { c.moveTo(l[0], l[1]); c.lineTo(l[2], l[3]); });
  c.stroke();
  return context.createPattern(tile, "repeat");
}

function drawBar(c, s, x, y, w, h) {
  const tall = Math.max(3, h * run.heights[s]), top = y + h - tall;
  c.fillStyle = colourOf(`--s${s}-fill`);
  if (c.fillStyle !== "transparent") c.fillRect(x, top, w, tall);
  if (s === BLOCKED || s >= TERMINATED) {
    c.fillStyle = lens.patterns[s];
    c.fillRect(x, top, w, tall);
  }
  if (w < 4) return;
  c.strokeStyle = colourOf(`--s${s}-line`);
  c.setLineDash(s > TERMINATED ? [5, 3] : []);
  c.strokeRect(x + 0.5, top + 0.5, w - 1, tall - 1);
  c.setLineDash([]);
}

function drawCpuBar(c, proc, x, y, w, h) {
  if (proc < 0) return;
  c.fillStyle = colourOf(`--p${proc % run.looks}-fill`);
  c.fillRect(x, y, Math.max(w - (w > 3 ? 1 : 0), 0), h);
  c.fillStyle = colourOf(`--p${proc % run.looks}-on`);
  if (w > 14) c.fillText(initial(proc), x + w / 2 - 4, y + h / 2 + 4);
}

function drawLetters(c, lane, y) {
  c.fillStyle = colourOf("--muted");
  for (const [from, to, letter] of lane.letters) {
    const x = xOf(from), w = xOf(to) - x;
    const text = letter === "." ? say("gate") : letter;
    if (w > c.measureText(text).width + 4) c.fillText(text, x + 2, y);
  }
}

/* From the row of who has written to that of who has got the bytes. */
function drawFlow(c, [put, got, from, to]) {
  const cpus = run.machine.cpus, foot = (proc) => 4 + (cpus + proc) * lens.row + lens.bar;
  const x = xOf(put), y = foot(from) - (to < from ? lens.bar : 0), head = to < from ? 1 : -1;
  const end = xOf(got), tip = to < from ? foot(to) + 1 : foot(to) - lens.bar - 1;
  c.beginPath();
  c.moveTo(x, y);
  c.bezierCurveTo(x, (y + tip) / 2, end, (y + tip) / 2, end, tip + head * 5);
  c.stroke();
  c.beginPath();
  c.moveTo(end, tip);
  c.lineTo(end - 3.5, tip + head * 7);
  c.lineTo(end + 3.5, tip + head * 7);
  c.fill();
}

/* Of a thicket nobody sees anything. */
function drawFlows(c) {
  if (run.arrows_of_bytes.length > ARROWS_MOST) return;
  c.strokeStyle = c.fillStyle = colourOf("--accent");
  c.lineWidth = 1.5;
  run.arrows_of_bytes.filter((a) => a[2] !== a[3]).forEach((a) => drawFlow(c, a));
}

function xOf(t) {
  return lens.left + (t / Math.max(1, model.end())) * lens.width;
}

function drawLane(c, lane, y) {
  const h = lens.bar;
  c.fillStyle = lane.proc === undefined ? colourOf("--text") : colourOf(`--p${lane.proc % run.looks}-text`);
  c.font = `600 ${lens.font}px Inter, system-ui, sans-serif`;
  c.fillText(lane.proc === undefined ? say("cpu_number", lane.cpu) : nameOf(lane.proc), 2, y + h / 2 + 5, lens.left - 10);
  c.font = `${lens.font - 1}px Inter, system-ui, sans-serif`;
  for (const [from, to, value] of lane.bars) {
    const x = xOf(from), w = xOf(to) - x;
    if (lane.proc === undefined) drawCpuBar(c, value, x, y, w, h);
    else drawBar(c, value, x, y, w, h);
  }
  if (lane.jobs) drawJobs(c, lane.jobs, y, h);
  if (lane.letters && run.machine.live) drawLetters(c, lane, y + h + lens.font);
}

/* A thin arrow on the edge of a lane: up where a job is released, down where it is
 * due. */
function drawJobArrow(c, x, y, h, up) {
  const tip = up ? y - 3 : y + h, back = up ? 5 : -5;
  c.beginPath();
  c.moveTo(x, y - 3); c.lineTo(x, y + h);
  c.moveTo(x - 3, tip + back); c.lineTo(x, tip); c.lineTo(x + 3, tip + back);
  c.stroke();
}

/* What is done too late has a strip from its deadline on, and a cross there. */
function drawJobs(c, jobs, y, h) {
  const end = model.end();
  c.lineWidth = 1.5;
  for (const [released, due, done, missed] of jobs) {
    if (missed && due <= end) {
      c.fillStyle = colourOf("--error");
      c.fillRect(xOf(due), y, xOf(done < 0 ? end : done) - xOf(due), 3);
    }
    c.strokeStyle = colourOf("--text");
    drawJobArrow(c, xOf(released), y, h, true);
    if (due > end) continue;
    drawJobArrow(c, xOf(due), y, h, false);
    if (!missed) continue;
    const x = xOf(due), m = y + h / 2;
    c.strokeStyle = colourOf("--error");
    c.lineWidth = 3;
    c.beginPath();
    c.moveTo(x - 4, m - 4); c.lineTo(x + 4, m + 4);
    c.moveTo(x + 4, m - 4); c.lineTo(x - 4, m + 4);
    c.stroke();
    c.lineWidth = 1.5;
  }
  c.lineWidth = 1;
}

/* Round steps for the axis, so that their numbers have room. */
function tickStep() {
  const room = model.end() / Math.max(1, lens.width / 70);
  let step = 1;
  while (step < room) step *= step * 2 >= room ? 2 : step * 5 >= room ? 5 : 10;
  return step;
}

function drawAxis(c, height) {
  c.lineWidth = 1;
  for (let t = 0; t <= model.end(); t += tickStep()) {
    c.fillStyle = colourOf("--hairline");
    c.fillRect(Math.round(xOf(t)), 0, 1, height - lens.font - 6);
    c.fillStyle = colourOf("--muted");
    c.fillText(digits(t), xOf(t) - 3, height - 3);
  }
}

/* Draws all but the playhead, which is an element of its own. */
function makeTimeline() {
  const box = find("timeline"), big = document.documentElement.dataset.theme === "projector";
  const canvas = make("canvas", {role: "img", "aria-label": say("timeline")});
  put(box, canvas, make("div", {id: "unseen"}), make("div", {id: "playhead"}));
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const font = Math.round(size * (big ? 0.98 : 0.93)), below = run.machine.live ? font + 7 : 9;
  const room = find("timeline-card").clientHeight - box.offsetTop - font - 28;
  const bar = Math.max(font + 9, Math.min(2.6 * font, Math.floor(room / lanes.length) - below));
  const row = bar + below;
  lens = {left: Math.round(size * 7), font, row, bar, patterns: {}};
  const width = box.clientWidth, height = lanes.length * row + font + 12;
  const scale = window.devicePixelRatio || 1;
  fill(canvas, {width: Math.round(width * scale), height: Math.round(height * scale),
                look: {width: width + "px", height: height + "px"}});
  lens.width = Math.max(10, width - lens.left - 12);
  const c = canvas.getContext("2d");
  c.scale(scale, scale);
  [BLOCKED, TERMINATED, 5, 6].forEach((s) => { lens.patterns[s] = patternOf(c, s); });
  c.font = `${font - 1}px Inter, system-ui, sans-serif`;
  drawAxis(c, height);
  lanes.forEach((lane, i) => drawLane(c, lane, 4 + i * row));
  drawFlows(c);
  canvas.onpointerdown = (e) => { canvas.setPointerCapture(e.pointerId); pointed(e); };
  canvas.onpointermove = (e) => { if (e.buttons & 1) pointed(e); };
  showPlayhead();
}

function pointed(e) {
  const x = e.clientX - e.target.getBoundingClientRect().left;
  if (x < lens.left - 4) {
    const lane = lanes[Math.floor((e.offsetY - 4) / lens.row)];
    if (e.type === "pointerdown" && lane && lane.proc !== undefined) select(lane.proc);
    return;
  }
  goTime(Math.round(((x - lens.left) / lens.width) * model.end()));
}

/* What has not been shown yet stays covered: the future is there to be thought
 * about. */
function showPlayhead() {
  view.seen = Math.max(view.seen || 0, view.t);
  find("playhead").style.transform = `translateX(${xOf(view.t)}px)`;
  find("unseen").style.left = `${xOf(view.seen) + 1}px`;
}
