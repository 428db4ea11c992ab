/** Making elements without markup in strings: what comes from outside can only ever become text. */

import { visible } from '../visible.js';

const SVG = 'http://www.w3.org/2000/svg';

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
