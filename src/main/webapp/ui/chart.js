// Lines over time, drawn as SVG. A cursor follows the pointer or the arrow keys and reads the values out.

import { Component, createRef, tags } from './dom.js';
import { clock, NONE } from './format.js';

const { circle, div, g, li, line, p, path, span, svg, text, ul } = tags;

const MIN_WIDTH = 260;
const HEIGHT = 190;
const LEFT = 64;
const BOTTOM = 22;
const TOP = 8;
const RIGHT = 8;

/**
 * properties: label, series [{ name, value(point) }], points [{ at, failed }] oldest first, format(value), select(point).
 * A point whose value is null leaves a gap.
 */
export class LineChart extends Component {
  state = { width: 640, cursor: null };
  element = createRef();

  /** Drawn in the pixels that there are: type in a picture that is scaled down cannot be read. */
  componentDidMount() {
    this.observer = new ResizeObserver(([{ contentRect }]) =>
      this.setState({ width: Math.max(MIN_WIDTH, Math.round(contentRect.width)) }));
    this.observer.observe(this.element.current);
  }

  componentWillUnmount() {
    this.observer.disconnect();
  }

  render(properties) {
    return div({ class: 'chart', ref: this.element },
      properties.points.length < 2 ? p({ class: 'empty' }, 'There is a chart from the second checkpoint on.') : this.chart(properties));
  }

  chart({ label, series, points, format }) {
    const { cursor, width } = this.state;
    const scale = scales(series, points, width);
    const marked = cursor == null ? null : points[cursor];
    return [
      ul({ class: 'legend' }, series.map((each, i) => li({ key: each.name }, span({ class: `swatch s${i}` }), each.name))),
      svg({
        viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, role: 'img', tabIndex: 0, 'aria-label': describe(label, series, points, format),
        onPointerMove: (event) => this.setState({ cursor: nearest(event, points.length, width) }),
        onPointerLeave: () => this.setState({ cursor: null }),
        onBlur: () => this.setState({ cursor: null }),
        onKeyDown: (event) => this.move(event, points.length),
      },
      scale.ticks.map((tick) => g({ key: `y${tick}` },
        line({ class: 'grid', x1: LEFT, x2: width - RIGHT, y1: scale.y(tick), y2: scale.y(tick) }),
        text({ x: LEFT - 8, y: scale.y(tick) + 4, 'text-anchor': 'end' }, format(tick)))),
      labelled(points.length).map(([i, anchor]) =>
        text({ key: `x${i}`, x: scale.x(i), y: HEIGHT - 4, 'text-anchor': anchor }, clock(points[i].at))),
      path({ class: 'area s0', d: area(series[0], points, scale) }),
      series.map((each, i) => path({ key: each.name, class: `line s${i}`, d: trace(each, points, scale) })),
      points.map((point, i) => point.failed &&
        path({ key: `f${i}`, class: 'failure', d: `M${scale.x(i)} ${HEIGHT - BOTTOM}l-4 -7h8z` })),
      marked && line({ class: 'cursor', x1: scale.x(cursor), x2: scale.x(cursor), y1: TOP, y2: HEIGHT - BOTTOM }),
      marked && series.map((each, i) => each.value(marked) != null &&
        circle({ key: `c${i}`, class: `s${i}`, cx: scale.x(cursor), cy: scale.y(each.value(marked)), r: 3.5 }))),
      p({ class: 'readout', 'aria-live': 'polite' },
        marked ? `${marked.name} at ${clock(marked.at)}: ${series.map((each) => `${each.name} ${show(each.value(marked), format)}`).join(' · ')}` : ''),
    ];
  }

  move(event, length) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.setState(({ cursor }) => ({ cursor: Math.max(0, Math.min(length - 1, (cursor ?? length) + step)) }));
  }
}

const show = (value, format) => (value == null ? NONE : format(value));

function describe(label, series, points, format) {
  const figures = series.map((each) => {
    const values = points.map(each.value).filter((value) => value != null);
    return values.length
      ? `${each.name} from ${format(Math.min(...values))} to ${format(Math.max(...values))}, last ${format(values.at(-1))}`
      : `${each.name} without values`;
  });
  return `${label}, ${points.length} checkpoints: ${figures.join('; ')}. Arrow keys read single values.`;
}

/** One step to the right for each checkpoint: downtime would leave most of a time axis empty. */
function scales(series, points, width) {
  const top = Math.max(...points.flatMap((point) => series.map((each) => each.value(point) ?? 0)), 1);
  const step = niceStep(top, series[0].binary);
  const ceiling = Math.ceil(top / step) * step;
  return {
    x: (i) => LEFT + (i / (points.length - 1)) * (width - LEFT - RIGHT),
    y: (value) => TOP + (1 - value / ceiling) * (HEIGHT - TOP - BOTTOM),
    ticks: Array.from({ length: Math.round(ceiling / step) + 1 }, (_, i) => i * step),
  };
}

/** Three or four lines at round values; bytes are round in powers of 1024. */
function niceStep(top, binary) {
  const base = binary ? 1024 ** Math.floor(Math.log(top) / Math.log(1024)) : 1;
  const rough = top / base / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough);
  return Math.max(factor * power * base, 1);
}

const labelled = (length) => [[0, 'start'], ...(length > 4 ? [[Math.floor((length - 1) / 2), 'middle']] : []), [length - 1, 'end']];

function trace(series, points, scale) {
  let pen = 'M';
  let d = '';
  points.forEach((point, i) => {
    const value = series.value(point);
    if (value == null) {
      pen = 'M';
    } else {
      d += `${pen}${scale.x(i).toFixed(1)} ${scale.y(value).toFixed(1)}`;
      pen = 'L';
    }
  });
  return d;
}

/** Below the line, from gap to gap. */
function area(series, points, scale) {
  const floor = scale.y(0);
  return trace(series, points, scale)
    .split('M')
    .filter((piece) => piece.includes('L'))
    .map((piece) => {
      const corners = piece.split('L');
      const x = (corner) => corner.split(' ')[0];
      return `M${x(corners[0])} ${floor}L${piece}L${x(corners.at(-1))} ${floor}Z`;
    })
    .join('');
}

function nearest(event, length, width) {
  const box = event.currentTarget.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * width;
  return Math.max(0, Math.min(length - 1, Math.round(((x - LEFT) / (width - LEFT - RIGHT)) * (length - 1))));
}
