package io.weir.engine.operator;

/** An operator with two inputs. */
public abstract class TwoInputOperator<A, B> extends StreamOperator {

  public abstract Input<A> first();

  public abstract Input<B> second();
}
