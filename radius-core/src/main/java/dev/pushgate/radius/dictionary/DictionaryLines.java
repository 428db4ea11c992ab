package dev.pushgate.radius.dictionary;

import dev.pushgate.radius.NearestName;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.packet.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one dictionary file into a draft. For one thread. */
final class DictionaryLines {
  private static final List<String> STATEMENTS =
      List.of(
          "ATTRIBUTE",
          "VALUE",
          "VENDOR",
          "BEGIN-VENDOR",
          "END-VENDOR",
          "BEGIN-TLV",
          "END-TLV",
          "$INCLUDE",
          "$INCLUDE-");

  /** Types of FreeRADIUS whose values this server cannot encode. */
  private static final Set<String> UNSUPPORTED_TYPES =
      Set.of("abinary", "tlv", "vsa", "extended", "long-extended", "evs", "struct", "group");

  private static final Pattern FORMAT = Pattern.compile("format=([124]),([012])(,c)?");
  private static final Pattern SIZED = Pattern.compile("octets\\[([0-9]{1,3})]");

  /** FreeRADIUS's own files, taken whole, have many lines that are left out. */
  private static final int MOST_WARNINGS = 10;

  private static final long HIGHEST = 0xffffffffL;

  private final String file;
  private final DictionaryDraft draft;
  private final Includes includes;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private int unsaid;
  private int line;
  private String statement = "";
  private @Nullable Vendor vendor;

  /** Where the block of attributes began that are all left out, or 0. */
  private int leavingOutSince;

  /** Takes in another file. */
  interface Includes {
    void include(DictionaryLines from, String name, boolean mayBeMissing);
  }

  DictionaryLines(String file, DictionaryDraft draft, Includes includes) {
    this.file = file;
    this.draft = draft;
    this.includes = includes;
  }

  void read(List<String> lines) {
    int blockBegan = 0;
    for (String text : lines) {
      line++;
      int comment = text.indexOf('#');
      String said = (comment < 0 ? text : text.substring(0, comment)).strip();
      if (said.isEmpty()) {
        continue;
      }
      boolean inBlock = isInBlock();
      List<String> words = List.of(said.split("\\s+", -1));
      statement = words.getFirst().toUpperCase(Locale.ROOT);
      obey(words.subList(1, words.size()));
      blockBegan = inBlock ? blockBegan : line;
    }
    if (isInBlock()) {
      line = blockBegan;
      tell("the block has no end", "Write the END- line that belongs to it");
    }
    if (unsaid > 0) {
      warnings.add(
          new Problem(
              file,
              0,
              null,
              "as many as " + unsaid + " more lines are left out",
              "Do without them"));
    }
  }

  private boolean isInBlock() {
    return vendor != null || leavingOutSince > 0;
  }

  private void obey(List<String> words) {
    switch (statement) {
      case "ATTRIBUTE" -> attribute(words);
      case "VALUE" -> value(words);
      case "VENDOR" -> vendor(words);
      case "BEGIN-VENDOR" -> beginVendor(words);
      case "END-VENDOR" -> endVendor(words);
      case "BEGIN-TLV" -> leavingOutSince = line;
      case "END-TLV" -> leavingOutSince = 0;
      case "$INCLUDE", "$INCLUDE-" -> {
        if (has(words, 1, 1, "FILE")) {
          includes.include(this, words.getFirst(), statement.endsWith("-"));
        }
      }
      case "PROTOCOL",
          "BEGIN-PROTOCOL",
          "END-PROTOCOL",
          "BEGIN",
          "END",
          "FLAGS",
          "ENUM",
          "MEMBER",
          "STRUCT",
          "ALIAS" ->
          leaveOut("this server does not know " + statement);
      default ->
          tell(
              "there is no such statement",
              NearestName.to(statement, STATEMENTS)
                  .map(near -> "Write " + near)
                  .orElse("Write ATTRIBUTE, VALUE, VENDOR, BEGIN-VENDOR, END-VENDOR or $INCLUDE"));
    }
  }

  private void attribute(List<String> words) {
    if (!has(words, 3, 5, "NAME NUMBER TYPE [FLAGS]")) {
      return;
    }
    String name = words.getFirst();
    if (leavingOutSince > 0) {
      draft.leaveOut(name);
      return;
    }
    String type = words.get(2).toLowerCase(Locale.ROOT);
    if (UNSUPPORTED_TYPES.contains(type) || words.get(1).matches("[0-9]+(\\.[0-9]+)+")) {
      draft.leaveOut(name);
      leaveOut(UntrustedText.shown(name) + " is of a kind that this server cannot send");
      return;
    }
    Matcher sized = SIZED.matcher(type);
    Optional<ValueType> known =
        sized.matches() ? Optional.of(ValueType.OCTETS) : ValueType.of(type);
    OptionalLong number = number(words.get(1), 0, HIGHEST);
    if (known.isEmpty()) {
      tell(
          shown(words.get(2)) + " is not a type of value",
          NearestName.to(type, List.of(ValueType.values()).stream().map(ValueType::word).toList())
              .map(near -> "Write " + near)
              .orElse("Write a type such as string, octets, integer, ipaddr or date"));
      return;
    }
    if (number.isEmpty()) {
      return;
    }
    Flags flags = new Flags(vendor);
    for (String flag : words.subList(3, words.size())) {
      for (String each : flag.split(",", -1)) {
        flag(each, flags);
      }
    }
    Vendor owner = flags.vendor;
    if (owner != null && number.getAsLong() > owner.highestType()) {
      draft.leaveOut(name);
      leaveOut(
          UntrustedText.shown(name)
              + " has a number that does not fit in "
              + owner.typeOctets()
              + " octets");
      return;
    }
    int length = sized.matches() ? Integer.parseInt(sized.group(1)) : 0;
    draft
        .add(
            new Definition(
                name,
                owner,
                number.getAsLong(),
                known.get(),
                length,
                flags.tagged,
                flags.encryption,
                Map.of()))
        .ifPresent(
            before ->
                warn(
                    UntrustedText.shown(name) + " was another attribute before; this one counts",
                    "Choose another name if both are needed"));
  }

  private static final class Flags {
    private @Nullable Vendor vendor;
    private boolean tagged;
    private int encryption;

    private Flags(@Nullable Vendor vendor) {
      this.vendor = vendor;
    }
  }

  private void flag(String flag, Flags flags) {
    switch (flag.toLowerCase(Locale.ROOT)) {
      case "has_tag", "has_tag=1" -> flags.tagged = true;
      case "encrypt=1", "encrypt=user-password" -> flags.encryption = 1;
      case "encrypt=2", "encrypt=tunnel-password" -> flags.encryption = 2;
      case "encrypt=3", "encrypt=ascend-secret" -> flags.encryption = 3;
      // They change nothing in what is sent to a NAS.
      case "", "concat", "array", "virtual", "secret", "internal" -> {}
      default -> {
        Vendor named = draft.vendor(flag);
        if (named == null) {
          tell(
              shown(flag) + " is neither a flag nor a vendor",
              "Write has_tag, encrypt=1, encrypt=2, encrypt=3, concat or array");
        } else {
          flags.vendor = named;
        }
      }
    }
  }

  private void value(List<String> words) {
    if (has(words, 3, 3, "ATTRIBUTE NAME NUMBER")) {
      number(words.get(2), Integer.MIN_VALUE, Long.MAX_VALUE)
          .ifPresent(
              number ->
                  draft.add(
                      new DictionaryDraft.NamedValue(
                          file, line, words.get(0), words.get(1), number)));
    }
  }

  private void vendor(List<String> words) {
    if (!has(words, 2, 3, "NAME NUMBER [format=T,L]")) {
      return;
    }
    OptionalLong number = number(words.get(1), 1, HIGHEST);
    Matcher format = FORMAT.matcher(words.size() == 3 ? words.get(2) : "format=1,1");
    if (!format.matches()) {
      tell(
          shown(words.get(2)) + " is not a format",
          "Write format=T,L with T 1, 2 or 4 and L 0, 1 or 2");
    } else if (number.isPresent()) {
      if (format.group(3) != null) {
        leaveOut("values of " + UntrustedText.shown(words.get(0)) + " cannot be continued");
      }
      draft.add(
          new Vendor(
              words.get(0),
              number.getAsLong(),
              Integer.parseInt(format.group(1)),
              Integer.parseInt(format.group(2))));
    }
  }

  private void beginVendor(List<String> words) {
    if (!has(words, 1, 2, "NAME")) {
      return;
    }
    if (vendor != null) {
      tell("the block of " + vendor.name() + " has not ended", "Write END-VENDOR before");
    }
    if (words.size() == 2) {
      leavingOutSince = line;
      leaveOut("this server cannot send attributes of " + UntrustedText.shown(words.get(1)));
      return;
    }
    vendor = draft.vendor(words.getFirst());
    if (vendor == null) {
      leavingOutSince = line;
      tell(
          "there is no vendor " + shown(words.getFirst()),
          draft
              .nearestVendor(words.getFirst())
              .map(near -> "Write " + near)
              .orElse("Define it before, as in: VENDOR NAME NUMBER"));
    }
  }

  private void endVendor(List<String> words) {
    if (!has(words, 1, 1, "NAME")) {
      return;
    }
    if (!isInBlock()) {
      tell("no block has begun", "Write BEGIN-VENDOR before");
    } else if (vendor != null && !vendor.name().equalsIgnoreCase(words.getFirst())) {
      tell("the block that ends is that of " + vendor.name(), "Write END-VENDOR " + vendor.name());
    }
    vendor = null;
    leavingOutSince = 0;
  }

  private boolean has(List<String> words, int least, int most, String wanted) {
    if (words.size() >= least && words.size() <= most) {
      return true;
    }
    tell(
        words.size() < least ? "the line is cut off" : "the line has words too many",
        "Write " + statement + " " + wanted);
    return false;
  }

  private OptionalLong number(String text, long least, long most) {
    try {
      long number =
          text.matches("0[xX][0-9A-Fa-f]+")
              ? Long.parseLong(text.substring(2), 16)
              : Long.parseLong(text);
      if (number >= least && number <= most) {
        return OptionalLong.of(number);
      }
      tell(shown(text) + " is not from " + least + " to " + most, "Write a number in that range");
    } catch (NumberFormatException e) {
      tell(shown(text) + " is not a number", "Write a number, as 12 or 0x0c");
    }
    return OptionalLong.empty();
  }

  private static String shown(String word) {
    return "'" + UntrustedText.shown(word) + "'";
  }

  /** The line under way is wrong. */
  void tell(String what, String remedy) {
    problems.add(new Problem(file, line, UntrustedText.shown(statement), what, remedy));
  }

  private void leaveOut(String why) {
    warn(why + ", so the line is left out", "Do without it");
  }

  private void warn(String what, String remedy) {
    if (warnings.size() < MOST_WARNINGS) {
      warnings.add(new Problem(file, line, UntrustedText.shown(statement), what, remedy));
    } else {
      unsaid++;
    }
  }

  List<Problem> problems() {
    return problems;
  }

  List<Problem> warnings() {
    return warnings;
  }
}
