package io.weir.serial;

import java.lang.invoke.MethodHandle;

/**
 * The compiled accessors of a struct type.
 *
 * @param type the only class that its values may have
 * @param write {@code (Object, BinaryOutput) -> void}
 * @param read {@code BinaryInput -> Object}
 * @param copy {@code Object -> Object}
 */
record StructCode(Class<?> type, MethodHandle write, MethodHandle read, MethodHandle copy) {}
