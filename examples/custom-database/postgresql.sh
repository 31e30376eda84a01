#!/usr/bin/env bash
# A command for `database-strategy: custom`, shown with PostgreSQL's own programs. For a PostgreSQL of your own take
# `database-strategy: postgresql`, which does more; this is a pattern for databases that have no strategy. The protocol is
# described in docs/custom-commands.md.
#
# Needs bash, flock, psql, pg_dump and pg_restore not older than the server (14 or later), and all five database inputs as far as your
# PostgreSQL asks for them; database-name in any case. Restores into a database that does not exist yet.
set -euo pipefail
umask 077

# Exit codes of the protocol.
readonly nothing_to_do=100 wrong_settings=64

refuse() {
  echo "$*" >&2
  exit "$wrong_settings"
}

# An input that is not given is not set: PostgreSQL's own settings (service file, .pgpass) then count.
take() {
  local given="BITBUCKET_BACKUP_DATABASE_$1"
  if [[ -v $given ]]; then
    export "$2=${!given}"
  fi
}

# SQL from standard input, to the database named first. A name goes by environment, since as an argument it could be taken
# for a connection string.
sql() {
  PGDATABASE="$1" psql --no-psqlrc --quiet --tuples-only --no-align --no-password --set=ON_ERROR_STOP=1 "${@:2}"
}

json_text() {
  local text
  text="$(printf '%s' "$1" | tr -d '[:cntrl:]')"
  text="${text//\\/\\\\}"
  printf '"%s"' "${text//\"/\\\"}"
}

check() {
  command -v pg_dump >/dev/null || refuse 'pg_dump is not installed.'
  command -v flock >/dev/null || refuse 'flock is not installed.'
  sql "$name" <<<"SELECT json_build_object('bytes', pg_database_size(current_database()));"
}

# Begins the dump, and ends as soon as it holds its snapshot and has locked its tables: from then on users may work, and the
# rows are read. What goes on in the background has its output redirected, or this phase would not end.
capture() {
  export PGAPPNAME="bitbucket-backup dump $BITBUCKET_BACKUP_ID"
  # Of the process group, by which `discard` ends the dump.
  echo "$$" >"$state/group"
  PGDATABASE="$name" dump </dev/null >/dev/null 2>"$state/log" &
  until grep -q 'saving search_path' "$state/log"; do
    if [[ -e "$state/exit" ]]; then
      tail -n 5 "$state/log" >&2
      exit 1
    fi
    sleep 0.05
  done
  echo '{}'
}

# Whoever waits for the lock waits for the end of the dump, however it ends.
dump() {
  local code=0
  exec 9>"$state/lock"
  flock 9
  pg_dump --verbose --no-password --format=directory --file="$BITBUCKET_BACKUP_FOLDER" || code=$?
  echo "$code" >"$state/exit"
}

settle() {
  flock "$state/lock" true
  if [[ "$(cat "$state/exit" 2>/dev/null)" != 0 ]]; then
    grep 'error' "$state/log" >&2 || tail -n 5 "$state/log" >&2
    exit 1
  fi
  # A dump that cannot be listed and read is no dump.
  printf '{"version":%s,"details":{"format":"directory"},"counts":{"tables":%d,"projects":%d,"repositories":%d}}\n' \
    "$(json_text "$(pg_dump --version)")" "$(dumped_tables)" "$(dumped_rows project)" "$(dumped_rows repository)"
}

dumped_tables() {
  pg_restore --list "$BITBUCKET_BACKUP_FOLDER" | grep -c ' TABLE DATA '
}

# Counted in the dump itself, where a row is a line: so it is the same point in time.
dumped_rows() {
  pg_restore --data-only --table="$1" --file=- "$BITBUCKET_BACKUP_FOLDER" |
    awk '/^\\\.$/ { inside = 0 } inside { rows++ } /^COPY / { inside = 1 } END { print rows + 0 }'
}

# May be called at any moment after `prepare` began, twice, and by the next run when this one died.
discard() {
  if [[ -s "$state/group" && -e "$state/lock" ]] && ! flock --nonblock "$state/lock" true; then
    kill -TERM -- "-$(cat "$state/group")" || true
    flock --timeout 10 "$state/lock" true || kill -KILL -- "-$(cat "$state/group")"
  fi
  echo '{}'
}

restore_check() {
  command -v pg_restore >/dev/null || refuse 'pg_restore is not installed.'
  sql postgres --set=name="$name" <<'SQL'
SELECT json_build_object('findings', coalesce(json_agg(json_build_object('severity', 'error', 'message', message)), '[]'))
FROM (
  SELECT format('Database %s is there already; drop or rename it first.', quote_ident(datname)) AS message
    FROM pg_database WHERE datname = :'name'
  UNION ALL
  SELECT format('User %s may not create databases; give it that right (ALTER ROLE ... CREATEDB).', quote_ident(rolname))
    FROM pg_roles WHERE rolname = session_user AND NOT (rolcreatedb OR rolsuper)
) AS found;
SQL
}

# Fills a database with a name of this run, so that nobody takes it for Bitbucket's before it is complete, and `discard`
# knows it. Its number is kept for the time when it has got its final name.
restore() {
  export PGAPPNAME="bitbucket-restore $BITBUCKET_BACKUP_ID"
  sql postgres --set=aside="$aside" <<<"CREATE DATABASE :\"aside\" TEMPLATE template0 ENCODING 'UTF8';"
  sql "$aside" <<<'SELECT oid FROM pg_database WHERE datname = current_database();' >"$state/oid"
  pg_restore --exit-on-error --no-owner --no-privileges --no-password --dbname="dbname='$aside'" \
    "$BITBUCKET_BACKUP_FOLDER"
  sql "$aside" <<'SQL'
SELECT json_build_object('counts', json_build_object(
  'tables', (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'),
  'projects', (SELECT count(*) FROM public.project), 'repositories', (SELECT count(*) FROM public.repository)));
SQL
}

restore_complete() {
  sql postgres --set=aside="$aside" --set=name="$name" --set=server="$server" <<'SQL'
ALTER DATABASE :"aside" RENAME TO :"name";
SELECT json_build_object('place', format('''%s'' at %s', :'name', :'server'));
SQL
}

# Also for a restore that died: then `state` may be empty, and the id is that of the restore that died.
restore_discard() {
  local oid=0
  if [[ -s "$state/oid" ]]; then
    oid="$(cat "$state/oid")"
  fi
  sql postgres --set=aside="$aside" --set=name="$name" --set=oid="$oid" --set=server="$server" \
    --set=sessions="bitbucket-restore $BITBUCKET_BACKUP_ID" <<'SQL'
-- The server goes on with CREATE DATABASE when psql is gone.
SELECT count(pg_terminate_backend(pid, 10000)) AS ended FROM pg_stat_activity WHERE application_name = :'sessions' \gset
SELECT coalesce(max(datname), '') AS ours, coalesce(bool_and(datname = :'aside' OR NOT EXISTS
    (SELECT FROM pg_stat_activity s WHERE s.datid = d.oid)), false) AS droppable
  FROM pg_database d WHERE datname = :'aside' OR oid = :oid \gset
\if :droppable
  DROP DATABASE :"ours" WITH (FORCE);
  SELECT json_build_object('messages', json_build_array(format(
    'Dropped database ''%s'' at %s, which a restore that died had begun to fill.', :'name', :'server')));
\else
  SELECT json_build_object('messages', coalesce(json_agg(format(
    'Database ''%s'' at %s is not of that restore, or in use; it was left as it is.', :'name', :'server')), '[]'))
    FROM pg_database WHERE datname = :'name';
\endif
SQL
}

main() {
  if [[ "$BITBUCKET_BACKUP_PROTOCOL" != 1 ]]; then
    refuse "This command knows version 1 of the protocol, not $BITBUCKET_BACKUP_PROTOCOL."
  fi
  name="${BITBUCKET_BACKUP_DATABASE_NAME:-}"
  [[ -n "$name" ]] || refuse 'Set the input database-name.'
  take HOST PGHOST
  take PORT PGPORT
  take USERNAME PGUSER
  take PASSWORD PGPASSWORD
  server="${PGHOST:-this machine}:${PGPORT:-5432}"
  state="${BITBUCKET_BACKUP_STATE:-}"
  aside="bitbucket_restore_$BITBUCKET_BACKUP_ID"
  case "$1" in
    check | capture | settle | discard | restore) "$1" ;;
    restore-check | restore-complete | restore-discard) "${1//-/_}" ;;
    *) exit "$nothing_to_do" ;;
  esac
}

main "$@"
