#!/bin/sh
# Starts the connector in the background, keeps it up, and says whether it could be started.
#   launch.sh                 start it; the end of `tp-manager stop --hold`
#   launch.sh --unless-held   start it where it does not run and is not held: what always-up.sh does
#   launch.sh --foreground    stay here and keep it up, until it is stopped: for a service manager
set -u
umask 077
# The executable would take options of Node from it.
unset NODE_OPTIONS
# The memory of the service holds passwords: it is never written to a file. dash, ash and bash know the option.
# shellcheck disable=SC3045
ulimit -c 0 2>/dev/null

script=$0
while [ -L "$script" ]; do
  target=$(readlink "$script")
  case $target in
    /*) script=$target ;;
    *) script=$(dirname "$script")/$target ;;
  esac
done
here=$(CDPATH='' cd -P "$(dirname "$script")" && pwd -P) || exit 1
bin=$here/hipay/ecr-connector/bin
program=$bin/tp-manager
data=$bin/data
log=$data/launch.log
keeper_file=$data/launch.pid
lock=$data/launch.lock
cd "$here" || exit 1

start_limit_s=30
log_limit_bytes=10000000
# A service that ran so long had been started, whatever became of it.
settled_s=10
# After the first failures in a row it is tried again each second, later less and less often.
quick_retries=5

say() {
  printf '%s launch: %s\n' "$(date '+%Y-%m-%d %H:%M:%S')" "$1"
}

# Whether the process $1 is there, and has $2 in its command line: numbers of processes are given again after a power cut.
is_alive() {
  [ -n "$1" ] || return 1
  [ -d "/proc/$1" ] || kill -0 "$1" 2>/dev/null || return 1
  [ ! -r "/proc/$1/cmdline" ] || grep -q -F -e "$2" "/proc/$1/cmdline" 2>/dev/null
}

# Not every sleep knows fractions.
nap_shortly() {
  sleep 0.2 2>/dev/null || sleep 1
}

# What tp-manager says of itself once it serves tills: its process and port.
read_holder() {
  holder=$(cat "$data/tp-manager.running.json" 2>/dev/null) || holder=
  service_pid=$(printf '%s' "$holder" | sed -n 's/.*"pid":\([0-9]*\).*/\1/p')
  service_port=$(printf '%s' "$holder" | sed -n 's/.*"port":\([0-9]*\).*/\1/p')
}

is_serving() {
  read_holder
  [ -n "$service_port" ] || return 1
  is_alive "$service_pid" "$bin/" || [ "$(readlink "/proc/$service_pid/exe" 2>/dev/null)" = "$program" ]
}

is_kept() {
  keeper_pid=$(cat "$keeper_file" 2>/dev/null) || return 1
  is_alive "$keeper_pid" "$here/launch.sh"
}

# ---- staying here and keeping it up

# One of those that come at the same time gets the lock, and has it until its process ends, however that ends. A disk that knows no
# locks (flock says more than 1) is no reason to serve no tills: tp-manager has a lock of its own.
become_keeper() {
  if ! is_kept; then
    exec 9>>"$lock"
    flock -n 9
    if [ $? -ne 1 ]; then
      echo $$ >"$keeper_file"
      return
    fi
    # The other may just have got it, and not have said yet who it is.
    tries=0
    until is_kept || [ "$tries" -ge 20 ]; do
      tries=$((tries + 1))
      nap_shortly
    done
  fi
  say "it is kept up already, by process ${keeper_pid:-unknown}."
  exit 0
}

end() {
  [ "$(cat "$keeper_file" 2>/dev/null)" != $$ ] || rm -f "$keeper_file"
  exit "$1"
}

# Signals may interrupt a wait: the status that counts is the one of the process itself.
await() {
  wait "$1"
  status=$?
  while kill -0 "$1" 2>/dev/null; do
    wait "$1"
    status=$?
  done
}

pass_on() {
  is_told_to_stop=1
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
  [ -z "$nap" ] || kill "$nap" 2>/dev/null
}

delay_after() {
  if [ "$failures" -eq 1 ] && [ "$ran_s" -ge 2 ]; then delay_s=0
  elif [ "$failures" -le "$quick_retries" ]; then delay_s=1
  elif [ "$failures" -eq $((quick_retries + 1)) ]; then delay_s=5
  elif [ "$failures" -eq $((quick_retries + 2)) ]; then delay_s=15
  else delay_s=60; fi
}

keep_up() {
  is_told_to_stop='' child='' nap='' failures=0
  # Logging out, or closing the window, does not stop payments.
  trap '' HUP
  trap pass_on TERM INT
  trap 'true' USR1
  become_keeper
  while [ -z "$is_told_to_stop" ]; do
    began_s=$(date +%s)
    # What outlives the keeper must not have its lock.
    "$program" 9>&- &
    child=$!
    [ -z "$is_told_to_stop" ] || kill -TERM "$child" 2>/dev/null
    await "$child"
    ran_s=$(($(date +%s) - began_s))
    case $status in
      # Stopped by itself, by Ctrl-C, by SIGTERM.
      0 | 130 | 143)
        say 'tp-manager has stopped.'
        end 0
        ;;
      2)
        say 'tp-manager cannot start with this configuration (status 2). Mend what it says above, then run launch.sh again.'
        end 2
        ;;
      126 | 127)
        say "$program cannot be run (status $status). Run setup again."
        end 1
        ;;
    esac
    [ -z "$is_told_to_stop" ] || end "$status"
    if [ -e "$data/hold" ]; then
      say "tp-manager ended with status $status, and stays so: it is held."
      end 0
    fi
    read_holder
    [ "$ran_s" -lt "$settled_s" ] || failures=0
    failures=$((failures + 1))
    # One that had served tills has crashed, which is not to say that it cannot start.
    if [ "$service_pid" = "$child" ] && [ -n "$service_port" ] && [ "$failures" -gt "$quick_retries" ]; then
      failures=$quick_retries
    fi
    child=''
    delay_after
    say "tp-manager ended with status $status after $ran_s s (failure $failures in a row); starting it again in $delay_s s."
    if [ "$delay_s" -gt 0 ]; then
      sleep "$delay_s" 9>&- &
      nap=$!
      # A launch by hand (USR1) cuts the waiting short.
      wait "$nap"
      kill "$nap" 2>/dev/null
      nap=''
    fi
    if [ -e "$data/hold" ]; then
      say 'tp-manager is held: it is not started again.'
      end 0
    fi
  done
  end 0
}

# ---- starting it in the background

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

start() {
  tidy_log
  lines_before=0
  [ ! -f "$log" ] || lines_before=$(wc -l <"$log")
  if is_kept; then
    kill -USR1 "$keeper_pid" 2>/dev/null
  else
    # The files in $data/logs have everything; what is wrong stands here too.
    export TP_MANAGER_CONSOLE=warn
    # Without a session of its own it would hear the Ctrl-C of this one.
    if command -v setsid >/dev/null 2>&1; then
      setsid "$here/launch.sh" --foreground </dev/null >>"$log" 2>&1 &
    else
      "$here/launch.sh" --foreground </dev/null >>"$log" 2>&1 &
    fi
    keeper_pid=$!
  fi
  until_s=$(($(date +%s) + start_limit_s))
  while [ "$(date +%s)" -lt "$until_s" ]; do
    if is_serving; then return 0; fi
    if ! kill -0 "$keeper_pid" 2>/dev/null; then
      wait "$keeper_pid" 2>/dev/null
      status=$?
      # Another launch at the same time may have been faster.
      if is_serving; then return 0; fi
      if is_kept; then continue; fi
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
  say_why "tp-manager has been started and does not serve tills after $start_limit_s s; it goes on trying."
  return 1
}

if [ ! -d "$data" ]; then
  echo "There is no installation beside $here/launch.sh: $data is missing. Run setup." >&2
  exit 2
fi
case ${1:-} in
  --foreground)
    # By its whole path it is known again.
    [ "$0" = "$here/launch.sh" ] || exec "$here/launch.sh" --foreground
    keep_up
    ;;
  --unless-held)
    if [ -e "$data/hold" ]; then exit 0; fi
    if is_serving || is_kept; then
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
      exit 0
    fi
    start || exit $?
    echo "tp-manager runs, at http://localhost:$service_port"
    ;;
  *)
    echo "Usage: launch.sh [--unless-held | --foreground]" >&2
    exit 2
    ;;
esac
