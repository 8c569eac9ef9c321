package io.weir.api.types;

/** A tuple without fields; see {@link Tuple}. */
public final class Tuple0 extends Tuple {
  private static final long serialVersionUID = 1L;

  /** The only value. */
  public static final Tuple0 INSTANCE = new Tuple0();

  /** Equal to every other one. */
  public Tuple0() {}

  @Override
  public int getArity() {
    return 0;
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows the type
  public <T> T getField(int pos) {
    throw noField(pos, 0);
  }

  @Override
  public <T> void setField(T value, int pos) {
    throw noField(pos, 0);
  }

  @Override
  public Tuple0 copy() {
    return new Tuple0();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tuple0;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
