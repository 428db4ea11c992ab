package dev.pushgate.push.notifier.webpush;

import com.zerodeplibs.webpush.header.Topic;
import com.zerodeplibs.webpush.header.Urgency;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.notifier.Uplink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells browsers by their makers' push services (RFC 8030).
 *
 * <h2>Security guarantees</h2>
 *
 * <p>A phone chooses the endpoint, so it is checked at every attempt: https at port 443 of a host
 * that the settings allow, and no redirect is followed. Without a proxy the host must not have an
 * address that is not of the public Internet. With one, it is the proxy that looks the host up, and
 * has to keep it out of networks of ours.
 *
 * <p>Only the browser can read a notice; its service learns when it was sent, the challenge's
 * identifier, for how long it is of use, and nothing by its length. No endpoint and no token gets
 * into a text.
 */
public final class WebPushNotifier implements Notifier {
  /** With half a second for the body of an answer less than the 10 s of whoever waits. */
  private static final Duration LIMIT = Duration.ofSeconds(9);

  /**
   * A server lets us have 100 streams at least (RFC 9113 section 6.5.2), and while there is no
   * connection yet each would open one.
   */
  private static final int MOST_AT_ONCE = 24;

  private final WebPushSettings settings;
  private final boolean direct;
  private final InstantSource clock;
  private final VapidTokens tokens;
  private final PushServices services;

  /**
   * @param uplink its proxy, where it has one, looks hosts up
   */
  public WebPushNotifier(WebPushSettings settings, Uplink uplink, InstantSource clock) {
    this(settings, uplink, clock, InetAddress::getAllByName);
  }

  WebPushNotifier(WebPushSettings settings, Uplink uplink, InstantSource clock, HostLookup lookup) {
    this.settings = settings;
    this.direct = uplink.proxy().isEmpty();
    this.clock = clock;
    this.tokens = new VapidTokens(settings, clock);
    this.services = new PushServices(uplink, lookup);
  }

  @Override
  public String name() {
    return "webpush";
  }

  @Override
  public boolean serves(PushAddress address) {
    return address instanceof PushAddress.WebPush;
  }

  /** The endpoint's host in lower case, where it is one of those that are used. */
  @Override
  public String service(PushAddress address) {
    return WebPushSettings.endpoint((PushAddress.WebPush) address)
        .map(WebPushNotifier::host)
        .filter(settings::allows)
        // One name for all others: phones can think up any number of hosts.
        .orElse("webpush elsewhere");
  }

  @Override
  public int mostAtOnce() {
    return MOST_AT_ONCE;
  }

  /**
   * @throws IOException besides what {@link Notifier#send} says, when the service took too long,
   *     which is less than 10 seconds
   */
  @Override
  public Receipt send(PushAddress address, Notice notice) throws IOException, InterruptedException {
    TimeLimit limit = TimeLimit.of(LIMIT);
    PushAddress.WebPush subscription = (PushAddress.WebPush) address;
    Optional<URI> endpoint = WebPushSettings.endpoint(subscription);
    if (endpoint.isEmpty()) {
      return new Receipt.Refused("the endpoint is not an https URL at port 443 of a host name");
    }
    String host = host(endpoint.get());
    if (!settings.allows(host)) {
      return new Receipt.Misconfigured(
          "a browser's push service is not among push.webpush.hosts",
          "Add the host " + host + " to push.webpush.hosts if it is one of a browser's maker");
    }
    if (direct && !isPublic(host, limit)) {
      return new Receipt.Misconfigured(
          "a push service's name leads to an address that is not public",
          "Nothing was sent to "
              + host
              + ". See what this machine's name server says about it, and whether"
              + " push.webpush.hosts allows more than it has to");
    }
    HttpResponse.ResponseInfo answer =
        services.post(request(endpoint.get(), host, subscription, notice), host, limit);
    return ServiceAnswer.of(
        answer.statusCode(), answer.headers().firstValue("Retry-After"), host, clock);
  }

  private static String host(URI endpoint) {
    return endpoint.getHost().toLowerCase(Locale.ROOT);
  }

  private boolean isPublic(String host, TimeLimit limit) throws IOException, InterruptedException {
    // The client looks it up once more, and gets the same from Java's cache.
    return Arrays.stream(services.addresses(host, limit)).allMatch(PublicAddress::is);
  }

  private HttpRequest request(
      URI endpoint, String host, PushAddress.WebPush subscription, Notice notice) {
    return HttpRequest.newBuilder(endpoint)
        .header("TTL", Long.toString(secondsLeft(notice)))
        // Also when it is answered: otherwise a sleeping phone shows the question for minutes more.
        .header(Urgency.HEADER_NAME, Urgency.high())
        .header(Topic.HEADER_NAME, Topic.ensure(notice.challenge()))
        .header("Content-Encoding", "aes128gcm")
        .header("Content-Type", "application/octet-stream")
        .header("Authorization", tokens.authorization(host))
        .POST(HttpRequest.BodyPublishers.ofByteArray(SealedMessage.of(notice, subscription)))
        .build();
  }

  /** 0 where it is over: then the service delivers at once or never (RFC 8030 section 5.2). */
  private long secondsLeft(Notice notice) {
    return Math.max(0, Duration.between(clock.instant(), notice.until()).toSeconds());
  }

  @Override
  public void close() {
    services.close();
  }
}
