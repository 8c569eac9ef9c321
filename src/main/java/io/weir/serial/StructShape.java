package io.weir.serial;

import io.weir.api.types.Tuple;
import io.weir.api.types.TypeInformation;
import io.weir.snapshot.StructKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A record or POJO type: how its values are made and taken apart.
 *
 * <p>A POJO is a class with a constructor without arguments whose fields can all be set, that is,
 * none is final; those that are static or transient are not part of the value. The fields of
 * superclasses belong to it.
 *
 * @param name the type with its type arguments
 * @param constructor of a record: from all members; of a POJO: from nothing
 * @param members in the order of their declaration, those of superclasses first
 */
record StructShape(
    String name, Class<?> type, StructKind kind, MethodHandle constructor, List<Member> members) {

  /** The index of the member of this name, or -1. */
  int indexOf(String memberName) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).name().equals(memberName)) {
        return i;
      }
    }
    return -1;
  }

  static StructShape ofRecord(TypeInformation<?> type) {
    Class<?> recordClass = type.getTypeClass();
    MethodHandles.Lookup lookup = lookupIn(recordClass);
    List<Member> members = new ArrayList<>();
    List<Class<?>> parameters = new ArrayList<>();
    try {
      for (RecordComponent component : recordClass.getRecordComponents()) {
        parameters.add(component.getType());
        members.add(
            new Member(
                component.getName(),
                component.getType(),
                memberType(type, component.getName(), component.getGenericType()),
                lookup.unreflect(component.getAccessor()),
                null,
                Described.formerNamesOf(component)));
      }
      MethodHandle constructor =
          lookup.findConstructor(recordClass, MethodType.methodType(void.class, parameters));
      return new StructShape(
          type.toString(), recordClass, StructKind.RECORD, constructor, List.copyOf(members));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A record lacks what every record has: " + recordClass, e);
    }
  }

  /** The shape of a class that follows the rules of a POJO; tuples do. */
  static Optional<StructShape> ofPojo(TypeInformation<?> type) {
    Class<?> pojoClass = type.getTypeClass();
    List<Field> fields = fields(pojoClass);
    Optional<Constructor<?>> constructor =
        Arrays.stream(pojoClass.getDeclaredConstructors())
            .filter(each -> each.getParameterCount() == 0)
            .findFirst();
    if (constructor.isEmpty()
        || Modifier.isAbstract(pojoClass.getModifiers())
        || !hasOnlyUserClasses(pojoClass)
        || fields.stream().anyMatch(field -> Modifier.isFinal(field.getModifiers()))) {
      return Optional.empty();
    }
    requireDistinctNames(pojoClass, fields);
    StructKind kind = Tuple.class.isAssignableFrom(pojoClass) ? StructKind.TUPLE : StructKind.POJO;
    try {
      List<Member> members = new ArrayList<>();
      for (Field field : fields) {
        MethodHandles.Lookup lookup = lookupIn(field.getDeclaringClass());
        members.add(
            new Member(
                field.getName(),
                field.getType(),
                memberType(type, field.getName(), field.getGenericType()),
                lookup.unreflectGetter(field),
                lookup.unreflectSetter(field),
                Described.formerNamesOf(field)));
      }
      return Optional.of(
          new StructShape(
              type.toString(),
              pojoClass,
              kind,
              lookupIn(pojoClass).unreflectConstructor(constructor.get()),
              List.copyOf(members)));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("No access in spite of full privileges: " + pojoClass, e);
    }
  }

  private static TypeInformation<?> memberType(TypeInformation<?> owner, String name, Type type) {
    return owner
        .memberType(type)
        .orElseThrow(
            () ->
                new SerializationException(
                        "the type "
                            + type.getTypeName()
                            + " is unknown here; declare the state or stream with all its type"
                            + " arguments, for example by a TypeHint")
                    .inField(name)
                    .in(owner.toString()));
  }

  private static MethodHandles.Lookup lookupIn(Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      throw new SerializationException(
          type.getName()
              + " cannot be accessed: module "
              + type.getModule().getName()
              + " does not open its package "
              + type.getPackageName()
              + "; open it in module-info.java");
    }
  }

  private static List<Field> fields(Class<?> type) {
    if (type == null || type == Object.class) {
      return List.of();
    }
    List<Field> fields = new ArrayList<>(fields(type.getSuperclass()));
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
        fields.add(field);
      }
    }
    return fields;
  }

  /** A class of the JDK keeps its state in its own ways. */
  private static boolean hasOnlyUserClasses(Class<?> type) {
    for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
      String module = each.getModule().getName();
      if (module != null && (module.startsWith("java.") || module.startsWith("jdk."))) {
        return false;
      }
    }
    return true;
  }

  private static void requireDistinctNames(Class<?> type, List<Field> fields) {
    Set<String> names = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.getName())) {
        throw new SerializationException(
                "a superclass has a field of this name too, and fields are told apart by their"
                    + " names; rename one")
            .inField(field.getName())
            .in(type.getName());
      }
    }
  }
}
