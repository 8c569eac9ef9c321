package io.weir.storage;

import io.weir.snapshot.StateOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * The merged files that one checkpoint writes in one directory. A piece of state has a file for
 * itself while it is written; then the file takes the next piece, until it is large enough. Files
 * that the subtasks still to come cannot use become durable when a subtask has written all it has,
 * by its thread, so that when the last one has none is left open; and in any case before the
 * snapshot is published.
 *
 * <p>Where one file has failed, pieces that were taken for written are lost: nothing is published
 * then. Safe for use by several threads.
 */
final class MergedFiles {
  private final CheckpointLocation location;
  private final Supplier<RelativePath> names;
  private final FileMerging settings;
  private final int maxOpen;

  /** Open files that have no writer; the last one that had is the first to be taken. */
  private final Deque<MergedFile> idle = new ArrayDeque<>();

  /** How many files are open, with a writer or without. */
  private int open;

  /** How many subtasks may still write. */
  private int awaited;

  /** Null as long as all pieces are well. */
  private IOException failure;

  /** Nothing is written any more. */
  private boolean ended;

  /**
   * @param names gives each file its place
   * @param subtasks how many will say that they have written all they have
   */
  MergedFiles(
      CheckpointLocation location,
      Supplier<RelativePath> names,
      FileMerging settings,
      int subtasks) {
    this.location = location;
    this.names = names;
    this.settings = settings;
    this.maxOpen = settings.openFiles(subtasks);
    this.awaited = subtasks;
  }

  /** Begins a piece. */
  StateOutput open() throws IOException {
    MergedFile free = take();
    return new SegmentOutput(this, free == null ? begin() : free);
  }

  /** Null if there is none without a writer and another one is to be begun; it counts as open. */
  private synchronized MergedFile take() throws IOException {
    while (idle.isEmpty() && open >= maxOpen && !ended && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted =
            new InterruptedIOException("waiting for a merged file was interrupted");
        interrupted.initCause(e);
        throw interrupted;
      }
    }
    refuseIfUseless();
    if (idle.isEmpty()) {
      open++;
    }
    return idle.poll();
  }

  private MergedFile begin() throws IOException {
    RelativePath path = names.get();
    MergedFile begun = null;
    try {
      begun =
          new MergedFile(location.locationOf(path), location.createFile(path, /* source= */ null));
      return begun;
    } finally {
      if (begun == null) {
        closed();
      }
    }
  }

  /**
   * A piece has ended, well or not.
   *
   * @return whether the file will be a part of the snapshot
   */
  boolean giveBack(MergedFile file) throws IOException {
    if (keep(file)) {
      return true;
    }
    if (isEnded()) {
      drop(file);
      if (location.isDiscarded()) {
        location.discard();
      }
      return false;
    }
    commit(file);
    return true;
  }

  private synchronized boolean keep(MergedFile file) {
    if (ended || file.output().position() >= settings.maxFileBytes()) {
      return false;
    }
    idle.push(file);
    notifyAll();
    return true;
  }

  /** A piece could not be written, and nobody knows what is in the file now. */
  void giveUp(MergedFile file, IOException why) throws IOException {
    fail(why);
    drop(file);
  }

  /** A subtask has written all it has. */
  void subtaskWritten() throws IOException {
    commitAll(surplus());
  }

  private synchronized List<MergedFile> surplus() {
    awaited--;
    List<MergedFile> surplus = new ArrayList<>();
    while (!idle.isEmpty() && open - surplus.size() > awaited) {
      surplus.add(idle.poll());
    }
    return surplus;
  }

  /** Makes everything durable; nothing more is written. */
  void complete() throws IOException {
    commitAll(takeLast());
  }

  private synchronized List<MergedFile> takeLast() throws IOException {
    refuseIfUseless();
    if (open > idle.size()) {
      throw new IOException(
          "A piece of state of the snapshot at "
              + location.path()
              + " is still being written: it cannot be published.");
    }
    return end();
  }

  /** Throws away what is not durable yet, now and when threads that are still writing come back. */
  void discard() throws IOException {
    IOException failed = null;
    for (MergedFile file : end()) {
      try {
        drop(file);
      } catch (IOException e) {
        failed = withFirst(failed, e);
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private synchronized List<MergedFile> end() {
    ended = true;
    List<MergedFile> left = List.copyOf(idle);
    idle.clear();
    notifyAll();
    return left;
  }

  private void commitAll(List<MergedFile> files) throws IOException {
    IOException failed = null;
    for (MergedFile file : files) {
      try {
        if (failed == null) {
          commit(file);
        } else {
          drop(file);
        }
      } catch (IOException e) {
        failed = withFirst(failed, e);
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private void commit(MergedFile file) throws IOException {
    try {
      file.output().commit();
      closed();
    } catch (IOException e) {
      fail(e);
      try {
        drop(file);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    location.removeIfDiscarded();
  }

  private void drop(MergedFile file) throws IOException {
    try {
      file.output().close();
    } finally {
      closed();
    }
  }

  private synchronized void closed() {
    open--;
    notifyAll();
  }

  private synchronized void fail(IOException why) {
    if (failure == null) {
      failure = why;
      notifyAll();
    }
  }

  private synchronized boolean isEnded() {
    return ended;
  }

  private synchronized void refuseIfUseless() throws IOException {
    location.refuseIfDiscarded();
    if (failure != null) {
      throw new IOException(
          "A merged file of the snapshot at "
              + location.path()
              + " could not be written, and with it pieces of state that had been: "
              + failure.getMessage(),
          failure);
    }
    if (ended) {
      throw new IOException(
          "The snapshot at " + location.path() + " is complete; nothing more is written to it.");
    }
  }

  private static IOException withFirst(IOException first, IOException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }
}
