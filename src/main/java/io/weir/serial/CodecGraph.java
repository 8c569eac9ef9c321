package io.weir.serial;

import io.weir.api.types.TypeInformation;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Builds the codec of a type with those of all its parts; one object per type that is asked for.
 */
final class CodecGraph {
  private final Map<TypeInformation<?>, Codec<?>> begun = new HashMap<>();
  private final List<Struct> structs = new ArrayList<>();

  private CodecGraph() {}

  @SuppressWarnings("unchecked") // the codec is made for the type
  static <T> Codec<T> of(TypeInformation<T> type) {
    CodecGraph graph = new CodecGraph();
    Codec<T> codec = (Codec<T>) graph.codec(type);
    graph.structs.forEach(Struct::settle);
    graph.begun.forEach(CodecCache::put);
    return codec;
  }

  private Codec<?> codec(TypeInformation<?> type) {
    Class<?> raw = type.getTypeClass();
    Optional<ScalarCodec<?>> scalar = Scalars.of(raw);
    if (scalar.isPresent()) {
      return scalar.get();
    }
    if (raw.isArray()) {
      return new ArrayCodec(raw.getComponentType(), part("[]", componentType(type)));
    }
    if (raw == Optional.class) {
      return new OptionalCodec<>(part("[value]", argument(type, 0)));
    }
    Optional<CollectionForm> collection = CollectionForm.of(raw);
    if (collection.isPresent()) {
      return new CollectionCodec(collection.get(), part("[]", argument(type, 0)));
    }
    Optional<MapForm> map = MapForm.of(raw);
    if (map.isPresent()) {
      return new MapCodec(
          map.get(), part("[key]", argument(type, 0)), part("[value]", argument(type, 1)));
    }
    return raw.isSealed() && !raw.isEnum() ? once(type, () -> choice(type)) : closed(type);
  }

  /** The codec of a class whose values have no other class. */
  private Codec<?> closed(TypeInformation<?> type) {
    Class<?> raw = type.getTypeClass();
    if (raw.isEnum()) {
      return enumeration(raw);
    }
    if (raw.isRecord()) {
      return once(type, () -> struct(StructShape.ofRecord(type)));
    }
    Optional<StructShape> pojo = StructShape.ofPojo(type);
    return pojo.isPresent() ? once(type, () -> struct(pojo.get())) : OpaqueFormat.codec(type);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the class was found to be an enum
  private static Codec<?> enumeration(Class<?> raw) {
    return EnumCodec.of((Class) raw);
  }

  private Codec<Object> struct(StructShape shape) {
    List<Codec<Object>> codecs = new ArrayList<>();
    for (Member member : shape.members()) {
      try {
        codecs.add(part("." + member.name(), member.type()));
      } catch (SerializationException e) {
        throw e.in(shape.name());
      }
    }
    Struct struct = new Struct(shape, codecs);
    structs.add(struct);
    return struct.compile();
  }

  private Codec<Object> choice(TypeInformation<?> type) {
    List<Class<?>> classes = new ArrayList<>();
    List<Codec<Object>> codecs = new ArrayList<>();
    for (TypeInformation<?> permitted : SealedTypes.permittedBy(type)) {
      classes.add(permitted.getTypeClass());
      codecs.add(asObject(closed(permitted)));
    }
    return new ChoiceCodec(type, classes, codecs, codecs);
  }

  private Codec<Object> part(String step, TypeInformation<?> type) {
    try {
      return asObject(codec(type));
    } catch (SerializationException e) {
      throw e.under(step);
    }
  }

  /**
   * Types may contain themselves: what is asked for again while it is built is only referred to.
   */
  private Codec<?> once(TypeInformation<?> type, Supplier<Codec<Object>> build) {
    Codec<?> begunBefore = begun.get(type);
    Codec<?> known = begunBefore == null ? CodecCache.get(type) : begunBefore;
    if (known != null) {
      return known;
    }
    Deferred<Object> deferred = new Deferred<>();
    begun.put(type, deferred);
    Codec<Object> built = build.get();
    deferred.become(built);
    begun.put(type, built);
    return built;
  }

  private static TypeInformation<?> componentType(TypeInformation<?> array) {
    return array.getType() instanceof GenericArrayType generic
        ? TypeInformation.ofType(generic.getGenericComponentType())
        : TypeInformation.of(array.getTypeClass().getComponentType());
  }

  private static TypeInformation<?> argument(TypeInformation<?> type, int index) {
    if (type.getType() instanceof ParameterizedType parameterized) {
      return TypeInformation.ofType(parameterized.getActualTypeArguments()[index]);
    }
    throw new SerializationException(
        type
            + " is declared without the types of its elements; add them, for example by a TypeHint");
  }

  @SuppressWarnings("unchecked") // called with values of the type that it was made for
  private static Codec<Object> asObject(Codec<?> codec) {
    return (Codec<Object>) codec;
  }
}
