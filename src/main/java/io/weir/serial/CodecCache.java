package io.weir.serial;

import io.weir.api.types.TypeInformation;
import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The codecs of classes without type arguments that were built before: so a job that is restarted
 * goes on with code that is compiled already.
 *
 * <p>An entry hangs on its class and vanishes with it. It is soft, so that a class that outlives
 * this one, in a library that several applications share, does not hold it. Usable from any thread.
 */
final class CodecCache {
  private static final ClassValue<AtomicReference<SoftReference<Codec<?>>>> ENTRIES =
      new ClassValue<>() {
        @Override
        protected AtomicReference<SoftReference<Codec<?>>> computeValue(Class<?> type) {
          return new AtomicReference<>(new SoftReference<>(null));
        }
      };

  private CodecCache() {}

  /** The codec of a type, or null. */
  static Codec<?> get(TypeInformation<?> type) {
    return type.getType() instanceof Class<?> plain ? ENTRIES.get(plain).get().get() : null;
  }

  /** Keeps a codec that is complete. */
  static void put(TypeInformation<?> type, Codec<?> codec) {
    if (type.getType() instanceof Class<?> plain) {
      ENTRIES.get(plain).set(new SoftReference<>(codec));
    }
  }
}
