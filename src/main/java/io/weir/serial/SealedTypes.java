package io.weir.serial;

import io.weir.api.types.TypeInformation;
import io.weir.api.types.Types;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Finds the classes that the values of a sealed type may have. */
final class SealedTypes {
  private SealedTypes() {}

  /**
   * All of them, in the order of the declarations, with their type arguments.
   *
   * @throws SerializationException if the set is not closed
   */
  static List<TypeInformation<?>> permittedBy(TypeInformation<?> sealed) {
    Class<?> raw = sealed.getTypeClass();
    if (!Modifier.isAbstract(raw.getModifiers())) {
      throw new SerializationException(
          raw.getName() + " is sealed but not abstract; make it abstract or an interface");
    }
    List<TypeInformation<?>> found = new ArrayList<>();
    for (Class<?> permitted : raw.getPermittedSubclasses()) {
      TypeInformation<?> type = withArguments(permitted, sealed);
      List<TypeInformation<?>> below =
          permitted.isSealed() && !permitted.isEnum() ? permittedBy(type) : List.of(type);
      below.stream().filter(each -> !found.contains(each)).forEach(found::add);
      if (!permitted.isSealed() && Modifier.isAbstract(permitted.getModifiers())) {
        throw new SerializationException(
            permitted.getName()
                + " is permitted by "
                + raw.getName()
                + " but open to any subclass; make it sealed or final");
      }
    }
    return found;
  }

  /** A permitted class whose type parameters stand for arguments of the sealed type. */
  private static TypeInformation<?> withArguments(Class<?> permitted, TypeInformation<?> sealed) {
    TypeVariable<?>[] parameters = permitted.getTypeParameters();
    TypeInformation<?>[] arguments =
        Arrays.stream(parameters)
            .map(parameter -> argumentOf(parameter, permitted, sealed))
            .toArray(TypeInformation<?>[]::new);
    return arguments.length == 0
        ? TypeInformation.of(permitted)
        : Types.GENERIC(permitted, arguments);
  }

  private static TypeInformation<?> argumentOf(
      TypeVariable<?> parameter, Class<?> permitted, TypeInformation<?> sealed) {
    Stream<Type> supertypes =
        Stream.concat(
            Stream.ofNullable(permitted.getGenericSuperclass()),
            Arrays.stream(permitted.getGenericInterfaces()));
    List<Type> actual = List.of(sealed.getTypeClass().getTypeParameters());
    return supertypes
        .filter(ParameterizedType.class::isInstance)
        .map(ParameterizedType.class::cast)
        .filter(supertype -> supertype.getRawType() == sealed.getTypeClass())
        .map(supertype -> Arrays.asList(supertype.getActualTypeArguments()).indexOf(parameter))
        .filter(index -> index >= 0)
        .findFirst()
        .flatMap(index -> sealed.memberType(actual.get(index)))
        .orElseThrow(
            () ->
                new SerializationException(
                    "what "
                        + parameter
                        + " of "
                        + permitted.getName()
                        + " stands for does not follow from "
                        + sealed));
  }
}
