#!/usr/bin/env bash
# Puts NIST's Public Key Interoperability Test Suite under target/pkits, from the Debian package that holds it, and runs it:
# scripts/pkits.sh [--fetch-only]. Nothing is installed on the machine.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
folder="$here/target/pkits"
package=python3-cryptography-vectors
inside=usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data

if [ ! -d "$folder/smime" ]; then
  if [ -d "/$inside/smime" ]; then
    mkdir -p "$folder"
    cp -r "/$inside/." "$folder"
  else
    work="$(mktemp -d)"
    trap 'rm -rf "$work"' EXIT
    (cd "$work" && apt-get download -q "$package") || {
      echo "pkits: the Debian package $package could not be fetched" >&2
      exit 1
    }
    dpkg-deb -x "$work"/"$package"_*.deb "$work/x"
    mkdir -p "$folder"
    cp -r "$work/x/$inside/." "$folder"
  fi
fi
[ "${1:-}" = --fetch-only ] || exec "$here/attestbro" pkits "$folder"
