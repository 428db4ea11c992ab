package dev.pushgate.radius.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.radius.accounting.RecentReports.Arrival;
import dev.pushgate.radius.accounting.RecentReports.Report;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentReportsTest {
  private static final InetAddress NAS = InetAddress.ofLiteral("192.0.2.1");

  private Instant now = Instant.ofEpochSecond(1_000);
  private final RecentReports recent = new RecentReports(2, () -> now);

  private static Report report(int number) {
    return new Report(NAS, ByteBuffer.wrap(new byte[] {(byte) number}));
  }

  @Test
  void report_isKnownFor30SecondsFromItsRecording() {
    assertThat(recent.arrive(report(1))).isEqualTo(Arrival.NEW);
    assertThat(recent.arrive(report(1))).isEqualTo(Arrival.IN_PROGRESS);
    recent.recorded(report(1));
    now = now.plusSeconds(30);
    recent.forgetOld();
    assertThat(recent.arrive(report(1))).isEqualTo(Arrival.RECORDED);
    now = now.plus(Duration.ofMillis(1));
    recent.forgetOld();
    assertThat(recent.arrive(report(1))).isEqualTo(Arrival.NEW);
  }

  @Test
  void reportThatCouldNotBeRecorded_isNewAgain() {
    assertThat(recent.arrive(report(1))).isEqualTo(Arrival.NEW);
    recent.notRecorded(report(1));
    assertThat(recent.arrive(report(1))).isEqualTo(Arrival.NEW);
  }

  @Test
  void reportBeyondTheBound_isRefusedAndTheKnownStayKnown() {
    assertThat(recent.arrive(report(1))).isEqualTo(Arrival.NEW);
    assertThat(recent.arrive(report(2))).isEqualTo(Arrival.NEW);
    assertThat(recent.arrive(report(3))).isEqualTo(Arrival.REFUSED);
    assertThat(recent.arrive(report(2))).isEqualTo(Arrival.IN_PROGRESS);
  }

  @Test
  void sameReportOfAnotherNas_isAnother() {
    assertThat(recent.arrive(report(1))).isEqualTo(Arrival.NEW);
    Report other = new Report(InetAddress.ofLiteral("192.0.2.2"), report(1).digest());
    assertThat(recent.arrive(other)).isEqualTo(Arrival.NEW);
  }
}
