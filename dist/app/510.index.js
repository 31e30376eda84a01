export const id = 510;
export const ids = [510];
export const modules = {

/***/ 56510:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  PostgresqlRestore: () => (/* binding */ PostgresqlRestore),
  postgresqlRestore: () => (/* binding */ postgresqlRestore),
  readPostgresqlRestoreOptions: () => (/* binding */ readPostgresqlRestoreOptions)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/database/dump-folder.js
var dump_folder = __webpack_require__(26001);
// EXTERNAL MODULE: ./build/database/network-inputs.js
var network_inputs = __webpack_require__(28110);
// EXTERNAL MODULE: ./build/database/postgresql/libpq.js
var libpq = __webpack_require__(80599);
// EXTERNAL MODULE: ./build/database/postgresql/postgresql-clients.js
var postgresql_clients = __webpack_require__(47728);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
// EXTERNAL MODULE: ./build/database/postgresql/connection.js + 1 modules
var connection = __webpack_require__(70969);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-load.js
/** pg_restore: which entries of the dump, and how its failures are told. */







/**
 * What every database has already. Dumps of PostgreSQL 10 and older name them, and nobody but a superuser could load them:
 * the restore of an old archive would fail for a comment.
 */
const ALWAYS_THERE = / (?:SCHEMA - public|EXTENSION - plpgsql|COMMENT - (?:SCHEMA public|EXTENSION plpgsql)) /;
const PROGRESS_MS = 10_000;
/** @throws ActionError DB_FAILED when pg_restore cannot read it */
async function readDump(commands, pgRestore, unpacked, signal) {
    const folder = (0,external_node_path_.join)(unpacked, dump_folder/* DUMP_MEMBER */.g0);
    const list = (0,external_node_path_.join)(unpacked, 'restore.list');
    try {
        const { stdout } = await commands.run(pgRestore, ['--list', '--', folder], { signal });
        const entries = stdout.split('\n');
        await (0,promises_.writeFile)(list, entries.filter((line) => !ALWAYS_THERE.test(`${line} `)).join('\n'), {
            mode: 0o600,
        });
        return { folder, list, tables: entries.filter((line) => / TABLE DATA /.test(line)).length };
    }
    catch (error) {
        signal.throwIfAborted();
        throw error instanceof command_error/* CommandError */.Qd
            ? new errors/* ActionError */.lZ('DB_FAILED', `The dump in the archive cannot be read by ${pgRestore}.`, {
                advice: 'Use pg_restore of the version that wrote the dump or a later one, or another archive.',
                cause: error,
            })
            : error;
    }
}
/** @throws ActionError DB_FAILED, CHILD_KILLED; the signal's reason when it was aborted */
async function loadDump(load, dump, signal) {
    const progress = loadProgress(load.log, dump.tables);
    try {
        await (0,connection/* runClient */.b)(load.connection, {
            program: load.pgRestore,
            args: [
                '--exit-on-error',
                `--jobs=${load.jobs}`,
                // Roles of another server may not exist here; whatever the archive holds must not act with the rights of others.
                '--no-owner',
                '--no-privileges',
                `--role=${load.owner}`,
                `--use-list=${dump.list}`,
                '--verbose',
                '--',
                dump.folder,
            ],
            serverVersion: load.serverVersionNumber,
            options: { signal, onErrorLine: progress.line },
        });
    }
    catch (error) {
        throw error instanceof command_error/* CommandError */.Qd ? loadFailure(error, load) : error;
    }
    finally {
        progress.stop();
    }
}
/** A line every 10 s, from what pg_restore says of the tables that it begins. */
function loadProgress(log, tables) {
    let begun = 0;
    let item = '';
    const timer = setInterval(() => {
        log.info(`Loading: table ${begun} of ${tables}, ${item}`);
    }, PROGRESS_MS);
    timer.unref();
    return {
        line: (line) => {
            log.debug(line);
            const words = line.replace(/^pg_restore: /, '');
            begun += words.startsWith('processing data for table') ? 1 : 0;
            item = words.slice(0, 200);
        },
        stop: () => clearInterval(timer),
    };
}
function loadFailure(error, { name, connection }) {
    const words = error.stderr
        .filter((line) => /error:|ERROR|FATAL|DETAIL|could not/.test(line))
        .slice(-5)
        .map((line) => line.replace(/^pg_restore: (?:error: |\[[\w ()]+\] )?/, '').trim())
        .join(' | ')
        .replace(/\.$/, '');
    const detail = words === '' ? error.message.replace(/\.$/, '') : words;
    return new errors/* ActionError */.lZ(error.code === 'COMMAND_FAILED' ? 'DB_FAILED' : error.code, `Loading the dump into database '${name}' at ${(0,libpq/* serverName */.L5)(connection.inputs)} failed: ${detail}.`, { advice: 'Correct what pg_restore names and run again.', cause: error });
}

// EXTERNAL MODULE: ./build/database/postgresql/psql-script.js
var psql_script = __webpack_require__(22311);
;// CONCATENATED MODULE: ./build/database/postgresql/restore-marker.js
/**
 * A table that says "not complete" while a database is being restored. It goes last, so that a database which a dead run
 * has left half-filled is known for that, and nobody else's is ever emptied.
 */
const MARKER_TABLE = 'bitbucket_restore_incomplete';
/** Keeps the extensions that were there before, and answers with the oid of the database. */
const CREATE_MARKER = `
CREATE TABLE public.${MARKER_TABLE} AS
  SELECT :'run_id'::text AS run_id, :'archive'::text AS archive, now() AS started_at,
    (SELECT coalesce(array_agg(extname::text), '{}') FROM pg_extension) AS extensions;
SELECT oid FROM pg_database WHERE datname = current_database();
`;
/** What administrators see of a restore in pg_stat_activity, and what its sessions are known by. */
function sessionName(runId) {
    return `bitbucket-restore ${runId.slice(0, 8)}`;
}
const DROP_MARKER = `DROP TABLE public.${MARKER_TABLE};\n`;

// EXTERNAL MODULE: ./build/database/postgresql/connection-failure.js
var connection_failure = __webpack_require__(5008);
// EXTERNAL MODULE: ./build/database/postgresql/rows.js
var rows = __webpack_require__(63090);
;// CONCATENATED MODULE: ./build/database/postgresql/restore-facts.js



const QUERY_TIMEOUT_SECONDS = 30;
const SERVER_QUERY = `
SET search_path = pg_catalog;
SET statement_timeout = '${QUERY_TIMEOUT_SECONDS}s';
SELECT row_to_json(facts) FROM (
  SELECT current_setting('server_version') AS server_version,
    current_setting('server_version_num')::int AS server_version_number,
    session_user::text AS "user", r.rolsuper AS superuser, r.rolsuper OR r.rolcreatedb AS may_create,
    1 + least(
      current_setting('max_connections')::int - (SELECT sum(numbackends) FROM pg_stat_database)
        - CASE WHEN r.rolsuper THEN 0 ELSE (SELECT sum(setting::int) FROM pg_settings
            WHERE name IN ('superuser_reserved_connections', 'reserved_connections')) END,
      CASE WHEN r.rolconnlimit >= 0 AND NOT r.rolsuper THEN r.rolconnlimit
        - (SELECT count(*) FROM pg_stat_activity a WHERE a.usename = r.rolname) END,
      CASE WHEN d.datconnlimit >= 0 AND NOT r.rolsuper THEN d.datconnlimit
        - (SELECT numbackends FROM pg_stat_database s WHERE s.datid = d.oid) END
    ) AS free_connections,
    o.rolname::text AS role, coalesce(r.rolsuper OR (pg_has_role(o.oid, 'USAGE') AND
      CASE WHEN current_setting('server_version_num')::int >= 160000 THEN pg_has_role(o.oid, 'SET') ELSE true END),
      false) AS may_act_as
  FROM pg_roles r LEFT JOIN pg_roles o ON o.rolname = :'owner' LEFT JOIN pg_database d ON d.datname = :'name'
  WHERE r.rolname = session_user
) facts;
`;
/** What extensions have made does not count: a dump makes it anew with the extension. */
const NOT_OF_EXTENSION = (catalog, oid) => `NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
const TARGET_QUERY = `
SET search_path = pg_catalog;
SET statement_timeout = '${QUERY_TIMEOUT_SECONDS}s';
WITH own AS (
  SELECT n.nspname || '.' || c.relname AS name, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    AND NOT (n.nspname = 'public' AND c.relname = '${MARKER_TABLE}') AND ${NOT_OF_EXTENSION('pg_class', 'c.oid')}
  UNION ALL
  SELECT n.nspname || '.' || p.proname || '()', 'F' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND ${NOT_OF_EXTENSION('pg_proc', 'p.oid')}
  UNION ALL
  SELECT 'schema ' || n.nspname, 'N' FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')
    AND ${NOT_OF_EXTENSION('pg_namespace', 'n.oid')}
  UNION ALL
  SELECT 'type ' || n.nspname || '.' || t.typname, 'T' FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND t.typtype IN ('d', 'e', 'c', 'r')
    AND NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')
    AND ${NOT_OF_EXTENSION('pg_type', 't.oid')}
  UNION ALL
  SELECT 'large object ' || oid, 'L' FROM pg_largeobject_metadata
)
SELECT row_to_json(facts) FROM (
  SELECT d.oid::bigint AS oid, d.datname::text AS name, pg_get_userbyid(d.datdba)::text AS owner, pg_encoding_to_char(d.encoding)::text AS encoding,
    (SELECT count(*) FROM own) AS objects,
    coalesce((SELECT string_agg(name, ', ') FROM (SELECT name FROM own ORDER BY name LIMIT 5) few), '') AS examples,
    (SELECT count(*) FROM pg_stat_activity a WHERE a.datname = d.datname AND a.pid <> pg_backend_pid()
      AND a.usesysid IS NOT NULL AND a.query NOT LIKE 'autovacuum:%') AS sessions,
    (SELECT count(*) FROM own WHERE relkind = 'r') AS tables,
    has_schema_privilege('public', 'CREATE') AND has_database_privilege(d.oid, 'CREATE') AS may_create_in
  FROM pg_database d WHERE d.datname = current_database()
) facts;
SELECT to_regclass('public.${MARKER_TABLE}') IS NOT NULL AS marked \\gset
\\if :marked
SELECT row_to_json(marker) FROM (SELECT run_id FROM public.${MARKER_TABLE} LIMIT 1) marker;
\\endif
`;
/** @throws CommandError as `readFacts` does */
async function readServerFacts(connection, psql, { owner, name }) {
    const [row] = (0,rows/* parseRows */.t)(await (0,psql_script/* runScript */.j)(connection, psql, SERVER_QUERY, { variables: { owner, name } }));
    if (row === undefined) {
        throw new TypeError('psql ended without an answer.');
    }
    const role = row.optionalText('role');
    return {
        serverVersion: row.text('server_version').split(' ')[0] ?? '',
        serverVersionNumber: row.number('server_version_number'),
        user: row.text('user'),
        superuser: row.boolean('superuser'),
        mayCreate: row.boolean('may_create'),
        freeConnections: row.number('free_connections'),
        role: role === undefined ? undefined : { name: role, mayActAs: row.boolean('may_act_as') },
    };
}
/** Asked in another database of the same server. */
async function databaseExists(maintenance, psql, name) {
    const question = `SELECT count(*) FROM pg_catalog.pg_database WHERE datname = :'name';\n`;
    return (await (0,psql_script/* runScript */.j)(maintenance, psql, question, { variables: { name } })).trim() !== '0';
}
async function readTargetFacts(connection, psql) {
    const [row, marker] = (0,rows/* parseRows */.t)(await (0,psql_script/* runScript */.j)(connection, psql, TARGET_QUERY));
    if (row === undefined) {
        throw new TypeError('psql ended without an answer.');
    }
    return {
        oid: row.number('oid'),
        name: row.text('name'),
        owner: row.text('owner'),
        encoding: row.text('encoding'),
        objects: row.number('objects'),
        examples: row.text('examples'),
        sessions: row.number('sessions'),
        tables: row.number('tables'),
        mayCreateIn: row.boolean('may_create_in'),
        unfinishedRun: marker?.optionalText('run_id'),
    };
}

;// CONCATENATED MODULE: ./build/database/postgresql/restore-target.js
/** Looks at the server and the database that a restore is to fill. Changes nothing. */





/** Databases that every server has, to ask in while the wanted one does not exist. */
const restore_target_ALWAYS_THERE = ['postgres', 'template1'];
function connectionTo(question, database) {
    const { commands, inputs, applicationName } = question;
    return { commands, applicationName, inputs: { ...inputs, database } };
}
/** @returns what there is, or the finding that says why it cannot be asked */
async function findDatabase(question) {
    const { psql, name } = question;
    const connection = connectionTo(question, name);
    let existing;
    let refusal;
    try {
        existing = await readTargetFacts(connection, psql);
    }
    catch (error) {
        if (!mayBeMissing(error, name)) {
            return failure(error, question);
        }
        refusal = error;
    }
    const maintenance = await findMaintenance(question);
    if ('severity' in maintenance) {
        return existing === undefined ? maintenance : { connection, maintenance: connection, existing };
    }
    return existing === undefined && (await databaseExists(maintenance, psql, name))
        ? failure(refusal, question)
        : { connection, maintenance, existing };
}
/** @returns a connection to a database that is not the wanted one, or the finding that says why there is none */
async function findMaintenance(question) {
    let problem;
    for (const database of restore_target_ALWAYS_THERE) {
        const maintenance = connectionTo(question, database);
        problem = await tryAsking(maintenance, question);
        if (problem === undefined) {
            return maintenance;
        }
    }
    if (problem === undefined) {
        throw new TypeError('No database has been asked.');
    }
    return problem;
}
async function askServer({ maintenance }, question, owner) {
    return await readServerFacts(maintenance, question.psql, { owner, name: question.name });
}
/** `database-owner`, or who owns the empty database, or who owned the archived one if that role can be had, or the user. */
async function chooseOwner(found, question, wanted, recorded) {
    const recordedOwner = recorded?.details['owner'];
    const candidate = wanted ?? found.existing?.owner ?? (typeof recordedOwner === 'string' ? recordedOwner : '');
    const facts = await askServer(found, question, candidate);
    const isFixed = wanted !== undefined || found.existing !== undefined;
    return isFixed || facts.role?.mayActAs === true
        ? { owner: candidate, facts }
        : { owner: facts.user, facts };
}
async function tryAsking(maintenance, question) {
    try {
        await readServerFacts(maintenance, question.psql, { owner: '', name: question.name });
        return undefined;
    }
    catch (error) {
        return failure(error, question);
    }
}
/** A server says it in its own language; only the catalog tells for sure. Without the name it is about something else. */
function mayBeMissing(error, name) {
    return error instanceof command_error/* CommandError */.Qd && error.exitCode === 2 && error.stderr.join('\n').includes(name);
}
function failure(error, { inputs, name }) {
    if (!(error instanceof errors/* ActionError */.lZ)) {
        throw error;
    }
    const server = (0,libpq/* serverName */.L5)(inputs);
    const user = inputs.username === undefined ? 'the user that libpq chose' : `user '${inputs.username}'`;
    return ((0,connection_failure/* connectionFailure */.D)(error, { server, user, database: `database '${name}'` }) ?? {
        severity: 'error',
        subject: 'database-name',
        message: `PostgreSQL at ${server} did not answer what a restore has to know of database '${name}'; look into its log (${error.message.replace(/\.$/, '')}).`,
    });
}

;// CONCATENATED MODULE: ./build/database/postgresql/own-sessions.js
/** Ends what the server still does for a restore whose programs are gone. */



/** A server notices that a client is gone when the statement has ended; CREATE DATABASE is one, and copies a while. */
const WAIT_SECONDS = 20;
/** psql fills in no variables between dollar quotes, hence the setting. */
const END_SESSIONS = `
SELECT set_config('bitbucket_restore.session', :'session', false);
DO $$
DECLARE
  deadline timestamptz := clock_timestamp() + interval '${WAIT_SECONDS} s';
BEGIN
  LOOP
    PERFORM pg_stat_clear_snapshot();
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = current_setting('bitbucket_restore.session')
        AND pid <> pg_backend_pid() AND usename = session_user;
    EXIT WHEN NOT FOUND OR clock_timestamp() > deadline;
    PERFORM pg_sleep(0.05);
  END LOOP;
END $$;
`;
/**
 * After it nothing appears any more that the run had begun: a database, say, which was being created when its psql was killed.
 * @throws CommandError when the server does not answer
 */
async function endSessionsOf(question, runId) {
    const maintenance = await findMaintenance(question);
    if ('severity' in maintenance) {
        // There is no other database to ask in; the one that is wanted is looked at next, and tells why.
        return;
    }
    await (0,psql_script/* runScript */.j)(maintenance, question.psql, END_SESSIONS, { variables: { session: sessionName(runId) } });
}

;// CONCATENATED MODULE: ./build/database/postgresql/empty-database.js
/**
 * Empties a database again that was empty before: everything in it came from the restore that failed. Not by dropping it,
 * because its owner, rights and settings were there before, and extensions that not everybody may create.
 */

/** Schemas of the system stay. */
const OWN_SCHEMAS = `nspname !~ '^pg_' AND nspname <> 'information_schema'`;
/** Objects that belong to an extension come and go with it. */
const notOfExtension = (catalog, oid) => `NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
/**
 * What is left of the restore's own sessions, which may be in the middle of an index for an hour: a server does not notice
 * that its client is gone while it computes, and nothing could be dropped until then.
 */
const empty_database_END_SESSIONS = `
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = session_user
    AND application_name = :'restore';
`;
const DROP_SCHEMAS = `
  FOR item IN SELECT nspname AS name FROM pg_namespace n WHERE ${OWN_SCHEMAS} AND nspname <> 'public'
    AND ${notOfExtension('pg_namespace', 'n.oid')} LOOP
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', item.name);
  END LOOP;`;
/** Sequences last: one that feeds an identity column goes with its table, and not without it. */
const DROP_RELATIONS = `
  FOR item IN SELECT c.relname AS name, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relname <> '${MARKER_TABLE}'
      AND ${notOfExtension('pg_class', 'c.oid')} ORDER BY c.relkind = 'S' LOOP
    EXECUTE format('DROP %s IF EXISTS public.%I CASCADE', item.kind, item.name);
  END LOOP;`;
/** Sorted, so that all signatures are there before the first function goes. Procedures came with PostgreSQL 11. */
const DROP_FUNCTIONS = `
  FOR item IN SELECT p.oid::regprocedure::text AS name, CASE
      WHEN p.oid IN (SELECT aggfnoid FROM pg_aggregate) THEN 'AGGREGATE'
      WHEN current_setting('server_version_num')::int >= 110000 THEN 'ROUTINE' ELSE 'FUNCTION' END AS kind
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND ${notOfExtension('pg_proc', 'p.oid')} ORDER BY 1 LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE', item.kind, item.name);
  END LOOP;`;
const DROP_TYPES = `
  FOR item IN SELECT t.typname AS name, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END AS kind
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = 'public' AND t.typtype IN ('d', 'e', 'c', 'r') AND ${notOfExtension('pg_type', 't.oid')}
      AND NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c') LOOP
    EXECUTE format('DROP %s IF EXISTS public.%I CASCADE', item.kind, item.name);
  END LOOP;`;
/** Refuses unless the marker of this run is there. Works from PostgreSQL 9.3 on. */
const EMPTY_DATABASE = `
SET search_path = pg_catalog;

${empty_database_END_SESSIONS}
SELECT set_config('bitbucket_restore.run_id', :'run_id', false);
DO $empty$
DECLARE
  item record;
  extensions_before text[];
BEGIN
  SELECT extensions INTO extensions_before FROM public.${MARKER_TABLE}
    WHERE run_id = current_setting('bitbucket_restore.run_id');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the database is not that of this restore';
  END IF;
  PERFORM lo_unlink(oid) FROM pg_largeobject_metadata;
  FOR item IN SELECT extname AS name FROM pg_extension WHERE extname <> ALL (extensions_before) LOOP
    EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', item.name);
  END LOOP;
${[DROP_SCHEMAS, DROP_RELATIONS, DROP_FUNCTIONS, DROP_TYPES].join('')}
  DROP TABLE public.${MARKER_TABLE};
END
$empty$;
`;

;// CONCATENATED MODULE: ./build/database/postgresql/restore-database.js
/** Makes, fills, empties and drops the database of a restore. */






/** Dropping many large objects takes its time. */
const REMOVAL_MS = 10 * 60_000;
/** PostgreSQL 13 ends the sessions of a database that is dropped, when it is told to. */
const FORCE_SINCE = 130_000;
const PROVIDERS_SINCE = 150_000;
/**
 * As the archived one was; what the archive does not tell the server decides. It takes no signal to be cut short by: the
 * server would go on, and the database would be there after everybody has looked. When the runner's signal ends psql all
 * the same, `endSessionsOf` ends the server's part.
 * @throws ActionError DB_FAILED
 */
async function createDatabase(work, recorded) {
    const text = (name) => {
        const value = recorded?.details[name];
        return typeof value === 'string' ? value : '';
    };
    const options = [
        ['ENCODING', text('encoding') || 'UTF8'],
        ['LC_COLLATE', text('collate')],
        ['LC_CTYPE', text('ctype')],
        ...providerOptions(work.serverVersionNumber, text('localeProvider'), text('locale')),
    ].filter(([, value]) => value !== '');
    const format = `CREATE DATABASE %I OWNER %I TEMPLATE template0 ${options.map(([name]) => `${name} %L`).join(' ')}`;
    const values = options.map((_, index) => `:'option${index}'`);
    const script = `SELECT format('${format}', ${[":'name'", ":'owner'", ...values].join(', ')}) \\gexec\n`;
    const variables = Object.fromEntries(options.map(([, value = ''], index) => [`option${index}`, value]));
    await told(work, 'could not be created', async () => {
        await (0,psql_script/* runScript */.j)(work.maintenance, work.psql, script, {
            variables: { ...variables, name: work.name, owner: work.owner },
        });
    });
}
/** Locale providers have names of their own in CREATE DATABASE (PostgreSQL 15 and 17). */
function providerOptions(version, provider, locale) {
    if (version < PROVIDERS_SINCE || locale === '') {
        return [];
    }
    switch (provider) {
        case 'i':
            return [
                ['LOCALE_PROVIDER', 'icu'],
                ['ICU_LOCALE', locale],
            ];
        case 'b':
            return [
                ['LOCALE_PROVIDER', 'builtin'],
                ['BUILTIN_LOCALE', locale],
            ];
        default:
            return [];
    }
}
/** @returns the oid of the database, which no other one of that name is ever going to have */
async function mark(work, variables) {
    return await told(work, 'could not be marked as incomplete', async () => Number(await (0,psql_script/* runScript */.j)(work.connection, work.psql, CREATE_MARKER, { variables })));
}
async function unmark(work) {
    await told(work, 'could not be freed of its mark', async () => {
        await (0,psql_script/* runScript */.j)(work.connection, work.psql, DROP_MARKER);
    });
}
async function dropDatabase(work) {
    const force = work.serverVersionNumber >= FORCE_SINCE ? ' WITH (FORCE)' : '';
    const script = `
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = :'name' AND pid <> pg_backend_pid() AND pg_has_role(usesysid, 'MEMBER');
SELECT format('DROP DATABASE IF EXISTS %I${force}', :'name') \\gexec
`;
    await told(work, 'could not be dropped', async () => {
        await (0,psql_script/* runScript */.j)(work.maintenance, work.psql, script, {
            variables: { name: work.name },
            deadlineMs: REMOVAL_MS,
        });
    });
}
/** @param runId of the restore that has filled it. @throws ActionError DB_FAILED when that restore's mark is not there */
async function emptyDatabase(work, runId) {
    await told(work, 'could not be emptied again', async () => {
        await (0,psql_script/* runScript */.j)(work.connection, work.psql, EMPTY_DATABASE, {
            variables: { run_id: runId, restore: sessionName(runId) },
            deadlineMs: REMOVAL_MS,
        });
    });
}
async function told(work, what, act) {
    try {
        return await act();
    }
    catch (error) {
        throw error instanceof command_error/* CommandError */.Qd
            ? new errors/* ActionError */.lZ('DB_FAILED', `Database '${work.name}' at ${(0,libpq/* serverName */.L5)(work.connection.inputs)} ${what}: ${reasonIn(error)}.`, { advice: 'Correct what PostgreSQL names and run again.', cause: error })
            : error;
    }
}
/** PostgreSQL's own sentence, without psql's file name and the SQLSTATE before it. */
function reasonIn(error) {
    const line = error.stderr.find((said) => /ERROR|FATAL|error:/.test(said)) ?? error.message;
    return line
        .replace(/^psql:\S*\s*/, '')
        .replace(/^(?:error: |ERROR: +|FATAL: +)+/, '')
        .replace(/^[0-9A-Z]{5}: /, '')
        .replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./build/database/postgresql/recover-database.js
/** Takes back what a restore that died has made of a database. Only what its mark, or its emptiness, shows to be its own. */





/** @returns sentences for the log. @throws ActionError DB_FAILED when it cannot be asked or taken back */
async function recoverDatabase(question, database, { runId, oid }) {
    const { name, created } = database;
    if (created) {
        await endSessionsOf(question, runId);
    }
    const found = await findDatabase(question);
    if ('severity' in found) {
        throw new errors/* ActionError */.lZ('DB_FAILED', found.message, {
            advice: 'A restore that died has left a database there; make it reachable and run again.',
        });
    }
    const { existing, connection, maintenance } = found;
    if (existing === undefined) {
        return [];
    }
    const facts = await askServer(found, question, existing.owner);
    const { serverVersionNumber } = facts;
    const { psql } = question;
    const work = {
        connection,
        maintenance,
        psql,
        name,
        owner: existing.owner,
        serverVersionNumber,
    };
    const where = `database '${name}' at ${(0,libpq/* serverName */.L5)(question.inputs)}`;
    if (existing.oid !== oid && !isOurs(existing, database, runId)) {
        return [`The ${where} is not marked as that of the restore that died; it was left as it is.`];
    }
    if (created) {
        await dropDatabase(work);
        return [`Dropped ${where}, which a restore that died had begun to fill.`];
    }
    if (existing.unfinishedRun === undefined) {
        await mark(work, { run_id: runId, archive: '' });
    }
    await emptyDatabase(work, runId);
    return [`Emptied ${where} again, which a restore that died had begun to fill.`];
}
/**
 * A run that died between creating the database and marking it has left it empty. One that died after it took the mark away
 * and before it could write down that all is in place has left it whole; its home is taken back, and so is the database,
 * unless somebody works with it by now.
 */
function isOurs({ unfinishedRun, objects, sessions, oid }, database, runId) {
    if (unfinishedRun !== undefined || sessions > 0) {
        return unfinishedRun === runId;
    }
    const { created, marked = false } = database;
    return oid === database.oid || (created && !marked && objects === 0);
}

// EXTERNAL MODULE: ./build/database/postgresql/dump-compression.js
var dump_compression = __webpack_require__(15014);
// EXTERNAL MODULE: ./build/database/postgresql/versions.js
var versions = __webpack_require__(17066);
;// CONCATENATED MODULE: ./build/database/postgresql/restore-checks.js



function targetFindings(target) {
    const { existing } = target;
    return [
        ...(existing === undefined ? creationFindings(target) : existingFindings(target, existing)),
        ...ownerFindings(target),
    ];
}
/** A dump loads into the version that it came from, or a later one. */
function versionFindings(target, recorded) {
    const dumped = recordedVersion(recorded, 'serverVersion');
    const { facts, server } = target;
    if (dumped === undefined || (0,versions/* majorOf */.Ds)(facts.serverVersionNumber) >= (0,versions/* majorOf */.Ds)(dumped)) {
        return [];
    }
    return [
        error('database-host', `The dump comes from PostgreSQL ${(0,versions/* majorName */.hU)(dumped)}, and ${server} has ${facts.serverVersion}; restore to ${(0,versions/* majorName */.hU)(dumped)} or later.`),
    ];
}
/**
 * The oldest client that can read the dump: a newer one may send what an older server does not know. Of one major version
 * the newest, because minor ones have changed the form of dumps (10.3 did).
 * @param clients newest first
 */
function chooseRestoreClients(clients, facts, recorded) {
    const writer = recordedVersion(recorded, 'clientVersion') ?? facts.serverVersionNumber;
    return (0,postgresql_clients/* chooseClients */.iM)(clients, isZstd(recorded) ? Math.max(writer, dump_compression/* FIRST_WITH_ZSTD */.wl) : writer);
}
function clientFindings(chosen, newest, recorded) {
    if (chosen !== undefined) {
        return [];
    }
    const writer = recordedVersion(recorded, 'clientVersion') ?? (isZstd(recorded) ? dump_compression/* FIRST_WITH_ZSTD */.wl : undefined);
    const wanted = writer === undefined ? 'a later postgresql-client' : `postgresql-client-${(0,versions/* majorName */.hU)(writer)}`;
    return [
        error('pg_restore', `pg_restore ${newest.version.text}, the newest on this machine, is too old for this dump; install ${wanted}.`),
    ];
}
/** @param readsZstd asks whether these clients were built with zstd */
async function compressionFindings(chosen, recorded, readsZstd) {
    if (chosen === undefined || !isZstd(recorded) || (await readsZstd(chosen))) {
        return [];
    }
    return [
        error('pg_restore', `The dump is compressed with zstd, without which pg_restore ${chosen.version.text} in ${chosen.folder} was built; install the postgresql-client-${(0,versions/* majorName */.hU)(chosen.version.number)} of the distribution or of postgresql.org.`),
    ];
}
function isZstd(recorded) {
    return recorded?.details['compression'] === 'zstd';
}
function recordedVersion(recorded, name) {
    const value = recorded?.details[name];
    return typeof value === 'string' ? (0,versions/* versionNumber */.e1)(value) : undefined;
}
function creationFindings({ server, name, facts }) {
    return facts.mayCreate
        ? []
        : [
            error('database-username', `There is no database '${name}' at ${server}, and user '${facts.user}' may not create one; create it empty, or grant CREATEDB.`),
        ];
}
function existingFindings({ server, name, facts }, existing) {
    const where = `Database '${name}' at ${server}`;
    const findings = [];
    if (existing.unfinishedRun !== undefined) {
        findings.push(error('database-name', `${where} holds a restore that did not end (run ${existing.unfinishedRun}), started from another place; drop it and run again.`));
    }
    else if (existing.objects > 0) {
        findings.push(error('database-name', `${where} is not empty (${existing.objects} objects: ${existing.examples}${existing.objects > 5 ? ' ...' : ''}); nothing is overwritten: drop or rename it, or choose another database-name.`));
    }
    if (existing.encoding !== 'UTF8') {
        findings.push(error('database-name', `${where} has the encoding ${existing.encoding}, and Bitbucket needs UTF8; drop it and let the restore create it.`));
    }
    if (existing.sessions > 0) {
        findings.push(error('database-name', `${where} is in use by ${existing.sessions} other ${existing.sessions === 1 ? 'session' : 'sessions'}; stop Bitbucket and whatever else is connected.`));
    }
    if (!existing.mayCreateIn) {
        findings.push(error('database-username', `User '${facts.user}' may not create tables in database '${name}' at ${server}; give its owner as database-username.`));
    }
    return findings;
}
function ownerFindings({ server, facts, owner }) {
    if (owner === facts.user) {
        return [];
    }
    if (facts.role === undefined) {
        return [
            error('database-owner', `There is no role '${owner}' at ${server} to own the database; create it, or set database-owner.`),
        ];
    }
    return facts.role.mayActAs
        ? []
        : [
            error('database-owner', `User '${facts.user}' may not act as '${owner}', who owns the database; give '${owner}' as database-username, or make '${facts.user}' a member of that role, with INHERIT.`),
        ];
}
function error(subject, message) {
    return { severity: 'error', subject, message };
}

;// CONCATENATED MODULE: ./build/database/postgresql/restore-plan.js



/** More jobs than this rarely help: Bitbucket keeps most of its rows in a few tables. */
const MOST_JOBS = 5;
/** @returns no plan when anything is wrong */
async function planRestore({ question, found, clients, newest, commands, server, owner: wanted }, part) {
    const recorded = part?.recorded;
    const { owner, facts } = await chooseOwner(found, question, wanted, recorded);
    const { name } = question;
    const target = { server, name, facts, existing: found.existing, owner };
    const chosen = chooseRestoreClients(clients, facts, recorded);
    const findings = [
        ...targetFindings(target),
        ...versionFindings(target, recorded),
        ...clientFindings(chosen, newest, recorded),
        ...(await compressionFindings(chosen, recorded, async (used) => await (0,dump_compression/* hasZstd */.UZ)(commands, used))),
    ];
    if (chosen === undefined || findings.length > 0) {
        return { findings };
    }
    const { connection, maintenance } = found;
    const { serverVersionNumber, freeConnections } = facts;
    return {
        findings,
        plan: {
            work: { connection, maintenance, psql: chosen.psql, name, owner, serverVersionNumber },
            clients: chosen,
            jobs: Math.max(1, Math.min(MOST_JOBS, freeConnections - 1)),
            exists: found.existing !== undefined,
        },
    };
}

// EXTERNAL MODULE: ./build/database/postgresql/row-counts.js
var row_counts = __webpack_require__(40060);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-restore.js
/** PostgreSQL from a dump in directory format, ours or that of Atlassian's scripts, into an empty or new database. */













const postgresqlRestore = {
    read: (inputs) => {
        const options = readPostgresqlRestoreOptions(inputs);
        return { create: (context) => new PostgresqlRestore(options, context) };
    },
};
function readPostgresqlRestoreOptions(inputs) {
    return {
        ...(0,network_inputs/* readNetworkInputs */.W)(inputs),
        owner: inputs.optionalText('database-owner'),
        clientFolders: undefined,
    };
}
class PostgresqlRestore {
    name = 'postgresql';
    members = [dump_folder/* DUMP_MEMBER */.g0];
    trees = [{ member: dump_folder/* DUMP_MEMBER */.g0, target: '' }];
    #options;
    #context;
    #plan;
    /** What this run has begun to change. */
    #begun;
    /** Of the database that it fills. */
    #oid;
    #dump;
    #tables = 0;
    #rows = [];
    constructor(options, context) {
        this.#options = options;
        this.#context = context;
    }
    async preflight(part) {
        const clients = await (0,postgresql_clients/* findClients */.g2)(this.#options.clientFolders ?? (0,postgresql_clients/* clientFolders */.bU)());
        const [newest] = clients;
        if (newest === undefined) {
            return [NO_CLIENT];
        }
        const name = this.#databaseName(part);
        if (name === undefined) {
            // Only a manifest that is not read yet may still tell.
            return part === undefined ? [] : [NO_NAME];
        }
        const question = this.#question(newest.psql, name);
        const found = await findDatabase(question);
        if ('severity' in found) {
            return [found];
        }
        const { commands } = this.#context;
        const server = { server: (0,libpq/* serverName */.L5)(this.#options), owner: this.#options.owner };
        const { findings, plan } = await planRestore({ question, found, clients, newest, commands, ...server }, part);
        this.#plan = plan ?? this.#plan;
        return findings;
    }
    async spaceNeeds() {
        return await Promise.resolve([]);
    }
    async restore(part, unpacked, signal) {
        const { work, clients, jobs, exists } = this.#ready();
        const { commands, log, record, runId, archiveName } = this.#context;
        const dump = await readDump(commands, clients.pgRestore, unpacked, signal);
        this.#assertTables(part, dump);
        signal.throwIfAborted();
        this.#begun = { server: (0,libpq/* serverName */.L5)(this.#options), name: work.name, created: !exists };
        record({ database: this.#begun });
        if (!exists) {
            await createDatabase(work, part.recorded);
        }
        this.#oid = await mark(work, { run_id: runId, archive: archiveName() });
        this.#begun = { ...this.#begun, marked: true, oid: this.#oid };
        record({ database: this.#begun });
        signal.throwIfAborted();
        log.info(`Loading the dump into database '${work.name}' at ${(0,libpq/* serverName */.L5)(this.#options)}`);
        const { name, owner, connection, serverVersionNumber } = work;
        const { pgRestore } = clients;
        await loadDump({ connection, pgRestore, name, owner, jobs, serverVersionNumber, log }, dump, signal);
        this.#dump = dump;
        await this.#verify(work, clients);
        this.#rows = await (0,row_counts/* verifyRows */.DT)({ ...work, psql: clients.psql }, part.recorded, signal);
    }
    async complete() {
        const { work } = this.#ready();
        await unmark(work);
        const recorded = this.#dump?.tables;
        return {
            place: `'${work.name}' at ${(0,libpq/* serverName */.L5)(this.#options)}, owner '${work.owner}'`,
            counts: [{ what: 'tables', recorded, restored: this.#tables }, ...this.#rows],
            todo: [],
        };
    }
    location() {
        const { work } = this.#ready();
        const host = this.#options.host ?? (process.env['PGHOST'] || undefined);
        return {
            kind: 'postgresql',
            host: host === undefined || host.startsWith('/') ? undefined : host,
            port: this.#options.port ?? (Number(process.env['PGPORT']) || 5432),
            name: work.name,
            owner: work.owner,
        };
    }
    /** By its mark or its oid: somebody else's database of that name is left alone. */
    async discard() {
        const begun = this.#begun;
        if (begun === undefined) {
            return;
        }
        const { psql, name } = this.#ready().work;
        const { runId } = this.#context;
        await recoverDatabase(this.#question(psql, name), begun, { runId, oid: this.#oid });
        this.#begun = undefined;
    }
    async recover({ database }, runId) {
        if (database === undefined) {
            return [];
        }
        if (database.server !== (0,libpq/* serverName */.L5)(this.#options)) {
            return [leftAlone(database.name, database.server)];
        }
        const [newest] = await (0,postgresql_clients/* findClients */.g2)(this.#options.clientFolders ?? (0,postgresql_clients/* clientFolders */.bU)());
        if (newest === undefined) {
            throw new errors/* ActionError */.lZ('TOOL_MISSING', NO_CLIENT.message);
        }
        return await recoverDatabase(this.#question(newest.psql, database.name), database, { runId });
    }
    #databaseName(part) {
        const recorded = part?.recorded?.details['database'];
        return (this.#options.database ??
            (process.env['PGDATABASE'] || (typeof recorded === 'string' ? recorded : undefined)));
    }
    #question(psql, name) {
        const { commands, runId } = this.#context;
        return {
            commands,
            inputs: this.#options,
            applicationName: sessionName(runId),
            psql,
            name,
        };
    }
    #ready() {
        if (this.#plan === undefined) {
            throw new TypeError('A restore follows a preflight without findings.');
        }
        return this.#plan;
    }
    #assertTables({ recorded }, dump) {
        const expected = recorded?.details['tables'];
        if (typeof expected === 'number' && expected !== dump.tables) {
            throw new errors/* ActionError */.lZ('ARCHIVE_INCOMPLETE', `The dump in the archive has ${dump.tables} tables, and its manifest says ${expected}.`, { advice: 'Choose another archive.' });
        }
    }
    /** pg_restore said that all went well; the database is asked all the same. */
    async #verify(work, { psql }) {
        const { tables } = await readTargetFacts(work.connection, psql);
        this.#tables = tables;
        if (this.#dump !== undefined && tables < this.#dump.tables) {
            throw new errors/* ActionError */.lZ('RESTORE_VERIFY', `Database '${work.name}' has ${tables} tables after the restore, and the dump holds ${this.#dump.tables}.`, { advice: 'Look into the log of the PostgreSQL server and run again.' });
        }
    }
}
function leftAlone(name, server) {
    return `A restore that died has left database '${name}' at ${server} half-filled; drop it by hand.`;
}
const NO_CLIENT = {
    severity: 'error',
    subject: 'pg_restore',
    message: 'No PostgreSQL client (pg_dump, pg_restore and psql in one folder) is on PATH, in /usr/lib/postgresql or in the tool cache; install postgresql-client on this machine.',
};
const NO_NAME = {
    severity: 'error',
    subject: 'database-name',
    message: "Input 'database-name' is empty, and the archive does not name its database; set it.",
};


/***/ })

};
