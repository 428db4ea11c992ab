package dev.pushgate;

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
   * Starts it.
   *
   * @param profile an empty folder; whoever made it removes it after {@link #close}
   */
  static Chromium start(Path chromium, Path chromedriver, Path profile) {
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    // With both programs named, Selenium looks for none by itself and loads none from anywhere.
    options.setBinary(chromium.toFile());
    options.setAcceptInsecureCerts(true);
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
    driver.switchTo().newWindow(WindowType.TAB);
    driver.executeCdpCommand(
        "Storage.clearDataForOrigin", Map.of("origin", pushgate.base(), "storageTypes", "all"));
    WebAppPage page = new WebAppPage(driver, pushgate.base(), firstTab);
    page.resize(WebAppPage.PHONE_WIDTH, WebAppPage.PHONE_HEIGHT);
    page.prefer("prefers-color-scheme", "light");
    return page;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
