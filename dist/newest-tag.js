export const id = 579;
export const ids = [579];
export const modules = {

/***/ 7579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   newestTag: () => (/* binding */ newestTag)
/* harmony export */ });
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2088);
/* harmony import */ var _registry_glob_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2398);


function newestTag(tags, pattern) {
    const fixed = /^[^*?]*/.exec(pattern)?.[0].length ?? 0;
    const matching = tags.filter((tag) => (0,_registry_glob_js__WEBPACK_IMPORTED_MODULE_1__/* .matchesGlob */ .k)(pattern, tag));
    const times = ranked(matching, (tag) => timeOf(tag.slice(fixed)));
    const versions = ranked(matching, (tag) => versionOf(tag.slice(fixed)));
    const releases = versions.filter(({ rank }) => rank.prerelease.length === 0);
    const tag = times.length > 0
        ? newestOf(times, compareTexts)
        : newestOf(releases.length > 0 ? releases : versions, compareVersions);
    const ordered = times.length || releases.length || versions.length;
    return { tag, matching: matching.length, ordered };
}
const ranked = (tags, rankOf) => tags.flatMap((tag) => {
    const rank = rankOf(tag);
    return rank === undefined ? [] : [{ tag, rank }];
});
function newestOf(tags, order) {
    let newest = tags[0];
    for (const each of tags)
        if (newest !== undefined && order(each.rank, newest.rank) > 0)
            newest = each;
    return newest?.tag;
}
const compareTexts = (a, b) => (a > b ? 1 : 0);
const compareVersions = (a, b) => (0,semver__WEBPACK_IMPORTED_MODULE_0__.compare)(a, b) || a.version.length - b.version.length || compareTexts(a.version, b.version);
const versionOf = (text) => (/^[0-9A-Za-z.-]+$/.test(text) && (0,semver__WEBPACK_IMPORTED_MODULE_0__.parse)(text)) || undefined;
function timeOf(text) {
    const [, ...parts] = /^(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:[-_.T]?(\d{2})[-_.]?(\d{2})(?:[-_.]?(\d{2}))?Z?)?(?![0-9A-Za-z])/.exec(text) ?? [];
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
    const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
    const exists = isDay && hour < 24 && minute < 60 && second < 61;
    return exists && year >= 2000 && year < 2100
        ? [...parts.map((part) => part ?? '00'), text].join('')
        : undefined;
}


/***/ })

};
