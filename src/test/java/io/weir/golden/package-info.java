/**
 * Snapshots that were written by every version of the format, kept in the test resources, and the
 * proof that each is still restored.
 */
package io.weir.golden;
