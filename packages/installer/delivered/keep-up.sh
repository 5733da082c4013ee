# The part of launch.sh that stays and keeps the connector up: launch.sh reads it, and has set what is not set here.
# shellcheck shell=sh disable=SC2154

lock=$data/launch.lock
# A service that ran so long had been started, whatever became of it.
settled_s=10
# After the first failures in a row it is tried again each second, later less and less often.
quick_retries=5

say() {
  printf '%s launch: %s\n' "$(date '+%Y-%m-%d %H:%M:%S')" "$1"
}

# One that has been told to stop ends what it has begun first, such as a payment. What keeps it up then ends, too: it is in nobody's way.
follow_stopping() {
  # The service may have ended before this process has begun, and what kept it up not yet.
  followed=${LAUNCH_FOLLOWS:-} has_waited=''
  unset LAUNCH_FOLLOWS
  while is_stopping && [ -z "$is_told_to_stop" ]; do
    [ -n "$has_waited" ] || say 'waiting for the end of tp-manager, which has been told to stop, to start another.'
    has_waited=1
    if is_kept; then followed=$keeper_pid; fi
    nap_shortly
  done
  [ -z "$is_told_to_stop" ] || exit 0
  if [ -n "$has_waited" ] && [ -e "$data/hold" ]; then
    say 'tp-manager has stopped, and is held: it is not started again.'
    exit 0
  fi
}

# One of those that come at the same time gets the lock, and has it until its process ends, however that ends. A disk that knows no
# locks (flock says more than 1) is no reason to serve no tills: tp-manager has a lock of its own.
become_keeper() {
  exec 9>>"$lock"
  follow_stopping
  tries=0
  until { is_kept && [ "$keeper_pid" != "$followed" ]; } || [ "$tries" -ge 20 ]; do
    flock -n 9
    if [ $? -ne 1 ]; then
      echo $$ >"$keeper_file"
      return
    fi
    # The other may just have got it, and not have said yet who it is; or be about to end, and not be named any more.
    tries=$((tries + 1))
    nap_shortly
  done
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
  [ -z "$child" ] || tell_to_stop
  wake_up
}

# At first the child is a copy of this shell, traps and all: in dash it would take the signal for its own, forget it with the traps, and
# then become a service that nobody has told. So what it has become is waited for, where the system tells.
tell_to_stop() {
  while [ -r "/proc/$child/cmdline" ] && is_alive "$child" "$here/launch.sh --foreground"; do nap_shortly; done
  kill -TERM "$child" 2>/dev/null
}

wake_up() {
  is_woken=1
  [ -z "$nap" ] || kill "$nap" 2>/dev/null
}

# Waits $1 seconds. A signal that came before there is anything to cut short counts, too: that of a launch that found running still
# what then failed. A sleep that has only just been made may not hear that it is to end, and is not waited for.
rest() {
  [ -z "$is_woken" ] || return 0
  sleep "$1" 9>&- &
  nap=$!
  if [ -z "$is_woken" ]; then wait "$nap"; else kill "$nap" 2>/dev/null; fi
  nap=''
}

delay_after() {
  if [ "$failures" -eq 1 ] && [ "$ran_s" -ge 2 ]; then delay_s=0
  elif [ "$failures" -le "$quick_retries" ]; then delay_s=1
  elif [ "$failures" -eq $((quick_retries + 1)) ]; then delay_s=5
  elif [ "$failures" -eq $((quick_retries + 2)) ]; then delay_s=15
  else delay_s=60; fi
}

keep_up() {
  is_told_to_stop='' is_woken='' child='' nap='' failures=0
  # Logging out, or closing the window, does not stop payments.
  trap '' HUP
  trap pass_on TERM INT
  # A launch by hand cuts the waiting short.
  trap wake_up USR1
  become_keeper
  while [ -z "$is_told_to_stop" ]; do
    is_woken=''
    began_s=$(date +%s)
    # What outlives the keeper must not have its lock.
    "$program" 9>&- &
    child=$!
    [ -z "$is_told_to_stop" ] || tell_to_stop
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
    [ "$delay_s" -eq 0 ] || rest "$delay_s"
    if [ -e "$data/hold" ]; then
      say 'tp-manager is held: it is not started again.'
      end 0
    fi
  done
  end 0
}
