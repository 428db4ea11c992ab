/** Telling the server where the notifications for each account go. */

const POLL = { via: 'poll' };

/** What the server has been told, kept with the account, so that it is told only of what has changed. */
export class PushAddresses {
  #server;
  #accounts;

  /**
   * @param {Server} server
   * @param {Accounts} accounts
   */
  constructor(server, accounts) {
    this.#server = server;
    this.#accounts = accounts;
  }

  /**
   * Tells the server, for each account that has a key.
   *
   * @param {Account[]} accounts
   * @param {?object} address the `push` of the phone API, or null when the app only polls
   * @returns {Promise<boolean>} false when the server refused it for one of the accounts
   * @throws {Unreachable}
   */
  async tell(accounts, address) {
    const wanted = JSON.stringify(address ?? POLL);
    let isTaken = true;
    for (const { push, ...account } of accounts.filter(({ key }) => key)) {
      if ((push ?? JSON.stringify(POLL)) === wanted) {
        continue;
      }
      const { status } = await this.#server.changePush(account, address ?? POLL);
      if (status === 200) {
        await this.#accounts.keepPush(account.device, wanted);
      } else {
        isTaken = false;
      }
    }
    return isTaken;
  }
}
