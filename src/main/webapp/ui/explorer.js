// What is in a snapshot: operators and their states, and on request what a state holds.

import { entriesOf, keyGroupsOf, restorePointsOf, shownSnapshot, stateOf } from './addresses.js';
import { tags } from './dom.js';
import { age, count, size } from './format.js';
import { banner, card, dataTable, empty, tag } from './parts.js';
import { LATEST, statePath } from './route.js';
import { answer, ask, change, failure, now, state } from './store.js';

const { a, button, div, form, input, label, li, option, p, select, span, strong, ul } = tags;

export function statePage(route, job) {
  const points = answer(restorePointsOf(job.name))?.['restore-points'];
  if (!points) return empty('Loading…');
  const own = points.filter((point) => point.job === route.id);
  const shown = loadedSnapshot(route, shownSnapshot(route, job.name));
  if (shown == null) return card('State', empty('There is no checkpoint or savepoint to look into yet.'));
  const contents = answer(stateOf(route.id, shown));
  const problem = failure(stateOf(route.id, shown));
  return [
    card('Snapshot', [
      div({ class: 'tools' },
        label(span({ class: 'hidden' }, 'Snapshot'),
          select({ onChange: (event) => (location.hash = statePath(route.id, event.target.value, route.operator, route.state)) },
            option({ value: LATEST, selected: route.checkpoint === LATEST }, 'the newest'),
            (own.some((point) => point.id === shown) || route.checkpoint === LATEST ? own : [{ id: shown, kind: 'CHECKPOINT' }, ...own]).map((point) =>
              option({ key: point.id, value: `${point.id}`, selected: route.checkpoint === point.id }, `${point.kind.toLowerCase()} ${point.id}${point.timestamp ? `, ${age(now() - point.timestamp)}` : ''}`)))),
        contents ? span({ class: 'small' }, `${contents.kind.toLowerCase()} ${shown}, ${size(contents.size)}, ${contents.format.toLowerCase()}, ${age(now() - contents.timestamp)}`) : null),
      contents ? p({ class: 'path' }, contents.path) : null,
    ]),
    contents ? operators(route, contents)
      : problem ? banner('warn', problem.message, ['A checkpoint is removed when newer ones are complete; a savepoint stays. ', a({ href: statePath(route.id) }, 'Show the newest')])
      : empty('Loading…'),
    contents && route.state != null ? oneState(route, shown, contents) : null,
  ];
}

const loaded = new Map();

/** Of those that follow each other, the one before stays in sight until the next one is there. */
function loadedSnapshot(route, wanted) {
  if (wanted != null && answer(stateOf(route.id, wanted))) loaded.set(route.id, wanted);
  return route.checkpoint === LATEST ? loaded.get(route.id) ?? wanted : wanted;
}

function operators(route, contents) {
  return card('Operators and their state', dataTable({
    id: 'snapshot operators', label: 'Operators and their state', rows: contents.operators, rowKey: (operator) => operator.id,
    columns: [
      { name: 'Operator', value: (operator) => operator.name ?? '', show: (operator) => [operator.name || operator.id, operator.uid ? span({ class: 'sub path' }, operator.uid) : null] },
      { name: 'Parallelism', number: true, value: (operator) => operator.parallelism, show: (operator) => [`${operator.parallelism}`, span({ class: 'sub' }, `of ${operator.max_parallelism}`)] },
      { name: 'Keyed', number: true, value: (operator) => operator.keyed_size, show: (operator) => size(operator.keyed_size) },
      { name: 'Operator state', number: true, value: (operator) => operator.operator_size, show: (operator) => size(operator.operator_size) },
      { name: 'In flight', number: true, class: 'wide', value: (operator) => operator.in_flight_size, show: (operator) => size(operator.in_flight_size) },
      { name: 'States', show: (operator) => (operator.states.length
        ? ul({ class: 'plain' }, operator.states.map((each) => li({ key: each.name },
          a({ href: statePath(route.id, route.checkpoint, operator.id, each.name), 'aria-current': isShown(route, operator, each) ? 'true' : undefined }, each.name), ' ',
          span({ class: 'muted small' }, words(each.kind), each.elements == null ? '' : `, ${count(each.elements)} elements`))))
        : span({ class: 'muted' }, 'none')) },
    ],
  }), { flush: true });
}

const words = (name) => name.toLowerCase().replaceAll('_', ' ');
const isShown = (route, operator, each) => operator.id === route.operator && each.name === route.state;

// ---- one state

function oneState(route, snapshot, contents) {
  const operator = contents.operators.find((each) => each.id === route.operator);
  const found = operator?.states.find((each) => each.name === route.state);
  if (!found) return card(route.state, empty('This snapshot has no such state.'));
  const place = { id: route.id, snapshot, operator: route.operator, state: route.state };
  const keyed = found.elements == null;
  return [
    card(`${found.name} of ${operator.name || operator.id}`, div({ class: 'report' },
      p({ class: 'small' }, Object.entries(found.types).map(([role, type]) => span({ key: role, class: 'type' }, span({ class: 'muted' }, `${role}: `), span({ class: 'path' }, typeText(type))))),
      div({ class: 'tools' },
        button({ type: 'button', onClick: () => look(place, entriesOf(place, { limit: PAGE })) }, 'Show entries'),
        keyed ? form({ class: 'tools', onSubmit: (event) => lookUp(event, place) },
          label(span({ class: 'hidden' }, 'Key'), input({ type: 'text', name: 'key', placeholder: 'Key, or JSON if it has parts', required: true })),
          button({ type: 'submit' }, 'Look up')) : null,
        keyed ? button({ type: 'button', onClick: () => look(place, keyGroupsOf(place)) }, 'Largest key groups') : null),
      p({ class: 'muted small' }, 'State is read as a restore would read it, so on a large snapshot it takes time. Values are business data: the server asks for the role operator.'),
      looked(place))),
  ];
}

const PAGE = 20;
const lookKey = ({ id, operator, state: name }) => `look ${id} ${operator} ${name}`;

/** Asks once, when the reader wants it; what is shown says of which snapshot it is. */
function look(place, address, before = []) {
  change(() => (state.choices[lookKey(place)] = { snapshot: place.snapshot, addresses: [...before, address] }));
  ask(address);
}

function lookUp(event, place) {
  event.preventDefault();
  look(place, entriesOf(place, { key: new FormData(event.target).get('key') }));
}

function looked(place) {
  const chosen = state.choices[lookKey(place)];
  if (!chosen) return null;
  const answers = chosen.addresses.map(answer);
  const problem = failure(chosen.addresses.at(-1));
  const pages = answers.filter(Boolean);
  const last = answers.at(-1);
  return div({ class: 'report', 'aria-live': 'polite' },
    p({ class: 'small' }, strong(`In snapshot ${chosen.snapshot}`)),
    pages[0]?.key_groups ? keyGroups(pages[0].key_groups) : pages.length ? entries(pages.flatMap((page) => page.entries)) : null,
    last ? (last.next ? p(button({ type: 'button', onClick: () => look({ ...place, snapshot: chosen.snapshot }, entriesOf({ ...place, snapshot: chosen.snapshot }, { limit: PAGE, ...last.next }), chosen.addresses) }, 'More')) : null)
      : problem ? p({ role: 'alert', class: 'small' }, tag('failed', 'bad'), ' ', problem.message) : p({ class: 'small' }, 'Reading…'));
}

const text = (value) => (value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value));

function entries(rows) {
  if (!rows.length) return empty('Nothing.');
  const some = (name) => rows.some((row) => row[name] != null);
  return dataTable({
    id: 'entries', label: 'Entries', rows: rows.map((row, i) => ({ ...row, i })), rowKey: (row) => row.i, sortable: false,
    columns: [
      some('key') ? { name: 'Key', show: (row) => span({ class: 'path' }, text(row.key)) } : { name: 'Subtask', show: (row) => `${row.part + 1}` },
      ...(some('namespace') ? [{ name: 'Window', show: (row) => span({ class: 'path' }, text(row.namespace)) }] : []),
      { name: 'Value', show: (row) => span({ class: 'path' }, text(row.value)) },
      ...(rows.some((row) => row.elements > 1) ? [{ name: 'Elements', number: true, show: (row) => count(row.elements) }] : []),
      { name: 'Size', number: true, show: (row) => size(row.sizeBytes) },
      ...(some('key') ? [{ name: 'Key group', number: true, class: 'wide', show: (row) => `${row.part}` }] : []),
    ],
  });
}

function keyGroups(rows) {
  const largest = Math.max(1, ...rows.map((row) => row.sizeBytes));
  return rows.length ? dataTable({
    id: 'key groups', label: 'Largest key groups', rows: rows.slice(0, PAGE), rowKey: (row) => row.keyGroup, sortable: false,
    columns: [
      { name: 'Key group', show: (row) => `${row.keyGroup}` },
      { name: 'Entries', number: true, show: (row) => count(row.entries) },
      { name: 'Size', number: true, show: (row) => size(row.sizeBytes) },
      { name: 'Beside the largest', class: 'wide', show: (row) => div({ class: 'meter', 'aria-hidden': 'true' }, span({ style: { width: `${(row.sizeBytes / largest) * 100}%` } })) },
    ],
  }) : empty('Nothing.');
}

/** A schema as people write it: Delays { flights long, sumMinutes long }. */
function typeText(type) {
  if (!type?.fields) return text(type);
  return `${(type.name ?? type.type).replace(/^.*[.$]/, '')} { ${type.fields.map((field) => `${field.name} ${typeText(field.schema)}`).join(', ')} }`;
}
