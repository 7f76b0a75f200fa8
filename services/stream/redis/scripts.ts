/**
 * The Lua scripts of the Redis driver: what must be one step for every other client. Keys are
 * `KEYS[1]` the stream, `KEYS[2]` a hash with its `epoch` and `floor`.
 * @module
 */
import { createHash } from "node:crypto";

/** A script and the digest by which EVALSHA names it. */
export interface Script {
  readonly source: string;
  readonly sha1: string;
}

// `ensure` makes the empty stream and its epoch. A stream key that is gone is a stream that was lost,
// whatever the hash says; an empty one stays as a key, so trimming all entries isn't a loss.
const PRELUDE = `
local function parts(id)
  local ms, seq = string.match(id, '^(%d+)%-?(%d*)$')
  return tonumber(ms), tonumber(seq) or 0
end
local function above(a, b)
  local ams, aseq = parts(a)
  local bms, bseq = parts(b)
  if ams ~= bms then return ams > bms end
  return aseq > bseq
end
local function ensure(candidate)
  if redis.call('EXISTS', KEYS[1]) == 0 then
    redis.call('XGROUP', 'CREATE', KEYS[1], 'making', '0', 'MKSTREAM')
    redis.call('XGROUP', 'DESTROY', KEYS[1], 'making')
    redis.call('DEL', KEYS[2])
  end
  redis.call('HSETNX', KEYS[2], 'epoch', candidate)
  return redis.call('HGET', KEYS[2], 'epoch')
end
local function floor()
  return redis.call('HGET', KEYS[2], 'floor') or '0'
end
local function last()
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return info[i + 1] end
  end
end
local function bounds(epoch)
  local oldest = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
  return { epoch, floor(), oldest[1] and oldest[1][1] or '', last() }
end
local function trim(minid)
  local cut = redis.call('XREVRANGE', KEYS[1], '(' .. minid, '-', 'COUNT', 1)
  if not cut[1] then return 0 end
  redis.call('HSET', KEYS[2], 'floor', cut[1][1])
  return redis.call('XTRIM', KEYS[1], 'MINID', minid)
end
`;

/**
 * KEYS[3] the appender's last batch; ARGV: epoch to set if there is none, batch number, epoch and id
 * that this appender was answered last (or ''), time in ms to keep KEYS[3], then type and data of
 * each. Answers the epoch and the ids in one text; a repeated batch number is answered as before.
 * An id that was answered in this epoch and is neither held nor trimmed proves that the server lost
 * entries (a crash without fsync, a failover), so the epoch changes.
 */
export const APPEND = script(`
local epoch = ensure(ARGV[1])
local before = redis.call('GET', KEYS[3])
if before then
  local number, answer = string.match(before, '^(%d+) (.*)$')
  if tonumber(ARGV[2]) <= tonumber(number) then return answer end
end
local known = ARGV[4]
if epoch == ARGV[3] and above(known, floor())
    and #redis.call('XRANGE', KEYS[1], known, known) == 0 then
  redis.call('HSET', KEYS[2], 'epoch', ARGV[1])
  epoch = ARGV[1]
end
local answer = { epoch }
for i = 6, #ARGV, 2 do
  answer[#answer + 1] = redis.call('XADD', KEYS[1], '*', 't', ARGV[i], 'd', ARGV[i + 1])
end
local joined = table.concat(answer, ' ')
redis.call('SET', KEYS[3], ARGV[2] .. ' ' .. joined, 'PX', ARGV[5])
return joined
`);

/** ARGV: epoch to set if there is none. Answers epoch, floor, first ('' when empty), last. */
export const BOUNDS = script(`return bounds(ensure(ARGV[1]))`);

/**
 * ARGV: epoch to set if there is none, epoch and id of the position, limit. Answers the bounds, and
 * the entries unless the position can't be read on from.
 */
export const READ = script(`
local epoch = ensure(ARGV[1])
local at = bounds(epoch)
if epoch ~= ARGV[2] or above(at[2], ARGV[3]) or above(ARGV[3], at[4]) then return { at } end
return { at, redis.call('XRANGE', KEYS[1], '(' .. ARGV[3], '+', 'COUNT', ARGV[4]) }
`);

/** ARGV: epoch to set if there is none, group, start id ('$' for the end). 1 when it was created. */
export const CREATE_GROUP = script(`
ensure(ARGV[1])
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  for i = 1, #group, 2 do
    if group[i] == 'name' and group[i + 1] == ARGV[2] then return 0 end
  end
end
redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[2], ARGV[3])
return 1
`);

/** ARGV: epoch to set if there is none. Each group as name, last delivered id, pending, oldest. */
export const GROUPS = script(`
ensure(ARGV[1])
local found = {}
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local at = {}
  for i = 1, #group, 2 do at[group[i]] = group[i + 1] end
  local pending = redis.call('XPENDING', KEYS[1], at.name)
  found[#found + 1] = { at.name, at['last-delivered-id'], pending[1], pending[2] or '' }
end
return found
`);

/**
 * ARGV: epoch to set if there is none, idle time in ms after which a consumer with nothing pending
 * is forgotten. Removes what every group is done with.
 */
export const TRIM_CONSUMED = script(`
ensure(ARGV[1])
local minid
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local at = {}
  for i = 1, #group, 2 do at[group[i]] = group[i + 1] end
  for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], at.name)) do
    local who = {}
    for i = 1, #consumer, 2 do who[consumer[i]] = consumer[i + 1] end
    if who.pending == 0 and who.idle > tonumber(ARGV[2]) then
      redis.call('XGROUP', 'DELCONSUMER', KEYS[1], at.name, who.name)
    end
  end
  local held = redis.call('XPENDING', KEYS[1], at.name)[2]
  if not held then
    local ms, seq = parts(at['last-delivered-id'])
    held = string.format('%.0f-%.0f', ms, seq + 1)
  end
  if not minid or above(minid, held) then minid = held end
end
if not minid then return 0 end
return trim(minid)
`);

/** ARGV: epoch to set if there is none, age in ms by the server's clock. */
export const TRIM_OLDER = script(`
ensure(ARGV[1])
local now = redis.call('TIME')
local ms = tonumber(now[1]) * 1000 + math.floor(tonumber(now[2]) / 1000) - tonumber(ARGV[2])
if ms <= 0 then return 0 end
return trim(string.format('%.0f-0', ms))
`);

/** ARGV: the new epoch. The ids go on from where they were: an id is never given twice. */
export const RESET = script(`
local newest = redis.call('EXISTS', KEYS[1]) == 1 and last() or '0-0'
redis.call('DEL', KEYS[1], KEYS[2])
ensure(ARGV[1])
if newest ~= '0-0' then
  redis.call('XSETID', KEYS[1], newest)
  redis.call('HSET', KEYS[2], 'floor', newest)
end
return 1
`);

function script(body: string): Script {
  const source = PRELUDE + body;
  return { source, sha1: createHash("sha1").update(source).digest("hex") };
}
