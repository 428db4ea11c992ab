package dev.pushgate.push.ratchet;

import dev.pushgate.push.store.Store;
import dev.pushgate.radius.client.IpLiteral;
import dev.pushgate.radius.client.RatchetMemory;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * The addresses that must sign their requests, in the store.
 *
 * <p>Each call asks the store: what another process forgets is gone from that moment on.
 *
 * <p>Safe for use by many threads; the methods block.
 */
public final class KeptRatchets implements RatchetMemory {
  private final Store store;

  public KeptRatchets(Store store) {
    this.store = store;
  }

  /** The one that turned first comes first. */
  @Override
  public List<Turned> all() throws InterruptedException {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "select address, client, turned_at from signature_ratchet"
                        + " order by turned_at, address")
                .map(
                    (row, _) ->
                        new Turned(
                            InetAddress.ofLiteral(row.getString("address")),
                            row.getString("client"),
                            Instant.ofEpochMilli(row.getLong("turned_at"))))
                .list());
  }

  @Override
  public void remember(Turned turned) throws InterruptedException {
    var _ =
        store.write(
            handle ->
                handle
                    .createUpdate(
                        "insert into signature_ratchet (address, client, turned_at)"
                            + " values (:address, :client, :turned) on conflict do nothing")
                    .bind("address", IpLiteral.text(turned.address()))
                    .bind("client", turned.client())
                    .bind("turned", turned.since().toEpochMilli())
                    .execute());
  }

  /**
   * Forgets that an address must sign; a running server takes unsigned requests from there soon.
   *
   * @return false where it was not kept
   */
  public boolean forget(InetAddress address) throws InterruptedException {
    return store.write(
        handle ->
            handle
                    .createUpdate("delete from signature_ratchet where address = :address")
                    .bind("address", IpLiteral.text(address))
                    .execute()
                > 0);
  }
}
