#!/usr/bin/env bash
# counts.sh: how few requests many cards and tabs make, in virtual time and in Chromium against the simulator. Fails above the bounds.

. "$(dirname "${BASH_SOURCE[0]}")/setup/common.sh"
cd "$PDC_ROOT"

say 'in virtual time'
build/native-asan/tests/client/test_client --gtest_brief=1 --gtest_filter='Requests.*:Tabs.*'
"$PDC_ROOT/tools/setup/system-packages.sh" browser
say 'in Chromium, against the simulator'
log=build/logs/counts.log
mkdir -p build/logs
good=0
node --test --test-reporter=tap tests/client/requests.test.mjs >"$log" || good=1
sed -n 's/^.*figure: //p' "$log"
[ $good = 0 ] || { grep -E '^ *not ok' "$log" >&2; note "the whole output: $log"; }
exit $good
