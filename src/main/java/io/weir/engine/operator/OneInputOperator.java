package io.weir.engine.operator;

/** An operator with one input. */
public abstract class OneInputOperator<I> extends StreamOperator implements Input<I> {}
