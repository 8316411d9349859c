#!/bin/sh
# List the programs that tests need and pip cannot install, with the Debian package and the purpose of each. Run as root on a
# machine with apt, install those that are missing; otherwise the tests that need one skip and name it.
#   sh tools/parts.sh [PACKAGE…]   only these packages
set -u
PATH="$PATH:/usr/sbin:/sbin" # where Debian puts servers

parts() {
    cat <<'PARTS'
chromium chromium the browser that the tests of the picture click in
libatomic.so.1 libatomic1 a library of the driver that steers the browser
npm npm installs readers of our formats in JavaScript and brings node, which runs them
rapper raptor2-utils an independent reader of Turtle and RDF/XML
serdi serdi an independent, strict reader of Turtle
virtuoso-t virtuoso-opensource-7-bin a second triple store to publish to
apache2 apache2-bin the web server that the rules in docs/publishing.md are for
openssl openssl makes a certificate that nobody trusts
curl curl an HTTP client that is not ours
PARTS
}

is_there() {
    case $1 in
    *.so.*) ldconfig -p 2>/dev/null | grep -q -F "$1" ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

missing=""
reasons=""
while read -r program package reason; do
    case " ${*:-$package} " in *" $package "*) ;; *) continue ;; esac
    is_there "$program" && continue
    missing="$missing $package"
    reasons="$reasons  $package: $reason
"
done <<PARTS
$(parts)
PARTS
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian packages for the tests:"
    printf '%s' "$reasons"
    apt-get update -qq >/dev/null 2>&1
    for package in $missing; do
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 ||
            echo "apt-get could not install $package; the tests that need it skip."
    done
else
    echo "Not installed, so the tests that need them skip:"
    printf '%s' "$reasons"
    echo "On Debian and Ubuntu: sudo apt-get install$missing"
fi
exit 0
