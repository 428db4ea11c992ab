package dev.pushgate.push.notifier.webpush;

import com.github.benmanes.caffeine.cache.Cache;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import dev.pushgate.radius.ClockedCaffeine;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Tokens that tell push services who we are (RFC 8292 section 2): one for each, renewed in time.
 */
final class VapidTokens {
  /** A service refuses more than 24 h (RFC 8292 section 2); the rest is for clocks that differ. */
  static final Duration LIFE = Duration.ofHours(12);

  static final Duration USE = Duration.ofHours(6);

  private static final int MOST_ORIGINS = 256;

  private final VAPIDKeyPair key;
  private final String subject;
  private final InstantSource clock;
  private final Cache<String, String> byOrigin;

  VapidTokens(WebPushSettings settings, InstantSource clock) {
    this.key = settings.key().pair();
    this.subject = settings.subject();
    this.clock = clock;
    this.byOrigin =
        ClockedCaffeine.newBuilder(clock).maximumSize(MOST_ORIGINS).expireAfterWrite(USE).build();
  }

  /**
   * The value of {@code Authorization}. <b>A secret</b> for as long as it lives.
   *
   * @param host of an endpoint at port 443, in lower case
   */
  String authorization(String host) {
    return byOrigin.get("https://" + host, this::made);
  }

  private String made(String origin) {
    return key.generateAuthorizationHeaderValue(
        VAPIDJWTParam.getBuilder()
            .resourceURLString(origin)
            .expirationTime(clock.instant().plus(LIFE))
            .subject(subject)
            .build());
  }
}
