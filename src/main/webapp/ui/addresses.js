// Which addresses each page asks, so that one place decides about requests.

import { url } from './api.js';
import { answer, state } from './store.js';

export const HISTORY_PAGE = 50;
export const STRIP = 100;

export const overviewOf = () => 'weir/v1/overview';
export const lineOf = (id) => url`weir/v1/overview/${id}`;
export const detailsOf = (id) => url`jobs/${id}`;
export const checkpointsOf = (id) => url`jobs/${id}/checkpoints`;
export const checkpointConfigOf = (id) => url`jobs/${id}/checkpoints/config`;
export const historyOf = (id, limit, before) =>
  url`weir/v1/checkpoints/${id}` + `?limit=${limit}` + (before ? `&before=${before}` : '');
export const checkpointOf = (id, checkpoint) => url`jobs/${id}/checkpoints/details/${checkpoint}`;
export const subtasksOf = (id, checkpoint, vertex) =>
  url`jobs/${id}/checkpoints/details/${checkpoint}/subtasks/${vertex}`;
export const exceptionsOf = (id) => url`jobs/${id}/exceptions` + '?maxExceptions=100';
export const configOf = (id) => url`jobs/${id}/config`;
export const namedOf = (name) => url`weir/v1/jobs/${name}`;
export const serverOf = () => ['overview', 'config', 'health'];
export const configurationOf = () => 'weir/v1/configuration';

/** What the page that is shown needs now; more of it once the first answers are there. */
export function needs() {
  const { route } = state;
  if (route.page === 'jobs') return [{ address: overviewOf() }];
  if (route.page === 'server') return [...serverOf().map((address) => ({ address })), { address: configurationOf(), once: true }];
  if (route.page !== 'job') return [];
  const common = [{ address: lineOf(route.id) }, { address: detailsOf(route.id) }];
  const name = answer(lineOf(route.id))?.name;
  const more = {
    overview: () => [],
    checkpoints: () => checkpoints(route),
    exceptions: () => [{ address: exceptionsOf(route.id) }, ...(name ? [{ address: namedOf(name) }] : [])],
    configuration: () => [{ address: configOf(route.id), once: true }],
  };
  return [...common, ...more[route.tab]()];
}

function checkpoints(route) {
  switch (route.part) {
    case 'history':
      return history(route);
    case 'summary':
      return [{ address: checkpointsOf(route.id) }];
    case 'configuration':
      return [{ address: checkpointConfigOf(route.id), once: true }];
    default:
      return [
        { address: checkpointsOf(route.id) },
        { address: historyOf(route.id, STRIP) },
        ...oneCheckpoint(route.id, shownCheckpoint(route)),
      ];
  }
}

function history(route) {
  const before = state.choices[`history ${route.id}`]?.at(-1);
  const address = historyOf(route.id, HISTORY_PAGE, before);
  const open = (answer(address)?.history ?? []).filter((entry) => state.opened.has(`checkpoint ${route.id} ${entry.id}`));
  return [{ address }, ...open.flatMap((entry) => oneCheckpoint(route.id, entry.id))];
}

/** The one that the reader has chosen, else the newest that has come to an end. */
export function shownCheckpoint(route) {
  if (route.checkpoint != null) return route.checkpoint;
  const entries = answer(historyOf(route.id, STRIP))?.history ?? [];
  return (entries.find((entry) => entry.status !== 'IN_PROGRESS') ?? entries[0])?.id;
}

/** What has ended does not change any more. */
function oneCheckpoint(id, checkpoint) {
  if (checkpoint == null) return [];
  const details = answer(checkpointOf(id, checkpoint));
  const once = details != null && details.status !== 'IN_PROGRESS';
  const vertices = Object.keys(details?.tasks ?? {});
  return [
    { address: checkpointOf(id, checkpoint), once },
    ...vertices.map((vertex) => ({
      address: subtasksOf(id, checkpoint, vertex),
      once: once && answer(subtasksOf(id, checkpoint, vertex))?.status === details.status,
    })),
  ];
}
