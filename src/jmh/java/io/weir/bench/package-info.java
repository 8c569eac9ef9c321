/**
 * Weir as a contestant of the side-by-side benchmark, whose workloads and other contestants are in
 * package {@code peers}: as a local job, and as a job of the server that this is deployed in.
 */
package io.weir.bench;
