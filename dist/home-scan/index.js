import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 4:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(919);
/* harmony import */ var _home_scan_scan_program_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(75);
/* harmony import */ var _home_scan_scan_thread_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(512);
/** A program of its own (`dist/home-scan`): the scan of a home, and each of its threads. */



if (node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.isMainThread) {
    await (0,_home_scan_scan_program_js__WEBPACK_IMPORTED_MODULE_1__/* .runScanProgram */ .z)(import.meta.filename);
}
else {
    (0,_home_scan_scan_thread_js__WEBPACK_IMPORTED_MODULE_2__/* .runScanThread */ .t)();
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ isErrno),
/* harmony export */   zR: () => (/* binding */ asError)
/* harmony export */ });
/* unused harmony exports ActionError, ConfigurationError, CanceledError, messageChain, codeOf */
/**
 * What can go wrong, as types. Every error that reaches the administrator is one sentence of what failed, on what and
 * why, and one of what to do next. Codes are stable once published: workflows branch on the `error-code` output.
 */
/** An expected failure: told in a sentence, without a stack. */
class ActionError extends Error {
    name = 'ActionError';
    code;
    advice;
    constructor(code, message, details = {}) {
        super(message, details.cause === undefined ? undefined : { cause: details.cause });
        this.code = code;
        this.advice = details.advice;
    }
}
/** All wrong inputs, or everything preflight found, in one go. */
class ConfigurationError extends ActionError {
    name = 'ConfigurationError';
    problems;
    /** @param found where preflight found them */
    constructor(code, problems, found = 'found before the lock') {
        const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
        const what = code === 'INPUT_INVALID' ? 'in the inputs' : found;
        super(code, `${count} ${what}: ${problems.map((problem) => problem.message).join(' ')}`, {
            advice: 'Correct what is named and run again; nothing was changed.',
        });
        this.problems = problems;
    }
}
/** The run was asked to stop: by the runner, by a signal, or by a deadline of the job. */
class CanceledError extends ActionError {
    name = 'CanceledError';
    constructor(message, details = {}) {
        super('CANCELED', message, { advice: 'Start the backup again when it suits.', ...details });
    }
}
/** Turns whatever was thrown into an Error, so that cause chains never hold bare values. */
function asError(thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
}
/** The message of an error and of its causes, outermost first, without repeats. */
function messageChain(error) {
    const messages = [];
    let current = error;
    while (current !== undefined && messages.length < 8) {
        const { message, cause } = asError(current);
        if (!messages.some((earlier) => earlier.includes(message))) {
            messages.push(message);
        }
        current = cause;
    }
    return messages;
}
/** The code of the first coded error in the chain of causes; anything else is a bug of ours. */
function codeOf(error) {
    let current = error;
    for (let depth = 0; current !== undefined && depth < 8; depth += 1) {
        if (current instanceof ActionError) {
            return current.code;
        }
        current = asError(current).cause;
    }
    return 'INTERNAL';
}
/** Is it a system error with one of these codes? */
function isErrno(error, ...codes) {
    return (error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code));
}


/***/ }),

/***/ 364:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   HD: () => (/* binding */ readable),
/* harmony export */   ZJ: () => (/* binding */ toBytes),
/* harmony export */   gN: () => (/* binding */ parentOf),
/* harmony export */   oR: () => (/* binding */ joined),
/* harmony export */   w2: () => (/* binding */ asPath)
/* harmony export */ });
/**
 * File names are bytes, and not all of them are UTF-8. Here they are strings with one latin1 character for each byte:
 * small in memory, cheap to compare, and nothing is lost.
 */
/** `folder/name`; a path that is empty stands for the root itself. */
function joined(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
/** From a path as Node gives it. */
function toBytes(path) {
    return Buffer.from(path, 'utf8').toString('latin1');
}
/** As Node's file system calls take it. */
function asPath(bytes) {
    // Most names are ASCII, the same in both, and a string is cheaper than a buffer.
    return /[\x80-\xff]/.test(bytes) ? Buffer.from(bytes, 'latin1') : bytes;
}
/** For people. */
function readable(bytes) {
    return Buffer.from(bytes, 'latin1').toString('utf8');
}
function parentOf(path) {
    const slash = path.lastIndexOf('/');
    return slash < 0 ? '' : path.slice(0, slash);
}


/***/ }),

/***/ 434:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ WorkingCopy)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(473);
/* harmony import */ var _byte_path_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(364);
/* harmony import */ var _list_folder_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(585);
/** The copy that the first pass made, compared with and corrected where rsync could not see that it is stale. */




class WorkingCopy {
    #root;
    #realFolders = new Set();
    /** @param root in bytes, absolute, without links in it */
    constructor(root) {
        this.#root = root;
    }
    look(path) {
        try {
            return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)((0,_byte_path_js__WEBPACK_IMPORTED_MODULE_3__/* .asPath */ .w2)(this.#absolute(path)), { bigint: true, throwIfNoEntry: false });
        }
        catch (error) {
            if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isErrno */ .r)(error, 'ENOTDIR')) {
                return undefined;
            }
            throw error;
        }
    }
    /** Its names, with whether they are folders; undefined when it is no folder. */
    list(path) {
        if (this.look(path)?.isDirectory() !== true) {
            return undefined;
        }
        return new Map((0,_list_folder_js__WEBPACK_IMPORTED_MODULE_2__/* .listFolder */ .b)(this.#absolute(path)).map(({ name, isFolder }) => [name, isFolder]));
    }
    /** @param source a file of the same size, in bytes, absolute */
    hasContent(path, source) {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,_byte_path_js__WEBPACK_IMPORTED_MODULE_3__/* .asPath */ .w2)(this.#absolute(path))).equals((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,_byte_path_js__WEBPACK_IMPORTED_MODULE_3__/* .asPath */ .w2)(source)));
    }
    /**
     * Removes a file, so that rsync copies it anew. Not one that is reached by a link: the link stands where the source has
     * a folder again, which rsync is told to make, with all that is in it.
     */
    remove(path) {
        if (!this.#isReal((0,_byte_path_js__WEBPACK_IMPORTED_MODULE_3__/* .parentOf */ .gN)(path))) {
            return;
        }
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.unlinkSync)((0,_byte_path_js__WEBPACK_IMPORTED_MODULE_3__/* .asPath */ .w2)(this.#absolute(path)));
        }
        catch (error) {
            if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isErrno */ .r)(error, 'ENOENT')) {
                throw error;
            }
        }
    }
    #isReal(folder) {
        if (!this.#realFolders.has(folder)) {
            const path = this.#absolute(folder);
            // Not Node's own, which takes bytes for UTF-8.
            if (node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync.native((0,_byte_path_js__WEBPACK_IMPORTED_MODULE_3__/* .asPath */ .w2)(path), { encoding: 'buffer' }).toString('latin1') !== path) {
                return false;
            }
            this.#realFolders.add(folder);
        }
        return true;
    }
    #absolute(path) {
        return path === '' ? this.#root : (0,_byte_path_js__WEBPACK_IMPORTED_MODULE_3__/* .joined */ .oR)(this.#root, path);
    }
}


/***/ }),

/***/ 182:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AP: () => (/* binding */ kindOfSubfolder),
/* harmony export */   Ph: () => (/* binding */ FOLDER_KINDS),
/* harmony export */   wl: () => (/* binding */ isNamedByContent)
/* harmony export */ });
/**
 * Which files need no look of their own. Git writes objects and packs under a temporary name and links or renames them
 * to names that are made of their content (git's object-file.c `finalize_object_file`, pack-write.c), so a folder of them
 * that is unchanged holds what it held. Files in it that have other names are looked at like any other.
 */
/** `objects` is that of a repository; `fan-out` one of its folders for loose objects; `pack` that for packs. */
const FOLDER_KINDS = ['plain', 'objects', 'fan-out', 'pack'];
const LOOSE_OBJECT = /^(?:[0-9a-f]{38}|[0-9a-f]{62})$/;
/** Not `.keep`, `.promisor` and the like: these are written in place. */
const PACK = /^pack-(?:[0-9a-f]{40}|[0-9a-f]{64})\.(?:pack|idx|rev|bitmap|mtimes)$/;
/** Does the content of a file follow from its name? */
function isNamedByContent(folder, name) {
    switch (folder) {
        case 'fan-out':
            return LOOSE_OBJECT.test(name);
        case 'pack':
            return PACK.test(name);
        case 'plain':
        case 'objects':
            return false;
    }
}
/** @param names in the folder: git takes one for a repository that has `HEAD`, `objects` and `refs` (setup.c `is_git_directory`) */
function kindOfSubfolder(folder, subfolder, names) {
    switch (folder) {
        case 'plain':
            return subfolder === 'objects' && names.has('HEAD') && names.has('refs') ? 'objects' : 'plain';
        case 'objects':
            if (/^[0-9a-f]{2}$/.test(subfolder)) {
                return 'fan-out';
            }
            return subfolder === 'pack' ? 'pack' : 'plain';
        case 'fan-out':
        case 'pack':
            return 'plain';
    }
}


/***/ }),

/***/ 585:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ listFolder)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(473);
/* harmony import */ var _byte_path_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(364);
/** The names in a folder. */



/** @param folder in bytes. @throws what the system says, ENOENT and ENOTDIR too */
function listFolder(folder) {
    const path = (0,_byte_path_js__WEBPACK_IMPORTED_MODULE_2__/* .asPath */ .w2)(folder);
    try {
        const entries = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(path, { withFileTypes: true, encoding: 'latin1' });
        return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
    }
    catch (error) {
        // A file system that does not tell types makes Node look at each name, and it takes latin1 for UTF-8.
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isErrno */ .r)(error, 'ENOENT')) {
            throw error;
        }
    }
    // A buffer for each name takes far more memory.
    const entries = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(path, { withFileTypes: true, encoding: 'buffer' });
    return entries.map((entry) => ({ name: entry.name.toString('latin1'), isFolder: entry.isDirectory() }));
}


/***/ }),

/***/ 338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $1: () => (/* binding */ MemoryWriter),
/* harmony export */   Dl: () => (/* binding */ isSameFile),
/* harmony export */   F1: () => (/* binding */ isSameFolder),
/* harmony export */   HK: () => (/* binding */ remembered),
/* harmony export */   R1: () => (/* binding */ joinedMemory)
/* harmony export */ });
/* harmony import */ var _git_folders_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(182);
/**
 * What is remembered of a folder from the first look to the second, packed: numbers in one array and names in one string,
 * so that hundreds of thousands of folders cost some MB and move between threads without being copied.
 */

function isSameFolder(folder, now) {
    return (now.isDirectory() &&
        now.dev === folder.device &&
        now.ino === folder.inode &&
        now.mtimeNs === folder.mtimeNs &&
        now.ctimeNs === folder.ctimeNs);
}
function isSameFile(file, device, now) {
    return (now.dev === device &&
        now.ino === file.inode &&
        now.mtimeNs === file.mtimeNs &&
        now.ctimeNs === file.ctimeNs &&
        now.size === file.size);
}
/** One after the other in one: handing many small ones to threads takes longer than what is done with them. */
function joinedMemory(one, other) {
    const numbers = new BigInt64Array(one.numbers.length + other.numbers.length);
    numbers.set(one.numbers);
    numbers.set(other.numbers, one.numbers.length);
    return { numbers, names: `${one.names}\0${other.names}` };
}
const NONE = [];
const FIRST_LENGTH = 4_096;
class MemoryWriter {
    #numbers = new BigInt64Array(FIRST_LENGTH);
    #length = 0;
    #names = [];
    add(folder) {
        this.#names.push(folder.path);
        this.#push(BigInt(_git_folders_js__WEBPACK_IMPORTED_MODULE_0__/* .FOLDER_KINDS */ .Ph.indexOf(folder.kind)), folder.trusted ? 1n : 0n, folder.device, folder.inode, folder.mtimeNs, folder.ctimeNs, BigInt(folder.folders.length), BigInt(folder.files.length));
        for (const subfolder of folder.folders) {
            this.#names.push(subfolder);
        }
        for (const { name, trusted, inode, mtimeNs, ctimeNs, size } of folder.files) {
            this.#names.push(name);
            this.#push(trusted ? 1n : 0n, inode, mtimeNs, ctimeNs, size);
        }
    }
    pack() {
        return { numbers: this.#numbers.slice(0, this.#length), names: this.#names.join('\0') };
    }
    #push(...numbers) {
        if (this.#length + numbers.length > this.#numbers.length) {
            const larger = new BigInt64Array(2 * this.#numbers.length);
            larger.set(this.#numbers);
            this.#numbers = larger;
        }
        for (const number of numbers) {
            this.#numbers[this.#length] = number;
            this.#length += 1;
        }
    }
}
/** Numbers of a folder, and of each file. */
const FOLDER_NUMBERS = 8;
const FILE_NUMBERS = 5;
/** @param isWanted of the path; the others are passed over quickly */
function* remembered(memory, isWanted = () => true) {
    const { numbers } = memory;
    const names = memory.names.split('\0');
    let name = 0;
    let number = 0;
    while (number < numbers.length) {
        const path = names[name] ?? '';
        const folderCount = Number(numbers[number + FOLDER_NUMBERS - 2]);
        const fileCount = Number(numbers[number + FOLDER_NUMBERS - 1]);
        if (isWanted(path)) {
            const cursor = { names, numbers, name: name + 1, number };
            yield readFolder(path, cursor, { folderCount, fileCount });
        }
        name += 1 + folderCount + fileCount;
        number += FOLDER_NUMBERS + FILE_NUMBERS * fileCount;
    }
}
function readFolder(path, cursor, { folderCount, fileCount }) {
    const name = () => cursor.names[cursor.name++] ?? '';
    const number = () => cursor.numbers[cursor.number++] ?? 0n;
    const head = {
        path,
        kind: _git_folders_js__WEBPACK_IMPORTED_MODULE_0__/* .FOLDER_KINDS */ .Ph[Number(number())] ?? 'plain',
        trusted: number() === 1n,
        device: number(),
        inode: number(),
        mtimeNs: number(),
        ctimeNs: number(),
    };
    cursor.number += 2;
    return {
        ...head,
        // Most are folders of git objects, which have neither.
        folders: folderCount === 0 ? NONE : Array.from({ length: folderCount }, name),
        files: fileCount === 0
            ? NONE
            : Array.from({ length: fileCount }, () => ({
                name: name(),
                trusted: number() === 1n,
                inode: number(),
                mtimeNs: number(),
                ctimeNs: number(),
                size: number(),
            })),
    };
}


/***/ }),

/***/ 75:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  z: () => (/* binding */ runScanProgram)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:readline"
const external_node_readline_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:readline");
// EXTERNAL MODULE: ./build/errors.js
var errors = __nccwpck_require__(473);
// EXTERNAL MODULE: ./build/home/scan/byte-path.js
var byte_path = __nccwpck_require__(364);
;// CONCATENATED MODULE: ./build/home/scan/change-lists.js
/**
 * Shares what has changed among several rsyncs that run side by side. On a local disk one is as fast as it gets; where each
 * call goes over a network it only waits, one call at a time.
 */

/** Fewer are not worth a program of their own. */
const FEWEST_PATHS = 50;
/**
 * Each path once. What stands in the root itself goes with the root: named as a folder it brings rsync all its files, and
 * its time has to be set by whoever writes into it last. The folders above any other path rsync takes care of by itself.
 * @param most lists, at least one
 * @param options.fewest paths that a list is made for
 */
function changeLists({ paths, whole, linked }, most, { fewest = FEWEST_PATHS } = {}) {
    const count = Math.max(1, Math.min(most, Math.floor(paths.length / fewest)));
    const unitOf = (path) => uppermost(path, whole) ?? path;
    const together = new Set([...linked].map(unitOf));
    const units = new Map();
    for (const path of paths) {
        const unit = unitOf(path);
        const key = together.has(unit) || !unit.includes('/') ? '' : unit;
        const members = units.get(key);
        if (members === undefined) {
            units.set(key, [path]);
        }
        else {
            members.push(path);
        }
    }
    return shared([...units.values()], Math.ceil(paths.length / count));
}
/** @param size of a list, which ends with the unit that reaches it */
function shared(units, size) {
    const lists = [];
    for (const unit of units) {
        const last = lists.at(-1);
        if (last === undefined || last.length >= size) {
            lists.push([...unit]);
        }
        else {
            last.push(...unit);
        }
    }
    return lists;
}
/** The path itself, or the highest folder above it, that is in `folders`. */
function uppermost(path, folders) {
    let found;
    for (let each = path; each !== ''; each = (0,byte_path/* parentOf */.gN)(each)) {
        if (folders.has(each)) {
            found = each;
        }
    }
    return found;
}

;// CONCATENATED MODULE: ./build/home/scan/scan-protocol.js
/** What our process and the scan say to each other: a line of JSON for each question and each answer. */
/** What our own process has written. @throws TypeError for a line that it has not */
function parseRequest(line) {
    const request = JSON.parse(line);
    if (!isRequest(request)) {
        throw new TypeError('The scan was asked nothing that it knows.');
    }
    return request;
}
/** What our own scan has written. @throws TypeError for a line that it has not */
function parseAnswer(line) {
    const answer = JSON.parse(line);
    if (!isAnswer(answer)) {
        throw new TypeError('The scan answered nothing that is known.');
    }
    return answer;
}
function isRequest(value) {
    return typeof value === 'object' && value !== null && 'ask' in value;
}
function isAnswer(value) {
    const keys = ['progress', 'firstLook', 'secondLook', 'count', 'failed'];
    return typeof value === 'object' && value !== null && keys.some((key) => key in value);
}

// EXTERNAL MODULE: ./build/home/scan/copy-folder.js
var copy_folder = __nccwpck_require__(434);
;// CONCATENATED MODULE: ./build/home/scan/first-look-totals.js
class FirstLookTotals {
    #folders = 0;
    #files = 0;
    #devices = new Set();
    #finerDevices = new Set();
    problem;
    add({ folders, files, devices, finerDevices, problem }) {
        this.#folders += folders;
        this.#files += files;
        for (const device of devices) {
            this.#devices.add(device);
        }
        for (const device of finerDevices) {
            this.#finerDevices.add(device);
        }
        this.problem ??= problem;
    }
    summary() {
        return {
            folders: this.#folders,
            files: this.#files,
            problem: this.problem ?? this.#doubt(),
        };
    }
    #doubt() {
        // A second look would find no change in nothing.
        if (this.#folders === 0) {
            return 'it was not there when it was looked at';
        }
        const hasWholeSeconds = [...this.#devices].some((device) => !this.#finerDevices.has(device));
        return hasWholeSeconds ? 'its file system keeps time stamps of whole seconds' : undefined;
    }
}

// EXTERNAL MODULE: ./build/home/scan/suspicion.js
var suspicion = __nccwpck_require__(969);
;// CONCATENATED MODULE: ./build/home/scan/found-differences.js


/** Naming more than this costs more than having rsync look at everything. */
const MOST_PATHS = 200_000;
class FoundDifferences {
    #paths = new Set();
    #unproven = new Set();
    #compared = new Set();
    #gone = [];
    #linked = new Map();
    #deleted = new Set();
    #whole = new Set();
    problem;
    add({ differing, deleted, created, unproven, compared, gone, linked, problem }) {
        for (const path of differing) {
            this.#paths.add(path);
        }
        for (const path of deleted) {
            this.#paths.add(path);
            this.#deleted.add(path);
            this.#whole.add(path);
        }
        for (const path of created) {
            this.#whole.add(path);
        }
        for (const path of unproven) {
            this.#unproven.add(path);
        }
        for (const path of compared) {
            this.#compared.add(path);
        }
        for (const path of gone) {
            this.#gone.push(path);
        }
        for (const name of linked) {
            const names = this.#linked.get(name.identity) ?? [];
            names.push(name);
            this.#linked.set(name.identity, names);
        }
        this.problem ??= problem;
        if (this.#paths.size > MOST_PATHS) {
            this.problem ??= `more than ${MOST_PATHS} paths have changed since the first pass`;
        }
    }
    get unproven() {
        return this.#unproven;
    }
    /** @param copy from which files are removed that rsync could not tell from those they have to be linked to */
    changedPaths(copy) {
        this.problem ??= this.#unexplained();
        this.#dropBehindLinks();
        this.problem ??= this.#completeLinks(copy);
        // Always the root itself: what rsync writes into its copy changes its time.
        this.#paths.add('');
        return {
            paths: this.problem === undefined ? [...this.#paths].sort() : [],
            deleted: this.#deleted.size,
            bonds: { whole: this.#whole, linked: this.#linkedPaths() },
            problem: this.problem,
        };
    }
    #linkedPaths() {
        return new Set([...this.#linked.values()].flat().map(({ path }) => path));
    }
    /** A folder goes by a change of the one above it, which was therefore compared. */
    #unexplained() {
        const lost = this.#gone.find((path) => path === '' || !this.#isBelowCompared(path));
        return lost === undefined
            ? undefined
            : `${(0,byte_path/* readable */.HD)(lost) || 'its folder'} is gone, and nothing tells where`;
    }
    #isBelowCompared(path) {
        for (let above = path; above !== '';) {
            above = (0,byte_path/* parentOf */.gN)(above);
            if (this.#compared.has(above)) {
                return true;
            }
        }
        return false;
    }
    /**
     * A link may stand where a folder was. What was found below it is somewhere else, and rsync would make a folder of the
     * link for it.
     */
    #dropBehindLinks() {
        const isBelowGone = (0,suspicion/* isBelow */.Yw)(this.#gone);
        for (const path of this.#paths) {
            if (isBelowGone((0,byte_path/* parentOf */.gN)(path))) {
                this.#paths.delete(path);
            }
        }
        for (const [identity, names] of this.#linked) {
            this.#linked.set(identity, names.filter(({ path }) => !isBelowGone((0,byte_path/* parentOf */.gN)(path))));
        }
    }
    /** rsync links what it is told of in one run: with one name of a file that changed it needs all. */
    #completeLinks(copy) {
        for (const names of this.#linked.values()) {
            if (!names.some(({ differs }) => differs)) {
                continue;
            }
            const paths = new Set(names.map(({ path }) => path));
            const [first] = names;
            if (first !== undefined && paths.size < first.names) {
                return `${(0,byte_path/* readable */.HD)(first.path)} has changed, and not all of its ${first.names} names were found`;
            }
            for (const path of paths) {
                this.#paths.add(path);
                // One that is left as it was would be what the others are linked to.
                if (copy.look(path)?.isFile() === true) {
                    copy.remove(path);
                }
            }
        }
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/home/scan/remembered.js
var remembered = __nccwpck_require__(338);
;// CONCATENATED MODULE: ./build/home/scan/tree-scan.js
/** The scan of one tree: its first look, what is remembered of it, its second look. */







/** Handed to a thread in one go. */
const FOLDERS_IN_A_JOB = 64;
/** In numbers: some 60 folders of git objects. Where calls are slow, a job of the first look ends after a few. */
const SMALL_MEMORY = 500;
/** A clock that is slewed loses less than this between two looks; one that is set back loses more. ms */
const CLOCK_TOLERANCE_MS = 500;
const NS_PER_MS = 1000000n;
class TreeScan {
    #jobs;
    #tree;
    #memory = [];
    #missing = [];
    #startedMs = 0;
    #startedMonotonicMs = 0;
    /** @param tree whose source may be a link */
    constructor(jobs, tree) {
        this.#jobs = jobs;
        this.#tree = { root: (0,byte_path/* toBytes */.ZJ)((0,external_node_fs_.realpathSync)(tree.source)), exclusions: tree.exclusions };
    }
    /** @throws what the system says of a folder that cannot be read */
    async firstLook() {
        this.#startedMs = Date.now();
        this.#startedMonotonicMs = performance.now();
        const totals = new FirstLookTotals();
        let waiting = [{ path: '', kind: 'plain' }];
        await this.#jobs.work(() => {
            const folders = waiting.splice(-FOLDERS_IN_A_JOB);
            return folders.length === 0 || totals.problem !== undefined
                ? undefined
                : { what: 'first look', tree: this.#tree, folders };
        }, (outcome) => {
            if (outcome.what !== 'first look') {
                throw unexpected(outcome);
            }
            const { result } = outcome;
            this.#remember(result.memory);
            waiting = waiting.concat(result.left);
            this.#missing.push(...result.missing);
            totals.add(result);
        });
        return totals.summary();
    }
    /**
     * @param options.suspects what vanished during the first pass, in bytes
     * @param onProgress 0 to 1
     */
    async secondLook(options, onProgress) {
        const found = new FoundDifferences();
        const copyRoot = (0,byte_path/* toBytes */.ZJ)((0,external_node_fs_.realpathSync)(options.copyRoot));
        found.problem = this.#clockProblem();
        const job = {
            what: 'second look',
            tree: this.#tree,
            copyRoot,
            // What was missing had left the folder above it, or a folder further up was away: neither needs to show any more.
            suspects: [...options.suspects, ...this.#missing],
            missing: this.#missing,
            firstLookNs: BigInt(this.#startedMs) * NS_PER_MS,
        };
        await this.#lookAgain(job, found, onProgress);
        const within = (0,suspicion/* possiblyRenamed */.cZ)(found.unproven);
        if (within.length > 0) {
            await this.#lookAgain({ ...job, within }, found, () => undefined);
        }
        return found.changedPaths(new copy_folder/* WorkingCopy */.X(copyRoot));
    }
    #remember(memory) {
        const last = this.#memory.at(-1);
        if (memory.numbers.length === 0) {
            return;
        }
        if (last === undefined || last.numbers.length >= SMALL_MEMORY) {
            this.#memory.push(memory);
        }
        else {
            this.#memory[this.#memory.length - 1] = (0,remembered/* joinedMemory */.R1)(last, memory);
        }
    }
    async #lookAgain(job, found, onProgress) {
        const waiting = this.#memory.values();
        let done = 0;
        await this.#jobs.work(() => {
            const memory = found.problem === undefined ? waiting.next().value : undefined;
            return memory === undefined ? undefined : { ...job, memory };
        }, (outcome) => {
            if (outcome.what !== 'second look') {
                throw unexpected(outcome);
            }
            found.add(outcome.result);
            done += 1;
            onProgress(done / this.#memory.length);
        });
    }
    /** A change after the clock was set back may get the time stamp of an earlier one. */
    #clockProblem() {
        const lostMs = performance.now() - this.#startedMonotonicMs - (Date.now() - this.#startedMs);
        return lostMs > CLOCK_TOLERANCE_MS
            ? `the clock of this machine was set back by ${(lostMs / 1_000).toFixed(1)} s meanwhile`
            : undefined;
    }
}
/** Threads answer what they are asked; anything else is a mistake in here. */
function unexpected({ what }) {
    return new TypeError(`A thread answered what it was not asked: ${what}.`);
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __nccwpck_require__(919);
;// CONCATENATED MODULE: ./build/home/scan/threads.js
/**
 * The threads of a scan. On a local disk a few do what the processors can; where every call goes over a network many wait
 * at the same time.
 */



/** Each costs 10 to 13 MB. */
const MOST = 16;
const MOST_LOCAL = 4;
/** A call to a local file system with warm caches takes 5 to 10 us, and with all processors busy some times that. */
const LOCAL_MS = 0.06;
/** A local disk that is read for the first time or has much to do comes near it, a network rarely below. */
const FAR_MS = 0.1;
/** More threads by this much latency each. */
const PER_THREAD_MS = 0.015;
/** Answers that the latency is taken from. */
const RECENT = 9;
/** V8's heaps are small here: what is remembered lies outside of them or is handed on at once. */
const RESOURCES = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 512 };
class Threads {
    #program;
    #idle = new Set();
    #all = new Set();
    #latencies = [];
    /** @param program starts `runScanThread` when it is run as a thread */
    constructor(program) {
        this.#program = program;
    }
    /** Does each call go over a network, by the time it takes? */
    get isFar() {
        return this.#latencyMs() >= FAR_MS;
    }
    get count() {
        return this.#all.size;
    }
    async work(next, take) {
        const done = Promise.withResolvers();
        let busy = 0;
        let failure;
        const dispatch = () => {
            for (;;) {
                const job = failure === undefined && this.#hasRoom() ? next() : undefined;
                if (job === undefined) {
                    break;
                }
                busy += 1;
                this.#start(job, finish);
            }
            if (busy === 0) {
                if (failure === undefined) {
                    done.resolve();
                }
                else {
                    done.reject(failure);
                }
            }
        };
        const finish = (outcome) => {
            busy -= 1;
            if (outcome.what === 'failed') {
                failure ??= new Error(outcome.message);
            }
            else if (failure === undefined) {
                failure = failureOf(() => take(outcome));
            }
            dispatch();
        };
        dispatch();
        await done.promise;
    }
    #hasRoom() {
        return this.#idle.size > 0 || this.#all.size < this.#wanted();
    }
    #start(job, finish) {
        const [idle] = this.#idle;
        const thread = idle ?? this.#newThread();
        this.#idle.delete(thread);
        thread.finish = finish;
        thread.worker.postMessage(job, []);
    }
    #newThread() {
        const worker = new external_node_worker_threads_.Worker(this.#program, { resourceLimits: RESOURCES });
        const thread = { worker, finish: undefined };
        worker.on('message', ({ outcome, latencyMs }) => {
            this.#idle.add(thread);
            this.#note(latencyMs);
            endJob(thread, outcome);
        });
        // Without it jobs would wait for one that is dead, or for room that it does not take.
        const forget = (message) => {
            this.#all.delete(thread);
            this.#idle.delete(thread);
            endJob(thread, { what: 'failed', message });
        };
        worker.on('error', (error) => forget((0,errors/* asError */.zR)(error).message));
        worker.on('exit', (code) => forget(`a thread of the scan ended with ${code}`));
        this.#all.add(thread);
        return thread;
    }
    #note(latencyMs) {
        this.#latencies.push(latencyMs);
        if (this.#latencies.length > RECENT) {
            this.#latencies.shift();
        }
    }
    #wanted() {
        return threadsFor(this.#latencyMs(), (0,external_node_os_namespaceObject.availableParallelism)());
    }
    #latencyMs() {
        const sorted = [...this.#latencies].sort((a, b) => a - b);
        return sorted[Math.floor(sorted.length / 2)] ?? 0;
    }
}
/** @param latencyMs of a call to the file system */
function threadsFor(latencyMs, processors) {
    if (latencyMs < LOCAL_MS) {
        return Math.min(processors, MOST_LOCAL);
    }
    return Math.min(MOST, Math.max(processors, Math.ceil(latencyMs / PER_THREAD_MS)));
}
function endJob(thread, outcome) {
    const { finish } = thread;
    thread.finish = undefined;
    finish?.(outcome);
}
function failureOf(work) {
    try {
        work();
        return undefined;
    }
    catch (error) {
        return (0,errors/* asError */.zR)(error);
    }
}

;// CONCATENATED MODULE: ./build/home/scan/scan-program.js
/**
 * The scan as a process of its own, answering questions on standard input until that ends. On its own, because a dead
 * network mount holds whoever looks at it, and must not hold the process that has to unlock Bitbucket.
 */








/** @param program this program's own file, which is run again for each thread */
async function runScanProgram(program) {
    const scan = new Scan(new Threads(program));
    // Whatever is under way: nobody is there to take the answer.
    process.stdin.once('end', leave);
    for await (const line of (0,external_node_readline_namespaceObject.createInterface)({ input: process.stdin })) {
        say(await answerOf(scan, parseRequest(line)));
    }
}
/** Threads that block in the system would keep us. */
function leave() {
    // oxlint-disable-next-line unicorn/no-process-exit -- nothing else ends them
    process.exit(0);
}
async function answerOf(scan, request) {
    try {
        switch (request.ask) {
            case 'first look':
                return { firstLook: await scan.firstLook(request) };
            case 'second look':
                return { secondLook: await scan.secondLook(request) };
            case 'count':
                return { count: await scan.count(request.folder) };
        }
    }
    catch (error) {
        return { failed: (0,errors/* asError */.zR)(error).message };
    }
}
class Scan {
    #threads;
    #trees = new Map();
    constructor(threads) {
        this.#threads = threads;
    }
    async firstLook(request) {
        const tree = new TreeScan(this.#threads, request);
        const { folders, files, problem } = await tree.firstLook();
        if (problem === undefined) {
            this.#trees.set(request.tree, tree);
        }
        return { folders, files, threads: this.#threads.count, ...(problem === undefined ? {} : { problem }) };
    }
    async secondLook(request) {
        const tree = this.#trees.get(request.tree);
        if (tree === undefined) {
            throw new TypeError(`Tree ${request.tree} has not been looked at.`);
        }
        const { paths, deleted, bonds, problem } = await tree.secondLook(request, sayProgress);
        // A memory is good for one comparison: with what was copied after it.
        this.#trees.delete(request.tree);
        const shares = problem === undefined ? changeLists({ paths, ...bonds }, this.#threads.isFar ? MOST_LISTS : 1) : [];
        const lists = shares.map((share, index) => writeList(`${request.listFile}.${index + 1}`, share));
        return {
            paths: paths.length,
            lists,
            deleted,
            threads: this.#threads.count,
            ...(problem === undefined ? {} : { problem }),
        };
    }
    async count(folder) {
        const tree = { root: (0,byte_path/* toBytes */.ZJ)((0,external_node_fs_.realpathSync)(folder)), exclusions: [] };
        let waiting = [''];
        let files = 0;
        let bytes = 0;
        await this.#threads.work(() => {
            const folders = waiting.splice(-scan_program_FOLDERS_IN_A_JOB);
            return folders.length === 0 ? undefined : { what: 'count', tree, folders };
        }, (outcome) => {
            if (outcome.what !== 'count') {
                throw unexpected(outcome);
            }
            files += outcome.result.files;
            bytes += outcome.result.bytes;
            waiting = waiting.concat(outcome.result.left);
        });
        return { files, bytes };
    }
}
const scan_program_FOLDERS_IN_A_JOB = 64;
/** Each is three programs. Four waiting side by side keep two processors busy at 0.2 ms a call. */
const MOST_LISTS = 4;
/** @returns the file. With `./` before them: rsync would take a name that begins with `#` or `;` for a comment. */
function writeList(file, paths) {
    const list = paths.map((path) => `./${path}\0`).join('');
    (0,external_node_fs_.writeFileSync)(file, Buffer.from(list, 'latin1'), { mode: 0o600, flag: 'wx' });
    return file;
}
let saidAt = 0;
/** At most ten times a second. */
function sayProgress(progress) {
    const now = performance.now();
    if (now - saidAt >= 100) {
        saidAt = now;
        say({ progress });
    }
}
function say(answer) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
}


/***/ }),

/***/ 512:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  t: () => (/* binding */ runScanThread)
});

// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __nccwpck_require__(919);
;// CONCATENATED MODULE: ./build/home/scan/file-systems.js
/**
 * Which file systems keep time stamps that a scan can rely on. Numbers are those of statfs(2), from the kernel's
 * `include/uapi/linux/magic.h` and the file systems' own headers.
 */
const KINDS = new Map([
    [0xef53, 'local'], // ext2, ext3, ext4
    [0x58465342, 'local'], // XFS
    [0x9123683e, 'local'], // btrfs
    [0x2fc12fc1, 'local'], // ZFS
    [0xf2f52010, 'local'], // F2FS
    [0x3153464a, 'local'], // JFS
    [0xca451a4e, 'local'], // bcachefs
    [0x6969, 'network'], // NFS
    [0x65735546, 'network'], // FUSE: GlusterFS, sshfs and others
    [0x00c36400, 'network'], // CephFS
    [0x0bd00bd0, 'network'], // Lustre
    [0x01161970, 'network'], // GFS2
    [0x7461636f, 'network'], // OCFS2
    [0x47504653, 'network'], // GPFS
]);
/** @returns undefined for one that is not known to keep what is needed, such as tmpfs, overlayfs or SMB */
function fileSystemKind(type) {
    // As an unsigned number: the kernel's is a signed word on some machines.
    return KINDS.get(type >>> 0);
}
/** Time stamps are rounded to ticks of some ms, or to seconds; and the clock of a server may be behind ours. */
const TRUST_MARGINS = { local: 2_000, network: 60_000 };

// EXTERNAL MODULE: ./build/errors.js
var errors = __nccwpck_require__(473);
// EXTERNAL MODULE: ./build/home/scan/copy-folder.js
var copy_folder = __nccwpck_require__(434);
// EXTERNAL MODULE: ./build/home/scan/byte-path.js
var byte_path = __nccwpck_require__(364);
;// CONCATENATED MODULE: ./build/home/scan/count-files.js
/** Counts what stands in a copy, for the manifest: a restore compares the archive with it. */

/** @param budgetMs after this long the rest is left for others */
function countFiles(folders, looker, budgetMs) {
    const until = performance.now() + budgetMs;
    const waiting = [...folders];
    let files = 0;
    let bytes = 0;
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
        for (const { name, isFolder } of looker.list(folder) ?? []) {
            const path = (0,byte_path/* joined */.oR)(folder, name);
            if (isFolder) {
                waiting.push(path);
                continue;
            }
            const look = looker.look(path, 'local');
            if (look?.isFile() === true) {
                files += 1;
                bytes += Number(look.size);
            }
        }
        if (performance.now() > until) {
            break;
        }
    }
    return { files, bytes, left: waiting };
}

;// CONCATENATED MODULE: ./build/home/scan/exclusion-matcher.js
/** rsync's exclude patterns, as far as our own lists use them: anchored, with `*` inside of a name. */
/**
 * @param patterns begin with `/`; one that ends with `/` holds for folders only
 * @returns looks at one path alone: what lies below an excluded folder is never asked for
 */
function createExclusionMatcher(patterns) {
    const any = patterns.map((pattern) => pattern.replace(/\/$/, ''));
    const rules = new Set(any.filter((_, index) => patterns[index]?.endsWith('/') === false));
    const forFolders = expressionOf(any);
    const forFiles = expressionOf([...rules]);
    return (path, isFolder) => (isFolder ? forFolders : forFiles).test(path);
}
function expressionOf(patterns) {
    if (patterns.length === 0) {
        return /^\b\B/;
    }
    const alternatives = patterns.map((pattern) => pattern
        .slice(1)
        .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '[^/]*'));
    return new RegExp(`^(?:${alternatives.join('|')})$`, 's');
}

// EXTERNAL MODULE: ./build/home/scan/git-folders.js
var git_folders = __nccwpck_require__(182);
// EXTERNAL MODULE: ./build/home/scan/remembered.js
var remembered = __nccwpck_require__(338);
;// CONCATENATED MODULE: ./build/home/scan/first-look.js
/** The first look, before anything is copied: what will have to be compared after the drain is remembered. */



/** @throws what the system says of a folder that cannot be read */
function firstLook(folders, options) {
    const work = new FirstLook(options);
    const until = performance.now() + options.budgetMs;
    const waiting = [...folders];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
        for (const inner of work.visit(folder)) {
            waiting.push(inner);
        }
        if (performance.now() > until || work.problem !== undefined) {
            break;
        }
    }
    return work.result(waiting);
}
class FirstLook {
    #looker;
    #isExcluded;
    #margins;
    #memory = new remembered/* MemoryWriter */.$1();
    #devices = new Set();
    #finerDevices = new Set();
    #missing = [];
    #folders = 0;
    #files = 0;
    problem;
    constructor({ looker, isExcluded, margins }) {
        this.#looker = looker;
        this.#margins = margins;
        this.#isExcluded = isExcluded;
    }
    /** @returns the folders in it */
    visit({ path, kind }) {
        const nowMs = Date.now();
        // Before its names are read: whatever comes or goes from here on changes what is remembered.
        const seen = this.#looker.lookAtFolder(path);
        if (seen === undefined) {
            this.#missing.push(path);
            return [];
        }
        const { look, system } = seen;
        if (system === undefined) {
            this.problem = `the file system of ${(0,byte_path/* readable */.HD)(this.#looker.absolute(path))} is not known to keep exact time stamps`;
            return [];
        }
        const entries = this.#looker.list(path);
        if (entries === undefined) {
            this.#missing.push(path);
            return [];
        }
        this.#folders += 1;
        this.#noteDevice(look);
        const kept = entries.filter(({ name, isFolder }) => !this.#isExcluded((0,byte_path/* joined */.oR)(path, name), isFolder));
        const folders = kept.filter(({ isFolder }) => isFolder).map(({ name }) => name);
        const named = kept.filter(({ name, isFolder }) => !isFolder && !(0,git_folders/* isNamedByContent */.wl)(kind, name));
        const files = named.flatMap(({ name }) => this.#rememberFile(path, name, { device: look.dev, system }));
        this.#memory.add({
            path,
            kind,
            // A file that was not there may be there again when a folder above was away, and this one shows no change then.
            trusted: isOlder(look, nowMs - this.#margins[system]) && files.length === named.length,
            device: look.dev,
            inode: look.ino,
            mtimeNs: look.mtimeNs,
            ctimeNs: look.ctimeNs,
            folders,
            files,
        });
        const names = new Set(kind === 'plain' ? entries.map(({ name }) => name) : []);
        return folders.map((name) => ({ path: (0,byte_path/* joined */.oR)(path, name), kind: (0,git_folders/* kindOfSubfolder */.AP)(kind, name, names) }));
    }
    /** @returns empty when it has gone since its name was read */
    #rememberFile(folder, name, place) {
        const nowMs = Date.now();
        const look = this.#looker.look((0,byte_path/* joined */.oR)(folder, name), place.system);
        if (look === undefined) {
            return [];
        }
        this.#files += 1;
        this.#noteDevice(look);
        return [
            {
                name,
                trusted: isOlder(look, nowMs - this.#margins[place.system]) && look.dev === place.device,
                inode: look.ino,
                mtimeNs: look.mtimeNs,
                ctimeNs: look.ctimeNs,
                size: look.size,
            },
        ];
    }
    #noteDevice({ dev, mtimeNs, ctimeNs }) {
        this.#devices.add(dev);
        if (mtimeNs % NS_PER_SECOND !== 0n || ctimeNs % NS_PER_SECOND !== 0n) {
            this.#finerDevices.add(dev);
        }
    }
    result(left) {
        return {
            memory: this.#memory.pack(),
            left,
            missing: this.#missing,
            folders: this.#folders,
            files: this.#files,
            devices: [...this.#devices],
            finerDevices: [...this.#finerDevices],
            problem: this.problem,
        };
    }
}
const NS_PER_MS = 1000000n;
const NS_PER_SECOND = 1000000000n;
/**
 * The racy rule, as git has it for its index (git's racy-git.txt): a second change in the tick of the first one leaves
 * the time stamp as it is, so one that is this young proves nothing.
 */
function isOlder({ mtimeNs, ctimeNs }, thanMs) {
    const limit = BigInt(thanMs) * NS_PER_MS;
    return mtimeNs < limit && ctimeNs < limit;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: ./build/home/scan/list-folder.js
var list_folder = __nccwpck_require__(585);
;// CONCATENATED MODULE: ./build/home/scan/looking.js
/** One look at a file or a folder. */





/** Opening a FIFO must not wait, a link must not be followed. */
const OPEN_FLAGS = external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK;
const LATENCIES = 128;
/** Looks at paths below one root, and knows how long that takes. */
class Looker {
    #root;
    #kindOfType;
    #kinds = new Map();
    #latencies = new Float64Array(LATENCIES);
    looks = 0;
    /**
     * @param root in bytes, absolute
     * @param kindOfType of a file system, by the number that statfs(2) has for it
     */
    constructor(root, kindOfType = fileSystemKind) {
        this.#root = root;
        this.#kindOfType = kindOfType;
    }
    absolute(path) {
        return path === '' ? this.#root : `${this.#root}/${path}`;
    }
    /**
     * @param kind on a network file system the file is opened for it: that makes the client ask the server
     * @returns undefined when there is nothing
     */
    look(path, kind) {
        return this.#timed(() => {
            const full = (0,byte_path/* asPath */.w2)(this.absolute(path));
            return kind === 'network' ? lookOpened(full) : lookAt(full);
        });
    }
    /**
     * @param expectedDevice saves a call where it is a known one
     * @returns undefined when there is none; its `system` is undefined when its time stamps are not to be relied on
     */
    lookAtFolder(path, expectedDevice) {
        const expected = expectedDevice === undefined ? undefined : this.#kinds.get(expectedDevice);
        const look = this.look(path, expected ?? 'local');
        if (look?.isDirectory() !== true) {
            return undefined;
        }
        const system = this.systemOf(path, look.dev);
        const fresh = system === 'network' && expected !== system ? this.look(path, system) : look;
        return fresh?.isDirectory() === true ? { look: fresh, system } : undefined;
    }
    /** Of what kind is the file system that holds a folder? Asked once for each device. */
    systemOf(path, device) {
        if (!this.#kinds.has(device)) {
            this.#kinds.set(device, this.#kindOfType((0,external_node_fs_.statfsSync)((0,byte_path/* asPath */.w2)(this.absolute(path))).type));
        }
        return this.#kinds.get(device);
    }
    /** @returns undefined when there is no such folder */
    list(path) {
        try {
            return (0,list_folder/* listFolder */.b)(this.absolute(path));
        }
        catch (error) {
            if ((0,errors/* isErrno */.r)(error, 'ENOENT', 'ENOTDIR')) {
                return undefined;
            }
            throw error;
        }
    }
    /** How long the last looks took, in ms: the median, because one that had to wait for a processor says nothing. */
    get latencyMs() {
        const known = this.#latencies.slice(0, Math.min(this.looks, LATENCIES)).sort();
        return known[Math.floor(known.length / 2)] ?? 0;
    }
    #timed(call) {
        const started = performance.now();
        try {
            return call();
        }
        finally {
            this.#latencies[this.looks % LATENCIES] = performance.now() - started;
            this.looks += 1;
        }
    }
}
function lookAt(path) {
    try {
        return (0,external_node_fs_.lstatSync)(path, { bigint: true, throwIfNoEntry: false });
    }
    catch (error) {
        // Something else stands where a folder above it was.
        if ((0,errors/* isErrno */.r)(error, 'ENOTDIR')) {
            return undefined;
        }
        throw error;
    }
}
function lookOpened(path) {
    let descriptor;
    try {
        descriptor = (0,external_node_fs_.openSync)(path, OPEN_FLAGS);
    }
    catch (error) {
        // A link, a socket, or what may not be read; or it is gone, and the server has just said so.
        if ((0,errors/* isErrno */.r)(error, 'ELOOP', 'ENXIO', 'EACCES', 'EPERM', 'ENODEV', 'ENOENT', 'ENOTDIR')) {
            return lookAt(path);
        }
        throw error;
    }
    try {
        return (0,external_node_fs_.fstatSync)(descriptor, { bigint: true });
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}

;// CONCATENATED MODULE: ./build/home/scan/stale-copy.js
const stale_copy_NS_PER_MS = 1000000n;
/**
 * A file that was another one during the first pass, of the same size and written in the same tick of the clock, shows in
 * its content alone. Larger ones are not read for it: hardly two of them are made in one tick.
 */
const COMPARED_BYTES = 1024n * 1024n;
/** Removes one that is still linked to other files as well: rsync would leave it so. */
function removeIfStale(path, look, known, options) {
    const copy = options.copy.look(path);
    if (copy?.isFile() !== true || !look.isFile()) {
        return;
    }
    const isStale = agrees(look, copy) && mayDiffer(path, { look, copy }, known, options);
    if (isStale || (copy.nlink > 1n && look.nlink === 1n)) {
        options.copy.remove(path);
    }
}
/** As rsync would judge it: of one type, size and time. */
function agrees(look, copy) {
    return (copy !== undefined &&
        copy.isFile() === look.isFile() &&
        copy.isSymbolicLink() === look.isSymbolicLink() &&
        copy.size === look.size &&
        copy.mtimeNs === look.mtimeNs);
}
/** Its time was set back, it changed twice in one tick, or another file stood there during the first pass. */
function mayDiffer(path, { look, copy }, { isAsRemembered, isSuspect, system }, options) {
    if (isSuspect && look.size <= COMPARED_BYTES) {
        return !options.copy.hasContent(path, options.looker.absolute(path));
    }
    const marginNs = BigInt(options.margins[system]) * stale_copy_NS_PER_MS;
    const isUnchangedSinceFirstLook = isAsRemembered && look.ctimeNs < options.firstLookNs - marginNs;
    // rsync writes a file of its own and renames it: its birth is when reading began. 0 where the file system has none.
    const isOlderThanCopy = look.ctimeNs < copy.birthtimeNs - marginNs;
    return !isUnchangedSinceFirstLook && !isOlderThanCopy;
}

;// CONCATENATED MODULE: ./build/home/scan/second-look.js
/**
 * The second look, after the drain: finds what is not as it was remembered, and for that alone compares the source with
 * the copy that was made in between. Nothing changes in the source meanwhile.
 */




function secondLook(memory, options) {
    const work = new SecondLook(options);
    for (const folder of (0,remembered/* remembered */.HK)(memory, options.isWanted)) {
        work.visit(folder);
        if (work.problem !== undefined) {
            break;
        }
    }
    return work.differences();
}
class SecondLook {
    #options;
    #looker;
    #copy;
    #differing = [];
    #deleted = [];
    #created = [];
    #unproven = [];
    #compared = [];
    #gone = [];
    #linked = [];
    problem;
    constructor(options) {
        this.#options = options;
        this.#looker = options.looker;
        this.#copy = options.copy;
    }
    differences() {
        return {
            differing: this.#differing,
            deleted: this.#deleted,
            created: this.#created,
            unproven: this.#unproven,
            compared: this.#compared,
            gone: this.#gone,
            linked: this.#linked,
            problem: this.problem,
        };
    }
    visit(memory) {
        const { path, kind, device } = memory;
        const seen = this.#looker.lookAtFolder(path, device);
        if (seen === undefined) {
            this.#gone.push(path);
            return;
        }
        const { look, system } = seen;
        if (look.dev !== device || system === undefined) {
            this.problem = `${(0,byte_path/* readable */.HD)(this.#looker.absolute(path))} stands on another device than before`;
            return;
        }
        if (path === '' && look.ino !== memory.inode) {
            this.problem = `${(0,byte_path/* readable */.HD)(this.#looker.absolute(path))} is another folder than before`;
            return;
        }
        const isSuspect = this.#options.isSuspect(path);
        const isUnchanged = memory.trusted && (0,remembered/* isSameFolder */.F1)(memory, look);
        if (!isUnchanged) {
            this.#unproven.push(path);
        }
        if (isSuspect || !isUnchanged || !this.#filesStand(memory, system)) {
            this.#compare({ path, kind, device, system, memory, isSuspect });
        }
    }
    /** In a folder that is unchanged. @returns false when a file is not there, so that the folder has changed after all */
    #filesStand(folder, system) {
        for (const file of folder.files) {
            const path = (0,byte_path/* joined */.oR)(folder.path, file.name);
            const look = this.#looker.look(path, system);
            if (look === undefined) {
                return false;
            }
            if (look.isFile() || look.isSymbolicLink()) {
                const isAsRemembered = (0,remembered/* isSameFile */.Dl)(file, folder.device, look);
                const differs = !isAsRemembered || !file.trusted;
                if (differs) {
                    this.#takeFile(path, look, { isAsRemembered, system, isSuspect: false });
                }
                this.#noteLinks(path, look, differs);
            }
        }
        return true;
    }
    /** Every name in it, on both sides. */
    #compare(folder) {
        const entries = this.#looker.list(folder.path);
        if (entries === undefined) {
            return;
        }
        this.#compared.push(folder.path);
        this.#differing.push(folder.path);
        const copied = this.#copy.list(folder.path);
        const kept = this.#keptOf(folder.path, entries);
        const knownFolders = new Set(folder.memory?.folders);
        const knownFiles = new Map(folder.memory?.files.map((file) => [file.name, file]));
        const names = new Set(entries.map(({ name }) => name));
        for (const { name, isFolder } of kept) {
            const path = (0,byte_path/* joined */.oR)(folder.path, name);
            if (!isFolder) {
                this.#compareFile(folder, name, {
                    remembered: knownFiles.get(name),
                    isCopied: copied?.has(name) === true,
                });
            }
            else if (copied?.get(name) !== true) {
                this.#created.push(path);
                this.#takeAll(path, (0,git_folders/* kindOfSubfolder */.AP)(folder.kind, name, names));
            }
            else if (!knownFolders.has(name) || this.#options.wasMissing(path)) {
                // New since the first look, and copied by the first pass as it was then.
                this.#compareNew(path, (0,git_folders/* kindOfSubfolder */.AP)(folder.kind, name, names));
            }
        }
        const present = new Set(kept.map(({ name }) => name));
        for (const name of copied?.keys() ?? []) {
            if (!present.has(name)) {
                this.#deleted.push((0,byte_path/* joined */.oR)(folder.path, name));
            }
        }
    }
    #compareNew(path, kind) {
        const seen = this.#looker.lookAtFolder(path);
        if (seen !== undefined) {
            const { look, system = 'network' } = seen;
            this.#compare({ path, kind, device: look.dev, system, memory: undefined, isSuspect: true });
        }
    }
    #compareFile(folder, name, known) {
        const path = (0,byte_path/* joined */.oR)(folder.path, name);
        const look = this.#looker.look(path, folder.system);
        if (look === undefined) {
            return;
        }
        const copy = known.isCopied ? this.#copy.look(path) : undefined;
        if (!look.isFile() && !look.isSymbolicLink()) {
            // rsync leaves sockets and FIFOs out, and what stands in the copy in their place with them.
            if (copy !== undefined && !copy.isDirectory()) {
                this.#copy.remove(path);
            }
            return;
        }
        const { remembered: file } = known;
        const isAsRemembered = file !== undefined && (0,remembered/* isSameFile */.Dl)(file, folder.device, look);
        const looksCopied = agrees(look, copy) && copy?.nlink === look.nlink;
        const differs = (0,git_folders/* isNamedByContent */.wl)(folder.kind, name)
            ? !looksCopied
            : !(looksCopied && isAsRemembered && file.trusted) || folder.isSuspect;
        if (differs && (0,git_folders/* isNamedByContent */.wl)(folder.kind, name)) {
            this.#differing.push(path);
        }
        else if (differs) {
            this.#takeFile(path, look, { isAsRemembered, system: folder.system, isSuspect: folder.isSuspect });
        }
        this.#noteLinks(path, look, differs);
    }
    /** A folder that the copy has not. */
    #takeAll(path, kind) {
        const entries = this.#looker.list(path) ?? [];
        this.#differing.push(path);
        this.#compared.push(path);
        const names = new Set(entries.map(({ name }) => name));
        for (const { name, isFolder } of this.#keptOf(path, entries)) {
            const inner = (0,byte_path/* joined */.oR)(path, name);
            if (isFolder) {
                this.#takeAll(inner, (0,git_folders/* kindOfSubfolder */.AP)(kind, name, names));
                continue;
            }
            const look = this.#looker.look(inner, 'local');
            if (look !== undefined && (look.isFile() || look.isSymbolicLink())) {
                this.#differing.push(inner);
                this.#noteLinks(inner, look, true);
            }
        }
    }
    #takeFile(path, look, known) {
        this.#differing.push(path);
        removeIfStale(path, look, known, this.#options);
    }
    #noteLinks(path, look, differs) {
        if (look.nlink > 1n && look.isFile()) {
            this.#linked.push({ path, identity: `${look.dev}:${look.ino}`, names: Number(look.nlink), differs });
        }
    }
    #keptOf(folder, entries) {
        return entries.filter(({ name, isFolder }) => !this.#options.isExcluded((0,byte_path/* joined */.oR)(folder, name), isFolder));
    }
}

// EXTERNAL MODULE: ./build/home/scan/suspicion.js
var suspicion = __nccwpck_require__(969);
;// CONCATENATED MODULE: ./build/home/scan/scan-jobs.js
/** Does the jobs of a scan, in whatever thread. */









/** Short enough to share a tree evenly, long enough that talking about it costs nothing. */
const BUDGET_MS = 20;
class ScanJobs {
    #margins;
    #kindOfType;
    #budgetMs;
    #trees = new Map();
    constructor(margins, { kindOfType = fileSystemKind, budgetMs = BUDGET_MS } = {}) {
        this.#margins = margins;
        this.#kindOfType = kindOfType;
        this.#budgetMs = budgetMs;
    }
    /** Never throws: what fails is the answer. */
    do(job) {
        const scanned = this.#scannedOf(job.tree);
        const outcome = this.#outcomeOf(job, scanned);
        return { outcome, latencyMs: scanned.looker.latencyMs };
    }
    #scannedOf(tree) {
        const known = this.#trees.get(tree.root);
        const scanned = known ?? {
            looker: new Looker(tree.root, this.#kindOfType),
            isExcluded: createExclusionMatcher(tree.exclusions),
        };
        this.#trees.set(tree.root, scanned);
        return scanned;
    }
    #outcomeOf(job, { looker, isExcluded }) {
        const margins = this.#margins;
        const budgetMs = this.#budgetMs;
        try {
            switch (job.what) {
                case 'first look':
                    return {
                        what: job.what,
                        result: firstLook(job.folders, { looker, isExcluded, margins, budgetMs }),
                    };
                case 'second look': {
                    const { memory, copyRoot, suspects, missing, within, firstLookNs } = job;
                    const wasMissing = new Set(missing);
                    const isWithin = within === undefined ? undefined : (0,suspicion/* isBelow */.Yw)(within);
                    const options = {
                        looker,
                        copy: new copy_folder/* WorkingCopy */.X(copyRoot),
                        isExcluded,
                        margins,
                        isSuspect: isWithin ?? (0,suspicion/* suspicion */.M5)(suspects),
                        isWanted: isWithin ?? (() => true),
                        wasMissing: (folder) => wasMissing.has(folder),
                        firstLookNs,
                    };
                    return { what: job.what, result: secondLook(memory, options) };
                }
                case 'count':
                    return { what: job.what, result: countFiles(job.folders, looker, budgetMs) };
            }
        }
        catch (error) {
            return { what: 'failed', message: (0,errors/* asError */.zR)(error).message };
        }
    }
}

;// CONCATENATED MODULE: ./build/home/scan/scan-thread.js
/** A thread of the scan: its calls to the file system block it, and nothing else. */



function runScanThread() {
    const port = external_node_worker_threads_.parentPort;
    if (port === null) {
        throw new TypeError('This is no thread.');
    }
    const jobs = new ScanJobs(TRUST_MARGINS);
    port.on('message', (job) => {
        const answer = jobs.do(job);
        const { outcome } = answer;
        port.postMessage(answer, outcome.what === 'first look' ? [outcome.result.memory.numbers.buffer] : []);
    });
}


/***/ }),

/***/ 969:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M5: () => (/* binding */ suspicion),
/* harmony export */   Yw: () => (/* binding */ isBelow),
/* harmony export */   cZ: () => (/* binding */ possiblyRenamed)
/* harmony export */ });
/* harmony import */ var _byte_path_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(364);
/** In which folders what the first pass copied proves nothing. */

/**
 * A folder that was moved away while rsync read it, and back, shows no change: nor do the folders in it. But rsync has said
 * what it did not find.
 * @param vanished paths of files or folders that were gone for rsync, in bytes
 * @returns is it one of them, does it lie below one, or did one lie in it?
 */
function suspicion(vanished) {
    const around = new Set(vanished.map(_byte_path_js__WEBPACK_IMPORTED_MODULE_0__/* .parentOf */ .gN));
    const isGone = isBelow(vanished);
    return (folder) => around.has(folder) || isGone(folder);
}
/** @returns is it one of these, or below one? Asked of each folder of a home, so it searches the half each time. */
function isBelow(folders) {
    // With the slash `a/` stands before all that is below it, and `a-b/` does not come between.
    const roots = [];
    for (const root of [...folders].map((folder) => `${folder}/`).sort()) {
        const last = roots.at(-1);
        if (last === undefined || !root.startsWith(last)) {
            roots.push(root);
        }
    }
    return (folder) => {
        const path = `${folder}/`;
        let low = 0;
        let high = roots.length;
        while (low < high) {
            const middle = (low + high) >>> 1;
            if ((roots[middle] ?? '') <= path) {
                low = middle + 1;
            }
            else {
                high = middle;
            }
        }
        return low > 0 && path.startsWith(roots[low - 1] ?? '/');
    };
}
/**
 * Whoever renames a folder changes it (its ctime) and the folder that it stands in. If something else had its name during
 * the first pass, all below it may be a copy of that.
 * @param unproven folders that have changed, or may have
 * @returns those that may have been renamed, uppermost only
 */
function possiblyRenamed(unproven) {
    const renamed = [...unproven].filter((folder) => folder !== '' && unproven.has((0,_byte_path_js__WEBPACK_IMPORTED_MODULE_0__/* .parentOf */ .gN)(folder)));
    const isBelowAny = isBelow(renamed);
    return renamed.filter((folder) => !isBelowAny((0,_byte_path_js__WEBPACK_IMPORTED_MODULE_0__/* .parentOf */ .gN)(folder)));
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(4);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
