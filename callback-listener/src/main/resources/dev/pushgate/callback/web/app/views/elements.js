/** Making elements without markup in strings: what comes from outside can only ever become text. */

const SVG = 'http://www.w3.org/2000/svg';

// Control characters, line separators, lone surrogates and the characters that turn the direction of text around.
const DECEPTIVE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const LONGEST_TEXT = 256;

/**
 * Makes an HTML element.
 *
 * @param {string} name
 * @param {Object<string, ?(string|number|boolean|Function)>} attributes a function is a listener for the event of its
 *     name; null and false leave the attribute out
 * @param {...?(Node|string)} content null is left out
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...content) {
  return fill(document.createElement(name), attributes, content);
}

/**
 * Makes an SVG element; the arguments are those of {@link element}.
 *
 * @returns {SVGElement}
 */
export function drawing(name, attributes = {}, ...content) {
  return fill(document.createElementNS(SVG, name), attributes, content);
}

/**
 * An icon of 24 by 24 units, drawn as one line; it is decoration, so the text beside it must say the same.
 *
 * @param {string} path data of the line
 * @param {string} className
 * @returns {SVGElement}
 */
export function icon(path, className = 'icon') {
  return drawing('svg', { class: className, viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    drawing('path', { d: path }));
}

/**
 * Text that others had a hand in, kept apart from the text around it, so that it cannot turn that around.
 *
 * @param {?string} text
 * @returns {HTMLElement}
 */
export function foreign(text) {
  return element('bdi', {}, visible(text));
}

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

function fill(made, attributes, content) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(name, value);
    } else if (value !== null && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...content.filter((part) => part !== null));
  return made;
}
