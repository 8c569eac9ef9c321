/**
 * Servers of other people that integration tests use, each a process of its own on a free port of
 * this machine, and what stands between them and Weir to make them misbehave.
 */
package io.weir.servers;
