package dev.pushgate.push.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.pushgate.push.CapturedLog;
import dev.pushgate.push.TestClock;
import dev.pushgate.push.command.AdministratorCommand;
import dev.pushgate.push.command.ShellScript;
import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInProxy;
import dev.pushgate.radius.audit.AuditRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmsTest {
  private static final String HOST = "hooks.example.test";
  private static final URI SECRET_ADDRESS = URI.create("https://" + HOST + "/T0/s3cr3t");
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final TestClock clock = new TestClock();
  private final CapturedLog log = new CapturedLog();
  private final StandInAuthority authority = new StandInAuthority();
  private final StandInProxy proxy = new StandInProxy();
  private final HttpsServer hook =
      HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final List<AuditRecord> audit = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private volatile int failures;

  private final Path folder;

  AlarmsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    hook.setHttpsConfigurator(new HttpsConfigurator(authority.identity(HOST).tls()));
    hook.createContext(
        "/T0/s3cr3t",
        exchange -> {
          int number = requests.incrementAndGet();
          JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
          boolean fails = number <= failures;
          if (!fails && status < 300) {
            received.add(body);
          }
          exchange.sendResponseHeaders(fails ? 503 : status, -1);
          exchange.close();
        });
    hook.start();
    var _ = proxy.leads(HOST, 443, hook.getAddress());
  }

  @AfterEach
  void stop() {
    hook.stop(0);
    proxy.close();
    log.close();
  }

  private Alarms byWebhook() {
    return byWebhook(SECRET_ADDRESS);
  }

  private Alarms byWebhook(URI address) {
    return new Alarms(
        Optional.of(new Webhook(address, proxy.uplink(authority), PAUSE, Duration.ofSeconds(5))),
        Optional.empty(),
        audit::add,
        clock);
  }

  private String awaitLine(String part) {
    await().until(() -> log.lines().stream().anyMatch(line -> line.contains(part)));
    return log.lines().stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  private void awaitReceived(int count) {
    await().until(() -> received.size() >= count);
  }

  @Test
  void alarm_reachesLogAuditAndWebhook_throughTheProxy() {
    try (Alarms alarms = byWebhook()) {
      alarms.raise("apns", "the key was refused", "Put a new key into push.apns.key");
      awaitReceived(1);
    }
    assertThat(received.getFirst().path("alarm").asText()).isEqualTo("apns");
    assertThat(received.getFirst().path("reason").asText()).isEqualTo("the key was refused");
    assertThat(received.getFirst().path("at").asText()).isEqualTo(clock.instant().toString());
    assertThat(received.getFirst().has("user")).isFalse();
    assertThat(proxy.asked()).containsExactly(HOST + ":443");
    assertThat(audit)
        .containsExactly(
            new AuditRecord.AlarmRaised(clock.instant(), "apns", "the key was refused"));
    assertThat(log.lines()).anyMatch(line -> line.startsWith("ALARM apns: the key was refused"));
  }

  @Test
  void report_tellsUserClientAndAddress_safeToShow() {
    try (Alarms alarms = byWebhook()) {
      alarms.reported("ali\u202ece", "fortigate-hq", "1.2.3.4\n\"x");
      awaitReceived(1);
    }
    JsonNode told = received.getFirst();
    assertThat(told.path("alarm").asText()).isEqualTo("report");
    assertThat(told.path("user").asText()).isEqualTo("ali\\u{202e}ce");
    assertThat(told.path("client").asText()).isEqualTo("fortigate-hq");
    assertThat(told.path("from").asText()).isEqualTo("1.2.3.4\\u{a}\"x");
    assertThat(log.lines()).allMatch(line -> !line.contains("\n") && !line.contains("\u202e"));
  }

  @Test
  void sameAlarm_isToldOnceInFiveMinutes_andCountedEachTime() {
    try (Alarms alarms = byWebhook()) {
      for (int minute = 0; minute < 6; minute++) {
        alarms.raise("fcm", "quota", "Wait");
        alarms.reported("alice", "vpn", "198.51.100." + minute);
        clock.advance(Duration.ofMinutes(1));
      }
      alarms.reported("bob", "vpn", null);
      awaitReceived(5);
      assertThat(alarms.raised()).isEqualTo(13);
    }
    assertThat(received)
        .extracting(told -> told.path("alarm").asText() + " " + told.path("user").asText())
        .containsExactly("fcm ", "report alice", "fcm ", "report alice", "report bob");
    assertThat(audit).hasSize(13);
  }

  @Test
  void webhookThatIsDown_isTriedAgain() {
    failures = 2;
    try (Alarms alarms = byWebhook()) {
      alarms.raise("fcm", "quota", "Wait");
      awaitReceived(1);
    }
    assertThat(requests).hasValue(3);
  }

  @Test
  void webhookThatStaysDown_isGivenUp_andItsAddressIsInNoLog() {
    proxy.makes(StandInProxy.Trouble.CLOSING);
    try (Alarms alarms = byWebhook()) {
      alarms.raise("fcm", "quota", "Wait");
      awaitLine("was not taken by the webhook in 4 tries");
      proxy.makes(StandInProxy.Trouble.NONE);
      alarms.raise("apns", "key", "Renew it");
      awaitReceived(1);
    }
    assertThat(log.lines()).allMatch(line -> !line.contains("s3cr3t"));
  }

  @Test
  void webhookThatRefuses_isNotTriedAgain() {
    status = 404;
    try (Alarms alarms = byWebhook()) {
      alarms.raise("fcm", "quota", "Wait");
      assertThat(awaitLine("not taken by the webhook")).endsWith("it answered with status 404");
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void webhookThatRedirects_isNotFollowed() {
    status = 302;
    try (Alarms alarms = byWebhook()) {
      alarms.raise("fcm", "quota", "Wait");
      awaitLine("it answered with status 302");
    }
    assertThat(requests).hasValue(1);
  }

  @Test
  void command_getsTheAlarmAsJson() throws Exception {
    AlarmSettings settings =
        new AlarmSettings(
            null,
            ShellScript.in(
                folder,
                "cat > \"$D/$PUSHGATE_ALARM.part\"; mv \"$D/$PUSHGATE_ALARM.part\" \"$D/told\""));
    try (Alarms alarms = new Alarms(settings, proxy.uplink(authority), audit::add, clock)) {
      alarms.reported("-rf $(reboot)", "vpn", null);
      await().until(() -> Files.exists(folder.resolve("told")));
    }
    JsonNode told = new ObjectMapper().readTree(Files.readString(folder.resolve("told")));
    assertThat(told.path("user").asText()).isEqualTo("-rf $(reboot)");
    assertThat(told.has("from")).isFalse();
  }

  @Test
  void commandThatHangs_holdsUpNeitherTheAlarmNorTheWebhook() throws Exception {
    try (AdministratorCommand hanging =
            new AdministratorCommand(
                "alarm command", ShellScript.in(folder, "sleep 600"), Duration.ofMinutes(5));
        Alarms alarms =
            new Alarms(
                Optional.of(
                    new Webhook(
                        SECRET_ADDRESS, proxy.uplink(authority), PAUSE, Duration.ofSeconds(5))),
                Optional.of(hanging),
                audit::add,
                clock)) {
      for (int i = 0; i < 5; i++) {
        alarms.raise("fcm", "reason " + i, "Wait");
      }
      awaitReceived(5);
    }
  }
}
