package io.weir.servers;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What all test classes of a run share. It is closed at the end of the run. */
final class OncePerRun {

  private OncePerRun() {}

  /** The one of this type; made when it is needed first. */
  static <T extends AutoCloseable> T of(
      ExtensionContext context, Class<T> type, Supplier<T> start) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(type, key -> start.get(), type);
  }
}
