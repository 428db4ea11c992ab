/** Programs of the administrator's that the server runs: for mail, for alarms. */
@NullMarked
package dev.pushgate.push.command;

import org.jspecify.annotations.NullMarked;
