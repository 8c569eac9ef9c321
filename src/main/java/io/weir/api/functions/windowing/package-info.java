/**
 * Functions that are called with the contents of a window when its trigger fires. They run on the
 * thread of the task; a window may fire several times.
 */
package io.weir.api.functions.windowing;
