package dev.pushgate.configuration;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code radius}. */
final class RadiusSection {
  private RadiusSection() {}

  static RadiusSettings read(Section radius) {
    List<InetSocketAddress> listen = listen(radius);
    List<InetSocketAddress> accounting = accounting(radius, listen);
    Duration rejectDelay =
        radius.duration(
            "reject-delay",
            Duration.ZERO,
            RadiusSettings.MOST_REJECT_DELAY,
            RadiusSettings.DEFAULT_REJECT_DELAY);
    radius.refuseUnknown(Vocabulary.RADIUS);
    return new RadiusSettings(listen, accounting, rejectDelay);
  }

  private static List<InetSocketAddress> listen(Section radius) {
    Setting setting = radius.setting("listen");
    if (setting == null) {
      return RadiusSettings.defaultListen();
    }
    if (setting.isEmptyList()) {
      setting.problem(
          "the list is empty, so no NAS could be answered",
          "Write [ \"0.0.0.0:1812\", \"[::]:1812\" ], or remove the key");
    }
    return List.copyOf(endpoints(setting).values());
  }

  private static List<InetSocketAddress> accounting(
      Section radius, List<InetSocketAddress> listen) {
    Setting setting = radius.setting("accounting");
    if (setting == null) {
      refuseDefaultThatClashes(radius, listen);
      return RadiusSettings.defaultAccounting();
    }
    Map<Setting, InetSocketAddress> endpoints = endpoints(setting);
    endpoints.forEach(
        (element, endpoint) -> {
          if (clashes(endpoint, listen)) {
            element.problem(
                "logins are received on this port by radius.listen",
                "Give another port; accounting is usually on 1813");
          }
        });
    return List.copyOf(endpoints.values());
  }

  private static void refuseDefaultThatClashes(Section radius, List<InetSocketAddress> listen) {
    if (!radius.has("accounting")
        && RadiusSettings.defaultAccounting().stream().anyMatch(each -> clashes(each, listen))) {
      radius.missing(
          "accounting",
          "accounting is received on port 1813, which radius.listen takes for logins",
          "Give accounting another port, or turn it off by radius.accounting = []");
    }
  }

  /** Whether the two could not be bound side by side: a wildcard is every address of its family. */
  private static boolean clashes(InetSocketAddress accounting, List<InetSocketAddress> listen) {
    return listen.stream()
        .filter(other -> other.getPort() == accounting.getPort())
        .anyMatch(
            other ->
                other.equals(accounting)
                    || ((other.getAddress().isAnyLocalAddress()
                            || accounting.getAddress().isAnyLocalAddress())
                        && other.getAddress().getClass() == accounting.getAddress().getClass()));
  }

  /** The addresses of a list, each with where it is written; the wrong ones reported. */
  private static Map<Setting, InetSocketAddress> endpoints(Setting setting) {
    Map<Setting, InetSocketAddress> endpoints = new LinkedHashMap<>();
    for (Setting element : setting.elements()) {
      InetSocketAddress endpoint = endpoint(element);
      if (endpoint != null && endpoints.containsValue(endpoint)) {
        element.problem("the same address stands in the list before", "Remove one of the two");
      } else if (endpoint != null) {
        endpoints.put(element, endpoint);
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
