// How large each state is in a checkpoint, and what is of no state: together they are the checkpoint.

import { sizesOf } from './addresses.js';
import { tags } from './dom.js';
import { size } from './format.js';
import { dataTable, empty } from './parts.js';
import { answer, failure, state, toggle } from './store.js';

const { button, div, h3, span } = tags;

/** More rows than this are shown on request. */
const MOST_ROWS = 12;

export function stateSizes(job, details) {
  const sizes = answer(sizesOf(job, details.id));
  if (!sizes) {
    const problem = failure(sizesOf(job, details.id));
    return problem ? empty(problem.message) : null;
  }
  const rows = sizes.operators.flatMap(rowsOf).sort((a, b) => b.full - a.full || b.written - a.written);
  if (!rows.length) return null;
  const key = `sizes ${job} ${details.id}`;
  const all = state.opened.has(key) || rows.length <= MOST_ROWS;
  return div(
    h3(span('States, largest first')),
    dataTable({
      id: 'sizes', label: `Sizes of the states in checkpoint ${details.id}`, rows: all ? rows : rows.slice(0, MOST_ROWS), rowKey: (row) => row.key,
      columns: [
        { name: 'State', value: (row) => row.name, show: (row) => [row.isState ? row.name : span({ class: 'muted' }, row.name), span({ class: 'sub' }, row.what)] },
        { name: 'Operator', value: (row) => row.operator, show: (row) => row.operator },
        { name: 'Written now', number: true, value: (row) => row.written, show: (row) => size(row.written) },
        { name: 'Full size', number: true, value: (row) => row.full, show: (row) => size(row.full) },
      ],
    }),
    all ? null : button({ type: 'button', class: 'plain', onClick: () => toggle(key) }, `Show all ${rows.length} rows; these are the largest`));
}

/** The states of an operator, and whatever else it has. */
function rowsOf(operator) {
  const rest = [
    ['records in flight', 'of channels, not of a state', operator.in_flight_size, operator.in_flight_size],
    ['coordinator', 'its state stands in the metadata', 0, operator.coordinator_size],
    ['everything else', 'of no state alone', operator.other.checkpointed_size, operator.other.state_size],
  ];
  const row = (isState, name, what, written, full) => ({
    key: `${operator.id} ${isState} ${what} ${name}`, operator: operator.name || operator.id, isState, name, what, written, full,
  });
  return [
    ...operator.states.map((each) => row(true, each.name, words(each.kind), each.checkpointed_size, each.state_size)),
    ...rest.filter(([, , written, full]) => written || full).map((each) => row(false, ...each)),
  ];
}

const words = (name) => name.toLowerCase().replaceAll('_', ' ');
