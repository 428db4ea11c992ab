/** Users of LDAP directories, Active Directory among them. */
@NullMarked
package dev.pushgate.radius.ldap;

import org.jspecify.annotations.NullMarked;
