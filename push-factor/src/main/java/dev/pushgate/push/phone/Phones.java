package dev.pushgate.push.phone;

import dev.pushgate.push.challenge.Settlement;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what phones say: one method for each request of docs/phone-api.md.
 *
 * <h2>Security guarantees</h2>
 *
 * <p>Nothing is done for a device whose signature does not stand. Every text that comes in is taken
 * for hostile; none of it appears in a refusal.
 *
 * <p>Safe for use by many threads; the methods block.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Phones {

  /** {@code POST /v1/devices}: spends an enrolment code and keeps the phone's key. */
  public PhoneAnswer<Enrolled> enrol(String jws, InetAddress from) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /**
   * {@code GET /v1/challenges}: the open challenges of the device's user, newest first.
   *
   * @param bearer the JWS behind {@code Authorization: Bearer}, or null where there is none
   * @param path of the request, without the query, below the base address
   * @param wait how long to wait for a challenge when none is open; zero for not at all
   */
  public PhoneAnswer<List<Question>> challenges(@Nullable String bearer, String path, Duration wait)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** {@code GET /v1/challenges/ID}. */
  public PhoneAnswer<Question> challenge(@Nullable String bearer, String path, String id)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** {@code POST /v1/challenges/ID/verdict}: settles the challenge and wakes the login. */
  public PhoneAnswer<Settlement.State> settle(String challenge, String jws)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** {@code PUT /v1/devices/ID/push}: changes where notifications go. */
  public PhoneAnswer<Enrolled> changePush(String device, String jws) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** {@code DELETE /v1/devices/ID}: forgets the device; answers its identifier. */
  public PhoneAnswer<String> remove(@Nullable String bearer, String path, String device)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }
}
