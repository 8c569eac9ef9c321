// The checkpoints of a job: overview, history, summary, configuration.

import { STRIP, HISTORY_PAGE, checkpointConfigOf, checkpointOf, checkpointsOf, historyOf, lineOf, shownCheckpoint } from './addresses.js';
import { advice } from './advice.js';
import { LineChart } from './chart.js';
import { checkpointPanel } from './checkpoint.js';
import { component, tags } from './dom.js';
import { age, clock, count, duration, size, span as setting, time } from './format.js';
import { card, checkpointTag, checkpointType, dataTable, empty, expander, figures, legend, pairs, scrolling, tag } from './parts.js';
import { restorePoints } from './restore.js';
import { checkpointsPath } from './route.js';
import { answer, choose, now, state } from './store.js';

const { a, button, div, nav, p, span, strong, table, tbody, td, th, thead, tr } = tags;

const PARTS = [['overview', 'Overview'], ['history', 'History'], ['restore-points', 'Restore points'], ['summary', 'Summary'], ['configuration', 'Configuration']];

export function checkpointsPage(route, job) {
  const part = { overview, history, 'restore-points': restorePoints, summary, configuration }[route.part];
  return [
    nav({ class: 'tabs sub', 'aria-label': 'Checkpoints' },
      PARTS.map(([key, text]) => a({ key, href: checkpointsPath(route.id, key), 'aria-current': route.part === key ? 'page' : undefined }, text))),
    part(route, job),
  ];
}

// ---- overview

function overview(route) {
  const statistics = answer(checkpointsOf(route.id));
  const page = answer(historyOf(route.id, STRIP));
  const job = answer(lineOf(route.id));
  if (!statistics || !page || !job) return empty('Loading…');
  return [
    keyFigures(job, statistics),
    strip(route, page.history),
    charts(page.history),
    latest(route, statistics.latest),
  ];
}

function keyFigures(job, { counts }) {
  const last = job.checkpoints['last-completed'];
  const failed = job.checkpoints['failures-in-a-row'];
  const tolerable = job.checkpoints['tolerable-failures'];
  const { interval } = job.checkpoints;
  return figures([
    ['Last good checkpoint', last ? age(now() - last.timestamp) : 'none yet', last ? `${last['is-savepoint'] ? 'savepoint' : 'checkpoint'} ${last.id}, ${duration(last.duration)}` : 'a crash now would start from the beginning', last ? '' : 'warn'],
    ['Failures in a row', `${failed} of ${tolerable}`, 'tolerated', failed > 0 ? (failed >= tolerable ? 'bad' : 'warn') : ''],
    ['Completed', count(counts.completed), `of ${count(counts.total)} triggered`],
    ['Failed', count(counts.failed), counts.total ? `${((counts.failed / counts.total) * 100).toFixed(1)} % of all` : null],
    ['In progress', count(counts.in_progress), interval > 0 ? `one every ${setting(interval)}` : 'periodic checkpoints are off'],
    ['Restored', count(counts.restored), job.restored ? `last from ${job.restored['is-savepoint'] ? 'savepoint' : 'checkpoint'} ${job.restored.id}` : 'never'],
  ]);
}

function strip(route, newestFirst) {
  if (!newestFirst.length) return card('Last checkpoints', empty('No checkpoint has been triggered yet.'));
  const shown = shownCheckpoint(route);
  const entries = [...newestFirst].reverse();
  const longest = Math.max(1, ...entries.map((entry) => entry.end_to_end_duration));
  const position = entries.findIndex((entry) => entry.id === shown);
  const select = (entry) => entry && (location.hash = checkpointsPath(route.id, entry.id));
  const entry = answer(checkpointOf(route.id, shown));
  return card(`Last ${entries.length} checkpoints`, [
    div({ class: 'strip', role: 'group', 'aria-label': `Last ${entries.length} checkpoints, oldest first; arrow keys move`, onKeyDown: (event) => moveFocus(event) },
      entries.map((each, i) => bar(each, longest, each.id === shown, i === (position < 0 ? entries.length - 1 : position), () => select(each)))),
    div({ class: 'ends' }, span(time(entries[0].trigger_timestamp)), span({ class: 'wide' }, `tallest bar: ${duration(longest)}`), span(time(entries.at(-1).trigger_timestamp))),
    div({ class: 'bar', style: { marginTop: '16px', display: 'flex', gap: '8px', alignItems: 'center', flexWrap: 'wrap' } },
      strong(`Checkpoint ${shown ?? ''}`),
      entry ? checkpointTag(entry.status) : null,
      entry?.is_savepoint ? tag(checkpointType(entry), 'savepoint') : entry ? tag(checkpointType(entry)) : null,
      route.checkpoint == null ? span({ class: 'muted small' }, 'the newest; follows along') : a({ class: 'small', href: checkpointsPath(route.id) }, 'follow the newest'),
      div({ class: 'actions', style: { marginLeft: 'auto' } },
        button({ type: 'button', class: 'icon', 'aria-label': 'Older checkpoint', disabled: position === 0, onClick: () => select(position < 0 ? entries.at(-1) : entries[position - 1]) }, '‹'),
        button({ type: 'button', class: 'icon', 'aria-label': 'Newer checkpoint', disabled: position < 0 || position === entries.length - 1, onClick: () => select(entries[position + 1]) }, '›'))),
    shown == null ? null : checkpointPanel(route.id, shown, { withTables: false }),
  ], { aside: legend([['completed', 'completed'], ['failed', 'failed'], ['progress', 'in progress'], ['savepoint', 'savepoint']]) });
}

function bar(entry, longest, pressed, reachable, onClick) {
  const kind = entry.status === 'FAILED' ? 'failed' : entry.status === 'IN_PROGRESS' ? 'progress' : entry.is_savepoint ? 'savepoint' : '';
  const text = `${entry.is_savepoint ? 'Savepoint' : 'Checkpoint'} ${entry.id}, ${entry.status.toLowerCase().replace('_', ' ')}, ${duration(entry.end_to_end_duration)}, ${size(entry.checkpointed_size)}`;
  const share = entry.status === 'IN_PROGRESS' ? 1 : Math.sqrt(Math.max(0, entry.end_to_end_duration) / longest);
  return button({ key: entry.id, type: 'button', class: kind, 'aria-pressed': String(pressed), 'aria-label': text, title: text, tabIndex: reachable ? 0 : -1, onClick },
    span({ style: { height: `${Math.max(6, share * 100)}%` } }));
}

/** One stop for the Tab key, and the arrow keys within. */
function moveFocus(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
  if (!step) return;
  event.preventDefault();
  const bars = [...event.currentTarget.children];
  const next = Math.max(0, Math.min(bars.length - 1, bars.indexOf(document.activeElement) + step));
  bars[next].focus();
  bars[next].click();
}

function charts(newestFirst) {
  const points = [...newestFirst].reverse()
    .filter((entry) => entry.status !== 'IN_PROGRESS')
    .map((entry) => ({ ...entry, at: entry.trigger_timestamp, name: `Checkpoint ${entry.id}`, failed: entry.status === 'FAILED' }));
  const completed = (value) => (point) => (point.failed ? null : value(point));
  return div({ class: 'columns' },
    card('Duration', component(LineChart, {
      label: 'End to end duration', points, format: duration,
      series: [{ name: 'end to end', value: completed((point) => point.end_to_end_duration) }],
    })),
    card('Size', component(LineChart, {
      label: 'Sizes', points, format: size,
      series: [
        { name: 'written now', binary: true, value: completed((point) => point.checkpointed_size) },
        { name: 'in-flight', value: completed((point) => point.persisted_data) },
        { name: 'full', value: completed((point) => point.state_size) },
      ],
    })));
}

function latest(route, { completed, savepoint, failed, restored }) {
  const link = (entry) => a({ href: checkpointsPath(route.id, entry.id) }, `${entry.id}`);
  const line = (kind, entry, when, what) =>
    tr({ key: kind }, th({ scope: 'row' }, kind), entry
      ? [td({ class: 'number' }, link(entry)), td({ class: 'nowrap' }, time(when)), td({ class: 'what' }, what(entry))]
      : [td({ class: 'number muted' }, 'none'), td(), td()]);
  return card('Latest of each kind', scrolling('Latest of each kind', table(
    thead(tr(['Kind', 'Id', 'Time', 'What'].map((name) => th({ key: name, scope: 'col', class: name === 'Id' ? 'number' : '' }, name)))),
    tbody(
      line('Completed', completed, completed?.latest_ack_timestamp, (entry) => `${duration(entry.end_to_end_duration)}, ${size(entry.checkpointed_size)} written, ${size(entry.state_size)} in full`),
      line('Savepoint', savepoint, savepoint?.latest_ack_timestamp, (entry) => [`${size(entry.state_size)}, ${entry.savepointFormat?.toLowerCase()}`, span({ class: 'sub path' }, entry.external_path)]),
      line('Failed', failed, failed?.failure_timestamp, (entry) => entry.failure_message),
      line('Restore', restored, restored?.restore_timestamp, (entry) => [entry.is_savepoint ? 'from a savepoint' : 'from a checkpoint', span({ class: 'sub path' }, entry.external_path)])))), { flush: true });
}

// ---- history

function history(route) {
  const pages = state.choices[`history ${route.id}`] ?? [];
  const before = pages.at(-1);
  const page = answer(historyOf(route.id, HISTORY_PAGE, before));
  const goTo = (list) => choose(`history ${route.id}`, list);
  if (!page) return empty('Loading…');
  const key = (entry) => `checkpoint ${route.id} ${entry.id}`;
  const filter = state.choices['history filter'] ?? 'all';
  const rows = page.history.filter(FILTERS[filter][1]);
  return card('History', [
    div({ class: 'tools', style: { padding: '0 16px 10px' } },
      tags.label({ class: 'small' }, span({ class: 'hidden' }, 'Show'),
        tags.select({ value: filter, onChange: (event) => choose('history filter', event.target.value) },
          Object.entries(FILTERS).map(([name, [text]]) => tags.option({ key: name, value: name, selected: name === filter }, text)))),
      span({ class: 'muted small grow' }, page.history.length
        ? `checkpoints ${page.history.at(-1).id} to ${page.history[0].id}${before ? '' : ', newest first, follows along'}` : ''),
      button({ type: 'button', disabled: !pages.length, onClick: () => goTo([]) }, 'Newest'),
      button({ type: 'button', disabled: !pages.length, onClick: () => goTo(pages.slice(0, -1)) }, '‹ Newer'),
      button({ type: 'button', disabled: page.next == null, onClick: () => goTo([...pages, page.next]) }, 'Older ›'),
      tags.a({ class: 'button', href: exportOf(page.history), download: `checkpoints-${route.id}.csv` }, 'CSV')),
    rows.length ? dataTable({
      id: 'history', label: 'Checkpoints, newest first', rows, rowKey: (entry) => entry.id, sortable: false,
      isOpen: (entry) => state.opened.has(key(entry)),
      detail: (entry) => checkpointPanel(route.id, entry.id, { withTables: true }),
      columns: [
        { name: 'Id', show: (entry) => expander(key(entry), `${entry.id}`) },
        { name: 'Status', show: (entry) => [checkpointTag(entry.status), entry.status === 'FAILED' ? span({ class: 'sub' }, entry.failure_message) : null] },
        { name: 'Acknowledged', number: true, show: (entry) => `${entry.num_acknowledged_subtasks}/${entry.num_subtasks}${entry.status === 'IN_PROGRESS' ? ` (${Math.round((entry.num_acknowledged_subtasks / Math.max(1, entry.num_subtasks)) * 100)} %)` : ''}` },
        { name: 'Triggered', number: true, show: (entry) => time(entry.trigger_timestamp) },
        { name: 'Latest acknowledgement', number: true, class: 'wide', show: (entry) => (entry.latest_ack_timestamp < 0 ? '–' : clock(entry.latest_ack_timestamp)) },
        { name: 'End to end', number: true, show: (entry) => duration(entry.end_to_end_duration) },
        { name: 'Written now', number: true, show: (entry) => size(entry.checkpointed_size) },
        { name: 'Full size', number: true, show: (entry) => size(entry.state_size) },
        { name: 'In-flight processed (persisted)', number: true, class: 'wide', show: (entry) => `${size(entry.processed_data)} (${size(entry.persisted_data)})` },
        { name: 'Type', class: 'wide', show: (entry) => (entry.is_savepoint ? tag(checkpointType(entry), 'savepoint') : checkpointType(entry)) },
      ],
    }) : empty('None of this page.'),
  ], { flush: true });
}

const FILTERS = {
  all: ['All', () => true],
  completed: ['Completed', (entry) => entry.status === 'COMPLETED'],
  failed: ['Failed', (entry) => entry.status === 'FAILED'],
  savepoints: ['Savepoints', (entry) => entry.is_savepoint],
};

const EXPORTED = ['id', 'status', 'checkpoint_type', 'trigger_timestamp', 'latest_ack_timestamp', 'end_to_end_duration', 'checkpointed_size', 'state_size', 'processed_data', 'persisted_data', 'num_subtasks', 'num_acknowledged_subtasks', 'failure_message', 'external_path'];

function exportOf(entries) {
  const cell = (value) => (value == null ? '' : /[",\n]/.test(`${value}`) ? `"${`${value}`.replaceAll('"', '""')}"` : value);
  const lines = [EXPORTED.join(','), ...entries.map((entry) => EXPORTED.map((name) => cell(entry[name])).join(','))];
  return `data:text/csv;charset=utf-8,${encodeURIComponent(lines.join('\n'))}`;
}

// ---- summary

const SUMMARY = [
  ['End to end duration', 'end_to_end_duration', duration],
  ['Checkpointed data size', 'checkpointed_size', size],
  ['Full checkpoint data size', 'state_size', size],
  ['Processed in-flight data', 'processed_data', size],
  ['Persisted in-flight data', 'persisted_data', size],
];
const COLUMNS = [['min', 'Minimum'], ['avg', 'Average'], ['max', 'Maximum'], ['p50', '50 %'], ['p90', '90 %'], ['p95', '95 %'], ['p99', '99 %'], ['p999', '99.9 %']];

function summary(route) {
  const statistics = answer(checkpointsOf(route.id));
  if (!statistics) return empty('Loading…');
  const { completed } = statistics.counts;
  return card('Summary', scrolling('Summary of completed checkpoints', table(
    thead(tr(th({ scope: 'col' }, `Of ${count(Math.min(completed, 10000))} completed`), COLUMNS.map(([key, name]) => th({ key, scope: 'col', class: 'number' }, name)))),
    tbody(SUMMARY.map(([name, key, format]) => tr({ key },
      th({ scope: 'row' }, name),
      COLUMNS.map(([column]) => td({ key: column, class: 'number' }, statistics.summary[key][column] === 'NaN' ? '–' : format(statistics.summary[key][column])))))))), { flush: true, aside: span({ class: 'muted small' }, 'savepoints included; percentiles over the last 10,000') });
}

// ---- configuration

const OFF = 9223372036854775000;

function configuration(route, job) {
  const config = answer(checkpointConfigOf(route.id));
  if (!config) return empty('Loading…');
  const onOff = (value) => (value ? 'enabled' : 'disabled');
  const rows = [
    ['Checkpointing mode', config.mode === 'exactly_once' ? 'exactly once' : 'at least once'],
    ['Checkpoint storage', config.checkpoint_storage],
    ['State backend', config.state_backend],
    ['Interval', config.interval >= OFF ? 'periodic checkpoints disabled' : setting(config.interval)],
    ['Timeout', setting(config.timeout)],
    ['Minimum pause between checkpoints', setting(config.min_pause)],
    ['Maximum concurrent checkpoints', count(config.max_concurrent)],
    ['Unaligned checkpoints', onOff(config.unaligned_checkpoints)],
    ...(config.unaligned_checkpoints ? [['Aligned checkpoint timeout', config.aligned_checkpoint_timeout === 0 ? 'unaligned at once' : setting(config.aligned_checkpoint_timeout)]] : []),
    ['Checkpoints after the job has ended', config.externalization.enabled ? `kept, ${config.externalization.delete_on_cancellation ? 'deleted on cancellation' : 'retained on cancellation'}` : 'deleted'],
    ['Tolerable failed checkpoints', count(config.tolerable_failed_checkpoints)],
    ['Checkpoints with finished tasks', onOff(config.checkpoints_after_tasks_finish)],
    ['State changelog', onOff(config.state_changelog_enabled)],
    ...(config.state_changelog_enabled ? [['Changelog storage', config.changelog_storage], ['Changelog materialisation interval', setting(config.changelog_periodic_materialization_interval)]] : []),
  ];
  return [card('Checkpoint configuration', pairs(rows), { flush: true }), advice(job)];
}
