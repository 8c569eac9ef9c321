// Where the reader is: everything that a link can point to stands in the part of the address behind #.

const JOB_PAGES = ['overview', 'checkpoints', 'state', 'exceptions', 'configuration'];
const CHECKPOINT_PAGES = ['overview', 'history', 'restore-points', 'summary', 'configuration'];

/** Instead of a snapshot's id: whichever is the newest. */
export const LATEST = 'latest';

export function parse(hash) {
  const [first = '', id, page = 'overview', part = 'overview', operator, name] = hash
    .replace(/^#?\/?/, '')
    .replace(/\/+$/, '')
    .split('/')
    .map(decodeURIComponent);
  if (first === 'server') return { page: 'server' };
  if (first !== 'job' || !id) return { page: first === '' || first === 'jobs' ? 'jobs' : 'unknown' };
  if (!JOB_PAGES.includes(page)) return { page: 'unknown' };
  if (page === 'state') return { page: 'job', id, tab: page, checkpoint: /^\d+$/.test(part) ? Number(part) : LATEST, operator, state: name };
  if (page !== 'checkpoints') return { page: 'job', id, tab: page };
  if (/^\d+$/.test(part)) return { page: 'job', id, tab: page, part: 'overview', checkpoint: Number(part) };
  return { page: 'job', id, tab: page, part: CHECKPOINT_PAGES.includes(part) ? part : 'overview' };
}

export const jobPath = (id, tab = 'overview') => `#/job/${id}${tab === 'overview' ? '' : `/${tab}`}`;
export const checkpointsPath = (id, part = 'overview') =>
  `#/job/${id}/checkpoints${part === 'overview' ? '' : `/${part}`}`;
export const statePath = (id, checkpoint = LATEST, operator, state) =>
  `#/job/${id}/state/${checkpoint}${state == null ? '' : `/${encodeURIComponent(operator)}/${encodeURIComponent(state)}`}`;
