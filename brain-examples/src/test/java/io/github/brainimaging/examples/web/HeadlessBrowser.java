package io.github.brainimaging.examples.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The browser of the system without a window, to try pages in: {@code chromium} and {@code
 * chromedriver}, both looked for on the PATH. Where one is missing the test is skipped and says so;
 * nothing is ever downloaded.
 */
public final class HeadlessBrowser implements AutoCloseable {

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final long PATIENCE_MS = 20_000;

  private final ChromeDriver driver;
  private final Path profile;
  private final List<String> requests = new ArrayList<>();

  private HeadlessBrowser(ChromeDriver driver, Path profile) {
    this.driver = driver;
    this.profile = profile;
  }

  /** Starts it; the test is skipped where it is not there. */
  public static HeadlessBrowser start() throws IOException {
    Path binary = onPath(BROWSERS);
    Path driver = onPath(List.of("chromedriver"));
    Path profile = Files.createTempDirectory("brain-browser");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(binary.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--window-size=1500,1300",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).build();
    HeadlessBrowser browser = new HeadlessBrowser(new ChromeDriver(service, options), profile);
    browser.size(1400, 1000);
    return browser;
  }

  private static Path onPath(List<String> names) {
    for (String folder :
        Objects.toString(System.getenv("PATH"), "").split(File.pathSeparator, -1)) {
      for (String name : names) {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file) && Files.isRegularFile(file)) {
          return file;
        }
      }
    }
    assumeTrue(false, "none of these is on the PATH: " + String.join(", ", names));
    throw new AssertionError();
  }

  /** Shows a file. */
  public void open(Path file) {
    open(file.toUri());
  }

  /** Shows a page. */
  public void open(URI page) {
    driver.get(page.toString());
  }

  /** How large the page is shown, in CSS pixels; narrower than a window could be as well. */
  public void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** How the page looks on the {@code screen} or in {@code print}. */
  public void medium(String medium) {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", medium));
  }

  /** The first element that a CSS selector finds; an error if there is none. */
  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** All elements that a CSS selector finds. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** What is typed or clicked; to be ended by {@code perform()}. */
  public Actions actions() {
    return new Actions(driver);
  }

  /** Runs a script, such as {@code return document.title}. */
  @CanIgnoreReturnValue
  public @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until something is so; an error that says what after 20 seconds. */
  public void await(String what, BooleanSupplier so) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_MS * 1_000_000;
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so after 20 s: " + what);
      }
      Thread.sleep(50);
    }
  }

  /** Whether something on the page is wider than the page is shown. */
  public boolean overflows() {
    return Boolean.TRUE.equals(
        run(
            "return document.documentElement.scrollWidth >"
                + " document.documentElement.clientWidth"));
  }

  /** What the console said since the last call, warnings and errors only. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /**
   * The addresses of all that was asked for since the start; pictures within the page and what the
   * browser's own first page is made of are left out.
   */
  public List<String> requests() {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonObject event =
          JsonParser.parseString(entry.getMessage()).getAsJsonObject().getAsJsonObject("message");
      if (event.get("method").getAsString().equals("Network.requestWillBeSent")) {
        JsonObject request = event.getAsJsonObject("params").getAsJsonObject("request");
        String url = request.get("url").getAsString();
        if (!url.startsWith("data:") && !url.startsWith("chrome:")) {
          requests.add(url);
        }
      }
    }
    return List.copyOf(requests);
  }

  /** Writes what is seen now as a PNG file. */
  public void screenshot(Path file) throws IOException {
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Ends the browser and deletes what it kept. */
  @Override
  public void close() throws IOException {
    driver.quit();
    List<Path> kept;
    try (Stream<Path> files = Files.walk(profile)) {
      kept = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : kept) {
      Files.deleteIfExists(file);
    }
  }
}
