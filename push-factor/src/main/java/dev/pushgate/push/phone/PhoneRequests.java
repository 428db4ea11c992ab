package dev.pushgate.push.phone;

import dev.pushgate.push.challenge.Settlement;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What phones may ask, one method for each signed request of docs/phone-api.md; {@link Phones}
 * answers.
 *
 * <p>Called by many threads at once; the methods may block. An interrupt ends a wait.
 */
public interface PhoneRequests {

  /** {@code POST /v1/devices}: spends an enrolment code and keeps the phone's key. */
  PhoneAnswer<Enrolled> enrol(String jws, InetAddress from) throws InterruptedException;

  /**
   * {@code GET /v1/challenges}: the open challenges of the device's user, newest first.
   *
   * @param bearer the JWS behind {@code Authorization: Bearer}, or null where there is none
   * @param path of the request, without the query, below the base address
   * @param wait how long to wait for a challenge when none is open; zero for not at all, 55 s at
   *     most. Of one device only a few wait at once; past that the oldest ends with an empty list.
   */
  PhoneAnswer<List<Question>> challenges(@Nullable String bearer, String path, Duration wait)
      throws InterruptedException;

  /** {@code GET /v1/challenges/ID}: a challenge while it is open. */
  PhoneAnswer<Question> challenge(@Nullable String bearer, String path, String id)
      throws InterruptedException;

  /**
   * {@code POST /v1/challenges/ID/verdict}: settles the challenge and wakes the login.
   *
   * <p>The verdict that settled it, sent again byte for byte, is answered as the first time, also
   * when its {@code iat} has grown old since.
   */
  PhoneAnswer<Settlement.State> settle(String challenge, String jws) throws InterruptedException;

  /**
   * {@code PUT /v1/devices/ID/push}: changes where notifications go. A device does this for itself
   * only; any other is unknown to it.
   */
  PhoneAnswer<Enrolled> changePush(String device, String jws) throws InterruptedException;

  /**
   * {@code DELETE /v1/devices/ID}: forgets the device; answers its identifier. A device does this
   * for itself only; any other is unknown to it.
   */
  PhoneAnswer<String> remove(@Nullable String bearer, String path, String device)
      throws InterruptedException;
}
