package dev.pushgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.EncodedAttribute;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.GroupReplies;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said here of a group counts for members whom a directory names in its own spelling. */
class LocalGroupsTest {
  private static final User OF_THE_DIRECTORY =
      new User("alice", Set.of("VPN Users", "STAFF", "elsewhere"), null);
  private static final ReplyAttributes OF_STAFF =
      ReplyAttributes.of(
          "Filter-Id", List.of(new EncodedAttribute(11, "staff".getBytes(StandardCharsets.UTF_8))));

  private UserSource.Answer answer = new UserSource.Answer.Right(OF_THE_DIRECTORY);
  private Lookup found = new Lookup.Known(OF_THE_DIRECTORY);
  private final UserSource source =
      new LocalGroups(
          new UserSource() {
            @Override
            public Answer check(Attempt attempt) {
              return answer;
            }

            @Override
            public Lookup find(String userName, @Nullable Client client) {
              return found;
            }
          },
          () -> new GroupReplies(Map.of("staff", OF_STAFF), _ -> false),
          () -> Set.of("vpn users", "Vpn Users", "admins"));

  private static void assertIsOfHere(User user) {
    assertThat(user.name()).isEqualTo("alice");
    assertThat(user.groups())
        .containsExactlyInAnyOrder("vpn users", "Vpn Users", "staff", "elsewhere");
    assertThat(user.reply().encoded()).isEqualTo(OF_STAFF.encoded());
  }

  private UserSource.Answer check() throws InterruptedException {
    return source.check(new Attempt("alice", new Password.Pap(new byte[] {1}), Instant.MAX));
  }

  @Test
  void groupsOfAUserWhoLogsIn_areSpelledAsHere() throws Exception {
    assertThat(check())
        .isInstanceOfSatisfying(
            UserSource.Answer.Right.class, right -> assertIsOfHere(right.user()));
  }

  @Test
  void groupsBehindAPrompt_areSpelledAsHere() throws Exception {
    UserSource.Answer right = answer;
    answer = new UserSource.Answer.Asked("?", Duration.ofSeconds(30), false, (_, _) -> right);
    assertThat(check()).isInstanceOf(UserSource.Answer.Asked.class);
    assertThat(((UserSource.Answer.Asked) check()).next().answered("", Instant.MAX))
        .isInstanceOfSatisfying(
            UserSource.Answer.Right.class, later -> assertIsOfHere(later.user()));
  }

  @Test
  void groupsOfAUserWhoIsLookedUp_areSpelledAsHere() throws Exception {
    assertIsOfHere(source.find("alice", null).found().orElseThrow());
    found = new Lookup.Barred(OF_THE_DIRECTORY, "locked");
    assertIsOfHere(source.find("alice", null).found().orElseThrow());
  }

  @Test
  void refusal_staysAsItIs() throws Exception {
    answer = new UserSource.Answer.Wrong("wrong password", "alice");
    assertThat(check()).isSameAs(answer);
    found = new Lookup.Unknown();
    assertThat(source.find("alice", null)).isEqualTo(found);
  }
}
