package dev.pushgate.radius.user;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.packet.UntrustedText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells administrators which stored passwords cannot serve which methods. */
public final class ServedMethods {
  /** How many users of a scheme are named. */
  private static final int NAMED = 3;

  private ServedMethods() {}

  /** Why this user's password was not even compared, and what helps; safe to show. */
  static String refusal(Account account, PasswordMethod method) {
    return UntrustedText.shown(account.user().name())
        + "'s "
        + account.password().scheme()
        + " password cannot serve "
        + method.title()
        + ": set it anew with "
        + UserProblems.passwd(account.user().name(), scheme(method))
        + ", or let the NAS use PAP";
  }

  /**
   * One note for each scheme that does not serve every method and that somebody uses, however many
   * they are: most installations know PAP alone and need change nothing. Disabled users do not
   * count.
   *
   * @param file the file of the users, as the notes shall name it
   */
  public static List<Problem> notes(Users users, Path file) {
    Map<String, List<Account>> byScheme =
        users.accounts().stream()
            .filter(account -> !account.disabled())
            .collect(
                Collectors.groupingBy(
                    account -> account.password().scheme(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Problem> notes = new ArrayList<>();
    byScheme.forEach(
        (scheme, accounts) -> {
          List<PasswordMethod> unserved = unserved(accounts.getFirst().password());
          if (!unserved.isEmpty()) {
            notes.add(
                new Problem(
                    file.toString(), 0, null, what(scheme, accounts, unserved), remedy(unserved)));
          }
        });
    return notes;
  }

  private static List<PasswordMethod> unserved(StoredPassword password) {
    return Stream.of(PasswordMethod.CHAP, PasswordMethod.MSCHAPV2)
        .filter(method -> !password.serves(method))
        .toList();
  }

  private static String what(String scheme, List<Account> accounts, List<PasswordMethod> unserved) {
    String methods =
        unserved.stream().map(PasswordMethod::title).collect(Collectors.joining(" or "));
    List<String> names =
        accounts.stream()
            .limit(NAMED)
            .map(account -> UntrustedText.shown(account.user().name()))
            .toList();
    int more = accounts.size() - names.size();
    return accounts.size() == 1
        ? names.getFirst() + "'s " + scheme + " password cannot serve " + methods
        : accounts.size()
            + " users' "
            + scheme
            + " passwords cannot serve "
            + methods
            + ": "
            + String.join(", ", names)
            + (more == 0 ? "" : " and " + more + " more");
  }

  private static String remedy(List<PasswordMethod> unserved) {
    return "Where a NAS cannot use another method, set the passwords of its users anew with "
        + unserved.stream()
            .map(
                method ->
                    "`pushgate passwd USER --scheme " + scheme(method) + "` for " + method.title())
            .collect(Collectors.joining(", "));
  }

  /** The best one that serves this method. */
  private static String scheme(PasswordMethod method) {
    return switch (method) {
      case PAP -> "argon2id";
      case CHAP -> "cleartext";
      case MSCHAPV2 -> "nt";
    };
  }
}
