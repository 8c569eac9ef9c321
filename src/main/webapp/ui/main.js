// Draws the page again whenever something has changed; preact sees to it that focus and open dialogs stay.

import { closeDialog, dismiss } from './actions.js';
import { needs } from './addresses.js';
import { Component, component, createRef, render, tags } from './dom.js';
import { clock } from './format.js';
import { jobPage } from './job.js';
import { jobsPage } from './jobs.js';
import { banner, meter } from './parts.js';
import { serverPage } from './server.js';
import { change, start, state } from './store.js';

const { a, button, dialog, div, form, h1, h2, header, img, input, label, main, nav, option, p, select, span } = tags;

const PAGES = {
  jobs: jobsPage,
  job: () => jobPage(state.route),
  server: serverPage,
  unknown: () => [h1('No such page'), p(a({ href: '#/' }, 'All jobs'))],
};

function page() {
  document.title = title();
  return [
    a({ class: 'skip', href: '#main', onClick: skip }, 'Skip to the content'),
    header({ class: 'top' }, div({ class: 'inner' },
      a({ class: 'brand', href: '#/' }, img({ src: 'ui/weir.svg', alt: '' }), 'Weir'),
      nav({ 'aria-label': 'Pages' },
        a({ href: '#/', 'aria-current': state.route.page === 'jobs' ? 'page' : undefined }, 'Jobs'),
        a({ href: '#/server', 'aria-current': state.route.page === 'server' ? 'page' : undefined }, 'Server')),
      pulse(),
      themeSwitch())),
    main({ id: 'main', tabIndex: -1 },
      state.outage ? banner('bad', `The server has not answered since ${clock(state.outage)}.`, 'What is shown is from before. Is it running? It is asked again every few seconds.') : null,
      PAGES[state.route.page]()),
    component(Question, { question: state.dialog }),
    div({ class: 'toasts', role: 'status' }, state.toasts.map((each) =>
      div({ key: each.id, class: `toast ${each.tone}` },
        span(each.text),
        button({ type: 'button', class: 'icon', 'aria-label': 'Dismiss', onClick: () => dismiss(each) }, '×'),
        each.share == null ? null : meter(each.share)))),
  ];
}

function title() {
  const { route } = state;
  if (route.page === 'server') return 'Server · Weir';
  const heading = document.querySelector('main h1')?.textContent;
  return heading && heading !== 'Jobs' ? `${heading} · Weir` : 'Weir';
}

/** The part behind # names a page, so a link within the page must not change it. */
function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

const pulse = () =>
  span({ class: 'pulse' },
    span({ class: `dot ${state.outage ? 'off' : ''}`, 'aria-hidden': 'true' }),
    state.outage ? 'no answer' : state.lastAnswer ? [span({ class: 'wide' }, 'live, '), clock(state.lastAnswer)] : '…');

function themeSwitch() {
  const chosen = document.documentElement.dataset.theme ?? 'auto';
  return label(
    span({ class: 'hidden' }, 'Theme'),
    select({ class: 'theme', onChange: (event) => change(() => setTheme(event.target.value)) },
      ['auto', 'light', 'dark'].map((each) => option({ key: each, value: each, selected: each === chosen }, each))));
}

function setTheme(theme) {
  localStorage.setItem('weir-theme', theme);
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

const field = ({ name, label: text, hint, type = 'text', value }) =>
  label({ key: name, class: type }, span(text), input({ name, type, defaultValue: value, 'aria-describedby': `${name}-hint` }), span({ id: `${name}-hint`, class: 'small muted' }, hint));

/** Asks before something that cannot be undone; the browser's own dialog keeps the focus within. */
class Question extends Component {
  element = createRef();

  componentDidUpdate() {
    const { current } = this.element;
    if (this.props.question && !current.open) current.showModal();
    if (!this.props.question && current.open) current.close();
  }

  agree(event, question) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    closeDialog();
    question.run(values);
  }

  render({ question }) {
    return dialog({ ref: this.element, 'aria-labelledby': 'question', onClose: closeDialog },
      question && form({ method: 'dialog', onSubmit: (event) => this.agree(event, question) },
        h2({ id: 'question' }, question.title),
        question.text.map((text) => p({ key: text }, text)),
        question.fields?.map(field),
        div({ class: 'actions' },
          button({ type: 'button', onClick: closeDialog }, question.refuse ?? 'No'),
          button({ type: 'submit', class: question.danger ? 'danger main' : 'main' }, question.agree))));
  }
}

start(needs, () => render(page(), document.getElementById('app')));
