package dev.pushgate.configuration;

import dev.pushgate.push.alarm.AlarmSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code alarm}. */
final class AlarmSection {
  private static final String REMEDY = "Write one such as \"https://chat.example.com/hooks/abc\"";

  private AlarmSection() {}

  static AlarmSettings read(Section alarm) {
    Setting hook = alarm.setting("webhook");
    URI webhook = hook == null ? null : webhook(hook);
    Setting program = alarm.setting("command");
    List<String> command = program == null ? List.of() : ProgramSetting.read(program);
    alarm.refuseUnknown(Vocabulary.ALARM);
    return new AlarmSettings(webhook, command);
  }

  /** The address, which may be a secret by itself: no message shows it. */
  private static @Nullable URI webhook(Setting setting) {
    String text = setting.text();
    if (text == null) {
      return null;
    }
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException e) {
      setting.problem("this is not a URL", REMEDY);
      return null;
    }
    if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
      setting.problem("this does not begin with https:// and a host name", REMEDY);
      return null;
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      setting.problem("there is a user name or a fragment in it", REMEDY);
      return null;
    }
    return url;
  }
}
