/**
 * A RADIUS server whose logins need a password and a second factor.
 *
 * <p>Start at {@link dev.pushgate.radius.RadiusGate}: it receives datagrams, and its {@link
 * dev.pushgate.radius.login.LoginFlow} turns each new Access-Request into a reply. What answers the
 * question "is it really this person?" is one interface, {@link dev.pushgate.radius.SecondFactor}.
 */
@NullMarked
package dev.pushgate.radius;

import org.jspecify.annotations.NullMarked;
