/**
 * Storage on HDFS. A file is written under a temporary name, {@code .<name>.<uuid>.part}, its
 * blocks are forced to the disks of the data nodes, and the name node gives it its own name in one
 * step, when it is whole.
 *
 * <p>The Hadoop client is used here and nowhere else, and need not be there: only {@link
 * io.weir.storage.hdfs.HdfsStorageProvider} is loaded without it. Safe for use by several threads
 * and processes.
 */
package io.weir.storage.hdfs;
