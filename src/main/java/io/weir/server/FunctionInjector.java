package io.weir.server;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionTarget;
import jakarta.inject.Inject;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Fills the {@code @Inject} fields of functions, which are no beans: they come out of a copy of the
 * job's description. What is injected with the dependent scope lives as long as the function.
 */
final class FunctionInjector implements Consumer<Object> {
  private final BeanManager beans;

  FunctionInjector(BeanManager beans) {
    this.beans = beans;
  }

  @Override
  public void accept(Object function) {
    if (wantsInjection(function.getClass())) {
      inject(function, function.getClass());
    }
  }

  @SuppressWarnings("unchecked") // the class of an object is a class of its type
  private <T> void inject(T function, Class<?> type) {
    Class<T> exactly = (Class<T>) type;
    try {
      InjectionTarget<T> target =
          beans
              .getInjectionTargetFactory(beans.createAnnotatedType(exactly))
              .createInjectionTarget(null);
      target.inject(function, beans.createCreationalContext(null));
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "The function %s cannot be injected: %s. See that there is exactly one bean for each of its @Inject fields."
              .formatted(type.getName(), e.getMessage()),
          e);
    }
  }

  /** Most functions, and all lambdas, want none: CDI need not look at those. */
  private static boolean wantsInjection(Class<?> type) {
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      Stream<AnnotatedElement> members =
          Stream.concat(
              Arrays.stream(each.getDeclaredFields()), Arrays.stream(each.getDeclaredMethods()));
      if (members.anyMatch(member -> member.isAnnotationPresent(Inject.class))) {
        return true;
      }
    }
    return false;
  }
}
