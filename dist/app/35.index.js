export const id = 35;
export const ids = [35];
export const modules = {

/***/ 76429:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DC: () => (/* binding */ hashFile),
/* harmony export */   IM: () => (/* binding */ readChecksum),
/* harmony export */   Ut: () => (/* binding */ checksumLine)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(19473);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(50485);
/** `<archive>.sha256`, as `sha256sum --check` reads it. */






/** @param sha256 hexadecimal @param name of the archive, without its folder: both files can be moved together. */
function checksumLine(sha256, name) {
    return `${sha256}  ${name}\n`;
}
/** Enough for the longest name; whatever is longer is none. */
const LONGEST_FILE = 4096;
/**
 * @returns the SHA-256 that the file beside the archive names, in hex; undefined when there is no such file
 * @throws ActionError ARCHIVE_CORRUPT for a file of another form, ARCHIVE_RENAMED when it is about another archive
 */
async function readChecksum(archivePath) {
    const path = archivePath + _names_js__WEBPACK_IMPORTED_MODULE_5__/* .CHECKSUM_EXTENSION */ .mg;
    const text = await readText(path);
    if (text === undefined) {
        return undefined;
    }
    const [, sha256, name] = /^([0-9a-fA-F]{64}) [ *](.+)\n?$/.exec(text) ?? [];
    if (sha256 === undefined || name === undefined) {
        throw unreadable(`${path} is not the checksum of an archive.`);
    }
    if (name !== (0,node_path__WEBPACK_IMPORTED_MODULE_3__.basename)(archivePath)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('ARCHIVE_RENAMED', `${path} is the checksum of ${name}, not of ${(0,node_path__WEBPACK_IMPORTED_MODULE_3__.basename)(archivePath)}.`, { advice: `Give the archive its name ${name} back; nothing was changed.` });
    }
    return sha256.toLowerCase();
}
/** @returns undefined when there is no such file; '' for what is no file, or none of this kind */
async function readText(path) {
    let handle;
    try {
        // O_NONBLOCK: a pipe under that name must not keep us waiting for its writer.
        handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NONBLOCK);
        const stats = await handle.stat();
        return stats.isFile() && stats.size <= LONGEST_FILE ? await handle.readFile('utf8') : '';
    }
    catch (cause) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .isErrno */ .r)(cause, 'ENOENT', 'ENOTDIR')) {
            return undefined;
        }
        throw unreadable(`${path} cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .asError */ .zR)(cause).message}.`, cause);
    }
    finally {
        await handle?.close();
    }
}
function unreadable(message, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('ARCHIVE_CORRUPT', message, {
        advice: 'Fetch it again from where the archive was copied; nothing was changed.',
        cause,
    });
}
/** Large pieces: each costs a way through the event loop. */
const READ_BYTES = 1024 * 1024;
/** @returns SHA-256 of the whole file, in hex. @throws the signal's reason when it was aborted */
async function hashFile(handle, signal) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    // By way of the open file: a stream on the handle itself would close it when it is left early.
    const stream = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(`/proc/self/fd/${handle.fd}`, { highWaterMark: READ_BYTES });
    const chunks = stream;
    for await (const chunk of chunks) {
        signal.throwIfAborted();
        hash.update(chunk);
    }
    return hash.digest('hex');
}


/***/ }),

/***/ 50485:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lz: () => (/* binding */ parseArchiveName),
/* harmony export */   d8: () => (/* binding */ formatBackupId),
/* harmony export */   ju: () => (/* binding */ archiveExtensions),
/* harmony export */   mg: () => (/* binding */ CHECKSUM_EXTENSION),
/* harmony export */   uv: () => (/* binding */ archiveName)
/* harmony export */ });
/** Names of backups and archives: `<instance>-<yyyymmdd>-<hhmmss>-<mmm>` in UTC, then `.tar`, `.tar.gz` or `.tar.zst`. */
const archiveExtensions = { zstd: '.tar.zst', gzip: '.tar.gz', none: '.tar' };
const CHECKSUM_EXTENSION = '.sha256';
/** Milliseconds, so that two backups started by hand in one second have two names. */
function formatBackupId(instanceName, date) {
    const [, year, month, day, hours, minutes, seconds, milliseconds] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z$/.exec(date.toISOString()) ?? [];
    return `${instanceName}-${year}${month}${day}-${hours}${minutes}${seconds}-${milliseconds}`;
}
function archiveName(backupId, compression) {
    return backupId + archiveExtensions[compression];
}
/**
 * Strict, because what it accepts may be deleted: the archives of instance `bitbucket` must not take in those of
 * `bitbucket-mesh`. @returns undefined for anything else
 */
function parseArchiveName(name, instanceName) {
    const prefix = `${instanceName}-`;
    const parts = name.startsWith(prefix)
        ? /^(?<stamp>(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3}))\.tar(?:\.gz|\.zst)?$/.exec(name.slice(prefix.length))
        : null;
    if (parts === null) {
        return undefined;
    }
    const [, stamp, year, month, day, hours, minutes, seconds, milliseconds] = parts;
    const date = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
    const backupId = prefix + stamp;
    // A 31 February, which Date moves into March, is nothing that we wrote.
    const isReal = !Number.isNaN(date.getTime()) && formatBackupId(instanceName, date) === backupId;
    return isReal ? { name, backupId, date } : undefined;
}


/***/ }),

/***/ 38763:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   By: () => (/* binding */ findTar),
/* harmony export */   Eo: () => (/* binding */ TAR_FORMAT),
/* harmony export */   u5: () => (/* binding */ tarFindings)
/* harmony export */ });
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77696);
/* harmony import */ var _host_command_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(10949);
/* harmony import */ var _host_tools_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26872);
/** Which tar there is, and whether it keeps all that the working copy has kept. */



/** What a backup needs of tar. `posix`: times to the nanosecond, files over 8 GiB, names of any length and bytes. */
const TAR_FORMAT = ['--format=posix', '--numeric-owner', '--acls', '--xattrs', '--sparse'];
async function findTar() {
    const path = (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .findProgram */ .Kp)('tar');
    return path === undefined ? undefined : { path, version: (await (0,_host_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .versionLine */ .b1)(path)) ?? 'unknown' };
}
/** Asks tar itself, with an archive of nothing: another tar knows other options, or was built without them. */
async function tarFindings(tar, commands) {
    if (tar === undefined) {
        return [error('The program tar is not on PATH; install GNU tar on the runner.')];
    }
    try {
        const { stderr } = await commands.run(tar.path, ['--create', '--file=/dev/null', ...TAR_FORMAT, '--checkpoint=1', '--files-from=/dev/null'], { deadlineMs: 30_000 });
        const lacking = stderr.filter((line) => line.includes('support is not available'));
        return lacking.length === 0
            ? []
            : [
                {
                    severity: 'warning',
                    subject: 'tar',
                    message: `${tar.path} was built without all it needs (${lacking.join(' ')}); install the GNU tar of the distribution to keep ACLs and extended attributes.`,
                },
            ];
    }
    catch (thrown) {
        if (!(thrown instanceof _host_command_error_js__WEBPACK_IMPORTED_MODULE_1__/* .CommandError */ .Qd)) {
            throw thrown;
        }
        return [
            error(`${tar.path} (${tar.version}) does not know ${TAR_FORMAT.join(' ')}; install GNU tar 1.27 or later on the runner.`),
        ];
    }
}
function error(message) {
    return { severity: 'error', subject: 'tar', message };
}


/***/ }),

/***/ 5035:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tar: () => (/* binding */ tar)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/host/tools.js
var tools = __webpack_require__(26872);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/host/real-path.js
var real_path = __webpack_require__(81651);
;// CONCATENATED MODULE: ./build/archive/archive-folder.js
/** Is `archive-root` a place where a backup is safe? Changes nothing. */





async function folderFindings(places) {
    const { archiveRoot } = places;
    const found = await lookAt(archiveRoot);
    if (found === 'missing') {
        return [...(await parentFindings(archiveRoot)), ...(await placeFindings(places))];
    }
    if (typeof found === 'string') {
        return [
            error(`Input 'archive-root' is '${archiveRoot}', which cannot be read (${found}); repair or mount it.`),
        ];
    }
    return [...(await existingFindings(archiveRoot, found)), ...(await placeFindings(places))];
}
async function lookAt(path) {
    try {
        const entry = await (0,promises_.lstat)(path);
        return { entry, target: await (0,promises_.stat)(path) };
    }
    catch (thrown) {
        return (0,errors/* isErrno */.r)(thrown, 'ENOENT') ? 'missing' : (0,errors/* asError */.zR)(thrown).message;
    }
}
async function existingFindings(path, { entry, target }) {
    if (!target.isDirectory()) {
        return [error(`Input 'archive-root' is '${path}', which is not a folder; name a folder.`)];
    }
    const findings = [];
    if (!isTrusted(entry) || !isTrusted(target)) {
        const owner = isTrusted(entry) ? target.uid : entry.uid;
        findings.push(error(`Input 'archive-root' is '${path}', which belongs to user id ${owner}, who could exchange archives; give it to the user of the runner.`));
    }
    const mode = (target.mode & 0o7777).toString(8).padStart(4, '0');
    if ((target.mode & 0o002) !== 0 && (target.mode & 0o1000) === 0) {
        findings.push(error(`Input 'archive-root' is '${path}', to which everybody may write (mode ${mode}), so that archives could be exchanged; set its mode to 0700.`));
    }
    else if ((target.mode & 0o022) !== 0) {
        findings.push({
            severity: 'warning',
            subject: 'archive-root',
            message: `Input 'archive-root' is '${path}', to which others may write (mode ${mode}); 0700 is safer.`,
        });
    }
    return [...findings, ...(await writableFindings(path))];
}
/** Only the last folder is made by us: more of them missing rather means a volume that is not mounted. */
async function parentFindings(path) {
    const parent = (0,external_node_path_.dirname)(path);
    const found = await lookAt(parent);
    if (typeof found === 'string' || !found.target.isDirectory()) {
        return [
            error(`Input 'archive-root' is '${path}', and '${parent}' is no folder that exists; create it or mount its volume.`),
        ];
    }
    return await writableFindings(parent);
}
async function writableFindings(folder) {
    try {
        await (0,promises_.access)(folder, external_node_fs_.constants.R_OK | external_node_fs_.constants.W_OK | external_node_fs_.constants.X_OK);
        return [];
    }
    catch (thrown) {
        const reason = (0,errors/* isErrno */.r)(thrown, 'EROFS') ? 'its file system is read-only' : `this user has no right to`;
        return [
            error(`Input 'archive-root': archives cannot be written to '${folder}', because ${reason}; correct that.`),
        ];
    }
}
async function placeFindings(places) {
    const root = await (0,real_path/* realPath */.Y)(places.archiveRoot);
    for (const source of places.sources) {
        if ((0,real_path/* isWithin */.U)(root, await (0,real_path/* realPath */.Y)(source))) {
            return [
                error(`Input 'archive-root' is '${places.archiveRoot}', which lies in '${source}', so that every backup would hold those before it; choose a folder outside of it.`),
            ];
        }
    }
    const inBackupRoot = (0,external_node_path_.relative)(await (0,real_path/* realPath */.Y)(places.backupRoot), root).split('/')[0] ?? '';
    if (inBackupRoot.startsWith('bitbucket-')) {
        return [
            error(`Input 'archive-root' is '${places.archiveRoot}', which lies in the working copy '${(0,external_node_path_.join)(places.backupRoot, inBackupRoot)}'; choose a folder beside it.`),
        ];
    }
    return [];
}
/** Somebody else's folder, or somebody else's link to a folder, is not ours to keep secrets in. */
function isTrusted({ uid }) {
    return uid === 0 || uid === process.getuid?.();
}
function error(message) {
    return { severity: 'error', subject: 'archive-root', message };
}

// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
;// CONCATENATED MODULE: ./build/archive/archive-log.js

const INTERVAL_MS = 10_000;
/** A line every 10 s at most. @param sourceBytes what there is to archive; it is an estimate, so 100 % is the end of it. */
function progressLogger(log, sourceBytes) {
    let lastAt = performance.now();
    let lastIn = 0;
    return (bytesIn, bytesOut) => {
        const now = performance.now();
        if (now - lastAt < INTERVAL_MS) {
            return;
        }
        const rate = ((bytesIn - lastIn) / (now - lastAt)) * 1_000;
        const percent = sourceBytes === 0 ? 100 : Math.min(100, Math.floor((bytesIn / sourceBytes) * 100));
        log.info(`Archiving: ${(0,format/* formatBytes */.z3)(bytesIn)} of ${(0,format/* formatBytes */.z3)(sourceBytes)} (${percent} %) as ${(0,format/* formatBytes */.z3)(bytesOut)}, ${(0,format/* formatBytes */.z3)(rate)}/s`);
        lastAt = now;
        lastIn = bytesIn;
    };
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/archive/compression.js
/** Which program compresses, and how. */



/** Programs that use all cores come first; Node's own streams are always there. */
function findCompressor(compression) {
    switch (compression) {
        case 'none':
            return { kind: 'none' };
        case 'zstd':
            // The number of cores, not `-T0`: that counts physical ones, of which a virtual machine often shows half.
            return (program('zstd', ['--quiet', '--stdout', `-T${(0,external_node_os_.availableParallelism)()}`]) ?? {
                kind: 'node',
                create: () => (0,external_node_zlib_.createZstdCompress)({ params: { [external_node_zlib_.constants.ZSTD_c_checksumFlag]: 1 } }),
            });
        case 'gzip':
            return (program('pigz', ['--stdout']) ??
                program('gzip', ['--stdout']) ?? { kind: 'node', create: () => (0,external_node_zlib_.createGzip)() });
    }
}
function program(name, args) {
    const path = (0,tools/* findProgram */.Kp)(name);
    return path === undefined ? undefined : { kind: 'program', name, path, args };
}

// EXTERNAL MODULE: ./build/archive/names.js
var names = __webpack_require__(50485);
;// CONCATENATED MODULE: ./build/archive/retention.js
/** `keep-backups`: removes the oldest archives of one instance, after a success only. */




/** Archives of this instance that have their checksum beside them, newest first. Links and folders are none. */
async function completeArchives(archiveRoot, instanceName) {
    const found = [];
    for (const name of await namesIn(archiveRoot)) {
        const parsed = (0,names/* parseArchiveName */.Lz)(name, instanceName);
        if (parsed === undefined) {
            continue;
        }
        const bytes = await fileSize((0,external_node_path_.join)(archiveRoot, name));
        const checksum = await fileSize((0,external_node_path_.join)(archiveRoot, name + names/* CHECKSUM_EXTENSION */.mg));
        if (bytes !== undefined && checksum !== undefined) {
            found.push({ ...parsed, bytes });
        }
    }
    return found.sort((a, b) => b.date.getTime() - a.date.getTime());
}
/** @returns the names that were removed. What cannot be removed is a warning: the backup itself has succeeded. */
async function removeOldest(retention) {
    const { archiveRoot, instanceName, keep, justMade, log } = retention;
    if (keep === 0) {
        return [];
    }
    const archives = await completeArchives(archiveRoot, instanceName);
    const removed = [];
    for (const { name } of archives.slice(keep).filter((archive) => archive.name !== justMade)) {
        try {
            // The archive goes first: without its checksum it would no longer count as complete, no later run would remove
            // it, and it would fill the disk for ever. A checksum that is left alone is small and looks like no backup.
            await (0,promises_.unlink)((0,external_node_path_.join)(archiveRoot, name));
            removed.push(name);
            await (0,promises_.unlink)((0,external_node_path_.join)(archiveRoot, name + names/* CHECKSUM_EXTENSION */.mg));
        }
        catch (error) {
            log.warning(`The old archive ${(0,external_node_path_.join)(archiveRoot, name)} could not be removed: ${(0,errors/* asError */.zR)(error).message}.`);
        }
    }
    return removed;
}
async function namesIn(folder) {
    try {
        return await (0,promises_.readdir)(folder);
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'ENOENT')) {
            return [];
        }
        throw error;
    }
}
async function fileSize(path) {
    try {
        const entry = await (0,promises_.lstat)(path);
        return entry.isFile() ? entry.size : undefined;
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'ENOENT')) {
            return undefined;
        }
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/archive/size-estimate.js
/** Per file: a header, an extended header with the times to the nanosecond, its data, and padding to a full block. */
const TAR_BYTES_PER_FILE = 2_048;
/** Backups grow from day to day, and what is new may compress worse. */
const GROWTH = 1.2;
/**
 * Bytes, rather too many than too few. Git packs are compressed already, so without an earlier archive nothing is
 * assumed to be gained. The newest one tells better how this instance compresses, as long as it says less.
 */
function estimateArchive(basis) {
    const { sourceBytes, sourceFiles, compression, newestBytes } = basis;
    const worst = sourceBytes + sourceFiles * TAR_BYTES_PER_FILE;
    if (compression === 'none' || newestBytes === undefined) {
        return worst;
    }
    return Math.min(worst, Math.ceil(newestBytes * GROWTH));
}

// EXTERNAL MODULE: ./build/archive/tar-program.js
var tar_program = __webpack_require__(38763);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/host/command.js + 3 modules
var command = __webpack_require__(77696);
// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: ./build/host/environment.js
var environment = __webpack_require__(82058);
// EXTERNAL MODULE: ./build/host/process-groups.js
var process_groups = __webpack_require__(26735);
// EXTERNAL MODULE: ./build/host/stream-lines.js
var stream_lines = __webpack_require__(84301);
;// CONCATENATED MODULE: ./build/host/filter-program.js
/**
 * A program between another one's output and us. Not tar's own `--use-compress-program`, which goes through a shell even
 * without arguments.
 */







/**
 * Starts the program on `input` and lets `consume` read what it writes.
 * It carries no marker for a later run to find it by: when we die its output breaks, and with it the program.
 * @throws ActionError ARCHIVE_FAILED or CHILD_KILLED when it does not end with 0; whatever `consume` throws
 */
async function throughProgram(program, input, consume, signal) {
    const child = (0,external_node_child_process_.spawn)(program.path, [...program.args], {
        detached: true,
        env: (0,environment/* childEnvironment */.Q)(),
        stdio: [input instanceof external_node_net_.Socket ? input : 'pipe', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) {
        throw new TypeError('Both outputs are pipes.');
    }
    const fed = child.stdin === null ? handedOver(input) : (0,external_node_stream_promises_.pipeline)(input, child.stdin);
    const end = () => {
        if (child.pid !== undefined) {
            (0,process_groups/* endGroup */.N4)(child.pid);
        }
    };
    const exited = new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code, killedBy) => resolve([code, killedBy]));
    });
    if (child.pid !== undefined) {
        (0,process_groups/* registerGroup */.fM)(child.pid);
    }
    signal.addEventListener('abort', end, { once: true });
    const complaints = new stream_lines/* TailBuffer */.v({ maxLines: 20, maxBytes: 16 * 1024 });
    const consumed = consume(stdout);
    consumed.catch(end);
    const spoken = (0,stream_lines/* forEachLine */.F)(stderr, (line) => complaints.push(line));
    // All of them, so that nothing of it still runs or writes when this function has returned.
    const [exit, consumption, feeding] = await Promise.allSettled([exited, consumed, fed, spoken]);
    signal.removeEventListener('abort', end);
    if (child.pid !== undefined) {
        (0,process_groups/* forgetGroup */.LK)(child.pid);
    }
    if (exit.status === 'rejected') {
        throw (0,errors/* asError */.zR)(exit.reason);
    }
    if (consumption.status === 'rejected') {
        throw (0,errors/* asError */.zR)(consumption.reason);
    }
    // Before the pipe: a program that ended early has broken it, and its exit code says why.
    throwIfFailed(program.name, ...exit.value, complaints.lines());
    if (feeding.status === 'rejected') {
        // The program took the break for the end and did its work well on half of the input.
        throw new errors/* ActionError */.lZ('ARCHIVE_FAILED', `${program.name} did not get all that it was to compress.`, {
            advice: 'Run again.',
            cause: feeding.reason,
        });
    }
}
/**
 * The program reads straight from the one before it: at half a gigabyte a second the way through us would cost as much as
 * the compression. Our own end is closed, so that either of the two feels the end of the other.
 */
async function handedOver(input) {
    input.destroy();
    await Promise.resolve();
}
function throwIfFailed(name, code, killedBy, complaints) {
    if (code === 0) {
        return;
    }
    const how = killedBy === null ? `failed with exit code ${code}` : `was killed by ${killedBy}`;
    const words = complaints.length === 0 ? '' : `: ${complaints.join(' | ')}`;
    throw new errors/* ActionError */.lZ(killedBy === null ? 'ARCHIVE_FAILED' : 'CHILD_KILLED', `${name} ${how}${words}.`, {
        advice: 'Look at the memory and the log of the runner, and run again.',
    });
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./build/archive/hashed-file.js
/** Writes a stream into a file and through SHA-256 in one go. */

/** Bytes that are joined into one write; a pipe hands over 64 KiB at most. */
const WRITE_SIZE = 1024 * 1024;
/**
 * Returns when the file is flushed to the disk; the handle is left open.
 * @param onBytes told the bytes taken so far
 * @throws the system's error, such as ENOSPC; the signal's reason at once when it is aborted, even if the disk hangs
 */
async function writeHashed(stream, handle, signal, onBytes) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let bytes = 0;
    const tap = (chunk) => {
        hash.update(chunk);
        bytes += chunk.length;
        onBytes(bytes);
    };
    const work = async () => {
        await writeChunks(stream, handle, tap);
        await handle.sync();
    };
    await unlessAborted(work(), signal);
    return { bytes, sha256: hash.digest('hex') };
}
/**
 * One write is on its way while the next bytes are read and hashed, never more: of the four threads in which Node makes
 * file system calls, a disk that hangs then takes one.
 */
async function writeChunks(stream, handle, tap) {
    const chunks = stream;
    let writing = Promise.resolve();
    let batch = [];
    let size = 0;
    const flush = async () => {
        await writing;
        writing = writeAll(handle, batch);
        batch = [];
        size = 0;
        // Its failure is met by the next flush; until then it is no unhandled one.
        writing.catch(() => undefined);
    };
    for await (const chunk of chunks) {
        tap(chunk);
        batch.push(chunk);
        size += chunk.length;
        if (size >= WRITE_SIZE) {
            await flush();
        }
    }
    await flush();
    await writing;
}
/** Without joining the chunks first: that copy would cost a fifth of this thread's time. */
async function writeAll(handle, chunks) {
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const { bytesWritten } = await handle.writev(chunks);
    if (bytesWritten < size) {
        // The system may take a part, for example what still fits on the disk; `writeFile` goes on from there until all is
        // written or an error says why not.
        await handle.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
    }
}
/** A call that hangs on a dead file system cannot be taken back, only left behind. */
async function unlessAborted(work, signal) {
    const aborted = Promise.withResolvers();
    const abort = () => {
        aborted.reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    work.catch(() => undefined);
    try {
        signal.throwIfAborted();
        return await Promise.race([work, aborted.promise]);
    }
    finally {
        signal.removeEventListener('abort', abort);
    }
}

;// CONCATENATED MODULE: ./build/archive/tar-output.js
/** Sorts what tar says on standard error: how far it is, and what it complains about. */
/** tar writes records of 20 blocks of 512 bytes unless told otherwise, and counts its checkpoints in them. */
const RECORD_BYTES = 20 * 512;
/** 32 MiB: often enough for a line every 10 s on a slow disk, seldom enough not to be noticed. */
const CHECKPOINT_RECORDS = 3_277;
const checkpointArgument = `--checkpoint=${CHECKPOINT_RECORDS}`;
/** How many complaints are named before only their number counts. */
const NAMED = 20;
class TarOutput {
    #complaints = [];
    #complaintCount = 0;
    #bytesRead = 0;
    line(line) {
        const checkpoint = /^\S*tar: Write checkpoint (?<records>\d+)$/.exec(line)?.groups?.['records'];
        if (checkpoint !== undefined) {
            this.#bytesRead = Number(checkpoint) * RECORD_BYTES;
            return;
        }
        this.#complaintCount += 1;
        if (this.#complaints.length < NAMED) {
            this.#complaints.push(line.replace(/^\S*tar: /, ''));
        }
    }
    /** Bytes of the archive before compression, as of the last checkpoint. */
    get bytesRead() {
        return this.#bytesRead;
    }
    complaints() {
        const more = this.#complaintCount - this.#complaints.length;
        return this.#complaints.join(' | ') + (more > 0 ? ` | and ${more} more` : '');
    }
}

;// CONCATENATED MODULE: ./build/archive/tar-stream.js
/** tar, then the compressor, then the file: one stream, read once. */








/** @throws ActionError ARCHIVE_FAILED, CHILD_KILLED; the system's error when the file cannot be written */
async function writeTarStream(commands, stream) {
    const { source, signal, handle, compressor } = stream;
    const output = new TarOutput();
    let written;
    const write = async (bytes) => {
        written = await writeHashed(bytes, handle, signal, (bytesOut) => {
            stream.onProgress(compressor.kind === 'none' ? bytesOut : output.bytesRead, bytesOut);
        });
    };
    try {
        await commands.run(stream.tar, [
            '--create',
            '--file=-',
            ...tar_program/* TAR_FORMAT */.Eo,
            checkpointArgument,
            `--directory=${source.root}`,
            '--',
            ...source.members,
        ], {
            signal,
            onErrorLine: (line) => {
                output.line(line);
            },
            onStdout: async (stdout) => {
                await compress(compressor, stdout, write, signal);
            },
        });
    }
    catch (error) {
        throw error instanceof command_error/* CommandError */.Qd ? tarFailed(error, source, output) : error;
    }
    if (written === undefined) {
        throw new TypeError('The archive was not written although tar ended well.');
    }
    return written;
}
async function compress(compressor, input, write, signal) {
    switch (compressor.kind) {
        case 'none':
            await write(input);
            return;
        case 'node': {
            const stream = compressor.create();
            await Promise.all([(0,external_node_stream_promises_.pipeline)(input, stream), write(stream)]);
            return;
        }
        case 'program':
            await throughProgram(compressor, input, write, signal);
    }
}
/**
 * tar ends with 1 when a file changed while it was read, with 2 for everything else; neither leaves a whole
 * backup. The error of the command is not kept as the cause: it says the same, with progress lines in between.
 */
function tarFailed(error, source, output) {
    const code = error.code === 'COMMAND_FAILED' ? 'ARCHIVE_FAILED' : error.code;
    const how = error.exitCode === null ? 'was killed (out of memory?)' : `failed with exit code ${error.exitCode}`;
    const complaints = output.complaints();
    return new errors/* ActionError */.lZ(code, `tar ${how} on ${source.root}${complaints === '' ? '' : `: ${complaints}`}.`, {
        advice: error.exitCode === 1
            ? `Find out what writes into ${source.root} while it is archived, stop it and run again.`
            : 'Correct what tar names and run again.',
    });
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/archive/archive-file.js
/** A file that comes into being under a name that nobody takes for an archive. */





const CREATE_NEW = external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_EXCL | external_node_fs_.constants.O_NOFOLLOW;
/**
 * Beside the final name, so that the rename stays within one file system; with a name that cannot be foreseen, so that
 * nobody has put a link there. Mode 0600 from the first byte.
 */
async function createPartial(finalPath, onPartial) {
    const name = finalPath.slice((0,external_node_path_.dirname)(finalPath).length + 1);
    const path = (0,external_node_path_.join)((0,external_node_path_.dirname)(finalPath), `.${name}.partial-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`);
    onPartial(path);
    return { path, handle: await (0,promises_.open)(path, CREATE_NEW, 0o600) };
}
/**
 * Gives the partial file its final name, never over an existing one: a link fails where a rename overwrites.
 * @throws ActionError ARCHIVE_EXISTS
 */
async function publish(partialPath, finalPath) {
    try {
        await (0,promises_.link)(partialPath, finalPath);
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'EEXIST')) {
            throw alreadyExists(finalPath);
        }
        if (!(0,errors/* isErrno */.r)(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) {
            throw error;
        }
        // A file system without hard links (SMB, FAT). The name holds our milliseconds and the journal keeps a second run
        // away, so the moment between look and rename belongs to us.
        await throwIfExists(finalPath);
        await (0,promises_.rename)(partialPath, finalPath);
        return;
    }
    await (0,promises_.unlink)(partialPath);
}
/** @throws ActionError ARCHIVE_EXISTS */
async function throwIfExists(path) {
    try {
        await (0,promises_.lstat)(path);
    }
    catch (error) {
        if ((0,errors/* isErrno */.r)(error, 'ENOENT')) {
            return;
        }
        throw error;
    }
    throw alreadyExists(path);
}
/** Makes new names in a folder survive a power failure. */
async function syncFolder(folder) {
    const handle = await (0,promises_.open)(folder, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_DIRECTORY);
    try {
        await handle.sync();
    }
    catch (error) {
        // Some network file systems know no flush of folders (EINVAL, ENOTSUP); every other error is one.
        if (!(0,errors/* isErrno */.r)(error, 'EINVAL', 'ENOTSUP')) {
            throw error;
        }
    }
    finally {
        await handle.close();
    }
}
function alreadyExists(path) {
    return new errors/* ActionError */.lZ('ARCHIVE_EXISTS', `${path} exists already and was not touched.`, {
        advice: 'Look where it comes from, move it away and run again.',
    });
}

// EXTERNAL MODULE: ./build/archive/checksum-file.js
var checksum_file = __webpack_require__(76429);
;// CONCATENATED MODULE: ./build/archive/whole-archive.js
/**
 * Brings an archive and its checksum into being so that at no moment, whatever ends this process, an archive stands
 * there that is not whole.
 */








/** Removing files from a disk that has gone away must not keep a cancelled run. */
const CLEAN_UP_MS = 5_000;
/**
 * @param write fills the file and flushes it
 * @throws ActionError ARCHIVE_EXISTS, DISK_FULL or ARCHIVE_FAILED; whatever `write` throws. Nothing of it is left then.
 */
async function writeWhole(destination, write) {
    const { path, onPartial, log } = destination;
    const checksumPath = path + names/* CHECKSUM_EXTENSION */.mg;
    /** What is to be removed when something fails, in this order. */
    const made = [];
    const create = async (finalPath) => {
        const partial = await createPartial(finalPath, onPartial);
        made.push(partial.path);
        return partial;
    };
    try {
        await throwIfExists(path);
        await throwIfExists(checksumPath);
        const archive = await create(path);
        const { bytes, sha256 } = await closing(archive.handle, async () => await write(archive.handle));
        const checksum = await create(checksumPath);
        await closing(checksum.handle, async () => {
            await checksum.handle.writeFile((0,checksum_file/* checksumLine */.Ut)(sha256, (0,external_node_path_.basename)(path)));
            await checksum.handle.sync();
        });
        // The checksum first, and safe on the disk before the archive gets its name: an archive with its final name then
        // always has its checksum beside it, and a checksum alone is taken for nothing.
        await publish(checksum.path, checksumPath);
        made.unshift(checksumPath);
        await syncFolder((0,external_node_path_.dirname)(path));
        await publish(archive.path, path);
        made.unshift(path);
        await syncFolder((0,external_node_path_.dirname)(path));
        return { path, bytes, sha256, discard: async () => await removeAll([path, checksumPath], log) };
    }
    catch (error) {
        await removeAll(made, log);
        throw await described(error, path);
    }
}
async function closing(handle, work) {
    let result;
    try {
        result = await work();
    }
    catch (error) {
        // Not awaited: close waits for a write that may hang for ever, and the first error is the one that counts.
        handle.close().catch(() => undefined);
        throw error;
    }
    await handle.close();
    return result;
}
async function removeAll(paths, log) {
    const removal = async () => {
        for (const path of paths) {
            await (0,promises_.unlink)(path).catch(ignoreMissing);
        }
    };
    const timeout = new AbortController();
    try {
        await Promise.race([
            removal(),
            (0,external_node_timers_promises_.setTimeout)(CLEAN_UP_MS, undefined, { signal: timeout.signal, ref: false }).then(() => {
                throw new Error(`the disk did not answer within ${CLEAN_UP_MS / 1_000} s`);
            }),
        ]);
    }
    catch (error) {
        log.warning(`${paths.join(', ')} could not be removed: ${(0,errors/* asError */.zR)(error).message}; remove it by hand.`);
    }
    finally {
        timeout.abort();
    }
}
function ignoreMissing(error) {
    if (!(0,errors/* isErrno */.r)(error, 'ENOENT')) {
        throw error;
    }
}
/** Says in words what the system says in a number. */
async function described(error, path) {
    if ((0,errors/* isErrno */.r)(error, 'ENOSPC', 'EDQUOT')) {
        return new errors/* ActionError */.lZ('DISK_FULL', `${(0,external_node_path_.dirname)(path)} was full before the archive was written.`, {
            advice: `Free space (${await freeSpace((0,external_node_path_.dirname)(path))} are free now) or keep fewer backups, and run again.`,
            cause: error,
        });
    }
    if (error instanceof errors/* ActionError */.lZ || !(error instanceof Error) || !('syscall' in error)) {
        return error;
    }
    return new errors/* ActionError */.lZ('ARCHIVE_FAILED', `The archive ${path} could not be written: ${error.message}.`, {
        advice: 'Look at the disk and the rights of archive-root, and run again.',
        cause: error,
    });
}
async function freeSpace(folder) {
    try {
        const { bavail, bsize } = await (0,promises_.statfs)(folder);
        return (0,format/* formatBytes */.z3)(bavail * bsize);
    }
    catch {
        return 'unknown bytes';
    }
}

;// CONCATENATED MODULE: ./build/archive/tar.js
/**
 * One tar archive in `archive-root`, compressed and checksummed while it is written. Restores by hand with
 * `tar --extract --acls --xattrs --numeric-owner`.
 */













const tar = {
    read: (inputs) => {
        const options = {
            archiveRoot: inputs.requiredPath('archive-root'),
            compression: inputs.choice('archive-compression', ['zstd', 'gzip', 'none']),
        };
        return { create: (context) => new TarArchive(options, context) };
    },
};
class TarArchive {
    name = 'tar';
    #options;
    #context;
    #tools = {};
    #justMade;
    constructor(options, context) {
        this.#options = options;
        this.#context = context;
    }
    async preflight() {
        const { commands, log } = this.#context;
        const { compression } = this.#options;
        const program = await (0,tar_program/* findTar */.By)();
        if (program !== undefined) {
            this.#tools['tar'] = program.version;
        }
        const compressor = findCompressor(compression);
        if (compressor.kind === 'program') {
            this.#tools[compressor.name] = (await (0,tools/* versionLine */.b1)(compressor.path)) ?? 'unknown';
        }
        if (compressor.kind === 'node') {
            this.#tools[compression] = `Node.js ${process.version}`;
            log.info(`No program for ${compression} is on PATH: Node's own compresses, on one core only.`);
        }
        return [...(await (0,tar_program/* tarFindings */.u5)(program, commands)), ...(await this.#folderFindings())];
    }
    async spaceNeeds(sourceBytes, sourceFiles = 0) {
        const { archiveRoot, compression } = this.#options;
        const [newest] = await completeArchives(archiveRoot, this.#context.instanceName);
        const bytes = estimateArchive({ sourceBytes, sourceFiles, compression, newestBytes: newest?.bytes });
        return [{ path: archiveRoot, bytes, files: 2, what: 'archive' }];
    }
    async create(source, signal) {
        signal.throwIfAborted();
        const { archiveRoot, compression } = this.#options;
        const { backupId, commands, log, onPartial } = this.#context;
        const program = await (0,tar_program/* findTar */.By)();
        if (program === undefined) {
            throw new errors/* ActionError */.lZ('TOOL_MISSING', 'The program tar is not installed or not on PATH.', {
                advice: 'Install GNU tar on the runner.',
            });
        }
        await this.#openFolder();
        const name = (0,names/* archiveName */.uv)(backupId, compression);
        const path = (0,external_node_path_.join)(archiveRoot, name);
        log.info(`Archiving '${source.root}' into '${path}'`);
        const archive = await writeWhole({ path, onPartial, log }, async (handle) => {
            return await writeTarStream(commands, {
                tar: program.path,
                compressor: findCompressor(compression),
                source,
                handle,
                signal,
                onProgress: progressLogger(log, source.bytes),
            });
        });
        this.#justMade = name;
        return archive;
    }
    async prune(keep) {
        const { log, instanceName } = this.#context;
        const { archiveRoot } = this.#options;
        return await removeOldest({ archiveRoot, instanceName, keep, justMade: this.#justMade, log });
    }
    async backupIds() {
        const { archiveRoot } = this.#options;
        const archives = await completeArchives(archiveRoot, this.#context.instanceName);
        return archives.map(({ backupId }) => backupId);
    }
    tools() {
        return { ...this.#tools };
    }
    async #folderFindings() {
        const { backupRoot, sources } = this.#context;
        return await folderFindings({ archiveRoot: this.#options.archiveRoot, backupRoot, sources });
    }
    /** Looks again: since preflight hours may have passed, and the volume may be gone. */
    async #openFolder() {
        const problem = (await this.#folderFindings()).find(({ severity }) => severity === 'error');
        if (problem !== undefined) {
            throw new errors/* ActionError */.lZ('ARCHIVE_FAILED', problem.message, { advice: 'Correct it and run again.' });
        }
        try {
            await (0,promises_.mkdir)(this.#options.archiveRoot, { mode: 0o700 });
        }
        catch (error) {
            if (!(0,errors/* isErrno */.r)(error, 'EEXIST')) {
                throw error;
            }
        }
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
