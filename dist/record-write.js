export const id = 700;
export const ids = [700];
export const modules = {

/***/ 4656:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ui: () => (/* binding */ attestationsOnPage),
  L2: () => (/* binding */ fetchBundle),
  g0: () => (/* binding */ readAttestationPage)
});

// EXTERNAL MODULE: ./build/lib/json.js
var json = __webpack_require__(292);
;// CONCATENATED MODULE: ./build/lib/snappy.js
function readSnappy(data, limit) {
    return data.subarray(0, streamId.length).equals(streamId)
        ? readFrames(data, limit)
        : readBlock(data, limit);
}
const streamId = Buffer.from([0xff, 6, 0, 0, ...Buffer.from('sNaPpY')]);
function damaged(what) {
    throw new Error(`its snappy data ${what}`);
}
function tooLarge(length, limit) {
    throw new Error(`its snappy data has ${length} bytes, of which at most ${limit} are read`);
}
function readFrames(data, limit) {
    const parts = [];
    let size = 0;
    for (let at = 0; at < data.length;) {
        if (at + 4 > data.length)
            damaged('ends inside a chunk');
        const [type = 0, length] = [data[at], data.readUIntLE(at + 1, 3)];
        const chunk = data.subarray(at + 4, at + 4 + length);
        if (chunk.length < length)
            damaged('ends inside a chunk');
        at += 4 + length;
        if (type >= 0x80)
            continue;
        if (type > 1)
            damaged(`has a chunk of unknown type ${type}`);
        if (length < 4)
            damaged('has a chunk without a checksum');
        const plain = type === 1 ? chunk.subarray(4) : readBlock(chunk.subarray(4), limit - size, limit);
        size += plain.length;
        if (size > limit)
            tooLarge(size, limit);
        parts.push(plain);
    }
    return Buffer.concat(parts);
}
function readBlock(data, limit, ofAll = limit) {
    let at = 0;
    const number = (bytes) => {
        if (at + bytes > data.length)
            damaged('ends too early');
        at += bytes;
        return data.readUIntLE(at - bytes, bytes);
    };
    let size = 0;
    for (let scale = 1;; scale *= 128) {
        const byte = number(1);
        size += (byte & 0x7f) * scale;
        if (size > 0xffffffff)
            damaged('has a length of more than 32 bits');
        if (byte < 0x80)
            break;
        if (scale === 128 ** 4)
            damaged('has a length without an end');
    }
    if (size > limit)
        tooLarge(size + ofAll - limit, ofAll);
    const plain = Buffer.alloc(size);
    let end = 0;
    while (at < data.length) {
        const tag = number(1);
        const kind = tag & 3;
        if (kind === 0) {
            const short = tag >> 2;
            const length = (short < 60 ? short : number(short - 59)) + 1;
            if (at + length > data.length)
                damaged('ends inside a literal');
            if (end + length > size)
                damaged('is longer than its header specifies');
            data.copy(plain, end, at, at + length);
            at += length;
            end += length;
            continue;
        }
        const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        const offset = kind === 1 ? ((tag >> 5) << 8) + number(1) : number(kind === 2 ? 2 : 4);
        if (offset === 0 || offset > end)
            damaged('copies from outside of the data');
        if (end + length > size)
            damaged('is longer than its header specifies');
        for (const until = end + length; end < until; end++)
            plain[end] = plain[end - offset] ?? 0;
    }
    if (end < size)
        damaged('is shorter than its header specifies');
    return plain;
}

// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
;// CONCATENATED MODULE: ./build/github/attestations.js



const attestationsOnPage = 100;
function readAttestationPage(text, link) {
    const items = (0,json/* parseJsonObject */.d)(text, 'GitHub’s list of attestations').get('attestations').items();
    const listed = items.slice(0, attestationsOnPage).map((each) => {
        const bundle = each.get('bundle').value;
        if (typeof bundle === 'object' && bundle !== null)
            return { bundle };
        const url = each.get('bundle_url').maybeText();
        return url === undefined ? {} : { url };
    });
    return { listed, next: nextOf(link) };
}
function nextOf(link = '') {
    const [, next = ''] = /<([^<>]{1,4000})>;\s*rel="next"/.exec(link) ?? [];
    return (URL.canParse(next) && new URL(next).searchParams.get('after')) || undefined;
}
const largestBundle = 16 * 1024 * 1024;
async function fetchBundle(http, apiUrl, url) {
    if (!URL.canParse(url))
        throw new Error('GitHub returned an invalid URL for it');
    const { host } = new URL(url);
    const request = { headers: { accept: '*/*' }, limit: largestBundle, namedBy: { url: apiUrl } };
    const { status, body } = await http(url, request).catch((error) => {
        throw new Error(`${host} did not answer: ${(0,user_error/* messageOf */.bD)(error)}`, { cause: error });
    });
    if (status !== 200)
        throw new Error(`${host} answered ${status}`);
    let bundle;
    try {
        const plain = body[0] === 0x7b ? body : readSnappy(body, largestBundle);
        bundle = JSON.parse(plain.toString('utf8'));
    }
    catch (error) {
        throw new Error(`the answer of ${host} is not a bundle: ${(0,user_error/* messageOf */.bD)(error)}`);
    }
    if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle))
        throw new Error(`the answer of ${host} is not a bundle`);
    return bundle;
}


/***/ }),

/***/ 9968:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ githubOf)
});

// UNUSED EXPORTS: makeGitHub

// EXTERNAL MODULE: ./build/lib/commit.js
var lib_commit = __webpack_require__(7791);
// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var http = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __webpack_require__(2533);
// EXTERNAL MODULE: ./build/lib/json.js
var json = __webpack_require__(292);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/lib/version.js
var version = __webpack_require__(6480);
// EXTERNAL MODULE: ./build/github/attestations.js + 1 modules
var attestations = __webpack_require__(4656);
;// CONCATENATED MODULE: ./build/github/comparison.js

const mostCommits = 20;
const orders = ['identical', 'ahead', 'behind', 'diverged'];
function readComparison(json) {
    const order = orders.find((each) => each === json.get('status').value);
    if (order === undefined)
        return { unknown: 'GitHub’s answer is not a comparison', because: 'no-answer' };
    const base = json.get('base_commit').get('sha').maybeText();
    const commits = json.get('commits').items().reverse().slice(0, mostCommits);
    return {
        status: order,
        base: base !== undefined && (0,lib_commit/* isCommit */.W)(base) ? base : undefined,
        commits: commits.map(readCommit).filter(({ sha }) => (0,lib_commit/* isCommit */.W)(sha)),
        ahead: json.get('ahead_by').maybeNumber() ?? json.get('total_commits').maybeNumber() ?? commits.length,
        behind: json.get('behind_by').maybeNumber() ?? 0,
    };
}
function readCommit(json) {
    const commit = json.get('commit');
    return {
        sha: json.get('sha').maybeText() ?? '',
        subject: commit
            .get('message')
            .maybeText()
            ?.trimStart()
            .split(/[\r\n]/)[0] ?? '',
        author: json.get('author').get('login').maybeText() ?? commit.get('author').get('name').maybeText() ?? '',
    };
}

// EXTERNAL MODULE: ./build/github/deployment-record.js
var deployment_record = __webpack_require__(2105);
// EXTERNAL MODULE: ./build/github/links.js
var links = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/github/octokit.js
var github_octokit = __webpack_require__(987);
;// CONCATENATED MODULE: ./build/github/client.js












const githubOf = (deps, token, policy) => makeGitHub({
    token,
    apiUrl: (0,links/* githubApiUrl */.B)(deps.env),
    repository: (0,links/* linksOf */.h)(deps).repository,
    http: (0,http/* makeHttp */.fK)(deps, { ...policy, isTemporary: http/* isRateLimit403 */.hz }),
});
function makeGitHub({ token, apiUrl, repository, http }) {
    const [owner = '', repo = ''] = repository.split('/');
    const askWhole = async (question) => {
        if (/[^\x21-\x7e]/.test(token))
            throw new http_error/* HttpError */.j(apiUrl, 'not-sent', 'the token contains characters that are not allowed in an HTTP header');
        try {
            const { GitHub: Octokit } = await (0,github_octokit/* loadOctokit */.mV)();
            const octokit = new Octokit({
                ...(token !== '' && { auth: token }),
                baseUrl: (0,lib_text/* withoutTrailing */.hT)(apiUrl, '/'),
                userAgent: version/* userAgent */.N,
                log: silent,
                request: { fetch: (0,github_octokit/* fetchBy */.S9)(http), log: silent, parseSuccessResponseBody: false },
            });
            const { status, data, headers } = await question(octokit.rest, octokit.request);
            return status === 200
                ? { text: String(data), link: headers['link'] }
                : { status, words: `GitHub answered ${status}` };
        }
        catch (error) {
            const { response, cause, message } = error;
            if (response !== undefined)
                return { status: response.status, words: message?.split('\n')[0] ?? '' };
            throw cause instanceof http_error/* HttpError */.j
                ? cause
                : new http_error/* HttpError */.j(apiUrl, 'lost', (0,user_error/* messageOf */.bD)(error), { cause: error });
        }
    };
    const ask = async (question) => {
        const answer = await askWhole(question);
        return 'text' in answer ? answer.text : answer;
    };
    return {
        compare: async (base, head) => {
            if (token === '')
                return { unknown: 'there is no `github-token`', because: 'no-token' };
            const notAsked = (why) => ({
                unknown: `the request to GitHub failed (${why})`,
                because: 'no-answer',
            });
            try {
                const answer = await ask((rest) => rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${head}` }));
                if (typeof answer === 'string')
                    return readComparison((0,json/* parseJsonObject */.d)(answer, 'GitHub’s comparison'));
                const { status, words } = answer;
                return status === 401 || status === 403 || status === 404
                    ? {
                        missing: status === 404,
                        because: 'denied',
                        unknown: `GitHub answered ${status} to the comparison of ${base} and ${head}. The job needs \`permissions: contents: read\`, and both commits must exist on GitHub`,
                    }
                    : notAsked(words);
            }
            catch (error) {
                return notAsked((0,user_error/* messageOf */.bD)(error).split('\n')[0] ?? '');
            }
        },
        attestations: async (digest, after) => {
            const answer = await askWhole((rest) => rest.repos.listAttestations({
                ...{ owner, repo, subject_digest: digest, per_page: attestations/* attestationsOnPage */.ui },
                ...(after !== undefined && { after }),
                headers: { 'x-github-api-version': '2022-11-28' },
            }));
            if ('text' in answer)
                return (0,attestations/* readAttestationPage */.g0)(answer.text, answer.link);
            return answer.status === 404 ? { listed: [], next: undefined } : answer;
        },
        bundle: (url) => (0,attestations/* fetchBundle */.L2)(http, apiUrl, url),
        branchHead: async (branch) => {
            const headers = { accept: 'application/vnd.github.sha' };
            const answer = await ask((rest) => rest.repos.getCommit({ owner, repo, ref: `heads/${branch}`, headers }));
            if (typeof answer !== 'string')
                return answer;
            const commit = answer.trim();
            return (0,lib_commit/* isCommit */.W)(commit) ? commit : { status: 200, words: 'its answer is not a commit' };
        },
        record: async (record) => {
            const headers = { 'x-github-api-version': deployment_record/* recordsVersion */.DG };
            const route = 'POST /orgs/{org}/artifacts/metadata/deployment-record';
            const answer = await ask((_, request) => request(route, { org: owner, ...record, headers }));
            if (typeof answer === 'string')
                return { id: (0,deployment_record/* readRecordId */.Ru)(answer) };
            return answer.status < 300 ? { id: undefined } : answer;
        },
        ownerType: async () => {
            const answer = await ask((rest) => rest.repos.get({ owner, repo }));
            return typeof answer === 'string' ? (0,deployment_record/* readOwnerType */.IZ)(answer) : undefined;
        },
    };
}
const silent = { debug: () => { }, info: () => { }, warn: () => { }, error: () => { } };


/***/ }),

/***/ 2105:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DG: () => (/* binding */ recordsVersion),
/* harmony export */   IZ: () => (/* binding */ readOwnerType),
/* harmony export */   Ru: () => (/* binding */ readRecordId)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(292);

const recordsVersion = '2026-03-10';
function readRecordId(text) {
    try {
        const [first] = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJsonObject */ .d)(text, 'GitHub’s deployment record').get('deployment_records').items();
        return first?.get('id').integer();
    }
    catch {
        return undefined;
    }
}
function readOwnerType(text, under) {
    try {
        const json = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJsonObject */ .d)(text, 'GitHub’s repository');
        return (under === undefined ? json : json.get(under)).get('owner').get('type').maybeText();
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 2700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  writeRecords: () => (/* binding */ writeRecords)
});

// UNUSED EXPORTS: recordOf

// EXTERNAL MODULE: ./build/github/client.js + 1 modules
var client = __webpack_require__(9968);
// EXTERNAL MODULE: ./build/github/deployment-record.js
var deployment_record = __webpack_require__(2105);
// EXTERNAL MODULE: ./build/github/links.js
var links = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/lib/aborted.js
var aborted = __webpack_require__(683);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/lib/yaml-value.js
var yaml_value = __webpack_require__(1485);
;// CONCATENATED MODULE: ./build/record/not-recorded.js



const mostOfWords = 300;
function quoted(words) {
    return `"${(0,lib_text/* shortened */.vI)((0,lib_text/* plainLine */.h0)(words).trim(), mostOfWords)}"`;
}
function refusedBecause({ status, words }) {
    if (status === 403 && /not accessible by/i.test(words))
        return { code: 'record-no-permission', isFinal: true };
    const why = `GitHub answered ${status}: ${quoted(words)}`;
    if (status === 404)
        return { code: 'record-no-artifact', why };
    return { code: 'record-failed', why, isFinal: status !== 400 && status !== 422 };
}
class Refusals {
    #found = new Map();
    add(refused) {
        const { code, why = '' } = refused;
        const key = `${code}\n${why}`;
        if (!this.#found.has(key))
            this.#found.set(key, refused);
    }
    covers({ digest }) {
        return [...this.#found.values()].some((each) => each.isFinal === true || (each.code === 'record-no-artifact' && each.digest === digest));
    }
    notices(about) {
        return [...this.#found.values()].map((each) => ({ code: each.code, text: textOf(each, about) }));
    }
}
function textOf({ code, why, digest }, about) {
    const { environment, repository, job, written, wanted } = about;
    const what = written === 0
        ? 'No deployment record was written'
        : `Only ${written} of ${(0,format/* counted */.hS)(wanted, 'deployment record')} ${written === 1 ? 'was' : 'were'} written`;
    const permission = `Add \`artifact-metadata: write\` to the \`permissions:\` of ${job}`;
    switch (code) {
        case 'record-user-owned': {
            const value = (0,yaml_value/* yamlValue */.t)(environment);
            return `${what}: a user owns ${repository}, and GitHub stores deployment records only for organizations. Remove the line \`deployment-record:${value === undefined ? '' : ` ${value}`}\`.`;
        }
        case 'record-no-token':
            return `${what}: \`github-token\` is empty. Add \`with: github-token: \${{ github.token }}\`.`;
        case 'record-no-permission':
            return `${what}: the job’s token does not have the permission for them. ${permission}.`;
        case 'record-no-artifact':
            return `${what}: ${why}. Either GitHub has no attestation of ${digest}, or the job’s token does not have the permission. ${permission}, and attest the image in its build with \`uses: actions/attest@v4\`.`;
        case 'record-failed':
            return `${what}: ${why}. The result of the deploy does not change, and the next deploy writes the records again.`;
    }
}

;// CONCATENATED MODULE: ./build/record/write.js







const nameOf = ({ app, group }) => (group === '' ? app : `${app}-${group}`);
const recordOf = (placed, environment, repository) => ({
    name: placed.image,
    digest: placed.digest,
    status: 'deployed',
    logical_environment: environment,
    ...(placed.region !== '' && { physical_environment: placed.region }),
    cluster: 'fly.io',
    deployment_name: nameOf(placed),
    github_repository: repository.split('/')[1] ?? '',
});
async function writeRecords(deps, placed, options) {
    const { environment, token, patience, allTime } = options;
    const { repository } = (0,links/* linksOf */.h)(deps);
    const written = [];
    const refusals = new Refusals();
    const ended = () => ({
        environment,
        written,
        notices: refusals.notices({ ...options, repository, written: written.length, wanted: placed.length }),
    });
    if (placed.length === 0)
        return ended();
    if (token === '') {
        refusals.add({ code: 'record-no-token' });
        return ended();
    }
    let github;
    try {
        github = (0,client/* githubOf */.z)(deps, token, { ...patience, allTime });
    }
    catch (error) {
        refusals.add({ code: 'record-failed', why: (0,lib_text/* withoutTrailing */.hT)((0,user_error/* messageOf */.bD)(error), '.') });
        return ended();
    }
    const cancelled = (0,aborted/* whenAborted */.e)(deps.cancelled).then(() => ({ code: 'record-failed', why: 'the run was canceled', isFinal: true }));
    if ((await Promise.race([ownerTypeOf(deps, github), cancelled])) === 'User') {
        refusals.add({ code: 'record-user-owned' });
        return ended();
    }
    for (const each of placed) {
        if (refusals.covers(each))
            continue;
        const answer = await (deps.cancelled.aborted
            ? cancelled
            : Promise.race([write(github, recordOf(each, environment, repository)), cancelled]));
        if ('code' in answer)
            refusals.add({ ...answer, digest: each.digest });
        else {
            const { region, image, digest } = each;
            written.push({ id: answer.id ?? null, name: nameOf(each), region, image, digest });
        }
    }
    return ended();
}
async function write(github, record) {
    const answer = await github
        .record(record)
        .catch((error) => (error instanceof Error ? error : new Error(String(error))));
    if (answer instanceof Error)
        return {
            code: 'record-failed',
            why: `the request to GitHub failed (${answer.message})`,
            isFinal: true,
        };
    return 'status' in answer ? refusedBecause(answer) : answer;
}
async function ownerTypeOf({ env, readFile }, github) {
    const payload = readFile(env['GITHUB_EVENT_PATH'] ?? '') ?? '';
    return (0,deployment_record/* readOwnerType */.IZ)(payload, 'repository') ?? github.ownerType().catch(() => undefined);
}


/***/ })

};
