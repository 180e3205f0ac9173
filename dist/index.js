import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 9379:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const ANY = Symbol('SemVer ANY')
// hoisted class for cyclic dependency
class Comparator {
  static get ANY () {
    return ANY
  }

  constructor (comp, options) {
    options = parseOptions(options)

    if (comp instanceof Comparator) {
      if (comp.loose === !!options.loose) {
        return comp
      } else {
        comp = comp.value
      }
    }

    comp = comp.trim().split(/\s+/).join(' ')
    debug('comparator', comp, options)
    this.options = options
    this.loose = !!options.loose
    this.parse(comp)

    if (this.semver === ANY) {
      this.value = ''
    } else {
      this.value = this.operator + this.semver.version
    }

    debug('comp', this)
  }

  parse (comp) {
    const r = this.options.loose ? re[t.COMPARATORLOOSE] : re[t.COMPARATOR]
    const m = comp.match(r)

    if (!m) {
      throw new TypeError(`Invalid comparator: ${comp}`)
    }

    this.operator = m[1] !== undefined ? m[1] : ''
    if (this.operator === '=') {
      this.operator = ''
    }

    // if it literally is just '>' or '' then allow anything.
    if (!m[2]) {
      this.semver = ANY
    } else {
      this.semver = new SemVer(m[2], this.options.loose)
    }
  }

  toString () {
    return this.value
  }

  test (version) {
    debug('Comparator.test', version, this.options.loose)

    if (this.semver === ANY || version === ANY) {
      return true
    }

    if (typeof version === 'string') {
      try {
        version = new SemVer(version, this.options)
      } catch (er) {
        return false
      }
    }

    return cmp(version, this.operator, this.semver, this.options)
  }

  intersects (comp, options) {
    if (!(comp instanceof Comparator)) {
      throw new TypeError('a Comparator is required')
    }

    if (this.operator === '') {
      if (this.value === '') {
        return true
      }
      return new Range(comp.value, options).test(this.value)
    } else if (comp.operator === '') {
      if (comp.value === '') {
        return true
      }
      return new Range(this.value, options).test(comp.semver)
    }

    options = parseOptions(options)

    // Special cases where nothing can possibly be lower
    if (options.includePrerelease &&
      (this.value === '<0.0.0-0' || comp.value === '<0.0.0-0')) {
      return false
    }
    if (!options.includePrerelease &&
      (this.value.startsWith('<0.0.0') || comp.value.startsWith('<0.0.0'))) {
      return false
    }

    // Same direction increasing (> or >=)
    if (this.operator.startsWith('>') && comp.operator.startsWith('>')) {
      return true
    }
    // Same direction decreasing (< or <=)
    if (this.operator.startsWith('<') && comp.operator.startsWith('<')) {
      return true
    }
    // same SemVer and both sides are inclusive (<= or >=)
    if (
      (this.semver.version === comp.semver.version) &&
      this.operator.includes('=') && comp.operator.includes('=')) {
      return true
    }
    // opposite directions less than
    if (cmp(this.semver, '<', comp.semver, options) &&
      this.operator.startsWith('>') && comp.operator.startsWith('<')) {
      return true
    }
    // opposite directions greater than
    if (cmp(this.semver, '>', comp.semver, options) &&
      this.operator.startsWith('<') && comp.operator.startsWith('>')) {
      return true
    }
    return false
  }
}

module.exports = Comparator

const parseOptions = __nccwpck_require__(356)
const { safeRe: re, t } = __nccwpck_require__(5471)
const cmp = __nccwpck_require__(8646)
const debug = __nccwpck_require__(1159)
const SemVer = __nccwpck_require__(7163)
const Range = __nccwpck_require__(6782)


/***/ }),

/***/ 6782:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SPACE_CHARACTERS = /\s+/g

// hoisted class for cyclic dependency
class Range {
  constructor (range, options) {
    options = parseOptions(options)

    if (range instanceof Range) {
      if (
        range.loose === !!options.loose &&
        range.includePrerelease === !!options.includePrerelease
      ) {
        return range
      } else {
        return new Range(range.raw, options)
      }
    }

    if (range instanceof Comparator) {
      // just put it in the set and return
      this.raw = range.value
      this.set = [[range]]
      this.formatted = undefined
      return this
    }

    this.options = options
    this.loose = !!options.loose
    this.includePrerelease = !!options.includePrerelease

    // First reduce all whitespace as much as possible so we do not have to rely
    // on potentially slow regexes like \s*. This is then stored and used for
    // future error messages as well.
    this.raw = range.trim().replace(SPACE_CHARACTERS, ' ')

    // First, split on ||
    this.set = this.raw
      .split('||')
      // map the range to a 2d array of comparators
      .map(r => this.parseRange(r.trim()))
      // throw out any comparator lists that are empty
      // this generally means that it was not a valid range, which is allowed
      // in loose mode, but will still throw if the WHOLE range is invalid.
      .filter(c => c.length)

    if (!this.set.length) {
      throw new TypeError(`Invalid SemVer Range: ${this.raw}`)
    }

    // if we have any that are not the null set, throw out null sets.
    if (this.set.length > 1) {
      // keep the first one, in case they're all null sets
      const first = this.set[0]
      this.set = this.set.filter(c => !isNullSet(c[0]))
      if (this.set.length === 0) {
        this.set = [first]
      } else if (this.set.length > 1) {
        // if we have any that are *, then the range is just *
        for (const c of this.set) {
          if (c.length === 1 && isAny(c[0])) {
            this.set = [c]
            break
          }
        }
      }
    }

    this.formatted = undefined
  }

  get range () {
    if (this.formatted === undefined) {
      this.formatted = ''
      for (let i = 0; i < this.set.length; i++) {
        if (i > 0) {
          this.formatted += '||'
        }
        const comps = this.set[i]
        for (let k = 0; k < comps.length; k++) {
          if (k > 0) {
            this.formatted += ' '
          }
          this.formatted += comps[k].toString().trim()
        }
      }
    }
    return this.formatted
  }

  format () {
    return this.range
  }

  toString () {
    return this.range
  }

  parseRange (range) {
    // strip build metadata so it can't bleed into the version
    range = range.replace(BUILDSTRIPRE, '')

    // memoize range parsing for performance.
    // this is a very hot path, and fully deterministic.
    const memoOpts =
      (this.options.includePrerelease && FLAG_INCLUDE_PRERELEASE) |
      (this.options.loose && FLAG_LOOSE)
    const memoKey = memoOpts + ':' + range
    const cached = cache.get(memoKey)
    if (cached) {
      return cached
    }

    const loose = this.options.loose
    // `1.2.3 - 1.2.4` => `>=1.2.3 <=1.2.4`
    const hr = loose ? re[t.HYPHENRANGELOOSE] : re[t.HYPHENRANGE]
    range = range.replace(hr, hyphenReplace(this.options.includePrerelease))
    debug('hyphen replace', range)

    // `> 1.2.3 < 1.2.5` => `>1.2.3 <1.2.5`
    range = trimComparatorWhitespace(range)
    debug('comparator trim', range)

    // `~ 1.2.3` => `~1.2.3`
    range = range.replace(re[t.TILDETRIM], tildeTrimReplace)
    debug('tilde trim', range)

    // `^ 1.2.3` => `^1.2.3`
    range = range.replace(re[t.CARETTRIM], caretTrimReplace)
    debug('caret trim', range)

    // At this point, the range is completely trimmed and
    // ready to be split into comparators.

    let rangeList = range
      .split(' ')
      .map(comp => parseComparator(comp, this.options))
      .join(' ')
      .split(/\s+/)
      // >=0.0.0 is equivalent to *
      .map(comp => replaceGTE0(comp, this.options))

    if (loose) {
      // in loose mode, throw out any that are not valid comparators
      rangeList = rangeList.filter(comp => {
        debug('loose invalid filter', comp, this.options)
        return !!comp.match(re[t.COMPARATORLOOSE])
      })
    }
    debug('range list', rangeList)

    // if any comparators are the null set, then replace with JUST null set
    // if more than one comparator, remove any * comparators
    // also, don't include the same comparator more than once
    const rangeMap = new Map()
    const comparators = rangeList.map(comp => new Comparator(comp, this.options))
    for (const comp of comparators) {
      if (isNullSet(comp)) {
        return [comp]
      }
      rangeMap.set(comp.value, comp)
    }
    if (rangeMap.size > 1 && rangeMap.has('')) {
      rangeMap.delete('')
    }

    const result = [...rangeMap.values()]
    cache.set(memoKey, result)
    return result
  }

  intersects (range, options) {
    if (!(range instanceof Range)) {
      throw new TypeError('a Range is required')
    }

    return this.set.some((thisComparators) => {
      return (
        isSatisfiable(thisComparators, options) &&
        range.set.some((rangeComparators) => {
          return (
            isSatisfiable(rangeComparators, options) &&
            thisComparators.every((thisComparator) => {
              return rangeComparators.every((rangeComparator) => {
                return thisComparator.intersects(rangeComparator, options)
              })
            })
          )
        })
      )
    })
  }

  // if ANY of the sets match ALL of its comparators, then pass
  test (version) {
    if (!version) {
      return false
    }

    if (typeof version === 'string') {
      try {
        version = new SemVer(version, this.options)
      } catch (er) {
        return false
      }
    }

    for (let i = 0; i < this.set.length; i++) {
      if (testSet(this.set[i], version, this.options)) {
        return true
      }
    }
    return false
  }
}

module.exports = Range

const LRU = __nccwpck_require__(1383)
const cache = new LRU()

const parseOptions = __nccwpck_require__(356)
const Comparator = __nccwpck_require__(9379)
const debug = __nccwpck_require__(1159)
const SemVer = __nccwpck_require__(7163)
const trimComparatorWhitespace = __nccwpck_require__(9737)
const {
  safeRe: re,
  src,
  t,
  tildeTrimReplace,
  caretTrimReplace,
} = __nccwpck_require__(5471)
const { FLAG_INCLUDE_PRERELEASE, FLAG_LOOSE } = __nccwpck_require__(5101)

// unbounded global build-metadata stripper used by parseRange
const BUILDSTRIPRE = new RegExp(src[t.BUILD], 'g')

const isNullSet = c => c.value === '<0.0.0-0'
const isAny = c => c.value === ''

// take a set of comparators and determine whether there
// exists a version which can satisfy it
const isSatisfiable = (comparators, options) => {
  let result = true
  const remainingComparators = comparators.slice()
  let testComparator = remainingComparators.pop()

  while (result && remainingComparators.length) {
    result = remainingComparators.every((otherComparator) => {
      return testComparator.intersects(otherComparator, options)
    })

    testComparator = remainingComparators.pop()
  }

  return result
}

// comprised of xranges, tildes, stars, and gtlt's at this point.
// already replaced the hyphen ranges
// turn into a set of JUST comparators.
const parseComparator = (comp, options) => {
  comp = comp.replace(re[t.BUILD], '')
  debug('comp', comp, options)
  comp = replaceCarets(comp, options)
  debug('caret', comp)
  comp = replaceTildes(comp, options)
  debug('tildes', comp)
  comp = replaceXRanges(comp, options)
  debug('xrange', comp)
  comp = replaceStars(comp, options)
  debug('stars', comp)
  return comp
}

const isX = id => !id || id.toLowerCase() === 'x' || id === '*'

const invalidXRangeOrder = (M, m, p) => (
  (isX(M) && !isX(m)) ||
  (isX(m) && p && !isX(p))
)

// ~, ~> --> * (any, kinda silly)
// ~2, ~2.x, ~2.x.x, ~>2, ~>2.x ~>2.x.x --> >=2.0.0 <3.0.0-0
// ~2.0, ~2.0.x, ~>2.0, ~>2.0.x --> >=2.0.0 <2.1.0-0
// ~1.2, ~1.2.x, ~>1.2, ~>1.2.x --> >=1.2.0 <1.3.0-0
// ~1.2.3, ~>1.2.3 --> >=1.2.3 <1.3.0-0
// ~1.2.0, ~>1.2.0 --> >=1.2.0 <1.3.0-0
// ~0.0.1 --> >=0.0.1 <0.1.0-0
const replaceTildes = (comp, options) => {
  return comp
    .trim()
    .split(/\s+/)
    .map((c) => replaceTilde(c, options))
    .join(' ')
}

const replaceTilde = (comp, options) => {
  const r = options.loose ? re[t.TILDELOOSE] : re[t.TILDE]
  // if we're including prereleases in the match, then the lower bound is
  // -0, the lowest possible prerelease value, just like x-ranges and carets.
  // this keeps `~1.2` equivalent to the `1.2.x` x-range it's documented as.
  const z = options.includePrerelease ? '-0' : ''
  return comp.replace(r, (_, M, m, p, pr) => {
    debug('tilde', comp, _, M, m, p, pr)
    let ret

    if (isX(M)) {
      ret = ''
    } else if (isX(m)) {
      ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`
    } else if (isX(p)) {
      // ~1.2 == >=1.2.0 <1.3.0-0
      ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`
    } else if (pr) {
      debug('replaceTilde pr', pr)
      ret = `>=${M}.${m}.${p}-${pr
      } <${M}.${+m + 1}.0-0`
    } else {
      // ~1.2.3 == >=1.2.3 <1.3.0-0
      ret = `>=${M}.${m}.${p
      } <${M}.${+m + 1}.0-0`
    }

    debug('tilde return', ret)
    return ret
  })
}

// ^ --> * (any, kinda silly)
// ^2, ^2.x, ^2.x.x --> >=2.0.0 <3.0.0-0
// ^2.0, ^2.0.x --> >=2.0.0 <3.0.0-0
// ^1.2, ^1.2.x --> >=1.2.0 <2.0.0-0
// ^1.2.3 --> >=1.2.3 <2.0.0-0
// ^1.2.0 --> >=1.2.0 <2.0.0-0
// ^0.0.1 --> >=0.0.1 <0.0.2-0
// ^0.1.0 --> >=0.1.0 <0.2.0-0
const replaceCarets = (comp, options) => {
  return comp
    .trim()
    .split(/\s+/)
    .map((c) => replaceCaret(c, options))
    .join(' ')
}

const replaceCaret = (comp, options) => {
  debug('caret', comp, options)
  const r = options.loose ? re[t.CARETLOOSE] : re[t.CARET]
  const z = options.includePrerelease ? '-0' : ''
  return comp.replace(r, (_, M, m, p, pr) => {
    debug('caret', comp, _, M, m, p, pr)
    let ret

    if (isX(M)) {
      ret = ''
    } else if (isX(m)) {
      ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`
    } else if (isX(p)) {
      if (M === '0') {
        ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`
      } else {
        ret = `>=${M}.${m}.0${z} <${+M + 1}.0.0-0`
      }
    } else if (pr) {
      debug('replaceCaret pr', pr)
      if (M === '0') {
        if (m === '0') {
          ret = `>=${M}.${m}.${p}-${pr
          } <${M}.${m}.${+p + 1}-0`
        } else {
          ret = `>=${M}.${m}.${p}-${pr
          } <${M}.${+m + 1}.0-0`
        }
      } else {
        ret = `>=${M}.${m}.${p}-${pr
        } <${+M + 1}.0.0-0`
      }
    } else {
      debug('no pr')
      if (M === '0') {
        if (m === '0') {
          ret = `>=${M}.${m}.${p
          } <${M}.${m}.${+p + 1}-0`
        } else {
          ret = `>=${M}.${m}.${p
          } <${M}.${+m + 1}.0-0`
        }
      } else {
        ret = `>=${M}.${m}.${p
        } <${+M + 1}.0.0-0`
      }
    }

    debug('caret return', ret)
    return ret
  })
}

const replaceXRanges = (comp, options) => {
  debug('replaceXRanges', comp, options)
  return comp
    .split(/\s+/)
    .map((c) => replaceXRange(c, options))
    .join(' ')
}

const replaceXRange = (comp, options) => {
  comp = comp.trim()
  const r = options.loose ? re[t.XRANGELOOSE] : re[t.XRANGE]
  return comp.replace(r, (ret, gtlt, M, m, p, pr) => {
    debug('xRange', comp, ret, gtlt, M, m, p, pr)
    if (invalidXRangeOrder(M, m, p)) {
      return comp
    }

    const xM = isX(M)
    const xm = xM || isX(m)
    const xp = xm || isX(p)
    const anyX = xp

    if (gtlt === '=' && anyX) {
      gtlt = ''
    }

    // if we're including prereleases in the match, then we need
    // to fix this to -0, the lowest possible prerelease value
    pr = options.includePrerelease ? '-0' : ''

    if (xM) {
      if (gtlt === '>' || gtlt === '<') {
        // nothing is allowed
        ret = '<0.0.0-0'
      } else {
        // nothing is forbidden
        ret = '*'
      }
    } else if (gtlt && anyX) {
      // we know patch is an x, because we have any x at all.
      // replace X with 0
      if (xm) {
        m = 0
      }
      p = 0

      if (gtlt === '>') {
        // >1 => >=2.0.0
        // >1.2 => >=1.3.0
        gtlt = '>='
        if (xm) {
          M = +M + 1
          m = 0
          p = 0
        } else {
          m = +m + 1
          p = 0
        }
      } else if (gtlt === '<=') {
        // <=0.7.x is actually <0.8.0, since any 0.7.x should
        // pass.  Similarly, <=7.x is actually <8.0.0, etc.
        gtlt = '<'
        if (xm) {
          M = +M + 1
        } else {
          m = +m + 1
        }
      }

      if (gtlt === '<') {
        pr = '-0'
      }

      ret = `${gtlt + M}.${m}.${p}${pr}`
    } else if (xm) {
      ret = `>=${M}.0.0${pr} <${+M + 1}.0.0-0`
    } else if (xp) {
      ret = `>=${M}.${m}.0${pr
      } <${M}.${+m + 1}.0-0`
    }

    debug('xRange return', ret)

    return ret
  })
}

// Because * is AND-ed with everything else in the comparator,
// and '' means "any version", just remove the *s entirely.
const replaceStars = (comp, options) => {
  debug('replaceStars', comp, options)
  // Looseness is ignored here.  star is always as loose as it gets!
  return comp
    .trim()
    .replace(re[t.STAR], '')
}

const replaceGTE0 = (comp, options) => {
  debug('replaceGTE0', comp, options)
  return comp
    .trim()
    .replace(re[options.includePrerelease ? t.GTE0PRE : t.GTE0], '')
}

// This function is passed to string.replace(re[t.HYPHENRANGE])
// M, m, patch, prerelease, build
// 1.2 - 3.4.5 => >=1.2.0 <=3.4.5
// 1.2.3 - 3.4 => >=1.2.0 <3.5.0-0 Any 3.4.x will do
// 1.2 - 3.4 => >=1.2.0 <3.5.0-0
// TODO build?
const hyphenReplace = incPr => ($0,
  from, fM, fm, fp, fpr, fb,
  to, tM, tm, tp, tpr) => {
  if (isX(fM)) {
    from = ''
  } else if (isX(fm)) {
    from = `>=${fM}.0.0${incPr ? '-0' : ''}`
  } else if (isX(fp)) {
    from = `>=${fM}.${fm}.0${incPr ? '-0' : ''}`
  } else if (fpr) {
    from = `>=${from}`
  } else {
    from = `>=${from}${incPr ? '-0' : ''}`
  }

  if (isX(tM)) {
    to = ''
  } else if (isX(tm)) {
    to = `<${+tM + 1}.0.0-0`
  } else if (isX(tp)) {
    to = `<${tM}.${+tm + 1}.0-0`
  } else if (tpr) {
    to = `<=${tM}.${tm}.${tp}-${tpr}`
  } else if (incPr) {
    to = `<${tM}.${tm}.${+tp + 1}-0`
  } else {
    to = `<=${to}`
  }

  return `${from} ${to}`.trim()
}

const testSet = (set, version, options) => {
  for (let i = 0; i < set.length; i++) {
    if (!set[i].test(version)) {
      return false
    }
  }

  if (version.prerelease.length && !options.includePrerelease) {
    // Find the set of versions that are allowed to have prereleases
    // For example, ^1.2.3-pr.1 desugars to >=1.2.3-pr.1 <2.0.0
    // That should allow `1.2.3-pr.2` to pass.
    // However, `1.2.4-alpha.notready` should NOT be allowed,
    // even though it's within the range set by the comparators.
    for (let i = 0; i < set.length; i++) {
      debug(set[i].semver)
      if (set[i].semver === Comparator.ANY) {
        continue
      }

      if (set[i].semver.prerelease.length > 0) {
        const allowed = set[i].semver
        if (allowed.major === version.major &&
            allowed.minor === version.minor &&
            allowed.patch === version.patch) {
          return true
        }
      }
    }

    // Version has a -pre, but it's not one of the ones we like.
    return false
  }

  return true
}


/***/ }),

/***/ 7163:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const debug = __nccwpck_require__(1159)
const { MAX_LENGTH, MAX_SAFE_INTEGER } = __nccwpck_require__(5101)
const { safeRe: re, t } = __nccwpck_require__(5471)

const parseOptions = __nccwpck_require__(356)
const { compareIdentifiers } = __nccwpck_require__(3348)

const isPrereleaseIdentifier = (prerelease, identifier) => {
  const identifiers = identifier.split('.')
  if (identifiers.length > prerelease.length) {
    return false
  }

  for (let i = 0; i < identifiers.length; i++) {
    if (compareIdentifiers(prerelease[i], identifiers[i]) !== 0) {
      return false
    }
  }

  return true
}

class SemVer {
  constructor (version, options) {
    options = parseOptions(options)

    if (version instanceof SemVer) {
      if (version.loose === !!options.loose &&
        version.includePrerelease === !!options.includePrerelease) {
        return version
      } else {
        version = version.version
      }
    } else if (typeof version !== 'string') {
      throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version}".`)
    }

    if (version.length > MAX_LENGTH) {
      throw new TypeError(
        `version is longer than ${MAX_LENGTH} characters`
      )
    }

    debug('SemVer', version, options)
    this.options = options
    this.loose = !!options.loose
    // this isn't actually relevant for versions, but keep it so that we
    // don't run into trouble passing this.options around.
    this.includePrerelease = !!options.includePrerelease

    const m = version.trim().match(options.loose ? re[t.LOOSE] : re[t.FULL])

    if (!m) {
      throw new TypeError(`Invalid Version: ${version}`)
    }

    this.raw = version

    // these are actually numbers
    this.major = +m[1]
    this.minor = +m[2]
    this.patch = +m[3]

    if (this.major > MAX_SAFE_INTEGER || this.major < 0) {
      throw new TypeError('Invalid major version')
    }

    if (this.minor > MAX_SAFE_INTEGER || this.minor < 0) {
      throw new TypeError('Invalid minor version')
    }

    if (this.patch > MAX_SAFE_INTEGER || this.patch < 0) {
      throw new TypeError('Invalid patch version')
    }

    // numberify any prerelease numeric ids
    if (!m[4]) {
      this.prerelease = []
    } else {
      this.prerelease = m[4].split('.').map((id) => {
        if (/^[0-9]+$/.test(id)) {
          const num = +id
          if (num >= 0 && num < MAX_SAFE_INTEGER) {
            return num
          }
        }
        return id
      })
    }

    this.build = m[5] ? m[5].split('.') : []
    this.format()
  }

  format () {
    this.version = `${this.major}.${this.minor}.${this.patch}`
    if (this.prerelease.length) {
      this.version += `-${this.prerelease.join('.')}`
    }
    return this.version
  }

  toString () {
    return this.version
  }

  compare (other) {
    debug('SemVer.compare', this.version, this.options, other)
    if (!(other instanceof SemVer)) {
      if (typeof other === 'string' && other === this.version) {
        return 0
      }
      other = new SemVer(other, this.options)
    }

    if (other.version === this.version) {
      return 0
    }

    return this.compareMain(other) || this.comparePre(other)
  }

  compareMain (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    if (this.major < other.major) {
      return -1
    }
    if (this.major > other.major) {
      return 1
    }
    if (this.minor < other.minor) {
      return -1
    }
    if (this.minor > other.minor) {
      return 1
    }
    if (this.patch < other.patch) {
      return -1
    }
    if (this.patch > other.patch) {
      return 1
    }
    return 0
  }

  comparePre (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    // NOT having a prerelease is > having one
    if (this.prerelease.length && !other.prerelease.length) {
      return -1
    } else if (!this.prerelease.length && other.prerelease.length) {
      return 1
    } else if (!this.prerelease.length && !other.prerelease.length) {
      return 0
    }

    let i = 0
    do {
      const a = this.prerelease[i]
      const b = other.prerelease[i]
      debug('prerelease compare', i, a, b)
      if (a === undefined && b === undefined) {
        return 0
      } else if (b === undefined) {
        return 1
      } else if (a === undefined) {
        return -1
      } else if (a === b) {
        continue
      } else {
        return compareIdentifiers(a, b)
      }
    } while (++i)
  }

  compareBuild (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    let i = 0
    do {
      const a = this.build[i]
      const b = other.build[i]
      debug('build compare', i, a, b)
      if (a === undefined && b === undefined) {
        return 0
      } else if (b === undefined) {
        return 1
      } else if (a === undefined) {
        return -1
      } else if (a === b) {
        continue
      } else {
        return compareIdentifiers(a, b)
      }
    } while (++i)
  }

  // preminor will bump the version up to the next minor release, and immediately
  // down to pre-release. premajor and prepatch work the same way.
  inc (release, identifier, identifierBase) {
    if (release.startsWith('pre')) {
      if (!identifier && identifierBase === false) {
        throw new Error('invalid increment argument: identifier is empty')
      }
      // Avoid an invalid semver results
      if (identifier) {
        const match = `-${identifier}`.match(this.options.loose ? re[t.PRERELEASELOOSE] : re[t.PRERELEASE])
        if (!match || match[1] !== identifier) {
          throw new Error(`invalid identifier: ${identifier}`)
        }
      }
    }

    switch (release) {
      case 'premajor':
        this.prerelease.length = 0
        this.patch = 0
        this.minor = 0
        this.major++
        this.inc('pre', identifier, identifierBase)
        break
      case 'preminor':
        this.prerelease.length = 0
        this.patch = 0
        this.minor++
        this.inc('pre', identifier, identifierBase)
        break
      case 'prepatch':
        // If this is already a prerelease, it will bump to the next version
        // drop any prereleases that might already exist, since they are not
        // relevant at this point.
        this.prerelease.length = 0
        this.inc('patch', identifier, identifierBase)
        this.inc('pre', identifier, identifierBase)
        break
      // If the input is a non-prerelease version, this acts the same as
      // prepatch.
      case 'prerelease':
        if (this.prerelease.length === 0) {
          this.inc('patch', identifier, identifierBase)
        }
        this.inc('pre', identifier, identifierBase)
        break
      case 'release':
        if (this.prerelease.length === 0) {
          throw new Error(`version ${this.raw} is not a prerelease`)
        }
        this.prerelease.length = 0
        break

      case 'major':
        // If this is a pre-major version, bump up to the same major version.
        // Otherwise increment major.
        // 1.0.0-5 bumps to 1.0.0
        // 1.1.0 bumps to 2.0.0
        if (
          this.minor !== 0 ||
          this.patch !== 0 ||
          this.prerelease.length === 0
        ) {
          this.major++
        }
        this.minor = 0
        this.patch = 0
        this.prerelease = []
        break
      case 'minor':
        // If this is a pre-minor version, bump up to the same minor version.
        // Otherwise increment minor.
        // 1.2.0-5 bumps to 1.2.0
        // 1.2.1 bumps to 1.3.0
        if (this.patch !== 0 || this.prerelease.length === 0) {
          this.minor++
        }
        this.patch = 0
        this.prerelease = []
        break
      case 'patch':
        // If this is not a pre-release version, it will increment the patch.
        // If it is a pre-release it will bump up to the same patch version.
        // 1.2.0-5 patches to 1.2.0
        // 1.2.0 patches to 1.2.1
        if (this.prerelease.length === 0) {
          this.patch++
        }
        this.prerelease = []
        break
      // This probably shouldn't be used publicly.
      // 1.0.0 'pre' would become 1.0.0-0 which is the wrong direction.
      case 'pre': {
        const base = Number(identifierBase) ? 1 : 0

        if (this.prerelease.length === 0) {
          this.prerelease = [base]
        } else {
          let i = this.prerelease.length
          while (--i >= 0) {
            if (typeof this.prerelease[i] === 'number') {
              this.prerelease[i]++
              i = -2
            }
          }
          if (i === -1) {
            // didn't increment anything
            if (identifier === this.prerelease.join('.') && identifierBase === false) {
              throw new Error('invalid increment argument: identifier already exists')
            }
            this.prerelease.push(base)
          }
        }
        if (identifier) {
          // 1.2.0-beta.1 bumps to 1.2.0-beta.2,
          // 1.2.0-beta.fooblz or 1.2.0-beta bumps to 1.2.0-beta.0
          let prerelease = [identifier, base]
          if (identifierBase === false) {
            prerelease = [identifier]
          }
          if (isPrereleaseIdentifier(this.prerelease, identifier)) {
            const prereleaseBase = this.prerelease[identifier.split('.').length]
            if (isNaN(prereleaseBase)) {
              this.prerelease = prerelease
            }
          } else {
            this.prerelease = prerelease
          }
        }
        break
      }
      default:
        throw new Error(`invalid increment argument: ${release}`)
    }
    this.raw = this.format()
    if (this.build.length) {
      this.raw += `+${this.build.join('.')}`
    }
    return this
  }
}

module.exports = SemVer


/***/ }),

/***/ 1799:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(6353)
const clean = (version, options) => {
  const s = parse(version.trim().replace(/^[=v]+/, ''), options)
  return s ? s.version : null
}
module.exports = clean


/***/ }),

/***/ 8646:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const eq = __nccwpck_require__(5082)
const neq = __nccwpck_require__(4974)
const gt = __nccwpck_require__(6599)
const gte = __nccwpck_require__(1236)
const lt = __nccwpck_require__(3872)
const lte = __nccwpck_require__(6717)

const cmp = (a, op, b, loose) => {
  switch (op) {
    case '===':
      if (typeof a === 'object') {
        a = a.version
      }
      if (typeof b === 'object') {
        b = b.version
      }
      return a === b

    case '!==':
      if (typeof a === 'object') {
        a = a.version
      }
      if (typeof b === 'object') {
        b = b.version
      }
      return a !== b

    case '':
    case '=':
    case '==':
      return eq(a, b, loose)

    case '!=':
      return neq(a, b, loose)

    case '>':
      return gt(a, b, loose)

    case '>=':
      return gte(a, b, loose)

    case '<':
      return lt(a, b, loose)

    case '<=':
      return lte(a, b, loose)

    default:
      throw new TypeError(`Invalid operator: ${op}`)
  }
}
module.exports = cmp


/***/ }),

/***/ 5385:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const parse = __nccwpck_require__(6353)
const { safeRe: re, t } = __nccwpck_require__(5471)

const coerce = (version, options) => {
  if (version instanceof SemVer) {
    return version
  }

  if (typeof version === 'number') {
    version = String(version)
  }

  if (typeof version !== 'string') {
    return null
  }

  options = options || {}

  let match = null
  if (!options.rtl) {
    match = version.match(options.includePrerelease ? re[t.COERCEFULL] : re[t.COERCE])
  } else {
    // Find the right-most coercible string that does not share
    // a terminus with a more left-ward coercible string.
    // Eg, '1.2.3.4' wants to coerce '2.3.4', not '3.4' or '4'
    // With includePrerelease option set, '1.2.3.4-rc' wants to coerce '2.3.4-rc', not '2.3.4'
    //
    // Walk through the string checking with a /g regexp
    // Manually set the index so as to pick up overlapping matches.
    // Stop when we get a match that ends at the string end, since no
    // coercible string can be more right-ward without the same terminus.
    const coerceRtlRegex = options.includePrerelease ? re[t.COERCERTLFULL] : re[t.COERCERTL]
    let next
    while ((next = coerceRtlRegex.exec(version)) &&
        (!match || match.index + match[0].length !== version.length)
    ) {
      if (!match ||
            next.index + next[0].length !== match.index + match[0].length) {
        match = next
      }
      coerceRtlRegex.lastIndex = next.index + next[1].length + next[2].length
    }
    // leave it in a clean state
    coerceRtlRegex.lastIndex = -1
  }

  if (match === null) {
    return null
  }

  const major = match[2]
  const minor = match[3] || '0'
  const patch = match[4] || '0'
  const prerelease = options.includePrerelease && match[5] ? `-${match[5]}` : ''
  const build = options.includePrerelease && match[6] ? `+${match[6]}` : ''

  return parse(`${major}.${minor}.${patch}${prerelease}${build}`, options)
}
module.exports = coerce


/***/ }),

/***/ 7648:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const compareBuild = (a, b, loose) => {
  const versionA = new SemVer(a, loose)
  const versionB = new SemVer(b, loose)
  return versionA.compare(versionB) || versionA.compareBuild(versionB)
}
module.exports = compareBuild


/***/ }),

/***/ 6874:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(8469)
const compareLoose = (a, b) => compare(a, b, true)
module.exports = compareLoose


/***/ }),

/***/ 8469:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const compare = (a, b, loose) =>
  new SemVer(a, loose).compare(new SemVer(b, loose))

module.exports = compare


/***/ }),

/***/ 711:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(6353)

const diff = (version1, version2) => {
  const v1 = parse(version1, null, true)
  const v2 = parse(version2, null, true)
  const comparison = v1.compare(v2)

  if (comparison === 0) {
    return null
  }

  const v1Higher = comparison > 0
  const highVersion = v1Higher ? v1 : v2
  const lowVersion = v1Higher ? v2 : v1
  const highHasPre = !!highVersion.prerelease.length
  const lowHasPre = !!lowVersion.prerelease.length

  if (lowHasPre && !highHasPre) {
    // Going from prerelease -> no prerelease requires some special casing

    // If the low version has only a major, then it will always be a major
    // Some examples:
    // 1.0.0-1 -> 1.0.0
    // 1.0.0-1 -> 1.1.1
    // 1.0.0-1 -> 2.0.0
    if (!lowVersion.patch && !lowVersion.minor) {
      return 'major'
    }

    // If the main part has no difference
    if (lowVersion.compareMain(highVersion) === 0) {
      if (lowVersion.minor && !lowVersion.patch) {
        return 'minor'
      }
      return 'patch'
    }
  }

  // add the `pre` prefix if we are going to a prerelease version
  const prefix = highHasPre ? 'pre' : ''

  if (v1.major !== v2.major) {
    return prefix + 'major'
  }

  if (v1.minor !== v2.minor) {
    return prefix + 'minor'
  }

  if (v1.patch !== v2.patch) {
    return prefix + 'patch'
  }

  // high and low are prereleases
  return 'prerelease'
}

module.exports = diff


/***/ }),

/***/ 5082:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(8469)
const eq = (a, b, loose) => compare(a, b, loose) === 0
module.exports = eq


/***/ }),

/***/ 6599:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(8469)
const gt = (a, b, loose) => compare(a, b, loose) > 0
module.exports = gt


/***/ }),

/***/ 1236:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(8469)
const gte = (a, b, loose) => compare(a, b, loose) >= 0
module.exports = gte


/***/ }),

/***/ 2338:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)

const inc = (version, release, options, identifier, identifierBase) => {
  if (typeof (options) === 'string') {
    identifierBase = identifier
    identifier = options
    options = undefined
  }

  try {
    return new SemVer(
      version instanceof SemVer ? version.version : version,
      options
    ).inc(release, identifier, identifierBase).version
  } catch (er) {
    return null
  }
}
module.exports = inc


/***/ }),

/***/ 3872:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(8469)
const lt = (a, b, loose) => compare(a, b, loose) < 0
module.exports = lt


/***/ }),

/***/ 6717:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(8469)
const lte = (a, b, loose) => compare(a, b, loose) <= 0
module.exports = lte


/***/ }),

/***/ 8511:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const major = (a, loose) => new SemVer(a, loose).major
module.exports = major


/***/ }),

/***/ 2603:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const minor = (a, loose) => new SemVer(a, loose).minor
module.exports = minor


/***/ }),

/***/ 4974:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(8469)
const neq = (a, b, loose) => compare(a, b, loose) !== 0
module.exports = neq


/***/ }),

/***/ 6353:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const parse = (version, options, throwErrors = false) => {
  if (version instanceof SemVer) {
    return version
  }
  try {
    return new SemVer(version, options)
  } catch (er) {
    if (!throwErrors) {
      return null
    }
    throw er
  }
}

module.exports = parse


/***/ }),

/***/ 8756:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const patch = (a, loose) => new SemVer(a, loose).patch
module.exports = patch


/***/ }),

/***/ 5714:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(6353)
const prerelease = (version, options) => {
  const parsed = parse(version, options)
  return (parsed && parsed.prerelease.length) ? parsed.prerelease : null
}
module.exports = prerelease


/***/ }),

/***/ 2173:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compare = __nccwpck_require__(8469)
const rcompare = (a, b, loose) => compare(b, a, loose)
module.exports = rcompare


/***/ }),

/***/ 7192:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compareBuild = __nccwpck_require__(7648)
const rsort = (list, loose) => list.sort((a, b) => compareBuild(b, a, loose))
module.exports = rsort


/***/ }),

/***/ 8011:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Range = __nccwpck_require__(6782)
const satisfies = (version, range, options) => {
  try {
    range = new Range(range, options)
  } catch (er) {
    return false
  }
  return range.test(version)
}
module.exports = satisfies


/***/ }),

/***/ 9872:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const compareBuild = __nccwpck_require__(7648)
const sort = (list, loose) => list.sort((a, b) => compareBuild(a, b, loose))
module.exports = sort


/***/ }),

/***/ 6114:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(6353)
const constants = __nccwpck_require__(5101)
const SemVer = __nccwpck_require__(7163)

const truncate = (version, truncation, options) => {
  if (!constants.RELEASE_TYPES.includes(truncation)) {
    return null
  }

  const clonedVersion = cloneInputVersion(version, options)
  return clonedVersion && doTruncation(clonedVersion, truncation)
}

const cloneInputVersion = (version, options) => {
  const versionStringToParse = (
    version instanceof SemVer ? version.version : version
  )

  return parse(versionStringToParse, options)
}

const doTruncation = (version, truncation) => {
  if (isPrerelease(truncation)) {
    return version.version
  }

  version.prerelease = []

  switch (truncation) {
    case 'major':
      version.minor = 0
      version.patch = 0
      break
    case 'minor':
      version.patch = 0
      break
  }

  return version.format()
}

const isPrerelease = (type) => {
  return type.startsWith('pre')
}

module.exports = truncate


/***/ }),

/***/ 8780:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(6353)
const valid = (version, options) => {
  const v = parse(version, options)
  return v ? v.version : null
}
module.exports = valid


/***/ }),

/***/ 2088:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



// just pre-load all the stuff that index.js lazily exports
const internalRe = __nccwpck_require__(5471)
const constants = __nccwpck_require__(5101)
const SemVer = __nccwpck_require__(7163)
const identifiers = __nccwpck_require__(3348)
const parse = __nccwpck_require__(6353)
const valid = __nccwpck_require__(8780)
const clean = __nccwpck_require__(1799)
const inc = __nccwpck_require__(2338)
const diff = __nccwpck_require__(711)
const major = __nccwpck_require__(8511)
const minor = __nccwpck_require__(2603)
const patch = __nccwpck_require__(8756)
const prerelease = __nccwpck_require__(5714)
const compare = __nccwpck_require__(8469)
const rcompare = __nccwpck_require__(2173)
const compareLoose = __nccwpck_require__(6874)
const compareBuild = __nccwpck_require__(7648)
const sort = __nccwpck_require__(9872)
const rsort = __nccwpck_require__(7192)
const gt = __nccwpck_require__(6599)
const lt = __nccwpck_require__(3872)
const eq = __nccwpck_require__(5082)
const neq = __nccwpck_require__(4974)
const gte = __nccwpck_require__(1236)
const lte = __nccwpck_require__(6717)
const cmp = __nccwpck_require__(8646)
const coerce = __nccwpck_require__(5385)
const truncate = __nccwpck_require__(6114)
const Comparator = __nccwpck_require__(9379)
const Range = __nccwpck_require__(6782)
const satisfies = __nccwpck_require__(8011)
const toComparators = __nccwpck_require__(4750)
const maxSatisfying = __nccwpck_require__(5574)
const minSatisfying = __nccwpck_require__(8595)
const minVersion = __nccwpck_require__(1866)
const validRange = __nccwpck_require__(4737)
const outside = __nccwpck_require__(280)
const gtr = __nccwpck_require__(2276)
const ltr = __nccwpck_require__(5213)
const intersects = __nccwpck_require__(3465)
const simplifyRange = __nccwpck_require__(9647)
const subset = __nccwpck_require__(1489)
module.exports = {
  parse,
  valid,
  clean,
  inc,
  diff,
  major,
  minor,
  patch,
  prerelease,
  compare,
  rcompare,
  compareLoose,
  compareBuild,
  sort,
  rsort,
  gt,
  lt,
  eq,
  neq,
  gte,
  lte,
  cmp,
  coerce,
  truncate,
  Comparator,
  Range,
  satisfies,
  toComparators,
  maxSatisfying,
  minSatisfying,
  minVersion,
  validRange,
  outside,
  gtr,
  ltr,
  intersects,
  simplifyRange,
  subset,
  SemVer,
  re: internalRe.re,
  src: internalRe.src,
  tokens: internalRe.t,
  SEMVER_SPEC_VERSION: constants.SEMVER_SPEC_VERSION,
  RELEASE_TYPES: constants.RELEASE_TYPES,
  compareIdentifiers: identifiers.compareIdentifiers,
  rcompareIdentifiers: identifiers.rcompareIdentifiers,
}


/***/ }),

/***/ 5101:
/***/ ((module) => {



// Note: this is the semver.org version of the spec that it implements
// Not necessarily the package version of this code.
const SEMVER_SPEC_VERSION = '2.0.0'

const MAX_LENGTH = 256
const MAX_SAFE_INTEGER = Number.MAX_SAFE_INTEGER ||
/* istanbul ignore next */ 9007199254740991

// Max safe segment length for coercion.
const MAX_SAFE_COMPONENT_LENGTH = 16

// Max safe length for a build identifier. The max length minus 6 characters for
// the shortest version with a build 0.0.0+BUILD.
const MAX_SAFE_BUILD_LENGTH = MAX_LENGTH - 6

// ECMAScript whitespace and line terminators matched by \s.
const WHITESPACE_CHARACTERS = [
  '\t',
  '\n',
  '\v',
  '\f',
  '\r',
  ' ',
  '\u00a0',
  '\u1680',
  '\u2000',
  '\u2001',
  '\u2002',
  '\u2003',
  '\u2004',
  '\u2005',
  '\u2006',
  '\u2007',
  '\u2008',
  '\u2009',
  '\u200a',
  '\u2028',
  '\u2029',
  '\u202f',
  '\u205f',
  '\u3000',
  '\ufeff',
]

const RELEASE_TYPES = [
  'major',
  'premajor',
  'minor',
  'preminor',
  'patch',
  'prepatch',
  'prerelease',
]

module.exports = {
  MAX_LENGTH,
  MAX_SAFE_COMPONENT_LENGTH,
  MAX_SAFE_BUILD_LENGTH,
  MAX_SAFE_INTEGER,
  WHITESPACE_CHARACTERS,
  RELEASE_TYPES,
  SEMVER_SPEC_VERSION,
  FLAG_INCLUDE_PRERELEASE: 0b001,
  FLAG_LOOSE: 0b010,
}


/***/ }),

/***/ 1159:
/***/ ((module) => {



const debug = (
  typeof process === 'object' &&
  process.env &&
  process.env.NODE_DEBUG &&
  /\bsemver\b/i.test(process.env.NODE_DEBUG)
) ? (...args) => console.error('SEMVER', ...args)
  : () => {}

module.exports = debug


/***/ }),

/***/ 3348:
/***/ ((module) => {



const numeric = /^[0-9]+$/
const compareIdentifiers = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b ? 0 : a < b ? -1 : 1
  }

  const anum = numeric.test(a)
  const bnum = numeric.test(b)

  if (anum && bnum) {
    a = +a
    b = +b
  }

  return a === b ? 0
    : (anum && !bnum) ? -1
    : (bnum && !anum) ? 1
    : a < b ? -1
    : 1
}

const rcompareIdentifiers = (a, b) => compareIdentifiers(b, a)

module.exports = {
  compareIdentifiers,
  rcompareIdentifiers,
}


/***/ }),

/***/ 1383:
/***/ ((module) => {



class LRUCache {
  constructor () {
    this.max = 1000
    this.map = new Map()
  }

  get (key) {
    const value = this.map.get(key)
    if (value === undefined) {
      return undefined
    } else {
      // Remove the key from the map and add it to the end
      this.map.delete(key)
      this.map.set(key, value)
      return value
    }
  }

  delete (key) {
    return this.map.delete(key)
  }

  set (key, value) {
    const deleted = this.delete(key)

    if (!deleted && value !== undefined) {
      // If cache is full, delete the least recently used item
      if (this.map.size >= this.max) {
        const firstKey = this.map.keys().next().value
        this.delete(firstKey)
      }

      this.map.set(key, value)
    }

    return this
  }
}

module.exports = LRUCache


/***/ }),

/***/ 356:
/***/ ((module) => {



// parse out just the options we care about
const looseOption = Object.freeze({ loose: true })
const emptyOpts = Object.freeze({ })
const parseOptions = options => {
  if (!options) {
    return emptyOpts
  }

  if (typeof options !== 'object') {
    return looseOption
  }

  return options
}
module.exports = parseOptions


/***/ }),

/***/ 5471:
/***/ ((module, exports, __nccwpck_require__) => {



const {
  MAX_SAFE_COMPONENT_LENGTH,
  MAX_SAFE_BUILD_LENGTH,
  MAX_LENGTH,
} = __nccwpck_require__(5101)
const debug = __nccwpck_require__(1159)
exports = module.exports = {}

// The actual regexps go on exports.re
const re = exports.re = []
const safeRe = exports.safeRe = []
const src = exports.src = []
const safeSrc = exports.safeSrc = []
const t = exports.t = {}
let R = 0

const LETTERDASHNUMBER = '[a-zA-Z0-9-]'

// Replace some greedy regex tokens to prevent regex dos issues. These regex are
// used internally via the safeRe object since all inputs in this library get
// normalized first to trim and collapse all extra whitespace. The original
// regexes are exported for userland consumption and lower level usage. A
// future breaking change could export the safer regex only with a note that
// all input should have extra whitespace removed.
const safeRegexReplacements = [
  ['\\s', 1],
  ['\\d', MAX_LENGTH],
  [LETTERDASHNUMBER, MAX_SAFE_BUILD_LENGTH],
]

const makeSafeRegex = (value) => {
  for (const [token, max] of safeRegexReplacements) {
    value = value
      .split(`${token}*`).join(`${token}{0,${max}}`)
      .split(`${token}+`).join(`${token}{1,${max}}`)
  }
  return value
}

const createToken = (name, value, isGlobal) => {
  const safe = makeSafeRegex(value)
  const index = R++
  debug(name, index, value)
  t[name] = index
  src[index] = value
  safeSrc[index] = safe
  re[index] = new RegExp(value, isGlobal ? 'g' : undefined)
  safeRe[index] = new RegExp(safe, isGlobal ? 'g' : undefined)
}

// The following Regular Expressions can be used for tokenizing,
// validating, and parsing SemVer version strings.

// ## Numeric Identifier
// A single `0`, or a non-zero digit followed by zero or more digits.

createToken('NUMERICIDENTIFIER', '0|[1-9]\\d*')
createToken('NUMERICIDENTIFIERLOOSE', '\\d+')

// ## Non-numeric Identifier
// Zero or more digits, followed by a letter or hyphen, and then zero or
// more letters, digits, or hyphens.

createToken('NONNUMERICIDENTIFIER', `\\d*[a-zA-Z-]${LETTERDASHNUMBER}*`)

// ## Main Version
// Three dot-separated numeric identifiers.

createToken('MAINVERSION', `(${src[t.NUMERICIDENTIFIER]})\\.` +
                   `(${src[t.NUMERICIDENTIFIER]})\\.` +
                   `(${src[t.NUMERICIDENTIFIER]})`)

createToken('MAINVERSIONLOOSE', `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.` +
                        `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.` +
                        `(${src[t.NUMERICIDENTIFIERLOOSE]})`)

// ## Pre-release Version Identifier
// A numeric identifier, or a non-numeric identifier.
// Non-numeric identifiers include numeric identifiers but can be longer.
// Therefore non-numeric identifiers must go first.

createToken('PRERELEASEIDENTIFIER', `(?:${src[t.NONNUMERICIDENTIFIER]
}|${src[t.NUMERICIDENTIFIER]})`)

createToken('PRERELEASEIDENTIFIERLOOSE', `(?:${src[t.NONNUMERICIDENTIFIER]
}|${src[t.NUMERICIDENTIFIERLOOSE]})`)

// ## Pre-release Version
// Hyphen, followed by one or more dot-separated pre-release version
// identifiers.

createToken('PRERELEASE', `(?:-(${src[t.PRERELEASEIDENTIFIER]
}(?:\\.${src[t.PRERELEASEIDENTIFIER]})*))`)

createToken('PRERELEASELOOSE', `(?:-?(${src[t.PRERELEASEIDENTIFIERLOOSE]
}(?:\\.${src[t.PRERELEASEIDENTIFIERLOOSE]})*))`)

// ## Build Metadata Identifier
// Any combination of digits, letters, or hyphens.

createToken('BUILDIDENTIFIER', `${LETTERDASHNUMBER}+`)

// ## Build Metadata
// Plus sign, followed by one or more period-separated build metadata
// identifiers.

createToken('BUILD', `(?:\\+(${src[t.BUILDIDENTIFIER]
}(?:\\.${src[t.BUILDIDENTIFIER]})*))`)

// ## Full Version String
// A main version, followed optionally by a pre-release version and
// build metadata.

// Note that the only major, minor, patch, and pre-release sections of
// the version string are capturing groups.  The build metadata is not a
// capturing group, because it should not ever be used in version
// comparison.

createToken('FULLPLAIN', `v?${src[t.MAINVERSION]
}${src[t.PRERELEASE]}?${
  src[t.BUILD]}?`)

createToken('FULL', `^${src[t.FULLPLAIN]}$`)

// like full, but allows v1.2.3 and =1.2.3, which people do sometimes.
// also, 1.0.0alpha1 (prerelease without the hyphen) which is pretty
// common in the npm registry.
createToken('LOOSEPLAIN', `[v=\\s]*${src[t.MAINVERSIONLOOSE]
}${src[t.PRERELEASELOOSE]}?${
  src[t.BUILD]}?`)

createToken('LOOSE', `^${src[t.LOOSEPLAIN]}$`)

createToken('GTLT', '((?:<|>)?=?)')

// Something like "2.*" or "1.2.x".
// Note that "x.x" is a valid xRange identifier, meaning "any version"
// Only the first item is strictly required.
createToken('XRANGEIDENTIFIERLOOSE', `${src[t.NUMERICIDENTIFIERLOOSE]}|x|X|\\*`)
createToken('XRANGEIDENTIFIER', `${src[t.NUMERICIDENTIFIER]}|x|X|\\*`)

createToken('XRANGEPLAIN', `[v=\\s]*(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:\\.(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:\\.(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:${src[t.PRERELEASE]})?${
                     src[t.BUILD]}?` +
                   `)?)?`)

createToken('XRANGEPLAINLOOSE', `[v=\\s]*(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:${src[t.PRERELEASELOOSE]})?${
                          src[t.BUILD]}?` +
                        `)?)?`)

createToken('XRANGE', `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAIN]}$`)
createToken('XRANGELOOSE', `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAINLOOSE]}$`)

// Coercion.
// Extract anything that could conceivably be a part of a valid semver
createToken('COERCEPLAIN', `${'(^|[^\\d])' +
              '(\\d{1,'}${MAX_SAFE_COMPONENT_LENGTH}})` +
              `(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?` +
              `(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?`)
createToken('COERCE', `${src[t.COERCEPLAIN]}(?:$|[^\\d])`)
createToken('COERCEFULL', src[t.COERCEPLAIN] +
              `(?:${src[t.PRERELEASE]})?` +
              `(?:${src[t.BUILD]})?` +
              `(?:$|[^\\d])`)
createToken('COERCERTL', src[t.COERCE], true)
createToken('COERCERTLFULL', src[t.COERCEFULL], true)

// Tilde ranges.
// Meaning is "reasonably at or greater than"
createToken('LONETILDE', '(?:~>?)')

createToken('TILDETRIM', `(\\s*)${src[t.LONETILDE]}\\s+`, true)
exports.tildeTrimReplace = '$1~'

createToken('TILDE', `^${src[t.LONETILDE]}${src[t.XRANGEPLAIN]}$`)
createToken('TILDELOOSE', `^${src[t.LONETILDE]}${src[t.XRANGEPLAINLOOSE]}$`)

// Caret ranges.
// Meaning is "at least and backwards compatible with"
createToken('LONECARET', '(?:\\^)')

createToken('CARETTRIM', `(\\s*)${src[t.LONECARET]}\\s+`, true)
exports.caretTrimReplace = '$1^'

createToken('CARET', `^${src[t.LONECARET]}${src[t.XRANGEPLAIN]}$`)
createToken('CARETLOOSE', `^${src[t.LONECARET]}${src[t.XRANGEPLAINLOOSE]}$`)

// A simple gt/lt/eq thing, or just "" to indicate "any version"
createToken('COMPARATORLOOSE', `^${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]})$|^$`)
createToken('COMPARATOR', `^${src[t.GTLT]}\\s*(${src[t.FULLPLAIN]})$|^$`)

// An expression to strip any whitespace between the gtlt and the thing
// it modifies, so that `> 1.2.3` ==> `>1.2.3`
createToken('COMPARATORTRIM', `(\\s*)${src[t.GTLT]
}\\s*(${src[t.LOOSEPLAIN]}|${src[t.XRANGEPLAIN]})`, true)
exports.comparatorTrimReplace = '$1$2$3'

// Something like `1.2.3 - 1.2.4`
// Note that these all use the loose form, because they'll be
// checked against either the strict or loose comparator form
// later.
createToken('HYPHENRANGE', `^\\s*(${src[t.XRANGEPLAIN]})` +
                   `\\s+-\\s+` +
                   `(${src[t.XRANGEPLAIN]})` +
                   `\\s*$`)

createToken('HYPHENRANGELOOSE', `^\\s*(${src[t.XRANGEPLAINLOOSE]})` +
                        `\\s+-\\s+` +
                        `(${src[t.XRANGEPLAINLOOSE]})` +
                        `\\s*$`)

// Star ranges basically just allow anything at all.
createToken('STAR', '(<|>)?=?\\s*\\*')
// >=0.0.0 is like a star
createToken('GTE0', '^\\s*>=\\s*0\\.0\\.0\\s*$')
createToken('GTE0PRE', '^\\s*>=\\s*0\\.0\\.0-0\\s*$')


/***/ }),

/***/ 9737:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

// @ts-check


// Reproduce safeRe[COMPARATORTRIM] replacement boundaries, not version
// validation. Each end-index finder returns an exclusive end, or its start
// on no match.
// Positions count from zero. An end of 3 means characters 0, 1, and 2 were read;
// range.slice(start, end) gives the matched text, not a converted number.
const {
  MAX_LENGTH,
  MAX_SAFE_BUILD_LENGTH,
  WHITESPACE_CHARACTERS,
} = __nccwpck_require__(5101)

/**
 * Remembers the last two rows of digits so their characters need not be reread.
 * Positions start at -1 until a row has been found.
 *
 * @typedef {object} DigitRunCache
 * @property {number} start The first character of the most recently found row.
 * @property {number} end The position after that row's last character.
 * @property {number} previousStart The first character of the previous row.
 * @property {number} previousEnd The position after the previous row.
 */

// One entry per UTF-16 code unit keeps membership checks constant-time.
const whitespace = new Uint8Array(0x10000)
for (const char of WHITESPACE_CHARACTERS) {
  whitespace[char.charCodeAt(0)] = 1
}

/**
 * Checks whether a character is whitespace, like a space, tab, or newline.
 * Looking past the end of the string returns false.
 *
 * @param {string|undefined} char One character, or undefined past the string's end.
 * @returns {boolean} Whether the character is whitespace.
 * @example isWhitespace(' ') // true
 * @example isWhitespace('1') // false
 */
const isWhitespace = char =>
  char !== undefined && whitespace[char.charCodeAt(0)] === 1

/**
 * Checks for v, =, or whitespace before the version number.
 * These are historical version prefixes, not range operators:
 * < and > are handled separately, as are tilde and caret ranges.
 *
 * @param {string|undefined} char One character to check.
 * @returns {boolean} Whether the character can belong to a version prefix.
 * @example isVersionPrefix('=') // true
 * @example isVersionPrefix('>') // false
 */
const isVersionPrefix = char =>
  char === 'v' ||
  char === '=' ||
  isWhitespace(char)

/**
 * Checks whether a character is one of the digits 0 through 9.
 *
 * @param {string|undefined} char One character to check.
 * @returns {boolean} Whether the character is an ASCII digit.
 * @example isDigit('7') // true
 * @example isDigit('.') // false
 */
const isDigit = char => char !== undefined && char >= '0' && char <= '9'

/**
 * Checks whether a character is an English letter, uppercase or lowercase.
 *
 * @param {string|undefined} char One character to check.
 * @returns {boolean} Whether the character is an ASCII letter.
 * @example isLetter('b') // true
 * @example isLetter('7') // false
 */
const isLetter = char =>
  char !== undefined && (
    (char >= 'a' && char <= 'z') ||
    (char >= 'A' && char <= 'Z')
  )

/**
 * Checks for a letter, digit, or hyphen: the characters allowed inside
 * prerelease and build names such as beta-1.
 *
 * @param {string|undefined} char One character to check.
 * @returns {boolean} Whether the character can be part of an identifier.
 * @example isIdentifierCharacter('-') // true
 * @example isIdentifierCharacter('.') // false; dots separate identifiers
 */
const isIdentifierCharacter = char => isDigit(char) || isLetter(char) || char === '-'

/**
 * Checks whether a version component can begin here: with a digit or
 * a wildcard such as x, X, or *.
 *
 * @param {string|undefined} char One character to check.
 * @returns {boolean} Whether a number or wildcard can start with this character.
 * @example isVersionStart('x') // true
 * @example isVersionStart('v') // false; v belongs to the prefix
 */
const isVersionStart = char =>
  isDigit(char) ||
  char === 'x' ||
  char === 'X' ||
  char === '*'

/**
 * Finds the end of a row of digits, but returns no more than limit digits.
 * Remembers the last two rows so looking at them again does not reread them.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position of the first character to check.
 * @param {number} limit The most digit characters the returned match can include.
 * @param {DigitRunCache} digitRuns Shared cache of digit-run positions, updated in place.
 * @returns {number} The position after the matched digits, or start if none match.
 * @example findDigitsEndIndex('123abc', 0, 10, digitRuns) // 3, pointing at a
 * @example findDigitsEndIndex('123abc', 0, 2, digitRuns) // 2, pointing at the unread 3
 */
const findDigitsEndIndex = (range, start, limit, digitRuns) => {
  if (!isDigit(range[start])) {
    return start
  }
  if (start >= digitRuns.start && start < digitRuns.end) {
    return Math.min(start + limit, digitRuns.end)
  }
  if (start >= digitRuns.previousStart && start < digitRuns.previousEnd) {
    return Math.min(start + limit, digitRuns.previousEnd)
  }
  let end = start + 1
  while (isDigit(range[end])) {
    end++
  }
  // A failed full version can rewind from its second run to its first.
  digitRuns.previousStart = digitRuns.start
  digitRuns.previousEnd = digitRuns.end
  digitRuns.start = start
  digitRuns.end = end
  return Math.min(start + limit, end)
}

/**
 * Reads a number using the old regex's length and leading-zero rules.
 * Strict mode reads just the first zero in 012; loose mode can read all three.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the number should begin.
 * @param {boolean} loose Whether to allow leading zeros.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the matched digits, not their numeric value.
 * @example findVersionNumberEndIndex('012', 0, false, digitRuns) // 1
 * @example findVersionNumberEndIndex('012', 0, true, digitRuns) // 3
 */
const findVersionNumberEndIndex = (range, start, loose, digitRuns) => {
  if (!loose && range[start] === '0') {
    return start + 1
  }
  // Strict syntax allows an initial nonzero digit plus MAX_LENGTH digits.
  return findDigitsEndIndex(range, start, loose ? MAX_LENGTH : MAX_LENGTH + 1, digitRuns)
}

/**
 * Reads one piece of a prerelease name, such as beta or 1 in beta.1.
 * Tries the letter-or-hyphen form first, then the number-only form.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the identifier should begin.
 * @param {boolean} loose Whether numeric identifiers may have leading zeros.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the identifier, or start if none matches.
 * @example findPrereleaseIdentifierEndIndex('beta.1', 0, false, digitRuns) // 4, at the dot
 * @example findPrereleaseIdentifierEndIndex('001beta', 0, false, digitRuns) // 7
 */
const findPrereleaseIdentifierEndIndex = (range, start, loose, digitRuns) => {
  const digitsEnd = findDigitsEndIndex(range, start, MAX_LENGTH, digitRuns)
  // The legacy regex tries a nonnumeric identifier before a numeric one.
  if (isLetter(range[digitsEnd]) || range[digitsEnd] === '-') {
    let end = digitsEnd + 1
    const limit = end + MAX_SAFE_BUILD_LENGTH
    while (end < limit && isIdentifierCharacter(range[end])) {
      end++
    }
    return end
  }
  return findVersionNumberEndIndex(range, start, loose, digitRuns)
}

/**
 * Reads a prerelease suffix such as -beta.1, one dot-separated piece at a time.
 * Loose mode also allows the name without its opening hyphen.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the suffix should begin, including -.
 * @param {boolean} loose Whether the opening hyphen is optional and zeros allowed.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the matched suffix, or start if absent.
 * @example findPrereleaseEndIndex('-beta.1+sha', 0, false, digitRuns) // 7, at the plus
 * @example findPrereleaseEndIndex('beta', 0, false, digitRuns) // 0; no opening hyphen
 */
const findPrereleaseEndIndex = (range, start, loose, digitRuns) => {
  const hyphen = range[start] === '-'
  if (!loose && !hyphen) {
    return start
  }
  const identifierStart = start + (hyphen ? 1 : 0)
  let end = findPrereleaseIdentifierEndIndex(range, identifierStart, loose, digitRuns)
  if (end === identifierStart) {
    if (!loose || !hyphen) {
      return start
    }
    // In loose syntax, a lone hyphen can itself be the identifier.
    end = findPrereleaseIdentifierEndIndex(range, start, loose, digitRuns)
  }
  while (range[end] === '.') {
    const next = findPrereleaseIdentifierEndIndex(range, end + 1, loose, digitRuns)
    if (next === end + 1) {
      break
    }
    end = next
  }
  return end
}

/**
 * Reads one build-name piece, such as sha or 123 in +sha.123.
 * Stops at a disallowed character or the old regex's length limit.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the identifier should begin.
 * @returns {number} The position after the identifier, or start if none matches.
 * @example findBuildIdentifierEndIndex('sha.123', 0) // 3, at the dot
 * @example findBuildIdentifierEndIndex('001', 0) // 3; leading zeros are allowed
 */
const findBuildIdentifierEndIndex = (range, start) => {
  let end = start
  while (end - start < MAX_SAFE_BUILD_LENGTH && isIdentifierCharacter(range[end])) {
    end++
  }
  return end
}

/**
 * Reads optional build metadata such as +sha.123.
 * Leaves the position unchanged if there is no plus sign followed by a name.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the opening + should be.
 * @returns {number} The position after the matched metadata, or start if absent.
 * @example findBuildEndIndex('+sha.123 <2', 0) // 8, at the space
 * @example findBuildEndIndex('+', 0) // 0; a plus sign alone is not a match
 */
const findBuildEndIndex = (range, start) => {
  if (range[start] !== '+') {
    return start
  }
  let end = findBuildIdentifierEndIndex(range, start + 1)
  if (end === start + 1) {
    return start
  }
  while (range[end] === '.') {
    const next = findBuildIdentifierEndIndex(range, end + 1)
    if (next === end + 1) {
      break
    }
    end = next
  }
  return end
}

/**
 * Reads three numbers separated by dots, then any prerelease and build suffixes.
 * Uses loose rules, so forms such as 01.02.03beta can match here.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position of the first number, after any prefix.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the version match, or start if none matches.
 * @example findLooseFullVersionEndIndex('1.2.3-beta+sha <2', 0, digitRuns) // 14
 * @example findLooseFullVersionEndIndex('1.2', 0, digitRuns) // 0; needs three numbers
 */
const findLooseFullVersionEndIndex = (range, start, digitRuns) => {
  let end = start
  for (let component = 0; component < 3; component++) {
    const next = findVersionNumberEndIndex(range, end, true, digitRuns)
    if (next === end) {
      return start
    }
    end = next
    if (component < 2) {
      if (range[end] !== '.') {
        return start
      }
      end++
    }
  }
  const prereleaseEnd = findPrereleaseEndIndex(range, end, true, digitRuns)
  return findBuildEndIndex(range, prereleaseEnd)
}

/**
 * Reads one component of a partial or wildcard version, such as 2 or x in 2.x.
 * Numbers use strict leading-zero rules; wildcards take up one character.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position where the component should begin.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the component, or start if none matches.
 * @example findPartialVersionComponentEndIndex('2.x', 0, digitRuns) // 1, at the dot
 * @example findPartialVersionComponentEndIndex('2.x', 2, digitRuns) // 3, after x
 */
const findPartialVersionComponentEndIndex = (range, start, digitRuns) => {
  if (isDigit(range[start])) {
    return findVersionNumberEndIndex(range, start, false, digitRuns)
  }
  return isVersionStart(range[start]) ? start + 1 : start
}

/**
 * Reads up to three components, allowing forms such as 1, 1.2, or 1.x.
 * After the third component, also reads any strict prerelease and build suffixes.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position of a number or wildcard, after any prefix.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position after the matched version text.
 * @example findPartialVersionEndIndex('1.x <2', 0, digitRuns) // 3, at the space
 * @example findPartialVersionEndIndex('1.', 0, digitRuns) // 1; the trailing dot is unread
 */
const findPartialVersionEndIndex = (range, start, digitRuns) => {
  let end = findPartialVersionComponentEndIndex(range, start, digitRuns)
  for (let component = 0; component < 2; component++) {
    if (range[end] !== '.') {
      return end
    }
    const next = findPartialVersionComponentEndIndex(range, end + 1, digitRuns)
    if (next === end + 1) {
      return end
    }
    end = next
  }
  const prereleaseEnd = findPrereleaseEndIndex(range, end, false, digitRuns)
  return findBuildEndIndex(range, prereleaseEnd)
}

/**
 * Finds where a version match ends, without deciding whether the range is valid.
 * Tries a loose full version first, then a partial or wildcard version, just
 * like the old regex's LOOSEPLAIN and XRANGEPLAIN alternatives.
 *
 * @param {string} range The text to read; it is not changed.
 * @param {number} start The position of a number or wildcard, after any prefix.
 * @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
 * @returns {number} The position where scanning the next candidate can resume.
 * @example findVersionEndIndex('1.2.3 <2', 0, digitRuns) // 5, at the space
 * @example findVersionEndIndex('1.x <2', 0, digitRuns) // 3, at the space
 */
const findVersionEndIndex = (range, start, digitRuns) => {
  const fullVersionEnd = findLooseFullVersionEndIndex(range, start, digitRuns)
  return fullVersionEnd !== start
    ? fullVersionEnd
    : findPartialVersionEndIndex(range, start, digitRuns)
}

/**
 * Finds the one whitespace character the old replacement would remove.
 * Keeps leading whitespace, skips an optional operator, and checks immediately
 * after it. Returns -1 if there is nothing to remove.
 *
 * @param {string} range The text containing a candidate already found by the caller.
 * @param {number} matchStart The candidate's position, including leading whitespace.
 * @returns {number} The position of the removable whitespace, or -1 if absent.
 * @example findRemovableWhitespaceIndex(' > 1', 0) // 2; keep the space at position 0
 * @example findRemovableWhitespaceIndex('>1', 0) // -1
 */
const findRemovableWhitespaceIndex = (range, matchStart) => {
  let position = matchStart
  if (isWhitespace(range[position])) {
    position++
  }
  if (range[position] === '<' || range[position] === '>') {
    position++
  }
  if (range[position] === '=') {
    position++
  }
  return isWhitespace(range[position]) ? position : -1
}

/**
 * Joins an operator to its version, turning > 1.2.3 into >1.2.3.
 * Copies everything else according to the old regex's matching rules.
 * Moves forward through prefixes and whole versions to avoid repeatedly
 * searching the same characters on long inputs.
 *
 * @param {string} range The range text to process; the original string is unchanged.
 * @returns {string} The range with matched operator whitespace removed.
 * @example trimComparatorWhitespace('> 1.2.3 < 2') // '>1.2.3 <2'
 * @example trimComparatorWhitespace('> invalid') // '> invalid'
 */
const trimComparatorWhitespace = range => {
  let result = ''
  let copyFrom = 0
  let cursor = 0
  const digitRuns = { start: -1, end: -1, previousStart: -1, previousEnd: -1 }

  while (cursor < range.length) {
    const matchStart = cursor
    if (range[cursor] === '<' || range[cursor] === '>') {
      cursor++
    } else if (!isVersionPrefix(range[cursor]) && !isVersionStart(range[cursor])) {
      cursor++
      continue
    }

    // Consume a v/=/whitespace run once, even when no version follows it.
    while (cursor < range.length && isVersionPrefix(range[cursor])) {
      cursor++
    }
    if (!isVersionStart(range[cursor])) {
      continue
    }

    const whitespacePosition = findRemovableWhitespaceIndex(range, matchStart)
    if (whitespacePosition !== -1) {
      result += range.slice(copyFrom, whitespacePosition)
      copyFrom = whitespacePosition + 1
    }

    // Skip the entire match, so a prerelease's trailing v cannot be
    // reconsidered as the prefix of another version.
    cursor = findVersionEndIndex(range, cursor, digitRuns)
  }

  return result + range.slice(copyFrom)
}

module.exports = trimComparatorWhitespace


/***/ }),

/***/ 2276:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



// Determine if version is greater than all the versions possible in the range.
const outside = __nccwpck_require__(280)
const gtr = (version, range, options) => outside(version, range, '>', options)
module.exports = gtr


/***/ }),

/***/ 3465:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Range = __nccwpck_require__(6782)
const intersects = (r1, r2, options) => {
  r1 = new Range(r1, options)
  r2 = new Range(r2, options)
  return r1.intersects(r2, options)
}
module.exports = intersects


/***/ }),

/***/ 5213:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const outside = __nccwpck_require__(280)
// Determine if version is less than all the versions possible in the range
const ltr = (version, range, options) => outside(version, range, '<', options)
module.exports = ltr


/***/ }),

/***/ 5574:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const Range = __nccwpck_require__(6782)

const maxSatisfying = (versions, range, options) => {
  let max = null
  let maxSV = null
  let rangeObj = null
  try {
    rangeObj = new Range(range, options)
  } catch (er) {
    return null
  }
  versions.forEach((v) => {
    if (rangeObj.test(v)) {
      // satisfies(v, range, options)
      if (!max || maxSV.compare(v) === -1) {
        // compare(max, v, true)
        max = v
        maxSV = new SemVer(max, options)
      }
    }
  })
  return max
}
module.exports = maxSatisfying


/***/ }),

/***/ 8595:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const Range = __nccwpck_require__(6782)
const minSatisfying = (versions, range, options) => {
  let min = null
  let minSV = null
  let rangeObj = null
  try {
    rangeObj = new Range(range, options)
  } catch (er) {
    return null
  }
  versions.forEach((v) => {
    if (rangeObj.test(v)) {
      // satisfies(v, range, options)
      if (!min || minSV.compare(v) === 1) {
        // compare(min, v, true)
        min = v
        minSV = new SemVer(min, options)
      }
    }
  })
  return min
}
module.exports = minSatisfying


/***/ }),

/***/ 1866:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const Range = __nccwpck_require__(6782)
const gt = __nccwpck_require__(6599)

const minVersion = (range, loose) => {
  range = new Range(range, loose)

  let minver = new SemVer('0.0.0')
  if (range.test(minver)) {
    return minver
  }

  minver = new SemVer('0.0.0-0')
  if (range.test(minver)) {
    return minver
  }

  minver = null
  for (let i = 0; i < range.set.length; ++i) {
    const comparators = range.set[i]

    let setMin = null
    comparators.forEach((comparator) => {
      // Clone to avoid manipulating the comparator's semver object.
      const compver = new SemVer(comparator.semver.version)
      switch (comparator.operator) {
        case '>':
          if (compver.prerelease.length === 0) {
            compver.patch++
          } else {
            compver.prerelease.push(0)
          }
          compver.raw = compver.format()
          /* fallthrough */
        case '':
        case '>=':
          if (!setMin || gt(compver, setMin)) {
            setMin = compver
          }
          break
        case '<':
        case '<=':
          /* Ignore maximum versions */
          break
        /* istanbul ignore next */
        default:
          throw new Error(`Unexpected operation: ${comparator.operator}`)
      }
    })
    if (setMin && (!minver || gt(minver, setMin))) {
      minver = setMin
    }
  }

  if (minver && range.test(minver)) {
    return minver
  }

  return null
}
module.exports = minVersion


/***/ }),

/***/ 280:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(7163)
const Comparator = __nccwpck_require__(9379)
const { ANY } = Comparator
const Range = __nccwpck_require__(6782)
const satisfies = __nccwpck_require__(8011)
const gt = __nccwpck_require__(6599)
const lt = __nccwpck_require__(3872)
const lte = __nccwpck_require__(6717)
const gte = __nccwpck_require__(1236)

const outside = (version, range, hilo, options) => {
  version = new SemVer(version, options)
  range = new Range(range, options)

  let gtfn, ltefn, ltfn, comp, ecomp
  switch (hilo) {
    case '>':
      gtfn = gt
      ltefn = lte
      ltfn = lt
      comp = '>'
      ecomp = '>='
      break
    case '<':
      gtfn = lt
      ltefn = gte
      ltfn = gt
      comp = '<'
      ecomp = '<='
      break
    default:
      throw new TypeError('Must provide a hilo val of "<" or ">"')
  }

  // If it satisfies the range it is not outside
  if (satisfies(version, range, options)) {
    return false
  }

  // From now on, variable terms are as if we're in "gtr" mode.
  // but note that everything is flipped for the "ltr" function.

  for (let i = 0; i < range.set.length; ++i) {
    const comparators = range.set[i]

    let high = null
    let low = null

    comparators.forEach((comparator) => {
      if (comparator.semver === ANY) {
        comparator = new Comparator('>=0.0.0')
      }
      high = high || comparator
      low = low || comparator
      if (gtfn(comparator.semver, high.semver, options)) {
        high = comparator
      } else if (ltfn(comparator.semver, low.semver, options)) {
        low = comparator
      }
    })

    // If the edge version comparator has a operator then our version
    // isn't outside it
    if (high.operator === comp || high.operator === ecomp) {
      return false
    }

    // If the lowest version comparator has an operator and our version
    // is less than it then it isn't higher than the range
    if ((!low.operator || low.operator === comp) &&
        ltefn(version, low.semver)) {
      return false
    } else if (low.operator === ecomp && ltfn(version, low.semver)) {
      return false
    }
  }
  return true
}

module.exports = outside


/***/ }),

/***/ 9647:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



// given a set of versions and a range, create a "simplified" range
// that includes the same versions that the original range does
// If the original range is shorter than the simplified one, return that.
const satisfies = __nccwpck_require__(8011)
const compare = __nccwpck_require__(8469)
module.exports = (versions, range, options) => {
  const set = []
  let first = null
  let prev = null
  const v = versions.sort((a, b) => compare(a, b, options))
  for (const version of v) {
    const included = satisfies(version, range, options)
    if (included) {
      prev = version
      if (!first) {
        first = version
      }
    } else {
      if (prev) {
        set.push([first, prev])
      }
      prev = null
      first = null
    }
  }
  if (first) {
    set.push([first, null])
  }

  const ranges = []
  for (const [min, max] of set) {
    if (min === max) {
      ranges.push(min)
    } else if (!max && min === v[0]) {
      ranges.push('*')
    } else if (!max) {
      ranges.push(`>=${min}`)
    } else if (min === v[0]) {
      ranges.push(`<=${max}`)
    } else {
      ranges.push(`${min} - ${max}`)
    }
  }
  const simplified = ranges.join(' || ')
  const original = typeof range.raw === 'string' ? range.raw : String(range)
  return simplified.length < original.length ? simplified : range
}


/***/ }),

/***/ 1489:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Range = __nccwpck_require__(6782)
const Comparator = __nccwpck_require__(9379)
const { ANY } = Comparator
const satisfies = __nccwpck_require__(8011)
const compare = __nccwpck_require__(8469)

// Complex range `r1 || r2 || ...` is a subset of `R1 || R2 || ...` iff:
// - Every simple range `r1, r2, ...` is a null set, OR
// - Every simple range `r1, r2, ...` which is not a null set is a subset of
//   some `R1, R2, ...`
//
// Simple range `c1 c2 ...` is a subset of simple range `C1 C2 ...` iff:
// - If c is only the ANY comparator
//   - If C is only the ANY comparator, return true
//   - Else if in prerelease mode, return false
//   - else replace c with `[>=0.0.0]`
// - If C is only the ANY comparator
//   - if in prerelease mode, return true
//   - else replace C with `[>=0.0.0]`
// - Let EQ be the set of = comparators in c
// - If EQ is more than one, return true (null set)
// - Let GT be the highest > or >= comparator in c
// - Let LT be the lowest < or <= comparator in c
// - If GT and LT, and GT.semver > LT.semver, return true (null set)
// - If any C is a = range, and GT or LT are set, return false
// - If EQ
//   - If GT, and EQ does not satisfy GT, return true (null set)
//   - If LT, and EQ does not satisfy LT, return true (null set)
//   - If EQ satisfies every C, return true
//   - Else return false
// - If GT
//   - If GT.semver is lower than any > or >= comp in C, return false
//   - If GT is >=, and GT.semver does not satisfy every C, return false
//   - If GT.semver has a prerelease, and not in prerelease mode
//     - If no C has a prerelease and the GT.semver tuple, return false
// - If LT
//   - If LT.semver is greater than any < or <= comp in C, return false
//   - If LT is <=, and LT.semver does not satisfy every C, return false
//   - If LT.semver has a prerelease, and not in prerelease mode
//     - If no C has a prerelease and the LT.semver tuple, return false
// - Else return true

const subset = (sub, dom, options = {}) => {
  if (sub === dom) {
    return true
  }

  sub = new Range(sub, options)
  dom = new Range(dom, options)
  let sawNonNull = false

  OUTER: for (const simpleSub of sub.set) {
    for (const simpleDom of dom.set) {
      const isSub = simpleSubset(simpleSub, simpleDom, options)
      sawNonNull = sawNonNull || isSub !== null
      if (isSub) {
        continue OUTER
      }
    }
    // the null set is a subset of everything, but null simple ranges in
    // a complex range should be ignored.  so if we saw a non-null range,
    // then we know this isn't a subset, but if EVERY simple range was null,
    // then it is a subset.
    if (sawNonNull) {
      return false
    }
  }
  return true
}

const minimumVersionWithPreRelease = [new Comparator('>=0.0.0-0')]
const minimumVersion = [new Comparator('>=0.0.0')]

const simpleSubset = (sub, dom, options) => {
  if (sub === dom) {
    return true
  }

  if (sub.length === 1 && sub[0].semver === ANY) {
    if (dom.length === 1 && dom[0].semver === ANY) {
      return true
    } else if (options.includePrerelease) {
      sub = minimumVersionWithPreRelease
    } else {
      sub = minimumVersion
    }
  }

  if (dom.length === 1 && dom[0].semver === ANY) {
    if (options.includePrerelease) {
      return true
    } else {
      dom = minimumVersion
    }
  }

  const eqSet = new Set()
  let gt, lt
  for (const c of sub) {
    if (c.operator === '>' || c.operator === '>=') {
      gt = higherGT(gt, c, options)
    } else if (c.operator === '<' || c.operator === '<=') {
      lt = lowerLT(lt, c, options)
    } else {
      eqSet.add(c.semver)
    }
  }

  if (eqSet.size > 1) {
    return null
  }

  let gtltComp
  if (gt && lt) {
    gtltComp = compare(gt.semver, lt.semver, options)
    if (gtltComp > 0) {
      return null
    } else if (gtltComp === 0 && (gt.operator !== '>=' || lt.operator !== '<=')) {
      return null
    }
  }

  // will iterate one or zero times
  for (const eq of eqSet) {
    if (gt && !satisfies(eq, String(gt), options)) {
      return null
    }

    if (lt && !satisfies(eq, String(lt), options)) {
      return null
    }

    for (const c of dom) {
      if (!satisfies(eq, String(c), options)) {
        return false
      }
    }

    return true
  }

  let higher, lower
  let hasDomLT, hasDomGT
  // if the subset has a prerelease, we need a comparator in the superset
  // with the same tuple and a prerelease, or it's not a subset
  let needDomLTPre = lt &&
    !options.includePrerelease &&
    lt.semver.prerelease.length ? lt.semver : false
  let needDomGTPre = gt &&
    !options.includePrerelease &&
    gt.semver.prerelease.length ? gt.semver : false
  // exception: <1.2.3-0 is the same as <1.2.3
  if (needDomLTPre && needDomLTPre.prerelease.length === 1 &&
      lt.operator === '<' && needDomLTPre.prerelease[0] === 0) {
    needDomLTPre = false
  }

  for (const c of dom) {
    hasDomGT = hasDomGT || c.operator === '>' || c.operator === '>='
    hasDomLT = hasDomLT || c.operator === '<' || c.operator === '<='
    if (gt) {
      if (needDomGTPre) {
        if (c.semver.prerelease && c.semver.prerelease.length &&
            c.semver.major === needDomGTPre.major &&
            c.semver.minor === needDomGTPre.minor &&
            c.semver.patch === needDomGTPre.patch) {
          needDomGTPre = false
        }
      }
      if (c.operator === '>' || c.operator === '>=') {
        higher = higherGT(gt, c, options)
        if (higher === c && higher !== gt) {
          return false
        }
      } else if (gt.operator === '>=' && !c.test(gt.semver)) {
        return false
      }
    }
    if (lt) {
      if (needDomLTPre) {
        if (c.semver.prerelease && c.semver.prerelease.length &&
            c.semver.major === needDomLTPre.major &&
            c.semver.minor === needDomLTPre.minor &&
            c.semver.patch === needDomLTPre.patch) {
          needDomLTPre = false
        }
      }
      if (c.operator === '<' || c.operator === '<=') {
        lower = lowerLT(lt, c, options)
        if (lower === c && lower !== lt) {
          return false
        }
      } else if (lt.operator === '<=' && !c.test(lt.semver)) {
        return false
      }
    }
    if (!c.operator && (lt || gt) && gtltComp !== 0) {
      return false
    }
  }

  // if there was a < or >, and nothing in the dom, then must be false
  // UNLESS it was limited by another range in the other direction.
  // Eg, >1.0.0 <1.0.1 is still a subset of <2.0.0
  if (gt && hasDomLT && !lt && gtltComp !== 0) {
    return false
  }

  if (lt && hasDomGT && !gt && gtltComp !== 0) {
    return false
  }

  // we needed a prerelease range in a specific tuple, but didn't get one
  // then this isn't a subset.  eg >=1.2.3-pre is not a subset of >=1.0.0,
  // because it includes prereleases in the 1.2.3 tuple
  if (needDomGTPre || needDomLTPre) {
    return false
  }

  return true
}

// >=1.2.3 is lower than >1.2.3
const higherGT = (a, b, options) => {
  if (!a) {
    return b
  }
  const comp = compare(a.semver, b.semver, options)
  return comp > 0 ? a
    : comp < 0 ? b
    : b.operator === '>' && a.operator === '>=' ? b
    : a
}

// <=1.2.3 is higher than <1.2.3
const lowerLT = (a, b, options) => {
  if (!a) {
    return b
  }
  const comp = compare(a.semver, b.semver, options)
  return comp < 0 ? a
    : comp > 0 ? b
    : b.operator === '<' && a.operator === '<=' ? b
    : a
}

module.exports = subset


/***/ }),

/***/ 4750:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Range = __nccwpck_require__(6782)

// Mostly just for testing and legacy API reasons
const toComparators = (range, options) =>
  new Range(range, options).set
    .map(comp => comp.map(c => c.value).join(' ').trim().split(' '))

module.exports = toComparators


/***/ }),

/***/ 4737:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Range = __nccwpck_require__(6782)
const validRange = (range, options) => {
  try {
    // Return '*' instead of '' so that truthiness works.
    // This will throw if it's invalid anyway
    return new Range(range, options).range || '*'
  } catch (er) {
    return null
  }
}
module.exports = validRange


/***/ }),

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

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

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

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 2516:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   OB: () => (/* binding */ whyNot),
/* harmony export */   Ot: () => (/* binding */ tooMany),
/* harmony export */   vC: () => (/* binding */ Fault)
/* harmony export */ });
/* harmony import */ var _lib_advice_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2774);
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(177);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3758);



class Fault extends Error {
    remedy;
    constructor(message, remedy) {
        super(message);
        this.name = 'Fault';
        this.remedy = remedy;
    }
}
const linesOf = (reasons) => [...new Set(reasons.map((reason) => (0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(reason).split('\n')[0]?.slice(0, 300) ?? ''))]
    .slice(0, 5)
    .map((reason) => `\n  ${reason}`)
    .join('');
function whyNot(wanted, faults, unfetched) {
    const { digest, repository, commit, ref, signerWorkflow, signerRef } = wanted;
    const all = unfetched.length;
    if (all > 0)
        return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
            code: 'attestation-not-fetched',
            found: `${digest} has ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(all, 'attestation')} on GitHub that could not be fetched:${linesOf(unfetched)}${faults.length === 0 ? '' : `\nWhat could be fetched does not show where the image comes from:${linesOf(faults)}`}`,
            expected: `the bundle of each attestation. GitHub stores ${all === 1 ? 'it' : 'them'} on another host, and gives a URL that is valid for a short time.`,
            fix: `${_lib_advice_js__WEBPACK_IMPORTED_MODULE_2__/* .retryGitHub */ .oc} On a self-hosted runner, let the job reach this host.`,
        });
    const found = faults.length === 0
        ? `${digest} has no attestation of its build at ${repository}.`
        : `${digest} has ${faults.length === 1 ? 'an attestation' : `${faults.length} attestations`} at ${repository}, and none that proves where it comes from:${linesOf(faults)}`;
    const remedy = faults
        .map((fault) => (fault instanceof Fault ? fault.remedy : undefined))
        .find((each) => each);
    if (remedy !== undefined)
        return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({ found, ...remedy });
    const signer = signerWorkflow === undefined
        ? ''
        : ` by ${signerWorkflow}${signerRef === undefined ? '' : `@${signerRef}`}`;
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
        code: 'attestation-missing',
        found,
        expected: `one of the build${commit === undefined ? '' : ` of commit ${commit}`} on ${ref}, signed in a run of ${repository}${signer}.`,
        fix: 'the build, after docker/build-push-action:\n- uses: actions/attest-build-provenance@v3\n  with:\n    subject-name: ghcr.io/${{ github.repository }}\n    subject-digest: ${{ steps.push.outputs.digest }}\nand `permissions:` with `attestations: write` and `id-token: write`.',
    });
}
function tooMany({ digest, repository }, searched, faults) {
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo({
        code: 'attestation-too-many',
        found: `${digest} has more than ${searched} attestations at ${repository}, and none of these suffices:${linesOf(faults)}`,
        expected: `a valid attestation among the newest ${searched}, which are all that are searched.`,
        fix: 'build the image again, so that its digest is new, and find out which workflow attests the same digest over and over.',
    });
}


/***/ }),

/***/ 2742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  v: () => (/* binding */ FlyctlFailure),
  g: () => (/* binding */ deploy)
});

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
    constructor(exit, how) {
        super(`flyctl deploy ${how}`);
        this.name = 'FlyctlFailure';
        this.exit = exit;
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
            fix: 'the step that installs flyctl: `- uses: superfly/flyctl-actions/setup-flyctl@1.6`.',
        }, { cause: error });
    }
    if (exit.status === 0 && !exit.timedOut)
        return releaseOf(exit.stdout);
    const ended = exit.status === undefined ? `was ended by ${exit.signal}` : `exited with status ${exit.status}`;
    const how = exit.timedOut
        ? `did not end within ${(0,format/* formatDuration */.a3)(inputs.deployTimeout)}, and was interrupted (it ${ended})`
        : ended;
    throw new FlyctlFailure(exit, how);
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
    return error instanceof _deploy_js__WEBPACK_IMPORTED_MODULE_2__/* .FlyctlFailure */ .v && (0,_remedy_js__WEBPACK_IMPORTED_MODULE_3__/* .isManifestMissing */ .cV)(error)
        ? { code: 'image-before-gone', why: 'the image that ran before no longer exists' }
        : {
            code: 'rollback-failed',
            why: `the rollback failed too: ${error instanceof _deploy_js__WEBPACK_IMPORTED_MODULE_2__/* .FlyctlFailure */ .v ? `${error.message} (${error.line})` : (0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`,
        };
}


/***/ }),

/***/ 5147:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   e2: () => (/* binding */ isBad),
/* harmony export */   pe: () => (/* binding */ isSuperseded),
/* harmony export */   r_: () => (/* binding */ productionWords),
/* harmony export */   wx: () => (/* binding */ productionAfter),
/* harmony export */   zS: () => (/* binding */ productionOf)
/* harmony export */ });
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(177);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3758);
/* harmony import */ var _verify_compare_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2327);
/* harmony import */ var _deploy_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2742);
/* harmony import */ var _previous_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7489);





async function productionAfter({ line }, verifier, baseline, url) {
    const before = baseline.list.machines;
    const now = await verifier.observe(baseline).catch(() => undefined);
    if (now === undefined)
        return { kind: 'unknown' };
    verifier.see(now.machines, before);
    if (now.incomplete !== undefined) {
        const known = new Set(now.machines.map(({ id }) => id));
        const listed = before.filter(({ id }) => known.has(id));
        return { kind: (0,_previous_js__WEBPACK_IMPORTED_MODULE_4__/* .isUntouched */ .O2)(now.machines, listed, verifier.scope) ? 'unknown' : 'changed' };
    }
    if ((0,_previous_js__WEBPACK_IMPORTED_MODULE_4__/* .isUntouched */ .O2)(now.machines, before, verifier.scope))
        return { kind: 'unchanged' };
    const meant = (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_2__/* .managed */ .Yq)(verifier.seen ?? []);
    if (meant.length === 0 || !meant.every(_verify_compare_js__WEBPACK_IMPORTED_MODULE_2__/* .isFine */ .zn))
        return { kind: 'changed' };
    try {
        const { machines } = await verifier.verify(baseline, undefined, await url());
        const flyctl = line.replace(/^Error: /, '') || 'it gave no reason';
        return { kind: 'updated', machines: (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_2__/* .managed */ .Yq)(machines).length, flyctl };
    }
    catch (error) {
        return { kind: error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo && !isBad(error) ? 'unknown' : 'changed' };
    }
}
function productionOf(error, verifier, { list: { machines: before } }) {
    const { seen } = verifier;
    const began = seen !== undefined || error.code !== 'flyctl-not-started';
    if (!began)
        return { kind: 'unchanged' };
    const sure = seen !== undefined && (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_2__/* .managed */ .Yq)(seen).length > 0 && isBad(error);
    return { kind: sure && (0,_previous_js__WEBPACK_IMPORTED_MODULE_4__/* .isUntouched */ .O2)(seen, before, verifier.scope) ? 'unchanged' : 'changed' };
}
function productionWords(production) {
    switch (production.kind) {
        case 'unchanged':
            return 'Production is unchanged: every machine runs the same image as before this deploy.';
        case 'updated':
            return `Production runs the new image: ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(production.machines, 'machine')} ${production.machines === 1 ? 'runs' : 'run'} it in the new release. What failed is flyctl: ${production.flyctl}.`;
        case 'changed':
        case 'unknown':
            return undefined;
    }
}
const bad = [
    'bluegreen-unfinished',
    'deploy-changed-nothing',
    'health-failed',
    'machines-changed',
    'machines-none',
    'machines-not-updated',
    'machines-other-image',
    'machines-reverted',
    'machines-unhealthy',
];
const isBad = ({ code, cause }) => cause instanceof _deploy_js__WEBPACK_IMPORTED_MODULE_3__/* .FlyctlFailure */ .v || bad.includes(code);
const isSuperseded = ({ code }) => code === 'machines-superseded' || code === 'machines-leased';


/***/ }),

/***/ 9460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ deployError),
/* harmony export */   _O: () => (/* binding */ releaseCommandMachine),
/* harmony export */   cV: () => (/* binding */ isManifestMissing)
/* harmony export */ });
/* harmony import */ var _lib_advice_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2774);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);
/* harmony import */ var _verify_compare_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2327);
/* harmony import */ var _verify_leftover_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2953);
/* harmony import */ var _deploy_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2742);
/* harmony import */ var _surplus_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1344);






function deployError(failure, facts) {
    return new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
        found: `${failure.message}. Its last output:\n${failure.exit.errorTail || '(no output on stderr)'}`,
        expected: 'Exit status 0.',
        ...withSurplus(failure.exit.timedOut ? timedOut : remedy(failure, facts), facts),
    }, { cause: failure });
}
const isManifestMissing = ({ line }) => /could not find image|failed to get manifest|manifest unknown/i.test(line);
function releaseCommandMachine(error) {
    if (!(error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo && error.code === 'release-command-failed'))
        return undefined;
    const { cause } = error;
    return cause instanceof _deploy_js__WEBPACK_IMPORTED_MODULE_2__/* .FlyctlFailure */ .v ? /\bmachine ([0-9a-z]+)\b/i.exec(cause.line)?.[1] : undefined;
}
const timedOut = {
    code: 'deploy-timed-out',
    fix: 'Raise `with: deploy-timeout:` if the deploy needs longer. flyctl waits for each machine to become healthy as long as `--wait-timeout` in `flags` allows.',
};
function withSurplus({ code, fix }, { app, fleet, before }) {
    if (code === 'bluegreen-unfinished')
        return { code, fix };
    const surplus = (0,_surplus_js__WEBPACK_IMPORTED_MODULE_3__/* .surplusFix */ .G8)(app, (0,_surplus_js__WEBPACK_IMPORTED_MODULE_3__/* .surplusOf */ .GK)((0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_1__/* .managed */ .Yq)(fleet ?? []), before ?? []));
    return { code, fix: surplus === undefined ? fix : `${fix}\nBefore the next deploy, ${surplus}` };
}
function remedy(failure, { app, isPublic, fleet, before, updated }) {
    const { line, exit } = failure;
    const unfinished = bluegreenRemedy(line, app, (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_1__/* .managed */ .Yq)(fleet ?? []), before);
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
            fix: (0,_lib_advice_js__WEBPACK_IMPORTED_MODULE_4__/* .newFlyToken */ .JX)(app),
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
            fix: 'No action is needed if you cancelled the job. Otherwise, deploy again.',
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
    const left = (0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_5__/* .leftoverOf */ .nE)(fleet, several ? () => true : (0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_5__/* .notIn */ .zz)(before));
    if (left !== undefined)
        return { code: 'bluegreen-unfinished', fix: (0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_5__/* .leftoverFix */ .ZU)(app, left, fleet) };
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
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(177);
/* harmony import */ var _lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3758);
/* harmony import */ var _registry_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6247);
/* harmony import */ var _verify_compare_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2327);
/* harmony import */ var _verify_leftover_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(2953);
/* harmony import */ var _deploy_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2742);
/* harmony import */ var _previous_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(7489);
/* harmony import */ var _production_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(5147);
/* harmony import */ var _surplus_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(1344);









async function rollBack(rt, inputs, failed, deps) {
    const { log, cancelled } = rt;
    const { error, deployed, release, baseline, production } = failed;
    const before = baseline.list.machines;
    const { verifier } = deps;
    if (inputs.rollback === 'false')
        return {
            kind: 'not-asked',
            helps: deployed && error.code !== 'bluegreen-unfinished' && failedByItself(verifier.seen),
        };
    if (production.kind === 'unchanged')
        return { kind: 'untouched' };
    if (production.kind === 'updated') {
        const why = 'every machine runs the new image and passes its checks';
        return { kind: 'not-rolled-back', code: 'already-updated', why };
    }
    if ((0,_production_js__WEBPACK_IMPORTED_MODULE_6__/* .isSuperseded */ .pe)(error)) {
        const why = 'another deploy or a `fly machine` command changed the machines, and a rollback would undo that';
        return { kind: 'not-rolled-back', code: 'superseded', why };
    }
    if (production.kind === 'unknown' || !(0,_production_js__WEBPACK_IMPORTED_MODULE_6__/* .isBad */ .e2)(error)) {
        const why = 'whether the new image works is unknown';
        return { kind: 'not-rolled-back', code: 'not-determined', why };
    }
    const left = error.code === 'bluegreen-unfinished' && (0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_8__/* .leftoverOf */ .nE)((0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .managed */ .Yq)(verifier.seen ?? []), (0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_8__/* .notIn */ .zz)(before));
    if (left) {
        const why = left.color === 'old'
            ? 'the new machines run the image; only the leftover machines have to be destroyed'
            : 'the old machines are unchanged; only the leftover machines have to be destroyed';
        return { kind: 'not-rolled-back', code: 'bluegreen-unfinished', why };
    }
    const previous = (0,_previous_js__WEBPACK_IMPORTED_MODULE_5__/* .previousOf */ .te)(before, verifier.scope);
    if (!Array.isArray(previous))
        return { kind: 'not-rolled-back', ...previous };
    if (deps.noRollback !== undefined)
        return { kind: 'not-rolled-back', ...deps.noRollback };
    log.line((0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .formatError */ .Wk)(error));
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
        return { kind: 'not-rolled-back', ...(0,_previous_js__WEBPACK_IMPORTED_MODULE_5__/* .whyFailed */ .KE)(reason) };
    }
}
async function deployPrevious(rt, inputs, previous, baseline, { verifier, target }) {
    const { log } = rt;
    const failed = await verifier.baseline();
    const releases = new Map();
    for (const each of previous) {
        const flags = (0,_previous_js__WEBPACK_IMPORTED_MODULE_5__/* .rollbackFlags */ .qs)(inputs.flags, each, inputs.rollback === 'with-release-command');
        const { reference } = each;
        const release = await log.group(`Roll back: flyctl deploy --image ${(0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatReference */ .FH)(reference)}`, () => (0,_deploy_js__WEBPACK_IMPORTED_MODULE_4__/* .deploy */ .g)(rt, { ...inputs, flags, noCache: false }, { ...target, reference }));
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
    const meant = (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_3__/* .managed */ .Yq)(machines);
    const surplus = (0,_surplus_js__WEBPACK_IMPORTED_MODULE_7__/* .surplusOf */ .GK)(meant, baseline.list.machines);
    for (const each of surplus)
        log.warning((0,_surplus_js__WEBPACK_IMPORTED_MODULE_7__/* .surplusWords */ .kU)(inputs.app, each));
    return { kind: 'rolled-back', to: previous, machines: meant.length, surplus };
}
const failedByItself = (machines = []) => machines.some(({ failure, waitingFor }) => (failure ?? waitingFor) !== undefined) &&
    machines.every(({ supersededBy }) => supersededBy === undefined);
function rollbackWords(rollback) {
    switch (rollback.kind) {
        case 'rolled-back': {
            const images = rollback.to.map(({ reference }) => (0,_registry_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatReference */ .FH)(reference)).join(', ');
            const { machines, surplus } = rollback;
            const run = `${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(machines, 'machine')} ${machines === 1 ? 'runs' : 'run'} ${images} again`;
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
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(177);
/* harmony import */ var _verify_leftover_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2953);


function surplusOf(fleet, old) {
    return [...Map.groupBy(fleet, ({ group }) => group)].flatMap(([group, machines]) => {
        const before = old.filter((each) => each.group === group && !(0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_1__/* .isReplaced */ .tc)(each)).length;
        const more = machines.length - before;
        if (before === 0 || more <= 0)
            return [];
        const replaced = machines.filter(_verify_leftover_js__WEBPACK_IMPORTED_MODULE_1__/* .isReplaced */ .tc);
        const extra = replaced.length === more ? replaced : machines.filter((0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_1__/* .notIn */ .zz)(old));
        return [{ group, before, now: machines.length, ids: extra.map(({ id }) => id) }];
    });
}
const tooMany = ({ before, now, ids }) => ids.length === now - before ? ids : undefined;
function surplusWords(app, surplus) {
    const { group, before, now, ids } = surplus;
    const [names, are] = [ids.join(', '), ids.length === 1 ? 'is' : 'are'];
    const seen = `Process group "${group}" has ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(now, 'machine')} and had ${before} before the deploy.`;
    return tooMany(surplus) === undefined
        ? `${seen} ${names} ${are} new, and some of them replace earlier machines. Unless you scaled the app meanwhile, find the surplus machines with \`fly machine list -a ${app}\`.`
        : `${seen} Unless you scaled the app meanwhile, destroy ${names}:\n${(0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_1__/* .destroyLine */ .bE)(app, ids)}`;
}
function surplusFix(app, surplus) {
    const ids = surplus.flatMap((each) => tooMany(each) ?? []);
    return ids.length === 0
        ? undefined
        : `destroy the machines that this deploy left behind:\n${(0,_verify_leftover_js__WEBPACK_IMPORTED_MODULE_1__/* .destroyLine */ .bE)(app, ids)}`;
}
function extraWords(surplus) {
    const more = surplus.reduce((sum, { now, before }) => sum + now - before, 0);
    const ids = surplus.flatMap((each) => tooMany(each) ?? []);
    const which = ids.length === 0 ? '' : `: ${ids.join(', ')}`;
    return `That is ${more} more than before the deploy${which}.`;
}


/***/ }),

/***/ 5091:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GO: () => (/* binding */ onBranch),
/* harmony export */   Ih: () => (/* binding */ afterQueue),
/* harmony export */   N3: () => (/* binding */ queuedFor),
/* harmony export */   Wl: () => (/* binding */ sendCommit),
/* harmony export */   Zd: () => (/* binding */ deployingEvents),
/* harmony export */   _M: () => (/* binding */ repositoryOf),
/* harmony export */   c$: () => (/* binding */ insteadOf),
/* harmony export */   zE: () => (/* binding */ withInput)
/* harmony export */ });
/* harmony import */ var _lib_commit_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7791);
/* harmony import */ var _lib_yaml_value_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1485);
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6194);



function yamlText(name) {
    if (!/^[\p{L}\p{N}\w./@#+=,;:%&()!<>|~-]{1,200}$/u.test(name))
        return undefined;
    const value = (0,_lib_yaml_value_js__WEBPACK_IMPORTED_MODULE_1__/* .yamlValue */ .t)(name);
    return value === name && /^(?:true|false|\d.*)$/i.test(name) ? `"${name}"` : value;
}
function withInput(input, value) {
    const text = yamlText(value);
    return text === undefined
        ? `\`with: ${input}:\`, for a name that cannot be printed in a line`
        : `\`with: ${input}: ${text}\``;
}
function onBranch(event, branch) {
    const text = yamlText(branch);
    const pattern = branch.replaceAll('+', '\\+').replace(/^!/, '\\!');
    if (text === undefined)
        return `\`on: ${event}: branches:\`, for a name that cannot be printed in a line`;
    return `\`on: ${event}: branches: [${pattern === branch ? text : `'${pattern}'`}]\``;
}
const queuedFor = (branch) => /^gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]+$/.exec(branch)?.[1];
const afterQueue = (branch) => `nothing for this commit: when the queue merges it, GitHub pushes it to "${branch}", and the build of that push is deployed. The workflow that builds needs ${onBranch('push', branch)}.`;
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
    const build = `deploy when the image is built: ${onBranch('push', branch)}, or \`on: workflow_run\` of the workflow that builds.`;
    const { [event]: instead = 'push' } = Object.hasOwn(_events_js__WEBPACK_IMPORTED_MODULE_0__/* .otherEvents */ .on, event)
        ? _events_js__WEBPACK_IMPORTED_MODULE_0__/* .otherEvents */ .on
        : {};
    switch (instead) {
        case 'push':
            return event === 'merge_group' ? afterQueue(branch) : build;
        case 'deployment':
            return '`on: deployment`, which comes when the deployment is created, and names its commit.';
        case 'repository_dispatch': {
            const named = commitFields
                .map((path) => path.reduce((json, key) => json.get(key), payload).maybeText() ?? '')
                .find(_lib_commit_js__WEBPACK_IMPORTED_MODULE_2__/* .isCommit */ .W);
            const commit = named ?? '$COMMIT';
            return `let what builds the image start this workflow when it is done: \`on: repository_dispatch: types: [deploy]\` here, and ${sendCommit(repositoryOf(payload), commit)} there, by a token with \`contents: write\`.`;
        }
        case 'workflow_dispatch': {
            const ref = yamlText(branch) ?? '"$BRANCH"';
            return `let a workflow of that event check who caused it, and start this one: \`on: workflow_dispatch\` here, and \`gh workflow run ${workflow ?? 'deploy.yml'} --ref ${ref}\` there, with \`permissions: actions: write\`. For the image of one commit: \`on: repository_dispatch: types: [deploy]\` here, and ${sendCommit(repositoryOf(payload), '$COMMIT')} there.`;
        }
    }
}
const deployingEvents = Object.keys(_events_js__WEBPACK_IMPORTED_MODULE_0__/* .events */ .AZ)
    .filter((name) => (0,_events_js__WEBPACK_IMPORTED_MODULE_0__/* .isEventName */ .QF)(name) && !('onlyAllowed' in _events_js__WEBPACK_IMPORTED_MODULE_0__/* .events */ .AZ[name]))
    .join(', ');


/***/ }),

/***/ 6194:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AZ: () => (/* binding */ events),
/* harmony export */   QF: () => (/* binding */ isEventName),
/* harmony export */   on: () => (/* binding */ otherEvents)
/* harmony export */ });
const pullRequest = {
    actions: ['opened', 'synchronize', 'reopened', 'ready_for_review', 'labeled', 'closed'],
    commit: ['pull_request.head.sha', 'pull_request.merge_commit_sha'],
    deploys: 'commit',
    onlyAllowed: true,
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

/***/ 3032:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ flyctlEnvironment)
/* harmony export */ });
const allowed = [
    /^(?:PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|PWD|TZ|TERM|LANG|LC_[A-Z]+|XDG_[A-Z_]+)$/,
    /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES)$/,
    /^(?:RUNNER_TEMP|RUNNER_TRACKING_ID)$/,
    /^(?:CI|GITHUB_ACTIONS|NO_COLOR|FORCE_COLOR|CLICOLOR)$/,
    /^(?:HTTPS?|NO|ALL)_PROXY$/,
    /^SSL_CERT_(?:FILE|DIR)$/,
    /^FLY_(?:API|FLAPS|UIEX)_BASE_URL$/,
    /^FLY_(?:REGISTRY_HOST|STATUSPAGE_UNRESOLVED_INCIDENTS_URL|CONFIG_DIR|AGENT_WG_REGION)$/,
    /^FLY_(?:VERBOSE|LOG_GQL_ERRORS|INCIDENTS_CHECK|NO_INCIDENTS_CHECK)$/,
];
function flyctlEnvironment(env, token) {
    const kept = Object.entries(env).filter((entry) => {
        const [name, value] = entry;
        return value !== undefined && allowed.some((pattern) => pattern.test(name.toUpperCase()));
    });
    return {
        ...Object.fromEntries(kept),
        FLY_API_TOKEN: token,
        FLY_EMIT_RELEASE_JSON: '1',
        FLY_NO_UPDATE_CHECK: '1',
        FLY_SEND_METRICS: '0',
        FLY_TRACE_COLLECTOR_URL: '127.0.0.1',
    };
}


/***/ }),

/***/ 3230:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  t: () => (/* binding */ flyctlRunner)
});

// EXTERNAL MODULE: ./build/lib/progress.js
var progress = __nccwpck_require__(8285);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./build/fly/flyctl/agent.js



const withoutAgent = (run, ask, cancelled) => async (file, argv, env, timeout) => {
    if (env['FLY_CONFIG_DIR'])
        return run(file, argv, env, timeout);
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(env['RUNNER_TEMP'] || (0,external_node_os_namespaceObject.tmpdir)(), 'fly-'));
    const own = { ...env, FLY_CONFIG_DIR: folder };
    try {
        return await run(file, argv, own, timeout);
    }
    finally {
        if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'fly-agent.sock'))) {
            await Promise.race([ask(file, ['agent', 'stop'], '', own), sinceCancel(cancelled, 1000)]);
        }
        (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true, maxRetries: 3 });
    }
};
const sinceCancel = (cancelled, time) => new Promise((resolve) => {
    const wait = () => void setTimeout(resolve, time);
    if (cancelled.aborted)
        wait();
    else
        cancelled.addEventListener('abort', wait, { once: true });
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __nccwpck_require__(1421);
;// CONCATENATED MODULE: ./build/fly/flyctl/child.js

const [tailLines, keptOutput] = [12, 64 * 1024];
const graceOfCancel = [2000, 500];
const graceOfTimeout = [20_000, 1000];
function makeRun(write, cancelled) {
    return (file, argv, env, timeout) => new Promise((resolve, reject) => {
        const ownGroup = process.platform !== 'win32';
        const child = (0,external_node_child_process_.spawn)(file, argv, {
            env,
            stdio: ['ignore', 'pipe', 'pipe'],
            windowsHide: true,
            detached: ownGroup,
        });
        const kept = { stdout: '', stderr: '' };
        for (const name of ['stdout', 'stderr']) {
            const decoder = new TextDecoder();
            child[name]?.on('data', (chunk) => {
                write(chunk);
                kept[name] = (kept[name] + decoder.decode(chunk, { stream: true })).slice(-keptOutput);
            });
        }
        const timers = [];
        const kill = (signal) => {
            try {
                if (ownGroup && child.pid !== undefined)
                    process.kill(-child.pid, signal);
                else
                    child.kill(signal);
            }
            catch {
            }
        };
        const end = (signal, [first, second]) => {
            kill(signal);
            timers.push(setTimeout(() => kill('SIGTERM'), first));
            timers.push(setTimeout(() => kill('SIGKILL'), first + second));
        };
        let timedOut = false;
        timers.push(setTimeout(() => {
            timedOut = true;
            end('SIGINT', graceOfTimeout);
        }, timeout));
        const cancel = () => end(cancelled.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT', graceOfCancel);
        if (cancelled.aborted)
            cancel();
        cancelled.addEventListener('abort', cancel);
        const done = () => {
            for (const timer of timers)
                clearTimeout(timer);
            cancelled.removeEventListener('abort', cancel);
        };
        child.on('error', (error) => {
            done();
            reject(error);
        });
        child.on('exit', () => {
            timers.push(setTimeout(() => {
                kill('SIGKILL');
                child.stdout?.destroy();
                child.stderr?.destroy();
            }, 500));
        });
        child.on('close', (status, signal) => {
            done();
            const lines = kept.stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
            resolve({
                status: status ?? undefined,
                signal: signal ?? undefined,
                stdout: kept.stdout,
                errorTail: lines.slice(-tailLines).join('\n'),
                timedOut,
            });
        });
    });
}

;// CONCATENATED MODULE: ./build/fly/flyctl/run.js



const flyctlRunner = ({ clock, ask, cancelled, fenced }) => withoutAgent((file, argv, env, timeout) => fenced((write, line) => {
    const silence = (0,progress/* silenceOf */.D)(clock, write);
    const wait = { what: 'flyctl', limit: () => timeout, how: silence.how };
    return (0,progress/* waiting */.e)(wait, { clock, log: { line } }, () => makeRun(silence.write, cancelled)(file, argv, env, timeout));
}), ask, cancelled);


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
    const revert = newEvents(machine, before, 'update').find(({ type }) => type === 'revert');
    if (revert !== undefined)
        return { kind: 'reverted', by: revert.source || 'Fly.io', status: revert.status };
    const started = newEvents(machine, before, 'update', 'launch');
    const exits = started.flatMap(({ exit }) => (exit === undefined || exit.requested ? [] : [exit]));
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
function newEvents({ events }, before, ...types) {
    const known = events.findIndex((event) => before?.events.some((each) => isSame(each, event)));
    const own = known < 0 ? events : events.slice(0, known);
    const cut = own.findIndex(({ type }) => types.includes(type));
    return cut < 0 ? own : own.slice(0, cut);
}


/***/ }),

/***/ 284:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ actionsLog)
/* harmony export */ });
/* unused harmony export printable */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6805);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4869);



function printable(text) {
    return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .plainLine */ .h0)(text)
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
    const hide = (text) => [...secrets]
        .sort((a, b) => b.length - a.length)
        .reduce((done, secret) => done.replaceAll(secret, '***'), text);
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
    const line = (text) => {
        for (const each of lines(text))
            write(`${each}\n`);
    };
    const shown = { Notice: 0, Warning: 0 };
    const show = (level, text, annotate) => {
        if (++shown[level] > mostAnnotations)
            line(`${level}: ${text}`);
        else
            annotate(annotation(text));
    };
    return {
        line,
        group: (title, work) => _actions_core__WEBPACK_IMPORTED_MODULE_2__/* .group */ .Os(printable(title), work),
        about: (app) => {
            about = `${app}: `;
        },
        notice: (text) => show('Notice', text, _actions_core__WEBPACK_IMPORTED_MODULE_2__/* .notice */ .lm),
        warning: (text, location) => show('Warning', text, (short) => _actions_core__WEBPACK_IMPORTED_MODULE_2__/* .warning */ .$e(short, at(location))),
        error: (text, location) => _actions_core__WEBPACK_IMPORTED_MODULE_2__/* .error */ .z3(annotation(text), at(location)),
        debug: (text) => _actions_core__WEBPACK_IMPORTED_MODULE_2__/* .debug */ .Yz(printable(text)),
        mask: (secret) => {
            for (const part of secret.split(/\r?\n/).filter((line) => line.trim() !== '')) {
                for (const form of [part, Buffer.from(part).toString('base64'), encodeURIComponent(part)]) {
                    if (secrets.has(form))
                        continue;
                    secrets.add(form);
                    _actions_core__WEBPACK_IMPORTED_MODULE_2__/* .setSecret */ .Pq(form);
                }
            }
        },
        hide,
        fenced: async (work) => {
            const token = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
            let midLine = false;
            write(`::stop-commands::${token}\n`);
            try {
                return await work((chunk) => {
                    if (chunk.length === 0)
                        return;
                    midLine = chunk[chunk.length - 1] !== 0x0a;
                    write(chunk);
                }, (text) => {
                    write(`${midLine ? '\n' : ''}${joined(text)}\n`);
                    midLine = false;
                });
            }
            finally {
                write(`${midLine ? '\n' : ''}::${token}::\n`);
            }
        },
    };
}


/***/ }),

/***/ 7804:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  K: () => (/* binding */ writeOutputs),
  S: () => (/* binding */ writeSummary)
});

// EXTERNAL MODULE: ./build/node_modules/@actions/core/lib/core.js + 3 modules
var core = __nccwpck_require__(6805);
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


/***/ }),

/***/ 1296:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(6805);
/* harmony import */ var _fly_flyctl_run_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3230);
/* harmony import */ var _github_log_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(284);
/* harmony import */ var _github_outputs_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(7804);
/* harmony import */ var _lib_clock_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4570);
/* harmony import */ var _lib_http_stream_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4706);
/* harmony import */ var _lib_node_fetch_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8547);
/* harmony import */ var _lib_spawn_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(1939);
/* harmony import */ var _lib_transport_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(6187);
/* harmony import */ var _main_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(4010);
/* harmony import */ var _report_outcome_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(4247);












const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => cancel.abort(signal));
const log = (0,_github_log_js__WEBPACK_IMPORTED_MODULE_2__/* .actionsLog */ ._)((chunk) => process.stdout.write(chunk));
const orElse = (otherwise, read) => {
    try {
        return read();
    }
    catch {
        return otherwise;
    }
};
const transport = (0,_lib_transport_js__WEBPACK_IMPORTED_MODULE_7__/* .makeTransport */ ._)({ env: process.env });
const outcome = await (0,_main_js__WEBPACK_IMPORTED_MODULE_8__/* .main */ .i)({
    env: process.env,
    input: (name) => _actions_core__WEBPACK_IMPORTED_MODULE_10__/* .getInput */ .V4(name),
    readFile: (path) => orElse(undefined, () => ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isFile() ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8') : undefined)),
    listFolder: (path) => orElse([], () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(path)),
    fetch: (0,_lib_node_fetch_js__WEBPACK_IMPORTED_MODULE_5__/* .makeFetch */ .h)(transport),
    streams: (0,_lib_http_stream_js__WEBPACK_IMPORTED_MODULE_4__/* .makeStreams */ .w)(transport, { idle: 60_000, least: 600_000, longest: 60 * 60_000 }),
    clock: _lib_clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .m,
    random: Math.random,
    log,
    run: (0,_fly_flyctl_run_js__WEBPACK_IMPORTED_MODULE_1__/* .flyctlRunner */ .t)({
        clock: _lib_clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .m,
        ask: _lib_spawn_js__WEBPACK_IMPORTED_MODULE_6__/* .askProgram */ .a,
        cancelled: cancel.signal,
        fenced: log.fenced,
    }),
    ask: _lib_spawn_js__WEBPACK_IMPORTED_MODULE_6__/* .askProgram */ .a,
    cancelled: cancel.signal,
    findProgram: (name) => (0,_lib_spawn_js__WEBPACK_IMPORTED_MODULE_6__/* .findProgram */ .K)(name, process.env, process.platform),
    platform: process.platform,
    arch: process.arch,
    writeOutputs: _github_outputs_js__WEBPACK_IMPORTED_MODULE_11__/* .writeOutputs */ .K,
    writeSummary: _github_outputs_js__WEBPACK_IMPORTED_MODULE_11__/* .writeSummary */ .S,
});
process.exit((0,_report_outcome_js__WEBPACK_IMPORTED_MODULE_9__/* .exitCodeOf */ .FO)(outcome));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

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

/***/ 4570:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
const systemClock = {
    now: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    every: (ms, tick) => {
        const timer = setInterval(tick, ms);
        return () => clearInterval(timer);
    },
};


/***/ }),

/***/ 7791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ isCommit)
/* harmony export */ });
const isCommit = (text) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);


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
const relative = new Intl.RelativeTimeFormat('en');
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
            return relative.format(-count, unit).replace(',', '');
    }
    return 'just now';
}
function formatBytes(bytes) {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
    let [size, step] = [bytes, 0];
    while (size >= 999.5 && step < units.length - 1)
        [size, step] = [size / 1000, step + 1];
    if (step === 0)
        return `${Math.round(size)} B`;
    const digits = size >= 100 ? 0 : 1;
    return numbersOf(units[step] ?? 'byte', digits).format(size);
}
const formats = new Map();
function numbersOf(unit, digits) {
    const key = `${unit} ${digits}`;
    const made = formats.get(key) ??
        new Intl.NumberFormat('en', {
            style: 'unit',
            unit,
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
            useGrouping: false,
        });
    formats.set(key, made);
    return made;
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

/***/ 4706:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  u: () => (/* binding */ answerOf),
  w: () => (/* binding */ makeStreams)
});

;// CONCATENATED MODULE: external "node:stream/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
// EXTERNAL MODULE: ./build/lib/format.js
var format = __nccwpck_require__(177);
// EXTERNAL MODULE: ./build/lib/http.js
var http = __nccwpck_require__(9874);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __nccwpck_require__(2533);
// EXTERNAL MODULE: ./build/lib/node-fetch.js
var node_fetch = __nccwpck_require__(8547);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __nccwpck_require__(4100);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(3758);
;// CONCATENATED MODULE: ./build/lib/http-stream.js







const bodyLimit = 64 * 1024;
function makeStreams(transport, { idle, least, longest }) {
    const open = ({ method, url, headers, guarded }, signal) => {
        const request = transport.open(url, {
            ...{ method, signal, guarded },
            headers: { 'user-agent': http/* userAgent */.N1, ...headers },
            highWaterMark: 1024 * 1024,
        });
        let reading = request;
        request.once('response', (response) => {
            reading = response;
            response.on('error', () => { });
        });
        const breakOff = (words) => void reading.destroy(new http_error/* HttpError */.j(plain(url), 'lost', words));
        request.setTimeout(idle, () => breakOff(`nothing came or went for ${(0,format/* formatDuration */.a3)(idle)}`));
        const end = setTimeout(() => breakOff(`not over after ${(0,format/* formatDuration */.a3)(longest)}`), longest).unref();
        let before = 0;
        const rate = setInterval(() => {
            const now = bytesOf(request.socket);
            if (now - before < least)
                breakOff(`${(0,format/* formatBytes */.z3)(now - before)} in ${(0,format/* formatDuration */.a3)(idle)} is too slow`);
            before = now;
        }, idle).unref();
        request.once('socket', (socket) => {
            before = bytesOf(socket);
        });
        request.once('close', () => {
            clearTimeout(end);
            clearInterval(rate);
        });
        return request;
    };
    const answered = (request, url) => new Promise((resolve, reject) => {
        request.on('response', resolve);
        request.on('error', (error) => reject(lost(url, error)));
    });
    const download = (request, response, url) => ({
        url: plain(url),
        status: response.statusCode ?? 0,
        headers: (0,node_fetch/* headersOf */.Y)(response),
        body: response,
        isPrivate: transport.isPrivate(request),
    });
    return {
        async get(url, headers, signal) {
            const identity = { 'accept-encoding': 'identity', ...headers };
            let sent = {
                ...{ method: 'GET', url: new URL(url), headers: identity, body: undefined, guarded: false },
            };
            for (let hop = 0; hop <= http/* mostRedirects */.d3; hop++) {
                const request = open(sent, signal);
                request.end();
                const answer = download(request, await answered(request, sent.url), sent.url);
                const location = answer.headers.get('location');
                if (answer.status < 300 || answer.status > 399 || location === null)
                    return answer;
                await discard(answer.body);
                sent = (0,url_policy/* redirected */.cP)(sent, { ...answer, location });
            }
            throw new http_error/* HttpError */.j(url, 'redirect', `more than ${http/* mostRedirects */.d3} redirects`);
        },
        async put({ url, namedBy }, headers, body, signal) {
            const target = new URL(url);
            const guarded = (0,url_policy/* mustBePublic */.Ok)(target, namedBy);
            const request = open({ method: 'PUT', url: target, headers, body: undefined, guarded }, signal);
            let first;
            body.once('error', (error) => {
                first ??= { of: 'body', error };
            });
            request.once('error', (error) => {
                first ??= { of: 'request', error };
            });
            const reasonOf = (error) => first?.of === 'body' ? first.error : lost(target, first?.error ?? error);
            const answer = answered(request, target).then((response) => answerOf(download(request, response, target)));
            const refusal = answer.catch(() => undefined);
            try {
                await Promise.race([(0,promises_namespaceObject.pipeline)(body, request, { signal }), refusal]);
            }
            catch (error) {
                const soon = new Promise((resolve) => setTimeout(() => resolve(undefined), 250).unref());
                const early = await Promise.race([refusal, soon]);
                if (early !== undefined)
                    return early;
                throw reasonOf(error);
            }
            try {
                return await answer;
            }
            catch (error) {
                throw reasonOf(error);
            }
        },
    };
}
const plain = (url) => `${url.origin}${url.pathname}`;
const bytesOf = (socket) => (socket?.bytesRead ?? 0) + (socket?.bytesWritten ?? 0);
const lost = (url, error) => error instanceof http_error/* HttpError */.j
    ? error
    : new http_error/* HttpError */.j(plain(url), (0,http_error/* isBeforeConnection */.C)(error) ? 'unconnected' : 'lost', (0,user_error/* messageOf */.bD)(error), {
        cause: error,
    });
async function discard(body) {
    try {
        for await (const _chunk of takeSome(body))
            ;
    }
    catch {
    }
}
async function* takeSome(body) {
    let size = 0;
    for await (const chunk of body) {
        size += chunk.length;
        if (size > bodyLimit)
            return;
        yield chunk;
    }
}
async function answerOf({ body, ...answer }) {
    const chunks = [];
    for await (const chunk of takeSome(body))
        chunks.push(chunk);
    return { ...answer, body: Buffer.concat(chunks) };
}


/***/ }),

/***/ 9874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N1: () => (/* binding */ userAgent),
/* harmony export */   R3: () => (/* binding */ policies),
/* harmony export */   VI: () => (/* binding */ beginningOf),
/* harmony export */   d3: () => (/* binding */ mostRedirects),
/* harmony export */   ey: () => (/* binding */ isTemporary),
/* harmony export */   fK: () => (/* binding */ makeHttp),
/* harmony export */   hz: () => (/* binding */ isRateLimit403)
/* harmony export */ });
/* unused harmony export retryAfter */
/* harmony import */ var p_retry__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4995);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(177);
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2533);
/* harmony import */ var _url_policy_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4100);
/* harmony import */ var _user_error_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3758);





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
const isTemporary = ({ status }) => status === 408 || status === 429 || status >= 500;
const isRateLimit403 = ({ status, body }) => status === 403 && /rate limit/i.test(beginningOf(body));
const beginningOf = (body) => body.subarray(0, 4096).toString('utf8');
function retryAfter({ headers }, now) {
    const value = headers.get('retry-after')?.trim();
    if (value !== undefined && /^\d+$/.test(value))
        return Number(value) * 1000;
    const date = Date.parse(value ?? '');
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
const userAgent = 'deploy-fly-image';
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
                throw new _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j(url, 'out-of-time', `the ${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(allTime)} for all requests to this host are over`);
            const timeout = Math.min(options.timeout, left);
            const answer = await send(deps, sent, request.limit, timeout);
            const location = answer.headers.get('location');
            if (answer.status < 300 || answer.status > 399 || location === null || request.follow === false)
                return answer;
            sent = (0,_url_policy_js__WEBPACK_IMPORTED_MODULE_2__/* .redirected */ .cP)(sent, { ...answer, location });
        }
        throw new _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j(url, 'redirect', `more than ${mostRedirects} redirects`);
    };
    return async (url, request) => {
        let last;
        const attempt = async () => {
            last = undefined;
            try {
                last = await once(url, request);
            }
            catch (error) {
                throw error instanceof _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j && !error.mayPass ? new p_retry__WEBPACK_IMPORTED_MODULE_4__/* .AbortError */ .lc(error) : error;
            }
            if (passes(last))
                throw new Error(`HTTP ${last.status}`);
            return last;
        };
        try {
            return await (0,p_retry__WEBPACK_IMPORTED_MODULE_4__/* ["default"] */ .Ay)(attempt, {
                retries: options.tries - 1,
                minTimeout: 0,
                maxTimeout: 0,
                onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
                    if (retriesLeft === 0)
                        return;
                    const asked = last && (retryAfter(last, clock.now()) ?? options.retryAfter?.(last));
                    if (asked !== undefined && asked > options.longestWait)
                        throw new p_retry__WEBPACK_IMPORTED_MODULE_4__/* .AbortError */ .lc(error);
                    const least = options.leastWait ?? 200;
                    const wait = (asked ?? 0) + least + random() * 300 * 2 ** (attemptNumber - 1);
                    if (wait >= end - clock.now())
                        throw new p_retry__WEBPACK_IMPORTED_MODULE_4__/* .AbortError */ .lc(error);
                    const { origin, pathname } = new URL(url);
                    log.debug(`${request.method ?? 'GET'} ${origin}${pathname}: ${(0,_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error)}; trying again in ${Math.round(wait)} ms`);
                    await clock.sleep(wait);
                },
            });
        }
        catch (error) {
            if (last !== undefined)
                return last;
            throw error instanceof p_retry__WEBPACK_IMPORTED_MODULE_4__/* .AbortError */ .lc ? error.originalError : error;
        }
    };
}
function firstOf(address, { method = 'GET', headers = {}, body, namedBy }) {
    const url = new URL(address);
    const why = namedBy && (0,_url_policy_js__WEBPACK_IMPORTED_MODULE_2__/* .objection */ .C4)(url, namedBy);
    if (why !== undefined)
        throw new _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j(`${url.origin}${url.pathname}`, 'redirect', `${url.host} ${why}`);
    return { url, method, headers, body, guarded: namedBy !== undefined && (0,_url_policy_js__WEBPACK_IMPORTED_MODULE_2__/* .mustBePublic */ .Ok)(url, namedBy) };
}
async function send({ fetch }, sent, limit, timeout) {
    const { url, method, headers, body, guarded } = sent;
    const where = `${url.origin}${url.pathname}`;
    const signal = AbortSignal.timeout(timeout);
    try {
        const response = await fetch(url.href, {
            ...{ method, guarded, signal, redirect: 'manual' },
            headers: { 'user-agent': userAgent, ...headers },
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
        if (error instanceof _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j)
            throw error;
        const why = signal.aborted ? `no answer within ${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(timeout)}` : (0,_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error);
        throw new _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j(where, (0,_http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .isBeforeConnection */ .C)(error) ? 'unconnected' : 'lost', why, { cause: error });
    }
}
async function readLimited(where, response, limit) {
    const chunks = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
        size += chunk.byteLength;
        if (size > limit) {
            throw new _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j(where, 'too-large', `the answer is larger than ${limit} bytes`);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
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
        const entries = typeof this.value === 'object' && this.value !== null ? Object.entries(this.value) : [];
        return new Map(entries.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text.slice(0, _text_js__WEBPACK_IMPORTED_MODULE_1__/* .mostOfLabel */ .hV)]] : [])));
    }
    text() {
        if (typeof this.value !== 'string' || this.value === '')
            throw this.error('A text');
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
            found: `${capital(what)} is not valid JSON${secret ? '' : `: ${(0,_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`}.`,
            expected: 'One JSON object.',
            fix: `Check what writes ${what}.`,
        }, secret ? {} : { cause: error });
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new _user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
            code: 'json-invalid',
            found: `${capital(what)} is ${Array.isArray(value) ? 'an array' : secret ? 'not an object' : JSON.stringify(value)?.slice(0, 80)}.`,
            expected: 'One JSON object.',
            fix: `Check what writes ${what}.`,
        });
    }
    return new Json(value, what);
}
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);


/***/ }),

/***/ 8547:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ headersOf),
/* harmony export */   h: () => (/* binding */ makeFetch)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8522);

const headersOf = ({ headers }) => new Headers(Object.entries(headers).flatMap(([name, value]) => value === undefined ? [] : [[name, [value].flat().join(', ')]]));
const makeFetch = (transport) => async (address, init) => {
    const url = new URL(address);
    const open = () => transport.open(url, { ...init, headers: { ...defaults, ...init.headers } });
    let request = open();
    let response;
    try {
        response = await answered(request, init);
    }
    catch (error) {
        if (!request.reusedSocket || init.signal.aborted)
            throw error;
        request = open();
        response = await answered(request, init);
    }
    return {
        status: response.statusCode ?? 0,
        headers: headersOf(response),
        body: bodyOf(response, init),
        isPrivate: transport.isPrivate(request),
    };
};
const defaults = { accept: '*/*', 'accept-encoding': 'gzip' };
const answered = (request, { body }) => new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
});
function bodyOf(response, { method }) {
    if (method === 'HEAD' || !/^(?:x-)?gzip$/i.test(response.headers['content-encoding'] ?? ''))
        return response;
    const unpacked = (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.createGunzip)();
    response.on('error', (error) => unpacked.destroy(error));
    unpacked.on('close', () => response.destroy());
    return response.pipe(unpacked);
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
async function waiting({ what, limit, how }, { clock, log }, work) {
    const begin = clock.now();
    const say = () => {
        const words = how();
        if (words === undefined)
            return;
        const end = limit === undefined ? '' : ` of ${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(limit())}`;
        log.line(`Waiting for ${what}: ${words} after ${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(clock.now() - begin)}${end}`);
    };
    const stop = clock.every(lineEvery, say);
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

/***/ 1939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ findProgram),
/* harmony export */   a: () => (/* binding */ askProgram)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1421);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var _actions_exec__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4827);




function findProgram(name, env, platform) {
    const path = env['PATH'] ?? env['Path'] ?? '';
    const file = platform === 'win32' ? `${name}.exe` : name;
    return (path
        .split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter)
        .filter((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(folder))
        .map((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, file))
        .find(isExecutable));
}
function isExecutable(file) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.accessSync)(file, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.X_OK);
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(file).isFile();
    }
    catch {
        return false;
    }
}
const [longest, mostOutput] = [10_000, 64 * 1024];
const askProgram = (file, argv, stdin, env, limit = longest) => stdin === '' ? askPlainly(file, argv, env, limit) : askWithInput(file, argv, stdin, env, limit);
async function askPlainly(file, argv, env, limit) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(() => resolve({ status: undefined, stdout: '' }), limit);
    });
    const answer = (0,_actions_exec__WEBPACK_IMPORTED_MODULE_3__/* .getExecOutput */ .H)(`"${file}"`, [...argv], {
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
const askWithInput = (file, argv, stdin, env, limit) => new Promise((resolve) => {
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(file, argv, {
        ...(env && { env }),
        stdio: ['pipe', 'pipe', 'ignore'],
        timeout: limit,
        windowsHide: true,
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
        stdout = (stdout + text).slice(0, mostOutput);
    });
    child.stdin.on('error', () => undefined).end(stdin);
    child.on('error', () => resolve(undefined));
    child.on('close', (status) => resolve({ status: status ?? undefined, stdout }));
});


/***/ }),

/***/ 4869:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hy: () => (/* binding */ joinedLines),
/* harmony export */   h0: () => (/* binding */ plainLine),
/* harmony export */   hT: () => (/* binding */ withoutTrailing),
/* harmony export */   hV: () => (/* binding */ mostOfLabel)
/* harmony export */ });
const mostOfLabel = 1024;
function withoutTrailing(text, characters) {
    let end = text.length;
    while (end > 0 && characters.includes(text.charAt(end - 1)))
        end--;
    return text.slice(0, end);
}
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

/***/ 6187:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  _: () => (/* binding */ makeTransport)
});

// EXTERNAL MODULE: external "node:dns"
var external_node_dns_ = __nccwpck_require__(610);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
// EXTERNAL MODULE: ./build/lib/format.js
var format = __nccwpck_require__(177);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __nccwpck_require__(2533);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __nccwpck_require__(4100);
;// CONCATENATED MODULE: ./build/lib/transport.js






function makeTransport({ env, lookup = external_node_dns_.lookup, connectTime = 10_000, }) {
    const inside = new WeakMap();
    const isProxied = env['NODE_USE_ENV_PROXY'] === '1' || /(?:^|\s)--use-env-proxy(?:\s|$)/.test(env['NODE_OPTIONS'] ?? '');
    const proxyEnv = isProxied ? { proxyEnv: { ...env } } : {};
    const agents = () => ({
        'http:': new external_node_http_.Agent({ keepAlive: true, ...proxyEnv }),
        'https:': new external_node_https_namespaceObject.Agent({ keepAlive: true, ...proxyEnv }),
    });
    const [open, guard] = [agents(), agents()];
    const checked = (url, guarded, resolved) => (hostname, options, done) => lookup(hostname, options, (error, found, family) => {
        if (error !== null || hostname !== url.hostname)
            return done(error, found, family);
        resolved();
        const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
        const bad = addresses.find(url_policy/* isPrivateAddress */.C0);
        if (!guarded || bad === undefined)
            return done(null, found, family);
        const words = `${hostname} is ${bad}, which is inside a private network`;
        done(new http_error/* HttpError */.j(`${url.origin}${url.pathname}`, 'redirect', words), found, family);
    });
    return {
        open: (url, { guarded, ...opening }) => {
            const isTls = url.protocol === 'https:';
            let isDirect = false;
            const request = (isTls ? external_node_https_namespaceObject.request : external_node_http_.request)(url, {
                ...opening,
                agent: (guarded ? guard : open)[isTls ? 'https:' : 'http:'],
                lookup: checked(url, guarded, () => {
                    isDirect = true;
                }),
            });
            request.once('socket', (socket) => {
                if (!socket.connecting)
                    return;
                socket.once('connect', () => {
                    if (isDirect)
                        inside.set(socket, (0,url_policy/* isPrivateAddress */.C0)(socket.remoteAddress ?? ''));
                });
                const timer = setTimeout(() => {
                    const words = `no connection within ${(0,format/* formatDuration */.a3)(connectTime)}`;
                    request.destroy(Object.assign(new Error(words), { code: 'ETIMEDOUT' }));
                }, connectTime);
                for (const event of [isTls ? 'secureConnect' : 'connect', 'close'])
                    socket.once(event, () => clearTimeout(timer));
            });
            return request;
        },
        isPrivate: ({ socket }) => socket !== null && inside.get(socket) === true,
    };
}


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
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var _http_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2533);
/* harmony import */ var _user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3758);



const isLoopback = (host) => /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host);
const privateIpv4 = '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4'.split(' ');
const privateIpv6 = [
    ...'::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8'.split(' '),
    ...privateIpv4.map((range) => {
        const [address, bits] = range.split('/');
        return `64:ff9b::${address}/${96 + Number(bits)}`;
    }),
];
const privateRanges = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
for (const range of [...privateIpv4, ...privateIpv6]) {
    const [address = '', bits] = range.split('/');
    privateRanges.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
}
function isPrivateAddress(address) {
    const bare = address.replace(/%.*$/, '');
    const family = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(bare);
    return family === 0 || privateRanges.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}
function isPrivate({ hostname }) {
    const name = hostname
        .replace(/^\[(.*)\]$/, '$1')
        .replace(/\.$/, '')
        .toLowerCase();
    if ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(name) !== 0)
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
const plainHeaders = ['accept', 'accept-encoding', 'user-agent'];
function redirected(sent, answer) {
    const from = sent.url;
    const to = resolveUrl(answer.location, { url: from.href });
    const isSafe = sent.method === 'GET' || sent.method === 'HEAD';
    const isHome = to?.origin === from.origin;
    const why = objection(to, { url: from.href, isPrivate: answer.isPrivate }) ??
        (isHome || isSafe ? undefined : `is another origin, and a ${sent.method} is not sent to another origin`);
    if (to === undefined || why !== undefined) {
        const where = to === undefined ? 'an invalid URL' : `${to.protocol}//${to.host}`;
        throw new _http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j(`${from.origin}${from.pathname}`, 'redirect', `its redirect from ${from.origin} to ${where} was not followed, because the target ${why}`);
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
    throw new _user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo({
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

/***/ 4010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  i: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./build/lib/http.js
var lib_http = __nccwpck_require__(9874);
// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __nccwpck_require__(2533);
// EXTERNAL MODULE: ./build/lib/json.js
var lib_json = __nccwpck_require__(292);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __nccwpck_require__(4100);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(3758);
;// CONCATENATED MODULE: ./build/fly/api.js


const graphqlHost = 'https://api.fly.io';
function flyApi(deps, { app, flyToken, mode }) {
    for (const name of Object.keys(deps.env))
        if (/^FLY_(?:\w+_)?BASE_URL$/.test(name))
            (0,url_policy/* baseUrl */.pc)(deps.env, name, graphqlHost);
    return {
        base: (0,url_policy/* baseUrl */.pc)(deps.env, 'FLY_FLAPS_BASE_URL', 'https://api.machines.dev'),
        graphqlBase: (0,url_policy/* baseUrl */.pc)(deps.env, 'FLY_API_BASE_URL', graphqlHost),
        app,
        token: flyToken,
        http: (0,lib_http/* makeHttp */.fK)(deps, mode === 'deploy' ? lib_http/* policies */.R3.machines : lib_http/* policies */.R3.machinesOnce),
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

;// CONCATENATED MODULE: ./build/fly/app.js







async function askAppUrl(deps, api) {
    const hostname = await hostnameOf({ ...api, http: (0,lib_http/* makeHttp */.fK)(deps, lib_http/* policies */.R3.appUrl) }).catch(() => undefined);
    return hostname === undefined ? undefined : urlOf(hostname);
}
const usualUrl = (app) => `https://${app}.fly.dev`;
function urlOf(hostname) {
    const bare = (0,lib_text/* withoutTrailing */.hT)(hostname, '.');
    const url = `${(0,url_policy/* isLoopback */.U9)(bare) ? 'http' : 'https'}://${bare}`;
    return bare !== '' && URL.canParse(url) ? new URL(url).origin : 'none';
}
async function hostnameOf(api) {
    const query = 'query ($name: String!) { app(name: $name) { hostname } }';
    try {
        const answer = await askGraphql(api, query, { name: api.app }, 64 * 1024);
        if (answer.status !== 200)
            return undefined;
        const app = (0,lib_json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'Fly.io’s answer').get('data').get('app');
        if (typeof app.value !== 'object' || app.value === null)
            return undefined;
        const hostname = app.get('hostname').maybeText() ?? '';
        return /^[a-z0-9.-]*(?::\d+)?$/i.test(hostname) ? hostname : '';
    }
    catch (error) {
        if (error instanceof http_error/* HttpError */.j || error instanceof user_error/* UserError */.yo)
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./build/lib/format.js
var format = __nccwpck_require__(177);
// EXTERNAL MODULE: ./build/registry/reference.js
var registry_reference = __nccwpck_require__(6247);
// EXTERNAL MODULE: ./build/verify/compare.js
var compare = __nccwpck_require__(2327);
;// CONCATENATED MODULE: ./build/verify/cautions.js

const idsOf = (machines) => `${machines
    .slice(0, 10)
    .map(({ id }) => id)
    .join(', ')}${machines.length > 10 ? ` and ${machines.length - 10} more` : ''}`;
function cautionsOf(machines, uncounted = false) {
    const meant = (0,compare/* managed */.Yq)(machines);
    const kept = meant.filter(({ keepsRootfs }) => keepsRootfs);
    const several = meant.filter(({ containers }) => containers.length > 1);
    const others = new Set(several.flatMap(({ containers, verifiedContainers }) => containers
        .filter(({ name }) => !verifiedContainers.includes(name))
        .map(({ name, image }) => `${name} (${image})`)));
    const cordoned = meant.filter((machine) => machine.cordoned);
    return [
        ...(uncounted
            ? [
                'Fly.io does not report the app’s number of machines (`machine_count`), so a new machine that is missing in its list was not noticed. Compare with `fly machine list`.',
            ]
            : []),
        ...(cordoned.length === 0
            ? []
            : [
                `Fly.io’s proxy sends no requests to ${idsOf(cordoned)}, because \`fly machine cordon\` or an unfinished bluegreen deploy cordoned ${cordoned.length === 1 ? 'it' : 'them'}. To send requests again: \`fly machine uncordon ${cordoned[0]?.id}\`.`,
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

// EXTERNAL MODULE: ./build/deploy/deploy.js + 1 modules
var deploy = __nccwpck_require__(2742);
;// CONCATENATED MODULE: ./build/deploy/pin.js


function staleDigest(error, { tag, digest }, fleet) {
    if (!(error instanceof user_error/* UserError */.yo) || error.code !== 'machines-other-image')
        return undefined;
    if (tag === undefined || digest !== undefined)
        return undefined;
    const changed = (0,compare/* managed */.Yq)(fleet).filter(({ waitingFor }) => waitingFor?.kind !== 'release');
    const [first] = changed;
    const same = changed.every((machine) => !machine.runsImage && machine.digest === first?.digest);
    return same ? first?.digest : undefined;
}

// EXTERNAL MODULE: ./build/deploy/production.js
var deploy_production = __nccwpck_require__(5147);
// EXTERNAL MODULE: ./build/deploy/remedy.js
var remedy = __nccwpck_require__(9460);
// EXTERNAL MODULE: ./build/deploy/rollback.js
var deploy_rollback = __nccwpck_require__(2028);
// EXTERNAL MODULE: ./build/deploy/surplus.js
var deploy_surplus = __nccwpck_require__(1344);
;// CONCATENATED MODULE: ./build/deploy/attempt.js












async function deployAndVerify(rt, inputs, given) {
    const { log, clock } = rt;
    const { target, recorder } = given;
    let url;
    const urlOnce = () => {
        url ??= attempt_urlOf(rt, given);
        return url;
    };
    const deps = { ...given, urlOnce };
    recorder.keep('deployStartedAt', clock.now());
    let [at, release] = ['Deploy', undefined];
    try {
        release = await recorder.timed('Deploy', () => runFlyctl(rt, inputs, target));
        if (release !== undefined)
            recorder.keep('release', release);
        at = 'Verify';
        const fleet = await recorder.stage('fleet', 'Verify', async () => {
            const { watched, made } = await verifyOrPin(rt, inputs, release, deps);
            release = made;
            if (watched.answers !== undefined)
                recorder.keep('answers', watched.answers);
            return watched.machines;
        });
        const surplus = (0,deploy_surplus/* surplusOf */.GK)((0,compare/* managed */.Yq)(fleet), given.baseline.list.machines);
        for (const each of surplus)
            log.warning((0,deploy_surplus/* surplusWords */.kU)(inputs.app, each));
        const uncounted = given.baseline.count === undefined;
        if (uncounted)
            recorder.keep('uncounted', true);
        for (const caution of cautionsOf(fleet, uncounted))
            log.warning(caution);
        return { kind: 'deployed', release, fleet };
    }
    catch (reason) {
        return failed(rt, inputs, { reason, at, release }, deps);
    }
}
async function failed(rt, inputs, end, deps) {
    const { reason, at, release } = end;
    const { verifier, baseline, target } = deps;
    const facts = { app: inputs.app, isPublic: target.isPublic };
    if (rt.cancelled.aborted)
        throw reason instanceof deploy/* FlyctlFailure */.v ? (0,remedy/* deployError */.O)(reason, facts) : reason;
    if (!(reason instanceof user_error/* UserError */.yo || reason instanceof deploy/* FlyctlFailure */.v))
        throw reason;
    const production = reason instanceof deploy/* FlyctlFailure */.v
        ? await (0,deploy_production/* productionAfter */.wx)(reason, verifier, baseline, deps.urlOnce)
        : (0,deploy_production/* productionOf */.zS)(reason, verifier, baseline);
    const error = reason instanceof user_error/* UserError */.yo
        ? reason
        : (0,remedy/* deployError */.O)(reason, {
            ...facts,
            fleet: verifier.seen,
            before: baseline.list.machines,
            updated: production.kind === 'updated',
        });
    const deployed = at === 'Verify';
    const rollback = await (0,deploy_rollback/* rollBack */.F)(rt, inputs, { error, deployed, release, baseline, production }, deps);
    return { kind: 'failed', at, error, fleet: verifier.seen, production, rollback };
}
const flysLag = 20_000;
async function runFlyctl(rt, inputs, target) {
    const { log, clock, cancelled } = rt;
    const title = `flyctl deploy --app ${inputs.app} --image ${(0,registry_reference/* formatReference */.FH)(target.reference)}`;
    const run = () => log.group(title, () => (0,deploy/* deploy */.g)(rt, inputs, target));
    try {
        return await run();
    }
    catch (error) {
        const lags = target.isFlys && error instanceof deploy/* FlyctlFailure */.v && (0,remedy/* isManifestMissing */.cV)(error);
        if (!lags || cancelled.aborted)
            throw error;
        log.line(`Fly.io does not find the image that was just pushed to its registry, which can take up to a minute. flyctl runs again in ${(0,format/* formatDuration */.a3)(flysLag)}.`);
        await clock.sleep(flysLag);
        return run();
    }
}
async function verifyOrPin(rt, inputs, release, deps) {
    const { verifier, baseline, target, digest, recorder } = deps;
    const { log } = rt;
    const url = await deps.urlOnce();
    const verify = async (before, made) => {
        const title = 'Verify what the machines run';
        const watched = await log.group(title, () => verifier.verify(before, made, url));
        return { watched, made };
    };
    try {
        return await verify(baseline, release);
    }
    catch (error) {
        const stale = staleDigest(error, target.reference, verifier.seen ?? []);
        if (stale === undefined)
            throw error;
        const { host, path } = target.reference;
        const reference = { host, path, digest };
        log.warning(`Fly.io resolved ${(0,registry_reference/* formatReference */.FH)(target.reference)} to ${stale}, an older image of that tag. The tag now names ${digest}, which is deployed again by its digest.`);
        const before = await verifier.baseline();
        const again = await runFlyctl(rt, inputs, { ...target, reference });
        recorder.keep('pinned', { reference, release: again });
        return await verify(before, again);
    }
}
async function attempt_urlOf(rt, { api, url, recorder }) {
    if (url !== undefined && url !== 'none')
        return url;
    const found = await askAppUrl(rt, api);
    if (found !== undefined && found !== 'none')
        recorder.keep('url', found);
    return found;
}

;// CONCATENATED MODULE: ./node_modules/p-map/index.js
function pMap(iterable, mapper, options) {
	return mapConcurrently(iterable, mapper, options, false);
}

function pMapSettled(iterable, mapper, options) {
	return mapConcurrently(iterable, mapper, options, true);
}

function pMapKeyed(input, mapper, options) {
	return mapKeyed(input, mapper, options, false);
}

function pMapSettledKeyed(input, mapper, options) {
	return mapKeyed(input, mapper, options, true);
}

// Like `Promise.allKeyed` and `Promise.allSettledKeyed`, with a mapper, and for a `Map` too. Each value travels with its key, so a skipped key, which leaves no slot in the result, cannot shift the keys after it.
async function mapKeyed(input, mapper, options, isSettled) {
	const entries = getKeyedEntries(input);

	// After the values have their handlers, like the other argument errors, which `mapConcurrently` checks. It cannot check this one, as it gets the wrapper below as its mapper.
	if (typeof mapper !== 'function') {
		throw new TypeError('Mapper function is required');
	}

	const mappedEntries = await mapConcurrently(entries, async ([key, inputResult]) => {
		try {
			if (inputResult.status === 'rejected') {
				throw inputResult.reason;
			}

			const result = await mapper(inputResult.value, key);

			if (result === pMapSkip || result === pMapStop) {
				return result;
			}

			return [key, isSettled ? {status: 'fulfilled', value: result} : result];
		} catch (error) {
			if (!isSettled) {
				throw error;
			}

			return [key, {status: 'rejected', reason: error}];
		}
	}, options, false);

	if (input instanceof Map) {
		return new Map(mappedEntries);
	}

	// A null prototype, like `Promise.allKeyed`, so a key like `__proto__` or `toString` is an own property like any other.
	return Object.setPrototypeOf(Object.fromEntries(mappedEntries), null);
}

// The engine behind all the functions, except `pMapIterable`. With `isSettled`, an element or a mapper that rejects gives a `{status: 'rejected'}` result instead of an error, like `Promise.allSettled`, so `stopOnError` does not apply.
async function mapConcurrently(
	iterable,
	mapper,
	{
		concurrency = Number.POSITIVE_INFINITY,
		stopOnError = true,
		signal,
	} = {},
	isSettled,
) {
	return new Promise((resolve_, reject_) => {
		validateOptions(iterable, mapper, concurrency);

		const result = [];
		// Stage the errors by index, like `result`, so they are reported in input order.
		const errors = [];
		let skippedCount = 0;
		let isResolved = false;
		let isIterableDone = false;
		const pendingIndexes = new Set();
		let doneIndex = Number.POSITIVE_INFINITY;
		let currentIndex = 0;
		const iterator = getIterator(iterable);

		const signalListener = () => {
			reject(signal.reason);
		};

		const cleanup = () => {
			signal?.removeEventListener('abort', signalListener);
		};

		const resolve = value => {
			resolve_(value);
			cleanup();
		};

		const reject = reason => {
			if (isResolved) {
				return;
			}

			isResolved = true;
			reject_(reason);
			cleanup();

			if (!isIterableDone) {
				closeIterator(iterator);
			}
		};

		if (signal) {
			if (signal.aborted) {
				reject(signal.reason);
				return;
			}

			signal.addEventListener('abort', signalListener, {once: true});
		}

		const pull = createPuller(iterator);

		// Settle only once the source is done, or a mapper stopped, and every earlier pull and mapper has finished. A pull before the `done` or the stop can still produce an element, while pulls after it do not affect the result.
		const settleIfFinished = () => {
			if (isResolved || doneIndex === Number.POSITIVE_INFINITY) {
				return;
			}

			for (const index of pendingIndexes) {
				if (index < doneIndex) {
					return;
				}
			}

			if (!stopOnError) {
				const collectedErrors = [];

				for (let index = 0; index < Math.min(doneIndex, errors.length); index++) {
					if (index in errors) {
						collectedErrors.push(errors[index]);
					}
				}

				if (collectedErrors.length > 0) {
					reject(new AggregateError(collectedErrors)); // eslint-disable-line unicorn/error-message
					return;
				}
			}

			isResolved = true;

			// A stop ended the result before the source did, so close it, like `for await` does on a `break`. Not at the stop itself, as a source that settles its `next()` calls out of call order may still owe an earlier element, and closing could drop it.
			if (!isIterableDone) {
				closeIterator(iterator);
			}

			// `done` is final, like `for await`, so a `done` that lands between two elements ends
			// the result there and everything the source produced past it is dropped. A stop cuts it the same way.
			const lastIndex = Math.min(doneIndex, result.length);

			// Every index below `lastIndex` has a value: an index only goes unassigned when its pull reported `done` or its mapper returned `pMapStop`, and the lowest such index is `doneIndex`. So the array is dense below `lastIndex`, and the fast path can hand it over untouched.
			if (lastIndex === result.length && skippedCount === 0) {
				resolve(result);
				return;
			}

			// Otherwise this drops the skipped results and whatever the `done` or the stop cut off.
			resolve(result.slice(0, lastIndex).filter(value => value !== pMapSkip));
		};

		const next = async () => {
			// After a `done` or a stop, a pull would take an item nobody is going to map, which a one-shot source, like a queue, would lose.
			if (isResolved || currentIndex >= doneIndex) {
				return;
			}

			// Take the index when the pull starts, not when it resolves, so a source that settles
			// its `next()` calls out of call order still gets the right position.
			const index = currentIndex++;
			pendingIndexes.add(index);

			let nextItem;
			try {
				nextItem = await pull();
			} catch (error) {
				pendingIndexes.delete(index);

				if (index < doneIndex) {
					throw error;
				}

				settleIfFinished();
				return;
			}

			if (nextItem.done) {
				pendingIndexes.delete(index);
				doneIndex = Math.min(doneIndex, index);
				isIterableDone = true;
				settleIfFinished();
				return;
			}

			// Intentionally detached
			const runner = (async () => {
				try {
					const element = await nextItem.value;

					if (isResolved || index >= doneIndex) {
						return;
					}

					const value = await mapper(element, index);

					// Ignore an item produced after an earlier pull reported `done` or an earlier mapper returned `pMapStop`.
					if (index >= doneIndex) {
						return;
					}

					// A stop ends the result here, like a `done` from the source, so settling waits only for the earlier elements.
					if (value === pMapStop) {
						doneIndex = index;
						return;
					}

					if (value === pMapSkip) {
						skippedCount++;
					}

					result[index] = isSettled && value !== pMapSkip ? {status: 'fulfilled', value} : value;
				} catch (error) {
					if (index >= doneIndex) {
						return;
					}

					if (isSettled) {
						result[index] = {status: 'rejected', reason: error};
					} else if (stopOnError) {
						reject(error);
						return;
					} else {
						errors[index] = error;
					}
				} finally {
					pendingIndexes.delete(index);
					settleIfFinished();
				}

				// If the iterable throws we can't really continue regardless of `stopOnError` state
				// since an iterable is likely to continue throwing after it throws once.
				// If we continue calling `next()` indefinitely we will likely end up
				// in an infinite loop of failed iteration.
				try {
					await next();
				} catch (error) {
					reject(error);
				}
			})();

			// Link the runner to the returned promise, so the async stack trace of a mapper error reaches the caller. Nothing awaits the runner, so the trace would stop there, but V8 follows a reaction that resolves another promise. The link never settles, so it never resolves the returned promise. It is a new promise for each runner, as a shared one would keep a reaction for every element.
			runner.then(() => new Promise(() => {})).then(resolve_);
		};

		// Create the concurrent runners in a detached (non-awaited)
		// promise. We need this so we can await the `next()` calls
		// to stop creating runners before hitting the concurrency limit
		// if the iterable has already been marked as done or a mapper stopped.
		// NOTE: We *must* do this for async iterators otherwise we'll spin up
		// infinite `next()` calls by default and never start the event loop.
		(async () => {
			for (let index = 0; index < concurrency; index++) {
				try {
					// eslint-disable-next-line no-await-in-loop
					await next();
				} catch (error) {
					reject(error);
					break;
				}

				if (isResolved || currentIndex >= doneIndex) {
					break;
				}
			}
		})();
	});
}

function pMapIterable(
	iterable,
	mapper,
	{
		concurrency = Number.POSITIVE_INFINITY,
		backpressure = concurrency,
		preserveOrder = true,
	} = {},
) {
	validateOptions(iterable, mapper, concurrency);

	if (!isLimit(backpressure, concurrency)) {
		throw new TypeError(`Expected \`backpressure\` to be an integer from \`concurrency\` (${concurrency}) and up or \`Infinity\`, got \`${backpressure}\` (${typeof backpressure})`);
	}

	return {
		[Symbol.asyncIterator]() {
			// `isDone` lives outside the generator so the wrapper below can set it the moment the
			// consumer asks to stop. The generator is suspended on a pending `next()` at that point,
			// so its `finally` would not run until much later and workers finishing in the meantime
			// would keep pulling and mapping input for nobody.
			let isDone = false;

			const generator = (async function * () {
				const iterator = getIterator(iterable);

				// Results are consumed from the front with a moving `headIndex` instead of `shift()`.
				// `shift()` moves every remaining entry, which is O(n) per element and made the whole
				// run O(n²) whenever `backpressure` let the array grow, which is the default.
				let promises = [];
				let headIndex = 0;
				let isIterableDone = false;

				// The lowest index whose pull reported `done`. Without `preserveOrder`, the pulls after it have their slots given back, so their errors are dropped.
				let doneIndex = Number.POSITIVE_INFINITY;

				// An element that is being read, or is waiting for a mapper, does not hold a mapper slot, so the next element can be read while the mappers run. Those elements have their own cap of `concurrency`, so the source never sees more than `concurrency` overlapping `next()` calls, even with `backpressure: Infinity`. `backpressure` caps everything in flight together.
				let readingCount = 0;
				let runningMappersCount = 0;

				// The workers waiting for a mapper slot, in the order they started waiting. A finished mapper hands its slot to the oldest one.
				const mapperWaiters = new Map();
				let mapperWaiterCount = 0;
				let wokenMapperWaiterCount = 0;

				const releaseMapperSlot = () => {
					if (wokenMapperWaiterCount === mapperWaiterCount) {
						runningMappersCount--;
						return;
					}

					mapperWaiters.get(wokenMapperWaiterCount)();
					mapperWaiters.delete(wokenMapperWaiterCount++);
				};

				let index = 0;

				// The lowest index whose mapper returned `pMapStop`, or, with `preserveOrder`, whose pull, element, or mapper threw. The stream ends there, like a `break` or a `throw` in a loop. Once it is set, nothing past it is pulled, and no pending element past it is mapped, while the earlier elements still finish and are yielded first. `isDone` cannot do this, as it would drop the values of the earlier elements too.
				let stopIndex = Number.POSITIVE_INFINITY;

				// Without `preserveOrder`, each spawn still takes a slot in `promises`, so `backpressure` counts the same, but the slots are filled in the order the workers settle rather than the order they were spawned in, so the consumer gets whichever result is ready first. A worker always fills the oldest empty slot, at `fillIndex`. An empty slot is `undefined`, and a filled one holds the result itself rather than a promise, so a result costs a promise only when the consumer has to wait for it, through `wake`.
				let fillIndex = 0;
				let wake;

				// The indexes of the pulls whose worker has not filled a slot yet, without `preserveOrder`.
				const unfilledIndexes = new Set();

				// The consumer waits only when the head is empty, and then the oldest empty slot is the head, so the first fill wakes it.
				const fillSlot = result => {
					promises[fillIndex++] = result;
					wake?.(result);
					wake = undefined;
				};

				const pull = createPuller(iterator);

				function trySpawn() {
					// Do not spawn once the consumer is gone, the source is done, or the stream ends at an earlier element. The pull would be wasted work, and for a one-shot source, like a queue, it takes an item nobody is going to ask for.
					if (isDone || isIterableDone || index > stopIndex || readingCount >= concurrency || promises.length - headIndex >= backpressure) {
						return;
					}

					readingCount++;

					// Take the index when the pull starts, not when it resolves, so a source that
					// settles its `next()` calls out of call order still gets the right position.
					const currentIndex = index++;

					// Errors must be returned as a value instead of rejecting, otherwise a promise that
					// the consumer abandons after an earlier error becomes an unhandled rejection.
					const promise = (async () => {
						try {
							let element;
							try {
								const {done, value} = await pull();

								if (done) {
									isIterableDone = true;
									doneIndex = Math.min(doneIndex, currentIndex);
									return {done: true};
								}

								// Spawn if still below the reading and backpressure limits
								trySpawn();

								element = await value;

								if (runningMappersCount < concurrency) {
									runningMappersCount++;
								} else {
									// `releaseMapperSlot` hands the slot over without decrementing `runningMappersCount`, so it is already counted.
									await new Promise(resolve => {
										mapperWaiters.set(mapperWaiterCount++, resolve);
									});
								}
							} finally {
								readingCount--;
							}

							// Spawn now that this element is no longer waiting for a mapper, so the next one is read while this one is mapped
							trySpawn();

							let returnValue;
							try {
								// The consumer stopped iterating, or the stream ends before this element, while this element was being read or waiting for a mapper, so drop it instead of doing work nobody will consume.
								if (isDone || currentIndex > stopIndex) {
									return {done: false, value: pMapSkip};
								}

								returnValue = await mapper(element, currentIndex);
							} finally {
								releaseMapperSlot();
							}

							if (returnValue === pMapStop) {
								stopIndex = Math.min(stopIndex, currentIndex);
							}

							return {done: false, value: returnValue};
						} catch (error) {
							// With `preserveOrder`, the error is thrown at its own position, after the results before it, so those still finish. Without it, the error is thrown as soon as it settles, so nothing still pending can be yielded anymore.
							// An error from a pull after the end of the source is dropped, as `done` is final, so it must have no effect. `doneIndex` is set before the worker that saw `done` settles, so its slot hand-back runs before the delivery check of any error that sees it here, and the two always agree.
							if (preserveOrder) {
								stopIndex = Math.min(stopIndex, currentIndex);
							} else if (currentIndex < doneIndex) {
								isDone = true;
							}

							return {error};
						}
					})();

					if (preserveOrder) {
						promises.push(promise);
						return;
					}

					promises.push(undefined);

					unfilledIndexes.add(currentIndex);

					// The worker never rejects, as errors are returned as a value.
					// The slot is filled here, a tick after the worker settles, rather than by the worker itself, for the same reason the consumer awaits a filled slot: so the consumer never runs, and pulls, earlier.
					promise.then(result => {
						// The slot was already given back, as the pull came after the end of the source.
						if (!unfilledIndexes.delete(currentIndex)) {
							return;
						}

						if (result.done) {
							// The pulls made after this one came after the end of the source, and a source like a queue may never answer them, so give their slots back now instead of waiting on them.
							for (const unfilledIndex of unfilledIndexes) {
								if (unfilledIndex > currentIndex) {
									unfilledIndexes.delete(unfilledIndex);
									fillSlot({done: true});
								}
							}
						}

						fillSlot(result);
					});
				}

				trySpawn();

				try {
					while (headIndex < promises.length) {
						// Without `preserveOrder`, a filled slot holds the result itself, and it is still awaited. That takes one tick, like awaiting a settled promise, so the consumer, and its `trySpawn()`, never run earlier than with a promise in the slot. Taking a ready result without the tick can make the consumer pull before it sees a stop or the end of the source, and a one-shot source, like a queue, would lose that item.
						// eslint-disable-next-line no-await-in-loop
						const result = await (promises[headIndex] ?? new Promise(resolve => {
							wake = resolve;
						}));
						const {done, value} = result;

						// Release the entry instead of leaving it for a `shift()` to move, and drop the
						// consumed prefix once it is at least half the array. That keeps the backing
						// store proportional to the results still in flight rather than to the total
						// ever spawned, which matters for an endless source, while costing one copy per
						// half of the array, so it stays O(1) per element.
						promises[headIndex] = undefined;
						headIndex++;

						if (headIndex * 2 >= promises.length) {
							promises = promises.slice(headIndex);
							fillIndex -= headIndex;
							headIndex = 0;
						}

						if (Object.hasOwn(result, 'error')) {
							throw result.error;
						}

						if (done) {
							// Without `preserveOrder`, the `done` can arrive while other workers are still running.
							if (preserveOrder) {
								return;
							}

							continue;
						}

						// The stream ends where the stop would have been yielded: after the earlier elements with `preserveOrder`, and after the results that were ready before it without.
						if (value === pMapStop) {
							return;
						}

						// Spawn if just dropped below the backpressure limit and still below the reading limit
						trySpawn();

						// A `pMapSkip` result stays in `promises` and is stepped over here. Splicing it out
						// in the worker instead would make every skip an O(n) scan and move, so a run of
						// skips would be O(n²).
						if (value === pMapSkip) {
							continue;
						}

						yield value;
					}
				} finally {
					// Stop pulling input once the consumer stops iterating, otherwise pending skipped mappers keep spawning work.
					isDone = true;

					if (!isIterableDone) {
						closeIterator(iterator);
					}
				}
			})();

			// Override `return()` and `throw()` on the generator itself instead of wrapping it, so it
			// keeps what it inherits, like `Symbol.asyncDispose` for `await using`, and `next()` stays
			// the native one. Plain functions, not `async`: the generator already returns a promise,
			// and an `async` function would wrap it in two more promises and two more microtask hops.
			const {return: generatorReturn, throw: generatorThrow} = generator;

			generator.return = value => {
				isDone = true;
				return generatorReturn.call(generator, value);
			};

			generator.throw = error => {
				isDone = true;
				return generatorThrow.call(generator, error);
			};

			return generator;
		},
	};
}

const pMapSkip = Symbol('skip');

const pMapStop = Symbol('stop');

// The checks `pMap` and `pMapIterable` share, so both reject the same input the same way.
// `mapConcurrently` runs this inside its promise, so a bad argument rejects rather than throws.
function validateOptions(iterable, mapper, concurrency) {
	// Optional chaining, so a nullish input gets this message rather than Node's internal
	// "null is not iterable".
	if (iterable?.[Symbol.iterator] === undefined && iterable?.[Symbol.asyncIterator] === undefined) {
		throw new TypeError(`Expected \`input\` to be either an \`Iterable\` or \`AsyncIterable\`, got (${typeof iterable})`);
	}

	if (typeof mapper !== 'function') {
		throw new TypeError('Mapper function is required');
	}

	if (!isLimit(concurrency, 1)) {
		throw new TypeError(`Expected \`concurrency\` to be an integer from 1 and up or \`Infinity\`, got \`${concurrency}\` (${typeof concurrency})`);
	}
}

// Whether the value is an integer from `minimum` and up, or `Infinity`, as `concurrency` and `backpressure` must be.
function isLimit(value, minimum) {
	return (Number.isSafeInteger(value) && value >= minimum) || value === Number.POSITIVE_INFINITY;
}

// Read the entries of a `Map`, or else the own enumerable keys, strings and symbols, in the order and the way `Promise.allKeyed` does, all up front. Each value gets a handler right away, also like `Promise.allKeyed`, so a value that rejects before a mapper slot reaches it is not an unhandled rejection.
function getKeyedEntries(input) {
	if (input === null || (typeof input !== 'object' && typeof input !== 'function')) {
		throw new TypeError(`Expected \`input\` to be an object, got (${input === null ? 'null' : typeof input})`);
	}

	const entries = [];

	const addEntry = (key, value) => {
		// Resolve the whole entry, so the engine checks termination after the value settles and before the mapper runs.
		entries.push(Promise.resolve(value).then(
			value => [key, {status: 'fulfilled', value}],
			error => [key, {status: 'rejected', reason: error}],
		));
	};

	if (input instanceof Map) {
		for (const [key, value] of input) {
			addEntry(key, value);
		}
	} else {
		for (const key of Reflect.ownKeys(input)) {
			if (Object.getOwnPropertyDescriptor(input, key)?.enumerable) {
				addEntry(key, input[key]);
			}
		}
	}

	return entries;
}

// Take the async iterator when the input has both, like `for await` does.
function getIterator(iterable) {
	return iterable[Symbol.asyncIterator] === undefined ? iterable[Symbol.iterator]() : iterable[Symbol.asyncIterator]();
}

// Close the source so it can release its resources, like `for await` does.
// Callers must not await this so a source that is blocked in `next()` cannot block them.
async function closeIterator(iterator) {
	try {
		await iterator.return?.();
	} catch {}
}

// Pull the next item, and stop pulling once the source has reported `done`: a source like a queue
// may block in `next()` after it is exhausted, which would hang the caller. `done` is final, like
// `for await`, so anything the source produces after it is dropped.
function createPuller(iterator) {
	let isSourceDone = false;

	// A sync iterable, like an array, answers right away, so `done` can be seen here. An async
	// iterable is seen in the `then` below, as soon as its pull settles.
	const markDone = item => {
		if (item?.done) {
			isSourceDone = true;
		}
	};

	return () => {
		if (isSourceDone) {
			return {done: true};
		}

		const result = iterator.next();
		markDone(result);

		// A sync iterable, like an array, answers right away, so `done` has been read already and
		// the result can go back untouched.
		if (typeof result?.then !== 'function') {
			return result;
		}

		// An async iterable settles later, so `done` is read off the pull once it does. That is a
		// branch of its own, which leaves the caller awaiting the pull itself rather than a promise
		// derived from it, so an async source does not pay an extra microtask per element. The
		// rejection is handled here as well as by the caller, so a pull cannot escape as an
		// unhandled rejection. A thenable that is not a promise is turned into one first, so it is
		// subscribed to once, like `for await` does, while a native promise is returned as is.
		const promise = Promise.resolve(result);
		promise.then(markDone, () => {});

		return promise;
	};
}

// EXTERNAL MODULE: ./build/lib/advice.js
var advice = __nccwpck_require__(2774);
;// CONCATENATED MODULE: ./build/lib/api-error.js



function kindOf(answer, service) {
    if (answer instanceof http_error/* HttpError */.j)
        return ['elsewhere', 'redirect', 'too-large'].includes(answer.kind) ? 'unusable' : 'no-answer';
    const { status } = answer;
    if (status === 429 || service.isRateLimited?.(answer) === true)
        return 'rate-limited';
    if ((0,lib_http/* isTemporary */.ey)(answer))
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
    const cause = answer instanceof http_error/* HttpError */.j ? { cause: answer } : {};
    return new user_error/* UserError */.yo({ found: service.found(resource, answer, kind), ...given(resource) }, cause);
}
const answerOrNone = (question) => question.catch((error) => {
    if (error instanceof http_error/* HttpError */.j)
        return error;
    throw error;
});

;// CONCATENATED MODULE: ./build/fly/machine.js
const temporaryGroups = ['fly_app_release_command', 'fly_app_console', 'fly_app_test_machine_command'];
function managementOf(json) {
    const state = json.get('state').value;
    if (state === 'destroyed' || state === 'destroying')
        return 'destroyed';
    const metadata = configOf(json).get('metadata').strings();
    const group = metadata.get('fly_process_group') ?? '';
    if (metadata.get('process_group') === 'release_command' || temporaryGroups.includes(group))
        return 'temporary';
    return metadata.get('fly_platform_version') === 'v2' ? 'managed' : 'unmanaged';
}
function configOf(json) {
    const config = json.get('config');
    return config.value === undefined || config.value === null ? json.get('incomplete_config') : config;
}
function readMachine(json) {
    const image = json.get('image_ref');
    const config = configOf(json);
    const metadata = config.get('metadata').strings();
    const [registry, repository, tag] = ['registry', 'repository', 'tag'].map((key) => image.get(key).maybeText());
    return {
        id: json.get('id').text(),
        name: json.get('name').maybeText() ?? '',
        region: json.get('region').maybeText() ?? '?',
        state: json.get('state').maybeText() ?? 'unknown',
        group: metadata.get('fly_process_group') ?? 'app',
        digest: image.get('digest').maybeText(),
        configuredImage: config.get('image').maybeText() ?? '',
        containers: config
            .get('containers')
            .items()
            .map((container) => ({
            name: container.get('name').maybeText() ?? '?',
            image: container.get('image').maybeText() ?? '',
        })),
        labels: image.get('labels').strings(),
        image: `${[registry, repository].filter((part) => part !== undefined).join('/')}${tag === undefined ? '' : `:${tag}`}`,
        host: json.get('host_status').maybeText() ?? 'ok',
        instanceId: json.get('instance_id').maybeText(),
        releaseId: metadata.get('fly_release_id'),
        releaseVersion: metadata.get('fly_release_version'),
        bluegreenTag: metadata.get('fly_bluegreen_deployment_tag'),
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
async function readMachineList(api) {
    const { app } = api;
    const answer = await answerOrNone(getJson(api, `${pathOf(app)}/machines`, listLimit));
    if (answer instanceof http_error/* HttpError */.j || answer.status !== 200)
        throw apiError({ service: machinesService, resource: app, answer });
    const list = parseList(answer, app);
    const of = (management) => list.filter((each) => managementOf(each) === management).map((each) => readMachine(each));
    const date = Date.parse(answer.headers.get('date') ?? '');
    return {
        machines: of('managed'),
        unmanaged: of('unmanaged'),
        length: list.length,
        alive: list.filter((each) => managementOf(each) !== 'destroyed').length,
        date: Number.isNaN(date) ? undefined : date,
    };
}
const listMachines = async (api) => (await readMachineList(api)).machines;
async function readOneMachine(api, id) {
    const { app } = api;
    const answer = await answerOrNone(getJson(api, `${pathOf(app)}/machines/${encodeURIComponent(id)}`, listLimit));
    if (!(answer instanceof http_error/* HttpError */.j) && answer.status === 404)
        return 'missing';
    if (answer instanceof http_error/* HttpError */.j || answer.status !== 200)
        throw apiError({ service: machinesService, resource: app, answer });
    const json = parseObject(answer);
    if (json?.get('id').value !== id)
        throw apiError({ service: machinesService, resource: app, answer });
    if (json.get('state').value === 'destroyed')
        return 'destroyed';
    const management = managementOf(json);
    return management === 'unmanaged' || management === 'temporary' ? 'unmanaged' : readMachine(json);
}
async function readApp(api) {
    const answer = await answerOrNone(getJson(api, pathOf(api.app), 4 * 1024 * 1024));
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
function parseList(answer, app) {
    const value = parse(answer);
    const entries = new lib_json/* Json */.L(value, 'the list of machines').items();
    const nameless = entries.find((each) => each.get('id').maybeText() === undefined);
    if (Array.isArray(value) && nameless === undefined)
        return entries;
    const paged = typeof value === 'object' && value !== null && 'next_cursor' in value;
    throw new user_error/* UserError */.yo({
        code: paged ? 'machines-list-paged' : 'machines-list-invalid',
        found: `Fly.io’s Machines API answered 200 for the machines of app "${app}" with ${paged ? 'one page of a list (`next_cursor`)' : `${nameless === undefined ? 'something other than a list' : 'a list in which a machine has no id'}: ${answer.body.toString('utf8').replace(/\s+/g, ' ').slice(0, 200) || 'nothing'}`}.`,
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
        const words = answer.body.toString('utf8').replace(/\s+/g, ' ').slice(0, 200);
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

;// CONCATENATED MODULE: ./build/fly/releases.js






const most = 100;
const query = `query ($appName: String!, $limit: Int!) {
  app(name: $appName) { releases: releasesUnprocessed(first: $limit) { nodes { version status imageRef createdAt } } }
}`;
async function listReleases(api) {
    const { app } = api;
    const answer = await answerOrNone(askGraphql(api, query, { appName: app, limit: most }, 4 * 1024 * 1024));
    const failed = (words) => apiError({ service: releasesService, resource: { app, words }, answer });
    if (answer instanceof http_error/* HttpError */.j || answer.status !== 200)
        throw failed();
    const json = (0,lib_json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'Fly.io’s list of releases');
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
const readable = (app) => ({
    expected: 'The app’s releases, because `select` names one of them.',
    fix: `Use a token that has access to the app (${(0,advice/* tokenCommand */.xJ)(app)}), or name the image: \`with: select: commit:<commit>\`.`,
});
const releasesService = {
    found: ({ app, words }, answer) => {
        const why = answer instanceof http_error/* HttpError */.j
            ? `No answer: ${(0,user_error/* messageOf */.bD)(answer)}`
            : `It answered ${words ?? answer.status}`;
        return `Fly.io did not return the releases of app "${app}". ${why}.`;
    },
    advice: {
        'no-answer': ({ app }) => ({ code: 'fly-unreachable', ...readable(app) }),
        unusable: ({ app }) => ({ code: 'releases-unreadable', ...readable(app) }),
        'rate-limited': ({ app }) => ({ code: 'fly-rate-limited', ...readable(app) }),
        temporary: ({ app }) => ({ code: 'fly-unavailable', ...readable(app) }),
        denied: ({ app }) => ({ code: 'fly-unauthorized', ...readable(app), input: 'fly-api-token' }),
        unexpected: ({ app }) => ({ code: 'releases-unreadable', ...readable(app) }),
    },
};

;// CONCATENATED MODULE: ./build/verify/observe.js



const emptyBaseline = {
    list: { machines: [], unmanaged: [], length: 0, alive: 0, date: undefined },
    count: undefined,
    at: Number.NEGATIVE_INFINITY,
};
const isWhole = ({ list, count }) => count === undefined || count <= list.length;
const knowsReleases = ({ list, count, newestRelease }) => newestRelease !== undefined || (count !== undefined && count <= list.length);
class MachinesLost extends Error {
    ids;
    constructor(ids) {
        super('Fly.io does not list machines that it listed before');
        this.name = 'MachinesLost';
        this.ids = ids;
    }
}
const [tries, pause] = [3, 1000];
async function readBaseline(api, clock) {
    const read = async () => {
        const at = clock.now();
        const list = await readMachineList(api);
        return { list, count: (await readApp(api))?.machineCount, at };
    };
    const first = await read();
    const { count, list } = first;
    const known = count === undefined || count === list.length || count === list.alive;
    const baseline = known ? first : await read();
    if (knowsReleases(baseline))
        return baseline;
    const releases = await listReleases(api).catch(() => undefined);
    return { ...baseline, newestRelease: releases && (releases[0]?.version ?? 0) };
}
class Observer {
    #api;
    #clock;
    #before;
    #concerns;
    #known = new Set();
    constructor({ api, clock }, before, concerns) {
        this.#api = api;
        this.#clock = clock;
        this.#before = before;
        this.#concerns = concerns;
        for (const { id } of before.list.machines)
            this.#known.add(id);
    }
    async observe() {
        const list = await readMachineList(this.#api);
        const at = this.#clock.now();
        const listed = new Set(list.machines.map(({ id }) => id));
        const lost = await this.#lost([...this.#known].filter((id) => !listed.has(id)));
        for (const id of listed)
            this.#known.add(id);
        const incomplete = lost.length > 0 ? { kind: 'lost', ids: lost } : await this.#fewer(list);
        const machines = await pMap(list.machines, (machine) => this.#withDigest(machine), { concurrency: 8 });
        return { machines, incomplete, at, date: list.date };
    }
    async #lost(ids) {
        const lost = [];
        let app;
        for (const id of ids) {
            const found = await readOneMachine(this.#api, id);
            if (found === 'missing')
                app ??= readApp(this.#api);
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
        const count = (await readApp(this.#api))?.machineCount;
        if (count === undefined)
            return { kind: 'uncounted' };
        const missing = Math.min(count - list.length - (before - old.length), count - list.alive - (before - old.alive));
        return missing > 0 ? { kind: 'fewer', missing } : undefined;
    }
    async #withDigest(machine) {
        let last = machine;
        for (let n = 0; n < tries && this.#isBlank(last); n++) {
            if (n > 0)
                await this.#clock.sleep(pause);
            const found = await readOneMachine(this.#api, machine.id);
            if (typeof found !== 'string')
                last = found;
        }
        return last;
    }
    #isBlank(machine) {
        return machine.digest === undefined && machine.containers.length === 0 && this.#concerns(machine);
    }
}

;// CONCATENATED MODULE: ./build/deploy/before.js



async function readBefore(rt, { mode, flyToken }, api, recorder) {
    const { log } = rt;
    if (flyToken === '') {
        log.notice('The running machines were not checked: this dry run has no Fly.io token. To check them: `with: fly-api-token: ${{ secrets.FLY_API_TOKEN }}`.');
        return { baseline: undefined, url: undefined };
    }
    return recorder.timed('Read the machines', async () => {
        const asked = askAppUrl(rt, api);
        let baseline;
        try {
            baseline = await readBaseline(api, rt.clock);
            recorder.keep('before', baseline.list.machines);
        }
        catch (error) {
            if (mode === 'deploy' || !(error instanceof user_error/* UserError */.yo))
                throw error;
            log.warning(`The running machines could not be read.\n${(0,user_error/* formatError */.Wk)(error)}`);
        }
        const url = await asked;
        if (url !== undefined && url !== 'none')
            recorder.keep('url', url);
        return { baseline, url };
    });
}

// EXTERNAL MODULE: ./build/verify/leftover.js
var leftover = __nccwpck_require__(2953);
;// CONCATENATED MODULE: ./build/deploy/cancel.js







const lastCheck = 1200;
function cancellable(outside) {
    let running = Promise.resolve();
    const run = (...call) => {
        if (outside.cancelled.aborted)
            return Promise.reject(new Error('the run was cancelled'));
        const exit = outside.run(...call);
        running = exit.catch(() => undefined);
        return exit;
    };
    return { rt: { ...outside, run }, flyctlEnded: () => running };
}
function whenCancelled({ rt: { cancelled }, flyctlEnded }) {
    return new Promise((_resolve, reject) => {
        const stop = () => void flyctlEnded().then(() => setTimeout(() => reject(new Error('cancelled')), 50));
        if (cancelled.aborted)
            stop();
        else
            cancelled.addEventListener('abort', stop);
    });
}
async function afterCancel(reason, { rt, flyctlEnded }, { inputs, image, deployStartedAt, before, release }) {
    await flyctlEnded();
    const signal = typeof rt.cancelled.reason === 'string' ? rt.cancelled.reason : 'a signal';
    if (deployStartedAt === undefined || inputs === undefined || image === undefined) {
        const error = new user_error/* UserError */.yo({
            code: 'run-cancelled',
            found: `The run was cancelled (${signal}) before anything was deployed.`,
            expected: 'A run that finishes.',
            fix: 'No action is needed if you cancelled it on purpose: the machines are unchanged. Otherwise, run the job again.',
        });
        return { error, fleet: undefined };
    }
    const machines = await Promise.race([
        listMachines(flyApi(rt, inputs)).catch(() => undefined),
        rt.clock.sleep(lastCheck).then(() => undefined),
    ]);
    const { app } = inputs;
    const fleet = machines &&
        (0,compare/* compare */.UD)(machines, { app, of: () => image, release: () => release, scope: () => true, before });
    const last = reason instanceof user_error/* UserError */.yo ? ` ${reason.found}` : '';
    return {
        error: new user_error/* UserError */.yo({
            code: 'deploy-cancelled',
            found: `The run was cancelled (${signal}) ${release === undefined ? 'during the deploy: machines may run different images' : 'after flyctl had deployed the image and before every machine was verified'}.${last}`,
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
        return `${surplus}\nThen deploy again.`;
    return fleet.some(({ supersededBy }) => supersededBy !== undefined)
        ? `Keep deploys of this app from overlapping, then deploy again:\n${(0,advice/* concurrencyLines */.XK)(app)}`
        : `Check the machines with \`fly machine list -a ${app}\`, then deploy again.`;
}

// EXTERNAL MODULE: ./build/event/advice.js
var event_advice = __nccwpck_require__(5091);
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

;// CONCATENATED MODULE: ./build/github/attestations.js



const attestationsOnPage = 100;
function readAttestationPage(text, link) {
    const items = (0,lib_json/* parseJsonObject */.d)(text, 'GitHub’s list of attestations').get('attestations').items();
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
        throw new Error('GitHub gave a URL for it that is none');
    const { host } = new URL(url);
    const request = { headers: { accept: '*/*' }, limit: largestBundle, namedBy: { url: apiUrl } };
    const { status, body } = await http(url, request).catch((error) => {
        throw new Error(`${host} could not be asked: ${(0,user_error/* messageOf */.bD)(error)}`, { cause: error });
    });
    if (status !== 200)
        throw new Error(`${host} answered ${status}`);
    let bundle;
    try {
        const plain = body[0] === 0x7b ? body : readSnappy(body, largestBundle);
        bundle = JSON.parse(plain.toString('utf8'));
    }
    catch (error) {
        throw new Error(`what ${host} has is not a bundle: ${(0,user_error/* messageOf */.bD)(error)}`);
    }
    if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle))
        throw new Error(`what ${host} has is not a bundle`);
    return bundle;
}

// EXTERNAL MODULE: ./build/lib/commit.js
var lib_commit = __nccwpck_require__(7791);
;// CONCATENATED MODULE: ./build/github/comparison.js

const mostCommits = 20;
const orders = ['identical', 'ahead', 'behind', 'diverged'];
function readComparison(json) {
    const order = orders.find((each) => each === json.get('status').value);
    if (order === undefined)
        return { unknown: 'GitHub’s answer is no comparison' };
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

;// CONCATENATED MODULE: ./build/github/links.js

function linksOf({ env }) {
    const server = (0,lib_text/* withoutTrailing */.hT)(env['GITHUB_SERVER_URL'] || 'https://github.com', '/');
    const repository = env['GITHUB_REPOSITORY'] ?? '';
    return { server, repository, repositoryUrl: `${server}/${repository}`, runId: env['GITHUB_RUN_ID'] };
}

;// CONCATENATED MODULE: ./build/github/client.js










const githubApiUrl = (env) => (0,url_policy/* baseUrl */.pc)(env, 'GITHUB_API_URL', 'https://api.github.com');
const githubOf = (deps, token, policy) => makeGitHub({
    token,
    apiUrl: githubApiUrl(deps.env),
    repository: linksOf(deps).repository,
    http: (0,lib_http/* makeHttp */.fK)(deps, { ...policy, isTemporary: lib_http/* isRateLimit403 */.hz }),
});
const largestAnswer = 64 * 1024 * 1024;
function makeGitHub({ token, apiUrl, repository, http }) {
    const [owner = '', repo = ''] = repository.split('/');
    const askWhole = async (question) => {
        if (/[^\x21-\x7e]/.test(token))
            throw new http_error/* HttpError */.j(apiUrl, 'not-sent', 'the token contains characters that no HTTP header can');
        try {
            const { GitHub: Octokit } = await loadOctokit();
            const octokit = new Octokit({
                ...(token !== '' && { auth: token }),
                baseUrl: (0,lib_text/* withoutTrailing */.hT)(apiUrl, '/'),
                userAgent: lib_http/* userAgent */.N1,
                log: silent,
                request: { fetch: fetchBy(http), log: silent, parseSuccessResponseBody: false },
            });
            const { status, data, headers } = await question(octokit.rest);
            const text = await new Response(data).text();
            return status === 200
                ? { text, link: headers['link'] }
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
                return { unknown: 'there is no `github-token`' };
            const notAsked = (why) => ({ unknown: `GitHub could not be asked (${why})` });
            try {
                const answer = await ask((rest) => rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${head}` }));
                if (typeof answer === 'string')
                    return readComparison((0,lib_json/* parseJsonObject */.d)(answer, 'GitHub’s comparison'));
                const { status, words } = answer;
                return status === 401 || status === 403 || status === 404
                    ? {
                        missing: status === 404,
                        unknown: `GitHub answered ${status} to the comparison of ${base} and ${head}; the job needs\n  permissions:\n    contents: read\nand both commits must be there`,
                    }
                    : notAsked(words);
            }
            catch (error) {
                return notAsked((0,user_error/* messageOf */.bD)(error).split('\n')[0] ?? '');
            }
        },
        attestations: async (digest, after) => {
            const answer = await askWhole((rest) => rest.repos.listAttestations({
                ...{ owner, repo, subject_digest: digest, per_page: attestationsOnPage },
                ...(after !== undefined && { after }),
                headers: { 'x-github-api-version': '2022-11-28' },
            }));
            if ('text' in answer)
                return readAttestationPage(answer.text, answer.link);
            return answer.status === 404 ? { listed: [], next: undefined } : answer;
        },
        bundle: (url) => fetchBundle(http, apiUrl, url),
        branchHead: async (branch) => {
            const headers = { accept: 'application/vnd.github.sha' };
            const answer = await ask((rest) => rest.repos.getCommit({ owner, repo, ref: `heads/${branch}`, headers }));
            if (typeof answer !== 'string')
                return answer;
            const commit = answer.trim();
            return (0,lib_commit/* isCommit */.W)(commit) ? commit : { status: 200, words: 'its answer is not a commit' };
        },
    };
}
const silent = { debug: () => { }, info: () => { }, warn: () => { }, error: () => { } };
async function loadOctokit() {
    const { GITHUB_EVENT_PATH: event } = process.env;
    delete process.env['GITHUB_EVENT_PATH'];
    try {
        return await Promise.all(/* import() */[__nccwpck_require__.e(119), __nccwpck_require__.e(845)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1845));
    }
    finally {
        if (event !== undefined)
            process.env['GITHUB_EVENT_PATH'] = event;
    }
}
const fetchBy = (http) => async (url, { headers }) => {
    const { status, headers: received, body } = await http(url, { headers, limit: largestAnswer });
    return new Response([204, 205, 304].includes(status) ? null : body, { status, headers: received });
};

// EXTERNAL MODULE: ./build/attestation/faults.js
var attestation_faults = __nccwpck_require__(2516);
;// CONCATENATED MODULE: ./build/attestation/words.js
function runnerWords(runner, before) {
    if (runner === 'github-hosted')
        return `${before}a GitHub-hosted runner`;
    return runner === 'self-hosted' ? `${before}a self-hosted runner` : '';
}

;// CONCATENATED MODULE: ./build/attestation/attestation.js











async function requireAttestation(wanted, deps) {
    const faults = [];
    const unfetched = [];
    let after;
    const { verifyBundle } = await Promise.all(/* import() */[__nccwpck_require__.e(654), __nccwpck_require__.e(187), __nccwpck_require__.e(89)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4089));
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
            throw (0,attestation_faults/* whyNot */.OB)(wanted, faults, unfetched);
        after = next;
    }
    throw (0,attestation_faults/* tooMany */.Ot)(wanted, mostPages * attestationsOnPage, faults);
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
    const answer = await answerOrNone(github.attestations(digest, after));
    if (!(answer instanceof http_error/* HttpError */.j) && !('status' in answer))
        return answer;
    throw apiError({ service: attestationsService, resource: repository, answer });
}
const attestationsService = {
    found: (repository, answer) => answer instanceof http_error/* HttpError */.j
        ? `GitHub could not be asked for attestations: ${(0,user_error/* messageOf */.bD)(answer)}.`
        : `GitHub answered ${answer.status} to the question for attestations of ${repository}.`,
    advice: {
        denied: () => ({
            code: 'attestation-unreadable',
            expected: 'the attestations of the image.',
            fix: 'let the job read them:\n  permissions:\n    attestations: read',
        }),
        unexpected: () => ({
            code: 'attestation-unreadable',
            expected: 'the attestations of the image.',
            fix: advice/* retryGitHub */.oc,
        }),
    },
};
async function attestationOf(rt, inputs, { digest, commit, ref }) {
    const { server, repository } = linksOf(rt);
    const { signer, signerRef } = inputs.attestation.mode === 'require' ? inputs.attestation : { signer: undefined, signerRef: undefined };
    return requireAttestation({ digest, server, repository, commit, ref, signerWorkflow: signer, signerRef }, { github: githubOf(rt, inputs.githubToken, lib_http/* policies */.R3.github), trustedRoots: inputs.trustedRoots });
}
async function checkAttestation(rt, inputs, wanted) {
    const attested = await attestationOf(rt, inputs, wanted).catch((error) => {
        if (inputs.attestation.mode !== 'warn' || !(error instanceof user_error/* UserError */.yo))
            throw error;
        return { kind: 'not-attested', error };
    });
    if (attested.kind === 'attested')
        logAttested(attested, rt.log);
    else {
        rt.log.debug(`Not attested: ${attested.error.code}`);
        rt.log.warning(`Not attested. ${(0,user_error/* formatError */.Wk)(attested.error)}`);
    }
    return attested;
}
function logAttested({ commit, ref, signer, called, runner }, log) {
    log.line(`Attested: built from commit ${commit} by ${signer}`);
    log.line(`It was built for ${ref}${runnerWords(runner, ', on ')}`);
    if (!called)
        return;
    const workflow = signer.replace(/^https:\/\/[^/]*\//, '');
    log.line(`The signer is a workflow of another repository that a run of this repository called. To accept no other: ${(0,event_advice/* withInput */.zE)('attestation', workflow)}`);
}

;// CONCATENATED MODULE: ./build/event/build-ref.js
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

;// CONCATENATED MODULE: ./build/image/revision.js


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
    const [, path = ''] = /^[^/]+\/(.+)$/.exec(plainUrl(source)) ?? [];
    return path !== '' && (imagePath === path || imagePath.startsWith(`${path}/`));
}
function isOf(source, repositoryUrl) {
    const [said, own] = [plainUrl(source), plainUrl(repositoryUrl)];
    return said === own || said.startsWith(`${own}/`);
}
function plainUrl(url) {
    const [, scheme = '', rest = ''] = /^([a-z+]+:\/\/)?([^?#]*)/.exec(url.toLowerCase()) ?? [];
    const place = rest.replace(/^[^@/]*@/, '');
    const path = scheme === '' ? place.replace(':', '/') : place;
    return (0,lib_text/* withoutTrailing */.hT)(path, '/').replace(/\.git$/, '');
}
const revisionMode = ({ source, by }, given) => source === 'digest' && by === 'commit' && given === 'auto' ? 'require' : given;
function checkRevision(mode, wanted, found, image, repositoryUrl, { kind }) {
    if (mode === 'off' || (wanted === undefined && mode === 'auto'))
        return 'unchecked';
    if (found === undefined || (found.from === 'tag' && (mode === 'require' || agree(found.commit, wanted)))) {
        if (mode === 'auto')
            return 'unknown';
        throw new user_error/* UserError */.yo({
            code: 'revision-missing',
            found: `${image} has no label or annotation ${revisionKey} of this repository, and no provenance that names a commit.`,
            expected: `an image that says that it was built from ${wanted ?? 'a commit, because `check-revision` is "require"'}: its tag alone does not tell.`,
            fix: 'the build: give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}` of docker/metadata-action, and leave its provenance on.',
        });
    }
    if (wanted === undefined)
        return 'unchecked';
    if (agree(found.commit, wanted))
        return 'matches';
    const { source = repositoryUrl } = found;
    const url = /^https:\/\/[\w.-]+\/[\w./-]+$/.test(source) ? source.replace(/\.git$/, '') : repositoryUrl;
    const inherited = found.from === 'label'
        ? ' A label may come from the base image: there is no provenance that would tell.'
        : '';
    throw new user_error/* UserError */.yo({
        code: 'revision-mismatch',
        found: `${image} ${sayingOf(found)} ${revision_link(found.commit, url)}.${inherited}`,
        expected: `an image built from ${revision_link(wanted, repositoryUrl)}.`,
        fix: `${kind === 'pull-request' ? headCommit : ''}build that commit again: the tag was moved, or written by another build. Where the label is the base image’s, have the build write it: \`labels: \${{ steps.meta.outputs.labels }}\` in docker/build-push-action. If it means something else in your build: \`with: check-revision: off\`.`,
    });
}
const agree = (commit, wanted) => wanted === undefined ||
    commit.startsWith(wanted) ||
    (/^[0-9a-f]{7,64}$/.test(commit) && wanted.startsWith(commit));
const sayingOf = ({ from }) => from === 'tag'
    ? 'does not say which commit it was built from, and its tag names'
    : `says, in its ${from === 'provenance' ? from : `${from} ${revisionKey}`}, that it was built from`;
const headCommit = 'let docker/metadata-action write the head’s commit in place of the merge’s, with `env: DOCKER_METADATA_PR_HEAD_SHA: true`. If it does: ';
const revision_link = (commit, url) => /^[0-9a-f]{7,64}$/.test(commit) ? `${commit} (${url}/commit/${commit})` : JSON.stringify(commit);
function compareWithEvent(commit, found, { repositoryUrl, imagePath }) {
    if (found !== undefined && found.from !== 'tag' && agree(found.commit, commit))
        return { kind: 'same' };
    if (isOtherRepository(found, { repositoryUrl, imagePath }))
        return { kind: 'other-repository' };
    return found === undefined || (found.from === 'tag' && agree(found.commit, commit))
        ? { kind: 'unknown' }
        : { kind: 'differs', event: commit, image: found };
}
function isOtherRepository(found, { repositoryUrl, imagePath }) {
    const own = new URL(repositoryUrl).pathname.slice(1).toLowerCase();
    const isThis = imagePath === own || imagePath.startsWith(`${own}/`);
    return !isThis && (found?.source === undefined || !isOf(found.source, repositoryUrl));
}
const oneWord = (commit) => /^[0-9a-f]{7,64}$/.test(commit) ? commit : JSON.stringify(commit);

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __nccwpck_require__(8253);
// EXTERNAL MODULE: ./build/registry/session.js + 1 modules
var registry_session = __nccwpck_require__(6162);
;// CONCATENATED MODULE: ./build/registry/errors.js








function registryWords(answer) {
    try {
        const json = new lib_json/* Json */.L(JSON.parse(answer.body.toString('utf8')), 'the error');
        const first = json.get('errors').items()[0] ?? json;
        const words = [first.get('code').maybeText(), first.get('message').maybeText()].filter((word) => word !== undefined);
        if (words.length > 0)
            return clip(words.join(': '));
    }
    catch {
    }
    const plain = (0,lib_http/* beginningOf */.VI)(answer.body)
        .replace(/<[^<>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    return plain === '' ? 'no text' : clip(plain);
}
const clip = (text) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
const nameOf = ({ repository: { host, path } }) => `${host}/${path}`;
const errors_reachable = {
    expected: 'a registry that can be reached.',
    fix: `run the job again; ${advice/* behindProxy */.xj}; check the host in \`image\`.`,
};
const registryService = {
    isRateLimited: hosts/* registryQuirks */.h6.isTemporary,
    found: (session, answer, kind) => {
        const name = nameOf(session);
        if (answer instanceof http_error/* HttpError */.j)
            return `No answer from ${answer.url} for ${name}: ${(0,user_error/* messageOf */.bD)(answer)}.`;
        const who = session.identity === 'login'
            ? `also to ${session.username === undefined ? 'the login’s identity token' : `the login "${session.username}"`}`
            : 'to an anonymous pull, and there is no login';
        const more = {
            'rate-limited': ', a rate limit, also after several tries',
            temporary: ', also after several tries',
            denied: `: ${who}. A registry says the same of a package that does not exist`,
        };
        return `${new URL(answer.url).host} answered ${answer.status} for ${name} (${registryWords(answer)})${more[kind] ?? ''}.`;
    },
    advice: {
        'no-answer': () => ({ code: 'registry-unreachable', ...errors_reachable }),
        unusable: () => ({ code: 'registry-unexpected-answer', ...errors_reachable }),
        'rate-limited': () => ({
            code: 'registry-rate-limited',
            expected: 'an answer within the registry’s limits.',
            fix: 'run the job again later; a login (`registry-username`, `registry-password`) often has a higher limit than nobody.',
        }),
        temporary: ({ repository: { host } }) => ({
            code: 'registry-unavailable',
            expected: 'the image’s manifest.',
            fix: `run the job again; if it stays, look whether ${host} has an outage.`,
        }),
        denied: (session) => ({
            code: 'registry-denied',
            expected: `a package ${nameOf(session)} that this job may read.`,
            fix: [
                'check the name in `image`, then let the job read it:',
                ...(0,hosts/* accessLines */.cO)(session.repository.host),
            ].join('\n'),
        }),
        unexpected: ({ repository: { host } }) => ({
            code: 'registry-unexpected-answer',
            expected: 'the image’s manifest.',
            fix: `check that "${host}" in \`image\` is a container registry.`,
        }),
    },
};
const registryError = (answer, session) => apiError({ service: registryService, resource: session, answer });
function connectionError(error, session) {
    if (error instanceof http_error/* HttpError */.j)
        return apiError({ service: registryService, resource: session, answer: error });
    if (!(error instanceof registry_session/* RealmError */.Y))
        throw error;
    return new user_error/* UserError */.yo({
        code: 'registry-token-service',
        found: error.message,
        expected: 'an https:// address that answers with a token.',
        fix: `check that "${session.repository.host}" in \`image\` is the registry that you mean.`,
    }, { cause: error });
}

;// CONCATENATED MODULE: ./build/registry/manifest.js





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
        ...((0,registry_reference/* isDigest */.Bc)(tagOrDigest) ? { digest: tagOrDigest } : { tag: tagOrDigest }),
    };
    const digest = sha256(answer.body);
    const said = answer.headers.get('docker-content-digest') ?? digest;
    if (digest !== said || ((0,registry_reference/* isDigest */.Bc)(tagOrDigest) && digest !== tagOrDigest)) {
        throw new user_error/* UserError */.yo({
            code: 'manifest-mismatch',
            found: `${(0,registry_reference/* formatReference */.FH)(where)}: the registry says Docker-Content-Digest "${said}", and sent bytes whose digest is ${digest}.`,
            expected: 'one digest: it is what says that an image is the one that was built.',
            fix: 'run the job again; if it stays, a proxy or mirror between this runner and the registry changes its answers.',
        });
    }
    return { digest, bytes: answer.body, ...readManifest(answer, (0,registry_reference/* formatReference */.FH)(where)) };
}
async function headDigest(session, tag) {
    const answer = await send(session, `manifests/${tag}`, { method: 'HEAD', headers: { accept }, limit: 0 });
    if (answer.status === 404)
        return undefined;
    const digest = answer.headers.get('docker-content-digest') ?? '';
    return answer.status === 200 && (0,registry_reference/* isDigest */.Bc)(digest) ? digest : 'unknown';
}
async function getJsonBlob(session, digest, limit = configLimit) {
    const answer = await ask(session, `blobs/${digest}`, '*/*', limit);
    if (answer === undefined)
        return undefined;
    const what = `the blob ${digest} of ${(0,registry_reference/* formatReference */.FH)(session.repository)}`;
    if (sha256(answer.body) !== digest) {
        throw new user_error/* UserError */.yo({
            code: 'blob-mismatch',
            found: `${what}: the registry sent bytes whose digest is ${sha256(answer.body)}.`,
            expected: 'the bytes of that digest.',
            fix: 'run the job again; if it stays, build and push the image again.',
        });
    }
    return (0,lib_json/* parseJsonObject */.d)(answer.body.toString('utf8'), what);
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
        const page = (0,lib_json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'the list of tags').get('tags').items();
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
        throw registryError(answer, session);
    return answer;
}
async function send(session, path, request) {
    try {
        return await session.request(path, request);
    }
    catch (error) {
        throw connectionError(error, session);
    }
}
function readManifest(answer, where) {
    const type = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const notManifest = (why, cause) => new user_error/* UserError */.yo({
        code: 'manifest-invalid',
        found: `${where}: ${new URL(answer.url).host} answered 200 with ${type || 'no content type'}, ${why}.`,
        expected: 'an OCI or Docker manifest as JSON.',
        fix: 'check the host in `image`; a login page or a proxy may stand between this runner and the registry.',
    }, { cause });
    let json;
    try {
        json = (0,lib_json/* parseJsonObject */.d)(answer.body.toString('utf8'), `the manifest of ${where}`);
    }
    catch (error) {
        throw notManifest(`which is no JSON object (${(0,user_error/* messageOf */.bD)(error).split('\n')[0]?.slice(0, 120)})`, error);
    }
    const own = json.get('mediaType').maybeText();
    const mediaType = own ?? type;
    if (!isManifestType(mediaType))
        throw notManifest(`media type "${mediaType}"`);
    const why = ambiguity(mediaType, isManifestType(type) ? type : mediaType, json);
    if (why === undefined)
        return { mediaType, json };
    throw new user_error/* UserError */.yo({
        code: 'manifest-ambiguous',
        found: `${where}: ${new URL(answer.url).host} sent a manifest that ${why}.`,
        expected: 'one kind of manifest, as whoever reads it next could take it for the other (CVE-2021-41190).',
        fix: 'build and push the image again, with `docker buildx` or another tool that writes standard manifests.',
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
    return other === undefined ? undefined : `is ${mediaType}, and has \`${other}\``;
}
const sha256 = (bytes) => `sha256:${(0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')}`;

;// CONCATENATED MODULE: ./build/registry/platform.js



const deepest = 3;
async function findPlatform(session, root, patience) {
    const again = async (get, what) => {
        for (;;) {
            const found = await get();
            if (found !== undefined)
                return found;
            if (await patience())
                continue;
            throw new user_error/* UserError */.yo({
                code: 'image-incomplete',
                found: `${(0,registry_reference/* formatReference */.FH)({ ...session.repository, digest: root.digest })} is there, and its ${what} is not.`,
                expected: 'a whole image: index, manifest and config.',
                fix: 'build and push the image again; if a clean-up job deletes untagged packages, let it keep the parts of tagged indexes.',
            });
        }
    };
    const others = [];
    const visit = async (manifest, annotations, above) => {
        const noted = [...annotations, manifest.json.get('annotations').strings()];
        const path = [...above, manifest];
        if (!isIndex(manifest)) {
            const digest = manifest.json.get('config').get('digest').text();
            if (!(0,registry_reference/* isDigest */.Bc)(digest))
                throw manifest.json.get('config').get('digest').error('a sha256 digest');
            const config = await again(() => getJsonBlob(session, digest), `config ${digest}`);
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
            const child = await again(() => getManifest(session, digest), `linux/amd64 manifest ${digest}`);
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
    throw new user_error/* UserError */.yo({
        code: 'platform-missing',
        found: `${(0,registry_reference/* formatReference */.FH)({ ...session.repository, digest: root.digest })} is an image for ${list}.`,
        expected: 'an image for linux/amd64, the only platform that Fly.io runs.',
        fix: 'the build: `docker/build-push-action` with `platforms: linux/amd64`.',
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
        if (!(0,registry_reference/* isDigest */.Bc)(digest))
            throw entry.get('digest').error('a sha256 digest');
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
    return new user_error/* UserError */.yo({
        code: 'platform-ambiguous',
        found: `${(0,registry_reference/* formatReference */.FH)({ ...repository, digest })} lists ${list.length} images for linux/amd64: ${list.slice(0, 5).join(', ')}. Nothing says which of them a machine would run.`,
        expected: 'one image for linux/amd64, or one without a CPU variant.',
        fix: 'the build: `docker/build-push-action` with `platforms: linux/amd64`.',
    });
};
const platformOf = (json) => `${json.get('os').maybeText() ?? 'unknown'}/${json.get('architecture').maybeText() ?? 'unknown'}`;

;// CONCATENATED MODULE: ./build/image/root-of.js


async function rootOf(session, digest, names) {
    for (const name of new Set(names)) {
        const root = name === undefined ? undefined : await getManifest(session, name);
        if (root === undefined)
            continue;
        if (root.digest === digest)
            return digest;
        const { digests } = await findPlatform(session, root, async () => false);
        if (digests.includes(digest))
            return root.digest;
    }
    return undefined;
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./build/registry/docker-config.js



async function dockerLogin(host, deps) {
    const { env, readFile, log } = deps;
    const home = env['HOME'] || env['USERPROFILE'] || '';
    const folder = env['DOCKER_CONFIG'] || ((0,external_node_path_.isAbsolute)(home) ? (0,external_node_path_.join)(home, '.docker') : '');
    const path = (0,external_node_path_.join)(folder, 'config.json');
    const text = folder === '' ? undefined : readFile(path);
    if (text === undefined)
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
    log.debug(`Login for ${host} from ${path}`);
    return { username, password };
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
    const file = findProgram(program);
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
    return new registry_session/* Session */.N({
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
const flySession = (deps, login, repository) => new registry_session/* Session */.N({
    repository,
    login: async () => login,
    http: registryHttp(deps, longestCopy),
    ...masksOf(deps, repository),
    actions: 'pull,push',
    as: ['login'],
});
const masksOf = ({ env, log }, repository) => ({
    mask: log.mask,
    maskToken: tokenMask({ mask: log.mask, said: [(0,registry_reference/* formatReference */.FH)(repository), ...saidOf(env)] }),
});
const secretIn = (login) => ('identityToken' in login ? login.identityToken : login.password);
const registryHttp = (deps, allTime) => (0,lib_http/* makeHttp */.fK)(deps, { ...lib_http/* policies */.R3.registry, ...hosts/* registryQuirks */.h6, allTime });

// EXTERNAL MODULE: ./build/registry/tag-template.js
var tag_template = __nccwpck_require__(1993);
// EXTERNAL MODULE: ./build/deploy/previous.js
var deploy_previous = __nccwpck_require__(7489);
;// CONCATENATED MODULE: ./build/deploy/previous-attested.js











async function attestPrevious(rt, inputs, trigger, { image, scope, before, recorder }) {
    const { attestation, rollback, app, flags } = inputs;
    if (attestation.mode === 'off' || rollback === 'false')
        return undefined;
    const previous = (0,deploy_previous/* previousOf */.te)(before, scope);
    if (!Array.isArray(previous))
        return undefined;
    const others = previous.filter(({ digest }) => !image.digests.includes(digest));
    if (others.length === 0)
        return undefined;
    const ref = sourceRefOf(inputs, trigger, buildRefOf(trigger, rt.env));
    const wanted = inputs.attestationRef === undefined ? ref.replace(/^(refs\/tags\/).*$/, '$1*') : ref;
    const faults = await recorder.timed('Verify the attestation of what runs', async () => {
        const found = [];
        for (const each of others) {
            const fault = await faultOf(rt, inputs, each, wanted, { branch: trigger.branch, before });
            if (fault !== undefined)
                found.push(fault);
        }
        return found;
    });
    if (faults.length === 0)
        return undefined;
    const runs = others.map(({ reference }) => (0,registry_reference/* formatReference */.FH)(reference)).join(', ');
    const why = `${runs}, which runs now, does not have the attestation that \`attestation\` requires:\n  ${faults.join('\n  ')}`;
    if (attestation.mode === 'warn') {
        rt.log.warning(`A rollback would deploy an image that \`attestation: require\` refuses. ${why}`);
        return undefined;
    }
    const commands = previous.map((each) => commandOf(app, each, flags));
    rt.log.warning(`If this deploy fails, it will not be rolled back automatically. ${why}\nTo roll back manually:\n  ${commands.join('\n  ')}`);
    return {
        code: 'previous-not-attested',
        why: `the image that ran before does not have the attestation that \`attestation\` requires. To deploy it anyway: ${commands.map((each) => `\`${each}\``).join(', ')}`,
    };
}
async function faultOf(rt, inputs, { digest, group }, ref, context) {
    const machine = context.before.find((each) => each.digest === digest && (group ?? each.group) === each.group);
    try {
        const root = machine && (await indexOf(rt, inputs, machine, digest, context.branch));
        await attestationOf(rt, inputs, { digest: root ?? digest, commit: undefined, ref });
        return undefined;
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        return (0,user_error/* messageOf */.bD)(error).split('\n').slice(0, 2).join(' ');
    }
}
async function indexOf(rt, inputs, { configuredImage, image, labels }, digest, branch) {
    const { repositoryUrl } = linksOf(rt);
    const { tag, digest: named } = (0,registry_reference/* parseReference */.F2)(configuredImage || image);
    const { host, path } = inputs.image;
    const commit = findRevision([], labels, { repositoryUrl, imagePath: path, wanted: undefined })?.commit;
    const tags = (0,lib_commit/* isCommit */.W)(commit ?? '') ? (0,tag_template/* renderTags */.Ep)(inputs.shaTag, { branch, commit: commit ?? '' }) : [];
    const session = sourceSession(rt, inputs, { host, path }, 0);
    return rootOf(session, digest, [...tags, tag, named]);
}
function commandOf(app, previous, flags) {
    const { reference } = previous;
    const words = ['flyctl', 'deploy', '--app', app, '--image', (0,registry_reference/* formatReference */.FH)(reference)];
    const all = [...words, ...(0,deploy_previous/* rollbackFlags */.qs)(flags, previous, false)];
    return all
        .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
        .join(' ');
}

;// CONCATENATED MODULE: ./build/deploy/skip.js


function reasonToSkip(inputs, trigger, image, order, before, isRerun) {
    const skip = outdated(inputs, trigger, image, order, isRerun) ?? unchanged(inputs, before);
    return inputs.mode === 'dry-run' ? { reason: 'dry-run', words: skip?.words ?? '' } : skip;
}
function outdated(inputs, trigger, { plan, commit }, order, isRerun) {
    if (order?.relation !== 'older' || !canBeOutdated(trigger) || inputs.onOutdated === 'deploy')
        return undefined;
    const digest = plan.source === 'reference' ? plan.reference.digest : undefined;
    const eventCommit = trigger.kind === 'automatic' ? trigger.commit : undefined;
    const found = digest !== undefined && eventCommit !== undefined && inputs.commit === eventCommit;
    const named = plan.by === 'select' || plan.by === 'image';
    if (!found && (inputs.commit !== undefined || named))
        return undefined;
    if (inputs.onOutdated === 'skip') {
        const why = isRerun
            ? `Re-running a job does not roll back. To deploy this commit anyway, run this workflow manually with ${earlier(commit)}, or set \`with: on-outdated: deploy\`.`
            : 'A newer build finished first.';
        const words = `Commit ${commit} is outdated. ${order.words} ${why}`;
        return { reason: 'outdated', words };
    }
    throw new user_error/* UserError */.yo({
        code: 'commit-outdated',
        found: `Commit ${commit} is outdated. ${order.words}`,
        expected: 'A commit that is newer than the running one, because `on-outdated` is "fail".',
        fix: `Set \`with: on-outdated: skip\` to let such runs succeed without a deploy. To deploy this commit anyway, run this workflow manually with ${earlier(commit)}.`,
    });
}
const canBeOutdated = (trigger) => trigger.kind === 'automatic' || trigger.published?.commit !== undefined;
const earlier = (commit) => commit === undefined ? '`with: select: release:previous`' : `\`with: select: commit:${commit}\``;
function unchanged({ onUnchanged }, before) {
    const machines = (0,compare/* managed */.Yq)(before);
    if (onUnchanged === 'deploy' || machines.length === 0 || !machines.every(({ runsImage }) => runsImage))
        return undefined;
    return {
        reason: 'unchanged',
        words: 'Every machine already runs this image, and `on-unchanged` is "skip". Changes of the config, secrets or number of machines were not checked.',
    };
}

// EXTERNAL MODULE: ./build/registry/glob.js
var glob = __nccwpck_require__(2398);
// EXTERNAL MODULE: ./build/event/events.js
var events = __nccwpck_require__(6194);
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
    return refuse('event-action', `The event is ${event}, and its action is ${JSON.stringify(action)}.`, `${actions.join(', ')}: another action is about something that is withdrawn, or not final.`, `\`on: ${event}: types: [${event.startsWith('pull_request') ? 'opened, synchronize, reopened' : first}]\``);
}

;// CONCATENATED MODULE: ./build/event/types.js

function commitOf(json) {
    if (!(0,lib_commit/* isCommit */.W)(json.text()))
        throw json.error('a full commit id');
    return json.text();
}

;// CONCATENATED MODULE: ./build/event/unread.js




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
    const name = (0,registry_reference/* formatReference */.FH)(image);
    if ((0,registry_reference/* isDigest */.Bc)(value))
        return with_('image', `${name}@${expression}`);
    if (named.includes('digest') && (0,registry_reference/* isDigest */.Bc)(`sha256:${value}`))
        return with_('image', `${name}@sha256:${expression}`);
    if ((0,lib_commit/* isCommit */.W)(value) || (has('commit') && /^[0-9a-f]{7,64}$/.test(value)))
        return with_('commit', expression);
    if (has('image') && isWholeImage(value))
        return with_('image', expression);
    if (has('image') && (0,registry_reference/* isTag */.dz)(value))
        return with_('image', `${name}:${expression}`);
    if (has('ref') && !value.startsWith('refs/') && !(0,lib_commit/* isCommit */.W)(value))
        return with_('branch', expression);
    return has('commit') || has('image') || has('ref') ? undefined : 'none';
}
function isWholeImage(text) {
    try {
        return text.includes('/') && (0,registry_reference/* namesImage */.Gc)((0,registry_reference/* parseReference */.F2)(text));
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.yo)
            return false;
        throw error;
    }
}
const isIn = (tag, value) => [value, (0,tag_template/* cleanBranch */.Y8)(value), ...((0,lib_commit/* isCommit */.W)(value) ? [(0,tag_template/* shortSha */.Fu)(value)] : [])].some((each) => tag.includes(each));
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
        const value = leaf.value.length > mostCharacters ? `${leaf.value.slice(0, mostCharacters)}…` : leaf.value;
        found.push({ name: leaf.path.join('.'), value: JSON.stringify(value.toWellFormed()), line });
    }
    if (found.length === 0)
        return undefined;
    const order = ({ line }) => line === undefined ? 2 : line.startsWith('`with: commit') ? 0 : 1;
    const fields = found.sort((a, b) => order(a) - order(b)).slice(0, mostShown);
    return { from, fields, more: found.length - fields.length, instead: (0,registry_reference/* formatReference */.FH)({ ...image, tag }) };
}
function unreadText({ from, fields, more, instead }) {
    const list = fields.map(({ name, value }) => `\`${name}\` is ${value}`).join(', ');
    const lines = fields.flatMap(({ line }) => line ?? []);
    const where = from === 'client_payload'
        ? '`client_payload` has no `sha`, and no input of this step takes its other fields'
        : 'The run was started with values that no input of this step takes';
    return {
        words: `${where}: ${list}${more === 0 ? '' : `, and ${more} more`}. The digest of ${instead} is deployed instead.`,
        fix: lines.length === 0
            ? 'No input takes such values.'
            : `To deploy what they name, in this step: ${lines.join(' or ')}.`,
    };
}

;// CONCATENATED MODULE: ./build/event/dispatch.js







const readManual = (event, branch) => ({ kind: 'manual', event, branch });
function readWorkflowDispatch(payload, branch, rules, refuse) {
    const event = 'workflow_dispatch';
    const { ref = `refs/heads/${branch}`, names } = rules;
    const [, kind, name = ref] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
    const isOwn = names === 'own-build';
    const isMeant = ref === `refs/heads/${branch}` ||
        (isOwn ? rules.branch === name : rules.branch !== undefined || names === 'something');
    if (isMeant)
        return { ...readManual(event, branch), ...unreadIn('inputs', payload, branch, rules) };
    const tag = (0,tag_template/* cleanBranch */.Y8)(name);
    const own = kind === 'tags' && names === 'nothing' && (0,registry_reference/* isTag */.dz)(tag)
        ? `${(0,event_advice/* withInput */.zE)('select', `tag:${tag}`)} deploys the image of this tag`
        : `${(0,event_advice/* withInput */.zE)('branch', name)} deploys the builds of this ref`;
    return refuse('event-other-ref', `The run was started on ${ref}, and ${isOwn ? 'is to deploy its own build' : `what it would deploy is of branch "${branch}"`}.`, `a run on refs/heads/${branch}, or an input that says what to deploy.`, `start the run on "${branch}"; or say what is meant: ${own}${isOwn ? '' : `, ${(0,event_advice/* withInput */.zE)('branch', branch)} those of "${branch}", whatever the run is started on`}.`);
}
function unreadIn(from, payload, branch, rules) {
    const { image, names, looksUp } = rules;
    const tag = looksUp(branch);
    if (tag === undefined)
        return {};
    const expression = from === 'inputs' ? from : `github.event.${from}`;
    const unread = unreadFields(payload.get(from), expression, {
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
    if (typeof value === 'string' && (0,lib_commit/* isCommit */.W)(value))
        return { kind: 'automatic', event, commit: value, branch };
    if (typeof value === 'string' && value.toLowerCase() === rules.commit)
        return readManual(event, branch);
    const { code, found, expected } = sha.error('a full commit id, of 40 hexadecimal digits');
    const short = typeof value === 'string' && /^[0-9a-f]{7,64}$/i.test(value)
        ? '; or take it as it is: `with: commit: ${{ github.event.client_payload.sha }}`'
        : '';
    const fix = `${(0,event_advice/* sendCommit */.Wl)((0,event_advice/* repositoryOf */._M)(payload), '$(git rev-parse HEAD)')} sends one${short}.`;
    throw new user_error/* UserError */.yo({ code, found, expected, fix });
}
function readDeployment(payload, branch, rules, refuse) {
    const event = 'deployment';
    const { ref = '', names } = rules;
    const deployment = payload.get('deployment');
    if (names === 'nothing' && ref.startsWith('refs/heads/') && ref !== `refs/heads/${branch}`) {
        const other = ref.replace(/^refs\/heads\//, '');
        return refuse('event-other-branch', `The deployment is of ${ref}.`, `a deployment of branch "${branch}", of a tag, or of a commit.`, `create it for ref "${branch}"; or name the other branch in the step: ${(0,event_advice/* withInput */.zE)('branch', other)}.`);
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
            ? `, or, if that one is meant, ${(0,event_advice/* withInput */.zE)('image', `${image.host}/${path}`)} in the step`
            : '';
        return refuse('event-other-package', `The package that was published is ${path}.`, `${image.path}, the one that is deployed.`, `add \`if: ${package_event}.name == '${image.path.split('/').slice(1).join('/')}'\` to the job${other}.`);
    }
    if (tag === undefined || !(0,registry_reference/* isDigest */.Bc)(digest)) {
        return refuse('event-package-part', 'What was published has no tag: it is a part of an index, such as one platform’s image or an attestation.', 'the index, or the image, that a tag names. It is an event of its own.', `nothing for this part. So that it starts no deploy, add \`if: ${package_event}.package_version.container_metadata.tag.name != ''\` to the job.`);
    }
    const moving = movingTag(branch);
    const commit = commitIn(tag, branch);
    if (!isSelected(tag, branch) && commit === undefined) {
        return refuse('event-other-tag', `What was published is tagged "${tag}".`, `a tag of branch "${branch}", as \`manual-select\` and \`sha-tag\` say them, such as "${moving}".`, `if such tags are to be deployed, ${(0,event_advice/* withInput */.zE)('manual-select', `tag:${tag}`)}; if not, add \`if: ${package_event}.package_version.container_metadata.tag.name == '${moving}'\` to the job.`);
    }
    return {
        kind: 'manual',
        event: 'registry_package',
        branch,
        published: { tag, digest, commit: commit === '' ? undefined : commit },
    };
}

;// CONCATENATED MODULE: ./build/event/pull-request.js



function readPullRequest(event, payload, branch, { allowEvents }, refuse) {
    if (!allowEvents.includes(event)) {
        return refuse('event-not-allowed', `The event is ${event}: its commit is not merged, and may come from a fork.`, 'an event that only people with write access can cause.', `deploy after the merge: ${(0,event_advice/* onBranch */.GO)('push', branch)}, or \`on: workflow_run\`. For a review app of this repository’s own branches: \`with: allow-events: ${event}\`.`);
    }
    const refused = refusedAction(event, payload, refuse);
    if (refused !== undefined)
        return refused;
    const pull = payload.get('pull_request');
    if (payload.get('action').value === 'closed')
        return readClosed(event, pull, branch, refuse);
    const head = pull.get('head');
    if (head.get('repo').get('id').value !== payload.get('repository').get('id').integer()) {
        return refuse('event-fork', `The pull request comes from ${head.get('repo').get('full_name').maybeText() ?? 'a repository that is gone'}.`, `a branch of ${payload.get('repository').get('full_name').maybeText() ?? 'this repository'}: a fork’s build is never deployed.`, 'nothing, if this was a fork: merge its pull request, and the build of the merge is deployed.');
    }
    return { kind: 'automatic', event, commit: commitOf(head.get('sha')), branch: head.get('ref').text() };
}
function readClosed(event, pull, branch, refuse) {
    if (pull.get('merged').value !== true) {
        return refuse('event-not-merged', 'The pull request was closed without a merge.', 'a merged one, or one that is open.', "nothing: what was not merged is not deployed. So that it starts no deploy, add `if: github.event.action != 'closed' || github.event.pull_request.merged` to the job.");
    }
    const base = pull.get('base').get('ref').text();
    if (base !== branch) {
        return refuse('event-other-branch', `The pull request was merged into "${base}".`, `branch "${branch}", whose builds are deployed.`, `${(0,event_advice/* onBranch */.GO)(event, branch)}, or name the other branch in the step: ${(0,event_advice/* withInput */.zE)('branch', base)}.`);
    }
    return { kind: 'automatic', event, commit: commitOf(pull.get('merge_commit_sha')), branch };
}

;// CONCATENATED MODULE: ./build/event/push.js


const noCommit = /^0+$/;
function readPush(payload, branch, refuse) {
    const ref = payload.get('ref').text();
    if (payload.get('deleted').value === true || noCommit.test(payload.get('after').text())) {
        return refuse('event-ref-deleted', `The push deleted ${ref}.`, 'a push that brought a commit.', 'nothing: there is no commit to deploy. So that it starts no deploy, add `if: ${{ !github.event.deleted }}` to the job.');
    }
    const tagged = ref.startsWith('refs/tags/');
    if (!tagged && ref !== `refs/heads/${branch}`) {
        const other = ref.replace(/^refs\/heads\//, '');
        const queued = (0,event_advice/* queuedFor */.N3)(other);
        if (queued !== undefined) {
            return refuse('event-not-merged', `The push was to ${ref}, a branch of the merge queue.`, `a push to refs/heads/${branch}.`, (0,event_advice/* afterQueue */.Ih)(queued));
        }
        return refuse('event-other-branch', `The push was to ${ref}.`, `a push to refs/heads/${branch}, the branch whose builds are deployed.`, `${(0,event_advice/* onBranch */.GO)('push', branch)}, or name this branch in the step: ${(0,event_advice/* withInput */.zE)('branch', other)}.`);
    }
    const head = payload.get('head_commit').get('id');
    const commit = commitOf(tagged && head.maybeText() ? head : payload.get('after'));
    return { kind: 'automatic', event: 'push', commit, branch };
}

;// CONCATENATED MODULE: ./build/event/release.js

function release_readRelease(payload, branch, { sha = '' }, refuse) {
    const release = payload.get('release');
    const tag = release.get('tag_name').text();
    if (release.get('draft').value === true) {
        return refuse('event-release-draft', `The release of tag "${tag}" is a draft.`, 'a release that is published: a draft may still change, and its tag may not exist.', '`on: release: types: [published]`');
    }
    if (!(0,lib_commit/* isCommit */.W)(sha))
        throw payload.get('GITHUB_SHA').error('a commit id in GITHUB_SHA');
    return { kind: 'automatic', event: 'release', commit: sha, branch };
}

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
        const again = id === undefined ? 'run that build again' : `\`gh run rerun ${id} --failed\``;
        return refuse('event-run-not-successful', `The run of "${name}" ended with ${conclusion === null ? 'no conclusion' : JSON.stringify(conclusion)}.`, 'conclusion success: another one may have pushed no image, or half of one.', `${again}: when it succeeds, it starts this workflow again. So that a build that fails starts no deploy, add \`if: github.event.workflow_run.conclusion == 'success'\` to the job.`);
    }
    if (parent === 'workflow_run') {
        return refuse('event-run-chained', `The run of "${name}" was itself started by a workflow_run.`, 'a run whose head_sha is the commit that it built; of a chained run it is the default branch’s head.', `where another workflow builds the image, let \`on: workflow_run: workflows:\` name that one. Where "${name}" builds it, let its last step hand the commit on: ${(0,event_advice/* sendCommit */.Wl)((0,event_advice/* repositoryOf */._M)(payload), '${{ github.event.workflow_run.head_sha }}')}, by a token with \`contents: write\`, and here \`on: repository_dispatch: types: [deploy]\`.`);
    }
    const queued = typeof headBranch === 'string' ? (0,event_advice/* queuedFor */.N3)(headBranch) : undefined;
    if (parent === 'merge_group' || queued !== undefined) {
        return refuse('event-not-merged', `The run of "${name}" built a commit that was in the merge queue.`, `a commit of branch "${branch}".`, (0,event_advice/* afterQueue */.Ih)(queued ?? branch));
    }
    const isOwn = head.get('id').value === ownId;
    const other = typeof headBranch === 'string' && headBranch !== branch ? headBranch : undefined;
    if (parent === 'pull_request_target' || !allowEvents.includes(parent)) {
        const more = other === undefined ? '' : `, and ${asBranch(other)}`;
        return refuse('event-not-allowed', `The run of "${name}" was started by ${parent}.`, `a run that was started by ${allowEvents.join(' or ')}.`, parent.startsWith('pull_request')
            ? `nothing for this commit, which is not merged. After the merge the build of the push starts its own run, if the workflow that builds has ${(0,event_advice/* onBranch */.GO)('push', branch)}.${parent === 'pull_request' && isOwn && other !== undefined ? ` For a review app of this repository’s own branches: ${allowing(allowEvents, parent)}, and ${(0,event_advice/* withInput */.zE)('branch', other)}.` : ''}`
            : `if such builds are to be deployed: ${allowing(allowEvents, parent)}${more}.`);
    }
    if (!isOwn) {
        return refuse('event-fork', `The run of "${name}" built a commit of ${head.get('full_name').maybeText() ?? 'a repository that is gone'}.`, `a commit of ${own.get('full_name').maybeText() ?? 'this repository'}: a fork’s build is never deployed.`, 'nothing, if this was a fork. Merge its pull request, and the build of the merge is deployed.');
    }
    if (headBranch !== branch) {
        return refuse('event-other-branch', `The run of "${name}" built ${other === undefined ? 'no branch' : `branch or tag "${other}"`}.`, `branch "${branch}", whose builds are deployed.`, `${(0,event_advice/* onBranch */.GO)('workflow_run', branch)}${other === undefined ? '' : `; or name the other one in the step: ${asBranch(other)}`}.`);
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
const allowing = (allowEvents, event) => `\`with: allow-events: ${[...allowEvents, event].join(',')}\``;
const asBranch = (name) => `${(0,event_advice/* withInput */.zE)('branch', name)}${looksLikeTag(name) ? ` (if that is a tag, also \`with: sha-tag: '{branch}'\`: its image is tagged like it, without a commit)` : ''}`;

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
        return refuse('event-unknown', `The event is ${JSON.stringify(event)}, which never deploys.`, `one of ${event_advice/* deployingEvents */.Zd}.`, (0,event_advice/* insteadOf */.c$)(event, payload, branch, rules.workflow));
    }
    const refused = event.startsWith('pull_request') ? undefined : refusedAction(event, payload, refuse);
    if (refused !== undefined)
        return refused;
    switch (event) {
        case 'workflow_run':
            return readWorkflowRun(payload, branch, rules, refuse);
        case 'push':
            return readPush(payload, branch, refuse);
        case 'release':
            return release_readRelease(payload, branch, rules, refuse);
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
            return readPullRequest(event, payload, branch, rules, refuse);
    }
}

;// CONCATENATED MODULE: ./build/event/read.js






function readPayload({ env, readFile }) {
    const path = env['GITHUB_EVENT_PATH'] ?? '';
    const text = path === '' ? undefined : readFile(path);
    if (text !== undefined)
        return (0,lib_json/* parseJsonObject */.d)(text, 'the event’s payload');
    throw new user_error/* UserError */.yo({
        code: 'event-file-missing',
        found: path === ''
            ? 'GITHUB_EVENT_PATH is empty.'
            : `The event file ${path} (GITHUB_EVENT_PATH) does not exist.`,
        expected: 'the payload of the event that started this workflow.',
        fix: 'run this action as a step of a job; a container that the job starts by hand has no event file.',
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
    return named || (0,registry_reference/* namesImage */.Gc)(image) ? 'something' : 'nothing';
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

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/error.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */
function getLineColFromPtr(string, ptr) {
    let lines = string.slice(0, ptr).split(/\r?\n/);
    return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
    let lines = string.split(/\r?\n/);
    let codeblock = '';
    let numberLen = (Math.log10(line + 1) | 0) + 1;
    for (let i = line - 1; i <= line + 1; i++) {
        let l = lines[i - 1];
        if (!l)
            continue;
        codeblock += i.toString().padEnd(numberLen, ' ');
        codeblock += ':  ';
        codeblock += l;
        codeblock += '\n';
        if (i === line) {
            codeblock += ' '.repeat(numberLen + column + 2);
            codeblock += '^\n';
        }
    }
    return codeblock;
}
class TomlError extends Error {
    line;
    column;
    codeblock;
    constructor(message, options) {
        const [line, column] = getLineColFromPtr(options.toml, options.ptr);
        const codeblock = makeCodeBlock(options.toml, line, column);
        super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
        this.line = line;
        this.column = column;
        this.codeblock = codeblock;
    }
    /** @internal */
    static x(message, ctx, ptr) {
        throw new TomlError(message, { toml: ctx.s, ptr: ptr ?? ctx.p });
    }
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/primitive.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */

/** @internal */
function parseString(ctx) {
    let startPtr = ctx.p;
    let c = ctx.s.charCodeAt(ctx.p++);
    let first = c;
    let isLiteral = c === 0x27; /* ' */
    let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
    if (isMultiline) {
        // Trim initial newline
        if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 0xa /* \n */)
            ctx.p++;
        else if (c === 0xd /* \r */ && ctx.s.charCodeAt(ctx.p + 1) === 0xa /* \n */)
            ctx.p += 2;
    }
    // For the record: it is not worth it to use a fast-path for literal strings using `indexOf`.
    // Doing a char-by-char iteration ends up dispatching less instructions, for the same wall-clock runtime.
    let parsed = '';
    let sliceStart = ctx.p;
    // states:
    //   0 - decoding
    //   1 - decoding escape
    //   2 - whitespace escape (no newline encountered yet, must fail on non-whitespace)
    //   3 - whitespace escape (newline encountered, allowed to transition back to normal decode)
    let state = 0;
    for (; ctx.p < ctx.s.length; ctx.p++) {
        c = ctx.s.charCodeAt(ctx.p);
        // Deal with newlines first, since that simplifies control character checking and handling across all states
        if (isMultiline && (c === 0xa /* \n */ || (c === 0xd /* \r */ && ctx.s.charCodeAt(ctx.p + 1) === 0xa /* \n */))) {
            state = state && 3;
        }
        // Control characters are banned in TOML, so we throw an error if we encounter them
        else if ((c < 0x20 && c !== 0x9 /* \t */) || c === 0x7f) {
            TomlError.x('control characters are not allowed in strings', ctx);
        }
        // The string might terminate while we're parsing through a newline escape.
        // It must have encountered a newline; otherwise, it'll simply fail in another branch.
        else if ((!state || state === 3) && c === first && (!isMultiline || (ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first))) {
            if (isMultiline) {
                // If the string ends with 4-5 quotes, then the first 1-2 are part of the string
                if (ctx.s.charCodeAt(ctx.p + 3) === first)
                    ctx.p++;
                if (ctx.s.charCodeAt(ctx.p + 3) === first)
                    ctx.p++;
            }
            // If we're in a newline escape still, then there's nothing to add.
            if (!state) {
                // Avoid a useless concat operation if the string can be used as-is.
                let s = ctx.s.slice(sliceStart, ctx.p);
                parsed = parsed ? parsed + s : s;
            }
            ctx.p += isMultiline ? 3 : 1;
            return parsed;
        }
        // Baseline state; keep moving forward unless an escape sequence starts
        else if (!state) {
            if (!isLiteral && c === 0x5c /* \ */) {
                parsed += ctx.s.slice(sliceStart, (sliceStart = ctx.p));
                state = 1;
            }
        }
        else if (state === 1) {
            if (c === 0x78 /* x */ || c === 0x75 /* u */ || c === 0x55 /* U */) { // Unicode escape
                let errPtr = ctx.p++ - 1;
                let value = 0;
                let len = c === 0x78 /* x */ ? 2 : c === 0x75 /* u */ ? 4 : 8;
                for (let j = 0; j < len; j++, ctx.p++) {
                    let hex = ctx.s.charCodeAt(ctx.p);
                    let digit = 
                    /* 0-9 */ hex >= 0x30 && hex <= 0x39 ? hex - 0x30 :
                        /* A-F */ hex >= 0x41 && hex <= 0x46 ? hex - 0x41 + 10 :
                            /* a-f */ hex >= 0x61 && hex <= 0x66 ? hex - 0x61 + 10 : -1;
                    if (digit < 0)
                        TomlError.x('invalid non-hex character in unicode escape', ctx);
                    value = (value << 4) | digit;
                }
                // Because JS does bitwise on signed 32bit integers, all 0xfzzzzzzz values are actually seen as negative
                if (value < 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
                    TomlError.x('invalid unicode escape', ctx, errPtr);
                }
                parsed += String.fromCodePoint(value);
                sliceStart = ctx.p--;
                state = 0;
            }
            // Newline escape sequence. We only need to care about spaces and tabs; newlines are dealt with earlier
            else if (isMultiline && (c === 0x20 || c === 0x9 /* \t */)) {
                state = 2;
            }
            // Basic escape sequence
            else {
                if (c === 0x62 /* b */)
                    parsed += '\b';
                else if (c === 0x74 /* t */)
                    parsed += '\t';
                else if (c === 0x6e /* n */)
                    parsed += '\n';
                else if (c === 0x66 /* f */)
                    parsed += '\f';
                else if (c === 0x72 /* r */)
                    parsed += '\r';
                else if (c === 0x65 /* e */)
                    parsed += '\x1b';
                else if (c === 0x22 /* " */)
                    parsed += '"';
                else if (c === 0x5c /* \ */)
                    parsed += '\\';
                else
                    TomlError.x('unrecognised escape sequence', ctx);
                sliceStart = ctx.p + 1;
                state = 0;
            }
        }
        // Newline escape continuation: keep moving forward until the first non-whitespace char
        else if (c !== 0x20 && c !== 0x9 /* \t */) {
            if (state === 2)
                TomlError.x('invalid escape: only line-ending whitespace may be escaped', ctx, sliceStart);
            // State cannot be zero, or we'd have branched earlier already.
            // If it's a backslash, immediately transition to the escape state so it can be processed.
            state = !isLiteral && c === 0x5c /* \ */ ? 1 : 0;
            sliceStart = ctx.p;
        }
    }
    TomlError.x('unfinished string', ctx, startPtr);
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/date.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */
let DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
class TomlDate extends Date {
    #hasDate = false;
    #hasTime = false;
    #offset = null;
    constructor(date, fasttype, unsafeDelim) {
        let hasDate = true;
        let hasTime = true;
        let offset = 'Z';
        let c;
        if (typeof date === 'string') {
            if (fasttype)
                prep: {
                    // Date-time
                    if (fasttype < 3) {
                        if (+date.slice(11, 13) > 23) {
                            date = '';
                            break prep;
                        }
                        // Local
                        if (fasttype === 2) {
                            offset = null;
                            date += 'Z';
                        }
                        // Offset; keep track of offset if not Z
                        else if ((c = date.charCodeAt(date.length - 1)) !== 0x5a /* Z */ && c !== 0x7a /* z */) {
                            offset = date.slice(date.length - 6);
                        }
                        if (unsafeDelim)
                            date = date.slice(0, 10) + 'T' + date.slice(11);
                    }
                    // Time
                    else if (fasttype === 4) {
                        date = +date.slice(0, 2) > 23 ? '' : `0000-01-01T${date}Z`;
                    }
                    hasDate = fasttype !== 4;
                    hasTime = fasttype !== 3;
                }
            else {
                let match = date.match(DATE_TIME_RE);
                if (match) {
                    if (!match[1]) {
                        hasDate = false;
                        date = `0000-01-01T${date}`;
                    }
                    hasTime = !!match[2];
                    // Make sure to use T instead of a space. Breaks in case of extreme values otherwise.
                    hasTime && date[10] === ' ' && (date = date.replace(' ', 'T'));
                    // Do not allow rollover hours.
                    if (match[2] && +match[2] > 23) {
                        date = '';
                    }
                    else {
                        offset = match[3] || null;
                        if (!offset && hasTime)
                            date += 'Z';
                    }
                }
                else {
                    date = '';
                }
            }
        }
        super(date);
        if (!isNaN(this.getTime())) {
            this.#hasDate = hasDate;
            this.#hasTime = hasTime;
            this.#offset = offset;
        }
    }
    isDateTime() {
        return this.#hasDate && this.#hasTime;
    }
    isLocal() {
        return !this.#hasDate || !this.#hasTime || !this.#offset;
    }
    isDate() {
        return this.#hasDate && !this.#hasTime;
    }
    isTime() {
        return this.#hasTime && !this.#hasDate;
    }
    isValid() {
        return this.#hasDate || this.#hasTime;
    }
    toISOString() {
        let iso = super.toISOString();
        // Local Date
        if (this.isDate())
            return iso.slice(0, 10);
        // Local Time
        if (this.isTime())
            return iso.slice(11, 23);
        // Local DateTime
        if (this.#offset === null)
            return iso.slice(0, -1);
        // Offset DateTime
        if (this.#offset === 'Z' || this.#offset === 'z')
            return iso;
        // This part is quite annoying: JS strips the original timezone from the ISO string representation
        // Instead of using a "modified" date and "Z", we restore the representation "as authored"
        let offset = (+(this.#offset.slice(1, 3)) * 60) + +(this.#offset.slice(4, 6));
        offset = this.#offset[0] === '-' ? offset : -offset;
        let offsetDate = new Date(this.getTime() - (offset * 60e3));
        return offsetDate.toISOString().slice(0, -1) + this.#offset;
    }
    static wrapAsOffsetDateTime(jsDate, offset = 'Z') {
        let date = new TomlDate(jsDate);
        date.#offset = offset;
        return date;
    }
    static wrapAsLocalDateTime(jsDate) {
        let date = new TomlDate(jsDate);
        date.#offset = null;
        return date;
    }
    static wrapAsLocalDate(jsDate) {
        let date = new TomlDate(jsDate);
        date.#hasTime = false;
        date.#offset = null;
        return date;
    }
    static wrapAsLocalTime(jsDate) {
        let date = new TomlDate(jsDate);
        date.#hasDate = false;
        date.#offset = null;
        return date;
    }
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/extract.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */




function isDigit(char, base = 10) {
    return base === 16
        ? (char > 0x2f && char < 0x3a) || (char > 0x40 && char < 0x47) || (char > 0x60 && char < 0x67)
        : (char > 0x2f && char < 0x30 + base);
}
function isEndOfValue(char, delim) {
    // Whitespace -- we're permissive on `\r` for performance; it'll be dealt with later anyway
    return char === 0x20 || char === 0x9 /* \t */ || char === 0xa /* \n */ || char === 0xd /* \r */ ||
        // Structure end or next value delimiter
        (delim && (char === delim || char === 0x2c /* , */)) ||
        // Comment
        char === 0x23; /* # */
}
/** @internal */
function extractValue(ctx, end) {
    let errPtr = ctx.p;
    let c = ctx.s.charCodeAt(ctx.p);
    // Structs
    if (c === 0x5b /* [ */ || c === 0x7b /* { */) {
        ctx.d-- || TomlError.x('document contains excessively nested structures. aborting.', ctx);
        let value = c === 0x5b /* [ */
            ? parseArray(ctx)
            : parseInlineTable(ctx);
        ctx.d++;
        return value;
    }
    // Strings
    if (c === 0x22 /* " */ || c === 0x27 /* ' */) {
        return parseString(ctx);
    }
    // Booleans
    // We can fast-path because the first character is enough to know the only possible value
    if (c === 0x74 /* t */) { // Only possible valid value is `true`
        if (ctx.s.charCodeAt(++ctx.p) !== 0x72 || ctx.s.charCodeAt(++ctx.p) !== 0x75 || ctx.s.charCodeAt(++ctx.p) !== 0x65)
            TomlError.x('invalid value', ctx, errPtr);
        return ctx.p++, true;
    }
    if (c === 0x66 /* f */) { // Only possible valid value is `false`
        if (ctx.s.charCodeAt(++ctx.p) !== 0x61 || ctx.s.charCodeAt(++ctx.p) !== 0x6c || ctx.s.charCodeAt(++ctx.p) !== 0x73 || ctx.s.charCodeAt(++ctx.p) !== 0x65)
            TomlError.x('invalid value', ctx, errPtr);
        return ctx.p++, false;
    }
    if (c === 0x2b /* + */ || c === 0x2d /* - */) {
        return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 0x2c - c, end);
    }
    // Rough heuristic, but `parseDate` falls back to number parsing if it's a false positive.
    // e.g.: `a = 1\n-------------- = 1` would match this heuristic, but gracefully fallback to numbers.
    if (ctx.s.charCodeAt(ctx.p + 4) === 0x2d /* - */ && ctx.s.charCodeAt(ctx.p + 7) === 0x2d /* - */) {
        return parseDate(ctx, c, end);
    }
    // Same logic as above; `parseTime` falls back to number parsing if it's a false positive.
    if (ctx.s.charCodeAt(ctx.p + 2) === 0x3a /* : */) {
        return parseTime(ctx, c, end);
    }
    return parseNumber(ctx, ctx.p, c, 0, end);
}
// State:
// 0: init
// 1: integer
// 2: fractional dot
// 3: fractional
// 4: exponent letter
// 5: exponent
// 6: exponent sign
// 7: exponent with sign
// >9: underscore; see below
//     -> 12: was integer
//     -> 14: was fractional
//     -> 16: was exponent
// states 2-5, 14, 16 are ONLY permitted iif base === 10
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
    let c = startChr;
    let state = 0;
    let hasUnderscores = false;
    // (+/-)inf
    if (c === 0x69 /* i */) {
        if (ctx.s.charCodeAt(++ctx.p) !== 0x6e || ctx.s.charCodeAt(++ctx.p) !== 0x66)
            TomlError.x('invalid value', ctx, startPtr);
        return ctx.p++, (sign || 1) / 0;
    }
    // (+/-)nan
    if (c === 0x6e /* n */) {
        if (ctx.s.charCodeAt(++ctx.p) !== 0x61 || ctx.s.charCodeAt(++ctx.p) !== 0x6e)
            TomlError.x('invalid value', ctx, startPtr);
        return ctx.p++, NaN;
    }
    // Leading zero
    // Only allowed cases: `0<EOV>`, `0.(...)`, `0e(...)`, `0x(...)`, `0b(...)`, `0o(...)`
    // FWIW, `0e(...)` is a stupid case, but it's not banned per-se so we have to parse it
    if (c === 0x30 /* 0 */) {
        if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr))
            return ctx.bi === true ? 0n : 0; // note: conveniently deals with `-0`
        if (!sign) {
            if (c === 0x78 /* x */)
                return parseIntegerBaseN(ctx, startPtr, 16, endChr);
            else if (c === 0x62 /* b */)
                return parseIntegerBaseN(ctx, startPtr, 2, endChr);
            else if (c === 0x6f /* o */)
                return parseIntegerBaseN(ctx, startPtr, 8, endChr);
        }
        if (c === 0x2e /* . */)
            state = 2;
        else if (c === 0x65 /* e */ || c === 0x45 /* E */)
            state = 4;
        else
            TomlError.x('illegal leading zero', ctx, startPtr);
    }
    // If the 1st char is not a digit by now, then it's not a valid TOML value at all
    else if (!isDigit(c))
        TomlError.x('invalid value', ctx, startPtr);
    while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
        if (!state)
            state = 1; // Detects single-digit numbers we can use a fast parse path for
        // The way the states are numbered is not random: underscores are always permitted in odd-numbered states and
        // never permitted in even-numbered ones.
        if (c === 0x5f /* _ */) {
            if (!(state & 1))
                TomlError.x('illegal underscore', ctx);
            state += 11; // 11 is a marker that makes the state even and greater than 9; see the numbering + rationale above
            hasUnderscores = true;
        }
        // Transition to fractional part.
        else if (state === 1 && c === 0x2e /* . */)
            state = 2;
        // Transition to exponent part.
        else if ((state === 1 || state === 3) && (c === 0x65 /* e */ || c === 0x45 /* E */))
            state = 4;
        // + and - are permitted in state 4 only (handled before entering the function for state 0)
        else if (state === 4 && (c === 0x2b /* + */ || c === 0x2d /* - */)) {
            state = 6;
        }
        // All special cases have been handled; only digits are allowed here
        else if (!isDigit(c))
            TomlError.x(`illegal character in numeric literal`, ctx);
        // Clear state flags
        else if (state > 9)
            state -= 11;
        else if (!(state & 1))
            state++;
    }
    // Single-char number; we can fast-path these very easily.
    if (!state) {
        let val = (startChr - 0x30 /* 0 */) * (sign || 1);
        return ctx.bi === true ? BigInt(val) : val;
    }
    // Even-numbered states absolutely require a digit next; not even end of value is permitted
    if (!(state & 1))
        TomlError.x('unfinished numeric value', ctx, startPtr);
    let str = ctx.s.slice(startPtr, ctx.p);
    if (hasUnderscores)
        str = str.replaceAll('_', ''); // perf: replaceAll 1.25x faster than replace with a regex
    return state > 1
        ? parseFloat(str)
        : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
    let c, underscore = 1;
    while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
        if (c === 0x5f /* _ */) {
            if (underscore & 1)
                TomlError.x('illegal underscore', ctx);
            underscore = 3;
        }
        // We only need to check if the number is a valid digit, nothing else is permitted
        else if (!isDigit(c, base))
            TomlError.x(`illegal character in numeric literal`, ctx);
        // Clear underscore flag
        else if (underscore & 1)
            underscore--;
    }
    // Trailing underscore is not allowed
    if (underscore & 1)
        TomlError.x('unfinished numeric value', ctx);
    let str = ctx.s.slice(startPtr + 2, ctx.p);
    if (underscore)
        str = str.replaceAll('_', ''); // perf: replaceAll 1.25x faster than replace with a regex
    return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
    if (ctx.bi !== true)
        int: {
            let val = parseInt(str, base);
            if (!Number.isSafeInteger(val)) {
                if (ctx.bi)
                    break int;
                TomlError.x('integer value cannot be represented losslessly', ctx, startPtr);
            }
            return val;
        }
    return base === 10 ? BigInt(str) : BigInt((base === 2 ? '0b' : base === 8 ? '0o' : '0x') + str);
}
function parseDate(ctx, c, endChr) {
    let startPtr = ctx.p++, unsafeSeparator;
    if (!isDigit(c) ||
        !isDigit(ctx.s.charCodeAt(ctx.p++)) ||
        !isDigit(ctx.s.charCodeAt(ctx.p++)) ||
        !isDigit(ctx.s.charCodeAt(ctx.p++))) {
        return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
    }
    ctx.p += 5;
    if (!isDigit(ctx.s.charCodeAt(ctx.p++)))
        TomlError.x('invalid date-time: date part is malformed', ctx, startPtr);
    if (ctx.p >= ctx.s.length || (((c = ctx.s.charCodeAt(ctx.p)) !== 0x20 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 0x54 /* T */ && c !== 0x74 /* t */)) {
        let t = ctx.s.slice(startPtr, ctx.p);
        return readDate(ctx, t, 3, false, startPtr);
    }
    if (ctx.s.charCodeAt(ctx.p += 3) !== 0x3a /* : */)
        TomlError.x('invalid date-time: time part is malformed', ctx, startPtr);
    if (ctx.s.charCodeAt(ctx.p += 3) === 0x3a /* : */)
        ctx.p += 3;
    if (ctx.s.charCodeAt(ctx.p) === 0x2e /* . */)
        while (isDigit(ctx.s.charCodeAt(++ctx.p)))
            ;
    if (c = ctx.s.charCodeAt(ctx.p)) {
        if (c === 0x5a /* Z */ || c === 0x7a /* z */) {
            let t = ctx.s.slice(startPtr, ++ctx.p);
            return readDate(ctx, t, 1, unsafeSeparator, startPtr, '[+00:00]');
        }
        if (c === 0x2b /* + */ || c === 0x2d /* - */) {
            // Temporal's ZonedDateTime is weird asf when it comes to dealing with traditional offsets...
            // It's 1.2x faster to allocate a new string to pass to ZDT than use Instant.toZonedDateTimeISO
            let t = ctx.s.slice(startPtr, ctx.p += 6);
            return readDate(ctx, t, 1, unsafeSeparator, startPtr, !ctx.ld && ('[' + ctx.s.slice(ctx.p - 6, ctx.p) + ']'));
        }
    }
    let t = ctx.s.slice(startPtr, ctx.p);
    return readDate(ctx, t, 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
    let start = ctx.p;
    if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) {
        return parseNumber(ctx, --ctx.p, c, 0, endChr);
    }
    if (ctx.s.charCodeAt(ctx.p += 4) === 0x3a /* : */)
        ctx.p += 3;
    if (ctx.s.charCodeAt(ctx.p) === 0x2e /* . */)
        while (isDigit(ctx.s.charCodeAt(++ctx.p)))
            ;
    let t = ctx.s.slice(start, ctx.p);
    return readDate(ctx, t, 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
    if (ctx.ld) {
        let date = new TomlDate(str, type, unsafeDelim);
        if (!date.isValid())
            TomlError.x('invalid date', ctx, errPtr);
        return date;
    }
    try {
        if (temporalSuffix)
            str += temporalSuffix;
        switch (type) {
            case 1: return Temporal.ZonedDateTime.from(str);
            case 2: return Temporal.PlainDateTime.from(str);
            case 3: return Temporal.PlainDate.from(str);
            case 4: return Temporal.PlainTime.from(str);
        }
    }
    catch (e) {
        TomlError.x(e instanceof Error ? e.message : '' + e, ctx, errPtr);
    }
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/util.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */

/** @internal */
function skipComment(ctx) {
    for (; ctx.p < ctx.s.length; ctx.p++) {
        let c = ctx.s.charCodeAt(ctx.p);
        if (c === 0xa /* \n */)
            break;
        if (c === 0xd /* \r */ && ctx.s.charCodeAt(ctx.p + 1) === 0xa /* \n */) {
            ctx.p++;
            break;
        }
        if ((c < 0x20 && c !== 0x9 /* \t */) || c === 0x7f) {
            TomlError.x('control characters are not allowed in comments', ctx);
        }
    }
}
/** @internal */
function skipVoid(ctx, banNewLines, banComments) {
    let c;
    while (ctx.p < ctx.s.length) {
        while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 0x20 ||
            c === 0x9 /* \t */ ||
            (!banNewLines &&
                (c === 0xa /* \n */ || (c === 0xd /* \r */ && ctx.s.charCodeAt(ctx.p + 1) === 0xa /* \n */)))))
            ctx.p++;
        if (banComments || c !== 0x23 /* # */)
            break;
        skipComment(ctx);
    }
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/struct.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */




/** @internal */
function parseKey(ctx, end = 0x3d /* = */) {
    // States:
    // 0: before first char
    // 1: parsing bare key
    // 2: after key component
    let startPtr;
    let state = 0;
    let parsed = [];
    let sliceStart;
    let c = ctx.s.charCodeAt(startPtr = ctx.p);
    do {
        // End of key
        if (c === end) {
            if (!state)
                TomlError.x('unexpected end of key', ctx);
            if (state === 1)
                parsed.push(ctx.s.slice(sliceStart, ctx.p));
            return ctx.p++, parsed;
        }
        // Dotted key separator
        else if (c === 0x2e /* . */) {
            if (!state)
                TomlError.x('illegal empty bare key', ctx);
            if (state === 1)
                parsed.push(ctx.s.slice(sliceStart, ctx.p));
            state = 0;
        }
        // Quoted key
        else if (!state && (c === 0x22 /* " */ || c === 0x27 /* ' */)) {
            if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2))
                TomlError.x('illegal quoted key: multiline strings are not allowed', ctx);
            parsed.push(parseString(ctx));
            state = 2;
            ctx.p--;
        }
        // Whitespace; no-op in state 0 and 2, end of bare key in state 1
        else if (c === 0x20 || c === 0x9 /* \t */) {
            if (state === 1) {
                parsed.push(ctx.s.slice(sliceStart, ctx.p));
                state = 2;
            }
        }
        // If state is post-key, no character is allowed; otherwise ensure it's a bare-key component
        else if (state === 2 || (c < 0x30 && c !== 0x2d /* - */) || (c > 0x39 && c < 0x41) || (c > 0x5a && c < 0x61 && c !== 0x5f /* _ */) || c > 0x7a) {
            TomlError.x('illegal character in key', ctx);
        }
        // Illegal character
        else if (!state) {
            state = 1;
            sliceStart = ctx.p;
        }
    } while (c = ctx.s.charCodeAt(++ctx.p));
    TomlError.x('incomplete key-value: cannot find end of key', ctx, startPtr);
}
/** @internal */
function parseInlineTable(ctx) {
    let startPtr = ctx.p++;
    let res = Object.create(null);
    let seen = new Set();
    let c;
    while (ctx.p < ctx.s.length) {
        skipVoid(ctx);
        if ((c = ctx.s.charCodeAt(ctx.p)) === 0x7d /* } */) {
            ctx.p++;
            return res;
        }
        let k;
        let t = res;
        let hasOwn = false;
        let errPtr = ctx.p;
        let key = parseKey(ctx);
        for (let i = 0; i < key.length; i++) {
            if (i)
                t = hasOwn ? t[k] : (t[k] = Object.create(null));
            k = key[i];
            if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== 'object' || seen.has(t[k]))) {
                TomlError.x('trying to redefine an already defined value', ctx, errPtr);
            }
            let unsafe = k === '__proto__';
            if (ctx.uk && (unsafe || k === 'constructor')) {
                t = ctx.uk !== 1 && TomlError.x('document contains an unsafe property', ctx, errPtr);
                break;
            }
            if (!hasOwn && unsafe) {
                Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
            }
        }
        if (hasOwn) {
            TomlError.x('trying to redefine an already defined value', ctx, errPtr);
        }
        skipVoid(ctx, true, true);
        let value = extractValue(ctx, 0x7d /* } */);
        if (t && typeof (t[k] = value) === 'object')
            seen.add(value);
        skipVoid(ctx);
        if ((c = ctx.s.charCodeAt(ctx.p++)) === 0x7d /* } */) {
            return res;
        }
        if (c !== 0x2c /* , */)
            TomlError.x('expected comma or end of structure', ctx, ctx.p - 1);
    }
    TomlError.x('unfinished table', ctx, startPtr);
}
/** @internal */
function parseArray(ctx) {
    let startPtr = ctx.p++;
    let res = [];
    let c;
    while (ctx.p < ctx.s.length) {
        skipVoid(ctx);
        if ((c = ctx.s.charCodeAt(ctx.p)) === 0x5d /* ] */) {
            ctx.p++;
            return res;
        }
        res.push(extractValue(ctx, 0x5d /* ] */));
        skipVoid(ctx);
        if ((c = ctx.s.charCodeAt(ctx.p++)) === 0x5d /* ] */) {
            return res;
        }
        if (c !== 0x2c /* , */)
            TomlError.x('expected comma or end of structure', ctx, ctx.p - 1);
    }
    TomlError.x('unfinished array', ctx, startPtr);
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/parse.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */




function peekTable(ctx, key, table, meta, type) {
    let t = table;
    let m = meta;
    let k;
    let hasOwn = false;
    let state;
    for (let i = 0; i < key.length; i++) {
        if (i) {
            t = hasOwn ? t[k] : (t[k] = Object.create(null));
            m = (state = m[k]).c;
            if (type === 0 /* Type.DOTTED */ && (state.t === 1 /* Type.EXPLICIT */ || state.t === 2 /* Type.ARRAY */)) {
                return null;
            }
            if (state.t === 2 /* Type.ARRAY */) {
                let l = t.length - 1;
                t = t[l];
                m = m[l].c;
            }
        }
        k = key[i];
        if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 /* Type.DOTTED */ && m[k]?.d) {
            return null;
        }
        if (!hasOwn) {
            let unsafe = k === '__proto__';
            if (ctx.uk && (unsafe || k === 'constructor'))
                return false;
            if (unsafe) {
                Object.defineProperty(t, k, { enumerable: true, configurable: true, writable: true });
                Object.defineProperty(m, k, { enumerable: true, configurable: true, writable: true });
            }
            m[k] = {
                t: i < key.length - 1 && type === 2 /* Type.ARRAY */
                    ? 3 /* Type.ARRAY_DOTTED */ : type,
                d: false,
                i: 0,
                c: Object.create(null),
            };
        }
    }
    state = m[k];
    if (state.t !== type && !(type === 1 /* Type.EXPLICIT */ && state.t === 3 /* Type.ARRAY_DOTTED */)) {
        // Bad key type!
        return null;
    }
    if (type === 2 /* Type.ARRAY */) {
        if (!state.d) {
            state.d = true;
            t[k] = [];
        }
        t[k].push(t = Object.create(null));
        state.c[state.i++] = (state = { t: 1 /* Type.EXPLICIT */, d: false, i: 0, c: Object.create(null) });
    }
    if (state.d) {
        // Redefining a table!
        return null;
    }
    state.d = true;
    if (type === 1 /* Type.EXPLICIT */) {
        t = hasOwn ? t[k] : (t[k] = Object.create(null));
    }
    else if (type === 0 /* Type.DOTTED */ && hasOwn) {
        return null;
    }
    return [k, t, state.c];
}
function validateTablePeek(ctx, peek, ptr) {
    if (peek === null || ctx.uk === 2)
        TomlError.x(peek === null
            ? 'trying to redefine an already defined table or value'
            : 'document contains an unsafe property', ctx, ptr);
}
function parse_parse(toml, options = {}) {
    let ctx = {
        s: toml,
        p: 0,
        d: options.maxDepth ?? 1000,
        bi: options.integersAsBigInt ?? false,
        ld: options.useLegacyDate ?? true,
        uk: options.unsafeKeyBehaviour === 'throw' ? 2 : options.unsafeKeyBehaviour === 'drop' ? 1 : 0,
    };
    let res = Object.create(null);
    let meta = Object.create(null);
    let tmp;
    let skipping = false;
    let tbl = res;
    let m = meta;
    // BOM is allowed, skip.
    // JS is UTF-16, so we have to check for the UTF-16 BOM instead of the UTF-8 BOM sequence!
    if (toml.charCodeAt(0) === 0xfeff)
        ctx.p++;
    skipVoid(ctx);
    while (ctx.p < toml.length) {
        if (toml.charCodeAt(ctx.p) === 0x5b /* [ */) {
            let isTableArray = toml.charCodeAt(++ctx.p) === 0x5b; /* [ */
            tmp = ctx.p += +isTableArray;
            skipping = false;
            let k = parseKey(ctx, 0x5d /* ] */);
            if (isTableArray) {
                if (toml.charCodeAt(ctx.p) !== 0x5d /* ] */) {
                    TomlError.x('expected end of table array declaration', ctx);
                }
                ctx.p++;
            }
            let p = peekTable(ctx, k, res, meta, isTableArray ? 2 /* Type.ARRAY */ : 1 /* Type.EXPLICIT */);
            if (!p) {
                validateTablePeek(ctx, p, tmp);
                skipping = true;
            }
            else {
                m = p[2];
                tbl = p[1];
            }
        }
        else {
            tmp = ctx.p;
            let k = parseKey(ctx);
            let p = peekTable(ctx, k, tbl, m, 0 /* Type.DOTTED */);
            if (!p && !skipping)
                validateTablePeek(ctx, p, tmp);
            skipVoid(ctx, true, true);
            let v = extractValue(ctx, void 0);
            if (p && !skipping)
                p[1][p[0]] = v;
        }
        skipVoid(ctx, true);
        if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 0xa /* \n */ && (tmp !== 0xd /* \r */ || toml.charCodeAt(ctx.p + 1) !== 0xa /* \n */)) {
            TomlError.x('each key-value declaration must be followed by an end-of-line', ctx);
        }
        skipVoid(ctx);
    }
    return res;
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/stringify.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */
let BARE_KEY = /^[a-z0-9-_]+$/i;
let HAS_WELLFORMED = !!(''.isWellFormed);
function extendedTypeOf(obj) {
    let type = typeof obj;
    if (type === 'object') {
        if (Array.isArray(obj))
            return 'array';
        if (typeof obj.getUTCDate === 'function' && obj instanceof Date)
            return 'date';
        if (globalThis.Temporal) {
            if (obj.until) {
                if (obj instanceof Temporal.ZonedDateTime)
                    return 'temporal/tz+uc';
                if (obj instanceof Temporal.PlainDateTime || obj instanceof Temporal.PlainDate)
                    return 'temporal/uc';
                if (obj instanceof Temporal.PlainTime || obj instanceof Temporal.Instant)
                    return 'temporal';
                if (obj instanceof Temporal.PlainYearMonth)
                    return 'temporal/x';
            }
            else if ((obj.toPlainDate && obj instanceof Temporal.PlainMonthDay) ||
                (obj.negated && obj instanceof Temporal.Duration)) {
                return 'temporal/x';
            }
        }
    }
    return type;
}
function isArrayOfTables(obj) {
    for (let i = 0; i < obj.length; i++) {
        if (extendedTypeOf(obj[i]) !== 'object')
            return false;
    }
    return obj.length != 0;
}
function formatWellFormedStringUnchecked(s) {
    return JSON.stringify(s).replaceAll('\x7f', '\\u007f');
}
function formatString(s) {
    return formatWellFormedStringUnchecked(HAS_WELLFORMED ? s.toWellFormed() : s);
}
function formatKey(s) {
    if (BARE_KEY.test(s))
        return s;
    if (HAS_WELLFORMED && !s.isWellFormed())
        throw new RangeError('key contains illegal lone surrogates');
    return formatWellFormedStringUnchecked(s);
}
function stringifyValue(val, type, depth, numberAsFloat, strictTemporal) {
    if (depth === 0) {
        throw new Error('Could not stringify the object: maximum object depth exceeded');
    }
    switch (type) {
        // @ts-expect-error -- intentional fallthrough case
        case 'number':
            if (isNaN(val))
                return 'nan';
            if (val === Infinity)
                return 'inf';
            if (val === -Infinity)
                return '-inf';
            if (Number.isInteger(val) && (numberAsFloat || !Number.isSafeInteger(val)))
                return val.toFixed(1);
        case 'bigint':
        case 'boolean':
        case 'temporal':
            return val.toString();
        case 'string':
            return formatString(val);
        case 'date':
            if (isNaN(val.getTime()))
                throw new TypeError('cannot serialize invalid date');
            return val.toISOString();
        case 'object':
            return stringifyInlineTable(val, depth, numberAsFloat, strictTemporal);
        case 'array':
            return stringifyArray(val, depth, numberAsFloat, strictTemporal);
        // @ts-expect-error -- intentional fallthrough case
        case 'temporal/tz+uc':
            if (strictTemporal) {
                let tz = val.timeZoneId;
                let tzc = tz.charCodeAt(0);
                if (
                // Classic offset
                tzc !== 0x2b /* + */ && tzc !== 0x2d /* - */ &&
                    (
                    // Fast pre-check pass; see below for the actually accepted values
                    (tzc !== 0x55 /* U */ && tzc !== 0x47 /* G */ && tzc !== 0x5a /* Z */ && tzc !== 0x45 /* E */) ||
                        (
                        // UTC and its aliases; Temporal implementations don't all canonicalise unfortunately
                        tz !== 'UTC' && tz !== 'UCT' && tz !== 'Universal' && tz !== 'Zulu' &&
                            // GMT is a TZ but it's for all intents and purposes equivalent to UTC. Safe to downgrade.
                            !tz.startsWith('GMT') && tz !== 'Greenwich' &&
                            // Etc/* are all safe to downgrade to offset (either UTC, GMT, or offset)
                            !tz.startsWith('Etc/')))) {
                    throw new TypeError('Temporal objects with an IANA timezone are not allowed in Temporal strict mode');
                }
            }
        case 'temporal/uc':
            if (strictTemporal && val.calendarId !== 'iso8601')
                throw new TypeError('Temporal objects with a non-default calendar are not allowed in Temporal strict mode');
            return val.toString({
                calendarName: 'never',
                timeZoneName: 'never',
            });
        case 'temporal/x':
            throw new TypeError('Unsupported ' + val[Symbol.toStringTag]);
    }
}
function stringifyInlineTable(obj, depth, numberAsFloat, strictTemporal) {
    let keys = Object.keys(obj);
    if (keys.length === 0)
        return '{}';
    let res = '{ ';
    for (let i = 0; i < keys.length; i++) {
        let k = keys[i];
        if (i)
            res += ', ';
        res += formatKey(k) + ' = ' + stringifyValue(obj[k], extendedTypeOf(obj[k]), depth - 1, numberAsFloat, strictTemporal);
    }
    return res + ' }';
}
function stringifyArray(array, depth, numberAsFloat, strictTemporal) {
    if (array.length === 0)
        return '[]';
    let res = '[ ';
    for (let i = 0; i < array.length; i++) {
        if (i)
            res += ', ';
        if (array[i] === null || array[i] === void 0) {
            throw new TypeError('arrays cannot contain null or undefined values');
        }
        res += stringifyValue(array[i], extendedTypeOf(array[i]), depth - 1, numberAsFloat, strictTemporal);
    }
    return res + ' ]';
}
function stringifyArrayTable(array, key, depth, numberAsFloat, strictTemporal) {
    if (depth === 0) {
        throw new Error('Could not stringify the object: maximum object depth exceeded');
    }
    let res = '';
    for (let i = 0; i < array.length; i++) {
        res += `${res && '\n'}[[${key}]]\n`;
        res += stringifyTable(0, array[i], key, depth, numberAsFloat, strictTemporal);
    }
    return res;
}
function stringifyTable(tableKey, obj, prefix, depth, numberAsFloat, strictTemporal) {
    if (depth === 0) {
        throw new Error('Could not stringify the object: maximum object depth exceeded');
    }
    let preamble = '';
    let tables = '';
    let keys = Object.keys(obj);
    for (let i = 0; i < keys.length; i++) {
        let k = keys[i];
        if (obj[k] !== null && obj[k] !== void 0) {
            let type = extendedTypeOf(obj[k]);
            if (type === 'symbol' || type === 'function') {
                throw new TypeError(`cannot serialize values of type '${type}'`);
            }
            let key = formatKey(k);
            if (type === 'array' && isArrayOfTables(obj[k])) {
                tables += (tables && '\n') + stringifyArrayTable(obj[k], prefix ? `${prefix}.${key}` : key, depth - 1, numberAsFloat, strictTemporal);
            }
            else if (type === 'object') {
                let tblKey = prefix ? `${prefix}.${key}` : key;
                tables += (tables && '\n') + stringifyTable(tblKey, obj[k], tblKey, depth - 1, numberAsFloat, strictTemporal);
            }
            else {
                preamble += key;
                preamble += ' = ';
                preamble += stringifyValue(obj[k], type, depth, numberAsFloat, strictTemporal);
                preamble += '\n';
            }
        }
    }
    if (tableKey && (preamble || !tables)) // Create table only if necessary
        preamble = preamble ? `[${tableKey}]\n${preamble}` : `[${tableKey}]`;
    return preamble && tables
        ? `${preamble}\n${tables}`
        : preamble || tables;
}
function stringify(obj, { maxDepth = 1000, numbersAsFloat = false, strictTemporal = false } = {}) {
    if (extendedTypeOf(obj) !== 'object') {
        throw new TypeError('stringify can only be called with an object');
    }
    let str = stringifyTable(0, obj, '', maxDepth, numbersAsFloat, strictTemporal);
    if (str[str.length - 1] !== '\n')
        return str + '\n';
    return str;
}

;// CONCATENATED MODULE: ./node_modules/smol-toml/dist/index.js
/*!
 * Copyright (c) Squirrel Chat et al., All rights reserved.
 * SPDX-License-Identifier: BSD-3-Clause
 *
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 *
 * 1. Redistributions of source code must retain the above copyright notice, this
 *    list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the
 *    documentation and/or other materials provided with the distribution.
 * 3. Neither the name of the copyright holder nor the names of its contributors
 *    may be used to endorse or promote products derived from this software without
 *    specific prior written permission.
 *
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
 * ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
 * FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
 * DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
 * CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
 * OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
 * OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 */





/** @deprecated use `import * as ... from 'smol-toml'` instead */
/* harmony default export */ const dist = ({ parse: parse_parse, stringify: stringify, TomlDate: TomlDate, TomlError: TomlError });

;// CONCATENATED MODULE: ./build/lib/yaml.js

const yaml_mostCharacters = 256 * 1024;
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
    if (text.length > yaml_mostCharacters)
        return { fault: `it is longer than ${yaml_mostCharacters} characters`, line: 1 };
    const yaml = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const lines = new yaml.LineCounter();
    let document;
    try {
        document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    }
    catch (error) {
        return { fault: (0,user_error/* messageOf */.bD)(error), line: 1 };
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

;// CONCATENATED MODULE: ./build/inputs/workspace.js

function locationIn(path, line, env) {
    const fromRoot = (0,external_node_path_.isAbsolute)(path) ? (0,external_node_path_.relative)(env['GITHUB_WORKSPACE'] || process.cwd(), path) : path;
    const file = external_node_path_.posix.normalize(fromRoot.replaceAll('\\', '/'));
    return file.startsWith('../') || (0,external_node_path_.isAbsolute)(file) || file === '.' ? undefined : { file, line };
}
function workflowFile(ref, repository) {
    const path = ref.toLowerCase().startsWith(`${repository.toLowerCase()}/`)
        ? ref.slice(repository.length + 1)
        : '';
    return /^(\.github\/workflows\/[^/\\]+?\.ya?ml)@/.exec(path)?.[1];
}

;// CONCATENATED MODULE: ./build/inputs/config-app.js




async function appOf(config, env) {
    const { path, text } = config;
    if (text.length > yaml_mostCharacters) {
        const language = path.endsWith('.json') ? 'JSON' : path.endsWith('.yaml') ? 'YAML' : 'TOML';
        throw invalid(config, language, `it is longer than ${yaml_mostCharacters} characters`, undefined, env);
    }
    if (path.endsWith('.json'))
        return jsonApp(config, env);
    if (path.endsWith('.yaml'))
        return yamlApp(config, env);
    try {
        return { name: nameIn(config_app_parse(text)['app']), line: appLine(text) };
    }
    catch (error) {
        const line = error instanceof TomlError ? error.line : undefined;
        throw invalid(config, 'TOML', (0,user_error/* messageOf */.bD)(error), line, env);
    }
}
async function jsonApp(config, env) {
    let value;
    try {
        value = JSON.parse(config.text);
    }
    catch (error) {
        const words = (0,user_error/* messageOf */.bD)(error);
        throw invalid(config, 'JSON', words, Number(/line (\d+)/.exec(words)?.[1] ?? 1), env);
    }
    const name = typeof value === 'object' && value !== null ? nameIn(Reflect.get(value, 'app')) : '';
    const yaml = await readYaml(config.text);
    return { name, line: 'fault' in yaml ? undefined : config_app_lineOf(yaml.get('app')) };
}
async function yamlApp(config, env) {
    const yaml = await readYaml(config.text);
    if ('fault' in yaml)
        throw invalid(config, 'YAML', yaml.fault, yaml.line, env);
    const app = yaml.get('app');
    return { name: nameIn(app.text()), line: config_app_lineOf(app) };
}
const nameIn = (app) => (typeof app === 'string' ? app : '');
const config_app_lineOf = ({ there, line }) => there ? line : undefined;
const config_app_parse = (toml) => parse_parse(toml, { integersAsBigInt: 'asNeeded' });
const invalid = ({ path }, language, words, line, env) => new user_error/* UserError */.yo({
    code: 'config-invalid',
    found: `${path} is no valid ${language}: ${words.split('\n')[0]}`,
    expected: 'a config that flyctl can read.',
    fix: `${path}; \`fly config validate --config ${path}\` shows what is wrong.`,
    location: line === undefined ? undefined : locationIn(path, line, env),
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

;// CONCATENATED MODULE: ./build/fly/app-name.js
const isAppName = (text) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);

;// CONCATENATED MODULE: ./build/inputs/fly-config.js




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
    const inFolder = `${(0,lib_text/* withoutTrailing */.hT)(given, '/')}/fly.toml`;
    const found = firstOf([given, inFolder], source);
    if (found !== undefined)
        return found;
    throw new user_error/* UserError */.yo({
        code: 'config-missing',
        found: `The config "${given}" does not exist in the workspace, and neither does "${inFolder}".`,
        expected: 'the path of a config, or of the folder with its fly.toml, from the root of the repository.',
        fix: 'the input `config`, or check the repository out before this step: `- uses: actions/checkout@v7`.',
        input: 'config',
    });
}
function appLineIn({ path }) {
    if (path.endsWith('.json'))
        return '"app": "your-app"';
    return path.endsWith('.yaml') ? 'app: your-app' : 'app = "your-app"';
}
async function fly_config_readApp(source, config) {
    const given = source.input('app');
    const app = given !== '' || config === undefined ? given : (await appOf(config, source.env)).name;
    if (app === '') {
        throw new user_error/* UserError */.yo({
            code: 'app-missing',
            found: config
                ? `The input \`app\` is empty and ${config.path} names no app.`
                : `The input \`app\` is empty and there is no ${usual}.`,
            expected: 'the name of a Fly.io app.',
            fix: `\`with: app: your-app\`${config ? `, or \`${appLineIn(config)}\` in ${config.path}` : `, or check the repository out before this step so that its ${usual} is there`}.`,
        });
    }
    if (!isAppName(app)) {
        throw new user_error/* UserError */.yo({
            code: 'app-invalid',
            found: `The app's name is ${JSON.stringify(app)}.`,
            expected: 'a Fly.io app name: lower-case letters, digits and hyphens, at most 63.',
            fix: given === '' ? `\`app\` in ${config?.path}.` : 'the input `app`.',
        });
    }
    return app;
}

// EXTERNAL MODULE: ./build/report/finding.js + 1 modules
var report_finding = __nccwpck_require__(3463);
;// CONCATENATED MODULE: ./build/report/findings-log.js


const signs = { ok: '✓', warning: '!', bad: '✗', skipped: '–' };
function tally(findings) {
    const count = (mark) => findings.filter((each) => each.mark === mark).length;
    const parts = [
        count('bad') > 0 && `${count('bad')} bad`,
        count('warning') > 0 && (0,format/* counted */.hS)(count('warning'), 'warning'),
        `${count('ok')} well`,
        count('skipped') > 0 && `${count('skipped')} not seen`,
    ];
    return parts.filter((part) => part !== false).join(', ');
}
function logFindings(findings, log) {
    for (const [area, some] of Map.groupBy(findings, ({ area }) => area)) {
        log.line(area);
        for (const finding of some) {
            const { mark, code, words, at } = finding;
            log.debug(`Finding: ${mark} ${code}`);
            const where = at === undefined || mark === 'ok' ? '' : ` (${at.file}, line ${at.line})`;
            log.line(`  ${signs[mark]} ${oneLine(words)}${oneLine(where)}`);
            const advice = (0,report_finding/* adviceOf */.wr)(finding);
            for (const line of advice === '' ? [] : advice.split('\n'))
                log.line(`      ${oneLine(line)}`);
        }
    }
    const worst = [...findings].sort((a, b) => Number(b.mark === 'bad') - Number(a.mark === 'bad'));
    for (const finding of worst) {
        const { mark, words, at } = finding;
        if (at === undefined || mark === 'ok' || mark === 'skipped')
            continue;
        log.warning(`${oneLine(words)}\n${(0,report_finding/* adviceOf */.wr)(finding)}`.trimEnd(), at);
    }
    log.line(`Checked: ${tally(findings)}. Nothing was deployed, and nothing was changed.`);
}
const oneLine = (text) => text.replace(/[\r\n]+/g, ' ');

;// CONCATENATED MODULE: ./build/doctor/token.js
const [cavApps, cavValidityWindow, cavIfPresent] = [3, 4, 13];
const permission = 'https://api.fly.io/v1';
async function readToken(token) {
    const unknown = { expires: undefined, apps: undefined };
    const parts = token.split(',').map((part) => part.trim());
    if (parts.some((part) => part.startsWith('fo1_')))
        return { kind: 'user', ...unknown };
    const { decode } = await __nccwpck_require__.e(/* import() */ 435).then(__nccwpck_require__.t.bind(__nccwpck_require__, 6435, 19));
    const macaroons = parts.flatMap((part) => {
        try {
            const bytes = Buffer.from(/^fm(?:2|1r|1a)_(.*)$/.exec(part)?.[1] ?? '', 'base64');
            const [, location, caveats] = decode(bytes);
            return Array.isArray(caveats) ? [{ location, ...limitsIn(caveats) }] : [];
        }
        catch {
            return [];
        }
    });
    const parties = Map.groupBy(macaroons, ({ location }) => location);
    const granting = parties.get(permission);
    if (granting === undefined)
        return { kind: 'opaque', ...unknown };
    const end = Math.min(...[...parties.values()].map((some) => Math.max(...some.map((each) => each.end))));
    const limited = granting.every(({ apps }) => apps !== undefined);
    return {
        kind: 'macaroon',
        expires: Number.isFinite(end) ? end * 1000 : undefined,
        apps: limited ? [...new Set(granting.flatMap(({ apps }) => apps ?? []))] : undefined,
    };
}
function limitsIn(caveats) {
    let [end, apps] = [Number.POSITIVE_INFINITY, undefined];
    for (let n = 0; n + 1 < caveats.length; n += 2) {
        const [type, body] = [caveats[n], caveats[n + 1]];
        if (!Array.isArray(body))
            continue;
        let inner = {};
        if (type === cavValidityWindow)
            inner = { end: Number(body[1]) };
        if (type === cavApps)
            inner = { apps: Object.keys(body[0]).map(Number) };
        if (type === cavIfPresent)
            inner = limitsIn(body[0]);
        end = Math.min(end, inner.end ?? end);
        if (inner.apps !== undefined && !inner.apps.includes(0))
            apps = inner.apps.filter((id) => apps?.includes(id) ?? true);
    }
    return { end, apps };
}

;// CONCATENATED MODULE: ./build/doctor/fly.js







const day = 24 * 60 * 60 * 1000;
async function checkFly(api, now) {
    const make = `make one with ${(0,advice/* tokenCommand */.xJ)(api.app)}, and store it as a secret`;
    const pass = 'with:\n  fly-api-token: ${{ secrets.FLY_API_TOKEN }}';
    if (api.token === '') {
        const words = 'There is no Fly.io token: the input `fly-api-token` and the variable FLY_API_TOKEN are empty.';
        const why = 'Secrets are empty in runs that a fork started, and in a job without the `environment:` that holds them.';
        return {
            findings: [
                {
                    area: 'Fly.io token',
                    mark: 'bad',
                    code: 'fly-token-missing',
                    words,
                    fix: `${make}:\n${pass}\n${why}`,
                },
                {
                    area: 'Fly.io app',
                    mark: 'skipped',
                    code: 'app-not-checked',
                    words: 'Not looked at: there is no token to ask Fly.io with.',
                },
            ],
            machines: undefined,
        };
    }
    const facts = await readToken(bareToken(api.token));
    const ends = expiry(facts, now, make);
    const answer = await getJson(api, `/v1/apps/${encodeURIComponent(api.app)}`, limit);
    if (answer.status !== 200)
        return { findings: [...ends, refused(answer, api.app, make)], machines: undefined };
    const app = (0,lib_json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'Fly.io’s answer');
    const organization = app.get('organization').get('slug').maybeText();
    const others = organization === undefined ? undefined : await otherApps(api, organization);
    const findings = [
        finding('Fly.io token', 'ok', 'token-accepted', `Fly.io takes the token for app "${api.app}".`),
        scope(facts, others, api.app, make),
        ...ends,
    ];
    const where = organization === undefined ? '' : ` in organization "${organization}"`;
    findings.push(finding('Fly.io app', 'ok', 'app-exists', `App "${api.app}" exists${where}.`));
    try {
        const machines = await listMachines(api);
        return { findings: [...findings, fleet(machines)], machines };
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        return {
            findings: [...findings, { ...finding('Fly.io app', 'bad', error.code, error.found), fix: error.fix }],
            machines: undefined,
        };
    }
}
const finding = (area, mark, code, words, fix) => ({
    area,
    mark,
    code,
    words,
    ...(fix === undefined ? {} : { fix }),
});
const limit = 4 * 1024 * 1024;
function refused({ status, body }, app, make) {
    const said = body.toString('utf8').replace(/\s+/g, ' ').trim().slice(0, 200);
    const words = (what) => `${what} (Fly.io answered ${status}${said === '' ? '' : `: ${said}`}).`;
    switch (status) {
        case 401:
            return finding('Fly.io token', 'bad', 'fly-unauthorized', words('Fly.io does not know this token: it was revoked, ran out, or is not whole'), `${make}:\nwith:\n  fly-api-token: \${{ secrets.FLY_API_TOKEN }}`);
        case 403:
            return finding('Fly.io token', 'bad', 'fly-unauthorized', words(`Fly.io knows this token, and it may not see app "${app}"`), `${make}:\nwith:\n  fly-api-token: \${{ secrets.FLY_API_TOKEN }}`);
        case 404:
            return finding('Fly.io app', 'bad', 'fly-app-not-found', words(`There is no app "${app}", or the token is another app’s or organization’s, which sees it as missing`), `the input \`app\`, or create the app: \`fly apps create ${app}\`. Where it exists, ${make}.`);
        default:
            return finding('Fly.io app', 'skipped', 'app-not-checked', words('Not looked at: Fly.io gave no sound answer'), advice/* retryFly */.eP);
    }
}
async function otherApps(api, organization) {
    const answer = await getJson(api, `/v1/apps?${new URLSearchParams({ org_slug: organization })}`, limit);
    if (answer.status !== 200)
        return undefined;
    const apps = (0,lib_json/* parseJsonObject */.d)(answer.body.toString('utf8'), 'Fly.io’s answer').get('apps').items();
    return apps.filter((app) => (app.get('name').maybeText() ?? api.app) !== api.app).length;
}
function scope({ kind, apps }, others, app, make) {
    const wide = (code, words) => finding('Fly.io token', 'warning', code, words, `${make}.`);
    if (kind === 'user')
        return wide('token-of-a-person', 'The token is a person’s own login: it may all that the person may, in every organization.');
    if (apps !== undefined && apps.length > 1)
        return wide('token-of-several-apps', `The token is good for ${apps.length} apps: one app’s deploy token is enough.`);
    if (apps?.length === 1)
        return finding('Fly.io token', 'ok', 'token-of-one-app', 'The token is limited to one app.');
    if (others !== undefined && others > 0)
        return wide('token-sees-other-apps', `The token also sees ${(0,format/* counted */.hS)(others, 'other app')} of the organization: one app’s deploy token is enough.`);
    if (kind === 'macaroon')
        return wide('token-of-an-organization', 'The token names no app that it is limited to, so it is good for the whole organization: one app’s deploy token is enough.');
    return finding('Fly.io token', 'skipped', 'token-scope-unknown', `How wide the token is was not seen: it does not say, and shows no other app than "${app}".`);
}
function expiry({ kind, expires }, now, make) {
    if (expires === undefined) {
        if (kind === 'macaroon')
            return [finding('Fly.io token', 'ok', 'token-without-expiry', 'The token has no end.')];
        const words = 'When the token ends was not seen: it does not say.';
        return [finding('Fly.io token', 'skipped', 'token-expiry-unknown', words)];
    }
    const date = Number.isNaN(new Date(expires).valueOf())
        ? 'a far day'
        : new Date(expires).toISOString().slice(0, 10);
    const change = `${make}. \`--expiry 8760h\` is a year.`;
    if (expires <= now)
        return [finding('Fly.io token', 'bad', 'token-expired', `The token ended on ${date}.`, change)];
    const days = Math.floor((expires - now) / day);
    return days < 14
        ? [
            finding('Fly.io token', 'warning', 'token-expires-soon', `The token ends on ${date}, in ${(0,format/* counted */.hS)(days, 'day')}.`, change),
        ]
        : [finding('Fly.io token', 'ok', 'token-expires-later', `The token ends on ${date}.`)];
}
function fleet(machines) {
    const images = Map.groupBy(machines, ({ image, digest }) => `${image}@${digest ?? '?'}`);
    if (machines.length === 0)
        return finding('Fly.io app', 'ok', 'app-without-machines', 'It has no machine yet: the first deploy makes them.');
    const list = [...images].map(([name, some]) => `${name} (${(0,format/* counted */.hS)(some.length, 'machine')})`);
    return images.size === 1
        ? finding('Fly.io app', 'ok', 'app-on-one-image', `All of it runs one image: ${list[0]}.`)
        : finding('Fly.io app', 'warning', 'app-on-several-images', `Its ${machines.length} machines run ${images.size} images: ${list.slice(0, 5).join(', ')}${images.size > 5 ? ', …' : ''}.`, 'a deploy mends this. What makes it are two deploys at once, or one that stopped half-way: see `concurrency:` below.');
}

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __nccwpck_require__(2088);
;// CONCATENATED MODULE: ./build/image/newest-tag.js


function newestTag(tags, pattern) {
    const fixed = /^[^*?]*/.exec(pattern)?.[0].length ?? 0;
    const matching = tags.filter((tag) => (0,glob/* matchesGlob */.k)(pattern, tag));
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
const compareTexts = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const compareVersions = (a, b) => (0,semver.compare)(a, b) || a.version.length - b.version.length || compareTexts(a.version, b.version);
const versionOf = (text) => (/^[0-9A-Za-z.-]+$/.test(text) && (0,semver.parse)(text)) || undefined;
function timeOf(text) {
    const [, ...parts] = /^(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:[-_.T]?(\d{2})[-_.]?(\d{2})(?:[-_.]?(\d{2}))?Z?)?(?![0-9A-Za-z])/.exec(text) ?? [];
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
    const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
    return parts.length > 0 && exists && year >= 2000 && year < 2100 && second < 61
        ? [...parts.map((part) => part ?? '00'), text].join('')
        : undefined;
}

;// CONCATENATED MODULE: ./build/registry/commit-tags.js


function imageTags(listed) {
    const valid = listed.filter(registry_reference/* isTag */.dz);
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
            : (0,tag_template/* placeholderOf */.hx)(digits.length);
    for (const form of [...(0,tag_template/* branchForms */.wf)(branch), undefined]) {
        const before = withBranch(held.before, form);
        const after = withBranch(held.after, form);
        const template = `${before}${placeholder}${after}`;
        if (form !== undefined && !template.includes('{branch}'))
            continue;
        if (!(0,tag_template/* renderTags */.Ep)(template, { branch, commit }).includes(tag))
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
    const lead = template.slice(0, template.search(tag_template/* commitPlaceholder */.lW));
    const other = lead.slice(0, -1);
    const isForeign = lead.endsWith('-') && tags.includes(other);
    return {
        template: isForeign ? `{branch}-${template.slice(lead.length)}` : template,
        branch: isForeign ? other : undefined,
        tags: some.map(({ tag }) => tag),
    };
}

;// CONCATENATED MODULE: ./build/registry/metadata-lines.js

function metadataLines(template, { flavored = false, on } = {}) {
    const [longest, ...shorter] = (0,tag_template/* lengthsIn */.tw)(template);
    const env = [
        ...(longest === undefined || longest === 7 ? [] : [`DOCKER_METADATA_SHORT_SHA_LENGTH: ${longest}`]),
        ...(on?.kind === 'pull-request' ? ['DOCKER_METADATA_PR_HEAD_SHA: true'] : []),
    ];
    const event = { branch: 'branch', tag: 'tag', 'pull-request': 'pr' }[on?.kind ?? 'branch'];
    const branch = on === undefined ? '{{branch}}' : on.kind === 'tag' ? (0,tag_template/* cleanBranch */.Y8)(on.branch) : '${{ github.head_ref }}';
    return [
        ...shorter.map((length) => `- run: echo "SHA_${length}=\${GITHUB_SHA:0:${length}}" >> "$GITHUB_ENV"`),
        '- uses: docker/metadata-action@v6',
        ...(env.length === 0 ? [] : ['  env:', ...env.map((line) => `    ${line}`)]),
        '  with:',
        '    tags: |',
        ...new Set([`      type=ref,event=${event}`, `      ${metadata_lines_lineOf(template, flavored, longest, branch)}`]),
    ].join('\n');
}
function metadata_lines_lineOf(template, flavored, longest, branch) {
    const commits = template.split(new RegExp(tag_template/* commitPlaceholder */.lW, 'g'));
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

;// CONCATENATED MODULE: ./build/doctor/tags.js





const shown = 3;
const examples = (tags) => tags.slice(-shown).join(', ');
function commitTags(tags, { shaTag }, branch) {
    const whole = shaTag.includes('{full-sha}');
    const digits = (0,tag_template/* digitsFor */.CB)(shaTag);
    return tags.filter((tag) => {
        const commit = (0,tag_template/* commitInTag */.P$)(tag, shaTag, branch);
        return (commit !== undefined &&
            (whole ? commit.length === 40 || commit.length === 64 : commit.length === digits));
    });
}
function tagFindings(given, inputs, branch) {
    const { tags } = imageTags(given);
    if (tags.length === 0) {
        const fix = `the build, which must push one before anything can be deployed:\n${metadataLines(inputs.shaTag)}`;
        return [
            {
                area: 'Image',
                mark: 'bad',
                code: 'repository-without-tags',
                words: 'The repository has no tag yet.',
                fix,
            },
        ];
    }
    return [
        ...((0,tag_template/* namesCommit */.yF)(inputs.shaTag) ? [ofCommits(tags, inputs, branch)] : []),
        ...ofMoving(tags, inputs, branch),
    ];
}
function ofCommits(tags, inputs, branch) {
    const { shaTag } = inputs;
    const ours = commitTags(tags, inputs, branch);
    if (ours.length > 0) {
        const words = `\`sha-tag\` "${shaTag}" fits ${(0,format/* counted */.hS)(ours.length, 'tag')} of branch "${branch}", e.g. ${examples(ours)}.`;
        return { area: 'Image', mark: 'ok', code: 'commit-tags-found', words };
    }
    const shape = shapeOf(tags, branch);
    const found = `None of the repository’s ${(0,format/* counted */.hS)(tags.length, 'tag')} is what \`sha-tag\` "${shaTag}" makes for branch "${branch}"`;
    const build = `let the build make the tags that this step looks for:\n${metadataLines(shaTag)}`;
    if (shape === undefined)
        return {
            area: 'Image',
            mark: 'bad',
            code: 'commit-tags-missing',
            words: `${found}, and \`sha-tag\` can describe none: ${examples(tags)}.`,
            fix: build,
        };
    const lines = [
        ...(shape.branch === undefined ? [] : [`  branch: ${quoted(shape.branch)}`]),
        ...(shape.template === (0,tag_template/* plainTemplate */.Hf)(shaTag) ? [] : [`  sha-tag: ${quoted(shape.template)}`]),
    ];
    return {
        area: 'Image',
        mark: 'bad',
        code: 'commit-tags-of-other-form',
        words: `${found}; there are ${examples(shape.tags)}.`,
        fix: `take the tags that there are:\nwith:\n${lines.join('\n')}\nOr ${build}`,
    };
}
const quoted = (text) => `"${text}"`;
function ofMoving(tags, { manualSelect }, branch) {
    const filled = (text) => text.replaceAll('{branch}', (0,tag_template/* cleanBranch */.Y8)(branch));
    const area = 'Image';
    switch (manualSelect.form) {
        case 'newest': {
            const pattern = filled(manualSelect.pattern);
            const newest = newestTag(tags, pattern).tag;
            if (newest !== undefined) {
                const words = `A run by hand would deploy ${newest}, the newest tag like "${pattern}".`;
                return [{ area, mark: 'ok', code: 'newest-tag-found', words }];
            }
            const words = `No tag is like "${pattern}" of \`manual-select\`, so a run by hand would find no image.`;
            const fix = "with:\n  manual-select: 'newest:{branch}-*'";
            return [{ area, mark: 'warning', code: 'newest-tag-missing', words, fix }];
        }
        case 'tag': {
            const moving = filled(manualSelect.tag);
            if (tags.includes(moving)) {
                const words = `The moving tag "${moving}" is there, for runs by hand.`;
                return [{ area, mark: 'ok', code: 'moving-tag-found', words }];
            }
            const words = `The moving tag "${moving}" is not there, so a run by hand would find no image.`;
            const fix = 'a line more in the build:\n- uses: docker/metadata-action@v6\n  with:\n    tags: |\n      type=ref,event=branch\nOr name another one in the step: `with: manual-select: tag:…`.';
            return [{ area, mark: 'warning', code: 'moving-tag-missing', words, fix }];
        }
        default:
            return [];
    }
}

;// CONCATENATED MODULE: ./build/doctor/github.js





async function checkGitHub(rt, inputs, branch, tags) {
    const finding = (mark, code, words, fix) => ({
        area: 'GitHub token',
        mark,
        code,
        words,
        ...(fix === undefined ? {} : { fix }),
    });
    if (inputs.githubToken === '')
        return [
            finding('skipped', 'github-token-missing', 'Not looked at: there is no `github-token`, so that no run can tell an outdated build.', 'leave the input `github-token` out: the job’s own is its default.'),
        ];
    const github = githubOf(rt, inputs.githubToken, lib_http/* policies */.R3.githubCheck);
    const head = await github.branchHead(branch);
    const status = typeof head === 'string' ? 200 : head.status;
    const lines = 'permissions:\n  contents: read';
    if (status === 401)
        return [
            finding('warning', 'github-token-unknown', 'GitHub does not know the `github-token` (401).', 'leave the input `github-token` out: the job’s own is its default.'),
        ];
    if (status === 403 || status === 404)
        return [
            finding('warning', 'github-token-without-contents', `The job’s token may not read this repository’s commits (${status}), so that no run can tell an outdated build.`, lines),
        ];
    if (status === 422)
        return [
            finding('bad', 'branch-missing', `The repository has no branch "${branch}", whose builds are to be deployed.`, '`with: branch:`; left out, it is the repository’s default branch.'),
        ];
    if (typeof head !== 'string')
        return [
            finding('skipped', 'github-not-checked', `Not looked at: GitHub answered ${status} for the head of branch "${branch}".`),
        ];
    const well = finding('ok', 'github-token-accepted', `The job’s token reads this repository’s commits; the head of branch "${branch}" is ${head}.`);
    const whole = (0,registry_reference/* namesImage */.Gc)(inputs.image);
    if (whole || !(0,tag_template/* namesCommit */.yF)(inputs.shaTag) || commitTags(tags, inputs, branch).length === 0)
        return [well];
    const possible = (0,tag_template/* renderTags */.Ep)(inputs.shaTag, { branch, commit: head });
    const tag = possible.find((each) => tags.includes(each));
    if (tag !== undefined)
        return [
            well,
            {
                area: 'Image',
                mark: 'ok',
                code: 'head-with-image',
                words: `The head of branch "${branch}" has its image, ${tag}.`,
            },
        ];
    const words = `The head of branch "${branch}" has no image ${possible[0]}: it is not built yet, its build failed, or a \`paths:\` filter left it out.`;
    return [
        well,
        {
            area: 'Image',
            mark: 'warning',
            code: 'head-without-image',
            words,
            fix: 'look at the build of that commit; a run by hand deploys the moving tag meanwhile.',
        },
    ];
}

// EXTERNAL MODULE: ./build/lib/progress.js
var lib_progress = __nccwpck_require__(8285);
;// CONCATENATED MODULE: ./build/registry/provenance.js




const statementLimit = 40 * 1024 * 1024;
async function builtFrom(session, index, platformDigest) {
    const entry = index.json
        .get('manifests')
        .items()
        .find((each) => each.get('annotations').get('vnd.docker.reference.type').value === 'attestation-manifest' &&
        each.get('annotations').get('vnd.docker.reference.digest').value === platformDigest);
    const digest = entry?.get('digest').maybeText() ?? '';
    if (!(0,registry_reference/* isDigest */.Bc)(digest))
        return undefined;
    try {
        const attestation = await getManifest(session, digest);
        const layer = attestation?.json
            .get('layers')
            .items()
            .find((each) => each
            .get('annotations')
            .get('in-toto.io/predicate-type')
            .maybeText()
            ?.startsWith('https://slsa.dev/provenance/'));
        const blob = layer?.get('digest').maybeText() ?? '';
        const statement = (0,registry_reference/* isDigest */.Bc)(blob) ? await getJsonBlob(session, blob, statementLimit) : undefined;
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

;// CONCATENATED MODULE: ./build/image/inspect.js



const lag = 10_000;
async function inspectImage(root, plan, wanted, { expected, repositoryUrl }, { session, clock }) {
    const until = clock.now() + lag;
    const platform = await findPlatform(session, root, async () => {
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
        revision: await revisionOf(session, platform, findRevision(platform.annotations, labels, context), expected),
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

;// CONCATENATED MODULE: ./build/image/tag-list.js







const [mostListed, mostRead, tag_list_mostShown] = [10_000, 24, 5];
async function listOf(session) {
    let listed;
    try {
        listed = await listTags(session, mostListed);
    }
    catch (error) {
        return { kind: 'unlisted', why: (0,user_error/* messageOf */.bD)(error).split('\n')[0] ?? '' };
    }
    if (listed === undefined)
        return { kind: 'no-repository' };
    const { tags, signatures } = imageTags(listed);
    const first = listed.length >= mostListed ? 'first ' : '';
    const left = signatures === 0 ? '' : `\n${(0,format/* counted */.hS)(signatures, 'tag')} of signatures left out.`;
    return { kind: 'listed', tags, count: `${first}${(0,format/* counted */.hS)(tags.length, 'tag')}`, left };
}
const some = (tags) => `${tags.slice(0, tag_list_mostShown).join(', ')}${tags.length > tag_list_mostShown ? ` and ${tags.length - tag_list_mostShown} more` : ''}`;
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
    while (length < Math.min(a.length, b.length) && a[length] === b[length])
        length++;
    return length;
}
async function similarTags({ tags, count }, session, { template, branch, now }) {
    const like = tags.filter((tag) => (0,tag_template/* madeByTemplate */.fs)(tag, template, branch));
    if (like.length === 0)
        return `None of the repository’s ${count} has this form; it has ${some(tags.slice(-tag_list_mostShown))}.`;
    const shown = await tag_list_newestOf(session, like);
    const isDated = shown.every(({ created }) => created !== undefined);
    const all = like.length > mostRead ? `the last ${mostRead} in the list of ${like.length}` : like.length;
    const part = like.length > shown.length ? `${shown.length} of ${all} tags` : 'The tags';
    const list = shown.map(({ tag, created }) => {
        const age = created === undefined ? undefined : (0,format/* formatAge */.nV)(created, now);
        return `\n  ${tag}${age === undefined ? '' : ` (${age})`}`;
    });
    return `${part} of that branch that exist${isDated ? ', newest first' : ''}:${list.join('')}`;
}
async function tag_list_newestOf(session, like) {
    const sample = like.slice(-mostRead);
    const dated = await pMap(sample, async (tag) => ({ tag, created: await createdOf(session, tag).catch(() => undefined) }), { concurrency: 6 });
    return dated.sort((a, b) => time(b.created) - time(a.created)).slice(0, tag_list_mostShown);
}
const time = (created) => Date.parse(created ?? '') || 0;
async function createdOf(session, tag) {
    const root = await getManifest(session, tag);
    const first = root && isIndex(root) ? root.json.get('manifests').items()[0]?.get('digest').maybeText() : undefined;
    const manifest = first === undefined || !(0,registry_reference/* isDigest */.Bc)(first) ? root : await getManifest(session, first);
    const config = manifest?.json.get('config').get('digest').maybeText();
    if (config === undefined || !(0,registry_reference/* isDigest */.Bc)(config))
        return undefined;
    return (await getJsonBlob(session, config))?.get('created').maybeText();
}

;// CONCATENATED MODULE: ./build/image/not-found.js








async function notFound(plan, wanted, waited, inputs, about, deps) {
    const name = (0,registry_reference/* formatReference */.FH)(wanted);
    const after = waited > 0 ? ` after ${(0,format/* formatDuration */.a3)(waited)} of waiting` : '';
    const missing = `There is no image ${name}${after} (404).`;
    const named = plan.by === 'event' ? 'image' : plan.by;
    const input = 'reference' in plan ? { input: named } : {};
    const failure = (found, expected, fix) => new user_error/* UserError */.yo({ code: 'image-not-found', found, expected, fix, ...input });
    const expected = plan.source === 'sha-tag'
        ? `the tag ${plan.otherTag === undefined ? plan.tag : `${plan.tag} or ${plan.otherTag}`}, made by the build of commit ${plan.commit}.`
        : 'reference' in plan
            ? `the image that the input \`${named}\` names.`
            : `the tag "${wanted.tag}", whose digest is to be deployed.`;
    if (plan.source === 'reference' && plan.published !== undefined)
        return failure(missing, `what was published with tag ${plan.published}: it has been deleted since.`, 'publish it again, which is another event of this kind; or deploy the newest image, by a manual run of this workflow.');
    if (wanted.tag === undefined || wanted.digest !== undefined)
        return failure(missing, expected, `\`with: ${named}:\`. A digest must be a manifest’s or an index’s: the config’s (\`.config.digest\`) names no image.`);
    const build = buildAdvice(plan, wanted.tag, inputs.shaTag, about);
    const orWait = plan.source === 'sha-tag' ? 'wait longer for it (`with: wait-for-image: 5m`), or ' : '';
    const list = await listOf(deps.session);
    if (list.kind === 'unlisted')
        return failure(`${missing} Its tags could not be listed (${list.why}).`, expected, 'reference' in plan ? '`with: image:`. Check the tag.' : `${orWait}${build}`);
    if (list.kind === 'no-repository' || list.tags.length === 0) {
        const repository = (0,registry_reference/* formatReference */.FH)(plan.repository);
        const found = list.kind === 'no-repository'
            ? `There is no repository ${repository} (404), so there is no image ${name}${after}.`
            : `The repository ${repository} has no tags, so there is no image ${name}${after} (404).`;
        return failure(found, expected, `check the name in \`image\`. If it is right, ${orWait}${build}`);
    }
    const held = heldOf(plan, wanted.tag, list.tags, about);
    const [best] = held;
    if (best !== undefined) {
        const one = held.length === 1 ? 'The repository has a tag' : `The repository has ${held.length} tags`;
        const words = `${one} with commit ${(0,tag_template/* shortSha */.Fu)(best.commit)}: ${some(held.map(({ tag }) => tag))}.`;
        const there = await inputOf(plan, best, about, deps);
        const others = held
            .slice(1, 4)
            .flatMap(({ tag, template }) => (template === undefined ? [] : [`"${template}" finds ${tag}`]));
        const or = others.length === 0 || !there.includes('sha-tag: "') ? '' : `\nInstead, ${others.join(', ')}.`;
        return failure(`${missing} ${words}${list.left}`, expected, `${there}${or}${'reference' in plan ? '' : `\nOr ${build}`}`);
    }
    if (plan.source === 'sha-tag') {
        const template = inputs.shaTag;
        const words = await similarTags(list, deps.session, {
            template,
            branch: plan.branch,
            now: deps.clock.now(),
        });
        const built = await ofTag(deps.session, wanted, about.buildRef);
        return failure(`${missing} ${words}${list.left}`, expected, `${built}${orWait}${build}`);
    }
    const like = 'reference' in plan ? closest(list.tags, wanted.tag) : movingTags(list.tags, wanted.tag);
    const words = `The repository has ${list.count}, such as ${some(closest(list.tags, wanted.tag).slice(0, 5))}.`;
    return failure(`${missing} ${words}${list.left}`, expected, namedAdvice(plan, like[0], build));
}
function heldOf(plan, wanted, tags, { branch, eventCommit }) {
    const others = tags.filter((tag) => tag !== wanted);
    const named = commitsIn(wanted).map((digits) => (eventCommit?.startsWith(digits) ? eventCommit : digits));
    const meant = plan.commit === undefined ? [...named, eventCommit ?? ''] : [plan.commit];
    return meant.map((commit) => tagsOfCommit(others, commit, branch)).find((held) => held.length > 0) ?? [];
}
async function inputOf(plan, { tag, commit, template, varying }, { eventCommit }, { session }) {
    const repository = (0,registry_reference/* formatReference */.FH)(plan.repository);
    const wanted = 'reference' in plan ? eventCommit : plan.commit;
    if (template !== undefined && wanted !== undefined && commit.startsWith(wanted)) {
        const lines = [
            ...('reference' in plan ? [`  image: ${repository}`] : []),
            ...(commit === wanted ? [] : [`  commit: "${commit}"`]),
            `  sha-tag: "${template}"`,
        ];
        return `look for the tag that is there:\nwith:\n${lines.join('\n')}`;
    }
    if (template !== undefined)
        return `name the tag that is there:\nwith:\n  ${naming(plan, { tag })}`;
    const digest = await headDigest(session, tag).catch(() => undefined);
    const image = naming(plan, digest !== undefined && (0,registry_reference/* isDigest */.Bc)(digest) ? { digest } : { tag });
    const why = varying.length === 0
        ? ''
        : `\nNo \`sha-tag\` finds such tags in other runs, because ${varying.join(' and ')} differ${varying.length === 1 ? 's' : ''} from build to build. For every run, deploy in a job after the build what it pushed: \`image: \${{ needs.build.outputs.reference }}\` with build-image.yml.`;
    return `deploy ${tag} by its digest, for this commit alone:\nwith:\n  ${image}${why}`;
}
function naming({ by, repository }, image) {
    if (by !== 'select' && by !== 'manual-select')
        return `image: ${(0,registry_reference/* formatReference */.FH)({ ...repository, ...image })}`;
    return `${by}: "${'tag' in image ? `tag:${image.tag}` : `digest:${image.digest}`}"`;
}
const onOf = (branch, { kind }) => kind === 'branch' ? undefined : kind === 'tag' ? { kind, branch } : { kind };
function buildAdvice(plan, tag, shaTag, { branch, buildRef }) {
    if (plan.source === 'sha-tag')
        return `let the build write the tag ${tag}. These lines make it:\n${metadataLines(shaTag, { on: onOf(plan.branch, buildRef) })}`;
    const template = (0,tag_template/* branchForms */.wf)(branch).includes(tag) ? '{branch}' : tag;
    return `let the build write the tag ${tag}. These lines make it:\n${metadataLines(template)}`;
}
function namedAdvice(plan, instead, build) {
    if ('reference' in plan)
        return instead === undefined
            ? build
            : `name a tag that is there, such as:\nwith:\n  ${naming(plan, { tag: instead })}`;
    if (instead === undefined)
        return build;
    const line = plan.by === 'commit' ? `sha-tag: "${instead}"` : naming(plan, { tag: instead });
    return `name a tag that is there, such as:\nwith:\n  ${line}\nOr ${build}`;
}
function movingTags(tags, wanted) {
    const usual = ['latest', 'main', 'master', 'production', 'stable', 'edge'];
    const moving = tags.filter((tag) => commitsIn(tag).length === 0 && !/\d/.test(tag));
    return [...usual.filter((tag) => moving.includes(tag)), ...closest(moving, wanted)];
}
async function ofTag(session, { host, path }, on) {
    if (on.kind !== 'tag')
        return '';
    const cleaned = (0,tag_template/* cleanBranch */.Y8)(on.name);
    for (const tag of [cleaned, cleaned.replace(/^v(?=\d)/, '')]) {
        if (!(0,registry_reference/* isTag */.dz)(tag))
            continue;
        const there = await headDigest(session, tag).catch(() => undefined);
        if (there !== undefined)
            return `deploy the image of the tag that was built: \`with: image: ${(0,registry_reference/* formatReference */.FH)({ host, path, tag })}\`; or `;
    }
    return '';
}

;// CONCATENATED MODULE: ./build/image/types.js
const isNamed = ({ source }) => source === 'reference' || source === 'digest' || source === 'pattern';

;// CONCATENATED MODULE: ./build/image/resolve.js










const mostTags = 100_000;
async function resolveImage(plan, inputs, context, deps) {
    const { clock, session } = deps;
    const wanted = plan.source === 'pattern' ? await resolve_newestOf(plan, deps) : wantedOf(plan);
    const names = [
        wanted,
        ...(plan.source === 'sha-tag' && plan.otherTag !== undefined
            ? [{ ...plan.repository, tag: plan.otherTag }]
            : []),
    ];
    const { repositoryUrl, eventCommit } = context;
    const expected = plan.commit ?? (isNamed(plan) ? eventCommit : undefined);
    const awaitable = expected !== undefined || plan.source === 'reference';
    const patience = wanted.digest === undefined && plan.source !== 'pattern' && awaitable ? inputs.waitForImage : 0;
    const look = ({ root, name }) => inspectImage(root, plan, name, { expected, repositoryUrl }, deps);
    const awaited = inputs.checkRevision === 'off' || plan.source === 'sha-tag' ? undefined : plan.commit;
    const end = clock.now() + patience;
    let seen;
    const wait = {
        what: (0,registry_reference/* formatReference */.FH)(wanted),
        limit: () => patience,
        how: () => (seen === undefined ? 'not there' : `of commit ${seen.revision?.commit}, not ${awaited}`),
    };
    await (0,lib_progress/* waiting */.e)(wait, deps, async (say) => {
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
        const root = last === undefined ? await getManifest(session, resolve_nameIn(name)) : undefined;
        if (root !== undefined)
            last = { root, name };
    }
    yield last;
    for (let interval = 2000;; interval = Math.min(interval * 1.5, 12_500)) {
        const left = end - clock.now();
        if (left <= 0)
            return;
        await clock.sleep(Math.min(left, interval * (0.8 + 0.4 * random())));
        let now;
        for (const name of names) {
            const digest = now === undefined ? await headDigest(session, resolve_nameIn(name)) : undefined;
            if (digest === undefined || digest === last?.root.digest)
                continue;
            const root = await getManifest(session, resolve_nameIn(name));
            if (root !== undefined)
                now = { root, name };
        }
        last = now ?? last;
        yield now;
    }
}
const resolve_nameIn = ({ digest, tag }) => digest ?? tag ?? 'latest';
function wantedOf(plan) {
    return 'reference' in plan ? plan.reference : { ...plan.repository, tag: plan.tag };
}
async function resolve_newestOf({ by, repository, pattern }, { session, log }) {
    const tags = (await listTags(session, mostTags)) ?? [];
    const { tag, matching, ordered } = newestTag(tags, pattern);
    const all = (0,format/* counted */.hS)(tags.length, 'tag');
    if (tag !== undefined && tags.length < mostTags) {
        log.line(`Newest of ${(0,format/* counted */.hS)(ordered, 'tag')} like ${pattern}, of ${all} in all: ${tag}`);
        return { ...repository, tag };
    }
    const name = (0,registry_reference/* formatReference */.FH)(repository);
    const some = tags.filter((each) => (0,glob/* matchesGlob */.k)(pattern, each)).slice(-5);
    throw new user_error/* UserError */.yo({
        code: 'newest-tag-unknown',
        found: tag !== undefined
            ? `${name} has ${mostTags} tags or more: which one is the newest like "${pattern}" cannot be told from a part of them.`
            : `None of the ${all} of ${name} ${matching === 0 ? 'is' : 'can be ordered by a time or a version in its name, though some are'} like "${pattern}"${some.length === 0 ? '' : ` (${some.join(', ')})`}.`,
        expected: 'tags such as main-20261124-093000 or v1.2.3, of which one is the newest.',
        fix: `\`with: ${by}: newest:…\`, or the tags of the build: \`type=raw,value={{branch}}-{{date 'YYYYMMDD-HHmmss'}}\` or \`type=semver,pattern=v{{version}}\` in docker/metadata-action.`,
    });
}

;// CONCATENATED MODULE: ./build/mirror/errors.js




const errors_appOf = ({ repository }) => repository.path.split('/').at(-1) ?? '';
const pushService = {
    found: ({ what, repository }, answer) => 'status' in answer
        ? `${new URL(answer.url).host} answered ${answer.status} to ${what} to ${(0,registry_reference/* formatReference */.FH)(repository)} (${registryWords(answer)}).`
        : `No answer from ${answer.url} to ${what} to ${(0,registry_reference/* formatReference */.FH)(repository)}.`,
    advice: {
        denied: (push) => ({
            code: 'mirror-unauthorized',
            expected: `a token that may push to the registry of app "${errors_appOf(push)}".`,
            fix: (0,advice/* newFlyToken */.JX)(errors_appOf(push)),
        }),
        'not-found': (push) => ({
            code: 'fly-app-not-found',
            expected: `an app "${errors_appOf(push)}", whose images live there.`,
            fix: `the input \`app\`, or create the app first: \`fly apps create ${errors_appOf(push)}\`.`,
        }),
        unexpected: () => ({
            code: 'mirror-refused',
            expected: 'a registry that takes the image.',
            fix: `${advice/* retryFly */.eP} Or make the package public and set \`mirror: never\`.`,
        }),
    },
};
const pushError = (answer, { repository }, what = 'a push') => apiError({ service: pushService, resource: { what, repository }, answer });

// EXTERNAL MODULE: ./node_modules/p-retry/index.js + 1 modules
var p_retry = __nccwpck_require__(4995);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
// EXTERNAL MODULE: ./build/lib/http-stream.js + 1 modules
var http_stream = __nccwpck_require__(4706);
;// CONCATENATED MODULE: ./build/mirror/copy-blob.js









class Interrupted extends Error {
}
async function copyBlob(blob, ends) {
    const { source, target, streams, signal } = ends;
    const exists = await target.request(`blobs/${blob.digest}`, { method: 'HEAD', limit: 0 });
    if (exists.status === 200)
        return 'there';
    const started = await target.request('blobs/uploads/', { method: 'POST', limit: 64 * 1024 });
    if (started.status !== 202)
        throw refusalOf(started, target);
    const location = uploadUrl(started, blob.digest);
    const download = await copy_blob_open(source, blob, streams, signal);
    let counted = 0;
    const checked = check(blob, source, (bytes) => {
        counted += bytes;
        ends.progress(bytes);
    });
    try {
        download.body.on('error', (error) => checked.destroy(error));
        const answer = await streams.put({ url: location, namedBy: started }, {
            'content-type': 'application/octet-stream',
            'content-length': String(blob.size),
            ...target.authorizationFor(location),
        }, download.body.pipe(checked), signal);
        if (answer.status !== 201 && answer.status !== 204)
            throw refusalOf(answer, target);
        return 'copied';
    }
    catch (error) {
        ends.progress(-counted);
        throw error;
    }
    finally {
        download.body.destroy();
        checked.destroy();
    }
}
function refusalOf(answer, target) {
    return (0,hosts/* passesByItself */.uj)(answer) || (answer.status === 401 && target.identity === 'login')
        ? new Interrupted(`${new URL(answer.url).host} answered ${answer.status}`)
        : pushError(answer, target);
}
async function copy_blob_open(source, { digest, size }, streams, signal) {
    const url = source.urlOf(`blobs/${digest}`);
    const answer = await source.authorized((headers) => streams.get(url, headers, signal), (refused) => (0,http_stream/* answerOf */.u)(refused), url);
    const where = (0,registry_reference/* formatReference */.FH)({ ...source.repository, digest });
    if (answer.status === 200 && !Buffer.isBuffer(answer.body)) {
        const length = answer.headers.get('content-length');
        if (length === null || Number(length) === size)
            return { ...answer, body: answer.body };
        answer.body.destroy();
        throw new user_error/* UserError */.yo({
            code: 'blob-mismatch',
            found: `${where} has ${length} bytes by the registry’s answer, and ${size} by the manifest.`,
            expected: 'one size.',
            fix: 'build and push the image again; a proxy between this runner and the registry may change its answers.',
        });
    }
    if (!Buffer.isBuffer(answer.body))
        answer.body.destroy();
    const refused = answer.status;
    if (refused >= 500 || refused === 429 || refused === 408)
        throw new Interrupted(`${source.repository.host} answered ${refused}`);
    throw new user_error/* UserError */.yo({
        code: 'blob-unavailable',
        found: `${where}, a layer or config of the image, answered ${refused}.`,
        expected: 'the bytes that the image’s manifest lists.',
        fix: 'build and push the image again; a clean-up job may have deleted a part of it.',
    });
}
function check({ digest, size }, source, progress) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let bytes = 0;
    const wrong = (what) => new user_error/* UserError */.yo({
        code: 'blob-mismatch',
        found: `${(0,registry_reference/* formatReference */.FH)({ ...source.repository, digest })}: the registry sent ${what}.`,
        expected: 'the bytes of that digest, which were built.',
        fix: 'run the job again; if it stays, build and push the image again.',
    });
    return new external_node_stream_.Transform({
        highWaterMark: 1024 * 1024,
        transform(chunk, _encoding, done) {
            bytes += chunk.length;
            hash.update(chunk);
            progress(chunk.length);
            if (bytes < size)
                return done(undefined, chunk);
            if (bytes > size)
                return done(wrong(`more than the ${size} bytes that the manifest says`));
            const found = `sha256:${hash.digest('hex')}`;
            done(found === digest ? undefined : wrong(`bytes whose digest is ${found}`), chunk);
        },
        flush(done) {
            done(bytes === size ? undefined : new Interrupted(`the blob ended after ${bytes} of ${size} bytes`));
        },
    });
}
function uploadUrl(answer, digest) {
    const location = answer.headers.get('location') ?? '';
    const url = (0,url_policy/* resolveUrl */.O2)(location, answer);
    if (location === '' || url === undefined || (0,url_policy/* objection */.C4)(url, answer) !== undefined) {
        throw new http_error/* HttpError */.j(answer.url, 'redirect', `it named "${location}" as the place to upload to`);
    }
    return `${url.origin}${url.pathname}${url.search}${url.search === '' ? '?' : '&'}digest=${digest}`;
}

;// CONCATENATED MODULE: ./build/mirror/copy-image.js










const [sideBySide, copy_image_tries] = [4, 4];
async function copyImage(manifest, tag, deps) {
    const blobs = new Map(blobsOf(manifest, deps).map((blob) => [blob.digest, blob]));
    const total = [...blobs.values()].reduce((sum, { size }) => sum + size, 0);
    const done = { bytes: 0, there: 0, skipped: 0 };
    const begin = deps.clock.now();
    const took = () => deps.clock.now() - begin;
    const rate = () => `${(done.bytes / Math.max(took(), 1) / 1000).toFixed(1)} MB/s`;
    const standing = () => `${(0,format/* formatBytes */.z3)(done.bytes)} of ${(0,format/* formatBytes */.z3)(total - done.skipped)} copied, ${rate()},`;
    const progress = (bytes) => {
        done.bytes += bytes;
    };
    const stop = new AbortController();
    const copyBlobs = () => pMap([...blobs.values()], async (blob) => {
        const ends = { ...deps, signal: stop.signal, progress };
        if ((await persist(() => copyBlob(blob, ends), deps)) === 'copied')
            return;
        done.there++;
        done.skipped += blob.size;
    }, { concurrency: sideBySide, stopOnError: true });
    try {
        await (0,lib_progress/* waiting */.e)({ what: 'the copy', how: standing }, deps, copyBlobs);
        await persist(() => putManifest(manifest, tag, deps.target), deps);
    }
    catch (error) {
        stop.abort();
        throw connection(error, deps);
    }
    if (done.bytes > 0)
        deps.log.line(`Copied ${(0,format/* formatBytes */.z3)(done.bytes)} in ${(0,format/* formatDuration */.a3)(took())}, ${rate()}`);
    return { bytes: done.bytes, blobs: blobs.size, there: done.there };
}
function blobsOf({ json, digest }, { source }) {
    const config = json.get('config');
    const parts = [...(config.value === undefined ? [] : [config]), ...json.get('layers').items()];
    return parts.map((part) => {
        if (/nondistributable|foreign/.test(part.get('mediaType').maybeText() ?? '')) {
            throw new user_error/* UserError */.yo({
                code: 'layer-not-distributable',
                found: `${(0,registry_reference/* formatReference */.FH)({ ...source.repository, digest })} has a layer that may not be distributed (${part.get('mediaType').text()}).`,
                expected: 'layers that may be copied.',
                fix: 'build from another base image, or make the package public and set `mirror: never`.',
            });
        }
        return { digest: digestOf(part), size: part.get('size').integer() };
    });
}
function digestOf(entry) {
    const digest = entry.get('digest').text();
    if (!(0,registry_reference/* isDigest */.Bc)(digest))
        throw entry.get('digest').error('a sha256 digest');
    return digest;
}
async function putManifest({ bytes, mediaType, digest }, name, target) {
    const answer = await target.request(`manifests/${name}`, {
        method: 'PUT',
        headers: { 'content-type': mediaType },
        body: Buffer.from(bytes),
        limit: 64 * 1024,
    });
    if (answer.status !== 201)
        throw pushError(answer, target);
    const stored = answer.headers.get('docker-content-digest') ?? digest;
    if (stored === digest)
        return;
    throw new user_error/* UserError */.yo({
        code: 'mirror-changed-digest',
        found: `${(0,registry_reference/* formatReference */.FH)(target.repository)} stored the manifest ${digest} as ${stored}.`,
        expected: 'the same bytes, and so the same digest (distribution spec, "Pushing manifests").',
        fix: advice/* retryFly */.eP,
    });
}
function persist(work, { clock, random, log }) {
    return (0,p_retry/* default */.Ay)(work, {
        retries: copy_image_tries - 1,
        minTimeout: 0,
        maxTimeout: 0,
        shouldRetry: ({ error }) => error instanceof Interrupted || isBroken(error),
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
            if (retriesLeft === 0 || !(error instanceof Interrupted || isBroken(error)))
                return;
            log.line(`Interrupted (${(0,user_error/* messageOf */.bD)(error)}): this part begins anew`);
            await clock.sleep(500 + random() * 1000 * 2 ** (attemptNumber - 1));
        },
    });
}
const isBroken = (error) => (error instanceof http_error/* HttpError */.j && error.mayPass) ||
    (error instanceof Error &&
        ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code)));
function connection(error, { source, target }) {
    if (error instanceof user_error/* UserError */.yo || !(error instanceof Error))
        return error;
    if (!(error instanceof Interrupted || error instanceof http_error/* HttpError */.j || isBroken(error)))
        return error;
    const [from, to] = [source, target].map(({ repository }) => (0,registry_reference/* formatReference */.FH)(repository));
    return new user_error/* UserError */.yo({
        code: error instanceof http_error/* HttpError */.j && !isBroken(error) ? 'mirror-unexpected-answer' : 'mirror-interrupted',
        found: `The copy from ${from} to ${to} was interrupted ${copy_image_tries} times: ${(0,user_error/* messageOf */.bD)(error)}.`,
        expected: 'both registries, reachable to the end.',
        fix: `what was copied is there already: ${advice/* retryFly */.eP}`,
    }, { cause: error });
}

;// CONCATENATED MODULE: ./build/mirror/mirror.js









const needsMirror = (mode, image, mirror) => image.repository.host !== mirror.host && (mode === 'always' || (mode === 'auto' && !image.public));
function mirrorFor(rt, inputs, { plan, image, session }) {
    const repository = (0,hosts/* flyRepository */.QY)(inputs.app, rt.env);
    if (!needsMirror(inputs.mirror, image, repository))
        return undefined;
    const title = `Copy the image to ${(0,registry_reference/* formatReference */.FH)(repository)}, where Fly.io can pull it`;
    const target = flySession(rt, inputs.flyLogin, repository);
    return {
        repository,
        copy: () => rt.log.group(title, () => mirrorImage(plan, image, { ...rt, source: session, target })),
    };
}
const [mirror_lag, between] = [60_000, 1000];
async function mirrorImage(plan, image, deps) {
    const root = image.platform;
    const tag = plan.source === 'sha-tag'
        ? (image.tag ?? plan.tag)
        : `deployment-${root.digest.slice('sha256:'.length, 'sha256:'.length + 12)}`;
    const { repository } = deps.target;
    const begin = deps.clock.now();
    deps.log.line(`${(0,registry_reference/* formatReference */.FH)(image.repository)}@${root.digest} → ${(0,registry_reference/* formatReference */.FH)({ ...repository, tag })}`);
    const copied = await copyImage(root, tag, deps);
    const took = (0,format/* formatDuration */.a3)(deps.clock.now() - begin);
    deps.log.line(copied.there === copied.blobs
        ? `All ${copied.blobs} parts were there already`
        : `${(0,format/* formatBytes */.z3)(copied.bytes)} copied in ${took}, ${copied.there} of ${copied.blobs} parts were there already`);
    await appears(root.digest, tag, deps);
    const { digest } = root;
    return { ...copied, reference: { ...repository, ...(plan.pin ? { digest } : { tag }) }, tag, digest };
}
async function appears(digest, tag, { target, clock, log }) {
    const what = (0,registry_reference/* formatReference */.FH)({ ...target.repository, tag });
    const until = clock.now() + mirror_lag;
    let found;
    const wait = { what, limit: () => mirror_lag, how: () => found ?? 'not there' };
    await (0,lib_progress/* waiting */.e)(wait, { clock, log }, async () => {
        for (;;) {
            found = await headDigest(target, tag);
            if (found === digest || found === 'unknown')
                return;
            if (clock.now() >= until) {
                throw new user_error/* UserError */.yo({
                    code: 'mirror-not-there',
                    found: `${what} is ${found ?? 'not there'}, ${(0,format/* formatDuration */.a3)(mirror_lag)} after it was pushed.`,
                    expected: digest,
                    fix: found === undefined
                        ? advice/* retryFly */.eP
                        : 'let one deploy end before the next begins: `concurrency:` in the workflow. Somebody else pushed this tag.',
                });
            }
            await clock.sleep(between);
        }
    });
}

;// CONCATENATED MODULE: ./build/image/on-branch.js







const [on_branch_lag, on_branch_between] = [10_000, 2500];
async function checkBranch(rt, inputs, trigger, image) {
    const { buildRef, revision } = image;
    const isNamedRef = trigger.kind === 'automatic' && trigger.run !== undefined && buildRef.kind !== 'pull-request';
    if (buildRef.kind !== 'branch' && !isNamedRef)
        return;
    const commit = commitToCompare(trigger, image);
    if (commit === undefined)
        return;
    const { repositoryUrl } = linksOf(rt);
    const { branch } = trigger;
    const isSent = trigger.event === 'repository_dispatch' || (trigger.kind === 'automatic' && commit !== trigger.commit);
    if (isSent && isOtherRepository(revision, { repositoryUrl, imagePath: inputs.image.path }))
        return;
    const { clock } = rt;
    const github = githubOf(rt, inputs.githubToken, lib_http/* policies */.R3.githubCheck);
    const end = clock.now() + on_branch_lag;
    for (;;) {
        const compared = await github.compare(`refs/heads/${branch}`, commit);
        if ('unknown' in compared) {
            if (isNamedRef && compared.missing === true && (await isTag(github, branch, commit)))
                return;
            return notCompared(rt, inputs, commit, branch, compared.unknown);
        }
        const { status } = compared;
        if (status === 'identical' || status === 'behind')
            return;
        if (status === 'diverged' || clock.now() >= end)
            throw notOn(commit, branch, status);
        await clock.sleep(on_branch_between);
    }
}
function commitToCompare(trigger, { plan, revision }) {
    const isFree = isNamed(plan) && plan.by !== 'commit';
    const bySomeProgram = ['repository_dispatch', 'registry_package'].includes(trigger.event);
    const meant = trigger.kind === 'automatic'
        ? ((isFree ? undefined : plan.commit) ?? trigger.commit)
        : bySomeProgram
            ? plan.commit
            : undefined;
    const said = revision?.commit ?? '';
    return meant !== undefined && (0,lib_commit/* isCommit */.W)(said) && said.startsWith(meant) ? said : meant;
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
        expected: `a commit of "${branch}", the branch whose builds are deployed.`,
        fix: `merge the commit, and deploy the build of the merge. If "${branch}" was force-pushed, deploy the build of its new head. If builds of another branch are meant: \`with: branch:\` with its name.`,
    });
}
function notCompared({ log }, { attestation }, commit, branch, why) {
    const permission = 'permissions:\n    contents: read';
    const found = `Whether commit ${commit} is on branch "${branch}" is not known: ${why}.`;
    const expected = `GitHub’s comparison of the two, which shows that "${branch}" has the commit.`;
    const fix = `let the job read the repository:\n  ${permission}`;
    if (attestation.mode === 'require')
        throw new user_error/* UserError */.yo({ code: 'commit-not-compared', found, expected, fix });
    log.warning(why.includes(permission) ? found : `${found} To have it checked, ${fix}`);
}

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
        found: `The input \`${by}\` "${template}" renders "${tag}" for branch "${branch}": no valid tag.`,
        expected: 'letters, digits, ".", "_", "-"; the first is none of "." and "-"; at most 128.',
        fix: `\`with: ${by}:\` with a text in place of {branch}, the same that the build writes.`,
        input: by,
    });
}

;// CONCATENATED MODULE: ./build/image/release-tag.js


async function checkReleaseTag({ release, image, commit, machines, instead, }) {
    const { version, image: text, created } = release;
    const moved = (how) => new user_error/* UserError */.yo({
        code: 'release-tag-moved',
        found: `Release v${version} deployed ${text}, and that tag has been given to another image since: ${how}.`,
        expected: 'a digest, or a tag that stays with its image, such as a commit’s.',
        fix: instead,
    });
    if (created !== undefined && image.created !== undefined && image.created > created)
        throw moved('the one that is there now was built after the release');
    const says = image.commit;
    if (commit !== undefined && says !== undefined) {
        if (says.startsWith(commit))
            return;
        throw moved(`the one that is there now says that it was built from ${oneWord(says)}`);
    }
    const own = (await machines()).filter(({ releaseVersion }) => releaseVersion === String(version));
    if (own.some(({ digest }) => digest !== undefined && image.digests.includes(digest)))
        return;
    throw new user_error/* UserError */.yo({
        code: 'release-tag-unknown',
        found: `Release v${version} deployed ${text}, and nothing shows that the image which this tag names now is the one that it named then: ${commit === undefined ? 'the tag does not name a commit' : 'the image does not say which commit it was built from'}, and no machine of this release runs it.`,
        expected: 'a digest, or a commit’s tag whose image says the same commit.',
        fix: `${instead}${commit === undefined ? '' : ' So that later images say their commit, give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`.'}`,
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
                found: `There is no ${wanted === 'current' ? 'release that was done' : `release v${wanted}`} among the last ${releases.length} of app "${app}"${releases.length === 0 ? '' : `: ${versions(releases)}`}.`,
                expected: 'the version of a release, as `flyctl releases` lists them.',
                fix: `\`with: ${by}: release:…\``,
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
            log.line(`Release v${release.version} had the image that runs now`);
            continue;
        }
        log.line(`Release v${release.version} is the newest that had another image than what runs now`);
        return planOf(release, reference, image.digest);
    }
    throw new user_error/* UserError */.yo({
        code: 'release-none-earlier',
        found: `None of the last ${(0,format/* counted */.hS)(releases.length, 'release')} of app "${app}" that were done before the present one had another image than what runs.`,
        expected: 'an earlier release to go back to, because the release is "previous".',
        fix: `name what to deploy: \`with: ${by}: commit:…\`, \`tag:…\` or \`digest:…\`.`,
    });
}
async function planByRelease(rt, inputs, chosen, api) {
    const { app, image, shaTag } = inputs;
    const { repositoryUrl } = linksOf(rt);
    const find = async (reference, commit) => {
        const session = sourceSession(rt, inputs, reference, inputs.waitForImage);
        const root = await getManifest(session, reference.digest ?? reference.tag ?? 'latest');
        if (root === undefined)
            return undefined;
        const platform = await findPlatform(session, root, async () => false);
        const { digests, config, annotations } = platform;
        const created = config.get('created').maybeTime();
        const labels = config.get('config').get('Labels').strings();
        const context = { repositoryUrl, imagePath: image.path, wanted: commit };
        const said = findRevision(annotations, labels, context);
        const revision = await revisionOf(session, platform, said, commit);
        return { digest: root.digest, digests, created, commit: revision?.commit };
    };
    let listed;
    return planOfRelease(chosen, {
        app,
        releases: await listReleases(api),
        machines: () => {
            listed ??= listMachines(api);
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
            found: 'No machine of the app says which release it is of.',
            expected: 'machines that a deploy made, because the release is "previous".',
            fix: `name what to deploy: \`with: ${by}: release:41\` with its version, \`commit:…\` or \`digest:…\`.`,
        });
    }
    const own = machines.filter((machine) => versionOf(machine) === present);
    return { present, digests: new Set(own.map(({ digest }) => digest)) };
}
async function imageOf(release, by, { repositories, commitIn, find, machines }) {
    const { version, image: text } = release;
    const wrong = (code, what, expected, fix) => new user_error/* UserError */.yo({
        code,
        found: `Release v${version} deployed ${text || 'no image'}${what}`,
        expected,
        fix,
    });
    const instead = `name what to deploy: \`with: ${by}: release:…\` with another version, \`commit:…\` or \`digest:…\`.`;
    let reference;
    try {
        reference = (0,registry_reference/* parseReference */.F2)(text);
    }
    catch {
        throw wrong('release-without-image', ', which is no reference.', 'a release that deployed an image.', instead);
    }
    const known = repositories.some(({ host, path }) => host === reference.host && path === reference.path);
    if (!known) {
        throw wrong('release-of-another-repository', `, of another repository.`, `an image of ${repositories.map((each) => (0,registry_reference/* formatReference */.FH)(each)).join(' or ')}: credentials are not shown to a registry that only a release names.`, `if it is to be deployed: \`with: image: ${(0,registry_reference/* formatReference */.FH)({ host: reference.host, path: reference.path })}\``);
    }
    const commit = reference.tag === undefined ? undefined : commitIn(reference.tag);
    const image = await find(reference, commit);
    if (image === undefined)
        throw wrong('release-image-gone', ', which is gone from its registry (404).', 'an image that is there.', instead);
    if (reference.digest === undefined)
        await checkReleaseTag({ release, image, commit, machines, instead });
    return { reference, image };
}
const versions = (releases) => `v${releases[0]?.version} to v${releases.at(-1)?.version}`;

// EXTERNAL MODULE: ./build/fly/trouble.js
var trouble = __nccwpck_require__(9869);
;// CONCATENATED MODULE: ./build/image/soak.js



function sinceOf({ events }) {
    const since = (0,trouble/* versionedAt */.tz)({ events }, undefined);
    if (since !== undefined)
        return since;
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
    const expected = `${(0,format/* formatDuration */.a3)(soakTime)} without trouble, because \`soak-time\` says so.`;
    if (faults.length > 0) {
        throw new user_error/* UserError */.yo({
            code: 'soak-trouble',
            found: `Machines of app "${app}" had trouble in the last ${(0,format/* formatDuration */.a3)(soakTime)}:${faults.join('')}`,
            expected,
            fix: `mend "${app}" and deploy it again: the time begins anew then. \`fly logs --app ${app}\` shows what happened.`,
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
            found: `Fly.io does not say since when ${unknown.map(({ machine }) => machine.id).join(', ')} of app "${app}" run their image.`,
            expected,
            fix: `\`with: soak-time: 0\` to do without; or deploy "${app}" again, which makes events that tell.`,
        });
    }
    const youngest = Math.min(...ages.map(({ age = 0 }) => age));
    if (youngest >= soakTime)
        return youngest;
    const left = (0,format/* formatDuration */.a3)(soakTime - youngest);
    throw new user_error/* UserError */.yo({
        code: 'soak-not-over',
        found: `App "${app}" has run its image for ${(0,format/* formatDuration */.a3)(Math.max(0, youngest))}, which leaves ${left}.`,
        expected,
        fix: `run this job again in ${left}; or \`with: soak-time: 0\` to do without.`,
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
        found: `${what}${machines.map((machine) => `\n  ${running_lineOf(machine)}`).join('')}`,
        expected: `one image, which every machine of app "${app}" runs: that one is deployed here.`,
        fix: `deploy "${app}" until every machine runs one image, then run this job again; or name what to deploy: \`with: select: digest:sha256:…\`.`,
    });
    if (machines.length === 0)
        throw wrong('source-app-empty', `App "${app}" has no machine that deploys manage.`);
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
function running_lineOf(machine) {
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
            tried.push(`${name}: another repository than \`image\` names`);
            continue;
        }
        try {
            const own = configured.host === host && configured.path === path ? configured : at;
            const found = await find({ host, path }, digest, own);
            if (found !== undefined)
                return { repository: { host, path }, digest: found };
            tried.push(`${name}: not there (404)`);
        }
        catch (error) {
            if (!(error instanceof user_error/* UserError */.yo))
                throw error;
            tried.push(`${name}: ${error.found}`);
        }
        log.line(`Not to be had from ${tried.at(-1)}`);
    }
    throw new user_error/* UserError */.yo({
        code: 'source-image-gone',
        found: `App "${app}" runs ${digest}, and no registry gives it:${tried.map((each) => `\n  ${each.split('\n')[0]}`).join('')}`,
        expected: 'the image, at the registry that it came from or at Fly.io’s.',
        fix: foreign === undefined
            ? `build and deploy "${app}" again.`
            : `\`with: image: ${foreign}\`, so that its logins may be used there; or build and deploy "${app}" again.`,
    });
}
function referenceIn(text) {
    try {
        return text === '' ? undefined : (0,registry_reference/* parseReference */.F2)(text);
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.yo)
            return undefined;
        throw error;
    }
}
async function planByRunning(rt, inputs, chosen) {
    const { app } = chosen;
    const { sourceApp } = inputs;
    const api = flyApi(rt, { app, flyToken: sourceApp.token, mode: inputs.mode });
    return planOfRunning(chosen, {
        list: async () => readMachineList(api).catch((error) => {
            throw error instanceof user_error/* UserError */.yo ? explained(error, app) : error;
        }),
        soakTime: inputs.soakTime,
        releases: () => listReleases(api),
        now: () => rt.clock.now(),
        repositories: [{ host: inputs.image.host, path: inputs.image.path }, (0,hosts/* flyRepository */.QY)(inputs.app, rt.env)],
        copy: (0,hosts/* flyRepository */.QY)(app, rt.env),
        find: async (repository, digest, named) => {
            const session = sourceSession(rt, { ...inputs, flyLogin: sourceApp.login }, repository, 0);
            return rootOf(session, digest, [named.digest, named.tag, digest]);
        },
        log: rt.log,
    });
}
function explained(error, app) {
    if (error.code !== 'fly-unauthorized' && error.code !== 'fly-app-not-found')
        return error;
    return new user_error/* UserError */.yo({
        code: 'source-app-unreadable',
        found: `${(0,user_error/* messageOf */.bD)(error).split('\n')[0]} A deploy token reads its own app only; Fly.io says of any other that there is none.`,
        expected: `a token that may read app "${app}", whose image is to be deployed.`,
        fix: `\`with: source-app-token: \${{ secrets.FLY_SOURCE_TOKEN }}\`, made with ${(0,advice/* tokenCommand */.xJ)(app)}; or correct the name in \`select\`.`,
        input: 'source-app-token',
    }, { cause: error });
}

;// CONCATENATED MODULE: ./build/image/find.js














async function findImage(rt, inputs, trigger, { api, recorder, resolved }) {
    const { repositoryUrl } = linksOf(rt);
    const eventCommit = eventCommitOf(trigger);
    const buildRef = buildRefOf(trigger, rt.env);
    const plan = await planOf(rt, inputs, trigger, api, recorder);
    const credentials = plan.source === 'running' ? { ...inputs, flyLogin: inputs.sourceApp.login } : inputs;
    const session = sourceSession(rt, credentials, plan.repository, inputs.waitForImage);
    const image = await recorder.stage('image', 'Find the image', () => resolveImage(plan, inputs, { repositoryUrl, eventCommit, branch: trigger.branch, buildRef }, { ...rt, session }));
    const mode = revisionMode(plan, inputs.checkRevision);
    const name = (0,registry_reference/* formatReference */.FH)(image.reference);
    const said = image.revision ?? revisionOfTag(plan, image.tag, inputs.shaTag, trigger.branch);
    const revision = checkRevision(mode, plan.commit, said, name, repositoryUrl, buildRef);
    recorder.keep('revision', revision);
    const commit = find_commitOf(plan, image);
    const beside = isNamed(plan) && plan.commit === undefined && eventCommit !== undefined && mode !== 'off'
        ? compareWithEvent(eventCommit, said, { repositoryUrl, imagePath: plan.repository.path })
        : undefined;
    const found = { plan, image, revision, commit, session, beside };
    resolved?.(found);
    await recorder.timed('Compare the commit with its branch', () => checkBranch(rt, inputs, trigger, { plan, buildRef, revision: image.revision }));
    if (inputs.attestation.mode !== 'off') {
        await recorder.stage('attested', 'Verify the attestation', () => checkAttestation(rt, inputs, {
            digest: image.digest,
            commit,
            ref: sourceRefOf(inputs, trigger, buildRef),
        }));
    }
    return found;
}
function revisionOfTag(plan, tag, shaTag, branch) {
    const named = plan.source === 'reference' ? (plan.published ?? tag) : tag;
    const commit = named === undefined || !isNamed(plan) ? undefined : (0,tag_template/* buildsCommitIn */.Qu)(named, shaTag, branch);
    return commit ? { commit, from: 'tag' } : undefined;
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
        return recorder.stage('plan', `Look at what ${app} runs`, () => planByRunning(rt, inputs, { by, app, commit }));
    }
    const plan = makePlan({ by, selection }, trigger, inputs);
    recorder.keep('plan', plan);
    return plan;
}
function find_commitOf(plan, image) {
    const labelled = image?.revision?.commit ?? '';
    const typed = plan?.source === 'reference' && plan.published !== undefined ? undefined : plan?.commit;
    return typed ?? ((0,lib_commit/* isCommit */.W)(labelled) ? labelled : plan?.commit);
}

;// CONCATENATED MODULE: ./build/doctor/meant.js





const quiet = (rt) => {
    const { debug } = rt.log;
    return { ...rt, log: { ...rt.log, line: debug, warning: (words) => debug(words) } };
};
async function meant(rt, inputs, trigger, facts) {
    const { image, beside } = await findImage(quiet(rt), { ...inputs, waitForImage: 0 }, trigger, {
        api: flyApi(rt, inputs),
        recorder: facts.untimed,
    });
    const { attested } = facts.known;
    const would = `This run would deploy ${(0,registry_reference/* formatReference */.FH)(image.reference)}, ${image.digest}.`;
    const found = [{ area: 'Image', mark: 'ok', code: 'image-found', words: would }];
    if (beside?.kind === 'differs')
        found.push({
            area: 'Image',
            mark: 'warning',
            code: 'image-of-other-commit',
            words: `It ${sayingOf(beside.image)} ${oneWord(beside.image.commit)}, and the event is about ${beside.event}.`,
            fix: '`with: check-revision: require` to fail then.',
        });
    if (attested === undefined)
        return found;
    if (attested.kind === 'not-attested') {
        const { found: words, fix } = attested.error;
        return [...found, { area: 'Image', mark: 'warning', code: 'image-not-attested', words, fix }];
    }
    const words = `The image is attested: ${attested.signer} built it from commit ${attested.commit} for ${attested.ref}${runnerWords(attested.runner, ', on ')}.`;
    return [...found, { area: 'Image', mark: 'ok', code: 'image-attested', words }];
}

;// CONCATENATED MODULE: ./build/doctor/image.js














const image_mostTags = 5000;
async function checkImages(rt, inputs, trigger, branch, facts) {
    const { host, path } = inputs.image;
    const name = (0,registry_reference/* formatReference */.FH)({ host, path });
    const mirror = (0,hosts/* flyRepository */.QY)(inputs.app, rt.env);
    const own = host === mirror.host;
    const session = sourceSession(rt, inputs, { host, path }, 0);
    const findings = [];
    let tags;
    findings.push(...(await (0,report_finding/* findingsOf */.WX)('Image', async () => {
        if (own) {
            tags = [];
            const words = `Not looked at: the tags of ${name}, as Fly.io’s registry lists none.`;
            return [{ area: 'Image', mark: 'skipped', code: 'tags-not-listed', words }];
        }
        tags = await listTags(session, image_mostTags);
        if (tags !== undefined)
            return visibility(name, session, inputs, mirror);
        return [
            {
                area: 'Image',
                mark: 'bad',
                code: 'repository-missing',
                words: `There is no repository ${name} yet (404).`,
                fix: 'the build must push an image first; or name another repository: `with: image:`.',
            },
        ];
    })));
    if (tags === undefined) {
        const words = 'Not looked at: tags and images, as the repository could not be read.';
        findings.push({ area: 'Image', mark: 'skipped', code: 'images-not-checked', words });
        return { findings, private: undefined, tags: [] };
    }
    const isPublic = own || session.identity === 'anonymous';
    if (needsMirror(inputs.mirror, { repository: { host, path }, public: isPublic }, mirror))
        findings.push(...(await (0,report_finding/* findingsOf */.WX)('Image', () => copyTarget(rt, inputs, mirror))));
    const named = (0,registry_reference/* namesImage */.Gc)(inputs.image) || (inputs.select !== undefined && inputs.select.form !== 'commit');
    if (!named && !own)
        findings.push(...tagFindings(tags, inputs, branch));
    const lookAt = (what) => resolveImage(what, { ...inputs, waitForImage: 0 }, {
        repositoryUrl: linksOf(rt).repositoryUrl,
        eventCommit: undefined,
        branch,
        buildRef: { kind: 'branch' },
    }, { ...quiet(rt), session });
    if (trigger !== undefined)
        findings.push(...(await (0,report_finding/* findingsOf */.WX)('Image', () => meant(rt, inputs, trigger, facts))));
    if (inputs.attestation.mode !== 'off' && facts.known.image === undefined) {
        const words = 'Not looked at: the attestation, as there is no image of this run.';
        findings.push({ area: 'Image', mark: 'skipped', code: 'attestation-not-checked', words });
    }
    const any = facts.known.image ?? (await newest(tags, inputs, branch, session, lookAt).catch(said(findings)));
    if (any !== undefined)
        findings.push(...contents(any, inputs));
    return { findings, private: !isPublic, tags };
}
const said = (findings) => (error) => {
    if (!(error instanceof user_error/* UserError */.yo))
        throw error;
    findings.push((0,report_finding/* findingOf */.hD)('Image', 'bad', error));
};
function visibility(name, session, { mirror }, to) {
    if (session.identity === 'anonymous')
        return [
            {
                area: 'Image',
                mark: 'ok',
                code: 'image-public',
                words: `${name} is public: Fly.io, which pulls without a login, can pull it${mirror === 'always' ? '; it is copied all the same, as `mirror` is "always"' : ''}.`,
            },
        ];
    const who = session.username === undefined ? 'a login' : `the login "${session.username}"`;
    if (mirror === 'never') {
        const fix = 'take `mirror: never` away, or make the package public: Package settings → Change visibility.';
        return [
            {
                area: 'Image',
                mark: 'bad',
                code: 'image-not-public',
                words: `${name} is private: ${who} reads it, and Fly.io, which has none, cannot pull it.`,
                fix,
            },
        ];
    }
    return [
        {
            area: 'Image',
            mark: 'ok',
            code: 'image-private',
            words: `${name} is private: ${who} reads it, and a deploy copies it to ${(0,registry_reference/* formatReference */.FH)(to)}.`,
        },
    ];
}
const nobodys = 'deploy-fly-image-doctor';
async function copyTarget(rt, inputs, repository) {
    const name = (0,registry_reference/* formatReference */.FH)(repository);
    if (inputs.flyToken === '')
        return [
            {
                area: 'Image',
                mark: 'skipped',
                code: 'mirror-not-checked',
                words: `Not looked at: ${name}, where images would be copied to, as there is no Fly.io token.`,
            },
        ];
    const session = flySession(rt, inputs.flyLogin, repository);
    const answer = await session.request(`manifests/${nobodys}`, {
        headers: { accept: 'application/vnd.oci.image.index.v1+json' },
        limit: 64 * 1024,
    });
    const unknown = answer.status === 404 && !/NAME_UNKNOWN|repository not found/i.test(answer.body.toString('utf8'));
    if (answer.status !== 200 && !unknown) {
        const error = pushError(answer, session, 'the login for a push');
        return [(0,report_finding/* findingOf */.hD)('Image', (0,hosts/* passesByItself */.uj)(answer) ? 'skipped' : 'bad', error)];
    }
    const words = `${name} takes the Fly.io token. Whether it lets it push shows only when an upload is begun, and none was.`;
    return [{ area: 'Image', mark: 'ok', code: 'mirror-accepts-token', words }];
}
async function newest(tags, inputs, branch, session, lookAt) {
    const ours = commitTags(tags, inputs, branch);
    const { tags: images } = imageTags(tags);
    const some = ours.length > 0 ? ours : (shapeOf(images, branch)?.tags ?? images);
    const tag = (await tag_list_newestOf(session, some))[0]?.tag;
    if (tag === undefined)
        return undefined;
    const { repository } = session;
    return lookAt({
        source: 'reference',
        by: 'event',
        repository,
        reference: { ...repository, tag },
        commit: undefined,
        pin: true,
    });
}
function contents({ repository, tag, digest, revision }, { checkRevision }) {
    const name = (0,registry_reference/* formatReference */.FH)({ ...repository, ...(tag === undefined ? { digest } : { tag }) });
    const amd64 = {
        area: 'Image',
        mark: 'ok',
        code: 'image-for-amd64',
        words: `${name} holds linux/amd64.`,
    };
    if (revision !== undefined)
        return [
            amd64,
            {
                area: 'Image',
                mark: 'ok',
                code: 'image-names-commit',
                words: `${name} says that it was built from ${revision.commit} (${revision.from}).`,
            },
        ];
    if (checkRevision === 'off')
        return [amd64];
    const fix = 'the build:\n- uses: docker/build-push-action@v7\n  with:\n    labels: ${{ steps.meta.outputs.labels }}';
    const words = `${name} has no label or annotation org.opencontainers.image.revision of this repository, so that its tag is all that names its commit, unless BuildKit’s provenance does.`;
    return [amd64, { area: 'Image', mark: 'warning', code: 'image-without-commit', words, fix }];
}

;// CONCATENATED MODULE: ./build/doctor/called.js
const callsOf = (root, workflow) => root
    .get('jobs')
    .entries()
    .map(([, job]) => job)
    .filter((job) => new RegExp(`/\\.github/workflows/${workflow}\\.ya?ml(?:@|$)`).test(job.get('uses').text() ?? ''));

;// CONCATENATED MODULE: ./build/doctor/metadata-action.js

const branchMark = '\uE000';
const shaMark = '\uE001';
const fullMark = '\uE002';
const dateMark = '\uE003';
const unknownMark = '\uE004';
const isDefault = '\uE005';
const isNotDefault = '\uE006';
const withoutExpressions = (text) => text
    .split('${{')
    .map((part, n) => {
    const end = part.indexOf('}}');
    if (n === 0)
        return part;
    return end < 0 ? `\${{${part}` : markOf(part.slice(0, end).trim()) + part.slice(end + 2);
})
    .join('');
const markOf = (expression) => expression === 'github.sha' ? fullMark : expression === 'github.ref_name' ? branchMark : unknownMark;
const withoutGlobals = (text) => text.replace(/\{\{\{?~?([^{}]*?)~?\}?\}\}/g, (_, inner) => {
    const name = inner.trim();
    return /^(?:commit_)?date\s/.test(name) ? dateMark : (globals[name] ?? unknownMark);
});
const globals = {
    branch: branchMark,
    sha: shaMark,
    tag: '',
    base_ref: '',
    is_default_branch: isDefault,
    is_not_default_branch: isNotDefault,
};
function fieldsOf(line) {
    const fields = [];
    const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/gy;
    for (;;) {
        const found = field.exec(line);
        if (found === null)
            return undefined;
        fields.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
        if (found[3] !== ',')
            return fields;
    }
}
function attributesOf(line) {
    const fields = fieldsOf(fieldsOf(line)?.join(',') ?? '"');
    return (fields &&
        new Map(fields.map((field) => {
            const at = field.indexOf('=', 1);
            return at === -1
                ? ['value', field]
                : [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()];
        })));
}
const linesOf = (text) => withoutExpressions(text)
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
function lengthOf(given) {
    const text = withoutExpressions(given ?? '');
    return text.includes(unknownMark) ? undefined : text === '' ? 7 : Math.max(0, Math.trunc(Number(text)));
}
const spelled = (text) => text.replace(/[\uE000\uE002\uE004]/g, (mark) => mark === branchMark ? '${{ github.ref_name }}' : mark === fullMark ? '${{ github.sha }}' : '${{ … }}');
const types = ['schedule', 'semver', 'pep440', 'match', 'edge', 'ref', 'raw', 'sha'];
function readMetadata(inputs) {
    const faults = [];
    const made = [];
    const flavor = new Map();
    for (const line of linesOf(inputs.flavor))
        for (const [name, value] of attributesOf(line) ?? [])
            flavor.set(name, value.split('=')[0]?.trim() ?? '');
    const length = lengthOf(inputs.shortLength);
    if (Number.isNaN(length))
        faults.push(`DOCKER_METADATA_SHORT_SHA_LENGTH is "${inputs.shortLength}", which is not a number.`);
    const lines = linesOf(inputs.tags);
    for (const line of lines.length === 0 ? ['type=ref,event=branch'] : lines) {
        const attributes = attributesOf(line);
        const fault = attributes === undefined ? 'a quote in it is not closed or not alone' : metadata_action_faultOf(attributes);
        if (fault !== undefined)
            faults.push(`The line "${spelled(line)}" is not valid: ${fault}.`);
        else if (attributes !== undefined)
            made.push(...madeOf(attributes, flavor, length, inputs));
    }
    const flavored = (flavor.get('prefix') ?? '') !== '' || (flavor.get('suffix') ?? '') !== '';
    return { made, faults, flavored };
}
function metadata_action_faultOf(attributes) {
    const oneOf = (name, values, given = attributes.get(name)) => given === undefined || values.includes(given) || given.includes(unknownMark)
        ? undefined
        : `\`${name}\` is "${spelled(given)}" instead of ${values.map((value) => `"${value}"`).join(' or ')}`;
    const type = attributes.get('type') ?? 'raw';
    const enable = withoutGlobals(attributes.get('enable') ?? 'true');
    return (oneOf('type', types) ??
        oneOf('enable', ['true', 'false', isDefault, isNotDefault], enable) ??
        (type === 'sha' ? oneOf('format', ['short', 'long']) : undefined) ??
        (type === 'ref' ? oneOf('event', ['branch', 'tag', 'pr'], attributes.get('event') ?? '') : undefined) ??
        (type === 'raw' && !attributes.has('value') ? 'it has no `value`' : undefined));
}
function madeOf(attributes, flavor, length, { onDefaultBranch }) {
    const filled = (text) => withoutGlobals(text ?? '');
    const enable = filled(attributes.get('enable') ?? 'true');
    if (enable === 'false' || (enable === isNotDefault && onDefaultBranch))
        return [];
    const always = enable === 'true' || (enable === isDefault && onDefaultBranch);
    const type = attributes.get('type') ?? 'raw';
    const prefix = filled(attributes.get('prefix') ?? (type === 'sha' ? 'sha-' : flavor.get('prefix')));
    const suffix = filled(attributes.get('suffix') ?? flavor.get('suffix'));
    const value = filled(attributes.get('value'));
    const tag = (body, certain = always) => {
        const template = metadata_action_templateOf(`${prefix}${body}${suffix}`, length);
        return template === '' ? [] : [{ template, always: certain }];
    };
    const branch = attributes.get('branch') ?? '';
    switch (`${type} ${attributes.get('event') ?? ''}`.trim().replace(/^(sha|raw|edge)\b.*/, '$1')) {
        case 'sha':
            return tag(attributes.get('format') === 'long' ? fullMark : shaMark);
        case 'raw':
            return tag(value);
        case 'ref branch':
            return tag(branchMark);
        case 'edge':
            return tag('edge', always && branch === '' && onDefaultBranch);
        default:
            return /[\uE001\uE002\uE004]/.test(prefix + suffix) || /[\uE001\uE002]/.test(value)
                ? [{ template: undefined, always: false }]
                : [];
    }
}
function metadata_action_templateOf(text, length) {
    if (/[\uE004-\uE006]/.test(text) || (length === undefined && text.includes(shaMark)))
        return undefined;
    const short = length === 0 ? '' : (0,tag_template/* placeholderOf */.hx)(length ?? 7);
    return text
        .replace(/[^a-zA-Z0-9._\uE000-\uE003-]+/g, '-')
        .replaceAll(branchMark, '{branch}')
        .replaceAll(shaMark, short)
        .replaceAll(fullMark, '{full-sha}')
        .replaceAll(dateMark, '{date}');
}

;// CONCATENATED MODULE: ./build/doctor/workflow-triggers.js
function eventsOf(on) {
    const one = on.text();
    if (one !== undefined)
        return [[one, on]];
    const listed = on
        .items()
        .flatMap((item) => (item.text() === undefined ? [] : [[item.text() ?? '', item]]));
    return [...listed, ...on.entries()];
}
function triggerFindings(on, { branch, allowEvents, workflows }, add) {
    for (const [event, value] of eventsOf(on)) {
        if (event === 'workflow_run')
            workflowRun(value, branch, workflows, add);
        if (event === 'push' &&
            !value.get('branches').there &&
            !value.get('branches-ignore').there &&
            !value.get('tags').there)
            add('warning', 'push-of-any-branch', value, 'A push to any branch starts this workflow, and only one branch is deployed: each other run is refused.', `on:\n  push:\n    branches: [${branch}]`);
        if (event === 'pull_request_target')
            add('warning', 'pull-request-target', value, '`pull_request_target` gives runs that strangers start this repository’s secrets; such a run is never deployed unless `allow-events` says so.', `on:\n  push:\n    branches: [${branch}]`);
        if (event === 'pull_request' && !allowEvents.includes('pull_request'))
            add('warning', 'pull-request-refused', value, 'Pull requests start this workflow, and their commits are not merged: each such run is refused.', `take \`pull_request:\` out of \`on:\`; for review apps of this repository’s own branches:\nwith:\n  allow-events: pull_request`);
    }
}
function workflowRun(value, branch, workflows, add) {
    const types = value.get('types');
    if (!types.texts().includes('completed') || types.texts().length > 1)
        add('warning', 'workflow-run-not-completed', types, '`workflow_run` also starts this workflow when a build begins, and such a run is refused.', 'on:\n  workflow_run:\n    types: [completed]');
    const branches = value.get('branches');
    const patterns = branches.texts();
    if (!branches.there && !value.get('branches-ignore').there)
        add('warning', 'workflow-run-of-any-branch', value, 'The build of any branch starts this workflow, and only one branch is deployed: each other run is refused.', `on:\n  workflow_run:\n    branches: [${branch}]`);
    else if (branches.there && !patterns.some((pattern) => pattern === branch || /[*?+[\]!]/.test(pattern)))
        add('bad', 'workflow-run-of-other-branch', branches, `\`workflow_run\` is for the builds of ${patterns.join(', ')}, and branch "${branch}" is the one that is deployed.`, `on:\n  workflow_run:\n    branches: [${branch}]`);
    const names = value.get('workflows');
    if (names.texts().length === 0)
        add('bad', 'workflow-run-of-nothing', names, '`workflow_run` names no workflow that builds the image.', 'on:\n  workflow_run:\n    workflows: [Build]');
    for (const name of names.texts()) {
        if (workflows !== undefined && !workflows.includes(name))
            add('bad', 'workflow-run-of-unknown-workflow', names, `\`workflow_run\` waits for a workflow "${name}", and no file below .github/workflows has that \`name:\`; there are ${workflows.slice(0, 10).join(', ')}.`, 'on:\n  workflow_run:\n    workflows: [the `name:` of the build workflow]');
    }
}

;// CONCATENATED MODULE: ./build/doctor/workflow-file.js




const isExpression = (text) => text?.includes('${{') === true;
function workflowFindings(root, rules) {
    const findings = [];
    const add = (0,report_finding/* adderOf */.ku)('Workflow', rules.file, findings);
    triggerFindings(root.get('on'), rules, add);
    const job = root.get('jobs').get(rules.job);
    const chained = root.get('on').get('workflow_run').there || root.get('on').texts().includes('workflow_run');
    if (!job.isMap || job.get('uses').there) {
        const calls = callsOf(root, 'deploy-image');
        for (const call of calls) {
            ownGroup(root, call, add);
            permissions(root, call, rules, add);
            condition(call, chained, add);
        }
        if (calls.length > 0)
            return findings;
        const words = `Not looked at: job "${rules.job}" is not written in ${rules.file}, but in a workflow that it calls.`;
        return [...findings, { area: 'Workflow', mark: 'skipped', code: 'job-not-checked', words }];
    }
    concurrency(root, job, add);
    permissions(root, job, rules, add);
    condition(job, chained, add);
    if (!job.get('environment').there)
        add('warning', 'environment-missing', job, `Job "${rules.job}" has no \`environment:\`, which keeps the secret from every other job, and may ask for a review.`, 'environment: production');
    steps(job, chained, rules, add);
    return findings;
}
function concurrency(root, job, add) {
    const set = [job.get('concurrency'), root.get('concurrency')].filter(({ there }) => there);
    const [first] = set;
    if (first === undefined) {
        add('warning', 'concurrency-missing', job, 'There is no `concurrency:`: two deploys at once leave machines on both images.', (0,advice/* concurrencyLines */.XK)());
        return;
    }
    for (const each of set) {
        const cancel = each.get('cancel-in-progress');
        if (/^true$/i.test(cancel.text() ?? ''))
            add('warning', 'concurrency-cancels', cancel, '`cancel-in-progress` ends a deploy half-way, and leaves machines on both images.', (0,advice/* concurrencyLines */.XK)());
    }
    const group = first.text() ?? first.get('group').text() ?? '';
    if (/github\.(?:sha|run_id|run_number)\b|head_sha/.test(group))
        add('warning', 'concurrency-group-per-run', first.isMap ? first.get('group') : first, 'The group of `concurrency:` is another one for each run, so two deploys can be at once.', (0,advice/* concurrencyLines */.XK)());
}
function ownGroup(root, call, add) {
    const given = call.get('with');
    const apps = [
        ...`${given.get('app').text() ?? ''} ${given.get('apps').text() ?? ''}`.matchAll(/[a-z0-9-]+/g),
    ];
    for (const set of [call.get('concurrency'), root.get('concurrency')].filter(({ there }) => there)) {
        const group = set.text() ?? set.get('group').text() ?? '';
        if (apps.some(([app]) => group === `deploy-${app}`))
            add('bad', 'concurrency-group-taken', set.isMap ? set.get('group') : set, `The group "${group}" is the one that deploy-image.yml has for this app: its job would wait for the run that it is in.`, 'take this `concurrency:` away; deploys of one app take turns without it');
    }
}
function permissions(root, job, { readsPackages, readsAttestations }, add) {
    const wanted = [
        'contents',
        ...(readsPackages ? ['packages'] : []),
        ...(readsAttestations ? ['attestations'] : []),
    ];
    const lines = ['permissions:', ...wanted.map((name) => `  ${name}: read`)].join('\n');
    const set = job.get('permissions').there ? job.get('permissions') : root.get('permissions');
    if (!set.there) {
        add('warning', 'permissions-missing', job, 'There are no `permissions:`: what the job’s token may is then a setting of the repository.', lines);
        return;
    }
    if (set.text() === 'write-all')
        add('warning', 'permissions-write-all', set, 'The job’s token may write everything.', lines);
    if (set.text() !== undefined)
        return;
    const missing = wanted.filter((name) => !['read', 'write'].includes(set.get(name).text() ?? ''));
    const why = {
        contents: 'to read fly.toml and the order of commits',
        packages: 'to pull the image, unless it is public or another login is given',
        attestations: 'to read the attestation',
    };
    if (missing.length > 0) {
        const needs = missing.map((name) => `\`${name}: read\` ${why[name]}`).join(' and ');
        add('warning', 'permissions-incomplete', set, `\`permissions:\` lacks ${needs}.`, lines);
    }
}
function condition(job, chained, add) {
    if (!chained || /conclusion\s*==\s*['"]success['"]/.test(job.get('if').text() ?? ''))
        return;
    add('warning', 'condition-missing', job.get('if'), 'A build that failed starts this job too, and such a run is refused.', "if: github.event_name != 'workflow_run' || github.event.workflow_run.conclusion == 'success'");
}
function steps(job, chained, { action }, add) {
    const isOurs = (uses) => (action !== undefined && uses.toLowerCase().startsWith(`${action.toLowerCase()}@`)) ||
        /^[\w.-]+\/deploy-fly-image@/.test(uses);
    for (const step of job.get('steps').items()) {
        const used = step.get('uses');
        const uses = used.text() ?? '';
        const [name = '', ref = ''] = uses.split('@');
        if (/^(?:main|master|HEAD|latest)$/.test(ref))
            add('warning', 'action-of-a-branch', used, `${name} is taken from its branch "${ref}": whoever changes it runs in a job that holds the token.`, `uses: ${name}@ a release’s tag, or better its commit`);
        if (name === 'actions/checkout' && chained) {
            const wanted = step.get('with').get('ref');
            if (!/head_sha/.test(wanted.text() ?? ''))
                add('warning', 'checkout-of-head', wanted.there ? wanted : used, 'On `workflow_run` this checks out the default branch’s head, whose fly.toml may be newer than the image.', '- uses: actions/checkout@v7\n  with:\n    ref: ${{ github.event.workflow_run.head_sha || github.sha }}');
        }
        const token = step.get('with').get('fly-api-token');
        if (isOurs(uses) && token.text() !== undefined && !isExpression(token.text()))
            add('bad', 'token-in-workflow', token, 'The Fly.io token is written into the workflow: everybody who reads the repository has it. Revoke it.', 'with:\n  fly-api-token: ${{ secrets.FLY_API_TOKEN }}');
    }
}

;// CONCATENATED MODULE: ./build/doctor/build-file.js







const metadata = 'docker/metadata-action';
const buildPush = 'docker/build-push-action';
const builds = (root) => callsOf(root, 'build-image').length > 0 || stepsOf(root).some(({ step }) => usesOf(step) === buildPush);
function buildFindings(root, rules) {
    const findings = [];
    const add = (0,report_finding/* adderOf */.ku)('Build', rules.file, findings);
    for (const call of callsOf(root, 'build-image'))
        called(call, rules, add);
    const all = stepsOf(root);
    const made = all.filter(({ step }) => usesOf(step) === metadata);
    const own = all.some(({ step }) => usesOf(step) === buildPush);
    if (own && (0,tag_template/* namesCommit */.yF)(rules.shaTag))
        tags(root, made, rules, add);
    for (const { step, job } of all.filter(({ step }) => usesOf(step) === buildPush)) {
        const given = step.get('with');
        const at = given.there ? given : step;
        const push = given.get('push').text();
        const elsewhere = given.get('outputs').there || isExpression(push);
        if (!elsewhere && !/^true$/i.test(push ?? ''))
            add('bad', 'build-not-pushed', given.get('push'), 'This step builds an image and pushes it nowhere.', 'with:\n  push: true');
        if (!given.get('labels').there && rules.checkRevision !== 'off')
            add('warning', 'build-without-labels', at, 'The image gets no labels, so that it does not say which commit it was built from.', 'with:\n  labels: ${{ steps.meta.outputs.labels }}');
        const platforms = given.get('platforms');
        const arm = /(?:^|-)arm/.test(job.get('runs-on').text() ?? '');
        if (platforms.there
            ? !isExpression(platforms.texts().join()) && !/\blinux\/amd64\b(?!\/)/.test(platforms.texts().join())
            : arm)
            add('bad', 'build-other-platform', platforms.there ? platforms : at, `The image is built for ${platforms.there ? platforms.texts().join(', ') : 'the runner’s own processor, an Arm'}, and Fly.io runs linux/amd64 alone.`, 'with:\n  platforms: linux/amd64');
    }
    return findings;
}
function called(call, { shaTag }, add) {
    const given = call.get('with');
    if (/^false$/i.test(given.get('push').text() ?? ''))
        add('bad', 'build-not-pushed', given.get('push'), 'This call builds an image and pushes it nowhere.', 'with:\n  push: true');
    const platforms = given.get('platforms').text();
    if (platforms !== undefined && !isExpression(platforms) && !/\blinux\/amd64\b(?!\/)/.test(platforms))
        add('bad', 'build-other-platform', given.get('platforms'), `The image is built for ${platforms}, and Fly.io runs linux/amd64 alone.`, 'with:\n  platforms: linux/amd64');
    const fits = (0,tag_template/* plainTemplate */.Hf)(shaTag) === '{branch}-{sha}';
    if ((0,tag_template/* namesCommit */.yF)(shaTag) && !fits && !given.get('tags').there)
        add('bad', 'build-other-tags', call, `build-image.yml gives a commit’s image the tag {branch}-{sha}, and \`sha-tag\` looks for "${shaTag}".`, 'leave `sha-tag` out, or name more tags: `with: tags:`');
}
const stepsOf = (root) => root
    .get('jobs')
    .entries()
    .flatMap(([, job]) => job
    .get('steps')
    .items()
    .map((step) => ({ step, job })));
const usesOf = (step) => (step.get('uses').text() ?? '').split('@')[0] ?? '';
function tags(root, made, { shaTag, onDefaultBranch }, add) {
    const [first] = made;
    if (first === undefined) {
        add('skipped', 'build-tags-not-checked', root.get('jobs'), `Not looked at: which tags this build writes, as it has no ${metadata}.`);
        return;
    }
    const at = first.step.get('with').get('tags');
    const read = made.map(({ step, job }) => readMetadata({
        tags: step.get('with').get('tags').text() ?? '',
        flavor: step.get('with').get('flavor').text() ?? '',
        shortLength: lengthFor(root, job, step),
        onDefaultBranch,
    }));
    const faults = read.flatMap((each) => each.faults);
    if (faults.length > 0) {
        const words = `The build’s docker/metadata-action fails. ${faults.join(' ')}`;
        add('bad', 'build-tags-invalid', at, words, `the build:\n${metadataLines(shaTag)}`);
        return;
    }
    const wanted = (0,tag_template/* plainTemplate */.Hf)(shaTag);
    const written = read.flatMap((each) => each.made);
    if (written.some(({ template, always }) => template === wanted && always))
        return;
    if (written.some(({ template }) => template === wanted || template === undefined)) {
        add('skipped', 'build-tags-unknown', at, `Whether this build writes what \`sha-tag\` "${shaTag}" looks for was not determined: that depends on expressions that only GitHub can evaluate.`);
        return;
    }
    const known = written.flatMap(({ template }) => template !== undefined && (0,tag_template/* namesCommit */.yF)(template) ? [template] : []);
    const other = known.find((template) => (0,tag_template/* unknownPlaceholders */.hX)(template).length === 0 &&
        (0,registry_reference/* isTag */.dz)((0,tag_template/* renderTag */.vY)(template, { branch: 'main', commit: '0123456789abcdef'.repeat(4) })));
    const length = made.map(({ step, job }) => lengthFor(root, job, step)).find((each) => each !== undefined);
    const lines = metadataLines(shaTag, { flavored: read.some(({ flavored }) => flavored) });
    const without = length === undefined || lines.includes(lengthVariable)
        ? ''
        : ` without \`${lengthVariable}: ${length}\` in \`env:\``;
    const instead = other === undefined
        ? ''
        : `\nOr have this step look for the tags that it writes:\nwith:\n  sha-tag: "${other}"`;
    const what = known.map((template) => `"${template}"`).join(', ');
    add('bad', known.length === 0 ? 'build-without-commit-tag' : 'build-other-tags', at, `The build writes ${what === '' ? 'no tag of a commit' : what}, and \`sha-tag\` looks for "${shaTag}".`, `the build${without}:\n${lines}${instead}`);
}
const lengthVariable = 'DOCKER_METADATA_SHORT_SHA_LENGTH';
const lengthFor = (root, job, step) => [step, job, root]
    .map((part) => part.get('env').get(lengthVariable).text())
    .find((text) => text !== undefined);

;// CONCATENATED MODULE: ./build/doctor/workflows.js






const folder = '.github/workflows';
const mostFiles = 100;
async function checkWorkflows(rt, inputs, branch, isPrivate) {
    const { env } = rt;
    const { repository } = linksOf(rt);
    const given = env['GITHUB_WORKFLOW_REF'] ?? '';
    const file = workflowFile(given, repository);
    if (file === undefined) {
        const words = `Not looked at: the runner does not say which workflow of ${repository} this is (GITHUB_WORKFLOW_REF is "${given}").`;
        return [{ area: 'Workflow', mark: 'skipped', code: 'workflow-unknown', words }];
    }
    const text = rt.readFile(file);
    if (text === undefined) {
        const words = `Not looked at: ${file} is not in the workspace, as the repository was not checked out.`;
        const fix = 'a step before this one:\n- uses: actions/checkout@v7';
        return [{ area: 'Workflow', mark: 'skipped', code: 'workflow-not-checked-out', words, fix }];
    }
    const root = await readYaml(text);
    if ('fault' in root)
        return [noYaml(file, root)];
    const others = await readAll(rt, file);
    const whole = (0,registry_reference/* namesImage */.Gc)(inputs.image);
    const rules = {
        file,
        job: env['GITHUB_JOB'] ?? '',
        action: env['GITHUB_ACTION_REPOSITORY'] || undefined,
        branch,
        allowEvents: inputs.allowEvents,
        readsPackages: isPrivate !== false && inputs.registryLogin === undefined && inputs.githubLogin !== undefined,
        readsAttestations: inputs.attestation.mode !== 'off',
        workflows: [root, ...others.map((each) => each.root)].map((each, n) => each.get('name').text() ?? others[n - 1]?.file ?? file),
    };
    const findings = workflowFindings(root, rules);
    if (findings.length === 0) {
        const words = `${file} has what it should: triggers, \`if:\`, \`concurrency:\`, \`permissions:\`, \`environment:\` and its checkout.`;
        findings.push({ area: 'Workflow', mark: 'ok', code: 'workflow-complete', words, at: { file, line: 1 } });
    }
    const named = root.get('on').get('workflow_run').get('workflows').texts();
    const own = { file, name: root.get('name').text() ?? file, root };
    const chosen = named.length > 0
        ? others.filter(({ name }) => named.includes(name))
        : [own, ...others].filter((each) => builds(each.root));
    for (const build of chosen) {
        if (builds(build.root)) {
            const found = buildFindings(build.root, {
                ...inputs,
                file: build.file,
                shaTag: whole ? '' : inputs.shaTag,
                onDefaultBranch: inputs.branch === undefined,
            });
            const words = `${build.file} pushes an image for linux/amd64, with labels${whole ? '' : ' and with the tags that `sha-tag` looks for'}.`;
            findings.push(...(found.length > 0
                ? found
                : [
                    {
                        area: 'Build',
                        mark: 'ok',
                        code: 'build-complete',
                        words,
                        at: { file: build.file, line: 1 },
                    },
                ]));
        }
        else {
            const words = `Not looked at: how ${build.file} builds the image, as it has no docker/build-push-action.`;
            findings.push({
                area: 'Build',
                mark: 'skipped',
                code: 'build-not-checked',
                words,
                at: { file: build.file, line: 1 },
            });
        }
    }
    if (chosen.length === 0)
        findings.push({
            area: 'Build',
            mark: 'skipped',
            code: 'build-not-found',
            words: 'Not looked at: no workflow with docker/build-push-action was found below .github/workflows.',
        });
    return findings;
}
async function readAll({ listFolder, readFile }, own) {
    const files = [];
    const names = listFolder(folder)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort();
    for (const file of names.slice(0, mostFiles).map((name) => `${folder}/${name}`)) {
        const text = file === own ? undefined : readFile(file);
        const root = text === undefined ? undefined : await readYaml(text);
        if (root !== undefined && !('fault' in root))
            files.push({ file, name: root.get('name').text() ?? file, root });
    }
    return files;
}
const noYaml = (file, { fault, line }) => ({
    area: 'Workflow',
    mark: 'bad',
    code: 'workflow-invalid',
    words: `${file} is no YAML that can be read: ${fault}`,
    at: { file, line },
});

;// CONCATENATED MODULE: ./build/doctor/main.js












async function doctor(rt, inputs, facts) {
    const { log, clock } = rt;
    const check = (title, area, work) => facts.timed(title, async () => {
        const findings = await (0,report_finding/* findingsOf */.WX)(area, work);
        facts.note(findings.map((each) => (0,report_finding/* mapTexts */.zO)(each, log.hide)));
    });
    await check('Look at Fly.io', 'Fly.io app', async () => {
        const { machines, findings } = await checkFly(flyApi(rt, inputs), clock.now());
        if (machines !== undefined)
            facts.keep('before', machines);
        return findings;
    });
    await check('Look at the config', 'Fly.io app', () => configFindings(rt, inputs));
    await check('Read the event', 'Event', () => {
        const { trigger, finding } = eventOf(rt, inputs);
        if (trigger !== undefined)
            facts.keep('trigger', trigger);
        return [finding];
    });
    const { trigger } = facts.known;
    const branch = branchOf(rt, inputs, trigger);
    let images;
    await check('Look at the images', 'Image', async () => {
        images = await checkImages(rt, inputs, trigger, branch, facts);
        return images.findings;
    });
    await check('Ask GitHub', 'GitHub token', () => checkGitHub(rt, inputs, branch, images?.tags ?? []));
    await check('Read the workflows', 'Workflow', () => checkWorkflows(rt, inputs, branch, images?.private));
    const { findings } = facts;
    logFindings(findings, log);
    return { kind: 'checked', mode: 'doctor', findings };
}
async function configFindings(rt, { app }) {
    const config = readConfig(rt);
    if (config === undefined)
        return [
            {
                area: 'Fly.io app',
                mark: 'skipped',
                code: 'config-not-checked',
                words: 'Not looked at: there is no fly.toml, fly.json or fly.yaml in the workspace, so that flyctl takes the config that the app has at Fly.io.',
            },
        ];
    const { path } = config;
    const { name: named, line = 1 } = await appOf(config, rt.env);
    if (named === app || named === '')
        return [{ area: 'Fly.io app', mark: 'ok', code: 'config-of-app', words: `${path} is of the same app.` }];
    const fix = `one of the two:\nwith:\n  app: ${/^[a-z0-9-]+$/.test(named) ? named : 'your-app'}`;
    const words = `${path} is of app "${named}", and the input \`app\` is "${app}": it is "${app}" that is deployed, with the other’s config.`;
    const at = { file: path, line };
    return [{ area: 'Fly.io app', mark: 'warning', code: 'config-of-other-app', words, fix, at }];
}
function eventOf(rt, inputs) {
    try {
        const trigger = readTrigger(rt, inputs);
        if (trigger.kind === 'refused')
            return { trigger: undefined, finding: (0,report_finding/* findingOf */.hD)('Event', 'warning', new user_error/* UserError */.yo(trigger)) };
        if (trigger.kind === 'manual' && trigger.caution !== undefined)
            return { trigger, finding: (0,report_finding/* findingOf */.hD)('Event', 'warning', new user_error/* UserError */.yo(trigger.caution)) };
        if (trigger.kind === 'manual' && trigger.unread !== undefined)
            return {
                trigger,
                finding: {
                    area: 'Event',
                    mark: 'warning',
                    code: 'event-fields-unread',
                    ...unreadText(trigger.unread),
                },
            };
        const { event } = trigger;
        const [code, what] = trigger.kind === 'manual'
            ? ['event-deploys-newest', 'what is newest']
            : ['event-deploys-commit', `commit ${trigger.commit}`];
        const words = `A run by ${event} deploys ${what} of branch "${trigger.branch}".`;
        return { trigger, finding: { area: 'Event', mark: 'ok', code, words } };
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.yo))
            throw error;
        return { trigger: undefined, finding: (0,report_finding/* findingOf */.hD)('Event', 'bad', error) };
    }
}

// EXTERNAL MODULE: ./build/fly/flyctl/environment.js
var environment = __nccwpck_require__(3032);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
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
    const answer = await answerOrNone(http(url, { limit }));
    if (!(answer instanceof http_error/* HttpError */.j) && answer.status === 200)
        return answer.body;
    throw apiError({ service: release_releasesService, resource: { version, url, missing }, answer });
}
const release_releasesService = {
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

;// CONCATENATED MODULE: ./build/fly/flyctl/install.js





const tool = 'flyctl-archive';
async function installFlyctl(version, deps) {
    const { env, platform, arch, log } = deps;
    const program = platform === 'win32' ? 'flyctl.exe' : 'flyctl';
    const asset = archiveName(version, platform, arch);
    const cache = await Promise.all(/* import() */[__nccwpck_require__.e(119), __nccwpck_require__.e(803)]).then(__nccwpck_require__.bind(__nccwpck_require__, 803));
    const hasCache = Boolean(env['RUNNER_TOOL_CACHE']);
    const kept = hasCache ? (0,external_node_path_.join)(cache.find(tool, version, arch), asset) : '';
    const cached = isFile(kept);
    const expected = await expectedSum(version, asset, deps, deps.pins);
    const archive = cached ? readKept(kept) : await downloadArchive(version, asset, deps);
    const found = sumOf(archive);
    if (found !== expected)
        throw cached ? otherInCache(kept, found, expected) : otherDownload(asset, found, expected);
    const folder = (0,external_node_path_.join)(env['RUNNER_TEMP'] || env['TMPDIR'] || '/tmp', `flyctl-${(0,external_node_crypto_.randomUUID)()}`);
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
    const file = (0,external_node_path_.join)(folder, asset);
    (0,external_node_fs_.writeFileSync)(file, archive);
    let unpacked;
    try {
        const unpack = platform === 'win32' ? cache.extractZip : cache.extractTar;
        unpacked = await unpack(file, (0,external_node_path_.join)(folder, version));
    }
    catch (error) {
        throw new user_error/* UserError */.yo({
            code: 'flyctl-not-unpacked',
            found: `${asset} could not be unpacked: ${(0,user_error/* messageOf */.bD)(error)}`,
            expected: 'A runner with tar (on Windows, PowerShell) and free disk space.',
            fix: 'Install tar or free disk space on the runner, or install flyctl in an earlier step.',
        }, { cause: error });
    }
    if (!isFile((0,external_node_path_.join)(unpacked, program))) {
        throw new user_error/* UserError */.yo({
            code: 'flyctl-archive-missing',
            found: `There is no ${program} in ${asset}.`,
            expected: 'The archive of a flyctl release.',
            fix: `Use another version: \`with: flyctl-version: ${pinnedVersion}\`.`,
        });
    }
    log.line(`flyctl ${version} ${cached ? 'found in the tool cache' : 'installed'}, verified by SHA-256 ${found}`);
    if (hasCache && !cached)
        await cache.cacheFile(file, asset, tool, version, arch);
    return (0,external_node_path_.join)(unpacked, program);
}
const readKept = (file) => (0,external_node_fs_.statSync)(file).size > archiveLimit ? Buffer.alloc(0) : (0,external_node_fs_.readFileSync)(file);
const otherDownload = (asset, found, expected) => new user_error/* UserError */.yo({
    code: 'flyctl-checksum-mismatch',
    found: `${asset} has the SHA-256 ${found}.`,
    expected: `${expected}, as in the release’s list. Nothing was unpacked.`,
    fix: 'Run the job again. If the checksum still differs, check for a proxy between this runner and GitHub that changes downloads, and whether the release was changed.',
});
const otherInCache = (file, found, expected) => new user_error/* UserError */.yo({
    code: 'flyctl-cache-mismatch',
    found: `${file} in this runner’s tool cache has the SHA-256 ${found}.`,
    expected: `${expected}, as in the release’s list. Nothing was unpacked. Another job on this runner, or a disk error, changed the file.`,
    fix: `Find out which job wrote the file, then remove it: \`rm ${file}\`.`,
});
function isFile(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/fly/flyctl/find.js






const leastVersion = '0.3.0';
async function findFlyctl(deps, wanted) {
    const { env, log, ask } = deps;
    const found = wanted === undefined ? deps.findProgram('flyctl') : undefined;
    const http = (0,lib_http/* makeHttp */.fK)(deps, lib_http/* policies */.R3.download);
    const path = found ?? (await installFlyctl(wanted ?? pinnedVersion, { ...deps, http }));
    const { FLY_API_TOKEN: _, ...withoutToken } = (0,environment/* flyctlEnvironment */.m)(env, '');
    const answer = await ask(path, ['version', '--json'], '', withoutToken);
    const version = versionIn(answer?.stdout ?? '');
    log.line(`flyctl ${version ?? 'of an unknown version'} at ${path}`);
    checkVersion(version, path);
    return path;
}
function versionIn(stdout) {
    try {
        const { Version: version } = JSON.parse(stdout);
        return typeof version === 'string' && (0,semver.valid)(version) !== null ? version : undefined;
    }
    catch {
        return undefined;
    }
}
function checkVersion(version, path) {
    if (version === undefined || !isOlder(version, leastVersion))
        return;
    throw new user_error/* UserError */.yo({
        code: 'flyctl-too-old',
        found: `The flyctl at ${path} is version ${version}.`,
        expected: `Version ${leastVersion} or newer.`,
        fix: `Set \`with: flyctl-version: ${pinnedVersion}\`, or update the step that installs flyctl.`,
    });
}
const isOlder = (version, than) => ((0,semver.parse)(version)?.compareMain(than) ?? 0) < 0;

;// CONCATENATED MODULE: ./build/image/age.js






const age_orders = {
    identical: 'same',
    ahead: 'newer',
    behind: 'older',
    diverged: 'diverged',
};
async function orderOf(candidate, machines, { shaTag, branch, repositoryUrl }, github) {
    const commits = new Set(machines.map(({ labels, image, configuredImage }) => findRevision([], labels, { repositoryUrl, imagePath: '', wanted: undefined })?.commit ??
        [configuredImage, image]
            .map((name) => (0,tag_template/* commitInTag */.P$)((0,registry_reference/* tagIn */.mg)(name), shaTag, branch))
            .find((found) => found)));
    const [running] = commits;
    if (machines.length === 0)
        return { relation: 'unknown', running: undefined, words: 'Nothing runs yet.' };
    if (commits.size > 1)
        return { relation: 'unknown', running: undefined, words: 'The machines run images of several commits.' };
    if (running === undefined || !/^[0-9a-f]{7,64}$/.test(running)) {
        return {
            relation: 'unknown',
            running: undefined,
            words: 'What runs does not say which commit it was built from.',
        };
    }
    const short = (0,tag_template/* shortSha */.Fu)(running);
    if (candidate.startsWith(running) || running.startsWith(candidate))
        return { relation: 'same', running, words: `Commit ${short} runs already.` };
    const compared = await github.compare(running, candidate);
    if ('unknown' in compared) {
        return {
            relation: 'unknown',
            running,
            words: `Whether it is newer than what runs, ${short}, is not known: ${compared.unknown}.`,
        };
    }
    const words = {
        same: `Commit ${short} runs already.`,
        newer: `It is newer than what runs, ${short}.`,
        older: `It is older than what runs: ${short} holds it already.`,
        diverged: `It has diverged from what runs, ${short}: neither holds the other.`,
        unknown: '',
    };
    const order = age_orders[compared.status];
    return { relation: order, running: compared.base ?? running, words: words[order], between: compared };
}
async function orderOfImage(rt, { shaTag, githubToken }, { branch }, commit, machines) {
    if (machines === undefined || commit === undefined)
        return undefined;
    const { repositoryUrl } = linksOf(rt);
    const github = githubOf(rt, githubToken, lib_http/* policies */.R3.githubCheck);
    return orderOf(commit, machines, { shaTag, branch, repositoryUrl }, github);
}

;// CONCATENATED MODULE: ./build/fly/flyctl/deploy-flags.json
const deploy_flags_namespaceObject = /*#__PURE__*/JSON.parse('{"flyctl":"0.4.80","flags":{"access-token":{"kind":"text","short":"t"},"app":{"kind":"text","short":"a"},"auto-confirm":{"kind":"switch","hidden":true,"aliasOf":"yes"},"build-arg":{"kind":"text"},"build-context-warn-size":{"kind":"text"},"build-only":{"kind":"switch"},"build-secret":{"kind":"text"},"build-target":{"kind":"text"},"builder-pool":{"kind":"optional","hidden":true},"buildkit":{"kind":"switch"},"buildkit-addr":{"kind":"text","hidden":true},"buildkit-image":{"kind":"text","hidden":true},"buildpacks-docker-host":{"kind":"text"},"buildpacks-volume":{"kind":"list"},"compression":{"kind":"text"},"compression-level":{"kind":"integer"},"config":{"kind":"text","short":"c"},"cpus":{"kind":"integer","hidden":true,"aliasOf":"vm-cpus"},"debug":{"kind":"switch"},"deploy-retries":{"kind":"text"},"depot":{"kind":"optional"},"depot-scope":{"kind":"text"},"detach":{"kind":"switch"},"dns-checks":{"kind":"switch"},"dockerfile":{"kind":"text"},"env":{"kind":"text","short":"e"},"exclude-machines":{"kind":"list"},"exclude-regions":{"kind":"list"},"export-manifest":{"kind":"text","hidden":true},"file-literal":{"kind":"text"},"file-local":{"kind":"text"},"file-secret":{"kind":"text"},"flycast":{"kind":"switch"},"force-machines":{"kind":"switch","hidden":true},"from-manifest":{"kind":"text","hidden":true},"ha":{"kind":"switch"},"help":{"kind":"switch","short":"h"},"host-dedication-id":{"kind":"text"},"http-failover":{"kind":"switch","hidden":true,"aliasOf":"https-failover"},"https-failover":{"kind":"switch"},"ignorefile":{"kind":"text"},"image":{"kind":"text","short":"i"},"image-label":{"kind":"text"},"immediate-max-concurrent":{"kind":"integer","hidden":true},"label":{"kind":"text"},"lease-timeout":{"kind":"text"},"local-only":{"kind":"switch"},"max-concurrent":{"kind":"integer"},"max-unavailable":{"kind":"number"},"memory":{"kind":"text","hidden":true,"aliasOf":"vm-memory"},"nixpacks":{"kind":"switch"},"no-cache":{"kind":"switch"},"no-public-ips":{"kind":"switch"},"now":{"kind":"switch"},"only-machines":{"kind":"list"},"only-regions":{"kind":"list","hidden":true,"aliasOf":"regions"},"primary-region":{"kind":"text"},"process-groups":{"kind":"list"},"push":{"kind":"switch"},"recreate-builder":{"kind":"switch"},"regions":{"kind":"list"},"release-command-timeout":{"kind":"text"},"remote-only":{"kind":"switch"},"signal":{"kind":"text","short":"s"},"skip-release-command":{"kind":"switch"},"smoke-checks":{"kind":"switch"},"strategy":{"kind":"text"},"update-only":{"kind":"switch"},"verbose":{"kind":"switch"},"vm-cpu-kind":{"kind":"text"},"vm-cpukind":{"kind":"text","hidden":true,"aliasOf":"vm-cpu-kind"},"vm-cpus":{"kind":"integer"},"vm-gpu-kind":{"kind":"text"},"vm-gpukind":{"kind":"text","hidden":true,"aliasOf":"vm-gpu-kind"},"vm-gpus":{"kind":"integer"},"vm-max-memory":{"kind":"text","hidden":true},"vm-memory":{"kind":"text"},"vm-size":{"kind":"text"},"volume-initial-size":{"kind":"integer"},"wait-timeout":{"kind":"text"},"wg":{"kind":"switch"},"yes":{"kind":"switch","short":"y"}}}');
;// CONCATENATED MODULE: ./build/inputs/flag-table.js

const flagTable = deploy_flags_namespaceObject;

// EXTERNAL MODULE: ./build/lib/yaml-value.js
var yaml_value = __nccwpck_require__(1485);
;// CONCATENATED MODULE: ./build/inputs/names.js


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
    'allow-events',
    'on-refusal',
    'wait-for-image',
    'check-revision',
    'registry-username',
    'registry-password',
    'github-token',
    'attestation',
    'attestation-ref',
    'trusted-root',
    'mirror',
    'flyctl-version',
    'flags',
    'no-cache',
    'health-url',
    'health-status',
    'health-body',
    'health-timeout',
    'settle-time',
    'rollback',
    'on-outdated',
    'on-unchanged',
    'deploy-timeout',
    'mode',
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
    'mirror-platforms': 'a copy holds the linux/amd64 image, which is what Fly.io runs',
    verify: 'a deploy is always verified',
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
            const meant = nearest(name);
            if (meant === undefined)
                others.push(name);
            else
                reader.problems.push(misspelledError(name, value.trim(), meant));
        }
    }
    return others;
}
function removedError(name, value, shaTag) {
    const line = value === '' ? undefined : removed[name]?.(value, shaTag);
    const [, input = '', given = ''] = /^([^:]+): (.*)$/s.exec(line ?? '') ?? [];
    return new user_error/* UserError */.yo({
        code: 'input-removed',
        found: `The input \`${name}\` is set, and there is none of this name.`,
        expected: `the inputs of action.yml${name in without ? `: ${without[name]}` : ''}.`,
        fix: input === ''
            ? `take the line \`${name}:\` out.`
            : `\`with: ${withValue(input, given)}\` in place of \`${name}:\``,
        input: name,
    });
}
function misspelledError(name, value, meant) {
    const line = /token|password/.test(meant) ? `${meant}:` : withValue(meant, value);
    return new user_error/* UserError */.yo({
        code: 'input-unknown',
        found: `The input \`${name}\` is set, and there is none of this name.`,
        expected: `\`${meant}\`, which is nearly the same.`,
        fix: `\`with: ${line}\` in place of \`${name}:\``,
        input: name,
    });
}
function withValue(input, value) {
    const text = (0,yaml_value/* yamlValue */.t)(value);
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

;// CONCATENATED MODULE: ./build/inputs/flags.js



const { flyctl: version, flags: known } = flagTable;
const flags_refused = {
    app: 'the input `app`',
    config: 'the input `config`',
    image: 'the input `image`',
    'access-token': 'the input `fly-api-token`: every process can read a token in argv',
    'no-cache': 'the input `no-cache`',
    'build-only': 'the input `mode: dry-run`',
    'from-manifest': 'the inputs `app` and `image`',
    'export-manifest': 'the input `mode: dry-run`',
    'remote-only': 'nothing: it is always passed',
    'local-only': 'nothing: a local image of the same name is not the one that was checked',
    push: 'nothing: no image is built here',
    dockerfile: 'nothing: no image is built here',
    'buildkit-addr': 'nothing: no image is built here',
    'buildkit-image': 'nothing: no image is built here',
    help: 'nothing',
};
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
        throw wrong(JSON.stringify(line), 'has a control character', 'text alone');
    if (!line.startsWith('-'))
        throw wrong(`"${line}"`, 'is not a flag', 'a flag and its value in one line, e.g. `--strategy=rolling`');
    const [, typed = '', separator = '', value = ''] = /^(--?[A-Za-z0-9][\w-]*)(=|\s+|$)(.*)$/.exec(line) ?? [];
    if (typed === '')
        throw wrong(`"${line}"`, 'is not a flag', 'a flag as `flyctl deploy --help` lists them');
    const name = flags_nameOf(typed);
    const instead = flags_refused[name];
    if (instead !== undefined)
        throw wrong(`"${typed}"`, 'cannot be passed in `flags`', `instead: ${instead}`);
    return separator === '' ? withoutValue(name, typed) : flags_withValue(name, typed, separator, value);
}
function flags_nameOf(typed) {
    if (!typed.startsWith('--') && typed.length > 2) {
        const others = [...typed.slice(1)].flatMap((letter) => flags_refused[shortNames.get(letter) ?? ''] ?? []);
        const instead = [...new Set(others)].map((other) => `; instead: ${other}`).join('');
        throw wrong(`"${typed}"`, 'is several short flags, or one and its value', `one flag a line${instead}`);
    }
    const name = typed.startsWith('--') ? typed.slice(2) : shortNames.get(typed.slice(1));
    const flag = name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
    if (name === undefined || flag === undefined) {
        const nearest = typed.startsWith('--') ? nearestTo(typed.slice(2)) : undefined;
        throw wrong(`"${typed}"`, `is not a flag of \`flyctl deploy\` ${version}`, nearest === undefined
            ? 'a flag as `flyctl deploy --help` lists them'
            : `\`--${nearest}\`, the nearest one`);
    }
    return flag.aliasOf ?? name;
}
function withoutValue(name, typed) {
    const kind = known[name]?.kind;
    if (kind === 'switch' || kind === 'optional')
        return `--${name}`;
    throw wrong(`"${typed}"`, 'has no value', `a flag and its value in one line: \`--${name}=…\``);
}
const grammars = {
    switch: [/^(?:true|false)$/, 'true or false'],
    integer: [/^(?:0|[1-9]\d{0,8})$/, 'a whole number'],
    number: [/^\d{1,9}(?:\.\d{1,9})?$/, 'a number'],
    list: [/^[^"]*$/, 'names with commas between, without quotation marks'],
};
function flags_withValue(name, typed, separator, value) {
    const kind = known[name]?.kind ?? 'text';
    if (separator !== '=' && (kind === 'switch' || kind === 'optional'))
        throw wrong(`"${typed}"`, 'is followed by a space, and flyctl takes what comes after it for its working directory', `\`--${name}\` alone, or its value after \`=\``);
    if (value.startsWith('-'))
        throw wrong(`"${typed}"`, 'has a value that begins with a hyphen', 'one flag a line');
    const [grammar, expected] = grammars[kind] ?? [];
    if (grammar?.test(value) === false)
        throw wrong(`"${typed}"`, 'has a value of another kind', `${expected}`);
    return `--${name}=${value}`;
}
function nearestTo(name) {
    const [best] = Object.keys(known)
        .filter((each) => flags_refused[known[each]?.aliasOf ?? each] === undefined)
        .map((each) => ({ each, edits: editsBetween(name, each) }))
        .filter(({ edits }) => edits <= 2)
        .sort((a, b) => a.edits - b.edits);
    return best?.each;
}
function wrong(what, fault, expected) {
    return new user_error/* UserError */.yo({
        code: 'flag-refused',
        found: `The input \`flags\`: ${what} ${fault}.`,
        expected: `${expected}.`,
        fix: '`with: flags:`',
    });
}

;// CONCATENATED MODULE: ./build/inputs/deploy.js

function readDeployInputs(reader) {
    const flyctlVersion = reader.text('flyctl-version')?.replace(/^v/, '');
    if (flyctlVersion !== undefined && !/^\d+\.\d+\.\d+$/.test(flyctlVersion))
        reader.wrong('flyctl-version', 'one version, e.g. 0.4.80: the newest of tomorrow is another program.');
    const flags = reader.check('flags', () => parseFlags(reader.text('flags') ?? ''), []);
    return {
        flyctlVersion,
        flags: Object.freeze(flags),
        noCache: reader.flag('no-cache', false),
        deployTimeout: reader.duration('deploy-timeout', '30m'),
        rollback: reader.choice('rollback', ['false', 'true', 'with-release-command']),
        onRefusal: reader.choice('on-refusal', ['fail', 'skip']),
        onOutdated: reader.choice('on-outdated', ['skip', 'fail', 'deploy']),
        onUnchanged: reader.choice('on-unchanged', ['deploy', 'skip']),
    };
}

;// CONCATENATED MODULE: ./build/inputs/image-name.js




const [image_name_mostListed, image_name_mostCharacters] = [10, 200];
const image_name_shown = (text) => JSON.stringify(text.length > image_name_mostCharacters ? `${text.slice(0, image_name_mostCharacters)}…` : text);
const line = (image) => `\`with: image: ${image}\``;
const emptyOutput = 'an output is empty where GitHub took it for a secret, or where no step set it';
function ownImage({ env }) {
    const repository = env['GITHUB_REPOSITORY'] ?? '';
    if (/^[^/\s]+\/[^/\s]+$/.test(repository))
        return (0,registry_reference/* parseReference */.F2)(`ghcr.io/${repository}`);
    throw new user_error/* UserError */.yo({
        code: 'image-missing',
        found: `The input \`image\` is empty and GITHUB_REPOSITORY is "${repository}".`,
        expected: 'an image, or a run on GitHub that says whose repository it is.',
        fix: line('ghcr.io/owner/repo'),
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
    throw emptyPart(given, source) ?? wrongTag(given) ?? image_name_invalid(given, source);
}
function several(parts) {
    const references = parts.map(parsed).filter((each) => each !== undefined);
    const ofCommit = references.find(({ tag }) => /(?:^|-)[0-9a-f]{7,64}$/.test(tag ?? ''));
    const one = ofCommit ?? references.find(registry_reference/* namesImage */.Gc);
    const repositories = new Set(references.map(({ host, path }) => (0,registry_reference/* formatReference */.FH)({ host, path })));
    const [repository] = repositories;
    const lines = [
        ...(one === undefined ? [] : [`${line((0,registry_reference/* formatReference */.FH)(one))} takes one of them`]),
        ...(repositories.size === 1 && repository !== undefined
            ? [`${line(repository)} finds the tag from the event`]
            : []),
    ];
    const list = parts.slice(0, image_name_mostListed).map((part) => `\n  ${image_name_shown(part)}`);
    const more = parts.length - list.length;
    return new user_error/* UserError */.yo({
        code: 'image-several',
        found: `The input \`image\` holds ${parts.length} texts:${list.join('')}${more > 0 ? `\n  and ${more} more` : ''}`,
        expected: 'one reference. The output `tags` of docker/metadata-action is a list of them.',
        fix: lines.length === 0 ? line('ghcr.io/owner/repo') : `${lines.join('; ')}.`,
    });
}
function emptyPart(given, source) {
    const has = /^[:@/]|[^:/]\/\/|\/[:@]|:@|[:@/]$|:[.-][\w.-]*$/.exec(given);
    const fixed = has === null ? undefined : parsed(completed(given, ownOr(source)));
    if (has === null || fixed === undefined)
        return undefined;
    return new user_error/* UserError */.yo({
        code: 'image-part-empty',
        found: `The input \`image\` is ${image_name_shown(given)}: a part is empty ${has.index === 0 ? 'before' : 'at'} "${has[0].slice(0, 40)}".`,
        expected: `a repository, and after it a tag or a digest where one image is meant. If an expression makes it, check that expression: ${emptyOutput}.`,
        fix: `${line((0,registry_reference/* formatReference */.FH)(fixed))}${(0,registry_reference/* namesImage */.Gc)(fixed) ? '' : ', whose tag is found from the event'}.`,
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
        found: `The input \`image\` is ${image_name_shown(given)}, and ${image_name_shown(tag)} is not a valid tag.`,
        expected: 'letters, digits, ".", "_", "-"; the first is none of "." and "-"; at most 128.',
        fix: `${line((0,registry_reference/* formatReference */.FH)(fixed))}, which is how docker/metadata-action writes it.`,
    });
}
function image_name_invalid(given, source) {
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
            fix: `the input \`image\`: ${line((0,registry_reference/* formatReference */.FH)(bare))}.`,
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
        found: `The Fly.io token of \`${name}\` has a line break or another character that no token has.`,
        expected: 'the token as one line.',
        fix: `the secret behind \`${name}\`: paste the token again, without what stands around it.`,
        input: name,
    }));
}

;// CONCATENATED MODULE: ./build/inputs/select.js





const manualDefault = 'tag:{branch}';
const select_withBranch = (text, { branch }) => text.replaceAll('{branch}', (0,tag_template/* cleanBranch */.Y8)(branch ?? 'main'));
const select_forms = {
    commit: {
        example: 'commit:0123456789abcdef0123456789abcdef01234567',
        expected: 'a commit id with as many hexadecimal digits as `sha-tag` takes, or all of them',
        read: (value, { leastDigits }) => {
            const commit = value.toLowerCase();
            return /^[0-9a-f]{4,64}$/.test(commit) && commit.length >= leastDigits
                ? { form: 'commit', commit }
                : undefined;
        },
    },
    tag: {
        example: 'tag:v1.2.3',
        expected: 'a tag, in which {branch} may stand: letters, digits, ".", "_", "-", at most 128',
        read: (tag, rules) => ((0,registry_reference/* isTag */.dz)(select_withBranch(tag, rules)) ? { form: 'tag', tag } : undefined),
    },
    newest: {
        example: 'newest:v*',
        expected: 'a tag in which * stands for any characters, ? for one, and {branch} for the branch',
        read: (pattern, rules) => (0,registry_reference/* isTag */.dz)(select_withBranch(pattern, rules).replace(/[*?]/g, 'x')) && /[*?]/.test(pattern)
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
        read: (app) => (isAppName(app) ? { form: 'running', app } : undefined),
    },
};
function readSelectInputs(reader, image, commit, rules) {
    const given = reader.text('manual-select') ?? manualDefault;
    const select = readSelection(reader, 'select', reader.text('select'), rules);
    const manual = readSelection(reader, 'manual-select', given, rules);
    if (reader.text('select') !== undefined && (0,registry_reference/* namesImage */.Gc)(image))
        reader.wrong('image', 'a repository alone beside `select`, which says which of its images is meant.', 'input-conflict');
    if (select?.form === 'commit' && commit !== undefined && !select_agree(select.commit, commit))
        reader.wrong('commit', `the commit that \`select\` names, or nothing beside it.`, 'input-conflict');
    const ownToken = reader.text('source-app-token');
    if (ownToken !== undefined)
        checkToken(reader, 'source-app-token', ownToken);
    const token = ownToken ?? tokenOf(reader.source);
    return {
        select,
        manualSelect: manual ?? { form: 'tag', tag: '{branch}' },
        manualSelectGiven: given !== manualDefault,
        soakTime: readSoakTime(reader),
        sourceApp: { token, login: flyLogin(token) },
    };
}
function readSoakTime(reader) {
    const soakTime = reader.duration('soak-time', '0');
    const isOfApp = ['select', 'manual-select'].some((name) => reader.text(name)?.startsWith('running:'));
    if (soakTime > 0 && !isOfApp)
        reader.wrong('soak-time', '`select: running:…` beside it: only the time of another app is looked at.', 'input-conflict');
    return soakTime;
}
const select_agree = (a, b) => a.startsWith(b) || b.startsWith(a);
function readSelection(reader, name, text, rules) {
    if (text === undefined)
        return undefined;
    const colon = text.indexOf(':');
    const form = Object.keys(select_forms).find((each) => each === text.slice(0, colon));
    if (form === undefined) {
        const all = Object.values(select_forms).map(({ example }) => `\`${name}: ${example}\``);
        reader.wrong(name, `one of these forms: ${all.join(', ')}.`);
        return undefined;
    }
    const { expected, example, read } = select_forms[form];
    const selection = read(text.slice(colon + 1).trim(), rules);
    if (selection === undefined)
        reader.wrong(name, `after "${form}:" ${expected}, e.g. \`${name}: ${example}\`.`);
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
    const commit = image_readCommit(reader, leastDigits);
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
function image_readCommit(reader, least) {
    const commit = reader.text('commit')?.toLowerCase();
    if (commit !== undefined && (!/^[0-9a-f]{4,64}$/.test(commit) || commit.length < least))
        reader.wrong('commit', `a commit id of ${least} or more hexadecimal digits.`);
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
            ? `The input \`sha-tag\` is "${template}", which renders "${rendered}": no valid tag.`
            : undefined;
    if (found === undefined)
        return;
    throw new user_error/* UserError */.yo({
        code: 'tag-invalid',
        found,
        expected: `a template of a tag; placeholders are {${tag_template/* placeholders */.Ft.join('}, {')}}; a length is from 4 to 64. A tag has letters, digits, ".", "_", "-", begins with none of "." and "-", and is at most 128 long.`,
        fix: '`with: sha-tag:`; for the tags of `type=sha,prefix={{branch}}-` leave it out.',
    });
}

;// CONCATENATED MODULE: ./build/lib/duration.js
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
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
    wrong(name, expected, code = 'input-invalid') {
        this.problems.push(new user_error/* UserError */.yo({
            code,
            found: `The input \`${name}\` is "${this.source.input(name)}".`,
            expected,
            fix: `\`with: ${name}:\``,
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
        this.wrong(name, 'true or false.');
        return otherwise;
    }
    duration(name, otherwise) {
        const ms = parseDuration(this.text(name) ?? otherwise);
        if (ms === undefined)
            this.wrong(name, 'a duration with units and of at most 24h, e.g. 20s, 2m, 1m30s, or 0.');
        return ms ?? 0;
    }
    choice(name, choices) {
        const text = this.text(name) ?? choices[0];
        const found = choices.find((each) => each === text);
        if (found === undefined)
            this.wrong(name, `one of ${choices.join(', ')}.`);
        return found ?? choices[0];
    }
    matching(name, form, expected) {
        const text = this.text(name);
        if (text !== undefined && !form.test(text))
            this.wrong(name, expected);
        return text;
    }
}

;// CONCATENATED MODULE: ./build/inputs/registry.js



function readRegistryInputs(reader, imageHost) {
    const { env } = reader.source;
    const [username, password] = [reader.text('registry-username'), reader.text('registry-password')];
    if (username !== undefined && password === undefined) {
        reader.problems.push(new user_error/* UserError */.yo({
            code: 'input-conflict',
            found: 'The input `registry-username` is set and `registry-password` is not.',
            expected: 'both, or neither: then the job’s actor and `github-token` are used.',
            fix: '`with: registry-password: ${{ secrets.… }}`',
            input: 'registry-username',
        }));
    }
    const actor = env['GITHUB_ACTOR'] || 'x';
    const githubToken = reader.text('github-token') ?? '';
    reader.check('github-token', () => githubApiUrl(env), '');
    const shown = githubToken !== '' && (0,hosts/* takesGithubToken */.Lb)(imageHost, env);
    return {
        registryLogin: password === undefined ? undefined : { username: username ?? actor, password },
        githubLogin: shown ? { username: actor, password: githubToken } : undefined,
        githubToken,
        mirror: reader.choice('mirror', ['auto', 'always', 'never']),
    };
}

;// CONCATENATED MODULE: ./build/inputs/target.js





async function readTargetInputs(reader) {
    const { source, problems } = reader;
    const config = reader.check('config', () => readConfig(source), undefined);
    const app = await reader.checkLater('app', () => fly_config_readApp(source, config), '');
    const flyToken = tokenOf(source);
    const mode = reader.choice('mode', ['deploy', 'dry-run', 'doctor']);
    if (flyToken === '' && mode === 'deploy') {
        problems.push(new user_error/* UserError */.yo({
            code: 'fly-token-missing',
            found: 'There is no Fly.io token: the input `fly-api-token` and the variable FLY_API_TOKEN are empty.',
            expected: `a deploy token of the app, made with ${(0,advice/* tokenCommand */.xJ)()}.`,
            fix: '`with: fly-api-token: ${{ secrets.FLY_API_TOKEN }}`. Secrets are empty in runs that a fork started, and in a job without the `environment:` that holds them.',
            input: 'fly-api-token',
        }));
    }
    checkToken(reader, 'fly-api-token', flyToken);
    return { app, config: config?.path, flyToken, flyLogin: flyLogin(flyToken), mode };
}

;// CONCATENATED MODULE: ./build/inputs/trusted-root.js

async function readTrustedRoots(text) {
    const whole = trusted_root_parse(text);
    const lines = text.split('\n').map((line, n) => ({ line: line.trim(), where: `line ${n + 1} ` }));
    const filled = lines.filter(({ line }) => line !== '');
    if (filled.length === 0)
        return 'it is empty';
    const parts = whole === undefined ? filled : [{ line: text, where: '' }];
    const roots = [];
    for (const { line, where } of parts) {
        const root = trusted_root_parse(line);
        if (root === undefined)
            return `${where}is not JSON`.trim();
        const wrong = await trusted_root_faultOf(root);
        if (wrong !== undefined)
            return `${where}${wrong}`;
        roots.push(root);
    }
    return roots;
}
function trusted_root_parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
async function trusted_root_faultOf(json) {
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
        reader.wrong('allow-events', 'names of events, e.g. push, workflow_dispatch.');
    const attestation = readAttestation(reader);
    const attestationRef = reader.text('attestation-ref');
    if (attestationRef !== undefined && !/^refs\/[^\s\x00-\x20\x7f~^:\\?[]+$/.test(attestationRef))
        reader.wrong('attestation-ref', 'a whole ref, e.g. refs/heads/main, or a pattern such as refs/tags/v*.');
    else if (attestationRef !== undefined && attestation.mode === 'off')
        reader.wrong('attestation-ref', '`attestation: require` beside it: without `attestation`, no ref is compared.', 'input-conflict');
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
    const roots = text === undefined ? 'it is not there' : await readTrustedRoots(text);
    if (typeof roots !== 'string')
        return roots;
    const make = 'what `gh attestation trusted-root > trusted-root.jsonl` writes: a trusted root on each line';
    reader.wrong(name, `a file that is in the workspace, and contains ${make}. Of this file, ${roots}.`);
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
        reader.wrong('attestation', 'off, warn, require, or the workflow that signs, e.g. owner/repo/.github/workflows/build.yml, with its ref (@refs/heads/main, @refs/tags/v1, or @ and a whole commit id) or without.');
    return { mode: 'require', signer, ...(signerRef !== undefined && { signerRef }) };
}

;// CONCATENATED MODULE: ./build/inputs/verify.js
function readVerifyInputs(reader) {
    const healthUrl = reader.text('health-url');
    if (healthUrl !== undefined && !/^\/(?!\/)[\x21-\x7e]*$/.test(healthUrl) && !isWebUrl(healthUrl))
        reader.wrong('health-url', 'a path that begins with one "/", or a whole http(s) URL.');
    const status = reader.matching('health-status', /^[1-5]\d\d$/, 'one status, from 100 to 599, or nothing for 200 to 399.');
    for (const name of ['health-status', 'health-body']) {
        if (reader.text(name) !== undefined && healthUrl === undefined)
            reader.wrong(name, '`health-url` beside it, which says what is asked.', 'input-conflict');
    }
    return {
        settleTime: reader.duration('settle-time', '30s'),
        healthUrl,
        healthStatus: status === undefined ? undefined : Number(status),
        healthBody: reader.text('health-body'),
        healthTimeout: reader.duration('health-timeout', '2m'),
    };
}
function isWebUrl(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

;// CONCATENATED MODULE: ./build/inputs/inputs.js










function secretsOf({ input, env }) {
    const flyTokens = [
        input('fly-api-token'),
        env['FLY_API_TOKEN'],
        env['FLY_ACCESS_TOKEN'],
        input('source-app-token'),
    ];
    const given = [
        ...flyTokens.flatMap((token) => (token === undefined ? [] : [token, ...partsOfToken(token)])),
        input('registry-password'),
        input('github-token'),
    ];
    return given.filter((secret) => secret !== '');
}
async function readInputs(source) {
    const reader = new InputReader(source);
    const unknown = checkNames(reader);
    const target = await readTargetInputs(reader);
    const image = readImageInputs(reader);
    const inputs = {
        ...target,
        ...image,
        ...(await readTrustInputs(reader)),
        ...readRegistryInputs(reader, image.image.host),
        ...readDeployInputs(reader),
        ...readVerifyInputs(reader),
        unknown,
    };
    for (const name of ['select', 'manual-select']) {
        const selection = name === 'select' ? inputs.select : inputs.manualSelect;
        if (selection?.form === 'running' && selection.app === inputs.app)
            reader.wrong(name, `another app than "${inputs.app}" itself; what this one deployed last is \`${name}: release:current\`.`, 'input-conflict');
    }
    if (inputs.deployBy === 'tag' && inputs.attestation.mode !== 'off')
        reader.wrong('deploy-by', 'auto or digest beside `attestation`: a tag can come to be another image than the one that was checked.', 'input-conflict');
    if (reader.problems.length > 0)
        throw (0,user_error/* allOf */.bn)(reader.problems);
    return Object.freeze(inputs);
}

;// CONCATENATED MODULE: ./build/report/facts.js

class Facts {
    #results = {};
    #stages = [];
    #findings = [];
    #clock;
    #current = 'Start';
    constructor(clock) {
        this.#clock = clock;
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
        return find_commitOf(this.known.plan, this.known.image);
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
    async timed(title, work) {
        const begin = this.#clock.now();
        this.#current = title;
        let ok = false;
        try {
            const result = await work();
            ok = true;
            return result;
        }
        finally {
            this.#stages.push({ title, ms: this.#clock.now() - begin, ok });
        }
    }
    keep(key, result) {
        if (Object.hasOwn(this.#results, key))
            throw new Error(`the fact "${key}" is written twice`);
        this.#results[key] = result;
    }
    get untimed() {
        const keep = (key, result) => this.keep(key, result);
        return {
            keep,
            timed: async (_title, work) => work(),
            stage: async (key, _title, work) => {
                const result = await work();
                keep(key, result);
                return result;
            },
        };
    }
    note(findings) {
        this.#findings.push(...findings);
    }
}

;// CONCATENATED MODULE: ./build/report/log-lines.js








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
function logTrigger(trigger, log) {
    if (trigger.kind === 'manual') {
        if (trigger.caution !== undefined)
            log.warning(`A deploy from this event would be refused.\n${(0,user_error/* formatTexts */.UQ)([trigger.caution])}`);
        const { published, unread } = trigger;
        if (published === undefined)
            log.line(`Manual deploy (${trigger.event}) of branch ${trigger.branch}`);
        else
            log.line(`Automatic deploy (${trigger.event}) of what was published with tag ${published.tag}, ${published.digest}`);
        if (unread !== undefined) {
            const { words, fix } = unreadText(unread);
            log.notice(`${words} ${fix}`);
        }
        return;
    }
    const { run, event, commit, branch, environment } = trigger;
    const by = run
        ? `, built by "${run.name}"${run.number === undefined ? '' : ` #${run.number}`} (${run.event})`
        : '';
    log.line(`Automatic deploy (${event}) of commit ${commit} of branch ${branch}${by}`);
    if (environment !== undefined)
        log.line(`The deployment is for environment ${JSON.stringify(environment)}. A step cannot read its job’s \`environment:\`, so the two are not compared.`);
}
function logImage(found, now, log) {
    const { plan, image, revision: check } = found;
    const { host, path } = image.repository;
    const { digest, platformDigest, revision, created } = image;
    switch (plan.source) {
        case 'sha-tag':
            log.line(`Using SHA-based tag: ${(0,registry_reference/* formatReference */.FH)({ host, path, tag: image.tag ?? plan.tag })}`);
            log.line(`This ensures we get the exact image built from commit: ${plan.commit}`);
            break;
        case 'digest':
        case 'pattern':
            log.line(`Looked up tag: ${(0,registry_reference/* formatReference */.FH)({ host, path, ...(image.tag && { tag: image.tag }) })}`);
            break;
        case 'release':
            log.line(`Using the image of release v${plan.version}`);
            break;
        case 'running':
            log.line(`Using the image that app ${plan.app} runs`);
            break;
        case 'reference':
            log.line(`Using the image as ${plan.published === undefined ? 'given' : 'published'}: ${(0,registry_reference/* formatReference */.FH)(plan.reference)}`);
            break;
    }
    if (plan.pin)
        log.line(`Using digest: ${(0,registry_reference/* formatReference */.FH)({ host, path, digest })}`);
    else
        log.line(`Digest: ${digest}`);
    if (platformDigest !== digest)
        log.line(`Digest of its linux/amd64 image: ${platformDigest}`);
    const age = created === undefined ? undefined : (0,format/* formatAge */.nV)(created, now);
    const facts = [
        (0,format/* formatBytes */.z3)(image.size),
        ...(age === undefined ? [] : [`built ${age}`]),
        revision === undefined ? 'no revision label' : `revision ${revision.commit} (${revision.from})`,
    ];
    log.line(`Image: ${facts.join(', ')}`);
    if (revision?.instead !== undefined && check === 'matches') {
        log.notice(`The ${revision.instead.from} of ${(0,registry_reference/* formatReference */.FH)(image.reference)} names ${oneWord(revision.instead.commit)}, but its provenance names ${plan.commit}. The provenance counts, because labels are inherited from base images. To write a label in the build, give docker/build-push-action \`labels: \${{ steps.meta.outputs.labels }}\`.`);
    }
    logBeside(found, log);
    if (check === 'unknown') {
        log.warning(`${(0,registry_reference/* formatReference */.FH)(image.reference)} does not name its commit, so only its tag links it to ${plan.commit}. ` +
            'To label images with their commit, give docker/build-push-action `labels: ${{ steps.meta.outputs.labels }}`.');
    }
}
function logBeside({ beside, image, plan }, log) {
    const name = (0,registry_reference/* formatReference */.FH)(plan.source === 'reference' ? plan.reference : image.reference);
    switch (beside?.kind) {
        case 'differs': {
            const { tag } = image;
            const waits = tag === undefined
                ? ''
                : `, or write \`sha-tag: ${tag}\` instead of the tag in \`${plan.by}\`, to wait until that tag names this commit’s image`;
            log.warning(`${name} ${sayingOf(beside.image)} ${oneWord(beside.image.commit)}, but the event is about ${beside.event}. It is deployed anyway, because the input \`${plan.by}\` names it. To fail instead, set \`with: check-revision: require\`${waits}.`);
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
    if (isPublic || host === (0,hosts/* flyRepository */.QY)(app, env).host)
        return;
    log.warning(`${(0,registry_reference/* formatReference */.FH)({ host, path })} is private, and Fly.io pulls anonymously, so the deploy will probably fail. ` +
        'Remove `mirror: never`, or make the package public.');
}
function logSkip({ reason, words }, image, order, mirror, log) {
    if (reason !== 'dry-run') {
        log.notice(`Nothing was deployed. ${words}`);
        return;
    }
    log.line(`A deploy would use ${(0,registry_reference/* formatReference */.FH)(image.reference)}`);
    if (order !== undefined)
        log.line(order.words);
    if (mirror !== undefined)
        log.line(`The image is private, so a deploy would first copy it to ${(0,registry_reference/* formatReference */.FH)(mirror)}`);
    if (words !== '')
        log.line(`A deploy would be skipped. ${words}`);
    log.line('Dry run: nothing was deployed.');
}
function logBefore({ machines, unmanaged }, log) {
    const images = new Set(machines.map(({ image, digest }) => `${image}@${digest ?? '?'}`));
    const count = (0,format/* counted */.hS)(machines.length, 'machine');
    log.line(`Running before: ${machines.length === 0 ? 'no machine' : `${[...images].join(', ')} (${count})`}`);
    if (unmanaged.length > 0) {
        const ids = unmanaged.slice(0, 10).map(({ id }) => id);
        log.line(`Not managed by deploys, so not verified: ${(0,format/* counted */.hS)(unmanaged.length, 'machine')} (${ids.join(', ')}${unmanaged.length > ids.length ? ', …' : ''})`);
    }
}
function logVerified(app, { tag, digest, platformDigest }, fleet, { line }) {
    const count = (0,compare/* managed */.Yq)(fleet).length;
    const excluded = fleet.length - count;
    const all = count === 1 ? 'the only machine' : `all ${(0,format/* counted */.hS)(count, 'machine')}`;
    const which = `${all} of ${app}${excluded === 0 ? '' : ` in the scope of this deploy (${excluded} excluded by \`flags\`)`}`;
    const of = digest === platformDigest ? '' : `, the linux/amd64 image of index ${digest}`;
    const image = tag === undefined ? `${platformDigest}${of}` : `${tag} (${platformDigest}${of})`;
    line(`Verified: ${which} ${count === 1 ? 'runs' : 'run'} ${image}`);
}
function logOrder(order, decides, log) {
    const show = decides || order.relation !== 'unknown' ? log.line : log.debug;
    show(order.words);
}

// EXTERNAL MODULE: ./build/report/outcome.js
var report_outcome = __nccwpck_require__(4247);
;// CONCATENATED MODULE: ./build/inputs/location.js




async function locationOfInput(name, source) {
    const { input, env, readFile } = source;
    if (name === 'app' && input('app') === '') {
        const config = readConfig(source);
        const line = config && (await appOf(config, env)).line;
        if (config !== undefined && line !== undefined)
            return locationIn(config.path, line, env);
    }
    const file = workflowFile(env['GITHUB_WORKFLOW_REF'] ?? '', env['GITHUB_REPOSITORY'] ?? '');
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
    const root = await readYaml(workflow);
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

;// CONCATENATED MODULE: ./build/report/machines.js


function wordsOf({ failure, waitingFor, supersededBy, excluded }) {
    if (excluded)
        return 'not part of this deploy';
    if (failure !== undefined)
        return (0,trouble/* failureWords */.AC)(failure);
    if (supersededBy !== undefined)
        return `in release v${supersededBy} of another deploy`;
    return waitingFor && (0,trouble/* waitWords */.jJ)(waitingFor);
}
const [machines_mostCharacters, mostOfText] = [400_000, 500];
const cut = (text) => text.length > mostOfText ? `${text.slice(0, mostOfText)}…`.toWellFormed() : text;
function machinesOutput(machines) {
    const whole = `[${machines.map(asJson).join(',')}]`;
    if (whole.length <= machines_mostCharacters)
        return whole;
    const kept = [];
    let room = machines_mostCharacters - '[]'.length;
    for (const machine of [...machines].sort((a, b) => Number((0,compare/* isFine */.zn)(a)) - Number((0,compare/* isFine */.zn)(b)))) {
        const json = asJson(machine);
        room -= json.length + ','.length;
        if (room < 0)
            break;
        kept.push(json);
    }
    return `[${kept.join(',')}]`;
}
function asJson(machine) {
    const words = wordsOf(machine);
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

;// CONCATENATED MODULE: ./build/report/outputs.js





function outputsOf(facts, outcome, hide) {
    const { known, commit, previous } = facts;
    const { image, plan, mirror, pinned, inputs } = known;
    const release = (0,report_outcome/* releaseOf */.l7)(facts, outcome);
    const values = {
        image: image ? (0,registry_reference/* formatReference */.FH)((pinned ?? mirror ?? image).reference) : '',
        'source-image': image ? (0,registry_reference/* formatReference */.FH)(image.reference) : '',
        digest: image?.digest ?? '',
        'platform-digest': image?.platformDigest ?? '',
        tag: image?.tag ?? '',
        commit: commit ?? '',
        'short-sha': commit === undefined ? '' : (0,tag_template/* shortSha */.Fu)(commit),
        source: plan?.source ?? '',
        'promoted-from': plan?.source === 'running' ? plan.app : '',
        mirrored: String(mirror !== undefined),
        deployed: String((0,report_outcome/* isDeployed */.Nj)(facts, outcome)),
        skipped: skippedOf(outcome, inputs?.mode === 'doctor'),
        'release-id': hide(release.id ?? ''),
        'release-version': release.version ?? '',
        'previous-image': hide(previous?.image ?? ''),
        'previous-digest': previous?.digest ?? '',
        machines: hide(machinesOutput((0,report_outcome/* fleetOf */.aP)(outcome) ?? [])),
        verified: String((0,report_outcome/* isVerified */.p4)(outcome)),
        'rolled-back': String((0,report_outcome/* rolledBackTo */.rt)(outcome) !== undefined),
        url: hide(known.url ?? ''),
    };
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [
        name,
        (0,lib_text/* plainLine */.h0)(name === 'machines' ? value : value.slice(0, mostOfOutput)),
    ]));
}
const skippedOf = (outcome, doctor) => doctor ? 'dry-run' : outcome.kind === 'skipped' ? outcome.reason : '';
const mostOfOutput = 4096;

;// CONCATENATED MODULE: ./build/report/summary/markdown.js

function code(text) {
    const plain = (0,lib_text/* plainLine */.h0)(text.length > 500 ? `${text.slice(0, 500)}…` : text).trim();
    if (plain === '')
        return '';
    return /^[\w.:/@+=,-]+$/.test(plain) ? `\`${plain}\`` : `<code>${entities(plain)}</code>`;
}
function markdown_text(outside, most = 500) {
    const characters = [...(0,lib_text/* plainLine */.h0)(outside.slice(0, 4 * most)).trim()];
    return unlinked(characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join(''));
}
const unlinked = (words) => entities(words.replace(/[@#]|:(?=\/\/)|www(?=\.)|gh(?=-\d)/gi, '$&\u2060'));
const prose = (sentence) => (0,lib_text/* plainLine */.h0)(sentence.length > mostText ? `${sentence.slice(0, mostText)}…` : sentence)
    .split(/`([^`]*)`/)
    .map((part, n) => (n % 2 === 1 ? code(part) : part.split(digest).map(plainOrDigest).join('')))
    .join('');
const digest = /(sha256:[0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])/;
const plainOrDigest = (part, n) => (n % 2 === 1 ? code(part) : unlinked(part));
const mostText = 16_000;
function block(text, width = 100) {
    const lines = unindented(markdown_cut(text.trimEnd())
        .split('\n')
        .map((line) => (0,lib_text/* plainLine */.h0)(line).trimEnd())).flatMap((line) => wrap(line, width));
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
const markdown_cut = (text) => text.length <= mostText
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
const markdown_link = (text, url) => `[${text}](${url.replace(/[()[\]\\\s<>"`|]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)})`;
function table(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
const entity = (character) => `&#${character.charCodeAt(0)};`;
const entities = (text) => text.replace(/[&<>"'`|\\*_[\]#~$@:]/g, entity);

;// CONCATENATED MODULE: ./build/report/summary/links.js


const repositoryUrl = ({ server, repository }) => `${server}/${repository.split('/').map(encodeURIComponent).join('/')}`;
const isId = (commit) => /^[0-9a-f]{7,64}$/.test(commit);
const commitLink = (commit, links) => isId(commit)
    ? markdown_link(code((0,tag_template/* shortSha */.Fu)(commit)), `${repositoryUrl(links)}/commit/${commit}`)
    : code(commit.slice(0, 80));
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

;// CONCATENATED MODULE: ./build/report/summary/names.js



const names_nameOf = (reference) => {
    const { digest, ...named } = reference;
    return shortName((0,registry_reference/* formatReference */.FH)(named)) + (digest === undefined ? '' : `@${(0,registry_reference/* shortDigest */.VK)(digest)}`);
};
function shortName(reference) {
    const name = reference.split('/').at(-1) ?? '';
    return name.length <= 40 ? name : `${name.slice(0, 20)}…${name.slice(-19)}`;
}
const names_digestOf = ({ known: { image }, machines, }) => image?.digests.find((each) => machines?.some(({ digest }) => digest === each)) ?? image?.platformDigest;
function imageName(view) {
    const { image, plan } = view.known;
    if (image === undefined) {
        const tag = names_tagOf(plan);
        return tag === undefined ? 'the image' : code(tag);
    }
    const digest = code((0,registry_reference/* shortDigest */.VK)(names_digestOf(view) ?? image.digest));
    if (image.tag === undefined)
        return digest;
    return isMoving(plan) ? `${digest} (resolved from ${code(image.tag)})` : code(image.tag);
}
const isMoving = (plan) => plan?.pin === true && plan.source !== 'sha-tag';
const names_tagOf = (plan) => plan === undefined || plan.source === 'pattern'
    ? undefined
    : 'reference' in plan
        ? plan.reference.tag
        : plan.tag;
function otherName({ image, digest }, { known }) {
    const { before = [], order } = known;
    const old = before.find((each) => digest !== undefined && each.digest === digest);
    const tag = (0,registry_reference/* tagIn */.mg)(old?.image || image);
    if (tag !== '' && tag !== known.image?.tag)
        return code(tag);
    if (digest === undefined)
        return 'an image that Fly.io does not report';
    const commit = before.every((each) => each.digest === digest) && old && order?.running;
    const of = commit && /^[0-9a-f]{7,64}$/.test(commit) ? ` of commit ${code((0,tag_template/* shortSha */.Fu)(commit))}` : '';
    return `${code((0,registry_reference/* shortDigest */.VK)(digest))}${of}`;
}
function previousName(view) {
    const [only, ...more] = view.rolledBack ?? [];
    return only === undefined || more.length > 0
        ? 'their previous images'
        : otherName({ image: '', digest: only.digest }, view);
}

;// CONCATENATED MODULE: ./build/report/summary/changes.js






function changes(view, links) {
    const { commit, known } = view;
    const { image, before, order } = known;
    const words = changes_wordsOf(view);
    if (image === undefined || words === undefined)
        return undefined;
    const [headBefore, headAfter] = words.columns;
    const old = groupsBefore(before);
    const [first] = old;
    const rows = [
        ['Commit', order?.running && commitLink(order.running, links), commit && commitLink(commit, links)],
        [
            'Image',
            old.map(({ name, count }) => `${code(name)}${old.length > 1 ? ` × ${count}` : ''}`).join('<br>') ||
                'no machine',
            code(names_nameOf(image.reference)),
        ],
        [
            'Digest',
            old.length === 1 && first?.digest ? code((0,registry_reference/* shortDigest */.VK)(first.digest)) : undefined,
            code((0,registry_reference/* shortDigest */.VK)(names_digestOf(view) ?? image.digest)),
        ],
        ['Release', releaseOf(before), changes_version(view.releaseVersion)],
    ];
    const told = rows.filter(([, was, is]) => was !== undefined || is !== undefined);
    const shown = before === undefined
        ? table(['', headAfter], told.map(([name, , is]) => [`**${name}**`, is ?? '']))
        : table(['', headBefore, headAfter], told.map(([name, was, is]) => [`**${name}**`, was ?? '', is ?? '']));
    return [`### ${words.title}`, shown, commits(view, links)]
        .filter((part) => part !== undefined)
        .join('\n\n');
}
function changes_wordsOf(view) {
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
    return rest.length === 0 ? changes_version(first) : undefined;
}
const changes_version = (release) => release && (/^\d{1,9}$/.test(release) ? `v${release}` : code(`v${release.slice(0, 40)}`));
function commits(view, links) {
    const { known, commit, rolledBack } = view;
    const { order } = known;
    const { between, running } = order ?? {};
    if (between === undefined || running === undefined || commit === undefined)
        return undefined;
    const { ahead, behind } = between;
    const [there, back] = [compareUrl(running, commit, links), compareUrl(commit, running, links)];
    const linked = (words, url) => (url === undefined ? words : markdown_link(words, url));
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
        markdown_text(subject, 72) || '–',
        markdown_text(author, 39),
    ]);
    const more = ahead > rows.length && rows.length > 0 ? `\n\n…and ${linked(`${ahead - rows.length} more`, there)}.` : '';
    const list = rows.length === 0 ? '' : `\n\n${table(['Commit', 'Subject', 'Author'], rows)}${more}`;
    return `This deploy ${parts.join(' and ')}.${list}`;
}

;// CONCATENATED MODULE: ./build/report/summary/checklist.js



function checklist(findings) {
    const areas = Map.groupBy(findings, ({ area }) => area);
    return [...areas]
        .map(([area, some]) => {
        const rows = some.map(({ mark, words, at }) => [
            signs[mark],
            code(words),
            at === undefined ? '' : code(`${at.file}:${at.line}`),
        ]);
        const changes = some
            .filter((each) => each.mark !== 'ok' && (0,report_finding/* adviceOf */.wr)(each) !== '')
            .map((each) => `${signs[each.mark]} ${code(each.words)}\n${block((0,report_finding/* adviceOf */.wr)(each))}`);
        const list = table(['', 'What was seen', 'Where'], rows);
        const details = changes.length === 0
            ? ''
            : `\n\n<details open><summary>To change</summary>\n\n${changes.join('\n\n')}\n\n</details>`;
        return `### ${area}\n\n${list}${details}`;
    })
        .join('\n\n');
}

;// CONCATENATED MODULE: ./build/report/summary/fate.js

const fate_wrong = { sign: '✗', look: 'bad' };
const fate_shown = {
    fine: { sign: '✓', look: 'good' },
    'other-image': fate_wrong,
    reverted: fate_wrong,
    unhealthy: fate_wrong,
    'not-updated': fate_wrong,
    changed: fate_wrong,
    'not-back': fate_wrong,
    'other-deploy': { sign: '⇄', look: 'other', legend: 'belongs to another deploy' },
    unreachable: { sign: '⊘', look: 'unsure', legend: 'on an unreachable host' },
    unverified: { sign: '?', look: 'unsure', legend: 'not verified: Fly.io does not report what it runs' },
    missing: { sign: '∅', look: 'unsure', legend: 'there before the deploy, and not listed now' },
    back: { sign: '↩', look: 'back', legend: 'runs its previous image again' },
    unchanged: { sign: '=', look: 'unknown', legend: 'unchanged by this deploy' },
    excluded: { sign: '–', look: 'unknown', legend: 'not part of this deploy' },
};
const signOf = (machine, view) => fate_shown[fateOf(machine, view)].sign;
const lookOf = (machine, view) => fate_shown[fateOf(machine, view)].look;
function legendOf(machines, view) {
    const fates = new Set(machines.map((machine) => fateOf(machine, view)));
    const parts = [...fates].flatMap((fate) => {
        const { sign, legend } = fate_shown[fate];
        return legend === undefined ? [] : [`${sign} ${legend}`];
    });
    return parts.length === 0 ? undefined : parts.join(' · ');
}
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
function isBack(machine, { rolledBack, rollbackFailed, known }) {
    if (rollbackFailed) {
        const before = known.before?.find(({ id }) => id === machine.id)?.digest;
        return !machine.runsImage && before !== undefined && before === machine.digest;
    }
    return (rolledBack?.some(({ group, digest }) => (group === undefined || group === machine.group) && digest === machine.digest) ?? false);
}
const urgencyOf = (machine, view) => {
    const fate = fateOf(machine, view);
    return fate === 'excluded' ? 3 : fate === 'fine' ? 2 : fate === 'back' || fate === 'unchanged' ? 1 : 0;
};

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








const [mostMachines, mostRegions] = [6, 8];
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
        const lines = [`commit ${(0,tag_template/* shortSha */.Fu)(commit)}`, ...(subject ? [diagram_cut(subject, 32)] : [])];
        last = add({ id: 'commit', lines, look: 'plain' }, last);
    }
    if (image === undefined) {
        const tag = names_tagOf(plan);
        const state = withoutImage(view);
        if (tag === undefined || commit === undefined || state === undefined)
            return undefined;
        const look = state === diagram_notFound ? 'bad' : 'unsure';
        add({ id: 'image', lines: [diagram_cut(tag, 40), state], look }, last, 'built');
        return flowchart(nodes, edges);
    }
    const name = image.tag === undefined ? [] : [diagram_cut(image.tag, 40)];
    const digest = names_digestOf(view) ?? image.digest;
    last = add({ id: 'image', lines: [...name, (0,registry_reference/* shortDigest */.VK)(digest)], look: 'plain' }, last, 'built');
    if (mirror !== undefined) {
        const { reference, digest } = mirror;
        last = add({ id: 'mirror', lines: [diagram_cut(reference.host, 40), (0,registry_reference/* shortDigest */.VK)(digest)], look: 'plain' }, last, 'copied to');
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
const diagram_notFound = 'not found';
function withoutImage({ outcome }) {
    const error = (0,report_outcome/* errorOf */.Mz)(outcome);
    if (outcome.kind === 'cancelled' || !(error instanceof user_error/* UserError */.yo))
        return undefined;
    const states = {
        'image-not-found': diagram_notFound,
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
    if (machines === undefined || machines.length === 0 || known.deployStartedAt === undefined) {
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
    return [...split(bad, mostRegions), ...split(good, mostGood)].slice(0, 2 * mostRegions).flatMap((some) => {
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
        ...(tag === '' ? [] : [diagram_cut(tag, 40)]),
        digest === undefined ? 'digest not reported' : (0,registry_reference/* shortDigest */.VK)(digest),
    ];
}
const diagram_isOurs = ({ digest }, { known: { image } }) => digest !== undefined && image?.digests.includes(digest) === true;
const diagram_cut = (text, most) => [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`;

;// CONCATENATED MODULE: ./build/report/summary/condition.js





const condition_some = (count, all, one, many) => count === all
    ? all === 1
        ? `its machine ${one}`
        : `all ${all} machines ${many}`
    : `${count} of ${(0,format/* counted */.hS)(all, 'machine')} ${count === 1 ? one : many}`;
function allRun(view, what, verb = ['runs', 'run']) {
    const machines = view.machines ?? [];
    const meant = (0,compare/* managed */.Yq)(machines).length;
    return `${condition_some(meant, machines.length, ...verb)} ${what}`;
}
function runsAsBefore(view, verb) {
    const { before } = view.known;
    if (before === undefined)
        return undefined;
    return before.length === 0
        ? 'the app has no machine'
        : `${condition_some(before.length, before.length, ...verb)} ${imagesOf(before, view)}`;
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
            const still = those.every(({ id, digest }) => view.known.before?.some((old) => old.id === id && old.digest === digest));
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
            const release = more.length > 0 || version === undefined ? 'releases' : `release ${markdown_text(`v${version}`, 40)}`;
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
        const subject = n === 0 ? condition_some(count, all.length, one, many) : `${count} ${count === 1 ? one : many}`;
        return `${subject} ${what}${placesOf(machines, all)}${fate === 'reverted' ? ', reverted by Fly.io' : ''}`;
    });
    const rest = groups.slice(mostKinds).reduce((sum, { machines }) => sum + machines.length, 0);
    return [...told, ...(rest === 0 ? [] : [`${rest} more not verified`])].join('; ');
}
const condition_mostRegions = 3;
function placesOf(machines, all) {
    if (machines.length === all.length)
        return '';
    const regions = [...new Set(machines.map(({ region }) => region))].filter((region) => region.trim() !== '');
    if (regions.length === 0)
        return '';
    return regions.length > condition_mostRegions
        ? ` (${(0,format/* counted */.hS)(regions.length, 'region')})`
        : ` (${regions.map((region) => code(region.slice(0, 20))).join(', ')})`;
}

;// CONCATENATED MODULE: ./build/report/summary/heading.js









function heading(view) {
    const app = view.app === undefined ? 'the app' : code(view.app);
    return `## ${iconOf(view)} ${app}: ${conditionOf(view)}`;
}
function iconOf({ outcome, known, failure, rolledBack }) {
    if (known.inputs?.mode === 'doctor' || outcome.kind === 'checked')
        return failure === undefined ? '🩺' : '❌';
    if (rolledBack !== undefined)
        return '⏪';
    if (outcome.kind === 'skipped')
        return outcome.reason === 'dry-run' ? '🔍' : '⏭️';
    return outcome.kind === 'deployed' ? '✅' : '❌';
}
function conditionOf(view) {
    const { outcome, known, findings } = view;
    if (known.inputs?.mode === 'doctor')
        return tally(findings);
    switch (outcome.kind) {
        case 'skipped':
            return skipped(outcome, view);
        case 'deployed':
            return `${allRun(view, imageName(view))}${others(view)}`;
        case 'checked':
            return tally(findings);
        case 'cancelled':
            return cancelled(view);
        case 'failed':
            return heading_failed(view);
    }
}
function others({ machines = [] }) {
    const count = machines.length - (0,compare/* managed */.Yq)(machines).length;
    return count === 0 ? '' : `; ${count} ${count === 1 ? 'is' : 'are'} not part of this deploy`;
}
function skipped({ reason, words }, view) {
    const image = imageName(view);
    const before = view.known.before ?? [];
    switch (reason) {
        case 'dry-run': {
            const now = runsAsBefore(view, ['runs', 'run']) ?? 'what runs now is not known';
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
    'fly-app-not-found': 'Fly.io does not know the app',
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
    'run-cancelled': 'the run was cancelled',
    'several-problems': 'several inputs are not valid',
    'smoke-checks-failed': 'flyctl failed: the app crashes when it starts',
};
function causeOf({ outcome }) {
    const error = (0,report_outcome/* errorOf */.Mz)(outcome);
    if (outcome.kind === 'cancelled')
        return 'the run was cancelled';
    if (outcome.kind === 'failed' && outcome.as === 'refused')
        return 'this run is not allowed to deploy';
    if (!(error instanceof user_error/* UserError */.yo))
        return undefined;
    return causes[error.code] ?? (error.cause instanceof deploy/* FlyctlFailure */.v ? 'flyctl failed' : undefined);
}
const still = ['still runs', 'still run'];
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
        return `what the machines run is not known${then(view)}`;
    const trouble = troubleOf(view);
    return trouble === undefined
        ? `${allRun(view, imageName(view))}; the run was cancelled before that was verified`
        : `${trouble}${then(view)}`;
}
function heading_failed(view) {
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
        return `what the machines run is not known${view.deployed ? `; ${image} was deployed` : then(view)}`;
    if ((0,compare/* managed */.Yq)(machines).length === 0)
        return `no machine runs ${image}; the app has none that deploys manage`;
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
    const code = error instanceof user_error/* UserError */.yo ? error.code : undefined;
    if (code === 'health-failed')
        return 'but the health check failed';
    if (code === 'health-unreachable')
        return 'but the app could not be reached';
    return 'but that could not be verified to the end';
}

;// CONCATENATED MODULE: ./build/report/summary/image.js





function origin({ known, rolledBack }, links, now) {
    const { image, trigger, mirror, attested } = known;
    if (image === undefined)
        return undefined;
    const run = trigger?.kind === 'automatic' ? trigger.run : undefined;
    const age = image.created === undefined ? undefined : (0,format/* formatAge */.nV)(image.created, now);
    const by = run &&
        `by ${code(run.name.slice(0, 60))}${run.number === undefined ? '' : ` #${run.number}`}${run.url?.startsWith(`${links.server}/`) ? ` (${markdown_link('run', run.url)})` : ''}`;
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
            `Deployed from the copy ${code(names_nameOf(mirror.reference))}: ${mirror.there === mirror.blobs ? 'nothing to upload' : `${(0,format/* formatBytes */.z3)(mirror.bytes)} uploaded`}`,
        rolledBack && `Rolled back to ${rolledBack.map(({ reference }) => code(names_nameOf(reference))).join(', ')}`,
        trigger && `Started by ${startOf(trigger)}`,
    ];
    const list = lines.filter((line) => line !== undefined).map((line) => `- ${line}`);
    return `### The image\n\n${list.join('\n')}`;
}
const attestation = (attested) => attested.kind === 'attested'
    ? `Attested: signed by ${code(attested.signer.replace(/^https:\/\/[^/]*\//, ''))}${attested.called ? ', a workflow of another repository,' : ''} for ${code(attested.ref)}${runnerWords(attested.runner, ', on ')}`
    : 'Not attested: no signed statement names the workflow that built it';
function startOf(trigger) {
    if (trigger.kind === 'automatic')
        return `${code(trigger.event)}, automatic${trigger.environment === undefined ? '' : `, for environment ${code(trigger.environment.slice(0, 60))}, not compared with the job’s environment`}`;
    const { event, published } = trigger;
    return published === undefined
        ? `${code(event)}, manual`
        : `${code(event)}, automatic, with tag ${code(published.tag)}`;
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
    return `<details><summary>References in full</summary>\n\n${block(lines.join('\n'), Number.POSITIVE_INFINITY)}\n\n</details>`;
}

;// CONCATENATED MODULE: ./build/report/summary/machines.js





const mostRows = 100;
const machines_fleet = 10;
const mostOfCause = 160;
function machines(view) {
    const { machines, known } = view;
    if (machines === undefined || machines.length === 0 || known.deployStartedAt === undefined)
        return undefined;
    const sorted = [...machines].sort((a, b) => urgencyOf(a, view) - urgencyOf(b, view));
    const isFolded = (machine) => machines.length >= machines_fleet && fateOf(machine, view) === 'fine';
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
    const notesOf = (machine) => ['back', 'unchanged', 'excluded'].includes(fateOf(machine, view)) ? '' : (wordsOf(machine) ?? '');
    const notes = some.some((machine) => notesOf(machine) !== '');
    const row = (machine) => [
        signOf(machine, view),
        code(machine.id),
        ...(groups ? [code(machine.group)] : []),
        code(machine.region),
        view.missing.has(machine.id) ? markdown_text(machine.state) : stateOf(machine),
        machine.digest === undefined ? 'not reported' : code((0,registry_reference/* shortDigest */.VK)(machine.digest).slice('sha256:'.length)),
        ...(notes ? [markdown_text(notesOf(machine), mostOfCause)] : []),
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
    return table(head, some.map(row));
}
const stateOf = ({ state, host }) => `${code(state)}${host === 'ok' ? '' : ` · host ${code(host)}`}`;

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
        return block(failure.message);
    return eachOf(failure.texts, ({ found, expected }) => `**Found:** ${sentences(shortened(found))}\n\n**Expected:** ${sentences(named(expected, known.image, known.plan))}`).join('\n\n');
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
        .map(({ kind, lines }) => (kind === 'prose' ? prose(lines[0] ?? '') : block(lines.join('\n'))))
        .join('\n\n');
}
const at = (location) => location === undefined ? [] : [`In ${code(location.file)}, line ${location.line}.`];
const shortened = (text) => text.replace(/sha256:[0-9a-f]{64}(?![0-9a-f])/g, registry_reference/* shortDigest */.VK);
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
    const touched = known.deployStartedAt !== undefined && app !== undefined;
    const release = (0,remedy/* releaseCommandMachine */._O)((0,report_outcome/* errorOf */.Mz)(outcome));
    const wrong = machines?.find((machine) => urgencyOf(machine, view) === 0 && /^[a-z0-9]+$/.test(machine.id));
    const run = known.plan !== undefined && (0,report_outcome/* canTryAgain */.ef)(outcome) ? runUrl(links) : undefined;
    const lines = [
        touched && `fly logs --app ${app}${release === undefined ? '' : ` -i ${release}`}`,
        touched && wrong && `fly machine status ${wrong.id} --app ${app}`,
    ].filter((line) => typeof line === 'string');
    const pages = [
        run && markdown_link('Run the job again', run),
        touched && markdown_link('Machines on Fly.io', flyUrl(app, '/machines')),
    ].filter((page) => typeof page === 'string');
    return [
        ...(lines.length === 0 ? [] : [block(lines.join('\n'))]),
        ...(pages.length === 0 ? [] : [pages.join(' · ')]),
    ];
}

;// CONCATENATED MODULE: ./build/report/summary/summary.js












function summary(view, links, now) {
    const doctor = view.known.inputs?.mode === 'doctor';
    const listed = view.outcome.kind === 'checked';
    const parts = [
        heading(view),
        ...(listed ? [] : [whatToDo(view, links)]),
        cautions(view),
        doctor && checklist(view.findings),
        whyNot(view),
        inShort(view, links),
        !doctor && diagram(view),
        ...(listed ? [] : [whatWasFound(view)]),
        changes(view, links),
        machines(view),
        origin(view, links, now),
        references(view),
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
function cautions({ verified, machines = [], known }) {
    const lines = verified ? cautionsOf(machines, known.uncounted) : [];
    return lines.length === 0
        ? undefined
        : ['> [!WARNING]', ...lines.map((line) => `> ${prose(line)}`)].join('\n>\n');
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
    const { failure, commit, stages, releaseVersion, verified, outcome } = view;
    const { known } = view;
    const { order, url } = known;
    if (failure !== undefined || commit === undefined)
        return undefined;
    const running = order?.running;
    const moves = verified || (outcome.kind === 'skipped' && outcome.reason === 'dry-run');
    const page = moves && running !== undefined && running !== commit ? compareUrl(running, commit, links) : undefined;
    const parts = [
        page && markdown_link(`${code((0,tag_template/* shortSha */.Fu)(running ?? ''))} → ${code((0,tag_template/* shortSha */.Fu)(commit))}`, page),
        changes_version(releaseVersion) && `release ${changes_version(releaseVersion)}`,
        stages.length > 0 && `took ${(0,format/* formatDuration */.a3)(total(view))}`,
        known.answers && markdown_text(known.answers),
        verified && url !== undefined && markdown_link('open the app', url),
    ].filter((part) => typeof part === 'string' && part !== '');
    return parts.length === 0 ? undefined : parts.join(' · ');
}
const total = ({ stages }) => stages.reduce((sum, { ms }) => sum + ms, 0);
function times(view) {
    const { stages } = view;
    if (stages.length === 0)
        return undefined;
    const rows = stages.map(({ title, ms, ok }) => [`${ok ? '✓' : '✗'} ${title}`, (0,format/* formatDuration */.a3)(ms)]);
    return `<details><summary>Took ${(0,format/* formatDuration */.a3)(total(view))}</summary>\n\n${table(['Step', 'Time'], rows)}\n\n</details>`;
}
function footer({ app, known: { image, url } }, links) {
    const page = image && packageUrl(image.repository, links);
    const parts = [
        url !== undefined && markdown_link('App', url),
        app !== undefined && markdown_link('Fly.io dashboard', flyUrl(app)),
        app !== undefined && markdown_link('Machines', flyUrl(app, '/machines')),
        page !== undefined && markdown_link('Package', page),
    ].filter((part) => typeof part === 'string');
    return parts.length === 0 ? undefined : parts.join(' · ');
}

;// CONCATENATED MODULE: ./build/report/view.js



function viewOf(facts, outcome, hide, location, app) {
    const { known, stages, findings, commit } = facts;
    const missing = missingOf(facts, outcome);
    const fleet = (0,report_outcome/* fleetOf */.aP)(outcome);
    return {
        outcome,
        known,
        stages,
        findings,
        failure: failureOf(facts, outcome, hide, location),
        skipped: view_skippedOf(outcome, hide),
        app: known.inputs?.app ?? app,
        commit,
        machines: fleet && [...fleet, ...missing],
        deployed: (0,report_outcome/* isDeployed */.Nj)(facts, outcome),
        verified: (0,report_outcome/* isVerified */.p4)(outcome),
        releaseVersion: (0,report_outcome/* releaseOf */.l7)(facts, outcome).version,
        rolledBack: (0,report_outcome/* rolledBackTo */.rt)(outcome),
        production: outcome.kind === 'failed' ? outcome.production : undefined,
        unchanged: (0,report_outcome/* isUnchanged */._5)(facts, outcome),
        rollbackFailed: (0,report_outcome/* isRollbackFailed */.uy)(outcome),
        missing: new Set(missing.map(({ id }) => id)),
    };
}
function missingOf({ known: { before = [] } }, outcome) {
    const cause = (0,report_outcome/* errorOf */.Mz)(outcome)?.cause;
    if (!(cause instanceof MachinesLost))
        return [];
    const lost = before.filter(({ id }) => cause.ids.includes(id));
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
function view_skippedOf(outcome, hide) {
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
    await attempt('outputs', () => rt.writeOutputs(outputsOf(facts, outcome, log.hide)));
    await attempt('summary', () => rt.writeSummary(summary(viewOf(facts, outcome, log.hide, location, publish_appOf(rt)), linksOf(rt), rt.clock.now())));
}
function publish_appOf(rt) {
    const app = rt.input('app');
    return isAppName(app) ? app : undefined;
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

// EXTERNAL MODULE: ./build/verify/release.js
var release = __nccwpck_require__(6005);
;// CONCATENATED MODULE: ./build/verify/errors.js









function notVerified(machines, expected, when) {
    const [first] = machines;
    if (first === undefined) {
        return new user_error/* UserError */.yo({
            code: 'machines-none',
            found: `The app has no machine in the scope of this deploy, ${when}.`,
            expected: 'At least one machine that runs the image.',
            fix: `Check \`fly machine list -a ${expected.app}\` and the \`flags\` of this step. Deploys do not touch machines that \`fly machine run\` created, and \`flags\` can exclude others.`,
        });
    }
    const wrong = machines.filter((machine) => !(0,compare/* isHealthy */.Wr)(machine));
    const { digest, digests: accepted } = expected.of(wrong[0] ?? first);
    const platformDigest = accepted.at(-1) ?? digest;
    const digests = digest === platformDigest
        ? (0,registry_reference/* shortDigest */.VK)(digest)
        : `${(0,registry_reference/* shortDigest */.VK)(digest)} (index) or ${(0,registry_reference/* shortDigest */.VK)(platformDigest)} (its linux/amd64 image)`;
    const release = expected.release(wrong[0] ?? first)?.version;
    const list = `${wrong.slice(0, 20).map(errors_lineOf).join('')}${wrong.length > 20 ? `\n  and ${wrong.length - 20} more` : ''}`;
    return new user_error/* UserError */.yo({
        ...errors_remedy(wrong, machines, expected),
        found: `${headOf(wrong, machines)}, ${when}:${list}`,
        expected: `Every machine healthy, on ${digests}, in ${release ? `release v${release}` : 'the release of this deploy'}.`,
    });
}
function incompleteList(incomplete, machines, when) {
    const listed = `Fly.io lists ${(0,format/* counted */.hS)(machines.length, 'machine')}, ${when}`;
    if (incomplete.kind === 'fewer') {
        return new user_error/* UserError */.yo({
            code: 'machines-list-incomplete',
            found: `${listed}, but counts ${incomplete.missing} more for the app. Before the deploy, both numbers matched.`,
            expected: 'A list of all machines. A machine that is not listed cannot be verified.',
            fix: advice/* retryFly */.eP,
        });
    }
    if (incomplete.kind === 'uncounted') {
        return new user_error/* UserError */.yo({
            code: 'machines-count-unknown',
            found: `${listed}. It reported the app’s number of machines before the deploy, and does not report it now.`,
            expected: 'The app’s number of machines (`machine_count`). Without it, a new machine that is missing in the list would not be noticed.',
            fix: advice/* retryFly */.eP,
        });
    }
    const { ids } = incomplete;
    const names = `${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ` and ${ids.length - 20} more` : ''}`;
    return new user_error/* UserError */.yo({
        code: 'machines-lost',
        found: `${listed}. ${names} ${ids.length === 1 ? 'is' : 'are'} missing, but listed before the deploy and never destroyed.`,
        expected: 'Every machine from before the deploy, either listed or destroyed.',
        fix: `Check \`fly machine status ${ids[0]}\`. ${advice/* retryFly */.eP}`,
    });
}
const unsettled = (settling, when) => new user_error/* UserError */.yo({
    code: 'machines-unsettled',
    found: `The machines do not settle: machines are added again and again. ${when.charAt(0).toUpperCase()}${when.slice(1)}, ${settling === undefined ? 'no machine has settled' : `machine ${settling.machine.id} in ${settling.machine.region} has run for ${(0,format/* formatDuration */.a3)(settling.age)}`}.`,
    expected: 'Machines that all run their version for `settle-time`.',
    fix: 'Pause what adds machines during the deploy, such as an autoscaler, or set a shorter time: `with: settle-time: 10s`.',
    input: 'settle-time',
});
const releaseUnknown = (app) => new user_error/* UserError */.yo({
    code: 'deploy-release-unknown',
    found: `Every listed machine runs the image, but whether this deploy updated them is unknown: flyctl did not print its release, the list of machines was incomplete before the deploy, and Fly.io did not return the releases of app "${app}".`,
    expected: 'A release to compare each machine with.',
    fix: `Use a flyctl that prints it: \`with: flyctl-version: "${pinnedVersion}"\`. Or run the job again.`,
    input: 'flyctl-version',
});
function headOf(wrong, machines) {
    const unknown = wrong.filter((machine) => machine.unknown !== undefined);
    const unreachable = unknown.filter((machine) => machine.unknown === 'unreachable-host').length;
    if (unknown.length === wrong.length && unreachable === wrong.length)
        return `Could not verify ${(0,format/* counted */.hS)(unreachable, 'machine')} on unreachable hosts`;
    const all = (0,format/* counted */.hS)(machines.length, 'machine');
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
function errors_lineOf(machine) {
    const { id, region, state, digest, image, host, containers, failure, waitingFor, supersededBy, unknown } = machine;
    const why = [
        failure && (0,trouble/* failureWords */.AC)(failure),
        supersededBy && `it is in release v${supersededBy} of another deploy`,
        waitingFor && (0,trouble/* waitWords */.jJ)(waitingFor),
        unknown && unknownWords[unknown],
        host !== 'ok' && `its host is ${host}`,
    ].filter((each) => typeof each === 'string');
    const runs = containers.length > 0
        ? containers.map((each) => `${each.image} (container ${each.name})`).join(', ')
        : `${digest === undefined ? 'an image whose digest is not reported' : (0,registry_reference/* shortDigest */.VK)(digest)}${image === '' ? '' : ` (${image})`}`;
    return `\n  machine ${id} in ${region} (${state}) runs ${runs}${why.length > 0 ? `: ${why.join(', ')}` : ''}`;
}
const seeMachine = (app, id) => `\`fly logs -a ${app} -i ${id}\` and \`fly machine status ${id} -a ${app}\` show why.`;
function errors_remedy(wrong, machines, expected) {
    const some = (test) => wrong.some(test);
    const id = wrong[0]?.id ?? '';
    const see = seeMachine(expected.app, id);
    if (some(({ supersededBy }) => supersededBy !== undefined)) {
        const fix = `Keep deploys of this app from overlapping:\n${(0,advice/* concurrencyLines */.XK)(expected.app)}`;
        return { code: 'machines-superseded', fix };
    }
    if (some(({ failure }) => failure?.kind === 'reverted')) {
        return {
            code: 'machines-reverted',
            fix: `Correct the new version, then push. Fly.io reverted the machine because that version failed. ${see}`,
        };
    }
    if (some(({ failure }) => failure?.kind === 'changed')) {
        return {
            code: 'machines-changed',
            fix: `Find out what updated the machine meanwhile, then deploy again: \`fly machine update\`, \`fly secrets set\`, another deploy, or Fly.io. \`fly machine status ${id} -a ${expected.app}\` lists its events.`,
        };
    }
    const left = (0,leftover/* leftoverOf */.nE)(machines, (0,leftover/* notIn */.zz)(expected.before));
    if (left !== undefined && wrong.every(({ id }) => left.ids.includes(id)))
        return { code: 'bluegreen-unfinished', fix: (0,leftover/* leftoverFix */.ZU)(expected.app, left, machines) };
    const before = new Map(expected.before?.map((machine) => [machine.id, machine]));
    if (!machines.some((machine) => (0,release/* isNewVersion */.B5)(machine, before.get(machine.id)))) {
        return {
            code: 'deploy-changed-nothing',
            fix: 'Remove flags that only build, plan or export from `flags`, and check the output of flyctl.',
        };
    }
    const fails = ({ runsImage, failure }) => runsImage && failure !== undefined;
    if (some(fails)) {
        return {
            code: 'machines-unhealthy',
            fix: `Correct the app: the machine runs the image, but its process exits or does not pass its checks. ${see}`,
        };
    }
    const unknown = wrong.filter((machine) => machine.unknown !== undefined);
    if (unknown.length > 0 && wrong.every((machine) => machine.runsImage || unknown.includes(machine)))
        return unknownRemedy(expected.app, unknown);
    const waits = ({ runsImage, waitingFor }) => runsImage && (waitingFor?.kind === 'state' || waitingFor?.kind === 'check');
    if (some(waits)) {
        return {
            code: 'machines-unhealthy',
            fix: `Correct the app: the machine runs the image, but its process exits or does not pass its checks. ${see}`,
        };
    }
    if (wrong.every(({ runsImage }) => runsImage)) {
        return {
            code: 'machines-not-updated',
            fix: `Deploy again. The machine had this image before, and this deploy did not update it. ${see}`,
        };
    }
    return {
        code: 'machines-other-image',
        fix: `Deploy again. ${see} If another deploy ran at the same time, keep deploys from overlapping:\n${(0,advice/* concurrencyLines */.XK)(expected.app)}`,
    };
}
function unknownRemedy(app, wrong) {
    const has = (kind) => wrong.some(({ unknown }) => unknown === kind);
    if (has('containers')) {
        return {
            code: 'containers-unverifiable',
            fix: 'Deploy by digest (`with: deploy-by: digest`), and give one container of each machine the deployed image: `"image": "."` in the machine’s config.',
        };
    }
    if (has('unreachable-host')) {
        const [first] = wrong;
        return {
            code: 'machines-unreachable',
            fix: `Run the job again when \`fly machine status ${first?.id} -a ${app}\` shows that the host is back (https://status.flyio.net). If it stays unreachable, destroy the machine and deploy again: \`fly machine destroy --force ${first?.id} -a ${app}\`.`,
        };
    }
    return { code: 'machines-digest-unknown', fix: advice/* retryFly */.eP };
}

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
        return this.#last === undefined || this.#last.kind === 'right' ? undefined : this.#last.words;
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
        const { status, body, url } = this.check;
        const when = this.#wasRight
            ? `${mostWrong} times in a row, after correct answers`
            : `for ${(0,format/* formatDuration */.a3)(elapsed)} after all machines ran the image`;
        return new user_error/* UserError */.yo({
            code: this.check.guessed === true ? 'health-unreachable' : 'health-failed',
            found: `${url} failed the health check ${when}: ${words}.`,
            expected: `${status === undefined ? 'A status from 200 to 399' : `Status ${status}`}${body === undefined ? '' : `, and "${body}" in the response`}.`,
            fix: 'Check `fly logs` and fix the app. If the check is wrong, correct `health-url`, `health-status` or `health-body`; if the app needs longer to start, raise `with: health-timeout:`.',
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
        const [, name = '', value = ''] = /^(--[\w-]+)=(.*)$/.exec(flag) ?? [];
        if (!Object.hasOwn(narrowing, name))
            continue;
        const values = named.get(name) ?? new Set();
        for (const each of value.split(','))
            if (each.trim() !== '')
                values.add(each.trim());
        named.set(name, values);
    }
    return (machine, made = false) => [...named].every(([name, values]) => {
        const rule = narrowing[name];
        if (rule === undefined || values.size === 0 || (made && name === '--only-machines'))
            return true;
        return values.has(rule.of(machine)) === rule.keeps;
    });
}

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
            const since = (0,trouble/* versionedAt */.tz)(machine, this.#before.get(machine.id));
            const followed = this.#followed.get(machine.id);
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
                    });
                return machine;
            }
            if (machine.failure !== undefined || machine.supersededBy !== undefined)
                return machine;
            if (!isSame(followed, machine))
                return { ...machine, failure: { kind: 'changed', from: settling_nameOf(followed), to: settling_nameOf(machine) } };
            if (since !== undefined && followed.since !== undefined && since !== followed.since)
                [followed.at, followed.since] = [now, since];
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
const settling_nameOf = ({ releaseVersion, instanceId }) => [
    ...(releaseVersion === undefined ? [] : [`release v${releaseVersion}`]),
    ...(instanceId === undefined ? [] : [`version ${instanceId}`]),
].join(', ') || 'no known version';

;// CONCATENATED MODULE: ./build/verify/watch.js







const betweenChecks = 1500;
const whileSettling = 3000;
const lastArrival = 15_000;
const longestArrival = 60_000;
async function watch(expected, patience, deps) {
    const { clock, log, health } = deps;
    const { settleTime, healthTimeout } = patience;
    const settlement = new Settlement(settleTime, expected.before ?? [], expected.beforeAt);
    const begin = clock.now();
    const check = checker(expected, settlement, deps, healthTimeout);
    const arrival = Math.min(settleTime, longestArrival);
    let limit = arrival;
    let standing = '';
    const arriving = { what: 'the machines', limit: () => limit, how: () => standing };
    let last = await (0,lib_progress/* waiting */.e)(arriving, deps, async () => {
        for (let n = 0;; n++) {
            const now = await check(n === 0 ? 'First check' : 'Checking again');
            standing = (0,compare/* standingOf */.YP)(now.all).words;
            if (isComplete(now))
                return now;
            const running = now.managed.length > 0 && now.managed.every(isRunning);
            limit = running ? Math.max(arrival, healthTimeout) : arrival;
            if (now.incomplete !== undefined)
                limit = Math.max(limit, 2 * betweenChecks);
            const late = clock.now() - begin + betweenChecks > limit;
            if (late || now.managed.some(compare/* isHopeless */.cs))
                throw watch_failureOf(now, expected, 'after the deploy');
            await clock.sleep(betweenChecks);
        }
    });
    const first = settlement.longest(last.managed, last.time);
    if (first !== undefined && first.left > 0) {
        const { id, region } = first.machine;
        log.line(`Settling: ${(0,format/* formatDuration */.a3)(first.left)} more, for machine ${id} in ${region}, which has run for ${(0,format/* formatDuration */.a3)(first.age)} of ${(0,format/* formatDuration */.a3)(settleTime)}`);
    }
    const watchedFrom = clock.now();
    const left = () => settlement.longest(last.managed, last.time)?.left ?? 0;
    const settling = {
        what: 'the machines to settle',
        how: () => [standing, health?.words, `${(0,format/* formatDuration */.a3)(left())} left`].filter(Boolean).join(', '),
    };
    last = await (0,lib_progress/* waiting */.e)(settling, deps, async () => {
        let [unwell, overdue] = [];
        for (;;) {
            const atOnce = settleTime === 0 && isComplete(last);
            const pause = atOnce ? 0 : Math.max(betweenChecks, Math.min(whileSettling, left()));
            await clock.sleep(health !== undefined && health.words !== undefined ? Math.max(pause, 2000) : pause);
            await health?.ask();
            last = await check('Last check');
            standing = (0,compare/* standingOf */.YP)(last.all).words;
            const when = `after ${(0,format/* formatDuration */.a3)(clock.now() - watchedFrom)} of settling`;
            if (last.managed.some(compare/* isHopeless */.cs))
                throw watch_failureOf(last, expected, when);
            const over = settlement.isOver(last.managed, last.time);
            if (!isComplete(last)) {
                unwell ??= clock.now();
                if (clock.now() - unwell >= Math.max(arrival, healthTimeout))
                    throw watch_failureOf(last, expected, when);
                if (left() > 0)
                    continue;
                overdue ??= clock.now();
                const arrives = last.managed.every(isRunning) ? lastArrival : betweenChecks;
                const patient = isUncounted(last) ? Math.max(arrives, healthTimeout) : arrives;
                if (clock.now() - overdue + betweenChecks > patient)
                    throw watch_failureOf(last, expected, when);
                continue;
            }
            [unwell, overdue] = [undefined, undefined];
            if (!over) {
                if (clock.now() - watchedFrom > 2 * settleTime + lastArrival)
                    throw unsettled(settlement.longest(last.managed, last.time), when);
                continue;
            }
            if (health === undefined || health.isRight)
                return last;
            const unreachable = health.unreachable(passChecks(last.managed));
            if (unreachable !== undefined)
                throw unreachable;
        }
    });
    const answers = health && `${(0,format/* formatDuration */.a3)(clock.now() - watchedFrom)}, ${health.tally}`;
    if (answers !== undefined)
        log.line(`${health?.check.url}: ${answers}`);
    return { machines: last.all, answers };
}
const isRunning = ({ runsImage, waitingFor }) => runsImage && waitingFor?.kind !== 'release';
const isComplete = ({ managed, incomplete }) => incomplete === undefined && managed.length > 0 && managed.every(compare/* isFine */.zn);
const isUncounted = ({ incomplete }) => incomplete?.kind === 'uncounted';
const passChecks = (machines) => machines.every(({ checks, state }) => state !== 'started' || checks.length > 0);
function watch_failureOf(check, expected, when) {
    const { incomplete } = check;
    if (incomplete === undefined || check.managed.some(compare/* isHopeless */.cs))
        return notVerified(check.managed, expected, when);
    const error = incompleteList(incomplete, check.managed, when);
    return incomplete.kind === 'lost'
        ? new user_error/* UserError */.yo(error, { cause: new MachinesLost(incomplete.ids) })
        : error;
}
const passing = ['fly-unreachable', 'fly-unavailable', 'fly-rate-limited'];
function checker(expected, settlement, { observe, clock, log, seen }, patience) {
    let before = '';
    return async (title) => {
        const begin = clock.now();
        for (;;) {
            try {
                const { machines, incomplete, at, date } = await observe();
                const time = { now: at, date };
                const all = settlement.take((0,compare/* compare */.UD)(machines, expected), time);
                seen(all);
                const { words } = (0,compare/* standingOf */.YP)(all);
                if (words !== before)
                    log.line(`${title}: ${words}`);
                before = words;
                return { all, managed: (0,compare/* managed */.Yq)(all), incomplete, time };
            }
            catch (error) {
                const mayPass = error instanceof user_error/* UserError */.yo && passing.includes(error.code);
                if (!mayPass || clock.now() - begin >= patience)
                    throw error;
                await clock.sleep(betweenChecks);
            }
        }
    };
}

;// CONCATENATED MODULE: ./build/verify/verifier.js











class Verifier {
    scope;
    #deps;
    #inputs;
    #api;
    #image;
    #body;
    #seen;
    #observer;
    constructor(deps, inputs, api, image) {
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
        return listMachines(this.#api);
    }
    baseline() {
        return readBaseline(this.#api, this.#deps.clock);
    }
    observe(before) {
        const concerns = (machine) => this.scope(machine, true);
        this.#observer ??= new Observer({ ...this.#deps, api: this.#api }, before, concerns);
        return this.#observer.observe();
    }
    compare(machines, before, release) {
        return (0,compare/* compare */.UD)(machines, this.#expected(before, release));
    }
    see(machines, before, release) {
        this.#seen = this.compare(machines, before, release);
    }
    verify(before, release, url) {
        const check = this.#healthCheck(url);
        const http = (0,lib_http/* makeHttp */.fK)(this.#deps, lib_http/* policies */.R3.health);
        const health = check && new HealthMonitor(check, { ...this.#deps, http });
        return this.#watch(before, this.#expected(before.list.machines, release), health);
    }
    verifyPrevious(before, expected) {
        return this.#watch(before, { ...expected, app: this.#api.app, scope: this.scope, before: before.list.machines }, undefined);
    }
    async #watch(before, expected, health) {
        const { settleTime, healthTimeout } = this.#inputs;
        const newestBefore = before.newestRelease ?? (knowsReleases(before) ? undefined : 'unknown');
        const watched = await watch({ ...expected, beforeAt: before.at, newestBefore }, { settleTime, healthTimeout }, {
            ...this.#deps,
            observe: () => this.observe(before),
            seen: (machines) => {
                this.#seen = machines;
            },
            health,
        });
        const known = (0,compare/* managed */.Yq)(watched.machines).every((machine) => expected.release(machine) !== undefined);
        if (!known && newestBefore === 'unknown')
            throw releaseUnknown(this.#api.app);
        return watched;
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
        if (url === undefined) {
            const usual = usualUrl(this.#api.app);
            this.#deps.log.line(`Fly.io does not report the app’s hostname. The health check uses the default one, ${usual}.`);
            return { url: new URL(healthUrl, usual).href, guessed: true, ...rest };
        }
        if (url !== 'none')
            return { url: new URL(healthUrl, url).href, ...rest };
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

;// CONCATENATED MODULE: ./build/main.js






















async function main(outside) {
    const run = cancellable(outside);
    const facts = new Facts(outside.clock);
    const outcome = await Promise.race([deployFlyImage(run.rt, facts), whenCancelled(run)]).catch((reason) => main_failed(reason, run, facts));
    await publish(outside, facts, outcome);
    return outcome;
}
async function deployFlyImage(rt, facts) {
    const { log } = rt;
    for (const secret of secretsOf(rt))
        log.mask(secret);
    if (isAppName(rt.input('app')))
        log.about(rt.input('app'));
    const inputs = await facts.stage('inputs', 'Read the inputs', () => readInputs(rt));
    log.about(inputs.app);
    logInputs(inputs, log);
    if (inputs.mode === 'doctor')
        return doctor(rt, inputs, facts);
    const trigger = await facts.timed('Read the event', () => readTrigger(rt, inputs));
    if (trigger.kind === 'refused')
        return main_refused(trigger, inputs, rt);
    facts.keep('trigger', trigger);
    logTrigger(trigger, log);
    const dryRun = inputs.mode === 'dry-run';
    const api = flyApi(rt, inputs);
    const flyctl = dryRun
        ? ''
        : await facts.stage('flyctl', 'Get flyctl', () => findFlyctl(rt, inputs.flyctlVersion));
    const found = await findImage(rt, inputs, trigger, {
        api,
        recorder: facts,
        resolved: (image) => logImage(image, rt.clock.now(), log),
    });
    const { image, commit } = found;
    const mirror = mirrorFor(rt, inputs, found);
    if (mirror === undefined)
        logPrivate(image, inputs.app, rt);
    const verifier = new Verifier(rt, inputs, api, { ...image, commit });
    const { baseline, url } = await readBefore(rt, inputs, api, facts);
    const before = baseline?.list.machines;
    if (baseline !== undefined)
        logBefore(baseline.list, log);
    const order = await orderOfImage(rt, inputs, trigger, commit, before);
    if (order !== undefined) {
        facts.keep('order', order);
        if (!dryRun)
            logOrder(order, canBeOutdated(trigger) && inputs.onOutdated !== 'deploy', log);
    }
    const fleet = verifier.compare(before ?? [], undefined);
    const isRerun = Number(rt.env['GITHUB_RUN_ATTEMPT'] ?? 1) > 1;
    const whole = baseline === undefined || isWhole(baseline);
    const skip = reasonToSkip(inputs, trigger, found, order, whole ? fleet : [], isRerun);
    if (skip !== undefined) {
        logSkip(skip, image, order, mirror?.repository, log);
        return { kind: 'skipped', ...skip, fleet };
    }
    const noRollback = await attestPrevious(rt, inputs, trigger, {
        image,
        scope: verifier.scope,
        before: before ?? [],
        recorder: facts,
    });
    const copy = mirror && (await facts.stage('mirror', 'Copy the image', mirror.copy));
    const { reference, digest } = copy ?? image;
    const isFlys = reference.host === (0,hosts/* flyRepository */.QY)(inputs.app, rt.env).host;
    const target = { flyctl, reference, isPublic: image.public || copy !== undefined, isFlys };
    const attempt = await deployAndVerify(rt, inputs, {
        api,
        verifier,
        target,
        digest,
        baseline: baseline ?? emptyBaseline,
        url,
        noRollback,
        recorder: facts,
    });
    if (attempt.kind === 'deployed')
        logVerified(inputs.app, image, attempt.fleet, log);
    return attempt.kind === 'failed' ? { ...attempt, as: (0,report_outcome/* failureKind */.zU)(attempt.error) } : attempt;
}
function main_refused(refusal, { onRefusal }, { log }) {
    const error = new user_error/* UserError */.yo(refusal);
    if (onRefusal === 'fail')
        return { kind: 'failed', as: 'refused', at: 'Read the event', error };
    const words = (0,user_error/* formatError */.Wk)(error);
    log.notice(`Nothing was deployed. ${words}`);
    return { kind: 'skipped', reason: 'refused', words, refusal: error };
}
async function main_failed(reason, run, facts) {
    const at = facts.current;
    if (run.rt.cancelled.aborted)
        return { kind: 'cancelled', at, ...(await afterCancel(reason, run, facts.known)) };
    const error = reason instanceof Error ? reason : new Error(String(reason));
    return { kind: 'failed', as: (0,report_outcome/* failureKind */.zU)(error), at, error };
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

/***/ 4827:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  m: () => (/* binding */ exec),
  H: () => (/* binding */ getExecOutput)
});

// EXTERNAL MODULE: external "string_decoder"
var external_string_decoder_ = __nccwpck_require__(3193);
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
// EXTERNAL MODULE: external "events"
var external_events_ = __nccwpck_require__(4434);
// EXTERNAL MODULE: external "child_process"
var external_child_process_ = __nccwpck_require__(5317);
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(6928);
// EXTERNAL MODULE: ./build/node_modules/@actions/io/lib/io.js
var io = __nccwpck_require__(7562);
// EXTERNAL MODULE: ./build/node_modules/@actions/io/lib/io-util.js
var io_util = __nccwpck_require__(1295);
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ./build/node_modules/@actions/exec/lib/toolrunner.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_.EOL.length);
                n = s.indexOf(external_os_.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return __awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!io_util/* isRooted */.Qh(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield io/* which */.K7(this.toolPath, true);
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield io_util/* exists */.t2(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ./build/node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new external_string_decoder_.StringDecoder('utf8');
        const stderrDecoder = new external_string_decoder_.StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map

/***/ }),

/***/ 1295:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $1: () => (/* binding */ lstat),
/* harmony export */   Ck: () => (/* binding */ mkdir),
/* harmony export */   Cy: () => (/* binding */ readdir),
/* harmony export */   H8: () => (/* binding */ IS_WINDOWS),
/* harmony export */   Qh: () => (/* binding */ isRooted),
/* harmony export */   YN: () => (/* binding */ symlink),
/* harmony export */   dJ: () => (/* binding */ stat),
/* harmony export */   h_: () => (/* binding */ readlink),
/* harmony export */   k6: () => (/* binding */ chmod),
/* harmony export */   m3: () => (/* binding */ copyFile),
/* harmony export */   rm: () => (/* binding */ rm),
/* harmony export */   t2: () => (/* binding */ exists),
/* harmony export */   vr: () => (/* binding */ tryGetExecutablePath),
/* harmony export */   y1: () => (/* binding */ unlink)
/* harmony export */ });
/* unused harmony exports open, rename, rmdir, UV_FS_O_EXLOCK, READONLY, isDirectory, getCmdPath */
/* harmony import */ var fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9896);
/* harmony import */ var path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6928);
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs__WEBPACK_IMPORTED_MODULE_0__.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return __awaiter(this, void 0, void 0, function* () {
        const result = yield fs__WEBPACK_IMPORTED_MODULE_0__.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY;
function exists(fsPath) {
    return __awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return __awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return __awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = path__WEBPACK_IMPORTED_MODULE_1__.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = path__WEBPACK_IMPORTED_MODULE_1__.dirname(filePath);
                        const upperName = path__WEBPACK_IMPORTED_MODULE_1__.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = path__WEBPACK_IMPORTED_MODULE_1__.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map

/***/ }),

/***/ 7562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K7: () => (/* binding */ which),
/* harmony export */   U$: () => (/* binding */ mkdirP),
/* harmony export */   Yz: () => (/* binding */ rmRF),
/* harmony export */   cp: () => (/* binding */ cp)
/* harmony export */ });
/* unused harmony exports mv, findInPath */
/* harmony import */ var assert__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2613);
/* harmony import */ var path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6928);
/* harmony import */ var _io_util_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1295);
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
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return __awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .exists */ .t2(dest)) ? yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .stat */ .dJ(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path__WEBPACK_IMPORTED_MODULE_1__.join(dest, path__WEBPACK_IMPORTED_MODULE_1__.basename(source))
            : dest;
        if (!(yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .exists */ .t2(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .stat */ .dJ(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path__WEBPACK_IMPORTED_MODULE_1__.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return __awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return __awaiter(this, void 0, void 0, function* () {
        if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return __awaiter(this, void 0, void 0, function* () {
        (0,assert__WEBPACK_IMPORTED_MODULE_0__.ok)(fsPath, 'a path argument must be provided');
        yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .mkdir */ .Ck(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return __awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return __awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8 && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(path__WEBPACK_IMPORTED_MODULE_1__.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (_io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .isRooted */ .Qh(tool)) {
            const filePath = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .tryGetExecutablePath */ .vr(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(path__WEBPACK_IMPORTED_MODULE_1__.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(path__WEBPACK_IMPORTED_MODULE_1__.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .tryGetExecutablePath */ .vr(path__WEBPACK_IMPORTED_MODULE_1__.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return __awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .readdir */ .Cy(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .lstat */ .$1(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .chmod */ .k6(destDir, (yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .stat */ .dJ(sourceDir)).mode);
    });
}
// Buffered file copy
function copyFile(srcFile, destFile, force) {
    return __awaiter(this, void 0, void 0, function* () {
        if ((yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .lstat */ .$1(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .lstat */ .$1(destFile);
                yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .unlink */ .y1(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .chmod */ .k6(destFile, '0666');
                    yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .unlink */ .y1(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .readlink */ .h_(srcFile);
            yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .symlink */ .YN(symlinkFull, destFile, _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .IS_WINDOWS */ .H8 ? 'junction' : null);
        }
        else if (!(yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .exists */ .t2(destFile)) || force) {
            yield _io_util_js__WEBPACK_IMPORTED_MODULE_2__/* .copyFile */ .m3(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map

/***/ }),

/***/ 2398:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/* harmony import */ var _lib_http_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9874);
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
            'and, where another repository or a person pushed the package first: Package settings → Manage Actions access → add this repository.',
        ],
    },
    {
        name: 'Fly.io',
        host: 'registry.fly.io',
        access: ['`with: fly-api-token:` with a token that may read that app.'],
    },
    {
        name: 'Quay',
        host: 'quay.io',
        access: ['`with: registry-username:` and `registry-password:` of a robot account that may read it.'],
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
            '`with: registry-username: AWS` and the answer of `aws ecr get-login-password` as `registry-password:`, or `aws-actions/amazon-ecr-login` in a step before this one.',
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
const accessLines = (host) => rowOf(host)?.access ?? ['`with: registry-username:` and `registry-password:`'];
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
    const wrong = (!host.test(registry) && `the registry host "${first}" is no host name`) ||
        (!path.split('/').every((part) => component.test(part)) && `"${given}" is no repository name`) ||
        (path.length + registry.length >= 255 && 'the name is longer than 255 characters') ||
        (tag !== undefined && !isTag(tag) && `"${tag}" is no tag`) ||
        (digest !== undefined && !isDigest(digest) && `"${digest}" is no sha256 digest`);
    if (wrong) {
        throw new _lib_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo({
            code: 'reference-invalid',
            found: `The image reference "${text}" is invalid: ${wrong}.`,
            expected: '[host/]owner/name, with :tag or @sha256:… where one image is meant, e.g. ghcr.io/owner/repo.',
            fix: 'the input `image`.',
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

/***/ 6162:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ RealmError),
  N: () => (/* binding */ Session)
});

// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __nccwpck_require__(2533);
// EXTERNAL MODULE: ./build/lib/json.js
var lib_json = __nccwpck_require__(292);
// EXTERNAL MODULE: ./build/lib/url-policy.js
var url_policy = __nccwpck_require__(4100);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(3758);
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

// EXTERNAL MODULE: ./build/registry/hosts.js
var hosts = __nccwpck_require__(8253);
;// CONCATENATED MODULE: ./build/registry/session.js






class RealmError extends Error {
}
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
        const url = this.urlOf(path);
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
            throw new RealmError(`${url.host} was asked for a token: ${(0,user_error/* messageOf */.bD)(error).split('\n')[0]}`, {
                cause: error,
            });
        }
        const token = json.get('token').maybeText() ?? json.get('access_token').maybeText();
        if (token === undefined || /[^\x21-\x7e]/.test(token)) {
            throw new RealmError(`${url.host} was asked for a token, and answered 200 without one.`);
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
        throw new RealmError(`The registry names "${realm}" as its token service.`);
    }
}


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
  Zw: () => (/* binding */ problemOf)
});

// EXTERNAL MODULE: ./build/lib/http-error.js
var http_error = __nccwpck_require__(2533);
// EXTERNAL MODULE: ./build/lib/text.js
var lib_text = __nccwpck_require__(4869);
// EXTERNAL MODULE: ./build/lib/user-error.js
var user_error = __nccwpck_require__(3758);
// EXTERNAL MODULE: ./build/registry/session.js + 1 modules
var session = __nccwpck_require__(6162);
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





const adderOf = (area, file, findings) => (mark, code, { line }, words, fix) => void findings.push({
    area,
    mark,
    code,
    words,
    ...(fix === undefined ? {} : { fix }),
    at: { file, line },
});
async function findingsOf(area, check) {
    try {
        return await check();
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.yo)
            return error.each.map((problem) => findingOf(area, 'bad', problem));
        if (!(error instanceof http_error/* HttpError */.j || error instanceof session/* RealmError */.Y))
            throw error;
        const words = `Not looked at: ${(0,user_error/* messageOf */.bD)(error).split('\n')[0]}.`;
        return [{ area, mark: 'skipped', code: 'check-not-possible', words }];
    }
}
function findingOf(area, mark, error) {
    const { found, expected, fix } = error;
    const words = (0,lib_text/* joinedLines */.Hy)(found);
    return { area, mark, code: error.code, words, expected: expected.trim(), fix };
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
const problemOf = ({ area, code, words, expected, fix, at }) => new user_error/* UserError */.yo({
    code: isCheckCode(code) ? 'setup-bad' : code,
    found: `${area}: ${words}${at === undefined ? '' : ` (${at.file}, line ${at.line})`}`,
    expected: expected ?? 'a setup that can deploy.',
    fix: fix ?? 'what is said above.',
});


/***/ }),

/***/ 4247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/* harmony import */ var _verify_compare_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2327);
/* harmony import */ var _verify_release_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(6005);
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
            const problems = outcome.findings.filter(({ mark }) => mark === 'bad').map(_finding_js__WEBPACK_IMPORTED_MODULE_6__/* .problemOf */ .Zw);
            return problems.length === 0 ? undefined : (0,_lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .allOf */ .bn)(problems);
        }
        case 'cancelled':
        case 'failed':
            return outcome.error;
    }
}
function errorTextsOf(facts, outcome) {
    const error = errorOf(outcome);
    if (!(error instanceof _lib_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo))
        return undefined;
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
    const image = commit === undefined ? 'Correct the image.' : `Correct commit ${(0,_registry_tag_template_js__WEBPACK_IMPORTED_MODULE_4__/* .shortSha */ .Fu)(commit)}, then push.`;
    if (rolledBack && imageFailures.includes(code))
        return image;
    return code === 'machines-reverted' ? `${image} ${fix}` : fix;
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
const withRollback = (fix) => `${fix}${fix.includes('\n') ? '\n' : ' '}With \`rollback: true\`, a failed deploy is rolled back automatically.`;
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
const isVerified = (outcome) => outcome.kind === 'deployed';
const rolledBackTo = (outcome) => outcome.kind === 'failed' && outcome.rollback?.kind === 'rolled-back' ? outcome.rollback.to : undefined;
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
    if (known.release !== undefined || isVerified(outcome))
        return true;
    if (outcome.kind !== 'failed' || outcome.at !== 'Verify')
        return false;
    const before = new Map(known.before?.map((machine) => [machine.id, machine]));
    return (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_5__/* .managed */ .Yq)(outcome.fleet ?? []).some((machine) => (0,_verify_release_js__WEBPACK_IMPORTED_MODULE_7__/* .isNewVersion */ .B5)(machine, before.get(machine.id)));
}
function releaseOf(facts, outcome) {
    const { pinned } = facts.known;
    const release = pinned === undefined ? facts.known.release : pinned.release;
    const fleet = isDeployed(facts, outcome) ? (0,_verify_compare_js__WEBPACK_IMPORTED_MODULE_5__/* .managed */ .Yq)(fleetOf(outcome) ?? []) : [];
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

/***/ 2327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   UD: () => (/* binding */ compare),
/* harmony export */   Wr: () => (/* binding */ isHealthy),
/* harmony export */   YP: () => (/* binding */ standingOf),
/* harmony export */   Yq: () => (/* binding */ managed),
/* harmony export */   cs: () => (/* binding */ isHopeless),
/* harmony export */   zn: () => (/* binding */ isFine)
/* harmony export */ });
/* harmony import */ var _fly_trouble_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9869);
/* harmony import */ var _lib_format_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(177);
/* harmony import */ var _release_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6005);



function compare(machines, expected) {
    const { before: fleet = machines } = expected;
    const before = new Map(fleet.map((machine) => [machine.id, machine]));
    const known = (machine) => expected.release(machine) ?? (0,_release_js__WEBPACK_IMPORTED_MODULE_1__/* .inferRelease */ .eC)(machine.group, machines, fleet, expected.newestBefore);
    return machines.map((machine) => {
        const { digests } = expected.of(machine);
        const old = before.get(machine.id);
        const release = expected.before === undefined ? 'this' : (0,_release_js__WEBPACK_IMPORTED_MODULE_1__/* .releaseStateOf */ .Qe)(machine, old, known(machine));
        const late = release === 'earlier' ? { kind: 'release', version: machine.releaseVersion } : undefined;
        const verifiedContainers = machine.containers
            .filter(({ image }) => digests.some((digest) => image.endsWith(`@${digest}`)))
            .map(({ name }) => name);
        const runsImage = machine.containers.length > 0
            ? verifiedContainers.length > 0
            : machine.digest !== undefined && digests.includes(machine.digest);
        const made = expected.before !== undefined && old === undefined && release === 'this';
        return {
            ...machine,
            runsImage,
            verifiedContainers,
            excluded: !expected.scope(machine, made),
            failure: (0,_fly_trouble_js__WEBPACK_IMPORTED_MODULE_2__/* .failureOf */ .g5)(machine, old),
            waitingFor: (0,_fly_trouble_js__WEBPACK_IMPORTED_MODULE_2__/* .waitOf */ .pE)(machine, old) ?? late,
            supersededBy: release === 'later' ? (machine.releaseVersion ?? '?') : undefined,
            unknown: runsImage ? undefined : unknownOf(machine),
        };
    });
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
const isFine = (machine) => machine.excluded || isHealthy(machine);
const isHopeless = ({ failure, supersededBy, unknown }) => failure !== undefined || supersededBy !== undefined || unknown !== undefined;
function standingOf(machines) {
    const ours = managed(machines);
    const healthy = ours.filter(isHealthy).length;
    const excluded = machines.length - ours.length;
    const late = ours.find(({ runsImage, waitingFor }) => runsImage && waitingFor !== undefined);
    const parts = [
        `${healthy} of ${(0,_lib_format_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(ours.length, 'machine')} ${healthy === 1 ? 'runs' : 'run'} the image and ${healthy === 1 ? 'is' : 'are'} healthy`,
        ...(excluded === 0 ? [] : [`${excluded} excluded by \`flags\``]),
        ...(late?.waitingFor === undefined
            ? []
            : [`${late.id} in ${late.region}: ${(0,_fly_trouble_js__WEBPACK_IMPORTED_MODULE_2__/* .waitWords */ .jJ)(late.waitingFor)}`]),
    ];
    return { healthy, words: parts.join(', ') };
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
    const others = machines.filter(({ id }) => !ids.includes(id));
    const line = destroyLine(app, ids);
    if (color === 'new')
        return `Destroy the new machines that the bluegreen deploy left behind, fix why they failed, then deploy again:\n${line}`;
    return others.every(({ runsImage }) => runsImage)
        ? `Before any other deploy, destroy the old machines that the bluegreen deploy left behind. The other machines run the image:\n${line}`
        : `Destroy the old machines that an earlier bluegreen deploy left behind, then deploy again:\n${line}`;
}
const destroyLine = (app, ids) => `fly machine destroy --force -a ${app} ${ids.filter((id) => /^[a-z0-9]+$/i.test(id)).join(' ')}`;


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
        if (shown !== own)
            return shown > own ? 'later' : 'earlier';
        return ids === false ? 'earlier' : 'this';
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


/***/ }),

/***/ 4995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  lc: () => (/* binding */ AbortError),
  Ay: () => (/* binding */ pRetry)
});

// UNUSED EXPORTS: makeRetriable

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
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
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
/******/ 		return "" + chunkId + ".index.js";
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
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(1296);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
