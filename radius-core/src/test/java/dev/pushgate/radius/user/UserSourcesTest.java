package dev.pushgate.radius.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.user.Realms.Realm;
import dev.pushgate.radius.user.UserSource.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UserSourcesTest {
  private final List<String> asked = new ArrayList<>();
  private final Listed users = new Listed("users", "alice", "bob");
  private final Listed corp = new Listed("corp", "Alice", "carol");
  private final Listed guests = new Listed("guests", "dave");
  private final UserSources sources =
      new UserSources(
          Map.of("users", users, "corp", corp, "guests", guests, "nas", new NasSource()),
          List.of("users", "corp"),
          new Realms(
              List.of(
                  new Realm("corp", List.of("CORP", "corp.example.com"), List.of("corp")),
                  new Realm("other", List.of("other"), List.of()))));

  /** Knows some names; the password is the source's name, and says who was asked. */
  private final class Listed implements UserSource {
    private final String source;
    private final Set<String> names;
    private @Nullable Answer instead;
    private @Nullable Lookup insteadFound;

    private Listed(String source, String... names) {
      this.source = source;
      this.names = Set.of(names);
    }

    @Override
    public Answer check(Attempt attempt) {
      asked.add(source + " " + attempt.userName());
      if (instead != null) {
        return instead;
      }
      return names.stream()
          .filter(name -> name.equalsIgnoreCase(attempt.userName()))
          .findFirst()
          .<Answer>map(
              name ->
                  attempt.password() instanceof Password.Pap pap
                          && new String(pap.octets(), java.nio.charset.StandardCharsets.UTF_8)
                              .equals(source)
                      ? new Answer.Right(new User(name, Set.of(source), null))
                      : new Answer.Wrong("wrong password", name))
          .orElseGet(Answer.Unknown::new);
    }

    @Override
    public Lookup find(String userName, @Nullable Client client) {
      if (insteadFound != null) {
        return insteadFound;
      }
      return names.stream()
          .filter(name -> name.equalsIgnoreCase(userName))
          .findFirst()
          .<Lookup>map(name -> new Lookup.Known(new User(name, Set.of(source), null)))
          .orElseGet(Lookup.Unknown::new);
    }

    @Override
    public boolean isCheap(Attempt attempt) {
      return source.equals("users");
    }
  }

  private static Client client(String... names) {
    return Client.of("hq", "192.0.2.1", "a secret that is long")
        .withSources(new ClientSources(List.of(names), false));
  }

  private static Attempt at(Client client, String userName, String password) {
    Attempt plain = Attempts.of(userName, password);
    return new Attempt(userName, plain.password(), client, null, Instant.MAX);
  }

  private Answer check(Client client, String userName, String password)
      throws InterruptedException {
    return sources.check(at(client, userName, password));
  }

  private static Answer right(String name, String source) {
    return new Answer.Right(new User(name, Set.of(source), null));
  }

  @Test
  void theFirstThatKnowsTheUser_decides() throws Exception {
    assertThat(check(client(), "bob", "users")).isEqualTo(right("bob", "users"));
    assertThat(check(client(), "CAROL", "corp")).isEqualTo(right("carol", "corp"));
    assertThat(asked).containsExactly("users bob", "users CAROL", "corp CAROL");
  }

  @Test
  void wrongPasswordAtTheFirstThatKnows_isWrongThoughTheNextWouldTakeIt() throws Exception {
    assertThat(check(client(), "alice", "corp"))
        .isEqualTo(new Answer.Wrong("users: wrong password", "alice"));
    assertThat(asked).containsExactly("users alice");
  }

  @Test
  void sourceThatCannotSay_isNotPassedOver() throws Exception {
    users.instead = new Answer.Unavailable("down");
    assertThat(check(client(), "carol", "corp")).isEqualTo(new Answer.Unavailable("users: down"));
    users.instead = new Answer.Busy("many");
    assertThat(check(client(), "carol", "corp")).isEqualTo(new Answer.Busy("users: many"));
    assertThat(asked).containsOnly("users carol");
  }

  @Test
  void prompt_isHandedOn() throws Exception {
    users.instead =
        new Answer.Asked("code?", Duration.ofSeconds(30), false, (_, _) -> new Answer.Unknown());
    assertThat(check(client(), "carol", "corp")).isEqualTo(users.instead);
  }

  @Test
  void clientsSources_goBeforeThoseOfTheServer() throws Exception {
    assertThat(check(client("guests"), "dave", "guests")).isEqualTo(right("dave", "guests"));
    assertThat(check(client("guests"), "bob", "users")).isEqualTo(new Answer.Unknown());
  }

  @Test
  void realmsSources_goBeforeThoseOfTheClientAndGetTheBareName() throws Exception {
    assertThat(check(client("users"), "CORP\\alice", "corp")).isEqualTo(right("Alice", "corp"));
    assertThat(check(client("users"), "alice@corp.example.com", "corp"))
        .isEqualTo(right("Alice", "corp"));
    assertThat(asked).containsOnly("corp alice");
  }

  @Test
  void realmWithoutSources_leavesThemToTheClient() throws Exception {
    assertThat(check(client("guests"), "dave@other", "guests")).isEqualTo(right("dave", "guests"));
  }

  @Test
  void unknownRealm_isPartOfTheName() throws Exception {
    assertThat(check(client(), "alice@elsewhere", "users"))
        .isEqualTo(new Answer.Unknown("users: unknown user; corp: unknown user"));
  }

  @Test
  void secondTry_isCheapOnlyWhereItIsAtEverySourceThatMayBeAsked() {
    assertThat(sources.isCheap(at(client("users"), "alice", "x"))).isTrue();
    assertThat(sources.isCheap(at(client(), "alice", "x"))).isFalse();
    assertThat(sources.isCheap(at(client("users"), "alice@corp", "x"))).isFalse();
  }

  @Test
  void spellingsWithARealm_areCountedAsOne() {
    assertThat(List.of("alice", "ALICE@corp", "CORP\\Alice", "corp/aLice"))
        .extracting(sources::counted)
        .containsOnly("alice");
    assertThat(sources.counted("alice@elsewhere")).isEqualTo("alice@elsewhere");
  }

  @Test
  void nasThatChecksPasswords_isTakenAtItsWordForPlainNamesAndThoseOfTheFile() throws Exception {
    Client nas = client("nas");
    users.insteadFound = new Lookup.Barred(new User("bob", Set.of(), null), "user is disabled");
    assertThat(sources.find("bob", nas)).isEqualTo(users.insteadFound);
    users.insteadFound = null;
    assertThat(sources.find("ALICE", nas).found()).map(User::groups).contains(Set.of("users"));
    assertThat(sources.find("CORP\\Zoe", nas).canonicalName()).contains("zoe");
    assertThat(sources.find("zoë", nas)).isEqualTo(new Lookup.Unknown());
  }

  @Test
  void nasWithSourcesBehindIt_namesOnlyWhomTheyKnow() throws Exception {
    Client nas = client("nas", "guests");
    assertThat(sources.find("dave", nas).canonicalName()).contains("dave");
    assertThat(sources.find("zoe", nas)).isEqualTo(new Lookup.Unknown());
    assertThat(sources.find("carol@corp", nas).found()).map(User::groups).contains(Set.of("corp"));
    guests.insteadFound = new Lookup.Unavailable("down");
    assertThat(sources.find("dave", nas)).isEqualTo(new Lookup.Unavailable("guests: down"));
    assertThat(sources.find("carol", client("nas", "guests", "corp")))
        .isEqualTo(new Lookup.Unavailable("guests: down"));
  }

  @Test
  void nobodyGetsInByAPasswordAtTheNasSource() throws Exception {
    assertThat(new NasSource().check(Attempts.of("alice", "x"))).isInstanceOf(Answer.Wrong.class);
  }

  @Test
  void whereNobodyLogsIn_allSourcesAreAskedAndCertaintyGoesFirst() throws Exception {
    assertThat(sources.find("dave", null).found()).map(User::groups).contains(Set.of("guests"));
    users.insteadFound = new Lookup.Unavailable("down");
    assertThat(sources.find("dave", null).canonicalName()).contains("dave");
    assertThat(sources.find("zoe", null)).isEqualTo(new Lookup.Unavailable("users: down"));
    users.insteadFound = null;
    // Somebody whom a NAS may name: there may be such a user.
    assertThat(sources.find("Zoe", null)).isEqualTo(new Lookup.CannotTell("zoe"));
  }

  @Test
  void passwordOnThePage_isShownToTheSourceThatKnowsTheUserAndToNoOther() throws Exception {
    corp.insteadFound = new Lookup.CannotTell();
    assertThat(sources.check(Attempts.of("dave", "guests"))).isEqualTo(right("dave", "guests"));
    assertThat(sources.check(Attempts.of("carol", "corp"))).isEqualTo(right("carol", "corp"));
    assertThat(asked).containsExactly("guests dave", "corp carol");
    users.insteadFound = new Lookup.Unavailable("down");
    assertThat(sources.check(Attempts.of("dave", "guests")))
        .isEqualTo(new Answer.Unavailable("users: down"));
  }

  @Test
  void sourceThatThereIsNot_isRefused() {
    assertThatThrownBy(() -> new UserSources(Map.of("users", users), List.of("ad"), Realms.NONE))
        .hasMessage("there is no source ad");
  }
}
