package io.weir.it.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.weir.it.DemoJob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageIT {
  private static final String BASE = "http://localhost:" + System.getProperty("weir.http.port");
  private static final String JOB = DemoJob.NAME;

  /** A machine may be slow, and nothing here is about time. */
  private static final int PATIENCE_MILLIS = 60_000;

  private static final int START_MILLIS = 180_000;

  /** Messages go by themselves after these 8 s, which may be over before a busy machine looks. */
  private static final String MESSAGES_STAY =
      "(wait => window.setTimeout = (what, millis, ...more) =>"
          + " millis === 8000 ? 0 : wait(what, millis, ...more))(setTimeout);";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private static Playwright playwright;
  private static Browser browser;
  private static String axe;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;
  private String jobId;

  @BeforeAll
  static void openBrowser() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setTimeout(START_MILLIS)
                    .setExecutablePath(Chromium.find())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--disable-dev-shm-usage",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    try (InputStream source = PageIT.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(source.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void closeBrowser() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void openPage() throws Exception {
    jobId = DemoJob.running();
    open(new Browser.NewContextOptions());
  }

  private void open(Browser.NewContextOptions options) {
    if (context != null) {
      context.close();
    }
    context = browser.newContext(options);
    context.addInitScript(MESSAGES_STAY);
    page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  @AfterEach
  void theConsoleIsEmpty() {
    context.close();
    assertThat(complaints).isEmpty();
  }

  private void go(String hash) {
    page.navigate(BASE + "/" + hash);
    assertThat(page.locator("main h1").first()).isVisible();
    assertThat(page.getByText("Loading…")).hasCount(0);
  }

  private String job(String rest) {
    return "#/job/" + jobId + rest;
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** There is a message that says it; it is taken out of the way. */
  private void isTold(Pattern text) {
    Locator message = page.locator(".toast").filter(new Locator.FilterOptions().setHasText(text));
    assertThat(message).isVisible();
    message.getByLabel("Dismiss").click();
    assertThat(message).hasCount(0);
  }

  /** Nothing that axe knows to be a hindrance. */
  private void isAccessible() {
    page.evaluate(axe);
    Object violations =
        page.evaluate(
            "() => axe.run(document, { resultTypes: ['violations'] }).then((result) => result"
                + ".violations.map((each) => each.id + ': ' + each.nodes.map((node) => node.html)"
                + ".slice(0, 3).join(' | ')))");
    assertThat((List<?>) violations).isEmpty();
  }

  private void fitsItsWidth() {
    assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
        .isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#/",
        "#/server",
        "#/job/ID",
        "#/job/ID/checkpoints",
        "#/job/ID/checkpoints/history",
        "#/job/ID/checkpoints/restore-points",
        "#/job/ID/checkpoints/summary",
        "#/job/ID/checkpoints/configuration",
        "#/job/ID/exceptions",
        "#/job/ID/configuration"
      })
  void everyPageIsAccessibleInBothThemesAndFitsAPhone(String hash) {
    go(hash.replace("ID", jobId));
    isAccessible();
    open(
        new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK).setViewportSize(360, 740));
    go(hash.replace("ID", jobId));
    isAccessible();
    fitsItsWidth();
  }

  @Test
  void theListTellsAgeAndFailuresOfEveryJob() {
    go("#/");
    Locator row =
        page.getByRole(AriaRole.ROW)
            .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + JOB)))
            .filter(new Locator.FilterOptions().setHasText("running"));
    assertThat(row).containsText(Pattern.compile("\\d+ s ago"));
    assertThat(row).containsText(Pattern.compile("0 of \\d+"));
    row.getByRole(AriaRole.LINK).click();
    assertThat(page).hasURL(Pattern.compile("#/job/" + jobId + "$"));
    assertThat(page.locator(".graph .box")).hasCount(4);
  }

  @Test
  void theGraphShowsRatesAfterTwoLooks() {
    go(job(""));
    assertThat(page.locator(".graph svg")).containsText(Pattern.compile("/s in"));
    assertThat(page.getByRole(AriaRole.ROW)).hasCount(5);
  }

  @Test
  void theNewestCheckpointIsExplainedAndArrowKeysMove() throws IOException {
    go(job("/checkpoints"));
    assertThat(page.locator(".sentence"))
        .containsText(Pattern.compile("^Checkpoint \\d+ took .* of it .*\\.$"));
    assertThat(page.locator(".waterfall .track").first()).isVisible();
    assertThat(page.locator(".waterfall"))
        .containsText(Pattern.compile("Not verified yet|Verified \\d+ .* ago"));
    assertThat(
            page.getByRole(
                AriaRole.TABLE,
                new Page.GetByRoleOptions()
                    .setName(Pattern.compile("^Sizes of the states in checkpoint \\d+$"))))
        .containsText(Pattern.compile("value|map|list|timers"));
    noMoreCheckpointsAreListed();
    page.locator(".strip [tabindex='0']").focus();
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("Home");
    String shown = ((String) page.evaluate("() => location.hash")).replaceFirst(".*/", "");
    assertThat(shown).matches("\\d+");
    assertThat(page.locator(".strip [aria-pressed='true']"))
        .hasAttribute("aria-label", Pattern.compile(" " + shown + ","));
    // by the keyboard: what is shown moves when a checkpoint is new
    page.getByText("follow the newest").press("Enter");
    assertThat(page).hasURL(Pattern.compile("/checkpoints$"));
  }

  /** From now on the list stays as it is: else the oldest of it soon is not in it any more. */
  private void noMoreCheckpointsAreListed() throws IOException {
    String[] list = {null};
    page.route(
        Pattern.compile("weir/v1/checkpoints/.*limit=100"),
        route -> {
          list[0] = list[0] == null ? route.fetch().text() : list[0];
          route.fulfill(
              new Route.FulfillOptions().setContentType("application/json").setBody(list[0]));
        });
    page.waitForResponse(Pattern.compile("limit=100"), () -> {});
    String newest = JSON.readTree(list[0]).at("/history/0/id").asText();
    assertThat(page.locator(".strip button").last())
        .hasAttribute("aria-label", Pattern.compile(" " + newest + ","));
  }

  @Test
  void theHistoryOpensDownToTheSubtask() {
    go(job("/checkpoints/history"));
    Locator first =
        page.locator("tbody .toggle")
            .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\d+$")))
            .nth(1);
    first.press("Enter");
    Locator operator = page.locator("tr.inner .toggle").first();
    operator.click();
    assertThat(
            page.getByRole(AriaRole.REGION)
                .filter(new Locator.FilterOptions().setHasText("Start delay")))
        .not()
        .hasCount(0);
    isAccessible();
  }

  @Test
  void tenThousandCheckpointsArePagedThrough() {
    page.route(
        Pattern.compile("weir/v1/checkpoints/.*limit=50"),
        route -> {
          String before = route.request().url().replaceFirst(".*before=", "");
          long newest = before.matches("\\d+") ? Long.parseLong(before) - 1 : 10_000;
          route.fulfill(json(history(newest)));
        });
    go(job("/checkpoints/history"));
    assertThat(page.getByText("checkpoints 9951 to 10000")).isVisible();
    button("Older ›").click();
    assertThat(page.getByText("checkpoints 9901 to 9950")).isVisible();
    button("Older ›").click();
    assertThat(page.getByText("checkpoints 9851 to 9900")).isVisible();
    button("‹ Newer").click();
    assertThat(page.getByText("checkpoints 9901 to 9950")).isVisible();
    button("Newest").click();
    assertThat(page.getByText("checkpoints 9951 to 10000")).isVisible();
    page.getByLabel("Show").selectOption("failed");
    assertThat(page.locator("tbody > tr")).hasCount(5);
  }

  private static Route.FulfillOptions json(Object body) {
    try {
      return new Route.FulfillOptions()
          .setContentType("application/json")
          .setBody(JSON.writeValueAsString(body));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Every tenth has failed. */
  private static Map<String, Object> history(long newest) {
    List<Map<String, Object>> entries =
        IntStream.range(0, 50).mapToObj(i -> entry(newest - i)).collect(Collectors.toList());
    return Map.of("history", entries, "next", newest - 49);
  }

  private static Map<String, Object> entry(long id) {
    boolean failed = id % 10 == 0;
    return Map.ofEntries(
        Map.entry("id", id),
        Map.entry("status", failed ? "FAILED" : "COMPLETED"),
        Map.entry("failure_message", failed ? "The checkpoint was not complete in time." : ""),
        Map.entry("is_savepoint", false),
        Map.entry("trigger_timestamp", 1_795_771_080_845L + id * 1000),
        Map.entry("latest_ack_timestamp", 1_795_771_080_900L + id * 1000),
        Map.entry("end_to_end_duration", 55),
        Map.entry("checkpointed_size", 1 << 20),
        Map.entry("state_size", 1 << 21),
        Map.entry("processed_data", 0),
        Map.entry("persisted_data", 0),
        Map.entry("num_subtasks", 7),
        Map.entry("num_acknowledged_subtasks", 7),
        Map.entry("checkpoint_type", "CHECKPOINT"));
  }

  @Test
  void twoHundredJobsAreListedAndSearched() throws Exception {
    JsonNode one = DemoJob.line();
    List<JsonNode> jobs =
        IntStream.range(0, 200)
            .mapToObj(
                i -> {
                  Map<String, Object> copy = JSON.convertValue(one, OBJECT);
                  copy.put("name", "job-%03d".formatted(i));
                  copy.put("id", "%032x".formatted(i));
                  return JSON.<JsonNode>valueToTree(copy);
                })
            .toList();
    page.route(
        Pattern.compile("weir/v1/overview$"),
        route ->
            route.fulfill(
                json(Map.of("now", System.currentTimeMillis(), "version", "", "jobs", jobs))));
    go("#/");
    assertThat(page.locator("tbody > tr")).hasCount(50);
    page.getByText("Show 50 more of 200").click();
    assertThat(page.locator("tbody > tr")).hasCount(100);
    page.getByLabel("Search jobs").fill("job-17");
    assertThat(page.locator("tbody > tr")).hasCount(10);
    page.getByLabel("Search jobs").fill("no such job");
    assertThat(page.getByText("No job is like that.")).isVisible();
  }

  @Test
  void failuresAreCountedAndAnnounced() throws Exception {
    Map<String, Object> line = JSON.convertValue(DemoJob.line(), OBJECT);
    Map<String, Object> checkpoints = JSON.convertValue(line.get("checkpoints"), OBJECT);
    checkpoints.put("failures-in-a-row", 3);
    checkpoints.put("tolerable-failures", 3);
    line.put("checkpoints", checkpoints);
    line.put("now", System.currentTimeMillis());
    page.route(Pattern.compile("weir/v1/overview/"), route -> route.fulfill(json(line)));
    go(job(""));
    assertThat(page.getByRole(AriaRole.ALERT))
        .containsText("3 of 3 tolerated checkpoint failures in a row.");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("One more, and the job restarts");
    isAccessible();
  }

  @Test
  void anOutageIsSaidAndWhatWasThereStays() {
    go("#/");
    page.route(Pattern.compile("weir/v1"), Route::abort);
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("The server has not answered since");
    assertThat(page.getByRole(AriaRole.LINK).filter(new Locator.FilterOptions().setHasText(JOB)))
        .not()
        .hasCount(0);
    page.unroute(Pattern.compile("weir/v1"));
    assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    // the browser itself complains about what was cut off
    complaints.removeIf(each -> each.contains("net::ERR_FAILED"));
  }

  @Test
  void theThemeIsRemembered() {
    go("#/");
    page.getByLabel("Theme").selectOption("dark");
    page.reload();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    page.getByLabel("Theme").selectOption("auto");
    assertThat(page.locator("html[data-theme]")).hasCount(0);
  }

  @Test
  void aCheckpointIsTakenAndItsProgressShown() {
    go(job("/checkpoints"));
    button("Take checkpoint").click();
    assertThat(page.getByText(Pattern.compile("Checkpoint \\d+ of " + JOB + " is complete\\.")))
        .isVisible();
    isAccessible();
    button("Dismiss").click();
    assertThat(page.locator(".toast")).hasCount(0);
  }

  @Test
  void aJobIsSuspendedAndStartedAgain() {
    go(job(""));
    button("Suspend…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("takes a last checkpoint");
    isAccessible();
    button("Suspend").click();
    isTold(Pattern.compile(JOB + " is suspended; starting it"));
    button("Start").click();
    assertThat(page.locator("h1 + .tag")).hasText("running");
  }

  @Test
  void aSavepointIsTakenWhereItsReaderWantsItAndRemovedAgain(@TempDir Path directory) {
    go(job("/checkpoints"));
    button("Take savepoint…").click();
    page.getByLabel("Directory").fill(directory.toUri().toString());
    isAccessible();
    button("Take savepoint").click();
    isTold(Pattern.compile("The savepoint of " + JOB + " is at file:.*/savepoint-"));
    assertThat(directory).isNotEmptyDirectory();

    // not in the history, where it soon is not among the newest any more
    go(job("/checkpoints"));
    page.getByRole(AriaRole.ROW)
        .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^Savepoint")))
        .getByRole(AriaRole.LINK)
        .click();
    button("Remove savepoint…").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText(directory.getFileName().toString());
    isAccessible();
    button("Remove").click();
    isTold(Pattern.compile("^Removed file:"));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whetherTheJobWouldStartAndWhatIsInASavepointIsShown() throws Exception {
    // later runs may need it as long as the server lives
    Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "savepoints");
    go(job(""));
    assertThat(page.getByRole(AriaRole.ROW).filter(having("Delays by hour")).locator("td").nth(2))
        .not()
        .hasText(Pattern.compile("^0"));
    button("Take savepoint…").click();
    page.getByLabel("Directory").fill(directory.toUri().toString());
    button("Take savepoint").click();
    isTold(Pattern.compile("The savepoint of " + JOB + " is at file:"));

    go(job("/checkpoints/restore-points"));
    Locator savepoint =
        page.getByRole(AriaRole.ROW).filter(having(directory.getFileName().toString()));
    savepoint.getByText("Pin", new Locator.GetByTextOptions().setExact(true)).click();
    isTold(Pattern.compile("stays until it is unpinned"));
    savepoint.getByText("Unpin").click();
    isTold(Pattern.compile("is pinned no more"));
    savepoint.getByText("Add", new Locator.GetByTextOptions().setExact(true)).click();
    page.locator("input[name=label]").fill("before the change");
    button("Save").click();
    isTold(Pattern.compile("is labelled"));
    assertThat(savepoint).containsText("before the change");
    savepoint.getByText("Dry run…").click();
    page.getByLabel("Open the functions").check();
    button("Dry run").click();
    assertThat(page.locator(".report").getByRole(AriaRole.STATUS)).containsText("It would start.");
    assertThat(page.locator(".report").getByRole(AriaRole.ROW).filter(having("Delays by hour")))
        .containsText("window-contents");
    isAccessible();

    savepoint.getByRole(AriaRole.LINK).click();
    page.getByText("window-contents").click();
    button("Show entries").click();
    Locator keys = page.locator(".report tbody th");
    assertThat(keys).not().hasCount(0);
    String key = keys.first().textContent();
    page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill(key);
    button("Look up").click();
    assertThat(keys.filter(new Locator.FilterOptions().setHasNotText(key))).hasCount(0);
    assertThat(keys.first()).hasText(key);
    button("Largest key groups").click();
    assertThat(page.getByText("Beside the largest")).isVisible();
    isAccessible();
    String hash = page.url().replaceFirst(".*#", "#");
    open(
        new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK).setViewportSize(360, 740));
    go(hash);
    assertThat(button("Show entries")).isVisible();
    isAccessible();
    fitsItsWidth();
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void adviceFollowsWhatMayBeLost() {
    go(job("/checkpoints/configuration"));
    Locator advised =
        page.getByRole(AriaRole.ROW).filter(having("execution.checkpointing.interval"));
    assertThat(advised).containsText("300 ms");
    page.getByText("The arithmetic").click();
    page.getByLabel("Allowed loss").fill("7 s");
    page.getByLabel("Allowed loss").press("Enter");
    assertThat(page.getByText(Pattern.compile("L − D = 7000 − \\d+"))).isVisible();
    isAccessible();
  }

  @Test
  void theServerTellsItsConfigurationAndWhatIsWrongWithIt() {
    go("#/server");
    assertThat(page.locator(".findings")).containsText("jobmanager.memory.process.size");
    Locator rows = page.locator("section").filter(having("with defaults")).locator("tbody tr");
    assertThat(rows.filter(having("web.exception-history-size"))).containsText("config.yaml");
    assertThat(rows.filter(having("web.checkpoints.history"))).hasCount(0);
    page.getByLabel("with defaults").check();
    page.getByLabel("Search the configuration").fill("web.checkpoints.history");
    assertThat(rows).hasCount(1);
    assertThat(rows).containsText("10");
  }

  @Test
  void aJobIsStoppedWithASavepointAndGoesOnFromIt() throws Exception {
    // later runs may need it as long as the server lives
    Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "savepoints");
    go(job(""));
    button("Stop with savepoint…").click();
    page.getByLabel("Directory").fill(directory.toUri().toString());
    isAccessible();
    button("Stop").click();
    assertThat(page.locator("h1 + .tag")).hasText("finished");
    isTold(Pattern.compile(JOB + " has stopped. Its savepoint is at file:"));
    assertThat(directory).isNotEmptyDirectory();
    button("Start again").click();
    assertThat(page).not().hasURL(Pattern.compile(jobId));
    jobId = DemoJob.running();
    go(job("/checkpoints"));
    assertThat(page.getByText("from a savepoint")).isVisible();
  }

  @Test
  void aSavepointThatCannotBeWrittenIsExplained(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("taken"), "a file");
    go(job(""));
    button("Take savepoint…").click();
    page.getByLabel("Directory").fill(file.toUri().toString());
    button("Take savepoint").click();
    assertThat(page.locator(".toast.bad")).containsText("taken");
    assertThat(page.locator("h1 + .tag")).hasText("running");
  }

  @Test
  void aJobIsCanceledOnlyAfterItsReaderAgrees() {
    go(job(""));
    button("Cancel job…").click();
    // the dialog is shown by the next frame only, and keys before that are not for it
    assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    assertThat(page.locator("h1 + .tag")).hasText("running");
    button("Cancel job…").click();
    button("Keep it running").click();
    button("Cancel job…").click();
    button("Cancel job").click();
    isTold(Pattern.compile(JOB + " is canceled"));
    assertThat(page.locator("h1 + .tag")).hasText("canceled");
    button("Start again").click();
    assertThat(page).not().hasURL(Pattern.compile(jobId));
  }

  @Test
  void aJobThatIsNotThereIsSaid() {
    page.navigate(BASE + "/#/job/00000000000000000000000000000000");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("not found");
    complaints.removeIf(each -> each.contains("404"));
  }
}
