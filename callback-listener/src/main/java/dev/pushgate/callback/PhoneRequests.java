package dev.pushgate.callback;

import dev.pushgate.push.challenge.Settlement;
import dev.pushgate.push.phone.Enrolled;
import dev.pushgate.push.phone.PhoneAnswer;
import dev.pushgate.push.phone.Phones;
import dev.pushgate.push.phone.Question;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the listener needs of {@link Phones}, method for method; its Javadoc tells what they mean.
 *
 * <p>Called by many threads at once; the methods may block. An interrupt ends a wait.
 */
public interface PhoneRequests {

  PhoneAnswer<Enrolled> enrol(String jws, InetAddress from) throws InterruptedException;

  PhoneAnswer<List<Question>> challenges(@Nullable String bearer, String path, Duration wait)
      throws InterruptedException;

  PhoneAnswer<Question> challenge(@Nullable String bearer, String path, String id)
      throws InterruptedException;

  PhoneAnswer<Settlement.State> settle(String challenge, String jws) throws InterruptedException;

  PhoneAnswer<Enrolled> changePush(String device, String jws) throws InterruptedException;

  PhoneAnswer<String> remove(@Nullable String bearer, String path, String device)
      throws InterruptedException;

  /** The requests as the second factor takes them. */
  static PhoneRequests of(Phones phones) {
    return new PhoneRequests() {
      @Override
      public PhoneAnswer<Enrolled> enrol(String jws, InetAddress from) throws InterruptedException {
        return phones.enrol(jws, from);
      }

      @Override
      public PhoneAnswer<List<Question>> challenges(
          @Nullable String bearer, String path, Duration wait) throws InterruptedException {
        return phones.challenges(bearer, path, wait);
      }

      @Override
      public PhoneAnswer<Question> challenge(@Nullable String bearer, String path, String id)
          throws InterruptedException {
        return phones.challenge(bearer, path, id);
      }

      @Override
      public PhoneAnswer<Settlement.State> settle(String challenge, String jws)
          throws InterruptedException {
        return phones.settle(challenge, jws);
      }

      @Override
      public PhoneAnswer<Enrolled> changePush(String device, String jws)
          throws InterruptedException {
        return phones.changePush(device, jws);
      }

      @Override
      public PhoneAnswer<String> remove(@Nullable String bearer, String path, String device)
          throws InterruptedException {
        return phones.remove(bearer, path, device);
      }
    };
  }
}
