/** All texts of the app, in the language of the browser. */

import { words as german } from './words-de.js';
import { words as english } from './words-en.js';

/** In the first of the user's languages that the app speaks; in English where it speaks none of them. */
export const words = (navigator.languages ?? []).map(inLanguage).find((found) => found) ?? english;

/**
 * @param {string} tag of a language as browsers have it, such as `de-AT`
 * @returns {object | undefined}
 */
function inLanguage(tag) {
  const [language] = tag.toLowerCase().split('-');
  return [english, german].find((known) => known.language === language);
}
