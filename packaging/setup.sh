# shellcheck shell=bash
# Set-up that ./run and ./test share: packages, configuration, build. Sourced, with `top` set to the repository.
# It talks on stderr, and only when there is something to do: stdout belongs to the program that is started.
: "${top:?}"

say() { printf '%s\n' "$*" >&2; }
die() {
  say "$@"
  exit 1
}

# The lines of package lists (paths below packaging/), without comments: "name" or "name | other name".
listed_packages() { (cd "$top/packaging" && sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' -- "$@"); }

# The lines of $2… of which no alternative is among the installed packages in $1.
missing_of() {
  local installed=$1 line name
  shift
  for line in "$@"; do
    for name in ${line//|/ }; do
      [[ $installed == *" $name "* ]] && continue 2
    done
    printf '%s\n' "$line"
  done
}

debian_like() {
  command -v apt-get dpkg-query >/dev/null && grep -qsE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

# Makes sure that the packages of the given lists are installed, or ends with a sentence that says what is needed.
# GOODSIGHT_PACKAGES=present skips the look: for systems where the libraries came by another way.
need_packages() {
  [[ ${GOODSIGHT_PACKAGES:-} == present ]] && return
  if ! debian_like; then
    say "Goodsight installs what it needs only on Debian and Ubuntu. Here it needs these, by Debian's names:" ""
    (cd "$top/packaging" && grep -hvE '^(#|$)' -- "$@") | sed 's/^/  /' >&2
    say "" "When they are there (CMAKE_PREFIX_PATH may point to Qt and LibTorch), start again with GOODSIGHT_PACKAGES=present."
    exit 1
  fi
  local wanted missing installed
  mapfile -t wanted < <(listed_packages "$@")
  installed=" $(dpkg-query -W -f='${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | tr '\n' ' ')"
  mapfile -t missing < <(missing_of "$installed" "${wanted[@]}")
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

# One package for each line: the first alternative that apt knows. False when it knows none of a line's.
chosen_packages() {
  local line name
  for line in "$@"; do
    for name in ${line//|/ }; do
      if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
        printf '%s\n' "$name"
        continue 2
      fi
    done
    say "apt does not know $line"
    return 1
  done
}

install_packages() {
  local as_root=() chosen
  say "Goodsight needs $# packages that are not installed yet: $(printf '%s, ' "$@" | sed 's/, $//')"
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "Run this once as root, or install them: apt-get install --no-install-recommends ${*%%|*}"
    as_root=(sudo)
  fi
  apt_get() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" >&2
  }
  # The lists may be absent (a bare machine) or older than the mirror: then they are fetched, once.
  local fresh=
  if ! chosen=$(chosen_packages "$@" 2>/dev/null); then
    apt_get update || die "apt-get update failed: is the network there?"
    fresh=1
    chosen=$(chosen_packages "$@") || die "This release of $(sed -n 's/^PRETTY_NAME=//p' /etc/os-release) lacks a package that Goodsight needs (Debian 12 has them all)."
  fi
  local names
  mapfile -t names <<<"$chosen"
  apt_get install -y --no-install-recommends "${names[@]}" && return
  [[ -z $fresh ]] && apt_get update && apt_get install -y --no-install-recommends "${names[@]}" && return
  die "The packages could not be installed; apt's own words stand above."
}

# How many compilers this machine carries: a file that includes LibTorch takes up to 1.5 GB.
jobs_here() {
  local cores memory
  cores=$(getconf _NPROCESSORS_ONLN)
  memory=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null || true)
  local fit=$((${memory:-3000000} / 1500000))
  echo $((fit < 1 ? 1 : fit < cores ? fit : cores))
}

# configure PRESET [NAME:TYPE=VALUE…]: configures unless build/PRESET already is, for this folder, with these values.
configure() {
  local preset=$1 cache=$top/build/$1/CMakeCache.txt setting fresh=() right=1
  shift
  if [[ -e $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$top" "$cache"; then
    fresh=(--fresh) # the folder was moved or copied here with its build
    right=
  fi
  [[ -e $cache && -e $top/build/$preset/build.ninja ]] || right=
  for setting in "$@"; do
    [[ $right ]] && ! grep -qxF "$setting" "$cache" && right=
  done
  [[ $right ]] && return
  say "Configuring Goodsight ($preset) …"
  (cd "$top" && cmake --preset "$preset" --log-level=NOTICE "${fresh[@]}" "${@/#/-D}") >&2 ||
    die "CMake could not configure; its own words stand above."
}

# build PRESET TARGET: builds what is out of date, and says nothing where nothing is.
build() {
  local line said=
  cmake --build "$top/build/$1" --target "$2" -j "$(jobs_here)" 2>&1 | while IFS= read -r line; do
    case $line in
      "ninja: no work to do." | "ninja: Entering directory"* | *"Re-checking globbed directories"*) continue ;;
    esac
    [[ $said ]] || say "Building Goodsight ($1); the first time takes some minutes …"
    said=1
    say "$line"
  done || die "The build failed; the compiler's words stand above."
}

# Two starts at once must not build into the same folder: the second waits. What the command starts (a service that
# a package brings) does not inherit the lock.
with_lock() {
  mkdir -p "$top/build"
  if command -v flock >/dev/null; then
    (
      flock 9
      "$@" 9>&-
    ) 9>"$top/build/.lock"
  else
    "$@"
  fi
}
