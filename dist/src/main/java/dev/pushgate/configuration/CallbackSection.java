package dev.pushgate.configuration;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code callback}. */
final class CallbackSection {
  private static final Pattern INTERFACE = Pattern.compile("[^\\s/\\p{Cntrl}]{1,64}");

  private final Section callback;
  private final Path folder;
  private final Set<Path> files;

  /**
   * @param files collects the files that are named
   */
  CallbackSection(Section callback, Path folder, Set<Path> files) {
    this.callback = callback;
    this.folder = folder;
    this.files = files;
  }

  CallbackSettings read() {
    List<String> allowAccess = allowAccess();
    CallbackSettings.Tls tls = tls();
    Setting publicUrl = callback.setting("public-url");
    URI url = publicUrl == null ? null : PublicUrl.read(publicUrl);
    callback.refuseUnknown(Vocabulary.CALLBACK);
    return new CallbackSettings(allowAccess, tls, url);
  }

  private List<String> allowAccess() {
    List<String> names = new ArrayList<>();
    Setting setting = callback.setting("allow-access");
    if (!callback.has("allow-access") || (setting != null && setting.isEmptyList())) {
      callback.warnOfMissing(
          "allow-access",
          "no interface is named, so phones may call on all of them",
          "Name those that phones reach, for example [ eth0 ]");
    } else if (setting != null) {
      for (Setting element : setting.elements()) {
        String name = element.text();
        if (name != null && isInterface(element, name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static boolean isInterface(Setting element, String name) {
    InetAddress address = AddressText.address(name);
    if (address != null && address.isAnyLocalAddress()) {
      element.problem(
          Words.quoted(name) + " is the address of no interface",
          "Name the interface, or write \"*\" for all");
      return false;
    }
    if (address == null && !INTERFACE.matcher(name).matches()) {
      element.problem(
          Words.quoted(name) + " is neither an interface nor an IP address",
          "Write an interface such as eth0, a pattern such as \"eth*\", or this machine's address"
              + " on it");
      return false;
    }
    return true;
  }

  private CallbackSettings.@Nullable Tls tls() {
    Setting certificate = callback.setting("certificate");
    Setting key = callback.setting("key");
    if (certificate == null && key == null) {
      if (!callback.has("certificate") && !callback.has("key")) {
        callback.warnOfMissing(
            "certificate",
            "none is given, so phones get a self-signed one that they do not trust",
            "Set callback.certificate and callback.key");
      }
      return null;
    }
    if (certificate != null && !callback.has("key")) {
      certificate.problem(
          "there is a certificate but no callback.key",
          "Set callback.key to the file of its private key, or remove callback.certificate");
    }
    if (key != null && !callback.has("certificate")) {
      key.problem(
          "there is a key but no callback.certificate",
          "Set callback.certificate to the file of its certificate, or remove callback.key");
    }
    Path certificateFile = certificate == null ? null : file(certificate);
    Path keyFile = key == null ? null : file(key);
    if (key != null && keyFile != null) {
      GivenFile.warnIfOpen(key, keyFile);
    }
    return certificateFile == null || keyFile == null
        ? null
        : new CallbackSettings.Tls(certificateFile, keyFile);
  }

  private @Nullable Path file(Setting setting) {
    Path file = GivenFile.path(setting, folder);
    if (file == null) {
      return null;
    }
    files.add(file);
    return GivenFile.isReadable(setting, file) ? file : null;
  }
}
