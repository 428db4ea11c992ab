-- How many pushes a user has been sent that nobody approved, and where the user is known to come from.
create table push_limit (
  user_name text not null,
  -- A place, as an address or the /64 of an IPv6 one, that the user was accepted from; or '' for all other places,
  -- which have one row together.
  origin text not null,
  -- When the user was last accepted from there; where origin is '', when the user was accepted for the first time from
  -- anywhere. Null for never.
  accepted_at bigint,
  -- The pushes of the last day that nobody approved, each a line "time origin", those without a number and those with
  -- one. A few lines that are always read and written together: one row, and no race, for each login.
  sent_plain text not null,
  sent_numbered text not null,
  primary key (user_name, origin)
);

-- Users whose pushes are stopped, except to places that are known, because one of them was reported.
create table push_stop (
  user_name text not null primary key,
  stopped_at bigint not null,
  -- Null where an administrator has to lift it.
  stopped_until bigint,
  -- Where the login came from that was reported.
  reported_origin text not null
);

-- Wrong passwords and codes since the last login that was accepted, by tens.
create table failure_count (
  user_name text not null primary key,
  failures bigint not null
);
