// The graph of a job: sources left, sinks right, every vertex in the column behind its farthest input.

import { tags } from './dom.js';
import { compact, percent } from './format.js';

const { clipPath, defs, div, g, path, rect, svg, text, title } = tags;

const BOX = { width: 216, height: 92 };
const GAP = { x: 88, y: 22 };

/** vertices: { id, name, parallelism, rates } in topological order; inputs(id): [{ id, strategy }]. */
export function graph(vertices, inputs) {
  const places = layout(vertices, inputs);
  const width = Math.max(...[...places.values()].map(({ x }) => x)) + BOX.width + 2;
  const height = Math.max(...[...places.values()].map(({ y }) => y)) + BOX.height + 2;
  const label = `Job graph. ${vertices.map((vertex) => sentence(vertex, inputs(vertex.id), vertices)).join(' ')}`;
  return div({ class: 'graph', tabIndex: 0, role: 'region', 'aria-label': 'Job graph' },
    svg({ width, height, viewBox: `-1 -1 ${width} ${height}`, role: 'img', 'aria-label': label },
      vertices.flatMap((vertex) =>
        inputs(vertex.id).map((input) => edge(places.get(input.id), places.get(vertex.id), input.strategy, `${input.id}${vertex.id}${input.num}`))),
      vertices.map((vertex) => box(vertex, places.get(vertex.id)))));
}

const sentence = (vertex, sources, vertices) =>
  `${vertex.name}, parallelism ${vertex.parallelism}${sources.length
    ? `, reads from ${sources.map(({ id }) => vertices.find((each) => each.id === id)?.name).join(' and ')}`
    : ''}.`;

function layout(vertices, inputs) {
  const column = new Map();
  for (const { id } of vertices) {
    column.set(id, Math.max(-1, ...inputs(id).map((input) => column.get(input.id) ?? 0)) + 1);
  }
  // a source stands right before its first consumer, not far left of it
  for (const { id } of vertices) {
    if (!inputs(id).length) {
      const readers = vertices.filter((vertex) => inputs(vertex.id).some((input) => input.id === id));
      if (readers.length) column.set(id, Math.max(0, Math.min(...readers.map((reader) => column.get(reader.id))) - 1));
    }
  }
  const filled = new Map();
  const places = new Map();
  for (const { id } of vertices) {
    const x = column.get(id);
    const row = filled.get(x) ?? 0;
    filled.set(x, row + 1);
    places.set(id, { x: x * (BOX.width + GAP.x), row, column: x });
  }
  const rows = Math.max(...filled.values());
  for (const place of places.values()) {
    const spare = rows - filled.get(place.column);
    place.y = (place.row + spare / 2) * (BOX.height + GAP.y);
  }
  return places;
}

function edge(from, to, strategy, key) {
  const [x1, y1] = [from.x + BOX.width, from.y + BOX.height / 2];
  const [x2, y2] = [to.x, to.y + BOX.height / 2];
  const bend = (x2 - x1) / 2;
  return g({ key },
    path({ class: 'edge', d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 6} ${y2}` }),
    path({ class: 'arrow', d: `M${x2} ${y2}l-8 -4v8z` }),
    text({ x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 7, 'text-anchor': 'middle' }, strategy.toLowerCase()));
}

function box(vertex, { x, y }) {
  const { rates } = vertex;
  const load = rates && [['busy', rates.busy], ['back-pressured', rates.backPressured], ['idle', rates.idle]];
  const tone = rates?.backPressured > 0.5 ? 'bad' : rates?.backPressured > 0.1 ? 'warn' : '';
  let left = x + 12;
  return g({ key: vertex.id },
    title(vertex.name),
    rect({ class: `box ${tone}`, x, y, width: BOX.width, height: BOX.height, rx: 8 }),
    defs(clipPath({ id: `clip-${vertex.id}` }, rect({ x: x + 10, y, width: BOX.width - 20, height: BOX.height }))),
    g({ 'clip-path': `url(#clip-${vertex.id})` },
      lines(vertex.name).map((each, i) => text({ key: i, class: 'name', x: x + 12, y: y + 21 + i * 16 }, each)),
      text({ x: x + 12, y: y + 57 },
        `×${vertex.parallelism} · ${rates ? `${compact(rates.in)}/s in · ${compact(rates.out)}/s out` : vertex.status.toLowerCase()}`),
      text({ x: x + 12, y: y + 72 },
        load ? `busy ${percent(rates.busy)} · back-pressured ${percent(rates.backPressured)}` : '')),
    load && load.map(([kind, share]) => {
      const width = share * (BOX.width - 24);
      const bar = rect({ key: kind, class: kind, x: left, y: y + 80, width: Math.max(0, width), height: 5 });
      left += width;
      return bar;
    }));
}

/** A name on at most two lines, broken where a chain goes on. */
function lines(name) {
  const fits = 27;
  if (name.length <= fits) return [name];
  const parts = name.split(' -> ');
  let first = parts[0];
  let used = 1;
  while (used < parts.length && `${first} -> ${parts[used]}`.length <= fits) first += ` -> ${parts[used++]}`;
  const rest = parts.slice(used).join(' -> ');
  return rest ? [shorten(first, fits), shorten(`→ ${rest}`, fits)] : [shorten(first, fits)];
}

const shorten = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
