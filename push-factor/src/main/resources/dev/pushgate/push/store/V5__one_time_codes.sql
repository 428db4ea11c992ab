-- Apps that compute codes (RFC 6238). The secret is encrypted with a key from the key file.
create table code_generator (
  id text not null primary key,
  user_name text not null,
  secret text not null,
  algorithm text not null,
  digits integer not null,
  step_seconds bigint not null,
  -- By how many steps the app's clock was ahead of ours when its last code was used.
  drift bigint not null,
  -- The step, by the app's clock, of the last code that was used; -1 before the first.
  last_step bigint not null,
  enrolled_at bigint not null
);

create index code_generator_of_user on code_generator (user_name);

-- Codes for bad days, each good once.
create table recovery_code (
  -- SHA-256 of user and code, in hex.
  hash text not null primary key,
  user_name text not null,
  issued_at bigint not null,
  used_at bigint
);

create index recovery_code_of_user on recovery_code (user_name);
