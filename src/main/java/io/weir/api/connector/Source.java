package io.weir.api.connector;

import java.io.Serializable;

/**
 * A source of records: a description that creates enumerators and readers.
 *
 * @param <T> type of the records
 * @param <SplitT> type of the splits
 * @param <EnumChkT> type of the enumerator's state
 */
public interface Source<T, SplitT extends SourceSplit, EnumChkT> extends Serializable {
  /** Whether it comes to an end. */
  Boundedness getBoundedness();

  /**
   * The reader of a subtask.
   *
   * @param readerContext the surroundings of the reader, not null
   * @throws Exception to fail the task
   */
  SourceReader<T, SplitT> createReader(SourceReaderContext readerContext) throws Exception;

  /**
   * The enumerator of a first run.
   *
   * @param enumContext the surroundings of the enumerator, not null
   * @throws Exception to fail the job
   */
  SplitEnumerator<SplitT, EnumChkT> createEnumerator(SplitEnumeratorContext<SplitT> enumContext)
      throws Exception;

  /**
   * The enumerator of a run that is restored.
   *
   * @param enumContext the surroundings of the enumerator, not null
   * @param checkpoint its state
   * @throws Exception to fail the job
   */
  SplitEnumerator<SplitT, EnumChkT> restoreEnumerator(
      SplitEnumeratorContext<SplitT> enumContext, EnumChkT checkpoint) throws Exception;

  /** Writes splits with their positions. */
  SimpleVersionedSerializer<SplitT> getSplitSerializer();

  /** Writes the enumerator's state. */
  SimpleVersionedSerializer<EnumChkT> getEnumeratorCheckpointSerializer();
}
