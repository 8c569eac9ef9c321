package io.weir.engine.operator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies the author's code for a subtask, by Java serialization: every subtask works on functions
 * of its own.
 */
public final class FunctionCopy {
  private FunctionCopy() {}

  /**
   * A copy, of the same classes from the same class loaders.
   *
   * @throws IllegalArgumentException if something in it cannot be serialized; the message names the
   *     field and the operator
   */
  @SuppressWarnings("unchecked") // a copy has the class of the original
  public static <T extends Serializable> T of(T original, String operatorName) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Map<String, Class<?>> classes = new HashMap<>();
      try (ObjectOutputStream out = new ClassNotingOutput(bytes, classes)) {
        out.writeObject(original);
      }
      try (ObjectInputStream in = new KnownClassesInput(bytes.toByteArray(), classes)) {
        return (T) in.readObject();
      }
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "The operator '%s' holds something that is not serializable: %s. Functions are copied for every subtask. Make its class implement Serializable, or make the field transient and create or @Inject it in open()."
              .formatted(
                  operatorName,
                  NonSerializableField.find(original).orElse("an object of " + e.getMessage())),
          e);
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "The functions of the operator '%s' could not be copied by Java serialization: %s. Look at the writeObject and readObject methods of their classes."
              .formatted(operatorName, e),
          e);
    }
  }

  /** Notes the classes that are written. */
  private static final class ClassNotingOutput extends ObjectOutputStream {
    private final Map<String, Class<?>> classes;

    ClassNotingOutput(OutputStream out, Map<String, Class<?>> classes) throws IOException {
      super(out);
      this.classes = classes;
    }

    @Override
    protected void annotateClass(Class<?> written) {
      classes.put(written.getName(), written);
    }
  }

  /** Reads objects of the classes that were written, whichever class loader they come from. */
  private static final class KnownClassesInput extends ObjectInputStream {
    private final Map<String, Class<?>> classes;

    KnownClassesInput(byte[] bytes, Map<String, Class<?>> classes) throws IOException {
      super(new ByteArrayInputStream(bytes));
      this.classes = classes;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      Class<?> written = classes.get(description.getName());
      return written == null ? super.resolveClass(description) : written;
    }
  }
}
