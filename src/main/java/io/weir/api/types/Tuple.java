package io.weir.api.types;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A fixed number of fields, each with its own type: {@link Tuple0} to {@link Tuple25}, with public
 * fields {@code f0}, {@code f1} and so on.
 *
 * <p>Tuples are mutable and not thread-safe. Equality and hash code are those of the fields.
 */
public abstract class Tuple implements Serializable {
  /** The largest number of fields. */
  public static final int MAX_ARITY = 25;

  private static final long serialVersionUID = 1L;

  private static final List<Class<? extends Tuple>> CLASSES =
      List.of(
          Tuple0.class,
          Tuple1.class,
          Tuple2.class,
          Tuple3.class,
          Tuple4.class,
          Tuple5.class,
          Tuple6.class,
          Tuple7.class,
          Tuple8.class,
          Tuple9.class,
          Tuple10.class,
          Tuple11.class,
          Tuple12.class,
          Tuple13.class,
          Tuple14.class,
          Tuple15.class,
          Tuple16.class,
          Tuple17.class,
          Tuple18.class,
          Tuple19.class,
          Tuple20.class,
          Tuple21.class,
          Tuple22.class,
          Tuple23.class,
          Tuple24.class,
          Tuple25.class);

  /** The number of fields. */
  public abstract int getArity();

  /**
   * Reads a field by position.
   *
   * @param pos position, counted from 0
   * @return the value, null if the field is null
   * @throws IndexOutOfBoundsException if there is no such field
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows the type of the field
  public abstract <T> T getField(int pos);

  /**
   * Writes a field by position.
   *
   * @param value the value, may be null; its type is not checked
   * @param pos position, counted from 0
   * @throws IndexOutOfBoundsException if there is no such field
   */
  public abstract <T> void setField(T value, int pos);

  /** A new tuple with the same field values; the values are not copied. */
  public abstract Tuple copy();

  /**
   * Reads a field that must not be null.
   *
   * @throws NullPointerException if the field is null
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows the type of the field
  public <T> T getFieldNotNull(int pos) {
    T value = getField(pos);
    return Objects.requireNonNull(
        value, () -> "Field " + pos + " of the tuple " + this + " is null");
  }

  /**
   * The class of tuples with a number of fields.
   *
   * @throws IllegalArgumentException if the number is not between 0 and {@link #MAX_ARITY}
   */
  public static Class<? extends Tuple> getTupleClass(int arity) {
    if (arity < 0 || arity > MAX_ARITY) {
      throw new IllegalArgumentException(
          "A tuple has 0 to " + MAX_ARITY + " fields, not " + arity + "; use a record for more");
    }
    return CLASSES.get(arity);
  }

  /** The error of a subclass when a field position is out of range. */
  static IndexOutOfBoundsException noField(int pos, int arity) {
    return new IndexOutOfBoundsException(
        "A tuple of " + arity + " fields has no field at position " + pos);
  }

  /** The fields in parentheses; arrays with their elements. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < getArity(); i++) {
      String inBrackets = Arrays.deepToString(new Object[] {getField(i)});
      text.append(i == 0 ? "" : ",").append(inBrackets, 1, inBrackets.length() - 1);
    }
    return "(" + text + ")";
  }
}
