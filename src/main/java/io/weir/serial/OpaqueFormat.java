package io.weir.serial;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.weir.api.types.TypeInformation;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out for types that the positional format does not know: Jackson CBOR of the fields, by
 * their declared types. A class name in the data never decides what is instantiated.
 */
final class OpaqueFormat {
  private static final Logger LOG = LoggerFactory.getLogger(OpaqueFormat.class);
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();
  private static final ObjectMapper MAPPER =
      CBORMapper.builder()
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          // no class may be chosen by name, also where an annotation would allow it
          .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
          .build();

  private OpaqueFormat() {}

  /**
   * The codec of a type.
   *
   * @throws SerializationException if values of it could not be read back
   */
  static Codec<Object> codec(TypeInformation<?> type) {
    Class<?> raw = type.getTypeClass();
    JavaType javaType = MAPPER.constructType(type.getType());
    if ((Modifier.isAbstract(raw.getModifiers()) && !raw.isAnnotationPresent(JsonTypeInfo.class))
        || raw == Object.class
        || raw == Void.class) {
      throw unsupported(type, "does not say which class its values have");
    }
    requireReadable(type, javaType);
    if (SAID.add(type.toString())) {
      LOG.info(
          "{} is not a record, POJO or other type of the positional format: its values are stored as"
              + " CBOR, which is slower and larger.",
          type);
    }
    return new OpaqueCodec(type.toString(), MAPPER.writerFor(javaType), MAPPER.readerFor(javaType));
  }

  /** The content of a value without its class: maps, lists and plain values. */
  static Object tree(byte[] cbor) {
    try {
      return MAPPER.readValue(cbor, Object.class);
    } catch (IOException e) {
      throw SerializationException.of(e);
    }
  }

  /** What cannot be read back must not be written: found out before the first value. */
  private static void requireReadable(TypeInformation<?> type, JavaType javaType) {
    JsonDeserializer<Object> deserializer;
    try {
      DeserializationContext context =
          ((DefaultDeserializationContext) MAPPER.getDeserializationContext())
              .createDummyInstance(MAPPER.getDeserializationConfig());
      deserializer = context.findRootValueDeserializer(javaType);
    } catch (JsonMappingException | IllegalArgumentException e) {
      throw unsupported(type, "cannot be read back (" + e.getMessage() + ")");
    }
    if (deserializer instanceof BeanDeserializerBase bean) {
      ValueInstantiator made = bean.getValueInstantiator();
      if (!made.canCreateUsingDefault()
          && !made.canCreateFromObjectWith()
          && !made.canCreateUsingDelegate()
          && !javaType.isAbstract()) {
        throw unsupported(type, "has no constructor that values can be made with");
      }
    }
  }

  private static SerializationException unsupported(TypeInformation<?> type, String why) {
    return new SerializationException(
        type
            + " "
            + why
            + "; use a record, a class with a constructor without arguments and fields that are not"
            + " final, or a sealed type of these");
  }
}
