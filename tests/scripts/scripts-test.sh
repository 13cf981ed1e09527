#!/usr/bin/env bash
# scripts-test.sh CASE: one case of the tests of ./run and ./test, in a copy of the scripts whose packages, build and
# programs are stubs. Status 77: skipped.
set -euo pipefail
repository=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
clone="$scratch/a clone 识品" # the folder's name is a case of its own
unset DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM GOODSIGHT_PACKAGES
export GOODSIGHT_HOME=$scratch/home

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

stub() { # NAME BODY: a program found before the real one
  mkdir -p "$scratch/stubs"
  printf '#!/bin/bash\n%s\n' "$2" >"$scratch/stubs/$1"
  chmod +x "$scratch/stubs/$1"
}

make_clone() { # a configured, built clone
  mkdir -p "$clone/build/release/bin"
  cp -R "$repository/run" "$repository/test" "$repository/packaging" "$clone/"
  printf 'CMAKE_HOME_DIRECTORY:INTERNAL=%s\nGOODSIGHT_TESTS:BOOL=ON\n' "$clone" >"$clone/build/release/CMakeCache.txt"
  touch "$clone/build/release/build.ninja"
  stub cmake 'echo "ninja: no work to do."'
  printf '#!/bin/bash\npwd\nprintf "<%%s>\\n" "$@"\nexit 3\n' >"$clone/build/release/bin/goodsight-cli"
  cp "$clone/build/release/bin/goodsight-cli" "$clone/build/release/bin/goodsight"
  chmod +x "$clone"/build/release/bin/*
  export PATH=$scratch/stubs:$PATH
}

every_script_parses() {
  local script
  for script in run test .ci/run packaging/setup.sh tests/scripts/scripts-test.sh; do
    bash -n "$repository/$script" || fail "$script"
  done
  if command -v shellcheck >/dev/null; then
    (cd "$repository" && shellcheck --severity=warning -x run test .ci/run packaging/setup.sh tests/scripts/scripts-test.sh) || fail "shellcheck"
  fi
}

cli_gives_the_programs_output_only() {
  make_clone
  local status=0 out
  stub cmake 'echo "[1/2] compiler talks"'
  out=$(GOODSIGHT_PACKAGES=present "$clone/run" cli list 2>"$scratch/err") || status=$?
  ((status == 3)) || fail "the program's status 3 came back as $status"
  [[ $out == "$PWD"$'\n<list>' ]] || fail "stdout holds more than the program's output: $out"
  grep -q "compiler talks" "$scratch/err" || fail "a needed build did not run, or was silent"
}

cli_keeps_arguments_and_folder() {
  make_clone
  local out
  mkdir -p "$scratch/photos here"
  cd "$scratch/photos here"
  out=$(GOODSIGHT_PACKAGES=present "$clone/run" cli predict "a b.jpg" "" "苹果*.png" 2>"$scratch/err") || true
  [[ $out == "$scratch/photos here"$'\n<predict>\n<a b.jpg>\n<>\n<苹果*.png>' ]] || fail "got: $out"
  [[ ! -s $scratch/err ]] || fail "talks although nothing had to be done: $(cat "$scratch/err")"
}

no_display_names_the_command_line() {
  [[ $(uname) == Linux ]] || exit 77
  make_clone
  local status=0
  GOODSIGHT_PACKAGES=present "$clone/run" >"$scratch/out" 2>"$scratch/err" || status=$?
  ((status == 1)) || fail "status $status"
  [[ ! -s $scratch/out ]] || fail "stdout is not empty"
  grep -q 'no display.*\./run cli' "$scratch/err" || fail "said: $(cat "$scratch/err")"
}

elsewhere_says_what_is_needed() {
  make_clone
  local tool status=0
  mkdir "$scratch/elsewhere" # a system without apt
  for tool in bash cat dirname flock grep mkdir pwd readlink sed uname; do
    [[ -e $(command -v "$tool") ]] && ln -s "$(command -v "$tool")" "$scratch/elsewhere/$tool"
  done
  PATH=$scratch/elsewhere "$clone/run" cli list >"$scratch/out" 2>"$scratch/err" || status=$?
  ((status == 1)) || fail "status $status"
  grep -q '^  libtorch-dev ' "$scratch/err" || fail "does not name what is needed: $(cat "$scratch/err")"
}

installs_only_what_is_missing() {
  grep -qsE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release || exit 77
  make_clone
  printf 'here\nabsent  # why\nold-name | new-name\nleft | right\n' >"$clone/packaging/debian-packages.txt"
  stub dpkg-query 'printf "installed here\ninstalled right\nconfig-files absent\n"'
  stub apt-cache '[[ ${!#} != old-name ]]'
  stub apt-get "echo \"\$*\" >>'$scratch/apt'; echo apt talks"
  stub sudo '"$@"'
  local out
  out=$("$clone/run" cli 2>"$scratch/err") || true
  [[ $out != *"apt talks"* ]] || fail "apt talks on stdout"
  [[ $(cat "$scratch/apt") == *" install -y --no-install-recommends absent new-name" ]] ||
    fail "asked apt for: $(cat "$scratch/apt")"
}

a_failed_build_starts_nothing() {
  make_clone
  local status=0
  stub cmake 'echo "error: no such thing"; exit 1'
  GOODSIGHT_PACKAGES=present "$clone/run" cli list >"$scratch/out" 2>"$scratch/err" || status=$?
  ((status == 1)) || fail "status $status"
  [[ ! -s $scratch/out ]] || fail "the program of the last build was started"
  grep -q "no such thing" "$scratch/err" || fail "the compiler's words are lost"
}

package_lists_are_well_formed() {
  local list odd
  for list in "$repository"/packaging/debian-packages*.txt; do
    odd=$(sed -e 's/[[:space:]]*#.*//' "$list" | grep -vE '^$|^[a-z0-9][a-z0-9.+-]+( \| [a-z0-9][a-z0-9.+-]+)*$' || true)
    [[ -z $odd ]] || fail "$list: $odd"
  done
}

"$1"
