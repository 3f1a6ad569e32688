#!/usr/bin/env bash
# The tests of the pages drive a Chromium. Usage: find_chromium.sh — leaves one on the PATH.
# CHROMIUM names another; where none is installed, Debian's package is, if this account may.
set -euo pipefail

found() {
	[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null
}

if found; then exit 0; fi
if [ "$(id -u)" -eq 0 ]; then
	as_root=()
elif sudo -n true 2>/dev/null; then
	as_root=(sudo -n)
else
	echo "页面测试要用 Chromium。请以管理员身份执行 apt-get install chromium fonts-noto-cjk，" \
		"或以 CHROMIUM=程序路径 指明本机的 Chromium 或 Chrome，再执行一次。" >&2
	exit 1
fi
echo "· 安装 Chromium（只需一次）"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
if ! found; then
	echo "安装后仍找不到 chromium；请以 CHROMIUM=程序路径 指明本机的 Chromium 或 Chrome。" >&2
	exit 1
fi
