package dev.pushgate.radius.ldap;

import java.util.Arrays;

/** An account of the directory by which entries are looked up. Shows nothing of its password. */
public final class ServiceAccount {
  private final String dn;
  private final byte[] password;

  /**
   * @param dn a DN, or in Active Directory a UPN
   * @param password octets, at least one; copied
   */
  public ServiceAccount(String dn, byte[] password) {
    if (dn.isEmpty() || password.length == 0) {
      throw new IllegalArgumentException("an account without a name or a password");
    }
    this.dn = dn;
    this.password = password.clone();
  }

  /** Who it is. */
  public String dn() {
    return dn;
  }

  /** A copy. */
  byte[] password() {
    return password.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServiceAccount that
        && dn.equals(that.dn)
        && Arrays.equals(password, that.password);
  }

  @Override
  public int hashCode() {
    return dn.hashCode();
  }

  @Override
  public String toString() {
    return "ServiceAccount[" + dn + "]";
  }
}
