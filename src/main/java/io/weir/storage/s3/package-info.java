/**
 * Storage on S3, and on stores that speak its protocol.
 *
 * <p>Every request is short: an object is written in parts and read in ranges, and each of them has
 * a time limit and is repeated by itself when it fails. So a reader or writer may be as slow as it
 * likes, and a store that hangs is noticed. An object longer than one part is an unfinished upload
 * until it is committed; a listing shows it, and a deletion removes it, under the name {@code
 * .<name>.<upload-id>.part}.
 *
 * <p>The AWS SDK is used here and nowhere else. Safe for use by several threads and processes.
 */
package io.weir.storage.s3;
