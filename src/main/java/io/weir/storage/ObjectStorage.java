package io.weir.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * Port: bytes under names that survive a crash, below one root. What a call has written is durable
 * when the call returns. Safe for use by several threads and processes.
 */
public interface ObjectStorage {

  /** Absolute, with a {@code /} at its end. */
  URI root();

  /**
   * Whether the objects are files of this machine, so that writing one takes processor time and
   * hardly any waiting before it is committed.
   */
  default boolean isLocal() {
    return false;
  }

  /** The absolute URI of an object or directory, without a {@code /} at its end. */
  default String locationOf(RelativePath path) {
    String root = root().toString();
    return path.isRoot() ? root.substring(0, root.length() - 1) : root + path.toUriText();
  }

  /**
   * Begins an object; the directories above it come into being by themselves. Needs little memory,
   * however long the object gets. What is left of an unfinished one after a crash may be listed,
   * under another name.
   */
  StorageOutput create(RelativePath path) throws IOException;

  /**
   * Writes a small object at once, unless its name is taken: of several writers exactly one
   * succeeds.
   *
   * @return whether it was written; false if there is one of this name
   * @throws IOException if it failed; whether the object is there is then unknown
   */
  boolean putIfAbsent(RelativePath path, byte[] content) throws IOException;

  /**
   * Opens an object for reading from its beginning. The stream is not buffered.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  InputStream open(RelativePath path) throws IOException;

  /**
   * Opens a part of an object; the stream ends behind it, or where the object ends. It is not
   * buffered.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such object
   */
  default InputStream open(RelativePath path, long offset, long length) throws IOException {
    return RangeInput.of(open(path), offset, length);
  }

  /** The length of an object in bytes; empty if there is none. */
  OptionalLong length(RelativePath path) throws IOException;

  /**
   * Every object in a directory and deeper below it, by name; none if there is no such directory.
   */
  List<StoredObject> list(RelativePath directory) throws IOException;

  /**
   * The names of the objects and directories directly in a directory, sorted; none if there is no
   * such directory.
   */
  List<String> children(RelativePath directory) throws IOException;

  /** Removes objects, durably; those that are not there are no mistake. */
  void delete(Collection<RelativePath> objects) throws IOException;

  /**
   * Removes a directory with all that is in it, also what is left of unfinished objects; one that
   * is not there is no mistake. After a crash some of it may be back.
   */
  void deleteTree(RelativePath directory) throws IOException;
}
