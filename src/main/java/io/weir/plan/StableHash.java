package io.weir.plan;

import io.weir.api.types.TypeInformation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the hash code of a key is the same in every process. Key groups depend on it, so that
 * with any other key the state of a record would not be found again after a restore.
 */
final class StableHash {
  private final Set<Type> visited = new HashSet<>();

  private StableHash() {}

  /** The reason, as a clause, why the hash codes of a type are not stable; empty if they may be. */
  static Optional<String> whyNot(TypeInformation<?> type) {
    return new StableHash().check(type);
  }

  private Optional<String> check(TypeInformation<?> type) {
    if (!visited.add(type.getType())) {
      return Optional.empty();
    }
    Class<?> raw = type.getTypeClass();
    if (raw.isArray()) {
      return Optional.of("an array's hash code does not depend on its contents");
    }
    if (raw.isEnum()) {
      return Optional.of(
          "the hash code of the enum " + raw.getName() + " differs from process to process");
    }
    if (!raw.isInterface() && inheritsIdentityHash(raw)) {
      return Optional.of(raw.getName() + " does not override hashCode()");
    }
    return raw.isRecord() ? checkComponents(type) : checkArguments(type);
  }

  /** Interfaces say nothing about the hash code of the objects behind them. */
  private static boolean inheritsIdentityHash(Class<?> raw) {
    try {
      return raw != Object.class && raw.getMethod("hashCode").getDeclaringClass() == Object.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every class has hashCode()", e);
    }
  }

  private Optional<String> checkComponents(TypeInformation<?> type) {
    for (RecordComponent component : type.getTypeClass().getRecordComponents()) {
      Optional<String> why = type.memberType(component.getGenericType()).flatMap(this::check);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  private Optional<String> checkArguments(TypeInformation<?> type) {
    for (TypeInformation<?> argument : type.getGenericParameters().values()) {
      Optional<String> why = check(argument);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }
}
