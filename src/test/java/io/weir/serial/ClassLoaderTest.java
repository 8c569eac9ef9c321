package io.weir.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.api.types.TypeInformation;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server loads applications by loaders of their own. */
class ClassLoaderTest {

  /** Run inside the other loader. */
  static final class Inside implements java.util.function.Supplier<String> {
    @Override
    public String get() {
      Samples.Node value = new Samples.Node(1, new Samples.Node(2, null));
      return String.valueOf(Samples.roundTrip(TypeInformation.of(Samples.Node.class), value));
    }
  }

  @Test
  void whenAllIsInOneApplication_thenItWorks() throws Exception {
    try (URLClassLoader application =
        new Application(List.of("io.weir."), ClassLoaderTest.class.getClassLoader())) {
      Class<?> inside = application.loadClass(Inside.class.getName());
      assertThat(inside).isNotSameAs(Inside.class);
      Constructor<?> constructor = inside.getDeclaredConstructor();
      constructor.setAccessible(true);
      assertThat(((java.util.function.Supplier<?>) constructor.newInstance()).get())
          .isEqualTo("Node[value=1, next=Node[value=2, next=null]]");
    }
  }

  @Test
  void whenOnlyTheUsersClassesAreInTheApplication_thenItWorks() throws Exception {
    try (URLClassLoader application =
        new Application(
            List.of("io.weir.serial.Samples"), ClassLoaderTest.class.getClassLoader())) {
      Class<?> point = application.loadClass(Samples.Point.class.getName());
      assertThat(point).isNotSameAs(Samples.Point.class);
      Constructor<?> constructor = point.getDeclaredConstructor(int.class, int.class);
      constructor.setAccessible(true);
      Object value = constructor.newInstance(3, 4);
      @SuppressWarnings("unchecked")
      TypeInformation<Object> type = (TypeInformation<Object>) TypeInformation.of(point);
      assertThat(Samples.roundTrip(type, value)).isEqualTo(value);
    }
  }

  /** Loads classes of some packages itself, from where the parent has them. */
  private static final class Application extends URLClassLoader {
    private final List<String> own;

    Application(List<String> own, ClassLoader parent) {
      super(new URL[] {location(Serializers.class), location(Samples.class)}, parent);
      this.own = own;
    }

    private static URL location(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (own.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }
  }
}
