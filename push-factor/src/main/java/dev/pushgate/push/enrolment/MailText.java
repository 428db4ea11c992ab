package dev.pushgate.push.enrolment;

import dev.pushgate.radius.message.Language;
import dev.pushgate.radius.packet.UntrustedText;

/**
 * What is written to users by mail. May hold a secret link.
 *
 * @param subject one short line of ours, without anything from a user
 * @param body lines; what others have written is safe to show in it
 */
record MailText(String subject, String body) {

  /** Invites to enrol the first device. */
  static MailText firstDevice(
      Language language, String service, String user, String link, long minutes) {
    return switch (language) {
      case EN ->
          new MailText(
              "Set up your phone for sign-ins",
              """
              Somebody, most likely you, signed in to %s as %s with the right password.

              To set up your phone for sign-ins, open this link on it within %d minutes:
              %s

              It asks for your password again. If it was not you who signed in, do not open the
              link: change your password and tell your administrator.
              """
                  .formatted(service, UntrustedText.shown(user), minutes, link));
      case DE ->
          new MailText(
              "Telefon für die Anmeldung einrichten",
              """
              Jemand, vermutlich Sie, hat sich bei %s als %s mit dem richtigen Kennwort angemeldet.

              Um Ihr Telefon für die Anmeldung einzurichten, öffnen Sie darauf innerhalb von
              %d Minuten diesen Link:
              %s

              Dort wird noch einmal nach Ihrem Kennwort gefragt. Wenn nicht Sie sich angemeldet
              haben, öffnen Sie den Link nicht: Ändern Sie Ihr Kennwort und verständigen Sie die
              Administration.
              """
                  .formatted(service, UntrustedText.shown(user), minutes, link));
    };
  }

  /** Tells of a new device. */
  static MailText newDevice(Language language, String service, String user, String device) {
    return switch (language) {
      case EN ->
          new MailText(
              "A new device approves your sign-ins",
              """
              A device called "%s" has been set up. It now approves sign-ins of %s at %s.

              If it is not yours, change your password and tell your administrator at once.
              """
                  .formatted(UntrustedText.shown(device), UntrustedText.shown(user), service));
      case DE ->
          new MailText(
              "Ein neues Gerät bestätigt Ihre Anmeldungen",
              """
              Ein Gerät mit dem Namen "%s" wurde eingerichtet. Es bestätigt ab jetzt Anmeldungen
              von %s bei %s.

              Wenn es nicht Ihres ist, ändern Sie Ihr Kennwort und verständigen Sie sofort die
              Administration.
              """
                  .formatted(UntrustedText.shown(device), UntrustedText.shown(user), service));
    };
  }

  @Override
  public String toString() {
    return "MailText[" + subject + "]";
  }
}
