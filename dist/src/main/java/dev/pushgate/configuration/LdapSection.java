package dev.pushgate.configuration;

import com.unboundid.ldap.sdk.DN;
import dev.pushgate.push.notifier.CredentialsException;
import dev.pushgate.push.notifier.Uplink;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.ldap.DnTemplate;
import dev.pushgate.radius.ldap.FilterTemplate;
import dev.pushgate.radius.ldap.LdapServer;
import dev.pushgate.radius.ldap.LdapSettings;
import dev.pushgate.radius.ldap.LoginMethod;
import dev.pushgate.radius.ldap.ServiceAccount;
import dev.pushgate.radius.user.UserName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads of a section {@code sources.NAME} which directory is meant and how it is asked. */
final class LdapSection {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");

  private final Section section;
  private final Path folder;
  private final Dictionary dictionary;
  private final Set<String> plugins;
  private final Set<Path> files;

  /**
   * @param dictionary knows the attributes that replies may carry
   * @param plugins second factors besides those of our own
   * @param files collects the files that are named
   */
  LdapSection(
      Section section, Path folder, Dictionary dictionary, Set<String> plugins, Set<Path> files) {
    this.section = section;
    this.folder = folder;
    this.dictionary = dictionary;
    this.plugins = plugins;
    this.files = files;
  }

  /**
   * The settings, or null where they are of no use (reported).
   *
   * @param activeDirectory whether defaults are those of Active Directory
   */
  @Nullable SourceSettings read(boolean activeDirectory) {
    List<LdapServer> servers = servers();
    List<X509Certificate> trust = trust();
    LoginMethod method = method(activeDirectory);
    String base = base(method, activeDirectory);
    FilterTemplate filter =
        filter(
            section,
            "filter",
            activeDirectory
                ? "(&(objectCategory=person)(objectClass=user)"
                    + "(|(sAMAccountName={user})(userPrincipalName={user})))"
                : "(uid={user})");
    if (filter != null && (!filter.hasUser() || filter.hasDn())) {
      section.problem("filter does not find one user", "Write {user} in it, and not {dn}");
    }
    LdapAttributes attributes = new LdapAttributes(section, dictionary, plugins);
    LdapSettings.Attributes wanted = attributes.read();
    LdapGroupsSection groups = new LdapGroupsSection(section, attributes);
    var lookup = groups.read(activeDirectory, base == null ? "" : base);
    String name =
        attributes
            .name(section, "name-attribute")
            .orElse(activeDirectory ? "sAMAccountName" : "uid");
    String suffix = suffix();
    LdapSettings.Referrals referrals = referrals();
    var timeout =
        section.duration(
            "timeout",
            LdapSettings.LEAST_TIMEOUT,
            LdapSettings.MOST_TIMEOUT,
            LdapSettings.DEFAULT_TIMEOUT);
    section.refuseUnknown(Vocabulary.LDAP);
    return servers.isEmpty() || method == null || base == null || filter == null
        ? null
        : new LdapSourceSettings(
            new LdapSettings(
                servers,
                trust,
                timeout,
                method,
                base,
                filter,
                name,
                suffix,
                lookup,
                wanted,
                referrals,
                activeDirectory));
  }

  private List<LdapServer> servers() {
    List<LdapServer> servers = new ArrayList<>();
    Setting setting = section.setting("servers");
    if (!section.has("servers")) {
      section.missing(
          "servers",
          "it is not said where the directory is",
          "Write its servers, such as [ \"ldaps://ldap1.example.com\" ]");
    }
    for (Setting element : setting == null ? List.<Setting>of() : setting.elements()) {
      String text = element.text();
      if (text == null) {
        continue;
      }
      Optional<LdapServer> server = LdapServer.parse(text);
      if (server.isEmpty()) {
        element.problem(
            Words.quoted(text) + " is not the URL of a directory server",
            "Write \"ldaps://HOST\", or \"ldap://HOST\" for StartTLS, with a port behind it if that"
                + " is another");
      } else if (servers.contains(server.get())) {
        element.problem(Words.quoted(text) + " is named twice", "Remove one of the two");
      } else {
        servers.add(server.get());
      }
    }
    if (setting != null && setting.isEmptyList()) {
      setting.problem("no server is named", "Name one");
    }
    return servers;
  }

  private List<X509Certificate> trust() {
    Setting setting = section.setting("trust");
    Path file = setting == null ? null : file(setting);
    if (setting == null || file == null) {
      return List.of();
    }
    try {
      return Uplink.readAuthorities(file);
    } catch (CredentialsException e) {
      setting.problem(e.what(), e.remedy());
      return List.of();
    }
  }

  private @Nullable Path file(Setting setting) {
    Path file = GivenFile.path(setting, folder);
    if (file == null) {
      return null;
    }
    files.add(file);
    return GivenFile.isReadable(setting, file) ? file : null;
  }

  private @Nullable LoginMethod method(boolean activeDirectory) {
    List<String> named =
        List.of("bind-dn", "user-dn", "user-bind").stream().filter(section::has).toList();
    if (named.isEmpty()) {
      section.missing(
          "bind-dn",
          "it is not said how users are found",
          "Set bind-dn and bind-password-file to an account that may search; or user-dn or"
              + " user-bind");
      return null;
    }
    for (String other : named.subList(1, named.size())) {
      Setting setting = section.setting(other);
      if (setting != null) {
        setting.warning("there is " + named.getFirst() + " too, so it is not used", "Remove one");
      }
    }
    if (!named.contains("bind-dn") && section.has("bind-password-file")) {
      section.problem("there is a password but no bind-dn", "Set bind-dn, or remove the password");
    }
    return switch (named.getFirst()) {
      case "bind-dn" -> serviceAccount(activeDirectory);
      case "user-dn" -> userDn();
      default -> userBind();
    };
  }

  private @Nullable LoginMethod serviceAccount(boolean activeDirectory) {
    Setting setting = section.setting("bind-dn");
    String dn = setting == null ? null : setting.text();
    boolean isName = dn != null && activeDirectory && dn.matches("[^@\\\\]+[@\\\\][^@\\\\]+");
    if (setting != null && dn != null && !isName && (dn.isBlank() || !DN.isValidDN(dn))) {
      setting.problem(
          Words.quoted(dn) + " is not a DN",
          "Write one such as \"cn=pushgate,ou=services,dc=example,dc=com\"");
      dn = null;
    }
    Setting password = section.setting("bind-password-file");
    if (!section.has("bind-password-file")) {
      section.missing(
          "bind-password-file",
          "the directory asks for the password of bind-dn",
          "Set it to a file with nothing but the password in it");
    }
    Path file = password == null ? null : file(password);
    if (dn == null || password == null || file == null) {
      return null;
    }
    GivenFile.warnIfOpen(password, file);
    try {
      byte[] octets = String.valueOf(PasswordFile.read(file)).getBytes(StandardCharsets.UTF_8);
      if (octets.length == 0) {
        password.problem(file + " is empty", "Put the password into it");
        return null;
      }
      return new LoginMethod.SearchThenBind(new ServiceAccount(dn, octets));
    } catch (CredentialsException e) {
      password.problem(e.what(), e.remedy());
      return null;
    }
  }

  private @Nullable LoginMethod userDn() {
    return checked(
        section.setting("user-dn"),
        DnTemplate::objection,
        text -> new LoginMethod.BindAsDn(new DnTemplate(text)),
        "Write one such as \"uid={user},ou=people,dc=example,dc=com\"");
  }

  private @Nullable LoginMethod userBind() {
    return checked(
        section.setting("user-bind"),
        text ->
            LoginMethod.BindAsName.isTemplate(text)
                ? Optional.empty()
                : Optional.of("it does not have {user} and something else in it"),
        LoginMethod.BindAsName::new,
        "Write one such as \"{user}@corp.example.com\"");
  }

  private static <T> @Nullable T checked(
      @Nullable Setting setting,
      Function<String, Optional<String>> objection,
      Function<String, T> made,
      String remedy) {
    String text = setting == null ? null : setting.text();
    if (setting == null || text == null) {
      return null;
    }
    Optional<String> found = objection.apply(text);
    if (found.isPresent()) {
      setting.problem(Words.quoted(text) + " cannot be used: " + found.get(), remedy);
      return null;
    }
    return made.apply(text);
  }

  private @Nullable String base(@Nullable LoginMethod method, boolean activeDirectory) {
    Setting setting = section.setting("base");
    if (setting == null) {
      if (method instanceof LoginMethod.BindAsDn && !activeDirectory) {
        return "";
      }
      if (!section.has("base")) {
        section.missing(
            "base",
            "it is not said where users are",
            "Set it to what they are under, such as \"ou=people,dc=example,dc=com\"");
      }
      return null;
    }
    return dn(setting);
  }

  /** The DN that a setting is, or null where it is none (reported). */
  static @Nullable String dn(Setting setting) {
    return checked(
        setting,
        text ->
            !text.isBlank() && DN.isValidDN(text)
                ? Optional.empty()
                : Optional.of("it is no DN as RFC 4514 has it"),
        text -> text,
        "Write one such as \"ou=people,dc=example,dc=com\"");
  }

  /** The filter of a key, else the fallback; null where it is wrong (reported). */
  static @Nullable FilterTemplate filter(Section section, String key, String fallback) {
    Setting setting = section.setting(key);
    return setting == null
        ? new FilterTemplate(fallback)
        : checked(
            setting,
            FilterTemplate::objection,
            FilterTemplate::new,
            "Write one such as \"(uid={user})\"");
  }

  private String suffix() {
    Setting setting = section.setting("name-suffix");
    String text =
        checked(
            setting,
            given -> UserName.objection(given),
            given -> given,
            "Write one such as \"@corp\"");
    return text == null ? "" : text;
  }

  private LdapSettings.Referrals referrals() {
    boolean followed =
        section.word("referrals", Words.table("ignore", false, "follow", true), false);
    Set<String> hosts = new TreeSet<>();
    Setting setting = section.setting("referral-hosts");
    if (setting != null && !followed) {
      setting.warning(
          "referrals are ignored, so nobody goes there",
          "Set referrals = follow, or remove the key");
    }
    for (Setting element : setting == null ? List.<Setting>of() : setting.elements()) {
      String text = element.text();
      if (text != null && HOST.matcher(text).matches()) {
        hosts.add(text.toLowerCase(Locale.ROOT));
      } else if (text != null) {
        element.problem(
            Words.quoted(text) + " is not the name of a host", "Write one without a port");
      }
    }
    return new LdapSettings.Referrals(followed, hosts);
  }
}
