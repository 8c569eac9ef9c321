package io.weir.engine.operator.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.api.connector.Committer;
import io.weir.api.connector.CommitterInitContext;
import io.weir.api.connector.SimpleVersionedSerializer;
import io.weir.api.connector.Sink;
import io.weir.api.connector.SinkWriter;
import io.weir.api.connector.SupportsCommitter;
import io.weir.api.connector.WriterInitContext;
import io.weir.api.eventtime.Watermark;
import io.weir.testkit.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkOperatorTest {
  private final List<String> calls = new ArrayList<>();

  private final class Recording implements SinkWriter<String> {
    @Override
    public void write(String element, Context context) {
      calls.add(element + "@" + context.timestamp() + " after W" + context.currentWatermark());
    }

    @Override
    public void flush(boolean endOfInput) {
      calls.add("flush " + endOfInput);
    }

    @Override
    public void writeWatermark(Watermark watermark) {
      calls.add("W" + watermark.getTimestamp());
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  @Test
  void theWriterGetsRecordsWatermarksAndFlushes() throws Exception {
    Sink<String> sink = context -> new Recording();
    OperatorHarness harness = OperatorHarness.of(new SinkOperator<>(sink)).withoutKeys().open();
    harness.element("a", 3).watermark(5).element("b");
    harness.snapshot(1);
    harness.finish();
    harness.close();
    assertThat(calls)
        .containsExactly(
            "a@3 after W-9223372036854775808",
            "W5",
            "b@null after W5",
            "flush false",
            "W" + Long.MAX_VALUE,
            "flush true",
            "close");
  }

  @Test
  void theWriterIsGivenClockAndTimers() throws Exception {
    Sink<String> sink =
        context -> {
          context.getProcessingTimeService().registerTimer(50, time -> calls.add("timer " + time));
          calls.add(
              context.getTaskInfo().getIndexOfThisSubtask()
                  + " "
                  + context.getRestoredCheckpointId().isPresent());
          return new Recording();
        };
    OperatorHarness harness = OperatorHarness.of(new SinkOperator<>(sink)).withoutKeys().open();
    harness.time(50);
    assertThat(calls).containsExactly("0 false", "timer 50");
  }

  @Test
  void aSinkWithCommitterNeedsAWriterThatPrepares() {
    Careless sink = new Careless();
    OperatorHarness harness =
        OperatorHarness.of(new CommittingSinkOperator<>(sink, sink, 0)).withoutKeys();
    assertThatThrownBy(harness::open)
        .hasMessageContaining("CommittingSinkWriter")
        .hasMessageContaining("Recording");
  }

  private final class Careless implements Sink<String>, SupportsCommitter<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<String> createWriter(WriterInitContext context) {
      return new Recording();
    }

    @Override
    public Committer<String> createCommitter(CommitterInitContext context) {
      return new LedgerSink(new LedgerSink.Ledger()).createCommitter(context);
    }

    @Override
    public SimpleVersionedSerializer<String> getCommittableSerializer() {
      return new LedgerSink(new LedgerSink.Ledger()).getCommittableSerializer();
    }
  }
}
