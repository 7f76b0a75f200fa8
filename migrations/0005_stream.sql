-- The stream without Redis (services/stream/postgres). Ids are microseconds since 1970, at least one
-- above the last: they grow, they are never given twice, not even after a restore, and they tell the
-- age of an entry. Entries come and go by the thousand, so vacuum must not wait for a fifth of the
-- table to be dead.

create table streams (
  name     text   primary key,
  epoch    text   not null,
  floor_id bigint not null default 0
);

create table stream_entries (
  stream text   not null,
  id     bigint not null,
  type   text   not null,
  data   text   not null,
  primary key (stream, id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

-- Which batches are stored, so that one that is repeated after a cut connection is not stored twice.
create table stream_batches (
  batch    uuid   primary key,
  first_id bigint not null
) with (autovacuum_vacuum_scale_factor = 0.02);

create table stream_groups (
  stream  text   not null,
  name    text   not null,
  last_id bigint not null,
  primary key (stream, name)
) with (fillfactor = 50);

create table stream_pending (
  stream       text        not null,
  group_name   text        not null,
  entry_id     bigint      not null,
  consumer     text        not null,
  delivered_at timestamptz not null,
  primary key (stream, group_name, entry_id),
  foreign key (stream, group_name) references stream_groups (stream, name) on delete cascade
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

create function stream_now() returns bigint language sql volatile as $$
  select (extract(epoch from clock_timestamp()) * 1000000)::bigint
$$;

-- The highest id that a stream ever gave.
create function stream_last(p_stream text) returns bigint language sql stable as $$
  select coalesce(max(last), 0) from (
    select floor_id as last from streams where name = p_stream
    union all
    select max(id) from stream_entries where stream = p_stream
  ) ids
$$;

-- Stores one batch and returns its first id; the others follow one by one. The lock is held until
-- the transaction has become visible, so ids become visible in their order and a reader that reads
-- on from the last id it saw misses none (with a sequence it does: a lower id may commit later).
-- `p_known_id` is what this appender was answered last, in the epoch `p_known_epoch`: when it is
-- neither held nor trimmed, the table lost entries, and the epoch changes.
create function stream_append(
  p_stream text, p_epoch text, p_batch uuid, p_known_epoch text, p_known_id bigint,
  p_types text[], p_data text[]
) returns table (epoch text, first_id bigint) language plpgsql volatile as $$
declare
  v_epoch text;
  v_floor bigint;
  v_last  bigint;
  v_first bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('stream ' || p_stream, 0));
  insert into streams (name, epoch) values (p_stream, p_epoch) on conflict do nothing;
  -- One statement: a trim between two would take the last entry and its floor from different times.
  select s.epoch, s.floor_id, stream_last(p_stream) into v_epoch, v_floor, v_last
    from streams s where s.name = p_stream;
  select b.first_id into v_first from stream_batches b where b.batch = p_batch;
  if found then
    return query select v_epoch, v_first;
    return;
  end if;
  if p_known_epoch = v_epoch and p_known_id > v_floor
    and not exists (select from stream_entries e where e.stream = p_stream and e.id = p_known_id)
  then
    update streams s set epoch = p_epoch where s.name = p_stream;
    v_epoch := p_epoch;
  end if;
  v_first := greatest(v_last + 1, stream_now());
  insert into stream_entries (stream, id, type, data)
    select p_stream, v_first + e.place - 1, e.type, e.data
    from unnest(p_types, p_data) with ordinality as e (type, data, place);
  insert into stream_batches (batch, first_id) values (p_batch, v_first);
  perform pg_notify('stream', p_stream);
  return query select v_epoch, v_first;
end
$$;

-- Hands the next entries to a consumer. The group's row is locked first, and the entries are read by
-- a later statement that sees what the lock waited for.
create function stream_read_group(p_stream text, p_group text, p_consumer text, p_limit integer)
returns table (id bigint, type text, data text) language plpgsql volatile as $$
declare
  v_last bigint;
begin
  select g.last_id into v_last from stream_groups g
    where g.stream = p_stream and g.name = p_group for update;
  if not found then
    insert into stream_groups (stream, name, last_id) values (p_stream, p_group, 0)
      on conflict do nothing;
    select g.last_id into v_last from stream_groups g
      where g.stream = p_stream and g.name = p_group for update;
  end if;
  return query
    with picked as (
      select e.id, e.type, e.data from stream_entries e
      where e.stream = p_stream and e.id > v_last order by e.id limit p_limit
    ), held as (
      insert into stream_pending (stream, group_name, entry_id, consumer, delivered_at)
      select p_stream, p_group, p.id, p_consumer, clock_timestamp() from picked p
    ), moved as (
      update stream_groups g set last_id = (select max(p.id) from picked p)
      where g.stream = p_stream and g.name = p_group and exists (select from picked)
    )
    select p.id, p.type, p.data from picked p order by p.id;
end
$$;

-- Removes the entries below an id, and what pointed at them.
create function stream_trim(p_stream text, p_below bigint) returns bigint
language plpgsql volatile as $$
declare
  v_highest bigint;
  v_count   bigint;
begin
  with gone as (
    delete from stream_entries e where e.stream = p_stream and e.id < p_below returning e.id
  )
  select max(gone.id), count(*) into v_highest, v_count from gone;
  if v_count > 0 then
    update streams set floor_id = greatest(floor_id, v_highest) where name = p_stream;
    delete from stream_pending where stream = p_stream and entry_id <= v_highest;
  end if;
  -- A batch is repeated within seconds; ten minutes are plenty.
  delete from stream_batches where first_id < stream_now() - 600000000;
  return v_count;
end
$$;
