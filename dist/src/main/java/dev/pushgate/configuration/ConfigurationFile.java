package dev.pushgate.configuration;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.pushgate.radius.Problem;
import dev.pushgate.radius.client.Client;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.message.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file {@code pushgate.conf} of a configuration folder. */
public final class ConfigurationFile {
  /** Its name in the folder. */
  public static final String NAME = "pushgate.conf";

  private ConfigurationFile() {}

  /** What became of reading a configuration; problems and warnings are in reading order. */
  public sealed interface Result {

    /** What may work otherwise than meant. */
    List<Problem> warnings();

    /** Every file that the configuration was read from or names, there or not; absolute. */
    Set<Path> files();

    /** The file of users, absolute; the usual one where the configuration cannot tell. */
    Path users();

    /** The attributes that users may be given; those that come with the server at least. */
    Dictionary dictionary();

    /** The configuration can be used. */
    record Loaded(
        Configuration configuration, Dictionary dictionary, List<Problem> warnings, Set<Path> files)
        implements Result {

      @Override
      public Path users() {
        return configuration.users();
      }
    }

    /**
     * The configuration cannot be used.
     *
     * @param problems every mistake that was found, at least one
     * @param tls the certificate that it names all the same, so that this can be looked at too
     */
    record Broken(
        List<Problem> problems,
        List<Problem> warnings,
        Set<Path> files,
        Path users,
        Dictionary dictionary,
        CallbackSettings.@Nullable Tls tls)
        implements Result {}
  }

  /**
   * Reads the configuration of a folder, and the secret files that it names.
   *
   * @param folder need not exist, which is reported as a problem
   * @param environment what {@code ${?NAME}} finds besides the file's own keys
   * @param knownFactors names of the plugins that a client may choose besides {@code push}
   * @param clock tells whether certificates are valid
   */
  public static Result load(
      Path folder, Map<String, String> environment, Set<String> knownFactors, InstantSource clock) {
    Path absolute = folder.toAbsolutePath().normalize();
    Report report = new Report();
    Set<Path> files = new LinkedHashSet<>();
    Draft draft = Draft.unread(absolute);
    if (Files.isDirectory(absolute)) {
      draft = read(absolute, environment, knownFactors, files, clock, report);
    } else {
      files.add(absolute.resolve(NAME));
      report.problem(
          new Place(absolute.toString(), 0),
          null,
          Files.exists(absolute) ? "this is not a folder" : "there is no such folder",
          "Make it and write " + NAME + " in it, or name another by --config DIR");
    }
    Configuration configuration = draft.configuration();
    return configuration == null || report.isBroken()
        ? new Result.Broken(
            report.problems(),
            report.warnings(),
            Set.copyOf(files),
            draft.users(),
            draft.dictionary(),
            draft.tls())
        : new Result.Loaded(
            configuration, draft.dictionary(), report.warnings(), Set.copyOf(files));
  }

  /** As much as could be read: what a broken file says of other files is of use, too. */
  private record Draft(
      @Nullable Configuration configuration,
      Path users,
      Dictionary dictionary,
      CallbackSettings.@Nullable Tls tls) {

    static Draft unread(Path folder) {
      return new Draft(
          null, folder.resolve(Configuration.DEFAULT_USERS), Dictionary.shipped(), null);
    }
  }

  private static Draft read(
      Path folder,
      Map<String, String> environment,
      Set<String> knownFactors,
      Set<Path> files,
      InstantSource clock,
      Report report) {
    HoconReader reader = new HoconReader(folder, report);
    ConfigObject written = reader.read(folder.resolve(NAME));
    files.addAll(reader.files());
    if (written == null) {
      return Draft.unread(folder);
    }
    Place whole = new Place(NAME, 0);
    ConfigObject resolved;
    try {
      resolved = resolve(written, environment);
    } catch (ConfigException e) {
      HoconError.tell(e, report, whole);
      return Draft.unread(folder);
    }
    Section root = Section.root(written, resolved, whole, report);
    Section pushSection = root.section("push");
    Section callbackSection = root.section("callback");
    PushSettings push = PushSection.read(pushSection, folder, files, clock);
    CallbackSettings callback = new CallbackSection(callbackSection, folder, files).read();
    Section radiusSection = root.section("radius");
    Dictionary dictionary = new DictionariesSetting(folder, files, report).read(radiusSection);
    RadiusSettings radius = RadiusSection.read(radiusSection);
    Path state = root.path("state", folder, Configuration.DEFAULT_STATE);
    Path users = root.path("users", folder, Configuration.DEFAULT_USERS);
    files.add(users);
    boolean rehash = root.word("rehash", DialogueKeys.SWITCH, true);
    Language language = root.word("language", DialogueKeys.LANGUAGES, Language.DEFAULT);
    SourcesSection sourcesSection = new SourcesSection(folder, dictionary, knownFactors, files);
    SourcesSettings sources = sourcesSection.read(root);
    Map<String, Client> clients =
        new ClientsSection(folder, knownFactors, language, sourcesSection, dictionary, files)
            .read(root);
    SecondFactorSettings secondFactor = new SecondFactorSections(root, folder, files, clock).read();
    VouchedDoubts.refuse(clients, secondFactor.policy().networks(), root);
    root.refuseUnknown(Vocabulary.ROOT);
    if (!pushSection.has("server-ip")
        && !pushSection.has("server-name")
        && !callbackSection.has("public-url")) {
      pushSection.missing(
          "server-ip",
          "phones have no address to call back to",
          "Set push.server-ip, push.server-name or callback.public-url");
    }
    Setting status = pushSection.setting("status");
    if (status != null && !push.enabled() && isAnyPushed(clients)) {
      status.warning(
          "no pushes are sent, so phones are asked only while their app is open",
          "Write enable if they shall light up by themselves");
    }
    Configuration configuration =
        report.isBroken()
            ? null
            : new Configuration(
                folder,
                push,
                callback,
                radius,
                state,
                users,
                rehash,
                sources,
                clients,
                secondFactor);
    if (configuration != null) {
      new SecondFactorDoubts(configuration, root).tell();
      warnWhereBrowsersGetNothing(configuration, pushSection);
    }
    return new Draft(configuration, users, dictionary, callback.tls());
  }

  private static void warnWhereBrowsersGetNothing(Configuration configuration, Section push) {
    Optional<PushServices.Browsers> browsers = configuration.push().services().webPush();
    if (browsers.isEmpty()
        || !configuration.push().enabled()
        || configuration.contact().isPresent()) {
      return;
    }
    if (configuration.isBaseAddressNamed()) {
      if (browsers.get().subject().isEmpty()) {
        push.section("webpush")
            .warnOfMissing(
                "subject",
                "push services take no contact like "
                    + configuration.baseAddress()
                    + ", so the web app gets no notifications and asks by itself",
                "Set it to \"mailto:\" and an address");
      }
    } else {
      push.warnOfMissing(
          "server-name",
          "phones call an IP address, so the web app gets no notifications and asks by itself",
          "Set push.server-name, to which a certificate can be made out");
    }
  }

  private static boolean isAnyPushed(Map<String, Client> clients) {
    return clients.values().stream()
        .map(Client::factor)
        .anyMatch(factor -> factor == null || FactorWords.isPushed(factor));
  }

  /** Replaces substitutions where they can be; the others stay, to be reported with their key. */
  private static ConfigObject resolve(ConfigObject written, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    // A key that is unset must not find a variable that happens to be called the same.
    variables.keySet().removeAll(written.keySet());
    ConfigObject resolved =
        written
            .toConfig()
            .withFallback(ConfigValueFactory.fromMap(variables, "environment"))
            .resolve(ConfigResolveOptions.noSystem().setAllowUnresolved(true))
            .root();
    for (String variable : variables.keySet()) {
      resolved = resolved.withoutKey(variable);
    }
    return resolved;
  }
}
