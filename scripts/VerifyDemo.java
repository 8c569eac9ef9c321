import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The oracle of the demo job: computes its result from the input files with loops and maps, without
 * any class of Weir, and compares the committed output with it. The job is defined in {@code
 * src/site/markdown/demo.md}. One source file, run by {@code scripts/verify-demo}.
 */
public final class VerifyDemo {
  private static final int AS_EXPECTED = 0;
  private static final int DIFFERENT = 1;
  private static final int CANNOT_TELL = 2;

  private static final String HELP =
      """
      Usage: scripts/verify-demo [--output DIR] [--data DIR] [--partial]

      Recomputes the result of the demo job from its input, without Weir, and compares it with what the
      job's sink has committed. Files that are in progress or pending do not count.

        --output DIR  directory of the sink; default: target/weir/demo/output
        --data DIR    directory with flights*.csv and airports.csv, each plain or .gz;
                      default: src/main/resources/io/weir/demo
        --partial     the job is still running: every committed line must be right and stand there
                      once, and no airport may have a gap; later hours may be missing
        --help        show this text

      Exit status: 0 the output is right (last line: OK lines=... flights=...), 1 it is not (the first
      difference is shown), 2 the comparison could not be made.
      """;

  /** The comparison cannot be made; the message says why and what to do. */
  private static final class CannotTell extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotTell(String message) {
      super(message);
    }
  }

  private record Airport(String name, String city, String state) {
    static final Airport UNKNOWN = new Airport("", "", "");
  }

  /** What identifies a line of the output; sorted by hour. */
  private record LineKey(String hour, String iata) implements Comparable<LineKey> {
    static final Comparator<LineKey> ORDER =
        Comparator.comparing(LineKey::hour).thenComparing(LineKey::iata);

    @Override
    public int compareTo(LineKey other) {
      return ORDER.compare(this, other);
    }
  }

  /** The flights of one airport in one hour. */
  private static final class HourOfAirport {
    private long flights;
    private long delaySum;
    private long delayMax = Long.MIN_VALUE;

    void add(long delay) {
      flights++;
      delaySum += delay;
      delayMax = Math.max(delayMax, delay);
    }
  }

  private record Expected(TreeMap<LineKey, String> lines, long flights) {}

  private record Committed(Path file, int number, String text) {
    String place() {
      return file + ":" + number;
    }
  }

  private record Difference(LineKey key, String message) {}

  private record Arguments(Path output, Path data, boolean partial) {}

  private VerifyDemo() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    if (List.of(args).contains("--help")) {
      out.print(HELP);
      return AS_EXPECTED;
    }
    try {
      Arguments arguments = parse(args);
      Expected expected = compute(arguments.data);
      List<Committed> committed = readCommitted(arguments.output);
      return report(arguments, expected, committed, out);
    } catch (CannotTell e) {
      err.println("verify-demo: " + e.getMessage());
      return CANNOT_TELL;
    } catch (IOException | UncheckedIOException e) {
      err.println("verify-demo: cannot read: " + e);
      return CANNOT_TELL;
    }
  }

  private static Arguments parse(String[] args) {
    Path home = Path.of(System.getProperty("weir.home", "."));
    Path output = home.resolve("target/weir/demo/output");
    Path data = home.resolve("src/main/resources/io/weir/demo");
    boolean partial = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--partial" -> partial = true;
        case "--output" -> output = directoryAfter(args, i++);
        case "--data" -> data = directoryAfter(args, i++);
        default -> throw new CannotTell("unknown argument '" + args[i] + "'; see --help");
      }
    }
    return new Arguments(output, data, partial);
  }

  private static Path directoryAfter(String[] args, int option) {
    if (option + 1 == args.length) {
      throw new CannotTell(args[option] + " needs a directory; see --help");
    }
    return Path.of(args[option + 1]);
  }

  // ---------------------------------------------------------------------------- what is expected

  private static Expected compute(Path data) throws IOException {
    Map<String, Airport> airports = readAirports(inputFile(data, "airports.csv"));
    Map<String, TreeMap<LocalDateTime, HourOfAirport>> hours = new HashMap<>();
    long flights = readFlights(inputFile(data, "flights*.csv"), hours);

    TreeMap<LineKey, String> lines = new TreeMap<>();
    hours.forEach(
        (iata, byHour) -> {
          Airport airport = airports.getOrDefault(iata, Airport.UNKNOWN);
          long soFar = 0;
          for (Map.Entry<LocalDateTime, HourOfAirport> entry : byHour.entrySet()) {
            HourOfAirport cell = entry.getValue();
            soFar += cell.flights;
            String hour = entry.getKey().toInstant(ZoneOffset.UTC).toString();
            lines.put(
                new LineKey(hour, iata),
                String.join(
                    ",",
                    hour,
                    quoted(iata),
                    quoted(airport.name),
                    quoted(airport.city),
                    quoted(airport.state),
                    String.valueOf(cell.flights),
                    String.valueOf(cell.delaySum),
                    String.valueOf(cell.delayMax),
                    String.valueOf(soFar)));
          }
        });
    return new Expected(lines, flights);
  }

  private static Path inputFile(Path directory, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var files = Files.newDirectoryStream(directory, glob + "{,.gz}")) {
      files.forEach(found::add);
    } catch (NoSuchFileException e) {
      throw new CannotTell("there is no data directory " + directory + "; use --data");
    }
    if (found.size() != 1) {
      throw new CannotTell(
          "%s must hold one file %s or %s.gz, but holds %d; use --data"
              .formatted(directory, glob, glob, found.size()));
    }
    return found.get(0);
  }

  private static Map<String, Airport> readAirports(Path file) throws IOException {
    Map<String, Airport> airports = new HashMap<>();
    try (BufferedReader reader = open(file)) {
      reader.readLine();
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        List<String> fields = fields(line);
        if (fields.size() != 7) {
          throw new CannotTell("%s:%d: not an airport: %s".formatted(file, number, line));
        }
        Airport airport = new Airport(fields.get(1), fields.get(2), fields.get(3));
        if (airports.put(fields.get(0), airport) != null) {
          throw new CannotTell("%s:%d: a second %s".formatted(file, number, fields.get(0)));
        }
      }
    }
    return airports;
  }

  private static long readFlights(
      Path file, Map<String, TreeMap<LocalDateTime, HourOfAirport>> hours) throws IOException {
    long flights = 0;
    LocalDateTime before = LocalDateTime.MIN;
    try (BufferedReader reader = open(file)) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        flights++;
        String[] fields = line.split(",", -1);
        LocalDateTime time;
        long delay;
        try {
          time = LocalDateTime.parse(fields[0]);
          delay = Long.parseLong(fields[3]);
        } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
          throw new CannotTell("%s:%d: not a flight: %s".formatted(file, flights + 1, line));
        }
        if (time.isBefore(before)) {
          throw new CannotTell(
              "%s:%d: not in departure order, so the job would drop it as late: %s"
                  .formatted(file, flights + 1, line));
        }
        before = time;
        hours
            .computeIfAbsent(fields[1], iata -> new TreeMap<>())
            .computeIfAbsent(time.truncatedTo(ChronoUnit.HOURS), hour -> new HourOfAirport())
            .add(delay);
      }
    }
    return flights;
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    if (file.toString().endsWith(".gz")) {
      in = new GZIPInputStream(in, 1 << 16);
    }
    return new BufferedReader(new InputStreamReader(in, UTF_8));
  }

  /** The fields of one CSV line (RFC 4180). */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean inQuotes = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && inQuotes && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        inQuotes = !inQuotes;
      } else if (c == ',' && !inQuotes) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  /** The text as a CSV field: in quotes if it holds a comma or a quote. */
  private static String quoted(String text) {
    boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0;
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  // --------------------------------------------------------------------------- what is committed

  private static List<Committed> readCommitted(Path output) throws IOException {
    if (!Files.isDirectory(output)) {
      throw new CannotTell(
          "there is no output directory " + output + "; start the demo job first, or use --output");
    }
    List<Committed> lines = new ArrayList<>();
    for (Path file : committedFiles(output)) {
      String text;
      try {
        text = Files.readString(file);
      } catch (CharacterCodingException e) {
        lines.add(new Committed(file, 1, "(bytes that are not UTF-8)"));
        continue;
      }
      int number = 0;
      for (int start = 0; start < text.length(); ) {
        int end = text.indexOf('\n', start);
        boolean torn = end < 0;
        String line = torn ? text.substring(start) + "(no line end)" : text.substring(start, end);
        lines.add(new Committed(file, ++number, line));
        start = torn ? text.length() : end + 1;
      }
    }
    return lines;
  }

  /**
   * All committed files. A running job may rename files while the directory is listed, so that a
   * later file is seen and an earlier one is not: only two equal listings in a row are believed.
   */
  private static List<Path> committedFiles(Path output) throws IOException {
    List<Path> before = null;
    for (int attempt = 0; attempt < 100; attempt++) {
      Optional<List<Path>> now = list(output);
      if (now.isPresent() && now.get().equals(before)) {
        return before;
      }
      before = now.orElse(null);
    }
    throw new CannotTell("the files in " + output + " never stop changing; try again later");
  }

  /** Empty if a directory or file disappeared on the way. */
  private static Optional<List<Path>> list(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return Optional.of(
          files.filter(file -> isCommitted(output.relativize(file))).sorted().toList());
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Committed are {@code part-*} files; not hidden, in progress or pending, nor below such. */
  private static boolean isCommitted(Path relative) {
    for (Path element : relative) {
      String name = element.toString();
      if (name.startsWith(".") || name.contains("inprogress") || name.contains("pending")) {
        return false;
      }
    }
    return relative.getFileName().toString().startsWith("part-");
  }

  // --------------------------------------------------------------------------------- comparison

  private static int report(
      Arguments arguments, Expected expected, List<Committed> committed, PrintStream out) {
    Map<LineKey, Committed> seen = new HashMap<>();
    List<Difference> differences = new ArrayList<>();
    for (Committed line : committed) {
      check(line, expected, seen).ifPresent(differences::add);
    }
    differences.addAll(
        arguments.partial ? gaps(expected, seen) : missing(expected.lines, seen, "missing"));
    differences.sort(Comparator.comparing(Difference::key, LineKey.ORDER));
    long flights = flights(expected, seen);
    String figures =
        "lines=%d of %d flights=%d of %d"
            .formatted(committed.size(), expected.lines.size(), flights, expected.flights);
    if (differences.isEmpty()) {
      String complete = "lines=%d flights=%d".formatted(committed.size(), flights);
      out.println("OK " + (arguments.partial ? "partial " + figures : complete));
      return AS_EXPECTED;
    }
    out.println("First difference: " + differences.get(0).message);
    out.println("FAILED differences=%d %s".formatted(differences.size(), figures));
    return DIFFERENT;
  }

  /** Compares one line; {@code seen} gets the first line of every key that is expected. */
  private static Optional<Difference> check(
      Committed line, Expected expected, Map<LineKey, Committed> seen) {
    List<String> fields = fields(line.text);
    LineKey key = new LineKey(fields.get(0), fields.size() < 2 ? "" : fields.get(1));
    String right = expected.lines.get(key);
    String found = "\n  found:    " + line.text + "\n  in:       " + line.place();
    if (right == null) {
      return Optional.of(new Difference(key, "a line that must not be there" + found));
    }
    Committed first = seen.putIfAbsent(key, line);
    if (!right.equals(line.text)) {
      return Optional.of(new Difference(key, "a wrong line\n  expected: " + right + found));
    }
    return first == null
        ? Optional.empty()
        : Optional.of(
            new Difference(key, "a line twice" + found + "\n  and in:   " + first.place()));
  }

  /** The flights in all lines that are right. */
  private static long flights(Expected expected, Map<LineKey, Committed> seen) {
    return seen.entrySet().stream()
        .filter(entry -> entry.getValue().text.equals(expected.lines.get(entry.getKey())))
        .mapToLong(entry -> Long.parseLong(fields(entry.getValue().text).get(5)))
        .sum();
  }

  private static List<Difference> missing(
      TreeMap<LineKey, String> lines, Map<LineKey, Committed> seen, String what) {
    List<Difference> differences = new ArrayList<>();
    lines.forEach(
        (key, line) -> {
          if (!seen.containsKey(key)) {
            differences.add(
                new Difference(key, "a line is %s\n  expected: %s".formatted(what, line)));
          }
        });
    return differences;
  }

  /** Missing lines of airports that have a later line. */
  private static List<Difference> gaps(Expected expected, Map<LineKey, Committed> seen) {
    Map<String, String> lastHours = new HashMap<>();
    seen.keySet()
        .forEach(
            key ->
                lastHours.merge(
                    key.iata, key.hour, (one, other) -> one.compareTo(other) > 0 ? one : other));
    TreeMap<LineKey, String> due = new TreeMap<>();
    expected.lines.forEach(
        (key, line) -> {
          String last = lastHours.get(key.iata);
          if (last != null && key.hour.compareTo(last) < 0) {
            due.put(key, line);
          }
        });
    return missing(due, seen, "missing although later hours of its airport are there");
  }
}
