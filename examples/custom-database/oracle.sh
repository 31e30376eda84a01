#!/usr/bin/env bash
# A command for `database-strategy: custom` with Oracle's expdp and impdp. NOT RUN against an Oracle database by the authors of
# the action: read it, fit it to yours, and try a restore before you rely on it. The protocol: docs/custom-commands.md.
#
# How it fixes the point in time: `capture` asks for the system change number (SCN) while Bitbucket is drained, which takes
# a moment. `settle` exports the schema as of that number (FLASHBACK_SCN) while users are working again. Oracle has to
# keep enough undo for the length of the export (UNDO_RETENTION), or the export ends with ORA-01555 and the backup fails.
#
# Inputs: database-host, database-port and database-name (the service), database-username and database-password. The user is
# Bitbucket's own schema; he needs EXP_FULL_DATABASE or the right on the directory below, and EXECUTE on DBMS_FLASHBACK.
# Restore: an administrator has made the user, without any object in his schema.
set -euo pipefail
umask 077

# Site-specific. A directory object of the database (CREATE DIRECTORY bitbucket_backup AS '...'), and where the folder it
# leads to is mounted on the runner's machine: expdp writes on the database's machine.
readonly directory=BITBUCKET_BACKUP
readonly directory_path=/mnt/oracle/bitbucket-backup
export ORACLE_HOME="${ORACLE_HOME:-/usr/lib/oracle/19/client64}"
export PATH="$ORACLE_HOME/bin:$PATH"

readonly nothing_to_do=100 wrong_settings=64

refuse() {
  echo "$*" >&2
  exit "$wrong_settings"
}

# Never as an argument, where `ps` shows it: a parameter file that only we may read, or standard input.
login() {
  printf '%s/"%s"@//%s:%s/%s' "$user" "$BITBUCKET_BACKUP_DATABASE_PASSWORD" \
    "$BITBUCKET_BACKUP_DATABASE_HOST" "${BITBUCKET_BACKUP_DATABASE_PORT:-1521}" "$BITBUCKET_BACKUP_DATABASE_NAME"
}

# One value, from a query on standard input.
ask() {
  {
    printf 'WHENEVER SQLERROR EXIT FAILURE\nWHENEVER OSERROR EXIT FAILURE\n'
    printf 'CONNECT %s\n' "$(login)"
    printf 'SET HEADING OFF FEEDBACK OFF PAGESIZE 0 VERIFY OFF\n'
    cat
    printf 'EXIT\n'
  } | sqlplus -S -L /nolog | tr -d '[:space:]'
}

objects() {
  ask <<<'SELECT COUNT(*) FROM user_objects;'
}

tables() {
  ask <<<'SELECT COUNT(*) FROM user_tables;'
}

pump() {
  local program="$1"
  shift
  printf 'userid=%s\n' "$(login)" >"$state/$program.par"
  printf '%s\n' "$@" >>"$state/$program.par"
  # Both tell of their progress on standard error, where it goes into the log of the backup.
  "$program" "parfile=$state/$program.par" >&2
}

check() {
  command -v expdp >/dev/null || refuse "expdp is not in $ORACLE_HOME/bin."
  [[ -w "$directory_path" ]] || refuse "$directory_path, where the directory $directory is mounted, cannot be written to."
  printf '{"bytes":%d}\n' "$(ask <<<'SELECT NVL(SUM(bytes), 0) FROM user_segments;')"
}

# Bitbucket is locked and drained: only the number is asked for.
capture() {
  ask <<<'SELECT TO_CHAR(DBMS_FLASHBACK.GET_SYSTEM_CHANGE_NUMBER) FROM dual;' >"$state/scn"
  [[ "$(cat "$state/scn")" =~ ^[0-9]+$ ]] || refuse 'The database did not say its system change number.'
  tables >"$state/tables"
  echo '{}'
}

settle() {
  local scn
  scn="$(cat "$state/scn")"
  # expdp ends with 5 when it succeeded with warnings; set -e takes that for the failure that it is here.
  pump expdp "job_name=$job" "schemas=$user" "flashback_scn=$scn" "directory=$directory" "dumpfile=$dump" "logfile=$dump.log"
  mv -- "$directory_path/$dump" "$directory_path/$dump.log" "$BITBUCKET_BACKUP_FOLDER/"
  mv -- "$BITBUCKET_BACKUP_FOLDER/$dump" "$BITBUCKET_BACKUP_FOLDER/bitbucket.dmp"
  printf '{"version":"expdp","details":{"scn":"%s","schema":"%s"},"counts":{"tables":%d}}\n' \
    "$scn" "$user" "$(cat "$state/tables")"
}

# At any moment, twice, and by the next run. The job runs in the database and goes on when expdp is killed.
discard() {
  if [[ -e "$state/expdp.par" ]]; then
    printf 'userid=%s\nattach=%s\n' "$(login)" "$job" >"$state/attach.par"
    # There is none any more when the export had ended.
    printf 'KILL_JOB\nYES\n' | expdp "parfile=$state/attach.par" >&2 || true
  fi
  rm -f -- "$directory_path/$dump" "$directory_path/$dump.log"
  echo '{}'
}

restore_check() {
  if [[ "$(objects)" == 0 ]]; then
    echo '{}'
  else
    printf '{"findings":[{"severity":"error","message":"The schema %s is not empty; drop and make the user anew."}]}\n' "$user"
  fi
}

restore() {
  # Written down before anything is loaded: from now on what is in the schema is of this run.
  touch "$state/begun"
  cp -- "$BITBUCKET_BACKUP_FOLDER/bitbucket.dmp" "$directory_path/$dump"
  pump impdp "schemas=$(recorded_schema)" "remap_schema=$(recorded_schema):$user" "directory=$directory" \
    "dumpfile=$dump" "logfile=$dump.log"
  rm -f -- "$directory_path/$dump" "$directory_path/$dump.log"
  printf '{"counts":{"tables":%d}}\n' "$(tables)"
}

# What `settle` answered is in the manifest.
recorded_schema() {
  sed -n 's/.*"schema":"\([^"]*\)".*/\1/p' "$BITBUCKET_BACKUP_RECORDED"
}

# The schema was empty before, as restore-check found it; an administrator empties it again. This only says so: to drop
# objects by a script that was never run would be worse.
restore_discard() {
  rm -f -- "$directory_path/$dump" "$directory_path/$dump.log"
  if [[ -e "$state/begun" ]]; then
    printf '{"messages":["The schema %s is half-filled; drop and make the user anew."]}\n' "$user"
  else
    echo '{}'
  fi
}

main() {
  [[ "$BITBUCKET_BACKUP_PROTOCOL" == 1 ]] || refuse "Unknown protocol $BITBUCKET_BACKUP_PROTOCOL."
  local needed
  for needed in HOST NAME USERNAME PASSWORD; do
    needed="BITBUCKET_BACKUP_DATABASE_$needed"
    [[ -n "${!needed:-}" ]] || refuse "Set the inputs database-host, -name, -username and -password."
  done
  user="${BITBUCKET_BACKUP_DATABASE_USERNAME^^}"
  [[ "$user" =~ ^[A-Z][A-Z0-9_]*$ ]] || refuse "The user $user would have to be quoted; this script does not do that."
  state="${BITBUCKET_BACKUP_STATE:-}"
  dump="${BITBUCKET_BACKUP_ID}.dmp"
  # At most 30 letters, digits and underscores.
  job="BITBUCKET_$(printf '%s' "$BITBUCKET_BACKUP_ID" | sha256sum | cut -c 1-16)"
  case "$1" in
    check | capture | settle | discard | restore) "$1" ;;
    restore-check | restore-discard) "${1//-/_}" ;;
    *) exit "$nothing_to_do" ;;
  esac
}

main "$@"
