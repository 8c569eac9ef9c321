package io.weir.state;

import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.StateMigration;
import io.weir.api.types.TypeInformation;
import io.weir.serial.BinaryInput;
import io.weir.serial.Serializer;
import io.weir.serial.ValueReader;
import io.weir.snapshot.AskedState;
import io.weir.snapshot.Schema;
import io.weir.snapshot.StateDescription;
import io.weir.snapshot.StateKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A list of an operator in one subtask. */
final class OperatorListState<T> implements ListState<T>, RegisteredOperatorState {
  private final TypeInformation<T> type;
  private final StateMigration<T> migration;
  private final StateSerializers serializers;
  private final Serializer<T> serializer;
  private final AskedState asked;
  private final List<T> elements = new ArrayList<>();

  OperatorListState(
      ListStateDescriptor<T> descriptor, StateKind kind, StateSerializers serializers) {
    this.type = descriptor.getElementTypeInformation();
    this.migration = descriptor.getMigration();
    this.serializers = serializers;
    this.serializer = serializers.of(descriptor.getName(), StateDescription.VALUE, type);
    this.asked =
        StateSerializers.asked(
            descriptor.getName(), kind, Map.of(StateDescription.VALUE, serializer), migration);
  }

  @Override
  public Iterable<T> get() {
    return Collections.unmodifiableList(elements);
  }

  @Override
  public void add(T value) {
    elements.add(checked(value));
  }

  @Override
  public void update(List<T> values) {
    values.forEach(this::checked);
    List<T> copy = new ArrayList<>(values);
    elements.clear();
    elements.addAll(copy);
  }

  @Override
  public void addAll(List<T> values) {
    values.forEach(this::checked);
    elements.addAll(values);
  }

  @Override
  public void clear() {
    elements.clear();
  }

  @Override
  public AskedState asked() {
    return asked;
  }

  @Override
  public void restore(StateDescription stored, List<byte[]> restored) {
    Schema schema = stored.schemas().get(StateDescription.VALUE);
    ValueReader<T> reader = serializers.valueReader(stored.name(), schema, type, migration);
    for (byte[] element : restored) {
      elements.add(reader.read(new BinaryInput(element)));
    }
  }

  @Override
  public FrozenOperatorState freeze() {
    List<T> copy = new ArrayList<>(elements);
    if (!serializer.isImmutable()) {
      copy.replaceAll(serializer::copy);
    }
    return new FrozenOperatorState(
        description(), copy.size(), (index, out) -> serializer.write(copy.get(index), out));
  }

  @Override
  public boolean isCompatibleWith(RegisteredOperatorState asked) {
    return asked instanceof OperatorListState<?> list
        && list.asked.equals(this.asked)
        && list.type.equals(type);
  }

  private T checked(T value) {
    return Objects.requireNonNull(
        value, () -> "the list state '" + description().name() + "' cannot hold null");
  }
}
