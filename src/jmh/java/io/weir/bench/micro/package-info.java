/**
 * Micro-benchmarks of the parts that every record, barrier or checkpoint passes, run by {@code
 * scripts/microbench}. Each measures the classes of production through the entry points that the
 * engine uses.
 *
 * <p>Figures of one run may be compared with each other; those of two machines, or of two days, may
 * not.
 */
package io.weir.bench.micro;
