/**
 * Advice on checkpointing: which interval, how barriers are handled, and which state backend fit
 * what the last checkpoints of a job cost, how much may be lost, and how often it fails.
 *
 * <p>{@link io.weir.checkpoint.advice.Adviser#advise} is a pure function of a {@link
 * io.weir.checkpoint.advice.Situation}. Each of the three questions has a class with the rules and
 * what they are drawn from. Times are milliseconds, sizes bytes.
 */
package io.weir.checkpoint.advice;
