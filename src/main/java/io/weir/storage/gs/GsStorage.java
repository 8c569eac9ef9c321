package io.weir.storage.gs;

import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
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
import java.util.OptionalLong;
import java.util.TreeSet;

/** Objects in a bucket, below a prefix. */
final class GsStorage implements ObjectStorage {
  private final GsConnection connection;
  private final BucketDirectory directory;

  GsStorage(GsConnection connection, BucketDirectory directory) {
    this.connection = connection;
    this.directory = directory;
  }

  GsConnection connection() {
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
    return new GsOutput(this, path);
  }

  @Override
  public boolean putIfAbsent(RelativePath path, byte[] content) throws IOException {
    try {
      GsUpload.ifAbsent(this, path).end(content, content.length);
      return true;
    } catch (IOException e) {
      if (GsFailure.statusOf(e) == GsFailure.PRECONDITION_FAILED) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public InputStream open(RelativePath path) throws IOException {
    return new GsInput(this, path, 0, Long.MAX_VALUE);
  }

  @Override
  public InputStream open(RelativePath path, long offset, long length) throws IOException {
    return new GsInput(this, path, offset, offset + length);
  }

  @Override
  public OptionalLong length(RelativePath path) throws IOException {
    try {
      return OptionalLong.of(lookAt(path).getSize().longValueExact());
    } catch (IOException e) {
      if (GsFailure.statusOf(e) == GsFailure.NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  /** Size and version of an object. */
  StorageObject lookAt(RelativePath path) throws IOException {
    return connection.call(
        "looking at",
        locationOf(path),
        client ->
            client
                .objects()
                .get(directory.bucket(), directory.keyOf(path))
                .setFields("size,generation")
                .execute());
  }

  @Override
  public List<StoredObject> list(RelativePath below) throws IOException {
    List<StoredObject> found = new ArrayList<>();
    for (StorageObject object : objectsBelow(below)) {
      String path = directory.pathOf(object.getName());
      if (RelativePath.isValid(path)) {
        found.add(
            new StoredObject(
                RelativePath.of(path),
                object.getSize().longValueExact(),
                object.getUpdated().getValue()));
      }
    }
    found.sort(Comparator.comparing(StoredObject::path));
    return List.copyOf(found);
  }

  private List<StorageObject> objectsBelow(RelativePath below) throws IOException {
    List<StorageObject> objects = new ArrayList<>();
    String next = null;
    do {
      Objects page = page(below, null, next);
      if (page.getItems() != null) {
        objects.addAll(page.getItems());
      }
      next = page.getNextPageToken();
    } while (next != null);
    return objects;
  }

  @Override
  public List<String> children(RelativePath parent) throws IOException {
    String before = directory.prefixOf(parent);
    TreeSet<String> names = new TreeSet<>();
    String next = null;
    do {
      Objects page = page(parent, "/", next);
      if (page.getPrefixes() != null) {
        for (String each : page.getPrefixes()) {
          names.add(each.substring(before.length(), each.length() - 1));
        }
      }
      if (page.getItems() != null) {
        for (StorageObject object : page.getItems()) {
          names.add(object.getName().substring(before.length()));
        }
      }
      next = page.getNextPageToken();
    } while (next != null);
    names.removeIf(name -> !RelativePath.isValid(name));
    return List.copyOf(names);
  }

  private Objects page(RelativePath below, String delimiter, String token) throws IOException {
    return connection.call(
        "listing",
        locationOf(below),
        client ->
            client
                .objects()
                .list(directory.bucket())
                .setPrefix(directory.prefixOf(below))
                .setDelimiter(delimiter)
                .setPageToken(token)
                .setFields("nextPageToken,prefixes,items(name,size,updated)")
                .execute());
  }

  @Override
  public void delete(Collection<RelativePath> objects) throws IOException {
    new GsDeletion(this).delete(objects.stream().map(directory::keyOf).toList());
  }

  @Override
  public void deleteTree(RelativePath below) throws IOException {
    new GsDeletion(this)
        .delete(objectsBelow(below.requireObject()).stream().map(StorageObject::getName).toList());
  }
}
