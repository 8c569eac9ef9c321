package io.weir.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The metadata of a snapshot as the bytes of a {@code _metadata} file, and back. One line says what
 * it is, then comes a JSON document, so that {@code tail -n +2 _metadata | jq} shows it:
 *
 * <pre>
 *   WEIR-SNAPSHOT 5 crc32c=0a1b2c3d length=1234
 *   {"version":5,"job":"…",…}
 * </pre>
 *
 * <p>Files beside the metadata and in the directory of shared files are named relative to it, so a
 * snapshot may be moved; others by their absolute URI. The same metadata always gives the same
 * bytes.
 */
public final class MetadataCodec {
  /** The version that is written; all from 1 up to it are read. */
  public static final int VERSION = 5;

  /** The directory, beside that of a checkpoint, of the files that several checkpoints share. */
  public static final String SHARED_DIRECTORY = "shared";

  private MetadataCodec() {}

  /**
   * The bytes of the file.
   *
   * @param base the absolute URI of the directory that the {@code _metadata} file is in, with a
   *     {@code /} at its end
   */
  public static byte[] encode(SnapshotMetadata metadata, String base) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      new MetadataWriter(new RelativeLocations(base)).write(metadata, body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return MetadataEnvelope.wrap(VERSION, body.toByteArray());
  }

  /**
   * The metadata in a file.
   *
   * @param base the absolute URI of the directory that the {@code _metadata} file is in now, with a
   *     {@code /} at its end
   * @throws CorruptStateException if the bytes are not exactly what {@link #encode} has given, or a
   *     newer version has written them
   */
  public static SnapshotMetadata decode(byte[] file, String base) throws CorruptStateException {
    MetadataEnvelope.Content content = MetadataEnvelope.unwrap(file, VERSION);
    return new MetadataParser(new RelativeLocations(base)).parse(content);
  }
}
