#!/bin/sh
# Starts the connector in the background, keeps it up, and says whether it could be started.
#   launch.sh                 start it; the end of `tp-manager stop --hold`
#   launch.sh --unless-held   start it where it does not run and is not held: what always-up.sh does
#   launch.sh --foreground    stay here and keep it up, until it is stopped: for a service manager
set -u
umask 077
# Node of a checkout would take options from it; the executable does not heed it.
unset NODE_OPTIONS
# The memory of the service holds passwords: it is never written to a file. dash, ash and bash know the option.
# shellcheck disable=SC3045
ulimit -c 0 2>/dev/null

# By whatever links it was called: its own folder has all the rest.
self=$(readlink -f "$0") || exit 1
here=$(dirname "$self")
bin=$here/hipay/ecr-connector/bin
program=$bin/tp-manager
data=$bin/data
log=$data/launch.log
keeper_file=$data/launch.pid
cd "$here" || exit 1

start_limit_s=30
# A payment under way: 180 s by default, 600 s at most, and a reserve.
stop_limit_s=630
log_limit_bytes=10000000

# Whether the process $1 is there, and has $2 in its command line: after a power cut others, this one too, get the numbers that were had.
is_alive() {
  [ -n "$1" ] || return 1
  [ -d "/proc/$1" ] || kill -0 "$1" 2>/dev/null || return 1
  [ ! -r "/proc/$1/cmdline" ] || tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -q -F -e "$2"
}

# Not every sleep knows fractions.
nap_shortly() {
  sleep 0.2 2>/dev/null || sleep 1
}

# What tp-manager says of itself once it serves tills: its process and port, and that it has been told to stop.
read_holder() {
  holder=$(cat "$data/tp-manager.running.json" 2>/dev/null) || holder=
  service_pid=$(printf '%s' "$holder" | sed -n 's/.*"pid":\([0-9]*\).*/\1/p')
  service_port=$(printf '%s' "$holder" | sed -n 's/.*"port":\([0-9]*\).*/\1/p')
  service_stopping=$(printf '%s' "$holder" | sed -n '/"stopping":true/p')
}

# Whether somebody listens at port $1, as far as the system tells (0A: LISTEN).
is_heard() {
  [ -r /proc/net/tcp ] || return 0
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -q ":$(printf '%04X' "$1") [0-9A-F]*:0000 0A "
}

is_there() {
  is_alive "$service_pid" "$bin/" || [ "$(readlink "/proc/$service_pid/exe" 2>/dev/null)" = "$program" ]
}

# One that ends gives its port up, but only once the payment under way is over.
is_serving() {
  read_holder
  [ -z "$service_stopping" ] && [ -n "$service_port" ] && is_heard "$service_port" && is_there
}

is_stopping() {
  read_holder
  [ -n "$service_stopping" ] && is_there
}

# Others that name launch.sh are an editor, say, or a launch that does not stay.
is_kept() {
  keeper_pid=$(cat "$keeper_file" 2>/dev/null) || return 1
  [ "$keeper_pid" != $$ ] && is_alive "$keeper_pid" "$here/launch.sh --foreground"
}

# The output goes on being appended to the same file: it is emptied, not renamed.
tidy_log() {
  [ -f "$log" ] || return 0
  [ "$(wc -c <"$log")" -gt "$log_limit_bytes" ] || return 0
  cp "$log" "$log.1" && : >"$log"
}

new_lines() {
  tail -n "+$((lines_before + 1))" "$log" 2>/dev/null
}

say_why() {
  echo "$1" >&2
  echo "The last lines of $log:" >&2
  new_lines | tail -n 20 | sed 's/^/  /' >&2
}

start_keeper() {
  # The files in $data/logs have everything; what is wrong stands here too.
  export TP_MANAGER_CONSOLE=warn
  # Without a session of its own it would hear the Ctrl-C of this one.
  if command -v setsid >/dev/null 2>&1; then
    setsid "$here/launch.sh" --foreground </dev/null >>"$log" 2>&1 &
  else
    "$here/launch.sh" --foreground </dev/null >>"$log" 2>&1 &
  fi
  keeper_pid=$!
  is_ours=1
}

start() {
  tidy_log
  lines_before=0
  [ ! -f "$log" ] || lines_before=$(wc -l <"$log")
  limit_s=$start_limit_s
  if is_stopping; then
    # What keeps it up ends with it. Another follows, also where nobody stays to see it.
    limit_s=$((stop_limit_s + start_limit_s))
    if is_kept; then export LAUNCH_FOLLOWS="$keeper_pid"; fi
    start_keeper
  elif is_kept; then
    is_ours=''
    kill -USR1 "$keeper_pid" 2>/dev/null
  else
    start_keeper
  fi
  until_s=$(($(date +%s) + limit_s))
  while [ "$(date +%s)" -lt "$until_s" ]; do
    if is_serving; then return 0; fi
    if ! kill -0 "$keeper_pid" 2>/dev/null; then
      wait "$keeper_pid" 2>/dev/null
      status=$?
      # Another launch at the same time may have been faster.
      if is_serving; then return 0; fi
      if is_kept; then
        is_ours=''
        continue
      fi
      # It was just about to end, as the service had been stopped.
      if [ -z "$is_ours" ] && [ ! -e "$data/hold" ]; then
        start_keeper
        continue
      fi
      say_why 'tp-manager could not be started, and is not tried again.'
      [ "$status" -eq 2 ] || status=1
      return "$status"
    fi
    if [ "$(new_lines | grep -c 'launch: tp-manager ended with status')" -ge 3 ]; then
      say_why 'tp-manager cannot be started; it is tried again, less and less often.'
      return 1
    fi
    nap_shortly
  done
  say_why "tp-manager has been started and does not serve tills after $limit_s s; it goes on trying."
  return 1
}

for part in "$data" "$bin/keep-up.sh"; do
  if [ ! -e "$part" ]; then
    echo "There is no installation beside $here/launch.sh: $part is missing. Run setup." >&2
    exit 2
  fi
done
case ${1:-} in
  --foreground)
    # By its whole path it is known again.
    [ "$0" = "$here/launch.sh" ] || exec "$here/launch.sh" --foreground
    # shellcheck source=packages/installer/delivered/keep-up.sh
    . "$bin/keep-up.sh"
    keep_up
    ;;
  --unless-held)
    if [ -e "$data/hold" ]; then exit 0; fi
    if is_serving || is_stopping || is_kept; then
      tidy_log
      exit 0
    fi
    start
    exit $?
    ;;
  '')
    rm -f "$data/hold"
    if is_serving; then
      echo "tp-manager runs already, at http://localhost:$service_port"
      # What config.yml says otherwise since it was started is complained of there.
      "$program" status >/dev/null
      exit 0
    fi
    if is_stopping; then
      echo "tp-manager stops once what it has begun is over, such as a payment, and is started again then: $stop_limit_s s at most."
    fi
    start || exit $?
    echo "tp-manager runs, at http://localhost:$service_port"
    ;;
  *)
    echo "Usage: launch.sh [--unless-held | --foreground]" >&2
    exit 2
    ;;
esac
