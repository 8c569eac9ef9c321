package io.weir.api.types;

import java.util.Objects;

/** A tuple of 2 fields; see {@link Tuple}. */
public class Tuple2<T0, T1> extends Tuple {
  private static final long serialVersionUID = 1L;

  public T0 f0;
  public T1 f1;

  /** All fields null. */
  public Tuple2() {}

  /** Takes the values as they are; each may be null. */
  public Tuple2(T0 f0, T1 f1) {
    this.f0 = f0;
    this.f1 = f1;
  }

  /** Takes the values as they are; each may be null. */
  public static <T0, T1> Tuple2<T0, T1> of(T0 f0, T1 f1) {
    return new Tuple2<>(f0, f1);
  }

  /** Sets all fields. */
  public void setFields(T0 f0, T1 f1) {
    this.f0 = f0;
    this.f1 = f1;
  }

  /** A new tuple with the two fields exchanged. */
  public Tuple2<T1, T0> swap() {
    return new Tuple2<>(f1, f0);
  }

  @Override
  public int getArity() {
    return 2;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows the type
  public <T> T getField(int pos) {
    return (T)
        switch (pos) {
          case 0 -> f0;
          case 1 -> f1;
          default -> throw noField(pos, 2);
        };
  }

  @Override
  @SuppressWarnings("unchecked") // the caller knows the type
  public <T> void setField(T value, int pos) {
    switch (pos) {
      case 0 -> f0 = (T0) value;
      case 1 -> f1 = (T1) value;
      default -> throw noField(pos, 2);
    }
  }

  @Override
  public Tuple2<T0, T1> copy() {
    return new Tuple2<>(f0, f1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tuple2<?, ?> that
        && Objects.equals(f0, that.f0)
        && Objects.equals(f1, that.f1);
  }

  @Override
  public int hashCode() {
    int result = Objects.hashCode(f0);
    result = 31 * result + Objects.hashCode(f1);
    return result;
  }
}
