-- The source addresses that must sign their requests under message-authenticator = auto.
create table signature_ratchet (
  -- As RFC 5952 writes it, without a zone.
  address text not null primary key,
  -- The client it belonged to when it turned the ratchet; which it is now is for the configuration to say.
  client text not null,
  turned_at bigint not null
);
