package dev.pushgate.configuration;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One value of the configuration: what it says, where, and what is wrong with it. */
final class Setting {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^?}][^}]*)}");
  private static final Pattern WITHOUT_UNIT = Pattern.compile("\\s*[0-9]{1,9}\\s*");

  private final String key;
  private final ConfigValue value;
  private final @Nullable ConfigValue written;
  private final Place place;
  private final Report report;

  /**
   * @param key the whole key as messages name it
   * @param value with substitutions replaced
   * @param written the same before that, or null where it is written elsewhere
   * @param around the place of the section, for a value that has none itself
   */
  Setting(
      String key, ConfigValue value, @Nullable ConfigValue written, Place around, Report report) {
    this.key = key;
    this.value = value;
    this.written = written;
    this.place = place(value, written, around);
    this.report = report;
  }

  private static Place place(ConfigValue value, @Nullable ConfigValue written, Place around) {
    Place first = written == null ? null : Place.of(written);
    if (first != null) {
      return first;
    }
    Place second = Place.of(value);
    return second == null ? around : second;
  }

  ConfigValue value() {
    return value;
  }

  Place place() {
    return place;
  }

  /** Whether the text comes from an environment variable, not from the file. */
  boolean isFromEnvironment() {
    return Place.of(value) == null;
  }

  /** A text or number as written, or null where the value is neither (reported). */
  @Nullable String text() {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> value.atKey("text").getString("text");
      case OBJECT, LIST, NULL -> {
        problem("this is " + type() + ", not a single value", "Write one value");
        yield null;
      }
    };
  }

  boolean isEmptyList() {
    return value instanceof ConfigList list && list.isEmpty();
  }

  /** The elements of a list; a single text counts as a list of one. */
  List<Setting> elements() {
    if (!(value instanceof ConfigList list)) {
      return List.of(this);
    }
    List<Setting> elements = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      ConfigValue before =
          written instanceof ConfigList same && same.size() == list.size() ? same.get(i) : null;
      Setting element = new Setting(key, list.get(i), before, place, report);
      if (element.isUnresolved()) {
        element.reportUnresolved();
      } else {
        elements.add(element);
      }
    }
    return elements;
  }

  /** A port, or null where it is none (reported). */
  @Nullable Integer port() {
    String text = text();
    if (text == null) {
      return null;
    }
    Integer port = AddressText.port(text);
    if (port == null) {
      problem(shown(text) + " is not a port", "Give a number from 1 to 65535");
    }
    return port;
  }

  /** A whole number from least to most, both included, or null where it is none (reported). */
  @Nullable Integer integer(int least, int most) {
    String text = text();
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      problem(
          shown(text) + " is not a number from " + least + " to " + most,
          "Write " + least + " to " + most);
      return null;
    }
    return Integer.parseInt(text);
  }

  /** A duration from least to most, both included, or null where it is none (reported). */
  @Nullable Duration duration(Duration least, Duration most) {
    String text = text();
    if (text == null) {
      return null;
    }
    String range = "Write " + Words.of(least) + " to " + Words.of(most);
    if (WITHOUT_UNIT.matcher(text).matches()) {
      Duration seconds = Duration.ofSeconds(Long.parseLong(text.strip()));
      boolean meant = seconds.compareTo(least) >= 0 && seconds.compareTo(most) <= 0;
      problem(text.strip() + " has no unit", meant ? "Write " + seconds.toSeconds() + "s" : range);
      return null;
    }
    Duration duration;
    try {
      duration = value.atKey("duration").getDuration("duration");
    } catch (ConfigException e) {
      problem(shown(text) + " is not a duration", range);
      return null;
    }
    if (duration.compareTo(least) < 0) {
      problem(shown(text) + " is too short", range);
      return null;
    }
    if (duration.compareTo(most) > 0) {
      problem(shown(text) + " is too long", range);
      return null;
    }
    return duration;
  }

  /** What one of the words stands for, or null where the text is none of them (reported). */
  <T> @Nullable T word(Map<String, T> words) {
    String text = text();
    if (text == null) {
      return null;
    }
    T meaning = words.get(text);
    if (meaning == null) {
      problem(shown(text) + " is not known here", "Write " + Words.alternatives(words.keySet()));
    }
    return meaning;
  }

  /** What the value is where something else was wanted. */
  String type() {
    return switch (value.valueType()) {
      case OBJECT -> "a section";
      case LIST -> "a list";
      case NULL -> "null";
      case STRING, NUMBER, BOOLEAN -> "a single value";
    };
  }

  boolean isUnresolved() {
    try {
      value.valueType();
      return false;
    } catch (ConfigException.NotResolved e) {
      return true;
    }
  }

  /** Reports that the value names a variable that there is not. */
  void reportUnresolved() {
    Matcher matcher = REFERENCE.matcher(value.render(ConfigRenderOptions.concise()));
    String names =
        matcher
            .results()
            .map(result -> result.group(1))
            .map(Setting::variable)
            .distinct()
            .collect(Collectors.joining(", "));
    problem(
        "${" + names + "} is neither an environment variable nor a key of this file",
        "Set the variable, or write ${?" + names + "} if it may be missing");
  }

  // The library puts the section in front of a name that stands in an included file.
  private static String variable(String reference) {
    String last = ConfigUtil.splitPath(reference).getLast();
    return last.matches("[A-Z0-9_]+") ? last : reference;
  }

  void problem(String what, String remedy) {
    report.problem(place, key, what, remedy);
  }

  void warning(String what, String remedy) {
    report.warning(place, key, what, remedy);
  }

  /** Numbers as they are, texts in quotes. */
  private String shown(String text) {
    return value.valueType() == ConfigValueType.NUMBER ? text : Words.quoted(text);
  }
}
