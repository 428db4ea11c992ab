-- When the address in "push" was given to us, by our clock: a service may tell that an address died before that.
alter table device add column push_since bigint not null default 0;
-- Set while the address in "push" is of no use; the phone's next one takes it away.
alter table device add column push_retired_at bigint;
-- The last notification that the service took, and the last one that failed.
alter table device add column push_sent_at bigint;
alter table device add column push_error text;
alter table device add column push_error_at bigint;

update device set push_since = enrolled_at;

-- What a push service says of an address concerns each device that has it.
create index device_of_push on device (push);

-- The key by which browsers' push services know this server (RFC 8292). One row.
create table webpush_key (
  id integer not null primary key check (id = 1),
  -- PKCS#8 in base64.
  private_key text not null,
  -- The uncompressed point in base64url, as browsers get it.
  public_key text not null,
  made_at bigint not null
);
