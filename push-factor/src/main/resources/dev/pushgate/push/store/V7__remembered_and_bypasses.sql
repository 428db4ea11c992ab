-- Logins that need no second factor until they end, because one like them had it.
create table remembered_login (
  user_name text not null,
  -- The client, or its group of clients.
  scope text not null,
  -- Of the user, as RFC 5952 writes it, without a zone.
  address text not null,
  -- A keyed hash of user and password.
  fingerprint text not null,
  remembered_at bigint not null,
  expires_at bigint not null,
  primary key (user_name, scope, address)
);

create index remembered_login_by_end on remembered_login (expires_at);

-- Users whom an administrator lets in without the second factor.
create table bypass (
  user_name text not null primary key,
  granted_at bigint not null,
  expires_at bigint not null,
  reason text not null,
  granted_by text not null
);

-- Codes of the help desk, each good once: it is deleted as it is used.
create table bypass_code (
  -- SHA-256 of code and user, in hex.
  hash text not null primary key,
  user_name text not null,
  granted_at bigint not null,
  expires_at bigint not null,
  reason text not null,
  granted_by text not null
);

create index bypass_code_of_user on bypass_code (user_name);
