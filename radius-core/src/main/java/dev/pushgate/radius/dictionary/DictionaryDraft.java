package dev.pushgate.radius.dictionary;

import dev.pushgate.radius.NearestName;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.packet.UntrustedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A dictionary under way: what several files have said so far. For one thread. */
final class DictionaryDraft {
  private static final int MOST_GUESSES = 20;

  private final Map<Long, Vendor> vendors = new LinkedHashMap<>();
  private final Map<String, Definition> byName = new LinkedHashMap<>();
  private final Map<Definition.Key, Definition> byKey = new HashMap<>();
  private final Set<String> leftOut = new HashSet<>();

  /** A file may name the values of an attribute before the attribute itself. */
  private final List<NamedValue> values = new ArrayList<>();

  record NamedValue(String file, int line, String attribute, String name, long number) {}

  DictionaryDraft(Dictionary base) {
    base.vendors().forEach(this::add);
    base.definitions().forEach(this::add);
  }

  void add(Vendor vendor) {
    vendors.put(vendor.number(), vendor);
  }

  /** The vendor of that name, in any case. */
  @Nullable Vendor vendor(String name) {
    return vendors.values().stream()
        .filter(vendor -> vendor.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  Optional<String> nearestVendor(String name) {
    return NearestName.to(name, vendors.values().stream().map(Vendor::name).toList());
  }

  /** Adds an attribute; tells which one of the same name it replaces, if that is another. */
  Optional<Definition> add(Definition definition) {
    Definition before = byName.get(Definition.folded(definition.name()));
    boolean same = before != null && before.isSameAs(definition);
    Definition now = same && before != null ? definition.withValues(before.values()) : definition;
    byName.put(Definition.folded(now.name()), now);
    byKey.put(now.key(), now);
    return same ? Optional.empty() : Optional.ofNullable(before);
  }

  /** Remembers that there is an attribute of this name, which this server cannot send. */
  void leaveOut(String name) {
    leftOut.add(Definition.folded(name));
  }

  void add(NamedValue value) {
    values.add(value);
  }

  /** Gives all values to their attributes. */
  void nameValues(List<Problem> problems) {
    Map<String, Map<String, Long>> all = new LinkedHashMap<>();
    int guesses = 0;
    for (NamedValue value : values) {
      String folded = Definition.folded(value.attribute());
      if (byName.containsKey(folded)) {
        all.computeIfAbsent(folded, _ -> new LinkedHashMap<>()).put(value.name(), value.number());
      } else if (!leftOut.contains(folded)) {
        Optional<String> meant =
            guesses++ < MOST_GUESSES ? NearestName.to(folded, byName.keySet()) : Optional.empty();
        problems.add(
            new Problem(
                value.file(),
                value.line(),
                "VALUE",
                "there is no attribute '" + UntrustedText.shown(value.attribute()) + "'",
                meant
                    .map(byName::get)
                    .map(near -> "Write " + near.name())
                    .orElse("Define it in a line that begins with ATTRIBUTE")));
      }
    }
    all.forEach(
        (folded, named) -> {
          Definition definition = byName.get(folded);
          if (definition != null) {
            add(definition.withValues(named));
          }
        });
    values.clear();
  }

  Dictionary dictionary() {
    return new Dictionary(vendors, byName, byKey, true);
  }
}
