#!/bin/sh
# Creates Temporal's two databases or brings them to the version of this image; may be repeated.
set -eu

for pair in temporal:temporal temporal_visibility:visibility; do
    tool="temporal-sql-tool --plugin postgres12 --ep $POSTGRES_SEEDS -p $DB_PORT -u $POSTGRES_USER --db ${pair%%:*}"
    $tool create
    $tool setup-schema -v 0.0
    $tool update-schema -d "/etc/temporal/schema/postgresql/v12/${pair##*:}/versioned"
done
