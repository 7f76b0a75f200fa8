-- Who owns, who signs in, who did what, and how much may be sent.

-- ---------------------------------------------------------------- accounts

-- A user of the SMS gateway in whose name messages are sent. The gateway never gives a password
-- back, so ours is kept, sealed under a key derived from SECRET_KEY (services/accounts/secretbox.ts).
create table gateway_users (
  id                 uuid        primary key,
  gateway            text        not null default 'main',
  uid                text        not null check (uid <> ''),
  username           text        not null check (username <> ''),
  password_encrypted bytea       not null,
  created_at         timestamptz not null default now(),
  unique (gateway, uid),
  unique (gateway, username)
);

-- The path goes from the root to the account itself, so that ancestors are `id = any(path)` and a
-- subtree is `path @> array[id]`; the checks hold it to parent_id, so it cannot drift from the tree.
create table accounts (
  id              uuid        primary key,
  parent_id       uuid        references accounts (id),
  path            uuid[]      not null,
  kind            text        not null check (kind in ('root', 'reseller', 'customer', 'department')),
  name            text        not null check (name <> ''),
  status          text        not null default 'active'
                              check (status in ('active', 'suspended', 'closed')),
  settings        jsonb       not null default '{}' check (jsonb_typeof(settings) = 'object'),
  limits          jsonb       not null default '{}' check (jsonb_typeof(limits) = 'object'),
  gateway_user_id uuid        references gateway_users (id),
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  check (path[cardinality(path)] = id),
  check (path[cardinality(path) - 1] is not distinct from parent_id),
  check (cardinality(path) <= 16),
  check ((kind = 'root') = (parent_id is null))
);

-- One installation has one root, whoever creates it first.
create unique index accounts_one_root on accounts ((true)) where kind = 'root';
-- Two siblings of one name could not be told apart in a list.
create unique index accounts_name on accounts (parent_id, lower(name));
create index accounts_path on accounts using gin (path);
create index accounts_gateway_user on accounts (gateway_user_id) where gateway_user_id is not null;

-- ---------------------------------------------------------------- users and sessions

create table users (
  id                   uuid        primary key,
  account_id           uuid        not null references accounts (id),
  email                text        not null check (email <> ''),
  name                 text        not null,
  role                 text        not null check (role in
                         ('super_admin', 'admin', 'campaign_manager', 'analyst', 'client')),
  status               text        not null default 'active' check (status in ('active', 'disabled')),
  language             text        not null default 'en' check (language in ('es', 'en', 'fr', 'de')),
  theme                text        not null default 'system'
                                   check (theme in ('system', 'light', 'dark')),
  password_hash        text        not null,
  password_changed_at  timestamptz not null default now(),
  last_login_at        timestamptz,
  -- The second factor: sealed secret, and since when it is asked for.
  totp_secret          bytea,
  totp_enabled_at      timestamptz,
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now(),
  check (totp_enabled_at is null or totp_secret is not null)
);
create unique index users_email on users (lower(email));
create index users_account on users (account_id);

-- A session is one sign-in and at once the family of its refresh tokens.
create table sessions (
  id            uuid        primary key,
  user_id       uuid        not null references users (id) on delete cascade,
  created_at    timestamptz not null,
  last_used_at  timestamptz not null,
  expires_at    timestamptz not null,
  ip            text,
  last_ip       text,
  user_agent    text,
  revoked_at    timestamptz,
  revoke_reason text        check (revoke_reason in
                              ('logout', 'reuse', 'user', 'admin', 'password', 'disabled')),
  check ((revoked_at is null) = (revoke_reason is null))
);
create index sessions_user on sessions (user_id, last_used_at desc);
create index sessions_expiry on sessions (expires_at);

-- Only hashes: who reads this table can present none of its tokens. A rotated token keeps the salt
-- from which its successor was derived, so that presenting it again within the grace period gives
-- the same successor and not a second branch (services/auth/refresh.ts).
create table refresh_tokens (
  hash        bytea       primary key check (octet_length(hash) = 32),
  session_id  uuid        not null references sessions (id) on delete cascade,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  rotated_at  timestamptz,
  salt        bytea,
  check ((rotated_at is null) = (salt is null))
);
create index refresh_tokens_session on refresh_tokens (session_id);

-- Sign-in attempts that were not followed by a success. Keys are digests: a wrong address that
-- somebody typed is nobody's business.
create table login_throttle (
  key           bytea       primary key,
  failures      integer     not null check (failures >= 0),
  last_at       timestamptz not null,
  blocked_until timestamptz not null
);
create index login_throttle_last on login_throttle (last_at);

-- ---------------------------------------------------------------- audit

-- `hash` chains an entry to the one before; it covers the digests who_hash and what_hash, not the
-- contents, so that a person's data can be erased and the chain still verifies. The salts go with
-- the contents: without them an address could be guessed back out of its digest.
create table audit_entries (
  seq          bigint      primary key check (seq > 0),
  id           uuid        not null unique,
  at           timestamptz not null check (at = date_trunc('milliseconds', at)),
  account_id   uuid,
  actor_id     uuid,
  action       text        not null check (action <> ''),
  subject_type text        not null,
  subject_id   text,
  actor_label  text,
  ip           text,
  who_salt     bytea,
  who_hash     bytea       not null check (octet_length(who_hash) = 32),
  before       jsonb,
  after        jsonb,
  what_salt    bytea,
  what_hash    bytea       not null check (octet_length(what_hash) = 32),
  prev_hash    bytea       not null check (octet_length(prev_hash) = 32),
  hash         bytea       not null check (octet_length(hash) = 32),
  check (who_salt is not null or (actor_label is null and ip is null)),
  check (what_salt is not null or (before is null and after is null))
);
create index audit_entries_account on audit_entries (account_id, seq desc);
create index audit_entries_actor on audit_entries (actor_id, seq desc);
create index audit_entries_subject on audit_entries (subject_type, subject_id, seq desc);

-- The end of the chain. Its row lock is what keeps the chain linear: an appender holds it until its
-- transaction ends. It also gives a cut-off tail away: the entries no longer reach it.
create table audit_head (
  singleton boolean primary key default true check (singleton),
  seq       bigint  not null,
  hash      bytea   not null check (octet_length(hash) = 32)
);
insert into audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

-- Keeps an honest mistake out (a stray UPDATE, a clean-up job); the hashes are for the others.
create function audit_entries_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    -- Erasure: contents and salts may only go, and nothing else may change.
    if (new.seq, new.id, new.at, new.action, new.subject_type, new.who_hash, new.what_hash,
        new.prev_hash, new.hash)
       = (old.seq, old.id, old.at, old.action, old.subject_type, old.who_hash, old.what_hash,
        old.prev_hash, old.hash)
       and (new.account_id, new.actor_id, new.subject_id)
           is not distinct from (old.account_id, old.actor_id, old.subject_id)
       and ((new.actor_label, new.ip, new.who_salt)
            is not distinct from (old.actor_label, old.ip, old.who_salt)
            or (new.actor_label is null and new.ip is null and new.who_salt is null))
       and ((new.before, new.after, new.what_salt)
            is not distinct from (old.before, old.after, old.what_salt)
            or (new.before is null and new.after is null and new.what_salt is null))
    then
      return new;
    end if;
  end if;
  raise exception 'audit_entries is append-only';
end
$$;
create trigger audit_entries_append_only before update or delete on audit_entries
  for each row execute function audit_entries_append_only();
create trigger audit_entries_no_truncate before truncate on audit_entries
  for each statement execute function audit_entries_append_only();

-- ---------------------------------------------------------------- billing

-- How many messages an account and everything below it may send, in a calendar month (UTC) or in
-- total. No row, or a null allowance: no limit of its own, nothing counted, no lock taken.
create table account_quotas (
  account_id   uuid        primary key references accounts (id) on delete cascade,
  allowance    bigint      check (allowance >= 0),
  period       text        not null check (period in ('month', 'total')),
  period_start timestamptz not null,
  used         bigint      not null default 0 check (used >= 0),
  updated_at   timestamptz not null default now()
);

-- What a message holds of each limited quota until it is settled or released: each exactly once,
-- however often a worker repeats itself.
create table quota_reservations (
  message_id   uuid        not null,
  account_id   uuid        not null references account_quotas (account_id) on delete cascade,
  period_start timestamptz not null,
  primary key (message_id, account_id)
);
