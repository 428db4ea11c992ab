package dev.pushgate.server;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.packet.ReplyAttributes;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.GroupReplies;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.PasswordDialogue;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserName;
import dev.pushgate.radius.user.UserSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source whose groups mean what is said here of groups of that name, in any case: directories do
 * not tell case apart, and administrators do not know how a group is written there.
 */
final class LocalGroups implements UserSource {
  private final UserSource source;
  private final Supplier<GroupReplies> replies;
  private final Supplier<Set<String>> inPolicy;

  /**
   * @param replies what members of groups get; asked at each login
   * @param inPolicy the groups of which a policy says something; asked at each login
   */
  LocalGroups(UserSource source, Supplier<GroupReplies> replies, Supplier<Set<String>> inPolicy) {
    this.source = source;
    this.replies = replies;
    this.inPolicy = inPolicy;
  }

  private User here(User user) {
    if (user.groups().isEmpty()) {
      return user;
    }
    GroupReplies said = replies.get();
    Map<String, Set<String>> spellings = new HashMap<>();
    for (Set<String> known : List.of(said.groups(), inPolicy.get())) {
      for (String name : known) {
        spellings.computeIfAbsent(UserName.folded(name), _ -> new TreeSet<>()).add(name);
      }
    }
    Set<String> groups = new TreeSet<>();
    for (String group : user.groups()) {
      groups.addAll(spellings.getOrDefault(UserName.folded(group), Set.of(group)));
    }
    return new User(
        user.name(),
        groups,
        user.factor(),
        user.language(),
        user.mail(),
        user.reply().or(said.of(groups)));
  }

  private Answer here(Answer answer) {
    return switch (answer) {
      case Answer.Right right -> {
        User user = here(right.user());
        yield user.reply().length() > ReplyAttributes.MOST
            ? new Answer.Unavailable(
                "the reply attributes of the user and the groups have more octets than a packet can"
                    + " carry")
            : new Answer.Right(user, right.proof(), right.fingerprint(), right.passwordChecked());
      }
      case Answer.Asked asked -> {
        PasswordDialogue next = asked.next();
        yield new Answer.Asked(
            asked.prompt(),
            asked.answerWithin(),
            asked.echo(),
            (typed, deadline) -> here(next.answered(typed, deadline)));
      }
      case Answer.Unknown _, Answer.Wrong _, Answer.Unavailable _, Answer.Busy _ -> answer;
    };
  }

  @Override
  public Answer check(Attempt attempt) throws InterruptedException {
    return here(source.check(attempt));
  }

  @Override
  public Lookup find(String userName, @Nullable Client client) throws InterruptedException {
    return switch (source.find(userName, client)) {
      case Lookup.Known(User user) -> new Lookup.Known(here(user));
      case Lookup.Barred(User user, String reason) -> new Lookup.Barred(here(user), reason);
      case Lookup.Unknown unknown -> unknown;
      case Lookup.CannotTell cannotTell -> cannotTell;
      case Lookup.Unavailable unavailable -> unavailable;
    };
  }

  @Override
  public boolean isCheap(Attempt attempt) {
    return source.isCheap(attempt);
  }

  @Override
  public String counted(String userName) {
    return source.counted(userName);
  }

  @Override
  public void close() {
    source.close();
  }
}
