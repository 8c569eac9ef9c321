package io.weir.storage.hdfs;

import io.weir.storage.RelativePath;
import io.weir.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** Looks into directories, page by page. Files that come and go meanwhile may be seen or not. */
final class HdfsListing {
  private final HdfsStorage storage;

  HdfsListing(HdfsStorage storage) {
    this.storage = storage;
  }

  /** Every file in a directory and deeper below it, by name. */
  List<StoredObject> below(RelativePath directory) throws IOException {
    List<StoredObject> found = new ArrayList<>();
    Deque<RelativePath> open = new ArrayDeque<>(List.of(directory));
    while (!open.isEmpty()) {
      RelativePath above = open.pop();
      for (FileStatus entry : in(above)) {
        String name = entry.getPath().getName();
        if (RelativePath.isValid(name)) {
          RelativePath path = above.resolve(name);
          if (entry.isDirectory()) {
            open.push(path);
          } else {
            found.add(new StoredObject(path, entry.getLen(), entry.getModificationTime()));
          }
        }
      }
    }
    found.sort(Comparator.comparing(StoredObject::path));
    return List.copyOf(found);
  }

  /** What is directly in a directory; nothing if there is no such directory. */
  List<FileStatus> in(RelativePath directory) throws IOException {
    Path path = storage.pathOf(directory);
    try {
      return storage
          .connection()
          .call("listing", storage.locationOf(directory), client -> entries(client, path));
    } catch (IOException e) {
      if (HdfsFailure.isAbsence(e)) {
        return List.of();
      }
      throw e;
    }
  }

  private static List<FileStatus> entries(DistributedFileSystem client, Path directory)
      throws IOException {
    List<FileStatus> entries = new ArrayList<>();
    RemoteIterator<FileStatus> all = client.listStatusIterator(directory);
    while (all.hasNext()) {
      FileStatus entry = all.next();
      // a file is listed as its own only entry
      if (!entry.getPath().equals(client.makeQualified(directory))) {
        entries.add(entry);
      }
    }
    return entries;
  }
}
