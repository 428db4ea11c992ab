package dev.pushgate.push.notifier.fcm;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import dev.pushgate.push.device.PushAddress;
import dev.pushgate.push.notifier.Notice;
import dev.pushgate.push.notifier.Notifier;
import dev.pushgate.push.notifier.Receipt;
import dev.pushgate.push.notifier.Uplink;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells Android phones (and others that Firebase knows) by Firebase Cloud Messaging, HTTP v1.
 *
 * <p>What is sent is a data message: the app on the phone wakes and shows it. It carries the
 * members of {@link Notice#message}, priority HIGH, the time that the notice has left, and the
 * challenge as collapse key, so that the "answered" takes the place of a question that has not been
 * delivered yet. Google keeps at most four collapse keys for a phone that is out of reach, and does
 * not say which of more it keeps; the app asks us for what is open anyway.
 *
 * <p>A send takes 8 seconds at most, whatever Google does. It is made once: the SDK's own
 * repetitions are off (see {@code BoundedConnection}), but for one more try with a new access token
 * after a 401.
 */
public final class FcmNotifier implements Notifier {
  private static final String NAME = "fcm";

  /** Longest time from wanting to send to Google's whole answer. */
  private static final Duration LIMIT = Duration.ofSeconds(8);

  private static final Duration LONGEST_LIFE = Duration.ofDays(28);

  /** Each has a connection of its own. */
  private static final int MOST_AT_ONCE = 100;

  private static final String MESSAGING_HOST = "fcm.googleapis.com";

  private final MessagingCredentials credentials;
  private final FirebaseApp app;
  private final FirebaseMessaging messaging;
  private final InstantSource clock;
  private final Duration limit;

  /** Virtual, so that an interruption closes the socket that a thread is blocked on. */
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("fcm-", 0).factory());

  /** Asks Google nothing yet. */
  public FcmNotifier(FcmSettings settings, Uplink uplink, InstantSource clock) {
    this(settings, uplink, clock, LIMIT);
  }

  FcmNotifier(FcmSettings settings, Uplink uplink, InstantSource clock, Duration limit) {
    this.clock = clock;
    this.limit = limit;
    HttpTransport transport = transport(uplink);
    this.credentials = new MessagingCredentials(settings, transport);
    this.app =
        FirebaseApp.initializeApp(
            FirebaseOptions.builder()
                .setProjectId(settings.projectId())
                .setCredentials(credentials)
                .setHttpTransport(transport)
                .build(),
            "pushgate-" + UUID.randomUUID());
    this.messaging = FirebaseMessaging.getInstance(app);
  }

  private static HttpTransport transport(Uplink uplink) {
    SSLSocketFactory tls = uplink.tls().getSocketFactory();
    return new NetHttpTransport.Builder()
        .setConnectionFactory(url -> connection(url, uplink, tls))
        .build();
  }

  private static HttpURLConnection connection(URL url, Uplink uplink, SSLSocketFactory tls)
      throws IOException {
    Proxy proxy =
        uplink
            .resolvedProxy()
            .map(address -> new Proxy(Proxy.Type.HTTP, address))
            .orElse(Proxy.NO_PROXY);
    HttpsURLConnection connection = (HttpsURLConnection) url.openConnection(proxy);
    connection.setSSLSocketFactory(tls);
    return new BoundedConnection(connection);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean serves(PushAddress address) {
    return address instanceof PushAddress.Fcm;
  }

  @Override
  public String service(PushAddress address) {
    return NAME;
  }

  @Override
  public int mostAtOnce() {
    return MOST_AT_ONCE;
  }

  @Override
  public Receipt send(PushAddress address, Notice notice) throws IOException, InterruptedException {
    Message message = message(((PushAddress.Fcm) address).token(), notice);
    Future<Receipt> attempt = submit(message);
    try {
      return attempt.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw withoutCause("no answer from Google within " + limit.toMillis() + " ms");
    } catch (CancellationException e) {
      throw withoutCause("closed");
    } catch (ExecutionException e) {
      throw withoutCause(reason(e.getCause()));
    } finally {
      attempt.cancel(true);
    }
  }

  private Future<Receipt> submit(Message message) throws IOException {
    try {
      return threads.submit(() -> attempt(message));
    } catch (RejectedExecutionException e) {
      throw withoutCause("closed");
    }
  }

  private Message message(String token, Notice notice) {
    Message.Builder builder = Message.builder().setToken(token);
    notice
        .message()
        .properties()
        .forEach(member -> builder.putData(member.getKey(), member.getValue().asText()));
    return builder
        .setAndroidConfig(
            AndroidConfig.builder()
                .setPriority(AndroidConfig.Priority.HIGH)
                .setTtl(life(notice).toMillis())
                .setCollapseKey(notice.challenge())
                .build())
        .build();
  }

  /** In whole seconds; never 0, which would mean "now or never" to Google. */
  private Duration life(Notice notice) {
    long seconds = Duration.between(clock.instant(), notice.until()).toSeconds();
    return Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_LIFE.toSeconds()));
  }

  private Receipt attempt(Message message) throws Exception {
    try {
      tryTwiceWhereTheAccessTokenIsNotTaken(message);
      return new Receipt.Accepted();
    } catch (FirebaseMessagingException | IOException | RuntimeException e) {
      GoogleRefusal refusal = GoogleRefusal.in(e);
      if (refusal == null) {
        throw e;
      }
      return refusal.host().equals(MESSAGING_HOST)
          ? Receipts.ofMessaging(refusal, clock.instant())
          : Receipts.ofToken(refusal, clock.instant());
    }
  }

  private void tryTwiceWhereTheAccessTokenIsNotTaken(Message message)
      throws FirebaseMessagingException, IOException {
    try {
      push(message);
    } catch (FirebaseMessagingException e) {
      GoogleRefusal refusal = GoogleRefusal.in(e);
      boolean isAccessToken =
          refusal != null
              && refusal.host().equals(MESSAGING_HOST)
              && refusal.status() == HttpURLConnection.HTTP_UNAUTHORIZED
              && !GoogleError.of(refusal.body()).code().equals("THIRD_PARTY_AUTH_ERROR");
      if (!isAccessToken) {
        throw e;
      }
      credentials.refresh();
      push(message);
    }
  }

  private void push(Message message) throws FirebaseMessagingException, IOException {
    @Nullable String name = messaging.send(message);
    if (name == null || name.isEmpty()) {
      throw new IOException("a success without the name of a message");
    }
  }

  /** In our own words: those of the SDK have what Google sent and names of the account in them. */
  private static String reason(@Nullable Throwable failure) {
    String last = "nothing";
    for (Throwable at = failure; at != null; at = at.getCause()) {
      switch (at) {
        case SocketTimeoutException _ -> {
          return "no answer from Google in time";
        }
        case UnknownHostException _ -> {
          return "the host name of Google or of the proxy cannot be looked up";
        }
        case CertificateException _ -> {
          return "no TLS connection to Google: its certificate is not trusted";
        }
        case IOException e when String.valueOf(e.getMessage()).startsWith("Unable to tunnel") -> {
          return "the proxy does not lead to Google";
        }
        default -> last = at.getClass().getSimpleName();
      }
    }
    return "no usable answer from Google: " + last;
  }

  private static IOException withoutCause(String text) {
    return new IOException(text);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    app.delete();
  }
}
