package io.weir.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * An error in the one form that Flink's Java client reads: a serialized exception of a class of
 * Flink's. This class has that class's fields and serial version; its own name, where it stands in
 * the stream, is replaced by the other.
 */
final class SerializedThrowable extends Exception {
  private static final long serialVersionUID = 7284183123441947635L;
  private static final String NAME_THERE = "org.apache.flink.util.SerializedThrowable";

  /** The names of the fields are part of the form. */
  @SuppressWarnings("unused")
  private final byte[] serializedException = null;

  private final String originalErrorClassName;
  private final String fullStringifiedStackTrace;

  SerializedThrowable(Throwable thrown) {
    super(
        thrown.getClass().getName() + ": " + thrown.getMessage(),
        thrown.getCause() == null ? null : new SerializedThrowable(thrown.getCause()));
    originalErrorClassName = thrown.getClass().getName();
    fullStringifiedStackTrace = stackTrace(thrown);
    setStackTrace(thrown.getStackTrace());
  }

  /** An error of which only texts are left. */
  SerializedThrowable(String className, String message, String trace) {
    super(className + ": " + message);
    originalErrorClassName = className;
    fullStringifiedStackTrace = trace;
  }

  /** As errors stand in answers. */
  ObjectNode toJson() {
    return Json.object()
        .put("class", originalErrorClassName)
        .put("stack-trace", fullStringifiedStackTrace)
        .put("serialized-throwable", toBase64());
  }

  String originalErrorClassName() {
    return originalErrorClassName;
  }

  String fullStringifiedStackTrace() {
    return fullStringifiedStackTrace;
  }

  /** The serialized form in base 64. */
  String toBase64() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(this);
    } catch (IOException e) {
      throw new IllegalStateException("an exception cannot be serialized", e);
    }
    byte[] renamed =
        replace(
            bytes.toByteArray(),
            className(SerializedThrowable.class.getName()),
            className(NAME_THERE));
    return Base64.getEncoder().encodeToString(renamed);
  }

  /** As a class description in a stream holds it: length, then the name. */
  private static byte[] className(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + text.length)
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  /** Only the first occurrence: a class is described once per stream, a message may repeat it. */
  private static byte[] replace(byte[] stream, byte[] search, byte[] replacement) {
    int at = indexOf(stream, search);
    return ByteBuffer.allocate(stream.length - search.length + replacement.length)
        .put(stream, 0, at)
        .put(replacement)
        .put(stream, at + search.length, stream.length - at - search.length)
        .array();
  }

  private static int indexOf(byte[] stream, byte[] search) {
    for (int at = 0; at <= stream.length - search.length; at++) {
      if (Arrays.mismatch(stream, at, at + search.length, search, 0, search.length) < 0) {
        return at;
      }
    }
    throw new IllegalStateException("the class name is not in the stream");
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
