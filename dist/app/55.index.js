export const id = 55;
export const ids = [55];
export const modules = {

/***/ 56641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ recordedFiles),
/* harmony export */   n: () => (/* binding */ digestsOf)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/** Files of the internal database with what they hold, read by a program of its own: a file system may hang. */


/** @throws CommandError, or as `stat` does; the signal's reason when it was aborted */
async function digestsOf(commands, home, paths, signal) {
    const files = [];
    for (const path of paths) {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, path);
        const { stdout } = await commands.run('sha256sum', ['--binary', '--', file], { signal });
        // A backslash before it says that one is in the name.
        const sha256 = /^\\?([0-9a-f]{64}) /.exec(stdout)?.[1];
        if (sha256 === undefined) {
            throw new TypeError(`sha256sum did not answer a digest of ${path}.`);
        }
        files.push({ path, bytes: (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file)).size, sha256 });
    }
    return files;
}
/** @returns what the manifest says, checked; undefined when it says nothing that can be used */
function recordedFiles(value) {
    if (!Array.isArray(value) || value.length === 0) {
        return undefined;
    }
    const files = [];
    for (const entry of value) {
        const [path, bytes, sha256] = ['path', 'bytes', 'sha256'].map((name) => field(entry, name));
        if (typeof path !== 'string' || typeof bytes !== 'number' || typeof sha256 !== 'string') {
            return undefined;
        }
        // An archive must not have us read what is elsewhere.
        if (!/^(?:shared\/)?data\/db\.[^/\0]+$/.test(path)) {
            return undefined;
        }
        files.push({ path, bytes, sha256 });
    }
    return files;
}
function field(value, name) {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}


/***/ }),

/***/ 43055:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createInternal: () => (/* binding */ createInternal),
/* harmony export */   internal: () => (/* binding */ internal)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(61621);
/* harmony import */ var _host_still_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9423);
/* harmony import */ var _database_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56641);
/**
 * `internal`: the H2 database that Bitbucket has in its home when nobody gave it another one. Its files are copied with the
 * home, inside the lock; here it is seen to that they are there, and that the copy is what the drained Bitbucket had.
 */





const internal = {
    read: (inputs) => {
        if (inputs.written('home-strategy') === 'none') {
            inputs.problem('database-strategy', "is 'internal', and the internal database lies in the home, which home-strategy: none leaves out; copy the home as well.");
        }
        // What is wrong with it the reader of the home says.
        const homePath = inputs.written('home-path').replace(/\/+$/, '');
        return { create: (context) => createInternal(homePath, context) };
    },
};
function createInternal(homePath, context) {
    return {
        name: 'internal',
        atomic: false,
        preflight: async () => await preflight(homePath),
        // The copy of the home holds it.
        spaceNeeds: async () => await Promise.resolve([]),
        prepare: async (signal) => {
            await Promise.resolve();
            signal.throwIfAborted();
        },
        capture: async (signal) => await capture(homePath, context, signal),
    };
}
async function preflight(homePath) {
    const files = await (0,_strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .internalDatabaseFiles */ .Gm)(homePath);
    return (0,_strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .holdsDatabase */ .UP)(files)
        ? [
            {
                severity: 'warning',
                subject: 'database-strategy',
                message: 'Bitbucket runs on its internal database, which Atlassian supports for evaluation only; migrate to an external one before others rely on it.',
            },
        ]
        : [
            {
                severity: 'error',
                subject: 'database-strategy',
                message: `The home '${homePath}' has no internal database (shared/data/db.mv.db or db.h2.db), and bitbucket.properties names no other one; if Bitbucket is told of its database in another way (JDBC_URL of a container), name database-strategy and the inputs database-*.`,
            },
        ];
}
/** Side by side with the copy of the home, which waits for the same. */
async function capture(homePath, context, signal) {
    signal.throwIfAborted();
    const list = async () => (await (0,_strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .internalDatabaseFiles */ .Gm)(homePath)).map((file) => (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(homePath, file));
    if ((await (0,_host_still_files_js__WEBPACK_IMPORTED_MODULE_3__/* .untilStill */ .jK)(list, _strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .STILLNESS */ .mH, signal)) === undefined) {
        throw changing(homePath);
    }
    const files = await (0,_strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .internalDatabaseFiles */ .Gm)(homePath);
    if (!(0,_strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .holdsDatabase */ .UP)(files)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('DB_FAILED', `The internal database of '${homePath}' is gone since preflight.`, {
            advice: 'Find out who removed shared/data/db.mv.db, and run again.',
        });
    }
    const drained = await (0,_database_files_js__WEBPACK_IMPORTED_MODULE_4__/* .digestsOf */ .n)(context.commands, homePath, files, signal);
    context.progress(1);
    return {
        settle: async (settling) => await settle(drained, context, settling),
        discard: async () => {
            await Promise.resolve();
        },
    };
}
/** The files of the copy against those that the drained Bitbucket had. */
async function settle(drained, { backupRoot, commands }, signal) {
    signal.throwIfAborted();
    const copy = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(backupRoot, _strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .HOME_COPY */ ._h);
    const there = new Set(await (0,_strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .internalDatabaseFiles */ .Gm)(copy));
    const missing = drained.find(({ path }) => !there.has(path));
    const paths = drained.map(({ path }) => path);
    const copied = missing === undefined ? await (0,_database_files_js__WEBPACK_IMPORTED_MODULE_4__/* .digestsOf */ .n)(commands, copy, paths, signal) : [];
    const differs = drained.find(({ sha256 }, index) => copied[index]?.sha256 !== sha256);
    const wrong = missing ?? differs;
    if (wrong !== undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('DB_FAILED', `The copy of the internal database is not as Bitbucket left it when it was drained: ${wrong.path} ${missing === undefined ? 'differs' : 'is missing'}.`, { advice: 'Find out what writes to that file while Bitbucket is locked, and run again.' });
    }
    return {
        strategy: 'internal',
        included: true,
        // They lie in the home's.
        members: [],
        details: { files: drained.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })) },
    };
}
function changing(homePath) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('DB_FAILED', `The internal database of '${homePath}' is written to although Bitbucket is drained: it does not stay still for ${_strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .STILLNESS */ .mH.forMs / 1_000} s within ${_strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .STILLNESS */ .mH.withinMs / 1_000} s.`, { advice: 'Find out what else uses it, stop that and run again.' });
}


/***/ }),

/***/ 9423:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   jK: () => (/* binding */ untilStill)
/* harmony export */ });
/* unused harmony exports stampsOf, sameStamps */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/** Files that another program has open: are they being written, and have they been? */



const EVERY_MS = 100;
/** @param list the paths there are; asked again each time, because files come and go. @throws as `stat` does */
async function stampsOf(list) {
    const stamps = new Map();
    for (const path of await list()) {
        try {
            const { size, mtimeNs, ino } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path, { bigint: true });
            stamps.set(path, `${size} ${mtimeNs} ${ino}`);
        }
        catch (error) {
            if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT')) {
                throw error;
            }
        }
    }
    return stamps;
}
/** Waits until nobody has written for a while. @returns undefined when that never was; throws what the signal was aborted with */
async function untilStill(list, { forMs, withinMs, everyMs = EVERY_MS }, signal) {
    const started = performance.now();
    let since = started;
    let stamps = await stampsOf(list);
    while (performance.now() - since < forMs) {
        if (performance.now() - started > withinMs) {
            return undefined;
        }
        signal.throwIfAborted();
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(everyMs, undefined, { signal });
        const now = await stampsOf(list);
        if (!sameStamps(stamps, now)) {
            stamps = now;
            since = performance.now();
        }
    }
    return stamps;
}
function sameStamps(one, other) {
    return one.size === other.size && [...one].every(([path, stamp]) => other.get(path) === stamp);
}


/***/ }),

/***/ 61621:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gm: () => (/* binding */ internalDatabaseFiles),
/* harmony export */   UP: () => (/* binding */ holdsDatabase),
/* harmony export */   _h: () => (/* binding */ HOME_COPY),
/* harmony export */   mH: () => (/* binding */ STILLNESS)
/* harmony export */ });
/* unused harmony export DATABASE_FILES */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/**
 * The files of Bitbucket's internal database: `db.*` in `shared/data`, or in `data` of old homes. The strategies of the home
 * and of the database both have to know them, and neither knows the other.
 */



/** The copy of the home below `backup-root` and in archives, named as Atlassian's scripts name it. */
const HOME_COPY = 'bitbucket-home';
const FOLDERS = ['shared/data', 'data'];
/** H2's file of tables: `db.mv.db`, or `db.h2.db` in the form of before. Beside it lie others (`db.trace.db`). */
const DATABASE_FILES = ['db.mv.db', 'db.h2.db'];
/**
 * H2 answers a commit up to 500 ms before it is in the file (WRITE_DELAY, "SET WRITE_DELAY" in its manual), and Bitbucket's
 * database is drained when nobody uses it any more. Afterwards it still tidies up its file for a moment.
 */
const STILLNESS = { forMs: 1_500, withinMs: 30_000 };
/** @returns paths relative to the home, sorted; those that cannot be looked for are none */
async function internalDatabaseFiles(home) {
    const found = [];
    for (const folder of FOLDERS) {
        try {
            const names = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(home, folder), { withFileTypes: true }))
                .filter((entry) => entry.isFile() && entry.name.startsWith('db.'))
                .map((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry.name));
            found.push(...names.sort());
        }
        catch (error) {
            if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR')) {
                throw error;
            }
        }
    }
    return found;
}
/** Is there one that holds tables? @param files as `internalDatabaseFiles` gives them */
function holdsDatabase(files) {
    return files.some((file) => DATABASE_FILES.some((name) => file.endsWith(`/${name}`)));
}


/***/ })

};
