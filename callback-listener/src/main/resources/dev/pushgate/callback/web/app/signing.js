/** Keys and signatures: compact JWS (RFC 7515) with ES256 by the browser's own WebCrypto. */

const ECDSA_P256 = { name: 'ECDSA', namedCurve: 'P-256' };

/** The private key is gone or can no longer be used; no retry will help. */
export class KeyLost extends Error {}

/**
 * Makes a key pair whose private half never leaves this browser, not even to this app's own code.
 *
 * @returns {Promise<{privateKey: CryptoKey, jwk: object}>} `jwk` is the public key
 */
export async function makeKey() {
  const pair = await crypto.subtle.generateKey(ECDSA_P256, false, ['sign']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { privateKey: pair.privateKey, jwk: { kty, crv, x, y } };
}

/**
 * Signs a payload.
 *
 * @param {CryptoKey} privateKey of {@link makeKey}
 * @param {object} header what stands in the protected header beside `alg`
 * @param {object} payload
 * @returns {Promise<string>} the compact JWS
 * @throws {KeyLost} when the key cannot sign
 */
export async function signJws(privateKey, header, payload) {
  const signingInput = `${jsonPart({ alg: 'ES256', ...header })}.${jsonPart(payload)}`;
  return `${signingInput}.${base64url(await sign(privateKey, utf8(signingInput)))}`;
}

async function sign(privateKey, bytes) {
  try {
    // WebCrypto answers r and s side by side, which is the very form that JWS asks for.
    return new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes));
  } catch (cause) {
    throw new KeyLost('the key cannot sign', { cause });
  }
}

function jsonPart(value) {
  return base64url(utf8(JSON.stringify(value)));
}

function utf8(text) {
  return new TextEncoder().encode(text);
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
