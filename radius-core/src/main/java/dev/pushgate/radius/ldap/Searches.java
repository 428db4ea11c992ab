package dev.pushgate.radius.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches by the rules for referrals.
 *
 * <p>Safe for any number of threads.
 */
final class Searches {
  /** Matches every entry (RFC 4512 section 2.4.1). */
  static final Filter ANY = Filter.createPresenceFilter("objectClass");

  private final ReferralHosts referrals;
  private final @Nullable ServiceAccount account;

  /**
   * @param account who searches where a referral leads, or null for nobody
   */
  Searches(ReferralHosts referrals, @Nullable ServiceAccount account) {
    this.referrals = referrals;
    this.account = account;
  }

  /**
   * All entries under a base; none where there is no such base.
   *
   * @param most more are an error
   */
  List<SearchResultEntry> under(
      Conversation conversation,
      String base,
      Filter filter,
      int most,
      Collection<String> attributes)
      throws LDAPException {
    return entries(conversation, base, SearchScope.SUB, filter, most, attributes);
  }

  /** The entry of that name; none where there is no such entry. */
  List<SearchResultEntry> at(Conversation conversation, String dn, Collection<String> attributes)
      throws LDAPException {
    return entries(conversation, dn, SearchScope.BASE, ANY, 1, attributes);
  }

  private List<SearchResultEntry> entries(
      Conversation conversation,
      String base,
      SearchScope scope,
      Filter filter,
      int most,
      Collection<String> attributes)
      throws LDAPException {
    SearchRequest request =
        new SearchRequest(base, scope, filter, attributes.toArray(String[]::new));
    request.setSizeLimit(most);
    request.setFollowReferrals(referrals.isFollowed());
    if (referrals.isFollowed()) {
      request.setReferralConnector(referrals.asAccount(account));
    }
    try {
      return conversation.search(request).getSearchEntries();
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
        return List.of();
      }
      throw e;
    }
  }
}
