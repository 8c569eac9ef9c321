/**
 * Where the records of an operator go: straight into the next operator of the chain ({@link
 * io.weir.engine.output.ChainedOutput}), over an edge to other tasks ({@link
 * io.weir.engine.output.EdgeOutput} and one subclass for each partitioning), or to several of
 * these.
 *
 * <p>Records are handed over as they are. Only a record of a mutable type is copied: at an edge
 * always, within a chain unless the job allows object reuse; so a function may change or reuse an
 * object that it has emitted, as in Flink.
 */
package io.weir.engine.output;
