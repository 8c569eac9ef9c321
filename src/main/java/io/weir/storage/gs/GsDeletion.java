package io.weir.storage.gs;

import com.google.api.client.googleapis.batch.BatchRequest;
import com.google.api.client.googleapis.batch.json.JsonBatchCallback;
import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.http.HttpHeaders;
import com.google.api.services.storage.Storage;
import java.io.IOException;
import java.util.List;

/** Removes objects, many with one request. */
final class GsDeletion {
  /** What Google takes in one request. */
  private static final int MAX_BATCH = 100;

  private final GsStorage storage;

  GsDeletion(GsStorage storage) {
    this.storage = storage;
  }

  void delete(List<String> keys) throws IOException {
    for (int from = 0; from < keys.size(); from += MAX_BATCH) {
      List<String> batch = keys.subList(from, Math.min(from + MAX_BATCH, keys.size()));
      storage
          .connection()
          .call(
              "deleting objects below",
              storage.root().toString(),
              client -> {
                deleteBatch(client, batch);
                return null;
              });
    }
  }

  private void deleteBatch(Storage client, List<String> keys) throws IOException {
    // with the limits and repetitions of all other requests
    BatchRequest batch = client.batch(client.getRequestFactory().getInitializer());
    Answers answers = new Answers();
    for (String key : keys) {
      client.objects().delete(storage.directory().bucket(), key).queue(batch, answers);
    }
    batch.execute();
    if (answers.failure != null) {
      throw new IOException(answers.failure);
    }
  }

  /** Keeps what the store has said about an object that it did not remove. */
  private static final class Answers extends JsonBatchCallback<Void> {
    private String failure;

    @Override
    public void onSuccess(Void nothing, HttpHeaders headers) {}

    @Override
    public void onFailure(GoogleJsonError error, HttpHeaders headers) {
      if (error.getCode() != GsFailure.NOT_FOUND) {
        failure = error.getCode() + " " + error.getMessage();
      }
    }
  }
}
