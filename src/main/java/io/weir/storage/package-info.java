/**
 * Bytes under names that survive, and the publish protocol of snapshots on top of them.
 *
 * <p>{@link io.weir.storage.ObjectStorage} is the port to a file system or an object store; each
 * kind has a sub-package and is found by the scheme of a URI through {@link
 * io.weir.storage.ObjectStorages}. {@link io.weir.storage.CheckpointStorage} keeps the snapshots of
 * one job there: state is written through a {@link io.weir.storage.CheckpointLocation}, which
 * becomes a snapshot at the moment its {@code _metadata} is published, and nothing before that
 * moment is ever read. All names are made by {@link io.weir.storage.StoragePaths}, and a {@link
 * io.weir.storage.RelativePath} cannot leave its directory.
 *
 * <p>A piece of state stands in the metadata, in a file of its own, or, if a job merges its files,
 * with others in a merged file ({@link io.weir.storage.MergedFiles}).
 *
 * <p>Storages and locations are safe for use by several threads; streams belong to one thread.
 * Everything here may block on I/O, so it never runs on the thread of a task.
 */
package io.weir.storage;
