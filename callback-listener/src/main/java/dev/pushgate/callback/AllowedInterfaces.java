package dev.pushgate.callback;

import dev.pushgate.radius.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The local addresses that {@code callback.allow-access} stands for.
 *
 * <p>An entry is the name of an interface, a pattern of names ({@code *} for any text, {@code ?}
 * for one character), or an address of this machine. A name stands for all addresses of the
 * interface but its link-local IPv6 ones, which no URL can name; given as an address such a one is
 * taken, on each interface that has it.
 *
 * @param addresses to bind, each once, in the order of the entries
 * @param unmatched entries that stand for nothing here
 */
public record AllowedInterfaces(List<InetAddress> addresses, List<Unmatched> unmatched) {

  /**
   * An entry that stands for no address of this machine.
   *
   * @param entry as the administrator wrote it
   * @param what is wrong with it
   * @param remedy what to do about it, as an imperative
   */
  public record Unmatched(String entry, String what, String remedy) {

    /** The same as a mistake in a file. */
    public Problem at(String file, int line, String key) {
      return new Problem(file, line, key, what, remedy);
    }
  }

  /** An interface by what matters here. */
  record Interface(String name, List<InetAddress> addresses) {}

  public AllowedInterfaces {
    addresses = List.copyOf(addresses);
    unmatched = List.copyOf(unmatched);
  }

  /**
   * Looks at the interfaces as they are now.
   *
   * @param entries none for all addresses; then there are no addresses in the result either, which
   *     {@link ListenerSettings} takes for all
   * @throws UncheckedIOException when the system does not tell its interfaces
   */
  public static AllowedInterfaces resolve(List<String> entries) {
    return resolve(entries, ofThisMachine());
  }

  static AllowedInterfaces resolve(List<String> entries, List<Interface> interfaces) {
    // Keyed by text, since equality of addresses ignores the interface of a link-local one.
    Map<String, InetAddress> addresses = new LinkedHashMap<>();
    List<Unmatched> unmatched = new ArrayList<>();
    for (String entry : entries) {
      List<InetAddress> found =
          literal(entry)
              .map(address -> having(address, interfaces))
              .orElseGet(() -> named(entry, interfaces));
      found.forEach(address -> addresses.putIfAbsent(address.getHostAddress(), address));
      if (found.isEmpty()) {
        unmatched.add(unmatched(entry, interfaces));
      }
    }
    return new AllowedInterfaces(List.copyOf(addresses.values()), unmatched);
  }

  private static Optional<InetAddress> literal(String entry) {
    try {
      return Optional.of(InetAddress.ofLiteral(entry));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<InetAddress> having(InetAddress address, List<Interface> interfaces) {
    List<InetAddress> found =
        interfaces.stream()
            .flatMap(each -> each.addresses().stream())
            .filter(local -> isSame(address, local))
            .toList();
    // The whole of 127.0.0.0/8 is local, though the interface lists only one address of it.
    return found.isEmpty() && address.isLoopbackAddress() ? List.of(address) : found;
  }

  private static boolean isSame(InetAddress asked, InetAddress local) {
    if (!asked.equals(local)) {
      return false;
    }
    return !(asked instanceof Inet6Address asked6 && local instanceof Inet6Address local6)
        || asked6.getScopeId() == 0
        || asked6.getScopeId() == local6.getScopeId();
  }

  private static List<InetAddress> named(String pattern, List<Interface> interfaces) {
    Pattern names = names(pattern);
    return interfaces.stream()
        .filter(each -> names.matcher(each.name()).matches())
        .flatMap(each -> each.addresses().stream())
        .filter(address -> !(address instanceof Inet6Address && address.isLinkLocalAddress()))
        .toList();
  }

  private static Pattern names(String pattern) {
    return Pattern.compile(
        pattern
            .codePoints()
            .mapToObj(
                each ->
                    switch (each) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(each));
                    })
            .collect(Collectors.joining()));
  }

  private static Unmatched unmatched(String entry, List<Interface> interfaces) {
    Optional<InetAddress> address = literal(entry);
    if (address.isPresent() && address.get().isAnyLocalAddress()) {
      return new Unmatched(
          entry,
          "'" + entry + "' means every address",
          "Name interfaces, or leave the list empty to listen on all");
    }
    String known =
        interfaces.stream()
            .map(each -> each.name() + " " + texts(each.addresses()))
            .collect(Collectors.joining(", "));
    return new Unmatched(
        entry,
        (address.isPresent() ? "no interface has the address '" : "no interface is called '")
            + entry
            + "', or it has no address",
        "Use one of these: " + known);
  }

  private static List<String> texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }

  private static List<Interface> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(each -> Stream.concat(Stream.of(each), each.subInterfaces()))
          .map(each -> new Interface(each.getName(), Collections.list(each.getInetAddresses())))
          .toList();
    } catch (SocketException e) {
      throw new UncheckedIOException(new IOException("the interfaces are not told", e));
    }
  }
}
