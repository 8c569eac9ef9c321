/** The durations of programs that were written before {@link java.time.Duration} was accepted. */
package io.weir.api.windowing.time;
