package io.weir;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URL;

/** The classes of {@code src/main/java}, as compiled. */
final class MainClasses {
  private MainClasses() {}

  /** Read once, by whichever test comes first. */
  static final JavaClasses ALL = read();

  private static JavaClasses read() {
    URL ofTests = MainClasses.class.getProtectionDomain().getCodeSource().getLocation();
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains(ofTests.getPath()))
        .importPackages("io.weir");
  }
}
