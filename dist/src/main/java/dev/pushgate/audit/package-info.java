/** The file {@code audit.jsonl}: one line for each login, verdict and accounting record. */
@NullMarked
package dev.pushgate.audit;

import org.jspecify.annotations.NullMarked;
