package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.InsecureCertificateException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/**
 * The web app in a tab, as a user has it before the eyes and under the fingers.
 *
 * <p>Parts of the page are named by their {@code data-testid}. What is looked for is waited for.
 */
final class WebAppPage implements AutoCloseable {
  static final int PHONE_WIDTH = 390;
  static final int PHONE_HEIGHT = 844;

  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String IS_AT_REST =
      """
      return document.getAnimations()
          .filter((a) => a.playState === 'running' && !a.effect.target.closest('.ring'))
          .every((a) => a.effect.getTiming().iterations === Infinity)
        && !document.querySelector('button:disabled')
      """;

  private static final String OTHER_WEB_PUSH =
      """
      const real = globalThis.fetch;
      globalThis.fetch = async (address, request) => {
        const answer = await real(address, request);
        return String(address).endsWith('/v1/config')
          ? new Response(JSON.stringify({ ...(await answer.json()), webpush }), answer)
          : answer;
      };
      """;

  private final ChromeDriver driver;
  private final String base;
  private final String tabBefore;
  private final List<String> errors = new ArrayList<>();
  private final List<String> expectedErrors = new ArrayList<>();

  WebAppPage(ChromeDriver driver, String base, String tabBefore) {
    this.driver = driver;
    this.base = base;
    this.tabBefore = tabBefore;
  }

  /** Opens the app, or another address of its server such as an enrolment link. */
  WebAppPage visit(String address) {
    driver.get(address);
    return this;
  }

  /** Opens an address as a user who reads the browser's warning and goes on. */
  void visitInSpiteOfTheCertificate(String address) {
    try {
      driver.get(address);
    } catch (InsecureCertificateException e) {
      // The warning is on the screen all the same.
    }
    waiting("the warning").until(() -> driver.getTitle(), "Privacy error"::equals);
    var _ = run("document.getElementById('proceed-link').click()");
    waiting("the page behind the warning").until(() -> driver.getTitle(), "Pushgate"::equals);
  }

  /** Opens the app at its base address. */
  WebAppPage visit() {
    return visit(base + "/");
  }

  /** Opens an enrolment link and takes it with the name that the app proposes. */
  WebAppPage enrol(String link) {
    visit(link);
    press("enroll-button");
    see("account");
    return this;
  }

  void reload() {
    driver.navigate().refresh();
  }

  /** The first such part that is seen. */
  WebElement see(String testId) {
    return waiting("see " + testId)
        .until(
            () -> all(testId).stream().filter(WebElement::isDisplayed).findFirst().orElse(null),
            found -> found != null);
  }

  /** Waits until no such part is seen. */
  void seeNo(String testId) {
    waiting("no more " + testId)
        .until(() -> all(testId).stream().noneMatch(WebElement::isDisplayed));
  }

  /** All such parts, seen or not. */
  List<WebElement> all(String testId) {
    return find(named(testId));
  }

  List<WebElement> find(By by) {
    return driver.findElements(by);
  }

  /** A part of the card that asks this user. */
  WebElement inCardOf(String user, String testId) {
    return waiting("a card of " + user)
        .until(
            () ->
                all("challenge").stream()
                    .filter(
                        card -> card.findElement(named("challenge-user")).getText().equals(user))
                    .map(card -> card.findElement(named(testId)))
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  private static By named(String testId) {
    return By.cssSelector("[data-testid='%s']".formatted(testId));
  }

  /** Clicks a button once it takes clicks. */
  void press(String testId) {
    press(see(testId));
  }

  /** Clicks a button once it takes clicks. */
  void press(WebElement button) {
    waiting("a button that is switched on").until(button::isEnabled);
    button.click();
  }

  /** Replaces what stands in an input. */
  void type(String testId, String text) {
    WebElement input = see(testId);
    input.clear();
    input.sendKeys(text);
  }

  /** Strikes keys, wherever the focus is. */
  void strike(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** The element that has the focus. */
  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Waits until the outcome of a challenge is seen. */
  WebElement seeOutcome(String kind) {
    WebElement outcome = see("outcome");
    assertThat(outcome.getDomAttribute("data-outcome")).isEqualTo(kind);
    return outcome;
  }

  /** The octets of text in a part: nothing is left out because it is not drawn. */
  @Nullable String textIn(String testId) {
    return see(testId).getDomProperty("textContent");
  }

  /** Runs a script; {@code arguments[0]} and so on are the arguments. */
  @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", true));
  }

  /** Answers a media query such as {@code prefers-color-scheme} from now on. */
  void prefer(String feature, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  /** Runs a script in each page from now on before the page's own. */
  void runFirst(String script) {
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /** What the browser calls the tab. */
  String handle() {
    return driver.getWindowHandle();
  }

  /** Says to pages from now on that they were opened from the Home Screen, as Safari does. */
  void pretendToBeOnTheHomeScreen() {
    runFirst("Object.defineProperty(navigator, 'standalone', { value: true })");
  }

  /**
   * Lets pages from now on read this in what the server says of itself.
   *
   * @param key public VAPID key, or null for a server without Web Push
   */
  void pretendThatTheServerHasWebPush(@Nullable String key) {
    String webPush = key == null ? "null" : "{ key: '" + key + "' }";
    runFirst("{ const webpush = " + webPush + ";\n" + OTHER_WEB_PUSH + "}");
  }

  /**
   * Refuses workers to pages from now on, as a browser does that does not trust the certificate:
   * the one of the tests takes any.
   */
  void pretendThatTheCertificateIsNotTrusted() {
    runFirst(
        "ServiceWorkerContainer.prototype.register = () =>"
            + " Promise.reject(new DOMException('SSL certificate error', 'SecurityError'))");
  }

  /**
   * Says to pages from now on which languages their user reads.
   *
   * @param languages such as {@code de-AT,en}, the dearest first
   */
  void speak(String languages) {
    driver.executeCdpCommand(
        "Emulation.setUserAgentOverride",
        Map.of(
            "userAgent",
            String.valueOf(run("return navigator.userAgent")),
            "acceptLanguage",
            languages));
  }

  /** Says to the page that it is another browser. */
  void pretendToBe(String userAgent) {
    driver.executeCdpCommand("Emulation.setUserAgentOverride", Map.of("userAgent", userAgent));
  }

  /** Keeps a picture of the screen, once nothing moves on it but what moves for ever. */
  void photograph(String name) throws IOException {
    awaitRest();
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Waits until no button holds back its clicks and nothing moves but what moves all the time. */
  void awaitRest() {
    waiting("a page at rest").until(() -> run(IS_AT_REST), Boolean.TRUE::equals);
  }

  /** Waits until this is so. */
  void await(Callable<Boolean> condition) {
    waiting("what the test expects").until(condition);
  }

  /** Lets the browser's log hold errors with these words, such as a refusal that the test wants. */
  void expectError(String words) {
    expectedErrors.add(words);
  }

  /** What the browser has logged since the page was opened, at WARNING and above. */
  List<String> errors() {
    // The browser tells each entry once.
    driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .forEach(errors::add);
    return List.copyOf(errors);
  }

  /** Leaves the page, and fails when the browser has logged an error that was not expected. */
  @Override
  public void close() {
    // The log outlives the tab. Read earlier, it could give the last lines of this test to the
    // next.
    driver.close();
    driver.switchTo().window(tabBefore);
    List<String> unexpected =
        errors().stream()
            .filter(error -> expectedErrors.stream().noneMatch(error::contains))
            .toList();
    assertThat(unexpected).as("errors in the browser's log").isEmpty();
  }

  /** The page may exchange an element between two looks at it: then it is looked for anew. */
  private static ConditionFactory waiting(String what) {
    return Awaitility.await(what)
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(40))
        .pollInSameThread()
        .ignoreExceptionsInstanceOf(WebDriverException.class);
  }
}
