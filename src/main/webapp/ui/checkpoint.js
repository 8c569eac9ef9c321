// One checkpoint: the sentence that explains it, its figures, the waterfall of its subtasks, and all their numbers.

import { confirm, removeSavepoint } from './actions.js';
import { checkpointOf, detailsOf, subtasksOf } from './addresses.js';
import { tags } from './dom.js';
import { age, clock, count, duration, size, time } from './format.js';
import { explain, phaseNames, phases } from './judge.js';
import { banner, checkpointType, dataTable, empty, expander, figures, legend } from './parts.js';
import { stateSizes } from './sizes.js';
import { answer, failure, now, state, toggle } from './store.js';

const { button, code, div, h3, li, ol, p, span, strong, table, tbody, td, th, thead, tr } = tags;

/** More rows of one vertex than this are shown on request. */
const MOST_SUBTASKS = 12;

/** The vertices that took part, in the order of the job graph, with their subtasks as far as they are known. */
function verticesOf(job, details) {
  const order = new Map((answer(detailsOf(job))?.vertices ?? []).map((vertex, i) => [vertex.id, { i, name: vertex.name }]));
  return Object.entries(details.tasks)
    .map(([id, task]) => ({
      id, task,
      name: order.get(id)?.name ?? `Vertex ${id.slice(0, 8)}`,
      position: order.get(id)?.i ?? Infinity,
      answer: answer(subtasksOf(job, details.id, id)),
    }))
    .map((vertex) => ({ ...vertex, subtasks: vertex.answer?.subtasks ?? [] }))
    .sort((a, b) => a.position - b.position);
}

export function checkpointPanel(job, id, { withTables }) {
  const details = answer(checkpointOf(job, id));
  if (!details) {
    const problem = failure(checkpointOf(job, id));
    return empty(problem ? problem.message : 'Loading…');
  }
  const vertices = verticesOf(job, details);
  const complete = vertices.every((vertex) => vertex.answer);
  return div({ class: 'waterfall' },
    complete ? p({ class: 'sentence' }, explain(details, vertices, now())) : p({ class: 'sentence muted' }, 'Loading…'),
    facts(details),
    details.external_path
      ? p({ class: 'small' }, span({ class: 'muted' }, details.discarded ? 'Was at (removed since) ' : 'At '), span({ class: 'path' }, details.external_path))
      : null,
    verification(details),
    details.is_savepoint && details.status === 'COMPLETED' && !details.discarded
      ? p(button({ type: 'button', class: 'danger', onClick: () => confirm(removal(details)) }, 'Remove savepoint…'))
      : null,
    waterfall(job, details, vertices),
    stateSizes(job, details),
    withTables ? operators(job, details, vertices) : null);
}

/** Whether what is retained could be restored, as far as somebody has looked. */
function verification(details) {
  if (details.status !== 'COMPLETED' || details.discarded) return null;
  if (details.damage) return banner('bad', `Damaged: ${details.damage}`, `Read ${age(now() - details.verified_timestamp)}. Restores skip it.`);
  return p({ class: 'small muted' },
    details.verified_timestamp > 0 ? `Verified ${age(now() - details.verified_timestamp)}` : 'Not verified yet',
    details.pinned ? '; pinned: stays until it is unpinned' : null);
}

const removal = (details) => ({
  title: `Remove savepoint ${details.id}?`, danger: true,
  text: [`All files of ${details.external_path} are deleted. No job can begin with it any more.`],
  agree: 'Remove', refuse: 'Keep it', run: () => removeSavepoint(details.external_path),
});

function facts(details) {
  const ended = details.status === 'FAILED' ? ['Failed', clock(details.failure_timestamp)] : ['Last acknowledgement', details.latest_ack_timestamp < 0 ? '–' : clock(details.latest_ack_timestamp)];
  return figures([
    ['Triggered', clock(details.trigger_timestamp), age(now() - details.trigger_timestamp)],
    [ended[0], ended[1], duration(details.end_to_end_duration)],
    ['Acknowledged', `${details.num_acknowledged_subtasks} of ${details.num_subtasks}`, checkpointType(details)],
    ['Written now', size(details.checkpointed_size), 'checkpointed data'],
    ['Full size', size(details.state_size), 'read if restored'],
    ['In-flight data', size(details.persisted_data), `${size(details.processed_data)} processed meanwhile`],
  ]);
}

function waterfall(job, details, vertices) {
  const ended = details.status === 'FAILED' ? details.failure_timestamp : details.status === 'IN_PROGRESS' ? now() : details.latest_ack_timestamp;
  const total = Math.max(1, ended - details.trigger_timestamp);
  return [
    legend(phaseNames),
    vertices.map((vertex) => {
      const key = `subtasks ${job} ${details.id} ${vertex.id}`;
      const all = state.opened.has(key) || vertex.subtasks.length <= MOST_SUBTASKS;
      const shown = all ? vertex.subtasks : slowest(vertex.subtasks);
      return div({ key: vertex.id },
        h3(span(vertex.name), span({ class: 'muted nowrap' }, duration(vertex.task.end_to_end_duration))),
        ol(shown.map((subtask) => row(subtask, total, vertex))),
        all ? null : button({ type: 'button', class: 'plain', onClick: () => toggle(key) },
          `Show all ${vertex.subtasks.length} subtasks; these are the slowest`));
    }),
  ];
}

const slowest = (subtasks) =>
  [...subtasks].sort((a, b) => (b.end_to_end_duration ?? Infinity) - (a.end_to_end_duration ?? Infinity)).slice(0, MOST_SUBTASKS);

function row(subtask, total, vertex) {
  const number = `${subtask.index + 1}`;
  if (subtask.status !== 'completed') {
    return li({ key: subtask.index }, span(number), div({ class: 'track', title: 'no acknowledgement' }), span('no ack'));
  }
  const parts = phases(subtask);
  const text = parts.filter(([, millis]) => millis > 0).map(([kind, millis]) => `${names[kind]} ${duration(millis)}`).join(', ');
  return li({ key: subtask.index },
    span({ title: `subtask ${number} of ${vertex.subtasks.length}` }, number),
    div({ class: 'track', title: text, role: 'img', 'aria-label': text || 'less than a millisecond' },
      parts.map(([kind, millis]) => span({ key: kind, class: `swatch ${kind}`, style: { width: `${(millis / total) * 100}%`, borderRadius: 0, border: 0 } }))),
    span(duration(subtask.end_to_end_duration)));
}

const names = Object.fromEntries(phaseNames);

// ---- the same as numbers

const acknowledged = (entry) =>
  `${entry.num_acknowledged_subtasks}/${entry.num_subtasks} (${Math.round((entry.num_acknowledged_subtasks / Math.max(1, entry.num_subtasks)) * 100)} %)`;
const known = (entry, value) => (entry.latest_ack_timestamp < 0 ? 'n/a' : value);

function operators(job, details, vertices) {
  const key = (vertex) => `operator ${job} ${details.id} ${vertex.id}`;
  return dataTable({
    id: 'operators', label: `Operators of checkpoint ${details.id}`, rows: vertices, rowKey: (vertex) => vertex.id,
    isOpen: (vertex) => state.opened.has(key(vertex)),
    detail: (vertex) => subtaskTables(job, details, vertex),
    columns: [
      { name: 'Operator', value: (v) => v.name, show: (v) => expander(key(v), v.name) },
      { name: 'Acknowledged', value: (v) => v.task.num_acknowledged_subtasks, number: true, show: (v) => acknowledged(v.task) },
      { name: 'Latest acknowledgement', value: (v) => v.task.latest_ack_timestamp, number: true, show: (v) => known(v.task, time(v.task.latest_ack_timestamp)) },
      { name: 'End to end', value: (v) => v.task.end_to_end_duration, number: true, show: (v) => known(v.task, duration(v.task.end_to_end_duration)) },
      { name: 'Written now', value: (v) => v.task.checkpointed_size, number: true, show: (v) => known(v.task, size(v.task.checkpointed_size)) },
      { name: 'Full size', value: (v) => v.task.state_size, number: true, show: (v) => known(v.task, size(v.task.state_size)) },
      { name: 'In-flight processed (persisted)', value: (v) => v.task.processed_data, number: true, show: (v) => known(v.task, `${size(v.task.processed_data)} (${size(v.task.persisted_data)})`) },
    ],
  });
}

const FIGURES = [
  ['End to end', duration, (s) => s.end_to_end_duration, (s) => s.end_to_end_duration],
  ['Written now', size, (s) => s.checkpointed_size, (s) => s.checkpointed_size],
  ['Full size', size, (s) => s.state_size, (s) => s.state_size],
  ['Sync', duration, (s) => s.checkpoint_duration.sync, (s) => s.checkpoint.sync],
  ['Async', duration, (s) => s.checkpoint_duration.async, (s) => s.checkpoint.async],
  ['Processed', size, (s) => s.alignment.processed, (s) => s.alignment.processed],
  ['Persisted', size, (s) => s.alignment.persisted, (s) => s.alignment.persisted],
  ['Alignment', duration, (s) => s.alignment.duration, (s) => s.alignment.duration],
  ['Start delay', duration, (s) => s.start_delay, (s) => s.start_delay],
];

function subtaskTables(job, details, vertex) {
  if (!vertex.answer) return empty('Loading…');
  const { summary } = vertex.answer;
  const done = (subtask, value) => (subtask.status === 'completed' ? value(subtask) : 'n/a');
  return div({ class: 'waterfall' },
    div({ class: 'scroll', role: 'region', 'aria-label': `Summary of ${vertex.name}`, tabIndex: 0 },
      table({ class: 'compact' },
        thead(tr(th({ scope: 'col' }, `Of ${vertex.task.num_acknowledged_subtasks} acknowledged`), FIGURES.map(([name]) => th({ key: name, scope: 'col', class: 'number' }, name)))),
        tbody(['min', 'avg', 'max'].map((kind) => tr({ key: kind },
          th({ scope: 'row' }, { min: 'Minimum', avg: 'Average', max: 'Maximum' }[kind]),
          FIGURES.map(([name, format, of]) => td({ key: name, class: 'number' }, format(of(summary)[kind])))))))),
    dataTable({
      id: 'subtasks', label: `Subtasks of ${vertex.name}`, rows: vertex.subtasks, rowKey: (subtask) => subtask.index,
      columns: [
        { name: 'Subtask', value: (s) => s.index, show: (s) => `${s.index + 1}` },
        { name: 'Acknowledged', value: (s) => s.ack_timestamp ?? Infinity, number: true, show: (s) => done(s, (each) => time(each.ack_timestamp)) },
        ...FIGURES.map(([name, format, , of]) => ({
          name, number: true, value: (s) => (s.status === 'completed' ? of(s) : Infinity), show: (s) => done(s, (each) => format(of(each))),
        })),
        { name: 'Unaligned', value: (s) => Number(s.unaligned_checkpoint ?? false), number: true, show: (s) => done(s, (each) => (each.unaligned_checkpoint ? 'yes' : 'no')) },
      ],
    }));
}
