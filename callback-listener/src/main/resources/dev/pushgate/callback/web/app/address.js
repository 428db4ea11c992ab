/** The addresses that the app reads: its own, and enrolment links. */

/**
 * The base address of a page of ours: what enrolment links begin with, and the `aud` of all that is signed.
 *
 * @param {string} address of the page, be it `BASE/`, `BASE/enroll` or `BASE/index.html`
 * @returns {string} without a slash at the end
 */
export function baseAddress(address) {
  const { origin, pathname } = new URL(address);
  return origin + pathname.replace(/\/(enroll|index\.html)?$/, '');
}

/**
 * Reads what a user typed or pasted: a bare code, or text that holds a whole enrolment link.
 *
 * @param {string} text as it came
 * @param {string} base this app's base address
 * @returns {{code: string} | {elsewhere: string}} the code, empty where there is none, or the base address of the
 *     other server that the link is for
 */
export function readCode(text, base) {
  const link = linkIn(text);
  if (!link) {
    return { code: text.replace(/\s/g, '').replace(/^#/, '') };
  }
  const target = baseAddress(link);
  return target === base ? { code: codeInFragment(link.hash) } : { elsewhere: target };
}

function linkIn(text) {
  try {
    return new URL(text.match(/https?:\/\/\S+/i)?.[0]);
  } catch {
    return null;
  }
}

/**
 * The code in the fragment of an enrolment link.
 *
 * @param {string} hash with its `#`, or empty
 * @returns {string} empty where there is none
 */
export function codeInFragment(hash) {
  const fragment = hash.slice(1);
  try {
    return decodeURIComponent(fragment).trim();
  } catch {
    return fragment;
  }
}
