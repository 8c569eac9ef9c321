package io.weir.sim;

import io.weir.snapshot.CheckpointType;
import io.weir.testkit.InMemoryStorage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What whoever operates the job knows of its savepoints. Nobody changes or removes one that is
 * theirs, unless they let the job have it or ask for its removal.
 */
final class Savepoints {
  static final String DIRECTORY = "memory:///savepoints";

  private final World world;
  private final InMemoryStorage disk;
  private final SnapshotCheck snapshots;

  /** The files of those that are their user's, by path and location. */
  private final Map<String, Map<String, byte[]>> kept = new TreeMap<>();

  /** What jobs have taken over. */
  private final List<String> claimed = new ArrayList<>();

  /** The files that are as they were the last time. */
  private final Map<String, Object> versions = new TreeMap<>();

  private int goneOn;
  private int stops;

  Savepoints(World world, InMemoryStorage disk, SnapshotCheck snapshots) {
    this.world = world;
    this.disk = disk;
    this.snapshots = snapshots;
  }

  /** One was given to whoever has asked for it. */
  void taken(CheckpointType type, String path) {
    world.log().line("there is a savepoint (" + type + ") at " + path);
    if (type.isSynchronous()) {
      stops++;
    } else {
      goneOn++;
    }
    keep(path);
  }

  private void keep(String path) {
    for (String file : snapshots.filesOf(path)) {
      if (!file.startsWith(path + "/")) {
        world.violated("the savepoint at " + path + " needs " + file);
      }
    }
    Map<String, byte[]> files = new TreeMap<>();
    disk.locations().stream()
        .filter(file -> file.startsWith(path + "/"))
        .forEach(file -> files.put(file, contentOf(file)));
    kept.put(path, files);
  }

  private byte[] contentOf(String file) {
    try {
      return disk.content(file);
    } catch (java.io.FileNotFoundException e) {
      return null;
    }
  }

  /** To be called whenever something has happened to the storage. */
  void check() {
    kept.forEach(
        (path, files) ->
            files.forEach(
                (file, content) -> {
                  Object version = disk.version(file);
                  if (version == null || versions.put(file, version) != version) {
                    if (!Arrays.equals(content, contentOf(file))) {
                      world.violated(file + " is not as it was, but the savepoint is its user's");
                    }
                  }
                }));
  }

  /** The job is to take it over. */
  void claim(String path) {
    kept.remove(path);
    claimed.add(path);
  }

  /** One to remove, or null. */
  String any(Random chance, String exceptFor) {
    List<String> paths = new ArrayList<>(kept.keySet());
    paths.remove(exceptFor);
    return paths.isEmpty() ? null : paths.get(chance.nextInt(paths.size()));
  }

  /** Its removal is asked for: what is there of it is not known until there is an answer. */
  void disposing(String path) {
    kept.remove(path);
  }

  /** It was not removed. */
  void refused(String path, boolean isTheirs) {
    if (isTheirs) {
      keep(path);
    }
  }

  void disposed(String path) {
    violatedIfThere(path, "has been disposed of");
  }

  /** The job has come to its end, and nothing has kept it from removing what is its own. */
  void checkClaimed() {
    claimed.forEach(path -> violatedIfThere(path, "was the job's, which has ended"));
  }

  private void violatedIfThere(String path, String why) {
    List<String> left =
        disk.locations().stream().filter(file -> file.startsWith(path + "/")).toList();
    if (!left.isEmpty()) {
      world.violated("the savepoint at " + path + " " + why + ", but there still is " + left);
    }
  }

  /** It is complete, and whoever has asked for it does not know so yet. */
  boolean isNotYetGiven(String path) {
    return path.startsWith(DIRECTORY + "/") && !kept.containsKey(path) && !claimed.contains(path);
  }

  boolean isKept(String path) {
    return kept.containsKey(path);
  }

  /** Behind how many the job has gone on. */
  int goneOn() {
    return goneOn;
  }

  /** With how many the job has stopped. */
  int stops() {
    return stops;
  }
}
