package io.weir.serial;

import io.weir.api.types.TypeInformation;
import io.weir.snapshot.Schema;
import io.weir.snapshot.SchemaChange;
import io.weir.snapshot.SchemaComparison;
import java.util.HashSet;
import java.util.stream.Collectors;

/** Makes serializers. Making one may take milliseconds: keep it. Usable from any thread. */
public final class Serializers {
  private Serializers() {}

  /**
   * The serializer of a type.
   *
   * @throws SerializationException if values of the type could not be written or read back; the
   *     message names the field
   */
  public static <T> Serializer<T> of(TypeInformation<T> type) {
    try {
      Codec<T> codec = CodecGraph.of(type);
      boolean immutable = codec.isImmutable(new HashSet<>());
      return new RootSerializer<>(
          type.toString(), codec, immutable, codec.describe(new HashSet<>()));
    } catch (SerializationException e) {
      throw e.in(type.toString());
    }
  }

  /**
   * The serializer of a type that reads values in the format they were stored in, once, and writes
   * them in the present one. If both formats are the same it is an ordinary one.
   *
   * @param stored the schema beside the stored values
   * @param current the present type
   * @throws SchemaIncompatibleException if the stored values cannot become values of this type
   */
  public static <T> Serializer<T> reader(Schema stored, TypeInformation<T> current) {
    Serializer<T> present = of(current);
    SchemaComparison comparison = SchemaComparison.compare(stored, present.schema());
    return switch (comparison.verdict()) {
      case AS_IS -> present;
      case AFTER_MIGRATION -> migrating(stored, (RootSerializer<T>) present);
      case INCOMPATIBLE -> throw incompatible(comparison, current);
    };
  }

  private static <T> Serializer<T> migrating(Schema stored, RootSerializer<T> present) {
    StoredSchema context = new StoredSchema(stored);
    return new RootSerializer<>(
        present.type(),
        present.codec().reading(context.resolve(stored), context),
        present.isImmutable(),
        present.schema());
  }

  private static SchemaIncompatibleException incompatible(
      SchemaComparison comparison, TypeInformation<?> type) {
    String reasons =
        comparison.refused().stream()
            .map(SchemaChange::toString)
            .collect(Collectors.joining("\n  ", "\n  ", "\n"));
    return new SchemaIncompatibleException(
        "Stored values cannot become values of "
            + type
            + " as it is now:"
            + reasons
            + "Restore these declarations, or give the new ones other field names, or start without"
            + " this state.");
  }
}
