/**
 * How a job comes to run, again: whether and how its tasks start again behind a failure, who may
 * run it, and with which snapshot it begins. The decisions are those of the pure packages {@code
 * restart} and {@code restore}; here they are carried out.
 */
package io.weir.job.recovery;
