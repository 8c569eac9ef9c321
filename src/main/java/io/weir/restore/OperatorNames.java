package io.weir.restore;

import io.weir.snapshot.OperatorId;
import io.weir.snapshot.OperatorState;

/** How messages call an operator. */
final class OperatorNames {
  private OperatorNames() {}

  static String of(OperatorState state) {
    return of(state.name(), state.uid(), state.id());
  }

  static String of(RestoreTarget target) {
    return of(target.name(), target.uid(), target.id());
  }

  private static String of(String name, String uid, OperatorId id) {
    return uid == null
        ? "operator '" + name + "' (no uid, id " + id + ")"
        : "operator '" + name + "' (uid '" + uid + "')";
  }
}
