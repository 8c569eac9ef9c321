package io.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.engine.Clock;
import io.weir.job.local.SystemClock;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CatalogWatchTest {
  private static final String AWAY = "The database is away.";

  /** Questions without an answer so far. */
  private final Queue<Runnable> underWay = new ArrayDeque<>();

  private long nowMillis = 1_000;
  private Optional<String> answer = Optional.empty();
  private boolean hangs;
  private int asked;

  private final CatalogWatch watch =
      new CatalogWatch(
          () -> {
            asked++;
            return answer;
          },
          question -> {
            underWay.add(question);
            if (!hangs) {
              answerAll();
            }
          },
          new Clock() {
            @Override
            public long nowMillis() {
              return nowMillis;
            }

            @Override
            public long nanoTime() {
              return nowMillis * 1_000_000;
            }
          });

  private void answerAll() {
    underWay.forEach(Runnable::run);
    underWay.clear();
  }

  @Test
  void whenItAnswers_thenEachLookAsksAgain() {
    assertThat(watch.failure()).isEmpty();
    answer = Optional.of(AWAY);
    assertThat(watch.failure()).contains(AWAY);
    answer = Optional.empty();
    assertThat(watch.failure()).isEmpty();
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void whenItHangs_thenTheLastAnswerHoldsForAMoment_andThenItCountsAsSilent() {
    assertThat(watch.failure()).isEmpty();
    hangs = true;
    assertThat(watch.failure()).as("just slow").isEmpty();
    nowMillis += CatalogWatch.PATIENCE_MILLIS - 1;
    assertThat(watch.failure()).as("just slow").isEmpty();
    nowMillis += 3_001;
    assertThat(watch.failure().orElse("")).contains("has not answered for 7 s", "weir.catalog.url");
    assertThat(underWay).as("questions at a time").hasSize(1);
  }

  @Test
  void whenItWasAwayAndThenHangs_thenItStaysAway() {
    answer = Optional.of(AWAY);
    assertThat(watch.failure()).contains(AWAY);
    hangs = true;
    assertThat(watch.failure()).contains(AWAY);
  }

  @Test
  void whenAnAnswerComesAtLast_thenItIsAskedAnew() {
    hangs = true;
    assertThat(watch.failure()).isEmpty();
    nowMillis += 60_000;
    assertThat(watch.failure()).isPresent();
    hangs = false;
    answerAll();
    assertThat(watch.failure()).isEmpty();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void whenAskingFails_thenThatIsTheReason() {
    CatalogWatch broken =
        new CatalogWatch(
            () -> {
              throw new IllegalStateException("no such bean");
            },
            Runnable::run,
            new SystemClock());
    assertThat(broken.failure().orElse("")).contains("no such bean");
  }
}
