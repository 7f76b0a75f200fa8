-- What the gateway was last seen to have. Written by the gateway role alone; the password never
-- arrives here.
create table connectors (
  gateway text not null default 'main',
  cid text not null,
  service text not null check (service in ('started', 'stopped')),
  session text not null,
  state text not null check (state in ('bound', 'binding', 'down', 'stopped')),
  since timestamptz not null,
  starts bigint not null,
  stops bigint not null,
  config jsonb not null default '{}',
  last_error text,
  last_error_at timestamptz,
  seen_at timestamptz not null,
  removed_at timestamptz,
  primary key (gateway, cid)
);

-- Every change of a connector's state, for its history and for the wall display.
create table connector_events (
  id uuid primary key,
  gateway text not null,
  cid text not null,
  at timestamptz not null,
  from_state text,
  to_state text not null,
  detail text
);
create index connector_events_by_cid on connector_events (gateway, cid, at desc);

-- What was asked of the one process that may write to jcli. A command is carried out once: a
-- waiting one past its deadline never starts, a running one whose holder died is not run again.
create table gateway_commands (
  id uuid primary key,
  gateway text not null default 'main',
  name text not null,
  args jsonb not null,
  requested_by uuid,
  state text not null default 'waiting'
    check (state in ('waiting', 'running', 'done', 'failed')),
  result jsonb,
  error jsonb,
  created_at timestamptz not null default clock_timestamp(),
  deadline timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  epoch bigint
);
create index gateway_commands_waiting on gateway_commands (gateway, id) where state = 'waiting';
create index gateway_commands_running on gateway_commands (gateway) where state = 'running';

-- Present state of each dependency that the roles watch, with its since-when.
create table service_states (
  name text primary key,
  state text not null check (state in ('up', 'down', 'unknown')),
  since timestamptz not null,
  seen_at timestamptz not null,
  detail text
);

-- The gateway's own counters at the last look, so that the next look tells what came since. They
-- start from nothing when the gateway does.
create table gateway_counters (
  gateway text not null,
  cid text not null,
  counters jsonb not null,
  at timestamptz not null,
  primary key (gateway, cid)
);
