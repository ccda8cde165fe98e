/* model.js: what any moment of a run looks like.
 *
 * The run is a list of steps; each carries the values that it changed, by key
 * ("p0": process 0 …). The moment after step i is therefore what steps 0 … i
 * say, the last word for each key. Every KEYFRAME steps a whole moment is kept,
 * so that going back costs no more than going forward.
 *
 * Nothing here knows the page: it also runs without one, under test. */
"use strict";

const KEYFRAME = 32;

function Model(run) {
  const frames = [new Map()];

  for (let i = 0; i < run.steps.length; i++) {
    if (i % KEYFRAME === 0 && i > 0) frames.push(new Map(frames[frames.length - 1]));
    const frame = frames[frames.length - 1];
    for (const key in run.steps[i].d) frame.set(key, run.steps[i].d[key]);
  }

  /* frames[k] now holds the moment after the last step of its stretch; what a
   * stretch begins with is the end of the one before. */
  function at(i) {
    const k = Math.floor(i / KEYFRAME);
    const moment = new Map(k > 0 ? frames[k - 1] : undefined);
    for (let n = k * KEYFRAME; n <= i; n++)
      for (const key in run.steps[n].d) moment.set(key, run.steps[n].d[key]);
    return moment;
  }

  /* The last step at which all events up to time t have happened. */
  function before(t) {
    let low = 0, high = run.steps.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (run.steps[middle].t <= t) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /* The next step in that direction that is about the process (-1: any). */
  function next(i, direction, proc) {
    const last = run.steps.length - 1;
    for (let n = i + direction; n > 0 && n <= last; n += direction)
      if (proc < 0 || (run.steps[n].w || []).includes(proc)) return n;
    return direction < 0 ? 0 : last;
  }

  /* Stretches of time in which something stayed as it was: [from, to, value],
   * read from the values that `of` gives for the key. */
  function stretches(key, of) {
    const list = [];
    for (const step of run.steps) {
      if (!(key in step.d)) continue;
      const value = of(step.d[key]);
      const last = list[list.length - 1];
      if (last && last[2] === value) continue;
      if (last) last[1] = step.t;
      list.push([step.t, end(), value]);
    }
    return list.filter((s) => s[1] > s[0]);
  }

  function end() {
    return run.steps[run.steps.length - 1].t;
  }

  /* What each call of a process last returned, up to step i: op -> [ret, errno,
   * step]. */
  const returns = run.procs.map(() => []);
  run.steps.forEach((step, i) => {
    for (const r of step.r || []) returns[r[0]].push([i, r[1], r[2], r[3]]);
  });
  function returned(proc, i) {
    const last = new Map();
    for (const r of returns[proc]) {
      if (r[0] > i) break;
      last.set(r[1], [r[2], r[3], r[0]]);
    }
    return last;
  }

  return {run, at, before, next, stretches, end, returned,
          last: run.steps.length - 1};
}

/* How long a process has been in a state, at time t. */
function spent(process, state, t) {
  return process.spent[state] + (process.s === state ? t - process.since : 0);
}

/* The waiting lines of a ready queue, one behind the other. */
function readyLine(queue) {
  const line = [];
  for (let k = 0; k < 16; k++) line.push(...(queue[k] || []));
  return line;
}
