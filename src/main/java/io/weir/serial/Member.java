package io.weir.serial;

import io.weir.api.types.TypeInformation;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * A field of a struct type, as Java sees it.
 *
 * @param declared the class of the field, primitive or not
 * @param type its full type, a primitive one by its wrapper
 * @param getter from the struct to the value
 * @param setter from the struct and the value to nothing; null in records
 * @param formerNames what it was called before, the latest first
 */
record Member(
    String name,
    Class<?> declared,
    TypeInformation<?> type,
    MethodHandle getter,
    MethodHandle setter,
    List<String> formerNames) {

  boolean nullable() {
    return !declared.isPrimitive();
  }
}
