export const id = 487;
export const ids = [487];
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

/***/ 26001:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DA: () => (/* binding */ removeLeftovers),
/* harmony export */   Eu: () => (/* binding */ createPartial),
/* harmony export */   IK: () => (/* binding */ publishDump),
/* harmony export */   ZC: () => (/* binding */ measureDump),
/* harmony export */   cU: () => (/* binding */ removePartial),
/* harmony export */   g0: () => (/* binding */ DUMP_MEMBER),
/* harmony export */   yn: () => (/* binding */ partialFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _host_folder_flush_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(84244);
/**
 * The dump's folder from its hidden, partial beginning to `bitbucket-db`. The name that restore looks for only ever holds
 * a whole dump, and the one before it stays until the new one has taken its place.
 */




/** The name that Atlassian's scripts give it, too. */
const DUMP_MEMBER = 'bitbucket-db';
const PARTIAL = /^\.bitbucket-db\.partial-[\w.-]+$/;
const ASIDE = /^\.bitbucket-db\.old-[\w.-]+$/;
function partialFolder(backupRoot, backupId) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, `.${DUMP_MEMBER}.partial-${backupId}`);
}
/**
 * Made by us and not by pg_dump, which would write into an empty folder that is already there, a planted link included.
 *
 * @throws EEXIST when anything has that name.
 */
async function createPartial(folder) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { mode: 0o700 });
}
/** Idempotent. Retries, because a worker that was just ended can still have created a file. */
async function removePartial(folder) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
/**
 * Puts a finished dump in the place of the one before. Between the two renames a crash leaves the old dump under its
 * temporary name, from where `removeLeftovers` of the next run brings it back.
 */
async function publishDump(partial, backupRoot, backupId) {
    const final = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, DUMP_MEMBER);
    const aside = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, `.${DUMP_MEMBER}.old-${backupId}`);
    const replaced = await renamed(final, aside);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(partial, final);
    }
    catch (error) {
        if (replaced) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(aside, final);
        }
        throw error;
    }
    // pg_dump flushed the files and their folder; the new name is flushed here.
    await (0,_host_folder_flush_js__WEBPACK_IMPORTED_MODULE_3__/* .flushFolder */ .n)(backupRoot);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(aside, { recursive: true, force: true });
}
/** Clears away what dead runs left behind. @returns the names removed or brought back, for the log. */
async function removeLeftovers(backupRoot) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(backupRoot);
    const left = names.filter((name) => PARTIAL.test(name) || ASIDE.test(name)).sort();
    const rescued = names.includes(DUMP_MEMBER) ? undefined : left.findLast((name) => ASIDE.test(name));
    for (const name of left) {
        if (name === rescued) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, DUMP_MEMBER));
        }
        else {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, name), { recursive: true, force: true });
        }
    }
    return left;
}
/** Files and bytes of a dump. pg_dump makes one level of files, save for large objects in newer versions. */
async function measureDump(folder) {
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile());
    const sizes = await Promise.all(files.map(async (file) => (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(file.parentPath, file.name))).size));
    return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
/** @returns false when there is nothing to rename. */
async function renamed(from, to) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(from, to);
        return true;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT')) {
            return false;
        }
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

/***/ 87537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ MAIN_TABLES)
/* harmony export */ });
/**
 * Bitbucket's main tables, whose rows are counted in the snapshot that is dumped: the manifest says how many there were, and
 * a restore how many there are. Names as Bitbucket's own schema has them (all versions from 4.0 to 10.x taken together, so
 * not every database has each); what an app has brought is not in here.
 */
const MAIN_TABLES = [
    'project',
    'repository',
    'sta_pull_request',
    'sta_normal_user',
    'changeset',
    'bb_comment',
    'sta_repo_permission',
    'sta_project_permission',
    'cwd_user',
    'cwd_group',
];


/***/ }),

/***/ 39956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LT: () => (/* binding */ clientErrors),
/* harmony export */   Z9: () => (/* binding */ wordsOf),
/* harmony export */   mu: () => (/* binding */ errorNumber)
/* harmony export */ });
/* harmony import */ var _host_command_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(10949);
/* harmony import */ var _host_log_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5493);
/** Errors as the clients print them: `ERROR 1045 (28000): ...`, `ERROR 1146 (42S02) at line 3: ...`, and the dump programs their way. */


const CLIENT = /^ERROR (\d+)(?: \(\w+\))?(?: at line (\d+)[^:]*)?: (.*)$/;
/** `Got error: 1045: "Access denied ..." when trying to connect`; `Error 1412: ...`; `Couldn't execute '...': ... (1146)`. */
const DUMP = /(?:[Ee]rror:? (\d+):|\((\d{4})\))/;
function clientErrors(stderr) {
    return stderr.flatMap((said) => {
        const match = CLIENT.exec((0,_host_log_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(said));
        return match === null
            ? []
            : [
                {
                    number: Number(match[1]),
                    line: match[2] === undefined ? undefined : Number(match[2]),
                    words: match[3] ?? '',
                },
            ];
    });
}
/** The first error's number, whichever program it was; undefined when none is told. */
function errorNumber(error) {
    for (const said of error.stderr) {
        const match = CLIENT.exec(said) ?? DUMP.exec(said);
        if (match !== null) {
            return Number(match[1] ?? match[2]);
        }
    }
    return undefined;
}
/** A program's own words in one line, without its name before and the dump's progress between. */
function wordsOf(error) {
    if (!(error instanceof _host_command_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Qd)) {
        return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    }
    // MariaDB's client prints the statement that failed as well.
    const told = clientErrors(error.stderr).map(({ words }) => words);
    if (told.length > 0) {
        return told.slice(-3).join(' | ').replace(/\.$/, '');
    }
    const words = error.stderr
        .filter((line) => /error|denied|unknown|can't|couldn't|privilege|errno|lost|gone/i.test(line) &&
        !line.startsWith('-- ') &&
        !line.startsWith('Warning: '))
        .slice(-5)
        .map((line) => (0,_host_log_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g)(line)
        .replace(/^(?:mysqldump|mariadb-dump|mysql|mariadb): /, '')
        .trim())
        .join(' | ');
    return (words === '' ? error.message : words).replace(/\.$/, '');
}


/***/ }),

/***/ 6829:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ runClient),
/* harmony export */   u: () => (/* binding */ clientRunner)
/* harmony export */ });
/* harmony import */ var _options_file_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(65706);

/**
 * Runs a client with the connection put before its arguments; the option file must be the first of them. Of all option
 * files only that one is read: what somebody has set for the dumps of his own (`force`, `ignore-table` ...) must not leave
 * anything out of this one.
 */
async function runClient({ commands, inputs }, program, args, options = {}) {
    return await (0,_options_file_js__WEBPACK_IMPORTED_MODULE_0__/* .withOptionsFile */ .Hw)(inputs, async (file) => await commands.run(program, [`--defaults-file=${file}`, ...args], options));
}
/** For what wants a runner: a session that is kept open. The option file lives as long as the client does. */
function clientRunner(connection) {
    return {
        run: async (program, args, options) => await runClient(connection, program, args, options),
    };
}


/***/ }),

/***/ 45462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FY: () => (/* binding */ readDumpFile),
/* harmony export */   R5: () => (/* binding */ compressInto),
/* harmony export */   XQ: () => (/* binding */ flushDump),
/* harmony export */   _$: () => (/* binding */ dumpFileIn),
/* harmony export */   i$: () => (/* binding */ findDumpFile)
/* harmony export */ });
/* unused harmony export PLAIN_NAME */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(46466);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(38522);
/* harmony import */ var _host_folder_flush_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(84244);
/* harmony import */ var _host_tools_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(26872);
/** The dump's file in its folder: how it is named, compressed, read and flushed. */







const PLAIN_NAME = 'dump.sql';
const NAMES = [
    ['.sql', 'none'],
    ['.sql.zst', 'zstd'],
    ['.sql.gz', 'gzip'],
];
/** Ours; gzip is only ever read. */
function dumpFileIn(folder, compression) {
    return { path: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, compression === 'zstd' ? `${PLAIN_NAME}.zst` : PLAIN_NAME), compression };
}
/** @returns undefined unless exactly one dump is in the folder */
async function findDumpFile(folder) {
    const found = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder)).flatMap((name) => {
        const match = NAMES.find(([suffix]) => name.endsWith(suffix));
        return match === undefined ? [] : [{ path: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name), compression: match[1] }];
    });
    return found.length === 1 ? found[0] : undefined;
}
/** Its text, whatever it was compressed with. Errors of the decompressor surface from the stream. */
function readDumpFile({ path, compression }) {
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(path, { highWaterMark: 1024 * 1024 });
    switch (compression) {
        case 'none':
            return file;
        case 'zstd':
            return joined(file, (0,node_zlib__WEBPACK_IMPORTED_MODULE_4__.createZstdDecompress)());
        case 'gzip':
            return joined(file, (0,node_zlib__WEBPACK_IMPORTED_MODULE_4__.createGunzip)());
    }
}
function joined(file, decompressor) {
    (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_3__.pipeline)(file, decompressor).catch((error) => {
        decompressor.destroy(error instanceof Error ? error : new Error(String(error)));
    });
    return decompressor;
}
/**
 * Compresses what the dump program prints. zstd reads straight from it, nothing goes through us; where it is not installed
 * Node's own does it. It must be called before anything else is awaited, as `onStdout` wants it.
 */
async function compressInto({ path }, stdout, commands, signal) {
    const zstd = (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_6__/* .findProgram */ .Kp)('zstd');
    if (zstd === undefined) {
        await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_3__.pipeline)(stdout, (0,node_zlib__WEBPACK_IMPORTED_MODULE_4__.createZstdCompress)(), (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createWriteStream)(path, { flags: 'wx', mode: 0o600 }), {
            signal,
        });
        return;
    }
    await commands.run(zstd, ['--quiet', '-o', path], { stdin: stdout, signal });
}
/** MySQL's program flushes what it writes, MariaDB's and zstd do not. */
async function flushDump(folder, { path }) {
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, 'r+');
    try {
        await file.chmod(0o600);
        await file.sync();
    }
    finally {
        await file.close();
    }
    await (0,_host_folder_flush_js__WEBPACK_IMPORTED_MODULE_5__/* .flushFolder */ .n)(folder);
}


/***/ }),

/***/ 54697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ scanDump)
});

// EXTERNAL MODULE: ./build/database/mysql/dump-file.js
var dump_file = __webpack_require__(45462);
;// CONCATENATED MODULE: ./build/database/mysql/dump-lines.js
/** First bytes of the lines that are looked at: - / C U D A R S, in both cases. All others are rows, and parts of definitions. */
const FIRST_BYTES = new Set('-/CcUuDdAaRrSs \t'.split('').map((character) => character.charCodeAt(0)));
const QUOTED = '`(?:[^`]|``)*`';
const TABLE = new RegExp(`^-- Table structure for table (${QUOTED})$`);
/** `CREATE DATABASE /*!32312 IF NOT EXISTS*\/ `x` /*!40100 DEFAULT CHARACTER SET utf8 COLLATE utf8_bin *\/ ...;` */
const CREATE_DATABASE = new RegExp(`^CREATE DATABASE (?:/\\*!\\d+ IF NOT EXISTS\\*/ )?(${QUOTED})(.*);\\s*$`, 'i');
const USE = new RegExp(`^USE (${QUOTED});\\s*$`, 'i');
/** However it is written, and wherever in the line a version comment puts it. */
const LEADS_ELSEWHERE = /^\s*(?:\/\*M?!\d*\s*)?(?:use\s+\S|(?:create|drop|alter)\s+(?:database|schema)\b|(?:create|drop|alter|rename)\s+(?:user|role)\b)/i;
/** Whose rights a view, trigger, routine or event has: a user who may not be here, and rights that nobody may give away. */
const DEFINER = new RegExp(`^(?:/\\*!\\d+ |CREATE (?:OR REPLACE )?|/\\*!\\d+ CREATE\\*/ (?:/\\*!\\d+ )?)(DEFINER=${QUOTED}(?:@${QUOTED})?)`);
/** Tells a later client of MariaDB to execute nothing on this machine; in binary mode it does not, and others stumble over it. */
const SANDBOX = /^\/\*M?!999999\\-/;
/** About replicas of the server that it comes from; only administrators may set them. */
const REPLICATION = /^SET @(?:MYSQLDUMP_TEMP_LOG_BIN|@SESSION\.SQL_LOG_BIN|@GLOBAL\.GTID_PURGED)\s*=/i;
const COMPLETE = /^-- Dump completed/;
class DumpLines {
    #tables = new Set();
    #databases = new Set();
    #cuts = [];
    #createOptions = '';
    #forbidden;
    #complete = false;
    #inReplication = false;
    /**
     * @param head of the line, without its end
     * @param from where it begins in the text
     * @param to where the next one begins
     */
    take(head, from, to) {
        const [first] = head;
        if (first === undefined) {
            return;
        }
        this.#complete = false;
        if (!this.#inReplication && !FIRST_BYTES.has(first)) {
            return;
        }
        // One character a byte, so that places in it are places in the text.
        const line = head.toString('latin1');
        if (this.#inReplication || REPLICATION.test(line)) {
            this.#cuts.push({ from, to });
            this.#inReplication = !line.trimEnd().endsWith(';');
            return;
        }
        this.#look(line, from, to);
    }
    result() {
        return {
            complete: this.#complete,
            tables: this.#tables,
            databases: this.#databases,
            cuts: this.#cuts,
            characterSet: /CHARACTER SET (\w+)/i.exec(this.#createOptions)?.[1],
            collation: /COLLATE (\w+)/i.exec(this.#createOptions)?.[1],
            forbidden: this.#forbidden ?? (this.#databases.size > 1 ? 'USE of a second database' : undefined),
        };
    }
    #look(line, from, to) {
        this.#complete = COMPLETE.test(line);
        const table = TABLE.exec(line)?.[1];
        if (table !== undefined) {
            this.#tables.add(unquoted(table));
            return;
        }
        const definer = DEFINER.exec(line);
        if (definer !== null) {
            const end = from + definer[0].length;
            this.#cuts.push({ from: end - (definer[1] ?? '').length, to: end });
        }
        const created = CREATE_DATABASE.exec(line);
        const named = created?.[1] ?? USE.exec(line)?.[1];
        if (named !== undefined) {
            this.#databases.add(unquoted(named));
            this.#createOptions ||= created?.[2] ?? '';
        }
        if (named !== undefined || SANDBOX.test(line)) {
            this.#cuts.push({ from, to });
        }
        else if (LEADS_ELSEWHERE.test(line)) {
            this.#forbidden ??= line.trim().slice(0, 80);
        }
    }
}
function unquoted(name) {
    return Buffer.from(name.slice(1, -1).replaceAll('``', '`'), 'latin1').toString('utf8');
}

;// CONCATENATED MODULE: ./build/database/mysql/dump-scan.js


/** So much of a line is looked at; a row can have hundreds of megabytes. */
const LOOKED_AT = 16 * 1024;
const NEWLINE = 0x0a;
/** @throws what reading or decompressing throws; what the signal was aborted with */
async function scanDump(file, signal) {
    const lines = new DumpLines();
    const chunks = (0,dump_file/* readDumpFile */.FY)(file);
    let offset = 0;
    let head = Buffer.alloc(0);
    let lineStart = 0;
    for await (const chunk of chunks) {
        signal.throwIfAborted();
        let position = 0;
        for (;;) {
            const end = chunk.indexOf(NEWLINE, position);
            const until = end < 0 ? chunk.length : end;
            const piece = chunk.subarray(position, Math.min(until, position + LOOKED_AT - head.length));
            if (end < 0) {
                head = Buffer.concat([head, piece]);
                break;
            }
            lines.take(head.length === 0 ? piece : Buffer.concat([head, piece]), lineStart, offset + end + 1);
            head = Buffer.alloc(0);
            lineStart = offset + end + 1;
            position = end + 1;
        }
        offset += chunk.length;
    }
    if (head.length > 0) {
        lines.take(head, lineStart, offset);
    }
    return lines.result();
}


/***/ }),

/***/ 64526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C1: () => (/* binding */ packageFor),
/* harmony export */   Pg: () => (/* binding */ chooseClient),
/* harmony export */   Um: () => (/* binding */ isTooOld),
/* harmony export */   V8: () => (/* binding */ clientName),
/* harmony export */   g2: () => (/* binding */ findClients)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _host_tools_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26872);
/* harmony import */ var _versions_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(92352);
/** The clients of MySQL and MariaDB on this machine, and those that fit the server. */




/** @param folders where to look instead of PATH and the tool cache */
async function findClients(folders) {
    const [sql, dump] = await Promise.all([
        clientsNamed(['mariadb', 'mysql'], folders),
        clientsNamed(['mariadb-dump', 'mysqldump'], folders),
    ]);
    return { sql, dump };
}
/**
 * Of the server's own family, and of that not older than the server: MariaDB's and MySQL's have grown apart, and a dump
 * program does not know what a later server has. The other family's, where its own is not there at all.
 */
function chooseClient(clients, server) {
    const own = clients.filter(({ version }) => version.family === server.family);
    const newest = own.toSorted((a, b) => b.version.number - a.version.number);
    return newest.find(({ version }) => (0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .seriesOf */ .Lf)(version) >= (0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .seriesOf */ .Lf)(server)) ?? newest[0] ?? clients[0];
}
function isTooOld({ version }, server) {
    return version.family === server.family && (0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .seriesOf */ .Lf)(version) < (0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .seriesOf */ .Lf)(server);
}
function packageFor({ family }) {
    return family === 'MariaDB' ? 'mariadb-client' : 'mysql-client';
}
function clientName({ path, version }) {
    return `${path.split('/').at(-1)} of ${(0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .versionName */ .sh)(version)}`;
}
async function clientsNamed(names, folders) {
    const candidates = names.flatMap((name) => pathsOf(name, folders));
    const found = await Promise.all([...new Map(candidates.map((path) => [(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(path), path])).values()].map(clientAt));
    return found.filter((client) => client !== undefined);
}
function pathsOf(name, folders) {
    if (folders !== undefined) {
        return folders.map((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name)).filter(_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .isExecutable */ .TV);
    }
    const onPath = (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .findProgram */ .Kp)(name);
    const cached = ['mysql', 'mariadb']
        .flatMap((tool) => (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .toolCacheFolders */ .uC)(tool))
        .flatMap((folder) => [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'bin', name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name)])
        .filter(_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .isExecutable */ .TV);
    return [...(onPath === undefined ? [] : [onPath]), ...cached];
}
async function clientAt(path) {
    const version = (0,_versions_js__WEBPACK_IMPORTED_MODULE_3__/* .clientVersion */ .Ov)((await (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .versionLine */ .b1)(path, ['--no-defaults', '--version'])) ?? '');
    return version === undefined ? undefined : { path, version };
}


/***/ }),

/***/ 3765:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  In: () => (/* binding */ NO_CLIENT),
  Ue: () => (/* binding */ failureFinding),
  Nn: () => (/* binding */ inspect),
  mA: () => (/* binding */ optionsFileFinding),
  $r: () => (/* binding */ targetOf)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/database/mysql/client-errors.js
var client_errors = __webpack_require__(39956);
// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
;// CONCATENATED MODULE: ./build/database/mysql/connection-failure.js
/** Why the client could not ask: the error's number turned into a sentence with a cure. Numbers stay the same in every language. */


/** "Server Error Message Reference" and "Client Error Message Reference" of MySQL's manual, and MariaDB's list of errors. */
const REASONS = [
    {
        numbers: [1045, 1698],
        subject: 'database-password',
        sentence: ({ server, user }) => `The database server at ${server} rejected ${user}; check database-username and database-password`,
    },
    {
        numbers: [1044],
        subject: 'database-username',
        sentence: ({ server, user, database }) => `The database server at ${server} does not let ${user} into ${database}; grant it the rights, or give the user that Bitbucket uses as database-username`,
    },
    {
        numbers: [1049],
        subject: 'database-name',
        sentence: ({ server, database }) => `The database server at ${server} has no ${database}; correct database-name`,
    },
    {
        numbers: [1129, 1130],
        subject: 'database-host',
        sentence: ({ server, user }) => `The database server at ${server} does not let ${user} in from this machine; create the user for this host`,
    },
    {
        numbers: [1040, 1203, 1226],
        subject: 'database-host',
        sentence: ({ server }) => `The database server at ${server} has no connection left; raise max_connections, or the limit of the user`,
    },
    {
        numbers: [1820, 1862, 3118, 4151],
        subject: 'database-username',
        sentence: ({ server, user }) => `The database server at ${server} has locked ${user} out or wants a new password of it; unlock it`,
    },
    {
        numbers: [1251, 2059, 2061],
        subject: 'database-username',
        sentence: ({ user }) => `The client on this machine does not know the way in which ${user} has to prove itself; install the client of the server's own version`,
    },
    {
        numbers: [2026, 3159],
        subject: 'database-options-file',
        sentence: ({ server }) => `TLS with the database server at ${server} failed or is missing; set ssl options in the file that database-options-file names`,
    },
    {
        numbers: [2005],
        subject: 'database-host',
        sentence: ({ server }) => `The host of ${server} is not known to this machine; correct database-host`,
    },
];
const OTHERWISE = ({ server }) => `The database server at ${server} cannot be reached; check database-host and database-port, and that the server runs and lets this machine in`;
/** @returns undefined when the client was connected and failed later: that is no matter of the connection. */
function connectionFailure(error, target) {
    if (!(error instanceof command_error/* CommandError */.Qd)) {
        return undefined;
    }
    const [first] = (0,client_errors/* clientErrors */.LT)(error.stderr);
    if (first === undefined || first.line !== undefined) {
        return undefined;
    }
    const reason = REASONS.find(({ numbers }) => numbers.includes(first.number));
    const sentence = reason?.sentence(target) ?? OTHERWISE(target);
    return {
        severity: 'error',
        subject: reason?.subject ?? 'database-host',
        message: `${sentence} (${first.words.replace(/\.$/, '')}).`,
    };
}

// EXTERNAL MODULE: ./build/database/mysql/mysql-clients.js
var mysql_clients = __webpack_require__(64526);
// EXTERNAL MODULE: ./build/database/mysql/versions.js
var versions = __webpack_require__(92352);
;// CONCATENATED MODULE: ./build/database/mysql/mysql-checks.js


/** Tables of every Bitbucket from 4.0 to 10; other Atlassian products have some of them, none has all. */
const BITBUCKET_TABLES = ['app_property', 'project', 'repository'];
const NAMES_SHOWN = 5;
function checkClient(facts, client) {
    const { version } = facts;
    const wanted = `${(0,mysql_clients/* packageFor */.C1)(version)} ${(0,versions/* seriesName */.f_)(version)} or later`;
    if ((0,mysql_clients/* isTooOld */.Um)(client, version)) {
        return [
            error('mysqldump', `${(0,mysql_clients/* clientName */.V8)(client)} in ${client.path} is older than the server, which is ${(0,versions/* versionName */.sh)(version)}; install ${wanted}.`),
        ];
    }
    if (client.version.family === version.family) {
        return [];
    }
    // Tried with mariadb-dump 10.11 and MySQL 9.7: the values are dumped, and MySQL takes none (error 3105).
    if (version.family === 'MySQL' && facts.computing.length > 0) {
        return [
            error('mysqldump', `${(0,mysql_clients/* clientName */.V8)(client)}, all that is here, dumps ${counted('table', facts.computing, (name) => name)} with generated columns in a way that ${(0,versions/* versionName */.sh)(version)} cannot load; install ${wanted}.`),
        ];
    }
    return [
        {
            severity: 'warning',
            subject: 'mysqldump',
            message: `The server is ${(0,versions/* versionName */.sh)(version)}, and only ${(0,mysql_clients/* clientName */.V8)(client)} is here to dump it; install ${wanted}, which knows it better.`,
        },
    ];
}
function checkDatabase(facts) {
    return [
        ...checkIsBitbucket(facts),
        ...checkEngines(facts),
        ...checkRights(facts),
        ...checkConnections(facts),
    ];
}
/** @param wanted are others to wait with their DDL while the dump runs? */
function checkBlockDdl(facts, wanted) {
    if (!wanted || facts.mayBlockDdl === true) {
        return [];
    }
    const right = facts.version.family === 'MariaDB' ? 'RELOAD' : 'BACKUP_ADMIN';
    return [
        error('database-block-ddl', facts.mayBlockDdl === undefined
            ? `${(0,versions/* versionName */.sh)(facts.version)} knows no lock that holds off DDL alone, which MariaDB has since 10.4 and MySQL since 8.0; set database-block-ddl to false.`
            : `User '${facts.user}' may not hold off DDL while the dump runs; grant it ${right} on *.*, or set database-block-ddl to false.`),
    ];
}
function checkIsBitbucket({ database, tables }) {
    const names = new Set(tables.map(({ name }) => name.toLowerCase()));
    return BITBUCKET_TABLES.every((name) => names.has(name))
        ? []
        : [
            error('database-name', `Database '${database}' is not Bitbucket's: it lacks one of the tables ${BITBUCKET_TABLES.join(', ')}; give the one in jdbc.url of bitbucket.properties as database-name.`),
        ];
}
/**
 * A snapshot holds the rows of InnoDB still, and nothing else: rows of other engines and the positions of sequences would
 * be dumped as they are when the dump comes to them, long after the unlock.
 */
function checkEngines({ database, tables }) {
    const inconsistent = tables.filter(({ type, engine }) => type !== 'VIEW' && (type !== 'BASE TABLE' || engine !== 'InnoDB'));
    return inconsistent.length === 0
        ? []
        : [
            error('database-name', `Database '${database}' has ${counted('table', inconsistent, ({ name, type, engine }) => `${name}: ${type === 'BASE TABLE' ? engine : type}`)} that no snapshot holds still, while Bitbucket's are all InnoDB; convert with ALTER TABLE ... ENGINE=InnoDB, or drop what is not needed.`),
        ];
}
function checkRights(facts) {
    const { user, database, tables, hiddenRoutines } = facts;
    const findings = [];
    const refused = tables.filter(({ refusal }) => refusal !== undefined);
    const [first] = refused;
    if (first !== undefined) {
        findings.push(error('database-username', `User '${user}' cannot read ${counted('table or view', refused, ({ name }) => name)} (${first.refusal}); grant it SELECT and SHOW VIEW, drop views that no longer work, or give the user that Bitbucket uses as database-username.`));
    }
    if (hiddenRoutines.length > 0) {
        findings.push(error('database-username', `User '${user}' may not read the text of ${counted('routine', hiddenRoutines, (name) => name)} in database '${database}'; grant it what SHOW CREATE PROCEDURE needs, or give their owner as database-username.`));
    }
    const missing = [...(facts.mayReadTriggers ? [] : ['TRIGGER']), ...(facts.mayReadEvents ? [] : ['EVENT'])];
    if (missing.length > 0) {
        findings.push({
            severity: 'warning',
            subject: 'database-username',
            message: `User '${user}' is not seen to hold ${missing.join(' and ')} on database '${database}', without which triggers and events are left out of the dump; Bitbucket has none, and for those of others grant it that.`,
        });
    }
    return findings;
}
/** One session holds the snapshot that is counted, another dumps, a third one looks at the definitions. */
const CONNECTIONS = 3;
function checkConnections({ freeConnections, user }) {
    return freeConnections >= CONNECTIONS
        ? []
        : [
            error('database-host', `The database server has ${freeConnections} free connections for user '${user}', and a backup needs ${CONNECTIONS}; raise max_connections.`),
        ];
}
function counted(what, items, name) {
    const names = items.slice(0, NAMES_SHOWN).map(name);
    const more = items.length - names.length;
    return `${items.length} ${what}${items.length === 1 ? '' : 's'} (${names.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}
function error(subject, message) {
    return { severity: 'error', subject, message };
}

// EXTERNAL MODULE: ./build/database/mysql/rights.js
var rights = __webpack_require__(76190);
// EXTERNAL MODULE: ./build/database/mysql/rows.js
var mysql_rows = __webpack_require__(83872);
// EXTERNAL MODULE: ./build/database/mysql/sql-script.js
var sql_script = __webpack_require__(85085);
// EXTERNAL MODULE: ./build/database/mysql/sql-text.js
var sql_text = __webpack_require__(20633);
;// CONCATENATED MODULE: ./build/database/mysql/mysql-facts.js






/** Works from MySQL 5.6 and MariaDB 10.0 on. Kinds of rows are told by their first column. */
const QUERY = `
SELECT 'server', VERSION(), DATABASE(), CURRENT_USER(), s.DEFAULT_CHARACTER_SET_NAME, s.DEFAULT_COLLATION_NAME,
  @@GLOBAL.max_connections, ${(0,rights/* hasRightIn */.W2)('TRIGGER', 'DATABASE()')}, ${(0,rights/* hasRightIn */.W2)('EVENT', 'DATABASE()')},
  ${(0,rights/* hasRight */.fy)('RELOAD')}, ${(0,rights/* hasRight */.fy)('BACKUP_ADMIN')}
  FROM information_schema.SCHEMATA s WHERE s.SCHEMA_NAME = DATABASE();
SHOW GLOBAL STATUS LIKE 'Threads_connected';
SHOW GRANTS;
SELECT 'table', TABLE_NAME, TABLE_TYPE, ENGINE, IFNULL(DATA_LENGTH, 0) FROM information_schema.TABLES
  WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME;
SELECT 'hidden', ROUTINE_NAME FROM information_schema.ROUTINES
  WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_DEFINITION IS NULL AND ROUTINE_BODY = 'SQL' ORDER BY ROUTINE_NAME;
SELECT DISTINCT 'computing', TABLE_NAME FROM information_schema.COLUMNS
  WHERE TABLE_SCHEMA = DATABASE() AND EXTRA REGEXP '(STORED|VIRTUAL|PERSISTENT)( GENERATED)?' ORDER BY TABLE_NAME;
`;
/** `BACKUP STAGE` came with MariaDB 10.4.1, `LOCK INSTANCE FOR BACKUP` with MySQL 8.0 (their manuals). */
const BACKUP_STAGE_SINCE = 100_401;
const INSTANCE_LOCK_SINCE = 80_000;
/** @throws CommandError when the server cannot be reached or refuses, or when a statement fails */
async function readFacts(connection, client, database) {
    const rows = (0,mysql_rows/* parseRows */.t)((await (0,sql_script/* runScript */.j3)(connection, client, QUERY, { database })).stdout);
    const of = (kind) => rows.filter((row) => row.text(0) === kind);
    const [server] = of('server');
    const version = server === undefined ? undefined : (0,versions/* serverVersion */.qh)(server.text(1));
    if (server === undefined || version === undefined) {
        throw new TypeError('The server did not tell its version.');
    }
    const [connected] = of('Threads_connected');
    const roles = (0,rights/* hasRoles */.ob)(rows);
    const tables = of('table').map((row) => ({
        name: row.text(1),
        type: row.text(2),
        engine: row.optionalText(3),
        bytes: row.number(4),
    }));
    const refusals = await readRefusals(connection, client, database, tables);
    return {
        version,
        database: server.text(2),
        user: server.text(3),
        characterSet: server.text(4),
        collation: server.text(5),
        bytes: tables.reduce((sum, table) => sum + table.bytes, 0),
        // Ours is given back.
        freeConnections: server.number(6) - (connected?.number(1) ?? 0) + 1,
        tables: tables.map((table) => ({ ...table, refusal: refusals.get(table.name) })),
        mayReadTriggers: server.boolean(7),
        mayReadEvents: server.boolean(8),
        mayBlockDdl: mayBlockDdl(version, server.boolean(9) || roles, server.boolean(10) || roles),
        hiddenRoutines: of('hidden').map((row) => row.text(1)),
        computing: of('computing').map((row) => row.text(1)),
    };
}
function mayBlockDdl(version, reload, backupAdmin) {
    switch (version.family) {
        case 'MariaDB':
            return version.number >= BACKUP_STAGE_SINCE ? reload : undefined;
        case 'MySQL':
            return version.number >= INSTANCE_LOCK_SINCE ? backupAdmin : undefined;
    }
}
/**
 * Asks every table for no row at all, and every view for its text: that tells what lists of rights do not, roles and views
 * over tables that are gone included. One statement a line, so that an error's line says whose it is.
 */
async function readRefusals(connection, client, database, tables) {
    const questions = tables
        .filter(({ type }) => type !== 'SEQUENCE')
        .flatMap(({ name, type }) => [
        { name, sql: `SELECT 1 FROM ${(0,sql_text/* quoteName */.A)(name)} LIMIT 0;` },
        ...(type === 'VIEW' ? [{ name, sql: `SHOW CREATE VIEW ${(0,sql_text/* quoteName */.A)(name)};` }] : []),
    ])
        // A line break in a name would shift the lines.
        .filter(({ sql }) => !sql.includes('\n'));
    const script = questions.map(({ sql }) => `${sql}\n`).join('');
    const { stderr } = await (0,sql_script/* runScript */.j3)(connection, client, script, { database, goOn: true });
    const errors = (0,client_errors/* clientErrors */.LT)(stderr);
    return new Map(errors.flatMap(({ line, words }) => {
        // Two lines of settings come first.
        const question = line === undefined ? undefined : questions[line - 3];
        return question === undefined ? [] : [[question.name, words]];
    }));
}

// EXTERNAL MODULE: ./build/database/mysql/options-file.js
var options_file = __webpack_require__(65706);
;// CONCATENATED MODULE: ./build/database/mysql/mysql-preflight.js
/** Everything about clients, server, database and rights that can be known before the lock, all of it in one go. */








/** Any client may ask; which one dumps follows from the server's family and version. */
async function inspect(connection, options) {
    const clients = await (0,mysql_clients/* findClients */.g2)(options.clientFolders);
    const [any] = clients.sql;
    if (any === undefined || clients.dump.length === 0) {
        return { findings: [NO_CLIENT] };
    }
    const missing = optionsFileFinding(connection.inputs);
    if (missing !== undefined) {
        return { findings: [missing] };
    }
    const facts = await factsOrFinding(connection, any.path, options.database);
    if ('severity' in facts) {
        return { findings: [facts] };
    }
    const dump = (0,mysql_clients/* chooseClient */.Pg)(clients.dump, facts.version);
    const client = (0,mysql_clients/* chooseClient */.Pg)(clients.sql, facts.version);
    if (dump === undefined || client === undefined) {
        return { findings: [NO_CLIENT] };
    }
    const findings = [
        ...checkClient(facts, dump),
        ...checkDatabase(facts),
        ...checkBlockDdl(facts, options.blockDdl),
    ];
    return findings.some(({ severity }) => severity === 'error')
        ? { findings }
        : { findings, ready: { facts, client, dump } };
}
const NO_CLIENT = {
    severity: 'error',
    subject: 'mysqldump',
    message: 'No client of MariaDB (mariadb, mariadb-dump) or MySQL (mysql, mysqldump) is on PATH or in the tool cache; install mariadb-client or mysql-client on this machine.',
};
/** A client that is told to include a file which is not there goes on without it. */
function optionsFileFinding({ optionsFile }) {
    return optionsFile === undefined || isFile(optionsFile)
        ? undefined
        : {
            severity: 'error',
            subject: 'database-options-file',
            message: `There is no file ${optionsFile}; correct database-options-file, or leave it empty.`,
        };
}
function isFile(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}
async function factsOrFinding(connection, client, database) {
    try {
        return await readFacts(connection, client, database);
    }
    catch (error) {
        return failureFinding(error, targetOf(connection.inputs, database), 'a backup');
    }
}
function targetOf(inputs, database) {
    return {
        server: (0,options_file/* serverName */.L5)(inputs),
        user: inputs.username === undefined ? 'the user that the client chose' : `user '${inputs.username}'`,
        database: `database '${database}'`,
    };
}
/** @throws what is no failure of a program */
function failureFinding(error, target, asker) {
    if (!(error instanceof errors/* ActionError */.lZ)) {
        throw error;
    }
    return (connectionFailure(error, target) ?? {
        severity: 'error',
        subject: 'database-name',
        message: `The database server at ${target.server} did not answer what ${asker} has to know of ${target.database}; look into its log (${(0,client_errors/* wordsOf */.Z9)(error)}).`,
    });
}


/***/ }),

/***/ 73487:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createMysql: () => (/* binding */ createMysql),
  mysql: () => (/* binding */ mysql),
  readConnectionInputs: () => (/* binding */ readConnectionInputs),
  readMysqlOptions: () => (/* binding */ readMysqlOptions)
});

// EXTERNAL MODULE: ./build/database/dump-folder.js
var dump_folder = __webpack_require__(26001);
// EXTERNAL MODULE: ./build/database/known-facts.js
var known_facts = __webpack_require__(52773);
// EXTERNAL MODULE: ./build/database/network-inputs.js
var network_inputs = __webpack_require__(28110);
// EXTERNAL MODULE: ./build/database/captured-dump.js
var captured_dump = __webpack_require__(99403);
// EXTERNAL MODULE: ./build/database/mysql/dump-file.js
var dump_file = __webpack_require__(45462);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/database/mysql/dump-scan.js + 1 modules
var dump_scan = __webpack_require__(54697);
;// CONCATENATED MODULE: ./build/database/mysql/mysql-verify.js
/** Is the dump whole? An exit code of 0 is not taken for an answer (FAULTS P6). */


/**
 * Reads the dump from beginning to end, as a restore does: it must end with its completion line and have every table.
 *
 * @throws ActionError DB_FAILED
 */
async function verifyDump(file, expected, signal) {
    const scan = await (0,dump_scan/* scanDump */.o)(file, signal).catch((error) => {
        signal.throwIfAborted();
        throw incomplete(expected, 'it cannot be read again', error);
    });
    if (!scan.complete) {
        throw incomplete(expected, 'its completion line is missing');
    }
    const lacking = expected.tables.filter((name) => !scan.tables.has(name));
    if (lacking.length > 0) {
        throw incomplete(expected, `it lacks ${lacking.length} tables (${lacking.slice(0, 5).join(', ')})`);
    }
}
function incomplete({ database }, why, cause) {
    return new errors/* ActionError */.lZ('DB_FAILED', `The dump of database '${database}' is not whole: ${why}.`, {
        advice: 'Check the disk of backup-root and the installed client of MySQL or MariaDB, and run again.',
        cause,
    });
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/database/mysql/client-errors.js
var client_errors = __webpack_require__(39956);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/database/mysql/rows.js
var rows = __webpack_require__(83872);
// EXTERNAL MODULE: ./build/database/mysql/sql-script.js
var sql_script = __webpack_require__(85085);
;// CONCATENATED MODULE: ./build/database/mysql/definitions.js
/**
 * What the database is made of, a digest for each table, view, trigger, routine and event. The snapshot of InnoDB holds rows
 * still and nothing else: what is altered after the unlock and before the dump comes to it, the dump has as altered, or has
 * not at all. Read inside the lock and again when the dump is done, this tells.
 */



/**
 * Kind and name first (`of` for parts of a table or view), then everything that a definition is made of. CREATE_TIME changes
 * when a table is made anew or rebuilt; AUTO_INCREMENT and sizes are left out, because rows change them. TRUNCATE leaves no
 * trace in here: over a table that is emptied before it is read the server stumbles by itself (error 1412), and one that is
 * emptied afterwards does no harm.
 */
const QUERY = `
SELECT IF(TABLE_TYPE = 'VIEW', 'view', 'table'), TABLE_NAME, TABLE_TYPE, ENGINE, CREATE_TIME, TABLE_COLLATION, CREATE_OPTIONS
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME;
SELECT 'of', TABLE_NAME, 'column', ORDINAL_POSITION, COLUMN_NAME, COLUMN_TYPE, COLUMN_DEFAULT, IS_NULLABLE, COLLATION_NAME,
  EXTRA, COLUMN_COMMENT
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION;
SELECT 'table', TABLE_NAME, 'index', INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, SUB_PART, NON_UNIQUE
  FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX;
SELECT 'table', TABLE_NAME, 'key', CONSTRAINT_NAME, ORDINAL_POSITION, COLUMN_NAME, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
  FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE()
  ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION, COLUMN_NAME;
SELECT 'view', TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, DEFINER, SECURITY_TYPE
  FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME;
SELECT 'trigger', TRIGGER_NAME, EVENT_OBJECT_TABLE, EVENT_MANIPULATION, ACTION_TIMING, ACTION_STATEMENT, DEFINER
  FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() ORDER BY TRIGGER_NAME;
SELECT 'routine', ROUTINE_NAME, ROUTINE_TYPE, LAST_ALTERED, ROUTINE_DEFINITION, DEFINER
  FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() ORDER BY ROUTINE_TYPE, ROUTINE_NAME;
SELECT 'event', EVENT_NAME, LAST_ALTERED, EVENT_DEFINITION, DEFINER
  FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE() ORDER BY EVENT_NAME;
`;
/** @throws CommandError */
async function readDefinitions(connection, client, database, signal) {
    const { stdout } = await (0,sql_script/* runScript */.j3)(connection, client, QUERY, { database, signal });
    const lines = stdout.split('\n').filter((line) => line !== '');
    const views = new Set(lines.map(rows/* parseRow */.W).flatMap((row) => (row.text(0) === 'view' ? [row.text(1)] : [])));
    const parts = Map.groupBy(lines, (line) => {
        const row = (0,rows/* parseRow */.W)(line);
        const [kind, name] = [row.text(0), row.text(1)];
        return `${kind === 'of' ? (views.has(name) ? 'view' : 'table') : kind} ${name}`;
    });
    return new Map([...parts].map(([name, own]) => [name, (0,external_node_crypto_.createHash)('sha256').update(own.join('\n')).digest('hex')]));
}
/**
 * What a dump that ran between the two may have as it was later. A table that is new is none of it: the dump takes its
 * list of tables at its beginning; its lists of everything else at the end.
 */
function changedDefinitions(before, after) {
    const changed = [...before].filter(([name, digest]) => after.get(name) !== digest).map(([name]) => name);
    const added = [...after.keys()].filter((name) => !name.startsWith('table ') && !before.has(name));
    return [...changed, ...added];
}
function tablesIn(definitions) {
    return [...definitions.keys()]
        .filter((name) => name.startsWith('table '))
        .map((name) => name.slice('table '.length));
}

// EXTERNAL MODULE: ./build/database/mysql/options-file.js
var options_file = __webpack_require__(65706);
;// CONCATENATED MODULE: ./build/database/mysql/dump.js
/** One dump: what takes part in it, and what it can ask of its database. */




/** @throws ActionError DB_FAILED; what the signal was aborted with */
async function definitionsOf({ connection, plan }, signal) {
    const { database } = plan.facts;
    try {
        return await readDefinitions(connection, plan.client.path, database, signal);
    }
    catch (error) {
        signal.throwIfAborted();
        throw new errors/* ActionError */.lZ('DB_FAILED', `The definitions in database '${database}' at ${(0,options_file/* serverName */.L5)(connection.inputs)} could not be read: ${(0,client_errors/* wordsOf */.Z9)(error)}.`, { advice: 'Look into the log of the database server for the reason and run again.', cause: error });
    }
}

// EXTERNAL MODULE: ./build/database/dump-progress.js
var dump_progress = __webpack_require__(81010);
;// CONCATENATED MODULE: ./build/database/mysql/dumped-tables.js
/** The name in the verbose line for a table or view that the dump comes to; undefined in any other line. */
function tableBegun(line) {
    return /^-- Retrieving table structure for table (.+)\.\.\.$/.exec(line)?.[1];
}
function dumpedTables({ database, tables, bytes }) {
    const sizes = new Map(tables.map((table) => [table.name, table.bytes]));
    return { database, sizes, total: bytes, tableBegun };
}

// EXTERNAL MODULE: ./build/host/dialogue.js
var dialogue = __webpack_require__(18393);
// EXTERNAL MODULE: ./build/database/mysql/connection.js
var mysql_connection = __webpack_require__(6829);
// EXTERNAL MODULE: ./build/database/mysql/sql-text.js
var sql_text = __webpack_require__(20633);
;// CONCATENATED MODULE: ./build/database/mysql/guard-session.js
/**
 * A session of our own beside the dump's, opened inside the lock: its snapshot is what the main tables are counted in, and on
 * request it holds off everybody's DDL until the dump is done.
 *
 * Between lock and unlock Bitbucket is drained and writes nothing, so that this snapshot and the dump's, which begins a
 * moment later, see the same rows.
 *
 * It does not keep the tables' metadata locks, as one might: an ALTER that waits for one makes everybody wait who comes after
 * it (MySQL's manual, "Metadata Locking": pending write lock requests go before read lock requests), the dump as well,
 * which the ALTER then waits for through us. Tried with MariaDB 10.11: nobody of the three goes on.
 */









/** A sign of life takes milliseconds; after this long the server or the way to it is gone. */
const ANSWER_MS = 60_000;
/** How long another backup's lock is waited for inside Bitbucket's. */
const LOCK_WAIT_SECONDS = 10;
/** DDL waits before it asks for a table, so that reading and writing goes on ("BACKUP STAGE", "LOCK INSTANCE FOR BACKUP"). */
function blockingDdl(family) {
    const limit = `SET SESSION lock_wait_timeout = ${LOCK_WAIT_SECONDS};`;
    switch (family) {
        case 'MariaDB':
            return `${limit} BACKUP STAGE START; BACKUP STAGE BLOCK_DDL;`;
        case 'MySQL':
            return `${limit} LOCK INSTANCE FOR BACKUP;`;
    }
}
class GuardSession {
    #options;
    #signal;
    #client;
    #open = false;
    #closing = false;
    /** Never resolves. Rejects with DB_FAILED when the session ends before it is closed. */
    lost;
    /** It is ended by the signal, or by `close`. */
    constructor(options, signal) {
        this.#options = options;
        this.#signal = signal;
        const { connection, client, database } = options;
        this.#client = (0,dialogue/* startDialogue */.V)((0,mysql_connection/* clientRunner */.u)(connection), client, (0,sql_script/* clientArguments */.Kz)(database), { signal });
        const lost = Promise.withResolvers();
        const lose = (error) => {
            if (!this.#closing) {
                lost.reject(this.#told(error));
            }
        };
        this.#client.ended.then(() => lose(new Error('the client ended by itself')), lose);
        this.lost = lost.promise;
        // Whoever waits for something else hears of it from there.
        this.lost.catch(() => undefined);
    }
    /** Takes the snapshot, and the lock against DDL before it. @throws ActionError DB_FAILED; what the signal was aborted with */
    async open() {
        const { family, blockDdl } = this.#options;
        this.#client.send(sql_script/* SESSION_SETTINGS */.lg);
        if (blockDdl) {
            this.#client.send(blockingDdl(family));
        }
        this.#client.send('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;');
        this.#client.send('START TRANSACTION WITH CONSISTENT SNAPSHOT;');
        await this.assertAlive();
        this.#open = true;
    }
    /**
     * Of these tables, as the snapshot has them. Takes as long as the server takes to read an index of each. Back at the
     * savepoint the metadata lock is gone and the snapshot stays, by which the dump programs do it, too.
     * @throws as `open`
     */
    async countRows(tables) {
        const counts = {};
        this.#client.send('SAVEPOINT counted;');
        for (const table of tables) {
            const row = await this.#ask(`SELECT COUNT(*) FROM ${(0,sql_text/* quoteName */.A)(table)};`);
            counts[table] = row.number(0);
            this.#client.send('ROLLBACK TO SAVEPOINT counted;');
        }
        return counts;
    }
    /** @throws as `open`, unless the session is there and answers */
    async assertAlive() {
        await this.#ask('SELECT 1;', ANSWER_MS);
    }
    /** Ends the transaction and the session, and waits for the end. @throws as `open` */
    async close() {
        this.#closing = true;
        try {
            await this.#client.finish();
        }
        catch (error) {
            throw this.#told(error);
        }
    }
    /** Waits until the client is gone, however it ended. */
    async gone() {
        await Promise.allSettled([this.#client.ended]);
    }
    async #ask(question, limitMs) {
        this.#client.send(question);
        const answered = new AbortController();
        const late = async () => {
            await (0,promises_.setTimeout)(limitMs, undefined, { signal: answered.signal, ref: false });
            throw new Error(`no answer came within ${(limitMs ?? 0) / 1_000} s`);
        };
        try {
            const answer = this.#client.next();
            return (0,rows/* parseRow */.W)(await (limitMs === undefined ? answer : Promise.race([answer, late()])));
        }
        catch (error) {
            throw this.#told(error);
        }
        finally {
            answered.abort();
        }
    }
    /** Why it was stopped stays what it is; everything else becomes a sentence. */
    #told(error) {
        if (this.#signal.aborted) {
            return this.#signal.reason;
        }
        if (error instanceof errors/* ActionError */.lZ && error.code === 'DB_FAILED') {
            return error;
        }
        const { connection, database } = this.#options;
        const which = `database '${database}' at ${(0,options_file/* serverName */.L5)(connection.inputs)}`;
        const what = this.#open
            ? `The session that watches over the dump of ${which} ended before the dump did`
            : `The snapshot of ${which} could not be taken`;
        return new errors/* ActionError */.lZ('DB_FAILED', `${what}: ${(0,client_errors/* wordsOf */.Z9)(error)}.`, {
            advice: 'Look into the log of the database server for the reason and run again.',
            cause: error,
        });
    }
}

// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
;// CONCATENATED MODULE: ./build/database/mysql/mysql-dump.js
/** mysqldump and mariadb-dump, with their failures turned into sentences. */






/** The histograms came with 8.0; it asks every server for them, and MySQL 5.7 and MariaDB have none. */
const ASKS_FOR_HISTOGRAMS = 80_000;
function dumpArguments({ dump, facts }) {
    return [
        '--single-transaction',
        '--quick',
        '--routines',
        '--triggers',
        // Without the right the program fails over the question whether there are any.
        ...(facts.mayReadEvents ? ['--events'] : []),
        // Needs PROCESS on MySQL, and Bitbucket has none.
        '--no-tablespaces',
        '--hex-blob',
        '--default-character-set=utf8mb4',
        // The restore goes into an empty database: nothing is dropped, and no right to lock tables is needed.
        '--skip-add-drop-table',
        '--skip-add-locks',
        // By these the dump is checked for its end and its tables.
        '--comments',
        '--verbose',
        ...familyArguments(dump),
    ];
}
function familyArguments({ version }) {
    switch (version.family) {
        case 'MariaDB':
            return [];
        case 'MySQL':
            // The restored database is none of the replicas of the old one.
            return [
                '--set-gtid-purged=OFF',
                ...(version.number >= ASKS_FOR_HISTOGRAMS ? ['--column-statistics=0'] : []),
            ];
    }
}
/**
 * Dumps the one database, without CREATE DATABASE and USE.
 *
 * @throws ActionError DB_FAILED, DISK_FULL or CHILD_KILLED; what the signal was aborted with.
 */
async function dumpDatabase(connection, plan, { file, signal, onLine }) {
    const { commands } = connection;
    const plain = file.compression === 'none';
    const args = [
        ...dumpArguments(plan),
        ...(plain ? [`--result-file=${file.path}`] : []),
        '--',
        plan.facts.database,
    ];
    try {
        await (0,mysql_connection/* runClient */.b)(connection, plan.dump.path, args, {
            signal,
            onErrorLine: onLine,
            ...(plain ? {} : { onStdout: async (stdout) => await (0,dump_file/* compressInto */.R5)(file, stdout, commands, signal) }),
        });
    }
    catch (error) {
        signal.throwIfAborted();
        throw error instanceof command_error/* CommandError */.Qd ? dumpFailure(error, connection, plan) : error;
    }
}
const CAUSES = [
    {
        numbers: [1044, 1045, 1142, 1143, 1227, 1370],
        what: 'lacks a right',
        advice: 'Grant the user what is named, or give the user that Bitbucket uses as database-username.',
    },
    {
        numbers: [1146, 1412, 1356],
        what: 'found a table or view that was altered or dropped after its moment',
        advice: 'Run again; database-block-ddl makes such changes wait.',
    },
    {
        numbers: [1205, 1969, 3024],
        what: 'was ended by a timeout of the server',
        advice: 'Look for a session that holds a lock on a table, let it end and run again.',
    },
    {
        numbers: [2002, 2003, 2006, 2013, 1053, 1317, 1927, 4031],
        what: 'lost its connection',
        advice: 'Look into the log of the database server for the reason and run again.',
    },
];
const UNKNOWN = {
    what: 'failed',
    advice: 'Correct what the dump program names and run again.',
};
function dumpFailure(error, connection, plan) {
    const number = (0,client_errors/* errorNumber */.mu)(error);
    const cause = CAUSES.find(({ numbers }) => number !== undefined && numbers.includes(number)) ?? UNKNOWN;
    const { code, advice } = codeAndAdvice(error, cause.advice);
    const subject = `The dump of database '${plan.facts.database}' at ${(0,options_file/* serverName */.L5)(connection.inputs)}`;
    return new errors/* ActionError */.lZ(code, `${subject} ${cause.what}: ${(0,client_errors/* wordsOf */.Z9)(error)}.`, { advice, cause: error });
}
/** What a full disk is called: the programs give the number, zstd the words. */
const DISK_IS_FULL = /[Ee]rrno:? 28\b|No space left|Disk full/;
function codeAndAdvice(error, advice) {
    if (error.code === 'DISK_FULL' || error.stderr.some((line) => DISK_IS_FULL.test(line))) {
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

// EXTERNAL MODULE: ./build/host/abort-with.js
var abort_with = __webpack_require__(48930);
// EXTERNAL MODULE: ./build/database/main-tables.js
var main_tables = __webpack_require__(87537);
;// CONCATENATED MODULE: ./build/database/mysql/running-dump.js
/**
 * A dump that has its moment and goes on after Bitbucket is unlocked: the dump program, and beside it the session that was
 * opened with it. They live and end together.
 */






/** The client waits for its input and does not see that its session was ended, so it is asked this often. */
const WATCH_MS = 1_000;
const NAMES_SHOWN = 5;
class RunningDump {
    #parts;
    #over = new AbortController();
    #rows;
    #watching;
    constructor(parts) {
        this.#parts = parts;
        const present = new Set(tablesIn(parts.definitions));
        this.#rows = parts.guard.countRows(main_tables/* MAIN_TABLES */.K.filter((name) => present.has(name)));
        this.#rows.catch(() => undefined);
        this.#watching = this.#watch();
    }
    /**
     * Waits until the dump is done. A failure since the capture is kept for this.
     *
     * @throws ActionError as `dumpDatabase`, or DB_FAILED when the session beside it has ended before, or when something was
     *   altered that the dump may have as it was later; what the signal was aborted with. No program is left then.
     */
    async finish(signal) {
        const { guard, dumped, stop, definitions } = this.#parts;
        const unlink = (0,abort_with/* abortWith */.l)(signal, stop);
        try {
            signal.throwIfAborted();
            await this.#unlessAltered(dumped);
            const rows = await this.#unlessAltered(this.#rows);
            this.#over.abort();
            await this.#watching;
            await guard.assertAlive();
            await this.#assertUnaltered();
            await guard.close();
            return { tables: tablesIn(definitions), rows };
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
        const { guard, dumped, stop } = this.#parts;
        this.#over.abort();
        stop.abort(reason);
        await Promise.allSettled([dumped, guard.gone(), this.#watching, this.#rows]);
    }
    /** What was altered explains a failure better than what stumbled over it. */
    async #unlessAltered(work) {
        try {
            return await work;
        }
        catch (error) {
            if (!this.#parts.stop.signal.aborted && error instanceof errors/* ActionError */.lZ && error.code === 'DB_FAILED') {
                await this.#assertUnaltered(error);
            }
            throw error;
        }
    }
    /** @throws ActionError DB_FAILED when something was altered. A server that cannot be asked any more has another story to tell. */
    async #assertUnaltered(cause) {
        const { dump, definitions, stop } = this.#parts;
        let now;
        try {
            now = await definitionsOf(dump, stop.signal);
        }
        catch (error) {
            throw cause ?? error;
        }
        const altered = changedDefinitions(definitions, now);
        if (altered.length === 0) {
            return;
        }
        const names = altered.slice(0, NAMES_SHOWN).join(', ');
        const more = altered.length > NAMES_SHOWN ? ` and ${altered.length - NAMES_SHOWN} more` : '';
        throw new errors/* ActionError */.lZ('DB_FAILED', `The dump of database '${dump.plan.facts.database}' is not of one moment: while it ran, somebody altered, created or dropped ${names}${more}.`, {
            advice: 'Run again when no app is being updated; database-block-ddl makes such changes wait.',
            cause,
        });
    }
    /** Stops the dump when the session is lost; `dumped` then rejects with the reason. Never rejects. */
    async #watch() {
        const { guard, stop } = this.#parts;
        try {
            await Promise.race([guard.lost, this.#askAgainAndAgain()]);
        }
        catch (error) {
            if (!this.#over.signal.aborted) {
                stop.abort(error);
            }
        }
    }
    async #askAgainAndAgain() {
        const { signal } = this.#over;
        // One question at a time; a count that failed is told by whoever waits for it.
        await Promise.allSettled([this.#rows]);
        while (!signal.aborted) {
            await (0,promises_.setTimeout)(WATCH_MS, undefined, { signal, ref: false });
            await this.#parts.guard.assertAlive();
        }
    }
}

;// CONCATENATED MODULE: ./build/database/mysql/start-dump.js
/** Brings a dump to the point from which nobody's writing can touch it. This is all that the locked window waits for. */










/** The dump comes to its first table in a fraction of a second; this it gets on a server that is far away or busy. */
const FIRST_TABLE_SECONDS = 60;
/**
 * Returns once the dump has come to its first table. By then its snapshot has begun, and it has its list of tables: `main` in
 * client/mysqldump.cc, of MySQL and of MariaDB, executes START TRANSACTION WITH CONSISTENT SNAPSHOT (`start_transaction`) and
 * gives up when that fails, before it calls `dump_databases`, which asks for the list; "Retrieving table structure" is
 * said by `get_table_structure`, called for each table of that list. What it says is flushed line by line (`verbose_msg`).
 *
 * @param signal is listened to until this returns, and no longer
 * @throws ActionError when it cannot be had; what the signal was aborted with. By then no program is left.
 */
async function startDump(dump, file, signal) {
    signal.throwIfAborted();
    const stop = new AbortController();
    const unlink = (0,abort_with/* abortWith */.l)(signal, stop);
    const { connection, plan, context } = dump;
    const { facts, client, blockDdl } = plan;
    const { database } = facts;
    const guard = new GuardSession({ connection, client: client.path, database, family: facts.version.family, blockDdl }, stop.signal);
    const ends = [guard.gone()];
    try {
        await guard.open();
        const { dumped, reading } = beginDump(dump, file, stop.signal);
        ends.push(dumped);
        // Side by side, because all of Bitbucket waits for it; nobody alters anything inside the lock.
        const reached = untilReading(dump, { dumped, reading, lost: guard.lost });
        const [definitions] = await Promise.all([definitionsOf(dump, stop.signal), reached]);
        signal.throwIfAborted();
        context.log.info(`The dump of database '${database}' holds its snapshot`);
        return new RunningDump({ dump, guard, dumped, stop, definitions });
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
function beginDump({ connection, plan, context }, file, signal) {
    const reading = Promise.withResolvers();
    const progress = (0,dump_progress/* startDumpProgress */.W)(dumpedTables(plan.facts), context.log);
    const onLine = (line) => {
        context.log.debug(line);
        progress.line(line);
        if (tableBegun(line) !== undefined) {
            reading.resolve();
        }
    };
    const dumped = dumpDatabase(connection, plan, { file, signal, onLine }).finally(() => progress.stop());
    // A failure is kept until somebody asks how the dump ended, which may be long after it.
    dumped.catch(() => undefined);
    return { dumped, reading: reading.promise };
}
async function untilReading({ connection, plan }, { dumped, reading, lost, }) {
    const subject = `The dump of database '${plan.facts.database}' at ${(0,options_file/* serverName */.L5)(connection.inputs)}`;
    const reached = new AbortController();
    const ended = async () => {
        await dumped;
        // What it said last may still be on its way.
        await Promise.race([reading, (0,promises_.setTimeout)(1_000, undefined, { signal: reached.signal, ref: false })]);
        throw new errors/* ActionError */.lZ('DB_FAILED', `${subject} is not whole: the dump program ended without reading a table.`, {
            advice: 'Check the installed client of MySQL or MariaDB and run again.',
        });
    };
    const late = async () => {
        await (0,promises_.setTimeout)(FIRST_TABLE_SECONDS * 1_000, undefined, { signal: reached.signal, ref: false });
        throw new errors/* ActionError */.lZ('DB_FAILED', `${subject} has not begun to read tables within ${FIRST_TABLE_SECONDS} s.`, {
            advice: 'Look into SHOW PROCESSLIST of the server for what it waits for and run again.',
        });
    };
    try {
        await Promise.race([reading, ended(), lost, late()]);
    }
    finally {
        reached.abort();
    }
}

;// CONCATENATED MODULE: ./build/database/mysql/mysql-capture.js





/**
 * Returns as soon as the dump holds the drained state; it goes on while users are working again.
 *
 * @throws ActionError when the snapshot cannot be taken or the dump fails; what the signal was aborted with
 */
async function captureDump(dump, signal) {
    signal.throwIfAborted();
    const fileIn = (folder) => (0,dump_file/* dumpFileIn */._$)(folder, dump.plan.compression);
    return await (0,captured_dump/* captureDumpInto */.d)(dump.context, {
        start: async (folder) => await startDump(dump, fileIn(folder), signal),
        settle: async (folder, finished, settleSignal) => await settle(dump, { folder, file: fileIn(folder), finished }, settleSignal),
    });
}
async function settle({ plan, context }, { folder, file, finished }, signal) {
    const { facts, dump } = plan;
    signal.throwIfAborted();
    await verifyDump(file, { database: facts.database, tables: finished.tables }, signal);
    await (0,dump_file/* flushDump */.XQ)(folder, file);
    const size = await (0,dump_folder/* measureDump */.ZC)(folder);
    signal.throwIfAborted();
    await (0,dump_folder/* publishDump */.IK)(folder, context.backupRoot, context.backupId);
    return {
        strategy: 'mysql',
        included: true,
        members: [dump_folder/* DUMP_MEMBER */.g0],
        ...size,
        tools: { [dump.version.family === 'MariaDB' ? 'mariadb-dump' : 'mysqldump']: dump.version.text },
        details: {
            format: 'sql',
            server: facts.version.family,
            serverVersion: facts.version.text,
            client: dump.version.family,
            clientVersion: dump.version.text,
            database: facts.database,
            user: facts.user.replace(/@[^@]*$/, ''),
            characterSet: facts.characterSet,
            collation: facts.collation,
            tables: finished.tables.length,
            rows: finished.rows,
            compression: file.compression,
        },
    };
}

// EXTERNAL MODULE: ./build/database/mysql/mysql-preflight.js + 3 modules
var mysql_preflight = __webpack_require__(3765);
;// CONCATENATED MODULE: ./build/database/mysql/mysql.js





const mysql = {
    read: (inputs) => {
        const options = readMysqlOptions(inputs);
        return { create: (context) => createMysql(options, context) };
    },
};
function readMysqlOptions(inputs) {
    return {
        ...readConnectionInputs(inputs),
        database: inputs.requiredText('database-name'),
        compressDump: !(0,network_inputs/* archiveCompresses */.N)(inputs),
        blockDdl: inputs.boolean('database-block-ddl'),
        clientFolders: undefined,
    };
}
function readConnectionInputs(inputs) {
    return { ...(0,network_inputs/* readNetworkInputs */.W)(inputs), optionsFile: inputs.optionalPath('database-options-file') };
}
function createMysql(options, context) {
    const connection = { commands: context.commands, inputs: options };
    const facts = (0,known_facts/* knownFacts */.X)(async () => await (0,mysql_preflight/* inspect */.Nn)(connection, options));
    return {
        name: 'mysql',
        // The dump is of one moment, but the rows are counted in another session's snapshot, which only the drained state
        // makes the same.
        atomic: false,
        preflight: facts.preflight,
        spaceNeeds: async () => [
            { path: context.backupRoot, bytes: dumpBytes((await facts.ready()).facts), what: 'database dump' },
        ],
        prepare: async (signal) => {
            signal.throwIfAborted();
            for (const name of await (0,dump_folder/* removeLeftovers */.DA)(context.backupRoot)) {
                context.log.info(`Cleared away ${name}, which an earlier run left behind.`);
            }
        },
        capture: async (signal) => {
            const { compressDump, blockDdl } = options;
            const plan = {
                ...(await facts.ready()),
                compression: compressDump ? 'zstd' : 'none',
                blockDdl,
            };
            return await captureDump({ connection, plan, context }, signal);
        },
    };
}
/** An upper estimate: binary values are written as two digits a byte, and text needs room for names and quotes. */
function dumpBytes({ bytes }) {
    return 2 * bytes;
}


/***/ }),

/***/ 65706:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hw: () => (/* binding */ withOptionsFile),
/* harmony export */   L5: () => (/* binding */ serverName),
/* harmony export */   Wg: () => (/* binding */ DEFAULT_PORT),
/* harmony export */   qU: () => (/* binding */ isSocket)
/* harmony export */ });
/* unused harmony exports optionsText, quoteOption */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _host_private_folder_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89749);
/**
 * How MySQL's and MariaDB's clients are told where to connect: by an option file, because a password in it shows nowhere else
 * (their manuals, "Using Option Files"). 0600, in a private folder, gone when the program has ended.
 */



const DEFAULT_PORT = 3306;
/** The clients wait long by default: a firewall that drops packets must not hold the run. Their dump programs do not know it. */
const CONNECT_TIMEOUT_SECONDS = 10;
/** Calls `use` with the file's path while the file exists. */
async function withOptionsFile(inputs, use) {
    return await (0,_host_private_folder_js__WEBPACK_IMPORTED_MODULE_2__/* .withPrivateFolder */ .m)(async (folder) => {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'my.cnf');
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, optionsText(inputs), { mode: 0o600, flag: 'wx' });
        return await use(path);
    });
}
/** Later lines win, so that the inputs win over the administrator's file, and that over what stands before. */
function optionsText(inputs) {
    const { host, port, username, password, optionsFile, parameters = {} } = inputs;
    const lines = [...tlsLines(parameters), ...(optionsFile === undefined ? [] : [`!include ${optionsFile}`])];
    lines.push('[client]');
    const add = (name, value) => {
        if (value !== undefined) {
            lines.push(`${name}=${quoteOption(value)}`);
        }
    };
    add('user', username);
    add('password', password);
    if (isSocket(host)) {
        add('socket', host);
    }
    else {
        add('host', host);
        add('port', port?.toString());
        // With `localhost` the clients take the socket and leave the port alone that somebody has given.
        add('protocol', port === undefined ? undefined : 'tcp');
    }
    lines.push('[mysql]', `connect-timeout=${CONNECT_TIMEOUT_SECONDS}`);
    // Its client prints a statement that failed, rows and all; they would come into the log.
    lines.push('[mariadb-client]', 'loose-skip-print-query-on-error', '');
    return lines.join('\n');
}
/** MariaDB's clients read a group of their own besides, and take `loose-` options that they do not know for a warning. */
function tlsLines(parameters) {
    const mode = parameters['ssl-mode'];
    const authority = parameters['ssl-ca'];
    const common = [
        ...(mode === undefined ? [] : [`loose-ssl-mode=${quoteOption(mode)}`]),
        ...(authority === undefined ? [] : [`ssl-ca=${quoteOption(authority)}`]),
    ];
    const mariadb = mariadbTls(mode);
    return [
        ...(common.length === 0 ? [] : ['[client]', ...common]),
        ...(mariadb.length === 0 ? [] : ['[client-mariadb]', ...mariadb]),
    ];
}
/** Without any of these its clients do as its version has it: no TLS before 11.4, and a verified one since. */
function mariadbTls(mode) {
    switch (mode) {
        case 'DISABLED':
            return ['skip-ssl'];
        case 'REQUIRED':
        case 'VERIFY_CA':
            return ['ssl', 'skip-ssl-verify-server-cert'];
        case 'VERIFY_IDENTITY':
            return ['ssl', 'ssl-verify-server-cert'];
        case undefined:
        default:
            return [];
    }
}
/** In the quotes of option files a `#` begins no comment and spaces stay; the escapes are those of the manual. */
function quoteOption(value) {
    const escaped = value
        .replaceAll('\\', '\\\\')
        .replaceAll('"', '\\"')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r')
        .replaceAll('\t', '\\t');
    return `"${escaped}"`;
}
function isSocket(host) {
    return host?.startsWith('/') === true;
}
/** `db.example.com:3306`, or the path of the socket. */
function serverName({ host, port }) {
    if (isSocket(host)) {
        return host;
    }
    return host === undefined && port === undefined
        ? 'the local default socket'
        : `${host ?? 'localhost'}:${port ?? DEFAULT_PORT}`;
}


/***/ }),

/***/ 76190:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W2: () => (/* binding */ hasRightIn),
/* harmony export */   fy: () => (/* binding */ hasRight),
/* harmony export */   ob: () => (/* binding */ hasRoles)
/* harmony export */ });
/** `'user'@'host'`, of what `CURRENT_USER()` gives as `user@host`. */
const GRANTEE = `CONCAT("'", LEFT(CURRENT_USER(), CHAR_LENGTH(CURRENT_USER()) - CHAR_LENGTH(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)) - 1), "'@'", SUBSTRING_INDEX(CURRENT_USER(), '@', -1), "'")`;
/** On the whole server. */
function hasRight(right) {
    return `(SELECT COUNT(*) > 0 FROM information_schema.USER_PRIVILEGES WHERE GRANTEE = ${GRANTEE} AND PRIVILEGE_TYPE = '${right}')`;
}
/**
 * On the server, or on this database: the names of the list are patterns.
 * @param database an expression
 */
function hasRightIn(right, database) {
    return `(${hasRight(right)} OR (SELECT COUNT(*) > 0 FROM information_schema.SCHEMA_PRIVILEGES
    WHERE GRANTEE = ${GRANTEE} AND PRIVILEGE_TYPE = '${right}' AND ${database} LIKE TABLE_SCHEMA))`;
}
/** @param rows what `SHOW GRANTS` answered, among others: rights are given on something, roles are not */
function hasRoles(rows) {
    return rows.some((row) => row.text(0).startsWith('GRANT ') && !row.text(0).includes(' ON '));
}


/***/ }),

/***/ 83872:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ parseRow),
/* harmony export */   t: () => (/* binding */ parseRows)
/* harmony export */ });
/** Rows as the clients print them with `--batch`: a line each, fields between tabs, special characters escaped. */
function parseRows(output) {
    return output
        .split('\n')
        .filter((line) => line !== '')
        .map(parseRow);
}
function parseRow(line) {
    const fields = line.split('\t').map(unescaped);
    const text = (column) => {
        const field = fields[column];
        if (field === undefined) {
            throw wrong(column);
        }
        return field;
    };
    return {
        text,
        optionalText: (column) => {
            const field = text(column);
            return field === 'NULL' ? undefined : field;
        },
        number: (column) => {
            const number = Number(text(column));
            if (text(column) === '' || !Number.isFinite(number)) {
                throw wrong(column);
            }
            return number;
        },
        boolean: (column) => text(column) === '1',
    };
}
/** mysql's manual, `--batch`: newline, tab, NUL and backslash are written as `\n`, `\t`, `\0` and `\\`. */
function unescaped(field) {
    return field.replace(/\\([nt0\\])/g, (_pair, escaped) => {
        switch (escaped) {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case '0':
                return '\0';
            default:
                return '\\';
        }
    });
}
function wrong(column) {
    return new TypeError(`The database answered no usable value in column ${column + 1}.`);
}


/***/ }),

/***/ 85085:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kz: () => (/* binding */ clientArguments),
/* harmony export */   j3: () => (/* binding */ runScript),
/* harmony export */   lg: () => (/* binding */ SESSION_SETTINGS)
/* harmony export */ });
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6829);
/** Statements by the `mysql` or `mariadb` client, one after the other, until the first that fails. */

const DEADLINE_MS = 90_000;
/**
 * Statements on standard input, rows out. In binary mode the client has no commands of its own but `delimiter` and
 * `charset`, whatever it reads (its manual, `--binary-mode`).
 */
function clientArguments(database) {
    return [
        '--batch',
        '--skip-column-names',
        '--unbuffered',
        '--binary-mode',
        '--local-infile=0',
        '--default-character-set=utf8mb4',
        ...(database === undefined ? [] : [`--database=${database}`]),
    ];
}
/**
 * Of every session of ours: names and values are quoted for this mode, nobody's timeout ends it, and sizes of tables are
 * today's: MySQL 8 remembers them for a day (its manual, `information_schema_stats_expiry`). MariaDB, which has no such
 * setting, skips comments with the numbers of MySQL's versions from 5.7 on.
 */
const SESSION_SETTINGS = `SET SESSION sql_mode = '';
/*!100100 SET SESSION max_statement_time = 0 */; /*!80000 SET SESSION information_schema_stats_expiry = 0 */;
`;
/** @throws CommandError with the client's words and exit code 1 when it could not connect or a statement failed */
async function runScript(connection, client, script, options = {}) {
    const { database, signal, deadlineMs = DEADLINE_MS, goOn = false } = options;
    return await (0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .runClient */ .b)(connection, client, [...clientArguments(database), ...(goOn ? ['--force'] : [])], {
        input: `${SESSION_SETTINGS}${script}`,
        deadlineMs,
        ...(signal === undefined ? {} : { signal }),
        // The caller reads which statements failed.
        ...(goOn ? { okCodes: [1] } : {}),
    });
}


/***/ }),

/***/ 20633:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ quoteName),
/* harmony export */   o: () => (/* binding */ quoteText)
/* harmony export */ });
/** Names and values as they stand in SQL. For sessions whose `sql_mode` is empty: there a backslash escapes. */
function quoteName(name) {
    return `\`${name.replaceAll('`', '``')}\``;
}
function quoteText(text) {
    const escaped = text
        .replaceAll('\\', '\\\\')
        .replaceAll("'", "\\'")
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r')
        .replaceAll('\0', '\\0');
    return `'${escaped}'`;
}


/***/ }),

/***/ 92352:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lf: () => (/* binding */ seriesOf),
/* harmony export */   Ov: () => (/* binding */ clientVersion),
/* harmony export */   f_: () => (/* binding */ seriesName),
/* harmony export */   qh: () => (/* binding */ serverVersion),
/* harmony export */   sh: () => (/* binding */ versionName)
/* harmony export */ });
/** Version numbers of MySQL and MariaDB, as programs and servers print them. */
/** Of a server's `VERSION()`: `8.0.36`, `10.11.19-MariaDB-0+deb12u1`; MariaDB of old puts `5.5.5-` before it. */
function serverVersion(text) {
    return versionIn(text.replace(/^5\.5\.5-(?=.*mariadb)/i, ''), /mariadb/i.test(text));
}
/**
 * Of what a client prints with `--version`: `mysqldump  Ver 10.19 Distrib 10.11.19-MariaDB, for ...`, `mariadb-dump from
 * 11.4.2-MariaDB, client 10.19 for ...`, `mysqldump  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)`.
 */
function clientVersion(line) {
    const version = /(?:Distrib|from) (\d\S*?),? /.exec(`${line} `) ?? /Ver (\d\S*) /.exec(`${line} `);
    return version === null ? undefined : versionIn(version[1] ?? '', /mariadb/i.test(line));
}
function versionIn(text, isMariaDb) {
    const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
    if (match === null) {
        return undefined;
    }
    const [whole, major, minor, patch = '0'] = match;
    return {
        family: isMariaDb ? 'MariaDB' : 'MySQL',
        text: whole,
        number: Number(major) * 10_000 + Number(minor) * 100 + Number(patch),
    };
}
/** What counts when a client is compared with a server: 1011 for 10.11.19. */
function seriesOf({ number }) {
    return Math.floor(number / 100);
}
function seriesName({ text }) {
    return text.split('.').slice(0, 2).join('.');
}
function versionName({ family, text }) {
    return `${family} ${text}`;
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


/***/ }),

/***/ 84244:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ flushFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/** Makes new names in a folder survive a power failure. */

async function flushFolder(folder) {
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(folder, 'r');
    try {
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}


/***/ }),

/***/ 26872:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kp: () => (/* binding */ findProgram),
/* harmony export */   TV: () => (/* binding */ isExecutable),
/* harmony export */   b1: () => (/* binding */ versionLine),
/* harmony export */   uC: () => (/* binding */ toolCacheFolders)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _actions_exec__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(41955);
/* harmony import */ var _actions_tool_cache__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(59805);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(82058);
/**
 * Which programs are there, and how old they are. Short questions only, so @actions/exec may ask them; whatever can take
 * long runs through `command.ts`, which can end it.
 */





/**
 * The absolute path of a program on PATH. Folders inside the workflow's workspace, relative ones and ones that anybody
 * may write to are passed over: a checked-out `pg_dump` must not run with the rights of a backup.
 */
function findProgram(name, env = process.env) {
    const workspace = env['GITHUB_WORKSPACE'];
    return (env['PATH'] ?? '')
        .split(node_path__WEBPACK_IMPORTED_MODULE_1__.delimiter)
        .filter((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(folder) && isTrusted(folder, workspace))
        .map((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name))
        .find(isExecutable);
}
/** First line of what `<program> --version` prints; undefined when it does not run. */
async function versionLine(path, args = ['--version']) {
    try {
        const answer = await (0,_actions_exec__WEBPACK_IMPORTED_MODULE_2__/* .getExecOutput */ .H)(path, [...args], {
            silent: true,
            ignoreReturnCode: true,
            env: (0,_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .childEnvironment */ .Q)(),
        });
        return answer.exitCode === 0 ? answer.stdout.split('\n')[0]?.trim() : undefined;
    }
    catch {
        return undefined;
    }
}
/** The folders of all versions of a tool in the runner's tool cache; none outside a runner. */
function toolCacheFolders(tool, env = process.env) {
    if (!env['RUNNER_TOOL_CACHE']) {
        return [];
    }
    return (0,_actions_tool_cache__WEBPACK_IMPORTED_MODULE_3__/* .findAllVersions */ .iq)(tool)
        .map((version) => (0,_actions_tool_cache__WEBPACK_IMPORTED_MODULE_3__/* .find */ .I6)(tool, version))
        .filter((folder) => folder !== '');
}
function isExecutable(path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}
function isTrusted(folder, workspace) {
    try {
        const path = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(folder);
        // Sticky or not: where anybody may add a file, anybody may add a `pg_dump`.
        return ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).mode & 0o002) === 0 && !isInside(path, workspace);
    }
    catch {
        return false;
    }
}
/** Links are resolved on both sides: PATH can lead into the workspace by another name. */
function isInside(path, workspace) {
    if (!workspace) {
        return false;
    }
    const top = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(workspace) ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(workspace) : workspace;
    return path === top || path.startsWith(`${top}/`);
}


/***/ })

};
