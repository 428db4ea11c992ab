package dev.pushgate.configuration;

import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.dictionary.DictionaryReader;
import java.nio.file.Path;
import java.util.Set;

/** Reads the dictionaries that {@code radius.dictionaries} names, on top of those shipped. */
final class DictionariesSetting {
  private final Path folder;
  private final Set<Path> files;
  private final Report report;

  /**
   * @param folder what file names in messages are relative to; absolute
   * @param files collects the files that are named
   */
  DictionariesSetting(Path folder, Set<Path> files, Report report) {
    this.folder = folder;
    this.files = files;
    this.report = report;
  }

  /** All attributes that are known; as many as could be read where there are problems. */
  Dictionary read(Section radius) {
    Dictionary shipped = Dictionary.shipped();
    Setting setting = radius.setting("dictionaries");
    if (setting == null) {
      return shipped;
    }
    DictionaryReader reader = new DictionaryReader(shipped, this::name);
    boolean all = true;
    for (Setting element : setting.elements()) {
      Path file = GivenFile.path(element, folder);
      if (file != null) {
        files.add(file);
      }
      if (file != null && GivenFile.isReadable(element, file)) {
        reader.read(file);
      } else {
        all = false;
      }
    }
    Dictionary dictionary = reader.dictionary();
    files.addAll(reader.files());
    report.take(reader.problems(), reader.warnings());
    return all ? dictionary : dictionary.inPart();
  }

  private String name(Path file) {
    return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
  }
}
