package dev.pushgate.push.standin;

import dev.pushgate.push.device.PushAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;

/**
 * A subscription as a browser makes it, with what only the browser has.
 *
 * @param host of the push service
 * @param path of the endpoint there
 * @param applicationServerKey by which the service knows who may send: base64url
 * @param keys the browser's
 * @param auth the browser's secret of 16 octets: base64url
 */
public record BrowserSubscription(
    String host, String path, String applicationServerKey, KeyPair keys, String auth) {

  static BrowserSubscription make(String host, String path, String applicationServerKey) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      byte[] auth = new byte[16];
      new SecureRandom().nextBytes(auth);
      return new BrowserSubscription(
          host, path, applicationServerKey, generator.generateKeyPair(), text(auth));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the browser's page gets to know of it, and a server after that. */
  public PushAddress.WebPush address() {
    return new PushAddress.WebPush("https://" + host + path, text(point()), auth);
  }

  byte[] open(byte[] body) throws GeneralSecurityException {
    return new SealedBody(body)
        .open(keys.getPrivate(), point(), Base64.getUrlDecoder().decode(auth));
  }

  private byte[] point() {
    return SealedBody.point((ECPublicKey) keys.getPublic());
  }

  private static String text(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
