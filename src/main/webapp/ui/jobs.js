// All jobs, one line each: what runs, and how much would be lost if it did not.

import { overviewOf } from './addresses.js';
import { tags } from './dom.js';
import { age, count, duration, size, span as setting, time } from './format.js';
import { judge } from './judge.js';
import { banner, card, dataTable, empty, figures, jobTag, tag } from './parts.js';
import { jobPath } from './route.js';
import { answer, choose, now, state } from './store.js';

const { a, div, h1, input, label, option, p, select, span } = tags;

const PAGE = 50;
const ORDER = ['FAILED', 'FAILING', 'RESTARTING', 'RUNNING', 'INITIALIZING', 'CREATED', 'CANCELLING', 'RECONCILING', 'SUSPENDED', 'CANCELED', 'FINISHED'];
const ENDED = ['FINISHED', 'CANCELED', 'FAILED'];

export function jobsPage() {
  const overview = answer(overviewOf());
  if (!overview) return [h1('Jobs'), empty('Loading…')];
  const jobs = overview.jobs;
  const troubles = jobs.map((job) => ({ job, trouble: judge(job, now()) })).filter(({ trouble }) => trouble?.tone === 'bad');
  return [
    div({ class: 'head' }, h1('Jobs')),
    troubles.length ? banner('bad', troubles[0].trouble.sentence, [
      troubles[0].trouble.next, ' ', a({ href: jobPath(troubles[0].job.id, troubles[0].trouble.page) }, 'Show'),
      troubles.length > 1 ? ` · ${troubles.length - 1} more of these jobs need attention.` : '']) : null,
    totals(jobs),
    list(jobs),
  ];
}

function totals(jobs) {
  const running = jobs.filter((job) => job.status === 'RUNNING');
  const oldest = running.filter((job) => job.checkpoints['last-completed'] && job.checkpoints.interval > 0)
    .map((job) => ({ job, since: now() - job.checkpoints['last-completed'].timestamp }))
    .reduce((a, b) => (a && a.since > b.since ? a : b), null);
  const count = (statuses) => jobs.filter((job) => statuses.includes(job.status)).length;
  const failing = count(['FAILED', 'FAILING', 'RESTARTING']);
  return figures([
    ['Running', `${running.length}`, `${running.reduce((sum, job) => sum + job.tasks.running, 0)} tasks`],
    ['Failed or restarting', `${failing}`, failing ? 'look at these first' : 'none', failing ? 'bad' : ''],
    ['Suspended', `${count(['SUSPENDED', 'RECONCILING'])}`, 'can be started again'],
    ['Ended', `${count(['FINISHED', 'CANCELED'])}`, 'finished or canceled'],
    ['Oldest last good checkpoint', oldest ? age(oldest.since) : '–', oldest ? oldest.job.name : 'of the running jobs'],
  ]);
}

function list(jobs) {
  if (!jobs.length) {
    return card('Jobs', empty('This server has no jobs yet. A job is a CDI bean that implements StreamJob; it is found when its WAR is deployed.'));
  }
  const wanted = (state.choices['jobs search'] ?? '').toLowerCase();
  const status = state.choices['jobs status'] ?? 'all';
  const matching = jobs
    .filter((job) => !wanted || job.name.toLowerCase().includes(wanted) || job.id.startsWith(wanted))
    .filter((job) => status === 'all' || (status === 'live' ? !ENDED.includes(job.status) : job.status === status));
  const sorted = state.choices['sort jobs'] ? matching : [...matching].sort((x, y) => ORDER.indexOf(x.status) - ORDER.indexOf(y.status) || x.name.localeCompare(y.name));
  const most = state.choices['jobs most'] ?? PAGE;
  const since = (job) => (job.checkpoints['last-completed'] ? now() - job.checkpoints['last-completed'].timestamp : Infinity);
  return card('All jobs', [
    dataTable({
      id: 'jobs', label: 'Jobs', rows: sorted.slice(0, most), rowKey: (job) => job.id,
      columns: [
        { name: 'Job', value: (job) => job.name, show: (job) => [a({ href: jobPath(job.id) }, job.name), span({ class: 'sub wide' }, job.id)] },
        { name: 'State', value: (job) => job.status, show: (job) => [jobTag(job.status), job.restarts > 0 ? span({ class: 'sub' }, `${job.restarts} restart${job.restarts === 1 ? '' : 's'}`) : null] },
        { name: 'Last good checkpoint', number: true, value: since, show: (job) => lastGood(job) },
        { name: 'Failures', number: true, value: (job) => job.checkpoints['failures-in-a-row'], show: (job) => failures(job) },
        { name: 'Size', number: true, value: (job) => job.checkpoints['last-completed']?.size ?? -1, show: (job) => size(job.checkpoints['last-completed']?.size) },
        { name: 'Tasks', number: true, class: 'wide', value: (job) => job.tasks.total, show: (job) => `${job.tasks.running + job.tasks.finished}/${job.tasks.total}` },
        { name: 'Started', number: true, class: 'wide', value: (job) => job['start-time'], show: (job) => [time(job['start-time']), span({ class: 'sub' }, duration(job.duration))] },
        { name: 'Restored from', class: 'wide', value: (job) => job.restored?.id ?? -1, show: (job) => (job.restored ? `${job.restored['is-savepoint'] ? 'savepoint' : 'checkpoint'} ${job.restored.id}` : '–') },
      ],
    }),
    sorted.length === 0 ? empty('No job is like that.') : null,
    sorted.length > most ? div({ style: { padding: '10px 16px' } },
      tags.button({ type: 'button', onClick: () => choose('jobs most', most + PAGE) }, `Show ${Math.min(PAGE, sorted.length - most)} more of ${sorted.length}`)) : null,
  ], {
    flush: true,
    aside: div({ class: 'tools' },
      label(span({ class: 'hidden' }, 'Search jobs'),
        input({ type: 'search', placeholder: 'Name or id', value: state.choices['jobs search'] ?? '', onInput: (event) => choose('jobs search', event.target.value) })),
      label(span({ class: 'hidden' }, 'State'),
        select({ onChange: (event) => choose('jobs status', event.target.value) },
          [['all', 'Every state'], ['live', 'Not ended'], ...ORDER.map((each) => [each, each.toLowerCase()])].map(([key, text]) =>
            option({ key, value: key, selected: key === status }, text))))),
  });
}

function lastGood(job) {
  const last = job.checkpoints['last-completed'];
  if (!last) return span({ class: 'muted' }, job.checkpoints.interval > 0 ? 'none' : 'off');
  return [ENDED.includes(job.status) ? time(last.timestamp) : age(now() - last.timestamp), span({ class: 'sub' }, `${last.id} in ${duration(last.duration)}`)];
}

function failures(job) {
  const failed = job.checkpoints['failures-in-a-row'];
  const tolerable = job.checkpoints['tolerable-failures'];
  const text = `${failed} of ${tolerable}`;
  return failed > 0 ? tag(text, failed >= tolerable ? 'bad' : 'warn') : span({ class: 'muted' }, text);
}
