package dev.pushgate.configuration;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code radius}. */
final class RadiusSection {
  private RadiusSection() {}

  static RadiusSettings read(Section radius) {
    List<InetSocketAddress> listen = listen(radius);
    Setting accounting = radius.setting("accounting");
    if (accounting != null) {
      accounting.problem(
          "accounting is not served yet", "Remove the key, and turn accounting off on the NAS");
    }
    Duration rejectDelay =
        radius.duration(
            "reject-delay",
            Duration.ZERO,
            RadiusSettings.MOST_REJECT_DELAY,
            RadiusSettings.DEFAULT_REJECT_DELAY);
    radius.refuseUnknown(Vocabulary.RADIUS);
    return new RadiusSettings(listen, rejectDelay);
  }

  private static List<InetSocketAddress> listen(Section radius) {
    Setting setting = radius.setting("listen");
    if (setting == null) {
      return RadiusSettings.defaultListen();
    }
    List<Setting> elements = setting.elements();
    if (setting.isEmptyList()) {
      setting.problem(
          "the list is empty, so no NAS could be answered",
          "Write [ \"0.0.0.0:1812\", \"[::]:1812\" ], or remove the key");
    }
    List<InetSocketAddress> endpoints = new ArrayList<>();
    for (Setting element : elements) {
      InetSocketAddress endpoint = endpoint(element);
      if (endpoint != null && endpoints.contains(endpoint)) {
        element.problem("the same address stands in the list before", "Remove one of the two");
      } else if (endpoint != null) {
        endpoints.add(endpoint);
      }
    }
    return endpoints;
  }

  private static @Nullable InetSocketAddress endpoint(Setting element) {
    String text = element.text();
    if (text == null) {
      return null;
    }
    InetSocketAddress endpoint = AddressText.endpoint(text);
    if (endpoint == null) {
      element.problem(
          Words.quoted(text) + " is not an IP address with a port",
          "Write one such as \"192.0.2.10:1812\" or \"[2001:db8::10]:1812\"");
    }
    return endpoint;
  }
}
