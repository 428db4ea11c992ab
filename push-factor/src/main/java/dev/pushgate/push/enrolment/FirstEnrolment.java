package dev.pushgate.push.enrolment;

import dev.pushgate.push.device.EnrolmentCodes;
import dev.pushgate.push.device.Invitation;
import dev.pushgate.radius.OncePerMinute;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.user.User;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invites users who never had a device to enrol one, at a login whose password was right.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>The password alone thereby becomes a second factor of its own: whoever knows it first, and
 * comes from one of the networks in time, may become the user. So this is off where nothing is set,
 * ends at a set time, needs the user's address to be known, and is over for a user who ever had a
 * device or an app for codes. A link is good for a few minutes and one device, and asks for the
 * password again; of one user one link is good at a time, and {@value #MOST} are made in an hour.
 *
 * <p>Safe for use by many threads; the methods block.
 */
public final class FirstEnrolment {
  /** In octets, so that a sentence with it fits into a Reply-Message. */
  public static final int LONGEST_LINK = 150;

  static final int MOST = 3;
  static final Duration WITHIN = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(FirstEnrolment.class);

  private final InlineEnrolment settings;
  private final EnrolmentCodes codes;
  private final Optional<MailCommand> mail;
  private final String base;
  private final String service;
  private final InstantSource clock;
  private final OncePerMinute tooLong;

  /**
   * @param mail by which links go; empty where they stand in the Reply-Message
   * @param base address that phones call now
   * @param service the name that the administrator gave this service
   */
  public FirstEnrolment(
      InlineEnrolment settings,
      EnrolmentCodes codes,
      Optional<MailCommand> mail,
      String base,
      String service,
      InstantSource clock) {
    this.settings = settings;
    this.codes = codes;
    this.mail = mail;
    this.base = base;
    this.service = service;
    this.clock = clock;
    this.tooLong = new OncePerMinute(clock);
  }

  /** How long a link is good. */
  public Duration validFor() {
    return settings.validFor();
  }

  /**
   * Invites a user, if that may be.
   *
   * @param user whose password was right, and who has no device
   * @param from the user's address, where the NAS tells one
   */
  public FirstInvitation invite(User user, Optional<InetAddress> from) throws InterruptedException {
    if (!clock.instant().isBefore(settings.until())
        || from.isEmpty()
        || settings.networks().stream().noneMatch(network -> network.contains(from.get()))
        || !canReach(user)) {
      return new FirstInvitation.None();
    }
    Optional<Invitation> invitation =
        codes.issueFirst(user.name(), settings.validFor(), base, MOST, WITHIN);
    if (invitation.isEmpty()) {
      return new FirstInvitation.None();
    }
    log.info("user {} is invited to enrol a first device", user.name());
    return mail.isEmpty()
        ? new FirstInvitation.Shown(invitation.get())
        : mailed(user, invitation.get(), mail.get());
  }

  private boolean canReach(User user) {
    if (mail.isPresent()) {
      return user.mail() != null;
    }
    // A code has as many octets as any other.
    if (octets(base + "/enroll#") + 31 <= LONGEST_LINK) {
      return true;
    }
    if (tooLong.permits("too long")) {
      log.warn(
          "a first device cannot be enrolled by a link in the Reply-Message: {} is too long; set a"
              + " mail command",
          base);
    }
    return false;
  }

  private FirstInvitation mailed(User user, Invitation invitation, MailCommand command) {
    Language language = user.language() == null ? Language.DEFAULT : user.language();
    boolean sent =
        command.send(
            Objects.requireNonNull(user.mail()),
            MailText.firstDevice(language, service, user.name(), invitation.url(), validMinutes()),
            MailCommand.Content.SECRET);
    return sent ? new FirstInvitation.Mailed(invitation.expires()) : new FirstInvitation.None();
  }

  private long validMinutes() {
    return Math.max(1, settings.validFor().toMinutes());
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
