// Which addresses each page asks, so that one place decides about requests.

import { url } from './api.js';
import { LATEST } from './route.js';
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
export const sizesOf = (id, checkpoint) => url`weir/v1/checkpoints/${id}/${checkpoint}/sizes`;
export const exceptionsOf = (id) => url`jobs/${id}/exceptions` + '?maxExceptions=100';
export const configOf = (id) => url`jobs/${id}/config`;
export const namedOf = (name) => url`weir/v1/jobs/${name}`;
export const restorePointsOf = (name) => url`weir/v1/jobs/${name}/restore-points`;
export const adviceOf = (name, { rpo, mtbf }) => url`weir/v1/jobs/${name}/advice` + url`?rpo=${rpo}&mtbf=${mtbf}`;
export const stateOf = (id, snapshot) => url`weir/v1/checkpoints/${id}/${snapshot}/state`;
const insideOf = ({ id, snapshot, operator, state: name }, what) => stateOf(id, snapshot) + url`/${what}?operator=${operator}&state=${name}`;
export const keyGroupsOf = (place) => insideOf(place, 'key-groups');
export const entriesOf = (place, how) =>
  insideOf(place, 'entries') + Object.entries(how).map(([name, value]) => url`&${name}=${value}`).join('');
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
    checkpoints: () => checkpoints(route, name),
    state: () => (name ? snapshot(route, name) : []),
    exceptions: () => [{ address: exceptionsOf(route.id) }, ...(name ? [{ address: namedOf(name) }] : [])],
    configuration: () => [{ address: configOf(route.id), once: true }],
  };
  return [...common, ...more[route.tab]()];
}

function checkpoints(route, name) {
  switch (route.part) {
    case 'history':
      return history(route);
    case 'summary':
      return [{ address: checkpointsOf(route.id) }];
    case 'configuration':
      return [{ address: checkpointConfigOf(route.id), once: true }, ...(name ? [{ address: adviceOf(name, boundsOf(route.id)), once: true }] : [])];
    case 'restore-points':
      return name ? [{ address: restorePointsOf(name) }] : [];
    default:
      return [
        { address: checkpointsOf(route.id) },
        { address: historyOf(route.id, STRIP) },
        ...oneCheckpoint(route.id, shownCheckpoint(route)),
      ];
  }
}

/** What may be lost, and how often the job fails, as far as the reader has said it. */
export const boundsOf = (id) => ({ rpo: state.choices[`rpo ${id}`] ?? '1 min', mtbf: state.choices[`mtbf ${id}`] ?? '1 d' });

function snapshot(route, name) {
  const shown = shownSnapshot(route, name);
  return [{ address: restorePointsOf(name) }, ...(shown == null ? [] : [{ address: stateOf(route.id, shown), once: true }])];
}

/** The one that the reader has chosen, else the newest. */
export const shownSnapshot = (route, name) =>
  route.checkpoint !== LATEST ? route.checkpoint : answer(restorePointsOf(name))?.['restore-points'].find((point) => point.job === route.id)?.id;

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
    { address: sizesOf(id, checkpoint), once: once && answer(sizesOf(id, checkpoint))?.status === details.status },
    ...vertices.map((vertex) => ({
      address: subtasksOf(id, checkpoint, vertex),
      once: once && answer(subtasksOf(id, checkpoint, vertex))?.status === details.status,
    })),
  ];
}
