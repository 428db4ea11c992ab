package dev.pushgate.radius.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.dictionary.AttributeSelection;
import dev.pushgate.radius.dictionary.AttributeSelection.Direction;
import dev.pushgate.radius.dictionary.AttributeSelection.Reading;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.mschap.MsChap2Response;
import dev.pushgate.radius.nas.Line;
import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.MicrosoftAttribute;
import dev.pushgate.radius.packet.PacketDecoder;
import dev.pushgate.radius.packet.PacketDecoder.Decoded;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.Reply;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.packet.SignedRequest;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.UserSource.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a server answers: no exception escapes, and nobody is let in who should not be. */
class UpstreamFuzzTest {
  private static final SharedSecret SECRET = SharedSecret.of("secret");
  private static final AttributeSelection BACK =
      new AttributeSelection(
          List.of(
                  "Class",
                  "Filter-Id",
                  "Session-Timeout",
                  "Cisco-AVPair",
                  "USR-Last-Number-Dialed-Out")
              .stream()
              .map(name -> AttributeSelection.read(name, Dictionary.shipped(), Direction.ACCEPT))
              .filter(Reading.Read.class::isInstance)
              .map(read -> ((Reading.Read) read).definition())
              .toList());

  /** An attribute with octets as they come. */
  static final class Attribute {
    private final int type;
    private final byte[] value;

    Attribute(int type, byte[] value) {
      this.type = type;
      this.value = value;
    }

    @Override
    public String toString() {
      return type + "=" + HexFormat.of().formatHex(value);
    }
  }

  /** Those that mean something, Microsoft's among them, more often than others. */
  @Provide
  Arbitrary<List<Attribute>> attributes() {
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(253);
    Arbitrary<byte[]> microsoft =
        Combinators.combine(
                Arbitraries.of(2, 7, 8, 16, 17, 26),
                Arbitraries.oneOf(
                    Arbitraries.bytes().array(byte[].class).ofMaxSize(60),
                    Arbitraries.just(
                        "\1S=0123456789ABCDEF0123456789ABCDEF01234567"
                            .getBytes(StandardCharsets.US_ASCII)),
                    Arbitraries.just("\1E=648 R=0".getBytes(StandardCharsets.US_ASCII))))
            .as(
                (type, value) -> {
                  byte[] octets = new byte[6 + value.length];
                  octets[2] = 1;
                  octets[3] = 0x37;
                  octets[4] = (byte) (int) type;
                  octets[5] = (byte) (2 + value.length);
                  System.arraycopy(value, 0, octets, 6, value.length);
                  return octets;
                });
    Arbitrary<Attribute> attribute =
        Arbitraries.oneOf(
            Combinators.combine(Arbitraries.integers().between(1, 255), any).as(Attribute::new),
            Combinators.combine(Arbitraries.of(18, 24, 25, 11, 26, 27, 76, 79, 33), any)
                .as(Attribute::new),
            microsoft.map(value -> new Attribute(AttributeType.VENDOR_SPECIFIC, value)));
    return attribute.list().ofMaxSize(10);
  }

  /** Answers every request by what the function makes of it; waiting takes no time. */
  private static Line.Opener answering(
      ClockedLines clock, Function<ReceivedPacket, List<byte[]>> behaviour) {
    return _ ->
        new Line() {
          private final Queue<byte[]> answers = new ArrayDeque<>();

          @Override
          public void send(byte[] datagram) {
            if (PacketDecoder.decodeRequest(datagram, datagram.length, SECRET)
                instanceof Decoded.Packet(ReceivedPacket request)) {
              answers.addAll(behaviour.apply(request));
            }
          }

          @Override
          public Optional<byte[]> receive(Duration atMost) {
            byte[] next = answers.poll();
            if (next == null) {
              clock.pass(atMost);
            }
            return Optional.ofNullable(next);
          }

          @Override
          public void close() {}
        };
  }

  private static Answer check(boolean byMsChap2, Function<ReceivedPacket, List<byte[]>> behaviour)
      throws InterruptedException {
    ClockedLines clock = new ClockedLines();
    UpstreamServer server =
        new UpstreamServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1812), SECRET);
    try (UpstreamSource source =
        new UpstreamSource(
            new UpstreamClient(
                new UpstreamSettings(
                    List.of(server), Duration.ofSeconds(3), Duration.ofSeconds(4), false, 10),
                answering(clock, behaviour),
                clock,
                new SecureRandom()),
            new UpstreamSourceSettings(false, "pushgate", AttributeSelection.NONE, BACK))) {
      Answer answer = source.check(attempt(byMsChap2));
      return answer instanceof Answer.Asked asked
          ? asked.next().answered("1", Instant.MAX)
          : answer;
    }
  }

  private static Attempt attempt(boolean byMsChap2) {
    Password password =
        byMsChap2
            ? new Password.MsChap2(
                new MsChap2Response(new byte[1], new byte[16], new byte[16], new byte[24]))
            : new Password.Pap(new byte[] {'x'});
    byte[] datagram =
        new SignedRequest(1, SECRET, new SecureRandom())
            .add(AttributeType.USER_NAME, new byte[] {'a'})
            .addVendor(
                MicrosoftAttribute.VENDOR, MicrosoftAttribute.MS_CHAP_CHALLENGE, new byte[16])
            .addVendor(
                MicrosoftAttribute.VENDOR, MicrosoftAttribute.MS_CHAP2_RESPONSE, new byte[50])
            .encode();
    ReceivedPacket packet =
        ((Decoded.Packet) PacketDecoder.decodeRequest(datagram, datagram.length, SECRET)).packet();
    return new Attempt("a", password, null, packet, Instant.MAX);
  }

  @Property(tries = 500)
  void octets_ofAnyKind_letNobodyIn(
      @ForAll @Size(max = 5) List<@Size(max = 200) byte[]> datagrams, @ForAll boolean byMsChap2)
      throws Exception {
    assertThat(check(byMsChap2, _ -> datagrams)).isInstanceOf(Answer.Unavailable.class);
  }

  @Property(tries = 1000)
  void signedReply_ofAnyCodeAndAttributes_letsInOnlyByAnAccept(
      @ForAll @IntRange(max = 255) int anyCode,
      @ForAll boolean usual,
      @ForAll("attributes") List<Attribute> attributes,
      @ForAll boolean byMsChap2)
      throws Exception {
    int code = usual ? List.of(2, 3, 11).get(anyCode % 3) : Math.max(1, anyCode);
    Answer answer =
        check(
            byMsChap2,
            request -> {
              Reply reply = new Reply(code, request, SECRET);
              attributes.forEach(each -> reply.add(each.type, each.value));
              return List.of(reply.encode());
            });
    if (answer instanceof Answer.Right right) {
      assertThat(code).isEqualTo(2);
      assertThat(right.user().name()).isEqualTo("a");
      assertThat(right.proof() != null).isEqualTo(byMsChap2);
      assertThat(right.user().reply().encoded())
          .noneMatch(attribute -> attribute.type() == AttributeType.MESSAGE_AUTHENTICATOR);
    }
  }

  @Property(tries = 500)
  void accept_withAnyOctetChanged_letsNobodyIn(
      @ForAll @IntRange(max = 1000) int where, @ForAll @IntRange(min = 1, max = 255) int change)
      throws Exception {
    Answer answer =
        check(
            false,
            request -> {
              byte[] reply = new Reply(2, request, SECRET).add(25, new byte[] {1, 2, 3}).encode();
              byte[] changed = Arrays.copyOf(reply, reply.length);
              changed[where % reply.length] ^= (byte) change;
              return List.of(changed);
            });
    assertThat(answer).isInstanceOf(Answer.Unavailable.class);
  }
}
