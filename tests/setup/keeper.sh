#!/bin/sh
# Keeps one service: runs "$@" with its output in the file $KEEPER_LOG, and ends it when the write
# end of this script's stdin is closed. The kernel closes that end when the process that started
# us goes, however it went (Ctrl-C, a failed run, SIGKILL), so no service can outlive its test run.
#
# KEEPER_SIGNAL  what asks the service to end (default TERM)
# KEEPER_GRACE   seconds before it is killed (default 10)
exec 3<&0 </dev/null >>"${KEEPER_LOG:?}" 2>&1

"$@" 3<&- &
service=$!

(
  # Blocks until end of file. The builtin, so that no helper process is left behind.
  read -r _ <&3
  kill -s "${KEEPER_SIGNAL:-TERM}" "$service" 2>/dev/null || exit 0
  waited=0
  while kill -0 "$service" 2>/dev/null; do
    [ "$waited" -ge $((${KEEPER_GRACE:-10} * 10)) ] && kill -s KILL "$service" 2>/dev/null
    sleep 0.1
    waited=$((waited + 1))
  done
) &
watcher=$!

wait "$service"
status=$?
kill -s KILL "$watcher" 2>/dev/null
exit "$status"
