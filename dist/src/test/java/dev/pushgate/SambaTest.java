package dev.pushgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushgate.push.standin.StandInAuthority;
import dev.pushgate.push.standin.StandInAuthority.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users of an Active Directory domain: Samba's, in a network namespace, since its ports are fixed.
 */
class SambaTest {
  private static final List<String> PROVISION =
      List.of(
          "--realm=CORP.EXAMPLE.COM",
          "--domain=CORP",
          "--server-role=dc",
          "--dns-backend=NONE",
          "--host-name=dc1",
          "--host-ip=127.0.0.1",
          "--adminpass=Adm1n-of-the-test",
          "--option=interfaces=lo",
          "--option=bind interfaces only=yes");

  private static final String SCRIPT =
      """
      cd "$1"
      ip link set lo up
      dc=dc/etc/smb.conf
      samba-tool domain passwordsettings set --account-lockout-threshold=3 -s $dc
      for user in alice off must gone svc locked; do samba-tool user create $user "$2" -s $dc; done
      samba-tool user disable off -s $dc
      samba-tool user setpassword must --newpassword="$2" --must-change-at-next-login -s $dc
      samba-tool user setexpiry gone --days=-1 -s $dc
      samba-tool group add Staff -s $dc
      samba-tool group add Everyone -s $dc
      samba-tool group addmembers Staff alice -s $dc
      samba-tool group addmembers Everyone Staff -s $dc
      echo "users are made"
      samba -s $dc -i --debug-stdout --option="server services=ldap,kdc,winbindd,rpc" \\
        --option="log file=$1/log" --option="pid directory=$1" --option="tls cafile=$1/ca.pem" \\
        --option="tls certfile=$1/certificate.pem" --option="tls keyfile=$1/key.pem" >samba.log 2>&1 &
      samba=$!
      until ss -ltn | grep -q ':636 '; do kill -0 $samba || exit 1; sleep 0.2; done
      "$3" -cp "$4" dev.pushgate.SambaLogins ca.pem
      kill $samba
      """;

  @Test
  void usersOfTheDomain_areAnsweredByTheirState(@TempDir Path folder) throws Exception {
    ForeignProgram.requireRoot();
    Path tool = ForeignProgram.require("samba-tool");
    var _ = ForeignProgram.requireOneOf(Path.of("/usr/sbin/samba"));
    Path unshare = ForeignProgram.require("unshare");
    writeTls(folder);
    provision(tool, folder);

    try (ForeignProcess domain =
        ForeignProcess.start(
            List.of(
                unshare.toString(),
                "-n",
                "sh",
                "-c",
                SCRIPT,
                "samba-test",
                folder.toString(),
                SambaLogins.PASSWORD,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path")))) {
      domain.awaitWords("users are made");
      assertThat(domain.exit()).as(domain.said()).isZero();

      for (String how : List.of("ldaps service", "ldaps name", "ldap service", "ldap name")) {
        assertThat(domain.said())
            .contains(
                how + " alice: alice [Everyone, Staff] []",
                how + " off: DISABLED",
                how + " must: PASSWORD_MUST_CHANGE",
                how + " gone: ACCOUNT_EXPIRED",
                how + " alice, wrong: WRONG_PASSWORD");
      }
      assertThat(domain.said())
          .contains(
              "\nlocked: LOCKED",
              "find alice: Known",
              "find off: the account is disabled",
              "find gone: the account has expired",
              "find locked: the account is locked",
              "find nobody: Unknown");
    }
  }

  private static void writeTls(Path folder) throws Exception {
    StandInAuthority authority = new StandInAuthority();
    Identity identity = authority.rsaIdentity("localhost");
    Files.writeString(folder.resolve("ca.pem"), authority.pem());
    Files.writeString(folder.resolve("certificate.pem"), identity.chainPem());
    Path key = Files.writeString(folder.resolve("key.pem"), identity.keyPem());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  private static void provision(Path tool, Path folder) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool.toString(), "domain", "provision"));
    command.addAll(PROVISION);
    command.add("--targetdir=" + folder.resolve("dc"));
    try (ForeignProcess provision = ForeignProcess.start(command)) {
      // Each wait has its own limit; the whole takes half a minute.
      provision.awaitWords("Setting up sam.ldb schema");
      provision.awaitWords("Setting up self join");
      assertThat(provision.exit()).as(provision.said()).isZero();
    }
  }
}
