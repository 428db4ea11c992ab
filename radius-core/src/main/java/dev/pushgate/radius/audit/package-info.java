/** What is written down for those who ask later who came in; how, is for the implementer. */
@NullMarked
package dev.pushgate.radius.audit;

import org.jspecify.annotations.NullMarked;
