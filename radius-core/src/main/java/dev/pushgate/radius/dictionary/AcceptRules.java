package dev.pushgate.radius.dictionary;

import dev.pushgate.radius.packet.AttributeType;
import java.util.Optional;
import java.util.Set;

/**
 * Which attributes an administrator may put into an Access-Accept, and which of them once only.
 *
 * <p>From the tables of RFC 2865 section 5.44, RFC 2868 section 4, RFC 2869 section 5.19, RFC 3162
 * section 3, RFC 4372, RFC 4675 section 3.1, RFC 4818 section 4, RFC 4849 section 3, RFC 5447
 * section 5, RFC 5580 section 5, RFC 5607 section 8, RFC 6519 section 5, RFC 6911 section 4 and RFC
 * 7268 section 3.
 */
final class AcceptRules {
  private static final Set<Long> ONCE =
      Set.of(
          1L, 6L, 7L, 8L, 9L, 10L, 12L, 15L, 16L, 19L, 20L, 23L, 27L, 28L, 29L, 34L, 35L, 36L, 37L,
          39L, 57L, 59L, 62L, 63L, 71L, 72L, 85L, 88L, 89L, 96L, 100L, 124L, 132L, 133L, 134L, 135L,
          136L, 144L, 178L);

  private static final Set<Long> SEVERAL =
      Set.of(
          11L, 13L, 14L, 18L, 22L, 25L, 38L, 56L, 58L, 64L, 65L, 66L, 67L, 69L, 78L, 81L, 82L, 83L,
          90L, 91L, 92L, 97L, 98L, 99L, 123L, 125L, 168L, 169L, 170L, 171L, 172L, 174L, 180L);

  /** What a login itself brings about or what proves a password. */
  private static final Set<Long> OWN =
      Set.of(
          (long) AttributeType.USER_PASSWORD,
          (long) AttributeType.CHAP_PASSWORD,
          (long) AttributeType.STATE,
          (long) AttributeType.PROXY_STATE,
          60L,
          (long) AttributeType.EAP_MESSAGE,
          (long) AttributeType.MESSAGE_AUTHENTICATOR,
          102L);

  /** MS-CHAP, MPPE and changes of passwords (RFC 2548). */
  private static final Set<Long> OWN_OF_MICROSOFT =
      Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 11L, 12L, 16L, 17L, 19L, 20L, 21L, 25L, 26L, 27L);

  private static final long MICROSOFT = 311;

  /** Numbers from here on are for experiments and for vendors who took them. */
  private static final long FIRST_UNASSIGNED = 192;

  private AcceptRules() {}

  /** What speaks against sending it, or empty where it may be sent. */
  static Optional<String> objection(Definition definition) {
    Vendor vendor = definition.vendor();
    long number = definition.number();
    if (vendor == null && number > 255) {
      return Optional.of("has number " + number + ", which no packet can carry");
    }
    if (isOwn(definition)) {
      return Optional.of("is set by the server itself");
    }
    if (vendor == null
        && number < FIRST_UNASSIGNED
        && !ONCE.contains(number)
        && !SEVERAL.contains(number)) {
      return Optional.of("may not stand in an Access-Accept");
    }
    return definition.encryption() == 0
        ? Optional.empty()
        : Optional.of("would have to be encrypted, which this server cannot do");
  }

  /** Whether it is what a login itself brings about or what proves a password. */
  static boolean isOwn(Definition definition) {
    Vendor vendor = definition.vendor();
    return vendor == null
        ? OWN.contains(definition.number())
        : vendor.number() == MICROSOFT && OWN_OF_MICROSOFT.contains(definition.number());
  }

  /** Whether only one value may be sent. */
  static boolean isOnce(Definition definition) {
    return definition.vendor() == null && ONCE.contains(definition.number());
  }
}
