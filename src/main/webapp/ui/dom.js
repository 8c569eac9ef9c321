// The one place that knows which library draws the page, and its version.
export { Component, createRef, render } from '../webjars/preact/10.26.4/dist/preact.module.js';
import { h } from '../webjars/preact/10.26.4/dist/preact.module.js';

const isProperties = (value) =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !Object.hasOwn(value, 'constructor');

/** Elements as functions: tags.div({ class: 'card' }, 'text') or tags.div('text'). */
export const tags = new Proxy(
  {},
  {
    get: (_, name) => (...content) =>
      isProperties(content[0]) ? h(name, ...content) : h(name, null, ...content),
  },
);

export const component = (type, properties) => h(type, properties);
