package dev.pushgate.server;

import dev.pushgate.configuration.Configuration;
import dev.pushgate.push.bypass.BypassCodes;
import dev.pushgate.push.bypass.Bypasses;
import dev.pushgate.push.code.OneTimeCodes;
import dev.pushgate.push.code.RecoveryCodes;
import dev.pushgate.push.device.BaseAddresses;
import dev.pushgate.push.device.Devices;
import dev.pushgate.push.device.EnrolmentCodes;
import dev.pushgate.push.limit.ConsecutiveFailures;
import dev.pushgate.push.limit.PushLimits;
import dev.pushgate.push.notifier.webpush.VapidKeys;
import dev.pushgate.push.ratchet.KeptRatchets;
import dev.pushgate.push.remember.RememberedLogins;
import dev.pushgate.push.secret.FileKeys;
import dev.pushgate.push.secret.KeyFile;
import dev.pushgate.push.secret.Keys;
import dev.pushgate.push.store.SqliteStore;
import dev.pushgate.push.store.Store;
import dev.pushgate.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What is kept over restarts, opened by the server and by the commands beside it.
 *
 * @param folder the state folder; this process acts as its owner
 * @param store the database in it
 * @param keys what secrets in the store are encrypted with; none while there is no key file, and
 *     then there are no one-time codes and nothing is remembered
 */
public record State(
    Path folder,
    Store store,
    Devices devices,
    EnrolmentCodes enrolmentCodes,
    BaseAddresses baseAddresses,
    KeptRatchets ratchets,
    VapidKeys vapidKeys,
    Keys keys,
    OneTimeCodes oneTimeCodes,
    RecoveryCodes recoveryCodes,
    RememberedLogins rememberedLogins,
    Bypasses bypasses,
    BypassCodes bypassCodes,
    PushLimits pushLimits,
    ConsecutiveFailures failures)
    implements AutoCloseable {

  /**
   * Enters the state folder, giving up root for its owner, and opens what is in it.
   *
   * @throws IOException when the folder must not or cannot be used
   */
  public static State open(Configuration configuration, InstantSource clock, SecureRandom random)
      throws IOException, InterruptedException {
    return switch (StateFolder.enter(configuration.state())) {
      case StateFolder.Entry.Refused(var problem) -> throw new IOException(problem.toString());
      case StateFolder.Entry.Entered(Path folder) -> {
        Store store = SqliteStore.open(folder);
        BaseAddresses baseAddresses = new BaseAddresses(store, clock);
        Keys keys = new FileKeys(new KeyFile(keyFile(configuration), random));
        yield new State(
            folder,
            store,
            new Devices(store, clock),
            new EnrolmentCodes(store, baseAddresses, clock, random),
            baseAddresses,
            new KeptRatchets(store),
            new VapidKeys(store, clock, random),
            keys,
            new OneTimeCodes(store, keys, clock, random),
            new RecoveryCodes(store, clock, random),
            new RememberedLogins(store, clock),
            new Bypasses(store, clock),
            new BypassCodes(store, clock, random),
            new PushLimits(store, configuration.secondFactor()::limits, clock),
            new ConsecutiveFailures(store));
      }
    };
  }

  /** Where the key file is, or would be. */
  public static Path keyFile(Configuration configuration) {
    return configuration.secondFactor().keyFile();
  }

  @Override
  public void close() {
    store.close();
  }
}
