// Where the reader is: everything that a link can point to stands in the part of the address behind #.

const JOB_PAGES = ['overview', 'checkpoints', 'exceptions', 'configuration'];
const CHECKPOINT_PAGES = ['overview', 'history', 'summary', 'configuration'];

export function parse(hash) {
  const [first = '', id, page = 'overview', part = 'overview'] = hash
    .replace(/^#?\/?/, '')
    .replace(/\/+$/, '')
    .split('/')
    .map(decodeURIComponent);
  if (first === 'server') return { page: 'server' };
  if (first !== 'job' || !id) return { page: first === '' || first === 'jobs' ? 'jobs' : 'unknown' };
  if (!JOB_PAGES.includes(page)) return { page: 'unknown' };
  if (page !== 'checkpoints') return { page: 'job', id, tab: page };
  if (/^\d+$/.test(part)) return { page: 'job', id, tab: page, part: 'overview', checkpoint: Number(part) };
  return { page: 'job', id, tab: page, part: CHECKPOINT_PAGES.includes(part) ? part : 'overview' };
}

export const jobPath = (id, tab = 'overview') => `#/job/${id}${tab === 'overview' ? '' : `/${tab}`}`;
export const checkpointsPath = (id, part = 'overview') =>
  `#/job/${id}/checkpoints${part === 'overview' ? '' : `/${part}`}`;
