package io.weir.engine.source;

import io.weir.api.connector.ProcessingTimeService;
import io.weir.engine.operator.ProcessingTime;

/** Clock and timers of the task, as a reader sees them. */
record ReaderTime(ProcessingTime time) implements ProcessingTimeService {
  @Override
  public long getCurrentProcessingTime() {
    return time.now();
  }

  @Override
  public void registerTimer(long timestamp, ProcessingTimeCallback target) {
    time.callAt(timestamp, target::onProcessingTime);
  }
}
