package dev.pushgate.push.signed;

import java.nio.charset.StandardCharsets;

/**
 * What a device's signatures are checked with. The kind of the key says which protocol the device
 * speaks; none takes a key of another kind.
 */
public sealed interface DeviceKey permits PhoneKey, RsaKey {

  /** The JWK with its required members only, in the one spelling of RFC 7638 section 3. */
  String jwk();

  /**
   * Reads what {@link #jwk()} wrote.
   *
   * @throws IllegalArgumentException when something else wrote it
   */
  static DeviceKey ofStored(String jwk) {
    try {
      JsonMembers members = JsonMembers.parse(jwk.getBytes(StandardCharsets.UTF_8), "a stored key");
      return members.text("kty").equals("RSA") ? RsaKey.of(members) : PhoneKey.of(members);
    } catch (MalformedException e) {
      throw new IllegalArgumentException("a stored key is damaged", e);
    }
  }
}
