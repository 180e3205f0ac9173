export const id = 868;
export const ids = [868];
export const modules = {

/***/ 6537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G7: () => (/* binding */ checkRevision),
/* harmony export */   JA: () => (/* binding */ isOtherRepository),
/* harmony export */   MH: () => (/* binding */ compareWithEvent),
/* harmony export */   NM: () => (/* binding */ sayingOf),
/* harmony export */   ZH: () => (/* binding */ oneWord),
/* harmony export */   pV: () => (/* binding */ findRevision),
/* harmony export */   r4: () => (/* binding */ revisionMode)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4869);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3758);


const revisionKey = 'org.opencontainers.image.revision';
const sourceKey = 'org.opencontainers.image.source';
function findRevision(annotations, labels, context) {
    const sets = [
        ...annotations.map((set) => ({ set, from: 'annotation' })),
        { set: labels, from: 'label' },
    ];
    const said = sets.flatMap(({ set, from }) => {
        const commit = set.get(revisionKey) ?? '';
        return commit === '' ? [] : [{ commit, from, source: set.get(sourceKey) }];
    });
    return (said.find(({ commit }) => commit.length >= 40 && commit === context.wanted) ??
        said.find(({ source }) => source === undefined || isOwn(source, context)));
}
function isOwn(source, { repositoryUrl, imagePath }) {
    if (isOf(source, repositoryUrl))
        return true;
    const [, path] = /^[^/]+\/([^/]+\/.+)$/.exec(plainUrl(source)) ?? [];
    return path !== undefined && (imagePath === path || imagePath.startsWith(`${path}/`));
}
function isOf(source, repositoryUrl) {
    const [said, own] = [plainUrl(source), plainUrl(repositoryUrl)];
    return said === own || said.startsWith(`${own}/`);
}
function plainUrl(url) {
    const [, scheme = '', rest = ''] = /^([a-z+]+:\/\/)?([^?#]*)/.exec(url.toLowerCase()) ?? [];
    const place = rest.replace(/^[^@/]*@/, '');
    const path = scheme === '' ? place.replace(':', '/') : place;
    return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutTrailing */ .hT)(path, '/').replace(/\.git$/, '');
}
const revisionMode = ({ source, by }, given) => source === 'digest' && by === 'commit' && given === 'auto' ? 'require' : given;
function checkRevision(mode, wanted, found, image, repositoryUrl, { kind }) {
    if (mode === 'off' || (wanted === undefined && mode === 'auto'))
        return 'unchecked';
    if (found === undefined || (found.from === 'tag' && (mode === 'require' || agree(found.commit, wanted)))) {
        if (mode === 'auto')
            return 'unknown';
        throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
            code: 'revision-missing',
            found: `${image} has no label or annotation ${revisionKey} of this repository, and no provenance that names a commit.`,
            expected: `An image that names ${wanted ?? 'its commit, because `check-revision` is "require"'}. A tag alone is not enough.`,
            fix: 'In the build, give docker/build-push-action the labels of docker/metadata-action (`labels: ${{ steps.meta.outputs.labels }}`), and do not turn its provenance off.',
        });
    }
    if (wanted === undefined)
        return 'unchecked';
    if (agree(found.commit, wanted))
        return 'matches';
    const { source = repositoryUrl } = found;
    const url = /^https:\/\/[\w.-]+\/[\w./-]+$/.test(source) ? source.replace(/\.git$/, '') : repositoryUrl;
    const inherited = found.from === 'label'
        ? ' The label can come from the base image, and there is no provenance to check it against.'
        : '';
    throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'revision-mismatch',
        found: `${image} ${sayingOf(found)} ${link(found.commit, url)}.${inherited}`,
        expected: `An image built from ${link(wanted, repositoryUrl)}.`,
        fix: `${kind === 'pull-request' ? `${headCommit} If it already does, build` : 'Build'} that commit again: the tag was moved, or pushed by another build.${otherwise(found)}`,
    });
}
function otherwise({ from }) {
    if (from !== 'label' && from !== 'annotation')
        return '';
    const inherited = ' If the label is the base image’s, have the build overwrite it: `labels: ${{ steps.meta.outputs.labels }}` in docker/build-push-action.';
    return `${from === 'label' ? inherited : ''} If the ${from} has another meaning in your build: \`with: check-revision: off\`.`;
}
const agree = (commit, wanted) => wanted === undefined || commit.startsWith(wanted) || (commit.length >= 7 && wanted.startsWith(commit));
const sayingOf = ({ from }) => from === 'tag'
    ? 'does not name the commit it was built from, and its tag names'
    : from === 'provenance'
        ? 'has provenance for a build of'
        : `has ${from === 'label' ? 'a label' : 'an annotation'} ${revisionKey} that names`;
const headCommit = 'Have docker/metadata-action write the head commit instead of the merge commit: `env: DOCKER_METADATA_PR_HEAD_SHA: true`.';
const link = (commit, url) => /^[0-9a-f]{7,64}$/.test(commit) ? `${commit} (${url}/commit/${commit})` : JSON.stringify(commit);
function compareWithEvent(commit, found, { repositoryUrl, imagePath }) {
    if (found !== undefined && found.from !== 'tag' && agree(found.commit, commit))
        return { kind: 'same' };
    if (isOtherRepository(found, { repositoryUrl, imagePath }))
        return { kind: 'other-repository' };
    return found === undefined || agree(found.commit, commit)
        ? { kind: 'unknown' }
        : { kind: 'differs', event: commit, image: found };
}
function isOtherRepository(found, { repositoryUrl, imagePath }) {
    const own = new URL(repositoryUrl).pathname.slice(1).toLowerCase();
    const isThis = imagePath === own || imagePath.startsWith(`${own}/`);
    return !isThis && (found?.source === undefined || !isOf(found.source, repositoryUrl));
}
const oneWord = (commit) => /^[0-9a-f]{7,64}$/.test(commit) ? commit : JSON.stringify(commit);


/***/ }),

/***/ 616:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ rootOf)
/* harmony export */ });
/* harmony import */ var _registry_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9329);
/* harmony import */ var _registry_platform_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7891);


async function rootOf(session, digest, names) {
    for (const name of new Set(names)) {
        const root = name === undefined ? undefined : await (0,_registry_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .getManifest */ .c2)(session, name);
        if (root === undefined)
            continue;
        if (root.digest === digest)
            return digest;
        const { digests } = await (0,_registry_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .findPlatform */ .r)(session, root, async () => false);
        if (digests.includes(digest))
            return root.digest;
    }
    return undefined;
}


/***/ }),

/***/ 7251:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ flySession),
  g: () => (/* binding */ sourceSession)
});

// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var http = __webpack_require__(3697);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/lib/environment.js
var environment = __webpack_require__(8377);
// EXTERNAL MODULE: ./build/lib/json.js
var lib_json = __webpack_require__(292);
// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __webpack_require__(8253);
;// CONCATENATED MODULE: ./build/registry/docker-config.js




async function dockerLogin(host, deps) {
    const { readFile, log } = deps;
    const path = configPath(deps);
    const text = path === undefined ? undefined : readFile(path);
    if (path === undefined || text === undefined)
        return undefined;
    const config = (0,lib_json/* parseJsonObject */.d)(text, `Docker’s config ${path}`, 'secret');
    const key = (0,hosts/* configKeyOf */.lR)(host);
    const helper = config.get('credHelpers').get(key).maybeText() ?? config.get('credsStore').maybeText();
    if (helper !== undefined) {
        const login = await askHelper(helper, key, deps);
        if (login !== undefined)
            return login;
    }
    const auth = entryOf(config.get('auths'), host);
    if (auth === undefined)
        return undefined;
    const identityToken = auth.get('identitytoken').maybeText();
    if (identityToken !== undefined)
        return { identityToken };
    const pair = Buffer.from(auth.get('auth').maybeText() ?? '', 'base64').toString('utf8');
    const colon = pair.indexOf(':');
    const [username, password] = colon > 0
        ? [pair.slice(0, colon), pair.slice(colon + 1).replace(/\0+$/, '')]
        : [auth.get('username').maybeText(), auth.get('password').maybeText()];
    if (username === undefined || password === undefined || password === '')
        return undefined;
    log.debug(`Using the login for ${host} from ${path}`);
    return { username, password };
}
function configPath({ env, platform }) {
    const { isAbsolute, join } = platform === 'win32' ? external_node_path_.win32 : external_node_path_.posix;
    const folder = (0,environment/* variable */.bv)(env, 'DOCKER_CONFIG', platform);
    if (folder)
        return join(folder, 'config.json');
    const home = (0,environment/* variable */.bv)(env, platform === 'win32' ? 'USERPROFILE' : 'HOME', platform) ?? '';
    return isAbsolute(home) ? join(home, '.docker', 'config.json') : undefined;
}
function entryOf(auths, host) {
    const names = (0,hosts/* namesOf */.eZ)(host);
    const found = Object.keys(auths.value ?? {}).find((key) => names.includes(key
        .replace(/^https?:\/\//, '')
        .replace(/\/.*$/, '')
        .toLowerCase()));
    return found === undefined ? undefined : auths.get(found);
}
const withheld = [
    /^(?:INPUT|ACTIONS|FLY)_/,
    /^(?:GITHUB|GH)_TOKEN$/,
    /^GITHUB_(?:ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$/,
];
const helperEnvironment = (env) => Object.fromEntries(Object.entries(env).filter((entry) => entry[1] !== undefined && !withheld.some((pattern) => pattern.test(entry[0].toUpperCase()))));
async function askHelper(helper, key, { env, ask, findProgram, log }) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(helper))
        return undefined;
    const program = `docker-credential-${helper}`;
    const file = findProgram(program, { batch: true });
    const answer = file === undefined ? undefined : await ask(file, ['get'], key, helperEnvironment(env));
    if (answer?.status !== 0) {
        log.debug(`${program} has no login for ${key}${file === undefined ? ': it is not on PATH' : ''}`);
        return undefined;
    }
    const json = (0,lib_json/* parseJsonObject */.d)(answer.stdout, `the answer of ${program}`, 'secret');
    const [username, password] = [json.get('Username').maybeText(), json.get('Secret').maybeText()];
    if (username === undefined || password === undefined)
        return undefined;
    return username === '<token>' ? { identityToken: password } : { username, password };
}

// EXTERNAL MODULE: ./build/registry/reference.js
var reference = __webpack_require__(6247);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __webpack_require__(2533);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __webpack_require__(4100);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
;// CONCATENATED MODULE: ./build/registry/challenge.js
function parseChallenges(header) {
    const challenges = [];
    let at = 0;
    const take = (form) => {
        form.lastIndex = at;
        const found = form.exec(header);
        if (found === null)
            return undefined;
        at = form.lastIndex;
        return found[1] ?? found[0];
    };
    const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
    take(/[\s,]*/y);
    while (at < header.length) {
        const name = take(token);
        if (name === undefined)
            break;
        const current = challenges.at(-1);
        if (current !== undefined && take(/\s*=(?!=)\s*/y) !== undefined) {
            const quoted = take(/"((?:[^"\\]|\\.)*)"/y);
            const value = quoted === undefined ? take(token) : quoted.replace(/\\(.)/g, '$1');
            if (value === undefined)
                break;
            if (!current.params.has(name.toLowerCase()))
                current.params.set(name.toLowerCase(), value);
        }
        else {
            challenges.push({ scheme: name.toLowerCase(), params: new Map() });
            take(/[ \t]+[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y);
        }
        take(/[\s,]*/y);
    }
    return challenges;
}
function challengeOf(headers) {
    const challenges = parseChallenges(headers.get('www-authenticate') ?? '');
    return (challenges.find(({ scheme }) => scheme === 'bearer') ??
        challenges.find(({ scheme }) => scheme === 'basic'));
}

// EXTERNAL MODULE: ./build/registry/realm-error.js
var realm_error = __webpack_require__(1574);
;// CONCATENATED MODULE: ./build/registry/session.js







const tokenLimit = 64 * 1024;
class Session {
    origin;
    repository;
    #options;
    #identity = 'anonymous';
    #username;
    #untried;
    #authorization;
    #challenge;
    #challenger;
    #accepted = false;
    #authorizing;
    constructor(options) {
        this.#options = options;
        this.#untried = [...(options.as ?? ['anonymous', 'login'])];
        this.repository = options.repository;
        this.origin = (0,hosts/* apiOrigin */.lG)(options.repository.host);
    }
    get identity() {
        return this.#identity;
    }
    get username() {
        return this.#username;
    }
    urlOf(path) {
        return `${this.origin}/v2/${this.repository.path}/${path}`;
    }
    authorizationFor(url) {
        return this.#authorization === undefined || new URL(url).origin !== this.origin
            ? {}
            : { authorization: this.#authorization };
    }
    request(path, request) {
        return this.requestTo(this.urlOf(path), request);
    }
    requestTo(url, request) {
        return this.authorized((headers) => this.#options.http(url, { ...request, headers: { ...request.headers, ...headers } }), async (answer) => answer, url);
    }
    async authorized(send, refusalOf, url) {
        for (let round = 0;; round++) {
            const used = this.#authorization;
            const answer = await send(this.authorizationFor(url));
            if (answer.status !== 401 && answer.status !== 403) {
                if (answer.status < 500)
                    this.#accepted = true;
                return answer;
            }
            const refusal = await refusalOf(answer);
            if ((0,hosts/* passesByItself */.uj)(refusal) || round === 4)
                return refusal;
            if (new URL(refusal.url).origin !== this.origin) {
                const words = `a redirect of ${this.origin} led there, and it answered ${refusal.status}`;
                throw new http_error/* HttpError */.j(refusal.url, 'elsewhere', words);
            }
            if (used === this.#authorization) {
                this.#authorizing ??= this.#authorize(refusal).finally(() => {
                    this.#authorizing = undefined;
                });
                const denial = await this.#authorizing;
                if (denial !== undefined)
                    return denial;
            }
        }
    }
    async #authorize(refusal) {
        this.#challenge = challengeOf(refusal.headers) ?? this.#challenge;
        const challenge = this.#challenge;
        if (challenge === undefined)
            return refusal;
        this.#challenger = refusal;
        const ranOut = refusal.status === 401 && this.#accepted;
        this.#accepted = false;
        if (ranOut && this.#authorization !== undefined)
            this.#untried.unshift(this.#identity);
        let denial = refusal;
        for (let next = this.#untried.shift(); next !== undefined; next = this.#untried.shift()) {
            const attempt = await this.#as(next, challenge);
            if (attempt.kind === 'authorized')
                return undefined;
            if (attempt.kind === 'denied')
                denial = attempt.answer;
        }
        return denial;
    }
    async #as(identity, challenge) {
        const login = identity === 'login' ? await this.#options.login() : undefined;
        if (identity === 'login' && login === undefined)
            return { kind: 'no-login' };
        if (identity === 'anonymous' && challenge.scheme !== 'bearer')
            return { kind: 'no-login' };
        this.#identity = identity;
        if (login !== undefined)
            this.#username = 'username' in login ? login.username : undefined;
        if (challenge.scheme === 'bearer')
            return this.#bearer(challenge, login);
        if (login === undefined || !('username' in login))
            return { kind: 'no-login' };
        this.#authorization = this.#basic(login);
        return { kind: 'authorized' };
    }
    #basic({ username, password }) {
        const pair = Buffer.from(`${username}:${password}`).toString('base64');
        this.#options.mask(pair);
        return `Basic ${pair}`;
    }
    async #bearer(challenge, login) {
        const namedBy = this.#challenger ?? { url: this.origin };
        const url = this.#realm(challenge, namedBy);
        const service = challenge.params.get('service');
        const scope = `repository:${this.repository.path}:${this.#options.actions ?? 'pull'}`;
        const query = new URLSearchParams({ ...(service === undefined ? {} : { service }), scope });
        let request;
        if (login !== undefined && 'identityToken' in login) {
            query.set('grant_type', 'refresh_token');
            query.set('client_id', 'deploy-fly-image');
            query.set('refresh_token', login.identityToken);
            const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
            request = { method: 'POST', headers, body: query.toString(), limit: tokenLimit };
        }
        else {
            for (const [name, value] of query)
                url.searchParams.set(name, value);
            const headers = login === undefined ? {} : { authorization: this.#basic(login) };
            request = { headers: { accept: 'application/json', ...headers }, limit: tokenLimit };
        }
        const answer = await this.#options.http(url.href, { ...request, namedBy });
        if (answer.status !== 200)
            return { kind: 'denied', answer };
        let json;
        try {
            json = (0,lib_json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'the token service’s answer', 'secret');
        }
        catch (error) {
            const why = (0,user_error/* messageOf */.bD)(error).split('\n')[0];
            throw new realm_error/* RealmError */.Y(`The answer of ${url.host} to the request for a token is unusable: ${why}`, {
                cause: error,
            });
        }
        const token = json.get('token').maybeText() ?? json.get('access_token').maybeText();
        if (token === undefined || /[^\x21-\x7e]/.test(token)) {
            throw new realm_error/* RealmError */.Y(`${url.host} answered the request for a token with 200, but without a token.`);
        }
        if (login !== undefined)
            this.#options.maskToken(token);
        this.#authorization = `Bearer ${token}`;
        return { kind: 'authorized' };
    }
    #realm(challenge, namedBy) {
        const realm = challenge.params.get('realm') ?? '';
        const url = URL.canParse(realm) ? new URL(realm) : undefined;
        const { host } = this.repository;
        const isTrusted = url !== undefined &&
            (0,url_policy/* objection */.C4)(url, namedBy) === undefined &&
            ((0,url_policy/* isLoopback */.U9)(host) ? (0,url_policy/* isLoopback */.U9)(url.host) : url.protocol === 'https:') &&
            (0,hosts/* isTokenHost */.sd)(url.host, host);
        if (isTrusted)
            return url;
        throw new realm_error/* RealmError */.Y(`The registry names "${realm}" as its token service.`);
    }
}

;// CONCATENATED MODULE: ./build/registry/token-mask.js
const mostMasks = 64;
const isMaskable = (token, said) => token.length >= 16 &&
    /^[\w.~+/-]+=*$/.test(token) &&
    (/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)/.test(token) ||
        /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token)) &&
    !said.some((text) => text.includes(token));
function tokenMask({ mask, said }) {
    let masks = 0;
    return (token) => {
        if (masks < mostMasks && isMaskable(token, said)) {
            masks++;
            mask(token);
        }
    };
}
const saidOf = (env) => Object.entries(env).flatMap(([name, value]) => value !== undefined && /^(?:GITHUB|RUNNER|INPUT)_(?!.*(?:TOKEN|PASSWORD))/.test(name) ? [value] : []);

;// CONCATENATED MODULE: ./build/registry/connect.js






const spare = 3 * 60_000;
const longestCopy = 60 * 60_000;
function sourceSession(deps, credentials, repository, waitForImage) {
    const { image, registryLogin, githubLogin, flyLogin } = credentials;
    const own = (0,hosts/* flyRepository */.QY)('', deps.env);
    return new Session({
        repository,
        login: async () => {
            const isInputs = repository.host === image.host;
            const login = (isInputs ? registryLogin : undefined) ??
                (repository.host === own.host ? flyLogin : await dockerLogin(repository.host, deps));
            if (login !== undefined)
                deps.log.mask(secretIn(login));
            return login ?? (isInputs ? githubLogin : undefined);
        },
        http: registryHttp(deps, waitForImage + spare),
        ...masksOf(deps, repository),
    });
}
const flySession = (deps, login, repository) => new Session({
    repository,
    login: async () => login,
    http: registryHttp(deps, longestCopy),
    ...masksOf(deps, repository),
    actions: 'pull,push',
    as: ['login'],
});
const masksOf = ({ env, log }, repository) => ({
    mask: log.mask,
    maskToken: tokenMask({ mask: log.mask, said: [(0,reference/* formatReference */.FH)(repository), ...saidOf(env)] }),
});
const secretIn = (login) => ('identityToken' in login ? login.identityToken : login.password);
const registryHttp = (deps, allTime) => (0,http/* makeHttp */.fK)(deps, { ...http/* policies */.R3.registry, ...hosts/* registryQuirks */.h6, allTime });


/***/ }),

/***/ 7375:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ connectionError),
/* harmony export */   eo: () => (/* binding */ registryError),
/* harmony export */   lz: () => (/* binding */ registryWords)
/* harmony export */ });
/* harmony import */ var _lib_advice_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2774);
/* harmony import */ var _lib_api_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2227);
/* harmony import */ var _lib_http_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3697);
/* harmony import */ var _lib_http_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2533);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(292);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4869);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3758);
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8253);
/* harmony import */ var _realm_error_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1574);









function registryWords(answer) {
    try {
        const json = new _lib_json_js__WEBPACK_IMPORTED_MODULE_3__/* .Json */ .L(JSON.parse(answer.body.toString('utf8')), 'the error');
        const first = json.get('errors').items()[0] ?? json;
        const words = [first.get('code').maybeText(), first.get('message').maybeText()].filter((word) => word !== undefined);
        if (words.length > 0)
            return clip(words.join(': '));
    }
    catch {
    }
    const plain = (0,_lib_http_js__WEBPACK_IMPORTED_MODULE_1__/* .beginningOf */ .VI)(answer.body)
        .replace(/<[^<>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    return plain === '' ? 'no text' : clip(plain);
}
const clip = (text) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .shortened */ .vI)(text, 200);
const nameOf = ({ repository: { host, path } }) => `${host}/${path}`;
const reachable = {
    expected: 'A registry that can be reached.',
    fix: `Run the job again, and check the host in \`image\`. ${_lib_advice_js__WEBPACK_IMPORTED_MODULE_7__/* .behindProxy */ .xj}`,
};
const registryService = {
    isRateLimited: _hosts_js__WEBPACK_IMPORTED_MODULE_5__/* .registryQuirks */ .h6.isTemporary,
    found: (session, answer, kind) => {
        const name = nameOf(session);
        if (answer instanceof _lib_http_error_js__WEBPACK_IMPORTED_MODULE_2__/* .HttpError */ .j)
            return `There is no usable answer from ${answer.url} for ${name}: ${(0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(answer)}.`;
        const who = session.identity === 'login'
            ? `, even with ${session.username === undefined ? 'the login’s identity token' : `the login "${session.username}"`}`
            : ' to an anonymous pull, and there is no login';
        const more = {
            'rate-limited': ', a rate limit, even after several tries',
            temporary: ', even after several tries',
            denied: `${who}. Registries give the same answer for a package that does not exist`,
        };
        return `${new URL(answer.url).host} answered ${answer.status} for ${name} (${registryWords(answer)})${more[kind] ?? ''}.`;
    },
    advice: {
        'no-answer': () => ({ code: 'registry-unreachable', ...reachable }),
        unusable: () => ({ code: 'registry-unexpected-answer', ...reachable }),
        'rate-limited': () => ({
            code: 'registry-rate-limited',
            expected: 'An answer within the registry’s rate limits.',
            fix: 'Run the job again later. A login (`with: registry-username:` and `registry-password:`) usually has a higher limit than anonymous pulls.',
        }),
        temporary: ({ repository: { host } }) => ({
            code: 'registry-unavailable',
            expected: 'The image’s manifest.',
            fix: `Run the job again. If the error persists, check whether ${host} has an outage.`,
        }),
        denied: (session) => ({
            code: 'registry-denied',
            expected: `A package ${nameOf(session)} that this job can read.`,
            fix: [
                'Check the name in `image`, and let the job read the package:',
                ...(0,_hosts_js__WEBPACK_IMPORTED_MODULE_5__/* .accessLines */ .cO)(session.repository.host),
            ].join('\n'),
        }),
        unexpected: ({ repository: { host } }) => ({
            code: 'registry-unexpected-answer',
            expected: 'The image’s manifest.',
            fix: `Check that "${host}" in \`image\` is a container registry.`,
        }),
    },
};
const registryError = (answer, session) => (0,_lib_api_error_js__WEBPACK_IMPORTED_MODULE_0__/* .apiError */ .p)({ service: registryService, resource: session, answer });
function connectionError(error, session) {
    if (error instanceof _lib_http_error_js__WEBPACK_IMPORTED_MODULE_2__/* .HttpError */ .j)
        return (0,_lib_api_error_js__WEBPACK_IMPORTED_MODULE_0__/* .apiError */ .p)({ service: registryService, resource: session, answer: error });
    if (!(error instanceof _realm_error_js__WEBPACK_IMPORTED_MODULE_8__/* .RealmError */ .Y))
        throw error;
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo({
        code: 'registry-token-service',
        found: error.message,
        expected: 'An https:// address that answers with a token.',
        fix: `Check that "${session.repository.host}" in \`image\` is the correct registry.`,
    }, { cause: error });
}


/***/ }),

/***/ 9329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _x: () => (/* binding */ getJsonBlob),
/* harmony export */   c2: () => (/* binding */ getManifest),
/* harmony export */   cB: () => (/* binding */ listTags),
/* harmony export */   nw: () => (/* binding */ isIndex),
/* harmony export */   xR: () => (/* binding */ headDigest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(292);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3758);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7375);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6247);





const manifestTypes = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
const accept = manifestTypes.join(', ');
const indexTypes = manifestTypes.slice(0, 2);
const manifestLimit = 4 * 1024 * 1024;
const configLimit = 8 * 1024 * 1024;
const isIndex = (manifest) => indexTypes.includes(manifest.mediaType);
async function getManifest(session, tagOrDigest) {
    const answer = await ask(session, `manifests/${tagOrDigest}`, accept, manifestLimit);
    if (answer === undefined)
        return undefined;
    const where = {
        ...session.repository,
        ...((0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .isDigest */ .Bc)(tagOrDigest) ? { digest: tagOrDigest } : { tag: tagOrDigest }),
    };
    const digest = sha256(answer.body);
    const said = answer.headers.get('docker-content-digest') ?? digest;
    if (digest !== said || ((0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .isDigest */ .Bc)(tagOrDigest) && digest !== tagOrDigest)) {
        throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo({
            code: 'manifest-mismatch',
            found: `For ${(0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)(where)}, the registry sent the header Docker-Content-Digest "${said}", but bytes whose digest is ${digest}.`,
            expected: 'The same digest in both, because the digest identifies the image that was built.',
            fix: 'Run the job again. If the error persists, check for a proxy or mirror between this runner and the registry that changes answers.',
        });
    }
    return { digest, bytes: answer.body, ...readManifest(answer, (0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)(where)) };
}
async function headDigest(session, tag) {
    const answer = await send(session, `manifests/${tag}`, { method: 'HEAD', headers: { accept }, limit: 0 });
    if (answer.status === 404)
        return undefined;
    const digest = answer.headers.get('docker-content-digest') ?? '';
    return answer.status === 200 && (0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .isDigest */ .Bc)(digest) ? digest : 'unknown';
}
async function getJsonBlob(session, digest, limit = configLimit) {
    const answer = await ask(session, `blobs/${digest}`, '*/*', limit);
    if (answer === undefined)
        return undefined;
    const what = `the blob ${digest} of ${(0,_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)(session.repository)}`;
    if (sha256(answer.body) !== digest) {
        throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo({
            code: 'blob-mismatch',
            found: `For ${what}, the registry sent bytes whose digest is ${sha256(answer.body)}.`,
            expected: 'The bytes of the requested digest.',
            fix: 'Run the job again. If the error persists, build and push the image again.',
        });
    }
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJsonObject */ .d)(answer.body.toString('utf8'), what);
}
const longestTag = 255;
const [tagsLimit, leastPage] = [16 * 1024 * 1024, 16 * 1024];
async function listTags(session, most) {
    const tags = [];
    let path = 'tags/list?n=1000';
    let bytes = 0;
    while (path !== undefined && tags.length < most && bytes < tagsLimit) {
        const answer = await ask(session, path, 'application/json', manifestLimit);
        if (answer === undefined)
            return undefined;
        const page = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJsonObject */ .d)(answer.body.toString('utf8'), 'the list of tags').get('tags').items();
        bytes += Math.max(answer.body.length, leastPage);
        for (const each of page) {
            const tag = each.maybeText() ?? '';
            if (tag !== '' && tag.length <= longestTag)
                tags.push(tag);
        }
        path = page.length === 0 ? undefined : nextPage(answer, session.repository);
    }
    return tags;
}
function nextPage(answer, { path }) {
    const link = /<([^<>]*)>\s*;[^,<]*\brel="?next"?/.exec(answer.headers.get('link') ?? '')?.[1];
    if (link === undefined || !URL.canParse(link, answer.url))
        return undefined;
    const url = new URL(link, answer.url);
    return url.pathname === `/v2/${path}/tags/list` ? `tags/list${url.search}` : undefined;
}
async function ask(session, path, types, limit) {
    const answer = await send(session, path, { headers: { accept: types }, limit });
    if (answer.status === 404)
        return undefined;
    if (answer.status !== 200)
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .registryError */ .eo)(answer, session);
    return answer;
}
async function send(session, path, request) {
    try {
        return await session.request(path, request);
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .connectionError */ .$t)(error, session);
    }
}
function readManifest(answer, where) {
    const type = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const notManifest = (why, cause) => new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo({
        code: 'manifest-invalid',
        found: `For ${where}, ${new URL(answer.url).host} answered 200 with ${type || 'no content type'}, ${why}.`,
        expected: 'An OCI or Docker manifest as JSON.',
        fix: 'Check the host in `image`, and whether a login page or a proxy is between this runner and the registry.',
    }, { cause });
    let json;
    try {
        json = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJsonObject */ .d)(answer.body.toString('utf8'), `the manifest of ${where}`);
    }
    catch (error) {
        throw notManifest(`which is not a JSON object (${(0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error).split('\n')[0]?.slice(0, 120)})`, error);
    }
    const own = json.get('mediaType').maybeText();
    const mediaType = own ?? type;
    if (!isManifestType(mediaType))
        throw notManifest(`media type "${mediaType}"`);
    const why = ambiguity(mediaType, isManifestType(type) ? type : mediaType, json);
    if (why === undefined)
        return { mediaType, json };
    throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo({
        code: 'manifest-ambiguous',
        found: `For ${where}, ${new URL(answer.url).host} sent a manifest that ${why}.`,
        expected: 'One kind of manifest, because another program could read it as the other kind (CVE-2021-41190).',
        fix: 'Build and push the image again, with `docker buildx` or another tool that writes standard manifests.',
    });
}
const isManifestType = (type) => manifestTypes.some((known) => known === type);
function ambiguity(mediaType, header, json) {
    if (mediaType !== header)
        return `is ${mediaType} by its content and ${header} by its Content-Type`;
    const others = indexTypes.includes(mediaType)
        ? ['config', 'layers', 'fsLayers']
        : ['manifests', 'fsLayers'];
    const other = others.find((name) => (json.get(name).value ?? undefined) !== undefined);
    return other === undefined ? undefined : `is ${mediaType}, but has \`${other}\``;
}
const sha256 = (bytes) => `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;


/***/ }),

/***/ 7891:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ findPlatform)
/* harmony export */ });
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3758);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9329);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6247);



const deepest = 3;
async function findPlatform(session, root, patience) {
    const again = async (get, what) => {
        for (;;) {
            const found = await get();
            if (found !== undefined)
                return found;
            if (await patience())
                continue;
            throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
                code: 'image-incomplete',
                found: `${(0,_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatReference */ .FH)({ ...session.repository, digest: root.digest })} exists, but its ${what} does not.`,
                expected: 'A complete image: index, manifest and config.',
                fix: 'Build and push the image again. If a clean-up job deletes untagged packages, have it keep the parts of tagged indexes.',
            });
        }
    };
    const others = [];
    const visit = async (manifest, annotations, above) => {
        const noted = [...annotations, manifest.json.get('annotations').strings()];
        const path = [...above, manifest];
        if (!(0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .isIndex */ .nw)(manifest)) {
            const digest = manifest.json.get('config').get('digest').text();
            if (!(0,_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(digest))
                throw manifest.json.get('config').get('digest').error('A sha256 digest');
            const config = await again(() => (0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .getJsonBlob */ ._x)(session, digest), `config ${digest}`);
            const platform = platformOf(config);
            if (platform === 'linux/amd64') {
                const digests = path.map((each) => each.digest);
                return { manifest, config, index: above.at(-1), digests, annotations: noted };
            }
            others.push(platform);
            return undefined;
        }
        if (path.length > deepest)
            return undefined;
        const { certain, possible } = candidatesOf(manifest, others);
        if (certain.size > 1)
            throw ambiguous(session, root, [...certain]);
        const finds = [];
        for (const [digest, entry] of [...certain, ...possible]) {
            const child = await again(() => (0,_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .getManifest */ .c2)(session, digest), `linux/amd64 manifest ${digest}`);
            const found = await visit(child, [...noted, entry.get('annotations').strings()], path);
            if (found === undefined)
                continue;
            if (certain.has(digest))
                return found;
            finds.push({ image: found, entry: [digest, entry] });
        }
        if (finds.length > 1) {
            const entries = finds.map(({ entry }) => entry);
            throw ambiguous(session, root, entries);
        }
        return finds[0]?.image;
    };
    const found = await visit(root, [], []);
    if (found !== undefined)
        return found;
    const list = [...new Set(others)].slice(0, 20).join(', ') || 'no platform';
    throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'platform-missing',
        found: `${(0,_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatReference */ .FH)({ ...session.repository, digest: root.digest })} is an image for ${list}.`,
        expected: 'An image for linux/amd64, the only platform that Fly.io runs.',
        fix: 'Build it for that platform: `docker/build-push-action` with `platforms: linux/amd64`.',
    });
}
function candidatesOf(index, others) {
    const [plain, variants, possible] = [
        new Map(),
        new Map(),
        new Map(),
    ];
    for (const entry of index.json.get('manifests').items()) {
        if (entry.get('annotations').get('vnd.docker.reference.type').value === 'attestation-manifest')
            continue;
        const platform = entry.get('platform');
        const name = platformOf(platform);
        if (platform.value !== undefined && name !== 'linux/amd64') {
            if (name !== 'unknown/unknown')
                others.push(name);
            continue;
        }
        const digest = entry.get('digest').text();
        if (!(0,_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(digest))
            throw entry.get('digest').error('A sha256 digest');
        const hasVariant = platform.get('variant').maybeText() !== undefined;
        (platform.value === undefined ? possible : hasVariant ? variants : plain).set(digest, entry);
    }
    return { certain: plain.size > 0 ? plain : variants, possible };
}
const ambiguous = ({ repository }, { digest }, entries) => {
    const list = entries.map(([each, entry]) => {
        const variant = entry.get('platform').get('variant').maybeText();
        return `${each}${variant === undefined ? '' : ` (variant ${variant})`}`;
    });
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'platform-ambiguous',
        found: `${(0,_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatReference */ .FH)({ ...repository, digest })} lists ${list.length} images for linux/amd64: ${list.slice(0, 5).join(', ')}. It is unknown which of them a machine would run.`,
        expected: 'One image for linux/amd64, or exactly one without a CPU variant.',
        fix: 'Build only one: `docker/build-push-action` with `platforms: linux/amd64`.',
    });
};
const platformOf = (json) => `${json.get('os').maybeText() ?? 'unknown'}/${json.get('architecture').maybeText() ?? 'unknown'}`;


/***/ })

};
