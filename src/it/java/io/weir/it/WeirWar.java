package io.weir.it;

import io.weir.it.deployed.WatchedJob;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as Maven has packaged it, with the jobs of the tests added. */
final class WeirWar {
  private static final File PACKAGED = new File("target/weir.war");

  private WeirWar() {}

  /** For tests that watch from outside. */
  static WebArchive named(String name) {
    return ShrinkWrap.create(ZipImporter.class, name)
        .importFrom(PACKAGED)
        .as(WebArchive.class)
        .addPackage(WatchedJob.class.getPackage());
  }

  /** For tests that run in the server. */
  static WebArchive withAssertions(String name) throws URISyntaxException {
    return named(name).addAsLibrary(jarOf(Assertions.class));
  }

  private static File jarOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toFile();
  }
}
