package dev.pushgate;

import com.unboundid.util.Base64;

/** What stands in the directory of a test. */
final class SlapdEntries {
  private SlapdEntries() {}

  /** Everybody has the same password. */
  static String of(String password) {
    String secret = "userPassword:: " + Base64.encode(password);
    return """
    dn: %1$s
    objectClass: dcObject
    objectClass: organization
    o: Example

    dn: ou=people,%1$s
    objectClass: organizationalUnit

    dn: ou=groups,%1$s
    objectClass: organizationalUnit

    dn: ou=services,%1$s
    objectClass: organizationalUnit

    dn: ou=policies,%1$s
    objectClass: organizationalUnit

    dn: cn=default,ou=policies,%1$s
    objectClass: organizationalRole
    objectClass: pwdPolicy
    pwdAttribute: userPassword
    pwdLockout: TRUE
    pwdMaxFailure: 50
    pwdMustChange: TRUE

    dn: cn=short,ou=policies,%1$s
    objectClass: organizationalRole
    objectClass: pwdPolicy
    pwdAttribute: userPassword
    pwdMaxAge: 1

    dn: %2$s
    objectClass: organizationalRole
    objectClass: simpleSecurityObject
    userPassword: %3$s

    %4$s
    mail: alice@example.com
    preferredLanguage: de-AT
    employeeType: code
    roomNumber: 192.0.2.7
    title: staff
    title: vpn

    %5$s

    %6$s

    %7$s

    %8$s

    %9$s
    employeeType: nonsense

    %10$s
    roomNumber: nowhere

    %11$s

    dn: cn=Staff,ou=groups,%1$s
    objectClass: groupOfNames
    member: uid=Alice,ou=people,%1$s

    dn: cn=Everyone,ou=groups,%1$s
    objectClass: groupOfNames
    member: cn=Staff,ou=groups,%1$s
    member: cn=All,ou=groups,%1$s

    dn: cn=All,ou=groups,%1$s
    objectClass: groupOfNames
    member: cn=Everyone,ou=groups,%1$s

    dn: uid=expired,ou=people,%1$s
    changetype: modify
    replace: pwdPolicySubentry
    pwdPolicySubentry: cn=short,ou=policies,%1$s
    -
    replace: userPassword
    %12$s
    -

    dn: uid=reset,ou=people,%1$s
    changetype: modify
    replace: pwdReset
    pwdReset: TRUE
    -

    dn: uid=locked,ou=people,%1$s
    changetype: modify
    replace: pwdAccountLockedTime
    pwdAccountLockedTime: 000001010000Z
    -
    """
        .formatted(
            Slapd.BASE,
            Slapd.SERVICE,
            Slapd.SERVICE_PASSWORD,
            person("Alice", secret),
            person("expired", secret),
            person("reset", secret),
            person("locked", secret),
            person("bob", secret),
            person("badfactor", secret),
            person("badaddress", secret),
            strange(secret),
            secret);
  }

  /** Named o'(*)\,=+"<>;ö, and somebody of two names. */
  private static String strange(String secret) {
    return """
      dn:: %3$s
      objectClass: inetOrgPerson
      cn: strange
      sn: strange
      uid:: %4$s
      %2$s

      dn: uid=twins,ou=people,%1$s
      objectClass: inetOrgPerson
      uid: twins
      uid: twin
      cn: twins
      sn: twins
      %2$s"""
        .formatted(
            Slapd.BASE,
            secret,
            Base64.encode("uid=o'(*)\\\\\\,\\=\\+\\\"\\<\\>\\;ö,ou=people," + Slapd.BASE),
            Base64.encode("o'(*)\\,=+\"<>;ö"));
  }

  private static String person(String name, String secret) {
    return """
    dn: uid=%1$s,ou=people,%2$s
    objectClass: inetOrgPerson
    uid: %1$s
    cn: %1$s
    sn: %1$s
    %3$s"""
        .formatted(name, Slapd.BASE, secret);
  }
}
