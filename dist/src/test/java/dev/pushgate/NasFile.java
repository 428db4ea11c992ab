package dev.pushgate;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.pushgate.radius.client.ClientKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One login as one product sends it, read from a file; README.md beside the files tells the format.
 *
 * @param name of the file, without its ending
 * @param kind what Pushgate is told that this client is
 * @param answerWithin what Pushgate is told of its patience
 * @param group whether its addresses are clients of one login-group
 * @param dialogue whether the login begins with an Access-Challenge
 * @param joins whether its packets tell enough to see that they are one login
 * @param givesUp when, after its first packet, the client has had enough
 * @param packets in the order of their sending
 * @param otherSession what differs in another session of the same user
 */
record NasFile(
    String name,
    ClientKind kind,
    Duration answerWithin,
    boolean group,
    boolean dialogue,
    boolean joins,
    Duration givesUp,
    List<Packet> packets,
    OtherSession otherSession) {

  private static final String ENDING = ".conf";

  /** Which answer to the packet before lets a packet be sent. */
  enum After {
    NOTHING,
    REJECT,
    CHALLENGE
  }

  /**
   * One sending.
   *
   * @param at since the first packet, or since the answer that it waits for
   * @param again number of the earlier packet, from 1, whose octets these are; none for a new one
   * @param attributes in the order of the wire; empty where the octets are those of an earlier one
   */
  record Packet(
      int number,
      Duration at,
      String port,
      int from,
      int to,
      int identifier,
      OptionalInt again,
      After after,
      List<NasAttribute> attributes) {

    /** Whether it brings back the State of a challenge. */
    boolean answersChallenge() {
      return attributes.stream().anyMatch(attribute -> attribute.value().equals("{state}"));
    }
  }

  /**
   * Another session of the same user at the same NAS.
   *
   * @param attributes instead of those of the same name
   * @param ownPorts whether it has source ports of its own
   */
  record OtherSession(List<NasAttribute> attributes, boolean ownPorts) {

    /** What this session has in place of the first one's. */
    NasAttribute inPlaceOf(NasAttribute attribute) {
      return attributes.stream()
          .filter(other -> other.replaces(attribute))
          .findFirst()
          .orElse(attribute);
    }
  }

  /** All files, by name. */
  static List<NasFile> all() {
    try (Stream<Path> files =
        Files.list(Path.of(Objects.requireNonNull(NasFile.class.getResource("nas")).toURI()))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .sorted()
          .map(NasFile::read)
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static NasFile read(Path file) {
    Config root =
        ConfigFactory.parseFile(file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
            .resolve();
    String name = file.getFileName().toString();
    Config pushgate = root.getConfig("pushgate");
    Config other = root.getConfig("other-session");
    return new NasFile(
        name.substring(0, name.length() - ENDING.length()),
        ClientKind.valueOf(pushgate.getString("kind").toUpperCase(Locale.ROOT).replace('-', '_')),
        pushgate.getDuration("answer-within"),
        pushgate.hasPath("login-group") && pushgate.getBoolean("login-group"),
        pushgate.hasPath("dialogue") && pushgate.getBoolean("dialogue"),
        !root.hasPath("joins") || root.getBoolean("joins"),
        root.getDuration("gives-up"),
        packets(root),
        new OtherSession(attributes(other), other.getString("port").equals("own")));
  }

  private static List<Packet> packets(Config root) {
    List<NasAttribute> common = root.hasPath("attributes") ? attributes(root) : List.of();
    List<Packet> packets = new ArrayList<>();
    for (Config each : root.getConfigList("packets")) {
      packets.add(packet(each, packets, common));
    }
    return List.copyOf(packets);
  }

  private static Packet packet(Config config, List<Packet> before, List<NasAttribute> common) {
    int number = before.size() + 1;
    Duration at = config.getDuration("at");
    if (config.hasPath("again")) {
      Packet first = before.get(config.getInt("again") - 1);
      return new Packet(
          number,
          at,
          first.port(),
          first.from(),
          config.hasPath("to") ? config.getInt("to") : first.to(),
          first.identifier(),
          OptionalInt.of(first.number()),
          After.NOTHING,
          List.of());
    }
    return new Packet(
        number,
        at,
        config.hasPath("port")
            ? config.getString("port")
            : before.isEmpty() ? "a" : before.getLast().port(),
        config.hasPath("from") ? config.getInt("from") : 1,
        config.hasPath("to") ? config.getInt("to") : before.isEmpty() ? 1 : before.getLast().to(),
        config.getInt("identifier"),
        OptionalInt.empty(),
        config.hasPath("after")
            ? After.valueOf(config.getString("after").toUpperCase(Locale.ROOT))
            : After.NOTHING,
        config.hasPath("attributes") ? attributes(config) : common);
  }

  private static List<NasAttribute> attributes(Config config) {
    return config.getStringList("attributes").stream().map(NasAttribute::parse).toList();
  }

  /** How many sendings it has when no answer comes. */
  int unprompted() {
    return (int) packets.stream().filter(packet -> packet.after() == After.NOTHING).count();
  }

  /** How many different packets those are. */
  int newPackets() {
    return (int)
        packets.stream()
            .filter(packet -> packet.after() == After.NOTHING && packet.again().isEmpty())
            .count();
  }

  @Override
  public String toString() {
    return name;
  }
}
