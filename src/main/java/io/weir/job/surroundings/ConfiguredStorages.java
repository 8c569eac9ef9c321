package io.weir.job.surroundings;

import io.weir.config.Configuration;
import io.weir.storage.ObjectStorages;
import io.weir.storage.StorageProvider;
import io.weir.storage.file.FileStorageProvider;
import io.weir.storage.gs.GsStorageProvider;
import io.weir.storage.hdfs.HdfsStorageProvider;
import io.weir.storage.s3.S3StorageProvider;
import java.util.function.UnaryOperator;

/** The storages that come with Weir. */
public final class ConfiguredStorages {
  private ConfiguredStorages() {}

  /**
   * All of them; does no I/O, and whoever calls this closes them.
   *
   * @param configuration how each is reached
   * @param around what is put around each
   * @throws io.weir.config.IllegalConfigurationException if the configuration contradicts itself
   */
  public static ObjectStorages of(
      Configuration configuration, UnaryOperator<StorageProvider> around) {
    return ObjectStorages.of(
        around.apply(new FileStorageProvider()),
        around.apply(new S3StorageProvider(configuration)),
        around.apply(new HdfsStorageProvider(configuration)),
        around.apply(new GsStorageProvider(configuration)));
  }
}
