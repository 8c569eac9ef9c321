/**
 * Storage on a local or mounted file system. Files and the directories above them are forced to the
 * disk before a call returns; an object is written under a temporary name and moved to its own when
 * it is whole.
 *
 * <p>Safe for use by several threads and processes.
 */
package io.weir.storage.file;
