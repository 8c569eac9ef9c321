// The server: what runs in it, whether it is well, how it is configured, and where more can be read.

import { configurationOf } from './addresses.js';
import { tags } from './dom.js';
import { count } from './format.js';
import { card, dataTable, empty, figures, pairs, tag } from './parts.js';
import { answer, choose, state } from './store.js';

const { a, div, h1, input, label, li, p, span, ul } = tags;

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
    configuration(answer(configurationOf())),
  ];
}

// ---- configuration

function configuration(answered) {
  if (!answered) return card('Configuration', empty('Loading…'));
  const wanted = (state.choices['server config search'] ?? '').toLowerCase();
  const withDefaults = state.choices['server config defaults'] ?? false;
  const rows = answered.configuration
    .filter((entry) => withDefaults || entry.source)
    .filter((entry) => [entry.key, entry.value, entry.source].some((text) => `${text}`.toLowerCase().includes(wanted)));
  return [
    answered.findings.length
      ? card('What to know about the configuration', ul({ class: 'findings' }, answered.findings.map((finding) => li({ key: `${finding.kind} ${finding.key}` },
          tag(FINDINGS[finding.kind] ?? finding.kind.toLowerCase(), finding.kind === 'INVALID' || finding.kind === 'UNSUPPORTED' ? 'bad' : 'warn'), ' ', finding.message))))
      : null,
    card('Configuration', rows.length ? dataTable({
      id: 'server config', label: 'Configuration of the server and its jobs', rows, rowKey: (entry) => entry.key,
      columns: [
        { name: 'Key', value: (entry) => entry.key, show: (entry) => span({ class: 'path' }, entry.key) },
        { name: 'Value', value: (entry) => entry.value, show: (entry) => [span({ class: 'path' }, entry.value), entry.source && entry.default && entry.default !== entry.value ? span({ class: 'sub' }, `default ${entry.default}`) : null] },
        { name: 'From', value: (entry) => entry.source ?? '', show: (entry) => (entry.source ? span({ class: 'path' }, entry.source) : span({ class: 'muted' }, 'default')) },
      ],
    }) : empty('None.'), {
      flush: true,
      aside: div({ class: 'tools' },
        label({ class: 'small' }, input({ type: 'checkbox', checked: withDefaults, onChange: (event) => choose('server config defaults', event.target.checked) }), ' with defaults'),
        label(span({ class: 'hidden' }, 'Search the configuration'),
          input({ type: 'search', placeholder: 'Search', value: state.choices['server config search'] ?? '', onInput: (event) => choose('server config search', event.target.value) }))),
    }),
  ];
}

const FINDINGS = {
  INVALID: 'not valid', UNSUPPORTED: 'not supported', UNKNOWN: 'unknown key', WITHOUT_EFFECT: 'without effect', OLDER_KEY: 'older key', HIDDEN: 'hidden',
};
