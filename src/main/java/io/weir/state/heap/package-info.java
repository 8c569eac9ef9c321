/**
 * The state backend that keeps everything as objects on the heap of the JVM.
 *
 * <p>Every state has one open-addressing table per key group. A snapshot takes references to the
 * tables: that is its whole synchronous part, whatever the number and size of the values. The task
 * goes on changing them in place; before it changes a slot for the first time since, it keeps what
 * stood there in a log for the snapshot ({@link io.weir.state.heap.BeforeImages}). The thread that
 * writes the snapshot reads the tables while they are changed, and then takes back what the log
 * says ({@link io.weir.state.heap.FrozenTable}), without locks. {@link io.weir.state.heap.Epochs}
 * knows what still has to be kept, and for whom.
 *
 * <p>All of it belongs to the task's thread, except what says that it belongs to the thread that
 * writes the snapshot.
 */
package io.weir.state.heap;
