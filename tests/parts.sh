#!/bin/sh
# The real parts that tests use and pip cannot install: a browser (and the library that playwright's driver needs),
# independent readers of Turtle, a second triple store and a web server (their programs alone: no service is set up), and
# openssl for a certificate that nobody trusts. Root on a machine with apt gets what is missing; otherwise the tests that
# need a part skip and name it.
set -u
missing=""
PATH="$PATH:/usr/sbin:/sbin" # where Debian puts servers
for pair in chromium:chromium rapper:raptor2-utils serdi:serdi virtuoso-t:virtuoso-opensource-7-bin \
    apache2:apache2-bin openssl:openssl; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
done
ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1' || missing="$missing libatomic1"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian packages for the tests:$missing"
    apt-get update -qq >/dev/null 2>&1
    for package in $missing; do
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 ||
            echo "apt-get could not install $package; the tests that need it skip."
    done
else
    echo "Not installed, so the tests that need them skip:$missing"
    echo "On Debian and Ubuntu: sudo apt-get install$missing"
fi
exit 0
