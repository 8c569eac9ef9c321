/**
 * What a job author imports: the names and the behaviour of Flink's DataStream API.
 *
 * <p>A Flink program that uses the part that is here compiles after its import lines were changed,
 * and gives the same result. The sub-packages:
 *
 * <ul>
 *   <li>{@code environment} and {@code datastream}: where a program starts and what it is made of
 *   <li>{@code functions}: what the author writes, with {@code functions.co} for connected streams
 *       and {@code functions.windowing} for windows
 *   <li>{@code state}: values that survive, per key or per subtask
 *   <li>{@code eventtime} and {@code windowing}: timestamps, watermarks, windows
 *   <li>{@code types}: descriptions of types, tuples, side outputs
 *   <li>{@code connector}: the contracts of sources and sinks
 *   <li>{@code metrics}: figures that functions report
 * </ul>
 *
 * <p>Threads: a job is described on one thread. Functions then run on the thread of their task,
 * each subtask with its own copy; only what says so may be used from other threads.
 */
package io.weir.api;
