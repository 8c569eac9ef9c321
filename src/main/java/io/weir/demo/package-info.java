/**
 * The demo job: delays of real flights per airport and hour. It is an ordinary job, written against
 * {@link io.weir.api} and the file connector, and a place to look how one is written.
 *
 * <p>Its functions are used by the thread of their task alone; everything else is immutable.
 */
package io.weir.demo;
