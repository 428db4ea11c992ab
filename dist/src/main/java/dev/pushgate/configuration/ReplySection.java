package dev.pushgate.configuration;

import dev.pushgate.radius.client.ClientKind;
import dev.pushgate.radius.dictionary.ReplyAttributeReader;
import dev.pushgate.radius.dictionary.ReplyAttributeReader.Reading;
import dev.pushgate.radius.packet.ReplyAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the section {@code reply} of a client: attributes by their names. */
final class ReplySection {
  private final ReplyAttributeReader reader;
  private final ClientKind kind;

  /**
   * @param kind what product the client is
   */
  ReplySection(ReplyAttributeReader reader, ClientKind kind) {
    this.reader = reader;
    this.kind = kind;
  }

  ReplyAttributes read(Section section) {
    ReplyAttributes all = ReplyAttributes.NONE;
    for (Map.Entry<String, Setting> entry : section.settings().entrySet()) {
      all = all.and(attribute(entry.getKey(), entry.getValue()));
    }
    if (all.length() > ReplyAttributes.MOST) {
      section.problem(
          "the attributes have %d octets, and a packet can carry %d"
              .formatted(all.length(), ReplyAttributes.MOST),
          "Remove some");
    } else if (kind == ClientKind.PAM && all.length() > ReplyAttributes.MOST_FOR_PAM) {
      section.warning(
          "the attributes have %d octets, and pam_radius takes %d"
              .formatted(all.length(), ReplyAttributes.MOST_FOR_PAM),
          "Remove some");
    }
    return all;
  }

  private ReplyAttributes attribute(String name, Setting setting) {
    if (setting.isEmptyList()) {
      setting.problem("the list is empty", "Write a value, or remove the key");
      return ReplyAttributes.NONE;
    }
    List<String> values = new ArrayList<>();
    for (Setting element : setting.elements()) {
      String text = element.text();
      if (text != null) {
        values.add(text);
      }
    }
    if (values.isEmpty()) {
      return ReplyAttributes.NONE;
    }
    return switch (reader.read(name, values)) {
      case Reading.Read(ReplyAttributes read) -> {
        if (kind == ClientKind.OCSERV && read.askForOtherServiceThanFramed()) {
          setting.warning(
              "ocserv fails logins whose Service-Type is not Framed-User",
              "Write Framed-User, or remove the key");
        }
        yield read;
      }
      case Reading.Refused(String what, String remedy) -> {
        setting.problem(what, remedy);
        yield ReplyAttributes.NONE;
      }
      case Reading.Unknowable() -> ReplyAttributes.NONE;
    };
  }
}
