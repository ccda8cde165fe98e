/* browser.mjs: a headless Chromium, spoken to through a pipe (the DevTools
 * protocol): messages are JSON, each ended by a zero byte. */
import {spawn} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

const KEYS = {
  ArrowRight: 39, ArrowLeft: 37, ArrowUp: 38, ArrowDown: 40, Home: 36, End: 35,
  Enter: 13, Escape: 27, Tab: 9, F1: 112, F9: 120
};
const SHIFT = 8;
const PATIENCE = 60000; /* milliseconds for an answer */

export async function openBrowser(program = process.env.CHROMIUM || "chromium") {
  const profile = mkdtempSync(join(tmpdir(), "replay-"));
  const child = spawn(program, [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--no-first-run",
    "--disable-background-networking", "--window-size=1280,800", "--remote-debugging-pipe",
    `--user-data-dir=${profile}`, "about:blank"
  ], {stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"]});
  const waiting = new Map(), heard = [];
  let number = 0, rest = "", session;

  child.stdio[4].on("data", (bytes) => {
    rest += bytes;
    const messages = rest.split("\0");
    rest = messages.pop();
    for (const text of messages) {
      const m = JSON.parse(text);
      if (!m.id) {
        heard.push(m);
        continue;
      }
      const [done, fail] = waiting.get(m.id);
      waiting.delete(m.id);
      if (m.error) fail(new Error(m.error.message));
      else done(m.result);
    }
  });

  child.on("exit", (code, signal) => {
    for (const [, fail] of waiting.values()) fail(new Error(`the browser has ended: ${signal || code}`));
  });

  function send(method, params = {}) {
    const id = ++number;
    child.stdio[3].write(JSON.stringify({id, method, params, sessionId: session}) + "\0");
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error(`no answer to ${method}`)), PATIENCE);
      const settle = (how) => (x) => { clearTimeout(late); how(x); };
      waiting.set(id, [settle(done), settle(fail)]);
    });
  }

  const {targetId} = await send("Target.createTarget", {url: "about:blank"});
  session = (await send("Target.attachToTarget", {targetId, flatten: true})).sessionId;
  await send("Page.enable");
  await send("Runtime.enable");
  await send("Network.enable");
  await send("Log.enable");

  /* The value of an expression in the page. */
  async function ask(expression) {
    const r = await send("Runtime.evaluate", {expression, returnByValue: true, awaitPromise: true});
    if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception.description);
    return r.result.value;
  }

  async function open(url) {
    heard.length = 0;
    await send("Page.navigate", {url});
    for (let i = 0; i < 200; i++) {
      if (await ask("document.readyState === 'complete' && location.href !== 'about:blank'")) return;
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error(`${url} does not load`);
  }

  async function press(name) {
    const shift = name.startsWith("Shift+"), key = shift ? name.slice(6) : name;
    const code = KEYS[key] || key.toUpperCase().charCodeAt(0);
    const event = {key, code: key.length === 1 ? "" : key, windowsVirtualKeyCode: code, modifiers: shift ? SHIFT : 0,
                   text: key.length === 1 ? key : key === "Enter" ? "\r" : undefined};
    await send("Input.dispatchKeyEvent", {type: event.text ? "keyDown" : "rawKeyDown", ...event});
    await send("Input.dispatchKeyEvent", {type: "keyUp", ...event, text: undefined});
  }

  async function picture() {
    return Buffer.from((await send("Page.captureScreenshot")).data, "base64");
  }

  async function close() {
    const gone = new Promise((done) => child.on("exit", done));
    if (child.kill()) await gone;
    rmSync(profile, {recursive: true, force: true, maxRetries: 5});
  }

  return {ask, open, press, picture, close, heard, size: (width, height) =>
    send("Emulation.setDeviceMetricsOverride", {width, height, deviceScaleFactor: 1, mobile: false})};
}
