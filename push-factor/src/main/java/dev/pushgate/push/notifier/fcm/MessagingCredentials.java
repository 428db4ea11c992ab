package dev.pushgate.push.notifier.fcm;

import com.google.api.client.http.HttpTransport;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.util.List;

/**
 * Access tokens of a service account that are good for sending messages and for nothing else. The
 * SDK would widen the scope to databases, storage and the whole of the cloud project, which these
 * credentials do not take part in.
 */
final class MessagingCredentials extends GoogleCredentials {
  private static final long serialVersionUID = 1;
  private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

  private final ServiceAccountCredentials account;

  MessagingCredentials(FcmSettings settings, HttpTransport transport) {
    this.account =
        ServiceAccountCredentials.newBuilder()
            .setProjectId(settings.projectId())
            .setClientEmail(settings.clientEmail())
            .setPrivateKeyId(settings.privateKeyId())
            .setPrivateKey(settings.privateKey())
            .setTokenServerUri(settings.tokenUri())
            .setScopes(List.of(SCOPE))
            .setHttpTransportFactory(() -> transport)
            .setDefaultRetriesEnabled(false)
            .build();
  }

  @Override
  public AccessToken refreshAccessToken() throws IOException {
    return account.refreshAccessToken();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "MessagingCredentials[not shown]";
  }
}
