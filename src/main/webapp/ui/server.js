// The server: what runs in it, whether it is well, and where more can be read.

import { tags } from './dom.js';
import { count, duration } from './format.js';
import { card, empty, figures, pairs, tag } from './parts.js';
import { answer } from './store.js';

const { a, div, h1, li, p, span, ul } = tags;

export function serverPage() {
  const overview = answer('overview');
  const config = answer('config');
  const health = answer('health');
  if (!overview || !config) return [h1('Server'), empty('Loading…')];
  return [
    div({ class: 'head' }, h1('Server')),
    figures([
      ['Version', overview['flink-version']],
      ['Jobs not ended', count(overview['jobs-running'])],
      ['Task managers', count(overview.taskmanagers)],
      ['Slots', count(overview['slots-total'])],
      ['Finished', count(overview['jobs-finished'])],
      ['Canceled', count(overview['jobs-cancelled'])],
      ['Failed', count(overview['jobs-failed']), null, overview['jobs-failed'] ? 'bad' : ''],
    ]),
    health ? card('Health', pairs(health.checks.map((check) => [check.name, [
      tag(check.status === 'UP' ? 'up' : 'down', check.status === 'UP' ? 'good' : 'bad'),
      ...Object.entries(check.data ?? {}).map(([key, value]) => p({ key }, `${key}: ${value}`)),
    ]])), { flush: true }) : null,
    card('For other tools', pairs([
      ['Time zone', config['timezone-name']],
      ['Metrics', a({ href: 'metrics' }, 'metrics')],
      ['REST API', [a({ href: 'openapi/ui/' }, 'try it'), ' · ', a({ href: 'openapi' }, 'OpenAPI document')]],
      ['Health', a({ href: 'health' }, 'health')],
    ]), { flush: true }),
  ];
}
