#!/usr/bin/env bash
# bench.sh [NAME...]: the native stages, then the element in Chromium. NAME: only cases with this in their name.

. "$(dirname "${BASH_SOURCE[0]}")/setup/common.sh"
cd "$PDC_ROOT"
"$PDC_ROOT/tools/setup/system-packages.sh" browser

say "native, one call"
# 2: no native case has such a name; a browser's may.
build/native-release/tests/bench/bench "$@" || [ $? -eq 2 ]
say "Chromium"
node tests/bench/browser.mjs "$@"
