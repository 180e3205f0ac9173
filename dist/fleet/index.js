import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 959:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ machinesOnImage),
/* harmony export */   h: () => (/* binding */ deploys)
/* harmony export */ });
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(177);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(442);
/* harmony import */ var _report_summary_markdown_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(711);
/* harmony import */ var _heading_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(617);
/* harmony import */ var _result_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(130);
/* harmony import */ var _rows_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(622);






const deploys = {
    read: _result_js__WEBPACK_IMPORTED_MODULE_1__/* .readResult */ .Uv,
    objection,
    did: 'deployed this image to this app',
    writer: '`deploy-app.yml` can write artifacts named `deploy-image-*`',
    words: {
        verified: '✅ deployed, verified',
        'not-verified': '🚀 deployed, not verified',
        skipped: '⏭️ skipped',
        'rolled-back': '⏪ rolled back',
        failed: '❌ failed',
        cancelled: '🛑 canceled; machines may run different images',
        missing: '⚪ no result',
    },
    columns: ['Digest', 'Before', 'Release', 'Machines on this image'],
    cells: (result) => [
        (0,_report_summary_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)((0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(result.digest)),
        (0,_report_summary_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(result.previousDigest === '' ? '' : (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(result.previousDigest)),
        result.releaseVersion === '' ? '' : (0,_report_summary_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(`v${result.releaseVersion}`),
        machinesOnImage(result),
    ],
    fields: () => ({}),
    heading,
};
const fileName = /^deploy-image-([1-9]\d*)-([a-z0-9-]+)-([0-9a-f]{64}|none)\.json$/;
function objection(file, result, { digest }) {
    const [, ofAttempt, ofApp, ofDigest] = fileName.exec(file) ?? [];
    const hex = /^sha256:([0-9a-f]{64})$/.exec(result.digest)?.[1] ?? 'none';
    if (ofApp !== result.app)
        return 'it is in a file of another app';
    if (Number(ofAttempt) !== result.attempt || ofDigest !== hex)
        return 'it is in a file of another deploy';
    const claims = ['verified', 'not-verified'].includes(result.ending) || result.digest !== '';
    return digest !== '' && claims && result.digest !== digest ? 'it is of another image' : '';
}
function machinesOnImage({ machines }) {
    if (machines === undefined)
        return '';
    const { right, all, omitted } = machines;
    return `${right} of ${all}${omitted === 0 ? '' : `; ${omitted} more not listed`}`;
}
function heading(image, wanted, results) {
    const all = (0,_lib_format_js__WEBPACK_IMPORTED_MODULE_4__/* .counted */ .hS)(results.length, 'app');
    if (image === '' && results.every(({ ending }) => ending === 'missing'))
        return `## ❌ Nothing was deployed to ${all}: no image was found, or the event was refused`;
    const bad = results.filter((result) => !(0,_rows_js__WEBPACK_IMPORTED_MODULE_2__/* .isGood */ .K)(result)).length;
    if (bad > 0)
        return `## ❌ ${bad} of ${all} failed`;
    return (0,_heading_js__WEBPACK_IMPORTED_MODULE_5__/* .goodHeading */ .Y)(wanted, results, { done: 'deployed to', what: 'the image', others: 'skipped' });
}


/***/ }),

/***/ 292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ parseFile),
/* harmony export */   X: () => (/* binding */ jsonFilesIn)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(911);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(758);




const most = 4;
const jsonFilesIn = (folder) => folder === '' || !(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(folder)
    ? []
    : (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
        .map((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(entry.parentPath, entry.name))
        .sort()
        .map((path) => ({ path, read: () => readSmall(path) }));
function readSmall(path) {
    let why;
    try {
        const { size } = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path);
        if (size <= most * 1024 ** 2)
            return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8');
        why = `has ${size} bytes`;
    }
    catch (error) {
        why = `cannot be read: ${(0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error)}`;
    }
    throw invalid(`The file ${(0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path)} ${why}.`, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path));
}
const mostLevels = 20;
function parseFile(text, what, file) {
    const json = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJsonObject */ .d)(text, `${what} ${file}`);
    if (isDeeper(json.value, mostLevels))
        throw invalid(`The file ${file} is nested more than ${mostLevels} levels deep.`, file);
    return json;
}
const isDeeper = (value, levels) => typeof value === 'object' &&
    value !== null &&
    (levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1)));
const invalid = (found, file) => new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo({
    code: 'json-invalid',
    found,
    expected: `One JSON object of at most ${most} MiB and ${mostLevels} levels.`,
    fix: `Check what writes ${file}.`,
});


/***/ }),

/***/ 617:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ goodHeading)
/* harmony export */ });
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(177);

function goodHeading(wanted, results, { done, what, others }) {
    const all = (0,_lib_format_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(results.length, 'app');
    const verified = results.filter(({ ending }) => ending === 'verified').length;
    const jobs = wanted.filter((each) => each.jobs !== 'success').length;
    if (jobs > 0)
        return `## ❌ The jobs of ${jobs} of ${all} failed`;
    if (verified === 0)
        return `## ⏭️ Nothing was ${done} ${all}`;
    return verified === results.length
        ? `## ✅ ${results.length === 1 ? 'The app runs' : `All ${all} run`} ${what}`
        : `## ✅ ${verified} of ${all} run ${what}; the others were ${others}`;
}


/***/ }),

/***/ 120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M_: () => (/* binding */ reportFor),
/* harmony export */   NI: () => (/* binding */ attemptOfReport),
/* harmony export */   PS: () => (/* binding */ isReport),
/* harmony export */   tL: () => (/* binding */ readReport)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(760);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(758);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(292);



const beside = '.report.json';
const isReport = ({ path }) => path.endsWith(beside);
function readReport(text, file) {
    const report = (0,_files_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFile */ .C)(text, 'the report', file);
    const version = report.get('version');
    if (version.value !== 1)
        throw version.error('Version 1, the only one that is known');
    return report;
}
function attemptOfReport(report) {
    const text = report.get('trigger').get('run-attempt').maybeText() ?? '';
    return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
function reportFor(result, files) {
    const { file: path, why } = result;
    if (path === '')
        return {
            kind: 'missing',
            words: why === '' ? 'The job left no result.' : `The job’s result is not used: ${why}.`,
        };
    const file = files.get(result.isReport ? path : path.replace(/\.json$/, beside));
    if (file === undefined)
        return { kind: 'missing', words: 'The job left no report.' };
    return { kind: 'unread', read: () => readFor(result, file) };
}
function readFor(result, file) {
    try {
        const report = readReport(file.read(), (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(file.path));
        const other = differenceOf(report, result);
        if (other === undefined)
            return { kind: 'found', text: JSON.stringify(report.value) };
        return {
            kind: 'other',
            words: `The file ${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(file.path)} is of another ${other}.`,
        };
    }
    catch (error) {
        if (!(error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo))
            throw error;
        return { kind: 'broken', words: error.each[0]?.found ?? '' };
    }
}
function differenceOf(report, result) {
    if (report.get('app').value !== result.app)
        return 'app';
    if (attemptOfReport(report) !== result.attempt)
        return 'attempt';
    if ((report.get('image').get('digest').value ?? '') !== result.digest)
        return 'image';
    if ((report.get('verdict').get('state').value ?? '') !== result.state)
        return 'state';
    return undefined;
}


/***/ }),

/***/ 130:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FF: () => (/* binding */ without),
/* harmony export */   Uv: () => (/* binding */ readResult),
/* harmony export */   qv: () => (/* binding */ machinesOf)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(911);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(869);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(442);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(292);




const without = (app, ending, why = '') => ({
    ...{ app, ending, why },
    file: '',
    isReport: false,
    attempt: 0,
    state: '',
    headline: '',
    skipped: '',
    image: '',
    tag: '',
    digest: '',
    previousDigest: '',
    releaseVersion: '',
    url: '',
    placements: '',
    drift: undefined,
    machines: undefined,
});
function readResult(text, file) {
    const json = (0,_files_js__WEBPACK_IMPORTED_MODULE_2__/* .parseFile */ .C)(text, 'the result', file);
    const outputs = json.get('outputs');
    const whole = (name) => outputs.get(name).maybeText() ?? '';
    const said = (name) => whole(name).slice(0, _lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .mostOfLabel */ .hV);
    return {
        ...without(json.get('app').text(), endingOf(json.get('outcome').text(), said)),
        attempt: Number(json.get('attempt').text()),
        state: said('state'),
        headline: said('headline'),
        skipped: said('skipped'),
        image: said('image'),
        tag: said('tag'),
        digest: said('digest'),
        previousDigest: said('previous-digest'),
        releaseVersion: said('release-version'),
        url: said('url'),
        placements: whole('placements'),
        machines: machinesOfOutput(whole('machines'), said('machines-omitted'), file),
    };
}
function endingOf(outcome, said) {
    switch (outcome) {
        case 'success':
            if (said('skipped') !== '')
                return 'skipped';
            return said('verified') === 'true' ? 'verified' : 'not-verified';
        case 'cancelled':
            return 'cancelled';
        case 'skipped':
            return 'missing';
        default:
            return said('rolled-back') === 'true' ? 'rolled-back' : 'failed';
    }
}
function machinesOfOutput(text, omitted, file) {
    if (text === '')
        return undefined;
    const json = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJsonObject */ .d)(`{"machines":${text}}`, `the machines of ${file}`);
    return machinesOf(json.get('machines').items(), /^\d{1,9}$/.test(omitted) ? Number(omitted) : 0);
}
const mostOthers = 100;
function machinesOf(list, omitted = 0) {
    const managed = list.filter((machine) => machine.get('excluded').value !== true);
    if (managed.length === 0)
        return undefined;
    const [right, others] = [
        (machine) => machine.get('runs-image').value === true,
        new Map(),
    ];
    for (const machine of managed) {
        if (right(machine))
            continue;
        const named = machine.string('digest') ?? '';
        const digest = (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(named) && (others.has(named) || others.size < mostOthers) ? named : '';
        others.set(digest, (others.get(digest) ?? 0) + 1);
    }
    return { all: managed.length, right: managed.filter(right).length, others, omitted };
}


/***/ }),

/***/ 622:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ isGood),
/* harmony export */   q: () => (/* binding */ resultsOf)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(760);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(758);
/* harmony import */ var _result_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(130);



function resultsOf(kind, jobs, files, warn) {
    const found = [];
    for (const { path, read } of files) {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(path);
        try {
            found.push({ file, result: { ...kind.read(read(), file), file: path } });
        }
        catch (error) {
            if (!(error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo))
                throw error;
            warn(error);
        }
    }
    return jobs.apps.map((wanted) => {
        const own = found.filter(({ result }) => result.app === wanted.app);
        const judged = own.map(({ file, result }) => ({
            file,
            result,
            why: kind.objection(file, result, jobs) || objection(result, wanted, jobs),
        }));
        const now = judged.filter(({ result }) => result.attempt === jobs.attempt);
        const wrong = judged.filter(({ result, why }) => why !== '' && !(result.attempt < jobs.attempt));
        for (const { file, why } of wrong)
            warn(otherResult(kind, file, wanted.app, why));
        if (wrong[0] !== undefined)
            return (0,_result_js__WEBPACK_IMPORTED_MODULE_2__/* .without */ .FF)(wanted.app, 'failed', wrong[0].why);
        if (now.length > 1)
            return (0,_result_js__WEBPACK_IMPORTED_MODULE_2__/* .without */ .FF)(wanted.app, 'failed', 'it left two results');
        return (now[0] ?? lastGood(judged, wanted))?.result ?? (0,_result_js__WEBPACK_IMPORTED_MODULE_2__/* .without */ .FF)(wanted.app, 'missing');
    });
}
function lastGood(judged, { jobs }) {
    if (jobs !== 'success')
        return undefined;
    const last = judged.toSorted((a, b) => b.result.attempt - a.result.attempt)[0];
    return last?.why === '' && isGood(last.result) ? last : undefined;
}
const isGood = ({ ending }) => ending === 'verified' || ending === 'skipped';
function objection(result, { jobs }, { attempt }) {
    if (result.attempt > attempt)
        return 'it is of an attempt that has not started';
    return jobs === 'skipped' && result.attempt === attempt ? 'its job did not run' : '';
}
const otherResult = ({ did, writer }, file, app, why) => new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
    code: 'fleet-result-other',
    found: `The file ${file} contains a result of ${app}, but ${why}.`,
    expected: `An artifact of the job that ${did} in this attempt.`,
    fix: `Rename other artifacts of this run: only ${writer}.`,
});


/***/ }),

/***/ 177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/* unused harmony export formatAge */
function formatDuration(ms) {
    if (ms < 1000)
        return `${Math.round(ms)} ms`;
    if (ms < 59_950)
        return `${(ms / 1000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1000);
    const two = (n) => String(n).padStart(2, '0');
    if (seconds < 3600)
        return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
    return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} m`;
}
function formatAge(created, now) {
    const time = Date.parse(created);
    if (!Number.isFinite(time) || time < Date.UTC(2013, 0, 1))
        return undefined;
    const seconds = Math.round((now - time) / 1000);
    if (seconds < -60)
        return undefined;
    const steps = [
        [86_400, 'day'],
        [3600, 'hour'],
        [60, 'minute'],
    ];
    for (const [size, unit] of steps) {
        const count = Math.floor(seconds / size);
        if (count >= 1)
            return `${counted(count, unit)} ago`;
    }
    return 'just now';
}
function formatBytes(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let [size, step] = [bytes, 0];
    while (size >= 999.5 && step < units.length - 1)
        [size, step] = [size / 1000, step + 1];
    return `${size.toFixed(step === 0 || size >= 100 ? 0 : 1)} ${units[step]}`;
}
const counted = (count, name) => `${count} ${name}${count === 1 ? '' : 's'}`;


/***/ }),

/***/ 533:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ isBeforeConnection),
/* harmony export */   j: () => (/* binding */ HttpError)
/* harmony export */ });
class HttpError extends Error {
    url;
    kind;
    constructor(url, kind, message, options) {
        super(message, options);
        this.name = 'HttpError';
        this.url = url;
        this.kind = kind;
    }
    get mayPass() {
        return ['unconnected', 'lost', 'elsewhere'].includes(this.kind);
    }
}
const beforeConnection = /^(?:E(?:NOTFOUND|AI_\w+|NODATA|SERVFAIL|CONNREFUSED|HOSTUNREACH|NETUNREACH|NETDOWN|ADDRNOTAVAIL|TIMEDOUT|PROTO|ACCES|PERM)|ERR_(?:TLS|SSL|PROXY)_\w+|CERT_\w+|CRL_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|INVALID_CA|HOSTNAME_MISMATCH)$/;
function isBeforeConnection(error) {
    if (error instanceof AggregateError && error.errors.length > 0)
        return error.errors.every(isBeforeConnection);
    if (!(error instanceof Error))
        return false;
    const { code } = error;
    if (typeof code === 'string' && beforeConnection.test(code))
        return true;
    if (error.message.includes('before secure TLS connection was established'))
        return true;
    return error.cause !== undefined && isBeforeConnection(error.cause);
}


/***/ }),

/***/ 656:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  VI: () => (/* binding */ beginningOf),
  hz: () => (/* binding */ isRateLimit403),
  fK: () => (/* binding */ makeHttp),
  d3: () => (/* binding */ mostRedirects),
  R3: () => (/* binding */ policies)
});

// UNUSED EXPORTS: isTemporary, retryAfter

;// CONCATENATED MODULE: ./node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;

const isError = value => objectToString.call(value) === '[object Error]';

const errorMessages = new Set([
	'network error', // Chrome
	'NetworkError when attempting to fetch resource.', // Firefox
	'The Internet connection appears to be offline.', // Safari 16
	'Network request failed', // `cross-fetch`
	'fetch failed', // Undici (Node.js)
	'terminated', // Undici (Node.js)
	' A network error occurred.', // Bun (WebKit)
	'Network connection lost', // Cloudflare Workers (fetch)
]);

function isNetworkError(error) {
	const isValid = error
		&& isError(error)
		&& error.name === 'TypeError'
		&& typeof error.message === 'string';

	if (!isValid) {
		return false;
	}

	const {message, stack} = error;

	// Safari 17+ has generic message but no stack for network errors
	if (message === 'Load failed' || (message.startsWith('Load failed (') && message.endsWith(')'))) {
		return stack === undefined
			// Sentry adds its own stack trace to the fetch error, so also check for that
			|| '__sentry_captured__' in error;
	}

	// Deno network errors start with specific text
	if (message.startsWith('error sending request for url')) {
		return true;
	}

	// Chrome: exact "Failed to fetch" or with hostname: "Failed to fetch (example.com)"
	if (message === 'Failed to fetch' || (message.startsWith('Failed to fetch (') && message.endsWith(')'))) {
		return true;
	}

	// Standard network error messages
	return errorMessages.has(message);
}

;// CONCATENATED MODULE: ./node_modules/p-retry/index.js


function validateRetries(retries) {
	if (typeof retries === 'number') {
		if (retries < 0) {
			throw new TypeError('Expected `retries` to be a non-negative number.');
		}

		if (Number.isNaN(retries)) {
			throw new TypeError('Expected `retries` to be a valid number or Infinity, got NaN.');
		}
	} else if (retries !== undefined) {
		throw new TypeError('Expected `retries` to be a number or Infinity.');
	}
}

function validateNumberOption(name, value, {min = 0, allowInfinity = false} = {}) {
	if (value === undefined) {
		return;
	}

	if (typeof value !== 'number' || Number.isNaN(value)) {
		throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? ' or Infinity' : ''}.`);
	}

	if (!allowInfinity && !Number.isFinite(value)) {
		throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	}

	if (value < min) {
		throw new TypeError(`Expected \`${name}\` to be \u2265 ${min}.`);
	}
}

class AbortError extends Error {
	constructor(message) {
		super();

		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			this.originalError = new Error(message);
			this.originalError.stack = this.stack;
		}

		this.name = 'AbortError';
		this.message = message;
	}
}

function calculateDelay(retriesConsumed, options) {
	const attempt = Math.max(1, retriesConsumed + 1);
	const random = options.randomize ? (Math.random() + 1) : 1;

	let timeout = Math.round(random * options.minTimeout * (options.factor ** (attempt - 1)));
	timeout = Math.min(timeout, options.maxTimeout);

	return timeout;
}

function calculateRemainingTime(start, max) {
	if (!Number.isFinite(max)) {
		return max;
	}

	return max - (performance.now() - start);
}

async function onAttemptFailure({error, attemptNumber, retriesConsumed, startTime, options}) {
	const normalizedError = error instanceof Error
		? error
		: new TypeError(`Non-error was thrown: "${error}". You should only throw errors.`);

	if (normalizedError instanceof AbortError) {
		throw normalizedError.originalError;
	}

	const retriesLeft = Number.isFinite(options.retries)
		? Math.max(0, options.retries - retriesConsumed)
		: options.retries;

	const maxRetryTime = options.maxRetryTime ?? Number.POSITIVE_INFINITY;

	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
	});

	await options.onFailedAttempt(context);

	if (calculateRemainingTime(startTime, maxRetryTime) <= 0) {
		throw normalizedError;
	}

	const consumeRetry = await options.shouldConsumeRetry(context);

	const remainingTime = calculateRemainingTime(startTime, maxRetryTime);

	if (remainingTime <= 0 || retriesLeft <= 0) {
		throw normalizedError;
	}

	if (normalizedError instanceof TypeError && !isNetworkError(normalizedError)) {
		if (consumeRetry) {
			throw normalizedError;
		}

		options.signal?.throwIfAborted();
		return false;
	}

	if (!await options.shouldRetry(context)) {
		throw normalizedError;
	}

	if (!consumeRetry) {
		options.signal?.throwIfAborted();
		return false;
	}

	const delayTime = calculateDelay(retriesConsumed, options);
	const finalDelay = Math.min(delayTime, remainingTime);

	options.signal?.throwIfAborted();

	if (finalDelay > 0) {
		await new Promise((resolve, reject) => {
			const onAbort = () => {
				clearTimeout(timeoutToken);
				options.signal?.removeEventListener('abort', onAbort);
				reject(options.signal.reason);
			};

			const timeoutToken = setTimeout(() => {
				options.signal?.removeEventListener('abort', onAbort);
				resolve();
			}, finalDelay);

			if (options.unref) {
				timeoutToken.unref?.();
			}

			options.signal?.addEventListener('abort', onAbort, {once: true});
		});
	}

	options.signal?.throwIfAborted();

	return true;
}

async function pRetry(input, options = {}) {
	options = {...options};

	validateRetries(options.retries);

	if (Object.hasOwn(options, 'forever')) {
		throw new Error('The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.');
	}

	options.retries ??= 10;
	options.factor ??= 2;
	options.minTimeout ??= 1000;
	options.maxTimeout ??= Number.POSITIVE_INFINITY;
	options.maxRetryTime ??= Number.POSITIVE_INFINITY;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;

	// Validate numeric options and normalize edge cases
	validateNumberOption('factor', options.factor, {min: 0, allowInfinity: false});
	validateNumberOption('minTimeout', options.minTimeout, {min: 0, allowInfinity: false});
	validateNumberOption('maxTimeout', options.maxTimeout, {min: 0, allowInfinity: true});
	validateNumberOption('maxRetryTime', options.maxRetryTime, {min: 0, allowInfinity: true});

	// Treat non-positive factor as 1 to avoid zero backoff or negative behavior
	if (!(options.factor > 0)) {
		options.factor = 1;
	}

	options.signal?.throwIfAborted();

	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();

	while (Number.isFinite(options.retries) ? retriesConsumed <= options.retries : true) {
		attemptNumber++;

		try {
			options.signal?.throwIfAborted();

			const result = await input(attemptNumber);

			options.signal?.throwIfAborted();

			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options,
			})) {
				retriesConsumed++;
			}
		}
	}

	// Should not reach here, but in case it does, throw an error
	throw new Error('Retry attempts exhausted without throwing an error.');
}

function makeRetriable(function_, options) {
	return function (...arguments_) {
		return pRetry(() => function_.apply(this, arguments_), options);
	};
}

// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __nccwpck_require__(533);
;// CONCATENATED MODULE: ./build/lib/body.js

async function readLimited(where, { headers, body }, limit) {
    const announced = Number(headers.get('content-length') ?? 0);
    let whole = Buffer.allocUnsafe(announced > 0 && announced <= limit ? announced : 0);
    let size = 0;
    const move = (length) => {
        const moved = Buffer.allocUnsafe(length);
        moved.set(whole.subarray(0, size));
        release(whole);
        whole = moved;
    };
    for await (const piece of body ?? []) {
        const end = size + piece.byteLength;
        if (end > limit)
            throw new http_error/* HttpError */.j(where, 'too-large', `the answer is larger than ${limit} bytes`);
        if (end > whole.byteLength)
            move(2 * end);
        whole.set(piece, size);
        size = end;
        release(piece);
    }
    if (size !== whole.byteLength)
        move(size);
    return whole;
}
const leastReleased = 4096;
function release({ buffer, byteLength }) {
    if (byteLength < leastReleased || byteLength !== buffer.byteLength || !(buffer instanceof ArrayBuffer))
        return;
    buffer.transfer?.(0);
}

// EXTERNAL MODULE: ./build/lib/format.js
var format = __nccwpck_require__(177);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __nccwpck_require__(100);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(758);
// EXTERNAL MODULE: ./build/lib/version.js
var version = __nccwpck_require__(480);
;// CONCATENATED MODULE: ./build/lib/http.js







const policies = {
    registry: { tries: 4, timeout: 30_000, longestWait: 60_000 },
    machines: { tries: 5, timeout: 15_000, longestWait: 120_000, leastWait: 1000 },
    machinesOnce: { tries: 1, timeout: 15_000, longestWait: 30_000 },
    appUrl: { tries: 2, timeout: 10_000, longestWait: 5000 },
    download: { tries: 4, timeout: 5 * 60_000, longestWait: 60_000 },
    github: { tries: 4, timeout: 30_000, longestWait: 60_000 },
    githubCheck: { tries: 2, timeout: 15_000, longestWait: 5000 },
    health: { tries: 1, timeout: 15_000, longestWait: 0 },
};
const isTemporary = ({ status }) => [408, 429, 499].includes(status) || status >= 500;
const isRateLimit403 = ({ status, body }) => status === 403 && /rate limit/i.test(beginningOf(body));
const beginningOf = (body) => body.subarray(0, 4096).toString('utf8');
function retryAfter({ headers }, now) {
    const value = headers.get('retry-after')?.trim();
    if (value !== undefined && /^\d+$/.test(value))
        return Number(value) * 1000;
    const date = Date.parse(value ?? '');
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
const mostRedirects = 5;
function makeHttp(deps, options) {
    const { clock, log, random } = deps;
    const { allTime = Number.POSITIVE_INFINITY } = options;
    const end = clock.now() + allTime;
    const passes = (answer) => isTemporary(answer) || options.isTemporary?.(answer) === true;
    const once = async (url, request) => {
        let sent = firstOf(url, request);
        for (let hop = 0; hop <= mostRedirects; hop++) {
            const left = end - clock.now();
            if (left <= 0)
                throw new http_error/* HttpError */.j(url, 'out-of-time', `the ${(0,format/* formatDuration */.a3)(allTime)} for all requests to this host are over`);
            const timeout = Math.min(options.timeout, left);
            const answer = await send(deps, sent, request.limit, timeout);
            const location = answer.headers.get('location');
            if (answer.status < 300 || answer.status > 399 || location === null || request.follow === false)
                return answer;
            sent = (0,url_policy/* redirected */.cP)(sent, { ...answer, location });
        }
        throw new http_error/* HttpError */.j(url, 'redirect', `more than ${mostRedirects} redirects`);
    };
    return async (url, request) => {
        let last;
        const attempt = async () => {
            last = undefined;
            try {
                last = await once(url, request);
            }
            catch (error) {
                throw error instanceof http_error/* HttpError */.j && !error.mayPass ? new AbortError(error) : error;
            }
            if (passes(last))
                throw new Error(`HTTP ${last.status}`);
            return last;
        };
        try {
            return await pRetry(attempt, {
                retries: options.tries - 1,
                minTimeout: 0,
                maxTimeout: 0,
                onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
                    if (retriesLeft === 0)
                        return;
                    const asked = last && (retryAfter(last, clock.now()) ?? options.retryAfter?.(last));
                    if (asked !== undefined && asked > options.longestWait)
                        throw new AbortError(error);
                    const least = options.leastWait ?? 200;
                    const wait = (asked ?? 0) + least + random() * 300 * 2 ** (attemptNumber - 1);
                    if (wait >= end - clock.now())
                        throw new AbortError(error);
                    const { origin, pathname } = new URL(url);
                    log.debug(`${request.method ?? 'GET'} ${origin}${pathname}: ${(0,user_error/* messageOf */.bD)(error)}; trying again in ${Math.round(wait)} ms`);
                    await clock.sleep(wait);
                },
            });
        }
        catch (error) {
            if (last !== undefined)
                return last;
            throw error instanceof AbortError ? error.originalError : error;
        }
    };
}
function firstOf(address, { method = 'GET', headers = {}, body, namedBy }) {
    const url = new URL(address);
    const why = namedBy && (0,url_policy/* objection */.C4)(url, namedBy);
    if (why !== undefined)
        throw new http_error/* HttpError */.j(`${url.origin}${url.pathname}`, 'redirect', `${url.host} ${why}`);
    return { url, method, headers, body, guarded: namedBy !== undefined && (0,url_policy/* mustBePublic */.Ok)(url, namedBy) };
}
async function send({ fetch }, sent, limit, timeout) {
    const { url, method, headers, body, guarded } = sent;
    const where = `${url.origin}${url.pathname}`;
    const signal = AbortSignal.timeout(timeout);
    try {
        const response = await fetch(url.href, {
            ...{ method, guarded, signal, redirect: 'manual' },
            headers: { 'user-agent': version/* userAgent */.N, ...headers },
            ...(body === undefined ? {} : { body }),
        });
        return {
            url: where,
            status: response.status,
            headers: response.headers,
            body: await readLimited(where, response, limit),
            isPrivate: response.isPrivate === true,
        };
    }
    catch (error) {
        if (error instanceof http_error/* HttpError */.j)
            throw error;
        const why = signal.aborted ? `no answer within ${(0,format/* formatDuration */.a3)(timeout)}` : (0,user_error/* messageOf */.bD)(error);
        throw new http_error/* HttpError */.j(where, (0,http_error/* isBeforeConnection */.C)(error) ? 'unconnected' : 'lost', why, { cause: error });
    }
}


/***/ }),

/***/ 911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ parseJsonObject)
/* harmony export */ });
/* unused harmony export Json */
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(869);
/* harmony import */ var _user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(758);


class Json {
    value;
    path;
    what;
    constructor(value, what, path = '') {
        this.value = value;
        this.what = what;
        this.path = path;
    }
    get(key) {
        const { value } = this;
        const own = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
        return new Json(own ? value[key] : undefined, this.what, `${this.path}${this.path && '.'}${key}`);
    }
    items() {
        return Array.isArray(this.value)
            ? this.value.map((each, n) => new Json(each, this.what, `${this.path}[${n}]`))
            : [];
    }
    strings() {
        const found = new Map();
        if (typeof this.value !== 'object' || this.value === null)
            return found;
        for (const [key, text] of Object.entries(this.value))
            if (typeof text === 'string')
                found.set(key, text.slice(0, _text_js__WEBPACK_IMPORTED_MODULE_1__/* .mostOfLabel */ .hV));
        return found;
    }
    string(key) {
        const { value } = this.get(key);
        return typeof value === 'string' ? value.slice(0, _text_js__WEBPACK_IMPORTED_MODULE_1__/* .mostOfLabel */ .hV) : undefined;
    }
    text() {
        if (typeof this.value !== 'string' || this.value === '')
            throw this.error('A non-empty string');
        return this.value;
    }
    maybeText() {
        return typeof this.value === 'string' && this.value !== '' ? this.value : undefined;
    }
    integer() {
        if (typeof this.value !== 'number' || !Number.isSafeInteger(this.value))
            throw this.error('A whole number');
        return this.value;
    }
    maybeNumber() {
        return typeof this.value === 'number' && Number.isFinite(this.value) ? this.value : undefined;
    }
    maybeTime() {
        const time = Date.parse(this.maybeText() ?? '');
        return Number.isNaN(time) ? undefined : time;
    }
    error(expected) {
        const seen = this.value === undefined ? 'is missing' : `is ${JSON.stringify(this.value)?.slice(0, 120)}`;
        return new _user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
            code: 'field-invalid',
            found: `In ${this.what}, ${this.path === '' ? 'the content' : `\`${this.path}\``} ${seen}.`,
            expected: `${expected}.`,
            fix: `Check what writes ${this.what}.`,
        });
    }
}
function parseJsonObject(text, what, secret) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        throw new _user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
            code: 'json-invalid',
            found: `${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .capitalized */ .l2)(what)} is not valid JSON${secret ? '' : `: ${(0,_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`}.`,
            expected: 'One JSON object.',
            fix: `Check what writes ${what}.`,
        }, secret ? {} : { cause: error });
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new _user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
            code: 'json-invalid',
            found: `${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .capitalized */ .l2)(what)} is ${Array.isArray(value) ? 'an array' : secret ? 'not an object' : JSON.stringify(value)?.slice(0, 80)}.`,
            expected: 'One JSON object.',
            fix: `Check what writes ${what}.`,
        });
    }
    return new Json(value, what);
}


/***/ }),

/***/ 869:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h0: () => (/* binding */ plainLine),
/* harmony export */   hT: () => (/* binding */ withoutTrailing),
/* harmony export */   hV: () => (/* binding */ mostOfLabel),
/* harmony export */   l2: () => (/* binding */ capitalized),
/* harmony export */   vI: () => (/* binding */ shortened)
/* harmony export */ });
/* unused harmony export joinedLines */
const mostOfLabel = 1024;
function withoutTrailing(text, characters) {
    let end = text.length;
    while (end > 0 && characters.includes(text.charAt(end - 1)))
        end--;
    return text.slice(0, end);
}
const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const shortened = (text, most) => text.length <= most ? text : `${text.slice(0, most)}…`.toWellFormed();
const joinedLines = (text) => text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
const unseen = /(?!\ufe0f)[\p{DI}\ufff9-\ufffb]/gu;
const plainLine = (text) => text
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')
    .replace(unseen, '')
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ');


/***/ }),

/***/ 100:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C0: () => (/* binding */ isPrivateAddress),
/* harmony export */   C4: () => (/* binding */ objection),
/* harmony export */   Ok: () => (/* binding */ mustBePublic),
/* harmony export */   cP: () => (/* binding */ redirected),
/* harmony export */   pc: () => (/* binding */ baseUrl)
/* harmony export */ });
/* unused harmony exports isLoopback, isPrivate, resolveUrl */
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(533);
/* harmony import */ var _user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(758);


const isLoopback = (host) => /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host);
const privateIpv4 = '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4'.split(' ');
const privateIpv6 = [
    ...'::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8'.split(' '),
    ...privateIpv4.map((range) => {
        const [address, bits] = range.split('/');
        return `64:ff9b::${address}/${96 + Number(bits)}`;
    }),
];
const net = () => process.getBuiltinModule('node:net');
let madeRanges;
function privateRanges() {
    if (madeRanges !== undefined)
        return madeRanges;
    madeRanges = new (net().BlockList)();
    for (const range of [...privateIpv4, ...privateIpv6]) {
        const [address = '', bits] = range.split('/');
        madeRanges.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
    }
    return madeRanges;
}
function isPrivateAddress(address) {
    const bare = address.replace(/%.*$/, '');
    const family = net().isIP(bare);
    return family === 0 || privateRanges().check(bare, family === 6 ? 'ipv6' : 'ipv4');
}
function isPrivate({ hostname }) {
    const name = hostname
        .replace(/^\[(.*)\]$/, '$1')
        .replace(/\.$/, '')
        .toLowerCase();
    if (net().isIP(name) !== 0)
        return isPrivateAddress(name);
    return (!name.includes('.') ||
        /\.(?:localhost|local|internal|intranet|lan|corp|home|private|svc|home\.arpa)$/.test(name));
}
const isInside = ({ url, isPrivate: reached }) => reached === true || isPrivate(new URL(url));
const mustBePublic = (to, by) => to.host !== new URL(by.url).host && !isInside(by);
function objection(to, by) {
    const from = new URL(by.url);
    if (to === undefined)
        return 'is not a URL';
    const isPlain = to.protocol === 'http:' && from.protocol === 'http:' && (isLoopback(to.host) || !isLoopback(from.host));
    if (to.protocol !== 'https:' && !isPlain)
        return 'is not https';
    if (to.username !== '' || to.password !== '')
        return 'contains a login';
    if (mustBePublic(to, by) && isPrivate(to))
        return 'is inside a private network';
    return undefined;
}
const resolveUrl = (location, { url }) => URL.canParse(location, url) ? new URL(location, url) : undefined;
const plainHeaders = ['accept', 'accept-encoding', 'range', 'user-agent'];
function redirected(sent, answer) {
    const from = sent.url;
    const to = resolveUrl(answer.location, { url: from.href });
    const isSafe = sent.method === 'GET' || sent.method === 'HEAD';
    const isHome = to?.origin === from.origin;
    const why = objection(to, { url: from.href, isPrivate: answer.isPrivate }) ??
        (isHome || isSafe ? undefined : `is another origin, and a ${sent.method} is not sent to another origin`);
    if (to === undefined || why !== undefined) {
        const where = to === undefined ? 'an invalid URL' : `${to.protocol}//${to.host}`;
        throw new _http_error_js__WEBPACK_IMPORTED_MODULE_0__/* .HttpError */ .j(`${from.origin}${from.pathname}`, 'redirect', `its redirect from ${from.origin} to ${where} was not followed, because the target ${why}`);
    }
    const guarded = to.host === from.host ? sent.guarded : mustBePublic(to, { ...answer, url: from.href });
    const becomesGet = !isSafe && (answer.status === 303 || (answer.status < 303 && sent.method === 'POST'));
    const kept = Object.entries(sent.headers).filter(([name]) => {
        const lower = name.toLowerCase();
        return isHome ? !(becomesGet && lower.startsWith('content-')) : plainHeaders.includes(lower);
    });
    return {
        url: to,
        method: becomesGet ? 'GET' : sent.method,
        headers: Object.fromEntries(kept),
        body: becomesGet ? undefined : sent.body,
        guarded,
    };
}
const isPlainHost = ({ host, hostname }) => isLoopback(host) || hostname.toLowerCase().endsWith('.internal');
function baseUrl(env, name, otherwise) {
    const given = env[name] || otherwise;
    const url = URL.canParse(given) ? new URL(given) : undefined;
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isPlainHost(url));
    if (isSafe && url.username === '' && url.password === '')
        return given;
    throw new _user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
        code: 'variable-invalid',
        found: `${name} is "${given.includes('@') ? `***${given.slice(given.lastIndexOf('@'))}` : given}".`,
        expected: 'A URL that starts with https://, or with http:// for this machine or a host in `.internal`.',
        fix: `Write \`${name}: ${otherwise}\` in the \`env:\` of the workflow, or remove ${name}.`,
    });
}


/***/ }),

/***/ 758:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Wk: () => (/* binding */ formatError),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   bn: () => (/* binding */ allOf),
/* harmony export */   yo: () => (/* binding */ UserError)
/* harmony export */ });
/* unused harmony export formatTexts */
class UserError extends Error {
    code;
    found;
    expected;
    fix;
    location;
    input;
    problems;
    constructor(parts, options) {
        super(formatTexts(options?.problems?.length ? options.problems : [parts]), options);
        this.name = 'UserError';
        this.code = parts.code;
        this.found = parts.found;
        this.expected = parts.expected;
        this.fix = parts.fix;
        this.location = parts.location;
        this.input = parts.input;
        this.problems = options?.problems ?? [];
    }
    at(where) {
        if (this.location !== undefined || (where.location === undefined && this.input !== undefined))
            return this;
        const { code, found, expected, fix, location, input, cause, problems } = this;
        return new UserError({ code, found, expected, fix, location, input, ...where }, { cause, problems });
    }
    get each() {
        return this.problems.length === 0 ? [this] : this.problems;
    }
    get codes() {
        return this.each.map(({ code }) => code);
    }
}
function allOf(problems) {
    const [only, ...more] = problems;
    if (only !== undefined && more.length === 0)
        return only;
    const located = problems.find(({ location, input }) => location ?? input);
    return new UserError({
        code: 'several-problems',
        found: `${problems.length} problems`,
        expected: '',
        fix: '',
        location: located?.location,
        input: located?.input,
    }, { problems });
}
function formatTexts(texts) {
    const blocks = texts.map(({ found, expected, fix }) => `${found}\nExpected: ${expected}\nFix: ${fix}`);
    if (blocks.length === 1)
        return blocks.join();
    return [`${blocks.length} problems were found.`, ...blocks.map((block, n) => `${n + 1}. ${block}`)].join('\n\n');
}
const formatError = (error) => formatTexts(error.each);
function messageOf(error) {
    if (error instanceof AggregateError && error.errors.length > 0) {
        return [...new Set(error.errors.map(messageOf))].join('; ');
    }
    if (error instanceof UserError)
        return error.found;
    if (!(error instanceof Error))
        return String(error);
    const cause = error.cause === undefined ? '' : messageOf(error.cause);
    const own = error.message === '' ? error.name : error.message;
    return cause === '' || own.includes(cause) ? own : `${own}: ${cause}`;
}


/***/ }),

/***/ 480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ userAgent)
/* harmony export */ });
/* unused harmony export version */
const version = '0.1.0';
const userAgent = `deploy-fly-image/${version}`;


/***/ }),

/***/ 442:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Bc: () => (/* binding */ isDigest),
  VK: () => (/* binding */ shortDigest)
});

// UNUSED EXPORTS: formatReference, isTag, namesImage, parseReference, tagIn

// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(758);
// EXTERNAL MODULE: ./build/lib/http.js + 3 modules
var http = __nccwpck_require__(656);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __nccwpck_require__(100);
;// CONCATENATED MODULE: ./build/registry/hosts.js


const rows = [
    {
        name: 'Docker Hub',
        host: 'docker.io',
        apiHost: 'registry-1.docker.io',
        aliases: ['index.docker.io', 'registry-1.docker.io', 'docker-hub-mirror.fly.io'],
        configKey: 'https://index.docker.io/v1/',
        defaultNamespace: 'library',
    },
    {
        name: 'GitHub Container Registry',
        host: /^(?:ghcr\.io|containers\..+)$/,
        access: [
            '  permissions:',
            '    packages: read',
            'If another repository or a person pushed the package first, also add this repository in Package settings → Manage Actions access.',
        ],
    },
    {
        name: 'Fly.io',
        host: 'registry.fly.io',
        access: ['`with: fly-api-token:` with a token that can read that app.'],
    },
    {
        name: 'Quay',
        host: 'quay.io',
        access: ['`with: registry-username:` and `registry-password:` of a robot account that can read it.'],
    },
    {
        name: 'GitLab',
        host: 'registry.gitlab.com',
        access: ['`with: registry-username:` and `registry-password:` of a deploy token with `read_registry`.'],
    },
    {
        name: 'Amazon ECR',
        host: /^\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
        access: [
            '`with: registry-username: AWS` and the output of `aws ecr get-login-password` as `registry-password:`, or `aws-actions/amazon-ecr-login` in a step before this one.',
        ],
    },
];
const rowOf = (host) => rows.find((row) => (typeof row.host === 'string' ? row.host === host : row.host.test(host)));
function hosts_canonicalHost(text) {
    const host = text.toLowerCase();
    const known = rows.find(({ aliases }) => aliases?.includes(host))?.host;
    return typeof known === 'string' ? known : host;
}
const namesOf = (host) => [host, ...(rowOf(host)?.aliases ?? [])];
const configKeyOf = (host) => rowOf(host)?.configKey ?? host;
function hosts_fullPath(host, path) {
    const namespace = rowOf(host)?.defaultNamespace;
    return namespace === undefined || path.includes('/') ? path : `${namespace}/${path}`;
}
const apiOrigin = (host) => isLoopback(host) ? `http://${host}` : `https://${rowOf(host)?.apiHost ?? host}`;
const isTokenHost = (tokenHost, host) => !['ghcr.io', 'registry.fly.io'].includes(host) || tokenHost === host;
const accessLines = (host) => rowOf(host)?.access ?? [
    '`with: registry-username:` and `registry-password:` of an account that can read it.',
];
function githubRegistry(serverUrl) {
    const host = URL.canParse(serverUrl) ? new URL(serverUrl).host : 'github.com';
    return host === 'github.com' ? 'ghcr.io' : `containers.${host}`;
}
function takesGithubToken(host, env) {
    const { GITHUB_API_URL: api = '', SANDBOX_GITHUB_REGISTRY: sandbox } = env;
    const isSandbox = sandbox === host && isLoopback(host) && URL.canParse(api) && isLoopback(new URL(api).host);
    return isSandbox || host === githubRegistry(env['GITHUB_SERVER_URL'] ?? '');
}
const flyHost = (env) => env['FLY_REGISTRY_HOST'] || 'registry.fly.io';
const flyRepository = (app, env) => ({ host: flyHost(env), path: app });
const registryQuirks = {
    isTemporary: http/* isRateLimit403 */.hz,
    retryAfter: ({ status, body }) => {
        if (status !== 429 && status !== 403)
            return undefined;
        const [, amount, unit = ''] = /retry-after:\s*(\d{1,9}(?:\.\d{1,9})?)(µs|us|ms|s|m)\b/i.exec((0,http/* beginningOf */.VI)(body)) ?? [];
        if (amount === undefined)
            return undefined;
        const milliseconds = { µs: 0.001, us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit.toLowerCase()] ?? 1;
        return Math.max(1000, Number(amount) * milliseconds);
    },
};
const passesByItself = (answer) => isTemporary(answer) || registryQuirks.isTemporary(answer);

;// CONCATENATED MODULE: ./build/registry/reference.js


const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const host = /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/;
const tagForm = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const digestForm = /^sha256:[0-9a-f]{64}$/;
const isTag = (text) => tagForm.test(text);
const isDigest = (text) => digestForm.test(text);
function parseReference(text) {
    const at = text.indexOf('@');
    const digest = at < 0 ? undefined : text.slice(at + 1);
    const named = at < 0 ? text : text.slice(0, at);
    const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
    const tag = colon < 0 ? undefined : named.slice(colon + 1);
    const name = colon < 0 ? named : named.slice(0, colon);
    const slash = name.indexOf('/');
    const first = slash < 0 ? '' : name.slice(0, slash);
    const hasHost = /[.:]/.test(first) || first === 'localhost' || first.startsWith('[');
    const registry = hasHost ? canonicalHost(first) : 'docker.io';
    const given = hasHost ? name.slice(slash + 1) : name;
    const lowered = given.toLowerCase();
    const path = fullPath(registry, lowered);
    const wrong = (!host.test(registry) && `the registry host "${first}" is not a valid host name`) ||
        (!path.split('/').every((part) => component.test(part)) && `"${given}" is not a valid repository name`) ||
        (path.length + registry.length >= 255 && 'the name is longer than 255 characters') ||
        (tag !== undefined && !isTag(tag) && `"${tag}" is not a valid tag`) ||
        (digest !== undefined && !isDigest(digest) && `"${digest}" is not a sha256 digest`);
    if (wrong) {
        throw new UserError({
            code: 'reference-invalid',
            found: `The image reference "${text}" is invalid: ${wrong}.`,
            expected: 'A reference [host/]owner/name such as ghcr.io/owner/repo, with :tag or @sha256:… to select one image.',
            fix: 'Correct the input `image`, such as `with: image: ghcr.io/owner/repo`.',
        });
    }
    return {
        host: registry,
        path,
        ...(tag === undefined ? {} : { tag }),
        ...(digest === undefined ? {} : { digest }),
        ...(given === lowered ? {} : { loweredFrom: text }),
    };
}
function formatReference(reference) {
    const { host, path, tag, digest } = reference;
    return `${host}/${path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
const namesImage = ({ tag, digest }) => tag !== undefined || digest !== undefined;
const shortDigest = (digest) => digest.slice(0, 'sha256:'.length + 12);
const tagIn = (reference) => /^[^@]*?:([\w.-]+)(?:@|$)/.exec(reference.replace(/^[^/]*\//, ''))?.[1] ?? '';


/***/ }),

/***/ 711:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   jD: () => (/* binding */ tableRow),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* unused harmony exports text, block */
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(869);

function code(text, most = 500) {
    const plain = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(text, most)).trim();
    if (plain === '')
        return '';
    return /^[\w.:/@+=,-]+$/.test(plain) ? `\`${plain}\`` : `<code>${entities(plain)}</code>`;
}
function text(outside, most = 500) {
    const characters = [...plainLine(outside.slice(0, 4 * most)).trim()];
    return unlinked(characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join(''));
}
const unlinked = (words) => entities(words.replace(/[@#]|:(?=\/\/)|www(?=\.)|gh(?=-\d)/gi, '$&\u2060'));
const prose = (sentence) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(sentence, mostText))
    .split(/`([^`]*)`/)
    .map((part, n) => (n % 2 === 1 ? code(part) : part.split(digest).map(plainOrDigest).join('')))
    .join('');
const digest = /(sha256:[0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])/;
const plainOrDigest = (part, n) => (n % 2 === 1 ? code(part) : unlinked(part));
const mostText = 16_000;
function block(text, width = 100) {
    const lines = unindented(cut(text.trimEnd())
        .split('\n')
        .map((line) => plainLine(line).trimEnd())).flatMap((line) => wrap(line, width));
    return `<pre>${lines.join('\n').replace(/[&<>]/g, entity)}</pre>`;
}
function unindented(lines) {
    const first = Math.max(0, lines.findIndex((line) => line !== ''));
    const shown = lines.slice(first);
    const margin = shown
        .filter((line) => line !== '')
        .reduce((least, line) => Math.min(least, line.length - line.trimStart().length), Number.POSITIVE_INFINITY);
    return shown.map((line) => line.slice(margin));
}
const cut = (text) => text.length <= mostText
    ? text
    : `${text.slice(0, mostText)}\n… ${text.length - mostText} characters more, in the log`;
function wrap(line, width) {
    const margin = /^ */.exec(line)?.[0] ?? '';
    const lines = [];
    let current = margin;
    for (const word of line.slice(margin.length).split(' ')) {
        if (current.trim() !== '' && current.length + 1 + word.length > width) {
            lines.push(current);
            current = `${margin}  ${word}`;
        }
        else {
            current += current === margin ? word : ` ${word}`;
        }
    }
    return [...lines, current];
}
const link = (text, url) => `[${text}](${url.replace(/[()[\]\\\s<>"`|]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)})`;
function table(head, rows) {
    return [tableRow(head), tableRow(head.map(() => '---')), ...rows.map(tableRow)].join('\n');
}
const tableRow = (cells) => `| ${cells.join(' | ')} |`;
const entity = (character) => `&#${character.charCodeAt(0)};`;
const entities = (text) => text.replace(/[&<>"'`|\\*_[\]#~$@:]/g, entity);
const plain = (markdown) => markdown
    .replace(/^## \S+ /, '')
    .replace(/<\/?code>|`/g, '')
    .replace(/&#(\d{1,6});/g, (_, code) => String.fromCodePoint(Number(code)));


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
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
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
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return {"68":"actions-github","221":"record","673":"lib-network"}[chunkId] + ".js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(896);
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + os.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./build/lib/secret.js
const shortestSecret = 8;
const formsOf = (secret) => [
    ...new Set([
        secret,
        Buffer.from(secret).toString('base64'),
        encodeURIComponent(secret.toWellFormed()),
        JSON.stringify(secret).slice(1, -1),
    ]),
];
const withoutSecrets = (text, secrets) => [...secrets]
    .sort((a, b) => b.length - a.length)
    .reduce((done, secret) => done.replaceAll(secret, '***'), text);

// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(869);
;// CONCATENATED MODULE: ./build/github/log.js




function printable(text) {
    return (0,lib_text/* plainLine */.h0)(text)
        .replaceAll('##[', '##\u200b[')
        .replace(/^(\s*:)(?=:)/, '$1\u200b');
}
const mostOfAnnotation = 4096;
const mostAnnotations = 10;
const mostOfText = 64 * 1024;
function shortened(text, most, where) {
    if (text.length <= most)
        return text;
    const words = `\n… ${text.length} characters${where} …\n`;
    const half = Math.floor((most - words.length) / 2) - 8;
    return `${text.slice(0, half)}${words}${text.slice(-half)}`.toWellFormed();
}
function actionsLog(write) {
    const some = (text) => (text.length <= mostOfText ? text : shortened(hide(text), mostOfText, ''));
    const lines = (text) => some(text).split('\n').map(printable);
    const joined = (text) => lines(text).join('\n');
    const at = (location) => location && { file: printable(location.file), startLine: location.line };
    const secrets = new Set();
    const hide = (text) => withoutSecrets(text, secrets);
    let about = '';
    const annotation = (bare) => {
        const text = `${about}${bare}`;
        const whole = joined(text);
        const hidden = joined(hide(text));
        if (whole.length <= mostOfAnnotation)
            return hidden;
        write(`${whole}\n`);
        return joined(shortened(hidden, mostOfAnnotation, ', more of them in the log above'));
    };
    let midLine = false;
    const endLine = () => {
        if (midLine)
            write('\n');
        midLine = false;
    };
    const line = (text) => {
        endLine();
        for (const each of lines(text))
            write(`${each}\n`);
    };
    let held;
    const command = (issue) => {
        if (held === undefined)
            issue();
        else
            held.push(issue);
    };
    const shown = { Notice: 0, Warning: 0 };
    const show = (level, text, annotate) => {
        if (++shown[level] > mostAnnotations)
            line(`${level}: ${text}`);
        else
            command(() => annotate(annotation(text)));
    };
    return {
        line,
        group: (title, work) => group(printable(title), work),
        about: (app) => {
            about = `${app}: `;
        },
        notice: (text) => show('Notice', text, notice),
        warning: (text, location) => show('Warning', text, (short) => warning(short, at(location))),
        error: (text, location) => command(() => error(annotation(text), at(location))),
        debug: (text) => command(() => debug(printable(text))),
        mask: (secret) => {
            for (const part of secret.split(/\r?\n/).filter((line) => line.trim() !== '')) {
                for (const form of formsOf(part)) {
                    if (secrets.has(form))
                        continue;
                    secrets.add(form);
                    command(() => setSecret(form));
                }
            }
        },
        hide,
        fenced: async (work) => {
            const token = (0,external_node_crypto_namespaceObject.randomUUID)();
            write(`::stop-commands::${token}\n`);
            const waiting = [];
            held = waiting;
            try {
                return await work((chunk) => {
                    if (chunk.length === 0)
                        return;
                    midLine = chunk[chunk.length - 1] !== 0x0a;
                    write(chunk);
                }, line);
            }
            finally {
                endLine();
                write(`::${token}::\n`);
                held = undefined;
                for (const issue of waiting)
                    issue();
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./build/github/outputs.js

function writeOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        setOutput(name, value);
}
async function writeSummary(markdown) {
    if (process.env['GITHUB_STEP_SUMMARY'])
        await summary.addRaw(markdown).write();
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./build/github/report-folder.js



const own = 'deploy-fly-image';
function kindOf(path) {
    const found = (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false });
    return found && (found.isDirectory() ? 'folder' : 'other');
}
const fileName = /^[a-z0-9][a-z0-9_.-]{0,99}$/;
function reportFolder(env) {
    const temp = env['RUNNER_TEMP'] ?? '';
    const folder = () => {
        if (!(0,external_node_path_.isAbsolute)(temp))
            throw new Error('RUNNER_TEMP is not the path of a folder');
        const path = (0,external_node_path_.join)((0,external_node_fs_.realpathSync)(temp), own);
        if (kindOf(path) === undefined)
            (0,external_node_fs_.mkdirSync)(path);
        if (kindOf(path) !== 'folder')
            throw new Error(`${(0,external_node_path_.join)(temp, own)} is not a folder`);
        return path;
    };
    const pathOf = (name) => {
        if (!fileName.test(name))
            throw new Error('the name of the file is not valid');
        return (0,external_node_path_.join)(folder(), name);
    };
    return {
        write: (name, text) => {
            const path = pathOf(name);
            if (kindOf(path) === 'folder')
                throw new Error(`${(0,external_node_path_.join)(temp, own, name)} is a folder`);
            const part = (0,external_node_path_.join)(folder(), `.${(0,external_node_crypto_namespaceObject.randomUUID)()}`);
            try {
                (0,external_node_fs_.writeFileSync)(part, text, { flag: 'wx' });
                (0,external_node_fs_.renameSync)(part, path);
            }
            catch (error) {
                (0,external_node_fs_.rmSync)(part, { force: true });
                throw error;
            }
            return (0,external_node_path_.join)(temp, own, name);
        },
        remove: (name) => (0,external_node_fs_.rmSync)(pathOf(name), { force: true }),
    };
}

;// CONCATENATED MODULE: ./build/lib/clock.js
const systemClock = {
    now: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    every: (ms, tick) => {
        const timer = setInterval(tick, ms);
        return () => clearInterval(timer);
    },
};

;// CONCATENATED MODULE: ./build/lib/files.js

function readText(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isFile() ? (0,external_node_fs_.readFileSync)(path, 'utf8') : undefined;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/fleet/files.js
var files = __nccwpck_require__(292);
// EXTERNAL MODULE: ./build/lib/format.js
var format = __nccwpck_require__(177);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(758);
// EXTERNAL MODULE: ./build/registry/reference.js + 1 modules
var reference = __nccwpck_require__(442);
// EXTERNAL MODULE: ./build/report/summary/markdown.js
var markdown = __nccwpck_require__(711);
;// CONCATENATED MODULE: ./build/verify/drift.js


const drifts = [
    'none',
    'mixed',
    'other-image',
    'moved-tag',
    'missing-machines',
    'unreachable',
    'busy',
];
const isOther = ({ runsImage, unknown }) => !runsImage && unknown === undefined;
const givenTo = ({ configuredImage }) => configuredImage.replace(/@.*/, '');
function driftOf({ machines, incomplete, tags }) {
    const meant = managed(machines);
    const others = meant.filter(isOther);
    if (others.length > 0) {
        if (meant.some(({ runsImage }) => runsImage))
            return 'mixed';
        return others.every((machine) => tags.includes(givenTo(machine))) ? 'moved-tag' : 'other-image';
    }
    if (meant.length === 0 || isMissing(incomplete))
        return 'missing-machines';
    return meant.some(({ unknown }) => unknown !== undefined) ? 'unreachable' : 'none';
}
const isMissing = (incomplete) => incomplete !== undefined && incomplete.kind !== 'uncounted';
function withCrash(machine) {
    const { events, state } = machine;
    const started = events.findIndex(({ type }) => type === 'start');
    if (state !== 'stopped' || started < 0)
        return machine;
    const found = failureOf(machine, { ...machine, events: events.slice(started) });
    return found?.kind === 'reverted' ? machine : { ...machine, failure: found };
}

// EXTERNAL MODULE: ./build/fleet/deploys.js
var deploys = __nccwpck_require__(959);
// EXTERNAL MODULE: ./build/fleet/heading.js
var heading = __nccwpck_require__(617);
// EXTERNAL MODULE: ./build/fleet/reports.js
var reports = __nccwpck_require__(120);
// EXTERNAL MODULE: ./build/fleet/result.js
var result = __nccwpck_require__(130);
// EXTERNAL MODULE: ./build/fleet/rows.js
var fleet_rows = __nccwpck_require__(622);
;// CONCATENATED MODULE: ./build/fleet/state.js



const order = [
    'rollback-failed',
    'inconclusive',
    'failed',
    'rolled-back',
    'drift',
    'busy',
    'cancelled',
    'refused',
    'outdated',
    'deployed',
    'verified',
    'unchanged',
    'dry-run',
    'checked',
];
const [fine, bad] = [
    ['deployed', 'verified', 'unchanged', 'outdated', 'refused', 'dry-run', 'checked'],
    [
        'rollback-failed',
        'inconclusive',
        'failed',
        'rolled-back',
        'drift',
        'busy',
        'cancelled',
        'refused',
        'outdated',
        'checked',
    ],
];
function stateOfApp(result, { jobs }) {
    const known = ((0,fleet_rows/* isGood */.K)(result) ? fine : bad)?.find((state) => state === result.state);
    switch (result.ending) {
        case 'verified':
            return result.drift === undefined ? 'deployed' : 'verified';
        case 'skipped':
            return known ?? fine?.find((state) => state === result.skipped) ?? 'inconclusive';
        case 'not-verified':
            return 'inconclusive';
        case 'rolled-back':
        case 'cancelled':
            return result.ending;
        case 'failed':
            return known ?? 'failed';
        case 'missing':
            if (jobs === 'skipped')
                return undefined;
            return jobs === 'cancelled' ? 'cancelled' : 'inconclusive';
    }
}
function endOf(results, wanted, resolved, heading) {
    const all = results.map((result, n) => ({
        result,
        state: stateOfApp(result, wanted[n] ?? { jobs: '' }),
    }));
    const started = all.filter(({ state }) => state !== undefined);
    if (started.length === 0) {
        const ended = bad?.find((state) => state === resolved.state);
        return {
            state: ended ?? 'failed',
            headline: printable(ended === undefined || resolved.headline === '' ? (0,markdown/* plain */.pj)(heading) : resolved.headline),
        };
    }
    const failed = started.filter(({ result }) => !(0,fleet_rows/* isGood */.K)(result));
    const states = (failed.length > 0 ? failed : started).map(({ state }) => state);
    const [only, ...others] = results;
    const own = others.length === 0 ? (only?.headline ?? '') : '';
    return {
        state: order.find((state) => states.includes(state)) ?? 'inconclusive',
        headline: printable(own === '' ? (0,markdown/* plain */.pj)(heading) : own),
    };
}

;// CONCATENATED MODULE: ./build/fleet/checks.js











const checks = {
    read: readCheck,
    objection: () => '',
    did: 'checked this app',
    writer: '`deploy-image.yml` can write artifacts named `check-image-*`',
    words: {
        verified: '✅ runs the image',
        'not-verified': '❌ not verified',
        skipped: '⏭️ not checked',
        'rolled-back': '❌ failed',
        failed: '❌ not verified',
        cancelled: '🛑 canceled',
        missing: '⚪ no result',
    },
    columns: ['Drift', 'Should run', 'Machines on it', 'Others run'],
    cells: (result) => [
        (0,markdown/* code */.aY)(result.drift ?? ''),
        [result.tag, result.digest === '' ? '' : (0,reference/* shortDigest */.VK)(result.digest)]
            .filter((name) => name !== '')
            .map((name) => (0,markdown/* code */.aY)(name))
            .join(' '),
        (0,deploys/* machinesOnImage */.T)(result),
        othersOf(result),
    ],
    fields: ({ drift }) => ({ drift: drift ?? '' }),
    heading: checks_heading,
};
function readCheck(text, file) {
    const report = (0,reports/* readReport */.tL)(text, file);
    const mode = report.get('mode');
    if (mode.value !== 'verify' && mode.value !== null)
        throw mode.error('`verify`');
    const attempt = (0,reports/* attemptOfReport */.NI)(report);
    if (attempt === undefined)
        throw report.get('trigger').get('run-attempt').error('The number of an attempt');
    const [verdict, image, machines] = [report.get('verdict'), report.get('image'), report.get('machines')];
    const drift = drifts.find((each) => each === verdict.get('drift').value);
    const ending = endingOf(verdict, drift);
    return {
        ...(0,result/* without */.FF)(report.get('app').text(), ending),
        attempt,
        isReport: true,
        state: said(verdict.get('state')),
        headline: said(verdict.get('headline')),
        skipped: said(verdict.get('skipped')),
        image: said(image.get('reference')),
        tag: said(image.get('tag')),
        digest: said(image.get('digest')),
        releaseVersion: said(report.get('release').get('version')),
        url: said(report.get('url')),
        drift,
        machines: (0,result/* machinesOf */.qv)(machines.get('list').items(), machines.get('omitted').maybeNumber()),
    };
}
const said = (json) => (json.maybeText() ?? '').slice(0, lib_text/* mostOfLabel */.hV);
function endingOf(verdict, drift) {
    if (verdict.get('exit-status').value !== 0)
        return verdict.get('state').value === 'cancelled' ? 'cancelled' : 'failed';
    if (said(verdict.get('skipped')) !== '')
        return 'skipped';
    return verdict.get('verified').value === true && drift === 'none' ? 'verified' : 'not-verified';
}
function othersOf({ machines }) {
    const sorted = [...(machines?.others ?? [])].sort(([, a], [, b]) => b - a);
    const shown = sorted
        .slice(0, 3)
        .map(([digest, count]) => `${digest === '' ? 'unknown' : (0,markdown/* code */.aY)((0,reference/* shortDigest */.VK)(digest))} on ${count}`);
    return [...shown, ...(sorted.length > 3 ? [`${sorted.length - 3} more`] : [])].join(', ');
}
function checks_heading(_image, wanted, results) {
    const all = (0,format/* counted */.hS)(results.length, 'app');
    const counts = new Map();
    for (const [n, result] of results.entries()) {
        if ((0,fleet_rows/* isGood */.K)(result))
            continue;
        const state = stateOfApp(result, wanted[n] ?? { jobs: '' });
        const name = state === undefined ? 'not started' : (0,markdown/* code */.aY)(state);
        counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const bad = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (bad > 0) {
        const parts = [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
        return `## ❌ ${bad} of ${all} ${bad === 1 ? 'is' : 'are'} not verified: ${parts}`;
    }
    return (0,heading/* goodHeading */.Y)(wanted, results, {
        done: 'checked in',
        what: 'what should run',
        others: 'not checked',
    });
}

;// CONCATENATED MODULE: ./build/fly/app-name.js
const isAppName = (text) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);

;// CONCATENATED MODULE: ./build/inputs/environment.js


const longest = 128;
function faultOfEnvironment(text) {
    if (text.isWellFormed() && (0,lib_text/* plainLine */.h0)(text) === text && [...text].length <= longest)
        return undefined;
    return new user_error/* UserError */.yo({
        code: 'input-invalid',
        found: `The input \`deployment-record\` is ${JSON.stringify((0,lib_text/* shortened */.vI)(text, 2 * longest))}.`,
        expected: `The name of an environment on one line, at most ${longest} characters long, without invisible characters.`,
        fix: 'Name the environment, such as `with: deployment-record: production`. Or remove the input, to write no records.',
        input: 'deployment-record',
    });
}

;// CONCATENATED MODULE: ./build/fleet/lost.js

function imageLost({ ready, image, given, digest, select }) {
    if (!ready)
        return undefined;
    const lost = [
        ...(given === '' || (select === '' && image === '') ? ['`image`'] : []),
        ...(select === '' && digest === '' ? ['`digest`'] : []),
    ];
    if (lost.length === 0)
        return undefined;
    return new user_error/* UserError */.yo({
        code: 'fleet-image-empty',
        found: `The output ${lost.join(' and ')} of the job that found the image is empty. Nothing was deployed.`,
        expected: 'The image that the job found. GitHub removes a job’s output if it contains the value of a secret.',
        fix,
    });
}
const fix = 'Store parts of the image’s name, such as a user name, as variables instead of secrets (`registry-username: ${{ vars.REGISTRY_USERNAME }}`), and pass secrets by name instead of `secrets: inherit`.';
function imageEmpty(defaults) {
    if (defaults['image'] !== '')
        return undefined;
    return new user_error/* UserError */.yo({
        code: 'fleet-image-empty',
        found: 'The calling workflow passes an empty `image`.',
        expected: 'An image. An expression is empty if the earlier job was skipped, or if GitHub removed its output because it contains the value of a secret.',
        fix: `Set \`image: ghcr.io/owner/repo\`, or remove \`image\` to use the repository’s package. If a secret is the reason: ${fix.charAt(0).toLowerCase()}${fix.slice(1)}`,
    });
}

;// CONCATENATED MODULE: ./build/fleet/list.js





const ownKeys = [
    'config',
    'environment',
    'flags',
    'health-url',
    'health-status',
    'health-body',
    'health-timeout',
    'verify-command',
    'settle-time',
    'rollback',
];
function ownSelection({ first, rest }, select, manualSelect) {
    const isRelease = (text) => text.startsWith('release:');
    const apps = [...first, ...rest];
    const faults = [];
    if (isRelease(select) && apps.length > 1)
        faults.push(new user_error/* UserError */.yo({
            code: 'fleet-release',
            found: `\`select\` is ${quote(select)}, but there are ${apps.length} apps.`,
            expected: 'One app, because each app has separate releases.',
            fix: `Call the workflow once per app, with \`app: ${apps[0]?.app}\` instead of \`apps\`. To deploy one image to all of them: \`select: digest:sha256:…\`.`,
        }));
    if (isRelease(manualSelect))
        faults.push(new user_error/* UserError */.yo({
            code: 'fleet-release',
            found: `\`manual-select\` is ${quote(manualSelect)}.`,
            expected: 'A release only in `select`, because only the job of the app can look it up.',
            fix: `In a workflow for one app, write \`select: ${manualSelect}\` instead of \`manual-select\`.`,
        }));
    if (faults.length > 0)
        throw (0,user_error/* allOf */.bn)(faults);
    return isRelease(select) ? select : '';
}
const mostJobs = 256;
const fixEntry = 'Write the entry as a name or an object: `"app-a"` or `{"app": "app-b", "config": "b/fly.toml"}`.';
const example = '`apps: \'["app-a", {"app": "app-b", "config": "b/fly.toml"}]\'`';
function readFleet({ app, apps, first, defaults }) {
    const faults = [];
    const wrong = (found, expected, fix) => faults.push(new user_error/* UserError */.yo({ code: 'fleet-list-invalid', found, expected, fix }));
    const common = readObject(defaults, 'defaults');
    const empty = imageEmpty(common);
    if (empty !== undefined)
        faults.push(empty);
    const environment = common['deployment-record'];
    const invalid = typeof environment === 'string' ? faultOfEnvironment(environment) : undefined;
    if (invalid !== undefined)
        faults.push(invalid);
    const list = [];
    for (const [n, entry] of entriesOf(app, apps).entries()) {
        const found = readEntry(entry, apps === '' ? '`app`' : `\`apps\`, entry ${n + 1},`, common, faults);
        if (found === undefined)
            continue;
        if (list.some((other) => other.app === found.app)) {
            wrong(`\`apps\` names ${found.app} twice.`, 'Each app once. Overlapping deploys of one app leave its machines on different images.', `Remove one of the two from \`apps\`.`);
        }
        else
            list.push(found);
    }
    const names = first.split(/[\s,]+/).filter((name) => name !== '');
    for (const name of names.filter((each) => !list.some(({ app: known }) => known === each))) {
        wrong(`\`first\` names ${quote(name)}, which is not in the list.`, `One or more of ${list
            .slice(0, 20)
            .map((each) => each.app)
            .join(', ')}.`, `Correct \`first\`, or add the app to \`apps\`.`);
    }
    const fleet = {
        first: list.filter((each) => names.includes(each.app)),
        rest: list.filter((each) => !names.includes(each.app)),
    };
    for (const [name, part] of Object.entries(fleet)) {
        if (part.length > mostJobs) {
            wrong(`\`${name === 'first' ? 'first' : 'apps'}\` has ${part.length} apps to deploy in one matrix.`, `At most ${mostJobs}, GitHub’s limit for the jobs of a matrix.`, 'Split the list between two calls of the workflow.');
        }
    }
    if (faults.length > 0)
        throw (0,user_error/* allOf */.bn)(faults);
    return fleet;
}
function entriesOf(app, apps) {
    if ((app === '') === (apps === '')) {
        throw new user_error/* UserError */.yo({
            code: 'fleet-list-invalid',
            found: app === '' ? 'Neither `app` nor `apps` is set.' : 'Both `app` and `apps` are set.',
            expected: 'One of them.',
            fix: `Set \`app: app-a\` for one app, or ${example} for several.`,
        });
    }
    if (apps === '')
        return [app];
    let list;
    try {
        list = JSON.parse(apps);
    }
    catch (error) {
        throw new user_error/* UserError */.yo({
            code: 'fleet-list-invalid',
            found: `\`apps\` is not valid JSON: ${(0,user_error/* messageOf */.bD)(error)}.`,
            expected: 'A JSON list of names or objects.',
            fix: `Write a list in single quotes: ${example}.`,
        }, { cause: error });
    }
    if (!Array.isArray(list) || list.length === 0) {
        throw new user_error/* UserError */.yo({
            code: 'fleet-list-invalid',
            found: `\`apps\` is ${Array.isArray(list) ? 'an empty list' : quote(list)}.`,
            expected: 'A JSON list with at least one app.',
            fix: `Write a list: ${example}.`,
        });
    }
    return list;
}
function readEntry(entry, where, common, faults) {
    const wrong = (found, expected, fix) => {
        faults.push(new user_error/* UserError */.yo({ code: 'fleet-list-invalid', found, expected, fix }));
        return undefined;
    };
    const object = typeof entry === 'string' ? { app: entry } : entry;
    if (typeof object !== 'object' || object === null || Array.isArray(object))
        return wrong(`${where} is ${quote(entry)}.`, 'A name or an object with an `app`.', fixEntry);
    const given = object;
    const { app } = given;
    if (typeof app !== 'string' || !isAppName(app)) {
        return wrong(`${where} ${app === undefined ? 'has no `app`' : `names the app ${quote(app)}`}.`, 'A Fly.io app name: lower-case letters, digits and hyphens, at most 63.', fixEntry);
    }
    for (const key of Object.keys(given)) {
        if (key === 'app' || ownKeys.some((known) => known === key))
            continue;
        wrong(`${where} ${app}, has ${quote(key)}.`, `Only the keys app, ${ownKeys.join(', ')}.`, `Remove ${quote(key)}. To set an input for all apps, set it beside \`apps\`.`);
    }
    const values = ownKeys.map((key) => {
        const value = Object.hasOwn(given, key) ? given[key] : Object.hasOwn(common, key) ? common[key] : '';
        if (!['string', 'number', 'boolean'].includes(typeof value))
            wrong(`${where} ${app}, has the value ${quote(value)} for \`${key}\`.`, 'A string, a number, true or false.', `Write the value as a string: \`"${key}": "…"\`.`);
        return [key, String(value)];
    });
    return { app, ...Object.fromEntries(values) };
}
function readObject(text, name) {
    const seen = () => {
        try {
            return JSON.parse(text);
        }
        catch {
            return text;
        }
    };
    const value = seen();
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return value;
    throw new user_error/* UserError */.yo({
        code: 'fleet-list-invalid',
        found: `\`${name}\` is ${quote(value)}.`,
        expected: 'A JSON object.',
        fix: `Write \`${name}: \${{ toJSON(inputs) }}\`.`,
    });
}
const quote = (value) => (0,lib_text/* shortened */.vI)(JSON.stringify(value) ?? 'nothing', 80);

;// CONCATENATED MODULE: ./build/lib/fitting.js
function fitting(items, isFine, textOf, sizeOf, room) {
    const order = [...items.keys()].map((place) => ({ place, item: items[place] }));
    order.sort((a, b) => Number(isFine(a.item)) - Number(isFine(b.item)));
    const kept = [];
    let left = room;
    for (const { place, item } of order) {
        const text = textOf(item);
        left -= sizeOf(text);
        if (left < 0)
            break;
        kept.push({ place, item, text });
    }
    const omitted = items.length - kept.length;
    if (omitted === 0)
        kept.sort((a, b) => a.place - b.place);
    return { texts: kept.map(({ text }) => text), items: kept.map(({ item }) => item), omitted };
}

;// CONCATENATED MODULE: ./build/fleet/merged.js



const mostOfReports = 16 * 1024 ** 2;
const merged_mostOfText = 500;
const mostWarnings = 100;
function fleetReport(end, rows, warnings, room = mostOfReports) {
    const read = new Map();
    const { items } = fitting(rows, ({ result }) => (0,fleet_rows/* isGood */.K)(result), (row) => {
        if (row.report.kind !== 'unread')
            return '';
        const report = row.report.read();
        read.set(row, report);
        return report.kind === 'found' ? report.text : '';
    }, (text) => Buffer.byteLength(text), room);
    const kept = new Set(items);
    const head = JSON.stringify({
        version: 1,
        mode: textOf(end.mode),
        attempt: end.attempt,
        state: end.state,
        headline: textOf(end.headline),
        image: textOf(end.image),
        digest: textOf(end.digest),
        warnings: {
            texts: warnings.slice(0, mostWarnings).map(textOf),
            omitted: Math.max(0, warnings.length - mostWarnings),
        },
    });
    const reports = rows.map((row) => {
        if (row.report.kind !== 'unread')
            return row.report;
        return (kept.has(row) ? read.get(row) : undefined) ?? omitted;
    });
    const apps = rows.map((row, n) => appOf(row, reports[n] ?? omitted));
    return { text: `${head.slice(0, -1)},"apps":[\n${apps.join(',\n')}\n]}\n`, reports };
}
const omitted = {
    kind: 'omitted',
    words: 'The reports of all apps together are too large.',
};
function appOf({ result, state }, report) {
    const { machines } = result;
    const facts = JSON.stringify({
        app: result.app,
        result: result.ending,
        why: textOf(result.why),
        state: state === '' ? null : state,
        headline: textOf(result.headline),
        skipped: textOf(result.skipped),
        drift: result.drift ?? null,
        attempt: result.file === '' ? null : result.attempt,
        image: textOf(result.image),
        digest: textOf(result.digest),
        'previous-digest': textOf(result.previousDigest),
        'release-version': textOf(result.releaseVersion),
        url: textOf(result.url),
        machines: machines === undefined
            ? null
            : { managed: machines.all, 'runs-image': machines.right, omitted: machines.omitted },
        'report-missing': report.kind === 'found' ? null : { kind: report.kind, words: textOf(report.words) },
    });
    return `${facts.slice(0, -1)},"report":${report.kind === 'found' ? report.text : 'null'}}`;
}
function textOf(text) {
    if (text === '')
        return null;
    return (0,lib_text/* shortened */.vI)(text, merged_mostOfText).toWellFormed();
}

;// CONCATENATED MODULE: ./build/fleet/table.js





const mostOfRows = 1_000_000;
function fleetSummary(kind, image, wanted, results) {
    const rows = fitting(results, fleet_rows/* isGood */.K, (result) => (0,markdown/* tableRow */.jD)(cellsOf(kind, result, stateIn(wanted, result))), (row) => Buffer.byteLength(row) + '\n'.length, mostOfRows);
    return [
        kind.heading(image, wanted, results),
        ...(image === '' ? [] : [`Image: ${(0,markdown/* code */.aY)(image)}`]),
        [(0,markdown/* table */.tp)(['App', 'Result', 'State', ...kind.columns], []), ...rows.texts].join('\n'),
        ...(rows.omitted === 0
            ? []
            : [
                `…and ${(0,format/* counted */.hS)(rows.omitted, 'more app')}, because GitHub shows 1 MiB at most. Apps with a problem come first; the log lists all of them.`,
            ]),
        '',
    ].join('\n\n');
}
const stateIn = (wanted, result) => stateOfApp(result, wanted.find(({ app }) => app === result.app) ?? { jobs: '' }) ?? '';
const cellsOf = (kind, result, state) => [
    /^https?:\/\//.test(result.url) ? (0,markdown/* link */.nf)((0,markdown/* code */.aY)(result.app), result.url) : (0,markdown/* code */.aY)(result.app),
    result.skipped === '' ? wordsOf(kind, result) : `${kind.words[result.ending]}: ${(0,markdown/* code */.aY)(result.skipped)}`,
    (0,markdown/* code */.aY)(state),
    ...kind.cells(result),
];
const mostOfOutput = 400_000;
function fleetOutput(kind, wanted, results) {
    const asJson = (result) => {
        const { app, ending, digest, releaseVersion, url } = result;
        return JSON.stringify({
            ...{ app, result: ending, state: stateIn(wanted, result), digest },
            ...{ 'release-version': releaseVersion, url },
            ...kind.fields(result),
        });
    };
    const sizeOf = ({ length }) => length + ','.length;
    const { texts, omitted } = fitting(results, fleet_rows/* isGood */.K, asJson, sizeOf, mostOfOutput - '[]'.length);
    return { json: `[${texts.join(',')}]`, omitted };
}
const wordsOf = ({ words }, { ending, why }) => `${words[ending]}${why === '' ? '' : `: ${why}`}`;
const fleetLines = (kind, results) => results.map((result) => `${result.app}: ${wordsOf(kind, result)}${result.skipped === '' ? '' : `: ${result.skipped}`}${result.digest === '' ? '' : `, ${result.digest}`}`);

;// CONCATENATED MODULE: ./build/fleet/main.js












async function main(rt) {
    const { log, input } = rt;
    try {
        const fleet = readFleet({
            app: input('app'),
            apps: input('apps'),
            first: input('first'),
            defaults: input('defaults') || '{}',
        });
        switch (input('step') || 'plan') {
            case 'plan':
                plan(fleet, rt);
                break;
            case 'report':
                await report(fleet, rt);
                break;
            case 'record': {
                const { record } = await __nccwpck_require__.e(/* import() */ 221).then(__nccwpck_require__.bind(__nccwpck_require__, 221));
                await record(jobsOf(fleet, rt), rt);
                break;
            }
            default:
                throw new user_error/* UserError */.yo({
                    code: 'input-invalid',
                    found: `The input \`step\` is ${JSON.stringify(input('step'))}.`,
                    expected: '`plan`, `report` or `record`.',
                    fix: 'Write `with: step: plan`, `with: step: report` or `with: step: record`.',
                });
        }
        return 0;
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.yo)
            log.debug(`Error code: ${error.codes.join(', ')}`);
        log.error(error instanceof user_error/* UserError */.yo ? (0,user_error/* formatError */.Wk)(error) : `Unexpected error: ${(0,user_error/* messageOf */.bD)(error)}`);
        return 1;
    }
}
function plan(fleet, { log, input, writeOutputs }) {
    const { first, rest } = fleet;
    const lead = [...first, ...rest][0]?.app ?? '';
    const names = (part) => part.map(({ app }) => app).join(', ');
    if (first.length > 0)
        log.line(`These deploy first and must succeed before the rest: ${names(first)}`);
    if (rest.length > 0)
        log.line(`${first.length > 0 ? 'The rest' : 'To deploy'}: ${names(rest)}`);
    const select = ownSelection(fleet, input('select'), input('manual-select'));
    writeOutputs({
        lead,
        select: (0,lib_text/* plainLine */.h0)(select),
        all: JSON.stringify([...first, ...rest]),
        first: JSON.stringify(first),
        rest: JSON.stringify(rest),
    });
}
function jobsOf({ first, rest }, { input }) {
    const of = (apps, jobs) => apps.map(({ app }) => ({ app, jobs }));
    const apps = [...of(first, input('first-result')), ...of(rest, input('rest-result'))];
    return { apps, attempt: attemptOf(input('attempt')), digest: input('digest') };
}
async function report(fleet, rt) {
    const { log, input, writeOutputs, writeSummary, jsonFiles } = rt;
    const mode = input('mode') || 'deploy';
    const kind = mode === 'verify' ? checks : deploys/* deploys */.h;
    const jobs = jobsOf(fleet, rt);
    const wanted = jobs.apps;
    const files = jsonFiles(input('results'));
    const warnings = [];
    const own = files.filter((file) => !(0,reports/* isReport */.PS)(file));
    const results = (0,fleet_rows/* resultsOf */.q)(kind, jobs, own, (error) => {
        log.debug(`Warning code: ${error.code}`);
        log.warning((0,user_error/* formatError */.Wk)(error));
        warnings.push(...error.each.map(({ found }) => found));
    });
    for (const line of fleetLines(kind, results))
        log.line(line);
    const { json, omitted } = fleetOutput(kind, wanted, results);
    const resolved = { state: input('resolve-state'), headline: input('resolve-headline') };
    const { state, headline } = endOf(results, wanted, resolved, kind.heading(input('image'), wanted, results));
    const byPath = new Map(files.map((file) => [file.path, file]));
    const rows = results.map((result) => ({
        result,
        state: stateIn(wanted, result),
        report: (0,reports/* reportFor */.M_)(result, byPath),
    }));
    const end = { mode, attempt: jobs.attempt, image: input('image'), digest: jobs.digest, state, headline };
    writeOutputs({ fleet: json, state, headline, report: writeReport(end, rows, warnings, rt) });
    if (omitted > 0)
        log.warning(`The output \`fleet\` omits ${(0,format/* counted */.hS)(omitted, 'app')} because of GitHub’s limit of 1 MB. Apps with a problem come first in it.`);
    await writeSummary(fleetSummary(kind, input('image'), wanted, results));
    const lost = imageLost({
        ready: input('ready') === 'true',
        image: input('image'),
        given: input('given'),
        digest: input('digest'),
        select: input('select'),
    });
    if (lost !== undefined)
        throw lost;
}
function writeReport(end, rows, warnings, { log, reports }) {
    try {
        const merged = fleetReport(end, rows, warnings);
        for (const [n, report] of merged.reports.entries()) {
            const { file = '', app } = rows[n]?.result ?? {};
            if (report.kind !== 'found' && file !== '')
                log.line(`The report of ${app} is not merged. ${report.words}`);
        }
        return reports.write('fleet.json', merged.text);
    }
    catch (error) {
        log.warning(`The report could not be written: ${(0,user_error/* messageOf */.bD)(error)}. This does not change the result of the step.`);
        return '';
    }
}
function attemptOf(text) {
    if (/^[1-9]\d{0,8}$/.test(text))
        return Number(text);
    throw new user_error/* UserError */.yo({
        code: 'input-invalid',
        found: `The input \`attempt\` is ${JSON.stringify(text)}.`,
        expected: 'The number of the run’s attempt.',
        fix: 'Write `with: attempt: ${{ github.run_attempt }}`.',
    });
}

;// CONCATENATED MODULE: ./build/fleet/index.js








const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => cancel.abort(signal));
const env = { ...process.env };
let network;
const connect = async () => {
    const { makeNetwork } = await __nccwpck_require__.e(/* import() */ 673).then(__nccwpck_require__.bind(__nccwpck_require__, 673));
    network ??= makeNetwork(env);
    return network;
};
process.exitCode = 1;
main({
    env,
    input: (name) => getInput(name),
    log: actionsLog((chunk) => process.stdout.write(chunk)),
    jsonFiles: files/* jsonFilesIn */.X,
    reports: reportFolder(env),
    readFile: readText,
    fetch: async (...request) => (await connect()).fetch(...request),
    clock: systemClock,
    random: Math.random,
    cancelled: cancel.signal,
    writeOutputs: writeOutputs,
    writeSummary: writeSummary,
}).then((status) => {
    process.exitCode = status;
    if (cancel.signal.aborted)
        process.exit();
});

