#!/usr/bin/env bash
# Installs Debian's Chromium, by which the tests of the web pages look at them; without it they are skipped.
set -euo pipefail
command -v chromium >/dev/null && exit 0
apt-get update -qq
apt-get install -y --no-install-recommends chromium
