-- Exclusive roles (jcli writer, scheduler, log follower). A row outlives its holder: `epoch` must
-- never go back, so a released lease is one that has expired, not one that is deleted.
create table leases (
  name       text        primary key,
  holder     text        not null,
  epoch      bigint      not null check (epoch > 0),
  expires_at timestamptz not null
);
