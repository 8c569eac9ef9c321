package io.weir.demo;

import io.weir.api.StreamJob;
import io.weir.api.datastream.BroadcastStream;
import io.weir.api.datastream.DataStream;
import io.weir.api.environment.StreamExecutionEnvironment;
import io.weir.api.eventtime.WatermarkStrategy;
import io.weir.api.windowing.assigners.TumblingEventTimeWindows;
import io.weir.config.Configuration;
import io.weir.connector.file.FileSink;
import io.weir.connector.file.FileSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The demo job: how many flights left each airport in each hour of January 2001, how late they
 * were, and how many had left so far.
 */
public final class FlightsJob implements StreamJob {
  /** The name of the job. */
  public static final String NAME = "flights";

  private static final long SPLIT_SIZE_BYTES = 256 << 10;
  private static final int PARALLELISM = 2;
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);

  private final Path dataDirectory;

  /**
   * Creates the job.
   *
   * @param dataDirectory below it are input and output, unless the configuration says otherwise
   */
  public FlightsJob(Path dataDirectory) {
    this.dataDirectory = dataDirectory;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void define(StreamExecutionEnvironment env) throws IOException {
    Configuration configuration = env.getConfiguration();
    env.setParallelism(PARALLELISM);
    env.enableCheckpointing(CHECKPOINT_INTERVAL.toMillis());

    DemoData input = new DemoData(directory(configuration.get(DemoOptions.INPUT_DIR), "input"));
    Path output = directory(configuration.get(DemoOptions.OUTPUT_DIR), "output");

    flights(env, input, configuration.get(DemoOptions.RECORDS_PER_SECOND))
        .keyBy(Flight::origin)
        .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
        .aggregate(new Delays.Sum(), new AirportHour.OfWindow())
        .name("Delays by hour")
        .uid("delays-by-hour")
        .keyBy(AirportHour::iata)
        .connect(airports(env, input))
        .process(new JoinAirport())
        .name("Join airport and total")
        .uid("join-airport")
        .sinkTo(FileSink.forRowFormat(output, AirportReport::toLine).build())
        .name("Write results")
        .uid("results");
  }

  private Path directory(String configured, String otherwise) {
    return configured == null
        ? dataDirectory.resolve("demo").resolve(otherwise)
        : Path.of(configured);
  }

  private static DataStream<Flight> flights(
      StreamExecutionEnvironment env, DemoData input, double recordsPerSecond) throws IOException {
    FileSource<Flight> source =
        FileSource.forRecordFormat(Flight::parse, input.unpack(DemoData.FLIGHTS))
            .withHeaderLine()
            .withSplitSizeBytes(SPLIT_SIZE_BYTES)
            .withRecordsPerSecond(recordsPerSecond)
            .build();
    return env.fromSource(
            source,
            WatermarkStrategy.<Flight>forMonotonousTimestamps()
                .withTimestampAssigner((flight, timestamp) -> flight.departureMillis()),
            "Read flights")
        .uid("flights");
  }

  private static BroadcastStream<Airport> airports(StreamExecutionEnvironment env, DemoData input)
      throws IOException {
    FileSource<Airport> source =
        FileSource.forRecordFormat(Airport::parse, input.unpack(DemoData.AIRPORTS))
            .withHeaderLine()
            .build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "Read airports")
        .setParallelism(1)
        .uid("airports")
        .broadcast(JoinAirport.AIRPORTS);
  }
}
