package dev.pushgate.radius.packet;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an Access-Accept carries besides what a login itself brings about: attributes by their
 * names, encoded when the configuration was read. Immutable.
 */
public final class ReplyAttributes {
  /** No attributes. */
  public static final ReplyAttributes NONE = new ReplyAttributes(Map.of());

  /** How many octets fit in a packet beside header and Message-Authenticator. */
  public static final int MOST = 4096 - 20 - 18;

  /** How many of them pam_radius reads. */
  public static final int MOST_FOR_PAM = 1024 - 20 - 18;

  /** The Service-Type Framed (RFC 2865 section 5.6). */
  private static final byte[] FRAMED = {0, 0, 0, 2};

  private final Map<String, List<EncodedAttribute>> byName;
  private final List<EncodedAttribute> encoded;

  private ReplyAttributes(Map<String, List<EncodedAttribute>> byName) {
    this.byName = Collections.unmodifiableMap(byName);
    this.encoded = byName.values().stream().flatMap(List::stream).toList();
  }

  /** One attribute with its values, in their order. */
  public static ReplyAttributes of(String name, List<EncodedAttribute> values) {
    return new ReplyAttributes(Map.of(name, List.copyOf(values)));
  }

  /** These and, of the others, those attributes that are not named here at all. */
  public ReplyAttributes or(ReplyAttributes others) {
    if (others.byName.isEmpty() || byName.isEmpty()) {
      return byName.isEmpty() ? others : this;
    }
    Map<String, List<EncodedAttribute>> all = new LinkedHashMap<>(byName);
    others.byName.forEach(all::putIfAbsent);
    return new ReplyAttributes(all);
  }

  /** These and the others; of an attribute that both name, the values of both, each once. */
  public ReplyAttributes and(ReplyAttributes others) {
    return and(others, name -> false);
  }

  /**
   * As {@link #and(ReplyAttributes)}.
   *
   * @param single tells by its name whether an attribute can be sent once only, so that the others'
   *     is not needed
   */
  public ReplyAttributes and(ReplyAttributes others, Predicate<String> single) {
    Map<String, List<EncodedAttribute>> all = new LinkedHashMap<>(byName);
    others.byName.forEach(
        (name, values) -> {
          List<EncodedAttribute> before = all.putIfAbsent(name, values);
          if (before != null && !single.test(name)) {
            Set<EncodedAttribute> both = new LinkedHashSet<>(before);
            both.addAll(values);
            all.put(name, List.copyOf(both));
          }
        });
    return new ReplyAttributes(all);
  }

  /** Names of the attributes, in their order. */
  public Set<String> names() {
    return byName.keySet();
  }

  /** All of them as they go into a packet, in their order. */
  public List<EncodedAttribute> encoded() {
    return encoded;
  }

  /** Whether they ask for another service than a framed one, for which ocserv fails a login. */
  public boolean askForOtherServiceThanFramed() {
    return encoded.stream()
        .filter(attribute -> attribute.type() == AttributeType.SERVICE_TYPE)
        .anyMatch(attribute -> !Arrays.equals(attribute.value(), FRAMED));
  }

  /** How many octets they take in a packet. */
  public int length() {
    return encoded.stream().mapToInt(EncodedAttribute::length).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReplyAttributes that && byName.equals(that.byName);
  }

  @Override
  public int hashCode() {
    return byName.hashCode();
  }

  /** Names alone. */
  @Override
  public String toString() {
    return "ReplyAttributes" + byName.keySet();
  }
}
