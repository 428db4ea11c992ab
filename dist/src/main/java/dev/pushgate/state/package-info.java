/** The folder that the server writes to, and the user whom all files in it belong to. */
@NullMarked
package dev.pushgate.state;

import org.jspecify.annotations.NullMarked;
