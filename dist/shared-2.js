export const id = 179;
export const ids = [179];
export const modules = {

/***/ 4309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ usualUrl),
/* harmony export */   o: () => (/* binding */ askAppUrl)
/* harmony export */ });
/* harmony import */ var _lib_http_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3697);
/* harmony import */ var _lib_http_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2533);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(292);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4869);
/* harmony import */ var _lib_url_policy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4100);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3758);
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4270);







async function askAppUrl(deps, api) {
    const hostname = await hostnameOf({ ...api, http: (0,_lib_http_js__WEBPACK_IMPORTED_MODULE_0__/* .makeHttp */ .fK)(deps, _lib_http_js__WEBPACK_IMPORTED_MODULE_0__/* .policies */ .R3.appUrl) }).catch(() => undefined);
    return hostname === undefined ? undefined : urlOf(hostname);
}
const usualUrl = (app) => `https://${app}.fly.dev`;
function urlOf(hostname) {
    const bare = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_6__/* .withoutTrailing */ .hT)(hostname, '.');
    const url = `${(0,_lib_url_policy_js__WEBPACK_IMPORTED_MODULE_3__/* .isLoopback */ .U9)(bare) ? 'http' : 'https'}://${bare}`;
    return bare !== '' && URL.canParse(url) ? new URL(url).origin : 'none';
}
async function hostnameOf(api) {
    const query = 'query ($name: String!) { app(name: $name) { hostname } }';
    try {
        const answer = await (0,_api_js__WEBPACK_IMPORTED_MODULE_5__/* .askGraphql */ .jQ)(api, query, { name: api.app }, 64 * 1024);
        if (answer.status !== 200)
            return undefined;
        const app = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJsonObject */ .d)(answer.body.toString('utf8'), 'Fly.io’s answer').get('data').get('app');
        if (typeof app.value !== 'object' || app.value === null)
            return undefined;
        const hostname = app.get('hostname').maybeText() ?? '';
        return /^[a-z0-9.-]*(?::\d+)?$/i.test(hostname) ? hostname : '';
    }
    catch (error) {
        if (error instanceof _lib_http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j || error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo)
            return undefined;
        throw error;
    }
}


/***/ }),

/***/ 9031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AD: () => (/* binding */ logPrivate),
/* harmony export */   IG: () => (/* binding */ logImage),
/* harmony export */   Rn: () => (/* binding */ logOrder),
/* harmony export */   T0: () => (/* binding */ logTrigger),
/* harmony export */   UQ: () => (/* binding */ logSkip),
/* harmony export */   _V: () => (/* binding */ logBefore),
/* harmony export */   de: () => (/* binding */ logVerified)
/* harmony export */ });
/* harmony import */ var _event_unread_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4404);
/* harmony import */ var _image_revision_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6537);
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(177);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3758);
/* harmony import */ var _registry_hosts_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8253);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6247);
/* harmony import */ var _verify_compare_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2327);







function logTrigger(trigger, log, what = 'deploy') {
    if (trigger.kind === 'manual') {
        if (trigger.caution !== undefined)
            log.warning(`A deploy from this event would be refused.\n${(0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTexts */ .UQ)([trigger.caution])}`);
        const { published, unread } = trigger;
        if (published === undefined)
            log.line(`Manual ${what} (${trigger.event}) of branch ${trigger.branch}`);
        else
            log.line(`Automatic ${what} (${trigger.event}) of what was published with tag ${published.tag}, ${published.digest}`);
        if (unread !== undefined) {
            const { words, fix } = (0,_event_unread_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadText */ .p)(unread);
            log.notice(`${words} ${fix}`);
        }
        return;
    }
    const { run, event, commit, branch, environment } = trigger;
    const by = run
        ? `, built by "${run.name}"${run.number === undefined ? '' : ` #${run.number}`} (${run.event})`
        : '';
    log.line(`Automatic ${what} (${event}) of commit ${commit} of branch ${branch}${by}`);
    if (environment !== undefined)
        log.line(`The deployment is for environment ${JSON.stringify(environment)}. A step cannot read its job’s \`environment:\`, so the two are not compared.`);
}
function logImage(found, now, log) {
    const { plan, image, revision: check } = found;
    const { host, path } = image.repository;
    const { digest, platformDigest, revision, created } = image;
    switch (plan.source) {
        case 'sha-tag':
            log.line(`Using SHA-based tag: ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)({ host, path, tag: image.tag ?? plan.tag })}`);
            log.line(`This ensures we get the exact image built from commit: ${plan.commit}`);
            break;
        case 'digest':
        case 'pattern':
            log.line(`Looked up tag: ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)({ host, path, ...(image.tag && { tag: image.tag }) })}`);
            break;
        case 'release':
            log.line(`Using the image of release v${plan.version}`);
            break;
        case 'running':
            log.line(`Using the image that app ${plan.app} runs`);
            break;
        case 'reference':
            log.line(`Using the image as ${plan.published === undefined ? 'given' : 'published'}: ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)(plan.reference)}`);
            break;
    }
    if (plan.pin)
        log.line(`Using digest: ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)({ host, path, digest })}`);
    else
        log.line(`Digest: ${digest}`);
    if (platformDigest !== digest)
        log.line(`Digest of its linux/amd64 image: ${platformDigest}`);
    const age = created === undefined ? undefined : (0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatAge */ .nV)(created, now);
    const facts = [
        (0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatBytes */ .z3)(image.size),
        ...(age === undefined ? [] : [`built ${age}`]),
        revision === undefined ? 'no revision label' : `revision ${revision.commit} (${revision.from})`,
    ];
    log.line(`Image: ${facts.join(', ')}`);
    if (revision?.instead !== undefined && check === 'matches') {
        log.notice(`The ${revision.instead.from} of ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)(image.reference)} names ${(0,_image_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .oneWord */ .ZH)(revision.instead.commit)}, but its provenance names ${plan.commit}. The provenance counts, because labels are inherited from base images. To write a label in the build, give docker/build-push-action \`labels: \${{ steps.meta.outputs.labels }}\`.`);
    }
    logBeside(found, log);
    if (check === 'unknown') {
        log.warning(`${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)(image.reference)} does not name its commit, so only its tag links it to ${plan.commit}. ` +
            'To label images with their commit, give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`.');
    }
}
function logBeside({ beside, image, plan }, log) {
    const name = (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)(plan.source === 'reference' ? plan.reference : image.reference);
    switch (beside?.kind) {
        case 'differs': {
            const { tag } = image;
            const waits = tag === undefined
                ? ''
                : `, or write \`sha-tag: ${tag}\` instead of the tag in \`${plan.by}\`, to wait until that tag names this commit’s image`;
            log.warning(`${name} ${(0,_image_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .sayingOf */ .NM)(beside.image)} ${(0,_image_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .oneWord */ .ZH)(beside.image.commit)}, but the event is about ${beside.event}. It is deployed anyway, because the input \`${plan.by}\` names it. To fail instead, set \`with: check-revision: require\`${waits}.`);
            return;
        }
        case 'other-repository':
            log.notice(`${name} is another repository’s image, so its commit is not compared with the event’s. To require a commit, set \`with: commit: <commit>\`.`);
            return;
        case 'unknown':
            log.line('The image does not name its commit, so it is not compared with the event’s.');
            return;
        default:
            return;
    }
}
function logPrivate({ repository: { host, path }, public: isPublic }, app, { log, env }) {
    if (isPublic || host === (0,_registry_hosts_js__WEBPACK_IMPORTED_MODULE_3__/* .flyRepository */ .QY)(app, env).host)
        return;
    log.warning(`${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)({ host, path })} is private, and Fly.io pulls anonymously, so the deploy will probably fail. ` +
        'Remove `mirror: never`, or make the package public.');
}
function logSkip({ reason, words }, image, order, mirror, log) {
    if (reason !== 'dry-run') {
        log.notice(`Nothing was deployed. ${words}`);
        return;
    }
    log.line(`A deploy would use ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)(image.reference)}`);
    if (order !== undefined)
        log.line(order.words);
    if (mirror !== undefined)
        log.line(`The image is private, so a deploy would first copy it to ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatReference */ .FH)(mirror)}`);
    if (words !== '')
        log.line(`A deploy would be skipped. ${words}`);
    log.line('Dry run: nothing was deployed.');
}
function logBefore({ machines, unmanaged }, log) {
    const images = new Set(machines.map(({ image, digest }) => `${image}@${digest ?? '?'}`));
    const count = (0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .counted */ .hS)(machines.length, 'machine');
    log.line(`Running before: ${machines.length === 0 ? 'no machine' : `${[...images].join(', ')} (${count})`}`);
    if (unmanaged.length > 0) {
        const ids = unmanaged.slice(0, 10).map(({ id }) => id);
        log.line(`Not managed by deploys, so not verified: ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .counted */ .hS)(unmanaged.length, 'machine')} (${ids.join(', ')}${unmanaged.length > ids.length ? ', …' : ''})`);
    }
}
function logVerified(app, { tag, digest, platformDigest }, fleet, { line }) {
    const count = (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_6__/* .managed */ .Yq)(fleet).length;
    const excluded = fleet.length - count;
    const all = count === 1 ? 'the only machine' : `all ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .counted */ .hS)(count, 'machine')}`;
    const which = `${all} of ${app}${excluded === 0 ? '' : ` in scope (${excluded} excluded by \`flags\`)`}`;
    const of = digest === platformDigest ? '' : `, the linux/amd64 image of index ${digest}`;
    const image = tag === undefined ? `${platformDigest}${of}` : `${tag} (${platformDigest}${of})`;
    line(`Verified: ${which} ${count === 1 ? 'runs' : 'run'} ${image}`);
}
function logOrder(order, decides, log) {
    const show = decides || order.relation !== 'unknown' ? log.line : log.debug;
    show(order.words);
}


/***/ }),

/***/ 8503:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ refused)
/* harmony export */ });
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3758);

function refused(refusal, { onRefusal, mode }, { log }) {
    const error = new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(refusal);
    if (onRefusal === 'fail')
        return { kind: 'failed', as: 'refused', at: 'Read the event', error };
    const words = (0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .formatError */ .Wk)(error);
    log.notice(`Nothing was ${mode === 'verify' ? 'checked' : 'deployed'}. ${words}`);
    return { kind: 'skipped', reason: 'refused', words, refusal: error };
}


/***/ }),

/***/ 5824:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   As: () => (/* binding */ isComplete),
/* harmony export */   Eh: () => (/* binding */ isUncounted),
/* harmony export */   YG: () => (/* binding */ betweenChecks),
/* harmony export */   bg: () => (/* binding */ mayPass),
/* harmony export */   dm: () => (/* binding */ whilePassing),
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   vP: () => (/* binding */ passChecks),
/* harmony export */   w1: () => (/* binding */ checker)
/* harmony export */ });
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3758);
/* harmony import */ var _compare_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2327);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2317);
/* harmony import */ var _machines_lost_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9559);




const betweenChecks = 1500;
const isComplete = ({ managed, incomplete }) => incomplete === undefined && managed.length > 0 && managed.every(_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .isFine */ .zn);
const isUncounted = ({ incomplete }) => incomplete?.kind === 'uncounted';
const passChecks = (machines) => machines.every(({ checks, state }) => state !== 'started' || checks.length > 0);
function failureOf(check, expected, when) {
    const { incomplete } = check;
    if (incomplete === undefined || check.managed.some(_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .isHopeless */ .cs))
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .notVerified */ .et)(check.managed, expected, when, check.all.length);
    const error = (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .incompleteList */ .N6)(incomplete, check.managed, when);
    return incomplete.kind === 'lost'
        ? new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(error, { cause: new _machines_lost_js__WEBPACK_IMPORTED_MODULE_2__/* .MachinesLost */ .v(incomplete.ids) })
        : error;
}
const passing = ['fly-unreachable', 'fly-unavailable', 'fly-rate-limited'];
const mayPass = ({ code }) => passing.includes(code);
function checker(expected, settlement, { observe, clock, log, seen }, patience) {
    let before = '';
    const compared = (0,_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .comparer */ .m3)(expected);
    return async (title) => {
        const { machines, incomplete, at, date } = await whilePassing(observe, clock, clock.now() + patience);
        const time = { now: at, date };
        const all = settlement.take(compared(machines), time);
        const { words, healthy } = (0,_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .standingOf */ .YP)(all);
        seen(all, { at, machines: (0,_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .managed */ .Yq)(all).length, healthy, words, incomplete: incomplete?.kind });
        if (words !== before)
            log.line(`${title}: ${words}`);
        before = words;
        return { all, managed: (0,_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .managed */ .Yq)(all), incomplete, time };
    };
}
async function whilePassing(read, clock, end) {
    for (;;) {
        try {
            return await read();
        }
        catch (error) {
            if (!(error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo && mayPass(error)) || clock.now() >= end)
                throw error;
            await clock.sleep(betweenChecks);
        }
    }
}


/***/ }),

/***/ 291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ Journal)
/* harmony export */ });
/* harmony import */ var _lib_first_and_last_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8003);

const most = 1000;
class Journal {
    checks = (0,_lib_first_and_last_js__WEBPACK_IMPORTED_MODULE_0__/* .firstAndLast */ .A)(most);
    answers = (0,_lib_first_and_last_js__WEBPACK_IMPORTED_MODULE_0__/* .firstAndLast */ .A)(most);
    #command;
    get command() {
        return this.#command;
    }
    tested(record) {
        this.#command = record;
    }
}


/***/ }),

/***/ 6472:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $X: () => (/* binding */ emptyBaseline),
/* harmony export */   mF: () => (/* binding */ readBaseline),
/* harmony export */   nu: () => (/* binding */ Observer),
/* harmony export */   tO: () => (/* binding */ knowsReleases),
/* harmony export */   wP: () => (/* binding */ isWhole)
/* harmony export */ });
/* harmony import */ var p_map__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(606);
/* harmony import */ var _fly_machines_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1510);
/* harmony import */ var _fly_releases_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4774);



const emptyBaseline = {
    list: { machines: [], unmanaged: [], length: 0, alive: 0, date: undefined },
    count: undefined,
    at: Number.NEGATIVE_INFINITY,
};
const isWhole = ({ list, count }) => count === undefined || count <= list.length;
const knowsReleases = ({ list, count, newestRelease }) => newestRelease !== undefined || (count !== undefined && count <= list.length);
const [tries, pause] = [3, 1000];
async function readBaseline(api, clock) {
    const read = async () => {
        const at = clock.now();
        const list = await (0,_fly_machines_js__WEBPACK_IMPORTED_MODULE_0__/* .readMachineList */ .aT)(api);
        return { list, count: (await (0,_fly_machines_js__WEBPACK_IMPORTED_MODULE_0__/* .readApp */ .uW)(api))?.machineCount, at };
    };
    const first = await read();
    const { count, list } = first;
    const known = count === undefined || count === list.length || count === list.alive;
    const baseline = known ? first : await read();
    if (knowsReleases(baseline))
        return baseline;
    const releases = await (0,_fly_releases_js__WEBPACK_IMPORTED_MODULE_1__/* .listReleases */ .t)(api).catch(() => undefined);
    return { ...baseline, newestRelease: releases && (releases[0]?.version ?? 0) };
}
class Observer {
    #api;
    #clock;
    #before;
    #concerns;
    #lister;
    #known = new Set();
    constructor({ api, clock }, before, concerns) {
        this.#api = api;
        this.#clock = clock;
        this.#before = before;
        this.#concerns = concerns;
        this.#lister = new _fly_machines_js__WEBPACK_IMPORTED_MODULE_0__/* .MachineLister */ .t_(api);
        for (const { id } of before.list.machines)
            this.#known.add(id);
    }
    async observe() {
        const list = await this.#lister.list();
        const at = this.#clock.now();
        const listed = new Set(list.machines.map(({ id }) => id));
        const lost = await this.#lost([...this.#known].filter((id) => !listed.has(id)));
        for (const id of listed)
            this.#known.add(id);
        const incomplete = lost.length > 0 ? { kind: 'lost', ids: lost } : await this.#fewer(list);
        return { machines: await this.#withDigests(list.machines), incomplete, at, date: list.date };
    }
    async #lost(ids) {
        const lost = [];
        let app;
        const answers = await (0,p_map__WEBPACK_IMPORTED_MODULE_2__/* ["default"] */ .Ay)(ids, (id) => (0,_fly_machines_js__WEBPACK_IMPORTED_MODULE_0__/* .readOneMachine */ .mu)(this.#api, id), { concurrency: 8 });
        for (const [n, id] of ids.entries()) {
            const found = answers[n];
            if (found === 'missing')
                app ??= (0,_fly_machines_js__WEBPACK_IMPORTED_MODULE_0__/* .readApp */ .uW)(this.#api);
            const gone = found === 'destroyed' || (found === 'missing' && (await app) !== undefined);
            if (gone)
                this.#known.delete(id);
            else
                lost.push(id);
        }
        return lost;
    }
    async #fewer(list) {
        const { list: old, count: before } = this.#before;
        if (before === undefined)
            return undefined;
        const count = (await (0,_fly_machines_js__WEBPACK_IMPORTED_MODULE_0__/* .readApp */ .uW)(this.#api))?.machineCount;
        if (count === undefined)
            return { kind: 'uncounted' };
        const missing = Math.min(count - list.length - (before - old.length), count - list.alive - (before - old.alive));
        return missing > 0 ? { kind: 'fewer', missing } : undefined;
    }
    #withDigests(machines) {
        return (0,p_map__WEBPACK_IMPORTED_MODULE_2__/* ["default"] */ .Ay)(machines, (machine) => this.#withDigest(machine), { concurrency: 8 });
    }
    async #withDigest(machine) {
        let last = machine;
        for (let n = 0; n < tries && this.#isBlank(last); n++) {
            if (n > 0)
                await this.#clock.sleep(pause);
            const found = await (0,_fly_machines_js__WEBPACK_IMPORTED_MODULE_0__/* .readOneMachine */ .mu)(this.#api, machine.id);
            if (typeof found !== 'string')
                last = found;
        }
        return last;
    }
    #isBlank(machine) {
        return machine.digest === undefined && machine.containers.length === 0 && this.#concerns(machine);
    }
}


/***/ }),

/***/ 1611:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ Verifier)
});

// EXTERNAL MODULE: ./build/fly/app.js
var app = __webpack_require__(4309);
// EXTERNAL MODULE: ./build/fly/machines.js + 2 modules
var machines = __webpack_require__(1510);
// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var lib_http = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/registry/tag-template.js
var tag_template = __webpack_require__(1993);
// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/lib/duration.js
var duration = __webpack_require__(9386);
// EXTERNAL MODULE: ./build/lib/environment.js
var environment = __webpack_require__(8377);
// EXTERNAL MODULE: ./build/lib/secret.js
var secret = __webpack_require__(1622);
// EXTERNAL MODULE: ./build/verify/errors.js
var errors = __webpack_require__(2317);
;// CONCATENATED MODULE: ./build/verify/command-errors.js






const tailLines = 12;
function commandError({ name, timeout, guessedUrl }, exit, env) {
    const { status, signal, timedOut, stopped } = exit;
    if (status === 0 && !timedOut && !stopped)
        return undefined;
    const all = 'Every machine ran the image.';
    const output = outputOf(exit, env);
    const at = (code, found, fix) => new user_error/* UserError */.yo({ code, found: `${found}\n${output}`, expected: 'Exit status 0.', fix });
    if (timedOut)
        return at('verify-command-timed-out', `\`verify-command\` (${name}) did not end within ${(0,format/* formatDuration */.a3)(timeout)}, and was interrupted. ${all} Its last output:`, `${errors/* correctImage */.en} If the test needs longer, set twice the time: \`with: deploy-timeout: ${(0,duration/* twice */.P)(timeout)}\`.`);
    if (status === undefined || stopped)
        return at('verify-command-killed', `\`verify-command\` (${name}) was ${stopped ? 'stopped before its end' : `ended by ${signal}`}. ${all} Whether the app works is unknown. Its last output:`, 'Check what ended the test: often the runner has too little memory. Then run the job again.');
    if (guessedUrl !== undefined)
        return at('verify-command-unclear', `\`verify-command\` (${name}) exited with status ${status}. But Fly.io did not report the app’s hostname, so APP_URL was a guess, ${guessedUrl}. ${all} Whether the app works is unknown. Its last output:`, 'Run the job again. Or write the whole URL in the arguments of `verify-command`.');
    return at('verify-command-failed', `\`verify-command\` (${name}) exited with status ${status}. ${all} Its last output:`, `${errors/* correctImage */.en} If the test is wrong, correct \`verify-command\`.`);
}
function notStartedError({ name }, reason) {
    return new user_error/* UserError */.yo({
        code: 'verify-command-not-started',
        found: `\`verify-command\` (${name}) could not be started: ${(0,user_error/* messageOf */.bD)(reason)}. Every machine ran the image. Whether the app works is unknown.`,
        expected: 'A program that this runner can start.',
        fix: `Start it in an earlier step of the job to see why it cannot: \`- run: ${name}\`. Then run the job again.`,
        input: 'verify-command',
    });
}
function outputOf({ stdout, errorTail }, env) {
    const tail = [stdout, errorTail]
        .flatMap((text) => text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .slice(-tailLines))
        .join('\n');
    const values = Object.entries(env)
        .filter(([name]) => (0,environment/* isOwnVariable */.XK)(name))
        .flatMap(([, value]) => value.split(/\r?\n/))
        .map((line) => line.trim())
        .filter((line) => line.length >= secret/* shortestSecret */.bs)
        .flatMap(secret/* formsOf */.XP);
    return tail === '' ? '(no output)' : (0,secret/* withoutSecrets */.cT)(tail, values);
}

;// CONCATENATED MODULE: ./build/verify/command.js


class OwnTest {
    #plan;
    #deps;
    #stop = new AbortController();
    #running;
    #begin = 0;
    #end;
    constructor(plan, deps) {
        this.#plan = plan;
        this.#deps = deps;
    }
    start(releaseVersion) {
        if (this.#running !== undefined)
            return;
        this.#begin = this.#deps.clock.now();
        this.#running = this.#run(releaseVersion);
    }
    get ended() {
        return this.#running ?? Promise.resolve();
    }
    get isRunning() {
        return this.#end === undefined;
    }
    get failure() {
        return this.#end?.error;
    }
    get words() {
        return this.isRunning
            ? `\`verify-command\` has run for ${(0,format/* formatDuration */.a3)(this.#deps.clock.now() - this.#begin)}`
            : undefined;
    }
    async stop() {
        this.#stop.abort();
        await this.#running;
    }
    async #run(releaseVersion) {
        const { file, name, argv, env, timeout } = this.#plan;
        const { run, clock, log, ended } = this.#deps;
        log.line(`Running \`verify-command\`: ${name}`);
        let exit;
        const variables = env(releaseVersion);
        try {
            exit = await run(file, argv, variables, timeout, this.#stop.signal);
        }
        catch (reason) {
            this.#end = { error: notStartedError(this.#plan, reason) };
            return;
        }
        const ms = clock.now() - this.#begin;
        const error = commandError(this.#plan, exit, variables);
        this.#end = { error };
        const { status, signal, timedOut, stopped } = exit;
        if (stopped)
            return;
        ended({ name, at: this.#begin, ms, status, signal, timedOut });
        if (error === undefined)
            log.line(`\`verify-command\` succeeded after ${(0,format/* formatDuration */.a3)(ms)}`);
    }
}

;// CONCATENATED MODULE: ./build/verify/command-environment.js

const run = [
    /^GITHUB_(?:ACTOR|BASE_REF|HEAD_REF|JOB|REF|REF_NAME|REF_TYPE|REPOSITORY|RUN_ATTEMPT|RUN_ID|RUN_NUMBER|SERVER_URL|SHA|WORKFLOW|WORKSPACE)$/,
    /^RUNNER_(?:ARCH|NAME|OS|TOOL_CACHE)$/,
];
function commandEnvironment(env, { url, commit, digest, releaseVersion }) {
    const own = Object.entries(env).flatMap(([name, value]) => (0,environment/* isOwnVariable */.XK)(name) && value !== undefined ? [[name, value]] : []);
    return {
        ...(0,environment/* environmentFor */.DD)(env, run),
        ...Object.fromEntries(own),
        APP_URL: url === 'none' ? '' : url,
        COMMIT: commit ?? '',
        DIGEST: digest,
        RELEASE_VERSION: releaseVersion ?? '',
    };
}

// EXTERNAL MODULE: ./build/verify/compare.js
var compare = __webpack_require__(2327);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __webpack_require__(2533);
;// CONCATENATED MODULE: ./build/verify/health.js




const bodyLimit = 1024 * 1024;
const mostWrong = 3;
function fillBody(template, { commit, shortSha, digest }) {
    return template.replace(/\{(sha|short-sha|digest)\}/g, (whole, name) => name === 'digest' ? digest : ((name === 'sha' ? commit : shortSha) ?? whole));
}
class HealthMonitor {
    check;
    #deps;
    #since;
    #last;
    #wrongInRow = 0;
    #wasRight = false;
    #answers = 0;
    #failed = 0;
    #slowest = 0;
    constructor(check, deps) {
        this.check = check;
        this.#deps = deps;
    }
    get isRight() {
        return this.#last?.kind === 'right';
    }
    get words() {
        return this.#last?.words;
    }
    get tally() {
        const slowest = this.#answers === 0 ? '' : `, slowest ${(0,format/* formatDuration */.a3)(this.#slowest)}`;
        return `${this.#answers} answer${this.#answers === 1 ? '' : 's'}, ${this.#failed} failed${slowest}`;
    }
    async ask() {
        const { clock } = this.#deps;
        const begin = clock.now();
        this.#since ??= begin;
        const reply = await this.#reply();
        const now = clock.now();
        this.#last = reply;
        this.#deps.answered?.({ at: begin, ms: now - begin, kind: reply.kind, words: this.words });
        if (reply.kind === 'unreachable')
            return;
        this.#answers++;
        this.#slowest = Math.max(this.#slowest, now - begin);
        if (reply.kind === 'right') {
            [this.#wasRight, this.#wrongInRow, this.#since] = [true, 0, now];
            return;
        }
        this.#wrongInRow++;
        if (this.#wasRight)
            this.#failed++;
        const over = this.#wasRight ? this.#wrongInRow >= mostWrong : now - this.#since >= this.check.timeout;
        if (over)
            throw this.#failure(reply.words, now - this.#since);
    }
    unreachable(checksPass) {
        if (this.#last?.kind !== 'unreachable' || this.#since === undefined)
            return undefined;
        const elapsed = this.#deps.clock.now() - this.#since;
        if (elapsed < this.check.timeout)
            return undefined;
        const { url } = this.check;
        const seen = checksPass
            ? 'The machines pass their health checks on Fly.io'
            : 'The machines have no health checks on Fly.io';
        return new user_error/* UserError */.yo({
            code: 'health-unreachable',
            found: `This runner could not reach ${url} for ${(0,format/* formatDuration */.a3)(elapsed)}: ${this.#last.words}. Every machine runs the image. ${seen}. Whether the app answers is unknown.`,
            expected: 'An address that this runner can reach.',
            fix: 'Set `with: health-url:` to an address that this runner can reach. For a private app, remove `health-url` and use checks in fly.toml (`[checks]`, `[[http_service.checks]]`).',
            input: 'health-url',
        });
    }
    #failure(words, elapsed) {
        const { status, body, url, timeout } = this.check;
        const when = this.#wasRight
            ? `${mostWrong} times in a row, after correct answers`
            : `for ${(0,format/* formatDuration */.a3)(elapsed)} after all machines ran the image`;
        return new user_error/* UserError */.yo({
            code: this.check.guessed === true ? 'health-unreachable' : 'health-failed',
            found: `${url} failed the health check ${when}: ${words}.`,
            expected: `${status === undefined ? 'A status from 200 to 399' : `Status ${status}`}${body === undefined ? '' : `, and "${body}" in the response`}.`,
            fix: `Check \`fly logs\` and fix the app. If the check is wrong, correct \`health-url\`, \`health-status\` or \`health-body\`. If the app needs longer to start, wait twice as long: \`with: health-timeout: ${(0,duration/* twice */.P)(timeout)}\`.`,
        });
    }
    async #reply() {
        const { url, status, body } = this.check;
        const wrong = (words) => ({ kind: 'wrong', words });
        try {
            const answer = await this.#deps.http(url, { limit: bodyLimit, follow: false });
            const right = status === undefined ? answer.status >= 200 && answer.status <= 399 : answer.status === status;
            if (!right)
                return wrong(`it answered ${answer.status}`);
            const text = answer.body.toString('utf8');
            if (body === undefined || text.includes(body))
                return { kind: 'right' };
            const words = text.replace(/\s+/g, ' ').trim().slice(0, 120);
            return wrong(`it answered ${answer.status} without "${body}": ${words === '' ? 'the response is empty' : `"${words}"`}`);
        }
        catch (error) {
            if (!(error instanceof http_error/* HttpError */.j))
                throw error;
            return { kind: error.kind === 'unconnected' ? 'unreachable' : 'wrong', words: (0,user_error/* messageOf */.bD)(error) };
        }
    }
}

// EXTERNAL MODULE: ./build/verify/journal.js
var verify_journal = __webpack_require__(291);
// EXTERNAL MODULE: ./build/verify/observe.js
var observe = __webpack_require__(6472);
;// CONCATENATED MODULE: ./build/verify/scope.js
const narrowing = {
    '--regions': { of: ({ region }) => region, keeps: true },
    '--exclude-regions': { of: ({ region }) => region, keeps: false },
    '--only-machines': { of: ({ id }) => id, keeps: true },
    '--exclude-machines': { of: ({ id }) => id, keeps: false },
    '--process-groups': { of: ({ group }) => group, keeps: true },
};
function scopeOf(flags) {
    const named = new Map();
    for (const flag of flags) {
        const [, name = '', value = ''] = /^(--[\w-]+)=(.*)/s.exec(flag) ?? [];
        if (!isNarrowing(name))
            continue;
        const values = named.get(name) ?? new Set();
        for (const each of value.split(','))
            if (each.trim() !== '')
                values.add(each.trim());
        named.set(name, values);
    }
    return (machine, made = false) => [...named].every(([name, values]) => {
        const rule = narrowing[name];
        if (values.size === 0 || (made && name === '--only-machines'))
            return true;
        return values.has(rule.of(machine)) === rule.keeps;
    });
}
const isNarrowing = (name) => Object.hasOwn(narrowing, name);

// EXTERNAL MODULE: ./build/lib/progress.js
var progress = __webpack_require__(8285);
// EXTERNAL MODULE: ./build/verify/check.js
var verify_check = __webpack_require__(5824);
// EXTERNAL MODULE: ./build/fly/trouble.js
var trouble = __webpack_require__(9869);
;// CONCATENATED MODULE: ./build/verify/settling.js


class Settlement {
    #settleTime;
    #before;
    #beforeAt;
    #followed = new Map();
    #checks = 0;
    constructor(settleTime, before, beforeAt = Number.NEGATIVE_INFINITY) {
        this.#settleTime = settleTime;
        this.#before = new Map(before.map((machine) => [machine.id, machine]));
        this.#beforeAt = beforeAt;
    }
    take(machines, { now }) {
        this.#checks++;
        return machines.map((machine) => {
            const followed = this.#followed.get(machine.id);
            if (followed?.last === machine)
                return machine;
            const since = (0,trouble/* versionedAt */.tz)(machine, this.#before.get(machine.id));
            if (followed === undefined) {
                const { instanceId, releaseVersion, releaseId } = machine;
                if (!machine.excluded && (0,compare/* isHealthy */.Wr)(machine))
                    this.#followed.set(machine.id, {
                        instanceId,
                        releaseVersion,
                        releaseId,
                        check: this.#checks,
                        at: now,
                        since,
                        last: machine,
                    });
                return machine;
            }
            if (machine.failure !== undefined || machine.supersededBy !== undefined)
                return machine;
            if (!isSame(followed, machine))
                return { ...machine, failure: { kind: 'changed', from: nameOf(followed), to: nameOf(machine) } };
            if (since !== undefined && followed.since !== undefined && since !== followed.since)
                [followed.at, followed.since] = [now, since];
            followed.last = machine;
            return machine;
        });
    }
    longest(machines, { now, date }) {
        let most;
        for (const machine of machines) {
            const followed = this.#followed.get(machine.id);
            if (followed === undefined)
                continue;
            const { at, since } = followed;
            const reported = since === undefined || date === undefined ? 0 : date - since;
            const age = Math.max(now - at, Math.min(reported, now - this.#beforeAt));
            const left = Math.max(0, this.#settleTime - age);
            if (most === undefined || left > most.left)
                most = { machine, left, age };
        }
        return most;
    }
    isOver(machines, time) {
        const again = machines.every(({ id }) => (this.#followed.get(id)?.check ?? this.#checks) < this.#checks);
        return again && (this.longest(machines, time)?.left ?? 0) === 0;
    }
}
const isSame = (followed, machine) => followed.instanceId === machine.instanceId &&
    followed.releaseVersion === machine.releaseVersion &&
    followed.releaseId === machine.releaseId;
const nameOf = ({ releaseVersion, instanceId }) => [
    ...(releaseVersion === undefined ? [] : [`release v${releaseVersion}`]),
    ...(instanceId === undefined ? [] : [`version ${instanceId}`]),
].join(', ') || 'no known version';

;// CONCATENATED MODULE: ./build/verify/watch.js






const [whileSettling, forEachMachine] = [3000, 2];
const lastArrival = 15_000;
const longestArrival = 60_000;
async function watch(expected, patience, deps) {
    const { clock, log, health, test } = deps;
    const { settleTime, healthTimeout } = patience;
    const settlement = new Settlement(settleTime, expected.before ?? [], expected.beforeAt);
    const begin = clock.now();
    const check = (0,verify_check/* checker */.w1)(expected, settlement, deps, healthTimeout);
    const arrival = Math.min(settleTime, longestArrival);
    let limit = arrival;
    let standing = 'not listed yet';
    const arriving = { what: 'the machines', limit: () => limit, how: () => standing };
    let last = await (0,progress/* waiting */.e)(arriving, deps, async () => {
        for (let isFirst = true;; isFirst = false) {
            const now = await check(isFirst ? 'First check' : 'Checking again');
            standing = (0,compare/* standingOf */.YP)(now.all).words;
            if ((0,verify_check/* isComplete */.As)(now))
                return now;
            const running = now.managed.length > 0 && now.managed.every(compare/* isRunning */.W_);
            limit = running ? Math.max(arrival, healthTimeout) : arrival;
            if (now.incomplete !== undefined)
                limit = Math.max(limit, 2 * verify_check/* betweenChecks */.YG);
            const late = clock.now() - begin + verify_check/* betweenChecks */.YG > limit;
            if (late || now.managed.some(compare/* isHopeless */.cs))
                throw (0,verify_check/* failureOf */.g5)(now, expected, 'after the deploy');
            await clock.sleep(verify_check/* betweenChecks */.YG);
        }
    });
    const first = settlement.longest(last.managed, last.time);
    if (first !== undefined && first.left > 0) {
        const { id, region } = first.machine;
        log.line(`Settling: ${(0,format/* formatDuration */.a3)(first.left)} more, for machine ${id} in ${region}, which has run for ${(0,format/* formatDuration */.a3)(first.age)} of ${(0,format/* formatDuration */.a3)(settleTime)}`);
    }
    const watchedFrom = clock.now();
    test?.start(last.managed[0]?.releaseVersion);
    try {
        last = await settle(last, { expected, patience, arrival, settlement, check }, deps);
    }
    finally {
        await test?.stop();
    }
    const answers = health && `${(0,format/* formatDuration */.a3)(clock.now() - watchedFrom)}, ${health.tally}`;
    if (health !== undefined)
        log.line(`${health.check.url}: ${answers}`);
    return { machines: last.all, answers };
}
async function settle(first, { expected, patience, arrival, settlement, check }, deps) {
    const { clock, health, test } = deps;
    const { settleTime, healthTimeout } = patience;
    let last = first;
    let standing = (0,compare/* standingOf */.YP)(first.all).words;
    let from = clock.now();
    const begin = from;
    const left = () => settlement.longest(last.managed, last.time)?.left ?? 0;
    const waitsForTest = () => test?.isRunning === true && left() === 0;
    const how = () => {
        const rest = waitsForTest() ? undefined : `${(0,format/* formatDuration */.a3)(left())} left`;
        return [standing, health?.words, test?.words, rest].filter(Boolean).join(', ');
    };
    return (0,progress/* waiting */.e)({ what: 'the machines to settle', how }, deps, async () => {
        let unwell;
        let overdue;
        for (;;) {
            const atOnce = settleTime === 0 && (0,verify_check/* isComplete */.As)(last) && test?.isRunning !== true;
            const usual = Math.max(whileSettling, forEachMachine * last.all.length);
            const pause = atOnce ? 0 : Math.max(verify_check/* betweenChecks */.YG, waitsForTest() ? usual : Math.min(usual, left()));
            await pauseFor(health !== undefined && health.words !== undefined ? Math.max(pause, 2000) : pause, deps);
            await health?.ask();
            if (test?.failure !== undefined)
                throw test.failure;
            const tested = test?.isRunning !== true;
            if (!tested)
                from = clock.now();
            last = await check('Last check');
            standing = (0,compare/* standingOf */.YP)(last.all).words;
            const when = `after ${(0,format/* formatDuration */.a3)(clock.now() - begin)} of settling`;
            if (last.managed.some(compare/* isHopeless */.cs))
                throw (0,verify_check/* failureOf */.g5)(last, expected, when);
            const over = settlement.isOver(last.managed, last.time);
            if (!(0,verify_check/* isComplete */.As)(last)) {
                unwell ??= clock.now();
                if (clock.now() - unwell >= Math.max(arrival, healthTimeout))
                    throw (0,verify_check/* failureOf */.g5)(last, expected, when);
                if (left() > 0)
                    continue;
                overdue ??= clock.now();
                const arrives = last.managed.every(compare/* isRunning */.W_) ? lastArrival : verify_check/* betweenChecks */.YG;
                const patient = (0,verify_check/* isUncounted */.Eh)(last) ? Math.max(arrives, healthTimeout) : arrives;
                if (clock.now() - overdue + verify_check/* betweenChecks */.YG > patient)
                    throw (0,verify_check/* failureOf */.g5)(last, expected, when);
                continue;
            }
            unwell = undefined;
            overdue = undefined;
            if (!over) {
                if (clock.now() - from > 2 * settleTime + lastArrival)
                    throw (0,errors/* unsettled */.NZ)(settlement.longest(last.managed, last.time), when);
                continue;
            }
            if (health === undefined || health.isRight) {
                if (tested)
                    return last;
                continue;
            }
            const unreachable = health.unreachable((0,verify_check/* passChecks */.vP)(last.managed));
            if (unreachable !== undefined)
                throw unreachable;
        }
    });
}
async function pauseFor(ms, { clock, test }) {
    if (test?.isRunning !== true)
        return clock.sleep(ms);
    const begin = clock.now();
    await Promise.race([clock.sleep(ms), test.ended]);
    if (test.failure === undefined)
        await clock.sleep(Math.max(0, verify_check/* betweenChecks */.YG - (clock.now() - begin)));
}

;// CONCATENATED MODULE: ./build/verify/verifier.js














class Verifier {
    scope;
    journal;
    #deps;
    #inputs;
    #api;
    #image;
    #body;
    #seen;
    #observer;
    constructor(deps, inputs, api, image, journal = new verify_journal/* Journal */.C()) {
        this.journal = journal;
        this.#deps = deps;
        this.#inputs = inputs;
        this.#api = api;
        this.#image = image;
        this.scope = scopeOf(inputs.flags);
        this.#body = bodyOf(inputs, image);
    }
    get seen() {
        return this.#seen;
    }
    list() {
        return (0,machines/* listMachines */.bO)(this.#api);
    }
    baseline() {
        return (0,observe/* readBaseline */.mF)(this.#api, this.#deps.clock);
    }
    observe(before) {
        const concerns = (machine) => this.scope(machine, true);
        this.#observer ??= new observe/* Observer */.nu({ ...this.#deps, api: this.#api }, before, concerns);
        return this.#observer.observe();
    }
    compare(machines, before, release) {
        return (0,compare/* compare */.UD)(machines, this.#expected(before, release));
    }
    see(machines, before, release) {
        this.#seen = this.compare(machines, before, release);
    }
    verify(before, release, url) {
        const expected = this.#expected(before.list.machines, release);
        return this.#watch('deploy', before, expected, {
            health: this.#healthMonitor(url),
            test: this.#ownTest(url),
        });
    }
    async answer(url, checksPass) {
        const health = this.#healthMonitor(url);
        while (health !== undefined) {
            await health.ask();
            if (health.isRight)
                return;
            const unreachable = health.unreachable(checksPass);
            if (unreachable !== undefined)
                throw unreachable;
            await this.#deps.clock.sleep(2000);
        }
    }
    #healthMonitor(url) {
        const check = this.#healthCheck(url);
        if (check === undefined)
            return undefined;
        const http = (0,lib_http/* makeHttp */.fK)(this.#deps, lib_http/* policies */.R3.health);
        const answered = (answer) => this.journal.answers.add(answer);
        return new HealthMonitor(check, { ...this.#deps, http, answered });
    }
    verifyPrevious(before, expected) {
        return this.#watch('rollback', before, { ...expected, app: this.#api.app, scope: this.scope, before: before.list.machines }, {});
    }
    async #watch(of, before, expected, { health, test }) {
        const { settleTime, healthTimeout } = this.#inputs;
        const newestBefore = before.newestRelease ?? ((0,observe/* knowsReleases */.tO)(before) ? undefined : 'unknown');
        const watched = await watch({ ...expected, beforeAt: before.at, newestBefore }, { settleTime, healthTimeout }, {
            ...this.#deps,
            observe: () => this.observe(before),
            seen: (machines, check) => {
                this.#seen = machines;
                this.journal.checks.add({ ...check, of });
            },
            health,
            test,
        });
        const known = (0,compare/* managed */.Yq)(watched.machines).every((machine) => expected.release(machine) !== undefined);
        if (!known && newestBefore === 'unknown')
            throw (0,errors/* releaseUnknown */.CG)(this.#api.app);
        return watched;
    }
    #ownTest(url) {
        const { verifyCommand: command, deployTimeout: timeout } = this.#inputs;
        if (command === undefined)
            return undefined;
        const { clock, log, env, runTest: run } = this.#deps;
        const { commit, digest } = this.#image;
        const { url: known, guessed } = this.#urlOr(url, 'The variable APP_URL of `verify-command` is');
        return new OwnTest({
            ...command,
            timeout,
            guessedUrl: guessed ? known : undefined,
            env: (releaseVersion) => commandEnvironment(env, { url: known, commit, digest, releaseVersion }),
        }, { run, clock, log, ended: (record) => this.journal.tested(record) });
    }
    #urlOr(url, use) {
        if (url !== undefined)
            return { url, guessed: false };
        const usual = (0,app/* usualUrl */.K)(this.#api.app);
        this.#deps.log.line(`Fly.io does not report the app’s hostname. ${use} the default one, ${usual}.`);
        return { url: usual, guessed: true };
    }
    #expected(before, release) {
        return { app: this.#api.app, of: () => this.#image, release: () => release, scope: this.scope, before };
    }
    #healthCheck(url) {
        const { healthUrl, healthStatus, healthTimeout } = this.#inputs;
        if (healthUrl === undefined)
            return undefined;
        const rest = { status: healthStatus, body: this.#body, timeout: healthTimeout };
        if (!healthUrl.startsWith('/'))
            return { url: healthUrl, ...rest };
        const { url: known, guessed } = this.#urlOr(url, 'The health check uses');
        if (known !== 'none')
            return { url: new URL(healthUrl, known).href, guessed, ...rest };
        throw new user_error/* UserError */.yo({
            code: 'app-without-hostname',
            found: `\`health-url\` is the path "${healthUrl}", but Fly.io has no hostname for the app.`,
            expected: 'A whole URL, or an app with a hostname.',
            fix: `Write the whole URL: \`with: health-url: https://<hostname>${healthUrl}\`.`,
            input: 'health-url',
        });
    }
}
function bodyOf({ healthBody }, { commit, digest }) {
    if (healthBody === undefined)
        return undefined;
    if (commit === undefined && /\{(?:short-)?sha\}/.test(healthBody)) {
        throw new user_error/* UserError */.yo({
            code: 'health-body-without-commit',
            found: `\`health-body\` is "${healthBody}", but neither the event nor the image names a commit.`,
            expected: 'An image with the label org.opencontainers.image.revision.',
            fix: 'Give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`, or use `{digest}` in `health-body`.',
            input: 'health-body',
        });
    }
    const short = commit && (0,tag_template/* shortSha */.Fu)(commit);
    return fillBody(healthBody, { commit, shortSha: short, digest });
}


/***/ })

};
