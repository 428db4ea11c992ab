package dev.pushgate;

import dev.pushgate.push.standin.StandInApns;
import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInGoogle;
import dev.pushgate.push.standin.StandInProxy;
import dev.pushgate.push.standin.StandInPushService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/**
 * Apple, Google and a push service of browsers, all stood in for, behind a proxy that a server is
 * set up to use as an administrator would: no setting is there for tests alone.
 */
public final class StandInWorld implements AutoCloseable {
  public static final String BROWSERS = "updates.push.services.mozilla.com";
  public static final String TOPIC = "com.example.vpn";

  private final StandInAuthority authority = new StandInAuthority();
  private final StandInProxy proxy;
  private final StandInApns apple;
  private final StandInGoogle google;
  private final StandInPushService browsers;

  public StandInWorld() throws Exception {
    proxy = new StandInProxy();
    apple = new StandInApns(authority).behind(proxy);
    google = new StandInGoogle(authority);
    browsers = new StandInPushService(authority, InstantSource.system()).behind(proxy);
    // Last, since Chrome's push service and Google's for apps have one name in the world.
    google.behind(proxy);
  }

  public StandInProxy proxy() {
    return proxy;
  }

  public StandInApns apple() {
    return apple;
  }

  public StandInGoogle google() {
    return google;
  }

  public StandInPushService browsers() {
    return browsers;
  }

  /**
   * Writes the configuration of a server that tells phones by all three.
   *
   * @param clientSettings of its one client, besides address and secret
   */
  public void configure(Path folder, String clientSettings) throws IOException {
    RunningPushgate.writeConfiguration(
        folder, RunningPushgate.freeUdpPort(), RunningPushgate.freeTcpPort(), clientSettings);
    Files.writeString(folder.resolve("world-ca.pem"), authority.pem());
    Files.writeString(folder.resolve("apns.p8"), authority.identity("key").keyPem());
    google.writeServiceAccount(folder);
    Files.writeString(
        folder.resolve("pushgate.conf"),
        """
        push {
          apns { key = "apns.p8", key-id = "ABC123DEFG", team-id = "DEF123GHIJ", topic = "%s" }
          fcm.service-account = "firebase.json"
          webpush.subject = "mailto:vpn@example.com"
          proxy = "127.0.0.1:%d"
          trust = "world-ca.pem"
        }
        """
            .formatted(TOPIC, proxy.address().getPort()),
        StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    proxy.close();
    apple.close();
    google.close();
    browsers.close();
  }
}
