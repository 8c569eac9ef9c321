// One job: its head with what can be done, and its tabs.

import { configOf, detailsOf, exceptionsOf, lineOf, namedOf } from './addresses.js';
import { cancel, confirm, startJob, stopWithSavepoint, suspend, takeSavepoint, triggerCheckpoint } from './actions.js';
import { checkpointsPage } from './checkpoints.js';
import { tags } from './dom.js';
import { statePage } from './explorer.js';
import { age, compact, count, duration, percent, time } from './format.js';
import { graph } from './graph.js';
import { firstSentence, judge } from './judge.js';
import { banner, card, dataTable, empty, jobTag, legend, pairs, shares, taskTag } from './parts.js';
import { jobPath } from './route.js';
import { answer, choose, failure, now, samples, state } from './store.js';

const { a, button, details, div, h1, input, label, li, nav, p, pre, span, strong, summary, ul } = tags;
const timeTag = tags.time;

const TABS = [['overview', 'Overview'], ['checkpoints', 'Checkpoints'], ['state', 'State'], ['exceptions', 'Exceptions'], ['configuration', 'Configuration']];
const ENDED = ['FINISHED', 'FAILED', 'CANCELED'];

export function jobPage(route) {
  const job = answer(lineOf(route.id));
  const problem = failure(lineOf(route.id));
  if (!job) {
    return [h1('Job'), problem && problem.status ? banner('bad', problem.message, [a({ href: '#/' }, 'All jobs'), ' of this server']) : empty('Loading…')];
  }
  const trouble = judge(job, now());
  const tab = { overview, checkpoints: checkpointsPage, state: statePage, exceptions, configuration }[route.tab];
  return [
    head(job),
    trouble ? banner(trouble.tone, trouble.sentence, [trouble.next, ' ',
      trouble.page && trouble.page !== route.tab ? a({ href: jobPath(job.id, trouble.page) }, 'Show') : null]) : null,
    nav({ class: 'tabs', 'aria-label': 'Job' },
      TABS.map(([key, text]) => a({ key, href: jobPath(job.id, key), 'aria-current': route.tab === key ? 'page' : undefined }, text))),
    tab(route, job),
  ];
}

function head(job) {
  const tasks = Object.entries(job.tasks).filter(([name, number]) => name !== 'total' && number > 0);
  return div({ class: 'head' },
    div(
      div({ class: 'title' }, h1(job.name), jobTag(job.status)),
      div({ class: 'facts' },
        span({ class: 'path' }, job.id),
        span(`started ${time(job['start-time'])}`),
        span(job['end-time'] > 0 ? `ended ${time(job['end-time'])}` : `for ${duration(job.duration)}`),
        span(tasks.map(([name, number]) => `${number} ${name}`).join(', ') || 'no tasks'),
        job.restarts > 0 ? span(`${job.restarts} restart${job.restarts === 1 ? '' : 's'}`) : null)),
    actions(job));
}

function actions(job) {
  const running = job.status === 'RUNNING';
  const ended = ENDED.includes(job.status);
  const resting = job.status === 'SUSPENDED' || job.status === 'RECONCILING';
  return div({ class: 'actions' },
    ended || resting
      ? button({ type: 'button', class: 'main', onClick: () => startJob(job) }, ended ? 'Start again' : 'Start')
      : button({ type: 'button', disabled: !running, onClick: () => triggerCheckpoint(job) }, 'Take checkpoint'),
    ended || resting ? null : [
      button({ type: 'button', disabled: !running, onClick: () => confirm(savepoint(job)) }, 'Take savepoint…'),
      button({ type: 'button', disabled: !running, onClick: () => confirm(suspension(job)) }, 'Suspend…'),
      button({ type: 'button', disabled: !running, onClick: () => confirm(stop(job)) }, 'Stop with savepoint…'),
    ],
    ended || job.status === 'RECONCILING' ? null
      : button({ type: 'button', class: 'danger', disabled: job.status === 'CANCELLING', onClick: () => confirm(cancellation(job)) }, 'Cancel job…'));
}

const DIRECTORY = { name: 'directory', label: 'Directory', hint: 'Empty: the one that is configured (execution.checkpointing.savepoint-dir).' };

const savepoint = (job) => ({
  title: `Take a savepoint of ${job.name}?`,
  text: ['It holds all of the job’s state, may be moved, and stays until somebody removes it. The job goes on.'],
  fields: [DIRECTORY, { name: 'label', label: 'Label', hint: 'What it is for; may be changed later.' }],
  agree: 'Take savepoint', run: ({ directory, label }) => takeSavepoint(job, directory, label.trim()),
});

const stop = (job) => ({
  title: `Stop ${job.name} with a savepoint?`,
  text: ['It takes a savepoint, commits what belongs to it, and ends. A job that is started later can begin with that savepoint.'],
  fields: [DIRECTORY, { name: 'drain', type: 'checkbox', label: 'Drain: let all windows and timers fire first', hint: 'Only if the job will not go on: its results are final then.' }],
  agree: 'Stop', refuse: 'Keep it running', run: ({ directory, drain }) => stopWithSavepoint(job, directory, drain === 'on'),
});

const suspension = (job) => ({
  title: `Suspend ${job.name}?`,
  text: ['It takes a last checkpoint and stops. It stays stopped, also over restarts of the server, until it is started again; then it goes on where it was.'],
  agree: 'Suspend', run: () => suspend(job),
});

const cancellation = (job) => {
  const last = job.checkpoints['last-completed'];
  return {
    title: `Cancel ${job.name}?`, danger: true,
    text: [
      'The job ends for good and takes no last checkpoint. Its checkpoints are removed unless its configuration retains them on cancellation.',
      last ? `The last good checkpoint is ${last.id}, ${age(now() - last.timestamp)}.` : 'It has no checkpoint.',
    ],
    agree: 'Cancel job', refuse: 'Keep it running', run: () => cancel(job),
  };
};

// ---- overview

function overview(route) {
  const job = answer(detailsOf(route.id));
  if (!job) return empty('Loading…');
  if (!job.vertices.length) return card('Job graph', empty('The graph of a job is known while this server runs it.'));
  const vertices = job.vertices.map((vertex) => ({ ...vertex, rates: rates(route.id, vertex) }));
  const nodes = new Map(job.plan.nodes.map((node) => [node.id, node]));
  const inputs = (id) => (nodes.get(id)?.inputs ?? []).map((input) => ({ id: input.id, num: input.num, strategy: input.ship_strategy ?? '' }));
  return [
    card('Job graph', graph(vertices, inputs), { aside: legend([['busy', 'busy'], ['back-pressured', 'back-pressured'], ['idle', 'idle']]) }),
    card('Vertices', dataTable({
      id: 'vertices', label: 'Vertices', rows: vertices, rowKey: (vertex) => vertex.id,
      columns: [
        { name: 'Vertex', value: (v) => v.name, show: (v) => v.name },
        { name: 'State', value: (v) => v.status, show: (v) => taskTag(v.status) },
        { name: 'Parallelism', number: true, value: (v) => v.parallelism, show: (v) => `${v.parallelism}` },
        { name: 'Records in', number: true, value: (v) => v.metrics['read-records'], show: (v) => [count(v.metrics['read-records']), span({ class: 'sub' }, v.rates ? `${compact(v.rates.in)}/s` : '')] },
        { name: 'Records out', number: true, value: (v) => v.metrics['write-records'], show: (v) => [count(v.metrics['write-records']), span({ class: 'sub' }, v.rates ? `${compact(v.rates.out)}/s` : '')] },
        { name: 'Busy', number: true, value: (v) => v.rates?.busy ?? -1, show: (v) => percent(v.rates?.busy) },
        { name: 'Back-pressured', number: true, value: (v) => v.rates?.backPressured ?? -1, show: (v) => percent(v.rates?.backPressured) },
        { name: 'Time', class: 'wide', show: (v) => (v.rates ? shares([['busy', v.rates.busy, 'busy'], ['back-pressured', v.rates.backPressured, 'back-pressured'], ['idle', v.rates.idle, 'idle']]) : '–') },
        { name: 'Duration', number: true, class: 'wide', value: (v) => v.duration, show: (v) => duration(v.duration) },
      ],
    }), { flush: true }),
  ];
}

/** Per second and as shares of time, between the last two answers; null until there are two. */
function rates(id, vertex) {
  const { json, previous } = samples(detailsOf(id)) ?? {};
  const before = previous?.json?.vertices.find((each) => each.id === vertex.id);
  const seconds = previous && (json.now - previous.json.now) / 1000;
  if (!before || !(seconds > 0) || vertex.status !== 'RUNNING') return null;
  const gained = (name) => Math.max(0, vertex.metrics[name] - before.metrics[name]);
  const spent = ['busy', 'backpressured', 'idle'].map((kind) => gained(`accumulated-${kind}-time`));
  const total = Math.max(1, spent[0] + spent[1] + spent[2]);
  return {
    in: gained('read-records') / seconds, out: gained('write-records') / seconds,
    busy: spent[0] / total, backPressured: spent[1] / total, idle: spent[2] / total,
  };
}

// ---- exceptions

function exceptions(route, job) {
  const history = answer(exceptionsOf(route.id))?.exceptionHistory;
  const decisions = answer(namedOf(job.name));
  if (!history) return empty('Loading…');
  return [
    card('Failures', history.entries.length
      ? ul({ class: 'events' }, history.entries.map((entry) => li({ key: entry.timestamp },
          timeTag({ dateTime: new Date(entry.timestamp).toISOString() }, time(entry.timestamp), span({ class: 'sub muted' }, ` ${age(now() - entry.timestamp)}`)),
          div(
            strong(message(entry)),
            p({ class: 'small muted' }, entry.taskName ? `${entry.taskName} · ${entry.exceptionName}` : `the job as a whole · ${entry.exceptionName}`),
            details(summary('Stack trace'), pre({ class: 'trace', tabIndex: 0 }, entry.stacktrace))))))
      : empty('The job has not failed.'),
      { aside: history.truncated ? span({ class: 'muted small' }, 'older ones are left out') : null }),
    decisions?.id === job.id
      ? card('What was decided, and why', ul({ class: 'events' }, decisions.decisions.map((decision, i) => li({ key: `${decision.timestamp}${i}` },
          timeTag({ dateTime: new Date(decision.timestamp).toISOString() }, time(decision.timestamp)),
          div(strong(decision.what.toLowerCase()), p(decision.why))))))
      : null,
  ];
}

/** The first line of the trace without the name of its class: it names task, operator and record. */
function message(entry) {
  const prefix = `${entry.exceptionName}: `;
  const line = firstSentence(entry.stacktrace);
  return line.startsWith(prefix) ? line.slice(prefix.length) : line;
}

// ---- configuration

function configuration(route) {
  const config = answer(configOf(route.id));
  if (!config) return empty('Loading…');
  const execution = config['execution-config'];
  const wanted = (state.choices['config search'] ?? '').toLowerCase();
  const options = Object.entries(execution['user-config']).sort(([a], [b]) => a.localeCompare(b))
    .filter(([key, value]) => key.toLowerCase().includes(wanted) || `${value}`.toLowerCase().includes(wanted));
  return [
    card('Execution', pairs([
      ['Restart strategy', execution['restart-strategy']],
      ['Default parallelism', `${execution['job-parallelism']}`],
      ['Object reuse', execution['object-reuse-mode'] ? 'on' : 'off'],
    ]), { flush: true }),
    card('Options of this job', options.length ? pairs(options.map(([key, value]) => [key, span({ class: 'path' }, value)])) : empty('None.'), {
      flush: true,
      aside: label(span({ class: 'hidden' }, 'Search options'),
        input({ type: 'search', placeholder: 'Search', value: state.choices['config search'] ?? '', onInput: (event) => choose('config search', event.target.value) })),
    }),
  ];
}
