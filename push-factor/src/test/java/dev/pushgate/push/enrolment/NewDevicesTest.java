package dev.pushgate.push.enrolment;

import static dev.pushgate.push.TestServer.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.push.TestClock;
import dev.pushgate.push.TestPhone;
import dev.pushgate.push.TestServer;
import dev.pushgate.push.command.ShellScript;
import dev.pushgate.push.delivery.Deliveries;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.user.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewDevicesTest {
  private final TestClock clock = new TestClock();
  private final Path folder;
  private final TestServer server;
  private final List<String> told = new CopyOnWriteArrayList<>();

  NewDevicesTest(@TempDir Path folder) throws InterruptedException {
    this.folder = folder;
    this.server = new TestServer(folder, clock);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private final class Listening implements Notifier {
    @Override
    public String name() {
      return "fcm";
    }

    @Override
    public boolean serves(PushAddress address) {
      return address instanceof PushAddress.Fcm;
    }

    @Override
    public String service(PushAddress address) {
      return "fcm";
    }

    @Override
    public int mostAtOnce() {
      return 4;
    }

    @Override
    public Receipt send(PushAddress address, Notice notice) {
      told.add(notice.kind() + " " + ((PushAddress.Fcm) address).token());
      return new Receipt.Accepted();
    }

    @Override
    public void close() {}
  }

  private Device enrolled(String user, String token, String name) throws InterruptedException {
    var answer =
        server.phones.enrol(
            new TestPhone(BASE, clock)
                .enrolment(
                    server.code(user), name, "{\"via\":\"fcm\",\"token\":\"" + token + "\"}"),
            TestServer.PHONE_ADDRESS);
    return server.devices.find(TestServer.taken(answer).device()).orElseThrow();
  }

  @Test
  void newDevice_isToldToTheOlderOnes_andByMail() throws Exception {
    Device _ = enrolled("alice", "old-phone", "Old");
    Device _ = enrolled("bob", "phone-of-bob", "Bob's");
    Device fresh = enrolled("alice", "new-phone", "New $(reboot)\u200d");
    try (Deliveries deliveries = server.deliveries(List.of(new Listening()));
        MailCommand mail =
            new MailCommand(
                ShellScript.in(folder, "cat > \"$D/m.part\"; mv \"$D/m.part\" \"$D/mail\""),
                clock)) {
      NewDevices newDevices =
          new NewDevices(
              server.devices,
              deliveries,
              Optional.of(mail),
              name ->
                  Optional.of(
                      new User(
                          name,
                          Set.of(),
                          null,
                          null,
                          name + "@example.test",
                          ReplyAttributes.NONE)),
              BASE,
              "Demo VPN",
              clock,
              new SecureRandom());
      newDevices.enrolled(fresh);
      await().until(() -> Files.exists(folder.resolve("mail")) && !told.isEmpty());
    }
    assertThat(told).containsExactly("NEW_DEVICE old-phone");
    assertThat(Files.readString(folder.resolve("mail")))
        .startsWith("To: alice@example.test\nSubject: A new device approves your sign-ins\n")
        .contains("A device called \"New $(reboot)\u200d\" has been set up.");
  }
}
