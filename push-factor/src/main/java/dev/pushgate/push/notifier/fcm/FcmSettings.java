package dev.pushgate.push.notifier.fcm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushgate.push.notifier.CredentialsException;
import dev.pushgate.push.notifier.CredentialsFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is needed of a Google service account to send messages in the name of a Firebase project.
 *
 * @param projectId the Firebase project whose apps are told
 * @param clientEmail name of the service account
 * @param privateKeyId which of the account's keys this is
 * @param privateKey RSA key that proves to be that account
 * @param tokenUri where Google gives access tokens for it; https, and a host of Google's
 */
public record FcmSettings(
    String projectId,
    String clientEmail,
    String privateKeyId,
    PrivateKey privateKey,
    URI tokenUri) {

  private static final String GOOGLE = "googleapis.com";
  private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";
  private static final int HTTPS_PORT = 443;

  /** It becomes part of a URL. Old projects have the name of a domain before a colon. */
  private static final Pattern PROJECT_ID = Pattern.compile("[a-z0-9.:-]{1,128}");

  private static final Pattern EMAIL = Pattern.compile("[!-~&&[^@]]{1,128}@[a-zA-Z0-9.-]{1,128}");
  private static final Pattern KEY_ID = Pattern.compile("[!-~]{1,128}");
  private static final Pattern PEM =
      Pattern.compile("\\s*-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----\\s*");

  private static final String WANTED =
      "the service account file that the Firebase console gives out (docs/fcm.md)";
  private static final String NEW_FILE =
      "Get a new file in the Firebase console: Project settings, Service accounts, Generate new"
          + " private key (docs/fcm.md)";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads and checks a service account file as the Firebase console gives it. It does not ask
   * Google whether the account still lives.
   *
   * @param serviceAccount a JSON file of at most 64 KiB
   * @throws CredentialsException when the file cannot be used; nothing of its content is in the
   *     text
   */
  public static FcmSettings read(Path serviceAccount) throws CredentialsException {
    JsonNode file = parse(serviceAccount, CredentialsFile.read(serviceAccount, WANTED));
    if (!"service_account".equals(text(file, "type"))) {
      throw new CredentialsException(
          serviceAccount + " is not a service account file: its type is not service_account",
          "The google-services.json of an app does not do. " + NEW_FILE);
    }
    String universe = text(file, "universe_domain");
    if (file.has("universe_domain") && !GOOGLE.equals(universe)) {
      throw new CredentialsException(
          serviceAccount + ": universe_domain is not " + GOOGLE,
          "Firebase exists in Google's public cloud only. " + NEW_FILE);
    }
    return new FcmSettings(
        member(serviceAccount, file, "project_id", PROJECT_ID),
        member(serviceAccount, file, "client_email", EMAIL),
        member(serviceAccount, file, "private_key_id", KEY_ID),
        key(serviceAccount, file),
        tokenUri(serviceAccount, file));
  }

  private static JsonNode parse(Path file, byte[] octets) throws CredentialsException {
    try {
      JsonNode node = JSON.readTree(octets);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // Its text shows a part of the file.
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory does not fail", e);
    }
    throw new CredentialsException(file + " is not a JSON object", NEW_FILE);
  }

  private static @Nullable String text(JsonNode file, String name) {
    return file.path(name).textValue();
  }

  private static String member(Path path, JsonNode file, String name, Pattern form)
      throws CredentialsException {
    String value = text(file, name);
    if (value == null) {
      throw new CredentialsException(path + " has no " + name, NEW_FILE);
    }
    if (!form.matcher(value).matches()) {
      throw new CredentialsException(path + ": " + name + " is not of its form", NEW_FILE);
    }
    return value;
  }

  private static PrivateKey key(Path path, JsonNode file) throws CredentialsException {
    String pem = text(file, "private_key");
    if (pem == null) {
      throw new CredentialsException(path + " has no private_key", NEW_FILE);
    }
    Matcher matcher = PEM.matcher(pem);
    if (matcher.matches()) {
      try {
        byte[] octets = Base64.getMimeDecoder().decode(matcher.group(1));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(octets));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        // Their texts may show a part of the key.
      }
    }
    throw new CredentialsException(
        path + ": private_key is not an RSA key in PKCS#8 and PEM", NEW_FILE);
  }

  /** Whoever is named here gets what proves to Google that we are the account. */
  private static URI tokenUri(Path path, JsonNode file) throws CredentialsException {
    String named = text(file, "token_uri");
    if (!file.has("token_uri")) {
      return URI.create(TOKEN_URI);
    }
    try {
      URI uri = URI.create(named == null ? "" : named);
      if (isGoogles(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Not even a URI.
    }
    throw new CredentialsException(
        path + ": token_uri is not an https address of a host under " + GOOGLE,
        "Somebody may have changed the file. " + NEW_FILE);
  }

  private static boolean isGoogles(URI uri) {
    String host = uri.getHost();
    return "https".equals(uri.getScheme())
        && host != null
        && host.endsWith("." + GOOGLE)
        && uri.getRawUserInfo() == null
        && (uri.getPort() == -1 || uri.getPort() == HTTPS_PORT);
  }

  @Override
  public String toString() {
    return "FcmSettings[project=" + projectId + ", the rest is not shown]";
  }
}
