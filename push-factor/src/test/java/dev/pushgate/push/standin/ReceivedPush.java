package dev.pushgate.push.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A push message that a service has taken, or would have.
 *
 * @param subscription to which it went
 * @param headers by name in lower case
 * @param protocol of the request, like {@code HTTP/2.0}
 * @param sealedOctets length of the body
 * @param content what the browser reads in the body
 * @param token the claims of the VAPID token
 */
public record ReceivedPush(
    BrowserSubscription subscription,
    Map<String, String> headers,
    String protocol,
    int sealedOctets,
    String content,
    JsonNode token) {}
