package dev.pushgate.radius.login;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The logins that are being decided, found by what a NAS's tries at one login have in common.
 *
 * <p>Safe for use by many threads.
 */
final class OpenLogins {
  /** Several under one key are sessions that are told apart by nothing but their sockets. */
  private final Map<LoginKey, List<OpenLogin>> byKey = new ConcurrentHashMap<>();

  /**
   * Adds the packet to the login that is open under this key, or opens its own: where there is
   * none, where it may be another session's, and where there are several and nothing tells which.
   *
   * @param own the packet's own login, to be opened if it joins none
   * @return whether it was opened
   */
  boolean opens(LoginKey key, LoginPacket packet, OpenLogin own) {
    List<OpenLogin> open =
        byKey.merge(
            key,
            List.of(own),
            (before, _) -> {
              List<OpenLogin> others = before.stream().filter(login -> !login.isOver()).toList();
              return others.size() == 1 && others.getFirst().join(packet)
                  ? others
                  : Stream.concat(others.stream(), Stream.of(own)).toList();
            });
    return open.contains(own);
  }

  /** No packet finds this login any more. */
  void close(LoginKey key, OpenLogin login) {
    byKey.computeIfPresent(
        key,
        (_, open) -> {
          if (open.size() == 1) {
            return open.getFirst() == login ? null : open;
          }
          List<OpenLogin> others = open.stream().filter(other -> other != login).toList();
          return others.isEmpty() ? null : others;
        });
  }
}
