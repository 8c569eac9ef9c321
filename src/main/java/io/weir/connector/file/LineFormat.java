package io.weir.connector.file;

import java.io.Serializable;

/**
 * How the bytes of a file become records.
 *
 * @param parser makes records of lines
 * @param header whether the first line of each file is left out
 * @param maxLineBytes a longer line is broken
 * @param brokenLines what happens to lines that are not as they should be
 */
record LineFormat<T>(
    LineParser<T> parser, boolean header, int maxLineBytes, BrokenLines brokenLines)
    implements Serializable {}
