package dev.pushgate.radius.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.Problem;
import dev.pushgate.radius.dictionary.ReplyAttributeReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryReaderTest {
  private final Path folder;

  DictionaryReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private DictionaryReader read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("dictionary.acme"), text);
    DictionaryReader reader =
        new DictionaryReader(Dictionary.shipped(), path -> folder.relativize(path).toString());
    reader.read(file);
    return reader;
  }

  private static String sent(Dictionary dictionary, String name, String value) {
    return ((Reading.Read) new ReplyAttributeReader(dictionary).read(name, List.of(value)))
        .attribute()
        .encoded()
        .getFirst()
        .toString();
  }

  @Test
  void attributesOfAVendor_areSentInItsFormat() throws IOException {
    DictionaryReader reader =
        read(
            """
            # by hand
            VENDOR  Acme 32473
            vendor\tWide 32474  format=2,2   # two octets each
            VENDOR  Bare 32475 format=4,0
            VALUE Acme-Level Guest 0x01
            BEGIN-VENDOR Acme
            ATTRIBUTE Acme-Role 1 string array
            ATTRIBUTE Acme-Level 2 integer
            ATTRIBUTE Acme-Byte 0x03 byte
            ATTRIBUTE Acme-Key 4 octets[3]
            END-VENDOR Acme
            ATTRIBUTE Wide-Role 258 string Wide
            BEGIN-VENDOR Bare
            ATTRIBUTE Bare-Role 1 short
            END-VENDOR Bare
            VALUE Acme-Level Root 2
            """);
    Dictionary dictionary = reader.dictionary();

    assertThat(reader.problems()).isEmpty();
    assertThat(reader.warnings()).isEmpty();
    assertThat(sent(dictionary, "Acme-Role", "x")).isEqualTo("26=0x00007ed9010378");
    assertThat(sent(dictionary, "Acme-Level", "Guest")).isEqualTo("26=0x00007ed9020600000001");
    assertThat(sent(dictionary, "acme-level", "root")).isEqualTo("26=0x00007ed9020600000002");
    assertThat(sent(dictionary, "Acme-Byte", "255")).isEqualTo("26=0x00007ed90303ff");
    assertThat(sent(dictionary, "Acme-Key", "abc")).isEqualTo("26=0x00007ed90405616263");
    assertThat(sent(dictionary, "Wide-Role", "x")).isEqualTo("26=0x00007eda0102000578");
    assertThat(sent(dictionary, "Bare-Role", "7")).isEqualTo("26=0x00007edb000000010007");
    assertThat(sent(dictionary, "Filter-Id", "x")).isEqualTo("11=0x78");
  }

  @Test
  void include_isTakenFromTheFolderOfTheFile() throws IOException {
    Files.createDirectory(folder.resolve("more"));
    Files.writeString(
        folder.resolve("more/first"), "$INCLUDE second\n$INCLUDE- missing\nVENDOR Acme 32473\n");
    Files.writeString(folder.resolve("more/second"), "ATTRIBUTE Odd 222 ipaddr\n");
    DictionaryReader reader = read("$INCLUDE more/first\nATTRIBUTE Acme-Role 1 string Acme\n");

    assertThat(reader.dictionary().find("Acme-Role")).isPresent();
    assertThat(reader.problems()).isEmpty();
    assertThat(reader.files())
        .extracting(file -> folder.relativize(file).toString())
        .containsExactlyInAnyOrder("dictionary.acme", "more/first", "more/second", "more/missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ATTRIBUT a 1 string|1: ATTRIBUT: there is no such statement. Write ATTRIBUTE.",
        "Filter-Id = x|1: FILTER-ID: there is no such statement. Write ATTRIBUTE, VALUE, VENDOR, BEGIN-VENDOR, END-VENDOR or $INCLUDE.",
        "ATTRIBUTE a 1|1: ATTRIBUTE: the line is cut off. Write ATTRIBUTE NAME NUMBER TYPE [FLAGS].",
        "ATTRIBUTE a b string|1: ATTRIBUTE: 'b' is not a number. Write a number, as 12 or 0x0c.",
        "ATTRIBUTE a 1 strng|1: ATTRIBUTE: 'strng' is not a type of value. Write string.",
        "ATTRIBUTE a 222 string tagged|1: ATTRIBUTE: 'tagged' is neither a flag nor a vendor. Write has_tag, encrypt=1, encrypt=2, encrypt=3, concat or array.",
        "VALUE Servic-Type X 1|1: VALUE: there is no attribute 'Servic-Type'. Write Service-Type.",
        "VENDOR Acme 0|1: VENDOR: '0' is not from 1 to 4294967295. Write a number in that range.",
        "VENDOR Acme 32473 format=3,1|1: VENDOR: 'format=3,1' is not a format. Write format=T,L with T 1, 2 or 4 and L 0, 1 or 2.",
        "BEGIN-VENDOR Fortinett|1: BEGIN-VENDOR: there is no vendor 'Fortinett'. Write Fortinet.",
        "BEGIN-VENDOR Fortinet|1: BEGIN-VENDOR: the block has no end. Write the END- line that belongs to it.",
        "END-VENDOR Fortinet|1: END-VENDOR: no block has begun. Write BEGIN-VENDOR before.",
        "$INCLUDE dictionary.acme|1: $INCLUDE: dictionary.acme includes itself. Remove one of the includes.",
      })
  void mistake_isToldWithItsLine(String line, String message) throws IOException {
    DictionaryReader reader = read(line + "\n");
    Dictionary dictionary = reader.dictionary();

    assertThat(reader.problems())
        .extracting(Problem::toString)
        .first()
        .isEqualTo("dictionary.acme:" + message);
    assertThat(dictionary.isWhole()).isFalse();
  }

  @Test
  void whatCannotBeSent_isLeftOutWithAWarning() throws IOException {
    DictionaryReader reader =
        read(
            """
            ATTRIBUTE Ascend-Data-Filter 242 abinary
            ATTRIBUTE Nested 241 tlv
            ATTRIBUTE Nested-Inner 241.1 integer
            VALUE Nested-Inner X 1
            ATTRIBUTE Kept 222 string
            """);

    assertThat(reader.dictionary().find("Kept")).isPresent();
    assertThat(reader.dictionary().find("Nested-Inner")).isEmpty();
    assertThat(reader.problems()).isEmpty();
    assertThat(reader.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "dictionary.acme:1: ATTRIBUTE: Ascend-Data-Filter is of a kind that this server cannot"
                + " send, so the line is left out. Do without it.",
            "dictionary.acme:2: ATTRIBUTE: Nested is of a kind that this server cannot send, so the"
                + " line is left out. Do without it.",
            "dictionary.acme:3: ATTRIBUTE: Nested-Inner is of a kind that this server cannot send,"
                + " so the line is left out. Do without it.");
  }

  @Test
  void nameThatIsKnownDifferently_countsAsTheFileHasIt() throws IOException {
    DictionaryReader reader = read("ATTRIBUTE Filter-Id 222 string\n");

    assertThat(sent(reader.dictionary(), "Filter-Id", "x")).isEqualTo("222=0x78");
    assertThat(reader.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "dictionary.acme:1: ATTRIBUTE: Filter-Id was another attribute before; this one counts."
                + " Choose another name if both are needed.");
  }

  @Test
  void missingFile_isAProblem() {
    DictionaryReader reader = new DictionaryReader(Dictionary.shipped(), Path::toString);
    reader.read(Path.of("/nonexistent/dictionary"));

    assertThat(reader.dictionary().isWhole()).isFalse();
    assertThat(reader.problems())
        .extracting(Problem::toString)
        .containsExactly("/nonexistent/dictionary: there is no such file. Name a dictionary file.");
  }
}
