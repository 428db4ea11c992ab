package dev.pushgate.configuration;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One object of the configuration, read key by key; knows where each value is written. */
final class Section {
  private static final ConfigObject EMPTY = ConfigFactory.empty().root();

  private final List<String> path;
  private final ConfigObject written;
  private final ConfigObject resolved;
  private final Place place;
  private final boolean sound;
  private final Report report;

  private Section(
      List<String> path,
      ConfigObject written,
      ConfigObject resolved,
      Place place,
      boolean sound,
      Report report) {
    this.path = path;
    this.written = written;
    this.resolved = resolved;
    this.place = place;
    this.sound = sound;
    this.report = report;
  }

  /**
   * The whole configuration.
   *
   * @param written as read, which has the places
   * @param resolved the same with its substitutions replaced where they could be
   * @param place the file as a whole
   */
  static Section root(ConfigObject written, ConfigObject resolved, Place place, Report report) {
    return new Section(List.of(), written, resolved, place, true, report);
  }

  /** The value of a key, or null where it has none or one that cannot be resolved (reported). */
  @Nullable Setting setting(String key) {
    ConfigValue value = resolved.get(key);
    if (value == null) {
      return null;
    }
    Setting setting = new Setting(keyOf(key), value, written(key), place, report);
    if (!isResolved(value)) {
      setting.reportUnresolved();
      return null;
    }
    return value.valueType() == ConfigValueType.NULL ? null : setting;
  }

  /** The section of that name; empty where it is missing or no section (reported). */
  Section section(String key) {
    Setting setting = setting(key);
    if (setting == null) {
      return new Section(pathOf(key), EMPTY, EMPTY, place, !has(key), report);
    }
    if (!(setting.value() instanceof ConfigObject object)) {
      setting.problem("this is " + setting.type() + ", not a section", "Write " + key + " { … }");
      return new Section(pathOf(key), EMPTY, EMPTY, setting.place(), false, report);
    }
    ConfigObject asWritten =
        written(key) instanceof ConfigObject before && isResolved(before) ? before : EMPTY;
    return new Section(pathOf(key), asWritten, object, setting.place(), true, report);
  }

  /** The duration of a key, or the fallback where it has none or a wrong one (reported). */
  Duration duration(String key, Duration least, Duration most, Duration fallback) {
    Setting setting = setting(key);
    Duration duration = setting == null ? null : setting.duration(least, most);
    return duration == null ? fallback : duration;
  }

  /** What a key's word stands for, or the fallback where it has none or a wrong one (reported). */
  <T> T word(String key, Map<String, T> words, T fallback) {
    Setting setting = setting(key);
    T meaning = setting == null ? null : setting.word(words);
    return meaning == null ? fallback : meaning;
  }

  /** The path of a key from the folder, or the fallback where it has none or a wrong one. */
  Path path(String key, Path folder, Path fallback) {
    Setting setting = setting(key);
    Path path = setting == null ? null : GivenFile.path(setting, folder);
    return path == null ? folder.resolve(fallback) : path;
  }

  /** All keys of this section as sections, in the order in which they are written. */
  List<Section> sections() {
    List<Section> all = new ArrayList<>();
    for (String key : new TreeSet<>(resolved.keySet())) {
      all.add(section(key));
    }
    all.sort(
        Comparator.comparing((Section section) -> section.place.file())
            .thenComparingInt(section -> section.place.line()));
    return all;
  }

  /** All keys of this section with their values, but for those that have none. */
  Map<String, Setting> settings() {
    Map<String, Setting> all = new TreeMap<>();
    for (String key : resolved.keySet()) {
      Setting setting = setting(key);
      if (setting != null) {
        all.put(key, setting);
      }
    }
    return all;
  }

  /** Whether nothing is written in it, or it is not there at all. */
  boolean isEmpty() {
    return resolved.isEmpty() && written.isEmpty();
  }

  /** The key of this section within its parent; empty for the whole configuration. */
  String name() {
    return path.isEmpty() ? "" : path.getLast();
  }

  /** Reports something about the section as a whole. */
  void problem(String what, String remedy) {
    report.problem(place, keyOfThis(), what, remedy);
  }

  /** Warns of something about the section as a whole. */
  void warning(String what, String remedy) {
    report.warning(place, keyOfThis(), what, remedy);
  }

  /** False where the section could not be read, so that what is missing from it says nothing. */
  boolean isSound() {
    return sound;
  }

  /** Whether the key has a value, be it a wrong one. */
  boolean has(String key) {
    ConfigValue value = resolved.get(key);
    return value != null && (!isResolved(value) || value.valueType() != ConfigValueType.NULL);
  }

  /** Reports that a key is missing, unless the whole section could not be read. */
  void missing(String key, String what, String remedy) {
    if (sound) {
      report.problem(place, keyOf(key), what, remedy);
    }
  }

  /** Warns that a key is missing, unless the whole section could not be read. */
  void warnOfMissing(String key, String what, String remedy) {
    if (sound) {
      report.warning(place, keyOf(key), what, remedy);
    }
  }

  /** Reports every key that the section does not know. */
  void refuseUnknown(Vocabulary vocabulary) {
    // A key whose variable is not set is among the written ones only.
    Set<String> keys = new TreeSet<>(resolved.keySet());
    keys.addAll(written.keySet());
    keys.removeAll(vocabulary.keys());
    for (String key : keys) {
      ConfigValue value = written(key) == null ? resolved.get(key) : written(key);
      Place origin = value == null ? null : Place.of(value);
      report.problem(
          origin == null ? place : origin,
          keyOf(key),
          "there is no such key",
          vocabulary.isNamed() && value instanceof ConfigObject
              ? "Put a " + vocabulary.thing() + "'s name that has a dot between double quotes"
              : vocabulary.remedyFor(key));
    }
  }

  private String keyOf(String key) {
    return ConfigUtil.joinPath(pathOf(key));
  }

  private @Nullable String keyOfThis() {
    return path.isEmpty() ? null : ConfigUtil.joinPath(path);
  }

  private List<String> pathOf(String key) {
    List<String> all = new ArrayList<>(path);
    all.add(key);
    return List.copyOf(all);
  }

  private @Nullable ConfigValue written(String key) {
    return written.get(key);
  }

  // An object that is to be merged with something unresolved knows its type but not its keys.
  private static boolean isResolved(ConfigValue value) {
    try {
      if (value.valueType() == ConfigValueType.OBJECT) {
        var unused = ((ConfigObject) value).size();
      }
      return true;
    } catch (ConfigException.NotResolved e) {
      return false;
    }
  }
}
