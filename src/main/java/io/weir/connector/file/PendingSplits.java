package io.weir.connector.file;

import java.util.List;

/**
 * The state of a file source's enumerator.
 *
 * @param splits those that no reader has got yet, in ascending order
 */
public record PendingSplits(List<FileSourceSplit> splits) {

  public PendingSplits {
    splits = List.copyOf(splits);
  }
}
