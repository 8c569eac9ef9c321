/**
 * Functions of two connected streams. The two inputs share the function's copy and its state, are
 * processed on one thread, and come in no particular order relative to each other.
 */
package io.weir.api.functions.co;
