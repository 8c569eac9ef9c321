package io.weir.storage.s3;

import io.weir.storage.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Finds and ends uploads that were begun and not committed. */
final class UnfinishedUploads {
  private final S3Storage storage;

  UnfinishedUploads(S3Storage storage) {
    this.storage = storage;
  }

  /** Those in a directory and deeper below it; none if the store cannot list them. */
  List<UnfinishedUpload> below(RelativePath directory) throws IOException {
    List<UnfinishedUpload> found = new ArrayList<>();
    String nextKey = null;
    String nextId = null;
    do {
      ListMultipartUploadsResponse page;
      try {
        page = page(directory, nextKey, nextId);
      } catch (IOException e) {
        if (S3Failure.statusOf(e) == S3Failure.NOT_IMPLEMENTED) {
          return found;
        }
        throw e;
      }
      for (MultipartUpload upload : page.uploads()) {
        String path =
            UnfinishedUpload.nameOf(storage.directory().pathOf(upload.key()), upload.uploadId());
        if (RelativePath.isValid(path)) {
          found.add(
              new UnfinishedUpload(
                  RelativePath.of(path),
                  upload.key(),
                  upload.uploadId(),
                  upload.initiated().toEpochMilli()));
        }
      }
      boolean more = Boolean.TRUE.equals(page.isTruncated());
      nextKey = more ? page.nextKeyMarker() : null;
      nextId = more ? page.nextUploadIdMarker() : null;
    } while (nextKey != null);
    return found;
  }

  private ListMultipartUploadsResponse page(RelativePath directory, String key, String id)
      throws IOException {
    return storage
        .connection()
        .call(
            "listing unfinished uploads in",
            storage.locationOf(directory),
            client ->
                client.listMultipartUploads(
                    list ->
                        list.bucket(storage.directory().bucket())
                            .prefix(storage.directory().prefixOf(directory))
                            .keyMarker(key)
                            .uploadIdMarker(id)));
  }

  void abortBelow(RelativePath directory) throws IOException {
    for (UnfinishedUpload upload : below(directory)) {
      abort(upload.key(), upload.uploadId());
    }
  }

  /** Ends the one that is listed under this path; it is no mistake if there is none. */
  void abort(RelativePath path) throws IOException {
    for (UnfinishedUpload upload : below(path.parent())) {
      if (upload.path().equals(path)) {
        abort(upload.key(), upload.uploadId());
      }
    }
  }

  /** Ends an upload; it is no mistake if that has happened before. */
  void abort(String key, String uploadId) throws IOException {
    try {
      storage
          .connection()
          .call(
              "ending the upload of",
              "s3://" + storage.directory().bucket() + "/" + key,
              client ->
                  client.abortMultipartUpload(
                      abort ->
                          abort.bucket(storage.directory().bucket()).key(key).uploadId(uploadId)));
    } catch (IOException e) {
      if (S3Failure.statusOf(e) != S3Failure.NOT_FOUND) {
        throw e;
      }
    }
  }
}
