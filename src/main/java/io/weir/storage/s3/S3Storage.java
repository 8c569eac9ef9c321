package io.weir.storage.s3;

import io.weir.storage.BucketDirectory;
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
  private final BucketDirectory directory;
  private final Supplier<UUID> names;

  S3Storage(S3Connection connection, BucketDirectory directory, Supplier<UUID> names) {
    this.connection = connection;
    this.directory = directory;
    this.names = names;
  }

  S3Connection connection() {
    return connection;
  }

  /** Where the objects are. */
  BucketDirectory directory() {
    return directory;
  }

  @Override
  public URI root() {
    return directory.root();
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
                        put.bucket(directory.bucket())
                            .key(directory.keyOf(path))
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
        client ->
            client.headObject(head -> head.bucket(directory.bucket()).key(directory.keyOf(path))));
  }

  @Override
  public List<StoredObject> list(RelativePath below) throws IOException {
    List<StoredObject> found = new ArrayList<>();
    for (S3Object object : objectsBelow(below)) {
      String path = directory.pathOf(object.key());
      if (RelativePath.isValid(path)) {
        found.add(
            new StoredObject(
                RelativePath.of(path), object.size(), object.lastModified().toEpochMilli()));
      }
    }
    new UnfinishedUploads(this).below(below).forEach(upload -> found.add(upload.asObject()));
    found.sort(Comparator.comparing(StoredObject::path));
    return List.copyOf(found);
  }

  private List<S3Object> objectsBelow(RelativePath below) throws IOException {
    List<S3Object> objects = new ArrayList<>();
    String next = null;
    do {
      ListObjectsV2Response page = page(below, null, next);
      objects.addAll(page.contents());
      next = page.nextContinuationToken();
    } while (next != null);
    return objects;
  }

  @Override
  public List<String> children(RelativePath parent) throws IOException {
    String before = directory.prefixOf(parent);
    TreeSet<String> names = new TreeSet<>();
    String next = null;
    do {
      ListObjectsV2Response page = page(parent, "/", next);
      for (CommonPrefix each : page.commonPrefixes()) {
        names.add(each.prefix().substring(before.length(), each.prefix().length() - 1));
      }
      for (S3Object object : page.contents()) {
        names.add(object.key().substring(before.length()));
      }
      next = page.nextContinuationToken();
    } while (next != null);
    for (UnfinishedUpload upload : new UnfinishedUploads(this).below(parent)) {
      String key = directory.keyOf(upload.path());
      names.add(key.substring(before.length()).split("/", 2)[0]);
    }
    names.removeIf(name -> !RelativePath.isValid(name));
    return List.copyOf(names);
  }

  private ListObjectsV2Response page(RelativePath below, String delimiter, String token)
      throws IOException {
    return connection.call(
        "listing",
        locationOf(below),
        client ->
            client.listObjectsV2(
                list ->
                    list.bucket(directory.bucket())
                        .prefix(directory.prefixOf(below))
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
      keys.add(directory.keyOf(object));
    }
    new S3Deletion(this).delete(keys);
  }

  @Override
  public void deleteTree(RelativePath below) throws IOException {
    new UnfinishedUploads(this).abortBelow(below.requireObject());
    new S3Deletion(this).delete(objectsBelow(below).stream().map(S3Object::key).toList());
  }
}
