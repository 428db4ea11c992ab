/** Speaks to screen readers what the eye sees by itself. */

/**
 * Announces a text when the reader has a moment.
 *
 * @param {string} text
 */
export function announce(text) {
  const announcer = document.getElementById('announcer');
  announcer.textContent = '';
  // A text equal to the one before would not be read again without an empty moment between them.
  setTimeout(() => {
    announcer.textContent = text;
  }, 100);
}
