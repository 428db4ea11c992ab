/** What to do first on an iPhone or iPad. */

import { words } from '../words.js';
import { element } from './elements.js';

/** The steps that lead to the app on the Home Screen, with the code to take along. */
export class HomeScreenSteps {
  #title = element('h2', { id: 'home-screen', tabindex: -1 }, words.homeScreen.title);

  /**
   * @param {string} code of the enrolment link, or empty
   * @param {() => void} useBrowser called when the user wants to stay in this browser
   */
  constructor(code, useBrowser) {
    const steps = words.homeScreen.steps.map((step) => element('li', {}, step));
    const lastStep = code
      ? element('li', {}, words.homeScreen.lastStep, ...codeToCopy(code))
      : element('li', {}, words.homeScreen.lastStepWithoutCode);
    /** @type {HTMLElement} */
    this.element = element('section',
      { class: 'panel', 'aria-labelledby': 'home-screen', 'data-testid': 'home-screen-hint' },
      this.#title,
      element('p', {}, words.homeScreen.why),
      element('ol', { class: 'steps' }, ...steps, lastStep),
      element('button', { type: 'button', class: 'button quiet', 'data-testid': 'use-browser', click: useBrowser },
        words.homeScreen.useBrowser));
  }

  /** Moves the focus to the heading. */
  focus() {
    this.#title.focus();
  }
}

function codeToCopy(code) {
  const shown = element('code', { class: 'code-shown', 'data-testid': 'code-shown' }, code);
  const result = element('p', { class: 'hint', role: 'status' });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      result.textContent = words.homeScreen.copied;
    } catch {
      getSelection().selectAllChildren(shown);
      result.textContent = words.homeScreen.notCopied;
    }
  };
  const button = element('button', { type: 'button', class: 'button', 'data-testid': 'copy-code', click: copy },
    words.homeScreen.copy);
  return [shown, button, result];
}
