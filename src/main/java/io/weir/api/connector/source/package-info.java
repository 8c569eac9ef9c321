/**
 * Sources: an enumerator finds splits and hands them to readers, one reader per subtask.
 *
 * <p>The enumerator of a source runs on one thread, its reader on the thread of the task; neither
 * may block. What both keep is part of every checkpoint.
 */
package io.weir.api.connector.source;
