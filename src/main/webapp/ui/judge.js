// What the figures mean: sentences and next steps. Pure: no page, no clock.

import { age, duration, size, span } from './format.js';

/** A checkpoint is overdue when none was completed for so many intervals, and at least so long. */
const OVERDUE_INTERVALS = 3;
const OVERDUE_MILLIS = 30_000;

/**
 * The most urgent thing to know about a job: { tone, sentence, next, page }, or null if it is well.
 * page is the tab that shows more.
 */
export function judge(job, now) {
  const because = job.failure ? `: ${firstSentence(job.failure.message ?? job.failure.exception)}` : '.';
  switch (job.status) {
    case 'FAILED':
      return {
        tone: 'bad',
        sentence: `${job.name} has failed${because}`,
        next: 'Its restart strategy gave up. Mend the cause, then start it again: it goes on from its last checkpoint if that was retained.',
        page: 'exceptions',
      };
    case 'FAILING':
    case 'RESTARTING':
      return {
        tone: 'bad',
        sentence: `${job.name} is restarting${because}`,
        next: 'It goes on from its last checkpoint by itself. If it fails again and again, look at the cause.',
        page: 'exceptions',
      };
    case 'SUSPENDED':
      return {
        tone: 'info',
        sentence: `${job.name} is suspended.`,
        next: 'Start it, and it goes on from its last checkpoint.',
      };
    case 'RECONCILING':
      return {
        tone: 'warn',
        sentence: `${job.name} is not run by this server.`,
        next: 'It runs on another server, or was left behind by one that has ended. Start it here by its name.',
      };
    case 'RUNNING':
      return judgeCheckpoints(job, now);
    default:
      return null;
  }
}

function judgeCheckpoints(job, now) {
  const { interval } = job.checkpoints;
  const failed = job.checkpoints['failures-in-a-row'];
  const tolerable = job.checkpoints['tolerable-failures'];
  const last = job.checkpoints['last-completed'];
  if (failed > 0) {
    return {
      tone: failed >= tolerable ? 'bad' : 'warn',
      sentence: `${failed} of ${tolerable} tolerated checkpoint failures in a row.`,
      next: failed >= tolerable ? 'One more, and the job restarts from its last good checkpoint.' : 'The history shows why they failed.',
      page: 'checkpoints',
    };
  }
  if (interval <= 0) return null;
  const since = now - (last?.timestamp ?? job['status-since']);
  if (since < Math.max(OVERDUE_MILLIS, OVERDUE_INTERVALS * interval)) return null;
  return {
    tone: 'bad',
    sentence: `No checkpoint of ${job.name} was completed for ${duration(since)}, though one is due every ${span(interval)}.`,
    next: 'A crash now would repeat that much work. Open the checkpoint in progress: the subtasks without acknowledgement hold it up.',
    page: 'checkpoints',
  };
}

/** The first sentence of a message that may go on for lines. */
export function firstSentence(text) {
  const line = text.split('\n')[0].trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

const PHASES = [
  ['delay', 'start delay'],
  ['alignment', 'alignment'],
  ['sync', 'synchronous part'],
  ['async', 'asynchronous part'],
  ['other', 'acknowledgement'],
];

export const phaseNames = PHASES;

/** The phases of one subtask in the order in which they happen: [kind, millis]; they add up to its end to end duration. */
export function phases(subtask) {
  const known = [
    ['delay', subtask.start_delay],
    ['alignment', subtask.alignment.duration],
    ['sync', subtask.checkpoint.sync],
    ['async', subtask.checkpoint.async],
  ].map(([kind, millis]) => [kind, Math.max(0, millis)]);
  const sum = known.reduce((total, [, millis]) => total + millis, 0);
  return [...known, ['other', Math.max(0, subtask.end_to_end_duration - sum)]];
}

const ADVICE = {
  delay: 'The barrier was long on its way: a task in front of it is busy or back-pressured.',
  alignment: 'It waited for the barriers of its slower inputs; unaligned checkpoints would not.',
  sync: 'Processing stood still meanwhile: the state is copied synchronously, or the machine was busy.',
  async: 'State was being written: look at its size and at the checkpoint storage.',
  other: 'It had written its state, and its acknowledgement was late: the machine was busy.',
};

/**
 * One sentence about what took the time of a checkpoint.
 * vertices: { name, subtasks } each.
 */
export function explain(checkpoint, vertices, now) {
  const all = vertices.flatMap((vertex) => vertex.subtasks.map((subtask) => ({ vertex, subtask })));
  const label = ({ vertex, subtask }) => `${vertex.name} (${subtask.index + 1}/${vertex.subtasks.length})`;
  if (checkpoint.status === 'FAILED') {
    const missing = all.filter(({ subtask }) => subtask.status !== 'completed');
    const who = missing.length ? ` Without acknowledgement: ${list(missing.map(label))}.` : '';
    return `${checkpoint.failure_message ?? 'It failed.'}${who}`;
  }
  if (checkpoint.status === 'IN_PROGRESS') {
    const missing = all.filter(({ subtask }) => subtask.status !== 'completed');
    const since = age(now - checkpoint.trigger_timestamp);
    return missing.length
      ? `Triggered ${since}; waits for ${list(missing.map(label))}.`
      : `Triggered ${since}; all subtasks have acknowledged, its metadata is being written.`;
  }
  const done = all.filter(({ subtask }) => subtask.status === 'completed');
  if (!done.length) return 'No subtask took part: all had finished.';
  const last = done.reduce((a, b) => (b.subtask.ack_timestamp > a.subtask.ack_timestamp ? b : a));
  const [kind, millis] = phases(last.subtask).reduce((a, b) => (b[1] > a[1] ? b : a));
  const name = Object.fromEntries(PHASES)[kind];
  const opening = `The last to acknowledge was ${label(last)} after ${duration(last.subtask.end_to_end_duration)}`;
  if (last.subtask.end_to_end_duration < 1) return `${opening}.`;
  const wrote = kind === 'async' ? ` for ${size(last.subtask.checkpointed_size)}` : '';
  return `${opening}, of which ${duration(millis)} were its ${name}${wrote}. ${millis >= 1000 ? ADVICE[kind] : ''}`.trim();
}

const list = (names) => (names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`);
