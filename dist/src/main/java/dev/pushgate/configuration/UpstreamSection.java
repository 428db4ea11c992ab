package dev.pushgate.configuration;

import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.dictionary.AttributeSelection;
import dev.pushgate.radius.dictionary.AttributeSelection.Direction;
import dev.pushgate.radius.dictionary.AttributeSelection.Reading;
import dev.pushgate.radius.dictionary.Definition;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.packet.SharedSecret;
import dev.pushgate.radius.upstream.UpstreamServer;
import dev.pushgate.radius.upstream.UpstreamSettings;
import dev.pushgate.radius.upstream.UpstreamSourceSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a source of users that is another RADIUS server, {@code kind = radius}. */
final class UpstreamSection {
  private static final int USUAL_PORT = 1812;
  private static final String USUAL_IDENTIFIER = "pushgate";
  private static final int LONGEST_IDENTIFIER = 253;

  /** What policies of other servers look at, and no more. */
  private static final List<String> USUALLY_TO =
      List.of("Calling-Station-Id", "Called-Station-Id", "NAS-Port-Type");

  /** What gateways take groups, addresses and times from. */
  private static final List<String> USUALLY_BACK =
      List.of(
          "Class",
          "Filter-Id",
          "Framed-IP-Address",
          "Session-Timeout",
          "Idle-Timeout",
          "Fortinet-Group-Name",
          "Cisco-AVPair",
          "ASA-Group-Policy",
          "PaloAlto-User-Group");

  private static final Map<String, Boolean> UNSIGNED_TAKEN =
      Words.table("required", false, "optional", true);
  private static final Map<String, Boolean> TYPED = Words.table("canonical", false, "typed", true);
  private static final Map<String, Boolean> SWITCH = Words.table("on", true, "off", false);

  private final Dictionary dictionary;
  private final ClientSecrets secrets;

  /**
   * @param files collects the files that are named
   */
  UpstreamSection(Path folder, Dictionary dictionary, Set<Path> files) {
    this.dictionary = dictionary;
    this.secrets = new ClientSecrets(folder, files, "source", "RADIUS server");
  }

  /** What a source says; null where it cannot be used (reported). */
  @Nullable SourceSettings read(Section section) {
    List<InetSocketAddress> addresses = addresses(section);
    SharedSecret secret = secrets.of(section);
    boolean unsignedTaken = section.word("message-authenticator", UNSIGNED_TAKEN, false);
    Setting rule = section.setting("message-authenticator");
    if (rule != null && unsignedTaken) {
      rule.warning(
          "who sits between the two servers can forge an Access-Accept (CVE-2024-3596)",
          "Let the other server send it, then write required");
    }
    Duration timeout =
        section.duration(
            "timeout",
            Duration.ofSeconds(1),
            Duration.ofMinutes(2),
            UpstreamSettings.DEFAULT_TIMEOUT);
    Duration deadTime =
        section.duration(
            "dead-time",
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            UpstreamSettings.DEFAULT_DEAD_TIME);
    boolean statusServer = section.word("status-server", SWITCH, true);
    UpstreamSourceSettings settings =
        new UpstreamSourceSettings(
            section.word("user-name", TYPED, false),
            identifier(section),
            selection(section, "pass-to", USUALLY_TO, Direction.REQUEST),
            selection(section, "pass-back", USUALLY_BACK, Direction.ACCEPT));
    section.refuseUnknown(Vocabulary.RADIUS_SOURCE);
    return addresses.isEmpty() || secret == null
        ? null
        : new UpstreamSourceInFile(
            new UpstreamSettings(
                addresses.stream()
                    .map(address -> new UpstreamServer(address, secret, unsignedTaken))
                    .toList(),
                timeout,
                deadTime,
                statusServer,
                UpstreamSettings.DEFAULT_MOST_AT_ONCE),
            settings);
  }

  private static List<InetSocketAddress> addresses(Section section) {
    Setting setting = section.setting("address");
    if (setting == null) {
      if (!section.has("address")) {
        section.missing(
            "address",
            "it is not said where the RADIUS server is",
            "Set it to its IP address, such as \"192.0.2.10\", or to a list of them");
      }
      return List.of();
    }
    NetworkList.refuseEmpty(setting);
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (Setting element : setting.elements()) {
      InetSocketAddress address = address(element);
      if (address != null && addresses.contains(address)) {
        element.problem("the same address stands in the list before", "Remove one of the two");
      } else if (address != null) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  private static @Nullable InetSocketAddress address(Setting element) {
    String text = element.text();
    if (text == null) {
      return null;
    }
    InetSocketAddress endpoint = AddressText.endpoint(text);
    InetAddress alone = AddressText.address(text);
    InetSocketAddress address =
        endpoint != null || alone == null ? endpoint : new InetSocketAddress(alone, USUAL_PORT);
    if (address == null || address.getAddress().isAnyLocalAddress()) {
      element.problem(
          Words.quoted(text) + " is not the address of a RADIUS server",
          "Write an IP address, and the port where that is not 1812, such as \"192.0.2.10:1645\"");
      return null;
    }
    if (address.getAddress().isMulticastAddress()) {
      element.problem(
          IpLiteral.text(address.getAddress()) + " is no address of a single machine",
          "Write that of the RADIUS server");
      return null;
    }
    return address;
  }

  private static String identifier(Section section) {
    Setting setting = section.setting("nas-identifier");
    String text = setting == null ? null : setting.text();
    if (setting == null || text == null) {
      return USUAL_IDENTIFIER;
    }
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (text.isBlank() || length > LONGEST_IDENTIFIER) {
      setting.problem(
          "a NAS-Identifier cannot have " + length + " octets",
          "Write 1 to " + LONGEST_IDENTIFIER + " octets");
      return USUAL_IDENTIFIER;
    }
    return text;
  }

  /** An empty list passes nothing. */
  private AttributeSelection selection(
      Section section, String key, List<String> usual, Direction direction) {
    Setting setting = section.setting(key);
    List<Definition> definitions = new ArrayList<>();
    if (setting == null) {
      for (String name : usual) {
        if (AttributeSelection.read(name, dictionary, direction)
            instanceof Reading.Read(Definition definition)) {
          definitions.add(definition);
        }
      }
      return new AttributeSelection(definitions);
    }
    for (Setting element : setting.elements()) {
      String name = element.text();
      if (name == null) {
        continue;
      }
      switch (AttributeSelection.read(name, dictionary, direction)) {
        case Reading.Read(Definition definition) -> definitions.add(definition);
        case Reading.Refused(String what, String remedy) -> element.problem(what, remedy);
        case Reading.Unknowable() -> {}
      }
    }
    return new AttributeSelection(definitions);
  }
}
