#!/usr/bin/env bash
# Creates the virtual environment for the Makefile, or says in one sentence what is missing.
set -euo pipefail
python=$1
venv=$2

fail() {
    echo "$1" >&2
    exit 1
}

command -v "$python" >/dev/null || fail "找不到 $python。请安装 Python 3.11 或更高版本，或用 make PYTHON=路径 指明。"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version) 太旧，需要 3.11 或更高版本。请用 make PYTHON=python3.11 指明。"

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print(f"{sys.version_info[0]}.{sys.version_info[1]}")')
    package="python$version-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "缺少 venv 模块，正在安装 $package……"
        apt-get update -qq && apt-get install -qq -y "$package" >/dev/null ||
            fail "安装 $package 失败，请手工安装后再试。"
    else
        fail "$python 缺少 venv 模块。请先运行：sudo apt-get install $package"
    fi
fi

"$python" -m venv "$venv" || fail "虚拟环境 $venv 没有建成。请删除该目录后再试。"
