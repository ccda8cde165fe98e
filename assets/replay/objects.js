/* objects.js: what processes share, drawn as what it is: a pipe as a buffer
 * between those who hold its ends, a queue as a list, shared memory as several
 * addresses and one place, semaphores as counters. */
"use strict";

function card(title, ...content) {
  return make("section", {class: "card object"}, make("h2", {}, title), ...content);
}

function line(label, ...content) {
  return make("p", {class: "line"}, label ? make("span", {class: "muted"}, label) : "", ...content);
}

function tokens(list) {
  return (list || []).map((proc) => token(proc, true));
}

function byteText(b) {
  if (b === 10) return "↵";
  if (b === 32) return "·";
  return b > 32 && b < 127 ? String.fromCharCode(b) : b.toString(16).padStart(2, "0");
}

/* The next byte to be read stands at the right. */
function buffer(pipe) {
  if (pipe.gone) return make("div", {class: "buffer gone"}, say("pipe_gone"));
  if (!pipe.bytes) return make("div", {class: "buffer"}, say("pipe_empty"));
  if (pipe.cells) return make("div", {class: "buffer cells"}, [...pipe.cells].reverse().map((b) => make("code", {}, byteText(b))));
  const pages = [...pipe.pages].reverse().map(([from, to]) =>
    make("i", {look: {"--from": from / 40.96 + "%", "--to": to / 40.96 + "%"}}));
  return make("div", {class: "buffer pages", look: {"--slots": pipe.slots}}, pages);
}

function ends(list, nobody) {
  if (!list.length) return make("b", {class: "error"}, nobody);
  return list.map(([proc, fd]) => named(proc, `fd ${fd}`));
}

function showPipe(pipe) {
  const kind = pipe.fifo ? "fifo" : "pipe";
  const level = say(pipe.bytes === 1 ? "pipe_level_one" : "pipe_level", digits(pipe.bytes), pipe.used, pipe.slots);
  return make("article", {"data-bytes": pipe.bytes},
    make("h3", {}, make("code", {}, pipe.n), make("span", {class: "muted"}, level)),
    make("div", {class: "pipe"},
      make("div", {}, make("span", {class: "muted"}, say("write_end")), ends(pipe.writers, say(kind + "_no_writer"))),
      buffer(pipe),
      make("div", {class: "right"}, make("span", {class: "muted"}, say("read_end")), ends(pipe.readers, say(kind + "_no_reader")))),
    (pipe.writing || []).map((p) => line("", token(p, true), say("sleeps_write", nameOf(p)))),
    (pipe.reading || []).map((p) => line("", token(p, true), say("sleeps_read", nameOf(p)))));
}

function showFile(file) {
  if (file.n === undefined) return "";
  return make("article", {},
    make("h3", {}, make("code", {}, (file.fifo ? "p" : "-") + " " + file.mode + " " + file.n),
         make("span", {class: "muted"}, file.fifo ? "" : say("for_ftok"), file.links ? "" : "(unlink)")),
    (file.reading || []).map((p) => line("", token(p, true), say("opens_read", nameOf(p)))),
    (file.writing || []).map((p) => line("", token(p, true), say("opens_write", nameOf(p)))));
}

function ipcTitle(object, text, gone) {
  return make("h3", {}, make("code", {}, object.n), make("span", {class: "muted"}, text),
              object.gone ? make("b", {class: "error"}, say(gone)) : "");
}

function wishOf([proc, receives, except, type, bytes]) {
  const size = digits(Math.abs(type));
  if (!receives) return make("span", {}, token(proc, true), say("msgq_sends", nameOf(proc), size, digits(bytes)));
  const wants = type === 0 ? say("msgq_any") : type < 0 ? say("msgq_up_to", size)
    : say(except ? "msgq_except" : "msgq_type", size);
  return make("span", {}, token(proc, true), `${nameOf(proc)}: ${wants}`);
}

function showQueue(q) {
  const title = ipcTitle(q, say("ipc_id", q.id, q.key), "removed");
  if (q.gone) return make("article", {}, title);
  const items = q.list.map(([type, bytes, sender, text]) =>
    make("li", {title: nameOf(sender)}, make("b", {}, say("msgq_type", digits(type))),
         make("span", {}, text === undefined ? say("msgq_bytes", digits(bytes)) : `“${text}”`)));
  return make("article", {"data-messages": q.count}, title,
    q.count ? make("ol", {class: "messages"}, items, q.count > items.length ? say("msgq_more", q.count - items.length) : "")
            : make("div", {class: "buffer"}, say("msgq_empty")),
    line("", say(q.count === 1 ? "msgq_level_one" : "msgq_level", digits(q.bytes), digits(q.most), q.count)),
    q.receivers.length ? line(say("msgq_receivers"), q.receivers.map(wishOf)) : "",
    q.senders.length ? line(say("msgq_senders"), q.senders.map(wishOf)) : "");
}

function showSegment(m) {
  const title = ipcTitle(m, m.gone ? "" : say("shm_id", m.id, m.key, digits(m.size)), "shm_gone");
  if (m.gone) return make("article", {}, title);
  const maps = m.maps.map(([proc, address, readonly]) =>
    make("div", {class: readonly ? "map readonly" : "map"}, named(proc, ""), make("code", {}, address + (readonly ? " r--" : ""))));
  const runs = m.runs.map((r) => make("div", {}, make("span", {class: "muted"}, "+" + r[0]),
    make("code", {}, r.length === 2 ? String(r[1]) : `“${r[1]}”` + (r[2] > r[1].length ? " " + say("shm_more", digits(r[2])) : ""))));
  return make("article", {}, title,
    line("", say("shm_nattch", m.nattch), m.dest ? make("b", {class: "error"}, say("shm_dest")) : ""),
    make("div", {class: "segment"},
      make("div", {class: "maps"}, maps.length ? maps : say("shm_nobody")),
      make("div", {class: "frame"}, runs.length ? runs : say("shm_zero"))));
}

function amounts(list, sign) {
  return list.map(([proc, n]) => make("span", {}, token(proc, true), sign(n)));
}

function showSemaphore(s, i) {
  const rows = [
    ["sem_held", amounts(s.held, (n) => (n > 1 ? `×${n}` : ""))],
    ["sem_taking", amounts(s.taking, (n) => `−${n}`)],
    ["sem_zero", tokens(s.zero)],
    ["sem_undo", amounts(s.undo, (n) => (n > 0 ? `+${n}` : `${n}`))],
    ["sem_last", s.last === undefined ? [] : tokens([s.last])]];
  return make("div", {class: "sem"},
    make("span", {class: "muted"}, `[${i}]`), make("output", {}, s.v),
    rows.filter((r) => r[1].length).map((r) => line(say(r[0]), r[1])));
}

function showSet(set) {
  const title = ipcTitle(set, say("ipc_id", set.id, set.key), "removed");
  if (set.gone) return make("article", {}, title);
  const all = [...(set.all || []), ...(set.all_zero || [])];
  return make("article", {}, title,
    make("div", {class: "sems"}, set.sems.map(showSemaphore)),
    all.length ? line(say("sem_all"), tokens(all)) : "");
}

function showMachine(m) {
  if (!run.machine.memory && !run.machine.slots) return "";
  const meter = (used, all) => make("meter", {min: 0, max: all, value: used});
  return card(say("memory"),
    run.machine.memory ? line("", meter(m.memory, run.machine.memory), say("memory_used", digits(m.memory), digits(run.machine.memory))) : "",
    run.machine.slots ? line("", meter(m.slots, run.machine.slots), say("memory_slots", digits(m.slots), digits(run.machine.slots))) : "");
}

/* All of one kind, the first letter of their keys. */
function ofKind(moment, letter) {
  const list = [];
  for (let i = 0; moment.has(letter + i); i++) list.push(moment.get(letter + i));
  return list;
}

/* Where there is no room for all, what this step has changed is in sight. */
function showChanged(cards) {
  const changed = cards.find((c) => c.dataset.kinds.split("").some((letter) =>
    Object.keys(run.steps[view.step].d).some((key) => key[0] === letter)));
  const box = find("objects");
  if (!changed || box.scrollHeight <= box.clientHeight) return;
  const top = changed.offsetTop - box.offsetTop;
  if (top < box.scrollTop || top + changed.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top;
}

function showObjects(moment) {
  const pipes = ofKind(moment, "f"), files = ofKind(moment, "i").filter((f) => f.n !== undefined);
  const kinds = [
    ["pipe", pipes.filter((p) => !p.fifo), showPipe, "f"], ["fifo", pipes.filter((p) => p.fifo), showPipe, "f"],
    ["msgq", ofKind(moment, "m"), showQueue, "m"], ["shm", ofKind(moment, "s"), showSegment, "s"],
    ["sem", ofKind(moment, "e"), showSet, "e"], ["directory", files, showFile, "i"]];
  const cards = kinds.filter((k) => k[1].length).map((k) => fill(card(say(k[0]), k[1].map(k[2])), {"data-kinds": k[3]}));
  const stood = find("objects").scrollTop;
  put("objects", cards, showMachine(moment.get("w0")));
  find("objects").scrollTop = stood;
  showChanged(cards);
}
