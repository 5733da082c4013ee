#!/bin/sh
# For cron: starts the connector where it does not run, never a second one, and not while `tp-manager stop --hold` holds it.
#   */2 * * * * /home/user/connector/always-up.sh
script=$0
while [ -L "$script" ]; do
  target=$(readlink "$script")
  case $target in
    /*) script=$target ;;
    *) script=$(dirname "$script")/$target ;;
  esac
done
exec "$(dirname "$script")/launch.sh" --unless-held
