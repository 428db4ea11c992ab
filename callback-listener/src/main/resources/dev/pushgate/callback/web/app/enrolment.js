/** Making this browser one of a user's devices. */

const CODE = 'pushgate enrolment code';

const REFUSALS = {
  400: 'malformed',
  401: 'signature',
  403: 'code-invalid',
  409: 'key-known',
  429: 'too-many',
};

/**
 * Keeps the code of an enrolment link in this tab until it is spent. The fragment is gone from the address bar by
 * then, and phones reload tabs that were in the background.
 *
 * @param {string} code
 */
export function keepCode(code) {
  try {
    sessionStorage.setItem(CODE, code);
  } catch {
    // Without it only a reload loses the code, and the link still has it.
  }
}

/** @returns {string} the code kept in this tab, or empty */
export function keptCode() {
  try {
    return sessionStorage.getItem(CODE) ?? '';
  } catch {
    return '';
  }
}

/** Forgets the code: it is spent, or the user does not want it any more. */
export function forgetCode() {
  try {
    sessionStorage.removeItem(CODE);
  } catch {
    // Then there was nothing kept.
  }
}

/**
 * Enrols this browser.
 *
 * @param {Server} server
 * @param {Accounts} accounts
 * @param {string} base address of the server
 * @param {string} code
 * @param {string} name for this device
 * @param {string} password of the user, or empty
 * @returns {Promise<{account: Account} | {refusal: string, retryAfter: number}>}
 * @throws {Unreachable}
 * @throws {StorageUnavailable}
 */
export async function enrol(server, accounts, base, code, name, password) {
  askForLastingStorage();
  const key = await accounts.pendingKey();
  const { status, body, retryAfter } = await server.enrol(key, code, name, password);
  if (status === 409) {
    // The server has this key from a try whose answer was lost; only another key can still be enrolled.
    await accounts.dropPendingKey();
  }
  if (status !== 201) {
    return { refusal: refusalOf(status, body, password), retryAfter };
  }
  const account = {
    device: body.device,
    user: body.user,
    service: body.service,
    name: body.name,
    base,
    enrolled: Date.now(),
    key,
  };
  await accounts.add(account);
  forgetCode();
  return { account };
}

function refusalOf(status, body, password) {
  if (body?.code === 'password-needed') {
    return 'password-needed';
  }
  return status === 403 && password ? 'password-or-code' : REFUSALS[status] ?? 'malformed';
}

/** Nobody waits for the answer: some browsers ask the user first, and enrolment is as good without. */
function askForLastingStorage() {
  navigator.storage?.persist?.().catch(() => {});
}
