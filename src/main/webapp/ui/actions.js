// What a reader can do: ask first where it cannot be undone, then show how it goes.

import { RequestFailed, request, send, url } from './api.js';
import { change, poll, state } from './store.js';

const PROGRESS_MILLIS = 500;
const TOAST_MILLIS = 8000;
let toastCount = 0;

function toast(text) {
  const entry = { id: ++toastCount, text, tone: '', share: null };
  change(() => state.toasts.push(entry));
  return entry;
}

export const dismiss = (entry) => change(() => (state.toasts = state.toasts.filter((each) => each !== entry)));

function finish(entry, tone, text) {
  change(() => Object.assign(entry, { tone, text, share: null }));
  // what went wrong stays until it has been read
  if (tone !== 'bad') setTimeout(() => dismiss(entry), TOAST_MILLIS);
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PROGRESS_MILLIS));

/** Opens a dialog; the action runs when the reader agrees. */
export const confirm = (dialog) => change(() => (state.dialog = dialog));
export const closeDialog = () => change(() => (state.dialog = null));

/** Begins an operation, and asks below an address, usually the same, until it has come to its end. */
async function operate(address, body, progress = () => {}, status = address) {
  const { 'request-id': id } = await send('POST', address, body);
  let answer;
  do {
    await pause();
    answer = await request(`${status}/${encodeURIComponent(id)}`);
    await progress();
  } while (answer.status.id === 'IN_PROGRESS');
  const thrown = answer.operation.failureCause ?? answer.operation['failure-cause'];
  if (thrown) throw new OperationFailed(cause(thrown));
  return answer.operation;
}

class OperationFailed extends Error {}

/** Does something that the reader has asked for, and says what it has come to. */
async function report(begun, run, failed) {
  const entry = toast(begun);
  try {
    finish(entry, 'good', await run(entry));
  } catch (error) {
    finish(entry, 'bad', `${failed} ${reason(error)}`);
  }
  poll();
}

const takeSnapshot = (job, what, address, body, done) =>
  report(`${what} of ${job.name} requested…`, async (entry) => done(await operate(address, body, () => showProgress(entry, job, what))),
    `${what} of ${job.name}:`);

export const triggerCheckpoint = (job) =>
  takeSnapshot(job, 'Checkpoint', url`jobs/${job.id}/checkpoints`, {}, ({ checkpointId }) => `Checkpoint ${checkpointId} of ${job.name} is complete.`);

export const takeSavepoint = (job, directory, label) =>
  takeSnapshot(job, 'Savepoint', url`jobs/${job.id}/savepoints`, { ...(directory ? { 'target-directory': directory } : {}), ...(label ? { label } : {}) },
    ({ location: path }) => `The savepoint of ${job.name} is at ${path}.`);

export const stopWithSavepoint = (job, directory, drain) =>
  report(`${job.name}: stopping with a savepoint…`, async (entry) => {
    const { location: path } = await operate(url`jobs/${job.id}/stop`, { drain, ...(directory ? { targetDirectory: directory } : {}) },
      () => showProgress(entry, job, 'Savepoint'), url`jobs/${job.id}/savepoints`);
    return `${job.name} has stopped. Its savepoint is at ${path}.`;
  }, `${job.name} was not stopped.`);

export const removeSavepoint = (path) =>
  report(`Removing ${path}…`, async () => {
    await operate('savepoint-disposal', { 'savepoint-path': path });
    return `Removed ${path}.`;
  }, `${path} was not removed.`);

const nameOf = (point) => `${point.kind.toLowerCase()} ${point.id}`;

export const pin = (point, pinned) =>
  report(`${nameOf(point)}…`, async () => {
    await send(pinned ? 'PUT' : 'DELETE', url`weir/v1/checkpoints/${point.job}/${point.id}/pin`);
    return pinned ? `${nameOf(point)} stays until it is unpinned.` : `${nameOf(point)} is pinned no more.`;
  }, `${nameOf(point)}:`);

export const label = (point, text) =>
  report(`${nameOf(point)}…`, async () => {
    const address = url`weir/v1/checkpoints/${point.job}/${point.id}/label`;
    await (text ? send('PUT', address, { label: text }) : send('DELETE', address));
    return text ? `${nameOf(point)} is labelled “${text}”.` : `${nameOf(point)} has no label.`;
  }, `${nameOf(point)}:`);

export const verify = (point) =>
  report(`${nameOf(point)}…`, async () => {
    await send('POST', url`weir/v1/checkpoints/${point.job}/${point.id}/verification`);
    return `${nameOf(point)} is being read; the list will tell.`;
  }, `${nameOf(point)}:`);

async function showProgress(entry, job, what) {
  const { history } = await request(url`weir/v1/checkpoints/${job.id}` + '?limit=5');
  const running = history.find((each) => each.status === 'IN_PROGRESS');
  if (running) {
    change(() => {
      entry.share = running.num_acknowledged_subtasks / running.num_subtasks;
      entry.text = `${what} ${running.id} of ${job.name}: ${running.num_acknowledged_subtasks} of ${running.num_subtasks} subtasks have acknowledged.`;
    });
  }
}

const cause = (thrown) => thrown['stack-trace'].split('\n')[0].replace(/^[\w.$]+(Exception|Error): /, '');

const reason = (error) => (error instanceof RequestFailed || error instanceof OperationFailed ? error.message : String(error));

/** Does something to a job, then waits until it has one of these states. */
async function act(job, doing, ask, until, done) {
  const entry = toast(`${job.name}: ${doing}…`);
  try {
    await ask();
    let { state: status } = await request(url`jobs/${job.id}`);
    while (!until.includes(status)) {
      change(() => (entry.text = `${job.name}: ${doing} (${status.toLowerCase()})…`));
      await pause();
      ({ state: status } = await request(url`jobs/${job.id}`));
    }
    finish(entry, status === until[0] ? 'good' : 'bad', status === until[0] ? done : `${job.name} is ${status.toLowerCase()}.`);
  } catch (error) {
    finish(entry, 'bad', `${job.name}: ${reason(error)}`);
  }
  poll();
}

const ENDED = ['FINISHED', 'FAILED', 'CANCELED'];

export const cancel = (job) =>
  act(job, 'cancelling', () => send('PATCH', url`jobs/${job.id}` + '?mode=cancel'), ['CANCELED', ...ENDED], `${job.name} is canceled.`);

export const suspend = (job) =>
  act(job, 'suspending', () => send('POST', url`weir/v1/jobs/${job.name}/suspend`), ['SUSPENDED', ...ENDED],
    `${job.name} is suspended; starting it goes on from its last checkpoint.`);

export const startJob = (job) =>
  report(`${job.name}: starting…`, async () => {
    const started = await send('POST', url`weir/v1/jobs/${job.name}/start`);
    if (started.id !== job.id && state.route.id === job.id) location.hash = `#/job/${started.id}`;
    return `${job.name} has been started.`;
  }, `${job.name} was not started.`);
