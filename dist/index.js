import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 2332:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ runnerWords)
/* harmony export */ });
function runnerWords(runner, before) {
    if (runner === 'github-hosted')
        return `${before}a GitHub-hosted runner`;
    return runner === 'self-hosted' ? `${before}a self-hosted runner` : '';
}


/***/ }),

/***/ 2742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  vs: () => (/* binding */ FlyctlFailure),
  gg: () => (/* binding */ deploy)
});

// UNUSED EXPORTS: releaseOf

;// CONCATENATED MODULE: ./build/fly/flyctl/arguments.js
function deployArguments({ app, config, image, noCache, flags }) {
    return [
        'deploy',
        ...['--app', app],
        ...(config === undefined ? [] : ['--config', config.startsWith('-') ? `./${config}` : config]),
        ...['--image', image],
        '--remote-only',
        ...(noCache ? ['--no-cache'] : []),
        ...flags,
    ];
}

// EXTERNAL MODULE: ./build/fly/flyctl/environment.js
var environment = __nccwpck_require__(3032);
// EXTERNAL MODULE: ./build/fly/flyctl/release.js + 1 modules
var release = __nccwpck_require__(3183);
// EXTERNAL MODULE: ./build/lib/format.js
var format = __nccwpck_require__(177);
// EXTERNAL MODULE: ./build/lib/json.js
var lib_json = __nccwpck_require__(292);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(3758);
// EXTERNAL MODULE: ./build/registry/reference.js
var registry_reference = __nccwpck_require__(6247);
;// CONCATENATED MODULE: ./build/deploy/deploy.js







class FlyctlFailure extends Error {
    exit;
    limit;
    constructor(exit, how, limit) {
        super(`flyctl deploy ${how}`);
        this.name = 'FlyctlFailure';
        this.exit = exit;
        this.limit = limit;
    }
    get line() {
        const lines = this.exit.errorTail.split('\n');
        const at = lines.findLastIndex((line) => line.startsWith('Error: '));
        if (at < 0)
            return lines.at(-1) ?? '';
        const [line = '', next = ''] = lines.slice(at);
        return /^(?:could not get all|failed to \w+) (?:green|blue) machines\b|^failed to mark as safe\b/.test(next)
            ? `${line}: ${next}`
            : line;
    }
}
async function deploy({ run, env }, inputs, { flyctl, reference }) {
    const argv = deployArguments({ ...inputs, image: (0,registry_reference/* formatReference */.FH)(reference) });
    let exit;
    try {
        exit = await run(flyctl, argv, (0,environment/* flyctlEnvironment */.m)(env, inputs.flyToken), inputs.deployTimeout);
    }
    catch (error) {
        throw new user_error/* UserError */.yo({
            code: 'flyctl-not-started',
            found: `flyctl at ${flyctl} could not be started: ${error instanceof Error ? error.message : error}.`,
            expected: 'A flyctl for this runner’s operating system and processor.',
            fix: `Remove the step that installs this flyctl, so that this action installs one. Or install another:\n- uses: superfly/flyctl-actions/setup-flyctl@1.6\n  with:\n    version: ${release/* pinnedVersion */.V2}`,
        }, { cause: error });
    }
    if (exit.status === 0 && !exit.timedOut)
        return releaseOf(exit.stdout);
    const ended = exit.status === undefined ? `was ended by ${exit.signal}` : `exited with status ${exit.status}`;
    const how = exit.timedOut
        ? `did not end within ${(0,format/* formatDuration */.a3)(inputs.deployTimeout)}, and was interrupted (it ${ended})`
        : ended;
    throw new FlyctlFailure(exit, how, inputs.deployTimeout);
}
function releaseOf(stdout) {
    for (const line of stdout.split(/\r?\n/).reverse()) {
        if (!line.startsWith('{'))
            continue;
        try {
            const json = new lib_json/* Json */.L(JSON.parse(line), 'flyctl’s release line');
            const [id, version, image] = [
                json.get('id').maybeText(),
                json.get('version').maybeNumber(),
                json.get('image_ref').maybeText(),
            ];
            if (image !== undefined && (id !== undefined || version !== undefined))
                return { id, version: version?.toString() };
        }
        catch {
        }
    }
    return undefined;
}


/***/ }),

/***/ 7489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KE: () => (/* binding */ whyFailed),
/* harmony export */   O2: () => (/* binding */ isUntouched),
/* harmony export */   qs: () => (/* binding */ rollbackFlags),
/* harmony export */   te: () => (/* binding */ previousOf)
/* harmony export */ });
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6247);
/* harmony import */ var _verify_release_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(6005);
/* harmony import */ var _deploy_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2742);
/* harmony import */ var _remedy_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9460);





function previousOf(before, scope) {
    const machines = (before ?? []).filter((machine) => scope(machine));
    if (machines.length === 0)
        return { code: 'nothing-before', why: 'no machine ran before the deploy' };
    const groups = Map.groupBy(machines, ({ group }) => group);
    const found = [];
    for (const [group, some] of groups) {
        const digests = new Set(some.map(digestOf));
        const [digest] = digests;
        const ran = (what) => `the machines of process group "${group}" ran ${what} before`;
        if (digest === undefined)
            return { code: 'digest-before-unknown', why: ran('an image whose digest Fly.io does not report') };
        if (digests.size > 1)
            return { code: 'images-before-differ', why: ran(`${digests.size} different images`) };
        try {
            const { host, path } = (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2)(some[0]?.configuredImage || some[0]?.image || '');
            found.push({ group, reference: { host, path, digest }, digest });
        }
        catch (error) {
            const why = `the image that process group "${group}" ran before has no valid reference (${(0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error).split('\n')[0]})`;
            return { code: 'reference-before-invalid', why };
        }
    }
    const [first] = found;
    const same = found.every(({ reference }) => first && (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatReference */ .FH)(reference) === (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatReference */ .FH)(first.reference));
    return same && first !== undefined ? [{ ...first, group: undefined }] : found;
}
function digestOf({ digest, containers, configuredImage }) {
    if (containers.length === 0)
        return digest;
    return containers.some(({ image }) => image === configuredImage)
        ? /@(sha256:[0-9a-f]{64})$/.exec(configuredImage)?.[1]
        : undefined;
}
function isUntouched(now, before, scope) {
    const old = new Map(before.filter((machine) => scope(machine)).map((machine) => [machine.id, machine]));
    const meant = now.filter((machine) => scope(machine, !old.has(machine.id)));
    return (meant.length === old.size &&
        meant.every((machine) => {
            const was = old.get(machine.id);
            const stays = was?.state !== 'started' || machine.state === 'started';
            return was !== undefined && stays && !(0,_verify_release_js__WEBPACK_IMPORTED_MODULE_4__/* .isNewVersion */ .B5)(machine, was);
        }));
}
function rollbackFlags(flags, { group }, releaseCommand) {
    const last = (name) => flags.findLast((flag) => flag === name || flag.startsWith(`${name}=`));
    const skipped = /^--skip-release-command(?:=true)?$/.test(last('--skip-release-command') ?? '');
    const skip = releaseCommand || skipped ? [] : ['--skip-release-command'];
    const strategy = last('--strategy') === '--strategy=immediate' ? [] : ['--strategy=rolling'];
    if (group === undefined)
        return [...flags, ...strategy, ...skip];
    const others = flags.filter((flag) => !flag.startsWith('--process-groups='));
    return [...others, ...strategy, ...skip, '--process-groups', group];
}
function whyFailed(error) {
    return error instanceof _deploy_js__WEBPACK_IMPORTED_MODULE_2__/* .FlyctlFailure */ .vs && (0,_remedy_js__WEBPACK_IMPORTED_MODULE_3__/* .isManifestMissing */ .cV)(error)
        ? { code: 'image-before-gone', why: 'the image that ran before no longer exists' }
        : {
            code: 'rollback-failed',
            why: `the rollback failed too: ${error instanceof _deploy_js__WEBPACK_IMPORTED_MODULE_2__/* .FlyctlFailure */ .vs ? `${error.message} (${error.line})` : (0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`,
        };
}


/***/ }),

/***/ 5147:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Lq: () => (/* binding */ isFailureOfApp),
/* harmony export */   e2: () => (/* binding */ isBad),
/* harmony export */   pe: () => (/* binding */ isSuperseded),
/* harmony export */   r_: () => (/* binding */ productionWords),
/* harmony export */   wx: () => (/* binding */ productionAfter),
/* harmony export */   zS: () => (/* binding */ productionOf)
/* harmony export */ });
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(177);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);
/* harmony import */ var _verify_compare_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2327);
/* harmony import */ var _deploy_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2742);
/* harmony import */ var _previous_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7489);





async function productionAfter({ line }, verifier, baseline, url) {
    const before = baseline.list.machines;
    const now = await verifier.observe(baseline).catch(() => undefined);
    if (now === undefined)
        return { kind: 'unknown' };
    verifier.see(now.machines, before);
    if (now.incomplete !== undefined) {
        const known = new Set(now.machines.map(({ id }) => id));
        const listed = before.filter(({ id }) => known.has(id));
        return { kind: (0,_previous_js__WEBPACK_IMPORTED_MODULE_2__/* .isUntouched */ .O2)(now.machines, listed, verifier.scope) ? 'unknown' : 'changed' };
    }
    if ((0,_previous_js__WEBPACK_IMPORTED_MODULE_2__/* .isUntouched */ .O2)(now.machines, before, verifier.scope))
        return { kind: 'unchanged' };
    const meant = (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .managed */ .Yq)(verifier.seen ?? []);
    if (meant.length === 0 || !meant.every(_verify_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .isFine */ .zn))
        return { kind: 'changed' };
    try {
        const { machines } = await verifier.verify(baseline, undefined, await url());
        const flyctl = line.replace(/^Error: /, '') || 'it gave no reason';
        return { kind: 'updated', machines: (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .managed */ .Yq)(machines).length, flyctl };
    }
    catch (error) {
        return { kind: error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo && !isBad(error) ? 'unknown' : 'changed' };
    }
}
function productionOf(error, verifier, { list: { machines: before } }) {
    const { seen } = verifier;
    const began = seen !== undefined || error.code !== 'flyctl-not-started';
    if (!began)
        return { kind: 'unchanged' };
    const sure = seen !== undefined && (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .managed */ .Yq)(seen).length > 0 && isBad(error);
    return { kind: sure && (0,_previous_js__WEBPACK_IMPORTED_MODULE_2__/* .isUntouched */ .O2)(seen, before, verifier.scope) ? 'unchanged' : 'changed' };
}
function productionWords(production) {
    switch (production.kind) {
        case 'unchanged':
            return 'Production is unchanged: every machine runs the same image as before this deploy.';
        case 'updated':
            return `Production runs the new image: ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_4__/* .counted */ .hS)(production.machines, 'machine')} ${production.machines === 1 ? 'runs' : 'run'} it in the new release. What failed is flyctl: ${production.flyctl}.`;
        case 'changed':
        case 'unknown':
            return undefined;
    }
}
const ofApp = ['health-failed', 'verify-command-failed', 'verify-command-timed-out'];
const bad = [
    ...ofApp,
    'bluegreen-unfinished',
    'deploy-changed-nothing',
    'machines-changed',
    'machines-none',
    'machines-not-updated',
    'machines-other-image',
    'machines-reverted',
    'machines-unhealthy',
];
const isFailureOfApp = ({ code }) => ofApp.includes(code);
const isBad = ({ code, cause }) => cause instanceof _deploy_js__WEBPACK_IMPORTED_MODULE_1__/* .FlyctlFailure */ .vs || bad.includes(code);
const isSuperseded = ({ code }) => code === 'machines-superseded' || code === 'machines-leased';


/***/ }),

/***/ 9460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ deployError),
/* harmony export */   _O: () => (/* binding */ releaseCommandMachine),
/* harmony export */   cV: () => (/* binding */ isManifestMissing)
/* harmony export */ });
/* harmony import */ var _lib_advice_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2774);
/* harmony import */ var _lib_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9386);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3758);
/* harmony import */ var _verify_compare_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2327);
/* harmony import */ var _verify_leftover_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(2953);
/* harmony import */ var _deploy_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2742);
/* harmony import */ var _surplus_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1344);







function deployError(failure, facts) {
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
        found: `${failure.message}. Its last output:\n${failure.exit.errorTail || '(no output on stderr)'}`,
        expected: 'Exit status 0.',
        ...withSurplus(failure.exit.timedOut ? timedOut(failure.limit) : remedy(failure, facts), facts),
    }, { cause: failure });
}
const isManifestMissing = ({ line }) => /could not find image|failed to get manifest|manifest unknown/i.test(line);
function releaseCommandMachine(error) {
    if (!(error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo && error.code === 'release-command-failed'))
        return undefined;
    const { cause } = error;
    return cause instanceof _deploy_js__WEBPACK_IMPORTED_MODULE_2__/* .FlyctlFailure */ .vs ? /\bmachine ([0-9a-z]+)\b/i.exec(cause.line)?.[1] : undefined;
}
const timedOut = (limit) => ({
    code: 'deploy-timed-out',
    fix: `If the deploy needs longer, set twice the time: \`with: deploy-timeout: ${(0,_lib_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .twice */ .P)(limit)}\`. flyctl waits for each machine to become healthy as long as \`--wait-timeout\` in \`flags\` allows.`,
});
function withSurplus({ code, fix }, { app, fleet, before }) {
    if (code === 'bluegreen-unfinished')
        return { code, fix };
    const surplus = (0,_surplus_js__WEBPACK_IMPORTED_MODULE_3__/* .surplusFix */ .G8)(app, (0,_surplus_js__WEBPACK_IMPORTED_MODULE_3__/* .surplusOf */ .GK)((0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_4__/* .managed */ .Yq)(fleet ?? []), before ?? []));
    return { code, fix: surplus === undefined ? fix : `${fix}\n\nBefore the next deploy, ${surplus}` };
}
function remedy(failure, { app, isPublic, fleet, before, updated }) {
    const { line, exit } = failure;
    const unfinished = bluegreenRemedy(line, app, (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_4__/* .managed */ .Yq)(fleet ?? []), before);
    if (unfinished !== undefined)
        return unfinished;
    if (/release[_ ]command failed/i.test(line)) {
        return {
            code: 'release-command-failed',
            fix: 'Correct the release command (`[deploy] release_command` in fly.toml): its output is in the log of this step or in `fly logs`. To deploy without it: `flags: --skip-release-command`.',
        };
    }
    const machine = /smoke checks for ([0-9a-z]+) failed/i.exec(line)?.[1];
    if (machine !== undefined) {
        return {
            code: 'smoke-checks-failed',
            fix: `Correct the app, which exits right after it starts. \`fly logs -a ${app} -i ${machine}\` shows why.`,
        };
    }
    if (isManifestMissing(failure)) {
        return isPublic
            ? {
                code: 'image-not-found-by-fly',
                fix: 'Run the job again. The image exists and is public, so Fly.io may lag a few seconds behind the registry, or the registry may limit its requests.',
            }
            : {
                code: 'image-not-public',
                fix: `Remove \`mirror: never\`, so that this action copies the private image to Fly.io’s registry, or make the package public (Package settings → Change visibility). Fly.io pulls anonymously.`,
            };
    }
    if (/rate limit|\b429\b/i.test(line)) {
        return {
            code: 'fly-rate-limited',
            fix: 'Run the job again later: Fly.io limits requests.',
        };
    }
    if (/unauthorized|not authorized|authenticat|\b401\b|\b403\b/i.test(line)) {
        return {
            code: 'fly-unauthorized',
            fix: (0,_lib_advice_js__WEBPACK_IMPORTED_MODULE_5__/* .newFlyToken */ .JX)(app),
        };
    }
    if (/\blease\b/i.test(line)) {
        return {
            code: 'machines-leased',
            fix: `Wait until the other deploy or \`fly machine\` command that holds a machine of this app has finished, then run the job again.`,
        };
    }
    if (/health checks? to pass|to be healthy/i.test(line)) {
        return {
            code: 'checks-failed',
            fix: `Correct the app, or its checks in fly.toml: a machine on the new image does not pass them. \`fly logs -a ${app}\` shows why. If the app only needs longer, raise \`--wait-timeout\` in \`flags\`.`,
        };
    }
    if (exit.status === 127) {
        return {
            code: 'flyctl-interrupted',
            fix: 'No action is needed if you canceled the job. Otherwise, deploy again.',
        };
    }
    return {
        code: 'flyctl-failed',
        fix: updated
            ? 'No action is needed for production. Check the error that flyctl reports before the next deploy.'
            : 'Correct the error that flyctl reports, then deploy again.',
    };
}
function bluegreenRemedy(line, app, fleet, before) {
    const several = /multiple image versions/i.test(line);
    const left = (0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_6__/* .leftoverOf */ .nE)(fleet, several ? () => true : (0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_6__/* .notIn */ .zz)(before));
    if (left !== undefined)
        return { code: 'bluegreen-unfinished', fix: (0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_6__/* .leftoverFix */ .ZU)(app, left, fleet) };
    if (!several)
        return undefined;
    return {
        code: 'bluegreen-unfinished',
        fix: 'Deploy this image once with another strategy, which updates all machines: `flags: --strategy=rolling`. A bluegreen deploy needs machines that run one image.',
    };
}


/***/ }),

/***/ 2028:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ rollBack),
/* harmony export */   k: () => (/* binding */ rollbackWords)
/* harmony export */ });
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(177);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6247);
/* harmony import */ var _verify_compare_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(2327);
/* harmony import */ var _verify_leftover_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2953);
/* harmony import */ var _deploy_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2742);
/* harmony import */ var _previous_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7489);
/* harmony import */ var _production_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5147);
/* harmony import */ var _surplus_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(1344);









async function rollBack(rt, inputs, failed, deps) {
    const { log, cancelled } = rt;
    const { error, deployed, release, baseline, production } = failed;
    const before = baseline.list.machines;
    const { verifier } = deps;
    if (inputs.rollback === 'false')
        return {
            kind: 'not-asked',
            helps: deployed && error.code !== 'bluegreen-unfinished' && failedByItself(error, verifier.seen),
        };
    if (production.kind === 'unchanged')
        return { kind: 'untouched' };
    if (production.kind === 'updated') {
        const why = 'every machine runs the new image and passes its checks';
        return { kind: 'not-rolled-back', code: 'already-updated', why };
    }
    if ((0,_production_js__WEBPACK_IMPORTED_MODULE_4__/* .isSuperseded */ .pe)(error)) {
        const why = 'another deploy or a `fly machine` command changed the machines, and a rollback would undo that';
        return { kind: 'not-rolled-back', code: 'superseded', why };
    }
    if (production.kind === 'unknown' || !(0,_production_js__WEBPACK_IMPORTED_MODULE_4__/* .isBad */ .e2)(error)) {
        const why = 'whether the new image works is unknown';
        return { kind: 'not-rolled-back', code: 'not-determined', why };
    }
    const left = error.code === 'bluegreen-unfinished' && (0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_5__/* .leftoverOf */ .nE)((0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_6__/* .managed */ .Yq)(verifier.seen ?? []), (0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_5__/* .notIn */ .zz)(before));
    if (left) {
        const why = left.color === 'old'
            ? 'the new machines run the image; only the leftover machines have to be destroyed'
            : 'the old machines are unchanged; only the leftover machines have to be destroyed';
        return { kind: 'not-rolled-back', code: 'bluegreen-unfinished', why };
    }
    const previous = (0,_previous_js__WEBPACK_IMPORTED_MODULE_3__/* .previousOf */ .te)(before, verifier.scope);
    if (!Array.isArray(previous))
        return { kind: 'not-rolled-back', ...previous };
    if (deps.noRollback !== undefined)
        return { kind: 'not-rolled-back', ...deps.noRollback };
    log.line((0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .formatError */ .Wk)(error));
    const see = async () => {
        const now = await verifier.list().catch(() => undefined);
        if (now !== undefined)
            verifier.see(now, before, release);
    };
    try {
        const done = await deps.recorder.stage('rollback', 'Roll back', () => deployPrevious(rt, inputs, previous, baseline, deps));
        if (verifier.seen !== undefined)
            verifier.see(verifier.seen, before, release);
        return done;
    }
    catch (reason) {
        await see();
        if (cancelled.aborted)
            throw error;
        return { kind: 'not-rolled-back', ...(0,_previous_js__WEBPACK_IMPORTED_MODULE_3__/* .whyFailed */ .KE)(reason) };
    }
}
async function deployPrevious(rt, inputs, previous, baseline, { verifier, target }) {
    const { log } = rt;
    const failed = await verifier.baseline();
    const releases = new Map();
    for (const each of previous) {
        const flags = (0,_previous_js__WEBPACK_IMPORTED_MODULE_3__/* .rollbackFlags */ .qs)(inputs.flags, each, inputs.rollback === 'with-release-command');
        const { reference } = each;
        const release = await log.group(`Roll back: flyctl deploy --image ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatReference */ .FH)(reference)}`, () => (0,_deploy_js__WEBPACK_IMPORTED_MODULE_2__/* .deploy */ .gg)(rt, { ...inputs, flags, noCache: false }, { ...target, reference }));
        if (release !== undefined)
            releases.set(each.group, release);
    }
    const digests = new Map(previous.map(({ group, digest }) => [group, digest]));
    const { machines } = await log.group('Verify what the machines run again', () => verifier.verifyPrevious(failed, {
        of: ({ group }) => {
            const digest = digests.get(group) ?? digests.get(undefined) ?? '';
            return { digest, digests: [digest] };
        },
        release: ({ group }) => releases.get(group) ?? releases.get(undefined),
    }));
    const meant = (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_6__/* .managed */ .Yq)(machines);
    const surplus = (0,_surplus_js__WEBPACK_IMPORTED_MODULE_7__/* .surplusOf */ .GK)(meant, baseline.list.machines);
    for (const each of surplus)
        log.warning((0,_surplus_js__WEBPACK_IMPORTED_MODULE_7__/* .surplusWords */ .kU)(inputs.app, each));
    return { kind: 'rolled-back', to: previous, machines: meant.length, surplus };
}
const failedByItself = (error, machines = []) => ((0,_production_js__WEBPACK_IMPORTED_MODULE_4__/* .isFailureOfApp */ .Lq)(error) ||
    machines.some(({ failure, waitingFor }) => (failure ?? waitingFor) !== undefined)) &&
    machines.every(({ supersededBy }) => supersededBy === undefined);
function rollbackWords(rollback) {
    switch (rollback.kind) {
        case 'rolled-back': {
            const images = rollback.to.map(({ reference }) => (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatReference */ .FH)(reference)).join(', ');
            const { machines, surplus } = rollback;
            const run = `${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_8__/* .counted */ .hS)(machines, 'machine')} ${machines === 1 ? 'runs' : 'run'} ${images} again`;
            if (surplus.length === 0)
                return `Rolled back: ${run}, as before the deploy.`;
            return `Rolled back: ${run}. ${(0,_surplus_js__WEBPACK_IMPORTED_MODULE_7__/* .extraWords */ .C1)(surplus)}`;
        }
        case 'not-rolled-back':
            return `Not rolled back: ${rollback.why}.${mayDiffer(rollback) ? ' The machines may run different images.' : ''}`;
        case 'untouched':
        case 'not-asked':
            return undefined;
    }
}
const mayDiffer = ({ code }) => !['already-updated', 'bluegreen-unfinished', 'not-determined', 'nothing-before'].includes(code);


/***/ }),

/***/ 1344:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C1: () => (/* binding */ extraWords),
/* harmony export */   G8: () => (/* binding */ surplusFix),
/* harmony export */   GK: () => (/* binding */ surplusOf),
/* harmony export */   kU: () => (/* binding */ surplusWords)
/* harmony export */ });
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(177);
/* harmony import */ var _verify_leftover_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2953);


function surplusOf(fleet, old) {
    return [...Map.groupBy(fleet, ({ group }) => group)].flatMap(([group, machines]) => {
        const before = old.filter((each) => each.group === group && !(0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_0__/* .isReplaced */ .tc)(each)).length;
        const more = machines.length - before;
        if (before === 0 || more <= 0)
            return [];
        const replaced = machines.filter(_verify_leftover_js__WEBPACK_IMPORTED_MODULE_0__/* .isReplaced */ .tc);
        const extra = replaced.length === more ? replaced : machines.filter((0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_0__/* .notIn */ .zz)(old));
        return [{ group, before, now: machines.length, ids: extra.map(({ id }) => id) }];
    });
}
const tooMany = ({ before, now, ids }) => ids.length === now - before ? ids : undefined;
function surplusWords(app, surplus) {
    const { group, before, now, ids } = surplus;
    const [names, are] = [ids.join(', '), ids.length === 1 ? 'is' : 'are'];
    const seen = `Process group "${group}" has ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(now, 'machine')} and had ${before} before the deploy.`;
    return tooMany(surplus) === undefined
        ? `${seen} ${names} ${are} new, and some of them replace earlier machines. Unless you scaled the app meanwhile, find the surplus machines with \`fly machine list -a ${app}\`.`
        : `${seen} Unless you scaled the app meanwhile, destroy ${names}:\n${(0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_0__/* .destroyLine */ .bE)(app, ids)}`;
}
function surplusFix(app, surplus) {
    const ids = surplus.flatMap((each) => tooMany(each) ?? []);
    return ids.length === 0
        ? undefined
        : `destroy the machines that this deploy left behind:\n${(0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_0__/* .destroyLine */ .bE)(app, ids)}`;
}
function extraWords(surplus) {
    const more = surplus.reduce((sum, { now, before }) => sum + now - before, 0);
    const ids = surplus.flatMap((each) => tooMany(each) ?? []);
    const which = ids.length === 0 ? '' : `: ${ids.join(', ')}`;
    return `That is ${more} more than before the deploy${which}.`;
}


/***/ }),

/***/ 4270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Tt: () => (/* binding */ getJson),
/* harmony export */   eh: () => (/* binding */ bareToken),
/* harmony export */   hf: () => (/* binding */ flyLogin),
/* harmony export */   jQ: () => (/* binding */ askGraphql),
/* harmony export */   mH: () => (/* binding */ flyApi),
/* harmony export */   nF: () => (/* binding */ partsOfToken)
/* harmony export */ });
/* unused harmony export authorizationOf */
/* harmony import */ var _lib_http_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3697);
/* harmony import */ var _lib_url_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4100);


const graphqlHost = 'https://api.fly.io';
function flyApi(deps, { app, flyToken, mode }) {
    for (const name of Object.keys(deps.env))
        if (/^FLY_(?:\w+_)?BASE_URL$/.test(name))
            (0,_lib_url_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .baseUrl */ .pc)(deps.env, name, graphqlHost);
    return {
        base: (0,_lib_url_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .baseUrl */ .pc)(deps.env, 'FLY_FLAPS_BASE_URL', 'https://api.machines.dev'),
        graphqlBase: (0,_lib_url_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .baseUrl */ .pc)(deps.env, 'FLY_API_BASE_URL', graphqlHost),
        app,
        token: flyToken,
        http: (0,_lib_http_js__WEBPACK_IMPORTED_MODULE_0__/* .makeHttp */ .fK)(deps, mode === 'deploy' || mode === 'verify' ? _lib_http_js__WEBPACK_IMPORTED_MODULE_0__/* .policies */ .R3.machines : _lib_http_js__WEBPACK_IMPORTED_MODULE_0__/* .policies */ .R3.machinesOnce),
    };
}
const getJson = ({ base, token, http }, path, limit) => http(new URL(path, base).href, {
    headers: { authorization: authorizationOf(token), accept: 'application/json' },
    limit,
});
const askGraphql = ({ graphqlBase, token, http }, query, variables, limit) => http(new URL('/graphql', graphqlBase).href, {
    method: 'POST',
    headers: { authorization: authorizationOf(token), 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    limit,
});
const bareToken = (token) => token.replace(/^(?:FlyV1|Bearer)\s+/i, '').trim();
const leastPart = 16;
function partsOfToken(token) {
    const bare = bareToken(token);
    const macaroons = bare.split(',').map((part) => part.trim());
    const bodies = macaroons.map((part) => part.replace(/^fm(?:1r|1a|2)_/, ''));
    return [bare, ...macaroons, ...bodies].filter((part) => part.length >= leastPart);
}
function authorizationOf(token) {
    const bare = bareToken(token);
    return /(?:^|,)\s*fm(?:1r|1a|2)_/.test(bare) ? `FlyV1 ${bare}` : `Bearer ${bare}`;
}
const flyLogin = (token) => ({
    username: 'x',
    password: bareToken(token),
});


/***/ }),

/***/ 4977:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ isAppName)
/* harmony export */ });
const isAppName = (text) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);


/***/ }),

/***/ 3032:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ flyctlEnvironment)
/* harmony export */ });
/* harmony import */ var _lib_environment_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8377);

const settings = [
    /^FLY_(?:API|FLAPS|UIEX)_BASE_URL$/,
    /^FLY_(?:REGISTRY_HOST|STATUSPAGE_UNRESOLVED_INCIDENTS_URL|CONFIG_DIR|AGENT_WG_REGION)$/,
    /^FLY_(?:VERBOSE|LOG_GQL_ERRORS|INCIDENTS_CHECK|NO_INCIDENTS_CHECK)$/,
];
function flyctlEnvironment(env, token) {
    return {
        ...(0,_lib_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .environmentFor */ .DD)(env, settings),
        FLY_API_TOKEN: token,
        FLY_EMIT_RELEASE_JSON: '1',
        FLY_NO_UPDATE_CHECK: '1',
        FLY_SEND_METRICS: '0',
        FLY_TRACE_COLLECTOR_URL: '127.0.0.1',
    };
}


/***/ }),

/***/ 3183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  qQ: () => (/* binding */ archiveLimit),
  uv: () => (/* binding */ archiveName),
  Z: () => (/* binding */ downloadArchive),
  K8: () => (/* binding */ expectedSum),
  V2: () => (/* binding */ pinnedVersion),
  XN: () => (/* binding */ sumOf)
});

// UNUSED EXPORTS: checksumList, checksumOf, pins

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./build/lib/advice.js
var advice = __nccwpck_require__(2774);
// EXTERNAL MODULE: ./build/lib/api-error.js
var api_error = __nccwpck_require__(2227);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __nccwpck_require__(2533);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __nccwpck_require__(4100);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(3758);
;// CONCATENATED MODULE: ./build/fly/flyctl/pinned.json
const pinned_namespaceObject = /*#__PURE__*/JSON.parse('{"version":"0.4.80","archives":{}}');
;// CONCATENATED MODULE: ./build/fly/flyctl/release.js








const pins = pinned_namespaceObject;
const pinnedVersion = pins.version;
const releases = 'https://github.com/superfly/flyctl/releases/download';
const checksumLimit = 256 * 1024;
const archiveLimit = 256 * 1024 * 1024;
const systems = {
    linux: 'Linux',
    darwin: 'macOS',
    win32: 'Windows',
};
const processors = { x64: 'x86_64', arm64: 'arm64' };
function archiveName(version, platform, arch) {
    const [system, processor] = [systems[platform], processors[arch]];
    if (system !== undefined && processor !== undefined)
        return `flyctl_${version}_${system}_${processor}.${platform === 'win32' ? 'zip' : 'tar.gz'}`;
    throw new user_error/* UserError */.yo({
        code: 'runner-unsupported',
        found: `This runner is ${platform} on ${arch}.`,
        expected: 'Linux, macOS or Windows on x64 or arm64. There is no flyctl for others.',
        fix: 'Run the job on a GitHub-hosted runner (`runs-on: ubuntu-latest`), or install flyctl in an earlier step.',
    });
}
async function expectedSum(version, asset, deps, known = pins) {
    const pin = known.version === version ? known.archives[asset] : undefined;
    const sum = pin ?? checksumOf(await checksumList(version, deps), asset);
    if (sum !== undefined)
        return sum;
    throw new user_error/* UserError */.yo({
        code: 'flyctl-archive-missing',
        found: `The checksums of flyctl ${version} do not list ${asset}.`,
        expected: 'A release for this runner’s operating system and processor.',
        fix: `Use another version: \`with: flyctl-version: ${pinnedVersion}\`.`,
    });
}
const checksumList = async (version, deps) => (await download(version, `flyctl_${version}_checksums.txt`, checksumLimit, 'flyctl-version-unknown', deps)).toString('utf8');
const downloadArchive = (version, asset, deps) => download(version, asset, archiveLimit, 'flyctl-archive-missing', deps);
const sumOf = (bytes) => (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
function checksumOf(list, file) {
    for (const line of list.split(/\r?\n/)) {
        const [, sum, name] = /^([0-9a-fA-F]{64})\s+\*?(\S+)\s*$/.exec(line) ?? [];
        if (name === file)
            return sum?.toLowerCase();
    }
    return undefined;
}
async function download(version, file, limit, missing, { env, http }) {
    const base = (0,lib_text/* withoutTrailing */.hT)((0,url_policy/* baseUrl */.pc)(env, 'FLYCTL_RELEASES_URL', releases), '/');
    const url = `${base}/v${version}/${file}`;
    const answer = await (0,api_error/* answerOrNone */.K)(http(url, { limit }));
    if (!(answer instanceof http_error/* HttpError */.j) && answer.status === 200)
        return answer.body;
    throw (0,api_error/* apiError */.p)({ service: releasesService, resource: { version, url, missing }, answer });
}
const releasesService = {
    found: ({ version, url }, answer, kind) => {
        if (answer instanceof http_error/* HttpError */.j)
            return `flyctl ${version} could not be downloaded from ${answer.url}: ${(0,user_error/* messageOf */.bD)(answer)}.`;
        const { host, pathname } = new URL(url);
        const where = `${host} answered ${answer.status} for ${pathname.split('/').slice(-1)}`;
        return `flyctl ${version}: ${where}${kind === 'temporary' ? ' several times' : ''}.`;
    },
    advice: {
        'no-answer': () => ({
            code: 'flyctl-not-downloaded',
            expected: 'flyctl’s release on GitHub.',
            fix: `Run the job again, or install flyctl in an earlier step. ${advice/* behindProxy */.xj}`,
        }),
        'not-found': ({ missing }) => ({
            code: missing,
            expected: 'The release’s archive and checksums.',
            fix: `Use a version that exists for this runner: \`with: flyctl-version: ${pinnedVersion}\`.`,
        }),
        unexpected: () => ({
            code: 'flyctl-not-downloaded',
            expected: 'The release’s archive and checksums.',
            fix: 'Run the job again, or install flyctl in an earlier step.',
        }),
    },
};


/***/ }),

/***/ 1510:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  t_: () => (/* binding */ MachineLister),
  bO: () => (/* binding */ listMachines),
  uW: () => (/* binding */ readApp),
  aT: () => (/* binding */ readMachineList),
  mu: () => (/* binding */ readOneMachine)
});

// EXTERNAL MODULE: ./build/lib/advice.js
var advice = __nccwpck_require__(2774);
// EXTERNAL MODULE: ./build/lib/api-error.js
var api_error = __nccwpck_require__(2227);
// EXTERNAL MODULE: ./build/lib/body.js
var body = __nccwpck_require__(2402);
// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var http = __nccwpck_require__(3697);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __nccwpck_require__(2533);
// EXTERNAL MODULE: ./build/lib/json.js
var lib_json = __nccwpck_require__(292);
;// CONCATENATED MODULE: ./build/lib/json-elements.js
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
function readElements(bytes, last, read) {
    let at = pastSpace(bytes, 0);
    if (bytes[at] !== openArray)
        return undefined;
    const list = [];
    at = pastSpace(bytes, at + 1);
    for (let isFirst = true; bytes[at] !== closeArray || !isFirst; isFirst = false) {
        const old = last?.list[list.length];
        const same = last !== undefined && old !== undefined && isSame(bytes, at, last.bytes, old);
        const end = same ? at + old.end - old.start : endOfValue(bytes, at);
        if (same)
            list.push({ start: at, end, read: old.read });
        else {
            let value;
            try {
                value = JSON.parse(bytes.toString('utf8', at, end));
            }
            catch {
                return undefined;
            }
            list.push({ start: at, end, read: read(value, list.length) });
        }
        at = pastSpace(bytes, end);
        if (bytes[at] === closeArray)
            break;
        if (bytes[at] !== comma)
            return undefined;
        at = pastSpace(bytes, at + 1);
    }
    return pastSpace(bytes, at + 1) === bytes.length ? { bytes, list } : undefined;
}
function isSame(bytes, at, old, { start, end }) {
    const next = at + end - start;
    if (next >= bytes.length || bytes.compare(old, start, end, at, next) !== 0)
        return false;
    const after = bytes[pastSpace(bytes, next)];
    return after === comma || after === closeArray;
}
function pastSpace(bytes, from) {
    let at = from;
    while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)
        at++;
    return at;
}
function endOfValue(bytes, from) {
    let depth = 0;
    for (let at = from; at < bytes.length; at++) {
        const byte = bytes[at];
        if (byte === quote) {
            for (at++; at < bytes.length && bytes[at] !== quote; at++)
                if (bytes[at] === backslash)
                    at++;
        }
        else if (byte === openObject || byte === openArray)
            depth++;
        else if (depth > 0) {
            if (byte === closeObject || byte === closeArray)
                depth--;
        }
        else if (byte === comma || byte === closeArray)
            return at;
    }
    return bytes.length;
}

// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(3758);
// EXTERNAL MODULE: ./build/fly/api.js
var fly_api = __nccwpck_require__(4270);
;// CONCATENATED MODULE: ./build/fly/machine.js
const temporaryGroups = ['fly_app_release_command', 'fly_app_console', 'fly_app_test_machine_command'];
function managementOf(json) {
    const state = json.get('state').value;
    if (state === 'destroyed' || state === 'destroying')
        return 'destroyed';
    const metadata = configOf(json).get('metadata');
    const group = metadata.string('fly_process_group') ?? '';
    if (metadata.string('process_group') === 'release_command' || temporaryGroups.includes(group))
        return 'temporary';
    return metadata.string('fly_platform_version') === 'v2' ? 'managed' : 'unmanaged';
}
function configOf(json) {
    const config = json.get('config');
    return config.value === undefined || config.value === null ? json.get('incomplete_config') : config;
}
const shared = (text, earlier) => text === earlier && earlier !== undefined ? earlier : text;
const sharedLabels = (labels, earlier) => earlier !== undefined &&
    labels.size === earlier.size &&
    [...labels].every(([name, text]) => earlier.get(name) === text)
    ? earlier
    : labels;
function readMachine(json, other) {
    const image = json.get('image_ref');
    const config = configOf(json);
    const metadata = config.get('metadata');
    const [registry, repository, tag] = ['registry', 'repository', 'tag'].map((key) => image.get(key).maybeText());
    return {
        id: json.get('id').text(),
        name: json.get('name').maybeText() ?? '',
        region: json.get('region').maybeText() ?? '?',
        state: json.get('state').maybeText() ?? 'unknown',
        group: metadata.string('fly_process_group') ?? 'app',
        digest: shared(image.get('digest').maybeText(), other?.digest),
        configuredImage: shared(config.get('image').maybeText() ?? '', other?.configuredImage),
        containers: config
            .get('containers')
            .items()
            .map((container) => ({
            name: container.get('name').maybeText() ?? '?',
            image: container.get('image').maybeText() ?? '',
        })),
        labels: sharedLabels(image.get('labels').strings(), other?.labels),
        image: shared(`${[registry, repository].filter((part) => part !== undefined).join('/')}${tag === undefined ? '' : `:${tag}`}`, other?.image),
        host: json.get('host_status').maybeText() ?? 'ok',
        instanceId: json.get('instance_id').maybeText(),
        releaseId: shared(metadata.string('fly_release_id'), other?.releaseId),
        releaseVersion: metadata.string('fly_release_version'),
        bluegreenTag: metadata.string('fly_bluegreen_deployment_tag'),
        cordoned: json.get('cordoned').value === true,
        startsLater: startsLater(config),
        keepsRootfs: isAlways(config.get('guest').get('persist_rootfs')) || isAlways(config.get('rootfs').get('persist')),
        events: json
            .get('events')
            .items()
            .map((event) => ({
            id: event.get('id').maybeText(),
            type: event.get('type').maybeText() ?? '',
            status: event.get('status').maybeText() ?? '',
            source: event.get('source').maybeText() ?? '',
            timestamp: event.get('timestamp').maybeNumber() ?? 0,
            exit: readExit(event.get('request')),
        })),
        checks: json
            .get('checks')
            .items()
            .map((check) => ({
            name: check.get('name').maybeText() ?? '?',
            status: check.get('status').maybeText() ?? 'unknown',
            output: check.get('output').maybeText() ?? '',
        }))
            .filter(({ name }) => !name.startsWith('bg_deployments_compat')),
    };
}
const startsLater = (config) => config.get('standbys').items().length > 0 ||
    config.get('schedule').maybeText() !== undefined ||
    config.get('skip_launch').value === true;
const isAlways = ({ value }) => value === 'always' || value === 3;
function readExit(request) {
    const [monitored, direct] = [request.get('MonitorEvent').get('exit_event'), request.get('exit_event')];
    const exit = isThere(monitored) ? monitored : direct;
    if (!isThere(exit))
        return undefined;
    return {
        code: exit.get('guest_exit_code').maybeNumber() || (exit.get('exit_code').maybeNumber() ?? 0),
        outOfMemory: exit.get('oom_killed').value === true,
        requested: exit.get('requested_stop').value === true,
    };
}
const isThere = ({ value }) => value !== undefined && value !== null;

;// CONCATENATED MODULE: ./build/fly/machines.js










const listLimit = 32 * 1024 * 1024;
class MachineLister {
    #api;
    #last;
    constructor(api) {
        this.#api = api;
    }
    async list() {
        const { app } = this.#api;
        const answer = await (0,api_error/* answerOrNone */.K)((0,fly_api/* getJson */.Tt)(this.#api, `${pathOf(app)}/machines`, listLimit));
        if (answer instanceof http_error/* HttpError */.j || answer.status !== 200)
            throw (0,api_error/* apiError */.p)({ service: machinesService, resource: app, answer });
        const elements = readElements(answer.body, this.#last, listedReader());
        if (elements === undefined || elements.list.some(({ read }) => read.id === undefined))
            throw notList(answer, app, elements === undefined);
        if (this.#last !== undefined)
            (0,body/* release */._)(this.#last.bytes);
        this.#last = elements;
        const [machines, unmanaged] = [[], []];
        let alive = 0;
        for (const { read } of elements.list) {
            if (read.management !== 'destroyed')
                alive++;
            if (read.machine !== undefined)
                (read.management === 'managed' ? machines : unmanaged).push(read.machine);
        }
        const date = Date.parse(answer.headers.get('date') ?? '');
        return {
            machines,
            unmanaged,
            length: elements.list.length,
            alive,
            date: Number.isNaN(date) ? undefined : date,
        };
    }
}
function listedReader() {
    let last;
    return (value, place) => {
        const json = new lib_json/* Json */.L(value, 'the list of machines', `[${place}]`);
        const id = json.get('id').maybeText();
        const management = managementOf(json);
        const isRead = id !== undefined && (management === 'managed' || management === 'unmanaged');
        const machine = isRead ? readMachine(json, last) : undefined;
        last = machine ?? last;
        return { id, management, machine };
    };
}
const readMachineList = (api) => new MachineLister(api).list();
const listMachines = async (api) => (await readMachineList(api)).machines;
async function readOneMachine(api, id) {
    const { app } = api;
    const answer = await (0,api_error/* answerOrNone */.K)((0,fly_api/* getJson */.Tt)(api, `${pathOf(app)}/machines/${encodeURIComponent(id)}`, listLimit));
    if (!(answer instanceof http_error/* HttpError */.j) && answer.status === 404)
        return 'missing';
    if (answer instanceof http_error/* HttpError */.j || answer.status !== 200)
        throw (0,api_error/* apiError */.p)({ service: machinesService, resource: app, answer });
    const json = parseObject(answer);
    if (json?.get('id').value !== id)
        throw (0,api_error/* apiError */.p)({ service: machinesService, resource: app, answer });
    if (json.get('state').value === 'destroyed')
        return 'destroyed';
    const management = managementOf(json);
    return management === 'unmanaged' || management === 'temporary' ? 'unmanaged' : readMachine(json);
}
async function readApp(api) {
    const answer = await (0,api_error/* answerOrNone */.K)((0,fly_api/* getJson */.Tt)(api, pathOf(api.app), 4 * 1024 * 1024));
    if (answer instanceof http_error/* HttpError */.j || answer.status !== 200)
        return undefined;
    const app = parseObject(answer);
    return app && { machineCount: app.get('machine_count').maybeNumber() };
}
const pathOf = (app) => `/v1/apps/${encodeURIComponent(app)}`;
function parse({ body }) {
    try {
        return JSON.parse(body.toString('utf8'));
    }
    catch {
        return undefined;
    }
}
function parseObject(answer) {
    const value = parse(answer);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? new lib_json/* Json */.L(value, 'Fly.io’s answer')
        : undefined;
}
function notList(answer, app, isOther) {
    const paged = parseObject(answer)?.get('next_cursor').value !== undefined;
    return new user_error/* UserError */.yo({
        code: paged ? 'machines-list-paged' : 'machines-list-invalid',
        found: `Fly.io’s Machines API answered 200 for the machines of app "${app}" with ${paged ? 'one page of a list (`next_cursor`)' : `${isOther ? 'something other than a list' : 'a list in which a machine has no id'}: ${(0,http/* beginningOf */.VI)(answer.body).replace(/\s+/g, ' ').slice(0, 200) || 'nothing'}`}.`,
        expected: 'All machines of the app as one JSON array. A machine that is not listed cannot be verified.',
        fix: paged ? 'Use a newer version of this action that reads such lists.' : advice/* retryFly */.eP,
    });
}
const reachable = {
    expected: 'The app’s machines from Fly.io’s Machines API.',
    fix: `Run the job again. ${advice/* behindProxy */.xj}`,
};
const list = { expected: 'The app’s machines as a list.', fix: advice/* retryFly */.eP };
const machinesService = {
    found: (app, answer) => {
        if (answer instanceof http_error/* HttpError */.j)
            return `No answer from ${answer.url}: ${(0,user_error/* messageOf */.bD)(answer)}.`;
        const words = (0,http/* beginningOf */.VI)(answer.body).replace(/\s+/g, ' ').slice(0, 200);
        return `Fly.io’s Machines API answered ${answer.status} for the machines of app "${app}"${words === '' ? '' : `: ${words}`}`;
    },
    advice: {
        'no-answer': () => ({ code: 'fly-unreachable', ...reachable }),
        unusable: () => ({ code: 'fly-unexpected-answer', ...reachable }),
        'rate-limited': () => ({ code: 'fly-rate-limited', ...list }),
        temporary: () => ({ code: 'fly-unavailable', ...list }),
        denied: (app) => ({
            code: 'fly-unauthorized',
            expected: 'A token that can read and deploy this app.',
            fix: (0,advice/* newFlyToken */.JX)(app),
            input: 'fly-api-token',
        }),
        'not-found': (app) => ({
            code: 'fly-app-not-found',
            expected: 'An app of that name that the token has access to.',
            fix: `Correct the app’s name (\`with: app:\`, or \`app\` in fly.toml), or create the app: \`fly apps create ${app}\`. If the app exists, the token belongs to another app. ${(0,advice/* newFlyToken */.JX)(app)}`,
            input: 'app',
        }),
        unexpected: () => ({ code: 'fly-unexpected-answer', ...list }),
    },
};


/***/ }),

/***/ 9869:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AC: () => (/* binding */ failureWords),
/* harmony export */   S6: () => (/* binding */ newEvents),
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   jJ: () => (/* binding */ waitWords),
/* harmony export */   pE: () => (/* binding */ waitOf),
/* harmony export */   tz: () => (/* binding */ versionedAt)
/* harmony export */ });
const settledStates = ['started', 'stopped', 'suspended'];
const launchedStates = ['started', 'starting', 'failed'];
function failureOf(machine, before) {
    const own = newEvents(machine, before);
    const revert = own.find(({ type }) => type === 'revert' || type === 'update');
    if (revert?.type === 'revert')
        return { kind: 'reverted', by: revert.source || 'Fly.io', status: revert.status };
    const exits = [];
    for (const { type, exit } of own) {
        if (type === 'update' || type === 'launch')
            break;
        if (exit !== undefined && !exit.requested)
            exits.push(exit);
    }
    if (exits.some(({ outOfMemory }) => outOfMemory))
        return { kind: 'out-of-memory' };
    const failed = exits.find(({ code }) => code !== 0);
    if (exits.length > 1)
        return { kind: 'crash-loop', exits: exits.length, code: exits[0]?.code };
    if (failed !== undefined)
        return { kind: 'exited', code: failed.code };
    if (/fail|error/.test(machine.state))
        return { kind: 'failed-state', state: machine.state };
    return undefined;
}
function waitOf(machine, before) {
    const { state, checks } = machine;
    if (!settledStates.includes(state) && !isCreatedOnly(machine, before))
        return { kind: 'state', state };
    if (state !== 'started')
        return undefined;
    const check = checks.find(({ status }) => status !== 'passing');
    return check && { kind: 'check', ...check };
}
const isCreatedOnly = ({ state, startsLater }, before) => state === 'created' && (startsLater || (before !== undefined && !launchedStates.includes(before.state)));
function versionedAt({ events }, before) {
    const own = newEvents({ events }, before);
    const put = own.findIndex(({ type }) => type === 'update' || type === 'launch');
    if (put < 0)
        return undefined;
    const start = own.slice(0, put).findLast(({ type }) => type === 'start');
    const times = [...own, ...(before?.events.slice(0, 1) ?? [])].map(({ timestamp }) => timestamp);
    const inOrder = times.every((time, n) => n === 0 || time <= (times[n - 1] ?? 0) + 1000);
    return inOrder ? (start ?? own[put])?.timestamp : undefined;
}
const isSame = (a, b) => a.id !== undefined && b.id !== undefined
    ? a.id === b.id
    : a.type === b.type && a.status === b.status && a.source === b.source && a.timestamp === b.timestamp;
function failureWords(failure) {
    switch (failure.kind) {
        case 'reverted':
            return `reverted by ${failure.by}${failure.status ? ` (${failure.status})` : ''}`;
        case 'out-of-memory':
            return 'its process was killed: out of memory';
        case 'crash-loop':
            return `it is crash-looping (${failure.exits} exits, exit code ${failure.code})`;
        case 'exited':
            return `its process failed with exit code ${failure.code}`;
        case 'failed-state':
            return `it is ${failure.state}`;
        case 'changed':
            return `it was verified as ${failure.from} and has changed to ${failure.to} since`;
    }
}
function waitWords(wait) {
    switch (wait.kind) {
        case 'state':
            return `it is ${wait.state}`;
        case 'release':
            return wait.version === undefined
                ? 'it has no release, so this deploy has not updated it'
                : `it is still in release v${wait.version}`;
        case 'check': {
            const output = wait.output.replace(/\s+/g, ' ').trim().slice(0, 160);
            return `its check ${wait.name} is ${wait.status}${output === '' ? '' : ` (${output})`}`;
        }
    }
}
function newEvents({ events }, before) {
    const old = before?.events ?? [];
    const known = old.length === 0 ? -1 : events.findIndex((event) => old.some((each) => isSame(each, event)));
    return known < 0 ? events : events.slice(0, known);
}


/***/ }),

/***/ 9543:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ githubApiUrl),
/* harmony export */   h: () => (/* binding */ linksOf)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);
/* harmony import */ var _lib_url_policy_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4100);


function linksOf({ env }) {
    const server = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutTrailing */ .hT)(env['GITHUB_SERVER_URL'] || 'https://github.com', '/');
    const repository = env['GITHUB_REPOSITORY'] ?? '';
    return { server, repository, repositoryUrl: `${server}/${repository}`, runId: env['GITHUB_RUN_ID'] };
}
const githubApiUrl = (env) => (0,_lib_url_policy_js__WEBPACK_IMPORTED_MODULE_0__/* .baseUrl */ .pc)(env, 'GITHUB_API_URL', 'https://api.github.com');


/***/ }),

/***/ 987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L3: () => (/* binding */ prepareOctokit),
/* harmony export */   S9: () => (/* binding */ fetchBy),
/* harmony export */   mV: () => (/* binding */ loadOctokit)
/* harmony export */ });
let loading;
function loadOctokit() {
    loading ??= load();
    return loading;
}
function prepareOctokit() {
    loadOctokit().catch(() => undefined);
}
async function load() {
    const { GITHUB_EVENT_PATH: event } = process.env;
    delete process.env['GITHUB_EVENT_PATH'];
    try {
        return await __nccwpck_require__.e(/* import() */ 68).then(__nccwpck_require__.bind(__nccwpck_require__, 9068));
    }
    finally {
        if (event !== undefined)
            process.env['GITHUB_EVENT_PATH'] = event;
    }
}
const largestAnswer = 64 * 1024 * 1024;
const fetchBy = (http) => async (url, { method, headers, body: sent }) => {
    const request = { method, headers, limit: largestAnswer };
    const { body, ...answer } = await http(url, { ...request, ...(sent !== undefined && { body: sent }) });
    const text = new TextDecoder().decode(body);
    return {
        ...{ status: answer.status, url: answer.url, headers: answer.headers, body: text },
        text: async () => text,
        arrayBuffer: async () => Uint8Array.from(body).buffer,
    };
};


/***/ }),

/***/ 8107:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ commitOf),
/* harmony export */   e: () => (/* binding */ isNamed)
/* harmony export */ });
/* harmony import */ var _lib_commit_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7791);

const isNamed = ({ source }) => source === 'reference' || source === 'digest' || source === 'pattern';
function commitOf(plan, image) {
    const labelled = image?.revision?.commit ?? '';
    const typed = plan?.source === 'reference' && plan.published !== undefined ? undefined : plan?.commit;
    return typed ?? ((0,_lib_commit_js__WEBPACK_IMPORTED_MODULE_0__/* .isCommit */ .W)(labelled) ? labelled : plan?.commit);
}


/***/ }),

/***/ 8182:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ appOf)
/* harmony export */ });
/* unused harmony export appLine */
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4869);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);
/* harmony import */ var _lib_yaml_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(581);
/* harmony import */ var _workspace_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9193);




async function appOf(config, env) {
    const { path, text } = config;
    if (text.length > _lib_yaml_js__WEBPACK_IMPORTED_MODULE_1__/* .mostCharacters */ .sw) {
        const language = path.endsWith('.json') ? 'JSON' : path.endsWith('.yaml') ? 'YAML' : 'TOML';
        throw invalid(config, language, `it is longer than ${_lib_yaml_js__WEBPACK_IMPORTED_MODULE_1__/* .mostCharacters */ .sw} characters`, undefined, env);
    }
    if (path.endsWith('.json'))
        return jsonApp(config, env);
    if (path.endsWith('.yaml'))
        return yamlApp(config, env);
    const { parse, TomlError } = await __nccwpck_require__.e(/* import() */ 292).then(__nccwpck_require__.bind(__nccwpck_require__, 3292));
    try {
        const { app } = parse(text, { integersAsBigInt: 'asNeeded' });
        return { name: nameIn(app), line: appLine(text) };
    }
    catch (error) {
        const line = error instanceof TomlError ? error.line : undefined;
        throw invalid(config, 'TOML', (0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), line, env);
    }
}
async function jsonApp(config, env) {
    let value;
    try {
        value = JSON.parse(config.text);
    }
    catch (error) {
        const words = (0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error);
        throw invalid(config, 'JSON', words, Number(/line (\d+)/.exec(words)?.[1] ?? 1), env);
    }
    const name = typeof value === 'object' && value !== null ? nameIn(Reflect.get(value, 'app')) : '';
    const yaml = await (0,_lib_yaml_js__WEBPACK_IMPORTED_MODULE_1__/* .readYaml */ .gM)(config.text);
    return { name, line: 'fault' in yaml ? undefined : lineOf(yaml.get('app')) };
}
async function yamlApp(config, env) {
    const yaml = await (0,_lib_yaml_js__WEBPACK_IMPORTED_MODULE_1__/* .readYaml */ .gM)(config.text);
    if ('fault' in yaml)
        throw invalid(config, 'YAML', yaml.fault, yaml.line, env);
    const app = yaml.get('app');
    return { name: nameIn(app.text()), line: lineOf(app) };
}
const nameIn = (app) => (typeof app === 'string' ? app : '');
const lineOf = ({ there, line }) => there ? line : undefined;
const invalid = ({ path }, language, words, line, env) => new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
    code: 'config-invalid',
    found: `The config ${path} is not valid ${language}: ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .withoutTrailing */ .hT)(words.split('\n')[0] ?? '', '.')}.`,
    expected: 'A config that flyctl can read.',
    fix: `Correct ${path}. \`fly config validate --config ${path}\` shows what is wrong.`,
    location: line === undefined ? undefined : (0,_workspace_js__WEBPACK_IMPORTED_MODULE_2__/* .locationIn */ .z)(path, line, env),
});
const inTexts = /"""(?:[^\\]|\\[\s\S])*?"{3,5}|'''[\s\S]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*/y;
const appKey = /(?:app|"app"|'app')[ \t]*=/y;
function appLine(toml) {
    const at = (expression, from) => {
        expression.lastIndex = from;
        return expression.exec(toml)?.[0].length ?? 0;
    };
    let [line, depth, fresh] = [1, 0, true];
    for (let n = 0; n < toml.length; n++) {
        const character = toml.charAt(n);
        if (character === ' ' || character === '\t')
            continue;
        if (fresh && at(appKey, n) > 0)
            return line;
        if (fresh && character === '[')
            return undefined;
        const skipped = at(inTexts, n);
        if (skipped > 0) {
            for (let end = toml.indexOf('\n', n); end >= 0 && end < n + skipped; end = toml.indexOf('\n', end + 1))
                line++;
            n += skipped - 1;
        }
        if (skipped > 0 || !'\r\n'.includes(character))
            fresh = false;
        if (skipped > 0)
            continue;
        if (character === '[' || character === '{')
            depth++;
        else if (character === ']' || character === '}')
            depth--;
        else if (character === '\n') {
            line++;
            fresh = depth === 0;
        }
    }
    return undefined;
}


/***/ }),

/***/ 2514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  t: () => (/* binding */ flagTable)
});

;// CONCATENATED MODULE: ./build/fly/flyctl/deploy-flags.json
const deploy_flags_namespaceObject = /*#__PURE__*/JSON.parse('{"flyctl":"0.4.80","flags":{"access-token":{"kind":"text","short":"t"},"app":{"kind":"text","short":"a"},"auto-confirm":{"kind":"switch","hidden":true,"aliasOf":"yes"},"build-arg":{"kind":"text"},"build-context-warn-size":{"kind":"text"},"build-only":{"kind":"switch"},"build-secret":{"kind":"text"},"build-target":{"kind":"text"},"builder-pool":{"kind":"optional","hidden":true},"buildkit":{"kind":"switch"},"buildkit-addr":{"kind":"text","hidden":true},"buildkit-image":{"kind":"text","hidden":true},"buildpacks-docker-host":{"kind":"text"},"buildpacks-volume":{"kind":"list"},"compression":{"kind":"text"},"compression-level":{"kind":"integer"},"config":{"kind":"text","short":"c"},"cpus":{"kind":"integer","hidden":true,"aliasOf":"vm-cpus"},"debug":{"kind":"switch"},"deploy-retries":{"kind":"text"},"depot":{"kind":"optional"},"depot-scope":{"kind":"text"},"detach":{"kind":"switch"},"dns-checks":{"kind":"switch"},"dockerfile":{"kind":"text"},"env":{"kind":"text","short":"e"},"exclude-machines":{"kind":"list"},"exclude-regions":{"kind":"list"},"export-manifest":{"kind":"text","hidden":true},"file-literal":{"kind":"text"},"file-local":{"kind":"text"},"file-secret":{"kind":"text"},"flycast":{"kind":"switch"},"force-machines":{"kind":"switch","hidden":true},"from-manifest":{"kind":"text","hidden":true},"ha":{"kind":"switch"},"help":{"kind":"switch","short":"h"},"host-dedication-id":{"kind":"text"},"http-failover":{"kind":"switch","hidden":true,"aliasOf":"https-failover"},"https-failover":{"kind":"switch"},"ignorefile":{"kind":"text"},"image":{"kind":"text","short":"i"},"image-label":{"kind":"text"},"immediate-max-concurrent":{"kind":"integer","hidden":true},"label":{"kind":"text"},"lease-timeout":{"kind":"text"},"local-only":{"kind":"switch"},"max-concurrent":{"kind":"integer"},"max-unavailable":{"kind":"number"},"memory":{"kind":"text","hidden":true,"aliasOf":"vm-memory"},"nixpacks":{"kind":"switch"},"no-cache":{"kind":"switch"},"no-public-ips":{"kind":"switch"},"now":{"kind":"switch"},"only-machines":{"kind":"list"},"only-regions":{"kind":"list","hidden":true,"aliasOf":"regions"},"primary-region":{"kind":"text"},"process-groups":{"kind":"list"},"push":{"kind":"switch"},"recreate-builder":{"kind":"switch"},"regions":{"kind":"list"},"release-command-timeout":{"kind":"text"},"remote-only":{"kind":"switch"},"signal":{"kind":"text","short":"s"},"skip-release-command":{"kind":"switch"},"smoke-checks":{"kind":"switch"},"strategy":{"kind":"text"},"update-only":{"kind":"switch"},"verbose":{"kind":"switch"},"vm-cpu-kind":{"kind":"text"},"vm-cpukind":{"kind":"text","hidden":true,"aliasOf":"vm-cpu-kind"},"vm-cpus":{"kind":"integer"},"vm-gpu-kind":{"kind":"text"},"vm-gpukind":{"kind":"text","hidden":true,"aliasOf":"vm-gpu-kind"},"vm-gpus":{"kind":"integer"},"vm-max-memory":{"kind":"text","hidden":true},"vm-memory":{"kind":"text"},"vm-size":{"kind":"text"},"volume-initial-size":{"kind":"integer"},"wait-timeout":{"kind":"text"},"wg":{"kind":"switch"},"yes":{"kind":"switch","short":"y"}}}');
;// CONCATENATED MODULE: ./build/inputs/flag-table.js

const flagTable = deploy_flags_namespaceObject;


/***/ }),

/***/ 6203:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ narrowingFlags),
/* harmony export */   b: () => (/* binding */ parseFlags)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4869);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);
/* harmony import */ var _flag_table_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2514);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3636);




const { flyctl: version, flags: known } = _flag_table_js__WEBPACK_IMPORTED_MODULE_1__/* .flagTable */ .t;
const refused = {
    app: 'the input `app` sets it',
    config: 'the input `config` sets it',
    image: 'the input `image` sets it',
    'access-token': 'the input `fly-api-token` sets it, because every process can read a token in argv',
    'no-cache': 'the input `no-cache` sets it',
    'build-only': 'the input `mode: dry-run` replaces it',
    'from-manifest': 'the inputs `app` and `image` replace it',
    'export-manifest': 'the input `mode: dry-run` replaces it',
    'remote-only': 'it is always passed',
    'local-only': 'a local image of the same name is not the one that was checked',
    push: 'no image is built here',
    dockerfile: 'no image is built here',
    'buildkit-addr': 'no image is built here',
    'buildkit-image': 'no image is built here',
    help: 'it deploys nothing',
};
const narrowingFlags = [
    '--regions',
    '--exclude-regions',
    '--only-machines',
    '--exclude-machines',
    '--process-groups',
];
const shortNames = new Map(Object.entries(known).flatMap(([name, { short }]) => (short ? [[short, name]] : [])));
function parseFlags(text) {
    return text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map(parseFlag);
}
function parseFlag(line) {
    if (/[\p{Cc}\u2028\u2029]/u.test(line))
        throw wrong(JSON.stringify(line), 'contains a control character', 'printable text');
    if (!line.startsWith('-'))
        throw wrong(`"${line}"`, 'is not a flag', 'a flag and its value on one line, e.g. `--strategy=rolling`');
    const [, typed = '', separator = '', value = ''] = /^(--?[A-Za-z0-9][\w-]*)(=|\s+|$)(.*)$/.exec(line) ?? [];
    if (typed === '')
        throw wrong(`"${line}"`, 'is not a flag', 'a flag that `flyctl deploy --help` lists');
    const name = nameOf(typed);
    const why = refused[name];
    if (why !== undefined)
        throw wrong(`"${typed}"`, `is not allowed: ${why}`, 'flags that do not change what is deployed, or where', 'Remove it from `with: flags:`.');
    return separator === '' ? withoutValue(name, typed) : withValue(name, typed, separator, value);
}
function nameOf(typed) {
    if (!typed.startsWith('--') && typed.length > 2) {
        const others = [...new Set(typed.slice(1))].flatMap((letter) => {
            const why = refused[shortNames.get(letter) ?? ''];
            return why === undefined ? [] : [`. \`-${letter}\` is not allowed: ${why}`];
        });
        throw wrong(`"${typed}"`, 'is several short flags, or one and its value', `one flag on each line${others.join('')}`);
    }
    const name = typed.startsWith('--') ? typed.slice(2) : shortNames.get(typed.slice(1));
    const flag = name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
    if (name === undefined || flag === undefined) {
        const nearest = typed.startsWith('--') ? nearestTo(typed.slice(2)) : undefined;
        throw wrong(`"${typed}"`, `is not a flag of \`flyctl deploy\` ${version}`, nearest === undefined
            ? 'a flag that `flyctl deploy --help` lists'
            : `\`--${nearest}\`, which has a similar name`);
    }
    return flag.aliasOf ?? name;
}
function withoutValue(name, typed) {
    const kind = known[name]?.kind;
    if (kind === 'switch' || kind === 'optional')
        return `--${name}`;
    throw wrong(`"${typed}"`, 'has no value', `a flag and its value on one line: \`--${name}=…\``);
}
const grammars = {
    switch: [/^(?:true|false)$/, '`true` or `false`'],
    integer: [/^(?:0|[1-9]\d{0,8})$/, 'a whole number'],
    number: [/^\d{1,9}(?:\.\d{1,9})?$/, 'a number'],
    list: [/^[^"]*$/, 'names separated by commas, without quotation marks'],
};
function withValue(name, typed, separator, value) {
    const kind = known[name]?.kind ?? 'text';
    if (separator !== '=' && (kind === 'switch' || kind === 'optional'))
        throw wrong(`"${typed}"`, 'is followed by a space, so flyctl would read the value as its working directory', `\`--${name}\` without a value, or the value after \`=\``);
    if (value.startsWith('-'))
        throw wrong(`"${typed}"`, 'has a value that begins with a hyphen', 'one flag on each line');
    const [grammar, expected] = grammars[kind] ?? [];
    if (grammar?.test(value) === false)
        throw wrong(`"${typed}"`, 'has a value of the wrong kind', `${expected}`);
    return `--${name}=${value}`;
}
function nearestTo(name) {
    const [best] = Object.keys(known)
        .filter((each) => refused[known[each]?.aliasOf ?? each] === undefined)
        .map((each) => ({ each, edits: (0,_names_js__WEBPACK_IMPORTED_MODULE_2__/* .editsBetween */ .yx)(name, each) }))
        .filter(({ edits }) => edits <= 2)
        .sort((a, b) => a.edits - b.edits);
    return best?.each;
}
function wrong(what, fault, expected, fix = 'Correct the line in `with: flags:`.') {
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'flag-refused',
        found: `In the input \`flags\`, ${what} ${fault}.`,
        expected: `${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .capitalized */ .l2)(expected)}.`,
        fix,
    });
}


/***/ }),

/***/ 5388:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Xg: () => (/* binding */ readConfig),
/* harmony export */   hs: () => (/* binding */ appLineIn),
/* harmony export */   uW: () => (/* binding */ readApp)
/* harmony export */ });
/* harmony import */ var _fly_app_name_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4977);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4869);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);
/* harmony import */ var _config_app_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8182);




const usualPaths = ['fly.toml', 'fly.json', 'fly.yaml'];
const usual = 'fly.toml, fly.json or fly.yaml';
const firstOf = (paths, { readFile }) => {
    for (const path of paths) {
        const text = readFile(path);
        if (text !== undefined)
            return { path, text };
    }
    return undefined;
};
function readConfig(source) {
    const given = source.input('config');
    if (given === '')
        return firstOf(usualPaths, source);
    const inFolder = `${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutTrailing */ .hT)(given, '/')}/fly.toml`;
    const found = firstOf([given, inFolder], source);
    if (found !== undefined)
        return found;
    throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'config-missing',
        found: `The config "${given}" does not exist in the workspace, and neither does "${inFolder}".`,
        expected: 'The path of a config, or of the folder with its fly.toml, from the root of the repository.',
        fix: 'Correct the path in the input `config`. Or check the repository out before this step: `- uses: actions/checkout@v7`.',
        input: 'config',
    });
}
function appLineIn({ path }, app = 'your-app') {
    if (path.endsWith('.json'))
        return `"app": "${app}"`;
    return path.endsWith('.yaml') ? `app: ${app}` : `app = "${app}"`;
}
async function readApp(source, config) {
    const given = source.input('app');
    const app = given !== '' || config === undefined ? given : (await (0,_config_app_js__WEBPACK_IMPORTED_MODULE_1__/* .appOf */ .X)(config, source.env)).name;
    if (app === '') {
        throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
            code: 'app-missing',
            found: config
                ? `The input \`app\` is empty and ${config.path} does not name an app.`
                : `The input \`app\` is empty and there is no ${usual}.`,
            expected: 'The name of a Fly.io app.',
            fix: `Add \`with: app: your-app\`${config ? `, or \`${appLineIn(config)}\` in ${config.path}` : `. Or check the repository out before this step, so that its ${usual} exists`}.`,
        });
    }
    if (!(0,_fly_app_name_js__WEBPACK_IMPORTED_MODULE_3__/* .isAppName */ .f)(app)) {
        throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
            code: 'app-invalid',
            found: `The app name is ${JSON.stringify(app)}, which is not valid on Fly.io.`,
            expected: 'A Fly.io app name: at most 63 lower-case letters, digits and hyphens.',
            fix: given === '' && config !== undefined
                ? `Correct \`app\` in ${config.path}, such as \`${appLineIn(config)}\`.`
                : 'Correct the input `app`, such as `with: app: your-app`.',
        });
    }
    return app;
}


/***/ }),

/***/ 3636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LN: () => (/* binding */ checkNames),
/* harmony export */   yx: () => (/* binding */ editsBetween)
/* harmony export */ });
/* unused harmony export inputNames */
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);
/* harmony import */ var _lib_yaml_value_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1485);


const inputNames = [
    'app',
    'config',
    'fly-api-token',
    'image',
    'branch',
    'sha-tag',
    'commit',
    'select',
    'manual-select',
    'source-app-token',
    'soak-time',
    'deploy-by',
    'wait-for-image',
    'allow-events',
    'check-revision',
    'attestation',
    'attestation-ref',
    'trusted-root',
    'registry-username',
    'registry-password',
    'github-token',
    'mirror',
    'flyctl-version',
    'flags',
    'no-cache',
    'deploy-timeout',
    'settle-time',
    'health-url',
    'health-status',
    'health-body',
    'health-timeout',
    'verify-command',
    'mode',
    'on-refusal',
    'on-outdated',
    'on-unchanged',
    'rollback',
    'deployment-record',
];
const ifTrue = (line) => (value) => /^true$/i.test(value) ? line : undefined;
const removed = {
    release: (value) => `select: release:${value}`,
    tag: (value) => `manual-select: tag:${value}`,
    'tag-pattern': (value) => `manual-select: newest:${value}`,
    'short-sha-length': (value, shaTag) => value === '7' ? undefined : `sha-tag: ${shaTag.replaceAll('{sha}', `{sha:${value}}`)}`,
    'dry-run': ifTrue('mode: dry-run'),
    doctor: ifTrue('mode: doctor'),
    'require-attestation': ifTrue('attestation: require'),
    'attestation-workflow': (value) => `attestation: ${value}`,
    'mirror-platforms': () => undefined,
    'rollback-release-command': ifTrue('rollback: with-release-command'),
    'if-outdated': (value) => `on-outdated: ${value}`,
    'skip-if-running': ifTrue('on-unchanged: skip'),
    verify: () => undefined,
};
const without = {
    'mirror-platforms': 'A copy contains the linux/amd64 image, which is what Fly.io runs',
    verify: 'A deploy is always verified',
};
const mostEdits = 2;
function checkNames(reader) {
    const others = [];
    for (const [variable, value = ''] of Object.entries(reader.source.env)) {
        if (!variable.startsWith('INPUT_'))
            continue;
        const name = variable.slice('INPUT_'.length).toLowerCase();
        if (name === '' || inputNames.some((known) => known === name))
            continue;
        if (Object.hasOwn(removed, name)) {
            const shaTag = reader.text('sha-tag') ?? '{branch}-{sha}';
            reader.problems.push(removedError(name, value.trim(), shaTag));
        }
        else {
            const similar = nearest(name);
            if (similar === undefined)
                others.push(name);
            else
                reader.problems.push(misspelledError(name, value.trim(), similar));
        }
    }
    return others;
}
function removedError(name, value, shaTag) {
    const line = value === '' ? undefined : removed[name]?.(value, shaTag);
    const [, input = '', given = ''] = /^([^:]+): (.*)$/s.exec(line ?? '') ?? [];
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'input-removed',
        found: `The input \`${name}\` is set, but this version has no such input.`,
        expected: `An input of action.yml${name in without ? `. ${without[name]}` : ''}.`,
        fix: input === ''
            ? `Remove the line \`${name}:\`.`
            : `Set \`with: ${withValue(input, given)}\` instead of \`${name}:\`.`,
        input: name,
    });
}
function misspelledError(name, value, similar) {
    const line = /token|password/.test(similar) ? `${similar}:` : withValue(similar, value);
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'input-unknown',
        found: `The input \`${name}\` is set, but there is no such input.`,
        expected: `The input \`${similar}\`, which has a similar name.`,
        fix: `Set \`with: ${line}\` instead of \`${name}:\`.`,
        input: name,
    });
}
function withValue(input, value) {
    const text = (0,_lib_yaml_value_js__WEBPACK_IMPORTED_MODULE_1__/* .yamlValue */ .t)(value);
    return text === undefined ? `${input}:` : `${input}: ${text}`;
}
function nearest(name) {
    const [best] = inputNames
        .map((known) => ({ known, edits: editsBetween(name, known) }))
        .filter(({ edits }) => edits <= mostEdits)
        .sort((a, b) => a.edits - b.edits);
    return best?.known;
}
function editsBetween(a, b) {
    if (Math.abs(a.length - b.length) > mostEdits)
        return mostEdits + 1;
    let row = Array.from({ length: b.length + 1 }, (_, n) => n);
    for (const [i, character] of [...a].entries()) {
        const next = [i + 1];
        for (let j = 0; j < b.length; j++) {
            const replaced = (row[j] ?? 0) + (character === b[j] ? 0 : 1);
            next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}


/***/ }),

/***/ 8569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ secretsOf)
/* harmony export */ });
/* harmony import */ var _fly_api_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4270);

function secretsOf({ input, env }) {
    const flyTokens = [
        input('fly-api-token'),
        env['FLY_API_TOKEN'],
        env['FLY_ACCESS_TOKEN'],
        input('source-app-token'),
    ];
    const given = [
        ...flyTokens.flatMap((token) => (token === undefined ? [] : [token, ...(0,_fly_api_js__WEBPACK_IMPORTED_MODULE_0__/* .partsOfToken */ .nF)(token)])),
        input('registry-password'),
        input('github-token'),
    ];
    return given.filter((secret) => secret !== '');
}


/***/ }),

/***/ 9193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ workflowFile),
/* harmony export */   z: () => (/* binding */ locationIn)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);

function locationIn(path, line, env, paths = node_path__WEBPACK_IMPORTED_MODULE_0__) {
    const root = env['GITHUB_WORKSPACE'] || process.cwd();
    const fromRoot = paths.relative(root, paths.resolve(root, path));
    if (fromRoot === '' || paths.isAbsolute(fromRoot))
        return undefined;
    const file = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.normalize(fromRoot.replaceAll('\\', '/'));
    const isOutside = file === '..' || file.startsWith('../') || (paths.sep === '\\' && file.includes(':'));
    return isOutside ? undefined : { file, line };
}
function workflowFile(ref, repository) {
    const path = ref.toLowerCase().startsWith(`${repository.toLowerCase()}/`)
        ? ref.slice(repository.length + 1)
        : '';
    return /^(\.github\/workflows\/[^/\\]+?\.ya?ml)@/.exec(path)?.[1];
}


/***/ }),

/***/ 2774:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JX: () => (/* binding */ newFlyToken),
/* harmony export */   XK: () => (/* binding */ concurrencyLines),
/* harmony export */   eP: () => (/* binding */ retryFly),
/* harmony export */   oc: () => (/* binding */ retryGitHub),
/* harmony export */   xJ: () => (/* binding */ tokenCommand),
/* harmony export */   xj: () => (/* binding */ behindProxy)
/* harmony export */ });
const concurrencyLines = (app = '<app>') => `concurrency:\n  group: deploy-${app}\n  cancel-in-progress: false`;
const retryFly = 'Run the job again. If it still fails, check https://status.flyio.net.';
const retryGitHub = 'Run the job again. If it still fails, check https://www.githubstatus.com.';
const behindProxy = 'Behind a proxy, set `NODE_USE_ENV_PROXY: 1` in the job’s `env:`.';
const tokenCommand = (app) => `\`fly tokens create deploy${app === undefined ? '' : ` --app ${app}`}\``;
const newFlyToken = (app) => `Create a token with ${tokenCommand(app)} and store it as the secret behind \`fly-api-token\`.`;


/***/ }),

/***/ 2227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ answerOrNone),
/* harmony export */   p: () => (/* binding */ apiError)
/* harmony export */ });
/* harmony import */ var _http_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3697);
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2533);
/* harmony import */ var _user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3758);



function kindOf(answer, service) {
    if (answer instanceof _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j)
        return ['elsewhere', 'redirect', 'too-large'].includes(answer.kind) ? 'unusable' : 'no-answer';
    const { status } = answer;
    if (status === 429 || service.isRateLimited?.(answer) === true)
        return 'rate-limited';
    if ((0,_http_js__WEBPACK_IMPORTED_MODULE_0__/* .isTemporary */ .ey)(answer))
        return 'temporary';
    if (status === 401 || status === 403)
        return 'denied';
    return status === 404 ? 'not-found' : 'unexpected';
}
function apiError(question) {
    const { service, resource, answer } = question;
    const kind = kindOf(answer, service);
    const { advice } = service;
    const instead = kind === 'unusable' ? advice['no-answer'] : undefined;
    const given = advice[kind] ?? instead ?? advice.unexpected;
    const cause = answer instanceof _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j ? { cause: answer } : {};
    return new _user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo({ found: service.found(resource, answer, kind), ...given(resource) }, cause);
}
const answerOrNone = (question) => question.catch((error) => {
    if (error instanceof _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j)
        return error;
    throw error;
});


/***/ }),

/***/ 2402:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ release),
/* harmony export */   t: () => (/* binding */ readLimited)
/* harmony export */ });
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2533);

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
            throw new _http_error_js__WEBPACK_IMPORTED_MODULE_0__/* .HttpError */ .j(where, 'too-large', `the answer is larger than ${limit} bytes`);
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


/***/ }),

/***/ 7791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ isCommit)
/* harmony export */ });
const isCommit = (text) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);


/***/ }),

/***/ 9386:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   P: () => (/* binding */ twice)
/* harmony export */ });
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const twice = (ms) => `${Math.min(Math.ceil((2 * ms) / units.s), (24 * units.h) / units.s)}s`;
function parseDuration(text) {
    if (text === '0')
        return 0;
    if (!/^(?:\d{1,6}(?:ms|s|m|h))+$/.test(text))
        return undefined;
    let total = 0;
    for (const [, amount, unit] of text.matchAll(/(\d{1,6})(ms|s|m|h)/g)) {
        total += Number(amount) * units[unit];
    }
    return total <= 24 * units.h ? total : undefined;
}


/***/ }),

/***/ 8377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DD: () => (/* binding */ environmentFor),
/* harmony export */   XK: () => (/* binding */ isOwnVariable),
/* harmony export */   bv: () => (/* binding */ variable)
/* harmony export */ });
const common = [
    /^(?:PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|PWD|TZ|TERM|LANG|LC_[A-Z]+|XDG_[A-Z_]+)$/,
    /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|OS|DRIVERDATA|PSMODULEPATH)$/,
    /^(?:USERPROFILE|USERNAME|USERDOMAIN|HOMEDRIVE|HOMEPATH|LOGONSERVER|COMPUTERNAME|APPDATA|LOCALAPPDATA|PUBLIC)$/,
    /^(?:ALLUSERSPROFILE|PROGRAMDATA|(?:COMMON)?PROGRAM(?:FILES(?:\(X86\)|\(ARM\))?|W6432))$/,
    /^(?:NUMBER_OF_PROCESSORS|PROCESSOR_(?:ARCHITECTURE|ARCHITEW6432|IDENTIFIER|LEVEL|REVISION))$/,
    /^(?:RUNNER_TEMP|RUNNER_TRACKING_ID)$/,
    /^(?:CI|GITHUB_ACTIONS|NO_COLOR|FORCE_COLOR|CLICOLOR)$/,
    /^(?:HTTPS?|NO|ALL)_PROXY$/,
    /^SSL_CERT_(?:FILE|DIR)$/,
];
function environmentFor(env, more) {
    const allowed = [...common, ...more];
    const kept = Object.entries(env).filter((entry) => {
        const [name, value] = entry;
        return value !== undefined && allowed.some((pattern) => pattern.test(name.toUpperCase()));
    });
    return Object.fromEntries(kept);
}
function variable(env, name, platform) {
    if (platform !== 'win32' || env[name] !== undefined)
        return env[name];
    return Object.entries(env).find(([each, value]) => each.toUpperCase() === name.toUpperCase() && value !== undefined)?.[1];
}
const isOwnVariable = (name) => name.startsWith('VERIFY_');


/***/ }),

/***/ 8003:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ firstAndLast)
/* harmony export */ });
function firstAndLast(most) {
    const half = most / 2;
    const first = [];
    const last = [];
    let count = 0;
    return {
        add: (item) => {
            count++;
            if (first.length < half) {
                first.push(item);
                return;
            }
            last.push(item);
            if (last.length >= 2 * half)
                last.splice(0, half);
        },
        get kept() {
            return [...first, ...last.slice(-half)];
        },
        get omitted() {
            return Math.max(0, count - 2 * half);
        },
    };
}


/***/ }),

/***/ 177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   nV: () => (/* binding */ formatAge),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
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

/***/ 2533:
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

/***/ 3697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  VI: () => (/* binding */ beginningOf),
  hz: () => (/* binding */ isRateLimit403),
  ey: () => (/* binding */ isTemporary),
  fK: () => (/* binding */ makeHttp),
  d3: () => (/* binding */ mostRedirects),
  R3: () => (/* binding */ policies)
});

// UNUSED EXPORTS: retryAfter

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

// EXTERNAL MODULE: ./build/lib/body.js
var lib_body = __nccwpck_require__(2402);
// EXTERNAL MODULE: ./build/lib/format.js
var format = __nccwpck_require__(177);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __nccwpck_require__(2533);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __nccwpck_require__(4100);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(3758);
// EXTERNAL MODULE: ./build/lib/version.js
var version = __nccwpck_require__(6480);
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
            body: await (0,lib_body/* readLimited */.t)(where, response, limit),
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

/***/ 292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ Json),
/* harmony export */   d: () => (/* binding */ parseJsonObject)
/* harmony export */ });
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);
/* harmony import */ var _user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);


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

/***/ 8285:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ silenceOf),
/* harmony export */   e: () => (/* binding */ waiting)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(177);

const lineEvery = 10_000;
async function waiting({ what, limit, how, every = lineEvery }, { clock, log }, work) {
    const begin = clock.now();
    const say = () => {
        const words = how();
        if (words === undefined)
            return;
        const end = limit === undefined ? '' : ` of ${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(limit())}`;
        log.line(`Waiting for ${what}: ${words} after ${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(clock.now() - begin)}${end}`);
    };
    const stop = clock.every(every, say);
    try {
        return await work(say);
    }
    finally {
        stop();
    }
}
function silenceOf(clock, write) {
    let last = clock.now();
    return {
        write: (chunk) => {
            last = clock.now();
            write(chunk);
        },
        how: () => {
            const silent = clock.now() - last;
            return silent < lineEvery / 2 ? undefined : `no output for ${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(silent)}`;
        },
    };
}


/***/ }),

/***/ 1622:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   XP: () => (/* binding */ formsOf),
/* harmony export */   bs: () => (/* binding */ shortestSecret),
/* harmony export */   cT: () => (/* binding */ withoutSecrets)
/* harmony export */ });
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


/***/ }),

/***/ 281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ recorderInTurn),
/* harmony export */   g: () => (/* binding */ timeStage)
/* harmony export */ });
async function timeStage(clock, marks, title, work) {
    const begin = clock.now();
    marks.began(title);
    let ok = false;
    try {
        const result = await work();
        ok = true;
        return result;
    }
    finally {
        marks.ended({ title, ms: clock.now() - begin, ok });
    }
}
function recorderInTurn(recorder, { turn, results }, clock) {
    const own = {
        keep: (key, result) => results.do(() => recorder.keep(key, result)),
        began: (title) => turn.do(() => recorder.began(title)),
        ended: (stage) => turn.do(() => recorder.ended(stage)),
        timed: (title, work) => timeStage(clock, own, title, work),
        stage: async (key, title, work) => {
            const result = await own.timed(title, work);
            own.keep(key, result);
            return result;
        },
    };
    return own;
}


/***/ }),

/***/ 4869:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hy: () => (/* binding */ joinedLines),
/* harmony export */   h0: () => (/* binding */ plainLine),
/* harmony export */   hT: () => (/* binding */ withoutTrailing),
/* harmony export */   hV: () => (/* binding */ mostOfLabel),
/* harmony export */   l2: () => (/* binding */ capitalized),
/* harmony export */   vI: () => (/* binding */ shortened)
/* harmony export */ });
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

/***/ 4100:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C0: () => (/* binding */ isPrivateAddress),
/* harmony export */   C4: () => (/* binding */ objection),
/* harmony export */   O2: () => (/* binding */ resolveUrl),
/* harmony export */   Ok: () => (/* binding */ mustBePublic),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   cP: () => (/* binding */ redirected),
/* harmony export */   pc: () => (/* binding */ baseUrl)
/* harmony export */ });
/* unused harmony export isPrivate */
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2533);
/* harmony import */ var _user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3758);


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

/***/ 3758:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   UQ: () => (/* binding */ formatTexts),
/* harmony export */   Wk: () => (/* binding */ formatError),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   bn: () => (/* binding */ allOf),
/* harmony export */   yo: () => (/* binding */ UserError)
/* harmony export */ });
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

/***/ 6480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ userAgent)
/* harmony export */ });
/* unused harmony export version */
const version = '0.1.0';
const userAgent = `deploy-fly-image/${version}`;


/***/ }),

/***/ 1485:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ yamlValue)
/* harmony export */ });
const notText = /^(?:yes|no|on|off|y|n|null|~)$/i;
function yamlValue(text) {
    if (text.length > 200)
        return undefined;
    const isPlain = /^(?:[A-Za-z_/][\w./*{}-]*(?::[\w./*{}-]+)*|0|[1-9]\d{0,8}|(?:\d+(?:h|ms|m|s))+)$/.test(text);
    if (isPlain && !notText.test(text))
        return text;
    if (!/^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(text) || /`|\$\{\{/.test(text))
        return undefined;
    return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}


/***/ }),

/***/ 581:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   gM: () => (/* binding */ readYaml),
/* harmony export */   sw: () => (/* binding */ mostCharacters)
/* harmony export */ });
/* unused harmony export Yaml */
/* harmony import */ var _user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);

const mostCharacters = 256 * 1024;
const mostAliases = 100;
class Yaml {
    line;
    #node;
    #file;
    constructor(node, file, line) {
        this.#file = file;
        this.#node = file.isAlias(node) ? file.targets.get(node) : node;
        this.line = line;
    }
    get(key) {
        return this.entries().find(([name]) => name === key)?.[1] ?? new Yaml(undefined, this.#file, this.line);
    }
    entries() {
        const [node, file] = [this.#node, this.#file];
        if (!file.isMap(node))
            return [];
        const known = file.entries.get(node);
        if (known !== undefined)
            return known;
        const made = node.items.map(({ key, value }) => [
            file.isScalar(key) ? String(key.value) : '',
            new Yaml(value, file, file.lineOf(key) ?? this.line),
        ]);
        file.entries.set(node, made);
        return made;
    }
    items() {
        const [node, file] = [this.#node, this.#file];
        if (!file.isSeq(node))
            return [];
        const known = file.items.get(node);
        if (known !== undefined)
            return known;
        const made = node.items.map((each) => new Yaml(each, file, file.lineOf(each) ?? this.line));
        file.items.set(node, made);
        return made;
    }
    text() {
        if (!this.#file.isScalar(this.#node) || this.#node.value === null)
            return undefined;
        const { value, source } = this.#node;
        return typeof value === 'string' ? value : (source ?? String(value));
    }
    texts() {
        const one = this.text();
        return one === undefined ? this.items().flatMap((item) => item.text() ?? []) : [one];
    }
    get there() {
        return this.#node !== undefined && this.#node !== null;
    }
    get isMap() {
        return this.#file.isMap(this.#node);
    }
}
async function readYaml(text) {
    if (text.length > mostCharacters)
        return { fault: `it is longer than ${mostCharacters} characters`, line: 1 };
    const yaml = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const lines = new yaml.LineCounter();
    let document;
    try {
        document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    }
    catch (error) {
        return { fault: (0,_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), line: 1 };
    }
    const [error] = document.errors;
    if (error !== undefined)
        return { fault: error.message, line: lines.linePos(error.pos[0]).line };
    const lineOf = (node) => {
        const start = node?.range?.[0];
        return start === undefined ? undefined : lines.linePos(start).line;
    };
    const { targets, fault } = linked(document, yaml);
    if (fault !== undefined)
        return { fault: fault.words, line: lineOf(fault.at) ?? 1 };
    const { isMap, isSeq, isScalar, isAlias } = yaml;
    const read = { entries: new WeakMap(), items: new WeakMap() };
    return new Yaml(document.contents, { isMap, isSeq, isScalar, isAlias, targets, lineOf, ...read }, 1);
}
function linked(document, { visit, isScalar }) {
    const anchors = new Map();
    const targets = new Map();
    let fault;
    const twice = ({ items }) => {
        const seen = new Set();
        return items.find(({ key }) => isScalar(key) && seen.size === seen.add(key.value).size)?.key;
    };
    visit(document, {
        Node: (_key, node) => {
            if ('anchor' in node && node.anchor)
                anchors.set(node.anchor, node);
        },
        Alias: (_key, node) => {
            const target = anchors.get(node.source);
            if (target !== undefined)
                targets.set(node, target);
            if (targets.size > mostAliases)
                fault = { words: `it has more than ${mostAliases} aliases`, at: node };
            return fault && visit.BREAK;
        },
        Map: (_key, node) => {
            if (node.anchor)
                anchors.set(node.anchor, node);
            const at = twice(node);
            if (at !== undefined)
                fault = { words: 'Map keys must be unique', at };
            return fault && visit.BREAK;
        },
    });
    return { targets, fault };
}


/***/ }),

/***/ 6805:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yz: () => (/* binding */ debug),
  z3: () => (/* binding */ error),
  V4: () => (/* binding */ getInput),
  Os: () => (/* binding */ group),
  pq: () => (/* binding */ info),
  _o: () => (/* binding */ isDebug),
  lm: () => (/* binding */ notice),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ setSecret),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, endGroup, exportVariable, getBooleanInput, getIDToken, getMultilineInput, getState, markdownSummary, platform, saveState, setCommandEcho, setFailed, startGroup, summary, toPlatformPath, toPosixPath, toWin32Path

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
// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __nccwpck_require__(6982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(9896);
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
    const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
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
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(6928);
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
    process.stdout.write(message + external_os_.EOL);
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

/***/ }),

/***/ 8253:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Lb: () => (/* binding */ takesGithubToken),
/* harmony export */   QY: () => (/* binding */ flyRepository),
/* harmony export */   cO: () => (/* binding */ accessLines),
/* harmony export */   eZ: () => (/* binding */ namesOf),
/* harmony export */   h6: () => (/* binding */ registryQuirks),
/* harmony export */   jS: () => (/* binding */ fullPath),
/* harmony export */   lG: () => (/* binding */ apiOrigin),
/* harmony export */   lR: () => (/* binding */ configKeyOf),
/* harmony export */   rQ: () => (/* binding */ canonicalHost),
/* harmony export */   sd: () => (/* binding */ isTokenHost),
/* harmony export */   uj: () => (/* binding */ passesByItself)
/* harmony export */ });
/* unused harmony export githubRegistry */
/* harmony import */ var _lib_http_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3697);
/* harmony import */ var _lib_url_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4100);


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
function canonicalHost(text) {
    const host = text.toLowerCase();
    const known = rows.find(({ aliases }) => aliases?.includes(host))?.host;
    return typeof known === 'string' ? known : host;
}
const namesOf = (host) => [host, ...(rowOf(host)?.aliases ?? [])];
const configKeyOf = (host) => rowOf(host)?.configKey ?? host;
function fullPath(host, path) {
    const namespace = rowOf(host)?.defaultNamespace;
    return namespace === undefined || path.includes('/') ? path : `${namespace}/${path}`;
}
const apiOrigin = (host) => (0,_lib_url_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopback */ .U9)(host) ? `http://${host}` : `https://${rowOf(host)?.apiHost ?? host}`;
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
    const isSandbox = sandbox === host && (0,_lib_url_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopback */ .U9)(host) && URL.canParse(api) && (0,_lib_url_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopback */ .U9)(new URL(api).host);
    return isSandbox || host === githubRegistry(env['GITHUB_SERVER_URL'] ?? '');
}
const flyHost = (env) => env['FLY_REGISTRY_HOST'] || 'registry.fly.io';
const flyRepository = (app, env) => ({ host: flyHost(env), path: app });
const registryQuirks = {
    isTemporary: _lib_http_js__WEBPACK_IMPORTED_MODULE_0__/* .isRateLimit403 */ .hz,
    retryAfter: ({ status, body }) => {
        if (status !== 429 && status !== 403)
            return undefined;
        const [, amount, unit = ''] = /retry-after:\s*(\d{1,9}(?:\.\d{1,9})?)(µs|us|ms|s|m)\b/i.exec((0,_lib_http_js__WEBPACK_IMPORTED_MODULE_0__/* .beginningOf */ .VI)(body)) ?? [];
        if (amount === undefined)
            return undefined;
        const milliseconds = { µs: 0.001, us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit.toLowerCase()] ?? 1;
        return Math.max(1000, Number(amount) * milliseconds);
    },
};
const passesByItself = (answer) => (0,_lib_http_js__WEBPACK_IMPORTED_MODULE_0__/* .isTemporary */ .ey)(answer) || registryQuirks.isTemporary(answer);


/***/ }),

/***/ 1574:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ RealmError)
/* harmony export */ });
class RealmError extends Error {
}


/***/ }),

/***/ 6247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   Gc: () => (/* binding */ namesImage),
/* harmony export */   VK: () => (/* binding */ shortDigest),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   mg: () => (/* binding */ tagIn)
/* harmony export */ });
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);
/* harmony import */ var _hosts_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8253);


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
    const registry = hasHost ? (0,_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalHost */ .rQ)(first) : 'docker.io';
    const given = hasHost ? name.slice(slash + 1) : name;
    const lowered = given.toLowerCase();
    const path = (0,_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .fullPath */ .jS)(registry, lowered);
    const wrong = (!host.test(registry) && `the registry host "${first}" is not a valid host name`) ||
        (!path.split('/').every((part) => component.test(part)) && `"${given}" is not a valid repository name`) ||
        (path.length + registry.length >= 255 && 'the name is longer than 255 characters') ||
        (tag !== undefined && !isTag(tag) && `"${tag}" is not a valid tag`) ||
        (digest !== undefined && !isDigest(digest) && `"${digest}" is not a sha256 digest`);
    if (wrong) {
        throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
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

/***/ 1993:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CB: () => (/* binding */ digitsFor),
/* harmony export */   Ep: () => (/* binding */ renderTags),
/* harmony export */   Ft: () => (/* binding */ placeholders),
/* harmony export */   Fu: () => (/* binding */ shortSha),
/* harmony export */   Hf: () => (/* binding */ plainTemplate),
/* harmony export */   P$: () => (/* binding */ commitInTag),
/* harmony export */   Qu: () => (/* binding */ buildsCommitIn),
/* harmony export */   Y8: () => (/* binding */ cleanBranch),
/* harmony export */   fs: () => (/* binding */ madeByTemplate),
/* harmony export */   hX: () => (/* binding */ unknownPlaceholders),
/* harmony export */   hx: () => (/* binding */ placeholderOf),
/* harmony export */   lW: () => (/* binding */ commitPlaceholder),
/* harmony export */   tw: () => (/* binding */ lengthsIn),
/* harmony export */   vY: () => (/* binding */ renderTag),
/* harmony export */   wf: () => (/* binding */ branchForms),
/* harmony export */   yF: () => (/* binding */ namesCommit)
/* harmony export */ });
/* harmony import */ var _lib_commit_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7791);

const placeholders = ['branch', 'sha', 'sha:12', 'full-sha'];
const shortLength = 7;
const commitPlaceholder = /\{(?:full-sha|sha(?::\d+)?)\}/;
const cleanBranch = (branch) => branch.replace(/[^a-zA-Z0-9._-]+/g, '-');
const escapes = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#x27;',
    '`': '&#x60;',
    '=': '&#x3D;',
};
function branchForms(branch) {
    const escaped = cleanBranch(branch.replace(/[&<>"'`=]/g, (character) => escapes[character] ?? character));
    const plain = cleanBranch(branch);
    return escaped === plain ? [plain] : [escaped, plain];
}
const shortSha = (commit) => commit.slice(0, shortLength);
function digitsOf(name) {
    if (name === 'sha')
        return shortLength;
    const length = Number(/^sha:([1-9]\d?)$/.exec(name)?.[1]);
    return length >= 4 && length <= 64 ? length : undefined;
}
const placeholderOf = (length) => length === shortLength ? '{sha}' : length >= 40 ? '{full-sha}' : `{sha:${length}}`;
function renderTags(template, { branch, commit }) {
    const [first, ...others] = branchForms(branch).map((form) => template.replace(/\{([^{}]*)\}/g, (whole, name) => {
        if (name === 'branch')
            return form;
        if (name === 'full-sha')
            return commit;
        const digits = digitsOf(name);
        return digits === undefined ? whole : commit.slice(0, digits);
    }));
    return [first ?? template, ...others.filter((tag) => tag !== first)];
}
const renderTag = (template, parts) => renderTags(template, parts)[0];
const namesIn = (template) => [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
const unknownPlaceholders = (template) => namesIn(template).filter((name) => name !== 'branch' && name !== 'full-sha' && digitsOf(name) === undefined);
const lengthsIn = (template) => [...new Set(namesIn(template).flatMap((name) => digitsOf(name) ?? []))].sort((a, b) => b - a);
function digitsFor(template) {
    return template.includes('{full-sha}')
        ? Math.max(40, ...lengthsIn(template))
        : (lengthsIn(template)[0] ?? shortLength);
}
const plainTemplate = (template) => template.replaceAll('{sha:7}', '{sha}');
const namesCommit = (template) => commitPlaceholder.test(template);
const madeByTemplate = (tag, template, branch) => commitInTag(tag, template, branch) !== undefined;
function commitInTag(tag, template, branch) {
    for (const form of branchForms(branch)) {
        const commit = commitBetween(tag, template.replaceAll('{branch}', form));
        if (commit !== undefined)
            return commit;
    }
    return undefined;
}
function buildsCommitIn(tag, template, branch) {
    const digits = commitInTag(tag, template, branch);
    return digits === undefined || (0,_lib_commit_js__WEBPACK_IMPORTED_MODULE_0__/* .isCommit */ .W)(digits) || digits.length === digitsFor(template) ? digits : '';
}
function commitBetween(tag, template) {
    let rest = tag;
    let commit = '';
    const pieces = template.split(/(\{(?:full-sha|sha(?::\d+)?)\})/);
    for (const [n, piece] of pieces.entries()) {
        if (n % 2 === 1) {
            const hex = /^[0-9a-f]{4,64}/.exec(rest)?.[0];
            if (hex === undefined)
                return undefined;
            commit = hex;
            rest = rest.slice(hex.length);
        }
        else {
            if (!rest.startsWith(piece))
                return undefined;
            rest = rest.slice(piece.length);
        }
    }
    return rest === '' ? commit : undefined;
}


/***/ }),

/***/ 3463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  ku: () => (/* binding */ adderOf),
  wr: () => (/* binding */ adviceOf),
  hD: () => (/* binding */ findingOf),
  WX: () => (/* binding */ findingsOf),
  zO: () => (/* binding */ mapTexts),
  KT: () => (/* binding */ named),
  Fi: () => (/* binding */ onePerCause),
  xQ: () => (/* binding */ platformCause),
  Zw: () => (/* binding */ problemOf),
  u1: () => (/* binding */ problemsText)
});

// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __nccwpck_require__(2533);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(3758);
// EXTERNAL MODULE: ./build/registry/realm-error.js
var realm_error = __nccwpck_require__(1574);
;// CONCATENATED MODULE: ./build/report/check-codes.js
const checkCodes = [
    'action-of-a-branch',
    'app-exists',
    'app-not-checked',
    'app-on-one-image',
    'app-on-several-images',
    'app-without-machines',
    'attestation-not-checked',
    'branch-missing',
    'build-complete',
    'build-not-checked',
    'build-not-found',
    'build-not-pushed',
    'build-other-platform',
    'build-other-tags',
    'build-tags-invalid',
    'build-tags-not-checked',
    'build-tags-unknown',
    'build-without-commit-tag',
    'build-without-labels',
    'check-not-possible',
    'checkout-of-head',
    'commit-tags-found',
    'commit-tags-missing',
    'commit-tags-of-other-form',
    'concurrency-cancels',
    'concurrency-group-per-run',
    'concurrency-group-taken',
    'concurrency-missing',
    'condition-missing',
    'config-not-checked',
    'config-of-app',
    'config-of-other-app',
    'deploy-without-verification',
    'environment-missing',
    'event-deploys-commit',
    'event-deploys-newest',
    'event-fields-unread',
    'github-not-checked',
    'github-token-accepted',
    'github-token-missing',
    'github-token-unknown',
    'github-token-without-contents',
    'head-with-image',
    'head-without-image',
    'image-attested',
    'image-for-amd64',
    'image-found',
    'image-names-commit',
    'image-not-attested',
    'image-of-other-commit',
    'image-private',
    'image-public',
    'image-without-commit',
    'images-not-checked',
    'job-not-checked',
    'mirror-accepts-token',
    'mirror-not-checked',
    'moving-tag-found',
    'moving-tag-missing',
    'newest-tag-found',
    'newest-tag-missing',
    'permissions-incomplete',
    'permissions-missing',
    'permissions-write-all',
    'pull-request-refused',
    'pull-request-target',
    'push-of-any-branch',
    'repository-missing',
    'repository-without-tags',
    'tags-not-listed',
    'token-accepted',
    'token-expired',
    'token-expires-later',
    'token-expires-soon',
    'token-expiry-unknown',
    'token-in-workflow',
    'token-of-a-person',
    'token-of-an-organization',
    'token-of-one-app',
    'token-of-several-apps',
    'token-scope-unknown',
    'token-sees-other-apps',
    'token-without-expiry',
    'workflow-complete',
    'workflow-invalid',
    'workflow-not-checked-out',
    'workflow-run-not-completed',
    'workflow-run-of-any-branch',
    'workflow-run-of-nothing',
    'workflow-run-of-other-branch',
    'workflow-run-of-unknown-workflow',
    'workflow-unknown',
];
const isCheckCode = (code) => checkCodes.includes(code);

;// CONCATENATED MODULE: ./build/report/finding.js





const adderOf = (area, file, findings) => (mark, code, { line }, words, fix, cause) => void findings.push({
    area,
    mark,
    code,
    words,
    ...(fix === undefined ? {} : { fix }),
    ...(cause === undefined ? {} : { cause }),
    at: { file, line },
});
const named = (text) => `\`${text.replaceAll('`', "'")}\``;
function onePerCause(findings) {
    const causes = Map.groupBy(findings, ({ cause }) => cause);
    return findings.filter((finding, index) => {
        if (finding.cause === undefined)
            return !findings.slice(0, index).some((other) => isSame(other, finding));
        const same = causes.get(finding.cause) ?? [];
        const bad = same.filter(({ mark }) => mark === 'bad');
        const worst = bad.length > 0 ? bad : same;
        const located = worst.filter(({ at }) => at !== undefined);
        return located.length > 0 ? located.includes(finding) : worst[0] === finding;
    });
}
const isSame = (one, other) => one.code === other.code &&
    one.words === other.words &&
    one.at?.file === other.at?.file &&
    one.at?.line === other.at?.line;
async function findingsOf(area, check) {
    try {
        return await check();
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.yo)
            return error.each.map((problem) => findingOf(area, 'bad', problem));
        if (!(error instanceof http_error/* HttpError */.j || error instanceof realm_error/* RealmError */.Y))
            throw error;
        const words = `This part was not checked: ${(0,user_error/* messageOf */.bD)(error).split('\n')[0]}.`;
        return [{ area, mark: 'skipped', code: 'check-not-possible', words, fix: 'Run the job again.' }];
    }
}
const platformCause = 'platform';
function findingOf(area, mark, error) {
    const { found, expected, fix } = error;
    const words = (0,lib_text/* joinedLines */.Hy)(found);
    const { code, location } = error;
    return {
        area,
        mark,
        code,
        words,
        expected: expected.trim(),
        fix,
        ...(code === 'platform-missing' ? { cause: platformCause } : {}),
        ...(location === undefined ? {} : { at: location }),
    };
}
function mapTexts({ words, expected, fix, ...rest }, by) {
    return {
        ...rest,
        words: by(words),
        ...(expected === undefined ? {} : { expected: by(expected) }),
        ...(fix === undefined ? {} : { fix: by(fix) }),
    };
}
const adviceOf = ({ expected, fix }) => [
    expected === undefined ? undefined : `Expected: ${expected}`,
    fix === undefined ? undefined : `Fix: ${fix}`,
]
    .filter((part) => part !== undefined)
    .join('\n');
const problemOf = ({ area, code, words, expected, fix }, location) => new user_error/* UserError */.yo({
    code: isCheckCode(code) ? 'setup-bad' : code,
    found: `${area}: ${words}`,
    expected: expected ?? 'A setup that can deploy.',
    fix: fix ?? 'Correct this part of the setup, and run the doctor again.',
    location,
});
function problemsText(bad) {
    const lines = bad.map(({ area, words, at }) => `- ${area}: ${at === undefined ? words : `${at.file}, line ${at.line}`}`);
    return {
        found: `${bad.length} problems would fail a deploy:\n${lines.join('\n')}`,
        expected: 'A setup that can deploy.',
        fix: 'Follow the fix of each problem. The job summary lists them under "Fix these first".',
    };
}


/***/ }),

/***/ 9126:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H0: () => (/* binding */ logFindings),
/* harmony export */   N4: () => (/* binding */ tally),
/* harmony export */   al: () => (/* binding */ inOrder),
/* harmony export */   rf: () => (/* binding */ signs)
/* harmony export */ });
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(177);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3463);


const signs = { ok: '✓', warning: '!', bad: '✗', skipped: '–' };
function tally(findings) {
    const count = (mark) => findings.filter((each) => each.mark === mark).length;
    const parts = [
        count('bad') > 0 && (0,_lib_format_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(count('bad'), 'problem'),
        count('warning') > 0 && (0,_lib_format_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(count('warning'), 'warning'),
        count('ok') > 0 && `${count('ok')} passed`,
        count('skipped') > 0 && `${count('skipped')} not checked`,
    ];
    return parts.filter((part) => part !== false).join(', ');
}
const inOrder = (findings) => ({
    bad: findings.filter(({ mark }) => mark === 'bad'),
    areas: Map.groupBy(findings.filter(({ mark }) => mark !== 'bad'), ({ area }) => area),
});
function logFindings(findings, log) {
    const { bad, areas } = inOrder(findings);
    const print = (finding, title = '') => {
        const { mark, code, words, at } = finding;
        log.debug(`Finding: ${mark} ${code}`);
        const where = at === undefined || mark === 'ok' ? '' : ` (${at.file}, line ${at.line})`;
        log.line(`  ${signs[mark]} ${title}${oneLine(words)}${oneLine(where)}`);
        for (const line of (0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .adviceOf */ .wr)(finding).split('\n'))
            if (line.trim() !== '')
                log.line(`      ${oneLine(line)}`);
    };
    if (bad.length > 0)
        log.line('Fix these first');
    for (const finding of bad)
        print(finding, `${finding.area}: `);
    for (const [area, some] of areas) {
        log.line(area);
        for (const finding of some)
            print(finding);
    }
    const warnings = [...(bad.length > 1 ? bad : []), ...findings.filter(({ mark }) => mark === 'warning')];
    for (const finding of warnings)
        if (finding.at !== undefined)
            log.warning(`${oneLine(finding.words)}\n${(0,_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .adviceOf */ .wr)(finding)}`.trimEnd(), finding.at);
    log.line(`Checked: ${tally(findings)}. Nothing was deployed or changed.`);
}
const oneLine = (text) => text.replace(/[\r\n]+/g, ' ');


/***/ }),

/***/ 7030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Iv: () => (/* binding */ machinesBefore),
  f9: () => (/* binding */ machinesNow),
  s6: () => (/* binding */ machinesOutput),
  Z9: () => (/* binding */ wordsOf)
});

// EXTERNAL MODULE: ./build/fly/trouble.js
var trouble = __nccwpck_require__(9869);
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

// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
// EXTERNAL MODULE: ./build/verify/compare.js
var compare = __nccwpck_require__(2327);
;// CONCATENATED MODULE: ./build/report/machines.js




function wordsOf({ failure, waitingFor, supersededBy, excluded }) {
    if (excluded)
        return 'excluded by `flags`';
    if (failure !== undefined)
        return (0,trouble/* failureWords */.AC)(failure);
    if (supersededBy !== undefined)
        return `in release v${supersededBy} of another deploy`;
    return waitingFor && (0,trouble/* waitWords */.jJ)(waitingFor);
}
const [mostCharacters, mostOfText] = [400_000, 500];
const cut = (text) => (0,lib_text/* shortened */.vI)(text, mostOfText);
function machinesOutput(machines, rolledBack) {
    const sizeOf = ({ length }) => length + ','.length;
    const { texts, omitted } = fitting(machines, compare/* isFine */.zn, (machine) => asJson(machine, rolledBack), sizeOf, mostCharacters - '[]'.length);
    return { json: `[${texts.join(',')}]`, omitted };
}
function machinesNow(machines, rolledBack) {
    const { json, omitted } = machinesOutput(machines, rolledBack);
    return { list: JSON.parse(json), omitted };
}
function machinesBefore(machines) {
    const asText = ({ id, name, region, state, group, image, digest, releaseVersion }) => JSON.stringify({
        ...{ id: cut(id), name: cut(name), region: cut(region), state: cut(state), group: cut(group) },
        image: cut(image),
        digest: digest === undefined ? null : cut(digest),
        'release-version': releaseVersion === undefined ? null : cut(releaseVersion),
    });
    const { texts, omitted } = fitting(machines, () => true, asText, ({ length }) => length + 1, mostCharacters);
    return { list: texts.map((text) => JSON.parse(text)), omitted };
}
function asJson(machine, rolledBack) {
    const isBack = rolledBack && machine.supersededBy !== undefined && !machine.excluded;
    const words = isBack ? 'rolled back' : wordsOf(machine);
    return JSON.stringify({
        id: cut(machine.id),
        name: cut(machine.name),
        region: cut(machine.region),
        state: cut(machine.state),
        group: cut(machine.group),
        image: cut(machine.image),
        digest: machine.digest === undefined ? null : cut(machine.digest),
        'runs-image': machine.runsImage,
        excluded: machine.excluded,
        problem: words === undefined ? null : cut(words),
    });
}


/***/ }),

/***/ 7883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ missingOf)
/* harmony export */ });
/* harmony import */ var _verify_machines_lost_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9559);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4247);


function missingOf({ known: { before = [] } }, outcome) {
    const cause = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .errorOf */ .Mz)(outcome)?.cause;
    if (!(cause instanceof _verify_machines_lost_js__WEBPACK_IMPORTED_MODULE_0__/* .MachinesLost */ .v))
        return [];
    const ids = new Set(cause.ids);
    const lost = before.filter(({ id }) => ids.has(id));
    return lost.map((machine) => ({
        ...machine,
        state: 'not listed',
        runsImage: false,
        verifiedContainers: [],
        excluded: false,
        failure: undefined,
        waitingFor: undefined,
        supersededBy: undefined,
        unknown: undefined,
    }));
}


/***/ }),

/***/ 4247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AD: () => (/* binding */ isPlaced),
/* harmony export */   CP: () => (/* binding */ errorTextsOf),
/* harmony export */   FO: () => (/* binding */ exitCodeOf),
/* harmony export */   Mz: () => (/* binding */ errorOf),
/* harmony export */   Nj: () => (/* binding */ isDeployed),
/* harmony export */   _5: () => (/* binding */ isUnchanged),
/* harmony export */   aP: () => (/* binding */ fleetOf),
/* harmony export */   ef: () => (/* binding */ canTryAgain),
/* harmony export */   ii: () => (/* binding */ isImageFailure),
/* harmony export */   l7: () => (/* binding */ releaseOf),
/* harmony export */   p4: () => (/* binding */ isVerified),
/* harmony export */   rt: () => (/* binding */ rolledBackTo),
/* harmony export */   uy: () => (/* binding */ isRollbackFailed),
/* harmony export */   zU: () => (/* binding */ failureKind)
/* harmony export */ });
/* harmony import */ var _deploy_previous_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7489);
/* harmony import */ var _deploy_production_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5147);
/* harmony import */ var _deploy_rollback_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2028);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3758);
/* harmony import */ var _registry_tag_template_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1993);
/* harmony import */ var _verify_compare_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(2327);
/* harmony import */ var _verify_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2317);
/* harmony import */ var _verify_release_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(6005);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3463);









const kinds = {
    'commit-not-on-branch': 'refused',
    'commit-outdated': 'outdated',
    'machines-superseded': 'superseded',
    'machines-leased': 'superseded',
    'fly-unreachable': 'unreachable',
    'fly-unavailable': 'unreachable',
    'fly-rate-limited': 'unreachable',
    'registry-unreachable': 'unreachable',
    'registry-unavailable': 'unreachable',
    'fly-unexpected-answer': 'inconclusive',
    'containers-unverifiable': 'inconclusive',
    'deploy-release-unknown': 'inconclusive',
    'deploy-timed-out': 'inconclusive',
    'health-unreachable': 'inconclusive',
    'machines-count-unknown': 'inconclusive',
    'machines-digest-unknown': 'inconclusive',
    'machines-list-incomplete': 'inconclusive',
    'machines-list-invalid': 'inconclusive',
    'machines-list-paged': 'inconclusive',
    'machines-lost': 'inconclusive',
    'machines-unreachable': 'unreachable',
    'machines-unsettled': 'inconclusive',
    'flyctl-interrupted': 'inconclusive',
    'verify-command-killed': 'inconclusive',
    'verify-command-not-started': 'inconclusive',
    'verify-command-unclear': 'inconclusive',
};
function failureKind(error) {
    if (!(error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo))
        return 'failed';
    const { code } = error;
    return kinds[code] ?? (code.startsWith('event-') && code !== 'event-file-missing' ? 'refused' : 'failed');
}
const exitCodeOf = (outcome) => (errorOf(outcome) === undefined ? 0 : 1);
function errorOf(outcome) {
    switch (outcome.kind) {
        case 'skipped':
        case 'deployed':
            return undefined;
        case 'checked': {
            const bad = badOf(outcome.findings);
            const problems = bad.map((each) => (0,_finding_js__WEBPACK_IMPORTED_MODULE_6__/* .problemOf */ .Zw)(each, bad.length === 1 ? each.at : undefined));
            return problems.length === 0 ? undefined : (0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .allOf */ .bn)(problems);
        }
        case 'compared':
        case 'cancelled':
        case 'failed':
            return outcome.error;
    }
}
const badOf = (findings) => findings.filter(({ mark }) => mark === 'bad');
function errorTextsOf(facts, outcome) {
    const error = errorOf(outcome);
    if (!(error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo))
        return undefined;
    if (outcome.kind === 'checked' && error.each.length > 1)
        return [(0,_finding_js__WEBPACK_IMPORTED_MODULE_6__/* .problemsText */ .u1)(badOf(outcome.findings))];
    const [text, ...more] = error.each;
    if (text === undefined || more.length > 0 || outcome.kind !== 'failed')
        return error.each;
    const { rollback, production, at } = outcome;
    const { expected } = text;
    const words = rollback && (0,_deploy_rollback_js__WEBPACK_IMPORTED_MODULE_2__/* .rollbackWords */ .k)(rollback);
    const mixed = at === 'Deploy' && words === undefined && ['changed', 'unknown'].includes(production?.kind ?? '');
    const found = [
        production && (0,_deploy_production_js__WEBPACK_IMPORTED_MODULE_1__/* .productionWords */ .r_)(production),
        text.found,
        words,
        ...(mixed ? ['The machines may run different images.'] : []),
    ]
        .filter((part) => part !== undefined)
        .join('\n\n');
    const fix = fixOf(error, facts.commit, rollback?.kind === 'rolled-back');
    const offered = words === undefined && rollback?.kind === 'not-asked' && rollback.helps;
    return [{ found, expected, fix: offered ? withRollback(fix) : fix }];
}
function fixOf({ code, fix }, commit, rolledBack) {
    const image = commit === undefined ? _verify_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .correctImage */ .en : `Correct commit ${(0,_registry_tag_template_js__WEBPACK_IMPORTED_MODULE_4__/* .shortSha */ .Fu)(commit)}, then push.`;
    return rolledBack && imageFailures.includes(code) ? image : fix.replace(_verify_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .correctImage */ .en, image);
}
const imageFailures = [
    'checks-failed',
    'health-failed',
    'machines-reverted',
    'machines-unhealthy',
    'smoke-checks-failed',
];
const isImageFailure = (error) => error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo && imageFailures.includes(error.code);
function canTryAgain(outcome) {
    const error = errorOf(outcome);
    if (rolledBackTo(outcome) !== undefined || !(error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo))
        return false;
    return !isImageFailure(error) && error.code !== 'machines-superseded';
}
const withRollback = (fix) => `${fix}${fix.includes('\n') ? '\n\n' : ' '}With \`rollback: true\`, a failed deploy is rolled back automatically.`;
function fleetOf(outcome) {
    switch (outcome.kind) {
        case 'deployed':
            return outcome.fleet;
        case 'checked':
            return undefined;
        default:
            return outcome.fleet;
    }
}
const isVerified = (outcome) => outcome.kind === 'deployed' || (outcome.kind === 'compared' && outcome.error === undefined);
const rolledBackTo = (outcome) => outcome.kind === 'failed' && outcome.rollback?.kind === 'rolled-back' ? outcome.rollback.to : undefined;
const isPlaced = (outcome) => outcome.kind === 'deployed' || rolledBackTo(outcome) !== undefined;
const isRollbackFailed = (outcome) => outcome.kind === 'failed' &&
    outcome.rollback?.kind === 'not-rolled-back' &&
    (outcome.rollback.code === 'rollback-failed' || outcome.rollback.code === 'image-before-gone');
function isUnchanged({ known: { before } }, outcome) {
    if (outcome.kind === 'failed')
        return outcome.production?.kind === 'unchanged';
    if (outcome.kind !== 'cancelled' || before === undefined || outcome.fleet === undefined)
        return false;
    return (0,_deploy_previous_js__WEBPACK_IMPORTED_MODULE_0__/* .isUntouched */ .O2)(outcome.fleet, before, () => true);
}
function isDeployed({ known }, outcome) {
    if (known.release !== undefined || outcome.kind === 'deployed')
        return true;
    if (outcome.kind !== 'failed' || outcome.at !== 'Verify')
        return false;
    const before = new Map(known.before?.map((machine) => [machine.id, machine]));
    return (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_7__/* .managed */ .Yq)(outcome.fleet ?? []).some((machine) => (0,_verify_release_js__WEBPACK_IMPORTED_MODULE_8__/* .isNewVersion */ .B5)(machine, before.get(machine.id)));
}
function releaseOf(facts, outcome) {
    const { pinned } = facts.known;
    const release = pinned === undefined ? facts.known.release : pinned.release;
    const fleet = isDeployed(facts, outcome) ? (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_7__/* .managed */ .Yq)(fleetOf(outcome) ?? []) : [];
    return {
        id: release?.id ?? only(fleet.map(({ releaseId }) => releaseId)),
        version: release?.version ?? only(fleet.map(({ releaseVersion }) => releaseVersion)),
    };
}
function only(values) {
    const [first, ...rest] = values;
    return rest.every((value) => value === first) ? first : undefined;
}


/***/ }),

/***/ 4121:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $p: () => (/* binding */ driftOf),
/* harmony export */   Yz: () => (/* binding */ outputsOf),
/* harmony export */   aL: () => (/* binding */ skippedOf)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(4869);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6247);
/* harmony import */ var _registry_tag_template_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1993);
/* harmony import */ var _machines_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7030);
/* harmony import */ var _missing_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7883);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4247);






function outputsOf(facts, outcome, hide) {
    const { known, commit, previous } = facts;
    const { image, plan, mirror, pinned, inputs } = known;
    const release = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .releaseOf */ .l7)(facts, outcome);
    const machines = (0,_machines_js__WEBPACK_IMPORTED_MODULE_4__/* .machinesOutput */ .s6)([...((0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .fleetOf */ .aP)(outcome) ?? []), ...(0,_missing_js__WEBPACK_IMPORTED_MODULE_2__/* .missingOf */ .o)(facts, outcome)], (0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .rolledBackTo */ .rt)(outcome) !== undefined);
    const values = {
        image: image ? (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatReference */ .FH)((pinned ?? mirror ?? image).reference) : '',
        'source-image': image ? (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatReference */ .FH)(image.reference) : '',
        digest: image?.digest ?? '',
        'platform-digest': image?.platformDigest ?? '',
        tag: image?.tag ?? '',
        commit: commit ?? '',
        'short-sha': commit === undefined ? '' : (0,_registry_tag_template_js__WEBPACK_IMPORTED_MODULE_1__/* .shortSha */ .Fu)(commit),
        source: plan?.source ?? '',
        'promoted-from': plan?.source === 'running' ? plan.app : '',
        mirrored: String(mirror !== undefined),
        deployed: String((0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .isDeployed */ .Nj)(facts, outcome)),
        skipped: skippedOf(outcome, inputs?.mode === 'doctor'),
        'release-id': hide(release.id ?? ''),
        'release-version': release.version ?? '',
        'previous-image': hide(previous?.image ?? ''),
        'previous-digest': previous?.digest ?? '',
        machines: hide(machines.json),
        'machines-omitted': String(machines.omitted),
        verified: String((0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .isVerified */ .p4)(outcome)),
        drift: driftOf(outcome),
        'rolled-back': String((0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .rolledBackTo */ .rt)(outcome) !== undefined),
        placements: known.placements === undefined ? '' : JSON.stringify(known.placements.list),
        url: hide(known.url ?? ''),
    };
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [
        name,
        (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .plainLine */ .h0)(lists.includes(name) ? value : value.slice(0, mostOfOutput)),
    ]));
}
const skippedOf = (outcome, doctor) => doctor ? 'dry-run' : outcome.kind === 'skipped' ? outcome.reason : '';
const driftOf = (outcome) => (outcome.kind === 'compared' ? outcome.drift : '');
const lists = ['machines', 'placements'];
const mostOfOutput = 4096;


/***/ }),

/***/ 5089:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ recordsLine),
/* harmony export */   l: () => (/* binding */ logRecorded)
/* harmony export */ });
/* harmony import */ var _github_links_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9543);
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(177);
/* harmony import */ var _summary_markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5711);



const pageOf = ({ server, repository }) => `${server}/orgs/${encodeURIComponent(repository.split('/')[0] ?? '')}/artifacts`;
function logRecorded({ environment, written, notices }, { log, env }) {
    for (const { id, name, region, image, digest } of written)
        log.line(`Deployment record${id === null ? '' : ` ${id}`}: ${name}${region === '' ? '' : ` in ${region}`} runs ${image}@${digest}`);
    if (written.length > 0)
        log.line(`${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(written.length, 'deployment record')} for ${environment} ${written.length === 1 ? 'is' : 'are'} on ${pageOf((0,_github_links_js__WEBPACK_IMPORTED_MODULE_0__/* .linksOf */ .h)({ env }))}`);
    for (const { code: name, text } of notices) {
        log.debug(`Not recorded: ${name}`);
        log.notice(text);
    }
}
function recordsLine({ environment, written, notices }, links) {
    const count = (0,_lib_format_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(written.length, 'deployment record');
    const stored = written.length === 0 ? [] : [`${(0,_summary_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .link */ .nf)(count, pageOf(links))} for ${(0,_summary_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(environment)}`];
    return [...stored, ...notices.map(({ text }) => (0,_summary_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(text))].join(' · ');
}


/***/ }),

/***/ 5711:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   om: () => (/* binding */ block),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* unused harmony export tableRow */
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4869);

function code(text, most = 500) {
    const plain = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(text, most)).trim();
    if (plain === '')
        return '';
    return /^[\w.:/@+=,-]+$/.test(plain) ? `\`${plain}\`` : `<code>${entities(plain)}</code>`;
}
function text(outside, most = 500) {
    const characters = [...(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(outside.slice(0, 4 * most)).trim()];
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
        .map((line) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .plainLine */ .h0)(line).trimEnd())).flatMap((line) => wrap(line, width));
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


/***/ }),

/***/ 2952:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ cautionsOf)
/* harmony export */ });
/* harmony import */ var _compare_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2327);

const idsOf = (machines) => `${machines
    .slice(0, 10)
    .map(({ id }) => id)
    .join(', ')}${machines.length > 10 ? ` and ${machines.length - 10} more` : ''}`;
function cautionsOf(machines, uncounted = false) {
    const meant = (0,_compare_js__WEBPACK_IMPORTED_MODULE_0__/* .managed */ .Yq)(machines);
    const kept = meant.filter(({ keepsRootfs }) => keepsRootfs);
    const several = meant.filter(({ containers }) => containers.length > 1);
    const others = new Set(several.flatMap(({ containers, verifiedContainers }) => containers
        .filter(({ name }) => !verifiedContainers.includes(name))
        .map(({ name, image }) => `${name} (${image})`)));
    const cordoned = meant.filter((machine) => machine.cordoned);
    const [first] = cordoned;
    return [
        ...(uncounted
            ? [
                'Fly.io does not report the app’s number of machines (`machine_count`), so a new machine that is missing in its list was not noticed. Compare with `fly machine list`.',
            ]
            : []),
        ...(first === undefined
            ? []
            : [
                `Fly.io’s proxy sends no requests to ${idsOf(cordoned)}, because \`fly machine cordon\` or an unfinished bluegreen deploy cordoned ${cordoned.length === 1 ? 'it' : 'them'}. To send requests again: \`fly machine uncordon ${first.id}\`.`,
            ]),
        ...(kept.length === 0
            ? []
            : [
                `The root file system of ${idsOf(kept)} outlives updates (\`persist_rootfs = "always"\`). Older files can hide those of the image, so the digest does not show which files are served.`,
            ]),
        ...(others.size === 0
            ? []
            : [
                `${idsOf(several)} ${several.length === 1 ? 'runs' : 'run'} several containers. These are not verified: ${[...others].slice(0, 10).join(', ')}${others.size > 10 ? ', …' : ''}.`,
            ]),
    ];
}


/***/ }),

/***/ 2327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   UD: () => (/* binding */ compare),
/* harmony export */   W_: () => (/* binding */ isRunning),
/* harmony export */   Wr: () => (/* binding */ isHealthy),
/* harmony export */   YP: () => (/* binding */ standingOf),
/* harmony export */   Yq: () => (/* binding */ managed),
/* harmony export */   cs: () => (/* binding */ isHopeless),
/* harmony export */   m3: () => (/* binding */ comparer),
/* harmony export */   zn: () => (/* binding */ isFine)
/* harmony export */ });
/* harmony import */ var _fly_trouble_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9869);
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(177);
/* harmony import */ var _release_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6005);



const compare = (machines, expected) => comparer(expected)(machines);
function comparer(expected) {
    const before = expected.before && new Map(expected.before.map((machine) => [machine.id, machine]));
    let last = [];
    return (machines) => {
        const inferred = new Map();
        const inferredOf = (group) => {
            if (!inferred.has(group))
                inferred.set(group, (0,_release_js__WEBPACK_IMPORTED_MODULE_0__/* .inferRelease */ .eC)(group, machines, expected.before ?? machines, expected.newestBefore));
            return inferred.get(group);
        };
        last = machines.map((machine, n) => {
            const made = expected.release(machine) ?? inferredOf(machine.group);
            const old = last[n];
            if (old?.machine === machine && old.made?.id === made?.id && old.made?.version === made?.version)
                return old;
            const was = before === undefined ? machine : before.get(machine.id);
            return { machine, made, checked: checkedOf(machine, was, made, expected) };
        });
        return last.map(({ checked }) => checked);
    };
}
function checkedOf(machine, old, made, expected) {
    const { digests } = expected.of(machine);
    const release = expected.before === undefined ? 'this' : (0,_release_js__WEBPACK_IMPORTED_MODULE_0__/* .releaseStateOf */ .Qe)(machine, old, made);
    const late = release === 'earlier' ? { kind: 'release', version: machine.releaseVersion } : undefined;
    const verifiedContainers = machine.containers
        .filter(({ image }) => digests.some((digest) => image.endsWith(`@${digest}`)))
        .map(({ name }) => name);
    const runsImage = machine.containers.length > 0
        ? verifiedContainers.length > 0
        : machine.digest !== undefined && digests.includes(machine.digest);
    const isMade = old === undefined && release === 'this';
    return {
        ...machine,
        runsImage,
        verifiedContainers,
        excluded: !expected.scope(machine, isMade),
        failure: (0,_fly_trouble_js__WEBPACK_IMPORTED_MODULE_1__/* .failureOf */ .g5)(machine, old),
        waitingFor: (0,_fly_trouble_js__WEBPACK_IMPORTED_MODULE_1__/* .waitOf */ .pE)(machine, old) ?? late,
        supersededBy: release === 'later' ? machine.releaseVersion : undefined,
        unknown: runsImage ? undefined : unknownOf(machine),
    };
}
function unknownOf({ digest, containers, host }) {
    if (containers.length > 0)
        return 'containers';
    if (digest !== undefined)
        return undefined;
    return host === 'ok' ? 'no-digest' : 'unreachable-host';
}
const managed = (machines) => machines.filter(({ excluded }) => !excluded);
const isHealthy = ({ runsImage, failure, waitingFor, supersededBy }) => runsImage && failure === undefined && waitingFor === undefined && supersededBy === undefined;
const isRunning = ({ runsImage, waitingFor }) => runsImage && waitingFor?.kind !== 'release';
const isFine = (machine) => machine.excluded || isHealthy(machine);
const isHopeless = ({ failure, supersededBy, unknown }) => failure !== undefined || supersededBy !== undefined || unknown !== undefined;
function standingOf(machines) {
    const ours = managed(machines);
    const healthy = ours.filter(isHealthy).length;
    const excluded = machines.length - ours.length;
    const late = ours.find(({ runsImage, waitingFor }) => runsImage && waitingFor !== undefined);
    const isOne = healthy === 1 || ours.length === 1;
    const parts = [
        `${healthy} of ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(ours.length, 'machine')} ${isOne ? 'runs' : 'run'} the image and ${isOne ? 'is' : 'are'} healthy`,
        ...(excluded === 0 ? [] : [`${excluded} excluded by \`flags\``]),
        ...(late?.waitingFor === undefined
            ? []
            : [`${late.id} in ${late.region}: ${(0,_fly_trouble_js__WEBPACK_IMPORTED_MODULE_1__/* .waitWords */ .jJ)(late.waitingFor)}`]),
    ];
    return { healthy, words: parts.join(', ') };
}


/***/ }),

/***/ 2317:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CG: () => (/* binding */ releaseUnknown),
/* harmony export */   N6: () => (/* binding */ incompleteList),
/* harmony export */   NZ: () => (/* binding */ unsettled),
/* harmony export */   P3: () => (/* binding */ unknownRemedy),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   cG: () => (/* binding */ unhealthyFix),
/* harmony export */   en: () => (/* binding */ correctImage),
/* harmony export */   et: () => (/* binding */ notVerified),
/* harmony export */   qj: () => (/* binding */ digestWords)
/* harmony export */ });
/* harmony import */ var _fly_flyctl_release_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3183);
/* harmony import */ var _fly_trouble_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9869);
/* harmony import */ var _lib_advice_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(2774);
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(177);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3758);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6247);
/* harmony import */ var _compare_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2327);
/* harmony import */ var _leftover_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(2953);
/* harmony import */ var _no_machine_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7717);
/* harmony import */ var _release_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(6005);










function notVerified(machines, expected, when, listed = 0) {
    const wrong = machines.filter((machine) => !(0,_compare_js__WEBPACK_IMPORTED_MODULE_4__/* .isHealthy */ .Wr)(machine));
    const [first] = wrong;
    if (first === undefined) {
        return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
            code: 'machines-none',
            ...(0,_no_machine_js__WEBPACK_IMPORTED_MODULE_3__/* .noneManaged */ .M)(expected.app, listed, `, ${when}`),
        });
    }
    const digests = digestWords(expected.of(first));
    const release = expected.release(first)?.version;
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
        ...remedy(first, wrong, machines, expected),
        found: `${headOf(wrong, machines)}, ${when}:${listOf(wrong)}`,
        expected: `Every machine healthy, on ${digests}, in ${release ? `release v${release}` : 'the release of this deploy'}.`,
    });
}
function digestWords({ digest, digests }) {
    const platformDigest = digests.at(-1) ?? digest;
    return digest === platformDigest
        ? (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .shortDigest */ .VK)(digest)
        : `${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .shortDigest */ .VK)(digest)} (index) or ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .shortDigest */ .VK)(platformDigest)} (its linux/amd64 image)`;
}
function incompleteList(incomplete, machines, when) {
    const listed = `Fly.io lists ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .counted */ .hS)(machines.length, 'machine')}, ${when}`;
    if (incomplete.kind === 'fewer') {
        return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
            code: 'machines-list-incomplete',
            found: `${listed}, but counts ${incomplete.missing} more for the app. Before the deploy, both numbers matched.`,
            expected: 'A list of all machines. A machine that is not listed cannot be verified.',
            fix: _lib_advice_js__WEBPACK_IMPORTED_MODULE_6__/* .retryFly */ .eP,
        });
    }
    if (incomplete.kind === 'uncounted') {
        return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
            code: 'machines-count-unknown',
            found: `${listed}. It reported the app’s number of machines before the deploy, and does not report it now.`,
            expected: 'The app’s number of machines (`machine_count`). Without it, a new machine that is missing in the list would not be noticed.',
            fix: _lib_advice_js__WEBPACK_IMPORTED_MODULE_6__/* .retryFly */ .eP,
        });
    }
    const { ids } = incomplete;
    const names = `${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ` and ${ids.length - 20} more` : ''}`;
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
        code: 'machines-lost',
        found: `${listed}. ${names} ${ids.length === 1 ? 'is' : 'are'} missing, but listed before the deploy and never destroyed.`,
        expected: 'Every machine from before the deploy, either listed or destroyed.',
        fix: `Check \`fly machine status ${ids[0]}\`. ${_lib_advice_js__WEBPACK_IMPORTED_MODULE_6__/* .retryFly */ .eP}`,
    });
}
const unsettled = (settling, when) => new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
    code: 'machines-unsettled',
    found: `The machines do not settle: machines are added repeatedly. ${when.charAt(0).toUpperCase()}${when.slice(1)}, ${settling === undefined ? 'no machine has settled' : `machine ${settling.machine.id} in ${settling.machine.region} has run for ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatDuration */ .a3)(settling.age)}`}.`,
    expected: 'Machines that all run their version for `settle-time`.',
    fix: 'Pause what adds machines during the deploy, such as an autoscaler, or set a shorter time: `with: settle-time: 10s`.',
    input: 'settle-time',
});
const releaseUnknown = (app) => new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
    code: 'deploy-release-unknown',
    found: `Every listed machine runs the image, but whether this deploy updated them is unknown: flyctl did not print its release, the list of machines was incomplete before the deploy, and Fly.io did not return the releases of app "${app}".`,
    expected: 'A release to compare each machine with.',
    fix: `Use a flyctl that prints it: \`with: flyctl-version: "${_fly_flyctl_release_js__WEBPACK_IMPORTED_MODULE_0__/* .pinnedVersion */ .V2}"\`. Or run the job again.`,
    input: 'flyctl-version',
});
function headOf(wrong, machines) {
    if (wrong.every(({ unknown }) => unknown === 'unreachable-host'))
        return `Could not verify ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .counted */ .hS)(wrong.length, 'machine')} on unreachable hosts`;
    const unknown = wrong.filter((machine) => machine.unknown !== undefined);
    const all = (0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .counted */ .hS)(machines.length, 'machine');
    if (wrong.every(({ supersededBy }) => supersededBy !== undefined))
        return `Another deploy changed ${wrong.length} of ${all}`;
    if (wrong.every(({ runsImage, waitingFor }) => runsImage && waitingFor?.kind === 'release'))
        return `This deploy did not update ${wrong.length} of ${all}`;
    const others = wrong.filter((machine) => !machine.runsImage && machine.unknown === undefined).length;
    const failed = wrong.some(({ failure, supersededBy }) => failure !== undefined || supersededBy !== undefined);
    if (unknown.length > 0 && others === 0 && !failed)
        return `Could not verify ${unknown.length} of ${all}`;
    const count = others > 0 ? others : wrong.length;
    const verb = others > 0 ? (count === 1 ? 'does' : 'do') : count === 1 ? 'is' : 'are';
    return `${count} of ${all} ${verb} ${others > 0 ? 'not run the image' : 'unhealthy'}`;
}
const unknownWords = {
    'unreachable-host': 'Fly.io does not report its image',
    'no-digest': 'Fly.io does not report the digest of its image',
    containers: 'none of its containers is configured with the digest of the image',
};
const listOf = (machines) => `${machines.slice(0, 20).map(lineOf).join('')}${machines.length > 20 ? `\n  and ${machines.length - 20} more` : ''}`;
function lineOf(machine) {
    const { id, region, state, digest, image, host, containers, failure, waitingFor, supersededBy, unknown } = machine;
    const why = [
        failure && (0,_fly_trouble_js__WEBPACK_IMPORTED_MODULE_7__/* .failureWords */ .AC)(failure),
        supersededBy && `it is in release v${supersededBy} of another deploy`,
        waitingFor && (0,_fly_trouble_js__WEBPACK_IMPORTED_MODULE_7__/* .waitWords */ .jJ)(waitingFor),
        unknown && unknownWords[unknown],
        host !== 'ok' && `its host is ${host}`,
    ].filter((each) => typeof each === 'string');
    const runs = containers.length > 0
        ? containers.map((each) => `${each.image} (container ${each.name})`).join(', ')
        : `${digest === undefined ? 'an image whose digest is not reported' : (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .shortDigest */ .VK)(digest)}${image === '' ? '' : ` (${image})`}`;
    return `\n  machine ${id} in ${region} (${state}) runs ${runs}${why.length > 0 ? `: ${why.join(', ')}` : ''}`;
}
const correctImage = 'Correct the image, then push.';
const seeMachine = (app, id) => `\`fly logs -a ${app} -i ${id}\` and \`fly machine status ${id} -a ${app}\` show why.`;
const unhealthyFix = (app, id) => `Correct the app: the machine runs the image, but its process exits or does not pass its checks. ${seeMachine(app, id)}`;
function remedy(first, wrong, machines, expected) {
    const { app } = expected;
    if (wrong.some(({ supersededBy }) => supersededBy !== undefined)) {
        const fix = `Keep deploys of this app from overlapping:\n${(0,_lib_advice_js__WEBPACK_IMPORTED_MODULE_6__/* .concurrencyLines */ .XK)(app)}`;
        return { code: 'machines-superseded', fix };
    }
    const reverted = wrong.find(({ failure }) => failure?.kind === 'reverted');
    if (reverted !== undefined) {
        return {
            code: 'machines-reverted',
            fix: `${correctImage} Fly.io reverted the machine because its new version failed. ${seeMachine(app, reverted.id)}`,
        };
    }
    const changed = wrong.find(({ failure }) => failure?.kind === 'changed');
    if (changed !== undefined) {
        return {
            code: 'machines-changed',
            fix: `Find out what updated the machine meanwhile, then deploy again: \`fly machine update\`, \`fly secrets set\`, another deploy, or Fly.io. \`fly machine status ${changed.id} -a ${app}\` lists its events.`,
        };
    }
    const left = (0,_leftover_js__WEBPACK_IMPORTED_MODULE_8__/* .leftoverOf */ .nE)(machines, (0,_leftover_js__WEBPACK_IMPORTED_MODULE_8__/* .notIn */ .zz)(expected.before));
    const leftIds = new Set(left?.ids);
    if (left !== undefined && wrong.every(({ id }) => leftIds.has(id)))
        return { code: 'bluegreen-unfinished', fix: (0,_leftover_js__WEBPACK_IMPORTED_MODULE_8__/* .leftoverFix */ .ZU)(app, left, machines) };
    const before = new Map(expected.before?.map((machine) => [machine.id, machine]));
    if (!machines.some((machine) => (0,_release_js__WEBPACK_IMPORTED_MODULE_9__/* .isNewVersion */ .B5)(machine, before.get(machine.id)))) {
        return {
            code: 'deploy-changed-nothing',
            fix: 'Remove flags that only build, plan or export from `flags`, and check the output of flyctl.',
        };
    }
    const failed = wrong.find(({ runsImage, failure }) => runsImage && failure !== undefined);
    if (failed !== undefined)
        return { code: 'machines-unhealthy', fix: unhealthyFix(app, failed.id) };
    const other = wrong.find(({ runsImage, unknown }) => !runsImage && unknown === undefined);
    const unknown = wrong.filter((machine) => machine.unknown !== undefined);
    if (other === undefined && unknown.length > 0)
        return unknownRemedy(app, unknown);
    const waits = wrong.find(_compare_js__WEBPACK_IMPORTED_MODULE_4__/* .isRunning */ .W_);
    if (waits !== undefined)
        return { code: 'machines-unhealthy', fix: unhealthyFix(app, waits.id) };
    if (other === undefined) {
        return {
            code: 'machines-not-updated',
            fix: `Deploy again. The machine had this image before, and this deploy did not update it. ${seeMachine(app, first.id)}`,
        };
    }
    return {
        code: 'machines-other-image',
        fix: `Deploy again. ${seeMachine(app, other.id)} If another deploy ran at the same time, keep deploys from overlapping:\n${(0,_lib_advice_js__WEBPACK_IMPORTED_MODULE_6__/* .concurrencyLines */ .XK)(app)}`,
    };
}
function unknownRemedy(app, wrong) {
    const of = (kind) => wrong.find(({ unknown }) => unknown === kind);
    if (of('containers') !== undefined) {
        return {
            code: 'containers-unverifiable',
            fix: 'Deploy by digest (`with: deploy-by: digest`), and give one container of each machine the deployed image: `"image": "."` in the machine’s config.',
        };
    }
    const unreachable = of('unreachable-host');
    if (unreachable !== undefined) {
        const { id } = unreachable;
        return {
            code: 'machines-unreachable',
            fix: `Run the job again when \`fly machine status ${id} -a ${app}\` shows that the host is back (https://status.flyio.net). If it stays unreachable, destroy the machine and deploy again: \`fly machine destroy --force ${id} -a ${app}\`.`,
        };
    }
    return { code: 'machines-digest-unknown', fix: _lib_advice_js__WEBPACK_IMPORTED_MODULE_6__/* .retryFly */ .eP };
}


/***/ }),

/***/ 2953:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ZU: () => (/* binding */ leftoverFix),
/* harmony export */   bE: () => (/* binding */ destroyLine),
/* harmony export */   nE: () => (/* binding */ leftoverOf),
/* harmony export */   tc: () => (/* binding */ isReplaced),
/* harmony export */   zz: () => (/* binding */ notIn)
/* harmony export */ });
const replaced = 'safe_to_destroy';
const isReplaced = ({ bluegreenTag }) => bluegreenTag === replaced;
function leftoverOf(machines, isNew) {
    const groups = [...Map.groupBy(machines, ({ group }) => group).values()].map((those) => split(those, isNew));
    const [old, green] = [groups.flatMap((each) => each.old), groups.flatMap((each) => each.green)];
    if (old.length === 0)
        return undefined;
    const idsOf = (those) => those.map(({ id }) => id);
    return !old.some(isReplaced) && green.some(({ cordoned }) => cordoned)
        ? { color: 'new', ids: idsOf(green) }
        : { color: 'old', ids: idsOf(old) };
}
function split(machines, isNew) {
    const [marked, rest] = [machines.filter(isReplaced), machines.filter((each) => !isReplaced(each))];
    if (rest.length === 0)
        return { old: [], green: [] };
    const newest = Math.max(...rest.filter(isNew).map(timeOf));
    const green = rest.filter((each) => isNew(each) && timeOf(each) === newest);
    const [digest, ...others] = new Set(green.map((each) => each.digest));
    if (newest <= 0 || digest === undefined || others.length > 0)
        return { old: marked, green: [] };
    const unmarked = rest.filter((each) => timeOf(each) !== newest && each.digest !== digest);
    return { old: [...marked, ...unmarked], green };
}
const timeOf = ({ bluegreenTag = '' }) => /^\d{1,15}$/.test(bluegreenTag) ? Number(bluegreenTag) : 0;
const notIn = (before) => {
    const known = before && new Set(before.map(({ id }) => id));
    return ({ id }) => known !== undefined && !known.has(id);
};
function leftoverFix(app, { color, ids }, machines) {
    const left = new Set(ids);
    const others = machines.filter(({ id }) => !left.has(id));
    const line = destroyLine(app, ids);
    if (color === 'new')
        return `Destroy the new machines that the bluegreen deploy left behind, fix why they failed, then deploy again:\n${line}`;
    return others.every(({ runsImage }) => runsImage)
        ? `Before any other deploy, destroy the old machines that the bluegreen deploy left behind. The other machines run the image:\n${line}`
        : `Destroy the old machines that an earlier bluegreen deploy left behind, then deploy again:\n${line}`;
}
const destroyLine = (app, ids) => `fly machine destroy --force -a ${app} ${ids.filter((id) => /^[a-z0-9]+$/i.test(id)).join(' ')}`;


/***/ }),

/***/ 9559:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ MachinesLost)
/* harmony export */ });
class MachinesLost extends Error {
    ids;
    constructor(ids) {
        super('Fly.io does not list machines that it listed before');
        this.name = 'MachinesLost';
        this.ids = ids;
    }
}


/***/ }),

/***/ 7717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ noneManaged)
/* harmony export */ });
/* harmony import */ var _inputs_flags_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6203);
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(177);


const either = new Intl.ListFormat('en', { type: 'disjunction' });
function noneManaged(app, excluded, when = '') {
    const expected = 'At least one machine that runs the image.';
    const list = `\`fly machine list -a ${app}\``;
    if (excluded === 0)
        return {
            found: `App "${app}" has no machine that deploys manage${when}.`,
            expected,
            fix: `Check ${list}. Deploys do not touch machines that \`fly machine run\` created.`,
        };
    const all = excluded === 1 ? 'the only machine' : `all ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(excluded, 'machine')}`;
    const flags = either.format(_inputs_flags_js__WEBPACK_IMPORTED_MODULE_0__/* .narrowingFlags */ .B.map((name) => `\`${name}\``));
    return {
        found: `\`flags\` excludes ${all} of app "${app}"${when}.`,
        expected,
        fix: `Correct ${flags} in \`with: flags:\`, so that at least one machine of ${list} is left.`,
    };
}


/***/ }),

/***/ 6005:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B5: () => (/* binding */ isNewVersion),
/* harmony export */   Qe: () => (/* binding */ releaseStateOf),
/* harmony export */   eC: () => (/* binding */ inferRelease)
/* harmony export */ });
/* harmony import */ var _fly_trouble_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9869);

function releaseStateOf(machine, before, made) {
    const ids = made?.id === undefined || machine.releaseId === undefined ? undefined : machine.releaseId === made.id;
    const shown = versionOf(machine);
    if (shown !== undefined && made?.version !== undefined) {
        const own = Number(made.version);
        if (shown > own)
            return 'later';
        return shown < own || ids === false ? 'earlier' : 'this';
    }
    if (ids !== undefined)
        return ids ? 'this' : 'earlier';
    const another = shown === undefined && machine.releaseId !== undefined;
    return another && machine.releaseId !== before?.releaseId && made === undefined ? 'this' : 'earlier';
}
function inferRelease(group, machines, before, newestBefore = 0) {
    const versionsOf = (some) => some.flatMap((machine) => versionOf(machine) ?? []);
    const newest = newestBefore === 'unknown'
        ? Math.max(0, ...versionsOf(machines)) - 1
        : Math.max(newestBefore, ...versionsOf(before));
    const newer = versionsOf(machines.filter((machine) => machine.group === group)).filter((version) => version > newest);
    return newer.length === 0 ? undefined : { id: undefined, version: String(Math.min(...newer)) };
}
function isNewVersion(machine, before) {
    if (before === undefined)
        return true;
    if (machine.instanceId !== undefined && before.instanceId !== undefined)
        return machine.instanceId !== before.instanceId;
    const updated = (0,_fly_trouble_js__WEBPACK_IMPORTED_MODULE_0__/* .newEvents */ .S6)(machine, before).some(({ type }) => type === 'update' || type === 'launch');
    return updated || machine.digest !== before.digest;
}
const versionOf = ({ releaseVersion }) => releaseVersion !== undefined && /^\d{1,15}$/.test(releaseVersion) ? Number(releaseVersion) : undefined;


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
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
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
/******/ 		return {"50":"shared","53":"actions-exec","68":"actions-github","88":"semver","89":"sigstore-bundle","162":"report-file","179":"shared-2","187":"sigstore-core","236":"doctor","239":"step-deploy","278":"lib-network","292":"smol-toml","308":"shared-3","362":"fly-flyctl-find","435":"msgpack-msgpack","579":"newest-tag","606":"p-map","654":"sigstore-protobuf-specs","663":"verify-command","700":"record-write","803":"actions-tool-cache","815":"yaml","820":"step-record","868":"shared-4","874":"step-verify"}[chunkId] + ".js";
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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./build/node_modules/@actions/core/lib/core.js + 3 modules
var core = __nccwpck_require__(6805);
;// CONCATENATED MODULE: ./build/lib/child.js
const [tailLines, keptOutput] = [12, 64 * 1024];
function makeRun(write, cancelled, trees) {
    return (file, argv, env, timeout, stop) => new Promise((resolve, reject) => {
        const child = process.getBuiltinModule('node:child_process').spawn(file, argv, {
            env,
            stdio: ['ignore', 'pipe', 'pipe'],
            ...trees.options,
        });
        const kept = { stdout: lastOf(keptOutput), stderr: lastOf(keptOutput) };
        for (const name of ['stdout', 'stderr']) {
            const decoder = new TextDecoder();
            child[name]?.on('data', (chunk) => {
                write(chunk);
                kept[name].add(decoder.decode(chunk, { stream: true }));
            });
        }
        const timers = [];
        const endings = [];
        const end = (reason) => void endings.push(trees.end(child, reason));
        let timedOut = false;
        timers.push(setTimeout(() => {
            timedOut = true;
            end({ kind: 'timeout' });
        }, timeout));
        let stopped = false;
        const cancel = () => {
            stopped = true;
            end(cancelled.aborted
                ? { kind: 'cancel', signal: cancelled.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT' }
                : { kind: 'stop' });
        };
        const signals = stop === undefined ? [cancelled] : [cancelled, stop];
        if (signals.some(({ aborted }) => aborted))
            cancel();
        for (const signal of signals)
            signal.addEventListener('abort', cancel);
        const done = () => {
            for (const timer of timers)
                clearTimeout(timer);
            for (const stopEnding of endings)
                stopEnding();
            for (const signal of signals)
                signal.removeEventListener('abort', cancel);
        };
        child.on('error', (error) => {
            done();
            reject(error);
        });
        child.on('exit', () => {
            timers.push(setTimeout(() => {
                trees.sweep(child);
                child.stdout?.destroy();
                child.stderr?.destroy();
            }, 500));
        });
        child.on('close', (status, signal) => {
            done();
            trees.sweep(child);
            const lines = kept.stderr
                .text()
                .split(/\r?\n/)
                .filter((line) => line.trim() !== '');
            resolve({
                ...endOf(status, signal),
                stdout: kept.stdout.text(),
                errorTail: lines.slice(-tailLines).join('\n'),
                timedOut,
                stopped,
            });
        });
    });
}
const leastSystemError = 0xc000_0000;
const endOf = (status, signal) => status !== null && status >= leastSystemError
    ? { status: undefined, signal: `0x${status.toString(16).toUpperCase()}` }
    : { status: status ?? undefined, signal: signal ?? undefined };
function lastOf(most) {
    let text = '';
    return {
        add: (piece) => {
            text += piece;
            if (text.length > 16 * most)
                text = text.slice(-most);
        },
        text: () => text.slice(-most),
    };
}

// EXTERNAL MODULE: ./build/lib/progress.js
var progress = __nccwpck_require__(8285);
;// CONCATENATED MODULE: ./build/lib/fenced-run.js


const fencedRun = (what, { clock, cancelled, trees, fenced }) => (file, argv, env, timeout, stop) => fenced((write, line) => {
    const silence = (0,progress/* silenceOf */.D)(clock, write);
    const wait = { what, limit: () => timeout, how: silence.how };
    return (0,progress/* waiting */.e)(wait, { clock, log: { line } }, () => makeRun(silence.write, cancelled, trees)(file, argv, env, timeout, stop));
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./build/fly/flyctl/agent.js



const withoutAgent = (run, ask, cancelled) => async (file, argv, env, timeout) => {
    if (env['FLY_CONFIG_DIR'])
        return run(file, argv, env, timeout);
    const folder = newFolder([env['RUNNER_TEMP'] || (0,external_node_os_.tmpdir)(), (0,external_node_os_.tmpdir)()]);
    const own = { ...env, FLY_CONFIG_DIR: folder };
    try {
        return await run(file, argv, own, timeout);
    }
    finally {
        try {
            if ((0,external_node_fs_.readdirSync)(folder).includes('fly-agent.sock'))
                await Promise.race([ask(file, ['agent', 'stop'], '', own), sinceCancel(cancelled, 1000)]);
            (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true, maxRetries: 3 });
        }
        catch {
        }
    }
};
function newFolder([first = (0,external_node_os_.tmpdir)(), ...others]) {
    try {
        return (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(first, 'fly-'));
    }
    catch (error) {
        if (others.length === 0)
            throw error;
        return newFolder(others);
    }
}
const sinceCancel = (cancelled, time) => new Promise((resolve) => {
    const wait = () => void setTimeout(resolve, time);
    if (cancelled.aborted)
        wait();
    else
        cancelled.addEventListener('abort', wait, { once: true });
});

;// CONCATENATED MODULE: ./build/fly/flyctl/run.js


const flyctlRunner = (deps) => withoutAgent(fencedRun('flyctl', deps), deps.ask, deps.cancelled);

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./build/lib/secret.js
var lib_secret = __nccwpck_require__(1622);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
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
    const hide = (text) => (0,lib_secret/* withoutSecrets */.cT)(text, secrets);
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
        group: (title, work) => core/* group */.Os(printable(title), work),
        about: (app) => {
            about = `${app}: `;
        },
        notice: (text) => show('Notice', text, core/* notice */.lm),
        warning: (text, location) => show('Warning', text, (short) => core/* warning */.$e(short, at(location))),
        error: (text, location) => command(() => core/* error */.z3(annotation(text), at(location))),
        debug: (text) => command(() => core/* debug */.Yz(printable(text))),
        mask: (secret) => {
            for (const part of secret.split(/\r?\n/).filter((line) => line.trim() !== '')) {
                for (const form of (0,lib_secret/* formsOf */.XP)(part)) {
                    if (secrets.has(form))
                        continue;
                    secrets.add(form);
                    command(() => core/* setSecret */.Pq(form));
                }
            }
        },
        hide,
        fenced: async (work) => {
            const token = (0,external_node_crypto_.randomUUID)();
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

// EXTERNAL MODULE: ./build/github/octokit.js
var octokit = __nccwpck_require__(987);
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(9896);
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/summary.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
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
        return __awaiter(this, void 0, void 0, function* () {
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
        return __awaiter(this, void 0, void 0, function* () {
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
        return __awaiter(this, void 0, void 0, function* () {
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
        core/* setOutput */.uH(name, value);
}
async function writeSummary(markdown) {
    if (process.env['GITHUB_STEP_SUMMARY'])
        await summary.addRaw(markdown).write();
}

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
            const part = (0,external_node_path_.join)(folder(), `.${(0,external_node_crypto_.randomUUID)()}`);
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

// EXTERNAL MODULE: ./build/lib/environment.js
var environment = __nccwpck_require__(8377);
;// CONCATENATED MODULE: ./build/lib/windows.js


const startableExtensions = ['.com', '.exe'];
const batchExtensions = ['.bat', '.cmd'];
function extensionsOf(env) {
    const listed = ((0,environment/* variable */.bv)(env, 'PATHEXT', 'win32') ?? '').toLowerCase().split(';');
    return [
        ...new Set([
            ...startableExtensions,
            ...batchExtensions,
            ...listed.filter((each) => /^\.\w+$/.test(each)),
        ]),
    ];
}
const withExtensions = (name, extensions) => [
    ...(extensions.includes(external_node_path_.win32.extname(name).toLowerCase()) ? [name] : []),
    ...extensions.map((extension) => `${name}${extension}`),
];
const systemProgram = (name, env) => external_node_path_.win32.join((0,environment/* variable */.bv)(env, 'SystemRoot', 'win32') || 'C:\\Windows', 'System32', name);
function batchCommand(path, argv, env) {
    if (/[%"\p{Cc}]/u.test(path) || !argv.every((each) => /^[a-z]+$/.test(each)))
        return undefined;
    const shell = (0,environment/* variable */.bv)(env, 'ComSpec', 'win32');
    const file = shell !== undefined && external_node_path_.win32.isAbsolute(shell) ? shell : systemProgram('cmd.exe', env);
    return { file, argv: ['/d', '/v:off', '/s', '/c', `"${[`"${path}"`, ...argv].join(' ')}"`] };
}
const isBatch = (path) => batchExtensions.includes(external_node_path_.win32.extname(path).toLowerCase());

;// CONCATENATED MODULE: ./build/lib/process-tree.js

const processTrees = (platform, env) => (platform === 'win32' ? windowsTrees(systemProgram('taskkill.exe', env)) : posixTrees);
const graceOfCancel = [2000, 500];
const graceOfTimeout = [20_000, 1000];
const posixTrees = {
    options: { detached: true },
    end: (child, reason) => {
        const [first, second] = reason.kind === 'timeout' ? graceOfTimeout : graceOfCancel;
        signalGroup(child, reason.kind === 'cancel' && reason.signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
        const timers = [
            setTimeout(() => signalGroup(child, 'SIGTERM'), first),
            setTimeout(() => signalGroup(child, 'SIGKILL'), first + second),
        ];
        return () => timers.forEach(clearTimeout);
    },
    sweep: (child) => signalGroup(child, 'SIGKILL'),
};
function signalGroup({ pid }, signal) {
    try {
        if (pid !== undefined)
            process.kill(-pid, signal);
    }
    catch {
    }
}
const windowsTrees = (taskkill) => ({
    options: { detached: false, windowsHide: false },
    end: (child, { kind }) => {
        const timer = setTimeout(() => killTree(taskkill, child), kind === 'cancel' ? graceOfCancel[0] : 0);
        return () => clearTimeout(timer);
    },
    sweep: () => undefined,
});
const patience = 1500;
function killTree(taskkill, child) {
    const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
    if (child.pid === undefined || hasEnded())
        return;
    const killOne = () => void (hasEnded() || child.kill('SIGKILL'));
    setTimeout(killOne, patience).unref();
    const argv = ['/PID', String(child.pid), '/T', '/F'];
    process
        .getBuiltinModule('node:child_process')
        .spawn(taskkill, argv, { stdio: 'ignore', windowsHide: true, env: {} })
        .on('error', killOne)
        .on('exit', (status) => void (status === 0 || killOne()))
        .unref();
}

;// CONCATENATED MODULE: ./build/lib/program.js




function lookUpProgram(name, env, platform, files = ownFiles) {
    if (platform === 'win32')
        return lookUpOnWindows(name, env, files);
    if (name.includes('/'))
        return programAt(external_node_path_.posix.resolve(name), files);
    const path = findProgram(name, env, platform, {}, files);
    return path === undefined ? { kind: 'missing' } : programAt(path, files);
}
function findProgram(name, env, platform, { batch = false } = {}, files = ownFiles) {
    if (platform !== 'win32')
        return onPath([name], env, platform, files);
    const extensions = batch ? [...startableExtensions, ...batchExtensions] : startableExtensions;
    return onPath(withExtensions(name, extensions), env, platform, files);
}
function onPath(names, env, platform, files) {
    const { delimiter, isAbsolute, join } = platform === 'win32' ? external_node_path_.win32 : external_node_path_.posix;
    return (((0,environment/* variable */.bv)(env, 'PATH', platform) ?? '')
        .split(delimiter)
        .map((folder) => (platform === 'win32' ? folder.replace(/^"([^"]*)"$/, '$1') : folder))
        .filter((folder) => isAbsolute(folder))
        .flatMap((folder) => names.map((name) => join(folder, name)))
        .find((path) => files.kindOf(path) === 'file' && files.isExecutable(path)));
}
function lookUpOnWindows(name, env, files) {
    if (name === '')
        return { kind: 'missing' };
    const isPath = /[/\\]|^[A-Za-z]:/.test(name);
    const first = (names) => isPath
        ? names.map((each) => external_node_path_.win32.resolve(each)).find((path) => files.kindOf(path) === 'file')
        : onPath(names, env, 'win32', files);
    const program = first(withExtensions(name, startableExtensions));
    if (program !== undefined)
        return { kind: 'found', path: program };
    const other = first([...withExtensions(name, extensionsOf(env)), ...(isPath ? [name] : [])]);
    if (other !== undefined) {
        const extension = external_node_path_.win32.extname(other).toLowerCase();
        const why = batchExtensions.includes(extension)
            ? { kind: 'batch' }
            : { kind: 'no-program', extension };
        return { kind: 'not-executable', path: other, why };
    }
    const path = external_node_path_.win32.resolve(name);
    return isPath && files.kindOf(path) === 'folder'
        ? { kind: 'not-executable', path, why: { kind: 'folder' } }
        : { kind: 'missing' };
}
function programAt(path, files) {
    const kind = files.kindOf(path);
    if (kind === undefined)
        return { kind: 'missing' };
    const not = (why) => ({ kind: 'not-executable', path, why });
    if (kind === 'folder')
        return not({ kind: 'folder' });
    if (!files.isExecutable(path))
        return not({ kind: 'permission' });
    const why = files.faultOfScript(path);
    return why === undefined ? { kind: 'found', path } : not(why);
}
const ownFiles = {
    kindOf: (path) => {
        try {
            return (0,external_node_fs_.statSync)(path).isFile() ? 'file' : 'folder';
        }
        catch {
            return undefined;
        }
    },
    isExecutable: (path) => {
        try {
            (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.X_OK);
            return true;
        }
        catch {
            return false;
        }
    },
    faultOfScript,
};
function faultOfScript(path) {
    const head = headOf(path);
    if (head === undefined || head.includes('\0'))
        return undefined;
    const interpreter = /^#![ \t]*([^ \t\n]+)/.exec(head)?.[1];
    if (interpreter === undefined)
        return { kind: 'no-interpreter' };
    return (0,external_node_fs_.existsSync)(interpreter) ? undefined : { kind: 'other-interpreter', interpreter };
}
function headOf(path) {
    try {
        const file = (0,external_node_fs_.openSync)(path, 'r');
        try {
            const head = Buffer.alloc(256);
            return head.toString('latin1', 0, (0,external_node_fs_.readSync)(file, head));
        }
        finally {
            (0,external_node_fs_.closeSync)(file);
        }
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/lib/spawn.js

const [longest, mostOutput] = [10_000, 64 * 1024];
const makeAsk = (platform, own) => async (file, argv, stdin, env, limit = longest) => {
    if (stdin === '')
        return askPlainly(file, argv, env, limit);
    if (platform !== 'win32' || !isBatch(file))
        return askWithInput({ file, argv, verbatim: false }, stdin, env, limit);
    const command = batchCommand(file, argv, own);
    return command && askWithInput({ ...command, verbatim: true }, stdin, env, limit);
};
const askProgram = makeAsk(process.platform, process.env);
async function askPlainly(file, argv, env, limit) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(() => resolve({ status: undefined, stdout: '' }), limit);
    });
    const { getExecOutput } = await __nccwpck_require__.e(/* import() */ 53).then(__nccwpck_require__.bind(__nccwpck_require__, 3053));
    const answer = getExecOutput(`"${file}"`, [...argv], {
        ...(env && { env }),
        silent: true,
        ignoreReturnCode: true,
    });
    try {
        const answered = answer.then(({ exitCode, stdout }) => ({
            status: exitCode ?? undefined,
            stdout: stdout.slice(0, mostOutput),
        }));
        return await Promise.race([answered, late]);
    }
    catch {
        return undefined;
    }
    finally {
        clearTimeout(timer);
    }
}
const askWithInput = ({ file, argv, verbatim, }, stdin, env, limit) => new Promise((resolve) => {
    const child = process.getBuiltinModule('node:child_process').spawn(file, argv, {
        ...(env && { env }),
        stdio: ['pipe', 'pipe', 'ignore'],
        timeout: limit,
        windowsHide: true,
        windowsVerbatimArguments: verbatim,
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
        stdout = (stdout + text).slice(0, mostOutput);
    });
    child.stdin.on('error', () => undefined).end(stdin);
    child.on('error', () => resolve(undefined));
    child.on('close', (status) => resolve({ status: status ?? undefined, stdout }));
});

// EXTERNAL MODULE: ./build/fly/api.js
var api = __nccwpck_require__(4270);
// EXTERNAL MODULE: ./build/fly/machines.js + 2 modules
var fly_machines = __nccwpck_require__(1510);
// EXTERNAL MODULE: ./build/lib/advice.js
var advice = __nccwpck_require__(2774);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(3758);
// EXTERNAL MODULE: ./build/verify/compare.js
var compare = __nccwpck_require__(2327);
// EXTERNAL MODULE: ./build/verify/leftover.js
var leftover = __nccwpck_require__(2953);
// EXTERNAL MODULE: ./build/deploy/surplus.js
var deploy_surplus = __nccwpck_require__(1344);
;// CONCATENATED MODULE: ./build/deploy/cancel.js







const lastCheck = 1200;
function cancellable(outside) {
    let running = Promise.resolve();
    const noting = (run) => (...call) => {
        if (outside.cancelled.aborted)
            return Promise.reject(new Error('the run was canceled'));
        const exit = run(...call);
        running = exit.catch(() => undefined);
        return exit;
    };
    const rt = { ...outside, run: noting(outside.run), runTest: noting(outside.runTest) };
    return { rt, programsEnded: () => running };
}
function whenCancelled({ rt: { cancelled }, programsEnded }) {
    return new Promise((_resolve, reject) => {
        const stop = () => void programsEnded().then(() => setTimeout(() => reject(new Error('cancelled')), 50));
        if (cancelled.aborted)
            stop();
        else
            cancelled.addEventListener('abort', stop);
    });
}
async function afterCancel(reason, { rt, programsEnded }, { inputs, image, deployStartedAt, before, release }) {
    await programsEnded();
    const signal = typeof rt.cancelled.reason === 'string' ? rt.cancelled.reason : 'a signal';
    if (deployStartedAt === undefined || inputs === undefined || image === undefined) {
        const error = new user_error/* UserError */.yo({
            code: 'run-cancelled',
            found: `The run was canceled (${signal}) before anything was deployed.`,
            expected: 'A run that finishes.',
            fix: 'No action is needed if you canceled it on purpose: the machines are unchanged. Otherwise, run the job again.',
        });
        return { error, fleet: undefined };
    }
    const machines = await Promise.race([
        (0,fly_machines/* listMachines */.bO)((0,api/* flyApi */.mH)(rt, inputs)).catch(() => undefined),
        rt.clock.sleep(lastCheck).then(() => undefined),
    ]);
    const { app } = inputs;
    const fleet = machines &&
        (0,compare/* compare */.UD)(machines, { app, of: () => image, release: () => release, scope: () => true, before });
    const last = reason instanceof user_error/* UserError */.yo ? ` ${reason.found}` : '';
    return {
        error: new user_error/* UserError */.yo({
            code: 'deploy-cancelled',
            found: `The run was canceled (${signal}) ${release === undefined ? 'during the deploy: machines may run different images' : 'after flyctl had deployed the image and before every machine was verified'}.${last}`,
            expected: 'A deploy that finishes.',
            fix: fixOf(app, fleet ?? [], before),
        }),
        fleet,
    };
}
function fixOf(app, fleet, before) {
    const left = (0,leftover/* leftoverOf */.nE)(fleet, (0,leftover/* notIn */.zz)(before));
    if (left !== undefined)
        return (0,leftover/* leftoverFix */.ZU)(app, left, fleet);
    const surplus = (0,deploy_surplus/* surplusFix */.G8)(app, (0,deploy_surplus/* surplusOf */.GK)(fleet, before ?? []));
    if (surplus !== undefined)
        return `Before you deploy again, ${surplus}`;
    return fleet.some(({ supersededBy }) => supersededBy !== undefined)
        ? `Keep deploys of this app from overlapping, then deploy again:\n${(0,advice/* concurrencyLines */.XK)(app)}`
        : `Check the machines with \`fly machine list -a ${app}\`, then deploy again.`;
}

// EXTERNAL MODULE: ./build/fly/app-name.js
var app_name = __nccwpck_require__(4977);
;// CONCATENATED MODULE: ./build/inputs/environment.js


const environment_longest = 128;
function faultOfEnvironment(text) {
    if (text.isWellFormed() && (0,lib_text/* plainLine */.h0)(text) === text && [...text].length <= environment_longest)
        return undefined;
    return new user_error/* UserError */.yo({
        code: 'input-invalid',
        found: `The input \`deployment-record\` is ${JSON.stringify((0,lib_text/* shortened */.vI)(text, 2 * environment_longest))}.`,
        expected: `The name of an environment on one line, at most ${environment_longest} characters long, without invisible characters.`,
        fix: 'Name the environment, such as `with: deployment-record: production`. Or remove the input, to write no records.',
        input: 'deployment-record',
    });
}

// EXTERNAL MODULE: ./build/inputs/flag-table.js + 1 modules
var flag_table = __nccwpck_require__(2514);
// EXTERNAL MODULE: ./build/inputs/flags.js
var inputs_flags = __nccwpck_require__(6203);
;// CONCATENATED MODULE: ./build/inputs/deploy.js



function readDeployInputs(reader) {
    const flyctlVersion = reader.text('flyctl-version')?.replace(/^v/, '');
    if (flyctlVersion !== undefined && !/^\d+\.\d+\.\d+$/.test(flyctlVersion))
        reader.wrong('flyctl-version', {
            expected: 'An exact version, so that every run uses the same flyctl.',
            fix: `\`with: flyctl-version: ${flag_table/* flagTable */.t.flyctl}\``,
        });
    const flags = reader.check('flags', () => (0,inputs_flags/* parseFlags */.b)(reader.text('flags') ?? ''), []);
    return {
        flyctlVersion,
        flags: Object.freeze(flags),
        noCache: reader.flag('no-cache', false),
        deployTimeout: reader.duration('deploy-timeout', '30m', 'not zero'),
        rollback: reader.choice('rollback', ['false', 'true', 'with-release-command']),
        onRefusal: reader.choice('on-refusal', ['fail', 'skip']),
        onOutdated: reader.choice('on-outdated', ['skip', 'fail', 'deploy']),
        onUnchanged: reader.choice('on-unchanged', ['deploy', 'skip']),
        deploymentRecord: readEnvironment(reader),
    };
}
function readEnvironment(reader) {
    const text = reader.text('deployment-record');
    const fault = text === undefined ? undefined : faultOfEnvironment(text);
    if (fault !== undefined)
        reader.problems.push(fault);
    return text;
}

// EXTERNAL MODULE: ./build/lib/duration.js
var duration = __nccwpck_require__(9386);
;// CONCATENATED MODULE: ./build/inputs/deploy-only.js



const deployOnly = {
    'deploy-by': (text) => text === 'auto',
    mirror: (text) => text === 'auto',
    'flyctl-version': () => false,
    'no-cache': (text) => /^false$/i.test(text),
    'deploy-timeout': (text) => (0,duration/* parseDuration */.E)(text) === (0,duration/* parseDuration */.E)('30m'),
    'settle-time': (text) => [0, (0,duration/* parseDuration */.E)('30s')].includes((0,duration/* parseDuration */.E)(text)),
    'on-outdated': (text) => text === 'skip',
    'on-unchanged': (text) => text === 'deploy',
    rollback: (text) => text === 'false',
    'deployment-record': () => false,
    'verify-command': () => false,
};
function refuseDeployOnly(reader, flags) {
    const invalid = new Set(reader.problems.map(({ input }) => input));
    for (const [name, isFine] of Object.entries(deployOnly)) {
        const text = reader.text(name);
        if (text === undefined || isFine(text) || invalid.has(name))
            continue;
        reader.wrong(name, {
            code: 'input-conflict',
            expected: `No \`${name}\`, because \`mode: verify\` deploys nothing.`,
            fix: `Remove the line \`${name}: ${text}\` from \`with:\`.`,
        });
    }
    const others = flags.filter((flag) => !inputs_flags/* narrowingFlags */.B.some((name) => flag.startsWith(`${name}=`)));
    if (others.length === 0)
        return;
    reader.problems.push(new user_error/* UserError */.yo({
        code: 'input-conflict',
        found: `The input \`flags\` contains ${others.map((flag) => `\`${flag}\``).join(', ')}.`,
        expected: `Only flags that select machines, because \`mode: verify\` deploys nothing: ${inputs_flags/* narrowingFlags */.B.map((name) => `\`${name}\``).join(', ')}.`,
        fix: `Remove the ${others.length === 1 ? 'line' : 'lines'} ${others.map((flag) => `\`${flag}\``).join(', ')} from \`with: flags:\`.`,
        input: 'flags',
    }));
}

// EXTERNAL MODULE: ./build/registry/reference.js
var registry_reference = __nccwpck_require__(6247);
// EXTERNAL MODULE: ./build/registry/tag-template.js
var tag_template = __nccwpck_require__(1993);
;// CONCATENATED MODULE: ./build/inputs/image-name.js




const [mostListed, mostCharacters] = [10, 200];
const shown = (text) => JSON.stringify((0,lib_text/* shortened */.vI)(text, mostCharacters));
const line = (image) => `\`with: image: ${image}\``;
const emptyOutput = 'an output is empty if GitHub found a secret in it, or if no step set it';
function ownImage({ env }) {
    const repository = env['GITHUB_REPOSITORY'] ?? '';
    if (/^[^/\s]+\/[^/\s]+$/.test(repository))
        return (0,registry_reference/* parseReference */.F2)(`ghcr.io/${repository}`);
    throw new user_error/* UserError */.yo({
        code: 'image-missing',
        found: `The input \`image\` is empty and GITHUB_REPOSITORY is "${repository}".`,
        expected: 'An image, or a run on GitHub, where GITHUB_REPOSITORY names the repository.',
        fix: `Name the image: ${line('ghcr.io/owner/repo')}`,
    });
}
function parsed(text) {
    try {
        return (0,registry_reference/* parseReference */.F2)(text);
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.yo)
            return undefined;
        throw error;
    }
}
function readImage(source) {
    const given = source.input('image').trim();
    if (given === '')
        return { ...ownImage(source), isEmpty: true };
    const listed = given.includes('"') ? given.replace(/["'[\]]/g, ' ').trim() : given;
    const parts = listed.split(/[\s,]+/).filter((part) => part !== '');
    if (parts.length > 1)
        throw several(parts);
    const reference = parsed(given);
    if (reference !== undefined)
        return { ...reference, isEmpty: false };
    throw emptyPart(given, source) ?? wrongTag(given) ?? invalid(given, source);
}
function several(parts) {
    const references = parts.map(parsed).filter((each) => each !== undefined);
    const ofCommit = references.find(({ tag }) => /(?:^|-)[0-9a-f]{7,64}$/.test(tag ?? ''));
    const one = ofCommit ?? references.find(registry_reference/* namesImage */.Gc);
    const repositories = new Set(references.map(({ host, path }) => (0,registry_reference/* formatReference */.FH)({ host, path })));
    const [repository] = repositories;
    const lines = [
        ...(one === undefined ? [] : [`to deploy one of them: ${line((0,registry_reference/* formatReference */.FH)(one))}.`]),
        ...(repositories.size === 1 && repository !== undefined
            ? [`to find the tag from the event: ${line(repository)}.`]
            : []),
    ];
    const list = parts.slice(0, mostListed).map((part) => `\n  ${shown(part)}`);
    const more = parts.length - list.length;
    return new user_error/* UserError */.yo({
        code: 'image-several',
        found: `The input \`image\` contains ${parts.length} values:${list.join('')}${more > 0 ? `\n  and ${more} more` : ''}`,
        expected: 'One reference. The output `tags` of docker/metadata-action is a list of references.',
        fix: lines.length === 0 ? `Name one image: ${line('ghcr.io/owner/repo')}` : (0,lib_text/* capitalized */.l2)(lines.join(' Or, ')),
    });
}
function emptyPart(given, source) {
    const has = /^[:@/]|[^:/]\/\/|\/[:@]|:@|[:@/]$|:[.-][\w.-]*$/.exec(given);
    const fixed = has === null ? undefined : parsed(completed(given, ownOr(source)));
    if (has === null || fixed === undefined)
        return undefined;
    return new user_error/* UserError */.yo({
        code: 'image-part-empty',
        found: `The input \`image\` is ${shown(given)}: a part is empty ${has.index === 0 ? 'before' : 'at'} "${has[0].slice(0, 40)}".`,
        expected: `A repository, with a tag or a digest to select one image. If an expression sets it, check that expression: ${emptyOutput}.`,
        fix: `Set ${line((0,registry_reference/* formatReference */.FH)(fixed))}${(0,registry_reference/* namesImage */.Gc)(fixed) ? '' : ', to find the tag from the event'}.`,
    });
}
function completed(given, own) {
    const [owner = '', ...names] = own.path.split('/');
    if (/^[:@]/.test(given))
        return `${(0,registry_reference/* formatReference */.FH)(own)}${given}`;
    const rest = given.slice(1);
    if (given.startsWith('/'))
        return `ghcr.io/${rest.includes('/') ? '' : `${owner}/`}${rest}`;
    return (0,lib_text/* withoutTrailing */.hT)(given.replace(/:[.-][\w.-]*$/, ''), ':@')
        .replace(/:@/, '@')
        .replace(/\/([:@])/, `/${own.path}$1`)
        .replace(/\/\//, `/${owner}/`)
        .replace(/\/$/, `/${names.join('/')}`);
}
const ownOr = ({ env }) => parsed(`ghcr.io/${env['GITHUB_REPOSITORY'] ?? ''}`) ?? { host: 'ghcr.io', path: 'owner/repo' };
function wrongTag(given) {
    const [, name, tag = '', digest = ''] = /^([^@]*\/[^:@/]+|[^/:@]+):([^@]+?)(@sha256:[0-9a-f]{64})?$/.exec(given) ?? [];
    if (name === undefined || (0,registry_reference/* isTag */.dz)(tag) || tag.startsWith('//'))
        return undefined;
    const cleaned = (0,tag_template/* cleanBranch */.Y8)(tag)
        .replace(/^[.-]+/, '')
        .slice(0, 128);
    const fixed = parsed(`${name}:${cleaned}${digest}`);
    if (fixed === undefined)
        return undefined;
    return new user_error/* UserError */.yo({
        code: 'image-tag-invalid',
        found: `The input \`image\` is ${shown(given)}, and ${shown(tag)} is not a valid tag.`,
        expected: 'At most 128 letters, digits, ".", "_" and "-". The first character cannot be "." or "-".',
        fix: `Set ${line((0,registry_reference/* formatReference */.FH)(fixed))}, as docker/metadata-action writes the tag.`,
    });
}
function invalid(given, source) {
    const own = parsed(`ghcr.io/${source.env['GITHUB_REPOSITORY'] ?? ''}`) ?? (0,registry_reference/* parseReference */.F2)('ghcr.io/owner/repo');
    const plain = (0,lib_text/* withoutTrailing */.hT)(given.replace(/["'[\]]/g, '').replace(/^[a-z]+:\/\//i, ''), ',;');
    const bare = parsed(plain) ?? parsed(plain.replace(/@.*$/, '')) ?? own;
    try {
        (0,registry_reference/* parseReference */.F2)(given);
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        const { code, found, expected } = error;
        return new user_error/* UserError */.yo({
            code,
            found,
            expected,
            fix: `Correct the input \`image\`, such as ${line((0,registry_reference/* formatReference */.FH)(bare))}.`,
        });
    }
    throw new Error(`${given} is a reference`);
}

;// CONCATENATED MODULE: ./build/inputs/token.js

const tokenOf = ({ input, env }) => input('fly-api-token') || (env['FLY_API_TOKEN']?.trim() ?? '');
function checkToken({ problems }, name, token) {
    if (!/[^\x21-\x7e ]/.test(token))
        return;
    problems.push(new user_error/* UserError */.yo({
        code: 'fly-token-invalid',
        found: `The Fly.io token in \`${name}\` contains a line break or another character that is not allowed in tokens.`,
        expected: 'The token on one line.',
        fix: `Set the secret behind \`${name}\` again, and paste only the token.`,
        input: name,
    }));
}

;// CONCATENATED MODULE: ./build/inputs/select.js





const manualDefault = 'tag:{branch}';
const withBranch = (text, { branch }) => text.replaceAll('{branch}', (0,tag_template/* cleanBranch */.Y8)(branch ?? 'main'));
const select_forms = {
    commit: {
        example: 'commit:0123456789abcdef0123456789abcdef01234567',
        expected: 'a commit id with at least as many hexadecimal digits as `sha-tag` needs',
        read: (value, { leastDigits }) => {
            const commit = value.toLowerCase();
            return /^[0-9a-f]{4,64}$/.test(commit) && commit.length >= leastDigits
                ? { form: 'commit', commit }
                : undefined;
        },
    },
    tag: {
        example: 'tag:v1.2.3',
        expected: 'a tag of at most 128 letters, digits, ".", "_" and "-", which can contain {branch}',
        read: (tag, rules) => ((0,registry_reference/* isTag */.dz)(withBranch(tag, rules)) ? { form: 'tag', tag } : undefined),
    },
    newest: {
        example: 'newest:v*',
        expected: 'a tag in which * matches any characters, ? matches one, and {branch} is the branch',
        read: (pattern, rules) => (0,registry_reference/* isTag */.dz)(withBranch(pattern, rules).replace(/[*?]/g, 'x')) && /[*?]/.test(pattern)
            ? { form: 'newest', pattern }
            : undefined,
    },
    digest: {
        example: `digest:sha256:${'0123456789abcdef'.repeat(4)}`,
        expected: '"sha256:" and 64 lower-case hexadecimal digits',
        read: (digest) => ((0,registry_reference/* isDigest */.Bc)(digest) ? { form: 'digest', digest } : undefined),
    },
    release: {
        example: 'release:41',
        expected: 'the version of a release, "previous" or "current"',
        read: (value) => {
            const release = value.replace(/^v(?=\d)/, '');
            return /^(?:previous|current|[1-9]\d{0,8})$/.test(release) ? { form: 'release', release } : undefined;
        },
    },
    running: {
        example: 'running:my-app-staging',
        expected: 'the name of another Fly.io app',
        read: (app) => ((0,app_name/* isAppName */.f)(app) ? { form: 'running', app } : undefined),
    },
};
function readSelectInputs(reader, image, commit, rules) {
    const given = reader.text('manual-select') ?? manualDefault;
    const select = readSelection(reader, 'select', reader.text('select'), rules);
    const manual = readSelection(reader, 'manual-select', given, rules);
    if (reader.text('select') !== undefined && (0,registry_reference/* namesImage */.Gc)(image))
        reader.wrong('image', {
            code: 'input-conflict',
            expected: 'A repository without a tag or digest, because `select` selects the image.',
            fix: `\`with: image: ${(0,registry_reference/* formatReference */.FH)({ host: image.host, path: image.path })}\``,
        });
    if (select?.form === 'commit' && commit !== undefined && !agree(select.commit, commit))
        reader.wrong('commit', {
            code: 'input-conflict',
            expected: 'The commit that `select` names.',
            fix: `Remove \`commit:\`, or set \`with: commit: "${select.commit}"\`.`,
        });
    const ownToken = reader.text('source-app-token');
    if (ownToken !== undefined)
        checkToken(reader, 'source-app-token', ownToken);
    const token = ownToken ?? tokenOf(reader.source);
    return {
        select,
        manualSelect: manual ?? { form: 'tag', tag: '{branch}' },
        manualSelectGiven: given !== manualDefault,
        soakTime: readSoakTime(reader),
        sourceApp: { token, login: (0,api/* flyLogin */.hf)(token) },
    };
}
function readSoakTime(reader) {
    const soakTime = reader.duration('soak-time', '0');
    const isOfApp = ['select', 'manual-select'].some((name) => reader.text(name)?.startsWith('running:'));
    if (soakTime > 0 && !isOfApp)
        reader.wrong('soak-time', {
            code: 'input-conflict',
            expected: 'Another app in `select: running:…`, because the soak time is that app’s.',
            fix: 'Remove `soak-time:`, or select another app: `with: select: running:my-app-staging`.',
        });
    return soakTime;
}
const agree = (a, b) => a.startsWith(b) || b.startsWith(a);
function readSelection(reader, name, text, rules) {
    if (text === undefined)
        return undefined;
    const colon = text.indexOf(':');
    const form = Object.keys(select_forms).find((each) => each === text.slice(0, colon));
    if (form === undefined) {
        const all = Object.values(select_forms).map(({ example }) => `\`${name}: ${example}\``);
        reader.wrong(name, {
            expected: `One of these forms: ${all.join(', ')}.`,
            fix: `Put the form before the value, such as \`with: ${name}: ${select_forms.tag.example}\`.`,
        });
        return undefined;
    }
    const { expected, example, read } = select_forms[form];
    const selection = read(text.slice(colon + 1).trim(), rules);
    if (selection === undefined)
        reader.wrong(name, {
            expected: `After "${form}:", ${expected}.`,
            fix: `Correct the value, such as \`with: ${name}: ${example}\`.`,
        });
    return selection;
}

;// CONCATENATED MODULE: ./build/inputs/image.js





function readImageInputs(reader) {
    const none = { host: '', path: '', isEmpty: false };
    const { loweredFrom, isEmpty, ...image } = reader.check('image', () => readImage(reader.source), none);
    const branch = reader.text('branch');
    const shaTag = reader.text('sha-tag') ?? '{branch}-{sha}';
    reader.check('sha-tag', () => checkTemplate(shaTag, branch), undefined);
    const leastDigits = (0,tag_template/* digitsFor */.CB)(shaTag);
    const commit = readCommit(reader, leastDigits);
    return {
        image,
        loweredFrom,
        imageIsEmpty: isEmpty,
        branch,
        shaTag,
        commit,
        ...readSelectInputs(reader, image, commit, { leastDigits, branch }),
        deployBy: reader.choice('deploy-by', ['auto', 'digest', 'tag']),
        waitForImage: reader.duration('wait-for-image', '2m'),
    };
}
function readCommit(reader, least) {
    const commit = reader.text('commit')?.toLowerCase();
    if (commit !== undefined && (!/^[0-9a-f]{4,64}$/.test(commit) || commit.length < least))
        reader.wrong('commit', {
            expected: `A commit id of at least ${least} hexadecimal digits.`,
            fix: `Give the commit id, such as \`with: commit: ${'0123456789abcdef'.repeat(3).slice(0, 40)}\`.`,
        });
    return commit;
}
function checkTemplate(template, branch) {
    const rendered = (0,tag_template/* renderTag */.vY)(template, {
        branch: branch ?? 'main',
        commit: '0123456789abcdef'.repeat(4),
    });
    const unknown = (0,tag_template/* unknownPlaceholders */.hX)(template);
    const found = unknown.length > 0
        ? `The input \`sha-tag\` is "${template}": {${unknown.join('}, {')}} is not a valid placeholder.`
        : !(0,registry_reference/* isTag */.dz)(rendered)
            ? `The input \`sha-tag\` is "${template}", which renders "${rendered}". That is not a valid tag.`
            : undefined;
    if (found === undefined)
        return;
    throw new user_error/* UserError */.yo({
        code: 'tag-invalid',
        found,
        expected: `A template of a tag. Its placeholders are {${tag_template/* placeholders */.Ft.join('}, {')}}, and a length is from 4 to 64. A tag has at most 128 letters, digits, ".", "_" and "-", and its first character cannot be "." or "-".`,
        fix: 'Correct `with: sha-tag:`. For the tags of `type=sha,prefix={{branch}}-`, remove it to use the default.',
    });
}

// EXTERNAL MODULE: ./build/inputs/names.js
var names = __nccwpck_require__(3636);
;// CONCATENATED MODULE: ./build/inputs/read.js


class InputReader {
    problems = [];
    source;
    constructor(source) {
        this.source = source;
    }
    text(name) {
        return this.source.input(name) || undefined;
    }
    wrong(name, { expected, fix, why, code = 'input-invalid' }) {
        const reason = why === undefined ? '' : `: ${why}`;
        this.problems.push(new user_error/* UserError */.yo({
            code,
            found: `The input \`${name}\` is "${this.source.input(name)}"${reason}.`,
            expected,
            fix,
            input: name,
        }));
    }
    check(name, read, otherwise) {
        try {
            return read();
        }
        catch (error) {
            if (!(error instanceof user_error/* UserError */.yo))
                throw error;
            this.problems.push(error.at({ input: name }));
            return otherwise;
        }
    }
    async checkLater(name, read, otherwise) {
        try {
            return await read();
        }
        catch (error) {
            return this.check(name, () => {
                throw error;
            }, otherwise);
        }
    }
    flag(name, otherwise) {
        const text = this.text(name);
        if (text === undefined)
            return otherwise;
        if (/^(?:true|True|TRUE)$/.test(text))
            return true;
        if (/^(?:false|False|FALSE)$/.test(text))
            return false;
        this.wrong(name, {
            expected: '`true` or `false`.',
            fix: `Set \`with: ${name}: true\` or \`with: ${name}: false\`.`,
        });
        return otherwise;
    }
    duration(name, otherwise, zero = 'or zero') {
        const ms = (0,duration/* parseDuration */.E)(this.text(name) ?? otherwise);
        if (ms === undefined || (ms === 0 && zero === 'not zero'))
            this.wrong(name, {
                expected: `A duration ${zero === 'not zero' ? 'longer than 0, and ' : ''}of at most 24h with units, such as 20s, 2m, 1m30s${zero === 'not zero' ? '' : ', or 0'}.`,
                fix: `Set a duration, such as \`with: ${name}: ${otherwise}\` (the default).`,
            });
        return ms ?? 0;
    }
    choice(name, choices) {
        const text = this.text(name) ?? choices[0];
        const found = choices.find((each) => each === text);
        if (found === undefined)
            this.wrong(name, {
                expected: `One of ${choices.join(', ')}.`,
                fix: `Set one of them, such as \`with: ${name}: ${choices[0]}\` (the default).`,
            });
        return found ?? choices[0];
    }
    matching(name, form, advice) {
        const text = this.text(name);
        if (text !== undefined && !form.test(text))
            this.wrong(name, advice);
        return text;
    }
}

// EXTERNAL MODULE: ./build/github/links.js
var links = __nccwpck_require__(9543);
// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __nccwpck_require__(8253);
;// CONCATENATED MODULE: ./build/inputs/registry.js



function readRegistryInputs(reader, imageHost) {
    const { env } = reader.source;
    const [username, password] = [reader.text('registry-username'), reader.text('registry-password')];
    if (username !== undefined && password === undefined) {
        reader.problems.push(new user_error/* UserError */.yo({
            code: 'input-conflict',
            found: 'The input `registry-username` is set, but `registry-password` is empty.',
            expected: 'Both inputs, or neither to use the job’s actor and `github-token`.',
            fix: 'Add `with: registry-password: ${{ secrets.REGISTRY_PASSWORD }}`, with the name of your secret.',
            input: 'registry-username',
        }));
    }
    const actor = env['GITHUB_ACTOR'] || 'x';
    const githubToken = reader.text('github-token') ?? '';
    reader.check('github-token', () => (0,links/* githubApiUrl */.B)(env), '');
    const shown = githubToken !== '' && (0,hosts/* takesGithubToken */.Lb)(imageHost, env);
    return {
        registryLogin: password === undefined ? undefined : { username: username ?? actor, password },
        githubLogin: shown ? { username: actor, password: githubToken } : undefined,
        githubToken,
        mirror: reader.choice('mirror', ['auto', 'always', 'never']),
    };
}

// EXTERNAL MODULE: ./build/inputs/fly-config.js
var fly_config = __nccwpck_require__(5388);
;// CONCATENATED MODULE: ./build/inputs/target.js





async function readTargetInputs(reader) {
    const { source, problems } = reader;
    const config = reader.check('config', () => (0,fly_config/* readConfig */.Xg)(source), undefined);
    const app = await reader.checkLater('app', () => (0,fly_config/* readApp */.uW)(source, config), '');
    const flyToken = tokenOf(source);
    const mode = reader.choice('mode', ['deploy', 'dry-run', 'verify', 'doctor']);
    if (flyToken === '' && (mode === 'deploy' || mode === 'verify')) {
        problems.push(new user_error/* UserError */.yo({
            code: 'fly-token-missing',
            found: 'There is no Fly.io token: the input `fly-api-token` and the variable FLY_API_TOKEN are empty.',
            expected: `A deploy token of the app, created with ${(0,advice/* tokenCommand */.xJ)(app === '' ? undefined : app)}.${mode === 'verify' ? ' For `mode: verify`, a token that can only read is enough.' : ''}`,
            fix: 'Add `with: fly-api-token: ${{ secrets.FLY_API_TOKEN }}`. Secrets are empty in runs that a fork started, and in jobs without the `environment:` that contains them.',
            input: 'fly-api-token',
        }));
    }
    checkToken(reader, 'fly-api-token', flyToken);
    return { app, config: config?.path, flyToken, flyLogin: (0,api/* flyLogin */.hf)(flyToken), mode };
}

;// CONCATENATED MODULE: ./build/inputs/trusted-root.js

async function readTrustedRoots(text) {
    const whole = parse(text);
    const lines = text.split('\n').map((line, n) => ({ line: line.trim(), where: `line ${n + 1} ` }));
    const filled = lines.filter(({ line }) => line !== '');
    if (filled.length === 0)
        return 'the file is empty';
    const parts = whole === undefined ? filled : [{ line: text, where: 'the file ' }];
    const roots = [];
    for (const { line, where } of parts) {
        const root = parse(line);
        if (root === undefined)
            return `${where}is not JSON`;
        const wrong = await faultOf(root);
        if (wrong !== undefined)
            return `${where}${wrong}`;
        roots.push(root);
    }
    return roots;
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
async function faultOf(json) {
    const mediaType = 'application/vnd.dev.sigstore.trustedroot';
    if (typeof json !== 'object' || json === null || Array.isArray(json))
        return 'is not a trusted root';
    const { mediaType: type } = json;
    if (typeof type !== 'string' || !type.startsWith(mediaType))
        return `is not a trusted root (${mediaType}+json)`;
    const { TrustedRoot } = await __nccwpck_require__.e(/* import() */ 654).then(__nccwpck_require__.t.bind(__nccwpck_require__, 9654, 19));
    const { toTrustMaterial } = await Promise.all(/* import() */[__nccwpck_require__.e(654), __nccwpck_require__.e(187)]).then(__nccwpck_require__.t.bind(__nccwpck_require__, 4187, 19));
    try {
        const root = TrustedRoot.fromJSON(json);
        if (root.certificateAuthorities.length === 0)
            return 'has no certificate authority';
        toTrustMaterial(root);
        return undefined;
    }
    catch (error) {
        return `cannot be read as a trusted root (${(0,user_error/* messageOf */.bD)(error).split('\n')[0]?.slice(0, 200)})`;
    }
}

;// CONCATENATED MODULE: ./build/inputs/trust.js

async function readTrustInputs(reader) {
    const allowEvents = (reader.text('allow-events') ?? 'push').split(/[\s,]+/).filter((event) => event !== '');
    if (!allowEvents.every((event) => /^[a-z_]+$/.test(event)))
        reader.wrong('allow-events', {
            expected: 'Names of events, such as push, workflow_dispatch.',
            fix: 'Correct the names, such as `with: allow-events: push,workflow_dispatch`.',
        });
    const attestation = readAttestation(reader);
    const attestationRef = reader.text('attestation-ref');
    if (attestationRef !== undefined && !/^refs\/[^\s\x00-\x20\x7f~^:\\?[]+$/.test(attestationRef))
        reader.wrong('attestation-ref', {
            expected: 'A full ref such as refs/heads/main, or a pattern such as refs/tags/v*.',
            fix: 'Give the full ref, such as `with: attestation-ref: refs/heads/main`.',
        });
    else if (attestationRef !== undefined && attestation.mode === 'off')
        reader.wrong('attestation-ref', {
            code: 'input-conflict',
            expected: 'An `attestation` to compare the ref with.',
            fix: 'Add `with: attestation: require`, or remove `attestation-ref:`.',
        });
    return {
        allowEvents: Object.freeze(allowEvents),
        checkRevision: reader.choice('check-revision', ['auto', 'require', 'off']),
        attestation,
        attestationRef,
        trustedRoots: await readRoots(reader),
    };
}
async function readRoots(reader) {
    const name = 'trusted-root';
    const path = reader.text(name);
    if (path === undefined)
        return undefined;
    const text = reader.source.readFile(path);
    const roots = text === undefined ? 'the file does not exist' : await readTrustedRoots(text);
    if (typeof roots !== 'string')
        return roots;
    reader.wrong(name, {
        why: roots,
        expected: 'A file in the workspace with a trusted root on each line.',
        fix: 'Create the file with `gh attestation trusted-root > trusted-root.jsonl`, and name it: `with: trusted-root: trusted-root.jsonl`.',
    });
    return undefined;
}
function readAttestation(reader) {
    const given = reader.text('attestation') ?? 'off';
    if (given === 'off' || given === 'warn')
        return { mode: given };
    if (given === 'require')
        return { mode: 'require', signer: undefined };
    const [, signer, signerRef] = /^([\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+\.ya?ml)(?:@(refs\/(?:heads|tags)\/\S+|[0-9a-f]{40,64}))?$/.exec(given) ?? [];
    if (signer === undefined)
        reader.wrong('attestation', {
            expected: 'One of off, warn, require; or the workflow that signs, such as owner/repo/.github/workflows/build.yml, optionally with its ref (@refs/heads/main, @refs/tags/v1, or @ and a full commit id).',
            fix: 'Set `with: attestation: require`, or name the workflow: `with: attestation: owner/repo/.github/workflows/build.yml`.',
        });
    return { mode: 'require', signer, ...(signerRef !== undefined && { signerRef }) };
}

;// CONCATENATED MODULE: ./build/inputs/verify.js
async function readVerifyInputs(reader) {
    const healthUrl = reader.text('health-url');
    if (healthUrl !== undefined && !/^\/(?!\/)[\x21-\x7e]*$/.test(healthUrl) && !isWebUrl(healthUrl))
        reader.wrong('health-url', {
            expected: 'A path that begins with one "/", or a full http(s) URL.',
            fix: 'Correct it, such as `with: health-url: /health`.',
        });
    const status = reader.matching('health-status', /^[1-5]\d\d$/, {
        expected: 'One status from 100 to 599.',
        fix: 'Set one status, such as `with: health-status: 200`. Or remove it, to accept any from 200 to 399.',
    });
    for (const name of ['health-status', 'health-body']) {
        if (reader.text(name) !== undefined && healthUrl === undefined)
            reader.wrong(name, {
                code: 'input-conflict',
                expected: 'The input `health-url`, whose response is checked.',
                fix: `Add \`with: health-url: /health\`, or remove \`${name}:\`.`,
            });
    }
    return {
        settleTime: reader.duration('settle-time', '30s'),
        healthUrl,
        healthStatus: status === undefined ? undefined : Number(status),
        healthBody: reader.text('health-body'),
        healthTimeout: reader.duration('health-timeout', '2m'),
        verifyCommand: await ownTest(reader),
    };
}
async function ownTest(reader) {
    if (reader.text('verify-command') === undefined)
        return undefined;
    const { readVerifyCommand } = await __nccwpck_require__.e(/* import() */ 663).then(__nccwpck_require__.bind(__nccwpck_require__, 663));
    return reader.check('verify-command', () => readVerifyCommand(reader), undefined);
}
function isWebUrl(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

;// CONCATENATED MODULE: ./build/inputs/inputs.js










async function readInputs(source) {
    const reader = new InputReader(source);
    const unknown = (0,names/* checkNames */.LN)(reader);
    const target = await readTargetInputs(reader);
    const image = readImageInputs(reader);
    const inputs = {
        ...target,
        ...image,
        ...(await readTrustInputs(reader)),
        ...readRegistryInputs(reader, image.image.host),
        ...readDeployInputs(reader),
        ...(await readVerifyInputs(reader)),
        ...(target.mode === 'verify' && { settleTime: 0 }),
        unknown,
    };
    if (inputs.mode === 'verify')
        refuseDeployOnly(reader, inputs.flags);
    for (const name of ['select', 'manual-select']) {
        const selection = name === 'select' ? inputs.select : inputs.manualSelect;
        if (selection?.form === 'running' && selection.app === inputs.app)
            reader.wrong(name, {
                code: 'input-conflict',
                expected: `Another app than "${inputs.app}", which is the app of this step.`,
                fix: `To deploy the newest release of "${inputs.app}" again: \`with: ${name}: release:current\`.`,
            });
    }
    if (inputs.deployBy === 'tag' && inputs.attestation.mode !== 'off')
        reader.wrong('deploy-by', {
            code: 'input-conflict',
            expected: 'A deploy by digest, because of `attestation`: a tag can move to an image that was not checked.',
            fix: '`with: deploy-by: digest`',
        });
    if (reader.problems.length > 0)
        throw (0,user_error/* allOf */.bn)(reader.problems);
    return Object.freeze(inputs);
}

// EXTERNAL MODULE: ./build/inputs/secrets.js
var secrets = __nccwpck_require__(8569);
// EXTERNAL MODULE: ./build/image/types.js
var types = __nccwpck_require__(8107);
// EXTERNAL MODULE: ./build/lib/first-and-last.js
var first_and_last = __nccwpck_require__(8003);
// EXTERNAL MODULE: ./build/lib/stages.js
var stages = __nccwpck_require__(281);
;// CONCATENATED MODULE: ./build/report/facts.js



class Facts {
    #results = {};
    #stages = [];
    #findings = [];
    #warnings = (0,first_and_last/* firstAndLast */.A)(100);
    #clock;
    #begin;
    #current = 'Start';
    constructor(clock) {
        this.#clock = clock;
        this.#begin = clock.now();
    }
    get elapsed() {
        return this.#clock.now() - this.#begin;
    }
    get begin() {
        return this.#begin;
    }
    get known() {
        return this.#results;
    }
    get stages() {
        return this.#stages;
    }
    get current() {
        return this.#current;
    }
    get findings() {
        return this.#findings;
    }
    get commit() {
        return (0,types/* commitOf */.D)(this.known.plan, this.known.image);
    }
    get previous() {
        const [first, ...rest] = this.known.before ?? [];
        if (first?.digest === undefined || rest.some(({ digest }) => digest !== first.digest))
            return undefined;
        return { image: first.image, digest: first.digest };
    }
    async stage(key, title, work) {
        const result = await this.timed(title, work);
        this.keep(key, result);
        return result;
    }
    timed(title, work) {
        return (0,stages/* timeStage */.g)(this.#clock, this, title, work);
    }
    began(title) {
        this.#current = title;
    }
    ended(stage) {
        this.#stages.push(stage);
    }
    keep(key, result) {
        if (Object.hasOwn(this.#results, key))
            throw new Error(`the fact "${key}" is written twice`);
        this.#results[key] = result;
    }
    renew(key, result) {
        this.#results[key] = result;
    }
    get untimed() {
        const keep = (key, result) => this.keep(key, result);
        return {
            keep,
            began: () => { },
            ended: () => { },
            timed: async (_title, work) => work(),
            stage: async (key, _title, work) => {
                const result = await work();
                keep(key, result);
                return result;
            },
        };
    }
    get renewing() {
        const keep = (key, result) => {
            this.#results[key] = result;
        };
        return {
            keep,
            began: (title) => this.began(title),
            ended: (stage) => this.ended(stage),
            timed: (title, work) => this.timed(title, work),
            stage: async (key, title, work) => {
                const result = await this.timed(title, work);
                keep(key, result);
                return result;
            },
        };
    }
    get warnings() {
        return this.#warnings;
    }
    noting(rt) {
        const warning = (text, location) => {
            this.#warnings.add(text);
            rt.log.warning(text, location);
        };
        return { ...rt, log: { ...rt.log, warning } };
    }
    note(findings) {
        this.#findings.push(...findings);
    }
}

;// CONCATENATED MODULE: ./build/report/log-inputs.js


function logInputs({ loweredFrom, image, imageIsEmpty, unknown }, log) {
    if (imageIsEmpty)
        log.notice(`\`image\` is empty, so the image is ${(0,registry_reference/* formatReference */.FH)(image)}: ${emptyOutput}. To use the default without this notice, remove \`image\` from the step.`);
    if (loweredFrom !== undefined)
        log.notice(`Image names are lower-case, so ${loweredFrom} is read as ${(0,registry_reference/* formatReference */.FH)(image)}.`);
    if (unknown.length > 0) {
        const names = unknown.slice(0, 10).map((name) => JSON.stringify(name));
        log.warning(`This action does not have the ${unknown.length === 1 ? 'input' : 'inputs'} ${names.join(', ')}${unknown.length > names.length ? ` and ${unknown.length - names.length} more` : ''}, which ${unknown.length === 1 ? 'is' : 'are'} ignored. Remove ${unknown.length === 1 ? 'it' : 'them'} from \`with:\`, or remove the INPUT_… ${unknown.length === 1 ? 'variable' : 'variables'} from the environment.`);
    }
}

// EXTERNAL MODULE: ./build/report/outcome.js
var report_outcome = __nccwpck_require__(4247);
// EXTERNAL MODULE: ./build/lib/yaml.js
var yaml = __nccwpck_require__(581);
// EXTERNAL MODULE: ./build/inputs/config-app.js
var config_app = __nccwpck_require__(8182);
// EXTERNAL MODULE: ./build/inputs/workspace.js
var workspace = __nccwpck_require__(9193);
;// CONCATENATED MODULE: ./build/inputs/location.js




async function locationOfInput(name, source) {
    const { input, env, readFile } = source;
    if (name === 'app' && input('app') === '') {
        const config = (0,fly_config/* readConfig */.Xg)(source);
        const line = config && (await (0,config_app/* appOf */.X)(config, env)).line;
        if (config !== undefined && line !== undefined)
            return (0,workspace/* locationIn */.z)(config.path, line, env);
    }
    const file = (0,workspace/* workflowFile */.E)(env['GITHUB_WORKFLOW_REF'] ?? '', env['GITHUB_REPOSITORY'] ?? '');
    const text = file === undefined ? undefined : readFile(file);
    if (file === undefined || text === undefined)
        return undefined;
    const line = await inputLine(text, name, input(name), {
        job: env['GITHUB_JOB'] ?? '',
        step: env['GITHUB_ACTION'] ?? '',
        action: env['GITHUB_ACTION_REPOSITORY'] ?? '',
    });
    return line === undefined ? undefined : { file, line };
}
async function inputLine(workflow, name, value, { job, step, action }) {
    const root = await (0,yaml/* readYaml */.gM)(workflow);
    if ('fault' in root)
        return undefined;
    const under = (yaml, key) => yaml?.entries().find(([each]) => each.toLowerCase() === key)?.[1];
    const textOf = (yaml) => yaml?.text() ?? '';
    const steps = under(under(under(root, 'jobs'), job.toLowerCase()), 'steps')?.items() ?? [];
    const ours = steps.filter((each) => {
        const id = textOf(under(each, 'id'));
        return isOurs(textOf(under(each, 'uses')), action) && (step.startsWith('__') ? id === '' : id === step);
    });
    const [only, ...more] = ours;
    if (only === undefined || more.length > 0)
        return undefined;
    const given = under(only, 'with');
    const written = under(given, name);
    if (written !== undefined) {
        const text = textOf(written);
        return text.includes('${{') || text.trim() === value.trim() ? written.line : undefined;
    }
    const left = given === undefined || given.isMap;
    return left && value === '' ? under(only, 'uses')?.line : undefined;
}
function isOurs(uses, action) {
    if (action !== '')
        return uses.toLowerCase().startsWith(`${action.toLowerCase()}@`);
    return uses === './' || /\/deploy-fly-image(?:@|$)/.test(uses);
}

// EXTERNAL MODULE: ./build/lib/format.js
var format = __nccwpck_require__(177);
// EXTERNAL MODULE: ./build/deploy/deploy.js + 1 modules
var deploy = __nccwpck_require__(2742);
// EXTERNAL MODULE: ./build/report/findings-log.js
var findings_log = __nccwpck_require__(9126);
;// CONCATENATED MODULE: ./build/report/summary/fate.js

const wrong = { sign: '✗', look: 'bad' };
const fate_shown = {
    fine: { sign: '✓', look: 'good' },
    'other-image': wrong,
    reverted: wrong,
    unhealthy: wrong,
    'not-updated': wrong,
    changed: wrong,
    'not-back': wrong,
    'other-deploy': { sign: '⇄', look: 'other', legend: 'belongs to another deploy' },
    unreachable: { sign: '⊘', look: 'unsure', legend: 'on an unreachable host' },
    unverified: { sign: '?', look: 'unsure', legend: 'not verified: Fly.io does not report what it runs' },
    missing: { sign: '∅', look: 'unsure', legend: 'listed before the deploy, but not now' },
    back: { sign: '↩', look: 'back', legend: 'runs its previous image again' },
    unchanged: { sign: '=', look: 'unknown', legend: 'unchanged by this deploy' },
    excluded: { sign: '–', look: 'unknown', legend: 'not part of this deploy' },
};
const signOf = (machine, view) => fate_shown[fateOf(machine, view)].sign;
const lookOf = (machine, view) => fate_shown[fateOf(machine, view)].look;
function legendOf(machines, view) {
    const fates = new Set(machines.map((machine) => fateOf(machine, view)));
    const parts = [...fates].flatMap((fate) => {
        const { sign, legend: usual } = fate_shown[fate];
        const legend = fate === 'excluded' && view.compared ? 'excluded by `flags`' : usual;
        return legend === undefined ? [] : [`${sign} ${legend}`];
    });
    return parts.length === 0 ? undefined : parts.join(' · ');
}
const isSeen = ({ known, compared }) => known.deployStartedAt !== undefined || compared;
function fateOf(machine, view) {
    const { failure, waitingFor, supersededBy, runsImage, unknown } = machine;
    if (machine.excluded)
        return 'excluded';
    if (view.missing.has(machine.id))
        return 'missing';
    if (view.unchanged)
        return 'unchanged';
    if (isBack(machine, view))
        return 'back';
    if (supersededBy !== undefined)
        return 'other-deploy';
    if (view.rollbackFailed && runsImage)
        return 'not-back';
    if ((0,compare/* isHealthy */.Wr)(machine))
        return 'fine';
    if (unknown === 'unreachable-host')
        return 'unreachable';
    if (unknown !== undefined)
        return 'unverified';
    if (failure?.kind === 'changed')
        return 'changed';
    if (!runsImage)
        return failure?.kind === 'reverted' ? 'reverted' : 'other-image';
    return failure === undefined && waitingFor?.kind === 'release' ? 'not-updated' : 'unhealthy';
}
function isBack(machine, { rolledBack, rollbackFailed, beforeById }) {
    if (rollbackFailed) {
        const before = beforeById.get(machine.id)?.digest;
        return !machine.runsImage && before !== undefined && before === machine.digest;
    }
    return (rolledBack?.some(({ group, digest }) => (group === undefined || group === machine.group) && digest === machine.digest) ?? false);
}
const urgencyOf = (machine, view) => {
    const fate = fateOf(machine, view);
    return fate === 'excluded' ? 3 : fate === 'fine' ? 2 : fate === 'back' || fate === 'unchanged' ? 1 : 0;
};

// EXTERNAL MODULE: ./build/report/summary/markdown.js
var markdown = __nccwpck_require__(5711);
;// CONCATENATED MODULE: ./build/report/summary/names.js



const nameOf = (reference) => {
    const { digest, ...named } = reference;
    return shortName((0,registry_reference/* formatReference */.FH)(named)) + (digest === undefined ? '' : `@${(0,registry_reference/* shortDigest */.VK)(digest)}`);
};
function shortName(reference) {
    const name = reference.split('/').at(-1) ?? '';
    return name.length <= 40 ? name : `${name.slice(0, 20)}…${name.slice(-19)}`;
}
const digestOf = ({ known: { image }, machines, }) => image?.digests.find((each) => machines?.some(({ digest }) => digest === each)) ?? image?.platformDigest;
function imageName(view) {
    const { image, plan } = view.known;
    if (image === undefined) {
        const tag = tagOf(plan);
        return tag === undefined ? 'the image' : (0,markdown/* code */.aY)(tag);
    }
    const digest = (0,markdown/* code */.aY)((0,registry_reference/* shortDigest */.VK)(digestOf(view) ?? image.digest));
    if (image.tag === undefined)
        return digest;
    return isMoving(plan) ? `${digest} (resolved from ${(0,markdown/* code */.aY)(image.tag)})` : (0,markdown/* code */.aY)(image.tag);
}
const isMoving = (plan) => plan?.pin === true && plan.source !== 'sha-tag';
const tagOf = (plan) => plan === undefined || plan.source === 'pattern'
    ? undefined
    : 'reference' in plan
        ? plan.reference.tag
        : plan.tag;
function otherName({ image, digest }, { known }) {
    const { before = [], order } = known;
    const old = before.find((each) => digest !== undefined && each.digest === digest);
    const tag = (0,registry_reference/* tagIn */.mg)(old?.image || image);
    if (tag !== '' && tag !== known.image?.tag)
        return (0,markdown/* code */.aY)(tag);
    if (digest === undefined)
        return 'an image that Fly.io does not report';
    const commit = before.every((each) => each.digest === digest) && old && order?.running;
    const of = commit && /^[0-9a-f]{7,64}$/.test(commit) ? ` of commit ${(0,markdown/* code */.aY)((0,tag_template/* shortSha */.Fu)(commit))}` : '';
    return `${(0,markdown/* code */.aY)((0,registry_reference/* shortDigest */.VK)(digest))}${of}`;
}
function previousName(view) {
    const [only, ...more] = view.rolledBack ?? [];
    return only === undefined || more.length > 0
        ? 'their previous images'
        : otherName({ image: '', digest: only.digest }, view);
}

;// CONCATENATED MODULE: ./build/report/summary/condition.js





const some = (count, all, one, many) => count === all
    ? all === 1
        ? `its machine ${one}`
        : `all ${all} machines ${many}`
    : `${count} of ${(0,format/* counted */.hS)(all, 'machine')} ${count === 1 ? one : many}`;
function allRun(view, what, verb = ['runs', 'run']) {
    const machines = view.machines ?? [];
    const meant = (0,compare/* managed */.Yq)(machines).length;
    return `${some(meant, machines.length, ...verb)} ${what}`;
}
function runsAsBefore(view, verb) {
    const { before } = view.known;
    if (before === undefined)
        return undefined;
    return before.length === 0
        ? 'the app has no machine'
        : `${some(before.length, before.length, ...verb)} ${imagesOf(before, view)}`;
}
function imagesOf(machines, view) {
    const images = new Map(machines.map((machine) => [machine.digest ?? machine.image, machine]));
    const [first] = images.values();
    if (images.size !== 1 || first === undefined)
        return `${images.size} different images`;
    const { image } = view.known;
    return first.digest !== undefined && image?.digests.includes(first.digest)
        ? imageName(view)
        : otherName(first, view);
}
const phrases = [
    ['not-back', (_, view) => ['still runs', 'still run', imageName(view)]],
    ['reverted', (those, view) => ['is back on', 'are back on', imagesOf(those, view)]],
    [
        'other-image',
        (those, view) => {
            const still = those.every(({ id, digest }) => {
                const old = view.beforeById.get(id);
                return old !== undefined && old.digest === digest;
            });
            const images = imagesOf(those, view);
            return still ? ['still runs', 'still run', images] : ['runs', 'run', images];
        },
    ],
    [
        'unhealthy',
        ({ length }, view) => ['runs', 'run', `${imageName(view)} and ${length === 1 ? 'is' : 'are'} unhealthy`],
    ],
    ['changed', () => ['was', 'were', 'changed after the deploy']],
    ['not-updated', () => ['was', 'were', 'not updated by this deploy']],
    [
        'other-deploy',
        (those, view) => {
            const [version, ...more] = new Set(those.map(({ supersededBy }) => supersededBy));
            const release = more.length > 0 || version === undefined ? 'releases' : `release ${(0,markdown/* text */.Qq)(`v${version}`, 40)}`;
            return ['runs', 'run', `${imagesOf(those, view)} in ${release} of another deploy`];
        },
    ],
    ['missing', () => ['is', 'are', 'missing from Fly.io’s list']],
    [
        'unreachable',
        ({ length }) => ['is', 'are', length === 1 ? 'on an unreachable host' : 'on unreachable hosts'],
    ],
    ['unverified', () => ['could', 'could', 'not be verified']],
];
const mostKinds = 2;
function troubleOf(view) {
    const all = view.machines ?? [];
    const meant = (0,compare/* managed */.Yq)(all);
    const groups = phrases.flatMap(([fate, phrase]) => {
        const machines = meant.filter((machine) => fateOf(machine, view) === fate);
        return machines.length === 0 ? [] : [{ fate, machines, words: phrase(machines, view) }];
    });
    if (groups.length === 0)
        return undefined;
    const told = groups.slice(0, mostKinds).map(({ fate, machines, words: [one, many, what] }, n) => {
        const count = machines.length;
        const subject = n === 0 ? some(count, all.length, one, many) : `${count} ${count === 1 ? one : many}`;
        return `${subject} ${what}${placesOf(machines, all)}${fate === 'reverted' ? ', reverted by Fly.io' : ''}`;
    });
    const rest = groups.slice(mostKinds).reduce((sum, { machines }) => sum + machines.length, 0);
    return [...told, ...(rest === 0 ? [] : [`${rest} more not verified`])].join('; ');
}
const mostRegions = 3;
function placesOf(machines, all) {
    if (machines.length === all.length)
        return '';
    const regions = [...new Set(machines.map(({ region }) => region))].filter((region) => region.trim() !== '');
    if (regions.length === 0)
        return '';
    return regions.length > mostRegions
        ? ` (${(0,format/* counted */.hS)(regions.length, 'region')})`
        : ` (${regions.map((region) => (0,markdown/* code */.aY)(region.slice(0, 20))).join(', ')})`;
}

;// CONCATENATED MODULE: ./build/report/summary/compared.js




function compared({ drift, error }, view) {
    const { machines = [] } = view;
    const running = runningNow(view);
    if (error === undefined)
        return `${running}${excluded(view)}`;
    switch (drift) {
        case 'none':
            return (troubleOf(view) ??
                `${running}, but ${error.code === 'health-failed' ? 'the health check failed' : 'the app could not be reached'}`);
        case 'busy':
            return `busy: a deploy is in progress; ${running}`;
        case 'unreachable':
            return `unknown: ${view.machines === undefined ? 'Fly.io does not answer' : running}`;
        case 'missing-machines':
            return (0,compare/* managed */.Yq)(machines).length === 0
                ? 'drift: the app has no machine that deploys manage'
                : `drift: machines are missing from Fly.io’s list, which has ${machines.length}`;
        case 'moved-tag': {
            const tag = view.known.image?.tag;
            if (view.machines === undefined)
                return 'drift: the release’s tag names another image now';
            return `drift: ${running}${tag === undefined ? '' : `; ${(0,markdown/* code */.aY)(tag)} names another image now`}`;
        }
        case 'mixed':
        case 'other-image':
            return `drift: ${running}`;
    }
}
function runningNow(view) {
    if ((0,compare/* managed */.Yq)(view.machines ?? []).length === 0)
        return 'the app has no machine that deploys manage';
    return troubleOf(view) ?? allRun(view, imageName(view));
}
function excluded({ machines = [] }) {
    const count = machines.length - (0,compare/* managed */.Yq)(machines).length;
    return count === 0 ? '' : `; ${count} ${count === 1 ? 'is' : 'are'} excluded by \`flags\``;
}

;// CONCATENATED MODULE: ./build/report/summary/heading.js










function heading(view) {
    const app = view.app === undefined ? 'the app' : (0,markdown/* code */.aY)(view.app);
    return `## ${iconOf(view)} ${app}: ${conditionOf(view)}`;
}
function iconOf({ outcome, known, failure, rolledBack }) {
    if (known.inputs?.mode === 'doctor' || outcome.kind === 'checked')
        return failure === undefined ? '🩺' : '❌';
    if (rolledBack !== undefined)
        return '⏪';
    if (outcome.kind === 'skipped')
        return outcome.reason === 'dry-run' ? '🔍' : '⏭️';
    if (outcome.kind === 'compared' && outcome.drift === 'busy')
        return '⏳';
    return failure === undefined ? '✅' : '❌';
}
function conditionOf(view) {
    const { outcome, known, findings } = view;
    if (known.inputs?.mode === 'doctor')
        return (0,findings_log/* tally */.N4)(findings);
    switch (outcome.kind) {
        case 'skipped':
            return skipped(outcome, view);
        case 'deployed':
            return `${allRun(view, imageName(view))}${others(view)}`;
        case 'checked':
            return (0,findings_log/* tally */.N4)(findings);
        case 'compared':
            return compared(outcome, view);
        case 'cancelled':
            return isCheck(view) ? notChecked(view) : cancelled(view);
        case 'failed':
            return isCheck(view) ? notChecked(view) : failed(view);
    }
}
function others({ machines = [] }) {
    const count = machines.length - (0,compare/* managed */.Yq)(machines).length;
    return count === 0 ? '' : `; ${count} ${count === 1 ? 'is' : 'are'} not part of this deploy`;
}
function skipped({ reason, words }, view) {
    if (isCheck(view))
        return notChecked(view);
    const image = imageName(view);
    const before = view.known.before ?? [];
    switch (reason) {
        case 'dry-run': {
            const now = runsAsBefore(view, ['runs', 'run']) ?? 'what runs now is unknown';
            return words === '' ? `${now}; ${image} would be deployed` : `${now}; nothing would be deployed`;
        }
        case 'unchanged':
            return `${allRun(view, image, ['already runs', 'already run'])}; nothing was deployed`;
        case 'outdated':
            return `${runsAsBefore(view, still) ?? 'production is unchanged'}${before.length === 0 ? '' : `, newer than ${image}`}; nothing was deployed`;
        case 'refused':
            return 'nothing was deployed or changed; this run is not allowed to deploy';
    }
}
const causes = {
    'bluegreen-unfinished': 'the bluegreen deploy is not finished',
    'checks-failed': 'flyctl failed: health checks did not pass',
    'commit-outdated': 'the commit is outdated',
    'deploy-changed-nothing': 'flyctl changed no machine',
    'deploy-timed-out': 'flyctl timed out',
    'fly-app-not-found': 'the app is unknown to Fly.io',
    'fly-token-invalid': 'the Fly.io token is not valid',
    'fly-token-missing': 'there is no Fly.io token',
    'fly-unauthorized': 'Fly.io refused the token',
    'fly-unavailable': 'Fly.io is unavailable',
    'fly-unreachable': 'Fly.io cannot be reached',
    'image-not-found': 'the image was not found',
    'input-invalid': 'an input is not valid',
    'machines-leased': 'another deploy holds a machine',
    'registry-denied': 'the registry refused access',
    'registry-unavailable': 'the registry is unavailable',
    'registry-unreachable': 'the registry cannot be reached',
    'release-command-failed': 'the release command failed',
    'platform-missing': 'the image is not for linux/amd64',
    'revision-mismatch': 'the image was built from another commit',
    'run-cancelled': 'the run was canceled',
    'several-problems': 'several inputs are not valid',
    'smoke-checks-failed': 'flyctl failed: the app crashes when it starts',
    'verify-command-missing': 'the program of `verify-command` does not exist',
    'verify-command-not-executable': 'the program of `verify-command` cannot be started',
};
function causeOf({ outcome }) {
    const error = (0,report_outcome/* errorOf */.Mz)(outcome);
    if (outcome.kind === 'cancelled')
        return 'the run was canceled';
    if (outcome.kind === 'failed' && outcome.as === 'refused')
        return 'this run is not allowed to deploy';
    if (!(error instanceof user_error/* UserError */.yo))
        return undefined;
    return causes[error.code] ?? (error.cause instanceof deploy/* FlyctlFailure */.vs ? 'flyctl failed' : undefined);
}
const still = ['still runs', 'still run'];
const isCheck = ({ mode }) => mode === 'verify' || mode === 'doctor';
function notChecked(view) {
    const { outcome } = view;
    const isRefused = outcome.kind === 'skipped' || (outcome.kind === 'failed' && outcome.as === 'refused');
    const cause = isRefused ? 'the image of this event must not run' : causeOf(view);
    const what = view.mode === 'doctor' ? 'the setup' : 'what the machines run';
    return `${what} was not checked${cause === undefined ? '' : `; ${cause}`}`;
}
function nothingChanged(view) {
    const parts = ['not deployed, nothing changed', runsAsBefore(view, still), causeOf(view)];
    return parts.filter((part) => part !== undefined).join('; ');
}
function then(view) {
    const cause = view.rollbackFailed ? 'the rollback failed' : causeOf(view);
    return cause === undefined ? '' : `; ${cause}`;
}
function cancelled(view) {
    const { known, machines } = view;
    if (known.deployStartedAt === undefined || view.unchanged)
        return nothingChanged(view);
    if (machines === undefined)
        return `what the machines run is unknown${then(view)}`;
    const trouble = troubleOf(view);
    return trouble === undefined
        ? `${allRun(view, imageName(view))}; the run was canceled before that was verified`
        : `${trouble}${then(view)}`;
}
function failed(view) {
    const { known, production, rolledBack, machines } = view;
    const image = imageName(view);
    if (rolledBack !== undefined) {
        const what = (0,report_outcome/* isImageFailure */.ii)((0,report_outcome/* errorOf */.Mz)(view.outcome)) ? image : `the deploy of ${image}`;
        return `${what} failed; ${allRun(view, `${previousName(view)} again`)}`;
    }
    if (known.deployStartedAt === undefined || view.unchanged)
        return nothingChanged(view);
    if (production?.kind === 'updated')
        return `${allRun(view, image)}, but flyctl failed`;
    const trouble = troubleOf(view);
    const isPart = production?.kind === 'unknown' && trouble !== undefined;
    if (machines === undefined || isPart)
        return `what the machines run is unknown${view.deployed ? `; ${image} was deployed` : then(view)}`;
    if ((0,compare/* managed */.Yq)(machines).length === 0)
        return `no machine runs ${image}; the app has none that \`flyctl deploy\` manages`;
    if (trouble !== undefined)
        return `${trouble}${then(view)}`;
    if (view.rollbackFailed) {
        const back = machines.filter((machine) => fateOf(machine, view) === 'back');
        return `${allRun(view, `${imagesOf(back, view)} again`)}; the rollback could not be verified`;
    }
    return `${allRun(view, image)}, ${unverified(view)}`;
}
function unverified({ outcome }) {
    const error = (0,report_outcome/* errorOf */.Mz)(outcome);
    const words = error instanceof user_error/* UserError */.yo ? unverifiedBy[error.code] : undefined;
    return `but ${words ?? 'that could not be verified to the end'}`;
}
const unverifiedBy = {
    'health-failed': 'the health check failed',
    'health-unreachable': 'the app could not be reached',
    'verify-command-failed': '`verify-command` failed',
    'verify-command-killed': '`verify-command` was ended before its result',
    'verify-command-not-started': '`verify-command` could not be started',
    'verify-command-timed-out': '`verify-command` did not end in time',
    'verify-command-unclear': '`verify-command` failed at a guessed URL',
};

;// CONCATENATED MODULE: ./build/report/headline.js



const most = 500;
function headlineOf(view, app, state, hide) {
    const text = printable(hide((0,markdown/* plain */.pj)(orElse(view, `${app ?? 'the app'}: ${state}`)))).trim();
    return text.length <= most ? text : `${text.slice(0, most - 1)}…`.toWellFormed();
}
function orElse(view, otherwise) {
    try {
        return heading(view());
    }
    catch {
        return otherwise;
    }
}

// EXTERNAL MODULE: ./build/report/outputs.js
var report_outputs = __nccwpck_require__(4121);
;// CONCATENATED MODULE: ./build/report/state.js

function stateOf(outcome, began) {
    switch (outcome.kind) {
        case 'deployed':
        case 'checked':
        case 'cancelled':
            return outcome.kind;
        case 'skipped':
            return outcome.reason;
        case 'compared':
            return stateOfComparison(outcome);
        case 'failed':
            if ((0,report_outcome/* rolledBackTo */.rt)(outcome) !== undefined)
                return 'rolled-back';
            if ((0,report_outcome/* isRollbackFailed */.uy)(outcome))
                return 'rollback-failed';
            if (outcome.as === 'refused' || outcome.as === 'outdated')
                return outcome.as;
            return began && !isDetermined(outcome) ? 'inconclusive' : 'failed';
    }
}
function stateOfComparison({ drift, error }) {
    if (error === undefined)
        return 'verified';
    if (drift === 'busy')
        return 'busy';
    const kind = (0,report_outcome/* failureKind */.zU)(error);
    if (drift === 'unreachable' || kind === 'inconclusive' || kind === 'unreachable')
        return 'inconclusive';
    return drift === 'none' ? 'failed' : 'drift';
}
function isDetermined({ as, fleet, production }) {
    switch (production?.kind) {
        case 'unchanged':
        case 'updated':
            return true;
        case 'changed':
            return fleet !== undefined && as !== 'inconclusive' && as !== 'unreachable';
        case 'unknown':
        case undefined:
            return false;
    }
}
const hasBegun = ({ known }) => known.deployStartedAt !== undefined;

// EXTERNAL MODULE: ./build/verify/cautions.js
var cautions = __nccwpck_require__(2952);
// EXTERNAL MODULE: ./build/report/records.js
var records = __nccwpck_require__(5089);
;// CONCATENATED MODULE: ./build/report/summary/links.js


const repositoryUrl = ({ server, repository }) => `${server}/${repository.split('/').map(encodeURIComponent).join('/')}`;
const isId = (commit) => /^[0-9a-f]{7,64}$/.test(commit);
const commitLink = (commit, links) => isId(commit)
    ? (0,markdown/* link */.nf)((0,markdown/* code */.aY)((0,tag_template/* shortSha */.Fu)(commit)), `${repositoryUrl(links)}/commit/${commit}`)
    : (0,markdown/* code */.aY)(commit.slice(0, 80));
const compareUrl = (base, head, links) => isId(base) && isId(head) ? `${repositoryUrl(links)}/compare/${base}...${head}` : undefined;
const runUrl = (links) => links.runId !== undefined && /^\d+$/.test(links.runId)
    ? `${repositoryUrl(links)}/actions/runs/${links.runId}`
    : undefined;
const flyUrl = (app, page = '') => `https://fly.io/apps/${encodeURIComponent(app)}${page}`;
function packageUrl(image, links) {
    const [owner, ...rest] = image.path.split('/');
    return image.host === 'ghcr.io' && owner === links.repository.split('/')[0]?.toLowerCase()
        ? `${repositoryUrl(links)}/pkgs/container/${encodeURIComponent(rest.join('/'))}`
        : undefined;
}

;// CONCATENATED MODULE: ./build/report/summary/changes.js






function changes(view, links) {
    const { commit, known } = view;
    const { image, before, order } = known;
    const words = wordsOf(view);
    if (image === undefined || words === undefined)
        return undefined;
    const [headBefore, headAfter] = words.columns;
    const old = groupsBefore(before);
    const [first] = old;
    const rows = [
        ['Commit', order?.running && commitLink(order.running, links), commit && commitLink(commit, links)],
        [
            'Image',
            old.map(({ name, count }) => `${(0,markdown/* code */.aY)(name)}${old.length > 1 ? ` × ${count}` : ''}`).join('<br>') ||
                'no machine',
            (0,markdown/* code */.aY)(nameOf(image.reference)),
        ],
        [
            'Digest',
            old.length === 1 && first?.digest ? (0,markdown/* code */.aY)((0,registry_reference/* shortDigest */.VK)(first.digest)) : undefined,
            (0,markdown/* code */.aY)((0,registry_reference/* shortDigest */.VK)(digestOf(view) ?? image.digest)),
        ],
        ['Release', releaseOf(before), version(view.releaseVersion)],
    ];
    const told = rows.filter(([, was, is]) => was !== undefined || is !== undefined);
    const shown = before === undefined
        ? (0,markdown/* table */.tp)(['', headAfter], told.map(([name, , is]) => [`**${name}**`, is ?? '']))
        : (0,markdown/* table */.tp)(['', headBefore, headAfter], told.map(([name, was, is]) => [`**${name}**`, was ?? '', is ?? '']));
    return [`### ${words.title}`, shown, commits(view, links)]
        .filter((part) => part !== undefined)
        .join('\n\n');
}
function wordsOf(view) {
    const { outcome, rolledBack, unchanged, known } = view;
    if (rolledBack !== undefined)
        return { title: 'What was rolled back', columns: ['Runs again', 'Rolled back'] };
    if (outcome.kind === 'skipped')
        return outcome.reason === 'dry-run'
            ? { title: 'What would change', columns: ['Now', 'Would run'] }
            : undefined;
    if (known.deployStartedAt === undefined || unchanged)
        return undefined;
    return runsEverywhere(view)
        ? { title: 'What changed', columns: ['Before', 'Now'] }
        : { title: 'What should have changed', columns: ['Before', 'Should run'] };
}
function runsEverywhere({ machines = [], verified }) {
    const meant = (0,compare/* managed */.Yq)(machines);
    return verified || (meant.length > 0 && meant.every(({ runsImage }) => runsImage));
}
const mostBefore = 4;
function groupsBefore(before) {
    const images = Map.groupBy(before ?? [], ({ image, digest }) => `${image}\n${digest ?? ''}`);
    const groups = [...images.values()].map((some) => {
        const { image = '', digest } = some[0] ?? {};
        const name = shortName(image);
        const isBare = name !== '' && digest !== undefined && (0,registry_reference/* tagIn */.mg)(image) === '';
        return {
            name: isBare ? `${name}@${(0,registry_reference/* shortDigest */.VK)(digest)}` : name || '?',
            digest,
            count: some.length,
        };
    });
    const rest = groups.slice(mostBefore).reduce((sum, { count }) => sum + count, 0);
    return rest === 0
        ? groups
        : [...groups.slice(0, mostBefore), { name: 'others', digest: undefined, count: rest }];
}
function releaseOf(machines) {
    const [first, ...rest] = new Set((machines ?? []).map(({ releaseVersion }) => releaseVersion));
    return rest.length === 0 ? version(first) : undefined;
}
const version = (release) => release && (/^\d{1,9}$/.test(release) ? `v${release}` : (0,markdown/* code */.aY)(`v${release.slice(0, 40)}`));
function commits(view, links) {
    const { known, commit, rolledBack } = view;
    const { order } = known;
    const { between, running } = order ?? {};
    if (between === undefined || running === undefined || commit === undefined)
        return undefined;
    const { ahead, behind } = between;
    const [there, back] = [compareUrl(running, commit, links), compareUrl(commit, running, links)];
    const linked = (words, url) => (url === undefined ? words : (0,markdown/* link */.nf)(words, url));
    const verb = (plain, past) => {
        if (rolledBack !== undefined)
            return `had ${past}`;
        if (view.outcome.kind === 'skipped')
            return `would ${plain}`;
        return runsEverywhere(view) ? past : `should have ${past}`;
    };
    const parts = [
        ahead > 0 && `${verb('add', 'added')} ${linked((0,format/* counted */.hS)(ahead, 'commit'), there)}`,
        behind > 0 && `${verb('remove', 'removed')} ${linked((0,format/* counted */.hS)(behind, 'commit'), back)}`,
    ].filter((part) => part !== false);
    if (parts.length === 0)
        return undefined;
    const rows = between.commits.map(({ sha, subject, author }) => [
        commitLink(sha, links),
        (0,markdown/* text */.Qq)(subject, 72) || '–',
        (0,markdown/* text */.Qq)(author, 39),
    ]);
    const more = ahead > rows.length && rows.length > 0 ? `\n\n…and ${linked(`${ahead - rows.length} more`, there)}.` : '';
    const list = rows.length === 0 ? '' : `\n\n${(0,markdown/* table */.tp)(['Commit', 'Subject', 'Author'], rows)}${more}`;
    return `This deploy ${parts.join(' and ')}.${list}`;
}

// EXTERNAL MODULE: ./build/deploy/remedy.js
var remedy = __nccwpck_require__(9460);
;// CONCATENATED MODULE: ./build/report/summary/next-steps.js









function whatToDo(view, links) {
    const { failure } = view;
    if (failure === undefined)
        return undefined;
    const parts = failure.kind === 'expected'
        ? [
            '**What to do next**',
            ...backOn(view),
            ...eachOf(failure.texts, ({ fix }) => sentences(fix)),
            ...leftOver(view),
            ...at(failure.location),
            ...nextSteps(view, links),
        ]
        : ['**Unexpected error.** This is a bug in the action: please report it.'];
    return `> [!CAUTION]\n${parts.join('\n\n').replace(/^/gm, '> ').replace(/^> $/gm, '>')}`;
}
function whatWasFound({ failure, known }) {
    if (failure === undefined)
        return undefined;
    if (failure.kind === 'unexpected')
        return (0,markdown/* block */.om)(failure.message);
    return eachOf(failure.texts, ({ found, expected }) => `**Found:** ${sentences(next_steps_shortened(found))}\n\n**Expected:** ${sentences(named(expected, known.image, known.plan))}`).join('\n\n');
}
const eachOf = (texts, paragraph) => texts.map((text, n) => `${texts.length === 1 ? '' : `${n + 1}\\. `}${paragraph(text)}`);
function sentences(text) {
    const parts = [];
    let fresh = true;
    for (const line of text.split('\n')) {
        const kind = fresh ? 'prose' : 'lines';
        fresh = line.trim() === '';
        if (fresh)
            continue;
        const last = parts.at(-1);
        if (last?.kind === 'lines' && kind === 'lines')
            last.lines.push(line);
        else
            parts.push({ kind, lines: [line] });
    }
    return parts
        .map(({ kind, lines }) => (kind === 'prose' ? (0,markdown/* prose */.CS)(lines[0] ?? '') : (0,markdown/* block */.om)(lines.join('\n'))))
        .join('\n\n');
}
const at = (location) => location === undefined ? [] : [`In ${(0,markdown/* code */.aY)(location.file)}, line ${location.line}.`];
const next_steps_shortened = (text) => text.replace(/sha256:[0-9a-f]{64}(?![0-9a-f])/g, registry_reference/* shortDigest */.VK);
function named(text, image, plan) {
    const tag = image !== undefined && !isMoving(plan) ? image.tag : undefined;
    return tag === undefined || image === undefined || text.includes(tag)
        ? text
        : text.replace((0,registry_reference/* shortDigest */.VK)(image.digest), `\`${tag}\`, $&`);
}
const backOn = (view) => view.rolledBack === undefined
    ? []
    : [`Production is back: ${allRun(view, `${previousName(view)} again`)}.`];
const errorTextHas = (failure, fix) => failure?.kind === 'expected' && failure.texts.some((text) => text.fix.includes(fix));
function leftOver({ outcome, app, failure }) {
    const rollback = outcome.kind === 'failed' ? outcome.rollback : undefined;
    if (rollback?.kind !== 'rolled-back' || app === undefined)
        return [];
    const fix = (0,deploy_surplus/* surplusFix */.G8)(app, rollback.surplus);
    return fix === undefined || errorTextHas(failure, fix) ? [] : [sentences(`Before the next deploy, ${fix}`)];
}
function nextSteps(view, links) {
    const { app, known, machines, outcome } = view;
    const touched = isSeen(view) && app !== undefined;
    const drift = outcome.kind === 'compared' ? outcome.drift : undefined;
    const logs = drift === undefined || drift === 'none';
    const release = (0,remedy/* releaseCommandMachine */._O)((0,report_outcome/* errorOf */.Mz)(outcome));
    const wrong = machines?.find((machine) => urgencyOf(machine, view) === 0 && /^[a-z0-9]+$/.test(machine.id));
    const run = known.plan !== undefined && (0,report_outcome/* canTryAgain */.ef)(outcome) ? runUrl(links) : undefined;
    const advised = view.failure?.kind === 'expected' ? view.failure.texts.map(({ fix }) => fix).join('\n') : '';
    const lines = [
        touched &&
            logs &&
            !advised.includes('`fly logs -a') &&
            `fly logs --app ${app}${release === undefined ? '' : ` -i ${release}`}`,
        touched &&
            wrong &&
            drift !== 'busy' &&
            !advised.includes(`fly machine status ${wrong.id}`) &&
            `fly machine status ${wrong.id} --app ${app}`,
    ].filter((line) => typeof line === 'string');
    const pages = [
        run && (0,markdown/* link */.nf)('Run the job again', run),
        touched && (0,markdown/* link */.nf)('Machines on Fly.io', flyUrl(app, '/machines')),
    ].filter((page) => typeof page === 'string');
    return [
        ...(lines.length === 0 ? [] : [(0,markdown/* block */.om)(lines.join('\n'))]),
        ...(pages.length === 0 ? [] : [pages.join(' · ')]),
    ];
}

;// CONCATENATED MODULE: ./build/report/summary/checklist.js



function checklist(findings) {
    const { bad, areas } = (0,findings_log/* inOrder */.al)(findings);
    const first = bad.map((finding, n) => item(finding, `**${n + 1}. ${finding.area}.** `));
    const rest = [...areas].map(([area, some]) => `<details><summary>${area}: ${(0,findings_log/* tally */.N4)(some)}</summary>\n\n${ofArea(some)}\n\n</details>`);
    return [...(first.length === 0 ? [] : ['### Fix these first', ...first]), ...rest].join('\n\n');
}
function ofArea(findings) {
    const isListed = ({ mark, fix }) => mark === 'ok' || fix === undefined;
    const items = findings.filter((each) => !isListed(each));
    const rows = findings.filter(isListed).map((each) => [findings_log/* signs */.rf[each.mark], sentence(each)]);
    return [
        ...items.map((each) => item(each, `**${findings_log/* signs */.rf[each.mark]}** `)),
        ...(rows.length === 0 ? [] : [(0,markdown/* table */.tp)(['', 'Finding'], rows)]),
    ].join('\n\n');
}
const item = (finding, title) => {
    const { expected, fix } = finding;
    return [
        `${title}${sentence(finding)}`,
        ...(expected === undefined ? [] : [`**Expected:** ${sentences(expected)}`]),
        ...(fix === undefined ? [] : [`**Fix:** ${sentences(fix)}`]),
    ].join('\n\n');
};
const sentence = ({ mark, words, at }) => (0,markdown/* prose */.CS)(words) + (at === undefined || mark === 'ok' ? '' : ` (${(0,markdown/* code */.aY)(`${at.file}:${at.line}`)})`);

;// CONCATENATED MODULE: ./build/report/summary/mermaid.js

const label = (lines) => `"${lines
    .map((line) => (0,lib_text/* plainLine */.h0)(line.slice(0, 160))
    .slice(0, 80)
    .replace(/[^A-Za-z0-9 ./@-]/gu, (character) => `#${character.codePointAt(0)};`))
    .join('<br/>')}"`;
const looks = {
    plain: 'fill:#ddf4ff,stroke:#0969da,color:#0a3069',
    good: 'fill:#dafbe1,stroke:#1a7f37,color:#044f1e',
    bad: 'fill:#ffebe9,stroke:#cf222e,color:#82071e',
    back: 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00',
    unknown: 'fill:#f6f8fa,stroke:#57606a,color:#24292f',
    unsure: 'fill:#f6f8fa,stroke:#57606a,color:#24292f,stroke-dasharray:5 4',
    other: 'fill:#fbefff,stroke:#8250df,color:#512a97',
};
function flowchart(nodes, edges) {
    const used = new Set(nodes.map(({ look }) => look));
    return [
        '```mermaid',
        'flowchart LR',
        ...nodes.map(({ id, lines, look }) => `  ${id}[${label(lines)}]:::${look}`),
        ...edges.map(({ from, to, label: text, dotted }) => `  ${from} ${dotted ? '-.->' : '-->'}${text === undefined ? '' : `|${label([text])}|`} ${to}`),
        ...[...used].map((look) => `  classDef ${look} ${looks[look]}`),
        '```',
    ].join('\n');
}

;// CONCATENATED MODULE: ./build/report/summary/diagram.js








const [mostMachines, diagram_mostRegions] = [6, 8];
const mostGood = 4;
function diagram(view) {
    const { commit, known } = view;
    const { image, plan, mirror, order } = known;
    const nodes = [];
    const edges = [];
    const add = (node, from, label) => {
        nodes.push(node);
        if (from !== undefined)
            edges.push({ from, to: node.id, ...(label === undefined ? {} : { label }) });
        return node.id;
    };
    let last;
    if (commit !== undefined) {
        const subject = order?.between?.commits.find(({ sha }) => sha === commit)?.subject;
        const lines = [`commit ${(0,tag_template/* shortSha */.Fu)(commit)}`, ...(subject ? [cut(subject, 32)] : [])];
        last = add({ id: 'commit', lines, look: 'plain' }, last);
    }
    if (image === undefined) {
        const tag = tagOf(plan);
        const state = withoutImage(view);
        if (tag === undefined || commit === undefined || state === undefined)
            return undefined;
        const look = state === notFound ? 'bad' : 'unsure';
        add({ id: 'image', lines: [cut(tag, 40), state], look }, last, 'built');
        return flowchart(nodes, edges);
    }
    const name = image.tag === undefined ? [] : [cut(image.tag, 40)];
    const digest = digestOf(view) ?? image.digest;
    last = add({ id: 'image', lines: [...name, (0,registry_reference/* shortDigest */.VK)(digest)], look: 'plain' }, last, 'built');
    if (mirror !== undefined) {
        const { reference, digest } = mirror;
        last = add({ id: 'mirror', lines: [cut(reference.host, 40), (0,registry_reference/* shortDigest */.VK)(digest)], look: 'plain' }, last, 'copied to');
    }
    const groups = groupsOf(view);
    for (const [n, { lines, look, runs, label }] of groups.entries()) {
        const from = runs === undefined ? last : `other${runs.id}`;
        if (runs !== undefined && !nodes.some(({ id }) => id === from))
            nodes.push({ id: from ?? '', lines: runs.lines, look: 'unknown' });
        const id = `m${n + 1}`;
        nodes.push({ id, lines, look });
        if (from !== undefined)
            edges.push({ from, to: id, label, dotted: look === 'unsure' });
        const dotted = runs === undefined ? undefined : dottedLabel(look, view);
        if (dotted !== undefined && last !== undefined)
            edges.push({ from: last, to: id, label: dotted, dotted: true });
    }
    return flowchart(nodes, edges);
}
const notFound = 'not found';
function withoutImage({ outcome }) {
    const error = (0,report_outcome/* errorOf */.Mz)(outcome);
    if (outcome.kind === 'cancelled' || !(error instanceof user_error/* UserError */.yo))
        return undefined;
    const states = {
        'image-not-found': notFound,
        'platform-missing': 'has no linux/amd64 image',
    };
    return states[error.code] ?? 'could not be read';
}
function dottedLabel(look, { outcome }) {
    if (look === 'bad')
        return 'should run on';
    return outcome.kind === 'skipped' && outcome.reason === 'dry-run' ? 'would run on' : undefined;
}
function groupsOf(view) {
    const { machines, app, outcome, known } = view;
    if (machines === undefined || machines.length === 0 || !isSeen(view)) {
        const lines = ['app', app ?? '?'];
        const [old, ...more] = new Map(known.before?.map((each) => [each.digest, each])).values();
        const isOther = old !== undefined && more.length === 0 && !diagram_isOurs(old, view);
        if (isOther && known.deployStartedAt === undefined) {
            const still = outcome.kind === 'skipped' && outcome.reason === 'dry-run' ? 'runs on' : 'still runs on';
            return [{ lines, look: 'unknown', label: still, runs: { id: 1, lines: otherLines(old) } }];
        }
        const skipped = outcome.kind === 'skipped' ? outcome.reason : undefined;
        if (skipped === 'unchanged')
            return [{ lines, look: 'good', label: 'runs on', runs: undefined }];
        const label = skipped === 'dry-run' ? 'would run on' : 'not deployed to';
        return [{ lines, look: 'unknown', label, runs: undefined }];
    }
    const others = [
        ...new Set(machines.filter(({ runsImage }) => !runsImage).map(({ digest }) => digest ?? '?')),
    ];
    const drawn = (machine, lines) => {
        const digest = machine.digest ?? '?';
        const before = known.before?.find((each) => each.digest === digest);
        const [fate, look] = [fateOf(machine, view), lookOf(machine, view)];
        if (look === 'unsure')
            return { lines, look, label: 'not verified on', runs: undefined };
        return {
            lines,
            look,
            label: fate === 'back' || fate === 'reverted'
                ? 'runs again on'
                : machine.runsImage || before === undefined
                    ? 'runs on'
                    : 'still runs on',
            runs: machine.runsImage
                ? undefined
                : {
                    id: others.indexOf(digest) + 1,
                    lines: otherLines({ image: before?.image || machine.image, digest: machine.digest }),
                },
        };
    };
    const sorted = [...machines].sort((a, b) => urgencyOf(a, view) - urgencyOf(b, view));
    const by = (some, key) => [
        ...Map.groupBy(some, (machine) => `${machine.digest} ${signOf(machine, view)} ${key(machine)}`).values(),
    ];
    if (machines.length <= mostMachines)
        return sorted.map((machine) => drawn(machine, [`${machine.region} ${signOf(machine, view)}`, machine.id, machine.state]));
    const isGood = (machine) => urgencyOf(machine, view) > 0;
    const [bad, good] = [sorted.filter((each) => !isGood(each)), sorted.filter(isGood)];
    const split = (some, most) => {
        const regions = by(some, ({ region }) => region);
        return regions.length <= most ? regions : by(some, () => '');
    };
    return [...split(bad, diagram_mostRegions), ...split(good, mostGood)].slice(0, 2 * diagram_mostRegions).flatMap((some) => {
        const [first] = some;
        if (first === undefined)
            return [];
        const places = new Set(some.map(({ region }) => region));
        const place = places.size === 1 ? first.region : (0,format/* counted */.hS)(places.size, 'region');
        return [drawn(first, [`${place} ${signOf(first, view)}`, (0,format/* counted */.hS)(some.length, 'machine')])];
    });
}
function otherLines({ image, digest }) {
    const tag = (0,registry_reference/* tagIn */.mg)(image);
    return [
        ...(tag === '' ? [] : [cut(tag, 40)]),
        digest === undefined ? 'digest not reported' : (0,registry_reference/* shortDigest */.VK)(digest),
    ];
}
const diagram_isOurs = ({ digest }, { known: { image } }) => digest !== undefined && image?.digests.includes(digest) === true;
const cut = (text, most) => [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`;

// EXTERNAL MODULE: ./build/attestation/words.js
var words = __nccwpck_require__(2332);
;// CONCATENATED MODULE: ./build/report/summary/image.js





function origin({ known, rolledBack }, links, now) {
    const { image, trigger, mirror, attested } = known;
    if (image === undefined)
        return undefined;
    const run = trigger?.kind === 'automatic' ? trigger.run : undefined;
    const age = image.created === undefined ? undefined : (0,format/* formatAge */.nV)(image.created, now);
    const by = run &&
        `by ${(0,markdown/* code */.aY)(run.name.slice(0, 60))}${run.number === undefined ? '' : ` #${run.number}`}${run.url?.startsWith(`${links.server}/`) ? ` (${(0,markdown/* link */.nf)('run', run.url)})` : ''}`;
    const says = {
        matches: `Built from this commit, according to its ${image.revision?.from ?? 'revision'}`,
        unknown: 'Has no revision: only its tag links it to this commit',
        unchecked: undefined,
    }[known.revision ?? 'unchecked'];
    const lines = [
        `Built ${[age, by].filter((part) => part !== undefined).join(', ')}${(age ?? by) ? '; ' : ''}download size ${(0,format/* formatBytes */.z3)(image.size)}`,
        says,
        attested && attestation(attested),
        mirror &&
            `Deployed from the copy ${(0,markdown/* code */.aY)(nameOf(mirror.reference))}: ${mirror.there === mirror.blobs ? 'nothing to upload' : `${(0,format/* formatBytes */.z3)(mirror.bytes)} uploaded`}`,
        rolledBack && `Rolled back to ${rolledBack.map(({ reference }) => (0,markdown/* code */.aY)(nameOf(reference))).join(', ')}`,
        trigger && `Started by ${startOf(trigger)}`,
    ];
    const list = lines.filter((line) => line !== undefined).map((line) => `- ${line}`);
    return `### The image\n\n${list.join('\n')}`;
}
const attestation = (attested) => attested.kind === 'attested'
    ? `Attested: signed by ${(0,markdown/* code */.aY)(attested.signer.replace(/^https:\/\/[^/]*\//, ''))}${attested.called ? ', a workflow of another repository,' : ''} for ${(0,markdown/* code */.aY)(attested.ref)}${(0,words/* runnerWords */.G)(attested.runner, ', on ')}`
    : 'Not attested: no signed statement names the workflow that built it';
function startOf(trigger) {
    if (trigger.kind === 'automatic')
        return `${(0,markdown/* code */.aY)(trigger.event)}, automatic${trigger.environment === undefined ? '' : `, for environment ${(0,markdown/* code */.aY)(trigger.environment.slice(0, 60))}, not compared with the job’s environment`}`;
    const { event, published } = trigger;
    return published === undefined
        ? `${(0,markdown/* code */.aY)(event)}, manual`
        : `${(0,markdown/* code */.aY)(event)}, automatic, with tag ${(0,markdown/* code */.aY)(published.tag)}`;
}
function references({ known, commit }) {
    const { image, mirror, before } = known;
    if (image === undefined)
        return undefined;
    const previous = [
        ...new Set((before ?? []).map(({ image: name, digest }) => `${name}${digest === undefined ? '' : `@${digest}`}`)),
    ];
    const rows = [
        ['image', (0,registry_reference/* formatReference */.FH)(image.reference)],
        ['digest', image.digest],
        ['linux/amd64', image.platformDigest === image.digest ? undefined : image.platformDigest],
        ['copy', mirror && (0,registry_reference/* formatReference */.FH)(mirror.reference)],
        ['commit', commit],
        ...previous.slice(0, 10).map((each) => ['before', each]),
    ];
    const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(12)}${value}`]));
    return `<details><summary>References in full</summary>\n\n${(0,markdown/* block */.om)(lines.join('\n'), Number.POSITIVE_INFINITY)}\n\n</details>`;
}

// EXTERNAL MODULE: ./build/report/machines.js + 1 modules
var machines = __nccwpck_require__(7030);
;// CONCATENATED MODULE: ./build/report/summary/machines.js





const mostRows = 100;
const fleet = 10;
const [mostOfCause, mostOfName] = [160, 80];
function machines_machines(view) {
    const { machines } = view;
    if (machines === undefined || machines.length === 0 || !isSeen(view))
        return undefined;
    const sorted = [...machines].sort((a, b) => urgencyOf(a, view) - urgencyOf(b, view));
    const isFolded = (machine) => machines.length >= fleet && fateOf(machine, view) === 'fine';
    const [open, folded] = [sorted.filter((each) => !isFolded(each)), sorted.filter(isFolded)];
    const shown = open.slice(0, mostRows);
    const kept = folded.slice(0, mostRows - shown.length);
    const left = machines.length - shown.length - kept.length;
    const parts = [
        '### Machines',
        shown.length > 0 && rows(shown, view),
        legendOf(open, view),
        kept.length > 0 &&
            `<details><summary>${(0,format/* counted */.hS)(folded.length, 'machine')} ${folded.length === 1 ? 'runs' : 'run'} the image</summary>\n\n${rows(kept, view)}\n\n</details>`,
        left > 0 && `…and ${left} more.`,
    ];
    return parts.filter((part) => typeof part === 'string').join('\n\n');
}
function rows(some, view) {
    const groups = new Set(view.machines?.map(({ group }) => group)).size > 1;
    const notesOf = (machine) => ['back', 'unchanged', 'excluded'].includes(fateOf(machine, view)) ? '' : ((0,machines/* wordsOf */.Z9)(machine) ?? '');
    const notes = some.some((machine) => notesOf(machine) !== '');
    const row = (machine) => [
        signOf(machine, view),
        (0,markdown/* code */.aY)(machine.id, mostOfName),
        ...(groups ? [(0,markdown/* code */.aY)(machine.group, mostOfName)] : []),
        (0,markdown/* code */.aY)(machine.region, mostOfName),
        view.missing.has(machine.id) ? (0,markdown/* text */.Qq)(machine.state, mostOfName) : machines_stateOf(machine),
        machine.digest === undefined ? 'not reported' : (0,markdown/* code */.aY)((0,registry_reference/* shortDigest */.VK)(machine.digest).slice('sha256:'.length)),
        ...(notes ? [(0,markdown/* text */.Qq)(notesOf(machine), mostOfCause)] : []),
    ];
    const head = [
        '',
        'Machine',
        ...(groups ? ['Process group'] : []),
        'Region',
        'State',
        'Digest',
        ...(notes ? ['Details'] : []),
    ];
    return (0,markdown/* table */.tp)(head, some.map(row));
}
const machines_stateOf = ({ state, host }) => `${(0,markdown/* code */.aY)(state, mostOfName)}${host === 'ok' ? '' : ` · host ${(0,markdown/* code */.aY)(host, mostOfName)}`}`;

;// CONCATENATED MODULE: ./build/report/summary/summary.js













function summary_summary(view, links, now) {
    const doctor = view.known.inputs?.mode === 'doctor';
    const listed = view.outcome.kind === 'checked';
    const parts = [
        heading(view),
        ...(listed ? [] : [whatToDo(view, links)]),
        summary_cautions(view),
        doctor && checklist(view.findings),
        whyNot(view),
        !doctor && inShort(view, links),
        !doctor && diagram(view),
        ...(listed ? [] : [whatWasFound(view)]),
        changes(view, links),
        machines_machines(view),
        origin(view, links, now),
        references(view),
        view.known.recorded && (0,records/* recordsLine */.L)(view.known.recorded, links),
        times(view),
        footer(view, links),
    ];
    return withinLimit(parts.filter((part) => typeof part === 'string' && part !== ''));
}
const mostBytes = 1024 * 1024;
function withinLimit(parts) {
    const kept = [...parts];
    const textOf = () => `${[...kept, ...(kept.length < parts.length ? [`_${parts.length - kept.length} parts of this summary were left out: GitHub shows 1 MiB at most._`] : [])].join('\n\n')}\n`;
    while (kept.length > 1 && Buffer.byteLength(textOf()) > mostBytes)
        kept.pop();
    return textOf();
}
function summary_cautions({ verified, machines = [], known }) {
    const lines = verified ? (0,cautions/* cautionsOf */.Y)(machines, known.uncounted) : [];
    return lines.length === 0
        ? undefined
        : ['> [!WARNING]', ...lines.map((line) => `> ${(0,markdown/* prose */.CS)(line)}`)].join('\n>\n');
}
function whyNot({ skipped }) {
    if (skipped === undefined || skipped === '')
        return undefined;
    if (typeof skipped === 'string')
        return sentences(skipped.replace(/^[a-z]/, (first) => first.toUpperCase()));
    const { found, expected, fix } = skipped;
    return `**Found:** ${sentences(found)}\n\n**Expected:** ${sentences(expected)}\n\n**To deploy:** ${sentences(fix)}`;
}
function inShort(view, links) {
    const { failure, commit, stages, took, releaseVersion, verified, outcome } = view;
    const { known } = view;
    const { order, url } = known;
    if (failure !== undefined || commit === undefined)
        return undefined;
    const running = order?.running;
    const moves = verified || (outcome.kind === 'skipped' && outcome.reason === 'dry-run');
    const page = moves && running !== undefined && running !== commit ? compareUrl(running, commit, links) : undefined;
    const parts = [
        page && (0,markdown/* link */.nf)(`${(0,markdown/* code */.aY)((0,tag_template/* shortSha */.Fu)(running ?? ''))} → ${(0,markdown/* code */.aY)((0,tag_template/* shortSha */.Fu)(commit))}`, page),
        version(releaseVersion) && `release ${version(releaseVersion)}`,
        stages.length > 0 && `took ${(0,format/* formatDuration */.a3)(took)}`,
        known.answers && (0,markdown/* text */.Qq)(known.answers),
        verified && url !== undefined && (0,markdown/* link */.nf)('open the app', url),
    ].filter((part) => typeof part === 'string' && part !== '');
    return parts.length === 0 ? undefined : parts.join(' · ');
}
function times({ stages, took }) {
    if (stages.length === 0)
        return undefined;
    const rows = stages.map(({ title, ms, ok }) => [`${ok ? '✓' : '✗'} ${title}`, (0,format/* formatDuration */.a3)(ms)]);
    const sum = stages.reduce((all, { ms }) => all + ms, 0);
    const overlap = sum > took ? 'Some steps ran at the same time, so their times add up to more than the total.\n\n' : '';
    return `<details><summary>Took ${(0,format/* formatDuration */.a3)(took)}</summary>\n\n${(0,markdown/* table */.tp)(['Step', 'Time'], rows)}\n\n${overlap}</details>`;
}
function footer({ app, known: { image, url } }, links) {
    const page = image && packageUrl(image.repository, links);
    const parts = [
        url !== undefined && (0,markdown/* link */.nf)('App', url),
        app !== undefined && (0,markdown/* link */.nf)('Fly.io dashboard', flyUrl(app)),
        app !== undefined && (0,markdown/* link */.nf)('Machines', flyUrl(app, '/machines')),
        page !== undefined && (0,markdown/* link */.nf)('Package', page),
    ].filter((part) => typeof part === 'string');
    return parts.length === 0 ? undefined : parts.join(' · ');
}

// EXTERNAL MODULE: ./build/report/missing.js
var report_missing = __nccwpck_require__(7883);
;// CONCATENATED MODULE: ./build/report/view.js



function viewOf(facts, outcome, hide, location, given) {
    const { known, stages, elapsed, findings, commit } = facts;
    const missing = (0,report_missing/* missingOf */.o)(facts, outcome);
    const fleet = (0,report_outcome/* fleetOf */.aP)(outcome);
    return {
        outcome,
        known,
        stages,
        took: elapsed,
        findings: outcome.kind === 'checked' ? outcome.findings : findings,
        failure: failureOf(facts, outcome, hide, location),
        skipped: skippedOf(outcome, hide),
        app: known.inputs?.app ?? given?.app,
        mode: known.inputs?.mode ?? given?.mode,
        commit,
        machines: fleet && [...fleet, ...missing],
        compared: outcome.kind === 'compared',
        deployed: (0,report_outcome/* isDeployed */.Nj)(facts, outcome),
        verified: (0,report_outcome/* isVerified */.p4)(outcome),
        releaseVersion: (0,report_outcome/* releaseOf */.l7)(facts, outcome).version,
        rolledBack: (0,report_outcome/* rolledBackTo */.rt)(outcome),
        production: outcome.kind === 'failed' ? outcome.production : undefined,
        unchanged: (0,report_outcome/* isUnchanged */._5)(facts, outcome),
        rollbackFailed: (0,report_outcome/* isRollbackFailed */.uy)(outcome),
        missing: new Set(missing.map(({ id }) => id)),
        beforeById: new Map(known.before?.map((machine) => [machine.id, machine])),
    };
}
function skippedOf(outcome, hide) {
    if (outcome.kind !== 'skipped')
        return undefined;
    return outcome.refusal === undefined ? hide(outcome.words) : view_hidden(outcome.refusal, hide);
}
const view_hidden = ({ found, expected, fix }, hide) => ({
    found: hide(found),
    expected: hide(expected),
    fix: hide(fix),
});
function failureOf(facts, outcome, hide, location) {
    const error = (0,report_outcome/* errorOf */.Mz)(outcome);
    const texts = (0,report_outcome/* errorTextsOf */.CP)(facts, outcome);
    if (error === undefined)
        return undefined;
    if (!(error instanceof user_error/* UserError */.yo) || texts === undefined)
        return { kind: 'unexpected', message: hide((0,user_error/* messageOf */.bD)(error)) };
    return { kind: 'expected', texts: texts.map((text) => view_hidden(text, hide)), location };
}

;// CONCATENATED MODULE: ./build/report/publish.js











async function publish(rt, facts, outcome) {
    const { log } = rt;
    const attempt = async (what, work) => {
        try {
            await work();
        }
        catch (error) {
            log.warning(`The ${what} could not be written: ${(0,user_error/* messageOf */.bD)(error)}. This does not change the result of the step.`);
        }
    };
    const location = await locationOf(rt, outcome);
    await attempt('annotation', () => annotate(rt, facts, outcome, location));
    const app = facts.known.inputs?.app ?? appOf(rt);
    const view = () => viewOf(facts, outcome, log.hide, location, { app: appOf(rt), mode: rt.input('mode') });
    const state = stateOf(outcome, hasBegun(facts));
    const headline = headlineOf(view, app, state, log.hide);
    const files = { report: '', 'report-vsa': '' };
    await attempt('report', async () => {
        const { writeReport, writeVsa } = await __nccwpck_require__.e(/* import() */ 162).then(__nccwpck_require__.bind(__nccwpck_require__, 8162));
        const ended = { app, state, headline };
        files['report-vsa'] = writeVsa(rt, facts, outcome, ended);
        files.report = writeReport(rt, facts, outcome, ended);
    });
    await attempt('outputs', () => {
        let outputs = { state, headline, ...files };
        try {
            outputs = { ...(0,report_outputs/* outputsOf */.Yz)(facts, outcome, log.hide), ...outputs };
        }
        finally {
            rt.writeOutputs(outputs);
        }
        const unlisted = facts.known.placements?.omitted ?? 0;
        if (unlisted > 0)
            log.line(`The output \`placements\` omits ${unlisted} of the process groups and regions. They have no deployment records either.`);
        const omitted = Number(outputs['machines-omitted']);
        if (omitted > 0)
            log.line(`The output \`machines\` omits ${(0,format/* counted */.hS)(omitted, 'machine')} because of GitHub’s limit of 1 MB. Machines with a problem come first in it.`);
    });
    await attempt('summary', () => rt.writeSummary(summary_summary(view(), (0,links/* linksOf */.h)(rt), rt.clock.now())));
}
function appOf(rt) {
    const app = rt.input('app');
    return (0,app_name/* isAppName */.f)(app) ? app : undefined;
}
async function locationOf(rt, outcome) {
    const error = (0,report_outcome/* errorOf */.Mz)(outcome);
    if (!(error instanceof user_error/* UserError */.yo))
        return undefined;
    if (error.location !== undefined || error.input === undefined)
        return error.location;
    return locationOfInput(error.input, rt).catch(() => undefined);
}
function annotate({ log }, facts, outcome, location) {
    const error = (0,report_outcome/* errorOf */.Mz)(outcome);
    if (error === undefined)
        return;
    const texts = (0,report_outcome/* errorTextsOf */.CP)(facts, outcome);
    if (error instanceof user_error/* UserError */.yo && texts !== undefined) {
        log.debug(`Error code: ${error.codes.join(', ')}`);
        if (outcome.kind === 'failed')
            log.debug(`Failed as: ${outcome.as}`);
        const rollback = outcome.kind === 'failed' ? outcome.rollback : undefined;
        if (outcome.kind === 'failed' && outcome.production !== undefined)
            log.debug(`Production: ${outcome.production.kind}`);
        if (rollback?.kind === 'not-rolled-back')
            log.debug(`Not rolled back: ${rollback.code}`);
        if (rollback?.kind === 'untouched')
            log.debug(`Not rolled back: ${rollback.kind}`);
        log.error((0,user_error/* formatTexts */.UQ)(texts), location);
    }
    else {
        log.error(`Unexpected error: ${(0,user_error/* messageOf */.bD)(error)}`);
        log.debug(error.stack ?? '');
    }
}

;// CONCATENATED MODULE: ./build/main.js








async function main(outside) {
    const facts = new Facts(outside.clock);
    const run = cancellable(facts.noting(outside));
    const over = new AbortController();
    const outcome = await Promise.race([runStep(run.rt, facts, over.signal), whenCancelled(run)])
        .finally(() => over.abort())
        .catch((reason) => main_failed(reason, run, facts));
    if ((0,report_outcome/* isPlaced */.AD)(outcome)) {
        const { recordDeployment } = await Promise.all(/* import() */[__nccwpck_require__.e(868), __nccwpck_require__.e(820)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2820));
        await recordDeployment(outside, facts, outcome);
    }
    await publish(outside, facts, outcome);
    return outcome;
}
async function runStep(rt, facts, over) {
    const { log } = rt;
    for (const secret of (0,secrets/* secretsOf */.F)(rt))
        log.mask(secret);
    if ((0,app_name/* isAppName */.f)(rt.input('app')))
        log.about(rt.input('app'));
    const inputs = await facts.stage('inputs', 'Read the inputs', () => readInputs(rt));
    log.about(inputs.app);
    logInputs(inputs, log);
    if (inputs.mode === 'doctor') {
        const { doctor } = await Promise.all(/* import() */[__nccwpck_require__.e(88), __nccwpck_require__.e(606), __nccwpck_require__.e(868), __nccwpck_require__.e(308), __nccwpck_require__.e(50), __nccwpck_require__.e(236)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1236));
        return doctor(rt, inputs, facts);
    }
    if (inputs.mode === 'verify') {
        const { verifyImage } = await Promise.all(/* import() */[__nccwpck_require__.e(606), __nccwpck_require__.e(868), __nccwpck_require__.e(308), __nccwpck_require__.e(179), __nccwpck_require__.e(874)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2874));
        return verifyImage(rt, inputs, facts);
    }
    const { deployFlyImage } = await Promise.all(/* import() */[__nccwpck_require__.e(606), __nccwpck_require__.e(868), __nccwpck_require__.e(308), __nccwpck_require__.e(179), __nccwpck_require__.e(50), __nccwpck_require__.e(239)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4239));
    return deployFlyImage(rt, inputs, facts, over);
}
async function main_failed(reason, run, facts) {
    const at = facts.current;
    if (run.rt.cancelled.aborted)
        return { kind: 'cancelled', at, ...(await afterCancel(reason, run, facts.known)) };
    const error = reason instanceof Error ? reason : new Error(String(reason));
    return { kind: 'failed', as: (0,report_outcome/* failureKind */.zU)(error), at, error };
}

;// CONCATENATED MODULE: ./build/index.js















const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'])
    process.on(signal, () => cancel.abort(signal));
const log = actionsLog((chunk) => process.stdout.write(chunk));
const env = { ...process.env };
let network;
const connect = async () => {
    const { makeNetwork } = await __nccwpck_require__.e(/* import() */ 278).then(__nccwpck_require__.bind(__nccwpck_require__, 8278));
    if (network === undefined && core/* getInput */.V4('github-token') !== '')
        setImmediate(octokit/* prepareOctokit */.L3);
    network ??= makeNetwork(env);
    return network;
};
const online = (act) => network === undefined ? connect().then(act) : act(network);
const trees = processTrees(process.platform, process.env);
const running = { clock: systemClock, cancelled: cancel.signal, trees, fenced: log.fenced };
const runtime = {
    env,
    input: (name) => core/* getInput */.V4(name),
    readFile: readText,
    listFolder: (path) => {
        try {
            return (0,external_node_fs_.readdirSync)(path);
        }
        catch {
            return [];
        }
    },
    fetch: (...request) => online(({ fetch }) => fetch(...request)),
    streams: {
        get: (...request) => online(({ streams }) => streams.get(...request)),
        upload: (...request) => online(({ streams }) => streams.upload(...request)),
    },
    clock: systemClock,
    random: Math.random,
    log,
    run: flyctlRunner({ ...running, ask: askProgram }),
    runTest: fencedRun('verify-command', running),
    ask: askProgram,
    cancelled: cancel.signal,
    findProgram: (name, options) => findProgram(name, process.env, process.platform, options),
    lookUpProgram: (name) => lookUpProgram(name, process.env, process.platform),
    platform: process.platform,
    arch: process.arch,
    writeOutputs: writeOutputs,
    writeSummary: writeSummary,
    reports: reportFolder(env),
};
process.exitCode = 1;
main(runtime).then((outcome) => process.stdout.write('', () => process.exit((0,report_outcome/* exitCodeOf */.FO)(outcome))));

