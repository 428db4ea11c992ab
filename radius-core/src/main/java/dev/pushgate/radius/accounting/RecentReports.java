package dev.pushgate.radius.accounting;

import dev.pushgate.radius.packet.AttributeType;
import dev.pushgate.radius.packet.ReceivedPacket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tinyradius.attribute.RadiusAttribute;

/**
 * What was recorded in the last 30 seconds, so that a NAS which asks again is answered again and
 * the session does not count twice.
 *
 * <p>A NAS that retransmits may send the same octets, or a new packet with another Acct-Delay-Time
 * (RFC 2866 section 5.2): both tell the same. No reply is kept, since an Accounting-Response
 * follows from its request alone: the same octets are answered with the same octets.
 *
 * <p>Safe for use by many threads.
 */
public final class RecentReports {

  /** How long a report is known again, counted from when it was recorded. */
  public static final Duration KEPT = Duration.ofSeconds(30);

  private record Kept(Instant until, Report report) {}

  private final int most;
  private final InstantSource clock;
  private final Map<Report, Arrival> reports = new ConcurrentHashMap<>();
  private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();

  /** What a request that came in is. */
  public enum Arrival {
    /** Not known: to be recorded, then {@link #recorded} or {@link #notRecorded}. */
    NEW,
    /** Being recorded by another thread. */
    IN_PROGRESS,
    /** Recorded before: to be answered. */
    RECORDED,
    /** Not known, and too many are kept to take note of it. */
    REFUSED
  }

  /** All that a request tells, whoever is told of it and however late. */
  public record Report(InetAddress nas, ByteBuffer digest) {

    /**
     * What this request tells.
     *
     * @param nas address that it came from
     */
    public static Report of(InetAddress nas, ReceivedPacket packet) {
      MessageDigest sha256 = sha256();
      for (Object each : packet.getAttributes()) {
        RadiusAttribute attribute = (RadiusAttribute) each;
        switch (attribute.getAttributeType()) {
          case AccountingAttribute.ACCT_DELAY_TIME,
              AttributeType.PROXY_STATE,
              AttributeType.MESSAGE_AUTHENTICATOR -> {}
          default -> {
            sha256.update((byte) attribute.getAttributeType());
            sha256.update((byte) attribute.getAttributeData().length);
            sha256.update(attribute.getAttributeData());
          }
        }
      }
      return new Report(nas, ByteBuffer.wrap(sha256.digest()));
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }

  /**
   * Knows nothing yet.
   *
   * @param most how many are kept; what would be one more is refused
   */
  public RecentReports(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /** Takes note of a report. */
  public Arrival arrive(Report report) {
    if (reports.size() >= most && !reports.containsKey(report)) {
      return Arrival.REFUSED;
    }
    Arrival known = reports.putIfAbsent(report, Arrival.IN_PROGRESS);
    return known == null ? Arrival.NEW : known;
  }

  /** A new report has been recorded. */
  public void recorded(Report report) {
    reports.put(report, Arrival.RECORDED);
    kept.add(new Kept(clock.instant().plus(KEPT), report));
  }

  /** A new report could not be recorded: the next that tells the same is new again. */
  public void notRecorded(Report report) {
    reports.remove(report);
  }

  /** Forgets what has been kept long enough; to be called about once a second. */
  public void forgetOld() {
    Instant now = clock.instant();
    Kept oldest = kept.peek();
    while (oldest != null && oldest.until().isBefore(now)) {
      reports.remove(oldest.report());
      kept.remove();
      oldest = kept.peek();
    }
  }
}
