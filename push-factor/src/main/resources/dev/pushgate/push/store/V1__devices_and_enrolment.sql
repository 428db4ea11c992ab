-- Times are milliseconds since 1970. The same statements run on SQLite and on PostgreSQL.

create table device (
  id text not null primary key,
  user_name text not null,
  name text not null,
  -- The canonical JWK of RFC 7638 section 3.2, so that one key has one text. Unique also among removed
  -- devices: a key that was taken away does not come back.
  public_key text not null unique,
  -- Where notifications go, as the JSON of phone-api.md's "push".
  push text not null,
  -- The "iat" (seconds) of the last change of push that was taken.
  push_iat bigint not null,
  enrolled_at bigint not null,
  last_seen_at bigint,
  removed_at bigint
);

create index device_of_user on device (user_name);

create table enrolment_code (
  -- SHA-256 of the code in hex.
  hash text not null primary key,
  user_name text not null,
  issued_at bigint not null,
  expires_at bigint not null,
  -- The device that spent it, or null.
  spent_by text
);

create table base_address (
  address text not null primary key,
  first_given_at bigint not null
);
