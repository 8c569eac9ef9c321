/**
 * Weir as a contestant of the side-by-side benchmark, whose workloads and other contestants are in
 * package {@code peers}.
 */
package io.weir.bench;
