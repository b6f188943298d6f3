#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs PostgreSQL for as long as standard input stays open, and ends it when the other end of the pipe is gone,
# however that happened. usage: guardian.sh <data directory> <seconds> <command...>
# Processes are found by their working directory, which PostgreSQL makes the data directory; never by a bare number.
data=$1
seconds=$2
shift 2
trap '' HUP INT TERM
exec 3<&0

postmaster() {
  read -r pid <"$data/postmaster.pid" && [ "$(readlink "/proc/$pid/cwd")" = "$data" ]
}

stop() {
  if postmaster; then kill -"$1" "$pid"; else kill -"$1" "$server"; fi
}

gone_within() {
  tenths=$(($1 * 10))
  while [ "$tenths" -gt 0 ]; do
    kill -0 "$server" || return 0
    sleep 0.1
    tenths=$((tenths - 1))
  done
  return 1
}

kill_all() {
  for process in /proc/[0-9]*; do
    [ "$(readlink "$process/cwd")" = "$data" ] || continue
    case $(readlink "$process/exe") in */postgres*) kill -KILL "${process#/proc/}" ;; esac
  done
  kill -KILL "$server"
}

"$@" 3<&- </dev/null &
server=$!
(
  while read -r _ <&3; do :; done
  stop INT
  gone_within "$seconds" && exit
  stop QUIT
  gone_within 5 || kill_all
) >/dev/null 2>&1 &
reader=$!
exec 3<&-
wait "$server"
status=$?
kill -KILL "$reader" 2>/dev/null
exit "$status"
