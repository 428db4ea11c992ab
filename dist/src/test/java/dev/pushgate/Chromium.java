package dev.pushgate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a window, with a profile of its own. */
final class Chromium implements AutoCloseable {
  // It warns of a protocol that is not used here; a logger that nobody holds forgets its level.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;
  private final String firstTab;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
    this.firstTab = driver.getWindowHandle();
  }

  /**
   * Starts it; it takes any certificate.
   *
   * @param profile an empty folder; whoever made it removes it after {@link #close}
   */
  static Chromium start(Path chromium, Path chromedriver, Path profile) {
    return start(chromium, chromedriver, profile, Map.of(), true);
  }

  /**
   * Starts it; it takes what those authorities vouch for that its user trusts.
   *
   * @param profile as above
   * @param home of its user, where Chromium looks for authorities in {@code .pki/nssdb}
   */
  static Chromium startCareful(Path chromium, Path chromedriver, Path profile, Path home) {
    return start(chromium, chromedriver, profile, Map.of("HOME", home.toString()), false);
  }

  private static Chromium start(
      Path chromium,
      Path chromedriver,
      Path profile,
      Map<String, String> environment,
      boolean takesAnyCertificate) {
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    // With both programs named, Selenium looks for none by itself and loads none from anywhere.
    options.setBinary(chromium.toFile());
    options.setAcceptInsecureCerts(takesAnyCertificate);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.toFile())
            .withEnvironment(environment)
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30));
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    return new Chromium(driver);
  }

  /** A new tab with a phone's screen, light. Nothing is kept in it from tests before. */
  WebAppPage open(RunningPushgate pushgate) {
    return open(pushgate.base());
  }

  /** The same for the server at that base address. */
  WebAppPage open(String base) {
    driver.switchTo().newWindow(WindowType.TAB);
    driver.executeCdpCommand(
        "Storage.clearDataForOrigin", Map.of("origin", base, "storageTypes", "all"));
    WebAppPage page = new WebAppPage(driver, base, firstTab);
    page.resize(WebAppPage.PHONE_WIDTH, WebAppPage.PHONE_HEIGHT);
    page.prefer("prefers-color-scheme", "light");
    return page;
  }

  /** A line to its developer tools; whoever opens it closes it. */
  DevTools devTools() throws IOException, InterruptedException {
    if (driver.getCapabilities().getCapability(ChromeOptions.CAPABILITY) instanceof Map<?, ?> chrome
        && chrome.get("debuggerAddress") instanceof String address) {
      return DevTools.at(address);
    }
    throw new IOException("Chromium tells no address of its debugger");
  }

  @Override
  public void close() {
    driver.quit();
  }
}
