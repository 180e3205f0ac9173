export const id = 308;
export const ids = [308];
export const modules = {

/***/ 8567:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Xe: () => (/* binding */ checkAttestation),
/* harmony export */   kV: () => (/* binding */ attestationOf)
/* harmony export */ });
/* unused harmony export requireAttestation */
/* harmony import */ var _event_advice_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5091);
/* harmony import */ var _github_attestations_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4656);
/* harmony import */ var _github_client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9968);
/* harmony import */ var _github_links_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9543);
/* harmony import */ var _lib_advice_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2774);
/* harmony import */ var _lib_api_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2227);
/* harmony import */ var _lib_http_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3697);
/* harmony import */ var _lib_http_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2533);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3758);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2516);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(2332);











async function requireAttestation(wanted, deps) {
    const faults = [];
    const unfetched = [];
    let after;
    const { verifyBundle } = await Promise.all(/* import() */[__webpack_require__.e(654), __webpack_require__.e(187), __webpack_require__.e(89)]).then(__webpack_require__.bind(__webpack_require__, 4089));
    for (let page = 1; page <= mostPages; page++) {
        const { listed, next } = await listPage(wanted, after, deps);
        for (const each of listed) {
            const bundle = await bundleOf(each, deps).catch((error) => {
                unfetched.push(error);
                return undefined;
            });
            if (bundle === undefined)
                continue;
            try {
                return verifyBundle(bundle, wanted, deps.trustedRoots);
            }
            catch (error) {
                faults.push(error);
            }
        }
        if (next === undefined)
            throw (0,_faults_js__WEBPACK_IMPORTED_MODULE_8__/* .whyNot */ .OB)(wanted, faults, unfetched);
        after = next;
    }
    throw (0,_faults_js__WEBPACK_IMPORTED_MODULE_8__/* .tooMany */ .Ot)(wanted, mostPages * _github_attestations_js__WEBPACK_IMPORTED_MODULE_1__/* .attestationsOnPage */ .ui, faults);
}
const mostPages = 5;
async function bundleOf(listed, { github }) {
    if ('bundle' in listed)
        return listed.bundle;
    if (listed.url === undefined)
        throw new Error('GitHub lists it without a bundle and without a URL');
    return github.bundle(listed.url);
}
async function listPage({ digest, repository }, after, { github }) {
    const answer = await (0,_lib_api_error_js__WEBPACK_IMPORTED_MODULE_4__/* .answerOrNone */ .K)(github.attestations(digest, after));
    if (!(answer instanceof _lib_http_error_js__WEBPACK_IMPORTED_MODULE_6__/* .HttpError */ .j) && !('status' in answer))
        return answer;
    throw (0,_lib_api_error_js__WEBPACK_IMPORTED_MODULE_4__/* .apiError */ .p)({ service: attestationsService, resource: repository, answer });
}
const attestationsService = {
    found: (repository, answer) => answer instanceof _lib_http_error_js__WEBPACK_IMPORTED_MODULE_6__/* .HttpError */ .j
        ? `GitHub did not answer the request for attestations: ${(0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_7__/* .messageOf */ .bD)(answer)}.`
        : `GitHub answered ${answer.status} to the request for attestations of ${repository}.`,
    advice: {
        denied: () => ({
            code: 'attestation-unreadable',
            expected: 'The attestations of the image.',
            fix: 'Let the job read them:\n  permissions:\n    attestations: read',
        }),
        unexpected: () => ({
            code: 'attestation-unreadable',
            expected: 'The attestations of the image.',
            fix: _lib_advice_js__WEBPACK_IMPORTED_MODULE_9__/* .retryGitHub */ .oc,
        }),
    },
};
async function attestationOf(rt, inputs, { digest, commit, ref }) {
    const { server, repository } = (0,_github_links_js__WEBPACK_IMPORTED_MODULE_3__/* .linksOf */ .h)(rt);
    const { signer, signerRef } = inputs.attestation.mode === 'require' ? inputs.attestation : { signer: undefined, signerRef: undefined };
    return requireAttestation({ digest, server, repository, commit, ref, signerWorkflow: signer, signerRef }, { github: (0,_github_client_js__WEBPACK_IMPORTED_MODULE_2__/* .githubOf */ .z)(rt, inputs.githubToken, _lib_http_js__WEBPACK_IMPORTED_MODULE_5__/* .policies */ .R3.github), trustedRoots: inputs.trustedRoots });
}
async function checkAttestation(rt, inputs, wanted) {
    const attested = await attestationOf(rt, inputs, wanted).catch((error) => {
        if (inputs.attestation.mode !== 'warn' || !(error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .yo))
            throw error;
        return { kind: 'not-attested', error };
    });
    if (attested.kind === 'attested')
        logAttested(attested, rt.log);
    else {
        rt.log.debug(`Not attested: ${attested.error.code}`);
        rt.log.warning(`Not attested. ${(0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_7__/* .formatError */ .Wk)(attested.error)}`);
    }
    return attested;
}
function logAttested({ commit, ref, signer, called, runner }, log) {
    log.line(`Attested: built from commit ${commit} by ${signer}`);
    log.line(`It was built for ${ref}${(0,_words_js__WEBPACK_IMPORTED_MODULE_10__/* .runnerWords */ .G)(runner, ', on ')}`);
    if (!called)
        return;
    const workflow = signer.replace(/^https:\/\/[^/]*\//, '');
    log.line(`The signer is a workflow of another repository that a run of this repository called. To accept only this one: ${(0,_event_advice_js__WEBPACK_IMPORTED_MODULE_0__/* .withInput */ .zE)('attestation', workflow)}`);
}


/***/ }),

/***/ 2516:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OB: () => (/* binding */ whyNot),
/* harmony export */   Ot: () => (/* binding */ tooMany),
/* harmony export */   vC: () => (/* binding */ Fault)
/* harmony export */ });
/* harmony import */ var _lib_advice_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2774);
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(177);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3758);



class Fault extends Error {
    remedy;
    constructor(message, remedy) {
        super(message);
        this.name = 'Fault';
        this.remedy = remedy;
    }
}
const linesOf = (reasons) => [...new Set(reasons.map((reason) => (0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(reason).split('\n')[0]?.slice(0, 300) ?? ''))]
    .slice(0, 5)
    .map((reason) => `\n  ${reason}`)
    .join('');
function whyNot(wanted, faults, unfetched) {
    const { digest, repository, commit, ref, signerWorkflow, signerRef } = wanted;
    const all = unfetched.length;
    if (all > 0)
        return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
            code: 'attestation-not-fetched',
            found: `${digest} has ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(all, 'attestation')} on GitHub that could not be fetched:${linesOf(unfetched)}${faults.length === 0 ? '' : `\nThe others do not show where the image comes from:${linesOf(faults)}`}`,
            expected: `The bundle of each attestation. GitHub stores ${all === 1 ? 'it' : 'them'} on another host, and returns a URL that is valid for a short time.`,
            fix: `${_lib_advice_js__WEBPACK_IMPORTED_MODULE_2__/* .retryGitHub */ .oc} On a self-hosted runner, let the job reach this host.`,
        });
    const found = faults.length === 0
        ? `${digest} has no attestation of its build in ${repository}.`
        : `${digest} has ${faults.length === 1 ? 'an attestation' : `${faults.length} attestations`} in ${repository}, but ${faults.length === 1 ? 'it does not show' : 'none shows'} where the image comes from:${linesOf(faults)}`;
    const remedy = faults
        .map((fault) => (fault instanceof Fault ? fault.remedy : undefined))
        .find((each) => each);
    if (remedy !== undefined)
        return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({ found, ...remedy });
    const signer = signerWorkflow === undefined
        ? ''
        : ` by ${signerWorkflow}${signerRef === undefined ? '' : `@${signerRef}`}`;
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'attestation-missing',
        found,
        expected: `An attestation of the build${commit === undefined ? '' : ` of commit ${commit}`} on ${ref}, signed in a run of ${repository}${signer}.`,
        fix: 'Attest the image in the build, after docker/build-push-action (with `id: push`):\n- uses: actions/attest-build-provenance@v4\n  with:\n    subject-name: ghcr.io/${{ github.repository }}\n    subject-digest: ${{ steps.push.outputs.digest }}\n\nGive that job `permissions:` with `attestations: write` and `id-token: write`.',
    });
}
function tooMany({ digest, repository }, searched, faults) {
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        code: 'attestation-too-many',
        found: `${digest} has more than ${searched} attestations in ${repository}, but none of these is valid:${linesOf(faults)}`,
        expected: `A valid attestation among the newest ${searched}. Older ones are not checked.`,
        fix: 'Build the image again, to get a new digest, and find the workflow that attests the same digest repeatedly.',
    });
}


/***/ }),

/***/ 5091:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GO: () => (/* binding */ onBranch),
/* harmony export */   Ih: () => (/* binding */ afterQueue),
/* harmony export */   N3: () => (/* binding */ queuedFor),
/* harmony export */   SL: () => (/* binding */ allowing),
/* harmony export */   Wl: () => (/* binding */ sendCommit),
/* harmony export */   Zd: () => (/* binding */ deployingEvents),
/* harmony export */   _M: () => (/* binding */ repositoryOf),
/* harmony export */   c$: () => (/* binding */ insteadOf),
/* harmony export */   zE: () => (/* binding */ withInput)
/* harmony export */ });
/* harmony import */ var _lib_commit_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7791);
/* harmony import */ var _lib_yaml_value_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1485);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6194);



function yamlText(name) {
    if (!/^[\p{L}\p{N}\w./@#+=,;:%&()!<>|~-]{1,200}$/u.test(name))
        return undefined;
    const value = (0,_lib_yaml_value_js__WEBPACK_IMPORTED_MODULE_1__/* .yamlValue */ .t)(name);
    return value === name && /^(?:true|false|\d.*)$/i.test(name) ? `"${name}"` : value;
}
function withInput(input, value) {
    const text = yamlText(value);
    return text === undefined
        ? `\`with: ${input}:\`, followed by the name (it contains characters that cannot be printed here)`
        : `\`with: ${input}: ${text}\``;
}
const allowing = (allowEvents, event) => `\`with: allow-events: ${[...allowEvents, event].join(',')}\``;
function onBranch(event, branch) {
    const text = yamlText(branch);
    const pattern = branch.replaceAll('+', '\\+').replace(/^!/, '\\!');
    if (text === undefined)
        return `\`on: ${event}: branches:\`, followed by the name (it contains characters that cannot be printed here)`;
    return `\`on: ${event}: branches: [${pattern === branch ? text : `'${pattern}'`}]\``;
}
const queuedFor = (branch) => /^gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]+$/.exec(branch)?.[1];
const afterQueue = (branch) => `No action is needed for this commit: when the queue merges it, GitHub pushes it to "${branch}", and the build of that push is deployed. The workflow that builds the image needs ${onBranch('push', branch)}.`;
const sendCommit = (repository, commit) => `\`gh api repos/${repository}/dispatches -f event_type=deploy -f "client_payload[sha]=${commit}"\``;
function repositoryOf(payload) {
    const name = payload.get('repository').get('full_name').maybeText() ?? '';
    return /^[\w.-]+\/[\w.-]+$/.test(name) ? name : '{owner}/{repo}';
}
const commitFields = [
    ['check_run', 'head_sha'],
    ['check_suite', 'head_sha'],
    ['sha'],
];
function insteadOf(event, payload, branch, workflow) {
    const build = `Start this workflow when the image is built, with ${onBranch('push', branch)} or with \`on: workflow_run\` for the workflow that builds it.`;
    const instead = Object.hasOwn(_events_js__WEBPACK_IMPORTED_MODULE_0__/* .otherEvents */ .on, event) ? _events_js__WEBPACK_IMPORTED_MODULE_0__/* .otherEvents */ .on[event] : 'push';
    switch (instead) {
        case 'push':
            return event === 'merge_group' ? afterQueue(branch) : build;
        case 'deployment':
            return 'Use `on: deployment` instead: GitHub sends it when the deployment is created, and it names the commit.';
        case 'repository_dispatch': {
            const named = commitFields
                .map((path) => path.reduce((json, key) => json.get(key), payload).maybeText() ?? '')
                .find(_lib_commit_js__WEBPACK_IMPORTED_MODULE_2__/* .isCommit */ .W);
            const commit = named ?? '$COMMIT';
            return `Have whatever builds the image start this workflow when it finishes. Add \`on: repository_dispatch: types: [deploy]\` here, and run ${sendCommit(repositoryOf(payload), commit)} there, with a token that has \`contents: write\`.`;
        }
        case 'workflow_dispatch': {
            const ref = yamlText(branch) ?? '"$BRANCH"';
            return `Have a separate workflow for that event check who caused it, and start this one. Add \`on: workflow_dispatch\` here, and run \`gh workflow run ${workflow ?? 'deploy.yml'} --ref ${ref}\` there, with \`permissions: actions: write\`. To deploy the image of one commit, add \`on: repository_dispatch: types: [deploy]\` here, and run ${sendCommit(repositoryOf(payload), '$COMMIT')} there.`;
        }
    }
}
const deployingEvents = Object.keys(_events_js__WEBPACK_IMPORTED_MODULE_0__/* .events */ .AZ)
    .filter((name) => (0,_events_js__WEBPACK_IMPORTED_MODULE_0__/* .isEventName */ .QF)(name) && !('onlyAllowed' in _events_js__WEBPACK_IMPORTED_MODULE_0__/* .events */ .AZ[name]))
    .join(', ');


/***/ }),

/***/ 7471:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EV: () => (/* binding */ sourceRefOf),
/* harmony export */   s3: () => (/* binding */ looksLikeTag),
/* harmony export */   tw: () => (/* binding */ buildRefOf)
/* harmony export */ });
const looksLikeTag = (name) => /\d\.\d|^v?\d+$/.test(name);
function buildRefOf(trigger, { GITHUB_REF: ref = '' }) {
    const { event, branch } = trigger;
    const run = trigger.kind === 'automatic' ? trigger.run : undefined;
    if (run !== undefined) {
        if (run.event.startsWith('pull_request'))
            return { kind: 'pull-request' };
        return looksLikeTag(branch) ? { kind: 'tag', name: branch } : { kind: 'branch' };
    }
    if (event === 'pull_request' && ref.startsWith('refs/pull/'))
        return { kind: 'pull-request' };
    if (event === 'pull_request_target' && ref !== `refs/heads/${branch}`)
        return { kind: 'pull-request' };
    const [, name] = /^refs\/tags\/(.+)$/.exec(ref) ?? [];
    return name !== undefined && trigger.kind === 'automatic' ? { kind: 'tag', name } : { kind: 'branch' };
}
function sourceRefOf({ attestationRef }, trigger, buildRef) {
    if (attestationRef !== undefined)
        return attestationRef;
    const isOwn = trigger.kind === 'automatic' && trigger.run === undefined;
    return isOwn && buildRef.kind === 'tag' ? `refs/tags/${buildRef.name}` : `refs/heads/${trigger.branch}`;
}


/***/ }),

/***/ 6194:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AZ: () => (/* binding */ events),
/* harmony export */   QF: () => (/* binding */ isEventName),
/* harmony export */   on: () => (/* binding */ otherEvents)
/* harmony export */ });
const pullRequest = {
    actions: ['opened', 'synchronize', 'reopened', 'ready_for_review', 'labeled', 'closed'],
    commit: ['pull_request.head.sha', 'pull_request.merge_commit_sha'],
    deploys: 'commit',
    onlyAllowed: {
        because: 'its commit is not merged, and can come from a fork',
        use: 'a review app of this repository’s own branches',
    },
    refuses: ['event-action', 'event-fork', 'event-not-allowed', 'event-not-merged', 'event-other-branch'],
};
const events = {
    workflow_run: {
        actions: ['completed'],
        commit: ['workflow_run.head_sha'],
        deploys: 'commit',
        refuses: [
            'event-action',
            'event-fork',
            'event-not-allowed',
            'event-not-merged',
            'event-other-branch',
            'event-run-chained',
            'event-run-not-successful',
        ],
    },
    push: {
        commit: ['after', 'head_commit.id'],
        deploys: 'commit',
        refuses: ['event-not-merged', 'event-other-branch', 'event-ref-deleted'],
    },
    release: {
        actions: ['published', 'released', 'prereleased'],
        commit: ['GITHUB_SHA'],
        deploys: 'commit',
        refuses: ['event-action', 'event-release-draft'],
    },
    deployment: {
        actions: ['created'],
        commit: ['deployment.sha'],
        deploys: 'commit',
        refuses: ['event-action', 'event-other-branch'],
    },
    registry_package: {
        actions: ['published', 'updated'],
        commit: [],
        deploys: 'published',
        refuses: ['event-action', 'event-other-package', 'event-other-tag', 'event-package-part'],
    },
    repository_dispatch: { commit: ['client_payload.sha'], deploys: 'commit-or-newest', refuses: [] },
    workflow_dispatch: { commit: [], deploys: 'newest', refuses: ['event-other-ref'] },
    schedule: { commit: [], deploys: 'newest', refuses: [] },
    pull_request: pullRequest,
    pull_request_target: pullRequest,
};
const isEventName = (name) => Object.hasOwn(events, name);
const otherEvents = {
    branch_protection_rule: 'workflow_dispatch',
    check_run: 'repository_dispatch',
    check_suite: 'repository_dispatch',
    create: 'push',
    delete: 'workflow_dispatch',
    deployment_status: 'deployment',
    discussion: 'workflow_dispatch',
    discussion_comment: 'workflow_dispatch',
    fork: 'workflow_dispatch',
    gollum: 'workflow_dispatch',
    image_version: 'workflow_dispatch',
    issue_comment: 'workflow_dispatch',
    issues: 'workflow_dispatch',
    label: 'workflow_dispatch',
    merge_group: 'push',
    milestone: 'workflow_dispatch',
    page_build: 'workflow_dispatch',
    project: 'workflow_dispatch',
    project_card: 'workflow_dispatch',
    project_column: 'workflow_dispatch',
    public: 'workflow_dispatch',
    pull_request_comment: 'workflow_dispatch',
    pull_request_review: 'workflow_dispatch',
    pull_request_review_comment: 'workflow_dispatch',
    status: 'repository_dispatch',
    watch: 'workflow_dispatch',
    workflow_call: 'push',
};


/***/ }),

/***/ 8945:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ branchOf),
  v: () => (/* binding */ readTrigger)
});

// EXTERNAL MODULE: ./build/lib/json.js
var json = __webpack_require__(292);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/registry/glob.js
var glob = __webpack_require__(2398);
// EXTERNAL MODULE: ./build/registry/reference.js
var reference = __webpack_require__(6247);
// EXTERNAL MODULE: ./build/registry/tag-template.js
var tag_template = __webpack_require__(1993);
// EXTERNAL MODULE: ./build/event/events.js
var events = __webpack_require__(6194);
;// CONCATENATED MODULE: ./build/event/action.js

function refusedAction(event, payload, refuse) {
    const facts = events/* events */.AZ[event];
    if (!('actions' in facts))
        return undefined;
    const action = payload.get('action').text();
    const actions = facts.actions;
    if (actions.includes(action))
        return undefined;
    const [first = ''] = actions;
    return refuse('event-action', `The event is ${event} with the action ${JSON.stringify(action)}.`, `${actions.length === 1 ? 'The action' : 'One of the actions'} ${actions.join(', ')}. Other actions withdraw something, or are not final.`, `Limit the trigger to actions that deploy: \`on: ${event}: types: [${event.startsWith('pull_request') ? 'opened, synchronize, reopened' : first}]\``);
}

// EXTERNAL MODULE: ./build/event/advice.js
var advice = __webpack_require__(5091);
;// CONCATENATED MODULE: ./build/event/allowed.js


function refusedEvent(event, branch, allowEvents, refuse) {
    const facts = events/* events */.AZ[event];
    if (!('onlyAllowed' in facts) || allowEvents.includes(event))
        return undefined;
    const { because, use } = facts.onlyAllowed;
    return refuse('event-not-allowed', `The event is ${event}: ${because}.`, 'An event that only people with write access can cause.', `Start this workflow with ${(0,advice/* onBranch */.GO)('push', branch)} or with \`on: workflow_run\`, which deploy what is merged. For ${use}: ${(0,advice/* allowing */.SL)(allowEvents, event)}.`);
}

// EXTERNAL MODULE: ./build/lib/commit.js
var commit = __webpack_require__(7791);
;// CONCATENATED MODULE: ./build/event/types.js

function commitOf(json) {
    if (!(0,commit/* isCommit */.W)(json.text()))
        throw json.error('A full commit id');
    return json.text();
}

// EXTERNAL MODULE: ./build/event/unread.js
var event_unread = __webpack_require__(4404);
;// CONCATENATED MODULE: ./build/event/dispatch.js







const readManual = (event, branch) => ({ kind: 'manual', event, branch });
function readWorkflowDispatch(payload, branch, rules, refuse) {
    const event = 'workflow_dispatch';
    const { ref = `refs/heads/${branch}`, names } = rules;
    const [, kind, name = ref] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
    const isOwn = names === 'own-build';
    const isIntended = ref === `refs/heads/${branch}` ||
        (isOwn ? rules.branch === name : rules.branch !== undefined || names === 'something');
    if (isIntended)
        return { ...readManual(event, branch), ...unreadIn('inputs', payload, branch, rules) };
    const tag = (0,tag_template/* cleanBranch */.Y8)(name);
    const own = kind === 'tags' && names === 'nothing' && (0,reference/* isTag */.dz)(tag)
        ? `to deploy the image of this tag: ${(0,advice/* withInput */.zE)('select', `tag:${tag}`)}`
        : `to deploy the builds of this ref: ${(0,advice/* withInput */.zE)('branch', name)}`;
    return refuse('event-other-ref', `The run was started on ${ref}, but ${isOwn ? 'its inputs select the build of the commit at that ref' : `it would deploy an image of branch "${branch}"`}.`, `A run on refs/heads/${branch}, or an input that names what to deploy.`, `Start the run on "${branch}". Or, ${own}.${isOwn ? '' : ` Or, to deploy the builds of "${branch}" whatever ref the run is started on: ${(0,advice/* withInput */.zE)('branch', branch)}.`}`);
}
function unreadIn(from, payload, branch, rules) {
    const { image, names, looksUp } = rules;
    const tag = looksUp(branch);
    if (tag === undefined)
        return {};
    const expression = from === 'inputs' ? from : `github.event.${from}`;
    const unread = (0,event_unread/* unreadFields */.d)(payload.get(from), expression, {
        from,
        branch,
        image: { host: image.host, path: image.path },
        tag,
        isNamed: names !== 'nothing',
    });
    return unread === undefined ? {} : { unread };
}
function readRepositoryDispatch(payload, branch, rules) {
    const event = 'repository_dispatch';
    const sha = payload.get('client_payload').get('sha');
    const { value } = sha;
    if (value === undefined || value === null)
        return { ...readManual(event, branch), ...unreadIn('client_payload', payload, branch, rules) };
    if (typeof value === 'string' && (0,commit/* isCommit */.W)(value))
        return { kind: 'automatic', event, commit: value, branch };
    if (typeof value === 'string' && value.toLowerCase() === rules.commit)
        return readManual(event, branch);
    const { code, found, expected } = sha.error('A full commit id of 40 hexadecimal digits');
    const short = typeof value === 'string' && /^[0-9a-f]{7,64}$/i.test(value)
        ? ' Or accept the short one: `with: commit: ${{ github.event.client_payload.sha }}`.'
        : '';
    const fix = `Send the full commit id: ${(0,advice/* sendCommit */.Wl)((0,advice/* repositoryOf */._M)(payload), '$(git rev-parse HEAD)')}.${short}`;
    throw new user_error/* UserError */.yo({ code, found, expected, fix });
}
function readDeployment(payload, branch, rules, refuse) {
    const event = 'deployment';
    const { ref = '', names } = rules;
    const deployment = payload.get('deployment');
    if (names === 'nothing' && ref.startsWith('refs/heads/') && ref !== `refs/heads/${branch}`) {
        const other = ref.replace(/^refs\/heads\//, '');
        return refuse('event-other-branch', `The deployment was created for ${ref}.`, `A deployment of branch "${branch}", of a tag, or of a commit.`, `Create the deployment for ref "${branch}". Or, to deploy the builds of the other branch: ${(0,advice/* withInput */.zE)('branch', other)}.`);
    }
    const environment = deployment.get('environment').maybeText();
    return {
        kind: 'automatic',
        event,
        commit: commitOf(deployment.get('sha')),
        branch,
        ...(environment === undefined ? {} : { environment }),
    };
}

;// CONCATENATED MODULE: ./build/event/package.js


const package_event = 'github.event.registry_package';
function readPackage(payload, branch, { image, isSelected, movingTag, commitIn }, refuse) {
    const published = payload.get('registry_package');
    const version = published.get('package_version');
    const [namespace, name] = [published.get('namespace'), published.get('name')].map((each) => each.text());
    const path = `${namespace}/${name}`.toLowerCase();
    const [digest, tag] = [
        version.get('version').text(),
        version.get('container_metadata').get('tag').get('name').maybeText(),
    ];
    if (path !== image.path) {
        const other = /^[a-z0-9._/-]+$/.test(path)
            ? ` Or, to deploy the published package: ${(0,advice/* withInput */.zE)('image', `${image.host}/${path}`)}.`
            : '';
        return refuse('event-other-package', `The published package is ${path}.`, `The package ${image.path}, which this step deploys.`, `Add \`if: ${package_event}.name == '${image.path.split('/').slice(1).join('/')}'\` to the job.${other}`);
    }
    if (tag === undefined || !(0,reference/* isDigest */.Bc)(digest)) {
        return refuse('event-package-part', 'The published manifest has no tag: it is a part of an index, such as the image of one platform or an attestation.', 'An index or an image with a tag, for which GitHub sends a separate event.', `No action is needed for this part. To stop such events from starting the job, add \`if: ${package_event}.package_version.container_metadata.tag.name != ''\` to it.`);
    }
    const moving = movingTag(branch);
    const commit = commitIn(tag, branch);
    if (!isSelected(tag, branch) && commit === undefined) {
        return refuse('event-other-tag', `The published image has the tag "${tag}".`, `A tag of branch "${branch}" that matches \`manual-select\` or \`sha-tag\`, such as "${moving}".`, `To deploy such tags: ${(0,advice/* withInput */.zE)('manual-select', `tag:${tag}`)}. Otherwise, add \`if: ${package_event}.package_version.container_metadata.tag.name == '${moving}'\` to the job.`);
    }
    return {
        kind: 'manual',
        event: 'registry_package',
        branch,
        published: { tag, digest, commit: commit === '' ? undefined : commit },
    };
}

;// CONCATENATED MODULE: ./build/event/pull-request.js


function readPullRequest(event, payload, branch, refuse) {
    const pull = payload.get('pull_request');
    if (payload.get('action').value === 'closed')
        return readClosed(event, pull, branch, refuse);
    const head = pull.get('head');
    if (head.get('repo').get('id').value !== payload.get('repository').get('id').integer()) {
        return refuse('event-fork', `The pull request comes from ${head.get('repo').get('full_name').maybeText() ?? 'a repository that no longer exists'}.`, `A branch of ${payload.get('repository').get('full_name').maybeText() ?? 'this repository'}. Builds of forks are never deployed.`, 'No action is needed for a fork’s pull request: when it is merged, the build of the merge is deployed.');
    }
    return { kind: 'automatic', event, commit: commitOf(head.get('sha')), branch: head.get('ref').text() };
}
function readClosed(event, pull, branch, refuse) {
    if (pull.get('merged').value !== true) {
        return refuse('event-not-merged', 'The pull request was closed without being merged.', 'A pull request that is merged or open.', "No action is needed: what is not merged is not deployed. To stop such events from starting the job, add `if: github.event.action != 'closed' || github.event.pull_request.merged` to it.");
    }
    const base = pull.get('base').get('ref').text();
    if (base !== branch) {
        return refuse('event-other-branch', `The pull request was merged into "${base}".`, `A merge into "${branch}", the branch whose builds are deployed.`, `Limit the trigger: ${(0,advice/* onBranch */.GO)(event, branch)}. Or, to deploy the builds of the other branch: ${(0,advice/* withInput */.zE)('branch', base)}.`);
    }
    return { kind: 'automatic', event, commit: commitOf(pull.get('merge_commit_sha')), branch };
}

;// CONCATENATED MODULE: ./build/event/push.js


const noCommit = /^0+$/;
function readPush(payload, branch, refuse) {
    const ref = payload.get('ref').text();
    if (payload.get('deleted').value === true || noCommit.test(payload.get('after').text())) {
        return refuse('event-ref-deleted', `The push deleted ${ref}.`, 'A push with a commit.', 'No action is needed: there is no commit to deploy. To stop such pushes from starting the job, add `if: ${{ !github.event.deleted }}` to it.');
    }
    const tagged = ref.startsWith('refs/tags/');
    if (!tagged && ref !== `refs/heads/${branch}`) {
        const other = ref.replace(/^refs\/heads\//, '');
        const queued = (0,advice/* queuedFor */.N3)(other);
        if (queued !== undefined) {
            return refuse('event-not-merged', `The push was to ${ref}, a branch of the merge queue.`, `A push to refs/heads/${branch}.`, (0,advice/* afterQueue */.Ih)(queued));
        }
        return refuse('event-other-branch', `The push was to ${ref}.`, `A push to refs/heads/${branch}, the branch whose builds are deployed.`, `Limit the trigger: ${(0,advice/* onBranch */.GO)('push', branch)}. Or, to deploy the builds of this branch: ${(0,advice/* withInput */.zE)('branch', other)}.`);
    }
    const head = payload.get('head_commit').get('id');
    const commit = commitOf(tagged && head.maybeText() ? head : payload.get('after'));
    return { kind: 'automatic', event: 'push', commit, branch };
}

;// CONCATENATED MODULE: ./build/event/release.js

function readRelease(payload, branch, { sha = '' }, refuse) {
    const release = payload.get('release');
    const tag = release.get('tag_name').text();
    if (release.get('draft').value === true) {
        return refuse('event-release-draft', `The release of tag "${tag}" is a draft.`, 'A published release: a draft can still change, and its tag might not exist yet.', 'Start this workflow when the release is published: `on: release: types: [published]`');
    }
    if (!(0,commit/* isCommit */.W)(sha))
        throw payload.get('GITHUB_SHA').error('A commit id in GITHUB_SHA');
    return { kind: 'automatic', event: 'release', commit: sha, branch };
}

// EXTERNAL MODULE: ./build/event/build-ref.js
var build_ref = __webpack_require__(7471);
;// CONCATENATED MODULE: ./build/event/workflow-run.js



function readWorkflowRun(payload, branch, { allowEvents }, refuse) {
    const run = payload.get('workflow_run');
    const conclusion = run.get('conclusion').value;
    const parent = run.get('event').text();
    const name = run.get('name').maybeText() ?? 'the workflow';
    const headBranch = run.get('head_branch').value;
    const [head, own] = [run.get('head_repository'), payload.get('repository')];
    const ownId = own.get('id').integer();
    const commit = commitOf(run.get('head_sha'));
    if (conclusion !== 'success') {
        const id = run.get('id').maybeNumber();
        const again = id === undefined ? 'Run that build again' : `Run \`gh run rerun ${id} --failed\``;
        return refuse('event-run-not-successful', `The run of "${name}" ended with ${conclusion === null ? 'no conclusion' : JSON.stringify(conclusion)}.`, 'The conclusion "success": any other build might have pushed no image, or only part of one.', `${again}: when it succeeds, it starts this workflow again. To stop failed builds from starting the job, add \`if: github.event.workflow_run.conclusion == 'success'\` to it.`);
    }
    if (parent === 'workflow_run') {
        return refuse('event-run-chained', `The run of "${name}" was itself started by a workflow_run.`, 'A run whose head_sha is the commit that it built. For a chained run, head_sha is the head of the default branch.', `If another workflow builds the image, name that one in \`on: workflow_run: workflows:\`. If "${name}" builds it, have its last step pass the commit on with ${(0,advice/* sendCommit */.Wl)((0,advice/* repositoryOf */._M)(payload), '${{ github.event.workflow_run.head_sha }}')} and a token that has \`contents: write\`, and start this workflow with \`on: repository_dispatch: types: [deploy]\`.`);
    }
    const queued = typeof headBranch === 'string' ? (0,advice/* queuedFor */.N3)(headBranch) : undefined;
    if (parent === 'merge_group' || queued !== undefined) {
        return refuse('event-not-merged', `The run of "${name}" built a commit that was in the merge queue.`, `A commit of branch "${branch}".`, (0,advice/* afterQueue */.Ih)(queued ?? branch));
    }
    const isOwn = head.get('id').value === ownId;
    const other = typeof headBranch === 'string' && headBranch !== branch ? headBranch : undefined;
    if (parent === 'pull_request_target' || !allowEvents.includes(parent)) {
        const more = other === undefined ? '' : ` and ${asBranch(other)}`;
        return refuse('event-not-allowed', `The run of "${name}" was started by ${parent}.`, `A run that was started by ${allowEvents.join(' or ')}.`, parent.startsWith('pull_request')
            ? `No action is needed for this commit, which is not merged: after the merge, the build of the push starts a new run, if the workflow that builds has ${(0,advice/* onBranch */.GO)('push', branch)}.${parent === 'pull_request' && isOwn && other !== undefined ? ` For a review app of this repository’s own branches: ${(0,advice/* allowing */.SL)(allowEvents, parent)} and ${(0,advice/* withInput */.zE)('branch', other)}.` : ''}`
            : `To deploy such builds: ${(0,advice/* allowing */.SL)(allowEvents, parent)}${more}.`);
    }
    if (!isOwn) {
        return refuse('event-fork', `The run of "${name}" built a commit of ${head.get('full_name').maybeText() ?? 'a repository that no longer exists'}.`, `A commit of ${own.get('full_name').maybeText() ?? 'this repository'}. Builds of forks are never deployed.`, 'No action is needed for a fork’s pull request: when it is merged, the build of the merge is deployed.');
    }
    if (headBranch !== branch) {
        return refuse('event-other-branch', `The run of "${name}" built ${other === undefined ? 'no branch' : `branch or tag "${other}"`}.`, `A build of "${branch}", the branch whose builds are deployed.`, `Limit the trigger: ${(0,advice/* onBranch */.GO)('workflow_run', branch)}.${other === undefined ? '' : ` Or, to deploy the other builds: ${asBranch(other)}.`}`);
    }
    return {
        kind: 'automatic',
        event: 'workflow_run',
        commit,
        branch,
        run: {
            name,
            number: run.get('run_number').maybeNumber(),
            attempt: run.get('run_attempt').maybeNumber(),
            url: run.get('html_url').maybeText(),
            event: parent,
        },
    };
}
const asBranch = (name) => `${(0,advice/* withInput */.zE)('branch', name)}${(0,build_ref/* looksLikeTag */.s3)(name) ? ` (if that is a tag, also \`with: sha-tag: '{branch}'\`, because its image has the same tag, without a commit)` : ''}`;

;// CONCATENATED MODULE: ./build/event/trigger.js










function readEvent(event, payload, rules) {
    const refuse = (code, found, expected, fix) => ({
        kind: 'refused',
        event,
        code,
        found,
        expected,
        fix,
    });
    const branch = rules.branch ?? payload.get('repository').get('default_branch').text();
    if (!(0,events/* isEventName */.QF)(event)) {
        return refuse('event-unknown', `The event is ${JSON.stringify(event)}, which never deploys.`, `One of the events ${advice/* deployingEvents */.Zd}.`, (0,advice/* insteadOf */.c$)(event, payload, branch, rules.workflow));
    }
    const refused = refusedEvent(event, branch, rules.allowEvents, refuse) ?? refusedAction(event, payload, refuse);
    if (refused !== undefined)
        return refused;
    switch (event) {
        case 'workflow_run':
            return readWorkflowRun(payload, branch, rules, refuse);
        case 'push':
            return readPush(payload, branch, refuse);
        case 'release':
            return readRelease(payload, branch, rules, refuse);
        case 'repository_dispatch':
            return readRepositoryDispatch(payload, branch, rules);
        case 'workflow_dispatch':
            return readWorkflowDispatch(payload, branch, rules, refuse);
        case 'schedule':
            return readManual(event, branch);
        case 'deployment':
            return readDeployment(payload, branch, rules, refuse);
        case 'registry_package':
            return readPackage(payload, branch, rules, refuse);
        case 'pull_request':
        case 'pull_request_target':
            return readPullRequest(event, payload, branch, refuse);
    }
}

;// CONCATENATED MODULE: ./build/event/read.js






function readPayload({ env, readFile }) {
    const path = env['GITHUB_EVENT_PATH'] ?? '';
    const text = path === '' ? undefined : readFile(path);
    if (text !== undefined)
        return (0,json/* parseJsonObject */.d)(text, 'the event’s payload');
    throw new user_error/* UserError */.yo({
        code: 'event-file-missing',
        found: path === ''
            ? 'GITHUB_EVENT_PATH is empty.'
            : `The event file ${path} (GITHUB_EVENT_PATH) does not exist.`,
        expected: 'A file with the payload of the event that started this workflow.',
        fix: 'Run this action as a step of a job: a container that the job starts itself has no event file.',
    });
}
function readTrigger(deps, inputs) {
    const { branch, allowEvents, image, commit, shaTag, mode } = inputs;
    const selection = inputs.select ?? inputs.manualSelect;
    const { GITHUB_EVENT_NAME: event = '', GITHUB_SHA: sha, GITHUB_REF: ref } = deps.env;
    const { GITHUB_WORKFLOW_REF: workflow = '' } = deps.env;
    const payload = readPayload(deps);
    const trigger = readEvent(event, payload, {
        sha,
        ref,
        names: namesOf(inputs, sha),
        branch,
        allowEvents,
        commit,
        workflow: /\/\.github\/workflows\/([\w.-]+\.ya?ml)@/.exec(workflow)?.[1],
        image: { host: image.host, path: image.path },
        isSelected: (name, of) => isSelected(name, inputs.manualSelect, of),
        movingTag: (of) => inputs.manualSelect.form === 'tag' ? (tagOf(inputs.manualSelect, of) ?? '') : (0,tag_template/* cleanBranch */.Y8)(of),
        looksUp: (of) => commit !== undefined || image.digest !== undefined ? undefined : (image.tag ?? tagOf(selection, of)),
        commitIn: (name, of) => (0,tag_template/* buildsCommitIn */.Qu)(name, shaTag, of),
    });
    return mode !== 'deploy' && trigger.kind === 'refused' && trigger.code === 'event-other-ref'
        ? { kind: 'manual', event, branch: branch ?? defaultBranchOf(payload), caution: trigger }
        : trigger;
}
function tagOf(selection, branch) {
    const text = selection.form === 'tag' ? selection.tag : selection.form === 'newest' ? selection.pattern : undefined;
    return text?.replaceAll('{branch}', (0,tag_template/* cleanBranch */.Y8)(branch));
}
function isSelected(name, selection, branch) {
    const filled = tagOf(selection, branch);
    return filled !== undefined && (selection.form === 'newest' ? (0,glob/* matchesGlob */.k)(filled, name) : name === filled);
}
function namesOf({ image, commit, select, manualSelectGiven }, sha) {
    const isBuild = select === undefined || ['digest', 'tag', 'commit'].includes(select.form);
    const built = select?.form === 'commit' ? select.commit : commit;
    if (isBuild && built !== undefined && sha?.startsWith(built))
        return 'own-build';
    const named = commit !== undefined || select !== undefined || manualSelectGiven;
    return named || (0,reference/* namesImage */.Gc)(image) ? 'something' : 'nothing';
}
const defaultBranchOf = (payload) => payload.get('repository').get('default_branch').text();
function branchOf(deps, { branch }, trigger) {
    if (trigger !== undefined)
        return trigger.branch;
    if (branch !== undefined)
        return branch;
    try {
        return defaultBranchOf(readPayload(deps));
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.yo)
            return 'main';
        throw error;
    }
}


/***/ }),

/***/ 4404:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ unreadFields),
/* harmony export */   p: () => (/* binding */ unreadText)
/* harmony export */ });
/* harmony import */ var _lib_commit_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7791);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4869);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3758);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6247);
/* harmony import */ var _registry_tag_template_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1993);





const words = {
    commit: ['sha', 'commit', 'revision', 'rev', 'hash'],
    image: ['image', 'tag', 'version', 'digest', 'release'],
    ref: ['ref', 'branch'],
};
const secretWords = [
    'token',
    'secret',
    'password',
    'passwd',
    'key',
    'auth',
    'credential',
    'credentials',
    'signature',
];
const [mostLevels, mostValues, mostShown, mostCharacters] = [4, 200, 4, 80];
function* leavesOf(json, path = []) {
    const { value } = json;
    if (typeof value === 'string' || typeof value === 'number') {
        if (value !== '')
            yield { path, value: String(value) };
    }
    else if (typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        path.length < mostLevels) {
        for (const name of Object.keys(value).slice(0, mostValues))
            if (/^[A-Za-z_][\w-]{0,59}$/.test(name))
                yield* leavesOf(json.get(name), [...path, name]);
    }
}
function lineOf({ path, value }, expression, image) {
    const named = path
        .join(' ')
        .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .flatMap((word) => [word, word.replace(/^(?:git|head)(?=sha|commit)/, '')]);
    if (secretWords.some((word) => named.includes(word)))
        return 'none';
    const has = (kind) => words[kind].some((word) => named.includes(word));
    const with_ = (input, text) => `\`with: ${input}: ${text}\``;
    const name = (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatReference */ .FH)(image);
    if ((0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(value))
        return with_('image', `${name}@${expression}`);
    if (named.includes('digest') && (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(`sha256:${value}`))
        return with_('image', `${name}@sha256:${expression}`);
    if ((0,_lib_commit_js__WEBPACK_IMPORTED_MODULE_3__/* .isCommit */ .W)(value) || (has('commit') && /^[0-9a-f]{7,64}$/.test(value)))
        return with_('commit', expression);
    if (has('image') && isWholeImage(value))
        return with_('image', expression);
    if (has('image') && (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .isTag */ .dz)(value))
        return with_('image', `${name}:${expression}`);
    if (has('ref') && !value.startsWith('refs/') && !(0,_lib_commit_js__WEBPACK_IMPORTED_MODULE_3__/* .isCommit */ .W)(value))
        return with_('branch', expression);
    return has('commit') || has('image') || has('ref') ? undefined : 'none';
}
function isWholeImage(text) {
    try {
        return text.includes('/') && (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .namesImage */ .Gc)((0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2)(text));
    }
    catch (error) {
        if (error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo)
            return false;
        throw error;
    }
}
const isIn = (tag, value) => [value, (0,_registry_tag_template_js__WEBPACK_IMPORTED_MODULE_2__/* .cleanBranch */ .Y8)(value), ...((0,_lib_commit_js__WEBPACK_IMPORTED_MODULE_3__/* .isCommit */ .W)(value) ? [(0,_registry_tag_template_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSha */ .Fu)(value)] : [])].some((each) => tag.includes(each));
function unreadFields(json, expression, { from, branch, image, tag, isNamed }) {
    const found = [];
    let seen = 0;
    for (const leaf of leavesOf(json)) {
        if (++seen > mostValues)
            break;
        if ([branch, `refs/heads/${branch}`, tag].includes(leaf.value))
            continue;
        const line = lineOf(leaf, `\${{ ${expression}.${leaf.path.join('.')} }}`, image);
        if (line === 'none')
            continue;
        if (isNamed && isIn(tag, leaf.value))
            return undefined;
        const value = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .shortened */ .vI)(leaf.value, mostCharacters);
        found.push({ name: leaf.path.join('.'), value: JSON.stringify(value.toWellFormed()), line });
    }
    if (found.length === 0)
        return undefined;
    const order = ({ line }) => line === undefined ? 2 : line.startsWith('`with: commit') ? 0 : 1;
    const fields = found.sort((a, b) => order(a) - order(b)).slice(0, mostShown);
    return { from, fields, more: found.length - fields.length, instead: (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatReference */ .FH)({ ...image, tag }) };
}
function unreadText({ from, fields, more, instead }) {
    const list = fields.map(({ name, value }) => `\`${name}\` is ${value}`).join(', ');
    const lines = fields.flatMap(({ line }) => line ?? []);
    const where = from === 'client_payload'
        ? '`client_payload` has no `sha`, and no input of this step reads its other fields'
        : 'The run was started with values that no input of this step reads';
    return {
        words: `${where}: ${list}${more === 0 ? '' : `, and ${more} more`}. The digest of ${instead} is deployed instead.`,
        fix: lines.length === 0
            ? 'No input accepts such values.'
            : `To deploy what they name, add to this step: ${lines.join(' or ')}.`,
    };
}


/***/ }),

/***/ 4774:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ listReleases)
/* harmony export */ });
/* harmony import */ var _lib_advice_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2774);
/* harmony import */ var _lib_api_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2227);
/* harmony import */ var _lib_http_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2533);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(292);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3758);
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4270);






const most = 100;
const query = `query ($appName: String!, $limit: Int!) {
  app(name: $appName) { releases: releasesUnprocessed(first: $limit) { nodes { version status imageRef createdAt } } }
}`;
async function listReleases(api, purpose = 'select') {
    const { app } = api;
    const answer = await (0,_lib_api_error_js__WEBPACK_IMPORTED_MODULE_0__/* .answerOrNone */ .K)((0,_api_js__WEBPACK_IMPORTED_MODULE_4__/* .askGraphql */ .jQ)(api, query, { appName: app, limit: most }, 4 * 1024 * 1024));
    const failed = (words) => (0,_lib_api_error_js__WEBPACK_IMPORTED_MODULE_0__/* .apiError */ .p)({ service: releasesService, resource: { app, words, purpose }, answer });
    if (answer instanceof _lib_http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j || answer.status !== 200)
        throw failed();
    const json = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJsonObject */ .d)(answer.body.toString('utf8'), 'Fly.io’s list of releases');
    const nodes = json.get('data').get('app').get('releases').get('nodes');
    if (!Array.isArray(nodes.value)) {
        const [error] = json.get('errors').items();
        throw failed(error?.get('message').maybeText() ?? 'no list');
    }
    return nodes
        .items()
        .map(readRelease)
        .sort((a, b) => b.version - a.version);
}
function readRelease(json) {
    return {
        version: json.get('version').integer(),
        status: json.get('status').maybeText()?.toLowerCase() ?? 'unknown',
        image: json.get('imageRef').maybeText() ?? '',
        created: json.get('createdAt').maybeTime(),
    };
}
const readable = ({ app, purpose }) => purpose === 'progress'
    ? {
        expected: 'The app’s releases, which show whether a deploy is in progress.',
        fix: 'Run the check again.',
    }
    : {
        expected: 'The app’s releases, because `select` names one of them.',
        fix: `Use a token that has access to the app (${(0,_lib_advice_js__WEBPACK_IMPORTED_MODULE_5__/* .tokenCommand */ .xJ)(app)}), or name the image: \`with: select: commit:<commit>\`.`,
    };
const releasesService = {
    found: ({ app, words }, answer) => {
        const why = answer instanceof _lib_http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j
            ? `No answer: ${(0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(answer)}`
            : `It answered ${words ?? answer.status}`;
        return `Fly.io did not return the releases of app "${app}". ${why}.`;
    },
    advice: {
        'no-answer': (of) => ({ code: 'fly-unreachable', ...readable(of) }),
        unusable: (of) => ({ code: 'releases-unreadable', ...readable(of) }),
        'rate-limited': (of) => ({ code: 'fly-rate-limited', ...readable(of) }),
        temporary: (of) => ({ code: 'fly-unavailable', ...readable(of) }),
        denied: (of) => ({ code: 'fly-unauthorized', ...readable(of), input: 'fly-api-token' }),
        unexpected: (of) => ({ code: 'releases-unreadable', ...readable(of) }),
    },
};


/***/ }),

/***/ 6932:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ ahead),
  A: () => (/* binding */ freshFor)
});

// EXTERNAL MODULE: ./build/lib/stages.js
var stages = __webpack_require__(281);
;// CONCATENATED MODULE: ./build/lib/turn.js
class Turn {
    #come = Promise.withResolvers();
    #kept = [];
    get hasCome() {
        return this.#come.promise;
    }
    do(effect) {
        if (this.#kept === undefined)
            effect();
        else
            this.#kept.push(effect);
    }
    come() {
        const kept = this.#kept ?? [];
        this.#kept = undefined;
        for (const effect of kept)
            effect();
        this.#come.resolve();
    }
}

;// CONCATENATED MODULE: ./build/github/ahead.js


const freshFor = 3000;
function ahead(deps, recorder, work, longest = Number.POSITIVE_INFINITY) {
    const { clock, cancelled } = deps;
    const [turn, results] = [new Turn(), new Turn()];
    cancelled.addEventListener('abort', () => results.come());
    const early = work({ ...deps, log: logInTurn(deps.log, turn) }, (0,stages/* recorderInTurn */.Z)(recorder, { turn, results }, clock));
    let ended = Number.POSITIVE_INFINITY;
    const end = () => {
        ended = clock.now();
    };
    early.then(end, end);
    return {
        early,
        turn: () => {
            if (clock.now() - ended > longest)
                return work(deps, recorder);
            turn.come();
            results.come();
            return early;
        },
    };
}
function logInTurn(log, turn) {
    const later = (write) => (...given) => turn.do(() => write(...given));
    return {
        line: later(log.line),
        debug: later(log.debug),
        about: later(log.about),
        notice: later(log.notice),
        warning: later(log.warning),
        error: later(log.error),
        mask: log.mask,
        hide: log.hide,
        group: (title, work) => turn.hasCome.then(() => log.group(title, work)),
        fenced: (work) => turn.hasCome.then(() => log.fenced(work)),
    };
}


/***/ }),

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

/***/ 972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  F: () => (/* binding */ findImage),
  f: () => (/* binding */ knownPlan)
});

// EXTERNAL MODULE: ./build/attestation/attestation.js
var attestation = __webpack_require__(8567);
// EXTERNAL MODULE: ./build/event/build-ref.js
var build_ref = __webpack_require__(7471);
// EXTERNAL MODULE: ./build/github/ahead.js + 1 modules
var ahead = __webpack_require__(6932);
// EXTERNAL MODULE: ./build/github/links.js
var links = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/registry/connect.js + 4 modules
var connect = __webpack_require__(7251);
// EXTERNAL MODULE: ./build/registry/reference.js
var registry_reference = __webpack_require__(6247);
// EXTERNAL MODULE: ./build/registry/tag-template.js
var tag_template = __webpack_require__(1993);
// EXTERNAL MODULE: ./build/github/client.js + 1 modules
var client = __webpack_require__(9968);
// EXTERNAL MODULE: ./build/lib/advice.js
var advice = __webpack_require__(2774);
// EXTERNAL MODULE: ./build/lib/commit.js
var lib_commit = __webpack_require__(7791);
// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var http = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/image/revision.js
var image_revision = __webpack_require__(6537);
// EXTERNAL MODULE: ./build/image/types.js
var types = __webpack_require__(8107);
;// CONCATENATED MODULE: ./build/image/on-branch.js








const [lag, between] = [10_000, 2500];
function dependsOnImage(deps, { image }, trigger, plan) {
    const commit = commitToCompare(trigger, { plan, revision: undefined });
    if (commit === undefined)
        return false;
    const { repositoryUrl } = (0,links/* linksOf */.h)(deps);
    return (!(0,lib_commit/* isCommit */.W)(commit) ||
        (isSent(trigger, commit) && (0,image_revision/* isOtherRepository */.JA)(undefined, { repositoryUrl, imagePath: image.path })));
}
const isSent = (trigger, commit) => trigger.event === 'repository_dispatch' || (trigger.kind === 'automatic' && commit !== trigger.commit);
async function checkBranch(rt, inputs, trigger, image) {
    const { buildRef, revision } = image;
    const isNamedRef = trigger.kind === 'automatic' && trigger.run !== undefined && buildRef.kind !== 'pull-request';
    if (buildRef.kind !== 'branch' && !isNamedRef)
        return;
    const commit = commitToCompare(trigger, image);
    if (commit === undefined)
        return;
    const { repositoryUrl } = (0,links/* linksOf */.h)(rt);
    const { branch } = trigger;
    if (isSent(trigger, commit) && (0,image_revision/* isOtherRepository */.JA)(revision, { repositoryUrl, imagePath: inputs.image.path }))
        return;
    const { clock } = rt;
    const github = (0,client/* githubOf */.z)(rt, inputs.githubToken, http/* policies */.R3.githubCheck);
    const end = clock.now() + lag;
    for (;;) {
        const compared = await github.compare(`refs/heads/${branch}`, commit);
        if ('unknown' in compared) {
            if (isNamedRef && compared.missing === true && (await isTag(github, branch, commit)))
                return;
            return notCompared(rt, inputs, commit, branch, compared);
        }
        const { status } = compared;
        if (status === 'identical' || status === 'behind')
            return;
        if (status === 'diverged' || clock.now() >= end)
            throw notOn(commit, branch, status);
        await clock.sleep(between);
    }
}
function commitToCompare(trigger, { plan, revision }) {
    const isFree = (0,types/* isNamed */.e)(plan) && plan.by !== 'commit';
    const bySomeProgram = ['repository_dispatch', 'registry_package'].includes(trigger.event);
    const selected = trigger.kind === 'automatic'
        ? ((isFree ? undefined : plan.commit) ?? trigger.commit)
        : bySomeProgram
            ? plan.commit
            : undefined;
    const said = revision?.commit ?? '';
    return selected !== undefined && (0,lib_commit/* isCommit */.W)(said) && said.startsWith(selected) ? said : selected;
}
async function isTag(github, name, commit) {
    const compared = await github.compare(`refs/tags/${name}`, commit);
    return 'status' in compared && compared.status === 'identical';
}
function notOn(commit, branch, status) {
    const how = status === 'diverged'
        ? 'each has commits that the other does not have'
        : 'the commit is ahead of the branch';
    return new user_error/* UserError */.yo({
        code: 'commit-not-on-branch',
        found: `Commit ${commit} is not on branch "${branch}" on GitHub: ${how}.`,
        expected: `A commit of "${branch}", the branch whose builds are deployed.`,
        fix: `Merge the commit, and deploy the build of the merge. If "${branch}" was force-pushed, deploy the build of its new head. To deploy the builds of another branch, set \`with: branch:\` to its name.`,
    });
}
function notCompared({ log }, { attestation }, commit, branch, { unknown: why, because }) {
    const found = `Whether commit ${commit} is on branch "${branch}" is unknown: ${why}.`;
    const expected = `A comparison by GitHub that shows that "${branch}" contains the commit.`;
    const fix = fixes[because];
    if (attestation.mode === 'require')
        throw new user_error/* UserError */.yo({ code: 'commit-not-compared', found, expected, fix });
    log.warning(because === 'denied' ? found : `${found} ${fix}`);
}
const fixes = {
    denied: 'Let the job read the repository:\n  permissions:\n    contents: read',
    'no-token': 'Remove the empty input `github-token`: it defaults to the job’s token.',
    'no-answer': advice/* retryGitHub */.oc,
};

;// CONCATENATED MODULE: ./build/image/plan.js



function choose(trigger, inputs) {
    const { image, select, manualSelect } = inputs;
    const commit = typedCommit(trigger, inputs) ?? (trigger.kind === 'automatic' ? trigger.commit : undefined);
    if (select !== undefined)
        return { by: 'select', selection: select };
    if ((0,registry_reference/* namesImage */.Gc)(image))
        return { by: 'image', selection: { form: 'reference', reference: image } };
    if (commit !== undefined)
        return { by: 'commit', selection: { form: 'commit', commit } };
    if (trigger.kind === 'manual' && trigger.published !== undefined) {
        const { digest, tag: published, commit } = trigger.published;
        const reference = { host: image.host, path: image.path, digest };
        return { by: 'event', selection: { form: 'reference', reference, published, commit } };
    }
    return { by: 'manual-select', selection: manualSelect };
}
const eventCommitOf = (trigger) => trigger.kind === 'automatic' ? trigger.commit : trigger.published?.commit;
const longest = (commit, ...known) => known.reduce((most, each) => (each?.startsWith(most) ? each : most), commit);
const typedCommit = (trigger, { commit }) => commit && longest(commit, eventCommitOf(trigger));
function strictCommit(trigger, inputs) {
    const isNamed = trigger.event === 'repository_dispatch' || inputs.checkRevision === 'require';
    return typedCommit(trigger, inputs) ?? (isNamed ? eventCommitOf(trigger) : undefined);
}
function makePlan({ by, selection, }, trigger, inputs) {
    const { image, shaTag } = inputs;
    const { branch } = trigger;
    const repository = { host: image.host, path: image.path };
    const filled = (text) => text.replaceAll('{branch}', (0,tag_template/* cleanBranch */.Y8)(branch));
    const commit = strictCommit(trigger, inputs);
    const pin = inputs.deployBy !== 'tag';
    const common = { by, repository, commit, pin };
    switch (selection.form) {
        case 'reference': {
            const { reference, published } = selection;
            return {
                ...common,
                source: 'reference',
                reference,
                ...(published === undefined ? {} : { published }),
                commit: commit ?? selection.commit,
                pin: pin || reference.digest !== undefined,
            };
        }
        case 'digest': {
            const reference = { ...repository, digest: selection.digest };
            return { ...common, source: 'reference', reference, pin: true };
        }
        case 'tag': {
            const tag = valid(filled(selection.tag), by, `tag:${selection.tag}`, branch);
            return { ...common, source: 'digest', tag };
        }
        case 'newest':
            return { ...common, source: 'pattern', pattern: filled(selection.pattern) };
        case 'commit': {
            const wanted = longest(selection.commit, inputs.commit, eventCommitOf(trigger));
            const rendered = (0,tag_template/* renderTags */.Ep)(shaTag, { branch, commit: wanted });
            const own = { ...common, commit: wanted };
            if (!(0,tag_template/* namesCommit */.yF)(shaTag)) {
                const moving = valid(rendered.at(-1) ?? '', 'sha-tag', shaTag, branch);
                return { ...own, source: 'digest', tag: moving };
            }
            const [first = rendered[0], otherTag] = rendered.filter(registry_reference/* isTag */.dz);
            const tag = valid(first, 'sha-tag', shaTag, branch);
            return { ...own, source: 'sha-tag', tag, otherTag, branch, pin: !byTag(trigger, inputs) };
        }
    }
}
const byTag = ({ kind }, { deployBy, attestation }) => deployBy === 'tag' || (deployBy === 'auto' && kind === 'automatic' && attestation.mode === 'off');
function valid(tag, by, template, branch) {
    if ((0,registry_reference/* isTag */.dz)(tag))
        return tag;
    throw new user_error/* UserError */.yo({
        code: 'tag-invalid',
        found: `The input \`${by}\` "${template}" renders "${tag}" for branch "${branch}", which is not a valid tag.`,
        expected: 'At most 128 letters, digits, ".", "_" and "-". The first character cannot be "." or "-".',
        fix: `In \`with: ${by}:\`, replace {branch} with the text that the build puts there.`,
        input: by,
    });
}

// EXTERNAL MODULE: ./build/fly/machines.js + 2 modules
var machines = __webpack_require__(1510);
// EXTERNAL MODULE: ./build/fly/releases.js
var releases = __webpack_require__(4774);
// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/registry/manifest.js
var manifest = __webpack_require__(9329);
// EXTERNAL MODULE: ./build/registry/platform.js
var registry_platform = __webpack_require__(7891);
// EXTERNAL MODULE: ./build/image/inspect.js + 1 modules
var inspect = __webpack_require__(8396);
;// CONCATENATED MODULE: ./build/image/release-tag.js


async function checkReleaseTag({ release, image, commit, machines, instead, }) {
    const { version, image: text, created } = release;
    const moved = (how) => new user_error/* UserError */.yo({
        code: 'release-tag-moved',
        found: `Release v${version} deployed ${text}, but that tag has since moved to another image: ${how}.`,
        expected: 'A digest, or a tag that never moves, such as a commit’s.',
        fix: instead,
    });
    if (created !== undefined && image.created !== undefined && image.created > created)
        throw moved('its current image was built after the release');
    const says = image.commit;
    if (commit !== undefined && says !== undefined) {
        if (says.startsWith(commit))
            return;
        throw moved(`its current image was built from ${(0,image_revision/* oneWord */.ZH)(says)}`);
    }
    const own = (await machines()).filter(({ releaseVersion }) => releaseVersion === String(version));
    if (own.some(({ digest }) => digest !== undefined && image.digests.includes(digest)))
        return;
    throw new user_error/* UserError */.yo({
        code: 'release-tag-unknown',
        found: `Release v${version} deployed ${text}, but nothing shows that this tag still names the same image: ${commit === undefined ? 'the tag does not contain a commit' : 'the image does not name the commit it was built from'}, and no machine of this release runs it.`,
        expected: 'A digest, or a commit’s tag whose image names the same commit.',
        fix: `${instead}${commit === undefined ? '' : ' To have later images name their commit, give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`.'}`,
    });
}

;// CONCATENATED MODULE: ./build/image/release.js














async function planOfRelease(chosen, deps) {
    const { app, releases, log } = deps;
    const { by, release: wanted } = chosen;
    const planOf = ({ version }, { host, path }, digest) => ({
        source: 'release',
        by,
        repository: { host, path },
        reference: { host, path, digest },
        version,
        commit: chosen.commit,
        pin: true,
    });
    if (wanted !== 'previous') {
        const release = releases.find(({ version, status }) => wanted === 'current' ? status === 'complete' : String(version) === wanted);
        if (release === undefined) {
            throw new user_error/* UserError */.yo({
                code: 'release-not-found',
                found: `There is no ${wanted === 'current' ? 'completed release' : `release v${wanted}`} among the last ${releases.length} of app "${app}"${releases.length === 0 ? '' : `: ${versions(releases)}`}.`,
                expected: 'The version of a release that `flyctl releases` lists.',
                fix: nameRelease(releases, by),
            });
        }
        const { reference, image } = await imageOf(release, by, deps);
        return planOf(release, reference, image.digest);
    }
    const { present, digests } = running(await deps.machines(), by);
    for (const release of releases) {
        if (release.status !== 'complete' || release.version >= present)
            continue;
        const { reference, image } = await imageOf(release, by, deps);
        if (image.digests.some((digest) => digests.has(digest))) {
            log.line(`Release v${release.version} had the image that is running now`);
            continue;
        }
        log.line(`Release v${release.version} is the newest one with a different image`);
        return planOf(release, reference, image.digest);
    }
    throw new user_error/* UserError */.yo({
        code: 'release-none-earlier',
        found: `App "${app}" has no completed release before the current one with a different image (${(0,format/* counted */.hS)(releases.length, 'release')} checked).`,
        expected: `An earlier release with a different image, because \`${by}\` is "release:previous".`,
        fix: `Name what to deploy: \`with: ${by}: commit:…\`, \`tag:…\` or \`digest:…\`.`,
    });
}
async function planByRelease(rt, inputs, chosen, api) {
    const { app, image, shaTag } = inputs;
    const { repositoryUrl } = (0,links/* linksOf */.h)(rt);
    const find = async (reference, commit) => {
        const session = (0,connect/* sourceSession */.g)(rt, inputs, reference, inputs.waitForImage);
        const root = await (0,manifest/* getManifest */.c2)(session, reference.digest ?? reference.tag ?? 'latest');
        if (root === undefined)
            return undefined;
        const platform = await (0,registry_platform/* findPlatform */.r)(session, root, async () => false);
        const { digests, config, annotations } = platform;
        const created = config.get('created').maybeTime();
        const labels = config.get('config').get('Labels').strings();
        const context = { repositoryUrl, imagePath: image.path, wanted: commit };
        const said = (0,image_revision/* findRevision */.pV)(annotations, labels, context);
        const revision = await (0,inspect/* revisionOf */.D)(session, platform, said, commit);
        return { digest: root.digest, digests, created, commit: revision?.commit };
    };
    let listed;
    return planOfRelease(chosen, {
        app,
        releases: await (0,releases/* listReleases */.t)(api),
        machines: () => {
            listed ??= (0,machines/* listMachines */.bO)(api);
            return listed;
        },
        commitIn: (tag) => (0,tag_template/* commitInTag */.P$)(tag, shaTag, chosen.branch) || undefined,
        repositories: [{ host: image.host, path: image.path }, (0,hosts/* flyRepository */.QY)(app, rt.env)],
        find,
        log: rt.log,
    });
}
function running(machines, by) {
    const versionOf = ({ releaseVersion }) => Number(releaseVersion ?? Number.NaN);
    const present = Math.max(...machines.map(versionOf).filter((version) => !Number.isNaN(version)));
    if (!Number.isFinite(present)) {
        throw new user_error/* UserError */.yo({
            code: 'release-unknown',
            found: 'No machine of the app names the release that it belongs to.',
            expected: `Machines that a deploy created, because \`${by}\` is "release:previous".`,
            fix: `Name what to deploy: \`with: ${by}: release:41\` (with its version), \`commit:…\` or \`digest:…\`.`,
        });
    }
    const own = machines.filter((machine) => versionOf(machine) === present);
    return { present, digests: new Set(own.map(({ digest }) => digest)) };
}
async function imageOf(release, by, { repositories, commitIn, find, machines }) {
    const { version, image: text } = release;
    const wrong = (code, what, expected, fix) => new user_error/* UserError */.yo({
        code,
        found: text === ''
            ? `Release v${version} does not name an image.`
            : `Release v${version} deployed ${text}${what}`,
        expected,
        fix,
    });
    const instead = `Name what to deploy: \`with: ${by}: release:…\` (with another version), \`commit:…\` or \`digest:…\`.`;
    let reference;
    try {
        reference = (0,registry_reference/* parseReference */.F2)(text);
    }
    catch {
        throw wrong('release-without-image', ', which is not an image reference.', 'A release that deployed an image.', instead);
    }
    const known = repositories.some(({ host, path }) => host === reference.host && path === reference.path);
    if (!known) {
        throw wrong('release-of-another-repository', `, which is in another repository.`, `An image in ${repositories.map((each) => (0,registry_reference/* formatReference */.FH)(each)).join(' or ')}. Credentials are never sent to a registry that only a release names.`, `To deploy it, name its repository: \`with: image: ${(0,registry_reference/* formatReference */.FH)({ host: reference.host, path: reference.path })}\``);
    }
    const commit = reference.tag === undefined ? undefined : commitIn(reference.tag);
    const image = await find(reference, commit);
    if (image === undefined)
        throw wrong('release-image-gone', ', which no longer exists in its registry (404).', 'An image that still exists.', instead);
    if (reference.digest === undefined)
        await checkReleaseTag({ release, image, commit, machines, instead });
    return { reference, image };
}
function nameRelease(releases, by) {
    const complete = releases.find(({ status }) => status === 'complete');
    return complete === undefined
        ? `Name what to deploy: \`with: ${by}: commit:…\`, \`tag:…\` or \`digest:…\`.`
        : `Name a release that exists, such as \`with: ${by}: release:${complete.version}\`.`;
}
const versions = (releases) => `v${releases[0]?.version} to v${releases.at(-1)?.version}`;

// EXTERNAL MODULE: ./build/image/resolve.js + 1 modules
var resolve = __webpack_require__(9506);
// EXTERNAL MODULE: ./build/fly/api.js
var fly_api = __webpack_require__(4270);
// EXTERNAL MODULE: ./build/fly/trouble.js
var trouble = __webpack_require__(9869);
// EXTERNAL MODULE: ./build/image/root-of.js
var root_of = __webpack_require__(616);
;// CONCATENATED MODULE: ./build/image/soak.js



function sinceOf({ events }) {
    const put = events.findIndex(({ type }) => type === 'update' || type === 'launch');
    if (put < 0)
        return events.at(-1)?.timestamp;
    const start = events.slice(0, put).findLastIndex(({ type }) => type === 'start');
    return Math.max(...events.slice(start < 0 ? put : start).map(({ timestamp }) => timestamp));
}
async function soaked(app, { machines, date }, { soakTime, now, releases }) {
    if (soakTime === 0)
        return undefined;
    const at = date ?? now();
    const faults = machines.flatMap((machine) => {
        const events = machine.events.filter(({ timestamp }) => timestamp >= at - soakTime);
        const failure = (0,trouble/* failureOf */.g5)({ ...machine, events }, undefined);
        return failure === undefined ? [] : [`\n  ${machine.id} (${machine.region}): ${(0,trouble/* failureWords */.AC)(failure)}`];
    });
    const expected = `At least ${(0,format/* formatDuration */.a3)(soakTime)} without trouble, because of \`soak-time\`.`;
    if (faults.length > 0) {
        throw new user_error/* UserError */.yo({
            code: 'soak-trouble',
            found: `Machines of app "${app}" had trouble in the last ${(0,format/* formatDuration */.a3)(soakTime)}:${faults.join('')}`,
            expected,
            fix: `Fix "${app}" and deploy it again, which restarts the soak time. \`fly logs --app ${app}\` shows what happened.`,
        });
    }
    const told = machines.map((machine) => ({ machine, since: sinceOf(machine) }));
    const made = told.every(({ since }) => since !== undefined) ? [] : await releases();
    const ages = told.map(({ machine, since }) => {
        const release = made.find(({ version }) => String(version) === machine.releaseVersion);
        const from = since ?? release?.created;
        return { machine, age: from === undefined ? undefined : at - from };
    });
    const unknown = ages.filter(({ age }) => age === undefined);
    if (unknown.length > 0) {
        throw new user_error/* UserError */.yo({
            code: 'soak-unknown',
            found: `Fly.io does not report since when ${unknown.length === 1 ? 'machine' : 'machines'} ${unknown.map(({ machine }) => machine.id).join(', ')} of app "${app}" ${unknown.length === 1 ? 'has' : 'have'} run the image.`,
            expected,
            fix: `Deploy "${app}" again, which creates events with a time. Or skip the soak time: \`with: soak-time: 0\`.`,
        });
    }
    const youngest = Math.min(...ages.map(({ age = 0 }) => age));
    if (youngest >= soakTime)
        return youngest;
    const left = (0,format/* formatDuration */.a3)(soakTime - youngest);
    throw new user_error/* UserError */.yo({
        code: 'soak-not-over',
        found: `App "${app}" has run its image for ${(0,format/* formatDuration */.a3)(Math.max(0, youngest))}, ${left} less than the soak time.`,
        expected,
        fix: `Run this job again in ${left}. Or skip the soak time: \`with: soak-time: 0\`.`,
    });
}

;// CONCATENATED MODULE: ./build/image/running.js












async function planOfRunning(chosen, deps) {
    const { app, by, commit } = chosen;
    const list = await deps.list();
    const digest = running_imageOf(app, list.machines);
    const since = await soaked(app, list, deps);
    deps.log.line(`App ${app} runs ${digest} on ${(0,format/* counted */.hS)(list.machines.length, 'machine')}${since === undefined ? '' : `, for ${(0,format/* formatDuration */.a3)(since)} or longer`}`);
    const { repository, digest: found } = await locate(app, list.machines, digest, deps);
    const { host, path } = repository;
    const reference = { host, path, digest: found };
    return { source: 'running', by, app, repository: { host, path }, reference, commit, pin: true };
}
function running_imageOf(app, machines) {
    const wrong = (code, what) => new user_error/* UserError */.yo({
        code,
        found: `${what}${machines.map((machine) => `\n  ${lineOf(machine)}`).join('')}`,
        expected: `One image that every machine of app "${app}" runs, because that image is deployed here.`,
        fix: `Deploy "${app}" until every machine runs one image, then run this job again. Or name what to deploy: \`with: select: digest:sha256:…\`.`,
    });
    if (machines.length === 0)
        throw wrong('source-app-empty', `App "${app}" has no machine that \`flyctl deploy\` manages.`);
    const digests = new Set(machines.map(({ digest, containers }) => (containers.length > 0 ? '' : (digest ?? ''))));
    const [digest = ''] = digests;
    if (digests.size > 1)
        throw wrong('source-app-mixed', `The machines of app "${app}" run several images:`);
    if (digest === '')
        throw wrong('source-app-unsettled', `Fly.io does not report which image the machines of app "${app}" run:`);
    if (machines.some((machine) => machine.host !== 'ok' || (0,trouble/* waitOf */.pE)(machine, undefined) !== undefined))
        throw wrong('source-app-unsettled', `The machines of app "${app}" have not settled:`);
    return digest;
}
function lineOf(machine) {
    const wait = (0,trouble/* waitOf */.pE)(machine, undefined);
    const image = machine.containers.length > 0 ? 'several containers' : (machine.digest ?? 'no digest');
    const host = machine.host === 'ok' ? '' : `, its host is ${machine.host}`;
    return `${machine.id} (${machine.region}): ${machine.state}, ${image}${host}${wait === undefined ? '' : `, ${(0,trouble/* waitWords */.jJ)(wait)}`}`;
}
async function locate(app, machines, digest, { repositories, copy, find, log }) {
    const isCopy = ({ host, path }) => host === copy.host && path === copy.path;
    const named = machines.flatMap(({ image, configuredImage }) => {
        const at = referenceIn(image);
        return at === undefined ? [] : [{ at, configured: referenceIn(configuredImage) ?? at }];
    });
    const first = named.filter(({ at }) => !isCopy(at));
    const tried = [];
    let foreign;
    const seen = new Set();
    for (const { at, configured } of [...first, { at: copy, configured: copy }]) {
        const { host, path } = at;
        const name = (0,registry_reference/* formatReference */.FH)({ host, path });
        if (seen.has(name))
            continue;
        seen.add(name);
        const known = isCopy(at) || repositories.some((each) => each.host === host && each.path === path);
        if (!known) {
            foreign ??= name;
            tried.push(`${name}: not the repository in \`image\``);
            continue;
        }
        try {
            const own = configured.host === host && configured.path === path ? configured : at;
            const found = await find({ host, path }, digest, own);
            if (found !== undefined)
                return { repository: { host, path }, digest: found };
            tried.push(`${name}: not found (404)`);
        }
        catch (error) {
            if (!(error instanceof user_error/* UserError */.yo))
                throw error;
            tried.push(`${name}: ${error.found}`);
        }
        log.line(`Could not read the image from ${tried.at(-1)}`);
    }
    throw new user_error/* UserError */.yo({
        code: 'source-image-gone',
        found: `App "${app}" runs ${digest}, but it could not be read from any registry:${tried.map((each) => `\n  ${each.split('\n')[0]}`).join('')}`,
        expected: 'The image in the registry that it came from, or in Fly.io’s.',
        fix: foreign === undefined
            ? `Build and deploy "${app}" again.`
            : `Let this step use its logins there: \`with: image: ${foreign}\`. Or build and deploy "${app}" again.`,
    });
}
function referenceIn(text) {
    try {
        return (0,registry_reference/* parseReference */.F2)(text);
    }
    catch {
        return undefined;
    }
}
async function planByRunning(rt, inputs, chosen) {
    const { app } = chosen;
    const { sourceApp } = inputs;
    const api = (0,fly_api/* flyApi */.mH)(rt, { app, flyToken: sourceApp.token, mode: inputs.mode });
    return planOfRunning(chosen, {
        list: async () => (0,machines/* readMachineList */.aT)(api).catch((error) => {
            throw error instanceof user_error/* UserError */.yo ? explained(error, app) : error;
        }),
        soakTime: inputs.soakTime,
        releases: () => (0,releases/* listReleases */.t)(api),
        now: () => rt.clock.now(),
        repositories: [{ host: inputs.image.host, path: inputs.image.path }, (0,hosts/* flyRepository */.QY)(inputs.app, rt.env)],
        copy: (0,hosts/* flyRepository */.QY)(app, rt.env),
        find: async (repository, digest, named) => {
            const session = (0,connect/* sourceSession */.g)(rt, { ...inputs, flyLogin: sourceApp.login }, repository, 0);
            return (0,root_of/* rootOf */.I)(session, digest, [named.digest, named.tag, digest]);
        },
        log: rt.log,
    });
}
function explained(error, app) {
    if (error.code !== 'fly-unauthorized' && error.code !== 'fly-app-not-found')
        return error;
    return new user_error/* UserError */.yo({
        code: 'source-app-unreadable',
        found: `${(0,user_error/* messageOf */.bD)(error).split('\n')[0]} A deploy token can read only its own app: for any other app, Fly.io answers that it does not exist.`,
        expected: `A token that can read app "${app}", whose image is deployed.`,
        fix: `Add \`with: source-app-token: \${{ secrets.FLY_SOURCE_TOKEN }}\`, and store a token from ${(0,advice/* tokenCommand */.xJ)(app)} in that secret. Or correct the name in \`select\`.`,
        input: 'source-app-token',
    }, { cause: error });
}

;// CONCATENATED MODULE: ./build/image/find.js














async function findImage(rt, inputs, trigger, { api, recorder, progress = rt.log, resolved }) {
    const { repositoryUrl } = (0,links/* linksOf */.h)(rt);
    const eventCommit = eventCommitOf(trigger);
    const buildRef = (0,build_ref/* buildRefOf */.tw)(trigger, rt.env);
    const plan = await planOf(rt, inputs, trigger, api, recorder);
    const compare = (revision) => (own, record) => record.timed('Compare the commit with its branch', () => checkBranch(own, inputs, trigger, { plan, buildRef, revision }));
    const compared = dependsOnImage(rt, inputs, trigger, plan)
        ? undefined
        : (0,ahead/* ahead */.U)(rt, recorder, compare(undefined), ahead/* freshFor */.A);
    const credentials = plan.source === 'running' ? { ...inputs, flyLogin: inputs.sourceApp.login } : inputs;
    const session = (0,connect/* sourceSession */.g)(rt, credentials, plan.repository, inputs.waitForImage);
    const image = await recorder.stage('image', 'Find the image', () => (0,resolve/* resolveImage */.A)(plan, inputs, { repositoryUrl, eventCommit, branch: trigger.branch, buildRef }, { ...rt, session, progress }));
    const mode = (0,image_revision/* revisionMode */.r4)(plan, inputs.checkRevision);
    const name = (0,registry_reference/* formatReference */.FH)(image.reference);
    const said = image.revision ?? revisionOfTag(plan, image.tag, inputs.shaTag, trigger.branch);
    const revision = (0,image_revision/* checkRevision */.G7)(mode, plan.commit, said, name, repositoryUrl, buildRef);
    recorder.keep('revision', revision);
    const commit = (0,types/* commitOf */.D)(plan, image);
    const beside = (0,types/* isNamed */.e)(plan) && plan.commit === undefined && eventCommit !== undefined && mode !== 'off'
        ? (0,image_revision/* compareWithEvent */.MH)(eventCommit, said, { repositoryUrl, imagePath: plan.repository.path })
        : undefined;
    const found = { plan, image, revision, commit, session, beside };
    resolved?.(found);
    await (compared?.turn() ?? compare(image.revision)(rt, recorder));
    if (inputs.attestation.mode !== 'off') {
        await recorder.stage('attested', 'Verify the attestation', () => (0,attestation/* checkAttestation */.Xe)(rt, inputs, {
            digest: image.digest,
            commit,
            ref: (0,build_ref/* sourceRefOf */.EV)(inputs, trigger, buildRef),
        }));
    }
    return found;
}
function revisionOfTag(plan, tag, shaTag, branch) {
    const commit = tag === undefined || !(0,types/* isNamed */.e)(plan) ? undefined : (0,tag_template/* buildsCommitIn */.Qu)(tag, shaTag, branch);
    return commit ? { commit, from: 'tag' } : undefined;
}
function knownPlan(trigger, inputs) {
    const { by, selection } = choose(trigger, inputs);
    return selection.form === 'release' || selection.form === 'running'
        ? undefined
        : makePlan({ by, selection }, trigger, inputs);
}
async function planOf(rt, inputs, trigger, api, recorder) {
    const { by, selection } = choose(trigger, inputs);
    if (selection.form === 'release') {
        const { release } = selection;
        const commit = strictCommit(trigger, inputs);
        return recorder.stage('plan', 'Find the release', () => planByRelease(rt, inputs, { by, release, commit, branch: trigger.branch }, api));
    }
    if (selection.form === 'running') {
        const { app } = selection;
        const commit = strictCommit(trigger, inputs);
        return recorder.stage('plan', `Find the image that ${app} runs`, () => planByRunning(rt, inputs, { by, app, commit }));
    }
    const plan = makePlan({ by, selection }, trigger, inputs);
    recorder.keep('plan', plan);
    return plan;
}


/***/ }),

/***/ 8396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ inspectImage),
  D: () => (/* binding */ revisionOf)
});

// EXTERNAL MODULE: ./build/registry/platform.js
var registry_platform = __webpack_require__(7891);
// EXTERNAL MODULE: ./build/lib/commit.js
var lib_commit = __webpack_require__(7791);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/registry/manifest.js
var manifest = __webpack_require__(9329);
// EXTERNAL MODULE: ./build/registry/reference.js
var reference = __webpack_require__(6247);
;// CONCATENATED MODULE: ./build/registry/provenance.js




const statementLimit = 40 * 1024 * 1024;
async function builtFrom(session, index, platformDigest) {
    const entry = index.json
        .get('manifests')
        .items()
        .find((each) => each.get('annotations').get('vnd.docker.reference.type').value === 'attestation-manifest' &&
        each.get('annotations').get('vnd.docker.reference.digest').value === platformDigest);
    const digest = entry?.get('digest').maybeText() ?? '';
    if (!(0,reference/* isDigest */.Bc)(digest))
        return undefined;
    try {
        const attestation = await (0,manifest/* getManifest */.c2)(session, digest);
        const layer = attestation?.json
            .get('layers')
            .items()
            .find((each) => each
            .get('annotations')
            .get('in-toto.io/predicate-type')
            .maybeText()
            ?.startsWith('https://slsa.dev/provenance/'));
        const blob = layer?.get('digest').maybeText() ?? '';
        const statement = (0,reference/* isDigest */.Bc)(blob) ? await (0,manifest/* getJsonBlob */._x)(session, blob, statementLimit) : undefined;
        return statement && builtIn(statement.get('predicate'));
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.yo)
            return undefined;
        throw error;
    }
}
function builtIn(predicate) {
    const contexts = [
        predicate.get('buildDefinition').get('externalParameters'),
        predicate.get('invocation'),
    ].map((each) => each.get('configSource'));
    const hints = [
        predicate.get('runDetails').get('metadata').get('buildkit_metadata'),
        predicate.get('metadata').get('https://mobyproject.org/buildkit@v1#metadata'),
    ].map((each) => each.get('vcs'));
    return [
        ...contexts.map((each) => [each.get('digest').get('sha1'), each.get('uri')]),
        ...hints.map((each) => [each.get('revision'), each.get('source')]),
    ]
        .map(([commit, source]) => ({ commit: commit.maybeText() ?? '', source: source.maybeText() }))
        .find(({ commit }) => (0,lib_commit/* isCommit */.W)(commit));
}

// EXTERNAL MODULE: ./build/image/revision.js
var revision = __webpack_require__(6537);
;// CONCATENATED MODULE: ./build/image/inspect.js



const lag = 10_000;
async function inspectImage(root, plan, wanted, { expected, repositoryUrl }, { session, clock }) {
    const until = clock.now() + lag;
    const platform = await (0,registry_platform/* findPlatform */.r)(session, root, async () => {
        if (clock.now() >= until)
            return false;
        await clock.sleep(1000);
        return true;
    });
    const { digest } = root;
    const labels = platform.config.get('config').get('Labels').strings();
    const { host, path } = plan.repository;
    const context = { repositoryUrl, imagePath: path, wanted: expected };
    return {
        reference: { host, path, ...(plan.pin || wanted.tag === undefined ? { digest } : { tag: wanted.tag }) },
        repository: plan.repository,
        tag: wanted.tag,
        root,
        digest,
        platform: platform.manifest,
        platformDigest: platform.manifest.digest,
        digests: platform.digests,
        labels,
        revision: await revisionOf(session, platform, (0,revision/* findRevision */.pV)(platform.annotations, labels, context), expected),
        created: platform.config.get('created').maybeText(),
        size: sizeOf(platform),
        public: session.identity === 'anonymous',
    };
}
async function revisionOf(session, { index, manifest }, said, expected) {
    if (expected === undefined || index === undefined || said?.commit.startsWith(expected))
        return said;
    const built = await builtFrom(session, index, manifest.digest);
    return built === undefined ? said : { ...built, from: 'provenance', ...(said && { instead: said }) };
}
function sizeOf({ manifest }) {
    const size = (json) => json.get('size').maybeNumber() ?? 0;
    return manifest.json
        .get('layers')
        .items()
        .reduce((sum, layer) => sum + size(layer), size(manifest.json.get('config')));
}


/***/ }),

/***/ 9506:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ resolveImage)
});

// EXTERNAL MODULE: ./build/lib/format.js
var format = __webpack_require__(177);
// EXTERNAL MODULE: ./build/lib/progress.js
var progress = __webpack_require__(8285);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/registry/glob.js
var glob = __webpack_require__(2398);
// EXTERNAL MODULE: ./build/registry/manifest.js
var manifest = __webpack_require__(9329);
// EXTERNAL MODULE: ./build/registry/reference.js
var reference = __webpack_require__(6247);
// EXTERNAL MODULE: ./build/image/inspect.js + 1 modules
var inspect = __webpack_require__(8396);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/registry/commit-tags.js
var commit_tags = __webpack_require__(4775);
// EXTERNAL MODULE: ./build/registry/metadata-lines.js
var metadata_lines = __webpack_require__(4879);
// EXTERNAL MODULE: ./build/registry/tag-template.js
var tag_template = __webpack_require__(1993);
// EXTERNAL MODULE: ./build/image/tag-list.js
var tag_list = __webpack_require__(5719);
;// CONCATENATED MODULE: ./build/image/not-found.js









async function notFound(plan, wanted, waited, inputs, about, deps) {
    const name = (0,reference/* formatReference */.FH)(wanted);
    const after = waited > 0 ? ` after ${(0,format/* formatDuration */.a3)(waited)} of waiting` : '';
    const missing = `There is no image ${name}${after} (404).`;
    const named = plan.by === 'event' ? 'image' : plan.by;
    const input = 'reference' in plan ? { input: named } : {};
    const failure = (found, expected, fix) => new user_error/* UserError */.yo({ code: 'image-not-found', found, expected, fix, ...input });
    const expected = plan.source === 'sha-tag'
        ? `The tag ${plan.otherTag === undefined ? plan.tag : `${plan.tag} or ${plan.otherTag}`}, which the build of commit ${plan.commit} pushes.`
        : 'reference' in plan
            ? `The image that the input \`${named}\` names.`
            : `The tag "${wanted.tag}", whose digest is deployed.`;
    if (plan.source === 'reference' && plan.published !== undefined)
        return failure(missing, `The image that was published with tag ${plan.published}. It has since been deleted.`, 'Publish it again, which sends a new event. Or deploy the newest image with a manual run of this workflow.');
    if (wanted.tag === undefined || wanted.digest !== undefined)
        return failure(missing, expected, `Correct the digest in \`with: ${named}:\`. It must be the digest of a manifest or an index: the config’s digest (\`.config.digest\`) does not name an image.`);
    const build = buildAdvice(plan, wanted.tag, inputs.shaTag, about);
    const orWait = plan.source === 'sha-tag' ? 'wait longer for it (`with: wait-for-image: 5m`), or ' : '';
    const list = await (0,tag_list/* listOf */.c3)(deps.session);
    if (list.kind === 'unlisted')
        return failure(`${missing} Its tags could not be listed (${list.why}).`, expected, 'reference' in plan ? `Check the tag in \`with: ${named}:\`.` : (0,lib_text/* capitalized */.l2)(`${orWait}${build}`));
    if (list.kind === 'no-repository' || list.tags.length === 0) {
        const repository = (0,reference/* formatReference */.FH)(plan.repository);
        const found = list.kind === 'no-repository'
            ? `The repository ${repository} does not exist (404), so the image ${name}${after} was not found.`
            : `The repository ${repository} has no tags, so there is no image ${name}${after} (404).`;
        return failure(found, expected, `Check the name in \`image\`. If it is correct, ${orWait}${build}`);
    }
    const held = heldOf(plan, wanted.tag, list.tags, about);
    const [best] = held;
    if (best !== undefined) {
        const one = held.length === 1 ? 'The repository has a tag' : `The repository has ${held.length} tags`;
        const words = `${one} of commit ${(0,tag_template/* shortSha */.Fu)(best.commit)}: ${(0,tag_list/* some */.zN)(held.map(({ tag }) => tag))}.`;
        const there = await inputOf(plan, best, about, deps);
        const others = held
            .slice(1, 4)
            .flatMap(({ tag, template }) => (template === undefined ? [] : [`"${template}" finds ${tag}`]));
        const or = others.length === 0 || !there.includes('sha-tag: "') ? '' : `\n\nAs \`sha-tag\`, ${others.join(', ')}.`;
        return failure(`${missing} ${words}${list.left}`, expected, `${there}${or}${'reference' in plan ? '' : `\n\nOr ${build}`}`);
    }
    if (plan.source === 'sha-tag') {
        const template = inputs.shaTag;
        const words = await (0,tag_list/* similarTags */.ll)(list, deps.session, {
            template,
            branch: plan.branch,
            now: deps.clock.now(),
        });
        const built = await ofTag(deps.session, wanted, about.buildRef);
        return failure(`${missing} ${words}${list.left}`, expected, (0,lib_text/* capitalized */.l2)(`${built}${orWait}${build}`));
    }
    const like = 'reference' in plan ? (0,tag_list/* closest */.kp)(list.tags, wanted.tag) : movingTags(list.tags, wanted.tag);
    const words = `The repository has ${list.count}, such as ${(0,tag_list/* some */.zN)((0,tag_list/* closest */.kp)(list.tags, wanted.tag).slice(0, 5))}.`;
    return failure(`${missing} ${words}${list.left}`, expected, namedAdvice(plan, like[0], build));
}
function heldOf(plan, wanted, tags, { branch, eventCommit }) {
    const others = tags.filter((tag) => tag !== wanted);
    const named = (0,commit_tags/* commitsIn */.kS)(wanted).map((digits) => (eventCommit?.startsWith(digits) ? eventCommit : digits));
    const intended = plan.commit === undefined ? [...named, eventCommit ?? ''] : [plan.commit];
    return intended.map((commit) => (0,commit_tags/* tagsOfCommit */.mk)(others, commit, branch)).find((held) => held.length > 0) ?? [];
}
async function inputOf(plan, { tag, commit, template, varying }, { eventCommit }, { session }) {
    const repository = (0,reference/* formatReference */.FH)(plan.repository);
    const wanted = 'reference' in plan ? eventCommit : plan.commit;
    if (template !== undefined && wanted !== undefined && commit.startsWith(wanted)) {
        const lines = [
            ...('reference' in plan ? [`  image: ${repository}`] : []),
            ...(commit === wanted ? [] : [`  commit: "${commit}"`]),
            `  sha-tag: "${template}"`,
        ];
        return `Look up the tag that exists:\nwith:\n${lines.join('\n')}`;
    }
    if (template !== undefined)
        return `Name the tag that exists:\nwith:\n  ${naming(plan, { tag })}`;
    const digest = await (0,manifest/* headDigest */.xR)(session, tag).catch(() => undefined);
    const image = naming(plan, digest !== undefined && (0,reference/* isDigest */.Bc)(digest) ? { digest } : { tag });
    const why = `No \`sha-tag\` can match the tags of other runs, because ${varying.join(' and ')} differ${varying.length === 1 ? 's' : ''} from build to build. To deploy every build, run this action in a job after the build, with the reference that build-image.yml pushed: \`image: \${{ needs.build.outputs.reference }}\`.`;
    return `Deploy the image with the tag ${tag}, for this commit only:\nwith:\n  ${image}\n\n${why}`;
}
function naming({ by, repository }, image) {
    if (by !== 'select' && by !== 'manual-select')
        return `image: ${(0,reference/* formatReference */.FH)({ ...repository, ...image })}`;
    return `${by}: "${'tag' in image ? `tag:${image.tag}` : `digest:${image.digest}`}"`;
}
const onOf = (branch, { kind }) => kind === 'branch' ? undefined : kind === 'tag' ? { kind, branch } : { kind };
function buildAdvice(plan, tag, shaTag, { branch, buildRef }) {
    if (plan.source === 'sha-tag')
        return `have the build push the tag ${tag}, with these lines:\n${(0,metadata_lines/* metadataLines */.r)(shaTag, { on: onOf(plan.branch, buildRef) })}`;
    const template = (0,tag_template/* branchForms */.wf)(branch).includes(tag) ? '{branch}' : tag;
    return `have the build push the tag ${tag}, with these lines:\n${(0,metadata_lines/* metadataLines */.r)(template)}`;
}
function namedAdvice(plan, instead, build) {
    if (instead === undefined)
        return (0,lib_text/* capitalized */.l2)(build);
    const line = plan.by === 'commit' ? `sha-tag: "${instead}"` : naming(plan, { tag: instead });
    const or = 'reference' in plan ? '' : `\n\nOr ${build}`;
    return `Name a tag that exists, such as:\nwith:\n  ${line}${or}`;
}
function movingTags(tags, wanted) {
    const usual = ['latest', 'main', 'master', 'production', 'stable', 'edge'];
    const moving = tags.filter((tag) => (0,commit_tags/* commitsIn */.kS)(tag).length === 0 && !/\d/.test(tag));
    return [...usual.filter((tag) => moving.includes(tag)), ...(0,tag_list/* closest */.kp)(moving, wanted)];
}
async function ofTag(session, { host, path }, on) {
    if (on.kind !== 'tag')
        return '';
    const cleaned = (0,tag_template/* cleanBranch */.Y8)(on.name);
    for (const tag of [cleaned, cleaned.replace(/^v(?=\d)/, '')]) {
        if (!(0,reference/* isTag */.dz)(tag))
            continue;
        const there = await (0,manifest/* headDigest */.xR)(session, tag).catch(() => undefined);
        if (there !== undefined)
            return `deploy the image of the tag that was built: \`with: image: ${(0,reference/* formatReference */.FH)({ host, path, tag })}\`. Or `;
    }
    return '';
}

// EXTERNAL MODULE: ./build/image/types.js
var types = __webpack_require__(8107);
;// CONCATENATED MODULE: ./build/image/resolve.js









const mostTags = 100_000;
async function resolveImage(plan, inputs, context, deps) {
    const { clock, session } = deps;
    const wanted = plan.source === 'pattern' ? await newestOf(plan, deps) : wantedOf(plan);
    const names = [
        wanted,
        ...(plan.source === 'sha-tag' && plan.otherTag !== undefined
            ? [{ ...plan.repository, tag: plan.otherTag }]
            : []),
    ];
    const { repositoryUrl, eventCommit } = context;
    const expected = plan.commit ?? ((0,types/* isNamed */.e)(plan) ? eventCommit : undefined);
    const awaitable = expected !== undefined || plan.source === 'reference';
    const patience = wanted.digest === undefined && plan.source !== 'pattern' && awaitable ? inputs.waitForImage : 0;
    const look = ({ root, name }) => (0,inspect/* inspectImage */.m)(root, plan, name, { expected, repositoryUrl }, deps);
    const awaited = inputs.checkRevision === 'off' || plan.source === 'sha-tag' ? undefined : plan.commit;
    const end = clock.now() + patience;
    let seen;
    const wait = {
        what: (0,reference/* formatReference */.FH)(wanted),
        limit: () => patience,
        how: () => seen === undefined ? 'not found' : `built from ${seen.revision?.commit} instead of ${awaited}`,
    };
    await (0,progress/* waiting */.e)(wait, { clock, log: deps.progress ?? deps.log }, async (say) => {
        let first = true;
        for await (const found of polls(names, end, session, deps)) {
            if (found !== undefined && found.root.digest !== seen?.digest)
                seen = await look(found);
            const revision = seen?.revision?.commit;
            if (seen !== undefined && (awaited === undefined || revision?.startsWith(awaited) !== false))
                return;
            if (clock.now() >= end)
                return;
            if (first)
                say();
            first = false;
        }
    });
    if (seen === undefined)
        throw await notFound(plan, wanted, patience, inputs, context, deps);
    return seen;
}
async function* polls(names, end, session, { clock, random }) {
    let last;
    for (const name of names) {
        const root = last === undefined ? await (0,manifest/* getManifest */.c2)(session, nameIn(name)) : undefined;
        if (root !== undefined)
            last = { root, name };
    }
    yield last;
    for (let interval = 2000;; interval = Math.min(interval * 1.5, 12_500)) {
        await clock.sleep(Math.min(end - clock.now(), interval * (0.8 + 0.4 * random())));
        let now;
        for (const name of names) {
            const digest = now === undefined ? await (0,manifest/* headDigest */.xR)(session, nameIn(name)) : undefined;
            if (digest === undefined || digest === last?.root.digest)
                continue;
            const root = await (0,manifest/* getManifest */.c2)(session, nameIn(name));
            if (root !== undefined)
                now = { root, name };
        }
        last = now ?? last;
        yield now;
    }
}
const nameIn = ({ digest, tag }) => digest ?? tag ?? 'latest';
function wantedOf(plan) {
    return 'reference' in plan ? plan.reference : { ...plan.repository, tag: plan.tag };
}
async function newestOf({ by, repository, pattern }, { session, log }) {
    const tags = (await (0,manifest/* listTags */.cB)(session, mostTags)) ?? [];
    const { newestTag } = await Promise.all(/* import() */[__webpack_require__.e(88), __webpack_require__.e(579)]).then(__webpack_require__.bind(__webpack_require__, 7579));
    const { tag, matching, ordered } = newestTag(tags, pattern);
    const all = (0,format/* counted */.hS)(tags.length, 'tag');
    if (tag !== undefined && tags.length < mostTags) {
        log.line(`Newest of ${(0,format/* counted */.hS)(ordered, 'tag')} that ${ordered === 1 ? 'matches' : 'match'} ${pattern} (${all} in all): ${tag}`);
        return { ...repository, tag };
    }
    const name = (0,reference/* formatReference */.FH)(repository);
    const some = tags.filter((each) => (0,glob/* matchesGlob */.k)(pattern, each)).slice(-5);
    throw new user_error/* UserError */.yo({
        code: 'newest-tag-unknown',
        found: tag !== undefined
            ? `${name} has ${mostTags} tags or more, which is too many to determine the newest one that matches "${pattern}".`
            : matching === 0
                ? `None of the ${all} of ${name} matches "${pattern}".`
                : `None of the ${all} of ${name} has a time or a version in its name to order it by, although some match "${pattern}" (${some.join(', ')}).`,
        expected: 'Tags such as main-20261124-093000 or v1.2.3, one of which is the newest.',
        fix: `Correct the pattern in \`with: ${by}: newest:…\`. Or have docker/metadata-action write tags that can be ordered, with \`type=raw,value={{branch}}-{{date 'YYYYMMDD-HHmmss'}}\` or \`type=semver,pattern=v{{version}}\`.`,
    });
}


/***/ }),

/***/ 5719:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   kp: () => (/* binding */ closest),
/* harmony export */   ll: () => (/* binding */ similarTags),
/* harmony export */   su: () => (/* binding */ newestOf),
/* harmony export */   zN: () => (/* binding */ some)
/* harmony export */ });
/* harmony import */ var p_map__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(606);
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(177);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3758);
/* harmony import */ var _registry_commit_tags_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4775);
/* harmony import */ var _registry_manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9329);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6247);
/* harmony import */ var _registry_tag_template_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1993);







const [mostListed, mostRead, mostShown] = [10_000, 24, 5];
async function listOf(session) {
    let listed;
    try {
        listed = await (0,_registry_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .listTags */ .cB)(session, mostListed);
    }
    catch (error) {
        return { kind: 'unlisted', why: (0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error).split('\n')[0] ?? '' };
    }
    if (listed === undefined)
        return { kind: 'no-repository' };
    const { tags, signatures } = (0,_registry_commit_tags_js__WEBPACK_IMPORTED_MODULE_1__/* .imageTags */ .rK)(listed);
    const first = listed.length >= mostListed ? 'first ' : '';
    const left = signatures === 0 ? '' : `\nNot listed: ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .counted */ .hS)(signatures, 'tag')} of signatures.`;
    return { kind: 'listed', tags, count: `${first}${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .counted */ .hS)(tags.length, 'tag')}`, left };
}
const some = (tags) => `${tags.slice(0, mostShown).join(', ')}${tags.length > mostShown ? ` and ${tags.length - mostShown} more` : ''}`;
function closest(tags, wanted) {
    const end = reversed(wanted);
    return tags
        .map((tag) => ({ tag, likeness: shared(tag, wanted) + shared(reversed(tag), end) }))
        .reverse()
        .sort((a, b) => b.likeness - a.likeness)
        .map(({ tag }) => tag);
}
const reversed = (text) => [...text].reverse().join('');
function shared(a, b) {
    let length = 0;
    while (length < a.length && a[length] === b[length])
        length++;
    return length;
}
async function similarTags({ tags, count }, session, { template, branch, now }) {
    const like = tags.filter((tag) => (0,_registry_tag_template_js__WEBPACK_IMPORTED_MODULE_4__/* .madeByTemplate */ .fs)(tag, template, branch));
    if (like.length === 0)
        return tags.length === 1
            ? `The repository’s only tag, ${tags[0]}, has another form.`
            : `None of the repository’s ${count} has this form. It has ${some(tags.slice(-mostShown))}.`;
    const shown = await newestOf(session, like);
    const isDated = shown.every(({ created }) => created !== undefined);
    const all = like.length > mostRead ? `the last ${mostRead} in the list of ${like.length}` : like.length;
    const part = like.length > shown.length ? `${shown.length} of ${all} tags` : 'The tags';
    const list = shown.map(({ tag, created }) => {
        const age = created === undefined ? undefined : (0,_lib_format_js__WEBPACK_IMPORTED_MODULE_5__/* .formatAge */ .nV)(created, now);
        return `\n  ${tag}${age === undefined ? '' : ` (${age})`}`;
    });
    return `${part} of that branch that exist${isDated ? ', newest first' : ''}:${list.join('')}`;
}
async function newestOf(session, like) {
    const sample = like.slice(-mostRead);
    const dated = await (0,p_map__WEBPACK_IMPORTED_MODULE_6__/* ["default"] */ .Ay)(sample, async (tag) => ({ tag, created: await createdOf(session, tag).catch(() => undefined) }), { concurrency: 6 });
    return dated.sort((a, b) => time(b.created) - time(a.created)).slice(0, mostShown);
}
const time = (created) => Date.parse(created ?? '') || 0;
async function createdOf(session, tag) {
    const root = await (0,_registry_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .getManifest */ .c2)(session, tag);
    const first = root?.json.get('manifests').items()[0]?.get('digest').maybeText();
    const manifest = first === undefined || !(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc)(first) ? root : await (0,_registry_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .getManifest */ .c2)(session, first);
    const config = manifest?.json.get('config').get('digest').maybeText();
    if (config === undefined || !(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .isDigest */ .Bc)(config))
        return undefined;
    return (await (0,_registry_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .getJsonBlob */ ._x)(session, config))?.get('created').maybeText();
}


/***/ }),

/***/ 4775:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F5: () => (/* binding */ shapeOf),
/* harmony export */   kS: () => (/* binding */ commitsIn),
/* harmony export */   mk: () => (/* binding */ tagsOfCommit),
/* harmony export */   rK: () => (/* binding */ imageTags)
/* harmony export */ });
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6247);
/* harmony import */ var _tag_template_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1993);


function imageTags(listed) {
    const valid = listed.filter(_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isTag */ .dz);
    const tags = valid.filter((tag) => !/^sha256-[0-9a-f]{64}|\.(?:sig|att|sbom)$/.test(tag));
    return { tags, signatures: valid.length - tags.length };
}
const heldIn = (tag) => [...tag.matchAll(/[0-9A-Fa-f]+/g)]
    .filter(([digits]) => /^(?:[0-9a-f]{7,40}|[0-9a-f]{64})$/.test(digits))
    .map(({ 0: digits, index }) => ({
    tag,
    before: tag.slice(0, index),
    digits,
    after: tag.slice(index + digits.length),
}));
const commitsIn = (tag) => heldIn(tag)
    .map(({ digits }) => digits)
    .filter((digits) => /[a-f]/.test(digits));
const familyOf = ({ before, digits, after }) => `${before} ${digits.length} ${after}`;
function familiesOf(tags) {
    const families = new Map();
    for (const held of tags.flatMap(heldIn)) {
        const family = families.get(familyOf(held)) ?? new Set();
        families.set(familyOf(held), family.add(held.digits));
    }
    return families;
}
function tagsOfCommit(tags, commit, branch) {
    if (commit.length < 7)
        return [];
    const all = tags.flatMap(heldIn);
    const longer = all.filter(({ digits }) => digits.length > commit.length && digits.startsWith(commit));
    const longest = longer.reduce((most, { digits }) => (digits.length > most.length ? digits : most), commit);
    const isOne = longer.every(({ digits }) => longest.startsWith(digits));
    const families = familiesOf(tags);
    const found = all
        .filter(({ digits }) => commit.startsWith(digits) || (isOne && longest.startsWith(digits)))
        .map((held) => {
        const whole = held.digits.length > commit.length ? held.digits : commit;
        return { tag: held.tag, commit: whole, ...templateOf(held, branch, families, whole) };
    });
    found.sort((a, b) => rank(b) - rank(a) || a.tag.length - b.tag.length);
    const seen = new Set();
    return found.filter(({ tag }) => !seen.has(tag) && seen.add(tag));
}
function rank({ tag, template }) {
    const odd = /(?:arm|s390x|ppc64|riscv|windows|cache|debug|test)/i.test(tag);
    return ((template === undefined ? 0 : 8) + (odd ? 0 : 4) + (template === undefined ? 0 : usualness(template)));
}
const usualness = (template) => template.includes('{branch}') ? 2 : /^(?:sha-)?\{/.test(template) ? 1 : 0;
function templateOf(held, branch, families, commit = held.digits) {
    const { tag, digits } = held;
    const isWhole = digits === commit && (digits.length === 40 || digits.length === 64);
    const placeholder = isWhole
        ? '{full-sha}'
        : digits.length === 40
            ? '{sha:40}'
            : (0,_tag_template_js__WEBPACK_IMPORTED_MODULE_1__/* .placeholderOf */ .hx)(digits.length);
    for (const form of [...(0,_tag_template_js__WEBPACK_IMPORTED_MODULE_1__/* .branchForms */ .wf)(branch), undefined]) {
        const before = withBranch(held.before, form);
        const after = withBranch(held.after, form);
        const template = `${before}${placeholder}${after}`;
        if (form !== undefined && !template.includes('{branch}'))
            continue;
        if (!(0,_tag_template_js__WEBPACK_IMPORTED_MODULE_1__/* .renderTags */ .Ep)(template, { branch, commit }).includes(tag))
            continue;
        const varying = varyingIn(before, after, (families.get(familyOf(held))?.size ?? 0) > 1);
        return { template: varying.length === 0 ? template : undefined, varying };
    }
    return { template: undefined, varying: [] };
}
function withBranch(text, form) {
    if (form === undefined)
        return text;
    const isEnd = (at) => at < 0 || at >= text.length || /[._-]/.test(text.charAt(at));
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1))
        if (isEnd(at - 1) && isEnd(at + form.length))
            return `${text.slice(0, at)}{branch}${text.slice(at + form.length)}`;
    return text;
}
function varyingIn(before, after, isRepeated) {
    const text = `${before} ${after}`.replaceAll('{branch}', ' ');
    const words = text.split(/[^0-9A-Za-z]+/).filter((word) => word !== '');
    const numbers = words.filter((word) => /^[vVrR]?\d+$/.test(word));
    const isDate = /(?:19|20)\d\d[._-]?[01]\d/.test(text) || words.some((word) => /\d{6}/.test(word));
    if (isDate)
        return words.filter((word) => /\d{6}/.test(word) || numbers.includes(word));
    const isDescribed = /(?:^|-)\d+-g$/.test(before);
    return isDescribed || !isRepeated ? numbers : [];
}
function shapeOf(tags, branch) {
    const families = familiesOf(tags);
    const groups = new Map();
    for (const held of tags.flatMap(heldIn)) {
        const { template } = templateOf(held, branch, families);
        if (template === undefined)
            continue;
        const group = groups.get(template) ?? [];
        group.push(held);
        groups.set(template, group);
    }
    const known = [...groups].filter(([, some]) => some.some(({ digits }) => /[a-f]/.test(digits)));
    const [best] = known.sort(([a, some], [b, more]) => usualness(b) - usualness(a) || more.length - some.length);
    if (best === undefined)
        return undefined;
    const [template, some] = best;
    const lead = template.slice(0, template.search(_tag_template_js__WEBPACK_IMPORTED_MODULE_1__/* .commitPlaceholder */ .lW));
    const other = lead.slice(0, -1);
    const isForeign = lead.endsWith('-') && tags.includes(other);
    return {
        template: isForeign ? `{branch}-${template.slice(lead.length)}` : template,
        branch: isForeign ? other : undefined,
        tags: some.map(({ tag }) => tag),
    };
}


/***/ }),

/***/ 2398:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ matchesGlob)
/* harmony export */ });
function matchesGlob(pattern, tag) {
    let [p, t] = [0, 0];
    let [star, resume] = [-1, 0];
    while (t < tag.length) {
        if (pattern[p] === '*') {
            [star, resume] = [p, t];
            p++;
        }
        else if (pattern[p] === '?' || pattern[p] === tag[t]) {
            p++;
            t++;
        }
        else if (star >= 0) {
            resume++;
            [p, t] = [star + 1, resume];
        }
        else {
            return false;
        }
    }
    while (pattern[p] === '*')
        p++;
    return p === pattern.length;
}


/***/ }),

/***/ 4879:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ metadataLines)
/* harmony export */ });
/* harmony import */ var _tag_template_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1993);

function metadataLines(template, { flavored = false, on } = {}) {
    const [longest, ...shorter] = (0,_tag_template_js__WEBPACK_IMPORTED_MODULE_0__/* .lengthsIn */ .tw)(template);
    const env = [
        ...(longest === undefined || longest === 7 ? [] : [`DOCKER_METADATA_SHORT_SHA_LENGTH: ${longest}`]),
        ...(on?.kind === 'pull-request' ? ['DOCKER_METADATA_PR_HEAD_SHA: true'] : []),
    ];
    const event = { branch: 'branch', tag: 'tag', 'pull-request': 'pr' }[on?.kind ?? 'branch'];
    const branch = on === undefined ? '{{branch}}' : on.kind === 'tag' ? (0,_tag_template_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanBranch */ .Y8)(on.branch) : '${{ github.head_ref }}';
    return [
        ...shorter.map((length) => `- run: echo "SHA_${length}=\${GITHUB_SHA:0:${length}}" >> "$GITHUB_ENV"`),
        '- uses: docker/metadata-action@v6',
        ...(env.length === 0 ? [] : ['  env:', ...env.map((line) => `    ${line}`)]),
        '  with:',
        '    tags: |',
        ...new Set([`      type=ref,event=${event}`, `      ${lineOf(template, flavored, longest, branch)}`]),
    ].join('\n');
}
function lineOf(template, flavored, longest, branch) {
    const commits = template.split(new RegExp(_tag_template_js__WEBPACK_IMPORTED_MODULE_0__/* .commitPlaceholder */ .lW, 'g'));
    const branches = template.split('{branch}');
    const around = ([before = '', after = ''], isSha) => [
        ...(before !== '' || flavored || isSha ? [`prefix=${before}`] : []),
        ...(after !== '' || flavored ? [`suffix=${after}`] : []),
    ];
    if (commits.length === 2) {
        const parts = commits.map((part) => part.replaceAll('{branch}', branch));
        const long = template.includes('{full-sha}') ? ['format=long'] : [];
        return ['type=sha', ...around(parts, true), ...long].join(',');
    }
    if (commits.length === 1 && branches.length === 2 && branch === '{{branch}}')
        return ['type=ref', 'event=branch', ...around(branches, false)].join(',');
    const value = template
        .replaceAll('{branch}', branch)
        .replaceAll('{full-sha}', '${{ github.sha }}')
        .replace(/\{sha(?::(\d+))?\}/g, (_, length) => Number(length ?? 7) === longest ? '{{sha}}' : `\${{ env.SHA_${length ?? 7} }}`);
    return ['type=raw', `value=${value}`, ...around([], false)].join(',');
}


/***/ })

};
