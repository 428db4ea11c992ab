package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** An ocserv that asks Pushgate, and openconnect to log in there; no tunnel is made. */
record OcservVpn(OcservVpn.Programs programs, Path certificate, int port, ForeignProcess ocserv)
    implements AutoCloseable {

  record Programs(Path ocserv, Path openconnect, Path openssl, Path dictionary) {
    static Programs require() {
      ForeignProgram.requireRoot();
      return new Programs(
          ForeignProgram.require("ocserv"),
          ForeignProgram.require("openconnect"),
          ForeignProgram.require("openssl"),
          ForeignProgram.requireOneOf(
              Path.of("/etc/radcli/dictionary"), Path.of("/usr/share/radcli/dictionary")));
    }

    List<String> selfSigned(Path certificate, Path key) {
      return List.of(
          openssl.toString(),
          "req",
          "-x509",
          "-newkey",
          "rsa:2048",
          "-nodes",
          "-subj",
          "/CN=127.0.0.1",
          "-out",
          certificate.toString(),
          "-keyout",
          key.toString());
    }
  }

  /** An ocserv that asks these servers, by their ports. */
  static OcservVpn start(Programs programs, RunningPushgate pushgate, int... radius)
      throws Exception {
    Path folder = Files.createDirectory(pushgate.folder().resolve("ocserv"));
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    // GnuTLS 3.7 does not read a key of elliptic curves as Java writes it, so not Pushgate's own.
    try (ForeignProcess made = ForeignProcess.start(programs.selfSigned(certificate, key))) {
      assertThat(made.exit()).as(made.said()).isZero();
    }
    Path servers =
        Files.writeString(folder.resolve("servers"), "127.0.0.1 " + RunningPushgate.SECRET + "\n");
    Path radcli =
        Files.writeString(
            folder.resolve("radcli.conf"),
            """
            authserver %1$s
            acctserver %1$s
            servers %2$s
            dictionary %3$s
            radius_timeout 2
            radius_retries 3
            bindaddr *
            """
                .formatted(
                    Arrays.stream(radius)
                        .mapToObj(each -> "127.0.0.1:" + each)
                        .collect(Collectors.joining(",")),
                    servers,
                    programs.dictionary()));
    int port = RunningPushgate.freeTcpPort();
    Path configuration =
        Files.writeString(
            folder.resolve("ocserv.conf"),
            """
            auth = "radius[config=%s]"
            listen-host = 127.0.0.1
            tcp-port = %d
            server-cert = %s
            server-key = %s
            socket-file = %s
            pid-file = %s
            run-as-user = root
            run-as-group = root
            isolate-workers = false
            use-occtl = false
            device = vpns
            ipv4-network = 198.51.100.0
            ipv4-netmask = 255.255.255.0
            """
                .formatted(
                    radcli,
                    port,
                    certificate,
                    key,
                    folder.resolve("socket"),
                    folder.resolve("pid")));
    ForeignProcess ocserv =
        ForeignProcess.start(
            List.of(
                programs.ocserv().toString(),
                "--foreground",
                "--debug=2",
                "--config=" + configuration));
    ocserv.awaitWords("sec-mod initialized");
    return new OcservVpn(programs, certificate, port, ocserv);
  }

  /** A login with nobody there to ask. */
  ForeignProcess login(String password) throws Exception {
    return ForeignProcess.startAndType(password, openconnect("--non-inter", "--passwd-on-stdin"));
  }

  /** A login whose user types what is asked for, the password first. */
  ForeignProcess loginByHand() throws Exception {
    return ForeignProcess.start(openconnect());
  }

  private List<String> openconnect(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(programs.openconnect().toString()));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "--authenticate",
            "--user=alice",
            "--servercert=pin-sha256:" + pin(),
            "https://127.0.0.1:" + port + "/"));
    return command;
  }

  /** The hash of the certificate's public key, which openconnect wants to know. */
  private String pin() throws Exception {
    try (InputStream pem = Files.newInputStream(certificate)) {
      byte[] key =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(pem)
              .getPublicKey()
              .getEncoded();
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    }
  }

  @Override
  public void close() {
    ocserv.close();
  }
}
