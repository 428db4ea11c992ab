/**
 * Names of attributes: dictionaries in FreeRADIUS's format, the reply attributes that
 * administrators write by them, and received ones as text.
 */
@NullMarked
package dev.pushgate.radius.dictionary;

import org.jspecify.annotations.NullMarked;
