package dev.pushgate.push.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.policy.Ground.Weight;
import dev.pushgate.radius.Login;
import dev.pushgate.radius.Outcome;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.client.ClientDialogue;
import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.client.MessageAuthenticatorRule;
import dev.pushgate.radius.client.Mode;
import dev.pushgate.radius.client.Network;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.message.Message;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {
  private static final Policy POLICY =
      new Policy(
          Map.of(
              "admins", new GroupRule(Requirement.NUMBER, Mode.NUMBER),
              "staff", new GroupRule(Requirement.CODE, null),
              "guests", new GroupRule(Requirement.DENY, Mode.BLOCK),
              "quiet", new GroupRule(null, Mode.CHALLENGE)),
          List.of(
              network("office", "198.51.100.0/24", Requirement.NONE, true),
              network("lab", "198.51.100.64/26", Requirement.PUSH, true),
              network("far", "203.0.113.0/24", Requirement.NUMBER, false),
              network("lan6", "2001:db8::/32", Requirement.NONE, false)));

  private static NetworkRule network(
      String name, String network, Requirement requirement, boolean overrides) {
    return new NetworkRule(name, List.of(Network.parse(network)), requirement, overrides);
  }

  private static Client client(@Nullable String factor, Mode mode) {
    return new Client(
        "hq",
        List.of(Network.parse("192.0.2.1")),
        SharedSecret.of("a-secret-that-is-long"),
        ClientKind.GENERIC,
        MessageAuthenticatorRule.AUTO,
        Duration.ofSeconds(60),
        factor,
        null,
        ClientSources.DEFAULT,
        new ClientDialogue(mode, false, Language.EN, null),
        ReplyAttributes.NONE);
  }

  private static Login login(
      @Nullable String ofUser, String groups, @Nullable String ofClient, @Nullable String from) {
    return loginAt(ofUser, groups, client(ofClient, Mode.BLOCK), from);
  }

  private static Login loginAt(
      @Nullable String ofUser, String groups, Client client, @Nullable String from) {
    Set<String> all = groups.isEmpty() ? Set.of() : Set.of(groups.split(" ", -1));
    return new Login("1", new User("alice", all, ofUser), client, from, Instant.EPOCH);
  }

  /** What the user, their groups, the client and the address say, and what comes of it. */
  @ParameterizedTest
  @CsvSource({
    "             ,              ,             ,               , push-or-code",
    "none         ,              ,             ,               , none",
    "             ,              , none        ,               , none",
    "none         ,              , push        ,               , push",
    "push         ,              , none        ,               , push",
    "code         ,              , push-or-code,               , code",
    "push-or-code ,              , number      ,               , number",
    "push         ,              , deny        ,               , deny",
    "             , staff        ,             ,               , code",
    "none         , staff        , none        ,               , code",
    "push         , staff        , none        ,               , push",
    "             , staff admins ,             ,               , number",
    "             , admins guests,             ,               , deny",
    "             , quiet        ,             ,               , push-or-code",
    "             , strangers    ,             ,               , push-or-code",
    "             ,              ,             , 203.0.113.7   , number",
    "none         ,              , code        , 203.0.113.7   , number",
    "deny         ,              ,             , 203.0.113.7   , deny",
    "             ,              ,             , 203.0.114.7   , push-or-code",
    "push         ,              , number      , 198.51.100.7  , none",
    "             , guests       ,             , 198.51.100.7  , none",
    "             , guests       ,             , 198.51.100.70 , push",
    "none         ,              , none        , 198.51.100.70 , push",
    "             ,              ,             , 2001:db8::1   , none",
    "push         ,              ,             , 2001:db8::1   , push",
    "             ,              , push        , 198.51.100    , push",
    "             ,              , push        , office.example, push",
    "             ,              , push        , 3325256711    , push",
    "yubikey      ,              ,             ,               , push-or-code",
    "yubikey      , guests       ,             ,               , deny",
    "             ,              , yubikey     , 203.0.113.7   , number",
    "yubikey      ,              , code        ,               , code",
  })
  void decide_takesTheStrictestThatMatches(
      @Nullable String ofUser,
      @Nullable String groups,
      @Nullable String ofClient,
      @Nullable String from,
      String expected) {
    Login login = login(ofUser, groups == null ? "" : groups, ofClient, from);

    assertThat(POLICY.decide(login).requirement().word()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "             , block    , block",
    "             , number   , number",
    "staff        , challenge, challenge",
    "quiet        , block    , challenge",
    "quiet        , number   , challenge",
    "guests       , number   , block",
    "guests quiet , number   , challenge",
    "guests admins quiet, block, number",
  })
  void decide_takesTheModeOfAGroupBeforeThatOfTheClient(
      @Nullable String groups, String ofClient, String expected) {
    Mode mode =
        Arrays.stream(Mode.values())
            .filter(each -> each.word().equals(ofClient))
            .findFirst()
            .orElseThrow();

    assertThat(
            POLICY
                .decide(loginAt(null, groups == null ? "" : groups, client(null, mode), null))
                .mode())
        .hasToString(expected.toUpperCase(Locale.ROOT));
  }

  static Stream<Arguments> grounds() {
    return Stream.of(
        Arguments.of(
            login(null, "", null, null),
            List.of(
                "default: factor push-or-code wins (nothing else is said)",
                "client hq: mode block wins (nothing else is said)")),
        Arguments.of(
            login("code", "admins staff", "none", "203.0.113.7"),
            List.of(
                "user alice: factor code loses (another rule is stricter)",
                "group admins: factor number wins (the strictest that matches)",
                "group staff: factor code loses (another rule is stricter)",
                "client hq: factor none loses (another rule is stricter)",
                "network far: factor number wins (the strictest that matches)",
                "group admins: mode number wins (a group goes before the client)",
                "client hq: mode block loses (a group goes before the client)")),
        Arguments.of(
            login(null, "guests quiet", "push", "198.51.100.70"),
            List.of(
                "group guests: factor deny loses (a network overrides it)",
                "client hq: factor push loses (a network overrides it)",
                "network office: factor none loses (another rule is stricter)",
                "network lab: factor push wins (it overrides what is said elsewhere)",
                "group guests: mode block loses (another group's goes before)",
                "group quiet: mode challenge wins (a group goes before the client)",
                "client hq: mode block loses (a group goes before the client)")),
        Arguments.of(
            login("yubikey", "", "hotp", null),
            List.of(
                "user alice: factor yubikey wins (a plugin, which is asked in place of a push or a"
                    + " code)",
                "client hq: factor hotp loses (the user has a factor of their own)",
                "default: factor push-or-code wins (nothing else is said)",
                "client hq: mode block wins (nothing else is said)")));
  }

  @ParameterizedTest
  @MethodSource("grounds")
  void decide_tellsEveryRuleThatMatched(Login login, List<String> expected) {
    assertThat(POLICY.decide(login).grounds()).map(Ground::toString).isEqualTo(expected);
  }

  /** The order of the words is the order of the issue, and each is found by its word. */
  @Test
  void requirements_standInTheOrderOfTheirStrictness() {
    assertThat(Requirement.values())
        .extracting(Requirement::word)
        .containsExactly("deny", "number", "push", "code", "push-or-code", "none");
    assertThat(Requirement.values())
        .allSatisfy(each -> assertThat(Requirement.of(each.word())).contains(each));
    assertThat(Requirement.of("DENY")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ",,",
    "push,,",
    ",code,",
    "yubikey,,yubikey",
    ",yubikey,yubikey",
    "yubikey,deny,yubikey",
    "deny,yubikey,",
    "yubikey,hotp,yubikey",
  })
  void plugin_isThatOfTheUserElseThatOfTheClient(
      @Nullable String ofUser, @Nullable String ofClient, @Nullable String expected) {
    Optional<String> plugin =
        Policy.plugin(new User("alice", Set.of(), ofUser), client(ofClient, Mode.BLOCK));

    assertThat(plugin).isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void aPlugin_isNeverAskedWhereThePolicyDenies() throws InterruptedException {
    UnlessDenied factor = new UnlessDenied(() -> POLICY, (_, _) -> new Outcome.Approved("push"));

    assertThat(factor.verify(login("yubikey", "guests", null, null), Instant.MAX))
        .isEqualTo(new Outcome.Denied("not-allowed", Message.NOT_ALLOWED.in(Language.EN)));
    assertThat(factor.verify(login("yubikey", "admins", null, null), Instant.MAX))
        .isEqualTo(new Outcome.Approved("push"));
  }

  @ParameterizedTest
  @EnumSource(Weight.class)
  void weight_saysWhy(Weight weight) {
    assertThat(weight.why()).isNotBlank().doesNotEndWith(".");
  }

  @Test
  void aNameInAGround_isMadeSafeToShow() {
    Login login =
        new Login(
            "1",
            new User("al\u0007ice", Set.of(), "push"),
            client(null, Mode.BLOCK),
            null,
            Instant.EPOCH);

    assertThat(POLICY.decide(login).grounds().getFirst()).asString().contains("al\\u{7}ice");
  }
}
