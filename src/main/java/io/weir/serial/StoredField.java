package io.weir.serial;

import io.weir.snapshot.ScalarKind;

/**
 * A field as it stands in the bytes, and what becomes of it.
 *
 * @param primitive the kind of its bytes if it cannot be null; else null
 * @param reader reads it if it may be null; else null
 * @param target index of the member that it becomes, or -1 if there is none now
 */
record StoredField(String name, ScalarKind primitive, ValueReader<?> reader, int target) {

  boolean nullable() {
    return primitive == null;
  }
}
