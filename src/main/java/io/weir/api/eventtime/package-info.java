/**
 * The time of records: who reads it from them, and who says, by watermarks, how far it has come.
 *
 * <p>A strategy is {@link java.io.Serializable} and shared; the assigners and generators it creates
 * belong to one subtask or one split, and to the thread of the task.
 */
package io.weir.api.eventtime;
