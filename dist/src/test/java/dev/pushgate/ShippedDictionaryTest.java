package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.dictionary.Definition;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.dictionary.DictionaryReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The dictionaries that come with the server against those of FreeRADIUS (tried with 3.2.1), which
 * are read here by other means than the server's own reader.
 */
class ShippedDictionaryTest {
  private static final String FREERADIUS = "/usr/share/freeradius";

  /** What FreeRADIUS says of a name: vendor, number, type and flags; and the values. */
  private record Theirs(Map<String, Set<String>> attributes, Map<String, Set<Long>> values) {}

  private static Theirs theirs(Path folder) throws IOException {
    Theirs theirs = new Theirs(new HashMap<>(), new HashMap<>());
    Map<String, String> vendors = new HashMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.getFileName().toString().startsWith("dictionary")).toList();
    }
    for (Path file : files) {
      String vendor = "0";
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        List<String> words = List.of(line.replaceAll("#.*", "").strip().split("\\s+", -1));
        switch (words.getFirst()) {
          case "VENDOR" -> vendors.put(words.get(1), words.get(2));
          case "BEGIN-VENDOR" -> vendor = vendors.getOrDefault(words.get(1), "?");
          case "END-VENDOR" -> vendor = "0";
          case "ATTRIBUTE" -> {
            Set<String> flags = new TreeSet<>();
            if (words.size() > 4) {
              flags.addAll(List.of(words.get(4).split(",", -1)));
            }
            flags.removeAll(Set.of("array", "concat"));
            theirs
                .attributes()
                .computeIfAbsent(words.get(1), _ -> new HashSet<>())
                .add(
                    "%s/%s %s %s"
                        .formatted(
                            vendor, words.get(2), words.get(3).toLowerCase(Locale.ROOT), flags));
          }
          case "VALUE" ->
              theirs
                  .values()
                  .computeIfAbsent(words.get(1) + " " + words.get(2), _ -> new HashSet<>())
                  .add(Long.decode(words.get(3)));
          default -> {}
        }
      }
    }
    return theirs;
  }

  private static String ours(Definition definition) {
    Set<String> flags = new TreeSet<>();
    if (definition.tagged()) {
      flags.add("has_tag");
    }
    if (definition.encryption() > 0) {
      flags.add("encrypt=" + definition.encryption());
    }
    return "%d/%d %s%s %s"
        .formatted(
            definition.vendor() == null ? 0 : definition.vendor().number(),
            definition.number(),
            definition.type().word(),
            definition.length() > 0 ? "[" + definition.length() + "]" : "",
            flags);
  }

  @Test
  void eachAttribute_hasTheNumberTypeAndValuesThatFreeRadiusHas() throws IOException {
    Theirs theirs = theirs(ForeignProgram.requireFolder(FREERADIUS));
    List<String> different = new ArrayList<>();
    for (Definition definition : Dictionary.shipped().definitions()) {
      Set<String> known = theirs.attributes().getOrDefault(definition.name(), Set.of());
      if (!known.contains(ours(definition))) {
        different.add(definition.name() + " is " + ours(definition) + ", and theirs " + known);
      }
      definition
          .values()
          .forEach(
              (name, number) -> {
                String value = definition.name() + " " + name;
                Set<Long> numbers = theirs.values().getOrDefault(value, Set.of());
                if (!numbers.contains(number)) {
                  different.add(value + " is " + number + ", and theirs " + numbers);
                }
              });
    }
    assertThat(different).isEmpty();
    assertThat(Dictionary.shipped().definitions()).hasSizeGreaterThan(500);
  }

  /** An administrator may name these files; what cannot be sent is left out, and said so. */
  @Test
  void dictionariesOfFreeRadius_areReadWithWarningsOnly() {
    Path folder = ForeignProgram.requireFolder(FREERADIUS);
    DictionaryReader reader = new DictionaryReader(Dictionary.shipped(), Path::toString);
    reader.read(folder.resolve("dictionary"));
    Dictionary dictionary = reader.dictionary();

    assertThat(reader.problems()).extracting(Problem::toString).isEmpty();
    assertThat(reader.warnings()).allMatch(warning -> warning.toString().contains(":"));
    assertThat(dictionary.find("Ascend-Data-Filter")).isEmpty();
    for (String name : List.of("Huawei-Domain-Name", "USR-Last-Number-Dialed-Out", "Filter-Id")) {
      assertThat(dictionary.find(name)).as(name).isPresent();
    }
    assertThat(dictionary.definitions()).hasSizeGreaterThan(5000);
  }
}
