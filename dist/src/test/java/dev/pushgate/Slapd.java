package dev.pushgate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import com.unboundid.ldif.LDIFRecord;
import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInAuthority.Identity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Debian's slapd with TLS, password policies and memberOf, for the test that starts it. */
final class Slapd implements AutoCloseable {
  static final String BASE = "dc=example,dc=com";
  static final String ADMIN = "cn=admin," + BASE;
  static final String ADMIN_PASSWORD = "admin-of-the-test";
  static final String SERVICE = "cn=pushgate,ou=services," + BASE;
  static final String SERVICE_PASSWORD = "service-of-the-test";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final Path program;
  private final int ldap = RunningPushgate.freeTcpPort();
  private final int ldaps = RunningPushgate.freeTcpPort();
  private final StandInAuthority authority;
  private ForeignProcess process;

  private Slapd(Path folder, Path program, StandInAuthority authority) throws IOException {
    this.folder = folder;
    this.program = program;
    this.authority = authority;
    this.process = run();
  }

  /** One whose certificate is for localhost, with the entries of an LDIF file beside this class. */
  static Slapd start(Path folder, String entries) throws Exception {
    StandInAuthority authority = new StandInAuthority();
    Slapd slapd = start(folder, authority, authority.rsaIdentity("localhost"));
    slapd.change(entries);
    return slapd;
  }

  private static Slapd start(Path folder, StandInAuthority authority, Identity identity)
      throws Exception {
    Path program = ForeignProgram.requireOneOf(Path.of("/usr/sbin/slapd"));
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("certificate.pem"), identity.chainPem());
    Files.writeString(folder.resolve("key.pem"), identity.keyPem());
    Files.writeString(folder.resolve("ca.pem"), authority.pem());
    Files.writeString(
        folder.resolve("slapd.conf"),
        """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        moduleload ppolicy
        moduleload memberof
        TLSCertificateFile %1$s/certificate.pem
        TLSCertificateKeyFile %1$s/key.pem
        security simple_bind=128
        pidfile %1$s/slapd.pid
        database mdb
        suffix "%2$s"
        rootdn "%3$s"
        rootpw %4$s
        directory %1$s/data
        access to attrs=userPassword by anonymous auth by * none
        access to * by users read by anonymous auth
        overlay memberof
        overlay ppolicy
        ppolicy_default "cn=default,ou=policies,%2$s"
        ppolicy_use_lockout
        """
            .formatted(folder, BASE, ADMIN, ADMIN_PASSWORD));
    return new Slapd(folder, program, authority);
  }

  private ForeignProcess run() throws IOException {
    ForeignProcess started =
        ForeignProcess.start(
            List.of(
                program.toString(),
                "-h",
                urlOf(false) + " " + urlOf(true),
                "-f",
                folder.resolve("slapd.conf").toString(),
                "-d",
                "stats"));
    started.awaitWords("slapd starting");
    return started;
  }

  private String urlOf(boolean tls) {
    return tls ? ldapsUrl() : ldapUrl();
  }

  /** For StartTLS. */
  String ldapUrl() {
    return "ldap://localhost:" + ldap;
  }

  String ldapsUrl() {
    return "ldaps://localhost:" + ldaps;
  }

  StandInAuthority authority() {
    return authority;
  }

  Path authorityFile() {
    return folder.resolve("ca.pem");
  }

  /** All that it has logged since it was started last. */
  String said() {
    return process.said();
  }

  /** Adds and changes entries, as the administrator. */
  void change(String ldif) throws LDAPException, GeneralSecurityException, IOException {
    try (LDAPConnection connection =
            new LDAPConnection(trusting().getSocketFactory(), "localhost", ldaps);
        LDIFReader reader = new LDIFReader(new ByteArrayInputStream(ldif.getBytes(UTF_8)))) {
      var _ = connection.bind(ADMIN, ADMIN_PASSWORD);
      for (LDIFRecord record = reader.readChangeRecord(true);
          record != null;
          record = reader.readChangeRecord(true)) {
        var _ = ((com.unboundid.ldif.LDIFChangeRecord) record).processChange(connection);
      }
    } catch (LDIFException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private SSLContext trusting() throws GeneralSecurityException, IOException {
    java.security.KeyStore store = java.security.KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  void stop() {
    process.close();
  }

  void startAgain() throws IOException {
    process = run();
  }

  /** Waits until it has logged this. */
  void awaitLog(String words) {
    await(words).atMost(PATIENCE).until(() -> said().contains(words));
  }

  @Override
  public void close() {
    process.close();
  }
}
