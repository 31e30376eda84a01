export const id = 203;
export const ids = [203];
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

/***/ 8888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ leadsOut)
/* harmony export */ });
/**
 * Where the symbolic links of an archive lead, worked out from its list alone, before anything is written. Links can lead
 * through other links, so that looking at the text of one is not enough.
 */
/** As in the kernel (path_resolution(7)): more than this is a loop, which leads nowhere. */
const MOST_LINKS = 40;
/**
 * @param start the folder that holds the link, relative to the root of its tree, without `.` and `..`
 * @param target what the link says
 * @param links every symbolic link of the tree: path relative to its root, to what it says
 * @param root where the tree is going to stand: an absolute target below it stays inside
 * @returns whether it leads out of the tree
 */
function leadsOut(start, target, links, root) {
    let place = partsOf(start);
    let left = partsOf(target);
    if (target.startsWith('/')) {
        const inside = belowRoot(target, root);
        if (inside === undefined) {
            return true;
        }
        place = [];
        left = inside;
    }
    for (let followed = 0;;) {
        const part = left.shift();
        if (part === undefined) {
            return false;
        }
        if (part === '..') {
            if (place.pop() === undefined) {
                return true;
            }
            continue;
        }
        const next = links.get([...place, part].join('/'));
        if (next === undefined) {
            place.push(part);
            continue;
        }
        followed += 1;
        if (followed > MOST_LINKS) {
            return false;
        }
        const jump = next.startsWith('/') ? belowRoot(next, root) : partsOf(next);
        if (jump === undefined) {
            return true;
        }
        place = next.startsWith('/') ? [] : place;
        left = [...jump, ...left];
    }
}
/** The parts of an absolute path below `root`, `..` still in them; undefined when it stands elsewhere. */
function belowRoot(path, root) {
    const parts = partsOf(path);
    const top = partsOf(root);
    const isBelow = top.length > 0 && top.every((part, index) => parts[index] === part);
    return isBelow ? parts.slice(top.length) : undefined;
}
function partsOf(path) {
    return path.split('/').filter((part) => part !== '' && part !== '.');
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

/***/ 23203:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tarRestore: () => (/* binding */ tarRestore)
});

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/host/lstat-existing.js
var lstat_existing = __webpack_require__(88391);
// EXTERNAL MODULE: ./build/archive/names.js
var archive_names = __webpack_require__(50485);
;// CONCATENATED MODULE: ./build/archive/available-archives.js





/** `<instance>-<yyyymmdd>-<hhmmss>`, with or without milliseconds: ours and that of Atlassian's scripts. */
const NAME = /^(?<instance>.+?)-(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)-(?<hours>\d\d)(?<minutes>\d\d)(?<seconds>\d\d)(?:-(?<ms>\d{3}))?\.tar(?:\.gz|\.zst)?$/;
const EXTENSIONS = Object.values(archive_names/* archiveExtensions */.ju);
/** Newest first. Empty when the folder does not exist. */
async function availableArchives(archiveRoot) {
    const found = [];
    const names = new Set(await namesIn(archiveRoot));
    for (const name of names) {
        const isArchive = !name.startsWith('.') && EXTENSIONS.some((extension) => name.endsWith(extension));
        const stats = isArchive ? await (0,lstat_existing/* lstatExisting */.i)((0,external_node_path_.join)(archiveRoot, name)) : undefined;
        if (stats?.isFile() === true) {
            found.push(describeArchive(archiveRoot, name, stats, names.has(name + archive_names/* CHECKSUM_EXTENSION */.mg)));
        }
    }
    return found.sort((a, b) => b.timeMs - a.timeMs);
}
function describeArchive(folder, name, stats, checksum) {
    const parts = NAME.exec(name)?.groups;
    const stamp = parts && Date.parse(stampOf(parts));
    return {
        name,
        path: (0,external_node_path_.join)(folder, name),
        timeMs: stamp === undefined || Number.isNaN(stamp) ? stats.mtimeMs : stamp,
        bytes: stats.size,
        instanceName: parts?.['instance'],
        checksum,
    };
}
/**
 * @param wanted a name, with or without its ending, an absolute path, or `latest` (of this instance)
 * @returns the path. @throws ActionError ARCHIVE_NOT_FOUND
 */
function chooseArchive(wanted, available, instanceName) {
    if (wanted.includes('/')) {
        if (!(0,external_node_path_.isAbsolute)(wanted)) {
            throw notFound(`'${wanted}' is neither a name nor an absolute path`);
        }
        return wanted;
    }
    if (wanted === 'latest') {
        // Without its checksum it may be one that a copy program is still writing.
        const newest = available.find((backup) => backup.instanceName === instanceName && backup.checksum);
        if (newest === undefined) {
            throw notFound(`There is no complete archive of instance '${instanceName}'`);
        }
        return newest.path;
    }
    const exact = available.find(({ name }) => name === wanted);
    if (exact !== undefined) {
        return exact.path;
    }
    const fitting = available.filter(({ name }) => EXTENSIONS.some((extension) => name === wanted + extension));
    const [first, second] = fitting;
    if (first === undefined) {
        throw notFound(`There is no archive '${wanted}'`);
    }
    if (second !== undefined) {
        throw notFound(`'${wanted}' may be ${fitting.map(({ name }) => name).join(' or ')}`);
    }
    return first.path;
}
function notFound(what) {
    return new errors/* ActionError */.lZ('ARCHIVE_NOT_FOUND', `${what}; nothing was changed.`, {
        advice: 'Set archive to one of the available backups.',
    });
}
function stampOf(parts) {
    const { year, month, day, hours, minutes, seconds, ms = '000' } = parts;
    return `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${ms}Z`;
}
async function namesIn(folder) {
    try {
        return await (0,promises_.readdir)(folder);
    }
    catch (cause) {
        if ((0,errors/* isErrno */.r)(cause, 'ENOENT', 'ENOTDIR')) {
            return [];
        }
        throw new errors/* ActionError */.lZ('ARCHIVE_NOT_FOUND', `${folder} cannot be read: ${(0,errors/* asError */.zR)(cause).message}.`, {
            advice: 'Look at the rights and the disk of archive-root, or correct it; nothing was changed.',
            cause,
        });
    }
}

// EXTERNAL MODULE: ./build/archive/tar-program.js
var tar_program = __webpack_require__(38763);
// EXTERNAL MODULE: ./build/report/format.js
var format = __webpack_require__(92772);
// EXTERNAL MODULE: ./build/archive/checksum-file.js
var checksum_file = __webpack_require__(76429);
;// CONCATENATED MODULE: ./build/archive/archived-folders.js
/** To make a file costs about as much time as to write so many bytes more into it. */
const FILE_COST_BYTES = 64 * 1024;
class ArchivedFolders {
    #root = folderIn(undefined, '');
    /** Every folder behind the one that holds it. */
    #byName = new Map([['', this.#root]]);
    /** Most members lie where the one before lies. */
    #last = this.#root;
    /** First part of the name of the last member. */
    #top = '';
    #begun = new Set();
    #scattered = new Set();
    #isPlain = true;
    /** @param name its name without dots, `prefix` and all: where it is spelt in another way, tar finds it under that only */
    add(member, name, prefix) {
        this.#isPlain &&= member.name === prefix + name;
        this.#followTop(name, member);
        const parent = this.#parentOf(name);
        if (member.type !== 'folder') {
            parent.ownCost += 1 + member.bytes / FILE_COST_BYTES;
            return;
        }
        const isKnown = this.#byName.has(name);
        const folder = this.#folder(name, parent);
        folder.ownCost += 1;
        folder.comesFirst = !isKnown;
        folder.isPassable = /^..[xs]/.test(member.permissions);
    }
    /** Two names of one file, which only one program can make. */
    tie(first, second) {
        let one = this.#parentOf(first);
        let other = this.#parentOf(second);
        // Up to the folder that holds both, and can be unpacked as a whole.
        while (one !== other) {
            if (one.depth >= other.depth && one.parent !== undefined) {
                one.isTied = true;
                one = one.parent;
            }
            else if (other.parent !== undefined) {
                other.isTied = true;
                other = other.parent;
            }
        }
    }
    /** The list has ended. */
    finish() {
        for (const folder of this.#byName.values()) {
            folder.cost = folder.ownCost;
        }
        for (const { parent, cost } of [...this.#byName.values()].toReversed()) {
            if (parent !== undefined) {
                parent.cost += cost;
            }
        }
    }
    /** Are all members named in one way, so that a folder's name tells what lies in it? */
    get isPlain() {
        return this.#isPlain;
    }
    get(name) {
        return this.#byName.get(name);
    }
    /** Does the top-level folder come in one piece, itself first, with nothing outside that it needs? */
    isApart(top) {
        const folder = this.#byName.get(top);
        return this.#isPlain && folder !== undefined && !folder.isTied && !this.#scattered.has(top);
    }
    #followTop(name, { type }) {
        const slash = name.indexOf('/');
        const top = slash < 0 ? name : name.slice(0, slash);
        if (top === this.#top) {
            return;
        }
        if (this.#begun.has(top) || name !== top || type !== 'folder') {
            this.#scattered.add(top);
        }
        this.#begun.add(top);
        this.#top = top;
    }
    #parentOf(name) {
        const parent = name.slice(0, Math.max(0, name.lastIndexOf('/')));
        if (parent !== this.#last.name) {
            this.#last = this.#byName.get(parent) ?? this.#folder(parent, this.#parentOf(parent));
        }
        return this.#last;
    }
    #folder(name, parent) {
        const known = this.#byName.get(name);
        if (known !== undefined) {
            return known;
        }
        const folder = folderIn(parent, name);
        parent.folders.push(folder);
        this.#byName.set(name, folder);
        return folder;
    }
}
function folderIn(parent, name) {
    return {
        name,
        parent,
        folders: [],
        depth: parent === undefined ? 0 : parent.depth + 1,
        ownCost: 0,
        cost: 0,
        comesFirst: false,
        isPassable: false,
        isTied: false,
    };
}

// EXTERNAL MODULE: ./build/archive/link-resolution.js
var link_resolution = __webpack_require__(8888);
;// CONCATENATED MODULE: ./build/archive/member-check.js
/**
 * Every member of an archive, looked at before the first one is written: nothing may leave the folder that it is unpacked
 * into, by its name, by a link, or by way of a link. One complaint per kind, with the members that it is about.
 */


const DUMP = /^bitbucket-db\/([^/]+)$/;
/** A dump of PostgreSQL has hundreds of files, and a table of contents among them. */
const MOST_DUMP_FILES = 10_000;
/** Names that are told; of the others only their number. */
const NAMED = 5;
class MemberCheck {
    #trees;
    #names = new Set();
    #symlinks = new Map();
    #counts = new Map();
    #folders = new ArchivedFolders();
    #setIdFiles = [];
    #dangers = new Map();
    #dumpFiles = [];
    #prefix;
    #attributes = false;
    constructor(trees) {
        this.#trees = trees;
    }
    add(member) {
        const name = withoutDots(member.name);
        if (name === '') {
            return;
        }
        this.#folders.add(member, name, this.#takePrefix(member.name));
        this.#attributes ||= member.attributes;
        const parts = name.split('/');
        if (name.startsWith('/')) {
            this.#danger('an absolute path', member.name);
        }
        else if (parts.includes('..')) {
            this.#danger("a path with '..'", member.name);
        }
        if (this.#names.has(name)) {
            this.#danger('a name that occurs twice', member.name);
        }
        this.#takeType(member, name);
        this.#names.add(name);
        const dumpFile = member.type === 'file' ? DUMP.exec(name)?.[1] : undefined;
        if (dumpFile !== undefined && this.#dumpFiles.length < MOST_DUMP_FILES) {
            this.#dumpFiles.push(dumpFile);
        }
        this.#count(parts[0] ?? name, this.#symlinks.has(name) ? { ...member, type: 'symlink' } : member);
    }
    /** What is not understood is not unpacked. */
    addUnknown(line) {
        this.#danger('a member that cannot be understood', line);
    }
    /** The list has ended. */
    finish() {
        this.#checkThroughLinks();
        this.#folders.finish();
        return {
            prefix: this.#prefix ?? '',
            dumpFiles: this.#dumpFiles,
            counts: this.#counts,
            folders: this.#folders,
            attributes: this.#attributes,
            setIdFiles: this.#setIdFiles,
            linksOut: [...this.#symlinks].filter(([name, target]) => this.#leavesTree(name, target)).map(arrow),
            dangers: [...this.#dangers].map(([danger, names]) => `${danger} (${namedFew(names)})`),
        };
    }
    /** What is unpacked is named as the first member is: one that is spelt otherwise would be left out without a word. */
    #takePrefix(name) {
        const spelt = /^(?:\.\/+)*/.exec(name)?.[0] ?? '';
        const prefix = spelt === './' ? './' : '';
        this.#prefix ??= prefix;
        if (spelt !== this.#prefix) {
            this.#danger('a name that is spelt otherwise than the others', name);
        }
        return this.#prefix;
    }
    #takeType(member, name) {
        if (member.type !== 'folder' && this.#trees.some((tree) => tree.member === name)) {
            this.#danger('something else in the place of a folder', name);
        }
        switch (member.type) {
            case 'file':
                if (/[sS]/.test(member.permissions)) {
                    this.#setIdFiles.push(name);
                }
                return;
            case 'symlink':
                this.#symlinks.set(name, member.target ?? '');
                return;
            case 'hardlink':
                this.#takeHardLink(name, member.target ?? '');
                return;
            case 'other':
                this.#danger('a device or another special file', member.name);
                return;
            case 'folder':
            case 'fifo':
        }
    }
    /** Of a symbolic link it makes a second one, which leads from where it stands itself. */
    #takeHardLink(name, target) {
        const first = withoutDots(target);
        this.#folders.tie(name, first);
        const symlink = this.#symlinks.get(first);
        if (symlink !== undefined) {
            this.#symlinks.set(name, symlink);
        }
        else if (!this.#names.has(first)) {
            this.#danger('a hard link to what is not in the archive', arrow([name, target]));
        }
    }
    #count(top, { type, bytes }) {
        const count = this.#counts.get(top) ?? { files: 0, folders: 0, links: 0, bytes: 0 };
        count.files += type === 'file' || type === 'hardlink' ? 1 : 0;
        count.folders += type === 'folder' ? 1 : 0;
        count.links += type === 'symlink' ? 1 : 0;
        count.bytes += bytes;
        this.#counts.set(top, count);
    }
    /** After the whole list: a link may come after what lies behind it. */
    #checkThroughLinks() {
        if (this.#symlinks.size === 0) {
            return;
        }
        for (const { member } of this.#trees) {
            if (ancestorsOf(member).some((above) => this.#symlinks.has(above))) {
                this.#danger('something else in the place of a folder', member);
            }
        }
        for (const name of this.#names) {
            if (ancestorsOf(name).some((above) => this.#symlinks.has(above))) {
                this.#danger('a path that leads through a symbolic link', name);
            }
        }
    }
    #leavesTree(name, target) {
        const tree = this.#trees.find(({ member }) => name.startsWith(`${member}/`));
        // What belongs to no tree is not unpacked.
        if (tree === undefined) {
            return false;
        }
        const within = (path) => path.slice(tree.member.length + 1);
        const links = this.#linksOf(tree);
        const folder = within(name).split('/').slice(0, -1).join('/');
        return (0,link_resolution/* leadsOut */.q)(folder, target, links, tree.target);
    }
    #linksByTree = new Map();
    #linksOf(tree) {
        const known = this.#linksByTree.get(tree);
        const links = known ??
            new Map([...this.#symlinks]
                .filter(([name]) => name.startsWith(`${tree.member}/`))
                .map(([name, target]) => [name.slice(tree.member.length + 1), target]));
        this.#linksByTree.set(tree, links);
        return links;
    }
    #danger(danger, name) {
        const names = this.#dangers.get(danger) ?? [];
        names.push(readable(name));
        this.#dangers.set(danger, names);
    }
}
/** Names are kept as bytes; people read UTF-8. */
function readable(name) {
    return Buffer.from(name, 'latin1').toString('utf8');
}
function namedFew(names) {
    const more = names.length - NAMED;
    return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
/** `a/./b//c` is the file `a/b/c`, and must not pass for another one. */
function withoutDots(name) {
    if (!/(?:^|\/)\.?(?:\/|$)/.test(name)) {
        return name;
    }
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    return (name.startsWith('/') ? '/' : '') + parts.join('/');
}
function arrow([name, target]) {
    return `${readable(name)} -> ${readable(target)}`;
}
function ancestorsOf(name) {
    const ancestors = [];
    for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
        ancestors.push(name.slice(0, slash));
    }
    return ancestors;
}

;// CONCATENATED MODULE: ./build/archive/member-line.js
/**
 * One line of GNU tar's verbose list, with names in C quotes (GNU tar manual, "The --verbose Option" and "Quoting Member
 * Names"). The program that lists is the one that extracts, so that both read an archive alike.
 */
/** Unambiguous for every name: quotes, backslashes, line breaks and bytes that are no UTF-8 are escaped. */
const LIST_ARGUMENTS = [
    '--list',
    '--verbose',
    '--numeric-owner',
    '--full-time',
    '--quoting-style=c',
    // Names as they are: without it tar would hide a leading slash.
    '--absolute-names',
    '--block-number',
    // Marks members that have some.
    '--acls',
    '--xattrs',
    // On behind the end mark: what stands there is lost content, and the sums of the compressed file come after it.
    '--ignore-zeros',
];
/** The end mark of a tar file; one that was cut between two members lacks it, and tar does not complain. */
const END_MARK = '** Block of NULs **';
/** No more bytes. */
const END_OF_FILE = '** End of File **';
const TYPES = {
    '-': 'file',
    C: 'file',
    d: 'folder',
    l: 'symlink',
    h: 'hardlink',
    p: 'fifo',
};
const QUOTED = String.raw `"((?:[^"\\]|\\.)*)"`;
/** A time that no calendar has, tar prints as one number: what follows it then must not pass for an hour. */
const TIME = String.raw `\S+(?: [\d:.]+)?`;
const LINE = new RegExp(String.raw `^(?:block \d+: )?(.)(\S{9})([.+*@]?) +\d+/\d+ +(\d+)(?:,\d+)? ${TIME} +${QUOTED}(?: -> ${QUOTED}| link to ${QUOTED})?(.*)$`, 's');
/** @returns undefined for a line that is no member */
function parseMember(line) {
    const match = LINE.exec(line);
    if (match === null) {
        return undefined;
    }
    const [, letter = '', permissions = '', mark = '', size = '0', name = '', symlink, hardlink, rest] = match;
    const target = symlink ?? hardlink;
    return {
        name: withoutSlash(unquote(name)),
        // What follows the name says what tar itself did not know.
        type: rest === '' ? (TYPES[letter] ?? 'other') : 'other',
        bytes: Number(size),
        permissions,
        attributes: mark !== '',
        ...(target === undefined ? {} : { target: unquote(target) }),
    };
}
const ESCAPES = {
    a: '\u0007',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
};
/** To bytes: what tar prints as UTF-8 becomes the bytes of that, as the escaped ones are. */
function unquote(text) {
    const bytes = Buffer.from(text, 'utf8').toString('latin1');
    return bytes.replace(/\\([0-7]{3}|.)/gs, (_, escaped) => escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : (ESCAPES[escaped] ?? escaped));
}
function withoutSlash(name) {
    return name.length > 1 ? name.replace(/\/+$/, '') || '/' : name;
}

;// CONCATENATED MODULE: ./build/archive/member-list.js
/** The list of an archive, line by line: its members, and whether it ends where it should. */


class MemberList {
    #check;
    #ended = false;
    #hasMore = false;
    constructor(trees) {
        this.#check = new MemberCheck(trees);
    }
    line(line) {
        const member = parseMember(line);
        if (member !== undefined) {
            // What unpacks stops at the end mark.
            this.#hasMore ||= this.#ended;
            this.#check.add(member);
        }
        else if (line.endsWith(END_MARK)) {
            this.#ended = true;
        }
        else if (!line.endsWith(END_OF_FILE)) {
            this.#check.addUnknown(line);
        }
    }
    /** Why it is not whole, as the rest of a sentence; undefined when it is. */
    get damage() {
        if (!this.#ended) {
            return 'ends before its end mark: it was cut off';
        }
        return this.#hasMore ? 'goes on behind its end mark: a part of it was lost' : undefined;
    }
    finish() {
        return this.#check.finish();
    }
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/archive/archive-format.js
/** Stands here in every tar that is not older than POSIX.1-1988. */
const TAR_MAGIC = 'ustar';
const TAR_MAGIC_OFFSET = 257;
const MAGIC = [
    // RFC 8878, section 3.1.1; RFC 1952, section 2.3.1.
    ['zstd', 0, Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
    ['gzip', 0, Buffer.from([0x1f, 0x8b])],
    ['none', TAR_MAGIC_OFFSET, Buffer.from(TAR_MAGIC)],
];
/** @returns undefined for what is no archive that can be read here */
async function detectCompression(handle) {
    const head = Buffer.alloc(512);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    const found = MAGIC.find(([, offset, bytes]) => bytesRead >= offset + bytes.length && head.subarray(offset, offset + bytes.length).equals(bytes));
    return found?.[0];
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./build/host/tools.js
var tools = __webpack_require__(26872);
;// CONCATENATED MODULE: ./build/archive/decompression.js


function findDecompressor(compression) {
    switch (compression) {
        case 'none':
            return { kind: 'none' };
        case 'zstd':
            return program(['zstd'], ['--decompress', '--quiet', '--stdout']) ?? nodeOwn(external_node_zlib_.createZstdDecompress);
        case 'gzip':
            // pigz reads, writes and checks in threads of its own.
            return program(['pigz', 'gzip'], ['--decompress', '--stdout']) ?? nodeOwn(external_node_zlib_.createGunzip);
    }
}
function program(names, args) {
    const path = names.map((name) => (0,tools/* findProgram */.Kp)(name)).find((found) => found !== undefined);
    return path === undefined ? undefined : { kind: 'program', path, args };
}
function nodeOwn(create) {
    return { kind: 'node', create };
}

;// CONCATENATED MODULE: ./build/archive/opened-archive.js
/** An archive that is held open from the check to the end of the restore, so that both read the same file. */






/** @throws ActionError ARCHIVE_NOT_FOUND, ARCHIVE_CORRUPT for what is no archive at all */
async function openArchive(path) {
    const handle = await openFile(path);
    try {
        const { size, mtimeMs } = await regularFile(handle, path);
        const compression = size === 0 ? undefined : await detectCompression(handle);
        if (compression === undefined) {
            throw new errors/* ActionError */.lZ('ARCHIVE_CORRUPT', size === 0
                ? `The archive ${path} is empty.`
                : `${path} is no archive: it is neither tar nor compressed with zstd or gzip.`, { advice: 'Choose another archive; nothing was changed.' });
        }
        return {
            path,
            name: (0,external_node_path_.basename)(path),
            bytes: size,
            modifiedMs: mtimeMs,
            compression,
            decompressor: findDecompressor(compression),
            handle,
            close: async () => await handle.close(),
        };
    }
    catch (error) {
        await handle.close();
        throw error;
    }
}
async function openFile(path) {
    try {
        // O_NONBLOCK: a pipe under that name must not keep us waiting for its writer.
        return await (0,promises_.open)(path, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK);
    }
    catch (cause) {
        throw new errors/* ActionError */.lZ('ARCHIVE_NOT_FOUND', `The archive ${path} cannot be opened: ${(0,errors/* asError */.zR)(cause).message}.`, {
            advice: 'Correct archive or archive-root; nothing was changed.',
            cause,
        });
    }
}
async function regularFile(handle, path) {
    const stats = await handle.stat();
    if (!stats.isFile()) {
        throw new errors/* ActionError */.lZ('ARCHIVE_NOT_FOUND', `${path} is not a file.`, {
            advice: 'Name the archive itself; nothing was changed.',
        });
    }
    return stats;
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
;// CONCATENATED MODULE: ./build/archive/reading-progress.js
/** How far a program has read an archive that it got from us as its standard input. */


const INTERVAL_MS = 10_000;
/** A line every 10 s. @returns what ends it */
function logReading(log, { descriptor, bytes, what }) {
    let last = 0;
    const timer = setInterval(() => {
        const position = positionOf(descriptor);
        const percent = Math.min(100, Math.floor((position / bytes) * 100));
        const rate = ((position - last) / INTERVAL_MS) * 1_000;
        log.info(`${what}: ${(0,format/* formatBytes */.z3)(position)} of ${(0,format/* formatBytes */.z3)(bytes)} (${percent} %), ${(0,format/* formatBytes */.z3)(rate)}/s`);
        last = position;
    }, INTERVAL_MS);
    timer.unref();
    return () => clearInterval(timer);
}
/** 0 where it cannot be told. */
function positionOf(descriptor) {
    try {
        const info = (0,external_node_fs_.readFileSync)(`/proc/self/fdinfo/${descriptor}`, 'utf8');
        return Number(/^pos:\s*(\d+)$/m.exec(info)?.[1] ?? 0);
    }
    catch {
        return 0;
    }
}

;// CONCATENATED MODULE: ./build/archive/tar-reading.js
/** The file, then the decompressor, then tar: two programs and a pipe between them, nothing of it through us. */





/**
 * @throws ActionError ARCHIVE_CORRUPT when the decompressor or tar cannot read it; ARCHIVE_FAILED when tar cannot write
 *   what it unpacks; DISK_FULL, CHILD_KILLED; the signal's reason when it was aborted
 */
async function readTar(commands, archive, reading, log) {
    // An own position in the file, by way of the open one: the name may stand for another file by now.
    const descriptor = (0,external_node_fs_.openSync)(`/proc/self/fd/${archive.handle.fd}`, 'r');
    const { what, options } = reading;
    const { bytes, decompressor } = archive;
    // Node's own reads by a descriptor of its own, whose position nobody knows.
    const isSilent = what === undefined || decompressor.kind === 'node';
    const stop = isSilent ? () => undefined : logReading(log, { descriptor, bytes, what });
    try {
        await readFrom(commands, archive, reading, descriptor);
    }
    catch (error) {
        options.signal?.throwIfAborted();
        throw error instanceof command_error/* CommandError */.Qd ? unreadable(archive, error) : error;
    }
    finally {
        stop();
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
async function readFrom(commands, archive, { tar, args, options }, descriptor) {
    const { decompressor } = archive;
    const runTar = async (stdin) => {
        await commands.run(tar, args, { ...options, stdin });
    };
    switch (decompressor.kind) {
        case 'none':
            await runTar(descriptor);
            return;
        case 'node':
            await throughStream(archive, descriptor, decompressor.create(), runTar);
            return;
        case 'program': {
            const { signal, deadlineMs } = options;
            let behind;
            const inFront = await failureOf(async () => {
                await commands.run(decompressor.path, decompressor.args, {
                    ...(signal === undefined ? {} : { signal }),
                    // tar's own would not end what it waits for.
                    ...(deadlineMs === undefined ? {} : { deadlineMs }),
                    stdin: descriptor,
                    // Kept, not thrown: a decompressor that has found the damage says more than the tar behind it.
                    onStdout: async (stdout) => {
                        behind = await failureOf(async () => await runTar(stdout));
                    },
                });
            });
            throwFirst(isBrokenPipe(inFront) ? undefined : inFront, behind);
        }
    }
}
async function throughStream({ path }, descriptor, decompress, runTar) {
    let damage;
    decompress.on('error', (cause) => {
        damage = new errors/* ActionError */.lZ('ARCHIVE_CORRUPT', `The archive ${path} cannot be decompressed.`, {
            advice: 'Choose another archive, or fetch this one again from where it was copied.',
            cause,
        });
    });
    // A descriptor of its own, which it closes; when tar has ended first, it is destroyed with what it fed.
    (0,external_node_stream_.pipeline)((0,external_node_fs_.createReadStream)(`/proc/self/fd/${descriptor}`), decompress, () => undefined);
    const behind = await failureOf(async () => await runTar(decompress));
    throwFirst(damage, behind);
}
async function failureOf(work) {
    try {
        await work();
        return undefined;
    }
    catch (error) {
        return (0,errors/* asError */.zR)(error);
    }
}
/** When both fail, what went wrong in front is the reason for what went wrong behind. */
function throwFirst(inFront, behind) {
    const reason = inFront ?? behind;
    if (reason !== undefined) {
        throw reason;
    }
}
/**
 * tar has ended first, with what it was asked for or with a failure of its own: no fault of the decompressor. Between our
 * children there are socket pairs, whose writers feel a reset where those of a pipe feel SIGPIPE.
 */
function isBrokenPipe(error) {
    return (error instanceof command_error/* CommandError */.Qd &&
        (error.message.includes('SIGPIPE') ||
            error.stderr.some((line) => /broken pipe|connection reset/i.test(line))));
}
/** A file that takes the last space is cut without the system's reason; quotas have one of their own. */
const FULL = /: Wrote only \d+ of \d+ bytes|: Disk quota exceeded/;
/** What tar says of the files that it writes; of the archive it says that it cannot read it, or what is wrong in it. */
const UNPACKING = /: Cannot (?!read|seek)/;
function unreadable({ path }, error) {
    if (error.code !== 'COMMAND_FAILED' && error.code !== 'DISK_FULL') {
        return error;
    }
    if (error.code === 'DISK_FULL' || error.stderr.some((line) => FULL.test(line))) {
        return new errors/* ActionError */.lZ('DISK_FULL', `The disk was full before all of ${path} was unpacked.`, {
            advice: 'Free space, or choose another restore-root, and run again.',
            cause: error,
        });
    }
    const complaint = error.stderr.find((line) => UNPACKING.test(line));
    if (complaint !== undefined) {
        return new errors/* ActionError */.lZ('ARCHIVE_FAILED', `The archive ${path} cannot be unpacked: ${complaint}.`, {
            advice: 'Look at the file system and the rights of the folder that it is unpacked into, and run again.',
            cause: error,
        });
    }
    return new errors/* ActionError */.lZ('ARCHIVE_CORRUPT', `The archive ${path} cannot be read to its end.`, {
        advice: 'Choose another archive, or fetch this one again from where it was copied.',
        cause: error,
    });
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/host/side-by-side.js
var side_by_side = __webpack_require__(77338);
;// CONCATENATED MODULE: ./build/archive/unpack-split.js
/** More than this share one disk without being faster. */
const MOST_PARTS = 4;
/** For fewer it is not worth it. */
const LEAST_FILES = 10_000;
/**
 * Bytes of the archive for each file that is unpacked: with more of them it costs more to read it again than to make the
 * files. Measured on two cores; tar leaps over what it does not want in a file that is not compressed.
 */
const MOST_BYTES_PER_FILE = {
    none: 64 * 1024,
    zstd: 16 * 1024,
    gzip: 4 * 1024,
};
/** tar compares each member with each of them: at so many that is a seventh of the time of a small file. */
const MOST_FOLDERS = 500;
/** Pieces for each part, so that one that is much larger than the others does not come last. */
const PIECES = 8;
/** A part that has more than this of all work leaves the others too little. */
const LARGEST_SHARE = 0.8;
/** Names that no tar takes for anything else, and a command line has room for. */
const PLAIN = /^[\w.+=@,~-]+(?:\/[\w.+=@,~-]+)*$/;
const LONGEST_NAME = 400;
/** How many programs are worth it to unpack these members. */
function worthwhileParts({ counts }, members, { compression, cores }) {
    const files = members.reduce((sum, member) => sum + (counts.get(member)?.files ?? 0), 0);
    const bytes = [...counts.values()].reduce((sum, count) => sum + count.bytes, 0);
    const pays = files >= LEAST_FILES && bytes / files <= MOST_BYTES_PER_FILE[compression];
    return pays ? Math.min(cores, MOST_PARTS) : 1;
}
/**
 * @param members top-level names
 * @returns for each part but the first one the folders that it unpacks with all that is below them; the first one unpacks
 *   everything else. Empty where that is not much less.
 */
function splitFolders({ folders }, members, parts) {
    const roots = members.flatMap((member) => folders.get(member) ?? []);
    const total = roots.reduce((sum, { cost }) => sum + cost, 0);
    const pieces = folders.isPlain ? piecesOf(roots, total, parts) : [];
    const [first, ...others] = Array.from({ length: parts }, () => ({ cost: 0, names: [] }));
    if (first === undefined) {
        return [];
    }
    first.cost = pieces.reduce((left, { cost }) => left - cost, total);
    for (const { name, cost } of pieces.toSorted((one, other) => other.cost - one.cost)) {
        const part = others
            .filter(({ names }) => names.length < MOST_FOLDERS)
            .reduce((least, other) => (other.cost < least.cost ? other : least), first);
        part.cost += cost;
        part.names.push(name);
    }
    const isUneven = [first, ...others].some(({ cost }) => cost > total * LARGEST_SHARE);
    return isUneven ? [] : others.map(({ names }) => names).filter((names) => names.length > 0);
}
/** Folders that may be unpacked apart, none within another, as small as balance asks for. */
function piecesOf(roots, total, parts) {
    const grain = total / (parts * PIECES);
    const pieces = [];
    const left = [...roots];
    for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
        if (!isSound(folder)) {
            continue;
        }
        // One with many files of its own stays whole, unless that is more than a part's share and there is a way to divide it.
        const isWhole = folder.cost <= total / parts || folder.folders.length === 0;
        if ((folder.cost <= grain || (folder.ownCost > grain && isWhole)) && !folder.isTied) {
            pieces.push(folder);
        }
        else if (folder.isPassable) {
            left.push(...folder.folders);
        }
    }
    return pieces;
}
/**
 * Does a part leave it as one program would? To one that the archive does not describe nobody gives owner, rights and times;
 * the time of one that it describes after what lies in it is lost when it is there before, and tar makes links in it last.
 */
function isSound({ name, comesFirst }) {
    return comesFirst && name.length <= LONGEST_NAME && PLAIN.test(name);
}

;// CONCATENATED MODULE: ./build/archive/tar-unpack.js
/**
 * Unpacks with one tar, or with several at once. Of several, each but the first one unpacks some folders; the first one
 * unpacks everything but those. So nothing is left out, however the folders are chosen.
 */






/** @throws as `readTar` */
async function unpackTar({ commands, log, tar }, archive, unpacking, signal) {
    const { members, folder, contents } = unpacking;
    const { prefix } = contents;
    const others = splitFolders(contents, members, unpacking.parts ?? partsFor(archive, unpacking));
    const apart = others.flat();
    if (apart.length > 0) {
        await makeFolders(folder, apart);
    }
    const named = (names) => names.map((name) => prefix + name);
    const first = [
        ...(apart.length === 0 && endsEarly(contents, members) ? ['--occurrence=1'] : []),
        // They apply to what follows them. Without the first one a folder of that name would be left out anywhere.
        ...(apart.length === 0 ? [] : ['--anchored', '--no-wildcards']),
        ...named(apart).map((name) => `--exclude=${name}`),
        '--',
        ...named(members),
    ];
    await (0,side_by_side/* sideBySide */.Q)(signal, [first, ...others.map((names) => ['--', ...named(names)])].map((what, index) => async (shared) => {
        const args = [...extraction(contents, folder), ...what];
        // They read the same archive in much the same time: one line of progress is enough.
        const progress = index === 0 ? { what: 'Unpacking' } : {};
        await readTar(commands, archive, { tar, args, options: { signal: shared }, ...progress }, log);
    }));
}
function extraction({ attributes }, folder) {
    const isRoot = process.getuid?.() === 0;
    return [
        '--extract',
        '--file=-',
        '--numeric-owner',
        isRoot ? '--same-owner' : '--no-same-owner',
        '--same-permissions',
        // For each file they cost a call to the system, a quarter of the time of small ones.
        ...(attributes ? ['--acls', '--xattrs'] : []),
        // A folder's rights as they are going to be could keep us from filling it.
        '--delay-directory-restore',
        `--directory=${folder}`,
    ];
}
function partsFor({ compression, decompressor }, { contents, members }) {
    // Node's own decompressor has but the one core that we run on.
    const cores = decompressor.kind === 'node' ? 1 : (0,external_node_os_.availableParallelism)();
    return worthwhileParts(contents, members, { compression, cores });
}
/**
 * Before anybody fills them: the folder above belongs to another part, and its time would be that of the last file made in
 * it. The part that unpacks it gives each the rights, owner and time that it has in the archive.
 */
async function makeFolders(folder, names) {
    for (const name of names) {
        await (0,promises_.mkdir)((0,external_node_path_.join)(folder, name), { recursive: true, mode: 0o700 });
    }
}
/**
 * Told to look for the first of each name, tar ends with the first member that lies in none of them: what comes behind a
 * dump can be a home of hours. It would leave out what comes later in a folder that it has left.
 */
function endsEarly({ counts, folders }, members) {
    const last = [...counts.keys()].at(-1);
    return last !== undefined && !members.includes(last) && members.every((member) => folders.isApart(member));
}

;// CONCATENATED MODULE: ./build/archive/tar-source.js
/** One tar archive, checked and unpacked by the tar of this machine. */











/** Ours begin with the manifest. An older one may end with it, and to read on for an hour is no peek. */
const PEEK_MS = 2_000;
const MANIFEST = 'manifest.json';
/** Bytes. Real ones have some thousands. */
const LARGEST_MANIFEST = 16 * 1024 * 1024;
/** @throws ActionError ARCHIVE_NOT_FOUND, ARCHIVE_CORRUPT, ARCHIVE_RENAMED */
async function openTarSource(path, context) {
    const expected = await (0,checksum_file/* readChecksum */.IM)(path);
    const archive = await openArchive(path);
    const reader = new TarReader(archive, context);
    return {
        path,
        bytes: archive.bytes,
        backup: describeArchive((0,external_node_path_.dirname)(path), (0,external_node_path_.basename)(path), { size: archive.bytes, mtimeMs: archive.modifiedMs }, expected !== undefined),
        peekManifest: async (signal) => await reader.manifest(MANIFEST, signal, PEEK_MS).catch(ignoreUnlessAborted(signal)),
        verify: async (trees, signal) => {
            const stop = new AbortController();
            const both = AbortSignal.any([signal, stop.signal]);
            const halting = (error) => {
                stop.abort(error);
                throw error;
            };
            const listing = reader.list(trees, both).catch(halting);
            try {
                const hashing = matching(archive, expected, both).catch(halting);
                const [sha256, contents] = await Promise.all([hashing, listing]);
                assertSafe(archive, contents);
                return { ...contents, sha256 };
            }
            finally {
                // Whichever failed first: no child is left behind. (Hashing may hang on a dead disk, and is not waited for.)
                await listing.catch(() => undefined);
            }
        },
        readManifest: async ({ counts, prefix }, signal) => counts.has(MANIFEST) ? await reader.manifest(prefix + MANIFEST, signal) : undefined,
        unpack: async (members, folder, options) => await reader.unpack(members, folder, options),
        close: async () => await archive.close(),
    };
}
class TarReader {
    #archive;
    #context;
    constructor(archive, context) {
        this.#archive = archive;
        this.#context = context;
    }
    async list(trees, signal) {
        const list = new MemberList(trees);
        await this.#read([...LIST_ARGUMENTS, '--file=-'], { signal, onLine: (line) => list.line(line) });
        if (list.damage !== undefined) {
            throw corrupt(this.#archive, list.damage);
        }
        return list.finish();
    }
    /** Stops reading at the first one that it finds. */
    async manifest(member, signal, deadlineMs) {
        let text = '';
        await this.#read(['--extract', '--to-stdout', '--occurrence=1', '--file=-', '--', member], {
            signal,
            onStdout: async (stdout) => {
                text = await manifestText(stdout, this.#archive);
            },
            ...(deadlineMs === undefined ? {} : { deadlineMs }),
        });
        return text;
    }
    async unpack(members, folder, { contents, signal }) {
        await unpackTar(this.#context, this.#archive, { members, folder, contents }, signal);
        await this.#clearSetId(contents.setIdFiles, folder, signal);
    }
    /** No file of a Bitbucket home runs with the rights of its owner; one that would is a door. */
    async #clearSetId(names, folder, signal) {
        if (names.length === 0) {
            return;
        }
        const { commands, log } = this.#context;
        log.warning(`Taking the set-user-id and set-group-id bits off ${(0,format/* counted */.hS)(names.length, 'file')} (${namedFew(names.map(readable))}).`);
        const clear = ['-exec', 'chmod', 'u-s,g-s', '--', '{}', '+'];
        await commands.run('find', [folder, '-type', 'f', '-perm', '/6000', ...clear], { signal });
    }
    async #read(args, options) {
        const { commands, tar, log } = this.#context;
        await readTar(commands, this.#archive, { tar, args, options }, log);
    }
}
/** @throws ActionError MANIFEST_INVALID for what would fill memory */
async function manifestText(stdout, { path }) {
    const chunks = [];
    let bytes = 0;
    const incoming = stdout;
    for await (const chunk of incoming) {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > LARGEST_MANIFEST) {
            throw new errors/* ActionError */.lZ('MANIFEST_INVALID', `The manifest in ${path} is too large to be one.`, {
                advice: 'Find out where the archive comes from; nothing was changed.',
            });
        }
    }
    return Buffer.concat(chunks).toString('utf8');
}
async function matching(archive, expected, signal) {
    if (expected === undefined) {
        return undefined;
    }
    const found = await (0,checksum_file/* hashFile */.DC)(archive.handle, signal);
    if (found !== expected) {
        throw corrupt(archive, `has the SHA-256 ${found}, and its checksum file says ${expected}`);
    }
    return found;
}
function assertSafe({ path }, { dangers }) {
    if (dangers.length > 0) {
        throw new errors/* ActionError */.lZ('ARCHIVE_UNSAFE', `The archive ${path} holds ${dangers.join(', and ')}.`, {
            advice: 'No backup holds such members: find out where it comes from. Nothing was unpacked.',
        });
    }
}
function corrupt({ path }, what) {
    return new errors/* ActionError */.lZ('ARCHIVE_CORRUPT', `The archive ${path} ${what}.`, {
        advice: 'Choose another archive, or fetch this one again from where it was copied; nothing was changed.',
    });
}
function ignoreUnlessAborted(signal) {
    return () => {
        signal.throwIfAborted();
        return undefined;
    };
}

;// CONCATENATED MODULE: ./build/archive/tar-restore.js
/** Restores from the tar archives in `archive-root`: ours, and those of Atlassian's scripts. */




const tarRestore = {
    read: (inputs) => {
        const archiveRoot = inputs.optionalPath('archive-root');
        if (!inputs.isGiven('archive-root') && !inputs.text('archive').includes('/')) {
            inputs.problem('archive-root', 'is empty; set it, or give archive as an absolute path.');
        }
        return {
            create: ({ log, commands, instanceName }) => ({
                name: 'tar',
                preflight: async () => await (0,tar_program/* tarFindings */.u5)(await (0,tar_program/* findTar */.By)(), commands),
                available: async () => (archiveRoot === undefined ? [] : await availableArchives(archiveRoot)),
                open: async (wanted) => {
                    const available = archiveRoot === undefined ? [] : await availableArchives(archiveRoot);
                    const path = chooseArchive(wanted, available, instanceName);
                    const program = await (0,tar_program/* findTar */.By)();
                    if (program === undefined) {
                        throw new errors/* ActionError */.lZ('TOOL_MISSING', 'The program tar is not installed or not on PATH.', {
                            advice: 'Install GNU tar on the runner.',
                        });
                    }
                    return await openTarSource(path, { commands, log, tar: program.path });
                },
            }),
        };
    },
};


/***/ }),

/***/ 88391:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ lstatExisting)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


async function lstatExisting(path) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isErrno */ .r)(error, 'ENOENT')) {
            return undefined;
        }
        throw error;
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
