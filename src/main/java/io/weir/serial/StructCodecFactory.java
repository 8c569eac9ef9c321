package io.weir.serial;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Makes the hidden copies of {@link StructCodec}; that class itself is never initialized. */
final class StructCodecFactory {
  private static final byte[] PATTERN = pattern();

  private StructCodecFactory() {}

  /** A codec of its own class for a struct type. */
  @SuppressWarnings("unchecked") // the copies implement what the pattern does
  static Codec<Object> define(Struct struct, StructCode code) {
    try {
      MethodHandles.Lookup hidden =
          MethodHandles.lookup().defineHiddenClassWithClassData(PATTERN, code, true);
      MethodType constructor = MethodType.methodType(void.class, Struct.class);
      return (Codec<Object>)
          hidden.findConstructor(hidden.lookupClass(), constructor).invoke(struct);
    } catch (Throwable e) {
      throw new IllegalStateException("No codec of " + struct.name() + " can be made", e);
    }
  }

  private static byte[] pattern() {
    try (InputStream file = StructCodec.class.getResourceAsStream("StructCodec.class")) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
