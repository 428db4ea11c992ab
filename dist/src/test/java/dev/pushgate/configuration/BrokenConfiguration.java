package dev.pushgate.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A configuration that cannot be used.
 *
 * @param name what is wrong with it
 * @param text what stands in pushgate.conf
 * @param messages all that the administrator reads, with FOLDER for the path of the folder
 */
record BrokenConfiguration(String name, String text, List<String> messages) {

  static BrokenConfiguration row(String name, String text, String... messages) {
    return new BrokenConfiguration(name, text, List.of(messages));
  }

  /** Loads it beside a certificate, its key, and files that broken keys name. */
  void assertMessages(Path folder) {
    ConfigurationFolder configuration =
        new ConfigurationFolder(folder)
            .withTls()
            .with("empty", "\n")
            .with("two-lines", "one\ntwo\n")
            .with("long", "x".repeat(1025))
            .with("more.conf", "\npush.server-port = 70000\npush.colour = red\n")
            .with("open.conf", "\npush {\n")
            .with("pushgate.conf", text);

    ConfigurationFile.Result result = configuration.load(Map.of());

    assertThat(configuration.problems(result)).isEqualTo(messages);
    assertThat(result.toString()).doesNotContain(ConfigurationFolder.SECRET);
  }

  @Override
  public String toString() {
    return name;
  }
}
