package dev.pushgate.radius;

import static dev.pushgate.radius.GateUnderTest.ACCEPT;
import static dev.pushgate.radius.GateUnderTest.REJECT;
import static dev.pushgate.radius.GateUnderTest.SECRET;
import static dev.pushgate.radius.GateUnderTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushgate.radius.audit.AuditRecord.LoginEnd;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.HashingThreads;
import dev.pushgate.radius.user.UsersFile;
import dev.pushgate.radius.user.UsersFileSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More passwords at once than can be hashed, over real UDP. */
class HashingBoundTest {
  private static final int LOGINS = 12;
  private static final int WAITING = 3;

  /** A third of a second each. */
  private static final String SLOW =
      " = $argon2id$v=19$m=131072,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg"
          + "$D7nl3Ou5IJ56s6aAStf7474UZpc+Vk+qBOX3s+qNnS0\n";

  @Test
  void loginsForWhichThereIsNoRoom_areRejectedAtOnceAndTheOthersAreAnswered(@TempDir Path folder)
      throws Exception {
    StringBuilder users = new StringBuilder("quick = {CLEARTEXT}right\n");
    for (int i = 0; i < LOGINS; i += 2) {
      users.append("user").append(i).append(SLOW);
    }
    Path file = Files.writeString(folder.resolve("users.properties"), users);
    UsersFile.Reading.Read read =
        (UsersFile.Reading.Read) new UsersFile(file, Set.of("push")).read();
    try (HashingThreads hashing = new HashingThreads(1, WAITING);
        LogLines log = LogLines.open();
        GateUnderTest gate =
            new GateUnderTest(
                new UsersFileSource(read.users(), hashing, InstantSource.system()),
                InstantSource.system(),
                Client.of("nas", "127.0.0.1", "a shared secret"))) {
      GateUnderTest.Port nas = gate.port(1);
      // Every second one is unknown, and waits like the others.
      List<SignedRequest> requests = new ArrayList<>();
      for (int i = 0; i < LOGINS; i++) {
        requests.add(request(i, "user" + i, "wrong"));
        nas.send(requests.getLast(), 1);
      }
      await().until(() -> withReason(gate, "busy") == LOGINS - WAITING - 1);
      assertThat(withReason(gate, "wrong-password")).isLessThan(WAITING);

      GateUnderTest.Port other = gate.port(1);
      SignedRequest quick = request(LOGINS, "quick", "right");
      other.send(quick, 1);
      gate.nextQuestion().answer().complete(new Outcome.Approved());
      assertThat(other.reply(quick).getPacketType()).isEqualTo(ACCEPT);
      assertThat(withReason(gate, "wrong-password")).isLessThan(WAITING);

      for (int i = 0; i < LOGINS; i++) {
        assertThat(nas.codeOfNextReply()).isEqualTo(REJECT);
      }
      assertThat(withReason(gate, "busy")).isEqualTo(LOGINS - WAITING - 1);
      assertThat(withReason(gate, "wrong-password")).isEqualTo(WAITING + 1);
      assertThat(log.lines())
          .filteredOn(line -> line.contains("refused, busy: 3 passwords wait to be hashed already"))
          .hasSize(LOGINS - WAITING - 1);
    }
  }

  private static SignedRequest request(int identifier, String user, String password) {
    return new SignedRequest(identifier, SECRET, new SecureRandom())
        .add(AttributeType.USER_NAME, utf8(user))
        .addPassword(utf8(password))
        .add(AttributeType.CALLING_STATION_ID, utf8("203.0.113." + identifier));
  }

  private static long withReason(GateUnderTest gate, String reason) {
    return gate.ends().stream().map(LoginEnd::reason).filter(reason::equals).count();
  }
}
