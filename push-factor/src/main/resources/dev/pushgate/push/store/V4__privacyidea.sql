-- The identifier that the device enrolled by this code will have, where the code is for privacyIDEA Authenticator,
-- which calls it its serial. Null where the code is for an app that speaks our own phone API.
alter table enrolment_code add column serial text;

-- The key by which privacyIDEA Authenticator knows this server. One row. A device's own RSA key stands in
-- device.public_key, as the canonical JWK of RFC 7638 like the others.
create table privacyidea_key (
  id integer not null primary key check (id = 1),
  -- PKCS#8 in base64.
  private_key text not null,
  made_at bigint not null
);
