package dev.pushgate.radius.upstream;

import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.mschap.ServerProof;
import dev.pushgate.radius.packet.ReceivedPacket;
import dev.pushgate.radius.packet.UntrustedText;
import dev.pushgate.radius.user.Attempt;
import dev.pushgate.radius.user.Lookup;
import dev.pushgate.radius.user.PasswordMethod;
import dev.pushgate.radius.user.PlainName;
import dev.pushgate.radius.user.User;
import dev.pushgate.radius.user.UserSource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tinyradius.packet.RadiusPacket;

/**
 * Users whom another RADIUS server knows, such as NPS: passwords are passed on to it by the method
 * by which they came, and its prompts are shown to the user.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A password is right only when the server's signed Access-Accept says so. Only names that have
 * one spelling but for case are passed on, see {@link PlainName}. Of the server's reply nothing
 * reaches the NAS but the attributes that are listed and, once the login is accepted, what proves
 * the server to the user's side of MS-CHAPv2.
 *
 * <p>Safe for any number of threads.
 */
public final class UpstreamSource implements UserSource {
  private final UpstreamClient client;
  private final UpstreamSourceSettings settings;

  /**
   * @param client asks the servers; is closed with this
   */
  public UpstreamSource(UpstreamClient client, UpstreamSourceSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  @Override
  public Answer check(Attempt attempt) throws InterruptedException {
    Optional<String> name = PlainName.canonical(attempt.userName());
    if (name.isEmpty()) {
      return new Answer.Wrong(PlainName.refusal(attempt.userName()));
    }
    return switch (PassedLogin.of(attempt, name.get(), settings)) {
      case PassedLogin.Refused(String why) -> new Answer.Wrong(why);
      case PassedLogin.Passable login -> {
        try {
          yield judge(client.ask(login, attempt.deadline()), login.withoutPassword(), attempt);
        } finally {
          login.clear();
        }
      }
    };
  }

  /**
   * @param login what was asked, for the prompts that may follow
   */
  private Answer judge(UpstreamReply reply, PassedLogin.Passable login, Attempt attempt) {
    return switch (reply) {
      case UpstreamReply.Unanswered(String why) -> new Answer.Unavailable(why);
      case UpstreamReply.Busy(String why) -> new Answer.Busy(why);
      case UpstreamReply.Answered answered ->
          switch (answered.answer().packet().getPacketType()) {
            case RadiusPacket.ACCESS_ACCEPT -> accepted(answered, login, attempt);
            case RadiusPacket.ACCESS_REJECT -> rejected(answered, attempt);
            case RadiusPacket.ACCESS_CHALLENGE -> asked(answered, login, attempt);
            default ->
                new Answer.Unavailable(
                    answered.server() + " answers by " + answered.answer().packet());
          };
    };
  }

  private Answer accepted(
      UpstreamReply.Answered answered, PassedLogin.Passable login, Attempt attempt) {
    ReceivedPacket packet = answered.answer().packet();
    User user = new User(login.name(), Set.of(), null, null, null, settings.passBack().of(packet));
    if (attempt.password().method() != PasswordMethod.MSCHAPV2) {
      return new Answer.Right(user);
    }
    Optional<ServerProof> proof = MsChap2Reply.proof(answered);
    return proof.isPresent()
        ? new Answer.Right(user, proof.get())
        : new Answer.Unavailable(
            answered.server()
                + " accepts by MS-CHAPv2 without a usable MS-CHAP2-Success, so that the user's side"
                + " would hang up: it has to check MS-CHAPv2 itself, or the NAS has to use PAP");
  }

  private static Answer rejected(UpstreamReply.Answered answered, Attempt attempt) {
    if (attempt.password().method() == PasswordMethod.MSCHAPV2) {
      Optional<MsChap2Reply.Refusal> refusal = MsChap2Reply.refusal(answered.answer().packet());
      if (refusal.isPresent()) {
        return new Answer.Wrong(
            answered.server() + " refuses: " + refusal.get().words(), null, refusal.get().cause());
      }
    }
    String words = words(answered);
    return new Answer.Wrong(
        answered.server() + (words.isEmpty() ? " refuses" : " refuses: " + words));
  }

  private Answer asked(
      UpstreamReply.Answered answered, PassedLogin.Passable login, Attempt attempt) {
    String words = words(answered);
    UpstreamPrompt prompt = UpstreamPrompt.of(answered.answer().packet());
    Client nas = attempt.client();
    Language language = nas == null ? Language.DEFAULT : nas.dialogue().language();
    return new Answer.Asked(
        words.isEmpty() ? UpstreamPrompt.words(language) : words,
        prompt.answerWithin(),
        prompt.echo(),
        (typed, deadline) -> goOn(answered.server(), prompt, login, typed, deadline, attempt));
  }

  /** The answer to a prompt is a password by PAP, whatever the login began with. */
  private Answer goOn(
      UpstreamServer server,
      UpstreamPrompt prompt,
      PassedLogin.Passable login,
      String typed,
      Instant deadline,
      Attempt attempt)
      throws InterruptedException {
    Optional<PassedLogin.Passable> answer = login.answering(prompt, typed);
    if (answer.isEmpty()) {
      return new Answer.Wrong("the answer to a prompt is longer than RADIUS carries");
    }
    try {
      return judge(
          client.ask(server, answer.get(), deadline),
          login,
          new Attempt(
              attempt.userName(),
              answer.get().password(),
              attempt.client(),
              attempt.packet(),
              deadline));
    } finally {
      answer.get().clear();
    }
  }

  /** On one line, since control characters are made visible. */
  private static String words(UpstreamReply.Answered answered) {
    return UntrustedText.shown(answered.answer().message().replaceAll("[\\r\\n\\t]+", " ").strip());
  }

  /** Whether there is such a user only a password can tell; but the name would be this. */
  @Override
  public Lookup find(String userName, @Nullable Client nas) {
    Optional<String> name = PlainName.canonical(userName);
    return name.isPresent() ? new Lookup.CannotTell(name.get()) : new Lookup.Unknown();
  }

  @Override
  public void close() {
    client.close();
  }
}
