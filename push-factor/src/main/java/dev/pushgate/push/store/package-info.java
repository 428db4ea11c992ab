/** What must survive a restart, behind one small interface. */
@NullMarked
package dev.pushgate.push.store;

import org.jspecify.annotations.NullMarked;
