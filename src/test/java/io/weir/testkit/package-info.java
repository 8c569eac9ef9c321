/**
 * What tests run the engine on instead of a server: storage in memory, with faults on demand.
 * Deterministic and single-threaded.
 */
package io.weir.testkit;
