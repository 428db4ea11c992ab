package dev.pushgate.push.notifier.fcm;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the Java run-time that reads so much and no more, and throws a {@link
 * GoogleRefusal} for all but success.
 *
 * <p>The exception keeps Google's SDK from what no setting of it turns off: repeating a request
 * four times after a 503 with pauses of up to a minute, fetching an access token four times after a
 * 401, and following redirects. When to try again is for {@code delivery} to say.
 */
final class BoundedConnection extends HttpURLConnection {
  /** Longest body that is read; what Google sends is below 4 KiB. */
  static final int LONGEST_BODY_OCTETS = 65_536;

  private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(3).toMillis();
  private static final int READ_MILLIS = (int) Duration.ofSeconds(5).toMillis();
  private static final int SUCCESS_CLASS = 2;

  private final HttpURLConnection inner;
  private boolean isReadToItsEnd;

  BoundedConnection(HttpURLConnection inner) {
    super(inner.getURL());
    this.inner = inner;
    inner.setConnectTimeout(CONNECT_MILLIS);
    inner.setReadTimeout(READ_MILLIS);
    inner.setInstanceFollowRedirects(false);
    inner.setUseCaches(false);
  }

  @Override
  public void setRequestMethod(String method) throws ProtocolException {
    inner.setRequestMethod(method);
  }

  @Override
  public String getRequestMethod() {
    return inner.getRequestMethod();
  }

  @Override
  public void addRequestProperty(String name, String value) {
    // A compressed body may be a thousand times as long as what is read.
    if (!"Accept-Encoding".equalsIgnoreCase(name)) {
      inner.addRequestProperty(name, value);
    }
  }

  @Override
  public void setRequestProperty(String name, String value) {
    inner.setRequestProperty(name, value);
  }

  @Override
  public void setDoOutput(boolean output) {
    inner.setDoOutput(output);
  }

  /**
   * Ignored: a request that is not streamed is sent again on a new connection when Google has
   * closed a kept one.
   */
  @Override
  public void setFixedLengthStreamingMode(int length) {}

  /** Ignored, as {@link #setFixedLengthStreamingMode} is. */
  @Override
  public void setChunkedStreamingMode(int length) {}

  @Override
  public OutputStream getOutputStream() throws IOException {
    return inner.getOutputStream();
  }

  @Override
  public void connect() throws IOException {
    inner.connect();
  }

  @Override
  public int getResponseCode() throws IOException {
    int status = inner.getResponseCode();
    if (status < 0) {
      throw new ProtocolException("not HTTP");
    }
    if (status / 100 != SUCCESS_CLASS) {
      String body = errorBody();
      throw new GoogleRefusal(url.getHost(), status, inner.getHeaderField("Retry-After"), body);
    }
    return status;
  }

  private String errorBody() throws IOException {
    try (InputStream in = inner.getErrorStream()) {
      return in == null
          ? ""
          : new String(in.readNBytes(LONGEST_BODY_OCTETS), StandardCharsets.UTF_8);
    }
  }

  @Override
  public String getResponseMessage() {
    return "";
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new BoundedStream(inner.getInputStream());
  }

  @Override
  public @Nullable InputStream getErrorStream() {
    return null;
  }

  @Override
  public @Nullable String getContentEncoding() {
    return null;
  }

  @Override
  public String getHeaderField(int number) {
    return inner.getHeaderField(number);
  }

  @Override
  public String getHeaderField(String name) {
    return inner.getHeaderField(name);
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return inner.getHeaderFields();
  }

  @Override
  public boolean usingProxy() {
    return inner.usingProxy();
  }

  /** The SDK says this after each request; a connection that is in order stays warm. */
  @Override
  public void disconnect() {
    if (!isReadToItsEnd) {
      inner.disconnect();
    }
  }

  private final class BoundedStream extends FilterInputStream {
    private int left = LONGEST_BODY_OCTETS;

    BoundedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int from, int length) throws IOException {
      int read = super.read(octets, from, length);
      isReadToItsEnd |= read < 0;
      left -= Math.max(read, 0);
      if (left < 0) {
        throw new IOException("the answer is longer than " + LONGEST_BODY_OCTETS + " octets");
      }
      return read;
    }
  }
}
