package io.weir.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle against results that were computed by hand. */
class VerifyDemoTest {
  private static final Path SOURCE = Path.of("scripts/VerifyDemo.java");

  private static final String AIRPORTS =
      """
      iata,name,city,state,country,latitude,longitude
      AAA,First,Alpha,AK,USA,1.0,2.0
      BBB,"Say ""B"", Two",Beta,"BE,TA",USA,3.0,4.0
      """;

  /** ZZZ is not among the airports. AAA has three hours with a pause, BBB one, ZZZ one. */
  private static final String FLIGHTS =
      """
      time,origin,destination,delay_minutes,distance_miles
      2001-01-01T00:01,AAA,BBB,5,100
      2001-01-01T00:01,ZZZ,BBB,7,100
      2001-01-01T00:59,AAA,BBB,-9,100
      2001-01-01T01:00,AAA,BBB,-3,100
      2001-01-01T23:59,BBB,AAA,0,100
      2001-01-02T00:00,AAA,BBB,1,100
      """;

  private static final String AAA_1 = "2001-01-01T00:00:00Z,AAA,First,Alpha,AK,2,-4,5,2\n";
  private static final String ZZZ_1 = "2001-01-01T00:00:00Z,ZZZ,,,,1,7,7,1\n";
  private static final String AAA_2 = "2001-01-01T01:00:00Z,AAA,First,Alpha,AK,1,-3,-3,3\n";
  private static final String BBB_1 =
      "2001-01-01T23:00:00Z,BBB,\"Say \"\"B\"\", Two\",Beta,\"BE,TA\",1,0,0,1\n";
  private static final String AAA_3 = "2001-01-02T00:00:00Z,AAA,First,Alpha,AK,1,1,1,4\n";

  @TempDir private static Path classes;
  private static URLClassLoader loader;
  private static Method run;

  @TempDir private Path temporary;
  private Path data;
  private Path output;
  private int status;

  @BeforeAll
  static void compile() throws ReflectiveOperationException, IOException {
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-Xlint:all",
                "-Werror",
                "-d",
                classes.toString(),
                SOURCE.toString());
    assertThat(compiled).isZero();
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
    run =
        loader
            .loadClass("VerifyDemo")
            .getDeclaredMethod("run", String[].class, PrintStream.class, PrintStream.class);
    run.setAccessible(true);
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  @BeforeEach
  void writeData() throws IOException {
    data = Files.createDirectory(temporary.resolve("data"));
    output = Files.createDirectory(temporary.resolve("output"));
    Files.writeString(data.resolve("flights-tiny.csv"), FLIGHTS);
    try (GZIPOutputStream gz =
        new GZIPOutputStream(Files.newOutputStream(data.resolve("airports.csv.gz")))) {
      gz.write(AIRPORTS.getBytes(UTF_8));
    }
  }

  @Test
  void theResultComputedByHandIsRightInAnyOrderAndInAnyFiles() {
    commit("part-0-0", BBB_1 + AAA_1);
    commit("part-1-0", "");
    commit("day/part-0-1", AAA_2 + ZZZ_1 + AAA_3);
    assertThat(verify()).isEqualTo("OK lines=5 flights=6\n");
    assertThat(status).isZero();
  }

  @Test
  void whatIsNotCommittedDoesNotCount() {
    commit("part-0-0", AAA_1 + ZZZ_1 + AAA_2 + BBB_1 + AAA_3);
    commit(".part-0-1.inprogress.7", "rubbish");
    commit("part-0-2.pending", "rubbish");
    commit("part-0-3.inprogress", "rubbish");
    commit(".staging/part-0-4", "rubbish");
    commit("README", "rubbish");
    assertThat(verify()).isEqualTo("OK lines=5 flights=6\n");
  }

  @Test
  void aMissingLineIsFound() {
    commit("part-0-0", AAA_1 + ZZZ_1 + AAA_2 + AAA_3);
    assertThat(verify())
        .isEqualTo(
            "First difference: a line is missing\n  expected: "
                + BBB_1
                + "FAILED differences=1 lines=4 of 5 flights=5 of 6\n");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void aWrongFigureIsFoundWithItsPlace() {
    commit("part-0-0", AAA_1 + ZZZ_1 + "2001-01-01T01:00:00Z,AAA,First,Alpha,AK,2,-3,-3,4\n");
    commit("part-0-1", BBB_1 + AAA_3);
    assertThat(verify())
        .contains("First difference: a wrong line")
        .contains("expected: " + AAA_2)
        .contains("part-0-0:3")
        .endsWith("FAILED differences=1 lines=5 of 5 flights=5 of 6\n");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void aLineThatStandsThereTwiceIsFound() {
    commit("part-0-0", AAA_1 + ZZZ_1 + AAA_2 + BBB_1 + AAA_3);
    commit("part-0-1", AAA_2);
    assertThat(verify())
        .contains("First difference: a line twice")
        .contains("part-0-1:1")
        .contains("part-0-0:3")
        .endsWith("FAILED differences=1 lines=6 of 5 flights=6 of 6\n");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void aLineThatNobodyExpectsIsFound() {
    commit("part-0-0", AAA_1 + ZZZ_1 + AAA_2 + BBB_1 + AAA_3);
    commit("part-0-1", "2001-01-01T02:00:00Z,AAA,First,Alpha,AK,0,0,0,3\n");
    assertThat(verify()).contains("a line that must not be there");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void aTornLastLineIsFound() {
    commit("part-0-0", AAA_1 + ZZZ_1 + AAA_2 + BBB_1 + AAA_3.strip());
    assertThat(verify()).contains("(no line end)");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void theFirstDifferenceIsTheOneOfTheEarliestHour() {
    commit("part-0-0", AAA_1 + AAA_3);
    assertThat(verify()).startsWith("First difference: a line is missing\n  expected: " + ZZZ_1);
  }

  @Test
  void whileTheJobRunsLaterHoursMayBeMissing() {
    assertThat(verify("--partial")).isEqualTo("OK partial lines=0 of 5 flights=0 of 6\n");
    commit("part-0-0", AAA_1 + AAA_2);
    assertThat(verify("--partial")).isEqualTo("OK partial lines=2 of 5 flights=3 of 6\n");
    commit("part-1-0", BBB_1);
    assertThat(verify("--partial")).isEqualTo("OK partial lines=3 of 5 flights=4 of 6\n");
  }

  @Test
  void whileTheJobRunsNoAirportMayHaveAGap() {
    commit("part-0-0", AAA_1 + AAA_3);
    assertThat(verify("--partial"))
        .contains("missing although later hours of its airport are there\n  expected: " + AAA_2)
        .endsWith("FAILED differences=1 lines=2 of 5 flights=3 of 6\n");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void whileTheJobRunsALineMustNotStandThereTwice() {
    commit("part-0-0", AAA_1 + AAA_1);
    assertThat(verify("--partial")).contains("a line twice");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void whatCannotBeComparedIsNeitherRightNorWrong() throws IOException {
    assertThat(verify("--speed", "9")).contains("unknown argument '--speed'");
    assertThat(status).isEqualTo(2);
    assertThat(verify("--output")).contains("--output needs a directory");
    assertThat(status).isEqualTo(2);
    assertThat(verify("--output", temporary.resolve("none").toString()))
        .contains("there is no output directory");
    assertThat(status).isEqualTo(2);
    assertThat(verify("--data", output.toString())).contains("must hold one file airports.csv");
    assertThat(status).isEqualTo(2);

    Path flights = data.resolve("flights-tiny.csv");
    Files.writeString(flights, FLIGHTS + "2001-01-01T00:00,AAA,BBB,1,100\n");
    assertThat(verify()).contains("flights-tiny.csv:8: not in departure order");
    assertThat(status).isEqualTo(2);
    Files.writeString(flights, FLIGHTS + "2001-01-02T00:00,AAA,BBB,soon,100\n");
    assertThat(verify()).contains("flights-tiny.csv:8: not a flight");
    assertThat(status).isEqualTo(2);
  }

  @Test
  void theScriptRunsTheOracleAndPassesItsStatusOn() throws IOException, InterruptedException {
    commit("part-0-0", AAA_1);
    List<String> command = new ArrayList<>(List.of("bash", "scripts/verify-demo"));
    command.addAll(List.of("--data", data.toString(), "--output", output.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(text).endsWith("FAILED differences=4 lines=1 of 5 flights=2 of 6\n");
  }

  @Test
  void helpNamesEveryArgument() {
    assertThat(verify("--help")).contains("--output", "--data", "--partial", "Exit status");
    assertThat(status).isZero();
  }

  private void commit(String name, String text) {
    try {
      Path file = output.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs the oracle on the tiny data; returns what it prints. */
  private String verify(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--data", data.toString(), "--output", output.toString()));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
      status = (int) run.invoke(null, arguments.toArray(String[]::new), out, out);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
    return bytes.toString(UTF_8);
  }
}
