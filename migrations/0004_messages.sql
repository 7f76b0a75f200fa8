-- One row from birth to the last DLR. Partitioned on the UUIDv7 id: ids are ordered by time, so the
-- primary key is global and a look-up by id prunes to one partition.
create table messages (
  id uuid not null primary key,
  account_id uuid not null,
  user_id uuid,
  recipient text not null,
  country text,
  sender text,
  body text not null,
  charset text not null check (charset in ('gsm7', 'ucs2')),
  parts smallint not null check (parts between 1 and 5),
  state text not null check (state in (
    'queued', 'sending', 'accepted', 'sent', 'delivered', 'undelivered', 'expired', 'rejected',
    'failed', 'uncertain', 'unconfirmed')),
  state_since timestamptz not null,
  -- The clock of every state that is not final: when it must be looked at again. Null = final.
  due_at timestamptz,
  -- After this a message that the gateway never took is given up.
  expires_at timestamptz not null,
  attempts smallint not null default 0,
  gateway text not null default 'main',
  gateway_message_id text,
  connector text,
  reason text,
  price bigint not null default 0,
  cost bigint not null default 0,
  currency text not null default 'EUR',
  created_at timestamptz not null,
  accepted_at timestamptz,
  sent_at timestamptz,
  final_at timestamptz
) partition by range (id);

-- The queue, in the order in which it is due.
create index messages_queue on messages (due_at, id) where state = 'queued';
-- The clocks: everything under way, by when it must be looked at again.
create index messages_clocks on messages (due_at)
  where state in ('sending', 'accepted', 'sent', 'uncertain');
create index messages_by_account on messages (account_id, id desc);
create index messages_by_recipient on messages (recipient, id desc);
create index messages_by_gateway_id on messages (gateway_message_id)
  where gateway_message_id is not null;

-- What happened to a message, raw: answers, DLRs, clocks. The fingerprint makes a repeated callback
-- one event. to_state is null where the event changed nothing.
create table message_events (
  message_id uuid not null,
  fingerprint text not null,
  at timestamptz not null,
  signal text not null,
  from_state text,
  to_state text,
  detail jsonb not null default '{}',
  primary key (message_id, fingerprint)
) partition by range (message_id);

-- First UUIDv7 of a moment: 48 bits of milliseconds, the rest zero.
create function uuid_of_moment(moment timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex(floor(extract(epoch from moment) * 1000)::bigint), 12, '0')
          || '00000000000000000000')::uuid
$$;

-- Makes the monthly partitions from this month to `months` ahead; returns how many were made.
create function ensure_message_partitions(months integer) returns integer language plpgsql as $$
declare
  made integer := 0;
  first_day timestamptz;
  next_month timestamptz;
  suffix text;
  parent text;
begin
  for step in 0..months loop
    first_day := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => step))
                 at time zone 'UTC';
    next_month := (first_day at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    suffix := to_char(first_day at time zone 'UTC', 'YYYYMM');
    foreach parent in array array['messages', 'message_events'] loop
      if to_regclass(parent || '_' || suffix) is null then
        execute format('create table %I partition of %I for values from (%L) to (%L)',
          parent || '_' || suffix, parent,
          uuid_of_moment(first_day), uuid_of_moment(next_month));
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end
$$;

-- What no monthly partition takes lands here, and the scheduler says so.
create table messages_default partition of messages default;
create table message_events_default partition of message_events default;
select ensure_message_partitions(2);

-- One answer for one key: a repeated request gets the first one's message.
create table idempotency_keys (
  account_id uuid not null,
  key text not null,
  request_hash bytea not null,
  message_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (account_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- Callbacks are durable here before they are acknowledged. A row leaves in the transaction that
-- applies it; one that names an unknown message waits (due_at moves on) and is matched later.
create table inbound_callbacks (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('dlr', 'mo')),
  message_id uuid,
  payload jsonb not null,
  received_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null default clock_timestamp(),
  attempts smallint not null default 0
);
create index inbound_callbacks_due on inbound_callbacks (due_at, id);

-- Messages from phones. The gateway's id makes a repeated callback one message.
create table mo_messages (
  id uuid primary key,
  account_id uuid not null,
  gateway text not null default 'main',
  gateway_message_id text not null,
  connector text,
  sender text not null,
  recipient text not null,
  body text not null,
  coding smallint not null,
  raw bytea not null,
  received_at timestamptz not null,
  unique (gateway, gateway_message_id)
);
create index mo_messages_by_account on mo_messages (account_id, id desc);

-- Counts that a transaction leaves beside its transitions. Insert-only, so writers never wait for
-- each other; the metrics role folds them into metric_minute and deletes them.
create table metric_deltas (
  id bigint generated always as identity primary key,
  minute timestamptz not null,
  account_id uuid not null,
  connector text not null,
  measure text not null,
  value bigint not null
);

-- The only thing that charts read: by minute, account, connector and measure.
create table metric_minute (
  minute timestamptz not null,
  account_id uuid not null,
  connector text not null,
  measure text not null,
  value bigint not null,
  primary key (minute, account_id, connector, measure)
);

-- The latest figures of the installation (account of zeros) and of each account, for who comes in
-- between two seconds. Nothing is lost with it: the next second writes it again.
create unlogged table metric_snapshots (
  account_id uuid primary key,
  at timestamptz not null,
  data jsonb not null
);
