package dev.pushgate.configuration;

import dev.pushgate.radius.client.ClientSources;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.user.Realms;
import dev.pushgate.radius.user.RightPasswordMemory;
import dev.pushgate.radius.user.UserName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the sections {@code sources} and {@code realms}, and which sources are asked. */
final class SourcesSection {
  private static final String NOT_KEPT = "off";

  private final Path folder;
  private final Set<Path> files;
  private final Dictionary dictionary;
  private final Set<String> plugins;
  private final Map<String, Reading> kinds = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();

  /** Those that tell nothing of a user without a password. */
  private final Set<String> mute = new TreeSet<>();

  /** Reads what a kind of source needs; null where it cannot be used (reported). */
  private interface Reading {
    @Nullable SourceSettings of(Section section);
  }

  /**
   * @param dictionary knows the attributes that replies may carry and that may be passed on
   * @param plugins second factors besides those of our own
   * @param files collects the files that are named
   */
  SourcesSection(Path folder, Dictionary dictionary, Set<String> plugins, Set<Path> files) {
    this.folder = folder;
    this.dictionary = dictionary;
    this.plugins = plugins;
    this.files = files;
    kinds.put("ldap", section -> ldap(section, false));
    kinds.put("active-directory", section -> ldap(section, true));
    kinds.put("radius", new UpstreamSection(folder, dictionary, files)::read);
  }

  private @Nullable SourceSettings ldap(Section section, boolean activeDirectory) {
    return new LdapSection(section, folder, dictionary, plugins, files).read(activeDirectory);
  }

  SourcesSettings read(Section root) {
    Map<String, SourceSettings> sources = new TreeMap<>();
    known.add(ClientSources.USERS_FILE);
    for (Section each : root.section("sources").sections()) {
      known.add(each.name());
      SourceSettings settings = source(each);
      if (settings != null) {
        sources.put(each.name(), settings);
      }
    }
    List<String> order = names(root);
    return new SourcesSettings(
        sources, order.isEmpty() ? SourcesSettings.DEFAULT.order() : order, realms(root));
  }

  private @Nullable SourceSettings source(Section section) {
    if (!ClientsSection.isName(section.name())) {
      section.problem(
          "the name of a source cannot be " + Words.quoted(section.name()),
          ClientsSection.NAME_REMEDY);
    }
    if (ClientSources.RESERVED.contains(section.name())) {
      section.problem(
          section.name() + " has a meaning of its own where sources are named",
          "Call the source otherwise");
    }
    if (!section.has("kind")) {
      section.missing(
          "kind",
          "it is not said what this source is",
          "Write " + Words.alternatives(kinds.keySet()));
    }
    Setting kind = section.setting("kind");
    Reading reading = kind == null ? null : kind.word(kinds);
    if (reading == null) {
      return null;
    }
    Duration kept = kept(section.setting("password-memory"));
    SourceSettings settings = reading.of(section);
    if (settings instanceof UpstreamSourceInFile) {
      mute.add(section.name());
    }
    return settings == null || kept == null ? settings : new RememberingSource(settings, kept);
  }

  private static @Nullable Duration kept(@Nullable Setting setting) {
    return setting == null || NOT_KEPT.equals(setting.text())
        ? null
        : setting.duration(RightPasswordMemory.LEAST, RightPasswordMemory.MOST);
  }

  /** The sources that a client names; none where it names none. */
  ClientSources ofClient(Section client) {
    Setting setting = client.setting("source");
    List<String> names = new ArrayList<>();
    if (setting != null) {
      List<Setting> elements = setting.elements();
      for (int i = 0; i < elements.size(); i++) {
        String name = elements.get(i).text();
        if (i == 0 && ClientSources.NAS.equals(name)) {
          names.add(name);
        } else {
          addKnown(name, elements.get(i), names);
        }
        if (name != null && mute.contains(name) && names.contains(ClientSources.NAS)) {
          elements
              .get(i)
              .problem(
                  Words.quoted(name) + " tells nobody who a user is without the password",
                  "Name sources that do, or nas alone");
        }
      }
      refuseEmpty(setting);
    }
    return new ClientSources(
        names, client.word("on-unavailable", Words.table("reject", false, "silent", true), false));
  }

  private List<String> names(Section section) {
    Setting setting = section.setting("source");
    List<String> names = new ArrayList<>();
    if (setting != null) {
      setting.elements().forEach(element -> addKnown(element.text(), element, names));
      refuseEmpty(setting);
    }
    return names;
  }

  private static void refuseEmpty(Setting setting) {
    if (setting.isEmptyList()) {
      setting.problem("no source is named", "Name one, or remove the key");
    }
  }

  private void addKnown(@Nullable String name, Setting element, List<String> names) {
    if (name == null) {
      return;
    }
    if (name.equals(ClientSources.NAS)) {
      element.problem(
          "nas is no list of users: it says that a NAS checks the passwords itself",
          "Write it at that client only, and first: clients.NAME.source = nas");
    } else if (!known.contains(name)) {
      element.problem(Words.quoted(name) + " is no source", "Write " + Words.alternatives(known));
    } else if (names.contains(name)) {
      element.problem(Words.quoted(name) + " is named twice", "Remove one of the two");
    } else {
      names.add(name);
    }
  }

  private Realms realms(Section root) {
    List<Realms.Realm> realms = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    for (Section each : root.section("realms").sections()) {
      List<String> spellings = new ArrayList<>();
      Setting setting = each.setting("names");
      List<Setting> elements = setting == null ? List.of() : setting.elements();
      for (Setting element : elements) {
        String spelling = element.text();
        if (spelling != null && isSound(spelling, each.name(), element, owners)) {
          spellings.add(spelling);
        }
      }
      if (!each.has("names")) {
        each.missing(
            "names",
            "it is not said what users write",
            "Set it to what stands behind the @ or before the backslash, such as [ \"CORP\","
                + " \"corp.example.com\" ]");
      }
      realms.add(new Realms.Realm(each.name(), spellings, names(each)));
      each.refuseUnknown(Vocabulary.REALM);
    }
    return new Realms(realms);
  }

  private static boolean isSound(
      String spelling, String realm, Setting element, Map<String, String> owners) {
    if (spelling.isBlank() || spelling.matches("(?s).*[@\\\\/].*")) {
      element.problem(
          Words.quoted(spelling) + " cannot be the name of a realm",
          "Write it without @, slash or backslash");
      return false;
    }
    String owner = owners.putIfAbsent(UserName.folded(spelling), realm);
    if (owner != null) {
      element.problem(
          Words.quoted(spelling) + " stands for realm " + Words.quoted(owner) + " already",
          "Remove one of the two");
      return false;
    }
    return true;
  }

  /** The folder that paths are relative to. */
  Path folder() {
    return folder;
  }

  /** Collects the files that are named. */
  Set<Path> files() {
    return files;
  }
}
