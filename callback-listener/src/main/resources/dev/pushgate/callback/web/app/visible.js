/** Showing text that others had a hand in. */

// Control characters, line separators, lone surrogates and the characters that turn the direction of text around.
const DECEPTIVE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const LONGEST_TEXT = 256;

/**
 * Shows the characters that hide or reorder others as `\u{…}`, as the server does.
 *
 * @param {?string} text
 * @returns {string}
 */
export function visible(text) {
  return String(text ?? '')
    .slice(0, LONGEST_TEXT)
    .replace(DECEPTIVE, (character) => `\\u{${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}}`);
}
