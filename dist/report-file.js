export const id = 162;
export const ids = [162];
export const modules = {

/***/ 8162:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  writeReport: () => (/* binding */ writeReport),
  writeVsa: () => (/* binding */ writeVsa)
});

// EXTERNAL MODULE: ./build/github/links.js
var links = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/registry/reference.js
var registry_reference = __webpack_require__(6247);
// EXTERNAL MODULE: ./build/report/machines.js + 1 modules
var machines = __webpack_require__(7030);
// EXTERNAL MODULE: ./build/report/outcome.js
var report_outcome = __webpack_require__(4247);
// EXTERNAL MODULE: ./build/report/outputs.js
var outputs = __webpack_require__(4121);
;// CONCATENATED MODULE: ./build/report/report.js





const timeOf = (ms) => new Date(ms).toISOString();
const mostErrors = 100;
function reportOf(facts, outcome, ended, around) {
    const { known, commit, elapsed, stages, warnings } = facts;
    const { inputs } = known;
    const release = (0,report_outcome/* releaseOf */.l7)(facts, outcome);
    const fleet = (0,report_outcome/* fleetOf */.aP)(outcome);
    return {
        version: 1,
        app: ended.app ?? null,
        mode: inputs?.mode ?? null,
        'began-at': timeOf(facts.begin),
        'ended-at': timeOf(around.now),
        verdict: verdictOf(facts, outcome, ended),
        trigger: triggerOf(facts, around),
        commit: commit ?? null,
        image: imageOf(facts),
        attestation: attestationOf(facts),
        release: { id: release.id ?? null, version: release.version ?? null },
        url: known.url ?? null,
        'machines-before': known.before === undefined ? null : (0,machines/* machinesBefore */.Iv)(known.before),
        machines: fleet === undefined ? null : (0,machines/* machinesNow */.f9)(fleet, (0,report_outcome/* rolledBackTo */.rt)(outcome) !== undefined),
        verification: verificationOf(facts),
        rollback: rollbackOf(outcome),
        'deployment-records': recordsOf(facts),
        findings: outcome.kind === 'checked'
            ? outcome.findings.map(({ at, cause: _, ...rest }) => ({ ...rest, at: at ?? null }))
            : null,
        warnings: { texts: warnings.kept, omitted: warnings.omitted },
        durations: {
            'total-ms': Math.round(elapsed),
            'time-to-verdict-ms': timeToVerdict(facts, around.now),
            stages: stages.map(({ title, ms, ok }) => ({ title, ms: Math.round(ms), ok })),
        },
    };
}
function verdictOf(facts, outcome, { state, headline }) {
    const errors = errorsOf(facts, outcome);
    return {
        state,
        headline,
        'exit-status': (0,report_outcome/* exitCodeOf */.FO)(outcome),
        deployed: (0,report_outcome/* isDeployed */.Nj)(facts, outcome),
        verified: (0,report_outcome/* isVerified */.p4)(outcome),
        skipped: (0,outputs/* skippedOf */.aL)(outcome, facts.known.inputs?.mode === 'doctor') || null,
        drift: (0,outputs/* driftOf */.$p)(outcome) || null,
        reason: outcome.kind === 'skipped' ? outcome.words : null,
        production: (outcome.kind === 'failed' && outcome.production?.kind) || null,
        errors: errors.slice(0, mostErrors),
    };
}
function errorsOf(facts, outcome) {
    const error = (0,report_outcome/* errorOf */.Mz)(outcome);
    if (error === undefined)
        return [];
    if (!(error instanceof user_error/* UserError */.yo))
        return [{ code: null, found: `Unexpected error: ${(0,user_error/* messageOf */.bD)(error)}`, expected: null, fix: null }];
    const { each } = error;
    const shown = (0,report_outcome/* errorTextsOf */.CP)(facts, outcome) ?? [];
    const texts = shown.length === each.length ? shown : each;
    return texts.map(({ found, expected, fix }, n) => ({ code: each[n]?.code ?? null, found, expected, fix }));
}
function triggerOf({ known: { trigger } }, { env, links }) {
    const of = (name) => env[name] || null;
    const { runId, repository, repositoryUrl } = links;
    const run = trigger?.kind === 'automatic' ? trigger.run : undefined;
    return {
        event: trigger?.event ?? of('GITHUB_EVENT_NAME'),
        kind: trigger?.kind ?? null,
        branch: trigger?.branch ?? null,
        repository: repository || null,
        ref: of('GITHUB_REF'),
        workflow: of('GITHUB_WORKFLOW_REF'),
        'run-id': runId ?? null,
        'run-attempt': of('GITHUB_RUN_ATTEMPT'),
        'run-url': runId === undefined ? null : `${repositoryUrl}/actions/runs/${runId}`,
        build: run === undefined
            ? null
            : { workflow: run.name, event: run.event, number: run.number ?? null, url: run.url ?? null },
    };
}
function imageOf({ known: { image, plan, mirror, pinned, revision } }) {
    if (image === undefined)
        return null;
    return {
        reference: (0,registry_reference/* formatReference */.FH)((pinned ?? mirror ?? image).reference),
        'source-reference': (0,registry_reference/* formatReference */.FH)(image.reference),
        digest: image.digest,
        'platform-digest': image.platformDigest,
        tag: image.tag ?? null,
        source: plan?.source ?? null,
        mirrored: mirror !== undefined,
        created: image.created ?? null,
        size: image.size,
        revision: image.revision === undefined ? null : { commit: image.revision.commit, from: image.revision.from },
        'revision-check': revision ?? null,
    };
}
function attestationOf({ known: { attested } }) {
    if (attested === undefined)
        return null;
    if (attested.kind === 'not-attested')
        return { verified: false, code: attested.error.code };
    const { commit, ref, signer, runner } = attested;
    return { verified: true, commit, ref, signer, runner: runner || null };
}
function verificationOf({ known: { journal, inputs } }) {
    if (journal === undefined || inputs === undefined)
        return null;
    const { checks, answers, command } = journal;
    return {
        'settle-time-ms': inputs.settleTime,
        'health-url': inputs.healthUrl ?? null,
        checks: checks.kept.map(({ at, of, machines, healthy, words, incomplete }) => ({
            at: timeOf(at),
            of,
            machines,
            healthy,
            words,
            incomplete: incomplete ?? null,
        })),
        'checks-omitted': checks.omitted,
        answers: answers.kept.map(({ at, ms, kind, words }) => ({
            at: timeOf(at),
            ms: Math.round(ms),
            kind,
            words: words ?? null,
        })),
        'answers-omitted': answers.omitted,
        command: command === undefined
            ? null
            : {
                program: command.name,
                'began-at': timeOf(command.at),
                ms: Math.round(command.ms),
                'exit-status': command.status ?? null,
                signal: command.signal ?? null,
                'timed-out': command.timedOut,
            },
    };
}
function rollbackOf(outcome) {
    const rollback = outcome.kind === 'failed' ? outcome.rollback : undefined;
    if (rollback === undefined)
        return null;
    return {
        kind: rollback.kind,
        to: ((0,report_outcome/* rolledBackTo */.rt)(outcome) ?? []).map(({ group, reference, digest }) => ({
            group: group ?? null,
            reference: (0,registry_reference/* formatReference */.FH)(reference),
            digest,
        })),
        code: rollback.kind === 'not-rolled-back' ? rollback.code : null,
        why: rollback.kind === 'not-rolled-back' ? rollback.why : null,
    };
}
function recordsOf({ known: { recorded } }) {
    if (recorded === undefined)
        return null;
    const { environment, written, notices } = recorded;
    return { environment, written, notices };
}
function timeToVerdict({ known: { deployStartedAt }, stages }, now) {
    if (deployStartedAt === undefined)
        return null;
    const later = stages.filter(({ title }) => title === 'Roll back' || title === 'Record the deployment');
    return Math.max(0, Math.round(later.reduce((time, { ms }) => time - ms, now - deployStartedAt)));
}

// EXTERNAL MODULE: ./build/verify/cautions.js
var cautions = __webpack_require__(2952);
// EXTERNAL MODULE: ./build/verify/compare.js
var compare = __webpack_require__(2327);
;// CONCATENATED MODULE: ./build/report/vsa.js



const deployment = 'https://github.com/deploy-fly-image/deploy-fly-image/deployment/v1';
function vsaOf(facts, outcome, { env, links }) {
    const { image, inputs, journal, attested, uncounted } = facts.known;
    const verifiedAt = journal?.checks.kept.at(-1)?.at;
    if (outcome.kind !== 'deployed' || image === undefined || inputs === undefined || verifiedAt === undefined)
        return undefined;
    const { repository, ref } = actionOf(env, links);
    const release = (0,report_outcome/* releaseOf */.l7)(facts, outcome);
    const signed = attested?.kind === 'attested' ? attested : undefined;
    const { host, path } = image.repository;
    return {
        verifier: { id: `https://github.com/${repository}` },
        timeVerified: new Date(verifiedAt).toISOString(),
        resourceUri: `oci://${host}/${path}@${image.digest}`,
        policy: { uri: `https://github.com/${repository}/blob/${ref}/docs/what-success-means.md` },
        verificationResult: 'PASSED',
        verifiedLevels: [
            'SLSA_BUILD_LEVEL_0',
            'FLY_MACHINES_RUN_IMAGE',
            ...(signed === undefined ? [] : ['BUILD_ATTESTATION_VERIFIED']),
        ],
        slsaVersion: '1.0',
        [deployment]: {
            app: inputs.app,
            machines: (0,compare/* managed */.Yq)(outcome.fleet).length,
            'platform-digest': image.platformDigest,
            'settle-time-ms': inputs.settleTime,
            'release-version': release.version ?? null,
            commit: facts.commit ?? null,
            'revision-check': facts.known.revision ?? null,
            attestation: signed === undefined ? null : { commit: signed.commit, ref: signed.ref, signer: signed.signer },
            cautions: (0,cautions/* cautionsOf */.Y)(outcome.fleet, uncounted),
            'run-url': links.runId === undefined ? null : `${links.repositoryUrl}/actions/runs/${links.runId}`,
        },
    };
}
function actionOf(env, { repository }) {
    const { GITHUB_ACTION_REPOSITORY: own = '', GITHUB_ACTION_REF: ref = '', GITHUB_SHA: sha = '' } = env;
    return own === ''
        ? { repository, ref: encodeURI(sha || 'HEAD') }
        : { repository: encodeURI(own), ref: encodeURI(ref || 'HEAD') };
}

;// CONCATENATED MODULE: ./build/report/report-file.js




const withoutApp = 'unknown_app';
function writeReport(rt, facts, outcome, ended) {
    const report = reportOf(facts, outcome, ended, { env: rt.env, links: (0,links/* linksOf */.h)(rt), now: rt.clock.now() });
    return rt.reports.write(`${ended.app ?? withoutApp}.json`, jsonOf(report, rt));
}
function writeVsa(rt, facts, outcome, { app }) {
    if (app === undefined)
        return '';
    const name = `${app}.vsa.json`;
    rt.reports.remove(name);
    const vsa = vsaOf(facts, outcome, { env: rt.env, links: (0,links/* linksOf */.h)(rt) });
    return vsa === undefined ? '' : rt.reports.write(name, jsonOf(vsa, rt));
}
const jsonOf = (value, { log }) => `${JSON.stringify(made(value, log.hide), undefined, 2)}\n`;
const mostOfText = 4096;
function made(value, hide) {
    if (typeof value === 'string') {
        const text = hide(value);
        return (0,lib_text/* shortened */.vI)(text, mostOfText).toWellFormed();
    }
    if (Array.isArray(value))
        return value.map((each) => made(each, hide));
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, made(each, hide)]));
}


/***/ })

};
