#!/usr/bin/env bash
# Installs what the named groups of packaging/debian-packages.txt still lack, and the npm packages that
# package-lock.json pins. Says what it does; does nothing, quickly, where nothing is missing.
#
#   packaging/setup.sh run          what the command needs
#   packaging/setup.sh run test     and what the tests need
#
# REPRISE_NO_INSTALL=1: name what is missing and stop, instead of installing it.
set -euo pipefail
cd "$(dirname "$0")/.."

# From here on a newer Node in build/tools wins over the system's.
export PATH="$PWD/build/tools/node_modules/.bin:$PATH"
# npm's node package; Debian 12's own Node is 18. npm comes along, because Debian's npm runs on Debian's Node only.
readonly node_packages=(node@22.23.3 npm@10.9.9)

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
  local wanted missing as_root=()
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
  # The package lets a relay run on every address; the tests start one of their own.
  if [[ " ${missing[*]} " == *" coturn "* ]] && command -v systemctl > /dev/null; then
    "${as_root[@]}" systemctl --quiet disable --now coturn || say "coturn's service could not be disabled"
  fi
}

node_is_new_enough() {
  command -v npm > /dev/null && command -v node > /dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

install_node() {
  node_is_new_enough && return
  [[ -n ${REPRISE_NO_INSTALL:-} ]] && stop "missing: Node.js 20.19 or newer, with npm"
  command -v npm > /dev/null || install_debian node
  say "installing ${node_packages[*]} into build/tools (the Node here is older than 20.19)"
  mkdir -p build/tools
  npm install --prefix build/tools --no-save --no-audit --no-fund "${node_packages[@]}"
  hash -r
  node_is_new_enough || stop "Node in build/tools does not run: $(node --version 2>&1 || true)"
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
  npm ci "${omit[@]}" --ignore-scripts --no-audit --no-fund
  echo "$mode $hash" > "$stamp"
}

[[ $# -gt 0 ]] || stop "usage: packaging/setup.sh run|test|bench …"
install_debian "$@"
install_node
if [[ " $* " == *" test "* || " $* " == *" bench "* ]]; then install_npm full; else install_npm run; fi
