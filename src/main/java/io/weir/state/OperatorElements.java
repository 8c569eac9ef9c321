package io.weir.state;

import io.weir.serial.BinaryInput;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Reads the elements of operator state, as they stand in a snapshot. */
public final class OperatorElements {
  private record Element(StateDescription state, long offset) {}

  private OperatorElements() {}

  /**
   * Gives the bytes of all elements of the wanted states to the consumer, in the order of the file.
   * Every byte is read, so that the checksum is verified.
   *
   * @throws CorruptStateException if what was read is not what was written; by then the consumer
   *     may have been given damaged elements
   */
  public static void forEach(
      OperatorStateHandle handle,
      StateReader reader,
      Predicate<StateDescription> wanted,
      BiConsumer<StateDescription, byte[]> consumer)
      throws IOException {
    List<Element> elements = new ArrayList<>();
    for (OperatorStateHandle.Partitioned state : handle.states()) {
      if (wanted.test(state.state())) {
        for (long offset : state.offsets()) {
          elements.add(new Element(state.state(), offset));
        }
      }
    }
    elements.sort(Comparator.comparingLong(Element::offset));
    try (InputStream in = new BufferedInputStream(reader.open(handle.data()))) {
      long position = 0;
      for (Element element : elements) {
        if (element.offset() < position) {
          throw damaged(handle, "its elements overlap", null);
        }
        in.skipNBytes(element.offset() - position);
        byte[] bytes = read(in, handle, element.offset());
        consumer.accept(element.state(), bytes);
        position = element.offset() + Integer.BYTES + bytes.length;
      }
      in.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException e) {
      throw damaged(handle, "it ends too early", e);
    }
  }

  private static byte[] read(InputStream in, OperatorStateHandle handle, long offset)
      throws IOException {
    byte[] length = in.readNBytes(Integer.BYTES);
    if (length.length < Integer.BYTES) {
      throw new EOFException();
    }
    int size = new BinaryInput(length).readInt();
    if (size < 0 || size > handle.data().sizeBytes() - offset) {
      throw damaged(handle, "the element at byte " + offset + " has a length of " + size, null);
    }
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    return bytes;
  }

  private static CorruptStateException damaged(
      OperatorStateHandle handle, String what, Throwable cause) {
    return new CorruptStateException(
        "the operator state in "
            + handle.data()
            + " is damaged: "
            + what
            + "; restore from an older checkpoint",
        cause);
  }
}
