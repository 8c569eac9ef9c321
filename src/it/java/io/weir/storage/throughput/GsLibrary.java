package io.weir.storage.throughput;

import com.google.api.client.http.InputStreamContent;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import io.weir.config.Configuration;
import io.weir.config.GsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Google's client and its own resumable upload, with parts as large as Weir's. */
final class GsLibrary extends Contestant {
  private static final String NAME = "library";
  private static final int TIMEOUT_MILLIS = 300_000;

  private final Storage client;
  private final String bucket;
  private final int chunkBytes;

  GsLibrary(Configuration configuration, String directory) {
    bucket = URI.create(directory).getHost();
    chunkBytes = (int) configuration.get(GsOptions.CHUNK_SIZE).getBytes();
    client =
        new Storage.Builder(
                new NetHttpTransport(),
                GsonFactory.getDefaultInstance(),
                request -> request.setConnectTimeout(TIMEOUT_MILLIS).setReadTimeout(TIMEOUT_MILLIS))
            .setApplicationName("weir")
            .setRootUrl(configuration.get(GsOptions.ROOT_URL) + "/")
            .build();
  }

  @Override
  void write(byte[] chunk, int times) throws IOException {
    Storage.Objects.Insert insert =
        client
            .objects()
            .insert(
                bucket,
                new StorageObject().setName(NAME),
                new InputStreamContent(
                    "application/octet-stream", new RepeatedChunk(chunk, times)));
    insert.setDisableGZipContent(true);
    insert.getMediaHttpUploader().setChunkSize(chunkBytes);
    insert.execute();
  }

  @Override
  InputStream open() throws IOException {
    return client.objects().get(bucket, NAME).executeMediaAsInputStream();
  }

  @Override
  void remove() throws IOException {
    client.objects().delete(bucket, NAME).execute();
  }

  @Override
  public void close() {}
}
