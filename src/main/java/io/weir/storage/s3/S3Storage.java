package io.weir.storage.s3;

import io.weir.storage.ObjectStorage;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects in a bucket, below a prefix. */
final class S3Storage implements ObjectStorage {
  /** How often a put is tried that the store could not order among others. */
  private static final int MAX_CONFLICTS = 5;

  /** Tells, after a repetition, one's own object from that of another writer. */
  private static final String WRITER = "weir-writer";

  private final S3Connection connection;
  private final URI root;
  private final String bucket;
  private final String prefix;
  private final Supplier<UUID> names;

  S3Storage(S3Connection connection, URI root, String bucket, Supplier<UUID> names) {
    this.connection = connection;
    this.root = root;
    this.bucket = bucket;
    this.prefix = root.getPath().substring(1);
    this.names = names;
  }

  S3Connection connection() {
    return connection;
  }

  String bucket() {
    return bucket;
  }

  @Override
  public URI root() {
    return root;
  }

  @Override
  public StorageOutput create(RelativePath path) {
    return new S3Output(this, path);
  }

  @Override
  public boolean putIfAbsent(RelativePath path, byte[] content) throws IOException {
    String writer = newWriter();
    for (int conflicts = 0; ; conflicts++) {
      try {
        connection.call(
            "writing",
            locationOf(path),
            client ->
                client.putObject(
                    put ->
                        put.bucket(bucket)
                            .key(keyOf(path))
                            .ifNoneMatch("*")
                            .metadata(signatureOf(writer)),
                    AsyncRequestBody.fromBytesUnsafe(content)));
        return true;
      } catch (IOException e) {
        int status = S3Failure.statusOf(e);
        if (status == S3Failure.PRECONDITION_FAILED) {
          return isWrittenBy(writer, path);
        }
        if (status != S3Failure.CONFLICT || conflicts == MAX_CONFLICTS) {
          throw e;
        }
      }
    }
  }

  /** A name for whoever is about to write an object, used once. */
  String newWriter() {
    return names.get().toString();
  }

  /** What an object says of its writer. */
  static Map<String, String> signatureOf(String writer) {
    return Map.of(WRITER, writer);
  }

  /**
   * Whether the object is there and this writer's: when a repetition of a request is refused, a
   * first attempt may have succeeded whose answer was lost.
   */
  boolean isWrittenBy(String writer, RelativePath path) throws IOException {
    try {
      return writer.equals(head(path).metadata().get(WRITER));
    } catch (IOException e) {
      if (S3Failure.statusOf(e) == S3Failure.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public InputStream open(RelativePath path) throws IOException {
    return new S3Input(this, path, 0, Long.MAX_VALUE);
  }

  @Override
  public InputStream open(RelativePath path, long offset, long length) throws IOException {
    return length == 0
        ? InputStream.nullInputStream()
        : new S3Input(this, path, offset, offset + length);
  }

  @Override
  public OptionalLong length(RelativePath path) throws IOException {
    try {
      return OptionalLong.of(head(path).contentLength());
    } catch (IOException e) {
      if (S3Failure.statusOf(e) == S3Failure.NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  private HeadObjectResponse head(RelativePath path) throws IOException {
    return connection.call(
        "looking at",
        locationOf(path),
        client -> client.headObject(head -> head.bucket(bucket).key(keyOf(path))));
  }

  @Override
  public List<StoredObject> list(RelativePath directory) throws IOException {
    List<StoredObject> found = new ArrayList<>();
    for (S3Object object : objectsBelow(directory)) {
      String path = object.key().substring(prefix.length());
      if (RelativePath.isValid(path)) {
        found.add(
            new StoredObject(
                RelativePath.of(path), object.size(), object.lastModified().toEpochMilli()));
      }
    }
    new UnfinishedUploads(this).below(directory).forEach(upload -> found.add(upload.asObject()));
    found.sort(Comparator.comparing(StoredObject::path));
    return List.copyOf(found);
  }

  private List<S3Object> objectsBelow(RelativePath directory) throws IOException {
    List<S3Object> objects = new ArrayList<>();
    String next = null;
    do {
      ListObjectsV2Response page = page(directory, null, next);
      objects.addAll(page.contents());
      next = page.nextContinuationToken();
    } while (next != null);
    return objects;
  }

  @Override
  public List<String> children(RelativePath directory) throws IOException {
    String before = prefixOf(directory);
    TreeSet<String> names = new TreeSet<>();
    String next = null;
    do {
      ListObjectsV2Response page = page(directory, "/", next);
      for (CommonPrefix below : page.commonPrefixes()) {
        names.add(below.prefix().substring(before.length(), below.prefix().length() - 1));
      }
      for (S3Object object : page.contents()) {
        names.add(object.key().substring(before.length()));
      }
      next = page.nextContinuationToken();
    } while (next != null);
    for (UnfinishedUpload upload : new UnfinishedUploads(this).below(directory)) {
      String path = prefix + upload.path();
      names.add(path.substring(before.length()).split("/", 2)[0]);
    }
    names.removeIf(name -> !RelativePath.isValid(name));
    return List.copyOf(names);
  }

  private ListObjectsV2Response page(RelativePath directory, String delimiter, String token)
      throws IOException {
    return connection.call(
        "listing",
        locationOf(directory),
        client ->
            client.listObjectsV2(
                list ->
                    list.bucket(bucket)
                        .prefix(prefixOf(directory))
                        .delimiter(delimiter)
                        .continuationToken(token)));
  }

  @Override
  public void delete(Collection<RelativePath> objects) throws IOException {
    List<String> keys = new ArrayList<>();
    for (RelativePath object : objects) {
      if (UnfinishedUpload.isName(object)) {
        new UnfinishedUploads(this).abort(object);
      }
      keys.add(keyOf(object));
    }
    new S3Deletion(this).delete(keys);
  }

  @Override
  public void deleteTree(RelativePath directory) throws IOException {
    refuseRoot(directory);
    new UnfinishedUploads(this).abortBelow(directory);
    new S3Deletion(this).delete(objectsBelow(directory).stream().map(S3Object::key).toList());
  }

  String keyOf(RelativePath path) {
    refuseRoot(path);
    return prefix + path;
  }

  /** What the keys of all objects in a directory begin with. */
  String prefixOf(RelativePath directory) {
    return directory.isRoot() ? prefix : prefix + directory + "/";
  }

  /** Of a key below the root. */
  String pathOf(String key) {
    return key.substring(prefix.length());
  }

  private void refuseRoot(RelativePath path) {
    if (path.isRoot()) {
      throw new IllegalArgumentException("the root " + root + " is a directory, not an object");
    }
  }
}
