// What a job can begin with: its checkpoints and savepoints, and whether it would start from one of them.

import { send, url } from './api.js';
import { restorePointsOf } from './addresses.js';
import { confirm, label, pin, verify } from './actions.js';
import { tags } from './dom.js';
import { age, size, time } from './format.js';
import { card, dataTable, empty, tag } from './parts.js';
import { statePath } from './route.js';
import { answer, change, now, state } from './store.js';

const { a, button, div, li, p, span, strong, ul } = tags;

export function restorePoints(route, job) {
  const points = answer(restorePointsOf(job.name))?.['restore-points'];
  if (!points) return empty('Loading…');
  const run = state.choices[key(job)];
  return [card('Restore points', points.length ? dataTable({
    id: 'restore points', label: 'Restore points, newest first', rows: points, rowKey: (point) => point.path,
    columns: [
      { name: 'Snapshot', value: (point) => point.id, show: (point) => [a({ href: statePath(point.job, point.id) }, `${point.id}`), ' ', tag(KINDS[point.kind], point.kind === 'SAVEPOINT' ? 'savepoint' : '')] },
      { name: 'Age', value: (point) => point.timestamp, show: (point) => [age(now() - point.timestamp), span({ class: 'sub' }, time(point.timestamp))] },
      { name: 'Size', number: true, value: (point) => point.size, show: (point) => size(point.size) },
      { name: 'Label', value: (point) => point.label ?? '', show: (point) => [point.label, ' ',
        button({ type: 'button', class: 'plain', 'aria-label': `Label ${KINDS[point.kind]} ${point.id}`, onClick: () => confirm(labelling(point)) }, point.label ? 'Change' : 'Add')] },
      { name: 'Taken by', show: (point) => [point.job === job.id ? 'this run' : a({ href: `#/job/${point.job}` }, 'an earlier run'),
        point.ownership === 'POLICY' ? span({ class: 'sub' }, 'by schedule') : null] },
      { name: 'Place', class: 'wide', show: (point) => [span({ class: 'path' }, point.path), point.ownership === 'BORROWED' ? span({ class: 'sub' }, 'borrowed: never removed by this job') : null] },
      { name: 'Verified', value: (point) => point.verified_timestamp, show: (point) => verified(point) },
      { name: 'Keep', show: (point) => button({ type: 'button', 'aria-label': `${point.pinned ? 'Unpin' : 'Pin'} ${KINDS[point.kind]} ${point.id}`, onClick: () => pin(point, !point.pinned) }, point.pinned ? 'Unpin' : 'Pin') },
      { name: 'Would it start?', show: (point) => button({ type: 'button', disabled: run?.running, onClick: () => confirm(question(job, point)) }, 'Dry run…') },
    ],
  }) : empty('There is none: a job that is started now begins with no state.'),
  { flush: true, aside: span({ class: 'muted small' }, 'of this job and the runs of its name before it') }),
  // its snapshot may be gone from the list by now
  run ? card(`Dry run from ${KINDS[run.point.kind]} ${run.point.id}`, dryRunResult(run)) : null];
}

const labelling = (point) => ({
  title: `What is ${KINDS[point.kind]} ${point.id} called?`,
  text: ['A label says what a snapshot is for. It changes nothing else.'],
  fields: [{ name: 'label', label: 'Label', value: point.label ?? '', hint: 'Empty: none.' }],
  agree: 'Save', refuse: 'Not now', run: (values) => label(point, values.label.trim()),
});

function verified(point) {
  if (point.damage) return [tag('damaged', 'bad'), span({ class: 'sub' }, point.damage)];
  return [point.verified_timestamp < 0 ? 'not yet' : age(now() - point.verified_timestamp), ' ',
    button({ type: 'button', class: 'plain', 'aria-label': `Verify ${KINDS[point.kind]} ${point.id}`, onClick: () => verify(point) }, 'Verify')];
}

const KINDS = { CHECKPOINT: 'checkpoint', SAVEPOINT: 'savepoint' };

// ---- dry run

const key = (job) => `dry run ${job.name}`;

const question = (job, point) => ({
  title: `Would ${job.name} start from ${KINDS[point.kind]} ${point.id}?`,
  text: ['The job as it is deployed is compared with what is in the snapshot. Nothing is started, stopped or written, and the job may run meanwhile.'],
  fields: [
    { name: 'openFunctions', type: 'checkbox', label: 'Open the functions, so that they name their states', hint: 'Each is opened and closed once, without state; whatever else it does when it opens, it does.' },
    { name: 'allowNonRestoredState', type: 'checkbox', label: 'Leave state behind whose operator is gone', hint: 'Otherwise such a start is refused.' },
  ],
  agree: 'Dry run', refuse: 'Not now', run: (values) => dryRun(job, point, values),
});

async function dryRun(job, point, { openFunctions, allowNonRestoredState }) {
  const told = (result) => change(() => (state.choices[key(job)] = { point, ...result }));
  told({ running: true });
  try {
    told(await send('POST', url`weir/v1/jobs/${job.name}/dry-run`,
      { from: point.path, openFunctions: openFunctions === 'on', allowNonRestoredState: allowNonRestoredState === 'on' }));
  } catch (error) {
    told({ error: error.message });
  }
}

const VERDICTS = { STARTS: ['It would start.', 'good'], REFUSED: ['It would be refused.', 'bad'], UNDECIDED: ['It cannot be told for sure.', 'warn'] };
const MATCHES = {
  MATCHED: ['restored as it is', 'good'], MIGRATED: ['restored, migrated', 'good'], NEW: ['new, begins empty', ''], MISSING: ['not in the job', 'warn'],
  INCOMPATIBLE: ['incompatible', 'bad'], FINISHED: ['had finished', ''], UNKNOWN: ['known when it opens', 'warn'],
};
const matchTag = (match) => tag(...(MATCHES[match] ?? [match.toLowerCase(), '']));

function dryRunResult(result) {
  if (result.running) return p({ class: 'small', role: 'status' }, 'The job is being compared with the snapshot…');
  if (result.error) return p({ class: 'small', role: 'alert' }, tag('failed', 'bad'), ' ', result.error);
  const [sentence, tone] = VERDICTS[result.verdict];
  return div({ class: 'report' },
    p({ role: 'status' }, tag(result.verdict.toLowerCase(), tone), ' ', strong(sentence), result.reason ? ` ${result.reason}` : ''),
    dataTable({
      id: 'dry run', label: 'Operators', rows: result.operators, rowKey: (operator) => operator.id, sortable: false,
      columns: [
        { name: 'Operator', show: (operator) => [operator.name || operator.id, operator.uid ? span({ class: 'sub path' }, operator.uid) : null] },
        { name: 'What becomes of it', show: (operator) => [matchTag(operator.match), operator.notes.map((note) => span({ key: note, class: 'sub' }, note))] },
        { name: 'Parallelism', show: (operator) => parallelism(operator) },
        { name: 'States', show: (operator) => (operator.states.length ? ul({ class: 'plain' }, operator.states.map(stateLine)) : span({ class: 'muted' }, 'none')) },
      ],
    }));
}

function parallelism({ stored_parallelism: stored, parallelism: present }) {
  if (stored > 0 && present > 0) return stored === present ? `${present}` : `${stored} → ${present}`;
  return `${Math.max(stored, present)}`;
}

const stateLine = (each) => li({ key: each.name },
  strong(each.name), ' ', span({ class: 'muted' }, each.kind?.toLowerCase().replaceAll('_', ' ') ?? ''), ' ', matchTag(each.match),
  each.changes.map((text) => span({ key: text, class: 'sub' }, text)), each.note ? span({ class: 'sub' }, each.note) : null);
