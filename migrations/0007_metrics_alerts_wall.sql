-- What charts read beyond minutes, what was wrong and when, and displays on a wall.

-- ---------------------------------------------------------------- live events that must not be lost

-- Events of committed changes, written in the transaction of the change and told afterwards: a
-- process that dies between the two loses none. Told at least once, each with an id of its own.
create table live_outbox (
  id   bigint generated always as identity primary key,
  type text   not null,
  data text   not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- ---------------------------------------------------------------- figures

-- Every count is added to its minute, hour and day in the statement that takes it from
-- metric_deltas. Rows of the account of zeros are the installation's: all accounts together, and
-- what the gateway itself counts (gateway_*).
-- The account comes first: a chart reads one account's (or the installation's) range.
alter table metric_minute drop constraint metric_minute_pkey;
alter table metric_minute add primary key (account_id, minute, connector, measure);
create index metric_minute_by_time on metric_minute (minute);

create table metric_hour (
  hour       timestamptz not null,
  account_id uuid        not null,
  connector  text        not null,
  measure    text        not null,
  value      bigint      not null,
  primary key (account_id, hour, connector, measure)
) with (fillfactor = 70);
create index metric_hour_by_time on metric_hour (hour);

-- `day` is the beginning of a day in the service's time zone.
create table metric_day (
  day        timestamptz not null,
  account_id uuid        not null,
  connector  text        not null,
  measure    text        not null,
  value      bigint      not null,
  primary key (account_id, day, connector, measure)
) with (fillfactor = 70);
create index metric_day_by_time on metric_day (day);

insert into metric_minute (minute, account_id, connector, measure, value)
  select minute, '00000000-0000-0000-0000-000000000000', connector, measure, sum(value)
  from metric_minute
  where account_id <> '00000000-0000-0000-0000-000000000000' and measure not like 'gauge\_%'
  group by minute, connector, measure;
insert into metric_hour (hour, account_id, connector, measure, value)
  select date_trunc('hour', minute), account_id, connector, measure, sum(value)
  from metric_minute where measure not like 'gauge\_%'
  group by 1, 2, 3, 4;
-- The service's time zone isn't known here; what was counted before is filed under days of UTC.
insert into metric_day (day, account_id, connector, measure, value)
  select date_trunc('day', hour at time zone 'UTC') at time zone 'UTC',
    account_id, connector, measure, sum(value)
  from metric_hour group by 1, 2, 3, 4;

-- How many seconds of a minute somebody measured: where no row is, a chart has a gap and not 0.
create table metric_measured (
  source  text        not null check (source in ('figures', 'gateway', 'jcli')),
  minute  timestamptz not null,
  seconds smallint    not null check (seconds between 0 and 60),
  primary key (source, minute)
) with (fillfactor = 70);
insert into metric_measured (source, minute, seconds)
  select 'figures', minute, 60 from metric_minute where measure not like 'gateway\_%' group by minute
  union all
  select 'gateway', minute, 60 from metric_minute where measure like 'gateway\_%' group by minute;

-- The last five minutes, second by second, each second in the place of the one 300 before: written
-- over, never deleted. Nothing is lost with it but a page's first five minutes.
create unlogged table metric_seconds (
  account_id uuid        not null,
  slot       smallint    not null check (slot between 0 and 299),
  at         timestamptz not null,
  data       jsonb       not null,
  primary key (account_id, slot)
) with (fillfactor = 50);

-- Each running process, as it told of itself last.
create unlogged table process_states (
  id      uuid        primary key,
  seen_at timestamptz not null,
  data    jsonb       not null
);

-- Why a service was last down stays known when it is up again.
alter table service_states add column last_error text, add column last_error_at timestamptz;

-- ---------------------------------------------------------------- incidents

create table incidents (
  id              uuid        primary key,
  kind            text        not null check (kind <> ''),
  -- What it is about: a cid, a service's name; empty for the installation.
  subject         text        not null,
  -- Null: the installation's, for who sees all accounts.
  account_id      uuid,
  severity        text        not null check (severity in ('info', 'warning', 'critical')),
  detail          jsonb       not null default '{}',
  -- Since when the condition holds; it was told `for how long` of its rule later.
  opened_at       timestamptz not null,
  raised_at       timestamptz not null,
  closed_at       timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  -- Times that it came back soon after it was over.
  flaps           integer     not null default 0,
  -- Counts what was told of it: id and revision name one live event.
  revision        integer     not null default 1,
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
-- One open incident of a kind about a subject, whoever notices it.
create unique index incidents_open on incidents (kind, subject) where closed_at is null;
create index incidents_last on incidents (kind, subject, closed_at desc);
create index incidents_list on incidents (id desc);

-- ---------------------------------------------------------------- wall displays

-- The token is in the display's address; only its digest is kept, 256 random bits need no slow hash.
create table wall_displays (
  id           uuid        primary key,
  account_id   uuid        not null references accounts (id),
  name         text        not null check (name <> ''),
  token_hash   bytea       not null unique check (octet_length(token_hash) = 32),
  panels       text[]      not null check (cardinality(panels) > 0),
  theme        text        not null check (theme in ('dark', 'light')),
  created_at   timestamptz not null,
  created_by   uuid        not null references users (id),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_seen_at timestamptz
);
create index wall_displays_account on wall_displays (account_id, id desc);
