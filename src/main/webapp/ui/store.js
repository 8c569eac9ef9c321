// All that the page knows: what the server said, by address, and what the reader has opened or chosen.

import { request } from './api.js';
import { parse } from './route.js';

export const POLL_MILLIS = 3000;
const HIDDEN_POLL_MILLIS = 30000;
const KEPT_ANSWERS = 400;

export const state = {
  route: parse(location.hash),
  /** The server's time minus the reader's: ages are told by the server's clock. */
  clockSkew: 0,
  lastAnswer: null,
  /** Why the server could not be asked; null if it could. */
  outage: null,
  opened: new Set(),
  choices: {},
  toasts: [],
  dialog: null,
};

/** address -> { json, at, previous, error } */
const answers = new Map();
const loading = new Set();
let needs = () => [];
let draw = () => {};
let timer = null;

export function start(whatIsNeeded, redraw) {
  needs = whatIsNeeded;
  let scheduled = false;
  draw = () => {
    if (!scheduled) {
      scheduled = true;
      requestAnimationFrame(() => {
        scheduled = false;
        redraw();
      });
    }
  };
  addEventListener('hashchange', () => {
    state.route = parse(location.hash);
    scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
    poll();
  });
  document.addEventListener('visibilitychange', () => !document.hidden && poll());
  setInterval(() => !document.hidden && draw(), 1000);
  poll();
}

export function change(action) {
  action();
  draw();
  // what has just been opened must not wait for the next round
  if (needs().some(({ address }) => !answers.has(address))) poll();
}

export const now = () => Date.now() + state.clockSkew;

export const toggle = (key) =>
  change(() => (state.opened.has(key) ? state.opened.delete(key) : state.opened.add(key)));

export const choose = (key, value) => change(() => (state.choices[key] = value));

/** What the server last said at this address; undefined if it has not answered yet. */
export const answer = (address) => answers.get(address)?.json;
export const failure = (address) => answers.get(address)?.error;

/** The last two answers, from which rates follow. */
export const samples = (address) => answers.get(address);

/** Asks for everything that the present page needs, now and then again and again. */
export async function poll() {
  clearTimeout(timer);
  draw();
  const asked = new Set();
  let due = needs().filter(isDue);
  // an answer can show what else is needed
  while (due.length) {
    due.forEach(({ address }) => asked.add(address));
    await Promise.all(due.map(({ address }) => load(address)));
    draw();
    due = needs().filter((need) => !asked.has(need.address) && isDue(need));
  }
  clearTimeout(timer);
  timer = setTimeout(poll, document.hidden ? HIDDEN_POLL_MILLIS : POLL_MILLIS);
}

/** Asks once, because the reader wants it; the page does not ask again by itself. */
export async function ask(address) {
  if (!answers.get(address)?.json && !loading.has(address)) await load(address);
  draw();
}

const isDue = ({ address, once }) => !loading.has(address) && !(once && answers.get(address)?.json);

async function load(address) {
  loading.add(address);
  const known = answers.get(address);
  try {
    const json = await request(address);
    answers.delete(address);
    answers.set(address, { json, at: Date.now(), previous: known?.json ? known : undefined });
    if (known) known.previous = undefined;
    if (answers.size > KEPT_ANSWERS) answers.delete(answers.keys().next().value);
    if (json.now) state.clockSkew = json.now - Date.now();
    state.lastAnswer = Date.now();
    state.outage = null;
  } catch (error) {
    answers.set(address, { ...known, error });
    if (error.status === 0) state.outage = state.outage ?? Date.now();
    else state.outage = null;
  } finally {
    loading.delete(address);
  }
}
