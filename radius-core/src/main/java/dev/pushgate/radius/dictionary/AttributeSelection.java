package dev.pushgate.radius.dictionary;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.EncodedAttribute;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.ReplyAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Attributes that are taken over as they are from one packet into another, by name. Immutable.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>What proves a password, hides a key, signs a packet or continues a dialogue cannot be among
 * them.
 */
public record AttributeSelection(List<Definition> definitions) {
  /** Nothing. */
  public static final AttributeSelection NONE = new AttributeSelection(List.of());

  /** Set by whoever asks, or bound to the packet that they stand in. */
  private static final Set<Long> NEVER_IN_A_REQUEST =
      Set.of(
          (long) AttributeType.USER_NAME,
          (long) AttributeType.USER_PASSWORD,
          (long) AttributeType.CHAP_PASSWORD,
          (long) AttributeType.STATE,
          (long) AttributeType.NAS_IDENTIFIER,
          (long) AttributeType.PROXY_STATE,
          (long) AttributeType.CHAP_CHALLENGE,
          (long) AttributeType.EAP_MESSAGE,
          (long) AttributeType.MESSAGE_AUTHENTICATOR);

  public AttributeSelection {
    definitions = List.copyOf(definitions);
  }

  /** Into which packet. */
  public enum Direction {
    /** From a NAS's Access-Request into one of ours. */
    REQUEST,
    /** From another server's Access-Accept into ours. */
    ACCEPT
  }

  /** What came of reading a name. */
  public sealed interface Reading {
    /** It can be passed. */
    record Read(Definition definition) implements Reading {}

    /** It cannot. */
    record Refused(String what, String remedy) implements Reading {}

    /** The name may stand in a dictionary that could not be read; its problems are known. */
    record Unknowable() implements Reading {}
  }

  /** Looks up a name, in any case, and whether the attribute may be passed that way. */
  public static Reading read(String name, Dictionary dictionary, Direction direction) {
    Optional<Definition> found = dictionary.find(name);
    if (found.isEmpty()) {
      return dictionary.isWhole()
          ? new Reading.Refused(
              ReplyAttributeReader.whyUnknown(name),
              ReplyAttributeReader.remedyForUnknown(dictionary.nearest(name)))
          : new Reading.Unknowable();
    }
    Definition definition = found.get();
    return objection(definition, direction)
        .<Reading>map(what -> new Reading.Refused(definition.name() + " " + what, "Remove it"))
        .orElseGet(() -> new Reading.Read(definition));
  }

  private static Optional<String> objection(Definition definition, Direction direction) {
    if (direction == Direction.ACCEPT) {
      return isOfTheIetf(definition, AttributeType.REPLY_MESSAGE)
          ? Optional.of("is text of another server, which users are not shown with an Accept")
          : AcceptRules.objection(definition);
    }
    if (definition.vendor() == null && definition.number() > 255) {
      return Optional.of("has number " + definition.number() + ", which no packet can carry");
    }
    if (definition.vendor() == null
        ? NEVER_IN_A_REQUEST.contains(definition.number())
        : AcceptRules.isOwn(definition)) {
      return Optional.of("is set by the server itself");
    }
    return definition.encryption() == 0
        ? Optional.empty()
        : Optional.of("is encrypted for one receiver and cannot be passed on");
  }

  private static boolean isOfTheIetf(Definition definition, int number) {
    return definition.vendor() == null && definition.number() == number;
  }

  /** Those of a packet, as they stand in it; of what can be sent once only, the first. */
  public ReplyAttributes of(ReceivedPacket packet) {
    ReplyAttributes all = ReplyAttributes.NONE;
    for (Definition definition : definitions) {
      List<EncodedAttribute> values = values(definition, packet);
      if (!values.isEmpty()) {
        all =
            all.or(
                ReplyAttributes.of(
                    definition.name(),
                    AcceptRules.isOnce(definition) ? List.of(values.getFirst()) : values));
      }
    }
    return all;
  }

  private static List<EncodedAttribute> values(Definition definition, ReceivedPacket packet) {
    Vendor vendor = definition.vendor();
    List<EncodedAttribute> values = new ArrayList<>();
    if (vendor == null) {
      int number = (int) definition.number();
      packet.values(number).forEach(value -> values.add(new EncodedAttribute(number, value)));
      return values;
    }
    for (byte[] value : packet.values(AttributeType.VENDOR_SPECIFIC)) {
      if (VendorPart.vendorOf(value) == vendor.number()) {
        VendorPart.of(value, vendor).stream()
            .filter(part -> part.type() == definition.number())
            .map(part -> encoded(part, vendor))
            .forEach(values::add);
      }
    }
    return values;
  }

  private static EncodedAttribute encoded(VendorPart part, Vendor vendor) {
    return EncodedAttribute.ofVendor(
        vendor.number(), vendor.typeOctets(), vendor.lengthOctets(), part.type(), part.value());
  }
}
