/**
 * Storage on Google Cloud Storage. An object is uploaded in parts, each a short request from memory
 * that is repeated by itself when it fails, and is not there before the last of them. What a writer
 * that died has sent is in no listing, and Google forgets it after a week. An object is read as one
 * stream, which begins anew where it broke.
 *
 * <p>Google's client of the JSON API is used here and nowhere else, and need not be there: only
 * {@link io.weir.storage.gs.GsStorageProvider} is loaded without it. Safe for use by several
 * threads and processes.
 */
package io.weir.storage.gs;
