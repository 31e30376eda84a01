export const id = 365;
export const ids = [365];
export const modules = {

/***/ 99403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ captureDumpInto)
/* harmony export */ });
/* harmony import */ var _dump_folder_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(26001);

/**
 * @throws what `start` throws, after removing what it wrote. An abort after it has returned changes nothing: the dump is
 *   stopped by `discard`, or by the signal of `settle`.
 */
async function captureDumpInto({ backupRoot, backupId, log, progress }, { start, settle }) {
    const folder = (0,_dump_folder_js__WEBPACK_IMPORTED_MODULE_0__/* .partialFolder */ .yn)(backupRoot, backupId);
    await (0,_dump_folder_js__WEBPACK_IMPORTED_MODULE_0__/* .createPartial */ .Eu)(folder);
    try {
        const running = await start(folder);
        progress(1);
        return {
            settle: async (signal) => await settle(folder, await running.finish(signal), signal),
            discard: async () => {
                await running.stop();
                await (0,_dump_folder_js__WEBPACK_IMPORTED_MODULE_0__/* .removePartial */ .cU)(folder);
            },
        };
    }
    catch (error) {
        await (0,_dump_folder_js__WEBPACK_IMPORTED_MODULE_0__/* .removePartial */ .cU)(folder).catch((failure) => {
            log.warning(`${folder} could not be removed (${String(failure)}); remove it by hand.`);
        });
        throw error;
    }
}


/***/ }),

/***/ 81010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ startDumpProgress)
/* harmony export */ });
const INTERVAL_MS = 10_000;
/** Tells once in 10 s, and nothing of a dump that is over before. */
function startDumpProgress({ database, sizes, total, tableBegun }, log) {
    let begun = 0;
    let done = 0;
    let current;
    const timer = setInterval(() => {
        if (current !== undefined) {
            const percent = Math.floor((100 * done) / Math.max(total, 1));
            log.info(`Dumping database '${database}': ${percent} % read, table ${begun} of ${Math.max(begun, sizes.size)}, ${current}`);
        }
    }, INTERVAL_MS);
    timer.unref();
    return {
        line: (text) => {
            const name = tableBegun(text);
            if (name !== undefined) {
                // One table after the other: the one before is done when the next begins.
                done += current === undefined ? 0 : (sizes.get(current) ?? 0);
                begun += 1;
                current = name;
            }
        },
        stop: () => clearInterval(timer),
    };
}


/***/ }),

/***/ 52773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ knownFacts)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/** What preflight found out, kept for the steps after it. */

function knownFacts(inspect) {
    let known;
    const preflight = async () => {
        const inspection = await inspect();
        known = inspection.ready;
        return inspection.findings;
    };
    return {
        preflight,
        ready: async () => {
            const findings = known === undefined ? await preflight() : [];
            if (known === undefined) {
                const errors = findings.filter(({ severity }) => severity === 'error');
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('DB_FAILED', errors.map(({ message }) => message).join(' '));
            }
            return known;
        },
    };
}


/***/ }),

/***/ 29365:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createPostgresql: () => (/* binding */ createPostgresql),
  postgresql: () => (/* binding */ postgresql),
  readPostgresqlOptions: () => (/* binding */ readPostgresqlOptions)
});

// EXTERNAL MODULE: ./build/database/dump-folder.js
var dump_folder = __webpack_require__(26001);
// EXTERNAL MODULE: ./build/database/known-facts.js
var known_facts = __webpack_require__(52773);
// EXTERNAL MODULE: ./build/database/network-inputs.js
var network_inputs = __webpack_require__(28110);
// EXTERNAL MODULE: ./build/database/captured-dump.js
var captured_dump = __webpack_require__(99403);
// EXTERNAL MODULE: ./build/database/postgresql/postgresql-clients.js
var postgresql_clients = __webpack_require__(47728);
// EXTERNAL MODULE: ./build/database/postgresql/versions.js
var versions = __webpack_require__(17066);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-checks.js


/** Tables of every Bitbucket from 4.0 to 10; other Atlassian products have some of them, none has all. */
const BITBUCKET_TABLES = ['app_property', 'project', 'repository'];
const NAMES_SHOWN = 5;
function checkClients(facts, chosen, newest) {
    if (chosen !== undefined) {
        return [];
    }
    const found = `pg_dump ${newest.version.text}, the newest on this runner,`;
    return [
        (0,postgresql_clients/* dumpsSnapshots */.F_)(newest)
            ? error('pg_dump', `${found} cannot dump PostgreSQL ${shortVersion(facts)}; install postgresql-client-${(0,versions/* majorName */.hU)(facts.serverVersionNumber)}.`)
            : error('pg_dump', `${found} cannot dump a snapshot that another session holds, so Bitbucket would be locked until the dump is done; install ${facts.serverVersionNumber < postgresql_clients/* FIRST_WITH_SNAPSHOT */.Fd
                ? 'postgresql-client-9.5 or later'
                : `postgresql-client-${(0,versions/* majorName */.hU)(facts.serverVersionNumber)}`}.`),
    ];
}
/** A standby exports snapshots since 10 (its release notes). */
const FIRST_STANDBY_WITH_SNAPSHOT = 100_000;
function checkDatabase(facts) {
    const findings = [...checkIsBitbucket(facts), ...checkRights(facts)];
    if (facts.standby && facts.serverVersionNumber < FIRST_STANDBY_WITH_SNAPSHOT) {
        findings.push(error('database-host', `The server of database '${facts.database}' is a standby of PostgreSQL ${shortVersion(facts)}, which cannot hold a snapshot for the dump; give the primary as database-host.`));
    }
    else if (facts.standby) {
        findings.push({
            severity: 'warning',
            subject: 'database-host',
            message: `The server of database '${facts.database}' is a standby, whose replay can cancel the dump and which may lag behind; give the primary as database-host.`,
        });
    }
    return findings;
}
/** One session holds the snapshot, the other dumps. */
const CONNECTIONS = 2;
function checkConnections(facts) {
    return facts.freeConnections >= CONNECTIONS
        ? []
        : [
            error('database-host', `PostgreSQL has ${facts.freeConnections} free connections for user '${facts.user}', and a backup needs ${CONNECTIONS}; raise max_connections, or the limit of the role or the database.`),
        ];
}
/** The server's version without the packager's addition. */
function shortVersion(facts) {
    return facts.serverVersion.split(' ')[0] ?? facts.serverVersion;
}
function checkIsBitbucket(facts) {
    const schemas = Map.groupBy(facts.relations.filter((relation) => relation.kind !== 'sequence'), (relation) => relation.schema);
    const complete = [...schemas.values()].some((tables) => BITBUCKET_TABLES.every((name) => tables.some((table) => table.name === name)));
    return complete
        ? []
        : [
            error('database-name', `Database '${facts.database}' is not Bitbucket's: no schema in it has the tables ${BITBUCKET_TABLES.join(', ')}; give the one in jdbc.url of bitbucket.properties as database-name.`),
        ];
}
function checkRights(facts) {
    const findings = [];
    const unreadable = facts.relations.filter((relation) => !relation.readable);
    const tables = unreadable.filter((relation) => relation.kind !== 'sequence');
    const sequences = unreadable.filter((relation) => relation.kind === 'sequence');
    const cure = 'grant it SELECT, or give the user that Bitbucket uses as database-username';
    if (tables.length > 0) {
        findings.push(error('database-username', `User '${facts.user}' may not read ${counted('table', tables)}; ${cure}.`));
    }
    if (sequences.length > 0) {
        findings.push(error('database-username', `User '${facts.user}' may not read ${counted('sequence', sequences)}; ${cure}.`));
    }
    if (facts.unreadableLargeObjects > 0) {
        findings.push(error('database-username', `User '${facts.user}' may not read large objects (${facts.unreadableLargeObjects} of them); ${cure}.`));
    }
    return findings;
}
function counted(what, relations) {
    const names = relations.slice(0, NAMES_SHOWN).map(({ schema, name }) => `${schema}.${name}`);
    const more = relations.length - names.length;
    return `${relations.length} ${what}${relations.length === 1 ? '' : 's'} (${names.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}
function error(subject, message) {
    return { severity: 'error', subject, message };
}

// EXTERNAL MODULE: ./build/database/postgresql/psql-script.js
var psql_script = __webpack_require__(22311);
// EXTERNAL MODULE: ./build/database/postgresql/rows.js
var rows = __webpack_require__(63090);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-facts.js


/** The catalog answers in milliseconds; longer than this and somebody holds a lock on it. */
const QUERY_TIMEOUT_SECONDS = 30;
/**
 * Relations (`c`, in schema `n`) whose rows pg_dump reads: not those of extensions, which a dump recreates with CREATE
 * EXTENSION.
 */
const DUMPED = `c.relpersistence <> 't'
    AND NOT (c.relpersistence = 'u' AND pg_is_in_recovery())
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND NOT EXISTS (SELECT 1 FROM pg_depend e
      WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`;
/**
 * Server and database in the first row, then a row for each relation that pg_dump locks or reads. Works from PostgreSQL
 * 9.3 on.
 */
const QUERY = `
SET search_path = pg_catalog;
SET statement_timeout = '${QUERY_TIMEOUT_SECONDS}s';
SELECT row_to_json(facts) FROM (
  SELECT current_setting('server_version') AS server_version,
    current_setting('server_version_num')::int AS server_version_number,
    d.datname::text AS database, session_user::text AS "user", pg_get_userbyid(d.datdba)::text AS owner,
    pg_database_size(d.oid) AS bytes,
    (SELECT coalesce(sum(relpages), 0) FROM pg_class WHERE relkind = 't')
      * current_setting('block_size')::bigint AS long_value_bytes, pg_encoding_to_char(d.encoding)::text AS encoding,
    d.datcollate::text AS "collate", d.datctype::text AS ctype,
    row_to_json(d)->>'datlocprovider' AS locale_provider,
    coalesce(row_to_json(d)->>'datlocale', row_to_json(d)->>'daticulocale') AS locale,
    pg_is_in_recovery() AS standby,
    1 + least(
      current_setting('max_connections')::int
        - (SELECT sum(numbackends) FROM pg_stat_database)
        - CASE WHEN r.rolsuper THEN 0 ELSE (SELECT sum(setting::int) FROM pg_settings
            WHERE name IN ('superuser_reserved_connections', 'reserved_connections')) END,
      CASE WHEN r.rolconnlimit >= 0 AND NOT r.rolsuper THEN r.rolconnlimit
        - (SELECT count(*) FROM pg_stat_activity a WHERE a.usename = r.rolname) END,
      CASE WHEN d.datconnlimit >= 0 AND NOT r.rolsuper THEN d.datconnlimit
        - (SELECT numbackends FROM pg_stat_database s WHERE s.datid = d.oid) END
    ) AS free_connections,
    (SELECT count(*) FROM pg_largeobject_metadata l WHERE NOT (r.rolsuper OR pg_has_role(l.lomowner, 'USAGE')
      OR EXISTS (SELECT 1 FROM aclexplode(l.lomacl) a WHERE a.privilege_type = 'SELECT'
        AND (a.grantee = 0 OR pg_has_role(a.grantee, 'USAGE'))))) AS unreadable_large_objects
  FROM pg_database d CROSS JOIN pg_roles r
  WHERE d.datname = current_database() AND r.rolname = session_user
) facts;
SELECT row_to_json(relation) FROM (
  SELECT n.nspname::text AS "schema", c.relname::text AS name, c.relkind::text AS kind,
    greatest(c.relpages, 1) + coalesce(t.relpages, 0) AS pages,
    has_schema_privilege(n.oid, 'USAGE') AND CASE c.relkind WHEN 'S'
      THEN has_sequence_privilege(c.oid, 'SELECT') ELSE has_table_privilege(c.oid, 'SELECT') END AS readable
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
  WHERE c.relkind IN ('r', 'p', 'S') AND ${DUMPED}
  ORDER BY 1, 2
) relation;
`;
/**
 * @throws CommandError with psql's words when the server cannot be reached or refuses (exit code 2), or when the query
 * fails (exit code 3).
 */
async function readFacts(connection, psql, signal) {
    const answer = await (0,psql_script/* runScript */.j)(connection, psql, QUERY, signal === undefined ? {} : { signal });
    const [first, ...relations] = (0,rows/* parseRows */.t)(answer);
    if (first === undefined) {
        throw new TypeError('psql ended without an answer.');
    }
    return factsOf(first, relations);
}
function factsOf(row, relations) {
    return {
        serverVersion: row.text('server_version'),
        serverVersionNumber: row.number('server_version_number'),
        database: row.text('database'),
        user: row.text('user'),
        owner: row.text('owner'),
        bytes: row.number('bytes'),
        longValueBytes: row.number('long_value_bytes'),
        encoding: row.text('encoding'),
        collate: row.text('collate'),
        ctype: row.text('ctype'),
        localeProvider: row.optionalText('locale_provider'),
        locale: row.optionalText('locale'),
        standby: row.boolean('standby'),
        freeConnections: row.number('free_connections'),
        unreadableLargeObjects: row.number('unreadable_large_objects'),
        relations: relations.map(relationOf),
    };
}
function relationOf(row) {
    return {
        schema: row.text('schema'),
        name: row.text('name'),
        kind: kindOf(row.text('kind')),
        pages: row.number('pages'),
        readable: row.boolean('readable'),
    };
}
function kindOf(relkind) {
    switch (relkind) {
        case 'S':
            return 'sequence';
        case 'p':
            return 'partitioned';
        default:
            return 'table';
    }
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-verify.js
/** Is the dump whole? An exit code of 0 is not taken for an answer (FAULTS P6). */



/**
 * pg_restore must be able to read the table of contents, every table of preflight must be in it with its data file.
 *
 * @returns the number of tables in the dump.
 * @throws ActionError DB_FAILED
 */
async function verifyDump(dump, signal) {
    const contents = await listContents(dump, signal);
    const tables = contents
        .map((line) => /^(\d+); \d+ \d+ TABLE DATA (.*)$/.exec(line))
        .filter((match) => match !== null);
    await assertDataFiles(dump, tables.map(([, id = '']) => id));
    const expected = tablesOf(dump.facts);
    if (tables.length < expected.length) {
        await assertOnlyDroppedOnesLack(dump, expected.filter(({ schema, name }) => !tables.some(([, , rest = '']) => rest.startsWith(`${schema} ${name} `))));
    }
    return tables.length;
}
async function listContents(dump, signal) {
    try {
        const list = await dump.commands.run(dump.pgRestore, ['--list', dump.folder], { signal });
        return list.stdout.split('\n');
    }
    catch (error) {
        signal.throwIfAborted();
        throw incomplete(dump, 'its table of contents cannot be read', error);
    }
}
/** Even an empty table has a data file that is not empty: it holds the end mark of COPY. */
async function assertDataFiles(dump, ids) {
    const files = new Map((await (0,promises_.readdir)(dump.folder)).map((name) => [name.split('.')[0], name]));
    for (const id of ids) {
        const name = files.get(id);
        if (name === undefined || (await (0,promises_.stat)((0,external_node_path_.join)(dump.folder, name))).size === 0) {
            throw incomplete(dump, `the data file of entry ${id} is missing or empty`);
        }
    }
}
/** An app removed since preflight takes its tables with it; a table that still exists has to be in the dump. */
async function assertOnlyDroppedOnesLack(dump, lacking) {
    const now = new Set(tablesOf(await dump.factsNow()).map(nameOf));
    const lost = lacking.map(nameOf).filter((name) => now.has(name));
    if (lost.length > 0) {
        throw incomplete(dump, `it lacks ${lost.length} tables (${lost.slice(0, 5).join(', ')})`);
    }
}
function tablesOf(facts) {
    return facts.relations.filter((relation) => relation.kind === 'table');
}
function nameOf({ schema, name }) {
    return `${schema}.${name}`;
}
function incomplete(dump, why, cause) {
    return new errors/* ActionError */.lZ('DB_FAILED', `The dump of database '${dump.facts.database}' is not whole: ${why}.`, {
        advice: 'Check the disk of backup-root and the installed PostgreSQL client, and run again.',
        cause,
    });
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/database/postgresql/dump-locks.js
/**
 * Does pg_dump hold what it is going to read? It locks every table (ACCESS SHARE) after it has taken the snapshot over and
 * before it reads a definition, and keeps the locks to its end. From then on rows may change, which the snapshot does not
 * see, and whoever wants to change or drop a table waits until the dump is done.
 */



/** The session's variable that names the dump's own session, as in pg_stat_activity. */
const DUMP_VARIABLE = 'dump';
/**
 * Tables as of the snapshot, locks as of now. Only `r`: a partitioned table has no rows of its own, its partitions have.
 * Within a transaction pg_stat_activity shows what it was at the first look, unless that is cleared before each ("The
 * Cumulative Statistics System"); \gset takes the answer of that away. Works from PostgreSQL 9.3 on.
 */
const QUESTION = `SELECT pg_stat_clear_snapshot() \\gset cleared_
SELECT row_to_json(answer) FROM (
  SELECT count(*) AS tables, count(*) - count(held.relation) AS open,
    coalesce(string_agg(CASE WHEN held.relation IS NULL THEN c.relname::text END, ', '), '') AS examples
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN (
    SELECT DISTINCT l.relation FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE a.application_name = :'${DUMP_VARIABLE}' AND a.datname = current_database()
      AND l.locktype = 'relation' AND l.mode = 'AccessShareLock' AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  ) held ON held.relation = c.oid
  WHERE c.relkind = 'r' AND ${DUMPED}
) answer;`;
const INTERVAL_MS = 20;
/** How long a dump that reads rows may be without its locks: it has taken them before, or it is about to end. */
const GRACE_MS = 5_000;
const EXAMPLES_LENGTH = 100;
/**
 * When it is asked, the dump reads rows and holds everything already. Only a dump so small that it was done before the question
 * came has let its locks go: its own end is the answer then.
 *
 * @param dumped settles with pg_dump
 * @returns how many tables there are
 * @throws ActionError DB_FAILED when a table is not held, or when the session has ended; as `dumped`
 */
async function untilTablesHeld(session, dumped, database) {
    const deadline = performance.now() + GRACE_MS;
    for (;;) {
        const answer = await session.ask(QUESTION);
        const open = answer.number('open');
        if (open === 0 || (await Promise.race([dumped.then(() => true), (0,external_node_timers_promises_.setTimeout)(INTERVAL_MS, false)]))) {
            return answer.number('tables');
        }
        if (performance.now() > deadline) {
            const examples = answer.text('examples').slice(0, EXAMPLES_LENGTH);
            throw new errors/* ActionError */.lZ('DB_FAILED', `The dump of database '${database}' reads tables, and ${open} of them are not locked by it (${examples}).`, {
                advice: 'Look for a pooler between runner and server that changes the name of sessions (application_name), and give the server itself as database-host.',
            });
        }
    }
}

// EXTERNAL MODULE: ./build/database/dump-progress.js
var dump_progress = __webpack_require__(81010);
;// CONCATENATED MODULE: ./build/database/postgresql/dumped-tables.js
/**
 * The name in pg_dump's verbose line for a table that it begins to read, such as `public.project`; undefined in any
 * other line. It says when a table begins, never when it ends.
 */
function tableBegun(line) {
    return /dumping contents of table "(.+)"$/.exec(line)?.[1];
}
function dumpedTables({ database, relations }) {
    const tables = relations.filter((relation) => relation.kind === 'table');
    const sizes = new Map(tables.map(({ schema, name, pages }) => [`${schema}.${name}`, pages]));
    return { database, sizes, total: tables.reduce((sum, { pages }) => sum + pages, 0), tableBegun };
}

// EXTERNAL MODULE: ./build/database/postgresql/libpq.js
var libpq = __webpack_require__(80599);
// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
// EXTERNAL MODULE: ./build/database/postgresql/connection.js + 1 modules
var postgresql_connection = __webpack_require__(70969);
// EXTERNAL MODULE: ./build/database/postgresql/dump-compression.js
var dump_compression = __webpack_require__(15014);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-dump.js
/** pg_dump, with its failures turned into sentences. */





/**
 * Dumps one moment. pg_dump flushes what it wrote (--no-sync is never given).
 *
 * One job: the session that locks the tables is the one that reads them. The workers of `--jobs` lock each table anew when
 * they come to it, with NOWAIT, so the whole dump fails as soon as somebody waits to change or drop a table that is still
 * to be read ("could not obtain lock on relation"; pg_dump's manual, `--jobs`). Bitbucket is unlocked while this runs, and
 * an app that is updated then does just that; with one job its DDL waits, and nobody is locked out for the longer dump.
 *
 * @throws ActionError DB_FAILED, DISK_FULL or CHILD_KILLED; what the signal was aborted with.
 */
async function dumpDatabase(connection, plan, target) {
    try {
        await (0,postgresql_connection/* runClient */.b)(connection, {
            program: plan.clients.pgDump,
            args: [
                '--format=directory',
                `--snapshot=${target.snapshot}`,
                '--verbose',
                `--lock-wait-timeout=${plan.lockWaitSeconds}s`,
                // The encoding of the database, whatever a service file says about the client's.
                `--encoding=${plan.facts.encoding}`,
                (0,dump_compression/* compressArgument */.m9)(plan.compression),
                `--file=${target.folder}`,
            ],
            serverVersion: plan.facts.serverVersionNumber,
            options: { signal: target.signal, onErrorLine: target.onLine },
        });
    }
    catch (error) {
        throw error instanceof command_error/* CommandError */.Qd ? dumpFailure(error, connection, plan) : error;
    }
}
const LOCKED = {
    words: /LOCK TABLE/,
    what: ({ lockWaitSeconds }) => `waited ${lockWaitSeconds} s for a table that another session has locked`,
    advice: 'Find that session with "SELECT * FROM pg_locks WHERE mode = \'AccessExclusiveLock\'", let it end and run again.',
};
const CAUSES = [
    LOCKED,
    {
        words: /invalid snapshot identifier|SET TRANSACTION SNAPSHOT/,
        what: () => 'found its snapshot gone',
        advice: 'Look into the log of the PostgreSQL server for who ended the session that held it, and run again.',
    },
    {
        words: /permission denied/,
        what: () => 'lacks a right',
        advice: 'Grant the user SELECT on what is named, or give the user that Bitbucket uses as database-username.',
    },
    {
        words: /conflict with recovery/,
        what: () => 'was cancelled by the replay of a standby',
        advice: 'Give the primary as database-host, or raise max_standby_streaming_delay.',
    },
    {
        words: /due to (statement|transaction|lock|idle)[\w -]* timeout|idle-(in-transaction|session)/,
        what: () => "was ended by a timeout of the server, although the dump's session turns timeouts off",
        advice: 'Look for a pooler or a job that ends long sessions between the runner and the server.',
    },
    {
        words: /terminating connection|closed the connection|connection .*(lost|reset)|no connection to the server|could not receive data/,
        what: () => 'lost its connection',
        advice: 'Look into the log of the PostgreSQL server for the reason and run again.',
    },
];
const UNKNOWN = {
    what: () => 'failed',
    advice: 'Correct what pg_dump names and run again.',
};
/** As pg_dump's own wait for a lock is told. @param query that waited */
function lockedTable(connection, plan, query, cause) {
    const message = `${subjectOf(connection, plan)} ${LOCKED.what(plan)}: ${query.replace(/;$/, '')}.`;
    return new errors/* ActionError */.lZ('DB_FAILED', message, { advice: LOCKED.advice, cause });
}
function subjectOf(connection, plan) {
    return `The dump of database '${plan.facts.database}' at ${(0,libpq/* serverName */.L5)(connection.inputs)}`;
}
function dumpFailure(error, connection, plan) {
    const words = errorWords(error);
    const cause = CAUSES.find((candidate) => candidate.words.test(words)) ?? UNKNOWN;
    const { code, advice } = codeAndAdvice(error, cause.advice);
    const subject = subjectOf(connection, plan);
    const detail = words === '' ? error.message.replace(/\.$/, '') : words;
    return new errors/* ActionError */.lZ(code, `${subject} ${cause.what(plan)}: ${detail}.`, { advice, cause: error });
}
function codeAndAdvice(error, advice) {
    if (error.code === 'DISK_FULL') {
        return {
            code: 'DISK_FULL',
            advice: 'Make room in backup-root, or on the server if it is the one that is full.',
        };
    }
    if (error.code === 'CHILD_KILLED') {
        return {
            code: 'CHILD_KILLED',
            advice: 'Look for the out-of-memory killer in the log of the runner and run again.',
        };
    }
    return { code: 'DB_FAILED', advice };
}
/** The lines that tell of the failure: with --verbose they stand between hundreds that do not. */
function errorWords(error) {
    return error.stderr
        .filter((line) => /error:|fatal|panic|detail|ERROR|could not|failed/.test(line) && !/dumping contents/.test(line))
        .slice(-6)
        .map((line) => line.replace(/^pg_dump: (error: |\[[\w ()]+\] )?/, '').trim())
        .join(' | ')
        .replace(/\.$/, '');
}

// EXTERNAL MODULE: ./build/database/postgresql/row-counts.js
var row_counts = __webpack_require__(40060);
// EXTERNAL MODULE: ./build/host/abort-with.js
var abort_with = __webpack_require__(48930);
;// CONCATENATED MODULE: ./build/database/postgresql/running-dump.js
/**
 * A dump that has its moment and goes on after Bitbucket is unlocked: pg_dump, and beside it the session that exported the
 * snapshot. They live and end together.
 */


/** psql waits for its input and does not see that its session was ended, so it is asked this often. */
const WATCH_MS = 1_000;
class RunningDump {
    #parts;
    #over = new AbortController();
    #watching;
    constructor(parts) {
        this.#parts = parts;
        this.#watching = this.#watch();
    }
    /**
     * Waits until the dump is done, and counts the rows in its snapshot. Either program's failure since the capture is kept for this.
     *
     * @returns rows by table
     * @throws ActionError as `dumpDatabase`, or DB_FAILED when the session that holds the snapshot has ended before; what
     *   the signal was aborted with. Neither program is left then.
     */
    async finish(signal) {
        const { session, dumped, stop, tables } = this.#parts;
        const unlink = (0,abort_with/* abortWith */.l)(signal, stop);
        try {
            signal.throwIfAborted();
            await dumped;
            this.#over.abort();
            await this.#watching;
            await session.assertAlive();
            const rows = await session.count(tables);
            await session.close();
            return rows;
        }
        catch (error) {
            await this.stop(error);
            throw error;
        }
        finally {
            unlink();
        }
    }
    /** Ends what still runs, and waits for its end. Idempotent. */
    async stop(reason = new Error('The dump was discarded.')) {
        const { session, dumped, stop } = this.#parts;
        this.#over.abort();
        stop.abort(reason);
        await Promise.allSettled([dumped, session.gone(), this.#watching]);
    }
    /** Stops the dump when the session is lost; `dumped` then rejects with the reason. Never rejects. */
    async #watch() {
        const { session, stop } = this.#parts;
        try {
            await Promise.race([session.lost, this.#askAgainAndAgain()]);
        }
        catch (error) {
            if (!this.#over.signal.aborted) {
                stop.abort(error);
            }
        }
    }
    async #askAgainAndAgain() {
        const { signal } = this.#over;
        while (!signal.aborted) {
            await (0,external_node_timers_promises_.setTimeout)(WATCH_MS, undefined, { signal, ref: false });
            await this.#parts.session.assertAlive();
        }
    }
}

// EXTERNAL MODULE: ./build/host/dialogue.js
var dialogue = __webpack_require__(18393);
// EXTERNAL MODULE: ./build/host/log.js
var log = __webpack_require__(5493);
;// CONCATENATED MODULE: ./build/database/postgresql/snapshot-session.js
/**
 * The session whose transaction fixes the point in time and exports it, so that another one can read the same moment
 * ("Snapshot Synchronization Functions" in PostgreSQL's manual). It is a psql that is kept running: one way to connect,
 * that of libpq.
 */










/** A look into the catalog takes milliseconds; after this long the server or the way to it is gone. */
const ANSWER_MS = 60_000;
/** Repeatable read, so that every question is answered from the moment that was exported. */
const BEGIN = `SET search_path = pg_catalog; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;`;
const EXPORT = `SELECT row_to_json(exported) FROM (SELECT pg_export_snapshot() AS snapshot) exported;`;
const ALIVE = `SELECT row_to_json(answer) FROM (SELECT true AS alive) answer;`;
class SnapshotSession {
    #options;
    #signal;
    #psql;
    #exported = false;
    #closing = false;
    /** Never resolves. Rejects with DB_FAILED when the session ends before it is closed. */
    lost;
    /** It is ended by the signal, or by `close`. */
    constructor(options, signal) {
        this.#options = options;
        this.#signal = signal;
        const { connection, psql, serverVersion, variables } = options;
        const runner = (0,postgresql_connection/* clientRunner */.u)(connection, { serverVersion, clientEncoding: 'UTF8' });
        this.#psql = (0,dialogue/* startDialogue */.V)(runner, psql, (0,psql_script/* psqlArguments */.x)(variables), { signal });
        const lost = Promise.withResolvers();
        const lose = (error) => {
            if (!this.#closing) {
                lost.reject(this.#told(error));
            }
        };
        this.#psql.ended.then(() => lose(new Error('psql ended by itself')), lose);
        this.lost = lost.promise;
        // Whoever waits for something else hears of it from there.
        this.lost.catch(() => undefined);
    }
    /** Fixes the point in time. @returns the name by which `pg_dump --snapshot` takes it @throws as `ask` */
    async exportSnapshot() {
        this.#psql.send(BEGIN);
        const name = (await this.ask(EXPORT)).text('snapshot');
        this.#exported = true;
        return name;
    }
    /**
     * @param question with one row of JSON on one line for an answer
     * @throws ActionError DB_FAILED when the session has ended or does not answer; what the signal was aborted with
     */
    async ask(question, limitMs = ANSWER_MS) {
        this.#psql.send(question);
        const answered = new AbortController();
        const late = async () => {
            await (0,external_node_timers_promises_.setTimeout)(limitMs, undefined, { signal: answered.signal, ref: false });
            throw new Error(`no answer came within ${limitMs / 1_000} s`);
        };
        try {
            const [row] = (0,rows/* parseRows */.t)(await Promise.race([this.#psql.next(), late()]));
            if (row === undefined) {
                throw new TypeError('psql printed an empty line');
            }
            return row;
        }
        catch (error) {
            throw this.#told(error);
        }
        finally {
            answered.abort();
        }
    }
    /**
     * Locks tables against those who would change or drop one, as long as the session lasts.
     * @param seconds that one locked by somebody else is waited for
     * @throws as `ask`
     */
    async hold(tables, seconds) {
        if (tables.names.length > 0) {
            this.#psql.send(`SET LOCAL lock_timeout = '${seconds}s'; ${(0,row_counts/* lockStatement */.TE)(tables)}`);
            await this.ask(ALIVE, seconds * 1_000 + ANSWER_MS);
        }
    }
    /** Counts the rows that the snapshot has. @throws as `ask` */
    async count(tables) {
        return tables.names.length === 0 ? {} : (0,row_counts/* countsIn */.EI)(await this.ask((0,row_counts/* countQuestion */.W0)(tables), row_counts/* COUNT_MS */.zr), tables);
    }
    /** @throws as `ask`, unless the session is there and answers */
    async assertAlive() {
        await this.ask(ALIVE);
    }
    /** Ends the transaction and the session, and waits for the end. @throws as `ask` */
    async close() {
        this.#closing = true;
        try {
            await this.#psql.finish();
        }
        catch (error) {
            throw this.#told(error);
        }
    }
    /** Waits until psql is gone, however it ended. */
    async gone() {
        await Promise.allSettled([this.#psql.ended]);
    }
    /** Why it was stopped stays what it is; everything else becomes a sentence. */
    #told(error) {
        if (this.#signal.aborted) {
            return this.#signal.reason;
        }
        const { connection, database } = this.#options;
        const which = `database '${database}' at ${(0,libpq/* serverName */.L5)(connection.inputs)}`;
        const what = this.#exported
            ? `The session that holds the snapshot of ${which} ended before the dump did`
            : `The snapshot of ${which} could not be taken`;
        return new errors/* ActionError */.lZ('DB_FAILED', `${what}: ${wordsOf(error)}.`, {
            advice: 'Look into the log of the PostgreSQL server for the reason and run again.',
            cause: error,
        });
    }
}
/** Of all that psql says in the end, the lines that tell why. */
function wordsOf(error) {
    const said = error instanceof command_error/* CommandError */.Qd ? error.stderr : [];
    const reasons = said
        .filter((line) => /FATAL|ERROR|PANIC|error:|could not|closed the connection/.test(line))
        .map((line) => (0,log/* printable */.g)(line)
        .replace(/^psql: (error: )?/, '')
        .trim());
    const words = reasons.length > 0 ? reasons.slice(-3).join(' | ') : (0,errors/* asError */.zR)(error).message;
    return words.replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./build/database/postgresql/start-dump.js
/** Brings a dump to the point from which nobody's changes can touch it. This is all that the locked window waits for. */











/**
 * pg_dump reads the definitions of some hundred tables in a fraction of a second. This it gets on a server that is far
 * away or busy, besides the wait for a locked table.
 */
const DEFINITIONS_SECONDS = 60;
/** The server cuts application names at 63 bytes; the end of a backup's id, where its time is, must survive that. */
const ID_LENGTH = 40;
/**
 * Returns once pg_dump has begun to read rows and holds every table. By then
 * - it has taken the snapshot over, so that it does not see what is written from now on;
 * - it has read all definitions, and the positions of sequences, which no snapshot holds still: pg_dump makes all entries
 *   of the archive (`dumpDumpableObject`) before it writes the rows of the first (`WriteDataChunks`), in 9.5 as in 18;
 * - it has locked every table, so that whoever wants to change or drop one waits. pg_dump locks before it reads
 *   definitions, so that this is asked when rows are read, and seldom more than once.
 *
 * @param folder exists and is empty
 * @param signal is listened to until this returns, and no longer
 * @throws ActionError when it cannot be had; what the signal was aborted with. By then neither program is left.
 */
async function startDump(dump, folder, signal) {
    signal.throwIfAborted();
    const stop = new AbortController();
    const unlink = (0,abort_with/* abortWith */.l)(signal, stop);
    const session = openSession(dump, stop.signal);
    const ends = [session.gone()];
    try {
        const snapshot = await session.exportSnapshot();
        const counted = (0,row_counts/* countedTables */.sF)(dump.plan.facts.relations);
        await hold(dump, session, counted);
        const { dumped, reading } = beginDump(dump, { folder, snapshot, signal: stop.signal });
        ends.push(dumped);
        await untilReading(dump, { dumped, reading, lost: session.lost });
        const { log } = dump.context;
        const { database } = dump.plan.facts;
        const tables = await untilTablesHeld(session, dumped, database);
        signal.throwIfAborted();
        log.info(`The dump of database '${database}' holds its snapshot and the locks of ${tables} tables`);
        return new RunningDump({ session, dumped, stop, tables: counted });
    }
    catch (error) {
        stop.abort(error);
        await Promise.allSettled(ends);
        throw error;
    }
    finally {
        unlink();
    }
}
/** Before pg_dump does, so that nobody stands in the queue between the two. @throws as pg_dump does when it cannot */
async function hold({ connection, plan }, session, tables) {
    try {
        await session.hold(tables, plan.lockWaitSeconds);
    }
    catch (error) {
        // lock_not_available ("PostgreSQL Error Codes"), which psql tells in every language.
        const isLocked = error instanceof errors/* ActionError */.lZ && error.message.includes('55P03');
        throw isLocked ? lockedTable(connection, plan, (0,row_counts/* lockStatement */.TE)(tables), error) : error;
    }
}
function openSession({ connection, plan, context }, signal) {
    const { facts, clients } = plan;
    return new SnapshotSession({
        connection,
        psql: clients.psql,
        serverVersion: facts.serverVersionNumber,
        database: facts.database,
        variables: { [DUMP_VARIABLE]: dumpName(context) },
    }, signal);
}
/** By this name the dump's session is told from the one that holds the snapshot. */
function dumpName({ backupId }) {
    return `bitbucket-backup dump ${backupId.slice(-ID_LENGTH)}`;
}
function beginDump({ connection, plan, context }, target) {
    const reading = Promise.withResolvers();
    const progress = (0,dump_progress/* startDumpProgress */.W)(dumpedTables(plan.facts), context.log);
    const onLine = (line) => {
        context.log.debug(line);
        progress.line(line);
        if (tableBegun(line) !== undefined) {
            reading.resolve();
        }
    };
    const named = { ...connection, applicationName: dumpName(context) };
    const dumped = dumpDatabase(named, plan, { ...target, onLine }).finally(() => progress.stop());
    // A failure is kept until somebody asks how the dump ended, which may be long after it.
    dumped.catch(() => undefined);
    return { dumped, reading: reading.promise };
}
async function untilReading({ connection, plan }, { dumped, reading, lost, }) {
    const subject = `The dump of database '${plan.facts.database}' at ${(0,libpq/* serverName */.L5)(connection.inputs)}`;
    const limit = plan.lockWaitSeconds + DEFINITIONS_SECONDS;
    const reached = new AbortController();
    const ended = async () => {
        await dumped;
        throw new errors/* ActionError */.lZ('DB_FAILED', `${subject} is not whole: pg_dump ended without reading a table.`, {
            advice: 'Check the installed PostgreSQL client and run again.',
        });
    };
    const late = async () => {
        await (0,external_node_timers_promises_.setTimeout)(limit * 1_000, undefined, { signal: reached.signal, ref: false });
        throw new errors/* ActionError */.lZ('DB_FAILED', `${subject} has not begun to read tables within ${limit} s.`, {
            advice: 'Look into pg_stat_activity and pg_locks of the server for what it waits for and run again.',
        });
    };
    try {
        await Promise.race([reading, ended(), lost, late()]);
    }
    finally {
        reached.abort();
    }
}

;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-capture.js






/**
 * Returns as soon as the dump holds the drained state; it goes on while users are working again.
 *
 * @throws ActionError when the snapshot cannot be taken or pg_dump fails; what the signal was aborted with
 */
async function captureDump(dump, signal) {
    signal.throwIfAborted();
    return await (0,captured_dump/* captureDumpInto */.d)(dump.context, {
        start: async (folder) => await startDump(dump, folder, signal),
        settle: async (folder, rows, settleSignal) => await settle(dump, { folder, rows }, settleSignal),
    });
}
async function settle(dump, { folder, rows }, signal) {
    const { connection, plan, context } = dump;
    const { facts, clients } = plan;
    signal.throwIfAborted();
    const tables = await verifyDump({
        commands: context.commands,
        pgRestore: clients.pgRestore,
        folder,
        facts,
        factsNow: async () => await readFacts(connection, clients.psql, signal),
    }, signal);
    const size = await (0,dump_folder/* measureDump */.ZC)(folder);
    signal.throwIfAborted();
    await (0,dump_folder/* publishDump */.IK)(folder, context.backupRoot, context.backupId);
    return {
        strategy: 'postgresql',
        included: true,
        members: [dump_folder/* DUMP_MEMBER */.g0],
        ...size,
        tools: { pg_dump: clients.version.text },
        details: {
            format: 'directory',
            serverVersion: shortVersion(facts),
            clientVersion: clients.version.text,
            database: facts.database,
            owner: facts.owner,
            encoding: facts.encoding,
            collate: facts.collate,
            ctype: facts.ctype,
            localeProvider: facts.localeProvider ?? null,
            locale: facts.locale ?? null,
            tables,
            rows,
            compression: plan.compression,
        },
    };
}

// EXTERNAL MODULE: ./build/database/postgresql/connection-failure.js
var connection_failure = __webpack_require__(5008);
;// CONCATENATED MODULE: ./build/database/postgresql/postgresql-preflight.js
/** Everything about clients, server, database and rights that can be known before the lock, all of it in one go. */







/** Any client may ask; which one dumps follows from the server's version. */
async function inspect(connection, options) {
    const clients = await (0,postgresql_clients/* findClients */.g2)(options.clientFolders ?? (0,postgresql_clients/* clientFolders */.bU)());
    const [newest] = clients;
    if (newest === undefined) {
        return { findings: [NO_CLIENT] };
    }
    const facts = await factsOrFinding(connection, newest);
    if ('severity' in facts) {
        return { findings: [facts] };
    }
    const chosen = (0,postgresql_clients/* chooseDumpClients */.m$)(clients, facts.serverVersionNumber);
    const findings = [
        ...checkClients(facts, chosen, newest),
        ...checkDatabase(facts),
        ...checkConnections(facts),
    ];
    if (chosen === undefined || findings.some(({ severity }) => severity === 'error')) {
        return { findings };
    }
    const compression = options.compressDump ? await (0,dump_compression/* bestCompression */.XE)(connection.commands, chosen) : 'none';
    return { findings, ready: { facts, clients: chosen, compression } };
}
const NO_CLIENT = {
    severity: 'error',
    subject: 'pg_dump',
    message: 'No PostgreSQL client (pg_dump, pg_restore and psql in one folder) is on PATH, in /usr/lib/postgresql or in the tool cache; install postgresql-client on the runner.',
};
async function factsOrFinding(connection, clients) {
    try {
        return await readFacts(connection, clients.psql);
    }
    catch (error) {
        if (!(error instanceof errors/* ActionError */.lZ)) {
            throw error;
        }
        const target = targetOf(connection.inputs);
        return ((0,connection_failure/* connectionFailure */.D)(error, target) ?? {
            severity: 'error',
            subject: 'database-name',
            message: `PostgreSQL at ${target.server} did not answer what a backup has to know of ${target.database}; look into its log (${error.message.replace(/\.$/, '')}).`,
        });
    }
}
function targetOf(inputs) {
    return {
        server: (0,libpq/* serverName */.L5)(inputs),
        user: inputs.username === undefined ? 'the user that libpq chose' : `user '${inputs.username}'`,
        database: inputs.database === undefined ? 'the database that libpq chose' : `database '${inputs.database}'`,
    };
}

;// CONCATENATED MODULE: ./build/database/postgresql/postgresql.js





/** Bitbucket is drained while we wait, so only maintenance by hand can hold a table. */
const LOCK_WAIT_SECONDS = 60;
const postgresql = {
    read: (inputs) => {
        const options = readPostgresqlOptions(inputs);
        return { create: (context) => createPostgresql(options, context) };
    },
};
function readPostgresqlOptions(inputs) {
    return {
        ...(0,network_inputs/* readNetworkInputs */.W)(inputs),
        compressDump: !(0,network_inputs/* archiveCompresses */.N)(inputs),
        lockWaitSeconds: LOCK_WAIT_SECONDS,
        clientFolders: undefined,
    };
}
function createPostgresql(options, context) {
    const connection = {
        commands: context.commands,
        inputs: options,
        applicationName: `bitbucket-backup ${context.backupId}`,
    };
    const facts = (0,known_facts/* knownFacts */.X)(async () => await inspect(connection, options));
    return {
        name: 'postgresql',
        atomic: true,
        preflight: facts.preflight,
        spaceNeeds: async () => [
            {
                path: context.backupRoot,
                bytes: dumpBytes((await facts.ready()).facts, options.compressDump),
                what: 'database dump',
            },
        ],
        prepare: async (signal) => {
            signal.throwIfAborted();
            for (const name of await (0,dump_folder/* removeLeftovers */.DA)(context.backupRoot)) {
                context.log.info(`Cleared away ${name}, which an earlier run left behind.`);
            }
        },
        capture: async (signal) => {
            const plan = {
                ...(await facts.ready()),
                lockWaitSeconds: options.lockWaitSeconds,
            };
            return await captureDump({ connection, plan, context }, signal);
        },
    };
}
/**
 * An upper estimate. The size on disk has the indexes, none of which a dump holds; in exchange long values, compressed or
 * binary on disk, grow when they are written as text.
 */
function dumpBytes(facts, compress) {
    return facts.bytes + (compress ? 0 : 2 * facts.longValueBytes);
}


/***/ }),

/***/ 48930:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ abortWith)
/* harmony export */ });
/** Lets a signal end what a controller of its own ends as well. @returns ends the connection between the two */
function abortWith(signal, controller) {
    const abort = () => controller.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    return () => signal.removeEventListener('abort', abort);
}


/***/ }),

/***/ 18393:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ startDialogue)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/** A program that is kept running and talked to in lines: an open session of psql, or our own scan. */

/** The program runs until `finish`, until it ends by itself, or until the signal is aborted. */
function startDialogue(commands, program, args, options) {
    const input = new node_stream__WEBPACK_IMPORTED_MODULE_0__.PassThrough();
    const lines = new LineQueue();
    const ended = commands
        .run(program, args, { ...options, stdin: input, onLine: (line) => lines.push(line) })
        .then(() => lines.end(new Error(`${program} ended although more was expected of it.`)), (error) => {
        lines.end(error);
        throw error;
    });
    ended.catch(() => undefined);
    return {
        send: (line) => {
            if (!input.destroyed) {
                input.write(`${line}\n`);
            }
        },
        next: async () => await lines.next(),
        ended,
        finish: async () => {
            input.end();
            await ended;
        },
    };
}
class LineQueue {
    #lines = [];
    #waiting = [];
    #end;
    push(line) {
        const first = this.#waiting.shift();
        if (first === undefined) {
            this.#lines.push(line);
        }
        else {
            first.resolve(line);
        }
    }
    end(error) {
        this.#end = { error };
        for (const { reject } of this.#waiting.splice(0)) {
            reject(error);
        }
    }
    async next() {
        const line = this.#lines.shift();
        if (line !== undefined) {
            return line;
        }
        if (this.#end !== undefined) {
            throw this.#end.error;
        }
        return await new Promise((resolve, reject) => {
            this.#waiting.push({ resolve, reject });
        });
    }
}


/***/ })

};
