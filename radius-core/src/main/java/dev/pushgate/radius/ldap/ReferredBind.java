package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tries a password where a directory has sent us to. For one thread. */
final class ReferredBind {
  private final ReferralHosts referrals;
  private final Duration timeout;
  private final InstantSource clock;

  ReferredBind(ReferralHosts referrals, Duration timeout, InstantSource clock) {
    this.referrals = referrals;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * What the server at the end says.
   *
   * @param urls the first of a host that we go to is followed
   */
  BindVerdict follow(List<String> urls, String name, byte[] password)
      throws DirectoryException, InterruptedException {
    List<String> next = urls;
    for (int hop = 0; hop < ReferralHosts.MOST_HOPS; hop++) {
      Optional<LdapServer> server =
          next.stream().flatMap(url -> referrals.server(url).stream()).findFirst();
      if (server.isEmpty()) {
        return new BindVerdict.Elsewhere(next);
      }
      BindVerdict verdict = ask(server.get(), name, password);
      if (!(verdict instanceof BindVerdict.Elsewhere(List<String> further))) {
        return verdict;
      }
      next = further;
    }
    return new BindVerdict.Unclear("more than " + ReferralHosts.MOST_HOPS + " referrals");
  }

  private BindVerdict ask(LdapServer server, String name, byte[] password)
      throws DirectoryException, InterruptedException {
    Link link = referrals.connect(server);
    try {
      Conversation conversation =
          new Conversation(link, timeout, clock.instant().plus(timeout), clock);
      return BindVerdict.of(conversation.bind(name, password));
    } catch (LDAPException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("while a referral was followed");
      }
      throw DirectoryException.of(e, server).elsewhere();
    } finally {
      link.abort();
    }
  }
}
