package io.weir.engine.operator;

import io.weir.api.metrics.MetricGroup;
import io.weir.api.state.AggregatingState;
import io.weir.api.state.ListState;
import io.weir.api.state.ListStateDescriptor;
import io.weir.api.state.MapState;
import io.weir.api.state.MapStateDescriptor;
import io.weir.api.state.ReducingState;
import io.weir.api.state.State;
import io.weir.api.state.StateDescriptor;
import io.weir.api.state.ValueState;
import io.weir.api.types.TypeInformation;
import io.weir.serial.BinaryOutput;
import io.weir.serial.Serializer;
import io.weir.serial.Serializers;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Measures what a function does with its keyed state, into metrics that are called as in Flink, for
 * example {@code <state>.mapStatePutLatency.p99}, in nanoseconds, and {@code
 * <state>.mapStatePutValueSize.p99}, in bytes. Belongs to the task's thread.
 */
public final class AccessTracking {
  private static final Set<String> READING = Set.of("value", "get");
  private static final Set<String> WRITING = Set.of("update", "add", "put");

  private final StateTracking tracking;
  private final MetricGroup metrics;
  private final LongSupplier nanoTime;

  /** A function may ask for the same state again and again: its figures go on. */
  private final IdentityHashMap<State, State> tracked = new IdentityHashMap<>();

  public AccessTracking(StateTracking tracking, MetricGroup metrics, LongSupplier nanoTime) {
    this.tracking = tracking;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  /** The same state, with its accesses measured; the same object each time. */
  @SuppressWarnings("unchecked") // a proxy of the descriptor's kind of state
  public <S extends State> S track(S state, StateDescriptor<S, ?> descriptor) {
    State present = tracked.get(state);
    if (present == null) {
      present =
          (State)
              Proxy.newProxyInstance(
                  State.class.getClassLoader(),
                  new Class<?>[] {interfaceOf(descriptor)},
                  new Tracked(state, descriptor));
      tracked.put(state, present);
    }
    return (S) present;
  }

  private static Class<?> interfaceOf(StateDescriptor<?, ?> descriptor) {
    return switch (descriptor.getType()) {
      case VALUE -> ValueState.class;
      case LIST -> ListState.class;
      case MAP -> MapState.class;
      case REDUCING -> ReducingState.class;
      case AGGREGATING -> AggregatingState.class;
    };
  }

  /** Calls the state, and measures those calls whose turn it is. */
  private final class Tracked implements InvocationHandler {
    private final State state;
    private final StateDescriptor<?, ?> descriptor;
    private final Optional<Serializer<Object>> values;
    private final BinaryOutput out = new BinaryOutput(64);
    private final Map<String, Access> accesses = new HashMap<>();

    Tracked(State state, StateDescriptor<?, ?> descriptor) {
      this.state = state;
      this.descriptor = descriptor;
      this.values = tracking.size().flatMap(on -> valueType(descriptor)).map(Serializers::of);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        return call(method, arguments);
      }
      Access access = accesses.computeIfAbsent(method.getName(), this::access);
      boolean isTimed = access.latency != null && access.latency.isDue();
      long start = isTimed ? nanoTime.getAsLong() : 0;
      Object result = call(method, arguments);
      if (isTimed) {
        access.latency.add(nanoTime.getAsLong() - start);
      }
      if (access.size != null && access.size.isDue()) {
        Object value =
            READING.contains(method.getName()) ? result : arguments[arguments.length - 1];
        if (value != null) {
          access.size.add(sizeOf(value));
        }
      }
      return result;
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      try {
        return method.invoke(state, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private long sizeOf(Object value) {
      out.reset();
      values.orElseThrow().write(value, out);
      return out.position();
    }

    private Access access(String method) {
      String name = descriptor.getType().name().toLowerCase(Locale.ROOT) + "State" + nameOf(method);
      MetricGroup group = metrics.addGroup(descriptor.getName());
      return new Access(
          tracking
              .latency()
              .map(how -> new SampledFigures(how, group.addGroup(name + "Latency")))
              .orElse(null),
          values.isPresent() && isOfOneValue(method)
              ? new SampledFigures(
                  tracking.size().orElseThrow(), group.addGroup(name + "ValueSize"))
              : null);
    }

    /** Whether it reads or writes one value of the stored type. */
    private boolean isOfOneValue(String method) {
      boolean readsAll = descriptor.getType() == StateDescriptor.Type.LIST;
      boolean writesAll = readsAll && method.equals("update");
      return (READING.contains(method) && !readsAll) || (WRITING.contains(method) && !writesAll);
    }

    private static String nameOf(String method) {
      return switch (method) {
        case "value" -> "Get";
        case "entries", "keys", "values", "iterator" -> capitalized(method) + "Init";
        default -> capitalized(method);
      };
    }

    private static String capitalized(String name) {
      return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
  }

  /** The type of one value; of an aggregating state it is never given out. */
  @SuppressWarnings("unchecked") // only used for values of the state
  private static Optional<TypeInformation<Object>> valueType(StateDescriptor<?, ?> descriptor) {
    TypeInformation<?> type =
        switch (descriptor.getType()) {
          case VALUE, REDUCING -> descriptor.getTypeInformation();
          case LIST -> ((ListStateDescriptor<?>) descriptor).getElementTypeInformation();
          case MAP -> ((MapStateDescriptor<?, ?>) descriptor).getValueTypeInformation();
          case AGGREGATING -> null;
        };
    return Optional.ofNullable((TypeInformation<Object>) type);
  }

  /** What is measured of one kind of access; null for what is not. */
  private record Access(SampledFigures latency, SampledFigures size) {}
}
