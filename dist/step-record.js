export const id = 820;
export const ids = [820];
export const modules = {

/***/ 5556:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ machineOf),
/* harmony export */   q: () => (/* binding */ indexOf)
/* harmony export */ });
/* harmony import */ var _github_links_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9543);
/* harmony import */ var _image_revision_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6537);
/* harmony import */ var _image_root_of_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(616);
/* harmony import */ var _lib_commit_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7791);
/* harmony import */ var _registry_connect_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7251);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6247);
/* harmony import */ var _registry_tag_template_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1993);







const machineOf = ({ digest, group }, before) => before.find((each) => each.digest === digest && (group ?? each.group) === each.group);
async function indexOf(rt, inputs, { configuredImage, image, labels }, digest, branch) {
    const { repositoryUrl } = (0,_github_links_js__WEBPACK_IMPORTED_MODULE_0__/* .linksOf */ .h)(rt);
    const { tag, digest: named } = (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .parseReference */ .F2)(configuredImage || image);
    const { host, path } = inputs.image;
    const commit = (0,_image_revision_js__WEBPACK_IMPORTED_MODULE_1__/* .findRevision */ .pV)([], labels, { repositoryUrl, imagePath: path, wanted: undefined })?.commit;
    const tags = (0,_lib_commit_js__WEBPACK_IMPORTED_MODULE_6__/* .isCommit */ .W)(commit ?? '') ? (0,_registry_tag_template_js__WEBPACK_IMPORTED_MODULE_5__/* .renderTags */ .Ep)(inputs.shaTag, { branch, commit: commit ?? '' }) : [];
    const session = (0,_registry_connect_js__WEBPACK_IMPORTED_MODULE_3__/* .sourceSession */ .g)(rt, inputs, { host, path }, 0);
    return (0,_image_root_of_js__WEBPACK_IMPORTED_MODULE_2__/* .rootOf */ .I)(session, digest, [...tags, tag, named]);
}


/***/ }),

/***/ 683:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ whenAborted)
/* harmony export */ });
const whenAborted = (signal) => new Promise((resolve) => {
    if (signal.aborted)
        resolve();
    else
        signal.addEventListener('abort', () => resolve());
});


/***/ }),

/***/ 2820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  recordDeployment: () => (/* binding */ recordDeployment)
});

// EXTERNAL MODULE: ./build/deploy/previous-index.js
var previous_index = __webpack_require__(5556);
// EXTERNAL MODULE: ./build/lib/aborted.js
var aborted = __webpack_require__(683);
// EXTERNAL MODULE: ./build/lib/http.js + 2 modules
var http = __webpack_require__(3697);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __webpack_require__(3758);
// EXTERNAL MODULE: ./build/lib/json.js
var json = __webpack_require__(292);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __webpack_require__(4869);
;// CONCATENATED MODULE: ./build/record/placements.js


const mostPlacements = 100;
const longest = { group: 192, region: 128 };
const cleaned = (text, most) => (0,lib_text/* plainLine */.h0)(text).trim().slice(0, most).toWellFormed().trim();
function placementsOf(machines, imageOf, hide) {
    const found = new Map();
    for (const { group: rawGroup, region: rawRegion, excluded } of machines) {
        if (excluded)
            continue;
        const group = cleaned(hide(rawGroup), longest.group);
        const region = cleaned(hide(rawRegion === '?' ? '' : rawRegion), longest.region);
        const key = `${group}\n${region}`;
        if (!found.has(key))
            found.set(key, { ...imageOf(rawGroup), group, region });
    }
    const all = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, placement]) => placement);
    return { list: all.slice(0, mostPlacements), omitted: Math.max(0, all.length - mostPlacements) };
}
function readPlacements(text, of) {
    if (text === '')
        return [];
    const list = parseJsonObject(`{"placements":${text}}`, `the placements of ${of}`).get('placements');
    if (!Array.isArray(list.value))
        throw list.error('A list');
    return list
        .items()
        .slice(0, mostPlacements)
        .map((each) => ({
        image: matching(each.get('image'), /^[\w.:/-]{1,256}$/, 'A name of an image'),
        digest: matching(each.get('digest'), /^sha256:[0-9a-f]{64}$/, 'A sha256 digest'),
        group: cleaned(each.get('group').maybeText() ?? '', longest.group),
        region: cleaned(each.get('region').maybeText() ?? '', longest.region),
    }));
}
function matching(json, form, expected) {
    const text = json.text();
    if (!form.test(text))
        throw json.error(expected);
    return text;
}

// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __webpack_require__(8253);
// EXTERNAL MODULE: ./build/registry/reference.js
var registry_reference = __webpack_require__(6247);
// EXTERNAL MODULE: ./build/report/outcome.js
var report_outcome = __webpack_require__(4247);
// EXTERNAL MODULE: ./build/report/records.js
var records = __webpack_require__(5089);
;// CONCATENATED MODULE: ./build/step/record.js









async function recordDeployment(rt, facts, outcome) {
    const { log } = rt;
    try {
        const placements = await placementsAfter(rt, facts, outcome);
        if (placements === undefined)
            return;
        facts.keep('placements', placements);
        const { inputs } = facts.known;
        const environment = inputs?.deploymentRecord;
        if (environment === undefined || inputs === undefined)
            return;
        const { writeRecords } = await __webpack_require__.e(/* import() */ 700).then(__webpack_require__.bind(__webpack_require__, 2700));
        const placed = placements.list.map((each) => ({ ...each, app: inputs.app }));
        const options = { environment, token: inputs.githubToken, job: 'this job', ...patience };
        const work = () => writeRecords(rt, placed, options);
        (0,records/* logRecorded */.l)(await facts.stage('recorded', 'Record the deployment', work), rt);
    }
    catch (error) {
        log.debug('Not recorded: record-failed');
        log.notice(`The deployment was not recorded: ${(0,user_error/* messageOf */.bD)(error)}. The result of the deploy does not change.`);
    }
}
const patience = { patience: http/* policies */.R3.githubCheck, allTime: 60_000 };
async function placementsAfter(rt, facts, outcome) {
    const { image } = facts.known;
    const previous = (0,report_outcome/* rolledBackTo */.rt)(outcome);
    if (image === undefined || !(0,report_outcome/* isPlaced */.AD)(outcome))
        return undefined;
    const deployed = { image: (0,registry_reference/* formatReference */.FH)(image.repository), digest: image.digest };
    const found = (previous ?? []).map(async (each) => [
        each.group,
        await imageBefore(rt, facts, each, deployed),
    ]);
    const before = new Map(await Promise.all(found));
    const imageOf = (group) => before.get(group) ?? before.get(undefined) ?? deployed;
    return placementsOf((0,report_outcome/* fleetOf */.aP)(outcome) ?? [], imageOf, rt.log.hide);
}
const lookup = 15_000;
async function imageBefore(rt, { known }, previous, deployed) {
    const { inputs, trigger, before = [] } = known;
    const { reference, digest } = previous;
    const machine = (0,previous_index/* machineOf */.V)(previous, before);
    const found = machine === undefined || inputs === undefined || rt.cancelled.aborted
        ? undefined
        : await Promise.race([
            (0,previous_index/* indexOf */.q)(rt, inputs, machine, digest, trigger?.branch ?? '').catch(() => undefined),
            rt.clock.sleep(lookup).then(() => undefined),
            (0,aborted/* whenAborted */.e)(rt.cancelled).then(() => undefined),
        ]);
    const { host, path } = reference;
    const isCopy = host === (0,hosts/* flyRepository */.QY)(path, rt.env).host;
    return {
        image: isCopy ? deployed.image : (0,registry_reference/* formatReference */.FH)({ host, path }),
        digest: found ?? (machine && (0,registry_reference/* parseReference */.F2)(machine.configuredImage || machine.image).digest) ?? digest,
    };
}


/***/ })

};
