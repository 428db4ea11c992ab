package dev.pushgate.radius.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a user types, it stays a value. */
class TemplatePropertiesTest {
  private static final FilterTemplate FILTER =
      new FilterTemplate("(&(objectClass=person)(|(uid={user})(mail={user}@example.com)))");
  private static final DnTemplate DN_OF =
      new DnTemplate("uid={user}+ou={user},ou=people,dc=example,dc=com");

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .withChars("()*\\&|!=,+\"<>;# uidalce{}~:\0\ue000\ue001\u00e4")
            .ofMinLength(1),
        Arbitraries.strings().ofMinLength(1).ofMaxLength(40));
  }

  @Property(tries = 3000)
  void filter_keepsItsForm(@ForAll("names") String name) throws LDAPException {
    Filter filter = Filter.create(FILTER.with(name, "").toString());

    assertThat(filter.getComponents()).hasSize(2);
    Filter choice = filter.getComponents()[1];
    assertThat(choice.getComponents()).hasSize(2);
    for (Filter each : choice.getComponents()) {
      assertThat(each.getFilterType()).isEqualTo(Filter.FILTER_TYPE_EQUALITY);
    }
    assertThat(choice.getComponents()[0].getAssertionValueBytes())
        .isEqualTo(
            FILTER.with(name, "").getComponents()[1].getComponents()[0].getAssertionValueBytes());
  }

  @Property(tries = 3000)
  void filter_findsNobodyElse(@ForAll("names") String name) throws LDAPException {
    Entry alice = new Entry("uid=alice,dc=x");
    alice.addAttribute("objectClass", "person");
    alice.addAttribute("uid", "alice");
    alice.addAttribute("mail", "alice@example.com");

    boolean matches = FILTER.with(name, "").matchesEntry(alice);

    // As directories compare, case and spaces at the ends aside.
    assertThat(matches).isEqualTo(name.strip().equalsIgnoreCase("alice") && matches);
  }

  @Property(tries = 3000)
  void dn_keepsItsForm(@ForAll("names") String name) throws LDAPException {
    DN dn = new DN(DN_OF.with(name).toString());

    assertThat(dn.getRDNs()).hasSize(4);
    assertThat(dn.getRDNs()[0].getAttributeNames()).containsExactly("uid", "ou");
    assertThat(dn.getParent()).isEqualTo(new DN("ou=people,dc=example,dc=com"));
  }

  @Example
  void gaps_areFilledOnce() {
    FilterTemplate both = new FilterTemplate("(&(memberUid={user})(member={dn}))");

    assertThat(both.with("{dn}\ue001", "uid=a"))
        .isEqualTo(
            Filter.createANDFilter(
                Filter.createEqualityFilter("memberUid", "{dn}\ue001"),
                Filter.createEqualityFilter("member", "uid=a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "(uid={user}*)", "({user}=a)", "(uid>={user})", "(uid={user}"})
  void template_thatWouldBePartOfTheForm_isRefused(String text) {
    assertThat(FilterTemplate.objection(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{user}", "{user}=a,dc=x", "uid=alice,dc=x", "uid={user},dc"})
  void dnTemplate_thatIsNone_isRefused(String text) {
    assertThat(DnTemplate.objection(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a@b", "a\\b", "a/b", "cn=a", "a,b", "a;b", "<GUID>", "{user}", "a\n", "S:1"
      })
  void userBind_takesNoOtherFormOfName(String name) {
    assertThat(new LoginMethod.BindAsName("{user}@corp.example.com").with(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1062731519|192.168.1.1",
        "167772161|10.0.0.1",
        "3232235777|192.168.1.1",
        "192.0.2.1|192.0.2.1",
        "99999999999|99999999999"
      })
  void addressOfActiveDirectory_isReadAsSignedNumber(String pair) {
    String[] both = pair.split("\\|", -1);
    assertThat(EntryReader.dotted(both[0])).isEqualTo(both[1]);
  }
}
