package io.weir.job;

import io.weir.config.Configuration;
import io.weir.storage.ObjectStorages;
import io.weir.storage.file.FileStorageProvider;
import io.weir.storage.s3.S3StorageProvider;

/** The storages that come with Weir. */
public final class ConfiguredStorages {
  private ConfiguredStorages() {}

  /**
   * All of them; does no I/O, and whoever calls this closes them.
   *
   * @param configuration how each is reached
   * @throws io.weir.config.IllegalConfigurationException if it contradicts itself
   */
  public static ObjectStorages of(Configuration configuration) {
    return ObjectStorages.of(new FileStorageProvider(), new S3StorageProvider(configuration));
  }
}
