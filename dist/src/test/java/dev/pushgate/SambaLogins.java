package dev.pushgate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.ldap.FilterTemplate;
import dev.pushgate.radius.ldap.GroupLookup;
import dev.pushgate.radius.ldap.LdapServer;
import dev.pushgate.radius.ldap.LdapSettings;
import dev.pushgate.radius.ldap.LdapSource;
import dev.pushgate.radius.ldap.LoginMethod;
import dev.pushgate.radius.ldap.ServiceAccount;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.Password;
import dev.pushgate.radius.user.UserSource.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks a domain controller on localhost, within its network namespace, and tells what it says. */
final class SambaLogins {
  static final String PASSWORD = "Corr3ct-horse";
  static final String BASE = "dc=corp,dc=example,dc=com";

  private SambaLogins() {}

  /** The only argument is the file with the certificate of the authority. */
  public static void main(String[] arguments) throws Exception {
    X509Certificate authority = authority(Path.of(arguments[0]));
    LoginMethod service =
        new LoginMethod.SearchThenBind(
            new ServiceAccount("svc@corp.example.com", PASSWORD.getBytes(UTF_8)));
    LoginMethod byName = new LoginMethod.BindAsName("{user}@corp.example.com");
    for (String url : List.of("ldaps://localhost", "ldap://localhost")) {
      for (LoginMethod method : List.of(service, byName)) {
        String how =
            url.substring(0, url.indexOf(':')) + (method.equals(service) ? " service" : " name");
        try (LdapSource source =
            new LdapSource(settings(url, method, authority), InstantSource.system())) {
          for (String user : List.of("alice", "off", "must", "gone")) {
            tell(how + " " + user + ": " + shown(login(source, user, PASSWORD)));
          }
          tell(how + " alice, wrong: " + shown(login(source, "alice", "wrong")));
        }
      }
    }
    try (LdapSource source =
        new LdapSource(settings("ldaps://localhost", service, authority), InstantSource.system())) {
      for (int i = 0; i < 3; i++) {
        var _ = login(source, "locked", "wrong");
      }
      tell("locked: " + shown(login(source, "locked", PASSWORD)));
      for (String user : List.of("alice", "off", "gone", "locked", "nobody")) {
        Lookup found = source.find(user, null);
        tell(
            "find "
                + user
                + ": "
                + (found instanceof Lookup.Barred barred
                    ? barred.reason()
                    : found.getClass().getSimpleName()));
      }
    }
  }

  private static Answer login(LdapSource source, String user, String password)
      throws InterruptedException {
    return source.check(
        new Attempt(
            user, new Password.Pap(password.getBytes(UTF_8)), Instant.now().plusSeconds(20)));
  }

  private static String shown(Answer answer) {
    return switch (answer) {
      case Answer.Right right ->
          right.user().name()
              + " "
              + new TreeSet<>(right.user().groups())
              + " "
              + right.user().reply().encoded();
      case Answer.Wrong wrong -> wrong.cause().name();
      case Answer.Unavailable unavailable -> unavailable.reason();
      default -> answer.toString();
    };
  }

  private static void tell(String line) {
    System.out.println(line);
  }

  private static X509Certificate authority(Path file) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static LdapSettings settings(String url, LoginMethod method, X509Certificate authority) {
    return new LdapSettings(
        List.of(LdapServer.parse(url).orElseThrow()),
        List.of(authority),
        Duration.ofSeconds(10),
        method,
        BASE,
        new FilterTemplate("(&(objectCategory=person)(sAMAccountName={user}))"),
        "sAMAccountName",
        "",
        new GroupLookup.InEntry("memberOf", GroupLookup.Nesting.MATCHING_RULE),
        new LdapSettings.Attributes(
            Map.of("Framed-IP-Address", "msRADIUSFramedIPAddress"),
            Dictionary.shipped(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of()),
        LdapSettings.Referrals.IGNORED,
        true);
  }
}
