package io.weir.testkit;

import io.weir.storage.ObjectStorage;
import io.weir.storage.RelativePath;
import io.weir.storage.StorageOutput;
import io.weir.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeSet;

/** One root of an {@link InMemoryStorage}. */
final class InMemoryObjects implements ObjectStorage {
  private final InMemoryStorage disk;
  private final URI root;

  InMemoryObjects(InMemoryStorage disk, URI root) {
    this.disk = disk;
    this.root = root;
  }

  @Override
  public URI root() {
    return root;
  }

  @Override
  public StorageOutput create(RelativePath path) throws IOException {
    String location = objectAt(path);
    disk.step(
        StorageOperation.CREATE,
        location,
        () -> disk.put(InMemoryOutput.unfinished(location), new byte[0], false));
    return new InMemoryOutput(disk, location);
  }

  @Override
  public boolean putIfAbsent(RelativePath path, byte[] content) throws IOException {
    String location = objectAt(path);
    String unfinished = InMemoryOutput.unfinished(location);
    disk.step(StorageOperation.CREATE, location, () -> disk.put(unfinished, content, false));
    boolean[] contentSynced = {false};
    disk.step(StorageOperation.SYNC_CONTENT, location, () -> contentSynced[0] = true);
    boolean[] written = {false};
    disk.step(
        StorageOperation.NAME,
        location,
        () -> {
          disk.remove(unfinished, true);
          if (!disk.files().containsKey(location)) {
            disk.put(location, content.clone(), contentSynced[0]);
            written[0] = true;
          }
        });
    if (written[0]) {
      disk.step(StorageOperation.SYNC_NAME, location, () -> disk.syncName(location));
    }
    return written[0];
  }

  @Override
  public InputStream open(RelativePath path) throws IOException {
    String location = objectAt(path);
    boolean corrupt = disk.corrupts(StorageOperation.OPEN, location);
    InMemoryStorage.StoredBytes file = disk.files().get(location);
    if (file == null) {
      throw new NoSuchFileException(location, null, "there is no such file");
    }
    byte[] content = file.content.clone();
    if (corrupt && content.length > 0) {
      content[disk.anyIndex(content.length)] ^= 0x10;
    }
    return new ByteArrayInputStream(content);
  }

  @Override
  public OptionalLong length(RelativePath path) throws IOException {
    disk.corrupts(StorageOperation.LENGTH, objectAt(path));
    InMemoryStorage.StoredBytes file = disk.files().get(objectAt(path));
    return file == null ? OptionalLong.empty() : OptionalLong.of(file.content.length);
  }

  @Override
  public List<StoredObject> list(RelativePath directory) throws IOException {
    disk.corrupts(StorageOperation.LIST, locationOf(directory));
    List<StoredObject> objects = new ArrayList<>();
    for (Map.Entry<String, InMemoryStorage.StoredBytes> file : below(directory).entrySet()) {
      String path = file.getKey().substring(root.toString().length());
      RelativePath decoded =
          RelativePath.of(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8));
      objects.add(
          new StoredObject(
              decoded, file.getValue().content.length, file.getValue().modifiedMillis));
    }
    return objects;
  }

  @Override
  public List<String> children(RelativePath directory) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    int prefix = directory.isRoot() ? 0 : directory.toString().length() + 1;
    for (StoredObject object : list(directory)) {
      String path = object.path().toString().substring(prefix);
      names.add(path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/')));
    }
    return List.copyOf(names);
  }

  @Override
  public void delete(Collection<RelativePath> objects) throws IOException {
    for (RelativePath object : objects) {
      String location = objectAt(object);
      disk.step(StorageOperation.DELETE, location, () -> disk.remove(location, true));
    }
  }

  @Override
  public void deleteTree(RelativePath directory) throws IOException {
    String location = objectAt(directory);
    for (String file : List.copyOf(below(directory).keySet())) {
      disk.step(StorageOperation.DELETE_TREE, file, () -> disk.remove(file, false));
    }
    disk.step(StorageOperation.DELETE_TREE, location, () -> disk.remove(location, false));
  }

  private SortedMap<String, InMemoryStorage.StoredBytes> below(RelativePath directory) {
    String prefix = locationOf(directory) + "/";
    return disk.files().subMap(prefix, prefix + Character.MAX_VALUE);
  }

  private String objectAt(RelativePath path) {
    return locationOf(path.requireObject());
  }
}
