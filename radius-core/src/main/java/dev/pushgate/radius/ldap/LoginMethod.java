package dev.pushgate.radius.ldap;

import java.util.Optional;
import java.util.regex.Pattern;

/** How it is found out whether a password is right. */
public sealed interface LoginMethod {

  /** The entry is searched with the service account, and then bound as. */
  record SearchThenBind(ServiceAccount account) implements LoginMethod {}

  /** The name of the entry follows from the name of the user. */
  record BindAsDn(DnTemplate template) implements LoginMethod {}

  /**
   * The directory knows the user by another name than that of the entry, which is searched after
   * the bind, with the rights of the user.
   *
   * @param template a UPN, such as {@code {user}@corp.example.com}
   */
  record BindAsName(String template) implements LoginMethod {
    /**
     * What a name of Active Directory cannot have in it, and what other forms of names begin by.
     */
    private static final Pattern NO_NAME =
        Pattern.compile("[\"\\[\\]:;|=+*?<>,/\\\\@(){}#&!]|\\p{Cntrl}");

    public BindAsName {
      if (!isTemplate(template)) {
        throw new IllegalArgumentException("no template: " + template);
      }
    }

    /** Whether the text can be a template. */
    public static boolean isTemplate(String text) {
      int gap = text.indexOf(FilterTemplate.USER);
      return gap >= 0
          && text.indexOf(FilterTemplate.USER, gap + 1) < 0
          && text.length() > FilterTemplate.USER.length();
    }

    /** The name to bind as, or empty where the user's cannot be part of one. */
    Optional<String> with(String user) {
      return user.isBlank() || NO_NAME.matcher(user).find()
          ? Optional.empty()
          : Optional.of(template.replace(FilterTemplate.USER, user));
    }
  }
}
