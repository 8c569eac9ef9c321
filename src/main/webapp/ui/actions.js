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

export async function triggerCheckpoint(job) {
  const entry = toast(`Checkpoint of ${job.name} requested…`);
  try {
    const { 'request-id': id } = await send('POST', url`jobs/${job.id}/checkpoints`);
    let status;
    do {
      await pause();
      status = await request(url`jobs/${job.id}/checkpoints/${id}`);
      await showProgress(entry, job);
    } while (status.status.id === 'IN_PROGRESS');
    if (status.operation.failureCause) {
      finish(entry, 'bad', `Checkpoint of ${job.name} failed. ${cause(status.operation.failureCause)}`);
    } else {
      finish(entry, 'good', `Checkpoint ${status.operation.checkpointId} of ${job.name} is complete.`);
    }
  } catch (error) {
    finish(entry, 'bad', `No checkpoint of ${job.name} was taken. ${reason(error)}`);
  }
  poll();
}

async function showProgress(entry, job) {
  const { history } = await request(url`weir/v1/checkpoints/${job.id}` + '?limit=5');
  const running = history.find((each) => each.status === 'IN_PROGRESS');
  if (running) {
    change(() => {
      entry.share = running.num_acknowledged_subtasks / running.num_subtasks;
      entry.text = `Checkpoint ${running.id} of ${job.name}: ${running.num_acknowledged_subtasks} of ${running.num_subtasks} subtasks have acknowledged.`;
    });
  }
}

const cause = (thrown) => thrown['stack-trace'].split('\n')[0].replace(/^[\w.$]+(Exception|Error): /, '');

const reason = (error) => (error instanceof RequestFailed ? error.message : String(error));

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

export async function startJob(job) {
  const entry = toast(`${job.name}: starting…`);
  try {
    const started = await send('POST', url`weir/v1/jobs/${job.name}/start`);
    finish(entry, 'good', `${job.name} has been started.`);
    if (started.id !== job.id && state.route.id === job.id) location.hash = `#/job/${started.id}`;
  } catch (error) {
    finish(entry, 'bad', `${job.name} was not started. ${reason(error)}`);
  }
  poll();
}
