#!/usr/bin/env bash
# Makes a Debian trixie with Wine 10 in the folder $1: Debian 12's Wine 8 cannot run Node 24. Needs root, debootstrap and Debian's
# packages, from wherever apt has them on this machine. Nothing is done where it stands already.
set -euo pipefail

folder=$1
[ ! -e "$folder/made" ] || exit 0

# "SITE ORIGIN" of each index; the first one of Debian itself.
# shellcheck disable=SC2016 # apt fills these in
mirror=$(apt-get indextargets --format '$(SITE) $(ORIGIN)' 'Created-By: Packages' | awk '$2 == "Debian" { print $1; exit }')
[ -n "$mirror" ] || { echo 'apt knows no mirror of Debian on this machine.' >&2; exit 1; }

rm -rf "$folder"
mkdir -p "$folder"
echo 'Unpacking Debian trixie ...'
debootstrap --variant=minbase trixie "$folder" "$mirror" >"$folder.log" 2>&1
echo 'Installing Wine ...'
DEBIAN_FRONTEND=noninteractive chroot "$folder" \
  apt-get install -y -qq --no-install-recommends wine wine64 >>"$folder.log" 2>&1
rm -f "$folder"/var/cache/apt/archives/*.deb
touch "$folder/made"
