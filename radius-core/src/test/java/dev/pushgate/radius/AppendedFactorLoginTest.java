package dev.pushgate.radius;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.Clients;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.exchange.Exchanges;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.nas.Nas;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A code or "push" behind the password and a comma, over real UDP. */
final class AppendedFactorLoginTest {
  private static final SharedSecret SECRET = SharedSecret.of("a shared secret");

  /** What the source of users was asked, in order. */
  private final List<String> tries = Collections.synchronizedList(new ArrayList<>());

  private final List<@Nullable String> appended = Collections.synchronizedList(new ArrayList<>());

  /** Knows one password, and counts. */
  private final class CountingSource implements UserSource {
    private final String password;
    private final boolean cheap;

    CountingSource(String password, boolean cheap) {
      this.password = password;
      this.cheap = cheap;
    }

    @Override
    public Answer check(Attempt attempt) {
      String userName = attempt.userName();
      Password offered = attempt.password();
      String text =
          offered instanceof Password.Pap pap
              ? new String(pap.octets(), StandardCharsets.UTF_8)
              : "";
      tries.add(text);
      return text.equals(password)
          ? new Answer.Right(new User(userName, Set.of(), null))
          : new Answer.Wrong("wrong password");
    }

    @Override
    public boolean isCheap(Attempt attempt) {
      return cheap;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // password, cheap, append on, typed, tries, what the factor gets (none: refused)
        "secret        | false | true  | secret,123456        | secret                     | 123456",
        "secret        | true  | true  | secret,123456        | secret,123456 secret       | 123456",
        "secret,123456 | true  | true  | secret,123456        | secret,123456              | -",
        "secret,123456 | false | true  | secret,123456        | secret                     | none",
        "secret,word   | false | true  | secret,word          | secret,word                | -",
        "secret,word   | false | true  | secret,word,push     | secret,word                | push",
        "secret        | false | true  | secret               | secret                     | -",
        "secret        | false | false | secret,123456        | secret,123456              | none",
      })
  void typed_isSplitWithOneTryAtTheSource(
      String password,
      boolean cheap,
      boolean append,
      String typed,
      String expectedTries,
      @Nullable String expected)
      throws Exception {
    Client client =
        Client.of("nas", "127.0.0.1", "a shared secret")
            .withDialogue(
                ClientKind.GENERIC, new ClientDialogue(Mode.BLOCK, append, Language.DEFAULT, null));
    SecondFactor factor =
        (login, _) -> {
          appended.add(login.appended());
          return new Outcome.Approved("code");
        };
    try (RadiusGate gate =
        new RadiusGate(
            new GateSettings(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                Duration.ZERO,
                Exchanges.Bounds.DEFAULT),
            Clients.of(client),
            new CountingSource(password, cheap),
            Map.of(Client.DEFAULT_FACTOR, factor),
            InstantSource.system(),
            new SecureRandom())) {
      gate.start();
      try (Nas nas = new Nas(gate.addresses().getFirst(), SECRET, new SecureRandom())) {
        var _ =
            nas.ask(
                nas.request("alice", typed.getBytes(StandardCharsets.UTF_8)),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Nas.Progress.NONE);
      }
    }

    assertThat(tries).containsExactly(expectedTries.split(" "));
    if ("none".equals(expected)) {
      assertThat(appended).isEmpty();
    } else {
      assertThat(appended).containsExactly(expected);
    }
  }
}
