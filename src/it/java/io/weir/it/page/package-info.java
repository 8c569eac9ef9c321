/**
 * The web page in a real browser: every page, every action, with keyboard, phone and screen reader
 * in mind.
 */
package io.weir.it.page;
