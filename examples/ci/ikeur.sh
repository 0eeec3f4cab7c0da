#!/bin/sh
# Runs ikeur in CI: sh ci/ikeur.sh [OPTIONS OF ikeur run]
#   IKEUR_REPO   the repository of ikeur, or your mirror of it
#   IKEUR_REF    its tag or commit, never a branch: the same commit of yours must give the same verdict
# Exit codes: 0 conforms, 1 findings, 2 wrong use, 3 not completed, which is no pass.
set -u
venv=ikeur-venv
# What an earlier build left in the workspace must not pass for the report of this one.
rm -rf ikeur-report ikeur-src

if [ -z "${IKEUR_REPO-}" ] || [ -z "${IKEUR_REF-}" ]; then
    echo "ci/ikeur.sh: set IKEUR_REPO and IKEUR_REF" >&2
    exit 2
fi

installed() {
    [ "$(cat "$venv/ikeur-ref" 2>/dev/null)" = "$IKEUR_REF" ] && "$venv/bin/ikeur" --version
}

install() {
    rm -rf "$venv" &&
        git clone --quiet "$IKEUR_REPO" ikeur-src &&
        git -C ikeur-src checkout --quiet --detach "$IKEUR_REF" &&
        python3 -m venv "$venv" &&
        "$venv/bin/python" -m pip install --quiet ./ikeur-src &&
        "$venv/bin/ikeur" --version &&
        echo "$IKEUR_REF" >"$venv/ikeur-ref"
}

if ! installed && ! install; then
    echo "ci/ikeur.sh: ikeur could not be installed; nothing was tested" >&2
    exit 3
fi
exec "$venv/bin/ikeur" run --out ikeur-report "$@"
