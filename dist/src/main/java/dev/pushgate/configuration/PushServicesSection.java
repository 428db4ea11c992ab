package dev.pushgate.configuration;

import dev.pushgate.push.notifier.CredentialsException;
import dev.pushgate.push.notifier.Uplink;
import dev.pushgate.push.notifier.apns.ApnsCredentials;
import dev.pushgate.push.notifier.apns.ApnsSettings;
import dev.pushgate.push.notifier.fcm.FcmSettings;
import dev.pushgate.push.notifier.webpush.WebPushSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads of the section {@code push} by which services phones are told. */
final class PushServicesSection {
  private static final Pattern APPLE_ID = Pattern.compile("[A-Z0-9]{10}");
  private static final Pattern PROXY_HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  private final Section push;
  private final Path folder;
  private final Set<Path> files;
  private final InstantSource clock;

  /** Reads a file with credentials. */
  private interface Reading<T> {
    T of(Path file) throws CredentialsException;
  }

  /**
   * @param files collects the files that are named
   */
  PushServicesSection(Section push, Path folder, Set<Path> files, InstantSource clock) {
    this.push = push;
    this.folder = folder;
    this.files = files;
    this.clock = clock;
  }

  PushServices read() {
    return new PushServices(apns(), fcm(), webPush(), uplink());
  }

  private Optional<ApnsSettings> apns() {
    Section apns = push.section("apns");
    if (apns.isEmpty()) {
      return Optional.empty();
    }
    Map<String, ApnsSettings.Environment> environments = new LinkedHashMap<>();
    environments.put("production", ApnsSettings.Environment.PRODUCTION);
    environments.put("sandbox", ApnsSettings.Environment.SANDBOX);
    ApnsSettings.Environment environment =
        apns.word("environment", environments, ApnsSettings.Environment.PRODUCTION);
    String topic =
        matching(
            apns,
            "topic",
            ApnsSettings::isTopic,
            "a bundle identifier",
            "Write the one of your app, such as com.example.vpn");
    if (!apns.has("topic")) {
      apns.missing("topic", "Apple does not know for which app", "Set it to the app's bundle id");
    }
    Optional<ApnsCredentials> credentials =
        apns.has("certificate") && !apns.has("key") ? appleCertificate(apns) : appleKey(apns);
    apns.refuseUnknown(Vocabulary.APNS);
    return topic == null
        ? Optional.empty()
        : credentials.map(proof -> new ApnsSettings(proof, topic, environment));
  }

  private Optional<ApnsCredentials> appleKey(Section apns) {
    String identifier = "an identifier of Apple's, which has 10 capital letters and digits";
    String keyId =
        matching(
            apns,
            "key-id",
            APPLE_ID.asMatchPredicate(),
            identifier,
            "Copy it from where the key was made");
    String teamId =
        matching(
            apns,
            "team-id",
            APPLE_ID.asMatchPredicate(),
            identifier,
            "Copy it from Apple's membership page");
    for (String key : List.of("key", "key-id", "team-id")) {
      if (!apns.has(key)) {
        apns.missing(
            key,
            "Apple takes nothing without it",
            "Set push.apns.key, key-id and team-id, or push.apns.certificate");
      }
    }
    Setting certificate = apns.setting("certificate");
    if (certificate != null) {
      certificate.warning("there is a key too, so the certificate is not used", "Remove one");
    }
    Setting key = apns.setting("key");
    return key == null || keyId == null || teamId == null
        ? Optional.empty()
        : secret(key, file -> ApnsCredentials.tokenKey(file, keyId, teamId));
  }

  private Optional<ApnsCredentials> appleCertificate(Section apns) {
    Setting certificate = apns.setting("certificate");
    Setting passwordFile = apns.setting("password-file");
    Optional<char[]> password =
        passwordFile == null ? Optional.of(new char[0]) : secret(passwordFile, PasswordFile::read);
    return certificate == null || password.isEmpty()
        ? Optional.empty()
        : secret(
            certificate,
            file -> ApnsCredentials.certificate(file, password.get(), clock.instant()));
  }

  private Optional<FcmSettings> fcm() {
    Section fcm = push.section("fcm");
    if (fcm.isEmpty()) {
      return Optional.empty();
    }
    Setting account = fcm.setting("service-account");
    if (!fcm.has("service-account")) {
      fcm.missing(
          "service-account",
          "Google does not know who sends",
          "Set it to the file that the Firebase console makes for a service account");
    }
    fcm.refuseUnknown(Vocabulary.FCM);
    return account == null ? Optional.empty() : secret(account, FcmSettings::read);
  }

  private Optional<PushServices.Browsers> webPush() {
    Section webPush = push.section("webpush");
    Map<String, Boolean> states = new LinkedHashMap<>();
    states.put("enable", true);
    states.put("disable", false);
    boolean enabled = webPush.word("status", states, true);
    Setting subject = webPush.setting("subject");
    String contact = subject == null ? null : contact(subject);
    Setting hosts = webPush.setting("hosts");
    List<String> allowed = hosts == null ? WebPushSettings.DEFAULT_HOSTS : hosts(hosts);
    webPush.refuseUnknown(Vocabulary.WEBPUSH);
    return enabled
        ? Optional.of(new PushServices.Browsers(Optional.ofNullable(contact), allowed))
        : Optional.empty();
  }

  private static @Nullable String contact(Setting setting) {
    String text = setting.text();
    if (text == null || WebPushSettings.isSubject(text)) {
      return text;
    }
    setting.problem(
        Words.quoted(text) + " is no contact",
        "Write \"mailto:\" and an address, or an https address with a full host name");
    return null;
  }

  private static List<String> hosts(Setting setting) {
    if (setting.isEmptyList()) {
      setting.problem("no host is named", "Remove the key, or write push.webpush.status = disable");
    }
    List<String> hosts = new ArrayList<>();
    for (Setting element : setting.elements()) {
      String text = element.text();
      if (text == null) {
        continue;
      }
      String host = text.toLowerCase(Locale.ROOT);
      if (WebPushSettings.isHost(host)) {
        hosts.add(host);
      } else {
        element.problem(
            Words.quoted(text) + " is not the name of a host",
            "Write one such as updates.push.services.mozilla.com, or \"*.push.apple.com\"");
      }
    }
    return hosts;
  }

  private Uplink uplink() {
    Setting proxy = push.setting("proxy");
    Setting trust = push.setting("trust");
    Optional<List<X509Certificate>> authorities =
        trust == null ? Optional.of(List.of()) : read(trust, Uplink::readAuthorities);
    return new Uplink(
        Optional.ofNullable(proxy == null ? null : proxy(proxy)), authorities.orElse(List.of()));
  }

  private static @Nullable InetSocketAddress proxy(Setting setting) {
    String text = setting.text();
    if (text == null) {
      return null;
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    Integer port = colon < 0 ? null : AddressText.port(text.substring(colon + 1));
    String name =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    boolean isHost = PROXY_HOST.matcher(name).matches() || AddressText.address(name) != null;
    if (port == null || !isHost) {
      setting.problem(
          Words.quoted(text) + " is not the address of a proxy",
          "Write a name or an address and the port, such as \"proxy.example.com:3128\"");
      return null;
    }
    return InetSocketAddress.createUnresolved(name, port);
  }

  private @Nullable String matching(
      Section section, String key, Predicate<String> form, String what, String remedy) {
    Setting setting = section.setting(key);
    String text = setting == null ? null : setting.text();
    if (setting == null || text == null || form.test(text)) {
      return text;
    }
    setting.problem(Words.quoted(text) + " is not " + what, remedy);
    return null;
  }

  /** What a file says that only the server should read, or empty where it is of no use. */
  private <T> Optional<T> secret(Setting setting, Reading<T> reading) {
    return read(
        setting,
        file -> {
          GivenFile.warnIfOpen(setting, file);
          return reading.of(file);
        });
  }

  /** What a file says, or empty where it is of no use (reported). */
  private <T> Optional<T> read(Setting setting, Reading<T> reading) {
    Path file = GivenFile.path(setting, folder);
    if (file == null) {
      return Optional.empty();
    }
    files.add(file);
    if (!GivenFile.isReadable(setting, file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(reading.of(file));
    } catch (CredentialsException e) {
      setting.problem(e.what(), e.remedy());
      return Optional.empty();
    }
  }
}
