/**
 * Plugs Weir into Open Liberty: CDI wiring, the coordinator's timer EJB, task threads and managed
 * executors, MicroProfile Config, resume at the start of the server and orderly stop at its end.
 * What is decided is decided below; here it gets its threads, its clock and its configuration.
 */
package io.weir.server;
