package io.weir.storage;

import java.net.URI;

/** A directory of an object store: which bucket it is in, and which keys the objects in it have. */
public final class BucketDirectory {
  private final URI root;
  private final String bucket;
  private final String prefix;

  private BucketDirectory(URI root, String bucket) {
    this.root = root;
    this.bucket = bucket;
    this.prefix = root.getPath().substring(1);
  }

  /**
   * The one that a URI like {@code s3://bucket/directory/} names.
   *
   * @param root absolute, with a {@code /} at its end
   * @throws UnusableStorageException if it names no bucket; the message does not repeat it
   */
  public static BucketDirectory of(URI root) throws UnusableStorageException {
    String bucket = root.getRawAuthority();
    if (bucket == null || !bucket.matches("[A-Za-z0-9._-]+")) {
      // it is not repeated: somebody may have put credentials in it
      throw new UnusableStorageException(
          "A storage location that begins with "
              + root.getScheme()
              + ":// names no bucket. Write "
              + root.getScheme()
              + "://bucket/directory, with nothing but letters, digits, '.', '_' and '-' in the name of the bucket.");
    }
    return new BucketDirectory(root, bucket);
  }

  public URI root() {
    return root;
  }

  public String bucket() {
    return bucket;
  }

  /**
   * The key of an object.
   *
   * @throws IllegalArgumentException if the path is that of the directory itself
   */
  public String keyOf(RelativePath path) {
    return prefix + path.requireObject();
  }

  /** What the keys of all objects in a directory below this one begin with. */
  public String prefixOf(RelativePath directory) {
    return directory.isRoot() ? prefix : prefix + directory + "/";
  }

  /** The path below this directory that belongs to a key; it may be no valid one. */
  public String pathOf(String key) {
    return key.substring(prefix.length());
  }
}
