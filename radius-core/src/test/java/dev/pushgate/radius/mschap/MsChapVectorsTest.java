package dev.pushgate.radius.mschap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples that RFC 2759 and RFC 3079 print, step by step. */
class MsChapVectorsTest {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  // RFC 2759 section 9.2, and the same in RFC 3079 section 3.5.3.
  private static final byte[] USER = "User".getBytes(UTF_8);
  private static final byte[] AUTHENTICATOR_CHALLENGE =
      HEX.parseHex("5B5D7C7D7B3F2F3E3C2C602132262628");
  private static final byte[] PEER_CHALLENGE = HEX.parseHex("21402324255E262A28295F2B3A337C7E");
  private static final byte[] NT_RESPONSE =
      HEX.parseHex("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");
  private static final NtPasswordHash PASSWORD = NtPasswordHash.of("clientPass".getBytes(UTF_8));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "RFC 2759 section 9.2, clientPass, 44EBBA8D5312B8D611474411F56989AE",
    "RFC 2433 appendix B.2, MyPw, FC156AF7EDCD6C0EDDE3337D427F4EAC",
  })
  void ntPasswordHash_isTheRfcs(String source, String password, String hash) {
    assertThat(NtPasswordHash.of(password.getBytes(UTF_8)).hex()).isEqualTo(hash);
  }

  @Test
  void hashOfTheHash_isThatOfRfc2759Section92() {
    assertThat(HEX.formatHex(PASSWORD.hashed())).isEqualTo("41C00C584BD2D91C4017A2A12FA59F3F");
  }

  @Test
  void challengeHash_isThatOfRfc2759Section92() {
    assertThat(
            HEX.formatHex(
                MsChap2Response.challengeHash(PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, USER)))
        .isEqualTo("D02E4386BCE91226");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "RFC 2759 section 9.2, 44EBBA8D5312B8D611474411F56989AE, D02E4386BCE91226, 82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF",
    "RFC 2433 appendix B.2, FC156AF7EDCD6C0EDDE3337D427F4EAC, 102DB5DF085D3041, 4E9D3C8F9CFD385D5BF4D3246791956CA4C351AB409A3D61",
  })
  void challengeResponse_isTheRfcs(String source, String hash, String challenge, String response) {
    assertThat(
            HEX.formatHex(
                ChallengeResponse.of(
                    HEX.parseHex(challenge), new NtPasswordHash(HEX.parseHex(hash)))))
        .isEqualTo(response);
  }

  @Test
  void response_madeOfTheExample_isThatOfRfc2759Section92() {
    assertThat(
            MsChap2Response.make(USER, AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE, PASSWORD)
                .ntResponse())
        .isEqualTo(NT_RESPONSE);
  }

  @Test
  void authenticatorResponse_isThatOfRfc2759Section92() {
    assertThat(example().check(PASSWORD).orElseThrow().authenticatorResponse())
        .isEqualTo("S=407A5589115FD0D6209F510FE9C04566932CDA56");
  }

  @Test
  void masterKey_isThatOfRfc3079Section353() {
    assertThat(HEX.formatHex(SessionKeys.masterKey(PASSWORD, NT_RESPONSE)))
        .isEqualTo("FDECE3717A8C838CB388E527AE3CDD31");
  }

  /**
   * The RFC has the server's send key only; the other is what FreeRADIUS 3.2.1 makes of the same
   * request.
   */
  @Test
  void sessionKeys_areThoseOfRfc3079Section353() {
    SessionKeys keys = Objects.requireNonNull(example().check(PASSWORD).orElseThrow().keys());

    assertThat(HEX.formatHex(keys.send())).isEqualTo("8B7CDC149B993A1BA118CB153F56DCCB");
    assertThat(HEX.formatHex(keys.receive())).isEqualTo("D5F0E9521E3EA9589645E86051C82226");
  }

  @Test
  void response_ofAnotherPasswordOrWithAnyBitTurned_isWrong() {
    assertThat(example().check(NtPasswordHash.of("clientpass".getBytes(UTF_8)))).isEmpty();
    for (int bit = 0; bit < NT_RESPONSE.length * 8; bit++) {
      byte[] altered = NT_RESPONSE.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(
              new MsChap2Response(USER, AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE, altered)
                  .check(PASSWORD))
          .as("bit %s", bit)
          .isEmpty();
    }
  }

  /** RFC 2759 section 8.2 leaves the domain out of what is hashed; some clients do not. */
  @ParameterizedTest
  @CsvSource({"BIGCO\\User, User", "BIGCO\\User, BIGCO\\User", "User@bigco, User@bigco"})
  void response_withADomain_isTakenWithWhatTheClientHashed(String sent, String hashed) {
    byte[] challenge =
        MsChap2Response.challengeHash(
            PEER_CHALLENGE, AUTHENTICATOR_CHALLENGE, hashed.getBytes(UTF_8));

    assertThat(
            new MsChap2Response(
                    sent.getBytes(UTF_8),
                    AUTHENTICATOR_CHALLENGE,
                    PEER_CHALLENGE,
                    ChallengeResponse.of(challenge, PASSWORD))
                .check(PASSWORD))
        .isPresent();
  }

  @Test
  void partsOfOtherLengths_areRefused() {
    byte[] short15 = new byte[15];

    assertThatThrownBy(() -> new NtPasswordHash(short15))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MsChap2Response(USER, short15, PEER_CHALLENGE, NT_RESPONSE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new MsChap2Response(USER, AUTHENTICATOR_CHALLENGE, short15, NT_RESPONSE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new MsChap2Response(USER, AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE, PEER_CHALLENGE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingPrinted_showsAHashOrAKey() {
    ServerProof proof = example().check(PASSWORD).orElseThrow();

    assertThat(PASSWORD + " " + proof + " " + proof.keys())
        .doesNotContainIgnoringCase("44EB")
        .doesNotContainIgnoringCase("407A")
        .doesNotContainIgnoringCase("8B7C");
  }

  private static MsChap2Response example() {
    return new MsChap2Response(USER, AUTHENTICATOR_CHALLENGE, PEER_CHALLENGE, NT_RESPONSE);
  }
}
