package io.weir.it.deployed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the jobs of the tests read and write: below the server's own data. */
@ApplicationScoped
public class DataDirectory {
  @Inject
  @ConfigProperty(name = "weir.data.dir")
  private String path;

  Path resolve(String name) {
    return Path.of(path, "tests", name);
  }
}
