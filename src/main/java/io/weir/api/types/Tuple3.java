package io.weir.api.types;

import java.util.Objects;

/** A tuple of 3 fields; see {@link Tuple}. */
public class Tuple3<T0, T1, T2> extends Tuple {
  private static final long serialVersionUID = 1L;

  public T0 f0;
  public T1 f1;
  public T2 f2;

  /** All fields null. */
  public Tuple3() {}

  /** Takes the values as they are; each may be null. */
  public Tuple3(T0 f0, T1 f1, T2 f2) {
    this.f0 = f0;
    this.f1 = f1;
    this.f2 = f2;
  }

  /** Takes the values as they are; each may be null. */
  public static <T0, T1, T2> Tuple3<T0, T1, T2> of(T0 f0, T1 f1, T2 f2) {
    return new Tuple3<>(f0, f1, f2);
  }

  /** Sets all fields. */
  public void setFields(T0 f0, T1 f1, T2 f2) {
    this.f0 = f0;
    this.f1 = f1;
    this.f2 = f2;
  }

  @Override
  public int getArity() {
    return 3;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows the type
  public <T> T getField(int pos) {
    return (T)
        switch (pos) {
          case 0 -> f0;
          case 1 -> f1;
          case 2 -> f2;
          default -> throw noField(pos, 3);
        };
  }

  @Override
  @SuppressWarnings("unchecked") // the caller knows the type
  public <T> void setField(T value, int pos) {
    switch (pos) {
      case 0 -> f0 = (T0) value;
      case 1 -> f1 = (T1) value;
      case 2 -> f2 = (T2) value;
      default -> throw noField(pos, 3);
    }
  }

  @Override
  public Tuple3<T0, T1, T2> copy() {
    return new Tuple3<>(f0, f1, f2);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tuple3<?, ?, ?> that
        && Objects.equals(f0, that.f0)
        && Objects.equals(f1, that.f1)
        && Objects.equals(f2, that.f2);
  }

  @Override
  public int hashCode() {
    int result = Objects.hashCode(f0);
    result = 31 * result + Objects.hashCode(f1);
    result = 31 * result + Objects.hashCode(f2);
    return result;
  }
}
