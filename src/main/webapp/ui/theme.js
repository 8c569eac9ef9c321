// In the head and not a module: the page must not flash in the other theme before it is drawn.
'use strict';
(() => {
  const chosen = localStorage.getItem('weir-theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
})();
