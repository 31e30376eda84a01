export const id = 469;
export const ids = [469];
export const modules = {

/***/ 54469:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  amazonEs: () => (/* binding */ amazonEs),
  amazonEsRestore: () => (/* binding */ amazonEsRestore)
});

// EXTERNAL MODULE: ./build/inputs/authorities.js
var authorities = __webpack_require__(35521);
// EXTERNAL MODULE: ./build/search/repository-inputs.js
var repository_inputs = __webpack_require__(13295);
// EXTERNAL MODULE: ./build/search/search-settings.js
var search_settings = __webpack_require__(87679);
// EXTERNAL MODULE: ./build/search/snapshot-backup.js + 4 modules
var snapshot_backup = __webpack_require__(1164);
// EXTERNAL MODULE: ./build/search/snapshot-restore.js + 5 modules
var snapshot_restore = __webpack_require__(11884);
;// CONCATENATED MODULE: ./build/search/amazon/endpoint.js
/** What the host name of a search server tells about where it is signed for. */
/** `eu-central-1`, `us-gov-west-1`, `cn-north-1`, `eusc-de-east-1`. */
const REGION = '(?<region>[a-z]{2,4}(?:-[a-z]+)+-\\d+)';
/** Older names have the region before the service, those that also answer by IPv6 have it behind, and `aos` for `es`. */
const HOSTS = [
    new RegExp(`\\.${REGION}\\.(?<service>es|aoss)\\.amazonaws\\.(?:com|com\\.cn|eu)$`),
    new RegExp(`\\.(?<service>aos|aoss)\\.${REGION}\\.on\\.(?:aws|amazonwebservices\\.(?:com\\.cn|eu))$`),
];
/** @returns undefined for a domain's custom endpoint and for every server that is not Amazon's */
function serviceOfHost(hostname) {
    return amazonHost(hostname)?.service;
}
/** @returns undefined where the name does not hold it */
function regionOfHost(hostname) {
    return amazonHost(hostname)?.region;
}
/**
 * The region to sign for: what was asked for, else the host's, else the environment's. The host comes before the
 * environment, because a runner can well stand in another region than the domain, and a name cannot be wrong.
 */
function signingRegion(hostname, { region, environment }) {
    const candidates = [
        region,
        regionOfHost(hostname),
        environment['AWS_REGION'],
        environment['AWS_DEFAULT_REGION'],
    ];
    return candidates.find((candidate) => candidate !== undefined && candidate !== '');
}
function amazonHost(hostname) {
    const name = hostname.toLowerCase().replace(/\.$/, '');
    const groups = HOSTS.map((host) => host.exec(name)?.groups).find((found) => found !== undefined);
    const region = groups?.['region'];
    return region === undefined
        ? undefined
        : { region, service: groups?.['service'] === 'aoss' ? 'aoss' : 'es' };
}

// EXTERNAL MODULE: ./build/host/log.js
var log = __webpack_require__(5493);
// EXTERNAL MODULE: ./build/strategies/json-shape.js
var json_shape = __webpack_require__(33460);
;// CONCATENATED MODULE: ./build/search/amazon/refusal.js
/** Why Amazon refused a signed request, with what to do about it. */


const REASONS = [
    [
        /^The request signature we calculated does not match/,
        'Check AWS_SECRET_ACCESS_KEY, and that nothing between this machine and Amazon alters the requests.',
    ],
    [
        /security token included in the request is expired/,
        'The session ended: give it longer (role-duration-seconds of aws-actions/configure-aws-credentials), or use an instance role, which is renewed.',
    ],
    [
        /security token included in the request is invalid/,
        'Check that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN belong together, still exist and are of the account of the domain.',
    ],
    [
        /^Signature (?:expired|not yet current)/,
        "Set this machine's clock: it is wrong by more than five minutes.",
    ],
    [
        /^Credential should be scoped/,
        "Requests were signed for another region or service; give the domain's own address, or set AWS_REGION to its region.",
    ],
    [
        /iam:PassRole/,
        'Allow iam:PassRole on the role that elasticsearch-role-arn names to whoever these credentials are of.',
    ],
    [
        /is not authorized to perform/,
        "Allow what is named to whoever these credentials are of, in a policy of theirs or in the domain's access policy.",
    ],
    [
        /^no permissions for/,
        "The domain has fine-grained access control: map the credentials' role to manage_snapshots in its security settings.",
    ],
];
/**
 * @param answer the body of a 403
 * @returns undefined where it is none of Amazon's refusals
 */
function amazonRefusal(answer) {
    const said = messageOf(answer);
    const advice = REASONS.find(([pattern]) => pattern.test(said))?.[1];
    // The lines below the first repeat the request with the session's token in it.
    const words = (0,log/* printable */.g)(said.split('\n', 1)[0] ?? '').replace(/[. ]+$/, '');
    return advice === undefined ? undefined : { words, advice };
}
/** Amazon's front says `message` or `Message`, the search server behind it `error.reason`. */
function messageOf(answer) {
    const body = parsed(answer);
    if (!(0,json_shape/* isObject */.Gv)(body)) {
        return '';
    }
    const error = (0,json_shape/* isObject */.Gv)(body['error']) ? body['error']['reason'] : body['error'];
    const said = [body['message'], body['Message'], error].find((part) => typeof part === 'string');
    return typeof said === 'string' ? said : '';
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/search/amazon/credential-sources.js
/** Where the standard chain looks for credentials, told from the environment that it looks at. */
/** One phrase for each source in the chain's order, with what is missing; values are not told, they can be secret. */
function credentialSources(environment) {
    return [keys(environment), profile(environment), webIdentity(environment), ...machine(environment)];
}
function isSet(environment, ...names) {
    return names.every((name) => (environment[name] ?? '') !== '');
}
function keys(environment) {
    if (isSet(environment, 'AWS_PROFILE')) {
        return 'environment (not looked at, since AWS_PROFILE is set)';
    }
    return isSet(environment, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY')
        ? 'environment'
        : 'environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set)';
}
function profile(environment) {
    const name = isSet(environment, 'AWS_PROFILE') ? `"${environment['AWS_PROFILE']}"` : '"default"';
    return `profile ${name} (no usable one in the shared files, ~/.aws/config and ~/.aws/credentials)`;
}
function webIdentity(environment) {
    return isSet(environment, 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN')
        ? 'web identity'
        : 'web identity (AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN are not both set)';
}
/** A container's own address keeps the chain from asking for the role of the machine below. */
function machine(environment) {
    const container = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'].find((name) => isSet(environment, name));
    if (container !== undefined) {
        return [
            `container (the address in ${container} gave none)`,
            `instance role (not asked, since ${container} is set)`,
        ];
    }
    const disabled = isSet(environment, 'AWS_EC2_METADATA_DISABLED') && environment['AWS_EC2_METADATA_DISABLED'] !== 'false';
    return [
        'container (no AWS_CONTAINER_CREDENTIALS_... is set)',
        disabled
            ? 'instance role (not asked, since AWS_EC2_METADATA_DISABLED is set)'
            : 'instance role (the metadata service of this machine gave none)',
    ];
}

;// CONCATENATED MODULE: ./build/search/amazon/credentials-failure.js
/** Why there are no AWS credentials, in a sentence without secrets. */



const ADVICE = "Run aws-actions/configure-aws-credentials in a step before, give the runner's machine an instance role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
/** What the chain says when it is at its end; everything else is one source's own failure. */
const NOTHING_FOUND = /^Could not load credentials from any providers/;
/** Parsers quote what they could not read, and a failed command is told with its line. */
const MAY_QUOTE_SECRETS = /Command failed|JSON|Unexpected token/;
function credentialsFailure(error, environment) {
    const said = error instanceof Error ? error.message : '';
    if (NOTHING_FOUND.test(said)) {
        return new errors/* ActionError */.lZ('AUTH_FAILED', `No AWS credentials were found to sign requests to the search server; tried: ${credentialSources(environment).join(', ')}.`, { advice: `${ADVICE} Debug logging shows what each source said.` });
    }
    return new errors/* ActionError */.lZ('AUTH_FAILED', `The AWS credentials to sign requests to the search server with could not be had: ${wordsOf(error)}.`, { advice: adviceFor(error) });
}
/** The cause itself is not kept: the answer of a token service and a command's output are parts of it. */
function wordsOf(error) {
    if (!(error instanceof Error)) {
        return 'the library gave no reason';
    }
    const name = error.name === 'Error' ? '' : `${error.name}: `;
    const words = MAY_QUOTE_SECRETS.test(error.message) ? 'its words are not shown' : error.message;
    return (0,log/* printable */.g)(`${name}${words}`.replace(/\s+/g, ' ').replace(/[. ]+$/, ''));
}
function adviceFor(error) {
    const name = error instanceof Error ? error.name : '';
    if (/ExpiredToken/.test(name)) {
        return 'Ask for new credentials in a step shortly before this one; a token of GitHub lives for minutes only.';
    }
    if (/AccessDenied|InvalidIdentityToken/.test(name)) {
        return "Let the role's trust policy name this repository's identity, and check AWS_ROLE_ARN.";
    }
    if ((0,errors/* isErrno */.r)(error, 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ERR_PROXY_TUNNEL') ||
        name === 'TimeoutError') {
        return "Let this machine reach Amazon's token service (sts.<region>.amazonaws.com), directly or by HTTPS_PROXY.";
    }
    return 'Correct the profile or the variables (AWS_...) that name this source of credentials, or remove them.';
}

;// CONCATENATED MODULE: ./build/search/amazon/sdk-log.js
/** Amazon's libraries write to the console unless they are given a log. */

/** What a failed `credential_process` is told with: the command's line, which can hold a password, and its output. */
const COMMAND = /(Command failed: )[^]*/;
/**
 * Debug lines tell which sources of credentials were asked and what each said, so an administrator wants them. What the
 * libraries call info are requests and answers of Amazon's token service, and nobody wants those in a log.
 */
function sdkLogger(log) {
    return {
        debug: (...content) => log.debug(textOf(content)),
        info: () => undefined,
        warn: (...content) => log.warning(textOf(content)),
        error: (...content) => log.warning(textOf(content)),
    };
}
/** In one line. Only text and errors' messages: an object is an answer, or credentials. */
function textOf(content) {
    return content
        .flatMap((part) => (part instanceof Error ? (0,errors/* messageChain */.NG)(part) : typeof part === 'string' ? [part] : []))
        .join(' ')
        .replace(/\s+/g, ' ')
        .trim()
        .replace(COMMAND, '$1(the command is not shown)');
}

// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(44708);
;// CONCATENATED MODULE: ./build/search/amazon/token-service-agent.js
/** How Amazon's token service is reached: Amazon's libraries know no proxies, so Node's own support does it. */

/** Names are read in either case, and an address without a scheme is taken for http, as curl does. */
function tokenServiceAgent(environment, log) {
    const proxy = environment['https_proxy'] || environment['HTTPS_PROXY'];
    if (!proxy) {
        return new external_node_https_.Agent({ keepAlive: true });
    }
    const address = proxy.includes('://') ? proxy : `http://${proxy}`;
    const except = environment['no_proxy'] || environment['NO_PROXY'];
    try {
        return new external_node_https_.Agent({
            keepAlive: true,
            proxyEnv: { HTTPS_PROXY: address, ...(except ? { NO_PROXY: except } : {}) },
        });
    }
    catch {
        // Node's words quote the address, which can hold a password. Keys from the environment need no token service.
        log.warning("HTTPS_PROXY does not hold the address of an HTTP proxy; Amazon's token service, if it is needed, is asked directly.");
        return new external_node_https_.Agent({ keepAlive: true });
    }
}

;// CONCATENATED MODULE: ./build/search/amazon/credentials.js



/** The token service is near, or behind a firewall that drops everything: then preflight must not hang for minutes. */
const CONNECT_MS = 3_000;
const REQUEST_MS = 5_000;
/**
 * Of the machine's own metadata service, at most twice: with a token, and where that gets no answer (a container on the
 * machine, one hop too far), without. So a machine outside Amazon's network costs two seconds.
 */
const METADATA_MS = 1_000;
/**
 * The library keeps what it got, asks again from five minutes before it expires, and goes on with the old if that fails
 * for the moment: a snapshot outlives a session of one hour.
 *
 * @returns a provider that throws ActionError
 */
async function createCredentials(options) {
    const { defaultProvider } = await Promise.all(/* import() */[__webpack_require__.e(422), __webpack_require__.e(279), __webpack_require__.e(118), __webpack_require__.e(861)]).then(__webpack_require__.t.bind(__webpack_require__, 5861, 19));
    const { NodeHttpHandler } = await Promise.all(/* import() */[__webpack_require__.e(422), __webpack_require__.e(279)]).then(__webpack_require__.t.bind(__webpack_require__, 61279, 19));
    const provider = defaultProvider({ logger: sdkLogger(options.log), timeout: METADATA_MS });
    const callerClientConfig = {
        region: async () => await Promise.resolve(options.region),
        requestHandler: new NodeHttpHandler({
            connectionTimeout: CONNECT_MS,
            requestTimeout: REQUEST_MS,
            throwOnRequestTimeout: true,
            httpsAgent: tokenServiceAgent(process.env, options.log),
        }),
    };
    const told = new Set();
    return async () => {
        const credentials = await provider({ callerClientConfig }).catch((error) => {
            throw credentialsFailure(error, process.env);
        });
        const { secretAccessKey, sessionToken } = credentials;
        for (const secret of [secretAccessKey, sessionToken]) {
            if (secret !== undefined && !told.has(secret)) {
                told.add(secret);
                options.onSecret(secret);
            }
        }
        return credentials;
    };
}

;// CONCATENATED MODULE: ./build/search/amazon/signed-query.js
/** The query of a URL in the form in which the library signs it. */
/**
 * A plus sign is refused: whether it means a blank or itself, Amazon, OpenSearch and the libraries do not agree on, and a
 * signature that one of them reads otherwise is told as a wrong key. `%20` and `%2B` are clear to all.
 *
 * @throws Error, since only this program's own code makes such a URL
 */
function signedQuery(url) {
    const query = new Map();
    for (const part of url.search.slice(1).split('&')) {
        if (part === '') {
            continue;
        }
        if (part.includes('+')) {
            throw new Error(`The query of ${url.pathname} has a plus sign, which cannot be signed; write %20 or %2B.`);
        }
        const equals = part.indexOf('=');
        const name = decodeURIComponent(equals === -1 ? part : part.slice(0, equals));
        const value = equals === -1 ? '' : decodeURIComponent(part.slice(equals + 1));
        query.set(name, [...(query.get(name) ?? []), value]);
    }
    return Object.fromEntries(query);
}

;// CONCATENATED MODULE: ./build/search/amazon/signer.js


/**
 * Loads Amazon's libraries only here, so that nobody else pays for them.
 *
 * Amazon takes the path as it came and encodes it once more, for all services but S3: `*` is signed as `%2A`, `%2A` as
 * `%252A`.
 */
async function createSigner(options) {
    const { SignatureV4 } = await Promise.all(/* import() */[__webpack_require__.e(422), __webpack_require__.e(118)]).then(__webpack_require__.t.bind(__webpack_require__, 75118, 19));
    const { Sha256 } = await __webpack_require__.e(/* import() */ 156).then(__webpack_require__.t.bind(__webpack_require__, 775, 19));
    const signature = new SignatureV4({
        credentials: await createCredentials(options),
        region: options.region,
        service: options.service,
        sha256: Sha256,
        uriEscapePath: true,
        // `X-Amz-Content-Sha256`: OpenSearch Serverless asks for it, the other does not mind.
        applyChecksum: true,
    });
    return {
        sign: async ({ method, url, headers, body }) => {
            const signed = await signature.sign({
                method: method.toUpperCase(),
                protocol: url.protocol,
                hostname: url.hostname,
                path: url.pathname,
                query: signedQuery(url),
                headers: { ...lowerCase(headers), host: url.host },
                body,
            }, { unsignableHeaders: UNSIGNED });
            return signed.headers;
        },
    };
}
/** Proxies alter the first two on the way; the third OpenSearch Serverless refuses to have signed. */
const UNSIGNED = new Set(['accept', 'accept-encoding', 'content-length']);
function lowerCase(headers) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

;// CONCATENATED MODULE: ./build/search/amazon/request-signer.js


function requestSigner(options) {
    let signer;
    return {
        who: `signed requests (service ${options.service}, region ${options.region})`,
        sign: async (request) => {
            signer ??= createSigner(options);
            return await (await signer).sign(request);
        },
        refusal: amazonRefusal,
    };
}

;// CONCATENATED MODULE: ./build/search/amazon/amazon-es.js
/** `amazon-es`: snapshots into a bucket by Amazon OpenSearch Service, which wants its requests signed. */







const STRATEGY = 'amazon-es';
/** Until `finish` throws for a region that is missing. */
const STAND_IN_REGION = 'us-east-1';
const amazonEs = {
    read: (inputs) => {
        const settingsFor = readAmazon(inputs, 'backup');
        return { create: (context) => new snapshot_backup/* SnapshotBackup */.h(settingsFor(context.log), context) };
    },
};
const amazonEsRestore = {
    read: (inputs) => {
        const settingsFor = readAmazon(inputs, 'restore');
        return { create: (context) => new snapshot_restore/* SnapshotRestore */.l(settingsFor(context.log), context) };
    },
};
/** @returns the settings, once there is a log to tell of where credentials come from */
function readAmazon(inputs, action) {
    const ca = (0,authorities/* readAuthorities */.G)(inputs);
    const settings = (0,search_settings/* readSearchSettings */.m)(inputs, { strategy: STRATEGY, action, ca });
    const region = (0,repository_inputs/* readSigningRegion */.k)(inputs);
    const { connection } = settings;
    if (connection.credentials.kind === 'basic') {
        if (region !== undefined) {
            inputs.problem('elasticsearch-region', 'is for signed requests, and elasticsearch-username is set; remove one of the two.');
        }
        return () => settings;
    }
    const signing = readSigning(inputs, new URL(connection.url), region);
    return (log) => ({
        ...settings,
        connection: {
            ...connection,
            credentials: {
                kind: 'signed',
                signer: requestSigner({ ...signing, log, onSecret: (secret) => inputs.mask(secret) }),
            },
        },
    });
}
function readSigning(inputs, { hostname }, region) {
    const signedFor = signingRegion(hostname, { region, environment: process.env });
    if (signedFor === undefined) {
        inputs.problem('elasticsearch-region', `is empty, and neither the host name '${hostname}' nor AWS_REGION tells the region; set it.`);
    }
    return { service: serviceOfHost(hostname) ?? 'es', region: signedFor ?? STAND_IN_REGION };
}


/***/ })

};
