/**
 * State that is part of every checkpoint: the handles through which functions read and write it,
 * and the descriptors that name it.
 *
 * <p>A handle of keyed state shows the state of the key that is present, and belongs to the thread
 * of the task. Objects read from state may be kept by it: change them only if they are written
 * back. Descriptors are made by one thread and must not be changed after they were used.
 */
package io.weir.api.state;
