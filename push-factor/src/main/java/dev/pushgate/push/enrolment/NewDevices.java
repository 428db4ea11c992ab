package dev.pushgate.push.enrolment;

import dev.pushgate.push.delivery.Deliveries;
import dev.pushgate.push.device.Device;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.EnrolmentListener;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.signed.StrictBase64;
import dev.pushgate.push.store.StoreException;
import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.user.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells users of each new device of theirs: on the devices that they had before, and by mail. As
 * well as it can be done; the enrolment waits for none of it.
 */
public final class NewDevices implements EnrolmentListener {
  private static final int CHALLENGE_OCTETS = 16;
  private static final Duration WORTH_TELLING = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(NewDevices.class);

  private final Devices devices;
  private final Deliveries deliveries;
  private final Optional<MailCommand> mail;
  private final Function<String, Optional<User>> users;
  private final String base;
  private final String service;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param mail empty where no mail is sent
   * @param users finds a user by the canonical name; may block
   * @param base address that phones call now
   * @param service the name that the administrator gave this service
   */
  public NewDevices(
      Devices devices,
      Deliveries deliveries,
      Optional<MailCommand> mail,
      Function<String, Optional<User>> users,
      String base,
      String service,
      InstantSource clock,
      SecureRandom random) {
    this.devices = devices;
    this.deliveries = deliveries;
    this.mail = mail;
    this.users = users;
    this.base = base;
    this.service = service;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void enrolled(Device device) {
    Thread.ofVirtual().name("new-device").start(() -> tell(device));
  }

  private void tell(Device device) {
    try {
      List<Device> older =
          devices.ofUser(device.user()).stream()
              .filter(other -> !other.id().equals(device.id()))
              .toList();
      deliveries.tell(
          older,
          new Notice(
              Notice.Kind.NEW_DEVICE,
              StrictBase64.random(random, CHALLENGE_OCTETS),
              base,
              clock.instant().plus(WORTH_TELLING)));
    } catch (StoreException e) {
      log.warn("the older devices of a user cannot be told of a new one", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    mail.ifPresent(
        command -> users.apply(device.user()).ifPresent(user -> mail(command, user, device)));
  }

  private void mail(MailCommand command, User user, Device device) {
    if (user.mail() == null) {
      return;
    }
    Language language = user.language() == null ? Language.DEFAULT : user.language();
    var _ =
        command.send(
            user.mail(),
            MailText.newDevice(language, service, user.name(), device.name()),
            MailCommand.Content.PLAIN);
  }
}
