/**
 * Text files as source and sink.
 *
 * <p>{@link io.weir.connector.file.FileSource} reads lines with exact positions; {@link
 * io.weir.connector.file.FileSink} writes files that become visible when the checkpoint that covers
 * them is complete. Sources and sinks are immutable descriptions; readers and writers are used by
 * the thread of their task alone, enumerators by the thread of the job's coordinator.
 */
package io.weir.connector.file;
