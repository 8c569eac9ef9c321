package io.weir.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.environment.JobStatus;
import io.weir.config.CheckpointingOptions;
import io.weir.config.Configuration;
import io.weir.config.SavepointOptions;
import io.weir.job.checkpoints.RequestedSavepoint;
import io.weir.job.checkpoints.TakenCheckpoint;
import io.weir.job.description.JobDescription;
import io.weir.job.description.JobSettings;
import io.weir.job.history.CheckpointRecord;
import io.weir.job.history.DecisionRecord;
import io.weir.job.history.Ownership;
import io.weir.job.history.Verification;
import io.weir.job.local.InMemoryCatalog;
import io.weir.job.recovery.JobLease;
import io.weir.job.surroundings.Actor;
import io.weir.job.surroundings.JobSurroundings;
import io.weir.job.surroundings.MainThread;
import io.weir.snapshot.CheckpointType;
import io.weir.snapshot.JobId;
import io.weir.storage.CheckpointLocation;
import io.weir.storage.CheckpointStorage;
import io.weir.testkit.InMemoryStorage;
import io.weir.testkit.SampleSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The savepoints of a job's policy, over days that pass as the test wants. */
class ScheduledSavepointsTest {
  private static final JobId EARLIER = new JobId(1, 1);
  private static final JobId JOB = new JobId(1, 2);
  private static final long DAY = 86_400_000;
  private static final long START = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  private final Random random = new Random(5);
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final InMemoryStorage disk = new InMemoryStorage(7, () -> this.now);
  private final List<Runnable> timers = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final List<CompletableFuture<TakenCheckpoint>> asked = new ArrayList<>();
  private final JobSurroundings surroundings =
      LoneSurroundings.of(
          () -> this.now,
          (timeMillis, action) -> {
            times.add(timeMillis);
            timers.add(action);
          },
          catalog,
          disk,
          random);
  private final JobDescription job =
      new JobDescription(
          JOB,
          "flights",
          null,
          new Configuration()
              .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "memory:///checkpoints")
              .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, "memory:///savepoints")
              .setString(SavepointOptions.SCHEDULE.key(), "0 2 * * *")
              .set(SavepointOptions.RETAINED, 2)
              .set(SavepointOptions.LABEL, "nightly"));
  private final JobSettings settings = JobSettings.of(job.configuration());
  private final JobLease lease = new JobLease(job, surroundings, (token, e) -> {});
  private long now = START;
  private boolean runs = true;
  private boolean ended;

  private final class Master implements ScheduledSavepoints.Master {
    @Override
    public MainThread mainThread() {
      return new MainThread(
          new Actor(Runnable::run, e -> {}), surroundings.timers(), surroundings.clock());
    }

    @Override
    public JobLease lease() {
      return lease;
    }

    @Override
    public boolean takesSavepoints() {
      return runs;
    }

    @Override
    public boolean isEnded() {
      return ended;
    }

    @Override
    public void checkpoint(
        CheckpointType type,
        RequestedSavepoint savepoint,
        CompletableFuture<TakenCheckpoint> answer) {
      assertThat(type).isEqualTo(CheckpointType.SAVEPOINT);
      assertThat(savepoint)
          .isEqualTo(new RequestedSavepoint("memory:///savepoints", Ownership.POLICY, "nightly"));
      asked.add(answer);
    }
  }

  @BeforeEach
  void register() throws Exception {
    catalog.register(EARLIER, "flights", Map.of(), START - 10 * DAY);
    catalog.statusChanged(EARLIER, JobStatus.CANCELED, "test", START - 9 * DAY);
    catalog.register(JOB, "flights", Map.of(), START);
    lease.taken(catalog.lease(JOB, "server", OptionalLong.empty(), now, now + 1_000 * DAY));
    timers.clear();
    times.clear();
  }

  private ScheduledSavepoints begin(long triedMillis) {
    ScheduledSavepoints savepoints =
        new ScheduledSavepoints(
            job,
            settings,
            settings.savepointPolicy().orElseThrow(),
            surroundings,
            new JobJournal(job, surroundings),
            new Master());
    savepoints.begin(triedMillis);
    return savepoints;
  }

  /** Lets time pass, and everything happen that is due in it. */
  private void until(String instant) {
    long end = Instant.parse(instant).toEpochMilli();
    for (int next = next(end); next >= 0; next = next(end)) {
      now = Math.max(now, times.remove(next));
      timers.remove(next).run();
    }
    now = end;
  }

  private int next(long end) {
    int first = -1;
    for (int i = 0; i < times.size(); i++) {
      if (times.get(i) <= end && (first < 0 || times.get(i) < times.get(first))) {
        first = i;
      }
    }
    return first;
  }

  /** Writes a savepoint, and enters it. */
  private String savepoint(JobId run, long id, Ownership ownership) throws Exception {
    CheckpointStorage storage =
        new CheckpointStorage(disk.storages(), settings.storage(), run, surroundings.names());
    CheckpointLocation location = storage.beginSavepoint("memory:///savepoints");
    String path = location.publish(SampleSnapshots.holding(run, id, List.of()));
    catalog.snapshotAdopted(
        CheckpointRecord.found(run, id, CheckpointType.SAVEPOINT, now, path, 1, ownership));
    return path;
  }

  /** What was asked for is there. */
  private String answer(long id) throws Exception {
    String path = savepoint(JOB, id, Ownership.POLICY);
    asked.remove(0).complete(new TakenCheckpoint(id, path));
    return path;
  }

  private boolean isThere(String path) throws Exception {
    boolean hasFiles = disk.locations().stream().anyMatch(each -> each.startsWith(path + "/"));
    assertThat(catalog.snapshotsAt(path)).as("the same in the catalog").hasSize(hasFiles ? 1 : 0);
    return hasFiles;
  }

  @Test
  void oneIsTakenAtEachTimeAndNoneInBetween() throws Exception {
    begin(START);
    until("2026-03-02T01:59:59Z");
    assertThat(asked).isEmpty();
    until("2026-03-02T02:00:00Z");
    assertThat(asked).hasSize(1);
    answer(1);
    until("2026-03-03T01:59:59Z");
    assertThat(asked).isEmpty();
    until("2026-03-03T02:00:00Z");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whileOneIsTakenThereIsNoOther() {
    begin(START);
    until("2026-03-09T00:00:00Z");

    assertThat(asked).hasSize(1);
  }

  @Test
  void whatWasMissedIsTakenOnceAndAtOnce() throws Exception {
    now = Instant.parse("2026-03-20T15:00:00Z").toEpochMilli();
    begin(START);
    assertThat(asked).hasSize(1);
    answer(1);

    until("2026-03-21T01:00:00Z");
    assertThat(asked).isEmpty();
  }

  @Test
  void oneThatFailsIsOnRecordWithWhatToDoAndTriedAgainAtTheNextTime() throws Exception {
    begin(START);
    until("2026-03-02T02:00:00Z");
    asked.remove(0).completeExceptionally(new IllegalStateException("the disk is full."));

    DecisionRecord decision = catalog.decisions(JOB, 1).get(0);
    assertThat(decision.what()).isEqualTo("scheduled savepoint failed");
    assertThat(decision.why())
        .contains("the disk is full.")
        .contains("2026-03-03T02:00:00Z")
        .contains("POST /weir/v1/jobs/flights/savepoints");
    until("2026-03-03T01:59:00Z");
    assertThat(asked).isEmpty();
    until("2026-03-03T02:00:00Z");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aJobThatDoesNotRunAtTheTimeIsWaitedFor() {
    begin(START);
    runs = false;
    until("2026-03-02T02:05:00Z");
    assertThat(asked).isEmpty();

    runs = true;
    until("2026-03-02T02:05:02Z");
    assertThat(asked).hasSize(1);
  }

  @Test
  void behindTheEndOfTheJobNothingHappens() {
    begin(START);
    ended = true;
    until("2026-03-09T00:00:00Z");

    assertThat(asked).isEmpty();
    assertThat(timers).isEmpty();
  }

  @Test
  void ofItsOwnTheNewestStay_ofEarlierRunsToo_andNobodyElsesAreTouched() throws Exception {
    now -= 9 * DAY;
    String users = savepoint(EARLIER, 1, Ownership.USER);
    String oldest = savepoint(EARLIER, 2, Ownership.POLICY);
    JobId stranger = new JobId(9, 9);
    catalog.register(stranger, "another", Map.of(), now);
    String strangers = savepoint(stranger, 1, Ownership.POLICY);
    now = START;
    begin(START);
    until("2026-03-02T02:00:00Z");
    String first = answer(3);
    assertThat(isThere(oldest)).as("it is one of two").isTrue();

    until("2026-03-03T02:00:00Z");
    String second = answer(4);
    assertThat(isThere(oldest)).isFalse();
    until("2026-03-04T02:00:00Z");
    String third = answer(5);

    assertThat(isThere(first)).isFalse();
    assertThat(isThere(second)).isTrue();
    assertThat(isThere(third)).isTrue();
    assertThat(isThere(users)).isTrue();
    assertThat(isThere(strangers)).isTrue();
  }

  @Test
  void whatIsPinnedStays() throws Exception {
    begin(START);
    until("2026-03-02T02:00:00Z");
    String first = answer(1);
    catalog.checkpointPinned(JOB, 1, true);
    for (int day = 3; day <= 5; day++) {
      until("2026-03-0%dT02:00:00Z".formatted(day));
      answer(day);
    }

    assertThat(isThere(first)).isTrue();
    assertThat(catalog.restorePoints(JOB)).hasSize(3);
  }

  @Test
  void whatTheJobWasRestoredFromStaysAsLongAsItHasNothingElse() throws Exception {
    String first = savepoint(EARLIER, 1, Ownership.POLICY);
    catalog.snapshotAdopted(
        CheckpointRecord.found(
            JOB, 1, CheckpointType.SAVEPOINT, now, first, 1, Ownership.BORROWED));
    begin(START);
    for (int day = 2; day <= 4; day++) {
      until("2026-03-0%dT02:00:00Z".formatted(day));
      answer(day);
    }
    assertThat(catalog.snapshotsAt(first)).hasSize(2);
    catalog.snapshotAdopted(
        CheckpointRecord.found(
            JOB, 7, CheckpointType.CHECKPOINT, now, "memory:///chk-7", 1, Ownership.JOB));
    catalog.snapshotVerified("memory:///chk-7", new Verification(now, "a file is missing."));
    until("2026-03-05T02:00:00Z");
    answer(8);
    assertThat(catalog.snapshotsAt(first)).as("what is newer is damaged").hasSize(2);

    catalog.snapshotVerified("memory:///chk-7", new Verification(now, null));
    until("2026-03-06T02:00:00Z");
    answer(9);
    assertThat(isThere(first)).isFalse();
  }

  @Test
  void theNewestGoodOnesStayWhenNewerOnesAreDamaged() throws Exception {
    begin(START);
    List<String> paths = new ArrayList<>();
    for (int day = 2; day <= 5; day++) {
      until("2026-03-0%dT02:00:00Z".formatted(day));
      paths.add(answer(day));
      if (day >= 3) {
        catalog.snapshotVerified(paths.get(day - 2), new Verification(now, "a bit is wrong."));
      }
    }

    assertThat(isThere(paths.get(0))).isTrue();
    assertThat(isThere(paths.get(3))).isTrue();
  }

  @Test
  void aServerThatHasLostTheLeaseRemovesNothing() throws Exception {
    begin(START);
    List<String> paths = new ArrayList<>();
    for (int day = 2; day <= 3; day++) {
      until("2026-03-0%dT02:00:00Z".formatted(day));
      paths.add(answer(day));
    }
    until("2026-03-04T02:00:00Z");
    catalog.releaseLease(JOB, lease.token());
    long unused = catalog.lease(JOB, "another", OptionalLong.empty(), now, now + DAY);
    paths.add(answer(4));

    for (String path : paths) {
      assertThat(isThere(path)).isTrue();
    }
  }
}
