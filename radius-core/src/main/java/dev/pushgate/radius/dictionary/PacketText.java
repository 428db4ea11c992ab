package dev.pushgate.radius.dictionary;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tinyradius.attribute.RadiusAttribute;

/**
 * The attributes of a packet as text, by the names of a dictionary.
 *
 * <p>What comes out is safe to show: texts are cut and their control characters made visible, and
 * encrypted values, keys among them, are not shown at all.
 */
public final class PacketText {
  private static final int HIGHEST_TAG = 0x1f;

  private final Dictionary dictionary;

  public PacketText(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /** {@code NAME = VALUE} of each attribute, in their order. */
  public List<String> lines(ReceivedPacket packet) {
    List<String> lines = new ArrayList<>();
    for (Object each : packet.getAttributes()) {
      RadiusAttribute attribute = (RadiusAttribute) each;
      byte[] value = attribute.getAttributeData();
      int type = attribute.getAttributeType();
      if (type == AttributeType.VENDOR_SPECIFIC) {
        lines.addAll(vendorSpecific(value));
      } else {
        lines.add(line("Attr-" + type, dictionary.find(0, type), value));
      }
    }
    return lines;
  }

  private List<String> vendorSpecific(byte[] value) {
    List<String> unknown = List.of("Vendor-Specific = " + ValueText.hex(value));
    long number = VendorPart.vendorOf(value);
    if (number < 0) {
      return unknown;
    }
    Vendor vendor = dictionary.vendor(number).orElseGet(() -> Vendor.usual("", number));
    List<String> lines = new ArrayList<>();
    for (VendorPart part : VendorPart.of(value, vendor)) {
      lines.add(
          line(
              "Attr-26." + number + "." + part.type(),
              dictionary.find(number, part.type()),
              part.value()));
    }
    return lines.isEmpty() ? unknown : lines;
  }

  private static String line(String number, Optional<Definition> found, byte[] value) {
    if (found.isEmpty()) {
      return number + " = " + ValueText.hex(value);
    }
    Definition definition = found.get();
    int tag =
        definition.tagged() && value.length > 0 && value[0] >= 0 && value[0] <= HIGHEST_TAG
            ? value[0]
            : -1;
    byte[] untagged = value;
    if (tag >= 0 && definition.type().isNumber()) {
      untagged = value.clone();
      untagged[0] = 0;
    } else if (tag >= 0) {
      untagged = Arrays.copyOfRange(value, 1, value.length);
    }
    return definition.name()
        + (tag > 0 ? ":" + tag : "")
        + " = "
        + (definition.encryption() > 0 ? "(not shown)" : ValueText.decode(untagged, definition));
  }
}
