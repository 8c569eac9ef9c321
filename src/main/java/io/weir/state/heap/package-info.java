/**
 * The state backend that keeps everything as objects on the heap of the JVM.
 *
 * <p>Every state has one open-addressing table per key group, and every table is cut into pages. A
 * snapshot takes references to the pages: that is its whole synchronous part, whatever the number
 * and size of the values. The first change of a page afterwards replaces it by a copy, unless the
 * snapshot has written its key group already; so the thread that writes the snapshot reads what
 * nobody changes any more, without locks. {@link io.weir.state.heap.Epochs} decides what still has
 * to be copied.
 *
 * <p>All of it belongs to the task's thread, except the frozen tables, which belong to the thread
 * that writes the snapshot.
 */
package io.weir.state.heap;
