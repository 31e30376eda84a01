export const id = 255;
export const ids = [255];
export const modules = {

/***/ 16974:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ archiveStrategies),
/* harmony export */   s: () => (/* binding */ archiveRestores)
/* harmony export */ });
const archiveStrategies = {
    tar: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(35)]).then(__webpack_require__.bind(__webpack_require__, 5035))).tar,
};
/** How what they wrote is read again. */
const archiveRestores = {
    tar: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(203)]).then(__webpack_require__.bind(__webpack_require__, 23203))).tarRestore,
};


/***/ }),

/***/ 92137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ readHomeProperties)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(19473);
/* harmony import */ var _properties_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(39492);
/** `bitbucket.properties` of the home that Bitbucket runs on. */






/** Old homes, and those whose `shared` is the home, have it beside `shared` or without it. */
const FILES = ['shared/bitbucket.properties', 'bitbucket.properties'];
/** A file of kilobytes. */
const LARGEST_BYTES = 1024 * 1024;
/** On a network file system that is gone the call never returns. */
const READ_MS = 15_000;
/** @returns or the rest of a sentence that begins with the folder */
async function readHomeProperties(homePath, limitMs = READ_MS) {
    const done = new AbortController();
    const late = async () => {
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_3__.setTimeout)(limitMs, undefined, { signal: done.signal, ref: false });
        return {
            problem: `does not answer within ${limitMs / 1_000} s; look whether it lies on a file system that is gone`,
        };
    };
    try {
        return await Promise.race([readFirst(homePath), late()]);
    }
    finally {
        done.abort();
    }
}
async function readFirst(homePath) {
    for (const file of FILES) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(homePath, file);
        try {
            const text = await readText(path);
            return { path, properties: (0,_properties_js__WEBPACK_IMPORTED_MODULE_5__/* .propertiesIn */ .db)(text) };
        }
        catch (error) {
            if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR')) {
                return {
                    problem: `has a ${file} that cannot be read (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .asError */ .zR)(error).message.replace(/\.$/, '')})`,
                };
            }
        }
    }
    return { problem: `holds no ${FILES.join(' and no ')}` };
}
/** One latin1 character for each byte, as Java reads it. */
async function readText(path) {
    // Nobody waits for the other end of a pipe.
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK);
    try {
        const found = await handle.stat();
        if (!found.isFile()) {
            throw new Error('it is not a file');
        }
        if (found.size > LARGEST_BYTES) {
            throw new Error(`it has ${found.size} bytes`);
        }
        return await handle.readFile('latin1');
    }
    finally {
        await handle.close();
    }
}


/***/ }),

/***/ 33200:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Zn: () => (/* binding */ driversFor),
  x6: () => (/* binding */ isForeignDriver),
  Gp: () => (/* binding */ isSameDatabase),
  Xf: () => (/* binding */ isSameHost),
  W_: () => (/* binding */ jdbcUrlFor),
  Rs: () => (/* binding */ leadsTo),
  oq: () => (/* binding */ parseJdbcUrl)
});

// EXTERNAL MODULE: ./build/bitbucket/jdbc/network-url.js
var network_url = __webpack_require__(33732);
;// CONCATENATED MODULE: ./build/bitbucket/jdbc/mssql-url.js
/**
 * SQL Server's JDBC URLs, of Microsoft's driver and of jTDS, which old Bitbucket versions brought along:
 * `jdbc:sqlserver://host\instance:port;databaseName=name;option=value` ("Building the connection URL" at
 * learn.microsoft.com) and `jdbc:jtds:sqlserver://host:port/name;instance=name;option=value` (jtds.sourceforge.net, FAQ).
 */

const MICROSOFT = /^(?<scheme>jdbc:sqlserver:)\/\/(?<server>[^;/]*)(?:;(?<options>.*))?$/s;
const JTDS = /^(?<scheme>jdbc:jtds:sqlserver:)\/\/(?<server>[^;/]*)(?:\/(?<database>[^;]*))?(?:;(?<options>.*))?$/s;
const MSSQL_PORT = 1433;
/** Properties that name the server or the database, in lower case, with the one that stands for all of a kind. */
const NAMES = new Map([
    ['servername', 'servername'],
    ['server', 'servername'],
    ['portnumber', 'portnumber'],
    ['port', 'portnumber'],
    ['instancename', 'instance'],
    ['instance', 'instance'],
    ['databasename', 'databasename'],
    ['database', 'databasename'],
]);
/** @returns undefined for another or a malformed URL */
function parseMssqlUrl(url) {
    const groups = (MICROSOFT.exec(url) ?? JTDS.exec(url))?.groups;
    const options = groups === undefined ? undefined : splitOptions(groups['options'] ?? '');
    if (groups === undefined || options === undefined) {
        return undefined;
    }
    const parameters = new Map(options.map(nameAndValue));
    const place = (name) => parameters.get(name) || undefined;
    const [, name = '', afterSlash, written] = /^([^\\]*?)(?:\\([^:]*))?(?::(\d+))?$/.exec(groups['server'] ?? '') ?? [];
    const port = written ?? place('portnumber');
    const host = name || (place('servername') ?? 'localhost');
    const servers = (0,network_url/* serversIn */.AX)(port === undefined ? host : `${host}:${port}`, { host, port: MSSQL_PORT });
    if (servers === undefined || servers.length > 1) {
        return undefined;
    }
    const instance = afterSlash || place('instance');
    return {
        kind: 'mssql',
        scheme: groups['scheme'] ?? '',
        servers,
        ...(instance === undefined ? {} : { instance }),
        database: groups['database'] || place('databasename'),
        options,
        parameters,
    };
}
/** Options that say where the URL leads. */
function placesMssql(option) {
    return NAMES.has(option.split('=', 1).join('').trim().toLowerCase());
}
/** A value that `;`, a blank at its ends or a brace would end stands in braces, in which `}` is written twice. */
function bracedValue(value) {
    return /[;{}]|^\s|\s$/.test(value) ? `{${value.replaceAll('}', '}}')}}` : value;
}
/** At semicolons outside of braces. @returns undefined when a brace is not closed */
function splitOptions(text) {
    const options = [];
    for (let rest = text; rest !== '';) {
        const option = /^(?:[^={};]*=\s*\{(?:[^}]|\}\})*\}(?!\})\s*|[^;{]*)(?=;|$)/.exec(rest)?.[0];
        if (option === undefined) {
            return undefined;
        }
        if (option.trim() !== '') {
            options.push(option.trim());
        }
        rest = rest.slice(option.length + 1);
    }
    return options;
}
function nameAndValue(option) {
    const equals = option.indexOf('=');
    const written = (equals < 0 ? option : option.slice(0, equals)).trim().toLowerCase();
    const value = equals < 0 ? '' : option.slice(equals + 1).trim();
    const inBraces = /^\{(.*)\}$/s.exec(value)?.[1];
    return [NAMES.get(written) ?? written, inBraces?.replaceAll('}}', '}') ?? value];
}

;// CONCATENATED MODULE: ./build/bitbucket/jdbc/mysql-url.js
/**
 * The JDBC URLs of MySQL and MariaDB: `jdbc:mysql://host:port/database?options` (Connector/J, "Connection URL Syntax";
 * MariaDB Connector/J, "About MariaDB Connector/J"). A word before the hosts (`replication`, `loadbalance`, `sequential`,
 * `aurora` ...) says how several are used; without one the hosts are tried in turn.
 */

const FORM = /^(?<scheme>jdbc:(?:mysql|mariadb):)(?:(?<mode>[\w+-]+):)?\/\/(?<hosts>[^/?]*)(?:\/(?<database>[^?]*))?(?:\?(?<options>.*))?$/s;
const MYSQL_PORT = 3306;
/** @returns undefined for another or a malformed URL, and for hosts in the form `address=(host=...)` */
function parseMysqlUrl(url) {
    const groups = FORM.exec(url)?.groups;
    const servers = groups === undefined
        ? undefined
        : (0,network_url/* serversIn */.AX)(groups['hosts'] ?? '', { host: 'localhost', port: MYSQL_PORT });
    if (groups === undefined || servers === undefined || /[()=]/.test(groups['hosts'] ?? '')) {
        return undefined;
    }
    const options = (0,network_url/* optionsIn */.Im)(groups['options']);
    const mode = groups['mode'];
    return {
        kind: 'mysql',
        scheme: groups['scheme'] ?? '',
        servers,
        database: (0,network_url/* decoded */.DH)(groups['database'] ?? '') || undefined,
        options,
        parameters: (0,network_url/* parametersIn */.Kx)(options, network_url/* decoded */.DH),
        ...(mode === undefined ? {} : { mode }),
    };
}

// EXTERNAL MODULE: ./build/bitbucket/jdbc/postgresql-url.js
var postgresql_url = __webpack_require__(3670);
;// CONCATENATED MODULE: ./build/bitbucket/jdbc-url.js
/** JDBC URLs of the databases that Bitbucket runs on: where one leads, and the one that leads to a given database. */




const LOCAL = ['localhost', '127.0.0.1', '[::1]'];
/** @returns undefined for a URL of another kind of database, or one that nobody can read */
function parseJdbcUrl(url) {
    return (0,postgresql_url/* parsePostgresqlUrl */.RR)(url) ?? parseMysqlUrl(url) ?? parseMssqlUrl(url);
}
/** Does the URL lead to this database, and to no other? Host names are compared as they are written. */
function leadsTo(url, target) {
    const parsed = parseJdbcUrl(url);
    if (parsed?.kind !== target.kind || parsed.servers.length !== 1 || parsed.mode !== undefined) {
        return false;
    }
    // Which port a named instance has only the server knows.
    const [{ host, port, portGiven }] = parsed.servers;
    const isUnknown = parsed.instance !== undefined && !portGiven;
    return (!parsed.options.some((option) => target.kind === 'postgresql' && (0,postgresql_url/* leadsPostgresqlElsewhere */.oy)(option)) &&
        !isUnknown &&
        isSameHost(host, target.host) &&
        port === target.port &&
        isSameDatabase(target.kind, parsed.database, target.database));
}
/** @param target undefined for a socket on this machine */
function isSameHost(host, target) {
    const [one, other] = [(0,network_url/* bracketed */.Em)(host), (0,network_url/* bracketed */.Em)(target ?? 'localhost')].map((name) => name.toLowerCase());
    return one === other || (LOCAL.includes(one ?? '') && LOCAL.includes(other ?? ''));
}
/** SQL Server names databases by the collation of the server, which as a rule does not tell upper from lower case. */
function isSameDatabase(kind, one, other) {
    return kind === 'mssql' ? one?.toLowerCase() === other.toLowerCase() : one === other;
}
/**
 * The URL for this database, with the options of the one before.
 * @param driver as `jdbc.driver` names it: it decides between URLs where there are two kinds of them
 */
function jdbcUrlFor(target, before, driver) {
    const parsed = before === undefined ? undefined : parseJdbcUrl(before);
    const fitting = parsed?.kind === target.kind ? parsed : undefined;
    switch (target.kind) {
        case 'postgresql':
            return postgresqlUrl(target, fitting);
        case 'mysql':
            return mysqlUrl(target, fitting, driver);
        case 'mssql':
            return mssqlUrl(target, fitting, driver);
    }
}
function postgresqlUrl(target, before) {
    const kept = (before?.options ?? []).filter((option) => !(0,postgresql_url/* leadsPostgresqlElsewhere */.oy)(option));
    const options = kept.length === 0 ? '' : `?${kept.join('&')}`;
    return `jdbc:postgresql://${serverOf(target)}/${encodeURIComponent(target.database)}${options}`;
}
/** Without them the driver of MySQL does not speak UTF-8 with an old server. */
const MYSQL_OPTIONS = ['useUnicode=true', 'characterEncoding=utf8'];
function mysqlUrl(target, before, driver) {
    const scheme = before?.scheme ?? (driver === MARIADB ? 'jdbc:mariadb:' : 'jdbc:mysql:');
    const kept = before?.options ?? (scheme === 'jdbc:mysql:' ? MYSQL_OPTIONS : []);
    const options = kept.length === 0 ? '' : `?${kept.join('&')}`;
    return `${scheme}//${serverOf(target)}/${encodeURIComponent(target.database)}${options}`;
}
function mssqlUrl(target, before, driver) {
    const scheme = before?.scheme ?? (driver === jdbc_url_JTDS ? 'jdbc:jtds:sqlserver:' : 'jdbc:sqlserver:');
    const isJtds = scheme === 'jdbc:jtds:sqlserver:';
    const kept = (before?.options ?? []).filter((option) => !placesMssql(option));
    const database = isJtds ? [] : [`databaseName=${bracedValue(target.database)}`];
    const server = `${scheme}//${serverOf({ ...target, port: target.port || MSSQL_PORT })}`;
    return [isJtds ? `${server}/${target.database}` : server, ...database, ...kept].join(';');
}
function serverOf({ host, port }) {
    return `${(0,network_url/* bracketed */.Em)(host ?? 'localhost')}:${port}`;
}
const MARIADB = 'org.mariadb.jdbc.Driver';
const jdbc_url_JTDS = 'net.sourceforge.jtds.jdbc.Driver';
/** By what the URL begins with: the drivers that take it, the one to be preferred first. */
const DRIVERS = [
    ['jdbc:postgresql:', ['org.postgresql.Driver']],
    ['jdbc:mysql:', ['com.mysql.cj.jdbc.Driver', 'com.mysql.jdbc.Driver', MARIADB]],
    ['jdbc:mariadb:', [MARIADB]],
    ['jdbc:sqlserver:', ['com.microsoft.sqlserver.jdbc.SQLServerDriver']],
    ['jdbc:jtds:sqlserver:', [jdbc_url_JTDS]],
    ['jdbc:oracle:', ['oracle.jdbc.OracleDriver', 'oracle.jdbc.driver.OracleDriver']],
    ['jdbc:h2:', ['org.h2.Driver']],
    ['jdbc:hsqldb:', ['org.hsqldb.jdbcDriver', 'org.hsqldb.jdbc.JDBCDriver']],
];
/** The drivers that take the URL; undefined for one that nobody here knows. */
function driversFor(url) {
    return DRIVERS.find(([scheme]) => url.startsWith(scheme))?.[1];
}
/** One that belongs to another kind of URL. What is not known may wrap any other. */
function isForeignDriver(driver, url) {
    const isKnown = DRIVERS.some(([, drivers]) => drivers.includes(driver));
    return isKnown && driversFor(url)?.includes(driver) === false;
}


/***/ }),

/***/ 33732:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AX: () => (/* binding */ serversIn),
/* harmony export */   DH: () => (/* binding */ decoded),
/* harmony export */   Em: () => (/* binding */ bracketed),
/* harmony export */   Im: () => (/* binding */ optionsIn),
/* harmony export */   Kx: () => (/* binding */ parametersIn),
/* harmony export */   jG: () => (/* binding */ unbracketed),
/* harmony export */   tp: () => (/* binding */ formDecoded)
/* harmony export */ });
/* unused harmony export isPort */
/** What the JDBC URLs of all database servers have in common. */
function isPort(port) {
    return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
/** @returns undefined for what is no list of `host`, `host:port`, `[ipv6]` or `[ipv6]:port` */
function serversIn(text, defaults) {
    const servers = text.split(',').map((one) => {
        const form = /^(?<host>\[[0-9A-Fa-f:.%\w]+\]|[^:[\]]*)(?::(?<port>\d{1,5}))?$/.exec(one.trim());
        const port = form?.groups?.['port'];
        return form === null || (port !== undefined && !isPort(Number(port)))
            ? undefined
            : {
                host: form.groups?.['host'] || defaults.host,
                port: port === undefined ? defaults.port : Number(port),
                portGiven: port !== undefined,
            };
    });
    const [first, ...rest] = servers.filter((server) => server !== undefined);
    return first === undefined || rest.length + 1 < servers.length ? undefined : [first, ...rest];
}
/** `a=b&c`: as they are written, without empty ones. */
function optionsIn(query) {
    return (query ?? '').split('&').filter((option) => option !== '');
}
/** The last of equal names counts. @param decode of names and values */
function parametersIn(options, decode) {
    return new Map(options.map((option) => {
        const equals = option.indexOf('=');
        return equals < 0
            ? [decode(option), '']
            : [decode(option.slice(0, equals)), decode(option.slice(equals + 1))];
    }));
}
/** `%20` is a blank. What cannot be decoded stays as it is. */
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
/** As java.net.URLDecoder reads it, which takes a plus for a blank. */
function formDecoded(text) {
    return decoded(text.replaceAll('+', '%20'));
}
/** An IPv6 address stands in brackets in a URL, */
function bracketed(host) {
    return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
/** and without them everywhere else. */
function unbracketed(host) {
    return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}


/***/ }),

/***/ 3670:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RR: () => (/* binding */ parsePostgresqlUrl),
/* harmony export */   oy: () => (/* binding */ leadsPostgresqlElsewhere)
/* harmony export */ });
/* unused harmony export POSTGRESQL_PORT */
/* harmony import */ var _network_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33732);
/**
 * PostgreSQL's JDBC URL (jdbc.postgresql.org, "Connecting to the Database"): `jdbc:postgresql://host:port/database?options`,
 * where host and port may be left out, and several hosts be given.
 */

const FORM = /^jdbc:postgresql:(?:\/\/(?<hosts>[^/?]*)(?:\/(?<database>[^?]*))?|(?<alone>[^?/]*))(?:\?(?<options>.*))?$/s;
const POSTGRESQL_PORT = 5432;
/** @returns undefined for another or a malformed URL */
function parsePostgresqlUrl(url) {
    const groups = FORM.exec(url)?.groups;
    const servers = groups === undefined
        ? undefined
        : (0,_network_url_js__WEBPACK_IMPORTED_MODULE_0__/* .serversIn */ .AX)(groups['hosts'] ?? '', { host: 'localhost', port: POSTGRESQL_PORT });
    if (groups === undefined || servers === undefined) {
        return undefined;
    }
    const options = (0,_network_url_js__WEBPACK_IMPORTED_MODULE_0__/* .optionsIn */ .Im)(groups['options']);
    return {
        kind: 'postgresql',
        scheme: 'jdbc:postgresql:',
        servers,
        database: (0,_network_url_js__WEBPACK_IMPORTED_MODULE_0__/* .formDecoded */ .tp)(groups['database'] ?? groups['alone'] ?? '') || undefined,
        options,
        parameters: (0,_network_url_js__WEBPACK_IMPORTED_MODULE_0__/* .parametersIn */ .Kx)(options, _network_url_js__WEBPACK_IMPORTED_MODULE_0__/* .formDecoded */ .tp),
    };
}
/** Options that count more for the driver than what stands before them (org.postgresql.Driver, `parseURL`). */
function leadsPostgresqlElsewhere(option) {
    return /^(?:(?:PG)?(?:host|port|dbname)|service)(?:=|$)/i.test(option);
}


/***/ }),

/***/ 39492:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  db: () => (/* binding */ propertiesIn),
  kA: () => (/* binding */ propertyLine),
  iX: () => (/* binding */ readableValue),
  AW: () => (/* binding */ withChanges)
});

;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/escape/index.js
var escapeKey=function(e){return escapeContent(e,!0,arguments.length>1&&void 0!==arguments[1]&&arguments[1])};var escapeValue=function(e){return escapeContent(e,!1,arguments.length>1&&void 0!==arguments[1]&&arguments[1])};var REGEX_ESCAPE_NO_UNICODE=/[\s!#:=\\]/g,REGEX_ESCAPE_UNICODE=/[\s!#:=\\\u0000-\u001F\u007F-\uFFFF]/g,escapeContent=function(e,t,r){var n=r?REGEX_ESCAPE_UNICODE:REGEX_ESCAPE_NO_UNICODE;return n.lastIndex=0,e.replace(n,function(e,r){switch(e){case" ":return t||0===r?"\\ ":" ";case"\\":return"\\\\";case"\f":return"\\f";case"\n":return"\\n";case"\r":return"\\r";case"\t":return"\\t";case"=":case":":case"#":case"!":return"\\".concat(e);default:return"\\u"+("0000"+e.charCodeAt(0).toString(16)).slice(-4)}})};
;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/parser/normalize.js
var BOM="\ufeff",wrapAtWidth=function(e,a){if(e.length<=a)return e;for(var r=[],i=0,t=e.length;i<t;){var o=Math.min(i+a,t);if(o<t)for(var n=0;n<6&&o-n>i;n++){var p=o-n;if(p+5<=t&&"\\"===e[p]&&"u"===e[p+1]){o=p;break}}r.push(e.slice(i,o)),i=o}return r.join("\\\n  ")},rebuildPropertyLine=function(e,a){var r,i,t,o,n,p=!0===a.escapeUnicode,s=a.removeLeadingWhitespace?"":e.leadingWhitespace,c=p?escapeKey(e.key,!0):e.escapedKey,d=null!==(r=a.separatorLeading)&&void 0!==r?r:e.separatorLeading,l=null!==(i=a.separatorTrailing)&&void 0!==i?i:e.separatorTrailing;void 0!==a.separatorChar?(n=" "===a.separatorChar?"":a.separatorChar," "===a.separatorChar&&(d=null!==(t=a.separatorLeading)&&void 0!==t?t:" ")):n=null!==(o=e.separatorChar)&&void 0!==o?o:"";var u=p?escapeValue(e.value,!0):e.escapedValue;return void 0!==a.wrapKeysAt&&a.wrapKeysAt>0&&(c=wrapAtWidth(c,a.wrapKeysAt)),void 0!==a.wrapValuesAt&&a.wrapValuesAt>0&&(u=wrapAtWidth(u,a.wrapValuesAt)),"".concat(s).concat(c).concat(d).concat(n).concat(l).concat(u)};var formatNormalized=function(e,a,r,i){var t,o,n=null!==(t=i.endOfLineCharacter)&&void 0!==t?t:r,p=void 0!==i.separatorChar||void 0!==i.separatorLeading||void 0!==i.separatorTrailing||!0===i.escapeUnicode||!0===i.collapseMultiline||void 0!==i.wrapKeysAt||void 0!==i.wrapValuesAt||!0===i.removeLeadingWhitespace;if(i.deduplicateKeys){for(var s={},c=[],d=e.length-1;d>=0;d--){var l=e[d];"property"===l.type&&(s[l.key]?c.push(d):s[l.key]=!0)}o={};for(var u=0;u<c.length;u++){var v=c[u];if(o[v]=!0,!i.deduplicateKeysKeepLeadingNodes)for(var h=v-1;h>=0&&"property"!==e[h].type;h--)o[h]=!0}}for(var f=[],y=0;y<e.length;y++)if(!(null==o?void 0:o[y])){var g=e[y];switch(g.type){case"comment":if(i.removeComments)continue;f.push(i.removeLeadingWhitespace?"".concat(g.delimiter).concat(g.body):g.rawLine);break;case"blank":if(i.removeBlankLines)continue;f.push(g.rawLine);break;case"property":p?f.push(rebuildPropertyLine(g,i)):f.push(g.rawLines.join(n))}}return(a?BOM:"")+f.join(n)};
;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/characters.js
var CH_TAB=9;var CH_LF=10;var CH_FF=12;var CH_CR=13;var CH_SPACE=32;var CH_BANG=33;var CH_HASH=35;var CH_COLON=58;var CH_EQUALS=61;var CH_BACKSLASH=92;var CH_LOWER_F=102;var CH_LOWER_N=110;var CH_LOWER_R=114;var CH_LOWER_T=116;var CH_LOWER_U=117;var CH_BOM=65279;
;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/unescape/index.js
var hexValue=function(e){return e>=48&&e<=57?e-48:e>=65&&e<=70?e-55:e>=97&&e<=102?e-87:-1};var unescapeContent=function(e){if(-1===e.indexOf("\\"))return e;for(var r=e.length,a="",c=0,t=0;t<r;)if(e.charCodeAt(t)===CH_BACKSLASH){if(t>c&&(a+=e.slice(c,t)),++t>=r){a+="\\",c=t;break}switch(e.charCodeAt(t)){case CH_LOWER_N:a+="\n",t++;break;case CH_LOWER_T:a+="\t",t++;break;case CH_LOWER_R:a+="\r",t++;break;case CH_LOWER_F:a+="\f",t++;break;case CH_LOWER_U:if(t+4>=r)throw new Error("malformed escaped unicode characters '".concat(e.slice(t-1,t+5),"'"));var o=hexValue(e.charCodeAt(t+1)),C=hexValue(e.charCodeAt(t+2)),_=hexValue(e.charCodeAt(t+3)),h=hexValue(e.charCodeAt(t+4));if(o<0||C<0||_<0||h<0)throw new Error("malformed escaped unicode characters '".concat(e.slice(t-1,t+5),"'"));a+=String.fromCharCode(o<<12|C<<8|_<<4|h),t+=5;break;default:a+=e.charAt(t),t++}c=t}else t++;return c<r&&(a+=e.slice(c,r)),a};
;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/parser/parse.js
var isWhitespace=function(e){return e===CH_SPACE||e===CH_TAB||e===CH_FF},countTrailingBackslashes=function(e,r){for(var a=0,i=r-1;i>=0&&e.charCodeAt(i)===CH_BACKSLASH;)a++,i--;return a};var parseDocument=function(e){var r="string"==typeof e?e:e.toString(),a=r.length,i=0,s=a>0&&r.charCodeAt(0)===CH_BOM;s&&(i=1);for(var t="\n",n=i;n<a;n++){var C=r.charCodeAt(n);if(C===CH_CR){t=n+1<a&&r.charCodeAt(n+1)===CH_LF?"\r\n":"\r";break}if(C===CH_LF){t="\n";break}}for(var c=(i>0?r.slice(i):r).split(/\r\n|\r|\n/),o=[],l=0,h=c.length;l<h;){for(var H=c[l],p=l+1,v=0,A=H.length;v<A&&isWhitespace(H.charCodeAt(v));)v++;if(v>=A){var f={type:"blank",rawLine:H,lineNumber:p};o.push(f),l++}else{var _=H.charCodeAt(v);if(_!==CH_HASH&&_!==CH_BANG){for(var d=[H],u=p,g=v>0?H.slice(0,v):"",L=countTrailingBackslashes(H,A),S=L%2==1;S&&l+1<h;){var m=c[++l];d.push(m);var B=m.length;S=(L=countTrailingBackslashes(m,B))%2==1}var O=l+1,b=S,N=void 0;if(1===d.length){var k=v>0?H.slice(v):H;N=b?k.slice(0,-1):k}else{for(var y=[],W=0;W<d.length;W++){var F=d[W],E=void 0,T=void 0;if(0===W)E=v,T=F.length-1;else{E=0;for(var x=F.length;E<x&&isWhitespace(F.charCodeAt(E));)E++;T=W===d.length-1&&!b?x:x-1}y.push(F.slice(E,T))}N=y.join("")}for(var K=N.length,Q=0,U=!1;Q<K;){var j=N.charCodeAt(Q);if(j!==CH_BACKSLASH){if(!U&&(j===CH_EQUALS||j===CH_COLON||isWhitespace(j)))break;U=!1,Q++}else U=!U,Q++}var w=N.slice(0,Q),G="",M=void 0,P="",R=Q;if(R<K){for(var D=R;R<K&&isWhitespace(N.charCodeAt(R));)R++;if(R<K){var V=N.charCodeAt(R);if(V===CH_EQUALS||V===CH_COLON){G=N.slice(D,R),M=V===CH_EQUALS?"=":":";for(var q=++R;R<K&&isWhitespace(N.charCodeAt(R));)R++;P=N.slice(q,R)}else G=N.slice(D,R)}else G=N.slice(D,R)}var z=N.slice(R),I={type:"property",rawLines:d,leadingWhitespace:g,key:-1!==w.indexOf("\\")?unescapeContent(w):w,escapedKey:w,separatorLeading:G,separatorChar:M,separatorTrailing:P,value:-1!==z.indexOf("\\")?unescapeContent(z):z,escapedValue:z,startingLineNumber:u,endingLineNumber:O};o.push(I),l++}else{var J={type:"comment",rawLine:H,leadingWhitespace:v>0?H.slice(0,v):"",delimiter:_===CH_HASH?"#":"!",body:H.slice(v+1),lineNumber:p};o.push(J),l++}}}return{hasBom:s,eolCharacter:t,nodes:o}};
;// CONCATENATED MODULE: ./node_modules/properties-file/dist/esm/parser/properties.js
function _class_call_check(e,r){if(!(e instanceof r))throw new TypeError("Cannot call a class as a function")}function _defineProperties(e,r){for(var t=0;t<r.length;t++){var n=r[t];n.enumerable=n.enumerable||!1,n.configurable=!0,"value"in n&&(n.writable=!0),Object.defineProperty(e,n.key,n)}}function _create_class(e,r,t){return r&&_defineProperties(e.prototype,r),t&&_defineProperties(e,t),e}var properties_BOM="\ufeff";var Properties=function(){"use strict";function e(r){_class_call_check(this,e);var t=parseDocument(r);this.hasBom=t.hasBom,this.eolCharacter=t.eolCharacter,this.nodes=t.nodes}return _create_class(e,[{key:"getProperties",value:function(){return this.nodes.filter(function(e){return"property"===e.type})}},{key:"getComments",value:function(){return this.nodes.filter(function(e){return"comment"===e.type})}},{key:"getBlankLines",value:function(){return this.nodes.filter(function(e){return"blank"===e.type})}},{key:"toObject",value:function(){for(var e={},r=0,t=this.nodes;r<t.length;r++){var n=t[r];"property"===n.type&&(e[n.key]=n.value)}return e}},{key:"getPropertyNodes",value:function(e){return this.nodes.filter(function(r){return"property"===r.type&&r.key===e})}},{key:"getEffectiveProperty",value:function(e){for(var r=this.nodes.length-1;r>=0;r--){var t=this.nodes[r];if("property"===t.type&&t.key===e)return t}}},{key:"getKeyCollisions",value:function(){for(var e={},r=0,t=this.nodes;r<t.length;r++){var n=t[r];if("property"===n.type){var o=e[n.key];void 0===o?e[n.key]=[n]:o.push(n)}}for(var i=[],a=0,s=Object.keys(e);a<s.length;a++){var u=s[a],f=e[u];void 0!==f&&f.length>1&&i.push({key:u,nodes:f})}return i}},{key:"getLeadingNodes",value:function(e){for(var r=-1,t=this.nodes.length-1;t>=0;t--){var n=this.nodes[t];if("property"===n.type&&n.key===e){r=t;break}}if(r<=0)return[];for(var o=[],i=r-1;i>=0;i--){var a=this.nodes[i];if("property"===a.type)break;o.unshift(a)}return o}},{key:"format",value:function(e){if(!e){for(var r=this.eolCharacter,t=[],n=0,o=this.nodes;n<o.length;n++){var i=o[n];"property"===i.type?t.push(i.rawLines.join(r)):t.push(i.rawLine)}return(this.hasBom?properties_BOM:"")+t.join(r)}return formatNormalized(this.nodes,this.hasBom,this.eolCharacter,e)}}]),e}();
;// CONCATENATED MODULE: ./build/bitbucket/properties.js
/** `bitbucket.properties`, by Java's rules (java.util.Properties): escapes, continued lines, of equal keys the last one. */


function propertiesIn(text) {
    return new Map(new Properties(text).getProperties().map(({ key, value }) => [key, value]));
}
/** Changes the values that count, adds what is missing at the end, and leaves everything else as it stands. */
function withChanges(text, changes) {
    return changes.reduce(withChange, text);
}
/**
 * By line, not by the library's editor, which gives all lines one kind of end and writes a key without a separator and its
 * new value as one word.
 */
function withChange(text, change) {
    const properties = new Properties(text);
    const before = properties.getEffectiveProperty(change.key);
    if (before === undefined) {
        return text + gapAfter(text, properties.eolCharacter) + propertyLine(change) + properties.eolCharacter;
    }
    const { startingLineNumber, endingLineNumber, separatorLeading, separatorTrailing } = before;
    const line = [
        before.leadingWhitespace,
        before.escapedKey,
        ...(before.separatorChar === undefined
            ? ['=']
            : [separatorLeading, before.separatorChar, separatorTrailing]),
        readableValue(change.value),
    ].join('');
    // Lines and their ends in turn.
    const parts = text.split(/(\r\n|\r|\n)/);
    const first = 2 * (startingLineNumber - 1);
    parts.splice(first, 2 * (endingLineNumber - startingLineNumber) + 1, line);
    return parts.join('');
}
/** What is appended must neither share the last line nor continue it. */
function gapAfter(text, lineEnd) {
    const isOpen = /(?:^|[^\\])(?:\\\\)*\\(?:\r\n|\r|\n)?$/.test(text);
    const hasEnd = text === '' || /[\r\n]$/.test(text);
    return (hasEnd ? '' : lineEnd) + (isOpen ? lineEnd : '');
}
/** As a line of the file. */
function propertyLine({ key, value }) {
    return `${escapeKey(key, true)}=${readableValue(value)}`;
}
/** Java writes `\:` in values, and reads `:` as well, which is how people write their URLs. */
function readableValue(value) {
    return escapeValue(value, true).replace(/\\(.)/g, (pair, escaped) => ':=#!'.includes(escaped) ? escaped : pair);
}


/***/ }),

/***/ 8807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ usedDatabase)
/* harmony export */ });
/* harmony import */ var _jdbc_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33200);
/* harmony import */ var _jdbc_postgresql_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3670);
/* harmony import */ var _jdbc_network_url_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33732);
/**
 * Which database Bitbucket uses, as its `bitbucket.properties` says. Of secrets only the password is taken, and nothing that
 * could hold one is in a sentence: a URL can.
 */



/** @param properties of the file; of equal keys the last one */
function usedDatabase(properties) {
    const property = (key) => properties.get(key)?.trim() || undefined;
    const url = property('jdbc.url');
    const driver = property('jdbc.driver');
    if (url === undefined) {
        return driver === undefined || driver === 'org.h2.Driver' || driver.startsWith('org.hsqldb.')
            ? { kind: 'internal' }
            : { problem: `names the driver ${driver} in jdbc.driver and no jdbc.url` };
    }
    if (driver !== undefined && (0,_jdbc_url_js__WEBPACK_IMPORTED_MODULE_0__/* .isForeignDriver */ .x6)(driver, url)) {
        return {
            problem: `names the driver ${driver} in jdbc.driver, and jdbc.url begins with '${schemeOf(url)}'`,
        };
    }
    if (url.startsWith('jdbc:h2:')) {
        return isOwnFile(url)
            ? { kind: 'internal' }
            : { problem: 'names an H2 database in jdbc.url that is not the one in the home' };
    }
    if (url.includes('${')) {
        return { problem: 'has a placeholder ${...} in jdbc.url, which only Bitbucket can fill' };
    }
    const parsed = (0,_jdbc_url_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJdbcUrl */ .oq)(url);
    if (parsed === undefined) {
        return { problem: unreadableUrl(url) };
    }
    return elsewhere(parsed) ?? networkDatabase(parsed, properties);
}
/** What the inputs have to be asked for, too. */
function networkDatabase(url, properties) {
    const { kind, servers, instance, database, parameters } = url;
    const [first, ...rest] = servers.map(({ host, port }) => ({ host: (0,_jdbc_network_url_js__WEBPACK_IMPORTED_MODULE_1__/* .unbracketed */ .jG)(host), port }));
    if (first === undefined) {
        throw new TypeError('A URL has a server.');
    }
    const inUrl = (...names) => names.map((name) => parameters.get(name)).find((value) => value !== undefined && value !== '');
    const beside = (key) => properties.get(key) || undefined;
    // PostgreSQL's driver believes the URL, the others what they are told beside it.
    const [urlUser, urlPassword] = [inUrl('user', 'username', 'userName'), inUrl('password')];
    const [user, password] = kind === 'postgresql'
        ? [urlUser ?? beside('jdbc.user'), urlPassword ?? beside('jdbc.password')]
        : [beside('jdbc.user') ?? urlUser, beside('jdbc.password') ?? urlPassword];
    return {
        kind,
        servers: [first, ...rest],
        instance: url.servers[0].portGiven ? undefined : instance,
        // As the driver does, which takes the user's name where the URL has none.
        database: database ?? (kind === 'postgresql' ? user : undefined),
        user,
        password,
        decrypter: beside('jdbc.password.decrypter.classname')?.trim() ??
            (password === ATLASSIAN_SECURED ? 'a secret store' : undefined),
        parameters,
    };
}
/** Stands in place of a password that Atlassian's products keep elsewhere. */
const ATLASSIAN_SECURED = '{ATL_SECURED}';
/** The file in the home that Bitbucket takes by itself; its own URL begins with a placeholder for the home. */
function isOwnFile(url) {
    const [path = ''] = url.slice('jdbc:h2:'.length).split(';');
    return /(?:^|\/)data\/db$/.test(path) && !/^(?:tcp|ssl|mem|zip):/.test(path);
}
function elsewhere(url) {
    const option = url.kind === 'postgresql' ? url.options.find(_jdbc_postgresql_url_js__WEBPACK_IMPORTED_MODULE_2__/* .leadsPostgresqlElsewhere */ .oy) : undefined;
    if (option !== undefined) {
        return {
            problem: `has the parameter ${option.split('=', 1).join('')} in jdbc.url, which names the server in another way`,
        };
    }
    if (url.kind !== 'postgresql' && (url.servers.length > 1 || url.mode !== undefined)) {
        return {
            problem: `names several servers in jdbc.url (${url.servers.map(({ host, port }) => `${host}:${port}`).join(', ')})`,
        };
    }
    return url.kind !== 'postgresql' && url.database === undefined
        ? { problem: 'names no database in jdbc.url' }
        : undefined;
}
function unreadableUrl(url) {
    if (url.startsWith('jdbc:oracle:')) {
        return 'names an Oracle database in jdbc.url, for which there is no strategy of its own';
    }
    return `has a jdbc.url that begins with '${schemeOf(url)}' and cannot be understood`;
}
/** Up to where hosts, and with them secrets, may begin. */
function schemeOf(url) {
    return /^[a-z][\w+-]*:(?:[a-z][\w+-]*:)*/i.exec(url)?.[0].slice(0, 40) ?? 'something else than jdbc:';
}


/***/ }),

/***/ 73769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ databaseRestores),
/* harmony export */   P: () => (/* binding */ databaseStrategies)
/* harmony export */ });
/* harmony import */ var _strategies_not_backed_up_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54732);
/* harmony import */ var _strategies_not_restored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23156);


const databaseStrategies = {
    postgresql: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(680), __webpack_require__.e(365)]).then(__webpack_require__.bind(__webpack_require__, 29365))).postgresql,
    internal: async () => (await __webpack_require__.e(/* import() */ 55).then(__webpack_require__.bind(__webpack_require__, 43055))).internal,
    'postgresql-fslevel': async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(767), __webpack_require__.e(95)]).then(__webpack_require__.bind(__webpack_require__, 23095))).postgresqlFslevel,
    custom: async () => (await __webpack_require__.e(/* import() */ 8).then(__webpack_require__.bind(__webpack_require__, 86008))).custom,
    mssql: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(819), __webpack_require__.e(308)]).then(__webpack_require__.bind(__webpack_require__, 57308))).mssql,
    mysql: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(487)]).then(__webpack_require__.bind(__webpack_require__, 73487))).mysql,
    none: () => Promise.resolve((0,_strategies_not_backed_up_js__WEBPACK_IMPORTED_MODULE_1__/* .notBackedUp */ .b)("database-strategy is 'none'")),
};
/** How what they copied is loaded again. */
const databaseRestores = {
    postgresql: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(680), __webpack_require__.e(510)]).then(__webpack_require__.bind(__webpack_require__, 56510))).postgresqlRestore,
    internal: async () => (await __webpack_require__.e(/* import() */ 12).then(__webpack_require__.bind(__webpack_require__, 41012))).internalRestore,
    'postgresql-fslevel': async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(767), __webpack_require__.e(366)]).then(__webpack_require__.bind(__webpack_require__, 32985))).postgresqlFslevelRestore,
    custom: async () => (await __webpack_require__.e(/* import() */ 16).then(__webpack_require__.bind(__webpack_require__, 14016))).customRestore,
    mssql: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(819), __webpack_require__.e(266)]).then(__webpack_require__.bind(__webpack_require__, 36266))).mssqlRestore,
    mysql: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(487), __webpack_require__.e(892)]).then(__webpack_require__.bind(__webpack_require__, 32892))).mysqlRestore,
    none: () => Promise.resolve(_strategies_not_restored_js__WEBPACK_IMPORTED_MODULE_0__/* .notRestored */ .G),
};


/***/ }),

/***/ 72267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ homeStrategies),
/* harmony export */   V: () => (/* binding */ homeRestores)
/* harmony export */ });
/* harmony import */ var _strategies_not_backed_up_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54732);
/* harmony import */ var _strategies_not_restored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23156);


const homeStrategies = {
    rsync: async () => (await Promise.all(/* import() */[__webpack_require__.e(805), __webpack_require__.e(163)]).then(__webpack_require__.bind(__webpack_require__, 62163))).rsync,
    none: () => Promise.resolve((0,_strategies_not_backed_up_js__WEBPACK_IMPORTED_MODULE_1__/* .notBackedUp */ .b)("home-strategy is 'none'")),
};
/** How what they copied is put back. */
const homeRestores = {
    rsync: async () => (await __webpack_require__.e(/* import() */ 529).then(__webpack_require__.bind(__webpack_require__, 58529))).rsyncRestore,
    none: () => Promise.resolve(_strategies_not_restored_js__WEBPACK_IMPORTED_MODULE_0__/* .notRestored */ .G),
};


/***/ }),

/***/ 82418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R0: () => (/* binding */ HOME_MEMBER),
  y5: () => (/* binding */ STORES_MEMBER),
  zG: () => (/* binding */ treesOf)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/home/exclusions.js
/**
 * What a backup leaves out of the home: what Bitbucket makes again by itself, what belongs to the running process, and
 * the database files of an embedded H2 that Bitbucket does not use any more. Patterns are those of rsync,
 * anchored at the root of what is copied (DESIGN.md, section 7).
 */
const REBUILT_OR_RUNNING = [
    '/caches/',
    '/log/',
    '/tmp',
    '/.lock',
    '/shared/.lock',
    '/export/',
    '/shared/export/',
    '/plugins/.*/',
    '/shared/plugins/.*/',
    '/search/data/',
    '/shared/search/data/',
];
const EMBEDDED_DATABASE = ['/data/db.*', '/shared/data/db.*'];
/**
 * @param excludedRepositories ids of repositories that are left out
 * @param internalDatabase that H2 is Bitbucket's database, and goes with the home
 */
function homeExclusions(excludedRepositories, internalDatabase = false) {
    return [
        ...REBUILT_OR_RUNNING,
        ...(internalDatabase ? [] : EMBEDDED_DATABASE),
        // Without a slash at the end: a link to a repository that was moved elsewhere is left out too.
        ...excludedRepositories.flatMap((id) => [`/shared/data/repositories/${id}`, `/data/repositories/${id}`]),
    ];
}
/** Data stores fan out: `<store>/repositories/<xx>/<yy>/<id>`. */
function storeExclusions(excludedRepositories) {
    return excludedRepositories.map((id) => `/repositories/*/*/${id}`);
}

;// CONCATENATED MODULE: ./build/home/trees.js
/** The folders that are copied, and where each copy stands below `backup-root`. */


/** Names below `backup-root`, and `bitbucket-data-stores/<absolute path>`, are those of Atlassian's scripts. */
const HOME_MEMBER = 'bitbucket-home';
const STORES_MEMBER = 'bitbucket-data-stores';
function treesOf(options) {
    const home = {
        what: 'the home',
        input: 'home-path',
        source: options.homePath,
        member: HOME_MEMBER,
        exclusions: homeExclusions(options.excludedRepositories, options.internalDatabase),
        repositories: 'shared/data/repositories',
    };
    const stores = options.dataStores.map((path) => ({
        what: `the data store ${path}`,
        input: 'data-stores',
        source: path,
        member: (0,external_node_path_.join)(STORES_MEMBER, path),
        exclusions: storeExclusions(options.excludedRepositories),
        repositories: 'repositories',
    }));
    return [home, ...stores];
}


/***/ }),

/***/ 10949:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nm: () => (/* binding */ toolMissing),
/* harmony export */   Qd: () => (/* binding */ CommandError),
/* harmony export */   _J: () => (/* binding */ tookTooLong),
/* harmony export */   of: () => (/* binding */ hangsInKernel),
/* harmony export */   tq: () => (/* binding */ throwIfFailed)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5493);
/** How a program that ended otherwise than it should is told: which, how, and its last words. */



/** A program that ended otherwise than it should: which, how, and its last words. */
class CommandError extends _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ {
    name = 'CommandError';
    program;
    exitCode;
    stderr;
    constructor(code, message, ended, details = {}) {
        super(code, message, details);
        this.program = ended.program;
        this.exitCode = ended.exitCode;
        this.stderr = ended.stderr;
    }
}
/** @throws CommandError unless it ended with 0 or one of `okCodes` */
function throwIfFailed(ended, okCodes) {
    if (ended.exitCode !== null && [0, ...okCodes].includes(ended.exitCode)) {
        return;
    }
    if (ended.signal !== null) {
        const why = ended.signal === 'SIGKILL' ? ' (out of memory?)' : '';
        throw new CommandError('CHILD_KILLED', `${ended.program} was killed by ${ended.signal}${why}${lastWords(ended)}.`, ended);
    }
    throw new CommandError(ended.stderr.some((line) => line.includes('No space left on device')) ? 'DISK_FULL' : 'COMMAND_FAILED', `${ended.program} failed with exit code ${ended.exitCode}${lastWords(ended)}.`, ended);
}
/** @param limitMs what it was given */
function tookTooLong(ended, limitMs) {
    const seconds = Math.round(limitMs / 1_000);
    return new CommandError('STEP_TIMEOUT', `${ended.program} did not end within ${seconds} s and was stopped.`, ended);
}
/** Left behind, because no signal ends it. */
function hangsInKernel(program, pid) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('STEP_TIMEOUT', `${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(program)} (process ${pid ?? 'unknown'}) hangs in the kernel and cannot be ended; it was left behind.`, { advice: 'Look for a file system that does not answer.' });
}
/** The last lines that a program said, for the error sentence. */
function lastWords(ended) {
    const words = ended.stderr
        .map((line) => (0,_log_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g)(line).trim())
        .filter((line) => line !== '')
        .slice(-5)
        .join(' | ')
        .replace(/\.$/, '');
    return words === '' ? '' : `: ${words}`;
}
function toolMissing(program, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('TOOL_MISSING', `The program ${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(program)} is not installed or not on PATH.`, {
        advice: `Install ${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(program)} on the runner.`,
        cause,
    });
}


/***/ }),

/***/ 77696:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ createCommandRunner)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./build/host/child-input.js


/** As `spawn` takes it. */
function standardInput({ input, stdin }) {
    if (typeof stdin === 'number' || stdin instanceof external_node_net_.Socket) {
        return stdin;
    }
    return stdin === undefined && input === undefined ? 'ignore' : 'pipe';
}
/**
 * Between two programs nothing goes through us: at half a gigabyte a second that would cost as much as what they do. Our
 * own end of the pipe is closed, so that either of the two feels the end of the other.
 * @returns asks why the stream did not come to its end; undefined as long as it did, or the program wanted no more of it
 */
function feed(child, stdin) {
    let failure;
    if (stdin instanceof external_node_net_.Socket) {
        stdin.destroy();
    }
    else if (stdin instanceof external_node_stream_.Readable && child.stdin !== null) {
        const into = child.stdin;
        let over = false;
        // The program takes the break for the end, and may be content with half of its input.
        const broken = (error) => {
            failure ??= over ? undefined : error;
            into.destroy();
        };
        const closed = () => {
            if (!stdin.readableEnded) {
                broken(new Error('The stream was closed before its end.'));
            }
        };
        stdin.on('error', broken);
        stdin.on('close', closed);
        const enough = () => {
            over = true;
            stdin.destroy();
        };
        into.on('close', enough);
        child.once('exit', enough);
        if (stdin.destroyed) {
            broken(new Error('The stream was closed before it was read.'));
        }
        else {
            stdin.pipe(into);
        }
    }
    return () => failure;
}

// EXTERNAL MODULE: ./build/host/process-groups.js
var process_groups = __webpack_require__(26735);
// EXTERNAL MODULE: ./build/host/stream-lines.js
var stream_lines = __webpack_require__(84301);
;// CONCATENATED MODULE: ./build/host/child-output.js


/** Enough for a version, a list or a JSON answer; more than this is a program gone wrong. */
const COLLECTED_LIMITS = { maxLines: 500_000, maxBytes: 16 * 1024 * 1024 };
const STDERR_LIMITS = { maxLines: 200, maxBytes: 256 * 1024 };
/** A grandchild can hold a pipe open after the program has ended; we do not wait longer than this for it. */
const PIPE_GRACE_MS = 2_000;
/** Reads both outputs to their ends. What a consumer throws surfaces from `done`. */
function consume(child, options) {
    const stdout = new stream_lines/* TailBuffer */.v(COLLECTED_LIMITS);
    const stderr = new stream_lines/* TailBuffer */.v(STDERR_LIMITS);
    const { onLine, onStdout, onErrorLine } = options;
    const readers = [];
    if (child.stdout !== null) {
        readers.push(onStdout === undefined
            ? (0,stream_lines/* forEachLine */.F)(child.stdout, onLine ?? ((line) => stdout.push(line)))
            : onStdout(child.stdout));
    }
    if (child.stderr !== null) {
        readers.push((0,stream_lines/* forEachLine */.F)(child.stderr, (line) => {
            stderr.push(line);
            onErrorLine?.(line);
        }));
    }
    // A program that ends without reading its input says so by its exit code.
    child.stdin?.on('error', () => undefined);
    if (options.stdin === undefined) {
        child.stdin?.end(options.input);
    }
    const done = Promise.all(readers).then(() => undefined);
    done.catch(() => {
        // The consumer failed (a full disk, say): the program must not wait for ever on a pipe that nobody reads.
        if (child.pid !== undefined) {
            (0,process_groups/* endGroup */.N4)(child.pid);
        }
    });
    return { stdout, stderr, done };
}
/** Waits for the rest of the output; bytes that somebody consumes are waited for to the last one. */
async function drained(output, child, options) {
    if (options.onStdout !== undefined) {
        await output.done;
        return;
    }
    const grace = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
    }, PIPE_GRACE_MS);
    try {
        await output.done;
    }
    finally {
        clearTimeout(grace);
    }
}

;// CONCATENATED MODULE: ./build/host/child-watch.js

/**
 * After SIGTERM, SIGKILL and some patience: a process that is still there hangs in the kernel, on a dead file system say.
 * Nobody can end it, and Bitbucket must not stay locked for it.
 */
const STUCK_AFTER_MS = process_groups/* TERMINATION_GRACE_MS */.vy + 2_000;
/** The child was told to end, and did not. */
class StuckError extends Error {
}
/** Ends the program's group when the run is aborted or the deadline has passed. */
function watchForEnd(child, options) {
    const { pid } = child;
    let timedOut = false;
    let patience;
    const stuck = Promise.withResolvers();
    stuck.promise.catch(() => undefined);
    const end = () => {
        if (pid !== undefined) {
            (0,process_groups/* endGroup */.N4)(pid);
            patience ??= setTimeout(() => stuck.reject(new StuckError()), STUCK_AFTER_MS);
        }
    };
    const deadline = options.deadlineMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            end();
        }, options.deadlineMs);
    options.signal?.addEventListener('abort', end, { once: true });
    return {
        stuck: stuck.promise,
        stop: () => {
            clearTimeout(deadline);
            clearTimeout(patience);
            options.signal?.removeEventListener('abort', end);
        },
        timedOut: () => timedOut,
    };
}
/** Without this its pipes would keep our process from ending. */
function leaveBehind(child) {
    child.stdin?.destroy();
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.unref();
}

// EXTERNAL MODULE: ./build/host/command-error.js
var command_error = __webpack_require__(10949);
// EXTERNAL MODULE: ./build/host/environment.js
var environment = __webpack_require__(82058);
;// CONCATENATED MODULE: ./build/host/command.js
/**
 * Runs programs: argument arrays and no shell, a group of its own for each, an explicit environment, output that cannot
 * flood memory, an end that is always awaited. `@actions/exec` serves the short version queries (`tools.ts`); it can
 * neither signal a child nor end it, so nothing long may run through it.
 */









function createCommandRunner(runner = {}) {
    return { run: (program, args, options) => run(program, args, runner, options ?? {}) };
}
async function run(program, args, runner, options) {
    options.signal?.throwIfAborted();
    const child = (0,external_node_child_process_.spawn)(program, [...args], {
        detached: true,
        env: (0,environment/* childEnvironment */.Q)({ ...options.env, ...runner.marker }),
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        stdio: [standardInput(options), 'pipe', 'pipe'],
    });
    const unfed = feed(child, options.stdin);
    if (child.pid !== undefined) {
        (0,process_groups/* registerGroup */.fM)(child.pid);
    }
    const exited = exitOf(child);
    const output = consume(child, options);
    const watch = watchForEnd(child, options);
    try {
        const [code, signal] = await Promise.race([exited, watch.stuck]);
        await drained(output, child, options);
        const ended = { program: (0,external_node_path_.basename)(program), exitCode: code, signal, stderr: output.stderr.lines() };
        options.signal?.throwIfAborted();
        if (watch.timedOut()) {
            throw (0,command_error/* tookTooLong */._J)(ended, options.deadlineMs ?? 0);
        }
        const cut = unfed();
        if (cut !== undefined) {
            throw cut;
        }
        (0,command_error/* throwIfFailed */.tq)(ended, options.okCodes ?? []);
        return { exitCode: code ?? 0, stdout: output.stdout.lines().join('\n'), stderr: ended.stderr };
    }
    catch (error) {
        // The program is gone, but workers of its own may not be: a pg_dump that was killed leaves some.
        if (child.pid !== undefined) {
            (0,process_groups/* signalGroup */.i8)(child.pid, 'SIGKILL');
        }
        if (error instanceof StuckError) {
            leaveBehind(child);
            const stuck = (0,command_error/* hangsInKernel */.of)(program, child.pid);
            runner.onStuck?.(stuck.message);
            options.signal?.throwIfAborted();
            throw stuck;
        }
        throw (0,errors/* isErrno */.r)(error, 'ENOENT', 'EACCES') && child.pid === undefined ? (0,command_error/* toolMissing */.Nm)(program, error) : error;
    }
    finally {
        watch.stop();
        if (child.pid !== undefined) {
            (0,process_groups/* forgetGroup */.LK)(child.pid);
        }
    }
}
async function exitOf(child) {
    return await new Promise((resolve, reject) => {
        child.once('error', reject);
        // `exit`, not `close`: a grandchild that keeps a pipe open must not keep us.
        child.once('exit', (code, signal) => resolve([code, signal]));
    });
}


/***/ }),

/***/ 82058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ childEnvironment)
/* harmony export */ });
/**
 * The environment of our children: what a program needs to find its way, and nothing else. Inputs with passwords,
 * NODE_OPTIONS, LD_PRELOAD, GIT_* and the runner's tokens stay here; what one strategy's tool needs (libpq's variables,
 * say) that strategy passes itself.
 */
const PASSED_ON = [
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'TZ',
    'TMPDIR',
    'XDG_RUNTIME_DIR',
    'KRB5CCNAME',
    'KRB5_CONFIG',
    // The runner finds and ends orphans of a job by it.
    'RUNNER_TRACKING_ID',
];
function childEnvironment(extra = {}, own = process.env) {
    const environment = {};
    for (const name of PASSED_ON) {
        const value = own[name];
        if (value !== undefined) {
            environment[name] = value;
        }
    }
    // Messages are read by this program and by whoever asks for help with them: one language, one number format.
    return { ...environment, LC_ALL: 'C.UTF-8', ...extra };
}


/***/ }),

/***/ 9420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ killOrphans),
/* harmony export */   v: () => (/* binding */ orphanMarker)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/**
 * Children that outlived their run: after a SIGKILL nobody ended them, and they may still be writing where the next run
 * is about to write. They are known by a variable in their environment (proc(5), /proc/<pid>/environ).
 */

const MARKER = 'BITBUCKET_BACKUP_RUN';
/** The environment that every child of a run carries. */
function orphanMarker(runId) {
    return { [MARKER]: runId };
}
/** One that is being killed may just have started another. */
const MOST_LOOKS = 10;
/** Kills what is left of a run that is over. @returns the ids of the processes that were killed */
function killOrphans(runId) {
    const killed = new Set();
    for (let look = 0; look < MOST_LOOKS; look += 1) {
        const orphans = processIds().filter((pid) => !killed.has(pid) && carriesMarker(pid, runId));
        if (orphans.length === 0) {
            break;
        }
        for (const pid of orphans) {
            killed.add(pid);
            kill(pid);
        }
    }
    return [...killed];
}
function processIds() {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .filter((pid) => pid !== process.pid);
}
function kill(pid) {
    try {
        process.kill(pid, 'SIGKILL');
    }
    catch {
        // Gone meanwhile.
    }
}
function carriesMarker(pid, runId) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${MARKER}=${runId}`);
    }
    catch {
        // Gone, or another user's.
        return false;
    }
}


/***/ }),

/***/ 10105:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ PARTIAL_NAME),
/* harmony export */   H: () => (/* binding */ removePartials)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/** Half-written files and folders of a run that is over. Removed only by a name that could be nothing else. */


/** Such names start with a dot and say what they are, so that a forged journal cannot have anything else removed. */
const PARTIAL_NAME = /^\..+\.partial-[A-Za-z0-9._-]+$/;
/** @returns the paths that were removed */
function removePartials(paths) {
    return paths.filter((path) => {
        if (!(0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(path) || path.split('/').includes('..') || !PARTIAL_NAME.test((0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path))) {
            return false;
        }
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path, { recursive: true, force: true });
        return true;
    });
}


/***/ }),

/***/ 77338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ sideBySide)
/* harmony export */ });
/** Runs partners at the same time. The first failure stops the others; all have ended before it is thrown. */
async function sideBySide(signal, partners) {
    const stop = new AbortController();
    const shared = AbortSignal.any([signal, stop.signal]);
    const failures = [];
    const settled = await Promise.allSettled(partners.map(async (partner) => {
        try {
            return await partner(shared);
        }
        catch (error) {
            failures.push(error);
            stop.abort(error);
            throw error;
        }
    }));
    if (failures.length > 0) {
        throw failures[0];
    }
    return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}


/***/ }),

/***/ 84301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ forEachLine),
/* harmony export */   v: () => (/* binding */ TailBuffer)
/* harmony export */ });
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46193);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


/** A line longer than this is handed on in pieces: a program that never ends a line must not fill memory. */
const LONGEST_LINE = 64 * 1024;
/** Calls `onLine` for every line; rsync ends its progress lines with a carriage return, so that counts too. */
async function forEachLine(stream, onLine) {
    const decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_0__.StringDecoder('utf8');
    let rest = '';
    const chunks = stream;
    try {
        for await (const chunk of chunks) {
            const parts = (rest + decoder.write(chunk)).split(/[\r\n]/);
            rest = parts.pop() ?? '';
            for (const line of parts) {
                if (line !== '') {
                    onLine(line);
                }
            }
            if (rest.length > LONGEST_LINE) {
                onLine(rest);
                rest = '';
            }
        }
    }
    catch (error) {
        // Destroyed because a grandchild held the pipe after the program had ended: what was said is complete.
        // (What onLine throws destroys the stream as well, and must not be lost.)
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isErrno */ .r)(error, 'ERR_STREAM_PREMATURE_CLOSE')) {
            throw error;
        }
    }
    rest += decoder.end();
    if (rest !== '') {
        onLine(rest);
    }
}
/** Keeps the last lines within limits. */
class TailBuffer {
    #limits;
    #lines = [];
    #bytes = 0;
    constructor(limits) {
        this.#limits = limits;
    }
    push(line) {
        this.#lines.push(line);
        this.#bytes += line.length;
        if (this.#lines.length > 2 * this.#limits.maxLines || this.#bytes > 2 * this.#limits.maxBytes) {
            this.#trim();
        }
    }
    lines() {
        this.#trim();
        return this.#lines;
    }
    #trim() {
        let first = this.#lines.length;
        let bytes = 0;
        while (first > 0 && this.#lines.length - first < this.#limits.maxLines && bytes < this.#limits.maxBytes) {
            first -= 1;
            bytes += this.#lines[first]?.length ?? 0;
        }
        this.#lines = this.#lines.slice(first);
        this.#bytes = bytes;
    }
}


/***/ }),

/***/ 92276:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ refuseForeignInputs)
/* harmony export */ });
/* harmony import */ var _declarations_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9077);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70401);
/** An input that belongs to another strategy is an error: it would be ignored, and somebody believes it is not. */


/** The input that chooses the strategy of each slot. */
const CHOOSING_INPUT = {
    home: 'home-strategy',
    database: 'database-strategy',
    search: 'elasticsearch-strategy',
    archive: 'archive-strategy',
};
/** An input left at its default says nothing, because the runner passes defaults as if they had been written. */
function refuseForeignInputs(inputs, action, chosen) {
    const selected = new Set(Object.entries(chosen).map(([slot, strategy]) => `${slot}:${strategy}`));
    for (const declaration of (0,_declarations_js__WEBPACK_IMPORTED_MODULE_0__/* .inputsOf */ .V)(action)) {
        const { name, strategies } = declaration;
        if (strategies === undefined || strategies.some((one) => selected.has(one) || isOfUnknown(one, chosen))) {
            continue;
        }
        const isSet = declaration.secret === true ? inputs.secret(name) !== undefined : inputs.isGiven(name);
        if (isSet) {
            inputs.problem(name, `belongs to ${owners(strategies)}; remove it, or choose that strategy.`);
        }
    }
}
function isOfUnknown(strategy, chosen) {
    return Object.entries(chosen).some(([slot, name]) => name === undefined && strategy.startsWith(`${slot}:`));
}
/** `database-strategy: mysql or mssql`; one input belongs to strategies of one slot. */
function owners(strategies) {
    const slot = strategies[0]?.split(':')[0] ?? '';
    const input = Object.entries(CHOOSING_INPUT).find(([known]) => known === slot)?.[1] ?? slot;
    return `${input}: ${(0,_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .orList */ .A)(strategies.map((owner) => owner.split(':')[1] ?? ''))}`;
}


/***/ }),

/***/ 34937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Q8: () => (/* binding */ AUTO),
  RA: () => (/* binding */ chooseDatabase),
  AP: () => (/* binding */ databaseChoices)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/bitbucket/home-properties.js
var home_properties = __webpack_require__(92137);
// EXTERNAL MODULE: ./build/bitbucket/used-database.js
var used_database = __webpack_require__(8807);
// EXTERNAL MODULE: ./build/database/registry.js
var registry = __webpack_require__(73769);
// EXTERNAL MODULE: ./build/pipeline/common-options.js
var common_options = __webpack_require__(86769);
;// CONCATENATED MODULE: ./build/pipeline/auto/mssql-parameters.js
const PASSED = ['encrypt', 'trustservercertificate', 'integratedsecurity', 'hostnameincertificate'];
/** Ways to log in, and stores of certificates, that only Java knows. */
const IMPOSSIBLE = [
    'authentication',
    'authenticationscheme',
    'domain',
    'truststore',
    'keystoreauthentication',
    'failoverpartner',
    'usentlmv2',
];
function mssqlParameters({ parameters }) {
    const given = (name) => parameters.get(name) || undefined;
    const told = Object.fromEntries(PASSED.map((name) => [name, given(name)]).filter((entry) => entry[1] !== undefined));
    // Of jTDS: request, require, authenticate.
    const ssl = given('ssl')?.toLowerCase();
    const encrypt = ssl === 'require' || ssl === 'authenticate' ? { encrypt: 'true' } : {};
    const ignored = IMPOSSIBLE.filter((name) => given(name) !== undefined && given(name) !== 'SqlPassword');
    return { parameters: { ...encrypt, ...told }, ignored: ignored.map((name) => `the parameter ${name}`) };
}

;// CONCATENATED MODULE: ./build/pipeline/auto/mysql-parameters.js
const MODES = {
    // Connector/J
    DISABLED: 'DISABLED',
    PREFERRED: 'PREFERRED',
    REQUIRED: 'REQUIRED',
    VERIFY_CA: 'VERIFY_CA',
    VERIFY_IDENTITY: 'VERIFY_IDENTITY',
    // MariaDB Connector/J
    DISABLE: 'DISABLED',
    TRUST: 'REQUIRED',
    'VERIFY-CA': 'VERIFY_CA',
    'VERIFY-FULL': 'VERIFY_IDENTITY',
};
/** Key stores of Java; a certificate of MariaDB's in PEM is passed on. */
const mysql_parameters_IMPOSSIBLE = [
    'trustCertificateKeyStoreUrl',
    'clientCertificateKeyStoreUrl',
    'trustStore',
    'keyStore',
    'socketFactory',
];
function mysqlParameters({ parameters }) {
    const told = {};
    const mode = MODES[parameters.get('sslMode')?.toUpperCase() ?? ''] ?? oldMode(parameters);
    if (mode !== undefined) {
        told['ssl-mode'] = mode;
    }
    const authority = parameters.get('serverSslCert');
    if (authority?.startsWith('/') === true) {
        told['ssl-ca'] = authority;
    }
    const ignored = mysql_parameters_IMPOSSIBLE.filter((name) => parameters.has(name));
    return { parameters: told, ignored: ignored.map((name) => `the parameter ${name}`) };
}
/** Before `sslMode` there were three switches. */
function oldMode(parameters) {
    const isOn = (name) => parameters.get(name)?.toLowerCase() === 'true';
    const use = parameters.get('useSSL') ?? parameters.get('useSsl');
    if (use === undefined) {
        return undefined;
    }
    if (use.toLowerCase() !== 'true') {
        return 'DISABLED';
    }
    if (isOn('verifyServerCertificate')) {
        return 'VERIFY_CA';
    }
    return isOn('requireSSL') || isOn('trustServerCertificate') ? 'REQUIRED' : 'PREFERRED';
}

;// CONCATENATED MODULE: ./build/pipeline/auto/postgresql-parameters.js
/** The same words with the same values. */
const SAME = {
    sslmode: 'sslmode',
    sslrootcert: 'sslrootcert',
    sslcert: 'sslcert',
    sslkey: 'sslkey',
    channelBinding: 'channel_binding',
    gssEncMode: 'gssencmode',
    kerberosServerName: 'krbsrvname',
};
/** `read-write` is understood by every libpq that knows the word at all (10); `standby` since 14. */
const SESSIONS = {
    primary: 'read-write',
    master: 'read-write',
    secondary: 'standby',
    slave: 'standby',
    preferSecondary: 'prefer-standby',
    preferSlave: 'prefer-standby',
};
const NOT_VALIDATING = 'org.postgresql.ssl.NonValidatingFactory';
const LIBPQ_LIKE = 'org.postgresql.ssl.LibPQFactory';
const OF_JAVA = 'org.postgresql.ssl.DefaultJavaSSLFactory';
/** They would need Java, or a secret on the command line. */
const postgresql_parameters_IMPOSSIBLE = [
    'sslpassword',
    'sslpasswordcallback',
    'sslhostnameverifier',
    'socketFactory',
    'socketFactoryArg',
    'authenticationPluginClassName',
];
function postgresqlParameters({ parameters, servers }) {
    const told = {};
    const ignored = postgresql_parameters_IMPOSSIBLE.filter((name) => parameters.has(name));
    for (const [name, word] of Object.entries(SAME)) {
        const value = parameters.get(name);
        if (value === undefined || value === '') {
            continue;
        }
        if (name === 'sslkey' && /\.(?:p12|pfx)$/i.test(value)) {
            ignored.push('sslkey');
        }
        else {
            told[word] = value;
        }
    }
    const factory = parameters.get('sslfactory');
    if (factory !== undefined && factory !== NOT_VALIDATING && factory !== LIBPQ_LIKE) {
        ignored.push('sslfactory');
    }
    told['sslmode'] ??= sslMode(parameters, factory);
    const session = SESSIONS[parameters.get('targetServerType') ?? ''];
    if (session !== undefined && servers.length > 1) {
        told['target_session_attrs'] = session;
    }
    return { parameters: withoutEmpty(told), ignored: ignored.map((name) => `the parameter ${name}`) };
}
/** `ssl=true`, or `ssl` alone, checks the certificate unless the factory says that nobody does. */
function sslMode(parameters, factory) {
    const ssl = parameters.get('ssl');
    if (ssl !== '' && ssl !== 'true') {
        return '';
    }
    // libpq does not know the authorities of Java.
    return factory === NOT_VALIDATING || factory === OF_JAVA ? 'require' : 'verify-full';
}
function withoutEmpty(values) {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

;// CONCATENATED MODULE: ./build/pipeline/auto/answers.js



function answersOf(found, given) {
    const { parameters, ignored } = clientParameters(found);
    const server = serverAnswers(found, given);
    return {
        values: {
            ...server.values,
            ...answer('database-name', found.database),
            ...answer('database-username', found.user),
            // Somebody else's password is of no use to the user that the inputs name.
            ...(isForUser(found, given) ? answer('database-password', found.password) : {}),
        },
        parameters: { ...parameters, ...server.parameters },
        ignored,
    };
}
/** Is the password in the file that of the user who is going to log in? */
function isForUser({ user, decrypter }, { username }) {
    return decrypter === undefined && (username === undefined || username === user);
}
/** A host that the inputs name is one server, whichever of several Bitbucket would have chosen. */
function serverAnswers(found, given) {
    const { servers, instance } = found;
    const ports = [...new Set(servers.map(({ port }) => String(port)))];
    const [port, ...others] = ports;
    const isOnePort = others.length === 0;
    const hosts = servers.map(({ host }) => host).join(',');
    const named = instance === undefined ? hosts : `${hosts}\\${instance}`;
    return {
        values: {
            ...answer('database-host', named),
            ...(isOnePort && (instance === undefined || given.host !== undefined)
                ? answer('database-port', port)
                : {}),
        },
        parameters: isOnePort || given.host !== undefined || given.port !== undefined
            ? {}
            : { port: servers.map((server) => server.port).join(',') },
    };
}
function clientParameters(found) {
    switch (found.kind) {
        case 'postgresql':
            return postgresqlParameters(found);
        case 'mysql':
            return mysqlParameters(found);
        case 'mssql':
            return mssqlParameters(found);
    }
}
function answer(name, value) {
    return value === undefined || value === '' ? {} : { [name]: value };
}

// EXTERNAL MODULE: ./build/bitbucket/jdbc-url.js + 2 modules
var jdbc_url = __webpack_require__(33200);
// EXTERNAL MODULE: ./build/bitbucket/jdbc/network-url.js
var network_url = __webpack_require__(33732);
;// CONCATENATED MODULE: ./build/pipeline/auto/describe-database.js
/** Bitbucket's database in words, as far as they may be printed. */

const KIND_NAMES = {
    postgresql: 'PostgreSQL',
    mysql: 'MySQL or MariaDB',
    mssql: 'SQL Server',
    internal: 'no jdbc.url, so that Bitbucket uses the internal database in its home',
};
/** What is going to be connected to: the inputs win. */
function describeDatabase(used, given) {
    if (used.kind === 'internal') {
        return 'the internal database, for no jdbc.url names another one';
    }
    const database = given.database ?? used.database;
    const user = given.username ?? used.user;
    return [
        KIND_NAMES[used.kind],
        ...(database === undefined ? [] : [` '${database}'`]),
        ` at ${given.host === undefined ? serversOf(used, given.port) : `${given.host}:${given.port ?? used.servers[0].port}`}`,
        ...(user === undefined ? [] : [`, user '${user}'`]),
    ].join('');
}
function serversOf({ servers, instance }, port) {
    return servers
        .map((server) => instance === undefined
        ? `${(0,network_url/* bracketed */.Em)(server.host)}:${port ?? server.port}`
        : `${server.host}\\${instance}${port === undefined ? '' : `:${port}`}`)
        .join(',');
}

;// CONCATENATED MODULE: ./build/pipeline/auto/compare-database.js
/**
 * Do the inputs name the database that Bitbucket uses? One server has many names (aliases, another network, a socket), so
 * that a difference is told and no more; only that the internal database is a leftover can be known for sure.
 */


/** What the strategies back up; those of an administrator's own can be for anything. */
const KINDS = {
    postgresql: 'postgresql',
    'postgresql-fslevel': 'postgresql',
    mysql: 'mysql',
    mssql: 'mssql',
    internal: 'internal',
};
const NOTHING_GIVEN = {
    host: undefined,
    port: undefined,
    database: undefined,
    username: undefined,
    hasPassword: false,
};
function comparedWithInputs({ used, path, strategy, given }) {
    const kind = KINDS[strategy];
    if (kind === undefined) {
        return [];
    }
    if (kind !== used.kind) {
        return [
            {
                severity: kind === 'internal' ? 'error' : 'warning',
                subject: 'database-strategy',
                message: `Input 'database-strategy' is '${strategy}', and '${path}' names ${used.kind === 'internal' ? KIND_NAMES.internal : describeDatabase(used, NOTHING_GIVEN)}; make sure that the backup is of the database that Bitbucket uses.`,
            },
        ];
    }
    return used.kind === 'internal' || !isAnother(used, given)
        ? []
        : [
            {
                severity: 'warning',
                subject: given.host === undefined ? 'database-name' : 'database-host',
                message: `The inputs name ${describeDatabase(used, { ...given, username: undefined })}, and '${path}' names ${describeDatabase(used, NOTHING_GIVEN)}; make sure that both are the same database, because a backup of another one is of no use.`,
            },
        ];
}
/** What the inputs leave open does not differ. */
function isAnother({ kind, servers, database }, given) {
    const host = given.host?.startsWith('/') === true ? 'localhost' : given.host;
    const fits = servers.some((server) => (host === undefined || (0,jdbc_url/* isSameHost */.Xf)(server.host, host)) &&
        (given.port === undefined || given.port === String(server.port)));
    return !fits || (given.database !== undefined && !(0,jdbc_url/* isSameDatabase */.Gp)(kind, database, given.database));
}

// EXTERNAL MODULE: ./build/pipeline/auto/foreign-findings.js
var foreign_findings = __webpack_require__(93994);
;// CONCATENATED MODULE: ./build/pipeline/auto/choose-database.js
/**
 * The database strategy of a backup: the one that the inputs name, or with `auto` the one that fits the database in
 * `bitbucket.properties`. Only the inputs are judged here. What the file says wrong becomes a finding of preflight: by then a
 * run that died has been recovered, and an unmounted home must not keep Bitbucket locked.
 */









const AUTO = 'auto';
/** The choices of the input `database-strategy`. */
function databaseChoices() {
    return [AUTO, ...(0,common_options/* keysOf */.Y)(registry/* databaseStrategies */.P)];
}
/** Reads `bitbucket.properties`, and changes nothing. Notes wrong inputs in the reader. */
async function chooseDatabase(inputs, wanted, homeStrategy) {
    if (wanted === AUTO && homeStrategy === 'none') {
        inputs.problem('database-strategy', "is 'auto', which looks into bitbucket.properties of the home, and home-strategy is 'none'; name the strategy of the database.");
    }
    const homePath = homeStrategy === 'none' ? '' : inputs.written('home-path');
    // What is wrong with it the reader of the home says.
    const isUsable = (0,external_node_path_.isAbsolute)(homePath) && !/\p{Cc}/u.test(homePath) && !homePath.split('/').includes('..');
    if (!isUsable || wanted === 'none') {
        return { name: wanted === AUTO ? undefined : wanted, inputs, used: { findings: [] } };
    }
    const read = await (0,home_properties/* readHomeProperties */.X)(homePath);
    return wanted === AUTO ? found(inputs, homePath, read) : named(inputs, wanted, read);
}
/** The inputs say how; the file, where it can be read, whether that is the database of this Bitbucket. */
function named(inputs, name, read) {
    const used = 'problem' in read ? undefined : (0,used_database/* usedDatabase */.b)(read.properties);
    const findings = 'problem' in read || used === undefined || 'problem' in used
        ? []
        : comparedWithInputs({ used, path: read.path, strategy: name, given: givenConnection(inputs) });
    return { name, inputs, used: { findings } };
}
function found(inputs, homePath, read) {
    if ('problem' in read) {
        return unknown(inputs, 'home-path', `Input 'database-strategy' is 'auto', and '${homePath}' ${read.problem}; correct home-path, mount its volume, or name the strategy.`);
    }
    const { path } = read;
    const used = (0,used_database/* usedDatabase */.b)(read.properties);
    if ('problem' in used) {
        return unknown(inputs, 'database-strategy', `Input 'database-strategy' is 'auto', and '${path}' ${used.problem}; name the strategy with the inputs database-*, or use custom or none.`);
    }
    const name = (0,common_options/* keysOf */.Y)(registry/* databaseStrategies */.P).find((key) => key === used.kind);
    if (name === undefined) {
        return unknown(inputs, 'database-strategy', `'${path}' names a database of ${KIND_NAMES[used.kind]}, for which there is no strategy; use custom or none.`);
    }
    const told = describeDatabase(used, givenConnection(inputs));
    const foreign = (0,foreign_findings/* foreignFindings */.v)(inputs, name, `'${path}' names ${KIND_NAMES[used.kind]}`);
    const summary = `Database found in '${path}': ${told}`;
    return used.kind === 'internal'
        ? { name, inputs, used: { told: summary, findings: foreign } }
        : network(inputs, { name, path, used, told: summary, foreign });
}
function network(inputs, { name, path, used, told, foreign }) {
    const given = givenConnection(inputs);
    if (used.password !== undefined && used.password !== '') {
        inputs.mask(used.password);
    }
    const answers = answersOf(used, given);
    return {
        name,
        inputs: inputs.answering(answers),
        used: {
            told,
            findings: [
                ...foreign,
                ...encryptedFindings(used, given, path),
                ...comparedWithInputs({ used, path, strategy: name, given }),
                ...answers.ignored.map((what) => ({
                    severity: 'warning',
                    subject: 'database-strategy',
                    message: `jdbc.url in '${path}' has ${what}, which no client outside of Java can be told; the backup connects without it.`,
                })),
            ],
        },
    };
}
function encryptedFindings(used, given, path) {
    return used.decrypter === undefined ||
        given.hasPassword ||
        !isForUser({ ...used, decrypter: undefined }, given)
        ? []
        : [
            {
                severity: 'error',
                subject: 'database-password',
                message: `jdbc.password in '${path}' is encrypted (${used.decrypter}); give the password as input 'database-password'.`,
            },
        ];
}
function unknown(inputs, subject, message) {
    return {
        name: undefined,
        inputs,
        used: { findings: [{ severity: 'error', subject, message }] },
    };
}
function givenConnection(inputs) {
    const given = (name) => inputs.written(name) || undefined;
    return {
        host: given('database-host'),
        port: given('database-port'),
        database: given('database-name'),
        username: given('database-username'),
        hasPassword: inputs.secret('database-password') !== undefined,
    };
}


/***/ }),

/***/ 93994:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ foreignFindings)
/* harmony export */ });
/* harmony import */ var _inputs_declarations_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9077);
/** Inputs that belong to another strategy than the one that `auto` has found. They would be ignored, and somebody believes they are not. */

/** @param found says what made it this strategy */
function foreignFindings(inputs, strategy, found, action = 'backup') {
    return (0,_inputs_declarations_js__WEBPACK_IMPORTED_MODULE_0__/* .inputsOf */ .V)(action)
        .filter(({ strategies = [] }) => strategies.some((owner) => owner.startsWith('database:')))
        .filter(({ strategies = [] }) => !strategies.includes(`database:${strategy}`))
        .filter(({ name, secret }) => secret === true ? inputs.secret(name) !== undefined : inputs.isGiven(name))
        .map(({ name }) => ({
        severity: 'error',
        subject: name,
        message: `Input '${name}' does not belong to the strategy '${strategy}', which auto has chosen: ${found}; remove the input, or name the database-strategy.`,
    }));
}


/***/ }),

/***/ 86769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ readInstanceName),
/* harmony export */   Y: () => (/* binding */ keysOf)
/* harmony export */ });
const INSTANCE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
function readInstanceName(inputs) {
    const name = inputs.requiredText('instance-name');
    if (name !== '' && !INSTANCE_NAME.test(name)) {
        inputs.problem('instance-name', `is '${name}'; use up to 64 letters, digits, dots, dashes and underscores, a letter or digit first.`);
    }
    return name;
}
/** The names in a registry, as `InputReader.choice` takes them. */
function keysOf(registry) {
    const keys = [];
    for (const key in registry) {
        keys.push(key);
    }
    const [first, ...rest] = keys;
    if (first === undefined) {
        throw new TypeError('A registry of strategies is empty.');
    }
    return [first, ...rest];
}


/***/ }),

/***/ 99161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ firstFailedStep)
/* harmony export */ });
/** Of steps side by side the one that failed first; the others were stopped because of it. */
function firstFailedStep(spans) {
    return spans
        .filter(({ outcome }) => outcome === 'failed')
        .sort((a, b) => (a.endMs ?? 0) - (b.endMs ?? 0))[0]?.name;
}


/***/ }),

/***/ 64603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ nearestExisting),
/* harmony export */   p: () => (/* binding */ folderFindings)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/** Can the folder that a run writes to be used? Looks only; nothing is created before all checks have passed. */



/** @param input the input that names the folder */
function folderFindings(input, path) {
    const found = statOf(path);
    const complaint = found === undefined ? missingComplaint(path) : existingComplaint(path, found);
    return complaint === undefined
        ? []
        : [{ severity: 'error', subject: input, message: `Input '${input}' ${complaint}` }];
}
function existingComplaint(path, found) {
    if (found.isSymbolicLink()) {
        return `names ${path}, a symbolic link; name the folder that it leads to.`;
    }
    if (!found.isDirectory()) {
        return `names ${path}, which is not a folder.`;
    }
    const own = process.getuid?.() ?? found.uid;
    if (found.uid !== own && found.uid !== 0) {
        return `names ${path}, which belongs to user id ${found.uid}; it must belong to the user that runs the backup.`;
    }
    if ((found.mode & 0o002) !== 0) {
        return `names ${path}, which anybody may write to; remove that right (chmod o-w).`;
    }
    return writable(path)
        ? undefined
        : `names ${path}, which cannot be written to; check its rights and mount.`;
}
function missingComplaint(path) {
    const parent = nearestExisting(path);
    const stat = statOf(parent);
    if (stat !== undefined && !stat.isDirectory() && !stat.isSymbolicLink()) {
        return `names ${path}, but ${parent} is not a folder.`;
    }
    return writable(parent)
        ? undefined
        : `names ${path}, which does not exist and cannot be created in ${parent}.`;
}
function nearestExisting(path) {
    let current = path;
    while (current !== '/' && statOf(current) === undefined) {
        current = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(current);
    }
    return current;
}
function statOf(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .isErrno */ .r)(error, 'ENOENT', 'ENOTDIR')) {
            return undefined;
        }
        throw error;
    }
}
/** access(2) also sees a file system that is mounted read-only, for which root is not above the law. */
function writable(path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.accessSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 82509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ spaceFindings)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var _report_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(92772);
/* harmony import */ var _places_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(64603);
/** Is there room for what the run is going to write? Added up for each file system, because places often share one. */




/** Other programs write too, and a file system that is full to the last block is a fault of its own. */
const MARGIN = 1.05;
const OF_BACKUP = {
    subject: 'backup-root',
    advice: 'free some or choose another backup-root or archive-root',
};
async function spaceFindings(needs, words = OF_BACKUP) {
    const byDevice = new Map();
    for (const need of needs) {
        const folder = (0,_places_js__WEBPACK_IMPORTED_MODULE_2__/* .nearestExisting */ .I)(need.path);
        const { dev } = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(folder);
        const group = byDevice.get(dev) ?? { folder, needs: [] };
        group.needs.push(need);
        byDevice.set(dev, group);
    }
    const findings = [];
    for (const group of byDevice.values()) {
        findings.push(...(await roomOn(group.folder, group.needs, words)));
    }
    return findings;
}
async function roomOn(folder, needs, { subject, advice }) {
    const { bavail, bsize, ffree, files: inodes } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.statfs)(folder);
    const free = bavail * bsize;
    const bytes = needs.reduce((sum, need) => sum + need.bytes, 0) * MARGIN;
    const files = needs.reduce((sum, need) => sum + (need.files ?? 0), 0);
    const parts = needs.map((need) => `${need.what} ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(need.bytes)}`).join(' + ');
    const findings = [];
    if (bytes > free) {
        findings.push({
            severity: 'error',
            subject,
            message: `Not enough space: about ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(bytes)} needed (${parts}), ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_3__/* .formatBytes */ .z3)(free)} free on ${folder}; ${advice}.`,
        });
    }
    // Btrfs and others count no inodes and report 0 of 0.
    if (inodes > 0 && files > ffree) {
        findings.push({
            severity: 'error',
            subject,
            message: `Not enough inodes: about ${files} new files, ${ffree} inodes free on ${folder}; choose a file system with more inodes.`,
        });
    }
    return findings;
}


/***/ }),

/***/ 17061:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ UndoStack)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/** What a failed run takes back, in reverse order. A failure in here is told and never hides the first error. */

class UndoStack {
    #log;
    #steps = [];
    constructor(log) {
        this.#log = log;
    }
    push(name, undo) {
        this.#steps.push({ name, undo });
    }
    /** Never throws. */
    async unwind() {
        const undone = [];
        const failures = [];
        for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
            try {
                await step.undo();
                undone.push(step.name);
            }
            catch (error) {
                const message = `${step.name}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asError */ .zR)(error).message}`;
                failures.push(message);
                this.#log.error(`Clean-up failed, ${message}`);
            }
        }
        return { undone, failures };
    }
}


/***/ }),

/***/ 87868:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ readManifest)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33460);
/* harmony import */ var _manifest_type_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(27339);
/**
 * Reads a manifest that may come from anywhere: a restore believes none of it before it has passed here. Fields that are
 * not known are dropped, so that a later action may add some without a new format version.
 */



/** Far above what any backup records; a larger file is no manifest. */
const LONGEST_MANIFEST = 16 * 1024 * 1024;
const SLOTS = ['home', 'database', 'search'];
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
/** A name in `backup-root`: it can neither leave the folder nor be taken for an option. */
const MEMBER = NAME;
const WORD = /^[a-z][a-z0-9-]{0,63}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;
/**
 * @throws ActionError `VERSION_UNSUPPORTED` for the form of a later action, `MANIFEST_INVALID` for everything that is no
 *   manifest; the message names the first wrong field.
 */
function readManifest(json) {
    try {
        const root = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(parsed(json), 'the manifest');
        assertFormatVersion(root['formatVersion']);
        return manifestOf(root);
    }
    catch (error) {
        throw error instanceof _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .ShapeError */ .ym ? notAManifest(error.message, error) : error;
    }
}
function parsed(json) {
    if (json.length > LONGEST_MANIFEST) {
        throw new _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .ShapeError */ .ym(`it has ${json.length} characters, more than ${LONGEST_MANIFEST}`);
    }
    try {
        const value = JSON.parse(json);
        return value;
    }
    catch (error) {
        throw notAManifest('it is not JSON', error);
    }
}
function assertFormatVersion(value) {
    const version = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(value, 'formatVersion', 1);
    if (version > _manifest_type_js__WEBPACK_IMPORTED_MODULE_2__/* .MANIFEST_FORMAT_VERSION */ .V) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('VERSION_UNSUPPORTED', `The manifest has format version ${version}; this action reads version ${_manifest_type_js__WEBPACK_IMPORTED_MODULE_2__/* .MANIFEST_FORMAT_VERSION */ .V}.`, { advice: 'Use the version of the action that made the backup, or a later one.' });
    }
}
function manifestOf(root) {
    const product = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(root['product'], 'product');
    const bitbucket = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(root['bitbucket'], 'bitbucket');
    const exclusions = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(root['exclusions'], 'exclusions');
    const runner = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(root['runner'], 'runner');
    return {
        formatVersion: _manifest_type_js__WEBPACK_IMPORTED_MODULE_2__/* .MANIFEST_FORMAT_VERSION */ .V,
        product: {
            name: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(product['name'], 'product.name'),
            version: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(product['version'], 'product.version'),
        },
        backupId: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .matching */ .wC)(root['backupId'], 'backupId', NAME, 'a file name'),
        instanceName: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .matching */ .wC)(root['instanceName'], 'instanceName', NAME, 'a file name'),
        bitbucket: {
            url: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .matching */ .wC)(bitbucket['url'], 'bitbucket.url', /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/, 'a base URL'),
            version: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(bitbucket['version'], 'bitbucket.version'),
        },
        times: timesOf((0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(root['times'], 'times')),
        consistency: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)(root['consistency'], 'consistency', _manifest_type_js__WEBPACK_IMPORTED_MODULE_2__/* .CONSISTENCIES */ .T),
        parts: partsOf(root['parts']),
        notBackedUp: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(root['notBackedUp'], 'notBackedUp', missingOf),
        exclusions: {
            patterns: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(exclusions['patterns'], 'exclusions.patterns', _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq),
            repositories: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(exclusions['repositories'], 'exclusions.repositories', (id, at) => (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(id, at, 1)),
        },
        tools: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .recordOf */ .zv)(root['tools'], 'tools', _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq),
        runner: {
            hostname: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(runner['hostname'], 'runner.hostname'),
            platform: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(runner['platform'], 'runner.platform'),
        },
        ...githubOf(root['github']),
    };
}
function timesOf(times) {
    const moment = (name) => instant(times[name], `times.${name}`);
    return {
        startedAt: moment('startedAt'),
        lockedAt: moment('lockedAt'),
        drainedAt: moment('drainedAt'),
        ...(times['unlockedAt'] === undefined ? {} : { unlockedAt: moment('unlockedAt') }),
        finishedAt: moment('finishedAt'),
        lockedSeconds: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .amount */ .vj)(times['lockedSeconds'], 'times.lockedSeconds'),
    };
}
function instant(value, at) {
    const checked = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .matching */ .wC)(value, at, INSTANT, 'a moment in UTC');
    if (Number.isNaN(Date.parse(checked))) {
        throw new _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .ShapeError */ .ym(`${at} is not a moment in UTC`);
    }
    return checked;
}
function partsOf(value) {
    const parts = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(value, 'parts', partOf);
    const slots = new Set(parts.map(({ slot }) => slot));
    if (parts.length !== SLOTS.length || slots.size !== SLOTS.length) {
        throw new _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .ShapeError */ .ym(`parts does not name each of ${SLOTS.join(', ')} once`);
    }
    return parts;
}
function partOf(value, at) {
    const part = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(value, at);
    const { files, bytes } = part;
    return {
        slot: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)(part['slot'], `${at}.slot`, SLOTS),
        strategy: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .matching */ .wC)(part['strategy'], `${at}.strategy`, WORD, 'the name of a strategy'),
        included: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .truth */ .Im)(part['included'], `${at}.included`),
        members: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(part['members'], `${at}.members`, (member, place) => (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .matching */ .wC)(member, place, MEMBER, 'a plain name below backup-root')),
        ...(files === undefined ? {} : { files: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(files, `${at}.files`) }),
        ...(bytes === undefined ? {} : { bytes: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(bytes, `${at}.bytes`) }),
        details: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .recordOf */ .zv)(part['details'], `${at}.details`, _strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .recorded */ .t2),
    };
}
function missingOf(value, at) {
    const missing = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(value, at);
    return {
        slot: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .matching */ .wC)(missing['slot'], `${at}.slot`, WORD, 'the name of a slot'),
        reason: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(missing['reason'], `${at}.reason`),
    };
}
function githubOf(value) {
    if (value === undefined) {
        return {};
    }
    const github = (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(value, 'github');
    return {
        github: {
            repository: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(github['repository'], 'github.repository'),
            runId: (0,_strategies_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .matching */ .wC)(github['runId'], 'github.runId', /^\d{1,20}$/, 'a run id'),
        },
    };
}
function notAManifest(reason, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('MANIFEST_INVALID', `This is not a manifest of a backup: ${reason}.`, {
        advice: 'Use an archive whose checksum matches, made by this action.',
        cause,
    });
}


/***/ }),

/***/ 27339:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ CONSISTENCIES),
/* harmony export */   V: () => (/* binding */ MANIFEST_FORMAT_VERSION)
/* harmony export */ });
/** Raised when a reader of the old form would read the new one wrongly. */
const MANIFEST_FORMAT_VERSION = 1;
/**
 * How the parts were made to belong together. `without-lock`: captured while users were working; what was being written is
 * as after a power failure, lock files included.
 */
const CONSISTENCIES = ['locked-and-drained', 'without-lock'];


/***/ }),

/***/ 35999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ joinSections),
/* harmony export */   u: () => (/* binding */ section)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(92772);
/** Sections of a job summary, and how many of them fit. */

/** GitHub drops a summary of more than 1 MiB (1,048,576 bytes) whole; other text of the step needs room too. */
const MOST_BYTES = 900 * 1024;
/** Undefined when there is nothing to tell. */
function section(title, body) {
    return body === undefined || body === '' ? undefined : `### ${title}\n\n${body}`;
}
/** Sections are left out whole, from the end, so that no table or code block is cut open. */
function joinSections(sections, mostBytes = MOST_BYTES) {
    const present = sections.filter((text) => text !== undefined);
    let bytes = 0;
    const kept = present.filter((text) => {
        const size = Buffer.byteLength(text) + 2;
        const fits = bytes + size <= mostBytes;
        bytes += fits ? size : 0;
        return fits;
    });
    const left = present.length - kept.length;
    const note = left === 0 ? [] : [`_${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(left, 'section')} left out: too long for a job summary; see the log._`];
    return `${[...kept, ...note].join('\n\n')}\n`;
}


/***/ }),

/***/ 14018:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ searchStrategies),
/* harmony export */   k: () => (/* binding */ searchRestores)
/* harmony export */ });
/* harmony import */ var _strategies_not_backed_up_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54732);
/* harmony import */ var _strategies_not_restored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23156);


const searchStrategies = {
    none: () => Promise.resolve((0,_strategies_not_backed_up_js__WEBPACK_IMPORTED_MODULE_1__/* .notBackedUp */ .b)('Bitbucket builds its search index anew after a restore.')),
    fs: async () => (await Promise.all(/* import() */[__webpack_require__.e(427), __webpack_require__.e(843)]).then(__webpack_require__.bind(__webpack_require__, 12843))).fs,
    s3: async () => (await Promise.all(/* import() */[__webpack_require__.e(427), __webpack_require__.e(843)]).then(__webpack_require__.bind(__webpack_require__, 12843))).s3,
    'amazon-es': async () => (await Promise.all(/* import() */[__webpack_require__.e(427), __webpack_require__.e(469)]).then(__webpack_require__.bind(__webpack_require__, 54469))).amazonEs,
};
/** How what they copied is put back. */
const searchRestores = {
    none: () => Promise.resolve(_strategies_not_restored_js__WEBPACK_IMPORTED_MODULE_0__/* .notRestored */ .G),
    fs: async () => (await Promise.all(/* import() */[__webpack_require__.e(427), __webpack_require__.e(843)]).then(__webpack_require__.bind(__webpack_require__, 12843))).fsRestore,
    s3: async () => (await Promise.all(/* import() */[__webpack_require__.e(427), __webpack_require__.e(843)]).then(__webpack_require__.bind(__webpack_require__, 12843))).s3Restore,
    'amazon-es': async () => (await Promise.all(/* import() */[__webpack_require__.e(427), __webpack_require__.e(469)]).then(__webpack_require__.bind(__webpack_require__, 54469))).amazonEsRestore,
};


/***/ }),

/***/ 33460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   Im: () => (/* binding */ truth),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   t2: () => (/* binding */ recorded),
/* harmony export */   vj: () => (/* binding */ amount),
/* harmony export */   wC: () => (/* binding */ matching),
/* harmony export */   yL: () => (/* binding */ oneOf),
/* harmony export */   ym: () => (/* binding */ ShapeError),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
class ShapeError extends Error {
    name = 'ShapeError';
}
const LONGEST_TEXT = 64 * 1024;
const DEEPEST = 16;
function object(value, at) {
    if (!isObject(value)) {
        throw new ShapeError(`${at} is not an object`);
    }
    return value;
}
function list(value, at, item) {
    if (!Array.isArray(value)) {
        throw new ShapeError(`${at} is not a list`);
    }
    return Array.from(value, (entry, index) => item(entry, `${at}[${index}]`));
}
/** A string that is not empty, without control characters. */
function text(value, at) {
    if (typeof value !== 'string' || value === '' || value.length > LONGEST_TEXT || /\p{Cc}/u.test(value)) {
        throw new ShapeError(`${at} is not a text of 1 to ${LONGEST_TEXT} characters without control characters`);
    }
    return value;
}
function matching(value, at, pattern, what) {
    const checked = text(value, at);
    if (!pattern.test(checked)) {
        throw new ShapeError(`${at} is not ${what}`);
    }
    return checked;
}
function oneOf(value, at, choices) {
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) {
        throw new ShapeError(`${at} is none of ${choices.join(', ')}`);
    }
    return chosen;
}
function truth(value, at) {
    if (typeof value !== 'boolean') {
        throw new ShapeError(`${at} is neither true nor false`);
    }
    return value;
}
/** A number from 0. */
function amount(value, at) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
        throw new ShapeError(`${at} is not a number from 0`);
    }
    return value;
}
/** A whole number from `least`. */
function count(value, at, least = 0) {
    const checked = amount(value, at);
    if (!Number.isSafeInteger(checked) || checked < least) {
        throw new ShapeError(`${at} is not a whole number from ${least}`);
    }
    return checked;
}
/** Any JSON, copied with its keys in order; `__proto__` and the like stay plain keys. */
function recorded(value, at, depth = 0) {
    if (depth > DEEPEST) {
        throw new ShapeError(`${at} is nested deeper than ${DEEPEST} levels`);
    }
    if (value === null || typeof value === 'string' || typeof value === 'boolean') {
        return value;
    }
    if (typeof value === 'number' && Number.isFinite(value)) {
        return value;
    }
    if (Array.isArray(value)) {
        return list(value, at, (entry, place) => recorded(entry, place, depth + 1));
    }
    return recordOf(value, at, (entry, place) => recorded(entry, place, depth + 1));
}
/** An object with free keys, in the order of the keys, so that equal content gives equal bytes. */
function recordOf(value, at, item) {
    const entries = Object.entries(object(value, at)).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, entry]) => [key, item(entry, `${at}.${key}`)]));
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 54732:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ notBackedUp)
/* harmony export */ });
/** @param reason for the manifest: which input said so, or who makes the part anew */
function notBackedUp(reason) {
    const leftOut = { strategy: 'none', included: false, members: [], details: { reason } };
    const captured = {
        settle: async (signal) => {
            await unlessAborted(signal);
            return leftOut;
        },
        discard: () => Promise.resolve(),
    };
    return {
        read: () => ({
            create: () => ({
                name: 'none',
                atomic: true,
                preflight: () => Promise.resolve([]),
                spaceNeeds: () => Promise.resolve([]),
                prepare: unlessAborted,
                capture: async (signal) => {
                    await unlessAborted(signal);
                    return captured;
                },
            }),
        }),
    };
}
async function unlessAborted(signal) {
    await Promise.resolve();
    signal.throwIfAborted();
}


/***/ }),

/***/ 23156:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ notRestored)
/* harmony export */ });
const notRestored = {
    read: () => ({
        create: () => ({
            name: 'none',
            members: [],
            preflight: async () => await Promise.resolve([]),
            spaceNeeds: async () => await Promise.resolve([]),
            restore: async () => {
                await Promise.resolve();
            },
            complete: async () => await Promise.resolve({ place: 'nowhere', counts: [], todo: [] }),
            discard: async () => {
                await Promise.resolve();
            },
            recover: async () => await Promise.resolve([]),
        }),
    }),
};


/***/ })

};
