package dev.pushgate.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Account;
import dev.pushgate.radius.user.User;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What users.properties says of a user, for people and for scripts; never the password. */
record UserSheet(Account account, Instant now) {

  /** Cells of a table: name, scheme, groups, factor and whether the user may log in. */
  String[] row() {
    User user = account.user();
    return new String[] {
      UntrustedText.shown(user.name()),
      account.password().scheme(),
      groups(),
      user.factor() == null ? "" : user.factor(),
      account.objection(now).orElse("")
    };
  }

  /** Lines for people. */
  List<String> lines() {
    User user = account.user();
    return List.of(
        "user: " + UntrustedText.shown(user.name()),
        "password: "
            + account.password().scheme()
            + account.password().weakness().map(weakness -> ", weak: " + weakness).orElse(""),
        "groups: " + orDash(groups()),
        "factor: " + orDash(user.factor()),
        "language: " + orDash(user.language() == null ? null : user.language().word()),
        "mail: " + orDash(user.mail()),
        "valid from: " + orDash(text(account.validity().from())),
        "valid until: " + orDash(text(account.validity().until())),
        "may log in: " + account.objection(now).map(why -> "no, " + why).orElse("yes"));
  }

  private String groups() {
    return new TreeSet<>(account.user().groups())
        .stream().map(UntrustedText::shown).collect(Collectors.joining(", "));
  }

  private static String orDash(@Nullable String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  ObjectNode json() {
    User user = account.user();
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put("user", user.name())
            .put("scheme", account.password().scheme())
            .put("weakness", account.password().weakness().orElse(null));
    ArrayNode groups = object.putArray("groups");
    new TreeSet<>(user.groups()).forEach(groups::add);
    return object
        .put("factor", user.factor())
        .put("language", user.language() == null ? null : user.language().word())
        .put("mail", user.mail())
        .put("disabled", account.disabled())
        .put("validFrom", text(account.validity().from()))
        .put("validUntil", text(account.validity().until()))
        .put("refused", account.objection(now).orElse(null));
  }
}
