package dev.pushgate.radius.dictionary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a dictionary.
 *
 * @param name as people write it, for example {@code Framed-IP-Address}
 * @param vendor whose it is, or null for an attribute of the IETF
 * @param number among those of the vendor
 * @param length how many octets each value has, or 0 where the type alone decides
 * @param tagged whether values may have a tag (RFC 2868)
 * @param encryption 0 for none; 1 as User-Password, 2 as Tunnel-Password, 3 as Ascend-Send-Secret
 * @param values names of numbers, in the order of the dictionary
 */
public record Definition(
    String name,
    @Nullable Vendor vendor,
    long number,
    ValueType type,
    int length,
    boolean tagged,
    int encryption,
    Map<String, Long> values) {

  public Definition {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether another one stands for the same octets in packets. */
  boolean isSameAs(Definition other) {
    return key().equals(other.key())
        && type == other.type
        && tagged == other.tagged
        && encryption == other.encryption;
  }

  /** Vendor's number (0 for the IETF) and own number. */
  record Key(long vendor, long number) {}

  Key key() {
    return new Key(vendor == null ? 0 : vendor.number(), number);
  }

  /** The number that a name stands for, in any case. */
  Optional<Long> valueNamed(String text) {
    return values.entrySet().stream()
        .filter(value -> value.getKey().equalsIgnoreCase(text))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The first name of a number. */
  Optional<String> nameOf(long value) {
    return values.entrySet().stream()
        .filter(each -> each.getValue() == value)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  Definition withValues(Map<String, Long> more) {
    Map<String, Long> all = new LinkedHashMap<>(values);
    all.putAll(more);
    return new Definition(name, vendor, number, type, length, tagged, encryption, all);
  }

  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
