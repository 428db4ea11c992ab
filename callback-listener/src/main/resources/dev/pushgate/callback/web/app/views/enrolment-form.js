/** The page on which this device is set up. */

import { readCode } from '../address.js';
import { words } from '../words.js';
import { element, foreign } from './elements.js';

const LONGEST_NAME = 64;
const LONGEST_PASSWORD = 128;
// Names are shown in lists to administrators, so the server refuses these. Keyboards for right-to-left scripts and
// pasted text bring some of them unseen; the joiners are needed by emoji and by Persian.
const REFUSED_IN_NAMES = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A form that asks for a name, for the code where no link brought it, and for the password where the server wants it. */
export class EnrolmentForm {
  #base;
  #linkCode;
  #submit;
  #isSending = false;
  #title = element('h2', { tabindex: -1 }, words.enrolment.title);
  #service = element('p', { class: 'service', 'data-testid': 'service' });
  #code;
  #codeField;
  #name;
  #password;
  #passwordField;
  #error = element('p', { id: 'enrolment-error', class: 'error', role: 'alert', 'data-testid': 'error' });
  #button;

  /**
   * @param {object} what
   * @param {string} what.base address of this server
   * @param {string} what.code of the link, or empty
   * @param {string} what.name proposed for this device
   * @param {string} what.service of this server; empty where it is not known yet
   * @param {(code: string, name: string, password: string) => Promise<?{text: string, needsPassword: boolean}>}
   *   what.submit answers what went wrong, or null
   * @param {?(() => void)} what.cancel null where there is nothing to go back to
   */
  constructor({ base, code, name, service, submit, cancel }) {
    this.#base = base;
    this.#linkCode = code;
    this.#submit = submit;
    this.#build(name, cancel);
    if (service) {
      this.showService(service);
    }
  }

  /** Moves the focus to the heading. */
  focus() {
    this.#title.focus();
  }

  /**
   * Shows for which service this is.
   *
   * @param {string} name
   */
  showService(name) {
    this.#service.replaceChildren(`${words.enrolment.service}: `, element('strong', {}, foreign(name)));
  }

  #build(name, cancel) {
    this.#code = element('input', {
      id: 'code',
      class: 'code',
      autocomplete: 'off',
      autocapitalize: 'characters',
      spellcheck: 'false',
      'aria-describedby': 'code-hint enrolment-error',
      'data-testid': 'code-input',
    });
    this.#codeField = field('code', words.enrolment.code, this.#code, words.enrolment.codeHint);
    // A code that came by the link is nothing to look at, unless it turns out to be wrong.
    this.#codeField.hidden = this.#linkCode !== '';
    this.#code.value = this.#linkCode;
    this.#name = element('input', {
      id: 'device-name',
      autocomplete: 'off',
      maxlength: LONGEST_NAME,
      'aria-describedby': 'device-name-hint enrolment-error',
      'data-testid': 'device-name',
    });
    this.#name.value = name;
    this.#password = element('input', {
      id: 'password',
      type: 'password',
      autocomplete: 'current-password',
      maxlength: LONGEST_PASSWORD,
      'aria-describedby': 'password-hint enrolment-error',
      'data-testid': 'password-input',
    });
    this.#passwordField = field('password', words.enrolment.password, this.#password, words.enrolment.passwordHint);
    // Only links that a sign-in has shown ask for it; the server says so.
    this.#passwordField.hidden = true;
    this.#button = element('button', { class: 'button primary', 'data-testid': 'enroll-button' },
      words.enrolment.submit);
    /** @type {HTMLElement} */
    this.element = element('form',
      { class: 'panel enrolment', novalidate: true, autocomplete: 'off', submit: (event) => this.#submitted(event) },
      this.#title,
      element('p', {}, words.enrolment.purpose),
      this.#service,
      this.#codeField,
      field('device-name', words.enrolment.name, this.#name, words.enrolment.nameHint),
      this.#passwordField,
      this.#error,
      element('div', { class: 'buttons' },
        this.#button,
        cancel && element('button', { type: 'button', class: 'button quiet', click: cancel }, words.enrolment.cancel)));
  }

  async #submitted(event) {
    event.preventDefault();
    if (this.#isSending) {
      return;
    }
    const { code, elsewhere } = readCode(this.#code.value, this.#base);
    const name = this.#name.value.replace(REFUSED_IN_NAMES, '').trim();
    this.#unmark();
    if (elsewhere) {
      this.#complain(words.enrolment.errors.elsewhere(elsewhere), this.#code);
    } else if (!code) {
      this.#complain(words.enrolment.errors['no-code'], this.#code);
    } else if (!name) {
      this.#complain(words.enrolment.errors['no-name'], this.#name);
    } else if (!this.#passwordField.hidden && !this.#password.value) {
      this.#complain(words.enrolment.errors['password-needed'], this.#password);
    } else {
      await this.#send(code, name);
    }
  }

  async #send(code, name) {
    this.#setSending(true);
    const trouble = await this.#submit(code, name, this.#passwordField.hidden ? '' : this.#password.value);
    this.#setSending(false);
    if (trouble?.needsPassword) {
      this.#passwordField.hidden = false;
      this.#complain(trouble.text, this.#password);
    } else if (trouble) {
      this.#codeField.hidden = false;
      this.#complain(trouble.text, this.#button);
    }
  }

  #setSending(sending) {
    this.#isSending = sending;
    this.#button.disabled = sending;
    this.#button.textContent = sending ? words.enrolment.submitting : words.enrolment.submit;
    this.#button.classList.toggle('working', sending);
    this.element.setAttribute('aria-busy', sending);
  }

  #complain(text, where) {
    this.#error.textContent = text;
    if (where !== this.#button) {
      where.setAttribute('aria-invalid', 'true');
    }
    where.focus();
  }

  #unmark() {
    this.#error.textContent = '';
    this.#code.removeAttribute('aria-invalid');
    this.#name.removeAttribute('aria-invalid');
    this.#password.removeAttribute('aria-invalid');
  }
}

function field(id, label, input, hint) {
  return element('div', { class: 'field' },
    element('label', { for: id }, label),
    input,
    element('p', { id: `${id}-hint`, class: 'hint' }, hint));
}
