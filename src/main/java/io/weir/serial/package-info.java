/**
 * Values to bytes and back.
 *
 * <p>The format is positional: field names and types stand once, in the {@link
 * io.weir.snapshot.Schema} beside the data, and a value carries neither. When stored data is
 * opened, its schema is compared with the present one, and old fields are matched to new ones by
 * name, once. Every struct type gets compiled accessors, so nothing is looked up per value.
 *
 * <p>What the format relies on: every value takes at least one byte (so a length that exceeds the
 * bytes that are left is damage, and is refused before anything is allocated), and only types that
 * the declared type names are ever instantiated.
 *
 * <p>Threads: a {@link io.weir.serial.Serializer} is stateless and may be shared; a {@link
 * io.weir.serial.BinaryOutput} and a {@link io.weir.serial.BinaryInput} belong to one thread at a
 * time.
 */
package io.weir.serial;
