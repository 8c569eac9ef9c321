// How the job should take checkpoints, with the arithmetic.

import { adviceOf, boundsOf } from './addresses.js';
import { tags } from './dom.js';
import { duration } from './format.js';
import { banner, card, dataTable, empty, scrolling } from './parts.js';
import { answer, choose, failure } from './store.js';

const { code, details, div, input, label, p, span, summary, table, tbody, td, th, thead, tr } = tags;

export function advice(job) {
  const bounds = boundsOf(job.id);
  const advised = latest(job, answer(adviceOf(job.name, bounds)));
  const problem = failure(adviceOf(job.name, bounds));
  return card('Advice', [
    div({ class: 'tools' },
      bound(job, 'rpo', 'Allowed loss', bounds), bound(job, 'mtbf', 'Mean time between failures', bounds)),
    problem && !answer(adviceOf(job.name, bounds)) ? p({ role: 'alert', class: 'small' }, problem.message) : advised ? result(advised) : empty('Loading…'),
  ], { flush: false });
}

const known = new Map();

/** What was advised before stays in sight until the new advice is there. */
function latest(job, advised) {
  if (advised) known.set(job.id, advised);
  return known.get(job.id);
}

/** Asked when the reader has finished, not for every letter. */
const bound = (job, name, text, bounds) =>
  label({ class: 'small' }, `${text} `, input({ type: 'text', size: 8, name, key: job.id, defaultValue: bounds[name], onChange: (event) => choose(`${name} ${job.id}`, event.target.value) }));

function result(advised) {
  return div({ class: 'report' },
    advised.keeps_rpo ? null : banner('warn', 'The allowed loss cannot be kept: one checkpoint takes too long for it.', 'What follows is the best there is. Make checkpoints quicker, or allow more.'),
    dataTable({
      id: 'advice', label: 'Advised settings', rows: advised.settings, rowKey: (setting) => setting.key, sortable: false,
      columns: [
        { name: 'Setting', show: (setting) => span({ class: 'path' }, setting.key) },
        { name: 'Now', show: (setting) => setting.present ?? 'not set' },
        { name: 'Advised', show: (setting) => tags.strong(setting.advised) },
      ],
    }),
    p({ class: 'small' }, advised.reasons.barriers),
    p({ class: 'small' }, advised.reasons.backend),
    p({ class: 'small muted' }, `With this interval, ${(advised.overhead * 100).toFixed(2)} % of all time goes into checkpoints and into work that failures repeat. Drawn from the last ${advised.checkpoints} completed checkpoints.`),
    details(summary('The arithmetic (Young 1974, Daly 2006)'), scrolling('The arithmetic', table({ class: 'compact' },
      thead(tr(['What', 'How', 'Result'].map((name) => th({ key: name, scope: 'col', class: name === 'Result' ? 'number' : '' }, name)))),
      tbody(advised.arithmetic.map((step) => tr({ key: step.name }, th({ scope: 'row' }, step.name), td(code(step.formula)), td({ class: 'number' }, step.millis < 0 ? `${step.millis} ms` : duration(step.millis)))))))));
}
