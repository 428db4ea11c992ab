-- Users who have, or have had, a device or an app for codes. Nothing takes a row away.
create table ever_enrolled (
  user_name text not null primary key,
  first_at bigint not null
);

insert into ever_enrolled (user_name, first_at)
  select user_name, min(enrolled_at) from
    (select user_name, enrolled_at from device
      union all select user_name, enrolled_at from code_generator) as enrolled
  group by user_name;

-- 1 where the code was given to somebody who had shown a password and nothing else: the password is asked for again.
alter table enrolment_code add column password_needed integer not null default 0;
-- How often a password was tried with it.
alter table enrolment_code add column password_tries integer not null default 0;

-- How many such codes a user was given, from a time on.
create table first_invitation (
  user_name text not null primary key,
  window_from bigint not null,
  issued integer not null
);
