export const id = 163;
export const ids = [163];
export const modules = {

/***/ 3566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ countRepositories)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/** How many repositories stand in a copy of a home: counted after the backup, and again after the restore. */




const DEPTH_IN_STORE = 3;
/** @param folder holds the trees, such as `backup-root` */
async function countRepositories(folder, trees) {
    let count = 0;
    for (const { member, repositories } of trees) {
        const depth = repositories === 'repositories' ? DEPTH_IN_STORE : 1;
        count += await foldersAt((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, member, repositories), depth);
    }
    return count;
}
async function foldersAt(folder, depth) {
    const folders = (await entriesOf(folder)).filter((entry) => entry.isDirectory());
    if (depth === 1) {
        return folders.length;
    }
    let count = 0;
    for (const { name } of folders) {
        count += await foldersAt((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name), depth - 1);
    }
    return count;
}
async function entriesOf(folder) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder, { withFileTypes: true });
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR')) {
            return [];
        }
        throw error;
    }
}


/***/ }),

/***/ 62163:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rsync: () => (/* binding */ rsync)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
;// CONCATENATED MODULE: ./build/home/pass-log.js

const INTERVAL_MS = 10_000;
/** More sockets and FIFOs than this are only counted. */
const SKIPPED_NAMED = 5;
/** A line every 10 s at most, with the bytes so far and the rate since the last line. */
function progressLogger(log, what) {
    let lastAt = performance.now();
    let lastBytes = 0;
    return (progress) => {
        const now = performance.now();
        if (now - lastAt < INTERVAL_MS) {
            return;
        }
        const rate = ((progress.bytes - lastBytes) / (now - lastAt)) * 1_000;
        const listed = `${(0,format/* formatCount */.B4)(progress.listed)} entries${progress.listComplete ? '' : ' listed so far'}`;
        log.info(`Copying ${what}: ${(0,format/* formatBytes */.z3)(progress.bytes)} (${(0,format/* formatBytes */.z3)(rate)}/s), ${(0,format/* formatCount */.B4)(progress.checked)} of ${listed} checked`);
        lastAt = now;
        lastBytes = progress.bytes;
    };
}
class SkippedFiles {
    #log;
    #what;
    #count = 0;
    constructor(log, what) {
        this.#log = log;
        this.#what = what;
    }
    add(path) {
        this.#count += 1;
        if (this.#count <= SKIPPED_NAMED) {
            this.#log.info(`Left out of ${this.#what}: ${path} is a socket, FIFO or device`);
        }
    }
    finish() {
        if (this.#count > SKIPPED_NAMED) {
            this.#log.info(`Left out of ${this.#what}: ${this.#count - SKIPPED_NAMED} more sockets, FIFOs or devices`);
        }
    }
}

// EXTERNAL MODULE: ./build/host/side-by-side.js
var side_by_side = __webpack_require__(77338);
// EXTERNAL MODULE: ./build/host/command.js + 3 modules
var command = __webpack_require__(77696);
// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
;// CONCATENATED MODULE: ./build/home/rsync-complaints.js
/** Sorts what rsync says on standard error: what a live home does all the time, and what is a failure. */
/** How many paths are named before only their number counts. */
const NAMED = 20;
/**
 * In a home that is in use files come and go between the moment rsync lists them and the moment it opens them, reads
 * their ACL or reaches their end. rsync counts only some of this as "vanished" (exit code 24) and the rest as an error
 * (23): ENOENT of an attribute call, ENODATA for a file that got shorter, ESTALE for one that is gone on NFS.
 */
const CHANGED_UNDERNEATH = /: (?:No such file or directory \(2\)|No data available \(61\)|Stale file handle \(116\))$/;
/**
 * Said by the side that reads: what was a file is a folder now, what was a folder a file or a link. (Of what is no folder
 * the system refuses a default ACL with EACCES: acl_get_file(3).)
 */
const ANOTHER_KIND = /: (?:Not a directory \(20\)|Is a directory \(21\)|Too many levels of symbolic links \(40\))$|ACL_TYPE_DEFAULT\): Permission denied \(13\)$/;
/** The source folder itself is not there: never "vanished", whatever the error number. */
const SOURCE_GONE = /^(?:change_dir|link_stat)[^"]* "(.*)"/;
/** More than these are not kept. */
const MOST_SUSPECTS = 10_000;
class RsyncComplaints {
    #source;
    #suspects = new Set();
    #isUnclear = false;
    #vanished = [];
    #failed = [];
    #vanishedCount = 0;
    #failedCount = 0;
    /** @param source the folder that is copied, as rsync was told it */
    constructor(source) {
        this.#source = source;
    }
    line(line) {
        const vanished = /^\w+ has vanished: (?<path>.*)$/.exec(line)?.groups?.['path'];
        if (vanished !== undefined) {
            this.#addVanished(vanished);
            return;
        }
        if (/^ERROR: .* failed verification -- update/.test(line)) {
            this.#addVanished(line.slice('ERROR: '.length));
            return;
        }
        const { side, text: complaint } = /^rsync: (?:\[(?<side>[A-Za-z]+)\] )?(?<text>.*)$/.exec(line)?.groups ?? {};
        if (complaint === undefined) {
            return;
        }
        const isChange = CHANGED_UNDERNEATH.test(complaint) || (side === 'sender' && ANOTHER_KIND.test(complaint));
        if (isChange && !this.#isSourceGone(complaint)) {
            this.#addVanished(complaint);
            return;
        }
        this.#failedCount += 1;
        if (this.#failed.length < NAMED) {
            this.#failed.push(complaint);
        }
    }
    /** Files that were gone or had changed when rsync came to them. */
    get vanishedCount() {
        return this.#vanishedCount;
    }
    get failedCount() {
        return this.#failedCount;
    }
    #isSourceGone(complaint) {
        const path = SOURCE_GONE.exec(complaint)?.[1];
        return path !== undefined && path.replace(/\/\.?$/, '') === this.#source;
    }
    #addSuspect(what) {
        const path = /"(.*)"/.exec(what)?.[1];
        const prefix = `${bytesOf(this.#source)}/`;
        const bytes = path === undefined ? '' : bytesOf(path);
        if (bytes.startsWith(prefix)) {
            this.#suspects.add(bytes.slice(prefix.length));
        }
        else {
            this.#isUnclear = true;
        }
    }
    /** Up to 20 of them, then their number. */
    vanished() {
        return listed(this.#vanished, this.#vanishedCount);
    }
    failed() {
        return listed(this.#failed, this.#failedCount);
    }
    /** What vanished, below the source and in bytes (see scan/byte-path.ts). Undefined when not all of it is known. */
    suspects() {
        return this.#isUnclear || this.#suspects.size > MOST_SUSPECTS ? undefined : [...this.#suspects];
    }
    #addVanished(what) {
        this.#addSuspect(what);
        this.#vanishedCount += 1;
        if (this.#vanished.length < NAMED) {
            this.#vanished.push(what);
        }
    }
}
/** rsync writes bytes that it cannot print, and backslashes before `#`, as `\\#` and three octal digits. */
function bytesOf(printed) {
    return Buffer.from(printed, 'utf8')
        .toString('latin1')
        .replaceAll(/\\#([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
}
function listed(names, count) {
    const more = count > names.length ? ` and ${count - names.length} more` : '';
    return names.join(', ') + more;
}

;// CONCATENATED MODULE: ./build/home/rsync-stats.js
/** Reads what rsync prints: `--info=progress2,stats2,name0 --no-human-readable`, in English (LC_ALL). */
const STAT_LINE = /^(?<key>[A-Z][a-z ]+): (?<value>\d+)(?: bytes)?(?: \((?<kinds>[a-z0-9:, ]+)\))?$/;
/** Collects the block of statistics that ends rsync's output, a line at a time. */
class StatsCollector {
    #values = new Map();
    line(line) {
        const { key, value, kinds } = STAT_LINE.exec(line)?.groups ?? {};
        if (key === undefined) {
            return;
        }
        this.#values.set(key, Number(value));
        for (const [, kind, count] of (kinds ?? '').matchAll(/([a-z]+): (\d+)/g)) {
            this.#values.set(`${key}/${kind}`, Number(count));
        }
    }
    /** Undefined when rsync ended without them. */
    stats() {
        const entries = this.#values.get('Number of files');
        const totalBytes = this.#values.get('Total file size');
        const transferredFiles = this.#values.get('Number of regular files transferred');
        const transferredBytes = this.#values.get('Total transferred file size');
        if (entries === undefined ||
            totalBytes === undefined ||
            transferredFiles === undefined ||
            transferredBytes === undefined) {
            return undefined;
        }
        return {
            entries,
            totalBytes,
            transferredFiles,
            transferredBytes,
            // A kind of which there is none is not printed.
            regularFiles: this.#values.get('Number of files/reg') ?? 0,
            createdFiles: this.#values.get('Number of created files') ?? 0,
        };
    }
}
const PROGRESS_LINE = /^\s*(?<bytes>\d+)\s+\d+%.*\(xfr#(?<files>\d+), (?<kind>ir|to)-chk=(?<left>\d+)\/(?<listed>\d+)\)\s*$/;
/** A line of `--info=progress2`; undefined for any other, and for those that count bytes only. */
function parseProgress(line) {
    const { bytes, files, kind, left, listed } = PROGRESS_LINE.exec(line)?.groups ?? {};
    if (listed === undefined) {
        return undefined;
    }
    return {
        bytes: Number(bytes),
        filesTransferred: Number(files),
        checked: Number(listed) - Number(left),
        listed: Number(listed),
        listComplete: kind === 'to',
    };
}

;// CONCATENATED MODULE: ./build/home/rsync-pass.js
/** One run of rsync over one folder. */





/** @throws ActionError HOME_FAILED, DISK_FULL or CHILD_KILLED; the signal's reason when it was aborted */
async function runPass(commands, pass) {
    const started = performance.now();
    const stats = new StatsCollector();
    const complaints = new RsyncComplaints(pass.source);
    const exitCode = await run(commands, pass, stats, complaints);
    throwIfIncomplete(pass, exitCode, complaints);
    const collected = stats.stats();
    if (collected === undefined) {
        throw failed(pass, 'rsync ended without its statistics', `Look whether ${pass.program.path} is the real rsync.`);
    }
    const seconds = Math.round(performance.now() - started) / 1_000;
    // After an error of the sender (23) rsync deletes nothing more in the copy.
    const suspects = exitCode === 23 ? undefined : complaints.suspects();
    return { ...collected, seconds, vanished: complaints.vanishedCount, suspects };
}
async function run(commands, pass, stats, complaints) {
    try {
        const result = await commands.run(pass.program.path, rsyncArguments(pass), {
            // On standard input, because thousands of excluded repositories do not fit into arguments.
            input: pass.exclusions.map((pattern) => pattern + (pass.listFile === undefined ? '\n' : '\0')).join(''),
            // 24: files vanished; 23: some could not be read. Which of them is harmless is decided below.
            okCodes: [23, 24],
            onLine: (line) => {
                takeLine(pass, stats, line);
            },
            onErrorLine: (line) => {
                complaints.line(line);
            },
            ...(pass.signal === undefined ? {} : { signal: pass.signal }),
        });
        return result.exitCode;
    }
    catch (error) {
        if (!(error instanceof command_error/* CommandError */.Qd)) {
            throw error;
        }
        const code = error.code === 'COMMAND_FAILED' ? 'HOME_FAILED' : error.code;
        throw new errors/* ActionError */.lZ(code, `Copying ${pass.what} (${pass.source}) to ${pass.target} failed.`, {
            advice: code === 'DISK_FULL'
                ? `Free space on the file system of ${pass.target} and run again.`
                : 'Correct what rsync names and run again.',
            cause: error,
        });
    }
}
function takeLine(pass, stats, line) {
    const progress = parseProgress(line);
    if (progress !== undefined) {
        pass.onProgress?.(progress);
        return;
    }
    const skipped = /^skipping non-regular file "(?<path>.*)"$/.exec(line)?.groups?.['path'];
    if (skipped !== undefined) {
        pass.onSkipped?.(skipped);
        return;
    }
    stats.line(line);
}
/** Law 3: 23 and 24 pass only while users are working, and 23 only for files that vanished in another way. */
function throwIfIncomplete(pass, exitCode, complaints) {
    if (complaints.failedCount > 0) {
        const holdsNoAttributes = /not supported|set_acl|set_xattr/i.test(complaints.failed());
        throw failed(pass, `${complaints.failedCount} paths could not be copied: ${complaints.failed()}`, holdsNoAttributes
            ? 'Put backup-root on a file system that keeps ACLs and extended attributes.'
            : 'Let the user of the runner read all of it, or repair what is damaged, and run again.');
    }
    if (exitCode === 0) {
        return;
    }
    if (complaints.vanishedCount === 0) {
        throw failed(pass, `rsync ended with exit code ${exitCode} and named no file`, 'Run again; look at the disk if it stays.');
    }
    if (pass.mode === 'locked') {
        throw failed(pass, `${complaints.vanishedCount} files changed during the window: ${complaints.vanished()}`, 'Find out what writes into the folder while Bitbucket is locked (another tool, a second node), stop it and run again.');
    }
}
function failed(pass, reason, advice) {
    return new errors/* ActionError */.lZ('HOME_FAILED', `Copying ${pass.what} (${pass.source}) failed: ${reason}.`, {
        advice,
    });
}
function rsyncArguments(pass) {
    return [
        '--archive',
        '--hard-links',
        '--sparse',
        '--numeric-ids',
        ...(pass.program.acls ? ['--acls'] : []),
        ...(pass.program.xattrs ? xattrArguments() : []),
        // Sockets, FIFOs and devices belong to a running process; opening one could hang for ever.
        '--no-devices',
        '--no-specials',
        // To the nanosecond: see OLDEST_RSYNC.
        '--modify-window=-1',
        ...(pass.listFile === undefined ? ['--delete', '--delete-excluded'] : listArguments(pass.listFile)),
        '--exclude-from=-',
        '--info=progress2,stats2,name0',
        '--no-human-readable',
        '--outbuf=L',
        ...(pass.mode === 'dry-run' ? ['--dry-run'] : []),
        // With the slash, patterns are anchored at what lies in the folder, and a link to the folder is followed.
        '--',
        `${pass.source}/`,
        `${pass.target}/`,
    ];
}
/**
 * `--archive` does not recurse when there is a list. `--force`: a folder may have become a file, or be gone with all that
 * was in it.
 */
function listArguments(listFile) {
    return [`--files-from=${listFile}`, '--from0', '--delete-missing-args', '--force'];
}
/**
 * SELinux labels belong to the place where a file stands: copied to a file system that has its own they would fail the
 * backup, and `restorecon` makes them again. As soon as one such rule is given, rsync drops its own choice (`user.*` for
 * ordinary users, all but `system.*` for root), so it is spelled out. `s` and `r` make a rule hold on both sides: with
 * `--delete-excluded` it would hold for the sender alone, and the receiver would remove the ACLs that `--acls` has
 * just kept, because they are stored as `system.*` attributes.
 */
function xattrArguments() {
    const rules = process.getuid?.() === 0 ? ['-xsr system.*', '-xsr security.selinux'] : ['+xsr user.*', '-xsr *'];
    return ['--xattrs', ...rules.map((rule) => `--filter=${rule}`)];
}

;// CONCATENATED MODULE: ./build/home/list-passes.js


/**
 * The first failure ends the others.
 * @throws ActionError as `runPass`
 * @returns of all together
 */
async function runPassesOverLists(commands, pass, listFiles) {
    const signal = pass.signal ?? new AbortController().signal;
    const results = await (0,side_by_side/* sideBySide */.Q)(signal, listFiles.map((listFile) => async (shared) => await runPass(commands, { ...pass, listFile, signal: shared })));
    return results.reduce(added);
}
function added(one, other) {
    return {
        entries: one.entries + other.entries,
        regularFiles: one.regularFiles + other.regularFiles,
        createdFiles: one.createdFiles + other.createdFiles,
        transferredFiles: one.transferredFiles + other.transferredFiles,
        totalBytes: one.totalBytes + other.totalBytes,
        transferredBytes: one.transferredBytes + other.transferredBytes,
        seconds: Math.max(one.seconds, other.seconds),
        vanished: one.vanished + other.vanished,
        suspects: one.suspects === undefined || other.suspects === undefined
            ? undefined
            : [...one.suspects, ...other.suspects],
    };
}

// EXTERNAL MODULE: ./build/home/working-copy.js
var working_copy = __webpack_require__(24523);
;// CONCATENATED MODULE: ./build/home/copy-tree.js
/** One pass over one tree, with what the log tells of it. */






/** @throws ActionError as `runPass`, and HOME_FAILED when the copy would lose all repositories */
async function copyTree(context, pass) {
    const { backupRoot, commands, log } = context;
    const { program, mode, tree, listFiles, signal, onProgress } = pass;
    if (mode !== 'dry-run' && (await (0,working_copy/* losesRepositories */.ft)(backupRoot, tree))) {
        throw new errors/* ActionError */.lZ('HOME_FAILED', `${tree.source} holds no repositories any more, and its copy does.`, {
            advice: 'Mount its volume and run again; the copy was left as it is.',
        });
    }
    const target = mode === 'dry-run' ? `${backupRoot}/${tree.member}` : await (0,working_copy/* makeTarget */.mh)(backupRoot, tree.member);
    const skipped = new SkippedFiles(log, tree.what);
    const logProgress = progressLogger(log, tree.what);
    const whole = {
        program,
        mode,
        target,
        what: tree.what,
        source: tree.source,
        exclusions: tree.exclusions,
        ...(signal === undefined ? {} : { signal }),
        ...(mode === 'live' ? { onSkipped: (path) => skipped.add(path) } : {}),
        onProgress: (progress) => {
            logProgress(progress);
            onProgress?.(progress);
        },
    };
    const result = listFiles === undefined
        ? await runPass(commands, whole)
        : await runPassesOverLists(commands, whole, listFiles);
    skipped.finish();
    if (mode !== 'dry-run') {
        const files = (0,format/* formatCount */.B4)(result.transferredFiles);
        // Of a list rsync counts what it was named, which says nothing of the tree.
        const copied = listFiles === undefined
            ? `Copied ${tree.what}: ${files} of ${(0,format/* formatCount */.B4)(result.regularFiles)} files`
            : `Copied what changed in ${tree.what}: ${files} files`;
        log.info(`${copied}, ${(0,format/* formatBytes */.z3)(result.transferredBytes)}, in ${(0,format/* formatDuration */.a3)(result.seconds * 1_000)}`);
    }
    return result;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/host/dialogue.js
var host_dialogue = __webpack_require__(18393);
;// CONCATENATED MODULE: ./build/host/own-program.js
/** Programs of our own that run as children of ours. */

/** @returns the file that Node is to run: beside the bundle in `dist/`, or the source itself */
function ownProgram(name) {
    const here = import.meta.filename;
    return here.endsWith('.ts')
        ? (0,external_node_path_.join)((0,external_node_path_.dirname)(here), '..', 'entries', `${name}.ts`)
        : (0,external_node_path_.join)((0,external_node_path_.dirname)(here), '..', name, 'index.js');
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

;// CONCATENATED MODULE: ./build/home/home-scan.js
/** The scan of home and data stores, which runs as a process of its own from the first look to the end of the run. */



/** Little of what it makes lives long: room for less of it at a time costs next to nothing. */
const NODE_OPTIONS = ['--max-semi-space-size=2'];
/** Starts with the first question, and ends with `close`. A failure of it is the answer to the question. */
class HomeScan {
    #commands;
    #running;
    constructor(commands) {
        this.#commands = commands;
    }
    /** @throws Error with what the system said; the signal's reason when it was aborted */
    async firstLook(tree, { source, exclusions }, signal) {
        const answer = await this.#ask({ ask: 'first look', tree, source, exclusions }, signal);
        if (!('firstLook' in answer)) {
            throw unexpected(answer);
        }
        return answer.firstLook;
    }
    /** @throws as `firstLook` */
    async secondLook(request, signal, onProgress) {
        const answer = await this.#ask({ ask: 'second look', ...request }, signal, onProgress);
        if (!('secondLook' in answer)) {
            throw unexpected(answer);
        }
        return answer.secondLook;
    }
    /** @throws as `firstLook` */
    async count(folder, signal) {
        const isOld = this.#running !== undefined;
        const answer = await this.#ask({ ask: 'count', folder }, signal).catch(async (error) => {
            signal.throwIfAborted();
            // One that died since it was asked last took nothing with it that counting needs.
            if (!isOld) {
                throw error;
            }
            return await this.#ask({ ask: 'count', folder }, signal);
        });
        if (!('count' in answer)) {
            throw unexpected(answer);
        }
        return answer.count;
    }
    /** Ends it, wherever it stands, and waits for that; what it remembered is lost. Idempotent; never throws. */
    async close() {
        const running = this.#running;
        this.#running = undefined;
        running?.stop.abort(new Error('The scan is not needed any more.'));
        await running?.dialogue.ended.catch(() => undefined);
    }
    async #ask(request, signal, onProgress = () => undefined) {
        signal.throwIfAborted();
        this.#running ??= this.#start();
        const { dialogue, stop } = this.#running;
        const onAbort = () => stop.abort(signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
        try {
            dialogue.send(JSON.stringify(request));
            for (;;) {
                const answer = parseAnswer(await dialogue.next());
                if (!('progress' in answer)) {
                    return answer;
                }
                onProgress(answer.progress);
            }
        }
        catch (error) {
            // An answer that nobody waits for any more would be taken for that to the next question.
            await this.close();
            throw error;
        }
        finally {
            signal.removeEventListener('abort', onAbort);
        }
    }
    #start() {
        const stop = new AbortController();
        const dialogue = (0,host_dialogue/* startDialogue */.V)(this.#commands, process.execPath, [...NODE_OPTIONS, ownProgram('home-scan')], {
            signal: stop.signal,
        });
        return { dialogue, stop };
    }
}
function unexpected(answer) {
    return new Error('failed' in answer
        ? answer.failed
        : `The scan answered what it was not asked: ${JSON.stringify(answer)}.`);
}

;// CONCATENATED MODULE: ./build/home/home-delta.js
/**
 * What has changed in a tree since it was looked at, found without rsync, which would look at everything: the lists for
 * rsync of what to copy. Where they could not be relied on there is the reason instead.
 */





const LIST = /^\.bitbucket-home\.changes-[\w.-]+$/;
class HomeDelta {
    #context;
    #scan;
    #memories = 0;
    constructor(context) {
        this.#context = context;
        this.#scan = new HomeScan(context.commands);
    }
    /** Removes what a dead run left. */
    async removeLeftovers() {
        const { backupRoot } = this.#context;
        await (0,promises_.mkdir)(backupRoot, { recursive: true, mode: 0o700 });
        for (const name of (await (0,promises_.readdir)(backupRoot)).filter((entry) => LIST.test(entry))) {
            await (0,promises_.rm)((0,external_node_path_.join)(backupRoot, name), { force: true });
        }
    }
    /** Looks at a tree, before it is copied. Fails for the signal alone: without a memory the lock is longer, no more. */
    async remember(tree, signal) {
        const started = performance.now();
        this.#memories += 1;
        const id = this.#memories;
        return await withoutFailure(signal, async () => {
            const { folders, files, threads, problem } = await this.#scan.firstLook(id, tree, signal);
            const looked = `${(0,format/* formatCount */.B4)(folders)} folders and ${(0,format/* formatCount */.B4)(files)} files that are no git objects`;
            this.#log(`Looked at ${tree.what}: ${looked}`, started, threads);
            return problem === undefined ? { id } : { problem };
        });
    }
    /**
     * Looks at a tree again, after it was copied. Fails for the signal alone.
     * @param onProgress 0 to 1
     * @returns the files belong to the caller, who removes them
     */
    async changesSince(memory, tree, copy, during) {
        const { target, suspects } = copy;
        if ('problem' in memory) {
            return memory;
        }
        if (suspects === undefined) {
            return { problem: 'rsync could not delete in the copy what is gone' };
        }
        const { backupRoot, backupId } = this.#context;
        const listFile = (0,external_node_path_.join)(backupRoot, `.bitbucket-home.changes-${backupId}-${memory.id}`);
        const request = { tree: memory.id, copyRoot: target, suspects, listFile };
        const started = performance.now();
        const { signal, onProgress = () => undefined } = during;
        return await withoutFailure(signal, async () => {
            const { paths, lists, deleted, threads, problem } = await this.#scan.secondLook(request, signal, onProgress);
            const found = `${(0,format/* formatCount */.B4)(paths)} paths to compare, ${(0,format/* formatCount */.B4)(deleted)} of them deleted`;
            this.#log(`Looked at ${tree.what} again: ${found}`, started, threads);
            return problem === undefined ? { files: lists, paths } : { problem };
        });
    }
    /** Files and bytes of a copy. @throws Error with what the system said */
    async count(folder, signal) {
        return await this.#scan.count(folder, signal);
    }
    /** Ends the scan. Idempotent. */
    async close() {
        await this.#scan.close();
    }
    #log(what, startedMs, threads) {
        const duration = (0,format/* formatDuration */.a3)(performance.now() - startedMs);
        this.#context.log.info(`${what}, in ${duration} with ${(0,format/* counted */.hS)(threads, 'thread')}`);
    }
}
async function withoutFailure(signal, look) {
    try {
        return await look();
    }
    catch (error) {
        signal.throwIfAborted();
        return { problem: `the scan failed (${(0,errors/* asError */.zR)(error).message.replace(/\.$/, '')})` };
    }
}

// EXTERNAL MODULE: ./build/home/trees.js + 1 modules
var trees = __webpack_require__(82418);
;// CONCATENATED MODULE: ./build/home/home-record.js

function homeRecord(copied) {
    const { options, excluded, program, firstPass, passes, counted, repositories } = copied;
    const { homePath, dataStores, excludedRepositories } = options;
    return {
        strategy: 'rsync',
        included: true,
        members: dataStores.length === 0 ? [trees/* HOME_MEMBER */.R0] : [trees/* HOME_MEMBER */.R0, trees/* STORES_MEMBER */.y5],
        files: counted.files,
        bytes: counted.bytes,
        tools: { rsync: program.version },
        excluded: { patterns: excluded, repositories: excludedRepositories },
        details: {
            homePath,
            dataStores,
            repositories,
            firstPass: recorded(firstPass),
            secondPass: {
                ...recorded(passes.map(({ result }) => result)),
                delta: passes.map(({ paths }) => (paths === undefined ? 'full' : 'git-aware')),
                pathsCompared: passes.reduce((total, { paths }) => total + (paths ?? 0), 0),
            },
        },
    };
}
/** @param key of what is added up over all trees */
function sumOf(results, key) {
    return results.reduce((total, result) => total + result[key], 0);
}
function recorded(results) {
    return {
        seconds: sumOf(results, 'seconds'),
        entries: sumOf(results, 'entries'),
        filesTransferred: sumOf(results, 'transferredFiles'),
        bytesTransferred: sumOf(results, 'transferredBytes'),
        vanished: sumOf(results, 'vanished'),
    };
}

// EXTERNAL MODULE: ./build/home/repository-count.js
var repository_count = __webpack_require__(3566);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/host/real-path.js
var real_path = __webpack_require__(81651);
;// CONCATENATED MODULE: ./build/home/home-findings.js
/** Is `home-path` a Bitbucket home that can be read and copied whole? Changes nothing. */





/** Enough to meet a permission that is wrong everywhere; rsync's dry run finds single folders. */
const SAMPLED_REPOSITORIES = 20;
const REPOSITORIES = 'shared/data/repositories';
/** @param internalDatabase it goes with the home, so that nobody has to be warned of it */
async function homeFindings(homePath, internalDatabase = false) {
    const problem = (await folderProblem(homePath)) ?? (await layoutProblem(homePath));
    if (problem !== undefined) {
        return [
            { severity: 'error', subject: 'home-path', message: `Input 'home-path' is '${homePath}', ${problem}` },
        ];
    }
    return [
        ...(await unreadableFindings(homePath)),
        ...(await linkFindings(homePath)),
        ...(internalDatabase ? [] : await embeddedDatabaseFindings(homePath)),
        ...(await ownershipFindings(homePath)),
    ];
}
/** The rest of a sentence that starts with the path; undefined when it is a folder that can be read. */
async function folderProblem(path) {
    try {
        if (!(await (0,promises_.stat)(path)).isDirectory()) {
            return 'which is not a folder; name the folder itself.';
        }
        await (0,promises_.access)(path, external_node_fs_.constants.R_OK | external_node_fs_.constants.X_OK);
        return undefined;
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'ENOENT', 'ENOTDIR')) {
            return 'which does not exist; correct the path or mount the volume.';
        }
        if ((0,errors/* isErrno */.r)(error, 'EACCES', 'EPERM')) {
            return `which ${userName()} cannot read; give that user read access.`;
        }
        return `which cannot be read (${error instanceof Error ? error.message : String(error)}); repair or mount it.`;
    }
}
async function repositoryExists(homePath, id) {
    return await exists((0,external_node_path_.join)(homePath, REPOSITORIES, String(id)));
}
async function layoutProblem(homePath) {
    const hasData = await exists((0,external_node_path_.join)(homePath, 'shared/data'));
    const properties = ['shared/bitbucket.properties', 'bitbucket.properties'];
    if (hasData && (await firstExisting(homePath, properties)) !== undefined) {
        return undefined;
    }
    if ((0,external_node_path_.basename)(homePath) === 'shared' && (await exists((0,external_node_path_.join)(homePath, 'data')))) {
        return `which is the shared folder of a home; use '${(0,external_node_path_.dirname)(homePath)}'.`;
    }
    const missing = hasData ? properties.join(' or ') : 'shared/data';
    return `which is not a Bitbucket home: it has no ${missing}; name the folder that holds 'shared', and mount its volume.`;
}
async function unreadableFindings(homePath) {
    const findings = [];
    const folders = ['shared', 'shared/data', REPOSITORIES].map((name) => (0,external_node_path_.join)(homePath, name));
    for (const folder of [...folders, ...(await sampleOf((0,external_node_path_.join)(homePath, REPOSITORIES)))]) {
        const problem = (await exists(folder)) ? await folderProblem(folder) : undefined;
        if (problem !== undefined) {
            findings.push({
                severity: 'error',
                subject: 'home-path',
                message: `The home holds '${folder}', ${problem}`,
            });
        }
    }
    return findings;
}
async function sampleOf(folder) {
    const names = [];
    try {
        for await (const entry of await (0,promises_.opendir)(folder)) {
            if (entry.isDirectory()) {
                names.push((0,external_node_path_.join)(folder, entry.name));
            }
            if (names.length === SAMPLED_REPOSITORIES) {
                break;
            }
        }
    }
    catch (error) {
        // Missing in a fresh instance; unreadable is found by the check of the folder itself.
        if (!(0,errors/* isErrno */.r)(error, 'ENOENT', 'EACCES', 'ENOTDIR')) {
            throw error;
        }
    }
    return names;
}
/** rsync keeps links as links: one that leads out of the home would leave everything behind it out of the backup. */
async function linkFindings(homePath) {
    const home = await (0,real_path/* realPath */.Y)(homePath);
    const findings = [];
    for (const name of ['shared', 'shared/data', REPOSITORIES]) {
        const path = (0,external_node_path_.join)(homePath, name);
        if ((await exists(path)) && (await (0,promises_.lstat)(path)).isSymbolicLink()) {
            const target = await (0,real_path/* realPath */.Y)(path);
            if (!(0,real_path/* isWithin */.U)(target, home)) {
                findings.push({
                    severity: 'error',
                    subject: 'home-path',
                    message: `'${path}' is a link to '${target}', outside of the home, so what lies there would not be copied; mount it at '${path}' instead.`,
                });
            }
        }
    }
    return findings;
}
/** H2 without `jdbc.url` is the database of this instance, and its files are no backup when they are merely copied. */
async function embeddedDatabaseFindings(homePath) {
    const files = ['shared/data/db.mv.db', 'shared/data/db.h2.db', 'data/db.mv.db', 'data/db.h2.db'];
    const found = await firstExisting(homePath, files);
    if (found === undefined || (await namesDatabase(homePath))) {
        return [];
    }
    return [
        {
            severity: 'warning',
            subject: 'database-strategy',
            message: `The home holds an internal database (${found}) and no jdbc.url names another one; it is not backed up with the home; set database-strategy: internal if Bitbucket uses it, and migrate to an external database.`,
        },
    ];
}
async function namesDatabase(homePath) {
    for (const name of ['shared/bitbucket.properties', 'bitbucket.properties']) {
        try {
            if (/^[ \t]*jdbc\.url[ \t]*[=:]/m.test(await (0,promises_.readFile)((0,external_node_path_.join)(homePath, name), 'latin1'))) {
                return true;
            }
        }
        catch (error) {
            if (!(0,errors/* isErrno */.r)(error, 'ENOENT', 'EACCES')) {
                throw error;
            }
        }
    }
    return false;
}
/** Only root may give files away. */
async function ownershipFindings(homePath) {
    const own = process.getuid?.();
    const { uid } = await (0,promises_.stat)(homePath);
    if (own === 0 || own === undefined || own === uid) {
        return [];
    }
    return [
        {
            severity: 'warning',
            subject: 'home-path',
            message: `The home belongs to user id ${uid}, and ${userName()} cannot keep the owner of files in a copy; run the runner as that user or as root, or give the owner again after a restore.`,
        },
    ];
}
/** One call at a time: on a dead NFS mount each would block one of Node's four threads. */
async function firstExisting(folder, names) {
    for (const name of names) {
        if (await exists((0,external_node_path_.join)(folder, name))) {
            return name;
        }
    }
    return undefined;
}
async function exists(path) {
    try {
        await (0,promises_.stat)(path);
        return true;
    }
    catch (error) {
        // What may not be looked at exists; the check that reads it tells so.
        return (0,errors/* isErrno */.r)(error, 'EACCES');
    }
}
function userName() {
    return `user id ${process.getuid?.() ?? 'unknown'}`;
}

;// CONCATENATED MODULE: ./build/home/place-findings.js

async function placeFindings(backupRoot, trees) {
    const root = await (0,real_path/* realPath */.Y)(backupRoot);
    const places = [];
    for (const tree of trees) {
        places.push({ tree, path: await (0,real_path/* realPath */.Y)(tree.source) });
    }
    return [
        ...places.flatMap((place) => rootProblem(backupRoot, root, place)),
        ...places.flatMap((place, index) => places.slice(index + 1).flatMap((other) => nestedProblem(place, other))),
    ];
}
function rootProblem(backupRoot, root, { tree, path }) {
    if ((0,real_path/* isWithin */.U)(root, path)) {
        return [
            problem('backup-root', `Input 'backup-root' is '${backupRoot}', which lies in ${tree.what} ('${tree.source}'); choose a folder outside of it.`),
        ];
    }
    if ((0,real_path/* isWithin */.U)(path, root)) {
        return [
            problem('backup-root', `Input 'backup-root' is '${backupRoot}', and ${tree.what} ('${tree.source}') lies in it; choose another folder.`),
        ];
    }
    return [];
}
function nestedProblem(one, other) {
    if (one.path === other.path) {
        return [
            problem('data-stores', `Input 'data-stores' names '${other.tree.source}', which is the same folder as '${one.tree.source}'; name it once.`),
        ];
    }
    const [inner, outer] = (0,real_path/* isWithin */.U)(one.path, other.path) ? [one, other] : [other, one];
    if (!(0,real_path/* isWithin */.U)(inner.path, outer.path)) {
        return [];
    }
    return [
        problem('data-stores', `Input 'data-stores': '${inner.tree.source}' lies in '${outer.tree.source}' and would be copied twice; name only folders that are apart.`),
    ];
}
function problem(subject, message) {
    return { severity: 'error', subject, message };
}

// EXTERNAL MODULE: ./build/host/tools.js
var tools = __webpack_require__(26872);
;// CONCATENATED MODULE: ./build/home/rsync-program.js
/** Which rsync there is, and what it can. */


/**
 * 3.1.0 brought `--info=progress2`, 3.1.3 (2018) `--modify-window=-1`. Without the latter rsync compares whole seconds:
 * a branch that moves twice within one second around the first pass has the same size and time, and the second pass
 * would leave the older commit in the backup.
 */
const OLDEST = [3, 1, 3];
const OLDEST_RSYNC = OLDEST.join('.');
/** @returns undefined when there is none. @throws CommandError when it does not run */
async function findRsync(commands) {
    const path = (0,tools/* findProgram */.Kp)('rsync');
    if (path === undefined) {
        return undefined;
    }
    const { stdout } = await commands.run(path, ['--version'], { deadlineMs: 30_000 });
    return { path, ...parseRsyncVersion(stdout) };
}
/** The version is `unknown` for what is not the rsync of samba.org, such as openrsync. */
function parseRsyncVersion(text) {
    return {
        version: /^rsync\s+version (?:v|ver )?(\d+\.\d+\.\d+\S*)/m.exec(text)?.[1] ?? 'unknown',
        acls: /(?<!no )\bACLs\b/.test(text),
        xattrs: /(?<!no )\bxattrs\b/.test(text),
    };
}
function isTooOld(version) {
    const numbers = version.split('.', 3).map((part) => Number.parseInt(part, 10));
    for (const [place, oldest] of OLDEST.entries()) {
        const number = numbers[place] ?? Number.NaN;
        if (number !== oldest) {
            return !(number > oldest);
        }
    }
    return false;
}

;// CONCATENATED MODULE: ./build/home/rsync-preflight.js




async function rsyncFindings(options, trees, context) {
    const sources = [
        ...(await homeFindings(options.homePath, options.internalDatabase)),
        ...(await storeFindings(options.dataStores)),
    ];
    const findings = [
        ...(await programFindings(context)),
        ...sources,
        ...(await placeFindings(context.backupRoot, trees)),
    ];
    if (sources.some((finding) => finding.severity === 'error')) {
        return findings;
    }
    return [
        ...findings,
        ...(await lossFindings(context.backupRoot, trees)),
        ...(await exclusionFindings(options)),
    ];
}
async function programFindings({ commands, log }) {
    const program = await findRsync(commands);
    if (program === undefined) {
        return [
            error('rsync', `The program rsync is not on PATH; install rsync ${OLDEST_RSYNC} or later on the runner.`),
        ];
    }
    if (program.version === 'unknown' || isTooOld(program.version)) {
        return [
            error('rsync', `${program.path} has version ${program.version}; install rsync ${OLDEST_RSYNC} or later, which compares times to the nanosecond.`),
        ];
    }
    const missing = [...(program.acls ? [] : ['ACLs']), ...(program.xattrs ? [] : ['extended attributes'])];
    if (missing.length > 0) {
        log.info(`${program.path} was built without ${missing.join(' and ')}: these are not copied.`);
    }
    return [];
}
async function storeFindings(stores) {
    const findings = [];
    for (const store of stores) {
        const problem = await folderProblem(store);
        if (problem !== undefined) {
            findings.push(error('data-stores', `Input 'data-stores' names '${store}', ${problem}`));
        }
    }
    return findings;
}
async function lossFindings(backupRoot, trees) {
    const findings = [];
    for (const tree of trees) {
        if (await (0,working_copy/* losesRepositories */.ft)(backupRoot, tree)) {
            findings.push(error(tree.input, `'${tree.source}' holds no repositories, but its copy of the last backup in '${backupRoot}/${tree.member}' does; mount the volume, or remove that copy if all repositories were really deleted.`));
        }
    }
    return findings;
}
/** In a data store an id can stand in any of 65,536 folders, so only a home without data stores is searched. */
async function exclusionFindings(options) {
    const findings = [];
    for (const id of options.dataStores.length === 0 ? options.excludedRepositories : []) {
        if (!(await repositoryExists(options.homePath, id))) {
            findings.push({
                severity: 'warning',
                subject: 'exclude-repositories',
                message: `Input 'exclude-repositories' names ${id}, and the home holds no repository of that id; correct or remove it.`,
            });
        }
    }
    return findings;
}
function error(subject, message) {
    return { severity: 'error', subject, message };
}

// EXTERNAL MODULE: ./build/strategies/internal-database.js
var internal_database = __webpack_require__(61621);
// EXTERNAL MODULE: ./build/host/still-files.js
var still_files = __webpack_require__(9423);
;// CONCATENATED MODULE: ./build/home/still-database.js
/** The internal database lies in the home: what a drained Bitbucket has written to it has to be in its file before that is copied. */




/** @throws ActionError HOME_FAILED when it never is; what the signal was aborted with */
async function untilDatabaseIsStill(homePath, signal) {
    const list = async () => (await (0,internal_database/* internalDatabaseFiles */.Gm)(homePath)).map((file) => (0,external_node_path_.join)(homePath, file));
    if ((await (0,still_files/* untilStill */.jK)(list, internal_database/* STILLNESS */.mH, signal)) === undefined) {
        throw new errors/* ActionError */.lZ('HOME_FAILED', `The internal database in '${homePath}' is written to although Bitbucket is drained.`, { advice: 'Find out what else uses it, stop that and run again.' });
    }
}

;// CONCATENATED MODULE: ./build/home/tree-copy.js
/** One tree on its way into the working copy: copied while users work, copied again for what changed meanwhile. */




/** How often a rehearsal is begun again because rsync could not say what it left out. */
const MOST_REHEARSALS = 2;
class TreeCopy {
    tree;
    #context;
    #delta;
    #target;
    #memory = { problem: 'it has not been looked at' };
    #suspects;
    constructor({ context, tree, delta }) {
        this.tree = tree;
        this.#context = context;
        this.#delta = delta;
        this.#target = (0,external_node_path_.join)(context.backupRoot, tree.member);
    }
    /**
     * The first pass, and a rehearsal of the last one. The first may take hours, and what changed meanwhile is better copied
     * while users work as well.
     * @returns of the first pass; `vanished` of all
     */
    async prepare(during) {
        if (this.#delta === undefined) {
            return await this.#pass('live', during);
        }
        let memory = await this.#delta.remember(this.tree, during.signal);
        const first = await this.#pass('live', during);
        let last = first;
        let vanished = first.vanished;
        for (let rehearsals = 0; rehearsals < MOST_REHEARSALS && !('problem' in memory); rehearsals += 1) {
            this.#context.log.info(`Rehearsing the last copy of ${this.tree.what}, so that little is left for the lock`);
            // Before the copying: what changes from here on is for the last pass.
            const next = await this.#delta.remember(this.tree, during.signal);
            last = await this.#catchUp(this.#delta, { memory, suspects: last.suspects }, during);
            vanished += last.vanished;
            memory = next;
            if (last.suspects !== undefined) {
                break;
            }
        }
        this.#memory = memory;
        this.#suspects = last.suspects;
        if ('problem' in memory) {
            this.#warn(memory.problem);
        }
        return { ...first, vanished };
    }
    /** Inside the lock. @throws ActionError as `runPass` */
    async finish(during, listener) {
        const onProgress = (progress) => listener.copying(progress);
        if (this.#delta === undefined) {
            return { result: await this.#pass('locked', during, { onProgress }), paths: undefined };
        }
        const copy = { target: this.#target, suspects: this.#suspects };
        const changes = await this.#delta.changesSince(this.#memory, this.tree, copy, {
            signal: during.signal,
            onProgress: (fraction) => listener.looking(fraction),
        });
        if ('problem' in changes) {
            if (!('problem' in this.#memory)) {
                this.#warn(changes.problem);
            }
            return { result: await this.#pass('locked', during, { onProgress }), paths: undefined };
        }
        return { result: await this.#passOver(changes.files, 'locked', during), paths: changes.paths };
    }
    /** A pass over a list knows nothing of the rest. @throws Error with what the system said */
    async count({ result, paths }, signal) {
        return this.#delta === undefined || paths === undefined
            ? { files: result.regularFiles, bytes: result.totalBytes }
            : await this.#delta.count(this.#target, signal);
    }
    async #catchUp(delta, { memory, suspects }, during) {
        const copy = { target: this.#target, suspects };
        const changes = await delta.changesSince(memory, this.tree, copy, { signal: during.signal });
        if ('problem' in changes) {
            return await this.#passOnceMore(changes.problem, during);
        }
        try {
            return await this.#passOver(changes.files, 'live', during);
        }
        catch (error) {
            during.signal.throwIfAborted();
            // It gives up on a list when a folder goes under its hands.
            if (error instanceof errors/* ActionError */.lZ && error.code === 'HOME_FAILED') {
                return await this.#passOnceMore('rsync could not follow the list of changes', during);
            }
            throw error;
        }
    }
    async #passOnceMore(problem, during) {
        this.#context.log.info(`Copying all of ${this.tree.what} once more: ${problem}`);
        return await this.#pass('live', during);
    }
    async #passOver(listFiles, mode, during) {
        try {
            return await this.#pass(mode, during, { listFiles });
        }
        finally {
            for (const file of listFiles) {
                await (0,promises_.rm)(file, { force: true });
            }
        }
    }
    async #pass(mode, during, more = {}) {
        return await copyTree(this.#context, { mode, tree: this.tree, ...during, ...more });
    }
    #warn(problem) {
        this.#context.log.warning(`The whole of ${this.tree.what} is looked at inside the lock, which takes longer: ${problem}.`);
    }
}

;// CONCATENATED MODULE: ./build/home/window-progress.js
const LOOKING = 0.8;
class WindowProgress {
    #expected;
    #report;
    #reported = 0;
    /** @param expected entries of each folder, in the order in which they are copied. */
    constructor(expected, report) {
        this.#expected = expected;
        this.#report = report;
    }
    /** @param index of the folder that is being copied. */
    advance(index, progress) {
        const listed = progress.listComplete
            ? progress.listed
            : Math.max(progress.listed, this.#expected[index] ?? 0);
        this.#add(index, listed === 0 ? 0 : progress.checked / listed);
    }
    /** Of the folder that is being looked at, 0 to 1: what is found then takes rsync a moment. */
    looking(index, fraction) {
        this.#add(index, fraction * LOOKING);
    }
    finished(index) {
        this.#add(index, 1);
    }
    #add(index, share) {
        const total = this.#expected.reduce((sum, entries) => sum + entries, 0);
        const before = this.#expected.slice(0, index).reduce((sum, entries) => sum + entries, 0);
        const fraction = total === 0 ? share : (before + share * (this.#expected[index] ?? 0)) / total;
        // The list can grow faster than it is worked off; what was said is not taken back.
        if (fraction > this.#reported) {
            this.#reported = Math.min(fraction, 1);
            this.#report(this.#reported);
        }
    }
}

;// CONCATENATED MODULE: ./build/home/rsync.js
/**
 * Copies the home and its data stores with rsync into `backup-root`, twice: once while users work, which takes as long
 * as it takes, and once inside the lock, which only carries over what changed in between. What that is, is found without
 * looking at every file (home-delta.ts).
 */













/** What a home may grow by from one run to the next before the estimate is too small. */
const GROWTH_BETWEEN_RUNS = 0.1;
const rsync = {
    read: (inputs) => {
        const options = {
            homePath: inputs.requiredPath('home-path'),
            dataStores: inputs.pathList('data-stores'),
            excludedRepositories: inputs.idList('exclude-repositories'),
        };
        const isDelta = inputs.choice('home-delta', ['git-aware', 'full']) === 'git-aware';
        return {
            create: (context) => new RsyncHome(options, context, isDelta ? new HomeDelta(context) : undefined),
        };
    },
};
class RsyncHome {
    name = 'rsync';
    atomic = false;
    #options;
    #context;
    #trees;
    #copies;
    /** Undefined: every file is looked at again. */
    #delta;
    /** Results of the first pass, one for each tree; empty before it. */
    #firstPass = [];
    #found;
    constructor(options, context, delta) {
        this.#options = { ...options, internalDatabase: context.internalDatabase === true };
        this.#context = context;
        this.#delta = delta;
        this.#trees = (0,trees/* treesOf */.zG)(this.#options);
        this.#copies = this.#trees.map((tree) => new TreeCopy({ context, tree, delta }));
    }
    async preflight() {
        return await rsyncFindings(this.#options, this.#trees, this.#context);
    }
    get sources() {
        return this.#trees.map(({ source }) => source);
    }
    /**
     * The first time rsync's own dry run: it alone knows what its filters leave to be copied. With a whole copy of an
     * earlier run a share of that, because the walk through a large home takes as long as the copy; what is really
     * missing shows after the first pass, still before the lock.
     */
    async spaceNeeds() {
        const { backupRoot: path, previous } = this.#context;
        const what = 'copy of the home';
        if (this.#firstPass.length > 0) {
            return [{ path, what, bytes: 0, files: 0, totalBytes: sumOf(this.#firstPass, 'totalBytes') }];
        }
        if (previous?.strategy === this.name && previous.bytes !== undefined) {
            const grown = (size) => Math.ceil(size * GROWTH_BETWEEN_RUNS);
            return [
                {
                    path,
                    what,
                    bytes: grown(previous.bytes),
                    files: grown(previous.files ?? 0),
                    totalBytes: previous.bytes,
                },
            ];
        }
        const program = await this.#program();
        const results = [];
        for (const tree of this.#trees) {
            results.push(await copyTree(this.#context, { program, mode: 'dry-run', tree }));
        }
        return [
            {
                path,
                what,
                bytes: sumOf(results, 'transferredBytes'),
                files: sumOf(results, 'createdFiles'),
                totalBytes: sumOf(results, 'totalBytes'),
            },
        ];
    }
    async prepare(signal) {
        await this.#closingAfterFailure(async () => await this.#prepare(signal));
    }
    async #prepare(signal) {
        await this.#removeStaleStores(signal);
        await this.#delta?.removeLeftovers();
        const program = await this.#program();
        const results = [];
        for (const copy of this.#copies) {
            results.push(await copy.prepare({ program, signal }));
        }
        this.#firstPass = results;
        const vanished = sumOf(results, 'vanished');
        if (vanished > 0) {
            this.#context.log.info(`${(0,format/* formatCount */.B4)(vanished)} files vanished or changed during the first copy; the one inside the lock takes them as they are then.`);
        }
    }
    async capture(signal) {
        const expected = this.#firstPass.map((result) => result.entries);
        const progress = new WindowProgress(expected, this.#context.progress);
        const program = await this.#program();
        const passes = [];
        await this.#closingAfterFailure(async () => {
            if (this.#options.internalDatabase === true) {
                await untilDatabaseIsStill(this.#options.homePath, signal);
            }
            for (const [index, copy] of this.#copies.entries()) {
                passes.push(await copy.finish({ program, signal }, {
                    looking: (fraction) => progress.looking(index, fraction),
                    copying: (done) => progress.advance(index, done),
                }));
                progress.finished(index);
            }
        });
        return {
            settle: async (settling) => {
                settling.throwIfAborted();
                const counted = await this.#count(passes, settling);
                const repositories = await (0,repository_count/* countRepositories */.W)(this.#context.backupRoot, this.#trees);
                // What it remembered is of no use any more, and the archive wants the memory.
                await this.close();
                return homeRecord({
                    options: this.#options,
                    excluded: this.#trees[0].exclusions,
                    program,
                    firstPass: this.#firstPass,
                    passes,
                    counted,
                    repositories,
                });
            },
            // The working copy stays, after a failure too: the next run corrects it, and without a manifest nobody takes it
            // for a backup.
            discard: async () => {
                await Promise.resolve();
            },
        };
    }
    async close() {
        await this.#delta?.close();
    }
    /** Nothing of a failed or cancelled phase goes on. */
    async #closingAfterFailure(phase) {
        try {
            await phase();
        }
        catch (error) {
            await this.close();
            throw error;
        }
    }
    async #count(passes, signal) {
        let files = 0;
        let bytes = 0;
        for (const [index, pass] of passes.entries()) {
            const counted = await this.#copies[index]?.count(pass, signal);
            files += counted?.files ?? 0;
            bytes += counted?.bytes ?? 0;
        }
        return { files, bytes };
    }
    async #removeStaleStores(signal) {
        const { backupRoot, commands, log } = this.#context;
        for (const path of await (0,working_copy/* staleStoreCopies */.qR)(backupRoot, this.#options.dataStores)) {
            log.info(`Removing ${path}: data-stores does not name it any more`);
            await commands.run('rm', ['--recursive', '--force', '--one-file-system', '--', path], { signal });
        }
    }
    async #program() {
        // Remembered: inside the lock nobody should wait for the question which rsync this is.
        this.#found ??= await findRsync(this.#context.commands);
        const program = this.#found;
        if (program === undefined) {
            throw new errors/* ActionError */.lZ('TOOL_MISSING', 'The program rsync is not installed or not on PATH.', {
                advice: 'Install rsync on the runner.',
            });
        }
        return program;
    }
}


/***/ }),

/***/ 24523:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ft: () => (/* binding */ losesRepositories),
/* harmony export */   mh: () => (/* binding */ makeTarget),
/* harmony export */   qR: () => (/* binding */ staleStoreCopies)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _trees_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82418);




/**
 * Makes the folder of a copy, and each one above it up to `backup-root`, with mode 0700.
 * @throws ActionError UNSAFE_STATE for a link in its way: rsync with `--delete` would empty the folder behind it
 */
async function makeTarget(backupRoot, member) {
    let path = backupRoot;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(path, { recursive: true, mode: 0o700 });
    for (const name of member.split('/').filter((part) => part !== '')) {
        path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, name);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(path, { mode: 0o700 }).catch(ignoreExisting);
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path)).isDirectory()) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ('UNSAFE_STATE', `${path} is a link or a file, where the working copy keeps a folder.`, {
                advice: `Find out who made ${path}, remove it and run again.`,
            });
        }
    }
    return path;
}
/**
 * Does the copy hold repositories where the source has none? Then the source is rather an unmounted volume than a
 * Bitbucket without repositories, and a pass with `--delete` would empty the copy.
 */
async function losesRepositories(backupRoot, tree) {
    return ((await isEmptyOrMissing((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tree.source, tree.repositories))) &&
        !(await isEmptyOrMissing((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, tree.member, tree.repositories))));
}
/** Copies of data stores that are no longer configured: they would go into the archive as if they were of today. */
async function staleStoreCopies(backupRoot, stores) {
    return await entriesBeside((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(backupRoot, _trees_js__WEBPACK_IMPORTED_MODULE_3__/* .STORES_MEMBER */ .y5), stores.map((store) => store.split('/').filter((part) => part !== '')));
}
/** What lies in a folder and leads to none of the wanted paths. */
async function entriesBeside(folder, wanted) {
    const stale = [];
    for (const entry of await entriesOf(folder)) {
        const below = wanted.filter(([first]) => first === entry.name).map(([, ...rest]) => rest);
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry.name);
        if (below.length === 0) {
            stale.push(path);
        }
        else if (entry.isDirectory() && !below.some((rest) => rest.length === 0)) {
            stale.push(...(await entriesBeside(path, below)));
        }
    }
    return stale;
}
async function entriesOf(folder) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true });
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT')) {
            return [];
        }
        throw error;
    }
}
async function isEmptyOrMissing(folder) {
    try {
        const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.opendir)(folder);
        const first = await entries.read();
        await entries.close();
        return first === null;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR')) {
            return true;
        }
        throw error;
    }
}
function ignoreExisting(error) {
    if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'EEXIST')) {
        throw error;
    }
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

/***/ 81651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ isWithin),
/* harmony export */   Y: () => (/* binding */ realPath)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/** Where a path really leads, so that two names of one folder are not taken for two folders. */



/** Resolves links; what does not exist yet is taken from its nearest existing parent on. Absolute paths only. */
async function realPath(path) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(path);
    }
    catch (error) {
        if (path === '/' || !(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR', 'EACCES')) {
            throw error;
        }
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(await realPath((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path)), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path));
    }
}
/** Is it that folder, or does it lie below it? Both resolved. */
function isWithin(path, folder) {
    return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
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
