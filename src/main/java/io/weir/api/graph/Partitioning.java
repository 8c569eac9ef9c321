package io.weir.api.graph;

import io.weir.api.functions.KeySelector;
import io.weir.api.functions.Partitioner;
import io.weir.api.types.TypeInformation;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/** How records are spread over the subtasks of the consumer. */
public sealed interface Partitioning extends Serializable {
  /** To the subtask of the same number; producer and consumer have the same parallelism. */
  record Forward() implements Partitioning {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.forward();
    }
  }

  /** To all subtasks in turn. */
  record Rebalance() implements Partitioning {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rebalance();
    }
  }

  /** To a random subtask. */
  record Shuffle() implements Partitioning {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.shuffle();
    }
  }

  /** In turn to the subtasks of a group: every producer has its own group, or shares it evenly. */
  record Rescale() implements Partitioning {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.rescale();
    }
  }

  /** To every subtask. */
  record Broadcast() implements Partitioning {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.broadcast();
    }
  }

  /** To the first subtask. */
  record Global() implements Partitioning {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.global();
    }
  }

  /**
   * To the subtask that owns the key's key group.
   *
   * @param keySelector the key of a record
   * @param keyType the type of the key, or null if it is not known
   * @param <T> type of the records
   * @param <K> type of the key
   */
  record Hash<T, K>(KeySelector<T, K> keySelector, TypeInformation<K> keyType)
      implements Partitioning {
    public Hash {
      Objects.requireNonNull(keySelector, "keySelector");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.hash(this);
    }
  }

  /**
   * To the subtask that the author's function names.
   *
   * @param partitioner names the subtask for a key
   * @param keySelector what is handed to the partitioner
   * @param <T> type of the records
   * @param <K> type of the key
   */
  record Custom<T, K>(Partitioner<K> partitioner, KeySelector<T, K> keySelector)
      implements Partitioning {
    public Custom {
      Objects.requireNonNull(partitioner, "partitioner");
      Objects.requireNonNull(keySelector, "keySelector");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.custom(this);
    }
  }

  /** Calls the visitor's method for this kind of partitioning. */
  <R> R accept(Visitor<R> visitor);

  /** The kind in one word, upper case, as Flink's plans show it. */
  default String label() {
    return getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  /**
   * One method for every kind of partitioning, so that none can be forgotten.
   *
   * @param <R> what is computed
   */
  interface Visitor<R> {
    R forward();

    R rebalance();

    R shuffle();

    R rescale();

    R broadcast();

    R global();

    <T, K> R hash(Hash<T, K> partitioning);

    <T, K> R custom(Custom<T, K> partitioning);
  }
}
