package io.weir.serial;

import io.weir.api.types.TypeInformation;
import io.weir.snapshot.RenamedSchema;
import io.weir.snapshot.Schema;
import io.weir.snapshot.SchemaComparison;
import io.weir.snapshot.SchemaIndex;
import java.util.HashSet;

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
    return root(type);
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
    return reader(stored, current, false);
  }

  /**
   * The same for values by which others are found: different ones stay different.
   *
   * @throws SchemaIncompatibleException if the stored values cannot become values of this type
   */
  public static <T> Serializer<T> keyReader(Schema stored, TypeInformation<T> current) {
    return reader(stored, current, true);
  }

  /**
   * Reads stored values without their classes, as {@link io.weir.api.state.StoredObject} describes.
   *
   * @param stored the schema beside the stored values
   */
  public static ValueReader<Object> treeReader(Schema stored) {
    TreeReader reader = new TreeReader(stored, new SchemaIndex(stored));
    return in -> {
      try {
        return reader.read(in);
      } catch (RuntimeException | StackOverflowError e) {
        throw SerializationException.of(e).in(stored.summary());
      }
    };
  }

  /** What separates stored values from the present type; names that it had before are known. */
  public static SchemaComparison compare(Schema stored, TypeInformation<?> current) {
    RootSerializer<?> present = root(current);
    return SchemaComparison.compare(present.renames().applyTo(stored), present.schema());
  }

  private static <T> Serializer<T> reader(
      Schema stored, TypeInformation<T> current, boolean isKey) {
    RootSerializer<T> present = root(current);
    RenamedSchema renamed = present.renames().applyTo(stored);
    SchemaComparison comparison =
        isKey
            ? SchemaComparison.compareKeys(renamed, present.schema())
            : SchemaComparison.compare(renamed, present.schema());
    return switch (comparison.verdict()) {
      case AS_IS -> present;
      case AFTER_MIGRATION -> present.reading(renamed.schema());
      case INCOMPATIBLE ->
          throw new SchemaIncompatibleException(comparison.refusal(current.toString()));
    };
  }

  private static <T> RootSerializer<T> root(TypeInformation<T> type) {
    try {
      Codec<T> codec = CodecGraph.of(type);
      boolean immutable = codec.isImmutable(new HashSet<>());
      Described described = new Described();
      Schema schema = codec.describe(described);
      return new RootSerializer<>(
          type.toString(),
          codec,
          immutable,
          codec.isCopiedWhileChanging(),
          schema,
          described.renames());
    } catch (SerializationException e) {
      throw e.in(type.toString());
    }
  }
}
