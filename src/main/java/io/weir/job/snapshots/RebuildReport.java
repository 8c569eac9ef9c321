package io.weir.job.snapshots;

import java.util.List;

/**
 * What a rebuild of the catalog has come to.
 *
 * @param directories that were searched
 * @param snapshots how many were read
 * @param added what the catalog did not know, for people
 * @param notes what could not be read or was not taken up, and why, for people
 */
public record RebuildReport(
    List<String> directories, int snapshots, List<String> added, List<String> notes) {
  public RebuildReport {
    directories = List.copyOf(directories);
    added = List.copyOf(added);
    notes = List.copyOf(notes);
  }
}
