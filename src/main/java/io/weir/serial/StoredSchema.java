package io.weir.serial;

import io.weir.snapshot.Schema;
import io.weir.snapshot.SchemaIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The schema of stored values while the codecs that read it are built. */
final class StoredSchema {
  private final SchemaIndex index;
  private final Map<List<Object>, Codec<?>> begun = new HashMap<>();

  StoredSchema(Schema root) {
    index = new SchemaIndex(root);
  }

  /** The description itself: of a reference, what it refers to. */
  Schema resolve(Schema schema) {
    return index.resolve(schema);
  }

  SchemaIndex index() {
    return index;
  }

  /** Builds the codec that reads a stored type as a present one, or finds the one begun before. */
  @SuppressWarnings("unchecked") // the present codec determines the type of the values
  <T> Codec<T> once(Schema.Named stored, Codec<T> present, Supplier<Codec<T>> build) {
    List<Object> key = List.of(stored.name(), present);
    Codec<?> known = begun.get(key);
    if (known != null) {
      return (Codec<T>) known;
    }
    Deferred<T> deferred = new Deferred<>();
    begun.put(key, deferred);
    Codec<T> built = build.get();
    deferred.become(built);
    begun.put(key, built);
    return built;
  }
}
