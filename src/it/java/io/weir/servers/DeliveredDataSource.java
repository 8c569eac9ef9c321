package io.weir.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** The catalog's database as the delivered configuration of the server reaches it. */
public final class DeliveredDataSource {
  private static final Path CONFIGURATION = Path.of("liberty/engine.xml");
  private static final Pattern PROPERTIES =
      Pattern.compile("<properties URL=[^>]*password=\\S+([^>]*)/>");
  private static final Pattern PROPERTY = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private DeliveredDataSource() {}

  /** A PostgreSQL at this URL, with the driver's properties that the configuration has. */
  public static PGSimpleDataSource at(String url) throws IOException, SQLException {
    Matcher properties = PROPERTIES.matcher(Files.readString(CONFIGURATION));
    if (!properties.find()) {
      throw new IOException(CONFIGURATION + " has no properties of a data source");
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(PostgresServer.USER);
    for (MatchResult each : PROPERTY.matcher(properties.group(1)).results().toList()) {
      source.setProperty(each.group(1), each.group(2));
    }
    return source;
  }
}
