package io.weir.snapshot;

/** The values without parts, and how each is stored. */
public enum ScalarKind {
  /** One byte, 0 or 1. */
  BOOLEAN,
  /** One byte. */
  BYTE,
  /** Two bytes. */
  SHORT,
  /** Two bytes. */
  CHAR,
  /** Variable length, zigzag. */
  INT,
  /** Variable length, zigzag: the same bytes as INT for the same number. */
  LONG,
  /** Four bytes. */
  FLOAT,
  /** Eight bytes. */
  DOUBLE,
  /** Length in bytes, then UTF-8. */
  STRING,

  // arrays of primitives: length, then the elements in fixed width
  BOOLEAN_ARRAY,
  BYTE_ARRAY,
  SHORT_ARRAY,
  CHAR_ARRAY,
  INT_ARRAY,
  LONG_ARRAY,
  FLOAT_ARRAY,
  DOUBLE_ARRAY,

  BIG_INTEGER,
  BIG_DECIMAL,
  UUID,
  URI,
  DATE,
  INSTANT,
  DURATION,
  PERIOD,
  LOCAL_DATE,
  LOCAL_TIME,
  LOCAL_DATE_TIME,
  OFFSET_TIME,
  OFFSET_DATE_TIME,
  ZONED_DATE_TIME,
  ZONE_ID,
  ZONE_OFFSET,
  YEAR,
  YEAR_MONTH,
  MONTH_DAY;

  /** Whether every number of this kind is also one of the other kind. */
  public boolean widensTo(ScalarKind wider) {
    return switch (this) {
      case BYTE -> wider == SHORT || wider == INT || wider == LONG;
      case SHORT -> wider == INT || wider == LONG;
      case INT -> wider == LONG;
      case FLOAT -> wider == DOUBLE;
      default -> false;
    };
  }
}
