/** What a challenge of the phone API asks of the user, and what it tells. Words that are not known are left out. */

import { words } from './words.js';

const OPTION = /^[A-Za-z0-9]{1,4}$/;
const FEWEST_OPTIONS = 2;
const MOST_OPTIONS = 10;

/**
 * What the user must choose the right one from.
 *
 * @param {object} challenge
 * @returns {string[]} empty where there is nothing to choose, or nothing that can be shown
 */
export function optionsOf({ match, options }) {
  const isUsable = match === 'choose' && Array.isArray(options)
    && options.length >= FEWEST_OPTIONS && options.length <= MOST_OPTIONS
    && new Set(options).size === options.length
    && options.every((option) => typeof option === 'string' && OPTION.test(option));
  return isUsable ? options : [];
}

/**
 * Why the user should look twice.
 *
 * @param {object} challenge
 * @returns {string[]} sentences; none where nothing is odd
 */
export function reasonsOf({ why, requests }) {
  const told = Array.isArray(why) ? why : [];
  const reasons = [];
  if (told.includes('new-place')) {
    reasons.push(words.challenge.newPlace);
  }
  if (told.includes('many-requests') && Number.isSafeInteger(requests) && requests > 1) {
    reasons.push(words.challenge.manyRequests(requests));
  }
  return reasons;
}
