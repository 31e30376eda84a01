export const id = 12;
export const ids = [12];
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

/***/ 41012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   internalRestore: () => (/* binding */ internalRestore)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(61621);
/* harmony import */ var _database_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(56641);
/** The internal database on the way back: it comes with the home. There is nothing to load, only to check. */




const internalRestore = {
    read: (inputs) => {
        if (inputs.written('home-strategy') === 'none') {
            inputs.problem('database-strategy', "is 'internal', and the internal database lies in the home, which home-strategy: none leaves out; restore the home as well.");
        }
        return { create: ({ commands }) => createInternalRestore(commands) };
    },
};
function createInternalRestore(commands) {
    let restored = 0;
    let recorded;
    return {
        name: 'internal',
        members: [],
        preflight: async () => await Promise.resolve([]),
        spaceNeeds: async () => await Promise.resolve([]),
        restore: async (part, unpacked, signal) => {
            signal.throwIfAborted();
            recorded = (0,_database_files_js__WEBPACK_IMPORTED_MODULE_3__/* .recordedFiles */ .k)(part.recorded?.details['files'])?.length;
            restored = await assertThere(part, { home: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(unpacked, _strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .HOME_COPY */ ._h), commands, signal });
        },
        complete: async () => await Promise.resolve({
            place: 'in the home',
            counts: [{ what: 'database files', recorded, restored }],
            todo: [],
        }),
        discard: async () => {
            await Promise.resolve();
        },
        recover: async () => await Promise.resolve([]),
    };
}
/** @returns how many. @throws ActionError RESTORE_VERIFY, ARCHIVE_INCOMPLETE */
async function assertThere({ recorded }, { home, commands, signal, }) {
    const found = await (0,_strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .internalDatabaseFiles */ .Gm)(home);
    const expected = (0,_database_files_js__WEBPACK_IMPORTED_MODULE_3__/* .recordedFiles */ .k)(recorded?.details['files']);
    const missing = expected?.find(({ path }) => !found.includes(path));
    if (missing !== undefined || !(0,_strategies_internal_database_js__WEBPACK_IMPORTED_MODULE_2__/* .holdsDatabase */ .UP)(found)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('ARCHIVE_INCOMPLETE', `The home in the archive has no ${missing?.path ?? 'shared/data/db.mv.db or db.h2.db'}, so it lacks the internal database.`, { advice: 'Choose another archive.' });
    }
    const paths = (expected ?? []).map(({ path }) => path);
    const unpacked = await (0,_database_files_js__WEBPACK_IMPORTED_MODULE_3__/* .digestsOf */ .n)(commands, home, paths, signal);
    const differs = expected?.find(({ sha256 }, index) => unpacked[index]?.sha256 !== sha256);
    if (differs !== undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('RESTORE_VERIFY', `The internal database was unpacked, and ${differs.path} is not what the manifest says.`, { advice: 'Choose another archive.' });
    }
    return expected === undefined ? found.length : paths.length;
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
