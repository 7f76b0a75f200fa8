-- API keys, and the second factor's codes.

-- A key acts for its user: within its scopes, and within what the user's role may do by then. Only
-- the digest of the secret is kept; 256 random bits need no slow hash.
create table api_keys (
  id           uuid        primary key,
  account_id   uuid        not null references accounts (id),
  user_id      uuid        not null references users (id) on delete cascade,
  name         text        not null check (name <> ''),
  -- How the secret begins, so that its owner can tell which key a program has.
  prefix       text        not null,
  hash         bytea       not null unique check (octet_length(hash) = 32),
  scopes       text[]      not null check (cardinality(scopes) > 0),
  created_at   timestamptz not null,
  expires_at   timestamptz,
  -- Coarse: written once in some minutes, or every request would write.
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create index api_keys_account on api_keys (account_id, id desc);
create index api_keys_user on api_keys (user_id, id desc);

-- The time step of the last code that was taken: a code counts once (RFC 6238, 5.2).
alter table users add column totp_last_step bigint;

-- Single-use codes for who has lost the device; digests under a key derived from SECRET_KEY.
create table recovery_codes (
  user_id    uuid        not null references users (id) on delete cascade,
  hash       bytea       not null check (octet_length(hash) = 32),
  created_at timestamptz not null,
  used_at    timestamptz,
  primary key (user_id, hash)
);
