// Talks to the server. An answer that is an error becomes an exception with its first text.

export class RequestFailed extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

export async function request(url, options = {}) {
  let response;
  try {
    response = await fetch(url, { cache: 'no-store', ...options });
  } catch {
    throw new RequestFailed(0, 'The server does not answer.');
  }
  const text = await response.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    // an error page of the container
  }
  if (!response.ok || body === null) {
    throw new RequestFailed(response.status, firstLine(body?.errors?.[0]) || `The server answered ${response.status}.`);
  }
  return body;
}

const firstLine = (text) => (text ? text.split('\n')[0] : '');

export function send(method, url, body = {}) {
  return request(url, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** A path whose parts are taken as they are. */
export const url = (parts, ...values) =>
  parts.reduce((path, part, i) => path + encodeURIComponent(values[i - 1]) + part);
