// Small pieces that several pages are made of.

import { tags } from './dom.js';
import { choose, state, toggle } from './store.js';

const { button, dd, div, dl, dt, h2, header, li, p, section, span, strong, table, tbody, td, th, thead, tr, ul, caption } = tags;

const JOB_TONES = {
  RUNNING: 'good', FINISHED: 'good', FAILED: 'bad', FAILING: 'bad', RESTARTING: 'warn', CANCELLING: 'warn',
  CANCELED: '', SUSPENDED: 'warn', RECONCILING: 'warn', INITIALIZING: 'warn', CREATED: '',
};
const CHECKPOINT_TONES = { COMPLETED: 'good', FAILED: 'bad', IN_PROGRESS: 'warn' };

const words = (name) => name.toLowerCase().replaceAll('_', ' ');

export const tag = (text, tone = '') => span({ class: `tag ${tone}` }, text);
export const jobTag = (status) => tag(words(status), JOB_TONES[status] ?? '');
export const taskTag = jobTag;
export const checkpointTag = (status) => tag(words(status), CHECKPOINT_TONES[status] ?? '');

const TYPES = {
  CHECKPOINT: 'aligned', UNALIGNED_CHECKPOINT: 'unaligned', SAVEPOINT: 'savepoint', SYNC_SAVEPOINT: 'savepoint on stop',
};
export const checkpointType = (entry) => TYPES[entry.checkpoint_type] ?? words(entry.checkpoint_type);

export const card = (title, content, { aside, flush, id } = {}) =>
  section(
    { class: flush ? 'card flush' : 'card', 'aria-labelledby': id },
    header(h2({ id }, title), aside ?? null),
    content,
  );

/** [label, value, note, tone] each. */
export const figures = (entries) =>
  dl({ class: 'figures' },
    entries.map(([label, value, note, tone]) =>
      div({ key: label, class: tone ?? '' }, dt(label), dd(value), note == null ? null : dd(note))));

export const banner = (tone, sentence, next) =>
  div({ class: `banner ${tone}`, role: tone === 'bad' ? 'alert' : 'status' },
    strong(sentence), next ? p(next) : null);

export const empty = (text) => p({ class: 'empty' }, text);
export const legend = (entries) =>
  ul({ class: 'legend' }, entries.map(([name, text]) =>
    li({ key: name }, span({ class: `swatch ${name}`, 'aria-hidden': 'true' }), text)));

/** A table that can be scrolled sideways, also by keyboard. */
export const scrolling = (label, content) =>
  div({ class: 'scroll', role: 'region', 'aria-label': label, tabIndex: 0 }, content);

export const pairs = (rows) =>
  table({ class: 'pairs' }, tbody(rows.map(([key, value]) =>
    tr({ key }, th({ scope: 'row' }, key), td(value)))));

export const expander = (key, text) =>
  button({ type: 'button', class: 'toggle', 'aria-expanded': String(state.opened.has(key)), onClick: () => toggle(key) }, text);

/**
 * A table whose columns can be sorted.
 * columns: { name, value(row), show(row), number, class }; detail(row) gives what an open row shows below it.
 */
export function dataTable({ id, columns, rows, rowKey, label, detail, isOpen, sortable = true }) {
  const sort = state.choices[`sort ${id}`];
  const sorted = sort ? [...rows].sort(comparing(columns[sort.column].value, sort.down)) : rows;
  const heading = (column, i) => {
    const active = sort?.column === i;
    const classes = [column.number ? 'number' : '', column.class ?? ''].join(' ').trim();
    const direction = active ? (sort.down ? 'descending' : 'ascending') : undefined;
    return th({ scope: 'col', class: classes, key: column.name, 'aria-sort': direction },
      sortable && column.value
        ? button({ type: 'button', class: 'sort', onClick: () => choose(`sort ${id}`, nextSort(sort, i)) },
            column.name, active ? (sort.down ? ' ↓' : ' ↑') : '')
        : column.name);
  };
  return scrolling(label,
    table(
      caption({ class: 'hidden' }, label),
      thead(tr(columns.map(heading))),
      tbody(sorted.flatMap((row) => {
        const open = isOpen?.(row);
        const key = rowKey(row);
        const cells = columns.map((column, i) =>
          (i === 0 ? th : td)(
            { key: column.name, scope: i === 0 ? 'row' : undefined, class: [column.number ? 'number' : '', column.class ?? ''].join(' ').trim() },
            column.show(row)));
        const line = tr({ key, class: open ? 'open' : '' }, cells);
        return open ? [line, tr({ key: `${key} detail`, class: 'inner' }, td({ colSpan: columns.length }, detail(row)))] : [line];
      }))));
}

const nextSort = (sort, column) =>
  sort?.column !== column ? { column, down: true } : sort.down ? { column, down: false } : undefined;

function comparing(value, down) {
  const sign = down ? -1 : 1;
  return (a, b) => {
    const [left, right] = [value(a), value(b)];
    return sign * (typeof left === 'string' ? left.localeCompare(right) : left - right);
  };
}

/** Shares of a time that was spent in different ways: [class, share, name]. */
export function shares(parts) {
  const text = parts.map(([, share, name]) => `${name} ${Math.round(share * 100)} %`).join(', ');
  return div({ class: 'share', role: 'img', 'aria-label': text, title: text },
    parts.map(([kind, share]) => span({ key: kind, class: `swatch ${kind}`, style: { width: `${share * 100}%`, height: '100%', borderRadius: 0 } })));
}

export const meter = (share) => div({ class: 'meter' }, span({ style: { width: `${Math.min(1, share) * 100}%` } }));
