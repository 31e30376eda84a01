export const id = 308;
export const ids = [308];
export const modules = {

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

/***/ 57308:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createMssql: () => (/* binding */ createMssql),
  mssql: () => (/* binding */ mssql),
  readMssqlOptions: () => (/* binding */ readMssqlOptions)
});

// EXTERNAL MODULE: ./build/database/dump-folder.js
var dump_folder = __webpack_require__(26001);
// EXTERNAL MODULE: ./build/database/known-facts.js
var known_facts = __webpack_require__(52773);
// EXTERNAL MODULE: ./build/database/network-inputs.js
var network_inputs = __webpack_require__(28110);
// EXTERNAL MODULE: ./build/database/mssql/backup-place.js
var backup_place = __webpack_require__(85931);
// EXTERNAL MODULE: ./build/database/mssql/connection.js
var mssql_connection = __webpack_require__(55659);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/side-by-side.js
var side_by_side = __webpack_require__(77338);
// EXTERNAL MODULE: ./build/database/mssql/backup-checks.js
var backup_checks = __webpack_require__(69003);
// EXTERNAL MODULE: ./build/database/mssql/backup-statements.js
var backup_statements = __webpack_require__(26436);
// EXTERNAL MODULE: ./build/database/mssql/database-facts.js
var database_facts = __webpack_require__(28872);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/host/folder-flush.js
var folder_flush = __webpack_require__(84244);
// EXTERNAL MODULE: ./build/database/mssql/backup-sets.js
var backup_sets = __webpack_require__(54415);
// EXTERNAL MODULE: ./build/database/mssql/percent-log.js
var percent_log = __webpack_require__(42853);
// EXTERNAL MODULE: ./build/database/mssql/sql-failure.js
var sql_failure = __webpack_require__(4076);
;// CONCATENATED MODULE: ./build/database/mssql/mssql-settle.js
/** Users are working again: both backups are verified, their chain is checked, and they are copied out of the shared folder. */












const KINDS = ['full', 'differential'];
/** @throws ActionError DB_FAILED, DISK_FULL; what the signal was aborted with */
async function settleBackups(backup, context, counted, signal) {
    const { backupRoot, backupId, commands } = context;
    signal.throwIfAborted();
    // Quick, and says most.
    const [full, differential] = await readChain(backup, signal);
    for (const kind of KINDS) {
        await verify(backup, context, kind, signal);
    }
    for (const kind of KINDS) {
        await (0,backup_place/* copyFlushed */.rG)(commands, backup[kind].here, (0,external_node_path_.join)(backup.folder, `${kind}.bak`), signal);
    }
    await (0,folder_flush/* flushFolder */.n)(backup.folder);
    const size = await (0,dump_folder/* measureDump */.ZC)(backup.folder);
    await assertWhole(backup);
    signal.throwIfAborted();
    await (0,dump_folder/* publishDump */.IK)(backup.folder, backupRoot, backupId);
    return {
        strategy: 'mssql',
        included: true,
        members: [dump_folder/* DUMP_MEMBER */.g0],
        ...size,
        // sqlcmd has no option for its version that both kinds know; the server does the work.
        tools: { 'SQL Server': backup.plan.server.version },
        details: detailsOf(backup, counted, full, differential),
    };
}
/** @throws ActionError DB_FAILED when another full backup has come in between */
async function readChain(backup, signal) {
    const { connection, database } = backup.plan;
    const subject = `Reading the backups of database '${database}' at ${(0,mssql_connection/* serverName */.L5)(connection.inputs)}`;
    const [full, differential] = await (0,sql_failure/* told */.E)(subject, async () => [
        ...(await (0,backup_sets/* readBackupSets */.M)(connection, backup.full.onServer, signal)),
        ...(await (0,backup_sets/* readBackupSets */.M)(connection, backup.differential.onServer, signal)),
    ]);
    if (full?.kind !== 'full' || differential?.kind !== 'differential') {
        throw new errors/* ActionError */.lZ('DB_FAILED', `The backups of database '${database}' are not what was asked for.`, {
            advice: "Look into SQL Server's log for who else writes into that folder, and run again.",
        });
    }
    if (differential.baseGuid !== full.guid) {
        throw brokenChain(database);
    }
    return [full, differential];
}
async function verify(backup, { log }, kind, signal) {
    const { connection, database } = backup.plan;
    const what = `The verification of the ${kind} backup of database '${database}' at ${(0,mssql_connection/* serverName */.L5)(connection.inputs)}`;
    const onPercent = (0,percent_log/* percentLog */.s)(log, what);
    await (0,backup_statements/* runStatement */.nk)(connection, (0,backup_statements/* verifyStatement */.$L)(backup[kind].onServer), {
        signal,
        onPercent,
        subject: what,
    });
}
async function assertWhole({ folder, plan }) {
    const names = await (0,promises_.readdir)(folder);
    if (names.length !== KINDS.length) {
        throw new errors/* ActionError */.lZ('DB_FAILED', `The backup of database '${plan.database}' has ${names.length} files instead of ${KINDS.length}.`, { advice: 'Look for who else writes into backup-root, and run again.' });
    }
}
function detailsOf({ plan }, { tables, rows }, full, differential) {
    const { server, state, facts, database, compressDump } = plan;
    const [owner] = facts.owners;
    return {
        format: 'full and differential',
        serverVersion: server.version,
        edition: server.edition,
        database,
        ...(0,backup_checks/* recordedState */.Od)(state),
        // More than one, and nobody can tell which is Bitbucket's.
        owner: facts.owners.length === 1 && owner !== undefined ? owner : null,
        tables,
        rows,
        compressed: compressDump && (0,backup_checks/* canCompress */.RQ)(server),
        fullGuid: full.guid,
        differentialGuid: differential.guid,
    };
}
function brokenChain(database) {
    return new errors/* ActionError */.lZ('DB_FAILED', `The differential backup of database '${database}' does not belong to the full one of this run: another tool made a full backup in between.`, {
        advice: 'Have other tools make copy-only backups (WITH COPY_ONLY) or run at another time, and run again.',
    });
}

// EXTERNAL MODULE: ./build/database/mssql/sessions.js
var sessions = __webpack_require__(40738);
;// CONCATENATED MODULE: ./build/database/mssql/mssql-backup.js
/** The two backups of a run, from the first statement to the finished `bitbucket-db`. */













class MssqlBackup {
    plan;
    #context;
    full;
    differential;
    folder;
    /** Nothing of it is left on the server. */
    #over = false;
    /** A statement has not come to its end here, and may go on there. */
    #interrupted = false;
    constructor(plan, context) {
        this.plan = plan;
        this.#context = context;
        const { backupId, backupRoot } = context;
        // Backups of other instances may use the folder, too.
        const name = `${fileBeginning(backupRoot)}${backupId}-${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`;
        this.full = (0,backup_place/* sharedFile */.QY)(plan.place, `${name}-full.bak`);
        this.differential = (0,backup_place/* sharedFile */.QY)(plan.place, `${name}-differential.bak`);
        this.folder = (0,dump_folder/* partialFolder */.yn)(backupRoot, backupId);
    }
    /**
     * Users are working. It is neither verified nor copied yet: every minute from here to the lock makes the differential
     * larger, and with it the lock longer. That it can be read here is asked at once, before anybody is locked out.
     * @throws ActionError as `sqlFailure`; what the signal was aborted with. Nothing is left on the server then.
     */
    async takeFull(signal) {
        const { log, backupRoot } = this.#context;
        const { place } = this.plan;
        const dead = await (0,backup_place/* filesBeginningWith */.fi)(place, fileBeginning(backupRoot));
        const left = await (0,backup_place/* removeShared */.G2)(dead);
        for (const file of dead.filter((name) => !left.includes(name))) {
            log.info(`Cleared away ${file}, which an earlier run left behind.`);
        }
        try {
            await this.#backUp('full', signal);
            await (0,backup_place/* assertReadable */.DE)(this.full);
        }
        catch (error) {
            await this.#tidy(async () => await this.close());
            throw error;
        }
    }
    /**
     * Bitbucket is locked. The moment is the end of the differential: it takes in the log up to there. Tables and rows are
     * counted beside it, which is the same moment, because nobody writes.
     * @throws ActionError as `sqlFailure`; what the signal was aborted with. Neither backup is left then.
     */
    async takeDifferential(signal) {
        const { connection, database } = this.plan;
        try {
            await (0,dump_folder/* createPartial */.Eu)(this.folder);
            let counted = { tables: 0, rows: {} };
            await (0,side_by_side/* sideBySide */.Q)(signal, [
                async (stop) => await this.#backUp('differential', stop),
                async (stop) => {
                    // Anew: an app may have brought tables since preflight.
                    counted = await (0,database_facts/* countTables */.zF)(connection, database, stop);
                },
            ]);
            await (0,backup_place/* assertReadable */.DE)(this.differential);
            return counted;
        }
        catch (error) {
            await this.#tidy(async () => await this.discard());
            throw error;
        }
    }
    /** @throws ActionError; what the signal was aborted with */
    async settle(counted, signal) {
        const part = await settleBackups(this, this.#context, counted, signal);
        await this.#removeShared();
        this.#over = true;
        return part;
    }
    /** Quick: Bitbucket may be locked meanwhile. Idempotent. @throws when the partial copy cannot be removed */
    async discard() {
        if (!this.#over) {
            await this.#removeShared();
            await (0,dump_folder/* removePartial */.cU)(this.folder);
            this.#over = !this.#interrupted;
        }
    }
    /** When nobody is locked out any more: waits until the server has let go, and discards what it has left. Idempotent. */
    async close() {
        if (this.#interrupted) {
            await this.#endSessions();
            this.#interrupted = false;
        }
        await this.discard();
    }
    async #backUp(kind, signal) {
        const { connection, database, server, compressDump } = this.plan;
        const { log, backupId, progress } = this.#context;
        const what = `The ${kind} backup of database '${database}' at ${(0,mssql_connection/* serverName */.L5)(connection.inputs)}`;
        const tell = (0,percent_log/* percentLog */.s)(log, what);
        const statement = (0,backup_statements/* backupStatement */.wj)({
            database,
            kind,
            file: this[kind].onServer,
            name: `Bitbucket backup ${backupId}, ${kind}`,
            compress: compressDump && (0,backup_checks/* canCompress */.RQ)(server),
        });
        const onPercent = (percent) => {
            tell(percent);
            if (kind === 'differential' && percent < 100) {
                progress(percent / 100);
            }
        };
        this.#interrupted = true;
        await (0,backup_statements/* runStatement */.nk)(connection, statement, { signal, subject: what, onPercent });
        this.#interrupted = false;
    }
    /** A failure of the tidying must not hide the one that it comes from. */
    async #tidy(act) {
        try {
            await act();
        }
        catch (error) {
            this.#context.log.warning(`${this.folder} could not be removed (${(0,errors/* asError */.zR)(error).message}); remove it by hand.`);
        }
    }
    async #endSessions() {
        const { log } = this.#context;
        try {
            if (!(await (0,sessions/* endOwnSessions */.X)(this.plan.connection))) {
                log.warning('SQL Server still works on a backup of this run, which nobody waits for any more.');
            }
        }
        catch (error) {
            // It may be the server that is gone; what it has left here can be removed all the same.
            log.debug(`SQL Server could not be asked for our sessions: ${(0,errors/* asError */.zR)(error).message}`);
        }
    }
    async #removeShared() {
        const files = [this.full.here, this.differential.here];
        const left = await (0,backup_place/* removeShared */.G2)(files);
        if (left.length > 0) {
            this.#context.log.warning(`SQL Server's backup ${left.length === 1 ? 'file' : 'files'} ${left.join(' and ')} could not be removed; remove by hand, and give the runner's user the right to write in that folder.`);
        }
    }
}
/** Of the files on the server that come from this backup-root: one run at a time uses it. */
function fileBeginning(backupRoot) {
    const digest = (0,external_node_crypto_.createHash)('sha256').update(`${(0,external_node_os_.hostname)()}\0${backupRoot}`).digest('hex').slice(0, 12);
    return `bitbucket-backup-${digest}-`;
}

// EXTERNAL MODULE: ./build/database/mssql/mssql-preflight.js + 1 modules
var mssql_preflight = __webpack_require__(29675);
;// CONCATENATED MODULE: ./build/database/mssql/mssql.js







const mssql = {
    read: (inputs) => {
        const options = readMssqlOptions(inputs);
        return { create: (context) => createMssql(options, context) };
    },
};
function readMssqlOptions(inputs) {
    return {
        ...(0,mssql_connection/* readConnectionInputs */.qY)(inputs),
        ...(0,backup_place/* readPlaceInputs */.VA)(inputs),
        database: inputs.requiredText('database-name'),
        compressDump: !(0,network_inputs/* archiveCompresses */.N)(inputs),
        clientFolders: undefined,
    };
}
function createMssql(options, context) {
    const { commands, backupId, backupRoot, log, progress } = context;
    let backup;
    const facts = (0,known_facts/* knownFacts */.X)(async () => await (0,mssql_preflight/* inspect */.e)(commands, options, `bitbucket-backup ${backupId}`));
    return {
        name: 'mssql',
        // Rows are counted beside the differential, and both fit only while nobody writes.
        atomic: false,
        preflight: facts.preflight,
        spaceNeeds: async () => {
            const { facts: { bytes }, place, } = await facts.ready();
            // The server's files lie in the shared folder until they are copied; the full one does when `prepare` is done.
            const shared = { path: place.here, bytes, what: "SQL Server's backup files" };
            return [{ path: backupRoot, bytes, what: 'database dump' }, ...(backup === undefined ? [shared] : [])];
        },
        prepare: async (signal) => {
            signal.throwIfAborted();
            for (const name of await (0,dump_folder/* removeLeftovers */.DA)(backupRoot)) {
                log.info(`Cleared away ${name}, which an earlier run left behind.`);
            }
            const begun = new MssqlBackup({ ...(await facts.ready()), ...options }, context);
            backup = begun;
            await begun.takeFull(signal);
        },
        capture: async (signal) => {
            signal.throwIfAborted();
            if (backup === undefined) {
                throw new TypeError('A capture follows a prepare.');
            }
            const taken = backup;
            const counted = await taken.takeDifferential(signal);
            progress(1);
            return {
                settle: async (settleSignal) => await taken.settle(counted, settleSignal),
                discard: async () => await taken.discard(),
            };
        },
        // A run that ends between prepare and capture has a full backup that nobody else takes away.
        close: async () => await backup?.close(),
    };
}


/***/ }),

/***/ 28110:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ archiveCompresses),
/* harmony export */   W: () => (/* binding */ readNetworkInputs)
/* harmony export */ });
/** All are optional: what is not given is the client's to find. */
function readNetworkInputs(inputs) {
    const host = inputs.optionalText('database-host');
    if (host !== undefined && (host.includes('://') || /^[^:/]+:\d+$/.test(host))) {
        inputs.problem('database-host', `is '${host}'; give the host alone, and the port as database-port.`);
    }
    return {
        host,
        port: inputs.optionalInteger('database-port', { min: 1, max: 65_535 }),
        database: inputs.optionalText('database-name'),
        username: inputs.optionalText('database-username'),
        password: inputs.secret('database-password'),
        parameters: inputs.parameters,
    };
}
/**
 * Then the dump is not: compressing twice costs time and gains nothing. What is wrong with these inputs the archive's own
 * reader says, which is asked in the same go.
 */
function archiveCompresses(inputs) {
    return inputs.written('archive-strategy') === 'tar' && inputs.written('archive-compression') !== 'none';
}


/***/ })

};
