#!/bin/sh
# For cron: starts the connector where it does not run, never a second one, and not while `tp-manager stop --hold` holds it.
#   */2 * * * * /home/user/connector/always-up.sh
self=$(readlink -f "$0") || exit 1
exec "$(dirname "$self")/launch.sh" --unless-held
