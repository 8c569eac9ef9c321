package io.weir.api.types;

import java.util.Objects;

/** A tuple of one field; see {@link Tuple}. */
public class Tuple1<T0> extends Tuple {
  private static final long serialVersionUID = 1L;

  public T0 f0;

  /** All fields null. */
  public Tuple1() {}

  /** Takes the values as they are; each may be null. */
  public Tuple1(T0 f0) {
    this.f0 = f0;
  }

  /** Takes the values as they are; each may be null. */
  public static <T0> Tuple1<T0> of(T0 f0) {
    return new Tuple1<>(f0);
  }

  /** Sets all fields. */
  public void setFields(T0 f0) {
    this.f0 = f0;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows the type
  public <T> T getField(int pos) {
    return (T)
        switch (pos) {
          case 0 -> f0;
          default -> throw noField(pos, 1);
        };
  }

  @Override
  @SuppressWarnings("unchecked") // the caller knows the type
  public <T> void setField(T value, int pos) {
    switch (pos) {
      case 0 -> f0 = (T0) value;
      default -> throw noField(pos, 1);
    }
  }

  @Override
  public Tuple1<T0> copy() {
    return new Tuple1<>(f0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tuple1<?> that && Objects.equals(f0, that.f0);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(f0);
  }
}
