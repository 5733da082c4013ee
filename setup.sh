#!/bin/sh
# Starts the setup that is beside this script: the one that is delivered, or in the project's checkout the checkout's own.
self=$(readlink -f "$0") || exit 1
here=$(dirname "$self")
if [ -f "$here/bin/tp-manager" ]; then
  # Not every program that unzips keeps the rights of files.
  chmod +x "$here"/bin/tp-manager "$here"/*.sh 2>/dev/null
  exec "$here/bin/tp-manager" setup "$@"
fi
node=$here/node_modules/.bin/node
setup=$here/packages/installer/bin/setup.js
if [ ! -f "$setup" ]; then
  echo "There is no setup beside $here/setup.sh: unzip the whole delivery, then run setup.sh in it." >&2
  exit 2
fi
if [ ! -x "$node" ]; then
  echo "The project's own Node is missing: run 'npm ci' in $here first." >&2
  exit 2
fi
exec "$node" "$setup" "$@"
