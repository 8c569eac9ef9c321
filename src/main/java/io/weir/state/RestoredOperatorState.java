package io.weir.state;

import io.weir.serial.BinaryInput;
import io.weir.serial.SerializationException;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.CorruptStateException;
import io.weir.snapshot.OperatorStateHandle;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import io.weir.snapshot.StateReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Operator state that was restored before the job has asked for it: the bytes of its elements. A
 * state that nobody asks for goes into the next snapshot unchanged.
 */
final class RestoredOperatorState {
  private final Map<StateDescription, List<byte[]>> elements = new LinkedHashMap<>();

  /**
   * Reads the elements that the handles' offsets point to. Every byte is read, so that all
   * checksums are verified.
   */
  static RestoredOperatorState read(List<OperatorStateHandle> handles, StateReader reader)
      throws IOException {
    RestoredOperatorState restored = new RestoredOperatorState();
    for (OperatorStateHandle handle : handles) {
      restored.add(handle, reader);
    }
    return restored;
  }

  /** The states that nobody has taken. */
  List<StateDescription> descriptions() {
    return List.copyOf(elements.keySet());
  }

  /** The elements of a state, as they were described when they were written. */
  List<byte[]> elements(StateDescription description) {
    return List.copyOf(elements.get(description));
  }

  /** Moves the elements of all states of the target's name to the target. */
  void moveTo(RegisteredOperatorState target, StateSerializers serializers) {
    AskedState wanted = target.asked();
    for (StateDescription stored : descriptions()) {
      if (!stored.name().equals(wanted.description().name())) {
        continue;
      }
      serializers.requireFit(stored, wanted);
      try {
        target.restore(stored, elements.remove(stored));
      } catch (SerializationException e) {
        throw new StateException(
            "operator '"
                + serializers.operatorName()
                + "': the restored state '"
                + stored.name()
                + "' cannot be read: "
                + e.getMessage()
                + "; restore from an older checkpoint",
            e);
      }
    }
  }

  private void add(OperatorStateHandle handle, StateReader reader) throws IOException {
    record Element(StateDescription state, long offset) {}

    List<Element> wanted = new ArrayList<>();
    for (OperatorStateHandle.Partitioned state : handle.states()) {
      boolean isFirst =
          elements.keySet().stream().noneMatch(known -> known.name().equals(state.state().name()));
      if (state.state().kind() != StateKind.BROADCAST || isFirst) {
        for (long offset : state.offsets()) {
          wanted.add(new Element(state.state(), offset));
        }
        elements.computeIfAbsent(state.state(), none -> new ArrayList<>());
      }
    }
    wanted.sort(Comparator.comparingLong(Element::offset));
    try (InputStream in = new BufferedInputStream(reader.open(handle.data()))) {
      long position = 0;
      for (Element element : wanted) {
        if (element.offset() < position) {
          throw damaged(handle, "its elements overlap", null);
        }
        in.skipNBytes(element.offset() - position);
        byte[] bytes = readElement(in, handle, element.offset());
        elements.get(element.state()).add(bytes);
        position = element.offset() + Integer.BYTES + bytes.length;
      }
      in.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException e) {
      throw damaged(handle, "it ends too early", e);
    }
  }

  private static byte[] readElement(InputStream in, OperatorStateHandle handle, long offset)
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
