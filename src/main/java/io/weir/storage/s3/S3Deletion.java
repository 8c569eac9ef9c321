package io.weir.storage.s3;

import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Removes objects, many with one request. */
final class S3Deletion {
  /** What S3 takes in one request. */
  private static final int MAX_BATCH = 1_000;

  private final S3Storage storage;

  S3Deletion(S3Storage storage) {
    this.storage = storage;
  }

  void delete(List<String> keys) throws IOException {
    for (int from = 0; from < keys.size(); from += MAX_BATCH) {
      deleteBatch(keys.subList(from, Math.min(from + MAX_BATCH, keys.size())));
    }
  }

  private void deleteBatch(List<String> keys) throws IOException {
    List<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    DeleteObjectsResponse answer =
        storage
            .connection()
            .call(
                "deleting objects below",
                storage.root().toString(),
                client ->
                    client.deleteObjects(
                        delete ->
                            delete
                                .bucket(storage.directory().bucket())
                                .delete(batch -> batch.objects(objects).quiet(true))));
    for (S3Error error : answer.errors()) {
      if (!"NoSuchKey".equals(error.code())) {
        throw new IOException(
            "deleting s3://"
                + storage.directory().bucket()
                + "/"
                + error.key()
                + " failed: "
                + error.code()
                + ", "
                + error.message());
      }
    }
  }
}
