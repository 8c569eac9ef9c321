/**
 * Sources: the reader's side, which runs in the source's tasks ({@link
 * io.weir.engine.source.SourceOperator}), and the coordinator's side, which runs where the job is
 * coordinated ({@link io.weir.engine.source.SourceCoordinator}). They talk through {@link
 * io.weir.engine.source.SourceRequest} and {@link io.weir.engine.source.SourceEventLetter}.
 *
 * <p>A coordinator snapshots its enumerator before it tells the readers to checkpoint, and both
 * travel through the same mailbox in order: a split is either still in the enumerator's snapshot or
 * already in the reader's, never in both or neither.
 */
package io.weir.engine.source;
