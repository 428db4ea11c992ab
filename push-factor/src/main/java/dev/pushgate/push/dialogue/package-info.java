/** What is asked after the password, and what becomes of the answers. */
@NullMarked
package dev.pushgate.push.dialogue;

import org.jspecify.annotations.NullMarked;
