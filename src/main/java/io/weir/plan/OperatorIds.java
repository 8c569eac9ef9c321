package io.weir.plan;

import io.weir.snapshot.OperatorId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Gives every operator the id under which its state is stored, by Flink's rules: the uid hash, or
 * else a hash of the uid, or else a hash of the operator's place. The place is how many operators
 * are met before it, with how many it is fused, and the ids of its inputs; so names have no
 * influence on it, while an added operator or another chain has.
 */
final class OperatorIds {
  private final Chaining chaining;
  private final Map<OperatorNode, byte[]> hashes = new HashMap<>();

  private OperatorIds(Chaining chaining) {
    this.chaining = chaining;
  }

  static Map<OperatorNode, OperatorId> of(List<OperatorNode> operators, Chaining chaining) {
    OperatorIds ids = new OperatorIds(chaining);
    ids.visit(operators);
    Map<OperatorNode, OperatorId> result = new HashMap<>();
    ids.hashes.forEach((node, hash) -> result.put(node, idOf(node, hash)));
    return result;
  }

  /**
   * Breadth first from the sources; an operator that is met before one of its inputs is met again.
   */
  private void visit(List<OperatorNode> operators) {
    Set<OperatorNode> seen = new HashSet<>();
    Queue<OperatorNode> remaining = new ArrayDeque<>();
    for (OperatorNode operator : operators) {
      if (operator.inputs().isEmpty()) {
        remaining.add(operator);
        seen.add(operator);
      }
    }
    while (!remaining.isEmpty()) {
      OperatorNode operator = remaining.poll();
      if (!canHash(operator)) {
        seen.remove(operator);
        continue;
      }
      hashes.put(operator, hash(operator));
      for (Link link : operator.outputs()) {
        if (seen.add(link.target())) {
          remaining.add(link.target());
        }
      }
    }
  }

  private boolean canHash(OperatorNode operator) {
    return operator.transformation().uid() != null
        || operator.inputs().stream().allMatch(link -> hashes.containsKey(link.source()));
  }

  private byte[] hash(OperatorNode operator) {
    String uid = operator.transformation().uid();
    return uid == null ? hashOfPlace(operator) : Murmur3.hash(uid.getBytes(StandardCharsets.UTF_8));
  }

  /** The number of the operators before it, once for itself and once for each it is fused with. */
  private byte[] hashOfPlace(OperatorNode operator) {
    long fused = operator.outputs().stream().filter(chaining::fuses).count();
    ByteBuffer place =
        ByteBuffer.allocate((int) (fused + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (place.hasRemaining()) {
      place.putInt(hashes.size());
    }
    byte[] hash = Murmur3.hash(place.array());
    for (Link link : operator.inputs()) {
      byte[] input = hashes.get(link.source());
      for (int i = 0; i < hash.length; i++) {
        hash[i] = (byte) (hash[i] * 37 ^ input[i]);
      }
    }
    return hash;
  }

  private static OperatorId idOf(OperatorNode operator, byte[] hash) {
    String uidHash = operator.transformation().uidHash();
    if (uidHash != null) {
      return OperatorId.parse(uidHash.toLowerCase(Locale.ROOT));
    }
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    return new OperatorId(bytes.getLong(), bytes.getLong());
  }
}
