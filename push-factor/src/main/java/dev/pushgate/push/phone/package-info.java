/** What phones say to us and what they are answered, apart from how it is carried. */
@NullMarked
package dev.pushgate.push.phone;

import org.jspecify.annotations.NullMarked;
