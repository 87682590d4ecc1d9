# Sourced by ./run and ./test: the project's own virtual environment, from the lock files, once per change of them.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
PYTHON="$VENV/bin/python"
export PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# Python keeps what it compiled beside the packages, even where it is told not to: a start takes a third of the time.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$VENV/pycache"

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# step TEXT COMMAND...: run a command quietly, say what is going on and how long it took; show its output if it fails.
step() {
    local text="$1" log started=$SECONDS status=0 pid
    shift
    log="$(mktemp)"
    "$@" >"$log" 2>&1 &
    pid=$!
    trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM
    _tick "$pid" "$text" "$started"
    wait "$pid" || status=$?
    trap - INT TERM
    if [ "$status" -ne 0 ]; then
        printf '%s: failed after %d s\n' "$text" $((SECONDS - started)) >&2
        tail -n 40 "$log" >&2
    fi
    rm -f "$log"
    return "$status"
}

_tick() {
    local pid="$1" text="$2" started="$3" shown=-15 elapsed
    while kill -0 "$pid" 2>/dev/null; do
        elapsed=$((SECONDS - started))
        if [ -t 1 ] && [ "$elapsed" -ge 1 ]; then
            printf '\r%s … %d s' "$text" "$elapsed"
        elif [ ! -t 1 ] && [ "$elapsed" -ge 1 ] && [ $((elapsed - shown)) -ge 15 ]; then
            say "$text … $elapsed s"
            shown=$elapsed
        fi
        sleep 0.1
    done
    if [ -t 1 ] && [ $((SECONDS - started)) -ge 1 ]; then printf '\n'; fi
}

can_apt() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; }

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }

# The first Python that is new enough; JOBCENTER_PYTHON chooses another.
system_python() {
    local name
    for name in ${JOBCENTER_PYTHON:+"$JOBCENTER_PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "Jobcenter needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt-get install python3 python3-venv"
}

make_venv() {
    local python="$1"
    "$python" -m venv "$VENV" && return
    rm -rf "$VENV"
    if command -v virtualenv >/dev/null; then virtualenv --python "$python" "$VENV" && return; fi
    if command -v uv >/dev/null; then uv venv --seed --python "$python" "$VENV" && return; fi
    "$python" -m pip --version >/dev/null 2>&1 || return 1
    "$python" -m venv --without-pip "$VENV" && "$python" -m pip --python "$PYTHON" install pip
}

ensure_venv() {
    local python
    if [ -x "$PYTHON" ] && [ "$(cat "$VENV/.root" 2>/dev/null)" = "$ROOT" ]; then return; fi
    python="$(system_python)" || exit 1
    rm -rf "$VENV"
    if ! "$python" -c 'import ensurepip' 2>/dev/null && can_apt; then
        step "Installing python3-venv, which Debian keeps apart from Python" install_venv_package || true
    fi
    step "Making the virtual environment .venv" make_venv "$python" ||
        fail "Cannot make a virtual environment. On Debian or Ubuntu: sudo apt-get install python3-venv"
    printf '%s' "$ROOT" >"$VENV/.root"
}

install_venv_package() { apt-get update && apt_install python3-venv; }

# install_with LOCK: uv is quicker; pip is always there.
install_with() {
    local lock="$1"
    if get_uv "$lock" && "$PYTHON" -m uv pip install --python "$PYTHON" --require-hashes -r "$lock"; then return; fi
    say "uv could not install the packages; pip does it instead"
    "$PYTHON" -m pip install --require-hashes -r "$lock"
}

get_uv() {
    local pinned status=0
    "$PYTHON" -c 'import uv' 2>/dev/null && return
    pinned="$(mktemp)"
    sed -n '/^uv==/,/[^\\]$/p' "$1" >"$pinned"
    "$PYTHON" -m pip install --require-hashes -r "$pinned" || status=$?
    rm -f "$pinned"
    return "$status"
}

# The project itself: editable, with the build tools of the lock, so that nothing more is fetched.
install_project() { "$PYTHON" -m pip install --no-deps --no-build-isolation --no-index -e "$ROOT"; }

fingerprint() {
    cat "$ROOT/pyproject.toml" "$1" |
        "$PYTHON" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
}

# ensure_installed LOCK WHAT: nothing to do when the stamp shows that this very lock is installed.
ensure_installed() {
    local lock="$ROOT/$1" what="$2" stamp="$VENV/.installed-$1" wanted
    ensure_venv
    wanted="$(fingerprint "$lock")"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    step "Installing $(grep -c '==' "$lock") packages $what" install_with "$lock" || exit 1
    step "Installing Jobcenter itself" install_project || exit 1
    rm -f "$VENV"/.installed-*
    printf '%s' "$wanted" >"$stamp"
}
