package io.weir.catalog;

/** Fits texts of any length into the columns of the catalog. */
final class ColumnText {
  /** As in the migration. */
  static final int NAME = 255;

  static final int SENTENCE = 4_000;
  static final int MESSAGE = 10_000;
  static final int CLASS_NAME = 1_000;
  static final int REASON = 100;
  static final int STACK_TRACE = 100_000;

  private static final String CUT = " …";

  /** The one character that PostgreSQL keeps in no text. */
  private static final char NUL = 0;

  private static final char IN_ITS_PLACE = '\uFFFD';

  private ColumnText() {}

  /** The text, or its beginning; null stays null. */
  static String fit(String text, int limit) {
    if (text == null) {
      return null;
    }
    String fitting = text.length() <= limit ? text : text.substring(0, limit - CUT.length()) + CUT;
    return fitting.replace(NUL, IN_ITS_PLACE);
  }
}
