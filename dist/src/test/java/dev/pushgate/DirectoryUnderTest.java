package dev.pushgate;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldif.LDIFException;
import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInAuthority.Identity;
import dev.pushgate.radius.dictionary.Dictionary;
import dev.pushgate.radius.ldap.FilterTemplate;
import dev.pushgate.radius.ldap.GroupLookup;
import dev.pushgate.radius.ldap.LdapServer;
import dev.pushgate.radius.ldap.LdapSettings;
import dev.pushgate.radius.ldap.LoginMethod;
import dev.pushgate.radius.ldap.ServiceAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** UnboundID's directory in memory, which can be made to fail. */
final class DirectoryUnderTest extends InMemoryOperationInterceptor implements AutoCloseable {
  static final String BASE = "dc=example,dc=com";
  static final String SERVICE = "cn=service," + BASE;
  static final String PASSWORD = "correct horse";

  private final InMemoryDirectoryServer server;
  private final AtomicInteger binds = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable CountDownLatch held;
  private volatile List<String> referral = List.of();
  private volatile String diagnostic = "";
  private volatile ResultCode bindAnswer = ResultCode.SUCCESS;

  private DirectoryUnderTest(InMemoryDirectoryServerConfig config) throws LDAPException {
    config.addInMemoryOperationInterceptor(this);
    server = new InMemoryDirectoryServer(config);
  }

  /** One with LDAPS, or with StartTLS, that shows this certificate. */
  static DirectoryUnderTest start(Identity identity, boolean startTls)
      throws LDAPException, LDIFException {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
    config.setListenerConfigs(
        startTls
            ? InMemoryListenerConfig.createLDAPConfig(
                "ldap", null, 0, identity.tls().getSocketFactory())
            : InMemoryListenerConfig.createLDAPSConfig(
                "ldaps", null, 0, identity.tls().getServerSocketFactory(), null));
    config.setSchema(null);
    DirectoryUnderTest directory = new DirectoryUnderTest(config);
    directory.add("dn: " + BASE, "objectClass: domain", "dc: example");
    directory.add(
        "dn: " + SERVICE, "objectClass: person", "cn: service", "userPassword: " + PASSWORD);
    directory.add(
        "dn: uid=alice," + BASE, "objectClass: person", "uid: alice", "userPassword: " + PASSWORD);
    directory.server.startListening();
    return directory;
  }

  void add(String... ldif) throws LDAPException, LDIFException {
    var _ = server.add(ldif);
  }

  int port() {
    return server.getListenPort();
  }

  /** How many passwords it has seen. */
  int binds() {
    return binds.get();
  }

  void stopListening() {
    server.shutDown(true);
  }

  void listenAgain() throws LDAPException {
    server.startListening();
  }

  /** How many questions have been held. */
  int waiting() {
    return waiting.get();
  }

  /** Answers nothing until the latch is down. */
  void hold(CountDownLatch latch) {
    held = latch;
  }

  /** Sends searches for users there. */
  void refer(String... urls) {
    referral = List.of(urls);
  }

  /** Answers binds of users so. */
  void answerBinds(ResultCode code, String words) {
    bindAnswer = code;
    diagnostic = words;
  }

  /** Settings of a source that asks these ports of localhost. */
  static LdapSettings settings(
      StandInAuthority authority, boolean startTls, Duration timeout, int... ports) {
    return new LdapSettings(
        Arrays.stream(ports).mapToObj(port -> new LdapServer("localhost", port, startTls)).toList(),
        List.of(authority.certificate()),
        timeout,
        new LoginMethod.SearchThenBind(
            new ServiceAccount(SERVICE, PASSWORD.getBytes(StandardCharsets.UTF_8))),
        BASE,
        new FilterTemplate("(uid={user})"),
        "uid",
        "",
        new GroupLookup.None(),
        LdapSettings.Attributes.none(Dictionary.shipped()),
        new LdapSettings.Referrals(false, Set.of()),
        false);
  }

  private void await() {
    CountDownLatch latch = held;
    if (latch != null) {
      waiting.incrementAndGet();
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request)
      throws LDAPException {
    binds.incrementAndGet();
    await();
  }

  @Override
  public void processSimpleBindResult(InMemoryInterceptedSimpleBindResult result) {
    if (!SERVICE.equals(result.getRequest().getBindDN())
        && !bindAnswer.equals(ResultCode.SUCCESS)) {
      result.setResult(new BindResult(1, bindAnswer, diagnostic, null, null, null));
    }
  }

  @Override
  public void processSearchResult(InMemoryInterceptedSearchResult result) {
    await();
    List<String> urls = referral;
    if (!urls.isEmpty() && !result.getRequest().getBaseDN().isEmpty()) {
      result.setResult(new LDAPResult(1, ResultCode.REFERRAL, null, null, urls, List.of()));
    }
  }

  @Override
  public void close() {
    server.shutDown(true);
  }
}
