#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the named groups of packaging/debian-packages.txt still lack, and the npm packages that
# package-lock.json pins. Says what it does; does nothing, quickly, where nothing is missing.
#
#   packaging/setup.sh run          what the command needs
#   packaging/setup.sh run test     and what the tests need
# REPRISE_NO_INSTALL=1: list missing packages and stop, instead of installing them.
set -euo pipefail
cd "$(dirname "$0")/.."

# Node.js for everything, whatever the system has. npm comes along, because under Debian's Node.js 18 it leaves out
# packages that want a newer one.
readonly tools=build/tools/node_modules/.bin node_version=22.23.3 npm_version=10.9.9

say() { echo "setup: $*"; }
stop() {
  echo "setup: $*" >&2
  exit 1
}

packages_of() {  # GROUP… → package names
  local group
  for group in "$@"; do
    awk -v group="$group" '$1 == group { print $2 }' packaging/debian-packages.txt
  done
}

install_debian() {  # GROUP…
  local wanted missing service as_root=()
  mapfile -t wanted < <(packages_of "$@")
  if ! command -v dpkg-query > /dev/null; then
    say "not a Debian system: expecting these to be there under their names here: ${wanted[*]}"
    return
  fi
  mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort -u) \
    <(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2> /dev/null |
      awk '$1 == "installed" { print $2 }' | sort -u))
  [[ ${#missing[@]} -eq 0 ]] && return
  [[ -n ${REPRISE_NO_INSTALL:-} ]] && stop "missing Debian packages: ${missing[*]}"
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo > /dev/null ||
      stop "there is no sudo here; run as root: apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get -q -o DPkg::Lock::Timeout=300 update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}"
  # These packages start a relay on every address, and a broker; the tests start their own.
  for service in coturn mosquitto; do
    if [[ " ${missing[*]} " == *" $service "* ]] && command -v systemctl > /dev/null; then
      "${as_root[@]}" systemctl --quiet disable --now "$service" || say "$service's service could not be disabled"
    fi
  done
}

install_node() {
  local cpu
  [[ $("$tools/node" --version 2> /dev/null) == "v$node_version" && -x $tools/npm ]] && return
  [[ -n ${REPRISE_NO_INSTALL:-} ]] && stop "missing: Node.js $node_version in build/tools"
  command -v npm > /dev/null || install_debian node
  case $(uname -m) in
    x86_64) cpu=x64 ;;
    aarch64) cpu=arm64 ;;
    *) stop "there is no Node.js $node_version for $(uname -m)" ;;
  esac
  say "installing Node.js $node_version into build/tools"
  mkdir -p build/tools
  # npm's package `node` would fetch this one by an install script.
  npm install --prefix build/tools --no-save --no-audit --no-fund "node-linux-$cpu@$node_version" "npm@$npm_version"
  "$tools/node" --version > /dev/null || stop "Node.js in build/tools does not run"
}

install_npm() {  # run|full
  local mode=$1 stamp=node_modules/.reprise-setup hash have_mode have_hash
  local omit=()
  hash=$(cat package.json package-lock.json | sha256sum | cut -d' ' -f1)
  if [[ -f $stamp ]]; then
    read -r have_mode have_hash < "$stamp"
    [[ $have_hash == "$hash" && ($have_mode == full || $have_mode == "$mode") ]] && return
  fi
  [[ -n ${REPRISE_NO_INSTALL:-} ]] && stop "node_modules is not what package-lock.json says: run npm ci"
  [[ $mode == run ]] && omit=(--omit=dev)
  say "installing npm packages: npm ci ${omit[*]}"
  # Their sources and data are wanted, not what their install scripts would download or compile.
  PATH="$PWD/$tools:$PATH" npm ci "${omit[@]}" --ignore-scripts --no-audit --no-fund
  echo "$mode $hash" > "$stamp"
}

[[ $# -gt 0 ]] || stop "usage: packaging/setup.sh run|test|bench …"
install_debian "$@"
install_node
if [[ " $* " == *" test "* || " $* " == *" bench "* ]]; then install_npm full; else install_npm run; fi
