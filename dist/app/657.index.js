export const id = 657;
export const ids = [657];
export const modules = {

/***/ 35521:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ readAuthorities)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _host_network_certificates_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(80888);
/** Reads the certificate authorities of `ca-file`, which count for every server that is talked to by TLS. */



/** @returns PEM; undefined when the input is empty or wrong */
function readAuthorities(inputs) {
    const path = inputs.optionalPath('ca-file');
    // '/' stands in for a path that was refused already.
    if (path === undefined || path === '/') {
        return undefined;
    }
    try {
        const pem = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8');
        if ((0,_host_network_certificates_js__WEBPACK_IMPORTED_MODULE_2__/* .holdsCertificate */ .i)(pem)) {
            return pem;
        }
        inputs.problem('ca-file', `names ${path}, which holds no PEM certificate.`);
    }
    catch (error) {
        inputs.problem('ca-file', `cannot be read: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .asError */ .zR)(error).message}.`);
    }
    return undefined;
}


/***/ }),

/***/ 9077:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  M: () => (/* binding */ inputDeclarations),
  V: () => (/* binding */ inputsOf)
});

// EXTERNAL MODULE: ./build/inputs/declaration.js
var declaration = __webpack_require__(29624);
;// CONCATENATED MODULE: ./build/inputs/instance-inputs.js
/** Inputs about the instance as a whole and the places on disk. */

const TAR = ['archive:tar'];
const instanceInputs = [
    {
        name: 'bitbucket-url',
        description: 'Base URL of Bitbucket, with its context path if it has one, such as `https://bitbucket.example.com`. In a cluster behind a load balancer prefer the address of one node.',
        required: true,
        actions: declaration/* ALL */.y2,
        differs: {
            restore: {
                description: 'Base URL of the Bitbucket that is going to run on the restored home. When it is given and a Bitbucket answers there, nothing is restored.',
                required: false,
            },
        },
    },
    {
        name: 'bitbucket-username',
        description: 'User with system administrator rights; a local one, so that a lost directory does not stop the backup.',
        actions: declaration/* BACKUP_AND_CANCEL */.GO,
    },
    {
        name: 'bitbucket-password',
        description: 'Password of that user.',
        secret: true,
        actions: declaration/* BACKUP_AND_CANCEL */.GO,
    },
    {
        name: 'bitbucket-token',
        description: 'HTTP access token, instead of user and password. Bitbucket gives tokens no system administrator rights, and from 8.9.22, 8.19.12 and 9.3.2 on takes them below `/rest` only, so the lock usually needs user and password.',
        secret: true,
        actions: declaration/* BACKUP_AND_CANCEL */.GO,
    },
    {
        name: 'ca-file',
        description: 'PEM file with further certificate authorities to trust, for a certificate of your own.',
        actions: declaration/* ALL */.y2,
    },
    {
        name: 'allow-insecure-http',
        description: 'Allow `http://` to another host than this one; the password then crosses the network readable.',
        default: 'false',
        actions: declaration/* ALL */.y2,
        differs: {
            restore: {
                description: 'Allow `http://` to a search server on another host than this one; the password then crosses the network readable.',
            },
        },
    },
    {
        name: 'instance-name',
        description: 'Name of this Bitbucket in archives and messages: letters, digits, dot, dash, underscore.',
        default: 'bitbucket',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'confirm',
        description: 'The instance name, typed once more by whoever starts the restore. When it is given, it has to be the same.',
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'unlock-token',
        description: 'The token that unlocks Bitbucket, from the log of the backup. Empty, together with `cancel-token`: from the journal in `backup-root`.',
        actions: declaration/* CANCEL */.bO,
    },
    {
        name: 'cancel-token',
        description: "The token that cancels Bitbucket's backup task, from the log of the backup.",
        actions: declaration/* CANCEL */.bO,
    },
    {
        name: 'max-locked-minutes',
        description: 'Unlock and fail when Bitbucket has been locked this long.',
        default: '60',
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'drain-timeout-minutes',
        description: 'Unlock and fail when running requests have not ended after this long.',
        default: '10',
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'dry-run',
        description: 'Check everything and print the plan; lock nothing, write nothing.',
        default: 'false',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Check everything, the whole archive included, and print the plan; change nothing.',
            },
        },
    },
    {
        name: 'archive',
        description: 'What is restored: the name of an archive in `archive-root`, with or without its ending, an absolute path, or `latest`. Empty: fails with a list of what there is.',
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'restore-root',
        description: 'Folder in which the archive is unpacked first. Empty: beside the new home, on its file system, so that it is put in place by a rename. Required with `home-strategy: none`.',
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'backup-root',
        description: 'Folder for the working copy and the database dump. Kept between runs, so that only changes are copied; has to hold home and database once.',
        required: true,
        actions: declaration/* BACKUP_AND_CANCEL */.GO,
        differs: {
            cancel: {
                description: 'The `backup-root` of the backup that is to be cancelled: its journal there names the tokens. Needed when no token is given.',
                required: false,
            },
        },
    },
    {
        name: 'archive-root',
        description: 'Folder for the archives. Required.',
        strategies: TAR,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Folder that holds the archives. Required unless `archive` is a path.',
            },
        },
    },
    {
        name: 'keep-backups',
        description: 'How many archives of this instance to keep; older ones are removed after a success. `0` keeps all.',
        default: '0',
        actions: declaration/* BACKUP */.DW,
    },
];

;// CONCATENATED MODULE: ./build/inputs/database-inputs.js
/** Inputs about the database. */

const POSTGRESQL = ['database:postgresql'];
const CUSTOM = ['database:custom'];
const FSLEVEL = ['database:postgresql-fslevel'];
const MSSQL = ['database:mssql'];
const MYSQL = ['database:mysql'];
const NETWORK_DATABASES = [...POSTGRESQL, ...FSLEVEL, ...CUSTOM, ...MSSQL, ...MYSQL];
const databaseInputs = [
    {
        name: 'database-strategy',
        description: 'How the database is copied: `auto` (as `bitbucket.properties` in the home says, which also answers what the inputs `database-*` leave open), `postgresql`, `postgresql-fslevel` (with the snapshot of the home), `mysql` (MySQL and MariaDB), `mssql` (SQL Server), `internal` (the one in the home, for evaluation), `custom` (by a command of yours), or `none` (not backed up).',
        default: 'auto',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'How the database in the archive was copied: `auto` (as the archive says), `postgresql`, `postgresql-fslevel`, `mysql`, `mssql`, `internal` or `custom`; or `none`, to leave it out of the restore.',
            },
        },
    },
    {
        name: 'database-host',
        description: "Host of the database, or the folder of its socket. What is empty answers `bitbucket.properties` with `auto`, and otherwise libpq's own settings (`PGHOST`, service file ...).",
        strategies: NETWORK_DATABASES,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'database-port',
        description: 'Port of the database.',
        strategies: NETWORK_DATABASES,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'database-name',
        description: 'Name of the database.',
        strategies: NETWORK_DATABASES,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Name of the database, which is empty or does not exist and is created then. Empty: the name in the archive.',
            },
        },
    },
    {
        name: 'database-username',
        description: 'Database user.',
        strategies: NETWORK_DATABASES,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Database user: the one of Bitbucket, or one that may create databases and act for `database-owner`.',
            },
        },
    },
    {
        name: 'database-password',
        description: 'Password of the database user; `.pgpass` and service files work too.',
        secret: true,
        strategies: NETWORK_DATABASES,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'database-owner',
        description: 'Role that owns the restored database and all in it. Empty: the owner of the empty database, the owner that the archive names, or the user.',
        strategies: [...POSTGRESQL, ...MYSQL],
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'database-options-file',
        description: 'Option file of MySQL’s clients, an absolute path; its `[client]` group says what has no input of its own, such as TLS.',
        strategies: MYSQL,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'database-block-ddl',
        description: 'Let whoever creates, alters or drops tables wait until the dump is done. It takes the right RELOAD on MariaDB, where writing to tables that are not InnoDB waits as well, or BACKUP_ADMIN on MySQL. `false`: such a change makes the backup fail.',
        default: 'false',
        strategies: MYSQL,
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'database-backup-path',
        description: 'Folder into which SQL Server writes its backups, as the server sees it. Empty: the default backup folder of the server (2019 and later tell it).',
        strategies: MSSQL,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Folder from which SQL Server reads the backups, as the server sees it. Empty: the default backup folder of the server (2019 and later tell it).',
            },
        },
    },
    {
        name: 'database-backup-folder',
        description: 'The folder of `database-backup-path` as this machine sees it. Empty: the same path.',
        strategies: MSSQL,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'database-trust-certificate',
        description: 'Take whatever certificate SQL Server shows, such as one that it has signed itself.',
        default: 'false',
        strategies: MSSQL,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'postgresql-data-directory',
        description: "PostgreSQL's data directory, on the volume of the home. Empty: the server is asked, for which the user has to be a member of `pg_read_all_settings`.",
        strategies: FSLEVEL,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: "PostgreSQL's data directory. Empty: the one that the archive names.",
            },
        },
    },
    {
        name: 'postgresql-service',
        description: 'Name of the service that runs PostgreSQL, such as `postgresql@15-main`: stopped before the restore, started after it. Required with `postgresql-fslevel`.',
        strategies: FSLEVEL,
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'database-command',
        description: 'Absolute path of an executable of yours that backs up and restores the database, called once for each phase: docs/custom-commands.md. Neither it nor the folders above may be writable by others. Required with `custom`.',
        strategies: CUSTOM,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'database-command-timeout-minutes',
        description: 'How long one phase of `database-command` may take.',
        default: '240',
        strategies: CUSTOM,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
];

;// CONCATENATED MODULE: ./build/inputs/search-inputs.js
/** Inputs about the search index. */

const FS = ['search:fs'];
const AMAZON = ['search:amazon-es'];
const BUCKET = ['search:s3', ...AMAZON];
const SNAPSHOTS = [...FS, ...BUCKET];
const searchInputs = [
    {
        name: 'elasticsearch-strategy',
        description: 'How the search index is copied, by a snapshot that Elasticsearch or OpenSearch takes itself: `fs` (into a folder that all its nodes share), `s3` (into a bucket), `amazon-es` (Amazon’s OpenSearch Service, with signed requests); or `none` (not backed up): Bitbucket builds its search index anew after a restore, and the search server that comes with Bitbucket needs no other.',
        default: 'none',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'How the search index of the backup was copied: `fs`, `s3` or `amazon-es`; or `none`: Bitbucket builds its search index anew by itself.',
            },
        },
    },
    {
        name: 'elasticsearch-url',
        description: 'Base URL of the search server, with or without scheme. Empty: as `plugin.search.config.baseurl` in `bitbucket.properties` says (older: `plugin.search.elasticsearch.baseurl`).',
        strategies: SNAPSHOTS,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Base URL of the search server that the index is restored to, with or without scheme. Required with a strategy.',
            },
        },
    },
    {
        name: 'elasticsearch-username',
        description: 'User of the search server. Empty: as `bitbucket.properties` says; nobody where that says none. With `amazon-es` it takes the place of signed requests.',
        strategies: SNAPSHOTS,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'User of the search server. Empty: nobody. With `amazon-es` it takes the place of signed requests.',
            },
        },
    },
    {
        name: 'elasticsearch-password',
        description: 'Password of that user.',
        secret: true,
        strategies: SNAPSHOTS,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'elasticsearch-index',
        description: 'The indices of Bitbucket: names and wildcards, separated by commas.',
        default: 'bitbucket-search-v1',
        strategies: SNAPSHOTS,
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'elasticsearch-repository',
        description: 'Name of the snapshot repository. It is registered where it is missing; one that is registered is used as it is.',
        default: 'bitbucket-snapshots',
        strategies: SNAPSHOTS,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Name of the snapshot repository. One that is not registered is read at the place that the next inputs name, and not registered for good.',
            },
        },
    },
    {
        name: 'elasticsearch-location',
        description: 'Where a repository lies that is registered anew: with `fs` the folder, below `path.repo` of every node; with `s3` and `amazon-es` the path in the bucket.',
        strategies: SNAPSHOTS,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'elasticsearch-s3-bucket',
        description: 'Bucket of a repository that is registered anew.',
        strategies: BUCKET,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'elasticsearch-s3-region',
        description: 'AWS region of that bucket.',
        strategies: BUCKET,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'elasticsearch-role-arn',
        description: 'Role that Amazon’s service takes on to read and write the bucket. Required where the repository is registered anew.',
        strategies: AMAZON,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
    },
    {
        name: 'elasticsearch-region',
        description: 'AWS region of the service, for signed requests. Empty: as its host name, `bitbucket.properties` or `AWS_REGION` says.',
        strategies: AMAZON,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'AWS region of the service, for signed requests. Empty: as its host name or `AWS_REGION` says.',
            },
        },
    },
];

;// CONCATENATED MODULE: ./build/inputs/part-inputs.js
/** Inputs about the parts of a backup, and the report. */



const RSYNC = ['home:rsync'];
const part_inputs_TAR = ['archive:tar'];
const partInputs = [
    {
        name: 'home-strategy',
        description: 'How the Bitbucket home is copied: `rsync`, or `none` (not backed up).',
        default: 'rsync',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'How the home in the archive was copied: `rsync`; or `none`, to leave it out of the restore.',
            },
        },
    },
    {
        name: 'home-path',
        description: 'The Bitbucket home, the folder that holds `shared`. Required with `rsync`.',
        strategies: RSYNC,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Where the home is restored to: a folder that is empty or does not exist, in one that does. Required with `rsync`.',
            },
        },
    },
    {
        name: 'data-stores',
        description: 'Further data stores of Bitbucket 8 and later, absolute paths, one a line.',
        strategies: RSYNC,
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: {
                description: 'Where the data stores of the archive are restored to, one a line: the absolute path that the archive names, or `/path/in/archive=/other/path`.',
            },
        },
    },
    {
        name: 'exclude-repositories',
        description: 'Ids of repositories to leave out, separated by commas.',
        strategies: RSYNC,
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'home-delta',
        description: 'What is copied inside the lock: `git-aware` finds what changed since the first copy by itself and names only that to rsync; `full` has rsync look at every file again.',
        default: 'git-aware',
        strategies: RSYNC,
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'home-owner',
        description: 'Owner of everything in the restored home and data stores, as `user:group`. Empty: the owners in the archive, by their numbers.',
        strategies: RSYNC,
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'outside-links',
        description: 'What becomes of symbolic links in the archive that lead out of the home: `refuse` the archive, or `keep` them as they are.',
        default: 'refuse',
        strategies: RSYNC,
        actions: declaration/* RESTORE */.zN,
    },
    {
        name: 'update-properties',
        description: 'Change `jdbc.url` and `jdbc.user` in the restored `shared/bitbucket.properties` where they do not fit the restored database. `false`: the lines are printed.',
        default: 'false',
        strategies: RSYNC,
        actions: declaration/* RESTORE */.zN,
    },
    ...databaseInputs,
    ...searchInputs,
    {
        name: 'archive-strategy',
        description: 'How home and dump become one archive: `tar`.',
        default: 'tar',
        actions: declaration/* BACKUP_AND_RESTORE */.C6,
        differs: {
            restore: { description: 'What wrote the archive: `tar`. How it is compressed shows by itself.' },
        },
    },
    {
        name: 'archive-compression',
        description: '`zstd` (all cores), `gzip` (readable by Atlassian’s scripts) or `none`.',
        default: 'zstd',
        strategies: part_inputs_TAR,
        actions: declaration/* BACKUP */.DW,
    },
    {
        name: 'upload-artifact',
        description: 'What is uploaded as an artifact of the run: `manifest`, or `none`.',
        default: 'manifest',
        actions: declaration/* BACKUP */.DW,
    },
];

;// CONCATENATED MODULE: ./build/inputs/declarations.js
/**
 * Every input, declared once. `action.yml` and the README's tables are made from this (`npm run docs`), the readers
 * read by these names, and a test holds the three together.
 */


const inputDeclarations = [...instanceInputs, ...partInputs];
/** The inputs of one action, each as it is in that action. */
function inputsOf(action) {
    return inputDeclarations
        .filter((input) => input.actions.includes(action))
        .map((input) => ({ ...input, ...input.differs?.[action] }));
}


/***/ }),

/***/ 56095:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E2: () => (/* binding */ splitOnce),
/* harmony export */   GR: () => (/* binding */ stripSlash),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   ae: () => (/* binding */ withoutTrailingSlash),
/* harmony export */   n0: () => (/* binding */ urlComplaint),
/* harmony export */   xH: () => (/* binding */ pathComplaint)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/** Paths and URLs as people write them into inputs: what is wrong with them, and their plain form. */

/** @returns what is wrong with a path, to be read behind the name of its input; undefined for a good one */
function pathComplaint(value) {
    if (/\p{Cc}/u.test(value)) {
        return 'contains a control character; name the folder without it.';
    }
    if (!(0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(value)) {
        return `is '${value}'; use an absolute path.`;
    }
    if (value.split('/').includes('..')) {
        return `is '${value}'; write the path without '..'.`;
    }
    if (stripSlash((0,node_path__WEBPACK_IMPORTED_MODULE_0__.normalize)(value)) === '/') {
        return 'is the root of the file system; name the folder itself.';
    }
    return undefined;
}
const FOR_BITBUCKET = 'bitbucket-username and bitbucket-password or bitbucket-token';
/** @param forUser the inputs that take what must not stand in it. @returns what is wrong with a base URL, as `pathComplaint` */
function urlComplaint(value, forUser = FOR_BITBUCKET) {
    if (!URL.canParse(value)) {
        return `is '${withoutUserinfo(value)}', which is not a URL; use the base URL, such as https://bitbucket.example.com.`;
    }
    const url = new URL(value);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
        return `starts with '${url.protocol}'; use an https:// URL.`;
    }
    if (url.username !== '' || url.password !== '') {
        return `carries a user name or password; use ${forUser}.`;
    }
    if (url.search !== '' || url.hash !== '') {
        return 'has a query or a fragment; use the base URL alone.';
    }
    return undefined;
}
/** A malformed URL can still carry a password. */
function withoutUserinfo(value) {
    return value.replace(/.*@/s, '***@');
}
/** The same object. */
function withoutTrailingSlash(url) {
    url.pathname = stripSlash(url.pathname);
    return url;
}
/** At the first `=`; one part where there is none. */
function splitOnce(line) {
    const equals = line.indexOf('=');
    return equals < 0 ? [line] : [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
}
/** Of a path; the root keeps it. */
function stripSlash(path) {
    return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
}
/** Is it this machine? Then nobody can listen. */
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}


/***/ }),

/***/ 51410:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** The nearest known word to a misspelt one, for "did you mean". */
const FARTHEST = 3;
function nearest(word, known) {
    const ranked = known
        .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate) }))
        .filter(({ distance }) => distance <= FARTHEST)
        .sort((a, b) => a.distance - b.distance);
    return ranked[0]?.candidate;
}
/** Levenshtein distance, one row at a time. */
function editDistance(from, to) {
    let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (const [row, letter] of Array.from(from).entries()) {
        const current = [row + 1];
        for (const [column, other] of Array.from(to).entries()) {
            current.push(Math.min((current[column] ?? 0) + 1, (previous[column + 1] ?? 0) + 1, (previous[column] ?? 0) + (letter === other ? 0 : 1)));
        }
        previous = current;
    }
    return previous[to.length] ?? 0;
}


/***/ }),

/***/ 70401:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ orList),
/* harmony export */   i: () => (/* binding */ InputReader)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _declarations_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9077);
/* harmony import */ var _input_values_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(56095);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(51410);
/**
 * Typed, strict reading of inputs. A wrong input is noted and a harmless stand-in returned, so that all wrong inputs are
 * found in one go; `finish` throws them together before anything can use a stand-in.
 */





const NO_ANSWERS = { values: {}, parameters: {} };
/** Stand-ins for values that could not be read; `finish` throws before anyone uses them. */
const STAND_IN_URL = 'http://stand-in.invalid/';
const LARGEST_ID = 2_147_483_647;
class InputReader {
    #source;
    #answers;
    #problems = [];
    #namesRead = new Set();
    constructor(source, answers = NO_ANSWERS) {
        this.#source = source;
        this.#answers = answers;
    }
    /** A reader of the same inputs that answers what they leave open. What is wrong is noted in this one. */
    answering(answers) {
        const reader = new InputReader(this.#source, answers);
        reader.#problems = this.#problems;
        reader.#namesRead = this.#namesRead;
        return reader;
    }
    /** A reader of the same inputs that keeps for itself what is wrong with them. */
    apart() {
        return new InputReader(this.#source, this.#answers);
    }
    /** What goes along with the answers; empty where the inputs alone are asked. */
    get parameters() {
        return this.#answers.parameters;
    }
    /** A secret that was found elsewhere: kept out of everything that is printed, as those of inputs are. */
    mask(secret) {
        this.#source.mask(secret);
    }
    /** Every input that was asked for, so that a test can hold code and metadata together. */
    get namesRead() {
        return this.#namesRead;
    }
    /** Is it set to something else than its default? */
    isGiven(name) {
        const value = this.#raw(name).trim();
        return value !== '' && value !== (_declarations_js__WEBPACK_IMPORTED_MODULE_2__/* .inputDeclarations */ .M.find((input) => input.name === name)?.default ?? '');
    }
    /** As it was written, for a part that depends on another part's input: that part's reader complains about it. */
    written(name) {
        return this.#raw(name).trim();
    }
    /** Empty when unset. Control characters and line breaks are refused. */
    text(name) {
        const value = this.#raw(name).trim();
        if (/\p{Cc}/u.test(value)) {
            this.problem(name, 'contains a control character or a line break; write it on one line.');
            return '';
        }
        return value;
    }
    optionalText(name) {
        const value = this.text(name);
        return value === '' ? undefined : value;
    }
    requiredText(name) {
        const before = this.#problems.length;
        const value = this.text(name);
        if (value === '' && this.#problems.length === before) {
            this.problem(name, 'is required and empty; set it in the workflow.');
        }
        return value;
    }
    /** A value that is masked before anything else happens with it. Kept as it is, spaces included. */
    secret(name) {
        const value = this.#raw(name);
        if (value === '') {
            return undefined;
        }
        this.#source.mask(value);
        return value;
    }
    /** An http or https URL without user, query and trailing slash. */
    url(name) {
        return this.#checked(name, this.requiredText(name), _input_values_js__WEBPACK_IMPORTED_MODULE_3__/* .urlComplaint */ .n0, STAND_IN_URL, (value) => (0,_input_values_js__WEBPACK_IMPORTED_MODULE_3__/* .withoutTrailingSlash */ .ae)(new URL(value)));
    }
    requiredPath(name) {
        return this.#path(name, this.requiredText(name));
    }
    optionalPath(name) {
        const value = this.text(name);
        return value === '' ? undefined : this.#path(name, value);
    }
    /** Absolute paths, one a line. */
    pathList(name) {
        return this.#raw(name)
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '')
            .map((line) => this.#path(name, line));
    }
    /** `/path` or `/path=/other/path`, one a line; without the second it is the same as the first. */
    pathPairs(name) {
        return this.#raw(name)
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '')
            .map((line) => {
            const [from = '', to] = (0,_input_values_js__WEBPACK_IMPORTED_MODULE_3__/* .splitOnce */ .E2)(line);
            if (from === '' || to === '') {
                this.problem(name, `has the line '${line}', which lacks a path; use /path or /path=/other/path.`);
            }
            const path = this.#path(name, from);
            return { from: path, to: to === undefined ? path : this.#path(name, to) };
        });
    }
    boolean(name) {
        const value = this.#raw(name);
        if (value !== 'true' && value !== 'false') {
            this.problem(name, `is '${value}'; use true or false.`);
        }
        return value === 'true';
    }
    integer(name, range) {
        const before = this.#problems.length;
        const value = this.text(name);
        return this.#problems.length > before ? range.min : this.#integer(name, value, range);
    }
    optionalInteger(name, range) {
        const value = this.text(name);
        return value === '' ? undefined : this.#integer(name, value, range);
    }
    /** Whole numbers from 1, separated by commas, spaces or lines. */
    idList(name) {
        return this.#raw(name)
            .split(/[\s,]+/)
            .filter((word) => word !== '')
            .map((word) => this.#integer(name, word, { min: 1, max: LARGEST_ID }));
    }
    choice(name, choices) {
        const before = this.#problems.length;
        const value = this.text(name);
        const chosen = choices.find((choice) => choice === value);
        if (chosen === undefined && this.#problems.length === before) {
            const hint = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_4__/* .nearest */ .p)(value, choices);
            const question = hint === undefined ? '' : ` (did you mean ${hint}?)`;
            this.problem(name, `is '${value}'; use ${orList(choices)}${question}.`);
        }
        return chosen ?? choices[0];
    }
    /** Notes a problem that only the caller can see, such as two inputs that exclude each other. */
    problem(name, sentence) {
        const message = `Input '${name}' ${sentence}`;
        // Several parts read some inputs, such as ca-file.
        if (!this.#problems.some((known) => known.message === message)) {
            this.#problems.push({ subject: name, message });
        }
    }
    /** @throws ConfigurationError with every problem noted. */
    finish() {
        if (this.#problems.length > 0) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ConfigurationError */ .j1('INPUT_INVALID', this.#problems);
        }
    }
    #raw(name) {
        this.#namesRead.add(name);
        const given = this.#source.raw(name);
        const isSecret = _declarations_js__WEBPACK_IMPORTED_MODULE_2__/* .inputDeclarations */ .M.some((input) => input.name === name && input.secret === true);
        // Blanks are nothing, and a password all the same.
        const isOpen = isSecret ? given === '' : given.trim() === '';
        return isOpen ? (this.#answers.values[name] ?? given) : given;
    }
    #path(name, value) {
        return this.#checked(name, value, _input_values_js__WEBPACK_IMPORTED_MODULE_3__/* .pathComplaint */ .xH, '/', (path) => (0,_input_values_js__WEBPACK_IMPORTED_MODULE_3__/* .stripSlash */ .GR)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.normalize)(path)));
    }
    #integer(name, value, range) {
        const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
        if (Number.isNaN(number) || number < range.min || number > range.max) {
            this.problem(name, `is '${value}'; use a whole number from ${range.min} to ${range.max}.`);
            return range.min;
        }
        return number;
    }
    /** An empty value was complained about where it is required, or has its own meaning where it is not. */
    #checked(name, value, complaintAbout, standIn, convert) {
        const complaint = value === '' ? undefined : complaintAbout(value);
        if (complaint !== undefined) {
            this.problem(name, complaint);
        }
        return convert(value === '' || complaint !== undefined ? standIn : value);
    }
}
function orList(choices) {
    return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}


/***/ }),

/***/ 8553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ openInputs)
/* harmony export */ });
/* harmony import */ var _host_actions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56624);
/* harmony import */ var _inputs_declarations_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9077);
/* harmony import */ var _inputs_nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51410);
/* harmony import */ var _inputs_reader_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70401);
/** The inputs of an action, as the runner passed them. */




/** Warns of inputs that the action does not have: the runner only does so in a line that nobody reads. */
function openInputs({ log, redactor }, action) {
    const known = (0,_inputs_declarations_js__WEBPACK_IMPORTED_MODULE_1__/* .inputsOf */ .V)(action).map(({ name }) => name);
    for (const name of (0,_host_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .givenInputNames */ .MA)().map((given) => given.toLowerCase())) {
        if (!known.includes(name)) {
            const hint = (0,_inputs_nearest_js__WEBPACK_IMPORTED_MODULE_3__/* .nearest */ .p)(name, known);
            log.warning(`Input '${name}' is unknown and ignored${hint === undefined ? '' : `; did you mean ${hint}?`}.`);
        }
    }
    return new _inputs_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .InputReader */ .i({ raw: (name) => (0,_host_actions_js__WEBPACK_IMPORTED_MODULE_0__/* .rawInput */ .JR)(name), mask: (secret) => redactor.add(secret) });
}


/***/ })

};
