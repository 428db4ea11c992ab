package dev.pushgate.push.enrolment;

import dev.pushgate.push.command.AdministratorCommand;
import dev.pushgate.radius.OncePerMinute;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mail by a command of the administrator's, such as {@code /usr/sbin/sendmail -t -i}.
 *
 * <p>The command gets a whole message on its standard input (RFC 5322: header, an empty line, text
 * in UTF-8), the address as {@code PUSHGATE_MAIL_TO} and the subject as {@code
 * PUSHGATE_MAIL_SUBJECT} in its environment.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>An address that is not plainly one, for example one that begins with a hyphen or has a line
 * break in it, gets no mail. Nothing of a user becomes a word of the command or a line of the
 * header. Sending never blocks.
 */
public final class MailCommand implements AutoCloseable {
  /** Narrower than RFC 5321 section 4.1.2, so that no mailer reads more into it. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{0,63}"
              + "@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

  private static final Logger log = LoggerFactory.getLogger(MailCommand.class);

  private final AdministratorCommand command;
  private final OncePerMinute badAddress;

  /** Whether what the command prints may be shown in the log. */
  public enum Content {
    PLAIN,
    /** The mail has a link in it that must not get into a log. */
    SECRET
  }

  /**
   * @param words the program and its arguments
   */
  public MailCommand(List<String> words, InstantSource clock) {
    this(words, AdministratorCommand.DEFAULT_LIMIT, clock);
  }

  MailCommand(List<String> words, Duration limit, InstantSource clock) {
    this.command = new AdministratorCommand("mail command", words, limit);
    this.badAddress = new OncePerMinute(clock);
  }

  /**
   * Has a mail sent soon.
   *
   * @param to as the source of users has it
   * @return false where it will not be: the address is no plain one, or too many mails wait
   */
  public boolean send(String to, MailText text, Content content) {
    if (!ADDRESS.matcher(to).matches()) {
      if (badAddress.permits("address")) {
        log.warn("a mail was not sent: the user's address is none that is taken");
      }
      return false;
    }
    return command.run(
        message(to, text).getBytes(StandardCharsets.UTF_8),
        Map.of("PUSHGATE_MAIL_TO", to, "PUSHGATE_MAIL_SUBJECT", text.subject()),
        content == Content.SECRET
            ? AdministratorCommand.Output.SECRET
            : AdministratorCommand.Output.SHOWN);
  }

  private static String message(String to, MailText text) {
    return """
        To: %s
        Subject: %s
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=UTF-8
        Content-Transfer-Encoding: 8bit

        %s"""
        .formatted(to, inHeader(text.subject()), text.body());
  }

  /** As RFC 2047 writes what is not ASCII; subjects are short. */
  private static String inHeader(String subject) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(subject)
        ? subject
        : "=?UTF-8?B?"
            + Base64.getEncoder().encodeToString(subject.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    command.close();
  }
}
