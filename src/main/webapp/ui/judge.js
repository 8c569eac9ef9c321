// What the figures mean: sentences and next steps. Pure: no page, no clock.

import { age, duration, span } from './format.js';

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

/**
 * One sentence about a checkpoint: the server's once it has come to its end, and until then what it waits for.
 * vertices: { name, subtasks } each.
 */
export function explain(checkpoint, vertices, now) {
  if (checkpoint.status !== 'IN_PROGRESS') return checkpoint.explanation ?? checkpoint.failure_message ?? 'The catalog does not tell what took its time.';
  const missing = vertices.flatMap((vertex) => vertex.subtasks
    .filter((subtask) => subtask.status !== 'completed')
    .map((subtask) => `${vertex.name} (${subtask.index + 1}/${vertex.subtasks.length})`));
  const since = age(now - checkpoint.trigger_timestamp);
  return missing.length
    ? `Triggered ${since}; waits for ${list(missing)}.`
    : `Triggered ${since}; all subtasks have acknowledged, its metadata is being written.`;
}

const list = (names) => (names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`);
