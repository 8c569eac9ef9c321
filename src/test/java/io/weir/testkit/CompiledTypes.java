package io.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Classes that are compiled by a test: so it can have several versions of one class, each in a
 * class loader of its own, as a server has that is given a new version of an application.
 */
public final class CompiledTypes {
  private final Class<?> root;

  private CompiledTypes(Class<?> root) {
    this.root = root;
  }

  /**
   * Compiles a class with those that are nested in it.
   *
   * @param source a resource with its source, which uses Weir's API and the JDK only
   * @param directory for class files
   */
  public static CompiledTypes of(String className, String source, Path directory) {
    try {
      Files.createDirectories(directory);
      String text =
          new String(
              CompiledTypes.class.getResourceAsStream(source).readAllBytes(),
              StandardCharsets.UTF_8);
      SimpleJavaFileObject file =
          new SimpleJavaFileObject(
              URI.create("string:///" + className.replace('.', '/') + ".java"),
              SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
              return text;
            }
          };
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      boolean compiled =
          compiler.getTask(null, null, null, options(directory), null, List.of(file)).call();
      if (!compiled) {
        throw new IllegalArgumentException(source + " cannot be compiled");
      }
      URLClassLoader loader =
          new URLClassLoader(
              new URL[] {directory.toUri().toURL()}, CompiledTypes.class.getClassLoader());
      return new CompiledTypes(loader.loadClass(className));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> options(Path directory) throws URISyntaxException {
    Path weir =
        Path.of(
            io.weir.api.types.TypeInformation.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    return List.of(
        "-d", directory.toString(), "-classpath", weir.toString(), "-parameters", "-proc:none");
  }

  /** A class nested in the one that was compiled. */
  @SuppressWarnings("unchecked") // nobody else knows its type either
  public Class<Object> nested(String name) {
    for (Class<?> each : root.getDeclaredClasses()) {
      if (each.getSimpleName().equals(name)) {
        return (Class<Object>) each;
      }
    }
    throw new IllegalArgumentException(root + " has no class " + name);
  }

  /** Calls a static method. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows
  public <T> T call(String name, Object... arguments) {
    for (Method method : root.getDeclaredMethods()) {
      if (method.getName().equals(name)) {
        try {
          return (T) method.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    throw new IllegalArgumentException(root + " has no method " + name);
  }
}
