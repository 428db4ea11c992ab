package dev.pushgate.radius.user;

import dev.pushgate.radius.NearestName;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.packet.UntrustedText;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns assignments into accounts and finds all that is wrong with them. For one thread. */
final class AccountDrafts {
  /** Looking for the name that was meant costs a walk through all users. */
  private static final int MOST_GUESSES = 20;

  /** The word that is worth a warning in any list of factors. */
  private static final String NO_FACTOR = "none";

  private static final Map<String, Language> LANGUAGES =
      Arrays.stream(Language.values())
          .collect(Collectors.toMap(Language::word, Function.identity()));

  private final UserProblems problems;
  private final Set<String> factors;
  private final ReplyDrafts replies;
  private final Clock clock;
  private final Map<UserKey, Assignment> firstOfKey = new HashMap<>();

  /** Every user whom a password line names, also a broken one, by folded name: as written. */
  private final Map<String, String> named = new HashMap<>();

  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private final RepeatedWarnings repeated = new RepeatedWarnings();
  private int guesses;

  private static final class Draft {
    private final String name;
    private final StoredPassword password;
    private final Assignment line;
    private Set<String> groups = Set.of();
    private @Nullable String factor;
    private @Nullable Language language;
    private @Nullable String mail;
    private boolean disabled;
    private Validity validity = Validity.ALWAYS;

    /** Where the validity ends. */
    private @Nullable Assignment until;

    private ReplyAttributes reply = ReplyAttributes.NONE;

    private Draft(String name, StoredPassword password, Assignment line) {
      this.name = name;
      this.password = password;
      this.line = line;
    }
  }

  /**
   * @param problems where to tell what is wrong
   * @param factors the names of the second factors that the server has
   * @param replies reads the lines of reply attributes
   * @param clock in whose zone days begin
   */
  AccountDrafts(UserProblems problems, Set<String> factors, ReplyDrafts replies, Clock clock) {
    this.clock = clock;
    this.problems = problems;
    this.factors = factors;
    this.replies = replies;
  }

  /** Takes all assignments of the file, in its order; to be called once. */
  void add(List<Assignment> assignments) {
    List<Assignment> readable =
        assignments.stream().filter(each -> !each.keyBroken()).map(replies::withTagInKey).toList();
    List<UserKey> keys = readable.stream().map(each -> UserKey.of(each.key())).toList();
    for (UserKey key : keys) {
      if (key.property() == UserKey.Property.PASSWORD) {
        named.putIfAbsent(UserName.folded(key.user()), key.user());
      }
    }
    for (int i = 0; i < keys.size(); i++) {
      UserKey key = keys.get(i);
      if (key.property() == UserKey.Property.PASSWORD && isFirst(key, readable.get(i))) {
        addPassword(key.user(), readable.get(i));
      }
    }
    for (int i = 0; i < keys.size(); i++) {
      UserKey key = keys.get(i);
      if (key.property() != UserKey.Property.PASSWORD && isFirst(key, readable.get(i))) {
        addProperty(key, readable.get(i));
      }
    }
  }

  /** What came of it; to be called once. */
  List<Account> accounts() {
    drafts.values().forEach(this::tellOfValidity);
    repeated.warn(problems);
    List<Account> accounts = drafts.values().stream().map(this::account).toList();
    replies.warnOfGroupsWithout(
        drafts.values().stream()
            .flatMap(draft -> draft.groups.stream())
            .collect(Collectors.toCollection(TreeSet::new)));
    return accounts;
  }

  /** What an Access-Accept carries for members of each group. */
  GroupReplies groupReplies() {
    return replies.groupReplies();
  }

  private Account account(Draft draft) {
    ReplyAttributes reply = replies.of(draft.reply, List.copyOf(draft.groups), draft.line);
    return new Account(
        new User(draft.name, draft.groups, draft.factor, draft.language, draft.mail, reply),
        draft.password,
        draft.disabled,
        draft.validity);
  }

  private boolean isFirst(UserKey key, Assignment assignment) {
    Assignment first = firstOfKey.putIfAbsent(key.folded(), assignment);
    if (first == null) {
      return true;
    }
    if (first.key().equals(assignment.key())) {
      problems.tell(
          assignment,
          "this was given already in line " + first.line(),
          "Remove one of the two lines");
    } else {
      problems.tell(
          assignment,
          "this differs from '"
              + UntrustedText.shown(first.key())
              + "' in line "
              + first.line()
              + " only in case or normal form",
          "Rename or remove one of the two");
    }
    return false;
  }

  private void addPassword(String name, Assignment assignment) {
    Optional<String> objection = UserName.objection(name);
    if (objection.isPresent()) {
      problems.tell(assignment, objection.get(), "Choose another name");
      return;
    }
    if (assignment.valueBroken()) {
      return;
    }
    if (assignment.value().isEmpty()) {
      problems.tell(
          assignment,
          "there is no password behind '='",
          "Set one with " + UserProblems.passwd(name));
      return;
    }
    if (assignment.endsInBlank()) {
      problems.tell(
          assignment,
          "the value ends in white space, which nobody sees",
          "Remove it, or write the last space as '\\ ' if it belongs to the password");
      return;
    }
    switch (StoredPassword.parse(assignment.value())) {
      case StoredPassword.Parsed.Stored(StoredPassword password) -> {
        drafts.put(UserName.folded(name), new Draft(name, password, assignment));
        password
            .weakness()
            .ifPresent(
                weakness ->
                    repeated.add(
                        assignment,
                        weakness,
                        "Set the password anew with " + UserProblems.passwd(name)));
      }
      case StoredPassword.Parsed.Unusable(String what) ->
          problems.tell(assignment, what, "Set a new password with " + UserProblems.passwd(name));
      case StoredPassword.Parsed.UnknownScheme() -> addUnknown(name, assignment);
    }
  }

  private void addUnknown(String name, Assignment assignment) {
    int dot = name.lastIndexOf('.');
    String owner = dot < 0 ? null : named.get(UserName.folded(name.substring(0, dot)));
    if (owner != null) {
      problems.tell(
          assignment,
          "a user has no property '"
              + UntrustedText.shown(name.substring(dot + 1))
              + "', and as a password the value has no known scheme",
          "Write groups, factor, disabled, valid-from, valid-until, language, mail or"
              + " reply.ATTRIBUTE behind '"
              + UntrustedText.shown(owner)
              + ".', or set the password of a user of this name with "
              + UserProblems.passwd(name));
    } else {
      problems.tell(
          assignment,
          "the value has no known password scheme",
          "Hash the password with "
              + UserProblems.passwd(name)
              + ", or write {CLEARTEXT} before it on purpose");
    }
  }

  private void addProperty(UserKey key, Assignment assignment) {
    if (key.property() == UserKey.Property.GROUP_REPLY) {
      addGroupReply(key, assignment);
      return;
    }
    String folded = UserName.folded(key.user());
    if (!named.containsKey(folded)) {
      tellUnknownUser(key.user(), folded, assignment);
      return;
    }
    Draft draft = drafts.get(folded);
    if (draft == null) {
      // The user's own line has a problem. What this line says is checked none the less.
      draft = new Draft(key.user(), Cleartext.nothing(), assignment);
    }
    if (assignment.valueBroken()) {
      return;
    }
    String value = assignment.value().strip();
    switch (key.property()) {
      case GROUPS -> draft.groups = groups(value, assignment);
      case FACTOR -> draft.factor = factor(value, assignment);
      case DISABLED -> draft.disabled = disabled(value, assignment);
      case VALID_FROM ->
          draft.validity = new Validity(instant(value, false, assignment), draft.validity.until());
      case VALID_UNTIL -> {
        draft.until = assignment;
        draft.validity = new Validity(draft.validity.from(), instant(value, true, assignment));
      }
      case LANGUAGE -> draft.language = language(value, assignment);
      case MAIL -> draft.mail = mail(value, assignment);
      case REPLY -> draft.reply = draft.reply.and(replies.read(key.attribute(), value, assignment));
      case PASSWORD, GROUP_REPLY ->
          throw new IllegalStateException(key.property() + " comes before");
    }
  }

  private void addGroupReply(UserKey key, Assignment assignment) {
    String user = named.get(UserName.folded(key.mistakable()));
    if (user != null) {
      problems.tell(
          assignment,
          "this may mean the group '"
              + UntrustedText.shown(key.user())
              + "' or the user '"
              + UntrustedText.shown(user)
              + "'",
          "Give the user another name");
    } else if (!assignment.valueBroken()) {
      replies.addToGroup(key, assignment.value().strip(), assignment);
    }
  }

  private void tellUnknownUser(String user, String folded, Assignment assignment) {
    Optional<String> meant =
        guesses++ < MOST_GUESSES ? NearestName.to(folded, named.keySet()) : Optional.empty();
    problems.tell(
        assignment,
        "there is no user '" + UntrustedText.shown(user) + "'",
        meant.isPresent()
            ? "Write '"
                + UntrustedText.shown(named.getOrDefault(meant.get(), ""))
                + "' if that is who is meant, or add the user with "
                + UserProblems.passwd(user)
            : "Add the user with " + UserProblems.passwd(user) + ", or remove the line");
  }

  private Set<String> groups(String value, Assignment assignment) {
    Set<String> groups = new LinkedHashSet<>();
    for (String part : value.split(",", -1)) {
      String group = part.strip();
      if (group.isEmpty()) {
        problems.tell(assignment, "a group has no name", "Separate the groups by single commas");
        break;
      }
      UserName.objection(group)
          .ifPresent(
              objection ->
                  problems.tell(assignment, "in a group, " + objection, "Choose another name"));
      groups.add(group);
    }
    return groups;
  }

  private String factor(String value, Assignment assignment) {
    if (!factors.contains(value)) {
      problems.tell(
          assignment,
          "'" + UntrustedText.shown(value) + "' is not a second factor of this server",
          "Write one of: " + String.join(", ", new TreeSet<>(factors)));
    } else if (value.equals(NO_FACTOR)) {
      problems.warn(
          assignment,
          "LETS THE USER IN BY THE PASSWORD ALONE, without a second factor",
          "Remove the line unless this is meant");
    }
    return value;
  }

  private @Nullable Instant instant(String value, boolean wholeDay, Assignment assignment) {
    Optional<Instant> instant = Validity.instant(value, clock.getZone(), wholeDay);
    if (instant.isEmpty()) {
      problems.tell(
          assignment,
          "'" + UntrustedText.shown(value) + "' is neither a day nor a time with its zone",
          "Write one such as 2027-01-31 or 2027-01-31T18:00:00Z");
    }
    return instant.orElse(null);
  }

  private void tellOfValidity(Draft draft) {
    if (draft.until == null) {
      return;
    }
    if (draft.validity.isEmpty()) {
      problems.tell(
          draft.until,
          "the account ends before it begins by valid-from",
          "Change one of the two lines");
    } else if (draft.validity.isOver(clock.instant())) {
      repeated.add(
          draft.until,
          "the time is over, so the user is refused",
          "Change the time, or remove the user");
    }
  }

  private @Nullable Language language(String value, Assignment assignment) {
    Language language = LANGUAGES.get(value);
    if (language == null) {
      problems.tell(
          assignment,
          "'" + UntrustedText.shown(value) + "' is not a language of this server",
          "Write one of: " + String.join(", ", new TreeSet<>(LANGUAGES.keySet())));
    }
    return language;
  }

  private @Nullable String mail(String value, Assignment assignment) {
    if (!MailAddress.isPlain(value)) {
      problems.tell(
          assignment,
          "'" + UntrustedText.shown(value) + "' is not a mail address",
          "Write one such as alice@example.com");
      return null;
    }
    return value;
  }

  private boolean disabled(String value, Assignment assignment) {
    if (!value.equals("true") && !value.equals("false")) {
      problems.tell(
          assignment,
          "'" + UntrustedText.shown(value) + "' is neither true nor false",
          "Write true or false");
    }
    return value.equals("true");
  }
}
